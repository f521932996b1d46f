package wkstest_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// registered returns a client of a server with a registered directory, and what the directory admits.
func registered(t *testing.T, config wkstest.Config) (*workspaces.Client, string, func() types.WorkspaceAccessProperties) {
	t.Helper()
	config.State = &wkstest.State{Regions: map[string]*wkstest.Region{"us-east-1": {DirectoryServices: []string{"d-9067000001"}, Subnets: []wkstest.Subnet{
		{SubnetID: "subnet-0000000a", ZoneID: "use1-az2", VPCID: "vpc-1"}, {SubnetID: "subnet-0000000b", ZoneID: "use1-az4", VPCID: "vpc-1"},
	}}}}
	c := start(t, config).Client("us-east-1", once)
	id := "d-9067000001"
	if _, err := c.RegisterWorkspaceDirectory(t.Context(), &workspaces.RegisterWorkspaceDirectoryInput{DirectoryId: &id, SubnetIds: []string{"subnet-0000000a", "subnet-0000000b"}}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Minute)
	return c, id, func() types.WorkspaceAccessProperties {
		t.Helper()
		return *must(c.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{id}}))(t).Directories[0].WorkspaceAccessProperties
	}
}

// What a new directory admits is what documents of the edition say: Web Access was blocked by default until the
// reading of 2025-10-21, in which it is admitted, and the model gained Linux in 2021 and the thin client in 2025.
func TestDevicesOfNewDirectories(t *testing.T) {
	const allow, deny, absent = types.AccessPropertyValueAllow, types.AccessPropertyValueDeny, types.AccessPropertyValue("")
	for edition, want := range map[string][4]types.AccessPropertyValue{ // iOS, Linux, Web, Windows
		"2020-04-29": {allow, absent, deny, allow}, "2021-05-25": {allow, deny, deny, allow}, "2025-10-21": {allow, deny, allow, allow}, "2026-09-10": {allow, deny, deny, allow},
	} {
		synctest.Test(t, func(t *testing.T) {
			_, _, admits := registered(t, wkstest.Config{Edition: rule.MustParseEdition(edition)})
			p := admits()
			if got := [4]types.AccessPropertyValue{p.DeviceTypeIos, p.DeviceTypeLinux, p.DeviceTypeWeb, p.DeviceTypeWindows}; got != want {
				t.Errorf("%s: %v, want %v", edition, got, want)
			}
			if p.DeviceTypeWorkSpacesThinClient != absent {
				t.Errorf("%s: no document tells of thin clients, and there is %q", edition, p.DeviceTypeWorkSpacesThinClient)
			}
		})
	}
}

// The server refuses what the rules of package devices refuse, and leaves the directory as it is; what is only
// advised against is done.
func TestDevicesAdmitted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, id, admits := registered(t, wkstest.Config{Undocumented: wkstest.RefuseUndocumented})
		modify := func(p types.WorkspaceAccessProperties) error {
			_, err := c.ModifyWorkspaceAccessProperties(t.Context(), &workspaces.ModifyWorkspaceAccessPropertiesInput{ResourceId: aws.String(id), WorkspaceAccessProperties: &p})
			return err
		}
		before := admits()
		wants(t, "trusted devices of Linux", modify(types.WorkspaceAccessProperties{DeviceTypeLinux: "TRUST"}), "ValidationException", "wks.enum-value-unknown", devices.TrustUnsupported)
		if admits() != before {
			t.Error("a request that is refused changes the directory")
		}
		deny := types.AccessPropertyValueDeny
		all := types.WorkspaceAccessProperties{
			DeviceTypeAndroid: deny, DeviceTypeChromeOs: deny, DeviceTypeIos: deny, DeviceTypeLinux: deny, DeviceTypeOsx: deny, DeviceTypeWeb: deny, DeviceTypeWindows: deny,
			DeviceTypeWorkSpacesThinClient: deny, DeviceTypeZeroClient: deny,
		}
		wants(t, "nobody", modify(all), "")
		if got := admits(); got.DeviceTypeWindows != deny || got.DeviceTypeWorkSpacesThinClient != deny {
			t.Errorf("%+v", got)
		}
	})
	synctest.Test(t, func(t *testing.T) { // a type that the model had not yet
		c, id, _ := registered(t, wkstest.Config{Edition: rule.MustParseEdition("2022-08-01"), Undocumented: wkstest.RefuseUndocumented})
		_, err := c.ModifyWorkspaceAccessProperties(t.Context(), &workspaces.ModifyWorkspaceAccessPropertiesInput{ResourceId: &id, WorkspaceAccessProperties: &types.WorkspaceAccessProperties{DeviceTypeWorkSpacesThinClient: "ALLOW"}})
		if by := wkstest.RefusedBy(err); !slices.Contains(by, "wkstest.undocumented") {
			t.Errorf("%v by %v", err, by)
		}
	})
}
