package wkstest

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// pool returns a pool as it is now, nil if there is none.
func (r *region) pool(id *string, now time.Time) *Pool {
	p := r.pools.get(aws.ToString(id))
	if p == nil || p.Ready.IsZero() || now.Before(p.Ready) {
		return p
	}
	if p.State == types.WorkspacesPoolStateDeleting {
		r.pools.drop(*id)
		return nil
	}
	p.State, p.Next, p.Ready = p.Next, "", time.Time{}
	p.capacity()
	return p
}

// capacity makes the sessions that a pool offers those that it wants while it runs.
func (p *Pool) capacity() {
	c := *p.CapacityStatus
	actual := int32(0)
	if p.State == types.WorkspacesPoolStateRunning || p.State == types.WorkspacesPoolStateUpdating {
		actual = aws.ToInt32(c.DesiredUserSessions)
	}
	active := int32(len(p.Sessions))
	c.ActiveUserSessions, c.ActualUserSessions, c.AvailableUserSessions = aws.Int32(active), aws.Int32(max(actual, active)), aws.Int32(max(actual-active, 0))
	p.CapacityStatus = &c
}

func (p *Pool) become(s types.WorkspacesPoolState, until time.Time, next types.WorkspacesPoolState) {
	p.State, p.Ready, p.Next = s, until, next
}

// poolFits checks what a pool refers to.
func (k *call) poolFits(bundle, directory *string) *refusal {
	if bundle != nil && k.region.bundle(bundle) == nil {
		return missing("BundleId", bundle)
	}
	if directory == nil {
		return nil
	}
	d := k.region.directory(directory, k.now)
	if d == nil {
		return missing("DirectoryId", directory)
	}
	if d.State != types.WorkspaceDirectoryStateRegistered {
		return refuse(notRegistered, "DirectoryId", "%s is %s", *directory, d.State)
	}
	if d.WorkspaceType != types.WorkspaceTypePools {
		return refuse(wrongState, "DirectoryId", "%s is for %s WorkSpaces", *directory, d.WorkspaceType)
	}
	return nil
}

func createPool(k *call, in *workspaces.CreateWorkspacesPoolInput) (*workspaces.CreateWorkspacesPoolOutput, error) {
	if f := k.poolFits(in.BundleId, in.DirectoryId); f != nil {
		return nil, f
	}
	for _, p := range k.region.pools.named(*in.PoolName) {
		if k.region.pool(p.PoolId, k.now) != nil {
			return nil, refuse(alreadyExists, "PoolName", "%s has the name %q", *p.PoolId, *in.PoolName)
		}
	}
	id := k.region.issue("wspool-")
	p := &Pool{Tags: in.Tags, WorkspacesPool: types.WorkspacesPool{
		PoolId: aws.String(id), PoolArn: aws.String("arn:aws:workspaces:" + k.region.name + ":" + k.s.account + ":workspacespool/" + id), PoolName: in.PoolName,
		Description: in.Description, BundleId: in.BundleId, DirectoryId: in.DirectoryId, CreatedAt: aws.Time(k.now), RunningMode: in.RunningMode,
		CapacityStatus:  &types.CapacityStatus{DesiredUserSessions: in.Capacity.DesiredUserSessions},
		TimeoutSettings: in.TimeoutSettings, ApplicationSettings: applicationSettings(k, in.ApplicationSettings),
	}}
	if p.RunningMode == "" {
		p.RunningMode = types.PoolsRunningModeAutoStop
	}
	next := types.WorkspacesPoolStateStopped
	if p.RunningMode == types.PoolsRunningModeAlwaysOn {
		next = types.WorkspacesPoolStateRunning
	}
	p.become(types.WorkspacesPoolStateCreating, k.now.Add(k.takes(PoolChange, id)), next)
	p.capacity()
	k.region.pools.add(p)
	return &workspaces.CreateWorkspacesPoolOutput{WorkspacesPool: &p.WorkspacesPool}, nil
}

