package bundles_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Where a document names the Regions that have a compute type, the others lack it; where it names one that
// lacks it, nothing is said of the others.
func TestCheckRegion(t *testing.T) {
	for _, tt := range []struct {
		edition, region string
		compute         types.Compute
		want            rule.Verdict
	}{
		{"2021-03-08", "ap-south-1", "GRAPHICS", rule.Undocumented},
		{"2021-03-09", "ap-south-1", "GRAPHICS", rule.Denied},
		{"2026-09-10", "ap-south-1", "GRAPHICSPRO", rule.Denied},
		{"2026-09-10", "us-east-1", "GRAPHICSPRO", rule.Undocumented},
		{"2026-09-10", "ap-south-1", "GRAPHICS_G4DN", rule.Undocumented},
		{"2026-09-10", "ap-south-1", "STANDARD", rule.Undocumented},
		{"2026-09-10", "ap-south-1", "GRAPHICS_G99", rule.Undocumented},
		{"2026-09-10", "us-west-2", "GRAPHICS_G7_4XLARGE", rule.Allowed},
		{"2026-09-10", "us-west-1", "GRAPHICS_G7_4XLARGE", rule.Denied},
		{"2026-09-09", "us-west-1", "GRAPHICS_G7_4XLARGE", rule.Undocumented},
	} {
		a, err := at(t, tt.edition).CheckRegion(tt.region, tt.compute)
		if err != nil || a.Verdict != tt.want {
			t.Errorf("%s %s in %s: %+v, %v, want %s", tt.edition, tt.compute, tt.region, a, err, tt.want)
		}
	}
}

// A Region of which nothing is said against a desktop changes no answer, and a malformed one is an error of
// its own.
func TestRegionOfLaunch(t *testing.T) {
	rules := bundles.Newest()
	for region, want := range map[string]rule.Verdict{"": rule.Allowed, "eu-west-1": rule.Allowed, "us-east-1": rule.Allowed} {
		l := soundLaunch
		l.Region = region
		if a, err := rules.CheckDesktop(soundDesktop, l); err != nil || a.Verdict != want {
			t.Errorf("%q: %+v, %v", region, a, err)
		}
	}
	l := soundLaunch
	l.Region, l.ComputeType, l.Volumes = "eu-west-1", bundles.GraphicsG72xlarge, bundles.Volumes{Root: 100, User: 100}
	if a, err := rules.CheckDesktop(soundDesktop, l); err != nil || !slices.Equal(findings(a), []string{"bundles.compute-type-not-in-region ComputeTypeName"}) {
		t.Errorf("%+v, %v", a, err)
	}
	w := desktop("STANDARD", 80, 10)
	l.Region, w.Region = "Frankfurt", "Frankfurt"
	q, _ := request("grace")
	b := bundle()
	b.Region = "Frankfurt"
	for name, f := range map[string]func() error{
		"CheckDesktop":  func() error { _, err := rules.CheckDesktop(soundDesktop, l); return err },
		"CheckRequest":  func() error { _, err := rules.CheckRequest(q, l); return err },
		"CheckBundle":   func() error { _, err := rules.CheckBundle(b); return err },
		"CheckModify":   func() error { _, err := rules.CheckModify(w, sizes(80, 50), now); return err },
		"CheckSwitch":   func() error { _, err := rules.CheckSwitch(w, "POWER", now); return err },
		"CheckNested":   func() error { _, err := rules.CheckNestedVirtualization(w, ""); return err },
		"CheckStandby":  func() error { _, err := rules.CheckStandby(bundles.Standby{Region: "Frankfurt"}); return err },
		"PlanResize":    func() error { _, err := rules.PlanResize(w, bundles.Volumes{User: 50}, now); return err },
		"CheckRequests": func() error { return rule.Below("", mustFail(rules, q, l)) },
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Value != "Frankfurt" || name != "CheckRequests" && input.Path != "Region" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func mustFail(rules bundles.Rules, q types.WorkspaceRequest, l bundles.LaunchContext) error {
	_, err := rules.CheckRequests([]types.WorkspaceRequest{q}, func(*types.WorkspaceRequest) bundles.LaunchContext { return l })
	return err
}

// What no document tells is open, and what the input does not tell too.
func TestNestedVirtualizationAndStandbyOpen(t *testing.T) {
	sound := bundles.Workspace{OperatingSystem: "WINDOWS_11", Protocol: "WSP", ComputeType: "POWER", Region: "us-east-1", RunningMode: "ALWAYS_ON"}
	for name, tt := range map[string]struct {
		edition string
		change  func(w *bundles.Workspace)
		nested  []string
		standby []string
	}{
		"sound":              {"2026-09-10", func(*bundles.Workspace) {}, nil, nil},
		"nothing known":      {"2026-09-10", func(w *bundles.Workspace) { *w = bundles.Workspace{} }, []string{"? OperatingSystemName", "? Protocols", "? ComputeTypeName", "? Region"}, []string{"? PrimaryRegion", "? OperatingSystemName", "? ComputeTypeName"}},
		"a newer system":     {"2026-09-10", func(w *bundles.Workspace) { w.OperatingSystem = "DEBIAN_13" }, []string{"? OperatingSystemName"}, []string{"? OperatingSystemName"}},
		"Rocky":              {"2026-09-10", func(w *bundles.Workspace) { w.OperatingSystem = "ROCKY_8" }, nil, []string{"? OperatingSystemName"}},
		"a newer type":       {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType = "SUPER" }, []string{"? ComputeTypeName"}, []string{"? ComputeTypeName"}},
		"before":             {"2026-08-24", func(*bundles.Workspace) {}, []string{"? "}, nil},
		"long before":        {"2025-10-20", func(*bundles.Workspace) {}, []string{"? "}, []string{"? "}},
		"two regions in one": {"2026-09-10", func(w *bundles.Workspace) { w.Region = "us-west-2" }, nil, []string{"? Region"}},
		"a standby":          {"2026-09-10", func(w *bundles.Workspace) { w.Standby = true }, []string{"bundles.nested-virtualization-unsupported "}, []string{"? "}},
	} {
		w := sound
		tt.change(&w)
		if a, err := at(t, tt.edition).CheckNestedVirtualization(w, "25H2"); err != nil || !slices.Equal(findings(a), tt.nested) {
			t.Errorf("%s: nested %q, %v, want %q", name, findings(a), err, tt.nested)
		}
		if a, err := at(t, tt.edition).CheckStandby(bundles.Standby{Region: "us-west-2", Primary: w}); err != nil || !slices.Equal(findings(a), tt.standby) {
			t.Errorf("%s: standby %q, %v, want %q", name, findings(a), err, tt.standby)
		}
	}
}
