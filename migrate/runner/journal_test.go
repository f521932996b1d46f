package runner_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	dead    bool
	syncs   int
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
	f.data = append(f.data[:f.off], keep...)
	f.off = len(f.data)
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
	f.syncs++
	return nil
}

// again is what a new process finds.
func (f *file) again() *file { return &file{data: bytes.Clone(f.data)} }

const (
	request  = `{"v":1,"time":"2026-09-10T12:00:00Z","kind":"requested","workspaceId":"ws-0000000a","migration":{"workspaceId":"ws-0000000a","sourceBundleId":"wsb-1","bundleId":"wsb-2","directoryId":"","userName":"","subnetId":""}}` + "\n"
	accepted = `{"v":1,"time":"2026-09-10T12:00:01Z","kind":"accepted","workspaceId":"ws-0000000a","targetId":"ws-0000000b"}` + "\n"
	unknown  = `{"v":1,"time":"2026-09-10T12:00:01Z","kind":"unknown","workspaceId":"ws-0000000a"}` + "\n"
	refused  = `{"v":1,"time":"2026-09-10T12:00:01Z","kind":"refused","workspaceId":"ws-0000000a"}` + "\n"
	throttle = `{"v":1,"time":"2026-09-10T12:00:01Z","kind":"throttled","workspaceId":"ws-0000000a"}` + "\n"
	found    = `{"v":1,"time":"2026-09-10T12:00:01Z","kind":"found","workspaceId":"ws-0000000a","targetId":"ws-0000000b"}` + "\n"
	ended    = `{"v":1,"time":"2026-09-10T13:00:01Z","kind":"ended","workspaceId":"ws-0000000a","status":"succeeded"}` + "\n"
)

func TestJournalReads(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       string // that the error names, or ""
		keep       int    // bytes left in the file, or -1 for all
	}{
		{"nothing", "", "", -1},
		{"all", request + accepted + ended, "", -1},
		{"lost", request + unknown + found + ended, "", -1},
		{"lost and never found", request + unknown + ended, "", -1},
		{"refused", request + refused, "", -1},
		{"throttled", request + throttle + request + throttle + request + accepted, "", -1},
		{"killed before the answer", request, "", -1},
		{"found after a wrong answer", request + accepted + found, "", -1},
		{"killed and followed", request + found + ended, "", -1},
		{"killed and ended", request + ended, "", -1},
		{"torn", request + accepted[:40], "", len(request)},
		{"torn before the end of the line", request + strings.TrimSuffix(accepted, "\n"), "", len(request)},
		{"torn at once", request[:1], "", 0},

		{"corrupt in the middle", request + accepted[:40] + "\n" + ended, "line 2", -1},
		{"corrupt at the end", request + "x\n", "line 2", -1},
		{"an empty line", request + "\n" + accepted, "line 2", -1},
		{"two records on a line", strings.TrimSuffix(request, "\n") + accepted, "line 1", -1},
		{"another version", strings.Replace(request, `"v":1`, `"v":2`, 1), "line 1", -1},
		{"no version", strings.Replace(request, `"v":1,`, ``, 1), "line 1", -1},
		{"an unknown field", strings.Replace(request, `"v":1`, `"v":1,"w":1`, 1), "line 1", -1},
		{"an unknown kind", strings.Replace(unknown, `unknown`, `dreamt`, 1), "line 1", -1},
		{"an answer without a request", accepted, "line 1", -1},
		{"two requests", request + request, "line 2", -1},
		{"a request after the answer", request + accepted + request, "line 3", -1},
		{"a request after a lost answer", request + unknown + request, "line 3", -1},
		{"a request after the end", request + refused + request, "line 3", -1},
		{"two ends", request + ended + ended, "line 3", -1},
		{"an end of what was throttled", request + throttle + ended, "line 3", -1},
		{"accepted without a target", request + strings.Replace(accepted, `,"targetId":"ws-0000000b"`, ``, 1), "line 2", -1},
		{"found after the end", request + ended + found, "line 3", -1},
		{"a request without its migration", request[:strings.Index(request, `,"migration"`)] + "}\n", "line 1", -1},
		{"another WorkSpace's migration", strings.Replace(request, "ws-0000000a", "ws-0000000c", 1), "line 1", -1},
	} {
		f := &file{data: []byte(tt.text)}
		_, err := runner.NewJournal(f)
		if (err == nil) != (tt.line == "") || err != nil && !strings.Contains(err.Error(), tt.line+":") {
			t.Errorf("%s: error %v, want one at %q", tt.name, err, tt.line)
		}
		keep := tt.keep
		if keep < 0 {
			keep = len(tt.text)
		}
		if string(f.data) != tt.text[:keep] {
			t.Errorf("%s: %d bytes are left, want %d", tt.name, len(f.data), keep)
		}
		if (f.syncs > 0) != (tt.keep >= 0) {
			t.Errorf("%s: %d syncs", tt.name, f.syncs)
		}
	}
}

// After a write that failed nothing more is written, even if the file works again: what
// follows may not be readable.
func TestJournalAfterAnError(t *testing.T) {
	w, _ := newClockedWorld("")
	f := &file{crashAt: 1, how: torn}
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := runner.Run(t.Context(), w.service, w.plan, j, w.options); !errors.Is(err, errCrash) {
			t.Errorf("error %v", err)
		}
		f.dead = false
	}
	if f.writes != 1 || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%d writes, %d requests", f.writes, w.service.Requests("ws-00000000"))
	}
}

func TestOpenJournal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal.jsonl")
	j, err := runner.OpenJournal(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runner.OpenJournal(name); err == nil {
		t.Error("two runs have the journal")
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(request+"x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := runner.OpenJournal(name); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("a corrupt journal: %v", err)
	}
	if _, err := runner.OpenJournal(filepath.Join(name, "x")); err == nil {
		t.Error("a journal in a file")
	}
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(request + accepted + ended))
	f.Add([]byte(request + throttle + request + unknown + found[:30]))
	f.Fuzz(func(t *testing.T, text []byte) {
		first := &file{data: bytes.Clone(text)}
		if _, err := runner.NewJournal(first); err != nil {
			if !bytes.Equal(first.data, text) {
				t.Fatalf("%q was refused, and changed", text)
			}
			return
		}
		if !bytes.HasPrefix(text, first.data) {
			t.Fatalf("%q became %q", text, first.data)
		}
		if _, err := runner.NewJournal(first.again()); err != nil {
			t.Fatalf("%q was read once, and not again: %v", text, err)
		}
	})
}
