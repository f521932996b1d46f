package wks_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// notAboutRequests are the rules of the packages that no request breaks by itself, by what
// they are about.
var notAboutRequests = map[string][]rule.Code{
	"a day after the edition, for which AsOf asks, and customers that are new": {
		bundles.OperatingSystemClosed, bundles.PoolsClosed, bundles.PoolsEnded, bundles.ProtocolClosed, bundles.ProtocolEnded,
		byol.ProtocolEnded,
	},
	"requests of older editions, which the documents of the newest no longer forbid": {
		byol.OfficeOnG4dn,
	},
	"members that the SDK does not have yet: NestedVirtualizationEnabled and ClientExperiencePolicy": {
		bundles.ClientExperienceLocksOut, bundles.ClientExperienceOverrides, bundles.ClientExperienceUnknown, bundles.NestedVirtualizationReboots,
		bundles.NestedVirtualizationUnsupported,
	},
	"what the primary of a standby WorkSpace is made of": {
		bundles.StandbyComputeType, bundles.StandbyOperatingSystem, bundles.StandbySimpleAD,
	},
	"the WorkSpace as it is: its state, sizes, system, history or snapshots": {
		bundles.ComputeTypeFixed, bundles.FamilyCrossed, bundles.LargerTooSoon, bundles.ModeRefuses, bundles.ModificationInProgress, bundles.ProtocolFixed,
		bundles.ProtocolNeedsWindows, bundles.ResizeSoonAfterLaunch, bundles.SmallerTooSoon, bundles.SnapshotMissing, bundles.StandbyRefuses, bundles.StateRefuses,
		bundles.SwitchNeedsOperatingSystem, bundles.SwitchNeedsVolumes, bundles.VolumeCoolDown, bundles.VolumeShrinks, encryption.EncryptionFinal,
	},
	"the machine or WorkSpace that an image is made of, or the image itself": {
		bundles.ImageFreeSpace, bundles.ImageOfEncrypted, bundles.ImageProfileSize, bundles.ImageRootFull, bundles.VolumeBelowImage, byol.AdditionalDrivesAttached,
		byol.AntiVirusInstalled, byol.AppXPackagesInstalled, byol.AutoLogonEnabled, byol.AutoMountDisabled, byol.AzureDomainJoined, byol.BootModeDisputed,
		byol.ComputeTypesDisputed, byol.DefaultProfileCustomized, byol.DefaultProfileElsewhere, byol.DHCPDisabled, byol.DiskEncrypted, byol.DiskFreeSpace, byol.DiskFreeSpaceForOffice,
		byol.DiskSizeExceeded, byol.DiskTooSmall, byol.DomainJoined, byol.ExtraSoftwareInstalled, byol.FirewallEnabled, byol.GraphicsOnWindowsRelease, byol.GraphicsRetired,
		byol.GraphicsProRetired, byol.ImageRejected, byol.InPlaceUpgrade, byol.IncompatiblePartitioning, byol.LanguageNotEnglish, byol.LatestUpdatesNotInstalled,
		byol.LTSCFromISO, byol.MemoryIntegrityIncompatibility, byol.MultipleBootPartition, byol.NotActivated, byol.NotWorkstation, byol.OfficeBesideSubscription,
		byol.OfficeInstalled, byol.OfficeOnWindows11, byol.OfficeOnWindows11GPU, byol.OSNotSupported, byol.OSVersionMismatch, byol.OutdatedPowershellVersion,
		byol.PCoIPAgentInstalled, byol.PendingReboot, byol.RealTimeUniversalDisabled, byol.Requires64BitOS, byol.ReservedStorageInUse, byol.RestrictedDriveLetterInUse,
		byol.TimeServerUnreachable, byol.TooManyPartitions, byol.UEFINotSupported, byol.UEFIRequired, byol.ValueOnWindows11, byol.VMWareToolsInstalled,
		byol.WindowsEditionUnsupported, byol.WindowsNUnsupported, byol.WindowsUpdatesEnabled, byol.WorkspacesBYOLAccountDisabled, byol.WorkspacesBYOLAccountNotFound,
		byol.ZeroRearmCount,
	},
	"what an image is to serve, which an import does not say": {
		byol.ComputeTypeForOtherCompute, byol.ProcessForOtherCompute, byol.ProtocolForOtherCompute,
	},
	"the upgrade of a WorkSpace in place, for which there is no operation": {
		byol.NoRebootDisputed, byol.ProfileSettingsUndefined, byol.ProfileStaysOnC, byol.PVDriversNotEnabled, byol.RegistryValueMalformed, byol.RegistryValueUnknown,
		byol.UpgradeAutoStopTooShort, byol.UpgradeNotEnabled, byol.UpgradeOfCustomProfile, byol.UpgradeOfSeveralProfiles, byol.UpgradeSystemUnsupported,
		byol.UpgradeToOtherProduct, byol.UpgradesDeferred,
	},
	"accounts, their licences, agreements, allow-lists, images, directories, users and quotas": {
		bundles.OverDefaultQuota, bundles.OverQuota, bundles.UserTaken, byol.AccountNotEnabled, byol.AMINotOwned, byol.BucketInOtherRegion, byol.CapeTownCommitmentTooSmall,
		byol.CommitmentTooSmall, byol.DirectoryHasWorkspaces, byol.EBSEncryptedByDefault, byol.GPUCommitmentTooSmall, byol.GPUUnavailableInRegion, byol.GraphicsNotEnabled,
		byol.ImageNameTaken, byol.ImagesOverQuota, byol.ImportFormatUnsupported, byol.ImportThroughPrivateLink, byol.ImportWithoutInternet, byol.KMSUnreachable,
		byol.LicenseForbidsHosting, byol.LinkedAccountChoseCIDR, byol.LinkAcrossRegions, byol.LinkExists, byol.LinkOutsideOrganization, byol.LinkOutsidePayer, byol.LinkToSelf,
		byol.ManagementCIDRConflicts, byol.ManagementCIDRNotChosen, byol.ManagementPortsClosed, byol.NoVolumeLicensing, byol.OEMLicense, byol.ProcessNotAllowListed,
		byol.SourceAMIEncrypted, network.IPGroupsOverQuota,
	},
	"the kind of a directory, or what is launched into it, beside which no request tells the other": {
		byol.DirectoryKindUnsupported, byol.EntraDirectoryWithoutBYOL, byol.PublicBundleInDedicated,
	},
	"BYOL images, and a request to share or copy does not say whether its image is one": {
		byol.CopyAcrossGovCloud, byol.CopyDestinationNotEnabled, byol.CopyOutOfNingxia, byol.CopyOutOfOptInRegion, byol.CopySourceNotEnabled, byol.ImageIDMalformed,
		byol.RecipientNotEnabled, byol.RecipientOutsideOrg, byol.RegionMalformed, byol.ShareInGovCloud, byol.SharedImageShared,
	},
	"tags of an import, which package bundles judges": {
		byol.TagKeyMalformed, byol.TagValueTooLong, byol.TagsTooMany,
	},
	"several sources of an image, which the SDK's union cannot hold": {
		byol.ImageSourceNotOne,
	},
	"keys as KMS describes them, and how many WorkSpaces use them": {
		encryption.GranteeOverLimit, encryption.GrantsOverLimit, encryption.KeyAsymmetric, encryption.KeyNotEnabled, encryption.KeyOverShardLimit,
		encryption.WorkSpacesLimitDisputed, encryption.WorkSpacesOverLimit,
	},
	"networks, clients and directories as they are": {
		network.ClientNotAdmitted, network.IPv6AutoAssign, network.AcceleratorWithFIPSAndIPGroups, network.DownlinkTooSlow, network.EndpointIgnoresIPGroups, network.EndpointWithAccelerator, network.EndpointWithFIPS,
		network.FirewallDisputed, network.FirewallLacksAccelerator, network.FirewallLacksGateways, network.FirewallLacksHealthChecks, network.FirewallLacksHTTPS, network.FirewallLacksNames,
		network.ManagementCIDRInUse, network.ManagementRangeConflict, network.ManagementRangesExhausted, network.RoundTripDegrades, network.RoundTripEndsSession,
		network.SecurityGroupLacksPort, network.SSHLoginForm, network.SSHNotAvailable, network.SSHPasswordNotEnabled, network.SSHPortClosed, network.SSHUserNotAdmitted, network.SubnetSize, network.SubnetZoneUnsupported, network.SubnetsLackAddresses, network.VPNMTUTooSmall,
	},
	"certificates, client applications and zero clients, and directories as they are": {
		devices.AlgorithmNotRecommended, devices.CertificateNotValid, devices.ChainNotInstalled, devices.ChainNotToRoot, devices.ChainTooLong, devices.ClientAuthenticationMissing,
		devices.ClientTooOld, devices.ClientTooOldToGo, devices.ClientUnsupported, devices.CommonNameMissing, devices.DigitalSignatureMissing, devices.FIPSDirectoryInUse,
		devices.FIPSNotSet, devices.FIPSOutsideUS, devices.RootCertificateForm, devices.RootCertificateNotBase64, devices.RootCertificatesTooMany,
		devices.TrustDirectoryUnsupported, devices.ZeroClientEnded, devices.ZeroClientEnds, devices.ZeroClientFirmware, devices.ZeroClientOneStep, devices.ZeroClientProtocol,
		devices.ZeroClientTime, devices.ZeroClientsWithoutUse,
	},
	"every choice of a management range, so that no request could satisfy it": {
		network.ManagementCIDRFinal,
	},
	"what users may do by themselves, and requests to AWS Directory Service": {
		bundles.OrganizationName, bundles.PasswordCategories, bundles.PasswordCharacters, bundles.PasswordLength, bundles.RADIUSSettings, bundles.SelfServiceCap, bundles.SelfServiceRefuses,
		bundles.SelfServiceTooSoon, bundles.SimpleADClosed,
	},
}

