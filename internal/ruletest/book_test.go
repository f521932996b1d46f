package ruletest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

type sizeRow struct {
	name, value string
	tables.Dated
}

func goodBook() (*tables.Book, map[rule.Code]string) {
	sizes := tables.Table[sizeRow]{
		Name: "sizes",
		Key:  func(r sizeRow) string { return r.name },
		Lists: func(r sizeRow) []rule.Parameter {
			return []rule.Parameter{{Rules: []rule.Code{"net.a"}, Name: r.name, Value: r.value}}
		},
		Rows: []sizeRow{{"one", "1", tables.Since("guide", "Sizes", "2020-01-01", "2021-01-01")}, {"one", "2", tables.Since("guide", "Sizes", "2021-01-01", "")}},
	}
	return &tables.Book{
		Package:   "net",
		Documents: []rule.Document{{Key: "guide", Title: "Guide", URL: "https://example.com"}},
		Rules: []tables.Rule{
			{Code: "net.a", Title: "A is wrong.", Remedy: "Mend it.", Revisions: []rule.Revision{tables.Must("guide", "A", "2020-01-01", "2021-01-01"), tables.Should("guide", "A", "2021-01-01", "")}},
			{Code: "net.b", Title: "B is wrong.", Remedy: "Mend it.", Revisions: []rule.Revision{tables.Must("guide", "B", "2021-01-01", "")}, Figures: []tables.Figure{{Name: "n", Value: "3"}}},
		},
		Facts: []tables.Facts{sizes},
	}, map[rule.Code]string{"net.a": "A", "net.b": "B"}
}

// Each change makes a good book bad in one way.
func TestBookFaults(t *testing.T) {
	edit := func(b *tables.Book, f func(*sizeRow)) {
		sizes := b.Facts[0].(tables.Table[sizeRow])
		f(&sizes.Rows[1])
		b.Facts[0] = sizes
	}
	for _, tt := range []struct {
		name  string
		spoil func(b *tables.Book, constants map[rule.Code]string)
		want  string
	}{
		{"nothing", func(*tables.Book, map[rule.Code]string) {}, ""},
		{"prefix", func(b *tables.Book, c map[rule.Code]string) { b.Package = "bundles" }, "does not start"},
		{"malformed", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Code = "net.B" }, "malformed code"},
		{"twice", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Code = "net.a" }, "declared twice"},
		{"no constant", func(b *tables.Book, c map[rule.Code]string) { delete(c, "net.a") }, "no exported constant"},
		{"no rule", func(b *tables.Book, c map[rule.Code]string) { c["net.c"] = "C" }, "constant C (net.c): no rule"},
		{"title", func(b *tables.Book, c map[rule.Code]string) { b.Rules[0].Title = "a is wrong." }, "want to be sentences"},
		{"remedy", func(b *tables.Book, c map[rule.Code]string) { b.Rules[0].Remedy = "Mend it" }, "want to be sentences"},
		{"no revision", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Revisions = nil }, "no revision"},
		{"level", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Revisions[0].Level = "" }, "malformed level"},
		{"order", func(b *tables.Book, c map[rule.Code]string) { slices.Reverse(b.Rules[0].Revisions) }, "does not follow"},
		{"overlap", func(b *tables.Book, c map[rule.Code]string) { b.Rules[0].Revisions[0].Span.Until = rule.Edition{} }, "in force beside"},
		{"figure", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Figures[0].Value = "" }, "figure"},
		{"document", func(b *tables.Book, c map[rule.Code]string) { b.Rules[1].Revisions[0].Cite.Document = "giude" }, "unknown document"},
		{"uncited", func(b *tables.Book, c map[rule.Code]string) {
			b.Documents = append(b.Documents, rule.Document{Key: "x", Title: "X"})
		}, "nothing cites"},
		{"document twice", func(b *tables.Book, c map[rule.Code]string) { b.Documents = append(b.Documents, b.Documents[0]) }, "declared twice"},
		{"future", func(b *tables.Book, c map[rule.Code]string) {
			b.Rules[1].Revisions[0] = tables.Must("guide", "B", "2999-01-01", "")
		}, "after the newest edition"},
		{"empty span", func(b *tables.Book, c map[rule.Code]string) {
			edit(b, func(r *sizeRow) { r.Dated = tables.Since("guide", "Sizes", "2021-01-01", "2021-01-01") })
		}, "ends on"},
		{"rows overlap", func(b *tables.Book, c map[rule.Code]string) {
			edit(b, func(r *sizeRow) { r.Dated = tables.Since("guide", "Sizes", "2020-06-01", "") })
		}, "in force beside"},
		{"parameter", func(b *tables.Book, c map[rule.Code]string) { edit(b, func(r *sizeRow) { r.value = "" }) }, "parameter"},
		{"parameter of no rule", func(b *tables.Book, c map[rule.Code]string) { b.Rules = b.Rules[1:]; delete(c, "net.a") }, "parameter of net.a, which is no rule"},
		{"table without a name", func(b *tables.Book, c map[rule.Code]string) {
			sizes := b.Facts[0].(tables.Table[sizeRow])
			sizes.Name = ""
			b.Facts[0] = sizes
		}, "has no name"},
		{"table without a proper name", func(b *tables.Book, c map[rule.Code]string) {
			sizes := b.Facts[0].(tables.Table[sizeRow])
			sizes.Name = "sizes~"
			b.Facts[0] = sizes
		}, "is not made of words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, constants := goodBook()
			tt.spoil(b, constants)
			faults := bookFaults(b, constants)
			if tt.want == "" && len(faults) > 0 || tt.want != "" && !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
}

