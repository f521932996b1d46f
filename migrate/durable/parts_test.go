//go:build unix

package durable

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
)

// A workflow is called by the name of its fleet and the number of its generation.
func TestID(t *testing.T) {
	if got := idOf("a.b", 12); got != "fleet/a.b/12" {
		t.Errorf("%q", got)
	}
	for id, want := range map[string]int{
		"fleet/a.b/12": 12, "fleet/a.b/1": 1, "fleet/a.b/0": 0, "fleet/a.b/-1": 0, "fleet/a.b/x": 0, "fleet/a.b/": 0, "fleet/a.b": 0, "fleet/a.b/1/2": 0, "flee/a.b/1": 0, "a.b/1": 0, "": 0,
	} {
		if name, n, ok := parseID(id); ok != (want > 0) || ok && (name != "a.b" || n != want) {
			t.Errorf("%q: %q, %d, %t", id, name, n, ok)
		}
	}
}

// An order that is not one is refused with the field, its value and the reason.
func TestOrderErrors(t *testing.T) {
	const form = "is not 1 to 64 letters, digits, dots, hyphens and underscores"
	for _, tt := range []struct {
		change func(*Order)
		want   string
	}{
		{func(o *Order) { o.Name = strings.Repeat("a", 64) }, ""},
		{func(o *Order) { o.Name = "AZaz09._-" }, ""},
		{func(o *Order) { o.FailureBudget = 0 }, ""},
		{func(o *Order) { o.Name = strings.Repeat("a", 65) }, fmt.Sprintf("Name: %q %s", rule.Shorten(strings.Repeat("a", 65)), form)},
		{func(o *Order) { o.Name = "" }, `Name: "" ` + form},
		{func(o *Order) { o.Name = "a\n" }, `Name: "a\n" ` + form},
		{func(o *Order) { o.Name = "é" }, `Name: "é" ` + form},
		{func(o *Order) { o.Account = "11112222333" }, `Account: "11112222333" is not 12 digits`},
		{func(o *Order) { o.Region = "" }, `Region: "" is needed`},
		{func(o *Order) { o.Plan = nil }, `Plan: "" is needed`},
		{func(o *Order) { o.FailureBudget = -1 }, `FailureBudget: "-1" is negative`},
	} {
		o := anOrder()
		tt.change(&o)
		err := o.check()
		if input := (*rule.InputError)(nil); tt.want == "" && err != nil || tt.want != "" && (!errors.As(err, &input) || err.Error() != tt.want) {
			t.Errorf("%v, want %s", err, tt.want)
		}
	}
	o := anOrder()
	o.Plan.Edition = rule.Edition{}
	if _, want := migrate.At(o.Plan.Edition); want == nil || o.check() == nil || o.check().Error() != want.Error() {
		t.Errorf("%v, want %v", o.check(), want)
	}
}

// The name of a store's file, or none for what is in memory or on a server.
func TestFileOf(t *testing.T) {
	for store, want := range map[string]string{
		"sqlite:fleet.db": "fleet.db", "sqlite:/a/fleet.db": "/a/fleet.db", "sqlite:///a/fleet.db": "/a/fleet.db", "sqlite:fleet.db?mode=ro": "fleet.db",
		"sqlite:file:fleet.db": "fleet.db", "sqlite:file:/a/fleet.db?mode=ro": "/a/fleet.db", "sqlite:file:///a/fleet.db": "/a/fleet.db",
		"sqlite::memory:": "", "sqlite:file::memory:?cache=shared": "", "sqlite://host/fleet.db": "", "sqlite:file://host/fleet.db": "", "sqlite:%zz": "%zz", "sqlite:/%zz": "",
	} {
		if got := fileOf(store); got != want {
			t.Errorf("%s: %q, want %q", store, got, want)
		}
	}
}

// keepPrivate makes no file for a store that has none, makes the folders of one that has, and tells why it cannot.
func TestKeepPrivate(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ store, want string }{
		{"sqlite::memory:", ""},
		{"sqlite:" + dir + "/a/b/db", ""},
		{"sqlite:" + file, ""},
		{"sqlite:" + dir + "/a/\x00", ""}, // no URL, and so no file
		{"sqlite:" + file + "/b/db", "mkdir " + file},
		{"sqlite:" + dir, "open " + dir},
		{"sqlite:file:" + dir + "/a", "open " + dir + "/a"},
	} {
		err := keepPrivate(tt.store)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want+": ")) {
			t.Errorf("%q: %v, want %s", tt.store, err, tt.want)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "text" {
		t.Errorf("what was there is %q, %v", text, err)
	}
	for _, folder := range []string{"a", "a/b"} {
		if info, err := os.Stat(filepath.Join(dir, folder)); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", folder, info, err)
		}
	}
}

