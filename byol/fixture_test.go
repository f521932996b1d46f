package byol_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// system is a system that the lists of an edition have, Windows 10 as long as that is
// beyond dispute, and with it the build.
func system(e rule.Edition) (w byol.Windows, version string) {
	for _, s := range []struct {
		until, release, version string
	}{{"2021-03-29", "1803", "10.0.17134"}, {"2022-09-02", "1909", "10.0.18363"}, {"2024-12-31", "21H2", "10.0.19044"}, {"9999-12-31", "22H2", "10.0.19045"}} {
		if e.Compare(rule.MustParseEdition(s.until)) < 0 {
			return byol.Windows{Product: "Windows 10", Release: s.release, Edition: "Enterprise"}, s.version
		}
	}
	panic("unreachable")
}

// goodMachine breaks nothing in an edition, and lacks no fact.
func goodMachine(e rule.Edition) *byol.Machine {
	_, version := system(e)
	m := &byol.Machine{
		Caption: new("Microsoft Windows 10 Enterprise"), Version: new(version), ProductType: new(1), SystemType: new("x64-based PC"),
		Language: new("en-US"), Activated: new(true), PowerShellMajor: new(5),
		OfficeInstalled: new(false), SubscribesOffice: new(false), ExtraSoftware: []string{}, AntiVirus: []string{"Windows Defender"},
		VMwareTools: new(false), PCoIPAgent: new(false), PCoIPUninstaller: new(false), AppxPackages: []string{},
		BitLocker: new(false), ReservedStorage: new(false), MemoryIntegrity: new(false),
		UpgradedInPlace: new(false), UpdatesInstalled: new(true), PendingReboot: new(false), RearmCount: new(3),
		AutoLogon: new(false), DomainJoined: new(false), AzureDomainJoined: new(false),
		WindowsUpdateStart: new("Disabled"), ModulesInstallerStart: new("Manual"), PublicFirewall: new(false), AutoMount: new(true),
		RealTimeIsUniversal: new(true), DHCP: new(true), TimeServerReachable: new(true),
		BYOLAccount: new(true), BYOLAccountEnabled: new(true), DefaultProfile: new(`C:\Users\default`), DefaultProfileCustom: new(false),
		DiskBytes: new(int64(60 * byol.GB)), FreeBytes: new(int64(30 * byol.GB)), Drives: []byol.Drive{{ID: "C:", Type: 3}},
		UEFI: new(false), Partitions: []byol.Partition{{Type: "Installable File System", Bootable: true}},
	}
	if e.Compare(rule.MustParseEdition("2025-10-21")) >= 0 {
		m.Caption, m.Version, m.UEFI = new("Microsoft Windows 11 Enterprise"), new("10.0.26100"), new(true)
		m.Partitions = []byol.Partition{{Type: "GPT: Basic Data", Bootable: true}}
	}
	return m
}

// goodFacts break nothing in an edition, and none is missing.
func goodFacts(e rule.Edition) *byol.Facts {
	w, _ := system(e)
	format := "OVA"
	if e.Compare(rule.MustParseEdition("2019-10-25")) >= 0 {
		format = "AMI"
	}
	return &byol.Facts{
		Region: "eu-west-1", LicenseAllowsHosting: new(true), VolumeLicensing: new(true), OEMLicense: new(false), Windows: &w,
		Commitment:      byol.Commitment{WorkSpaces: new(400), ApplicationUsers: new(0), GPUAlwaysOn: new(0), GPUAutoStop: new(0)},
		GraphicsEnabled: new(true), DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled,
		ManagementCIDRChosen: new(true), ManagementCIDRConflicts: new(false),
		Directory:    &byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated, WorkSpaces: new(0)},
		KMSReachable: new(true), ManagementPortsOpen: new(true),
		Format: format, BucketInRegion: new(true), EBSEncryptionByDefault: new(false), SourceAMIEncrypted: new(false),
		ImportPrivateLink: new(false), ImportInternet: new(true),
	}
}

// lengths make values in fixtures that nobody wants to read.
type lengths struct {
	NameLength, DescriptionLength, Images, TagCount, KeyLength, ValueLength, TokenLength int
}

