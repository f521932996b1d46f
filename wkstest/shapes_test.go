package wkstest_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// A body that is JSON of another shape is refused with the place and with what is wanted there.
func TestShapesTell(t *testing.T) {
	for text, want := range map[string]string{
		`[]`: "the document is no object", `"a"`: "the document is no object", `{"WorkspaceIds":"a"}`: "WorkspaceIds is no list", `{"WorkspaceIds":["a",1]}`: "WorkspaceIds[1] is no string",
		`{"WorkspaceIds":[null]}`: "WorkspaceIds[0] is no value, but null", `{"Limit":"1"}`: "Limit is no number", `{"Limit":true}`: "Limit is no number", `{"Limit":1.5}`: "Limit is no whole number",
		`{"Limit":2147483648}`: "Limit is no whole number of the size that is wanted", `{"Limit":-2147483649}`: "Limit is no whole number of the size that is wanted", `{"Limit":9007199254740994}`: "Limit is no whole number",
		`{"Limit":1e999}`: "Limit is no number of the size that is wanted", `{"Limit":{}}`: "Limit is no number", `{"UserName":1}`: "UserName is no string", `{"UserName":[]}`: "UserName is no string",
		`{"Limit":2147483647}`: "", `{"Limit":-2147483648}`: "", `{"Limit":-0}`: "", `{"Limit":2e1}`: "",
	} {
		shape(t, text, new(workspaces.DescribeWorkspacesInput), want)
	}
	for text, want := range map[string]string{
		`{"DeviceTypeWeb":{"Logo":1}}`: "DeviceTypeWeb.Logo is no base64 text", `{"DeviceTypeWeb":{"Logo":"a"}}`: "DeviceTypeWeb.Logo is no base64 text", `{"DeviceTypeWeb":{"Logo":"AAA="}}`: "", `{"DeviceTypeWeb":{"Logo":""}}`: "",
		`{"DeviceTypeWeb":{"Logo":["A"]}}`: "DeviceTypeWeb.Logo is no base64 text", `{"DeviceTypeWeb":{"LoginMessage":[]}}`: "DeviceTypeWeb.LoginMessage is no object", `{"DeviceTypeWeb":{"LoginMessage":{"en":1}}}`: "DeviceTypeWeb.LoginMessage.en is no string",
		`{"DeviceTypeWeb":[]}`: "DeviceTypeWeb is no object",
	} {
		shape(t, text, new(workspaces.ImportClientBrandingInput), want)
	}
	for text, want := range map[string]string{
		`{"Workspaces":[{"Tags":[{"Key":"a"}]},{"Tags":[{"Key":1}]}]}`: "Workspaces[1].Tags[0].Key is no string", `{"Workspaces":[{},[]]}`: "Workspaces[1] is no object", `{"Workspaces":[{"UserName":1}]}`: "Workspaces[0].UserName is no string",
		`{"Workspaces":[{"RootVolumeEncryptionEnabled":"true"}]}`: "Workspaces[0].RootVolumeEncryptionEnabled is no boolean", `{"Workspaces":[{"RootVolumeEncryptionEnabled":1}]}`: "Workspaces[0].RootVolumeEncryptionEnabled is no boolean",
	} {
		shape(t, text, new(workspaces.CreateWorkspacesInput), want)
	}
	for text, want := range map[string]string{
		`{"ImageSource":[]}`: "ImageSource is no object", `{"ImageSource":{"Ec2ImageId":"a","Ec2ImportTaskId":"b"}}`: "ImageSource is no object with one member", `{"ImageSource":{"Ec2ImageId":1}}`: "ImageSource.Ec2ImageId is no string",
	} {
		shape(t, text, new(workspaces.ImportCustomWorkspaceImageInput), want)
	}
}

func shape(t *testing.T, text string, in any, want string) {
	t.Helper()
	got := ""
	if err := wkstest.DecodeJSON([]byte(text), in); err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s: %s, want %s", text, got, want)
	}
}

