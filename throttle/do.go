package throttle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v4"

	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/rule"
)

// Do is [Policy.Do] by [DefaultPolicy].
func Do(ctx context.Context, w Waiter, op func(context.Context) error) error {
	return DefaultPolicy().Do(ctx, w, op)
}

// Do runs op, which makes one call, after it has waited for a token, and again by the policy:
// always after a throttle, and up to Attempts times after an error that may pass. An error
// that op marks with backoff.Permanent, one of the SDK that does not pass, the waiter's, and
// the end of ctx stop it. Errors that are not of the SDK, such as a command's, may pass, unless the policy's Passes says otherwise. The
// waiter hears of each outcome if it is an [Observer].
//
// It returns nil, or op's last error without the mark, joined with the waiter's or the
// context's if that stopped it. There is no limit to its time but ctx: queues take longer
// than the 15 minutes that package backoff has by default. A client whose own retryer is on
// should not be called by op, unless aws.NopRetryer replaces it. An invalid policy, no
// waiter and no op are a *rule.InputError.
func (p Policy) Do(ctx context.Context, w Waiter, op func(context.Context) error) error {
	if err := p.check(); err != nil {
		return err
	}
	if isNil(w) {
		return &rule.InputError{Path: "Waiter", Reason: "is needed"}
	}
	if op == nil {
		return &rule.InputError{Path: "op", Reason: "is needed"}
	}
	observer, _ := w.(Observer)
	var last error
	var mark *backoff.PermanentError
	failed, attempt := 0, 0
	err := backoff.Retry(func() error {
		if attempt++; attempt > 1 && p.Sleep != nil {
			if err := p.Sleep(ctx, p.delay(attempt-1)); err != nil {
				return backoff.Permanent(err)
			}
		}
		if err := w.Wait(ctx); err != nil {
			return backoff.Permanent(err)
		}
		last = op(ctx)
		if observer != nil {
			observer.Observe(outcome(last, time.Now()))
		}
		if last == nil || errors.As(last, &mark) || Throttled(last) {
			return last
		}
		if failed++; failed >= p.Attempts || (ofSDK(last) || p.Passes != nil) && !p.passes(last) {
			return backoff.Permanent(last)
		}
		return last
	}, backoff.WithContext(&delays{policy: p}, ctx))
	switch {
	case err == nil || last == nil || mark != nil:
		return err
	case errors.Is(last, err):
		return last
	}
	return fmt.Errorf("%w, after: %w", err, last)
}

// ofSDK reports whether an error is one that the SDK knows how to judge.
func ofSDK(err error) bool {
	var api smithy.APIError
	var operation *smithy.OperationError
	return errors.As(err, &api) || errors.As(err, &operation)
}

// delays is the policy as a backoff.BackOff of one call.
type delays struct {
	policy  Policy
	attempt int
}

// NextBackOff returns the time to pass before the next attempt: none if the policy's own Sleep lets it pass.
func (d *delays) NextBackOff() time.Duration {
	if d.policy.Sleep != nil {
		return 0
	}
	d.attempt++
	return d.policy.delay(d.attempt)
}

// Reset begins at the first attempt.
func (d *delays) Reset() { d.attempt = 0 }
