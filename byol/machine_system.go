package byol

import (
	"strings"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about a system and what is installed on it. Where the importer has an
// error for it, the rule has that error's name.
const (
	NotWorkstation            rule.Code = "byol.not-workstation"
	Requires64BitOS           rule.Code = "byol.requires-64-bit-os"
	LanguageNotEnglish        rule.Code = "byol.language-not-english"
	NotActivated              rule.Code = "byol.not-activated"
	OutdatedPowershellVersion rule.Code = "byol.outdated-powershell-version"
	OfficeBesideSubscription  rule.Code = "byol.office-beside-subscription"
	OfficeInstalled           rule.Code = "byol.office-installed"
	ExtraSoftwareInstalled    rule.Code = "byol.extra-software-installed"
	DefaultProfileElsewhere   rule.Code = "byol.default-profile-elsewhere"
	DefaultProfileCustomized  rule.Code = "byol.default-profile-customized"
	AntiVirusInstalled        rule.Code = "byol.antivirus-installed"
	VMWareToolsInstalled      rule.Code = "byol.vmware-tools-installed"
	PCoIPAgentInstalled       rule.Code = "byol.pcoip-agent-installed"
	AppXPackagesInstalled     rule.Code = "byol.appx-packages-installed"
)

var machineSystemChecks = []check[Machine]{
	{requirement{NotWorkstation, "The system is not a client version of Windows.", "Use a client version of Windows.", []ask{
		must(checker206, "OSRequirements", seen206, seen211, "a client version of Windows"),
		must(checker211, "OSRequirements", seen211, seen21325, "a client version of Windows"),
		must(checker21325, "OSRequirements", seen21325, "", "a client version of Windows"),
	}}, "ProductType", func(m *Machine, _ system, _ *ask) outcome {
		return fact(m.ProductType, func(n int) bool { return n == workstation })
	}},
	{requirement{Requires64BitOS, "The system is not a 64-bit one.", "Use a 64-bit system.", []ask{
		must(byolPage, requirementsSection, "2018-02-03", autumn2025, "a 64-bit system"),
		must(errorsPage, errorsSection, autumn2025, lastReading, "a 64-bit system"),
		must(errorsPage, "BYOL import requires a 64 bit system.", lastReading, "", "an x64 system"),
	}}, "SystemType", func(m *Machine, _ system, _ *ask) outcome { return fact(m.SystemType, x64) }},
	{requirement{LanguageNotEnglish, "The primary language is not English (United States).", "Make English (United States) the primary language.",
		[]ask{must(byolPage, requirementsSection, "2018-02-03", autumn2025, "English (United States) as the primary language")}}, "Language",
		func(m *Machine, _ system, _ *ask) outcome {
			return fact(m.Language, func(s string) bool { return strings.EqualFold(s, "en-US") })
		}},
	{requirement{NotActivated, "The system is not activated against your key management servers.", "Activate the system against your key management servers.",
		[]ask{must(byolPage, requirementsSection, "2018-02-03", autumn2025, "a system that is activated against your key management servers")}}, "Activated",
		yes(func(m *Machine) *bool { return m.Activated })},
	{requirement{OutdatedPowershellVersion, "PowerShell is too old.", "Install PowerShell 4 or later.", []ask{
		must(byolPage, requirementsSection, "2019-03-25", seen21325, "PowerShell 4 or later").atLeast(4),
		must(checker21325, "PowershellVersion", seen21325, "", "PowerShell 4 or later").atLeast(4),
	}}, "PowerShellMajor", number(func(m *Machine) *int { return m.PowerShellMajor })},

	{requirement{OfficeBesideSubscription, "Office is installed on a system that is to subscribe to it through AWS.", "Uninstall Office, or do not subscribe to it.",
		[]ask{must(byolPage, officeOf2020, "2020-09-03", autumn2025, "no Office on a system that is to subscribe to it through AWS")}}, "OfficeInstalled",
		ifOffice(no(func(m *Machine) *bool { return m.OfficeInstalled }))},
	{requirement{OfficeInstalled, "Microsoft Office is installed.", "Uninstall Microsoft Office, unless the edition excepts that of Microsoft 365.", []ask{
		must(errorsPage, errorsSection, autumn2025, august2026, "no Microsoft Office"),
		must(errorsPage, officeHeading, august2026, "", "no Microsoft Office but that of Microsoft 365"),
	}}, "OfficeInstalled", no(func(m *Machine) *bool { return m.OfficeInstalled })},
	{requirement{ExtraSoftwareInstalled, "There is software that Windows does not come with.", "Uninstall what Windows does not come with, and install it once the WorkSpaces run.",
		[]ask{must(byolPage, requirementsSection, "2018-02-03", autumn2025, "no software beyond what Windows comes with")}}, "ExtraSoftware",
		noneOf(func(m *Machine) []string { return m.ExtraSoftware }, func(string) bool { return false })},
	{requirement{DefaultProfileElsewhere, `The user profile of Windows 10 is not in C:\Users\Default.`, `Bring the user profile back to C:\Users\Default before the VM is exported.`,
		[]ask{must(byolPage, requirementsSection, "2019-01-08", "2020-03-31", `the user profile of Windows 10 in C:\Users\Default`)}}, "DefaultProfile",
		func(m *Machine, w system, _ *ask) outcome {
			o := fact(m.DefaultProfile, func(path string) bool { return strings.EqualFold(path, `C:\Users\Default`) })
			switch {
			case o.state == Met || w.product == windows10:
				return o
			case w.product == "":
				return outcome{}
			}
			return outcome{state: NotApplicable}
		}},
	{requirement{DefaultProfileCustomized, "The default user profile was customised.", "Start from a system whose default user profile was not customised.",
		[]ask{must(byolPage, requirementsSection, "2020-03-31", autumn2025, "a default user profile that was not customised")}}, "DefaultProfileCustom",
		no(func(m *Machine) *bool { return m.DefaultProfileCustom })},
	{requirement{AntiVirusInstalled, "An antivirus is installed.", "Uninstall every antivirus but Windows Defender.",
		tested(rule.Must, "AVnotInstalled", "no antivirus but Windows Defender",
			"no antivirus, as the page has it, but Windows Defender, which the checker permits")}, "AntiVirus", noneOf(func(m *Machine) []string { return m.AntiVirus }, defender)},
	{requirement{VMWareToolsInstalled, "VMware Tools are installed.", "Uninstall VMware Tools.",
		tested(rule.Must, "VMWareTools", "no VMware Tools")}, "VMwareTools", no(func(m *Machine) *bool { return m.VMwareTools })},
	{requirement{PCoIPAgentInstalled, "A PCoIP agent is installed.", "Uninstall the PCoIP agent.",
		tested(rule.Should, "PCoIP_Check", "no PCoIP agent")}, "PCoIPAgent", no(func(m *Machine) *bool { return m.PCoIPAgent })},
	{requirement{AppXPackagesInstalled, "There is an AppX package with which Sysprep fails.", "Remove the package with Remove-AppxPackage.", []ask{
		should(byolPage, checkerStep, "2019-06-27", "2020-06-09", "no AppX package that is installed for a user and not for all, for which Sysprep fails most often"),
		should(byolPage, checkerStep, "2020-06-09", "2024-09-20", "AppX packages uninstalled for all users, for which Sysprep fails most often"),
		must(serviceModel, errorCodes, "2024-09-20", autumn2025, "no AppX package for which the import has an error"),
		must(sysprepPage, sysprepSection, autumn2025, "", "no AppX package that is still installed for users when Sysprep fails"),
	}}, "AppxPackages", noneOf(func(m *Machine) []string { return m.AppxPackages }, func(string) bool { return false })},
}

// defender reports whether an antivirus is the one that the checker permits. PowerShell
// ignores the case.
func defender(name string) bool { return strings.EqualFold(name, "Windows Defender") }

// ifOffice is a test for systems that will subscribe to Office.
func ifOffice(of test[Machine]) test[Machine] {
	return func(m *Machine, w system, a *ask) outcome {
		o := of(m, w, a)
		switch {
		case o.state != Met && m.SubscribesOffice != nil && !*m.SubscribesOffice:
			return outcome{state: NotApplicable}
		case o.state == Broken && m.SubscribesOffice == nil:
			return outcome{}
		}
		return o
	}
}