// A time is the seconds since 1970, or a text, to the millisecond; what is saved is the same time.
func TestTimesAreKept(t *testing.T) {
	for text, want := range map[string]string{
		`0`: "1970-01-01T00:00:00Z", `1`: "1970-01-01T00:00:01Z", `-1`: "1969-12-31T23:59:59Z", `-0.25`: "1969-12-31T23:59:59.75Z", `1700000000.125`: "2023-11-14T22:13:20.125Z", `1700000000.001`: "2023-11-14T22:13:20.001Z",
		`1700000000.05`: "2023-11-14T22:13:20.05Z", `"2026-09-10T14:00:00+02:00"`: "2026-09-10T12:00:00Z", `"2026-09-10T12:00:00.999Z"`: "2026-09-10T12:00:00.999Z", `1e11`: "5138-11-16T09:46:40Z",
	} {
		s, err := wkstest.Load(strings.NewReader(`{"Regions":{"eu-west-1":{"Account":{"Pending":` + text + `}}}}`))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var b bytes.Buffer
		if err := s.Save(&b); err != nil {
			t.Fatal(err)
		}
		again, err := wkstest.Load(&b)
		if err != nil {
			t.Fatal(err)
		}
		one, two := s.Regions["eu-west-1"].Account.Pending.Format(time.RFC3339Nano), again.Regions["eu-west-1"].Account.Pending.Format(time.RFC3339Nano)
		if one != want || two != want {
			t.Errorf("%s: %s, and saved %s, want %s", text, one, two, want)
		}
	}
	for text, want := range map[string]string{
		`"noon"`: "is no time", `""`: "is no time", `true`: "is no time in seconds since 1970", `1.1e11`: "is no time in seconds since 1970", `-1.1e11`: "is no time in seconds since 1970", `[1]`: "is no time in seconds since 1970",
	} {
		if _, err := wkstest.Load(strings.NewReader(`{"Regions":{"eu-west-1":{"Account":{"Pending":` + text + `}}}}`)); err == nil || !strings.HasSuffix(err.Error(), "Regions.eu-west-1.Account.Pending "+want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Whatever a state has is saved as it is, and texts that JSON writes otherwise are the same again.
func TestTextsAreKept(t *testing.T) {
	for _, text := range []string{"", " ", "~", "\x7f", "\x00", "\x1f", `"`, `\`, "é", "<&>", "\u2028", strings.Repeat("a", 64), strings.Repeat("b", 65), strings.Repeat("c", 1000)} {
		var b bytes.Buffer
		from := &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Keys: []wkstest.Key{{ARN: "x" + text, Grants: math.MinInt32}}, Directories: []wkstest.Directory{{Branding: map[string]wkstest.Branding{text: {LogoURL: "l"}, "z": {}}}}}}}
		if err := from.Save(&b); err != nil {
			t.Fatal(err)
		}
		got, err := wkstest.Load(&b)
		if err != nil {
			t.Fatal(err)
		}
		answers(t, text, got, from)
	}
	if err := (&wkstest.State{}).Save(nil); err == nil || err.Error() != "wkstest: there is nothing to write the state to" {
		t.Error(err)
	}
}

// A subnet with a range gives its addresses from the fifth to the last but one, each once, and none is left then. What WorkSpaces of a state have is not given
// out. Where Available is told, that many are given.
func TestAddressesOfSubnets(t *testing.T) {
	for name, tt := range map[string]struct {
		subnet wkstest.Subnet
		there  []string // of WorkSpaces of the state
		want   []string
	}{
		"a range":            {wkstest.Subnet{CIDR: "10.1.2.0/29"}, nil, []string{"10.1.2.4", "10.1.2.5", "10.1.2.6"}},
		"some are there":     {wkstest.Subnet{CIDR: "10.1.2.0/28"}, []string{"10.1.2.4", "10.1.2.6", "10.1.2.14", "10.1.2.10"}, []string{"10.1.2.5", "10.1.2.7", "10.1.2.8", "10.1.2.9", "10.1.2.11", "10.1.2.12", "10.1.2.13"}},
		"fewer than said":    {wkstest.Subnet{CIDR: "10.1.2.0/29", Available: aws.Int(9)}, []string{"10.1.2.4"}, []string{"10.1.2.5", "10.1.2.6"}},
		"as many as said":    {wkstest.Subnet{CIDR: "10.1.2.0/28", Available: aws.Int(2)}, []string{"10.1.2.4"}, []string{"10.1.2.5", "10.1.2.6"}},
		"none":               {wkstest.Subnet{CIDR: "10.1.2.0/29", Available: aws.Int(0)}, nil, nil},
		"too small":          {wkstest.Subnet{CIDR: "10.1.2.0/30"}, nil, nil},
		"outside of a range": {wkstest.Subnet{CIDR: "10.1.2.0/29"}, []string{"10.9.9.9"}, []string{"10.1.2.4", "10.1.2.5"}},
	} {
		s, d, _ := served(t, func(r *wkstest.Region) {
			tt.subnet.SubnetID = "subnet-0a1b2c3d"
			r.Subnets, r.Directories[0].SubnetIds = []wkstest.Subnet{tt.subnet}, []string{"subnet-0a1b2c3d"}
			for i, address := range tt.there {
				r.Workspaces = append(r.Workspaces, running("ws-00000000"+string(rune('0'+i)), "there"+string(rune('0'+i)), types.WorkspaceStateAvailable, func(w *wkstest.Workspace) {
					w.IpAddress, w.SubnetId = &address, aws.String("subnet-0a1b2c3d")
				}))
			}
		})
		failed := ""
		for i := range len(tt.want) + 1 {
			out := must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("user" + string(rune('a'+i)))}}))(t)
			for _, f := range out.FailedRequests {
				failed = *f.ErrorCode + " " + *f.ErrorMessage
			}
		}
		var got []string
		for _, w := range s.State().Regions["eu-west-1"].Workspaces[len(tt.there):] {
			got = append(got, *w.IpAddress)
		}
		answers(t, name, got, tt.want)
		answers(t, name, failed, "ResourceUnavailable.WorkSpace DirectoryId: no subnet of "+wkstest.SampleDirectory+" has a free address [wkstest.no-free-address]")
	}
}

// A directory without subnets takes WorkSpaces, which have no subnet then.
func TestDirectoryWithoutSubnets(t *testing.T) {
	s, d, _ := served(t, func(r *wkstest.Region) { r.Directories[0].SubnetIds = nil })
	must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada"), request("bob")}}))(t)
	list := s.State().Regions["eu-west-1"].Workspaces
	if len(list) != 2 || list[0].SubnetId != nil || list[1].SubnetId != nil || !strings.HasPrefix(*list[0].IpAddress, "10.") || *list[0].IpAddress == *list[1].IpAddress {
		t.Errorf("%+v", list)
	}
}

// An identifier stands once in a state.
func TestIdentifiersOfAState(t *testing.T) {
	for path, r := range map[rule.Path]*wkstest.Region{
		"Directories[0]": {Directories: []wkstest.Directory{{}}}, "Bundles[0]": {Bundles: []wkstest.Bundle{{}}}, "AmazonBundles[0]": {AmazonBundles: []wkstest.Bundle{{}}}, "Workspaces[0]": {Workspaces: []wkstest.Workspace{{}}},
		"IPGroups[0]": {IPGroups: []wkstest.IPGroup{{}}}, "Aliases[0]": {Aliases: []wkstest.Alias{{}}}, "Pools[0]": {Pools: []wkstest.Pool{{}}}, "AccountLinks[0]": {AccountLinks: []types.AccountLink{{}}},
		"AddIns[0]": {AddIns: []types.ConnectClientAddIn{{}}}, "Applications[0]": {Applications: []types.WorkSpaceApplication{{}}}, "Images[1]": {Images: []wkstest.Image{image("wsi-000000001", me, nil), image("wsi-000000001", me, nil)}},
	} {
		_, err := wkstest.New(wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": r}}})
		var input *rule.InputError
		if !errors.As(err, &input) || input.Path != "State.Regions.eu-west-1."+path || input.Reason != "is no identifier, or stands twice" {
			t.Errorf("%s: %v", path, err)
		}
	}
}
