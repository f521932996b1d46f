package bundles_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// What CheckModify leaves open, and finds beside the rule that is asked about.
func TestCheckModify(t *testing.T) {
	const (
		root    = "WorkspaceProperties.RootVolumeSizeGib"
		user    = "WorkspaceProperties.UserVolumeSizeGib"
		compute = "WorkspaceProperties.ComputeTypeName"
		mode    = "WorkspaceProperties.RunningMode"
		system  = "WorkspaceProperties.OperatingSystemName"
	)
	size := func(root, user int32) (p types.WorkspaceProperties) {
		if root > 0 {
			p.RootVolumeSizeGib = &root
		}
		if user > 0 {
			p.UserVolumeSizeGib = &user
		}
		return p
	}
	to := func(c types.Compute) types.WorkspaceProperties { return types.WorkspaceProperties{ComputeTypeName: c} }
	protocol := func(p ...types.Protocol) types.WorkspaceProperties { return types.WorkspaceProperties{Protocols: p} }
	for _, tt := range []struct {
		name   string
		p      types.WorkspaceProperties
		change func(w *bundles.Workspace)
		want   []string
	}{
		{"the present size", size(80, 0), nil, []string{"? " + root}},
		{"the present size and a new one", size(80, 50), nil, []string{"? " + root}},
		{"both sizes", size(175, 100), nil, []string{"bundles.volumes-together " + root}},
		{"a size beside unknown ones", size(0, 50), func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{} }, []string{"? " + user, "? " + root}},
		{"a size of an unknown launch", size(0, 50), func(w *bundles.Workspace) { w.History.Launched = time.Time{} }, []string{"? " + user}},
		{"a shrinking one is not judged as a pair", size(79, 0), nil, []string{"bundles.volume-shrinks " + root}},
		{"a type that nobody knows", to("GRAPHICS_G99"), nil, []string{"? " + compute}},
		{"from a type that nobody knows", to("POWER"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_G99" }, []string{"? " + compute}},
		{"from a type that is not known", to("POWER"), func(w *bundles.Workspace) { w.ComputeType = "" }, []string{"? " + compute}},
		{"the present type", to("STANDARD"), nil, []string{"? " + compute}},
		{"GeneralPurpose, volumes not known", to("GENERALPURPOSE_4XLARGE"), func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{User: 100} }, []string{"? " + root}},
		{"GeneralPurpose, volumes not known either", to("GENERALPURPOSE_4XLARGE"), func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175} }, []string{"? " + root}},
		{"GeneralPurpose, root volume too small", to("GENERALPURPOSE_4XLARGE"), func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 80, User: 100} }, []string{"bundles.switch-needs-volumes " + root}},
		{"GeneralPurpose, system not known", to("GENERALPURPOSE_4XLARGE"), func(w *bundles.Workspace) {
			w.ComputeType, w.Volumes, w.OperatingSystem = "POWERPRO", bundles.Volumes{Root: 175, User: 100}, ""
		}, []string{"? " + system}},
		{"GeneralPurpose, system unknown", to("GENERALPURPOSE_4XLARGE"), func(w *bundles.Workspace) {
			w.ComputeType, w.Volumes, w.OperatingSystem = "POWERPRO", bundles.Volumes{Root: 175, User: 100}, "UNKNOWN"
		}, []string{"? " + system}},
		{"within GeneralPurpose", to("GENERALPURPOSE_8XLARGE"), func(w *bundles.Workspace) {
			w.ComputeType, w.Volumes, w.OperatingSystem = "GENERALPURPOSE_4XLARGE", bundles.Volumes{}, ""
		}, nil},
		{"larger after an unknown launch", to("POWER"), func(w *bundles.Workspace) { w.History.Launched = time.Time{} }, []string{"? " + compute}},
		{"smaller after an unknown launch", to("STANDARD"), func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", time.Time{} }, []string{"? " + compute}},
		{"smaller, 5 hours old", to("STANDARD"), func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", now.Add(-5*time.Hour) }, []string{"? " + compute}},
		{"smaller, 6 hours old", to("STANDARD"), func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", now.Add(-6*time.Hour) }, nil},
		{"incomparable", to("GRAPHICS_GR6_4XLARGE"), func(w *bundles.Workspace) {
			w.ComputeType, w.Volumes = "GRAPHICS_G6_8XLARGE", bundles.Volumes{Root: 300, User: 300}
		}, []string{"? " + compute}},
		{"AlwaysOn", types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, nil, []string{"? State"}},
		{"a mode that nobody knows", types.WorkspaceProperties{RunningMode: "SOMETIMES", RunningModeAutoStopTimeoutInMinutes: new(int32(60))}, nil, []string{"? " + mode, "? State"}},
		{"Manual", types.WorkspaceProperties{RunningMode: "MANUAL"}, nil, []string{"? " + mode, "? State"}},
		{"minutes alone", types.WorkspaceProperties{RunningModeAutoStopTimeoutInMinutes: new(int32(60))}, nil, []string{"? " + mode, "? State"}},
		{"wrong minutes alone", types.WorkspaceProperties{RunningModeAutoStopTimeoutInMinutes: new(int32(61))}, nil,
			[]string{"bundles.auto-stop-minutes WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes", "? " + mode, "? State"}},
		{"two protocols", protocol("PCOIP", "WSP"), nil, []string{"? WorkspaceProperties.Protocols"}},
		{"a protocol that nobody knows", protocol("RDP"), nil, []string{"? WorkspaceProperties.Protocols[0]"}},
		{"the present protocol", protocol("PCOIP"), nil, []string{"bundles.protocol-ends WorkspaceProperties.Protocols", "? WorkspaceProperties.Protocols"}},
		{"from DCV", protocol("PCOIP"), func(w *bundles.Workspace) { w.Protocol = "WSP" }, []string{"bundles.protocol-ends WorkspaceProperties.Protocols", "? WorkspaceProperties.Protocols"}},
		{"a protocol with an unknown system", protocol("WSP"), func(w *bundles.Workspace) { w.OperatingSystem = "UNKNOWN" }, []string{"? " + system}},
		{"a protocol of an unknown type", protocol("WSP"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_G99" }, []string{"? " + compute}},
		{"a protocol of Graphics", protocol("WSP"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS" }, []string{"bundles.protocol-fixed " + compute}},
		{"a protocol of GraphicsPro.g4dn", protocol("WSP"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICSPRO_G4DN" }, []string{"bundles.protocol-fixed " + compute}},
		{"a protocol of G6", protocol("WSP"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_G6_XLARGE" }, []string{"bundles.protocol-fixed " + compute}},
		{"a protocol of Gr6", protocol("WSP"), func(w *bundles.Workspace) { w.ComputeType = "GRAPHICS_GR6_4XLARGE" }, []string{"? " + compute}},
		{"two properties", types.WorkspaceProperties{RunningMode: "ALWAYS_ON", ComputeTypeName: "POWER"}, nil, []string{"? WorkspaceProperties", "? State"}},
		{"an accelerator", types.WorkspaceProperties{GlobalAccelerator: &types.GlobalAcceleratorForWorkSpace{}}, nil, []string{"? WorkspaceProperties.GlobalAccelerator"}},
	} {
		w := desktop("STANDARD", 80, 10)
		if tt.change != nil {
			tt.change(&w)
		}
		a, err := bundles.Newest().CheckModify(w, tt.p, now)
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

// Without the time of asking, waits are open; without an event there is none.
func TestModifyWithoutNow(t *testing.T) {
	w := desktop("STANDARD", 80, 10)
	w.History.UserVolume = now
	for name, tt := range map[string]struct {
		to   bundles.Volumes
		want []string
	}{
		"the volume that grew": {bundles.Volumes{User: 100}, []string{"? UserVolumeSizeGib", "? UserVolumeSizeGib"}},
		"the other":            {bundles.Volumes{Root: 175}, []string{"bundles.volume-pair-not-in-group RootVolumeSizeGib", "? RootVolumeSizeGib", "? RootVolumeSizeGib"}},
	} {
		a, err := bundles.Newest().CheckResize(w, tt.to, time.Time{})
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
	w.History = bundles.History{Launched: now, Smaller: now}
	for compute, want := range map[types.Compute][]string{"POWER": {"? ComputeTypeName"}, "VALUE": {"? ComputeTypeName"}} {
		a, err := bundles.Newest().CheckSwitch(w, compute, time.Time{})
		if got := findings(a); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", compute, got, err, want)
		}
	}
}

// The page on migration tells one to switch Value to a larger type with Windows 7 and Windows 10. The list of the page
// on modifying has had Value until 2025.
func TestSwitchFromValue(t *testing.T) {
	for _, tt := range []struct {
		edition string
		system  types.OperatingSystemName
		to      types.Compute
		want    rule.Verdict
	}{
		{"2022-09-02", "AMAZON_LINUX_2", "STANDARD", rule.Allowed},
		{"2025-10-21", "AMAZON_LINUX_2", "STANDARD", rule.Undocumented},
		{"2026-09-10", "UBUNTU_22_04", "STANDARD", rule.Undocumented},
		{"2025-10-21", "WINDOWS_10", "STANDARD", rule.Allowed},
		{"2026-09-10", "WINDOWS_7", "POWER", rule.Allowed},
		{"2026-09-10", "WINDOWS_SERVER_2016", "POWERPRO", rule.Allowed},
		{"2026-09-10", "WINDOWS_SERVER_2019", "GENERALPURPOSE_4XLARGE", rule.Denied}, // not offered with it
		{"2026-09-10", "WINDOWS_SERVER_2022", "GENERALPURPOSE_4XLARGE", rule.Allowed},
		{"2026-09-10", "WINDOWS_SERVER_2025", "STANDARD", rule.Undocumented},
		{"2026-09-10", "", "STANDARD", rule.Undocumented},
		{"2026-09-10", "WINDOWS_10", "GRAPHICS_G4DN", rule.Undocumented},
	} {
		w := desktop("VALUE", 175, 100)
		w.OperatingSystem = tt.system
		a, err := at(t, tt.edition).CheckSwitch(w, tt.to, now)
		if err != nil || a.Verdict != tt.want {
			t.Errorf("%s %s to %s: %+v, %v, want %s", tt.edition, tt.system, tt.to, a, err, tt.want)
		}
	}
}