// TestEveryCodeHasItsPlace holds that each rule of the packages either comes up about a request
// of the tables, or is listed as not about requests: a new one must be placed. Those of package
// migrate are about both ends of a migration, of which a request has two identifiers.
func TestEveryCodeHasItsPlace(t *testing.T) {
	found, told := map[rule.Code]bool{}, map[rule.Code]bool{}
	note := func(input any, region string) {
		if slices.Contains(wks.Checked(), operation(input)) {
			for _, v := range wks.Findings(input, region) {
				found[v.Code] = true
			}
		}
		a, err := wks.Check(input, wks.Region(region))
		if err != nil {
			t.Errorf("%s: %v", operation(input), err)
		}
		for _, v := range a.Violations {
			told[v.Code] = true
		}
	}
	for _, tt := range slices.Concat(malformed, unsound) {
		note(tt.input, "us-east-1")
	}
	note(&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID)}, "us-gov-west-1")
	note(with(func(d *types.WorkspaceRequest) {
		d.WorkspaceProperties = &types.WorkspaceProperties{ComputeTypeName: bundles.GraphicsG72xlarge}
	}), "eu-west-1")
	elsewhere := map[rule.Code]string{}
	for about, codes := range notAboutRequests {
		for _, c := range codes {
			if found[c] || elsewhere[c] != "" {
				t.Errorf("%s is said to be about %s, and about %q; found in a request: %t", c, about, elsewhere[c], found[c])
			}
			elsewhere[c] = about
		}
	}
	all := map[rule.Code]bool{}
	for _, r := range slices.Concat(bundles.Catalogue(), encryption.Catalogue(), byol.Catalogue(), devices.Catalogue(), network.Catalogue()) {
		c := r.Code
		all[c] = true
		if !found[c] && elsewhere[c] == "" {
			t.Errorf("no request breaks %s, and it is not listed as about something else", c)
		}
	}
	if slices.Contains(wks.Checked(), "MigrateWorkspace") {
		t.Error("the rules of package migrate are not placed")
	}
	for c := range elsewhere {
		if !all[c] {
			t.Errorf("%s is no code", c)
		}
	}
	for c := range all {
		if found[c] && !told[c] && !slices.Contains(wks.Stated(), c) {
			t.Errorf("%s is found and not told", c)
		}
	}
	for _, c := range wks.Stated() {
		if !found[c] {
			t.Errorf("the model is said to state %s, which no request shows", c)
		}
	}
}

// TestToldOnce holds that what the model says of a request, the packages do not say again: no
// two violations of one place are of the same rule, or of one that the model states.
func TestToldOnce(t *testing.T) {
	for _, tt := range slices.Concat(malformed, unsound) {
		a, err := wks.Check(tt.input, wks.Region("us-east-1"))
		if err != nil {
			t.Fatal(err)
		}
		type place struct {
			code rule.Code
			path rule.Path
		}
		seen, model := map[place]bool{}, map[rule.Path]bool{}
		for _, v := range wks.Told(a, wks.Newest().Edition()) {
			if seen[place{v.Code, v.Path}] || model[v.Path] && slices.Contains(wks.Stated(), v.Code) {
				t.Errorf("%s tells %s twice", operation(tt.input), v)
			}
			seen[place{v.Code, v.Path}] = true
			model[v.Path] = model[v.Path] || v.Cite.Document == "service-model" && v.Code != wks.ValueUnreadable
		}
	}
}
