package preflight

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// The codes of this program are about states in which somebody has to act, and about what nobody uses. No
// request is refused because of them, so no package has a rule on them.
const (
	workspaceInError   rule.Code = "preflight.workspace-in-error"
	workspaceUnhealthy rule.Code = "preflight.workspace-unhealthy"
	directoryInError   rule.Code = "preflight.directory-in-error"
	workspaceUnused    rule.Code = "preflight.workspace-unused"
)

// Rules returns the rules of this program.
func Rules() []rule.Rule {
	const guide = "admin-guide-troubleshooting"
	date := rule.MustParseEdition
	return []rule.Rule{
		finding.Own(workspaceInError, rule.Must, "A WorkSpace is in the state ERROR.",
			"Rebuild or restore it from a snapshot. If it has none, remove the cause, terminate it and launch it again.",
			rule.Citation{Document: "admin-guide-rebuild", Section: "Rebuild a WorkSpace", Date: date("2020-02-06")}),
		finding.Own(workspaceUnhealthy, rule.Should, "A WorkSpace is in the state UNHEALTHY: it does not respond to the status requests of the service.",
			"Reboot it. If that does not help, check its ports, CPU load and computer name by RDP. Rebuild it only if nothing else helps: data can be lost.",
			rule.Citation{Document: guide, Section: `One of my WorkSpaces has a state of "Unhealthy"`, Date: date("2018-02-03")}),
		finding.Own(directoryInError, rule.Must, "A directory is in the state ERROR: its registration failed.",
			"Remove the cause, and register it again. A replica of an AWS Managed Microsoft AD in another Region cannot be registered.",
			rule.Citation{Document: guide, Section: "When I try to register a directory, the registration fails and leaves the directory in an ERROR state", Date: date("2021-01-23")}),
		finding.Own(workspaceUnused, rule.Should, "Nobody logged in to a WorkSpace within the access events of the export.",
			"Ask its user whether it is needed. If not, terminate it: that deletes its data. AWS sends events on a best-effort basis, so one may be missing.",
			rule.Citation{Document: "admin-guide-events", Section: "WorkSpaces Events", Date: date("2021-01-23")}),
	}
}

var ownRules = finding.ByCode(Rules())

// inState adds the finding that something is in a state, with what the service says about it.
func (r *result) inState(c rule.Code, at place, state string, errors ...string) {
	detail := "the state is " + state
	if why := strings.TrimSpace(strings.Join(errors, " ")); why != "" {
		detail += ": " + rule.Shorten(why)
	}
	r.breaks(broken{Violation: finding.Broken(ownRules[c], rule.Printable(detail)), at: at})
}

// breaks adds a broken rule.
func (r *result) breaks(b broken) {
	r.broken = append(r.broken, b)
	if b.Level == rule.Must {
		r.verdict = rule.Denied
	}
}

// inState adds what the state of a WorkSpace calls for. It reports whether that tells its error.
func (w *workspace) inState(s *section) (told bool) {
	at := w.at().below("State")
	switch types.WorkspaceState(w.State) {
	case types.WorkspaceStateError:
		s.inState(workspaceInError, at, w.State, w.ErrorCode, w.ErrorMessage)
	case types.WorkspaceStateUnhealthy:
		s.inState(workspaceUnhealthy, at, w.State, w.ErrorCode, w.ErrorMessage)
	case types.WorkspaceStateImpaired:
		s.ask(question{place: at, by: rule.ByDocuments, reason: "no document says what to do about a WorkSpace in the state IMPAIRED"})
		return false
	default:
		return false
	}
	return true
}

// directoryStates tells which registrations failed.
func (c *regionCheck) directoryStates() {
	s := newSection("directories")
	for _, d := range c.directories.elements() {
		if d.State == string(types.WorkspaceDirectoryStateError) {
			s.Lines = append(s.Lines, say("%s: %s", d.DirectoryId, d.State))
			s.inState(directoryInError, d.at.below("State"), d.State, d.ErrorMessage)
		}
	}
	if len(s.Lines) > 0 {
		c.add(s)
	}
}
