package throttle

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks/rule"

	smithytime "github.com/aws/smithy-go/time"
)

// A Policy says when a call is sent again: after a throttle always, for that is no failure
// of the call; after another error that may pass a few times; else never. The context's
// deadline bounds them all.
//
// Before attempt k + 1 passes a random time between 0 and Base × 2^(k−1), or Max if that is
// less. It is a function of k alone, so that calls share a Policy.
type Policy struct {
	Attempts int            // how often a call may fail otherwise than by a throttle, at least 1
	Base     time.Duration  // above 0
	Max      time.Duration  // at least Base
	Rand     func() float64 // in [0, 1), safe for concurrent use; nil is math/rand/v2.Float64
	// Passes tells of an error other than a throttle whether it may pass; nil is the SDK's list.
	Passes func(error) bool
	// Sleep lets a delay of [Policy.Do] and [SendBatches] pass, or returns an error that ends them: for
	// those who have a clock of their own. nil is a timer. A [Retryer] does not use it, for the SDK sleeps.
	Sleep func(context.Context, time.Duration) error
}

// passes reports whether an error other than a throttle may pass.
func (p Policy) passes(err error) bool {
	if p.Passes != nil {
		return p.Passes(err)
	}
	return passes(err)
}

// pause lets a delay pass.
func (p Policy) pause(ctx context.Context, d time.Duration) error {
	if p.Sleep != nil {
		return p.Sleep(ctx, d)
	}
	return smithytime.SleepWithContext(ctx, d)
}

// DefaultPolicy returns the policy with the SDK's bounds, 3 attempts and 20 seconds, and as
// base the half second in which the documented quota lets in one call.
func DefaultPolicy() Policy {
	return Policy{Attempts: retry.DefaultMaxAttempts, Base: 500 * time.Millisecond, Max: retry.DefaultMaxBackoff}
}

func (p Policy) check() error {
	if p.Attempts < 1 {
		return &rule.InputError{Path: "Attempts", Value: strconv.Itoa(p.Attempts), Reason: "is under 1"}
	}
	if p.Base <= 0 {
		return &rule.InputError{Path: "Base", Value: p.Base.String(), Reason: "is not above 0"}
	}
	if p.Max < p.Base {
		return &rule.InputError{Path: "Max", Value: p.Max.String(), Reason: "is less than the base, " + p.Base.String()}
	}
	return nil
}

// delay returns the time to pass after attempt k, from 1.
func (p Policy) delay(k int) time.Duration {
	random := rand.Float64
	if p.Rand != nil {
		random = p.Rand
	}
	return time.Duration(random() * min(float64(p.Max), math.Ldexp(float64(p.Base), min(max(k, 1), 64)-1)))
}

// passes reports whether an error other than a throttle may pass.
func passes(err error) bool {
	return retry.IsErrorRetryables(retry.DefaultRetryables).IsErrorRetryable(err) == aws.TrueTernary
}

// A Retryer is an aws.RetryerV2 by a [Policy], for clients that share a quota. The SDK's own
// gives up after 3 attempts and, over all its calls, when 500 retry tokens are spent, which
// throttles do within seconds; this one has no such tokens. Safe for concurrent use.
//
// [Retryer.Client] installs it. Set as Options.Retryer or by aws.Config alone it works too,
// but cannot tell the attempts of a call that failed from those that were throttled, and
// counts both towards Attempts when a call fails. The zero value retries nothing.
type Retryer struct {
	policy  Policy
	counted bool
}

var _ aws.RetryerV2 = (*Retryer)(nil)

// NewRetryer returns a Retryer. Attempts under 1, a Base of 0 or less and a Max under it are
// a *rule.InputError.
func NewRetryer(p Policy) (*Retryer, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	return &Retryer{policy: p}, nil
}

// Client is an option for workspaces.New and workspaces.NewFromConfig. It sets the retryer,
// lifts RetryMaxAttempts, which the environment may have set for all errors, and counts the
// failures of each call. Without options it does nothing.
func (r *Retryer) Client(o *workspaces.Options) {
	if o == nil {
		return
	}
	o.Retryer = &Retryer{r.policy, true}
	o.RetryMaxAttempts = 0
	o.APIOptions = append(slices.Clip(o.APIOptions), func(s *middleware.Stack) error {
		const id = "WorkSpacesFailures"
		if _, ok := s.Initialize.Get(id); ok {
			return nil // by an option that came twice; one count will do
		}
		return s.Initialize.Add(middleware.InitializeMiddlewareFunc(id, count), middleware.After)
	})
}

// failures is the key of a call's *atomic.Int64 in its context.
type failures struct{}

func count(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	return next.HandleInitialize(middleware.WithStackValue(ctx, failures{}, new(atomic.Int64)), in)
}

// IsErrorRetryable is true for throttles and for the SDK's list of errors that may pass.
func (r *Retryer) IsErrorRetryable(err error) bool {
	var canceled interface{ CanceledError() bool }
	if errors.As(err, &canceled) && canceled.CanceledError() {
		return false
	}
	return r.policy.Attempts > 0 && (Throttled(err) || r.policy.passes(err))
}

// MaxAttempts returns 0, for throttles have no bound.
func (r *Retryer) MaxAttempts() int { return 0 }

// RetryDelay returns the time to pass before the next attempt. A Retryer that does not count
// failures returns a *retry.MaxAttemptsError here.
func (r *Retryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	if !r.counted && !Throttled(err) && attempt >= r.policy.Attempts {
		return 0, &retry.MaxAttemptsError{Attempt: attempt, Err: err}
	}
	return r.policy.delay(attempt), nil
}

// GetRetryToken returns a *retry.MaxAttemptsError for the last failure that the policy
// admits, or for any if the call's context lost the count.
func (r *Retryer) GetRetryToken(ctx context.Context, err error) (func(error) error, error) {
	if r.counted && !Throttled(err) {
		n, _ := middleware.GetStackValue(ctx, failures{}).(*atomic.Int64)
		if n == nil || int(n.Add(1)) >= r.policy.Attempts {
			return nil, &retry.MaxAttemptsError{Attempt: r.policy.Attempts, Err: err}
		}
	}
	return release, nil
}

// GetInitialToken returns a token that costs nothing.
func (r *Retryer) GetInitialToken() func(error) error { return release }

// GetAttemptToken returns a token that costs nothing.
func (r *Retryer) GetAttemptToken(context.Context) (func(error) error, error) { return release, nil }

func release(error) error { return nil }
