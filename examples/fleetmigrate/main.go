// Fleetmigrate plans the migration of a fleet of Amazon WorkSpaces, simulates it, and runs it.
//
//	fleetmigrate                                   # the plan for an embedded sample fleet
//	fleetmigrate -simulate                         # and its run against an in-memory service
//	fleetmigrate -dir export                       # the plan for what the AWS CLI exported
//	fleetmigrate -dir export -live -journal j.jsonl
//
// The export is a folder with describe-workspaces.json, describe-workspace-bundles.json and
// targets.json, and, if they are there, describe-workspace-images.json,
// describe-workspace-directories.json and describe-subnets.json; -write-sample DIR writes
// one. Without -live the program calls nobody.
//
// The exit status is 0 if all that was asked for is done, 1 if WorkSpaces remain that are
// refused, undecided, not ready or failed, and 2 if the input cannot be read or a run stopped.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

const (
	exitDone    = 0
	exitRemains = 1
	exitError   = 2
)

func main() {
	c := command{connect: connect, now: time.Now}
	os.Exit(c.run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// A command is the program without the world around it.
type command struct {
	connect func(context.Context) (runner.API, error)
	now     func() time.Time

	stdin          io.Reader
	stdout, stderr io.Writer
	dir            string
	asJSON         bool
	journal        string
	account        string
	region         string
	newPlan        bool
	omitUserNames  bool
	budget         int
	seed           uint64
	accept         []rule.Code
	undocumented   string
	simulate, live bool
}

// connect returns a client with the default configuration.
func connect(ctx context.Context) (runner.API, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return workspaces.NewFromConfig(cfg), nil
}

func (c *command) run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c.stdin, c.stdout, c.stderr = stdin, stdout, stderr
	flags := flag.NewFlagSet("fleetmigrate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.dir, "dir", "", "read the export in `DIR` instead of the sample fleet")
	flags.BoolVar(&c.asJSON, "json", false, "print the plan, or the report of a run, as JSON")
	flags.StringVar(&c.undocumented, "undocumented", "ask", "what becomes of migrations of which no document speaks: `POLICY` ask, allow or deny")
	flags.BoolVar(&c.simulate, "simulate", false, "run the plan against an in-memory service with faults, in virtual time")
	flags.Uint64Var(&c.seed, "seed", 1, "choose the faults of -simulate by `N`")
	flags.BoolVar(&c.live, "live", false, "run the plan with the default AWS configuration; asks before each wave")
	flags.StringVar(&c.journal, "journal", "", "keep the journal of -live in `FILE`, and go on where it ends")
	flags.StringVar(&c.account, "account", "", "the journal of -live is for the account `ID`; needed if the credentials do not tell it")
	flags.StringVar(&c.region, "region", "", "the journal of -live is for `REGION`; that of the configuration if empty")
	flags.BoolVar(&c.newPlan, "new-plan", false, "let -live go on with another plan than the journal's")
	flags.BoolVar(&c.omitUserNames, "omit-user-names", false, "leave user names out of the journal and the report")
	flags.IntVar(&c.budget, "budget", 0, "stop when more than `N` migrations of a wave have failed; with -simulate 0 is no bound")
	edition := flags.String("edition", "", "answer as of `DATE` (YYYY-MM-DD) instead of the newest edition")
	accept := flags.String("accept", "", "do not skip a WorkSpace for these `CODES`, with commas, such as migrate.snapshot-stale")
	writeSample := flags.String("write-sample", "", "write the export of the sample fleet to `DIR`")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitDone
		}
		return exitError
	}
	fail := func(err error) int {
		for _, line := range strings.Split(err.Error(), "\n") {
			fmt.Fprintln(stderr, "fleetmigrate:", line)
		}
		return exitError
	}
	switch {
	case flags.NArg() > 0:
		return fail(fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	case c.live && (c.simulate || c.dir == "" || c.journal == ""):
		return fail(errors.New("-live needs -dir and -journal, and goes without -simulate"))
	}
	for code := range strings.SplitSeq(*accept, ",") {
		if code == "" {
			continue
		}
		var accepted rule.Code
		if err := accepted.UnmarshalText([]byte(strings.TrimSpace(code))); err != nil {
			return fail(fmt.Errorf("-accept: %w", err))
		}
		c.accept = append(c.accept, accepted)
	}
	if *writeSample != "" {
		if err := saveSample(*writeSample); err != nil {
			return fail(err)
		}
		return exitDone
	}
	rules := migrate.Newest()
	if *edition != "" {
		e, err := rule.ParseEdition(*edition)
		if err == nil {
			rules, err = migrate.At(e)
		}
		if err != nil {
			return fail(err)
		}
	}
	status, err := c.do(rules)
	if err != nil {
		return fail(err)
	}
	return status
}

// do plans, and runs the plan if that is asked for.
func (c *command) do(rules migrate.Rules) (int, error) {
	read := sampleFiles().read
	if c.dir != "" {
		read = func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(c.dir, name)) }
	}
	now := sampleTime
	if c.dir != "" {
		now = c.now()
	}
	in, err := readExport(rules, read, now)
	if err != nil {
		return exitError, err
	}
	policy, ok := map[string]rule.Verdict{"ask": rule.Undocumented, "allow": rule.Allowed, "deny": rule.Denied}[c.undocumented]
	if !ok {
		return exitError, fmt.Errorf("-undocumented %q: want ask, allow or deny", c.undocumented)
	}
	in.limits.Undocumented = policy
	plan, err := rules.NewPlan(in.fleet, in.targets, in.limits)
	if err != nil {
		return exitError, err
	}
	if !c.simulate && !c.live {
		status := exitDone
		if len(plan.Refused)+len(plan.Undecided)+len(plan.Unassigned) > 0 {
			status = exitRemains
		}
		if c.asJSON {
			return status, writeJSON(c.stdout, plan)
		}
		return status, writePlan(c.stdout, plan, in)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var rep *runner.Report
	if c.simulate {
		rep, err = c.runSimulated(ctx, plan, in)
	} else {
		rep, err = c.runLive(ctx, plan)
	}
	if rep == nil {
		return exitError, err
	}
	if c.asJSON {
		err = errors.Join(err, writeJSON(c.stdout, rep))
	} else {
		err = errors.Join(err, writeReport(c.stdout, rep))
	}
	if err == nil && rep.Count(runner.Succeeded) < len(rep.Results) {
		return exitRemains, nil
	}
	return exitDone, err
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
