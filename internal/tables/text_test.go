package tables_test

import (
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/tables"
)

type word string

// A text of any type is cut, and what a terminal obeys is written out.
func TestTextIsCut(t *testing.T) {
	long := "\x1b" + strings.Repeat("x", 1<<20)
	for name, got := range map[string]string{
		"string":      tables.Text("%s and %q", long, long),
		"other types": tables.Text("%s and %q", word(long), word(long)),
	} {
		if len(got) > 1000 || strings.Contains(got, "\x1b") {
			t.Errorf("%s: %d bytes: %.100q", name, len(got), got)
		}
	}
	if got := tables.Text("%s %d %v %t", word("a"), 5, nil, true); got != "a 5 <nil> true" {
		t.Error(got)
	}
}
