package ruletest

import (
	"os"
	"testing"
)

// Golden compares got with the file, line by line. With UPDATE_GOLDEN=1 in the
// environment it writes the file instead. A file that comes from a document is for Drawn.
func Golden(t testing.TB, path string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if fault := difference(t, path, got); fault != "" {
		t.Fatalf("%s\n(UPDATE_GOLDEN=1 rewrites the file)", fault)
	}
}
