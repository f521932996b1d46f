#!/usr/bin/env bash
# Terraform 1.11.4 and hashicorp/aws 5.100.0: in the configuration that `terraform show -json` prints of a
# saved plan, a nested block that is written with dynamic is not there. A resource whose dynamic block
# makes one workspace_properties, and a resource without any, have the same expressions, so that a
# reader cannot tell which attributes a configuration gives and which the provider fills in:
# compute_type_name is VALUE in the plan of the one because the schema says so.
# Needs terraform and jq, and the provider from a registry or, with MIRROR=/folder, from a mirror. No
# request leaves the machine. Ends with status 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if [ -n "${MIRROR:-}" ]; then
	printf 'provider_installation {\n  filesystem_mirror { path = "%s" }\n}\n' "$MIRROR" >rc
	export TF_CLI_CONFIG_FILE=$work/rc
fi
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 AWS_EC2_METADATA_DISABLED=true
cat >main.tf <<'TF'
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "AKIDEXAMPLE"
  secret_key                  = "SECRET"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
resource "aws_workspaces_workspace" "dynamic" {
  directory_id = "d-9067000001"
  bundle_id    = "wsb-b0s22j3d7"
  user_name    = "ann"
  dynamic "workspace_properties" {
    for_each = ["AUTO_STOP"]
    content {
      running_mode                              = workspace_properties.value
      running_mode_auto_stop_timeout_in_minutes = 60
    }
  }
}
resource "aws_workspaces_workspace" "without" {
  directory_id = "d-9067000001"
  bundle_id    = "wsb-b0s22j3d7"
  user_name    = "bob"
}
TF
terraform init -no-color >log 2>&1 || { cat log; exit 1; }
terraform plan -no-color -out=tf.plan >log 2>&1 || { cat log; exit 1; }
terraform show -json tf.plan >plan.json

names() { # the arguments that the configuration has of a resource
	jq -r --arg name "$1" '.configuration.root_module.resources[] | select(.name == $name) | .expressions | keys | join(" ")' plan.json
}
planned=$(jq -r '.resource_changes[] | select(.name == "dynamic") | .change.after.workspace_properties[0].compute_type_name' plan.json)
echo "Terraform $(terraform version -json | jq -r .terraform_version)"
echo "dynamic: expressions of $(names dynamic); planned compute_type_name: $planned"
echo "without: expressions of $(names without)"
if [ "$(names dynamic)" = "bundle_id directory_id user_name" ] && [ "$(names without)" = "$(names dynamic)" ] && [ "$planned" = VALUE ]; then
	echo 'as found: the dynamic block is not in the configuration'
else
	echo 'CHANGED'
	exit 1
fi
