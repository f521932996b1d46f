#!/bin/sh
# Writes what preflight reads to the folder export, and changes nothing in the account.
# Needs ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeRouteTables,
# ec2:DescribeManagedPrefixLists, ec2:GetManagedPrefixListEntries, ec2:DescribeSecurityGroups,
# ec2:DescribeImages, ec2:DescribeImportImageTasks, workspaces:DescribeWorkspaceDirectories,
# workspaces:DescribeAccount, workspaces:DescribeIpGroups, workspaces:DescribeWorkspaces,
# workspaces:DescribeWorkspaceBundles, workspaces:DescribeWorkspaceImages, workspaces:DescribeTags,
# kms:DescribeKey and kms:ListGrants.
set -eu
# Tags and keys are asked for one by one, and WorkSpaces takes two calls a second: wait and ask again.
export AWS_RETRY_MODE=adaptive AWS_MAX_ATTEMPTS=20
get() {
	file=$1
	shift
	if ! aws "$@" --region "$region" --output json > "$file"; then
		rm -f "$file"
		echo "$file was not written; preflight will not ask its questions" >&2
	fi
}
for region in us-east-1 eu-west-1; do
	mkdir -p "export/$region"
	get "export/$region/describe-vpcs.json" ec2 describe-vpcs
	get "export/$region/describe-subnets.json" ec2 describe-subnets
	get "export/$region/describe-route-tables.json" ec2 describe-route-tables
	get "export/$region/describe-managed-prefix-lists.json" ec2 describe-managed-prefix-lists
	get "export/$region/describe-workspace-directories.json" workspaces describe-workspace-directories
	get "export/$region/describe-account.json" workspaces describe-account
	get "export/$region/describe-security-groups.json" ec2 describe-security-groups
	get "export/$region/describe-ip-groups.json" workspaces describe-ip-groups
	get "export/$region/describe-workspaces.json" workspaces describe-workspaces
	get "export/$region/describe-workspace-bundles.json" workspaces describe-workspace-bundles
	get "export/$region/describe-workspace-images.json" workspaces describe-workspace-images
	get "export/$region/describe-images.json" ec2 describe-images --owners self
	get "export/$region/describe-import-image-tasks.json" ec2 describe-import-image-tasks
	{
		aws ec2 describe-route-tables --region "$region" --output text \
			--query 'RouteTables[].Routes[?DestinationPrefixListId].DestinationPrefixListId[]'
		aws ec2 describe-security-groups --region "$region" --output text \
			--query 'SecurityGroups[].[IpPermissions,IpPermissionsEgress][][].PrefixListIds[].PrefixListId'
	} | tr '\t' '\n' | sort -u | while read -r list; do
		if [ -n "$list" ]; then
			get "export/$region/get-managed-prefix-list-entries-$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
		fi
	done
	aws workspaces describe-workspaces --region "$region" --output text --query 'Workspaces[].WorkspaceId' |
		tr '\t' '\n' | sort -u | while read -r id; do
		if [ -n "$id" ]; then
			get "export/$region/describe-tags-$id.json" workspaces describe-tags --resource-id "$id"
		fi
	done
	aws workspaces describe-workspaces --region "$region" --output text --query 'Workspaces[].VolumeEncryptionKey' |
		tr '\t' '\n' | sort -u | while read -r key; do
		if [ -n "$key" ]; then
			get "export/$region/describe-key-${key##*/}.json" kms describe-key --key-id "$key"
			get "export/$region/list-grants-${key##*/}.json" kms list-grants --key-id "$key"
		fi
	done
done
