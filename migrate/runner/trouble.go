package runner

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Trouble is what is wrong with a Journal.
type Trouble string

const (
	Torn         Trouble = "torn"          // the last record was cut short while it was written, and is removed
	Unended      Trouble = "unended"       // the last record is whole but its line had no end, and has one now
	Altered      Trouble = "altered"       // a record is not as it was written
	Repeated     Trouble = "repeated"      // a record is there twice
	Missing      Trouble = "missing"       // a record is not there
	Disordered   Trouble = "disordered"    // a record cannot follow those before it
	OtherVersion Trouble = "other-version" // another version of this package wrote it
	Elsewhere    Trouble = "elsewhere"     // it belongs to another account, Region, directory or plan
	Locked       Trouble = "locked"        // another run has it
	DiskFull     Trouble = "disk-full"     // the disk, or the quota of the user, is full
	ReadOnly     Trouble = "read-only"     // the disk is read-only
	Unwritable   Trouble = "unwritable"    // it cannot be opened for writing, or not be written
	Unreadable   Trouble = "unreadable"    // it cannot be read
)

// A JournalError says what is wrong with a journal. The file is as it was, but for Torn and
// Unended, which OpenJournal and NewJournal mend, and for what a write that failed has left.
type JournalError struct {
	Name    string // of the file; empty for a journal of NewJournal
	Line    int    // from 1; 0 if the error is not about a line
	Trouble Trouble
	Detail  string
	Err     error // of the system; nil if there is none
}

// Error tells it in one line, without what a terminal obeys. Long names and texts are cut.
func (e *JournalError) Error() string {
	var b strings.Builder
	b.WriteString("runner: journal")
	if e.Name != "" {
		fmt.Fprintf(&b, " %s", told(e.Name))
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, ", line %d", e.Line)
	}
	fmt.Fprintf(&b, ": %s", told(string(e.Trouble)))
	if e.Detail != "" {
		fmt.Fprintf(&b, ": %s", told(e.Detail))
	}
	var path *fs.PathError
	switch {
	case e.Err == nil:
	case errors.As(e.Err, &path) && path.Err != nil: // whose name may be long
		fmt.Fprintf(&b, ": %s: %s", told(path.Op), told(path.Err.Error()))
	default:
		fmt.Fprintf(&b, ": %s", told(e.Err.Error()))
	}
	return b.String()
}

// told is a text that people can be shown, whatever it repeats of the input.
func told(text string) string { return rule.Printable(rule.Shorten(text)) }

// Unwrap returns the error of the system.
func (e *JournalError) Unwrap() error { return e.Err }

// troubleOf names an error of the system on writing.
func troubleOf(err error) Trouble {
	switch {
	case isDiskFull(err):
		return DiskFull
	case isReadOnly(err):
		return ReadOnly
	}
	return Unwritable
}

// named puts the name of the file into an error about a journal.
func named(err error, name string) error {
	var e *JournalError
	if errors.As(err, &e) {
		e.Name = name
	}
	return err
}
