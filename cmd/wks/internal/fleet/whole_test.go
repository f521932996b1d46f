package fleet

// Tests that take a second and more each, such as those of whole runs. They stand in the last file: others fail earlier, and tell more exactly
// what is wrong.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/redistest"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
)

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

// What a simulation prints is its report: how many WorkSpaces there are, and how each outcome is counted. No WorkSpace is
// asked about twice, and none without a free address.
func TestSimulationText(t *testing.T) {
	lineartest.SkipRace(t)
	t.Setenv("COLUMNS", "160")
	args := []string{"run", "--simulate", "--instant", "--edition", "2026-09-10", "--seed", "5"}
	simulated := func(more ...string) (rep *runner.Report) {
		t.Helper()
		status, out, errs := ask(t, slices.Concat(args, more, []string{"--json"})...)
		if err := json.Unmarshal([]byte(out), &rep); err != nil || status == exitDone {
			t.Fatalf("%q: status %d, %s, %v", more, status, errs, err)
		}
		return rep
	}
	rep := simulated()
	status, text, errs := ask(t, args...)
	if status != exitRemains || errs != "" {
		t.Errorf("status %d, %s", status, errs)
	}
	blocks := strings.Split(strings.Trim(text, "\n"), "\n\n")
	if len(blocks) != 4 || strings.Contains(text, "\r") {
		t.Fatalf("%d parts: %q", len(blocks), text)
	}
	if !regexp.MustCompile(`^simulated in [0-9]+h[0-9]+m[0-9.]+s: 0 WorkSpaces requested twice, 0 requests without a free address, 0 calls throttled$`).MatchString(blocks[1]) {
		t.Errorf("%q", blocks[1])
	}
	_, counts, _ := strings.Cut(blocks[1], ": ")
	if got := numbers(counts); !slices.Equal(got, []int{0, 0, 0}) {
		t.Errorf("%v are asked for twice, are without an address, or are throttled", got)
	}
	if n := numbers(strings.SplitN(blocks[2], "\n", 2)[0]); n[0] != len(rep.Results) {
		t.Errorf("%d WorkSpaces, want %d", n[0], len(rep.Results))
	}
	if got, want := len(regexp.MustCompile(`(?m)^ws-`).FindAllString(blocks[3], -1)), len(rep.Results)-rep.Count(runner.Succeeded); got != want {
		t.Errorf("%d WorkSpaces are listed, want %d", got, want)
	}
	_, plan := planned(t)
	if got := strings.Count(blocks[0], "\n") + 1; got != len(plan.Waves) {
		t.Errorf("%d bars of %d waves", got, len(plan.Waves))
	}
	// Without a bound each wave is begun; with one it is not, once more have failed. What is accepted is asked for.
	if n := rep.Count(runner.NotAsked); n > 0 {
		t.Errorf("%d are not asked for", n)
	}
	if bounded := simulated("--budget", "1"); bounded.Count(runner.NotAsked) == 0 {
		t.Error("a bound of one failure does not end the run")
	}
	accepting := simulated("--accept", "migrate.no-snapshot")
	without := func(rep *runner.Report) (n int) {
		for _, r := range rep.Results {
			if r.Outcome == runner.NotReady && strings.Contains(r.Detail, string(migrate.NoSnapshot)) {
				n++
			}
		}
		return n
	}
	if without(rep) == 0 || without(accepting) > 0 {
		t.Errorf("%d without a snapshot are not ready, and %d of those that are accepted", without(rep), without(accepting))
	}
}

