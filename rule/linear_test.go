package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
)

// found is an answer with n violations and n open questions.
func found(n int) (a rule.Answer) {
	for i := range n {
		path := rule.Path("Rules").Index(i)
		a.Violations = append(a.Violations, rule.Violation{Code: "example.code", Path: path, Detail: "detail", Level: rule.Must})
		a.NotGiven(path, "is not given")
	}
	return a
}

func long(n int) string { return strings.Repeat("\x1b", 100*n) }

var linearCases = map[string]func(n int){
	"Answer.At":        func(n int) { found(n).At("Rules") },
	"Answer.Concluded": func(n int) { a := found(n); clear(a.Violations); a.Concluded() },
	"Answer.Contradicted, of few": func(n int) {
		(&rule.Answer{Open: make([]rule.Open, n)}).Contradicted("", "a reason", rule.Citation{}, rule.Citation{})
	},
	"Answer.Err":           func(n int) { _ = found(n).Err().Error() },
	"Answer.Merge":         func(n int) { new(found(n)).Merge("Path", found(n)) },
	"Answer.NotDocumented": func(n int) { new(rule.Answer).NotDocumented("", long(n)) },
	"Answer.NotGiven":      func(n int) { _ = found(n) },
	"Answer.OpenBy":        func(n int) { found(n).OpenBy(rule.ByInput) },
	"Answer.Or, of none":   func(n int) { rule.Answer{Open: make([]rule.Open, n)}.Or(rule.Allowed) },
	"Rule.At": func(n int) {
		later := rule.Revision{Span: rule.Span{Since: rule.MustParseEdition("2030-01-01")}}
		rule.Rule{Revisions: slices.Repeat([]rule.Revision{later}, n)}.At(rule.MustParseEdition("2020-04-29"))
	},
	"Values":                   func(n int) { rule.Values(make([]rule.Parameter, n), rule.MustParseEdition("2020-04-29"), "x") },
	"Violation.UnmarshalJSON":  func(n int) { _ = new(rule.Violation).UnmarshalJSON([]byte(`{"code": "` + long(n))) },
	"Violations.At":            func(n int) { found(n).Violations.At("Rules") },
	"Violations.Denied":        func(n int) { make(rule.Violations, n).Denied() },
	"Violations.Err":           func(n int) { _ = found(n).Violations.Err() },
	"Printable, a long text":   func(n int) { rule.Printable(long(n)) },
	"Shorten, a long text":     func(n int) { rule.Shorten(long(n)) },
	"InputError.Error":         func(n int) { _ = (&rule.InputError{Path: rule.Path(long(n)), Value: long(n)}).Error() },
	"Path.Covers, a long path": func(n int) { _ = rule.Path(long(n)).Covers(rule.Path(long(n))) },
}

func TestLinear(t *testing.T) { lineartest.Run(t, nil, linearCases) }

func TestLinearCases(t *testing.T) { lineartest.Complete(t, linearCases) }
