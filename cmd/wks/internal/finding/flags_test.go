package finding_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// A desktop that is replaced is a must unless --destroy-ok says that it is intended, and one that is destroyed as the
// configuration asks is advice; --fail-on destroy makes both a must. The last --fail-on counts.
func TestDestroyFlags(t *testing.T) {
	for args, want := range map[string]struct {
		replaced, destroyed rule.Level
		failOn              finding.Threshold
	}{
		"":                                          {rule.Must, rule.Should, finding.FailMust},
		"--destroy-ok":                              {rule.Should, rule.Should, finding.FailMust},
		"--fail-on=destroy":                         {rule.Must, rule.Must, finding.FailMust},
		"--fail-on=destroy --destroy-ok":            {rule.Must, rule.Must, finding.FailMust},
		"--fail-on=destroy --fail-on=should":        {rule.Must, rule.Should, finding.FailShould},
		"--fail-on=none --destroy-ok":               {rule.Should, rule.Should, finding.FailNone},
		"--fail-on=should --fail-on=destroy":        {rule.Must, rule.Must, finding.FailMust},
		"--fail-on=none --fail-on=open":             {rule.Must, rule.Should, finding.FailOpen},
		"--fail-on=should --fail-on=destroy --json": {rule.Must, rule.Must, finding.FailMust},
	} {
		var o finding.Options
		var d finding.Destroy
		cmd := &cobra.Command{Use: "x", RunE: func(*cobra.Command, []string) error { return nil }, SilenceErrors: true, SilenceUsage: true}
		o.AddFlags(cmd)
		d.AddFlags(cmd, &o)
		cmd.SetArgs(strings.Fields(args + " "))
		if help := cmd.Flags().FlagUsages(); !strings.Contains(help, "--fail-on LEVEL ") || !strings.Contains(help, "destroy: ") || !strings.Contains(help, "(default must)") {
			t.Error(help)
		}
		if err := cmd.Execute(); err != nil || d.Level(true) != want.replaced || d.Level(false) != want.destroyed || o.FailOn != want.failOn {
			t.Errorf("%s: %s, %s, %s, %v", args, d.Level(true), d.Level(false), o.FailOn, err)
		}
		if level := cmd.Flags().Lookup("fail-on").Value; level.Set("may") == nil || level.Type() != "LEVEL" || level.String() != string(want.failOn) {
			t.Errorf("%s: %s %s", args, level.Type(), level)
		}
	}
}

// Neither "" nor - is the name of a file.
func TestNamesOfFiles(t *testing.T) {
	for _, flag := range []string{"--html", "--baseline", "--write-baseline"} {
		for _, name := range []string{"", "-"} {
			if _, err := options(t, flag, name); (err == nil) != (flag == "--baseline" && name == "-") {
				t.Errorf("%s %q: %v", flag, name, err)
			}
		}
	}
}

// A baseline with what cannot be used is not written anew: its reasons would be lost.
func TestBaselineThatIsLost(t *testing.T) {
	dir := t.TempDir()
	for text, lost := range map[string]string{`{"accepted": [7]}`: "accepted[0]: is not an object", `{"accepted": []}`: "", ``: "is empty"} {
		file := filepath.Join(dir, "baseline.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, write := range []bool{true, false} {
			args := []string{"--baseline", file}
			if write {
				args = append(args, "--write-baseline", file)
			}
			o, err := options(t, args...)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := o.Report(day); (err != nil) != (write && lost != "") || err != nil && !strings.Contains(err.Error(), lost) {
				t.Errorf("%s, written %t: %v", text, write, err)
			}
		}
	}
	o, err := options(t)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Report(day); err != nil {
		t.Errorf("no baseline: %v", err)
	}
}

func TestPageFlag(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.html")
	o, err := options(t, "--html", name)
	if err != nil || !o.Single() {
		t.Fatal(o, err)
	}
	if err := o.WritePage(func(w io.Writer) error { _, err := io.WriteString(w, "page"); return err }); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "page" {
		t.Errorf("%q, %v", text, err)
	}
}

// What cannot be written in full is an error in each form, wherever it ends.
func TestFullDisk(t *testing.T) {
	for name, write := range map[string]func(r *finding.Report, w io.Writer) error{
		"SARIF":  func(r *finding.Report, w io.Writer) error { return r.WriteSARIF(w, "") },
		"JUnit":  func(r *finding.Report, w io.Writer) error { return r.WriteJUnit(w, "x") },
		"GitHub": func(r *finding.Report, w io.Writer) error { return r.WriteGitHub(w, "") },
	} {
		r := sample(finding.FailMust)
		for i := range 200 { // more than a buffer has
			r.Add(ended(rule.Must), workspace(strings.Repeat("x", i+1)))
		}
		var whole bytes.Buffer
		if err := write(r, &whole); err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{0, 10, 100, 5000, whole.Len() / 2, whole.Len() - 1} {
			if room >= whole.Len() {
				continue
			}
			if err := write(r, &disk{room}); !errors.Is(err, errFull) {
				t.Errorf("%s: %d of %d bytes: %v", name, room, whole.Len(), err)
			}
		}
		if err := write(r, new(late)); !errors.Is(err, errFull) {
			t.Errorf("%s: there was no room at first: %v", name, err)
		}
	}
}

// A disk has room for some bytes.
type disk struct{ room int }

var errFull = errors.New("no space left")

func (d *disk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		n := d.room
		d.room = 0
		return n, errFull
	}
	d.room -= len(p)
	return len(p), nil
}

// A late disk has room after the first write.
type late struct{ asked bool }

func (l *late) Write(p []byte) (int, error) {
	if !l.asked {
		l.asked = true
		return 0, errFull
	}
	return len(p), nil
}
