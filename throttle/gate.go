package throttle

import (
	"context"
	"sync"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// A gate makes an Observer of any Waiter. One caller at a time is inside, so that callers
// who give up outside leave no reservation with the waiter, and all pause while it does.
type gate struct {
	waiter Waiter
	slot   chan struct{} // full while a caller is inside
	mu     sync.Mutex
	until  time.Time // the end of the pause
}

// Observe begins a pause for the RetryAfter of an outcome, up to MaxRetryAfter.
func (g *gate) Observe(o Outcome) {
	pause := new(holding).hold(o).For
	if pause == 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(pause); until.After(g.until) {
		g.until = until
	}
}

// Wait goes through the gate in the order of arrival.
func (g *gate) Wait(ctx context.Context) error {
	select {
	case g.slot <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-g.slot }()
	if err := g.waiter.Wait(ctx); err != nil {
		return err
	}
	return g.pause(ctx)
}

// pause keeps the caller inside, with its token, until nothing asks for a pause any more.
func (g *gate) pause(ctx context.Context) error {
	for {
		g.mu.Lock()
		rest := time.Until(g.until)
		g.mu.Unlock()
		if rest <= 0 {
			return nil
		}
		if err := meets(ctx, rest); err != nil {
			return err
		}
		if err := smithytime.SleepWithContext(ctx, rest); err != nil {
			return err
		}
	}
}
