package runner_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// A plan of one migration is run against a server in memory, which loses the answer. With
// a *workspaces.Client of one's own in the place of the server's it runs against AWS.
func ExampleRun() {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC))
	bundle := func(id string) wkstest.Bundle {
		return wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: &id, Owner: aws.String("111122223333")}}
	}
	server, err := wkstest.New(wkstest.Config{
		Now: clock.Now,
		State: &wkstest.State{AccountID: "111122223333", Regions: map[string]*wkstest.Region{"eu-west-1": {
			Bundles: []wkstest.Bundle{bundle("wsb-0000old16"), bundle("wsb-0000new25")},
			Workspaces: []wkstest.Workspace{{Workspace: types.Workspace{
				WorkspaceId: aws.String("ws-00000001a"), BundleId: aws.String("wsb-0000old16"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String("jdoe"),
				SubnetId: aws.String("subnet-1"), State: types.WorkspaceStateAvailable,
			}}},
		}}},
		Faults: []wkstest.Fault{{Kind: wkstest.Lost, Operations: []string{"MigrateWorkspace"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan := &migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{{
		WorkspaceID: "ws-00000001a", SourceBundleID: "wsb-0000old16", BundleID: "wsb-0000new25", DirectoryID: "d-0123456789", UserName: "jdoe", SubnetID: "subnet-1",
	}}}}
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	journal, err := runner.OpenJournal(filepath.Join(dir, "journal.jsonl"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer journal.Close()
	report, err := runner.Run(context.Background(), server.Client("eu-west-1"), plan, journal, runner.Options{
		Account: "111122223333", Region: "eu-west-1", Clock: clock, Pace: clock,
		Progress: func(e runner.Event) {
			if e.Kind != runner.Looked {
				fmt.Printf("%s: %q %q\n", e.Kind, e.TargetID, e.Status)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range report.Results {
		fmt.Println(r.WorkspaceID, r.Outcome, "as", r.TargetID)
	}
	// Output:
	// requested: "" ""
	// unknown: "" ""
	// found: "ws-m8yzsjluj" ""
	// ended: "ws-m8yzsjluj" "succeeded"
	// ws-00000001a succeeded as ws-m8yzsjluj
}
