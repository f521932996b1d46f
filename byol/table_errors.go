package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Code of the rule about errors of images that no check finds.
const (
	ImageRejected rule.Code = "byol.image-rejected"
)

var imageErrorRules = []requirement{
	{ImageRejected, "The image has an error for which there is no check before the import.", "Remove the cause that describe-workspace-images tells in the ErrorDetails of the image, and import again.",
		[]ask{must(errorAPI, "ErrorCode", "2023-09-08", "", "an image without errors")}},
}

// An errorRow is an error that DescribeWorkspaceImages may give for an image: the rules
// that find it before the import, if any, and what to do. The pairing of the errors of
// CreateWorkspaceImage with the tests of the Image Checker is by name; no document has it.
type errorRow struct {
	tables.Dated
	code   types.WorkspaceImageErrorDetailCode
	rules  []rule.Code
	remedy string
}

func onPage(document, section, read string) tables.Dated {
	return tables.Since(document, section, read, "")
}

// tip is what the guide has told on a test of the Image Checker since 2020, and tells of the errors of
// CreateWorkspaceImage since there are such errors.
func tip(section string) tables.Dated { return tipUntil("", section, "2020-03-31") }

// tipUntil is a tip that a version gave first, and that counts until a day.
func tipUntil(until, section, version string) tables.Dated {
	return tables.Dated{Span: tables.During("2024-11-19", until), Cite: tables.Cite(imagePage, section, version)}
}

func imageError(code types.WorkspaceImageErrorDetailCode, said tables.Dated, remedy string, rules ...rule.Code) errorRow {
	return errorRow{said, code, rules, remedy}
}

