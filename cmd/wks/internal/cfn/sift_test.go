package cfn

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A value of a wrong kind is told where it stands, and the rest of the template is read.
func TestWrongKinds(t *testing.T) {
	for part, want := range map[string]string{
		"Parameters: []":                         "Parameters",
		"Parameters: {P: 5}":                     "Parameters.P",
		"Parameters: {P: {Type: [String]}}":      "Parameters.P.Type",
		"Parameters: {P: {AllowedValues: a}}":    "Parameters.P.AllowedValues",
		"Conditions: yes please":                 "Conditions",
		"Conditions: {C: 5}":                     "Conditions.C",
		"Conditions: {C: [a]}":                   "Conditions.C",
		"Mappings: 5":                            "Mappings",
		"Mappings: {M: []}":                      "Mappings.M",
		"AWSTemplateFormatVersion: [1]":          "AWSTemplateFormatVersion",
		"Parameters: {P: {Type: String}}":        "",
		"Parameters: {P: null}":                  "Parameters.P",
		"Parameters: {P: {Type: null}}":          "",
		"Conditions: null":                       "",
		"AWSTemplateFormatVersion: 2010-09-09":   "",
		"Conditions: {C: !Equals [a, b]}":        "",
		"Parameters: {P: {Default: {a: [b]}}}":   "",
		"Parameters: {P: {Default: 5, Type: 5}}": "Parameters.P.Type",
	} {
		status, out, errs := run(part+"\n"+desktop("", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20}\n"), "--json")
		if errs != "" {
			t.Errorf("%s: status %d: %s", part, status, errs)
			continue
		}
		list := decoded(t, []byte(out)).Inputs[0].Resources
		last := list[len(list)-1]
		if !slices.Contains(last.codes(), "bundles.auto-stop-minutes Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes") {
			t.Errorf("%s: the WorkSpace is not asked about: %+v", part, list)
		}
		var got []string
		for _, e := range list[:len(list)-1] {
			got = append(got, e.Resource)
			if !slices.Equal(e.codes(), []string{"cfn.template-invalid "}) {
				t.Errorf("%s: %+v", part, e)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", part, got, want)
		}
	}
	// It is told with its line.
	if _, out, _ := run("Conditions:\n  C: 5\n"+desktop("", ""), "--github"); !strings.Contains(out, "line=2,col=3") {
		t.Errorf("%s\nhas no line", out)
	}
	// What a transform may change is left open.
	if got := check(t, "Transform: Mine\nConditions: {C: 5}\n"+desktop("", "")).Inputs[0].Resources[0]; len(got.Findings) > 0 || len(got.NotGiven) != 1 {
		t.Errorf("%+v", got)
	}
}

// A parameter has one of its AllowedValues, given or by default, each value of a list, and a number however it is written.
func TestAllowedValues(t *testing.T) {
	for _, tt := range []struct {
		parameter, given string
		refused          string
	}{
		{"{Type: String, AllowedValues: [a, b]}", "a", ""},
		{"{Type: String, AllowedValues: [a, b]}", "c", `AllowedValues --parameter: "c" is none of AllowedValues: a, b`},
		{"{Type: String, AllowedValues: [a, b]}", "A", `AllowedValues --parameter: "A" is none of AllowedValues: a, b`},
		{"{Type: String, AllowedValues: [a, b], Default: c}", "a", `Default "c" is none of AllowedValues: a, b`},
		{"{Type: String, AllowedValues: [a, b], Default: b}", "a", ""},
		{"{Type: String, AllowedValues: ['1', 2]}", "2", ""},
		{"{Type: Number, AllowedValues: [60, 120]}", "60.0", ""},
		{"{Type: Number, AllowedValues: [60, 120]}", "61", `AllowedValues --parameter: "61" is none of AllowedValues: 60, 120`},
		{"{Type: CommaDelimitedList, AllowedValues: [a, b]}", "'a, b'", ""},
		{"{Type: CommaDelimitedList, AllowedValues: ['a,c']}", "'a,c'", ""},
		{"{Type: CommaDelimitedList, AllowedValues: [a, b]}", "\"a,c\"", `AllowedValues --parameter: "c" is none of AllowedValues: a, b`},
		{"{Type: String, NoEcho: true, AllowedValues: [a, b]}", "secret", "AllowedValues --parameter: a value that is not shown is none of AllowedValues"},
		{"{Type: String, AllowedValues: []}", "a", `AllowedValues --parameter: "a" is none of AllowedValues: `},
		{"{Type: String, AllowedValues: [!Ref X]}", "a", ""},
		{"{Type: String}", "a", ""},
	} {
		given := strings.Trim(tt.given, "'\"")
		template := "Parameters: {P: " + tt.parameter + "}\n" + desktop("", "")
		list := check(t, template, `--parameter`, `"P=`+given+`"`).Inputs[0].Resources
		got := ""
		for _, e := range list[:len(list)-1] {
			for _, f := range e.Findings {
				got += f.Path + " " + f.Detail
			}
		}
		if got != tt.refused {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}

// A WorkSpace that cannot be read in one of two templates is not told to be removed.
func TestUnreadableInAnUpdate(t *testing.T) {
	sound := desktop("", "")
	for name, broken := range map[string]string{
		"no object":         "Resources: {W: 5}",
		"a Type of numbers": strings.Replace(sound, "Type: AWS::WorkSpaces::Workspace", "Type: [1]", 1),
		"a Condition":       strings.Replace(sound, "Type: AWS::WorkSpaces::Workspace", "Type: AWS::WorkSpaces::Workspace\n    Condition: [1]", 1),
	} {
		if broken == sound {
			t.Fatalf("%s: the template is the same", name)
		}
		for _, sides := range [][2]string{{sound, broken}, {broken, sound}} {
			file := filepath.Join(t.TempDir(), "old.yaml")
			if err := os.WriteFile(file, []byte(sides[0]), 0o600); err != nil {
				t.Fatal(err)
			}
			updates := check(t, sides[1], "--deployed", file).Inputs[0].Updates
			if len(updates) != 1 || len(updates[0].Findings) > 0 || len(updates[0].NotGiven) != 1 || updates[0].Verdict != "undocumented" {
				t.Errorf("%s: %+v", name, updates)
			}
		}
	}
}

// depthCases are templates of n levels, and of n members below a long name.
func depthCases() map[string]func(n int) {
	name := func(n int) string { return strings.Repeat("n", n) }
	nested := func(n int) string {
		return strings.Repeat(`{"a-name-of-some-length": `, n) + `"x"` + strings.Repeat("}", n)
	}
	report := func(template string) {
		if status, out, errs := run(template, "--json"); out == "" {
			panic(fmt.Sprint(status, errs))
		}
	}
	const head = `{"Resources": {"W": {"Type": "AWS::WorkSpaces::Workspace", "Properties": `
	return map[string]func(n int){
		"levels": func(n int) { report(head + nested(n) + "}}}") },
		"levels beside": func(n int) {
			report(`{"Resources": {"W": {"Type": "AWS::WorkSpaces::Workspace", "Properties": {}}}, "Metadata": ` + nested(n) + "}")
		},
		"levels in YAML": func(n int) {
			report("Metadata: " + nested(n) + "\nResources: {W: {Type: AWS::WorkSpaces::Workspace, Properties: {}}}")
		},
		"members below a long name": func(n int) {
			var list []string
			for i := range n {
				list = append(list, fmt.Sprintf(`"m%d": "x"`, i))
			}
			report(head + `{"` + name(8*n) + `": {` + strings.Join(list, ", ") + "}}}}}")
		},
		"directories with a group of n rules": func(n int) {
			parts := []string{`"V": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}`, `"S": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "V"}, "CidrBlock": "10.0.0.0/24"}}`,
				`"AD": {"Type": "AWS::DirectoryService::SimpleAD", "Properties": {"VpcSettings": {"SubnetIds": [{"Ref": "S"}]}}}`, `"G": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "V"}}}`}
			for i := range n {
				parts = append(parts, fmt.Sprintf(`"E%d": {"Type": "AWS::EC2::SecurityGroupEgress", "Properties": {"GroupId": {"Ref": "G"}, "IpProtocol": "tcp", "FromPort": 53, "ToPort": 53, "CidrIp": "10.0.%d.%d/32"}}`, i, i/256, i%256),
					fmt.Sprintf(`"D%d": {"Type": "Custom::D", "Properties": {"CustomSecurityGroupId": {"Ref": "G"}}}`, i),
					fmt.Sprintf(`"C%d": {"Type": "AWS::EC2::VPCCidrBlock", "Properties": {"VpcId": {"Ref": "V"}, "CidrBlock": "10.0.%d.%d/32"}}`, i, i/256, i%256))
			}
			report(`{"Resources": {` + strings.Join(parts, ", ") + "}}")
		},
		"allowed values": func(n int) {
			var list []string
			for i := range n {
				list = append(list, fmt.Sprintf(`"v%d"`, i))
			}
			report(`{"Parameters": {"P": {"Type": "CommaDelimitedList", "Default": "v1,v2", "AllowedValues": [` + strings.Join(list, ", ") + `]}}, "Resources": {}}`)
		},
	}
}
