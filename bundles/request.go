package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of launch requests.
const (
	MemberMissing              rule.Code = "bundles.member-missing"
	IDMalformed                rule.Code = "bundles.id-malformed"
	UserNameLength             rule.Code = "bundles.user-name-length"
	LinuxUserName              rule.Code = "bundles.linux-user-name"
	UserRepeated               rule.Code = "bundles.user-repeated"
	UserTaken                  rule.Code = "bundles.user-taken"
	WorkspaceNameNotApplicable rule.Code = "bundles.workspace-name-not-applicable"
	BatchSize                  rule.Code = "bundles.batch-size"
)

var requestRules = []tables.Rule{
	{
		Code:      MemberMissing,
		Title:     "A request lacks a member that it must have.",
		Remedy:    "Add the member that is named to the request.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceRequest", "2015-04-28", "")},
	},
	{
		Code:      IDMalformed,
		Title:     "An identifier does not have the form of its kind.",
		Remedy:    "Give an identifier of the kind that the member asks for.",
		Revisions: []rule.Revision{tables.Must(model, "BundleId", "2015-04-28", "")},
	},
	{
		Code:      UserNameLength,
		Title:     "A user name is empty or too long.",
		Remedy:    "Give a user name of 1 to 63 characters.",
		Revisions: []rule.Revision{tables.Must(model, "UserName", "2015-04-28", "")},
		Figures:   []tables.Figure{{Name: "characters of a user name", Value: fmt.Sprintf("1 to %d", maxUserName)}},
	},
	{
		Code:      LinuxUserName,
		Title:     "Linux does not permit a user name.",
		Remedy:    "Give the user a name of at most 20 letters, digits, spaces and _ . - # that does not start with a hyphen.",
		Revisions: []rule.Revision{tables.Must(troubleshooting, linuxUserTitle, "2018-09-20", "")},
	},
	// By the FAQ a user has one WorkSpace, and later one in a directory.
	{
		Code:   UserRepeated,
		Title:  "A batch asks for two WorkSpaces for one user of a directory.",
		Remedy: "Ask for one WorkSpace for each user of a directory.",
		Revisions: []rule.Revision{
			tables.Must(faq, "Can I provide more than one Amazon Workspace per user?", readFAQ, "2020-05-07"),
			tables.Must(severalPage, "Create Multiple WorkSpaces for a User", "2020-05-07", ""),
		},
	},
	{
		Code:   UserTaken,
		Title:  "A user has a WorkSpace in the directory already.",
		Remedy: "Launch for another user or in another directory, or keep the WorkSpace that there is.",
		Revisions: []rule.Revision{
			tables.Must(faq, "Can I provide more than one Amazon Workspace per user?", readFAQ, "2020-05-07"),
			tables.Must(severalPage, "Create Multiple WorkSpaces for a User", "2020-05-07", ""),
		},
	},
	{
		Code:      WorkspaceNameNotApplicable,
		Title:     "A WorkSpace for a user is given a name.",
		Remedy:    "Leave WorkspaceName out, or launch with the user name [UNDEFINED].",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceRequest", "2024-08-28", "")},
	},
	{
		Code:      BatchSize,
		Title:     "A batch has no request, or more than one call takes.",
		Remedy:    "Split the batch into calls of 1 to 25 requests.",
		Revisions: []rule.Revision{tables.Must(model, "WorkspaceRequestList", "2015-04-28", "")},
		Figures:   []tables.Figure{{Name: "WorkSpaces in one CreateWorkspaces", Value: fmt.Sprintf("1 to %d", maxRequests)}},
	},
}

// maxRequests is how many WorkSpaces one CreateWorkspaces may ask for.
const maxRequests = 25

// CheckRequest tells whether CreateWorkspaces would take one request. Violations, by member:
// BundleId, DirectoryId, UserName, WorkspaceName, Tags, and WorkspaceProperties as in
// CheckDesktop. A request answers for what it names, together with what the bundle has: it is
// not asked about the bundle's own volumes and system. The answer is open where l does not tell
// enough, for encryption flags without a key or a key without flags, and for a compute type that is not
// that of the bundle or a volume that is smaller: no document says what they do.
func (r Rules) CheckRequest(q types.WorkspaceRequest, l LaunchContext) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if err := r.s.request(&a, &q, &l, &sound{}, r.Day()); err != nil {
		return rule.Answer{}, err
	}
	return a.Concluded(), nil
}

