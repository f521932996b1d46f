package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of making an image.
const (
	ImageOfEncrypted rule.Code = "bundles.image-of-encrypted"
	ImageFreeSpace   rule.Code = "bundles.image-free-space"
	ImageProfileSize rule.Code = "bundles.image-profile-size"
	ImageRootFull    rule.Code = "bundles.image-root-full"
)

var imageRules = []tables.Rule{
	{
		Code:   ImageOfEncrypted,
		Title:  "An image is to be made of an encrypted WorkSpace.",
		Remedy: "Make the image of a WorkSpace without encrypted volumes.",
		Revisions: []rule.Revision{
			tables.Must(faq, "Can I create a custom image from a WorkSpace that has been encrypted?", readFAQ, "2018-02-03"),
			tables.Must(encryptPage, "Limits", "2018-02-03", ""),
		},
	},
	{
		Code:      ImageFreeSpace,
		Title:     "There is too little space on drive C to make an image.",
		Remedy:    "Free space on drive C.",
		Revisions: []rule.Revision{tables.Must(imagePage, "Requirements", "2018-02-03", "")},
	},
	{
		Code:      ImageProfileSize,
		Title:     "A user profile is too large to make an image.",
		Remedy:    "Make the user profile smaller than 10 GB.",
		Revisions: []rule.Revision{tables.Must(imagePage, "Requirements", "2018-02-03", "")},
	},
	{
		Code:      ImageRootFull,
		Title:     "A root volume is too full to make an image.",
		Remedy:    "Free space on the root volume until less than 97% of it is used.",
		Revisions: []rule.Revision{tables.Should(imagePage, "Requirements to create Amazon Linux custom images", "2018-06-29", "")},
	},
}

func (s *snapshot) compileImages(e rule.Edition) {
	for _, row := range imageTests.On(e) {
		t := row.ImageTest
		t.Cite = row.Dated.Cite
		s.imageTests = append(s.imageTests, t)
	}
	for _, row := range imageRequirements.On(e) {
		q := row.ImageRequirement
		q.Cite = row.Dated.Cite
		s.imageRequirements = append(s.imageRequirements, q)
	}
	s.imageSizes, _ = imageSizes.One(e)
}

// ImageTests returns the tests of the Image Checker in the edition, in the order of the
// guide; none before the Image Checker of March 2020. The result is the caller's.
func (r Rules) ImageTests() (list []ImageTest) {
	if r.s == nil {
		return nil
	}
	for _, t := range r.s.imageTests {
		t.Codes = slices.Clone(t.Codes)
		list = append(list, t)
	}
	return list
}

// ImageRequirements returns what an image of a system of the type needs beside what
// CheckImageOrigin looks at, in the order of the guide. The result is the caller's.
func (r Rules) ImageRequirements(system types.OperatingSystemType) (list []ImageRequirement) {
	if r.s == nil {
		return nil
	}
	for _, q := range r.s.imageRequirements {
		if q.System == system {
			list = append(list, q)
		}
	}
	return list
}

// An ImageOrigin is a WorkSpace that an image is to be made of. A nil field is not known.
type ImageOrigin struct {
	Workspace        Workspace
	Encrypted        *bool  // either volume
	FreeBytes        *int64 // on drive C, with Windows
	ProfileBytes     *int64 // of the user profile, with Windows
	RootUsedPercents *int   // of the root volume, with Linux
}

// Bytes. The guide counts in GB until 2025, which can be read either way.
const (
	gb  int64 = 1_000_000_000
	gib int64 = 1 << 30
)

// CheckImageOrigin tells whether CreateWorkspaceImage can make an image of a WorkSpace, as
// far as sizes, encryption and state decide. ImageRequirements has what else an image needs,
// and ImageTests what the Image Checker looks at. Violations stand at the paths of
// CheckOperation, then at RootVolumeEncryptionEnabled, FreeBytes, ProfileBytes and
// RootUsedPercents. The answer is open for what is not known, the operating system first, and
// for sizes between a number of GB and the same number of GiB where the guide does not count
// in bytes.
func (r Rules) CheckImageOrigin(o ImageOrigin) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	s := r.s
	s.operation(&a, CreateImage, &o.Workspace)
	switch {
	case o.Encrypted == nil:
		a.NotGiven("RootVolumeEncryptionEnabled", "it is not known whether a volume is encrypted")
	case *o.Encrypted:
		s.rules.Break(&a, ImageOfEncrypted, "RootVolumeEncryptionEnabled", "no image can be made of an encrypted WorkSpace")
	}
	switch system := o.Workspace.OperatingSystem; {
	case isUnknown(system):
		a.NotGiven(systemName, "the operating system is not known")
	case isWindows(system):
		s.windowsImage(&a, &o)
	default:
		s.linuxImage(&a, &o)
	}
	return a.Concluded(), nil
}

