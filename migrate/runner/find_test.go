package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// A meddler changes what a service answers. What is nil changes nothing.
type meddler struct {
	runner.API
	migrated  func(*workspaces.MigrateWorkspaceOutput)
	described func(*workspaces.DescribeWorkspacesInput, *workspaces.DescribeWorkspacesOutput) error
	snapshots func() error
}

func (m *meddler) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	out, err := m.API.MigrateWorkspace(ctx, in, opts...)
	if err == nil && m.migrated != nil {
		m.migrated(out)
	}
	return out, err
}

func (m *meddler) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, opts ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	out, err := m.API.DescribeWorkspaces(ctx, in, opts...)
	if err == nil && m.described != nil {
		err = m.described(in, out)
	}
	return out, err
}

func (m *meddler) DescribeWorkspaceSnapshots(ctx context.Context, in *workspaces.DescribeWorkspaceSnapshotsInput, opts ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	if m.snapshots != nil {
		if err := m.snapshots(); err != nil {
			return nil, err
		}
	}
	return m.API.DescribeWorkspaceSnapshots(ctx, in, opts...)
}

// meddle runs the plan of a world through a meddler.
func (w *world) meddle(t *testing.T, m *meddler, f *file) (*runner.Report, error) {
	t.Helper()
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	m.API = w.service
	return runner.Run(t.Context(), m, w.plan, j, w.options)
}

// newClockedWorld is newWorld in one wave and in a time of its own.
func newClockedWorld(faults ...fleet.Fault) (*world, *wkstest.Virtual) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorld(clock.Now, max(len(faults), 1), faults...)
	w.options.Clock, w.options.Pace = clock, clock
	return w, clock
}

// One user has several WorkSpaces: the target of one, or a WorkSpace that was there before,
// is not taken for that of another whose request nobody has heard.
func TestTargetsOfOneUser(t *testing.T) {
	silent := runner.Result{Outcome: runner.Failed, Status: migrate.StatusSilent}
	lost := runner.Result{Outcome: runner.Failed, Status: migrate.StatusLost}
	done := func(n int) runner.Result {
		return runner.Result{Outcome: runner.Succeeded, Status: migrate.StatusSucceeded, TargetID: strconv.Itoa(n)} // the n-th that was asked for
	}
	for _, tt := range []struct {
		faults []fleet.Fault
		want   []runner.Result
		answer string // the target that the answer names, or "" for the right one
	}{
		{[]fleet.Fault{fleet.LoseUnheard, fleet.None}, []runner.Result{silent, done(1)}, ""},
		{[]fleet.Fault{fleet.LoseUnheard}, []runner.Result{silent}, ""},
		{[]fleet.Fault{fleet.LoseAccepted}, []runner.Result{done(1)}, ""},
		{[]fleet.Fault{fleet.None}, []runner.Result{done(1)}, "ws-0before1"},
		{[]fleet.Fault{fleet.None}, []runner.Result{done(1)}, "ws-stranger"},
		{[]fleet.Fault{fleet.None}, []runner.Result{done(1)}, "ws-nowhere0"},
		// Whose the second new one is, nobody can tell.
		{[]fleet.Fault{fleet.LoseUnheard, fleet.None, fleet.LoseAccepted}, []runner.Result{silent, done(1), lost}, ""},
	} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		w := newWorld(clock.Now, 3, tt.faults...)
		w.options.Clock, w.options.Pace = clock, clock
		w.service = fleet.New(clock.Now, oldBundle, newBundle) // the same WorkSpaces, of one user
		add := func(id, user, bundle string, f fleet.Fault) {
			w.service.Add(types.Workspace{
				WorkspaceId: &id, BundleId: &bundle, DirectoryId: aws.String("d-0000000001"), UserName: &user, SubnetId: aws.String("subnet-1"), State: types.WorkspaceStateAvailable,
			}, f)
		}
		for i := range w.plan.Waves[0] {
			m := &w.plan.Waves[0][i]
			m.UserName = "jdoe"
			add(m.WorkspaceID, m.UserName, oldBundle, tt.faults[i])
		}
		add("ws-0before1", "jdoe", newBundle, fleet.None)
		w.options.Unrelated = []string{"ws-0before1"}
		add("ws-stranger", "msmith", newBundle, fleet.None)
		j, err := runner.NewJournal(&file{})
		if err != nil {
			t.Fatal(err)
		}
		api := &meddler{API: w.service}
		if tt.answer != "" {
			api.migrated = func(out *workspaces.MigrateWorkspaceOutput) { out.TargetWorkspaceId = &tt.answer }
		}
		rep, err := runner.Run(t.Context(), api, w.plan, j, w.options)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rep.Results {
			want := tt.want[i]
			if n, err := strconv.Atoi(want.TargetID); err == nil {
				want.TargetID = w.service.Targets()[n-1]
			}
			if want.WorkspaceID, want.BundleID, r.Detail = r.WorkspaceID, r.BundleID, ""; r != want {
				t.Errorf("%v: got %+v, want %+v", tt.faults, r, want)
			}
		}
	}
}

// An answer about another WorkSpace is not believed.
func TestAnswerAboutAnother(t *testing.T) {
	w, _ := newClockedWorld("")
	f := &file{}
	rep, err := w.meddle(t, &meddler{migrated: func(out *workspaces.MigrateWorkspaceOutput) {
		out.SourceWorkspaceId, out.TargetWorkspaceId = aws.String("ws-0another"), aws.String("ws-0another2")
	}}, f)
	if err == nil {
		err = w.check(rep, 0)
	}
	if err != nil || bytes.Contains(f.data, []byte("ws-0another2")) {
		t.Errorf("%v\n%s", err, f.data)
	}
}

