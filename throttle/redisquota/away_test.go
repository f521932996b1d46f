package redisquota_test

import (
	"testing"
	"time"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

// While Redis is away the fallback hears how attempts end, so that an Adaptive slows down, and a
// Retry-After still holds the process back. Before, it hears nothing.
func TestFallbackHears(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	local, err := throttle.NewAdaptive(throttle.DefaultLaw())
	if err != nil {
		t.Fatal(err)
	}
	full := local.Quota().Rate
	l := with(t, s.Client(), fast, redisquota.Timeout(300*time.Millisecond), redisquota.Fallback(local))
	call := func() {
		t.Helper()
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.Observe(throttle.Outcome{Throttled: true})
	}
	call()
	if r := local.Quota().Rate; r != full {
		t.Errorf("a rate of %g while Redis is there", float64(r))
	}
	s.Kill(t)
	call()
	if r := local.Quota().Rate; r >= full {
		t.Errorf("a rate of %g after a throttle while Redis is away", float64(r))
	}
	l.Observe(throttle.Outcome{RetryAfter: time.Minute})
	if held := l.Held(); held < 50*time.Second || local.Held() > 0 {
		t.Errorf("held for %s, the fallback for %s", held, local.Held())
	}
}
