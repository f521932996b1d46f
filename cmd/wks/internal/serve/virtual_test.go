package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// A wire is a listener whose connections are in memory, so that time on both ends of them is that of the test.
type wire struct {
	dialled chan net.Conn
	closed  chan struct{}
	close   sync.Once
}

func newWire() *wire { return &wire{dialled: make(chan net.Conn), closed: make(chan struct{})} }

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.dialled:
		return c, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error   { w.close.Do(func() { close(w.closed) }); return nil }
func (w *wire) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 4747} }

func (w *wire) dial(t *testing.T) net.Conn {
	t.Helper()
	near, far := net.Pipe()
	select {
	case w.dialled <- far:
	case <-w.closed:
		t.Fatal("nobody listens")
	}
	return near
}

// A served command runs in virtual time.
type served struct {
	*wire
	out, errs bytes.Buffer // to be read when it waits or has ended
	cancel    context.CancelFunc
	status    int
	ended     chan struct{}
	address   string
}

func serveInMemory(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{wire: newWire(), ended: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	s.cancel = cancel
	cmd := command(func(_, address string) (net.Listener, error) { s.address = address; return s.wire, nil })
	cmd.SetContext(ctx)
	go func() {
		defer close(s.ended)
		s.status = cli.Run(cmd, args, nil, &s.out, &s.errs)
	}()
	synctest.Wait()
	return s
}

// call calls an operation over a connection of its own, and returns the status and the answer.
func (s *served) call(t *testing.T, operation, body string) (int, string) {
	t.Helper()
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return s.dial(t), nil }}
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://server/", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "WorkspacesService."+operation)
	response, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

func (s *served) end(t *testing.T, want int) {
	t.Helper()
	s.cancel()
	<-s.ended
	if s.status != want {
		t.Errorf("status %d, want %d: %s", s.status, want, s.errs.String())
	}
}

// Clients find the server by what is printed, which is its address, made-up credentials and a Region.
func TestEnvironment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(t)
		s.end(t, cli.Clean)
		if s.address != "127.0.0.1:4747" {
			t.Errorf("it listens at %q", s.address)
		}
		for _, line := range []string{"export AWS_ENDPOINT_URL_WORKSPACES=http://127.0.0.1:4747", "export AWS_ACCESS_KEY_ID=", "export AWS_SECRET_ACCESS_KEY=", "export AWS_REGION=eu-west-1", "export AWS_DEFAULT_REGION=eu-west-1"} {
			if !strings.Contains(s.out.String(), "\n"+line) {
				t.Errorf("no %s in %s", line, s.out.String())
			}
		}
		if s.errs.Len() > 0 {
			t.Error(s.errs.String())
		}
	})
}

// Time runs as on the wall unless it is told otherwise, and a line is logged for each call unless it is told not to.
func TestClockAndLog(t *testing.T) {
	for speed, want := range map[string]time.Duration{"": time.Hour, "24": 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			var args []string
			if speed != "" {
				args = []string{"--speed", speed}
			}
			s := serveInMemory(t, args...)
			s.call(t, "DescribeAccount", "{}")
			time.Sleep(time.Hour)
			s.call(t, "DescribeIpGroups", "{}")
			s.end(t, cli.Clean)
			lines := strings.Split(strings.TrimSpace(s.out.String()), "\n")
			var at []time.Time
			for _, l := range lines[len(lines)-2:] {
				first, _, _ := strings.Cut(l, " ")
				when, err := time.Parse(time.RFC3339, first)
				if err != nil {
					t.Fatal(err)
				}
				at = append(at, when)
			}
			if got := at[1].Sub(at[0]); got != want {
				t.Errorf("speed %q: %v, want %v", speed, got, want)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(t, "--quiet")
		before := s.out.String()
		s.call(t, "DescribeAccount", "{}")
		s.end(t, cli.Clean)
		if s.out.String() != before || s.errs.Len() > 0 {
			t.Errorf("%s%s", s.out.String(), s.errs.String())
		}
	})
}

// The documented quota is a burst of five, and then two calls a second; without --quota nothing is throttled. What
// no document tells about is refused by --strict alone.
func TestPolicies(t *testing.T) {
	for _, tt := range []struct {
		args      []string
		throttled int // of eight calls at once
		refused   bool
	}{{nil, 0, false}, {[]string{"--quota"}, 3, false}, {[]string{"--strict"}, 0, true}} {
		synctest.Test(t, func(t *testing.T) {
			s := serveInMemory(t, tt.args...)
			throttled := 0
			for range 8 {
				if status, answer := s.call(t, "DescribeIpGroups", "{}"); status != http.StatusOK {
					throttled++
					if !strings.Contains(answer, "ThrottlingException") {
						t.Errorf("%v: %s", tt.args, answer)
					}
				}
			}
			time.Sleep(time.Hour)
			if status, answer := s.call(t, "DescribeConnectionAliases", `{"AliasIds": ["wsca-0a1b2c3d4"]}`); throttled != tt.throttled || (status != http.StatusOK) != tt.refused {
				t.Errorf("%v: %d throttled, status %d, %s", tt.args, throttled, status, answer)
			}
			s.end(t, cli.Clean)
		})
	}
}

