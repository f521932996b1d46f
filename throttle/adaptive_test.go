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

// middling is luck that leaves a dip as it is.
func middling() float64 { return 0.5 }

// The rate after each outcome, as a second program has computed it from the words of Law: a dip to 0.475 of
// the share after the first throttle, back in 3.5 s, kept until 10 s, and from there up by 0.18 each second, beyond
// the ceiling too, until 3. The share after the next throttle is of the mean, 1.706, and not of the 1.936 that the rate had come to.
func TestAdaptiveRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		served, throttled, lost := throttle.Outcome{Served: true}, throttle.Outcome{Throttled: true}, throttle.Outcome{}
		a := must(throttle.NewAdaptive(throttle.Law{Ceiling: throttle.Quota{Rate: 2, Burst: 3}, Floor: 0.3, Patience: 10 * time.Second, Rand: middling}))
		for i, tt := range []struct {
			after time.Duration
			o     throttle.Outcome
			want  float64
		}{
			{0, served, 2},
			{time.Second, throttled, 0.76},                // 1.6 less 0.375 + 0.15 of it
			{399 * time.Millisecond, throttled, 0.858154}, // an echo of the first
			{1351 * time.Millisecond, served, 1.1905},     // half way back
			{1750 * time.Millisecond, served, 1.621},      // the share, and 3.5 × 0.006
			{6500 * time.Millisecond, served, 1.66},       // the end of the patience
			{time.Second, served, 1.666 + 0.18},
			{500 * time.Millisecond, lost, 1.666 + 0.18}, // tells nothing
			{500 * time.Millisecond, throttled, 0.8522022},
			{500 * time.Millisecond, throttled, 0.3754604}, // soon after, so deeper
			{500 * time.Millisecond, throttled, 0.3},       // the floor
			{500 * time.Millisecond, throttled, 0.3},
			{3500 * time.Millisecond, served, 0.321},   // the share is no less than the floor
			{5160 * time.Millisecond, served, 0.35196}, // the patience is 10 s × √(0.3 ÷ 0.4), 8.66 s
			{time.Second, served, 0.35796 + (9.66-8.660254)*0.18},
			{8 * time.Second, served, 0.40596 + (17.66-8.660254)*0.18}, // beyond the ceiling
			{7 * time.Second, served, 2},                               // and back at it
			{time.Hour, served, 2},
		} {
			time.Sleep(tt.after)
			a.Observe(tt.o)
			if q := a.Quota(); math.Abs(float64(q.Rate)-tt.want) > 1e-5 || q.Burst != 3 {
				t.Errorf("outcome %d: %v, want a rate of %v", i, q, tt.want)
			}
		}
	})
}

// Luck makes a dip a third deeper or less deep: 0.3 of the share is left, or 0.65 of it.
func TestAdaptiveLuck(t *testing.T) {
	for luck, want := range map[float64]float64{0: 1.6 * 0.65, 1: 1.6 * 0.3} {
		synctest.Test(t, func(t *testing.T) {
			law := throttle.DefaultLaw()
			law.Rand = func() float64 { return luck }
			a := must(throttle.NewAdaptive(law))
			a.Observe(throttle.Outcome{Throttled: true})
			if got := float64(a.Quota().Rate); math.Abs(got-want) > 1e-9 {
				t.Errorf("luck %v: %v, want %v", luck, got, want)
			}
		})
	}
}

// A throttle costs those who wait the tokens that are there and a fifth of one, and slows them.
func TestAdaptiveSlowsWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := must(throttle.NewAdaptive(throttle.Law{Ceiling: throttle.Quota{Rate: 2, Burst: 1}, Floor: 1, Patience: time.Minute, Rand: middling}))
		if err := a.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		time.AfterFunc(250*time.Millisecond, func() { a.Observe(throttle.Outcome{Throttled: true}) })
		// The half token is gone, and 1.2 are wanted at the floor of 1 a second.
		if err := a.Wait(t.Context()); err != nil || time.Since(start) != 1450*time.Millisecond {
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
		{"Patience", func(a *throttle.Law) { a.Patience = 0 }},
		{"Patience", func(a *throttle.Law) { a.Patience = -time.Second }},
		{"Rate", func(a *throttle.Law) { a.Ceiling.Rate = 1e9 }},
		{"Rate", func(a *throttle.Law) { a.Ceiling.Rate = rate.Limit(math.NaN()) }},
		{"Burst", func(a *throttle.Law) { a.Ceiling.Burst = 0 }},
		{"Burst", func(a *throttle.Law) { a.Floor = 1e-12 }},
	} {
		a := throttle.DefaultLaw()
		tt.change(&a)
		_, err := throttle.NewAdaptive(a)
		wantInput(t, "NewAdaptive", err, tt.path)
	}
}
