package cfn

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// No value of a parameter with NoEcho is shown, wherever it is used and however its NoEcho is written.
func TestSecrets(t *testing.T) {
	for name, resources := range map[string]string{
		"a number that is none": desktop("", "      WorkspaceProperties: {RootVolumeSizeGib: !Ref S}\n"),
		"a key of a map":        desktop("Mappings: {M: {a: {b: c}}}", "      Tags: [{Key: k, Value: !FindInMap [M, !Ref S, b]}]\n"),
		"an attribute":          desktop("", "      Tags: [{Key: k, Value: {'Fn::GetAtt': [X, !Ref S]}}]\n"),
		"a CIDR":                "\nResources:\n  D: {Type: AWS::DirectoryService::SimpleAD}\n  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref S}}\n",
	} {
		for _, echo := range []string{"true", "'True'", "yes"} {
			for _, value := range []string{`'"hush"'`, "hush", "172.31.0.0/16"} {
				head := "Parameters: {S: {Type: String, NoEcho: " + echo + ", Default: " + value + "}}\n"
				status, out, errs := run(head+resources, "--region", "us-east-1")
				if errs != "" || strings.Contains(out, "hush") || strings.Contains(out, "172.31.") {
					t.Errorf("%s, NoEcho %s, %s: status %d\n%s%s", name, echo, value, status, out, errs)
				}
			}
		}
	}
}

// One resource that is not as CloudFormation takes it leaves the answers about the others.
func TestOddResources(t *testing.T) {
	for odd, want := range map[string]string{
		"Type: AWS::WorkSpaces::Workspace, Properties: []":                                                     "cfn.property-invalid Properties",
		"Type: AWS::WorkSpaces::Workspace":                                                                     "cfn.property-invalid Properties",
		"Type: AWS::WorkSpaces::Workspace, properties: {BundleId: wsb-b0s22j3d7}":                              "cfn.property-invalid Properties",
		"Type: AWS::WorkSpaces::Workspace, Properties: {WorkspaceProperties: {RootVolumeSizeGib: ' 80'}}":      "cfn.property-invalid Properties.WorkspaceProperties.RootVolumeSizeGib",
		"Type: AWS::WorkSpaces::Workspace, Properties: {WorkspaceProperties: {RootVolumeSizeGib: !!int '[]'}}": "cfn.property-invalid Properties.WorkspaceProperties.RootVolumeSizeGib",
	} {
		rep := check(t, desktop("", "  Odd: {"+odd+"}\n"))
		for _, r := range rep.Inputs[0].Resources {
			codes := strings.Join(r.codes(), ", ")
			if r.Resource == "Odd" && (codes != want || r.Verdict != "denied") || r.Resource == "W" && r.Verdict != "allowed" {
				t.Errorf("%s: %+v", odd, r)
			}
		}
		if len(rep.Inputs[0].Resources) != 2 {
			t.Errorf("%s: %+v", odd, rep)
		}
	}
	rep := check(t, desktop("", "  Topic: {Type: AWS::SNS::Topic, DeletionPolicy: !Ref Policy}\n"))
	if len(rep.Inputs[0].Resources) != 1 || rep.Inputs[0].Others != 1 {
		t.Errorf("%+v", rep)
	}
}

// A condition may ask whether the stack is in a Region that there is not. It leaves the answers: the Region is not known for it.
func TestNoRegion(t *testing.T) {
	conditions := `Conditions: {Test: !Equals [!Ref AWS::Region, "nowhere"], Home: !Equals [!Ref AWS::Region, eu-central-1]}`
	for _, condition := range []string{"Test", "Home"} {
		rep := check(t, desktop(conditions, "      Tags: [!If ["+condition+", {Key: '', Value: b}, !Ref AWS::NoValue]]\n"))
		got := rep.Inputs[0].Resources[0]
		if want := map[string]string{"Test": "", "Home": "wks.length-out-of-bounds Properties.Tags[0].Key with AWS::Region eu-central-1"}[condition]; strings.Join(got.codes(), "") != want {
			t.Errorf("%s: %+v, want %q", condition, got, want)
		}
	}
}

