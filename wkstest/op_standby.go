package wkstest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
)

// createStandby makes WorkSpaces that stand by for those of another Region.
func createStandby(k *call, in *workspaces.CreateStandbyWorkspacesInput, v verdict) (*workspaces.CreateStandbyWorkspacesOutput, error) {
	failed := make([]*refusal, len(in.StandbyWorkspaces))
	for _, b := range v.broken {
		i, rest, ok := elementOf("StandbyWorkspaces", b.path)
		if !ok || kindOfRule(b.rule) == malformed {
			return nil, b
		}
		if failed[i] == nil {
			b.path = rest
			failed[i] = b
		}
	}
	if *in.PrimaryRegion == k.region.name {
		return nil, refuse(wrongState, "PrimaryRegion", "is the Region of the standby WorkSpaces")
	}
	primaries := k.s.region(*in.PrimaryRegion)
	out := &workspaces.CreateStandbyWorkspacesOutput{FailedStandbyRequests: []types.FailedCreateStandbyWorkspacesRequest{}, PendingStandbyRequests: []types.PendingCreateStandbyWorkspacesRequest{}}
	for i := range in.StandbyWorkspaces {
		q := &in.StandbyWorkspaces[i]
		r := failed[i]
		var w *desktop
		if r == nil {
			w, r = k.standby(primaries, q)
		}
		if r != nil {
			k.note(r)
			out.FailedStandbyRequests = append(out.FailedStandbyRequests, types.FailedCreateStandbyWorkspacesRequest{
				ErrorCode: aws.String(r.item()), ErrorMessage: aws.String(r.Error()), StandbyWorkspaceRequest: q,
			})
			continue
		}
		out.PendingStandbyRequests = append(out.PendingStandbyRequests, types.PendingCreateStandbyWorkspacesRequest{
			DirectoryId: w.like.DirectoryId, State: w.state, UserName: w.api().UserName, WorkspaceId: &w.id,
		})
	}
	return out, nil
}

func (k *call) standby(primaries *region, q *types.StandbyWorkspace) (*desktop, *refusal) {
	r := k.region
	primary := primaries.find(q.PrimaryWorkspaceId, k.now)
	if primary == nil {
		return nil, missing("PrimaryWorkspaceId", q.PrimaryWorkspaceId)
	}
	if len(primary.like.StandbyWorkspacesProperties) > 0 {
		return nil, refuse(alreadyExists, "PrimaryWorkspaceId", "%s has the standby WorkSpace %s", *q.PrimaryWorkspaceId, aws.ToString(primary.like.StandbyWorkspacesProperties[0].StandbyWorkspaceId))
	}
	if primary.state != types.WorkspaceStateAvailable && primary.state != types.WorkspaceStateStopped {
		return nil, refuse(wrongState, "PrimaryWorkspaceId", "%s is %s", *q.PrimaryWorkspaceId, primary.state)
	}
	d := r.directory(q.DirectoryId, k.now)
	if d == nil {
		m := missing("DirectoryId", q.DirectoryId)
		m.resource = "Directory"
		return nil, m
	}
	if d.State != types.WorkspaceDirectoryStateRegistered {
		return nil, refuse(notRegistered, "DirectoryId", "%s is %s", *q.DirectoryId, d.State)
	}
	user := primary.user
	if !r.hasUser(d, user) {
		return nil, refuse(userUnknown, "UserName", "%s has no user %q", *q.DirectoryId, user)
	}
	if k.userTaken(ownerOf(*q.DirectoryId, user)) {
		return nil, refuse(bundles.UserTaken, "UserName", "%q has a WorkSpace in %s", user, *q.DirectoryId)
	}
	if f := k.refused(k.s.rules.standby(r.name, primaries.name, primary, d, q.DataReplication)); f != nil {
		return nil, f
	}
	if f := k.s.quota(bundles.QuotaStandby, k.standbys()+1); f != nil {
		return nil, f
	}
	root, userVolume := aws.ToBool(primary.like.RootVolumeEncryptionEnabled), aws.ToBool(primary.like.UserVolumeEncryptionEnabled)
	key, f := k.key(q.VolumeEncryptionKey)
	if f != nil {
		return nil, f
	}
	use := encryption.Use{Region: r.name, VolumeEncryptionKey: aws.ToString(q.VolumeEncryptionKey), Root: root, User: userVolume, Standby: true}
	if f := k.refused(k.s.rules.key(key.asked(), use)); f != nil {
		return nil, f
	}
	arn := k.keyARN(q.VolumeEncryptionKey, key)
	subnet, address, f := k.room(d, arn, key, root, userVolume)
	if f != nil {
		return nil, f
	}
	replication := q.DataReplication
	if replication == "" {
		replication = types.DataReplicationNoReplication
	}
	w := &desktop{like: &likeness{tags: q.Tags, system: primary.like.system, Workspace: types.Workspace{
		BundleId: primary.like.BundleId, DirectoryId: d.DirectoryId, UserName: primary.like.UserName,
		RootVolumeEncryptionEnabled: primary.like.RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled: primary.like.UserVolumeEncryptionEnabled,
		VolumeEncryptionKey: arn, WorkspaceProperties: primary.like.WorkspaceProperties,
		DataReplicationSettings: &types.DataReplicationSettings{DataReplication: replication},
		RelatedWorkspaces: []types.RelatedWorkspaceProperties{{
			Region: aws.String(primaries.name), State: primary.state, Type: types.StandbyWorkspaceRelationshipTypePrimary, WorkspaceId: &primary.id,
		}},
	}}}
	w.name(r.appendID(nil, "ws-"), address, user)
	if subnet != "" {
		w.like.SubnetId = aws.String(subnet) // no other WorkSpace has it yet
	}
	k.pending(w, EncryptedLaunch, types.WorkspaceStateAvailable)
	primary.alter(func(l *likeness) {
		l.StandbyWorkspacesProperties = []types.StandbyWorkspacesProperties{{StandbyWorkspaceId: &w.id, DataReplication: replication}}
		l.RelatedWorkspaces = []types.RelatedWorkspaceProperties{{
			Region: aws.String(r.name), State: w.state, Type: types.StandbyWorkspaceRelationshipTypeStandby, WorkspaceId: &w.id,
		}}
	})
	return w, nil
}

// standbys counts the standby WorkSpaces of the Region.
func (k *call) standbys() (n int) {
	k.tickAll()
	k.region.workspaces.each(func(_ string, w *desktop) bool {
		if w.isStandby() {
			n++
		}
		return true
	})
	return n
}

func (w *desktop) isStandby() bool {
	return len(w.like.RelatedWorkspaces) > 0 && w.like.RelatedWorkspaces[0].Type == types.StandbyWorkspaceRelationshipTypePrimary
}

// replicate sets how the data of a primary WorkSpace go to its standby WorkSpace.
func (k *call) replicate(w *desktop, to types.DataReplication) *refusal {
	if !w.isStandby() && len(w.like.StandbyWorkspacesProperties) == 0 {
		return refuse(wrongState, "DataReplication", "%s has no standby WorkSpace, and is none", w.id)
	}
	if w.isStandby() {
		w.alter(func(l *likeness) { l.DataReplicationSettings = &types.DataReplicationSettings{DataReplication: to} })
		return nil
	}
	p := w.like.StandbyWorkspacesProperties[0]
	p.DataReplication = to
	w.alter(func(l *likeness) { l.StandbyWorkspacesProperties = []types.StandbyWorkspacesProperties{p} })
	return nil
}
