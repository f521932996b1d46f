package wkstest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
)

// A Job is a load on a [Server]: calls of DescribeWorkspaces, each for one WorkSpace that there
// is not.
type Job struct {
	Clients    []*workspaces.Client // one for each simulated process; nil is one that makes no calls
	Goroutines int                  // of each client, which make its calls one after the other
	Calls      int                  // in all, dealt out to the clients in turn
}

// A Result is how a job went.
type Result struct {
	Makespan  time.Duration // from the start until the last call returned
	Throttled int           // attempts that the server throttled
	Lost      int           // calls that returned an error in the end, or that no goroutine made
}

// apart is more than the roundings of a limiter add up to in a job, and less than matters.
const apart = 10 * time.Microsecond

// Run does a job and returns when it is done. Goroutines start 10 µs apart, so that in a
// bubble of testing/synctest no two of them act at the same instant, and the result is the same
// each time. Once the context has ended no further call is made. The result has the attempts since Run began; do one job
// at a time.
func (s *Server) Run(ctx context.Context, j Job) Result {
	start, before := time.Now(), s.Count(Throttling)
	var done atomic.Int64
	var group sync.WaitGroup
	for c, client := range j.Clients {
		if client == nil {
			continue
		}
		var next atomic.Int64
		next.Store(int64(c))
		for g := range min(j.Goroutines, j.Calls) {
			group.Go(func() {
				time.Sleep(time.Duration(g*len(j.Clients)+c) * apart)
				for {
					i := int(next.Add(int64(len(j.Clients)))) - len(j.Clients)
					if i >= j.Calls || ctx.Err() != nil {
						return
					}
					id := fmt.Sprintf("ws-%08d", i)
					if _, err := client.DescribeWorkspaces(ctx, &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id}}); err == nil {
						done.Add(1)
					}
				}
			})
		}
	}
	group.Wait()
	return Result{time.Since(start), s.Count(Throttling) - before, max(0, j.Calls) - int(done.Load())}
}
