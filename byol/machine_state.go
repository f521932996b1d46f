package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about the state of a system, its services and accounts. Where the
// importer has an error for it, the rule has that error's name.
const (
	ReservedStorageInUse           rule.Code = "byol.reserved-storage-in-use"
	MemoryIntegrityIncompatibility rule.Code = "byol.memory-integrity-incompatibility"
	DiskEncrypted                  rule.Code = "byol.disk-encrypted"
	InPlaceUpgrade                 rule.Code = "byol.in-place-upgrade"
	LatestUpdatesNotInstalled      rule.Code = "byol.latest-updates-not-installed"
	PendingReboot                  rule.Code = "byol.pending-reboot"
	ZeroRearmCount                 rule.Code = "byol.zero-rearm-count"
	AutoLogonEnabled               rule.Code = "byol.auto-logon-enabled"
	DomainJoined                   rule.Code = "byol.domain-joined"
	AzureDomainJoined              rule.Code = "byol.azure-domain-joined"
	WindowsUpdatesEnabled          rule.Code = "byol.windows-updates-enabled"
	FirewallEnabled                rule.Code = "byol.firewall-enabled"
	AutoMountDisabled              rule.Code = "byol.auto-mount-disabled"
	RealTimeUniversalDisabled      rule.Code = "byol.real-time-universal-disabled"
	DHCPDisabled                   rule.Code = "byol.dhcp-disabled"
	TimeServerUnreachable          rule.Code = "byol.time-server-unreachable"
	WorkspacesBYOLAccountNotFound  rule.Code = "byol.workspaces-byol-account-not-found"
	WorkspacesBYOLAccountDisabled  rule.Code = "byol.workspaces-byol-account-disabled"
)

