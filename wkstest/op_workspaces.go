package wkstest

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// properties are what many WorkSpaces have in common. The server keeps one copy.
type properties struct {
	compute  types.Compute
	system   types.OperatingSystemName
	protocol types.Protocol
	root     int32
	user     int32
	mode     types.RunningMode
	minutes  int32
}

func (r *region) share(p properties) *types.WorkspaceProperties {
	if r.last.WorkspaceProperties != nil && r.last.properties == p {
		return r.last.WorkspaceProperties
	}
	s := r.shared[p]
	if s == nil {
		s = p.values()
		r.shared[p] = s
	}
	r.last.properties, r.last.WorkspaceProperties = p, s
	return s
}

func (p properties) values() *types.WorkspaceProperties {
	s := &types.WorkspaceProperties{
		ComputeTypeName: p.compute, OperatingSystemName: p.system, RunningMode: p.mode,
		RootVolumeSizeGib: aws.Int32(p.root), UserVolumeSizeGib: aws.Int32(p.user),
	}
	if p.protocol != "" {
		s.Protocols = []types.Protocol{p.protocol}
	}
	if p.minutes != 0 {
		s.RunningModeAutoStopTimeoutInMinutes = aws.Int32(p.minutes)
	}
	return s
}

// createWorkspaces launches what it can. What the service's model, or the size of the batch,
// refuses fails the call; everything else a request of the batch.
func createWorkspaces(k *call, in *workspaces.CreateWorkspacesInput, v verdict) (*launched, error) {
	failed := make([]*refusal, len(in.Workspaces))
	for _, b := range v.broken {
		i, rest, ok := elementOf("Workspaces", b.path)
		if !ok || kindOfRule(b.rule) == malformed {
			return nil, b
		}
		if failed[i] == nil {
			b.path = rest
			failed[i] = b
		}
	}
	out := &launched{failed: []types.FailedCreateWorkspaceRequest{}, made: make([]born, 0, len(in.Workspaces))}
	for i := range in.Workspaces {
		q := &in.Workspaces[i]
		r := failed[i]
		var w *desktop
		if r == nil {
			w, r = k.launch(q)
		}
		if r != nil {
			k.note(r)
			out.failed = append(out.failed, types.FailedCreateWorkspaceRequest{
				ErrorCode: aws.String(r.item()), ErrorMessage: aws.String(r.Error()), WorkspaceRequest: q,
			})
			continue
		}
		out.made = append(out.made, born{w, w.like})
	}
	return out, nil
}

// A launched is the answer of createWorkspaces. Most are only written as JSON, for which the SDK's values need not be made.
type launched struct {
	failed []types.FailedCreateWorkspaceRequest
	made   []born
}

// A born is a WorkSpace as it was when it was made: PENDING. Nothing that changes later is read of the desktop.
type born struct {
	*desktop
	like *likeness
}

func (w *born) describe(d *types.Workspace) {
	w.fill(d, w.like, types.WorkspaceStatePending)
	d.IpAddress = nil // as describe has it
}

// output is the answer as the SDK has it.
func (l *launched) output() *workspaces.CreateWorkspacesOutput {
	out := &workspaces.CreateWorkspacesOutput{FailedRequests: l.failed, PendingRequests: make([]types.Workspace, len(l.made))}
	for i := range l.made {
		l.made[i].describe(&out.PendingRequests[i])
	}
	return out
}

// appendTo is appendJSON for the output.
func (l *launched) appendTo(b []byte) []byte {
	b = appendJSON(append(b, `{"FailedRequests":`...), reflect.ValueOf(l.failed))
	b = append(b, `,"PendingRequests":[`...)
	var d types.Workspace
	for i := range l.made {
		if i > 0 {
			b = append(b, ',')
		}
		l.made[i].describe(&d)
		b = appendWorkspace(b, &d)
	}
	return append(b, "]}"...)
}

// elementOf splits a path such as Workspaces[3].UserName.
func elementOf(list string, p rule.Path) (i int, rest rule.Path, ok bool) {
	number, after, _ := strings.Cut(strings.TrimPrefix(string(p), list+"["), "]")
	i, err := strconv.Atoi(number)
	return i, rule.Path(strings.TrimPrefix(after, ".")), err == nil
}

