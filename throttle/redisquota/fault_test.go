package redisquota_test

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

// A process that is killed with kill -9 costs the others the one slot that it had booked.
func TestProcessIsKilled(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	g := &grants{}
	victim := spawn(t, s, g, 0, 8)
	spawn(t, s, g, 1, 8)
	spawn(t, s, g, 2, 8)
	g.until(t, 40)
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	killed := time.Now()
	time.Sleep(2 * time.Second)
	all := g.sorted()
	after, last := 0, time.Time{}
	for i, one := range all {
		if one.at.After(killed) {
			after++
			if gap := one.at.Sub(all[i-1].at); gap > late+100*time.Millisecond { // two slots
				t.Errorf("nothing for %s", gap)
			}
			last = one.at
		}
		if one.process == 0 && one.at.After(killed.Add(50*time.Millisecond)) {
			t.Error("the killed process called")
		}
	}
	if want := int(last.Sub(killed)/(50*time.Millisecond)) - 2; after < want {
		t.Errorf("%d calls, want %d", after, want)
	}
}

// A key that is lost gives at most a burst more, and none if the bucket starts empty.
func TestKeyIsLost(t *testing.T) {
	for name, tt := range map[string]struct {
		options []redisquota.Option
		fresh   int // tokens for a process that knows nothing of the old key
	}{
		"full":  {nil, 3},
		"empty": {[]redisquota.Option{redisquota.StartEmpty()}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t)
			a := limiter(t, s, slow, tt.options...)
			if n := take(t, a); n != tt.fresh {
				t.Errorf("%d tokens at the start, want %d", n, tt.fresh)
			}
			s.Kill(t)
			s.Run(t)
			fresh := limiter(t, s, slow, tt.options...)
			if n := take(t, fresh); n != tt.fresh {
				t.Errorf("%d tokens after the restart, want %d", n, tt.fresh)
			}
		})
	}
}

// Processes that have known the old key do not get another burst: what they knew still counts,
// but for the one token of tolerance.
func TestKeyIsLostAndRemembered(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	a := limiter(t, s, slow)
	if n := take(t, a); n != 3 {
		t.Errorf("%d tokens at the start", n)
	}
	s.Kill(t)
	s.Run(t)
	if n := take(t, a); n > 1 {
		t.Errorf("%d tokens after the restart", n)
	}
	client := s.Client()
	defer client.Close()
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if n := take(t, a); n > 1 {
		t.Errorf("%d tokens after the flush", n)
	}
}

// The clock of the server jumps under four processes. Going back it stops nobody for longer than the
// quota takes to refill, going ahead it gives no more than a burst.
func TestClockJumps(t *testing.T) {
	for name, ahead := range map[string]time.Duration{"back": -time.Hour, "ahead": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.StartWithClock(t)
			g := &grants{}
			for p := range 4 {
				spawn(t, s, g, p, 2)
			}
			g.until(t, 30)
			s.Jump(t, ahead)
			jumped := time.Now()
			time.Sleep(1500 * time.Millisecond)
			all := g.sorted()
			client := s.Client()
			defer client.Close()
			if clock := client.Time(t.Context()).Val(); time.Until(clock).Abs() < 50*time.Minute {
				t.Fatalf("the clock did not jump: %s", clock)
			}
			if i := slices.IndexFunc(all, func(one grant) bool { return one.at.After(jumped.Add(time.Second)) }); i < 0 {
				t.Error("callers are stopped")
			}
			for i := range all[1:] {
				if gap := all[i+1].at.Sub(all[i].at); gap > late+250*time.Millisecond { // five slots
					t.Errorf("nothing for %s", gap)
				}
			}
			if n := excess(all, fast, late); n > fast.Burst {
				t.Errorf("%d calls over the quota, want at most a burst", n)
			}
		})
	}
}

// A clock that jumps under an empty bucket: back, the wait is that of the quota; ahead, there is a
// burst and no more.
func TestClockJumpsWhenEmpty(t *testing.T) {
	for name, tt := range map[string]struct {
		ahead time.Duration
		fresh int
	}{"back": {-time.Hour, 0}, "ahead": {time.Hour, 3}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := redistest.StartWithClock(t)
			if n := take(t, limiter(t, s, slow)); n != 3 {
				t.Errorf("%d tokens at the start", n)
			}
			s.Jump(t, tt.ahead)
			other := limiter(t, s, slow)
			if n := take(t, other); n != tt.fresh {
				t.Errorf("%d tokens after the jump, want %d", n, tt.fresh)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			var deadline *throttle.DeadlineError
			if err := other.Wait(ctx); !errors.As(err, &deadline) || deadline.Wait > 30*time.Second { // three tokens
				t.Errorf("%v", err)
			}
		})
	}
}

