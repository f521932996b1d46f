package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// The guide's table of calls sent and allowed, second by second.
func ExampleQuota_Replay() {
	q := throttle.Documented()
	rows, err := q.Replay([]int{0, 2, 5, 2, 3, 0, 0, 0, 0})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(rows)
	fmt.Println(q.Cite.Document, q.Span.Since)
	// Output:
	// second  sent  allowed  retried  admitted  queued
	//      1     0        5        0         0       0
	//      2     2        5        0         2       0
	//      3     5        5        0         5       0
	//      4     2        2        0         2       0
	//      5     3        2        0         2       1
	//      6     0        1        1         0       0
	//      7     0        3        0         0       0
	//      8     0        5        0         0       0
	//      9     0        5        0         0       0
	// admin-guide-troubleshooting 2019-10-25
}

// A thousand WorkSpaces are to be rebooted, and then rebuilt. Rebuilding takes one in a call.
func ExampleCalls() {
	for _, operation := range []string{"RebootWorkspaces", "RebuildWorkspaces"} {
		calls, err := throttle.Calls(operation, 1000)
		if err != nil {
			fmt.Println(err)
			return
		}
		takes, err := throttle.Documented().Makespan(calls)
		fmt.Println(operation, calls, takes, err)
	}
	// Output:
	// RebootWorkspaces 40 17.5s <nil>
	// RebuildWorkspaces 1000 8m17.5s <nil>
}

// One line makes a client keep to the quota.
func ExamplePace() {
	virtually(func() {
		server, err := wkstest.New(wkstest.Config{Quota: throttle.AsDocumented(), Refill: throttle.Continuous, MaxLatency: 300 * time.Millisecond})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, options := range [][]func(*workspaces.Options){nil, {throttle.Pace(throttle.Strict())}} {
			client := server.Client("eu-west-1", options...)
			r := server.Run(context.Background(), wkstest.Job{Clients: []*workspaces.Client{client}, Goroutines: 8, Calls: 200})
			fmt.Println("paced:", options != nil, "all done:", r.Lost == 0, "throttled:", r.Throttled > 0)
			time.Sleep(time.Minute)
		}
	})
	// Output:
	// paced: false all done: false throttled: true
	// paced: true all done: true throttled: false
}

// A caller behind others learns at once that its deadline is too near.
func ExampleLimiter_Wait() {
	virtually(func() {
		limiter, err := throttle.NewLimiterWith(throttle.Strict(), 0)
		if err != nil {
			fmt.Println(err)
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		for range 9 {
			go limiter.Wait(context.Background())
		}
		synctest.Wait()
		err = limiter.Wait(ctx)
		fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
		time.Sleep(time.Minute)
	})
	// Output: throttle: the token would come in 5s, the deadline in 3s true
}

// Four processes share the quota. They know how many they are.
func ExampleQuota_Split() {
	share, err := throttle.AsDocumented().Split(4)
	fmt.Println(share.Rate, share.Burst, err)
	// Output: 0.5 1 <nil>
}

// Call outside of the SDK's client, here what could be a command, through the same limiter.
func ExampleDo() {
	virtually(func() {
		limiter, err := throttle.NewLimiter(throttle.Strict())
		if err != nil {
			fmt.Println(err)
			return
		}
		tries := 0
		err = throttle.Do(context.Background(), limiter, func(context.Context) error {
			if tries++; tries < 3 {
				return errors.New("exit status 255")
			}
			return nil
		})
		fmt.Println(tries, err)
	})
	// Output: 3 <nil>
}

// Reboot sixty WorkSpaces in three calls. The one that is busy is sent again, by itself. Its code
// is made up, as is the endpoint: no document says which errors of an item may pass.
func ExampleSendBatches() {
	virtually(func() {
		client := busyOnce("ws-00000007")
		var ids []string
		for i := range 60 {
			ids = append(ids, fmt.Sprintf("ws-%08d", i))
		}
		failed, err := throttle.SendBatches(context.Background(), throttle.DefaultPolicy(), "RebootWorkspaces", ids,
			func(ctx context.Context, batch []string) (failed []throttle.Failure[string], err error) {
				var in workspaces.RebootWorkspacesInput
				for _, id := range batch {
					in.RebootWorkspaceRequests = append(in.RebootWorkspaceRequests, types.RebootRequest{WorkspaceId: aws.String(id)})
				}
				out, err := client.RebootWorkspaces(ctx, &in)
				if err != nil {
					return nil, err
				}
				for _, f := range out.FailedRequests {
					failed = append(failed, throttle.Failure[string]{Item: *f.WorkspaceId, Code: aws.ToString(f.ErrorCode), Message: aws.ToString(f.ErrorMessage)})
				}
				return failed, nil
			},
			func(f throttle.Failure[string]) bool { return f.Code == "MadeUp.Busy" })
		fmt.Println(len(failed), err)
	})
	// Output:
	// call with 25
	// call with 25
	// call with 10
	// call with 1
	// 0 <nil>
}

// virtually runs an example in virtual time. A test has its own *testing.T for that.
func virtually(f func()) { synctest.Test(new(testing.T), func(*testing.T) { f() }) }