// launch begins one WorkSpace, or tells why not.
func (k *call) launch(q *types.WorkspaceRequest) (*desktop, *refusal) {
	r := k.region
	d := k.directory(q.DirectoryId)
	if d == nil {
		m := missing("DirectoryId", q.DirectoryId)
		m.resource = "Directory"
		return nil, m
	}
	if d.State != types.WorkspaceDirectoryStateRegistered {
		return nil, refuse(notRegistered, "DirectoryId", "%s is %s", *q.DirectoryId, d.State)
	}
	b := k.bundle(q.BundleId)
	if b == nil {
		m := missing("BundleId", q.BundleId)
		m.resource = "Bundle"
		return nil, m
	}
	if b.tick(k.now); b.State != "" && b.State != types.WorkspaceBundleStateAvailable {
		return nil, refuse(notReady, "BundleId", "%s is %s", *q.BundleId, b.State)
	}
	if !r.hasUser(d, aws.ToString(q.UserName)) {
		return nil, refuse(userUnknown, "UserName", "%s has no user %q", *q.DirectoryId, aws.ToString(q.UserName))
	}
	decoupled := aws.ToString(q.UserName) == "[UNDEFINED]"
	taken := !decoupled && k.userTaken(ownerOf(*q.DirectoryId, aws.ToString(q.UserName)))
	key, f := k.key(q.VolumeEncryptionKey)
	if f != nil {
		return nil, f
	}
	v := k.s.rules.launch(r.name, q, b, taken, key.asked())
	if f := k.refused(v); f != nil {
		return nil, f
	}
	if f := k.afresh(func() *refusal { return k.s.quota(bundles.QuotaWorkspaces, r.workspaces.len()+1) }); f != nil {
		return nil, f
	}
	root, user := aws.ToBool(q.RootVolumeEncryptionEnabled), aws.ToBool(q.UserVolumeEncryptionEnabled)
	arn := k.keyARN(q.VolumeEncryptionKey, key)
	subnet, address, f := k.room(d, arn, key, root, user)
	if f != nil {
		return nil, f
	}
	w := &desktop{like: k.likeness(q, d, b, subnet, arn)}
	var id [16]byte
	w.name(r.appendID(id[:0], "ws-"), address, aws.ToString(q.UserName))
	activity := Launch
	if root || user {
		activity = EncryptedLaunch
	}
	next := types.WorkspaceStateAvailable
	if k.befalls == LaunchFails {
		next = types.WorkspaceStateError
	}
	k.pending(w, activity, next)
	return w, nil
}

// directory and bundle are those of the region: the last ones again, for no WorkSpace of a batch takes one away.
func (k *call) directory(id *string) *Directory {
	if k.lastDirectory == nil || *k.lastDirectory.DirectoryId != aws.ToString(id) {
		k.lastDirectory = k.region.directory(id, k.now)
	}
	return k.lastDirectory
}

func (k *call) bundle(id *string) *Bundle {
	if k.lastBundle == nil || *k.lastBundle.BundleId != aws.ToString(id) {
		k.lastBundle = k.region.bundle(id)
	}
	return k.lastBundle
}

// room is where a new WorkSpace of a directory goes, if its key, when it is to use one, can take it: a
// subnet, "" if the directory names none, and the address.
func (k *call) room(d *Directory, arn *string, key *Key, root, user bool) (subnet string, address uint32, f *refusal) {
	if arn != nil && (root || user) {
		if f := k.keyRoom(*arn, key, root, user); f != nil {
			return "", 0, f
		}
	}
	subnet, address, ok := k.region.place(d.SubnetIds, k.region.Issued)
	if !ok {
		k.tickAll()
		subnet, address, ok = k.region.place(d.SubnetIds, k.region.Issued)
	}
	if !ok {
		return "", 0, refuse(noFreeAddress, "DirectoryId", "no subnet of %s has a free address", *d.DirectoryId)
	}
	return subnet, address, nil
}

// pending adds a WorkSpace that is PENDING until an activity is over, and takes its grants.
func (k *call) pending(w *desktop, a Activity, next types.WorkspaceState) {
	id := w.id
	w.become(types.WorkspaceStatePending, k.now, k.takes(a, id), next)
	w.appears = k.now.Add(k.takes(Appear, id))
	k.region.put(w)
}

// userTaken reports whether a user has a WorkSpace that is not gone yet.
func (k *call) userTaken(o owner) bool {
	return slices.ContainsFunc(k.region.of(o), func(w *desktop) bool { return k.region.find(&w.id, k.now) != nil })
}

