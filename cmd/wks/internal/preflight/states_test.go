package preflight

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wksgo/wks/rule"
)

// States in which somebody has to act are findings with their subjects; others are none.
func TestStates(t *testing.T) {
	states := []string{"ERROR", "UNHEALTHY", "UNHEALTHY", "IMPAIRED",
		"PENDING", "AVAILABLE", "REBOOTING", "STARTING", "REBUILDING", "RESTORING", "MAINTENANCE", "ADMIN_MAINTENANCE", "TERMINATING", "TERMINATED", "SUSPENDED", "UPDATING", "STOPPING", "STOPPED"}
	var fleet []string
	for i, s := range states {
		fleet = append(fleet, desktopOf(fmt.Sprintf("ws-%d", i), "d-000000001", fmt.Sprintf("user-%d", i), s))
	}
	rep := reported(t, registeredFiles([2]int{100, 100}, workspacesName, fleetJSON(fleet...),
		directoriesName, `{"Directories": [{"DirectoryId": "d-000000001", "SubnetIds": ["subnet-1", "subnet-2"], "State": "REGISTERED"}, {"DirectoryId": "d-000000002", "State": "ERROR", "ErrorMessage": "a replica"}]}`))
	found := map[rule.Code][]string{}
	level := map[rule.Code]rule.Level{}
	for _, f := range rep.Findings {
		level[f.Code] = f.Level
		for _, o := range f.Occurrences {
			found[f.Code] = append(found[f.Code], o.Resource.ID+" "+o.Path)
		}
	}
	for code, want := range map[rule.Code][]string{
		workspaceInError:   {"ws-0 Workspaces[0].State"},
		workspaceUnhealthy: {"ws-1 Workspaces[1].State", "ws-2 Workspaces[2].State"},
		directoryInError:   {"d-000000002 Directories[1].State"},
	} {
		if !slices.Equal(found[code], want) {
			t.Errorf("%s: %v, want %v", code, found[code], want)
		}
		if level[code] != ownRules[code].Revisions[0].Level {
			t.Errorf("%s: %s", code, level[code])
		}
	}
	if q := asked(t, rep, "IMPAIRED"); q.Word != "undocumented" || q.Occurrences[0].Resource.ID != "ws-3" {
		t.Errorf("%+v", q)
	}
}
