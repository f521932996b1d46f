package runner_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

const (
	oldBundle = "wsb-00000old"
	newBundle = "wsb-00000new"
)

// wants is how a migration with a fault ends, and for a failure as what.
var wants = map[fleet.Fault]struct {
	outcome runner.Outcome
	status  migrate.Status
}{
	fleet.None:         {runner.Succeeded, migrate.StatusSucceeded},
	fleet.Refuse:       {runner.Failed, ""},
	fleet.Throttle:     {runner.Succeeded, migrate.StatusSucceeded},
	fleet.LoseAccepted: {runner.Succeeded, migrate.StatusSucceeded},
	fleet.LoseUnheard:  {runner.Failed, migrate.StatusSilent},
	fleet.Silent:       {runner.Failed, migrate.StatusSilent},
	fleet.RollBack:     {runner.Failed, migrate.StatusRolledBack},
	fleet.Vanish:       {runner.Failed, migrate.StatusLost},
	fleet.Hang:         {runner.Failed, migrate.StatusOverdue},
	fleet.Slow:         {runner.Succeeded, migrate.StatusSucceeded},
	fleet.Late:         {runner.Succeeded, migrate.StatusSucceeded},
	fleet.DuplicateID:  {runner.Succeeded, migrate.StatusSucceeded},
	fleet.SameID:       {runner.Succeeded, migrate.StatusSucceeded},
	fleet.Blink:        {runner.Succeeded, migrate.StatusSucceeded},
	fleet.NoSnapshot:   {runner.NotReady, ""},
	fleet.Unhealthy:    {runner.NotReady, ""},
}

// A world is a service with a WorkSpace for each fault, and a plan for them.
type world struct {
	service *fleet.Service
	plan    *migrate.Plan
	faults  map[string]fleet.Fault
	options runner.Options
}

// options are those of a run in the account and Region of the tests, without a budget.
func options() runner.Options {
	return runner.Options{Account: "111122223333", Region: "eu-west-1", FailureBudget: 1000, PollEvery: 2 * time.Minute}
}

// newWorld makes waves of a size. It must be called in the time in which the run is.
func newWorld(now func() time.Time, size int, faults ...fleet.Fault) *world {
	return newWorldIn(now, size, func(i int) string { return fmt.Sprint("subnet-", i) }, faults...)
}

// newWorldIn is newWorld with the subnet of each WorkSpace.
func newWorldIn(now func() time.Time, size int, subnet func(int) string, faults ...fleet.Fault) *world {
	w := &world{
		service: fleet.New(now, oldBundle, newBundle), plan: &migrate.Plan{Edition: migrate.Newest().Edition()}, faults: map[string]fleet.Fault{},
		options: options(),
	}
	w.service.Add(types.Workspace{ // somebody else's, so that the directory is not empty when all else is lost
		WorkspaceId: aws.String("ws-bystander"), BundleId: aws.String(newBundle), DirectoryId: aws.String("d-0000000001"), UserName: aws.String("bystander"), SubnetId: aws.String("subnet-x"), State: types.WorkspaceStateAvailable,
	}, fleet.None)
	for i, f := range faults {
		m := migrate.Migration{
			WorkspaceID: fmt.Sprintf("ws-%08d", i), SourceBundleID: oldBundle, BundleID: newBundle, DirectoryID: "d-0000000001", UserName: fmt.Sprint("user", i), SubnetID: subnet(i),
		}
		w.faults[m.WorkspaceID] = f
		w.service.Add(types.Workspace{
			WorkspaceId: aws.String(m.WorkspaceID), BundleId: aws.String(oldBundle), DirectoryId: aws.String("d-0000000001"), UserName: aws.String(m.UserName), SubnetId: aws.String(m.SubnetID),
			State: types.WorkspaceStateAvailable, WorkspaceProperties: &types.WorkspaceProperties{OperatingSystemName: types.OperatingSystemNameWindowsServer2016, ComputeTypeName: types.ComputeStandard},
		}, f)
		if i%size == 0 {
			w.plan.Waves = append(w.plan.Waves, nil)
		}
		last := len(w.plan.Waves) - 1
		w.plan.Waves[last] = append(w.plan.Waves[last], m)
	}
	return w
}

// run runs the plan with a journal in a file.
func (w *world) run(ctx context.Context, f *file) (*runner.Report, error) {
	j, err := runner.NewJournal(f)
	if err != nil {
		return nil, err
	}
	return runner.Run(ctx, w.service, w.plan, j, w.options)
}

// holds reports what went wrong in a run, and else what check does.
func (w *world) holds(t *testing.T, rep *runner.Report, err error, deaths int) {
	t.Helper()
	if err == nil {
		err = w.check(rep, deaths)
	}
	if err != nil {
		t.Error(err)
	}
}

