// Package migratetest is an in-memory Amazon WorkSpaces for tests and simulations of
// migrations. It behaves as the Administration Guide describes, in whatever time it is
// given, and misbehaves where it is told to.
package migratetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A Fault is what befalls the migration of a WorkSpace.
type Fault string

const (
	None         Fault = ""
	Refuse       Fault = "refuse"        // the request is refused
	Throttle     Fault = "throttle"      // the first two requests are throttled
	LoseAccepted Fault = "lose-accepted" // the request is accepted and its answer lost
	LoseUnheard  Fault = "lose-unheard"  // the request is lost
	Silent       Fault = "silent"        // accepted, and nothing happens
	RollBack     Fault = "roll-back"     // the new WorkSpace comes, and goes
	Vanish       Fault = "vanish"        // both WorkSpaces go
	Hang         Fault = "hang"          // both WorkSpaces stay
	Slow         Fault = "slow"          // it takes 90 minutes
	Late         Fault = "late"          // the new WorkSpace is not described for ten minutes
	DuplicateID  Fault = "duplicate-id"  // the answer has the target of an earlier one
	SameID       Fault = "same-id"       // the WorkSpace keeps its ID, as Linux may
	Blink        Fault = "blink"         // every third look does not show the WorkSpaces
	NoSnapshot   Fault = "no-snapshot"   // there is no snapshot
	Unhealthy    Fault = "unhealthy"     // the state is UNHEALTHY
)

// Faults returns every fault, None first, in the order in which they are declared.
func Faults() []Fault {
	return []Fault{None, Refuse, Throttle, LoseAccepted, LoseUnheard, Silent, RollBack, Vanish, Hang, Slow, Late, DuplicateID, SameID, Blink,
		NoSnapshot, Unhealthy}
}

// A Service is an API of package runner. It is safe for concurrent use.
type Service struct {
	// Takes is how long a migration takes; zero is 25 minutes.
	Takes time.Duration
	// FreeAddresses are those of each subnet. A migration takes one until it has ended; if
	// there is none, the request is refused and Short counts it. Nil is no bound.
	FreeAddresses map[string]int
	// CallsPerSecond throttles calls above it, after a burst of 5; zero is no bound.
	CallsPerSecond float64
	// DescribeFails makes every so many-th DescribeWorkspaces fail with an error that passes;
	// zero is none.
	DescribeFails int

	mu        sync.Mutex
	now       func() time.Time
	all       []*desktop
	byID      map[string]*desktop
	byTarget  map[string]*desktop
	requests  map[string]int
	accepted  map[string]int
	twice     map[string]int
	describes int
	short     int
	throttled int
	retries   int
	tokens    float64
	filled    time.Time
	next      int
	lastID    string
}

// desktop is a WorkSpace, and its migration if there is one.
type desktop struct {
	workspace types.Workspace
	fault     Fault
	started   time.Time // zero before the request
	bundle    string    // of the target
	target    string
	looked    int
}

// New returns a service without WorkSpaces in the time that now tells.
func New(now func() time.Time) *Service {
	return &Service{now: now, byID: map[string]*desktop{}, byTarget: map[string]*desktop{}, requests: map[string]int{}, accepted: map[string]int{}, twice: map[string]int{}, filled: now(), tokens: 5}
}

// Add adds a WorkSpace and what befalls its migration.
func (s *Service) Add(w types.Workspace, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f == Unhealthy {
		w.State = types.WorkspaceStateUnhealthy
	}
	d := &desktop{workspace: w, fault: f}
	s.all = append(s.all, d)
	s.byID[aws.ToString(w.WorkspaceId)] = d
}

// Accepted returns how many requests for a WorkSpace were accepted.
func (s *Service) Accepted(id string) int { s.mu.Lock(); defer s.mu.Unlock(); return s.accepted[id] }

// Requests returns how many requests for a WorkSpace reached the service, throttled ones not
// included.
func (s *Service) Requests(id string) int { s.mu.Lock(); defer s.mu.Unlock(); return s.requests[id] }

// Twice returns how many requests for a WorkSpace came while an earlier one was in flight, or,
// for a WorkSpace that keeps its ID, after it had succeeded. A run must never do that.
func (s *Service) Twice(id string) int { s.mu.Lock(); defer s.mu.Unlock(); return s.twice[id] }

