package throttle

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/wksgo/wks/rule"
)

// Refill is how a bucket refills. No document of AWS says which form the service has.
type Refill uint8

const (
	// PerSecond adds the tokens of a second at its beginning. It is the form of the
	// document's table, and a burst never exceeds the quota's in one second of its clock.
	PerSecond Refill = iota
	// Continuous adds tokens as time passes: at 2 calls a second one each 500 ms.
	Continuous
)

var refills = []string{"per second", "continuous"}

// String returns "per second" or "continuous", and "" for any other value.
func (r Refill) String() string {
	if int(r) >= len(refills) {
		return ""
	}
	return refills[r]
}

// A Bucket is the service's side of a quota, full at its start. It reads no clock: each
// method is told the time, and a time before the last one, or before the start, permits
// no more than was permitted already. It is not safe for concurrent use; the zero value
// permits nothing. For a client's side see [Limiter].
type Bucket struct {
	credit credit
	refill Refill
	start  time.Time
}

// NewBucket returns a full bucket. Its seconds, if it refills by them, begin at start. A
// quota or form that is invalid is a *rule.InputError, as is a burst of less than the rate
// if the bucket refills by the second.
func NewBucket(q Quota, r Refill, start time.Time) (*Bucket, error) {
	if r.String() == "" {
		return nil, &rule.InputError{Path: "Refill", Value: strconv.Itoa(int(r)), Reason: "is not a form of refill"}
	}
	c, err := newCredit(q, 0, q.Burst)
	if err != nil {
		return nil, err
	}
	if r == PerSecond {
		if err := q.bySecond(); err != nil {
			return nil, err
		}
	}
	return &Bucket{c, r, start}, nil
}

// bySecond returns an error if a bucket of the burst cannot hold what a second brings.
func (q Quota) bySecond() error {
	if float64(q.Rate) > float64(q.Burst) {
		return &rule.InputError{Path: "Burst", Value: strconv.Itoa(q.Burst), Reason: "is less than the calls of one second"}
	}
	return nil
}

func (b *Bucket) instant(now time.Time) time.Duration {
	at := now.Sub(b.start)
	if b.refill == PerSecond {
		at = at.Truncate(time.Second)
	}
	return min(max(at, 0), longest)
}

// Allow reports whether the bucket admits a call at now. A call that is refused costs
// nothing, as far as is known of the service: its sender may send it again.
func (b *Bucket) Allow(now time.Time) bool {
	return b.credit.interval > 0 && b.credit.take(b.instant(now), 1)
}

// Tokens returns how many calls the bucket would admit at now; it is negative by as many
// as [Bucket.Defer] has put off.
func (b *Bucket) Tokens(now time.Time) int {
	if b.credit.interval == 0 {
		return 0
	}
	return b.credit.tokens(b.instant(now))
}

// Defer admits a call for certain, as the document's table describes it: at once, or, over
// the limit, as soon as the bucket has refilled, before any call that comes later. It
// returns when. The zero Bucket returns the zero time.
func (b *Bucket) Defer(now time.Time) time.Time {
	if b.credit.interval == 0 {
		return time.Time{}
	}
	at := b.instant(now)
	ready := b.credit.ready(at, 1)
	b.credit.book(at, 1)
	if ready == at {
		return now
	}
	if b.refill == PerSecond {
		ready = (ready + time.Second - 1).Truncate(time.Second)
	}
	return b.start.Add(ready)
}

// A Second is one row of the document's table, with what follows from it.
type Second struct {
	Number   int // from 1
	Sent     int // new calls
	Allowed  int // new calls that would be served: the table's net requests allowed
	Retried  int // calls of earlier seconds, which are served first
	Admitted int // new calls that are served
	Queued   int // calls left over to the next second
}

// Seconds are the rows of a table.
type Seconds []Second

// String lays the rows out as the document does, with the calls that wait.
func (s Seconds) String() string {
	var b strings.Builder
	b.WriteString("second  sent  allowed  retried  admitted  queued\n")
	for _, r := range s {
		fmt.Fprintf(&b, "%6d %5d %8d %8d %9d %7d\n", r.Number, r.Sent, r.Allowed, r.Retried, r.Admitted, r.Queued)
	}
	return b.String()
}

// Replay returns what becomes of the calls that are sent in each second, by the rules of
// the document's table: the bucket is full in the first second, gains the tokens of a second
// with each one, and serves calls that were over the limit first. A negative number, and
// more than the quota admits in 36 years, are a *rule.InputError, as is a quota that is invalid
// or has a burst of less than its rate.
func (q Quota) Replay(sent []int) (Seconds, error) {
	c, err := newCredit(q, 0, q.Burst)
	if err != nil {
		return nil, err
	}
	if err := q.bySecond(); err != nil {
		return nil, err
	}
	rows := make(Seconds, len(sent))
	for i, n := range sent {
		now := time.Duration(i) * time.Second
		if n < 0 || time.Duration(n) > longest/c.interval || c.full-now > longest {
			return nil, &rule.InputError{Path: rule.Path("sent").Index(i), Value: strconv.Itoa(n), Reason: "is not a number of calls that the quota admits in decades"}
		}
		allowed, waiting := max(c.tokens(now), 0), 0
		if i > 0 {
			waiting = rows[i-1].Queued
		}
		c.book(now, n)
		queued := max(-c.tokens(now), 0)
		admitted := min(n, allowed)
		rows[i] = Second{i + 1, n, allowed, waiting + n - admitted - queued, admitted, queued}
	}
	return rows, nil
}
