package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/throttle"
)

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// sendBatches sends n items, of which a call reports those that fails names.
func sendBatches(n int, fails func(item int) bool, err error) {
	p := throttle.DefaultPolicy()
	p.Attempts, p.Base, p.Max = 3, 1, 1
	_, _ = throttle.SendBatches(context.Background(), p, "RebootWorkspaces", numbers(n), func(_ context.Context, batch []int) (failed []throttle.Failure[int], _ error) {
		for _, i := range batch {
			if fails(i) {
				failed = append(failed, throttle.Failure[int]{Item: i})
			}
		}
		return failed, err
	}, func(throttle.Failure[int]) bool { return true })
}

// readPages reads n pages, and the token of the last is another or the same.
func readPages(n int, last *string) {
	calls := 0
	call := func(context.Context, *workspaces.DescribeIpGroupsInput, ...func(*workspaces.Options)) (*workspaces.DescribeIpGroupsOutput, error) {
		if calls++; calls >= n {
			return &workspaces.DescribeIpGroupsOutput{NextToken: last}, nil
		}
		return &workspaces.DescribeIpGroupsOutput{NextToken: aws.String(fmt.Sprint("token ", calls))}, nil
	}
	for range throttle.Pages(context.Background(), call, nil) {
	}
}

// wait lets n callers wait at once, of which the context of each third ends.
func wait(n int, w throttle.Waiter) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	var group sync.WaitGroup
	for i := range n {
		ctx := context.Background()
		if i%3 == 0 {
			ctx = ended
		}
		group.Go(func() { _ = w.Wait(ctx) })
	}
	group.Wait()
}

// options are n changes of a client's stack.
func options(n int) []func(*middleware.Stack) error { return make([]func(*middleware.Stack) error, n) }

func given[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// linearCases run functions on inputs of n elements, sound and broken.
var linearCases = map[string]func(n int){
	"Batches": func(n int) {
		for batch := range given(throttle.Batches("RebootWorkspaces", numbers(n))) {
			for range batch {
				given(throttle.Calls("RebootWorkspaces", len(batch)))
			}
		}
	},
	"SendBatches":               func(n int) { sendBatches(n, func(int) bool { return false }, nil) },
	"SendBatches, half fail":    func(n int) { sendBatches(n, func(i int) bool { return i%2 == 0 }, nil) },
	"SendBatches, all fail":     func(n int) { sendBatches(n, func(int) bool { return true }, nil) },
	"SendBatches, a call fails": func(n int) { sendBatches(n, func(int) bool { return false }, errors.New("broken")) },
	"Pacer.Client, of none":     func(n int) { throttle.NewPacer(nil).Client(&workspaces.Options{APIOptions: options(n)}) },
	"Pacer.Config, of none":     func(n int) { throttle.NewPacer(nil).Config(&aws.Config{APIOptions: options(n)}) },
	"Retryer.Client, of none": func(n int) {
		given(throttle.NewRetryer(throttle.DefaultPolicy())).Client(&workspaces.Options{APIOptions: options(n)})
	},
	"String":                      func(n int) { _ = given(throttle.AsDocumented().Replay(numbers(n))).String() },
	"Replay":                      func(n int) { given(throttle.AsDocumented().Replay(numbers(n))) },
	"Replay, of nothing":          func(n int) { _ = given(throttle.AsDocumented().Replay(make([]int, n))).String() },
	"Replay, a negative number":   func(n int) { _, _ = throttle.AsDocumented().Replay(append(numbers(n), -1)) },
	"Pages":                       func(n int) { readPages(n, nil) },
	"Pages, the same token again": func(n int) { readPages(n, aws.String("again")) },
	"Wait":                        func(n int) { wait(n, given(throttle.NewLimiter(throttle.Quota{Rate: 1e5, Burst: 1}))) },
	"Wait, by the law": func(n int) {
		law := throttle.DefaultLaw()
		law.Ceiling.Rate = 1e5
		wait(n, given(throttle.NewAdaptive(law)))
	},
	"Allow": func(n int) {
		l := given(throttle.NewLimiter(throttle.Quota{Rate: 1e5, Burst: 1}))
		for range n {
			l.Allow()
		}
	},
}

// TestLinear holds that the work of a function grows as its input does.
func TestLinear(t *testing.T) { lineartest.Run(t, []string{"throttle"}, linearCases) }

// Each exported function with a parameter that is a list, or holds one, has a case.
func TestLinearCases(t *testing.T) { lineartest.Complete(t, linearCases) }
