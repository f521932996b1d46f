package preflight

import (
	"path"
	"strings"

	"github.com/wksgo/wks/rule"
)

// fetch is the command that writes a file of a Region's export, or what else gives it.
func (a *account) fetch(e *regionExport, name string) string {
	if name == "" {
		return ""
	}
	full := path.Join(a.folder(), e.dir, name)
	if command := commandFor(name); command != "" {
		return awsCommand(command, e.region, full)
	}
	switch name {
	case eventsName:
		return awsCommand(eventsCommand, e.region, full) + " # from the log group that a rule for access events fills: wks monitor pattern --help"
	case byolName:
		return "write " + full + ", by docs/schema/byol.json"
	case allowListName:
		return "write what the firewall lets through to " + path.Join(a.folder(), name) + ", one prefix or name a line"
	case ipRangesName:
		return "curl -o " + quoted(path.Join(a.folder(), name)) + " https://ip-ranges.amazonaws.com/ip-ranges.json"
	}
	return ""
}

// fetchMissing is fetch for the file of a place, if that is not there.
func (a *account) fetchMissing(e *regionExport, at place) string {
	dir, name := path.Split(at.File)
	if path.Clean(dir) != path.Clean(e.dir) || e.files[name] {
		return ""
	}
	return a.fetch(e, name)
}

// folder is where the export lies: the folder that was given, or that of the script of --collect.
func (a *account) folder() string {
	if a.input == "" {
		return "export"
	}
	return rule.Printable(a.input)
}

// commandFor is what the AWS CLI is told for a file of an export, "" if it writes no such file.
func commandFor(name string) string {
	for _, c := range commands {
		if c.file == name {
			return c.command
		}
	}
	if command := watchCommands[name]; command != "" {
		return command
	}
	if prefix, id, ok := resourceOf(name); ok {
		for _, c := range eachCommands {
			if c.prefix == prefix {
				return c.command + " " + quoted(rule.Shorten(id))
			}
		}
	}
	return ""
}

func awsCommand(command, region, file string) string {
	return "aws " + command + " --region " + region + " --output json > " + quoted(file)
}

// quoted is a word of a shell.
func quoted(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-:", r)
	}
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && s != "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
