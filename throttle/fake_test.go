package throttle_test

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// serve returns a server that keeps to the documented quota, unless it is told another, and keeps a log.
func serve(c wkstest.Config) *wkstest.Server {
	if c.Quota == (throttle.Quota{}) {
		c.Quota = throttle.AsDocumented()
	}
	c.Record = true
	return must(wkstest.New(c))
}

// busyOnce returns a client of a server that reboots WorkSpaces, but one only at the
// second time, and says how many were in each call.
func busyOnce(id string) *workspaces.Client {
	busy := true
	server := serve(wkstest.Config{Override: func(_ context.Context, _ string, input any) (any, bool, error) {
		in := input.(*workspaces.RebootWorkspacesInput)
		fmt.Println("call with", len(in.RebootWorkspaceRequests))
		out := &workspaces.RebootWorkspacesOutput{}
		for _, r := range in.RebootWorkspaceRequests {
			if *r.WorkspaceId == id && busy {
				busy = false
				out.FailedRequests = []types.FailedWorkspaceChangeRequest{{WorkspaceId: &id, ErrorCode: aws.String("MadeUp.Busy")}}
			}
		}
		return out, true, nil
	}})
	return server.Client("eu-west-1", throttle.Pace(throttle.Strict()))
}
