package cfn

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// Whatever the input, there is a report or an error, and no control character in it.
func FuzzInput(f *testing.F) {
	for _, name := range []string{"testdata/desktops.template.json", "testdata/faults.template.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(key)
	f.Add(vpc)
	f.Add(desktop("Conditions: {C: !Equals [!Ref AWS::Region, x]}", "      Tags: [!If [C, {Key: !Sub '${A.B}', Value: !Join ['', [!Ref AWS::Region]]}, !Ref AWS::NoValue]]\n"))
	f.Add(`{"ChangeSetId": "x", "Changes": [{"ResourceChange": {"Action": "Modify", "ResourceType": "AWS::WorkSpaces::Workspace", "Details": [{"Target": {"Attribute": "Properties", "Name": "BundleId"}}]}}]}`)
	f.Fuzz(func(t *testing.T, input string) {
		status, out, errs := run(input, "--region", "eu-west-1")
		if status < cli.Clean || status > cli.Unanswered || (out == "") == (errs == "") {
			t.Errorf("status %d, %q, %q", status, out, errs)
		}
		if i := strings.IndexFunc(out+errs, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); i >= 0 {
			t.Errorf("%q", (out + errs)[i:])
		}
	})
}
