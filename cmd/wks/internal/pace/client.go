package pace

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/throttle"
)

// A client is a way to pace and to retry.
type client struct {
	name    string
	several bool // shown for several processes as well
	fleet   bool // shown for several processes only
	options func(processes int, luck func() float64) ([]func(*workspaces.Options), error)
}

type options = []func(*workspaces.Options)

// clients, from the one that one gets without asking.
var clients = []client{
	{"SDK standard", true, false, func(_ int, luck func() float64) (options, error) {
		return options{standard(luck)}, nil
	}},
	{"SDK standard, unlimited attempts", true, false, func(_ int, luck func() float64) (options, error) {
		return options{unlimited(luck)}, nil
	}},
	{"x/time/rate 2/5 for each operation", true, false, func(_ int, luck func() float64) (options, error) {
		return options{standard(luck), eachOperation(rate.NewLimiter(2, 5))}, nil
	}},
	{"x/time/rate 2/1 for each attempt", false, false, func(_ int, luck func() float64) (options, error) {
		fixed := rate.NewLimiter(2, 1)
		pacer := throttle.NewPacer(func(string) (throttle.Waiter, error) { return fixed, nil })
		return options{pacer.Client, standard(luck)}, nil
	}},
	{"wks AsDocumented", false, false, func(_ int, luck func() float64) (options, error) {
		return options{throttle.Pace(throttle.AsDocumented()), standard(luck)}, nil
	}},
	{"wks Strict", false, false, func(_ int, luck func() float64) (options, error) {
		return options{throttle.Pace(throttle.Strict()), standard(luck)}, nil
	}},
	{"wks AsDocumented each, Retryer", false, true, func(_ int, luck func() float64) (options, error) {
		return fleet(throttle.Pace(throttle.AsDocumented()), luck)
	}},
	{"wks Adaptive, Retryer", false, true, func(_ int, luck func() float64) (options, error) {
		law := throttle.DefaultLaw()
		law.Rand = luck
		pacer := throttle.NewPacer(func(string) (throttle.Waiter, error) { return throttle.NewAdaptive(law) })
		return fleet(pacer.Client, luck)
	}},
	{"wks Split, Retryer", false, true, func(processes int, luck func() float64) (options, error) {
		share, err := throttle.AsDocumented().Split(processes)
		if err != nil {
			return nil, err
		}
		return fleet(throttle.Pace(share), luck)
	}},
}

func fleet(pace func(*workspaces.Options), luck func() float64) (options, error) {
	policy := throttle.DefaultPolicy()
	policy.Rand = luck
	retryer, err := throttle.NewRetryer(policy)
	if err != nil {
		return nil, err
	}
	return options{pace, retryer.Client}, nil
}

// standard is the SDK's standard retryer, with its delays from luck.
func standard(luck func() float64) func(*workspaces.Options) {
	return func(o *workspaces.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) { o.Backoff = delays(luck) })
	}
}

// unlimited is the same without a bound on attempts and retry tokens.
func unlimited(luck func() float64) func(*workspaces.Options) {
	return func(o *workspaces.Options) {
		o.Retryer = retry.AddWithMaxAttempts(retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff, o.RateLimiter = delays(luck), ratelimit.None
		}), 0)
	}
}

// delays has the SDK's distribution: even, up to 2, 4, 8 and so on to 20 seconds.
func delays(luck func() float64) retry.BackoffDelayer {
	return retry.BackoffDelayerFunc(func(attempt int, _ error) (time.Duration, error) {
		most := min(math.Ldexp(1, attempt), retry.DefaultMaxBackoff.Seconds())
		return time.Duration(luck() * most * float64(time.Second)), nil
	})
}

// eachOperation waits once for each call, outside of the loop of attempts.
func eachOperation(limiter *rate.Limiter) func(*workspaces.Options) {
	wait := middleware.InitializeMiddlewareFunc("EachOperation", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (out middleware.InitializeOutput, metadata middleware.Metadata, err error) {
		if err := limiter.Wait(ctx); err != nil {
			return out, metadata, err
		}
		return next.HandleInitialize(ctx, in)
	})
	return workspaces.WithAPIOptions(func(s *middleware.Stack) error { return s.Initialize.Add(wait, middleware.After) })
}

// seeded returns a source of numbers in [0, 1) for many goroutines.
func seeded(seed uint64) func() float64 {
	var mu sync.Mutex
	source := rand.New(rand.NewPCG(seed, seed))
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return source.Float64()
	}
}
