package runner

import (
	"context"
	"errors"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
)

// An API is what a run calls; a *workspaces.Client is one.
type API interface {
	MigrateWorkspace(context.Context, *workspaces.MigrateWorkspaceInput, ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error)
	DescribeWorkspaces(context.Context, *workspaces.DescribeWorkspacesInput, ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error)
	DescribeWorkspaceSnapshots(context.Context, *workspaces.DescribeWorkspaceSnapshotsInput, ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error)
}

var _ API = (*workspaces.Client)(nil)

// A Paced API has the pace of its account and Region. A worker that runs fleets of several of them
// connects to each with its own.
type Paced interface {
	API
	Pace() throttle.Waiter // nil for none
}

// once keeps the SDK from repeating a request by itself, which it does when an answer is
// lost.
func once(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }

// errNoAnswer is what an API answers that gives neither output nor error.
var errNoAnswer = errors.New("runner: the API gives neither an answer nor an error")

// answered gives an error for the answer that is none.
func answered[T any](out *T, err error) (*T, error) {
	if out == nil && err == nil {
		err = errNoAnswer
	}
	return out, err
}

// A verdict on an error of a call.
type failure uint8

const (
	lost      failure = iota // the request may have been accepted
	throttled                // it was not, and may be repeated
	refused                  // it was not, and a repetition would be refused too
)

// Codes of errors. Those of throttling are package throttle's.
var (
	timeouts = []string{"RequestTimeout", "RequestTimeoutException"}

	// refusals are what MigrateWorkspace and the two other operations model, all of them
	// the client's fault.
	refusals = []string{
		"AccessDeniedException", "InvalidParameterValuesException", "OperationInProgressException", "OperationNotSupportedException",
		"ResourceNotFoundException", "ResourceUnavailableException",
	}
)

// classify tells what is known after an error. One that neither has a code known to mean
// refusal nor came with a status of 400 to 499 leaves everything open, and so does a timeout
// that the service reports.
func classify(err error) failure {
	var api interface{ ErrorCode() string }
	code := ""
	if errors.As(err, &api) {
		code = api.ErrorCode()
	}
	var http interface{ HTTPStatusCode() int }
	status := 0
	if errors.As(err, &http) {
		status = http.HTTPStatusCode()
	}
	switch {
	case slices.Contains(timeouts, code), status == 408, status >= 500:
		return lost
	case throttle.Throttled(err):
		return throttled
	case slices.Contains(refusals, code), status >= 400:
		return refused
	}
	return lost
}
