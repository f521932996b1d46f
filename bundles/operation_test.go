package bundles_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// What CheckOperation finds beside the states, which have a grid.
func TestCheckOperation(t *testing.T) {
	modifying := func(resource, state string) []types.ModificationState {
		return []types.ModificationState{{Resource: types.ModificationResourceEnum(resource), State: types.ModificationStateEnum(state)}}
	}
	for _, tt := range []struct {
		name, edition string
		op            bundles.Operation
		change        func(w *bundles.Workspace)
		want          []string
	}{
		{"Windows 7", "2020-01-15", bundles.Rebuild, func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_7" }, []string{"? OperatingSystemName"}},
		{"Windows 7 restored", "2020-04-29", bundles.Restore, func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_7" }, nil},
		{"Windows 7 before", "2020-01-14", bundles.Rebuild, func(w *bundles.Workspace) { w.OperatingSystem = "WINDOWS_7" }, nil},
		{"stopped and growing", "2026-09-10", bundles.Start, func(w *bundles.Workspace) {
			w.State, w.Modifications = "STOPPED", modifying("USER_VOLUME", "UPDATE_IN_PROGRESS")
		}, []string{"bundles.modification-in-progress ModificationStates"}},
		{"stopped and growing before", "2021-03-15", bundles.Start, func(w *bundles.Workspace) {
			w.State, w.Modifications = "STOPPED", modifying("USER_VOLUME", "UPDATE_IN_PROGRESS")
		}, nil},
		{"stopped and switching", "2026-09-10", bundles.Start, func(w *bundles.Workspace) {
			w.State, w.Modifications = "STOPPED", modifying("COMPUTE_TYPE", "UPDATE_IN_PROGRESS")
		}, nil},
		{"growth failed", "2026-09-10", bundles.ModifyVolumes, func(w *bundles.Workspace) { w.Modifications = modifying("ROOT_VOLUME", "UPDATE_FAILED") }, nil},
		{"growth asked for", "2026-09-10", bundles.ModifyVolumes, func(w *bundles.Workspace) { w.Modifications = modifying("ROOT_VOLUME", "UPDATE_INITIATED") },
			[]string{"bundles.modification-in-progress ModificationStates"}},
		{"a protocol changes before a reboot", "2026-09-10", bundles.Reboot, func(w *bundles.Workspace) { w.Modifications = modifying("PROTOCOL", "UPDATE_IN_PROGRESS") }, nil},
		{"a protocol changes before an image", "2026-09-10", bundles.CreateImage, func(w *bundles.Workspace) { w.Modifications = modifying("PROTOCOL", "UPDATE_IN_PROGRESS") },
			[]string{"bundles.modification-in-progress ModificationStates"}},
		{"nothing known", "2026-09-10", bundles.Start, func(w *bundles.Workspace) { *w = bundles.Workspace{} }, []string{"? State", "? RunningMode"}},
		{"no snapshots known", "2026-09-10", bundles.Rebuild, func(w *bundles.Workspace) { w.Snapshots = nil }, []string{"? Snapshots"}},
		{"no snapshots, not said", "2020-11-10", bundles.Restore, func(w *bundles.Workspace) { w.Snapshots = &bundles.Snapshots{} }, []string{"? RestoreSnapshots"}},
		{"a standby stops", "2026-09-10", bundles.Stop, func(w *bundles.Workspace) { w.Standby = true }, nil},
	} {
		w := desktop("STANDARD", 80, 10)
		tt.change(&w)
		a, err := at(t, tt.edition).CheckOperation(tt.op, w)
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}