func (l lengths) tags(tags []types.Tag) []types.Tag {
	for i := range l.TagCount {
		tags = append(tags, types.Tag{Key: new(fmt.Sprint("key", i)), Value: new("")})
	}
	if l.KeyLength+l.ValueLength > 0 {
		tags = append(tags, types.Tag{Key: new(strings.Repeat("ü", max(l.KeyLength, 1))), Value: new(strings.Repeat("ü", l.ValueLength))})
	}
	return tags
}

func (l lengths) images(names []string) []string {
	for i := range l.Images {
		names = append(names, fmt.Sprint("image", i))
	}
	return names
}

func (l lengths) name(name string) string {
	if l.NameLength > 0 {
		return strings.Repeat("n", l.NameLength)
	}
	return name
}

func (l lengths) description(d string) string {
	if l.DescriptionLength > 0 {
		return strings.Repeat("d", l.DescriptionLength)
	}
	return d
}

type importInput struct {
	byol.Import
	Known byol.Known
	lengths
}

func goodImport(e rule.Edition) importInput {
	w, _ := system(e)
	return importInput{
		Import: byol.Import{Ec2ImageId: "ami-0123456789abcdef0", ImageName: "golden", ImageDescription: "Golden image", IngestionProcess: types.WorkspaceImageIngestionProcessByolRegular},
		Known:  byol.Known{Windows: w, AllowListed: new(true), AMIOwned: new(true), AMIEncrypted: new(false)},
	}
}

type customInput struct {
	byol.CustomImport
	Known byol.Known
}

func goodCustom(e rule.Edition) customInput {
	w, _ := system(e)
	return customInput{
		CustomImport: byol.CustomImport{
			ImageName: "golden", ImageDescription: "Golden image", ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolPcoip,
			ImageSource: byol.ImageSource{Ec2ImageId: "ami-01234567"}, Platform: types.PlatformWindows, OsVersion: types.OSVersionWindows10,
			InfrastructureConfigurationArn: "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/byol",
		},
		Known: byol.Known{Windows: w},
	}
}

func goodShare() byol.Share {
	return byol.Share{ImageId: "wsi-0123456789", SharedAccountId: "222222222222", AllowCopyImage: new(true), Region: "eu-west-1",
		SharedWithMe: new(false), RecipientEnabled: new(true), SameOrganization: new(true), SamePayer: new(true)}
}

func goodCopy() byol.Copy {
	return byol.Copy{Name: "golden", Description: "Golden image", SourceImageId: "wsi-0123456789", SourceRegion: "eu-west-1", Region: "eu-central-1",
		SourceEnabled: new(true), DestinationEnabled: new(true), SourceOptIn: new(false)}
}

func goodLink() byol.Link {
	return byol.Link{SourceAccountId: "111111111111", TargetAccountId: "222222222222", Region: "eu-west-1",
		SameRegion: new(true), SameOrganization: new(true), SamePayer: new(true), TargetChoseCIDR: new(false)}
}

func goodUpgrade() byol.Upgrade {
	return byol.Upgrade{From: "Windows 10", To: "Windows 10", ProfileOn: "D", RunningMode: types.RunningModeAutoStop, AutoStopMinutes: new(180),
		UpgradesDeferred: new(false), DefaultCustomized: new(false), Profiles: new(1)}
}

