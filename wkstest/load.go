package wkstest

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/inmemory"
)

// A Job is a load on a [Server]: calls of DescribeWorkspaces, each for one WorkSpace that there
// is not.
type Job struct {
	Clients    []*workspaces.Client // one for each simulated process
	Goroutines int                  // of each client, which make its calls one after the other
	Calls      int                  // in all, dealt out to the clients in turn
}

// A Result is how a job went.
type Result struct {
	Makespan  time.Duration // from the start until the last call returned
	Throttled int           // attempts that the server throttled
	Lost      int           // calls that returned an error in the end, or that no goroutine made
}

// Run does a job and returns when it is done. Goroutines start 10 µs apart, so that in a
// bubble of testing/synctest no two of them act at the same instant, and the result is the same
// each time. The result has the attempts since Run began; do one job at a time.
func (s *Server) Run(ctx context.Context, j Job) Result {
	start, before := time.Now(), s.Count(Throttling)
	succeeded := inmemory.Load(ctx, j.Clients, j.Goroutines, j.Calls)
	return Result{time.Since(start), s.Count(Throttling) - before, j.Calls - succeeded}
}
