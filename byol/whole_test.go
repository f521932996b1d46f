package byol_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// whole is an answer in lines, with codes without "byol.".
func whole(a rule.Answer) []string {
	return ruletest.Lines(a, func(v rule.Violation) string {
		return fmt.Sprintf("%s %s at %s: %s", v.Level, strings.TrimPrefix(string(v.Code), "byol."), v.Path, v.Detail)
	})
}

func compare(t *testing.T, name string, a rule.Answer, err error, want ...string) {
	t.Helper()
	ruletest.Whole(t, name, whole(a), err, want...)
}

// The lengths that the reference of the API gives are those of the longest that pass, and of the shortest.
func TestLengthsOfAnImport(t *testing.T) {
	rules := byol.Newest()
	tags := func(n int) (list []types.Tag) {
		for i := range n {
			list = append(list, types.Tag{Key: new(fmt.Sprint("k", i)), Value: new("")})
		}
		return list
	}
	of := func(n int) string { return strings.Repeat("a", n) }
	names := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprint("image", i))
		}
		return list
	}
	for name, tt := range map[string]struct {
		change func(in *importInput)
		want   string // of the violation; "" for none
	}{
		"name of 64":         {func(in *importInput) { in.ImageName = of(64) }, ""},
		"name of 65":         {func(in *importInput) { in.ImageName = of(65) }, `must image-name-malformed at ImageName: "` + of(65) + `"; want 1 to 64 letters, digits and _./()\-, without a space`},
		"name of 1":          {func(in *importInput) { in.ImageName = "a" }, ""},
		"no name":            {func(in *importInput) { in.ImageName = "" }, "must member-missing at ImageName: it is missing; want every required member"},
		"a space":            {func(in *importInput) { in.ImageName = "a b" }, `must image-name-malformed at ImageName: "a b"; want 1 to 64 letters, digits and _./()\-, without a space`},
		"description of 256": {func(in *importInput) { in.ImageDescription = of(256) }, ""},
		"description of 257": {func(in *importInput) { in.ImageDescription = of(257) }, `must image-description-malformed at ImageDescription: `},
		"description of 1":   {func(in *importInput) { in.ImageDescription = "a" }, ""},
		"no description":     {func(in *importInput) { in.ImageDescription = "" }, "must member-missing at ImageDescription: it is missing; want every required member"},
		"a backslash":        {func(in *importInput) { in.ImageDescription = `a\b` }, `must image-description-malformed at ImageDescription: "a\\b"; want 1 to 256 letters, digits, spaces and _./()-`},
		"50 tags":            {func(in *importInput) { in.Tags = tags(50) }, ""},
		"51 tags":            {func(in *importInput) { in.Tags = tags(51) }, "must tags-too-many at Tags: 51 tags; want at most 50 tags"},
		"key of 127":         {func(in *importInput) { in.Tags = []types.Tag{{Key: new(strings.Repeat("é", 127))}} }, ""},
		"key of 128":         {func(in *importInput) { in.Tags = []types.Tag{{Key: new("a")}, {Key: new(of(128))}} }, `must tag-key-malformed at Tags[1].Key: "` + of(128) + `"; want a key of 1 to 127 characters`},
		"empty key":          {func(in *importInput) { in.Tags = []types.Tag{{Key: new("")}} }, `must tag-key-malformed at Tags[0].Key: ""; want a key of 1 to 127 characters`},
		"no key":             {func(in *importInput) { in.Tags = []types.Tag{{}} }, "must tag-key-malformed at Tags[0].Key: it is missing; want a key of 1 to 127 characters"},
		"value of 255":       {func(in *importInput) { in.Tags = []types.Tag{{Key: new("a"), Value: new(strings.Repeat("é", 255))}} }, ""},
		"value of 256":       {func(in *importInput) { in.Tags = []types.Tag{{Key: new("a"), Value: new(of(256))}} }, `must tag-value-too-long at Tags[0].Value: "` + of(100)},
		"39 images":          {func(in *importInput) { in.Known.ImageNames = names(39) }, ""},
		"40 images":          {func(in *importInput) { in.Known.ImageNames = names(40) }, "should images-over-quota at ImageName: the Region has 40 images; want fewer than the 40 images that a Region holds by default"},
		"its name":           {func(in *importInput) { in.Known.ImageNames = []string{"silver", "golden"} }, `must image-name-taken at ImageName: "golden" is the name of another image; want a name that no image has`},
		"foreign AMI":        {func(in *importInput) { in.Known.AMIOwned = new(false) }, "must ami-not-owned at Ec2ImageId: the account does not own the AMI; want "},
		"encrypted AMI":      {func(in *importInput) { in.Known.AMIEncrypted = new(true) }, "must source-ami-encrypted at Ec2ImageId: the AMI is encrypted; want an AMI that is not encrypted"},
		"AMI":                {func(in *importInput) { in.Ec2ImageID = "ami-1" }, `must ec2-image-id-malformed at Ec2ImageId: "ami-1"; want `},
	} {
		in := goodImport(rules.Edition())
		tt.change(&in)
		a, err := rules.CheckImport(in.Import, in.Known)
		got := whole(a)[1:]
		if err != nil || (tt.want == "") != (len(got) == 0) || tt.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], tt.want)) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// A run of the checker shows the fact that each test looked at.
