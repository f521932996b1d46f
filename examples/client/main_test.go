package main

import (
	"fmt"
	"os"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// fleet is a Region with WorkSpaces, of which those at even places do not respond.
func fleet(n int) *wkstest.State {
	r := wkstest.Sample("eu-west-1")
	for i := range n {
		state := types.WorkspaceStateAvailable
		if i%2 == 0 {
			state = types.WorkspaceStateUnhealthy
		}
		r.Workspaces = append(r.Workspaces, wkstest.Workspace{Workspace: types.Workspace{
			WorkspaceId: aws.String(fmt.Sprintf("ws-%09d", i)), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle),
			UserName: aws.String(fmt.Sprintf("user-%d", i)), State: state, WorkspaceProperties: &types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn},
		}})
	}
	return &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": r}}
}

// The service in memory keeps to the quota and to the rules, in virtual time.
func Example() {
	synctest.Test(new(testing.T), func(t *testing.T) {
		server, err := wkstest.New(wkstest.Config{State: fleet(60), Quota: throttle.AsDocumented(), Record: true})
		if err != nil {
			fmt.Println(err)
			return
		}
		client := server.Client("eu-west-1", options()...)
		tell(os.Stdout, reboot(t.Context(), client, 26, os.Stdout)) // one more than a call takes
		if err := reboot(t.Context(), client, most, os.Stdout); err != nil {
			fmt.Println(err)
		}
		served := map[string]int{}
		for _, call := range server.Log() {
			served[fmt.Sprint(call.Operation, " ", call.Outcome)]++
		}
		fmt.Println(served)
	})
	// Output:
	// RebootWorkspaces was not sent:
	//   RebootWorkspaceRequests: 26 elements, want 1 to 25 (wks.list-size-out-of-bounds)
	//   Split the call, or give as many elements as are named.
	// rebooting 25 of 30 WorkSpaces
	// rebooting 5 of 30 WorkSpaces
	// map[DescribeWorkspaces served:6 RebootWorkspaces served:2]
}
