package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/leaktest"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/internal/remote"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// kills is how many processes TestKill kills, and a third of them in the search for races.
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
	leaktest.Main(m)
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
	j, err := runner.OpenJournal(filepath.Join(dir, "journal"))
	if err != nil {
		return err
	}
	clock := remote.Clock(do.URL)
	rep, err := runner.Run(context.Background(), remote.Client(do.URL), do.Plan, j, runner.Options{Clock: clock, Pace: clock, FailureBudget: 1000, PollEvery: 10 * time.Minute})
	return errors.Join(err, j.Close(), json.NewEncoder(os.Stdout).Encode(rep))
}

// killing is a world, its service over HTTP, and a folder for the children.
type killing struct {
	*world
	*remote.Server
	clock *wkstest.Virtual
	dir   string

	mu   sync.Mutex
	kill func() // the child
}

func newKilling(t *testing.T) *killing {
	w, clock := smallWorld()
	server, err := w.service.Server()
	if err != nil {
		t.Fatal(err)
	}
	k := &killing{world: w, Server: remote.New(server, clock), clock: clock, dir: t.TempDir()}
	k.serve(t, k.Server)
	return k
}

// serve lets children call a handler.
func (k *killing) serve(t *testing.T, h http.Handler) {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	text, err := json.Marshal(job{server.URL + remote.Victim, k.plan})
	if err == nil {
		err = os.WriteFile(filepath.Join(k.dir, "job"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
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
	cmd.Env = append(os.Environ(), childOf+"="+k.dir, "GORACE=atexit_sleep_ms=0") // the race detector waits a second at each end
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		t.Skipf("no way to start a process: %v", err)
	}
	var killed atomic.Bool
	k.mu.Lock()
	k.kill = func() {
		killed.Store(true) // first: the process may be gone before the call returns
		cmd.Process.Kill()
	}
	k.mu.Unlock()
	k.Do(killAt, after, k.kill)
	if in > 0 {
		defer time.AfterFunc(in, k.kill).Stop()
	}
	if err = cmd.Wait(); killed.Load() && err != nil {
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
	took, calls := time.Since(start), k.Calls()
	if err := k.check(rep, 0); err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("a run takes %d calls; seed %d", calls, seed)
	r := rand.New(rand.NewPCG(seed, 0))
	done, most, requests := 0, *kills, 0
	if lineartest.Race {
		most /= 3
	}
	for done < most {
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
			requests += k.service.Requests(id)
		}
	}
	t.Logf("%d processes were killed, %d requests, none twice", done, requests)
}

// While one process has a journal no other can open it, and when it was killed the next one
// can.
func TestLockOfAProcess(t *testing.T) {
	k := newKilling(t)
	var second error
	tried := false
	k.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".MigrateWorkspace") && !tried {
			tried = true
			_, second = runner.OpenJournal(k.journal())
			k.mu.Lock()
			k.Do(1, true, k.kill)
			k.mu.Unlock()
		}
		k.ServeHTTP(w, r)
	}))
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
