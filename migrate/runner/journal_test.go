package runner_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/runner"
)

// A file is one in memory that can be made to crash.
type file struct {
	data   []byte
	off    int
	writes int
	// crashAt is the number of the write, from 1, at which the process dies: before, in the
	// middle or after the line is on disk, by how; 0 is never.
	crashAt int
	how     crash
	// room is how many bytes there can be, and err what a write beyond them says; 0 is no
	// bound.
	room  int
	err   error
	dead  bool
	syncs int
	// synced is how many bytes a power cut leaves, and syncFails the number of the sync, from 1, that fails; 0 is none.
	synced, syncFails int
}

type crash int

const (
	before crash = iota
	torn
	after
)

var errCrash = errors.New("killed")

func (f *file) Read(p []byte) (int, error) {
	if f.off >= len(f.data) {
		return 0, io.EOF
	}
	n := copy(p, f.data[f.off:])
	f.off += n
	return n, nil
}

func (f *file) Seek(off int64, whence int) (int64, error) {
	if whence != io.SeekStart {
		return 0, errors.New("seek")
	}
	f.off = int(off)
	return off, nil
}

func (f *file) Write(p []byte) (int, error) {
	if f.dead {
		return 0, errCrash
	}
	keep := p
	if f.writes++; f.writes == f.crashAt {
		f.dead = true
		switch f.how {
		case before:
			keep = nil
		case torn:
			keep = p[:len(p)/2]
		}
	}
	full := f.room > 0 && f.off+len(keep) > f.room
	if full {
		keep = keep[:f.room-f.off]
	}
	f.data = append(f.data[:f.off], keep...)
	f.off = len(f.data)
	if full {
		f.dead = f.err == nil
		return len(keep), cmp.Or(f.err, errCrash)
	}
	if f.dead {
		return len(keep), errCrash
	}
	return len(p), nil
}

func (f *file) Truncate(size int64) error { f.data = f.data[:size]; return nil }

func (f *file) Sync() error {
	if f.dead {
		return errCrash
	}
	if f.syncs++; f.syncs == f.syncFails {
		return errCrash
	}
	f.synced = len(f.data)
	return nil
}

// afterPowerCut is what a new process finds when all is lost that was not synced.
func (f *file) afterPowerCut() *file { return &file{data: bytes.Clone(f.data[:f.synced])} }

// again is what a new process finds.
func (f *file) again() *file { return &file{data: bytes.Clone(f.data)} }

// The records of a journal but for their numbers and checksums.
const (
	opened    = `"v":2,"time":"2026-09-10T12:00:00Z","kind":"opened","scope":{"account":"111122223333","region":"eu-west-1","directories":[],"plan":"x"}`
	request   = `"v":2,"time":"2026-09-10T12:00:00Z","kind":"requested","workspaceId":"ws-0000000a","migration":{"workspaceId":"ws-0000000a","sourceBundleId":"wsb-1","bundleId":"wsb-2","directoryId":"","userName":"","subnetId":""}`
	accepted  = `"v":2,"time":"2026-09-10T12:00:01Z","kind":"accepted","workspaceId":"ws-0000000a","targetId":"ws-0000000b"`
	unknown   = `"v":2,"time":"2026-09-10T12:00:01Z","kind":"unknown","workspaceId":"ws-0000000a"`
	refused   = `"v":2,"time":"2026-09-10T12:00:01Z","kind":"refused","workspaceId":"ws-0000000a"`
	throttled = `"v":2,"time":"2026-09-10T12:00:01Z","kind":"throttled","workspaceId":"ws-0000000a"`
	notSent   = `"v":2,"time":"2026-09-10T13:00:01Z","kind":"not-sent","workspaceId":"ws-0000000a"`
	found     = `"v":2,"time":"2026-09-10T12:00:01Z","kind":"found","workspaceId":"ws-0000000a","targetId":"ws-0000000b"`
	ended     = `"v":2,"time":"2026-09-10T13:00:01Z","kind":"ended","workspaceId":"ws-0000000a","status":"succeeded"`
)

