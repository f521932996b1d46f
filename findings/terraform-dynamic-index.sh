#!/usr/bin/env bash
# Terraform 1.11.4: in the configuration that `terraform show -json` prints of a saved plan, a reference whose
# index is an expression, such as key[each.value].output, is listed as the bare resource: neither the index nor
# the attribute behind it is there. The same reference with a literal index has both. So a reader of the JSON
# cannot tell whether key[each.value].arn or key[each.value].key_id is meant.
# Needs terraform and jq. The resources are built in: nothing is fetched, and no request leaves the machine.
# Ends with status 1 if the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_CLI_CONFIG_FILE=$work/rc
touch rc
cat >main.tf <<'TF'
resource "terraform_data" "key" {
  for_each = { a = "first", b = "second" }
  input    = each.value
}
resource "terraform_data" "user" {
  for_each = { ann = "a", bob = "b" }
  input    = terraform_data.key[each.value].output
}
resource "terraform_data" "fixed" {
  input = terraform_data.key["a"].output
}
TF
terraform init -no-color >log 2>&1 || { cat log; exit 1; }
terraform plan -no-color -out=tf.plan >log 2>&1 || { cat log; exit 1; }
terraform show -json tf.plan >plan.json

references() { # of the input of a resource
	jq -c --arg name "$1" '.configuration.root_module.resources[] | select(.name == $name) | .expressions.input.references' plan.json
}
echo "Terraform $(terraform version -json | jq -r .terraform_version)"
echo "key[each.value].output: $(references user)"
echo "key[\"a\"].output:        $(references fixed)"
if [ "$(references user)" = '["terraform_data.key","each.value"]' ] &&
	[ "$(references fixed)" = '["terraform_data.key[\"a\"].output","terraform_data.key[\"a\"]","terraform_data.key"]' ]; then
	echo 'as found: behind an index that is an expression the attribute is not there'
else
	echo 'CHANGED'
	exit 1
fi
