package wkstest

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
)

// change does to each WorkSpace of a batch what an operation asks for, where rules permit it.
func (k *call) change(ids []*string, op bundles.Operation, do func(w *desktop) *refusal) []types.FailedWorkspaceChangeRequest {
	failed := []types.FailedWorkspaceChangeRequest{}
	for _, id := range ids {
		if r := k.changeOne(id, op, do); r != nil {
			k.note(r)
			failed = append(failed, types.FailedWorkspaceChangeRequest{ErrorCode: aws.String(r.item()), ErrorMessage: aws.String(r.Error()), WorkspaceId: id})
		}
	}
	return failed
}

func (k *call) changeOne(id *string, op bundles.Operation, do func(w *desktop) *refusal) *refusal {
	w := k.region.find(id, k.now)
	if w == nil {
		return missing("WorkspaceId", id)
	}
	if w.rare().migration != nil && op != bundles.Terminate {
		return refuse(bundles.ModificationInProgress, "WorkspaceId", "%s is being migrated", *id)
	}
	if r := k.refused(k.s.rules.operation(op, w.asked(k.now))); r != nil {
		return r
	}
	return do(w)
}

// keyFit refuses to boot a WorkSpace whose key is known and not enabled.
func (k *call) keyFit(w *desktop) *refusal {
	if key, _ := k.region.key(aws.ToString(w.like.VolumeEncryptionKey)); key != nil && w.encrypted() && key.asked().State != "Enabled" {
		return refuse(encryption.KeyNotEnabled, "VolumeEncryptionKey", "%s is %s", key.ARN, key.State)
	}
	return nil
}

func startWorkspaces(k *call, in *workspaces.StartWorkspacesInput) (*workspaces.StartWorkspacesOutput, error) {
	ids := make([]*string, len(in.StartWorkspaceRequests))
	for i, q := range in.StartWorkspaceRequests {
		ids[i] = q.WorkspaceId
	}
	return &workspaces.StartWorkspacesOutput{FailedRequests: k.change(ids, bundles.Start, func(w *desktop) *refusal {
		if r := k.keyFit(w); r != nil {
			return r
		}
		w.become(types.WorkspaceStateStarting, k.now, k.takes(Starting, w.id), types.WorkspaceStateAvailable)
		return nil
	})}, nil
}

func stopWorkspaces(k *call, in *workspaces.StopWorkspacesInput) (*workspaces.StopWorkspacesOutput, error) {
	ids := make([]*string, len(in.StopWorkspaceRequests))
	for i, q := range in.StopWorkspaceRequests {
		ids[i] = q.WorkspaceId
	}
	return &workspaces.StopWorkspacesOutput{FailedRequests: k.change(ids, bundles.Stop, func(w *desktop) *refusal {
		w.disconnect()
		w.become(types.WorkspaceStateStopping, k.now, k.takes(Stopping, ""), types.WorkspaceStateStopped)
		return nil
	})}, nil
}

func rebootWorkspaces(k *call, in *workspaces.RebootWorkspacesInput) (*workspaces.RebootWorkspacesOutput, error) {
	ids := make([]*string, len(in.RebootWorkspaceRequests))
	for i, q := range in.RebootWorkspaceRequests {
		ids[i] = q.WorkspaceId
	}
	return &workspaces.RebootWorkspacesOutput{FailedRequests: k.change(ids, bundles.Reboot, func(w *desktop) *refusal {
		if r := k.keyFit(w); r != nil {
			return r
		}
		w.disconnect()
		w.become(types.WorkspaceStateRebooting, k.now, k.takes(Rebooting, w.id), types.WorkspaceStateAvailable)
		return nil
	})}, nil
}

func rebuildWorkspaces(k *call, in *workspaces.RebuildWorkspacesInput) (*workspaces.RebuildWorkspacesOutput, error) {
	ids := make([]*string, len(in.RebuildWorkspaceRequests))
	for i, q := range in.RebuildWorkspaceRequests {
		ids[i] = q.WorkspaceId
	}
	return &workspaces.RebuildWorkspacesOutput{FailedRequests: k.change(ids, bundles.Rebuild, func(w *desktop) *refusal {
		if r := k.keyFit(w); r != nil {
			return r
		}
		w.disconnect()
		w.become(types.WorkspaceStateRebuilding, k.now, k.takes(Rebuilding, w.id), types.WorkspaceStateAvailable)
		return nil
	})}, nil
}

