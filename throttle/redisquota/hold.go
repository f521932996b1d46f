package redisquota

import (
	"context"
	"time"

	"github.com/wksgo/wks/throttle"
)

// Observe tells all processes of a throttle, which empties the bucket, and of a Retry-After, which
// holds them back. It returns at once. The fallback hears of the outcome while Redis is away.
func (l *Limiter) Observe(o throttle.Outcome) {
	if l.slot == nil {
		return
	}
	l.mu.Lock()
	lost := l.away.err != nil
	l.mu.Unlock()
	if observer, ok := l.fallback.(throttle.Observer); ok && lost {
		local := o
		local.RetryAfter = 0 // the Limiter holds back by itself
		observer.Observe(local)
	}
	if hold := min(o.RetryAfter, l.most); hold > 0 {
		if l.extend(o.RetryAfter, hold, 0) {
			go l.tell("hold", max(hold.Microseconds(), 1), o.RetryAfter.Microseconds())
		}
	} else if o.Throttled && l.telling.CompareAndSwap(false, true) {
		go func() {
			defer l.telling.Store(false)
			l.tell("throttle")
		}()
	}
}

// tell runs an operation whose loss does little harm: this process holds back without it.
func (l *Limiter) tell(operation string, args ...any) {
	ctx, cancel := context.WithTimeout(context.Background(), l.timeout)
	defer cancel()
	_, _ = l.run(ctx, operation, args...)
}

// grace is by how much a hold must become longer to be told of: the server's message about a hold
// that this process met itself comes a moment later.
const grace = 100 * time.Millisecond

// extend holds callers back, and reports whether that made the hold longer. It voids bookings
// that were made before epoch, or all if that is 0.
func (l *Limiter) extend(asked, hold time.Duration, epoch int64) bool {
	l.mu.Lock()
	if epoch == 0 {
		l.holds++
	}
	l.epoch = max(l.epoch, epoch)
	until := time.Now().Add(hold)
	longer, news := until.After(l.until), until.Sub(l.until) > grace
	if longer {
		l.until = until
	}
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
	if news && l.onHold != nil {
		l.onHold(throttle.Hold{Asked: asked, For: hold})
	}
	return longer
}

// void reports whether a hold began after a booking was made.
func (l *Limiter) void(b *booking) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch > b.answer.epoch || l.holds != b.holds
}

// Held returns how long from now on no call is let through because of a Retry-After that this
// process knows of, or 0.
func (l *Limiter) Held() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until.IsZero() {
		return 0
	}
	return max(time.Until(l.until), 0)
}

// pause waits for the end of the hold.
func (l *Limiter) pause(ctx context.Context) error {
	for rest := l.Held(); rest > 0; rest = l.Held() {
		if err := meets(ctx, time.Now().Add(rest)); err != nil {
			return err
		}
		timer := time.NewTimer(rest)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	return nil
}
