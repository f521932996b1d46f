package preflight

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// leastPeriod is how long events must go back before a WorkSpace without one is told as unused: a shorter time may
// be a weekend.
const leastPeriod = 7 * 24 * time.Hour

// fewest is how many WorkSpaces that are always on are named.
const fewest = 10

// useSection tells what logins of the past say: which WorkSpaces nobody used, for how long AutoStop would have run
// those that are always on, and which logins the settings of their directories would refuse.
func (c *regionCheck) useSection() {
	const about = "which WorkSpaces nobody uses, and which logins the settings of directories would refuse: "
	ev := c.events
	switch {
	case len(c.directories.elements())+len(c.workspaces.elements()) == 0:
		return
	case ev == nil:
		c.notAsked(c.fetch(eventsName), about+"no %s", eventsName)
		return
	case ev.logins == 0 && ev.wrong == nil:
		c.notAsked(c.fetch(eventsName), about+"%s has no access event of %s", ev.at.File, c.region)
		return
	}
	s := newSectionOf("access events", "access events")
	if !ev.first.IsZero() {
		s.Title += fmt.Sprintf(", %s to %s", ev.first.UTC().Format(time.DateOnly), ev.last.UTC().Format(time.DateOnly))
	}
	s.doubt(ev.wrong)
	s.Lines = append(s.Lines, say("%d %s", ev.logins, plural(ev.logins, "login", "logins")))
	if c.workspaces != nil {
		c.use(&s)
	}
	c.refusals(&s)
	c.add(s)
}

// use holds the logins against the WorkSpaces.
func (c *regionCheck) use(s *section) {
	ev := c.events
	desktops := make([]monitor.Desktop, 0, len(c.workspaces.all))
	for _, w := range c.workspaces.all {
		d := monitor.Desktop{ID: w.WorkspaceId, Directory: w.DirectoryId, User: w.UserName, RunningMode: runningModes[w.WorkspaceProperties.RunningMode]}
		if len(w.WorkspaceProperties.Protocols) == 1 {
			d.Protocol = monitor.Protocol(w.WorkspaceProperties.Protocols[0])
		}
		desktops = append(desktops, d)
	}
	got, err := c.rules.Monitor.Report(&ev.usage, desktops)
	if err != nil {
		s.ask(unusable(err, ev.at.below))
		return
	}
	period := ev.last.Sub(ev.first)
	switch {
	case ev.logins == 0:
	case period < leastPeriod && len(got.Unused) > 0:
		s.notGiven(ev.at, "whether WorkSpaces without a login are used: the events go back less than %d days", int(leastPeriod/(24*time.Hour)))
	default:
		c.unused(s, got)
	}
	if n := len(got.AlwaysOn); n > 0 && ev.logins > 0 {
		s.Lines = append(s.Lines, c.alwaysOn(got, period)...)
		s.tell = true
	}
	if n := len(got.Unlisted); n > 0 {
		s.Lines = append(s.Lines, say("%d %s with logins, such as %s, which %s does not have", n, plural(n, "WorkSpace", "WorkSpaces"), got.Unlisted[0].ID, workspacesName))
	}
}

// unused adds the WorkSpaces that nobody used, and could have.
func (c *regionCheck) unused(s *section, got monitor.Report) {
	for _, i := range got.Unused {
		w := c.workspaces.all[i]
		switch types.WorkspaceState(w.State) {
		case types.WorkspaceStatePending, types.WorkspaceStateError, types.WorkspaceStateTerminating, types.WorkspaceStateTerminated:
			continue
		}
		if w.isStandby() {
			continue
		}
		detail := say("no login from %s to %s", c.events.first.UTC().Format(time.DateOnly), c.events.last.UTC().Format(time.DateOnly))
		s.breaks(broken{Violation: finding.Broken(ownRules[workspaceUnused], detail), at: w.at()})
	}
	for _, o := range got.Open {
		s.Lines = append(s.Lines, o.Reason)
	}
}

// isStandby reports whether the WorkSpace is the standby of another, and is not used until there is a need.
func (w *workspace) isStandby() bool {
	return slices.ContainsFunc(w.RelatedWorkspaces, func(r related) bool { return r.Type == string(types.StandbyWorkspaceRelationshipTypePrimary) })
}

// alwaysOn tells for how many hours AutoStop would have run WorkSpaces that are always on, and names those that it would
// have run the least.
func (c *regionCheck) alwaysOn(got monitor.Report, period time.Duration) []string {
	hours := 0
	for _, i := range got.AlwaysOn {
		hours += got.Desktops[i].Hours
	}
	session := "if a user stays for " + c.events.usage.Assumption.Session.String() + " after each login"
	if c.events.usage.Assumption.Session == 0 {
		session = "at least: no event tells how long a user stays, and --session TIME does"
	}
	n, whole := len(got.AlwaysOn), int(period/time.Hour)+1
	lines := []string{say("always on: %d %s; AutoStop after an hour would have run %s for %d of %d hours, %s",
		n, plural(n, "WorkSpace", "WorkSpaces"), plural(n, "it", "them"), hours, n*whole, session)}
	var names []string
	for _, i := range got.AlwaysOn[:min(n, fewest)] {
		d := got.Desktops[i]
		names = append(names, say("%s %d %s on %d %s", d.ID, d.Hours, plural(d.Hours, "hour", "hours"), d.Days, plural(d.Days, "day", "days")))
	}
	line := "the fewest: " + strings.Join(names, ", ")
	if n > fewest {
		line += fmt.Sprintf(", and %d more, which wks logins lists", n-fewest)
	}
	return append(lines, line)
}

// refusals adds which logins the settings of today would refuse. The settings may be meant so, and be younger than
// the logins: that is why no one of them breaks a must.
func (c *regionCheck) refusals(s *section) {
	ev := c.events
	keys := slices.SortedFunc(maps.Keys(ev.refused), func(a, b refusalKey) int {
		return cmp.Or(ev.refused[b].logins-ev.refused[a].logins, cmp.Compare(a.workspace, b.workspace), cmp.Compare(a.code, b.code))
	})
	for _, key := range keys {
		x := ev.refused[key]
		v := x.violation
		v.Level = rule.Should
		v.Detail = say("%d %s would be refused today, the last of %s: %s", x.logins, plural(x.logins, "login", "logins"), x.last.UTC().Format(time.DateOnly), said(v.Detail))
		at := ev.at.about("WorkSpace", rule.Printable(rule.Shorten(key.workspace)))
		if w := c.workspaces.find(key.workspace); w != nil {
			at.of = w
		}
		s.breaks(broken{Violation: v, at: at})
	}
	for _, id := range slices.Sorted(maps.Keys(ev.trials)) {
		for _, why := range ev.trials[id].lacks {
			s.notGiven(ev.at, "which logins the settings of %s would refuse: %s", id, said(why))
		}
	}
	for _, u := range slices.SortedFunc(maps.Keys(ev.undecided), func(a, b undecided) int { return cmp.Or(cmp.Compare(a.why, b.why), cmp.Compare(a.by, b.by)) }) {
		n := ev.undecided[u]
		s.ask(question{place: ev.at, by: u.by, reason: say("whether %d %s would be refused: %s", n, plural(n, "login", "logins"), said(u.why))})
	}
}
