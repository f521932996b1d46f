package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

const (
	exitDone  = cli.Clean
	exitError = cli.Unanswered
)

// ask runs the program without AWS and returns its status and what it printed.
func ask(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	c := command{
		connect: func(context.Context, string) (runner.API, error) { return nil, errors.New("no AWS here") },
		now:     func() time.Time { return sampleTime },
	}
	var out, errs bytes.Buffer
	status = cli.Run(c.cobra(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

func TestSampleGolden(t *testing.T) {
	lineartest.SkipRace(t)
	for name, args := range map[string][]string{
		"plan.txt":            {"plan", "--edition", "2026-09-10"},
		"plan-2020-04-29.txt": {"plan", "--edition", "2020-04-29", "--undocumented", "deny"},
		"simulation.txt":      {"run", "--edition", "2026-09-10", "--simulate", "--instant"},
	} {
		status, out, errs := ask(t, args...)
		if status != exitRemains || errs != "" {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
		ruletest.Golden(t, filepath.Join("testdata", name), []byte(out))
	}
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

// Whatever the faults are, nothing is requested twice or without room; run says so.
func TestSimulationsHold(t *testing.T) {
	lineartest.SkipRace(t)
	kinds := map[string]bool{}
	for _, seed := range []string{"2", "3", "4", "5", "6", "7"} {
		status, out, errs := ask(t, "run", "--simulate", "--instant", "--json", "--seed", seed, "--undocumented", "allow")
		if status != exitRemains || errs != "" {
			t.Errorf("seed %s: status %d, %s", seed, status, errs)
		}
		var rep runner.Report
		if err := json.Unmarshal([]byte(out), &rep); err != nil {
			t.Fatal(err)
		}
		if n := rep.Count(runner.Following) + rep.Count(runner.NotAsked); n > 0 || len(rep.Results) != 502 {
			t.Errorf("seed %s: %d of %d are forgotten", seed, n, len(rep.Results))
		}
		for _, r := range rep.Results {
			kinds[string(r.Outcome)+" "+string(r.Status)] = true
		}
	}
	for _, want := range []string{"succeeded succeeded", "failed ", "failed silent-failure", "failed rolled-back", "failed lost", "failed overdue", "not-ready "} {
		if !kinds[want] {
			t.Errorf("no migration is %s in any simulation", want)
		}
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

// The run against AWS, with another service in its place: it asks before each wave, stops
// without a yes, and goes on with the journal.
func TestLive(t *testing.T) {
	dir := t.TempDir()
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		var all struct{ Workspaces []types.Workspace }
		if err := json.Unmarshal(sampleFiles()[workspacesName], &all); err != nil {
			t.Fatal(err)
		}
		service := fleet.New(time.Now)
		for _, w := range all.Workspaces {
			service.Add(w, fleet.None)
		}
		in, err := readExport(migrate.Newest(), sampleFiles().read, sampleTime)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := migrate.Newest().NewPlan(in.fleet, in.targets, in.limits)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range slices.Concat(plan.Waves...) {
			service.AddBundle(m.BundleID)
		}
		live := func(answers string) (int, *runner.Report, string) {
			var out, errs bytes.Buffer
			c := command{connect: func(context.Context, string) (runner.API, error) { return service, nil }, now: func() time.Time { return sampleTime }}
			status := cli.Run(c.cobra(), []string{"run", dir, "--json", "--account", "111122223333", "--region", "eu-west-1", "--journal", filepath.Join(dir, "journal")}, strings.NewReader(answers), &out, &errs)
			var rep runner.Report
			if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
				t.Fatal(err, errs.String())
			}
			return status, &rep, errs.String()
		}
		status, rep, errs := live("y\nY\nno\n")
		for i, wave := range plan.Waves[:3] {
			if want := fmt.Sprintf("wave %d of %d: %d WorkSpaces, %s to %s. Their root volumes are destroyed. Go on? [y/N] ", i+1, len(plan.Waves), len(wave), wave[0].WorkspaceID, wave[len(wave)-1].WorkspaceID); !strings.Contains(errs, want) {
				t.Errorf("no %q in %q", want, errs)
			}
		}
		if n := rep.Count(runner.Succeeded) + rep.Count(runner.NotReady); status != exitError || n != 50 || !strings.Contains(errs, "wave 3 of 21: 25 WorkSpaces") {
			t.Errorf("status %d, %d are done: %s", status, n, errs)
		}
		// WorkSpaces that have still to leave Value are asked about again; an end of the
		// answers is no yes.
		if status, rep, _ = live(strings.Repeat("y\n", 30)); status != exitRemains || rep.Count(runner.NotAsked) != 0 || rep.Count(runner.NotReady) != 24 || rep.Count(runner.Failed) != 0 {
			t.Errorf("status %d: %d not asked, %d not ready, %d failed", status, rep.Count(runner.NotAsked), rep.Count(runner.NotReady), rep.Count(runner.Failed))
		}
		if status, rep, _ = live(""); status != exitError || rep.Count(runner.NotReady)+rep.Count(runner.NotAsked) != 24 {
			t.Errorf("status %d", status)
		}
		for _, w := range all.Workspaces {
			if service.Requests(*w.WorkspaceId) > 1 {
				t.Errorf("%s was requested twice", *w.WorkspaceId)
			}
		}
	})
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