func TestWhatTheCheckerGot(t *testing.T) {
	m := goodMachine(rule.MustParseEdition("2020-04-29"))
	m.PowerShellMajor, m.FreeBytes, m.DiskBytes, m.OfficeInstalled = new(3), new(int64(5*byol.GB+1)), new(int64(90*byol.GB)), new(true)
	m.Drives = []byol.Drive{{ID: "C:", Type: 3}, {ID: "E:", Type: 5}}
	m.Partitions = []byol.Partition{{Type: "GPT: System", Bootable: true}, {Type: "GPT: Basic Data", Bootable: true}}
	m.AntiVirus, m.SystemType, m.ModulesInstallerStart = []string{"Windows Defender", "ClamWin"}, new("X86-based PC"), new("Automatic")
	m.PCoIPAgent, m.PCoIPUninstaller, m.UEFI, m.RearmCount, m.Version, m.Caption = new(true), new(true), nil, new(0), new("10.0.26100"), nil
	run, err := byol.Newest().RunChecker(m, byol.CheckerOptions{})
	var got []string
	for _, test := range run.Tests {
		line := fmt.Sprintf("%s %s %s", test.Name, test.Result, test.Got)
		if test.Counted {
			line += " counted"
		}
		if test.Fixable {
			line += " fixable"
		}
		got = append(got, line)
	}
	want := []string{
		"PowershellVersion FAILED 3 counted", "OfficeInstalled WARNING true", "PCoIP_Check WARNING true counted fixable", `Disable_Updates WARNING "Automatic" counted fixable`,
		"AutoMount PASSED true", "Workspaces_BYOLAccountExist PASSED true", "Workspaces_BYOLAccountDisabled PASSED true", "DHCPEnabledInterface PASSED true",
		"FreeDiskSpaceW7 EXEMPT ", "FreeDiskSpace WARNING 5.00 GB (5368709121 bytes)", "LocalDrives FAILED [C:, E: (type 5)] counted", `OSRequirements FAILED "10.0.26100" counted`,
		"DomainJoined PASSED false", "AzureDomainJoined PASSED false", "Firewall PASSED false", "VMWareTools PASSED false", "DriveLessThan80GB FAILED 90 GB counted",
		"GPTPartitions UNKNOWN ", "PendingReboots PASSED false", "AutoLogon PASSED false", "RealTimeUniversal PASSED true",
		"MultipleBootPartition FAILED [GPT: System (bootable), GPT: Basic Data (bootable)] counted", `64BitOS FAILED "X86-based PC" counted`, "RearmCount FAILED 0 counted",
		"InPlaceUpgrade PASSED false", `AVnotInstalled FAILED "ClamWin" counted`, "BootMode_UEFI UNKNOWN ",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	compare(t, "the answer", run.Answer, err, "denied",
		"must outdated-powershell-version at BYOLChecker.PowershellVersion: PowershellVersion of BYOLChecker 2.13.25 says FAILED: 3",
		"should office-installed at BYOLChecker.OfficeInstalled: OfficeInstalled of BYOLChecker 2.13.25 says WARNING: true",
		"must pcoip-agent-installed at BYOLChecker.PCoIP_Check: PCoIP_Check of BYOLChecker 2.13.25 says WARNING: true",
		`must windows-updates-enabled at BYOLChecker.Disable_Updates: Disable_Updates of BYOLChecker 2.13.25 says WARNING: "Automatic"`,
		"should disk-free-space at BYOLChecker.FreeDiskSpace: FreeDiskSpace of BYOLChecker 2.13.25 says WARNING: 5.00 GB (5368709121 bytes)",
		"must additional-drives-attached at BYOLChecker.LocalDrives: LocalDrives of BYOLChecker 2.13.25 says FAILED: [C:, E: (type 5)]",
		`must os-not-supported at BYOLChecker.OSRequirements: OSRequirements of BYOLChecker 2.13.25 says FAILED: "10.0.26100"`,
		"must disk-size-exceeded at BYOLChecker.DriveLessThan80GB: DriveLessThan80GB of BYOLChecker 2.13.25 says FAILED: 90 GB",
		"must multiple-boot-partition at BYOLChecker.MultipleBootPartition: MultipleBootPartition of BYOLChecker 2.13.25 says FAILED: [GPT: System (bootable), GPT: Basic Data (bootable)]",
		`must requires-64-bit-os at BYOLChecker.64BitOS: 64BitOS of BYOLChecker 2.13.25 says FAILED: "X86-based PC"`,
		"must zero-rearm-count at BYOLChecker.RearmCount: RearmCount of BYOLChecker 2.13.25 says FAILED: 0",
		`must antivirus-installed at BYOLChecker.AVnotInstalled: AVnotInstalled of BYOLChecker 2.13.25 says FAILED: "ClamWin"`,
		"open UEFI: it is not given, and the test GPTPartitions of BYOLChecker 2.13.25 looks at it",
		"open UEFI: it is not given, and the test BootMode_UEFI of BYOLChecker 2.13.25 looks at it")
	large, err := at(t, rule.MustParseEdition("2020-04-29")).RunChecker(&byol.Machine{DiskBytes: new(int64(71 * byol.GB))}, byol.CheckerOptions{})
	i := slices.IndexFunc(large.Open, func(o rule.Open) bool { return o.Path == "DiskBytes" })
	if want := "disk 0 is larger than 70 GB, and the size of its drive C: is not known, and the test DriveLessThan80GB of BYOLChecker 2.1.1 looks at it"; err != nil || i < 0 || large.Open[i].Reason != want {
		t.Errorf("%+v, %v, want %q", large.Open, err, want)
	}
}

// The figures of each version of the checker, as its script has them.
func TestParametersOfTheChecker(t *testing.T) {
	for date, want := range map[string]string{
		"2019-10-25": "version=2.0.6; disk=at most 80 GB of drive C; free space=at least 10 GB; versions of Windows=6 to 10; partitions=no GPT",
		"2020-04-29": "version=2.1.1; disk=at most 70 GB of drive C; free space=at least 10 GB; versions of Windows=6.1.7601 10.0.10586 10.0.14393 10.0.15063 10.0.16299 10.0.17134 10.0.17763 10.0.18362; partitions=no GPT",
		"2024-05-01": "version=2.13.25; disk=at most 80 GB of disk 0; free space=at least 10 GB; free space for Office=at least 20 GB; versions of Windows=10.0.10586 10.0.14393 10.0.15063 10.0.16299 10.0.17134 10.0.17763 10.0.18362 10.0.18363 " +
			"10.0.19041 10.0.19042 10.0.19043 10.0.19044 10.0.19045 10.0.22000 10.0.22621 10.0.22631; partitions=GPT with UEFI, MBR without",
	} {
		var got []string
		for _, p := range byol.Parameters() {
			if name, ok := strings.CutPrefix(p.Name, "checker "); ok && p.Span.Contains(rule.MustParseEdition(date)) {
				got = append(got, name+"="+p.Value)
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %s, want %s", date, strings.Join(got, "; "), want)
		}
	}
}

// The versions of PowerShell and the counts at which a machine passes or fails.
func TestLeastOfAMachine(t *testing.T) {
	rules := byol.Newest()
	for name, tt := range map[string]struct {
		change func(m *byol.Machine)
		want   []string
	}{
		"PowerShell 4": {func(m *byol.Machine) { m.PowerShellMajor = new(4) }, nil},
		"PowerShell 3": {func(m *byol.Machine) { m.PowerShellMajor = new(3) }, []string{"must outdated-powershell-version at PowerShellMajor: PowerShellMajor is 3; want PowerShell 4 or later"}},
		"rearm 1":      {func(m *byol.Machine) { m.RearmCount = new(1) }, nil},
		"rearm 0":      {func(m *byol.Machine) { m.RearmCount = new(0) }, []string{"must zero-rearm-count at RearmCount: RearmCount is 0; want a rearm count that is not 0"}},
		"disk under":   {func(m *byol.Machine) { m.DiskBytes = new(int64(80*byol.GB - 1)) }, nil},
		"disk of 80":   {func(m *byol.Machine) { m.DiskBytes = new(int64(80 * byol.GB)) }, []string{"must disk-size-exceeded at DiskBytes: DiskBytes is 80 GB; want a disk of less than 80 GB"}},
		"free over 20": {func(m *byol.Machine) { m.FreeBytes = new(int64(20*byol.GB + 1)) }, nil},
		"free 20":      {func(m *byol.Machine) { m.FreeBytes = new(int64(20 * byol.GB)) }, []string{"open FreeBytes: the documents differ on whether exactly 20 GB suffices"}},
		"free under":   {func(m *byol.Machine) { m.FreeBytes = new(int64(20*byol.GB - 1)) }, []string{"must disk-free-space at FreeBytes: FreeBytes is 20.00 GB (21474836479 bytes); want more than 20 GB free on C:; the same page says 20 GB or more"}},
		"drive D":      {func(m *byol.Machine) { m.Drives = []byol.Drive{{ID: "d:", Type: 3}} }, []string{"must restricted-drive-letter-in-use at Drives: Drives is [d:]; want no drive D:"}},
		"no drive":     {func(m *byol.Machine) { m.Drives = []byol.Drive{} }, []string{"must additional-drives-attached at Drives: Drives is []; want one drive, a local disk"}},
		"MBR":          {func(m *byol.Machine) { m.Partitions = []byol.Partition{{Type: "Installable File System"}} }, []string{"must incompatible-partitioning at Partitions: Partitions is [Installable File System]; want MBR partitions for Windows 10, GPT partitions for Windows 11"}},
		"2 partitions": {func(m *byol.Machine) {
			m.Partitions = []byol.Partition{{Type: "GPT: a", Bootable: true}, {Type: "GPT: b"}}
		}, []string{"should too-many-partitions at Partitions: Partitions is [GPT: a (bootable), GPT: b]; want fewer than 2 partitions, which a stock GPT layout is not"}},
		"2 to boot": {func(m *byol.Machine) {
			m.Partitions = []byol.Partition{{Type: "GPT: a", Bootable: true}, {Type: "GPT: b", Bootable: true}}
		}, []string{"must multiple-boot-partition at Partitions: Partitions is [GPT: a (bootable), GPT: b (bootable)]; want one bootable partition"}},
		"a server": {func(m *byol.Machine) { m.ProductType = new(2) }, []string{"must not-workstation at ProductType: ProductType is 2; want a client version of Windows"}},
		"BIOS":     {func(m *byol.Machine) { m.UEFI = new(false) }, []string{"must uefi-required at UEFI: UEFI is false; want UEFI for Windows 11"}},
	} {
		m := goodMachine(rules.Edition())
		tt.change(m)
		a, err := rules.CheckMachine(m)
		if got := whole(a)[1:]; err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// Lines about systems that a document does not speak of, or that are not known.
func TestLinesOfOtherSystems(t *testing.T) {
	for name, tt := range map[string]struct {
		date    string
		code    rule.Code
		machine byol.Machine
		want    byol.State
	}{
		"partitions of Windows 7":         {"2026-09-10", byol.IncompatiblePartitioning, byol.Machine{Caption: new("Microsoft Windows 7 Professional"), Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.NotApplicable},
		"partitions of what is not known": {"2026-09-10", byol.IncompatiblePartitioning, byol.Machine{Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.NotProvided},
		"partitions of Windows 10":        {"2026-09-10", byol.IncompatiblePartitioning, byol.Machine{Caption: new("Microsoft Windows 10 Pro"), Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.Broken},
		"partitions of Windows 11":        {"2026-09-10", byol.IncompatiblePartitioning, byol.Machine{Caption: new("Microsoft Windows 11 Pro"), Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.Met},
		"partitions without a boot mode":  {"2024-05-01", byol.IncompatiblePartitioning, byol.Machine{Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.NotProvided},
		"partitions with UEFI":            {"2024-05-01", byol.IncompatiblePartitioning, byol.Machine{UEFI: new(true), Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.Met},
		"partitions without UEFI":         {"2024-05-01", byol.IncompatiblePartitioning, byol.Machine{UEFI: new(false), Partitions: []byol.Partition{{Type: "GPT: a"}}}, byol.Broken},
		"partitions of 2020":              {"2020-04-29", byol.IncompatiblePartitioning, byol.Machine{Partitions: []byol.Partition{{Type: "a"}}}, byol.Met},
		"upgrade of what is not known":    {"2018-09-20", byol.InPlaceUpgrade, byol.Machine{UpgradedInPlace: new(true)}, byol.NotProvided},
		"upgrade of Windows 7":            {"2018-09-20", byol.InPlaceUpgrade, byol.Machine{UpgradedInPlace: new(true), Caption: new("Microsoft Windows 7 Professional")}, byol.NotApplicable},
		"upgrade of Windows 10":           {"2018-09-20", byol.InPlaceUpgrade, byol.Machine{UpgradedInPlace: new(true), Caption: new("Microsoft Windows 10 Pro")}, byol.Broken},
		"upgrade of any since 2019":       {"2019-10-25", byol.InPlaceUpgrade, byol.Machine{UpgradedInPlace: new(true)}, byol.Broken},
		"boot of Windows 10":              {"2026-09-10", byol.UEFINotSupported, byol.Machine{Caption: new("Microsoft Windows 10 Pro"), UEFI: new(true)}, byol.Broken},
		"boot of Windows 11":              {"2026-09-10", byol.UEFINotSupported, byol.Machine{Caption: new("Microsoft Windows 11 Pro"), UEFI: new(true)}, byol.NotApplicable},
		"boot of what is not known":       {"2026-09-10", byol.UEFINotSupported, byol.Machine{UEFI: new(true)}, byol.NotProvided},
		"profile of Windows 7":            {"2019-10-25", byol.DefaultProfileElsewhere, byol.Machine{Caption: new("Microsoft Windows 7 Professional"), DefaultProfile: new(`D:\Default`)}, byol.NotApplicable},
		"profile of Windows 10":           {"2019-10-25", byol.DefaultProfileElsewhere, byol.Machine{Caption: new("Microsoft Windows 10 Pro"), DefaultProfile: new(`D:\Default`)}, byol.Broken},
		"profile where it belongs":        {"2019-10-25", byol.DefaultProfileElsewhere, byol.Machine{DefaultProfile: new(`c:\users\default`)}, byol.Met},
		"1709 on its last day":            {"2020-03-30", byol.OSNotSupported, byol.Machine{Caption: new("Microsoft Windows 10 Pro"), Version: new("10.0.16299")}, byol.Met},
		"1709 after it":                   {"2020-03-31", byol.OSNotSupported, byol.Machine{Caption: new("Microsoft Windows 10 Pro"), Version: new("10.0.16299")}, byol.Broken},
	} {
		list, err := at(t, rule.MustParseEdition(tt.date)).MachineChecklist(&tt.machine)
		if got := state(list.Lines, tt.code); err != nil || got != tt.want {
			t.Errorf("%s: %s, %v, want %s", name, got, err, tt.want)
		}
	}
	for edition, want := range map[string][]string{ // whether it is an N edition of a product that the document names
		"Pro N": {"undocumented", "open Windows.Product: it is not given; want a Windows release of the guide's list", "open Windows.Release: it is not given; want a Windows release of the guide's list"},
	} {
		a, err := byol.Newest().CheckWindows(byol.Windows{Edition: edition}, "")
		compare(t, edition, a, err, want...)
	}
	list, err := byol.Newest().Checklist(&byol.Facts{Windows: &byol.Windows{Edition: "Pro N"}})
	if got := state(list.Lines, byol.WindowsNUnsupported); err != nil || got != byol.NotProvided {
		t.Errorf("an N edition of what is not known: %s, %v", got, err)
	}
}

// An import for Value, or with what else it may not have.
func TestWholeImports(t *testing.T) {
	rules := byol.Newest()
	eleven := byol.Windows{Product: "Windows 11", Release: "24H2", Edition: "Enterprise"}
	for name, tt := range map[string]struct {
		change func(in *importInput)
		want   []string
	}{
		"Value on Windows 11": {func(in *importInput) { in.Known.Windows, in.Known.Compute = eleven, types.ComputeValue },
			[]string{"denied", "must value-on-windows-11 at Compute: VALUE on Windows 11 24H2 Enterprise; want a compute type other than Value for Windows 11"}},
		"Value on Windows 10":    {func(in *importInput) { in.Known.Compute = types.ComputeValue }, []string{"allowed"}},
		"Standard on Windows 11": {func(in *importInput) { in.Known.Windows, in.Known.Compute = eleven, types.ComputeStandard }, []string{"allowed"}},
		"PCoIP for Windows 11": {func(in *importInput) {
			in.Known.Windows, in.IngestionProcess = eleven, types.WorkspaceImageIngestionProcessByolRegular
		}, []string{"denied", "must protocol-os-incompatibility at IngestionProcess: PCoIP for Windows 11 24H2 Enterprise; want "}},
		"Graphics": {func(in *importInput) { in.IngestionProcess = types.WorkspaceImageIngestionProcessByolGraphics },
			[]string{"denied", "must process-graphics-retired at IngestionProcess: BYOL_GRAPHICS; want a process other than that of Graphics, which is not supported after 2023-11-30"}},
		"GraphicsPro": {func(in *importInput) { in.IngestionProcess = types.WorkspaceImageIngestionProcessByolGraphicspro },
			[]string{"denied", "must process-graphicspro-retired at IngestionProcess: BYOL_GRAPHICSPRO; want a process other than that of GraphicsPro, which reached its end of life on 2025-10-31"}},
		"G4dn for Standard": {func(in *importInput) {
			in.IngestionProcess, in.Known.Compute = types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, types.ComputeStandard
		}, []string{"denied", "must process-for-other-compute at IngestionProcess: BYOL_GRAPHICS_G4DN_WSP for STANDARD; want the process that serves the compute type"}},
		"not on the list": {func(in *importInput) {
			in.IngestionProcess, in.Known.AllowListed = types.WorkspaceImageIngestionProcessByolRegularByop, new(false)
		}, []string{"denied", "must process-not-allow-listed at IngestionProcess: BYOL_REGULAR_BYOP, and the account is not on the list; want an account on the allow-list for the process"}},
		"PCoIP": {func(in *importInput) { in.IngestionProcess = types.WorkspaceImageIngestionProcessByolRegular },
			[]string{"allowed", "should protocol-ends at IngestionProcess: PCoIP ends on 2027-10-31; want a protocol whose last day no document gives"}},
		"no process": {func(in *importInput) { in.IngestionProcess = "" }, []string{"denied", "must member-missing at IngestionProcess: it is missing; want every required member"}},
		"two of Office": {func(in *importInput) {
			in.Applications = []types.Application{types.ApplicationMicrosoftOffice2016, types.ApplicationMicrosoftOffice2019}
		}, []string{"denied", "must applications-not-one at Applications: 2 applications; want one application, or none",
			"should office-ended at Applications[0]: Microsoft_Office_2016; want no Office of 2016 or 2019, which are not supported after 2025-10-14",
			"should office-ended at Applications[1]: Microsoft_Office_2019; want no Office of 2016 or 2019, which are not supported after 2025-10-14"}},
		"Office 2016 on Windows 11": {func(in *importInput) {
			in.Known.Windows, in.Applications = eleven, []types.Application{types.ApplicationMicrosoftOffice2016}
		}, []string{"denied", "must office-on-windows-11 at Applications[0]: Microsoft_Office_2016 on Windows 11; want Microsoft_Office_2019 for Windows 11"}},
		"Office on Windows 11 with a GPU": {func(in *importInput) {
			in.Known.Windows, in.Applications, in.IngestionProcess = eleven, []types.Application{types.ApplicationMicrosoftOffice2019}, types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp
		}, []string{"denied", "must office-on-windows-11-gpu at Applications[0]: Microsoft_Office_2019 with BYOL_GRAPHICS_G4DN_WSP; want no Office for Windows 11 with a GPU and DCV"}},
	} {
		in := goodImport(rules.Edition())
		tt.change(&in)
		a, err := rules.CheckImport(in.Import, in.Known)
		got := whole(a)
		if strings.HasSuffix(tt.want[len(tt.want)-1], "want ") && len(got) == 2 {
			tt.want[1] += strings.TrimPrefix(got[1], tt.want[1])
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// The users of WorkSpaces Applications may have a GPU or not.
func TestUsersThatMayHaveAGPU(t *testing.T) {
	for name, tt := range map[string]struct {
		c    byol.Commitment
		want byol.State
	}{
		"how many users":    {byol.Commitment{GPUAlwaysOn: new(1), GPUAutoStop: new(0)}, byol.NotProvided},
		"some users":        {byol.Commitment{GPUAlwaysOn: new(1), GPUAutoStop: new(0), ApplicationUsers: new(1)}, byol.Undocumented},
		"no users":          {byol.Commitment{GPUAlwaysOn: new(1), GPUAutoStop: new(0), ApplicationUsers: new(0)}, byol.Broken},
		"AutoStop alone":    {byol.Commitment{GPUAlwaysOn: new(0), GPUAutoStop: new(19), ApplicationUsers: new(0)}, byol.Broken},
		"a mix":             {byol.Commitment{GPUAlwaysOn: new(1), GPUAutoStop: new(1), ApplicationUsers: new(0)}, byol.Undocumented},
		"no GPU":            {byol.Commitment{GPUAlwaysOn: new(0), GPUAutoStop: new(0)}, byol.NotApplicable},
		"20 AutoStop":       {byol.Commitment{GPUAutoStop: new(20)}, byol.Met},
		"4 AlwaysOn":        {byol.Commitment{GPUAlwaysOn: new(4)}, byol.Met},
		"how many AutoStop": {byol.Commitment{GPUAlwaysOn: new(3), ApplicationUsers: new(0)}, byol.NotProvided},
	} {
		list, err := byol.Newest().Checklist(&byol.Facts{Commitment: tt.c})
		if got := state(list.Lines, byol.GPUCommitmentTooSmall); err != nil || got != tt.want {
			t.Errorf("%s: %s, %v, want %s", name, got, err, tt.want)
		}
	}
}

// Numbers of the registry have up to eight digits, and bytes may be none.
func TestNumbersOfTheRegistry(t *testing.T) {
	const head = "REGEDIT4\n[HKEY_LOCAL_MACHINE\\x]\n\"a\"="
	for text, want := range map[string]byol.RegistryEntry{
		"dword:ffffffff": {Type: "REG_DWORD", Value: 0xffffffff}, "dword:00000001": {Type: "REG_DWORD", Value: 1}, "dword:f": {Type: "REG_DWORD", Value: 15},
		"hex:": {Type: "hex"}, "hex(7):": {Type: "hex(7)"}, "hex:0A": {Type: "hex", Text: "0A"}, "hex:00,": {Type: "hex", Text: "00,"}, "-": {Removed: true},
		`"b"`: {Type: "REG_SZ", Text: "b"}, `""`: {Type: "REG_SZ"}, `"\\\"\b"`: {Type: "REG_SZ", Text: `\"\b`},
	} {
		want.Line, want.Key, want.Name = 3, `HKEY_LOCAL_MACHINE\x`, "a"
		if got, err := byol.ParseRegistry([]byte(head + text)); err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, %v, want %+v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"dword:000000001": `"dword:000000001" is not a dword of up to eight hexadecimal digits`, "dword:100000000": `"dword:100000000" is not a dword of up to eight hexadecimal digits`,
		"dword:-1": `"dword:-1" is not a dword of up to eight hexadecimal digits`, "hex:,": `"" is not a byte of two hexadecimal digits`, "hex:00,,01": `"" is not a byte of two hexadecimal digits`,
		"hex:0g": `"0g" is not a byte of two hexadecimal digits`, "hex(7:00": `"hex(7:00" is of no type that a .reg file has`, "": `"" is of no type that a .reg file has`, `"b`: `"\"b" has no closing quote`,
	} {
		if got, err := byol.ParseRegistry([]byte(head + text)); err == nil || err.Error() != "byol: .reg file, line 3: "+want {
			t.Errorf("%s: %+v, %v, want %s", text, got, err, want)
		}
	}
}

// What CheckRegistry and CheckDirectory say, word for word.
func TestWholeRegistriesAndDirectories(t *testing.T) {
	const below = `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`
	entry := func(script, name, kind string, value uint32, text string) byol.RegistryEntry {
		return byol.RegistryEntry{Key: below + script, Name: name, Type: kind, Value: value, Text: text}
	}
	const script = "enable-inplace-upgrade.ps1"
	c, err := byol.Newest().CheckRegistry([]byol.RegistryEntry{
		entry(script, "Enabled", "REG_DWORD", 10, ""), entry("update-pvdrivers.ps1", "Enabled", "REG_SZ", 0, "1"), entry(script, "PostUpgradeRestoreProfileOnD", "REG_DWORD", 1, ""), entry(script, "Extra", "REG_DWORD", 0, ""),
	})
	compare(t, "registry", c.Answer, err, "denied",
		"must registry-value-malformed at "+script+".Enabled: it is a DWORD of 10; want a DWORD of 0 or 1",
		"must upgrade-not-enabled at "+script+".Enabled: it is 0; want Enabled of enable-inplace-upgrade.ps1 set to 1",
		`must registry-value-malformed at update-pvdrivers.ps1.Enabled: it is REG_SZ "1"; want a DWORD of 0 or 1`,
		"must pv-drivers-not-enabled at update-pvdrivers.ps1.Enabled: it is 0; want Enabled of update-pvdrivers.ps1 set to 1",
		"should profile-settings-undefined at "+script+".PostUpgradeRestoreProfileOnD: both are 1; want PostUpgradeRestoreProfileOnD 0 with UserShellFoldersRedirection 1 (drive C) or 1 with 0 (drive D)",
		`should registry-value-unknown at `+script+`: "Extra"; want a value that the guide names`,
		"open "+script+".PostUpgradeRestoreProfileOnD: no document says what becomes of the profile if this and UserShellFoldersRedirection are the same")
	old, err := at(t, rule.MustParseEdition("2019-09-24")).CheckRegistry([]byol.RegistryEntry{entry(script, "Enabled", "REG_DWORD", 2, ""), entry("update-pvdrivers.ps1", "Enabled", "REG_DWORD", 1, ""), entry(script, "PostUpgradeRestoreProfileOnD", "REG_DWORD", 1, "")})
	compare(t, "registry of 2019", old.Answer, err, "denied",
		"must upgrade-not-enabled at "+script+".Enabled: it is 0; want Enabled of enable-inplace-upgrade.ps1 set to 1",
		"open "+script+".Enabled: no document of the edition says what this means: a DWORD of 2",
		"open "+script+".PostUpgradeRestoreProfileOnD: no document of the edition has this value")
	for _, tt := range []struct {
		date string
		d    byol.Directory
		p    byol.Placement
		want []string
	}{
		{"2019-01-07", byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)},
			[]string{"undocumented", "open : no document of the edition says how directories for BYOL WorkSpaces are registered"}},
		{"2019-01-08", byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)}, []string{"allowed"}},
		{"2026-09-10", byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared}, byol.Placement{BYOL: new(true)},
			[]string{"denied", "must directory-not-dedicated at Tenancy: SHARED; want a directory registered with the tenancy DEDICATED"}},
		{"2026-09-10", byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared, Workspaces: new(0)}, byol.Placement{BYOL: new(true), Reregister: true}, []string{"allowed"}},
		{"2026-09-10", byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared, Workspaces: new(1)}, byol.Placement{BYOL: new(true), Reregister: true},
			[]string{"denied", "must directory-has-workspaces at WorkSpaces: 1 WorkSpaces; want no WorkSpaces in a directory that is to be deregistered"}},
		{"2026-09-10", byol.Directory{Kind: "SimpleAD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)},
			[]string{"undocumented", "should directory-kind-unsupported at Kind: SimpleAD; want AWS Managed Microsoft AD or AD Connector, which the page names, or Entra ID, whose own page speaks of BYOL",
				"open Kind: no document says that the service refuses a directory of this kind"}},
		{"2026-09-10", byol.Directory{Kind: "SIMPLE_AD", Tenancy: "HOST"}, byol.Placement{BYOL: new(true)},
			[]string{"undocumented", "open Kind: no document says whether BYOL WorkSpaces go into a directory of this kind", "open Tenancy: no document has this tenancy"}},
		{"2026-09-10", byol.Directory{Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(false)},
			[]string{"denied", "must public-bundle-in-dedicated-directory at Tenancy: a bundle that is not of a BYOL image; want bundles of your own images alone in a dedicated directory"}},
		{"2026-09-10", byol.Directory{Kind: "AWS_IAM_IDENTITY_CENTER", Tenancy: types.TenancyShared}, byol.Placement{BYOL: new(false)},
			[]string{"denied", "must entra-directory-without-byol at Kind: a bundle that is not of a BYOL image; want personal BYOL WorkSpaces alone in a directory for Entra ID"}},
	} {
		a, err := at(t, rule.MustParseEdition(tt.date)).CheckDirectory(tt.d, tt.p)
		compare(t, fmt.Sprintf("%s %+v", tt.date, tt.d), a, err, tt.want...)
	}
}

// What is wrong with sharing, copying, linking and upgrading, word for word.
func TestWholeOtherQuestions(t *testing.T) {
	rules := byol.Newest()
	share, link := goodShare(), goodLink()
	share.SharedWithMe, share.RecipientEnabled, share.SameOrganization, share.SamePayer, share.Region = new(true), new(false), new(false), new(false), "us-gov-east-1"
	a, err := rules.CheckShare(share)
	compare(t, "share", a, err, "denied",
		"must shared-image-shared at SharedWithMe: SharedWithMe is true; want an image that the account owns",
		"must recipient-not-enabled at RecipientEnabled: RecipientEnabled is false; want a recipient that is enabled for BYOL",
		"must recipient-outside-organization at SameOrganization: SameOrganization is false; want a recipient in your organization, under the same payer",
		"must recipient-outside-organization at SamePayer: SamePayer is false; want a recipient in your organization, under the same payer",
		"must share-in-govcloud at Region: us-gov-east-1; want a Region other than those of GovCloud, where AWS Support shares")
	share.AllowCopyImage = new(false)
	a, err = rules.CheckShare(share)
	compare(t, "unshare", a, err, "allowed")
	a, err = at(t, rule.MustParseEdition("2020-07-23")).CheckShare(goodShare())
	compare(t, "share in July 2020", a, err, "undocumented", "open : no document of the edition speaks of sharing BYOL images")
	a, err = at(t, rule.MustParseEdition("2020-07-22")).CheckShare(goodShare())
	compare(t, "share before that", a, err, "undocumented", "open : no document of the edition has UpdateWorkspaceImagePermission")

	for name, tt := range map[string]struct {
		date   string
		change func(c *byol.Copy)
		want   []string
	}{
		"within a Region": {"2026-09-10", func(c *byol.Copy) { c.Region, c.SourceRegion = "us-gov-west-1", "us-gov-west-1" }, []string{"allowed"}},
		"out of Ningxia":  {"2026-09-10", func(c *byol.Copy) { c.SourceRegion = "cn-northwest-1" }, []string{"denied", "must copy-out-of-ningxia at SourceRegion: cn-northwest-1; want the same Region, for images in China (Ningxia)"}},
		"into Ningxia":    {"2026-09-10", func(c *byol.Copy) { c.Region = "cn-northwest-1" }, []string{"allowed"}},
		"out of GovCloud": {"2026-09-10", func(c *byol.Copy) { c.SourceRegion = "us-gov-west-1" }, []string{"denied", "must copy-across-govcloud at SourceRegion: us-gov-west-1; want the same Region for images in GovCloud, where AWS Support copies to and from others"}},
		"into GovCloud":   {"2026-09-10", func(c *byol.Copy) { c.Region = "us-gov-east-1" }, []string{"denied", "must copy-across-govcloud at Region: us-gov-east-1; want the same Region for images in GovCloud, where AWS Support copies to and from others"}},
		"out of opt-in":   {"2026-09-10", func(c *byol.Copy) { c.SourceOptIn = new(true) }, []string{"denied", "must copy-out-of-opt-in-region at SourceOptIn: SourceOptIn is true; want the same Region for images in an opt-in Region, from which AWS Support copies"}},
		"not enabled":     {"2026-09-10", func(c *byol.Copy) { c.SourceEnabled, c.DestinationEnabled = new(false), new(false) }, []string{"denied", "must copy-destination-not-enabled at DestinationEnabled: DestinationEnabled is false; want a destination Region that is enabled for BYOL", "must copy-source-not-enabled at SourceEnabled: SourceEnabled is false; want BYOL enabled for all accounts and Regions involved"}},
		"to where":        {"2026-09-10", func(c *byol.Copy) { c.Region = "" }, []string{"undocumented", "open Region: it is not given; want the same Region, for images in China (Ningxia)"}},
		"malformed":       {"2026-09-10", func(c *byol.Copy) { c.SourceImageID, c.SourceRegion = "wsi-1", "EU" }, []string{"denied", `must image-id-malformed at SourceImageId: "wsi-1"; want wsi- and 9 to 63 digits and lower-case letters`, `must region-malformed at SourceRegion: "EU"; want 1 to 31 digits, lower-case letters and hyphens`}},
		"no description":  {"2026-09-10", func(c *byol.Copy) { c.Description = "" }, []string{"allowed"}},
		"a taken name":    {"2026-09-10", func(c *byol.Copy) { c.ImageNames = []string{c.Name} }, []string{"denied", `must image-name-taken at Name: "golden" is the name of another image; want a name that no image has`}},
		"before the page": {"2020-07-07", func(*byol.Copy) {}, []string{"undocumented", "open : no document of the edition speaks of copying BYOL images"}},
		"before the API":  {"2019-06-26", func(*byol.Copy) {}, []string{"undocumented", "open : no document of the edition has CopyWorkspaceImage"}},
		"an ID before it": {"2019-06-26", func(c *byol.Copy) { c.SourceImageID = "x" }, []string{"denied", `must image-id-malformed at SourceImageId: "x"; want wsi- and 9 to 63 digits and lower-case letters`, "open : no document of the edition has CopyWorkspaceImage"}},
	} {
		c := goodCopy()
		tt.change(&c)
		a, err := at(t, rule.MustParseEdition(tt.date)).CheckCopy(c)
		compare(t, name, a, err, tt.want...)
	}

	link.SameOrganization, link.SamePayer, link.SameRegion, link.TargetChoseCIDR, link.Region = new(false), new(false), new(false), new(true), "us-gov-west-1"
	link.TargetAccountID, link.ClientToken, link.Status = link.SourceAccountID, "é", types.AccountLinkStatusEnumLinked
	a, err = rules.CheckLink(link)
	compare(t, "link", a, err, "denied",
		"must link-to-self at TargetAccountId: 111111111111; want a target account other than the source",
		`must link-token-malformed at ClientToken: "é"; want a token of at most 64 ASCII characters`,
		"must link-outside-organization at SameOrganization: SameOrganization is false; want accounts of one organization",
		"must link-outside-payer at SamePayer: SamePayer is false; want accounts under one payer",
		"must link-across-regions at SameRegion: SameRegion is false; want accounts that use BYOL in the same Region",
		"must linked-account-chose-cidr at TargetChoseCIDR: TargetChoseCIDR is true; want no management range of its own in an account that links to another",
		"must link-in-govcloud at Region: us-gov-west-1; want a Region other than those of GovCloud",
		"must link-exists at Status: the link is LINKED; want an account that is neither linked nor invited")
	for token, ok := range map[string]bool{"": true, strings.Repeat("~", 64): true, strings.Repeat("a", 65): false, "\x7f": true, "\u0080": false} {
		l := goodLink()
		l.ClientToken = token
		if a, err := rules.CheckLink(l); err != nil || (a.Verdict == rule.Allowed) != ok {
			t.Errorf("token %q: %+v, %v", token, a, err)
		}
	}
	l := goodLink()
	l.Status = types.AccountLinkStatusEnumRejected
	a, err = rules.CheckLink(l)
	compare(t, "a rejected link", a, err, "undocumented", "open Status: no document says whether one can invite again from this state of a link")
	a, err = at(t, rule.MustParseEdition("2024-04-18")).CheckLink(goodLink())
	compare(t, "a link of 2024", a, err, "undocumented", "open : no document of the edition says which accounts can be linked")
	a, err = at(t, rule.MustParseEdition("2024-04-17")).CheckLink(goodLink())
	compare(t, "before links", a, err, "undocumented", "open : no document of the edition speaks of links between accounts")

	for name, tt := range map[string]struct {
		date   string
		change func(u *byol.Upgrade)
		want   []string
	}{
		"sound":             {"2026-09-10", func(*byol.Upgrade) {}, []string{"allowed"}},
		"180 minutes":       {"2026-09-10", func(u *byol.Upgrade) { u.AutoStopMinutes = new(179) }, []string{"denied", "must upgrade-auto-stop-too-short at AutoStopMinutes: 179 minutes; want AlwaysOn, or an AutoStop time of 180 minutes or more"}},
		"AlwaysOn":          {"2026-09-10", func(u *byol.Upgrade) { u.RunningMode, u.AutoStopMinutes = types.RunningModeAlwaysOn, nil }, []string{"allowed"}},
		"what minutes":      {"2026-09-10", func(u *byol.Upgrade) { u.AutoStopMinutes = nil }, []string{"undocumented", "open AutoStopMinutes: it is not given; want AlwaysOn, or an AutoStop time of 180 minutes or more"}},
		"two profiles":      {"2026-09-10", func(u *byol.Upgrade) { u.Profiles = new(2) }, []string{"denied", "must upgrade-of-several-profiles at Profiles: 2 profiles; want one user profile on D:"}},
		"deferred":          {"2026-09-10", func(u *byol.Upgrade) { u.UpgradesDeferred = new(true) }, []string{"denied", "must upgrades-deferred at UpgradesDeferred: UpgradesDeferred is true; want upgrades that no policy defers or pauses"}},
		"customised":        {"2026-09-10", func(u *byol.Upgrade) { u.DefaultCustomized = new(true) }, []string{"denied", `must upgrade-of-custom-profile at DefaultCustomized: DefaultCustomized is true; want a default profile, C:\Users\Default, that was not customised`}},
		"Windows 7":         {"2026-09-10", func(u *byol.Upgrade) { u.From = "Windows 7" }, []string{"denied", `must upgrade-system-unsupported at From: "Windows 7"; want Windows 10 or Windows 11`, "must upgrade-to-other-product at To: Windows 10 from Windows 7; want a newer version of the same product, and not Windows 11 in place of Windows 10"}},
		"Windows 10 to 11":  {"2026-09-10", func(u *byol.Upgrade) { u.To = "Windows 11" }, []string{"denied", "must upgrade-to-other-product at To: Windows 11 from Windows 10; want a newer version of the same product, and not Windows 11 in place of Windows 10"}},
		"on C":              {"2026-09-10", func(u *byol.Upgrade) { u.ProfileOn = "C" }, []string{"allowed", "should profile-stays-on-c at ProfileOn: C; want the profile back on D:, so that the WorkSpace can be rebuilt and migrated without loss"}},
		"on D in 2019":      {"2019-09-24", func(*byol.Upgrade) {}, []string{"undocumented", "open ProfileOn: no document of the edition says how the profile gets back to D:"}},
		"no reboot before":  {"2019-09-23", func(u *byol.Upgrade) { u.ProfileOn, u.PreventReboot = "C", true }, []string{"undocumented", "open PreventReboot: no document of the edition has a value that prevents the reboot"}},
		"no reboot in 2020": {"2020-04-01", func(u *byol.Upgrade) { u.PreventReboot = true }, []string{"allowed", "should no-reboot-disputed at PreventReboot: NoReboot is set to 1; want the procedure's reading of NoReboot, which the table of the same page contradicts"}},
	} {
		u := goodUpgrade()
		tt.change(&u)
		p, err := at(t, rule.MustParseEdition(tt.date)).PlanUpgrade(u)
		compare(t, name, p.Answer, err, tt.want...)
	}
}