// Counts returns how many calls were throttled for their rate, how many requests found no
// free address, and how many came with the SDK's retries switched on.
func (s *Service) Counts() (throttled, short, retries int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.throttled, s.short, s.retries
}

// An apiError is one with a code, as the SDK's are.
type apiError struct{ code, message string }

func (e *apiError) Error() string     { return e.code + ": " + e.message }
func (e *apiError) ErrorCode() string { return e.code }

var (
	errRate = &apiError{"ThrottlingException", "Rate exceeded"}
	errLost = fmt.Errorf("connection reset by peer")

	errMissing = &types.InvalidParameterValuesException{Message: aws.String("an ID is missing")}
)

// enter begins a call: it takes a token of the bucket, and the lock unless it fails.
func (s *Service) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.CallsPerSecond > 0 {
		now := s.now()
		s.tokens = min(5, s.tokens+now.Sub(s.filled).Seconds()*s.CallsPerSecond)
		s.filled = now
		if s.tokens < 1-1e-6 {
			s.throttled++
			s.mu.Unlock()
			return errRate
		}
		s.tokens--
	}
	return nil
}

// MigrateWorkspace is that of the API.
func (s *Service) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	o := workspaces.Options{}
	for _, f := range opts {
		if f != nil {
			f(&o)
		}
	}
	if o.Retryer == nil || o.Retryer.MaxAttempts() != 1 {
		s.retries++
	}
	if in == nil || in.SourceWorkspaceId == nil || in.BundleId == nil {
		return nil, errMissing
	}
	id := *in.SourceWorkspaceId
	d := s.byID[id]
	if d == nil || !s.exists(d) {
		return nil, &types.ResourceNotFoundException{Message: aws.String(id)}
	}
	if d.fault == Throttle && d.looked < 2 {
		d.looked++
		return nil, errRate
	}
	s.requests[id]++
	switch {
	case d.fault == LoseUnheard:
		return nil, errLost
	case d.fault == Refuse:
		return nil, &types.OperationNotSupportedException{Message: aws.String("refused")}
	case !d.started.IsZero() && !s.failed(d):
		s.accepted[id]++ // what must not happen is not prevented, but counted
		s.twice[id]++
		return nil, &types.OperationInProgressException{Message: aws.String("again")}
	case s.FreeAddresses != nil && s.FreeAddresses[aws.ToString(d.workspace.SubnetId)] <= s.migrating(aws.ToString(d.workspace.SubnetId)):
		s.short++
		return nil, &types.ResourceUnavailableException{Message: aws.String("no address")}
	}
	s.accepted[id]++
	s.next++
	d.started, d.bundle, d.target = s.now(), *in.BundleId, fmt.Sprintf("ws-new%07d", s.next)
	answer := d.target
	switch d.fault {
	case LoseAccepted:
		return nil, errLost
	case DuplicateID:
		answer = s.lastID
	case SameID:
		d.target = id
		answer = id
	}
	s.lastID = d.target
	s.byTarget[d.target] = d
	if answer == "" {
		answer = id
	}
	return &workspaces.MigrateWorkspaceOutput{SourceWorkspaceId: &id, TargetWorkspaceId: &answer}, nil
}

// failed tells whether a migration is over and has left the WorkSpace as it was.
func (s *Service) failed(d *desktop) bool {
	return (d.fault == Silent || d.fault == RollBack) && s.now().Sub(d.started) >= s.takes(d)
}

// migrating counts the migrations of a subnet that hold an address.
func (s *Service) migrating(subnet string) (n int) {
	for _, d := range s.all {
		if !d.started.IsZero() && aws.ToString(d.workspace.SubnetId) == subnet && d.fault != Silent && s.now().Sub(d.started) < s.takes(d) {
			n++
		}
	}
	return n
}

func (s *Service) takes(d *desktop) time.Duration {
	switch {
	case d.fault == Slow:
		return 90 * time.Minute
	case d.fault == Hang:
		return 1000 * time.Hour
	case s.Takes > 0:
		return s.Takes
	}
	return 25 * time.Minute
}

