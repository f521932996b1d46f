package runner

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Where there are no locks, a file beside the journal is one. What a killed process leaves is
// named, and is to be removed by hand.
func TestLockBeside(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal")
	unlock, err := lockBeside(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockBeside(name); !errors.Is(err, errLocked) {
		t.Errorf("taken twice: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if _, err := lockBeside(name); err != nil {
		t.Errorf("after its end: %v", err)
	}
	if err := os.Remove(name + ".lock"); err != nil {
		t.Fatal(err)
	}
	if _, err := lockBeside(name); err != nil {
		t.Errorf("after it was removed: %v", err)
	}
	if _, err := lockBeside(filepath.Join(name, "x")); err == nil || errors.Is(err, errLocked) {
		t.Errorf("in no folder: %v", err)
	}
}

// On a system or a file system without locks a journal is never open without one: the file beside it keeps other runs
// away until the journal is closed or refused, and the error names it.
func TestWithoutLocks(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal")
	bare := system{lock: func(*os.File) error { return errors.ErrUnsupported }, syncDir: syncDir}
	wants := func(err error, want Trouble) {
		t.Helper()
		var e *JournalError
		if !errors.As(err, &e) || e.Trouble != want || e.Name != name {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for range 2 {
		j, err := bare.open(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = bare.open(name)
		wants(err, Locked)
		if !strings.Contains(err.Error(), name+".lock") {
			t.Errorf("%v does not name what is to be removed", err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(name, []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err := bare.open(name)
		wants(err, Altered)
	}
	if _, err := os.Stat(name + ".lock"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused journal leaves its lock: %v", err)
	}
}

// A journal that cannot be locked is not opened.
func TestLockFails(t *testing.T) {
	fault := errors.New("fault")
	_, err := system{lock: func(*os.File) error { return fault }, syncDir: syncDir}.open(filepath.Join(t.TempDir(), "journal"))
	var e *JournalError
	if !errors.As(err, &e) || e.Trouble != Unwritable || !errors.Is(err, fault) {
		t.Error(err)
	}
}

// A journal is open when its name is on disk, so that a power cut does not lose it with all its records.
func TestNameIsOnDisk(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "journal")
	var synced []string
	fault := errors.New("fault")
	s := system{lock: lock, syncDir: func(name string) error { synced = append(synced, name); return fault }}
	_, err := s.open(name)
	var e *JournalError
	if !errors.As(err, &e) || e.Trouble != Unwritable || e.Name != name || !errors.Is(err, fault) || len(synced) != 1 || synced[0] != dir {
		t.Errorf("%v, synced %q", err, synced)
	}
	j, err := OpenJournal(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// A file that is not the one with the name any more is not taken for the journal.
func TestNameOfAnotherFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal")
	swap := func(*os.File) error {
		if err := os.Rename(name, name+".old"); err != nil {
			t.Skip(err)
		}
		return os.WriteFile(name, nil, 0o600)
	}
	_, err := system{lock: swap, syncDir: syncDir}.open(name)
	var e *JournalError
	if !errors.As(err, &e) || e.Trouble != Locked || e.Name != name {
		t.Error(err)
	}
}

// A new journal is never readable by others, not even before anything is made private.
func TestNewJournalIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("no modes of files here")
	}
	looked := false
	s := system{syncDir: syncDir, lock: func(f *os.File) error {
		looked = true
		if info, err := f.Stat(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		return nil
	}}
	j, err := s.open(filepath.Join(t.TempDir(), "journal"))
	if err != nil || !looked {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}