// line is a record with its number and the checksum of what stands before that.
func line(n int, record string) string {
	text := fmt.Sprintf(`{"n":%d,%s`, n, record)
	return fmt.Sprintf("%s,\"sum\":\"%08x\"}\n", text, crc32.Checksum([]byte(text), crc32.MakeTable(crc32.Castagnoli)))
}

// text is a journal of records, the first of which is opened.
func text(records ...string) string {
	all := line(1, opened)
	for i, r := range records {
		all += line(i+2, r)
	}
	return all
}

// trouble is what an error says of a journal, or "".
func trouble(err error) (runner.Trouble, int) {
	var e *runner.JournalError
	if !errors.As(err, &e) {
		return "", 0
	}
	return e.Trouble, e.Line
}

func TestJournalReads(t *testing.T) {
	whole := text(request, accepted)
	last := len(line(3, accepted))
	for _, tt := range []struct {
		name, text string
		keep       string // what is left of the text; "=" for all
		mended     runner.Trouble
		trouble    runner.Trouble
		line       int
	}{
		{name: "nothing", text: "", keep: "="},
		{name: "no request", text: text(), keep: "="},
		{name: "all", text: text(request, accepted, ended), keep: "="},
		{name: "lost", text: text(request, unknown, found, ended), keep: "="},
		{name: "lost and never found", text: text(request, unknown, ended), keep: "="},
		{name: "refused", text: text(request, refused), keep: "="},
		{name: "throttled", text: text(request, throttled, request, throttled, request, accepted), keep: "="},
		{name: "killed before the answer", text: text(request), keep: "="},
		{name: "killed and not sent", text: text(request, notSent, request, accepted), keep: "="},
		{name: "found after a wrong answer", text: text(request, accepted, found), keep: "="},
		{name: "killed and followed", text: text(request, found, ended), keep: "="},
		{name: "killed and ended", text: text(request, ended), keep: "="},
		{name: "another plan", text: text(request, strings.Replace(opened, `"opened"`, `"replanned"`, 1), accepted), keep: "="},

		{name: "torn", text: whole[:len(whole)-last+40], keep: text(request), mended: runner.Torn},
		{name: "torn before the end of the record", text: whole[:len(whole)-2], keep: text(request), mended: runner.Torn},
		{name: "torn before the end of the line", text: whole[:len(whole)-1], keep: whole, mended: runner.Unended},
		{name: "torn at once", text: whole[:1], keep: "", mended: runner.Torn},
		{name: "torn, and zeros", text: text(request) + line(3, accepted)[:40] + "\x00\x00\x00", keep: text(request), mended: runner.Torn},
		{name: "zeros", text: text(request) + "\x00\x00\x00", keep: text(request), mended: runner.Torn},
		{name: "zeros for the end of the line", text: whole[:len(whole)-1] + "\x00\x00", keep: whole, mended: runner.Unended},

		{name: "corrupt in the middle", text: text(request) + accepted[:40] + "\n" + line(4, ended), trouble: runner.Altered, line: 3},
		{name: "corrupt at the end", text: text(request) + "x\n", trouble: runner.Altered, line: 3},
		{name: "the end of the last line is altered", text: whole[:len(whole)-1] + "\v", trouble: runner.Altered, line: 3},
		{name: "the end of a line is altered, and the last is torn", text: whole[:len(whole)-1] + "\v" + line(4, ended)[:30], trouble: runner.Altered, line: 3},
		{name: "torn, of another number", text: text(request) + line(4, accepted)[:40], trouble: runner.Altered, line: 3},
		{name: "a file of another kind", text: `{"Workspaces":[`, trouble: runner.Altered, line: 1},
		{name: "an endless line", text: `{"n":1,"v":2,"detail":"` + strings.Repeat("x", 1<<20), trouble: runner.Altered, line: 1},
		{name: "an empty line", text: text(request) + "\n" + line(3, accepted), trouble: runner.Altered, line: 3},
		{name: "two records on a line", text: strings.Replace(whole, "}\n", "}", 1), trouble: runner.Altered, line: 1},
		{name: "a record twice", text: text(request) + line(2, request), trouble: runner.Repeated, line: 3},
		{name: "the first record twice", text: text() + line(1, opened), trouble: runner.Repeated, line: 2},
		{name: "two records twice", text: text(request, throttled) + line(2, request) + line(3, throttled), trouble: runner.Repeated, line: 4},
		{name: "a record is missing", text: text(request) + line(4, ended), trouble: runner.Missing, line: 3},
		{name: "the first record is missing", text: line(2, request), trouble: runner.Missing, line: 1},
		{name: "another version", text: line(1, strings.Replace(opened, `"v":2`, `"v":3,"new":1`, 1)), trouble: runner.OtherVersion, line: 1},
		{name: "the version without checksums", text: `{"v":1,"kind":"requested","workspaceId":"ws-0000000a"}` + "\n", trouble: runner.OtherVersion, line: 1},
		{name: "no version", text: line(1, strings.Replace(opened, `"v":2,`, ``, 1)), trouble: runner.OtherVersion, line: 1},
		{name: "an unknown field", text: line(1, strings.Replace(opened, `"v":2`, `"v":2,"w":1`, 1)), trouble: runner.Altered, line: 1},
		{name: "no number", text: text() + line(0, request), trouble: runner.Disordered, line: 2},
		{name: "no scope", text: line(1, strings.Replace(opened, `1111`, ``, 1)), trouble: runner.Disordered, line: 1},
		{name: "a request first", text: line(1, request), trouble: runner.Disordered, line: 1},
		{name: "opened again", text: text(opened), trouble: runner.Disordered, line: 2},
		{name: "an unknown kind", text: text(strings.Replace(unknown, `unknown`, `dreamt`, 1)), trouble: runner.Disordered, line: 2},
		{name: "an answer without a request", text: text(accepted), trouble: runner.Disordered, line: 2},
		{name: "two requests", text: text(request, request), trouble: runner.Disordered, line: 3},
		{name: "a request after the answer", text: text(request, accepted, request), trouble: runner.Disordered, line: 4},
		{name: "a request after a lost answer", text: text(request, unknown, request), trouble: runner.Disordered, line: 4},
		{name: "not sent after a lost answer", text: text(request, unknown, notSent), trouble: runner.Disordered, line: 4},
		{name: "a request after the end", text: text(request, refused, request), trouble: runner.Disordered, line: 4},
		{name: "two ends", text: text(request, ended, ended), trouble: runner.Disordered, line: 4},
		{name: "an end of what was throttled", text: text(request, throttled, ended), trouble: runner.Disordered, line: 4},
		{name: "accepted without a target", text: text(request, strings.Replace(accepted, `,"targetId":"ws-0000000b"`, ``, 1)), trouble: runner.Disordered, line: 3},
		{name: "found after the end", text: text(request, ended, found), trouble: runner.Disordered, line: 4},
		{name: "a request without its migration", text: text(request[:strings.Index(request, `,"migration"`)]), trouble: runner.Disordered, line: 2},
		{name: "another WorkSpace's migration", text: text(strings.Replace(request, "ws-0000000a", "ws-0000000c", 1)), trouble: runner.Disordered, line: 2},
	} {
		f := &file{data: []byte(tt.text)}
		j, err := runner.NewJournal(f)
		if got, line := trouble(err); got != tt.trouble || line != tt.line || (err == nil) != (tt.trouble == "") {
			t.Errorf("%s: error %v, want %s in line %d", tt.name, err, tt.trouble, tt.line)
		}
		keep := tt.keep
		if keep == "=" || err != nil {
			keep = tt.text
		}
		if string(f.data) != keep {
			t.Errorf("%s: %q is left, want %q", tt.name, f.data, keep)
		}
		mended := runner.Trouble("")
		if e := j.Mended(); e != nil {
			mended = e.Trouble
		}
		if mended != tt.mended || (f.syncs > 0) != (tt.mended != "") {
			t.Errorf("%s: %q is mended, with %d syncs", tt.name, mended, f.syncs)
		}
		if err == nil && f.off != len(f.data) {
			t.Errorf("%s: the next record comes at %d of %d", tt.name, f.off, len(f.data))
		}
	}
}

