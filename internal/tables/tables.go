// Package tables is what every package of rules writes and reads its tables with.
package tables

import (
	"slices"
	"strconv"
	"time"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
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

// Ends returns the dates on which the rows of a table begin and end.
func Ends[R any](rows []R, span func(R) rule.Span) (dates []rule.Edition) {
	for _, r := range rows {
		s := span(r)
		if dates = append(dates, s.Since); s.Until != (rule.Edition{}) {
			dates = append(dates, s.Until)
		}
	}
	return dates
}

// Editions returns the dates of the lists, in ascending order, each once.
func Editions(lists ...[]rule.Edition) []rule.Edition {
	dates := slices.Concat(lists...)
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

// InForce reports whether the rows have one for c in the edition e.
func InForce(rows []rule.Row, e rule.Edition, c rule.Code) bool {
	return slices.ContainsFunc(rows, func(row rule.Row) bool { return row.Code == c && row.Span.Contains(e) })
}

// AppendCited is Violations.Append for a violation that a row of another table
// decides: it cites that row.
func AppendCited(vs rule.Violations, rows []rule.Row, e rule.Edition, c rule.Code, at rule.Path, detail string, by rule.Citation) rule.Violations {
	before := len(vs)
	if vs = vs.Append(rows, e, c, at, detail); len(vs) > before {
		vs[before].Cite = by
	}
	return vs
}

// Constant lists a parameter that is the same as long as the rule of c is in force: its
// rows have the spans and citations of the rule's.
func Constant(rows []rule.Row, c rule.Code, name, value string) (list []param.Row) {
	for _, r := range rows {
		if r.Code == c {
			list = append(list, param.Row{Rules: []rule.Code{c}, Name: name, Value: value, Span: r.Span, Cite: r.Cite})
		}
	}
	return list
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
