#!/bin/sh
# Writes what preflight reads to the folder export, and changes nothing in the account. Run it again to
# fetch what is missing: it keeps the files that are there. Needs
# ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeRouteTables,
# ec2:DescribeManagedPrefixLists, ec2:DescribeSecurityGroups, ec2:DescribeImages,
# ec2:DescribeImportImageTasks, workspaces:DescribeAccount, workspaces:DescribeWorkspaceDirectories,
# workspaces:DescribeIpGroups, workspaces:DescribeWorkspaceBundles, workspaces:DescribeWorkspaceImages,
# workspaces:DescribeWorkspaces, ec2:GetManagedPrefixListEntries, tag:GetResources,
# workspaces:DescribeTags, kms:DescribeKey, kms:ListGrants
# The exit status is 1 if a file is missing, 2 if it could do nothing.
set -eu
export AWS_PAGER= AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=2
if ! aws sts get-caller-identity --region us-east-1 --output text --cli-connect-timeout 5 --cli-read-timeout 20 >&2; then
	echo "no answer to who asks: give the AWS CLI credentials and a way to AWS; nothing was asked" >&2
	exit 2
fi
# WorkSpaces takes two calls a second: wait and ask again.
export AWS_RETRY_MODE=adaptive
missing=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# ask FILE SERVICE ... writes what the CLI prints, if it can. The first question to a service tells within
# seconds whether it can be reached; if not, it is not asked again.
ask() {
	to=$1
	shift
	case " $lost " in *" $1 "*)
		echo "$1 in $region cannot be reached" > "$said"
		return 1
		;;
	esac
	attempts=10
	case " $met " in *" $1 "*) ;; *) attempts=3 ;; esac
	if AWS_MAX_ATTEMPTS=$attempts aws "$@" --region "$region" --cli-connect-timeout 5 --cli-read-timeout 60 > "$to" 2> "$said"; then
		met="$met $1"
		return 0
	fi
	if grep -q -i -e 'could not connect' -e 'connect timeout' -e 'security token' -e 'not subscribed' -e AuthFailure "$said"; then
		lost="$lost $1"
	elif grep -q -i 'error occurred' "$said"; then
		met="$met $1"
	fi
	return 1
}
miss() {
	cat "$said" >&2
	echo "$1 was not written" >&2
	missing=1
}
# get FILE SERVICE ... writes a file of the Region, unless it is there, or says that it is missing.
get() {
	file=export/$region/$1 failed=
	shift
	if [ -s "$file" ]; then
		return 0
	fi
	if ask "$file.part" "$@" --output json; then
		mv "$file.part" "$file"
		return 0
	fi
	rm -f "$file.part"
	failed=1
	miss "$file"
}
# bundles FILE writes the account's own bundles and AWS's: without an owner, the CLI prints the first alone.
bundles() {
	file=export/$region/$1
	if [ -s "$file" ]; then
		return 0
	fi
	each='Bundles[].to_string(@)'
	if ask "$file.own" workspaces describe-workspace-bundles --output text --query "$each" &&
		ask "$file.public" workspaces describe-workspace-bundles --owner AMAZON --output text --query "$each"; then
		{
			printf '{"Bundles": [\n'
			cat "$file.own" "$file.public" | tr '\t' '\n' | grep '^{' | sed '$!s/$/,/'
			printf ']}\n'
		} > "$file.part"
		mv "$file.part" "$file"
	else
		miss "$file"
	fi
	rm -f "$file.own" "$file.public"
}
# values MEMBER INDENT FILE ... prints the values of a member that is so far in.
values() {
	member=$1
	in=$2
	shift 2
	for file in "$@"; do
		if [ -s "export/$region/$file" ]; then
			sed -n "s|^ \\{$in\\}\"$member\": \"\([^\"]*\)\".*|\\1|p" "export/$region/$file"
		fi
	done | sort -u
}

for region in us-east-1 eu-west-1; do
	mkdir -p "export/$region"
	lost= met=
	get describe-vpcs.json ec2 describe-vpcs
	get describe-subnets.json ec2 describe-subnets
	get describe-route-tables.json ec2 describe-route-tables
	get describe-managed-prefix-lists.json ec2 describe-managed-prefix-lists
	get describe-workspace-directories.json workspaces describe-workspace-directories
	get describe-account.json workspaces describe-account
	get describe-security-groups.json ec2 describe-security-groups
	get describe-ip-groups.json workspaces describe-ip-groups
	get describe-workspaces.json workspaces describe-workspaces
	get describe-workspace-images.json workspaces describe-workspace-images
	get describe-images.json ec2 describe-images --owners self
	get describe-import-image-tasks.json ec2 describe-import-image-tasks
	bundles describe-workspace-bundles.json
	for list in $(values DestinationPrefixListId '1,' describe-route-tables.json; values PrefixListId '1,' describe-security-groups.json); do
		get "get-managed-prefix-list-entries-$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
	done
	before=$missing
	get get-resources.json resourcegroupstaggingapi get-resources --resource-type-filters workspaces:workspace --page-size 100
	if [ -n "$failed" ] && grep -q AccessDenied "$said"; then
		echo "the tags of each WorkSpace are asked for instead" >&2
		missing=$before
		for id in $(values WorkspaceId 12 describe-workspaces.json); do
			get "describe-tags-$id.json" workspaces describe-tags --resource-id "$id"
			[ -z "$failed" ] || break
		done
	fi
	for key in $(values VolumeEncryptionKey 12 describe-workspaces.json); do
		get "describe-key-${key##*/}.json" kms describe-key --key-id "$key"
		get "list-grants-${key##*/}.json" kms list-grants --key-id "$key"
	done
done
exit $missing