func TestConstants(t *testing.T) {
	dir := fstest.MapFS{
		"codes.go":      {Data: []byte("package net\nconst (\n B rule.Code = \"net.b\"\n A rule.Code = \"net.a\"\n c rule.Code = \"net.c\"\n D = 1\n)\n")},
		"codes_test.go": {Data: []byte("package net\nconst E rule.Code = \"net.e\"\n")},
	}
	got, err := constants(dir)
	if err != nil || len(got) != 2 || got["net.a"] != "A" || got["net.b"] != "B" {
		t.Error(got, err)
	}
	dir["more.go"] = &fstest.MapFile{Data: []byte("package net\nconst F rule.Code = \"net.a\"\n")}
	if _, err := constants(dir); err == nil {
		t.Error("one code with two names is no error")
	}
	if _, err := constants(fstest.MapFS{}); err == nil {
		t.Error("a directory without codes is no error")
	}
}

// rules are what Zero and Try look at.
type rules struct{ edition rule.Edition }

var errZero = &rule.InputError{Path: "Edition", Reason: "is none"}

func (r rules) Check(n int) (rule.Answer, error) {
	if r == (rules{}) {
		return rule.Answer{}, errZero
	}
	var a rule.Answer
	if n > 9 {
		a.Violations = append(a.Violations, rule.Violation{Code: "net.b", Level: rule.Must})
	}
	if n < 0 || n > 19 {
		a.Violations = append(a.Violations, rule.Violation{Code: "net.a", Level: rule.Must})
	}
	return a.Concluded(), nil
}

func (r rules) Edition() rule.Edition { return r.edition }

type (
	silent  struct{ rules }
	foreign struct{ rules }
	full    struct{ rules }
)

func (silent) Other() error  { return nil }
func (foreign) Other() error { return errors.New("other") }
func (full) Sizes() []int    { return []int{1} }

func TestZero(t *testing.T) {
	for _, tt := range []struct {
		rules any
		fail  bool
	}{{rules{}, false}, {silent{}, true}, {foreign{}, true}, {full{}, true}, {rules{rule.MustParseEdition("2020-01-01")}, true}, {struct{}{}, true}} {
		if got := failures(func(t testing.TB) { Zero(t, tt.rules) }) > 0; got != tt.fail {
			t.Errorf("%T: fails: %t", tt.rules, got)
		}
	}
}
