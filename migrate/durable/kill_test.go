//go:build unix

package durable_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/leaktest"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/internal/remote"
	"github.com/wksgo/wks/migrate/runner"
)

// kills is how many workers TestKill kills, for each kind of store, and a third of them in the search for races.
var kills = flag.Int("kills", 12, "kill so many workers")

// childOf is the environment's name of the job of a process that a test starts: this program again.
const childOf = "WKS_DURABLE_TEST_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childOf); job != "" {
		if err := child(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	leaktest.Main(m)
}

// A job is what a child does: it works on a store, with a service and a clock over HTTP.
type job struct {
	Store, Service string
	Beat           time.Duration
}

func child(text string) error {
	var do job
	if err := json.Unmarshal([]byte(text), &do); err != nil {
		return err
	}
	s, err := durable.Open(context.Background(), do.Store)
	if err != nil {
		return err
	}
	clock := remote.Clock(do.Service)
	return durable.Work(context.Background(), s, durable.Worker{
		Connect: func(context.Context, string, string) (runner.API, error) { return remote.Client(do.Service), nil },
		Options: runner.Options{Clock: clock, Pace: clock, PollEvery: 10 * time.Minute},
		Beat:    do.Beat,
	})
}

// serve serves a world to children.
func serve(t testing.TB, w *world) (*remote.Server, string) {
	server, err := w.service.Server()
	if err != nil {
		t.Fatal(err)
	}
	r := remote.New(server, w.clock)
	hs := httptest.NewServer(r)
	t.Cleanup(hs.Close)
	return r, hs.URL
}

// A process is a worker in a process of its own.
type process struct {
	*exec.Cmd
	stderr bytes.Buffer
	once   sync.Once
}

func spawn(t testing.TB, program string, do job) *process {
	t.Helper()
	text, err := json.Marshal(do)
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(program)}
	p.Env = append(os.Environ(), childOf+"="+string(text))
	p.Stderr = &p.stderr
	if err := p.Start(); err != nil {
		t.Skipf("no way to start a process: %v", err)
	}
	t.Cleanup(p.kill)
	return p
}

func (p *process) kill() {
	p.once.Do(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
	})
}

func self(t testing.TB) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Skipf("no way to start a process: %v", err)
	}
	return program
}

// stores calls a test with a store of each kind, at the same time: it waits most of the time.
func stores(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "fleet.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, startPostgres(t).url)
	})
}

// mixed is a few of every fault.
func mixed() []fleet.Fault { return slices.Concat(fleet.Faults(), healthy(4)) }

// Workers are killed with SIGKILL while others work on the same fleet: at any of their calls, before it
// is served or before it is answered, and at any time. The fleet ends as it would have, and
// nothing is asked for twice.
func TestKill(t *testing.T) {
	stores(t, func(t *testing.T, url string) {
		s := open(t, url)
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		r := rand.New(rand.NewPCG(seed, 0))
		done, most, requests := 0, *kills, 0
		if lineartest.Race {
			most /= 3
		}
		for n := 0; done < most; n++ {
			name := fmt.Sprint("fleet-", n)
			w := newWorld(7, mixed()...)
			server, service := serve(t, w)
			do := job{url, service, 100 * time.Millisecond}
			if err := s.Start(w.order(name)); err != nil {
				t.Fatal(err)
			}
			var deaths int
			ended := endOf(t, s, name)
			over := false
			for rounds := 1 + r.IntN(4); rounds > 0 && !over; rounds-- {
				died := make(chan bool, 1)
				p := spawn(t, self(t), job{url, service + remote.Victim, do.Beat})
				var second *process
				if r.IntN(2) == 0 {
					second = spawn(t, self(t), do)
				}
				if r.IntN(3) == 0 {
					time.AfterFunc(time.Duration(r.IntN(1500))*time.Millisecond, func() { p.kill(); died <- true })
				} else {
					server.Do(1+r.IntN(150), r.IntN(2) == 0, func() { p.kill(); died <- true })
				}
				select {
				case <-died:
					deaths++
				case <-ended: // it had fewer calls to make, or the second one made them
					over = true
				}
				server.Do(0, false, nil)
				p.kill()
				if second != nil {
					if r.IntN(2) == 0 { // it is left alone with the fleet for a while
						time.Sleep(time.Duration(r.IntN(500)) * time.Millisecond)
					}
					second.kill()
					if !over {
						deaths++
					}
				}
			}
			last := spawn(t, self(t), do)
			st := wait(t, s, name)
			last.kill()
			<-ended
			if st.Phase != durable.Ended || len(st.Report.Results) != len(w.faults) {
				t.Fatalf("after %d kills: %+v\n%s", deaths, st, last.stderr.String())
			}
			for _, result := range st.Report.Results {
				fault := w.faults[result.WorkspaceID]
				requests += w.service.Requests(result.WorkspaceID)
				if w.service.Twice(result.WorkspaceID) > 0 || result.Outcome == runner.NotAsked || result.Outcome == runner.Following || fault == fleet.None && result.Outcome != runner.Succeeded {
					t.Errorf("after %d kills %s (%s) is %s, %s %s, asked for %d times too often", deaths, result.WorkspaceID, fault, result.Outcome, result.Status, result.Detail, w.service.Twice(result.WorkspaceID))
				}
			}
			done += deaths
		}
		t.Logf("%d workers were killed, %d requests, none twice", done, requests)
	})
}

