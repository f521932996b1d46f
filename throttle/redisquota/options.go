package redisquota

import (
	"fmt"
	"os"
	"time"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// An Option is a choice of [New].
type Option func(*options)

type options struct {
	empty    bool
	fallback throttle.Waiter
	timeout  time.Duration
	most     time.Duration
	name     string
	onHold   func(throttle.Hold)
	onChange func(error)
}

func defaults() options {
	host, _ := os.Hostname() // "" will do
	return options{timeout: time.Second, most: throttle.MaxRetryAfter, name: fmt.Sprintf("%s:%d", host, os.Getpid())}
}

func (o *options) check() error {
	switch {
	case o.timeout <= 0:
		return &rule.InputError{Path: "Timeout", Value: o.timeout.String(), Reason: "is not above 0"}
	case o.most < 0 || o.most > longestHold:
		return &rule.InputError{Path: "MaxRetryAfter", Value: o.most.String(), Reason: "is not between 0 and a year"}
	}
	return nil
}

const longestHold = 366 * 24 * time.Hour

// StartEmpty makes the bucket empty, not full, when its key is not there: for a quota that
// another program may just have used up. It costs the time of a refill after a loss of the key,
// and after a day without calls.
func StartEmpty() Option { return func(o *options) { o.empty = true } }

// Fallback names the pace of this process while Redis is away: a [throttle.Limiter] by
// [throttle.Strict] if there is no other process, one by [throttle.Quota.Split] if their number is
// known, or else a [throttle.Adaptive]. Its bucket is emptied when Redis goes away if it has a
// method Allow, for the shared one may just have been. Without a fallback, or with nil, Wait
// returns an *[UnavailableError] meanwhile.
func Fallback(w throttle.Waiter) Option { return func(o *options) { o.fallback = w } }

// Timeout is how long a caller waits for an answer of Redis before it takes it to be away. It is
// a second by default, and above 0.
func Timeout(d time.Duration) Option { return func(o *options) { o.timeout = d } }

// MaxRetryAfter is the bound up to which a Retry-After that this process meets is believed. It is
// [throttle.MaxRetryAfter] by default, and at most a year. The hold is that of all processes, so
// the bound of the process that met it counts. 0 believes none.
func MaxRetryAfter(d time.Duration) Option { return func(o *options) { o.most = d } }

// Name is what a [Snapshot] calls this process: by default its host and process number. Control
// characters are shown quoted.
func Name(name string) Option { return func(o *options) { o.name = name } }

// OnHold makes f hear of each hold that begins or becomes longer, whichever process met it. f
// is called from goroutines of the Limiter and may call it.
func OnHold(f func(throttle.Hold)) Option { return func(o *options) { o.onHold = f } }

// OnChange makes f hear when Redis goes away, with the error, and when it is back, with nil. f
// is called from goroutines of the Limiter and its callers, and may call it.
func OnChange(f func(error)) Option { return func(o *options) { o.onChange = f } }
