package wks_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// A fleet script asks for desktops with a bundle that it mixed up. Without Guard, that
// costs a call of two a second; with it, nothing, and the answer names the place.
func ExampleGuard() {
	// With the configuration of an account: workspaces.NewFromConfig(cfg, wks.Guard()).
	client := workspaces.New(workspaces.Options{Region: "eu-west-1"}, wks.Guard())
	_, err := client.CreateWorkspaces(context.Background(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{
		{DirectoryId: aws.String("d-926722edaf"), BundleId: aws.String("wsb-0zsvgp8fc"), UserName: aws.String("mary.major")},
		{DirectoryId: aws.String("d-926722edaf"), BundleId: aws.String("wsi-cr0gm2k9x"), UserName: aws.String("juan.pérez")},
	}})

	var refused *wks.RefusedError
	if errors.As(err, &refused) {
		for _, v := range refused.Violations {
			fmt.Println(v.Level, v)
		}
	}
	fmt.Println(errors.Is(err, wks.PatternNotMatched))
	// Output:
	// must Workspaces[1].BundleId: "wsi-cr0gm2k9x" does not match ^wsb-[0-9a-z]{8,63}$ (wks.pattern-not-matched)
	// true
}

// An admission check holds a request that somebody plans, without a client. It refuses what a
// document forbids, and asks a person about what none speaks of.
func ExampleCheck() {
	request := &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
		DirectoryId: aws.String("d-926722edaf"), BundleId: aws.String("wsb-0zsvgp8fc"), UserName: aws.String("mary.major"),
		VolumeEncryptionKey: aws.String("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
		WorkspaceProperties: &types.WorkspaceProperties{
			ComputeTypeName: types.ComputePower, RootVolumeSizeGib: aws.Int32(80), UserVolumeSizeGib: aws.Int32(200),
			RunningMode: types.RunningModeAlwaysOn, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60),
		},
	}}}
	answer, err := wks.Check(request, wks.Region("eu-west-1"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range answer.Violations {
		fmt.Println(v.Level, v.Path, v.Code)
	}
	for _, o := range answer.OpenBy(rule.ByDocuments) {
		fmt.Println("ask:", o)
	}
	fmt.Println(answer.Verdict)
	// Output:
	// must Workspaces[0].WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes bundles.auto-stop-minutes-not-applicable
	// must Workspaces[0].WorkspaceProperties.RootVolumeSizeGib bundles.volume-pair-not-in-group
	// should Workspaces[0].VolumeEncryptionKey encryption.key-without-volume
	// ask: Workspaces[0].VolumeEncryptionKey: no document says what a key without encryption does
	// denied
}

// A program adopts Guard by watching first: it reports, and lets every request pass.
func ExampleReport() {
	watch := wks.Report(func(ctx context.Context, operation string, v rule.Violation) {
		fmt.Println(operation, v.Level, v.Path, v.Code)
	})
	client := workspaces.New(workspaces.Options{
		Region:      "eu-west-1",
		Credentials: aws.AnonymousCredentials{},
		HTTPClient:  counting(new(int)), // stands for the service
	}, wks.Guard(wks.OnMust(watch), wks.OnShould(watch), wks.Skip("DescribeTags")))

	_, err := client.ModifyWorkspaceState(context.Background(), &workspaces.ModifyWorkspaceStateInput{
		WorkspaceId: aws.String("ws-1"), WorkspaceState: "STOPPED",
	})
	fmt.Println(err)
	// Output:
	// ModifyWorkspaceState must WorkspaceId wks.pattern-not-matched
	// ModifyWorkspaceState should WorkspaceState wks.enum-value-unknown
	// <nil>
}
