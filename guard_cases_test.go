package wks_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// Identifiers in the forms that the service gives them.
const (
	workspaceID = "ws-8wq1zkt9m"
	bundleID    = "wsb-0zsvgp8fc"
	directoryID = "d-926722edaf"
	imageID     = "wsi-cr0gm2k9x"
	groupID     = "wsipg-gmx9k2q7r"
	aliasID     = "wsca-abcdefgh1"
	poolID      = "wspool-abcdefgh1"
	accountID   = "123456789012"
	addInID     = "0f3a1b2c-4d5e-6f70-8192-a3b4c5d6e7f8"
)

// desktop is a request for a WorkSpace that breaks no rule.
var desktop = types.WorkspaceRequest{
	BundleId:                    aws.String(bundleID),
	DirectoryId:                 aws.String(directoryID),
	UserName:                    aws.String("mary.major"),
	RootVolumeEncryptionEnabled: aws.Bool(true),
	UserVolumeEncryptionEnabled: aws.Bool(true),
	VolumeEncryptionKey:         aws.String("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
	Tags:                        []types.Tag{{Key: aws.String("team"), Value: aws.String("finance")}, {Key: aws.String("cost centre"), Value: aws.String("4711")}},
	WorkspaceProperties: &types.WorkspaceProperties{
		ComputeTypeName: types.ComputePower, RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60),
		RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100), Protocols: []types.Protocol{types.ProtocolWsp},
	},
}

// with returns a request for desktop, changed.
func with(change func(*types.WorkspaceRequest)) *workspaces.CreateWorkspacesInput {
	d := desktop
	p := *d.WorkspaceProperties
	d.WorkspaceProperties = &p
	change(&d)
	return &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{d}}
}

// kiosk returns a request for a desktop without a user.
func kiosk(name string) *workspaces.CreateWorkspacesInput {
	return with(func(d *types.WorkspaceRequest) {
		d.UserName, d.WorkspaceName = aws.String("[UNDEFINED]"), aws.String(name)
	})
}

// batch returns a request for n desktops, each for another user.
func batch(n int) *workspaces.CreateWorkspacesInput {
	in := &workspaces.CreateWorkspacesInput{}
	for i := range n {
		d := with(func(*types.WorkspaceRequest) {}).Workspaces[0]
		d.UserName = aws.String(fmt.Sprintf("user%02d", i))
		d.Tags = slices.Clone(d.Tags)
		in.Workspaces = append(in.Workspaces, d)
	}
	return in
}

func tags(key, value string) []types.Tag {
	return []types.Tag{{Key: aws.String("team"), Value: aws.String("")}, {Key: aws.String(key), Value: aws.String(value)}}
}

func branding(a types.DefaultImportClientBrandingAttributes) *workspaces.ImportClientBrandingInput {
	return &workspaces.ImportClientBrandingInput{ResourceId: aws.String(directoryID), DeviceTypeWeb: &a}
}

func customImage(change func(*workspaces.ImportCustomWorkspaceImageInput)) *workspaces.ImportCustomWorkspaceImageInput {
	in := &workspaces.ImportCustomWorkspaceImageInput{
		ImageName: aws.String("golden-11"), ImageDescription: aws.String("Windows 11 of September"),
		ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv,
		Platform: types.PlatformWindows, OsVersion: types.OSVersionWindows11,
		ImageSource:                    &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0123456789abcdef0"},
		InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:us-east-1:123456789012:infrastructure-configuration/wks"),
	}
	change(in)
	return in
}

func pool(change func(*workspaces.CreateWorkspacesPoolInput)) *workspaces.CreateWorkspacesPoolInput {
	in := &workspaces.CreateWorkspacesPoolInput{
		PoolName: aws.String("contractors"), Description: aws.String("Contractors"), BundleId: aws.String(bundleID), DirectoryId: aws.String("wsd-abcdefgh1"),
		Capacity:        &types.Capacity{DesiredUserSessions: aws.Int32(0)},
		TimeoutSettings: &types.TimeoutSettings{DisconnectTimeoutInSeconds: aws.Int32(60), IdleDisconnectTimeoutInSeconds: aws.Int32(0), MaxUserDurationInSeconds: aws.Int32(432000)},
	}
	change(in)
	return in
}

