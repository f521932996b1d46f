package bundles

import (
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

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
}

// CheckBundle tells whether CreateWorkspaceBundle would take b. Violations, by member:
// BundleName, BundleDescription, ImageId, ComputeType, RootStorage with UserStorage, and
// Tags. A volume cannot be smaller than that of the image; where that is not known, nothing
// is said of it. A capacity that is no number of GiB is a *rule.InputError.
func (r Rules) CheckBundle(b Bundle) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.name(&a, "BundleName", BundleName, b.BundleName)
	r.name(&a, "BundleDescription", BundleDescription, b.BundleDescription)
	r.id(&a, "ImageId", ImageID, b.ImageID)
	if b.ComputeType == "" {
		r.broken(&a, MemberMissing, "ComputeType", "a bundle names its compute type")
	}
	if end := r.retired(b.ComputeType); end != nil {
		r.citing(&a, ComputeTypeRetired, "ComputeType.Name", fmt.Sprintf("%s ended on %s", b.ComputeType, end.last), end.cite)
	}
	if err := r.storage(&a, &b); err != nil {
		return Answer{}, err
	}
	r.tags(&a, b.Tags)
	return a.concluded(), nil
}

func (r Rules) storage(a *Answer, b *Bundle) error {
	if b.UserStorage == nil {
		r.broken(a, MemberMissing, "UserStorage", "a bundle names the size of its user volume")
		return nil
	}
	var v Volumes
	var ok bool
	if v.User, ok = capacity(b.UserStorage.Capacity); !ok {
		return &rule.InputError{Path: "UserStorage.Capacity", Value: text(b.UserStorage.Capacity), Reason: "is not a size in GiB"}
	}
	if b.RootStorage == nil {
		a.lacks("RootStorage", "without a root volume the pair of sizes is not known")
		return nil
	}
	if v.Root, ok = capacity(b.RootStorage.Capacity); !ok {
		return &rule.InputError{Path: "RootStorage.Capacity", Value: text(b.RootStorage.Capacity), Reason: "is not a size in GiB"}
	}
	var sizes Answer
	r.volumes(&sizes, b.ComputeType, v)
	for i := range sizes.Violations {
		sizes.Violations[i].Path = storagePaths[sizes.Violations[i].Path]
	}
	for i := range sizes.Open {
		sizes.Open[i].Path = storagePaths[sizes.Open[i].Path]
	}
	a.merge("", sizes)
	if v.Root < b.Image.Root {
		r.broken(a, VolumeBelowImage, "RootStorage.Capacity", fmt.Sprintf("%d GiB is less than the %d GiB of the image", v.Root, b.Image.Root))
	}
	switch {
	case v.User >= b.Image.User:
	case !userBelowImage.Contains(r.edition):
		a.undocumented("UserStorage.Capacity", "no document of the edition says whether it can be smaller than the image's")
	default:
		r.broken(a, VolumeBelowImage, "UserStorage.Capacity", fmt.Sprintf("%d GiB is less than the %d GiB of the image", v.User, b.Image.User))
	}
	return nil
}

// storagePaths are the members of a bundle for those of a WorkSpace.
var storagePaths = map[rule.Path]rule.Path{
	rootSize:    "RootStorage.Capacity",
	userSize:    "UserStorage.Capacity",
	computeName: "ComputeType.Name",
}

// capacity reads a size that the API gives as a string.
func capacity(s *string) (int32, bool) {
	if s == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(*s, 10, 32)
	return int32(n), err == nil && n > 0
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
