package wkstest_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

const keyARN = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000000"

// A key is found by its ARN and by its alias, with and without the ARN of that. A WorkSpace tells the ARN. An AWS managed key, which its alias tells too, has no limit of grants.
func TestKeysOfLaunches(t *testing.T) {
	keys := []wkstest.Key{
		{ARN: keyARN + "1", Alias: "alias/desktops"}, {ARN: keyARN + "2", Alias: "alias/aws/workspaces", Grants: 50_000}, {ARN: keyARN + "3", Manager: "AWS", Grants: 50_000}, {ARN: keyARN + "4", Grants: 50_000},
		{ARN: keyARN + "6", State: "PendingImport"}, {ARN: keyARN + "7", Spec: "ECC_NIST_P256"},
	}
	for name, tt := range map[string]struct {
		keys       []wkstest.Key
		want, code string
	}{
		keyARN + "1": {keys, keyARN + "1", ""}, "alias/desktops": {keys, keyARN + "1", ""}, "arn:aws:kms:eu-west-1:123456789012:alias/desktops": {keys, keyARN + "1", ""}, "alias/aws/workspaces": {keys, keyARN + "2", ""},
		keyARN + "3": {keys, keyARN + "3", ""}, keyARN + "4": {keys, "", "ResourceLimitExceeded.WorkSpace"}, "alias/desktop": {keys, "", "InvalidParameterValues.WorkSpace"},
		keyARN + "6": {keys, "", "InvalidResourceState.WorkSpace"}, keyARN + "7": {keys, "", "InvalidParameterValues.WorkSpace"}, keyARN + "8": {nil, keyARN + "8", ""}, keyARN + "9": {[]wkstest.Key{}, "", "InvalidParameterValues.WorkSpace"},
	} {
		s, d, _ := served(t, func(r *wkstest.Region) { r.Keys = slices.Clone(tt.keys) })
		out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = &name, aws.Bool(true)
		})}}))(t)
		code := ""
		for _, f := range out.FailedRequests {
			code = *f.ErrorCode
		}
		got := ""
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			got = *w.VolumeEncryptionKey
		}
		if got != tt.want || code != tt.code {
			t.Errorf("%s: %q, %q, want %q, %q", name, got, code, tt.want, tt.code)
		}
	}
}

// A key has 50,000 grants, of which a WorkSpace takes two with one volume that is encrypted and three with both. Those that others have count, and
// those of WorkSpaces of a state.
func TestGrantsOfKeys(t *testing.T) {
	encrypted := func(user string, root, volume bool) types.WorkspaceRequest {
		return request(user, func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.RootVolumeEncryptionEnabled, q.UserVolumeEncryptionEnabled = aws.String(keyARN+"1"), &root, &volume
		})
	}
	for _, tt := range []struct {
		others       int
		root, volume bool
		want         []bool // for each of two WorkSpaces
	}{
		{49_994, true, true, []bool{true, true}}, {49_995, true, true, []bool{true, false}}, {49_997, true, true, []bool{true, false}}, {49_998, true, true, []bool{false, false}},
		{49_996, true, false, []bool{true, true}}, {49_997, false, true, []bool{true, false}}, {49_998, true, false, []bool{true, false}}, {49_999, false, true, []bool{false, false}},
	} {
		_, d, _ := served(t, func(r *wkstest.Region) { r.Keys = []wkstest.Key{{ARN: keyARN + "1", Grants: tt.others}} })
		var got []bool
		for i := range 2 {
			out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{encrypted(fmt.Sprint("user", i), tt.root, tt.volume)}}))(t)
			got = append(got, len(out.PendingRequests) == 1)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%d grants of others, root %t, user %t: %v, want %v", tt.others, tt.root, tt.volume, got, tt.want)
		}
	}
	for others, fits := range map[int]bool{49_994: true, 49_995: false} { // beside the three of the WorkSpace
		_, d, _ := served(t, func(r *wkstest.Region) {
			r.Keys = []wkstest.Key{{ARN: keyARN + "1", Grants: others}}
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
				w.VolumeEncryptionKey, w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled = aws.String(keyARN+"1"), aws.Bool(true), aws.Bool(true)
			})}
		})
		failed := operationsOf["Migrate"](d, t, aws.String("ws-000000001"))
		want := "VolumeEncryptionKey: the key has 49998 of 50000 grants, and the WorkSpace needs 3 [wkstest.key-full]"
		if (len(failed) == 0) != fits || !fits && (*failed[0].ErrorMessage != want || *failed[0].ErrorCode != "InvalidParameterValuesException") {
			t.Errorf("a migration with %d grants of others: %+v, want %s", others, failed, want)
		}
	}
}

