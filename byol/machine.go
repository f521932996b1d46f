package byol

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Machine is a Windows system that should become a BYOL image, as read-only queries describe
// it. A nil pointer or slice is a fact that is not known; an empty slice that is not nil is an
// empty list. Machines can be read from JSON by the names of the fields.
type Machine struct {
	Caption     *string `json:",omitempty"` // Win32_OperatingSystem.Caption
	Version     *string `json:",omitempty"` // Win32_OperatingSystem.Version, such as 10.0.19045
	ProductType *int    `json:",omitempty"` // Win32_OperatingSystem.ProductType: 1 is a workstation
	SystemType  *string `json:",omitempty"` // Win32_ComputerSystem.SystemType, such as "x64-based PC"
	Language    *string `json:",omitempty"` // primary, such as en-US
	Activated   *bool   `json:",omitempty"` // against the customer's key management servers

	PowerShellMajor *int `json:",omitempty"`

	OfficeInstalled   *bool    `json:",omitempty"` // an Office that is not of Microsoft 365
	SubscribesOffice  *bool    `json:",omitempty"` // the import will subscribe to Office through AWS
	ExtraSoftware     []string `json:",omitzero"`  // what Windows does not come with
	AntiVirus         []string `json:",omitzero"`  // names of the products that are registered
	VMwareTools       *bool    `json:",omitempty"`
	PCoIPAgent        *bool    `json:",omitempty"` // something of it is there
	PCoIPUninstaller  *bool    `json:",omitempty"` // and its uninstaller is
	AppxPackages      []string `json:",omitzero"`  // that are installed for a user and not provisioned for all
	BitLocker         *bool    `json:",omitempty"` // or another encryption of the disk, in whole or in part
	ReservedStorage   *bool    `json:",omitempty"` // is enabled
	MemoryIntegrity   *bool    `json:",omitempty"` // is locked by UEFI
	UpgradedInPlace   *bool    `json:",omitempty"`
	UpdatesInstalled  *bool    `json:",omitempty"` // the latest ones
	PendingReboot     *bool    `json:",omitempty"`
	RearmCount        *int     `json:",omitempty"` // of Windows, as slmgr /dlv tells
	AutoLogon         *bool    `json:",omitempty"`
	DomainJoined      *bool    `json:",omitempty"`
	AzureDomainJoined *bool    `json:",omitempty"`

	WindowsUpdateStart    *string `json:",omitempty"` // StartMode of the service wuauserv
	ModulesInstallerStart *string `json:",omitempty"` // StartMode of TrustedInstaller
	PublicFirewall        *bool   `json:",omitempty"` // the public profile is on
	AutoMount             *bool   `json:",omitempty"` // of new volumes is on
	RealTimeIsUniversal   *bool   `json:",omitempty"`
	DHCP                  *bool   `json:",omitempty"` // on each interface that is enabled
	TimeServerReachable   *bool   `json:",omitempty"` // from where WorkSpaces run

	BYOLAccount          *bool   `json:",omitempty"` // the local account WorkSpaces_BYOL exists
	BYOLAccountEnabled   *bool   `json:",omitempty"`
	DefaultProfile       *string `json:",omitempty"` // its folder
	DefaultProfileCustom *bool   `json:",omitempty"` // C:\Users\Default was changed

	DiskBytes  *int64      `json:",omitempty"` // size of disk 0
	FreeBytes  *int64      `json:",omitempty"` // on C:
	Drives     []Drive     `json:",omitzero"`
	UEFI       *bool       `json:",omitempty"` // booted by UEFI; else by a legacy BIOS
	Partitions []Partition `json:",omitzero"`
}

// A Drive is a Win32_LogicalDisk.
type Drive struct {
	ID   string // such as "C:"
	Type int    // DriveType: 3 is a local disk
}

// String is the drive's letter, and its type if that is not a local disk.
func (d Drive) String() string {
	if d.Type == localDisk {
		return d.ID
	}
	return fmt.Sprintf("%s (type %d)", d.ID, d.Type)
}

// Values of Windows Management Instrumentation.
const (
	localDisk   = 3 // DriveType
	workstation = 1 // ProductType
)

// A Partition is a Win32_DiskPartition.
type Partition struct {
	Type     string // such as "GPT: System" or "MBR: Installable File System"; WMI writes no "MBR: "
	Bootable bool
}

// gpt reports whether the partition is of a GUID partition table.
func (p Partition) gpt() bool { return strings.HasPrefix(p.Type, "GPT") }

// String is the partition's type.
func (p Partition) String() string {
	if p.Bootable {
		return p.Type + " (bootable)"
	}
	return p.Type
}

// GB is 2^30 bytes, which the checker calls a GB. The documents do not say which they mean.
const GB = 1 << 30

// x64 reports whether a SystemType is 64-bit x86.
func x64(systemType string) bool { return containsFold(systemType, "x64") }

// containsFold is strings.Contains without regard to case, as PowerShell compares. It
// allocates nothing.
func containsFold(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// bootable returns the number of bootable partitions.
func (m *Machine) bootable() (n int) {
	for i := range m.Partitions {
		if m.Partitions[i].Bootable {
			n++
		}
	}
	return n
}

// windows returns the system of the machine, as far as it is known. The error is for a value
// that no machine has.
func (m *Machine) windows() (Windows, error) {
	var caption, version string
	if m.Caption != nil {
		caption = *m.Caption
	}
	if m.Version != nil {
		version = *m.Version
	}
	w, err := ParseWindows(caption, version)
	if err == nil {
		err = w.validate()
	}
	switch {
	case err != nil:
		return Windows{}, err
	case m.DiskBytes != nil && *m.DiskBytes < 0:
		return w, negative("DiskBytes", *m.DiskBytes)
	case m.FreeBytes != nil && *m.FreeBytes < 0:
		return w, negative("FreeBytes", *m.FreeBytes)
	case m.PowerShellMajor != nil && *m.PowerShellMajor < 0:
		return w, negative("PowerShellMajor", int64(*m.PowerShellMajor))
	case m.RearmCount != nil && *m.RearmCount < 0:
		return w, negative("RearmCount", int64(*m.RearmCount))
	}
	return w, nil
}

func negative(at rule.Path, n int64) error {
	return &rule.InputError{Path: at, Value: fmt.Sprint(n), Reason: "is negative"}
}
