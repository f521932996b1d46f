package wkstest

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A Config says how a [Server] behaves. The zero value is an account that is ready for use,
// [Sample], with the rules of the newest edition, without quota, latency and faults, on the clock of
// package time, which in a bubble of testing/synctest is the test's own.
type Config struct {
	// State is what the server starts with; nil is that of Sample. The server takes it over: do not
	// use it afterwards. A State without Regions is an empty account.
	State *State

	// Edition is the date for whose rules the server answers; zero is the newest.
	Edition rule.Edition
	// Undocumented says what becomes of a request about which no document says what the service
	// does.
	Undocumented Undocumented
	// Fail is called for each such request if Undocumented is FailUndocumented: the Errorf of a
	// testing.T.
	Fail func(format string, args ...any)
	// Quotas are those of the account that were raised, or lowered, by the names that package
	// bundles has: bundles.QuotaWorkspaces. Of the others, only those that cannot be raised hold.
	Quotas map[string]int

	// Quota is the one for calls, of the account in each Region; zero is none.
	// throttle.AsDocumented is the documented one.
	Quota      throttle.Quota
	Refill     throttle.Refill // zero is by the second
	RetryAfter time.Duration   // what throttled calls are told to wait, in whole seconds; 0 is nothing

	Now   func() time.Time           // nil is time.Now
	Speed float64                    // of the server's clock beside Now; 0 is 1
	Times map[Activity]time.Duration // what activities take, in place of the documented time

	MinLatency, MaxLatency time.Duration // of a request on its way, evenly spread, on the clock of package time
	Return                 time.Duration // latency of the answer
	Faults                 []Fault
	Seed                   uint64 // of latency, faults, times and identifiers

	// Override, if it is not nil, is asked before the server, with a pointer to the SDK's input
	// struct; if it handles the call, its output, a pointer to the SDK's struct, or its error is the
	// answer. An error with a code, as those of the SDK are, has status 400, and another 500.
	// It is called from many goroutines.
	Override func(ctx context.Context, operation string, input any) (output any, handled bool, err error)

	// OnCall, if it is not nil, is called after each call, from many goroutines.
	OnCall func(Call)
	// Record keeps every call for Log.
	Record bool
}

// Undocumented says what a server does where the documents do not tell what the service does.
type Undocumented uint8

const (
	AllowUndocumented  Undocumented = iota // do it
	RefuseUndocumented                     // refuse it
	FailUndocumented                       // do it, and call Config.Fail
)

var (
	twelveDigits = regexp.MustCompile(`^[0-9]{12}$`)
	regionName   = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-[0-9]$`)
)

// complete puts the defaults into c and returns the first mistake in it.
func (c *Config) complete() error {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Speed == 0 {
		c.Speed = 1
	}
	if !(c.Speed > 0 && c.Speed <= 1e6) {
		return &rule.InputError{Path: "Speed", Value: strconv.FormatFloat(c.Speed, 'g', -1, 64), Reason: "is not above 0 and at most a million"}
	}
	if c.Undocumented > FailUndocumented {
		return &rule.InputError{Path: "Undocumented", Value: strconv.Itoa(int(c.Undocumented)), Reason: "is none of the values"}
	}
	if c.Undocumented == FailUndocumented && c.Fail == nil {
		return &rule.InputError{Path: "Fail", Value: "nil", Reason: "is needed with FailUndocumented"}
	}
	for _, d := range []struct {
		path rule.Path
		time time.Duration
	}{{"MinLatency", c.MinLatency}, {"MaxLatency", c.MaxLatency}, {"Return", c.Return}, {"RetryAfter", c.RetryAfter}} {
		if d.time < 0 || d.path == "MaxLatency" && d.time < c.MinLatency {
			return &rule.InputError{Path: d.path, Value: d.time.String(), Reason: "is negative, or less than MinLatency"}
		}
	}
	for i := range c.Faults {
		if err := c.Faults[i].check(rule.Path("Faults").Index(i)); err != nil {
			return err
		}
	}
	for name, n := range c.Quotas {
		if n < 0 {
			return &rule.InputError{Path: "Quotas", Value: name + ": " + strconv.Itoa(n), Reason: "is negative"}
		}
	}
	if c.Quota != (throttle.Quota{}) {
		if _, err := throttle.NewBucket(c.Quota, c.Refill, c.Now()); err != nil {
			return err
		}
	}
	return checkTimes(c.Times)
}
