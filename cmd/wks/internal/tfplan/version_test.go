package tfplan

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-version"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// wants is a configuration that wants a version of the provider.
func wants(constraint string) string {
	return fmt.Sprintf(`{"provider_config": {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": %q}}}`, constraint)
}

func lockText(v string) string {
	return fmt.Sprintf("provider \"registry.terraform.io/hashicorp/aws\" {\n  version     = %q\n  constraints = \"> 2.0\"\n  hashes = [\n    \"h1:x=\",\n  ]\n}\n", v)
}

// reportBeside reports on a file that has other files beside it.
func reportBeside(t *testing.T, plan, argument string, files map[string]string) report {
	t.Helper()
	dir := t.TempDir()
	files["a/plan.json"] = plan
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	cli.Run(Command(), []string{"--json", filepath.Join(dir, filepath.FromSlash(argument))}, nil, &out, &errs)
	var rep report
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatal(err, errs.String())
	}
	return rep
}

const idleMinutes = `"compute_type_name": "POWER", "root_volume_size_gib": 175, "user_volume_size_gib": 100, "running_mode": "ALWAYS_ON", "running_mode_auto_stop_timeout_in_minutes": 60`

const (
	dropsMinutes = "should tfplan.attribute-dropped aws_workspaces_workspace.w: workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"
	sendsMinutes = "must bundles.auto-stop-minutes-not-applicable aws_workspaces_workspace.w: workspace_properties[0].running_mode_auto_stop_timeout_in_minutes"
	minutesOpen  = "workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: the version of the provider is not told"
)

// The provider sends no minutes with ALWAYS_ON since 3.5.0 (its changelog, #13976). Before, it sends them, and the service
// takes them with AUTO_STOP alone.
func TestMinutesByVersion(t *testing.T) {
	plan := planOf(createWorkspace("w", desk("x", idleMinutes)))
	for _, tt := range []struct {
		constraint, lock string
		finds            string
		open             bool
	}{
		{"", "", dropsMinutes, false},
		{"", "5.100.0", dropsMinutes, false},
		{"", "3.5.0", dropsMinutes, false},
		{"", "6.64.0", dropsMinutes, false},
		{"", "3.4.0", sendsMinutes, false},
		{"", "2.62.0", sendsMinutes, false},
		{"3.5.0", "", dropsMinutes, false},
		{"~> 5.0", "", dropsMinutes, false},
		{">= 3.5", "", dropsMinutes, false},
		{"> 3.4.0, != 3.4.1, >= 3.5", "", dropsMinutes, false},
		{"= 3.4.0", "", sendsMinutes, false},
		{"~> 2.62", "", sendsMinutes, false},
		{"< 3.5.0", "", sendsMinutes, false},
		{"~> 3.0", "", "", true},
		{">= 2.0", "", "", true},
		{"< 4.0", "", "", true},
		{"~> 3.0", "3.49.0", dropsMinutes, false},
		{"~> 3.0", "3.0.0", sendsMinutes, false},
		{"~> 5.0", "3.0.0", dropsMinutes, false}, // the lock file is not that of the plan
		{">= 3.0.0 , < 3.4.0 ", "", sendsMinutes, false},
		{">= 5.0.9223372036854775807", "", dropsMinutes, false}, // after which there is none of three numbers
		{"five", "", dropsMinutes, false},
	} {
		files := map[string]string{}
		if tt.lock != "" {
			files["a/"+lockName] = lockText(tt.lock)
		}
		text := plan
		if tt.constraint != "" {
			text = planWith(wants(tt.constraint), "[]", createWorkspace("w", desk("x", idleMinutes)))
		}
		rep := reportBeside(t, text, "a/plan.json", files)
		var want []string
		if tt.finds != "" {
			want = []string{tt.finds}
		}
		if got := rep.findings(); !slices.Equal(got, want) {
			t.Errorf("%q, %q: got %q, want %q", tt.constraint, tt.lock, got, want)
		}
		r := rep.Resources[0]
		if got := slices.ContainsFunc(r.NotGiven, func(w words) bool { return strings.HasPrefix(string(w), minutesOpen) }); got != tt.open {
			t.Errorf("%q, %q: open %t, want %t: %q", tt.constraint, tt.lock, got, tt.open, r.NotGiven)
		}
		for _, f := range r.Findings {
			if f.Code == attributeDropped && !strings.Contains(f.Cite.Section, "since 3.5.0 (changelog, #13976), measured with "+measured) {
				t.Errorf("%q, %q: cites %q", tt.constraint, tt.lock, f.Cite.Section)
			}
		}
	}
}

