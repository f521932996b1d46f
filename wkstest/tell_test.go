package wkstest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// A pool tells what it was made with, how many sessions it offers in each state, and who has one.
func TestPoolsTell(t *testing.T) {
	session := func(id, user string) types.WorkspacesPoolSession {
		return types.WorkspacesPoolSession{SessionId: &id, UserId: &user, PoolId: aws.String("wspool-000000001")}
	}
	sessions := []types.WorkspacesPoolSession{session("s-1", "ada"), session("s-2", "bob"), session("s-3", "ada")}
	_, d, clock := served(t, func(r *wkstest.Region) {
		pools := r.Directories[0]
		pools.DirectoryId, pools.WorkspaceType = aws.String("d-9067000002"), types.WorkspaceTypePools
		registering := pools
		registering.DirectoryId, registering.State = aws.String("d-9067000003"), types.WorkspaceDirectoryStateRegistering
		r.Directories = append(r.Directories, pools, registering)
		r.Pools = []wkstest.Pool{{WorkspacesPool: types.WorkspacesPool{
			PoolId: aws.String("wspool-000000001"), PoolName: aws.String("busy"), State: types.WorkspacesPoolStateRunning, RunningMode: types.PoolsRunningModeAlwaysOn, CapacityStatus: &types.CapacityStatus{DesiredUserSessions: aws.Int32(5)},
		}, Sessions: sessions}}
	})
	create := func(change func(*workspaces.CreateWorkspacesPoolInput)) (*workspaces.CreateWorkspacesPoolOutput, error) {
		in := &workspaces.CreateWorkspacesPoolInput{
			PoolName: aws.String("callers"), Description: aws.String("of the hotline"), BundleId: aws.String(wkstest.SampleBundle), DirectoryId: aws.String("d-9067000002"), Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(3)},
			TimeoutSettings: &types.TimeoutSettings{DisconnectTimeoutInSeconds: aws.Int32(900)}, ApplicationSettings: &types.ApplicationSettingsRequest{Status: types.ApplicationSettingsStatusEnumEnabled, SettingsGroup: aws.String("callers")},
			Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("hotline")}},
		}
		if change != nil {
			change(in)
		}
		return d.CreateWorkspacesPool(t.Context(), in)
	}
	for id, by := range map[string]string{"d-9067000003": "wkstest.not-registered", "d-9067000009": "wkstest.unknown-resource", wkstest.SampleDirectory: "wkstest.wrong-state"} {
		_, err := create(func(in *workspaces.CreateWorkspacesPoolInput) { in.DirectoryId = &id })
		if got := wkstest.RefusedBy(err); len(got) != 1 || string(got[0]) != by {
			t.Errorf("%s: %v", id, err)
		}
	}
	_, err := create(func(in *workspaces.CreateWorkspacesPoolInput) { in.BundleId = aws.String("wsb-000000009") })
	wants(t, "an unknown bundle", err, "ResourceNotFoundException", "wkstest.unknown-resource")
	_, err = create(func(in *workspaces.CreateWorkspacesPoolInput) { in.PoolName = aws.String("busy") })
	wants(t, "a name that is taken", err, "ResourceAlreadyExistsException", "wkstest.already-exists")

	made := must(create(nil))(t).WorkspacesPool
	capacity := func(active, actual, available, desired int32) *types.CapacityStatus {
		return &types.CapacityStatus{ActiveUserSessions: &active, ActualUserSessions: &actual, AvailableUserSessions: &available, DesiredUserSessions: &desired}
	}
	want := types.WorkspacesPool{
		PoolId: made.PoolId, PoolArn: aws.String("arn:aws:workspaces:eu-west-1:123456789012:workspacespool/" + *made.PoolId), PoolName: aws.String("callers"), Description: aws.String("of the hotline"),
		BundleId: aws.String(wkstest.SampleBundle), DirectoryId: aws.String("d-9067000002"), CreatedAt: &noon, RunningMode: types.PoolsRunningModeAutoStop, State: types.WorkspacesPoolStateCreating,
		CapacityStatus: capacity(0, 0, 0, 3), TimeoutSettings: &types.TimeoutSettings{DisconnectTimeoutInSeconds: aws.Int32(900)},
		ApplicationSettings: &types.ApplicationSettingsResponse{Status: types.ApplicationSettingsStatusEnumEnabled, SettingsGroup: aws.String("callers"), S3BucketName: aws.String("wspool-app-settings-eu-west-1-123456789012")},
	}
	answers(t, "made", *made, want)
	describe := func(id *string) types.WorkspacesPool {
		t.Helper()
		list := must(d.DescribeWorkspacesPools(t.Context(), &workspaces.DescribeWorkspacesPoolsInput{PoolIds: []string{*id}}))(t).WorkspacesPools
		if len(list) != 1 {
			t.Fatalf("%d pools", len(list))
		}
		return list[0]
	}
	becomes := func(what string, during, then types.WorkspacesPoolState, c *types.CapacityStatus) {
		t.Helper()
		if p := describe(made.PoolId); p.State != during {
			t.Errorf("%s: %s", what, p.State)
		}
		pass(t, clock, 10*time.Minute-1)
		if p := describe(made.PoolId); p.State != during {
			t.Errorf("%s: %s after nearly ten minutes", what, p.State)
		}
		pass(t, clock, 1)
		want.State, want.CapacityStatus = then, c
		answers(t, what, describe(made.PoolId), want)
	}
	becomes("made", types.WorkspacesPoolStateCreating, types.WorkspacesPoolStateStopped, capacity(0, 0, 0, 3))
	stop := func(id *string) error {
		_, err := d.StopWorkspacesPool(t.Context(), &workspaces.StopWorkspacesPoolInput{PoolId: id})
		return err
	}
	begin := func(id *string) error {
		_, err := d.StartWorkspacesPool(t.Context(), &workspaces.StartWorkspacesPoolInput{PoolId: id})
		return err
	}
	wants(t, "stop one that is STOPPED", stop(made.PoolId), "InvalidResourceStateException", "wkstest.wrong-state")
	wants(t, "start", begin(made.PoolId), "")
	becomes("started", types.WorkspacesPoolStateStarting, types.WorkspacesPoolStateRunning, capacity(0, 3, 3, 3))
	wants(t, "start one that is RUNNING", begin(made.PoolId), "InvalidResourceStateException", "wkstest.wrong-state")
	update := func(in *workspaces.UpdateWorkspacesPoolInput) error {
		in.PoolId = made.PoolId
		_, err := d.UpdateWorkspacesPool(t.Context(), in)
		return err
	}
	wants(t, "the same mode while RUNNING", update(&workspaces.UpdateWorkspacesPoolInput{RunningMode: types.PoolsRunningModeAutoStop, Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(4)}}), "")
	becomes("more sessions", types.WorkspacesPoolStateUpdating, types.WorkspacesPoolStateRunning, capacity(0, 4, 4, 4))
	wants(t, "to an unknown bundle", update(&workspaces.UpdateWorkspacesPoolInput{BundleId: aws.String("wsb-000000009")}), "ResourceNotFoundException", "wkstest.unknown-resource")
	wants(t, "stop", stop(made.PoolId), "")
	becomes("stopped", types.WorkspacesPoolStateStopping, types.WorkspacesPoolStateStopped, capacity(0, 0, 0, 4))
	bundle := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	wants(t, "all of it", update(&workspaces.UpdateWorkspacesPoolInput{
		RunningMode: types.PoolsRunningModeAlwaysOn, Description: aws.String("new"), BundleId: &bundle, TimeoutSettings: &types.TimeoutSettings{IdleDisconnectTimeoutInSeconds: aws.Int32(60)},
		ApplicationSettings: &types.ApplicationSettingsRequest{Status: types.ApplicationSettingsStatusEnumDisabled},
	}), "")
	want.RunningMode, want.Description, want.BundleId, want.TimeoutSettings = types.PoolsRunningModeAlwaysOn, aws.String("new"), &bundle, &types.TimeoutSettings{IdleDisconnectTimeoutInSeconds: aws.Int32(60)}
	want.ApplicationSettings = &types.ApplicationSettingsResponse{Status: types.ApplicationSettingsStatusEnumDisabled}
	becomes("all of it", types.WorkspacesPoolStateUpdating, types.WorkspacesPoolStateStopped, capacity(0, 0, 0, 4))
	wants(t, "start one in ALWAYS_ON", begin(made.PoolId), "InvalidResourceStateException", "wkstest.wrong-state")
	always := must(create(func(in *workspaces.CreateWorkspacesPoolInput) {
		in.PoolName, in.RunningMode, in.ApplicationSettings = aws.String("always"), types.PoolsRunningModeAlwaysOn, nil
	}))(t).WorkspacesPool
	pass(t, clock, 10*time.Minute)
	if p := describe(always.PoolId); p.State != types.WorkspacesPoolStateRunning || p.ApplicationSettings != nil || *p.CapacityStatus.AvailableUserSessions != 3 {
		t.Errorf("%+v", p)
	}
	wants(t, "stop one in ALWAYS_ON", stop(always.PoolId), "InvalidResourceStateException", "wkstest.wrong-state")

	for operator, want := range map[types.DescribeWorkspacesPoolsFilterOperator][]string{
		types.DescribeWorkspacesPoolsFilterOperatorEquals: {"always"}, types.DescribeWorkspacesPoolsFilterOperatorNotequals: {"busy", "callers"},
		types.DescribeWorkspacesPoolsFilterOperatorContains: {"callers", "always"}, types.DescribeWorkspacesPoolsFilterOperatorNotcontains: {"busy"},
	} {
		values := []string{"always"}
		if operator == types.DescribeWorkspacesPoolsFilterOperatorContains || operator == types.DescribeWorkspacesPoolsFilterOperatorNotcontains {
			values = []string{"call", "way"}
		}
		var got []string
		for _, p := range must(d.DescribeWorkspacesPools(t.Context(), &workspaces.DescribeWorkspacesPoolsInput{Filters: []types.DescribeWorkspacesPoolsFilter{{Name: types.DescribeWorkspacesPoolsFilterNamePoolname, Operator: operator, Values: values}}}))(t).WorkspacesPools {
			got = append(got, *p.PoolName)
		}
		answers(t, string(operator), got, want)
	}

	busy := aws.String("wspool-000000001")
	of := func(user *string) []types.WorkspacesPoolSession {
		t.Helper()
		return must(d.DescribeWorkspacesPoolSessions(t.Context(), &workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: busy, UserId: user}))(t).Sessions
	}
	answers(t, "sessions", of(nil), sessions)
	answers(t, "sessions of ada", of(aws.String("ada")), []types.WorkspacesPoolSession{sessions[0], sessions[2]})
	_, err = d.TerminateWorkspacesPoolSession(t.Context(), &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String("00000000-0000-0000-0000-000000000009")})
	wants(t, "an unknown session", err, "ResourceNotFoundException", "wkstest.unknown-resource")
}

