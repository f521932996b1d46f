package pace

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// A row is one of the table.
type row struct {
	client     string
	goroutines int
	seconds    float64
	throttled  int
	lost       int
}

// A block is the rows below one title.
type block struct {
	title   string
	optimum float64
	rows    []row
}

var (
	head = regexp.MustCompile(`^([0-9].*); optimum ([0-9]+\.[0-9]{2}) s$`)
	line = regexp.MustCompile(`^ {2,}(\S.*?) {2,}([0-9]+) {2,}([0-9]+\.[0-9]{2}) s {2,}([0-9]+) {2,}([0-9]+)$`)
)

// printed is what the command prints, and what is read of it.
var printed = sync.OnceValues(func() (string, []block) {
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), nil, nil, &out, &errs); status != cli.Clean || errs.Len() > 0 {
		return errs.String(), nil
	}
	var blocks []block
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	seconds := func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f }
	for l := range strings.Lines(out.String()) {
		l = strings.TrimRight(l, "\n")
		if m := head.FindStringSubmatch(l); m != nil {
			blocks = append(blocks, block{title: m[1], optimum: seconds(m[2])})
		} else if m := line.FindStringSubmatch(l); m != nil && len(blocks) > 0 {
			b := &blocks[len(blocks)-1]
			b.rows = append(b.rows, row{m[1], number(m[2]), seconds(m[3]), number(m[4]), number(m[5])})
		}
	}
	return out.String(), blocks
})

const (
	sdkStandard  = "SDK standard"
	sdkUnlimited = "SDK standard, unlimited attempts"
	rateEach     = "x/time/rate 2/5 for each operation"
	rateAttempts = "x/time/rate 2/1 for each attempt"
	wksOne       = "wks AsDocumented"
	wksStrict    = "wks Strict"
	wksEach      = "wks AsDocumented each, Retryer"
	wksAdaptive  = "wks Adaptive, Retryer"
	wksSplit     = "wks Split, Retryer"
)

// everyScenario names each client of one process for 200 and 1000 calls with 1, 8 and 64 goroutines, and those for several
// processes for two and four, each with latency and without.
func everyScenario() (want []string) {
	alone, several := []string{sdkStandard, sdkUnlimited, rateEach, rateAttempts, wksOne, wksStrict}, []string{sdkStandard, sdkUnlimited, rateEach, wksEach, wksAdaptive, wksSplit}
	for _, calls := range []int{200, 1000} {
		for _, latency := range []string{"no latency", "latency varies"} {
			for _, c := range alone {
				for _, g := range []int{1, 8, 64} {
					want = append(want, fmt.Sprintf("%d calls, %s: %s, %d", calls, latency, c, g))
				}
			}
		}
	}
	for _, processes := range []int{2, 4} {
		for _, latency := range []string{"no latency", "latency varies"} {
			for _, c := range several {
				want = append(want, fmt.Sprintf("1000 calls of %d processes, %s: %s, 8", processes, latency, c))
			}
		}
	}
	return want
}

// The table shows every scenario.
func TestEveryScenario(t *testing.T) {
	lineartest.SkipRace(t)
	text, blocks := printed()
	var got []string
	for _, b := range blocks {
		for _, r := range b.rows {
			got = append(got, fmt.Sprintf("%s: %s, %d", b.title, r.client, r.goroutines))
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(everyScenario(), "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	// One header for each title, columns as wide as they must be and two spaces between them, and the explanation.
	if n := strings.Count(text, "client  goroutines  makespan  throttled  lost\n"); n != len(blocks) {
		t.Errorf("%d headers of %d tables", n, len(blocks))
	}
	if !strings.Contains(text, "\n  "+rateEach+"  ") || strings.Contains(text, "\n "+rateEach) || !strings.HasSuffix(text, fmt.Sprintf(explanation, 1)) || !strings.HasPrefix(text, "\n200 calls") {
		t.Errorf("%s", text)
	}
}

// What the quota of two calls a second with a burst of five permits, by arithmetic: after five at once, one each half
// second.
func TestLaws(t *testing.T) {
	lineartest.SkipRace(t)
	_, blocks := printed()
	if len(blocks) != 8 {
		t.Fatalf("%d tables", len(blocks))
	}
	for _, b := range blocks {
		var calls int
		if _, err := fmt.Sscan(b.title, &calls); err != nil {
			t.Fatal(err)
		}
		optimum := float64(calls-5) / 2
		if b.optimum != optimum {
			t.Errorf("%s: optimum %v, want %v", b.title, b.optimum, optimum)
		}
		varies, processes := strings.Contains(b.title, "varies"), 1
		if _, rest, found := strings.Cut(b.title, "calls of "); found {
			processes = int(rest[0] - '0')
		}
		// What latency adds: the way of one request at most 300 ms, and of its answer 20 ms.
		within := func(r row, least float64) bool {
			if !varies {
				return math.Abs(r.seconds-least) < 0.011
			}
			return r.seconds >= least+0.03 && r.seconds <= least+0.65
		}
		by := map[string][]row{}
		for _, r := range b.rows {
			by[r.client] = append(by[r.client], r)
			wrong := ""
			// Calls that are not lost cannot be faster than the optimum: each was served.
			if served := calls - r.lost; r.seconds < math.Max(0, float64(served-5)/2)-0.011 {
				wrong = "is faster than the quota permits"
			}
			switch r.client {
			case sdkStandard: // three attempts of a call at most
				if r.throttled > 3*r.lost+2*(calls-r.lost) || r.throttled < r.lost || r.goroutines >= 8 && (r.lost < calls/2 || r.seconds > optimum/2) {
					wrong = "does not give up after three attempts"
				}
			case sdkUnlimited, wksAdaptive, wksEach:
				if r.lost != 0 {
					wrong = "loses calls"
				}
			case rateEach: // each process has a whole quota, and its throttled calls are repeated beside it
				if processes > 1 && !within(r, (float64(calls)/float64(processes)-5)/2) || processes == 1 && r.goroutines == 1 && !varies && (!within(r, optimum) || r.throttled > 0) {
					wrong = "does not pace by 2 a second with a burst of 5"
				}
			case rateAttempts:
				if !within(r, float64(calls-1)/2) || r.throttled+r.lost > 0 {
					wrong = "does not pace by 2 a second with a burst of 1"
				}
			case wksOne:
				if !within(r, optimum) || r.lost > 0 || r.throttled > 1 || !varies && r.throttled > 0 {
					wrong = "does not pace by the documented quota"
				}
			case wksStrict:
				if r.throttled+r.lost > 0 || !varies && r.seconds <= optimum || r.seconds > optimum+1 {
					wrong = "is throttled, or waits for long"
				}
			case wksSplit:
				if r.throttled+r.lost > 0 || r.seconds < optimum || r.seconds > optimum+1 {
					wrong = "does not share one quota"
				}
			}
			if wrong != "" {
				t.Errorf("%s: %+v %s", b.title, r, wrong)
			}
		}
		if processes > 1 {
			a, o := by[wksAdaptive][0], by[wksEach][0]
			if a.throttled == 0 || o.throttled == 0 || !(a.seconds < optimum*1.05 && o.seconds < optimum*1.05) || a.throttled >= o.throttled {
				t.Errorf("%s: %+v and %+v", b.title, a, o)
			}
		}
	}
}
