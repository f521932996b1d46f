package bundles_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Users wait 6 hours between two larger compute types, also while an hour was enough for administrators.
func TestOwnLarger(t *testing.T) {
	for _, tt := range []struct {
		edition string
		since   time.Duration
		to      types.Compute
		want    []rule.Code
	}{
		{"2018-12-31", 2 * time.Hour, types.ComputePerformance, []rule.Code{bundles.LargerTooSoon}},
		{"2020-07-07", 2 * time.Hour, types.ComputePerformance, []rule.Code{bundles.LargerTooSoon, bundles.SelfServiceTooSoon}},
		{"2020-07-08", 2 * time.Hour, types.ComputePerformance, []rule.Code{bundles.SelfServiceTooSoon}},
		{"2020-07-08", 6*time.Hour - 1, types.ComputePerformance, []rule.Code{bundles.SelfServiceTooSoon}},
		{"2020-07-08", 6 * time.Hour, types.ComputePerformance, nil},
		{"2020-07-08", 2 * time.Hour, types.ComputeValue, nil},
		{"2021-09-03", 2 * time.Hour, types.ComputePerformance, []rule.Code{bundles.LargerTooSoon, bundles.SelfServiceTooSoon}},
	} {
		now := time.Date(2021, 1, 2, 12, 0, 0, 0, time.UTC)
		w := bundles.Workspace{State: types.WorkspaceStateAvailable, ComputeType: types.ComputeStandard,
			History: bundles.History{Launched: now.AddDate(0, -3, 0), Larger: now.Add(-tt.since)}}
		a, err := at(t, tt.edition).CheckSelfService(bundles.ModifyCompute, w, &types.WorkspaceProperties{ComputeTypeName: tt.to}, now)
		if err != nil {
			t.Fatal(err)
		}
		var got []rule.Code
		for _, v := range a.Violations {
			got = append(got, v.Code)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s after %s to %s: %v, want %v", tt.edition, tt.since, tt.to, got, tt.want)
		}
	}
}
