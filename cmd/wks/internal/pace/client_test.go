package pace

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// The delays of retries are those of the SDK: even, up to 2, 4, 8 and so on seconds, and 20 at most.
func TestDelays(t *testing.T) {
	theirs := retry.NewExponentialJitterBackoff(retry.DefaultMaxBackoff)
	for attempt := 1; attempt <= 8; attempt++ {
		most := []time.Duration{2, 4, 8, 16, 20, 20, 20, 20}[attempt-1] * time.Second
		for _, luck := range []float64{0, 0.25, 0.5, 0.75} {
			if d, err := delays(func() float64 { return luck }).BackoffDelay(attempt, nil); err != nil || d != time.Duration(luck*float64(most)) {
				t.Errorf("attempt %d with luck %v: %v, %v", attempt, luck, d, err)
			}
		}
		var longest time.Duration
		for range 500 {
			d, err := theirs.BackoffDelay(attempt, nil)
			if err != nil {
				t.Fatal(err)
			}
			longest = max(longest, d)
		}
		if longest > most || longest < most*9/10 {
			t.Errorf("attempt %d: the SDK waits up to %v, and not to %v", attempt, longest, most)
		}
	}
}

// Numbers are even in [0, 1), those of a seed, and the same for every seed once more.
func TestSeeded(t *testing.T) {
	one, again, other := seeded(1), seeded(1), seeded(2)
	sum, same := 0.0, 0
	const n = 10000
	for range n {
		x := one()
		if x < 0 || x >= 1 || x != again() {
			t.Fatal(x)
		}
		if x == other() {
			same++
		}
		sum += x
	}
	if mean := sum / n; mean < 0.45 || mean > 0.55 || same > n/100 {
		t.Errorf("mean %v, %d of %d as with another seed", mean, same, n)
	}
}

// What the command prints of results: a title and a header before those that share them, and how to draw the same again.
func TestAnswer(t *testing.T) {
	one, two := client{name: "A"}, client{name: "Another one"}
	list := []scenario{{one, 1, 1, 5, false}, {two, 1, 64, 5, false}, {one, 1, 8, 200, true}, {one, 4, 8, 1000, false}, {two, 4, 8, 1000, true}}
	results := []wkstest.Result{{Makespan: 994 * time.Millisecond}, {Makespan: 3 * time.Second, Throttled: 12, Lost: 3}, {}, {Makespan: time.Hour, Throttled: 5}, {Lost: 1000}}
	const want = `
5 calls, no latency; optimum 0.00 s
       client  goroutines  makespan  throttled  lost
            A           1    0.99 s          0     0
  Another one          64    3.00 s         12     3

200 calls, latency varies; optimum 97.50 s
  client  goroutines  makespan  throttled  lost
       A           8    0.00 s          0     0

1000 calls of 4 processes, no latency; optimum 497.50 s
  client  goroutines   makespan  throttled  lost
       A           8  3600.00 s          5     0

1000 calls of 4 processes, latency varies; optimum 497.50 s
       client  goroutines  makespan  throttled  lost
  Another one           8    0.00 s          0  1000

`
	var got bytes.Buffer
	if err := write(&got, list, results, 7); err != nil {
		t.Fatal(err)
	}
	if table, after, found := strings.Cut(got.String(), "Latency \""); !found || table != want {
		t.Errorf("got\n%s\nwant\n%s", table, want)
	} else if _, repeat, _ := strings.Cut(after, "\n\n"); repeat != `Each line is one simulation. All of them draw latency and retry delays from the seed 7, each from
its beginning: "wks pace --seed 7" prints the same table.
` {
		t.Errorf("%s", repeat)
	}
	// A scenario without an optimum has no answer.
	var invalid *rule.InputError
	if err := write(new(bytes.Buffer), []scenario{{one, 1, 1, -1, false}}, results, 7); !errors.As(err, &invalid) || invalid.Path != "n" {
		t.Errorf("%v", err)
	}
}

