#!/usr/bin/env bash
# Real Terraform with provider hashicorp/aws 5.100.0 against wks serve, and moto for EC2, Directory
# Service, KMS and STS: apply, a second plan that is empty, refusals, changes in place, replacement, import, destroy.
# The server runs 50 times as fast: the provider waits a minute after each change, and names the AutoStop time in a
# call after the one for the running mode, so that at 60 times the desktop would stop in between. Needs terraform,
# moto_server, go, and a mirror of the provider if there is no registry: MIRROR=/folder. Prints one line for each
# step; ends with status 1 at the first that fails.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$work"' EXIT

cp "$here/terraform/main.tf" "$work"
(cd "$here/../../.." && go build -o "$work/wks" ./cmd/wks)
"$work/wks" serve --listen 127.0.0.1:4757 --speed 50 >"$work/serve.log" 2>&1 &
pids+=($!)
moto_server -H 127.0.0.1 -p 4758 >"$work/moto.log" 2>&1 &
pids+=($!)
for port in 4757 4758; do
	for _ in $(seq 100); do
		(: >/dev/tcp/127.0.0.1/$port) 2>/dev/null && break
		sleep 0.2
	done
done

cd "$work"
if [ -n "${MIRROR:-}" ]; then
	printf 'provider_installation {\n  filesystem_mirror { path = "%s" }\n}\n' "$MIRROR" >rc
	export TF_CLI_CONFIG_FILE=$work/rc
fi
export TF_VAR_workspaces=http://127.0.0.1:4757 TF_VAR_others=http://127.0.0.1:4758 TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1

step() { # name, command…: runs it quietly
	local name=$1
	shift
	if "$@" >last.log 2>&1; then echo "ok    $name"; else
		echo "FAIL  $name"
		tail -n 40 last.log; tail -n 20 serve.log
		exit 1
	fi
}
refused() { # name, rule, command…: it fails, and the server names the rule
	local name=$1 rule=$2
	shift 2
	if "$@" >last.log 2>&1 || ! grep -q "$rule" last.log; then
		echo "FAIL  $name: not refused by $rule"
		tail -n 40 last.log
		exit 1
	fi
	echo "ok    $name: $rule"
}
apply() { terraform apply -no-color -auto-approve "$@"; }
unchanged() { terraform plan -no-color -detailed-exitcode "$@"; }
desktop() { terraform output -raw desktop; }

step 'init' terraform init -no-color
step 'apply' apply
step 'second plan is empty' unchanged
first=$(desktop)
refused 'a volume within 6 hours of the launch' bundles.resize-soon-after-launch apply -var user=200
sleep 440 # six hours of the server, and some
refused 'a volume that shrinks' bundles.volume-shrinks apply -var root=80
step 'the user volume grows in place' apply -var user=200
refused 'a second growth within 6 hours' bundles.volume-cool-down apply -var user=300
step 'plan is empty after the growth' unchanged -var user=200
[ "$(desktop)" = "$first" ] || { echo 'FAIL  the desktop was replaced'; exit 1; }
step 'the running mode changes in place' apply -var user=200 -var mode=AUTO_STOP
step 'the rules of the IP group change in place' apply -var user=200 -var mode=AUTO_STOP -var rule=198.51.100.0/24
step 'another user replaces the desktop' apply -var user=200 -var person=grace
[ "$(desktop)" != "$first" ] || { echo 'FAIL  the desktop was not replaced'; exit 1; }
desktop=$(desktop)
for resource in "aws_workspaces_workspace.ada $desktop" \
	"aws_workspaces_directory.people $(terraform state show -no-color aws_workspaces_directory.people | awk '$1=="id"{gsub(/"/,"",$3);print $3}')" \
	"aws_workspaces_ip_group.office $(terraform state show -no-color aws_workspaces_ip_group.office | awk '$1=="id"{gsub(/"/,"",$3);print $3}')" \
	"aws_workspaces_connection_alias.desktops $(terraform state show -no-color aws_workspaces_connection_alias.desktops | awk '$1=="id"{gsub(/"/,"",$3);print $3}')"; do
	set -- $resource
	step "forget $1" terraform state rm "$1"
	step "import $1" terraform import -no-color -var user=200 -var person=grace "$1" "$2"
done
step 'plan is empty after the imports' unchanged -var user=200 -var person=grace
step 'destroy' terraform destroy -no-color -auto-approve
awk '{print $3}' serve.log | grep -E '^[A-Z][a-z]+[A-Z]' | sort | uniq -c | sort -rn >operations.log
echo "calls: $(awk '{n+=$1} END {print n}' operations.log), operations: $(wc -l <operations.log)"
terraform version | head -1
