package rule

import (
	"fmt"
	"strings"
	"time"
)

// An Edition is a day: "what was documented then". The zero value stands for no day.
type Edition struct{ date string } // YYYY-MM-DD, which sorts as the dates do

// ParseEdition reads a date of the Gregorian calendar written YYYY-MM-DD.
func ParseEdition(s string) (Edition, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return Edition{}, fmt.Errorf("rule: edition %q is not a date written YYYY-MM-DD", Shorten(s))
	}
	return Edition{s}, nil
}

// MustParseEdition is ParseEdition for tables and tests; it panics on an error.
func MustParseEdition(s string) Edition {
	e, err := ParseEdition(s)
	if err != nil {
		panic(err)
	}
	return e
}

// Compare is negative, zero or positive as e is before, on or after f.
func (e Edition) Compare(f Edition) int { return strings.Compare(e.date, f.date) }

// Within returns an *InputError unless first ≤ e ≤ newest: nothing is clamped.
func (e Edition) Within(first, newest Edition) error {
	if e.Compare(first) >= 0 && e.Compare(newest) <= 0 {
		return nil
	}
	return &InputError{"Edition", e.date, "is not between the first edition known, " + first.date + ", and the newest, " + newest.date}
}

// String returns the date as YYYY-MM-DD, and "" for the zero value.
func (e Edition) String() string { return e.date }

// Date returns the day, in UTC; the zero time for the zero Edition.
func (e Edition) Date() time.Time {
	t, _ := time.Parse(time.DateOnly, e.date) // an Edition holds nothing else
	return t
}

// MarshalText is String; it does not fail.
func (e Edition) MarshalText() ([]byte, error) { return []byte(e.date), nil }

// UnmarshalText is ParseEdition; empty text gives the zero value.
func (e *Edition) UnmarshalText(text []byte) (err error) {
	if *e = (Edition{}); len(text) > 0 {
		*e, err = ParseEdition(string(text))
	}
	return err
}

// A Span is the half-open range [Since, Until); a zero Until means still in force.
type Span struct {
	Since Edition `json:"since"`
	Until Edition `json:"until,omitzero"`
}

// Contains reports whether e is in the span; the zero edition is in none.
func (s Span) Contains(e Edition) bool {
	return e != Edition{} && s.Since.Compare(e) <= 0 && (s.Until == Edition{} || e.Compare(s.Until) < 0)
}
