package monitor

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"time"

	"github.com/wksgo/wks/rule"
)

// A Desktop is a WorkSpace of the list against which logins are held, as DescribeWorkspaces tells it.
type Desktop struct {
	ID          string
	Directory   string
	User        string
	RunningMode RunningMode // "" if it is not known
	Protocol    Protocol    // AnyProtocol if it is not known
}

// An Assumption is what no event tells, and what the hours of AutoStop rest on.
type Assumption struct {
	// Session is how long a user stays after a login, at most 30 days. Zero counts the login
	// alone, so that the hours are the fewest there can have been.
	Session time.Duration
	// Timeout is after how long AutoStop stops a WorkSpace that a user has left: full hours, at
	// most 30 days, and an hour if it is zero.
	Timeout time.Duration
}

const longestAssumption = 30 * 24 * time.Hour

// A Usage counts logins by WorkSpace. Their order does not matter. Its memory grows with the
// WorkSpaces and with the days on which each is used, by 8 bytes a day, and not with the logins.
// The zero value is ready to use, and assumes the zero Assumption.
type Usage struct {
	Assumption Assumption // is set before the first Add
	logins     int
	desktops   map[string]*use
}

// use is what is counted of one WorkSpace.
type use struct {
	directory   string
	logins      int
	first, last time.Time
	loginDays   []day // in ascending order
	runDays     []day
	clients     []ClientCount
}

// A day is a day since 1970 with its hours, in UTC.
type day struct{ number, hours int32 }

// Add counts a login. One without a time or a WorkSpace is counted in Logins, and nowhere else.
func (u *Usage) Add(l *Login) {
	u.logins++
	if l == nil || l.Workspace == "" || !countable(l.Time) {
		return
	}
	d := u.desktops[l.Workspace]
	if d == nil {
		if u.desktops == nil {
			u.desktops = map[string]*use{}
		}
		d = &use{directory: l.Directory, first: l.Time, last: l.Time}
		u.desktops[l.Workspace] = d
	}
	d.logins++
	if l.Time.Before(d.first) {
		d.first = l.Time
	}
	if l.Time.After(d.last) {
		d.last = l.Time
	}
	second := l.Time.Unix()
	d.loginDays = mark(d.loginDays, second, second)
	d.runDays = mark(d.runDays, second, second+int64((u.Assumption.session()+u.Assumption.timeout())/time.Second)-1)
	d.count(l.Product, l.Platform)
}

// countable reports whether a time is within the years that days are counted in.
func countable(t time.Time) bool { y := t.UTC().Year(); return y >= 1970 && y <= 9999 }

func (a Assumption) session() time.Duration { return min(a.Session, longestAssumption) }

func (a Assumption) timeout() time.Duration {
	if a.Timeout == 0 {
		return time.Hour
	}
	return min(a.Timeout, longestAssumption)
}

// mark takes the hours from a second since 1970 until another into the days; none if that is earlier.
func mark(days []day, from, until int64) []day {
	last := until / 3600
	for hour := from / 3600; hour <= last; {
		n := int32(hour / 24)
		end := min(last, int64(n)*24+23)
		hours := int32(1<<(end-hour+1)-1) << (hour % 24)
		i, found := slices.BinarySearchFunc(days, n, func(d day, n int32) int { return cmp.Compare(d.number, n) })
		if !found {
			days = slices.Insert(days, i, day{number: n})
		}
		days[i].hours |= hours
		hour = end + 1
	}
	return days
}

// most is how many clients of a WorkSpace are told apart.
const mostClients = 64

func (d *use) count(product, platform string) {
	for i := range d.clients {
		if c := &d.clients[i]; c.Product == product && c.Platform == platform {
			c.Logins++
			return
		}
	}
	if len(d.clients) < mostClients {
		d.clients = append(d.clients, ClientCount{product, platform, 1})
	}
}

// A ClientCount is how often a client was used.
type ClientCount struct {
	Product  string
	Platform string
	Logins   int
}

// A DesktopUse is what a Usage has counted of a WorkSpace.
type DesktopUse struct {
	Desktop
	Logins      int
	First, Last time.Time     // of the logins
	Days        int           // on which there was a login, by UTC
	Hours       int           // of the clock, by UTC, in which AutoStop would have run it
	Clients     []ClientCount // the most used first, then by name; 64 at most are told apart
}

// A UserDesktops is a user with more than one WorkSpace in a directory.
type UserDesktops struct {
	Directory, User string
	Workspaces      []string // in the order of the list
	Used            int      // of them
}

// A Report holds logins against a list of WorkSpaces. Its lists are new slices.
type Report struct {
	Logins   int          // all that were added
	Desktops []DesktopUse // of the list, in its order
	Unused   []int        // indexes in Desktops of those without a login
	AlwaysOn []int        // indexes in Desktops of those that are always on, with the fewest Hours first
	Several  []UserDesktops
	Unlisted []DesktopUse // WorkSpaces with logins that the list does not have, by ID
	// Open is why a WorkSpace without an event may be in use.
	Open []rule.Open
}

