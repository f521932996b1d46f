package bundles

import (
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule of bundles.
const (
	VolumeBelowImage rule.Code = "bundles.volume-below-image"
)

var bundleRules = []tables.Rule{
	{
		Code:   VolumeBelowImage,
		Title:  "A volume of a bundle is smaller than that of its image.",
		Remedy: "Make the volume of the bundle at least as large as that of the image.",
		Revisions: []rule.Revision{
			tables.Must(imagePage, "Create a Custom WorkSpaces Bundle", "2019-03-25", "2021-04-22"),
			tables.Must(imagePage, "Create a custom WorkSpaces image and bundle for WorkSpaces Personal", read2025, ""),
		},
	},
}

// A Bundle is what CreateWorkspaceBundle is asked for; its fields are the members of that
// operation. A nil RootStorage leaves the volume to the service.
type Bundle struct {
	BundleName        string
	BundleDescription string
	ImageID           string
	ComputeType       types.Compute
	RootStorage       *types.RootStorage
	UserStorage       *types.UserStorage
	Tags              []types.Tag
	Image             Volumes // the volumes of the image; zero sizes are not known
	Region            string  // in which it is made, by its code; "" is not asked about
}

// CheckBundle tells whether CreateWorkspaceBundle would take b. Violations, by member:
// BundleName, BundleDescription, ImageId, ComputeType, RootStorage with UserStorage, and
// Tags. A volume cannot be smaller than that of the image; if that is not known, nothing
// is said about it. A capacity that is not a number of GiB, and a Region that has not the form of a code, are a
// *rule.InputError.
func (r Rules) CheckBundle(b Bundle) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := checkRegion(b.Region); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	s := r.s
	s.name(&a, "BundleName", BundleName, b.BundleName)
	s.name(&a, "BundleDescription", BundleDescription, b.BundleDescription)
	s.id(&a, "ImageId", s.ids[ImageID], ImageID, b.ImageID)
	if b.ComputeType == "" {
		s.memberOfBundle(&a, "ComputeType", "a bundle names its compute type")
	}
	s.ended(&a, "ComputeType.Name", s.compute(b.ComputeType))
	s.inRegion(&a, "ComputeType.Name", b.Region, b.ComputeType)
	if err := s.storage(&a, &b); err != nil {
		return rule.Answer{}, err
	}
	s.tags(&a, b.Tags)
	return a.Concluded(), nil
}

// memberOfBundle adds a violation for a member that is missing, or an open question before
// CreateWorkspaceBundle.
func (s *snapshot) memberOfBundle(a *rule.Answer, at rule.Path, detail string) {
	if s.bundleAPI == (rule.Citation{}) {
		a.NotDocumented(at, "no document of the edition tells the members of a bundle")
		return
	}
	s.rules.BreakBy(a, s.bundleAPI, MemberMissing, at, "%s", detail)
}

func (s *snapshot) storage(a *rule.Answer, b *Bundle) error {
	if b.UserStorage == nil {
		s.memberOfBundle(a, "UserStorage", "a bundle names the size of its user volume")
		return nil
	}
	var v Volumes
	var ok bool
	if v.User, ok = capacity(b.UserStorage.Capacity); !ok {
		return &rule.InputError{Path: "UserStorage.Capacity", Value: text(b.UserStorage.Capacity), Reason: noSize}
	}
	if b.RootStorage != nil {
		if v.Root, ok = capacity(b.RootStorage.Capacity); !ok {
			return &rule.InputError{Path: "RootStorage.Capacity", Value: text(b.RootStorage.Capacity), Reason: noSize}
		}
	}
	var sizes rule.Answer
	s.volumes(&sizes, b.ComputeType, s.compute(b.ComputeType), v, false)
	for i := range sizes.Violations {
		sizes.Violations[i].Path = storagePath(sizes.Violations[i].Path, b)
	}
	for i := range sizes.Open {
		sizes.Open[i].Path = storagePath(sizes.Open[i].Path, b)
	}
	a.Merge("", sizes)
	const below = "%d GiB is less than the %d GiB of the image"
	if v.Root != 0 && v.Root < b.Image.Root {
		s.rules.Break(a, VolumeBelowImage, "RootStorage.Capacity", below, v.Root, b.Image.Root)
	}
	switch {
	case v.User >= b.Image.User:
	case !s.userBelowImage:
		a.NotDocumented("UserStorage.Capacity", "no document of the edition says whether it can be smaller than the image's")
	default:
		s.rules.Break(a, VolumeBelowImage, "UserStorage.Capacity", below, v.User, b.Image.User)
	}
	return nil
}

// storagePath returns the member of a bundle for that of a WorkSpace.
func storagePath(p rule.Path, b *Bundle) rule.Path {
	switch {
	case p == computeName:
		return "ComputeType.Name"
	case p == userSize:
		return "UserStorage.Capacity"
	case b.RootStorage == nil:
		return "RootStorage"
	}
	return "RootStorage.Capacity"
}

// capacity reads a size that the API gives as a string.
func capacity(s *string) (int32, bool) {
	n, err := strconv.ParseInt(text(s), 10, 32)
	return int32(n), err == nil && n > 0
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
