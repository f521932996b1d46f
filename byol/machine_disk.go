package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about the disk and the boot mode. Where the importer has an error for
// it, the rule has that error's name.
const (
	DiskSizeExceeded           rule.Code = "byol.disk-size-exceeded"
	DiskTooSmall               rule.Code = "byol.disk-too-small"
	DiskFreeSpace              rule.Code = "byol.disk-free-space"
	DiskFreeSpaceForOffice     rule.Code = "byol.disk-free-space-for-office"
	AdditionalDrivesAttached   rule.Code = "byol.additional-drives-attached"
	RestrictedDriveLetterInUse rule.Code = "byol.restricted-drive-letter-in-use"
	IncompatiblePartitioning   rule.Code = "byol.incompatible-partitioning"
	TooManyPartitions          rule.Code = "byol.too-many-partitions"
	MultipleBootPartition      rule.Code = "byol.multiple-boot-partition"
	UEFINotSupported           rule.Code = "byol.uefi-not-supported"
	BootModeDisputed           rule.Code = "byol.boot-mode-disputed"
	UEFIRequired               rule.Code = "byol.uefi-required"
)

// machineDiskChecks has these figures:
//
//	from        disk                 free on C:
//	2018-02-03  under 80 GB
//	2019-01-08  10 to under 80 GB
//	2019-10-25  10 to under 80 GB    10 GB, by the checker
//	2020-03-31  at most 70 GB        10 GB
//	2020-09-03  at most 70 GB        10 GB, and 20 GB to subscribe to Office
//	2025-10-21  under 80 GB          20 GB
//
// The page of errors of 2026-09-10 says both more than 20 GB and 20 GB or more. The copy of
// 2025-10-21 has only the second: its headings are lost.
var machineDiskChecks = []check[Machine]{
	{requirement{DiskSizeExceeded, "The disk is too large.", "Shrink the disk to the size that is named.", []ask{
		must(byolPage, requirementsSection, "2018-02-03", "2020-03-31", "a disk of less than 80 GB").under(80 * GB),
		must(byolPage, requirementsSection, "2020-03-31", autumn2025, "a disk of at most 70 GB").atMost(70 * GB),
		must(errorsPage, errorsSection, autumn2025, "", "a disk of less than 80 GB").under(80 * GB),
	}}, "DiskBytes", sized(func(m *Machine) *int64 { return m.DiskBytes })},
	{requirement{DiskTooSmall, "The disk is too small.", "Use a disk of the size that is named.",
		[]ask{must(byolPage, "Step 3: Export the VM from Your Virtualization Environment", "2019-01-08", "2020-03-31", "a disk of at least 10 GB").atLeast(10 * GB)}}, "DiskBytes",
		sized(func(m *Machine) *int64 { return m.DiskBytes })},
	{requirement{DiskFreeSpace, "Drive C: has too little free space.", "Free as much space on drive C: as is named.", []ask{
		must(checker206, "FreeDiskSpace", seen206, "2020-03-31", "at least 10 GB free on C:").atLeast(10 * GB),
		must(byolPage, requirementsSection, "2020-03-31", autumn2025, "at least 10 GB free on C:").atLeast(10 * GB),
		must(errorsPage, errorsSection, autumn2025, august2026, "at least 20 GB free on C:").atLeast(20 * GB),
		must(errorsPage, freeHeading, august2026, "", "more than 20 GB free on C:; the same page says 20 GB or more").atLeast(20 * GB).edgeOpen(tables.Cite(errorsPage, freeHeading, august2026)),
	}}, "FreeBytes", sized(func(m *Machine) *int64 { return m.FreeBytes })},
	{requirement{DiskFreeSpaceForOffice, "Drive C: has too little free space to subscribe to Office.", "Free 20 GB on drive C:, or do not subscribe to Office.",
		[]ask{must(byolPage, requirementsSection, "2020-09-03", autumn2025, "at least 20 GB free on C: to subscribe to Office").atLeast(20 * GB)}}, "FreeBytes",
		ifOffice(sized(func(m *Machine) *int64 { return m.FreeBytes }))},
	{requirement{AdditionalDrivesAttached, "There are drives beside the local disk.", "Remove every drive but C:, virtual ones included.",
		tested(rule.Must, "LocalDrives", "one drive, a local disk")}, "Drives",
		func(m *Machine, _ system, _ *ask) outcome {
			if m.Drives == nil {
				return outcome{}
			}
			return either(len(m.Drives) == 1 && m.Drives[0].Type == localDisk, &m.Drives)
		}},
	{requirement{RestrictedDriveLetterInUse, "A drive has the letter D:.", "Keep the letter D: free, also when an instance starts from the image.",
		[]ask{must(errorsPage, errorsSection, autumn2025, "", "no drive D:")}}, "Drives",
		func(m *Machine, _ system, _ *ask) outcome {
			if m.Drives == nil {
				return outcome{}
			}
			return either(!slices.ContainsFunc(m.Drives, func(d Drive) bool { return strings.EqualFold(d.ID, "D:") }), &m.Drives)
		}},
	{requirement{IncompatiblePartitioning, "The partition style is not the one that the import takes.", "Use the partition style that is named for the system.", []ask{
		must(checker206, "GPTPartitions", seen206, seen211, "no GPT partition").oneOf("MBR"),
		must(checker211, "GPTPartitions", seen211, seen21325, "no GPT partition").oneOf("MBR"),
		must(checker21325, "GPTPartitions", seen21325, autumn2025, "GPT partitions with UEFI, MBR partitions without"),
		must(errorsPage, errorsSection, autumn2025, "", "MBR partitions for Windows 10, GPT partitions for Windows 11").oneOf(windows10, windows11),
	}}, "Partitions", partitioning},
	{requirement{TooManyPartitions, "The disk has more partitions than the page of errors wants.", "Leave fewer partitions if the import is refused for them; a stock GPT layout has more.",
		[]ask{should(errorsPage, partitionsHeading, august2026, "", "fewer than 2 partitions, which a stock GPT layout is not").under(2)}}, "Partitions",
		func(m *Machine, _ system, a *ask) outcome {
			switch {
			case m.Partitions == nil:
				return outcome{}
			case m.bootable() > 1:
				return outcome{state: NotApplicable} // MultipleBootPartition says more
			}
			return either(a.holds(int64(len(m.Partitions))), &m.Partitions)
		}},
	{requirement{MultipleBootPartition, "There are several bootable partitions.", "Leave one bootable partition.",
		tested(rule.Must, "MultipleBootPartition", "one bootable partition")}, "Partitions",
		func(m *Machine, _ system, _ *ask) outcome {
			if m.Partitions == nil {
				return outcome{}
			}
			return either(m.bootable() <= 1, &m.Partitions)
		}},
	{requirement{UEFINotSupported, "Windows 10 boots by UEFI.", "Boot Windows 10 by a legacy BIOS.", []ask{
		must(checker21325, "BootMode_UEFI", seen21325, autumn2025, "a legacy BIOS for Windows 10"),
		must(errorsPage, errorsSection, facts.ReadG6, "", "a legacy BIOS for Windows 10").readOn(autumn2025), // disputed until then
	}}, "UEFI", boot(false, windows10)},
	{requirement{BootModeDisputed, "The documents contradict one another on how Windows 10 boots.", "Use another system than Windows 10, or ask AWS Support which boot mode holds.",
		[]ask{should(byolPage, processOf2025, autumn2025, facts.ReadG6, "a system other than Windows 10: the BYOL page wants UEFI for all, the page of errors a legacy BIOS for Windows 10").contradictedBy(tables.Cite(errorsPage, errorsSection, autumn2025))}}, "Caption",
		func(m *Machine, w system, _ *ask) outcome {
			switch w.product {
			case "":
				return outcome{}
			case windows10:
				return outcome{Broken, m.Caption, nil}
			}
			return outcome{state: NotApplicable}
		}},
	{requirement{UEFIRequired, "The system does not boot by UEFI.", "Boot the system by UEFI.", []ask{
		must(byolPage, processOf2025, autumn2025, facts.ReadG6, "UEFI"),
		must(byolPage, versions, facts.ReadG6, "", "UEFI for Windows 11"),
	}}, "UEFI", boot(true, windows11)},
}

// boot is the test of the boot mode that the systems of a product must have.
func boot(uefi bool, product string) test[Machine] {
	return func(m *Machine, w system, _ *ask) outcome {
		switch w.product {
		case "":
			return outcome{}
		case product:
			return boolean(m.UEFI, uefi)
		}
		return outcome{state: NotApplicable}
	}
}

// partitioning has three rules. The names in the ask tell which: one name is no GPT at all;
// two names are MBR for the first product and GPT for the second; none is GPT with UEFI, and
// MBR without.
func partitioning(m *Machine, w system, a *ask) outcome {
	if m.Partitions == nil {
		return outcome{}
	}
	var gpt bool // what all must be
	switch len(a.names) {
	case 0:
		if m.UEFI == nil {
			return outcome{}
		}
		gpt = *m.UEFI
	case 2:
		if w.product == "" {
			return outcome{}
		}
		if !slices.Contains(a.names, w.product) {
			return outcome{state: NotApplicable}
		}
		gpt = w.product == a.names[1]
	}
	return either(!slices.ContainsFunc(m.Partitions, func(p Partition) bool { return p.gpt() != gpt }), &m.Partitions)
}
