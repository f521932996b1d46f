package facts

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/internal/tables"
)

// A MaintenanceWindow is when a document lets AWS maintain WorkSpaces of a running mode.
type MaintenanceWindow struct {
	Mode      string        // ALWAYS_ON or AUTO_STOP
	Sunday    bool          // each Sunday; else daily from the third Monday of the month
	Days      int           // how many days the window opens each month, if it is daily
	UntilHour int           // on the clock; windows open at midnight
	OwnZone   bool          // in the time zone of the WorkSpace, and not in that of the Region
	OlderThan time.Duration // only for WorkSpaces older than this; 0 for all

	Default    bool // settings of the operating system may say otherwise
	About      bool // the document gives the hours as about or typically so
	ZoneUnsaid bool // the document gives no time zone: that of the Region is a reading
	Anew       bool // a rebuild or a migration counts as a creation, and a restore does not
	tables.Dated
}

// MaintenanceWindows are the windows by mode and date. The page on running modes spoke of those
// for AutoStop until maintenance had a page of its own.
var MaintenanceWindows = tables.Table[MaintenanceWindow]{
	Name: "maintenance windows",
	Key:  func(w MaintenanceWindow) string { return w.Mode },
	Rows: []MaintenanceWindow{
		{Mode: alwaysOn, Sunday: true, UntilHour: 4, Dated: tables.Since(FAQ, windowsQuestion, ReadFAQ, "2019-07-08")},
		{Mode: alwaysOn, Sunday: true, UntilHour: 4, OwnZone: true, Default: true, Dated: tables.Since(MaintenancePage, "Maintenance Windows for AlwaysOn Workspaces", "2019-07-08", "")},
		{Mode: autoStop, Sunday: true, UntilHour: 4, Dated: tables.Since(FAQ, windowsQuestion, ReadFAQ, "2018-02-03")},
		{Mode: autoStop, Days: 1, UntilHour: 5, Dated: tables.Since(RunningModePage, "Set Maintenance Mode", "2018-02-03", "2018-06-29")},
		{Mode: autoStop, Days: 14, UntilHour: 5, About: true, ZoneUnsaid: true, Dated: tables.Since(RunningModePage, "Set Maintenance Mode", "2018-06-29", "2019-07-08")},
		{Mode: autoStop, Days: 14, UntilHour: 5, About: true, Dated: tables.Since(MaintenancePage, "Maintenance Windows for AutoStop Workspaces", "2019-07-08", Read2025)},
		{Mode: autoStop, Days: 14, UntilHour: 5, About: true, OlderThan: week, Dated: tables.Since(MaintenancePage, "Maintenance windows for AutoStop WorkSpaces", Read2025, ReadAugust)},
		{Mode: autoStop, Days: 14, UntilHour: 5, About: true, OlderThan: week, Anew: true, Dated: tables.Since(MaintenancePage, "Maintenance windows for AutoStop WorkSpaces", ReadAugust, "")},
	},
}

const (
	alwaysOn = "ALWAYS_ON"
	autoStop = "AUTO_STOP"

	windowsQuestion = "Does the Amazon WorkSpaces service have maintenance windows?"
	week            = 7 * 24 * time.Hour
)

// Next returns the first window that closes after now, in the time zone of now. Daily windows
// that open before from are passed over, if from is after now. last is when the last of the
// daily windows of that month closes; it is zero for Sundays.
func (w MaintenanceWindow) Next(now, from time.Time) (opens, closes, last time.Time) {
	if w.Sunday {
		opens, closes = w.nextSunday(now)
		return opens, closes, time.Time{}
	}
	if from.Before(now) {
		from = now
	}
	year, month, _ := from.Date()
	for i := -1; ; i++ { // the windows of the month before may reach into this one, and from may be in another zone
		first := thirdMonday(year, month+time.Month(i), now.Location())
		for d := range w.Days {
			opens, closes = w.on(first, d)
			if !closes.After(now) || opens.Before(from) && from.After(now) {
				continue
			}
			_, last = w.on(first, w.Days-1)
			return opens, closes, last
		}
	}
}

// During returns the first window that is open at some moment of [at, at+d], in the time zone
// of at, for a WorkSpace of which daily windows before from pass over, as Next has it.
func (w MaintenanceWindow) During(at, from time.Time, d time.Duration) (opens time.Time, ok bool) {
	opens, _, _ = w.Next(at, from)
	return opens, !opens.After(at.Add(d))
}

func (w MaintenanceWindow) nextSunday(now time.Time) (opens, closes time.Time) {
	sunday := (7 - int(now.Weekday())) % 7
	if opens, closes = w.on(now, sunday); !closes.After(now) {
		opens, closes = w.on(now, sunday+7)
	}
	return opens, closes
}

// on returns the window of a day that is so many days after the day of t.
func (w MaintenanceWindow) on(t time.Time, days int) (opens, closes time.Time) {
	year, month, day := t.Date()
	return time.Date(year, month, day+days, 0, 0, 0, 0, t.Location()), time.Date(year, month, day+days, w.UntilHour, 0, 0, 0, t.Location())
}

func thirdMonday(year int, month time.Month, zone *time.Location) time.Time {
	first := time.Date(year, month, 1, 0, 0, 0, 0, zone)
	day := 1 + (int(time.Monday)-int(first.Weekday())+7)%7 + 14
	return time.Date(first.Year(), first.Month(), day, 0, 0, 0, 0, zone)
}

// Hours tells the days, hours and time zone of a window.
func (w MaintenanceWindow) Hours() string {
	var text string
	switch {
	case w.Sunday && w.Default:
		text = "by default Sunday"
	case w.Sunday:
		text = "Sunday"
	case w.Days == 1:
		text = "the third Monday of the month"
	default:
		text = fmt.Sprintf("daily for up to %d days from the third Monday of the month", w.Days)
	}
	about := ""
	if w.About {
		about = "about "
	}
	text += fmt.Sprintf(", %s00:00 to %02d:00", about, w.UntilHour)
	switch {
	case w.ZoneUnsaid:
	case w.OwnZone:
		text += " in the time zone of the WorkSpace"
	default:
		text += " in the time zone of the Region"
	}
	return text
}

// String tells the days, hours and time zone of a window, and whom it is for.
func (w MaintenanceWindow) String() string {
	switch {
	case w.Anew:
		return w.Hours() + ", WorkSpaces created, rebuilt or migrated more than " + tables.Time(w.OlderThan) + " ago"
	case w.OlderThan > 0:
		return w.Hours() + ", WorkSpaces older than " + tables.Time(w.OlderThan)
	}
	return w.Hours()
}
