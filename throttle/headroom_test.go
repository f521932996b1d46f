package throttle_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/throttle"
)

// throttledCalls sends calls as fast as a client's quota permits, with idle times between them,
// and returns how many the service refuses. Each call is on its way for 0 or jitter, or
// something in between; the service's seconds begin at any phase.
func throttledCalls(t *rapid.T, client throttle.Quota, refill throttle.Refill, jitter time.Duration) (refused int) {
	limiter := must(throttle.NewBucket(client, throttle.Continuous, epoch))
	phase := time.Duration(rapid.Int64Range(0, int64(time.Second)-1).Draw(t, "phase"))
	service := must(throttle.NewBucket(throttle.AsDocumented(), refill, epoch.Add(phase-time.Second)))
	var arrivals []time.Time
	now := epoch
	for range rapid.IntRange(1, 40).Draw(t, "calls") {
		if rapid.IntRange(0, 5).Draw(t, "idle") == 0 {
			now = now.Add(time.Duration(rapid.Int64Range(0, 4e9).Draw(t, "for")))
		}
		now = limiter.Defer(now)
		way := rapid.SampledFrom([]time.Duration{0, jitter, time.Duration(rapid.Int64Range(0, int64(jitter)).Draw(t, "way"))}).Draw(t, "latency")
		arrivals = append(arrivals, now.Add(way))
	}
	slices.SortFunc(arrivals, time.Time.Compare)
	for _, a := range arrivals {
		if !service.Allow(a) {
			refused++
		}
	}
	return refused
}

// Strict is never refused while latency varies by up to half a second and the service refills
// continuously: b ≤ 5 − 2J. If it refills by the second, b ≤ 4 − 2J is safe at any phase.
func TestHeadroom(t *testing.T) {
	for name, tt := range map[string]struct {
		burst  int
		refill throttle.Refill
		jitter time.Duration
	}{
		"strict":                     {throttle.Strict().Burst, throttle.Continuous, 500 * time.Millisecond},
		"as documented, no jitter":   {5, throttle.Continuous, 0},
		"burst 3, a second":          {3, throttle.Continuous, time.Second},
		"strict by the second":       {throttle.Strict().Burst, throttle.PerSecond, 0},
		"burst 3, half a second":     {3, throttle.PerSecond, 500 * time.Millisecond},
		"burst 2, by the second, 1s": {2, throttle.PerSecond, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				if n := throttledCalls(t, throttle.Quota{Rate: 2, Burst: tt.burst}, tt.refill, tt.jitter); n > 0 {
					t.Fatalf("%d refused", n)
				}
			})
		})
	}
}

// Without the room traffic is refused: the bounds are not there by chance. What is sent
// within the jitter arrives together, at its end, and the rest takes no time.
func TestHeadroomIsNeeded(t *testing.T) {
	for _, tt := range []struct {
		burst  int
		refill throttle.Refill
		jitter time.Duration
		want   bool
	}{
		{5, throttle.Continuous, 500 * time.Millisecond, true},
		{4, throttle.Continuous, 500 * time.Millisecond, false},
		{4, throttle.Continuous, 501 * time.Millisecond, true},
		{5, throttle.PerSecond, 0, true},
		{4, throttle.PerSecond, 0, false},
	} {
		refused := false
		for phase := time.Duration(0); phase < time.Second && !refused; phase += 100 * time.Millisecond {
			client := must(throttle.NewBucket(throttle.Quota{Rate: 2, Burst: tt.burst}, throttle.Continuous, epoch))
			service := must(throttle.NewBucket(throttle.AsDocumented(), tt.refill, epoch.Add(phase-time.Second)))
			var arrivals []time.Time
			for range 30 {
				at, late := client.Defer(epoch), epoch.Add(tt.jitter)
				if at.Before(late) {
					at = late
				}
				arrivals = append(arrivals, at)
			}
			slices.SortFunc(arrivals, time.Time.Compare)
			for _, a := range arrivals {
				refused = refused || !service.Allow(a)
			}
		}
		if refused != tt.want {
			t.Errorf("burst %d, %s, jitter %s: refused %t, want %t", tt.burst, tt.refill, tt.jitter, refused, tt.want)
		}
	}
}
