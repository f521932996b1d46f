package fleet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/migrate"
)

// small writes an export of four WorkSpaces: two of an old bundle, one of a custom bundle without its image, and
// one of the public bundle that the others are to go to.
func small(t *testing.T, targets string) string {
	t.Helper()
	dir := t.TempDir()
	desktop := func(id, bundle, system, protocol string) string {
		return `{"WorkspaceId": "` + id + `", "BundleId": "` + bundle + `", "DirectoryId": "d-0123456789", "SubnetId": "subnet-1", "State": "AVAILABLE", "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "OperatingSystemName": "` + system + `", "Protocols": ["` + protocol + `"]}}`
	}
	for name, text := range map[string]string{
		workspacesName: `{"Workspaces": [` + strings.Join([]string{
			desktop("ws-00000001", "wsb-0000old1", "WINDOWS_SERVER_2019", "WSP"), desktop("ws-00000002", "wsb-0000old1", "WINDOWS_SERVER_2019", "WSP"),
			desktop("ws-00000003", "wsb-0000old2", "WINDOWS_SERVER_2016", "PCOIP"), desktop("ws-00000004", "wsb-0000new1", "WINDOWS_SERVER_2022", "WSP"),
		}, ",") + `]}`,
		bundlesName: `{"Bundles": [
			{"BundleId": "wsb-0000old1", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}, {"BundleId": "wsb-0000old2", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}},
			{"BundleId": "wsb-0000new1", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}, {"BundleId": "wsb-0000new2", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}]}`,
		targetsName: targets,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A target is the ID of a bundle. Its system and protocol come from a WorkSpace that has the bundle, and its
// licence and compute type from the export of bundles.
func TestTargetsByRule(t *testing.T) {
	dir := small(t, `{"targets": [{"where": {"operatingSystem": "WINDOWS_SERVER_2019", "computeType": "STANDARD"}, "to": "wsb-0000new1"}, {"from": "wsb-0000old2", "to": "wsb-0000new1"}]}`)
	status, out, errs := ask(t, "plan", dir, "--json", "--undocumented", "allow")
	var plan struct {
		migrate.Plan
		Rules []match `json:"rules"`
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err, errs)
	}
	planned := 0
	for _, wave := range plan.Waves {
		for _, m := range wave {
			planned++
			if m.BundleID != "wsb-0000new1" {
				t.Errorf("%+v", m)
			}
		}
	}
	if status != exitRemains || planned != 3 || len(plan.Unassigned) != 1 || len(plan.Rules) != 1 || plan.Rules[0].WorkSpaces != 2 {
		t.Errorf("status %d, %d planned, %v: %s", status, planned, plan.Rules, out)
	}
	if plan.Estimate.Longest == 0 || !strings.Contains(out, `"longestSeconds":`) || strings.Contains(out, "anoseconds") {
		t.Errorf("times: %s", out)
	}
}

// What is not known of a target is named once, with what to do, and takes nothing else away.
func TestTargetNotKnown(t *testing.T) {
	const targets = `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new2"}, {"from": "wsb-0000old2", "to": "wsb-0000new1"}]`
	status, out, errs := ask(t, "plan", small(t, targets+"}"), "--undocumented", "allow")
	if want := "2 WorkSpaces are not planned: the operating system (os) of wsb-0000new2 is not known: add it to bundles in targets.json"; status != exitRemains || errs != "" || strings.Count(strings.Join(strings.Fields(out), " "), want) != 1 || !strings.Contains(out, "1 to migrate in 1 waves") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
	told := targets + `, "bundles": {"wsb-0000new2": {"os": "WINDOWS_SERVER_2022", "protocol": "WSP"}}}`
	if _, out, errs := ask(t, "plan", small(t, told), "--undocumented", "allow"); errs != "" || strings.Contains(out, "not planned") || !strings.Contains(out, "3 to migrate in 1 waves") {
		t.Errorf("%s%s", errs, out)
	}
}

func TestBadTargets(t *testing.T) {
	for targets, want := range map[string]string{
		`{"targets": [{"to": "wsb-0000new1"}]}`: "targets[0]: want either from",
		`{"targets": [{"from": "wsb-0000old1", "where": {"computeType": "STANDARD"}, "to": "wsb-0000new1"}]}`:                                   "targets[0]: want either from",
		`{"targets": [{"where": {}, "to": "wsb-0000new1"}]}`:                                                                                    "has no condition",
		`{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}, {"from": "wsb-0000old1", "to": "wsb-0000new2"}]}`:                         "stands in the file twice",
		`{"targets": [{"from": "wsb-0000old1", "to": {"os": "WINDOWS_11"}}]}`:                                                                   "targets[0].to: want the ID of a bundle",
		`{"targets": [{"from": "wsb-0000old1", "to": {"bundleId": "wsb-0000new1", "system": "WINDOWS_11"}}]}`:                                   `unknown field "system"`,
		`{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1", "via": ""}]}`:                                                              "targets[0].via: want the ID of a bundle",
		`{"targets": [{"from": "wsb-0000old1", "to": {"bundleId": "wsb-0000new1", "os": "WINDOWS_11", "protocol": "WSP", "license": "mine"}}]}`: "mine",
	} {
		if status, out, errs := ask(t, "plan", small(t, targets)); status != exitError || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: status %d, %s%s, want %q", targets, status, errs, out, want)
		}
	}
}

func TestShort(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000001": "key/0a1b2c3d…", "arn:aws:kms:eu-west-1:111122223333:alias/aws/workspaces": "alias/aws/workspaces", "key-1": "key-1",
	} {
		if got := short(arn); got != want {
			t.Errorf("%s: %q, want %q", arn, got, want)
		}
	}
	if got := few(map[string]int{"a": 1, "b": 5, "c": 3, "d": 2, "e": 4, "f": 1}, 4); got != "b:5 c:3 d:2 e:4 and 2 more" {
		t.Error(got)
	}
	if got := few(map[string]int{"a": 1, "b": 5}, 0); got != "2" {
		t.Error(got)
	}
}
