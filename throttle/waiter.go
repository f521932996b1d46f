package throttle

import (
	"context"
	"fmt"
	"reflect"
	"time"
)

// isNil tells whether there is no waiter, or a nil pointer in its place.
func isNil(w Waiter) bool {
	v := reflect.ValueOf(w)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// A Waiter blocks until a call may be sent, or returns an error if ctx ends first. It is all
// that [Pacer] and [Do] need, so a *rate.Limiter of golang.org/x/time will do, and so will
// a limiter that many machines share. A Waiter must be safe for concurrent use.
type Waiter interface {
	Wait(ctx context.Context) error
}

// An Observer is a [Waiter] that wants to hear how each attempt ended: [Limiter] holds calls
// back after a Retry-After, and [Adaptive] also changes its rate.
type Observer interface {
	Waiter
	Observe(Outcome)
}

// An Outcome is how an attempt ended, as far as it concerns the rate of calls.
type Outcome struct {
	Throttled  bool          // the service refused the call because of its rate
	Served     bool          // the service answered otherwise, be it with another error
	RetryAfter time.Duration // how long from now on it asks to be left alone, or 0; a limiter need not believe all of it
}

// A DeadlineError says that a context's deadline comes before the token would, or with it.
// It wraps context.DeadlineExceeded, though the deadline has not come yet.
type DeadlineError struct {
	Left time.Duration // until the deadline
	Wait time.Duration // until the token, if nobody ahead gives up
}

// Error returns both times.
func (e *DeadlineError) Error() string {
	return fmt.Sprintf("throttle: the token would come in %s, the deadline in %s", e.Wait, e.Left)
}

// Unwrap returns context.DeadlineExceeded.
func (e *DeadlineError) Unwrap() error { return context.DeadlineExceeded }

// meets returns a *DeadlineError if the context's deadline is not later than wait from now.
func meets(ctx context.Context, wait time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok {
		if left := time.Until(deadline); left <= wait {
			return &DeadlineError{left, wait}
		}
	}
	return nil
}
