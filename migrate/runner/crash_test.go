package runner_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/wkstest"
)

// A process that dies at any write to the journal, before, in or after it, is followed by
// one that finishes the work.
func TestCrashAtEveryWrite(t *testing.T) {
	writes := 0
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(time.Now, 5, every()...)
		f := &file{}
		if _, err := w.run(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		writes = f.writes
	})
	if writes < 40 {
		t.Fatalf("%d writes", writes)
	}
	step := 1
	if lineartest.Race {
		step = 5
	}
	for at := 1; at <= writes; at += step {
		for _, how := range []crash{before, torn, after} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(time.Now, 5, every()...)
				f := &file{crashAt: at, how: how}
				if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
					t.Fatalf("write %d: %v", at, err)
				}
				requests := 0
				for id := range w.faults {
					requests += w.service.Requests(id)
				}
				time.Sleep(7 * time.Minute)
				rep, err := w.run(t.Context(), f.again())
				if err == nil {
					err = w.check(rep, 1)
				}
				if err != nil {
					t.Fatalf("killed at write %d (%d), after %d requests: %v\n%s", at, how, requests, err, f.data)
				}
			})
		}
	}
}

// A process that dies again and again, each time at its n-th write, gets there.
func TestCrashAgainAndAgain(t *testing.T) {
	step := 1
	if lineartest.Race {
		step = 3
	}
	for n := 1; n <= 6; n += step {
		for _, how := range []crash{before, torn, after} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(time.Now, 5, every()...)
				f := &file{}
				for deaths := 0; ; deaths++ {
					f = f.again()
					f.crashAt, f.how = n, how
					if deaths >= 200 || n == 1 && deaths >= 5 {
						f.crashAt = 0 // one that dies at its first write makes no request
					}
					rep, err := w.run(t.Context(), f)
					if errors.Is(err, errCrash) {
						continue
					}
					if err == nil {
						err = w.check(rep, deaths)
					}
					if err != nil {
						t.Fatalf("dying at each write %d (%d), the %d. time: %v", n, how, deaths, err)
					}
					if deaths == 0 {
						t.Fatal("never died")
					}
					return
				}
			})
		}
	}
}

// The context ends after any number of calls.
func TestCancelAtEveryCall(t *testing.T) {
	for n := 1; ; n += 3 {
		finished := false
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(time.Now, 5, every()...)
			ctx, cancel := context.WithCancel(t.Context())
			calls := 0
			w.options.Pace = waiter(func(ctx context.Context) error {
				if calls++; calls == n {
					cancel()
				}
				return ctx.Err()
			})
			f := &file{}
			rep, err := w.run(ctx, f)
			if finished = err == nil; finished {
				return
			}
			if !errors.Is(err, context.Canceled) || len(rep.Results) != len(w.faults) {
				t.Fatalf("cancelled at call %d: %v", n, err)
			}
			w.options.Pace = nil
			time.Sleep(3 * time.Hour)
			rep, err = w.run(t.Context(), f.again())
			if err == nil {
				err = w.check(rep, 1)
			}
			if err != nil {
				t.Fatalf("cancelled at call %d: %v", n, err)
			}
		})
		if finished {
			if n < 100 {
				t.Errorf("finished after %d calls", n)
			}
			return
		}
	}
}

// Any faults in any waves, with a service that fails now and then, and a process that dies at
// any write, is stopped at any call, and is started again at any time: in the end nothing was
// requested twice and nothing is forgotten.
func TestAnyRun(t *testing.T) {
	faults := rapid.SliceOfN(rapid.SampledFrom(fleet.Faults()), 1, 14)
	rapid.Check(t, func(t *rapid.T) {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		w := newWorld(clock.Now, rapid.IntRange(1, 6).Draw(t, "wave"), faults.Draw(t, "faults")...)
		w.options.Clock = clock
		w.service.LoseDescribes(rapid.SampledFrom([]int{0, 3, 20}).Draw(t, "fails"))
		w.service.Config.Times[wkstest.Migrating] = time.Duration(rapid.IntRange(5, 58).Draw(t, "takes")) * time.Minute
		f := &file{}
		deaths := rapid.IntRange(0, 4).Draw(t, "deaths")
		for range deaths {
			ctx, cancel := context.WithCancel(context.Background())
			f = f.again()
			calls := 0
			if rapid.Bool().Draw(t, "at a write") {
				f.crashAt, f.how = rapid.IntRange(1, 12).Draw(t, "write"), rapid.SampledFrom([]crash{before, torn, after}).Draw(t, "how")
			} else {
				calls = rapid.IntRange(1, 120).Draw(t, "call")
			}
			w.options.Pace = waiter(func(context.Context) error {
				if calls--; calls == 0 {
					cancel()
				}
				return clock.Wait(ctx)
			})
			rep, err := w.run(ctx, f)
			cancel()
			if err != nil && !errors.Is(err, errCrash) && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if len(rep.Results) != len(w.faults) {
				t.Fatalf("%d results of %d WorkSpaces", len(rep.Results), len(w.faults))
			}
			if err := clock.Sleep(context.Background(), time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes down"))*time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		w.options.Pace = clock
		rep, err := w.run(context.Background(), f.again())
		if err == nil {
			err = w.check(rep, deaths)
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, f.data)
		}
	})
}
