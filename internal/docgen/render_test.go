package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/fixture"
	"github.com/wksgo/wks/rule"
)

var d1, d2, d3 = rule.MustParseEdition("2020-01-01"), rule.MustParseEdition("2021-01-01"), rule.MustParseEdition("2022-01-01")

func during(since, until rule.Edition) rule.Span { return rule.Span{Since: since, Until: until} }

func cite(document string, date rule.Edition) rule.Citation {
	return rule.Citation{Document: document, Section: "Sizes", Date: date}
}

// sample has a rule that changes its level, one that ends and one that is only cited anew,
// and parameters of each kind.
func sample() *pkg {
	none := rule.Edition{}
	return &pkg{
		path:      "net",
		what:      "nets",
		documents: map[string]rule.Document{"guide": {Key: "guide", Title: "The <Guide>", URL: "https://example.com/guide"}, "code": {Key: "code", Title: "Code"}},
		rules: []rule.Rule{
			{Code: "net.a", Title: "A is wrong.", Remedy: "Mend *it*.", Revisions: []rule.Revision{
				{Level: rule.Should, Span: during(d1, d2), Cite: cite("guide", d1)},
				{Level: rule.Must, Span: during(d2, none), Cite: cite("guide", d2)},
			}},
			{Code: "net.b", Title: "B is wrong.", Remedy: "Mend b.", Revisions: []rule.Revision{{Level: rule.Must, Span: during(d1, d2), Cite: cite("code", d1)}}},
			{Code: "net.c", Title: "C is wrong.", Remedy: "Mend c.", Revisions: []rule.Revision{
				{Level: rule.Must, Span: during(d2, d3), Cite: cite("code", d2)},
				{Level: rule.Must, Span: during(d3, none), Cite: cite("guide", d3)},
			}},
		},
		parameters: []rule.Parameter{
			{Rules: []rule.Code{"net.a"}, Name: "least", Value: "80 | GiB", Span: during(d1, d2), Cite: cite("guide", d1)},
			{Rules: []rule.Code{"net.a"}, Name: "range", Value: "10", Span: during(d1, none), Cite: cite("guide", d1)},
			{Rules: []rule.Code{"net.a"}, Name: "range", Value: "11", Span: during(d1, d2), Cite: cite("guide", d1)},
			{Rules: []rule.Code{"net.a"}, Name: "range", Value: "12", Span: during(d2, none), Cite: cite("code", d2)},
			{Rules: []rule.Code{"net.a", "net.c"}, Name: "least", Value: "100", Span: during(d2, none), Cite: cite("guide", d2)},
			{Rules: []rule.Code{"net.a"}, Name: "list", Value: "x", Span: during(d2, none), Cite: cite("guide", d2)},
			{Rules: []rule.Code{"net.a"}, Name: "list", Value: "y", Span: during(d2, none), Cite: cite("guide", d2)},
			{Rules: []rule.Code{"net.c"}, Name: "gone", Value: "1", Span: during(d1, d2), Cite: cite("guide", d1)},
			{Name: "same", Value: "1", Span: during(d1, d3), Cite: cite("guide", d1)},
			{Name: "same", Value: "1", Span: during(d3, none), Cite: cite("code", d3)},
		},
		fixtures: []fixture.Fixture{
			{Span: during(d1, d2), Code: "net.a", Fail: true, Question: "CheckNet", Input: []byte(`"old"`)},
			{Span: during(d1, none), Code: "net.a", Question: "CheckNet", Input: []byte(`"passes"`)},
			{Span: during(d2, none), Code: "net.a", Fail: true, Question: "CheckNet", Input: []byte(`{"A":[1,2]}`)},
			{Span: during(d2, none), Code: "net.a", Fail: true, Question: "CheckNet", Input: []byte(`"newer"`)},
			{Span: during(d1, d2), Code: "net.b", Fail: true, Question: "CheckNet", Input: []byte(`"b"`)},
			{Span: during(d2, d3), Code: "net.c", Fail: true, Question: "CheckNet", Input: []byte(`"c"`)},
		},
	}
}

