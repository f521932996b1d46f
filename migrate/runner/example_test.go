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
	"github.com/wksgo/wks/migrate/migratetest"
	"github.com/wksgo/wks/migrate/runner"
)

// A plan of one migration is run against a service in memory, which loses its answer. With
// a *workspaces.Client in the place of the service it runs against AWS.
func ExampleRun() {
	clock := migratetest.NewClock(time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC))
	service := migratetest.New(clock.Now)
	service.Add(types.Workspace{
		WorkspaceId: aws.String("ws-00000001a"), BundleId: aws.String("wsb-0000old16"), DirectoryId: aws.String("d-0123456789"), UserName: aws.String("jdoe"),
		SubnetId: aws.String("subnet-1"), State: types.WorkspaceStateAvailable,
	}, migratetest.LoseAccepted)
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
	report, err := runner.Run(context.Background(), service, plan, journal, runner.Options{
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
	// found: "ws-new0000001" ""
	// ended: "ws-new0000001" "succeeded"
	// ws-00000001a succeeded as ws-new0000001
}
