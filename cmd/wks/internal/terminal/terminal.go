// Package terminal is how the examples write a report for a person.
package terminal

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Printer writes indented lines. Colour repeats what words say.
type Printer struct {
	w     *bufio.Writer
	color bool
}

// New returns a Printer that writes to w, with or without colour.
func New(w io.Writer, color bool) Printer { return Printer{bufio.NewWriter(w), color} }

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

// Heading writes an empty line and a line in bold type.
func (p Printer) Heading(s string) {
	p.Line(0, "")
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
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
