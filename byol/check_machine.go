package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// CheckMachine tells whether a system can become a BYOL image: what the documents of the
// edition ask for, and where they are silent what the checker of the time tests, for the
// guide wants its tests passed. Where documents and checker give different figures, those
// of the documents count here; RunChecker has the checker's.
//
// Violations are in the order of MachineChecklist, which also tells which facts are
// missing. The error is a *rule.InputError for Rules without an edition, a nil Machine, a
// malformed Version, one that is not of the system in Caption, and a negative number. A machine that
// passes costs no allocation.
func (r Rules) CheckMachine(m *Machine) (rule.Verdict, rule.Violations, error) {
	if err := r.machine(m); err != nil {
		return rule.Undocumented, nil, err
	}
	v, vs := judge(r, machineChecks, m)
	return v.verdict(), vs, nil
}

// MachineChecklist is CheckMachine with a line for each requirement: the system, what is
// installed, its state, its services, accounts, disk and boot.
func (r Rules) MachineChecklist(m *Machine) (Checklist, error) {
	if err := r.machine(m); err != nil {
		return nil, err
	}
	return evaluate(r, machineChecks, m), nil
}

func (r Rules) machine(m *Machine) error {
	if err := r.known(); err != nil {
		return err
	}
	if m == nil {
		return &rule.InputError{Path: "Machine", Value: "nil", Reason: "is no machine"}
	}
	return m.validate()
}

// machineWindows is the check of a rule about systems.
func machineWindows(c rule.Code) func(Rules, *Machine, *row) (State, any) {
	return func(r Rules, m *Machine, _ *row) (State, any) {
		w := m.windows()
		switch s := r.system(c, &w); {
		case s == NotProvided:
			return s, nil
		case m.Caption != nil:
			return s, m.Caption
		default:
			return s, m.Version
		}
	}
}

// noneOf is the check of a list that must be empty but for what is ignored.
func noneOf(code rule.Code, path rule.Path, field func(*Machine) []string, ignored func(string) bool) check[Machine] {
	return check[Machine]{code, path, func(_ Rules, m *Machine, _ *row) (State, any) {
		all := field(m)
		if all == nil {
			return NotProvided, nil
		}
		for i := range all {
			if !ignored(all[i]) {
				return Broken, &all[i]
			}
		}
		return Met, nil
	}}
}

func nothing(string) bool { return false }

// defender is the antivirus that the checker permits; PowerShell ignores the case.
func defender(name string) bool { return strings.EqualFold(name, "Windows Defender") }

// sized is the check of a size against the bounds of the row.
func sized(code rule.Code, path rule.Path, field func(*Machine) *int64) check[Machine] {
	return check[Machine]{code, path, func(_ Rules, m *Machine, w *row) (State, any) { return sizeState(field(m), w) }}
}

// sizeState holds a size against a row.
func sizeState(n *int64, w *row) (State, any) {
	switch {
	case n == nil:
		return NotProvided, nil
	case w.edge && *n == w.min:
		return Undocumented, (*size)(n)
	case w.holds(*n):
		return Met, (*size)(n)
	}
	return Broken, (*size)(n)
}

// number is the check of a number against the bounds of the row.
func number(code rule.Code, path rule.Path, field func(*Machine) *int) check[Machine] {
	return check[Machine]{code, path, func(_ Rules, m *Machine, w *row) (State, any) {
		return factState(field(m), func(n int) bool { return w.holds(int64(n)) })
	}}
}

// ifOffice is a check that concerns a system that is to subscribe to Office.
func ifOffice(code rule.Code, path rule.Path, test func(*Machine, *row) (State, any)) check[Machine] {
	return check[Machine]{code, path, func(_ Rules, m *Machine, w *row) (State, any) {
		s, fact := test(m, w)
		switch {
		case s != Met && m.SubscribesOffice != nil && !*m.SubscribesOffice:
			return NotApplicable, nil
		case s == Broken && m.SubscribesOffice == nil:
			return NotProvided, nil
		}
		return s, fact
	}}
}

