package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

func privately(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %o", name, info.Mode().Perm())
	}
}

func says(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

// What is written is for its owner alone, also where a file for all was before, and takes its place as a whole.
func TestWriteFileIsPrivate(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "page.html")
	for _, before := range []os.FileMode{0, 0o644, 0o666, 0o600} {
		if before != 0 {
			if err := errors.Join(os.WriteFile(name, []byte("before"), before), os.Chmod(name, before)); err != nil {
				t.Fatal(err)
			}
		}
		if err := WriteFile(name, says("after")); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(name); err != nil || string(text) != "after" {
			t.Errorf("%q, %v", text, err)
		}
		privately(t, name)
	}
	fault := errors.New("no more")
	if err := WriteFile(name, func(w io.Writer) error { io.WriteString(w, "half"); return fault }); !errors.Is(err, fault) {
		t.Errorf("%v", err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "after" {
		t.Errorf("a file that failed is in the place of the one before: %q, %v", text, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	if err := WriteFile(link, says("through")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "through" {
		t.Errorf("through a link: %q, %v", text, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if runtime.GOOS != "windows" {
		if err := WriteFile(os.DevNull, says("x")); err != nil {
			t.Errorf("a device: %v", err)
		}
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Fatalf("the device is gone: %v, %v", info, err)
		}
	}
}

func TestOpenPrivate(t *testing.T) {
	dir := t.TempDir()
	for _, before := range []os.FileMode{0, 0o644, 0o666, 0o600} {
		name := filepath.Join(dir, "store")
		os.Remove(name)
		want := "after"
		if before != 0 {
			want = "before, after"
			if err := errors.Join(os.WriteFile(name, []byte("before, "), before), os.Chmod(name, before)); err != nil {
				t.Fatal(err)
			}
		}
		f, err := OpenPrivate(name, os.O_APPEND)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString("after")
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		privately(t, name)
		if text, err := os.ReadFile(name); err != nil || !slices.Equal(text, []byte(want)) {
			t.Errorf("%q, %v, want %q", text, err, want)
		}
	}
	if _, err := OpenPrivate(filepath.Join(dir, "no", "folder"), 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