func stop(ids ...string) *workspaces.StopWorkspacesInput {
	in := &workspaces.StopWorkspacesInput{}
	for _, id := range ids {
		in.StopWorkspaceRequests = append(in.StopWorkspaceRequests, types.StopRequest{WorkspaceId: aws.String(id)})
	}
	return in
}

// A refusal is a request that Guard refuses, with the codes (of this package without
// their prefix) and paths of all that is wrong.
type refusal struct {
	input any
	want  []string
}

// malformed are requests that the model refuses.
var malformed = []refusal{
	{&workspaces.CreateWorkspacesInput{}, []string{"required-member-missing Workspaces"}},
	{&workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{}}, []string{"list-size-out-of-bounds Workspaces"}},
	{batch(26), []string{"list-size-out-of-bounds Workspaces"}},
	{&workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{desktop, {}}}, []string{"required-member-missing Workspaces[1].BundleId", "required-member-missing Workspaces[1].DirectoryId", "required-member-missing Workspaces[1].UserName"}},
	{with(func(d *types.WorkspaceRequest) { d.BundleId = aws.String("wsb-123") }), []string{"pattern-not-matched Workspaces[0].BundleId"}},
	{with(func(d *types.WorkspaceRequest) { d.BundleId = aws.String(workspaceID) }), []string{"pattern-not-matched Workspaces[0].BundleId"}},
	{with(func(d *types.WorkspaceRequest) { d.DirectoryId = aws.String("d-1") }), []string{"length-out-of-bounds Workspaces[0].DirectoryId", "pattern-not-matched Workspaces[0].DirectoryId"}},
	{with(func(d *types.WorkspaceRequest) { d.DirectoryId = aws.String("d-92672ZEDAF") }), []string{"pattern-not-matched Workspaces[0].DirectoryId"}},
	{with(func(d *types.WorkspaceRequest) { d.UserName = aws.String("") }), []string{"length-out-of-bounds Workspaces[0].UserName"}},
	{with(func(d *types.WorkspaceRequest) { d.UserName = aws.String(strings.Repeat("ü", 64)) }), []string{"length-out-of-bounds Workspaces[0].UserName"}},
	{kiosk("x"), []string{"pattern-not-matched Workspaces[0].WorkspaceName"}},
	{kiosk("a desk"), []string{"pattern-not-matched Workspaces[0].WorkspaceName"}},
	{with(func(d *types.WorkspaceRequest) { d.Ipv6Address = aws.String("10.0.0.1") }), []string{"pattern-not-matched Workspaces[0].Ipv6Address"}},
	{with(func(d *types.WorkspaceRequest) { d.Tags = tags("", "x") }), []string{"length-out-of-bounds Workspaces[0].Tags[1].Key"}},
	{with(func(d *types.WorkspaceRequest) { d.Tags = tags("key", strings.Repeat("v", 256)) }), []string{"length-out-of-bounds Workspaces[0].Tags[1].Value"}},
	{with(func(d *types.WorkspaceRequest) { d.WorkspaceProperties.ComputeTypeName = "POWER_PRO" }), []string{"enum-value-unknown Workspaces[0].WorkspaceProperties.ComputeTypeName"}},
	{with(func(d *types.WorkspaceRequest) { d.WorkspaceProperties.Protocols = []types.Protocol{"WSP", "DCV"} }), []string{"enum-value-unknown Workspaces[0].WorkspaceProperties.Protocols[1]", "undocumented Workspaces[0].WorkspaceProperties.Protocols"}},
	{with(func(d *types.WorkspaceRequest) {
		d.WorkspaceProperties.GlobalAccelerator = &types.GlobalAcceleratorForWorkSpace{}
	}), []string{"required-member-missing Workspaces[0].WorkspaceProperties.GlobalAccelerator.Mode"}},
	{&workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{WorkspaceId: aws.String(workspaceID)}, {WorkspaceId: aws.String(workspaceID)}}}, []string{"list-size-out-of-bounds RebuildWorkspaceRequests"}},
	{&workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{}}}, []string{"required-member-missing RebuildWorkspaceRequests[0].WorkspaceId"}},
	{stop(slices.Repeat([]string{workspaceID}, 26)...), []string{"list-size-out-of-bounds StopWorkspaceRequests"}},
	{stop(workspaceID, "i-0123456789abcdef0"), []string{"pattern-not-matched StopWorkspaceRequests[1].WorkspaceId"}},
	{&workspaces.StartWorkspacesInput{StartWorkspaceRequests: []types.StartRequest{{WorkspaceId: aws.String("WS-8wq1zkt9m")}}}, []string{"pattern-not-matched StartWorkspaceRequests[0].WorkspaceId"}},
	{&workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: slices.Repeat([]types.RebootRequest{{WorkspaceId: aws.String(workspaceID)}}, 26)}, []string{"list-size-out-of-bounds RebootWorkspaceRequests"}},
	{&workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{}}, []string{"list-size-out-of-bounds TerminateWorkspaceRequests"}},
	{&workspaces.DescribeWorkspacesInput{WorkspaceIds: slices.Repeat([]string{workspaceID}, 26)}, []string{"list-size-out-of-bounds WorkspaceIds"}},
	{&workspaces.DescribeWorkspacesInput{Limit: aws.Int32(26)}, []string{"number-out-of-range Limit"}},
	{&workspaces.DescribeWorkspacesInput{Limit: aws.Int32(0), NextToken: aws.String("")}, []string{"number-out-of-range Limit", "length-out-of-bounds NextToken"}},
	{&workspaces.DescribeWorkspacesInput{NextToken: aws.String(strings.Repeat("t", 2049))}, []string{"length-out-of-bounds NextToken"}},
	{&workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: aws.String(poolID), Limit: aws.Int32(51)}, []string{"number-out-of-range Limit"}},
	{&workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: aws.String("wspool-abcdefgh12"), UserId: aws.String("u")}, []string{"pattern-not-matched PoolId", "length-out-of-bounds UserId"}},
	{&workspaces.DescribeWorkspacesPoolsInput{Filters: []types.DescribeWorkspacesPoolsFilter{{Name: "PoolId", Operator: types.DescribeWorkspacesPoolsFilterOperatorEquals, Values: []string{"a"}}}}, []string{"enum-value-unknown Filters[0].Name", "pattern-not-matched Filters[0].Values[0]"}},
	{&workspaces.DescribeWorkspaceDirectoriesInput{Filters: []types.DescribeWorkspaceDirectoriesFilter{{Name: types.DescribeWorkspaceDirectoriesFilterNameWorkspaceType, Values: []string{}}}}, []string{"list-size-out-of-bounds Filters[0].Values"}},
	{&workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{directoryID, "d-xyz4567890"}}, []string{"pattern-not-matched DirectoryIds[1]"}},
	{&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0/16"), MaxResults: aws.Int32(6)}, []string{"number-out-of-range MaxResults"}},
	{&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0")}, []string{"pattern-not-matched ManagementCidrRangeConstraint"}},
	{&workspaces.ModifyAccountInput{DedicatedTenancyManagementCidrRange: aws.String("10.1.2.0/24")}, []string{"pattern-not-matched DedicatedTenancyManagementCidrRange"}},
	{&workspaces.ModifyAccountInput{DedicatedTenancySupport: "DISABLED"}, []string{"enum-value-unknown DedicatedTenancySupport"}},
	{&workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(directoryID), SubnetIds: []string{"subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"}}, []string{"list-size-out-of-bounds SubnetIds"}},
	{&workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(directoryID), SubnetIds: []string{"subnet-0123456789ABCDEF0", "subnet-0123456789abcdef1"}}, []string{"pattern-not-matched SubnetIds[0]"}},
	{&workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(directoryID), SubnetIds: []string{"subnet-0"}}, []string{"length-out-of-bounds SubnetIds[0]", "pattern-not-matched SubnetIds[0]", "network.subnets-not-two SubnetIds"}},
	{&workspaces.RegisterWorkspaceDirectoryInput{WorkspaceType: types.WorkspaceTypePools, ActiveDirectoryConfig: &types.ActiveDirectoryConfig{DomainName: aws.String("corp")}}, []string{"pattern-not-matched ActiveDirectoryConfig.DomainName", "required-member-missing ActiveDirectoryConfig.ServiceAccountSecretArn"}},
	{&workspaces.CreateWorkspaceBundleInput{BundleName: aws.String("Standard with Windows 10"), BundleDescription: aws.String("d"), ImageId: aws.String(imageID), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}}, []string{"pattern-not-matched BundleName"}},
	{&workspaces.CreateWorkspaceBundleInput{BundleName: aws.String("b"), BundleDescription: aws.String("d"), ImageId: aws.String("wsi-12345678"), ComputeType: &types.ComputeType{Name: "VAST"}, UserStorage: &types.UserStorage{}, RootStorage: &types.RootStorage{Capacity: aws.String("")}}, []string{"enum-value-unknown ComputeType.Name", "pattern-not-matched ImageId", "length-out-of-bounds RootStorage.Capacity", "required-member-missing UserStorage.Capacity"}},
	{&workspaces.UpdateWorkspaceBundleInput{BundleId: aws.String(imageID)}, []string{"pattern-not-matched BundleId"}},
	{&workspaces.CreateWorkspaceImageInput{Name: aws.String(strings.Repeat("n", 65)), Description: aws.String("d"), WorkspaceId: aws.String(workspaceID)}, []string{"length-out-of-bounds Name"}},
	{&workspaces.CreateWorkspaceImageInput{Name: aws.String("n"), Description: aws.String("the team's"), WorkspaceId: aws.String(workspaceID)}, []string{"pattern-not-matched Description"}},
	{&workspaces.CopyWorkspaceImageInput{Name: aws.String("n"), SourceImageId: aws.String(imageID), SourceRegion: aws.String("US East")}, []string{"pattern-not-matched SourceRegion"}},
	{&workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-012345"), ImageName: aws.String("n"), ImageDescription: aws.String("d"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp}, []string{"pattern-not-matched Ec2ImageId"}},
	{&workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-01234567"), ImageName: aws.String("n"), ImageDescription: aws.String("d"), IngestionProcess: "BYOL_REGULAR_DCV", Applications: []types.Application{}}, []string{"list-size-out-of-bounds Applications", "enum-value-unknown IngestionProcess"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.ImageSource = &types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: "import-ami-1234"}
	}), []string{"length-out-of-bounds ImageSource.Ec2ImportTaskId", "pattern-not-matched ImageSource.Ec2ImportTaskId"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) { in.ImageSource = nil }), []string{"required-member-missing ImageSource"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.InfrastructureConfigurationArn = aws.String("infrastructure-configuration/wks")
	}), []string{"pattern-not-matched InfrastructureConfigurationArn"}},
	{&workspaces.UpdateRulesOfIpGroupInput{GroupId: aws.String("sg-0123456789abcdef0"), UserRules: []types.IpRuleItem{{IpRule: aws.String("203.0.113.0/24")}}}, []string{"pattern-not-matched GroupId"}},
	{&workspaces.UpdateRulesOfIpGroupInput{GroupId: aws.String(groupID)}, []string{"required-member-missing UserRules"}},
	{&workspaces.AssociateIpGroupsInput{DirectoryId: aws.String(directoryID), GroupIds: []string{groupID, ""}}, []string{"pattern-not-matched GroupIds[1]"}},
	{&workspaces.CreateTagsInput{ResourceId: aws.String(workspaceID), Tags: tags(strings.Repeat("k", 128), "v")}, []string{"length-out-of-bounds Tags[1].Key"}},
	{&workspaces.CreateTagsInput{ResourceId: aws.String(""), Tags: []types.Tag{{Value: aws.String("v")}}}, []string{"length-out-of-bounds ResourceId", "required-member-missing Tags[0].Key"}},
	{&workspaces.DeleteTagsInput{ResourceId: aws.String(workspaceID), TagKeys: []string{"team", ""}}, []string{"length-out-of-bounds TagKeys[1]"}},
	{&workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(bundleID), BundleId: aws.String(workspaceID)}, []string{"pattern-not-matched BundleId", "pattern-not-matched SourceWorkspaceId"}},
	{&workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), WorkspaceProperties: &types.WorkspaceProperties{RunningMode: "HOURLY"}}, []string{"enum-value-unknown WorkspaceProperties.RunningMode"}},
	{&workspaces.ModifyWorkspaceStateInput{WorkspaceId: aws.String(workspaceID)}, []string{"required-member-missing WorkspaceState"}},
	{&workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-01234567"), ImageName: aws.String("Windows 11"), ImageDescription: aws.String("the team's"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp}, []string{"pattern-not-matched ImageDescription", "pattern-not-matched ImageName"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.ImageSource = &types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: "arn:aws:imagebuilder:us-east-1:123456789012:image/golden"}
	}), []string{"pattern-not-matched ImageSource.ImageBuildVersionArn"}},
	{customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.ImageSource = &types.ImageSourceIdentifierMemberEc2ImageId{}
	}), []string{"pattern-not-matched ImageSource.Ec2ImageId"}},
	{&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID), ClientToken: aws.String(strings.Repeat("t", 65))}, []string{"pattern-not-matched ClientToken"}},
	{&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String("1234-5678-9012")}, []string{"pattern-not-matched TargetAccountId"}},
	{&workspaces.CreateConnectionAliasInput{ConnectionString: aws.String("desk_example.com")}, []string{"pattern-not-matched ConnectionString"}},
	{&workspaces.CreateConnectClientAddInInput{ResourceId: aws.String(directoryID), Name: aws.String("a\nb"), URL: aws.String("ftp://example.com")}, []string{"pattern-not-matched Name", "pattern-not-matched URL"}},
	{&workspaces.DeleteConnectClientAddInInput{ResourceId: aws.String(directoryID), AddInId: aws.String(strings.ToUpper(addInID))}, []string{"pattern-not-matched AddInId"}},
	{&workspaces.ModifyWorkspaceCreationPropertiesInput{ResourceId: aws.String(directoryID), WorkspaceCreationProperties: &types.WorkspaceCreationProperties{CustomSecurityGroupId: aws.String("sg-0123456789")}}, []string{"pattern-not-matched WorkspaceCreationProperties.CustomSecurityGroupId"}},
	{&workspaces.ModifyClientPropertiesInput{ResourceId: aws.String(directoryID), ClientProperties: &types.ClientProperties{ReconnectEnabled: "YES"}}, []string{"enum-value-unknown ClientProperties.ReconnectEnabled"}},
	{&workspaces.ModifySamlPropertiesInput{ResourceId: aws.String(directoryID), SamlProperties: &types.SamlProperties{UserAccessUrl: aws.String("https:/x")}}, []string{"pattern-not-matched SamlProperties.UserAccessUrl"}},
	{branding(types.DefaultImportClientBrandingAttributes{Logo: make([]byte, 1_500_001)}), []string{"length-out-of-bounds DeviceTypeWeb.Logo"}},
	{branding(types.DefaultImportClientBrandingAttributes{LoginMessage: map[string]string{"en-US": "Welcome"}}), []string{"pattern-not-matched DeviceTypeWeb.LoginMessage"}},
	{branding(types.DefaultImportClientBrandingAttributes{LoginMessage: map[string]string{"en_US": strings.Repeat("m", 2001)}}), []string{"length-out-of-bounds DeviceTypeWeb.LoginMessage.en_US"}},
	{&workspaces.DeleteClientBrandingInput{ResourceId: aws.String(directoryID), Platforms: []types.ClientDeviceType{}}, []string{"list-size-out-of-bounds Platforms"}},
	{pool(func(in *workspaces.CreateWorkspacesPoolInput) {
		in.TimeoutSettings.DisconnectTimeoutInSeconds = aws.Int32(59)
	}), []string{"number-out-of-range TimeoutSettings.DisconnectTimeoutInSeconds", "bundles.pools-end "}},
	{pool(func(in *workspaces.CreateWorkspacesPoolInput) { in.Capacity.DesiredUserSessions = aws.Int32(-1) }), []string{"number-out-of-range Capacity.DesiredUserSessions", "bundles.pools-end "}},
	{pool(func(in *workspaces.CreateWorkspacesPoolInput) { in.PoolName = aws.String("-contractors") }), []string{"pattern-not-matched PoolName", "bundles.pools-end "}},
	{&workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-west-2"), StandbyWorkspaces: []types.StandbyWorkspace{{PrimaryWorkspaceId: aws.String(workspaceID), DirectoryId: aws.String(directoryID), DataReplication: "TWO_WAY"}}}, []string{"enum-value-unknown StandbyWorkspaces[0].DataReplication"}},
}

