package wkstest_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// answers compares a whole answer, or a part of one.
func answers(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		t.Errorf("%s:\n%s, want\n%s", what, a, b)
	}
}

// pass lets time pass.
func pass(t testing.TB, clock *wkstest.Virtual, d time.Duration) {
	t.Helper()
	if err := clock.Sleep(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// A standby WorkSpace and its primary tell of one another, and of the replication between them, which either can change.
func TestStandbyAndPrimaryTellOfOneAnother(t *testing.T) {
	clock := wkstest.NewVirtual(noon)
	from, to := wkstest.Sample("us-east-1"), wkstest.Sample("us-west-2")
	registering, without, taken := to.Directories[0], to.Directories[0], to.Directories[0]
	registering.DirectoryId, registering.State, registering.Ready = aws.String("d-9067000002"), types.WorkspaceDirectoryStateRegistering, noon.AddDate(1, 0, 0)
	without.DirectoryId, without.Users = aws.String("d-9067000003"), []string{"grace"}
	taken.DirectoryId = aws.String("d-9067000004")
	to.Directories[0].DirectoryType = types.WorkspaceDirectoryTypeAdConnector
	to.Directories = append(to.Directories, registering, without, taken)
	s := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": from, "us-west-2": to}}})
	primary, standby := s.Direct("us-east-1"), s.Direct("us-west-2")
	launched := must(primary.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada")}}))(t)
	id := launched.PendingRequests[0].WorkspaceId
	must(standby.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("Ada", func(q *types.WorkspaceRequest) { q.DirectoryId = taken.DirectoryId })}}))(t)
	pass(t, clock, time.Hour)

	create := func(q types.StandbyWorkspace) *workspaces.CreateStandbyWorkspacesOutput {
		t.Helper()
		return must(standby.CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-east-1"), StandbyWorkspaces: []types.StandbyWorkspace{q}}))(t)
	}
	for _, tt := range [][4]string{ // directory, code, where, by
		{"d-9067000009", "ResourceNotFound.Directory", "DirectoryId", "wkstest.unknown-resource"}, {"d-9067000002", "InvalidResourceState.WorkSpace", "DirectoryId", "wkstest.not-registered"},
		{"d-9067000003", "ResourceNotFound.User", "UserName", "wkstest.user-unknown"}, {"d-9067000004", "ResourceExists.WorkSpace", "UserName", "bundles.user-taken"},
	} {
		q := types.StandbyWorkspace{DirectoryId: &tt[0], PrimaryWorkspaceId: id}
		out := create(q)
		if len(out.FailedStandbyRequests) != 1 || len(out.PendingStandbyRequests) != 0 {
			t.Errorf("%s: %+v", tt[0], out)
			continue
		}
		f := out.FailedStandbyRequests[0]
		if text := *f.ErrorMessage; *f.ErrorCode != tt[1] || !strings.HasPrefix(text, tt[2]+": ") || !strings.HasSuffix(text, "["+tt[3]+"]") || !reflect.DeepEqual(*f.StandbyWorkspaceRequest, q) {
			t.Errorf("%s: %s, %s", tt[0], *f.ErrorCode, text)
		}
	}
	_, err := standby.CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{PrimaryRegion: aws.String("us-west-2"), StandbyWorkspaces: []types.StandbyWorkspace{{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: id}}})
	if err == nil || len(wkstest.RefusedBy(err)) == 0 {
		t.Errorf("a standby in the Region of the primary: %v", err)
	}

	tags := []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	out := create(types.StandbyWorkspace{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: id, Tags: tags})
	if len(out.PendingStandbyRequests) != 1 || len(out.FailedStandbyRequests) != 0 {
		t.Fatalf("%+v", out)
	}
	made := out.PendingStandbyRequests[0].WorkspaceId
	answers(t, "the answer", out.PendingStandbyRequests[0], types.PendingCreateStandbyWorkspacesRequest{DirectoryId: aws.String(wkstest.SampleDirectory), State: types.WorkspaceStatePending, UserName: aws.String("ada"), WorkspaceId: made})
	answers(t, "the tags", must(standby.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: made}))(t).TagList, tags)
	pass(t, clock, time.Minute)
	describe := func(d *wkstest.Direct, id *string) types.Workspace {
		t.Helper()
		list := must(d.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{*id}}))(t).Workspaces
		if len(list) != 1 {
			t.Fatalf("%s is not described", *id)
		}
		return list[0]
	}
	one, two := describe(primary, id), describe(standby, made)
	answers(t, "the standby WorkSpace", two, types.Workspace{
		WorkspaceId: made, BundleId: aws.String(wkstest.SampleBundle), DirectoryId: aws.String(wkstest.SampleDirectory), UserName: aws.String("ada"), State: types.WorkspaceStatePending, SubnetId: two.SubnetId,
		WorkspaceProperties: one.WorkspaceProperties, DataReplicationSettings: &types.DataReplicationSettings{DataReplication: types.DataReplicationNoReplication},
		RelatedWorkspaces: []types.RelatedWorkspaceProperties{{Region: aws.String("us-east-1"), State: types.WorkspaceStateAvailable, Type: types.StandbyWorkspaceRelationshipTypePrimary, WorkspaceId: id}},
	})
	if !slices.Contains(to.Directories[0].SubnetIds, aws.ToString(two.SubnetId)) {
		t.Errorf("the standby WorkSpace is in %s", aws.ToString(two.SubnetId))
	}
	answers(t, "of the primary WorkSpace", one.StandbyWorkspacesProperties, []types.StandbyWorkspacesProperties{{StandbyWorkspaceId: made, DataReplication: types.DataReplicationNoReplication}})
	answers(t, "of the primary WorkSpace", one.RelatedWorkspaces, []types.RelatedWorkspaceProperties{{Region: aws.String("us-west-2"), State: types.WorkspaceStatePending, Type: types.StandbyWorkspaceRelationshipTypeStandby, WorkspaceId: made}})

	again := create(types.StandbyWorkspace{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: id})
	if len(again.FailedStandbyRequests) != 1 || *again.FailedStandbyRequests[0].ErrorCode != "ResourceExists.WorkSpace" || !strings.HasPrefix(*again.FailedStandbyRequests[0].ErrorMessage, "PrimaryWorkspaceId: ") {
		t.Errorf("%+v", again)
	}
	pass(t, clock, 40*time.Minute) // as long as an encrypted one may take
	if w := describe(standby, made); w.State != types.WorkspaceStateAvailable {
		t.Errorf("the standby WorkSpace is %s", w.State)
	}
	replicate := func(d *wkstest.Direct, id *string, r types.DataReplication) {
		t.Helper()
		must(d.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: id, DataReplication: r}))(t)
	}
	replicate(standby, made, types.DataReplicationPrimaryAsSource)
	answers(t, "replication of the standby", describe(standby, made).DataReplicationSettings, &types.DataReplicationSettings{DataReplication: types.DataReplicationPrimaryAsSource})
	if p := describe(primary, id).StandbyWorkspacesProperties[0]; p.DataReplication != types.DataReplicationNoReplication {
		t.Errorf("that of the primary is %s", p.DataReplication)
	}
	replicate(primary, id, types.DataReplicationPrimaryAsSource)
	answers(t, "replication of the primary", describe(primary, id).StandbyWorkspacesProperties, []types.StandbyWorkspacesProperties{{StandbyWorkspaceId: made, DataReplication: types.DataReplicationPrimaryAsSource}})
}

