// Package inmemory is what the servers in memory have in common: a client that calls one in the
// process, one over a network, a load on it, and a wait that ends with its context.
package inmemory

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
)

// Client returns a client of the Region that sends its requests to transport, with made-up
// credentials and the given options.
func Client(transport http.RoundTripper, region string, options ...func(*workspaces.Options)) *workspaces.Client {
	return workspaces.New(workspaces.Options{
		Region:     region,
		HTTPClient: &http.Client{Transport: transport},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "SECRET"}, nil
		}),
	}, options...)
}

// apart is more than the roundings of a limiter add up to in a load, and less than matters.
const apart = 10 * time.Microsecond

// Load makes calls of DescribeWorkspaces, each for another WorkSpace, dealt out to the clients in
// turn, from some goroutines of each. It returns how many succeeded, when all are done. Goroutines
// start 10 µs apart, so that in a bubble of testing/synctest no two of them act at the same
// instant.
func Load(ctx context.Context, clients []*workspaces.Client, goroutines, calls int) (succeeded int) {
	var done atomic.Int64
	var group sync.WaitGroup
	for c, client := range clients {
		var next atomic.Int64
		next.Store(int64(c))
		for g := range goroutines {
			group.Go(func() {
				time.Sleep(time.Duration(g*len(clients)+c) * apart)
				for {
					i := int(next.Add(int64(len(clients)))) - len(clients)
					if i >= calls {
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
	return int(done.Load())
}

// Serve answers a request over a network as transport does in the process. If transport has no
// answer, the status is 502. That the client has left is no error.
func Serve(w http.ResponseWriter, r *http.Request, transport http.RoundTripper) {
	answer, err := transport.RoundTrip(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

// Sleep waits, and returns the error of a context that ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
