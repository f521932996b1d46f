package throttle

import (
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wksgo/wks/rule"
)

// A time and a number that come with an error are zero.
func TestErrorsComeAlone(t *testing.T) {
	for _, q := range []Quota{{}, {Rate: -1, Burst: 5}, {Rate: 2}, {Rate: 2, Burst: -1}, {Rate: 1e-300, Burst: 1}, {Rate: 2e9, Burst: 1}, {Rate: 1e-9, Burst: math.MaxInt32}} {
		var input *rule.InputError
		if each, err := q.interval(); each != 0 || !errors.As(err, &input) {
			t.Errorf("%+v: %s, %v", q, each, err)
		}
		if d, err := q.Makespan(7); d != 0 || err == nil {
			t.Errorf("%+v: %s, %v", q, d, err)
		}
		if s, err := q.Split(2); s != (Quota{}) || err == nil {
			t.Errorf("%+v: %+v, %v", q, s, err)
		}
	}
	for _, n := range []int{-1, math.MinInt} {
		if d, err := AsDocumented().Makespan(n); d != 0 || err == nil {
			t.Errorf("%d: %s, %v", n, d, err)
		}
		if calls, err := Calls("RebootWorkspaces", n); calls != 0 || err == nil {
			t.Errorf("%d: %d, %v", n, calls, err)
		}
		if s, err := AsDocumented().Split(n); s != (Quota{}) || err == nil {
			t.Errorf("%d: %+v, %v", n, s, err)
		}
	}
	if calls, err := Calls("Nothing", 7); calls != 0 || err == nil {
		t.Errorf("%d, %v", calls, err)
	}
	if items, err := MaxItems("Nothing"); items != (Items{}) || err == nil {
		t.Errorf("%+v, %v", items, err)
	}
	if law, err := NewAdaptive(Law{}); law != nil || err == nil {
		t.Errorf("%v, %v", law, err)
	}
	if l, err := NewLimiter(Quota{}); l != nil || err == nil {
		t.Errorf("%v, %v", l, err)
	}
	if r, err := NewRetryer(Policy{}); r != nil || err == nil {
		t.Errorf("%v, %v", r, err)
	}
	if b, err := NewBucket(Quota{}, Continuous, time.Time{}); b != nil || err == nil {
		t.Errorf("%v, %v", b, err)
	}
}

// A delay doubles from its base to its bound, however late the attempt.
func TestDelaysDouble(t *testing.T) {
	for _, p := range []Policy{{Base: 1, Max: math.MaxInt64}, {Base: 3, Max: 1 << 40}, {Base: time.Second, Max: time.Second}, {Base: time.Second, Max: 20 * time.Second}} {
		p.Rand = func() float64 { return 0.5 }
		want := float64(p.Base)
		for k := 1; k <= 200; k++ {
			if got := p.delay(k); got != time.Duration(0.5*min(want, float64(p.Max))) {
				t.Errorf("%s to %s, attempt %d: %d, want %v", p.Base, p.Max, k, got, 0.5*min(want, float64(p.Max)))
			}
			want *= 2
		}
		if first := p.delay(1); p.delay(0) != first || p.delay(-1) != first || p.delay(math.MinInt) != first {
			t.Errorf("%s before the first attempt, want %s", p.delay(0), first)
		}
	}
}

// A pause that has ended is none, and no negative one.
func TestHeldEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, err := NewLimiter(AsDocumented())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if l.Held() != 0 {
				t.Errorf("held for %s before", l.Held())
			}
			l.Observe(Outcome{RetryAfter: 2 * time.Second})
			for _, left := range []time.Duration{2 * time.Second, time.Second, 0, 0, 0} {
				if l.Held() != left {
					t.Errorf("held for %s, want %s", l.Held(), left)
				}
				time.Sleep(time.Second)
			}
		}
		if d := new(Limiter).Held(); d != 0 {
			t.Errorf("the zero Limiter is held for %s", d)
		}
	})
}