// check tells what is wrong with a report at the end of all runs: a WorkSpace that was
// requested twice or forgotten, or another end than its fault has. A request of which an hour
// has shown nothing may be made again as often as the process died.
func (w *world) check(rep *runner.Report, deaths int) error {
	if len(rep.Results) != len(w.faults) {
		return fmt.Errorf("%d results of %d WorkSpaces", len(rep.Results), len(w.faults))
	}
	for i, res := range rep.Results {
		f, ok := w.faults[res.WorkspaceID]
		if !ok || i > 0 && res.WorkspaceID <= rep.Results[i-1].WorkspaceID {
			return fmt.Errorf("%s is not in the plan, or out of order", res.WorkspaceID)
		}
		most := 1
		if f == fleet.Refuse || f == fleet.Silent || f == fleet.RollBack || f == fleet.LoseUnheard {
			most += deaths
		}
		if twice, requests := w.service.Twice(res.WorkspaceID), w.service.Requests(res.WorkspaceID); twice > 0 || requests > most {
			return fmt.Errorf("%s (%s) was requested %d times, and %d times while it was in flight", res.WorkspaceID, f, requests, twice)
		}
		if want := wants[f]; res.Outcome != want.outcome || res.Status != want.status && deaths == 0 {
			return fmt.Errorf("%s (%s) is %s, %s: %s; want %s, %s", res.WorkspaceID, f, res.Outcome, res.Status, res.Detail, want.outcome, want.status)
		}
	}
	if _, _, retries := w.service.Counts(); retries > 0 {
		return fmt.Errorf("%d requests let the SDK retry", retries)
	}
	return nil
}

// every has each fault, with sound WorkSpaces between.
func every() []fleet.Fault {
	var all []fleet.Fault
	for i, f := range fleet.Faults() {
		if all = append(all, f); i%4 == 0 {
			all = append(all, fleet.None)
		}
	}
	return all
}

func TestEveryFault(t *testing.T) {
	for f := range wants {
		if !slices.Contains(fleet.Faults(), f) {
			t.Errorf("%s is no fault", f)
		}
	}
	if len(wants) != len(fleet.Faults()) {
		t.Error("a fault without an expectation")
	}
	for _, size := range []int{1, 4, 25} {
		for _, fails := range []int{0, 7} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(time.Now, size, every()...)
				w.service.LoseDescribes(fails)
				f := &file{}
				rep, err := w.run(t.Context(), f)
				if err == nil {
					err = w.check(rep, 0)
				}
				if err != nil {
					t.Errorf("waves of %d: %v", size, err)
				}
				if f.syncs < f.writes {
					t.Errorf("%d writes, %d syncs", f.writes, f.syncs)
				}
				// A second run with the journal has nothing to do but what was not ready.
				again, err := w.run(t.Context(), f.again())
				if err == nil {
					err = w.check(again, 0)
				}
				if err != nil {
					t.Errorf("waves of %d, again: %v", size, err)
				}
			})
		}
	}
}

type waiter func(context.Context) error

func (w waiter) Wait(ctx context.Context) error { return w(ctx) }

// With the defaults no call is throttled by the documented bucket.
func TestPaceIsThatOfTheService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(time.Now, 25, make([]fleet.Fault, 60)...)
		w.service.Quota(2)
		rep, err := w.run(t.Context(), &file{})
		if err == nil {
			err = w.check(rep, 0)
		}
		if throttled, _, _ := w.service.Counts(); err != nil || throttled > 0 {
			t.Errorf("%d calls were throttled, %v", throttled, err)
		}
	})
}

// paced is an API with a pace.
type paced struct {
	runner.API
	pace waiter
}

func (p paced) Pace() throttle.Waiter { return p.pace }

// The pace of an API is asked before each call, unless the options have one.
func TestPaceOfTheAPI(t *testing.T) {
	for _, own := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(time.Now, 25, make([]fleet.Fault, 10)...)
			asked, other := 0, 0
			if own {
				w.options.Pace = waiter(func(context.Context) error { other++; return nil })
			}
			j, err := runner.NewJournal(&file{})
			if err != nil {
				t.Fatal(err)
			}
			api := paced{w.service, func(context.Context) error { asked++; return nil }}
			rep, err := runner.Run(t.Context(), api, w.plan, j, w.options)
			if err == nil {
				err = w.check(rep, 0)
			}
			if (asked > 30) == own || (other > 30) != own || asked > 0 && other > 0 || err != nil {
				t.Errorf("own pace %t: the API's was asked %d times, the other %d, %v", own, asked, other, err)
			}
		})
	}
}

