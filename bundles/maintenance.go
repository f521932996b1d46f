package bundles

import (
	"cmp"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A maintenanceRow is when a document lets AWS maintain WorkSpaces of a running mode.
type maintenanceRow struct {
	mode    types.RunningMode
	sunday  bool // each Sunday; else from the third Monday of the month
	days    int  // that the window is open each day from the third Monday; 0: the documents do not end it
	until   int  // o'clock; windows open at midnight
	ownZone bool // in the WorkSpace's time zone, and not in the Region's
	span    rule.Span
	cite    rule.Citation
}

// maintenanceRows, by mode and date. That the daily windows last up to two weeks is in the
// guide by 2019-07, of which no day is known.
var maintenanceRows = []maintenanceRow{
	{types.RunningModeAlwaysOn, true, 0, 4, false, tables.During(readFAQ, readGuide), tables.Cite(faq, "Does the Amazon WorkSpaces service have maintenance windows?", readFAQ)},
	{types.RunningModeAlwaysOn, true, 0, 4, true, tables.During(readGuide, ""), tables.Cite(guide, "Maintenance Windows for AlwaysOn WorkSpaces", readGuide)},
	{types.RunningModeAutoStop, true, 0, 4, false, tables.During(readFAQ, "2018-02-03"), tables.Cite(faq, "Does the Amazon WorkSpaces service have maintenance windows?", readFAQ)},
	{types.RunningModeAutoStop, false, 1, 5, false, tables.During("2018-02-03", "2018-06-29"), tables.Cite(maintenancePage, "Maintenance windows for AutoStop WorkSpaces", "2018-02-03")},
	{types.RunningModeAutoStop, false, 0, 5, false, tables.During("2018-06-29", "2019-07-31"), tables.Cite(maintenancePage, "Maintenance windows for AutoStop WorkSpaces", "2018-06-29")},
	{types.RunningModeAutoStop, false, 14, 5, false, tables.During("2019-07-31", ""), tables.Cite(maintenancePage, "Maintenance windows for AutoStop WorkSpaces", "2019-07-31")},
}

// Maintenance is what the time of a WorkSpace's maintenance depends on.
type Maintenance struct {
	Mode       types.RunningMode
	RegionZone *time.Location // the time zone of the Region
	// WorkspaceZone is the time zone of the WorkSpace, which follows the user's if it is
	// redirected; nil for that of the Region.
	WorkspaceZone *time.Location
	// Launched is when the WorkSpace was created, rebuilt or migrated; a restore does not
	// count. A zero time is not known.
	Launched time.Time
	Disabled bool // maintenance mode is off in the directory, which AutoStop WorkSpaces heed
}

// A Window is a time in which a WorkSpace may be maintained.
type Window struct {
	Opens  time.Time
	Closes time.Time // about then, for AutoStop
	// Last is when the last of the daily windows closes in which an AutoStop WorkSpace may be
	// maintained that month, on any one day. It is zero for AlwaysOn, and if no document ends
	// the windows.
	Last time.Time
	Cite rule.Citation
}

// NextMaintenance returns the first window that closes after now: for AlwaysOn WorkSpaces
// each Sunday from 00:00 to 04:00; for AutoStop ones from 00:00 to about 05:00 on each of up
// to 14 days from the third Monday of the month, which in the newest edition are for
// WorkSpaces that are then at least 7 days old. On AlwaysOn Windows WorkSpaces a group
// policy may say otherwise. The windows keep to the clock of their time zone.
//
// If there is none, because it is off, the window is zero and the answer allowed; a mode of
// which no document tells the windows leaves it open. A nil RegionZone and a zero now
// are a *rule.InputError.
func (r Rules) NextMaintenance(m Maintenance, now time.Time) (Window, Answer, error) {
	if err := r.known(); err != nil {
		return Window{}, Answer{}, err
	}
	if m.RegionZone == nil {
		return Window{}, Answer{}, &rule.InputError{Path: "RegionZone", Value: "", Reason: "is needed"}
	}
	if now.IsZero() {
		return Window{}, Answer{}, &rule.InputError{Path: "now", Value: now.String(), Reason: "is no time"}
	}
	var a Answer
	row := r.maintenance(m.Mode)
	if row == nil {
		a.undocumented("RunningMode", fmt.Sprintf("no document of the edition tells when a WorkSpace in the mode %q is maintained", m.Mode))
		return Window{}, a.concluded(), nil
	}
	if row.sunday {
		zone := m.RegionZone
		if row.ownZone {
			zone = cmp.Or(m.WorkspaceZone, zone)
		}
		return row.nextSunday(now.In(zone)), a.concluded(), nil
	}
	if m.Disabled {
		return Window{}, a.concluded(), nil
	}
	from := now
	if age := r.wait(BeforeMaintenance); age != nil {
		if m.Launched.IsZero() {
			a.lacks("", "the time of the launch is not known, and only WorkSpaces older than 7 days are maintained")
		} else {
			from = later(from, m.Launched.Add(age.long))
		}
	}
	return row.nextDaily(now.In(m.RegionZone), from.In(m.RegionZone)), a.concluded(), nil
}

func (r Rules) maintenance(mode types.RunningMode) *maintenanceRow {
	for i := range maintenanceRows {
		if row := &maintenanceRows[i]; row.mode == mode && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}

// on returns the window of a day, which time.Date may normalise.
func (row *maintenanceRow) on(year int, month time.Month, day int, zone *time.Location) Window {
	return Window{
		Opens:  time.Date(year, month, day, 0, 0, 0, 0, zone),
		Closes: time.Date(year, month, day, row.until, 0, 0, 0, zone),
		Cite:   row.cite,
	}
}

func (row *maintenanceRow) nextSunday(now time.Time) Window {
	year, month, day := now.Date()
	w := row.on(year, month, day+(7-int(now.Weekday()))%7, now.Location())
	if !w.Closes.After(now) {
		year, month, day = w.Opens.Date()
		w = row.on(year, month, day+7, now.Location())
	}
	return w
}

// nextDaily returns the first window that closes after now and does not open before from,
// which is not before now. It looks at the months from the one before from, whose windows
// may reach into that.
func (row *maintenanceRow) nextDaily(now, from time.Time) Window {
	year, month, _ := from.Date()
	for i := -1; ; i++ {
		first := thirdMonday(year, month+time.Month(i), now.Location())
		days := row.days
		if days == 0 {
			next := thirdMonday(year, month+time.Month(i+1), now.Location())
			days = int(next.Sub(first).Hours()+12) / 24
		}
		for d := range days {
			w := row.on(first.Year(), first.Month(), first.Day()+d, now.Location())
			if !w.Closes.After(now) || w.Opens.Before(from) && from.After(now) {
				continue
			}
			if row.days > 0 {
				w.Last = row.on(first.Year(), first.Month(), first.Day()+row.days-1, now.Location()).Closes
			}
			return w
		}
	}
}

func thirdMonday(year int, month time.Month, zone *time.Location) time.Time {
	first := time.Date(year, month, 1, 0, 0, 0, 0, zone)
	day := 1 + (int(time.Monday)-int(first.Weekday())+7)%7 + 14
	return time.Date(first.Year(), first.Month(), day, 0, 0, 0, 0, zone)
}
