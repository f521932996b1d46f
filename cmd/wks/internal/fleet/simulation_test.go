package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
)

// planned is the sample with its plan.
func planned(t *testing.T) (*input, *migrate.Plan) {
	t.Helper()
	in, err := readExport(migrate.Newest(), sampleFiles().read, sampleTime)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := migrate.Newest().NewPlan(in.fleet, in.targets, in.limits)
	if err != nil {
		t.Fatal(err)
	}
	return in, plan
}

// The file of a simulation is read up to its bound.
func TestSimulationIsBounded(t *testing.T) {
	in, plan := planned(t)
	name := filepath.Join(t.TempDir(), "calls")
	first := `{"at":"2026-09-09T18:00:00Z","began":"2026-09-09T18:00:00Z","speed":1}` + "\n"
	text := first + `{"at":"2026-09-09T18:00:01Z","workspace":"` + strings.Repeat("x", 100_000) + `"}` + "\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	before := maxSimulation
	t.Cleanup(func() { maxSimulation = before })
	for most, want := range map[int64]bool{int64(len(text)): true, int64(len(text)) - 1: false} {
		maxSimulation = most
		s, err := openSimulation(name, &command{}, plan, in)
		if (err == nil) != want || err != nil && !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%d of %d bytes: %v", most, len(text), err)
		}
		if err == nil {
			s.close()
		}
	}
}

// A clock of a speed is so many times as fast as the wall, and a pace of two calls a second of its own time.
func TestFastClock(t *testing.T) {
	for _, speed := range []float64{1, 2, 600} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			c := &fastClock{start: sampleTime, began: began, speed: speed}
			wall := func(d time.Duration) time.Duration { return time.Duration(float64(d) / speed) }
			if got := c.Now(); !got.Equal(sampleTime) {
				t.Errorf("%v at the start", got)
			}
			if err := c.Sleep(t.Context(), time.Hour); err != nil || time.Since(began) != wall(time.Hour) || !c.Now().Equal(sampleTime.Add(time.Hour)) {
				t.Errorf("an hour takes %v, and then it is %v: %v", time.Since(began), c.Now(), err)
			}
			for range 2 {
				if err := c.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if got := c.Now().Sub(sampleTime); got.Round(time.Microsecond) != time.Hour+time.Second {
				t.Errorf("two calls take until %v", got)
			}
		})
	}
}

// A file of a simulation remembers when and how it began, and each request. Whoever opens it again, with other flags,
// finds the service as it was, at the time that has come meanwhile.
func TestSimulationRemembers(t *testing.T) {
	in, plan := planned(t)
	name := filepath.Join(t.TempDir(), "calls")
	first, second := plan.Waves[0][0], plan.Waves[0][1]
	migrated := func(s *simulation, m migrate.Migration) error {
		_, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String(m.WorkspaceID), BundleId: aws.String(m.BundleID)})
		return err
	}
	synctest.Test(t, func(t *testing.T) {
		s, err := openSimulation(name, &command{speed: 3600, seed: 99}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		before := []int{s.Requests(first.WorkspaceID), s.Requests(second.WorkspaceID)}
		answered := migrated(s, first)
		time.Sleep(time.Second)
		at := s.clock.Now()
		if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{}); err == nil {
			t.Error("a request without a WorkSpace is accepted")
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(before, []int{0, 0}) || !at.Equal(sampleTime.Add(time.Hour)) {
			t.Errorf("%v requests at the start, %v", before, at)
		}
		if err := migrated(s, second); err == nil || s.Requests(second.WorkspaceID) != 0 {
			t.Errorf("what cannot be remembered is asked for: %v", err)
		}

		time.Sleep(time.Second)
		again, err := openSimulation(name, &command{speed: 1, seed: 1}, plan, in)
		if err != nil {
			t.Fatal(err)
		}
		defer again.close()
		if got := again.clock.Now(); !got.Equal(sampleTime.Add(2 * time.Hour)) {
			t.Errorf("it goes on at %v", got)
		}
		if n, m := again.Requests(first.WorkspaceID), again.Requests(second.WorkspaceID); n != 1 || m != 0 {
			t.Errorf("%d and %d requests, want 1 and 0", n, m)
		}
		accepted := 0
		if answered == nil {
			accepted = 1
		}
		if got := again.Accepted(first.WorkspaceID); got != accepted {
			t.Errorf("%d accepted, and the first answer was %v", got, answered)
		}
		// The request was made when the simulation began, so its migration is over, and not pending.
		out, err := again.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: again.Targets()})
		if err != nil || len(again.Targets()) != 1 || len(out.Workspaces) != 1 || out.Workspaces[0].State == "PENDING" {
			t.Errorf("targets %v, %+v, %v", again.Targets(), out, err)
		}
		if w := again.worker(); w.Options.Clock != again.clock || w.Options.Pace != again.clock || w.Beat != time.Second {
			t.Errorf("%+v", w)
		} else if api, err := w.Connect(t.Context(), "", ""); api != again || err != nil {
			t.Errorf("%v, %v", api, err)
		}
	})
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var calls []simulatedCall
	for line := range strings.Lines(string(text)) {
		var c simulatedCall
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		calls = append(calls, c)
	}
	if len(calls) != 2 || calls[0].Speed != 3600 || calls[0].Seed != 99 || calls[1].Workspace != first.WorkspaceID || calls[1].Bundle != first.BundleID {
		t.Errorf("%s", text)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: the file names WorkSpaces, and is for its owner alone", info.Mode(), err)
	}
}

