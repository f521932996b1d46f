package runner_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// A ledger is a service that looks nothing up in a list. It migrates at once, unless answer says otherwise.
type ledger struct {
	byID   map[string]types.Workspace
	byUser map[string][]string
	answer func(source string) (hangs bool, err error) // nil migrates and answers
}

func (s *ledger) add(w types.Workspace) {
	s.byID[*w.WorkspaceId] = w
	s.byUser[*w.UserName] = append(s.byUser[*w.UserName], *w.WorkspaceId)
}

func (s *ledger) MigrateWorkspace(_ context.Context, in *workspaces.MigrateWorkspaceInput, _ ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	source := s.byID[*in.SourceWorkspaceId]
	hangs, err := false, error(nil)
	if s.answer != nil {
		hangs, err = s.answer(*source.WorkspaceId)
	}
	if refused := (*types.OperationNotSupportedException)(nil); errors.As(err, &refused) || errors.Is(err, errUnheard) {
		return nil, err
	}
	target := source
	target.WorkspaceId, target.BundleId = new(strings.Replace(*source.WorkspaceId, "ws-0", "ws-1", 1)), in.BundleId
	if hangs {
		target.State = types.WorkspaceStatePending
	} else {
		delete(s.byID, *source.WorkspaceId)
	}
	s.add(target)
	if err != nil {
		return nil, err
	}
	return &workspaces.MigrateWorkspaceOutput{SourceWorkspaceId: source.WorkspaceId, TargetWorkspaceId: target.WorkspaceId}, nil
}

func (s *ledger) DescribeWorkspaces(_ context.Context, in *workspaces.DescribeWorkspacesInput, _ ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	out := &workspaces.DescribeWorkspacesOutput{}
	ids := in.WorkspaceIds
	if in.UserName != nil {
		ids = s.byUser[*in.UserName]
	} else if in.DirectoryId != nil {
		for _, w := range s.byID {
			out.Workspaces = append(out.Workspaces, w)
			break
		}
	}
	for _, id := range ids {
		if w, ok := s.byID[id]; ok {
			out.Workspaces = append(out.Workspaces, w)
		}
	}
	return out, nil
}

func (s *ledger) DescribeWorkspaceSnapshots(context.Context, *workspaces.DescribeWorkspaceSnapshotsInput, ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	return &workspaces.DescribeWorkspaceSnapshotsOutput{RebuildSnapshots: []types.Snapshot{{SnapshotTime: new(beginning)}}}, nil
}

var (
	errUnheard = errors.New("unheard")
	errLost    = errors.New("lost")
	beginning  = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
)

// A fleetRun is a ledger with n WorkSpaces, each of a user of its own, and a plan of them.
type fleetRun struct {
	n       int
	service *ledger
	plan    *migrate.Plan
	options runner.Options
	file    *file
}

// newFleetRun makes waves of a size.
func newFleetRun(n, size int) *fleetRun {
	f := &fleetRun{n: n, service: &ledger{byID: map[string]types.Workspace{}, byUser: map[string][]string{}}, plan: &migrate.Plan{Edition: migrate.Newest().Edition()}, options: options(), file: &file{}}
	f.options.FailureBudget, f.options.PollEvery = n, 20*time.Minute
	var all []migrate.Migration
	for i := range n {
		m := migrate.Migration{
			WorkspaceID: fmt.Sprintf("ws-0%08d", i), SourceBundleID: oldBundle, BundleID: newBundle, DirectoryID: "d-0000000001", UserName: fmt.Sprint("user", i), SubnetID: "subnet-1", Key: "key", Grants: 2,
		}
		all = append(all, m)
		f.service.add(types.Workspace{
			WorkspaceId: new(m.WorkspaceID), BundleId: new(oldBundle), DirectoryId: new(m.DirectoryID), UserName: new(m.UserName), SubnetId: new(m.SubnetID), State: types.WorkspaceStateAvailable,
		})
	}
	for wave := range slices.Chunk(all, size) {
		f.plan.Waves = append(f.plan.Waves, slices.Clone(wave))
	}
	return f
}

// run runs the plan, and panics unless so many results have an outcome. A second call is a second run with the journal.
func (f *fleetRun) run(outcome runner.Outcome, want int) {
	f.file = f.file.again()
	j, err := runner.NewJournal(f.file)
	if err != nil {
		panic(err)
	}
	clock := wkstest.NewVirtual(beginning)
	f.options.Clock, f.options.Pace = clock, waiter(func(context.Context) error { return nil })
	rep, err := runner.Run(context.Background(), f.service, f.plan, j, f.options)
	if err != nil {
		panic(err)
	}
	if got := rep.Count(outcome); got != want {
		panic(fmt.Sprintf("%d of %d are %s, want %d", got, f.n, outcome, want))
	}
}

// asked is a run with waves of a size and an answer to every request.
func asked(size int, outcome runner.Outcome, answer func(source string) (bool, error)) func(n int) {
	return func(n int) {
		f := newFleetRun(n, min(size, n))
		f.service.answer = answer
		f.run(outcome, n)
	}
}

func fails(err error) func(string) (bool, error) {
	return func(string) (bool, error) { return false, err }
}

const oneWave = 1 << 20

