package throttle_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/throttle"
)

// plenty is a quota that a benchmark does not use up.
var plenty = throttle.Quota{Rate: 1e9, Burst: 1e9}

// BenchmarkWait compares the Limiter with x/time/rate: a token that is ready, for one
// goroutine and for several, and with a deadline.
func BenchmarkWait(b *testing.B) {
	deadline, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	for _, bb := range []struct {
		name   string
		ctx    context.Context
		waiter throttle.Waiter
	}{
		{"wks", context.Background(), must(throttle.NewLimiter(plenty))},
		{"xtime", context.Background(), rate.NewLimiter(plenty.Rate, plenty.Burst)},
		{"wks-deadline", deadline, must(throttle.NewLimiter(plenty))},
		{"xtime-deadline", deadline, rate.NewLimiter(plenty.Rate, plenty.Burst)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := bb.waiter.Wait(bb.ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(bb.name+"-parallel", func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := bb.waiter.Wait(bb.ctx); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// BenchmarkCall is one call of the SDK's client against an endpoint in memory, alone and with
// what this package adds.
func BenchmarkCall(b *testing.B) {
	for _, bb := range []struct {
		name    string
		options []func(*workspaces.Options)
	}{
		{"sdk", nil},
		{"paced", []func(*workspaces.Options){throttle.Pace(plenty)}},
		{"paced-retryer", []func(*workspaces.Options){throttle.Pace(plenty), must(throttle.NewRetryer(throttle.DefaultPolicy())).Client}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			client := (&script{}).client(bb.options...)
			b.ReportAllocs()
			for b.Loop() {
				if err := describe(b.Context(), client); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkQueue is n callers who wait at once, of whom a third give up: linear in n.
func BenchmarkQueue(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				l := must(throttle.NewLimiter(throttle.Quota{Rate: 1e6, Burst: 1}))
				var group sync.WaitGroup
				for i := range n {
					ctx, cancel := context.WithCancel(b.Context())
					group.Go(func() {
						defer cancel()
						if err := l.Wait(ctx); err != nil && i%3 > 0 {
							b.Error(err)
						}
					})
					if i%3 == 0 {
						cancel()
					}
				}
				group.Wait()
			}
		})
	}
}

// BenchmarkPaceAlone is what BenchmarkCall's paced call has more: the pace put into a stack
// of its own, and passed once.
func BenchmarkPaceAlone(b *testing.B) {
	var options workspaces.Options
	throttle.Pace(plenty)(&options)
	ctx := awsmiddleware.SetRegion(awsmiddleware.SetServiceID(b.Context(), workspaces.ServiceID), "eu-west-1")
	end := middleware.HandlerFunc(func(context.Context, any) (any, middleware.Metadata, error) { return nil, middleware.Metadata{}, nil })
	for _, paced := range []bool{false, true} {
		b.Run(fmt.Sprint(paced), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stack := middleware.NewStack("Operation", func() any { return nil })
				if err := stack.Finalize.Add(nothing{}, middleware.After); err != nil {
					b.Fatal(err)
				}
				if paced {
					if err := options.APIOptions[0](stack); err != nil {
						b.Fatal(err)
					}
				}
				if _, _, err := middleware.DecorateHandler(end, stack).Handle(ctx, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
