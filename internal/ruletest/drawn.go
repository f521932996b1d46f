package ruletest

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Drawn compares got, line by line, with a file that was drawn from a document by hand. Nothing rewrites it.
func Drawn(t testing.TB, path string, got []byte) {
	t.Helper()
	if fault := difference(t, path, got); fault != "" {
		t.Fatal(fault)
	}
}

// difference tells the first line in which got is not the file, "" if there is none.
func difference(t testing.TB, path string, got []byte) string {
	t.Helper()
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return ""
	}
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		var gl, wl string
		if i < len(g) {
			gl = g[i]
		}
		if i < len(w) {
			wl = w[i]
		}
		if gl != wl || i >= len(g) || i >= len(w) {
			return fmt.Sprintf("%s:%d: got\n\t%q\nwant\n\t%q", path, i+1, gl, wl)
		}
	}
	return ""
}
