package wkstest_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A program's own client meets the rules of WorkSpaces, with nothing to set up but New: a pair of volumes
// that there is not, and a second change of a volume within six hours.
func ExampleNew() {
	synctest.Test(new(testing.T), func(t *testing.T) {
		server, err := wkstest.New(wkstest.Config{})
		if err != nil {
			fmt.Println(err)
			return
		}
		client := server.Client("eu-west-1")
		launch := func(user string, root, userVolume int32) *workspaces.CreateWorkspacesOutput {
			out, err := client.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
				DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String(user),
				WorkspaceProperties: &types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(root), UserVolumeSizeGib: aws.Int32(userVolume)},
			}}})
			if err != nil {
				fmt.Println(err)
			}
			return out
		}
		fmt.Println(*launch("ada", 80, 200).FailedRequests[0].ErrorMessage)

		desktop := launch("ada", 175, 100).PendingRequests[0]
		time.Sleep(8 * time.Hour)
		grow := func(gib int32) error {
			_, err := client.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{
				WorkspaceId: desktop.WorkspaceId, WorkspaceProperties: &types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(gib)},
			})
			time.Sleep(3 * time.Hour)
			return err
		}
		fmt.Println(grow(200), wkstest.RefusedBy(grow(300)))
	})
	// Output:
	// WorkspaceProperties.RootVolumeSizeGib: 80/200 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000 [bundles.volume-pair-not-in-group]
	// <nil> [bundles.volume-cool-down]
}

// On 2020-04-29 a key could have 500 WorkSpaces.
func ExampleConfig_edition() {
	server, err := wkstest.New(wkstest.Config{Edition: rule.MustParseEdition("2020-04-29")})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := server.Client("eu-west-1")
	for i := range 501 {
		out, err := client.CreateWorkspaces(context.Background(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
			DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String(fmt.Sprint("user-", i)),
			UserVolumeEncryptionEnabled: aws.Bool(true), VolumeEncryptionKey: aws.String("arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa"),
		}}})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range out.FailedRequests {
			fmt.Println(i+1, *f.ErrorCode, *f.ErrorMessage)
		}
	}
	// Output:
	// 501 ResourceLimitExceeded.WorkSpace VolumeEncryptionKey: the key has 500 WorkSpaces, and may have 500 (workspaces-per-key) [wkstest.key-full]
}

// Seven calls at once are two more than the burst; the pace makes them wait in place of being throttled.
func ExampleConfig_quota() {
	synctest.Test(new(testing.T), func(*testing.T) {
		server, err := wkstest.New(wkstest.Config{Quota: throttle.AsDocumented(), Refill: throttle.Continuous})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, options := range [][]func(*workspaces.Options){
			{func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }},
			{throttle.Pace(throttle.Strict())},
		} {
			client := server.Client("eu-west-1", options...)
			start := time.Now()
			refused := 0
			for range 7 {
				if _, err := client.DescribeAccount(context.Background(), &workspaces.DescribeAccountInput{}); throttle.Throttled(err) {
					refused++
				} else if err != nil {
					fmt.Println(err)
				}
			}
			fmt.Println("refused", refused, "in", time.Since(start))
			time.Sleep(time.Minute) // the bucket fills
		}
		fmt.Println("throttled in all:", server.Count(wkstest.Throttling))
	})
	// Output:
	// refused 2 in 0s
	// refused 0 in 1.5s
	// throttled in all: 2
}

// The server loses the answer to a request that it has accepted: who asks again by the error alone would migrate
// twice, and is refused.
func ExampleServer_Direct() {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC))
	server, err := wkstest.New(wkstest.Config{Now: clock.Now, Faults: []wkstest.Fault{{Kind: wkstest.Lost, Operations: []string{"MigrateWorkspace"}, First: 1}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, api := context.Background(), server.Direct("eu-west-1")
	created, err := api.CreateWorkspaces(ctx, &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
		DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String("ada"),
	}}})
	if err == nil {
		err = clock.Sleep(ctx, 24*time.Hour) // until there is a snapshot
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2025, types.ProtocolWsp)
	for range 2 {
		_, err := api.MigrateWorkspace(ctx, &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: created.PendingRequests[0].WorkspaceId, BundleId: &to})
		fmt.Println(err != nil, wkstest.RefusedBy(err))
	}
	// Output:
	// true []
	// true [migrate.modification-in-progress]
}

// A program that takes the SDK's client gets one that neither writes nor reads JSON. It retries as ever.
func ExampleServer_DirectClient() {
	server, err := wkstest.New(wkstest.Config{
		Faults: []wkstest.Fault{{Kind: wkstest.Unavailable, Operations: []string{"DescribeWorkspaces"}, First: 1}},
		Record: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := server.DirectClient("eu-west-1")
	out, err := client.DescribeWorkspaces(context.Background(), &workspaces.DescribeWorkspacesInput{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(out.Workspaces), "WorkSpaces")
	for _, call := range server.Log() {
		fmt.Println(call.Operation, call.Outcome)
	}
	// Output:
	// 0 WorkSpaces
	// DescribeWorkspaces failed
	// DescribeWorkspaces served
}
