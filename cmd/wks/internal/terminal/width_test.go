package terminal

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestColumns(t *testing.T) {
	for columns, want := range map[string]int{"": 100, "x": 100, "0": 100, "-5": 100, "1": 40, "39": 40, "40": 40, "41": 41, "160": 160, "400": 400} {
		t.Setenv("COLUMNS", columns)
		if got := Width(&strings.Builder{}); got != want {
			t.Errorf("%q: %d, want %d", columns, got, want)
		}
	}
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Setenv("COLUMNS", "77")
	if got := Width(file); got != 77 {
		t.Errorf("what is no terminal is %d wide", got)
	}
}

// A line takes as many words as fit, and no word is lost or broken.
func TestWrapLines(t *testing.T) {
	for _, tt := range []struct {
		text string
		room int
		want []string
	}{
		{"", 5, []string{""}}, {"ab", 1, []string{"ab"}}, {"ab cd", 5, []string{"ab cd"}}, {"ab cd", 4, []string{"ab", "cd"}}, {"ab cd", 6, []string{"ab cd"}},
		{"a b c d", 3, []string{"a b", "c d"}}, {"a b c d", 4, []string{"a b", "c d"}}, {"a b c d", 5, []string{"a b c", "d"}}, {" a  b\n", 9, []string{"a b"}},
		{"long a b", 3, []string{"long", "a b"}}, {"é é é", 3, []string{"é é", "é"}},
	} {
		if got := wrap(tt.text, tt.room); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.room, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,9}`), 1, 30).Draw(t, "words")
		room := rapid.IntRange(1, 40).Draw(t, "room")
		lines := wrap(strings.Join(words, " "), room)
		if strings.Join(lines, " ") != strings.Join(words, " ") {
			t.Fatalf("%q became %q", words, lines)
		}
		for i, line := range lines {
			if utf8.RuneCountInString(line) > room && strings.Contains(line, " ") {
				t.Fatalf("%q is longer than %d", line, room)
			}
			if i > 0 && utf8.RuneCountInString(lines[i-1])+1+utf8.RuneCountInString(strings.Fields(line)[0]) <= room {
				t.Fatalf("%q has room for the first word of %q", lines[i-1], line)
			}
		}
	})
}

// All lines of a text start in the column behind the head, and a text has 20 characters at least.
func TestWrapBehindAHead(t *testing.T) {
	for _, tt := range []struct{ columns, indent, takes, room int }{{40, 0, 0, 40}, {40, 1, 8, 30}, {60, 2, 14, 42}, {40, 3, 14, 20}, {40, 10, 14, 20}, {41, 3, 14, 21}} {
		t.Setenv("COLUMNS", fmt.Sprint(tt.columns))
		var b strings.Builder
		p := New(&b, false)
		p.Wrap(tt.indent, strings.Repeat("h", tt.takes), tt.takes, strings.Repeat("aa ", 60))
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		first := true
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			head := strings.Repeat("  ", tt.indent) + strings.Repeat(map[bool]string{true: "h", false: " "}[first], tt.takes)
			text, ok := strings.CutPrefix(line, head)
			if !ok || !strings.HasPrefix(text, "a") || len(text) > tt.room || first && len(text) != (tt.room+1)/3*3-1 {
				t.Errorf("%+v: %q", tt, line)
			}
			first = false
		}
	}
}
