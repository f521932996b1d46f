package durable_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate/durable"
)

// A store in a file has journals with the names of users: its owner alone can read it and what SQLite keeps beside it, also
// if it was for all before.
func TestStoreIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes of files here")
	}
	for name, tt := range map[string]struct {
		before, after string
		mode          os.FileMode // of a file that is there before; 0 is none
	}{
		"new":                          {before: "sqlite:"},
		"new, with slashes":            {before: "sqlite://"},
		"new, as a URI":                {before: "sqlite:file:", after: "?_pragma=foreign_keys(1)"},
		"new, with parameters":         {before: "sqlite:", after: "?_pragma=foreign_keys(1)"},
		"for all":                      {before: "sqlite:", mode: 0o666},
		"for all to read, as a URI":    {before: "sqlite:file:", mode: 0o644},
		"for the group, with a slash":  {before: "sqlite://", mode: 0o640},
		"for the owner alone, already": {before: "sqlite:", mode: 0o600},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "stores")
			file := filepath.Join(dir, "fleet.db")
			if tt.mode != 0 {
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, nil, tt.mode); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(file, tt.mode); err != nil {
					t.Fatal(err)
				}
			}
			store, err := durable.Open(t.Context(), tt.before+file+tt.after)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if err := store.Start(durable.Order{Name: "finance", Account: "111122223333", Region: "eu-west-1", Plan: newWorld(1, fleet.None).plan}); err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) == 0 || entries[0].Name() != "fleet.db" {
				t.Fatalf("%v, %v", entries, err)
			}
			for _, e := range entries {
				if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%s has mode %o, %v", e.Name(), info.Mode().Perm(), err)
				}
			}
		})
	}
}
