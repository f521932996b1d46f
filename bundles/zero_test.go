package bundles_test

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// The zero Rules hold no edition, and answer nothing.
func TestZeroRules(t *testing.T) {
	var zero bundles.Rules
	w := desktop("STANDARD", 80, 10)
	p := types.WorkspaceProperties{ComputeTypeName: "POWER"}
	for name, f := range map[string]func() (any, error){
		"Sizes":                 func() (any, error) { _, err := zero.Sizes("STANDARD"); return bundles.Answer{}, err },
		"CheckVolumes":          func() (any, error) { return zero.CheckVolumes("STANDARD", 80, 10) },
		"CheckResize":           func() (any, error) { return zero.CheckResize(w, bundles.Volumes{User: 50}, now) },
		"CheckSwitch":           func() (any, error) { return zero.CheckSwitch(w, "POWER", now) },
		"CheckRunningMode":      func() (any, error) { return zero.CheckRunningMode("ALWAYS_ON", nil) },
		"CheckModify":           func() (any, error) { return zero.CheckModify(w, p, now) },
		"CheckOperation":        func() (any, error) { return zero.CheckOperation(bundles.Start, w) },
		"CheckSelfService":      func() (any, error) { return zero.CheckSelfService(bundles.Rebuild, w, nil, now) },
		"CheckOffer":            func() (any, error) { return zero.CheckOffer("WINDOWS_11", "POWER", "WSP") },
		"CheckRequest":          func() (any, error) { return zero.CheckRequest(types.WorkspaceRequest{}, bundles.Launch{}) },
		"CheckRequests":         func() (any, error) { return zero.CheckRequests(nil, nil) },
		"CheckBundle":           func() (any, error) { return zero.CheckBundle(bundle(nil)) },
		"CheckTags":             func() (any, error) { return zero.CheckTags(nil) },
		"CheckName":             func() (any, error) { return zero.CheckName(bundles.ImageName, "x") },
		"CheckID":               func() (any, error) { return zero.CheckID(bundles.ImageID, "x") },
		"CheckUserName":         func() (any, error) { return zero.CheckUserName("LINUX", "x") },
		"CheckPassword":         func() (any, error) { return zero.CheckPassword(bundles.SimpleAD, "x") },
		"CheckOrganizationName": func() (any, error) { return zero.CheckOrganizationName("x") },
		"CheckRADIUS":           func() (any, error) { return zero.CheckRADIUS(bundles.RADIUS{}) },
		"CheckQuota":            func() (any, error) { return zero.CheckQuota(bundles.QuotaImages, 1) },
		"CheckImageSource":      func() (any, error) { return zero.CheckImageSource(bundles.ImageSource{}) },
		"PlanModify": func() (any, error) {
			p, err := zero.PlanModify(w, bundles.Goal{}, now)
			return p.Answer, err
		},
		"NextMaintenance": func() (any, error) {
			_, a, err := zero.NextMaintenance(bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.UTC}, now)
			return a, err
		},
	} {
		answer, err := f()
		var input *rule.InputError
		if a := answer.(bundles.Answer); !errors.As(err, &input) || input.Path != "Edition" || a.Verdict != rule.Undocumented || a.Violations != nil {
			t.Errorf("%s: %+v, %v, want an error about the edition", name, answer, err)
		}
	}
	if long, _ := zero.Wait(bundles.Termination); long != 0 || zero.ComputeTypes() != nil || zero.Offers() != nil || zero.Quotas() != nil || zero.ImageTests() != nil || zero.ImageRequirements("LINUX") != nil {
		t.Error("the zero Rules list facts")
	}
}

// What is no question is an error that names it.
func TestBadQuestions(t *testing.T) {
	rules := bundles.Newest()
	w := desktop("STANDARD", 80, 10)
	for path, f := range map[rule.Path]func() error{
		"RootVolumeSizeGib":   func() error { _, err := rules.CheckResize(w, bundles.Volumes{}, now); return err },
		"UserVolumeSizeGib":   func() error { _, err := rules.CheckResize(w, bundles.Volumes{User: -1}, now); return err },
		"ComputeTypeName":     func() error { _, err := rules.CheckSwitch(w, "", now); return err },
		"WorkspaceProperties": func() error { _, err := rules.CheckModify(w, types.WorkspaceProperties{}, now); return err },
		"WorkspaceProperties.UserVolumeSizeGib": func() error {
			_, err := rules.CheckModify(w, types.WorkspaceProperties{UserVolumeSizeGib: new(int32(0))}, now)
			return err
		},
		"now": func() error {
			_, err := rules.PlanModify(w, bundles.Goal{ComputeType: "POWER"}, time.Time{})
			return err
		},
		"Operation": func() error { _, err := rules.CheckOperation("DescribeWorkspaces", w); return err },
		"Name":      func() error { _, err := rules.CheckName("Title", "x"); return err },
		"ID":        func() error { _, err := rules.CheckID("VpcId", "x"); return err },
		"Quota":     func() error { _, err := rules.CheckQuota(bundles.QuotaImages, -1); return err },
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A user's question names one operation, and properties that it changes.
func TestBadSelfService(t *testing.T) {
	w := desktop("STANDARD", 80, 10)
	size := &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(50))}
	for _, tt := range []struct {
		op   bundles.Operation
		p    *types.WorkspaceProperties
		path rule.Path
	}{
		{"DescribeWorkspaces", nil, "Operation"},
		{"DescribeWorkspaces", size, "Operation"},
		{bundles.Rebuild, size, "WorkspaceProperties"},
		{bundles.ModifyCompute, size, "WorkspaceProperties"},
		{bundles.ModifyMode, size, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175)), ComputeTypeName: "POWER"}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{Protocols: []types.Protocol{"WSP"}}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11"}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{GlobalAccelerator: &types.GlobalAcceleratorForWorkSpace{}}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{RunningModeAutoStopTimeoutInMinutes: new(int32(60))}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{}, "WorkspaceProperties"},
		{bundles.ModifyVolumes, &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(0))}, "WorkspaceProperties.UserVolumeSizeGib"},
	} {
		var input *rule.InputError
		if a, err := bundles.Newest().CheckSelfService(tt.op, w, tt.p, now); !errors.As(err, &input) || input.Path != tt.path {
			t.Errorf("%s: %+v, %v, want %s", tt.op, a, err, tt.path)
		}
	}
}