// A flushed script cache is filled again.
func TestScriptsAreFlushed(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	l, client := limiter(t, s, fast), s.Client()
	defer client.Close()
	for range 8 {
		if err := client.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		if err := l.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// proxy passes connections on, and cuts one instead of passing an answer back whenever cut is set.
func proxy(t *testing.T, to string, cut *atomic.Bool) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				near.Close()
				continue
			}
			go func() {
				_, _ = io.Copy(far, near) // ends with the connection
				far.Close()
			}()
			go func() {
				defer near.Close()
				defer far.Close()
				for data := make([]byte, 1<<16); ; {
					n, err := far.Read(data)
					if err != nil || cut.CompareAndSwap(true, false) {
						return
					}
					if _, err := near.Write(data[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// An answer that is lost with its connection is asked for again, and is no second booking.
func TestConnectionIsLost(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	var cut atomic.Bool
	l := with(t, redis.NewClient(&redis.Options{Addr: proxy(t, s.Addr, &cut)}), throttle.Quota{Rate: 0.1, Burst: 8})
	for i := range 8 {
		cut.Store(i > 0 && i%2 == 0)
		if err := l.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if cut.Load() {
			t.Error("no connection was cut")
		}
	}
	if n := take(t, l); n != 0 {
		t.Errorf("%d tokens more", n)
	}
}

// away checks that callers get errors, or their own pace, while Redis is away, and the shared pace
// when it is back.
func away(t *testing.T, s *redistest.Server, client func() redis.UniversalClient, gone, back func(), contains string) {
	t.Helper()
	plain := with(t, client(), fast, redisquota.Timeout(time.Second))
	changes := make(chan error, 100)
	local, err := throttle.NewLimiter(throttle.Quota{Rate: 10, Burst: 2})
	if err != nil {
		t.Fatal(err)
	}
	paced := with(t, client(), fast, redisquota.Timeout(time.Second), redisquota.Fallback(local), redisquota.OnChange(func(err error) { changes <- err }))
	for _, l := range []*redisquota.Limiter{plain, paced} {
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	gone()
	start := time.Now()
	var unavailable *redisquota.UnavailableError
	for range 8 { // the first finds out, and the others need not
		if err := plain.Wait(t.Context()); !errors.As(err, &unavailable) || !strings.Contains(err.Error(), contains) {
			t.Errorf("%v, want one with %q", err, contains)
		}
	}
	within(t, "eight errors", time.Since(start), 0, 2*time.Second)
	if err := paced.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-changes; err == nil {
		t.Error("OnChange heard nil")
	}
	start = time.Now()
	for range 5 {
		if err := paced.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
	within(t, "five calls by the fallback", time.Since(start), 400*time.Millisecond, 1200*time.Millisecond)
	back()
	deadline := time.After(10 * time.Second)
	for returned := false; !returned; {
		if err := paced.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		select {
		case err := <-changes:
			returned = err == nil
		case <-deadline:
			t.Fatal("not back")
		default:
		}
	}
	before := s.Calls(t)
	for range 3 {
		if err := paced.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if n := s.Calls(t) - before; n < 3 {
		t.Errorf("%d commands for three calls after the return", n)
	}
	for start := time.Now(); plain.Wait(t.Context()) != nil; time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > 5*time.Second {
			t.Fatal("not back without a fallback")
		}
	}
}

func TestServerIsAway(t *testing.T) {
	plain := func(s *redistest.Server) func() redis.UniversalClient {
		return func() redis.UniversalClient { return s.Client() }
	}
	run := func(t *testing.T, client redis.UniversalClient, args ...any) {
		t.Helper()
		if err := client.Do(t.Context(), args...).Err(); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("killed", func(t *testing.T) {
		t.Parallel()
		s := redistest.Start(t)
		away(t, s, plain(s), func() { s.Kill(t) }, func() { s.Run(t) }, "")
	})
	t.Run("frozen", func(t *testing.T) {
		t.Parallel()
		s := redistest.Start(t)
		away(t, s, plain(s), func() { s.Freeze(t) }, func() { s.Thaw(t) }, "")
	})
	t.Run("read-only replica", func(t *testing.T) {
		t.Parallel()
		s := redistest.Start(t)
		c := s.Client()
		defer c.Close()
		away(t, s, plain(s), func() { run(t, c, "REPLICAOF", "127.0.0.1", "1") }, func() { run(t, c, "REPLICAOF", "NO", "ONE") }, "READONLY")
	})
	t.Run("no scripts", func(t *testing.T) {
		t.Parallel()
		s := redistest.Start(t)
		c := s.Client()
		defer c.Close()
		run(t, c, "ACL", "SETUSER", "app", "on", ">secret", "~wks:*", "&*", "+@all")
		app := func() redis.UniversalClient {
			return redis.NewClient(&redis.Options{Addr: s.Addr, Username: "app", Password: "secret"})
		}
		away(t, s, app, func() { run(t, c, "ACL", "SETUSER", "app", "-eval", "-evalsha") }, func() { run(t, c, "ACL", "SETUSER", "app", "+eval", "+evalsha") }, "NOPERM")
	})
	t.Run("another type", func(t *testing.T) {
		t.Parallel()
		s := redistest.Start(t)
		c := s.Client()
		defer c.Close()
		away(t, s, plain(s), func() { run(t, c, "SET", key, "x") }, func() { run(t, c, "DEL", key) }, "WRONGTYPE")
	})
}

// A server whose memory is full refuses other writes, and serves the quota.
func TestMemoryIsFull(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t)
	l, c := limiter(t, s, slow), s.Client()
	defer c.Close()
	if err := c.ConfigSet(t.Context(), "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.Set(t.Context(), "other", "x", 0).Err(); err == nil || !strings.HasPrefix(err.Error(), "OOM") {
		t.Fatalf("the memory is not full: %v", err)
	}
	if n := take(t, l); n != 3 {
		t.Errorf("%d tokens", n)
	}
	if n := take(t, limiter(t, s, slow)); n != 0 { // what it wrote is there
		t.Errorf("%d tokens more", n)
	}
}

// One key will do for a cluster, messages included, while its slot moves to another server and
// when it is there.
func TestCluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3)
	one := throttle.Quota{Rate: 1, Burst: 1}
	a, b := with(t, cluster.Client(), one), with(t, cluster.Client(), one)
	heldBack(t, a, b)
	cluster.Move(t, key, func() {
		start := time.Now()
		for _, l := range []*redisquota.Limiter{a, b} {
			if err := l.Wait(t.Context()); err != nil {
				t.Error(err)
			}
		}
		within(t, "two calls while the slot moves", time.Since(start), 1700*time.Millisecond, 2*time.Second+late)
	})
	for start := time.Now(); cluster.Listeners(t, key) < 2; time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > 20*time.Second {
			t.Fatal("nobody listens on the other server")
		}
	}
	heldBack(t, a, b)
}

// A failover to a replica keeps what was replicated. A booking of the old server still holds.
func TestFailover(t *testing.T) {
	t.Parallel()
	master, replica := redistest.Start(t), redistest.Start(t)
	host, port, err := net.SplitHostPort(master.Addr)
	if err != nil {
		t.Fatal(err)
	}
	second := replica.Client()
	defer second.Close()
	if err := second.Do(t.Context(), "REPLICAOF", host, port).Err(); err != nil {
		t.Fatal(err)
	}
	var current atomic.Value
	current.Store(master.Addr)
	l := with(t, redis.NewClient(&redis.Options{Dialer: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", current.Load().(string))
	}}), slow)
	for range 2 {
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for start := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		there, _ := redisquota.Read(t.Context(), second, key) // an error until the replica is one
		if there.Tokens == 1 {
			break
		}
		if time.Since(start) > 20*time.Second {
			t.Fatalf("not replicated: %+v", there)
		}
	}
	master.Kill(t)
	if err := second.Do(t.Context(), "REPLICAOF", "NO", "ONE").Err(); err != nil {
		t.Fatal(err)
	}
	current.Store(replica.Addr)
	taken := 0
	for start := time.Now(); taken == 0 && time.Since(start) < 10*time.Second; time.Sleep(100 * time.Millisecond) {
		taken = take(t, l)
	}
	if more := take(t, limiter(t, replica, slow)); taken != 1 || more != 0 {
		t.Errorf("%d tokens and %d for another process, want the one that was left", taken, more)
	}
}

// A failover to a server that has nothing of the key gives at most a burst more, to all processes
// together, and nothing if the bucket starts empty.
func TestFailoverLosesTheKey(t *testing.T) {
	for name, tt := range map[string]struct {
		options []redisquota.Option
		burst   int
	}{
		"full":  {nil, 3},
		"empty": {[]redisquota.Option{redisquota.StartEmpty()}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := redistest.Start(t), redistest.Start(t)
			var current atomic.Value
			current.Store(first.Addr)
			client := func() redis.UniversalClient {
				return redis.NewClient(&redis.Options{Dialer: func(ctx context.Context, _, _ string) (net.Conn, error) {
					return new(net.Dialer).DialContext(ctx, "tcp", current.Load().(string))
				}})
			}
			a, b := with(t, client(), slow, tt.options...), with(t, client(), slow, tt.options...)
			if n := take(t, a) + take(t, b); n != tt.burst {
				t.Fatalf("%d tokens at the start, want %d", n, tt.burst)
			}
			first.Kill(t)
			current.Store(second.Addr)
			taken, fresh := 0, limiter(t, second, slow, tt.options...) // knows nothing of the old key
			for start := time.Now(); time.Since(start) < 3*time.Second; time.Sleep(100 * time.Millisecond) {
				taken += take(t, fresh) + take(t, a) + take(t, b)
			}
			if taken != tt.burst {
				t.Errorf("%d tokens after the failover, want %d", taken, tt.burst)
			}
		})
	}
}
