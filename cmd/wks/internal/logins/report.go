package logins

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// A Report is what the command prints.
type Report struct {
	Schema  int    `json:"schema"`
	Edition string `json:"edition"`
	Logins  int    `json:"logins"`
	Others  int    `json:"otherEvents"`
	// Elsewhere are logins to other directories than those that were asked for.
	Elsewhere int `json:"otherDirectories"`
	// Repeated are events that came before: they count once.
	Repeated  int        `json:"repeated"`
	First     *time.Time `json:"first,omitempty"`
	Last      *time.Time `json:"last,omitempty"`
	Addresses int        `json:"addresses"`
	Clients   []Client   `json:"clients"`
	// Faulty are logins whose events are not as the documents have them, by what is wrong.
	Faulty []Fault `json:"faults,omitempty"`
	Trial  *Trial  `json:"trial,omitempty"`
	Use    *Use    `json:"use,omitempty"`
	// Failures are what could not be read; at most 100 are here.
	Failed   int      `json:"failed"`
	Failures []string `json:"failures,omitempty"`
	Exit     int      `json:"exit"`
}

// A Client is how often a client was used.
type Client struct {
	Product  string `json:"product"`
	Platform string `json:"platform"`
	Version  string `json:"version,omitempty"`
	Logins   int    `json:"logins"`
}

// A Fault is how many events have a fault in a field.
type Fault struct {
	Path   rule.Path `json:"path"`
	Reason string    `json:"reason"`
	Value  string    `json:"value"` // of the first
	Logins int       `json:"logins"`
}

// A Trial is what a setting would have done.
type Trial struct {
	Refused   int       `json:"refused"`
	Undecided int       `json:"undecided"`
	Reasons   []Refusal `json:"reasons"`        // the most frequent first
	Open      []Undone  `json:"open,omitempty"` // the most frequent first
}

// A Refusal is a rule that would have refused logins of a WorkSpace.
type Refusal struct {
	Workspace string         `json:"workspace"`
	User      string         `json:"user,omitempty"`
	Logins    int            `json:"logins"`
	Last      time.Time      `json:"last"`
	Violation rule.Violation `json:"violation"` // of the last
}

// An Undone is why logins are not decided.
type Undone struct {
	Reason string `json:"reason"`
	Logins int    `json:"logins"`
}

// A Use is what the logins tell of the list of WorkSpaces.
type Use struct {
	Session    string      `json:"session"`
	AutoStop   string      `json:"autoStop"`
	Workspaces int         `json:"workspaces"`
	Unused     []Desktop   `json:"unused"`
	AlwaysOn   []Desktop   `json:"alwaysOn"` // the fewest hours first
	Several    []Several   `json:"several"`
	Unlisted   []Desktop   `json:"unlisted"`
	Open       []rule.Open `json:"open,omitempty"`
}

// A Desktop is the use of a WorkSpace.
type Desktop struct {
	ID        string     `json:"workspace"`
	Directory string     `json:"directory"`
	User      string     `json:"user,omitempty"`
	Logins    int        `json:"logins"`
	Days      int        `json:"days"`
	Hours     int        `json:"autoStopHours"`
	Last      *time.Time `json:"last,omitempty"`
}

// A Several is a user with several WorkSpaces in a directory.
type Several struct {
	Directory  string   `json:"directory"`
	User       string   `json:"user"`
	Workspaces []string `json:"workspaces"`
	Used       int      `json:"used"`
}

// A count holds what the report is made of. It grows with WorkSpaces, clients, addresses and reasons, and
// not with logins.
type count struct {
	rules          monitor.Rules
	in             *input
	usage          monitor.Usage
	repeats        monitor.Repeats
	repeated       int
	logins, others int
	elsewhere      int
	first, last    time.Time
	addresses      map[netip.Addr]struct{}
	clients        map[Client]int
	faults         map[monitor.Fault]*Fault
	refused, open  int
	refusals       map[refusalKey]*Refusal
	reasons        map[string]int
	failed         int
	failures       []string
	each           func(*monitor.Tried) error // is told of each login; may be nil
}

type refusalKey struct {
	workspace string
	code      rule.Code
}

func newCount(r monitor.Rules, in *input) *count {
	return &count{
		rules: r, in: in, usage: monitor.Usage{Assumption: in.assumption}, addresses: map[netip.Addr]struct{}{}, clients: map[Client]int{}, faults: map[monitor.Fault]*Fault{},
		refusals: map[refusalKey]*Refusal{}, reasons: map[string]int{},
	}
}