// A service that throttles more than the run paces is still asked once for each WorkSpace.
func TestThrottledThroughout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(time.Now, 25, make([]fleet.Fault, 10)...)
		w.service.Quota(0.5)
		rep, err := w.run(t.Context(), &file{})
		if err == nil {
			err = w.check(rep, 0)
		}
		if throttled, _, _ := w.service.Counts(); err != nil || throttled == 0 {
			t.Errorf("%d calls were throttled, %v", throttled, err)
		}
	})
}

func TestFailureBudget(t *testing.T) {
	faults := []fleet.Fault{"", fleet.Refuse, "", fleet.Silent, "", "", fleet.Refuse, "", ""}
	for _, tt := range []struct {
		budget                   int
		succeeded, failed, asked int
	}{
		{0, 1, 1, 2}, // the refusal stops the first wave at once
		{1, 2, 2, 4}, // the silent one stops the plan after the first wave
		{2, 6, 3, 9},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(time.Now, 4, faults...)
			w.options.FailureBudget = tt.budget
			f := &file{}
			for range 2 { // a second run does not go on either
				rep, err := w.run(t.Context(), f)
				if stopped := tt.asked < len(faults); errors.Is(err, runner.ErrBudget) != stopped || !stopped && err != nil {
					t.Fatalf("budget %d: error %v", tt.budget, err)
				}
				if s, x, n := rep.Count(runner.Succeeded), rep.Count(runner.Failed), rep.Count(runner.NotAsked); s != tt.succeeded || x != tt.failed || n != len(faults)-tt.asked {
					t.Errorf("budget %d: %d succeeded, %d failed, %d not asked", tt.budget, s, x, n)
				}
				f = f.again()
			}
		})
	}
}

func TestApprove(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorld(clock.Now, 2, make([]fleet.Fault, 6)...)
	var asked []string
	w.options.Clock, w.options.Pace = clock, clock
	w.options.Approve = func(wave int, left []migrate.Migration) bool {
		asked = append(asked, fmt.Sprint(wave, ":", len(left)))
		return wave < 1
	}
	f := &file{}
	rep, err := w.run(t.Context(), f)
	if !errors.Is(err, runner.ErrNotApproved) || rep.Count(runner.Succeeded) != 2 || rep.Count(runner.NotAsked) != 4 || strings.Join(asked, " ") != "0:2 1:2" {
		t.Errorf("%v, asked %v, %+v", err, asked, rep)
	}
	w.options.Approve = func(int, []migrate.Migration) bool { return true }
	if rep, err = w.run(t.Context(), f.again()); err != nil || w.check(rep, 0) != nil {
		t.Errorf("%v, %v", err, w.check(rep, 0))
	}
}

// jumping is a clock that shows whatever it likes and lets time pass as it should.
type jumping struct {
	*wkstest.Virtual
	n int
}

func (c *jumping) Now() time.Time {
	c.n++
	return c.Virtual.Now().Add(time.Duration(c.n%5-2) * 20 * time.Minute)
}

// The end of a migration does not depend on what the clock shows.
func TestClockJumps(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorld(clock.Now, 5, every()...)
	w.options.Clock, w.options.Pace = &jumping{Virtual: clock}, clock
	rep, err := w.run(t.Context(), &file{})
	w.holds(t, rep, err, 0)
}

// What the plan takes for granted is looked at again.
func TestWhatHasChangedIsSkipped(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil  func(m *migrate.Migration)
		option func(o *runner.Options)
		ready  bool
	}{
		"nothing":                    {func(*migrate.Migration) {}, nil, true},
		"it is gone":                 {func(m *migrate.Migration) { m.WorkspaceID = "ws-99999999" }, nil, false},
		"it has another bundle":      {func(m *migrate.Migration) { m.SourceBundleID = "wsb-0000that" }, nil, false},
		"it has the target's bundle": {func(m *migrate.Migration) { m.SourceBundleID, m.BundleID = "wsb-0000that", oldBundle }, nil, false},
		"it has left Value":          {func(m *migrate.Migration) { m.Before = []migrate.Task{migrate.LeaveValue} }, nil, true},
		"somebody is connected": {func(*migrate.Migration) {}, func(o *runner.Options) {
			o.Situate = func(_ context.Context, s *migrate.Situation) error {
				s.Connection = types.ConnectionStateConnected
				return nil
			}
		}, false},
		"somebody is connected, and that is accepted": {func(*migrate.Migration) {}, func(o *runner.Options) {
			o.Accept = []rule.Code{migrate.UserConnected}
			o.Situate = func(_ context.Context, s *migrate.Situation) error {
				s.Connection = types.ConnectionStateConnected
				return nil
			}
		}, true},
	} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		w := newWorld(clock.Now, 1, fleet.None)
		w.options.Clock, w.options.Pace = clock, clock
		tt.spoil(&w.plan.Waves[0][0])
		if tt.option != nil {
			tt.option(&w.options)
		}
		f := &file{}
		rep, err := w.run(t.Context(), f)
		want := runner.NotReady
		if tt.ready {
			want = runner.Succeeded
		}
		if err != nil || rep.Results[0].Outcome != want || (f.writes > 1) != tt.ready {
			t.Errorf("%s: %+v, %v", name, rep, err)
		}
	}
}