// Until 2021 a key had at most 500 WorkSpaces, which a document said of every key.
func TestWorkspacesOfKeys(t *testing.T) {
	region := wkstest.Sample("eu-west-1")
	region.Keys = []wkstest.Key{{ARN: keyARN + "1"}}
	for i := range 498 {
		region.Workspaces = append(region.Workspaces, running(fmt.Sprintf("ws-%09d", i), fmt.Sprint("user", i), types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.VolumeEncryptionKey, w.UserVolumeEncryptionEnabled = aws.String(keyARN+"1"), aws.Bool(true)
		}))
	}
	region.Workspaces = append(region.Workspaces, running("ws-aaaaaaaaa", "plain", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.VolumeEncryptionKey = aws.String(keyARN + "1") }))
	clock := wkstest.NewVirtual(noon)
	d := start(t, wkstest.Config{Now: clock.Now, Edition: rule.MustParseEdition("2020-05-29"), State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}}).Direct("eu-west-1")
	launched := func(user string) string {
		out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request(user, func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = aws.String(keyARN+"1"), aws.Bool(true)
		})}}))(t)
		for _, f := range out.FailedRequests {
			return *f.ErrorCode + " " + *f.ErrorMessage
		}
		return ""
	}
	answers(t, "the 499th", launched("a"), "")
	answers(t, "the last", launched("b"), "")
	if got := launched("c"); got[:min(len(got), 88)] != "ResourceLimitExceeded.WorkSpace VolumeEncryptionKey: the key has 500 WorkSpaces, and may" {
		t.Errorf("one more: %s", got)
	}
	operationsOf["Terminate"](d, t, aws.String("ws-000000007"))
	pass(t, clock, time.Hour)
	answers(t, "in the place of one that is gone", launched("c"), "")
}

// Snapshots are the last of a series of 12 hours since the launch; without its time there is one of an hour ago.
func TestSnapshotsTell(t *testing.T) {
	at := func(d time.Duration) []types.Snapshot {
		made := noon.Add(d)
		return []types.Snapshot{{SnapshotTime: &made}}
	}
	for name, tt := range map[string]struct {
		change func(*wkstest.Workspace)
		want   []types.Snapshot
	}{
		"three days ago":    {func(*wkstest.Workspace) {}, at(0)},
		"and an hour":       {func(w *wkstest.Workspace) { w.History.Launched = noon.Add(-73 * time.Hour) }, at(-time.Hour)},
		"nearly twelve":     {func(w *wkstest.Workspace) { w.History.Launched = noon.Add(1 - 12*time.Hour) }, []types.Snapshot{}},
		"twelve":            {func(w *wkstest.Workspace) { w.History.Launched = noon.Add(-12 * time.Hour) }, at(0)},
		"no longer than 24": {func(w *wkstest.Workspace) { w.History.Launched = noon.Add(1 - 24*time.Hour) }, at(1 - 12*time.Hour)},
		"not known":         {func(w *wkstest.Workspace) { w.History.Launched = time.Time{} }, at(-time.Hour)},
		"PENDING":           {func(w *wkstest.Workspace) { w.History.Launched, w.State = time.Time{}, types.WorkspaceStatePending }, []types.Snapshot{}},
		"none":              {func(w *wkstest.Workspace) { w.NoSnapshots = true }, []types.Snapshot{}},
	} {
		_, d, _ := served(t, func(r *wkstest.Region) {
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, tt.change)}
		})
		out := must(d.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: aws.String("ws-000000001")}))(t)
		answers(t, name, *out, workspaces.DescribeWorkspaceSnapshotsOutput{RebuildSnapshots: tt.want, RestoreSnapshots: tt.want})
		_, err := d.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: aws.String("ws-000000009")})
		refusedAt(t, "of none", err, "ResourceNotFoundException", "WorkspaceId", "wkstest.unknown-resource")
	}
}