// Each flipped bit of a journal, and each byte that is lost or doubled, is noticed, and the
// file is left as it is.
func TestJournalIsAltered(t *testing.T) {
	w, _ := newClockedWorld(fleet.LoseAccepted)
	f := &file{}
	if _, err := w.run(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	try := func(what string, at int, text []byte) {
		t.Helper()
		g := &file{data: bytes.Clone(text)}
		if _, err := runner.NewJournal(g); err == nil {
			t.Fatalf("byte %d %s: %q is read", at, what, text)
		} else if kind, line := trouble(err); kind == "" || line < 1 {
			t.Fatalf("byte %d %s: %v", at, what, err)
		}
		if !bytes.Equal(g.data, text) {
			t.Fatalf("byte %d %s: the journal is refused, and changed", at, what)
		}
	}
	for at := range f.data {
		for bit := range 8 {
			text := bytes.Clone(f.data)
			text[at] ^= 1 << bit
			try("is flipped", at, text)
		}
		if at < len(f.data)-1 { // without the end of its line the last record is kept
			try("is lost", at, slices.Delete(bytes.Clone(f.data), at, at+1))
		}
		if at > 0 { // and a second { is that of a record that was cut short
			try("is doubled", at, slices.Insert(bytes.Clone(f.data), at, f.data[at]))
		}
	}
	t.Logf("%d bytes", len(f.data))
}

// After a write that failed nothing more is written, even if the file works again: what
// follows may not be readable.
func TestJournalAfterAnError(t *testing.T) {
	w, _ := newClockedWorld("")
	f := &file{crashAt: 2, how: torn}
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		rep, err := runner.Run(t.Context(), w.service, w.plan, j, w.options)
		if !errors.Is(err, errCrash) || rep.Count(runner.NotAsked) != 1 {
			t.Errorf("%+v, error %v", rep, err)
		}
		f.dead = false
	}
	if f.writes != 2 || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%d writes, %d requests", f.writes, w.service.Requests("ws-00000000"))
	}
}

