package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A program that executes templates keeps every exported method of every type that it converts to an interface: wks would
// be twice as large, with all operations of the SDK in it. cobra executes none unless it is given one, and gomponents
// only escapes text.
func TestNoTemplates(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"html/template", "github.com/spf13/cobra", "maragu.dev/gomponents"}
	for line := range strings.Lines(string(out)) {
		list := strings.Fields(line)
		for _, name := range []string{"text/template", "html/template"} {
			if slices.Contains(list[1:], name) && !slices.Contains(known, list[0]) {
				t.Errorf("%s imports %s", list[0], name)
			}
		}
	}
}
