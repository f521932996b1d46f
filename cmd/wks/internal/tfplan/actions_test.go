package tfplan

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// Every report is valid by the published schema, which describes all of its members.
func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "tfplan.json", true)
	for _, args := range [][]string{nil, {"testdata/replace.plan.json"}, {"testdata/network.plan.json"}} {
		_, out, errs := runOn(args...)
		if errs != "" {
			t.Fatal(errs)
		}
		schematest.Valid(t, schema, []byte(out))
		if schematest.Check(schema, []byte(strings.Replace(out, `"findings"`, `"found"`, 1))) == nil {
			t.Error("a report without findings is valid")
		}
	}
}

// runOn runs the program with --json on a file, or on the sample.
func runOn(args ...string) (status int, stdout, stderr string) {
	var out, errs strings.Builder
	status = cli.Run(Command(), append([]string{"--json"}, args...), strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// What destroys a desktop comes first, and a baseline takes what it accepts out of verdicts and status.
func TestActions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "baseline.json")
	status, out, errs := runOn("--write-baseline", file)
	var before, after report
	if err := json.Unmarshal([]byte(out), &before); err != nil || status != exitBroken {
		t.Fatal(status, err, errs)
	}
	if f := before.actions.Findings[0]; f.Code != desktopDestroyed || f.Title == "" {
		t.Errorf("%s comes first", f.Code)
	}
	status, out, errs = runOn("--baseline", file)
	if err := json.Unmarshal([]byte(out), &after); err != nil {
		t.Fatal(err, errs)
	}
	if s := after.Summary; status == exitBroken || s.Accepted != before.Summary.Must+before.Summary.Should || len(after.Gone) != 0 || len(after.actions.Findings) != 0 {
		t.Errorf("status %d, %+v", status, s)
	}
	for _, format := range []string{"--sarif", "--junit", "--github"} {
		var text, errs strings.Builder
		if status := cli.Run(Command(), []string{format}, strings.NewReader(""), &text, &errs); status != exitBroken || !strings.Contains(text.String(), string(desktopDestroyed)) {
			t.Errorf("%s: status %d, %s", format, status, errs.String())
		}
	}
	for level, want := range map[string]int{"none": exitClean, "must": exitBroken, "open": exitBroken} {
		if status, _, _ := runOn("--fail-on", level); status != want {
			t.Errorf("--fail-on %s: status %d", level, status)
		}
	}
}
