package wkstest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// What is in use by one thing behind others is found, and of several the first is named: a bundle and a directory, by a WorkSpace or a pool.
func TestInUse(t *testing.T) {
	const bundle, directory = "wsb-111111111", "d-9067000002"
	pool := func(id, bundle, directory string) wkstest.Pool {
		return wkstest.Pool{WorkspacesPool: types.WorkspacesPool{PoolId: &id, PoolName: aws.String("pool-" + id), BundleId: &bundle, DirectoryId: &directory, State: types.WorkspacesPoolStateStopped, CapacityStatus: &types.CapacityStatus{}}}
	}
	for name, tt := range map[string]struct {
		workspaces, pools []bool // whether each uses both
		by                string
	}{
		"nothing":                 {[]bool{false, false}, []bool{false, false}, ""},
		"the second WorkSpace":    {[]bool{false, true}, []bool{false}, "ws-000000001"},
		"three WorkSpaces":        {[]bool{true, true, true}, nil, "ws-000000000"},
		"the third pool":          {[]bool{false}, []bool{false, false, true}, "wspool-000000002"},
		"two pools":               {nil, []bool{true, true}, "wspool-000000000"},
		"a WorkSpace and a pool":  {[]bool{false, true}, []bool{true}, "ws-000000001"},
		"a pool, and none before": {nil, []bool{true, false}, "wspool-000000000"},
	} {
		r := wkstest.Sample("eu-west-1")
		r.Images = append(r.Images, wkstest.Image{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-111111111"), Name: aws.String("golden"), OwnerAccountId: aws.String(me), State: types.WorkspaceImageStateAvailable}})
		r.Bundles = append(r.Bundles, wkstest.Bundle{System: types.OperatingSystemNameWindowsServer2022, WorkspaceBundle: types.WorkspaceBundle{
			BundleId: aws.String(bundle), Name: aws.String("golden"), Owner: aws.String(me), ImageId: aws.String("wsi-111111111"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, State: types.WorkspaceBundleStateAvailable,
		}})
		second := r.Directories[0]
		second.DirectoryId = aws.String(directory)
		r.Directories = append(r.Directories, second)
		for i, uses := range tt.workspaces {
			r.Workspaces = append(r.Workspaces, running(fmt.Sprintf("ws-%09d", i), fmt.Sprint("user-", i), types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
				if uses {
					w.BundleId, w.DirectoryId = aws.String(bundle), aws.String(directory)
				}
			}))
		}
		for i, uses := range tt.pools {
			p := pool(fmt.Sprintf("wspool-%09d", i), wkstest.SampleBundle, wkstest.SampleDirectory)
			if uses {
				p = pool(*p.PoolId, bundle, directory)
			}
			r.Pools = append(r.Pools, p)
		}
		d := start(t, wkstest.Config{Now: wkstest.NewVirtual(noon).Now, State: &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"eu-west-1": r}}}).Direct("eu-west-1")
		_, ofBundle := d.DeleteWorkspaceBundle(t.Context(), &workspaces.DeleteWorkspaceBundleInput{BundleId: aws.String(bundle)})
		_, ofDirectory := d.DeregisterWorkspaceDirectory(t.Context(), &workspaces.DeregisterWorkspaceDirectoryInput{DirectoryId: aws.String(directory)})
		for what, err := range map[string]error{"bundle": ofBundle, "directory": ofDirectory} {
			if (err == nil) != (tt.by == "") || err != nil && !strings.Contains(err.Error(), tt.by) {
				t.Errorf("%s, %s: %v, want %q", name, what, err, tt.by)
			}
		}
	}
}

// A session that no pool has is not there, in an account without pools too.
func TestSessionOfNoPool(t *testing.T) {
	for _, n := range []int{0, 2} {
		r := wkstest.Sample("eu-west-1")
		for i := range n {
			r.Pools = append(r.Pools, wkstest.Pool{
				WorkspacesPool: types.WorkspacesPool{PoolId: aws.String(fmt.Sprintf("wspool-%09d", i)), PoolName: aws.String(fmt.Sprint("pool-", i)), State: types.WorkspacesPoolStateRunning, CapacityStatus: &types.CapacityStatus{}},
				Sessions:       []types.WorkspacesPoolSession{{SessionId: aws.String(fmt.Sprint("00000000-0000-0000-0000-00000000000", i))}},
			})
		}
		d := start(t, wkstest.Config{State: &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"eu-west-1": r}}}).Direct("eu-west-1")
		_, err := d.TerminateWorkspacesPoolSession(t.Context(), &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String("00000000-0000-0000-0000-000000000009")})
		wants(t, fmt.Sprint(n, " pools"), err, "ResourceNotFoundException")
		for i := range n {
			if _, err := d.TerminateWorkspacesPoolSession(t.Context(), &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: aws.String(fmt.Sprint("00000000-0000-0000-0000-00000000000", i))}); err != nil {
				t.Errorf("of %d: %v", i, err)
			}
		}
	}
}

