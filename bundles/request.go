package bundles

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// maxRequests is how many WorkSpaces one CreateWorkspaces may ask for.
const maxRequests = 25

// A Launch is what a request does not carry: what is known of its bundle, and of its user.
// A zero field of the bundle is not known.
type Launch struct {
	System      types.OperatingSystemType // WINDOWS or LINUX; "" for that of the request, if it names one
	ComputeType types.Compute
	Volumes     Volumes // the bundle's defaults, which a request overrides
	UserTaken   bool    // the user, in any case of letters, has a WorkSpace in the directory
}

// NewLaunch takes what DescribeWorkspaceBundles says of a bundle, and the operating
// system of its image. A capacity that is no number is not known.
func NewLaunch(b types.WorkspaceBundle, system types.OperatingSystemType) Launch {
	l := Launch{System: system}
	if b.ComputeType != nil {
		l.ComputeType = b.ComputeType.Name
	}
	if b.RootStorage != nil {
		l.Volumes.Root, _ = capacity(b.RootStorage.Capacity)
	}
	if b.UserStorage != nil {
		l.Volumes.User, _ = capacity(b.UserStorage.Capacity)
	}
	return l
}

// CheckRequest tells whether CreateWorkspaces would take one request. Violations, by
// member: BundleId, DirectoryId, UserName, WorkspaceName, Tags, and WorkspaceProperties
// with running mode, compute type and volumes. Volumes are judged together with those of the
// bundle. The answer is open where l does not tell enough, and for encryption flags without
// a key or a key without flags, of which no document says what they do.
func (r Rules) CheckRequest(q types.WorkspaceRequest, l Launch) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	if err := r.request(&a, &q, &l); err != nil {
		return Answer{}, err
	}
	return a.concluded(), nil
}

// CheckRequests tells whether CreateWorkspaces would take a batch: 1 to 25 requests, each of
// them sound, and no user twice in one directory. User names are not case-sensitive. Paths
// start with Workspaces[i]. launch tells what is known of a request's bundle; nil for nothing.
func (r Rules) CheckRequests(batch []types.WorkspaceRequest, launch func(types.WorkspaceRequest) Launch) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	const list rule.Path = "Workspaces"
	if len(batch) < 1 || len(batch) > maxRequests {
		r.broken(&a, BatchSize, list, fmt.Sprintf("%d requests are not 1 to %d", len(batch), maxRequests))
	}
	repeated := repeatedUsers(batch)
	for i := range batch {
		var l Launch
		if launch != nil {
			l = launch(batch[i])
		}
		var one Answer
		if err := r.request(&one, &batch[i], &l); err != nil {
			return Answer{}, below(list.Index(i), err)
		}
		if repeated != nil && repeated[i] {
			r.broken(&one, UserRepeated, userNamePath, fmt.Sprintf("%q stands in the batch before, for the same directory", *batch[i].UserName))
		}
		if len(one.Violations)+len(one.Open) > 0 {
			a.merge(list.Index(i), one)
		}
	}
	return a.concluded(), nil
}

// repeatedUsers marks the requests whose user stands before with the same directory; nil
// if there is none. It looks at pairs in a batch of the permitted size, and at a map in a
// larger one.
func repeatedUsers(batch []types.WorkspaceRequest) (marks []bool) {
	mark := func(i int) {
		if marks == nil {
			marks = make([]bool, len(batch))
		}
		marks[i] = true
	}
	named := func(q *types.WorkspaceRequest) bool {
		return q.UserName != nil && *q.UserName != decoupled && q.DirectoryId != nil
	}
	if len(batch) > maxRequests {
		seen := make(map[[2]string]bool, len(batch))
		for i := range batch {
			if q := &batch[i]; named(q) {
				key := [2]string{*q.DirectoryId, strings.ToLower(*q.UserName)}
				if seen[key] {
					mark(i)
				}
				seen[key] = true
			}
		}
		return marks
	}
	var buf [maxRequests]*types.WorkspaceRequest
	before := buf[:0]
	for i := range batch {
		q := &batch[i]
		if !named(q) {
			continue
		}
		for _, p := range before {
			if *p.DirectoryId == *q.DirectoryId && strings.EqualFold(*p.UserName, *q.UserName) {
				mark(i)
				break
			}
		}
		before = append(before, q)
	}
	return marks
}