// windows10Desktops are the operating systems that the guide calls Windows 10. With them, a
// failure for too little space can be ignored above 2 GB.
var windows10Desktops = []types.OperatingSystemName{
	types.OperatingSystemNameWindows10, types.OperatingSystemNameWindowsServer2016,
	types.OperatingSystemNameWindowsServer2019, types.OperatingSystemNameWindowsServer2022,
}

func (s *snapshot) windowsImage(a *rule.Answer, o *ImageOrigin) {
	windows7 := o.Workspace.OperatingSystem == types.OperatingSystemNameWindows7
	if s.imageSizes.space == 0 {
		a.NotDocumented("FreeBytes", "no document of the edition tells the space that an image needs")
		return
	}
	switch free := o.FreeBytes; {
	case free == nil:
		a.NotGiven("FreeBytes", "the free space on drive C is not known")
	case s.imageSizes.space == profileAnd2GB:
		if o.ProfileBytes != nil { // else it is open below
			s.atLeast(a, max(*free, 0)-max(*o.ProfileBytes, 0), 2, "bytes beside the user profile")
		}
	case s.imageSizes.space == all12GB || windows7 && s.imageSizes.space == windows7GB:
		s.atLeast(a, *free, 12, "bytes")
	default:
		s.spaceSince2022(a, *free, o.Workspace.OperatingSystem)
	}
	if windows7 || s.imageSizes.allProfiles {
		s.profile(a, o.ProfileBytes, windows7)
	}
}

// spaceSince2022 judges the free space since the guide tells Windows 7 from Windows 10.
func (s *snapshot) spaceSince2022(a *rule.Answer, free int64, system types.OperatingSystemName) {
	windows10, bytes := slices.Contains(windows10Desktops, system), s.imageSizes.space == windows7Bytes
	switch {
	case bytes && free > 12*gib:
	case windows10 && (free < 2*gib || !bytes):
		s.atLeast(a, free, 2, "bytes")
	case !bytes:
		a.NotDocumented("FreeBytes", fmt.Sprintf("no document of the edition says whether %d bytes will do with %s", free, quoted(system)))
	case system == types.OperatingSystemNameWindows7:
		s.rules.BreakBy(a, s.imageSizes.Cite, ImageFreeSpace, "FreeBytes", "%d bytes are not more than %d", free, 12*gib)
	default:
		s.onlyWindows7(a, "FreeBytes", fmt.Sprintf("%d bytes are not more than %d", free, 12*gib))
	}
}

// onlyWindows7 leaves open what a note asks of every Windows, and a tip of Windows 7 alone.
func (s *snapshot) onlyWindows7(a *rule.Answer, at rule.Path, fault string) {
	a.Contradicted(at, fault+", which a note of the guide asks of every Windows, and a tip of Windows 7 alone", s.imageSizes.Cite, imageTips)
}

// profile judges the size of the user profile.
func (s *snapshot) profile(a *rule.Answer, size *int64, windows7 bool) {
	const most = 10
	bytes := s.imageSizes.space == windows7Bytes
	switch {
	case size == nil:
		a.NotGiven("ProfileBytes", "the size of the user profile is not known")
	case *size >= most*gib && bytes && !windows7:
		s.onlyWindows7(a, "ProfileBytes", fmt.Sprintf("%d bytes are not less than %d", *size, most*gib))
	case *size >= most*gib:
		s.rules.BreakBy(a, s.imageSizes.Cite, ImageProfileSize, "ProfileBytes", "%d bytes are not less than %d", *size, most*gib)
	case *size >= most*gb && !bytes:
		a.NotDocumented("ProfileBytes", fmt.Sprintf("%d bytes are less than %d GB only if these are GiB", *size, most))
	}
}

// atLeast judges the free space by a number that the guide gives in GB.
func (s *snapshot) atLeast(a *rule.Answer, n, least int64, bytes string) {
	switch {
	case n < least*gb:
		s.rules.BreakBy(a, s.imageSizes.Cite, ImageFreeSpace, "FreeBytes", "%d %s are less than %d GB", n, bytes, least)
	case n < least*gib:
		a.NotDocumented("FreeBytes", fmt.Sprintf("%d %s are %d GB only if these are not GiB", n, bytes, least))
	}
}

func (s *snapshot) linuxImage(a *rule.Answer, o *ImageOrigin) {
	const full = 97
	switch used := o.RootUsedPercents; {
	case used == nil:
		a.NotGiven("RootUsedPercents", "the use of the root volume is not known")
	case *used >= full:
		s.rules.Break(a, ImageRootFull, "RootUsedPercents", "%d%% of the root volume is used, and it should be less than %d%%", *used, full)
	}
}
