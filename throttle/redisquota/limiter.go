package redisquota

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A Limiter is one process's part in a quota that processes share. It is a [throttle.Observer], safe
// for concurrent use. The zero value is not one: it returns a *rule.InputError. Make one for each
// process and key; two in one process are two processes to the quota.
type Limiter struct {
	options
	client redis.UniversalClient
	key    string
	quota  throttle.Quota
	each   time.Duration // in which one token flows in, in whole microseconds
	id     string

	slot    chan struct{} // full while there is a head of the line
	waiting atomic.Int64  // callers behind the head

	// Of whoever has the slot.
	booking  *booking // not used yet
	sequence int64    // of the last booking
	unused   int64    // the last booking that nobody will use
	known    knowledge

	mu       sync.Mutex
	until    time.Time     // the end of the hold
	epoch    int64         // of the newest hold that a message told of
	holds    int           // that this process met
	wake     chan struct{} // has room for one: the head looks again
	promised time.Time     // when the head that sleeps will be served
	away     away

	listening sync.Once
	closing   context.Context
	close     context.CancelFunc
	telling   atomic.Bool
}

var _ throttle.Observer = (*Limiter)(nil)

// New returns the part of this process in the quota that the key holds. It asks the server
// nothing yet. Processes that share a quota name the same key, such as "wks:123456789012:eu-west-1",
// and the same quota; where theirs differ, each call moves the line by the interval of its own.
// No client, no key, an invalid quota and an option out of range are a *rule.InputError.
func New(client redis.UniversalClient, key string, quota throttle.Quota, opts ...Option) (*Limiter, error) {
	switch {
	case client == nil:
		return nil, &rule.InputError{Path: "client", Reason: "is needed"}
	case key == "":
		return nil, &rule.InputError{Path: "key", Reason: "is needed"}
	}
	each, err := quota.Makespan(1)
	if err == nil {
		each, err = quota.Makespan(quota.Burst + 1)
	}
	if err != nil {
		return nil, err
	}
	o := defaults()
	for _, option := range opts {
		if option != nil {
			option(&o)
		}
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	l := &Limiter{
		options: o, client: client, key: key, quota: quota, each: (each + time.Microsecond - 1).Truncate(time.Microsecond), id: rand.Text(),
		slot: make(chan struct{}, 1), wake: make(chan struct{}, 1),
	}
	l.closing, l.close = context.WithCancel(context.Background())
	return l, nil
}

// Close stops listening for holds of other processes. The client stays open, and so does
// the Limiter, which then learns of holds when it books next. It returns nil.
func (l *Limiter) Close() error {
	if l.close != nil {
		l.close()
	}
	return nil
}

// Quota returns the quota that New was given.
func (l *Limiter) Quota() throttle.Quota { return l.quota }

// Wait blocks until the next call of this process may be sent and returns nil, or takes nothing
// and returns an error: at once that of a context which has ended, a *throttle.DeadlineError for a
// deadline that the token would not come before, and an *[UnavailableError] without Redis and
// without a fallback; ctx.Err() if ctx ends meanwhile; and the fallback's error.
func (l *Limiter) Wait(ctx context.Context) error {
	if l.slot == nil {
		return &rule.InputError{Path: "Limiter", Reason: "is the zero value, which gives no token: use New"}
	}
	if err := l.enter(ctx); err != nil {
		return err
	}
	defer l.leave()
	for {
		if err := l.pause(ctx); err != nil {
			return err
		}
		if local, err := l.local(); err != nil {
			return err
		} else if local != nil {
			return local.Wait(ctx)
		}
		b, err := l.book(ctx)
		if err != nil {
			return err
		}
		if b == nil {
			continue // held back, or Redis went away
		}
		if used, err := l.sleep(ctx, b); used || err != nil {
			return err
		}
	}
}

// enter waits in line until the caller is its head.
func (l *Limiter) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.slot <- struct{}{}:
		return nil
	default:
	}
	ahead := l.waiting.Add(1)
	defer l.waiting.Add(-1)
	l.mu.Lock()
	promised, until := l.promised, l.until
	l.mu.Unlock()
	if !promised.IsZero() {
		promised = promised.Add(time.Duration(ahead) * l.each)
	}
	if until.After(promised) {
		promised = until
	}
	if err := meets(ctx, promised); err != nil {
		return err
	}
	select {
	case l.slot <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave gives up the head of the line, and a booking that nobody is there to use.
func (l *Limiter) leave() {
	if l.booking != nil && l.waiting.Load() == 0 {
		l.abandon()
	}
	<-l.slot
}

// sleep waits for the instant of a booking and reports whether it may be used. One that it
// may not, because of a hold, is forgotten; one that the caller gives up stays for the next.
func (l *Limiter) sleep(ctx context.Context, b *booking) (used bool, err error) {
	if rest := time.Until(b.at); rest > 0 {
		l.listen()
		if err := meets(ctx, b.at); err != nil {
			return false, err
		}
		l.promise(b.at)
		defer l.promise(time.Time{})
		timer := time.NewTimer(rest)
		defer timer.Stop()
		for done := false; !done && !l.void(b); {
			select {
			case <-timer.C:
				done = true
			case <-l.wake:
			case <-ctx.Done():
				return false, ctx.Err()
			}
		}
	}
	l.booking = nil
	return !l.void(b), nil
}

func (l *Limiter) promise(at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.promised = at
}

// meets returns a *throttle.DeadlineError if the context's deadline is not later than at.
func meets(ctx context.Context, at time.Time) error {
	if deadline, ok := ctx.Deadline(); ok && !deadline.After(at) {
		return &throttle.DeadlineError{Left: time.Until(deadline), Wait: time.Until(at)}
	}
	return nil
}

// String names the key and the quota.
func (l *Limiter) String() string {
	return fmt.Sprintf("%q: %g calls a second, burst %d", l.key, float64(l.quota.Rate), l.quota.Burst)
}