// WorkSpaces are found by one filter: identifiers, each once and in their order, a bundle, or a directory with a user or a name.
func TestFiltersOfWorkspaces(t *testing.T) {
	bundle := wkstest.PublicBundle(types.ComputePower, types.OperatingSystemNameWindowsServer2022, types.ProtocolPcoip)
	_, d, _ := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{
			running("ws-000000001", "ada", types.WorkspaceStateAvailable), running("ws-000000002", "Bob", types.WorkspaceStateStopped, func(w *wkstest.Workspace) { w.BundleId = &bundle }),
			running("ws-000000003", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.DirectoryId = aws.String("d-9067000002") }),
			running("ws-000000004", "[UNDEFINED]", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.WorkspaceName = aws.String("kiosk") }),
			running("ws-000000005", "eve", types.WorkspaceStatePending, func(w *wkstest.Workspace) { w.Visible = noon.Add(1) }), running("ws-000000006", "kim", types.WorkspaceStatePending, func(w *wkstest.Workspace) { w.Visible = noon }),
			running("ws-000000007", "dan", types.WorkspaceStateTerminating, func(w *wkstest.Workspace) { w.Ready, w.Next = noon, types.WorkspaceStateTerminated }),
		}
	})
	here, there := aws.String(wkstest.SampleDirectory), aws.String("d-9067000002")
	for name, tt := range map[string]struct {
		in   workspaces.DescribeWorkspacesInput
		want []string
	}{
		"all":         {workspaces.DescribeWorkspacesInput{}, []string{"1", "2", "3", "4", "6"}},
		"identifiers": {workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{"ws-000000003", "ws-000000001", "ws-000000003", "ws-000000005", "ws-000000007", "ws-000000009"}}, []string{"3", "1"}},
		"bundle":      {workspaces.DescribeWorkspacesInput{BundleId: &bundle}, []string{"2"}}, "another bundle": {workspaces.DescribeWorkspacesInput{BundleId: aws.String(wkstest.SampleBundle)}, []string{"1", "3", "4", "6"}},
		"directory": {workspaces.DescribeWorkspacesInput{DirectoryId: here}, []string{"1", "2", "4", "6"}}, "another directory": {workspaces.DescribeWorkspacesInput{DirectoryId: there}, []string{"3"}},
		"user": {workspaces.DescribeWorkspacesInput{DirectoryId: here, UserName: aws.String("ADA")}, []string{"1"}}, "another user": {workspaces.DescribeWorkspacesInput{DirectoryId: here, UserName: aws.String("bob")}, []string{"2"}},
		"no such user": {workspaces.DescribeWorkspacesInput{DirectoryId: there, UserName: aws.String("bob")}, nil}, "not yet": {workspaces.DescribeWorkspacesInput{DirectoryId: here, UserName: aws.String("eve")}, nil},
		"no longer": {workspaces.DescribeWorkspacesInput{DirectoryId: here, UserName: aws.String("dan")}, nil}, "since now": {workspaces.DescribeWorkspacesInput{DirectoryId: here, UserName: aws.String("kim")}, []string{"6"}},
		"name": {workspaces.DescribeWorkspacesInput{DirectoryId: here, WorkspaceName: aws.String("kiosk")}, []string{"4"}}, "name alone": {workspaces.DescribeWorkspacesInput{WorkspaceName: aws.String("kiosk")}, []string{"4"}},
	} {
		var got []string
		for _, w := range must(d.DescribeWorkspaces(t.Context(), &tt.in))(t).Workspaces {
			got = append(got, (*w.WorkspaceId)[11:])
		}
		answers(t, name, got, tt.want)
	}
	for want, in := range map[string]*workspaces.DescribeWorkspacesInput{
		"filters that cannot be combined: BundleId, WorkspaceIds [wkstest.filters-exclude]":              {WorkspaceIds: []string{"ws-000000001"}, BundleId: &bundle},
		"filters that cannot be combined: BundleId, DirectoryId [wkstest.filters-exclude]":               {DirectoryId: here, BundleId: &bundle},
		"filters that cannot be combined: BundleId, DirectoryId, WorkspaceIds [wkstest.filters-exclude]": {WorkspaceIds: []string{"ws-000000001"}, DirectoryId: here, BundleId: &bundle},
		"UserName: goes with DirectoryId alone [wkstest.filters-exclude]":                                {UserName: aws.String("ada")},
	} {
		_, err := d.DescribeWorkspaces(t.Context(), in)
		answers(t, want, messageOf(err), want)
	}
}

