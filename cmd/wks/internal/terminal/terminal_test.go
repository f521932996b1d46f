package terminal_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

func TestPrinter(t *testing.T) {
	for _, tt := range []struct {
		color bool
		want  string
	}{
		{false, "\nTitle\n  DENIED\n    1 of 2\n"},
		{true, "\n\x1b[1mTitle\x1b[0m\n  \x1b[31mDENIED\x1b[0m\n    1 of 2\n"},
	} {
		var b strings.Builder
		p := terminal.New(&b, tt.color)
		p.Heading("Title")
		p.Line(1, "%s", p.Verdict(rule.Denied))
		p.Line(2, "%d of %d  ", 1, 2)
		if b.Len() > 0 {
			t.Error("lines are written before Flush")
		}
		if err := p.Flush(); err != nil || b.String() != tt.want {
			t.Errorf("got %q, %v, want %q", b.String(), err, tt.want)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestFlushTells(t *testing.T) {
	p := terminal.New(broken{}, false)
	p.Line(0, "text")
	if p.Flush() == nil {
		t.Error("a write that failed is not told")
	}
}

func TestWantColor(t *testing.T) {
	null, err := os.Open(os.DevNull) // a character device, as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, tt := range []struct {
		noColor, term string
		w             io.Writer
		want          bool
	}{
		{"", "xterm", null, true}, {"1", "xterm", null, false}, {"", "dumb", null, false}, {"", "xterm", file, false}, {"", "xterm", &strings.Builder{}, false},
	} {
		t.Setenv("NO_COLOR", tt.noColor)
		t.Setenv("TERM", tt.term)
		if got := terminal.WantColor(tt.w); got != tt.want {
			t.Errorf("%+v: colour %t", tt, got)
		}
	}
}
