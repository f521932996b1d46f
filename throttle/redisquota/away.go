package redisquota

import (
	"context"
	"fmt"
	"time"

	"github.com/wksgo/wks/throttle"
)

// An UnavailableError says that Redis gave no booking, and that there is no fallback.
type UnavailableError struct {
	Err error // of the client or the server
}

// Error returns the error of Redis.
func (e *UnavailableError) Error() string {
	return fmt.Sprintf("redisquota: Redis is away: %v", e.Err)
}

// Unwrap returns the error of Redis.
func (e *UnavailableError) Unwrap() error { return e.Err }

// away is what is known of a Redis that does not answer.
type away struct {
	err     error     // nil if it does
	again   time.Time // not asked before
	probing bool
}

// retryEvery is how often Redis is asked while it is away, if there are callers.
const retryEvery = time.Second

// local returns the fallback while Redis is away, or an error without one. It is nil if Redis is
// to be asked.
func (l *Limiter) local() (throttle.Waiter, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	again := !time.Now().Before(l.away.again)
	switch {
	case l.away.err == nil:
		return nil, nil
	case l.fallback == nil && again:
		return nil, nil // this caller finds out
	case l.fallback == nil:
		return nil, &UnavailableError{l.away.err}
	case again && !l.away.probing:
		l.away.probing = true
		go l.probe()
	}
	return l.fallback, nil
}

// probe asks whether Redis is back, with a write that changes nothing.
func (l *Limiter) probe() {
	ctx, cancel := context.WithTimeout(context.Background(), l.timeout)
	defer cancel()
	_, err := l.run(ctx, "touch")
	l.mu.Lock()
	l.away.probing = false
	l.mu.Unlock()
	if err != nil {
		l.lost(err)
		return
	}
	l.found()
}

// lost notes that Redis is away.
func (l *Limiter) lost(err error) {
	l.mu.Lock()
	first := l.away.err == nil
	l.away.err, l.away.again = err, time.Now().Add(retryEvery)
	l.mu.Unlock()
	if !first {
		return
	}
	if f, ok := l.fallback.(interface{ Allow() bool }); ok {
		for i := 0; i < mostTokens && f.Allow(); i++ {
		}
	}
	if l.onChange != nil {
		l.onChange(err)
	}
}

const mostTokens = 1000 // that a fallback is relieved of

// found notes that Redis is there.
func (l *Limiter) found() {
	l.mu.Lock()
	back := l.away.err != nil
	l.away.err = nil
	l.mu.Unlock()
	if back && l.onChange != nil {
		l.onChange(nil)
	}
}
