package wkstest_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// Whatever makes an image refuses a name that one of the account's images has, and makes none then.
func TestImageNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {
			Account: wkstest.Account{DedicatedTenancySupport: types.DedicatedTenancySupportResultEnumEnabled, ManagementCIDR: "10.0.0.0/16"},
			Images: []wkstest.Image{{WorkspaceImage: types.WorkspaceImage{ImageId: aws.String("wsi-000000001"), Name: aws.String("taken"), OwnerAccountId: aws.String("123456789012"), State: types.WorkspaceImageStateAvailable,
				Updates: &types.UpdateResult{UpdateAvailable: aws.Bool(true)}}}},
		}}}})
		api := s.Direct("eu-west-1")
		name, description := aws.String("taken"), aws.String("again")
		_, custom := api.ImportCustomWorkspaceImage(t.Context(), &workspaces.ImportCustomWorkspaceImageInput{
			ImageName: name, ImageDescription: description, ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv, OsVersion: types.OSVersionWindows11, Platform: types.PlatformWindows,
			InfrastructureConfigurationArn: aws.String("arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/wks"), ImageSource: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "ami-0a1b2c3d4e5f60718"},
		})
		_, imported := api.ImportWorkspaceImage(t.Context(), &workspaces.ImportWorkspaceImageInput{Ec2ImageId: aws.String("ami-0a1b2c3d4e5f60718"), ImageName: name, ImageDescription: description, IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp})
		_, copied := api.CopyWorkspaceImage(t.Context(), &workspaces.CopyWorkspaceImageInput{Name: name, SourceImageId: aws.String("wsi-000000001"), SourceRegion: aws.String("eu-west-1")})
		_, updated := api.CreateUpdatedWorkspaceImage(t.Context(), &workspaces.CreateUpdatedWorkspaceImageInput{Name: name, Description: description, SourceImageId: aws.String("wsi-000000001")})
		for what, err := range map[string]error{"custom": custom, "imported": imported, "copied": copied, "updated": updated} {
			if !slices.Contains(wkstest.RefusedBy(err), "byol.image-name-taken") {
				t.Errorf("%s: %v", what, err)
			}
		}
		out, err := api.CreateUpdatedWorkspaceImage(t.Context(), &workspaces.CreateUpdatedWorkspaceImageInput{Name: aws.String("free"), Description: description, SourceImageId: aws.String("wsi-000000001")})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, i := range s.State().Regions["eu-west-1"].Images {
			names = append(names, *i.Name)
		}
		if want := []string{"taken", "free"}; !slices.Equal(names, want) || *out.ImageId == "" {
			t.Errorf("%q, want %q", names, want)
		}
	})
}

// A directory is registered without an identifier where WorkSpaces makes it, and there alone.
func TestRegisterWithoutDirectory(t *testing.T) {
	for name, tt := range map[string]struct {
		in   workspaces.RegisterWorkspaceDirectoryInput
		made bool
	}{
		"nothing": {workspaces.RegisterWorkspaceDirectoryInput{}, false}, "personal": {workspaces.RegisterWorkspaceDirectoryInput{WorkspaceType: types.WorkspaceTypePersonal}, false},
		"a pool's": {workspaces.RegisterWorkspaceDirectoryInput{WorkspaceType: types.WorkspaceTypePools, WorkspaceDirectoryName: aws.String("pool"), WorkspaceDirectoryDescription: aws.String("pool"), UserIdentityType: types.UserIdentityTypeCustomerManaged}, true},
	} {
		tt.in.SubnetIds = []string{"subnet-0a1b2c3d", "subnet-1a1b2c3d"}
		_, err := start(t, wkstest.Config{}).Direct("us-east-1").RegisterWorkspaceDirectory(t.Context(), &tt.in)
		if slices.Contains(wkstest.RefusedBy(err), "wkstest.unknown-resource") == tt.made || tt.made && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A modification of the protocol takes time where it is another one, and is none where it is the same. Other changes are refused
// meanwhile, in a batch with a code for each WorkSpace.
func TestModifyProtocol(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		region := wkstest.Sample("eu-west-1")
		for i, p := range [][]types.Protocol{{types.ProtocolPcoip}, {types.ProtocolWsp}, {types.ProtocolPcoip, types.ProtocolWsp}, nil} {
			region.Workspaces = append(region.Workspaces, wkstest.Workspace{Workspace: types.Workspace{
				WorkspaceId: aws.String(fmt.Sprintf("ws-00000000%d", i)), DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String(fmt.Sprint("user", i)),
				State: types.WorkspaceStateAvailable, WorkspaceProperties: &types.WorkspaceProperties{Protocols: p, ComputeTypeName: types.ComputeStandard, RunningMode: types.RunningModeAutoStop},
			}})
		}
		s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
		api := s.Direct("eu-west-1")
		for i, want := range []types.WorkspaceState{types.WorkspaceStateUpdating, types.WorkspaceStateAvailable, types.WorkspaceStateUpdating, types.WorkspaceStateUpdating} {
			id := fmt.Sprintf("ws-00000000%d", i)
			_, err := api.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &id, WorkspaceProperties: &types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolWsp}}})
			out, lookErr := api.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id}})
			if err != nil || lookErr != nil || out.Workspaces[0].State != want {
				t.Errorf("%s: %+v, %v, %v", id, out, err, lookErr)
			}
		}
		time.Sleep(time.Hour)
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			if p := w.WorkspaceProperties.Protocols; !slices.Equal(p, []types.Protocol{types.ProtocolWsp}) || w.State != types.WorkspaceStateAvailable {
				t.Errorf("%s: %v, %s", *w.WorkspaceId, p, w.State)
			}
		}
	})
}

