package throttle_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
)

const day = 24 * time.Hour

// bounded is a limiter with a bound of its own.
type bounded interface {
	throttle.Observer
	SetMaxRetryAfter(time.Duration) error
}

// A day in one answer holds calls back for the bound, and not for a day.
func TestRetryAfterIsBounded(t *testing.T) {
	for name, make := range map[string]func() bounded{
		"limiter":  func() bounded { return must(throttle.NewLimiter(throttle.Strict())) },
		"adaptive": func() bounded { return must(throttle.NewAdaptive(throttle.DefaultLaw())) },
	} {
		for _, tt := range []struct {
			set         bool
			most, asked time.Duration
			want        time.Duration
		}{
			{false, 0, day, throttle.MaxRetryAfter},
			{false, 0, 1 << 62, throttle.MaxRetryAfter},
			{false, 0, 3 * time.Second, 3 * time.Second},
			{true, 10 * time.Second, day, 10 * time.Second},
			{true, time.Hour, day, time.Hour},
			{true, 1<<63 - 1, day, day},
			{true, 0, day, 0},
		} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w, start := make(), time.Now()
					if tt.set {
						if err := w.SetMaxRetryAfter(tt.most); err != nil {
							t.Fatal(err)
						}
					}
					w.Observe(throttle.Outcome{Served: true, RetryAfter: tt.asked})
					if err := w.Wait(t.Context()); err != nil || time.Since(start) != tt.want {
						t.Errorf("%+v: %v after %s", tt, err, time.Since(start))
					}
				})
			})
		}
	}
}

// The bound holds for any other waiter in a Pacer, too.
func TestRetryAfterOfOtherWaitersIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := must(throttle.NewPacer(func(string) (throttle.Waiter, error) { return always{}, nil }).Limiter("eu-west-1"))
		start := time.Now()
		o.Observe(throttle.Outcome{RetryAfter: day})
		if err := o.Wait(t.Context()); err != nil || time.Since(start) != throttle.MaxRetryAfter {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

// always never waits.
type always struct{}

func (always) Wait(ctx context.Context) error { return ctx.Err() }

// Who observes a limiter hears of each pause that begins or becomes longer, and sees what is left.
func TestHoldIsObserved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := must(throttle.NewLimiter(throttle.Strict()))
		var heard []throttle.Hold
		l.OnHold(func(h throttle.Hold) {
			if l.Held() != h.For { // it may call the limiter
				t.Errorf("%+v, but held for %s", h, l.Held())
			}
			heard = append(heard, h)
		})
		if l.Held() != 0 {
			t.Errorf("held for %s at the start", l.Held())
		}
		l.Observe(throttle.Outcome{RetryAfter: 5 * time.Second})
		l.Observe(throttle.Outcome{RetryAfter: 2 * time.Second}) // ends sooner, so nothing changes
		l.Observe(throttle.Outcome{Throttled: true})
		time.Sleep(4 * time.Second)
		if l.Held() != time.Second || l.Allow() {
			t.Errorf("held for %s", l.Held())
		}
		l.Observe(throttle.Outcome{RetryAfter: day})
		l.OnHold(nil)
		l.Observe(throttle.Outcome{RetryAfter: day + time.Second})
		time.Sleep(throttle.MaxRetryAfter)
		if l.Held() != 0 || !l.Allow() {
			t.Errorf("held for %s at the end", l.Held())
		}
		if len(heard) != 2 || heard[0] != (throttle.Hold{Asked: 5 * time.Second, For: 5 * time.Second}) || heard[1] != (throttle.Hold{Asked: day, For: throttle.MaxRetryAfter}) {
			t.Errorf("%+v", heard)
		}
		wantInput(t, "SetMaxRetryAfter", l.SetMaxRetryAfter(-1), "MaxRetryAfter")
	})
}

// A caller whose deadline lies within the pause learns of it at once, and one with a deadline
// behind the bound is served, whatever the service asked for.
func TestDeadlineBeforeHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := must(throttle.NewLimiter(throttle.Strict()))
		l.Observe(throttle.Outcome{RetryAfter: day})
		for _, left := range []time.Duration{30 * time.Second, 2 * time.Minute} {
			ctx, cancel := context.WithTimeout(t.Context(), left)
			defer cancel()
			start := time.Now()
			err := l.Wait(ctx)
			if want := left < throttle.MaxRetryAfter; errors.Is(err, context.DeadlineExceeded) != want || want && time.Since(start) > 0 {
				t.Errorf("%s: %v after %s", left, err, time.Since(start))
			}
		}
	})
}

// One 503 with a day in it, through the SDK's client: the Region goes on after the bound.
func TestPaceSurvivesADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{words: []string{"503-for-a-day"}}
		client, start := s.client(throttle.Pace(throttle.Strict())), time.Now()
		if _, err := client.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{}); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took < throttle.MaxRetryAfter || took > throttle.MaxRetryAfter+2*time.Second {
			t.Errorf("%s", took)
		}
	})
}