// records returns a journal of n requests, each with what comes after it.
func records(n int, after ...string) string {
	var all []string
	for i := range n {
		for _, r := range append([]string{request}, after...) {
			all = append(all, strings.ReplaceAll(strings.ReplaceAll(r, "ws-0000000a", fmt.Sprintf("ws-0%08d", i)), "ws-0000000b", fmt.Sprintf("ws-1%08d", i)))
		}
	}
	var b strings.Builder
	b.WriteString(line(1, opened))
	for i, r := range all {
		b.WriteString(line(i+2, r))
	}
	return b.String()
}

func readJournal(text string) error {
	_, err := runner.NewJournal(&file{data: []byte(text)})
	return err
}

var linearCases = map[string]func(n int){
	"Run":               asked(25, runner.Succeeded, nil),
	"Run, one wave":     asked(oneWave, runner.Succeeded, nil),
	"Run, waves of one": asked(1, runner.Succeeded, nil),
	"Run, refused":      asked(25, runner.Failed, fails(&types.OperationNotSupportedException{})),
	"Run, lost":         asked(oneWave, runner.Succeeded, fails(errLost)),
	"Run, unheard":      asked(oneWave, runner.Failed, fails(errUnheard)),
	"Run, again without a budget": func(n int) {
		f := newFleetRun(n, 1)
		f.service.answer = fails(&types.OperationNotSupportedException{})
		f.run(runner.Failed, n)
		f.options.FailureBudget = 0
		f.run(runner.Failed, n)
	},
	"Run, beside what has not ended": func(n int) {
		f := newFleetRun(n, n-1)
		f.plan.Waves[0], f.plan.Waves[1] = f.plan.Waves[1], f.plan.Waves[0] // one, and then all others
		first := f.plan.Waves[0][0].WorkspaceID
		f.service.answer = func(source string) (bool, error) { return source == first, nil }
		f.run(runner.Succeeded, n-2) // one has no end, and one no room beside it
	},
	"Run, one user without answers": func(n int) {
		f := newFleetRun(n, n)
		for i := range f.plan.Waves[0] {
			m := &f.plan.Waves[0][i]
			f.service.byUser[m.UserName] = []string{m.WorkspaceID} // the lists of users are no list of all
			w := f.service.byID[m.WorkspaceID]
			w.UserName = new("user")
			f.service.byID[m.WorkspaceID] = w
		}
		f.service.answer = fails(errUnheard)
		f.run(runner.Failed, n)
	},
	"Run, unrelated": func(n int) {
		f := newFleetRun(n, 25)
		for i := range n {
			id := fmt.Sprintf("ws-2%08d", i)
			f.options.Unrelated = append(f.options.Unrelated, id)
			f.service.add(types.Workspace{WorkspaceId: &id, BundleId: new(newBundle), DirectoryId: new("d-0000000001"), UserName: new(fmt.Sprint("user", i)), State: types.WorkspaceStateAvailable})
		}
		f.run(runner.Succeeded, n)
	},
	"Run, a directory each": func(n int) {
		f := newFleetRun(n, 25)
		for _, wave := range f.plan.Waves {
			for i := range wave {
				wave[i].DirectoryID = "d-" + wave[i].WorkspaceID
				w := f.service.byID[wave[i].WorkspaceID]
				w.DirectoryId = &wave[i].DirectoryID
				f.service.byID[wave[i].WorkspaceID] = w
			}
		}
		f.run(runner.Succeeded, n)
	},
	"Run, all in flight": func(n int) {
		f := newFleetRun(n, n)
		f.file.data = []byte(records(n))
		f.options.NewPlan = true
		f.plan.Waves = nil
		f.run(runner.NotReady, n) // it may have been killed before each request
	},
	"Run, one WorkSpace": func(n int) {
		f := newFleetRun(n, n)
		for i := range f.plan.Waves[0] {
			f.plan.Waves[0][i].WorkspaceID = "ws-00000000"
		}
		j, err := runner.NewJournal(f.file)
		if err != nil {
			panic(err)
		}
		_, _ = runner.Run(context.Background(), f.service, f.plan, j, f.options)
	},
	"NewJournal":          func(n int) { _ = readJournal(records(n, accepted, ended)) },
	"NewJournal, torn":    func(n int) { text := records(n); _ = readJournal(text[:len(text)-9]) },
	"NewJournal, altered": func(n int) { _ = readJournal(records(n) + strings.Repeat("x", 100*n) + "\n") },
	"NewJournal, zeros":   func(n int) { _ = readJournal(records(n) + strings.Repeat("\x00", 50*n)) },
	"NewJournal, one line": func(n int) {
		for range n { // a line is read to its bound
			_ = readJournal(`{"n":1,` + strings.Repeat(`{"a":[`, 50))
		}
	},
	"Count": func(n int) {
		rep := runner.Report{Results: make([]runner.Result, n)}
		if rep.Count(runner.Outcome("")) != n {
			panic("a result is not counted")
		}
	},
	"Report": func(n int) {
		j, err := runner.NewJournal(&file{data: []byte(records(n, accepted))})
		if err != nil {
			panic(err)
		}
		j.Report(newFleetRun(2*n, 25).plan)
	},
}

func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"migrate/runner", "migrate"}, linearCases)
}

func TestLinearCases(t *testing.T) {
	lineartest.Complete(t, linearCases)
}
