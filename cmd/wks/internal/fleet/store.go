package fleet

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// defaultStore is the store in which a simulation is kept, unless --store names another.
const defaultStore = "sqlite:wks-simulation.db"

// storeCommands are those that look at what is in a store, or change it.
func (c *command) storeCommands() []*cobra.Command {
	var store, fleet string
	var asJSON bool
	var every time.Duration
	named := func(use, short string, do func(cmd *cobra.Command, s *durable.Store) error) *cobra.Command {
		cmd := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs}
		cmd.Flags().StringVar(&store, "store", defaultStore, "the store at `URL`: sqlite:FILE or postgres://…")
		cmd.Flags().StringVar(&fleet, "fleet", "", "the fleet called `NAME`; needed if the store has several")
		cmd.RunE = func(cmd *cobra.Command, _ []string) error {
			s, err := openStore(cmd.Context(), store)
			if err != nil {
				return err
			}
			defer s.Close()
			if fleet == "" {
				if fleet, err = onlyFleet(s); err != nil {
					return err
				}
			}
			return do(cmd, s)
		}
		return cmd
	}
	status := named("status", "Tell how a fleet stands", func(cmd *cobra.Command, s *durable.Store) error {
		for {
			st, err := s.Status(fleet)
			if err != nil {
				return err
			}
			if asJSON {
				err = cli.WriteJSON(cmd.OutOrStdout(), st)
			} else {
				err = writeStatus(cmd.OutOrStdout(), st)
			}
			if err != nil || every <= 0 || st.Phase == durable.Ended || st.Phase == durable.Failed {
				return err
			}
			select {
			case <-cmd.Context().Done():
				return nil
			case <-time.After(every):
			}
		}
	})
	status.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	status.Flags().DurationVar(&every, "watch", 0, "print it again after each `TIME` such as 10s, until the fleet has ended")
	report := named("report", "List the WorkSpaces of a fleet that have not been migrated", func(cmd *cobra.Command, s *durable.Store) error {
		st, err := s.Status(fleet)
		if err != nil {
			return err
		}
		if asJSON {
			err = cli.WriteJSON(cmd.OutOrStdout(), st.Report)
		} else {
			err = writeReport(cmd.OutOrStdout(), st.Report)
		}
		if err == nil && st.Report.Count(runner.Succeeded) < len(st.Report.Results) {
			return cli.Exit(exitRemains)
		}
		return err
	})
	report.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return []*cobra.Command{
		status, report,
		named("pause", "Let a fleet rest before its next request", func(_ *cobra.Command, s *durable.Store) error { return s.Pause(fleet) }),
		named("resume", "Let a fleet that was paused go on", func(_ *cobra.Command, s *durable.Store) error { return s.Resume(fleet) }),
		named("stop", "Let a fleet end when its wave is done", func(_ *cobra.Command, s *durable.Store) error { return s.Stop(fleet) }),
		c.workCommand(),
	}
}

// openStore opens a store. A file of SQLite is private, as the user names in it are.
func openStore(ctx context.Context, url string) (*durable.Store, error) {
	if name, ok := strings.CutPrefix(url, "sqlite:"); ok && !strings.HasPrefix(name, ":") {
		f, err := cli.OpenPrivate(name, 0)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return nil, err
		}
	}
	return durable.Open(ctx, url)
}

func onlyFleet(s *durable.Store) (string, error) {
	names, err := s.Fleets()
	switch {
	case err != nil:
		return "", err
	case len(names) == 0:
		return "", errors.New("the store has no fleet: start one with run")
	case len(names) > 1:
		return "", fmt.Errorf("the store has several fleets: name one with --fleet, %s", strings.Join(names, ", "))
	}
	return names[0], nil
}

func (c *command) workCommand() *cobra.Command {
	var store string
	cmd := &cobra.Command{
		Use:   "work",
		Short: "Run the fleets of a store with the default AWS configuration, until it is told to end",
		Long: `Work is a worker: it runs what others have started in a store with run, and takes over the fleets of
workers that die. Several may work on one store. It ends, and hands its fleets to the others, at SIGINT and SIGTERM.
` + paceHelp,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&store, "store", "", "the store at `URL`: sqlite:FILE or postgres://…")
	c.paces.flags(cmd)
	_ = cmd.MarkFlagRequired("store") // which fails for an unknown flag alone
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := c.paces.check(cmd); err != nil {
			return err
		}
		defer c.paces.close()
		s, err := openStore(cmd.Context(), store)
		if err != nil {
			return err
		}
		defer s.Close()
		o := c.options
		o.Progress = lines(cmd.OutOrStdout())
		return durable.Work(cmd.Context(), s, durable.Worker{Connect: c.connectPaced, Options: o})
	}
	return cmd
}

// connectTo returns a client for a Region. That it is one of the account, runner finds out where the
// credentials tell it.
func (c *command) connectTo(ctx context.Context, region string) (runner.API, error) {
	if c.connect != nil {
		return c.connect(ctx, region)
	}
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(region))
	if err != nil {
		return nil, err
	}
	return workspaces.NewFromConfig(cfg), nil
}