var machineStateChecks = []check[Machine]{
	{requirement{ReservedStorageInUse, "Reserved storage is enabled.", "Install all updates, and disable reserved storage with DISM.",
		[]ask{
			must(serviceModel, errorCodes, "2024-09-20", autumn2025, "reserved storage that is not in use"),
			must(sysprepPage, sysprepSection, autumn2025, "", "reserved storage disabled"),
		}}, "ReservedStorage", no(func(m *Machine) *bool { return m.ReservedStorage })},
	{requirement{MemoryIntegrityIncompatibility, "UEFI locks memory integrity.", "Disable the UEFI lock of Credential Guard and memory integrity.",
		[]ask{must(errorsPage, errorsSection, autumn2025, "", "memory integrity that UEFI does not lock")}}, "MemoryIntegrity",
		no(func(m *Machine) *bool { return m.MemoryIntegrity })},
	{requirement{DiskEncrypted, "The disk is encrypted.", "Turn BitLocker off and wait until the disk is fully decrypted.", []ask{
		must(byolPage, "Step 4: Import the VM as an Image into EC2", "2020-01-10", autumn2025, "a disk that is not encrypted"),
		must(errorsPage, errorsSection, autumn2025, "", "BitLocker off, and the disk fully decrypted"),
	}}, "BitLocker", no(func(m *Machine) *bool { return m.BitLocker })},
	{requirement{InPlaceUpgrade, "Windows was upgraded from another version.", "Start from a Windows that was installed afresh.", slices.Concat([]ask{
		must(byolPage, imagesOf2018, "2018-09-20", "2019-01-08", "a Windows 10 that was not upgraded").oneOf(windows10),
		must(byolPage, imagesOf2018, "2019-01-08", seen206, "a Windows 10 that was not upgraded from another version of it").oneOf(windows10),
	}, tested(rule.Must, "InPlaceUpgrade", "a Windows that was not upgraded from another version"))}, "UpgradedInPlace", upgraded},
	{requirement{LatestUpdatesNotInstalled, "The latest updates are not installed.", "Install the latest updates before the checker runs.", []ask{
		should(byolPage, checkerStep, "2019-01-08", "2020-02-06", "the latest security updates installed before the checker runs"),
		should(byolPage, requirementsSection, "2020-02-06", autumn2025, "the latest updates installed before the checker runs"),
		should(byolPage, processOf2025, autumn2025, "", "the latest security updates installed before the checker runs"),
	}}, "UpdatesInstalled", yes(func(m *Machine) *bool { return m.UpdatesInstalled })},
	{requirement{PendingReboot, "A reboot is pending.", "Install all updates and restart.",
		tested(rule.Must, "PendingReboots", "no reboot pending")}, "PendingReboot", no(func(m *Machine) *bool { return m.PendingReboot })},
	{requirement{ZeroRearmCount, "The rearm count is 0.", "Start from a system whose rearm count is not 0.", []ask{
		must(checker206, "RearmCount", seen206, seen211, "a rearm count that is not 0").atLeast(1),
		must(checker211, "RearmCount", seen211, seen21325, "a rearm count that is not 0").atLeast(1),
		must(checker21325, "RearmCount", seen21325, "", "a rearm count that is not 0").atLeast(1),
	}}, "RearmCount", number(func(m *Machine) *int { return m.RearmCount })},
	{requirement{AutoLogonEnabled, "Automatic logon is on.", "Turn automatic logon off.",
		tested(rule.Should, "AutoLogon", "automatic logon off")}, "AutoLogon", no(func(m *Machine) *bool { return m.AutoLogon })},
	{requirement{DomainJoined, "The system is joined to an Active Directory domain.", "Leave the domain.",
		tested(rule.Must, "DomainJoined", "a system that is not joined to an Active Directory domain")}, "DomainJoined", no(func(m *Machine) *bool { return m.DomainJoined })},
	{requirement{AzureDomainJoined, "The system is joined to Azure Active Directory.", "Leave Azure Active Directory.",
		tested(rule.Must, "AzureDomainJoined", "a system that is not joined to Azure Active Directory")}, "AzureDomainJoined",
		func(m *Machine, w system, a *ask) outcome {
			switch o := boolean(m.AzureDomainJoined, false); {
			case o.state == Met, a.Cite.Document == checker206: // which exempts no system
				return o
			case w.product == windows7: // the checker exempts it
				return outcome{state: NotApplicable}
			case w.product == "":
				return outcome{}
			default:
				return o
			}
		}},
	{requirement{WindowsUpdatesEnabled, "The update services of Windows are not set as the import wants them.",
		"Set the service Windows Update to Disabled and Windows Modules Installer to Manual.",
		tested(rule.Should, "Disable_Updates", "Windows Update Disabled and Windows Modules Installer Manual",
			"Windows Update Disabled, as the page has it, and Windows Modules Installer Manual, as the checker alone tests")}, "WindowsUpdateStart",
		func(m *Machine, _ system, _ *ask) outcome {
			update, installer := m.WindowsUpdateStart, m.ModulesInstallerStart
			switch {
			case update != nil && !strings.EqualFold(*update, "Disabled"):
				return outcome{Broken, update, nil}
			case installer != nil && !strings.EqualFold(*installer, "Manual"):
				return outcome{Broken, installer, nil}
			case update == nil || installer == nil:
				return outcome{}
			}
			return outcome{Met, update, nil}
		}},
	{requirement{FirewallEnabled, "The public profile of the firewall is on.", "Turn the public profile of the firewall off.",
		tested(rule.Should, "Firewall", "the public profile of the firewall off")}, "PublicFirewall", no(func(m *Machine) *bool { return m.PublicFirewall })},
	{requirement{AutoMountDisabled, "Volumes are not mounted automatically.", "Run automount enable in diskpart.",
		tested(rule.Should, "AutoMount", "automatic mounting of volumes on")}, "AutoMount", yes(func(m *Machine) *bool { return m.AutoMount })},
	{requirement{RealTimeUniversalDisabled, "The registry value RealTimeIsUniversal is not set.", "Set the registry value RealTimeIsUniversal to 1.",
		tested(rule.Should, "RealTimeUniversal", "RealTimeIsUniversal set")}, "RealTimeIsUniversal", yes(func(m *Machine) *bool { return m.RealTimeIsUniversal })},
	{requirement{DHCPDisabled, "A network interface does not take its address by DHCP.", "Let every network interface take its address by DHCP.",
		tested(rule.Must, "DHCPEnabledInterface", "DHCP on every interface")}, "DHCP", yes(func(m *Machine) *bool { return m.DHCP })},
	{requirement{TimeServerUnreachable, "The system reaches no time server.", "Set a time server that can be reached, such as 169.254.169.123.",
		[]ask{should(errorsPage, errorsSection, autumn2025, "", "a time server that can be reached, such as 169.254.169.123")}}, "TimeServerReachable",
		yes(func(m *Machine) *bool { return m.TimeServerReachable })},
	{requirement{WorkspacesBYOLAccountNotFound, "There is no local account WorkSpaces_BYOL that is an administrator.", "Create the local account WorkSpaces_BYOL and make it an administrator.",
		[]ask{
			must(byolPage, requirementsSection, "2018-02-03", "2019-01-08", "an account WorkSpaces_BYOL that is a local administrator"),
			should(byolPage, requirementsSection, "2019-01-08", "2020-03-31", "an account WorkSpaces_BYOL that is a local administrator"),
			must(byolPage, requirementsSection, "2020-03-31", seen21325, "an account WorkSpaces_BYOL that is a local administrator"),
			should(checker21325, "Workspaces_BYOLAccountExist", seen21325, "", "an account WorkSpaces_BYOL that is a local administrator"),
		}}, "BYOLAccount",
		yes(func(m *Machine) *bool { return m.BYOLAccount })},
	{requirement{WorkspacesBYOLAccountDisabled, "The local account WorkSpaces_BYOL is disabled.", "Enable the local account WorkSpaces_BYOL.",
		tested(rule.Should, "Workspaces_BYOLAccountDisabled", "an account WorkSpaces_BYOL that is enabled")}, "BYOLAccountEnabled",
		yes(func(m *Machine) *bool { return m.BYOLAccountEnabled })},
}

// upgraded does not apply to systems of which the page says nothing.
func upgraded(m *Machine, w system, a *ask) outcome {
	o := boolean(m.UpgradedInPlace, false)
	switch {
	case o.state != Broken || len(a.names) == 0 || slices.Contains(a.names, w.product):
		return o
	case w.product == "":
		return outcome{}
	}
	return outcome{state: NotApplicable}
}
