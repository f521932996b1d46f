package throttle

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
)

// A Law says how the rate of an [Adaptive] limiter changes. A throttle makes it fall, by Drop or
// by half if that is less, and leaves the bucket a token short. From there the rate climbs evenly to
// what it was, for those who share the quota are probably still there; and beyond that ever faster, for
// somebody has probably gone.
type Law struct {
	Ceiling Quota          // the rate at the start and at most; and the burst, always
	Floor   rate.Limit     // the rate at least, in calls a second, above 0
	Drop    rate.Limit     // by how many calls a second a throttle slows at most, above 0
	Climb   rate.Limit     // by how many calls a second the rate grows each second, above 0
	Ramp    time.Duration  // t after the rate is what it was, (t ÷ Ramp)³ calls a second come on top; above 0
	Rand    func() float64 // in [0, 1), safe for concurrent use; nil is math/rand/v2.Float64
}

// DefaultLaw returns the law for an unknown number of processes on the documented quota:
// between 0.05 and 2 calls a second, burst 2, a drop of 0.4 calls a second, back at 0.02 a second each
// second, and a ramp of 5 s.
//
// The sizes are those of the service's bucket. A rate that is 0.4 too low and gains 0.02 a second leaves
// 4 tokens until it is what it was, and the bucket keeps 5; so throttles can be rare without waste. Additive
// increase with multiplicative decrease, which the law replaced, knows no such bound: it returned at 0.1 a
// second each second whatever had happened, and four processes were throttled 489 times in 1000
// calls. BenchmarkAdaptive is the measurement; docs/clients.md has its figures.
func DefaultLaw() Law {
	return Law{Ceiling: Quota{Rate: AsDocumented().Rate, Burst: 2}, Floor: 0.05, Drop: 0.4, Climb: 0.02, Ramp: 5 * time.Second}
}

// An Adaptive is a [Limiter] for one of an unknown number of processes that share a quota
// and do not talk to one another. It must hear how attempts end: [Pacer] and [Do] tell it.
// The processes are throttled now and then, for that is how they learn of one another; use
// it with a [Retryer]. For a number that is known, [Quota.Split] does without, and processes that can
// reach a Redis do with package redisquota.
type Adaptive struct {
	limiter *Limiter
	law     Law
	mu      sync.Mutex
	peak    rate.Limit // what the rate was at the last throttle
	since   time.Time  // the last throttle; zero before the first
	waiting int        // callers, for whom the rate grows while nothing is heard
	ticking bool
}

const (
	// echo is how long after a throttle others tell nothing new: they are of attempts that were
	// under way, and met the same empty bucket.
	echo = 400 * time.Millisecond
	// debt is how many tokens a throttle costs beyond those that are there.
	debt = 1
	// tick is how often the rate of those who wait is set.
	tick = 250 * time.Millisecond
	// spread is the share of the rate up to which luck lowers it at a throttle, so that processes which
	// started together do not go on in step.
	spread = 0.1
)

// NewAdaptive returns a limiter that starts at the ceiling. Numbers out of the ranges that
// Law gives are a *rule.InputError.
func NewAdaptive(law Law) (*Adaptive, error) {
	for _, f := range []struct {
		path  rule.Path
		value float64
		ok    bool
	}{
		{"Floor", float64(law.Floor), law.Floor > 0 && law.Floor <= law.Ceiling.Rate},
		{"Drop", float64(law.Drop), law.Drop > 0 && law.Drop <= 1e9},
		{"Climb", float64(law.Climb), law.Climb > 0 && law.Climb <= 1e9},
		{"Ramp", law.Ramp.Seconds(), law.Ramp > 0},
	} {
		if !f.ok {
			return nil, &rule.InputError{Path: f.path, Value: strconv.FormatFloat(f.value, 'g', -1, 64), Reason: "is out of range"}
		}
	}
	if _, err := (Quota{law.Floor, law.Ceiling.Burst}).interval(); err != nil {
		return nil, err
	}
	l, err := NewLimiter(law.Ceiling)
	if err != nil {
		return nil, err
	}
	if law.Rand == nil {
		law.Rand = rand.Float64
	}
	return &Adaptive{limiter: l, law: law}, nil
}

// rate returns the rate a time after a throttle at the rate peak.
func (l *Law) rate(peak rate.Limit, after time.Duration) rate.Limit {
	fall := min(l.Drop, peak/2)
	past := after.Seconds() - float64(fall/l.Climb) // since the rate is what it was
	r := peak + l.Climb*rate.Limit(past)
	if past > 0 {
		r += rate.Limit(math.Pow(past/l.Ramp.Seconds(), 3))
	}
	return max(l.Floor, min(l.Ceiling.Rate, r))
}

// adjust sets the rate of now. The mutex is held.
func (a *Adaptive) adjust(now time.Time) rate.Limit {
	r := a.law.Ceiling.Rate
	if !a.since.IsZero() {
		r = a.law.rate(a.peak, now.Sub(a.since))
	}
	if q := (Quota{r, a.law.Ceiling.Burst}); q != a.limiter.Quota() {
		_ = a.limiter.SetQuota(q) // between two rates that NewAdaptive has tried
	}
	return r
}

// Wait is [Limiter.Wait] at the present rate.
func (a *Adaptive) Wait(ctx context.Context) error {
	if a.limiter == nil {
		return new(Limiter).Wait(ctx)
	}
	a.mu.Lock()
	r := a.adjust(time.Now())
	a.waiting++
	if !a.ticking && r < a.law.Ceiling.Rate {
		a.ticking = true
		time.AfterFunc(tick, a.grow)
	}
	a.mu.Unlock()
	defer func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.waiting--
	}()
	return a.limiter.Wait(ctx)
}

// grow lets the rate follow the time while somebody waits and it can still grow.
func (a *Adaptive) grow() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.adjust(time.Now()) >= a.law.Ceiling.Rate || a.waiting == 0 {
		a.ticking = false
		return
	}
	time.AfterFunc(tick, a.grow)
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

// Observe lowers the rate after a throttled attempt, and has it grow with the time since after one
// that was served. An attempt that was neither, because its answer was lost, changes nothing.
func (a *Adaptive) Observe(o Outcome) {
	if a.limiter == nil {
		return
	}
	a.limiter.Observe(o)
	if !o.Throttled && !o.Served {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	now := time.Now()
	r := a.adjust(now)
	if !o.Throttled || !a.since.IsZero() && now.Sub(a.since) < echo {
		return
	}
	a.peak = max(a.law.Floor, r*rate.Limit(1-spread*a.law.Rand()))
	a.since = now
	a.adjust(now)
	a.limiter.owe(debt)
}