func (c *count) add(l *monitor.Tried) error {
	c.logins++
	c.usage.Add(&l.Login)
	if !l.Time.IsZero() {
		if c.first.IsZero() || l.Time.Before(c.first) {
			c.first = l.Time
		}
		if l.Time.After(c.last) {
			c.last = l.Time
		}
	}
	if l.ClientIP.IsValid() {
		c.addresses[l.ClientIP.Unmap()] = struct{}{}
	}
	c.clients[Client{Product: l.Product, Platform: l.Platform, Version: l.Version}]++
	for _, f := range l.Faults {
		key := monitor.Fault{Path: f.Path, Reason: f.Reason}
		if c.faults[key] == nil {
			c.faults[key] = &Fault{Path: f.Path, Reason: f.Reason, Value: f.Value}
		}
		c.faults[key].Logins++
	}
	if c.in.tried {
		c.try(l)
	}
	if c.each != nil {
		return c.each(l)
	}
	return nil
}

func (c *count) try(l *monitor.Tried) {
	switch l.Verdict {
	case rule.Denied:
		c.refused++
		for _, v := range l.Violations {
			key := refusalKey{l.Workspace, v.Code}
			r := c.refusals[key]
			if r == nil {
				r = &Refusal{Workspace: l.Workspace, User: c.in.users[l.Workspace]}
				c.refusals[key] = r
			}
			if r.Logins++; !l.Time.Before(r.Last) {
				r.Last, r.Violation = l.Time, v
			}
		}
	case rule.Undocumented:
		c.open++
		for _, o := range l.Open {
			c.reasons[o.Reason]++
		}
	}
}

func (c *count) report() (*Report, error) {
	r := &Report{
		Schema: 1, Edition: c.rules.Edition().String(), Logins: c.logins, Others: c.others, Elsewhere: c.elsewhere, Repeated: c.repeated, Addresses: len(c.addresses), Clients: []Client{}, Failed: c.failed, Failures: c.failures,
	}
	if !c.first.IsZero() {
		r.First, r.Last = &c.first, &c.last
	}
	for client, n := range c.clients {
		client.Logins = n
		r.Clients = append(r.Clients, client)
	}
	slices.SortFunc(r.Clients, func(a, b Client) int {
		return cmp.Or(b.Logins-a.Logins, cmp.Compare(a.Product, b.Product), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Version, b.Version))
	})
	for _, f := range c.faults {
		r.Faulty = append(r.Faulty, *f)
	}
	slices.SortFunc(r.Faulty, func(a, b Fault) int {
		return cmp.Or(b.Logins-a.Logins, cmp.Compare(a.Path, b.Path), cmp.Compare(a.Reason, b.Reason))
	})
	if c.in.tried {
		r.Trial = c.trial()
	}
	if c.in.listed {
		use, err := c.use()
		if err != nil {
			return nil, err
		}
		r.Use = use
	}
	switch {
	case c.refused > 0:
		r.Exit = cli.Broken
	case c.open > 0 || c.failed > 0:
		r.Exit = cli.Unanswered
	}
	return r, nil
}

func (c *count) trial() *Trial {
	t := &Trial{Refused: c.refused, Undecided: c.open, Reasons: []Refusal{}}
	for _, r := range c.refusals {
		t.Reasons = append(t.Reasons, *r)
	}
	slices.SortFunc(t.Reasons, func(a, b Refusal) int {
		return cmp.Or(b.Logins-a.Logins, cmp.Compare(a.Workspace, b.Workspace), cmp.Compare(a.Violation.Code, b.Violation.Code))
	})
	for reason, n := range c.reasons {
		t.Open = append(t.Open, Undone{reason, n})
	}
	slices.SortFunc(t.Open, func(a, b Undone) int { return cmp.Or(b.Logins-a.Logins, cmp.Compare(a.Reason, b.Reason)) })
	return t
}

func (c *count) use() (*Use, error) {
	got, err := c.rules.Report(&c.usage, c.in.desktops)
	if err != nil {
		return nil, err
	}
	desktop := func(d monitor.DesktopUse) Desktop {
		out := Desktop{ID: d.ID, Directory: d.Directory, User: d.User, Logins: d.Logins, Days: d.Days, Hours: d.Hours}
		if d.Logins > 0 {
			out.Last = &d.Last
		}
		return out
	}
	u := &Use{
		Session: c.in.assumption.Session.String(), AutoStop: c.in.assumption.Timeout.String(), Workspaces: len(got.Desktops), Open: got.Open,
		Unused: []Desktop{}, AlwaysOn: []Desktop{}, Several: []Several{}, Unlisted: []Desktop{},
	}
	for _, i := range got.Unused {
		u.Unused = append(u.Unused, desktop(got.Desktops[i]))
	}
	for _, i := range got.AlwaysOn {
		u.AlwaysOn = append(u.AlwaysOn, desktop(got.Desktops[i]))
	}
	for _, s := range got.Several {
		u.Several = append(u.Several, Several(s))
	}
	for _, d := range got.Unlisted {
		u.Unlisted = append(u.Unlisted, desktop(d))
	}
	return u, nil
}
