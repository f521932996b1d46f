package throttle_test

import (
	"context"
	"errors"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// Everything that the package exports answers anything: it does not panic, and lets nothing through that a terminal
// obeys. The contexts have ended, so that nothing waits.
func TestAnything(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	quotas := rapid.SampledFrom([]throttle.Quota{{}, throttle.Strict(), throttle.AsDocumented(), {Rate: -1, Burst: 1}, {Rate: 1e300, Burst: math.MaxInt}, {Rate: 1e-300, Burst: 1}})
	limiter := func(t *rapid.T) *throttle.Limiter {
		l, err := throttle.NewLimiter(quotas.Draw(t, "quota"))
		if err != nil {
			return &throttle.Limiter{}
		}
		return l
	}
	adaptive := func(t *rapid.T) *throttle.Adaptive {
		if rapid.Bool().Draw(t, "zero") {
			return &throttle.Adaptive{}
		}
		a, err := throttle.NewAdaptive(throttle.DefaultLaw())
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"AsDocumented": throttle.AsDocumented, "Batches": throttle.Batches[string], "Calls": throttle.Calls, "DefaultLaw": throttle.DefaultLaw, "DefaultPolicy": throttle.DefaultPolicy,
			"Do": throttle.Do, "Documented": throttle.Documented, "DocumentedAt": throttle.DocumentedAt, "Documents": throttle.Documents, "Editions": throttle.Editions,
			"MaxItems": throttle.MaxItems, "NewAdaptive": throttle.NewAdaptive, "NewBucket": throttle.NewBucket, "NewLimiter": throttle.NewLimiter, "NewLimiterWith": throttle.NewLimiterWith,
			"NewPacer": throttle.NewPacer, "NewRetryer": throttle.NewRetryer, "Pace": throttle.Pace, "Pages": throttle.Pages[workspaces.DescribeWorkspacesInput, workspaces.DescribeWorkspacesOutput],
			"Parameters": throttle.Parameters, "SendBatches": throttle.SendBatches[string], "Strict": throttle.Strict, "Throttled": throttle.Throttled,
			"Adaptive": throttle.Adaptive{}, "Bucket": throttle.Bucket{}, "DeadlineError": throttle.DeadlineError{}, "Limiter": throttle.Limiter{}, "Pacer": throttle.Pacer{},
			"Policy": throttle.Policy{}, "Quota": throttle.Quota{}, "Refill": throttle.Refill(0), "Retryer": throttle.Retryer{}, "Seconds": throttle.Seconds{},
		},
		Sound: []any{throttle.Strict(), throttle.DefaultLaw(), throttle.DefaultPolicy()},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[context.Context](): func(*rapid.T) any { return ended },
			reflect.TypeFor[error](): func(t *rapid.T) any {
				return rapid.SampledFrom([]error{nil, errors.New("failed"), throttle.ErrNotSent, &throttle.DeadlineError{}, context.Canceled}).Draw(t, "error")
			},
			reflect.TypeFor[throttle.Waiter](): func(t *rapid.T) any {
				return rapid.SampledFrom([]any{nil, (*throttle.Limiter)(nil), limiter(t), adaptive(t)}).Draw(t, "waiter")
			},
			reflect.TypeFor[throttle.Limiter]():  func(t *rapid.T) any { return *limiter(t) },
			reflect.TypeFor[throttle.Adaptive](): func(t *rapid.T) any { return *adaptive(t) },
			reflect.TypeFor[throttle.Bucket](): func(t *rapid.T) any {
				b, err := throttle.NewBucket(quotas.Draw(t, "quota"), throttle.Continuous, time.Unix(0, 0))
				if err != nil {
					return throttle.Bucket{}
				}
				return *b
			},
			reflect.TypeFor[throttle.Pacer](): func(t *rapid.T) any {
				return *throttle.NewPacer(func(string) (throttle.Waiter, error) {
					return rapid.SampledFrom([]throttle.Waiter{nil, limiter(t)}).Draw(t, "waiter"), nil
				})
			},
			reflect.TypeFor[throttle.Retryer](): func(t *rapid.T) any {
				r, err := throttle.NewRetryer(throttle.DefaultPolicy())
				if err != nil || rapid.Bool().Draw(t, "zero") {
					return throttle.Retryer{}
				}
				return *r
			},
			reflect.TypeFor[workspaces.Options](): func(*rapid.T) any { return workspaces.Options{} },
			reflect.TypeFor[aws.Config]():         func(*rapid.T) any { return aws.Config{} },
		},
		Texts: []string{"RebootWorkspaces", "DescribeWorkspaces", "eu-west-1", strings.Repeat("x", 100_000)},
		// What is no text for people: copies of what was given, and a table of lines.
		Shown: func(export string) bool {
			return export != "Batches" && export != "SendBatches" && export != "Pages" && export != "Quota.Replay" && export != "Seconds.String"
		},
	}.Check(t)
}

// What is not there is an error, and not a panic, though the context goes on.
func TestNothingToCall(t *testing.T) {
	limiter, err := throttle.NewLimiter(throttle.Strict())
	if err != nil {
		t.Fatal(err)
	}
	policy := throttle.DefaultPolicy()
	send := func(context.Context, []string) ([]throttle.Failure[string], error) { return nil, nil }
	again := func(throttle.Failure[string]) bool { return false }
	var page error
	for _, page = range throttle.Pages[workspaces.DescribeWorkspacesInput, workspaces.DescribeWorkspacesOutput](t.Context(), nil, nil) {
	}
	_, noSend := throttle.SendBatches(t.Context(), policy, "RebootWorkspaces", []string{"ws-a"}, nil, again)
	_, noAgain := throttle.SendBatches(t.Context(), policy, "RebootWorkspaces", []string{"ws-a"}, send, nil)
	for path, err := range map[rule.Path]error{
		"op": policy.Do(t.Context(), limiter, nil), "Waiter": policy.Do(t.Context(), (*throttle.Limiter)(nil), func(context.Context) error { return nil }),
		"send": noSend, "again": noAgain, "call": page,
	} {
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	_, err = throttle.NewPacer(func(string) (throttle.Waiter, error) { return (*throttle.Limiter)(nil), nil }).Limiter("eu-west-1")
	if err == nil {
		t.Error("a nil pointer is a limiter")
	}
}
