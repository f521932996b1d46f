package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/redis/go-redis/v9"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/redistest"
	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/redisquota"
	"github.com/wksgo/wks/wkstest"
)

// Status is printed again after each time that is told until it is told to end, and once if no time is told. A worker works until it is told to end.
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
	if status, printed, errs := run(2, "status"); status != exitDone || printed != 1 || errs != "" {
		t.Errorf("status %d, printed %d times, %s", status, printed, errs)
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

// A command takes the only fleet of a store, and of several the one that is named. What it is asked to do it does to
// that one.
func TestFleetOfAStore(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleets.db")
	s, err := openStore(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plan := &migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{{WorkspaceID: "ws-000000001", SourceBundleID: "wsb-0000old1", BundleID: "wsb-0000new1", DirectoryID: "d-0123456789", UserName: "u"}}}}
	start := func(name string) {
		t.Helper()
		if err := s.Start(durable.Order{Name: name, Account: "111122223333", Region: "eu-west-1", Plan: plan}); err != nil {
			t.Fatal(err)
		}
	}
	phase := func(name string) durable.Phase {
		t.Helper()
		st, err := s.Status(name)
		if err != nil {
			t.Fatal(err)
		}
		return st.Phase
	}
	if status, _, errs := ask(t, "pause", "--store", store); status != exitError || errs == "" {
		t.Errorf("no fleet: status %d, %s", status, errs)
	}
	start("one")
	if status, _, errs := ask(t, "pause", "--store", store); status != exitDone || phase("one") != durable.Paused {
		t.Errorf("the only fleet: status %d, %s, %s", status, errs, phase("one"))
	}
	start("two")
	if status, _, errs := ask(t, "pause", "--store", store); status != exitError || !strings.Contains(errs, "one") || !strings.Contains(errs, "two") {
		t.Errorf("one of two: status %d, %s", status, errs)
	}
	before := phase("two")
	if status, _, errs := ask(t, "resume", "--store", store, "--fleet", "one"); status != exitDone || phase("one") == durable.Paused || phase("two") != before {
		t.Errorf("status %d, %s: %s and %s", status, errs, phase("one"), phase("two"))
	}
	for _, name := range []string{"status", "report", "pause", "resume", "stop"} {
		if status, out, errs := ask(t, name, "--store", store, "--fleet", "none"); status != exitError || out != "" || errs == "" {
			t.Errorf("%s of no fleet: status %d, %s%s", name, status, out, errs)
		}
	}
	for _, args := range [][]string{{"status"}, {"status", "--json"}, {"report"}, {"report", "--json"}} {
		var errs bytes.Buffer
		if status := cli.Run((&command{}).cobra(), append(args, "--store", store, "--fleet", "two"), nil, noRoom{}, &errs); status != exitError || errs.Len() == 0 {
			t.Errorf("%q on a full disk: status %d, %s", args, status, errs.String())
		}
	}
	// A fleet that runs has a yes. One that rests is asked about again.
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	run := func(name string, more ...string) bool {
		c := command{connect: func(context.Context, string) (runner.API, error) { return nil, nil }, now: func() time.Time { return sampleTime }}
		status, errs := c.answer(t, "", append([]string{"run", export, "--undocumented", "allow", "--store", store, "--fleet", name, "--account", "111122223333", "--region", "eu-west-1"}, more...)...)
		if status != exitError { // it runs by another order, or there is no yes
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
		return strings.Contains(errs, "[y/N]")
	}
	if run("one") || run("one", "--yes") {
		t.Error("a fleet that waits for a worker is asked about")
	}
	if err := s.Pause("one"); err != nil {
		t.Fatal(err)
	}
	if !run("one") || !run("three") {
		t.Error("a fleet that rests, or is new, is not asked about")
	}
	for _, as := range [][]string{nil, {"--json"}} {
		if status, out, errs := ask(t, append([]string{"report", "--store", store, "--fleet", "two"}, as...)...); status != exitRemains || errs != "" || !strings.Contains(out, "ws-000000001") || strings.HasPrefix(out, "{") != (as != nil) {
			t.Errorf("report %q: status %d, %s%s", as, status, errs, out)
		}
		if status, out, errs := ask(t, append([]string{"status", "--store", store, "--fleet", "two"}, as...)...); status != exitDone || errs != "" || !strings.Contains(out, "111122223333") || strings.HasPrefix(out, "{") != (as != nil) {
			t.Errorf("status %q: status %d, %s%s", as, status, errs, out)
		}
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
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 || openFiles(f) > 0 {
			t.Errorf("%s: %v, %v, and it is open %d times", f, info, err, openFiles(f))
		}
	}
	if status, out, errs := ask(t, "report", "--store", "sqlite:"+file); status != exitDone || errs != "" || len(numbers(out)) == 0 {
		t.Errorf("report: status %d, %s%s", status, errs, out)
	}
	// There is nothing to watch any more.
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, errs := &stopping{at: "few, account 111122223333 in eu-west-1: ended\n", times: 2, stop: cancel}, new(bytes.Buffer)
	cmd := (&command{}).cobra()
	cmd.SetContext(ctx)
	if status := cli.Run(cmd, []string{"status", "--watch", "1ms", "--store", "sqlite:" + file}, nil, out, errs); status != exitDone || errs.Len() > 0 || strings.Count(out.String(), out.at) != 1 {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
}

// A simulation is killed and run again: it goes on, and ends as one that nobody has killed. Meanwhile other
// commands tell how it stands.
func TestSimulationGoesOn(t *testing.T) {
	lineartest.SkipRace(t) // it runs another program
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

// A store in a folder that is not there, and one that is closed, are errors; so is a simulation whose calls are none.
func TestStoresThatDoNotOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "none", "fleets.db")
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	for _, args := range [][]string{{"status"}, {"run", export, "--simulate"}, {"work"}} {
		if status, out, errs := ask(t, append(args, "--store", "sqlite:"+file)...); status != exitError || out != "" || !strings.Contains(errs, file) {
			t.Errorf("%q: status %d, %s%s", args, status, errs, out)
		}
	}
	file = filepath.Join(t.TempDir(), "fleets.db")
	s, err := openStore(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if name, err := onlyFleet(s); name != "" || err == nil || err.Error() != "the store has no fleet: start one with run" {
		t.Errorf("%q, %v", name, err)
	}
	plan := &migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{{{WorkspaceID: "ws-000000001", SourceBundleID: "wsb-0000old1", BundleID: "wsb-0000new1", DirectoryID: "d-0123456789", UserName: "u"}}}}
	for i, want := range []string{"one", ""} {
		if err := s.Start(durable.Order{Name: []string{"one", "two"}[i], Account: "111122223333", Region: "eu-west-1", Plan: plan}); err != nil {
			t.Fatal(err)
		}
		name, err := onlyFleet(s)
		if name != want || (err == nil) != (want != "") || err != nil && err.Error() != "the store has several fleets: name one with --fleet, one, two" {
			t.Errorf("%q, %v", name, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if name, err := onlyFleet(s); name != "" || err == nil {
		t.Errorf("%q, %v", name, err)
	}
	if err := os.WriteFile(file+".calls", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, errs := ask(t, "run", export, "--simulate", "--store", "sqlite:"+file); status != exitError || out != "" || !strings.Contains(errs, file+".calls: line 1: ") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
}

// A worker writes what becomes of the fleet of a store, and lets go of Redis when it is told to end.
func TestWorkerTells(t *testing.T) {
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
	service := fleet.New(time.Now, "wsb-0000new1") // which has no WorkSpaces
	c := &command{now: time.Now, connect: func(context.Context, string) (runner.API, error) { return service, nil }}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, errs := &stopping{at: " ws-000000001", times: 1, stop: cancel}, new(bytes.Buffer)
	cmd := c.cobra()
	cmd.SetContext(ctx)
	status := cli.Run(cmd, []string{"work", "--store", store, "--redis", "redis://localhost:1", "--redis-away", "strict"}, nil, out, errs)
	if !regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} skipped ws-000000001 .*\n$`).MatchString(out.String()) || status != exitDone {
		t.Errorf("status %d, %q, %s", status, out, errs)
	}
	if c.paces.client == nil || !errors.Is(c.paces.client.Ping(t.Context()).Err(), redis.ErrClosed) {
		t.Error("the client of Redis is open")
	}
}

// A run in a store that an error ends prints its report and the error. Run again with a greater bound, it goes on: its bars have what was
// done before.
func TestStoredRunFails(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}, {"from": "wsb-0000old2", "to": "wsb-0000new1"}]}`)
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	clock := &fastClock{start: sampleTime, began: time.Now(), speed: 100_000}
	service := fleet.New(clock.Now, "wsb-0000new1")
	for i, fault := range []fleet.Fault{fleet.None, fleet.Refuse, fleet.None} {
		id, bundle := fmt.Sprintf("ws-%08d", i+1), []string{"wsb-0000old1", "wsb-0000old1", "wsb-0000old2"}[i]
		service.Add(types.Workspace{WorkspaceId: aws.String(id), BundleId: aws.String(bundle), DirectoryId: aws.String("d-0123456789"), UserName: aws.String(id), SubnetId: aws.String("subnet-1"), State: types.WorkspaceStateAvailable}, fault)
	}
	run := func(more ...string) (status int, stdout, stderr string) {
		c := command{now: func() time.Time { return sampleTime }, options: runner.Options{Clock: clock},
			connect: func(context.Context, string) (runner.API, error) { return service, nil },
			paces:   paces{of: map[string]throttle.Waiter{"wks:111122223333:eu-west-1": clock}}}
		var out, errs bytes.Buffer
		status = cli.Run(c.cobra(), append([]string{"run", export, "--undocumented", "allow", "--store", store, "--fleet", "few", "--yes", "--account", "111122223333", "--region", "eu-west-1"}, more...), nil, &out, &errs)
		return status, out.String(), errs.String()
	}
	status, out, errs := run()
	if status != exitError || !strings.Contains(errs, runner.ErrBudget.Error()) || !strings.Contains(out, "\n3 WorkSpaces\n  failed, refused  1\n  not-asked        1\n  succeeded        1\n") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
	status, out, errs = run("--budget", "1")
	if bar := "wave   1/1 [##x" + strings.Repeat(" ", 22) + "]  2 of  3 migrated, 1 failed, 0 skipped\n"; status != exitRemains || errs != "" || !strings.HasPrefix(out, "few goes on: 1 of 3 migrated\n"+bar) {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
}

// Three workers of one account and Region share its quota on Redis: one with a store, one with a journal, and one
// that runs what others have started. No call is throttled.
func TestSharedQuota(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	addr, _ := redistest.Start(t)
	server, all := served(t, 9)
	shared := []string{"--redis", "redis://" + addr}
	run := append([]string{"--json", "--account", "111122223333", "--accept", "migrate.snapshot-stale"}, shared...)
	check := func(rep *runner.Report, err error) {
		if err != nil || len(rep.Results) != 3 || rep.Count(runner.Succeeded) != 3 {
			t.Errorf("%+v, %v", rep, err)
		}
	}

	store := "sqlite:" + filepath.Join(t.TempDir(), "work.db")
	s, err := openStore(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plan := &migrate.Plan{Edition: migrate.Newest().Edition(), Waves: [][]migrate.Migration{nil}}
	for _, w := range all[6:] {
		plan.Waves[0] = append(plan.Waves[0], migrate.Migration{WorkspaceID: *w.WorkspaceId, SourceBundleID: oldPublic, BundleID: newPublic, DirectoryID: *w.DirectoryId, UserName: *w.UserName})
	}
	if err := s.Start(durable.Order{Name: "fleet", Account: "111122223333", Region: awstest.Region, Plan: plan, Accept: []rule.Code{migrate.SnapshotStale}}); err != nil {
		t.Fatal(err)
	}

	var workers sync.WaitGroup
	for n, more := range [][]string{
		{"run", exported(t, "stored", all[:3]), "--yes", "--store", "sqlite:" + filepath.Join(t.TempDir(), "run.db")},
		{"run", exported(t, "kept", all[3:6]), "--journal", filepath.Join(t.TempDir(), "journal")},
	} {
		workers.Go(func() {
			status, out, errs := live(t.Context(), "y\n", append(more, run...)...)
			var rep runner.Report
			err := json.Unmarshal([]byte(out), &rep)
			if check(&rep, err); status != exitDone {
				t.Errorf("worker %d: status %d, %s", n, status, errs)
			}
		})
	}
	working, end := context.WithCancel(t.Context())
	workers.Go(func() {
		if status, _, errs := live(working, "", append([]string{"work", "--store", store}, shared...)...); status != exitDone || errs != "" {
			t.Errorf("work: status %d, %s", status, errs)
		}
	})
	st, err := s.Wait(t.Context(), "fleet", 200*time.Millisecond)
	end()
	if err != nil {
		t.Fatal(err)
	}
	check(st.Report, nil)
	workers.Wait()

	if n := server.Count(wkstest.Throttling); n > 0 {
		t.Errorf("%d calls were throttled", n)
	}
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	if q, err := redisquota.Read(t.Context(), client, quotaKey); err != nil || q.Quota != throttle.Strict() || len(q.Processes) != 3 {
		t.Errorf("%+v, %v", q, err)
	}
}

// A fleet whose name is none is not begun, and nobody is asked about it.
func TestNameThatIsNone(t *testing.T) {
	export := small(t, `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}]}`)
	c := command{connect: func(context.Context, string) (runner.API, error) { return nil, nil }, now: func() time.Time { return sampleTime }}
	store := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	if status, errs := c.answer(t, "y\n", "run", export, "--store", store, "--fleet", "a/b", "--account", "111122223333", "--region", "eu-west-1"); status != exitError || !strings.Contains(errs, "is not 1 to 64 letters") || strings.Contains(errs, "[y/N]") {
		t.Errorf("status %d, %s", status, errs)
	}
}
