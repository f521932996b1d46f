package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"golang.org/x/time/rate"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// A latency is that of requests, evenly spread, and of answers.
type latency struct{ least, most, back time.Duration }

var (
	varied = latency{20 * time.Millisecond, 300 * time.Millisecond, 20 * time.Millisecond}
	steady = latency{100 * time.Millisecond, 100 * time.Millisecond, 0}
)

// A service has a number of WorkSpaces, keeps to the documented quota, and counts what it serves.
type service struct {
	*wkstest.Server
	desktops int
	mu       sync.Mutex
	served   map[string]bool // IDs, and tokens of pages
	created  map[string]types.Workspace
	finished bool // the last page was served
}

const pageSize = 25

// newService returns the service for a job.
func (j job) newService(seed uint64) (*service, error) {
	s := &service{desktops: j.listing, served: map[string]bool{}, created: map[string]types.Workspace{}}
	config := wkstest.Config{Record: true, Quota: throttle.AsDocumented(), Refill: throttle.Continuous, MinLatency: j.latency.least, MaxLatency: j.latency.most, Return: j.latency.back, Seed: seed, Override: s.respond}
	if j.after > 0 {
		config.Quota, config.RetryAfter = throttle.Quota{Rate: rate.Limit(1 / j.after.Seconds()), Burst: 1}, j.after
	}
	var err error
	s.Server, err = wkstest.New(config)
	return s, err
}

// respond answers DescribeWorkspaces: WorkSpaces that are asked for, or a page of all. For Terraform it also
// creates WorkSpaces, which are available at once, and says that they have no tags.
func (s *service) respond(_ context.Context, operation string, input any) (any, bool, error) {
	switch in := input.(type) {
	case *workspaces.DescribeWorkspacesInput:
		return s.describe(in), true, nil
	case *workspaces.CreateWorkspacesInput:
		return s.create(in), true, nil
	case *workspaces.DescribeTagsInput:
		return &workspaces.DescribeTagsOutput{}, true, nil
	}
	return nil, true, fmt.Errorf("%s is not what the clients are compared by", operation)
}

func (s *service) create(in *workspaces.CreateWorkspacesInput) *workspaces.CreateWorkspacesOutput {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := &workspaces.CreateWorkspacesOutput{}
	for _, q := range in.Workspaces {
		w := desktop(fmt.Sprintf("ws-%09d", len(s.created)), aws.ToString(q.UserName))
		w.DirectoryId, w.BundleId = q.DirectoryId, q.BundleId
		s.created[*w.WorkspaceId] = w
		out.PendingRequests = append(out.PendingRequests, w)
	}
	return out
}

// desktop is a WorkSpace, as far as clients look at it.
func desktop(id, user string) types.Workspace {
	return types.Workspace{WorkspaceId: &id, DirectoryId: aws.String("d-0000000001"), UserName: &user, BundleId: aws.String("wsb-000000001"), State: types.WorkspaceStateAvailable}
}

func (s *service) describe(in *workspaces.DescribeWorkspacesInput) *workspaces.DescribeWorkspacesOutput {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := &workspaces.DescribeWorkspacesOutput{}
	if len(in.WorkspaceIds) > 0 {
		for _, id := range in.WorkspaceIds {
			s.served[id] = true
			w, ok := s.created[id]
			if !ok {
				w = desktop(id, "user")
			}
			out.Workspaces = append(out.Workspaces, w)
		}
		return out
	}
	first, _ := strconv.Atoi(aws.ToString(in.NextToken)) // 0 on the first page
	s.served["page "+strconv.Itoa(first)] = true
	for i := first; i < min(first+pageSize, s.desktops); i++ {
		out.Workspaces = append(out.Workspaces, desktop(fmt.Sprintf("ws-%09d", i), fmt.Sprint("user", i)))
	}
	if next := first + pageSize; next < s.desktops {
		out.NextToken = aws.String(strconv.Itoa(next))
	} else {
		s.finished = true
	}
	return out
}

// ServeHTTP puts the service on the loopback interface. A GET tells how many attempts were served and
// throttled so far.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		fmt.Fprintln(w, s.Count(wkstest.Served), s.Count(wkstest.Throttling))
		return
	}
	s.Server.ServeHTTP(w, r)
}

// A result is what became of a job, as the service saw it.
type result struct {
	served    int // calls or pages, each counted once
	wanted    int
	throttled int
	finished  bool          // all of them, or the last page
	took      time.Duration // from the first attempt to the last
}

// result counts what was served of a job.
func (s *service) result(j job) result {
	log := s.Log()
	s.mu.Lock()
	defer s.mu.Unlock()
	r := result{served: len(s.served), wanted: j.calls(), throttled: s.Count(wkstest.Throttling)}
	r.finished = r.served == r.wanted && (j.listing == 0 || s.finished)
	if len(log) > 0 {
		r.took = log[len(log)-1].At.Sub(log[0].At)
	}
	return r
}

// A job is 60 calls from 8 workers, or one listing.
type job struct {
	name    string
	listing int // WorkSpaces, or 0
	latency latency
	after   time.Duration // between two calls, as each refusal says in its Retry-After; 0 is the documented quota
}

const (
	callsInAll = 60
	workers    = 8
)

// Who heeds Retry-After is refused once in the last of the jobs, which are two pages.
var jobs = []job{
	{"60 calls", 0, varied, 0}, {"1,000", 1000, steady, 0}, {"10,000", 10_000, steady, 0}, {"50,000", 50_000, steady, 0},
	{"Retry-After", 2 * pageSize, steady, 5 * time.Second},
}

// calls returns how many calls the job needs.
func (j job) calls() int {
	if j.listing == 0 {
		return callsInAll
	}
	return (j.listing + pageSize - 1) / pageSize
}