// The one session that ends leaves its pool, whose capacity counts those that are left.
func TestSessionsOfPoolsEnd(t *testing.T) {
	const one, two = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"
	pool := func(id string, ids ...string) wkstest.Pool {
		p := wkstest.Pool{WorkspacesPool: types.WorkspacesPool{PoolId: &id, PoolName: &id, State: types.WorkspacesPoolStateRunning, CapacityStatus: &types.CapacityStatus{DesiredUserSessions: aws.Int32(5)}}}
		for _, s := range ids {
			p.Sessions = append(p.Sessions, types.WorkspacesPoolSession{SessionId: &s, PoolId: &id})
		}
		return p
	}
	s, d, _ := served(t, func(r *wkstest.Region) {
		r.Pools = []wkstest.Pool{pool("wspool-000000001"), pool("wspool-000000002", one, two), pool("wspool-000000003", "00000000-0000-0000-0000-000000000003")}
	})
	must(d.TerminateWorkspacesPoolSession(t.Context(), &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String(two)}))(t)
	pools := s.State().Regions["eu-west-1"].Pools
	if len(pools[1].Sessions) != 1 || *pools[1].Sessions[0].SessionId != one || len(pools[2].Sessions) != 1 {
		t.Errorf("%+v", pools)
	}
	answers(t, "its capacity", pools[1].CapacityStatus, &types.CapacityStatus{ActiveUserSessions: aws.Int32(1), ActualUserSessions: aws.Int32(5), AvailableUserSessions: aws.Int32(4), DesiredUserSessions: aws.Int32(5)})
}

