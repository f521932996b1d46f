package byol

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A checkerRow is a version of BYOLChecker.ps1 with the figures that it compares. From
// 2025-10-21 on the guide offers another tool; no list of its tests is published.
type checkerRow struct {
	tables.Dated
	version     string
	maxDiskGB   float64 // a larger disk fails, or a larger drive C:
	minFreeGB   float64 // less fails
	officeGB    float64 // less is a warning, or fails for an image with Office; 0 is no such test
	versions    []string
	major       [2]int // in place of versions: the least and the greatest
	gptWithUEFI bool   // GPT goes with UEFI and MBR without; else GPT fails
	errorCodes  bool   // the tests return error codes
	exempts     bool   // the script has lists of tests that it does not run: of Windows 7, and of automated runs
	wholeDisk   bool   // the size is that of disk 0; else that of drive C:
}

var checkers = tables.Table[checkerRow]{
	Name:  "BYOL Checker",
	Lists: checkerRow.parameters,
	Rows: []checkerRow{
		{Dated: tables.Since(checker206, "BYOLChecker.ps1", seen206, seen211), version: "2.0.6", maxDiskGB: 80, minFreeGB: 10, major: [2]int{6, 10}},
		{Dated: tables.Since(checker211, "BYOLChecker.ps1", seen211, seen21325), version: "2.1.1", maxDiskGB: 70, minFreeGB: 10, exempts: true,
			versions: []string{"6.1.7601", "10.0.10586", "10.0.14393", "10.0.15063", "10.0.16299", "10.0.17134", "10.0.17763", "10.0.18362"}},
		{Dated: tables.Since(checker21325, "BYOLChecker.ps1", seen21325, ""), version: "2.13.25", maxDiskGB: 80, minFreeGB: 10, officeGB: 20,
			versions: []string{"10.0.10586", "10.0.14393", "10.0.15063", "10.0.16299", "10.0.17134", "10.0.17763", "10.0.18362", "10.0.18363",
				"10.0.19041", "10.0.19042", "10.0.19043", "10.0.19044", "10.0.19045", "10.0.22000", "10.0.22621", "10.0.22631"},
			gptWithUEFI: true, errorCodes: true, exempts: true, wholeDisk: true},
	},
}

func (c checkerRow) parameters() (list []rule.Parameter) {
	add := func(name, format string, args ...any) {
		list = append(list, rule.Parameter{Name: "checker " + name, Value: fmt.Sprintf(format, args...)})
	}
	add("version", "%s", c.version)
	if c.wholeDisk {
		add("disk", "at most %g GB of disk 0", c.maxDiskGB)
	} else {
		add("disk", "at most %g GB of drive C", c.maxDiskGB)
	}
	if add("free space", "at least %g GB", c.minFreeGB); c.officeGB > 0 {
		add("free space for Office", "at least %g GB", c.officeGB)
	}
	if c.major[1] > 0 {
		add("versions of Windows", "%d to %d", c.major[0], c.major[1])
	} else {
		add("versions of Windows", "%s", strings.Join(c.versions, " "))
	}
	if c.gptWithUEFI {
		add("partitions", "GPT with UEFI, MBR without")
	} else {
		add("partitions", "no GPT")
	}
	return list
}

// A checkerTest is one function Test-BYOL_… of the script.
type checkerTest struct {
	name      string
	code      rule.Code
	errorCode types.WorkspaceImageErrorDetailCode
	run       checkerFunc

	since21325 bool // not in the older versions
	windows7   exemption
	newer      exemption // of Windows 10 and later
	automation exemption // of runs without a window
	fixable    bool      // by the button for warnings
}

// exempts reports whether the checker does not run the test on a system. 2.0.6 runs every test.
func (t *checkerTest) exempts(c *checkerRow, o CheckerOptions, m *Machine) bool {
	if !c.exempts {
		return false
	}
	if m.Version != nil && strings.HasPrefix(*m.Version, "6.") {
		return bool(t.windows7) || bool(t.automation) && o.Automated || t.name == "FreeDiskSpace" && c.errorCodes
	}
	return bool(t.newer) || bool(t.automation) && o.Automated
}

type exemption bool

const exempt exemption = true