// A migration of the journal is followed though the plan does not have it.
func TestJournalBeyondThePlan(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorld(clock.Now, 3, "", "", "")
	w.options.Clock, w.options.Pace = clock, clock
	f := &file{crashAt: 5}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	w.plan.Waves = [][]migrate.Migration{w.plan.Waves[0][2:]}
	w.options.NewPlan = true
	rep, err := w.run(t.Context(), f.again())
	w.holds(t, rep, err, 1)
}

// A migration that does not end keeps its address and its grants, and later waves must do
// without them.
func TestOverdueHoldsItsRoom(t *testing.T) {
	for _, key := range []bool{false, true} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		w := newWorldIn(clock.Now, 1, func(int) string { return "subnet-1" }, fleet.Hang, fleet.None, fleet.None)
		w.options.Clock, w.options.Pace = clock, clock
		w.service.FreeAddresses = map[string]int{"subnet-1": 1}
		for i := range w.plan.Waves {
			if m := &w.plan.Waves[i][0]; key {
				m.SubnetID = fmt.Sprint("subnet-", i)
				m.Key, m.Grants = "key", 3
			}
		}
		f := &file{}
		for _, want := range []runner.Outcome{runner.NotReady, runner.NotReady, runner.Succeeded} {
			rep, err := w.run(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if _, short, _ := w.service.Counts(); short > 0 || rep.Results[0].Status != migrate.StatusOverdue || rep.Results[1].Outcome != want || rep.Results[2].Outcome != want {
				t.Fatalf("%d requests found no address, %+v, want %s", short, rep.Results, want)
			}
			f = f.again()
			if want == runner.NotReady && clock.Now().Sub(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)) > 3*time.Hour {
				if err := clock.Sleep(t.Context(), 1000*time.Hour); err != nil { // it ends at last
					t.Fatal(err)
				}
			}
			if err := clock.Sleep(t.Context(), time.Hour); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestRunInput(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	open, err := runner.NewJournal(&file{})
	if err != nil {
		t.Fatal(err)
	}
	service, plan := fleet.New(clock.Now, oldBundle, newBundle), &migrate.Plan{Edition: migrate.Newest().Edition()}
	for _, tt := range []struct {
		at      rule.Path
		api     runner.API
		plan    *migrate.Plan
		journal *runner.Journal
	}{
		{"API", nil, plan, open}, {"API", (*fleet.Service)(nil), plan, open}, {"Plan", service, nil, open}, {"Journal", service, plan, nil}, {"Journal", service, plan, &runner.Journal{}},
	} {
		var input *rule.InputError
		if rep, err := runner.Run(t.Context(), tt.api, tt.plan, tt.journal, runner.Options{}); rep != nil || !errors.As(err, &input) || input.Path != tt.at {
			t.Errorf("without %s: %v, %v", tt.at, rep, err)
		}
	}
	for name, spoil := range map[string]func(p *migrate.Plan){
		"twice":      func(p *migrate.Plan) { p.Waves = append(p.Waves, p.Waves[0]) },
		"no bundle":  func(p *migrate.Plan) { p.Waves[0][0].BundleID = "" },
		"no edition": func(p *migrate.Plan) { p.Edition = rule.Edition{} },
	} {
		w := newWorld(clock.Now, 1, "")
		spoil(w.plan)
		var input *rule.InputError
		if rep, err := w.run(t.Context(), &file{}); rep != nil || !errors.As(err, &input) {
			t.Errorf("%s: %v, %v", name, rep, err)
		}
	}
	for at, o := range map[rule.Path]runner.Options{
		"Options.Account": {Account: "1234", Region: "eu-west-1"}, "Options.Region": {Account: "111122223333"},
		"Options.PollEvery": {PollEvery: -1}, "Options.Patience": {Patience: -1}, "Options.FailureBudget": {FailureBudget: -1},
	} {
		w := newWorld(clock.Now, 1, "")
		w.options = o
		var input *rule.InputError
		if rep, err := w.run(t.Context(), &file{}); rep != nil || !errors.As(err, &input) || input.Path != at {
			t.Errorf("%s: %v, %v", at, rep, err)
		}
	}
}
