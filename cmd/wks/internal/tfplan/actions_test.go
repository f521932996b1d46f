package tfplan

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/schematest"
	"github.com/wksgo/wks/rule"
)

// Every report is valid by the published schema, which describes all of its members.
func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "tfplan.json", true)
	for _, args := range [][]string{nil, {"testdata/replace.plan.json"}, {"testdata/network.plan.json"}} {
		_, out, errs := runOn(args...)
		if errs != "" {
			t.Fatal(errs)
		}
		schematest.Valid(t, schema, []byte(out))
		if schematest.Check(schema, []byte(strings.Replace(out, `"findings"`, `"found"`, 1))) == nil {
			t.Error("a report without findings is valid")
		}
	}
}

// runOn runs the program with --json on a file, or on the sample.
func runOn(args ...string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = cli.Run(Command(), append([]string{"--json"}, args...), strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// What destroys a desktop comes first, and a baseline takes what it accepts out of verdicts and status.
func TestActions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	status, out, errs := runOn("--write-baseline", file)
	var before, after report
	if err := json.Unmarshal([]byte(out), &before); err != nil || status != exitBroken {
		t.Fatal(status, err, errs)
	}
	if f := before.actions.Findings[0]; f.Code != desktopDestroyed || f.Title == "" {
		t.Errorf("%s comes first", f.Code)
	}
	status, out, errs = runOn("--baseline", file)
	if err := json.Unmarshal([]byte(out), &after); err != nil {
		t.Fatal(err, errs)
	}
	if s := after.Summary; status == exitBroken || s.Accepted != before.Summary.Must+before.Summary.Should || len(after.Gone) != 0 || len(after.actions.Findings) != 0 {
		t.Errorf("status %d, %+v", status, s)
	}
	for _, format := range []string{"--sarif", "--junit", "--github"} {
		var text, errs strings.Builder
		if status := cli.Run(Command(), []string{format}, strings.NewReader(""), &text, &errs); status != exitBroken || !strings.Contains(text.String(), string(desktopDestroyed)) {
			t.Errorf("%s: status %d, %s", format, status, errs.String())
		}
	}
	for level, want := range map[string]int{"none": exitClean, "must": exitBroken, "open": exitBroken} {
		if status, _, _ := runOn("--fail-on", level); status != want {
			t.Errorf("--fail-on %s: status %d", level, status)
		}
	}
}

// With a baseline, a resource is denied by what is not accepted alone, and else undocumented while a document leaves something open or
// the plan does not tell what decides. Without an accepted finding its verdict stays.
func TestVerdictsWithBaseline(t *testing.T) {
	const (
		must, should, open = "bundles.volume-pair-not-in-group", "tfplan.attribute-dropped", "encryption.key-not-arn"
		minutes            = `, "running_mode_auto_stop_timeout_in_minutes": 60`
	)
	pair := size("POWER", 80, 200)
	alias := []string{"root_volume_encryption_enabled", "true", "volume_encryption_key", `"alias/desktops"`, "timeouts", `{"create": "60m"}`}
	noRegion := strings.Replace(registers(twoSubnets), `"tags_all": {}`, `"tags_all": {"a": "b;c"}`, 1)
	for name, tt := range map[string]struct {
		plan, id      string
		accepted      []string
		before, after rule.Verdict
		status        int
		count         int
	}{
		"a must":                           {planOf(createWorkspace("w", desk("x", pair))), "aws_workspaces_workspace.w", []string{must}, rule.Denied, rule.Allowed, exitClean, 1},
		"a must, and a should stays":       {planOf(createWorkspace("w", desk("x", pair+minutes))), "aws_workspaces_workspace.w", []string{must}, rule.Denied, rule.Allowed, exitClean, 1},
		"a should, and a must stays":       {planOf(createWorkspace("w", desk("x", pair+minutes))), "aws_workspaces_workspace.w", []string{should}, rule.Denied, rule.Denied, exitBroken, 1},
		"both":                             {planOf(createWorkspace("w", desk("x", pair+minutes))), "aws_workspaces_workspace.w", []string{must, should}, rule.Denied, rule.Allowed, exitClean, 2},
		"a should, and a question is open": {planOf(createWorkspace("w", desk("x", sound, alias...))), "aws_workspaces_workspace.w", []string{open}, rule.Undocumented, rule.Undocumented, exitUnanswered, 1},
		"a must, and a question is open":   {planOf(createWorkspace("w", desk("x", pair, alias...))), "aws_workspaces_workspace.w", []string{must}, rule.Denied, rule.Undocumented, exitUnanswered, 1},
		"a must, and no Region is told":    {planOf(noRegion), "aws_workspaces_directory.d", []string{"bundles.tag-alphabet"}, rule.Denied, rule.Undocumented, exitUnanswered, 1},
		"nothing, of what is denied":       {planOf(createWorkspace("w", desk("x", pair))), "aws_workspaces_workspace.w", nil, rule.Denied, rule.Denied, exitBroken, 0},
		"nothing, of what is undocumented": {planOf(createWorkspace("w", desk("x", sound, alias...))), "aws_workspaces_workspace.w", nil, rule.Undocumented, rule.Undocumented, exitUnanswered, 0},
		"a should of what is allowed":      {planOf(createWorkspace("w", desk("x", sound+minutes))), "aws_workspaces_workspace.w", []string{should}, rule.Allowed, rule.Allowed, exitClean, 1},
		"the finding of another":           {planOf(createWorkspace("w", desk("x", pair))), "aws_workspaces_workspace.v", []string{must}, rule.Denied, rule.Denied, exitBroken, 0},
	} {
		var entries []string
		for _, code := range tt.accepted {
			entries = append(entries, fmt.Sprintf(`{"code": %q, "subject": %q, "reason": "known", "until": "9999-12-31"}`, code, tt.id))
		}
		file := filepath.Join(t.TempDir(), "baseline.json")
		if err := os.WriteFile(file, []byte(`{"accepted": [`+strings.Join(entries, ", ")+"]}"), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, rep := reportOn(t, tt.plan); rep.Resources[0].Verdict != tt.before {
			t.Errorf("%s: %s without a baseline, want %s", name, rep.Resources[0].Verdict, tt.before)
		}
		status, rep := reportOn(t, tt.plan, "--baseline", file)
		if got := rep.Resources[0].Verdict; got != tt.after || status != tt.status || rep.Summary.Accepted != tt.count || rep.Summary.Exit != status {
			t.Errorf("%s: %s, want %s; status %d, want %d; %d accepted, exit %d", name, got, tt.after, status, tt.status, rep.Summary.Accepted, rep.Summary.Exit)
		}
	}
}

// An action tells its rule, and of each occurrence the resource, the Region, the file, the attribute and what is wrong there.
func TestOccurrences(t *testing.T) {
	_, rep := reportOn(t, planOf(
		createWorkspace("w", desk("x", size("POWER", 80, 200), "region", `"eu-west-1"`)),
		change("aws_workspaces_workspace", "v", `"create"`, "null", "{"+desk("y", `"compute_type_name": "POWER", "user_volume_size_gib": 100, "running_mode": "ALWAYS_ON"`)+"}", `{"workspace_properties": [{"root_volume_size_gib": true}]}`)))
	if len(rep.actions.Findings) != 1 {
		t.Fatalf("%+v", rep.actions.Findings)
	}
	const w = "aws_workspaces_workspace.w"
	f, of := rep.actions.Findings[0], rep.Resources[1].Findings[0]
	want := findings.Occurrence{Resource: findings.Resource{Kind: "resource", ID: w}, Region: "eu-west-1", Section: w, File: "standard input", Path: "workspace_properties[0].root_volume_size_gib", Detail: string(of.Detail)}
	if f.Code != "bundles.volume-pair-not-in-group" || f.Level != rule.Must || f.Title == "" || f.Title == string(f.Code) || f.Remedy == "" || f.Help != f.Code.Help() || f.Cite != of.Cite || len(f.Occurrences) != 1 || f.Occurrences[0] != want || want.Detail == "" {
		t.Errorf("%+v", f)
	}
	if len(rep.Open) != 1 {
		t.Fatalf("%+v", rep.Open)
	}
	const v = "aws_workspaces_workspace.v"
	q := rep.Open[0]
	if at := (findings.Occurrence{Resource: findings.Resource{Kind: "resource", ID: v}, Section: v, File: "standard input"}); q.By != rule.ByInput || q.Decides || q.Reason != "workspace_properties[0].root_volume_size_gib: not known until apply" || len(q.Occurrences) != 1 || q.Occurrences[0] != at {
		t.Errorf("%+v", q)
	}
	// What no document tells decides, and so does a Region that the plan does not tell.
	for plan, by := range map[string]rule.Cause{planOf(createWorkspace("w", desk("x", size("POWER", 80, 100)))): rule.ByDocuments, planOf(registers(twoSubnets)): rule.ByInput} {
		if _, rep := reportOn(t, plan); len(rep.Open) == 0 || rep.Open[0].By != by || !rep.Open[0].Decides {
			t.Errorf("%+v", rep.Open)
		}
	}
}
