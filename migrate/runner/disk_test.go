//go:build !plan9

package runner_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/wkstest"
)

// someFaults are those after which a kill at the wrong moment would do harm.
func someFaults() []fleet.Fault {
	return []fleet.Fault{
		"", fleet.LoseAccepted, fleet.Throttle, fleet.Refuse, fleet.RollBack, fleet.DuplicateID, fleet.SameID, "",
	}
}

// smallWorld is one with someFaults that is looked at now and then.
func smallWorld() (*world, *wkstest.Virtual) {
	w, clock := newClockedWorld(someFaults()...)
	w.options.PollEvery = 10 * time.Minute
	return w, clock
}

// diskErrors are those of a full and of a read-only disk.
func diskErrors() (full, readOnly error) {
	if runtime.GOOS == "windows" {
		return syscall.Errno(112), syscall.Errno(19) // ERROR_DISK_FULL, ERROR_WRITE_PROTECT
	}
	return syscall.ENOSPC, syscall.EROFS
}

// The power is cut at each byte of a journal: what was synced is read again, what was not is
// mended, and the next run does the rest, with nothing requested twice.
func TestPowerCutAtEachByte(t *testing.T) {
	full := &file{}
	w, _ := smallWorld()
	if rep, err := w.run(t.Context(), full); err != nil || w.check(rep, 0) != nil {
		t.Fatal(err, w.check(rep, 0))
	}
	step := 1
	if lineartest.Race || testing.Short() {
		step = 7
	}
	mended := map[runner.Trouble]int{}
	for n := 1; n < len(full.data); n += step {
		w, clock := smallWorld()
		f := &file{room: n}
		if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) || len(f.data) != n {
			t.Fatalf("byte %d: %d are there, %v", n, len(f.data), err)
		}
		if err := clock.Sleep(t.Context(), 3*time.Minute); err != nil {
			t.Fatal(err)
		}
		f = f.again()
		j, err := runner.NewJournal(f)
		if err != nil {
			t.Fatalf("byte %d: %v", n, err)
		}
		if m := j.Mended(); m != nil {
			mended[m.Trouble]++
		}
		rep, err := runner.Run(t.Context(), w.service, w.plan, j, w.options)
		if err == nil {
			err = w.check(rep, 1)
		}
		if err != nil {
			t.Fatalf("the power was cut at byte %d: %v\n%s", n, err, f.data)
		}
	}
	if mended[runner.Torn] == 0 || step == 1 && mended[runner.Unended] == 0 {
		t.Errorf("mended %v", mended)
	}
	t.Logf("%d bytes, mended %v", len(full.data), mended)
}

// cutter is a service during whose n-th request the power is cut: nothing is on disk then that was not synced before.
type cutter struct {
	runner.API
	f     *file
	at, n int
}

func (a *cutter) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	if a.n++; a.n == a.at {
		a.f.dead = true
	}
	return a.API.MigrateWorkspace(ctx, in, opts...)
}

// The power is cut at each request, and what was not synced is lost: the request was, and is not made again.
func TestPowerCutAtEachRequest(t *testing.T) {
	for at := 1; ; at++ {
		w, clock := smallWorld()
		f := &file{}
		j, err := runner.NewJournal(f)
		if err != nil {
			t.Fatal(err)
		}
		api := &cutter{API: w.service, f: f, at: at}
		if _, err := runner.Run(t.Context(), api, w.plan, j, w.options); err == nil {
			if at < len(w.faults) {
				t.Errorf("the power was cut at %d requests", at-1)
			}
			return
		} else if !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		if err := clock.Sleep(t.Context(), 3*time.Minute); err != nil {
			t.Fatal(err)
		}
		rep, err := w.run(t.Context(), f.afterPowerCut())
		if err == nil {
			err = w.check(rep, 1)
		}
		if err != nil {
			t.Fatalf("the power was cut at request %d: %v\n%s", at, err, f.data[:f.synced])
		}
	}
}