// Before 3.5.0 a block without minutes is sent with 0, which the service refuses with each running mode.
func TestNoMinutesByVersion(t *testing.T) {
	config := func(v string) string {
		return strings.TrimSuffix(wants(v), "}") + `, "root_module": {"resources": [` + configured("aws_workspaces_workspace", "w", "workspace_properties", `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`) + `]}}`
	}
	w := change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound)+"}", `{"id": true, "workspace_properties": [{"running_mode_auto_stop_timeout_in_minutes": true}]}`)
	for v, want := range map[string]bool{"3.4.0": true, "3.5.0": false} {
		_, rep := reportOn(t, planWith(config(v), "[]", w))
		if got := slices.Contains(rep.findings(), sendsMinutes); got != want {
			t.Errorf("%s: %q", v, rep.findings())
		}
	}
}

// What is known since a version is not claimed of an older one, which no plan with the resource can have; and the note tells
// of versions that were not measured.
func TestOlderVersions(t *testing.T) {
	plan := func(v string) string {
		return planWith(strings.TrimSuffix(wants(v), "}")+`, "root_module": {"resources": [`+configured("aws_workspaces_workspace", "w", "workspace_properties", `[{"running_mode": {"constant_value": "ALWAYS_ON"}}]`)+`]}}`, "[]",
			createWorkspace("w", desk("x", size("VALUE", 80, 10), "tags", `{"aws:a": "b"}`)))
	}
	const defaults, tag = "should tfplan.provider-default aws_workspaces_workspace.w: workspace_properties[0]", `should tfplan.attribute-dropped aws_workspaces_workspace.w: tags["aws:a"]`
	for _, tt := range []struct {
		version string
		want    []string
		note    string
	}{
		{"2.62.0", []string{sendsMinutes, defaults, tag}, "tells since when it is so"},
		{"3.5.0", []string{defaults, tag}, "tells since when it is so"},
		{"5.100.0", []string{defaults, tag}, ""},
		{"6.0.0", []string{defaults, tag}, "the configuration wants hashicorp/aws 6.0.0; what it sends was measured with 5.100.0"},
		{"~> 5.0", []string{defaults, tag}, "the configuration wants hashicorp/aws ~> 5.0; what it sends was measured with 5.100.0"},
	} {
		_, rep := reportOn(t, plan(tt.version))
		if got := rep.findings(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.version, got, tt.want)
		}
		if notes := fmt.Sprint(rep.Notes); tt.note == "" && strings.Contains(notes, "hashicorp") || !strings.Contains(notes, tt.note) {
			t.Errorf("%s: %q", tt.version, rep.Notes)
		}
	}
	rep := reportBeside(t, strings.ReplaceAll(plan("> 2.0"), `"ALWAYS_ON"`, `"AUTO_STOP"`), "a", map[string]string{"a/" + lockName: lockText("2.61.0")})
	open := fmt.Sprint(rep.Resources[0].NotGiven)
	if got := rep.findings(); slices.Contains(got, defaults) || slices.Contains(got, tag) || strings.Count(open, "the version of the provider is older") != 2 {
		t.Errorf("2.61.0: %q, %s", got, open)
	}
}

// The provider waits 30 minutes for a launch since 2.64.0, 25 before, and has a block timeouts since 3.15.0.
func TestWaitsByVersion(t *testing.T) {
	for _, tt := range []struct {
		constraint string
		waits      time.Duration
		given      certainty
	}{
		{"2.62.0", 25 * time.Minute, never},
		{"2.64.0", 30 * time.Minute, never},
		{"~> 2.62", 30 * time.Minute, never}, // either; the longer one alarms less
		{"< 2.64", 25 * time.Minute, never},
		{">= 2.64", 30 * time.Minute, maybe},
		{"~> 5.0", 30 * time.Minute, always},
	} {
		r := release{}
		r.atLeast(withWorkspaces)
		r.configured(map[string]providerConfig{"aws": {name: "aws", constraint: tt.constraint}})
		if waits, given := r.waits("create"), r.has(withTimeouts); waits != tt.waits || given != tt.given {
			t.Errorf("%s: waits %v, block %d", tt.constraint, waits, given)
		}
	}
	_, rep := reportOn(t, planWith(wants("3.0.0"), "[]", createWorkspace("w", desk("x", sound, "root_volume_encryption_enabled", "true", "volume_encryption_key", fmt.Sprintf("%q", keyARN)))))
	i := slices.IndexFunc(rep.Resources[0].Findings, func(f finding) bool { return f.Code == timeoutShort })
	if i < 0 || !strings.Contains(string(rep.Resources[0].Findings[i].Remedy), "since 3.15.0") {
		t.Errorf("%+v", rep.Resources[0].Findings)
	}
}

