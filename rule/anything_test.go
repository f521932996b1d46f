package rule_test

import (
	"os"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestAnything(t *testing.T) {
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"Below": rule.Below, "Printable": rule.Printable, "Shorten": rule.Shorten, "Values": rule.Values, "ParseEdition": rule.ParseEdition,
			"Answer": rule.Answer{}, "Cause": rule.Cause(""), "Code": rule.Code(""), "Edition": rule.Edition{}, "InputError": rule.InputError{}, "Level": rule.Level(""),
			"Open": rule.Open{}, "Path": rule.Path(""), "Rule": rule.Rule{}, "Span": rule.Span{}, "Verdict": rule.Verdict(0), "Violation": rule.Violation{}, "Violations": rule.Violations{},
		},
		Sound: []any{rule.Rule{Code: "example.code", Revisions: []rule.Revision{{Level: rule.Must, Span: rule.Span{Since: rule.MustParseEdition("2020-04-29")}}}}},
		Texts: []string{`{"code":"example.code","path":"Path","detail":"detail","level":"must","cite":{"document":"d","section":"s","date":"2020-04-29"}}`, "2026-09-10"},
		Shown: func(export string) bool { return export == "InputError.Error" || export == "Open.String" },
	}.Check(t)
}
