package throttle_test

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// never is luck that leaves the rate as it was.
func never() float64 { return 0 }

// The rate after each outcome, by hand: down by 0.5 or by half, back at 0.25 a second each second,
// and from there (t ÷ 2 s)³ more, to the ceiling.
func TestAdaptiveRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		served, throttled, lost := throttle.Outcome{Served: true}, throttle.Outcome{Throttled: true}, throttle.Outcome{}
		a := must(throttle.NewAdaptive(throttle.Law{Ceiling: throttle.Quota{Rate: 2, Burst: 3}, Floor: 0.3, Drop: 0.5, Climb: 0.25, Ramp: 2 * time.Second, Rand: never}))
		for i, tt := range []struct {
			after time.Duration
			o     throttle.Outcome
			want  float64
		}{
			{0, served, 2},
			{time.Second, throttled, 1.5},
			{399 * time.Millisecond, throttled, 1.59975}, // an echo of the first
			{601 * time.Millisecond, throttled, 1.25},    // from 1.75
			{time.Second, throttled, 1},                  // from 1.5
			{time.Second, throttled, 0.75},               // from 1.25
			{400 * time.Millisecond, throttled, 0.425},   // from 0.85, by half
			{400 * time.Millisecond, throttled, 0.3},     // from 0.525, by half, but no less than the floor
			{time.Second, served, 0.5125},                // of 0.525, by half, and a quarter
			{time.Second, lost, 0.5125},                  // tells nothing
			{time.Second, served, 0.525 + 0.25*1.95 + (1.95/2)*(1.95/2)*(1.95/2)},
			{time.Hour, served, 2},
		} {
			time.Sleep(tt.after)
			a.Observe(tt.o)
			if q := a.Quota(); math.Abs(float64(q.Rate)-tt.want) > 1e-6 || q.Burst != 3 {
				t.Errorf("outcome %d: %v, want a rate of %v", i, q, tt.want)
			}
		}
	})
}

// Luck lowers the rate by up to a tenth.
func TestAdaptiveLuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		law := throttle.DefaultLaw()
		law.Rand = func() float64 { return 0.5 }
		a := must(throttle.NewAdaptive(law))
		a.Observe(throttle.Outcome{Throttled: true})
		if got := float64(a.Quota().Rate); math.Abs(got-1.5) > 1e-9 { // 2 × 0.95 − 0.4
			t.Errorf("%v", got)
		}
	})
}

// A throttle costs those who wait a token more than the bucket has, and slows them.
func TestAdaptiveSlowsWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := must(throttle.NewAdaptive(throttle.Law{Ceiling: throttle.Quota{Rate: 2, Burst: 1}, Floor: 0.1, Drop: 1.5, Climb: 1e-9, Ramp: time.Second, Rand: never}))
		if err := a.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		time.AfterFunc(250*time.Millisecond, func() { a.Observe(throttle.Outcome{Throttled: true}) })
		// The half token is gone, and two are wanted at 1 a second: the half of 2 is less than 1.5.
		if err := a.Wait(t.Context()); err != nil || time.Since(start) != 2250*time.Millisecond {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		a.Observe(throttle.Outcome{Throttled: true, RetryAfter: time.Minute})
		start = time.Now()
		if err := a.Wait(t.Context()); err != nil || time.Since(start) != time.Minute {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

func TestAdaptiveErrors(t *testing.T) {
	for _, tt := range []struct {
		path   rule.Path
		change func(*throttle.Law)
	}{
		{"Floor", func(a *throttle.Law) { a.Floor = 0 }},
		{"Floor", func(a *throttle.Law) { a.Floor = 3 }},
		{"Floor", func(a *throttle.Law) { a.Floor = rate.Limit(math.NaN()) }},
		{"Drop", func(a *throttle.Law) { a.Drop = 0 }},
		{"Drop", func(a *throttle.Law) { a.Drop = rate.Limit(math.Inf(1)) }},
		{"Climb", func(a *throttle.Law) { a.Climb = 0 }},
		{"Climb", func(a *throttle.Law) { a.Climb = rate.Limit(math.NaN()) }},
		{"Ramp", func(a *throttle.Law) { a.Ramp = 0 }},
		{"Rate", func(a *throttle.Law) { a.Ceiling.Rate = 1e10 }},
		{"Burst", func(a *throttle.Law) { a.Ceiling.Burst = 0 }},
		{"Burst", func(a *throttle.Law) { a.Floor = 1e-12 }},
	} {
		a := throttle.DefaultLaw()
		tt.change(&a)
		_, err := throttle.NewAdaptive(a)
		wantInput(t, "NewAdaptive", err, tt.path)
	}
}