// The lock file is that beside the plan, or above it in the folder that is named.
func TestLockFiles(t *testing.T) {
	plan := planOf(createWorkspace("w", desk("x", idleMinutes)))
	old := lockText("3.4.0")
	for _, tt := range []struct {
		name, argument string
		files          map[string]string
		finds, note    string
	}{
		{"beside", "a/plan.json", map[string]string{"a/" + lockName: old}, sendsMinutes, "has hashicorp/aws 3.4.0; what it sends was measured"},
		{"beside, in a folder", "a", map[string]string{"a/" + lockName: old}, sendsMinutes, ""},
		{"above, in the folder", "", map[string]string{lockName: old}, sendsMinutes, ""},
		{"above the file", "a/plan.json", map[string]string{lockName: old}, dropsMinutes, ""},
		{"above the folder", "a", map[string]string{lockName: old}, dropsMinutes, ""},
		{"the nearer one", "", map[string]string{lockName: old, "a/" + lockName: lockText("5.1.0")}, dropsMinutes, "hashicorp/aws 5.1.0"},
		{"of OpenTofu", "a", map[string]string{"a/" + lockName: strings.Replace(old, "terraform.io", "opentofu.org", 1)}, sendsMinutes, ""},
		{"of another provider", "a", map[string]string{"a/" + lockName: strings.Replace(old, "/aws", "/awscc", 1)}, dropsMinutes, ""},
		{"with what is new", "a", map[string]string{"a/" + lockName: "later \"x\" {}\n" + strings.Replace(old, "  hashes", "  more = true\n  hashes", 1)}, sendsMinutes, ""},
		{"no HCL", "a", map[string]string{"a/" + lockName: "provider {"}, dropsMinutes, "cannot be used"},
		{"no version", "a", map[string]string{"a/" + lockName: lockText("latest")}, dropsMinutes, "cannot be used"},
		{"empty", "a", map[string]string{"a/" + lockName: ""}, dropsMinutes, ""},
		{"too large", "a", map[string]string{"a/" + lockName: strings.Repeat("#\n", maxLock/2+1)}, dropsMinutes, "is larger than 4 MiB"},
	} {
		rep := reportBeside(t, plan, tt.argument, tt.files)
		if got := rep.findings(); !slices.Equal(got, []string{tt.finds}) {
			t.Errorf("%s: %q", tt.name, got)
		}
		if !strings.Contains(fmt.Sprint(rep.Notes), tt.note) {
			t.Errorf("%s: %q", tt.name, rep.Notes)
		}
	}
}

