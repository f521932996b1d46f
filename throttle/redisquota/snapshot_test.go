package redisquota

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/throttle"
)

// now is 1,000 s and 5 µs, as the server tells it and as a number of microseconds.
var now = []string{"1000", "5"}

const micro = 1_000_000_005

func TestSnapshotOfFields(t *testing.T) {
	at := func(after int64) string { return fmt.Sprint(micro + after) }
	// Five tokens, of which one flows in each 50 ms.
	bucket := func(full int64) []string { return []string{"each", "50000", "size", "250000", "full", at(full)} }
	quota := throttle.Quota{Rate: 20, Burst: 5}
	minute := time.Minute.Microseconds()
	for name, tt := range map[string]struct {
		fields []string
		want   Snapshot
	}{
		"no fields":              {nil, Snapshot{}},
		"fields of a later form": {[]string{"later", "x"}, Snapshot{}},
		"full":                   {bucket(0), Snapshot{Quota: quota, Tokens: 5}},
		"full for long":          {bucket(-1e6), Snapshot{Quota: quota, Tokens: 5}},
		"a moment before full":   {bucket(1), Snapshot{Quota: quota, Tokens: 4}},
		"one is taken":           {bucket(50_000), Snapshot{Quota: quota, Tokens: 4}},
		"empty":                  {bucket(250_000), Snapshot{Quota: quota}},
		"a part is owed":         {bucket(250_001), Snapshot{Quota: quota, Tokens: -1}},
		"one is owed":            {bucket(300_000), Snapshot{Quota: quota, Tokens: -1}},
		"more is owed":           {bucket(300_001), Snapshot{Quota: quota, Tokens: -2}},
		"held":                   {[]string{"quiet", at(2_000_000)}, Snapshot{Held: 2 * time.Second}},
		"held before":            {[]string{"quiet", at(-1)}, Snapshot{}},
		"bookings": {
			[]string{"p:a", "7 " + at(9) + " 0 3 the name", "p:b", "1 " + at(9) + " 0 0 a", "p:c", "1 " + at(2) + " 0 4 z", "p:d", "1 " + at(-minute) + " 0 1 old", "p:e", "1 " + at(-minute-1) + " 0 1 gone"},
			Snapshot{Waiting: 8, Processes: []Process{
				{"old", time.UnixMicro(micro - minute), 1}, {"z", time.UnixMicro(micro + 2), 4}, {"a", time.UnixMicro(micro + 9), 0}, {"the name", time.UnixMicro(micro + 9), 3},
			}},
		},
	} {
		tt.want.At = time.UnixMicro(micro)
		if got, err := snapshot(now, tt.fields); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, tt.want)
		}
	}
	const number = `redisquota: the key holds %q where a number should be`
	for want, fields := range map[string][]string{
		fmt.Sprintf(number, "a"): {"full", "a", "each", "b"},
		fmt.Sprintf(number, "b"): {"full", "1", "each", "b"},
		fmt.Sprintf(number, "c"): {"size", "c"},
		fmt.Sprintf(number, "d"): {"quiet", "d"},
		fmt.Sprintf(number, "e"): {"p:a", "1 e 0 3 name"},
		fmt.Sprintf(number, "f"): {"p:a", "1 2 0 f name"},
		`redisquota: the key holds "1 2 0 3" where a booking should be`: {"p:a", "1 2 0 3"},
	} {
		if _, err := snapshot(now, fields); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", fields, err, want)
		}
	}
	for i, clock := range [][]string{{"x", "5"}, {"1000", "x"}} {
		if _, err := snapshot(clock, nil); err == nil || err.Error() != fmt.Sprintf(number, "x") {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestSnapshotInWords(t *testing.T) {
	at := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	s := Snapshot{
		At: at, Quota: throttle.Quota{Rate: 0.5, Burst: 4}, Tokens: -2, Waiting: 9, Held: 1500*time.Millisecond + 400*time.Microsecond,
		Processes: []Process{{"served", at, 1}, {"pipeline:71", at.Add(500*time.Millisecond + 400*time.Microsecond), 7}, {"lambda:8", at.Add(time.Second), 0}},
	}
	if got, want := s.Line(), `-2 of 4 tokens  queue 11  held for 1.5s  "pipeline:71" in 500ms +7  "lambda:8" in 1s`; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	const want = `2026-11-02T08:00:00Z  0.5 calls a second, burst 4  tokens -2  waiting 9  held for 1.5s
  "served"                 booked         0s  waiting 1
  "pipeline:71"            booked      500ms  waiting 7
  "lambda:8"               booked         1s  waiting 0
`
	if got := s.String(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	free := Snapshot{At: at, Quota: throttle.Quota{Rate: 2, Burst: 5}, Tokens: 5}
	if got := free.String() + free.Line(); got != "2026-11-02T08:00:00Z  2 calls a second, burst 5  tokens 5  waiting 0\n5 of 5 tokens  queue 0" {
		t.Error(got)
	}
	if got := (Snapshot{At: at}).Line(); got != "no calls yet" {
		t.Error(got)
	}
	if got := (Snapshot{At: at, Held: time.Second}).Line(); got != "0 of 0 tokens  queue 0  held for 1s" {
		t.Error(got)
	}
}

// What a Limiter says of itself, and of a server that is away. The zero value takes every call.
func TestLimiterInWords(t *testing.T) {
	quota := throttle.Quota{Rate: 2, Burst: 5}
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1"})
	defer client.Close()
	l, err := New(client, `a "key"`, quota)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.String(); got != `"a \"key\"": 2 calls a second, burst 5` || l.Quota() != quota {
		t.Error(got, l.Quota())
	}
	for range 2 {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	cause := errors.New("refused")
	if err := error(&UnavailableError{cause}); err.Error() != "redisquota: Redis is away: refused" || !errors.Is(err, cause) {
		t.Error(err)
	}
	var zero Limiter
	if err := zero.Close(); err != nil {
		t.Error(err)
	}
	if s, err := zero.Snapshot(context.Background()); err == nil || err.Error() != "redisquota: the Limiter is the zero value: use New" || !reflect.DeepEqual(s, Snapshot{}) {
		t.Error(s, err)
	}
}
