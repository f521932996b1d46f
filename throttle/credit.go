package throttle

import (
	"math/bits"
	"time"
)

// A credit is a token bucket that refills continuously, in integers: one token is the time
// in which it flows in. Of the bucket it holds the instant at which it is full again, so
// that a clock that goes back gives nothing twice. Instants are times since any fixed one.
type credit struct {
	interval time.Duration // of one token
	size     time.Duration // of the full bucket
	full     time.Duration // the instant; later than now by what is missing
}

func newCredit(q Quota, now time.Duration, tokens int) (credit, error) {
	each, err := q.interval()
	if err != nil {
		return credit{}, err
	}
	return credit{each, each * time.Duration(q.Burst), now + each*time.Duration(q.Burst-tokens)}, nil
}

// ready returns the first instant from now on at which n tokens are there, when all that was
// booked before has been served.
func (c *credit) ready(now time.Duration, n int) time.Duration {
	high, low := bits.Mul64(uint64(c.interval), uint64(n))
	if high > 0 || low > uint64(longest) {
		return max(c.full, now) + longest
	}
	return max(now, max(c.full, now)+time.Duration(low)-c.size)
}

// book takes n tokens, whether they are there or not.
func (c *credit) book(now time.Duration, n int) {
	c.full = max(c.full, now) + time.Duration(n)*c.interval
}

// take takes n tokens if they are there.
func (c *credit) take(now time.Duration, n int) bool {
	if c.ready(now, n) > now {
		return false
	}
	c.book(now, n)
	return true
}

// held returns the bucket's content, less than nothing if more is booked than is there.
func (c *credit) held(now time.Duration) time.Duration { return c.size - max(c.full-now, 0) }

// tokens returns the whole tokens in the bucket, rounded down.
func (c *credit) tokens(now time.Duration) int {
	held := c.held(now)
	n := held / c.interval
	if held%c.interval < 0 {
		n--
	}
	return int(n)
}

// become turns the bucket into one of another quota that holds as many tokens, fractions
// included, or is full, or lacks as many.
func (c *credit) become(next credit, now time.Duration) {
	held := c.held(now)
	lacks := held < 0
	whole, part := uint64(held.Abs()/c.interval), uint64(held.Abs()%c.interval)
	*c, next = next, *c
	c.full = now
	if !lacks && whole >= uint64(c.size/c.interval) {
		return
	}
	high, low := bits.Mul64(part, uint64(c.interval))
	low, _ = bits.Div64(high, low, uint64(next.interval))
	held = time.Duration(whole)*c.interval + time.Duration(low)
	if lacks {
		held = -held
	}
	c.full += c.size - held
}