// A run with a journal keeps the names of users out of it and of the report if it is told to, goes on with the plan of
// the journal alone unless it may take another, and stops at its bound of failures.
func TestLiveOptions(t *testing.T) {
	dir := t.TempDir()
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	in, plan := planned(t)
	for _, omit := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			service := fleet.New(time.Now)
			for _, w := range in.workspaces {
				fault := fleet.None
				if slices.ContainsFunc(plan.Waves[1], func(m migrate.Migration) bool { return m.WorkspaceID == *w.WorkspaceId }) {
					fault = fleet.Refuse
				}
				service.Add(w, fault)
			}
			for _, m := range slices.Concat(plan.Waves...) {
				service.AddBundle(m.BundleID)
			}
			journal := filepath.Join(t.TempDir(), "journal")
			live := func(answers string, more ...string) (int, string, string) {
				c := command{connect: func(context.Context, string) (runner.API, error) { return service, nil }, now: func() time.Time { return sampleTime }}
				args := append([]string{"run", dir, "--account", "111122223333", "--region", "eu-west-1", "--journal", journal}, more...)
				if omit {
					args = append(args, "--omit-user-names")
				}
				var out, errs bytes.Buffer
				status := cli.Run(c.cobra(), args, strings.NewReader(answers), &out, &errs)
				return status, out.String(), errs.String()
			}
			// Of the second wave every request is refused: 3 failures are permitted, so the third wave is not begun.
			status, out, errs := live("y\ny\ny\n", "--budget", "3")
			if status == exitDone || strings.Count(errs, "[y/N]") != 2 || !strings.Contains(out, "wave   1/21") {
				t.Errorf("omitted %t: status %d, %s%s", omit, status, out, errs)
			}
			text, err := os.ReadFile(journal)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(text)+out, "user0"); got == omit {
				t.Errorf("omitted %t: names of users are there: %t", omit, got)
			}
			status, _, errs = live("", "--undocumented", "allow")
			if status != exitError || strings.Contains(errs, "[y/N]") {
				t.Errorf("another plan: status %d, %s", status, errs)
			}
			if _, _, errs = live("", "--undocumented", "allow", "--new-plan"); !strings.Contains(errs, "[y/N]") {
				t.Errorf("another plan that may be taken: %s", errs)
			}
		})
	}
}

// While Redis is away a worker goes on by the pace that its flag names, and says so, or stops before it has
// asked for anything.
func TestRedisAway(t *testing.T) {
	addr, stop := redistest.Start(t)
	stop()
	server, all := served(t, 1)
	dir := exported(t, "export", all)
	migrations := func() (n int) {
		for _, call := range server.Log() {
			if call.Operation == "MigrateWorkspace" {
				n++
			}
		}
		return n
	}
	run := func(away string) (int, string, string) {
		return live(t.Context(), "y\n", "run", dir, "--journal", filepath.Join(dir, "journal"), "--account", "111122223333", "--accept", "migrate.snapshot-stale", "--redis", "redis://"+addr, "--redis-away", away)
	}
	if status, out, errs := run("stop"); status != exitError || migrations() > 0 || !strings.Contains(errs, "Redis is away") {
		t.Errorf("stop: status %d, %d migrations, %s%s", status, migrations(), out, errs)
	}
	if status, out, errs := run("split=2"); status != exitDone || migrations() != 1 || !strings.Contains(errs, quotaKey+": Redis is away") {
		t.Errorf("split=2: status %d, %d migrations, %s%s", status, migrations(), out, errs)
	}
}