// valid are requests that Guard sends even if it is told to block everything that it knows of.
var valid = []any{
	&workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{desktop}},
	batch(25),
	kiosk("kiosk-01"),
	with(func(d *types.WorkspaceRequest) { d.UserName = aws.String(strings.Repeat("ü", 63)) }),
	with(func(d *types.WorkspaceRequest) { d.Tags = tags(strings.Repeat("k", 127), strings.Repeat("ü", 255)) }),
	with(func(d *types.WorkspaceRequest) {
		d.WorkspaceProperties.RunningMode = ""
		d.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes = nil
	}),
	with(func(d *types.WorkspaceRequest) { d.Ipv6Address = aws.String("2001:db8:0:1:0:0:0:1") }),
	stop(workspaceID),
	stop(slices.Repeat([]string{workspaceID}, 25)...),
	&workspaces.StartWorkspacesInput{StartWorkspaceRequests: []types.StartRequest{{WorkspaceId: aws.String(workspaceID)}}},
	&workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: aws.String(workspaceID)}}},
	&workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{WorkspaceId: aws.String(workspaceID)}}},
	&workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: aws.String(workspaceID)}}},
	&workspaces.DescribeWorkspacesInput{},
	&workspaces.DescribeWorkspacesInput{WorkspaceIds: slices.Repeat([]string{workspaceID}, 25)},
	&workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(directoryID), UserName: aws.String("mary.major"), Limit: aws.Int32(25), NextToken: aws.String(strings.Repeat("t", 2048))},
	&workspaces.DescribeWorkspacesConnectionStatusInput{WorkspaceIds: []string{workspaceID}},
	&workspaces.DescribeWorkspaceBundlesInput{Owner: aws.String("AMAZON")},
	&workspaces.DescribeApplicationsInput{Owner: aws.String(accountID)},
	&workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{directoryID, "wsd-abcdefgh1"}},
	&workspaces.DescribeWorkspaceImagesInput{ImageIds: []string{imageID}, MaxResults: aws.Int32(1)},
	&workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: aws.String(poolID), Limit: aws.Int32(50)},
	&workspaces.DescribeIpGroupsInput{GroupIds: slices.Repeat([]string{groupID}, 100)},
	&workspaces.DescribeTagsInput{ResourceId: aws.String(workspaceID)},
	&workspaces.DescribeAccountInput{},
	&workspaces.DescribeAccountModificationsInput{},
	&workspaces.DescribeConnectionAliasesInput{AliasIds: []string{aliasID}},
	&workspaces.ListAvailableManagementCidrRangesInput{ManagementCidrRangeConstraint: aws.String("10.0.0.0/16"), MaxResults: aws.Int32(5)},
	&workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled, DedicatedTenancyManagementCidrRange: aws.String("172.31.0.0/16")},
	&workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String(directoryID), SubnetIds: []string{"subnet-0123456789abcdef0", "subnet-01234567"}},
	&workspaces.CreateWorkspaceBundleInput{BundleName: aws.String("finance_11"), BundleDescription: aws.String("Windows 11 for finance"), ImageId: aws.String(imageID), ComputeType: &types.ComputeType{Name: types.ComputePower}, UserStorage: &types.UserStorage{Capacity: aws.String("100")}, RootStorage: &types.RootStorage{Capacity: aws.String("175")}},
	&workspaces.CreateWorkspaceImageInput{Name: aws.String("finance-11"), Description: aws.String("Windows 11 for finance"), WorkspaceId: aws.String(workspaceID)},
	&workspaces.CopyWorkspaceImageInput{Name: aws.String("finance-11"), SourceImageId: aws.String(imageID), SourceRegion: aws.String("us-east-1")},
	&workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-0123456789abcdef0"), ImageName: aws.String("byol-11"), ImageDescription: aws.String("Windows 11"), IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp},
	customImage(func(*workspaces.ImportCustomWorkspaceImageInput) {}),
	customImage(func(in *workspaces.ImportCustomWorkspaceImageInput) {
		in.ImageSource = &types.ImageSourceIdentifierMemberImageBuildVersionArn{Value: "arn:aws:imagebuilder:us-east-1:123456789012:image/golden/1.0.0/1"}
	}),
	&workspaces.UpdateRulesOfIpGroupInput{GroupId: aws.String(groupID), UserRules: []types.IpRuleItem{{IpRule: aws.String("203.0.113.0/24"), RuleDesc: aws.String("office")}}},
	&workspaces.AuthorizeIpRulesInput{GroupId: aws.String(groupID), UserRules: []types.IpRuleItem{{IpRule: aws.String("198.51.100.7/32")}}},
	&workspaces.AssociateIpGroupsInput{DirectoryId: aws.String(directoryID), GroupIds: []string{groupID}},
	&workspaces.CreateTagsInput{ResourceId: aws.String(workspaceID), Tags: tags("project", "finance")},
	&workspaces.DeleteTagsInput{ResourceId: aws.String(workspaceID), TagKeys: []string{"team"}},
	&workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(workspaceID), BundleId: aws.String(bundleID)},
	&workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String(workspaceID), WorkspaceProperties: &types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn}},
	&workspaces.ModifyWorkspaceStateInput{WorkspaceId: aws.String(workspaceID), WorkspaceState: types.TargetWorkspaceStateAdminMaintenance},
	&workspaces.RestoreWorkspaceInput{WorkspaceId: aws.String(workspaceID)},
	branding(types.DefaultImportClientBrandingAttributes{Logo: make([]byte, 1_500_000), LoginMessage: map[string]string{"en_US": "Welcome"}, SupportEmail: aws.String("help@example.com")}),
	&workspaces.DeleteConnectClientAddInInput{ResourceId: aws.String(directoryID), AddInId: aws.String(addInID)},
	&workspaces.CreateAccountLinkInvitationInput{TargetAccountId: aws.String(accountID)},
}