// A migration needs an address that is free, or whose WorkSpace is gone though nobody has looked at it since.
func TestAddressOfMigration(t *testing.T) {
	for gone, want := range map[bool]string{false: "migrate.no-free-address", true: ""} {
		clock := wkstest.NewVirtual(noon)
		region := wkstest.Sample("eu-west-1")
		region.Directories[0].SubnetIds = region.Directories[0].SubnetIds[:1]
		region.Subnets = []wkstest.Subnet{{SubnetID: region.Directories[0].SubnetIds[0], CIDR: "10.1.0.0/29"}} // three addresses
		s := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
		d := s.Direct("eu-west-1")
		out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada"), request("bob"), request("eve")}}))(t)
		if len(out.PendingRequests) != 3 {
			t.Fatalf("%+v", out)
		}
		pass(t, clock, 48*time.Hour)
		before := map[string]string{}
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			before[*w.WorkspaceId] = *w.IpAddress
		}
		if gone {
			must(d.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: out.PendingRequests[2].WorkspaceId}}}))(t)
			pass(t, clock, time.Hour)
		}
		to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
		moved, err := d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: out.PendingRequests[0].WorkspaceId, BundleId: &to})
		if by := wkstest.RefusedBy(err); (err == nil) != (want == "") || err != nil && (len(by) != 1 || string(by[0]) != want) {
			t.Errorf("gone %t: %v", gone, err)
			continue
		}
		if !gone {
			continue
		}
		pass(t, clock, time.Hour)
		list := must(d.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{*moved.TargetWorkspaceId}}))(t).Workspaces
		if len(list) != 1 || *list[0].IpAddress != before[*out.PendingRequests[2].WorkspaceId] {
			t.Errorf("the new WorkSpace: %+v, want the address of the one that is gone: %v", list, before)
		}
	}
}

