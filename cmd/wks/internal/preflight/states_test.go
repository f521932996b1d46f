package preflight

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
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

// Because of what comes first people cannot work today; what has ended is not also not offered; a key tells how many need it.
func TestWorstFirst(t *testing.T) {
	fleet := []string{
		desktopJSON("ws-1", keyARN, sound), desktopJSON("ws-2", keyARN, sound),
		strings.Replace(desktopJSON("ws-3", "", sound), "AVAILABLE", "ERROR", 1),
	}
	for i := range 5 {
		fleet = append(fleet, desktopJSON(fmt.Sprint("ws-1", i), "", strings.NewReplacer("STANDARD", "GRAPHICSPRO", "80", "100", "50", "100").Replace(sound)))
	}
	rep := reported(t, desktopFiles(workspacesName, fleetJSON(fleet...), keyPrefix+keyID+".json", describedKey("Disabled")))
	var codes []rule.Code
	for _, f := range rep.Findings {
		codes = append(codes, f.Code)
		if f.Code == encryption.KeyNotEnabled && !strings.HasSuffix(f.What(), "; 2 WorkSpaces use it") {
			t.Error(f.What())
		}
	}
	if len(codes) < 3 || !slices.Contains(codes[:2], workspaceInError) || !slices.Contains(codes[:2], encryption.KeyNotEnabled) || codes[2] != bundles.ComputeTypeRetired || slices.Contains(codes, bundles.ComputeTypeNotOffered) {
		t.Errorf("%v", codes)
	}
}

// Without --details a finding is told once, with the first of its places in the details.
func TestShortReport(t *testing.T) {
	dir := export(t, desktopFiles(workspacesName, fleetJSON(strings.Replace(desktopJSON("ws-3", "", sound), "AVAILABLE", "ERROR", 1))))
	_, short, _ := plain(t, dir, "--region", "eu-west-1")
	_, long, _ := plain(t, dir, "--region", "eu-west-1", "--details")
	if !strings.Contains(short, "preflight.workspace-in-error  describe-workspaces.json: Workspaces[0].State\n") || strings.Contains(short, "remedy:") || strings.Contains(short, "\nDocuments\n") || !strings.Contains(short, "--details prints") {
		t.Error(short)
	}
	if !strings.Contains(long, "remedy: ") || !strings.Contains(long, "\nDocuments\n") || strings.Contains(long, "--details prints") {
		t.Error(long)
	}
}

// What is in order is listed by kind, whatever stands before it.
func TestInOrderByKind(t *testing.T) {
	quiet, loud := result{verdict: rule.Allowed}, result{verdict: rule.Denied}
	r := regionReport{Sections: []section{{kind: "a", result: loud}, {kind: "b", result: quiet}, {kind: "a", result: quiet}, {kind: "c", result: loud}, {kind: "b", result: quiet}, {kind: "d", result: quiet, tell: true}}}
	if got := r.inOrder(); !slices.Equal(got, []string{"b (2)", "a"}) {
		t.Errorf("%q", got)
	}
}
