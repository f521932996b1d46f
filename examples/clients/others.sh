#!/usr/bin/env bash
# Runs the clients that are not of Go against the documented quota, in real time, and prints a
# line for each job with the versions. A client that is not there is said to be not there.
# The first argument is the jobs, separated by ";", all by default: a listing of 50,000 is 2,000 pages at 2 a
# second, and takes each client 17 minutes. The second is how often each job is done, once by default. Clients run
# one after the other, because one that a busy machine slows is throttled less than it would be; give the
# script a machine of its own, or run several at a time and say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/clients" ./examples/clients
IFS=';' read -ra list <<<"${1:-60 calls;1,000;10,000;50,000;Retry-After}"
tries=${2:-1}
date -u +%F

# row NAME COMMAND... does all jobs with a client.
row() {
	local name=$1
	shift
	for job in "${list[@]}"; do
		for ((try = 1; try <= tries; try++)); do
			printf '%-24s%s\n' "$name" "$("$scratch/clients" -job "$job" -seed "$try" -- "$@" 2>>"$scratch/stderr")"
		done
	done
}

row 'Go, adaptive' go adaptive
if command -v npm >/dev/null; then
	javascript=3.1048.0
	(cd "$scratch" && cp "$OLDPWD"/examples/clients/others/client.mjs . && npm init -y >/dev/null && npm install --silent --no-audit --no-fund "@aws-sdk/client-workspaces@$javascript" >&2)
	echo "SDK for JavaScript $javascript, Node $(node --version)"
	for mode in standard adaptive; do row "JavaScript, $mode" node "$scratch/client.mjs" $mode; done
else
	echo 'SDK for JavaScript: not there (npm is missing)'
fi
if python3 -c 'import boto3' 2>/dev/null; then
	python3 -c 'import boto3, sys; print("boto3", boto3.__version__, "Python", sys.version.split()[0])'
	for mode in legacy standard adaptive; do row "boto3, $mode" python3 examples/clients/others/client.py $mode; done
else
	echo 'boto3: not there (apt-get install python3-boto3)'
fi
# programs prints those of the CLI, without shims in a shell, which start slowly.
programs() {
	{ pyenv which aws 2>/dev/null; type -ap aws; } | while read -r p; do [[ $(head -c 60 "$p" | head -n 1 | tr -d '\0') = '#!'*sh ]] || echo "$p"; done
}
for major in 1 2; do
	program=$(programs | while read -r p; do case $("$p" --version 2>&1) in "aws-cli/$major."*) echo "$p"; break ;; esac; done)
	if [ -n "$program" ]; then
		"$program" --version 2>&1 | cut -d' ' -f1,2
		for mode in '' legacy standard adaptive; do row "CLI $major, ${mode:-default}" bash examples/clients/others/cli.sh "$program" "$mode"; done
	else
		echo "AWS CLI $major: not there"
	fi
done
plugins=${TF_PLUGINS:-}
[ -n "$plugins" ] || plugins=$(find / -path '*/registry.terraform.io/hashicorp/aws/*' -name 'terraform-provider-aws*' -printf '%p\n' -quit 2>/dev/null | sed 's|/registry.terraform.io/.*||')
if command -v terraform >/dev/null && [ -n "$plugins" ]; then
	terraform version 2>/dev/null | head -n 1
	find "$plugins" -name 'terraform-provider-aws*' -printf '%f\n'
	TF_PLUGINS=$plugins "$scratch/clients" -- bash examples/clients/others/terraform.sh 2>&1 >/dev/null | sed 's/^/Terraform, 25 WorkSpaces, /'
else
	echo 'Terraform and its provider: not there'
fi
echo "the first lines that clients wrote to their standard error:"
sort "$scratch/stderr" | uniq -c | sort -rn | cut -c 1-160 | head -n 20