// registryValues changes a registry that is as it should be for a profile on D:.
func registryValues(changes string) []byol.RegistryEntry {
	const config = `HKEY_LOCAL_MACHINE\Software\Amazon\WorkSpacesConfig\`
	names := map[string][2]string{
		"Enabled": {"enable-inplace-upgrade.ps1", "Enabled"}, "PV": {"update-pvdrivers.ps1", "Enabled"}, "NoReboot": {"enable-inplace-upgrade.ps1", "NoReboot"},
		"Restore": {"enable-inplace-upgrade.ps1", "PostUpgradeRestoreProfileOnD"}, "Redirect": {"enable-inplace-upgrade.ps1", "UserShellFoldersRedirection"},
		"Typo": {"enable-inplace-upgrade.ps1", "Enabeld"},
	}
	var entries []byol.RegistryEntry
	for _, change := range append(strings.Fields("Enabled=1 PV=1 Restore=1 Redirect=0"), strings.Fields(changes)...) {
		name, value, ok := strings.Cut(change, "=")
		if !ok {
			continue
		}
		e := byol.RegistryEntry{Key: config + names[name][0], Name: names[name][1], Type: "REG_DWORD"}
		n, err := strconv.ParseUint(value, 10, 32)
		switch {
		case value == "":
			e.Type, e.Removed = "", true
		case err != nil:
			e.Type, e.Text = "REG_SZ", value
		default:
			e.Value = uint32(n)
		}
		entries = append(entries, e)
	}
	return entries
}

// ask puts a fixture's question.
func ask(rules byol.Rules, input string) (rule.Violations, error) {
	e := rules.Edition()
	kind, text, _ := strings.Cut(input, " ")
	change := func(to any) error {
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		return d.Decode(to)
	}
	switch kind {
	case "facts":
		f := goodFacts(e)
		if err := change(f); err != nil {
			return nil, err
		}
		list, err := rules.Checklist(f)
		return list.Violations(), err
	case "machine":
		m := goodMachine(e)
		if err := change(m); err != nil {
			return nil, err
		}
		_, vs, err := rules.CheckMachine(m)
		return vs, err
	case "windows":
		f := strings.Split(text, "|")
		a, err := rules.CheckWindows(byol.Windows{Product: f[0], Release: f[1], Edition: f[2]}, types.Compute(f[3]))
		return a.Violations, err
	case "import":
		in := goodImport(e)
		if err := change(&in); err != nil {
			return nil, err
		}
		in.ImageName, in.ImageDescription, in.Tags, in.Known.ImageNames = in.name(in.ImageName), in.description(in.ImageDescription), in.tags(in.Tags), in.images(in.Known.ImageNames)
		a, err := rules.CheckImport(in.Import, in.Known)
		return a.Violations, err
	case "custom":
		in := goodCustom(e)
		if err := change(&in); err != nil {
			return nil, err
		}
		a, err := rules.CheckCustomImport(in.CustomImport, in.Known)
		return a.Violations, err
	case "share":
		s := goodShare()
		if err := change(&s); err != nil {
			return nil, err
		}
		a, err := rules.CheckShare(s)
		return a.Violations, err
	case "copy":
		in := struct {
			byol.Copy
			lengths
		}{Copy: goodCopy()}
		if err := change(&in); err != nil {
			return nil, err
		}
		in.ImageNames = in.images(in.ImageNames)
		a, err := rules.CheckCopy(in.Copy)
		return a.Violations, err
	case "link":
		in := struct {
			byol.Link
			lengths
		}{Link: goodLink()}
		if err := change(&in); err != nil {
			return nil, err
		}
		if in.TokenLength > 0 {
			in.ClientToken = strings.Repeat("t", in.TokenLength)
		}
		a, err := rules.CheckLink(in.Link)
		return a.Violations, err
	case "directory":
		in := struct {
			byol.Directory
			byol.Launch
		}{byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated, WorkSpaces: new(0)}, byol.Launch{BYOL: new(true)}}
		if err := change(&in); err != nil {
			return nil, err
		}
		a, err := rules.CheckDirectory(in.Directory, in.Launch)
		return a.Violations, err
	case "upgrade":
		u := goodUpgrade()
		if err := change(&u); err != nil {
			return nil, err
		}
		p, err := rules.PlanUpgrade(u)
		return p.Violations, err
	case "registry":
		c, err := rules.CheckRegistry(registryValues(text))
		return c.Violations, err
	case "image":
		var vs rule.Violations
		for _, e := range byol.ExplainImageErrors([]types.ErrorDetails{{ErrorCode: types.WorkspaceImageErrorDetailCode(text)}}) {
			vs = append(vs, e.Violation("ErrorDetails[0].ErrorCode"))
		}
		return vs, nil
	}
	return nil, fmt.Errorf("no such kind of fixture: %q", kind)
}

func TestFixtures(t *testing.T) {
	check := func(e rule.Edition, _ rule.Code, input string) (rule.Violations, error) {
		rules, err := byol.At(e)
		if err != nil {
			return nil, err
		}
		return ask(rules, input)
	}
	ruletest.Fixtures(t, "testdata/fixtures.txt", byol.RuleRows(), byol.Editions(), check)
}

// What the fixtures start from breaks nothing.
func TestGoodInputs(t *testing.T) {
	for _, e := range byol.Editions() {
		rules, err := byol.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"facts {}", "machine {}", "import {}", "custom {}", "share {}", "copy {}", "link {}", "directory {}", "upgrade {}", "registry ok"} {
			if vs, err := ask(rules, kind); err != nil || len(vs) > 0 {
				t.Errorf("%s, %s: %v, %v", e, kind, vs, err)
			}
		}
	}
}