func terminateWorkspaces(k *call, in *workspaces.TerminateWorkspacesInput) (*workspaces.TerminateWorkspacesOutput, error) {
	ids := make([]*string, len(in.TerminateWorkspaceRequests))
	for i, q := range in.TerminateWorkspaceRequests {
		ids[i] = q.WorkspaceId
	}
	return &workspaces.TerminateWorkspacesOutput{FailedRequests: k.change(ids, bundles.Terminate, func(w *desktop) *refusal {
		if w.state == types.WorkspaceStateTerminating {
			return nil
		}
		w.disconnect()
		if w.rare().change != nil {
			w.own().change = nil
		}
		w.noModifications()
		w.become(types.WorkspaceStateTerminating, k.now, k.takes(Terminating, w.id), types.WorkspaceStateTerminated)
		return nil
	})}, nil
}

func restoreWorkspace(k *call, in *workspaces.RestoreWorkspaceInput) (*workspaces.RestoreWorkspaceOutput, error) {
	if r := k.changeOne(in.WorkspaceId, bundles.Restore, func(w *desktop) *refusal {
		w.disconnect()
		w.become(types.WorkspaceStateRestoring, k.now, k.takes(Restoring, w.id), types.WorkspaceStateAvailable)
		return nil
	}); r != nil {
		return nil, r
	}
	return &workspaces.RestoreWorkspaceOutput{}, nil
}

func (w *desktop) disconnect() {
	if w.rare().connection.ConnectionState == types.ConnectionStateConnected {
		w.own().connection.ConnectionState = types.ConnectionStateDisconnected
	}
}

// noModifications forgets those that are told of.
func (w *desktop) noModifications() {
	if w.like.ModificationStates != nil {
		w.alter(func(l *likeness) { l.ModificationStates = nil })
	}
}

func modifyWorkspaceState(k *call, in *workspaces.ModifyWorkspaceStateInput) (*workspaces.ModifyWorkspaceStateOutput, error) {
	op, to := bundles.LeaveMaintenance, types.WorkspaceStateAvailable
	if in.WorkspaceState == types.TargetWorkspaceStateAdminMaintenance {
		op, to = bundles.EnterMaintenance, types.WorkspaceStateAdminMaintenance
	}
	if r := k.changeOne(in.WorkspaceId, op, func(w *desktop) *refusal {
		w.state, w.idle = to, k.now
		return nil
	}); r != nil {
		return nil, r
	}
	return &workspaces.ModifyWorkspaceStateOutput{}, nil
}

// modifyWorkspaceProperties begins a change. The running mode changes at once. While a volume
// grows the state stays what it was and ModificationStates tells of the change; while the compute
// type or the protocol changes, the WorkSpace is UPDATING.
func modifyWorkspaceProperties(k *call, in *workspaces.ModifyWorkspacePropertiesInput) (*workspaces.ModifyWorkspacePropertiesOutput, error) {
	w := k.region.find(in.WorkspaceId, k.now)
	if w == nil {
		return nil, missing("WorkspaceId", in.WorkspaceId)
	}
	if w.rare().migration != nil {
		return nil, refuse(bundles.ModificationInProgress, "WorkspaceId", "%s is being migrated", *in.WorkspaceId)
	}
	out := &workspaces.ModifyWorkspacePropertiesOutput{}
	if in.DataReplication != "" {
		if r := k.replicate(w, in.DataReplication); r != nil {
			return nil, r
		}
	}
	p := in.WorkspaceProperties
	if p == nil {
		if in.DataReplication == "" {
			return nil, refuse(nothingToDo, "WorkspaceProperties", "the request names nothing to modify")
		}
		return out, nil
	}
	if r := k.refused(k.s.rules.modify(w.asked(k.now), *p, k.now)); r != nil {
		return nil, r
	}
	w.noModifications() // of a change that failed
	now := types.WorkspaceProperties{RunningMode: p.RunningMode, RunningModeAutoStopTimeoutInMinutes: p.RunningModeAutoStopTimeoutInMinutes, GlobalAccelerator: p.GlobalAccelerator}
	w.alter(func(l *likeness) { l.WorkspaceProperties = merged(l.WorkspaceProperties, now) })
	if p.RunningMode == types.RunningModeAutoStop {
		w.idle = k.now
	}
	k.begin(w, p)
	return out, nil
}