// Open refuses what is no store, and tells no password.
func TestOpenErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	const form = "is neither sqlite:FILE nor postgres://…"
	for url, want := range map[string]string{
		"":                                   `Store: "" ` + form,
		"fleet.db":                           `Store: "fleet.db" ` + form,
		"mysql://user:secret@host/db":        `Store: "mysql" ` + form,
		"postgres:secret":                    `Store: "postgres" ` + form,
		"postgres://user:secret%@host/db":    `Store: "postgres" is not a URL: a character such as %, / or @ in a password is written as % and two digits`,
		"postgresql://user:secret%zz@host/d": `Store: "postgres" is not a URL: a character such as %, / or @ in a password is written as % and two digits`,
	} {
		s, err := Open(t.Context(), url)
		if input := (*rule.InputError)(nil); s != nil || !errors.As(err, &input) || err.Error() != want {
			t.Errorf("%q: %v, want %s", url, err, want)
		}
	}
	for url, want := range map[string]string{
		"sqlite:" + filepath.Dir(file):                             "durable: open " + filepath.Dir(file) + ": is a directory",
		"sqlite:" + file:                                           "durable: ",
		"postgres://user:secret@host/fleet?pool_max_conns=0":       "durable: cannot parse ",
		"postgres://user:secret@127.0.0.1:1/fleet?sslmode=disable": "durable: ",
	} {
		s, err := Open(t.Context(), url)
		if input := (*rule.InputError)(nil); s != nil || err == nil || errors.As(err, &input) || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want %s", url, err, want)
		}
	}
	t.Setenv("DBOS__APPVERSION", "2")
	s, err := Open(t.Context(), "sqlite::memory:")
	if input := (*rule.InputError)(nil); s != nil || !errors.As(err, &input) || err.Error() != `DBOS__APPVERSION: "2" is in the environment and would take the place of wks-migrate-1` {
		t.Errorf("%v", err)
	}
	t.Setenv("DBOS__APPVERSION", Version)
	if s, err = Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "db")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A # in the name of a file is refused where SQLite would get half of the name, and the file of that name stays as it is.
func TestOpenHash(t *testing.T) {
	dir := t.TempDir()
	half := filepath.Join(dir, "half")
	if err := os.WriteFile(half, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"sqlite:" + half + "#a.db", "sqlite:" + half + "%23a.db", "sqlite://" + half + "#a/b.db", "sqlite:file:" + half + "#a.db"} {
		s, err := Open(t.Context(), url)
		if input := (*rule.InputError)(nil); s != nil || !errors.As(err, &input) || err.Error() != `Store: "sqlite" has # in the name of its file: write sqlite:file:… with %23 in its place` {
			t.Errorf("%s: %v", url, err)
		}
	}
	if info, err := os.Stat(half); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info, err)
	}
	s, err := Open(t.Context(), "sqlite:file:"+dir+"/a%23b.db")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 || entries[0].Name() != "a#b.db" || entries[1].Name() != "half" {
		t.Errorf("%v, %v", entries, err)
	}
}

// Connections are as the engine has them unless the URL tells, and a store in a file has none.
func TestPool(t *testing.T) {
	if p, err := openPool(t.Context(), "sqlite:fleet.db"); p != nil || err != nil {
		t.Errorf("%v, %v", p, err)
	}
	closePool(nil)
	const setting = "idle_in_transaction_session_timeout"
	for query, want := range map[string]struct {
		most    int32
		timeout time.Duration
		told    string // the setting in the URL
	}{
		"":                      {20, 10 * time.Second, ""},
		"?pool_max_conns=3":     {3, 10 * time.Second, ""},
		"?connect_timeout=7":    {20, 7 * time.Second, ""},
		"?" + setting + "=5000": {20, 10 * time.Second, "5000"},
	} {
		p, err := openPool(t.Context(), "postgres://127.0.0.1:1/fleet"+query)
		if err != nil {
			t.Fatal(err)
		}
		c := p.Config()
		if c.MaxConns != want.most || c.ConnConfig.ConnectTimeout != want.timeout || c.ConnConfig.RuntimeParams[setting] != want.told || (c.AfterConnect == nil) != (want.told != "") {
			t.Errorf("%q: %d, %s, %q, %t", query, c.MaxConns, c.ConnConfig.ConnectTimeout, c.ConnConfig.RuntimeParams, c.AfterConnect == nil)
		}
		closePool(p)
		if _, err := p.Acquire(t.Context()); err == nil || err.Error() != "closed pool" {
			t.Errorf("a closed pool: %v", err)
		}
	}
	if p, err := openPool(t.Context(), "postgres://h/d?pool_max_conns=0"); p != nil || err == nil || !strings.HasPrefix(err.Error(), "durable: cannot parse ") {
		t.Errorf("%v, %v", p, err)
	}
}

