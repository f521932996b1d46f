package logins

import (
	"os"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/schematest"
)

// Reports are valid by the published schema, which describes all that is in them.
func TestReportBySchema(t *testing.T) {
	schema := schematest.Load(t, "logins.json", true)
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	broken := string(text) + "{\"broken\n" + string(text[:100])
	for _, args := range [][]string{
		{"-"}, {"-", "--trust", "windows", "--deny", "osx", "--workspaces", "testdata/describe-workspaces.json", "--allow", "192.0.2.0/24"}, {"-", "--edition", "2018-02-03", "--workspaces", "testdata/describe-workspaces.json"},
	} {
		for _, stdin := range []string{"", string(text), broken} {
			_, out, errs := run(stdin, append(args, "--json")...)
			if errs != "" {
				t.Errorf("%q: %s", args, errs)
			}
			schematest.Valid(t, schema, []byte(out))
		}
	}
	if schematest.Check(schema, []byte(`{"schema": 1}`)) == nil {
		t.Error("a report without logins is valid")
	}
}
