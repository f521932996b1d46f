package bundles

import (
	"cmp"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// maintenance are the windows that several packages share, as this one lists them.
var maintenance = func() tables.Table[facts.MaintenanceWindow] {
	t := facts.MaintenanceWindows
	t.Lists = func(w facts.MaintenanceWindow) []rule.Parameter {
		list := parameter("maintenance of "+w.Mode, w.Hours())
		if w.OlderThan > 0 {
			list = append(list, parameter("wait: "+string(BeforeMaintenance), tables.Time(w.OlderThan))...)
		}
		if w.Anew {
			list = append(list, parameter("what counts as the creation before AutoStop maintenance", "creation, rebuild and migration, and no restore")...)
		}
		return list
	}
	return t
}()

// Maintenance is what the time of a WorkSpace's maintenance depends on.
type Maintenance struct {
	Mode       types.RunningMode
	RegionZone *time.Location // the time zone of the Region
	// WorkspaceZone is the time zone of the WorkSpace, which follows the user's if it is
	// redirected; nil for that of the Region.
	WorkspaceZone *time.Location
	// Launched is when the WorkSpace was created. Since 2026-08-25 the guide counts a rebuild and a
	// migration alike, and not a restore; before, it does not say what they do. A zero time is not known.
	Launched time.Time
	Disabled bool // maintenance mode is off in the directory, which AutoStop WorkSpaces heed
}

// A Window is a time in which a WorkSpace may be maintained.
type Window struct {
	Opens  time.Time
	Closes time.Time // as Opens about then, for AutoStop
	// Last is when the last of the daily windows of that month closes: an AutoStop WorkSpace may
	// be maintained in any one of them. It is zero for AlwaysOn.
	Last time.Time
	Cite rule.Citation
}

// A NextWindow is the next maintenance window of a WorkSpace.
type NextWindow struct {
	rule.Answer
	Window Window // zero if there is none, or if no document tells
}

// NextMaintenance returns the first window that closes after now: for AlwaysOn WorkSpaces
// by default each Sunday from 00:00 to 04:00; for AutoStop ones from about 00:00 to 05:00 on each of up
// to 14 days from the third Monday of the month. Since 2025-10-21 the latter are only for
// WorkSpaces that are at least 7 days old by then. On AlwaysOn Windows WorkSpaces a group
// policy may say otherwise. The windows keep to the clock of their time zone. From 2018-06-29 to
// 2019-07-08 no page gave that of AutoStop, and it is taken to be the Region's.
//
// If there is none because it is off, the window is zero and the answer allowed. A mode whose
// windows no document tells leaves it open. A nil RegionZone, a zero now, and times outside the
// years 1 to 9999 are a *rule.InputError.
func (r Rules) NextMaintenance(m Maintenance, now time.Time) (NextWindow, error) {
	if err := r.known(); err != nil {
		return NextWindow{}, err
	}
	if m.RegionZone == nil {
		return NextWindow{}, &rule.InputError{Path: "RegionZone", Value: "", Reason: "is needed"}
	}
	if now.IsZero() || !isCalendar(now) {
		return NextWindow{}, &rule.InputError{Path: "now", Value: fmt.Sprint(now.Unix()), Reason: "seconds since 1970 are no time of the years 1 to 9999"}
	}
	if !isCalendar(m.Launched) {
		return NextWindow{}, &rule.InputError{Path: "Launched", Value: fmt.Sprint(m.Launched.Unix()), Reason: "seconds since 1970 are no time of the years 1 to 9999"}
	}
	var next NextWindow
	w, ok := r.s.windows[m.Mode]
	switch {
	case !ok:
		next.NotDocumented("RunningMode", "no document of the edition tells when a WorkSpace in the mode "+quoted(m.Mode)+" is maintained")
	case w.Sunday:
		zone := m.RegionZone
		if w.OwnZone {
			zone = cmp.Or(m.WorkspaceZone, zone)
		}
		next.Window = window(w, now.In(zone), now)
	case !m.Disabled:
		from := now
		if w.OlderThan > 0 && m.Launched.IsZero() {
			next.NotGiven("", fmt.Sprintf("the time of the launch is not known, and only WorkSpaces older than %s are maintained", tables.Time(w.OlderThan)))
		} else if w.OlderThan > 0 {
			from = later(from, m.Launched.Add(w.OlderThan))
		}
		next.Window = window(w, now.In(m.RegionZone), from)
	}
	next.Answer = next.Concluded()
	return next, nil
}

func window(w facts.MaintenanceWindow, now, from time.Time) (next Window) {
	next.Opens, next.Closes, next.Last = w.Next(now, from)
	next.Cite = w.Cite
	return next
}

// isCalendar reports whether a time is of a year of four digits. Far beyond them, times wrap.
func isCalendar(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9999 }