// begin starts the part of a modification that takes time.
func (k *call) begin(w *desktop, p *types.WorkspaceProperties) {
	id := w.id
	old := *w.like.WorkspaceProperties
	c := &Change{Before: w.state, Fails: k.befalls == ChangeFails}
	var takes time.Duration
	add := func(resource types.ModificationResourceEnum, a Activity) {
		c.Resources = append(c.Resources, resource)
		takes = max(takes, k.takes(a, id))
	}
	if n := p.RootVolumeSizeGib; n != nil && *n != aws.ToInt32(old.RootVolumeSizeGib) {
		add(types.ModificationResourceEnumRootVolume, VolumeChange)
		c.Properties.RootVolumeSizeGib, w.own().history.RootVolume = n, k.now
	}
	if n := p.UserVolumeSizeGib; n != nil && *n != aws.ToInt32(old.UserVolumeSizeGib) {
		add(types.ModificationResourceEnumUserVolume, VolumeChange)
		c.Properties.UserVolumeSizeGib, w.own().history.UserVolume = n, k.now
	}
	updating := false
	if to := p.ComputeTypeName; to != "" && to != old.ComputeTypeName {
		add(types.ModificationResourceEnumComputeType, ComputeChange)
		c.Properties.ComputeTypeName, updating = to, true
		if bundles.Compare(to, old.ComputeTypeName) == bundles.Smaller {
			w.own().history.Smaller = k.now
		} else {
			w.own().history.Larger = k.now
		}
	}
	if len(p.Protocols) > 0 && (len(old.Protocols) != len(p.Protocols) || old.Protocols[0] != p.Protocols[0]) {
		add(types.ModificationResourceEnumProtocol, ProtocolChange)
		c.Properties.Protocols, updating = p.Protocols, true
	}
	if len(c.Resources) == 0 {
		return
	}
	c.Until = k.now.Add(takes)
	states := make([]types.ModificationState, len(c.Resources))
	for i, resource := range c.Resources {
		states[i] = types.ModificationState{Resource: resource, State: types.ModificationStateEnumUpdateInProgress}
	}
	w.alter(func(l *likeness) { l.ModificationStates = states })
	w.own().change = c
	if updating {
		w.disconnect()
		w.state = types.WorkspaceStateUpdating
	}
}

func describeSnapshots(k *call, in *workspaces.DescribeWorkspaceSnapshotsInput) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	w := k.region.find(in.WorkspaceId, k.now)
	if w == nil {
		return nil, missing("WorkspaceId", in.WorkspaceId)
	}
	rebuild, restore := w.snapshots(k.now)
	return &workspaces.DescribeWorkspaceSnapshotsOutput{RebuildSnapshots: rebuild, RestoreSnapshots: restore}, nil
}

func describeConnectionStatus(k *call, in *workspaces.DescribeWorkspacesConnectionStatusInput) (*workspaces.DescribeWorkspacesConnectionStatusOutput, error) {
	out := &workspaces.DescribeWorkspacesConnectionStatusOutput{WorkspacesConnectionStatus: []types.WorkspaceConnectionStatus{}}
	status := func(w *desktop) types.WorkspaceConnectionStatus {
		c := w.rare().connection
		c.WorkspaceId = &w.id
		c.ConnectionStateCheckTimestamp = aws.Time(k.now)
		if c.ConnectionState == "" {
			c.ConnectionState = types.ConnectionStateDisconnected
		}
		return c
	}
	if in.WorkspaceIds != nil {
		for i := range in.WorkspaceIds {
			if w := k.region.find(&in.WorkspaceIds[i], k.now); w != nil && w.visible(k.now) {
				out.WorkspacesConnectionStatus = append(out.WorkspacesConnectionStatus, status(w))
			}
		}
		return out, nil
	}
	list, next, err := page(k, k.region.workspaces, in.NextToken, nil, func(_ string, w *desktop) bool {
		k.region.tick(w, k.now)
		return k.region.workspaces.get(w.id) == w && w.visible(k.now)
	})
	if err != nil {
		return nil, err
	}
	for _, w := range list {
		out.WorkspacesConnectionStatus = append(out.WorkspacesConnectionStatus, status(w))
	}
	out.NextToken = next
	return out, nil
}
