package ruletest

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

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
	b, _ := goodBook()
	dir := fstest.MapFS{"codes.go": {Data: []byte("package net\nconst (\n A rule.Code = \"net.a\"\n B rule.Code = \"net.b\"\n)\n")}}
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	const good = "2020-01-01 net.a pass Check 1\n2020-01-01 net.a fail Check -1\n2021-01-01 net.b pass Check 9\n2021-01-01 net.b fail Check 10\n"
	try := func(t testing.TB, path string) {
		Try(t, path, b, func(e rule.Edition) (rules, error) { return rules{e}, nil }, Questions[rules]{"Check": Ask(rules.Check)})
	}
	for _, tt := range []struct {
		name string
		f    func(t testing.TB)
		fail bool
	}{
		{"Book", func(t testing.TB) { Book(t, b, dir) }, false},
		{"Book without rules", func(t testing.TB) { Book(t, &tables.Book{Package: "net"}, dir) }, true},
		{"Book without a package", func(t testing.TB) { Book(t, b, fstest.MapFS{}) }, true},
		{"Try", func(t testing.TB) { try(t, file(good)) }, false},
		{"Try with what passes and should not", func(t testing.TB) { try(t, file(strings.Replace(good, "-1", "1", 1))) }, true},
		{"Try without a file", func(t testing.TB) { try(t, "testdata/none") }, true},
		{"Try with what does not parse", func(t testing.TB) { try(t, file("x")) }, true},
		{"Golden", func(t testing.TB) { Golden(t, file("a\nb\n"), []byte("a\nb\n")) }, false},
		{"Golden that differs", func(t testing.TB) { Golden(t, file("a\nb\n"), []byte("a\nc\n")) }, true},
		{"Golden that is longer", func(t testing.TB) { Golden(t, file("a\n"), []byte("a\n\n")) }, true},
		{"Drawn", func(t testing.TB) { Drawn(t, file("a\nb\n"), []byte("a\nb\n")) }, false},
		{"Drawn that differs", func(t testing.TB) { Drawn(t, file("a\nb\n"), []byte("a\nc\n")) }, true},
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
	if failures(func(t testing.TB) { Drawn(t, name, []byte("newer")) }) == 0 {
		t.Error("UPDATE_GOLDEN=1 rewrites what is drawn from a document")
	}
}
