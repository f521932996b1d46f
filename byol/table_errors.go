package byol

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Code of the rule about errors of images that no check finds.
const (
	ImageRejected rule.Code = "byol.image-rejected"
)

var imageErrorRules = []requirement{
	{ImageRejected, "The image has an error for which there is no check before the import.", "Do what ExplainImageErrors says of the error, and import again.",
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

func imageError(code types.WorkspaceImageErrorDetailCode, document, remedy string, rules ...rule.Code) errorRow {
	return errorRow{tables.Since(document, string(code), lastReading, ""), code, rules, remedy}
}

// imageErrors are all values of the SDK, in its order: those of the import of a BYOL image,
// of Sysprep, of CreateWorkspaceImage, and the newest.
var imageErrors = tables.Table[errorRow]{
	Name: "errors of images",
	Key:  func(e errorRow) string { return string(e.code) },
	Rows: []errorRow{
		imageError(types.WorkspaceImageErrorDetailCodeOutdatedPowershellVersion, errorAPI, "install PowerShell 4 or later", OutdatedPowershellVersion),
		imageError(types.WorkspaceImageErrorDetailCodeOfficeInstalled, errorsPage, "uninstall Microsoft Office, unless it is that of Microsoft 365", OfficeInstalled, OfficeBesideSubscription),
		imageError(types.WorkspaceImageErrorDetailCodePcoipAgentInstalled, errorsPage, "uninstall the PCoIP agent", PCoIPAgentInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsUpdatesEnabled, errorsPage, "set the service Windows Update to Disabled, stop it, and restart", WindowsUpdatesEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeAutoMountDisabled, errorsPage, "run automount enable in diskpart", AutoMountDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountNotFound, errorAPI, "create the local account WorkSpaces_BYOL and make it an administrator", WorkspacesBYOLAccountNotFound),
		imageError(types.WorkspaceImageErrorDetailCodeWorkspacesByolAccountDisabled, errorsPage, "enable the local account WorkSpaces_BYOL", WorkspacesBYOLAccountDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeDhcpDisabled, errorsPage, "let every network interface take its address by DHCP", DHCPDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeDiskFreeSpace, errorsPage, "free more than 20 GB on the local disk", DiskFreeSpace, DiskFreeSpaceForOffice),
		imageError(types.WorkspaceImageErrorDetailCodeAdditionalDrivesAttached, errorsPage, "remove every drive but C:, virtual ones included", AdditionalDrivesAttached),
		imageError(types.WorkspaceImageErrorDetailCodeOsNotSupported, errorsPage, "use a Windows 10 or Windows 11 of the guide's list", OSNotSupported, WindowsEditionUnsupported, WindowsNUnsupported, NotWorkstation),
		imageError(types.WorkspaceImageErrorDetailCodeDomainJoined, errorsPage, "leave the Active Directory domain", DomainJoined),
		imageError(types.WorkspaceImageErrorDetailCodeAzureDomainJoined, errorsPage, "leave Azure Active Directory", AzureDomainJoined),
		imageError(types.WorkspaceImageErrorDetailCodeFirewallEnabled, errorsPage, "turn the firewall's public profile off", FirewallEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeVmwareToolsInstalled, errorsPage, "uninstall VMware Tools", VMWareToolsInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeDiskSizeExceeded, errorsPage, "make the disk smaller than 80 GB", DiskSizeExceeded),
		imageError(types.WorkspaceImageErrorDetailCodeIncompatiblePartitioning, errorsPage, "use MBR partitions for Windows 10, and GPT partitions for Windows 11", IncompatiblePartitioning, TooManyPartitions),
		imageError(types.WorkspaceImageErrorDetailCodePendingReboot, errorsPage, "install all updates and restart", PendingReboot),
		imageError(types.WorkspaceImageErrorDetailCodeAutoLogonEnabled, errorsPage, "turn automatic logon off", AutoLogonEnabled),
		imageError(types.WorkspaceImageErrorDetailCodeRealtimeUniversalDisabled, errorsPage, "set the registry value RealTimeIsUniversal to 1", RealTimeUniversalDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeMultipleBootPartition, errorsPage, "leave one bootable partition", MultipleBootPartition),
		imageError(types.WorkspaceImageErrorDetailCodeSixtyFourBitOs, errorsPage, "use an x64 system", Requires64BitOS),
		imageError(types.WorkspaceImageErrorDetailCodeZeroRearmCount, errorAPI, "start from a system whose rearm count is not 0", ZeroRearmCount),
		imageError(types.WorkspaceImageErrorDetailCodeInPlaceUpgrade, errorsPage, "start from a Windows that was installed afresh", InPlaceUpgrade),
		imageError(types.WorkspaceImageErrorDetailCodeAntiVirusInstalled, errorsPage, "uninstall the antivirus; the Image Compatibility Checker names it", AntiVirusInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeUefiNotSupported, errorsPage, "boot Windows 10 by a legacy BIOS", UEFINotSupported),
		imageError(types.WorkspaceImageErrorDetailCodeUnknownError, sysprepPage, "contact AWS Support"),

		imageError(types.WorkspaceImageErrorDetailCodeAppxPackagesInstalled, sysprepPage, "remove the AppX packages with Remove-AppxPackage; the import has tried to", AppXPackagesInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeReservedStorageInUse, sysprepPage, "install all updates, then disable reserved storage: DISM.exe /Online /Set-ReservedStorageState /State:Disabled", ReservedStorageInUse),

		imageError(types.WorkspaceImageErrorDetailCodeAdditionalDrivesPresent, checkerTips, "leave the WorkSpace only the drives C: and D:"),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsUpdatesRequired, checkerTips, "install all updates and restart", LatestUpdatesNotInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeSysprepFileMissing, checkerTips, "restore Sysprep's answer file, which must not be empty"),
		imageError(types.WorkspaceImageErrorDetailCodeUserProfileMissing, checkerTips, `restore the user profile in D:\Users`),
		imageError(types.WorkspaceImageErrorDetailCodeInsufficientDiskSpace, checkerTips, "free more than 12 GB on C:"),
		imageError(types.WorkspaceImageErrorDetailCodeEnvironmentVariablesPathMissingEntries, checkerTips, "add the folders of System32 and of PowerShell to the machine's PATH"),
		imageError(types.WorkspaceImageErrorDetailCodeDomainAccountServicesFound, checkerTips, "let no service run under an account of the domain"),
		imageError(types.WorkspaceImageErrorDetailCodeInvalidIp, checkerTips, "let every network adapter take its address by DHCP", DHCPDisabled),
		imageError(types.WorkspaceImageErrorDetailCodeRemoteDesktopServicesDisabled, checkerTips, "enable Remote Desktop Services"),
		imageError(types.WorkspaceImageErrorDetailCodeWindowsModulesInstallerDisabled, checkerTips, "enable Windows Modules Installer"),
		imageError(types.WorkspaceImageErrorDetailCodeAmazonSsmAgentEnabled, checkerTips, "disable the Amazon SSM Agent"),
		imageError(types.WorkspaceImageErrorDetailCodeUnsupportedSecurityProtocol, checkerTips, "enable TLS 1.2"),
		imageError(types.WorkspaceImageErrorDetailCodeMultipleUserProfiles, checkerTips, "leave one user profile"),
		imageError(types.WorkspaceImageErrorDetailCodeStagedAppxPackage, checkerTips, "remove the AppX packages that are staged", AppXPackagesInstalled),
		imageError(types.WorkspaceImageErrorDetailCodeUnsupportedOsUpgrade, checkerTips, "start from a Windows that was not upgraded from another version", InPlaceUpgrade),
		imageError(types.WorkspaceImageErrorDetailCodeInsufficientRearmCount, checkerTips, "start from a system whose rearm count is not 0", ZeroRearmCount),

		imageError(types.WorkspaceImageErrorDetailCodeIncompatibleProtocol, errorsPage, "choose an ingestion process whose protocol the system supports: Windows 11 has no PCoIP", ProtocolOSIncompatibility),
		imageError(types.WorkspaceImageErrorDetailCodeIncompatibleMemoryIntegrity, errorsPage, "disable the UEFI lock of Credential Guard and memory integrity", MemoryIntegrityIncompatibility),
		imageError(types.WorkspaceImageErrorDetailCodeRestrictedDriveLetter, errorsPage, "keep the letter D: free, also when an instance starts from the image", RestrictedDriveLetterInUse),
	},
}
