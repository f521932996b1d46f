package wkstest

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// A desktop is a Workspace as a region keeps it, in less than half of the memory: what a batch of WorkSpaces has in common is
// there once, and what few WorkSpaces have only where they have it. id, user and address never change: answers point
// at them.
type desktop struct {
	like              *likeness // never changed, for others may have it too; see alter
	id, user, address string
	state, next       types.WorkspaceState
	appears           time.Time
	ready             time.Time
	idle              time.Time
	launched          time.Time // that of bundles.History
	rest              *rest     // see rare and own
}

// A likeness is what WorkSpaces can have in common.
type likeness struct {
	types.Workspace // without WorkspaceId and State, and without UserName and IpAddress that are not empty
	tags            []types.Tag
	system          types.OperatingSystemName
}

// A rest is what few WorkSpaces have: one that changed or migrates, or to which somebody was connected.
type rest struct {
	history            bundles.History // without Launched
	change             *Change
	connection         types.WorkspaceConnectionStatus
	noSnapshots        bool
	migration, blinked *Migration
}

var noRest rest // never changed

// rare returns the rest to be read.
func (w *desktop) rare() *rest {
	if w.rest == nil {
		return &noRest
	}
	return w.rest
}

// own returns the rest to be changed.
func (w *desktop) own() *rest {
	if w.rest == nil {
		w.rest = &rest{}
	}
	return w.rest
}

// alter changes what the WorkSpace may have in common with others.
func (w *desktop) alter(f func(*likeness)) {
	l := *w.like
	f(&l)
	w.like = &l
}

// newDesktop returns a Workspace as a region keeps it.
func newDesktop(from *Workspace) *desktop {
	l := &likeness{Workspace: from.Workspace, tags: from.Tags, system: from.System}
	w := &desktop{
		like: l, id: aws.ToString(l.WorkspaceId), user: aws.ToString(l.UserName), address: aws.ToString(l.IpAddress),
		state: l.State, next: from.Next, appears: from.Visible, ready: from.Ready, idle: from.Idle, launched: from.History.Launched,
	}
	l.WorkspaceId, l.State = nil, ""
	if w.user != "" {
		l.UserName = nil
	}
	if w.address != "" {
		l.IpAddress = nil
	}
	r := rest{from.History, from.Change, from.Connection, from.NoSnapshots, from.Migration, from.Blinked}
	r.history.Launched = time.Time{}
	if r != noRest {
		w.rest = &r
	}
	return w
}

// workspace is the reverse of newDesktop.
func (w *desktop) workspace() Workspace {
	r := w.rare()
	return Workspace{
		Workspace: w.api(), Tags: w.like.tags, History: w.history(), Visible: w.appears, Ready: w.ready, Next: w.next, Idle: w.idle,
		Change: r.change, Connection: r.connection, NoSnapshots: r.noSnapshots, System: w.like.system, Migration: r.migration, Blinked: r.blinked,
	}
}

// name gives a new WorkSpace what is its own, in one text.
func (w *desktop) name(id []byte, address uint32, user string) {
	var space [112]byte // as much as there can be
	b := append(space[:0], id...)
	b = netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}).AppendTo(b)
	own := string(append(b, user...))
	n, m := len(id), len(b)
	w.id, w.address, w.user = own[:n], own[n:m], own[m:]
}

// history is what has happened to a WorkSpace.
func (w *desktop) history() bundles.History {
	h := w.rare().history
	h.Launched = w.launched
	return h
}

// api is all that the SDK's type holds, though DescribeWorkspaces may not tell it.
func (w *desktop) api() (d types.Workspace) {
	w.fill(&d, w.like, w.state)
	return d
}

// fill makes a value of the SDK of a WorkSpace that has a likeness and a state.
func (w *desktop) fill(d *types.Workspace, like *likeness, state types.WorkspaceState) {
	*d = like.Workspace
	d.WorkspaceId, d.State = &w.id, state
	if w.user != "" {
		d.UserName = &w.user
	}
	if w.address != "" {
		d.IpAddress = &w.address
	}
}

// likeness returns what a WorkSpace of a request has in common with others: one that was made in the call where that is
// the same.
func (k *call) likeness(q *types.WorkspaceRequest, d *Directory, b *Bundle, subnet string, arn *string) *likeness {
	l := likeness{Workspace: types.Workspace{
		BundleId: b.BundleId, DirectoryId: d.DirectoryId, WorkspaceName: q.WorkspaceName, Ipv6Address: q.Ipv6Address,
		RootVolumeEncryptionEnabled: q.RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled: q.UserVolumeEncryptionEnabled,
		VolumeEncryptionKey: arn, WorkspaceProperties: k.propertiesOf(q.WorkspaceProperties, b),
	}, tags: q.Tags, system: b.System}
	if i := slices.Index(d.SubnetIds, subnet); i >= 0 {
		l.SubnetId = &d.SubnetIds[i]
	}
	for _, other := range k.likes {
		if other.same(&l) {
			return other
		}
	}
	made := l // l itself stays on the stack
	k.likes = append(k.likes, &made)
	return &made
}

// same reports whether likenesses that a launch made are equal.
func (l *likeness) same(o *likeness) bool {
	a, b := &l.Workspace, &o.Workspace
	return equal(a.BundleId, b.BundleId) && equal(a.DirectoryId, b.DirectoryId) && equal(a.SubnetId, b.SubnetId) && equal(a.WorkspaceName, b.WorkspaceName) && equal(a.Ipv6Address, b.Ipv6Address) &&
		equal(a.RootVolumeEncryptionEnabled, b.RootVolumeEncryptionEnabled) && equal(a.UserVolumeEncryptionEnabled, b.UserVolumeEncryptionEnabled) &&
		equal(a.VolumeEncryptionKey, b.VolumeEncryptionKey) && a.WorkspaceProperties == b.WorkspaceProperties && l.system == o.system &&
		(l.tags == nil) == (o.tags == nil) && slices.EqualFunc(l.tags, o.tags, func(s, t types.Tag) bool { return equal(s.Key, t.Key) && equal(s.Value, t.Value) })
}

// equal reports whether both are nil, or point at equal values.
func equal[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// describe is what DescribeWorkspaces tells of a WorkSpace.
func (w *desktop) describe(d *types.Workspace) {
	w.fill(d, w.like, w.state)
	switch {
	case d.State == types.WorkspaceStatePending:
		d.ComputerName, d.IpAddress = nil, nil
	case d.ComputerName == nil:
		d.ComputerName = aws.String("WSAMZN-" + strings.ToUpper(strings.TrimPrefix(w.id, "ws-")))
	}
}

func (w *desktop) described() (d types.Workspace) {
	w.describe(&d)
	return d
}
