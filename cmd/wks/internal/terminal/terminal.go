// Package terminal is how wks writes a report for a person.
package terminal

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/wksgo/wks/rule"
)

// A Printer writes indented lines. Colour repeats what words say.
type Printer struct {
	w     *bufio.Writer
	color bool
	width int
}

// New returns a Printer that writes to w, with or without colour, as wide as w is.
func New(w io.Writer, color bool) Printer { return Printer{bufio.NewWriter(w), color, Width(w)} }

// Plain returns a Printer that writes to w without colour.
func Plain(w io.Writer) Printer { return New(w, false) }

// Widths of lines, in characters: for what is no terminal, and the least and the most for one.
const (
	defaultWidth = 100
	least        = 40
	most         = 160
)

// Width is how many characters a line of w has: those of a terminal, and else what COLUMNS in the
// environment says.
func Width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return max(least, min(n, most))
		}
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return max(least, n)
	}
	return defaultWidth
}

// Wrap writes a head, which may be painted and takes up some characters, and behind it a text in as
// many lines as it needs, of which all start in one column. A word that is longer than a line is
// not broken.
func (p Printer) Wrap(indent int, head string, takes int, text string) {
	room := max(20, p.width-2*indent-takes)
	for i, line := range wrap(text, room) {
		if i == 0 {
			p.Line(indent, "%s%s", head, line)
		} else {
			p.Line(indent, "%s%s", strings.Repeat(" ", takes), line)
		}
	}
}

// wrap breaks a text at spaces.
func wrap(text string, room int) (lines []string) {
	var line strings.Builder
	n := 0
	for word := range strings.FieldsSeq(text) {
		long := utf8.RuneCountInString(word)
		if n > 0 && n+1+long > room {
			lines = append(lines, line.String())
			line.Reset()
			n = 0
		}
		if n > 0 {
			line.WriteByte(' ')
			n++
		}
		line.WriteString(word)
		n += long
	}
	return append(lines, line.String())
}

// Colours, and bold type.
const (
	Red    = "31"
	Green  = "32"
	Yellow = "33"
	Bold   = "1"
)

// Line writes a line, two spaces further in for each indent, without spaces at its end.
func (p Printer) Line(indent int, format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	fmt.Fprintln(p.w, strings.TrimRight(strings.Repeat("  ", indent)+s, " "))
}

// Blank writes an empty line.
func (p Printer) Blank() { fmt.Fprintln(p.w) }

// Heading writes an empty line and a line in bold type.
func (p Printer) Heading(s string) {
	p.Blank()
	p.Line(0, "%s", p.Paint(Bold, s))
}

// Paint returns s in a colour, if there are colours.
func (p Printer) Paint(code, s string) string {
	if !p.color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Verdict returns a verdict in capitals and in its colour.
func (p Printer) Verdict(v rule.Verdict) string {
	return p.Paint(map[rule.Verdict]string{rule.Allowed: Green, rule.Denied: Red, rule.Undocumented: Yellow}[v], strings.ToUpper(v.String()))
}

// Flush writes what is left, and returns the first error of all writes.
func (p Printer) Flush() error { return p.w.Flush() }

// WantColor reports whether w is a terminal and NO_COLOR (no-color.org) is not set.
func WantColor(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && Is(w)
}
