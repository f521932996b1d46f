package redisquota_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

// Four processes of eight callers, for 200 calls: each caller gets its turn, a call costs a command,
// and together they keep to the quota.
func TestFourProcesses(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	g := &grants{}
	for p := range 4 {
		spawn(t, s, g, p, 8)
	}
	all := g.until(t, 200)
	calls, given := s.Calls(t), len(g.sorted())
	if float64(calls) > 1.2*float64(given)+8 { // and one for each head, and the first of each process
		t.Errorf("%d commands for %d calls", calls, given)
	}
	if n := excess(all, fast, late); n > 0 {
		t.Errorf("%d calls over the quota", n)
	}
	byCaller := map[[2]int]int{}
	for _, one := range all[10:] { // the first process starts with the burst
		byCaller[[2]int{one.process, one.caller}]++
	}
	least, most := len(all), 0
	for _, n := range byCaller {
		least, most = min(least, n), max(most, n)
	}
	if len(byCaller) != 32 || most-least > 4 { // a process that the machine keeps waiting misses a turn
		t.Errorf("%d callers got %d to %d calls", len(byCaller), least, most)
	}
	within(t, "makespan", all[len(all)-1].at.Sub(all[0].at), 9700*time.Millisecond, 20*time.Second) // (200 − 5) ÷ 20, and what the machine adds
}

// Callers of one process are served in the order in which they came.
func TestOrder(t *testing.T) {
	t.Parallel()
	l := limiter(t, redistest.Start(t), fast)
	var mu sync.Mutex
	var order []int
	var group sync.WaitGroup
	for i := range 15 {
		group.Go(func() {
			if err := l.Wait(t.Context()); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			order = append(order, i)
		})
		time.Sleep(20 * time.Millisecond)
	}
	group.Wait()
	if !slices.IsSorted(order) {
		t.Errorf("%v", order)
	}
}

// A head that gives up leaves its booking to the next; one without a next gives it back; those
// behind the head cost nothing.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	l := limiter(t, s, throttle.Quota{Rate: 1, Burst: 1})
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	start, before := time.Now(), s.Calls(t)
	head, giveUp := context.WithCancel(t.Context())
	var group sync.WaitGroup
	wait := func(ctx context.Context, want error) {
		group.Go(func() {
			if err := l.Wait(ctx); !errors.Is(err, want) {
				t.Error(err)
			}
		})
		time.Sleep(20 * time.Millisecond)
	}
	for range 5 {
		wait(head, context.Canceled) // a head, and four behind it
	}
	wait(t.Context(), nil)
	giveUp()
	group.Wait()
	within(t, "the next after all that gave up", time.Since(start), 950*time.Millisecond, 1200*time.Millisecond)
	if n := s.Calls(t) - before; n != 1 {
		t.Errorf("%d commands, want the head's alone", n)
	}
	// Alone: the booking goes back to the server, for another process.
	alone, cancel := context.WithTimeout(t.Context(), time.Minute)
	time.AfterFunc(100*time.Millisecond, cancel)
	if err := l.Wait(alone); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	time.Sleep(50 * time.Millisecond)
	other := limiter(t, s, throttle.Quota{Rate: 1, Burst: 1})
	if err := other.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	within(t, "another process", time.Since(start), 1900*time.Millisecond, 2300*time.Millisecond)
}

// A booking in the middle that is given back is used by whoever books next.
func TestMiddleIsGivenBack(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	q := throttle.Quota{Rate: 1, Burst: 1}
	a, b, c := limiter(t, s, q), limiter(t, s, q), limiter(t, s, q)
	if err := a.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	fickle, giveUp := context.WithCancel(t.Context())
	done := make(chan error, 2)
	go func() { done <- a.Wait(fickle) }() // books 1 s
	time.Sleep(50 * time.Millisecond)
	go func() { done <- b.Wait(t.Context()) }() // books 2 s
	time.Sleep(50 * time.Millisecond)
	giveUp()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	time.Sleep(50 * time.Millisecond)
	if err := c.Wait(t.Context()); err != nil { // gets 1 s
		t.Error(err)
	}
	within(t, "the slot in the middle", time.Since(start), 950*time.Millisecond, 1300*time.Millisecond)
	if err := <-done; err != nil {
		t.Error(err)
	}
	within(t, "the slot behind it", time.Since(start), 1950*time.Millisecond, 2300*time.Millisecond)
}

// A deadline that the token would not come before is refused at once, for the head and behind it.
func TestDeadline(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	l := limiter(t, s, throttle.Quota{Rate: 1, Burst: 1})
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	refused := func(left time.Duration) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), left)
		defer cancel()
		start := time.Now()
		var deadline *throttle.DeadlineError
		if err := l.Wait(ctx); !errors.As(err, &deadline) || !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 200*time.Millisecond {
			t.Errorf("%s: %v after %s", left, err, time.Since(start))
		}
	}
	refused(500 * time.Millisecond)
	go l.Wait(t.Context())
	time.Sleep(100 * time.Millisecond)
	refused(1500 * time.Millisecond) // behind a head that waits for a second
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Wait(ended); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestInput(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	defer client.Close()
	for path, f := range map[rule.Path]func() (*redisquota.Limiter, error){
		"client":  func() (*redisquota.Limiter, error) { return redisquota.New(nil, key, fast) },
		"key":     func() (*redisquota.Limiter, error) { return redisquota.New(client, "", fast) },
		"Rate":    func() (*redisquota.Limiter, error) { return redisquota.New(client, key, throttle.Quota{Burst: 1}) },
		"Burst":   func() (*redisquota.Limiter, error) { return redisquota.New(client, key, throttle.Quota{Rate: 1}) },
		"Timeout": func() (*redisquota.Limiter, error) { return redisquota.New(client, key, fast, redisquota.Timeout(0)) },
		"MaxRetryAfter": func() (*redisquota.Limiter, error) {
			return redisquota.New(client, key, fast, redisquota.MaxRetryAfter(-1))
		},
	} {
		var input *rule.InputError
		if _, err := f(); !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	var zero redisquota.Limiter
	var input *rule.InputError
	if err := zero.Wait(t.Context()); !errors.As(err, &input) {
		t.Error(err)
	}
	zero.Observe(throttle.Outcome{Throttled: true, RetryAfter: time.Second})
	if _, err := zero.Snapshot(t.Context()); err == nil || zero.Held() != 0 || zero.Close() != nil {
		t.Errorf("%v", err)
	}
}
