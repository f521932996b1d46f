terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "workspaces" { type = string }
variable "others" { type = string }

variable "root" {
  type    = number
  default = 175
}

variable "user" {
  type    = number
  default = 100
}

variable "mode" {
  type    = string
  default = "ALWAYS_ON"
}

variable "person" {
  type    = string
  default = "ada"
}

variable "rule" {
  type    = string
  default = "203.0.113.0/24"
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "AKIDEXAMPLE"
  secret_key                  = "SECRET"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints {
    workspaces = var.workspaces
    ec2        = var.others
    ds         = var.others
    iam        = var.others
    kms        = var.others
    sts        = var.others
  }
}

resource "aws_vpc" "desktops" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "desktops" {
  for_each          = { a = "10.20.1.0/24", b = "10.20.2.0/24" }
  vpc_id            = aws_vpc.desktops.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_directory_service_directory" "people" {
  name     = "corp.example.com"
  password = "Not-a-secret-1"
  size     = "Small"
  vpc_settings {
    vpc_id     = aws_vpc.desktops.id
    subnet_ids = [for s in aws_subnet.desktops : s.id]
  }
}

resource "aws_kms_key" "desktops" {}

resource "aws_workspaces_ip_group" "office" {
  name        = "office"
  description = "The office"
  rules {
    source      = var.rule
    description = "first floor"
  }
  tags = { team = "desktops" }
}

resource "aws_workspaces_directory" "people" {
  directory_id = aws_directory_service_directory.people.id
  subnet_ids   = [for s in aws_subnet.desktops : s.id]
  ip_group_ids = [aws_workspaces_ip_group.office.id]
  tags         = { team = "desktops" }
  self_service_permissions {
    change_compute_type  = true
    increase_volume_size = false
    rebuild_workspace    = false
    restart_workspace    = true
    switch_running_mode  = true
  }
  workspace_access_properties {
    # The provider wants every device named: what the service sets by itself is a change to it.
    device_type_android    = "ALLOW"
    device_type_chromeos   = "ALLOW"
    device_type_ios        = "ALLOW"
    device_type_linux      = "ALLOW"
    device_type_osx        = "ALLOW"
    device_type_web        = "DENY"
    device_type_windows    = "ALLOW"
    device_type_zeroclient = "DENY"
  }
  workspace_creation_properties {
    enable_internet_access              = true
    user_enabled_as_local_administrator = false
  }
  saml_properties {
    status          = "ENABLED"
    user_access_url = "https://sso.example.com/"
  }
}

data "aws_workspaces_bundle" "named" {
  owner = "AMAZON"
  name  = "Standard with Windows Server 2022 (DCV)"
}

data "aws_workspaces_bundle" "by_id" {
  bundle_id = data.aws_workspaces_bundle.named.id
}

data "aws_workspaces_directory" "people" {
  directory_id = aws_workspaces_directory.people.id
}

resource "aws_workspaces_workspace" "ada" {
  directory_id                   = aws_workspaces_directory.people.id
  bundle_id                      = data.aws_workspaces_bundle.by_id.id
  user_name                      = var.person
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.desktops.arn
  tags                           = { team = "desktops" }
  workspace_properties {
    compute_type_name                         = "STANDARD"
    root_volume_size_gib                      = var.root
    user_volume_size_gib                      = var.user
    running_mode                              = var.mode
    running_mode_auto_stop_timeout_in_minutes = var.mode == "AUTO_STOP" ? 600 : null
  }
}

resource "aws_workspaces_connection_alias" "desktops" {
  connection_string = "desktops.example.com"
  tags              = { team = "desktops" }
}

output "subnets" { value = data.aws_workspaces_directory.people.subnet_ids }
output "desktop" { value = aws_workspaces_workspace.ada.id }
