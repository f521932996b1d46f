package throttle_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/throttle"
)

// The table of the guide's section on ThrottlingException, row by row.
var (
	tableSent    = []int{0, 2, 5, 2, 3, 0, 0, 0, 0}
	tableAllowed = []int{5, 5, 5, 2, 2, 1, 3, 5, 5}
)

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func TestReplayNineRows(t *testing.T) {
	rows, err := throttle.Documented().Replay(tableSent)
	if err != nil {
		t.Fatal(err)
	}
	// What the table's details say besides: one call of second 5 is over the limit, and is
	// served in second 6.
	for i, r := range rows {
		want := throttle.Second{Number: i + 1, Sent: tableSent[i], Allowed: tableAllowed[i], Admitted: tableSent[i]}
		switch i + 1 {
		case 5:
			want.Admitted, want.Queued = 2, 1
		case 6:
			want.Retried = 1
		}
		if r != want {
			t.Errorf("got %+v, want %+v", r, want)
		}
	}
	ruletest.Drawn(t, "testdata/nine_rows.txt", []byte(rows.String()))
}

// The same rows from a bucket that is told each call, at any instants of each second.
func TestBucketNineRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		b := must(throttle.NewBucket(throttle.AsDocumented(), throttle.PerSecond, epoch))
		for i, n := range tableSent {
			begin := epoch.Add(time.Duration(i) * time.Second)
			if got := b.Tokens(begin); got != tableAllowed[i] {
				t.Fatalf("second %d: %d allowed, want %d", i+1, got, tableAllowed[i])
			}
			at := make([]int64, n)
			for j := range at {
				at[j] = r.Int64N(int64(time.Second))
			}
			slices.Sort(at)
			for j, offset := range at {
				now := begin.Add(time.Duration(offset))
				served, want := b.Defer(now), now
				if i == 4 && j == 2 { // the third call of second 5
					want = begin.Add(time.Second)
				}
				if !served.Equal(want) {
					t.Fatalf("second %d: call %d served at %s, want %s", i+1, j, served, want)
				}
			}
		}
	}
}

// A bucket that forgets the calls it refuses misses rows 6 and 7, so the table has a queue.
func TestBucketThatDropsMissesRows(t *testing.T) {
	b := must(throttle.NewBucket(throttle.AsDocumented(), throttle.PerSecond, epoch))
	var allowed []int
	for i, n := range tableSent {
		now := epoch.Add(time.Duration(i) * time.Second)
		allowed = append(allowed, b.Tokens(now))
		for range n {
			b.Allow(now)
		}
	}
	if want := []int{5, 5, 5, 2, 2, 2, 4, 5, 5}; !slices.Equal(allowed, want) {
		t.Errorf("%v, want %v", allowed, want)
	}
}

// Replay against the recurrence with two counters, for any traffic.
func TestReplayRecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rps, burst := rapid.IntRange(1, 7).Draw(t, "rate"), rapid.IntRange(7, 12).Draw(t, "burst")
		sent := rapid.SliceOfN(rapid.IntRange(0, 15), 0, 30).Draw(t, "sent")
		rows, err := throttle.Quota{Rate: rate.Limit(rps), Burst: burst}.Replay(sent)
		if err != nil {
			t.Fatal(err)
		}
		// 1e9 ÷ 3, 6 and 7 are no whole numbers of nanoseconds, so those buckets are a few
		// nanoseconds behind the second.
		if rps == 3 || rps == 6 || rps == 7 {
			t.Skip("not a whole interval")
		}
		spare, queue := burst-rps, 0
		for i, s := range sent {
			capacity := min(burst, spare+rps)
			if i == 0 {
				capacity = burst
			}
			retried := min(queue, capacity)
			allowed := capacity - retried
			admitted := min(s, allowed)
			queue += s - retried - admitted
			spare = allowed - admitted
			if want := (throttle.Second{Number: i + 1, Sent: s, Allowed: allowed, Retried: retried, Admitted: admitted, Queued: queue}); rows[i] != want {
				t.Fatalf("got %+v, want %+v", rows[i], want)
			}
		}
	})
}

func TestReplayErrors(t *testing.T) {
	for _, n := range []int{-1, math.MinInt, math.MaxInt} {
		_, err := throttle.AsDocumented().Replay([]int{0, n})
		wantInput(t, "replay", err, "sent[1]")
	}
	_, err := throttle.NewBucket(throttle.Strict(), 2, epoch)
	wantInput(t, "refill", err, "Refill")
	small := throttle.Quota{Rate: 2, Burst: 1}
	_, err = small.Replay(nil)
	wantInput(t, "less than a second's", err, "Burst")
	_, err = throttle.NewBucket(small, throttle.PerSecond, epoch)
	wantInput(t, "less than a second's", err, "Burst")
	if _, err = throttle.NewBucket(small, throttle.Continuous, epoch); err != nil {
		t.Error(err)
	}
}

