package source

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/rule"
)

func TestCodes(t *testing.T) {
	const text = `package net

const (
	// A: a prefix, e.g. 10.0.0.0/8, is
	// wrong. More is said. Remedy: use
	// _ . - # instead.
	A rule.Code = "net.a"
	// b: is not exported. Remedy: none.
	b rule.Code = "net.b"
	C string = "net.c"
	D rule.Code = "net.d"
	// D2: it is wrong
	D2 rule.Code = "net.d2"
	// A comment of another form. Remedy: none.
	D3 rule.Code = "net.d3"
	// D4: Remedy: mend it.
	D4 rule.Code = "net.d4"
)

// E: it is wrong. Remedy: mend it.
const E rule.Code = "net.e"

var F rule.Code
func f() { const G rule.Code = "net.g" }
`
	dir := fstest.MapFS{
		"codes.go":   {Data: []byte(text)},
		"go_test.go": {Data: []byte("package net\nconst H rule.Code = \"net.h\"\n")},
	}
	pkg, codes, err := Codes(dir)
	if err != nil || pkg != "net" {
		t.Fatal(pkg, err)
	}
	want := []Code{
		{"net.a", "A", "A prefix, e.g. 10.0.0.0/8, is wrong.", "Use _ . - # instead."},
		{"net.d", "D", "", ""},
		{"net.d2", "D2", "", ""},
		{"net.d3", "D3", "", ""},
		{"net.d4", "D4", "", "Mend it."},
		{"net.e", "E", "It is wrong.", "Mend it."},
	}
	if !slices.Equal(codes, want) {
		t.Errorf("got  %q\nwant %q", codes, want)
	}
	for name, dir := range map[string]fstest.MapFS{
		"no codes":       {},
		"does not parse": {"codes.go": {Data: []byte("package")}},
		"a code twice":   {"codes.go": {Data: []byte(text + "const I rule.Code = \"net.a\"\n")}},
	} {
		if _, _, err := Codes(dir); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestParseFixtures(t *testing.T) {
	const text = "# How inputs are written,\n#   by example.\n\n2020-01-01..2021-01-01 net.a fail x  y \n# not the header\n 2020-01-01..2020-01-01 net.b pass z"
	got, err := ParseFixtures(text)
	first, last := rule.MustParseEdition("2020-01-01"), rule.MustParseEdition("2021-01-01")
	want := []Fixture{{first, last, "net.a", true, "x  y", 4}, {first, first, "net.b", false, "z", 6}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, want := Header(text), "How inputs are written,\n  by example.\n"; got != want {
		t.Errorf("header %q, want %q", got, want)
	}
	for _, bad := range []string{"2020-01-01 net.a pass x", "2020-01-01..2021-13-01 net.a pass x", "2020-01-01..2021-01-01 a pass x", "2020-01-01..2021-01-01 net.a maybe x", "2020-01-01..2021-01-01 net.a pass"} {
		if _, err := ParseFixtures(bad); err == nil || !strings.HasPrefix(err.Error(), "line 1: ") {
			t.Errorf("%q: error %v, want one that names line 1", bad, err)
		}
	}
}