// A directory has the kind, the tenancy and the identity source that its registration names, and is found by them.
func TestDirectoriesTell(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Account.DedicatedTenancySupport = types.DedicatedTenancySupportResultEnumEnabled
		r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", CIDR: "10.0.0.0/24"}, {SubnetID: "subnet-1a1b2c3d", CIDR: "10.0.1.0/24"}, {SubnetID: "subnet-2a1b2c3d", CIDR: "10.0.2.0/24"}}
	})
	subnets := []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}
	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	cases := []struct {
		name string
		in   workspaces.RegisterWorkspaceDirectoryInput
		want func(*types.WorkspaceDirectory)
	}{
		{"plain", workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000002"), Tags: tags}, func(*types.WorkspaceDirectory) {}},
		{"self-service", workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000003"), EnableSelfService: aws.Bool(true), Tenancy: types.TenancyDedicated, SubnetIds: []string{"subnet-2a1b2c3d", "subnet-0a1b2c3d"}}, func(w *types.WorkspaceDirectory) {
			w.Tenancy, w.SubnetIds = types.TenancyDedicated, []string{"subnet-2a1b2c3d", "subnet-0a1b2c3d"}
			const e = types.ReconnectEnumEnabled
			w.SelfservicePermissions = &types.SelfservicePermissions{ChangeComputeType: e, IncreaseVolumeSize: e, RebuildWorkspace: e, RestartWorkspace: e, SwitchRunningMode: e}
		}},
		{"Entra", workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000004"), Tenancy: types.TenancyDedicated, UserIdentityType: types.UserIdentityTypeAwsIamIdentityCenter, MicrosoftEntraConfig: &types.MicrosoftEntraConfig{TenantId: aws.String("12345678-1234-1234-1234-123456789012"), ApplicationConfigSecretArn: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:entra-application")}}, func(w *types.WorkspaceDirectory) {
			w.Tenancy, w.UserIdentityType, w.DirectoryType = types.TenancyDedicated, types.UserIdentityTypeAwsIamIdentityCenter, types.WorkspaceDirectoryTypeAwsIamIdentityCenter
			w.MicrosoftEntraConfig = &types.MicrosoftEntraConfig{TenantId: aws.String("12345678-1234-1234-1234-123456789012"), ApplicationConfigSecretArn: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:entra-application")}
		}},
		{"Identity Center", workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000005"), IdcInstanceArn: aws.String("arn:aws:sso:::instance/ssoins-1234567890123456")}, func(w *types.WorkspaceDirectory) {
			w.DirectoryType, w.IDCConfig = types.WorkspaceDirectoryTypeAwsIamIdentityCenter, &types.IDCConfig{InstanceArn: aws.String("arn:aws:sso:::instance/ssoins-1234567890123456")}
		}},
		{"a pool's", workspaces.RegisterWorkspaceDirectoryInput{
			WorkspaceType: types.WorkspaceTypePools, WorkspaceDirectoryName: aws.String("pool"), WorkspaceDirectoryDescription: aws.String("of callers"), UserIdentityType: types.UserIdentityTypeCustomerManaged, SubnetIds: subnets,
			ActiveDirectoryConfig: &types.ActiveDirectoryConfig{DomainName: aws.String("pools.example.com"), ServiceAccountSecretArn: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:service-account")},
		}, func(w *types.WorkspaceDirectory) {
			w.WorkspaceType, w.UserIdentityType, w.DirectoryType = types.WorkspaceTypePools, types.UserIdentityTypeCustomerManaged, types.WorkspaceDirectoryTypeCustomerManaged
			w.WorkspaceDirectoryName, w.WorkspaceDirectoryDescription, w.DirectoryName = aws.String("pool"), aws.String("of callers"), aws.String("pools.example.com")
			w.ActiveDirectoryConfig = &types.ActiveDirectoryConfig{DomainName: aws.String("pools.example.com"), ServiceAccountSecretArn: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:service-account")}
		}},
	}
	for _, tt := range cases {
		out, err := d.RegisterWorkspaceDirectory(t.Context(), &tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if out.State != types.WorkspaceDirectoryStateRegistering || tt.in.DirectoryId != nil && *tt.in.DirectoryId != *out.DirectoryId {
			t.Errorf("%s: %+v", tt.name, out)
		}
		got := must(d.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{*out.DirectoryId}}))(t).Directories[0]
		const n, e = types.ReconnectEnumDisabled, types.ReconnectEnumEnabled
		want := types.WorkspaceDirectory{
			DirectoryId: out.DirectoryId, Alias: out.DirectoryId, DirectoryName: aws.String("corp.example.com"), DirectoryType: types.WorkspaceDirectoryTypeSimpleAd, State: types.WorkspaceDirectoryStateRegistering, SubnetIds: subnets,
			Tenancy: types.TenancyShared, WorkspaceType: types.WorkspaceTypePersonal, CustomerUserName: aws.String("Administrator"), DnsIpAddresses: []string{"10.0.0.10", "10.0.1.10"}, IpGroupIds: []string{},
			SelfservicePermissions:         &types.SelfservicePermissions{ChangeComputeType: n, IncreaseVolumeSize: n, RebuildWorkspace: n, RestartWorkspace: e, SwitchRunningMode: n},
			WorkspaceCreationProperties:    &types.DefaultWorkspaceCreationProperties{EnableInternetAccess: aws.Bool(false), EnableMaintenanceMode: aws.Bool(true), UserEnabledAsLocalAdministrator: aws.Bool(true)},
			SamlProperties:                 &types.SamlProperties{Status: types.SamlStatusEnumDisabled, RelayStateParameterName: aws.String("RelayState")},
			CertificateBasedAuthProperties: &types.CertificateBasedAuthProperties{Status: types.CertificateBasedAuthStatusEnumDisabled}, EndpointEncryptionMode: types.EndpointEncryptionModeStandardTls,
			WorkspaceAccessProperties: got.WorkspaceAccessProperties, IamRoleId: aws.String("arn:aws:iam::123456789012:role/workspaces_DefaultRole"),
			RegistrationCode: got.RegistrationCode, WorkspaceSecurityGroupId: got.WorkspaceSecurityGroupId,
		}
		tt.want(&want)
		answers(t, tt.name, got, want)
	}
	pass(t, clock, time.Minute)
	find := func(in workspaces.DescribeWorkspaceDirectoriesInput) (n int) {
		return len(must(d.DescribeWorkspaceDirectories(t.Context(), &in))(t).Directories)
	}
	filter := func(name types.DescribeWorkspaceDirectoriesFilterName, values ...string) []types.DescribeWorkspaceDirectoriesFilter {
		return []types.DescribeWorkspaceDirectoriesFilter{{Name: name, Values: values}}
	}
	const kind, identity = types.DescribeWorkspaceDirectoriesFilterNameWorkspaceType, types.DescribeWorkspaceDirectoriesFilterNameUserIdentityType
	for _, tt := range []struct {
		in   workspaces.DescribeWorkspaceDirectoriesInput
		want int
	}{
		{workspaces.DescribeWorkspaceDirectoriesInput{}, 6}, {workspaces.DescribeWorkspaceDirectoriesInput{Filters: filter(kind, "PERSONAL")}, 5}, {workspaces.DescribeWorkspaceDirectoriesInput{Filters: filter(kind, "POOLS")}, 1},
		{workspaces.DescribeWorkspaceDirectoriesInput{Filters: filter(kind, "POOLS", "PERSONAL")}, 6}, {workspaces.DescribeWorkspaceDirectoriesInput{Filters: filter(identity, "CUSTOMER_MANAGED")}, 1},
		{workspaces.DescribeWorkspaceDirectoriesInput{Filters: filter(identity, "AWS_IAM_IDENTITY_CENTER")}, 1},
		{workspaces.DescribeWorkspaceDirectoriesInput{Filters: append(filter(identity, "CUSTOMER_MANAGED"), filter(kind, "PERSONAL")...)}, 0},
		{workspaces.DescribeWorkspaceDirectoriesInput{WorkspaceDirectoryNames: []string{"pool"}}, 1}, {workspaces.DescribeWorkspaceDirectoriesInput{WorkspaceDirectoryNames: []string{"pools"}}, 0},
	} {
		if n := find(tt.in); n != tt.want {
			t.Errorf("%+v: %d, want %d", tt.in, n, tt.want)
		}
	}
	tagged := s.State().Regions["eu-west-1"].Directories[1]
	answers(t, "tags", tagged.Tags, tags)
	if tagged.State != types.WorkspaceDirectoryStateRegistered || len(*tagged.RegistrationCode) != 13 || len(*tagged.WorkspaceSecurityGroupId) != 20 {
		t.Errorf("%s, %s, %s", tagged.State, *tagged.RegistrationCode, *tagged.WorkspaceSecurityGroupId)
	}
}

