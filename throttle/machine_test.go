package throttle_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// model is the limiter in integers: a bucket that holds tokens in units of 2^-30, gains one,
// two or four units in a nanosecond, and serves a list of callers. All instants of the test
// but deadlines are even multiples of a power of two, so that no two events of one caller
// fall together.
type model struct {
	perNS, burst int64 // units a nanosecond, tokens
	units        int64
	now          int64 // nanoseconds, as of the units
	quiet        int64
	queue        []*caller
	given        []grant // since the last change of quota
}

type grant struct{ at, n int64 }

// A caller is one call of WaitN, in the model and in the limiter.
type caller struct {
	n        int64
	deadline int64 // 0 is none
	want     outcome
	got      chan outcome
	cancel   context.CancelFunc
}

type outcome struct {
	what string // "" while it waits
	at   int64
}

const unit = int64(1) << 30 // of one token

func (m *model) quota() throttle.Quota {
	return throttle.Quota{Rate: rate.Limit(1e9 / float64(unit/m.perNS)), Burst: int(m.burst)}
}

func (m *model) advance(to int64) {
	m.units = min(m.burst*unit, m.units+(to-m.now)*m.perNS)
	m.now = to
}

// due returns the instant at which the first n tokens after those ahead can be given.
func (m *model) due(ahead, n int64) int64 {
	at := max(m.now, m.quiet)
	units := min(m.burst*unit, m.units+(at-m.now)*m.perNS)
	if missing := (ahead+n)*unit - units; missing > 0 {
		at += (missing + m.perNS - 1) / m.perNS
	}
	return at
}

func (m *model) give(n int64) {
	m.units -= n * unit
	m.given = append(m.given, grant{m.now, n})
}

func (m *model) end(i int, what string) {
	m.queue[i].want = outcome{what, m.now}
	m.queue = append(m.queue[:i:i], m.queue[i+1:]...)
}

// settle lets happen what happens at once: the first caller leaves, and the next is the first.
func (m *model) settle() {
	for len(m.queue) > 0 {
		c := m.queue[0]
		due := m.due(0, c.n)
		switch {
		case c.n > m.burst:
			m.end(0, "input")
		case due == m.now:
			m.give(c.n)
			m.end(0, "given")
		case c.deadline > 0 && c.deadline <= due:
			m.end(0, "refused")
		default:
			return
		}
	}
}

// run lets time pass.
func (m *model) run(to int64) {
	for {
		next := to
		if len(m.queue) > 0 {
			next = min(next, m.due(0, m.queue[0].n))
		}
		for _, c := range m.queue {
			if c.deadline > 0 {
				next = min(next, c.deadline)
			}
		}
		m.advance(next)
		for i := 0; i < len(m.queue); i++ {
			if d := m.queue[i].deadline; d > 0 && d <= m.now {
				m.end(i, "expired")
				i--
			}
		}
		m.settle()
		if next == to {
			return
		}
	}
}

// window fails if in some stretch of time more was given than the quota permits.
func (m *model) window(t *rapid.T) {
	for i := range m.given {
		sum := int64(0)
		for _, g := range m.given[i:] {
			if sum += g.n; sum*unit > m.burst*unit+(g.at-m.given[i].at)*m.perNS {
				t.Fatalf("%d given in %s, with %v", sum, time.Duration(g.at-m.given[i].at), m.quota())
			}
		}
	}
}

func classify(err error) string {
	var refused *throttle.DeadlineError
	var input *rule.InputError
	switch {
	case err == nil:
		return "given"
	case errors.As(err, &refused):
		return "refused"
	case errors.As(err, &input):
		return "input"
	case errors.Is(err, context.DeadlineExceeded):
		return "expired"
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return err.Error()
}

func TestLimiterMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { rapid.SyncTest(t, machine) })
}

