package byol_test

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
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

// pcoipEnds tells whether the last day of PCoIP is known in an edition.
func pcoipEnds(e rule.Edition) bool { return e.Compare(rule.MustParseEdition("2026-06-30")) >= 0 }

// goodFacts break nothing in an edition, and none is missing.
func goodFacts(e rule.Edition) *byol.Facts {
	w, _ := system(e)
	format := "OVA"
	if e.Compare(rule.MustParseEdition("2019-01-08")) >= 0 {
		format = "AMI"
	}
	return &byol.Facts{
		Region: "eu-west-1", LicenseAllowsHosting: new(true), VolumeLicensing: new(true), OEMLicense: new(false), Windows: &w,
		Commitment:      byol.Commitment{Workspaces: new(400), ApplicationUsers: new(0), GPUAlwaysOn: new(0), GPUAutoStop: new(0)},
		GraphicsEnabled: new(true), DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled,
		ManagementCIDRChosen: new(true), ManagementCIDRConflicts: new(false),
		Directory:    &byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyDedicated, Workspaces: new(0)},
		KMSReachable: new(true), ManagementPortsOpen: new(true),
		Format: format, BucketInRegion: new(true), EBSEncryptionByDefault: new(false), SourceAMIEncrypted: new(false),
		ImportPrivateLink: new(false), ImportInternet: new(true),
	}
}

type importInput struct {
	byol.Import
	Known byol.Known
}

func goodImport(e rule.Edition) importInput {
	w, _ := system(e)
	process := types.WorkspaceImageIngestionProcessByolRegular
	if pcoipEnds(e) {
		process = types.WorkspaceImageIngestionProcessByolRegularWsp
	}
	return importInput{
		Import: byol.Import{Ec2ImageID: "ami-0123456789abcdef0", ImageName: "golden", ImageDescription: "Golden image", IngestionProcess: process},
		Known:  byol.Known{Windows: w, AllowListed: new(true), AMIOwned: new(true), AMIEncrypted: new(false)},
	}
}

type customInput struct {
	byol.CustomImport
	Known byol.Known
}

func goodCustom(e rule.Edition) customInput {
	w, _ := system(e)
	protocol := types.CustomImageProtocolPcoip
	if pcoipEnds(e) {
		protocol = types.CustomImageProtocolDcv
	}
	return customInput{
		CustomImport: byol.CustomImport{
			ImageName: "golden", ImageDescription: "Golden image", ComputeType: types.ImageComputeTypeBase, Protocol: protocol,
			ImageSource: byol.ImageSource{Ec2ImageID: "ami-01234567"}, Platform: types.PlatformWindows, OSVersion: types.OSVersionWindows10,
			InfrastructureConfigurationARN: "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/byol",
		},
		Known: byol.Known{Windows: w},
	}
}

func goodShare() byol.Share {
	return byol.Share{ImageID: "wsi-0123456789", SharedAccountID: "222222222222", AllowCopyImage: new(true), Region: "eu-west-1",
		SharedWithMe: new(false), RecipientEnabled: new(true), SameOrganization: new(true), SamePayer: new(true)}
}

func goodCopy() byol.Copy {
	return byol.Copy{Name: "golden", Description: "Golden image", SourceImageID: "wsi-0123456789", SourceRegion: "eu-west-1", Region: "eu-central-1",
		SourceEnabled: new(true), DestinationEnabled: new(true), SourceOptIn: new(false)}
}

func goodLink() byol.AccountLink {
	return byol.AccountLink{SourceAccountID: "111111111111", TargetAccountID: "222222222222", Region: "eu-west-1",
		SameRegion: new(true), SameOrganization: new(true), SamePayer: new(true), TargetChoseCIDR: new(false)}
}

func goodUpgrade() byol.Upgrade {
	return byol.Upgrade{From: "Windows 10", To: "Windows 10", ProfileOn: "D", RunningMode: types.RunningModeAutoStop, AutoStopMinutes: new(180),
		UpgradesDeferred: new(false), DefaultCustomized: new(false), Profiles: new(1)}
}
