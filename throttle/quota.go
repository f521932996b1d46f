package throttle

import (
	"math"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/rule"
)

// A Quota is what a token bucket permits: Burst calls at once, and Rate calls a second in
// the long run. It is comparable. The zero value permits nothing and is refused everywhere
// with a *rule.InputError, as is a quota with a Rate that is not above 0 and at most a
// thousand million, with a Burst under 1, or with one that takes over 30 years to refill.
type Quota struct {
	Rate  rate.Limit // calls a second
	Burst int        // calls at once from a full bucket
}

const longest = time.Duration(1 << 60) // 36 years

// interval returns the time in which one token flows in, rounded up to a nanosecond, but for
// what the rate is off by because it is a float64.
func (q Quota) interval() (time.Duration, error) {
	if r := float64(q.Rate); !(r > 0 && r <= 1e9) { // NaN is neither
		return 0, &rule.InputError{Path: "Rate", Value: strconv.FormatFloat(r, 'g', -1, 64), Reason: "is not above 0 and at most 1e9 calls a second"}
	}
	each := math.Ceil(float64(time.Second) / float64(q.Rate) * (1 - 1e-15))
	if q.Burst < 1 || each*float64(q.Burst) > float64(longest) {
		return 0, &rule.InputError{Path: "Burst", Value: strconv.Itoa(q.Burst), Reason: "is not at least 1 call, or takes decades to refill"}
	}
	return time.Duration(each), nil
}

// Makespan returns the least time from the first to the last of n calls that the quota
// permits, starting from a full bucket: 0 for the first Burst calls, and (n − Burst) ÷ Rate
// from there. It does not count the latency of the last call. A negative n, an invalid quota
// and a time of over 36 years are a *rule.InputError.
func (q Quota) Makespan(n int) (time.Duration, error) {
	each, err := q.interval()
	if err != nil {
		return 0, err
	}
	if n < 0 || time.Duration(n) > longest/each {
		return 0, &rule.InputError{Path: "n", Value: strconv.Itoa(n), Reason: "is negative, or takes decades"}
	}
	return time.Duration(max(n-q.Burst, 0)) * each, nil
}

// Split returns the share of one of n processes that divide a quota among themselves without
// talking to one another: a rate of Rate ÷ n and a burst of Burst ÷ n, rounded down, but at
// least 1. As many processes as the burst has calls, or fewer, stay within the quota
// together. Of more, each still holds one token, so when all start at once as many as
// n − Burst calls are throttled for that. The share of an idle process is wasted;
// [Adaptive] is for a number that is not known. An n under 1 and an invalid quota are a
// *rule.InputError.
func (q Quota) Split(n int) (Quota, error) {
	if _, err := q.interval(); err != nil {
		return Quota{}, err
	}
	if n < 1 {
		return Quota{}, &rule.InputError{Path: "n", Value: strconv.Itoa(n), Reason: "is not a number of processes"}
	}
	return Quota{q.Rate / rate.Limit(n), max(q.Burst/n, 1)}, nil
}