// Each setting of a directory is changed alone, and what a request leaves out stays. One that is DEREGISTERING keeps its settings.
func TestSettingsOfDirectories(t *testing.T) {
	_, d, clock := served(t, nil)
	id := aws.String("d-9067000002")
	must(d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: id, SubnetIds: []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}}))(t)
	pass(t, clock, time.Minute)
	want := must(d.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{*id}}))(t).Directories[0]
	self, access, creation, saml, certificates := *want.SelfservicePermissions, *want.WorkspaceAccessProperties, *want.WorkspaceCreationProperties, *want.SamlProperties, *want.CertificateBasedAuthProperties
	want.SelfservicePermissions, want.WorkspaceAccessProperties, want.WorkspaceCreationProperties, want.SamlProperties, want.CertificateBasedAuthProperties = &self, &access, &creation, &saml, &certificates
	arn := aws.String("arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1")
	steps := []struct {
		name string
		do   func() error
		then func()
	}{
		{"SelfservicePermissions", func() error {
			_, err := d.ModifySelfservicePermissions(t.Context(), &workspaces.ModifySelfservicePermissionsInput{ResourceId: id, SelfservicePermissions: &types.SelfservicePermissions{RestartWorkspace: types.ReconnectEnumDisabled, SwitchRunningMode: types.ReconnectEnumEnabled}})
			return err
		}, func() {
			self.RestartWorkspace, self.SwitchRunningMode = types.ReconnectEnumDisabled, types.ReconnectEnumEnabled
		}},
		{"access", func() error {
			_, err := d.ModifyWorkspaceAccessProperties(t.Context(), &workspaces.ModifyWorkspaceAccessPropertiesInput{ResourceId: id, WorkspaceAccessProperties: &types.WorkspaceAccessProperties{DeviceTypeIos: types.AccessPropertyValueDeny}})
			return err
		}, func() { access.DeviceTypeIos = types.AccessPropertyValueDeny }},
		{"creation", func() error {
			_, err := d.ModifyWorkspaceCreationProperties(t.Context(), &workspaces.ModifyWorkspaceCreationPropertiesInput{ResourceId: id, WorkspaceCreationProperties: &types.WorkspaceCreationProperties{
				CustomSecurityGroupId: aws.String("sg-0a1b2c3d4e5f60001"), DefaultOu: aws.String("OU=Desktops,DC=corp,DC=example,DC=com"), EnableInternetAccess: aws.Bool(true), EnableMaintenanceMode: aws.Bool(false),
				InstanceIamRoleArn: aws.String("arn:aws:iam::123456789012:role/desktops"), UserEnabledAsLocalAdministrator: aws.Bool(false),
			}})
			return err
		}, func() {
			creation = types.DefaultWorkspaceCreationProperties{CustomSecurityGroupId: aws.String("sg-0a1b2c3d4e5f60001"), DefaultOu: aws.String("OU=Desktops,DC=corp,DC=example,DC=com"), EnableInternetAccess: aws.Bool(true), EnableMaintenanceMode: aws.Bool(false),
				InstanceIamRoleArn: aws.String("arn:aws:iam::123456789012:role/desktops"), UserEnabledAsLocalAdministrator: aws.Bool(false)}
		}},
		{"creation, one", func() error {
			_, err := d.ModifyWorkspaceCreationProperties(t.Context(), &workspaces.ModifyWorkspaceCreationPropertiesInput{ResourceId: id, WorkspaceCreationProperties: &types.WorkspaceCreationProperties{EnableMaintenanceMode: aws.Bool(true)}})
			return err
		}, func() { creation.EnableMaintenanceMode = aws.Bool(true) }},
		{"SAML", func() error {
			_, err := d.ModifySamlProperties(t.Context(), &workspaces.ModifySamlPropertiesInput{ResourceId: id, SamlProperties: &types.SamlProperties{Status: types.SamlStatusEnumEnabled, UserAccessUrl: aws.String("https://sso.example.com/")}})
			return err
		}, func() {
			saml.Status, saml.UserAccessUrl = types.SamlStatusEnumEnabled, aws.String("https://sso.example.com/")
		}},
		{"SAML without a parameter", func() error {
			_, err := d.ModifySamlProperties(t.Context(), &workspaces.ModifySamlPropertiesInput{ResourceId: id, PropertiesToDelete: []types.DeletableSamlProperty{types.DeletableSamlPropertySamlPropertiesRelayStateParameterName}})
			return err
		}, func() { saml.RelayStateParameterName = nil }},
		{"SAML without a URL", func() error {
			_, err := d.ModifySamlProperties(t.Context(), &workspaces.ModifySamlPropertiesInput{ResourceId: id, SamlProperties: &types.SamlProperties{Status: types.SamlStatusEnumDisabled}, PropertiesToDelete: []types.DeletableSamlProperty{types.DeletableSamlPropertySamlPropertiesUserAccessUrl}})
			return err
		}, func() { saml.Status, saml.UserAccessUrl = types.SamlStatusEnumDisabled, nil }},
		{"certificates", func() error {
			_, err := d.ModifyCertificateBasedAuthProperties(t.Context(), &workspaces.ModifyCertificateBasedAuthPropertiesInput{ResourceId: id, CertificateBasedAuthProperties: &types.CertificateBasedAuthProperties{Status: types.CertificateBasedAuthStatusEnumEnabled, CertificateAuthorityArn: arn}})
			return err
		}, func() {
			certificates.Status, certificates.CertificateAuthorityArn = types.CertificateBasedAuthStatusEnumEnabled, arn
		}},
		{"certificates without an authority", func() error {
			_, err := d.ModifyCertificateBasedAuthProperties(t.Context(), &workspaces.ModifyCertificateBasedAuthPropertiesInput{ResourceId: id, PropertiesToDelete: []types.DeletableCertificateBasedAuthProperty{types.DeletableCertificateBasedAuthPropertyCertificateBasedAuthPropertiesCertificateAuthorityArn}})
			return err
		}, func() { certificates.CertificateAuthorityArn = nil }},
		{"streaming", func() error {
			_, err := d.ModifyStreamingProperties(t.Context(), &workspaces.ModifyStreamingPropertiesInput{ResourceId: id, StreamingProperties: &types.StreamingProperties{StreamingExperiencePreferredProtocol: types.StreamingExperiencePreferredProtocolEnumTcp}})
			return err
		}, func() {
			want.StreamingProperties = &types.StreamingProperties{StreamingExperiencePreferredProtocol: types.StreamingExperiencePreferredProtocolEnumTcp}
		}},
		{"encryption mode", func() error {
			_, err := d.ModifyEndpointEncryptionMode(t.Context(), &workspaces.ModifyEndpointEncryptionModeInput{DirectoryId: id, EndpointEncryptionMode: types.EndpointEncryptionModeFipsValidated})
			return err
		}, func() { want.EndpointEncryptionMode = types.EndpointEncryptionModeFipsValidated }},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
		step.then()
		answers(t, step.name, must(d.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{*id}}))(t).Directories, []types.WorkspaceDirectory{want})
	}
	must(d.DeregisterWorkspaceDirectory(t.Context(), &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: id}))(t)
	for _, step := range steps {
		if err := step.do(); !slices.Contains(wkstest.RefusedBy(err), "wkstest.not-registered") {
			t.Errorf("%s of one that is DEREGISTERING: %v", step.name, err)
		}
	}
	want.State = types.WorkspaceDirectoryStateDeregistering
	answers(t, "DEREGISTERING", must(d.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{*id}}))(t).Directories, []types.WorkspaceDirectory{want})
}
