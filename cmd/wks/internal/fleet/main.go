// Package fleet is the subcommand that plans and runs the migration of a fleet.
package fleet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// exitRemains is the status of a command that leaves WorkSpaces as they are.
const exitRemains = cli.Broken

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
	connect func(ctx context.Context, region string) (runner.API, error) // nil is that of the SDK
	now     func() time.Time
	options runner.Options // what no flag has
	paces   paces

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
	instant        bool
	speed          float64
	store, fleet   string
	yes            bool
	run            bool
}

// Command returns wks migrate.
func Command() *cobra.Command {
	return (&command{now: time.Now}).cobra()
}

func (c *command) cobra() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Plan, simulate and run the migration of a fleet",
		Long:  long,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.planCommand(), c.runCommand())
	cmd.AddCommand(c.storeCommands()...)
	cmd.AddCommand(sampleCommand())
	return cmd
}

func (c *command) planCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan [EXPORT]",
		Short: "Tell in which waves the fleet can go, and what is refused",
		Long: `Plan tells in which waves the WorkSpaces of EXPORT can go, which are refused, and which nobody has decided about.
Where they go stands in targets.json: from a bundle or a WorkSpace, or from all that meet conditions.

    {"targets": [
      {"from": "wsb-0123abcde", "to": "wsb-0456fghij"},
      {"where": {"operatingSystem": "WINDOWS_SERVER_2019", "license": "public"}, "to": "wsb-0789klmno"}
    ]}

What a bundle is, bundles, images and WorkSpaces of the export tell; what they do not, the plan names, and "bundles" in
targets.json can tell. "freeGrants" are those of each key, and "waveSize" is at most 25. All of it is in
https://github.com/wksgo/wks/blob/main/docs/schema/targets.json.

The table has as much as a line of the terminal, or of COLUMNS characters, has room for; --json has all of it.`,
		Args: cobra.MaximumNArgs(1),
	}
	c.plans(cmd)
	return cmd
}

func (c *command) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run [EXPORT] --simulate | run EXPORT --store URL | run EXPORT --journal FILE",
		Short: "Run the plan, against AWS or a service in memory",
		Long: `Run runs the plan for EXPORT with the default AWS configuration. What was asked for is kept: in a store,
which other workers can share and from which status, report, pause, resume and stop work, or in the file of a
journal. Run it again, and it goes on. With a journal it asks before each wave, with a store once.

With --simulate it runs against a service in memory with faults, whose time is --speed times as fast, and without
EXPORT it does so with a sample fleet. A simulation that is killed and run again goes on, too. With --instant
it takes no time, and nothing is kept.
` + paceHelp,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.BoolVar(&c.simulate, "simulate", false, "run the plan against a service in memory with faults")
	flags.BoolVar(&c.instant, "instant", false, "simulate in virtual time, and keep nothing")
	flags.Float64Var(&c.speed, "speed", 600, "let the time of --simulate run so many `TIMES` as fast")
	flags.StringVar(&c.store, "store", "", "keep the run in the store at `URL`: sqlite:FILE or postgres://…; "+defaultStore+" with --simulate")
	flags.StringVar(&c.fleet, "fleet", "", "call the fleet `NAME` in the store; like the folder of the export if empty")
	flags.BoolVar(&c.yes, "yes", false, "do not ask whether a fleet of --store may go")
	flags.Uint64Var(&c.seed, "seed", 1, "choose the faults of --simulate by `N`")
	flags.StringVar(&c.journal, "journal", "", "keep the journal in `FILE`, and go on where it ends")
	flags.StringVar(&c.account, "account", "", "the journal is for the account `ID`; needed if the credentials do not tell it")
	flags.StringVar(&c.region, "region", "", "the journal is for `REGION`; that of the configuration if empty")
	flags.BoolVar(&c.newPlan, "new-plan", false, "go on with another plan than the journal's")
	flags.BoolVar(&c.omitUserNames, "omit-user-names", false, "leave user names out of the journal and the report")
	flags.IntVar(&c.budget, "budget", 0, "stop when more than `N` migrations of a wave have failed; with --simulate 0 is no bound")
	flags.StringSliceVar(&c.accept, "accept", nil, "do not skip a WorkSpace for these `CODES`, with commas, such as migrate.snapshot-stale")
	c.paces.flags(cmd)
	cmd.MarkFlagsMutuallyExclusive("simulate", "redis")
	cmd.MarkFlagsMutuallyExclusive("simulate", "journal")
	cmd.MarkFlagsMutuallyExclusive("store", "journal")
	cmd.MarkFlagsMutuallyExclusive("store", "instant")
	cmd.MarkFlagsMutuallyExclusive("journal", "instant")
	cmd.MarkFlagsOneRequired("simulate", "journal", "store")
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
		if c.run {
			if err := cmp.Or(c.checkRun(), c.paces.check(cmd)); err != nil {
				return err
			}
			defer c.paces.close()
		}
		r, err := rules()
		if err != nil {
			return err
		}
		return c.do(cmd.Context(), r)
	}
}

