package throttle

import (
	"context"
	"time"
)

// The queue is a list of callers, each of which waits in its own goroutine: the first for
// the instant at which its tokens are there, the others for their turn. Nobody holds a
// reservation, so whoever leaves, leaves nothing behind.

// enter puts a caller at the end of the queue. The mutex is held.
func (l *Limiter) enter(n int) *waiting {
	w := &waiting{tokens: n, wake: make(chan struct{}, 1), prev: l.last}
	if l.last == nil {
		l.first = w
	} else {
		l.last.next = w
	}
	l.last = w
	l.queued += n
	return w
}

// leave takes a caller out of the queue, wherever it stands. The mutex is held.
func (l *Limiter) leave(w *waiting) {
	l.queued -= w.tokens
	if w.next == nil {
		l.last = w.prev
	} else {
		w.next.prev = w.prev
	}
	if w.prev == nil {
		l.first = w.next
		l.alert()
	} else {
		w.prev.next = w.next
	}
}

// alert lets the first caller look again. The mutex is held.
func (l *Limiter) alert() {
	if l.first == nil {
		return
	}
	select {
	case l.first.wake <- struct{}{}:
	default:
	}
}

// queue waits for the tokens of a caller who has entered.
func (l *Limiter) queue(ctx context.Context, w *waiting) error {
	timer := time.NewTimer(0)
	timer.Stop()
	defer timer.Stop()
	for {
		wait, done, err := l.look(ctx, w)
		if done {
			return err
		}
		if wait > 0 {
			timer.Reset(wait)
		}
		select {
		case <-timer.C:
		case <-w.wake:
		case <-ctx.Done():
			l.mu.Lock()
			l.leave(w)
			l.mu.Unlock()
			return ctx.Err()
		}
	}
}

// look takes the caller's tokens if it is the first and they are there, and leaves the
// queue with an error if they cannot come in time any more. Else it returns how long the
// caller waits unless it is woken: for good if it is 0.
func (l *Limiter) look(ctx context.Context, w *waiting) (wait time.Duration, done bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first != w {
		return 0, false, nil
	}
	now := l.now()
	if err = l.check(w.tokens); err == nil {
		wait = l.ready(now, 0, w.tokens) - now
		if wait == 0 {
			l.credit.book(now, w.tokens)
		} else if err = meets(ctx, wait); err == nil {
			return wait, false, nil
		}
	}
	l.leave(w)
	return 0, true, err
}
