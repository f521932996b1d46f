package pace

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A scenario is a job that one kind of client does.
type scenario struct {
	client     client
	processes  int
	goroutines int // of each process
	calls      int // of all processes
	jitter     bool
}

func scenarios() (list []scenario) {
	for _, calls := range []int{200, 1000} {
		for _, jitter := range []bool{false, true} {
			for _, c := range clients {
				for _, goroutines := range []int{1, 8, 64} {
					if !c.fleet {
						list = append(list, scenario{c, 1, goroutines, calls, jitter})
					}
				}
			}
		}
	}
	for _, processes := range []int{2, 4} {
		for _, jitter := range []bool{false, true} {
			for _, c := range clients {
				if c.several || c.fleet {
					list = append(list, scenario{c, processes, 8, 1000, jitter})
				}
			}
		}
	}
	return list
}

func (s scenario) title() string {
	latency := "no latency"
	if s.jitter {
		latency = "latency varies"
	}
	if s.processes == 1 {
		return fmt.Sprintf("%d calls, %s", s.calls, latency)
	}
	return fmt.Sprintf("%d calls of %d processes, %s", s.calls, s.processes, latency)
}

// simulate does the jobs, as many at a time as there are processors, each in its own virtual
// time. Nearly all that they allocate is garbage at once, of which a third of the time would be
// spent to clear away a heap of a few megabytes.
func simulate(list []scenario, seed uint64) ([]wkstest.Result, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	results, errs := make([]wkstest.Result, len(list)), make([]error, len(list))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, s := range list {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i], errs[i] = s.simulate(seed)
		})
	}
	group.Wait()
	return results, errors.Join(errs...)
}

// simulate does the job in virtual time. synctest.Test wants a *testing.T, and no document
// promises that a zero one will do outside of a test. With Go 1.26 it does, since f neither uses
// it nor fails; TestTable shows it with any other.
func (s scenario) simulate(seed uint64) (result wkstest.Result, err error) {
	synctest.Test(new(testing.T), func(*testing.T) {
		config := wkstest.Config{Quota: throttle.AsDocumented(), Refill: throttle.Continuous, Seed: seed}
		if s.jitter {
			config.MinLatency, config.MaxLatency, config.Return = 20*time.Millisecond, 300*time.Millisecond, 20*time.Millisecond
		}
		var server *wkstest.Server
		if server, err = wkstest.New(config); err != nil {
			return
		}
		luck := seeded(seed)
		job := wkstest.Job{Goroutines: s.goroutines, Calls: s.calls}
		for range s.processes {
			var options []func(*workspaces.Options)
			if options, err = s.client.options(s.processes, luck); err != nil {
				return
			}
			job.Clients = append(job.Clients, server.Client("eu-west-1", options...))
		}
		result = server.Run(context.Background(), job)
	})
	return result, err
}
