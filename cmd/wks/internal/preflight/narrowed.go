package preflight

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// guessPools tells directories of WorkSpaces Pools by their identifiers where the file does not: the
// AWS CLI leaves out members that it does not know, as version 2.9.19 does with WorkspaceType.
func guessPools(l *listing[directory], notes *notes) {
	for _, d := range l.elements() {
		if d.WorkspaceType == "" && strings.HasPrefix(d.DirectoryId, "wsd-") {
			d.WorkspaceType = "POOLS"
			notes.add(d.at, "is taken to be for WorkSpaces Pools, by its identifier %s: the file does not tell WorkspaceType, which an older AWS CLI leaves out", d.DirectoryId)
		}
	}
}

var (
	cliError = regexp.MustCompile(`(?m)^.*(An error occurred \(|Unable to locate credentials|Could not connect to the endpoint|Connect timeout on endpoint|^usage: aws|aws: error:|The config profile|Error when retrieving token|You must specify a region).*$`)
	yaml     = regexp.MustCompile(`^(---\s|- )?[A-Za-z]+:(\s|$)`)
	table    = regexp.MustCompile(`^-{5,}\s*[|+]`)
	textual  = regexp.MustCompile(`^[A-Z0-9]+\t`)
)

// otherwise tells by its front what a file is that is not the JSON of the AWS CLI, and what to do; it is ""
// if that is not known. Whole says that the front is all.
func otherwise(full string, front []byte, whole bool) string {
	if isUTF16(front) {
		return "is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8"
	}
	start := bytes.TrimSpace(front)
	switch {
	case len(start) == 0 && whole:
		return "is empty: the command that wrote it has failed" + again(full)
	case len(start) == 0:
		return ""
	}
	switch text := start; {
	case text[0] == '{' || text[0] == '"':
	case text[0] == '[':
		if again(full) == "" {
			return ""
		}
		return "is a bare list, as --query makes it of what the AWS CLI prints; leave --query out" + again(full)
	case cliError.Match(start):
		return say("holds an error of the AWS CLI: %q; correct its cause", string(bytes.TrimSpace(cliError.Find(start)))) + again(full)
	case yaml.Match(start):
		return "is YAML; export it with --output json" + again(full)
	case table.Match(start):
		return "is a table; export it with --output json" + again(full)
	case textual.Match(start):
		return "is text; export it with --output json" + again(full)
	}
	return ""
}

// again is the command that writes a file of an export, behind a colon; "" if none does.
func again(full string) string {
	dir, name := path.Split(full)
	command := commandFor(name)
	if command == "" {
		return ""
	}
	region := path.Base(path.Clean(dir))
	if !facts.IsRegion(region) {
		region = "REGION"
	}
	return rule.Printable(": " + awsCommand(command, region, full))
}
