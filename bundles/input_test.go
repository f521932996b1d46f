package bundles_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

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
		"Region": func() error { _, err := rules.CheckRegion("Mumbai", "GRAPHICS"); return err },
		"PrimaryRegion": func() error {
			_, err := rules.CheckStandby(bundles.Standby{Region: "us-east-1", Primary: bundles.Workspace{Region: "Ohio"}})
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

// A size of a WorkSpace or bundle that is negative is an error, whatever the compute type.
func TestNegativeSizes(t *testing.T) {
	rules := bundles.Newest()
	for _, compute := range computeTypes() {
		for _, v := range []bundles.Volumes{{Root: -1, User: 10}, {Root: 80, User: -1}, {User: math.MinInt32}} {
			w := desktop(compute, v.Root, v.User)
			q, l := sized("grace", 80, 10)
			l.ComputeType, l.Volumes = compute, v
			for name, f := range map[string]func() error{
				"CheckResize":  func() error { _, err := rules.CheckResize(w, bundles.Volumes{User: 50}, now); return err },
				"CheckSwitch":  func() error { _, err := rules.CheckSwitch(w, "GENERALPURPOSE_4XLARGE", now); return err },
				"CheckModify":  func() error { _, err := rules.CheckModify(w, sizes(0, 50), now); return err },
				"PlanModify":   func() error { _, err := rules.PlanModify(w, bundles.Goal{ComputeType: "POWER"}, now); return err },
				"PlanResize":   func() error { _, err := rules.PlanResize(w, bundles.Volumes{Root: 175}, now); return err },
				"CheckDesktop": func() error { _, err := rules.CheckDesktop(types.WorkspaceProperties{}, l); return err },
				"CheckVolumes": func() error { _, err := rules.CheckVolumes(compute, v.Root, v.User); return err },
				"CheckRequest": func() error { _, err := rules.CheckRequest(q, l); return err },
				"CheckRequests": func() error {
					_, err := rules.CheckRequests([]types.WorkspaceRequest{q}, func(*types.WorkspaceRequest) bundles.LaunchContext { return l })
					return err
				},
			} {
				var input *rule.InputError
				if err := f(); !errors.As(err, &input) {
					t.Errorf("%s of %s %s: %v", name, compute, v, err)
				}
			}
		}
	}
}

// Every check answers for extreme values in every edition, and does not panic.
func TestExtremes(t *testing.T) {
	numbers := []int32{math.MinInt32, -1, 0, 1, math.MaxInt32}
	moments := []time.Time{{}, now, time.Unix(math.MinInt64, 0), time.Unix(math.MaxInt64, 0)}
	for _, e := range bundles.Editions() {
		rules := at(t, e.String())
		for _, n := range numbers {
			for _, when := range moments {
				w := bundles.Workspace{ComputeType: "GRAPHICS_G99", Volumes: bundles.Volumes{Root: n, User: n}, State: "ODD", RunningMode: "ODD", OperatingSystem: "ODD", History: bundles.History{Launched: when, RootVolume: when, Larger: when}}
				p := types.WorkspaceProperties{RootVolumeSizeGib: &n, UserVolumeSizeGib: &n, RunningModeAutoStopTimeoutInMinutes: &n, Protocols: []types.Protocol{""}, ComputeTypeName: "X", OperatingSystemName: "Y", RunningMode: "Z"}
				for _, op := range append(bundles.Operations(), "") {
					rules.CheckSelfService(op, w, &p, when)
				}
				rules.CheckModify(w, p, when)
				rules.PlanModify(w, bundles.Goal{Volumes: bundles.Volumes{Root: n, User: n}, ComputeType: "X", AutoStopMinutes: &n}, when)
				rules.CheckDesktop(p, bundles.LaunchContext{Volumes: bundles.Volumes{Root: n, User: n}})
				rules.CheckImageOrigin(bundles.ImageOrigin{Workspace: w, FreeBytes: new(int64(n)), ProfileBytes: new(int64(n)), RootUsedPercents: new(int(n))})
				rules.CheckQuota("", int(n))
				rules.NextMaintenance(bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.FixedZone("", int(n)), Launched: when}, now)
				rules.NextMaintenance(bundles.Maintenance{Mode: "AUTO_STOP", RegionZone: time.UTC}, when)
			}
		}
		rules.CheckRequests([]types.WorkspaceRequest{{}, {Tags: []types.Tag{{}}}, {WorkspaceProperties: &types.WorkspaceProperties{}}}, nil)
		rules.CheckBundle(bundles.Bundle{RootStorage: &types.RootStorage{}, UserStorage: &types.UserStorage{}})
		rules.CheckRADIUS(bundles.RADIUS{Timeout: math.MinInt64, Retries: math.MinInt})
	}
}

