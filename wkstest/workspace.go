package wkstest

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

func (w *Workspace) mode() types.RunningMode {
	if w.WorkspaceProperties == nil {
		return ""
	}
	return w.WorkspaceProperties.RunningMode
}

func (w *Workspace) encrypted() bool {
	return aws.ToBool(w.RootVolumeEncryptionEnabled) || aws.ToBool(w.UserVolumeEncryptionEnabled)
}

// become starts a state that ends after a time.
func (w *Workspace) become(s types.WorkspaceState, now time.Time, takes time.Duration, next types.WorkspaceState) {
	w.State, w.Ready, w.Next = s, now.Add(takes), next
}

// tick lets happen to a WorkSpace what has happened until now. Afterwards it may be gone from r.
func (r *region) tick(w *Workspace, now time.Time) {
	if m := w.Migration; m != nil && !now.Before(m.Until) {
		r.finish(w, m)
	}
	for !w.Ready.IsZero() && !now.Before(w.Ready) {
		done := w.Ready
		was := w.State
		w.State, w.Next, w.Ready = w.Next, "", time.Time{}
		switch was {
		case types.WorkspaceStateTerminating:
			r.remove(w)
			return
		case types.WorkspaceStatePending, types.WorkspaceStateRebuilding:
			w.History.Launched, w.Idle = done, done
		case types.WorkspaceStateStarting, types.WorkspaceStateRebooting, types.WorkspaceStateRestoring:
			w.Idle = done
		}
		w.autoStop(r, now)
	}
	if c := w.Change; c != nil && !now.Before(c.Until) {
		w.apply(c)
	}
	w.autoStop(r, now)
}

// autoStop stops a WorkSpace to which nobody was connected for the time of its running mode.
func (w *Workspace) autoStop(r *region, now time.Time) {
	if w.State != types.WorkspaceStateAvailable || w.mode() != types.RunningModeAutoStop || w.Idle.IsZero() ||
		w.Connection.ConnectionState == types.ConnectionStateConnected || !w.Ready.IsZero() || w.Change != nil {
		return
	}
	minutes := int32(autoStopDefault)
	if m := w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes; m != nil {
		minutes = *m
	}
	if at := w.Idle.Add(time.Duration(minutes) * time.Minute); !now.Before(at) {
		w.become(types.WorkspaceStateStopping, at, r.stopping, types.WorkspaceStateStopped)
		if !now.Before(w.Ready) {
			w.State, w.Next, w.Ready = types.WorkspaceStateStopped, "", time.Time{}
		}
	}
}

// apply ends a change.
func (w *Workspace) apply(c *Change) {
	w.Change = nil
	if c.Fails {
		states := make([]types.ModificationState, len(c.Resources))
		for i, resource := range c.Resources {
			states[i] = types.ModificationState{Resource: resource, State: types.ModificationStateEnumUpdateFailed}
		}
		w.ModificationStates = states
	} else {
		w.ModificationStates = nil
		w.WorkspaceProperties = merged(w.WorkspaceProperties, c.Properties)
	}
	if w.State == types.WorkspaceStateUpdating {
		w.State = c.Before
		if w.State == types.WorkspaceStateAvailable {
			w.Idle = c.Until
		}
	}
}

// merged returns properties with those of a request in their place.
func merged(old *types.WorkspaceProperties, p types.WorkspaceProperties) *types.WorkspaceProperties {
	n := types.WorkspaceProperties{}
	if old != nil {
		n = *old
	}
	if p.ComputeTypeName != "" {
		n.ComputeTypeName = p.ComputeTypeName
	}
	if p.RootVolumeSizeGib != nil {
		n.RootVolumeSizeGib = p.RootVolumeSizeGib
	}
	if p.UserVolumeSizeGib != nil {
		n.UserVolumeSizeGib = p.UserVolumeSizeGib
	}
	if p.Protocols != nil {
		n.Protocols = p.Protocols
	}
	if p.GlobalAccelerator != nil {
		n.GlobalAccelerator = p.GlobalAccelerator
	}
	if p.RunningMode != "" {
		n.RunningMode = p.RunningMode
		n.RunningModeAutoStopTimeoutInMinutes = nil
		if p.RunningMode == types.RunningModeAutoStop {
			n.RunningModeAutoStopTimeoutInMinutes = aws.Int32(autoStopDefault)
		}
	}
	if p.RunningModeAutoStopTimeoutInMinutes != nil {
		n.RunningModeAutoStopTimeoutInMinutes = p.RunningModeAutoStopTimeoutInMinutes
	}
	return &n
}

