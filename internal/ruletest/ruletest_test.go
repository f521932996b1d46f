package ruletest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/rule"
)

var (
	d1, d2, d3 = rule.MustParseEdition("2020-01-01"), rule.MustParseEdition("2021-01-01"), rule.MustParseEdition("2022-01-01")
	docs       = []rule.Document{{Key: "guide", Title: "Guide", URL: "https://example.com"}}
)

func cite(date rule.Edition) rule.Citation {
	return rule.Citation{Document: "guide", Section: "Ranges", Date: date}
}

func row(code rule.Code, since, until rule.Edition) rule.Row {
	return rule.Row{Code: code, Level: rule.Must, Span: rule.Span{Since: since, Until: until}, Cite: cite(since)}
}

// Each change makes one good table bad in one way, and the fault that names it is
// the only one.
func TestRuleFaults(t *testing.T) {
	declared := map[rule.Code]string{"net.a": "A", "net.b": "B"}
	good := []rule.Row{row("net.a", d1, d2), row("net.a", d2, rule.Edition{}), row("net.b", d2, rule.Edition{})}
	for _, tt := range []struct {
		name  string
		spoil func(rows []rule.Row) []rule.Row
		want  string
	}{
		{"nothing", func(r []rule.Row) []rule.Row { return r }, ""},
		{"overlap", func(r []rule.Row) []rule.Row { r[0].Span.Until = d3; return r }, "in force beside"},
		{"open beside a later one", func(r []rule.Row) []rule.Row { r[0].Span.Until = rule.Edition{}; return r }, "in force beside"},
		{"empty span", func(r []rule.Row) []rule.Row { r[0].Span.Until = d1; r[0].Cite.Date = d1; return r[:] }, "ends on"},
		{"no start", func(r []rule.Row) []rule.Row { r[2].Span.Since = rule.Edition{}; return r }, "no start"},
		{"document", func(r []rule.Row) []rule.Row { r[2].Cite.Document = "giude"; return r }, "unknown document"},
		{"section", func(r []rule.Row) []rule.Row { r[2].Cite.Section = ""; return r }, "cites section"},
		{"citation after the span", func(r []rule.Row) []rule.Row { r[0].Cite.Date = d2; return r }, "cites section"},
		{"level", func(r []rule.Row) []rule.Row { r[2].Level = ""; return r }, "malformed level"},
		{"prefix", func(r []rule.Row) []rule.Row { r[2].Code = "other.b"; return r }, "does not start"},
		{"malformed", func(r []rule.Row) []rule.Row { r[2].Code = "net.B"; return r }, "malformed code"},
		{"constant without a row", func(r []rule.Row) []rule.Row { return r[:2] }, "no row"},
		{"row without a constant", func(r []rule.Row) []rule.Row { return append(r, row("net.c", d1, d2)) }, "no exported constant"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			faults := ruleFaults(docs, "net", declared, tt.spoil(slices.Clone(good)))
			if tt.want == "" && len(faults) > 0 || tt.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
}

func TestDocumentFaults(t *testing.T) {
	if f := documentFaults(docs); len(f) > 0 {
		t.Errorf("good list: %q", f)
	}
	if f := documentFaults([]rule.Document{docs[0], docs[0], {Key: "x", URL: "http://example.com"}}); len(f) != 2 {
		t.Errorf("bad list: %q, want two faults", f)
	}
}

func TestCodeConstants(t *testing.T) {
	dir := fstest.MapFS{
		"codes.go":   {Data: []byte("package net\nconst (\n A rule.Code = \"net.a\"\n b rule.Code = \"net.b\"\n C string = \"net.c\"\n)\n")},
		"go_test.go": {Data: []byte("package net\nconst D rule.Code = \"net.d\"\n")},
	}
	pkg, names, err := codeConstants(dir)
	if err != nil || pkg != "net" || len(names) != 1 || names["net.a"] != "A" {
		t.Errorf("got %q, %v, %v", pkg, names, err)
	}
	if _, _, err := codeConstants(fstest.MapFS{}); err == nil {
		t.Error("no error for a package without codes")
	}
}

func TestFixtureFaults(t *testing.T) {
	rows := []rule.Row{row("net.a", d1, rule.Edition{}), row("net.b", d2, rule.Edition{})}
	editions := []rule.Edition{d1, d2}
	check := func(_ rule.Edition, _ rule.Code, input string) (vs rule.Violations, err error) {
		for _, word := range strings.Fields(input) {
			if word == "error" {
				err = errors.New("cannot tell")
			} else if word != "good" {
				vs = append(vs, rule.Violation{Code: rule.Code("net." + word)})
			}
		}
		return vs, err
	}
	good := `
# all that is needed
2020-01-01..2021-01-01 net.a pass good
2020-01-01..2021-01-01 net.a fail a
2021-01-01..2021-01-01 net.b pass a
2021-01-01..2021-01-01 net.b fail b b
`
	for _, tt := range []struct{ name, old, new, want string }{
		{"good", "", "", ""},
		{"missing in one edition", "2020-01-01..2021-01-01 net.a fail", "2020-01-01..2020-01-01 net.a fail", "net.a on 2021-01-01: no fixture (fail: true)"},
		{"not in force", "2021-01-01..2021-01-01 net.b pass", "2020-01-01..2021-01-01 net.b pass", "not in force on 2020-01-01"},
		{"outside every edition", "net.a pass good", "net.a pass good\n2022-01-01..2022-02-01 net.a pass good", "no edition lies between"},
		{"breaks nothing", "fail a", "fail good", "breaks []"},
		{"breaks more", "fail b b", "fail b a", "breaks [net.a net.b]"},
		{"does not pass", "pass a", "pass b", "breaks [net.b]"},
		{"cannot be answered", "pass good", "pass error", "cannot tell"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fixtures, err := parseFixtures(strings.Replace(good, tt.old, tt.new, 1))
			if err != nil {
				t.Fatal(err)
			}
			faults := fixtureFaults(fixtures, rows, editions, check)
			if tt.want == "" && len(faults) > 0 || tt.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
	for _, bad := range []string{"2020-01-01 net.a pass x", "2020-01-01..2021-13-01 net.a pass x", "2020-01-01..2021-01-01 a pass x", "2020-01-01..2021-01-01 net.a maybe x"} {
		if _, err := parseFixtures(bad); err == nil || !strings.HasPrefix(err.Error(), "line 1: ") {
			t.Errorf("%q: error %v, want one that names line 1", bad, err)
		}
	}
}