// checkRun completes the flags of a run.
func (c *command) checkRun() error {
	switch {
	case !c.simulate && c.dir == "":
		return errors.New("a run that is no simulation needs the folder of an export")
	case !c.simulate && c.instant:
		return errors.New("--instant is for --simulate")
	case c.speed < 1 || c.speed > 1e6:
		return fmt.Errorf("--speed %v: is not between 1 and 1,000,000", c.speed)
	case c.simulate && !c.instant && c.store == "":
		c.store = defaultStore
	}
	if c.simulate && c.store != "" && !strings.HasPrefix(c.store, "sqlite:") {
		return errors.New("--simulate needs a store in a file: sqlite:FILE")
	}
	return nil
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

// do plans, and runs the plan if that is asked for.
func (c *command) do(ctx context.Context, rules migrate.Rules) error {
	accept, err := c.accepted()
	if err != nil {
		return err
	}
	read := sampleFiles().read
	if c.dir != "" {
		read = func(name string) ([]byte, error) {
			data, _, err := cli.ReadFile(filepath.Join(c.dir, name), nil, maxFile, "a file")
			return data, err
		}
	}
	in, err := readExport(rules, read, c.now())
	if err != nil {
		return err
	}
	policy, ok := map[string]rule.Verdict{"ask": rule.Undocumented, "allow": rule.Allowed, "deny": rule.Denied}[c.undocumented]
	if !ok {
		return fmt.Errorf("--undocumented %q: want ask, allow or deny", c.undocumented)
	}
	in.limits.Undocumented = policy
	plan, err := rules.NewPlan(in.fleet, in.targets, in.limits)
	if err != nil {
		return err
	}
	if !c.run {
		if c.asJSON {
			err = cli.WriteJSON(c.stdout, planReport{plan, in.matches, in.unknown})
		} else {
			err = writePlan(c.stdout, plan, in)
		}
		if err == nil && len(plan.Refused)+len(plan.Undecided)+len(plan.Unassigned) > 0 {
			return cli.Exit(exitRemains)
		}
		return err
	}
	var rep *runner.Report
	switch {
	case c.instant:
		rep, err = c.runSimulated(ctx, plan, in, accept)
	case c.store != "":
		rep, err = c.runStored(ctx, plan, in, accept)
	default:
		rep, err = c.runLive(ctx, plan, accept)
	}
	if rep == nil {
		return err
	}
	if c.asJSON {
		err = errors.Join(err, cli.WriteJSON(c.stdout, rep))
	} else {
		err = errors.Join(err, writeReport(c.stdout, rep))
	}
	if err == nil && rep.Count(runner.Succeeded) < len(rep.Results) {
		return cli.Exit(exitRemains)
	}
	return err
}

// A planReport is a plan with what became of the targets file.
type planReport struct {
	*migrate.Plan
	Rules   []match        `json:"rules,omitempty"`
	Unknown map[string]int `json:"unknown,omitempty"` // WorkSpaces whose target is not known well enough, by what is to be told
}

// maxFile is the most that is read of a file of an export. 100,000 WorkSpaces have some 100 MiB.
const maxFile = 256 << 20
