package byol

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A trial is what a test of the checker found.
type trial struct {
	Result
	fact  any       // pointer to the fact that it looked at, or nil
	lacks rule.Path // the fact that is missing, if the result is Unknown
	why   string    // it does not decide, if it is given; continued with the name of the test
}

func lacking(at rule.Path) trial { return trial{Result: Unknown, lacks: at} }

// tried is Passed by a fact, or else the breach.
func tried(ok bool, breach Result, fact any) trial {
	if ok {
		return trial{Result: Passed, fact: fact}
	}
	return trial{Result: breach, fact: fact}
}

type checkerFunc func(c *checkerRow, o CheckerOptions, m *Machine) trial

// factTest is the test of a fact that must be good.
func factTest(at rule.Path, field func(*Machine) *bool, good bool, breach Result) checkerFunc {
	return func(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
		p := field(m)
		if p == nil {
			return lacking(at)
		}
		return tried(*p == good, breach, p)
	}
}

func testPowerShell(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	const least = 4
	if m.PowerShellMajor == nil {
		return lacking("PowerShellMajor")
	}
	return tried(*m.PowerShellMajor >= least, Failed, m.PowerShellMajor)
}

// testOffice matters to an automated run if the image is to have Office.
func testOffice(_ *checkerRow, o CheckerOptions, m *Machine) trial {
	p := m.OfficeInstalled
	switch {
	case o.Automated && !o.Office:
		return trial{Result: Passed, fact: p}
	case p == nil:
		return lacking("OfficeInstalled")
	case o.Automated:
		return tried(!*p, Failed, p)
	}
	return tried(!*p, Warning, p)
}

func testPCoIP(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	agent, uninstaller := m.PCoIPAgent, m.PCoIPUninstaller
	switch {
	case agent == nil:
		return lacking("PCoIPAgent")
	case !*agent:
		return trial{Result: Passed, fact: agent}
	case uninstaller == nil:
		return trial{Result: Unknown, fact: agent, lacks: "PCoIPUninstaller"}
	case !*uninstaller:
		return trial{Result: Failed, fact: agent}
	}
	return trial{Result: Warning, fact: agent}
}

func testUpdates(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	update, installer := m.WindowsUpdateStart, m.ModulesInstallerStart
	switch {
	case update != nil && !strings.EqualFold(*update, "Disabled"):
		return trial{Result: Warning, fact: update}
	case installer != nil && !strings.EqualFold(*installer, "Manual"):
		return trial{Result: Warning, fact: installer}
	case update == nil:
		return lacking("WindowsUpdateStart")
	case installer == nil:
		return lacking("ModulesInstallerStart")
	}
	return trial{Result: Passed, fact: update}
}

// testAccountDisabled warns of an account that does not exist, too.
func testAccountDisabled(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	switch {
	case m.BYOLAccount != nil && !*m.BYOLAccount:
		return trial{Result: Warning, fact: m.BYOLAccount}
	case m.BYOLAccountEnabled == nil:
		return lacking("BYOLAccountEnabled")
	}
	return tried(*m.BYOLAccountEnabled, Warning, m.BYOLAccountEnabled)
}

func testFreeSpace7(c *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.FreeBytes == nil {
		return lacking("FreeBytes")
	}
	return tried(float64(*m.FreeBytes)/GB >= c.minFreeGB, Failed, (*size)(m.FreeBytes))
}

// testFreeSpace rounds to hundredths in the version that knows of Office.
func testFreeSpace(c *checkerRow, o CheckerOptions, m *Machine) trial {
	if m.FreeBytes == nil {
		return lacking("FreeBytes")
	}
	free, got := float64(*m.FreeBytes)/GB, (*size)(m.FreeBytes)
	if c.officeGB == 0 {
		return tried(free >= c.minFreeGB, Failed, got)
	}
	free = math.RoundToEven(free*100) / 100
	if !o.Automated {
		return tried(free >= c.officeGB, Warning, got)
	}
	least := c.minFreeGB
	if o.Office {
		if m.OfficeInstalled == nil && free >= c.minFreeGB && free < c.officeGB {
			return trial{Result: Unknown, fact: got, lacks: "OfficeInstalled"}
		}
		if m.OfficeInstalled != nil && *m.OfficeInstalled { // it asks for the space where Office stands already
			least = c.officeGB
		}
	}
	return tried(free >= least, Failed, got)
}