// propertiesOf are those of a request, and where it has none, those of the bundle. Without a
// running mode it is ALWAYS_ON, which no document says.
func (k *call) propertiesOf(q *types.WorkspaceProperties, b *Bundle) *types.WorkspaceProperties {
	if q == nil {
		q = &types.WorkspaceProperties{}
	}
	p := properties{compute: q.ComputeTypeName, system: q.OperatingSystemName, protocol: b.Protocol, root: gib(rootOf(b)), user: gib(userOf(b)), mode: q.RunningMode}
	if p.compute == "" && b.ComputeType != nil {
		p.compute = b.ComputeType.Name
	}
	if p.system == "" {
		p.system = b.System
	}
	if len(q.Protocols) == 1 {
		p.protocol = q.Protocols[0]
	}
	if q.RootVolumeSizeGib != nil {
		p.root = *q.RootVolumeSizeGib
	}
	if q.UserVolumeSizeGib != nil {
		p.user = *q.UserVolumeSizeGib
	}
	if p.mode == "" {
		p.mode = types.RunningModeAlwaysOn
	}
	if p.mode == types.RunningModeAutoStop {
		p.minutes = autoStopDefault
		if q.RunningModeAutoStopTimeoutInMinutes != nil {
			p.minutes = *q.RunningModeAutoStopTimeoutInMinutes
		}
	}
	shared := k.region.share(p)
	if len(q.Protocols) < 2 && q.GlobalAccelerator == nil {
		return shared
	}
	own := *shared
	own.GlobalAccelerator = q.GlobalAccelerator
	if len(q.Protocols) > 1 {
		own.Protocols = q.Protocols
	}
	return &own
}

func rootOf(b *Bundle) *string {
	if b.RootStorage == nil {
		return nil
	}
	return b.RootStorage.Capacity
}

func userOf(b *Bundle) *string {
	if b.UserStorage == nil {
		return nil
	}
	return b.UserStorage.Capacity
}

// gib reads a capacity; 0 is not known.
func gib(s *string) int32 {
	n, _ := strconv.ParseInt(aws.ToString(s), 10, 32)
	return int32(n)
}

func describeWorkspaces(k *call, in *workspaces.DescribeWorkspacesInput) (*workspaces.DescribeWorkspacesOutput, error) {
	if r := oneFilter(map[string]bool{"WorkspaceIds": in.WorkspaceIds != nil, "BundleId": in.BundleId != nil, "DirectoryId": in.DirectoryId != nil}); r != nil {
		return nil, r
	}
	if in.UserName != nil && in.DirectoryId == nil {
		return nil, refuse(filtersExclude, "UserName", "goes with DirectoryId alone")
	}
	out := &workspaces.DescribeWorkspacesOutput{Workspaces: []types.Workspace{}}
	r := k.region
	if in.WorkspaceIds != nil {
		seen := map[*desktop]bool{}
		for i := range in.WorkspaceIds {
			w := r.find(&in.WorkspaceIds[i], k.now)
			if w == nil || seen[w] {
				continue
			}
			seen[w] = true
			k.look(w)
			if w.visible(k.now) {
				out.Workspaces = append(out.Workspaces, w.described())
			}
		}
		return out, nil
	}
	if in.UserName != nil {
		for _, w := range k.ofUser(ownerOf(*in.DirectoryId, *in.UserName)) {
			out.Workspaces = append(out.Workspaces, w.described())
		}
		return out, nil
	}
	list, next, err := page(k, r.workspaces, in.NextToken, in.Limit, func(_ string, w *desktop) bool {
		if in.BundleId != nil && *in.BundleId != aws.ToString(w.like.BundleId) || in.DirectoryId != nil && *in.DirectoryId != aws.ToString(w.like.DirectoryId) ||
			in.WorkspaceName != nil && *in.WorkspaceName != aws.ToString(w.like.WorkspaceName) {
			return false
		}
		r.tick(w, k.now)
		k.look(w)
		return r.workspaces.get(w.id) == w && w.visible(k.now)
	})
	if err != nil {
		return nil, err
	}
	out.Workspaces = make([]types.Workspace, len(list))
	for i, w := range list {
		w.describe(&out.Workspaces[i])
	}
	out.NextToken = next
	return out, nil
}

// look counts a look at the pair of a migration, once in a call.
func (k *call) look(w *desktop) {
	if m := w.lookedAt(); m != nil && !k.looked[m] {
		if k.looked == nil {
			k.looked = map[*Migration]bool{}
		}
		k.looked[m] = true
		m.Looks++
	}
}

// ofUser returns the visible WorkSpaces of a user.
func (k *call) ofUser(o owner) (list []*desktop) {
	for _, w := range k.region.of(o) {
		if k.region.find(&w.id, k.now) != w {
			continue
		}
		k.look(w)
		if w.visible(k.now) {
			list = append(list, w)
		}
	}
	return list
}
