// Package cli holds what all subcommands of wks share: exit statuses, the flag that names an edition,
// the reading of an argument, and how JSON and errors are written.
package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/rule"
)

// The exit statuses of every subcommand.
const (
	Clean      = 0 // nothing has to be done
	Broken     = 1 // a rule is broken that must not be, or something remains to be done
	Unanswered = 2 // a question that decides is open, or the input could not be read
)

// A Status ends a command with an exit status, and without a message.
type Status int

func (s Status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// Exit returns the error that ends a command with a status: nil for Clean.
func Exit(status int) error {
	if status == Clean {
		return nil
	}
	return Status(status)
}

// Run runs a command and returns its exit status. It writes each line of an error behind the
// command's name, without characters that a terminal would obey.
func Run(cmd *cobra.Command, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	cmd.SetArgs(append([]string{}, args...)) // nil would stand for os.Args
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	ran, err := cmd.ExecuteC()
	var status Status
	switch {
	case err == nil:
		return Clean
	case errors.As(err, &status):
		return int(status)
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(stderr, "%s: %s\n", ran.CommandPath(), rule.Printable(line))
		}
	}
	return Unanswered
}

// JSONOptions are those of WriteJSON: encoding/json's own rules, with indentation, and <, > and & as they are.
var JSONOptions = json.JoinOptions(jsonv1.DefaultOptionsV1(), jsontext.WithIndent("  "), jsontext.EscapeForHTML(false))

// WriteJSON writes v as encoding/json does, by JSONOptions. It writes as it goes along: what is written is
// never in memory as a whole, as it would be, twice, with encoding/json. Characters that are not printable have escapes.
func WriteJSON(w io.Writer, v any) error {
	e := &escaper{w: w}
	if err := json.MarshalWrite(e, v, JSONOptions); err != nil {
		return cmp.Or(e.err, err) // where its buffer is full, the package takes the writer's error for one of the value
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// Edition adds the flag --edition, and returns what reads it: the edition that is asked for, or
// the zero Edition if none is.
func Edition(cmd *cobra.Command) func() (rule.Edition, error) {
	text := cmd.Flags().String("edition", "", "answer as of `DATE` (YYYY-MM-DD) instead of the newest edition")
	return func() (rule.Edition, error) {
		if *text == "" {
			return rule.Edition{}, nil
		}
		e, err := rule.ParseEdition(*text)
		if err != nil {
			err = fmt.Errorf("--edition: %w", err)
		}
		return e, err
	}
}

// Rules adds the flag --edition, and returns what gives the rules for it: those of newest, or of at.
func Rules[R any](cmd *cobra.Command, newest func() R, at func(rule.Edition) (R, error)) func() (R, error) {
	edition := Edition(cmd)
	return func() (R, error) {
		e, err := edition()
		if err != nil || e == (rule.Edition{}) {
			return newest(), err
		}
		rules, err := at(e)
		if err != nil {
			err = fmt.Errorf("--edition: %w", err)
		}
		return rules, err
	}
}

// NotEmpty returns an error for a flag that is given and has no value, as --redis "$URL" has where URL is not
// set. To take it for one that is not given would do something else than what was asked for.
func NotEmpty(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if f := cmd.Flags().Lookup(name); f.Changed && f.Value.String() == "" {
			return fmt.Errorf("--%s: is empty; leave the flag out, or give it a value", name)
		}
	}
	return nil
}

// Once lets a command refuse a second value of a flag, where the last one would count alone.
func Once(cmd *cobra.Command, flags ...string) {
	for _, name := range flags {
		f := cmd.Flags().Lookup(name)
		f.Value = &once{value: f.Value}
	}
}

// A once is the value of a flag.
type once struct {
	value
	given bool
}

type value interface {
	String() string
	Set(string) error
	Type() string
}

func (v *once) Set(s string) error {
	if v.given {
		return errors.New("the flag is given twice, and takes one value")
	}
	v.given = true
	return v.value.Set(s)
}

// URLError returns the error of a flag with a URL that cannot be read. What url.Parse says has the URL in it, with its
// password: it is not shown.
func URLError(flag string, err error) error {
	var malformed *url.Error
	if errors.As(err, &malformed) {
		err = errors.New("is not a URL: a character such as %, / or @ in a password is written as % and two digits")
	}
	return fmt.Errorf("%s: %w", flag, err)
}

// ReadAll reads at most `most` bytes; more is an error that names the bound.
func ReadAll(r io.Reader, most int64, what string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fmt.Errorf("is longer than the %d MiB that are read of %s", most>>20, what)
	}
	return data, err
}

// ReadFile reads a regular file, or the standard input for "-", and returns how to name it. What
// says what is read, such as "a plan", and most is the most bytes that are read.
func ReadFile(name string, stdin io.Reader, most int64, what string) (data []byte, title string, err error) {
	if name == "-" {
		if data, err = ReadAll(stdin, most, what); err != nil {
			err = fmt.Errorf("standard input: %w", err)
		}
		return data, "standard input", err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, name, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("is a folder")
	}
	if err == nil {
		data, err = ReadAll(f, most, what)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return data, name, err
}
