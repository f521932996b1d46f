package preflight

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
)

// writeCollect prints a shell script that exports the Regions of a comma-separated list.
func writeCollect(w io.Writer, regions string) error {
	var list []string
	for r := range strings.SplitSeq(regions, ",") {
		if r = strings.TrimSpace(r); !facts.IsRegion(r) {
			return fmt.Errorf("--region %q: want the codes of Regions, such as us-east-1,eu-west-1", regions)
		}
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `#!/bin/sh
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
for region in %s; do
	mkdir -p "export/$region"
`, strings.Join(list, " "))
	for _, c := range commands {
		fmt.Fprintf(&b, "\tget \"export/$region/%s\" %s\n", c.file, c.command)
	}
	fmt.Fprintf(&b, `	{
		aws ec2 describe-route-tables --region "$region" --output text \
			--query 'RouteTables[].Routes[?DestinationPrefixListId].DestinationPrefixListId[]'
		aws ec2 describe-security-groups --region "$region" --output text \
			--query 'SecurityGroups[].[IpPermissions,IpPermissionsEgress][][].PrefixListIds[].PrefixListId'
	} | tr '\t' '\n' | sort -u | while read -r list; do
		if [ -n "$list" ]; then
			get "export/$region/%s$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
		fi
	done
	aws workspaces describe-workspaces --region "$region" --output text --query 'Workspaces[].WorkspaceId' |
		tr '\t' '\n' | sort -u | while read -r id; do
		if [ -n "$id" ]; then
			get "export/$region/%s$id.json" workspaces describe-tags --resource-id "$id"
		fi
	done
	aws workspaces describe-workspaces --region "$region" --output text --query 'Workspaces[].VolumeEncryptionKey' |
		tr '\t' '\n' | sort -u | while read -r key; do
		if [ -n "$key" ]; then
			get "export/$region/%s${key##*/}.json" kms describe-key --key-id "$key"
			get "export/$region/%s${key##*/}.json" kms list-grants --key-id "$key"
		fi
	done
done
`, entriesPrefix, tagsPrefix, keyPrefix, grantsPrefix)
	_, err := io.WriteString(w, b.String())
	return err
}
