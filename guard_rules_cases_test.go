package wks_test

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// sized returns a request for a desktop of a compute type and sizes; 0 is not in the request.
func sized(compute types.Compute, root, user int32) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) {
		p := d.WorkspaceProperties
		p.ComputeTypeName, p.RootVolumeSizeGib, p.UserVolumeSizeGib = compute, size(root), size(user)
	})
}

func size(gib int32) *int32 {
	if gib == 0 {
		return nil
	}
	return &gib
}

// mode returns a request for a desktop with a running mode.
func mode(mode types.RunningMode, minutes *int32) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) {
		d.WorkspaceProperties.RunningMode, d.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes = mode, minutes
	})
}

// offered returns a request for a desktop of an operating system.
func offered(system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) {
		d.WorkspaceProperties = &types.WorkspaceProperties{OperatingSystemName: system, ComputeTypeName: compute, Protocols: []types.Protocol{protocol}}
	})
}

// encrypted returns a request for a desktop with volumes encrypted by a key; "" is none.
func encrypted(key string, root, user bool) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) {
		d.VolumeEncryptionKey, d.RootVolumeEncryptionEnabled, d.UserVolumeEncryptionEnabled = nil, aws.Bool(root), aws.Bool(user)
		if key != "" {
			d.VolumeEncryptionKey = &key
		}
	})
}

// keys returns a request for desktops with these keys.
func keys(list ...string) *workspaces.CreateWorkspacesInput {
	in := batch(len(list))
	for i := range list {
		in.Workspaces[i].VolumeEncryptionKey = &list[i]
	}
	return in
}

func tagged(tags ...types.Tag) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) { d.Tags = tags })
}

func tag(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }

func modify(p types.WorkspaceProperties) *workspaces.ModifyWorkspacePropertiesInput {
	return &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), WorkspaceProperties: &p}
}

func bundle(compute types.Compute, root, user string) *workspaces.CreateWorkspaceBundleInput {
	in := &workspaces.CreateWorkspaceBundleInput{
		BundleName: aws.String("finance_11"), BundleDescription: aws.String("Windows 11 for finance"), ImageId: aws.String(imageID),
		ComputeType: &types.ComputeType{Name: compute}, UserStorage: &types.UserStorage{Capacity: &user},
	}
	if root != "" {
		in.RootStorage = &types.RootStorage{Capacity: &root}
	}
	return in
}

func access(p types.WorkspaceAccessProperties) *workspaces.ModifyWorkspaceAccessPropertiesInput {
	return &workspaces.ModifyWorkspaceAccessPropertiesInput{ResourceId: aws.String(directoryID), WorkspaceAccessProperties: &p}
}

func register(change func(*workspaces.RegisterWorkspaceDirectoryInput)) *workspaces.RegisterWorkspaceDirectoryInput {
	in := &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(directoryID), SubnetIds: []string{"subnet-01234567", "subnet-89abcdef"}, Tenancy: types.TenancyShared}
	change(in)
	return in
}

func ipRules(sources ...string) *workspaces.UpdateRulesOfIpGroupInput {
	in := &workspaces.UpdateRulesOfIpGroupInput{GroupId: aws.String(groupID), UserRules: []types.IpRuleItem{}}
	for _, s := range sources {
		in.UserRules = append(in.UserRules, types.IpRuleItem{IpRule: &s})
	}
	return in
}

func createGroup(sources ...string) *workspaces.CreateIpGroupInput {
	return &workspaces.CreateIpGroupInput{GroupName: aws.String("offices"), UserRules: ipRules(sources...).UserRules}
}

func associate(n int) *workspaces.AssociateIpGroupsInput {
	return &workspaces.AssociateIpGroupsInput{DirectoryId: aws.String(directoryID), GroupIds: slices.Repeat([]string{groupID}, n)}
}

func byolImage(process types.WorkspaceImageIngestionProcess, apps ...types.Application) *workspaces.ImportWorkspaceImageInput {
	return &workspaces.ImportWorkspaceImageInput{
		Ec2ImageId: aws.String("ami-0123456789abcdef0"), ImageName: aws.String("byol-11"), ImageDescription: aws.String("Windows 11"),
		IngestionProcess: process, Applications: apps,
	}
}

