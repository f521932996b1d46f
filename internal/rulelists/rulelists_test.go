package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// The lists in the repository are those of its files.
func TestListsAreUpToDate(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, dir := range packages {
		want, err := generate(os.DirFS(root), dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(root, dir, generated))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s/%s is stale: run go generate", dir, generated)
		}
	}
}

func TestGenerate(t *testing.T) {
	root := fstest.MapFS{
		"p/a.go":                 {Data: []byte("package p\n\nvar one = []tables.Rule{{}}\n\nvar (\n\ttwo = []requirement{}\n\tcount, more = 1, 2\n\tfixed = [2]tables.Rule{}\n\tnames = []string{}\n)\n\nfunc f() { local := []tables.Rule{}; _ = local }\n")},
		"p/b.go":                 {Data: []byte("package p\n\nvar three = []tables.Rule{}\n\nvar table = []tables.Table{}\n")},
		"p/b_test.go":            {Data: []byte("package p\n\nvar test = []tables.Rule{}\n")},
		"p/rules_generated.go":   {Data: []byte("not Go")},
		"empty/a.go":             {Data: []byte("package empty\n")},
		"broken/a.go":            {Data: []byte("not Go")},
		"p/below/other.go":       {Data: []byte("package below\n\nvar below = []tables.Rule{}\n")},
		"empty/rules_generated":  {},
		"empty/testdata/list.go": {Data: []byte("package p\n\nvar data = []tables.Rule{}\n")},
	}
	text, err := generate(root, "p")
	if err != nil || !strings.Contains(string(text), "\nvar allRules = slices.Concat(\n\tone,\n\ttwo,\n\tthree,\n)\n") || !strings.Contains(string(text), "\npackage p\n") {
		t.Errorf("%s, %v", text, err)
	}
	for _, dir := range []string{"empty", "broken"} {
		if text, err := generate(root, dir); err == nil {
			t.Errorf("%s: %s", dir, text)
		}
	}
}

// A tree without the packages is left as it is.
func TestRunFails(t *testing.T) {
	var stderr strings.Builder
	if status := run(t.TempDir(), &stderr); status != 1 || !strings.HasPrefix(stderr.String(), "rulelists: bundles has no list of rules") {
		t.Errorf("%d, %q", status, stderr.String())
	}
}
