# Lets time pass in the world of a test, by Snapstand's control API.

terraform {
  required_providers {
    http = {
      source  = "hashicorp/http"
      version = "~> 3.4"
    }
  }
}

variable "snapstand" {
  type = string
}

variable "key" {
  type = string
}

variable "by" {
  type        = string
  description = "A duration: P10D, 36h."
}

data "http" "advance" {
  url             = "http://${var.snapstand}/_snapstand/clock/advance?world=${urlencode(var.key)}"
  method          = "POST"
  request_headers = { "Content-Type" = "application/json" }
  request_body    = jsonencode({ by = var.by })
  lifecycle {
    postcondition {
      condition     = self.status_code == 200
      error_message = "The clock was not moved: ${self.response_body}"
    }
  }
}

output "report" {
  value = jsondecode(data.http.advance.response_body)
}
