package tfplan

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// A plan is found between what CI writes around it.
func TestDocuments(t *testing.T) {
	one := planOf(createWorkspace("w", desk("x", size("POWER", 80, 200))))
	line := strings.ReplaceAll(one, "\n", " ")
	for name, tt := range map[string]struct {
		text  string
		plans int
		says  string
	}{
		"alone":                     {one, 1, ""},
		"the wrapper's lines":       {"[command]/opt/bin/terraform show -json tf.plan\n" + one + "\n\n::debug::Terraform exited with code 0.\n", 1, "passed over: 2"},
		"a prefix":                  {"[/srv/live/eu] " + line + "\n", 1, "passed over: 1"},
		"a prefix with a brace":     {"07:14:02 {STDOUT} { \"x\" tofu: " + line + "\n", 1, "passed over: 1"},
		"one a line":                {line + "\n" + line + "\n" + line, 3, "plan 3"},
		"a log and a plan":          {`{"@level":"info"}` + "\n" + line, 1, "passed over: 1"},
		"two, one after another":    {one + one, 2, "plan 2"},
		"a plan with a text behind": {one + "done", 1, "passed over: 1"},
	} {
		for _, pack := range []bool{false, true} {
			data := []byte(tt.text)
			if pack {
				var b bytes.Buffer
				z := gzip.NewWriter(&b)
				z.Write(data)
				z.Close()
				data = b.Bytes()
			}
			plans, err := parsePlans("in", data)
			if err != nil || len(plans) != tt.plans {
				t.Errorf("%s, packed %t: %d plans, %v", name, pack, len(plans), err)
				continue
			}
			var out bytes.Buffer
			if status := cli.Run(Command(), []string{"-"}, bytes.NewReader(data), &out, &out); status != exitBroken || strings.Count(out.String(), "bundles.volume-pair-not-in-group\n") != tt.plans || !strings.Contains(out.String(), tt.says) {
				t.Errorf("%s, packed %t: status %d\n%s", name, pack, status, out.String())
			}
		}
	}
	// What is cut off or malformed is none, although the state in it is whole.
	for _, cut := range []string{
		"text\n" + planWith("{}", "[]", createWorkspace("w", ""))[:40],
		`{"configuration": {}, "prior_state": {"format_version": "1.0", "values": {}}, "resource_`,
		`{"format_version": "1.2", "variables": {"n": {"value": ***}}, "resource_changes": [], "prior_state": {"format_version": "1.0", "values": {}}}`,
		"text {} [] { nothing",
	} {
		if plans, err := parsePlans("in", []byte(cut)); err == nil {
			t.Errorf("%s: %d plans", cut, len(plans))
		}
	}
}

// Many braces cost no more than the text is long.
func TestBraces(t *testing.T) {
	text := []byte("x" + strings.Repeat(`{"`, 1<<20))
	if documents, _ := findDocuments(text); documents != nil {
		t.Errorf("%d documents", len(documents))
	}
	if documents, _ := findDocuments([]byte("x" + strings.Repeat(`{"a":1]`, 1<<18))); documents != nil {
		t.Errorf("%d documents", len(documents))
	}
}

// All plans of a folder are read, and what is none is named.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func() (int, string) {
		var out bytes.Buffer
		status := cli.Run(Command(), []string{dir}, nil, &out, &out)
		return status, out.String()
	}
	if status, out := run(); status != exitUnanswered || !strings.Contains(out, "folder without plans") {
		t.Errorf("status %d, %s", status, out)
	}
	write("package.json", `{"name": "x"}`)
	if status, out := run(); status != exitUnanswered || !strings.Contains(out, "package.json") {
		t.Errorf("status %d, %s", status, out)
	}
	write("a/plan.json", planOf(createWorkspace("w", desk("x", sound))))
	write("b/plan.json", planOf(createWorkspace("w", desk("x", size("POWER", 80, 200)))))
	write("notes.txt", "no plan")
	status, out := run()
	if status != exitBroken || strings.Count(out, "Terraform plan for Amazon WorkSpaces") != 2 || !strings.Contains(out, "package.json") || strings.Contains(out, "notes.txt") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// A state is checked as it is.
