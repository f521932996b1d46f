package preflight

import (
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/collect"
)

// writeCollect prints a shell script that exports the Regions of a comma-separated list.
func writeCollect(w io.Writer, list string) error {
	regions, err := collect.ParseRegions(list)
	if err != nil {
		return err
	}
	var gets strings.Builder
	for _, c := range commands {
		switch c.file {
		case bundlesName: // is put together of two answers
		case tagsName: // depends on WorkSpaces
		default:
			fmt.Fprintf(&gets, "\tget %s %s\n", c.file, c.command)
		}
	}
	_, err = fmt.Fprintf(w, script, collect.Permissions("# "), strings.Join(regions, " "), gets.String(), bundlesName,
		routesName, groupsName, entriesPrefix, tagsName, tagsCommand, workspacesName, tagsPrefix, keyPrefix, grantsPrefix, regions[0])
	return err
}

// script has the verbs of writeCollect. It reads identifiers from the files that it wrote, in which the
// CLI writes one member a line: nothing is listed twice. What a user can name, such as a WorkSpace, cannot
// look like a member, for a quotation mark in a text has a backslash before it.
const script = `#!/bin/sh
# Writes what preflight reads to the folder export, and changes nothing in the account. Run it again to
# fetch what is missing: it keeps the files that are there. Needs
%[1]s
# The exit status is 1 if a file is missing, 2 if it could do nothing.
set -eu
export AWS_PAGER= AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=2
if ! aws sts get-caller-identity --region %[14]s --output text --cli-connect-timeout 5 --cli-read-timeout 20 >&2; then
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

for region in %[2]s; do
	mkdir -p "export/$region"
	lost= met=
%[3]s	bundles %[4]s
	for list in $(values DestinationPrefixListId '1,' %[5]s; values PrefixListId '1,' %[6]s); do
		get "%[7]s$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
	done
	before=$missing
	get %[8]s %[9]s
	if [ -n "$failed" ] && grep -q AccessDenied "$said"; then
		echo "the tags of each WorkSpace are asked for instead" >&2
		missing=$before
		for id in $(values WorkspaceId 12 %[10]s); do
			get "%[11]s$id.json" workspaces describe-tags --resource-id "$id"
			[ -z "$failed" ] || break
		done
	fi
	for key in $(values VolumeEncryptionKey 12 %[10]s); do
		get "%[12]s${key##*/}.json" kms describe-key --key-id "$key"
		get "%[13]s${key##*/}.json" kms list-grants --key-id "$key"
	done
done
exit $missing
`
