// Byolcheck prints what the BYOL Checker would print on a Windows machine, and what the
// documents ask of it, from a description of the machine: nothing is run on it but the
// read-only queries that write the description.
//
//	byolcheck -collect > collect.ps1    # review it, then on the machine, as administrator:
//	powershell -ExecutionPolicy Bypass -File collect.ps1 > machine.json
//	byolcheck machine.json
//
// Without a file it reads the description of a sample machine that it carries with it, and
// for "-" the standard input.
//
// The exit status is 1 if the machine breaks something that it must not, else 2 if a fact
// is missing that decides, or the input could not be read, else 0.
package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

//go:embed sample.json
var sample []byte

const (
	exitClean      = 0
	exitBroken     = 1
	exitUnanswered = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("byolcheck", flag.ContinueOnError)
	flags.SetOutput(stderr)
	edition := flags.String("edition", "", "answer as of `DATE` (YYYY-MM-DD) instead of the newest edition")
	automated := flags.Bool("automated", false, "run the checker as the import does, without its window")
	office := flags.Bool("office", false, "for an automated run: the image subscribes to Office")
	asJSON := flags.Bool("json", false, "print the report as JSON")
	collect := flags.Bool("collect", false, "print the PowerShell script that describes a machine")
	changes := flags.String("changes", "", "print what changed between `DATES`, with commas between them")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: byolcheck [flags] [machine.json]")
		flags.PrintDefaults()
		fmt.Fprintf(stderr, "\nThis one line writes machine.json on the machine, in a PowerShell of an administrator:\n\n%s\n", oneLiner())
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitClean
		}
		return exitUnanswered
	}
	var rep report
	var err error
	files := 1
	if *collect || *changes != "" {
		files = 0 // neither reads a machine
	}
	switch {
	case flags.NArg() > files:
		err = fmt.Errorf("unexpected argument %q", flags.Arg(files))
	case *collect && *changes != "":
		err = errors.New("-collect and -changes exclude one another")
	case *collect:
		_, err = io.WriteString(stdout, script())
	case *changes != "":
		err = writeChanges(stdout, strings.Split(*changes, ","))
	default:
		rep, err = check(flags.Arg(0), stdin, *edition, byol.CheckerOptions{Automated: *automated, Office: *office})
		switch {
		case err != nil:
		case *asJSON:
			err = writeJSON(stdout, rep)
		default:
			err = writeText(stdout, rep)
		}
	}
	if err != nil {
		fmt.Fprintln(stderr, "byolcheck:", rule.Printable(err.Error()))
		return exitUnanswered
	}
	return rep.Exit
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

func check(file string, stdin io.Reader, edition string, o byol.CheckerOptions) (report, error) {
	rules := byol.Newest()
	if edition != "" {
		e, err := rule.ParseEdition(edition)
		if err == nil {
			rules, err = byol.At(e)
		}
		if err != nil {
			return report{}, err
		}
	}
	data := sample
	var err error
	switch file {
	case "":
		file = "the sample machine"
	case "-":
		file = "the standard input"
		data, err = readAll(stdin)
	default:
		data, err = readFile(file)
	}
	if err != nil {
		return report{}, err
	}
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

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxMachine+1))
	if err == nil && len(data) > maxMachine {
		return nil, fmt.Errorf("is longer than the %d MiB that are read of a description", maxMachine>>20)
	}
	return data, err
}

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
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("has something behind the description of the machine")
	}
	return &m, nil
}
