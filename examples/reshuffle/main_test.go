package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/wkstest"
)

const (
	first  = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa"
	second = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-bbbbbbbbbbbb"
)

// A key that is to have three WorkSpaces at most has two. Three more users are to get WorkSpaces, one of them without
// encryption.
func Example() {
	clock := wkstest.NewVirtual(time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC))
	server, err := wkstest.New(wkstest.Config{Now: clock.Now})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, client := context.Background(), server.Client("eu-west-1")
	for _, user := range []string{"ada", "grace"} {
		out, err := client.CreateWorkspaces(ctx, &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{{
			UserName: &user, DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle),
			UserVolumeEncryptionEnabled: aws.Bool(true), VolumeEncryptionKey: aws.String(first),
		}}})
		if err != nil || len(out.FailedRequests) > 0 {
			fmt.Println(err, out)
		}
	}
	if err := clock.Sleep(ctx, time.Hour); err != nil { // until they are there
		fmt.Println(err)
		return
	}
	request := `{"Workspaces": [
		{"UserName": "barbara", "DirectoryId": "d-9067000001", "BundleId": "wsb-0a1b2c3d4", "UserVolumeEncryptionEnabled": true},
		{"UserName": "edsger", "DirectoryId": "d-9067000001", "BundleId": "wsb-0a1b2c3d4", "UserVolumeEncryptionEnabled": true},
		{"UserName": "tony", "DirectoryId": "d-9067000001", "BundleId": "wsb-0a1b2c3d4"}]}`
	for _, keys := range [][]string{{first}, {first, second}} {
		if err := reshuffle(ctx, client, strings.NewReader(request), keys, encryption.ShardOptions{Limit: 3}, os.Stdout); err != nil {
			fmt.Println(err)
		}
		fmt.Println()
	}
	// Output:
	// WorkSpaces: 2, then 3, key: arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa
	// create a key in eu-west-1, WorkSpaces: 1, name: workspaces-eu-west-1-1
	// barbara arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa
	// edsger workspaces-eu-west-1-1
	// tony is not encrypted
	//
	// WorkSpaces: 2, then 3, key: arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa
	// WorkSpaces: 0, then 1, key: arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-bbbbbbbbbbbb
	// barbara arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-aaaaaaaaaaaa
	// edsger arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-bbbbbbbbbbbb
	// tony is not encrypted
}