// imageErrors are all values of the SDK, in its order: those of the import of a BYOL image,
// of Sysprep, of CreateWorkspaceImage, and the newest.
var imageErrors = tables.Table[errorRow]{
	Name: "errors of images",
	Key:  func(e errorRow) string { return string(e.code) },
	Rows: []errorRow{
		imageError(types.WorkspaceImageErrorDetailCodeOutdatedPowershellVersion, onPage(errorAPI, "ErrorCode", "2023-09-08"), "install PowerShell 4 or later", OutdatedPowershellVersion),
		imageError(types.WorkspaceImageErrorDetailCodeOfficeInstalled, tables.Since(errorsPage, errorsSection, autumn2025, august2026), "uninstall Microsoft Office", OfficeInstalled, OfficeBesideSubscription),
		imageError(types.WorkspaceImageErrorDetailCodeOfficeInstalled, onPage(errorsPage, officeHeading, august2026), "uninstall Microsoft Office, unless it is that of Microsoft 365", OfficeInstalled, OfficeBesideSubscription),
		imageError(types.WorkspaceImageErrorDetailCodePcoipAgentInstalled, onPage(errorsPage, errorsSection, autumn2025), "uninstall the PCoIP agent", PCoIPAgentInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsUpdatesEnabled, onPage(errorsPage, errorsSection, autumn2025), "set the service Windows Update to Disabled, stop it, and restart", WindowsUpdatesEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeAutoMountDisabled, onPage(errorsPage, errorsSection, autumn2025), "run automount enable in diskpart", AutoMountDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountNotFound, onPage(errorAPI, "ErrorCode", "2023-09-08"), "create the local account WorkSpaces_BYOL and make it an administrator", WorkspacesBYOLAccountNotFound),
		imageError(types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountDisabled, onPage(errorsPage, errorsSection, autumn2025), "enable the local account WorkSpaces_BYOL", WorkspacesBYOLAccountDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeDhcpDisabled, onPage(errorsPage, errorsSection, autumn2025), "let every network interface take its address by DHCP", DHCPDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeDiskFreeSpace, tables.Since(errorsPage, errorsSection, autumn2025, august2026), "free 20 GB or more on the local disk", DiskFreeSpace, DiskFreeSpaceForOffice),
		imageError(types.WorkspaceImageErrorDetailCodeDiskFreeSpace, onPage(errorsPage, freeHeading, august2026), "free more than 20 GB on the local disk", DiskFreeSpace, DiskFreeSpaceForOffice),
		imageError(types.WorkspaceImageErrorDetailCodeAdditionalDrivesAttached, onPage(errorsPage, errorsSection, autumn2025), "remove every drive but C:, virtual ones included", AdditionalDrivesAttached),
		imageError(types.WorkspaceImageErrorDetailCodeOsNotSupported, onPage(errorsPage, errorsSection, autumn2025), "use a Windows 10 or Windows 11 of the guide's list", OSNotSupported, WindowsEditionUnsupported, WindowsNUnsupported, NotWorkstation),
		imageError(types.WorkspaceImageErrorDetailCodeDomainJoined, onPage(errorsPage, errorsSection, autumn2025), "leave the Active Directory domain", DomainJoined),
		imageError(types.WorkspaceImageErrorDetailCodeAzureDomainJoined, onPage(errorsPage, errorsSection, autumn2025), "leave Azure Active Directory", AzureDomainJoined),
		imageError(types.WorkspaceImageErrorDetailCodeFirewallEnabled, onPage(errorsPage, errorsSection, autumn2025), "turn the firewall's public profile off", FirewallEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeVmwareToolsInstalled, onPage(errorsPage, errorsSection, autumn2025), "uninstall VMware Tools", VMWareToolsInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeDiskSizeExceeded, onPage(errorsPage, errorsSection, autumn2025), "make the disk smaller than 80 GB", DiskSizeExceeded),
		imageError(types.WorkspaceImageErrorDetailCodeIncompatiblePartitioning, onPage(errorsPage, errorsSection, autumn2025), "use MBR partitions for Windows 10, and GPT partitions for Windows 11", IncompatiblePartitioning, TooManyPartitions),
		imageError(types.WorkspaceImageErrorDetailCodePendingReboot, onPage(errorsPage, errorsSection, autumn2025), "install all updates and restart", PendingReboot),
		imageError(types.WorkspaceImageErrorDetailCodeAutoLogonEnabled, onPage(errorsPage, errorsSection, autumn2025), "turn automatic logon off", AutoLogonEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeRealtimeUniversalDisabled, onPage(errorsPage, errorsSection, autumn2025), "set the registry value RealTimeIsUniversal to 1", RealTimeUniversalDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeMultipleBootPartition, onPage(errorsPage, errorsSection, autumn2025), "leave one bootable partition", MultipleBootPartition),
		imageError(types.WorkspaceImageErrorDetailCodeSixtyFourBitOs, tables.Since(errorsPage, errorsSection, autumn2025, lastReading), "use a 64-bit system", Requires64BitOS),
		imageError(types.WorkspaceImageErrorDetailCodeSixtyFourBitOs, onPage(errorsPage, "BYOL import requires a 64 bit system.", lastReading), "use an x64 system", Requires64BitOS),
		imageError(types.WorkspaceImageErrorDetailCodeZeroRearmCount, onPage(errorAPI, "ErrorCode", "2023-09-08"), "start from a system whose rearm count is not 0", ZeroRearmCount),
		imageError(types.WorkspaceImageErrorDetailCodeInPlaceUpgrade, onPage(errorsPage, errorsSection, autumn2025), "start from a Windows that was installed afresh", InPlaceUpgrade),
		imageError(types.WorkspaceImageErrorDetailCodeAntiVirusInstalled, onPage(errorsPage, errorsSection, autumn2025), "uninstall the antivirus; the Image Compatibility Checker names it", AntiVirusInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeUefiNotSupported, onPage(errorsPage, errorsSection, autumn2025), "boot Windows 10 by a legacy BIOS", UEFINotSupported),
		imageError(types.WorkspaceImageErrorDetailCodeUnknownError, onPage(sysprepPage, sysprepSection, autumn2025), "contact AWS Support"),

		imageError(types.WorkspaceImageErrorDetailCodeAppxPackagesInstalled, onPage(sysprepPage, sysprepSection, autumn2025), "remove the AppX packages with Remove-AppxPackage; the import has tried to", AppXPackagesInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeReservedStorageInUse, onPage(sysprepPage, sysprepSection, autumn2025), "install all updates, then disable reserved storage: DISM.exe /Online /Set-ReservedStorageState /State:Disabled", ReservedStorageInUse),

		imageError(types.WorkspaceImageErrorDetailCodeAdditionalDrivesPresent, tip("Only the C and D drives can be present"), "leave the WorkSpace only the drives C: and D:"),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsUpdatesRequired, tip("No pending reboot due to Windows Updates can be detected"), "install all updates and restart", LatestUpdatesNotInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeSysprepFileMissing, tip("The Sysprep file must exist and can't be blank"), "restore Sysprep's answer file, which must not be empty"),
		imageError(types.WorkspaceImageErrorDetailCodeUserProfileMissing, tip("A user profile must exist"), `restore the user profile in D:\Users`),
		imageError(types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace,
			tipUntil(autumn2025, "Drive C must have enough free space", "2022-09-02"),
			"free 12 GB on C: with Windows 7, and more than 2 GB with Windows 10"),
		imageError(types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, onPage(imagePage, "Requirements to create Windows custom images", autumn2025), "free more than 12 GB on C:"),
		imageError(types.WorkspaceImageErrorDetailCodeEnvironmentVariablesPathMissingEntries, tip("The environment variable path must be properly configured"), "add the folders of System32 and of PowerShell to the machine's PATH"),
		imageError(types.WorkspaceImageErrorDetailCodeDomainAccountServicesFound, tip("No services can be running under a domain account"), "let no service run under an account of the domain"),
		imageError(types.WorkspaceImageErrorDetailCodeInvalidIp, tip("The WorkSpace must be configured to use DHCP"), "let every network adapter take its address by DHCP", DHCPDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeRemoteDesktopServicesDisabled, tip("Remote Desktop Services must be enabled"), "enable Remote Desktop Services"),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsModulesInstallerDisabled, tip("Windows Modules Installer must be enabled"), "enable Windows Modules Installer"),
		imageError(types.WorkspaceImageErrorDetailCodeAmazonSsmAgentEnabled, tip("Amazon SSM Agent must be disabled"), "disable the Amazon SSM Agent"),
		imageError(types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol,
			tipUntil(facts.ReadEnds, "SSL3 and TLS version 1.2 must be enabled", "2020-03-31"), "enable TLS 1.2"),
		imageError(types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol, onPage(imagePage, "SSL and TLS version 1.2 must be enabled", facts.ReadEnds), "enable TLS 1.2"),
		imageError(types.WorkspaceImageErrorDetailCodeMultipleUserProfiles, tip("Only one user profile can exist on the WorkSpace"), "leave one user profile"),
		imageError(types.WorkspaceImageErrorDetailCodeStagedAppxPackage, tip("No AppX packages can be in a staged state"), "remove the AppX packages that are staged", AppXPackagesInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeUnsupportedOsUpgrade, tip("Windows must not have been upgraded from a previous version"), "start from a Windows that was not upgraded from another version", InPlaceUpgrade),
		imageError(types.WorkspaceImageErrorDetailCodeInsufficientRearmCount, tip("The Windows rearm count must not be 0"), "start from a system whose rearm count is not 0", ZeroRearmCount),

		imageError(types.WorkspaceImageErrorDetailCodeIncompatibleProtocol, onPage(errorsPage, errorsSection, autumn2025), "choose an ingestion process whose protocol the system supports: Windows 11 has no PCoIP", ProtocolOSIncompatibility),
		imageError(types.WorkspaceImageErrorDetailCodeIncompatibleMemoryIntegrity, onPage(errorsPage, errorsSection, autumn2025), "disable the UEFI lock of Credential Guard and memory integrity", MemoryIntegrityIncompatibility),
		imageError(types.WorkspaceImageErrorDetailCodeRestrictedDriveLetter, onPage(errorsPage, errorsSection, autumn2025), "keep the letter D: free, also when an instance starts from the image", RestrictedDriveLetterInUse),
	},
}
