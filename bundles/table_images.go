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

// imageTest is a row of the Image Checker's first tests.
func imageTest(n int, title string, codes ...types.WorkspaceImageErrorDetailCode) imageTestRow {
	return imageTestRow{ImageTest{Number: n, Title: title, Codes: codes}, tables.Since(imagePage, "Tips for Resolving Issues Detected by the Image Checker", "2020-03-31", "")}
}

// until ends a row of the first tests.
func until(end string, row imageTestRow) imageTestRow {
	row.Span = tables.During("2020-03-31", end)
	return row
}

// laterTest is a row that takes the place of another.
func laterTest(since, until string, windows7 bool, row imageTestRow) imageTestRow {
	row.Dated, row.Windows7 = tables.Since(imagePage, "Tips for resolving issues detected by the Image Checker", since, until), windows7
	return row
}

// aPlaceUp is a test that followed that of Amazon WAM, which the guide lacks since read2025: at the
// place n until then, and at the one before since.
func aPlaceUp(n int, title string, codes ...types.WorkspaceImageErrorDetailCode) []imageTestRow {
	return []imageTestRow{until(read2025, imageTest(n, title, codes...)), laterTest(read2025, "", false, imageTest(n-1, title, codes...))}
}

// testRules are the rules that look at what a test looks at, by its number.
var testRules = map[int][]rule.Code{5: {ImageProfileSize}, 6: {ImageFreeSpace}}

// imageTests, in the order of the guide. The copies of 2025 lack the titles of the tests: they write of
// SSL/TLS, and the title of 2026 no longer names SSL 3.
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
	Rows: slices.Concat(
		[]imageTestRow{
			imageTest(1, "PowerShell 3 or later, with the execution policy RemoteSigned or Unrestricted", types.WorkspaceImageErrorDetailCodeOutdatedPowershellVersion),
			imageTest(2, "no drives but C and D", types.WorkspaceImageErrorDetailCodeAdditionalDrivesPresent, types.WorkspaceImageErrorDetailCodeAdditionalDrivesAttached, types.WorkspaceImageErrorDetailCodeRestrictedDriveLetter),
			imageTest(3, "no reboot is pending", types.WorkspaceImageErrorDetailCodePendingReboot, types.WorkspaceImageErrorDetailCodeWindowsUpdatesRequired),
			imageTest(4, "the answer file of Sysprep is there and not empty", types.WorkspaceImageErrorDetailCodeSysprepFileMissing),
			until("2020-09-03", imageTest(5, "the user profile is smaller than 10 GB")),
			{ImageTest{Number: 5, Title: "the user profile is smaller than 10 GB, which is not tested with Windows 10"},
				tables.Since(imagePage, "Step 1: Run the Image Checker", "2020-09-03", "2022-09-02")},
			laterTest("2022-09-02", "", true, imageTest(5, "the user profile is smaller than 10 GB")),
			until("2022-09-02", imageTest(6, "drive C has at least 12 GB free", types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, types.WorkspaceImageErrorDetailCodeDiskFreeSpace)),
			laterTest("2022-09-02", "", false, imageTest(6, "drive C has at least 12 GB free with Windows 7; with Windows 10 a failure can be ignored above 2 GB", types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, types.WorkspaceImageErrorDetailCodeDiskFreeSpace)),
			imageTest(7, "no service runs under a domain account", types.WorkspaceImageErrorDetailCodeDomainAccountServicesFound),
			until(read2025, imageTest(8, "the installer of Amazon WAM is there")),
		},
		aPlaceUp(9, "every network adapter uses DHCP", types.WorkspaceImageErrorDetailCodeInvalidIp, types.WorkspaceImageErrorDetailCodeDhcpDisabled),
		aPlaceUp(10, "Remote Desktop Services is enabled", types.WorkspaceImageErrorDetailCodeRemoteDesktopServicesDisabled),
		aPlaceUp(11, `the user profile is at D:\Users\<name>`, types.WorkspaceImageErrorDetailCodeUserProfileMissing),
		aPlaceUp(12, "the PATH names System32 and PowerShell", types.WorkspaceImageErrorDetailCodeEnvironmentVariablesPathMissingEntries),
		aPlaceUp(13, "Windows Modules Installer is enabled", types.WorkspaceImageErrorDetailCodeWindowsModulesInstallerDisabled),
		aPlaceUp(14, "the SSM Agent is disabled", types.WorkspaceImageErrorDetailCodeAmazonSsmAgentEnabled),
		[]imageTestRow{
			until(read2025, imageTest(15, "SSL 3 and TLS 1.2 are enabled", types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol)),
			laterTest(read2025, "", false, imageTest(14, "SSL and TLS 1.2 are enabled", types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol)),
		},
		aPlaceUp(16, "there is one user profile", types.WorkspaceImageErrorDetailCodeMultipleUserProfiles),
		aPlaceUp(17, "no AppX package is staged", types.WorkspaceImageErrorDetailCodeStagedAppxPackage),
		aPlaceUp(18, "Windows was not upgraded from an earlier version", types.WorkspaceImageErrorDetailCodeUnsupportedOsUpgrade, types.WorkspaceImageErrorDetailCodeInPlaceUpgrade),
		aPlaceUp(19, "the rearm count is not 0", types.WorkspaceImageErrorDetailCodeInsufficientRearmCount, types.WorkspaceImageErrorDetailCodeZeroRearmCount),
	),
}

// A spaceNeed is what an image of a Windows WorkSpace needs of free space on drive C.
type spaceNeed uint8