// A simulation on a full disk is an error, and so is one that is told to end before it begins: its report says that nothing is asked for.
func TestSimulationStops(t *testing.T) {
	var errs bytes.Buffer
	c := command{now: func() time.Time { return sampleTime }}
	if status := cli.Run(c.cobra(), []string{"run", "--simulate", "--instant"}, strings.NewReader(""), noRoom{}, &errs); status != exitError || !strings.Contains(errs.String(), "no room") {
		t.Errorf("status %d, %s", status, &errs)
	}
	in, plan := planned(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	rep, err := (&command{stdout: &out, seed: 1}).runSimulated(ctx, plan, in, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", rep, err)
	}
	if rep != nil && rep.Count(runner.Succeeded) > 0 {
		t.Errorf("%d are migrated", rep.Count(runner.Succeeded))
	}
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

// No line is longer than the terminal is wide, with the sample and with IDs as long as those of AWS.
func TestWidth(t *testing.T) {
	lineartest.SkipRace(t)
	dir := t.TempDir()
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{workspacesName, subnetsName, targetsName} {
		file := filepath.Join(dir, name)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for _, letter := range "abcd" {
			text = strings.ReplaceAll(text, fmt.Sprintf(`"subnet-%c"`, letter), fmt.Sprintf(`"subnet-0123456789abcde%c1"`, letter))
		}
		for _, digit := range "1234" {
			text = strings.ReplaceAll(text, fmt.Sprintf(`"key-%c"`, digit), fmt.Sprintf(`"arn:aws:kms:eu-west-1:111122223333:key/%c234abcd-12ab-34cd-56ef-1234567890ab"`, digit))
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, columns := range []int{80, 100, 120, 160} {
		t.Setenv("COLUMNS", fmt.Sprint(columns))
		for _, args := range [][]string{{"plan"}, {"plan", dir}, {"run", "--simulate", "--instant"}} {
			status, out, errs := ask(t, args...)
			if line := longest(out); status != exitRemains || utf8.RuneCountInString(line) > columns || strings.Contains(out, "arn:") {
				t.Errorf("%d columns, %q: status %d %s, %d: %s", columns, args, status, errs, len(line), line)
			}
		}
	}
	t.Setenv("COLUMNS", "160")
	if _, out, _ := ask(t, "plan", dir); !strings.Contains(out, "key/1234abcd…") {
		t.Error("a wide terminal shows no key")
	}
}

// In a simulation a WorkSpace with Value has left it, as the plan wants, and the input is not changed. About one in nine
// migrations has a fault, chosen by the seed.
func TestServiceOfASimulation(t *testing.T) {
	in, plan := planned(t)
	before := fmt.Sprint(in.workspaces[100].WorkspaceProperties.ComputeTypeName, in.workspaces[164].WorkspaceProperties.ComputeTypeName)
	faults, sum := map[uint64]string{}, 0
	const seeds = 60
	for seed := range uint64(seeds) {
		service := newService(func() time.Time { return sampleTime }, plan, in, seed)
		server, err := service.Server()
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for _, region := range server.State().Regions {
			for _, w := range region.Workspaces {
				kept++
				if w.WorkspaceProperties.ComputeTypeName == "VALUE" {
					t.Errorf("%s has Value", *w.WorkspaceId)
				}
			}
		}
		if kept != len(in.workspaces) {
			t.Errorf("%d of %d WorkSpaces", kept, len(in.workspaces))
		}
		n := 0
		for _, f := range service.Config.Faults {
			n += len(f.Workspaces)
			faults[seed] += fmt.Sprint(f.Kind, f.Workspaces)
		}
		sum += n
		if service.Config.Edition != plan.Edition || service.FreeAddresses["subnet-a"] != 9 {
			t.Errorf("edition %s, %v", service.Config.Edition, service.FreeAddresses)
		}
	}
	// Of those that have a fault, it is none, a state or the lack of a snapshot for some, which the server does not know.
	kinds := float64(len(fleet.Faults()))
	if got, want := float64(sum)/float64(seeds*len(in.workspaces)), (kinds-3)/kinds/9; math.Abs(got-want) > want/25 {
		t.Errorf("a share of %.4f has faults, want %.4f", got, want)
	}
	if faults[0] == faults[1] || faults[1] == faults[2] {
		t.Error("each seed chooses the same faults")
	}
	if after := fmt.Sprint(in.workspaces[100].WorkspaceProperties.ComputeTypeName, in.workspaces[164].WorkspaceProperties.ComputeTypeName); after != before {
		t.Errorf("the input has become %s, was %s", after, before)
	}
}

// While Redis is away the log has a line with the key, the reason and the pace by which a run goes on.
func TestLogOfRedis(t *testing.T) {
	var log bytes.Buffer
	p := paces{url: "redis://localhost:1", away: "strict", log: &log}
	w, err := p.pace("111122223333", "eu-west-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
	if got := log.String(); !strings.HasPrefix(got, "wks:111122223333:eu-west-1: Redis is away (") || !strings.HasSuffix(got, "), --redis-away strict\n") || strings.Count(got, "\n") != 1 {
		t.Errorf("%q", got)
	}
}