// Without directory and user a target cannot be looked for, and so its ID is kept though
// nothing is seen for a while.
func TestTargetIsKept(t *testing.T) {
	w, clock := newClockedWorld("")
	start := clock.Now()
	w.plan.Waves[0][0].DirectoryID, w.plan.Waves[0][0].UserName = "", ""
	rep, err := w.meddle(t, &meddler{described: func(_ *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
		for i := range out.Workspaces {
			out.Workspaces[i].DirectoryId, out.Workspaces[i].UserName = nil, nil
		}
		if at := clock.Now().Sub(start); at > 10*time.Minute && at < 40*time.Minute {
			out.Workspaces = nil
		}
		return nil
	}}, &file{})
	w.holds(t, rep, err, 0)
}

// The target of a migration that an earlier run has seen to its end is not taken for that of
// another request of the same user.
func TestTargetOfAnEarlierRun(t *testing.T) {
	w, clock := newClockedWorld("", fleet.LoseUnheard)
	w.service = fleet.New(clock.Now, oldBundle, newBundle)
	for i := range w.plan.Waves[0] {
		m := &w.plan.Waves[0][i]
		m.UserName = "user0"
		w.service.Add(types.Workspace{
			WorkspaceId: &m.WorkspaceID, BundleId: aws.String(oldBundle), DirectoryId: aws.String("d-0000000001"), UserName: aws.String("user0"), SubnetId: &m.SubnetID, State: types.WorkspaceStateAvailable,
		}, w.faults[m.WorkspaceID])
	}
	both := w.plan.Waves[0]
	f := &file{}
	w.plan.Waves[0] = both[:1]
	if rep, err := w.run(t.Context(), f); err != nil || rep.Count(runner.Succeeded) != 1 {
		t.Fatalf("%+v, %v", rep, err)
	}
	w.plan.Waves[0] = both
	w.options.NewPlan = true
	m := &meddler{described: func(in *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
		if in.UserName != nil && w.service.Requests(both[1].WorkspaceID) == 0 {
			out.Workspaces = nil // a list that is not complete, just before the request
		}
		return nil
	}}
	rep, err := w.meddle(t, m, f.again())
	if err != nil || rep.Results[0].Outcome != runner.Succeeded || rep.Results[1].Status != migrate.StatusSilent {
		t.Errorf("%+v, %v", rep, err)
	}
}

// Neither a new WorkSpace of the user with another bundle nor one of two with the target's is
// taken for the target.
func TestTargetIsNotGuessed(t *testing.T) {
	for name, bundles := range map[string][]string{"another bundle": {"wsb-0000that"}, "two": {newBundle, newBundle}} {
		w, _ := newClockedWorld(fleet.LoseUnheard)
		rep, err := w.meddle(t, &meddler{described: func(in *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
			if in.UserName != nil && w.service.Requests("ws-00000000") > 0 {
				for i, b := range bundles {
					out.Workspaces = append(out.Workspaces, types.Workspace{WorkspaceId: aws.String(fmt.Sprint("ws-0after00", i)), BundleId: &b, UserName: in.UserName, DirectoryId: in.DirectoryId})
				}
			}
			return nil
		}}, &file{})
		if err != nil || rep.Results[0].TargetID != "" || rep.Results[0].Status != migrate.StatusSilent {
			t.Errorf("%s: %+v, %v", name, rep, err)
		}
	}
}

// All pages of a list are read.
func TestPages(t *testing.T) {
	w, _ := newClockedWorld("", "", "")
	var rest []types.Workspace
	rep, err := w.meddle(t, &meddler{described: func(in *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
		if in.NextToken != nil {
			out.Workspaces = rest
		}
		if len(out.Workspaces) > 1 {
			out.Workspaces, rest, out.NextToken = out.Workspaces[:1], out.Workspaces[1:], aws.String(fmt.Sprint("more", len(out.Workspaces)))
		}
		return nil
	}}, &file{})
	w.holds(t, rep, err, 0)
}

// A call that the service refuses ends the run at once, one that fails otherwise when
// patience has run out, and a WorkSpace that is gone meanwhile is skipped.
func TestCallsThatFail(t *testing.T) {
	for name, tt := range map[string]struct {
		err      error
		atOnce   bool
		snapshot bool
		outcome  runner.Outcome
	}{
		"denied":                         {&types.AccessDeniedException{}, true, false, runner.NotAsked},
		"broken":                         {errors.New("connection reset"), false, false, runner.NotAsked},
		"denied snapshots":               {&types.AccessDeniedException{}, true, true, runner.NotAsked},
		"snapshots of what is not there": {&types.ResourceNotFoundException{}, true, true, runner.NotReady},
	} {
		w, clock := newClockedWorld("")
		w.options.Patience = 10 * time.Minute
		start, calls := clock.Now(), 0
		fails := func() error { calls++; return tt.err }
		m := &meddler{snapshots: fails}
		if !tt.snapshot {
			m = &meddler{described: func(*workspaces.DescribeWorkspacesInput, *workspaces.DescribeWorkspacesOutput) error { return fails() }}
		}
		rep, err := w.meddle(t, m, &file{})
		if want := tt.outcome != runner.NotReady; errors.Is(err, tt.err) != want || !want && err != nil || rep.Results[0].Outcome != tt.outcome {
			t.Errorf("%s: %+v, %v", name, rep, err)
		}
		if took := clock.Now().Sub(start); (calls == 1) != tt.atOnce || !tt.atOnce && (took < 10*time.Minute || took > 12*time.Minute) {
			t.Errorf("%s: %d calls in %s", name, calls, took)
		}
	}
}
