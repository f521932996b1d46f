package bundles_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Where the page on self-service asks users for a longer wait than the page for administrators asks for,
// the answer is open until the longer one is over. The rows are drawn from both pages, version by version.
func TestPagesDisagreeOnWaits(t *testing.T) {
	const larger, again, volume, own = "larger", "larger again", "volume", "larger again, by the user"
	for _, c := range []struct {
		edition string
		what    string
		since   time.Duration // the launch, or the last change
		denied  bool
		open    bool // citing both pages
	}{
		{"2020-07-07", larger, 2 * time.Hour, true, false},
		{"2020-07-08", larger, 59 * time.Minute, true, false},
		{"2020-07-08", larger, time.Hour, false, true},
		{"2020-07-08", larger, 6 * time.Hour, false, false},
		{"2021-09-02", larger, 2 * time.Hour, false, true},
		{"2021-09-03", larger, 2 * time.Hour, true, false},
		{"2020-07-08", again, 59 * time.Minute, true, false},
		{"2020-07-08", again, 2 * time.Hour, false, true},
		{"2020-07-08", again, 6 * time.Hour, false, false},
		{"2021-09-03", again, 2 * time.Hour, true, false},
		{"2020-07-08", own, 2 * time.Hour, true, true},
		{"2020-07-08", own, 6 * time.Hour, false, false},
		{"2019-01-07", volume, time.Hour, false, false},
		{"2019-01-08", volume, time.Hour, false, true},
		{"2019-01-08", volume, 6 * time.Hour, false, false},
		{"2020-04-28", volume, time.Hour, false, true},
		{"2020-04-29", volume, time.Hour, true, false},
	} {
		rules, err := bundles.At(rule.MustParseEdition(c.edition))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
		w := bundles.Workspace{
			ComputeType: types.ComputeStandard, Volumes: bundles.Volumes{Root: 80, User: 10}, State: types.WorkspaceStateAvailable,
			OperatingSystem: types.OperatingSystemNameWindowsServer2016, Protocol: types.ProtocolPcoip,
			History: bundles.History{Launched: now.AddDate(-1, 0, 0)},
		}
		var a rule.Answer
		switch c.what {
		case larger:
			w.History.Launched = now.Add(-c.since)
			a, err = rules.CheckSwitch(w, types.ComputePerformance, now)
		case again:
			w.History.Larger = now.Add(-c.since)
			a, err = rules.CheckSwitch(w, types.ComputePerformance, now)
		case own:
			w.History.Larger = now.Add(-c.since)
			a, err = rules.CheckSelfService(bundles.ModifyCompute, w, &types.WorkspaceProperties{ComputeTypeName: types.ComputePerformance}, now)
		case volume:
			w.History.Launched = now.Add(-c.since)
			a, err = rules.CheckResize(w, bundles.Volumes{User: 50}, now)
		}
		open := slices.ContainsFunc(a.Open, func(o rule.Open) bool {
			return len(o.Cites) == 2 && o.Cites[0].Document == "admin-guide-self-service" && o.Cites[1].Document == "admin-guide-modify"
		})
		if err != nil || open != c.open || (a.Verdict == rule.Denied) != c.denied {
			t.Errorf("%s %s after %s: %+v %v", c.edition, c.what, c.since, a, err)
		}
	}
}
