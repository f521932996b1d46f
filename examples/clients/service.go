package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/internal/inmemory"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/throttletest"
)

// A latency is that of requests, evenly spread, and of answers.
type latency struct{ least, most, back time.Duration }

var (
	varied = latency{20 * time.Millisecond, 300 * time.Millisecond, 20 * time.Millisecond}
	steady = latency{100 * time.Millisecond, 100 * time.Millisecond, 0}
)

// A service has a number of WorkSpaces, keeps to the documented quota, and counts what it serves.
type service struct {
	*throttletest.Server
	desktops int
	mu       sync.Mutex
	served   map[string]bool // IDs, and tokens of pages
	created  map[string]desktop
	finished bool // the last page was served
}

const pageSize = 25

// newService returns the service for a job.
func (j job) newService(seed uint64) (*service, error) {
	s := &service{desktops: j.listing, served: map[string]bool{}, created: map[string]desktop{}}
	config := throttletest.Config{Refill: throttle.Continuous, MinLatency: j.latency.least, MaxLatency: j.latency.most, Return: j.latency.back, Seed: seed, Respond: s.respond}
	if j.after > 0 {
		config.Quota, config.RetryAfter = throttle.Quota{Rate: rate.Limit(1 / j.after.Seconds()), Burst: 1}, j.after
	}
	var err error
	s.Server, err = throttletest.New(config)
	return s, err
}

// A desktop is a WorkSpace, as far as clients look at it.
type desktop struct{ WorkspaceId, DirectoryId, UserName, BundleId, State string }

// respond answers DescribeWorkspaces: WorkSpaces that are asked for, or a page of all. For Terraform it also
// creates WorkSpaces, which are available at once, and says that they have no tags.
func (s *service) respond(operation string, input []byte) (any, error) {
	switch operation {
	case "DescribeWorkspaces":
		return s.describe(input)
	case "CreateWorkspaces":
		return s.create(input)
	case "DescribeTags":
		return map[string]any{"TagList": []any{}}, nil
	}
	return nil, fmt.Errorf("%s is not what the clients are compared by", operation)
}

func (s *service) create(input []byte) (any, error) {
	var in struct{ Workspaces []desktop }
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range in.Workspaces {
		w := &in.Workspaces[i]
		w.WorkspaceId, w.State = fmt.Sprintf("ws-%09d", len(s.created)), "AVAILABLE"
		s.created[w.WorkspaceId] = *w
	}
	return map[string]any{"PendingRequests": in.Workspaces, "FailedRequests": []any{}}, nil
}

func (s *service) describe(input []byte) (any, error) {
	var in struct {
		WorkspaceIds []string
		NextToken    string
		Limit        int
	}
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	list := []desktop{}
	out := map[string]any{}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(in.WorkspaceIds) > 0 {
		for _, id := range in.WorkspaceIds {
			s.served[id] = true
			w, ok := s.created[id]
			if !ok {
				w = desktop{id, "d-0000000001", "user", "wsb-000000001", "AVAILABLE"}
			}
			list = append(list, w)
		}
		out["Workspaces"] = list
		return out, nil
	}
	first, _ := strconv.Atoi(in.NextToken) // 0 on the first page
	s.served["page "+strconv.Itoa(first)] = true
	for i := first; i < min(first+pageSize, s.desktops); i++ {
		list = append(list, desktop{fmt.Sprintf("ws-%09d", i), "d-0000000001", fmt.Sprint("user", i), "wsb-000000001", "AVAILABLE"})
	}
	out["Workspaces"] = list
	if next := first + pageSize; next < s.desktops {
		out["NextToken"] = strconv.Itoa(next)
	} else {
		s.finished = true
	}
	return out, nil
}

// ServeHTTP puts the service on the loopback interface. A GET tells how many attempts were served and
// throttled so far.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		fmt.Fprintln(w, s.Count(throttletest.Served), s.Count(throttletest.Throttled))
		return
	}
	inmemory.Serve(w, r, s)
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
	r := result{served: len(s.served), wanted: j.calls(), throttled: s.Count(throttletest.Throttled)}
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
