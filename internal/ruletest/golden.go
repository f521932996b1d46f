package ruletest

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// Golden compares got with the file, line by line. With UPDATE_GOLDEN=1 in the
// environment it writes the file instead.
func Golden(t testing.TB, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
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
			t.Fatalf("%s:%d: got\n\t%q\nwant\n\t%q\n(UPDATE_GOLDEN=1 rewrites the file)", path, i+1, gl, wl)
		}
	}
}
