package preflight

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// Every report is valid by the published schema, which describes all of its members.
func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "report.json", true)
	evil := export(t, desktopFiles(
		directoriesName, `{"Directories": [{"DirectoryId": "d-1", "State": "ERROR", "ErrorMessage": "no \u001b[2J luck"}]}`,
		workspacesName, fleetJSON(desktopJSON("ws-1", "arn:aws:kms:x", strings.Replace(sound, "80", "-1", 1)))))
	for _, args := range [][]string{
		{}, {"--edition", "2020-04-29"}, {"--edition", "2018-02-03"},
		{"--plan", filepath.Join("testdata", "plan.json"), "--now", "2026-09-10T08:00:00Z", "--launches", "5", "--rtt", "400ms", "--fail-on", "open"},
		{evil, "--region", "eu-west-1"},
	} {
		_, out, errs := plain(t, append(args, "--json")...)
		if errs != "" {
			t.Fatal(errs)
		}
		schematest.Valid(t, schema, []byte(out))
		lost := strings.Replace(out, `"findings"`, `"found"`, 1)
		if schematest.Check(schema, []byte(lost)) == nil {
			t.Error("a report without findings is valid")
		}
	}
}

// The published schemas of inputs describe what is read, and accept the examples.
func TestInputsBySchema(t *testing.T) {
	for name, tt := range map[string]struct {
		typ     reflect.Type
		example string
		wrong   string
	}{
		"plan.json": {reflect.TypeFor[planFile](), filepath.Join("testdata", "plan.json"), `{"Launches": [{"Workspaces": []}]}`},
		"byol.json": {reflect.TypeFor[byolFile](), filepath.Join("sample", "eu-west-1", byolName), `{"Facts": {"LicenseAllowsHosting": "yes"}}`},
	} {
		schematest.Describes(t, name, tt.typ)
		schema := schematest.Load(t, name, false)
		data, err := os.ReadFile(tt.example)
		if err != nil {
			t.Fatal(err)
		}
		schematest.Valid(t, schema, data)
		if schematest.Check(schema, []byte(tt.wrong)) == nil || !json.Valid([]byte(tt.wrong)) {
			t.Errorf("%s: %s is valid", name, tt.wrong)
		}
	}
}
