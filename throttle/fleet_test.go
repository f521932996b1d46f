package throttle_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

const (
	least = 20 * time.Millisecond // of the latency of a request
	most  = 300 * time.Millisecond
	back  = 20 * time.Millisecond // of the answer
)

// simulate makes 1000 calls from clients with the given options, and says how it went.
func simulate(t *testing.T, seed uint64, goroutines int, processes []func(*workspaces.Options)) (r wkstest.Result) {
	synctest.Test(t, func(t *testing.T) {
		server := serve(wkstest.Config{Refill: throttle.Continuous, MinLatency: least, MaxLatency: most, Return: back, Seed: seed})
		luck := rand.New(rand.NewPCG(seed, seed))
		policy := throttle.DefaultPolicy()
		policy.Rand = locked(luck.Float64)
		var clients []*workspaces.Client
		for _, p := range processes {
			clients = append(clients, server.Client("eu-west-1", p, must(throttle.NewRetryer(policy)).Client))
		}
		r = server.Run(t.Context(), wkstest.Job{Clients: clients, Goroutines: goroutines, Calls: 1000})
	})
	return r
}

func locked(f func() float64) func() float64 {
	lock := make(chan struct{}, 1)
	return func() float64 {
		lock <- struct{}{}
		defer func() { <-lock }()
		return f()
	}
}

// within returns a bound that is a share above the least time for 1000 calls, and one latency.
func within(share float64) time.Duration {
	optimum := must(throttle.AsDocumented().Makespan(1000))
	return optimum + time.Duration(share*float64(optimum)) + most + back
}

func TestFleetStrict(t *testing.T) {
	for _, g := range []int{1, 8, 64} {
		for seed := range uint64(5) {
			r := simulate(t, seed, g, []func(*workspaces.Options){throttle.Pace(throttle.Strict())})
			if r.Throttled > 0 || r.Lost > 0 || r.Makespan > within(0.002) {
				t.Errorf("%d goroutines, seed %d: %+v", g, seed, r)
			}
		}
	}
}

// With the whole burst at most ⌈2J⌉ attempts are throttled, for a job of any length.
func TestFleetAsDocumented(t *testing.T) {
	throttled := 0
	for _, g := range []int{1, 8, 64} {
		for seed := range uint64(5) {
			r := simulate(t, seed, g, []func(*workspaces.Options){throttle.Pace(throttle.AsDocumented())})
			if r.Throttled > 1 || r.Lost > 0 || r.Makespan > within(0.002) { // ⌈2 × 0.28⌉
				t.Errorf("%d goroutines, seed %d: %+v", g, seed, r)
			}
			throttled += r.Throttled
		}
	}
	if throttled == 0 {
		t.Error("never throttled: the test does not show why Strict leaves room")
	}
}

// Processes that know how many they are.
func TestFleetSplit(t *testing.T) {
	for _, n := range []int{2, 4} {
		share := must(throttle.AsDocumented().Split(n))
		for seed := range uint64(5) {
			var processes []func(*workspaces.Options)
			for range n {
				processes = append(processes, throttle.Pace(share))
			}
			r := simulate(t, seed, 8, processes)
			if r.Throttled > 0 || r.Lost > 0 || r.Makespan > within(0.002) {
				t.Errorf("%d processes, seed %d: %+v", n, seed, r)
			}
		}
	}
}

// Processes that do not know how many they are, beside processes that each take the quota
// for their own. The calls are dealt out before, so that whoever was slower ends alone; beside_test.go has
// those that are taken from one queue.
func TestFleetAdaptive(t *testing.T) {
	for _, n := range []int{1, 2, 4} {
		for seed := range uint64(3) {
			var adaptive, alone []func(*workspaces.Options)
			law := throttle.DefaultLaw()
			law.Rand = locked(rand.New(rand.NewPCG(seed, seed)).Float64)
			for range n {
				adaptive = append(adaptive, throttle.NewPacer(func(string) (throttle.Waiter, error) {
					return throttle.NewAdaptive(law)
				}).Client)
				alone = append(alone, throttle.Pace(throttle.AsDocumented()))
			}
			a, b := simulate(t, seed, 8, adaptive), simulate(t, seed, 8, alone)
			if a.Lost > 0 || a.Makespan > within(0.04) || a.Throttled >= b.Throttled {
				t.Errorf("%d processes, seed %d: %+v, each 2/5: %+v", n, seed, a, b)
			}
		}
	}
}

// The nine rows through the SDK's client: calls 0.3 s into each second, and a retry 0.9 s
// after a throttle, which falls in the next second, before its new calls.
func TestNineRowsThroughClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, start := serve(wkstest.Config{}), time.Now()
		client := server.Client("eu-west-1", func(o *workspaces.Options) {
			o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
				o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 900 * time.Millisecond, nil })
			})
		})
		time.Sleep(300 * time.Millisecond)
		for second, n := range tableSent {
			for call := range n {
				go func() {
					id := fmt.Sprintf("ws-%04d%04d", second, call)
					if _, err := client.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id}}); err != nil {
						t.Error(err)
					}
				}()
			}
			time.Sleep(time.Second)
		}
		synctest.Wait()

		// What the server's bucket had left for new calls in each second, from its log.
		bucket := must(throttle.NewBucket(throttle.AsDocumented(), throttle.PerSecond, start))
		log := server.Log()
		var allowed []int
		for second := range tableSent {
			now := start.Add(time.Duration(second)*time.Second + 300*time.Millisecond)
			for len(log) > 0 && log[0].At.Before(now) {
				if got := bucket.Allow(log[0].At); got != (log[0].Outcome == wkstest.Served) {
					t.Errorf("%s: admitted %t, answered %s", log[0].At.Sub(start), got, log[0].Outcome)
				}
				log = log[1:]
			}
			allowed = append(allowed, bucket.Tokens(now))
		}
		if !slices.Equal(allowed, tableAllowed) || server.Count(wkstest.Throttling) != 1 || len(log) > 0 {
			t.Errorf("allowed %v, want %v; %d throttled", allowed, tableAllowed, server.Count(wkstest.Throttling))
		}
	})
}

// Fewer calls beat any pace: 1000 WorkSpaces by 25 are 40 calls.
func TestFleetPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, start := serve(wkstest.Config{Refill: throttle.Continuous, Override: pages(40)}), time.Now()
		p := workspaces.NewDescribeWorkspacesPaginator(server.Client("eu-west-1", throttle.Pace(throttle.AsDocumented())), &workspaces.DescribeWorkspacesInput{})
		n := 0
		for ; p.HasMorePages(); n++ {
			if _, err := p.NextPage(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if n != 40 || time.Since(start) != 17500*time.Millisecond {
			t.Errorf("%d pages in %s", n, time.Since(start))
		}
	})
}
