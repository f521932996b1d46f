package throttle_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

var (
	_ throttle.Waiter   = (*rate.Limiter)(nil)
	_ throttle.Observer = (*throttle.Limiter)(nil)
	_ throttle.Observer = (*throttle.Adaptive)(nil)
)

// Callers are served in the order of arrival, at the instants of the quota.
func TestWaitOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := must(throttle.NewLimiter(throttle.Strict())), time.Now()
		var mu sync.Mutex
		var order []int
		var at []time.Duration
		for i := range 20 {
			go func() {
				if err := l.Wait(t.Context()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				order, at = append(order, i), append(at, time.Since(start))
			}()
			synctest.Wait()
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		for i := range 20 {
			if want := time.Duration(max(i-3, 0)) * 500 * time.Millisecond; order[i] != i || at[i] != want {
				t.Errorf("place %d: caller %d at %s, want %s", i, order[i], at[i], want)
			}
		}
	})
}

// Of 105 callers, 50 in the middle give up after 0.1 s. The others lose nothing: with a
// burst of 5 the last of 55 is served at (55 − 5) ÷ 2 s.
func TestCancelGivesPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := must(throttle.NewLimiter(throttle.AsDocumented())), time.Now()
		fickle, cancel := context.WithCancel(t.Context())
		var served, gone atomic.Int32
		var last atomic.Int64
		for i := range 105 {
			ctx := t.Context()
			if i >= 30 && i < 80 {
				ctx = fickle
			}
			go func() {
				switch err := l.Wait(ctx); {
				case err == nil:
					served.Add(1)
					last.Store(int64(time.Since(start)))
				case errors.Is(err, context.Canceled):
					gone.Add(1)
				default:
					t.Error(err)
				}
			}()
			synctest.Wait()
		}
		time.Sleep(100 * time.Millisecond)
		cancel()
		synctest.Wait()
		if gone.Load() != 50 {
			t.Errorf("%d gave up", gone.Load())
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if served.Load() != 55 || time.Duration(last.Load()) != 25*time.Second || l.Waiting() != 0 {
			t.Errorf("%d served, the last after %s, %d waiting; want 55, 25s, 0", served.Load(), time.Duration(last.Load()), l.Waiting())
		}
	})
}

// The same with deadlines that pass while the callers wait, which a Retry-After makes happen.
func TestExpiryGivesPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := must(throttle.NewLimiterWith(throttle.AsDocumented(), 0))
		var expired atomic.Int32
		for range 10 {
			go func() {
				ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
				defer cancel()
				if err := l.Wait(ctx); errors.Is(err, context.DeadlineExceeded) {
					expired.Add(1)
				}
			}()
		}
		synctest.Wait()
		l.Observe(throttle.Outcome{Throttled: true, RetryAfter: 10 * time.Second})
		start := time.Now()
		if err := l.Wait(t.Context()); err != nil || time.Since(start) != 10*time.Second || expired.Load() != 10 {
			t.Errorf("%v after %s, %d expired, want nil, 10s, 10", err, time.Since(start), expired.Load())
		}
	})
}

// A deadline that the token would not come before is refused at once, by the place in the
// queue, and takes nothing.
func TestDeadlineRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := must(throttle.NewLimiterWith(throttle.Strict(), 0))
		for range 9 {
			go l.Wait(t.Context())
		}
		synctest.Wait()
		start := time.Now()
		for _, tt := range []struct {
			left time.Duration
			ok   bool
		}{{time.Second, false}, {5 * time.Second, false}, {5*time.Second + 1, true}} {
			ctx, cancel := context.WithTimeout(t.Context(), tt.left)
			defer cancel()
			err := l.Wait(ctx)
			var refused *throttle.DeadlineError
			if tt.ok {
				if err != nil || time.Since(start) != 5*time.Second {
					t.Errorf("%s: %v after %s", tt.left, err, time.Since(start))
				}
				continue
			}
			if !errors.As(err, &refused) || !errors.Is(err, context.DeadlineExceeded) || *refused != (throttle.DeadlineError{Left: tt.left, Wait: 5 * time.Second}) || time.Since(start) > 0 {
				t.Errorf("%s: %v after %s", tt.left, err, time.Since(start))
			}
		}
	})
}

// A context that has ended takes no token, even if there is one.
func TestEndedContext(t *testing.T) {
	l := must(throttle.NewLimiter(throttle.Strict()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Wait(ctx); !errors.Is(err, context.Canceled) || l.Tokens() != 4 {
		t.Errorf("%v, %d tokens", err, l.Tokens())
	}
}

func TestWaitN(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := must(throttle.NewLimiter(throttle.Strict())), time.Now()
		for i, n := range []int{3, 4, 1} { // 4 tokens of which 1 is left, then none
			want := []time.Duration{0, 1500 * time.Millisecond, 2 * time.Second}[i]
			if err := l.WaitN(t.Context(), n); err != nil || time.Since(start) != want {
				t.Errorf("%d tokens: %v after %s, want %s", n, err, time.Since(start), want)
			}
		}
		for _, n := range []int{-1, 0, 5} {
			wantInput(t, "WaitN", l.WaitN(t.Context(), n), "n")
			if l.AllowN(n) {
				t.Errorf("AllowN(%d)", n)
			}
		}
	})
}

