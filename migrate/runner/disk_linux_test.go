package runner_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/runner"
)

// mountSmall mounts a file system in memory with few bytes of room.
func mountSmall(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("needs root to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// A real disk is full at some byte of the journal. When there is room again the next run does
// the rest.
func TestRealFullDisk(t *testing.T) {
	dir := mountSmall(t)
	name, rest := filepath.Join(dir, "journal"), filepath.Join(dir, "rest")
	for round := range 3 {
		if err := errors.Join(remove(name), remove(rest)); err != nil {
			t.Fatal(err)
		}
		w, clock := newClockedWorld(make([]fleet.Fault, 200)...)
		// All but some pages are taken, so that the journal does not fit.
		if err := os.WriteFile(rest, make([]byte, (13-2*round)*4096), 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := runner.OpenJournal(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = runner.Run(t.Context(), w.service, w.plan, j, w.options)
		if kind, _ := trouble(err); kind != runner.DiskFull || !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		if err := errors.Join(j.Close(), os.Remove(rest)); err != nil {
			t.Fatal(err)
		}
		dir2 := t.TempDir() // where there is room for all
		text, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir2, "journal"), text, 0o600)
		}
		if err == nil {
			err = clock.Sleep(t.Context(), time.Minute)
		}
		if err != nil {
			t.Fatal(err)
		}
		if j, err = runner.OpenJournal(filepath.Join(dir2, "journal")); err != nil {
			t.Fatal(err)
		}
		t.Logf("full after %d bytes, mended: %v", len(text), j.Mended())
		rep, err := runner.Run(t.Context(), w.service, w.plan, j, w.options)
		if err == nil {
			err = errors.Join(w.check(rep, 1), j.Close())
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// A real disk is read-only.
func TestRealReadOnlyDisk(t *testing.T) {
	dir := mountSmall(t)
	name := filepath.Join(dir, "journal")
	whole := text(request, accepted)
	for _, was := range []string{"", whole[:len(whole)-1]} {
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
			t.Fatal(err)
		}
		if was != "" {
			if err := os.WriteFile(name, []byte(was), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		_, err := runner.OpenJournal(name)
		if kind, _ := trouble(err); kind != runner.ReadOnly || !errors.Is(err, syscall.EROFS) {
			t.Error(err)
		}
		if now, err := os.ReadFile(name); was != "" && string(now) != was {
			t.Errorf("%q is left, %v", now, err)
		}
	}
}

func remove(name string) error {
	if err := os.Remove(name); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
