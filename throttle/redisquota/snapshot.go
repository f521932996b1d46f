package redisquota

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/throttle"
)

// A Snapshot is how a shared quota stands, for a dashboard.
type Snapshot struct {
	At        time.Time      // by the server's clock
	Quota     throttle.Quota // that the last call was booked with; the zero value if none was
	Tokens    int            // in the bucket; negative by as many as are booked ahead
	Held      time.Duration  // how long a Retry-After still holds all calls back, or 0
	Waiting   int            // callers of all processes that have no booking, when the process booked last
	Processes []Process      // by instant and name; those that booked nothing in the last minute are left out
}

// A Process is one that takes part in the quota.
type Process struct {
	Name    string
	Booked  time.Time // the instant that it booked last, by the server's clock; in the past if it was served, gave up or is held back
	Waiting int       // callers behind its head, when it booked
}

// String lays the snapshot out in lines, the first of which has the sums.
func (s Snapshot) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %g calls a second, burst %d  tokens %d  waiting %d", s.At.UTC().Format(time.RFC3339), float64(s.Quota.Rate), s.Quota.Burst, s.Tokens, s.Waiting)
	if s.Held > 0 {
		fmt.Fprintf(&b, "  held for %s", s.Held.Round(time.Millisecond))
	}
	b.WriteByte('\n')
	for _, p := range s.Processes {
		fmt.Fprintf(&b, "  %-24s booked %10s  waiting %d\n", strconv.Quote(p.Name), p.Booked.Sub(s.At).Round(time.Millisecond), p.Waiting)
	}
	return b.String()
}

// Line lays the snapshot out in one line, for a log or a status bar: the tokens, how many callers stand in
// line with a booking or without one, and who holds which booking that is still to come, with the callers
// that wait behind it.
//
//	-2 of 4 tokens  queue 9  "pipeline:71" in 500ms +7  "lambda:8" in 1s
//
// A key that nobody has used yet is "no calls yet".
func (s Snapshot) Line() string {
	if s.Quota == (throttle.Quota{}) && s.Held == 0 {
		return "no calls yet"
	}
	queue := s.Waiting
	var holders strings.Builder
	for _, p := range s.Processes {
		left := p.Booked.Sub(s.At)
		if left <= 0 {
			continue
		}
		queue++
		fmt.Fprintf(&holders, "  %q in %s", p.Name, left.Round(time.Millisecond))
		if p.Waiting > 0 {
			fmt.Fprintf(&holders, " +%d", p.Waiting)
		}
	}
	held := ""
	if s.Held > 0 {
		held = fmt.Sprintf("  held for %s", s.Held.Round(time.Millisecond))
	}
	return fmt.Sprintf("%d of %d tokens  queue %d%s%s", s.Tokens, s.Quota.Burst, queue, held, holders.String())
}

var look = redis.NewScript("#!lua flags=no-writes\nreturn {redis.call('TIME'), redis.call('HGETALL', KEYS[1])}")

// Read returns how the quota of a key stands. It writes nothing, so a replica will do, and needs
// no Limiter. A key that is not there is a full bucket of an unknown quota: the zero Snapshot but for
// At. A key that holds something else is an error.
func Read(ctx context.Context, client redis.UniversalClient, key string) (Snapshot, error) {
	got, err := look.Run(ctx, client, []string{key}).Slice()
	if err != nil {
		return Snapshot{}, err
	}
	if len(got) == 2 {
		if clock, fields := words(got[0]), words(got[1]); len(clock) == 2 && len(fields)%2 == 0 {
			return snapshot(clock, fields)
		}
	}
	return Snapshot{}, fmt.Errorf("redisquota: the server answers %v", got)
}

// Snapshot is [Read] for the Limiter's client and key.
func (l *Limiter) Snapshot(ctx context.Context) (Snapshot, error) {
	if l.slot == nil {
		return Snapshot{}, errors.New("redisquota: the Limiter is the zero value: use New")
	}
	return Read(ctx, l.client, l.key)
}

func words(v any) (list []string) {
	all, _ := v.([]any)
	for _, w := range all {
		s, _ := w.(string)
		list = append(list, s)
	}
	return list
}

func snapshot(clock, fields []string) (s Snapshot, err error) {
	number := func(text string) int64 {
		n, e := strconv.ParseInt(text, 10, 64)
		if e != nil && err == nil {
			err = fmt.Errorf("redisquota: the key holds %q where a number should be", text)
		}
		return n
	}
	now := number(clock[0])*1e6 + number(clock[1])
	s.At = time.UnixMicro(now)
	var full, each, size int64
	for i := 0; i < len(fields); i += 2 {
		name, value := fields[i], fields[i+1]
		switch name {
		case "full":
			full = number(value)
		case "each":
			each = number(value)
		case "size":
			size = number(value)
		case "quiet":
			s.Held = max(micros(number(value)-now), 0)
		}
		if !strings.HasPrefix(name, "p:") {
			continue
		}
		part := strings.SplitN(value, " ", 5) // sequence at each waiting name
		if len(part) != 5 {
			return Snapshot{}, fmt.Errorf("redisquota: the key holds %q where a booking should be", value)
		}
		at := number(part[1])
		p := Process{part[4], time.UnixMicro(at), int(number(part[3]))}
		if at+time.Minute.Microseconds() >= now {
			s.Processes = append(s.Processes, p)
			s.Waiting += p.Waiting
		}
	}
	if each > 0 {
		s.Quota = throttle.Quota{Rate: rate.Limit(float64(time.Second.Microseconds()) / float64(each)), Burst: int(size / each)}
		held := size - max(full-now, 0)
		s.Tokens = int(held / each)
		if held < 0 && held%each != 0 {
			s.Tokens--
		}
	}
	slices.SortFunc(s.Processes, func(a, b Process) int {
		return cmp.Or(a.Booked.Compare(b.Booked), cmp.Compare(a.Name, b.Name))
	})
	return s, err
}