func applicationSettings(k *call, q *types.ApplicationSettingsRequest) *types.ApplicationSettingsResponse {
	if q == nil {
		return nil
	}
	s := &types.ApplicationSettingsResponse{Status: q.Status, SettingsGroup: q.SettingsGroup}
	if q.Status == types.ApplicationSettingsStatusEnumEnabled {
		s.S3BucketName = aws.String("wspool-app-settings-" + k.region.name + "-" + k.s.account)
	}
	return s
}

func describePools(k *call, in *workspaces.DescribeWorkspacesPoolsInput) (*workspaces.DescribeWorkspacesPoolsOutput, error) {
	ids := wanted(in.PoolIds)
	list, next, err := page(k, k.region.pools, in.NextToken, in.Limit, func(id string, p *Pool) bool {
		return ids(id) && k.region.pool(&id, k.now) != nil && !slices.ContainsFunc(in.Filters, func(f types.DescribeWorkspacesPoolsFilter) bool { return !passes(f, aws.ToString(p.PoolName)) })
	})
	if err != nil {
		return nil, err
	}
	out := &workspaces.DescribeWorkspacesPoolsOutput{WorkspacesPools: []types.WorkspacesPool{}, NextToken: next}
	for _, p := range list {
		out.WorkspacesPools = append(out.WorkspacesPools, p.WorkspacesPool)
	}
	return out, nil
}

func passes(f types.DescribeWorkspacesPoolsFilter, name string) bool {
	contains := func(v string) bool { return strings.Contains(name, v) }
	switch f.Operator {
	case types.DescribeWorkspacesPoolsFilterOperatorEquals:
		return slices.Contains(f.Values, name)
	case types.DescribeWorkspacesPoolsFilterOperatorNotequals:
		return !slices.Contains(f.Values, name)
	case types.DescribeWorkspacesPoolsFilterOperatorContains:
		return slices.ContainsFunc(f.Values, contains)
	}
	return !slices.ContainsFunc(f.Values, contains)
}

// poolIn returns a pool that is in one of the states.
func (k *call) poolIn(id *string, states ...types.WorkspacesPoolState) (*Pool, *refusal) {
	p := k.region.pool(id, k.now)
	if p == nil {
		return nil, missing("PoolId", id)
	}
	if !slices.Contains(states, p.State) {
		return nil, refuse(wrongState, "PoolId", "%s is %s", *id, p.State)
	}
	return p, nil
}

func updatePool(k *call, in *workspaces.UpdateWorkspacesPoolInput) (*workspaces.UpdateWorkspacesPoolOutput, error) {
	p, f := k.poolIn(in.PoolId, types.WorkspacesPoolStateRunning, types.WorkspacesPoolStateStopped)
	if f != nil {
		return nil, f
	}
	if f := k.poolFits(in.BundleId, in.DirectoryId); f != nil {
		return nil, f
	}
	if in.RunningMode != "" && in.RunningMode != p.RunningMode {
		if p.State != types.WorkspacesPoolStateStopped { // SDK, UpdateWorkspacesPoolInput
			return nil, refuse(wrongState, "RunningMode", "%s is %s, and not STOPPED", *in.PoolId, p.State)
		}
		p.RunningMode = in.RunningMode
	}
	p.WorkspacesPool = *overlay(&p.WorkspacesPool, &types.WorkspacesPool{
		BundleId: in.BundleId, DirectoryId: in.DirectoryId, Description: in.Description, TimeoutSettings: in.TimeoutSettings, ApplicationSettings: applicationSettings(k, in.ApplicationSettings),
	})
	if in.Capacity != nil {
		c := *p.CapacityStatus
		c.DesiredUserSessions = in.Capacity.DesiredUserSessions
		p.CapacityStatus = &c
	}
	p.become(types.WorkspacesPoolStateUpdating, k.now.Add(k.takes(PoolChange, *in.PoolId)), p.State)
	return &workspaces.UpdateWorkspacesPoolOutput{WorkspacesPool: &p.WorkspacesPool}, nil
}