func TestRule(t *testing.T) {
	var b strings.Builder
	p := sample()
	p.rule(&b, &p.rules[0])
	want := `## net.a

A is wrong.

**Remedy:** Mend \*it\*.

- **should** from 2020-01-01 until 2021-01-01: [The \<Guide>][guide], "Sizes", 2020-01-01
- **must** from 2021-01-01: [The \<Guide>][guide], "Sizes", 2021-01-01

| parameter | value | from | until | source |
| --- | --- | --- | --- | --- |
| least | 80 \| GiB | 2020-01-01 | 2021-01-01 | [guide], "Sizes", 2020-01-01 |
| least | 100 | 2021-01-01 |  | [guide], "Sizes", 2021-01-01 |
| range | 10 | 2020-01-01 |  | [guide], "Sizes", 2020-01-01 |
| range | 11 | 2020-01-01 | 2021-01-01 | [guide], "Sizes", 2020-01-01 |
| range | 12 | 2021-01-01 |  | code, "Sizes", 2021-01-01 |
| list | x, y | 2021-01-01 |  | [guide], "Sizes", 2021-01-01 |

This input of CheckNet breaks it, from 2021-01-01:

` + "```json" + `
{
  "A": [
    1,
    2
  ]
}
` + "```\n\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if got := p.parametersOf(&p.rules[2]); len(got) != 1 || got[0].Value != "100" {
		t.Errorf("parameters of a rule from before it was in force: %v", got)
	}
	for i, want := range []rule.Level{rule.Must, "", rule.Must} {
		if got := level(&p.rules[i]); got != want {
			t.Errorf("%s is %q, want %q", p.rules[i].Code, got, want)
		}
	}
}