func testDrives(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.Drives == nil {
		return lacking("Drives")
	}
	return tried(len(m.Drives) == 1 && m.Drives[0].Type == localDisk, Failed, &m.Drives)
}

func testOS(c *checkerRow, _ CheckerOptions, m *Machine) trial {
	switch {
	case m.ProductType != nil && *m.ProductType != workstation:
		return trial{Result: Failed, fact: m.ProductType}
	case m.Version == nil:
		return lacking("Version")
	case !c.takes(*m.Version):
		return trial{Result: Failed, fact: m.Version}
	case m.ProductType == nil:
		return trial{Result: Unknown, fact: m.Version, lacks: "ProductType"}
	}
	return trial{Result: Passed, fact: m.Version}
}

// takes reports whether the checker takes a version of Windows.
func (c *checkerRow) takes(version string) bool {
	if c.major[1] == 0 {
		return slices.Contains(c.versions, version)
	}
	var major int
	_, err := fmt.Sscanf(version, "%d.", &major)
	return err == nil && major >= c.major[0] && major <= c.major[1]
}

// testDiskSize knows the size of disk 0. Versions before 2.13.25 look at drive C:, which may be smaller.
func testDiskSize(c *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.DiskBytes == nil {
		return lacking("DiskBytes")
	}
	t := tried(float64(*m.DiskBytes)/GB <= c.maxDiskGB, Failed, (*size)(m.DiskBytes))
	if t.Result == Failed && !c.wholeDisk {
		return trial{Result: Unknown, lacks: "DiskBytes", why: fmt.Sprintf("disk 0 is larger than %g GB, and the size of its drive C: is not known", c.maxDiskGB)}
	}
	return t
}

// testPartitions looks for types that start with MBR, which those of WMI do not.
func testPartitions(c *checkerRow, _ CheckerOptions, m *Machine) trial {
	switch {
	case m.Partitions == nil:
		return lacking("Partitions")
	case c.gptWithUEFI && m.UEFI == nil:
		return lacking("UEFI")
	}
	bad := "GPT"
	if c.gptWithUEFI && *m.UEFI {
		bad = "MBR"
	}
	ok := !slices.ContainsFunc(m.Partitions, func(p Partition) bool { return strings.HasPrefix(p.Type, bad) })
	return tried(ok, Failed, &m.Partitions)
}

func testBootPartitions(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.Partitions == nil {
		return lacking("Partitions")
	}
	return tried(m.bootable() <= 1, Failed, &m.Partitions)
}

func testArchitecture(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.SystemType == nil {
		return lacking("SystemType")
	}
	return tried(x64(*m.SystemType), Failed, m.SystemType)
}

func testRearm(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.RearmCount == nil {
		return lacking("RearmCount")
	}
	return tried(*m.RearmCount > 0, Failed, m.RearmCount)
}

func testAntiVirus(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	if m.AntiVirus == nil {
		return lacking("AntiVirus")
	}
	if i := slices.IndexFunc(m.AntiVirus, func(name string) bool { return !defender(name) }); i >= 0 {
		return trial{Result: Failed, fact: &m.AntiVirus[i]}
	}
	return trial{Result: Passed, fact: &m.AntiVirus}
}

// testUEFI knows Windows 10 by the caption.
func testUEFI(_ *checkerRow, _ CheckerOptions, m *Machine) trial {
	switch {
	case m.UEFI != nil && !*m.UEFI, m.Caption != nil && !containsFold(*m.Caption, "windows 10"):
		return trial{Result: Passed, fact: m.UEFI}
	case m.UEFI == nil:
		return lacking("UEFI")
	case m.Caption == nil:
		return lacking("Caption")
	}
	return trial{Result: Failed, fact: m.UEFI}
}
