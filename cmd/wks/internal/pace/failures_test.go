package pace

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/wkstest"
)

// A client that cannot be made ends the command with its error, and nothing is printed of the others.
func TestClientCannotBeMade(t *testing.T) {
	before := clients
	t.Cleanup(func() { clients = before })
	clients = []client{{name: "none", options: func(int, func() float64) (options, error) { return nil, errors.New("no such client") }}}
	list := []scenario{{clients[0], 1, 1, 20, false}, {before[4], 1, 1, 5, false}} // of 20 calls some would be throttled
	results, err := simulate(list, 1)
	if err == nil || results[0] != (wkstest.Result{}) || results[1].Lost != 0 {
		t.Errorf("%+v, %v", results, err)
	}
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), nil, nil, &out, &errs); status != cli.Unanswered || out.Len() > 0 || !strings.Contains(errs.String(), "no such client") {
		t.Errorf("status %d, %q, %q", status, out.String(), errs.String())
	}
	for _, processes := range []int{0, -1} { // a quota cannot be split among them
		if o, err := before[len(before)-1].options(processes, seeded(1)); o != nil || err == nil {
			t.Errorf("%d processes: %d options, %v", processes, len(o), err)
		}
	}
}

// A call that its limiter refuses is not sent, and has the limiter's error.
func TestEachOperationIsRefused(t *testing.T) {
	server, err := wkstest.New(wkstest.Config{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.Client("eu-west-1", eachOperation(rate.NewLimiter(2, 0))).DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{})
	var operation *smithy.OperationError
	if out != nil || !errors.As(err, &operation) || !strings.Contains(err.Error(), "burst") || len(server.Log()) > 0 {
		t.Errorf("%v, %v after %d calls", out, err, len(server.Log()))
	}
}

// What the retryers of the SDK are set to: three attempts, or as many as it takes.
func TestAttempts(t *testing.T) {
	for name, tt := range map[string]struct {
		option func(*workspaces.Options)
		most   int
	}{"standard": {standard(seeded(1)), retry.DefaultMaxAttempts}, "unlimited": {unlimited(seeded(1)), 0}} {
		var o workspaces.Options
		tt.option(&o)
		if got := o.Retryer.MaxAttempts(); got != tt.most {
			t.Errorf("%s: %d attempts, want %d", name, got, tt.most)
		}
	}
	synctest.Test(t, func(t *testing.T) { // far more than the tokens of the SDK's bucket would pay for
		server, err := wkstest.New(wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Throttled, First: 300}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := server.Client("eu-west-1", unlimited(seeded(1))).DescribeWorkspaces(context.Background(), nil); err != nil || server.Count(wkstest.Throttling) != 300 || server.Count(wkstest.Served) != 1 {
			t.Errorf("%v after %d throttled attempts", err, server.Count(wkstest.Throttling))
		}
	})
}
