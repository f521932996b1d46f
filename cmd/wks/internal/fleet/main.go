// Package fleet is the subcommand that plans and runs the migration of a fleet.
package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

const (
	exitDone    = cli.Clean
	exitRemains = cli.Broken
	exitError   = cli.Unanswered
)

const long = `Migrate plans the migration of a fleet, simulates it, and runs it.

    wks migrate sample export                        # an export to try it with
    wks migrate plan export
    wks migrate run export --simulate                # against a service in memory
    wks migrate run export --journal journal.jsonl   # with the default AWS configuration

EXPORT is a folder with describe-workspaces.json, describe-workspace-bundles.json and targets.json,
and, if they are there, describe-workspace-images.json, describe-workspace-directories.json and
describe-subnets.json. Without it a sample fleet is planned. Only a run with --journal calls AWS.

The exit status is 0 if all that was asked for is done, 1 if WorkSpaces remain that are refused,
undecided, not ready or failed, and 2 if the input cannot be read or a run stopped.`

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
	accept         []string
	undocumented   string
	simulate       bool
	run            bool
}

// Command returns wks migrate.
func Command() *cobra.Command {
	return (&command{connect: connect, now: time.Now}).cobra()
}

func (c *command) cobra() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Plan, simulate and run the migration of a fleet",
		Long:  long,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.planCommand(), c.runCommand(), sampleCommand())
	return cmd
}

func (c *command) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan [EXPORT]",
		Short: "Tell in which waves the fleet can go, and what is refused",
		Args:  cobra.MaximumNArgs(1),
	}
	c.plans(cmd)
	return cmd
}

func (c *command) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run [EXPORT] --simulate | run EXPORT --journal FILE",
		Short: "Run the plan, against AWS or a service in memory",
		Long: `Run runs the plan for EXPORT with the default AWS configuration, and asks before each wave. It keeps
a journal, and goes on where the journal ends. With --simulate it runs against a service in memory with
faults, in virtual time, and without EXPORT it does so with a sample fleet.`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.BoolVar(&c.simulate, "simulate", false, "run the plan against a service in memory with faults, in virtual time")
	flags.Uint64Var(&c.seed, "seed", 1, "choose the faults of --simulate by `N`")
	flags.StringVar(&c.journal, "journal", "", "keep the journal in `FILE`, and go on where it ends")
	flags.StringVar(&c.account, "account", "", "the journal is for the account `ID`; needed if the credentials do not tell it")
	flags.StringVar(&c.region, "region", "", "the journal is for `REGION`; that of the configuration if empty")
	flags.BoolVar(&c.newPlan, "new-plan", false, "go on with another plan than the journal's")
	flags.BoolVar(&c.omitUserNames, "omit-user-names", false, "leave user names out of the journal and the report")
	flags.IntVar(&c.budget, "budget", 0, "stop when more than `N` migrations of a wave have failed; with --simulate 0 is no bound")
	flags.StringSliceVar(&c.accept, "accept", nil, "do not skip a WorkSpace for these `CODES`, with commas, such as migrate.snapshot-stale")
	cmd.MarkFlagsMutuallyExclusive("simulate", "journal")
	cmd.MarkFlagsOneRequired("simulate", "journal")
	c.plans(cmd)
	return cmd
}

func sampleCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sample FOLDER",
		Short: "Write the export of a sample fleet",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return saveSample(args[0]) },
	}
}

// plans lets cmd plan, with the flags for that, and run the plan if it has the flag for a journal.
func (c *command) plans(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&c.asJSON, "json", false, "print the plan, or the report of a run, as JSON")
	flags.StringVar(&c.undocumented, "undocumented", "ask", "what becomes of migrations of which no document speaks: `POLICY` ask, allow or deny")
	rules := cli.Rules(cmd, migrate.Newest, migrate.At)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c.stdin, c.stdout, c.stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
		c.run = cmd.Flags().Lookup("journal") != nil
		if len(args) > 0 {
			c.dir = args[0]
		}
		if c.journal != "" && c.dir == "" {
			return errors.New("--journal needs the folder of an export")
		}
		r, err := rules()
		if err != nil {
			return err
		}
		status, err := c.do(cmd.Context(), r)
		if err != nil {
			return err
		}
		return cli.Exit(status)
	}
}

// accepted returns the codes of --accept.
func (c *command) accepted() (codes []rule.Code, err error) {
	for _, text := range c.accept {
		var code rule.Code
		if err := code.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
			return nil, fmt.Errorf("--accept: %w", err)
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// connect returns a client with the default configuration.
func connect(ctx context.Context) (runner.API, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return workspaces.NewFromConfig(cfg), nil
}

// do plans, and runs the plan if that is asked for.
func (c *command) do(ctx context.Context, rules migrate.Rules) (int, error) {
	accept, err := c.accepted()
	if err != nil {
		return exitError, err
	}
	read := sampleFiles().read
	if c.dir != "" {
		read = func(name string) ([]byte, error) {
			data, _, err := cli.ReadFile(filepath.Join(c.dir, name), nil, maxFile, "a file")
			return data, err
		}
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
		return exitError, fmt.Errorf("--undocumented %q: want ask, allow or deny", c.undocumented)
	}
	in.limits.Undocumented = policy
	plan, err := rules.NewPlan(in.fleet, in.targets, in.limits)
	if err != nil {
		return exitError, err
	}
	if !c.run {
		status := exitDone
		if len(plan.Refused)+len(plan.Undecided)+len(plan.Unassigned) > 0 {
			status = exitRemains
		}
		if c.asJSON {
			return status, cli.WriteJSON(c.stdout, plan)
		}
		return status, writePlan(c.stdout, plan, in)
	}
	var rep *runner.Report
	if c.simulate {
		rep, err = c.runSimulated(ctx, plan, in, accept)
	} else {
		rep, err = c.runLive(ctx, plan, accept)
	}
	if rep == nil {
		return exitError, err
	}
	if c.asJSON {
		err = errors.Join(err, cli.WriteJSON(c.stdout, rep))
	} else {
		err = errors.Join(err, writeReport(c.stdout, rep))
	}
	if err == nil && rep.Count(runner.Succeeded) < len(rep.Results) {
		return exitRemains, nil
	}
	return exitDone, err
}

// maxFile is the most that is read of a file of an export. 100,000 WorkSpaces have some 100 MiB.
const maxFile = 256 << 20
