//go:build unix

package durable_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A postgres is a server that a test started.
type postgres struct {
	url     string
	bin     string
	data    string
	port    int
	as      *syscall.Credential // PostgreSQL does not run as root
	process *exec.Cmd
}

// startPostgres starts a server on a free port, and stops it at the end of the test, which is skipped
// where there is none.
func startPostgres(t testing.TB) *postgres {
	t.Helper()
	bin := postgresPrograms()
	if bin == "" {
		t.Skip("no initdb: apt-get install postgresql")
	}
	dir, err := os.MkdirTemp("/tmp", "wks-postgres-") // its user must be able to reach it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &postgres{bin: bin, data: filepath.Join(dir, "data")}
	if os.Getuid() == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user nobody")
		}
		uid, _ := strconv.Atoi(nobody.Uid)
		gid, _ := strconv.Atoi(nobody.Gid)
		p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := p.command("initdb", "-D", p.data, "-U", "wks", "--auth=trust", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	p.url = fmt.Sprintf("postgres://wks@127.0.0.1:%d/postgres?sslmode=disable", p.port)
	t.Cleanup(func() { p.stop(t) })
	p.run(t)
	return p
}

// postgresPrograms returns the folder of the newest server's programs, or "".
func postgresPrograms() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

func (p *postgres) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = filepath.Dir(p.data)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	return cmd
}

// run starts the server, again if it was stopped.
func (p *postgres) run(t testing.TB) {
	t.Helper()
	p.process = p.command("postgres", "-D", p.data, "-p", strconv.Itoa(p.port), "-h", "127.0.0.1", "-k", filepath.Dir(p.data), "-c", "fsync=off")
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if p.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port)).Run() == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("PostgreSQL does not answer")
		}
	}
}

// stop stops the server at once, as a crash does: SIGQUIT.
func (p *postgres) stop(t testing.TB) {
	t.Helper()
	if p.process.ProcessState != nil {
		return
	}
	if err := p.process.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Error(err)
	}
	_ = p.process.Wait() // its status tells of the signal
}