func TestEditionChanges(t *testing.T) {
	p := sample()
	for _, tt := range []struct {
		from, to rule.Edition
		want     []string
	}{
		{rule.Edition{}, d1, []string{
			`new rule [net.a](../rules/net.md#neta) (should): A is wrong. Source: [guide], "Sizes", 2020-01-01`,
			`new rule [net.b](../rules/net.md#netb) (must): B is wrong. Source: code, "Sizes", 2020-01-01`,
			`least: **80 \| GiB** (new). Source: [guide], "Sizes", 2020-01-01`,
			`range: **10, 11** (new). Source: [guide], "Sizes", 2020-01-01`,
			`gone: **1** (new). Source: [guide], "Sizes", 2020-01-01`,
			`same: **1** (new). Source: [guide], "Sizes", 2020-01-01`,
		}},
		{d1, d2, []string{
			`[net.a](../rules/net.md#neta): should → **must**. Source: [guide], "Sizes", 2021-01-01`,
			`rule ended: [net.b](../rules/net.md#netb)`,
			`new rule [net.c](../rules/net.md#netc) (must): C is wrong. Source: code, "Sizes", 2021-01-01`,
			`least: 80 \| GiB → **100**. Source: [guide], "Sizes", 2021-01-01`,
			`range: gains **12** and loses 11. Source: code, "Sizes", 2021-01-01`,
			`list: **x, y** (new). Source: [guide], "Sizes", 2021-01-01`,
			`gone: no longer documented, was 1`,
		}},
		{d2, d3, []string{
			`[net.c](../rules/net.md#netc) has a new source: [guide], "Sizes", 2022-01-01`,
			`same: unchanged, by a new source: code, "Sizes", 2022-01-01`,
		}},
		{d2, d2, nil},
	} {
		if got := slices.Concat(p.ruleChanges(tt.from, tt.to), p.parameterChanges(tt.from, tt.to)); !slices.Equal(got, tt.want) {
			t.Errorf("%s to %s: got\n%s\nwant\n%s", tt.from, tt.to, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
	if got, want := p.editions(), []rule.Edition{d1, d2, d3}; !slices.Equal(got, want) {
		t.Errorf("editions %v", got)
	}
}

// A code without an input that breaks it makes no document, and neither do files that
// cannot be read.
func TestReadFaults(t *testing.T) {
	for name, tt := range map[string]struct{ fixtures, want string }{
		"sound":           {"# h\n2020-01-01 net.a fail Check {}\n", ""},
		"no fail fixture": {"2020-01-01 net.a pass Check {}\n", "no input that breaks net.a"},
		"bad fixture":     {"2020-01-01 net.a fail\n", "line 1"},
	} {
		p := pkg{rules: sample().rules[:1]}
		err := p.read(fstest.MapFS{"net/testdata/fixtures.txt": {Data: []byte(tt.fixtures)}}, "net")
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := new(pkg).read(fstest.MapFS{}, "net"); err == nil {
		t.Error("without fixtures: no error")
	}
}

// The newest edition is the last day on which something begins, and not one on which it will end.
func TestHorizon(t *testing.T) {
	p := sample()
	p.rules[0].Revisions[1].Span.Until = rule.MustParseEdition("2030-01-01")
	text, err := horizon([]pkg{*p})
	if err != nil || !strings.Contains(string(text), "const newest = \"2022-01-01\"\n") {
		t.Errorf("%s, %v", text, err)
	}
}

func TestCalendar(t *testing.T) {
	p := sample()
	p.rules[0].Revisions[1].Span.Until = rule.MustParseEdition("2030-01-01")
	ends := []bundles.End{
		{Kind: bundles.EndOfProtocol, What: "Old", Name: "OLD", Last: d1, Cite: cite("code", d1)},
		{Kind: bundles.EndOfProtocol, What: "A|B", Name: "AB", Last: d3, Closed: d2, NewCustomers: true, Cite: cite("guide", d2)},
	}
	_, got, _ := strings.Cut(string(calendarDocument([]pkg{*p}, d3, ends)), "## Ahead\n\n")
	want := `| last day   | what | kind     | in the API | takes nothing new                 | source |
| --- | --- | --- | --- | --- | --- |
| 2022-01-01 | A\|B | protocol | ` + "`AB`" + ` | from 2021-01-01, of new customers | [guide], "Sizes", 2021-01-01 |

## Over

| last day | what | kind | in the API | takes nothing new | source |
| --- | --- | --- | --- | --- | --- |
| 2020-01-01 | Old | protocol | ` + "`OLD`" + ` |  | code, "Sizes", 2020-01-01 |

## Rules and parameters with an end ahead

| until | what | source |
| --- | --- | --- |
| 2030-01-01 | [net.a](rules/net.md#neta) | [guide], "Sizes", 2021-01-01 |

[guide]: https://example.com/guide
`
	if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSources(t *testing.T) {
	p := sample()
	got := string(sourcesDocument([]pkg{*p}))
	for _, want := range []string{"- code, guide (15 statements)\n  - It is not written down", "| [The \\<Guide>](https://example.com/guide) | 11 ", "2020-01-01, 2021-01-01, 2022-01-01 |"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got[strings.Index(got, "## How each"):])
		}
	}
}

func TestMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"GRAPHICS_G4DN": "GRAPHICS_G4DN", "_a_ _ b": `\_a\_ \_ b`, "a*b|c": `a\*b\|c`, `D:\Users\<name>`: `D:\\Users\\\<name>`, "[x]`~": "\\[x\\]\\`\\~",
	} {
		if got := text(in); got != want {
			t.Errorf("text(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"bundles/encryption": "#bundlesencryption", "network 2020-01-01": "#network-2020-01-01", "In CI": "#in-ci", "a.b-c": "#ab-c"} {
		if got := anchor(in); got != want {
			t.Errorf("anchor(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAPI(t *testing.T) {
	const a = `package a
import "x"
// Doc.
type S struct {
	A, B int // comment
	x.E
	hidden bool
}
type I interface {
	M(a int) (b string, err error)
	x.J
}
type G[T any, U ~int | ~string] struct{ V T }
type Alias = x.T
type Fn func(a,
	b int) error
type hidden struct{ Field int }
func (s *S) Method(a ...int) {}
func (h hidden) Method() {}
func (g *G[T, U]) Get() T { panic(0) }
func F[T any](v T) (n int, err error) { return 0, nil }
func f() {}
const (
	C0 K = iota
	C1
	c2
	C3 = "x"
	C4
)
type K uint8
var V, w = 1, 2
var W map[string]int
`
	src := fstest.MapFS{
		"go.mod":          {},
		"a/a.go":          {Data: []byte(a)},
		"a/a_unix.go":     {Data: []byte("package a\nfunc Lock() {}\n")},
		"a/a_other.go":    {Data: []byte("package a\nfunc Lock() {}\n")},
		"a/a_test.go":     {Data: []byte("package a\nfunc Test() {}\n")},
		"a/internal/b.go": {Data: []byte("package b\nfunc F() {}\n")},
		"a/testdata/c.go": {Data: []byte("package c\nfunc F() {}\n")},
		"cmd/main.go":     {Data: []byte("package main\nfunc F() {}\n")},
		"examples/d/d.go": {Data: []byte("package d\nfunc F() {}\n")},
		"nested/go.mod":   {},
		"nested/e.go":     {Data: []byte("package e\nfunc F() {}\n")},
		".hidden/f.go":    {Data: []byte("package f\nfunc F() {}\n")},
		"a/sub/g.go":      {Data: []byte("package g\nfunc F() {}\n")},
	}
	got, err := api(src)
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(got), "\n\n")
	want := `# github.com/wksgo/wks/a
const C0 K = iota
const C1 K
const C3 = "x"
const C4
func (g *G[T, U]) Get() T
func (s *S) Method(a ...int)
func F[T any](v T) (n int, err error)
func Lock()
type Alias = x.T
type Fn func(a, b int) error
type G struct, V T
type G[T any, U ~int | ~string] struct
type I interface
type I interface, M(a int) (b string, err error)
type I interface, embeds x.J
type K uint8
type S struct
type S struct, A int
type S struct, B int
type S struct, embeds x.E
type S struct, more that is not exported
var V
var W map[string]int

# github.com/wksgo/wks/a/sub
func F()
`
	if body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
	src["a/bad.go"] = &fstest.MapFile{Data: []byte("pack")}
	if _, err := api(src); err == nil {
		t.Error("source that does not parse: no error")
	}
}

// What is named for the same and is said at once is in one row; what stands alone keeps its name.
func TestTogether(t *testing.T) {
	row := func(name, value string, span rule.Span, c rule.Citation) rule.Parameter {
		return rule.Parameter{Name: name, Value: value, Span: span, Cite: c}
	}
	got := together([]rule.Parameter{
		row("hosts: a", "1", during(d1, d2), cite("guide", d1)),
		row("alone: a", "2", during(d1, d2), cite("guide", d1)),
		row("hosts: b", "3, 4", during(d1, d2), cite("guide", d1)),
		row("hosts: a", "5", during(d2, d3), cite("guide", d2)),
		row("hosts: b", "6", during(d2, d3), cite("code", d2)),
		row("hosts", "7", during(d1, d2), cite("guide", d1)),
	})
	want := []rule.Parameter{
		row("hosts", "a: 1; b: 3, 4", during(d1, d2), cite("guide", d1)),
		row("alone: a", "2", during(d1, d2), cite("guide", d1)),
		row("hosts", "a: 5", during(d2, d3), cite("guide", d2)),
		row("hosts", "b: 6", during(d2, d3), cite("code", d2)),
		row("hosts", "7", during(d1, d2), cite("guide", d1)),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}