// What a macro or a transform may add is named, and no finding rests on its absence.
func TestMacros(t *testing.T) {
	for template, open := range map[string]string{
		desktop("Transform: Shape", ""):                                                                     "the macro Shape may change it",
		desktop("Transform: [AWS::LanguageExtensions, Shape]", ""):                                          "the macro Shape may change it",
		desktop("Transform: {Name: 'AWS::Include'}", ""):                                                    "the macro AWS::Include may change it",
		desktop("", "      Fn::Transform: {Name: 'AWS::Include'}\n"):                                        "Properties: is made by Fn::Transform",
		desktop("", "      Fn::ForEach::Tag: [T, [a], {}]\n"):                                               "Properties: is made by Fn::ForEach::Tag",
		desktop("Transform: Shape", "      Tags: [{Key: k, Value: !Ref "+strings.Repeat("z", 1<<20)+"}]\n"): "the macro Shape may change it",
	} {
		got := check(t, template).Inputs[0].Resources[0]
		if len(got.open()) == 0 || !strings.HasPrefix(got.open()[0], open) || len(strings.Join(got.open(), "")) > 700 || len(got.Findings) > 0 {
			t.Errorf("%.300s: %.900v", template, got)
		}
	}
	if got := check(t, desktop("Transform: AWS::LanguageExtensions", "")).Inputs[0].Resources[0]; len(got.open()) > 0 {
		t.Errorf("%+v", got)
	}
}

