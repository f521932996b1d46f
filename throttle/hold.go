package throttle

import (
	"time"

	"github.com/wksgo/wks/rule"
)

// MaxRetryAfter is the bound up to which a Retry-After is believed unless another one is set. No
// document of Amazon WorkSpaces says how long one can be. The documented bucket is full again
// after 2.5 seconds, so a minute is ample. If the service in real trouble asks for more, the
// bound costs it one burst of calls a minute, and without one a single answer with a day in it
// would stop every call of the Region for a day.
const MaxRetryAfter = time.Minute

// A Hold is a pause for which the service asked with Retry-After or X-Amz-Retry-After.
type Hold struct {
	Asked time.Duration // what the service said
	For   time.Duration // how long from now on no call is let through: Asked, or the bound if that is less
}

// holding is what a limiter does with a Retry-After. The zero value has the default bound.
type holding struct {
	bounded bool
	most    time.Duration // the bound, if bounded
	notify  func(Hold)
}

// hold returns the pause that an outcome asks for; For is 0 if it asks for none.
func (h *holding) hold(o Outcome) Hold {
	most := MaxRetryAfter
	if h.bounded {
		most = h.most
	}
	return Hold{o.RetryAfter, max(min(o.RetryAfter, most), 0)}
}

// SetMaxRetryAfter sets the bound up to which a Retry-After is believed from now on; before, it
// is [MaxRetryAfter]. 0 believes none. A negative bound is a *rule.InputError, and changes nothing.
func (l *Limiter) SetMaxRetryAfter(most time.Duration) error {
	if most < 0 {
		return &rule.InputError{Path: "MaxRetryAfter", Value: most.String(), Reason: "is negative"}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holding.bounded, l.holding.most = true, min(most, longest)
	return nil
}

// OnHold makes f hear of each pause that begins and of each that becomes longer, from the
// goroutine that observed it. Callers without a deadline wait for its end in silence, so f is
// the place for a line in the log. It may call the Limiter. A nil f hears nothing; an earlier one
// is replaced.
func (l *Limiter) OnHold(f func(Hold)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holding.notify = f
}

// Held returns how long from now on no token is given because of a Retry-After, or 0.
func (l *Limiter) Held() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.quota == (Quota{}) {
		return 0
	}
	return max(l.quiet-l.now(), 0)
}

// Observe holds back all tokens for the RetryAfter of an outcome, or for the bound if that is
// less. A pause that runs is never made shorter.
func (l *Limiter) Observe(o Outcome) {
	if o.RetryAfter <= 0 {
		return
	}
	l.mu.Lock()
	hold, notify := l.holding.hold(o), l.holding.notify
	until := l.now() + hold.For
	longer := l.quota != (Quota{}) && hold.For > 0 && until > l.quiet
	if longer {
		l.quiet = until
		l.alert()
	}
	l.mu.Unlock()
	if longer && notify != nil {
		notify(hold)
	}
}
