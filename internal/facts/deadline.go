package facts

import (
	"time"

	"github.com/wksgo/wks/rule"
)

// yearsAhead is how many years before its day an end is told by the checks. No document says when to begin
// to plan.
const yearsAhead = 2

// A Deadline is an [End] as the checks of one edition hold a day against it.
type Deadline struct {
	End
	Day    rule.Edition // Last as a date
	near   rule.Edition // the first day on which it is told
	closed rule.Edition // Closed as a date; zero if there is none
}

// Deadline returns the end with its days as dates.
func (e End) Deadline() *Deadline {
	d := &Deadline{End: e, Day: rule.MustParseEdition(e.Last)}
	d.near = rule.MustParseEdition(d.Day.Date().AddDate(-yearsAhead, 0, 0).Format(time.DateOnly))
	if e.Closed != "" {
		d.closed = rule.MustParseEdition(e.Closed)
	}
	return d
}

// A Stage is how an end lies to a day.
type Stage uint8

const (
	Far      Stage = iota // nothing is told of it yet, or there is no end
	Ahead                 // it is near, and what ends can be used
	Doubtful              // it is its day, of which no document says whether what ends can still be used
	Over
)

// OnItsDay is why a question about a [Doubtful] end is open.
const OnItsDay = "no document says whether it can be used on the day of its end"

// On returns how the end lies to a day. Nil is no end.
func (d *Deadline) On(day rule.Edition) Stage {
	switch {
	case d == nil || day.Compare(d.near) < 0:
		return Far
	case day.Compare(d.Day) > 0:
		return Over
	case day == d.Day && !d.OnLast:
		return Doubtful
	}
	return Ahead
}

// Closes reports whether nothing new is taken of it on a day, of new customers at least. Nil is no end.
func (d *Deadline) Closes(day rule.Edition) bool {
	return d != nil && d.closed != rule.Edition{} && day.Compare(d.closed) >= 0
}
