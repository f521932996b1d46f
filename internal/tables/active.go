package tables

import (
	"fmt"
	"reflect"

	"github.com/wksgo/wks/rule"
)

// Active are the rules of a book that are in force on a date.
type Active struct {
	edition rule.Edition
	rules   map[rule.Code]inForce
}

type inForce struct {
	rule.Revision
	remedy string
}

func (b *Book) on(e rule.Edition) *Active {
	f := &Active{e, map[rule.Code]inForce{}}
	for _, r := range b.Rules {
		for _, v := range r.Revisions {
			if v.Span.Contains(e) {
				f.rules[r.Code] = inForce{v, r.Remedy}
			}
		}
	}
	return f
}

// Edition returns the date on which the rules came into force together. Compile functions
// select rows with it. It is not the date that a user asks about, which may be later.
func (f *Active) Edition() rule.Edition { return f.edition }

// Has reports whether the rule of c is in force.
func (f *Active) Has(c rule.Code) bool {
	_, ok := f.rules[c]
	return ok
}

// Cite returns where the rule of c was read, and the zero citation if it is not in force.
func (f *Active) Cite(c rule.Code) rule.Citation { return f.rules[c].Revision.Cite }

// Break adds a violation of the rule of c to an answer. The detail is formatted as by
// fmt.Sprintf; texts in it are cut and made safe to print. If the rule is not in force, the
// answer is open instead: no document of the edition speaks of what a later one refuses. A check
// that means to pass in silence asks Has first.
func (f *Active) Break(a *rule.Answer, c rule.Code, at rule.Path, format string, args ...any) {
	f.BreakBy(a, rule.Citation{}, c, at, format, args...)
}

// BreakBy is Break for a violation that a row of a table decides: it cites that row.
func (f *Active) BreakBy(a *rule.Answer, by rule.Citation, c rule.Code, at rule.Path, format string, args ...any) {
	detail := Text(format, args...)
	r, ok := f.rules[c]
	if !ok {
		a.NotDocumented(at, "no document of the edition speaks of this: "+detail)
		return
	}
	if by == (rule.Citation{}) {
		by = r.Revision.Cite
	}
	a.Violations = append(a.Violations, rule.Violation{Code: c, Path: at, Detail: detail, Level: r.Level, Cite: by, Remedy: r.remedy})
}

// Text formats as fmt.Sprintf does, for people to read: texts among args, of whatever type, are cut,
// and the whole is made safe to print.
func Text(format string, args ...any) string {
	for i, arg := range args {
		switch s := arg.(type) {
		case string:
			args[i] = rule.Shorten(s)
		case fmt.Stringer, error, nil, int, int32, int64, bool:
		default:
			if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
				args[i] = rule.Shorten(v.String())
			}
		}
	}
	return rule.Printable(fmt.Sprintf(format, args...))
}
