package redisquota_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/internal/leaktest"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

const key = "wks:{123456789012}:eu-west-1"

// fast is a quota that lets tests be short: 20 a second, burst 5.
var fast = throttle.Quota{Rate: 20, Burst: 5}

// slow is one of which nothing flows in while a test looks.
var slow = throttle.Quota{Rate: 0.1, Burst: 3}

const worker = "REDISQUOTA_TEST_WORKER"

// TestMain is a test's process if the environment says so, and else runs the tests.
func TestMain(m *testing.M) {
	if args := os.Getenv(worker); args != "" {
		work(strings.Fields(args))
		return
	}
	redis.SetLogger(silent{}) // servers that are away are what tests are about
	leaktest.Main(m)
}

type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

// work calls from n goroutines until the input ends, and prints when each call was let through.
func work(args []string) {
	n, _ := strconv.Atoi(args[1])
	l, err := redisquota.New(redis.NewClient(&redis.Options{Addr: args[0]}), key, fast)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var mu sync.Mutex
	for caller := range n {
		go func() {
			for {
				began := time.Now()
				if err := l.Wait(context.Background()); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				mu.Lock()
				fmt.Println(caller, time.Now().UnixMicro(), time.Since(began).Microseconds())
				mu.Unlock()
			}
		}()
	}
	bufio.NewReader(os.Stdin).ReadByte()
}

// A grant is a call that was let through, in which process and to which of its callers.
type grant struct {
	process, caller int
	at              time.Time
	waited          time.Duration
}

// grants gathers those of all processes of a test.
type grants struct {
	mu  sync.Mutex
	all []grant
}

func (g *grants) add(one grant) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all = append(g.all, one)
}

// sorted returns the grants so far by time.
func (g *grants) sorted() []grant {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := slices.Clone(g.all)
	slices.SortFunc(all, func(a, b grant) int { return a.at.Compare(b.at) })
	return all
}

// until waits for n grants.
func (g *grants) until(t testing.TB, n int) []grant {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if all := g.sorted(); len(all) >= n {
			return all[:n]
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d grants, want %d", len(g.sorted()), n)
		}
	}
}

// spawn starts a real process with callers of its own, whose end is the test's at the latest.
func spawn(t testing.TB, s *redistest.Server, g *grants, process, callers int) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", worker, s.Addr, callers))
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var caller int
			var at, waited int64
			if _, err := fmt.Sscan(lines.Text(), &caller, &at, &waited); err == nil {
				g.add(grant{process, caller, time.UnixMicro(at), time.Duration(waited) * time.Microsecond})
			}
		}
	}()
	t.Cleanup(func() {
		in.Close()
		_ = c.Process.Kill()
		<-done
		_ = c.Wait() // killed
	})
	return c
}

// limiter makes one, which is a process of its own to the quota.
func limiter(t testing.TB, s *redistest.Server, q throttle.Quota, options ...redisquota.Option) *redisquota.Limiter {
	t.Helper()
	client := s.Client()
	return with(t, client, q, options...)
}

func with(t testing.TB, client redis.UniversalClient, q throttle.Quota, options ...redisquota.Option) *redisquota.Limiter {
	t.Helper()
	l, err := redisquota.New(client, key, q, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); client.Close() })
	return l
}

// take takes tokens for as long as each comes within two seconds, in which none flows into a slow quota. One that comes
// later is refused at once.
func take(t testing.TB, l *redisquota.Limiter) (n int) {
	t.Helper()
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		err := l.Wait(ctx)
		cancel()
		if err != nil {
			return n
		}
		n++
	}
}

// within fails the test unless a duration is in a range.
func within(t testing.TB, what string, got, least, most time.Duration) {
	t.Helper()
	if got < least || got > most {
		t.Errorf("%s: %s, want %s to %s", what, got, least, most)
	}
}

// late is by how much one process may be woken later than another on a busy machine.
const late = 500 * time.Millisecond

// excess returns by how many calls at most any stretch of time exceeds a quota, for calls that
// may be late. TestBookings does without that tolerance.
func excess(all []grant, q throttle.Quota, late time.Duration) (most int) {
	each := time.Duration(float64(time.Second) / float64(q.Rate))
	for i := range all {
		for j := i; j < len(all); j++ {
			permitted := q.Burst + int((all[j].at.Sub(all[i].at)+late)/each)
			most = max(most, j-i+1-permitted)
		}
	}
	return most
}