// A directory that WorkSpaces makes needs no identifier: one of pools, of Entra ID, of IAM Identity Center or of the customer's own users.
func TestMadeDirectories(t *testing.T) {
	entra := &types.MicrosoftEntraConfig{TenantId: aws.String("12345678-1234-1234-1234-123456789012"), ApplicationConfigSecretArn: aws.String("arn:aws:secretsmanager:eu-west-1:123456789012:secret:entra-application")}
	for name, in := range map[string]workspaces.RegisterWorkspaceDirectoryInput{
		"Entra": {MicrosoftEntraConfig: entra, Tenancy: types.TenancyDedicated, UserIdentityType: types.UserIdentityTypeAwsIamIdentityCenter}, "Identity Center": {IdcInstanceArn: aws.String("arn:aws:sso:::instance/ssoins-1234567890123456")},
		"own users": {UserIdentityType: types.UserIdentityTypeCustomerManaged}, "nothing": {}, "the directory's": {UserIdentityType: types.UserIdentityTypeAwsDirectoryService},
	} {
		_, d, _ := served(t, func(r *wkstest.Region) {
			r.Account.DedicatedTenancySupport = types.DedicatedTenancySupportResultEnumEnabled
		})
		out, err := d.RegisterWorkspaceDirectory(t.Context(), &in)
		if name == "nothing" || name == "the directory's" {
			answers(t, name, messageOf(err), "DirectoryId: a directory is needed unless WorkSpaces makes one [wkstest.unknown-resource]")
		} else if err != nil || (*out.DirectoryId)[:4] != "wsd-" || len(*out.DirectoryId) != 13 {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	_, d, clock := served(t, func(r *wkstest.Region) {
		r.DirectoryServices = []string{"d-9067000002"}
		r.Subnets = []wkstest.Subnet{{SubnetID: "subnet-0a1b2c3d", VPCID: "vpc-1"}, {SubnetID: "subnet-1a1b2c3d", VPCID: "vpc-2"}, {SubnetID: "subnet-2a1b2c3d"}}
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
	})
	register := func(id string, subnets ...string) string {
		_, err := d.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: &id, SubnetIds: subnets})
		return messageOf(err)
	}
	answers(t, "unknown", register("d-9067000003", "subnet-0a1b2c3d", "subnet-2a1b2c3d"), `DirectoryId: there is no "d-9067000003" [wkstest.unknown-resource]`)
	answers(t, "an unknown subnet", register("d-9067000002", "subnet-0a1b2c3d", "subnet-3a1b2c3d"), `SubnetIds[1]: there is no "subnet-3a1b2c3d" [wkstest.unknown-resource]`)
	answers(t, "two VPCs", register("d-9067000002", "subnet-0a1b2c3d", "subnet-1a1b2c3d"), "SubnetIds: subnet-1a1b2c3d is in vpc-2, and the other subnet in vpc-1 [wkstest.wrong-state]")
	answers(t, "sound", register("d-9067000002", "subnet-0a1b2c3d", "subnet-2a1b2c3d"), "")
	answers(t, "again", register("d-9067000002", "subnet-0a1b2c3d", "subnet-2a1b2c3d"), "DirectoryId: d-9067000002 is registered [wkstest.wrong-state]")
	deregister := func(id string) string {
		_, err := d.DeregisterWorkspaceDirectory(t.Context(), &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: &id})
		return messageOf(err)
	}
	answers(t, "with a WorkSpace", deregister(wkstest.SampleDirectory), "DirectoryId: ws-000000001 is in the directory [wkstest.directory-not-empty]")
	answers(t, "without", deregister("d-9067000002"), "")
	pass(t, clock, 30*time.Second)
	answers(t, "twice", deregister("d-9067000002"), "")
	pass(t, clock, 30*time.Second) // of the first time
	answers(t, "gone", deregister("d-9067000002"), `DirectoryId: there is no "d-9067000002" [wkstest.unknown-resource]`)
}