// A sync that fails is named, and nothing more is requested, whether the disk has the record or not.
func TestSyncFails(t *testing.T) {
	for n := 1; ; n++ {
		for _, lost := range []bool{false, true} {
			w, clock := smallWorld()
			f := &file{syncFails: n}
			_, err := w.run(t.Context(), f)
			if err == nil {
				if n < 20 {
					t.Errorf("%d syncs", n-1)
				}
				return
			}
			if kind, line := trouble(err); kind != runner.Unwritable || line != n || f.syncs != n || f.writes != n {
				t.Fatalf("sync %d: %v, %d syncs, %d writes", n, err, f.syncs, f.writes)
			}
			next := f.again()
			if lost {
				next = f.afterPowerCut()
			}
			err = clock.Sleep(t.Context(), 3*time.Minute)
			if err == nil {
				var rep *runner.Report
				if rep, err = w.run(t.Context(), next); err == nil {
					err = w.check(rep, 1)
				}
			}
			if err != nil {
				t.Fatalf("sync %d failed, the record is lost %t: %v\n%s", n, lost, err, next.data)
			}
		}
	}
}

// The disk is full at bytes all over a journal, or says that it is read-only: that is named,
// nothing is requested of which there is no record, and when there is room again the next
// run does the rest.
func TestFullDiskAtAnyByte(t *testing.T) {
	full := &file{}
	w, _ := smallWorld()
	if _, err := w.run(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	noRoom, readOnly := diskErrors()
	for err, want := range map[error]runner.Trouble{
		&fs.PathError{Op: "write", Path: "journal", Err: noRoom}:   runner.DiskFull,
		&fs.PathError{Op: "write", Path: "journal", Err: readOnly}: runner.ReadOnly,
		io.ErrUnexpectedEOF: runner.Unwritable,
	} {
		step := 3
		if want != runner.DiskFull || lineartest.Race || testing.Short() {
			step = 29
		}
		for n := 1; n < len(full.data); n += step {
			w, _ := smallWorld()
			f := &file{room: n, err: err}
			_, got := w.run(t.Context(), f)
			if kind, _ := trouble(got); kind != want || !errors.Is(got, err) {
				t.Fatalf("byte %d: %v, want %s", n, got, want)
			}
			rep, got := w.run(t.Context(), f.again())
			if got == nil {
				got = w.check(rep, 1)
			}
			if got != nil {
				t.Fatalf("the disk was full at byte %d: %v\n%s", n, got, f.data)
			}
		}
	}
}

// A disk that is full when the journal is mended is named, and the record is still there.
func TestFullDiskWhenMending(t *testing.T) {
	whole := text(request, accepted)
	noRoom, _ := diskErrors()
	noQuota := error(syscall.EDQUOT)
	if runtime.GOOS == "windows" {
		noQuota = syscall.Errno(39) // ERROR_HANDLE_DISK_FULL
	}
	for _, full := range []error{noRoom, noQuota} {
		f := &file{data: []byte(whole[:len(whole)-1]), room: len(whole) - 1, err: full}
		_, err := runner.NewJournal(f)
		if kind, line := trouble(err); kind != runner.DiskFull || line != 3 || string(f.data) != whole[:len(whole)-1] {
			t.Errorf("%v: %q", err, f.data)
		}
	}
}

// The journal is readable by its owner alone, also if it was not, where there are owners.
func TestJournalIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("no modes of files here")
	}
	name := filepath.Join(t.TempDir(), "journal")
	for _, mode := range []fs.FileMode{0, 0o644, 0o666, 0o640} {
		if mode != 0 {
			if err := os.Chmod(name, mode); err != nil {
				t.Fatal(err)
			}
		}
		j, err := runner.OpenJournal(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%o became %o, %v", mode, info.Mode().Perm(), err)
		}
	}
}

// miser is a file that takes less than it is given and says nothing.
type miser struct{ *file }

func (f miser) Write(p []byte) (int, error) { return f.file.Write(p[:len(p)-1]) }

// A record of which a part is written is not there, and nothing is requested.
func TestShortWrite(t *testing.T) {
	w, _ := newClockedWorld("")
	j, err := runner.NewJournal(miser{&file{}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = runner.Run(t.Context(), w.service, w.plan, j, w.options)
	if kind, _ := trouble(err); kind != runner.Unwritable || !errors.Is(err, io.ErrShortWrite) || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%v, %d requests", err, w.service.Requests("ws-00000000"))
	}
}
