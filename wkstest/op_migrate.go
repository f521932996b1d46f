package wkstest

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

// migrateWorkspace begins a migration. Both WorkSpaces are there until it ends; the old one
// keeps its state: no document speaks of it.
func migrateWorkspace(k *call, in *workspaces.MigrateWorkspaceInput) (*workspaces.MigrateWorkspaceOutput, error) {
	r := k.region
	w := r.find(in.SourceWorkspaceId, k.now)
	if w == nil {
		return nil, missing("SourceWorkspaceId", in.SourceWorkspaceId)
	}
	to := r.bundle(in.BundleId)
	if to == nil {
		return nil, missing("BundleId", in.BundleId)
	}
	if to.tick(k.now); to.State != "" && to.State != types.WorkspaceBundleStateAvailable {
		return nil, refuse(notReady, "BundleId", "%s is %s", *in.BundleId, to.State)
	}
	if w.Migration != nil {
		return nil, refuse(migrate.ModificationInProgress, "SourceWorkspaceId", "%s is being migrated", *in.SourceWorkspaceId)
	}
	if w.State == types.WorkspaceStateTerminating || w.State == types.WorkspaceStateTerminated {
		return nil, refuse(wrongState, "SourceWorkspaceId", "%s is %s", *in.SourceWorkspaceId, w.State)
	}
	if f := k.refused(k.mayMigrate(w, to)); f != nil {
		return nil, f
	}
	if f := k.migrationRoom(w); f != nil {
		return nil, f
	}
	return k.migrate(w, to), nil
}

func (k *call) mayMigrate(w *Workspace, to *Bundle) verdict {
	r := k.region
	from := r.bundle(w.BundleId)
	if from == nil {
		from = &Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: w.BundleId}}
	}
	d := r.directories.get(aws.ToString(w.DirectoryId))
	rebuild, _ := w.snapshots(k.now)
	s := migrate.Situation{Workspace: w.Workspace, At: k.now, Snapshots: rebuild, Connection: w.Connection.ConnectionState, Created: w.History.Launched}
	if a := r.addresses[aws.ToString(w.SubnetId)]; a != nil && a.counts {
		if a.free <= 0 {
			k.tickAll()
		}
		s.FreeAddresses = aws.Int(a.free)
	}
	return k.s.rules.migration(r.name, w, from, to, r.imageOf, d, s)
}

// migrationRoom asks the key for the grants of the new WorkSpace, which stands beside the old one.
func (k *call) migrationRoom(w *Workspace) *refusal {
	arn := aws.ToString(w.VolumeEncryptionKey)
	if arn == "" || !w.encrypted() {
		return nil
	}
	key, _ := k.region.key(arn)
	return k.keyRoom(arn, key, aws.ToBool(w.RootVolumeEncryptionEnabled), aws.ToBool(w.UserVolumeEncryptionEnabled))
}

func (k *call) migrate(w *Workspace, to *Bundle) *workspaces.MigrateWorkspaceOutput {
	r := k.region
	source := *w.WorkspaceId
	m := &Migration{SourceID: source, TargetID: r.issue("ws-"), BundleID: *to.BundleId, Started: k.now, Fault: k.befalls}
	m.Visible = k.now.Add(k.takes(AppearMigrated, source))
	m.Until = k.now.Add(k.takes(Migrating, source))
	switch k.befalls {
	case Hang:
		m.Until = k.now.Add(1000 * time.Hour)
	case Slow:
		m.Until = k.now.Add(slowMigration)
	case Late:
		m.Visible = k.now.Add(10 * time.Minute)
	case SameID:
		m.TargetID = source
	}
	answer := m.TargetID
	if k.befalls == DuplicateID {
		if answer = r.target; answer == "" {
			answer = source
		}
	}
	r.target = m.TargetID
	out := &workspaces.MigrateWorkspaceOutput{SourceWorkspaceId: aws.String(source), TargetWorkspaceId: aws.String(answer)}
	switch k.befalls {
	case Silent:
		return out
	case SameID:
		w.Migration = m
		w.State = types.WorkspaceStatePending
		return out
	}
	w.Migration = m
	n := &Workspace{Workspace: w.Workspace, Tags: w.Tags, System: to.System, Migration: m, Visible: m.Visible}
	n.WorkspaceId, n.BundleId, n.State, n.ModificationStates, n.IpAddress, n.ComputerName = aws.String(m.TargetID), to.BundleId, types.WorkspaceStatePending, nil, nil, nil
	n.WorkspaceProperties = k.migrated(w, to)
	if a := r.addresses[aws.ToString(w.SubnetId)]; a != nil {
		if address, ok := a.take(); ok && address != "" {
			n.IpAddress = aws.String(address)
		}
	}
	if n.IpAddress == nil {
		n.IpAddress = aws.String(text(10<<24 | uint32(r.Issued+4)&0xffffff))
	}
	r.put(n)
	return out
}

// migrated are the properties after a migration: running mode as it was, the compute type and
// protocol of the bundle, the bundle's root volume, and the user volume of the bundle unless the old one is
// larger.
func (k *call) migrated(w *Workspace, to *Bundle) *types.WorkspaceProperties {
	old := types.WorkspaceProperties{}
	if w.WorkspaceProperties != nil {
		old = *w.WorkspaceProperties
	}
	p := properties{mode: old.RunningMode, minutes: aws.ToInt32(old.RunningModeAutoStopTimeoutInMinutes), system: to.System, protocol: to.Protocol, compute: old.ComputeTypeName}
	if to.ComputeType != nil {
		p.compute = to.ComputeType.Name
	}
	if p.protocol == "" && len(old.Protocols) > 0 {
		p.protocol = old.Protocols[0]
	}
	if p.root = gib(rootOf(to)); p.root == 0 {
		p.root = aws.ToInt32(old.RootVolumeSizeGib)
	}
	p.user = max(gib(userOf(to)), aws.ToInt32(old.UserVolumeSizeGib))
	return k.region.share(p)
}

// finish ends a migration.
func (r *region) finish(w *Workspace, m *Migration) {
	source, target := r.workspaces.get(m.SourceID), r.workspaces.get(m.TargetID)
	if m.Fault == SameID {
		w.Migration = nil
		w.BundleId = aws.String(m.BundleID)
		w.State, w.Idle, w.History.Launched = types.WorkspaceStateAvailable, m.Until, m.Until
		if to := r.bundle(w.BundleId); to != nil {
			w.System = to.System
		}
		return
	}
	if source != nil {
		source.Migration = nil
	}
	if target != nil {
		target.Migration = nil
	}
	switch m.Fault {
	case Blink:
		if target != nil {
			target.Blinked = m
		}
	case RollBack:
		if target != nil {
			r.remove(target)
		}
		return
	case Vanish:
		if target != nil {
			r.remove(target)
		}
		if source != nil {
			r.remove(source)
		}
		return
	}
	if target == nil { // somebody terminated it
		return
	}
	if source != nil {
		r.remove(source)
	}
	if target.State == types.WorkspaceStatePending {
		target.State, target.Idle, target.History.Launched = types.WorkspaceStateAvailable, m.Until, m.Until
	}
}