// CheckRequests tells whether CreateWorkspaces would take a batch: 1 to 25 requests, each of
// them sound, and no user twice in one directory. User names that differ only in the case of
// letters are the same user's; before 2024-12-09, when the documents do not say so, they leave the
// answer open. Paths start with Workspaces[i]. launch tells what is known of a
// request's bundle; nil for nothing.
func (r Rules) CheckRequests(batch []types.WorkspaceRequest, launch func(*types.WorkspaceRequest) LaunchContext) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	const list rule.Path = "Workspaces"
	if len(batch) < 1 || len(batch) > maxRequests {
		r.s.rules.Break(&a, BatchSize, list, "%d requests are not 1 to %d", len(batch), maxRequests)
	}
	repeated := r.s.repeatedUsers(batch, true)
	same := repeated // those of the same user beyond doubt
	if repeated != nil && !r.s.caseless {
		same = r.s.repeatedUsers(batch, false)
	}
	day := r.Day()
	var l LaunchContext
	var last sound
	for i := range batch {
		if launch != nil {
			l = launch(&batch[i])
		}
		violations, open := len(a.Violations), len(a.Open)
		if err := r.s.request(&a, &batch[i], &l, &last, day); err != nil {
			return rule.Answer{}, rule.Below(list.Index(i), err)
		}
		switch {
		case repeated == nil || !repeated[i]:
		case same == nil || !same[i]:
			a.NotDocumented(userNamePath, "no document of the edition says whether the case of letters tells users apart, and "+quoted(*batch[i].UserName)+" stands in the batch before in other letters")
		default:
			r.s.rules.Break(&a, UserRepeated, userNamePath, "%q stands in the batch before, for the same directory", *batch[i].UserName)
		}
		if len(a.Violations)+len(a.Open) > violations+open {
			move(&a, violations, open, list.Index(i))
		}
	}
	return a.Concluded(), nil
}

const properties rule.Path = "WorkspaceProperties"

// sound is what was last found sound in a batch: most of its requests have the same.
type sound struct {
	bundle, directory string
	region            string
	properties        *types.WorkspaceProperties // with the context
	context           LaunchContext
}

// has reports whether properties in a context are those that were found sound.
func (l *sound) has(p *types.WorkspaceProperties, context *LaunchContext) bool {
	return l.properties != nil && l.context == *context && sameProperties(l.properties, p)
}

func sameProperties(p, q *types.WorkspaceProperties) bool {
	return p.ComputeTypeName == q.ComputeTypeName && p.GlobalAccelerator == q.GlobalAccelerator && p.OperatingSystemName == q.OperatingSystemName &&
		p.RunningMode == q.RunningMode && equal(p.RunningModeAutoStopTimeoutInMinutes, q.RunningModeAutoStopTimeoutInMinutes) &&
		equal(p.RootVolumeSizeGib, q.RootVolumeSizeGib) && equal(p.UserVolumeSizeGib, q.UserVolumeSizeGib) && slices.Equal(p.Protocols, q.Protocols)
}

func equal(m, n *int32) bool { return m == n || m != nil && n != nil && *m == *n }

func (s *snapshot) request(a *rule.Answer, q *types.WorkspaceRequest, l *LaunchContext, last *sound, day rule.Edition) error {
	if l.Region != last.region {
		if err := checkRegion(l.Region); err != nil {
			return err
		}
		last.region = l.Region
	}
	if q.BundleId == nil || *q.BundleId == "" || *q.BundleId != last.bundle {
		s.member(a, BundleID, s.bundleIDs, q.BundleId, &last.bundle)
	}
	if q.DirectoryId == nil || *q.DirectoryId == "" || *q.DirectoryId != last.directory {
		s.member(a, DirectoryID, s.directories, q.DirectoryId, &last.directory)
	}
	system := l.System
	if p := q.WorkspaceProperties; system == "" && p != nil {
		system = systemOf(p.OperatingSystemName)
	}
	if q.UserName == nil {
		s.rules.Break(a, MemberMissing, userNamePath, "a request names a user")
	} else {
		s.userName(a, system, *q.UserName)
		if l.UserTaken && !s.isDecoupled(*q.UserName) {
			s.rules.Break(a, UserTaken, userNamePath, "%q has a WorkSpace in the directory", *q.UserName)
		}
	}
	switch isDecoupled := q.UserName != nil && s.isDecoupled(*q.UserName); {
	case isDecoupled && q.WorkspaceName == nil && !s.decoupled.named:
		a.NotDocumented("WorkspaceName", "no document of the edition says whether a WorkSpace without a user needs a name")
	case isDecoupled && q.WorkspaceName == nil:
		s.rules.BreakBy(a, s.decoupled.Cite, MemberMissing, "WorkspaceName", "a WorkSpace without a user needs a name")
	case !isDecoupled && q.WorkspaceName != nil:
		s.rules.Break(a, WorkspaceNameNotApplicable, "WorkspaceName", "the name %q does not go with a user", *q.WorkspaceName)
	case q.WorkspaceName != nil:
		s.name(a, "WorkspaceName", WorkspaceName, *q.WorkspaceName)
	}
	if q.VolumeEncryptionKey != nil || q.RootVolumeEncryptionEnabled != nil || q.UserVolumeEncryptionEnabled != nil {
		encryptionMembers(a, q)
	}
	s.tags(a, q.Tags)
	if q.WorkspaceProperties == nil {
		s.ended(a, properties+"."+computeName, s.compute(l.ComputeType))
		s.inRegion(a, properties+"."+computeName, l.Region, l.ComputeType)
		return nil
	}
	if !last.has(q.WorkspaceProperties, l) {
		return s.asked(a, q.WorkspaceProperties, l, last, day)
	}
	return nil
}