// checkerTests are the 27 tests in the order of the script.
var checkerTests = []checkerTest{
	{name: "PowershellVersion", code: OutdatedPowershellVersion, errorCode: types.WorkspaceImageErrorDetailCodeOutdatedPowershellVersion, run: testPowerShell},
	{name: "OfficeInstalled", code: OfficeInstalled, errorCode: types.WorkspaceImageErrorDetailCodeOfficeInstalled, run: testOffice, since21325: true, windows7: exempt},
	{name: "PCoIP_Check", code: PCoIPAgentInstalled, errorCode: types.WorkspaceImageErrorDetailCodePcoipAgentInstalled, run: testPCoIP, fixable: true},
	{name: "Disable_Updates", code: WindowsUpdatesEnabled, errorCode: types.WorkspaceImageErrorDetailCodeWindowsUpdatesEnabled, run: testUpdates, fixable: true},
	{name: "AutoMount", code: AutoMountDisabled, errorCode: types.WorkspaceImageErrorDetailCodeAutoMountDisabled, run: factTest("AutoMount", func(m *Machine) *bool { return m.AutoMount }, true, Warning), fixable: true},
	{name: "Workspaces_BYOLAccountExist", code: WorkspacesBYOLAccountNotFound, errorCode: types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountNotFound, run: factTest("BYOLAccount", func(m *Machine) *bool { return m.BYOLAccount }, true, Warning), fixable: true},
	{name: "Workspaces_BYOLAccountDisabled", code: WorkspacesBYOLAccountDisabled, errorCode: types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountDisabled, run: testAccountDisabled, fixable: true},
	{name: "DHCPEnabledInterface", code: DHCPDisabled, errorCode: types.WorkspaceImageErrorDetailCodeDhcpDisabled, run: factTest("DHCP", func(m *Machine) *bool { return m.DHCP }, true, Failed)},
	{name: "FreeDiskSpaceW7", code: DiskFreeSpace, errorCode: types.WorkspaceImageErrorDetailCodeDiskFreeSpace, run: testFreeSpace7, since21325: true, newer: exempt},
	{name: "FreeDiskSpace", code: DiskFreeSpace, errorCode: types.WorkspaceImageErrorDetailCodeDiskFreeSpace, run: testFreeSpace},
	{name: "LocalDrives", code: AdditionalDrivesAttached, errorCode: types.WorkspaceImageErrorDetailCodeAdditionalDrivesAttached, run: testDrives},
	{name: "OSRequirements", code: OSNotSupported, errorCode: types.WorkspaceImageErrorDetailCodeOsNotSupported, run: testOS},
	{name: "DomainJoined", code: DomainJoined, errorCode: types.WorkspaceImageErrorDetailCodeDomainJoined, run: factTest("DomainJoined", func(m *Machine) *bool { return m.DomainJoined }, false, Failed)},
	{name: "AzureDomainJoined", code: AzureDomainJoined, errorCode: types.WorkspaceImageErrorDetailCodeAzureDomainJoined, run: factTest("AzureDomainJoined", func(m *Machine) *bool { return m.AzureDomainJoined }, false, Failed), windows7: exempt},
	{name: "Firewall", code: FirewallEnabled, errorCode: types.WorkspaceImageErrorDetailCodeFirewallEnabled, run: factTest("PublicFirewall", func(m *Machine) *bool { return m.PublicFirewall }, false, Warning), fixable: true},
	{name: "VMWareTools", code: VMWareToolsInstalled, errorCode: types.WorkspaceImageErrorDetailCodeVmwareToolsInstalled, run: factTest("VMwareTools", func(m *Machine) *bool { return m.VMwareTools }, false, Failed)},
	{name: "DriveLessThan80GB", code: DiskSizeExceeded, errorCode: types.WorkspaceImageErrorDetailCodeDiskSizeExceeded, run: testDiskSize, automation: exempt},
	{name: "GPTPartitions", code: IncompatiblePartitioning, errorCode: types.WorkspaceImageErrorDetailCodeIncompatiblePartitioning, run: testPartitions},
	{name: "PendingReboots", code: PendingReboot, errorCode: types.WorkspaceImageErrorDetailCodePendingReboot, run: factTest("PendingReboot", func(m *Machine) *bool { return m.PendingReboot }, false, Failed)},
	{name: "AutoLogon", code: AutoLogonEnabled, errorCode: types.WorkspaceImageErrorDetailCodeAutoLogonEnabled, run: factTest("AutoLogon", func(m *Machine) *bool { return m.AutoLogon }, false, Warning), fixable: true},
	{name: "RealTimeUniversal", code: RealTimeUniversalDisabled, errorCode: types.WorkspaceImageErrorDetailCodeRealtimeUniversalDisabled, run: factTest("RealTimeIsUniversal", func(m *Machine) *bool { return m.RealTimeIsUniversal }, true, Warning), fixable: true},
	{name: "MultipleBootPartition", code: MultipleBootPartition, errorCode: types.WorkspaceImageErrorDetailCodeMultipleBootPartition, run: testBootPartitions},
	{name: "64BitOS", code: Requires64BitOS, errorCode: types.WorkspaceImageErrorDetailCodeSixtyFourBitOs, run: testArchitecture},
	{name: "RearmCount", code: ZeroRearmCount, errorCode: types.WorkspaceImageErrorDetailCodeZeroRearmCount, run: testRearm},
	{name: "InPlaceUpgrade", code: InPlaceUpgrade, errorCode: types.WorkspaceImageErrorDetailCodeInPlaceUpgrade, run: factTest("UpgradedInPlace", func(m *Machine) *bool { return m.UpgradedInPlace }, false, Failed)},
	{name: "AVnotInstalled", code: AntiVirusInstalled, errorCode: types.WorkspaceImageErrorDetailCodeAntiVirusInstalled, run: testAntiVirus},
	{name: "BootMode_UEFI", code: UEFINotSupported, errorCode: types.WorkspaceImageErrorDetailCodeUefiNotSupported, run: testUEFI, since21325: true},
}
