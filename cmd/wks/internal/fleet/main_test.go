package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

const (
	exitDone  = cli.Clean
	exitError = cli.Unanswered
)

// ask runs the program without AWS and returns its status and what it printed. One that does not end is told to after a while.
func ask(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := command{
		connect: func(context.Context, string) (runner.API, error) { return nil, errors.New("no AWS here") },
		now:     func() time.Time { return sampleTime },
	}
	var out, errs bytes.Buffer
	cmd := c.cobra()
	cmd.SetContext(ctx)
	status = cli.Run(cmd, args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// The sample is large and mixed: every list of the plan and every step occurs in it.
func TestSampleIsMixed(t *testing.T) {
	in, err := readExport(migrate.Newest(), sampleFiles().read, sampleTime)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.fleet) < 500 || len(in.missing) > 0 {
		t.Errorf("%d WorkSpaces, missing %v", len(in.fleet), in.missing)
	}
	_, out, _ := ask(t, "plan", "--json")
	var plan migrate.Plan
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err)
	}
	steps := map[migrate.Task]bool{}
	migrations := 0
	for _, wave := range plan.Waves {
		migrations += len(wave)
		for _, m := range wave {
			for _, s := range append(m.Before, m.After...) {
				steps[s] = true
			}
		}
	}
	if len(steps) != 3 || len(plan.Refused) == 0 || len(plan.Undecided) == 0 || len(plan.Unassigned) == 0 || plan.Bound != len(plan.Waves) {
		t.Errorf("steps %v, %d refused, %d undecided, %d unassigned, %d waves, bound %d",
			steps, len(plan.Refused), len(plan.Undecided), len(plan.Unassigned), len(plan.Waves), plan.Bound)
	}
	if all := migrations + len(plan.Refused) + len(plan.Undecided) + len(plan.Unassigned); all != len(in.fleet) {
		t.Errorf("the plan has %d of %d WorkSpaces", all, len(in.fleet))
	}
}

// The export that sample writes gives the same plan.
func TestWriteSample(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "export")
	if status, _, errs := ask(t, "sample", dir); status != exitDone {
		t.Fatal(errs)
	}
	_, want, _ := ask(t, "plan")
	if status, out, errs := ask(t, "plan", dir); status != exitRemains || out != want {
		t.Errorf("status %d, %s, %d bytes, want %d", status, errs, len(out), len(want))
	}
}

// An export with what is needed and nothing else: what is not told is named, and nothing
// is guessed from it.
func TestSmallExport(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		workspacesName: `{"Workspaces": [{"WorkspaceId": "ws-00000001", "BundleId": "wsb-00000001", "State": "AVAILABLE", "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "OperatingSystemName": "WINDOWS_SERVER_2016"}}]}`,
		bundlesName:    `{"Bundles": [{"BundleId": "wsb-00000001", "Owner": "123456789012", "CreationTime": "2020-04-29T00:00:00+00:00"}]}`,
		targetsName:    `{"targets": [{"from": "wsb-00000001", "to": {"bundleId": "wsb-00000002", "os": "WINDOWS_SERVER_2019", "license": "public", "protocol": "WSP", "compute": "STANDARD"}}]}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	status, out, errs := ask(t, "plan", dir)
	if status != exitRemains || !strings.Contains(out, "not told by the export: RequiredTenancy:1 WorkspaceProperties.Protocols:1") || !strings.Contains(out, "1 undecided") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
	more := `{"bundles": {"wsb-00000001": {"license": "custom", "protocol": "PCOIP"}}, "targets"`
	text, err := os.ReadFile(filepath.Join(dir, targetsName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, targetsName), []byte(strings.Replace(string(text), `{"targets"`, more, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := ask(t, "plan", dir); status != exitDone || !strings.Contains(out, "1 to migrate in 1 waves") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	if status, _, errs := ask(t, "sample", dir); status != exitDone {
		t.Fatal(errs)
	}
	for _, args := range [][]string{
		{"-x"}, {"x"}, {"plan", "--journal", "j"}, {"run"}, {"run", dir}, {"run", "--journal", "j"}, {"run", dir, "--journal", "j", "--simulate"}, {"plan", "--edition", "2019-01-01"},
		{"plan", "--edition", "x"}, {"plan", "--undocumented", "maybe"}, {"run", "--simulate", "--instant", "--accept", "Stale"}, {"plan", filepath.Join(dir, "none")}, {"plan", dir, dir},
		{"run", dir, "--journal", filepath.Join(dir, "j")}, {"sample"},
	} {
		if status, out, errs := ask(t, args...); status != exitError || errs == "" || out != "" {
			t.Errorf("%q: status %d, %q, %q", args, status, out, errs)
		}
	}
	for name, text := range map[string]string{
		workspacesName: `{"Workspaces": [{"WorkspaceId": "x"}]}`,
		bundlesName:    `{`,
		targetsName:    `{"target": []}`,
		subnetsName:    `{"Subnets": [{"SubnetId": "subnet-z"}]}`,
	} {
		bad := t.TempDir()
		if err := saveSample(bad); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(bad, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if status, out, errs := ask(t, "plan", bad); status != exitError || errs == "" || out != "" {
			t.Errorf("%s: status %d, %q, %q", name, status, out, errs)
		}
	}
}

// Nothing but a person's yes lets the program take a position where the documents do not.
func TestPolicyIsCareful(t *testing.T) {
	_, out, _ := ask(t, "plan", "--json")
	var plan migrate.Plan
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err)
	}
	for _, wave := range plan.Waves {
		for _, m := range wave {
			if m.Undocumented {
				t.Errorf("%s is planned", m.WorkspaceID)
			}
		}
	}
	if plan.Edition != migrate.Newest().Edition() || plan.Edition == (rule.Edition{}) {
		t.Errorf("edition %s", plan.Edition)
	}
}

// Names of an export reach the terminal without what it would obey.
func TestControlCharacters(t *testing.T) {
	t.Setenv("COLUMNS", "160") // so wide that the table names subnets
	dir := t.TempDir()
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{workspacesName, subnetsName} {
		file := filepath.Join(dir, name)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data = bytes.ReplaceAll(data, []byte(`"subnet-a"`), []byte(`"subnet-a\u001b[2J"`))
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	_, out, errs := ask(t, "plan", dir)
	if !strings.Contains(out, "subnet-a") || strings.Contains(out+errs, "\x1b") {
		t.Errorf("%s%s", out, errs)
	}
}
