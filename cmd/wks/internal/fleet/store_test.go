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
	"github.com/wksgo/wks/migrate"
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

// stopping cancels a run when it has printed a text so many times.
type stopping struct {
	bytes.Buffer
	at    string
	times int
	stop  context.CancelFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	n, err := s.Buffer.Write(p)
	if strings.Count(s.String(), s.at) >= s.times {
		s.stop()
	}
	return n, err
}

// A run in a store that is told to end says where it rests, and goes on from there.
func TestStoredRunRests(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	export := small(t, `{"waveSize": 1, "targets": [{"where": {"operatingSystem": "WINDOWS_SERVER_2019"}, "to": "wsb-0000new1"}]}`)
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	args := []string{"run", export, "--undocumented", "allow", "--simulate", "--speed", "20000", "--seed", "2", "--fleet", "few", "--store", store}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, errs := &stopping{at: "wave   1/2", times: 1, stop: cancel}, new(bytes.Buffer)
	cmd := (&command{now: time.Now}).cobra()
	cmd.SetContext(ctx)
	if status := cli.Run(cmd, args, nil, out, errs); status != exitError || errs.String() != "migrate run: few rests in "+store+": run it again, and it goes on\n" || strings.Contains(out.String(), "wave   2/2") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
	status, again, said := ask(t, args...)
	first, rest, _ := strings.Cut(again, "\n")
	if status != exitDone || said != "" || first != "few goes on: 1 of 2 migrated" || strings.Contains(rest, "wave   1/2") || !strings.Contains(rest, "wave   2/2") || !strings.Contains(rest, "\n2 WorkSpaces\n  succeeded  2\n") {
		t.Errorf("status %d, %s%s", status, said, again)
	}
}

// Status is printed again after each time that is told until it is told to end, and a worker works until then.
func TestUntilItEnds(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleets.db")
	s, err := openStore(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plan := &migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{{WorkspaceID: "ws-000000001", SourceBundleID: "wsb-0000old1", BundleID: "wsb-0000new1", DirectoryID: "d-0123456789", UserName: "u"}}}}
	if err := s.Start(durable.Order{Name: "one", Account: "111122223333", Region: "eu-west-1", Plan: plan}); err != nil {
		t.Fatal(err)
	}
	run := func(times int, args ...string) (status int, printed int, stderr string) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c := &command{now: time.Now, connect: func(context.Context, string) (runner.API, error) {
			cancel() // a worker has taken the fleet
			return nil, errors.New("no AWS here")
		}}
		const at = "one, account 111122223333 in eu-west-1: "
		out, errs := &stopping{at: at, times: times, stop: cancel}, new(bytes.Buffer)
		cmd := c.cobra()
		cmd.SetContext(ctx)
		status = cli.Run(cmd, append(args, "--store", store), nil, out, errs)
		return status, strings.Count(out.String(), at), errs.String()
	}
	for every, times := range map[string]int{"1h": 1, "1ms": 3} {
		if status, printed, errs := run(times, "status", "--watch", every); status != exitDone || printed != times || errs != "" {
			t.Errorf("each %s: status %d, printed %d times, %s", every, status, printed, errs)
		}
	}
	if status, printed, errs := run(1, "work"); status != exitDone || printed != 0 || errs != "" {
		t.Errorf("work: status %d, %s", status, errs)
	}
	if status, out, errs := ask(t, "work", "--store", "sqlite:"+filepath.Join(t.TempDir(), "none", "s.db")); status != exitError || out != "" || !strings.Contains(errs, "no such file") {
		t.Errorf("work nowhere: status %d, %s%s", status, out, errs)
	}
}
