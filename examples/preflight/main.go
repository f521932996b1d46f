// Preflight tells what Amazon WorkSpaces would refuse in an AWS account: whether its network
// leaves room for a directory that is to be registered and for the management range of an
// account that brings its own licences (BYOL), and what is wrong with its WorkSpaces,
// bundles, images, tags and KMS keys. With -plan it tells in which steps WorkSpaces become
// what is wanted, and when. It calls nobody: it reads what the AWS CLI has written.
//
//	preflight -collect -region us-east-1,eu-west-1 > collect.sh   # review, then run it
//	preflight -dir export
//
// Without -dir it reports on a sample account that it carries with it.
//
// What it takes to bring licences is asked if there is a byol.json among the files of a
// Region, written by hand: its members Facts, Machine and Import tell what no export does.
//
// The exit status is 1 if a rule is broken at the level must, else 2 if a registration is
// undocumented or not given, if a value cannot be used or if the input cannot be read, else 0. A
// question that was not asked, because its file is missing, is reported as such.
package main

import (
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/internal/terminal"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

//go:embed sample
var sample embed.FS

const (
	exitClean      = 0
	exitBroken     = 1
	exitUnanswered = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("preflight", flag.ContinueOnError)
	flags.SetOutput(stderr)
	dir := flags.String("dir", "", "read the export in `DIR`: its *.json files, or a folder of them for each Region")
	edition := flags.String("edition", "", "answer as of `DATE` (YYYY-MM-DD) instead of the newest edition")
	asJSON := flags.Bool("json", false, "print the report as JSON")
	region := flags.String("region", "", "report on `REGION` only; the Region of files that lie in DIR itself")
	protocol := flags.String("protocol", "pcoip,dcv", "check the firewall for clients with `PROTOCOLS`")
	roundTrip := flags.Duration("rtt", 0, "check a `TIME` such as 120ms from clients to each Region and back")
	launches := flags.Int("launches", 0, "check that `N` launches find addresses in the subnets of each directory")
	migrations := flags.Int("migrations", 0, "check that `N` migrations at a time do")
	plan := flags.String("plan", "", "plan what `FILE` (JSON) asks for: changes of WorkSpaces, and launches")
	now := flags.String("now", "", "let the plan start at `TIME` (RFC 3339) instead of the present")
	page := flags.String("html", "", "write the report as a page to `FILE` too")
	collect := flags.Bool("collect", false, "print the commands that write an export, for -region (with commas between several)")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitClean
		}
		return exitUnanswered
	}
	fail := func(err error) int {
		for _, line := range strings.Split(err.Error(), "\n") {
			fmt.Fprintln(stderr, "preflight:", rule.Printable(line))
		}
		return exitUnanswered
	}
	if flags.NArg() > 0 {
		return fail(fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	for name, negative := range map[string]bool{"rtt": *roundTrip < 0, "launches": *launches < 0, "migrations": *migrations < 0} {
		if negative {
			return fail(fmt.Errorf("-%s %s: is negative", name, flags.Lookup(name).Value))
		}
	}
	if *collect {
		if err := writeCollect(stdout, *region); err != nil {
			return fail(err)
		}
		return exitClean
	}
	rules := wks.Newest()
	if *edition != "" {
		e, err := rule.ParseEdition(*edition)
		if err == nil {
			rules, err = wks.At(e)
		}
		if err != nil {
			return fail(err)
		}
	}
	input, name, err := openInput(*dir)
	if err != nil {
		return fail(err)
	}
	account, err := readAccount(input, *region)
	if err != nil {
		return fail(err)
	}
	if account.protocols, err = parseProtocols(*protocol); err != nil {
		return fail(err)
	}
	if err := account.readPlan(*plan, *now); err != nil {
		return fail(err)
	}
	account.pictures = *page != ""
	account.roundTrip, account.launches, account.migrations = *roundTrip, *launches, *migrations
	rep, err := check(rules, account)
	if err != nil {
		return fail(err)
	}
	rep.Input = rule.Printable(name)
	if *page != "" {
		if err := writeHTMLFile(*page, rep); err != nil {
			return fail(err)
		}
	}
	if *asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(rep)
	} else {
		err = writeText(stdout, rep, terminal.WantColor(stdout))
	}
	if err != nil {
		return fail(err)
	}
	return rep.Summary.Exit
}

func parseProtocols(list string) (protocols []network.Protocol, err error) {
	for word := range strings.SplitSeq(list, ",") {
		switch p := network.Protocol(strings.TrimSpace(word)); p {
		case network.ProtocolPCoIP, network.ProtocolDCV:
			protocols = append(protocols, p)
		default:
			return nil, fmt.Errorf("-protocol %q: want pcoip, dcv or both with a comma", list)
		}
	}
	return protocols, nil
}

// readPlan reads the plan of -plan, which starts at the time of -now.
func (a *account) readPlan(file, start string) (err error) {
	if a.now = time.Now(); start != "" {
		if a.now, err = time.Parse(time.RFC3339, start); err != nil {
			return fmt.Errorf("-now %q: want a time such as 2026-09-10T08:00:00Z", start)
		}
	}
	if file == "" {
		return nil
	}
	a.planName = file
	a.plan = new(planFile)
	return decodeFile(os.DirFS(filepath.Dir(file)), filepath.Base(file), a.plan, &a.notes)
}

// openInput returns the folder, or the sample if dir is empty, and what to call it.
func openInput(dir string) (input fs.FS, name string, err error) {
	if dir == "" {
		input, err = fs.Sub(sample, "sample")
		return input, "the embedded sample account", err
	}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s: is not a folder", dir)
	}
	return os.DirFS(dir), dir, err
}
