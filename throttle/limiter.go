package throttle

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/wksgo/wks/rule"
)

// A Limiter is a client's side of a quota: a token bucket that refills continuously, in
// front of which callers wait in the order in which they came.
//
// A caller that gives up, wherever it stands, gives its place back: those behind it move up.
// One whose deadline the token would not come before is refused at once, with a
// *DeadlineError. In no stretch of time are more tokens given than the quota permits, and
// none is given late while somebody waits. A Retry-After holds all of them back, up to
// [MaxRetryAfter] or to another bound: see [Limiter.SetMaxRetryAfter], [Limiter.OnHold] and
// [Limiter.Held].
//
// A Limiter is safe for concurrent use. The zero value is not one: it gives no token, and
// returns a *rule.InputError. Make it in the [testing/synctest] bubble in which it is used,
// for it keeps the time of its making.
type Limiter struct {
	mu          sync.Mutex
	base        time.Time
	quota       Quota
	credit      credit
	quiet       time.Duration // no token before this instant
	holding     holding
	first, last *waiting
	queued      int // tokens for which callers wait
}

// waiting is a caller in the queue.
type waiting struct {
	tokens     int
	wake       chan struct{} // has room for one: look again
	prev, next *waiting
}

// NewLimiter returns a limiter whose bucket is full. [Strict] is the quota for most uses. An
// invalid quota is a *rule.InputError.
func NewLimiter(q Quota) (*Limiter, error) { return NewLimiterWith(q, q.Burst) }

// NewLimiterWith returns a limiter that starts with the given number of tokens: with 0 after
// a job that has just used up the burst. A number that is negative or above the burst, and
// an invalid quota, are a *rule.InputError.
func NewLimiterWith(q Quota, tokens int) (*Limiter, error) {
	c, err := newCredit(q, 0, tokens)
	if err != nil {
		return nil, err
	}
	if tokens < 0 || tokens > q.Burst {
		return nil, &rule.InputError{Path: "tokens", Value: strconv.Itoa(tokens), Reason: "is not between 0 and the burst, " + strconv.Itoa(q.Burst)}
	}
	return &Limiter{base: time.Now(), quota: q, credit: c}, nil
}

func (l *Limiter) now() time.Duration { return time.Since(l.base) }

// check returns an error if no number of n tokens will ever be there.
func (l *Limiter) check(n int) error {
	if l.quota == (Quota{}) {
		return &rule.InputError{Path: "Limiter", Reason: "is the zero value, which gives no token: use NewLimiter"}
	}
	if n < 1 || n > l.quota.Burst {
		return &rule.InputError{Path: "n", Value: strconv.Itoa(n), Reason: "is not between 1 and the burst, " + strconv.Itoa(l.quota.Burst)}
	}
	return nil
}

// ready returns the instant at which a caller of n tokens will be served if all who wait
// before it, for ahead tokens in sum, are.
func (l *Limiter) ready(now time.Duration, ahead, n int) time.Duration {
	return l.credit.ready(max(now, l.quiet), ahead+n)
}

// Quota returns the quota in force.
func (l *Limiter) Quota() Quota {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.quota
}

// Tokens returns the whole tokens in the bucket.
func (l *Limiter) Tokens() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.quota == (Quota{}) {
		return 0
	}
	return l.credit.tokens(l.now())
}

// SetQuota changes the quota, for those who wait as well. The bucket keeps its tokens, or
// is full if they are more than the new burst. A caller who waits for more tokens than the
// new burst gets a *rule.InputError when its turn comes. An invalid quota is a
// *rule.InputError, and changes nothing.
func (l *Limiter) SetQuota(q Quota) error {
	next, err := newCredit(q, 0, 0)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.quota == (Quota{}) {
		return l.check(1)
	}
	l.quota = q
	l.credit.become(next, l.now())
	l.alert()
	return nil
}

// owe empties the bucket, so that it lacks a number of tokens, or more.
func (l *Limiter) owe(tokens float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.credit.full = max(l.credit.full, l.now()+l.credit.size+time.Duration(tokens*float64(l.credit.interval)))
	l.alert()
}

// delay makes tokens come later by the time in which a part of one flows in, or earlier if that is negative.
func (l *Limiter) delay(tokens float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.credit.full = max(l.credit.full, l.now()) + time.Duration(tokens*float64(l.credit.interval))
	l.alert()
}

// Allow takes a token if there is one for which nobody waits.
func (l *Limiter) Allow() bool { return l.AllowN(1) }

// AllowN takes n tokens if they are there and nobody waits. It is false for an n under 1.
func (l *Limiter) AllowN(n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.check(n) == nil && l.allow(l.now(), n)
}

func (l *Limiter) allow(now time.Duration, n int) bool {
	return l.first == nil && now >= l.quiet && l.credit.take(now, n)
}

// Wait is WaitN for one token.
func (l *Limiter) Wait(ctx context.Context) error { return l.WaitN(ctx, 1) }

// WaitN blocks until it has taken n tokens and returns nil, or takes none and returns an
// error: at once that of a context which has ended, a *DeadlineError, or a *rule.InputError
// for an n that is under 1 or above the burst; and ctx.Err() if ctx ends meanwhile.
func (l *Limiter) WaitN(ctx context.Context, n int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	if err := l.check(n); err != nil {
		l.mu.Unlock()
		return err
	}
	now := l.now()
	if l.allow(now, n) {
		l.mu.Unlock()
		return nil
	}
	if err := meets(ctx, l.ready(now, l.queued, n)-now); err != nil {
		l.mu.Unlock()
		return err
	}
	w := l.enter(n)
	l.mu.Unlock()
	return l.queue(ctx, w)
}
