#!/usr/bin/env bash
# Terraform with 25 WorkSpaces and the provider's defaults: an apply, a plan that changes nothing, and one with
# -parallelism=1. Prints the seconds and the calls of each. The plugins are those of TF_PLUGINS, a mirror.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
cat >rc <<END
provider_installation {
  filesystem_mirror { path = "${TF_PLUGINS:?}" }
}
END
export TF_CLI_CONFIG_FILE=$scratch/rc
cat >main.tf <<END
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints { workspaces = "$AWS_ENDPOINT_URL" }
}
resource "aws_workspaces_workspace" "desktop" {
  count        = 25
  directory_id = "d-0000000001"
  bundle_id    = "wsb-000000001"
  user_name    = "user\${count.index}"
}
END
terraform init -input=false >/dev/null
terraform providers schema -json >/dev/null # starts the provider, whose first start is slow
phase() {
	local began served throttled more refused status=0
	read -r served throttled < <(curl -s "$AWS_ENDPOINT_URL")
	began=$(date +%s.%N)
	"${@:2}" >out 2>&1 || status=$?
	read -r more refused < <(curl -s "$AWS_ENDPOINT_URL")
	printf '%s: status %d, %.1f s, %d served, %d throttled\n' "$1" $status "$(bc <<<"$(date +%s.%N) - $began")" $((more - served)) $((refused - throttled)) >&2
	[ $status = 0 ] || tail -n 5 out >&2
	sleep 5 # the bucket is full again
}
phase apply terraform apply -input=false -auto-approve
phase plan terraform plan -input=false
phase 'plan -parallelism=1' terraform plan -input=false -parallelism=1