// After a migration there is one WorkSpace, of the new bundle and its operating system, with the user, the directory and the running mode of
// the old one. With the fault SameID it has the identifier of the old one too.
func TestWhatAMigrationLeaves(t *testing.T) {
	for _, fault := range []wkstest.FaultKind{"", wkstest.SameID, wkstest.RollBack, wkstest.Vanish} {
		c := wkstest.Config{}
		if fault != "" {
			c.Faults = []wkstest.Fault{{Kind: fault}}
		}
		s, clock, id := ready(t, c)
		d := s.Direct("eu-west-1")
		old := s.State().Regions["eu-west-1"].Workspaces[0]
		if old.System != types.OperatingSystemNameWindowsServer2022 {
			t.Fatalf("%s", old.System)
		}
		out := migrateTo2019(t, d, id)
		if *out.SourceWorkspaceId != *id || (*out.TargetWorkspaceId == *id) != (fault == wkstest.SameID) {
			t.Errorf("%s: %+v", fault, out)
		}
		began := clock.Now()
		until := s.State().Regions["eu-west-1"].Workspaces[0].Migration.Until
		pass(t, clock, time.Hour)
		must(d.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{}))(t)
		list := s.State().Regions["eu-west-1"].Workspaces
		switch {
		case fault == wkstest.Vanish:
			if len(list) != 0 {
				t.Errorf("%s: %+v", fault, list)
			}
			continue
		case len(list) != 1:
			t.Errorf("%s: %d WorkSpaces", fault, len(list))
			continue
		case fault == wkstest.RollBack:
			answers(t, string(fault), list[0], old)
			continue
		}
		w := list[0]
		if *w.WorkspaceId != *out.TargetWorkspaceId || *w.BundleId != wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp) || w.System != types.OperatingSystemNameWindowsServer2019 ||
			w.State != types.WorkspaceStateAvailable || *w.UserName != "ada" || *w.DirectoryId != *old.DirectoryId || w.Migration != nil || !w.Idle.Equal(until) || !w.History.Launched.Equal(until) ||
			w.WorkspaceProperties.RunningMode != types.RunningModeAutoStop || *w.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes != 60*2880 || until.Before(began.Add(30*time.Minute)) || until.After(began.Add(time.Hour)) {
			text, _ := json.Marshal(w)
			t.Errorf("%s: %s", fault, text)
		}
		if p := w.WorkspaceProperties; fault == "" && (p.ComputeTypeName != types.ComputeStandard || p.OperatingSystemName != types.OperatingSystemNameWindowsServer2019 || *p.RootVolumeSizeGib != 80 || *p.UserVolumeSizeGib != 50 || !slices.Equal(p.Protocols, []types.Protocol{types.ProtocolWsp})) {
			t.Errorf("%+v", p)
		}
	}
}