func standby(key string, tags ...types.Tag) *workspaces.CreateStandbyWorkspacesInput {
	s := types.StandbyWorkspace{PrimaryWorkspaceId: aws.String(workspaceID), DirectoryId: aws.String(directoryID), Tags: tags}
	if key != "" {
		s.VolumeEncryptionKey = &key
	}
	return &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-west-2"), StandbyWorkspaces: []types.StandbyWorkspace{s}}
}

// standbyFor asks for a standby WorkSpace in us-east-1, where the client is.
func standbyFor(primary string) *workspaces.CreateStandbyWorkspacesInput {
	in := standby("")
	in.PrimaryRegion = &primary
	return in
}

const (
	first       = "Workspaces[0]."
	keyPath     = first + "VolumeEncryptionKey"
	properties  = "WorkspaceProperties."
	rootPath    = first + properties + "RootVolumeSizeGib"
	userPath    = first + properties + "UserVolumeSizeGib"
	minutesPath = properties + "RunningModeAutoStopTimeoutInMinutes"
)

// unsound are well-formed requests that the packages of rules refuse, or of which no
// document says what becomes of them.
var unsound = []refusal{
	// Pairs, minima and the ceiling of the Administration Guide; POWER has no GPU.
	{sized("POWER", 80, 200), []string{"bundles.volume-pair-not-in-group " + rootPath}},
	{sized("POWER", 175, 50), []string{"bundles.volume-pair-not-in-group " + rootPath}},
	{sized("STANDARD", 80, 40), []string{"bundles.volume-pair-not-in-group " + rootPath}},
	{sized("POWER", 60, 50), []string{"bundles.volume-below-minimum " + rootPath}},
	{sized("GRAPHICS_G4DN", 80, 50), []string{"bundles.volume-below-minimum " + rootPath, "bundles.volume-below-minimum " + userPath}},
	{sized("POWER", 2001, 2001), []string{"bundles.volume-over-ceiling " + rootPath, "bundles.volume-over-ceiling " + userPath}},
	{sized("", 0, 2001), []string{"bundles.volume-over-ceiling " + userPath}},
	{with(func(d *types.WorkspaceRequest) { d.WorkspaceProperties.UserVolumeSizeGib = aws.Int32(0) }), []string{"value-unreadable " + userPath}},
	{sized("GRAPHICS", 0, 0), []string{"bundles.compute-type-retired " + first + properties + "ComputeTypeName"}},
	{sized("GRAPHICS_G6_8XLARGE", 200, 200), []string{"undocumented " + rootPath}},
	{mode("AUTO_STOP", aws.Int32(0)), []string{"bundles.auto-stop-minutes " + first + minutesPath}},
	{mode("AUTO_STOP", aws.Int32(90)), []string{"bundles.auto-stop-minutes " + first + minutesPath}},
	{mode("ALWAYS_ON", aws.Int32(60)), []string{"bundles.auto-stop-minutes-not-applicable " + first + minutesPath}},
	{mode("MANUAL", aws.Int32(60)), []string{"bundles.auto-stop-minutes-not-applicable " + first + minutesPath}},
	{offered("WINDOWS_11", "STANDARD", "PCOIP"), []string{"bundles.protocol-not-offered " + first + properties + "Protocols"}},
	{offered("WINDOWS_11", "VALUE", "WSP"), []string{"bundles.compute-type-not-offered " + first + properties + "ComputeTypeName"}},
	{offered("AMAZON_LINUX_2", "STANDARD", "WSP"), []string{"bundles.operating-system-ended " + first + properties + "OperatingSystemName"}},
	{offered("WINDOWS_10", "GRAPHICS_G4DN", "PCOIP"), []string{"bundles.protocol-ends " + first + properties + "Protocols"}},
	{offered("WINDOWS_SERVER_2016", "GRAPHICS_G4DN", "PCOIP"), []string{
		"bundles.operating-system-ends " + first + properties + "OperatingSystemName", "bundles.protocol-ends " + first + properties + "Protocols",
	}},
	{offered("UBUNTU_18_04", "STANDARD", "WSP"), []string{"undocumented " + first + properties + "OperatingSystemName"}},
	{with(func(d *types.WorkspaceRequest) {
		d.UserName, d.WorkspaceProperties = aws.String("mary.major@example.com"), &types.WorkspaceProperties{OperatingSystemName: "UBUNTU_22_04"}
	}), []string{"bundles.linux-user-name " + first + "UserName"}},
	{&workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{desktop, desktop}}, []string{"bundles.user-repeated Workspaces[1].UserName"}},
	{&workspaces.CreateWorkspacesInput{Workspaces: append(batch(2).Workspaces, with(func(d *types.WorkspaceRequest) { d.UserName = aws.String("USER00") }).Workspaces...)}, []string{"bundles.user-repeated Workspaces[2].UserName"}},
	{with(func(d *types.WorkspaceRequest) { d.WorkspaceName = aws.String("desk") }), []string{"bundles.workspace-name-not-applicable " + first + "WorkspaceName"}},
	{with(func(d *types.WorkspaceRequest) { d.UserName = aws.String("[UNDEFINED]") }), []string{"bundles.member-missing " + first + "WorkspaceName"}},
	{tagged(tag("aws:team", "x")), []string{"bundles.tag-reserved " + first + "Tags[0].Key"}},
	{tagged(tag("team", "aws:workspaces:x")), []string{"bundles.tag-reserved " + first + "Tags[0].Value"}},
	{tagged(tag("team", "x"), tag("team ", "😀")), []string{"bundles.tag-alphabet " + first + "Tags[1].Key", "bundles.tag-alphabet " + first + "Tags[1].Value"}},
	{tagged(tag("team", "x"), tag("team", "y")), []string{"undocumented " + first + "Tags[1].Key"}},
	{tagged(manyTags(51)...), []string{"bundles.tags-too-many " + first + "Tags"}},

	// Keys; the client is in us-east-1.
	{encrypted("aws/workspaces", true, false), []string{"encryption.key-not-found " + keyPath}},
	{keys(*desktop.VolumeEncryptionKey, "aws/workspaces", "aws/workspaces", *desktop.VolumeEncryptionKey), []string{
		"encryption.key-not-found Workspaces[1].VolumeEncryptionKey", "encryption.key-not-found Workspaces[2].VolumeEncryptionKey",
	}},
	{encrypted("alias/desktops", true, false), []string{"encryption.key-not-arn " + keyPath, "undocumented " + keyPath}},
	{encrypted("alias/aws/ebs", true, true), []string{"encryption.key-of-other-service " + keyPath, "encryption.key-not-arn " + keyPath, "undocumented " + keyPath}},
	{encrypted("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", true, true), []string{"encryption.key-in-other-region " + keyPath}},
	{encrypted("arn:aws-cn:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", true, true), []string{"encryption.key-in-other-partition " + keyPath}},
	{encrypted(*desktop.VolumeEncryptionKey, false, false), []string{"encryption.key-without-volume " + keyPath, "undocumented " + keyPath}},
	{encrypted("", true, false), []string{"encryption.volume-without-key " + keyPath, "undocumented " + keyPath}},
	{encrypted("my-key", true, false), []string{"value-unreadable " + keyPath}},
	{standby("alias/aws/workspaces"), []string{"encryption.key-not-customer-managed StandbyWorkspaces[0].VolumeEncryptionKey", "encryption.key-not-arn StandbyWorkspaces[0].VolumeEncryptionKey", "undocumented StandbyWorkspaces[0].VolumeEncryptionKey"}},
	{standbyFor("eu-west-3"), []string{"bundles.standby-not-in-region PrimaryRegion"}},
	{standbyFor("us-east-1"), []string{"undocumented "}},
	{standby("my-key"), []string{"value-unreadable StandbyWorkspaces[0].VolumeEncryptionKey"}},
	{standby("", tag("aws:team", "x")), []string{"bundles.tag-reserved StandbyWorkspaces[0].Tags[0].Key"}},

	{modify(types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100)}), []string{"bundles.volumes-together WorkspaceProperties.RootVolumeSizeGib"}},
	{modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100), ComputeTypeName: "POWER"}), []string{"bundles.volume-with-compute-type WorkspaceProperties.ComputeTypeName"}},
	{modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(2001)}), []string{"bundles.volume-over-ceiling WorkspaceProperties.UserVolumeSizeGib"}},
	{modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(-1)}), []string{"value-unreadable WorkspaceProperties.UserVolumeSizeGib"}},
	{modify(types.WorkspaceProperties{ComputeTypeName: "GRAPHICSPRO"}), []string{"bundles.compute-type-retired WorkspaceProperties.ComputeTypeName"}},
	{modify(types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: aws.Int32(0)}), []string{"bundles.auto-stop-minutes " + minutesPath}},
	{modify(types.WorkspaceProperties{RunningMode: "ALWAYS_ON", RunningModeAutoStopTimeoutInMinutes: aws.Int32(0)}), []string{"bundles.auto-stop-minutes-not-applicable " + minutesPath}},
	{modify(types.WorkspaceProperties{RunningMode: "ALWAYS_ON", ComputeTypeName: "POWER"}), []string{"undocumented WorkspaceProperties"}},
	{modify(types.WorkspaceProperties{Protocols: []types.Protocol{"DCV"}}), []string{"enum-value-unknown WorkspaceProperties.Protocols[0]", "bundles.protocol-value WorkspaceProperties.Protocols[0]"}},
	{modify(types.WorkspaceProperties{Protocols: []types.Protocol{"WSP", "PCOIP"}}), []string{"undocumented WorkspaceProperties.Protocols"}},
	{modify(types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11"}), []string{"undocumented WorkspaceProperties.OperatingSystemName"}},
	{modify(types.WorkspaceProperties{}), []string{"undocumented WorkspaceProperties"}},

	{bundle("STANDARD", "80", "200"), []string{"bundles.volume-pair-not-in-group RootStorage.Capacity"}},
	{bundle("STANDARD", "70", "2001"), []string{"bundles.volume-below-minimum RootStorage.Capacity", "bundles.volume-over-ceiling UserStorage.Capacity"}},
	{bundle("GRAPHICS", "100", "100"), []string{"bundles.compute-type-retired ComputeType.Name"}},
	{bundle("POWER", "175", "100 GB"), []string{"value-unreadable UserStorage.Capacity"}},
	{&workspaces.UpdateWorkspaceBundleInput{BundleId: aws.String(bundleID), ImageId: aws.String("x" + imageID)}, []string{"undocumented ImageId"}},
	{&workspaces.CreateWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("Windows-11"), WorkspaceId: aws.String(workspaceID)}, []string{"bundles.image-description-hyphen Description"}},
	{&workspaces.CreateWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("Windows 11"), WorkspaceId: aws.String(workspaceID), Tags: manyTags(51)}, []string{"bundles.tags-too-many Tags"}},
	{&workspaces.CopyWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("of us-east-1"), SourceImageId: aws.String("image/" + imageID), SourceRegion: aws.String("us-west-2")}, []string{"bundles.image-description-hyphen Description", "undocumented SourceImageId"}},
	{&workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("up-to-date"), SourceImageId: aws.String(imageID)}, []string{"bundles.image-description-hyphen Description"}},

	// Windows 11 does not have PCoIP, the first GPU processes are retired, Office 2016 and 2019 have ended, and PCoIP ends.
	{byolImage("BYOL_GRAPHICS"), []string{"byol.process-graphics-retired IngestionProcess"}},
	{byolImage("BYOL_GRAPHICSPRO"), []string{"byol.process-graphicspro-retired IngestionProcess"}},
	{byolImage("BYOL_REGULAR_WSP", types.ApplicationMicrosoftOffice2019), []string{"byol.office-ended Applications[0]"}},
	{byolImage("BYOL_GRAPHICS_G4DN", types.ApplicationMicrosoftOffice2016), []string{"byol.protocol-ends IngestionProcess", "byol.office-ended Applications[0]"}},
	{byolImage("BYOL_REGULAR"), []string{"byol.protocol-ends IngestionProcess"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.OsVersion, in.Protocol = types.OSVersionWindows10, types.CustomImageProtocolPcoip
	}), []string{"byol.protocol-ends Protocol"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) { in.Protocol = types.CustomImageProtocolPcoip }), []string{"byol.protocol-os-incompatibility Protocol"}},
	{&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID), ClientToken: aws.String("invité")}, []string{"byol.link-token-malformed ClientToken"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) { in.Tags = []types.Tag{tag("aws:team", "x")} }), []string{"bundles.tag-reserved Tags[0].Key"}},

	{register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.SubnetIds = in.SubnetIds[:1] }), []string{"network.subnets-not-two SubnetIds"}},
	{register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.SubnetIds[1] = in.SubnetIds[0] }), []string{"network.subnets-in-one-zone SubnetIds[1]"}},
	{register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.Tags = []types.Tag{tag("team", "finance#1")} }), []string{"bundles.tag-alphabet Tags[0].Value"}},
	{register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.MicrosoftEntraConfig = entra }), []string{"byol.directory-not-dedicated Tenancy"}},
	{access(types.WorkspaceAccessProperties{DeviceTypeLinux: "TRUST"}), []string{"enum-value-unknown WorkspaceAccessProperties.DeviceTypeLinux", "devices.trust-unsupported WorkspaceAccessProperties.DeviceTypeLinux"}},
	{access(types.WorkspaceAccessProperties{DeviceTypeWindows: "TRUST", DeviceTypeWeb: "ALLOW"}), []string{"enum-value-unknown WorkspaceAccessProperties.DeviceTypeWindows", "devices.other-devices-not-blocked WorkspaceAccessProperties"}},
	{access(types.WorkspaceAccessProperties{DeviceTypeIos: "allow"}), []string{"enum-value-unknown WorkspaceAccessProperties.DeviceTypeIos"}},
	{access(types.WorkspaceAccessProperties{
		DeviceTypeWindows: "DENY", DeviceTypeOsx: "DENY", DeviceTypeWeb: "DENY", DeviceTypeIos: "DENY", DeviceTypeAndroid: "DENY", DeviceTypeChromeOs: "DENY", DeviceTypeZeroClient: "DENY",
		DeviceTypeLinux: "DENY", DeviceTypeWorkSpacesThinClient: "DENY",
	}), []string{"devices.every-device-blocked WorkspaceAccessProperties"}},
	{&workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("11.0.0.0/16")}, []string{"network.management-cidr-outside-parents DedicatedTenancyManagementCidrRange"}},
	{&workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("172.32.0.0/16")}, []string{"network.management-cidr-outside-parents DedicatedTenancyManagementCidrRange"}},
	{&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("11.0.0.0/8")}, []string{"network.management-cidr-outside-parents ManagementCidrRangeConstraint"}},
	{&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.1.128.0/17")}, []string{"value-unreadable ManagementCidrRangeConstraint"}},

	{createGroup("203.0.113.0/24", "203.0.113.0/33"), []string{"value-unreadable UserRules[1].ipRule"}},
	{createGroup(slices.Repeat([]string{"203.0.113.0/24"}, 31)...), []string{"network.ip-group-rules-over-quota UserRules"}},
	{createGroup("2001:db8::/32"), []string{"undocumented UserRules[0].ipRule"}},
	{&workspaces.AuthorizeIpRulesInput{GroupId: aws.String(groupID), UserRules: ipRules("office").UserRules}, []string{"value-unreadable UserRules[0].ipRule"}},
	{&workspaces.AuthorizeIpRulesInput{GroupId: aws.String(groupID), UserRules: ipRules(slices.Repeat([]string{"203.0.113.0/24"}, 11)...).UserRules}, []string{"network.ip-group-quota-disputed UserRules", "undocumented UserRules"}},
	{ipRules(), []string{"network.ip-group-lock-out UserRules"}},
	{ipRules("203.0.113.7"), []string{"undocumented UserRules[0].ipRule"}},
	{ipRules("10.10.10.10/16"), []string{"undocumented UserRules[0].ipRule"}},
	{ipRules(append(slices.Repeat([]string{"203.0.113.0/24"}, 30), "")...), []string{"value-unreadable UserRules[30].ipRule", "network.ip-group-rules-over-quota UserRules"}},
	{&workspaces.RevokeIpRulesInput{GroupId: aws.String("x" + groupID), UserRules: []string{"203.0.113.0/24", "203.0.113.0-9"}}, []string{"value-unreadable UserRules[1]", "undocumented GroupId"}},
	{associate(26), []string{"network.ip-group-quota-disputed GroupIds", "undocumented GroupIds"}},
	{associate(36), []string{"network.ip-groups-of-directory-over-quota GroupIds"}},

	{&workspaces.CreateTagsInput{ResourceId: aws.String(workspaceID), Tags: []types.Tag{tag("aws:workspaces:x", "")}}, []string{"bundles.tag-reserved Tags[0].Key"}},
	{&workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desk.example.com"), Tags: []types.Tag{tag("team", " x")}}, []string{"bundles.tag-alphabet Tags[0].Value"}},
	{pool(func(in *workspaces.CreateWorkspacesPoolInput) { in.Tags = []types.Tag{tag("a;b", "")} }), []string{"bundles.pools-end ", "bundles.tag-alphabet Tags[0].Key"}},
	{pool(func(in *workspaces.CreateWorkspacesPoolInput) { in.Tags = manyTags(2) }), []string{"bundles.pools-end "}},
}

var entra = &types.MicrosoftEntraConfig{TenantId: aws.String("0f3a1b2c-4d5e-6f70-8192-a3b4c5d6e7f8"), ApplicationConfigSecretArn: aws.String("arn:aws:secretsmanager:us-east-1:123456789012:secret:entra-directory")}

func manyTags(n int) (list []types.Tag) {
	for i := range n {
		list = append(list, tag("key"+strings.Repeat("x", i), ""))
	}
	return list
}

// sound are requests about which the documents speak, and which keep to them.
var sound = []any{
	sized("POWER", 80, 10), sized("POWER", 80, 50), sized("STANDARD", 80, 50), sized("PERFORMANCE", 175, 100), sized("POWERPRO", 2000, 2000),
	sized("GENERALPURPOSE_4XLARGE", 175, 100), sized("GRAPHICS_G4DN", 100, 100), sized("", 0, 100), sized("VALUE", 0, 0),
	mode("ALWAYS_ON", nil), mode("AUTO_STOP", nil), mode("AUTO_STOP", aws.Int32(120)), mode("MANUAL", nil),
	offered("WINDOWS_11", "STANDARD", "WSP"), offered("WINDOWS_10", "GRAPHICS_G4DN", "WSP"),
	encrypted("", false, false), encrypted(*desktop.VolumeEncryptionKey, false, true),
	tagged(), tagged(manyTags(50)...), tagged(tag("Team", "x"), tag("team", "ä+-=._:/@ 1")),
	with(func(d *types.WorkspaceRequest) {
		*d = types.WorkspaceRequest{BundleId: d.BundleId, DirectoryId: d.DirectoryId, UserName: d.UserName}
	}),
	&workspaces.CreateWorkspacesInput{Workspaces: append(batch(1).Workspaces, with(func(d *types.WorkspaceRequest) {
		d.UserName, d.DirectoryId = aws.String("user00"), aws.String("d-926722edb0")
	}).Workspaces...)},
	&workspaces.CreateWorkspacesInput{Workspaces: append(kiosk("kiosk-01").Workspaces, kiosk("kiosk-02").Workspaces...)},
	standby(""), standby(*desktop.VolumeEncryptionKey, tag("team", "x")),
	modify(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}), modify(types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(2000)}),
	modify(types.WorkspaceProperties{ComputeTypeName: "POWER"}), modify(types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: aws.Int32(60)}),
	modify(types.WorkspaceProperties{Protocols: []types.Protocol{"WSP"}}),
	&workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), DataReplication: types.DataReplicationPrimaryAsSource},
	&workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), DataReplication: types.DataReplicationPrimaryAsSource, WorkspaceProperties: &types.WorkspaceProperties{}},
	bundle("STANDARD", "80", "50"), bundle("STANDARD", "", "50"),
	&workspaces.UpdateWorkspaceBundleInput{BundleId: aws.String(bundleID), ImageId: aws.String(imageID)},
	&workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("Windows 11"), SourceImageId: aws.String(imageID)},
	byolImage("BYOL_REGULAR_WSP"), byolImage("BYOL_GRAPHICS_G4DN_WSP"), byolImage("BYOL_REGULAR_BYOP"),
	customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) { in.OsVersion = types.OSVersionWindows10 }),
	access(types.WorkspaceAccessProperties{DeviceTypeWindows: "ALLOW", DeviceTypeWeb: "DENY"}),
	access(types.WorkspaceAccessProperties{}),
	register(func(*workspaces.RegisterWorkspaceDirectoryInput) {}),
	register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.SubnetIds = nil }),
	register(func(in *workspaces.RegisterWorkspaceDirectoryInput) {
		in.Tenancy, in.MicrosoftEntraConfig = types.TenancyDedicated, entra
	}),
	register(func(in *workspaces.RegisterWorkspaceDirectoryInput) { in.WorkspaceType = types.WorkspaceTypePools }),
	&workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("198.19.0.0/16")},
	&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("0.0.0.0/0")},
	&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("192.168.0.0/16")},
	createGroup(), createGroup("203.0.113.0/24"), ipRules("203.0.113.0/24", "198.51.100.7/32", "0.0.0.0/0"),
	ipRules(slices.Repeat([]string{"203.0.113.0/24"}, 10)...),
	&workspaces.RevokeIpRulesInput{GroupId: aws.String(groupID), UserRules: []string{"203.0.113.7"}},
	associate(25),
	&workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desk.example.com"), Tags: manyTags(2)},
}