func (s *Service) exists(d *desktop) bool {
	return slices.ContainsFunc(s.view(d), func(w types.Workspace) bool {
		return aws.ToString(w.WorkspaceId) == aws.ToString(d.workspace.WorkspaceId)
	})
}

// view returns the WorkSpaces that there are of a desktop: the old one, the new one, both
// or none.
func (s *Service) view(d *desktop) []types.Workspace {
	old := d.workspace
	if d.started.IsZero() || d.fault == Silent {
		return []types.Workspace{old}
	}
	passed := s.now().Sub(d.started)
	done := passed >= s.takes(d)
	fresh := old
	fresh.WorkspaceId, fresh.BundleId, fresh.State = &d.target, &d.bundle, types.WorkspaceStatePending
	if done {
		fresh.State = types.WorkspaceStateAvailable
	}
	switch {
	case d.fault == SameID:
		if !done {
			old.State = types.WorkspaceStatePending
			return []types.Workspace{old}
		}
		return []types.Workspace{fresh}
	case d.fault == RollBack && done:
		return []types.Workspace{old}
	case d.fault == Vanish && done:
		return nil
	case d.fault == Late && passed < 10*time.Minute, passed < 20*time.Second:
		return []types.Workspace{old}
	case done:
		return []types.Workspace{fresh}
	}
	return []types.Workspace{old, fresh}
}

// DescribeWorkspaces is that of the API, by IDs or by directory, with or without a user. It
// gives one page.
func (s *Service) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, _ ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	if in == nil {
		in = &workspaces.DescribeWorkspacesInput{}
	}
	if len(in.WorkspaceIds) > 25 {
		return nil, &types.InvalidParameterValuesException{Message: aws.String("more than 25 IDs")}
	}
	if s.describes++; s.DescribeFails > 0 && s.describes%s.DescribeFails == 0 {
		return nil, errLost
	}
	out := &workspaces.DescribeWorkspacesOutput{}
	for _, d := range s.named(in) {
		if d.fault == Blink && !d.started.IsZero() {
			if d.looked++; d.looked%3 == 0 {
				continue
			}
		}
		for _, w := range s.view(d) {
			if in.DirectoryId != nil || slices.Contains(in.WorkspaceIds, aws.ToString(w.WorkspaceId)) {
				out.Workspaces = append(out.Workspaces, w)
			}
		}
	}
	return out, nil
}

// named returns what a request may be about, each once.
func (s *Service) named(in *workspaces.DescribeWorkspacesInput) (list []*desktop) {
	if in.DirectoryId != nil {
		for _, d := range s.all {
			if (in.UserName == nil || strings.EqualFold(aws.ToString(d.workspace.UserName), *in.UserName)) && aws.ToString(d.workspace.DirectoryId) == *in.DirectoryId {
				list = append(list, d)
			}
		}
		return list
	}
	for _, id := range in.WorkspaceIds {
		for _, d := range []*desktop{s.byID[id], s.byTarget[id]} {
			if d != nil && !slices.Contains(list, d) {
				list = append(list, d)
			}
		}
	}
	return list
}

// DescribeWorkspaceSnapshots is that of the API. There is a snapshot an hour old.
func (s *Service) DescribeWorkspaceSnapshots(ctx context.Context, in *workspaces.DescribeWorkspaceSnapshotsInput, _ ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	if in == nil || in.WorkspaceId == nil {
		return nil, errMissing
	}
	out := &workspaces.DescribeWorkspaceSnapshotsOutput{}
	if d := s.byID[*in.WorkspaceId]; d != nil && d.fault != NoSnapshot {
		out.RebuildSnapshots = []types.Snapshot{{SnapshotTime: aws.Time(s.now().Add(-time.Hour))}}
	}
	return out, nil
}

// A Clock is virtual time: to sleep is to let it pass, without waiting. It is also a Waiter
// that lets pass what calls take at 2 a second. The zero value is not usable; see NewClock.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows a time.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

// Sleep lets time pass.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(max(0, d))
	return nil
}

// Wait lets half a second pass.
func (c *Clock) Wait(ctx context.Context) error { return c.Sleep(ctx, time.Second/2) }
