package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
)

// A client is the SDK for Go with some options.
type client struct {
	name    string
	env     string // set to true, or ""
	real    bool   // in real time only
	pages   bool   // by throttle.Pages
	options func() []func(*workspaces.Options)
}

type options = []func(*workspaces.Options)

const newRetries = "AWS_NEW_RETRIES_2026"

var clients = []client{
	{name: "default", options: func() options { return nil }},
	{name: newRetries, env: newRetries, options: func() options { return nil }},
	{name: "adaptive", real: true, options: func() options {
		return options{func(o *workspaces.Options) { o.Retryer = retry.NewAdaptiveMode() }}
	}},
	{name: "Pace", options: func() options { return options{throttle.Pace(throttle.Strict())} }},
	{name: "Pace and Pages", pages: true, options: func() options { return options{throttle.Pace(throttle.Strict())} }},
}

// do makes the calls of a job. What becomes of them the service counts.
func (c client) do(ctx context.Context, w *workspaces.Client, j job) error {
	if j.listing > 0 {
		return c.list(ctx, w)
	}
	var next, failed atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := next.Add(1); i <= callsInAll; i = next.Add(1) {
				if _, err := w.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{fmt.Sprintf("ws-%09d", i)}}); err != nil {
					failed.Add(1)
				}
			}
		})
	}
	group.Wait()
	if n := failed.Load(); n > 0 {
		return fmt.Errorf("%d calls failed", n)
	}
	return nil
}

func (c client) list(ctx context.Context, w *workspaces.Client) error {
	in := &workspaces.DescribeWorkspacesInput{}
	if c.pages {
		for _, err := range throttle.Pages(ctx, w.DescribeWorkspaces, in) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	in.Limit = aws.Int32(pageSize)
	for p := workspaces.NewDescribeWorkspacesPaginator(w, in); p.HasMorePages(); {
		if _, err := p.NextPage(ctx); err != nil {
			return err
		}
	}
	return nil
}

// virtually does a job in virtual time, and counts. As in examples/pacing, a zero testing.T will
// do for synctest, because nothing within uses it or fails.
func (c client) virtually(j job, seed uint64) (r result, err error) {
	if c.env != "" {
		if err := os.Setenv(c.env, "true"); err != nil {
			return r, err
		}
		defer os.Unsetenv(c.env)
	}
	synctest.Test(new(testing.T), func(*testing.T) {
		var s *service
		if s, err = j.newService(seed); err != nil {
			return
		}
		_ = c.do(context.Background(), s.Client("eu-west-1", c.options()...), j) // the service counts
		r = s.result(j)
	})
	return r, err
}