// An export does not tell when a WorkSpace was launched: it counts as launched a month ago.
func TestSeedIsAged(t *testing.T) {
	folder := t.TempDir()
	region := filepath.Join(folder, "us-east-1")
	if err := os.Mkdir(region, 0o700); err != nil {
		t.Fatal(err)
	}
	const export = `{"Workspaces": [{"WorkspaceId": "ws-0a1b2c3d4", "DirectoryId": "d-9067000001", "UserName": "ada", "State": "AVAILABLE", "BundleId": "wsb-0a1b2c3d4"}]}`
	if err := os.WriteFile(filepath.Join(region, "describe-workspaces.json"), []byte(export), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options{seed: folder}
	synctest.Test(t, func(t *testing.T) {
		if err := o.begin(); err != nil {
			t.Fatal(err)
		}
		list := o.config.State.Regions["us-east-1"].Workspaces
		if len(list) != 1 {
			t.Fatalf("%+v", list)
		}
		if got := list[0].History.Launched; !got.AddDate(0, 1, 0).Equal(time.Now()) {
			t.Errorf("launched on %v", got)
		}
	})
}

// files are the names in a folder.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// The state is written beside itself, wherever the command runs: the folder of the process may be of another file
// system, or nobody's to write to. Here it is gone.
func TestStateIsWrittenBesideItself(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder of a process cannot be removed there")
	}
	folder, here := t.TempDir(), filepath.Join(t.TempDir(), "here")
	if err := os.Mkdir(here, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	if err := os.Remove(here); err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(folder, "state.json")
	for i := range 2 {
		synctest.Test(t, func(t *testing.T) {
			s := serveInMemory(t, "--state", state)
			if _, answer := s.call(t, "DescribeIpGroups", "{}"); strings.Contains(answer, "office") != (i == 1) {
				t.Errorf("run %d: %s", i+1, answer)
			}
			s.call(t, "CreateIpGroup", `{"GroupName": "office"}`)
			s.end(t, cli.Clean)
			if s.errs.Len() > 0 {
				t.Error(s.errs.String())
			}
		})
		if got := files(t, folder); !slices.Equal(got, []string{"state.json"}) {
			t.Errorf("%q", got)
		}
	}
	if text, err := os.ReadFile(state); err != nil || !json.Valid(text) {
		t.Errorf("%v, %s", err, text)
	}
}

// A state that cannot be written ends with status 1 and the reason, and leaves no other file behind. One that is no
// state, or not there to be read, ends with status 2.
func TestStateCannotBeKept(t *testing.T) {
	for name, spoil := range map[string]func(folder, state string) error{
		"the folder is gone":      func(folder, _ string) error { return os.Remove(folder) },
		"a folder has its name":   func(_, state string) error { return os.MkdirAll(filepath.Join(state, "x"), 0o700) },
		"the folder becomes file": func(folder, _ string) error { return errors.Join(os.Remove(folder), os.WriteFile(folder, nil, 0o600)) },
	} {
		folder := filepath.Join(t.TempDir(), "states")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		state := filepath.Join(folder, "state.json")
		synctest.Test(t, func(t *testing.T) {
			s := serveInMemory(t, "--state", state)
			if err := spoil(folder, state); err != nil {
				t.Fatal(err)
			}
			s.end(t, cli.Broken)
			if !strings.HasPrefix(s.errs.String(), "wks serve: ") || strings.Count(s.errs.String(), "\n") != 1 {
				t.Errorf("%s: %q", name, s.errs.String())
			}
		})
		if name == "a folder has its name" {
			if got := files(t, folder); !slices.Equal(got, []string{"state.json"}) {
				t.Errorf("%s: %q is left", name, got)
			}
		}
	}
	state := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(state, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(t, "--state", state)
		s.end(t, cli.Unanswered)
		if s.out.Len() > 0 || !strings.Contains(s.errs.String(), "serve: ") {
			t.Errorf("%q %q", s.out.String(), s.errs.String())
		}
	})
	if text, err := os.ReadFile(state); err != nil || string(text) != "{" {
		t.Errorf("%v, %q", err, text)
	}
}

// A connection without the header of a request is closed after ten seconds.
func TestSlowHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(t)
		c := s.dial(t)
		defer c.Close()
		start := time.Now()
		if _, err := c.Write([]byte("POST / HTTP/1.1\r\nHost: x\r\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(c); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("closed after %v", took)
		}
		s.end(t, cli.Clean)
	})
}

// A request that does not end keeps the command from its end for five seconds, and the state is written all the same.
// Nobody is answered after that.
func TestEndWhileAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state := filepath.Join(t.TempDir(), "state.json")
		s := serveInMemory(t, "--state", state)
		c := s.dial(t)
		defer c.Close()
		if _, err := c.Write([]byte("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: WorkspacesService.DescribeIpGroups\r\nContent-Length: 100\r\n\r\n{")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		start := time.Now()
		s.end(t, cli.Clean)
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("ended after %v", took)
		}
		if answer, err := io.ReadAll(c); len(answer) > 0 {
			t.Errorf("%q, %v", answer, err)
		}
		if _, err := os.Stat(state); err != nil {
			t.Error(err)
		}
	})
}

// A listener that fails ends the command with its error.
func TestListenerFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		<-s.ended
		if s.status != cli.Unanswered || s.errs.Len() == 0 {
			t.Errorf("status %d, %q", s.status, s.errs.String())
		}
		s.cancel()
	})
}