func TestOpenJournal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal.jsonl")
	wants := func(what string, err error, want runner.Trouble) {
		t.Helper()
		if got, _ := trouble(err); got != want || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", what, err)
		}
	}
	j, err := runner.OpenJournal(name)
	if err != nil {
		t.Fatal(err)
	}
	_, err = runner.OpenJournal(name)
	wants("two runs have the journal", err, runner.Locked)
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text(request)+"x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the first leaves no lock
		_, err = runner.OpenJournal(name)
		wants("a corrupt journal", err, runner.Altered)
	}
	_, err = runner.OpenJournal(filepath.Join(name, "x"))
	wants("a journal in a file", err, runner.Unwritable)
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(text(request, accepted, ended)))
	f.Add([]byte(text(request, throttled, request, unknown) + line(6, found)[:30]))
	f.Add([]byte(strings.TrimSuffix(text(request, notSent, request), "\n")))
	f.Fuzz(func(t *testing.T, text []byte) {
		first := &file{data: bytes.Clone(text)}
		if _, err := runner.NewJournal(first); err != nil {
			if !bytes.Equal(first.data, text) {
				t.Fatalf("%q was refused, and changed", text)
			}
			return
		}
		if !bytes.HasPrefix(text, bytes.TrimSuffix(first.data, []byte("\n"))) {
			t.Fatalf("%q became %q", text, first.data)
		}
		if _, err := runner.NewJournal(first.again()); err != nil {
			t.Fatalf("%q was read once, and not again: %v", text, err)
		}
	})
}