// A writer that fails ends the command with its error.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return 0, fmt.Errorf("no room")
	}
	f.room -= len(p)
	return len(p), nil
}

// failing fails at one of its writes.
type failing struct{ n, at int }

func (f *failing) Write(p []byte) (int, error) {
	if f.n++; f.n == f.at {
		return 0, fmt.Errorf("no room")
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	list := scenarios()[:2]
	results := make([]wkstest.Result, len(list))
	var text bytes.Buffer
	if err := write(&text, list, results, 1); err != nil {
		t.Fatal(err)
	}
	for room := range text.Len() {
		if err := write(&full{room}, list, results, 1); err == nil {
			t.Errorf("room for %d of %d bytes is enough", room, text.Len())
		}
	}
	// One write that fails is enough, though there is room for the next.
	writes := new(failing)
	if err := write(writes, list, results, 1); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= writes.n; n++ {
		if err := write(&failing{at: n}, list, results, 1); err == nil {
			t.Errorf("nobody hears of write %d of %d", n, writes.n)
		}
	}
}

// The same seed gives the same result, another seed another one.
func TestSeed(t *testing.T) {
	lineartest.SkipRace(t)
	for _, c := range clients {
		s := scenario{c, 2, 8, 100, true}
		list, err := simulate([]scenario{s, s}, 7)
		if err != nil || list[0] != list[1] {
			t.Errorf("%s: %v, %v", c.name, list, err)
		}
		if other, err := s.simulate(8); err != nil || other == list[0] {
			t.Errorf("%s: %v and %v, %v", c.name, other, list[0], err)
		}
	}
}

// The scenarios are those that the table must show, in its order.
func TestScenarios(t *testing.T) {
	var got []string
	for _, s := range scenarios() {
		got = append(got, fmt.Sprintf("%s: %s, %d", s.title(), s.client.name, s.goroutines))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(everyScenario(), "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// One call takes the way of its request, 20 to 300 ms, and 20 ms of its answer, or no time at all. Of 3000 seeds some are
// within a millisecond of the bounds.
func TestLatency(t *testing.T) {
	least, most := time.Hour, time.Duration(0)
	for seed := range uint64(3000) {
		r, err := scenario{clients[0], 1, 1, 1, true}.simulate(seed)
		if err != nil || r.Throttled+r.Lost != 0 {
			t.Fatalf("seed %d: %+v, %v", seed, r, err)
		}
		least, most = min(least, r.Makespan), max(most, r.Makespan)
	}
	if least < 40*time.Millisecond || least > 41*time.Millisecond || most > 320*time.Millisecond || most < 319*time.Millisecond {
		t.Errorf("%v to %v", least, most)
	}
	if r, err := (scenario{clients[0], 1, 1, 1, false}).simulate(1); err != nil || r != (wkstest.Result{}) {
		t.Errorf("without latency: %+v, %v", r, err)
	}
}

// By arithmetic, 25 calls of one process take 10 s with 2 a second and a burst of 5, and half a second more for each call
// that the burst is smaller: Strict has 4, and 2/1 has 1.
func TestPaces(t *testing.T) {
	want := map[string]time.Duration{rateEach: 10 * time.Second, rateAttempts: 12 * time.Second, wksOne: 10 * time.Second, wksStrict: 10500 * time.Millisecond, wksEach: 10 * time.Second}
	for _, c := range clients {
		r, err := scenario{c, 1, 1, 25, false}.simulate(1)
		if most := want[c.name]; err != nil || r.Lost > 0 || most > 0 && (r.Throttled > 0 || r.Makespan.Round(time.Millisecond) != most) {
			t.Errorf("%s: %+v, %v", c.name, r, err)
		}
		delete(want, c.name)
	}
	if len(want) > 0 {
		t.Errorf("no client is named as those of %v", want)
	}
}
