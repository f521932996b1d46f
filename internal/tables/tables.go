// Package tables is what every package of rules writes and reads its tables with: a [Book] declares
// them once, and [Compile] makes of it what checks read in one edition.
package tables

import (
	"slices"
	"strconv"
	"time"

	"github.com/wksgo/wks/rule"
)

// Cite returns the citation of a section in a document's version of date, YYYY-MM-DD.
// It panics on a malformed date: it is for the composite literals of tables.
func Cite(document, section, date string) rule.Citation {
	return rule.Citation{Document: document, Section: section, Date: rule.MustParseEdition(date)}
}

// During returns the span from since until before until; "" is no end. It panics as Cite does.
func During(since, until string) rule.Span {
	s := rule.Span{Since: rule.MustParseEdition(since)}
	if until != "" {
		s.Until = rule.MustParseEdition(until)
	}
	return s
}

// Dates returns the dates on which spans begin and end, in ascending order, each once.
func Dates(spans []rule.Span) (dates []rule.Edition) {
	for _, s := range spans {
		if dates = append(dates, s.Since); s.Until != (rule.Edition{}) {
			dates = append(dates, s.Until)
		}
	}
	slices.SortFunc(dates, rule.Edition.Compare)
	return slices.Compact(dates)
}

// Documents returns the documents of several packages, in their order; one that several
// have, by its key, stands there once.
func Documents(lists ...[]rule.Document) (all []rule.Document) {
	seen := map[string]bool{}
	for _, d := range slices.Concat(lists...) {
		if !seen[d.Key] {
			seen[d.Key] = true
			all = append(all, d)
		}
	}
	return all
}

// Time writes a time of whole milliseconds in the largest unit that it is a whole number of,
// up to hours, and in days from two on.
func Time(d time.Duration) string {
	for _, u := range []struct {
		unit time.Duration
		name string
	}{{24 * time.Hour, "days"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if d%u.unit == 0 && (u.unit <= time.Hour || d >= 2*u.unit) {
			return strconv.FormatInt(int64(d/u.unit), 10) + " " + u.name
		}
	}
	return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
}
