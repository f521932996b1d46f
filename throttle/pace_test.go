package throttle_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// counting is a Waiter that counts, and refuses with err.
type counting struct {
	tokens atomic.Int64
	err    error
}

func (c *counting) Wait(context.Context) error { c.tokens.Add(1); return c.err }

func pacer(w throttle.Waiter) *throttle.Pacer {
	return throttle.NewPacer(func(string) (throttle.Waiter, error) { return w, nil })
}

func describe(ctx context.Context, c *workspaces.Client, options ...func(*workspaces.Options)) error {
	_, err := c.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{}, options...)
	return err
}

// The token is taken inside the loop of attempts and before everything that makes an
// attempt's identity and signature.
func TestPacePosition(t *testing.T) {
	server := serve(wkstest.Config{})
	var steps []string
	look := func(o *workspaces.Options) {
		o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error { steps = s.Finalize.List(); return nil })
	}
	if err := describe(t.Context(), server.Client("eu-west-1", throttle.Pace(throttle.Strict()), look)); err != nil {
		t.Fatal(err)
	}
	at := slices.Index(steps, "WorkSpacesPace")
	if at < 1 || steps[at-1] != (*retry.Attempt)(nil).ID() {
		t.Fatalf("not right after the loop of attempts: %q", steps)
	}
	for _, later := range []string{"GetIdentity", "ResolveEndpointV2", "Signing"} {
		if slices.Index(steps, later) < at {
			t.Errorf("%s is not after the pace: %q", later, steps)
		}
	}
}

// Retries take tokens as first attempts do, whichever retryer an operation brings, and the
// limiter hears of every attempt, in both of the SDK's retry modes.
func TestPaceEveryAttempt(t *testing.T) {
	for _, mode := range []string{"false", "true"} {
		t.Setenv("AWS_NEW_RETRIES_2026", mode)
		synctest.Test(t, func(t *testing.T) {
			server := serve(wkstest.Config{Quota: throttle.Quota{Rate: 1, Burst: 1}, Faults: []wkstest.Fault{{Kind: wkstest.Unavailable, Share: 0.3}, {Kind: wkstest.Lost, Share: 0.15}}, Seed: 7})
			w := new(heard)
			client := server.Client("eu-west-1", pacer(w).Client)
			for i := range 50 {
				describe(t.Context(), client, func(o *workspaces.Options) {
					if i%2 == 0 {
						o.Retryer = retry.AddWithMaxAttempts(retry.NewStandard(), 7)
					}
				})
			}
			log := server.Log()
			if w.tokens.Load() != int64(len(log)) || len(w.outcomes) != len(log) || len(log) <= 75 {
				t.Fatalf("%d tokens and %d outcomes for %d attempts", w.tokens.Load(), len(w.outcomes), len(log))
			}
			for i, a := range log {
				want := throttle.Outcome{
					Throttled: a.Outcome == wkstest.Throttling,
					Served:    a.Outcome == wkstest.Served || a.Outcome == wkstest.Failing,
				}
				if w.outcomes[i] != want {
					t.Errorf("attempt %d was %s, heard %+v", i, a.Outcome, w.outcomes[i])
				}
			}
		})
	}
}

// A thousand callers queue for over eight minutes; no signature is a second old when it
// leaves. X-Amz-Date has whole seconds.
func TestPaceBeforeSigning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := serve(wkstest.Config{Refill: throttle.Continuous})
		client := server.Client("eu-west-1", throttle.Pace(throttle.Strict()))
		result := server.Run(t.Context(), wkstest.Job{Clients: []*workspaces.Client{client}, Goroutines: 1000, Calls: 1000})
		if result.Lost != 0 || result.Throttled != 0 {
			t.Errorf("%+v", result)
		}
		for _, a := range server.Log() {
			if age := a.At.Sub(a.Signed); age < 0 || age >= time.Second {
				t.Fatalf("at %s: signed %s before", a.At, age)
			}
		}
	})
}

