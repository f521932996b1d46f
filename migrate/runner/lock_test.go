package runner

import (
	"errors"
	"os"
	"path/filepath"
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