// put adds a WorkSpace, with what it takes of its key.
func (r *region) put(w *Workspace) {
	r.workspaces.add(*w.WorkspaceId, w)
	r.takeKey(w)
}

// remove takes a WorkSpace away, with what it holds of keys and subnets.
func (r *region) remove(w *Workspace) {
	id := *w.WorkspaceId
	if r.workspaces.get(id) != w {
		return
	}
	r.giveKey(w)
	r.giveAddress(w)
	r.workspaces.drop(id)
}

// find returns a WorkSpace as it is now, nil if there is none.
func (r *region) find(id *string, now time.Time) *Workspace {
	w := r.workspaces.get(aws.ToString(id))
	if w == nil {
		return nil
	}
	r.tick(w, now)
	if r.workspaces.get(*id) != w {
		return nil
	}
	return w
}

// described is what DescribeWorkspaces tells of a WorkSpace.
func (w *Workspace) described() types.Workspace {
	d := w.Workspace
	switch {
	case d.State == types.WorkspaceStatePending:
		d.ComputerName, d.IpAddress = nil, nil
	case d.ComputerName == nil:
		d.ComputerName = aws.String("WSAMZN-" + strings.ToUpper(strings.TrimPrefix(*d.WorkspaceId, "ws-")))
	}
	return d
}

// snapshots are those that there are: one of the user volume to rebuild from, and one of both
// volumes to restore from, each the last of a series that is made every 12 hours.
func (w *Workspace) snapshots(now time.Time) (rebuild, restore []types.Snapshot) {
	rebuild, restore = []types.Snapshot{}, []types.Snapshot{}
	launched := w.History.Launched
	if w.NoSnapshots || launched.IsZero() && w.State == types.WorkspaceStatePending {
		return rebuild, restore
	}
	made := now.Add(-time.Hour) // nobody knows when it was launched
	if !launched.IsZero() {
		n := now.Sub(launched) / snapshotEvery
		if n < 1 {
			return rebuild, restore
		}
		made = launched.Add(n * snapshotEvery)
	}
	list := []types.Snapshot{{SnapshotTime: aws.Time(made)}}
	return list, list
}

// visible reports whether a WorkSpace is described yet. A Blink hides the WorkSpaces of a
// migration at every third look.
func (w *Workspace) visible(now time.Time) bool {
	if now.Before(w.Visible) {
		return false
	}
	if m := w.lookedAt(); m != nil && m.Fault == Blink {
		return m.Looks%3 != 0
	}
	return true
}

// lookedAt is the migration for which looks at a WorkSpace are counted.
func (w *Workspace) lookedAt() *Migration {
	if w.Migration != nil {
		return w.Migration
	}
	return w.Blinked
}

// Connect tells the server that the user of a WorkSpace connects to it. It fails if there is no such
// WorkSpace, or nobody can connect in its state; one in AutoStop mode that is stopped starts, and
// the user can connect when it is AVAILABLE.
func (s *Server) Connect(region, id string) error {
	return s.connection(region, id, func(w *Workspace, now time.Time) error {
		switch {
		case w.State == types.WorkspaceStateStopped && w.mode() == types.RunningModeAutoStop:
			w.become(types.WorkspaceStateStarting, now, s.takes(Starting, id), types.WorkspaceStateAvailable)
			return fmt.Errorf("wkstest: %s is %s", id, w.State)
		case w.State != types.WorkspaceStateAvailable:
			return fmt.Errorf("wkstest: %s is %s", id, w.State)
		}
		w.Connection.ConnectionState = types.ConnectionStateConnected
		w.Connection.LastKnownUserConnectionTimestamp = aws.Time(now)
		return nil
	})
}

// Disconnect tells the server that the user of a WorkSpace disconnects. It fails if there is no
// such WorkSpace.
func (s *Server) Disconnect(region, id string) error {
	return s.connection(region, id, func(w *Workspace, now time.Time) error {
		w.Connection.ConnectionState = types.ConnectionStateDisconnected
		w.Connection.LastKnownUserConnectionTimestamp = aws.Time(now)
		w.Idle = now
		return nil
	})
}

func (s *Server) connection(region, id string, f func(w *Workspace, now time.Time) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	w := s.region(region).find(&id, now)
	if w == nil {
		return fmt.Errorf("wkstest: there is no WorkSpace %s in %s", id, region)
	}
	return f(w, now)
}