// A WorkSpace that is migrated in a subnet that nobody knows gets an address.
func TestAddressOfAMigration(t *testing.T) {
	r := wkstest.Sample("eu-west-1")
	r.Workspaces = append(r.Workspaces, running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) { w.SubnetId = aws.String("subnet-99999999") }))
	clock := wkstest.NewVirtual(noon)
	d := start(t, wkstest.Config{Now: clock.Now, State: &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"eu-west-1": r}}}).Direct("eu-west-1")
	to := wkstest.PublicBundle(types.ComputePower, types.OperatingSystemNameWindowsServer2022, types.ProtocolWsp)
	out := must(d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-000000001"), BundleId: &to}))(t)
	if err := clock.Sleep(t.Context(), 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	list := must(d.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{*out.TargetWorkspaceId}}))(t).Workspaces
	if len(list) != 1 || list[0].IpAddress == nil || strings.HasPrefix(*list[0].IpAddress, "0.") {
		t.Errorf("%+v", list)
	}
}

// The zones of a Region for pools are not those for personal WorkSpaces: in Mumbai, aps1-az2 is for these alone.
func TestZonesOfPools(t *testing.T) {
	for _, tt := range []struct {
		of   types.WorkspaceType
		zone string
		code string
		by   []rule.Code
	}{
		{types.WorkspaceTypePersonal, "aps1-az2", "", nil}, {types.WorkspaceTypePersonal, "aps1-az3", "", nil},
		{types.WorkspaceTypePools, "aps1-az2", "OperationNotSupportedException", []rule.Code{network.SubnetZoneUnsupported}}, {types.WorkspaceTypePools, "aps1-az3", "", nil},
	} {
		r := wkstest.Sample("ap-south-1")
		for i, zone := range []string{"aps1-az1", tt.zone} {
			r.Subnets = append(r.Subnets, wkstest.Subnet{SubnetID: fmt.Sprint("subnet-1111111", i), VPCID: "vpc-11111111", CIDR: fmt.Sprintf("10.9.%d.0/24", i), ZoneID: zone})
		}
		in := workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: aws.String("d-9067000009"), SubnetIds: []string{"subnet-11111110", "subnet-11111111"}, WorkspaceType: tt.of}
		if tt.of == types.WorkspaceTypePools {
			in.DirectoryId, in.UserIdentityType, in.WorkspaceDirectoryName, in.WorkspaceDirectoryDescription = nil, types.UserIdentityTypeCustomerManaged, aws.String("pools"), aws.String("pools")
		}
		d := start(t, wkstest.Config{State: &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"ap-south-1": r}}}).Direct("ap-south-1")
		_, err := d.RegisterWorkspaceDirectory(t.Context(), &in)
		wants(t, fmt.Sprint(tt.of, " in ", tt.zone), err, tt.code, tt.by...)
	}
}

// The protocol of a WorkSpace whose properties have none is that of its bundle.
func TestProtocolOfTheBundle(t *testing.T) {
	for protocol, by := range map[types.Protocol][]rule.Code{types.ProtocolWsp: nil, bundles.BYOP: {migrate.BYOPToOther}} {
		r := wkstest.Sample("eu-west-1")
		r.Bundles = append(r.Bundles, wkstest.Bundle{System: types.OperatingSystemNameWindowsServer2022, Protocol: protocol, WorkspaceBundle: types.WorkspaceBundle{
			BundleId: aws.String("wsb-222222222"), Name: aws.String("old"), Owner: aws.String("AMAZON"), ComputeType: &types.ComputeType{Name: types.ComputeStandard}, State: types.WorkspaceBundleStateAvailable,
		}})
		r.Workspaces = append(r.Workspaces, running("ws-000000001", "ada", types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
			w.BundleId, w.WorkspaceProperties.Protocols = aws.String("wsb-222222222"), nil
		}))
		d := start(t, wkstest.Config{Now: wkstest.NewVirtual(noon).Now, State: &wkstest.State{AccountID: me, Regions: map[string]*wkstest.Region{"eu-west-1": r}}}).Direct("eu-west-1")
		to := wkstest.PublicBundle(types.ComputePower, types.OperatingSystemNameWindowsServer2022, types.ProtocolWsp)
		_, err := d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-000000001"), BundleId: &to})
		code := ""
		if by != nil {
			code = "OperationNotSupportedException"
		}
		wants(t, string(protocol), err, code, by...)
	}
}

// The permissions of an image that is not there are not there.
func TestPermissionsOfNoImage(t *testing.T) {
	_, err := start(t, wkstest.Config{}).Direct("eu-west-1").DescribeWorkspaceImagePermissions(t.Context(), &workspaces.DescribeWorkspaceImagePermissionsInput{ImageId: aws.String("wsi-999999999")})
	wants(t, "no image", err, "ResourceNotFoundException")
}

// unclosed is a folder whose files cannot be closed.
type unclosed struct{ fstest.MapFS }

func (f unclosed) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if dir, is := file.(fs.ReadDirFile); is {
		return dir, err
	}
	return unclosedFile{file}, err
}

type unclosedFile struct{ fs.File }

func (unclosedFile) Close() error { return errors.New("not closed") }

// A file of an export that cannot be closed is an error.
func TestFileIsNotClosed(t *testing.T) {
	_, err := wkstest.ReadExport(unclosed{fstest.MapFS{"eu-west-1/describe-workspaces.json": {Data: []byte(`{"Workspaces": []}`)}}})
	if err == nil || !strings.Contains(err.Error(), "not closed") {
		t.Errorf("%v", err)
	}
}
