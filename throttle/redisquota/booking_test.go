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
