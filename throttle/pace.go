package throttle

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"

	"github.com/wksgo/wks/rule"
)

// ErrPacedTwice is what every call of a client returns that got the pace of a [Pacer] twice,
// by its own options and the config's, say: each attempt would take two tokens.
var ErrPacedTwice = errors.New("throttle: the client is paced twice")

// Pace returns an option that paces a client of WorkSpaces by a quota, [Strict] for most:
//
//	client := workspaces.NewFromConfig(cfg, throttle.Pace(throttle.Strict()))
//
// Clients that get the same option share the quota; each call of Pace begins another. An
// invalid quota is a *rule.InputError that the client's calls return.
func Pace(q Quota) func(*workspaces.Options) {
	return NewPacer(func(string) (Waiter, error) { return NewLimiter(q) }).Client
}

// A Pacer makes clients wait for a token before every attempt, retries included, and before
// it is signed, so that no signature is old when it is sent. It has one limiter for each
// Region. Only calls of WorkSpaces take tokens, and presigning takes none.
//
// An attempt that gets no token ends the call, with the limiter's error in an
// *aws.RequestCanceledError, which is not retried. A limiter that is an [Observer] hears
// how each attempt ended. Any other one is asked for one token at a time, so that the order
// of arrival is kept and a place is given back, and not at all for as long as a Retry-After asks,
// up to [MaxRetryAfter].
//
// A Pacer is safe for concurrent use. The zero value returns errors; use [NewPacer].
type Pacer struct {
	limiter func(region string) (Waiter, error)
	mu      sync.Mutex
	regions map[string]Observer
}

// NewPacer returns a Pacer that asks limiter for a Region's limiter when it is first needed,
// again if that was an error. All Regions wait while it does; it must not call the Pacer. Use one Pacer for all clients of an account, and another for
// another account. A limiter that several processes share is returned here as well.
func NewPacer(limiter func(region string) (Waiter, error)) *Pacer {
	return &Pacer{limiter: limiter, regions: map[string]Observer{}}
}

// Client is an option for workspaces.New and workspaces.NewFromConfig. Without options it does nothing.
func (p *Pacer) Client(o *workspaces.Options) {
	if o == nil {
		return
	}
	o.APIOptions = append(slices.Clip(o.APIOptions), p.insert)
}

// Config is the same for every client of WorkSpaces that is made from the config. Copies of the
// config that were made before are not changed. Without a config it does nothing.
func (p *Pacer) Config(c *aws.Config) {
	if c != nil {
		c.APIOptions = append(slices.Clip(c.APIOptions), p.insert)
	}
}

// Limiter returns the limiter of a Region, to send other calls through, with [Do] for example.
func (p *Pacer) Limiter(region string) (Observer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o, ok := p.regions[region]; ok {
		return o, nil
	}
	if p.limiter == nil {
		return nil, errors.New("throttle: the Pacer is the zero value: use NewPacer")
	}
	w, err := p.limiter(region)
	if err != nil {
		return nil, err
	}
	if isNil(w) {
		return nil, errors.New("throttle: the Pacer was given no limiter for Region " + strconv.Quote(rule.Shorten(region)))
	}
	o, ok := w.(Observer)
	if !ok {
		o = &gate{waiter: w, slot: make(chan struct{}, 1)}
	}
	p.regions[region] = o
	return o, nil
}

// insert adds the pace to the stack of an operation, right after the loop of attempts.
func (p *Pacer) insert(stack *middleware.Stack) error {
	loop := (*retry.Attempt)(nil).ID()
	if _, ok := stack.Finalize.Get(loop); !ok {
		return nil // presigning makes no attempt
	}
	if _, ok := stack.Finalize.Get(paced{}.ID()); ok {
		return ErrPacedTwice
	}
	return stack.Finalize.Insert(paced{p}, loop, middleware.After)
}

// paced is the middleware of a Pacer.
type paced struct{ *Pacer }

// ID names the middleware in the stack.
func (paced) ID() string { return "WorkSpacesPace" }

// HandleFinalize takes a token for one attempt.
func (p paced) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	if awsmiddleware.GetServiceID(ctx) != workspaces.ServiceID {
		return next.HandleFinalize(ctx, in)
	}
	limiter, err := p.Limiter(awsmiddleware.GetRegion(ctx))
	if err == nil {
		err = limiter.Wait(ctx)
	}
	if err != nil {
		return out, metadata, &aws.RequestCanceledError{Err: err}
	}
	out, metadata, err = next.HandleFinalize(ctx, in)
	limiter.Observe(outcome(err, time.Now()))
	return out, metadata, err
}
