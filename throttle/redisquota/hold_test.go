package redisquota_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

// heldBack checks that what one process meets holds back another one that sleeps towards an
// instant which it has booked. Both have a quota of 1 a second without a burst.
func heldBack(t *testing.T, a, b *redisquota.Limiter) {
	t.Helper()
	if err := a.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	start, done := time.Now(), make(chan time.Duration, 1)
	go func() {
		if err := b.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		done <- time.Since(start)
	}()
	time.Sleep(300 * time.Millisecond) // b has booked, and listens
	a.Observe(throttle.Outcome{Throttled: true, RetryAfter: 2 * time.Second})
	within(t, "the other process", <-done, 2250*time.Millisecond, 2700*time.Millisecond)
}

func TestRetryAfterHoldsAllBack(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	one := throttle.Quota{Rate: 1, Burst: 1}
	heard := make(chan throttle.Hold, 10)
	b := limiter(t, s, one, redisquota.OnHold(func(h throttle.Hold) { heard <- h }))
	heldBack(t, limiter(t, s, one), b)
	h := <-heard
	if h.Asked != 2*time.Second {
		t.Errorf("%+v", h)
	}
	within(t, "hold", h.For, 1800*time.Millisecond, 2*time.Second)
	if len(heard) > 0 {
		t.Errorf("heard %d more", len(heard))
	}
}

// A process that comes later, and knows of nothing, is held back as well; one whose deadline lies
// within the hold is refused at once.
func TestHoldIsInTheKey(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a := limiter(t, s, fast)
	heard := 0
	b := limiter(t, s, fast, redisquota.OnHold(func(throttle.Hold) { heard++ }))
	a.Observe(throttle.Outcome{RetryAfter: time.Second})
	if left := a.Held(); left <= 900*time.Millisecond || left > time.Second {
		t.Errorf("held for %s", left)
	}
	time.Sleep(100 * time.Millisecond)
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	var deadline *throttle.DeadlineError
	if err := b.Wait(ctx); !errors.As(err, &deadline) || time.Since(start) > 300*time.Millisecond {
		t.Errorf("%v after %s", err, time.Since(start))
	}
	if err := b.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	within(t, "a late process", time.Since(start), 850*time.Millisecond, 1200*time.Millisecond)
	if heard != 1 {
		t.Errorf("heard of %d holds", heard)
	}
}

// A day is believed up to the bound.
func TestHoldIsBounded(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a, b := limiter(t, s, fast, redisquota.MaxRetryAfter(time.Second)), limiter(t, s, fast)
	a.Observe(throttle.Outcome{RetryAfter: 24 * time.Hour})
	time.Sleep(100 * time.Millisecond)
	start := time.Now()
	for _, l := range []*redisquota.Limiter{a, b} {
		if err := l.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
	within(t, "both", time.Since(start), 850*time.Millisecond, 1300*time.Millisecond)
	c := limiter(t, s, fast, redisquota.MaxRetryAfter(0))
	c.Observe(throttle.Outcome{RetryAfter: 24 * time.Hour})
	if c.Held() != 0 {
		t.Errorf("held for %s", c.Held())
	}
}

// A throttle that one process meets takes what is left of the burst from all.
func TestThrottleEmptiesTheBucket(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a, b := limiter(t, s, slow), limiter(t, s, slow)
	if err := a.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.Observe(throttle.Outcome{Throttled: true})
	time.Sleep(100 * time.Millisecond)
	if n := take(t, b); n != 0 {
		t.Errorf("%d tokens", n)
	}
}

// Where the channel is forbidden, a process learns of the hold when it books next.
func TestHoldWithoutMessages(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	c := s.Client()
	defer c.Close()
	if err := c.Do(t.Context(), "ACL", "SETUSER", "app", "on", ">secret", "~wks:*", "resetchannels", "+@all").Err(); err != nil {
		t.Fatal(err)
	}
	client := func() redis.UniversalClient {
		return redis.NewClient(&redis.Options{Addr: s.Addr, Username: "app", Password: "secret"})
	}
	a, b := with(t, client(), throttle.Quota{Rate: 2, Burst: 1}), with(t, client(), throttle.Quota{Rate: 2, Burst: 1})
	if err := a.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	time.AfterFunc(200*time.Millisecond, func() { a.Observe(throttle.Outcome{RetryAfter: 2 * time.Second}) })
	for i, want := range []time.Duration{500 * time.Millisecond, 2200 * time.Millisecond} {
		if err := b.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		within(t, []string{"booked before", "booked after"}[i], time.Since(start), want-50*time.Millisecond, want+300*time.Millisecond)
	}
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	one := throttle.Quota{Rate: 0.5, Burst: 2}
	a, b := limiter(t, s, one, redisquota.Name("a")), limiter(t, s, one, redisquota.Name("b c"))
	before, err := a.Snapshot(t.Context())
	if err != nil || before.Quota != (throttle.Quota{}) || before.Tokens != 0 || len(before.Processes) != 0 || time.Since(before.At).Abs() > time.Minute {
		t.Errorf("%+v, %v", before, err)
	}
	for _, l := range []*redisquota.Limiter{a, b} {
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go b.Wait(ctx)
	time.Sleep(50 * time.Millisecond)
	for range 3 {
		go a.Wait(ctx)
		time.Sleep(50 * time.Millisecond)
	}
	got, err := a.Snapshot(t.Context())
	if err != nil || got.Quota != one || got.Tokens != -2 || got.Held != 0 || len(got.Processes) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, name := range []string{"b c", "a"} {
		p := got.Processes[i]
		if p.Name != name {
			t.Errorf("%+v", got.Processes)
		}
		within(t, name, p.Booked.Sub(got.At), time.Duration(2*i+1)*time.Second, time.Duration(2*i+2)*time.Second)
	}
	if line := got.Line(); !strings.HasPrefix(line, "-2 of 2 tokens  queue 2  \"b c\" in 1.") || !strings.Contains(line, `"a" in 3.`) {
		t.Error(line)
	}
	if text := got.String(); !strings.Contains(text, "0.5 calls a second, burst 2  tokens -2  waiting 0\n") || !strings.Contains(text, `"b c"`) {
		t.Error(text)
	}
	a.Observe(throttle.Outcome{RetryAfter: time.Minute})
	time.Sleep(100 * time.Millisecond)
	got, err = redisquota.Read(t.Context(), with2(t, s), key)
	if err != nil || got.Tokens < 0 {
		t.Errorf("%+v, %v", got, err)
	}
	within(t, "held", got.Held, 59*time.Second, time.Minute)
	c := with2(t, s)
	if err := c.Set(t.Context(), "other", "x", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := redisquota.Read(t.Context(), c, "other"); err == nil {
		t.Error("a string is read as a quota")
	}
	if err := c.HSet(t.Context(), "odd", "full", "x").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := redisquota.Read(t.Context(), c, "odd"); err == nil {
		t.Error("an odd hash is read as a quota")
	}
}

func with2(t *testing.T, s *redistest.Server) *redis.Client {
	c := s.Client()
	t.Cleanup(func() { c.Close() })
	return c
}
