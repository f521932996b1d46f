package fleet

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wksgo/wks/migrate"
)

// The sample stays what it was: a simulation in a store goes on with the WorkSpaces and the room that it began with.
func TestSampleStays(t *testing.T) {
	in, _ := planned(t)
	first, last := in.fleet[0], in.fleet[len(in.fleet)-1]
	if got := []string{first.ID, first.UserName, last.ID, last.UserName}; len(in.fleet) != 536 || got[0] != "ws-000007919" || got[1] != "user001" || got[2] != "ws-000044458" || got[3] != "user536" {
		t.Errorf("%d WorkSpaces, %q", len(in.fleet), got)
	}
	if got := in.limits.FreeGrants; !maps.Equal(got, map[string]int{"key-1": 60, "key-2": 14, "key-3": 30, "key-4": 48000}) {
		t.Errorf("%v", got)
	}
	if got := in.limits.FreeAddresses; !maps.Equal(got, map[string]int{"subnet-a": 9, "subnet-b": 200, "subnet-c": 4, "subnet-d": 11}) {
		t.Errorf("%v", got)
	}
	if sampleTime.Weekday() != time.Wednesday || !sampleTime.Equal(sampleTime.Truncate(time.Hour)) {
		t.Errorf("%v is not a whole hour of a Wednesday, which no maintenance window is near to in any time zone", sampleTime)
	}
}

// The export of the sample tells of each WorkSpace and of its target what the list of bundles says.
func TestSampleIsItsBundles(t *testing.T) {
	in, _ := planned(t)
	bundles := map[string]*sampleBundle{}
	for i := range sampleBundles {
		bundles[bundleID(sampleBundles[i].name)] = &sampleBundles[i]
	}
	for _, w := range in.fleet {
		b := bundles[w.Source.BundleID]
		if want := b.desktop(); w.Source != want {
			t.Errorf("%s: %+v, want %+v", w.ID, w.Source, want)
		}
		target, aimed := in.targets[w.ID]
		if aimed != (b.to != "") {
			t.Errorf("%s of %s has a target: %t", w.ID, b.name, aimed)
			continue
		}
		if aimed && target.Desktop != bundles[bundleID(b.to)].desktop() {
			t.Errorf("%s of %s goes to %+v", w.ID, b.name, target.Desktop)
		}
		via := ""
		if target.Via != nil {
			via = target.Via.BundleID
		}
		if b.via != "" && via != bundleID(b.via) || b.via == "" && via != "" {
			t.Errorf("%s of %s goes by way of %q", w.ID, b.name, via)
		}
	}
}

// The ID of a bundle has at least nine characters behind wsb-.
func TestBundleID(t *testing.T) {
	for name, want := range map[string]string{"": "wsb-000000000", "x": "wsb-00000000x", "byol10std": "wsb-byol10std", "byol2025std": "wsb-byol2025std"} {
		if got := bundleID(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// What is written of the sample are its files with a newline at their ends, and whoever may read a file that the user makes may
// read them.
func TestSavedSample(t *testing.T) {
	like := t.TempDir()
	if err := os.Mkdir(filepath.Join(like, "dir"), 0o777); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(like, "file"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	sameMode := func(name, other string) {
		t.Helper()
		got, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := os.Stat(filepath.Join(like, other)); err != nil || got.Mode() != want.Mode() {
			t.Errorf("%s: %v, want %v, %v", name, got.Mode(), want.Mode(), err)
		}
	}
	dir := filepath.Join(t.TempDir(), "export")
	if err := saveSample(dir); err != nil {
		t.Fatal(err)
	}
	sameMode(dir, "dir")
	all := sampleFiles()
	for name, data := range all {
		sameMode(filepath.Join(dir, name), "file")
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(data)+"\n" {
			t.Errorf("%s: %d bytes, want %d and a newline, %v", name, len(got), len(data), err)
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != len(all) {
		t.Errorf("%d files, want %d, %v", len(list), len(all), err)
	}
}

// A mistake in the sample ends the program, and does not become another sample.
func TestMistakesOfTheSample(t *testing.T) {
	for name, write := range map[string]func(){
		"a value that JSON has not": func() { indented(func() {}) },
		"a line that lacks its end": func() { sampleWorkspaces("1 b subnet-a - 0", map[string]*sampleBundle{"b": {license: migrate.Public}}) },
		"a number that is no number": func() {
			sampleWorkspaces("one b subnet-a - 0 AVAILABLE", map[string]*sampleBundle{"b": {license: migrate.Public}})
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is passed over", name)
				}
			}()
			write()
		}()
	}
}