// A saved plan has the lock file with which it was made.
func TestLockOfSavedPlan(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(lockName)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, lockText("4.67.0"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if l := lockOfSaved("tf.plan", b.Bytes()); l == nil || l.wrong != nil || l.version.String() != "4.67.0" {
		t.Errorf("%+v", l)
	}
	if l := lockOfSaved("tf.plan", []byte("PK\x03\x04")); l != nil {
		t.Errorf("%+v", l)
	}
}

// What constraints leave, on both sides of a version, is found by trying all versions of a small world.
func TestConstraintsAgainstAll(t *testing.T) {
	var all []*version.Version
	for major := range 4 {
		for minor := range 4 {
			for patch := range 4 {
				all = append(all, version.Must(version.NewVersion(fmt.Sprintf("%d.%d.%d", major, minor, patch))))
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(0, 2)
		draw := func(name string) string {
			return fmt.Sprintf("%d.%d.%d", number.Draw(t, name), number.Draw(t, name), number.Draw(t, name))
		}
		var parts []string
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			parts = append(parts, rapid.SampledFrom([]string{"", "= ", "!= ", "> ", ">= ", "< ", "<= ", "~> "}).Draw(t, "operator")+draw("version"))
		}
		r := release{}
		r.configured(map[string]providerConfig{"aws": {name: "aws", constraint: strings.Join(parts, ", ")}})
		from := draw("since")
		before, after := false, false
		for _, v := range all {
			if r.within.Check(v) {
				before, after = before || v.LessThan(version.Must(version.NewVersion(from))), after || !v.LessThan(version.Must(version.NewVersion(from)))
			}
		}
		want := always
		if before && after {
			want = maybe
		} else if before {
			want = never
		}
		if got := r.has(inChangelog(from, "#1")); got != want {
			t.Errorf("%q since %s: got %d, want %d", parts, from, got, want)
		}
	})
}

// --model prints the same entries as text and as JSON, and takes no plan.
func TestModelFlag(t *testing.T) {
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), []string{"--model"}, nil, &out, &errs); status != exitClean || errs.Len() > 0 {
		t.Fatal(status, errs.String())
	}
	text := out.String()
	for _, want := range []string{"since when is not known; not measured", "since 3.5.0 (changelog, #13976); measured with 5.100.0", "since 6.54.0 (changelog, #42678); not measured"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, e := range modelOf() {
		for what, is := range map[string]string{"create": e.Create, "update": e.Update, "also": e.Says} {
			if line := "    " + what + ": " + is + "\n"; is != "" && !strings.Contains(text, line) {
				t.Errorf("%s.%s: no %q", e.Resource, e.Attribute, line)
			}
		}
		if line := fmt.Sprintf("    default: %v\n", e.Default); e.Default != nil && e.Default != "" && !strings.Contains(text, line) {
			t.Errorf("%s.%s: no %q", e.Resource, e.Attribute, line)
		}
		if !strings.Contains(text, "  "+e.Attribute+"\n") && e.Attribute != "" {
			t.Errorf("no %s", e.Attribute)
		}
	}
	last, headings := "", 0
	for _, e := range modelOf() {
		if e.Resource != last {
			last, headings = e.Resource, headings+1
		}
		if e.Attribute == "tags_all" && e.Says != "" && (e.Measured != "") != (e.Resource == "aws_workspaces_workspace") {
			t.Errorf("%s.%s: measured with %q, and default-tags.json has WorkSpaces alone", e.Resource, e.Attribute, e.Measured)
		}
	}
	if n := strings.Count(text, "\n\n"); n != headings-1 {
		t.Errorf("%d headings, and %d empty lines", headings, n)
	}
	out.Reset()
	if status := cli.Run(Command(), []string{"--model", "--json"}, nil, &out, &errs); status != exitClean {
		t.Fatal(status, errs.String())
	}
	var list []modelEntry
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) != len(modelOf()) || strings.Count(text, "measured") < len(list) {
		t.Errorf("%v: %d entries, want %d", err, len(list), len(modelOf()))
	}
	for _, args := range [][]string{{"--model", "plan.json"}, {"--model", "--sarif"}} {
		if status := cli.Run(Command(), args, nil, &out, &errs); status != exitUnanswered {
			t.Errorf("%q: status %d", args, status)
		}
	}
}

// What a schema has first is not in that of the version before, which is named, and so is the version of the bindings that were
// made from each.
func TestSchemaBefore(t *testing.T) {
	n := 0
	for _, e := range modelOf() {
		if e.By != ofSchema {
			continue
		}
		n++
		var major, minor, next, last int
		if _, err := fmt.Sscanf(e.Source, "@cdktf/provider-aws %d.%d.0; ", &major, &next); err != nil {
			t.Fatal(e.Source, err)
		}
		_, rest, _ := strings.Cut(e.Source, "; ")
		var patch int
		if _, err := fmt.Sscanf(rest, "19.%d.0, of 5.%d.%d, does not have it", &last, &minor, &patch); err != nil || major != 19 || last != next-1 || patch != 0 || fmt.Sprintf("5.%d.0", minor+1) != e.Since {
			t.Errorf("since %s: %s, %v", e.Since, e.Source, err)
		}
	}
	if n == 0 {
		t.Error("nothing is by a schema")
	}
}
