package durable_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

const (
	oldBundle = "wsb-00000old"
	newBundle = "wsb-00000new"
	account   = "111122223333"
	region    = "eu-west-1"
)

var start = time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC)

// A world is a service with WorkSpaces, in virtual time, and a plan for them.
type world struct {
	clock   *wkstest.Virtual
	service *fleet.Service
	plan    *migrate.Plan
	faults  map[string]fleet.Fault
}

// newWorld makes waves of a size, with a WorkSpace for each fault.
func newWorld(size int, faults ...fleet.Fault) *world {
	w := &world{clock: wkstest.NewVirtual(start), plan: &migrate.Plan{Edition: migrate.Newest().Edition()}, faults: map[string]fleet.Fault{}}
	w.service = fleet.New(w.clock.Now, oldBundle, newBundle)
	w.service.Add(types.Workspace{ // somebody else's, so that the directory is not empty when all else is lost
		WorkspaceId: aws.String("ws-bystander"), BundleId: aws.String(newBundle), DirectoryId: aws.String("d-0000000001"), UserName: aws.String("bystander"), SubnetId: aws.String("subnet-x"), State: types.WorkspaceStateAvailable,
	}, fleet.None)
	for i, f := range faults {
		m := migrate.Migration{
			WorkspaceID: fmt.Sprintf("ws-%08d", i), SourceBundleID: oldBundle, BundleID: newBundle, DirectoryID: "d-0000000001", UserName: fmt.Sprint("user", i), SubnetID: fmt.Sprint("subnet-", i),
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

func (w *world) order(name string) durable.Order {
	return durable.Order{Name: name, Account: account, Region: region, Plan: w.plan, FailureBudget: 1 << 20}
}

func (w *world) worker() durable.Worker {
	return durable.Worker{
		Connect: func(context.Context, string, string) (runner.API, error) { return w.service, nil },
		Options: runner.Options{Clock: w.clock, Pace: w.clock, PollEvery: 2 * time.Minute},
		Beat:    100 * time.Millisecond,
	}
}

// open opens a store in a new file, or at a URL.
func open(t testing.TB, url string) *durable.Store {
	t.Helper()
	if url == "" {
		url = "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	}
	s, err := durable.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// work runs a worker until the function that it returns is called, or the test ends.
func work(t testing.TB, s *durable.Store, c durable.Worker) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- durable.Work(ctx, s, c) }()
	ended := false
	end = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(end)
	return end
}

// wait waits for the end of a fleet.
func wait(t testing.TB, s *durable.Store, name string) *durable.Status {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	st, err := s.Wait(ctx, name, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	return st
}
