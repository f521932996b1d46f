// Package redistest starts real servers of Redis or Valkey for tests and benchmarks, and does to
// them what happens to servers: they are frozen, killed, restarted, and their clocks jump.
package redistest

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A Server is a process that a test started.
type Server struct {
	Addr    string
	program string
	args    []string
	clock   string // the file that its clock follows, or ""
	library string
	process *exec.Cmd
}

// Program returns the path of the server: that of the environment's WKS_REDIS_SERVER, or
// redis-server, or valkey-server.
func Program() (string, error) {
	if p := os.Getenv("WKS_REDIS_SERVER"); p != "" {
		return p, nil
	}
	for _, name := range []string{"redis-server", "valkey-server"} {
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	return "", errors.New("no redis-server and no valkey-server: apt-get install redis-server")
}

// Start starts a server on a free port that keeps nothing on disk, with more arguments, and stops it
// at the end of the test, which is skipped where there is none.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	return start(t, "", args)
}

//go:embed clock/clock.c
var clock []byte

// StartWithClock starts a server whose clock [Server.Jump] moves. It needs gcc, and skips the test
// without it.
func StartWithClock(t testing.TB, args ...string) *Server {
	t.Helper()
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		t.Skip("no gcc to make a clock with: apt-get install gcc libc6-dev")
	}
	dir := t.TempDir()
	source, library := filepath.Join(dir, "clock.c"), filepath.Join(dir, "clock.so")
	if err := os.WriteFile(source, clock, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(gcc, "-O1", "-shared", "-fPIC", "-o", library, source).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return start(t, library, args)
}

func start(t testing.TB, library string, args []string) *Server {
	t.Helper()
	program, err := Program()
	if err != nil {
		t.Skip(err)
	}
	addr, dir := free(t), t.TempDir()
	s := &Server{
		Addr: addr.String(), program: program, library: library,
		args: append([]string{"--port", fmt.Sprint(addr.Port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir, "--logfile", filepath.Join(dir, "log")}, args...),
	}
	if library != "" {
		s.clock = filepath.Join(dir, "clock")
		s.Jump(t, 0)
	}
	t.Cleanup(s.kill)
	s.Run(t)
	return s
}

// Run starts the server again.
func (s *Server) Run(t testing.TB) {
	t.Helper()
	s.process = exec.Command(s.program, s.args...)
	if s.library != "" {
		s.process.Env = append(os.Environ(), "LD_PRELOAD="+s.library, "CLOCK_AHEAD="+s.clock)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		err := s.ping()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// ping reports whether the server answers. That somebody takes the connection is not enough: it can be
// the other end of its own.
func (s *Server) ping() error {
	connection, err := net.DialTimeout("tcp", s.Addr, time.Second)
	if err != nil {
		return err
	}
	connection.Close()
	client := redis.NewClient(&redis.Options{Addr: s.Addr, MaxRetries: -1, ReadTimeout: time.Second})
	defer client.Close()
	return client.Ping(context.Background()).Err()
}

// Client returns a client of the server.
func (s *Server) Client() *redis.Client { return redis.NewClient(&redis.Options{Addr: s.Addr}) }

// Kill ends the server at once, so that it loses what it holds.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	s.kill()
}

func (s *Server) kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	_ = s.process.Wait() // by the kill
	s.process = nil
}

func (s *Server) signal(t testing.TB, signal os.Signal) {
	t.Helper()
	if err := s.process.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

// Jump sets by how much the server's clock is ahead of the true time.
func (s *Server) Jump(t testing.TB, ahead time.Duration) {
	t.Helper()
	file, err := os.OpenFile(s.clock, os.O_CREATE|os.O_WRONLY, 0o600) // not made shorter: the server has mapped it
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(binary.NativeEndian.AppendUint64(nil, uint64(ahead/time.Second))); err != nil {
		t.Fatal(err)
	}
}

// Calls returns how often the server ran scripts since its statistics were reset.
func (s *Server) Calls(t testing.TB) (calls int) {
	t.Helper()
	client := s.Client()
	defer client.Close()
	stats, err := client.Info(context.Background(), "commandstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(stats) {
		for _, name := range []string{"eval", "evalsha"} {
			var n int
			if _, err := fmt.Sscanf(line, "cmdstat_"+name+":calls=%d", &n); err == nil {
				calls += n
			}
		}
	}
	return calls
}