// With the fault Blink every third look at the pair finds nothing, however it is looked for, and a call is one look at both.
func TestEachThirdLook(t *testing.T) {
	ways := map[string]func(a, b string) *workspaces.DescribeWorkspacesInput{
		"source": func(a, _ string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{a}}
		},
		"target": func(_, b string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{b}}
		},
		"both": func(a, b string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{a, b}}
		},
		"all": func(_, _ string) *workspaces.DescribeWorkspacesInput { return &workspaces.DescribeWorkspacesInput{} },
		"directory": func(_, _ string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(wkstest.SampleDirectory)}
		},
		"user": func(_, _ string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(wkstest.SampleDirectory), UserName: aws.String("ada")}
		},
		"bundle": func(_, _ string) *workspaces.DescribeWorkspacesInput {
			return &workspaces.DescribeWorkspacesInput{BundleId: aws.String(wkstest.SampleBundle)}
		},
	}
	for name, way := range ways {
		s, clock, id := ready(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.Blink}}})
		d := s.Direct("eu-west-1")
		target := *migrateTo2019(t, d, id).TargetWorkspaceId
		pass(t, clock, time.Minute)
		var got []int
		for range 7 {
			got = append(got, len(must(d.DescribeWorkspaces(t.Context(), way(*id, target)))(t).Workspaces))
		}
		n := 2
		if name == "source" || name == "target" || name == "bundle" { // the target has another bundle
			n = 1
		}
		if want := []int{n, n, 0, n, n, 0, n}; !slices.Equal(got, want) {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// A pool or a change of the account that has ended holds nothing back, though nobody has looked at it since.
func TestPoolsAndAccountThatEnded(t *testing.T) {
	clock := wkstest.NewVirtual(noon)
	region := wkstest.Sample("eu-west-1")
	region.Directories[0].WorkspaceType = types.WorkspaceTypePools
	region.Images = []wkstest.Image{{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-000000001"), Name: aws.String("golden"), OwnerAccountId: aws.String("123456789012"), State: types.WorkspaceImageStateAvailable}}}
	s := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
	d := s.Direct("eu-west-1")
	bundle := must(d.CreateWorkspaceBundle(t.Context(), &workspaces.CreateWorkspaceBundleInput{
		BundleName: aws.String("golden"), BundleDescription: aws.String("golden"), ImageId: aws.String("wsi-000000001"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, UserStorage: &types.UserStorage{Capacity: aws.String("50")},
	}))(t).WorkspaceBundle.BundleId
	pool := must(d.CreateWorkspacesPool(t.Context(), &workspaces.CreateWorkspacesPoolInput{
		PoolName: aws.String("callers"), Description: aws.String("callers"), BundleId: bundle, DirectoryId: aws.String(wkstest.SampleDirectory), Capacity: &types.Capacity{DesiredUserSessions: aws.Int32(1)},
	}))(t).WorkspacesPool.PoolId
	must(d.ModifyAccount(t.Context(), &workspaces.ModifyAccountInput{DedicatedTenancySupport: types.DedicatedTenancySupportEnumEnabled}))(t)
	drop := func() error {
		_, err := d.DeleteWorkspaceBundle(t.Context(), &workspaces.DeleteWorkspaceBundleInput{BundleId: bundle})
		return err
	}
	deregister := func() error {
		_, err := d.DeregisterWorkspaceDirectory(t.Context(), &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: aws.String(wkstest.SampleDirectory)})
		return err
	}
	dedicated := func() error {
		_, err := d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000009"), Tenancy: types.TenancyDedicated, SubnetIds: []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}})
		return err
	}
	wants(t, "the bundle of a pool", drop(), "ResourceAssociatedException", "wkstest.in-use")
	wants(t, "the directory of a pool", deregister(), "OperationNotSupportedException", "wkstest.directory-not-empty")
	wants(t, "a dedicated directory", dedicated(), "InvalidParameterValuesException", "wkstest.account-not-byol")
	must(d.TerminateWorkspacesPool(t.Context(), &workspaces.TerminateWorkspacesPoolInput{PoolId: pool}))(t)
	wants(t, "the bundle of a pool that is DELETING", drop(), "ResourceAssociatedException", "wkstest.in-use")
	pass(t, clock, 4*time.Hour)
	wants(t, "the bundle", drop(), "")
	wants(t, "the directory", deregister(), "")
	wants(t, "a dedicated directory", dedicated(), "")
	if n := fmt.Sprint(len(s.State().Regions["eu-west-1"].Pools), len(s.State().Regions["eu-west-1"].Bundles)); n != "0 0" {
		t.Errorf("%s pools and bundles are left", n)
	}
}