// lines writes a line for each event but looks.
func lines(w io.Writer) func(runner.Event) {
	return func(e runner.Event) {
		if e.Kind != runner.Looked {
			fmt.Fprintln(w, rule.Printable(strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s %s", e.Time.UTC().Format("2006-01-02 15:04:05"), e.Kind, e.WorkspaceID, e.TargetID, e.Status, e.Detail))))
		}
	}
}

// runStored starts a fleet in a store, or lets it go on, and works on it until it ends.
func (c *command) runStored(ctx context.Context, plan *migrate.Plan, in *input, accept []rule.Code) (*runner.Report, error) {
	s, err := openStore(ctx, c.store)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	o := durable.Order{Name: cmp.Or(c.fleet, fleetName(c.dir)), Plan: plan, FailureBudget: c.budget, Accept: accept, OmitUserNames: c.omitUserNames}
	worker := durable.Worker{Connect: c.connectPaced, Options: c.options}
	if c.simulate {
		o.Account, o.Region, o.FailureBudget = "111122223333", "eu-west-1", cmp.Or(c.budget, len(in.workspaces))
		simulation, err := openSimulation(strings.TrimPrefix(c.store, "sqlite:")+".calls", c, plan, in)
		if err != nil {
			return nil, err
		}
		defer simulation.close()
		worker = simulation.worker()
	} else if o.Account, o.Region, err = c.locate(ctx); err != nil {
		return nil, err
	}
	before, err := s.Status(o.Name)
	if err != nil && !errors.Is(err, durable.ErrNoFleet) {
		return nil, err
	}
	if !c.simulate && !c.yes && (before == nil || before.Phase != durable.Running && before.Phase != durable.Waiting) && !c.agreed(plan) {
		return nil, runner.ErrNotApproved
	}
	if err := s.Start(o); err != nil {
		return nil, err
	}
	if !c.asJSON {
		bars := newBars(c.stdout, terminal.Is(c.stdout), plan)
		if before != nil {
			fmt.Fprintf(c.stdout, "%s goes on: %d of %d migrated\n", o.Name, before.Report.Count(runner.Succeeded), len(before.Report.Results))
			bars.resume(before.Report)
		}
		worker.Options.Progress = bars.event
	}
	working, end := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- durable.Work(working, s, worker) }()
	st, err := s.Wait(ctx, o.Name, 200*time.Millisecond)
	end()
	err = errors.Join(err, <-ended)
	if err != nil {
		if ctx.Err() != nil {
			err = fmt.Errorf("%s rests in %s: run it again, and it goes on", o.Name, storeTitle(c.store))
		}
		return nil, err
	}
	if st.Phase == durable.Failed {
		err = errors.New(st.Error)
	}
	return st.Report, err
}

// storeTitle is a store without what is secret in its URL: neither user and password nor parameters, one of
// which can be a password.
func storeTitle(store string) string {
	if strings.HasPrefix(store, "sqlite:") {
		return store
	}
	u, err := url.Parse(store)
	if err != nil {
		return "the store"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// fleetName is how a fleet is called that nobody names: like the folder of its export.
func fleetName(dir string) string {
	if dir == "" {
		return "sample"
	}
	return filepath.Base(filepath.Clean(dir))
}

// locate returns the account and the Region of the flags, or else those of the credentials and the
// configuration.
func (c *command) locate(ctx context.Context) (account, region string, err error) {
	api, err := c.connectTo(ctx, c.region)
	if err != nil {
		return "", "", err
	}
	account, region = c.account, c.region
	if client, ok := api.(*workspaces.Client); ok {
		known := client.Options()
		region = cmp.Or(region, known.Region)
		if account == "" && known.Credentials != nil {
			credentials, err := known.Credentials.Retrieve(ctx)
			if err != nil {
				return "", "", err
			}
			account = credentials.AccountID
		}
	}
	if account == "" {
		return "", "", errors.New("the credentials do not tell their account: give it with --account")
	}
	return account, region, nil
}

// agreed asks a person whether a fleet may go.
func (c *command) agreed(plan *migrate.Plan) bool {
	fmt.Fprintf(c.stderr, "%d WorkSpaces in %d waves. Their root volumes are destroyed. Go on? [y/N] ", plan.Estimate.Migrations, len(plan.Waves))
	return saidYes(bufio.NewReader(c.stdin))
}

// saidYes reports whether the next line is a yes. A longer line than a buffer of 4096 bytes holds is none, and is passed over.
func saidYes(answers *bufio.Reader) bool {
	line, err := answers.ReadSlice('\n')
	yes := (err == nil || err == io.EOF) && strings.EqualFold(string(bytes.TrimSpace(line)), "y")
	for err == bufio.ErrBufferFull {
		_, err = answers.ReadSlice('\n')
	}
	return yes
}
