package bundles_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

var now = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)

func at(t testing.TB, date string) bundles.Rules {
	t.Helper()
	rules, err := bundles.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// findings are the codes and paths of violations, and the paths of open questions after a
// question mark.
func findings(a rule.Answer) (list []string) {
	for _, v := range a.Violations {
		list = append(list, string(v.Code)+" "+string(v.Path))
	}
	for _, o := range a.Open {
		list = append(list, "? "+string(o.Path))
	}
	return list
}

// desktop is a WorkSpace of which everything is known, launched two months ago.
func desktop(compute types.Compute, root, user int32) bundles.Workspace {
	return bundles.Workspace{
		ComputeType:     compute,
		Volumes:         bundles.Volumes{Root: root, User: user},
		OperatingSystem: types.OperatingSystemNameWindowsServer2022,
		Protocol:        types.ProtocolPcoip,
		RunningMode:     types.RunningModeAutoStop,
		State:           types.WorkspaceStateAvailable,
		Snapshots:       &bundles.Snapshots{Rebuild: make([]types.Snapshot, 1), Restore: make([]types.Snapshot, 2)},
		History:         bundles.History{Launched: now.AddDate(0, -2, 0)},
	}
}

// request is a sound one, for a user, with what is known of its bundle.
func request(user string) (types.WorkspaceRequest, bundles.LaunchContext) {
	q := types.WorkspaceRequest{
		BundleId:    new("wsb-0123456789"),
		DirectoryId: new("d-0123456789"),
		UserName:    &user,
		Tags:        []types.Tag{{Key: new("project"), Value: new("desktops")}},
	}
	return q, bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: "STANDARD", Volumes: bundles.Volumes{Root: 80, User: 50}}
}

// sizes are the properties that name volumes; 0 is left out.
func sizes(root, user int32) (p types.WorkspaceProperties) {
	if root != 0 {
		p.RootVolumeSizeGib = &root
	}
	if user != 0 {
		p.UserVolumeSizeGib = &user
	}
	return p
}

// bundle is a sound one.
func bundle() bundles.Bundle {
	return bundles.Bundle{
		BundleName: "Desktops_2026", BundleDescription: "for everybody", ImageID: "wsi-0123456789", ComputeType: "STANDARD",
		RootStorage: &types.RootStorage{Capacity: new("80")}, UserStorage: &types.UserStorage{Capacity: new("50")},
		Image: bundles.Volumes{Root: 80, User: 10},
	}
}

// textOf is a number of a request, "" for none.
func textOf(n *int32) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(int(*n))
}
