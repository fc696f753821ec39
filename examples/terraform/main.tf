# The module under test: a daily backup of one disk in each cloud.

terraform {
  required_version = ">= 1.6"
  required_providers {
    zenlayercloud = {
      source  = "zenlayer/zenlayercloud"
      version = "~> 0.2.28"
    }
    baiducloud = {
      source  = "baidubce/baiducloud"
      version = "~> 1.23"
    }
  }
}

variable "retention_days" {
  type    = number
  default = 7
}

resource "zenlayercloud_zec_disk" "data" {
  availability_zone = "asia-east-1a"
  disk_name         = "data"
  disk_size         = 20
}

resource "zenlayercloud_zec_disk_snapshot_policy" "daily" {
  availability_zone = "asia-east-1a"
  name              = "daily"
  repeat_week_days  = [1, 2, 3, 4, 5, 6, 7]
  hours             = [3]
  retention_days    = var.retention_days
}

resource "zenlayercloud_zec_disk_snapshot_policy_attachment" "daily" {
  disk_id                 = zenlayercloud_zec_disk.data.id
  auto_snapshot_policy_id = zenlayercloud_zec_disk_snapshot_policy.daily.id
}

resource "baiducloud_cds" "data" {
  name            = "data"
  disk_size_in_gb = 50
  storage_type    = "hp1"
  zone_name       = "cn-bj-a"
  payment_timing  = "Postpaid"
}

resource "baiducloud_cds_attachment" "data" {
  cds_id      = baiducloud_cds.data.id
  instance_id = "i-Starter1"
}

resource "baiducloud_auto_snapshot_policy" "daily" {
  name            = "daily"
  time_points     = [20]
  repeat_weekdays = [0, 1, 2, 3, 4, 5, 6]
  retention_days  = var.retention_days
  volume_ids      = [baiducloud_cds.data.id]
  # Baidu binds a policy to volumes that are in use, and to no others.
  depends_on = [baiducloud_cds_attachment.data]
}