var machineChecks = []check[Machine]{
	{OSNotSupported, "Caption", machineWindows(OSNotSupported)},
	{WindowsEditionUnsupported, "Caption", machineWindows(WindowsEditionUnsupported)},
	{WindowsNUnsupported, "Caption", machineWindows(WindowsNUnsupported)},
	{NotWorkstation, "ProductType", func(_ Rules, m *Machine, _ *row) (State, any) {
		return factState(m.ProductType, func(n int) bool { return n == workstation })
	}},
	{Requires64BitOS, "SystemType", func(_ Rules, m *Machine, _ *row) (State, any) { return factState(m.SystemType, x64) }},
	{LanguageNotEnglish, "Language", func(_ Rules, m *Machine, _ *row) (State, any) {
		return factState(m.Language, func(s string) bool { return strings.EqualFold(s, "en-US") })
	}},
	yes(NotActivated, "Activated", func(m *Machine) *bool { return m.Activated }),
	number(OutdatedPowershellVersion, "PowerShellMajor", func(m *Machine) *int { return m.PowerShellMajor }),

	ifOffice(OfficeBesideSubscription, "OfficeInstalled", func(m *Machine, _ *row) (State, any) { return boolState(m.OfficeInstalled, false) }),
	no(OfficeInstalled, "OfficeInstalled", func(m *Machine) *bool { return m.OfficeInstalled }),
	noneOf(ExtraSoftwareInstalled, "ExtraSoftware", func(m *Machine) []string { return m.ExtraSoftware }, nothing),
	{DefaultProfileElsewhere, "DefaultProfile", func(_ Rules, m *Machine, _ *row) (State, any) {
		system := m.windows()
		s, fact := factState(m.DefaultProfile, func(path string) bool { return strings.EqualFold(path, `C:\Users\Default`) })
		switch {
		case s == Met || isProduct(&system, windows10):
			return s, fact
		case isProduct(&system, ""):
			return NotProvided, nil
		}
		return NotApplicable, nil
	}},
	no(DefaultProfileCustomized, "DefaultProfileCustom", func(m *Machine) *bool { return m.DefaultProfileCustom }),
	noneOf(AntiVirusInstalled, "AntiVirus", func(m *Machine) []string { return m.AntiVirus }, defender),
	no(VMWareToolsInstalled, "VMwareTools", func(m *Machine) *bool { return m.VMwareTools }),
	no(PCoIPAgentInstalled, "PCoIPAgent", func(m *Machine) *bool { return m.PCoIPAgent }),
	noneOf(AppXPackagesInstalled, "AppxPackages", func(m *Machine) []string { return m.AppxPackages }, nothing),
	no(ReservedStorageInUse, "ReservedStorage", func(m *Machine) *bool { return m.ReservedStorage }),
	no(MemoryIntegrityIncompatibility, "MemoryIntegrity", func(m *Machine) *bool { return m.MemoryIntegrity }),
	no(DiskEncrypted, "BitLocker", func(m *Machine) *bool { return m.BitLocker }),
	no(InPlaceUpgrade, "UpgradedInPlace", func(m *Machine) *bool { return m.UpgradedInPlace }),
	yes(LatestUpdatesNotInstalled, "UpdatesInstalled", func(m *Machine) *bool { return m.UpdatesInstalled }),
	no(PendingReboot, "PendingReboot", func(m *Machine) *bool { return m.PendingReboot }),
	number(ZeroRearmCount, "RearmCount", func(m *Machine) *int { return m.RearmCount }),
	no(AutoLogonEnabled, "AutoLogon", func(m *Machine) *bool { return m.AutoLogon }),
	no(DomainJoined, "DomainJoined", func(m *Machine) *bool { return m.DomainJoined }),
	{AzureDomainJoined, "AzureDomainJoined", func(_ Rules, m *Machine, _ *row) (State, any) {
		system := m.windows()
		switch s, fact := boolState(m.AzureDomainJoined, false); {
		case s == Met:
			return s, fact
		case isProduct(&system, windows7): // the checker exempts it
			return NotApplicable, nil
		case isProduct(&system, ""):
			return NotProvided, nil
		default:
			return s, fact
		}
	}},
	{WindowsUpdatesEnabled, "WindowsUpdateStart", func(_ Rules, m *Machine, _ *row) (State, any) {
		update, installer := m.WindowsUpdateStart, m.ModulesInstallerStart
		switch {
		case update != nil && !strings.EqualFold(*update, "Disabled"):
			return Broken, update
		case installer != nil && !strings.EqualFold(*installer, "Manual"):
			return Broken, installer
		case update == nil || installer == nil:
			return NotProvided, nil
		}
		return Met, update
	}},
	no(FirewallEnabled, "PublicFirewall", func(m *Machine) *bool { return m.PublicFirewall }),
	yes(AutoMountDisabled, "AutoMount", func(m *Machine) *bool { return m.AutoMount }),
	yes(RealTimeUniversalDisabled, "RealTimeIsUniversal", func(m *Machine) *bool { return m.RealTimeIsUniversal }),
	yes(DHCPDisabled, "DHCP", func(m *Machine) *bool { return m.DHCP }),
	yes(TimeServerUnreachable, "TimeServerReachable", func(m *Machine) *bool { return m.TimeServerReachable }),
	yes(WorkspacesBYOLAccountNotFound, "BYOLAccount", func(m *Machine) *bool { return m.BYOLAccount }),
	yes(WorkspacesBYOLAccountDisabled, "BYOLAccountEnabled", func(m *Machine) *bool { return m.BYOLAccountEnabled }),

	sized(DiskSizeExceeded, "DiskBytes", func(m *Machine) *int64 { return m.DiskBytes }),
	sized(DiskTooSmall, "DiskBytes", func(m *Machine) *int64 { return m.DiskBytes }),
	sized(DiskFreeSpace, "FreeBytes", func(m *Machine) *int64 { return m.FreeBytes }),
	ifOffice(DiskFreeSpaceForOffice, "FreeBytes", func(m *Machine, w *row) (State, any) { return sizeState(m.FreeBytes, w) }),
	{AdditionalDrivesAttached, "Drives", func(_ Rules, m *Machine, _ *row) (State, any) {
		switch {
		case m.Drives == nil:
			return NotProvided, nil
		case len(m.Drives) == 1 && m.Drives[0].Type == localDisk:
			return Met, &m.Drives
		}
		return Broken, &m.Drives
	}},
	{RestrictedDriveLetterInUse, "Drives", func(_ Rules, m *Machine, _ *row) (State, any) {
		switch {
		case m.Drives == nil:
			return NotProvided, nil
		case slices.ContainsFunc(m.Drives, func(d Drive) bool { return strings.EqualFold(d.ID, "D:") }):
			return Broken, &m.Drives
		}
		return Met, &m.Drives
	}},
	{IncompatiblePartitioning, "Partitions", partitioning},
	{TooManyPartitions, "Partitions", func(_ Rules, m *Machine, w *row) (State, any) {
		switch {
		case m.Partitions == nil:
			return NotProvided, nil
		case m.bootable() > 1:
			return NotApplicable, nil // MultipleBootPartition says more
		case w.holds(int64(len(m.Partitions))):
			return Met, &m.Partitions
		}
		return Broken, &m.Partitions
	}},
	{MultipleBootPartition, "Partitions", func(_ Rules, m *Machine, _ *row) (State, any) {
		switch {
		case m.Partitions == nil:
			return NotProvided, nil
		case m.bootable() > 1:
			return Broken, &m.Partitions
		}
		return Met, &m.Partitions
	}},
	{UEFINotSupported, "UEFI", func(_ Rules, m *Machine, _ *row) (State, any) { return m.boot(false, windows10) }},
	{BootModeDisputed, "Caption", func(_ Rules, m *Machine, _ *row) (State, any) {
		switch system := m.windows(); {
		case isProduct(&system, ""):
			return NotProvided, nil
		case isProduct(&system, windows10):
			return Broken, m.Caption
		}
		return NotApplicable, nil
	}},
	{UEFIRequired, "UEFI", func(_ Rules, m *Machine, _ *row) (State, any) { return m.boot(true, windows11) }},
}

