package bundles_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// A hyphen at one end of an organization name is an open question, at both ends a violation. Administration Guide,
// the page on directory details.
func TestHyphensOfAnOrganizationName(t *testing.T) {
	for name, want := range map[string]rule.Verdict{"example": rule.Allowed, "ex-ample": rule.Allowed, "-example": rule.Undocumented, "example-": rule.Undocumented, "-example-": rule.Denied} {
		if a, err := bundles.Newest().CheckOrganizationName(name); err != nil || a.Verdict != want {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// A larger compute type waits six hours after the launch, a smaller one 30 days after the smaller one before. Administration
// Guide, the page on modifying a WorkSpace, from 2021-09-03 on.
func TestPlanOfAYoungWorkspace(t *testing.T) {
	now := time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		from, to types.Compute
		launched time.Duration // before now
		wait     time.Duration // from now on
	}{
		{types.ComputeStandard, types.ComputePower, time.Hour, 5 * time.Hour},
		{types.ComputeStandard, types.ComputePower, 6 * time.Hour, 0},
		{types.ComputeStandard, types.ComputePower, 48 * time.Hour, 0},
	} {
		w := bundles.Workspace{
			State: types.WorkspaceStateAvailable, ComputeType: tt.from, Volumes: bundles.Volumes{Root: 80, User: 50}, RunningMode: types.RunningModeAlwaysOn,
			OperatingSystem: types.OperatingSystemNameWindowsServer2022, Protocol: types.ProtocolWsp, History: bundles.History{Launched: now.Add(-tt.launched)},
		}
		plan, err := bundles.Newest().PlanModify(w, bundles.Goal{ComputeType: tt.to}, now)
		if err != nil || len(plan.Steps) != 1 || !plan.Steps[0].Earliest.Equal(now.Add(tt.wait)) {
			t.Errorf("%+v: %+v, %v", tt, plan, err)
		}
	}
}

// The wait before maintenance is that of windows for WorkSpaces of some age: seven days since 2025-10-21.
func TestWaitBeforeMaintenance(t *testing.T) {
	for date, want := range map[string]time.Duration{"2018-02-03": 0, "2022-09-02": 0, "2025-10-20": 0, "2025-10-21": 7 * 24 * time.Hour, "2026-09-10": 7 * 24 * time.Hour} {
		if got, cite := at(t, date).Wait(bundles.BeforeMaintenance); got != want || (cite == rule.Citation{}) != (want == 0) {
			t.Errorf("%s: %s by %+v", date, got, cite)
		}
	}
}

// Each wait that a request can break belongs to the rule that it breaks.
func TestRulesOfWaits(t *testing.T) {
	want := map[bundles.Wait]rule.Code{
		bundles.BeforeFirstResize: bundles.ResizeSoonAfterLaunch, bundles.BetweenResizes: bundles.VolumeCoolDown, bundles.BeforeFirstLarger: bundles.LargerTooSoon,
		bundles.BetweenLarger: bundles.LargerTooSoon, bundles.BetweenSmaller: bundles.SmallerTooSoon, bundles.BeforeSelfService: bundles.SelfServiceTooSoon, bundles.BeforeOwnRebuild: bundles.SelfServiceTooSoon,
		bundles.BetweenOwnLarger: bundles.SelfServiceTooSoon,
	}
	seen := map[bundles.Wait]bool{}
	for _, p := range bundles.Parameters() {
		for w, code := range want {
			if p.Name != string(w) && p.Name != "wait: "+string(w) && p.Name != "wait "+string(w) {
				continue
			}
			if seen[w] = true; len(p.Rules) != 1 || p.Rules[0] != code {
				t.Errorf("%s belongs to %v, want %s", p.Name, p.Rules, code)
			}
		}
	}
	for w := range want {
		if !seen[w] {
			t.Errorf("no parameter of %s", w)
		}
	}
}

// A tutorial that the edition no longer has leaves a password open, however bad it is.
func TestPasswordOfAFormerTutorial(t *testing.T) {
	for _, password := range []string{"x", "Aa1!Aa1!", "a b"} {
		a, err := bundles.Newest().CheckPassword(bundles.SimpleAD, password)
		if err != nil || a.Verdict != rule.Undocumented || len(a.Violations) != 0 || len(a.Open) != 1 || a.Open[0].Path != "Password" {
			t.Errorf("%q: %+v, %v", password, a, err)
		}
	}
}

// Two tags of one key are open at the second, as any later one is.
func TestKeysOfTagsTwice(t *testing.T) {
	tag := func(key string) types.Tag { return types.Tag{Key: &key, Value: new("v")} }
	for n := 2; n < 5; n++ {
		tags := []types.Tag{tag("Owner")}
		for range n - 1 {
			tags = append(tags, tag("Owner"))
		}
		a, err := bundles.Newest().CheckTags(tags)
		if err != nil || a.Verdict != rule.Undocumented || len(a.Open) != n-1 || a.Open[0].Path != "Tags[1].Key" {
			t.Errorf("%d: %+v, %v", n, a, err)
		}
	}
	if a, err := bundles.Newest().CheckTags([]types.Tag{tag("Owner"), tag("owner")}); err != nil || a.Verdict != rule.Allowed {
		t.Errorf("%+v, %v", a, err)
	}
}

// 12 GB are 12,884,901,888 bytes, as the note of the page writes the number out.
func TestFreeBytesAreNamed(t *testing.T) {
	o := bundles.ImageOrigin{Workspace: bundles.Workspace{OperatingSystem: types.OperatingSystemNameWindows7}, FreeBytes: new(int64(5))}
	a, err := bundles.Newest().CheckImageOrigin(o)
	named := false
	for _, v := range a.Violations {
		named = named || v.Path == "FreeBytes" && strings.Contains(v.Detail, "12884901888")
	}
	if err != nil || !named {
		t.Errorf("%+v, %v", a.Violations, err)
	}
}
