package throttle_test

import (
	"context"
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

// The rate after each outcome, as a second program has computed it from the words of Law: a share of 0.65 × 2, a dip to
// 0.475 of it after the first throttle, back in 3.5 s, kept until 10 s, and from there up by 0.18 each second, beyond the
// ceiling too, until 3. The share after the next throttle is 0.8 of the mean, 1.410, and not of the 1.732 that the
// rate had come to.
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
			{time.Second, throttled, 0.6175},              // 1.3 less 0.375 + 0.15 of it
			{399 * time.Millisecond, throttled, 0.697699}, // an echo of the first
			{1351 * time.Millisecond, served, 0.96925},    // half way back
			{1750 * time.Millisecond, served, 1.321},      // the share, and 3.5 × 0.006
			{6500 * time.Millisecond, served, 1.36},       // the end of the patience
			{time.Second, served, 1.366 + 0.18},
			{500 * time.Millisecond, lost, 1.366 + 0.18}, // tells nothing
			{500 * time.Millisecond, throttled, 0.704442},
			{500 * time.Millisecond, throttled, 0.310571}, // soon after, so deeper
			{500 * time.Millisecond, throttled, 0.3},      // the floor
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

// rateAfter returns the rate after throttles, each some time after the one before, and then an answer.
func rateAfter(t *testing.T, patience, served time.Duration, throttles ...time.Duration) (r float64) {
	synctest.Test(t, func(t *testing.T) {
		law := throttle.DefaultLaw()
		law.Patience, law.Rand = patience, middling
		a := must(throttle.NewAdaptive(law))
		for _, after := range throttles {
			time.Sleep(after)
			a.Observe(throttle.Outcome{Throttled: true})
		}
		time.Sleep(served)
		a.Observe(throttle.Outcome{Served: true})
		r = float64(a.Quota().Rate)
	})
	return r
}

// A process keeps 0.65 of its mean rate until it has been without a throttle for more than 5 s, and 0.8
// for good from then on: after the second throttle of each row, and after a third one 1 s later.
func TestAdaptiveFindsItsShare(t *testing.T) {
	for _, tt := range []struct {
		throttles []time.Duration
		want      float64
	}{
		{[]time.Duration{0, 5 * time.Second}, 0.521786},
		{[]time.Duration{0, 5 * time.Second, time.Second}, 0.214636},
		{[]time.Duration{0, 5001 * time.Millisecond}, 0.642209},
		{[]time.Duration{0, 5001 * time.Millisecond, time.Second}, 0.324546},
	} {
		if got := rateAfter(t, time.Minute, 0, tt.throttles...); math.Abs(got-tt.want) > 1e-5 {
			t.Errorf("throttles after %s: %v, want %v", tt.throttles, got, tt.want)
		}
	}
}

// A share of 1.592 where the mean over a minute is 1.266 makes a patience of 10 s one of 7.95 s: somebody seems to
// have gone. The rate is that of the second program, and without this would be 1.64594.
func TestAdaptiveLosesPatienceAsItsShareGrows(t *testing.T) {
	throttles := []time.Duration{0, time.Second, time.Second, 31 * time.Second}
	if got := rateAfter(t, 10*time.Second, 9*time.Second, throttles...); math.Abs(got-1.834486) > 1e-5 {
		t.Errorf("%v, want 1.834486", got)
	}
}

// Of nine callers that have waited for long some leave, and a throttle comes: at once, or when the process is
// used to those who stay. The patience of 20 s is shorter where 1.6 × (those who wait + 1) is less than the mean
// over a minute + 1, by as much. The rate 15 s later shows it. The share is 1.3, and with the climb 1.39 then.
func TestAdaptiveLosesPatienceAsCallersLeave(t *testing.T) {
	for _, tt := range []struct {
		stay     int
		used     time.Duration
		patience float64
	}{
		{9, 0, 20},
		{6, 0, 20},
		{2, 0, 20 * 1.6 * 3 / (3 + 7*math.Exp(-0.25))},
		{1, 0, 20 * 1.6 * 2 / (2 + 8*math.Exp(-0.25))},
		{1, time.Minute, 20 * 1.6 * 2 / (2 + 8*math.Exp(-1.25))},
		{1, time.Hour, 20},
	} {
		synctest.Test(t, func(t *testing.T) {
			law := throttle.DefaultLaw()
			law.Patience, law.Rand = 20*time.Second, middling
			a := must(throttle.NewAdaptive(law))
			stay, end := context.WithCancel(t.Context())
			defer end()
			leave, cancel := context.WithCancel(stay)
			for i := range 9 {
				ctx := stay
				if i >= tt.stay {
					ctx = leave
				}
				go func() {
					for a.Wait(ctx) == nil {
					}
				}()
			}
			time.Sleep(time.Hour)
			cancel()
			time.Sleep(tt.used)
			synctest.Wait()
			a.Observe(throttle.Outcome{Throttled: true})
			time.Sleep(15 * time.Second)
			a.Observe(throttle.Outcome{Served: true})
			want := 1.39 + 0.18*max(0, 15-tt.patience)
			if got := float64(a.Quota().Rate); math.Abs(got-want) > 1e-5 {
				t.Errorf("%d stay for %s: %v, want %v", tt.stay, tt.used, got, want)
			}
		})
	}
}

// Luck makes a dip a third deeper or less deep: 0.3 of the share is left, or 0.65 of it.
func TestAdaptiveLuck(t *testing.T) {
	for luck, want := range map[float64]float64{0: 1.3 * 0.65, 1: 1.3 * 0.3} {
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

// While a caller waits the rate follows the time, after a throttle as after one an hour later, when nobody has waited
// for long.
func TestAdaptiveRateOfThoseWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		law := throttle.DefaultLaw()
		law.Rand = middling
		a := must(throttle.NewAdaptive(law))
		for i := range 3 {
			a.Observe(throttle.Outcome{Throttled: true})
			done := make(chan error, 1)
			go func() { done <- a.Wait(t.Context()) }()
			synctest.Wait()
			for before := a.Quota().Rate; len(done) == 0; before = a.Quota().Rate {
				time.Sleep(500 * time.Millisecond)
				if got := a.Quota().Rate; got <= before && len(done) == 0 {
					t.Errorf("throttle %d: the rate stays at %v", i, got)
				}
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
			time.Sleep(time.Hour)
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
