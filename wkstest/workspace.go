package wkstest

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

func (w *desktop) mode() types.RunningMode {
	if w.like.WorkspaceProperties == nil {
		return ""
	}
	return w.like.WorkspaceProperties.RunningMode
}

func (w *desktop) encrypted() bool {
	return aws.ToBool(w.like.RootVolumeEncryptionEnabled) || aws.ToBool(w.like.UserVolumeEncryptionEnabled)
}

// become starts a state that ends after a time.
func (w *desktop) become(s types.WorkspaceState, now time.Time, takes time.Duration, next types.WorkspaceState) {
	w.state, w.ready, w.next = s, now.Add(takes), next
}

// tick lets happen to a WorkSpace what has happened until now. Afterwards it may be gone from r.
func (r *region) tick(w *desktop, now time.Time) {
	if m := w.rare().migration; m != nil && !now.Before(m.Until) {
		r.finish(w, m)
	}
	for !w.ready.IsZero() && !now.Before(w.ready) {
		done := w.ready
		was := w.state
		w.state, w.next, w.ready = w.next, "", time.Time{}
		switch was {
		case types.WorkspaceStateTerminating:
			r.remove(w)
			return
		case types.WorkspaceStatePending, types.WorkspaceStateRebuilding:
			w.launched, w.idle = done, done
		case types.WorkspaceStateStarting, types.WorkspaceStateRebooting, types.WorkspaceStateRestoring:
			w.idle = done
		}
		w.autoStop(r, now)
	}
	if c := w.rare().change; c != nil && !now.Before(c.Until) {
		w.apply(c)
	}
	w.autoStop(r, now)
}

// autoStop stops a WorkSpace to which nobody was connected for the time of its running mode.
func (w *desktop) autoStop(r *region, now time.Time) {
	if w.state != types.WorkspaceStateAvailable || w.mode() != types.RunningModeAutoStop || w.idle.IsZero() ||
		w.rare().connection.ConnectionState == types.ConnectionStateConnected || !w.ready.IsZero() || w.rare().change != nil {
		return
	}
	minutes := int32(autoStopDefault)
	if m := w.like.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes; m != nil {
		minutes = *m
	}
	if at := w.idle.Add(time.Duration(minutes) * time.Minute); !now.Before(at) {
		w.become(types.WorkspaceStateStopping, at, r.stopping, types.WorkspaceStateStopped)
		if !now.Before(w.ready) {
			w.state, w.next, w.ready = types.WorkspaceStateStopped, "", time.Time{}
		}
	}
}

// apply ends a change.
func (w *desktop) apply(c *Change) {
	w.own().change = nil
	if c.Fails {
		states := make([]types.ModificationState, len(c.Resources))
		for i, resource := range c.Resources {
			states[i] = types.ModificationState{Resource: resource, State: types.ModificationStateEnumUpdateFailed}
		}
		w.alter(func(l *likeness) { l.ModificationStates = states })
	} else {
		w.alter(func(l *likeness) {
			l.ModificationStates, l.WorkspaceProperties = nil, merged(l.WorkspaceProperties, c.Properties)
		})
	}
	if w.state == types.WorkspaceStateUpdating {
		w.state = c.Before
		if w.state == types.WorkspaceStateAvailable {
			w.idle = c.Until
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
func (r *region) put(w *desktop) {
	r.workspaces.add(w)
	r.takeKey(w)
}

// remove takes a WorkSpace away, with what it holds of keys and subnets.
func (r *region) remove(w *desktop) {
	id := w.id
	if r.workspaces.get(id) != w {
		return
	}
	r.giveKey(w)
	r.giveAddress(w)
	r.workspaces.drop(id)
}

// find returns a WorkSpace as it is now, nil if there is none.
func (r *region) find(id *string, now time.Time) *desktop {
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

// snapshots are those that there are: one of the user volume to rebuild from, and one of both
// volumes to restore from, each the last of a series that is made every 12 hours.
func (w *desktop) snapshots(now time.Time) (rebuild, restore []types.Snapshot) {
	rebuild, restore = []types.Snapshot{}, []types.Snapshot{}
	launched := w.launched
	if w.rare().noSnapshots || launched.IsZero() && w.state == types.WorkspaceStatePending {
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
func (w *desktop) visible(now time.Time) bool {
	if now.Before(w.appears) {
		return false
	}
	if m := w.lookedAt(); m != nil && m.Fault == Blink {
		return m.Looks%3 != 0
	}
	return true
}

// lookedAt is the migration for which looks at a WorkSpace are counted.
func (w *desktop) lookedAt() *Migration {
	if r := w.rare(); r.migration != nil {
		return r.migration
	}
	return w.rare().blinked
}

// Connect tells the server that the user of a WorkSpace connects to it. It fails if there is no such
// WorkSpace, or nobody can connect in its state; one in AutoStop mode that is stopped starts, and
// the user can connect when it is AVAILABLE.
func (s *Server) Connect(region, id string) error {
	return s.connection(region, id, func(w *desktop, now time.Time) error {
		switch {
		case w.state == types.WorkspaceStateStopped && w.mode() == types.RunningModeAutoStop:
			w.become(types.WorkspaceStateStarting, now, s.takes(Starting, id), types.WorkspaceStateAvailable)
			return fmt.Errorf("wkstest: %s is %s", shown(id), shown(string(w.state)))
		case w.state != types.WorkspaceStateAvailable:
			return fmt.Errorf("wkstest: %s is %s", shown(id), shown(string(w.state)))
		}
		c := &w.own().connection
		c.ConnectionState, c.LastKnownUserConnectionTimestamp = types.ConnectionStateConnected, aws.Time(now)
		return nil
	})
}

// Disconnect tells the server that the user of a WorkSpace disconnects. It fails if there is no
// such WorkSpace.
func (s *Server) Disconnect(region, id string) error {
	return s.connection(region, id, func(w *desktop, now time.Time) error {
		c := &w.own().connection
		c.ConnectionState, c.LastKnownUserConnectionTimestamp = types.ConnectionStateDisconnected, aws.Time(now)
		w.idle = now
		return nil
	})
}

func (s *Server) connection(region, id string, f func(w *desktop, now time.Time) error) error {
	if s.regions == nil {
		return errZero
	}
	s.state.Lock()
	defer s.state.Unlock()
	now := s.Now()
	w := s.region(region).find(&id, now)
	if w == nil {
		return fmt.Errorf("wkstest: there is no WorkSpace %s in %s", shown(id), shown(region))
	}
	return f(w, now)
}