func TestState(t *testing.T) {
	state := func(resources ...string) string {
		return fmt.Sprintf(`{"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [%s]}}}`, strings.Join(resources, ", "))
	}
	is := func(typ, name, values string) string {
		return fmt.Sprintf(`{"address": "%s.%s", "mode": "managed", "type": %q, "name": %q, "values": {%s}}`, typ, name, typ, name, values)
	}
	for name, tt := range map[string]struct {
		plan   string
		want   string
		status int
	}{
		"sound":      {state(is("aws_workspaces_workspace", "w", desk("x", sound))), "present: ALLOWED", exitClean},
		"a pair":     {state(is("aws_workspaces_workspace", "w", desk("x", size("POWER", 80, 200)))), "bundles.volume-pair-not-in-group", exitBroken},
		"two":        {state(is("aws_workspaces_workspace", "w", desk("x", sound)), is("aws_workspaces_workspace", "v", desk("X", sound))), "bundles.user-repeated", exitBroken},
		"a range":    {state(is("aws_vpc", "v", `"id": "vpc-1", "arn": "arn:aws:ec2:ap-south-1:123456789012:vpc/vpc-1", "cidr_block": "192.168.0.0/16"`)), "network.management-ranges-exhausted", exitBroken},
		"no minutes": {state(is("aws_workspaces_workspace", "w", desk("x", sound+`, "running_mode_auto_stop_timeout_in_minutes": 0`))), "present: ALLOWED", exitClean},
	} {
		if status, out, errs := tfplan(t, tt.plan); status != tt.status || !strings.Contains(out, tt.want) {
			t.Errorf("%s: status %d\n%s%s", name, status, out, errs)
		}
	}
}

// --run prints a saved plan with the real Terraform.
func TestRun(t *testing.T) {
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("there is no terraform to make a plan with")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte("resource \"terraform_data\" \"x\" {}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-no-color"}, {"plan", "-no-color", "-out=tf.tfplan"}} {
		cmd := exec.Command("terraform", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "CHECKPOINT_DISABLE=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("terraform %s: %v\n%s", args[0], err, out)
		}
	}
	file := filepath.Join(dir, "tf.tfplan")
	for _, tt := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--run", file}, exitClean, "the plan has no WorkSpaces"},
		{[]string{"--run", dir}, exitClean, "the plan has no WorkSpaces"},
		{[]string{file}, exitUnanswered, "is the saved plan itself"},
	} {
		var out bytes.Buffer
		if status := cli.Run(Command(), tt.args, nil, &out, &out); status != tt.status || !strings.Contains(out.String(), tt.want) {
			t.Errorf("%q: status %d\n%s", tt.args, status, out.String())
		}
	}
}

// A folder of plans alone has nothing that was passed over; what is none is named with the reason, on the first plan.
func TestPassedOver(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("b.json", planOf())
	write("c.json", planOf())
	write("notes.txt", "no plan")
	skipped := func() (list []words) {
		plans, err := readPlans(t.Context(), dir, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range plans {
			list = append(list, p.skipped)
		}
		return list
	}
	if got := skipped(); !slices.Equal(got, []words{"", ""}) {
		t.Errorf("%q", got)
	}
	write("a.json", "{}")
	const want = "files that are no plans, and were passed over: "
	if got := skipped(); len(got) != 2 || got[0] != words(want+filepath.Join(dir, "a.json")+": has no format_version: it is not what terraform show --json prints of a plan") || got[1] != "" {
		t.Errorf("%q", got)
	}
	var out bytes.Buffer
	if cli.Run(Command(), []string{dir}, nil, &out, &out); !strings.Contains(out.String(), "\nAbout the input\n  "+want) || strings.Count(out.String(), want) != 1 {
		t.Errorf("%s", out.String())
	}
	if _, err := readPlans(t.Context(), filepath.Join(dir, "none"), nil, false); err == nil || !os.IsNotExist(errors.Unwrap(err)) && !strings.Contains(err.Error(), filepath.Join(dir, "none")) {
		t.Errorf("%v", err)
	}
}
