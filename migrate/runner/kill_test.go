package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/migratetest"
	"github.com/wksgo/wks/migrate/runner"
)

// kills is how many processes TestKill kills.
var kills = flag.Int("kills", 30, "kill so many processes")

// childOf names the folder of the process that TestKill starts: this program again.
const childOf = "WKS_RUNNER_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childOf); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// A job is what a child does.
type job struct {
	URL  string
	Plan *migrate.Plan
}

// child runs the plan in a folder with the journal there and the SDK's own client, and prints
// the report.
func child(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "job"))
	if err != nil {
		return err
	}
	var do job
	if err := json.Unmarshal(text, &do); err != nil {
		return err
	}
	client := workspaces.New(workspaces.Options{
		BaseEndpoint: &do.URL, Region: "eu-west-1",
		Credentials: staticCredentials{AccessKeyID: "AKID", SecretAccessKey: "secret", AccountID: "111122223333"},
	})
	j, err := runner.OpenJournal(filepath.Join(dir, "journal"))
	if err != nil {
		return err
	}
	clock := remoteClock(do.URL)
	rep, err := runner.Run(context.Background(), client, do.Plan, j, runner.Options{Clock: clock, Pace: clock, FailureBudget: 1000, PollEvery: 10 * time.Minute})
	return errors.Join(err, j.Close(), json.NewEncoder(os.Stdout).Encode(rep))
}

// A remoteClock is that of the process which has the service.
type remoteClock string

func (c remoteClock) ask(path string) (time.Time, error) {
	var now time.Time
	resp, err := http.Get(string(c) + path)
	if err == nil {
		err = errors.Join(json.NewDecoder(resp.Body).Decode(&now), resp.Body.Close())
	}
	return now, err
}

func (c remoteClock) Now() time.Time {
	now, err := c.ask("/clock")
	if err != nil {
		panic(err)
	}
	return now
}

func (c remoteClock) Sleep(_ context.Context, d time.Duration) error {
	_, err := c.ask("/clock?sleep=" + strconv.FormatInt(int64(d), 10))
	return err
}

func (c remoteClock) Wait(ctx context.Context) error { return c.Sleep(ctx, time.Second/2) }

// A remote is WorkSpaces and a clock over HTTP. It calls kill at a call: before it is served,
// or after, so that the answer is lost.
type remote struct {
	service *migratetest.Service
	clock   *migratetest.Clock

	mu     sync.Mutex
	calls  int
	killAt int // 0 is never
	after  bool
	kill   func()
}

func (s *remote) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	dies := s.calls == s.killAt
	if dies && !s.after {
		s.kill()
		panic(http.ErrAbortHandler)
	}
	status, answer := s.serve(r)
	if dies {
		s.kill()
	}
	if dies || answer == nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// serve returns nil for an answer that is lost.
func (s *remote) serve(r *http.Request) (status int, answer any) {
	ctx := context.Background() // what has arrived is done, though nobody waits for it
	if r.URL.Path == "/clock" {
		d, _ := strconv.ParseInt(r.URL.Query().Get("sleep"), 10, 64)
		_ = s.clock.Sleep(ctx, time.Duration(d))
		return http.StatusOK, s.clock.Now()
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, nil
	}
	read := func(in any) { err = json.Unmarshal(body, in) }
	switch _, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); operation {
	case "MigrateWorkspace":
		var in workspaces.MigrateWorkspaceInput
		var out *workspaces.MigrateWorkspaceOutput
		if read(&in); err == nil {
			out, err = s.service.MigrateWorkspace(ctx, &in, func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} })
		}
		if err == nil {
			answer = map[string]any{"SourceWorkspaceId": out.SourceWorkspaceId, "TargetWorkspaceId": out.TargetWorkspaceId}
		}
	case "DescribeWorkspaces":
		var in workspaces.DescribeWorkspacesInput
		var out *workspaces.DescribeWorkspacesOutput
		if read(&in); err == nil {
			out, err = s.service.DescribeWorkspaces(ctx, &in)
		}
		if err == nil {
			answer = map[string]any{"Workspaces": out.Workspaces}
		}
	case "DescribeWorkspaceSnapshots":
		var in workspaces.DescribeWorkspaceSnapshotsInput
		var out *workspaces.DescribeWorkspaceSnapshotsOutput
		if read(&in); err == nil {
			out, err = s.service.DescribeWorkspaceSnapshots(ctx, &in)
		}
		if err == nil {
			list := []map[string]int64{}
			for _, snapshot := range out.RebuildSnapshots {
				list = append(list, map[string]int64{"SnapshotTime": snapshot.SnapshotTime.Unix()})
			}
			answer = map[string]any{"RebuildSnapshots": list}
		}
	}
	var coded interface{ ErrorCode() string }
	if errors.As(err, &coded) {
		return http.StatusBadRequest, map[string]string{"__type": coded.ErrorCode(), "message": "m"}
	}
	return http.StatusOK, answer
}

