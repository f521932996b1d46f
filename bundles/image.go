package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// ImageTests returns the tests of the Image Checker in the edition, in the order of the
// guide; none before the guide of April 2020. The result is the caller's.
func (r Rules) ImageTests() []ImageTest {
	var list []ImageTest
	for i := range imageTestRows {
		if row := &imageTestRows[i]; row.span.Contains(r.edition) {
			t := row.ImageTest
			t.Codes = slices.Clone(t.Codes)
			list = append(list, t)
		}
	}
	return list
}

// ImageRequirements returns what an image of a system of the type needs beside what
// CheckImageSource looks at, in the order of the guide; none before that of April 2020. The
// result is the caller's.
func (r Rules) ImageRequirements(system types.OperatingSystemType) []ImageRequirement {
	var list []ImageRequirement
	for i := range imageRequirementRows {
		if row := &imageRequirementRows[i]; row.System == system && row.span.Contains(r.edition) {
			list = append(list, row.ImageRequirement)
		}
	}
	return list
}

// An ImageSource is a WorkSpace of which an image is to be made. A nil field is not known.
type ImageSource struct {
	Workspace        Workspace
	Encrypted        *bool  // either volume
	FreeBytes        *int64 // on drive C, with Windows
	ProfileBytes     *int64 // of the user profile, with Windows 7
	RootUsedPercents *int   // of the root volume, with Linux
}

// Bytes between which the guide of April 2020, which counts in GB, can be read either way.
const (
	gb  = 1_000_000_000
	gib = 1 << 30
)

// CheckImageSource tells whether CreateWorkspaceImage can make an image of a WorkSpace, as
// far as sizes, encryption and state decide; ImageRequirements has what an image needs
// besides, and ImageTests what the Image Checker looks at. Violations stand at the paths of CheckOperation, then at
// RootVolumeEncryptionEnabled, FreeBytes, ProfileBytes and RootUsedPercents. The answer is
// open for what is not known, the operating system first, and for sizes between a number of
// GB and the same number of GiB where the guide does not count in bytes.
func (r Rules) CheckImageSource(s ImageSource) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.operation(&a, CreateImage, &s.Workspace)
	switch {
	case s.Encrypted == nil:
		a.lacks("RootVolumeEncryptionEnabled", "it is not known whether a volume is encrypted")
	case *s.Encrypted:
		r.broken(&a, ImageOfEncrypted, "RootVolumeEncryptionEnabled", "no image can be made of an encrypted WorkSpace")
	}
	switch system := s.Workspace.OperatingSystem; {
	case system == "" || system == types.OperatingSystemNameUnknown:
		a.lacks("OperatingSystemName", "the operating system is not known")
	case isWindows(system):
		r.windowsImage(&a, &s)
	default:
		r.linuxImage(&a, &s)
	}
	return a.concluded(), nil
}

// windows10Desktops are the operating systems that the guide calls Windows 10, and with which
// a failure for too little space can be ignored above 2 GB.
var windows10Desktops = []types.OperatingSystemName{
	types.OperatingSystemNameWindows10, types.OperatingSystemNameWindowsServer2016,
	types.OperatingSystemNameWindowsServer2019, types.OperatingSystemNameWindowsServer2022,
}

func (r Rules) windowsImage(a *Answer, s *ImageSource) {
	windows7 := s.Workspace.OperatingSystem == types.OperatingSystemNameWindows7
	test := r.imageTest(6)
	newest := test != nil && test.Cite.Document == imagePage
	switch free := s.FreeBytes; {
	case free == nil:
		a.lacks("FreeBytes", "the free space on drive C is not known")
	case newest && windows7:
		if *free <= 12*gib {
			r.broken(a, ImageFreeSpace, "FreeBytes", fmt.Sprintf("%d bytes are not more than %d", *free, 12*gib))
		}
	case newest && !slices.Contains(windows10Desktops, s.Workspace.OperatingSystem):
		if *free <= 12*gib {
			a.undocumented("FreeBytes", fmt.Sprintf("no document says whether %d bytes will do with %s", *free, s.Workspace.OperatingSystem))
		}
	case newest:
		r.atLeast(a, ImageFreeSpace, "FreeBytes", *free, 2)
	default:
		r.atLeast(a, ImageFreeSpace, "FreeBytes", *free, 12)
	}
	if !windows7 {
		return
	}
	const most = 10
	switch size := s.ProfileBytes; {
	case size == nil:
		a.lacks("ProfileBytes", "the size of the user profile is not known")
	case *size >= most*gib:
		r.broken(a, ImageProfileSize, "ProfileBytes", fmt.Sprintf("%d bytes are not less than %d", *size, most*gib))
	case *size >= most*gb && !newest:
		a.undocumented("ProfileBytes", fmt.Sprintf("%d bytes are less than %d GB only if these are GiB", *size, most))
	}
}

// atLeast judges a size that the guide gives in GB.
func (r Rules) atLeast(a *Answer, c rule.Code, at rule.Path, bytes, least int64) {
	switch {
	case bytes < least*gb:
		r.broken(a, c, at, fmt.Sprintf("%d bytes are less than %d GB", bytes, least))
	case bytes < least*gib:
		a.undocumented(at, fmt.Sprintf("%d bytes are %d GB only if these are not GiB", bytes, least))
	}
}

func (r Rules) linuxImage(a *Answer, s *ImageSource) {
	const full = 97
	switch used := s.RootUsedPercents; {
	case used == nil:
		a.lacks("RootUsedPercents", "the use of the root volume is not known")
	case *used >= full:
		r.broken(a, ImageRootFull, "RootUsedPercents", fmt.Sprintf("%d%% of the root volume are used, and it should be less than %d%%", *used, full))
	}
}

// imageTest returns the edition's row of a test, nil if it has none.
func (r Rules) imageTest(n int) *imageTestRow {
	for i := range imageTestRows {
		if row := &imageTestRows[i]; row.Number == n && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}
