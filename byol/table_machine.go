package byol

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// The rules that the importer has an error for have that error's name.
const (
	// OutdatedPowershellVersion: PowerShell is too old. Remedy: install PowerShell 4 or later.
	OutdatedPowershellVersion rule.Code = "byol.outdated-powershell-version"
	// OfficeInstalled: Microsoft Office is installed. Remedy: uninstall Microsoft Office,
	// unless the edition excepts that of Microsoft 365.
	OfficeInstalled rule.Code = "byol.office-installed"
	// PCoIPAgentInstalled: a PCoIP agent is installed. Remedy: uninstall the PCoIP agent.
	PCoIPAgentInstalled rule.Code = "byol.pcoip-agent-installed"
	// WindowsUpdatesEnabled: the update services of Windows are not set as the import wants
	// them. Remedy: set the service Windows Update to Disabled and Windows Modules Installer to
	// Manual.
	WindowsUpdatesEnabled rule.Code = "byol.windows-updates-enabled"
	// AutoMountDisabled: volumes are not mounted automatically. Remedy: run automount enable in
	// diskpart.
	AutoMountDisabled rule.Code = "byol.auto-mount-disabled"
	// WorkspacesBYOLAccountNotFound: there is no local account WorkSpaces_BYOL that is an
	// administrator. Remedy: create the local account WorkSpaces_BYOL and make it an
	// administrator.
	WorkspacesBYOLAccountNotFound rule.Code = "byol.workspaces-byol-account-not-found"
	// WorkspacesBYOLAccountDisabled: the local account WorkSpaces_BYOL is disabled. Remedy:
	// enable the local account WorkSpaces_BYOL.
	WorkspacesBYOLAccountDisabled rule.Code = "byol.workspaces-byol-account-disabled"
	// DHCPDisabled: a network interface does not take its address by DHCP. Remedy: let every
	// network interface take its address by DHCP.
	DHCPDisabled rule.Code = "byol.dhcp-disabled"
	// DiskFreeSpace: drive C: has too little free space. Remedy: free as much space on drive C:
	// as is named.
	DiskFreeSpace rule.Code = "byol.disk-free-space"
	// AdditionalDrivesAttached: there are drives beside the local disk. Remedy: remove every
	// drive but C:, virtual ones included.
	AdditionalDrivesAttached rule.Code = "byol.additional-drives-attached"
	// DomainJoined: the system is joined to an Active Directory domain. Remedy: leave the
	// domain.
	DomainJoined rule.Code = "byol.domain-joined"
	// AzureDomainJoined: the system is joined to Azure Active Directory. Remedy: leave Azure
	// Active Directory.
	AzureDomainJoined rule.Code = "byol.azure-domain-joined"
	// FirewallEnabled: the public profile of the firewall is on. Remedy: turn the public
	// profile of the firewall off.
	FirewallEnabled rule.Code = "byol.firewall-enabled"
	// VMWareToolsInstalled: VMware Tools are installed. Remedy: uninstall VMware Tools.
	VMWareToolsInstalled rule.Code = "byol.vmware-tools-installed"
	// DiskSizeExceeded: the disk is too large. Remedy: shrink the disk to the size that is
	// named.
	DiskSizeExceeded rule.Code = "byol.disk-size-exceeded"
	// IncompatiblePartitioning: the partition style is not the one that the import takes.
	// Remedy: use the partition style that is named for the system.
	IncompatiblePartitioning rule.Code = "byol.incompatible-partitioning"
	// PendingReboot: a reboot is pending. Remedy: install all updates and restart.
	PendingReboot rule.Code = "byol.pending-reboot"
	// AutoLogonEnabled: automatic logon is on. Remedy: turn automatic logon off.
	AutoLogonEnabled rule.Code = "byol.auto-logon-enabled"
	// RealTimeUniversalDisabled: the registry value RealTimeIsUniversal is not set. Remedy: set
	// the registry value RealTimeIsUniversal to 1.
	RealTimeUniversalDisabled rule.Code = "byol.real-time-universal-disabled"
	// MultipleBootPartition: there are several bootable partitions. Remedy: leave one bootable
	// partition.
	MultipleBootPartition rule.Code = "byol.multiple-boot-partition"
	// Requires64BitOS: the system is not a 64-bit one. Remedy: use a 64-bit system.
	Requires64BitOS rule.Code = "byol.requires-64-bit-os"
	// ZeroRearmCount: the rearm count is 0. Remedy: start from a system whose rearm count is
	// not 0.
	ZeroRearmCount rule.Code = "byol.zero-rearm-count"
	// InPlaceUpgrade: Windows was upgraded from another version. Remedy: start from a Windows
	// that was installed afresh.
	InPlaceUpgrade rule.Code = "byol.in-place-upgrade"
	// AntiVirusInstalled: an antivirus is installed. Remedy: uninstall every antivirus but
	// Windows Defender.
	AntiVirusInstalled rule.Code = "byol.antivirus-installed"
	// UEFINotSupported: Windows 10 boots by UEFI. Remedy: boot Windows 10 by a legacy BIOS.
	UEFINotSupported rule.Code = "byol.uefi-not-supported"
	// AppXPackagesInstalled: an AppX package is installed for a user and not for all. Remedy:
	// remove the package with Remove-AppxPackage.
	AppXPackagesInstalled rule.Code = "byol.appx-packages-installed"
	// ReservedStorageInUse: reserved storage is enabled. Remedy: install all updates, and
	// disable reserved storage with DISM.
	ReservedStorageInUse rule.Code = "byol.reserved-storage-in-use"
	// MemoryIntegrityIncompatibility: UEFI locks memory integrity. Remedy: disable the UEFI
	// lock of Credential Guard and memory integrity.
	MemoryIntegrityIncompatibility rule.Code = "byol.memory-integrity-incompatibility"
	// RestrictedDriveLetterInUse: a drive has the letter D:. Remedy: keep the letter D: free,
	// also when an instance starts from the image.
	RestrictedDriveLetterInUse rule.Code = "byol.restricted-drive-letter-in-use"

	// These have no error of their own.

	// NotWorkstation: the system is not a client version of Windows. Remedy: use a client
	// version of Windows.
	NotWorkstation rule.Code = "byol.not-workstation"
	// LanguageNotEnglish: the primary language is not English (United States). Remedy: make
	// English (United States) the primary language.
	LanguageNotEnglish rule.Code = "byol.language-not-english"
	// NotActivated: the system is not activated against your key management servers. Remedy:
	// activate the system against your key management servers.
	NotActivated rule.Code = "byol.not-activated"
	// ExtraSoftwareInstalled: there is software that Windows does not come with. Remedy:
	// uninstall what Windows does not come with, and install it once the WorkSpaces run.
	ExtraSoftwareInstalled rule.Code = "byol.extra-software-installed"
	// DefaultProfileElsewhere: the default profile of Windows 10 is not in C:\Users\Default.
	// Remedy: bring the default profile back to C:\Users\Default before the VM is exported.
	DefaultProfileElsewhere rule.Code = "byol.default-profile-elsewhere"
	// DefaultProfileCustomized: the default user profile was customised. Remedy: start from a
	// system whose default user profile was not customised.
	DefaultProfileCustomized rule.Code = "byol.default-profile-customized"
	// DiskEncrypted: the disk is encrypted. Remedy: turn BitLocker off and wait until the disk
	// is fully decrypted.
	DiskEncrypted rule.Code = "byol.disk-encrypted"
	// DiskTooSmall: the disk is too small. Remedy: use a disk of the size that is named.
	DiskTooSmall rule.Code = "byol.disk-too-small"
	// DiskFreeSpaceForOffice: drive C: has too little free space to subscribe to Office.
	// Remedy: free 20 GB on drive C:, or do not subscribe to Office.
	DiskFreeSpaceForOffice rule.Code = "byol.disk-free-space-for-office"
	// OfficeBesideSubscription: Office is installed on a system that is to subscribe to it
	// through AWS. Remedy: uninstall Office, or do not subscribe to it.
	OfficeBesideSubscription rule.Code = "byol.office-beside-subscription"
	// BootModeDisputed: the documents contradict one another on how Windows 10 boots. Remedy:
	// use another system than Windows 10, or ask AWS Support which boot mode holds.
	BootModeDisputed rule.Code = "byol.boot-mode-disputed"
	// UEFIRequired: the system does not boot by UEFI. Remedy: boot the system by UEFI.
	UEFIRequired rule.Code = "byol.uefi-required"
	// TooManyPartitions: the disk has more partitions than the page of errors wants. Remedy:
	// leave fewer partitions if the import is refused for them; a stock GPT layout has more.
	TooManyPartitions rule.Code = "byol.too-many-partitions"
	// TimeServerUnreachable: the system reaches no time server. Remedy: set a time server that
	// can be reached, such as 169.254.169.123.
	TimeServerUnreachable rule.Code = "byol.time-server-unreachable"
	// LatestUpdatesNotInstalled: the latest updates are not installed. Remedy: install the
	// latest updates before the checker runs.
	LatestUpdatesNotInstalled rule.Code = "byol.latest-updates-not-installed"
)

