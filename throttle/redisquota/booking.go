package redisquota

import (
	"context"
	"errors"
	"time"
)

// A booking is the reservation of an instant, or the request for one that is under way. It
// outlives the caller that began it.
type booking struct {
	sequence int64
	holds    int           // that this process had met when it was begun
	done     chan struct{} // closed when the rest is known
	answer   answer
	at       time.Time // the instant, by this process's watch
	err      error
}

var errTimeout = errors.New("no answer in time")

// book returns the booking of the head, which may be one that a head before it gave up. It is nil
// if calls are held back or Redis is away.
func (l *Limiter) book(ctx context.Context) (*booking, error) {
	b := l.booking
	if b == nil {
		b = l.begin()
	}
	timer := time.NewTimer(l.timeout)
	defer timer.Stop()
	select {
	case <-b.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		l.abandon()
		l.lost(errTimeout)
		return nil, nil
	}
	if b.err != nil {
		l.booking = nil
		l.unused = b.sequence // if the server did book, it learns that nobody comes
		l.lost(b.err)
		return nil, nil
	}
	l.found()
	l.known = b.answer.known
	switch b.answer.status {
	case "booked":
		return b, nil
	case "held":
		l.extend(b.answer.wait, b.answer.wait, 0)
	}
	l.booking = nil
	return nil, nil
}

// begin asks for a booking.
func (l *Limiter) begin() *booking {
	l.sequence++
	l.mu.Lock()
	b := &booking{sequence: l.sequence, holds: l.holds, done: make(chan struct{})}
	l.mu.Unlock()
	l.booking = b
	args := []any{l.id, b.sequence, l.unused, l.waiting.Load(), l.name, l.known.born, l.known.back, l.known.left(l.each)}
	go func() {
		defer close(b.done)
		ctx, cancel := context.WithTimeout(context.Background(), l.timeout)
		defer cancel()
		b.answer, b.err = l.run(ctx, "book", args...)
		b.at = time.Now().Add(b.answer.wait) // from when the answer is here: never too early
	}()
	return b
}

// abandon gives back the booking that nobody is there to use.
func (l *Limiter) abandon() {
	b := l.booking
	l.booking, l.unused = nil, b.sequence
	go func() {
		<-b.done
		if b.err != nil || b.answer.status != "booked" || time.Until(b.at) <= 0 {
			return // there is nothing to give back, or the next booking does
		}
		ctx, cancel := context.WithTimeout(context.Background(), l.timeout)
		defer cancel()
		_, _ = l.run(ctx, "back", l.id, b.sequence) // an error costs one instant
	}()
}