// A file that no simulation has written is an error that names the file and the line.
func TestSimulationOfAnotherFile(t *testing.T) {
	in, plan := planned(t)
	for text, line := range map[string]string{"{": "line 1", "{}\n{\"at\": 1}\n": "line 2", "{}\n" + strings.Repeat("x", 1<<17): ""} {
		name := filepath.Join(t.TempDir(), "calls")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := openSimulation(name, &command{speed: 1}, plan, in); s != nil || err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), line) {
			t.Errorf("%.20q: %v, %v", text, s, err)
		}
	}
	if s, err := openSimulation(filepath.Join(t.TempDir(), "none", "calls"), &command{speed: 1}, plan, in); s != nil || err == nil {
		t.Errorf("%v, %v", s, err)
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

// The sample is what its text says: so many WorkSpaces of each line, each with another ID and user, and with the volumes,
// key and state of its line.
func TestSampleIsItsText(t *testing.T) {
	in, _ := planned(t)
	ids, users, at := map[string]bool{}, map[string]bool{}, 0
	for line := range strings.Lines(sampleText) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		count, err := strconv.Atoi(f[0])
		if err != nil {
			t.Fatal(err)
		}
		key := f[3]
		if key == "-" {
			key = ""
		}
		for range count {
			w := in.workspaces[at]
			root, user := aws.ToBool(w.RootVolumeEncryptionEnabled), aws.ToBool(w.UserVolumeEncryptionEnabled)
			if *w.BundleId != bundleID(f[1]) || *w.SubnetId != f[2] || string(w.State) != f[5] || root != (f[4] == "2") || user != (f[4] != "0") || aws.ToString(w.VolumeEncryptionKey) != key {
				t.Errorf("%s: %+v", line, w)
			}
			ids[*w.WorkspaceId], users[*w.UserName] = true, true
			at++
		}
	}
	if at != len(in.workspaces) || len(ids) != at || len(users) != at {
		t.Errorf("%d WorkSpaces, %d of the text, %d IDs, %d users", len(in.workspaces), at, len(ids), len(users))
	}
}

// What a simulation prints is its report: how many WorkSpaces there are, and how each outcome is counted. No WorkSpace is
// asked about twice, and none without a free address.
func TestSimulationText(t *testing.T) {
	lineartest.SkipRace(t)
	t.Setenv("COLUMNS", "160")
	simulated := func(more ...string) (*runner.Report, string) {
		t.Helper()
		args := append([]string{"run", "--simulate", "--instant", "--edition", "2026-09-10", "--seed", "5"}, more...)
		status, text, errs := ask(t, args...)
		if jsonStatus, out, jsonErrs := ask(t, append(args, "--json")...); status != jsonStatus || errs != jsonErrs {
			t.Errorf("%q: status %d and %d, %s%s", more, status, jsonStatus, errs, jsonErrs)
		} else {
			var rep runner.Report
			if err := json.Unmarshal([]byte(out), &rep); err != nil {
				t.Fatal(err)
			}
			return &rep, text
		}
		return nil, ""
	}
	rep, text := simulated()
	blocks := strings.Split(strings.Trim(text, "\n"), "\n\n")
	if len(blocks) != 4 {
		t.Fatalf("%d parts", len(blocks))
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
	if bounded, _ := simulated("--budget", "1"); bounded.Count(runner.NotAsked) == 0 {
		t.Error("a bound of one failure does not end the run")
	}
	accepting, _ := simulated("--accept", "migrate.no-snapshot")
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

// A simulation in a store ends, tells its bars and its report, and keeps what it asked for. Run again, it goes on from
// there and asks for nothing twice.
func TestStoredSimulation(t *testing.T) {
	t.Setenv("COLUMNS", "160")
	export := small(t, `{"targets": [{"where": {"operatingSystem": "WINDOWS_SERVER_2019"}, "to": "wsb-0000new1"}]}`)
	file := filepath.Join(t.TempDir(), "fleet.db")
	args := []string{"run", export, "--undocumented", "allow", "--simulate", "--speed", "100000", "--seed", "2", "--fleet", "few", "--store", "sqlite:" + file}
	for i, more := range [][]string{{}, {"--json"}, {}} {
		status, out, errs := ask(t, append(args, more...)...)
		if status != exitDone || errs != "" {
			t.Fatalf("run %d: status %d, %s%s", i, status, out, errs)
		}
		switch i {
		case 1:
			var rep runner.Report
			if err := json.Unmarshal([]byte(out), &rep); err != nil || len(rep.Results) != 2 || rep.Count(runner.Succeeded) != 2 {
				t.Errorf("%s, %v", out, err)
			}
		default:
			if got := strings.HasPrefix(out, "few "); got != (i > 0) || strings.Contains(out, "[##") != (i == 0) {
				t.Errorf("run %d: %s", i, out)
			}
		}
	}
	text, err := os.ReadFile(file + ".calls")
	if err != nil || strings.Count(string(text), `"workspace"`) != 2 {
		t.Errorf("%s, %v", text, err)
	}
	for _, f := range []string{file, file + ".calls"} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info, err)
		}
	}
	for _, more := range [][]string{{"report"}, {"status", "--watch", "1h"}} {
		if status, out, errs := ask(t, append(more, "--store", "sqlite:"+file)...); status != exitDone || errs != "" || len(numbers(out)) == 0 {
			t.Errorf("%q: status %d, %s%s", more, status, out, errs)
		}
	}
}

// Of WorkSpaces those are counted of which more than one request was accepted.
func TestAskedTwice(t *testing.T) {
	accepted := map[string]int{"ws-0": 0, "ws-1": 1, "ws-2": 2, "ws-3": 3}
	var list []types.Workspace
	for id := range accepted {
		list = append(list, types.Workspace{WorkspaceId: &id})
	}
	if n := askedTwice(list, func(id string) int { return accepted[id] }); n != 2 {
		t.Errorf("%d, want 2", n)
	}
}