func TestPaceRegions(t *testing.T) {
	var regions []string
	p := throttle.NewPacer(func(region string) (throttle.Waiter, error) {
		regions = append(regions, region)
		return throttle.NewLimiter(throttle.Strict())
	})
	server := serve(wkstest.Config{})
	clients := []*workspaces.Client{server.Client("eu-west-1", p.Client), server.Client("us-east-1", p.Client), server.Client("eu-west-1", p.Client)}
	for _, c := range clients {
		if err := describe(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if err := describe(t.Context(), clients[0], func(o *workspaces.Options) { o.Region = "us-east-1" }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"eu-west-1", "us-east-1"}; !slices.Equal(regions, want) {
		t.Errorf("limiters of %q, want %q", regions, want)
	}
	for _, region := range regions {
		if tokens := must(p.Limiter(region)).(*throttle.Limiter).Tokens(); tokens != 2 {
			t.Errorf("%s: %d tokens left of 4", region, tokens)
		}
	}
}

func TestPacedTwice(t *testing.T) {
	server := serve(wkstest.Config{})
	p := throttle.Pace(throttle.Strict())
	for _, options := range [][]func(*workspaces.Options){{p, p}, {p, throttle.Pace(throttle.Strict())}} {
		if err := describe(t.Context(), server.Client("eu-west-1", options...)); !errors.Is(err, throttle.ErrPacedTwice) {
			t.Errorf("error %v", err)
		}
	}
	if err := describe(t.Context(), server.Client("eu-west-1", p), p); !errors.Is(err, throttle.ErrPacedTwice) {
		t.Errorf("error %v", err)
	}
	if n := len(server.Log()); n > 0 {
		t.Errorf("%d attempts", n)
	}
}

// The config's form reaches WorkSpaces clients; both forms on one client are found.
func TestPaceConfig(t *testing.T) {
	server := serve(wkstest.Config{})
	w := new(counting)
	base := server.Client("eu-west-1").Options()
	cfg := aws.Config{Region: base.Region, HTTPClient: base.HTTPClient, Credentials: base.Credentials}
	pacer(w).Config(&cfg)
	if err := describe(t.Context(), workspaces.NewFromConfig(cfg)); err != nil || w.tokens.Load() != 1 {
		t.Errorf("%v, %d tokens", err, w.tokens.Load())
	}
	if err := describe(t.Context(), workspaces.NewFromConfig(cfg, throttle.Pace(throttle.Strict()))); !errors.Is(err, throttle.ErrPacedTwice) {
		t.Errorf("error %v", err)
	}
}

// Copies of a config share the memory of its options; each gets its own pace.
func TestPaceConfigCopies(t *testing.T) {
	server := serve(wkstest.Config{})
	base := server.Client("eu-west-1").Options()
	cfg := aws.Config{Region: base.Region, HTTPClient: base.HTTPClient, Credentials: base.Credentials}
	cfg.APIOptions = make([]func(*middleware.Stack) error, 0, 8)
	copies, waiters := []aws.Config{cfg, cfg}, []*counting{{}, {}}
	for i := range copies {
		pacer(waiters[i]).Config(&copies[i])
	}
	for i, c := range copies {
		if err := describe(t.Context(), workspaces.NewFromConfig(c)); err != nil || waiters[i].tokens.Load() != 1 {
			t.Errorf("copy %d: %v, %d tokens", i, err, waiters[i].tokens.Load())
		}
	}
}

type nothing struct{}

func (nothing) ID() string { return (*retry.Attempt)(nil).ID() }

func (nothing) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
	return next.HandleFinalize(ctx, in)
}

// A stack without attempts, such as one that presigns, and calls of other services pass.
func TestPaceLeavesOthersAlone(t *testing.T) {
	w := new(counting)
	var options workspaces.Options
	pacer(w).Client(&options)
	for _, tt := range []struct {
		service string
		loop    bool
		tokens  int64
	}{{"STS", false, 0}, {workspaces.ServiceID, false, 0}, {"EC2", true, 0}, {workspaces.ServiceID, true, 1}} {
		stack := middleware.NewStack("Operation", func() any { return nil })
		if tt.loop {
			if err := stack.Finalize.Add(nothing{}, middleware.After); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range options.APIOptions {
			if err := f(stack); err != nil {
				t.Fatal(err)
			}
		}
		sent := false
		handler := middleware.DecorateHandler(middleware.HandlerFunc(func(context.Context, any) (any, middleware.Metadata, error) {
			sent = true
			return nil, middleware.Metadata{}, nil
		}), stack)
		if _, _, err := handler.Handle(awsmiddleware.SetServiceID(t.Context(), tt.service), nil); err != nil || !sent {
			t.Errorf("%+v: %v, sent: %t", tt, err, sent)
		}
		if w.tokens.Load() != tt.tokens {
			t.Errorf("%+v: %d tokens", tt, w.tokens.Load())
		}
	}
}

// An error of the limiter ends the call, even one that looks like a throttle, from a limiter
// that calls AWS itself: the operation is neither sent nor tried again.
func TestPaceErrorIsFinal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := serve(wkstest.Config{})
		refusal := &smithy.GenericAPIError{Code: "ThrottlingException"}
		w := &counting{err: refusal}
		retryer := must(throttle.NewRetryer(throttle.DefaultPolicy()))
		for _, options := range [][]func(*workspaces.Options){{pacer(w).Client}, {pacer(w).Client, retryer.Client}} {
			w.tokens.Store(0)
			err := describe(t.Context(), server.Client("eu-west-1", options...))
			var canceled *aws.RequestCanceledError
			if !errors.Is(err, refusal) || !errors.As(err, &canceled) || w.tokens.Load() != 1 || len(server.Log()) > 0 {
				t.Errorf("%v after %d tokens and %d attempts", err, w.tokens.Load(), len(server.Log()))
			}
		}

		start := time.Now()
		l := must(throttle.NewLimiterWith(throttle.Strict(), 0))
		client := server.Client("eu-west-1", pacer(l).Client, retryer.Client)
		ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
		defer cancel()
		var refused *throttle.DeadlineError
		if err := describe(ctx, client); !errors.As(err, &refused) || !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 0 {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		if err := describe(ctx, client); !errors.Is(err, context.Canceled) || time.Since(start) != 100*time.Millisecond {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		wantInput(t, "an invalid quota", describe(t.Context(), server.Client("eu-west-1", throttle.Pace(throttle.Quota{}))), "Rate")
	})
}

// After a Retry-After nothing is sent for as long as it asks, by whichever goroutine, and
// then no more at once than before. A plain *rate.Limiter is held back by the Pacer.
func TestPaceRetryAfter(t *testing.T) {
	for name, limiter := range map[string]func() throttle.Waiter{
		"Limiter":      func() throttle.Waiter { return must(throttle.NewLimiter(throttle.AsDocumented())) },
		"rate.Limiter": func() throttle.Waiter { return rate.NewLimiter(2, 5) },
	} {
		synctest.Test(t, func(t *testing.T) {
			server := serve(wkstest.Config{Quota: throttle.Quota{Rate: 1, Burst: 5}, Refill: throttle.Continuous, RetryAfter: 9 * time.Second, Return: 10 * time.Millisecond})
			retryer := must(throttle.NewRetryer(throttle.DefaultPolicy()))
			client := server.Client("eu-west-1", pacer(limiter()).Client, retryer.Client)
			if r := server.Run(t.Context(), wkstest.Job{Clients: []*workspaces.Client{client}, Goroutines: 8, Calls: 60}); r.Lost > 0 || r.Throttled == 0 {
				t.Errorf("%s: %+v", name, r)
			}
			log := server.Log()
			for i, a := range log {
				if a.Outcome == wkstest.Throttling && i+1 < len(log) {
					if pause := log[i+1].At.Sub(a.At); pause < 9*time.Second {
						t.Errorf("%s: the next attempt after %s", name, pause)
					}
				}
				if i >= 6 && a.At.Sub(log[i-6].At) < 500*time.Millisecond {
					t.Errorf("%s: seven attempts within %s", name, a.At.Sub(log[i-6].At))
				}
			}
		})
	}
}

// The Pacer's gate mends what x/time loses: see TestCancelGivesPlaceBack.
func TestPaceGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, start := must(pacer(rate.NewLimiter(2, 5)).Limiter("eu-west-1")), time.Now()
		fickle, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for i := range 105 {
			ctx := t.Context()
			if i >= 30 && i < 80 {
				ctx = fickle
			}
			group.Go(func() {
				if err := w.Wait(ctx); (err != nil) != (ctx == fickle) {
					t.Error(i, err)
				}
			})
			synctest.Wait()
		}
		time.Sleep(100 * time.Millisecond)
		cancel()
		group.Wait()
		if time.Since(start) != 25*time.Second {
			t.Errorf("the last after %s, want 25s", time.Since(start))
		}
	})
}