func (r Rules) request(a *Answer, q *types.WorkspaceRequest, l *Launch) error {
	r.requestIDs(a, q)
	switch {
	case q.UserName == nil:
		r.broken(a, MemberMissing, userNamePath, "a request names a user")
	default:
		r.userName(a, cmp.Or(l.System, systemOf(q.WorkspaceProperties)), *q.UserName)
		if l.UserTaken && *q.UserName != decoupled {
			r.broken(a, UserTaken, userNamePath, fmt.Sprintf("%q has a WorkSpace in the directory", *q.UserName))
		}
	}
	switch isDecoupled := q.UserName != nil && *q.UserName == decoupled; {
	case isDecoupled && q.WorkspaceName == nil:
		r.broken(a, MemberMissing, "WorkspaceName", "a WorkSpace without a user needs a name")
	case !isDecoupled && q.WorkspaceName != nil:
		r.broken(a, WorkspaceNameNotApplicable, "WorkspaceName", fmt.Sprintf("the name %q does not go with a user", *q.WorkspaceName))
	case q.WorkspaceName != nil:
		r.name(a, "WorkspaceName", WorkspaceName, *q.WorkspaceName)
	}
	r.encryptionMembers(a, q)
	r.tags(a, q.Tags)
	return r.requestProperties(a, q.WorkspaceProperties, l)
}

// systemOf returns the type of the operating system that a request names, "" for none and for
// names that are newer than this release.
func systemOf(p *types.WorkspaceProperties) types.OperatingSystemType {
	if p == nil {
		return ""
	}
	switch name := p.OperatingSystemName; name {
	case types.OperatingSystemNameAmazonLinux2, types.OperatingSystemNameUbuntu1804, types.OperatingSystemNameUbuntu2004,
		types.OperatingSystemNameUbuntu2204, types.OperatingSystemNameRhel8, types.OperatingSystemNameRocky8:
		return types.OperatingSystemTypeLinux
	default:
		if isWindows(name) {
			return types.OperatingSystemTypeWindows
		}
	}
	return ""
}

func (r Rules) requestIDs(a *Answer, q *types.WorkspaceRequest) {
	for _, m := range [2]struct {
		kind ID
		id   *string
	}{{BundleID, q.BundleId}, {DirectoryID, q.DirectoryId}} {
		if m.id == nil {
			r.broken(a, MemberMissing, rule.Path(m.kind), "a request names a bundle and a directory")
			continue
		}
		r.id(a, rule.Path(m.kind), m.kind, *m.id)
	}
}

// encryptionMembers leaves open what no document tells: flags without a key, and a key
// without flags.
func (r Rules) encryptionMembers(a *Answer, q *types.WorkspaceRequest) {
	encrypts := is(q.RootVolumeEncryptionEnabled) || is(q.UserVolumeEncryptionEnabled)
	key := q.VolumeEncryptionKey != nil && *q.VolumeEncryptionKey != ""
	switch {
	case encrypts && !key:
		a.undocumented("VolumeEncryptionKey", "no document says what encryption without a key does")
	case key && !encrypts:
		a.undocumented("VolumeEncryptionKey", "no document says what a key without encryption does")
	}
}

func is(p *bool) bool { return p != nil && *p }

func (r Rules) requestProperties(a *Answer, p *types.WorkspaceProperties, l *Launch) error {
	compute, volumes := l.ComputeType, l.Volumes
	if p != nil {
		if p.ComputeTypeName != "" {
			compute = p.ComputeTypeName
		}
		if p.RootVolumeSizeGib != nil {
			volumes.Root = *p.RootVolumeSizeGib
		}
		if p.UserVolumeSizeGib != nil {
			volumes.User = *p.UserVolumeSizeGib
		}
		var mode Answer
		r.runningMode(&mode, p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
		if p.OperatingSystemName != "" {
			var protocol types.Protocol
			if len(p.Protocols) == 1 {
				protocol = p.Protocols[0]
			}
			r.offered(&mode, p.OperatingSystemName, compute, protocol)
		}
		a.merge(properties, mode)
	}
	if end := r.retired(compute); end != nil {
		r.citing(a, ComputeTypeRetired, properties.Join(computeName), fmt.Sprintf("%s ended on %s", compute, end.last), end.cite)
	}
	if p == nil || p.RootVolumeSizeGib == nil && p.UserVolumeSizeGib == nil {
		return nil // the bundle's own volumes are not for a request to answer for
	}
	if err := checkSizes(p.RootVolumeSizeGib, p.UserVolumeSizeGib); err != nil {
		return below(properties, err)
	}
	var sizes Answer
	switch {
	case compute == "":
		r.ceilings(&sizes, volumes)
		sizes.lacks(computeName, "the bundle's compute type is not known, and so not the sizes that it permits")
	case volumes.Root == 0 || volumes.User == 0:
		r.ceilings(&sizes, volumes)
		sizes.lacks(rootSize, "the bundle's volumes are not known, and so not the pair")
	default:
		r.volumes(&sizes, compute, volumes)
	}
	a.merge(properties, sizes)
	return nil
}
