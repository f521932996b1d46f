package bundles

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An ImageTest is a test of the Image Checker, which runs on a Windows WorkSpace before an
// image is made of it.
type ImageTest struct {
	Number int    // in the order of the guide
	Title  string // what must hold
	// Codes are those that DescribeWorkspaceImages may give for it. No document pairs them
	// with the tests: they are paired by their names.
	Codes    []types.WorkspaceImageErrorDetailCode
	Windows7 bool // with Windows 7 alone
	Cite     rule.Citation
}

// An imageTestRow is a test without its citation, which stands in Dated.
type imageTestRow struct {
	ImageTest
	tables.Dated
}

// imageTest is a row from the guide of April 2020 on. until and fromLast make the row that ends
// with the newest reading, and the row that starts with it.
func imageTest(n int, title string, codes ...types.WorkspaceImageErrorDetailCode) imageTestRow {
	return imageTestRow{ImageTest{Number: n, Title: title, Codes: codes}, tables.Since(guide, "Tips for Resolving Issues Detected by the Image Checker", readGuide, "")}
}

func until(row imageTestRow) imageTestRow {
	row.Span = tables.During(readGuide, lastReading)
	return row
}

func fromLast(row imageTestRow, windows7 bool) imageTestRow {
	row.Dated, row.Windows7 = tables.Since(imagePage, "Tips for resolving issues detected by the Image Checker", lastReading, ""), windows7
	return row
}

// testRules are the rules that look at what a test looks at, by its number.
var testRules = map[int][]rule.Code{5: {ImageProfileSize}, 6: {ImageFreeSpace}}

// imageTests, in the order of the guide.
var imageTests = tables.Table[imageTestRow]{
	Name: "image test",
	Key:  func(r imageTestRow) string { return strconv.Itoa(r.Number) },
	Lists: func(r imageTestRow) []rule.Parameter {
		value := r.Title
		if r.Windows7 {
			value += " (Windows 7 alone)"
		}
		return parameter(fmt.Sprint("Image Checker, test ", r.Number), value, testRules[r.Number]...)
	},
	Rows: []imageTestRow{
		imageTest(1, "PowerShell 3 or later, with the execution policy RemoteSigned or Unrestricted", types.WorkspaceImageErrorDetailCodeOutdatedPowershellVersion),
		imageTest(2, "no drives but C and D", types.WorkspaceImageErrorDetailCodeAdditionalDrivesPresent, types.WorkspaceImageErrorDetailCodeAdditionalDrivesAttached, types.WorkspaceImageErrorDetailCodeRestrictedDriveLetter),
		imageTest(3, "no reboot is pending", types.WorkspaceImageErrorDetailCodePendingReboot, types.WorkspaceImageErrorDetailCodeWindowsUpdatesRequired),
		imageTest(4, "the answer file of Sysprep is there and not empty", types.WorkspaceImageErrorDetailCodeSysprepFileMissing),
		until(imageTest(5, "the user profile is smaller than 10 GB")),
		fromLast(imageTest(5, "the user profile is smaller than 10,737,418,240 bytes"), true),
		until(imageTest(6, "drive C has at least 12 GB free", types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, types.WorkspaceImageErrorDetailCodeDiskFreeSpace)),
		fromLast(imageTest(6, "drive C has more than 12,884,901,888 bytes free; with Windows 10 a failure can be ignored above 2 GB", types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, types.WorkspaceImageErrorDetailCodeDiskFreeSpace), false),
		imageTest(7, "no service runs under a domain account", types.WorkspaceImageErrorDetailCodeDomainAccountServicesFound),
		until(imageTest(8, "the installer of Amazon WAM is there")),
		imageTest(9, "every network adapter uses DHCP", types.WorkspaceImageErrorDetailCodeInvalidIp, types.WorkspaceImageErrorDetailCodeDhcpDisabled),
		imageTest(10, "Remote Desktop Services is enabled", types.WorkspaceImageErrorDetailCodeRemoteDesktopServicesDisabled),
		imageTest(11, `the user profile is at D:\Users\<name>`, types.WorkspaceImageErrorDetailCodeUserProfileMissing),
		imageTest(12, "the PATH names System32 and PowerShell", types.WorkspaceImageErrorDetailCodeEnvironmentVariablesPathMissingEntries),
		imageTest(13, "Windows Modules Installer is enabled", types.WorkspaceImageErrorDetailCodeWindowsModulesInstallerDisabled),
		imageTest(14, "the SSM Agent is disabled", types.WorkspaceImageErrorDetailCodeAmazonSsmAgentEnabled),
		until(imageTest(15, "SSL 3 and TLS 1.2 are enabled", types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol)),
		fromLast(imageTest(15, "TLS 1.2 is enabled", types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol), false),
		imageTest(16, "there is one user profile", types.WorkspaceImageErrorDetailCodeMultipleUserProfiles),
		imageTest(17, "no AppX package is staged", types.WorkspaceImageErrorDetailCodeStagedAppxPackage),
		imageTest(18, "Windows was not upgraded from an earlier version", types.WorkspaceImageErrorDetailCodeUnsupportedOsUpgrade, types.WorkspaceImageErrorDetailCodeInPlaceUpgrade),
		imageTest(19, "the rearm count is not 0", types.WorkspaceImageErrorDetailCodeInsufficientRearmCount, types.WorkspaceImageErrorDetailCodeZeroRearmCount),
	},
}

// imageBytes is when the guide counts in bytes what an image needs, and says which sizes are for
// which system.
var imageBytes = tables.Table[tables.Dated]{
	Name: "sizes for an image in bytes",
	Rows: []tables.Dated{tables.Since(imagePage, "Tips for resolving issues detected by the Image Checker", lastReading, "")},
}

// An ImageRequirement is what a WorkSpace must have, or be like, for an image of it to work.
type ImageRequirement struct {
	System types.OperatingSystemType // WINDOWS or LINUX
	What   string
	Cite   rule.Citation
}

// An imageRequirementRow is a requirement without its citation, which stands in Dated.
type imageRequirementRow struct {
	ImageRequirement
	tables.Dated
}

func requires(system types.OperatingSystemType, section string, what ...string) (rows []imageRequirementRow) {
	for _, w := range what {
		rows = append(rows, imageRequirementRow{ImageRequirement{System: system, What: w}, tables.Since(guide, section, readGuide, "")})
	}
	return rows
}

// imageRequirements, in the order of the guide. CheckImageOrigin judges encryption and sizes.
var imageRequirements = tables.Table[imageRequirementRow]{
	Name: "image requirement",
	Key:  func(r imageRequirementRow) string { return string(r.System) + ": " + r.What },
	Lists: func(r imageRequirementRow) []rule.Parameter {
		return parameter("image of "+string(r.System)+" requires", r.What)
	},
	Rows: slices.Concat(
		requires(types.OperatingSystemTypeWindows, "Requirements to Create Windows Custom Images",
			"applications and user profiles are compatible with Sysprep",
			"applications are on drive C",
			`the user profile is at D:\Users\<name>`,
			"services of applications run under a local system account",
			"PowerShell 3.0 or later",
			"Remote Desktop Services",
			"AWS PV drivers",
			"Windows Remote Management",
			"agents and drivers of the streaming protocol",
			"STXHD agents and drivers",
			"certificates of AWS and WorkSpaces",
			"Skylight agent"),
		requires(types.OperatingSystemTypeLinux, "Requirements to Create Amazon Linux Custom Images",
			"applications are outside of /home",
			"cloud-init",
			"agents and drivers of the streaming protocol",
			"Skylight agent"),
	),
}