// endOf returns a channel that is closed when a fleet ends, or has not ended in two minutes.
func endOf(t *testing.T, s *durable.Store, name string) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		_, _ = s.Wait(ctx, name, 20*time.Millisecond) // the test asks how it has ended
	}()
	return ended
}

// stride is between the calls at which TestKillAtCalls kills: 1 is all of them. It is three times as long in the search for races.
var stride = flag.Int("stride", 23, "kill at one call in so many")

// A worker is killed at a call, before it is served or before it is answered, for one call after the other:
// each record lies between two of them.
func TestKillAtCalls(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "fleet.db")
	s := open(t, url)
	killed, step := 0, *stride
	if lineartest.Race {
		step *= 3
	}
	for n, more := 1, true; more; n += step {
		for _, after := range []bool{false, true} {
			name := fmt.Sprint("fleet-", n, "-", after)
			w := newWorld(2, fleet.None, fleet.LoseAccepted, fleet.Silent, fleet.None)
			server, service := serve(t, w)
			do := job{url, service, 100 * time.Millisecond}
			if err := s.Start(w.order(name)); err != nil {
				t.Fatal(err)
			}
			died := make(chan struct{})
			p := spawn(t, self(t), job{url, service + remote.Victim, do.Beat})
			server.Do(n, after, func() { p.kill(); close(died) })
			ended := endOf(t, s, name)
			select {
			case <-died:
				killed++
				p = spawn(t, self(t), do)
			case <-ended:
				more = false // it takes fewer calls
			}
			st := wait(t, s, name)
			p.kill()
			<-ended
			if got := st.Report.Count(runner.Succeeded); got != 3 || st.Phase != durable.Ended {
				t.Errorf("killed at call %d (after it: %t): %d succeeded, %+v", n, after, got, st.Report.Results)
			}
			w.once(t)
		}
	}
	t.Logf("%d workers were killed", killed)
}

// writable reports whether nobody holds the right to write to a store in a file.
func writable(t *testing.T, url string) bool {
	t.Helper()
	file, ok := strings.CutPrefix(url, "sqlite:")
	if !ok {
		return true
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, statement := range []string{"PRAGMA busy_timeout = 1000", "BEGIN IMMEDIATE", "ROLLBACK"} {
		if _, err = db.ExecContext(t.Context(), statement); err != nil {
			break
		}
	}
	return err == nil
}

// A worker that was frozen finds, when it goes on, that another one has the fleet, and asks for nothing.
func TestFrozen(t *testing.T) {
	stores(t, func(t *testing.T, url string) {
		s := open(t, url)
		w := newWorld(5, healthy(40)...)
		server, service := serve(t, w)
		do := job{url, service, 100 * time.Millisecond}
		if err := s.Start(w.order("fleet")); err != nil {
			t.Fatal(err)
		}
		frozen := spawn(t, self(t), job{url, service + remote.Victim, do.Beat})
		stopped := make(chan struct{})
		server.Do(60, true, func() { _ = frozen.Process.Signal(syscall.SIGSTOP); close(stopped) })
		<-stopped
		for !writable(t, url) { // it was frozen in a write, which keeps others out of a file until it goes on
			_ = frozen.Process.Signal(syscall.SIGCONT)
			time.Sleep(5 * time.Millisecond)
			_ = frozen.Process.Signal(syscall.SIGSTOP)
		}
		server.Do(0, false, nil)
		other := spawn(t, self(t), do)
		begun(t, s, "fleet", 6)
		if err := frozen.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 40 {
			t.Errorf("%+v", st)
		}
		other.kill()
		frozen.kill()
		w.once(t)
	})
}

// The database is restarted under a worker, which waits for it and goes on.
func TestRestart(t *testing.T) {
	t.Parallel()
	db := startPostgres(t)
	s := open(t, db.url)
	w := newWorld(5, healthy(60)...)
	_, service := serve(t, w)
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	spawn(t, self(t), job{db.url, service, 100 * time.Millisecond})
	for waves := 2; waves < 8; waves += 2 {
		begun(t, s, "fleet", waves)
		db.stop(t)
		time.Sleep(300 * time.Millisecond)
		db.run(t)
	}
	if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 60 || st.Generation != 1 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

// A program that was built anew goes on with what an older one began, and the older one with what the newer
// one did: for the engine they are the same version, though the files differ.
func TestBuiltAnew(t *testing.T) {
	t.Parallel()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go to build programs with")
	}
	dir := t.TempDir()
	var programs []string
	for _, build := range []string{"old", "new"} {
		program := filepath.Join(dir, build)
		if out, err := exec.Command(goTool, "test", "-c", "-ldflags", "-X main.build="+build+" -B 0x"+strings.Repeat(map[string]string{"old": "01", "new": "02"}[build], 8), "-o", program, ".").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		programs = append(programs, program)
	}
	a, _ := os.ReadFile(programs[0])
	b, _ := os.ReadFile(programs[1])
	if bytes.Equal(a, b) {
		t.Fatal("the programs do not differ")
	}
	url := "sqlite:" + filepath.Join(dir, "fleet.db")
	s := open(t, url)
	w := newWorld(5, healthy(60)...)
	_, service := serve(t, w)
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	for i, program := range []string{programs[0], programs[1], programs[0]} {
		p := spawn(t, program, job{url, service, 100 * time.Millisecond})
		if i < 2 {
			begun(t, s, "fleet", 3*(i+1))
			p.kill()
		}
	}
	if st := wait(t, s, "fleet"); st.Report.Count(runner.Succeeded) != 60 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}
