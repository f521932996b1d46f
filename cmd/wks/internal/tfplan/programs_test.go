package tfplan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// program writes a program into a folder.
func program(t *testing.T, folder, name, script string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
}

// --run prints a saved plan with terraform, or else with tofu, in the folder of the plan, and takes the lock file in it.
func TestRunOfPrograms(t *testing.T) {
	plan := planOf(createWorkspace("w", desk("x", idleMinutes)))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(lockName)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, lockText("3.4.0"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	folder, programs := t.TempDir(), t.TempDir()
	saved := filepath.Join(folder, "tf.tfplan")
	for name, text := range map[string]string{saved: b.String(), filepath.Join(folder, "plan.txt"): plan, filepath.Join(folder, lockName): lockText("5.100.0")} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", programs+":/usr/bin:/bin")
	if slices.ContainsFunc([]string{"/usr/bin", "/bin"}, func(d string) bool {
		return fileThere(filepath.Join(d, "terraform")) || fileThere(filepath.Join(d, "tofu"))
	}) {
		t.Skip("a system's folder has the programs")
	}
	run := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		status := cli.Run(Command(), args, nil, &out, &errs)
		return status, out.String() + errs.String()
	}
	if status, out := run("--run", saved); status != exitUnanswered || out != "tfplan: "+saved+": is a saved plan, and there is neither terraform nor tofu to print it\n" {
		t.Errorf("without a program: status %d, %s", status, out)
	}
	const prints = `[ "$*" = "show -json -no-color tf.tfplan" ] && cat plan.txt`
	program(t, programs, "tofu", prints)
	if status, out := run("--run", saved); status != exitBroken || !strings.Contains(out, "auto-stop-minutes-not-applicable") || !strings.Contains(out, "tf.tfplan has hashicorp/aws 3.4.0") {
		t.Errorf("with tofu: status %d, %s", status, out)
	}
	program(t, programs, "terraform", `echo "it is broken " >&2; exit 3`)
	if status, out := run("--run", saved); status != exitUnanswered || out != "tfplan: "+saved+": terraform show -json: exit status 3: it is broken\n" {
		t.Errorf("with a broken terraform: status %d, %s", status, out)
	}
	if status, out := run("--run", folder); status != exitUnanswered || !strings.HasPrefix(out, "tfplan: "+folder+": has no plan; ") || !strings.Contains(out, "it is broken") {
		t.Errorf("a folder with a broken terraform: status %d, %s", status, out)
	}
	program(t, programs, "terraform", prints)
	if status, out := run("--run", saved); status != exitBroken || !strings.Contains(out, "auto-stop-minutes-not-applicable") {
		t.Errorf("with terraform: status %d, %s", status, out)
	}
	if status, out := run(saved); status != exitUnanswered || !strings.Contains(out, "is the saved plan itself") {
		t.Errorf("without --run: status %d, %s", status, out)
	}
}

func fileThere(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// A lock file that cannot be opened is told, and a folder without one has none.
func TestReadLock(t *testing.T) {
	folder := t.TempDir()
	inner := filepath.Join(folder, "a", "b")
	if err := os.MkdirAll(inner, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if l := readLock(inner, folder); l != nil {
		t.Errorf("%+v", l)
	}
	if l := readLock(file, file); l == nil || l.wrong == nil || l.version != nil || string(l.file) != filepath.Join(file, lockName) {
		t.Errorf("%+v", l)
	}
	if err := os.WriteFile(filepath.Join(folder, lockName), []byte(lockText("5.1.0")), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, top := range []string{folder, folder + "/", "/", filepath.Dir(folder)} {
		if l := readLock(inner, top); l == nil || l.wrong != nil || l.version.String() != "5.1.0" || string(l.file) != filepath.Join(folder, lockName) {
			t.Errorf("%s: %+v", top, l)
		}
	}
	if l := readLock(inner, filepath.Join(folder, "a")); l != nil {
		t.Errorf("%+v", l)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("tfplan"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if l := lockOfSaved("tf.tfplan", b.Bytes()); l != nil {
		t.Errorf("%+v", l)
	}
}

// What is no gzip, and a second plan that cannot be read, are told.
func TestInputsThatCannotBeRead(t *testing.T) {
	sound := planOf(createWorkspace("w", desk("x", sound)))
	for _, tt := range []struct{ text, want string }{
		{"\x1f\x8bplan", "tfplan: standard input: is not gzip that can be read: "},
		{sound + `{"format_version": "1.2", "resource_changes": 7}`, "tfplan: standard input, plan 2:1:47: resource_changes: is a number, which a plan has not there\n"},
		{`{"format_version": "1.2", "resource_changes": 7}` + sound, "tfplan: standard input, plan 1:1:47: resource_changes: is a number, which a plan has not there\n"},
		{"\n\n" + `{"format_version": "1.2", "resource_changes": 7}`, "tfplan: standard input:3:47: resource_changes: is a number, which a plan has not there\n"},
		{"x\n" + `{"format_version": "1.2", "resource_changes": 7}`, "tfplan: standard input:1:47: resource_changes: is a number, which a plan has not there\n"},
	} {
		if status, out, errs := tfplan(t, tt.text); status != exitUnanswered || out != "" || !strings.HasPrefix(errs, tt.want) {
			t.Errorf("status %d, %s%swant %s", status, out, errs, tt.want)
		}
	}
	// Blank lines are none that were passed over, and a plan that is alone has no note.
	for text, want := range map[string]string{
		sound: "", sound + "\n \n\t\n": "", "x\n\n" + sound + "\n y \n": "lines of the input that are no part of a plan, and were passed over: 2",
		"a\nb\n" + sound + "c\n{\"d\": 1}\n" + sound + "e": "lines of the input that are no part of a plan, and were passed over: 5",
	} {
		plans, err := parsePlans("in", []byte(text))
		if err != nil || string(plans[0].skipped) != want || len(plans) > 1 && plans[1].skipped != "" {
			t.Errorf("%v, %+v", err, plans)
		}
	}
}

// A page has the notes about the input, and none without them.
func TestPageOfNotes(t *testing.T) {
	for errored, want := range map[string]bool{"false": false, "true": true} {
		file := filepath.Join(t.TempDir(), "plan.json")
		if err := os.WriteFile(file, []byte(strings.Replace(planOf(createWorkspace("w", desk("x", sound))), `"planned_values"`, `"errored": `+errored+`, "planned_values"`, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "page.html")
		if status, _, errs := runOn("--html", out, file); status != exitClean {
			t.Fatalf("status %d, %s", status, errs)
		}
		page := readPage(t, out)
		if strings.Contains(page, "About the input") != want || strings.Contains(page, "Terraform could not finish the plan") != want {
			t.Errorf("errored %s: %s", errored, page)
		}
	}
}

// What the package returns of its documents is a copy.
func TestDocumentsAreCopies(t *testing.T) {
	list := Documents()
	if len(list) != len(terraformDocuments) {
		t.Fatalf("%d documents", len(list))
	}
	list[0].Key = "x"
	if Documents()[0].Key == "x" {
		t.Error("what is returned is no copy")
	}
}
