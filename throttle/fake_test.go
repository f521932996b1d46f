package throttle_test

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/throttletest"
)

// busyOnce returns a client of an endpoint that reboots WorkSpaces, but one only at the
// second time, and says how many were in each call.
func busyOnce(id string) *workspaces.Client {
	busy := true
	server := must(throttletest.New(throttletest.Config{Respond: func(_ string, input []byte) (any, error) {
		var in struct {
			RebootWorkspaceRequests []struct{ WorkspaceId string }
		}
		if err := json.Unmarshal(input, &in); err != nil {
			return nil, err
		}
		fmt.Println("call with", len(in.RebootWorkspaceRequests))
		for _, r := range in.RebootWorkspaceRequests {
			if r.WorkspaceId == id && busy {
				busy = false
				return map[string]any{"FailedRequests": []map[string]string{{"WorkspaceId": id, "ErrorCode": "MadeUp.Busy"}}}, nil
			}
		}
		return struct{}{}, nil
	}}))
	return server.Client("eu-west-1", throttle.Pace(throttle.Strict()))
}