func machine(t *rapid.T) {
	rates, bursts := rapid.SampledFrom([]int64{1, 2, 4}), rapid.Int64Range(1, 6)
	m := &model{perNS: rates.Draw(t, "rate"), burst: bursts.Draw(t, "burst")}
	tokens := rapid.Int64Range(0, m.burst).Draw(t, "tokens")
	m.units = tokens * unit
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	l, start := must(throttle.NewLimiterWith(m.quota(), int(tokens))), time.Now()
	var callers []*caller
	step := rapid.Map(rapid.Int64Range(0, 4096), func(n int64) int64 { return n << 20 })

	wait := func(t *rapid.T, within int64) {
		c := &caller{n: rapid.Int64Range(1, m.burst).Draw(t, "n"), got: make(chan outcome, 1)}
		var own context.Context
		own, c.cancel = context.WithCancel(ctx)
		if within > 0 {
			c.deadline = m.now + within + int64(2*len(callers)+1) // odd, and no other's
			own, c.cancel = context.WithDeadline(ctx, start.Add(time.Duration(c.deadline)))
		}
		ahead := int64(0)
		for _, q := range m.queue {
			ahead += q.n
		}
		switch due := m.due(ahead, c.n); {
		case c.deadline > 0 && c.deadline <= due && (len(m.queue) > 0 || due > m.now):
			c.want = outcome{"refused", m.now}
		default:
			m.queue = append(m.queue, c)
			m.settle()
		}
		callers = append(callers, c)
		go func() {
			err := l.WaitN(own, int(c.n))
			c.got <- outcome{classify(err), int64(time.Since(start))}
		}()
	}
	t.Repeat(map[string]func(*rapid.T){
		"take": func(t *rapid.T) {
			n := rapid.Int64Range(1, m.burst).Draw(t, "n")
			want := len(m.queue) == 0 && m.due(0, n) == m.now
			if got := l.AllowN(int(n)); got != want {
				t.Fatalf("AllowN(%d) is %t", n, got)
			}
			if want {
				m.give(n)
			}
		},
		"wait":        func(t *rapid.T) { wait(t, 0) },
		"wait within": func(t *rapid.T) { wait(t, step.Draw(t, "deadline")) },
		"cancel": func(t *rapid.T) {
			if len(m.queue) == 0 {
				t.Skip("nobody waits")
			}
			i := rapid.IntRange(0, len(m.queue)-1).Draw(t, "place")
			m.queue[i].cancel()
			m.end(i, "canceled")
			m.settle()
		},
		"quota": func(t *rapid.T) {
			m.perNS, m.burst = rates.Draw(t, "rate"), bursts.Draw(t, "burst")
			m.units = min(m.units, m.burst*unit)
			m.given = nil
			if err := l.SetQuota(m.quota()); err != nil {
				t.Fatal(err)
			}
			m.settle()
		},
		"retry after": func(t *rapid.T) {
			pause := step.Draw(t, "pause")
			l.Observe(throttle.Outcome{Throttled: true, RetryAfter: time.Duration(pause)})
			if pause > 0 {
				m.quiet = max(m.quiet, m.now+pause)
				m.settle()
			}
		},
		"sleep": func(t *rapid.T) {
			d := step.Draw(t, "for")
			if rapid.IntRange(0, 9).Draw(t, "as long as the machine sleeps") == 0 {
				d <<= 10
			}
			time.Sleep(time.Duration(d))
			m.run(m.now + d)
		},
		"": func(t *rapid.T) {
			synctest.Wait()
			for i, c := range callers {
				var got outcome
				select {
				case got = <-c.got:
					c.got <- got
				default:
				}
				if got != c.want {
					t.Fatalf("caller %d of %d: got %v, want %v", i, c.n, got, c.want)
				}
			}
			waiting := 0
			for _, c := range m.queue {
				waiting += int(c.n)
			}
			if l.Waiting() != waiting || l.Tokens() != int(m.units/unit) || l.Quota() != m.quota() {
				t.Fatal(fmt.Sprint(l.Waiting(), l.Tokens(), l.Quota(), ", want ", waiting, m.units/unit, m.quota()))
			}
			m.window(t)
		},
	})
	stop()
	synctest.Wait()
}
