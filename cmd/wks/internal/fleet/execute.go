package fleet

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// runSimulated runs a plan against a service in memory, in virtual time, and keeps nothing.
func (c *command) runSimulated(ctx context.Context, p *migrate.Plan, in *input, accept []rule.Code) (*runner.Report, error) {
	clock := wkstest.NewVirtual(sampleTime)
	service := instantService(clock.Now, p, in, c.seed)
	journal, err := runner.NewJournal(&memory{})
	if err != nil {
		return nil, err
	}
	o := runner.Options{Account: "111122223333", Region: "eu-west-1", Clock: clock, Pace: clock, FailureBudget: cmp.Or(c.budget, len(in.workspaces)), Accept: accept}
	if !c.asJSON {
		o.Progress = newBars(c.stdout, false, p).event
	}
	rep, err := runner.Run(ctx, service, p, journal, o)
	if rep == nil {
		return nil, err
	}
	twice := askedTwice(in.workspaces, service.Accepted)
	throttled, short, _ := service.Counts()
	if !c.asJSON {
		if err := writeSimulated(c.stdout, clock.Now().Sub(sampleTime), twice, short, throttled); err != nil {
			return nil, err
		}
	}
	return rep, errors.Join(err, forbidden(twice, short))
}

// writeSimulated writes how long a simulation took in its own time, and what its service was asked for.
func writeSimulated(w io.Writer, took time.Duration, twice, short, throttled int) error {
	p := terminal.Plain(w)
	p.Blank()
	p.Wrap(0, "", 0, fmt.Sprintf("simulated in %s: %d WorkSpaces requested twice, %d requests without a free address, %d calls throttled",
		took, twice, short, throttled))
	return p.Flush()
}

// forbidden is the error of a simulation whose service was asked for what it must not be.
func forbidden(twice, short int) error {
	if twice > 0 || short > 0 {
		return errors.New("the simulated service was asked for what it must not be")
	}
	return nil
}

// askedTwice counts the WorkSpaces of which more than one request was accepted.
func askedTwice(list []types.Workspace, accepted func(id string) int) (n int) {
	for _, w := range list {
		if accepted(*w.WorkspaceId) > 1 {
			n++
		}
	}
	return n
}

// instantService returns a service for a simulation in virtual time: it keeps to a quota of two calls a second, and loses
// each fiftieth DescribeWorkspaces.
func instantService(now func() time.Time, p *migrate.Plan, in *input, seed uint64) *fleet.Service {
	service := newService(now, p, in, seed)
	service.Quota(2)
	service.LoseDescribes(50)
	return service
}

// newService returns a service with the WorkSpaces of an input, the bundles of a plan and the rules of its edition. The
// steps that the plan wants before are taken as done, and the migration of one in nine has a fault.
func newService(now func() time.Time, p *migrate.Plan, in *input, seed uint64) *fleet.Service {
	service := fleet.New(now)
	for _, m := range slices.Concat(p.Waves...) {
		service.AddBundle(m.BundleID)
	}
	service.Config.Edition, service.FreeAddresses = p.Edition, in.limits.FreeAddresses
	faults := fleet.Faults()
	r := rand.New(rand.NewPCG(seed, 0))
	for _, w := range in.workspaces {
		if props := w.WorkspaceProperties; props != nil && props.ComputeTypeName == types.ComputeValue {
			changed := *props
			changed.ComputeTypeName = types.ComputeStandard
			w.WorkspaceProperties = &changed
		}
		fault := fleet.None
		if r.IntN(9) == 0 {
			fault = faults[r.IntN(len(faults))]
		}
		service.Add(w, fault)
	}
	return service
}

// memory is a journal's file that is not kept.
type memory struct{ bytes.Buffer }

func (*memory) Seek(int64, int) (int64, error) { return 0, nil }
func (*memory) Truncate(int64) error           { return nil }
func (*memory) Sync() error                    { return nil }

// runLive runs a plan against AWS, and asks before each wave.
func (c *command) runLive(ctx context.Context, p *migrate.Plan, accept []rule.Code) (rep *runner.Report, err error) {
	account, region, err := c.locate(ctx)
	if err != nil {
		return nil, err
	}
	api, err := c.connectPaced(ctx, account, region)
	if err != nil {
		return nil, err
	}
	journal, err := runner.OpenJournal(c.journal)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, journal.Close()) }()
	answers := bufio.NewReader(c.stdin)
	o := c.options
	o.Account, o.Region, o.NewPlan, o.OmitUserNames = account, region, c.newPlan, c.omitUserNames
	o.FailureBudget, o.Accept = c.budget, accept
	o.Approve = func(wave int, left []migrate.Migration) bool {
		fmt.Fprintf(c.stderr, "wave %d of %d: %d WorkSpaces, %s to %s. Their root volumes are destroyed. Go on? [y/N] ",
			wave+1, len(p.Waves), len(left), left[0].WorkspaceID, left[len(left)-1].WorkspaceID)
		return saidYes(answers)
	}
	if !c.asJSON {
		o.Progress = newBars(c.stdout, terminal.Is(c.stdout), p).resume(journal.Report(p)).event
	}
	return runner.Run(ctx, api, p, journal, o)
}
