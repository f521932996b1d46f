//go:build unix

package durable_test

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/wksgo/wks/migrate/durable"
	"github.com/wksgo/wks/migrate/runner"
)

// A proxy stands before a server. While it breaks, it ends each connection in the middle of an answer.
type proxy struct {
	mu     sync.Mutex
	r      *rand.Rand
	breaks bool
	broken int
}

// startProxy starts a proxy for the server of a URL, and returns the URL at which it listens.
func startProxy(t testing.TB, url string) (*proxy, string) {
	t.Helper()
	_, rest, _ := strings.Cut(url, "@")
	server, _, _ := strings.Cut(rest, "/")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &proxy{r: rand.New(rand.NewPCG(1, 2))}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(client, server)
		}
	}()
	return p, strings.Replace(url, server, l.Addr().String(), 1)
}

func (p *proxy) carry(client net.Conn, server string) {
	defer client.Close()
	to, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer to.Close()
	go func() {
		_, _ = io.Copy(to, client) // it ends with either connection
		to.Close()
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := to.Read(buffer)
		if err != nil {
			return
		}
		cut := p.cut(n)
		if _, err := client.Write(buffer[:cut]); err != nil || cut < n {
			return
		}
	}
}

// cut returns how many of n bytes are passed on: fewer, for one answer in twenty.
func (p *proxy) cut(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.breaks || p.r.IntN(20) > 0 {
		return n
	}
	p.broken++
	return p.r.IntN(n)
}

// set lets a proxy break connections, or no longer, and returns how many it has broken.
func (p *proxy) set(breaks bool) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.breaks = breaks
	return p.broken
}

// Connections to the store break in the middle of answers. The fleet does not fail by that, and nothing is
// asked for twice.
func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	direct := startPostgres(t).url
	p, through := startProxy(t, direct)
	s, watch := open(t, through), open(t, direct)
	w := newWorld(5, mixed()...)
	if err := watch.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	work(t, s, w.slow())
	begun(t, watch, "fleet", 1)
	p.set(true)
	st := wait(t, watch, "fleet")
	broken := p.set(false)
	if st.Phase != durable.Ended || st.Generation != 1 || broken == 0 {
		t.Errorf("%d connections broke: %+v", broken, st)
	}
	for _, result := range st.Report.Results {
		if result.Outcome == runner.NotAsked || result.Outcome == runner.Following {
			t.Errorf("%+v", result)
		}
	}
	w.once(t)
	t.Logf("%d connections broke", broken)
}

// The disk of the store is full for a while: an error that the engine does not try again. The fleet waits.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	url := startPostgres(t).url
	admin, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	execute := func(statement string) {
		t.Helper()
		if _, err := admin.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	execute(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space' USING ERRCODE = 'disk_full'; END $$`)
	s := open(t, url)
	w := newWorld(5, healthy(60)...)
	if err := s.Start(w.order("fleet")); err != nil {
		t.Fatal(err)
	}
	c := w.slow()
	refused := make(chan struct{})
	var once sync.Once
	c.Logger = slog.New(told(func(text string) {
		if strings.Contains(text, "the store has failed") {
			once.Do(func() { close(refused) })
		}
	}))
	work(t, s, c)
	begun(t, s, "fleet", 2)
	execute("CREATE TRIGGER no_space BEFORE INSERT ON dbos.operation_outputs EXECUTE FUNCTION full_disk()")
	select {
	case <-refused:
	case <-time.After(time.Minute):
		t.Error("no error of the store was met")
	}
	execute("DROP TRIGGER no_space ON dbos.operation_outputs")
	if st := wait(t, s, "fleet"); st.Phase != durable.Ended || st.Generation != 1 || st.Report.Count(runner.Succeeded) != 60 {
		t.Errorf("%+v", st)
	}
	w.once(t)
}

// told is a log of which a function is told each message.
type told func(text string)

func (told) Enabled(context.Context, slog.Level) bool { return true }
func (f told) Handle(_ context.Context, r slog.Record) error {
	f(r.Message)
	return nil
}
func (f told) WithAttrs([]slog.Attr) slog.Handler { return f }
func (f told) WithGroup(string) slog.Handler      { return f }