// A WorkSpace whose condition ceases to hold is deleted, and one that was never made is not.
func TestDeployedConditions(t *testing.T) {
	const conditions = "Conditions: {Never: !Equals [a, b], Always: !Equals [a, a], Perhaps: !Equals [!ImportValue x, a]}\n" +
		"Resources: {W: {Type: AWS::WorkSpaces::Workspace, KEYS Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: USER}}}\n"
	template := func(keys, user string) string {
		return strings.NewReplacer("KEYS", keys, "USER", user).Replace(conditions)
	}
	const destroyed = "cfn.desktop-destroyed Properties allowed"
	for _, test := range []struct{ old, next, user, want string }{
		{"", "Condition: Never,", "ann", destroyed},
		{"Condition: Always,", "Condition: Never,", "ann", destroyed},
		{"", "Condition: Always,", "ann", ""},
		{"Condition: Never,", "", "bob", ""},
		{"", "Condition: Perhaps,", "ann", " undocumented"},
		{"Condition: Perhaps,", "Condition: Perhaps,", "ann", ""},
		{"DeletionPolicy: Retain,", "Condition: Never,", "ann", ""},
		{"DeletionPolicy: !ImportValue x,", "Condition: Never,", "ann", " undocumented"},
		{"", "UpdateReplacePolicy: Retain,", "bob", ""},
		{"", "UpdateReplacePolicy: !ImportValue x,", "bob", " undocumented"},
	} {
		file := filepath.Join(t.TempDir(), "old.yaml")
		if err := os.WriteFile(file, []byte(template(test.old, "ann")), 0o600); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, u := range check(t, template(test.next, test.user), "--deployed", file).Inputs[0].Updates {
			got += strings.Join(u.codes(), ", ") + " " + u.Verdict
		}
		if got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

func TestRegionOfFlag(t *testing.T) {
	if status, _, errs := run(`{"Resources": {}}`, "--region", "nowhere"); status != cli.Unanswered || !strings.HasPrefix(errs, "cfn: --region: ") {
		t.Errorf("status %d, %s", status, errs)
	}
}

// What is no template may stand beside templates in a folder, and not alone.
func TestFolderWithOthers(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("package.json", `{"name": "desktops"}`)
	var out, errs bytes.Buffer
	if status := cli.Run(Command(), []string{dir}, nil, &out, &errs); status != cli.Unanswered || !strings.Contains(errs.String(), "has no template") {
		t.Errorf("status %d, %s", status, errs.String())
	}
	write("stack.yaml", desktop("", ""))
	errs.Reset()
	if status := cli.Run(Command(), []string{"--json", dir}, nil, &out, &errs); status != cli.Clean || len(decoded(t, out.Bytes()).Inputs) != 1 {
		t.Errorf("status %d, %s%s", status, out.String(), errs.String())
	}
}

// A function in a parameter or a map, which CloudFormation takes in neither, is not followed: it could lead to itself.
// A null among the allowed values is no value.
func TestParametersAndMapsWithFunctions(t *testing.T) {
	for head, open := range map[string]string{
		"Parameters: {P: {Type: String, Default: {A: !Ref P}}}":                               "whose default has a function in it",
		"Parameters: {P: {Type: String, Default: [!Select [0, !Ref P]]}}":                     "whose default has a function in it",
		"Parameters: {P: {Type: String, AllowedValues: [{A: !Ref P}]}}":                       "is P, which allows a function",
		"Parameters: {P: {Type: String, AllowedValues: [null]}}":                              "which has no default",
		"Parameters: {P: {Type: String, AllowedValues: [null, null]}}":                        "which has no default",
		"Mappings: {M: {P: {v: {A: !FindInMap [M, P, v]}}}}\nConditions: {C: !Equals [1, 2]}": "asks Fn::FindInMap for a value that has a function in it",
	} {
		value := "!Ref P"
		if strings.HasPrefix(head, "Mappings") {
			value = "!FindInMap [M, P, v]"
		}
		rep := check(t, desktop(head, "      WorkspaceProperties: "+value+"\n"))
		if got := rep.Inputs[0].Resources[0]; len(got.NotGiven) != 1 || !strings.Contains(got.NotGiven[0], open) {
			t.Errorf("%s: %+v", head, got)
		}
	}
}

// What is no resource is told, and leaves the others.
func TestNoResource(t *testing.T) {
	for _, bad := range []string{"x", "[]", "null", "{Type: 5}", "{Type: [x]}", "{Type: 'AWS::WorkSpaces::Workspace', Condition: [x]}"} {
		rep := check(t, desktop("", "")+"  Bad: "+bad+"\n")
		got := rep.Inputs[0].Resources
		if len(got) != 2 || got[0].Resource != "Bad" || got[0].Verdict != "denied" || got[1].Verdict != "allowed" {
			t.Errorf("%s: %+v", bad, got)
		}
	}
	got := check(t, desktop("Transform: Mine", "")+"  Bad: x\n").Inputs[0].Resources
	if len(got) != 2 || got[0].Verdict != "allowed" || len(got[0].NotGiven) != 1 {
		t.Errorf("with a macro: %+v", got)
	}
}

// A short template that asks for a text of any length is answered all the same.
func TestLongTexts(t *testing.T) {
	for _, leaf := range []string{"''", "x"} {
		value := leaf
		for range 30 {
			value = "!Sub ['${A}${A}', {A: " + value + "}]"
		}
		rep := check(t, desktop("", "      VolumeEncryptionKey: "+value+"\n"))
		got := rep.Inputs[0].Resources[0]
		if told := strings.Join(got.NotGiven, ""); strings.Contains(told, "VolumeEncryptionKey") != (leaf == "x") {
			t.Errorf("%s: %+v", leaf, got)
		}
	}
	p := strings.Repeat("x", 1<<17)
	rep := check(t, desktop("Parameters: {P: {Type: String, Default: "+p+"}}", "      VolumeEncryptionKey: !Join ['', ["+strings.Repeat("!Ref P, ", 20)+"x]]\n"))
	if got := rep.Inputs[0].Resources[0]; len(got.NotGiven) != 1 || !strings.Contains(got.NotGiven[0], "more than 1 MiB") {
		t.Errorf("%.300v", got)
	}
}
