package redisquota

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
)

// Whatever processes book, give back, throttle and hold back, in whichever order: the instants that
// are booked and not given back keep to the quota exactly, none lies in a hold, and a booking
// never goes behind the first instant that the quota permits by more than what is given back.
func TestBookings(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	defer client.Close()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		q := throttle.Quota{Rate: 200, Burst: rapid.IntRange(1, 4).Draw(t, "burst")}
		key := "bookings:" + strconv.Itoa(runs)
		var ls []*Limiter
		for range 3 {
			l, err := New(client, key, q)
			if err != nil {
				t.Fatal(err)
			}
			ls = append(ls, l)
		}
		ctx := t.Context()
		var kept []int64             // booked instants in microseconds
		last := make([]int64, 3)     // of each process, if it may still be given back
		sequence := make([]int64, 3) // of each process
		var quiet int64
		drop := func(p int) {
			if i := slices.Index(kept, last[p]); last[p] > 0 && i >= 0 {
				kept = slices.Delete(kept, i, i+1)
			}
			last[p] = 0
		}
		for range rapid.IntRange(1, 40).Draw(t, "operations") {
			p := rapid.IntRange(0, 2).Draw(t, "process")
			l := ls[p]
			switch rapid.SampledFrom([]string{"book", "book", "book", "book", "back", "pass", "hold", "throttle"}).Draw(t, "operation") {
			case "book":
				sequence[p]++
				a, err := l.run(ctx, "book", l.id, sequence[p], 0, 0, "", 0, 0, 0)
				if err != nil {
					t.Fatal(err)
				}
				if a.status == "held" {
					continue
				}
				again, err := l.run(ctx, "book", l.id, sequence[p], 0, 0, "", 0, 0, 0)
				if err != nil || again.status != "booked" || again.wait > a.wait {
					t.Fatalf("asked again: %+v, %v", again, err)
				}
				entry := strings.Fields(client.HGet(ctx, key, "p:"+l.id).Val())
				at, err := strconv.ParseInt(entry[1], 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				if at < quiet {
					t.Fatalf("booked %d µs before the end of a hold", quiet-at)
				}
				last[p] = at
				kept = append(kept, at)
			case "back":
				before := client.Time(ctx).Val().UnixMicro()
				if _, err := l.run(ctx, "back", l.id, sequence[p]); err != nil {
					t.Fatal(err)
				}
				if last[p] > client.Time(ctx).Val().UnixMicro() {
					drop(p)
				} else if last[p] > before {
					return // it cannot be told whether it was given back in time
				}
			case "pass":
				time.Sleep(time.Duration(rapid.IntRange(0, 20).Draw(t, "ms")) * time.Millisecond)
			case "hold":
				before := client.Time(ctx).Val().UnixMicro()
				for _, at := range last {
					if at > before && at < before+20_000 {
						return // it may be past when the hold begins
					}
				}
				if _, err := l.run(ctx, "hold", 15_000, 15_000); err != nil {
					t.Fatal(err)
				}
				n, err := client.HGet(ctx, key, "quiet").Int64()
				if err != nil {
					t.Fatal(err)
				}
				if n > quiet {
					quiet = n
					for p := range last {
						if last[p] > before {
							drop(p)
						}
					}
				}
			case "throttle":
				if _, err := l.run(ctx, "throttle"); err != nil {
					t.Fatal(err)
				}
			}
		}
		slices.Sort(kept)
		each := ls[0].each.Microseconds()
		for i := range kept {
			for j := i; j < len(kept); j++ {
				if n := int64(j - i + 1); n > int64(q.Burst)+(kept[j]-kept[i])/each {
					t.Fatalf("%d calls within %d µs, burst %d, one each %d µs", n, kept[j]-kept[i], q.Burst, each)
				}
			}
		}
	})
}

// A hold takes back what each process booked last. What lies between other instants is not taken from the end of the
// line, where somebody else's instant would be booked a second time.
func TestHoldInTheMiddle(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	defer client.Close()
	q := throttle.Quota{Rate: 10, Burst: 1}
	var ls [2]*Limiter
	for i := range ls {
		l, err := New(client, "middle", q)
		if err != nil {
			t.Fatal(err)
		}
		ls[i] = l
	}
	var at []time.Duration // of process 0, 1, 0 and 0, from now
	for i, p := range []int{0, 1, 0, 0} {
		a, err := ls[p].run(t.Context(), "book", ls[p].id, int64(i+1), 0, 0, "", 0, 0, 0)
		if err != nil || a.status != "booked" {
			t.Fatalf("%+v, %v", a, err)
		}
		at = append(at, a.wait)
	}
	if _, err := ls[0].run(t.Context(), "hold", 1, 1); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Millisecond)
	kept := []time.Duration{at[0], at[2]}
	for i := range 2 {
		a, err := ls[1].run(t.Context(), "book", ls[1].id, int64(10+i), 0, 0, "", 0, 0, 0)
		if err != nil || a.status != "booked" {
			t.Fatalf("%+v, %v", a, err)
		}
		for _, k := range kept {
			if d := (a.wait - k).Abs(); d < 60*time.Millisecond {
				t.Errorf("booking %d is %v from one that stands", i+1, d)
			}
		}
		kept = append(kept, a.wait)
	}
}

// A clock that went back is made good once, also where the first who asks is one that lost its answer.
func TestClockGoesBackOnce(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	defer client.Close()
	l, err := New(client, "once", throttle.Quota{Rate: 1, Burst: 1})
	if err != nil {
		t.Fatal(err)
	}
	book := func(sequence int64) time.Duration {
		a, err := l.run(t.Context(), "book", l.id, sequence, 0, 0, "", 0, 0, 0)
		if err != nil || a.status != "booked" {
			t.Fatalf("%+v, %v", a, err)
		}
		return a.wait
	}
	for i := range int64(6) {
		book(i + 1)
	}
	last, err := client.HGet(t.Context(), "once", "last").Int64()
	if err != nil {
		t.Fatal(err)
	}
	if err := client.HSet(t.Context(), "once", "last", last+2_000_000).Err(); err != nil {
		t.Fatal(err)
	}
	first, second := book(6), book(6)
	if first-second > time.Second {
		t.Errorf("the wait of one booking is %v and then %v", first, second)
	}
	if next := book(7); next-second < 900*time.Millisecond {
		t.Errorf("bookings are %v and %v ahead", second, next)
	}
}

// Processes that are gone for a minute are forgotten, so that the hash stays small.
func TestForgotten(t *testing.T) {
	s := redistest.Start(t)
	client := s.Client()
	defer client.Close()
	l, err := New(client, "forgotten", throttle.Strict())
	if err != nil {
		t.Fatal(err)
	}
	recent := time.Now().Add(-30 * time.Second).UnixMicro()
	for i := range 100 {
		at := int64(1)
		if i%10 == 0 {
			at = recent
		}
		if err := client.HSet(t.Context(), "forgotten", "p:"+strconv.Itoa(i), strings.Join([]string{"1", strconv.FormatInt(at, 10), "500000", "0", "old"}, " ")).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := l.Snapshot(t.Context())
	if n := client.HLen(t.Context(), "forgotten").Val(); err != nil || n != 9+10+1 || len(got.Processes) != 11 {
		t.Errorf("%d fields, %d processes, %v; want 20 and 11", n, len(got.Processes), err)
	}
}
