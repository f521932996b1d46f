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
			tables.Must(faq, "Can I create a custom image from a WorkSpace that has been encrypted?", readFAQ, readGuide),
			tables.Must(guide, "Requirements to Create Windows Custom Images", readGuide, ""),
		},
	},
	{
		Code:      ImageFreeSpace,
		Title:     "There is too little space on drive C to make an image.",
		Remedy:    "Free space on drive C.",
		Revisions: []rule.Revision{tables.Must(guide, "Requirements to Create Windows Custom Images", readGuide, "")},
	},
	{
		Code:      ImageProfileSize,
		Title:     "A user profile is too large to make an image.",
		Remedy:    "Make the user profile smaller than 10 GB.",
		Revisions: []rule.Revision{tables.Must(guide, "Requirements to Create Windows Custom Images", readGuide, "")},
	},
	{
		Code:      ImageRootFull,
		Title:     "A root volume is too full to make an image.",
		Remedy:    "Free space on the root volume until less than 97% of it is used.",
		Revisions: []rule.Revision{tables.Should(guide, "Requirements to Create Amazon Linux Custom Images", readGuide, "")},
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
	s.imageBytes = len(imageBytes.On(e)) > 0
}

// ImageTests returns the tests of the Image Checker in the edition, in the order of the
// guide; none before the guide of April 2020. The result is the caller's.
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
// CheckImageOrigin looks at, in the order of the guide; none before that of April 2020. The
// result is the caller's.
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
	ProfileBytes     *int64 // of the user profile, with Windows 7
	RootUsedPercents *int   // of the root volume, with Linux
}

// Bytes. The guide of April 2020 counts in GB, which can be read either way.
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
	system := o.Workspace.OperatingSystem
	windows7 := system == types.OperatingSystemNameWindows7
	switch free := o.FreeBytes; {
	case free == nil:
		a.NotGiven("FreeBytes", "the free space on drive C is not known")
	case !s.imageBytes:
		s.atLeast(a, *free, 12)
	case slices.Contains(windows10Desktops, system):
		s.atLeast(a, *free, 2)
	case *free > 12*gib:
	case windows7:
		s.rules.Break(a, ImageFreeSpace, "FreeBytes", "%d bytes are not more than %d", *free, 12*gib)
	default:
		a.NotDocumented("FreeBytes", fmt.Sprintf("no document says whether %d bytes will do with %s", *free, quoted(system)))
	}
	if !windows7 {
		return
	}
	const most = 10
	switch size := o.ProfileBytes; {
	case size == nil:
		a.NotGiven("ProfileBytes", "the size of the user profile is not known")
	case *size >= most*gib:
		s.rules.Break(a, ImageProfileSize, "ProfileBytes", "%d bytes are not less than %d", *size, most*gib)
	case *size >= most*gb && !s.imageBytes:
		a.NotDocumented("ProfileBytes", fmt.Sprintf("%d bytes are less than %d GB only if these are GiB", *size, most))
	}
}

// atLeast judges the free space by a number that the guide gives in GB.
func (s *snapshot) atLeast(a *rule.Answer, bytes, least int64) {
	switch {
	case bytes < least*gb:
		s.rules.Break(a, ImageFreeSpace, "FreeBytes", "%d bytes are less than %d GB", bytes, least)
	case bytes < least*gib:
		a.NotDocumented("FreeBytes", fmt.Sprintf("%d bytes are %d GB only if these are not GiB", bytes, least))
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
