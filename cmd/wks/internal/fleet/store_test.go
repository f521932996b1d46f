package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// A simulation is killed and run again: it goes on, and ends as one that nobody has killed. Meanwhile other
// commands tell how it stands.
func TestSimulationGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go to build the command with")
	}
	program := filepath.Join(t.TempDir(), "wks")
	if out, err := exec.Command(goTool, "build", "-o", program, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	run := func(args ...string) *exec.Cmd {
		cmd := exec.Command(program, append([]string{"migrate"}, args...)...)
		cmd.Dir = dir
		return cmd
	}
	simulate := []string{"run", "--simulate", "--speed", "20000", "--json", "--edition", "2026-09-10"}
	first := run(simulate...)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	standing := func() (st durable.Status, err error) {
		out, err := run("status", "--json").Output()
		if err == nil {
			err = json.Unmarshal(out, &st)
		}
		return st, err
	}
	var before durable.Status
	for deadline := time.Now().Add(2 * time.Minute); before.Begun < 3; time.Sleep(200 * time.Millisecond) {
		if before, err = standing(); time.Now().After(deadline) {
			t.Fatalf("three waves have not begun in two minutes: %+v, %v", before, err)
		}
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // it was killed
	out, err := run(simulate...).Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitRemains {
		t.Fatalf("%v: %s", err, out)
	}
	var rep runner.Report
	if err := json.Unmarshal(out, &rep); err != nil {
		t.Fatal(err)
	}
	if n := len(rep.Results); n != len(before.Report.Results) || rep.Count(runner.NotAsked)+rep.Count(runner.Following) > 0 || rep.Count(runner.Succeeded) < n*3/4 {
		t.Errorf("of %d: %d succeeded, %d failed, %d not ready, %d not asked, %d in flight", n, rep.Count(runner.Succeeded), rep.Count(runner.Failed), rep.Count(runner.NotReady), rep.Count(runner.NotAsked), rep.Count(runner.Following))
	}
	text, err := os.ReadFile("wks-simulation.db.calls")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]int{}
	for line := range strings.Lines(string(text)) {
		var call simulatedCall
		if err := json.Unmarshal([]byte(line), &call); err != nil {
			t.Fatal(err)
		}
		asked[call.Workspace]++
	}
	for id, n := range asked {
		if n > 3 { // the fault that throttles does so twice
			t.Errorf("%s was asked for %d times", id, n)
		}
	}
	if status, out, errs := ask(t, "report"); status != exitRemains || errs != "" || !strings.Contains(out, "succeeded") {
		t.Errorf("report: status %d, %s%s", status, out, errs)
	}
	if status, out, errs := ask(t, "status"); status != exitDone || errs != "" || !strings.Contains(out, "ended") {
		t.Errorf("status: status %d, %s%s", status, out, errs)
	}
	for _, args := range [][]string{{"pause"}, {"resume"}, {"stop"}, {"status", "--fleet", "none"}, {"status", "--store", "nowhere"}} {
		if status, _, errs := ask(t, args...); status != exitError || errs == "" {
			t.Errorf("%q: status %d, %s", args, status, errs)
		}
	}
}

// A fleet of a store is asked about once, and rests without a yes.
func TestStoreAsks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "export")
	if status, _, errs := ask(t, "sample", dir); status != exitDone {
		t.Fatal(errs)
	}
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	status, _, errs := ask(t, "run", dir, "--store", store, "--account", "111122223333", "--region", "eu-west-1")
	if status != exitError || !strings.Contains(errs, "no AWS here") {
		t.Errorf("without AWS: status %d, %s", status, errs)
	}
	c := command{connect: func(context.Context, string) (runner.API, error) { return nil, nil }, now: func() time.Time { return sampleTime }}
	if status, errs := c.answer(t, "", "run", dir, "--store", store, "--account", "111122223333", "--region", "eu-west-1"); status != exitError || !strings.Contains(errs, "Go on? [y/N]") || !strings.Contains(errs, "not approved") {
		t.Errorf("without a yes: status %d, %s", status, errs)
	}
	if status, _, errs := ask(t, "status", "--store", store); status != exitError || !strings.Contains(errs, "no fleet") {
		t.Errorf("status %d, %s", status, errs)
	}
}

// answer runs a command to which somebody answers.
func (c *command) answer(t *testing.T, answers string, args ...string) (status int, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = cli.Run(c.cobra(), args, strings.NewReader(answers), &out, &errs)
	return status, errs.String()
}