// serve calls a function with the first connection to a listener, and ends it then.
func serve(t *testing.T, f func(net.Conn)) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		if c, err := l.Accept(); err == nil {
			f(c)
			c.Close()
		}
	}()
	return l.Addr().String()
}

// poolFor is for a server that is not asked until somebody connects.
func poolFor(t *testing.T, address string) *pgxpool.Config {
	p, err := openPool(t.Context(), "postgres://wks@"+address+"/fleet?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	defer closePool(p)
	return p.Config()
}

// A new connection is told how long a transaction may rest, in milliseconds.
func TestIdleTransaction(t *testing.T) {
	asked := make(chan pgproto3.FrontendMessage, 1)
	address := serve(t, func(c net.Conn) {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			t.Error(err)
		}
		b.Send(&pgproto3.AuthenticationOk{})
		b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
		if err := b.Flush(); err != nil {
			t.Error(err)
		}
		m, err := b.Receive()
		if err != nil {
			t.Error(err)
		}
		asked <- m
	})
	config := poolFor(t, address)
	c, err := pgx.ConnectConfig(t.Context(), config.ConnConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	if err := config.AfterConnect(t.Context(), c); err == nil {
		t.Error("there is no error without an answer")
	}
	if q, ok := (<-asked).(*pgproto3.Query); !ok || q.String != "SET idle_in_transaction_session_timeout = 60000" {
		t.Errorf("%#v", q)
	}
}

// The end of a connection is an error of the network, as a reset is.
func TestConnection(t *testing.T) {
	address := serve(t, func(c net.Conn) { c.Write([]byte("half")) })
	c, err := poolFor(t, address).ConnConfig.DialFunc(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	text := make([]byte, 4)
	if n, err := c.Read(text); err != nil || string(text[:n]) != "half" {
		t.Errorf("%q, %v", text[:n], err)
	}
	want := &net.OpError{Op: "read", Net: "tcp", Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: io.EOF}
	if n, err := c.Read(text); n != 0 || !reflect.DeepEqual(err, error(want)) || c.RemoteAddr().String() != address {
		t.Errorf("%d, %#v", n, err)
	}
}

// Where nobody listens there is no connection. Other errors of reading stay as they are, and so do bytes.
func TestConnectionErrors(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	if c, err := poolFor(t, address).ConnConfig.DialFunc(t.Context(), "tcp", address); c != nil || err == nil {
		t.Errorf("%v, %v", c, err)
	}
	a, b := net.Pipe()
	c := connection{a}
	go func() { b.Write([]byte("text")); b.Close() }()
	text := make([]byte, 10)
	if n, err := c.Read(text); n != 4 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	failed := (*net.OpError)(nil)
	if n, err := c.Read(text); n != 0 || !errors.As(err, &failed) || failed.Net != "pipe" {
		t.Errorf("%d, %v", n, err)
	}
	a.Close()
	if n, err := c.Read(text); n != 0 || err != io.ErrClosedPipe {
		t.Errorf("%d, %v", n, err)
	}
}

// line is a record as a journal has it: with the CRC-32C of what stands before.
func line(text string) string {
	text = strings.TrimSuffix(text, "}")
	return fmt.Sprintf("%s,\"sum\":\"%08x\"}\n", text, crc32.Checksum([]byte(text), crc32.MakeTable(crc32.Castagnoli)))
}

// What is stored of a journal is read and never written, even to mend it.
func TestRead(t *testing.T) {
	whole := line(`{"n":1,"v":2,"time":"2026-09-09T18:00:00Z","kind":"opened","scope":{"account":"111122223333","region":"eu-west-1","directories":[],"plan":"0"}}`)
	if j, records, err := read(nil); j == nil || records != nil || err != nil {
		t.Errorf("%v, %v, %v", j, records, err)
	}
	if j, records, err := read([]byte(whole)); j == nil || len(records) != 1 || records[0].Kind != runner.Opened || !records[0].Time.Equal(time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC)) || err != nil {
		t.Errorf("%v, %v, %v", j, records, err)
	}
	for _, text := range []string{whole[:len(whole)-1], whole + `{"n":2`} {
		if j, records, err := read([]byte(text)); j != nil || records != nil || !errors.Is(err, errReadOnly) {
			t.Errorf("%v, %v, %v", j, records, err)
		}
	}
	s := &stored{}
	if n, err := s.Write([]byte("a")); n != 0 || err != errReadOnly || err.Error() != "durable: the journal is only read" {
		t.Errorf("%d, %v", n, err)
	}
	if err := s.Truncate(1); err != errReadOnly {
		t.Errorf("%v", err)
	}
	if err := s.Sync(); err != nil {
		t.Errorf("%v", err)
	}
}

// What the engine gives back is JSON in a text, or what JSON gives, or a text without quotes.
func TestConvert(t *testing.T) {
	want := generation{Order: Order{Name: "finance"}, Number: 3}
	for _, stored := range []any{`{"name":"finance","generation":3}`, map[string]any{"name": "finance", "generation": 3.0}} {
		if g, err := convert[generation](stored); err != nil || !reflect.DeepEqual(g, want) {
			t.Errorf("%v: %+v, %v", stored, g, err)
		}
	}
	for stored, want := range map[any]string{"line\n": "line\n", `"line\n"`: "line\n", "": ""} {
		if text, err := convertText(stored); text != want || err != nil {
			t.Errorf("%v: %q, %v", stored, text, err)
		}
	}
	for stored, want := range map[any]string{5: "it is a int", nil: "it is a <nil>", `"`: "unexpected end of JSON input"} {
		if text, err := convertText(stored); text != "" || err == nil || err.Error() != want {
			t.Errorf("%v: %q, %v", stored, text, err)
		}
	}
}

// Orders are the same if they ask for the same, estimates aside.
func TestSameAs(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Order)
		want   bool
	}{
		"same":      {func(*Order) {}, true},
		"estimates": {func(o *Order) { o.Plan.Bound = 9; o.Plan.Refused = []migrate.Refusal{{WorkspaceID: "ws-7"}} }, true},
		"name":      {func(o *Order) { o.Name = "other" }, false},
		"account":   {func(o *Order) { o.Account = "999988887777" }, false},
		"Region":    {func(o *Order) { o.Region = "eu-west-2" }, false},
		"waves":     {func(o *Order) { o.Plan.Waves = o.Plan.Waves[1:] }, false},
		"budget":    {func(o *Order) { o.FailureBudget++ }, false},
		"accept":    {func(o *Order) { o.Accept = []rule.Code{"c"} }, false},
		"unrelated": {func(o *Order) { o.Unrelated = []string{"ws-8"} }, false},
		"names":     {func(o *Order) { o.OmitUserNames = true }, false},
	} {
		g, o := generation{Order: anOrder()}, anOrder()
		tt.change(&o)
		if same := g.sameAs(&o); same != tt.want {
			t.Errorf("%s: %t", name, same)
		}
		if o.Plan == nil || g.Plan == nil || len(g.Plan.Waves) != 2 {
			t.Errorf("%s: it changes the order", name)
		}
	}
}

