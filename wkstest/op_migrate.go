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
	if w.rare().migration != nil {
		return nil, refuse(migrate.ModificationInProgress, "SourceWorkspaceId", "%s is being migrated", *in.SourceWorkspaceId)
	}
	if w.state == types.WorkspaceStateTerminating || w.state == types.WorkspaceStateTerminated {
		return nil, refuse(wrongState, "SourceWorkspaceId", "%s is %s", *in.SourceWorkspaceId, w.state)
	}
	if f := k.refused(k.mayMigrate(w, to)); f != nil {
		return nil, f
	}
	if f := k.migrationRoom(w); f != nil {
		return nil, f
	}
	return k.migrate(w, to), nil
}

func (k *call) mayMigrate(w *desktop, to *Bundle) verdict {
	r := k.region
	from := r.bundle(w.like.BundleId)
	if from == nil {
		from = &Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: w.like.BundleId}}
	}
	d := r.directories.get(aws.ToString(w.like.DirectoryId))
	rebuild, _ := w.snapshots(k.now)
	s := migrate.Situation{Workspace: w.api(), At: k.now, Snapshots: rebuild, Connection: w.rare().connection.ConnectionState, Created: w.launched}
	if a := r.addresses[aws.ToString(w.like.SubnetId)]; a != nil && a.counts {
		if a.free <= 0 {
			k.tickAll()
		}
		s.FreeAddresses = aws.Int(a.free)
	}
	return k.s.rules.migration(r.name, w, from, to, r.imageOf, d, s)
}

// migrationRoom asks the key for the grants of the new WorkSpace, which stands beside the old one.
func (k *call) migrationRoom(w *desktop) *refusal {
	arn := aws.ToString(w.like.VolumeEncryptionKey)
	if arn == "" || !w.encrypted() {
		return nil
	}
	key, _ := k.region.key(arn)
	return k.keyRoom(arn, key, aws.ToBool(w.like.RootVolumeEncryptionEnabled), aws.ToBool(w.like.UserVolumeEncryptionEnabled))
}

func (k *call) migrate(w *desktop, to *Bundle) *workspaces.MigrateWorkspaceOutput {
	r := k.region
	source := w.id
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
		w.own().migration = m
		w.state = types.WorkspaceStatePending
		return out
	}
	w.own().migration = m
	n := &desktop{like: w.like, state: types.WorkspaceStatePending, appears: m.Visible, rest: &rest{migration: m}}
	n.alter(func(l *likeness) {
		l.BundleId, l.WorkspaceProperties, l.system = to.BundleId, k.migrated(w, to), to.System
		l.ModificationStates, l.IpAddress, l.ComputerName = nil, nil, nil
	})
	var address uint32
	if a := r.addresses[aws.ToString(w.like.SubnetId)]; a != nil {
		address, _ = a.take()
	}
	if address == 0 {
		address = someAddress(r.Issued)
	}
	n.name([]byte(m.TargetID), address, w.user)
	r.put(n)
	return out
}

// migrated are the properties after a migration: running mode as it was, the compute type and
// protocol of the bundle, the bundle's root volume, and the user volume of the bundle unless the old one is
// larger.
func (k *call) migrated(w *desktop, to *Bundle) *types.WorkspaceProperties {
	old := types.WorkspaceProperties{}
	if w.like.WorkspaceProperties != nil {
		old = *w.like.WorkspaceProperties
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
func (r *region) finish(w *desktop, m *Migration) {
	source, target := r.workspaces.get(m.SourceID), r.workspaces.get(m.TargetID)
	if m.Fault == SameID {
		w.own().migration = nil
		w.state, w.idle, w.launched = types.WorkspaceStateAvailable, m.Until, m.Until
		w.alter(func(l *likeness) {
			l.BundleId = aws.String(m.BundleID)
			if to := r.bundle(l.BundleId); to != nil {
				l.system = to.System
			}
		})
		return
	}
	if source != nil {
		source.own().migration = nil
	}
	if target != nil {
		target.own().migration = nil
	}
	switch m.Fault {
	case Blink:
		if target != nil {
			target.own().blinked = m
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
	if target.state == types.WorkspaceStatePending {
		target.state, target.idle, target.launched = types.WorkspaceStateAvailable, m.Until, m.Until
	}
}