// A caller for more tokens than a new burst does not stop those behind it.
func TestSetQuotaBelowWhatIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, start := must(throttle.NewLimiterWith(throttle.Strict(), 0)), time.Now()
		failed := make(chan error, 1)
		go func() { failed <- l.WaitN(t.Context(), 4) }()
		synctest.Wait()
		time.AfterFunc(time.Second, func() {
			if err := l.SetQuota(throttle.Quota{Rate: 4, Burst: 3}); err != nil {
				t.Error(err)
			}
		})
		// Two tokens after the first second, one of which is taken, and four a second from then.
		if err := l.WaitN(t.Context(), 3); err != nil || time.Since(start) != 1250*time.Millisecond {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		wantInput(t, "WaitN", <-failed, "n")
		if l.Quota() != (throttle.Quota{Rate: 4, Burst: 3}) {
			t.Errorf("%v", l.Quota())
		}
	})
}

func TestInitialTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for tokens := range 6 {
			l := must(throttle.NewLimiterWith(throttle.AsDocumented(), tokens))
			got := 0
			for l.Allow() {
				got++
			}
			if got != tokens || l.Tokens() != 0 {
				t.Errorf("%d tokens at the start, want %d", got, tokens)
			}
		}
		for _, tokens := range []int{-1, 6} {
			_, err := throttle.NewLimiterWith(throttle.AsDocumented(), tokens)
			wantInput(t, "tokens", err, "tokens")
		}
	})
}

func TestZeroValues(t *testing.T) {
	var l throttle.Limiter
	wantInput(t, "Wait", l.Wait(t.Context()), "Limiter")
	wantInput(t, "SetQuota", l.SetQuota(throttle.Strict()), "Limiter")
	l.Observe(throttle.Outcome{RetryAfter: time.Second})
	if l.Allow() || l.Tokens() != 0 || l.Quota() != (throttle.Quota{}) {
		t.Error("the zero Limiter gives something")
	}
	var a throttle.Adaptive
	wantInput(t, "Wait", a.Wait(t.Context()), "Limiter")
	a.Observe(throttle.Outcome{Throttled: true})
	if a.Quota() != (throttle.Quota{}) {
		t.Error("the zero Adaptive has a quota")
	}
	var p throttle.Pacer
	if _, err := p.Limiter("eu-west-1"); err == nil {
		t.Error("the zero Pacer has a limiter")
	}
	_, err := throttle.NewRetryer(throttle.Policy{})
	wantInput(t, "NewRetryer", err, "Attempts")
	wantInput(t, "Do", throttle.Policy{}.Do(t.Context(), &l, nil), "Attempts")
	var input *rule.InputError
	if err := throttle.Do(t.Context(), &l, func(context.Context) error { return nil }); !errors.As(err, &input) || input.Path != "Limiter" {
		t.Errorf("%v", err)
	}
}

func TestReadyTokenAllocatesNothing(t *testing.T) {
	l, ctx := must(throttle.NewLimiter(throttle.Quota{Rate: 1e9, Burst: 1e9})), t.Context()
	deadline, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	for _, ctx := range []context.Context{ctx, deadline} {
		if n := testing.AllocsPerRun(100, func() {
			if l.Wait(ctx) != nil || !l.Allow() {
				t.Error("no token")
			}
		}); n > 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

// Real time and real contention, for the race detector: whatever is cancelled when, no more
// is given than the quota permits, and nothing stays behind.
func TestStress(t *testing.T) {
	const burst, workers, rounds = 20, 16, 400
	l := must(throttle.NewLimiter(throttle.Quota{Rate: 50_000, Burst: burst}))
	start := time.Now()
	var given atomic.Int64
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(w)))
			for range rounds {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(r.Int64N(int64(2*time.Millisecond))))
				n := 1 + r.IntN(3)
				switch r.IntN(8) {
				case 0:
					go cancel()
				case 1:
					if l.AllowN(n) {
						given.Add(int64(n))
					}
				case 2:
					l.Observe(throttle.Outcome{RetryAfter: time.Microsecond})
				case 3:
					if err := l.SetQuota(throttle.Quota{Rate: rate.Limit(25_000 * (1 + r.IntN(2))), Burst: burst}); err != nil {
						t.Error(err)
					}
				}
				if l.WaitN(ctx, n) == nil {
					given.Add(int64(n))
				}
				cancel()
			}
		})
	}
	group.Wait()
	if most := burst + int64(50_000*time.Since(start).Seconds()) + 1; given.Load() > most || given.Load() == 0 {
		t.Errorf("%d given, want 1 to %d", given.Load(), most)
	}
	if l.Waiting() != 0 {
		t.Errorf("%d tokens are still waited for", l.Waiting())
	}
	if err := l.WaitN(t.Context(), burst); err != nil {
		t.Error(err)
	}
}

// Nobody is forgotten when the first caller leaves at the same time as others come.
func TestEverybodyIsServed(t *testing.T) {
	l := must(throttle.NewLimiter(throttle.Quota{Rate: 100_000, Burst: 1}))
	var group sync.WaitGroup
	errs := make([]error, 500)
	for i := range errs {
		group.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			if i%3 == 0 {
				go cancel()
			}
			errs[i] = l.Wait(ctx)
			cancel()
		})
	}
	group.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil && !errors.Is(err, context.Canceled) }); i >= 0 {
		t.Error(errs[i])
	}
}