// at is a time in minutes after the first record.
func at(minutes int) time.Time { return time.Date(2026, 9, 9, 18, minutes, 0, 0, time.UTC) }

// What the records tell of times: which waves have begun, what is in flight, and how long the rest would take at the pace of
// what has ended, without pauses.
func TestMeasure(t *testing.T) {
	rec := func(minutes int, kind runner.Kind, id string) runner.Record {
		return runner.Record{Time: at(minutes), Kind: kind, WorkspaceID: id}
	}
	target := func(r runner.Record, id, detail string) runner.Record { r.TargetID, r.Detail = id, detail; return r }
	opened := rec(0, runner.Opened, "")
	none := []Flight{}
	for name, tt := range map[string]struct {
		records []runner.Record
		phase   Phase
		left    []runner.Outcome // of the report
		want    Status
	}{
		"nothing":   {left: []runner.Outcome{runner.NotAsked}, want: Status{Stuck: none}},
		"opened":    {records: []runner.Record{opened}, left: []runner.Outcome{runner.NotAsked}, want: Status{Started: at(0), Stuck: none}},
		"requested": {records: []runner.Record{opened, rec(1, runner.Requested, "ws-1")}, want: Status{Started: at(0), Begun: 1, Stuck: []Flight{{WorkspaceID: "ws-1", Since: at(1), Last: runner.Requested}}}},
		"accepted, found, unknown, the oldest first": {
			records: []runner.Record{opened, rec(1, runner.Requested, "ws-3"), rec(2, runner.Requested, "ws-1"), target(rec(3, runner.Accepted, "ws-1"), "ws-t", "told"), rec(4, runner.Requested, "ws-2"),
				target(rec(5, runner.Found, "ws-2"), "ws-u", ""), target(rec(6, runner.Unknown, "ws-3"), "", "lost"), target(rec(7, runner.Unknown, "ws-1"), "", "late")},
			want: Status{Started: at(0), Begun: 2, Stuck: []Flight{
				{WorkspaceID: "ws-3", Since: at(1), Last: runner.Unknown, Detail: "lost"}, {WorkspaceID: "ws-1", TargetID: "ws-t", Since: at(2), Last: runner.Unknown, Detail: "late"}, {WorkspaceID: "ws-2", TargetID: "ws-u", Since: at(4), Last: runner.Found}}},
		},
		"throttled and asked again": {
			records: []runner.Record{opened, rec(1, runner.Requested, "ws-1"), rec(2, runner.Requested, "ws-2"), rec(3, runner.Throttled, "ws-1"), rec(5, runner.Requested, "ws-1"), rec(6, runner.Requested, "ws-1")},
			want:    Status{Started: at(0), Begun: 1, Stuck: []Flight{{WorkspaceID: "ws-1", Since: at(6), Last: runner.Requested}, {WorkspaceID: "ws-2", Since: at(2), Last: runner.Requested}}},
		},
		"not sent":          {records: []runner.Record{opened, rec(1, runner.Requested, "ws-3"), rec(2, runner.NotSent, "ws-3")}, left: []runner.Outcome{runner.NotAsked}, want: Status{Started: at(0), Begun: 1, Stuck: none}},
		"no request before": {records: []runner.Record{opened, rec(1, runner.Accepted, "ws-1")}, want: Status{Started: at(0), Stuck: none}},
		"ended and refused": {
			records: []runner.Record{opened, rec(2, runner.Requested, "ws-1"), rec(4, runner.Requested, "ws-2"), rec(10, runner.Refused, "ws-2"), rec(30, runner.Ended, "ws-1")},
			left:    []runner.Outcome{runner.NotAsked, runner.Following, runner.Following, runner.Succeeded, runner.NotReady, runner.Failed}, want: Status{Started: at(0), Begun: 1, Stuck: none, Left: 45 * time.Minute},
		},
		"it has come to its end": {
			records: []runner.Record{opened, rec(2, runner.Requested, "ws-1"), rec(30, runner.Ended, "ws-1")}, phase: Ended, left: []runner.Outcome{runner.NotAsked}, want: Status{Phase: Ended, Started: at(0), Begun: 1, Stuck: none},
		},
		"with a pause": { // 10 minutes and two hours, not two hours and a minute, nor what goes back
			records: []runner.Record{opened, rec(10, runner.Requested, "ws-1"), rec(130, runner.Accepted, "ws-1"), rec(251, runner.Unknown, "ws-1"), rec(241, runner.Ended, "ws-1")},
			left:    []runner.Outcome{runner.NotAsked, runner.NotAsked}, want: Status{Started: at(0), Begun: 1, Stuck: none, Left: 260 * time.Minute},
		},
	} {
		st := &Status{Phase: tt.phase, Stuck: []Flight{}, Report: &runner.Report{}}
		for _, o := range tt.left {
			st.Report.Results = append(st.Report.Results, runner.Result{Outcome: o})
		}
		tt.want.Report = st.Report
		if st.measure(anOrder().Plan, tt.records); !reflect.DeepEqual(*st, tt.want) {
			t.Errorf("%s: %+v\nwant %+v", name, *st, tt.want)
		}
	}
}

// A status that is not JSON is no status.
func TestStatusUnmarshal(t *testing.T) {
	st := Status{Left: 5}
	if err := st.UnmarshalJSON([]byte(`{"leftSeconds":"1"}`)); err == nil || !strings.Contains(err.Error(), "leftSeconds") || st.Left != 5 {
		t.Errorf("%v, %+v", err, st)
	}
	if err := st.UnmarshalJSON([]byte(`{"leftSeconds":1.5,"name":"a"}`)); err != nil || st.Left != 1500*time.Millisecond || st.Name != "a" {
		t.Errorf("%v, %+v", err, st)
	}
}
