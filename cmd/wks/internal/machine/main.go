// Package machine is the subcommand that checks a Windows machine for BYOL.
package machine

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
)

//go:embed sample.json
var sample []byte

const (
	exitClean      = cli.Clean
	exitBroken     = cli.Broken
	exitUnanswered = cli.Unanswered
)

const long = `Byol prints what the BYOL Checker would print on a Windows machine, and what the documents ask of
it, from a description of the machine: nothing is run on it but the read-only queries that write
the description. Without a file it reads the description of a sample machine.

    wks byol --collect > collect.ps1      # review it, then on the machine, as administrator:
    powershell -ExecutionPolicy Bypass -File collect.ps1 > machine.json
    wks byol machine.json

The exit status is 1 if the machine breaks something that it must not, else 2 if a fact is missing
that decides, or the input could not be read, else 0.

This one line writes machine.json on the machine, in a PowerShell of an administrator:

`

// Command returns wks byol.
func Command() *cobra.Command {
	var o byol.CheckerOptions
	var asJSON, collect bool
	var changes string
	cmd := &cobra.Command{
		Use:   "byol [machine.json | -]",
		Short: "Tell whether a Windows machine can become an image with its own licence",
		Long:  long + oneLiner(),
		Args:  cobra.MaximumNArgs(1),
	}
	rules := cli.Rules(cmd, byol.Newest, byol.At)
	flags := cmd.Flags()
	flags.BoolVar(&o.Automated, "automated", false, "run the checker as the import does, without its window")
	flags.BoolVar(&o.Office, "office", false, "for an automated run: the image subscribes to Office")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	flags.BoolVar(&collect, "collect", false, "print the PowerShell script that describes a machine")
	flags.StringVar(&changes, "changes", "", "print what changed between `DATES`, with commas between them")
	cmd.MarkFlagsMutuallyExclusive("collect", "changes")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		out := cmd.OutOrStdout()
		if (collect || changes != "") && len(args) > 0 {
			return fmt.Errorf("unexpected argument %q", args[0]) // neither reads a machine
		}
		switch {
		case collect:
			_, err := io.WriteString(out, script())
			return err
		case changes != "":
			return writeChanges(out, strings.Split(changes, ","))
		}
		r, err := rules()
		if err != nil {
			return err
		}
		data, name := sample, "the sample machine"
		if len(args) > 0 {
			if data, name, err = cli.ReadFile(args[0], cmd.InOrStdin(), maxMachine, "a description"); err != nil {
				return err
			}
		}
		rep, err := check(r, data, name, o)
		if err != nil {
			return err
		}
		if asJSON {
			err = cli.WriteJSON(out, rep)
		} else {
			err = writeText(out, rep)
		}
		if err != nil {
			return err
		}
		return cli.Exit(rep.Exit)
	}
	return cmd
}

// A report is the answer to both questions about a machine: what the checker would print, and
// what the documents ask for.
type report struct {
	Machine string           `json:"machine"` // the file
	Edition rule.Edition     `json:"edition"`
	Checker *byol.CheckerRun `json:"checker,omitempty"` // none before there was a checker
	byol.Checklist
	Exit int `json:"exit"`
}

func check(rules byol.Rules, data []byte, file string, o byol.CheckerOptions) (report, error) {
	m, err := decode(data)
	if err != nil {
		return report{}, fmt.Errorf("%s: %w", file, err)
	}
	rep := report{Machine: rule.Printable(file), Edition: rules.Edition()}
	if rep.Checklist, err = rules.MachineChecklist(m); err != nil {
		return report{}, fmt.Errorf("%s: %w", file, err)
	}
	verdict := rep.Verdict
	run, err := rules.RunChecker(m, o)
	if err == nil { // and else there was no checker yet
		rep.Checker, verdict = &run, verdict.And(run.Verdict)
	}
	rep.Exit = map[rule.Verdict]int{rule.Denied: exitBroken, rule.Undocumented: exitUnanswered, rule.Allowed: exitClean}[verdict]
	return rep, nil
}

// maxMachine is the most that is read of a description. Descriptions have some KiB.
const maxMachine = 16 << 20

// decode reads a machine, in UTF-8 or as Windows PowerShell redirects: in UTF-16LE with a
// byte order mark.
func decode(data []byte) (*byol.Machine, error) {
	if rest, ok := bytes.CutPrefix(data, []byte{0xff, 0xfe}); ok {
		if len(rest)%2 != 0 {
			return nil, errors.New("is UTF-16 with an odd number of bytes")
		}
		units := make([]uint16, len(rest)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(rest[2*i:])
		}
		data = []byte(string(utf16.Decode(units)))
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, errors.New("is neither UTF-8 nor UTF-16LE with a byte order mark")
	}
	var m byol.Machine
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return nil, errors.New(rule.Shorten(err.Error()))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("has something behind the description of the machine")
	}
	return &m, nil
}
