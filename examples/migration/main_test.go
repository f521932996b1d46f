package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// pace lets two calls a second pass on a clock.
type pace struct{ *wkstest.Virtual }

func (p pace) Wait(ctx context.Context) error { return p.Sleep(ctx, time.Second/2) }

// A run is cut off in the middle of each wave, on a service that loses answers. Run again, it moves every WorkSpace,
// and each is asked for once.
func TestResumes(t *testing.T) {
	const size = 60
	clock := wkstest.NewVirtual(time.Date(2026, 11, 2, 18, 0, 0, 0, time.UTC))
	server, err := wkstest.New(wkstest.Config{Now: clock.Now, Record: true, Seed: 1, Faults: []wkstest.Fault{
		{Kind: wkstest.Lost, Operations: []string{"MigrateWorkspace"}, Share: 0.1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	client := server.Client("eu-west-1", func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
	for i := range size {
		out, err := client.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
			DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: &oldBundle, UserName: aws.String(fmt.Sprint("user", i)),
		}}})
		if err != nil || len(out.FailedRequests) > 0 {
			t.Fatal(err, out)
		}
	}
	if err := clock.Sleep(t.Context(), 13*time.Hour); err != nil { // until there are snapshots
		t.Fatal(err)
	}

	folder := t.TempDir()
	var report *runner.Report
	runs := 0
	for report == nil || report.Count(runner.Succeeded) < size {
		if runs++; runs > 10 {
			t.Fatalf("%d of %d have moved after %d runs", report.Count(runner.Succeeded), size, runs-1)
		}
		ctx, cancel := context.WithCancel(t.Context())
		asked := 0
		report, err = move(ctx, client, oldBundle, desktop, folder, runner.Options{
			Account: "123456789012", Region: "eu-west-1", Clock: clock, Pace: pace{clock},
			Progress: func(e runner.Event) {
				if e.Kind == runner.Requested {
					if asked++; asked == 20 {
						cancel()
					}
				}
			},
		})
		cancel()
		if report == nil || err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if runs < 3 {
		t.Errorf("%d runs: none was cut off", runs)
	}
	accepted := map[string]int{}
	for _, call := range server.Log() {
		if call.Operation == "MigrateWorkspace" && (call.Outcome == wkstest.Served || call.Outcome == wkstest.Loss) {
			accepted[call.Workspaces[0]]++
		}
	}
	for id, n := range accepted {
		if n != 1 {
			t.Errorf("%s was accepted %d times", id, n)
		}
	}
	if len(accepted) != size {
		t.Errorf("%d of %d were accepted", len(accepted), size)
	}
}
