// Package fleet sets a [wkstest.Server] up for migrations: WorkSpaces, what befalls the migration of each, and the
// count of what was asked for. Nothing here behaves like the service: all of that is in package wkstest.
package fleet

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"golang.org/x/time/rate"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

// Region is where the WorkSpaces are.
const Region = "eu-west-1"

// account is that of the WorkSpaces.
const account = "111122223333"

// Takes is how long a migration takes, unless Config.Times says otherwise.
const Takes = 25 * time.Minute

// A Service is a server, as package migrate/runner calls it. Set Config before the first call, and add the WorkSpaces:
// the server begins with that call, and Config is as it was then. It is safe for concurrent use.
type Service struct {
	Config wkstest.Config
	// FreeAddresses are those of each subnet. Nil is no bound.
	FreeAddresses map[string]int
	// Region has what the account has beside the WorkSpaces. Bundles that it lacks, and a WorkSpace has, are added.
	Region wkstest.Region

	bundles []string // to migrate to, and of WorkSpaces; an ID may stand there twice

	once   sync.Once
	server *wkstest.Server
	direct *wkstest.Direct
	err    error

	mu        sync.Mutex
	faults    map[string]Fault
	asked     map[string]*asked
	throttled int
	short     int
	retries   int
}

// asked is what was asked for about one WorkSpace.
type asked struct {
	requests, accepted, twice int
	last                      time.Time // of the accepted request that may be in flight; zero is none
}

// New returns a service without WorkSpaces in the time that now tells, with bundles to migrate to, of which nothing is
// known but the ID.
func New(now func() time.Time, bundles ...string) *Service {
	return &Service{Config: wkstest.Config{Now: now, Times: map[wkstest.Activity]time.Duration{wkstest.Migrating: Takes}}, faults: map[string]Fault{}, asked: map[string]*asked{}, bundles: slices.Clone(bundles)}
}

// AddBundle adds a bundle of which nothing is known but the ID, unless Region has one with it when the server begins.
func (s *Service) AddBundle(id string) {
	s.bundles = append(s.bundles, id)
}

// completeBundles adds to Region the bundles that it lacks.
func (s *Service) completeBundles() {
	known := map[string]bool{"": true}
	for _, b := range s.Region.Bundles {
		known[aws.ToString(b.BundleId)] = true
	}
	for _, id := range s.bundles {
		if !known[id] {
			known[id] = true
			s.Region.Bundles = append(s.Region.Bundles, wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: &id, Owner: aws.String(account)}})
		}
	}
}

// Quota throttles calls above so many a second, after a burst of 5.
func (s *Service) Quota(callsPerSecond float64) {
	s.Config.Quota, s.Config.Refill = throttle.Quota{Rate: rate.Limit(callsPerSecond), Burst: 5}, throttle.Continuous
}

// LoseDescribes loses every so many-th DescribeWorkspaces on its way; 0 is none.
func (s *Service) LoseDescribes(every int) {
	if every == 0 {
		return
	}
	s.Config.Faults = append(s.Config.Faults, wkstest.Fault{Kind: wkstest.Unheard, Operations: []string{"DescribeWorkspaces"}, Every: every})
}

// Add adds a WorkSpace and what befalls its migration.
func (s *Service) Add(w types.Workspace, f Fault) {
	id := aws.ToString(w.WorkspaceId)
	s.faults[id] = f
	s.AddBundle(aws.ToString(w.BundleId))
	if f == Unhealthy {
		w.State = types.WorkspaceStateUnhealthy
	}
	s.Region.Workspaces = append(s.Region.Workspaces, wkstest.Workspace{Workspace: w, NoSnapshots: f == NoSnapshot})
}

