package cfn

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// inJSON is a template in YAML as the program reads it, in JSON.
func inJSON(t *testing.T, template string) []byte {
	t.Helper()
	v, _, err := parse([]byte(strings.NewReplacer("SPEC", "RSA_2048", "ENABLED", "false", "NAME", "!GetAtt Key.Arn", "CIDR}", "10.1.0.0/16}", "SITE", "172.31.0.0/16", "SECOND", "10.0.2.0/24", ", INLINE", "", "DIRECTORY", "DirectoryId: !Ref AD,", "NAMED", "!Ref Group", "MORE", "").Replace(template)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Whatever is gone, of another type, twice or in one another in a template or a change set, there is a report or an error.
func TestDamaged(t *testing.T) {
	all := map[string][]byte{
		"key":        inJSON(t, key),
		"vpc":        inJSON(t, vpc),
		"directory":  inJSON(t, registering),
		"values":     inJSON(t, desktop("Conditions: {C: !Equals [!Ref AWS::Region, x]}", "      Tags: [!If [C, {Key: !Sub '${A.B}', Value: !Join ['', [!Ref AWS::Region]]}, !Ref AWS::NoValue]]\n")),
		"change set": []byte(`{"ChangeSetId": "x", "Changes": [{"ResourceChange": {"Action": "Modify", "Replacement": "True", "LogicalResourceId": "W", "PhysicalResourceId": "ws-0123456789", "ResourceType": "AWS::WorkSpaces::Workspace", "Details": [{"Target": {"Attribute": "Properties", "Name": "BundleId", "RequiresRecreation": "Always"}}]}}]}`),
	}
	for _, name := range []string{desktops, faults} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(name)] = data
	}
	for name, data := range all {
		files := map[string][]byte{"new.json": data}
		if name != "change set" {
			files["old.json"] = data
		}
		t.Run(name, func(t *testing.T) {
			damagetest.Case{
				Command: Command, Files: files,
				Forms: [][]string{{"--details", "--region", "us-west-2"}, {"--json"}, {"--sarif"}, {"--junit"}, {"--github"}, nil},
				Args: func(dir string) []string {
					args := []string{filepath.Join(dir, "new.json")}
					if files["old.json"] != nil {
						args = append(args, "--deployed", filepath.Join(dir, "old.json"))
					}
					return args
				},
			}.Check(t)
		})
	}
}