// The addresses of a subnet are those of its range, from the fifth on. Of subnets with as many free addresses the first in turn is
// taken, and then that with more.
func TestAddressesOfRanges(t *testing.T) {
	for cidr, want := range map[string]string{"10.1.2.128/28": "10.1.2.132", "172.31.255.240/28": "172.31.255.244", "192.168.7.0/24": "192.168.7.4", "10.200.100.50/28": "10.200.100.52"} {
		synctest.Test(t, func(t *testing.T) {
			region := wkstest.Sample("eu-west-1")
			ids := region.Directories[0].SubnetIds
			region.Subnets = []wkstest.Subnet{{SubnetID: ids[0], CIDR: cidr}, {SubnetID: ids[1], CIDR: "10.0.0.0/29", Available: aws.Int(0)}}
			s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
			launch(t, s.Client("eu-west-1", once), request("ada"))
			time.Sleep(time.Hour)
			if w := s.State().Regions["eu-west-1"].Workspaces; len(w) != 1 || *w[0].IpAddress != want || *w[0].SubnetId != ids[0] {
				t.Errorf("%s: %+v", cidr, w)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		region := wkstest.Sample("eu-west-1")
		ids := region.Directories[0].SubnetIds
		region.Subnets = []wkstest.Subnet{{SubnetID: ids[0], CIDR: "10.1.0.0/24"}, {SubnetID: ids[1], CIDR: "10.2.0.0/24"}}
		s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
		launch(t, s.Client("eu-west-1", once), request("ada"), request("bob"), request("eve"), request("dan"))
		time.Sleep(time.Hour)
		var got []string
		for _, w := range s.State().Regions["eu-west-1"].Workspaces {
			got = append(got, *w.SubnetId)
		}
		if want := []string{ids[0], ids[1], ids[0], ids[1]}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

// A number of a state is read from 0 on, and what is saved is read again.
func TestNumbersOfAState(t *testing.T) {
	for text, want := range map[string]uint64{"0": 0, "1": 1, "9007199254740992": 1 << 53} {
		s, err := wkstest.Load(strings.NewReader(`{"Regions":{"eu-west-1":{"Issued":` + text + `,"Subnets":[{"Available":0}]}}}`))
		if err != nil || s.Regions["eu-west-1"].Issued != want || *s.Regions["eu-west-1"].Subnets[0].Available != 0 {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var b bytes.Buffer
		if err := s.Save(&b); err != nil {
			t.Error(err)
		}
		if again, err := wkstest.Load(&b); err != nil || again.Regions["eu-west-1"].Issued != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"-1", "0.5", "9007199254740994", `"1"`, "true"} {
		if _, err := wkstest.Load(strings.NewReader(`{"Regions":{"eu-west-1":{"Issued":` + text + `}}}`)); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}

// Of a union one member is read; one that is null, or not known, is absent.
func TestUnions(t *testing.T) {
	for text, want := range map[string]types.ImageSourceIdentifier{
		`{"Ec2ImageId":"a"}`: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "a"}, `{"Ec2ImportTaskId":"a","Ec2ImageId":null}`: &types.ImageSourceIdentifierMemberEc2ImportTaskId{Value: "a"},
		`{"Ec2ImageId":null}`: nil, `{"Other":{"a":1}}`: nil, `{}`: nil, `null`: nil, `{"Ec2ImageId":"a","Other":[2]}`: &types.ImageSourceIdentifierMemberEc2ImageId{Value: "a"},
	} {
		var in workspaces.ImportCustomWorkspaceImageInput
		if err := wkstest.DecodeJSON([]byte(`{"ImageSource":`+text+`,"ImageName":"b"}`), &in); err != nil || !reflect.DeepEqual(in.ImageSource, want) || *in.ImageName != "b" {
			t.Errorf("%s: %#v, %v", text, in.ImageSource, err)
		}
	}
	var in workspaces.ImportCustomWorkspaceImageInput
	for _, text := range []string{`{"Ec2ImageId":"a","Ec2ImportTaskId":"b"}`, `"a"`, `[1]`, `{"Ec2ImageId":1}`} {
		if err := wkstest.DecodeJSON([]byte(`{"ImageSource":`+text+`}`), &in); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}
