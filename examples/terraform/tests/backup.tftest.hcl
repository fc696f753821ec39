# terraform test: what the module makes is there, and does what it is for as days pass.

variables {
  # A key that is its own secret, and names the world of this test.
  key       = "terraform"
  snapstand = "127.0.0.1:7420"
}

provider "zenlayercloud" {
  access_key_id       = var.key
  access_key_password = var.key
  scheme              = "HTTP"
  domain              = var.snapstand
}

provider "baiducloud" {
  access_key = var.key
  secret_key = var.key
  region     = "bj"
  endpoints {
    bcc = "http://${var.snapstand}"
  }
}

run "the_module_is_applied" {
  assert {
    condition     = zenlayercloud_zec_disk_snapshot_policy.daily.retention_days == 7
    error_message = "Zenlayer's policy does not keep its snapshots for 7 days."
  }
}

run "ten_days_pass" {
  # Data is read when it is planned, and nothing of it is to be taken down.
  command = plan
  module {
    source = "./tests/time"
  }
  variables {
    by = "P10D"
  }
  assert {
    condition     = output.report.firings == 20
    error_message = "Two daily policies fired ${output.report.firings} times in ten days."
  }
  assert {
    condition     = output.report.snapshotsCreated == 20 && output.report.snapshotsExpired == 6
    error_message = "${output.report.snapshotsCreated} snapshots were made, ${output.report.snapshotsExpired} expired."
  }
}