// asked judges the properties of a request. It notes those that are sound.
func (s *snapshot) asked(a *rule.Answer, p *types.WorkspaceProperties, l *LaunchContext, last *sound, day rule.Edition) error {
	var made rule.Answer
	if err := s.desktop(&made, p, l, false, day); err != nil {
		return rule.Below(properties, err)
	}
	overrides(&made, p, l)
	if len(made.Violations)+len(made.Open) == 0 {
		last.properties, last.context = p, *l
	}
	a.Merge(properties, made)
	return nil
}

// overrides says what a request has instead of what its bundle has, where no document tells what comes of that.
// A volume may be larger than that of the bundle.
func overrides(a *rule.Answer, p *types.WorkspaceProperties, bundle *LaunchContext) {
	if c := bundle.ComputeType; c != "" && p.ComputeTypeName != "" && p.ComputeTypeName != c {
		a.NotDocumented(computeName, "no document says what becomes of a WorkSpace of "+quoted(string(p.ComputeTypeName))+" from a bundle of "+quoted(string(c)))
	}
	for _, v := range [...]struct {
		path  rule.Path
		asked *int32
		has   int32
	}{{rootSize, p.RootVolumeSizeGib, bundle.Volumes.Root}, {userSize, p.UserVolumeSizeGib, bundle.Volumes.User}} {
		if v.asked != nil && *v.asked < v.has {
			a.NotDocumented(v.path, fmt.Sprintf("no document says that a volume can be smaller than that of its bundle, %d GiB and not %d", *v.asked, v.has))
		}
	}
}

// move puts what an answer has after the first so many violations and open questions below p.
func move(a *rule.Answer, violations, open int, p rule.Path) {
	for i := range a.Violations[violations:] {
		v := &a.Violations[violations+i]
		v.Path = p.Join(v.Path)
	}
	for i := range a.Open[open:] {
		o := &a.Open[open+i]
		o.Path = p.Join(o.Path)
	}
}

// member judges an identifier that a request must have. It notes one that is sound.
func (s *snapshot) member(a *rule.Answer, kind ID, forms []idRow, id, sound *string) {
	switch {
	case id == nil:
		s.rules.Break(a, MemberMissing, rule.Path(kind), "a request names a bundle and a directory")
	case isOneOf(forms, *id):
		*sound = *id
	default:
		s.id(a, rule.Path(kind), forms, kind, *id)
	}
}

// systemOf returns the type of an operating system, "" for none and for names that are newer
// than this release.
func systemOf(name types.OperatingSystemName) types.OperatingSystemType {
	switch name {
	case "":
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

// encryptionMembers leaves open what no document tells: flags without a key, and a key
// without flags.
func encryptionMembers(a *rule.Answer, q *types.WorkspaceRequest) {
	encrypts := is(q.RootVolumeEncryptionEnabled) || is(q.UserVolumeEncryptionEnabled)
	key := q.VolumeEncryptionKey != nil && *q.VolumeEncryptionKey != ""
	switch {
	case encrypts && !key:
		a.NotDocumented("VolumeEncryptionKey", "no document says what encryption without a key does")
	case key && !encrypts:
		a.NotDocumented("VolumeEncryptionKey", "no document says what a key without encryption does")
	}
}

func is(p *bool) bool { return p != nil && *p }