// Of the calls that a continuous bucket admits, none exceeds the definition, and none that
// it refuses would have kept to it: in no stretch of time more than the burst and what
// flows in.
func TestBucketDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		interval := time.Duration(rapid.Int64Range(1, 1000).Draw(t, "interval"))
		burst := rapid.IntRange(1, 6).Draw(t, "burst")
		q := throttle.Quota{Rate: rate.Limit(1e9 / float64(interval)), Burst: burst}
		perSecond := rapid.Bool().Draw(t, "per second")
		refill, unit := throttle.Continuous, time.Duration(1)
		if perSecond {
			refill, unit = throttle.PerSecond, time.Second
			q.Rate /= 1e9
			interval *= time.Second
		}
		b := must(throttle.NewBucket(q, refill, epoch))
		if must(q.Makespan(burst+1)) != interval {
			t.Skip("the rate is rounded")
		}
		var admitted []time.Duration
		var now time.Duration
		for range 40 {
			now += time.Duration(rapid.Int64Range(0, 2*int64(interval)).Draw(t, "step"))
			counted := now / unit * unit
			fits := true
			for i, a := range admitted { // from the i-th to this one
				calls := len(admitted) - i + 1
				fits = fits && time.Duration(calls-burst)*interval <= counted-a
			}
			if got := b.Allow(epoch.Add(now)); got != fits {
				t.Fatalf("at %s after %v: admitted %t", now, admitted, got)
			}
			if fits {
				admitted = append(admitted, counted)
			}
		}
	})
}

// A clock that goes back and forth admits nothing twice.
func TestBucketClockSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		refill := rapid.SampledFrom([]throttle.Refill{throttle.PerSecond, throttle.Continuous}).Draw(t, "refill")
		b := must(throttle.NewBucket(throttle.AsDocumented(), refill, epoch))
		admitted, first, last := 0, time.Duration(math.MaxInt64), time.Duration(math.MinInt64)
		for range 60 {
			at := time.Duration(rapid.Int64Range(-2e9, 20e9).Draw(t, "at"))
			if b.Allow(epoch.Add(at)) {
				at = max(at, 0)
				admitted, first, last = admitted+1, min(first, at), max(last, at)
			}
		}
		if most := 5 + 2*int((last-first+time.Second)/time.Second); admitted > most {
			t.Fatalf("%d admitted in %s", admitted, last-first)
		}
	})
}

// Before its start a bucket is as at its start, and after centuries it is full.
func TestBucketFarTimes(t *testing.T) {
	for _, refill := range []throttle.Refill{throttle.PerSecond, throttle.Continuous} {
		b := must(throttle.NewBucket(throttle.AsDocumented(), refill, epoch))
		for _, now := range []time.Time{epoch.Add(-time.Hour), epoch.AddDate(1000, 0, 0)} {
			admitted := 0
			for range 9 {
				if b.Allow(now) {
					admitted++
				}
			}
			if admitted != 5 {
				t.Errorf("%s, %s: %d admitted", refill, now, admitted)
			}
		}
	}
}

// The continuous form and golang.org/x/time/rate admit the same calls, at instants for which
// its floating point is exact.
func TestBucketAgreesWithRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := must(throttle.NewBucket(throttle.AsDocumented(), throttle.Continuous, epoch))
		l := rate.NewLimiter(2, 5)
		now := epoch
		for range 50 {
			now = now.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "eighths")) * 125 * time.Millisecond)
			if want, got := l.AllowN(now, 1), b.Allow(now); got != want {
				t.Fatalf("at %s: %t, want %t", now.Sub(epoch), got, want)
			}
			if want, got := int(math.Floor(l.TokensAt(now))), b.Tokens(now); got != want {
				t.Fatalf("at %s: %d tokens, want %d", now.Sub(epoch), got, want)
			}
		}
	})
}

// Deferred calls are served in the order of arrival, as soon as the bucket has a token.
func TestDeferContinuous(t *testing.T) {
	b := must(throttle.NewBucket(throttle.AsDocumented(), throttle.Continuous, epoch))
	now := epoch.Add(100 * time.Millisecond)
	for i := range 9 {
		want := now.Add(time.Duration(max(i-4, 0)) * 500 * time.Millisecond)
		if got := b.Defer(now); !got.Equal(want) {
			t.Errorf("call %d at %s, want %s", i, got.Sub(epoch), want.Sub(epoch))
		}
	}
	for after, want := range map[time.Duration]int{0: -4, 499: -4, 500: -3, 2000: 0, 2499: 0, 2500: 1, 9000: 5} {
		if got := b.Tokens(now.Add(after * time.Millisecond)); got != want {
			t.Errorf("%d tokens after %d ms, want %d", got, after, want)
		}
	}
}

func TestZeroBucket(t *testing.T) {
	var b throttle.Bucket
	if b.Allow(epoch) || b.Tokens(epoch) != 0 || !b.Defer(epoch).IsZero() {
		t.Error("the zero bucket permits something")
	}
}

func TestRefillString(t *testing.T) {
	for r, want := range map[throttle.Refill]string{throttle.PerSecond: "per second", throttle.Continuous: "continuous", 2: ""} {
		if r.String() != want {
			t.Errorf("%d: %q", r, r)
		}
	}
}
