package peerbench

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/go-redis/redis_rate/v10"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota/internal/redistest"
	"github.com/wksgo/wks/wkstest"
)

var paces = []string{"redisquota", "redis_rate"}

// BenchmarkCallers is 400 calls of 32 callers in 4 processes at 20 a second with a burst of 5, all from
// one pool: 19.75 s at best. It reports how much longer they took, in percent, the commands of a
// call, how many calls the callers got, and the worst wait beside the mean.
func BenchmarkCallers(b *testing.B) {
	quota := throttle.Quota{Rate: 20, Burst: 5}
	for _, pace := range paces {
		b.Run(pace, func(b *testing.B) {
			for b.Loop() {
				report(b, pace, quota, 4, 8, 400)
			}
		})
	}
}

func report(b *testing.B, pace string, quota throttle.Quota, processes, callers, calls int) {
	s := redistest.Start(b)
	out := spawn(b, fmt.Sprintf("%s %s - %g %d", pace, s.Addr, float64(quota.Rate), quota.Burst), processes, callers, 0)
	var all []call
	for len(all) < calls {
		one, ok := <-out
		if !ok {
			b.Fatal("the processes ended")
		}
		all = append(all, one)
	}
	commands := s.Calls(b)
	slices.SortFunc(all, func(a, b call) int { return a.at.Compare(b.at) })
	got := make([]int, processes*callers)
	var sum, worst time.Duration
	for _, one := range all {
		got[one.caller]++
		sum, worst = sum+one.waited, max(worst, one.waited)
	}
	optimum, err := quota.Makespan(calls)
	if err != nil {
		b.Fatal(err)
	}
	// From the first call, which finds a token, or from the start if that waited.
	makespan := all[len(all)-1].at.Sub(all[0].at.Add(-all[0].waited))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(100*(makespan.Seconds()/optimum.Seconds()-1), "%over")
	b.ReportMetric(float64(commands)/float64(calls), "commands/call")
	b.ReportMetric(float64(slices.Min(got)), "least-calls")
	b.ReportMetric(float64(slices.Max(got)), "most-calls")
	b.ReportMetric(worst.Seconds()/(sum.Seconds()/float64(calls)), "worst/mean")
	b.ReportMetric(worst.Seconds(), "s-worst")
}

// BenchmarkFleet is 1000 calls of the SDK's client from 4 processes of 8 callers, with latency, before
// an endpoint that enforces the quota: 20 a second, burst 5, of which the pace leaves one in reserve.
func BenchmarkFleet(b *testing.B) {
	const calls = 1000
	quota := throttle.Quota{Rate: 20, Burst: 5}
	for _, pace := range paces {
		b.Run(pace, func(b *testing.B) {
			for b.Loop() {
				s := redistest.Start(b)
				service, err := wkstest.New(wkstest.Config{Record: true, Quota: quota, Refill: throttle.Continuous, MinLatency: 2 * time.Millisecond, MaxLatency: 30 * time.Millisecond, Return: 2 * time.Millisecond, Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				endpoint := httptest.NewServer(service)
				defer endpoint.Close()
				lost := 0
				for one := range spawn(b, fmt.Sprintf("%s %s %s %g %d", pace, s.Addr, endpoint.URL, float64(quota.Rate), quota.Burst-1), 4, 8, calls) {
					if one.lost {
						lost++
					}
				}
				log := service.Log()
				optimum, err := quota.Makespan(calls)
				if err != nil {
					b.Fatal(err)
				}
				makespan := log[len(log)-1].At.Sub(log[0].At)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(100*(makespan.Seconds()/optimum.Seconds()-1), "%over")
				b.ReportMetric(float64(service.Count(wkstest.Throttling)), "throttled")
				b.ReportMetric(float64(lost), "lost")
			}
		})
	}
}

// The peer's answer to more than the burst promises a time at which it refuses again.
func TestPeerAboveBurst(t *testing.T) {
	s := redistest.Start(t)
	client := redis.NewClient(&redis.Options{Addr: s.Addr})
	defer client.Close()
	limit := redis_rate.Limit{Rate: 2, Burst: 5, Period: time.Second}
	for range 2 {
		r, err := redis_rate.NewLimiter(client).AllowN(t.Context(), "wks", limit, 6)
		if err != nil || r.Allowed != 0 || r.RetryAfter <= 0 || r.RetryAfter > time.Second {
			t.Fatalf("%+v, %v", r, err)
		}
		time.Sleep(r.RetryAfter + 10*time.Millisecond)
	}
}
