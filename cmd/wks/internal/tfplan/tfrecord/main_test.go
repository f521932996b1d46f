package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseScenario(t *testing.T) {
	steps, err := parseScenario(`# about it

== first clock=7h taint=a.b plan=-destroy
a = 1
-- x/main.tf
b = 1
== second only
c = 1
`)
	if err != nil || len(steps) != 2 {
		t.Fatal(steps, err)
	}
	one, two := steps[0], steps[1]
	if one.name != "first" || one.clock.Hours() != 7 || one.taint != "a.b" || len(one.args) != 1 || one.args[0] != "-destroy" || !one.apply ||
		one.files["main.tf"] != "a = 1\n" || one.files["x/main.tf"] != "b = 1\n" {
		t.Errorf("%+v", one)
	}
	if two.apply || two.files["main.tf"] != "c = 1\n" || two.files["x/main.tf"] != "b = 1\n" {
		t.Errorf("%+v", two)
	}
	for text, want := range map[string]string{
		"": "no step", "a = 1\n== x\n": "line 1: ", "== \n": "a step has a name", "== x clock=soon\n": "soon", "== x y=z\n": "no option",
	} {
		if _, err := parseScenario(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Each scenario has a recording with its steps, and each recording a scenario.
func TestRecorded(t *testing.T) {
	scenarios, err := filepath.Glob("scenarios/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := filepath.Glob("../testdata/recordings/*.json")
	if err != nil || len(recorded) != len(scenarios) {
		t.Errorf("%d scenarios, %d recordings, %v", len(scenarios), len(recorded), err)
	}
	for _, file := range scenarios {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		steps, err := parseScenario(string(text))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		data, err := os.ReadFile("../testdata/recordings/" + name + ".json")
		var r recording
		if err == nil {
			err = json.Unmarshal(data, &r)
		}
		if err != nil || r.Provider != provider || len(r.Steps) != len(steps) {
			t.Errorf("%s: %d steps, of %q, want %d, %v", name, len(r.Steps), r.Provider, len(steps), err)
			continue
		}
		for i, s := range steps {
			if r.Steps[i].Name != s.name {
				t.Errorf("%s: step %q, want %q", name, r.Steps[i].Name, s.name)
			}
		}
	}
}

// A plan that is made anew is the one that is recorded. It needs Terraform and the provider: from the
// mirror that the environment variable MIRROR names, or from a registry.
func TestRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("runs Terraform")
	}
	for _, program := range []string{"terraform", "moto_server"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s", program)
		}
	}
	if os.Getenv("MIRROR") == "" {
		t.Skip("MIRROR names no folder with the provider")
	}
	out := t.TempDir()
	if err := record(t.Context(), []string{"scenarios/subnets.txt"}, "terraform", os.Getenv("MIRROR"), out, 1); err != nil {
		t.Fatal(err)
	}
	var got, want recording
	for file, r := range map[string]*recording{filepath.Join(out, "subnets.json"): &got, "../testdata/recordings/subnets.json": &want} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, r); err != nil {
			t.Fatal(err)
		}
	}
	for i := range want.Steps {
		var g, w struct {
			ResourceChanges json.RawMessage `json:"resource_changes"`
			Configuration   json.RawMessage
		}
		if err := errors.Join(json.Unmarshal(got.Steps[i].Plan, &g), json.Unmarshal(want.Steps[i].Plan, &w)); err != nil {
			t.Fatal(err)
		}
		if got.Terraform == want.Terraform && (string(g.ResourceChanges) != string(w.ResourceChanges) || string(g.Configuration) != string(w.Configuration)) {
			t.Errorf("step %s: the plan is\n%s%s\nwant\n%s%s", want.Steps[i].Name, g.Configuration, g.ResourceChanges, w.Configuration, w.ResourceChanges)
		}
	}
}
