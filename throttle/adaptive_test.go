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

// The rate after each outcome, by hand: down by half to the floor, up by 0.2 a second since
// the last attempt that was heard of, to the ceiling.
func TestAdaptiveRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		served, throttled, lost := throttle.Outcome{Served: true}, throttle.Outcome{Throttled: true}, throttle.Outcome{}
		a := must(throttle.NewAdaptive(throttle.AIMD{Ceiling: throttle.Quota{Rate: 2, Burst: 3}, Floor: 0.3, Decrease: 0.5, Increase: 0.2}))
		for i, tt := range []struct {
			after time.Duration
			o     throttle.Outcome
			want  float64
		}{
			{0, served, 2},
			{time.Second, throttled, 1},
			{0, throttled, 0.5},
			{time.Minute, throttled, 0.3}, // time adds nothing before a throttle
			{time.Second, served, 0.5},
			{500 * time.Millisecond, served, 0.6},
			{time.Second, lost, 0.6},
			{time.Second, served, 1}, // two seconds, for the lost answer told nothing
			{time.Hour, served, 2},
		} {
			time.Sleep(tt.after)
			a.Observe(tt.o)
			if q := a.Quota(); math.Abs(float64(q.Rate)-tt.want) > 1e-9 || q.Burst != 3 {
				t.Errorf("outcome %d: %v, want a rate of %v", i, q, tt.want)
			}
		}
	})
}

// A new rate holds for those who wait.
func TestAdaptiveSlowsWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := must(throttle.NewAdaptive(throttle.AIMD{Ceiling: throttle.Quota{Rate: 2, Burst: 1}, Floor: 0.1, Decrease: 0.25, Increase: 0.1}))
		if err := a.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		time.AfterFunc(250*time.Millisecond, func() { a.Observe(throttle.Outcome{Throttled: true}) })
		// Half a token at 2 a second, and the other half at 0.5 a second.
		if err := a.Wait(t.Context()); err != nil || time.Since(start) != 1250*time.Millisecond {
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
		change func(*throttle.AIMD)
	}{
		{"Floor", func(a *throttle.AIMD) { a.Floor = 0 }},
		{"Floor", func(a *throttle.AIMD) { a.Floor = 3 }},
		{"Floor", func(a *throttle.AIMD) { a.Floor = rate.Limit(math.NaN()) }},
		{"Decrease", func(a *throttle.AIMD) { a.Decrease = 0 }},
		{"Decrease", func(a *throttle.AIMD) { a.Decrease = 1 }},
		{"Increase", func(a *throttle.AIMD) { a.Increase = -1 }},
		{"Increase", func(a *throttle.AIMD) { a.Increase = rate.Limit(math.Inf(1)) }},
		{"Rate", func(a *throttle.AIMD) { a.Ceiling.Rate = 1e10 }},
		{"Burst", func(a *throttle.AIMD) { a.Ceiling.Burst = 0 }},
		{"Burst", func(a *throttle.AIMD) { a.Floor = 1e-12 }},
	} {
		a := throttle.DefaultAIMD()
		tt.change(&a)
		_, err := throttle.NewAdaptive(a)
		wantInput(t, "NewAdaptive", err, tt.path)
	}
}
