package bundles_test

import (
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