func isProduct(w *Windows, product string) bool {
	p, _ := w.known()
	return p == product
}

// boot holds the boot mode of a product's systems against the one that it must have.
func (m *Machine) boot(uefi bool, product string) (State, any) {
	system := m.windows()
	switch p, _ := system.known(); p {
	case "":
		return NotProvided, nil
	case product:
		return boolState(m.UEFI, uefi)
	}
	return NotApplicable, nil
}

// partitioning has three rules, told apart by the names in the row: no GPT at all; MBR for
// one product and GPT for the other; and GPT just with UEFI.
func partitioning(_ Rules, m *Machine, w *row) (State, any) {
	if m.Partitions == nil {
		return NotProvided, nil
	}
	var gpt bool // what all must be
	switch len(w.names) {
	case 0:
		if m.UEFI == nil {
			return NotProvided, nil
		}
		gpt = *m.UEFI
	case 2:
		system := m.windows()
		product, _ := system.known()
		if product == "" {
			return NotProvided, nil
		}
		if !slices.Contains(w.names, product) {
			return NotApplicable, nil
		}
		gpt = product == w.names[1]
	}
	for _, p := range m.Partitions {
		if p.gpt() != gpt {
			return Broken, &m.Partitions
		}
	}
	return Met, &m.Partitions
}
