package throttle

import (
	"context"
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
)

// An AIMD says how an [Adaptive] limiter changes its rate: additive increase, multiplicative
// decrease.
type AIMD struct {
	Ceiling  Quota      // the rate at the start and at most; and the burst, always
	Floor    rate.Limit // the rate at least, in calls a second, above 0
	Decrease float64    // what a throttled attempt multiplies the rate by, between 0 and 1
	Increase rate.Limit // what each second without a throttle adds to it, in calls a second, at least 0
}

// DefaultAIMD returns factors for an unknown number of processes on the documented quota:
// between 0.1 and 2 calls a second, burst 2, down by 30 % at a throttle, and up by 0.1 calls a
// second each second. They were chosen by simulation, with latency from 20 to 300 ms, 8
// goroutines a process and 1000 calls, which take 497.5 s at best (BenchmarkAdaptive). One
// process took 499.2 s and was not throttled. Two, four and eight took 500.5, 499.9 and 500.0 s
// in the mean of ten runs, and 505.2 s at most, with 193, 457 and 909 throttled attempts. An
// Increase of 0.05 throttles a quarter to two fifths less and halving a third to a half, for
// worst runs of 508 and 509 s.
func DefaultAIMD() AIMD {
	return AIMD{Ceiling: Quota{Rate: AsDocumented().Rate, Burst: 2}, Floor: 0.1, Decrease: 0.7, Increase: 0.1}
}

// An Adaptive is a [Limiter] for one of an unknown number of processes that share a quota
// and do not talk to one another. It must hear how attempts end: [Pacer] and [Do] tell it.
// The processes are throttled now and then, for that is how they learn of one another; use
// it with a [Retryer]. For a number that is known, [Quota.Split] does without.
type Adaptive struct {
	limiter *Limiter
	aimd    AIMD
	mu      sync.Mutex
	rate    rate.Limit
	heard   time.Time // of the last attempt that was served or throttled
}

// NewAdaptive returns a limiter that starts at the ceiling. Numbers out of the ranges that
// AIMD gives are a *rule.InputError.
func NewAdaptive(a AIMD) (*Adaptive, error) {
	for _, f := range []struct {
		path  rule.Path
		value float64
		ok    bool
	}{
		{"Floor", float64(a.Floor), a.Floor > 0 && a.Floor <= a.Ceiling.Rate},
		{"Decrease", a.Decrease, a.Decrease > 0 && a.Decrease < 1},
		{"Increase", float64(a.Increase), a.Increase >= 0 && !math.IsInf(float64(a.Increase), 1)},
	} {
		if !f.ok {
			return nil, &rule.InputError{Path: f.path, Value: strconv.FormatFloat(f.value, 'g', -1, 64), Reason: "is out of range"}
		}
	}
	if _, err := (Quota{a.Floor, a.Ceiling.Burst}).interval(); err != nil {
		return nil, err
	}
	l, err := NewLimiter(a.Ceiling)
	if err != nil {
		return nil, err
	}
	return &Adaptive{limiter: l, aimd: a, rate: a.Ceiling.Rate}, nil
}

// Wait is [Limiter.Wait] at the present rate.
func (a *Adaptive) Wait(ctx context.Context) error {
	if a.limiter == nil {
		return new(Limiter).Wait(ctx)
	}
	return a.limiter.Wait(ctx)
}

// SetMaxRetryAfter is [Limiter.SetMaxRetryAfter]. The zero Adaptive returns a *rule.InputError.
func (a *Adaptive) SetMaxRetryAfter(most time.Duration) error {
	if a.limiter == nil {
		return new(Limiter).check(1)
	}
	return a.limiter.SetMaxRetryAfter(most)
}

// OnHold is [Limiter.OnHold].
func (a *Adaptive) OnHold(f func(Hold)) {
	if a.limiter != nil {
		a.limiter.OnHold(f)
	}
}

// Held is [Limiter.Held].
func (a *Adaptive) Held() time.Duration {
	if a.limiter == nil {
		return 0
	}
	return a.limiter.Held()
}

// Quota returns the present rate, and the burst.
func (a *Adaptive) Quota() Quota {
	if a.limiter == nil {
		return Quota{}
	}
	return a.limiter.Quota()
}

// Observe changes the rate: after a served attempt by the time since the last one, so that
// processes that are served less often catch up. An attempt that was neither throttled nor
// served, because its answer was lost, changes nothing.
func (a *Adaptive) Observe(o Outcome) {
	if a.limiter == nil {
		return
	}
	a.limiter.Observe(o)
	a.mu.Lock()
	defer a.mu.Unlock()
	now, next := time.Now(), a.rate
	switch {
	case o.Throttled:
		next = max(a.aimd.Floor, a.rate*rate.Limit(a.aimd.Decrease))
	case o.Served && !a.heard.IsZero():
		next = min(a.aimd.Ceiling.Rate, a.rate+a.aimd.Increase*rate.Limit(now.Sub(a.heard).Seconds()))
	}
	if o.Throttled || o.Served {
		a.heard = now
	}
	if next == a.rate {
		return
	}
	if a.limiter.SetQuota(Quota{next, a.aimd.Ceiling.Burst}) == nil {
		a.rate = next
	}
}
