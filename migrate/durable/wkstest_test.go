//go:build unix

package durable_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// The client of the SDK moves a fleet on a server that keeps to the rules and has every fault: none is asked for
// twice once it was accepted, and none is lost.
func TestSizeOnServer(t *testing.T) {
	clock := wkstest.NewVirtual(start)
	config := wkstest.Config{Now: clock.Now, Record: true, Seed: 1}
	for _, k := range []wkstest.FaultKind{wkstest.Silent, wkstest.RollBack, wkstest.Vanish, wkstest.Hang, wkstest.Slow, wkstest.Late, wkstest.DuplicateID, wkstest.SameID, wkstest.Blink,
		wkstest.Unheard, wkstest.Lost, wkstest.Broken, wkstest.Throttled, wkstest.Refused} {
		config.Faults = append(config.Faults, wkstest.Fault{Kind: k, Operations: []string{"MigrateWorkspace"}, Share: 0.01})
	}
	for _, k := range []wkstest.FaultKind{wkstest.Unheard, wkstest.Lost, wkstest.Broken, wkstest.Unavailable, wkstest.Throttled} {
		config.Faults = append(config.Faults, wkstest.Fault{Kind: k, Operations: []string{"DescribeWorkspaces", "DescribeWorkspaceSnapshots"}, Share: 0.005})
	}
	server, err := wkstest.New(config)
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client(region, func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
	from := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2025, types.ProtocolWsp)
	plan := &migrate.Plan{Edition: migrate.Newest().Edition()}
	for first := 0; first < *size; first += 25 {
		in := &workspaces.CreateWorkspacesInput{}
		for i := first; i < min(first+25, *size); i++ {
			in.Workspaces = append(in.Workspaces, types.WorkspaceRequest{DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: &from, UserName: aws.String(fmt.Sprint("user", i))})
		}
		out, err := client.CreateWorkspaces(t.Context(), in)
		if err != nil || len(out.FailedRequests) > 0 {
			t.Fatal(err, out)
		}
		var wave []migrate.Migration
		for _, w := range out.PendingRequests {
			wave = append(wave, migrate.Migration{WorkspaceID: *w.WorkspaceId, SourceBundleID: from, BundleID: to, DirectoryID: *w.DirectoryId, UserName: *w.UserName, SubnetID: fmt.Sprint("subnet-", *w.WorkspaceId)}) // a migration that hangs holds an address of nobody else
		}
		plan.Waves = append(plan.Waves, wave)
	}
	if err := clock.Sleep(t.Context(), 25*time.Hour); err != nil { // until there are snapshots
		t.Fatal(err)
	}
	s := open(t, "sqlite:"+filepath.Join(t.TempDir(), "fleet.db"))
	work(t, s, durable.Worker{
		Connect: func(context.Context, string, string) (runner.API, error) { return client, nil },
		Options: runner.Options{Clock: clock, Pace: clock, PollEvery: 5 * time.Minute},
		Beat:    100 * time.Millisecond,
	})
	if err := s.Start(durable.Order{Name: "fleet", Account: account, Region: region, Plan: plan, FailureBudget: 25, Accept: []rule.Code{migrate.SnapshotStale}}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	st, err := s.Wait(ctx, "fleet", 200*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	rep := st.Report
	if st.Phase != durable.Ended || len(rep.Results) != *size || rep.Count(runner.NotAsked)+rep.Count(runner.Following) > 0 || rep.Count(runner.Succeeded) < *size*3/4 {
		t.Errorf("%s %s: of %d %d succeeded, %d failed, %d not ready, %d not asked, %d in flight", st.Phase, st.Error, len(rep.Results),
			rep.Count(runner.Succeeded), rep.Count(runner.Failed), rep.Count(runner.NotReady), rep.Count(runner.NotAsked), rep.Count(runner.Following))
	}
	accepted := map[string]int{}
	for _, call := range server.Log() {
		if call.Operation == "MigrateWorkspace" && (call.Outcome == wkstest.Served || call.Outcome == wkstest.Loss) {
			accepted[call.Workspaces[0]]++
		}
	}
	for id, n := range accepted {
		if n > 1 {
			t.Errorf("%s was asked for %d times after it was accepted", id, n)
		}
	}
	t.Logf("%d WorkSpaces: %d accepted, %d succeeded, %d failed, %d not ready", *size, len(accepted), rep.Count(runner.Succeeded), rep.Count(runner.Failed), rep.Count(runner.NotReady))
}
