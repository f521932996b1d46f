package wkstest

import (
	"context"
	"sync"
	"time"
)

// A Virtual is a clock that a test moves: its Now is for Config.Now. To sleep on it is to let its time
// pass, without waiting. It is a clock for package migrate/runner, and a pace for it and for package throttle. The
// zero value is not usable; see NewVirtual.
type Virtual struct {
	mu  sync.Mutex
	now time.Time
}

// NewVirtual returns a clock that shows a time.
func NewVirtual(now time.Time) *Virtual { return &Virtual{now: now} }

// Now returns the time.
func (v *Virtual) Now() time.Time { v.mu.Lock(); defer v.mu.Unlock(); return v.now }

// Sleep lets time pass, unless the context has ended.
func (v *Virtual) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now = v.now.Add(max(0, d))
	return nil
}

// Wait lets half a second pass, unless the context has ended: what a call takes at the documented quota.
func (v *Virtual) Wait(ctx context.Context) error { return v.Sleep(ctx, time.Second/2) }