const (
	profileAnd2GB spaceNeed = iota + 1 // the size of the user profile and 2 GB
	all12GB                            // 12 GB
	windows7GB                         // 12 GB with Windows 7, 2 GB with Windows 10
	windows7Bytes                      // more than 12 GiB by a note, but for what a tip says of Windows 7 and 10
)

// An imageSizeRow is what an image of a Windows WorkSpace needs of sizes.
type imageSizeRow struct {
	space       spaceNeed
	allProfiles bool // a user profile must be under 10 GB with every Windows, and not with Windows 7 alone
	tables.Dated
}

// imageSizes. The note of 2025 counts in bytes and speaks of every Windows, where the bullets below
// it speak of Windows 7.
var imageSizes = tables.Table[imageSizeRow]{
	Name: "sizes for an image",
	Rows: []imageSizeRow{
		{profileAnd2GB, true, tables.Since(imagePage, "Requirements", "2018-02-03", "2020-03-31")},
		{all12GB, false, tables.Since(imagePage, "Requirements to Create Windows Custom Images", "2020-03-31", "2020-05-07")},
		{all12GB, true, tables.Since(imagePage, "Requirements to Create Windows Custom Images", "2020-05-07", "2022-09-02")},
		{windows7GB, false, tables.Since(imagePage, "Requirements to create Windows custom images", "2022-09-02", read2025)},
		{windows7Bytes, true, tables.Since(imagePage, "Requirements to create Windows custom images", read2025, "")},
	},
}

// imageTips is where the guide asks for space and a small profile with Windows 7 alone, and says that
// with Windows 10 a failure for too little space can be ignored above 2 GB.
var imageTips = tables.Cite(imagePage, "Tips for resolving issues detected by the Image Checker", "2022-09-02")

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

func requires(system types.OperatingSystemType, section, since, until string, what ...string) (rows []imageRequirementRow) {
	for _, w := range what {
		rows = append(rows, imageRequirementRow{ImageRequirement{System: system, What: w}, tables.Since(imagePage, section, since, until)})
	}
	return rows
}

// Headings of the requirements, by version.
const (
	windowsFirst = "Requirements" // of Windows, 2018
	windows2018  = "Requirements to create Windows custom images"
	windows2020  = "Requirements to Create Windows Custom Images"
	linux2018    = "Requirements to create Amazon Linux custom images"
	linux2025    = "Requirements to create Linux custom images"
)

// imageRequirements, in the order of the guide. CheckImageOrigin judges encryption and sizes. From
// 2022-09-02 on the guide does not say where the user profile is.
var imageRequirements = tables.Table[imageRequirementRow]{
	Name: "image requirement",
	Key:  func(r imageRequirementRow) string { return string(r.System) + ": " + r.What },
	Lists: func(r imageRequirementRow) []rule.Parameter {
		return parameter("image of "+string(r.System)+" requires", r.What)
	},
	Rows: slices.Concat(
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "2019-09-24", "applications are compatible with Sysprep"),
		requires(types.OperatingSystemTypeWindows, windows2018, "2019-09-24", "", "applications and user profiles are compatible with Sysprep"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "2019-09-24", `applications are on drive C or in the user profile at D:\Users\<name>`),
		requires(types.OperatingSystemTypeWindows, windows2018, "2019-09-24", "", "applications are on drive C"),
		requires(types.OperatingSystemTypeWindows, windows2018, "2019-01-08", "2019-09-24",
			`the user profile is at C:\Users\Default with Windows 10 of the customer's licence`),
		requires(types.OperatingSystemTypeWindows, windows2018, "2019-09-24", "2020-03-31",
			`a customized user profile is at D:\Users\<name> with Windows 7 of the customer's licence and Windows Server 2008 R2`,
			`a customized user profile is at C:\Users\Default with Windows 10 of the customer's licence and Windows Server 2016`),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "2020-03-31", "there is a user profile"),
		requires(types.OperatingSystemTypeWindows, windows2020, "2020-03-31", "2022-09-02", `the user profile is at D:\Users\<name>`),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "", "services of applications run under a local system account"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "2020-03-31", "PowerShell"),
		requires(types.OperatingSystemTypeWindows, windows2020, "2020-03-31", "", "PowerShell 3.0 or later"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "", "Remote Desktop Services", "AWS PV drivers"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "2020-02-06",
			"EC2Config, or EC2Launch with Windows Server 2016", "Windows Remote Management with EC2Launch 1.2.0 or earlier"),
		requires(types.OperatingSystemTypeWindows, windows2018, "2020-02-06", "", "Windows Remote Management"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", "",
			"PCoIP agents and drivers",
			"STXHD agents and drivers",
			"certificates of AWS and WorkSpaces"),
		requires(types.OperatingSystemTypeWindows, windowsFirst, "2018-02-03", readMove25, "Skylight agent"),
		requires(types.OperatingSystemTypeWindows, windows2018, readMove25, "", "AmazonWorkSpaces agent"),
		requires(types.OperatingSystemTypeLinux, linux2018, "2018-06-29", "",
			"applications are outside of /home",
			"cloud-init"),
		requires(types.OperatingSystemTypeLinux, linux2018, "2018-06-29", read2025, "PCoIP agents and drivers"),
		requires(types.OperatingSystemTypeLinux, linux2025, read2025, "", "PCoIP or DCV agents and drivers"),
		requires(types.OperatingSystemTypeLinux, linux2018, "2018-06-29", readMove25, "Skylight agent"),
		requires(types.OperatingSystemTypeLinux, linux2025, readMove25, "", "AmazonWorkSpaces agent"),
	),
}