const checkerStep = "Run the BYOL Checker PowerShell script on a Windows VM"

// tested returns the rows of a rule that the checker alone states until the page of
// errors does: its tests must all be passed, so the guide says, since 2019-10-25. The
// level is what the checker makes of a breach.
func tested(level rule.Level, code rule.Code, test, anchor, want string) []row {
	list := []row{
		must(code, checker206, test, seen206, seen211, want),
		must(code, checker211, test, seen211, year2024, want),
		must(code, checker21325, test, year2024, autumn2025, want),
		must(code, errorsPage, anchor, autumn2025, "", want),
	}
	for i := range list {
		list[i].Level = level
	}
	return list
}

// machineRows say what the system must be like.
//
//	from        disk                 free on C:
//	2018-02-03  under 80 GB
//	2019-10-25  10 to under 80 GB    10 GB, by the checker
//	2020-03-31  at most 70 GB        10 GB
//	2020-09-03  at most 70 GB        10 GB, and 20 GB to subscribe to Office
//	2025-10-21  under 80 GB          20 GB
//
// The page of errors says both more than 20 GB and 20 GB or more.
var machineRows = slices.Concat(
	[]row{
		must(NotWorkstation, checker206, "OSRequirements", seen206, seen211, "a client version of Windows"),
		must(NotWorkstation, checker211, "OSRequirements", seen211, year2024, "a client version of Windows"),
		must(NotWorkstation, checker21325, "OSRequirements", year2024, "", "a client version of Windows"),
		must(Requires64BitOS, byolPage, requirements, "2018-02-03", autumn2025, "a 64-bit system"),
		must(Requires64BitOS, errorsPage, "Requires64BitOS", autumn2025, "", "an x64 system"),
		must(LanguageNotEnglish, byolPage, requirements, "2018-02-03", autumn2025, "English (United States) as the primary language"),
		must(NotActivated, byolPage, requirements, "2018-02-03", autumn2025, "a system that is activated against your key management servers"),
		must(OutdatedPowershellVersion, byolPage, requirements, "2019-03-25", year2024, "PowerShell 4 or later").atLeast(4),
		must(OutdatedPowershellVersion, checker21325, "PowershellVersion", year2024, "", "PowerShell 4 or later").atLeast(4),

		must(OfficeBesideSubscription, byolPage, "Subscribe to Office", "2020-09-03", autumn2025, "no Office on a system that is to subscribe to it through AWS"),
		must(OfficeInstalled, errorsPage, "OfficeInstalled", autumn2025, lastReading, "no Microsoft Office"),
		must(OfficeInstalled, errorsPage, "OfficeInstalled", lastReading, "", "no Microsoft Office but that of Microsoft 365"),
		must(ExtraSoftwareInstalled, byolPage, requirements, "2018-02-03", autumn2025, "no software beyond what Windows comes with"),
		must(DefaultProfileElsewhere, byolPage, requirements, "2019-10-25", "2020-04-29", `the default profile of Windows 10 in C:\Users\Default`),
		must(DefaultProfileCustomized, byolPage, requirements, "2020-04-29", autumn2025, "a default user profile that was not customised"),
	},
	tested(rule.Must, AntiVirusInstalled, "AVnotInstalled", "AntiVirusInstalled", "no antivirus but Windows Defender"),
	tested(rule.Must, VMWareToolsInstalled, "VMWareTools", "VMWareToolsInstalled", "no VMware Tools"),
	tested(rule.Should, PCoIPAgentInstalled, "PCoIP_Check", "PCoIPAgentInstalled", "no PCoIP agent"),
	[]row{
		should(AppXPackagesInstalled, byolPage, checkerStep, "2019-10-25", "2024-09-20", "no AppX package that is installed for a user and not for all, for which Sysprep fails most often"),
		must(AppXPackagesInstalled, sysprepPage, "AppX packages", "2024-09-20", "", "no AppX package that is installed for a user and not for all"),
		must(ReservedStorageInUse, sysprepPage, "Reserved storage", "2024-09-20", "", "reserved storage disabled"),
		must(MemoryIntegrityIncompatibility, errorsPage, "MemoryIntegrityIncompatibility", autumn2025, "", "memory integrity that UEFI does not lock"),
		must(DiskEncrypted, byolPage, "Import the VM as an image into EC2", "2020-01-10", autumn2025, "a disk that is not encrypted"),
		must(DiskEncrypted, errorsPage, "BitLocker", autumn2025, "", "BitLocker off, and the disk fully decrypted"),
		must(InPlaceUpgrade, byolPage, "Bring Your Own Windows desktop licenses", "2019-10-25", autumn2025, "a Windows that was installed afresh, not upgraded from another version"),
		must(InPlaceUpgrade, errorsPage, "InPlaceUpgrade", autumn2025, "", "a Windows that was installed afresh, not upgraded from another version"),
		should(LatestUpdatesNotInstalled, byolPage, checkerStep, "2019-10-25", "2020-04-29", "the latest security updates installed before the checker runs"),
		should(LatestUpdatesNotInstalled, byolPage, requirements, "2020-04-29", "", "the latest updates installed before the checker runs"),
	},
	tested(rule.Must, PendingReboot, "PendingReboots", "PendingReboot", "no reboot pending"),
	[]row{
		must(ZeroRearmCount, checker206, "RearmCount", seen206, seen211, "a rearm count that is not 0").atLeast(1),
		must(ZeroRearmCount, checker211, "RearmCount", seen211, year2024, "a rearm count that is not 0").atLeast(1),
		must(ZeroRearmCount, checker21325, "RearmCount", year2024, "", "a rearm count that is not 0").atLeast(1),
	},
	tested(rule.Should, AutoLogonEnabled, "AutoLogon", "AutoLogonEnabled", "automatic logon off"),
	tested(rule.Must, DomainJoined, "DomainJoined", "DomainJoined", "a system that is not joined to an Active Directory domain"),
	tested(rule.Must, AzureDomainJoined, "AzureDomainJoined", "AzureDomainJoined", "a system that is not joined to Azure Active Directory"),
	tested(rule.Should, WindowsUpdatesEnabled, "Disable_Updates", "WindowsUpdatesEnabled", "Windows Update Disabled and Windows Modules Installer Manual"),
	tested(rule.Should, FirewallEnabled, "Firewall", "FirewallEnabled", "the public profile of the firewall off"),
	tested(rule.Should, AutoMountDisabled, "AutoMount", "AutoMountDisabled", "automatic mounting of volumes on"),
	tested(rule.Should, RealTimeUniversalDisabled, "RealTimeUniversal", "RealTimeUniversalDisabled", "RealTimeIsUniversal set"),
	tested(rule.Must, DHCPDisabled, "DHCPEnabledInterface", "DHCPDisabled", "DHCP on every interface"),
	[]row{
		should(TimeServerUnreachable, errorsPage, "NTPConfigurationError", autumn2025, "", "a time server that can be reached, such as 169.254.169.123"),

		must(WorkspacesBYOLAccountNotFound, byolPage, requirements, "2018-02-03", "2019-10-25", "an account WorkSpaces_BYOL that is a local administrator"),
		should(WorkspacesBYOLAccountNotFound, byolPage, requirements, "2019-10-25", "2020-04-29", "an account WorkSpaces_BYOL that is a local administrator"),
		must(WorkspacesBYOLAccountNotFound, byolPage, requirements, "2020-04-29", year2024, "an account WorkSpaces_BYOL that is a local administrator"),
		should(WorkspacesBYOLAccountNotFound, checker21325, "Workspaces_BYOLAccountExist", year2024, "", "an account WorkSpaces_BYOL that is a local administrator"),
	},
	tested(rule.Should, WorkspacesBYOLAccountDisabled, "Workspaces_BYOLAccountDisabled", "WorkspacesBYOLAccountDisabled", "an account WorkSpaces_BYOL that is enabled"),
	[]row{
		must(DiskSizeExceeded, byolPage, requirements, "2018-02-03", "2020-03-31", "a disk of less than 80 GB").under(80 * GB),
		must(DiskSizeExceeded, byolPage, requirements, "2020-03-31", autumn2025, "a disk of at most 70 GB").atMost(70 * GB),
		must(DiskSizeExceeded, errorsPage, "DiskSizeExceeded", autumn2025, "", "a disk of less than 80 GB").under(80 * GB),
		must(DiskTooSmall, byolPage, "Export the VM from your virtualization environment", "2019-10-25", "2020-03-31", "a disk of at least 10 GB").atLeast(10 * GB),
		must(DiskFreeSpace, checker206, "FreeDiskSpace", seen206, "2020-03-31", "at least 10 GB free on C:").atLeast(10 * GB),
		must(DiskFreeSpace, byolPage, requirements, "2020-03-31", autumn2025, "at least 10 GB free on C:").atLeast(10 * GB),
		must(DiskFreeSpace, errorsPage, "DiskFreeSpace", autumn2025, "", "more than 20 GB free on C:; the same page says 20 GB or more").atLeast(20 * GB).edgeOpen(),
		must(DiskFreeSpaceForOffice, byolPage, "Subscribe to Office", "2020-09-03", autumn2025, "at least 20 GB free on C: to subscribe to Office").atLeast(20 * GB),
	},
	tested(rule.Must, AdditionalDrivesAttached, "LocalDrives", "AdditionalDrivesAttached", "one drive, a local disk"),
	[]row{
		must(RestrictedDriveLetterInUse, errorsPage, "RestrictedDriveLetterInUse", autumn2025, "", "no drive D:"),

		must(IncompatiblePartitioning, checker206, "GPTPartitions", seen206, seen211, "no GPT partition").oneOf("MBR"),
		must(IncompatiblePartitioning, checker211, "GPTPartitions", seen211, year2024, "no GPT partition").oneOf("MBR"),
		must(IncompatiblePartitioning, checker21325, "GPTPartitions", year2024, autumn2025, "GPT partitions with UEFI, MBR partitions without"),
		must(IncompatiblePartitioning, errorsPage, "IncompatiblePartitioning", autumn2025, "", "MBR partitions for Windows 10, GPT partitions for Windows 11").oneOf(windows10, windows11),
		should(TooManyPartitions, errorsPage, "IncompatiblePartitioning", autumn2025, "", "fewer than 2 partitions, which a stock GPT layout is not").under(2),
	},
	tested(rule.Must, MultipleBootPartition, "MultipleBootPartition", "MultipleBootPartition", "one bootable partition"),
	[]row{
		must(UEFINotSupported, checker21325, "BootMode_UEFI", year2024, autumn2025, "a legacy BIOS for Windows 10"),
		must(UEFINotSupported, errorsPage, "UEFINotSupported", lastReading, "", "a legacy BIOS for Windows 10"),
		should(BootModeDisputed, byolPage, requirements, autumn2025, lastReading, "a system other than Windows 10: the BYOL page wants UEFI for all, the page of errors a legacy BIOS for Windows 10").contradicted(),
		must(UEFIRequired, byolPage, requirements, autumn2025, lastReading, "UEFI"),
		must(UEFIRequired, byolPage, versions, lastReading, "", "UEFI for Windows 11"),

		must(ImageRejected, errorAPI, "ErrorCode", "2023-09-08", "", "an image without errors"),
	},
)
