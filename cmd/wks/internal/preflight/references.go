package preflight

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// A dangling name is that of a resource that WorkSpaces use and the export does not have.
type dangling struct {
	place   // the first WorkSpace that has the name
	file    string
	command string
	count   int // of WorkSpaces
}

// referenceSection asks whether what WorkSpaces name is there, and whether a user has two of them in
// one directory.
func (c *regionCheck) referenceSection() {
	s := newSection("what WorkSpaces name")
	users := newUsers(c.workspaces)
	lacks := map[*site][]*dangling{}
	names := map[string]*dangling{}
	var missing []*dangling
	look := func(w *workspace, member rule.Path, kind, id, file, command string) {
		d := names[kind+id]
		if d == nil {
			d = &dangling{place: w.at().below(member).about(kind, id), file: file, command: command}
			names[kind+id] = d
			missing = append(missing, d)
		}
		lacks[w.site] = append(lacks[w.site], d)
	}
	public := slices.ContainsFunc(c.bundles.elements(), func(b *workspaceBundle) bool { return b.Owner == "AMAZON" })
	for i, w := range c.workspaces.all {
		if w.State == string(types.WorkspaceStateTerminating) || w.State == string(types.WorkspaceStateTerminated) {
			continue
		}
		if _, seen := lacks[w.site]; !seen {
			lacks[w.site] = nil
			if c.directories != nil && w.DirectoryId != "" && c.directories.find(w.DirectoryId) == nil {
				look(w, "DirectoryId", "directory", w.DirectoryId, directoriesName, c.fetch(directoriesName))
			}
			if c.subnets != nil && w.SubnetId != "" && c.subnets.find(w.SubnetId) == nil {
				look(w, "SubnetId", "subnet", w.SubnetId, subnetsName, c.fetch(subnetsName))
			}
			if c.bundles != nil && w.BundleId != "" && c.bundles.find(w.BundleId) == nil {
				command := c.fetch(bundlesName)
				if !public { // it has the account's own bundles alone
					command = bundleCommand(c.region, w.BundleId)
				}
				look(w, "BundleId", "bundle", w.BundleId, bundlesName, command)
			}
		}
		for _, d := range lacks[w.site] {
			d.count++
		}
		if w.DirectoryId != "" && w.UserName != "" {
			users.add(i)
		}
	}
	for _, d := range missing {
		of := d.resource()
		s.Lines = append(s.Lines, say("%s %s: %d %s", of.Kind, of.ID, d.count, plural(d.count, "WorkSpace", "WorkSpaces")))
		s.ask(question{place: d.place, by: rule.ByInput, command: d.command, reason: say("a %s that WorkSpaces name is not in %s", of.Kind, d.file)})
	}
	for _, first := range users.twice {
		c.userTwice(&s, users.again[first])
	}
	if len(c.workspaces.all) > 0 {
		c.add(s)
	}
}

// bundleCommand is the command that tells of one bundle, whoever owns it.
func bundleCommand(region, id string) string {
	return "aws workspaces describe-workspace-bundles --region " + quoted(region) + " --bundle-ids " + quoted(rule.Shorten(id))
}

// userTwice adds what the rules say of a user with several WorkSpaces in one directory.
func (c *regionCheck) userTwice(s *section, list []*workspace) {
	second := list[1]
	a, err := c.rules.Bundles.CheckRequest(types.WorkspaceRequest{UserName: &second.UserName, DirectoryId: &second.DirectoryId}, bundles.LaunchContext{UserTaken: true})
	var ids []string
	for _, w := range list {
		ids = append(ids, w.WorkspaceId)
	}
	var taken rule.Answer
	for _, v := range a.Violations {
		if v.Code == bundles.UserTaken {
			v.Remedy = "Keep the WorkSpace that the user works on, and terminate the other, or move one of them to another directory."
			v.Detail = say("%q has %d WorkSpaces in %s: %s", second.UserName, len(list), second.DirectoryId, strings.Join(ids, ", "))
			taken.Violations = append(taken.Violations, v)
		}
	}
	s.take(taken.Concluded(), err, second.at().below)
}