// startPool and stopPool are for pools in AutoStop mode alone (SDK, StartWorkspacesPool and
// StopWorkspacesPool).
func startPool(k *call, in *workspaces.StartWorkspacesPoolInput) (*workspaces.StartWorkspacesPoolOutput, error) {
	p, f := k.poolIn(in.PoolId, types.WorkspacesPoolStateStopped)
	if f == nil {
		f = p.autoStops()
	}
	if f != nil {
		return nil, f
	}
	p.become(types.WorkspacesPoolStateStarting, k.now.Add(k.takes(PoolChange, *in.PoolId)), types.WorkspacesPoolStateRunning)
	return &workspaces.StartWorkspacesPoolOutput{}, nil
}

func stopPool(k *call, in *workspaces.StopWorkspacesPoolInput) (*workspaces.StopWorkspacesPoolOutput, error) {
	p, f := k.poolIn(in.PoolId, types.WorkspacesPoolStateRunning)
	if f == nil {
		f = p.autoStops()
	}
	if f != nil {
		return nil, f
	}
	p.become(types.WorkspacesPoolStateStopping, k.now.Add(k.takes(PoolChange, *in.PoolId)), types.WorkspacesPoolStateStopped)
	return &workspaces.StopWorkspacesPoolOutput{}, nil
}

func (p *Pool) autoStops() *refusal {
	if p.RunningMode != types.PoolsRunningModeAutoStop {
		return refuse(wrongState, "PoolId", "the running mode is %s, and not AUTO_STOP", p.RunningMode)
	}
	return nil
}

func terminatePool(k *call, in *workspaces.TerminateWorkspacesPoolInput) (*workspaces.TerminateWorkspacesPoolOutput, error) {
	p, f := k.poolIn(in.PoolId, types.WorkspacesPoolStateRunning, types.WorkspacesPoolStateStopped, types.WorkspacesPoolStateCreating)
	if f != nil {
		return nil, f
	}
	p.Sessions = nil
	p.become(types.WorkspacesPoolStateDeleting, k.now.Add(k.takes(PoolChange, *in.PoolId)), "")
	return &workspaces.TerminateWorkspacesPoolOutput{}, nil
}

func describePoolSessions(k *call, in *workspaces.DescribeWorkspacesPoolSessionsInput) (*workspaces.DescribeWorkspacesPoolSessionsOutput, error) {
	p := k.region.pool(in.PoolId, k.now)
	if p == nil {
		return nil, missing("PoolId", in.PoolId)
	}
	var list []types.WorkspacesPoolSession
	for _, s := range p.Sessions {
		if in.UserId == nil || aws.ToString(s.UserId) == *in.UserId {
			list = append(list, s)
		}
	}
	const most = 20 // SDK, DescribeWorkspacesPoolSessionsInput
	part, next, err := pageOf(k, list, in.NextToken, in.Limit, most)
	return &workspaces.DescribeWorkspacesPoolSessionsOutput{Sessions: part, NextToken: next}, err
}

func terminatePoolSession(k *call, in *workspaces.TerminateWorkspacesPoolSessionInput) (*workspaces.TerminateWorkspacesPoolSessionOutput, error) {
	found := false
	k.region.pools.each(func(_ string, p *Pool) bool {
		at := slices.IndexFunc(p.Sessions, func(s types.WorkspacesPoolSession) bool { return aws.ToString(s.SessionId) == *in.SessionId })
		if found = at >= 0; found {
			p.Sessions = slices.Delete(slices.Clone(p.Sessions), at, at+1)
			p.capacity()
		}
		return !found
	})
	if !found {
		return nil, missing("SessionId", in.SessionId)
	}
	return &workspaces.TerminateWorkspacesPoolSessionOutput{}, nil
}