func TestEditions(t *testing.T) {
	editions := bundles.Editions()
	if editions[0] != rule.MustParseEdition("2015-04-28") || !slices.IsSortedFunc(editions, rule.Edition.Compare) {
		t.Errorf("editions %v", editions)
	}
	if r, err := bundles.At(bundles.Newest().Edition()); err != nil || r != bundles.Newest() {
		t.Errorf("At(newest) = %v, %v", r, err)
	}
	for _, date := range []string{"2015-04-27", "2099-01-01"} {
		if r, err := bundles.At(rule.MustParseEdition(date)); err == nil || r != (bundles.Rules{}) {
			t.Errorf("At(%s) = %v", date, r)
		}
	}
}

// A violation shows the beginning of a long text, and nothing that a terminal obeys.
func TestTextsAreCut(t *testing.T) {
	long := "\x1b[2J" + strings.Repeat("x", 1<<20)
	p := types.WorkspaceProperties{
		OperatingSystemName: "WINDOWS_11", ComputeTypeName: types.Compute(long), Protocols: []types.Protocol{types.Protocol(long)}, RunningMode: types.RunningMode(long),
	}
	q, _ := request(long)
	q.BundleId, q.WorkspaceName, q.WorkspaceProperties, q.Tags = &long, &long, &p, []types.Tag{{Key: &long, Value: &long}, {Key: &long}}
	w := desktop(types.Compute(long), 80, 10)
	w.State, w.RunningMode = types.WorkspaceState(long), types.RunningMode(long)
	rules := bundles.Newest()
	for name, f := range map[string]func() (rule.Answer, error){
		"CheckRequest":          func() (rule.Answer, error) { return rules.CheckRequest(q, bundles.LaunchContext{System: "LINUX"}) },
		"CheckModify":           func() (rule.Answer, error) { return rules.CheckModify(w, p, now) },
		"CheckOperation":        func() (rule.Answer, error) { return rules.CheckOperation(bundles.Stop, w) },
		"CheckOrganizationName": func() (rule.Answer, error) { return rules.CheckOrganizationName("-" + long) },
		"CheckQuota":            func() (rule.Answer, error) { return rules.CheckQuota(long, 1) },
		"CheckName":             func() (rule.Answer, error) { return rules.CheckName(bundles.BundleName, long) },
	} {
		a, err := f()
		if err != nil || len(a.Violations)+len(a.Open) == 0 {
			t.Errorf("%s: %d findings, %v", name, len(a.Violations), err)
		}
		for _, v := range a.Violations {
			if len(v.Detail) > 800 || strings.Contains(v.Detail, "\x1b") {
				t.Errorf("%s: %s has %d bytes: %q", name, v.Code, len(v.Detail), v.Detail[:min(len(v.Detail), 90)])
			}
		}
		for _, o := range a.Open {
			if len(o.Reason) > 800 || strings.Contains(o.Reason, "\x1b") {
				t.Errorf("%s: %s has %d bytes: %q", name, o.Path, len(o.Reason), o.Reason[:min(len(o.Reason), 90)])
			}
		}
	}
}
