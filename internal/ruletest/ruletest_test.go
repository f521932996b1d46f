package ruletest

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/internal/source"
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
	declared := []source.Code{{Code: "net.a", Name: "A", Title: "A is wrong.", Remedy: "Mend it."}, {Code: "net.b", Name: "B", Title: "B is wrong.", Remedy: "Mend it."}}
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
		{"no date", func(r []rule.Row) []rule.Row { r[2].Cite.Date = rule.Edition{}; return r }, "cites section"},
		{"citation that announces the span", func(r []rule.Row) []rule.Row { r[2].Cite.Date = d1; return r }, ""},
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

func TestCodes(t *testing.T) {
	dir := fstest.MapFS{"codes.go": {Data: []byte("package net\nconst (\n B rule.Code = \"net.b\"\n A rule.Code = \"net.a\"\n)\n")}}
	if got := Codes(t, dir); !slices.Equal(got, []rule.Code{"net.a", "net.b"}) {
		t.Errorf("got %q", got)
	}
	if failures(func(t testing.TB) { Codes(t, fstest.MapFS{}) }) == 0 {
		t.Error("Codes finds nothing wrong with a directory without codes")
	}
}

// A recorder is a testing.TB that keeps the errors it is told of.
type recorder struct {
	testing.TB
	errors int
}

func (r *recorder) Helper()               {}
func (r *recorder) Error(...any)          { r.errors++ }
func (r *recorder) Errorf(string, ...any) { r.errors++ }
func (r *recorder) Fatal(...any)          { r.errors++; runtime.Goexit() }
func (r *recorder) Fatalf(string, ...any) { r.Fatal() }

// failures runs a check to its end and returns how often it failed.
func failures(check func(t testing.TB)) int {
	r := &recorder{}
	done := make(chan bool)
	go func() {
		defer close(done)
		check(r)
	}()
	<-done
	return r.errors
}

// What the functions find reaches the test that calls them.
func TestFaultsAreReported(t *testing.T) {
	dir := fstest.MapFS{"codes.go": {Data: []byte("package net\n// A: it is wrong. Remedy: mend it.\nconst A rule.Code = \"net.a\"\n")}}
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	goodEntry := Entry{"a", rule.Span{Since: d1}, cite(d1)}
	rows := []rule.Row{row("net.a", d1, rule.Edition{})}
	breaks := func(_ rule.Edition, _ rule.Code, input string) (vs rule.Violations, err error) {
		if input == "bad" {
			vs = rule.Violations{{Code: "net.a"}}
		}
		return vs, nil
	}
	const good = "2020-01-01..2020-01-01 net.a pass good\n2020-01-01..2020-01-01 net.a fail bad\n"
	for _, tt := range []struct {
		name string
		f    func(t testing.TB)
		fail bool
	}{
		{"Entries", func(t testing.TB) { Entries(t, docs, []Entry{goodEntry}) }, false},
		{"Entries without a key", func(t testing.TB) { Entries(t, docs, []Entry{{"", goodEntry.Span, goodEntry.Cite}}) }, true},
		{"Rules", func(t testing.TB) { Rules(t, docs, dir, rows) }, false},
		{"Rules without rows", func(t testing.TB) { Rules(t, docs, dir, nil) }, true},
		{"Rules without a remedy", func(t testing.TB) {
			Rules(t, docs, fstest.MapFS{"codes.go": {Data: []byte("package net\n// A: it is wrong.\nconst A rule.Code = \"net.a\"\n")}}, rows)
		}, true},
		{"Rules without a title", func(t testing.TB) {
			Rules(t, docs, fstest.MapFS{"codes.go": {Data: []byte("package net\n// A: Remedy: mend it.\nconst A rule.Code = \"net.a\"\n")}}, rows)
		}, true},
		{"Rules without a package", func(t testing.TB) { Rules(t, docs, fstest.MapFS{}, rows) }, true},
		{"Documents", func(t testing.TB) { Documents(t, docs) }, false},
		{"Documents without a key", func(t testing.TB) { Documents(t, []rule.Document{{Title: "t"}}) }, true},
		{"Documents with a plain URL", func(t testing.TB) { Documents(t, []rule.Document{{Key: "k", Title: "t", URL: "http://x"}}) }, true},
		{"Fixtures", func(t testing.TB) { Fixtures(t, file(good), rows, []rule.Edition{d1}, breaks) }, false},
		{"Fixtures that pass and should not", func(t testing.TB) {
			Fixtures(t, file(strings.Replace(good, "bad", "good", 1)), rows, []rule.Edition{d1}, breaks)
		}, true},
		{"Fixtures without a file", func(t testing.TB) { Fixtures(t, "testdata/none", rows, []rule.Edition{d1}, breaks) }, true},
		{"Fixtures that do not parse", func(t testing.TB) { Fixtures(t, file("x"), rows, []rule.Edition{d1}, breaks) }, true},
		{"Golden", func(t testing.TB) { Golden(t, file("a\nb\n"), []byte("a\nb\n")) }, false},
		{"Golden that differs", func(t testing.TB) { Golden(t, file("a\nb\n"), []byte("a\nc\n")) }, true},
		{"Golden that is longer", func(t testing.TB) { Golden(t, file("a\n"), []byte("a\n\n")) }, true},
		{"Golden without a file", func(t testing.TB) { Golden(t, "testdata/none", nil) }, true},
	} {
		t.Setenv("UPDATE_GOLDEN", "")
		if got := failures(tt.f) > 0; got != tt.fail {
			t.Errorf("%s: fails: %t", tt.name, got)
		}
	}
	name := file("old")
	t.Setenv("UPDATE_GOLDEN", "1")
	Golden(t, name, []byte("new"))
	if text, err := os.ReadFile(name); err != nil || string(text) != "new" {
		t.Errorf("UPDATE_GOLDEN=1 left %q, %v", text, err)
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
			fixtures, err := source.ParseFixtures(strings.Replace(good, tt.old, tt.new, 1))
			if err != nil {
				t.Fatal(err)
			}
			faults := fixtureFaults(fixtures, rows, editions, check)
			if tt.want == "" && len(faults) > 0 || tt.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
}