// Server returns the server, which has begun.
func (s *Service) Server() (*wkstest.Server, error) {
	s.once.Do(func() {
		s.completeBundles()
		s.Config.OnCall = s.heard
		s.Config.Faults = append(s.Config.Faults, befalls(s.Region.Workspaces, s.faults)...)
		for id, n := range s.FreeAddresses {
			s.Region.Subnets = append(s.Region.Subnets, wkstest.Subnet{SubnetID: id, Available: &n})
		}
		s.Config.State = &wkstest.State{AccountID: account, Regions: map[string]*wkstest.Region{Region: &s.Region}}
		if s.server, s.err = wkstest.New(s.Config); s.err == nil {
			s.direct = s.server.Direct(Region)
		}
	})
	return s.server, s.err
}

// heard counts a call.
func (s *Service) heard(c wkstest.Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(c.Rules, "wkstest.quota-of-calls") {
		s.throttled++
		return
	}
	if c.Operation != "MigrateWorkspace" || len(c.Workspaces) == 0 {
		return
	}
	if c.MaxAttempts != 1 {
		s.retries++
	}
	if c.Outcome == wkstest.Throttling || slices.Contains(c.Rules, "wkstest.unknown-resource") {
		return
	}
	id := c.Workspaces[0]
	a := s.asked[id]
	if a == nil {
		a = &asked{}
		s.asked[id] = a
	}
	a.requests++
	if slices.Contains(c.Rules, migrate.NoFreeAddress) {
		s.short++
	}
	kept := s.faults[id] == SameID && !a.last.IsZero() // the WorkSpace has the ID of the old one, and so the target's bundle
	switch {
	case slices.Contains(c.Rules, migrate.ModificationInProgress), kept && slices.Contains(c.Rules, migrate.SameBundle):
		a.accepted++ // what the server prevents must not be asked for
		a.twice++
	case c.Code != "" || c.Outcome == wkstest.Deafness:
	case kept, s.faults[id] == Silent && !a.last.IsZero() && c.At.Sub(a.last) < s.Config.Times[wkstest.Migrating]:
		a.accepted++
		a.twice++
	default:
		a.accepted++
		a.last = c.At
	}
}

func (s *Service) about(id string) asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.asked[id]; a != nil {
		return *a
	}
	return asked{}
}

// Accepted returns how many requests for a WorkSpace were accepted, those included that came while an earlier one
// was in flight.
func (s *Service) Accepted(id string) int { return s.about(id).accepted }

// Requests returns how many requests for a WorkSpace reached the service, throttled ones not included.
func (s *Service) Requests(id string) int { return s.about(id).requests }

// Twice returns how many requests for a WorkSpace came while an earlier one was in flight, or,
// for a WorkSpace that keeps its ID, after it had succeeded. A run must never do that.
func (s *Service) Twice(id string) int { return s.about(id).twice }

// Counts returns how many calls were throttled for their rate, how many requests found no
// free address, and how many came with the SDK's retries switched on.
func (s *Service) Counts() (throttled, short, retries int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.throttled, s.short, s.retries
}

// Targets returns the new WorkSpaces that there are, in the order in which they were asked for.
func (s *Service) Targets() (ids []string) {
	if s.server == nil {
		return nil
	}
	for _, w := range s.server.State().Regions[Region].Workspaces {
		if _, old := s.faults[*w.WorkspaceId]; !old {
			ids = append(ids, *w.WorkspaceId)
		}
	}
	return ids
}

// MigrateWorkspace is that of the server.
func (s *Service) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, o ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	if _, err := s.Server(); err != nil {
		return nil, err
	}
	return s.direct.MigrateWorkspace(ctx, in, o...)
}

// DescribeWorkspaces is that of the server.
func (s *Service) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, o ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	if _, err := s.Server(); err != nil {
		return nil, err
	}
	return s.direct.DescribeWorkspaces(ctx, in, o...)
}

// DescribeWorkspaceSnapshots is that of the server.
func (s *Service) DescribeWorkspaceSnapshots(ctx context.Context, in *workspaces.DescribeWorkspaceSnapshotsInput, o ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	if _, err := s.Server(); err != nil {
		return nil, err
	}
	return s.direct.DescribeWorkspaceSnapshots(ctx, in, o...)
}