// A limiter that could not be made, or is none, is asked for again.
func TestPacerAsksAgain(t *testing.T) {
	tries := 0
	p := throttle.NewPacer(func(string) (throttle.Waiter, error) {
		if tries++; tries == 1 {
			return nil, errors.New("not yet")
		}
		if tries == 2 {
			return nil, nil
		}
		return throttle.NewLimiter(throttle.Strict())
	})
	_, none := p.Limiter("eu-west-1")
	_, first := p.Limiter("eu-west-1")
	a, second := p.Limiter("eu-west-1")
	b, third := p.Limiter("eu-west-1")
	if none == nil || first == nil || second != nil || third != nil || a != b || tries != 3 {
		t.Errorf("%v, %v, %v, %d tries", first, second, third, tries)
	}
}

// Inside the gate a pause that reaches the deadline is refused at once; outside, and in the
// pause, the end of the context ends the wait.
func TestPaceGateEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := must(pacer(new(counting)).Limiter("eu-west-1"))
		w.Observe(throttle.Outcome{RetryAfter: 10 * time.Second})
		w.Observe(throttle.Outcome{RetryAfter: time.Second}) // which makes the pause no shorter
		start := time.Now()
		within := func(d time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			return w.Wait(ctx)
		}
		var refused *throttle.DeadlineError
		if err := within(10 * time.Second); !errors.As(err, &refused) || time.Since(start) > 0 {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		var group sync.WaitGroup
		group.Go(func() {
			if err := within(11 * time.Second); err != nil || time.Since(start) != 10*time.Second {
				t.Errorf("%v after %s", err, time.Since(start))
			}
		})
		synctest.Wait()
		if err := within(3 * time.Second); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 3*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		group.Wait()
		w.Observe(throttle.Outcome{RetryAfter: 10 * time.Second})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if err := w.Wait(ctx); !errors.Is(err, context.Canceled) || time.Since(start) != 11*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}