// killing is a world, its service over HTTP, and a folder for the children.
type killing struct {
	*world
	*remote
	dir string
}

func newKilling(t *testing.T) *killing {
	w, clock := smallWorld()
	k := &killing{w, &remote{service: w.service, clock: clock}, t.TempDir()}
	server := httptest.NewServer(k.remote)
	t.Cleanup(server.Close)
	text, err := json.Marshal(job{server.URL, w.plan})
	if err == nil {
		err = os.WriteFile(filepath.Join(k.dir, "job"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *killing) journal() string { return filepath.Join(k.dir, "journal") }

// child runs one that is killed at a call, or after a time if that is not 0. The report is
// nil if it was killed.
func (k *killing) child(t *testing.T, killAt int, after bool, in time.Duration) *runner.Report {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Skipf("no way to start a process: %v", err)
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childOf+"="+k.dir)
	cmd.Stdout, cmd.Stderr = &out, &errs
	k.mu.Lock()
	k.calls, k.killAt, k.after = 0, killAt, after
	killed := false
	k.kill = func() { killed = cmd.Process.Kill() == nil }
	err = cmd.Start()
	k.mu.Unlock()
	if err != nil {
		t.Skipf("no way to start a process: %v", err)
	}
	if in > 0 {
		defer time.AfterFunc(in, func() {
			k.mu.Lock()
			defer k.mu.Unlock()
			k.kill()
		}).Stop()
	}
	err = cmd.Wait()
	k.mu.Lock()
	defer k.mu.Unlock()
	if killed && err != nil {
		return nil
	}
	var rep runner.Report
	if err != nil || json.Unmarshal(out.Bytes(), &rep) != nil {
		t.Fatalf("%v: %s%s", err, &out, &errs)
	}
	return &rep
}

// Processes are killed with SIGKILL while they run a plan against a service that goes on: at
// any of their calls, before it is served or before it is answered, and at any time. What is
// left to the last one it does, and nothing is requested twice.
func TestKill(t *testing.T) {
	k := newKilling(t)
	start := time.Now()
	rep := k.child(t, 0, false, 0)
	took, calls := time.Since(start), k.calls
	if err := k.check(rep, 0); err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("a run takes %d calls; seed %d", calls, seed)
	r := rand.New(rand.NewPCG(seed, 0))
	done, requests := 0, 0
	for done < *kills {
		k := newKilling(t)
		deaths := 0
		for range 1 + r.IntN(3) {
			switch r.IntN(3) {
			case 0:
				rep = k.child(t, 0, false, time.Duration(r.Int64N(int64(took))))
			default:
				rep = k.child(t, 1+r.IntN(calls), r.IntN(2) == 0, 0)
			}
			if rep == nil {
				deaths++
			}
			if err := k.clock.Sleep(t.Context(), time.Duration(r.IntN(100))*time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		rep = k.child(t, 0, false, 0)
		if err := k.check(rep, deaths); err != nil {
			text, _ := os.ReadFile(k.journal())
			t.Fatalf("after %d kills: %v\n%s", deaths, err, text)
		}
		done += deaths
		for id := range k.faults {
			requests += k.world.service.Requests(id)
		}
	}
	t.Logf("%d processes were killed, %d requests, none twice", done, requests)
}

// While one process has a journal no other can open it, and when it was killed the next one
// can.
func TestLockOfAProcess(t *testing.T) {
	k := newKilling(t)
	var second error
	k.remote.killAt = 0
	tried := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".MigrateWorkspace") && !tried {
			tried = true
			_, second = runner.OpenJournal(k.journal())
			k.mu.Lock()
			k.killAt, k.after = k.calls+1, true
			k.mu.Unlock()
		}
		k.remote.ServeHTTP(w, r)
	}))
	defer server.Close()
	text, err := json.Marshal(job{server.URL, k.plan})
	if err == nil {
		err = os.WriteFile(filepath.Join(k.dir, "job"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if rep := k.child(t, 0, false, 0); rep != nil {
		t.Fatal("it was not killed")
	}
	if kind, _ := trouble(second); kind != runner.Locked {
		t.Errorf("two processes have the journal: %v", second)
	}
	j, err := runner.OpenJournal(k.journal())
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := k.check(k.child(t, 0, false, 0), 1); err != nil {
		t.Error(err)
	}
}