// Report holds the logins against a list of WorkSpaces: those without a login; those that are always
// on, with the hours for which AutoStop would have run each; the users with several. A WorkSpace that is
// twice in the list is taken as it comes first. The error is for Rules without an edition, and a
// *rule.InputError for an Assumption that is negative, too long, or with a Timeout that is not in full
// hours.
func (r Rules) Report(u *Usage, list []Desktop) (Report, error) {
	if err := r.known(); err != nil {
		return Report{}, err
	}
	if u == nil {
		u = new(Usage)
	}
	if err := u.Assumption.check(); err != nil {
		return Report{}, err
	}
	report := Report{Logins: u.logins}
	listed := make(map[string]bool, len(list))
	type owner struct{ directory, user string }
	of := map[owner][]int{}
	var owners []owner
	for _, d := range list {
		if listed[d.ID] {
			continue
		}
		listed[d.ID] = true
		i := len(report.Desktops)
		report.Desktops = append(report.Desktops, u.desktops[d.ID].of(d))
		if report.Desktops[i].Logins == 0 {
			report.Unused = append(report.Unused, i)
		}
		if d.RunningMode == AlwaysOn {
			report.AlwaysOn = append(report.AlwaysOn, i)
		}
		if d.User != "" {
			o := owner{d.Directory, strings.ToLower(d.User)}
			if of[o] == nil {
				owners = append(owners, o)
			}
			of[o] = append(of[o], i)
		}
	}
	slices.SortStableFunc(report.AlwaysOn, func(i, j int) int { return cmp.Compare(report.Desktops[i].Hours, report.Desktops[j].Hours) })
	for _, o := range owners {
		if len(of[o]) > 1 {
			report.Several = append(report.Several, report.several(of[o]))
		}
	}
	for id, d := range u.desktops {
		if !listed[id] {
			report.Unlisted = append(report.Unlisted, d.of(Desktop{ID: id, Directory: d.directory}))
		}
	}
	slices.SortFunc(report.Unlisted, func(a, b DesktopUse) int { return cmp.Compare(a.ID, b.ID) })
	report.Open = r.s.mayBeMissing(report.Desktops, report.Unused)
	return report, nil
}

func (a Assumption) check() error {
	switch {
	case a.Session < 0 || a.Session > longestAssumption:
		return &rule.InputError{Path: "Assumption.Session", Value: a.Session.String(), Reason: "is not between 0 and 720h"}
	case a.Timeout%time.Hour != 0 || a.Timeout/time.Hour < 0 || a.Timeout > longestAssumption:
		return &rule.InputError{Path: "Assumption.Timeout", Value: a.Timeout.String(), Reason: "is not in full hours between 0 and 720h"}
	}
	return nil
}

// of returns what is counted of a WorkSpace, which may be nothing.
func (d *use) of(desktop Desktop) DesktopUse {
	if d == nil {
		return DesktopUse{Desktop: desktop}
	}
	u := DesktopUse{Desktop: desktop, Logins: d.logins, First: d.first, Last: d.last, Days: len(d.loginDays), Clients: slices.Clone(d.clients)}
	for _, day := range d.runDays {
		u.Hours += bits.OnesCount32(uint32(day.hours))
	}
	slices.SortFunc(u.Clients, func(a, b ClientCount) int {
		return cmp.Or(b.Logins-a.Logins, cmp.Compare(a.Product, b.Product), cmp.Compare(a.Platform, b.Platform))
	})
	return u
}

func (r *Report) several(indexes []int) UserDesktops {
	first := r.Desktops[indexes[0]]
	several := UserDesktops{Directory: first.Directory, User: first.User}
	for _, i := range indexes {
		several.Workspaces = append(several.Workspaces, r.Desktops[i].ID)
		if r.Desktops[i].Logins > 0 {
			several.Used++
		}
	}
	return several
}

// mayBeMissing tells why WorkSpaces without events may be in use.
func (s *snapshot) mayBeMissing(desktops []DesktopUse, unused []int) []rule.Open {
	if len(unused) == 0 {
		return nil
	}
	var a rule.Answer
	if len(s.fields) == 0 {
		a.NotDocumented("", "no document of the edition describes access events")
	}
	for _, row := range s.delivery {
		n := 0
		for _, i := range unused {
			if p := desktops[i].Protocol; row.protocol == AnyProtocol || p == AnyProtocol || p == row.protocol {
				n++
			}
		}
		if n > 0 {
			a.NotGiven("", plural(n, "WorkSpace", "WorkSpaces")+" without a login may be in use: "+row.text)
		}
	}
	return a.Open
}
