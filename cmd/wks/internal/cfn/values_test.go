package cfn

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// desktop is a template with one WorkSpace, of which a property is as given.
func desktop(head, properties string) string {
	return head + `
Resources:
  W:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      BundleId: wsb-b0s22j3d7
      DirectoryId: d-906732325d
      UserName: ann
` + properties
}

// Each form of YAML stands for what the same function in JSON does.
func TestFunctions(t *testing.T) {
	const head = `
Parameters:
  Twenty: {Type: Number, Default: 20}
  List: {Type: CommaDelimitedList, Default: "60, 20"}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /desktops/minutes}
Mappings:
  Sizes: {power: {minutes: 20}}
Conditions:
  Is: !Equals [!Ref Twenty, "20"]
  Isnt: !Not [{Condition: Is}]
  Both: !And [{Condition: Is}, {Condition: Isnt}]
  Either: !Or [{Condition: Isnt}, {Condition: Is}]
  Loop: !Not [{Condition: Loop}]
  NoneOf: !Or []
  AllOf: !And []
  NotTwo: !Not [{Condition: Is}, {Condition: Is}]
  Three: !Equals [a, a, a]
`
	const minutes = "bundles.auto-stop-minutes Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes"
	for value, open := range map[string]string{ // an open question, or a finding if there is none
		"20":                                 "",
		"!Ref Twenty":                        "",
		"!Sub '${Twenty}'":                   "",
		"!Sub ['${M}0', {M: 2}]":             "",
		"!If [Is, 20, 60]":                   "",
		"!If [Isnt, 60, 20]":                 "",
		"!If [Both, 60, 20]":                 "",
		"!If [Either, 20, 60]":               "",
		"!If [Loop, 20, 20]":                 "",
		"!Join ['', [2, 0]]":                 "",
		"!Select [1, !Ref List]":             "",
		"!Select [1, !Split ['/', 60/20]]":   "",
		"!FindInMap [Sizes, power, minutes]": "",
		"{'Fn::FindInMap': [Sizes, !Sub power, minutes]}": "",
		"!If [Loop, 20, 60]":                              "depends on the condition Loop",
		// So many conditions none of these functions takes (User Guide, "Condition functions").
		"!If [NoneOf, 20, 60]":      "depends on the condition NoneOf",
		"!If [AllOf, 20, 60]":       "depends on the condition AllOf",
		"!If [NotTwo, 20, 60]":      "depends on the condition NotTwo",
		"!If [Three, 20, 60]":       "depends on the condition Three",
		"!Ref Stored":               "stands in Parameter Store",
		"'{{resolve:ssm:minutes}}'": "is a dynamic reference",
		"!ImportValue minutes":      "is Fn::ImportValue",
		"!GetAtt W.Minutes":         "is the Minutes of W",
		"!Sub '${W}0'":              "has W in it",
		"!Select [7, !Ref List]":    "is Fn::Select with arguments that it does not take",
		"!Ref AWS::StackName":       "refers to AWS::StackName",
	} {
		rep := check(t, desktop(head, "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: "+value+"}\n"))
		got := rep.Inputs[0].Resources[0]
		if open == "" {
			if !slices.Equal(got.codes(), []string{minutes}) || len(got.open()) > 0 {
				t.Errorf("%s: %+v", value, got)
			}
		} else if len(got.Findings) > 0 || len(got.open()) != 1 || !strings.Contains(got.open()[0], open) || got.Verdict != "allowed" {
			t.Errorf("%s: %+v", value, got)
		}
	}
}

// A condition that a transform may add is not known.
func TestConditionOfTransform(t *testing.T) {
	got := check(t, desktop("Transform: AWS::Serverless-2016-10-31", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: !If [Nobody, 20, 60]}\n")).Inputs[0].Resources[0]
	if len(got.Findings) > 0 || !slices.ContainsFunc(got.open(), func(s string) bool { return strings.Contains(s, "depends on the condition Nobody") }) {
		t.Errorf("%+v", got)
	}
}

// AWS::NoValue leaves a property out.
func TestNoValue(t *testing.T) {
	rep := check(t, desktop("", "      WorkspaceProperties: {RunningMode: ALWAYS_ON, RunningModeAutoStopTimeoutInMinutes: !Ref AWS::NoValue}\n      Tags: [!Ref AWS::NoValue, {Key: 'aws:x', Value: y}]\n"))
	if got := rep.Inputs[0].Resources[0]; !slices.Equal(got.codes(), []string{"bundles.tag-reserved Properties.Tags[0].Key"}) || len(got.open()) > 0 {
		t.Errorf("%+v", got)
	}
}

// What is not known keeps its place in a list.
func TestPlaces(t *testing.T) {
	rep := check(t, desktop("", "      Tags: [!ImportValue tag, {Key: 'aws:x', Value: y}, {Key: !ImportValue key, Value: y}]\n"))
	got := rep.Inputs[0].Resources[0]
	if !slices.Equal(got.codes(), []string{"bundles.tag-reserved Properties.Tags[1].Key"}) || len(got.open()) != 2 {
		t.Errorf("%+v", got)
	}
}

// A parameter without a default has each value that is allowed, or with which a condition compares it.
func TestChoices(t *testing.T) {
	const head = `
Parameters:
  Kind: {Type: String, AllowedValues: [POWER, GRAPHICS]}
  Stage: {Type: String}
  Minutes: {Type: Number}
Conditions:
  Production: !Equals [!Ref Stage, production]
  Testing: !Equals [testing, !Ref Stage]
`
	const properties = `      WorkspaceProperties:
        ComputeTypeName: !Ref Kind
        RunningMode: AUTO_STOP
        RunningModeAutoStopTimeoutInMinutes: !If [Production, 60, !If [Testing, 20, !Ref Minutes]]
`
	const retired = "bundles.compute-type-retired Properties.WorkspaceProperties.ComputeTypeName"
	const minutes = "bundles.auto-stop-minutes Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes"
	rep := check(t, desktop(head, properties))
	if got := rep.Inputs[0].Resources[0]; !slices.Equal(got.codes(), []string{minutes + " with Stage testing", retired + " with Kind GRAPHICS"}) || got.Verdict != "denied" ||
		!slices.Contains(got.open(), "Properties.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes: is the parameter Minutes, which has no default (--parameter)") {
		t.Errorf("%+v", got)
	}
	rep = check(t, desktop(head, properties), "--parameter", "Kind=POWER,Stage=other,Minutes=120")
	if got := rep.Inputs[0].Resources[0]; got.Verdict != "allowed" || len(got.Findings)+len(got.open()) > 0 {
		t.Errorf("%+v", got)
	}
}

// More choices than are tried stay open.
func TestManyChoices(t *testing.T) {
	head, tags := "Parameters:\n", "      Tags:\n"
	for _, name := range strings.Split("ABCDEFGHIJ", "") {
		head += "  " + name + ": {Type: String, AllowedValues: [x, y, z]}\n"
		tags += "        - {Key: " + name + ", Value: !Ref " + name + "}\n"
	}
	rep := check(t, desktop(head, tags))
	if got := rep.Inputs[0].Resources[0]; got.Verdict != "allowed" || len(got.open()) == 0 {
		t.Errorf("%+v", got)
	}
}

// A condition of a resource decides whether it is made.
func TestConditionOfResource(t *testing.T) {
	const conditions = "Parameters: {Wanted: {Type: String, Default: no}}\nConditions: {Made: !Equals [!Ref Wanted, 'yes']}"
	template := strings.Replace(desktop(conditions, "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: 20}\n"), "Properties:", "Condition: Made\n    Properties:", 1)
	if got := check(t, template).Inputs[0].Resources[0]; got.Verdict != "allowed" || len(got.Findings) > 0 || len(got.open()) != 1 {
		t.Errorf("%+v", got)
	}
	if got := check(t, template, "--parameter", "Wanted=yes").Inputs[0].Resources[0]; got.Verdict != "denied" || len(got.open()) > 0 {
		t.Errorf("%+v", got)
	}
}

// The Region is one of those with which a condition compares it.
func TestRegion(t *testing.T) {
	template := desktop("Conditions: {Here: !Equals [!Ref AWS::Region, eu-west-1]}", "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: !If [Here, 20, 60]}\n")
	if got := check(t, template).Inputs[0].Resources[0].codes(); len(got) != 1 || !strings.HasSuffix(got[0], " with AWS::Region eu-west-1") {
		t.Errorf("%q", got)
	}
	if got := check(t, template, "--region", "us-east-1").Inputs[0].Resources[0]; len(got.Findings) > 0 {
		t.Errorf("%+v", got)
	}
}

// Neither a value with NoEcho nor a choice of one is shown.
func TestHidden(t *testing.T) {
	status, out, errs := run(desktop("Parameters: {P: {Type: String, NoEcho: true, AllowedValues: ['aws:hush', other]}}", "      Tags: [{Key: !Ref P, Value: x}]\n"))
	if status != cli.Broken || strings.Contains(out+errs, "hush") || !strings.Contains(out, "with some values of P") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}

// Loops of AWS::LanguageExtensions are said not to be read.
func TestLoop(t *testing.T) {
	rep := check(t, `{"Transform": "AWS::LanguageExtensions", "Resources": {"Fn::ForEach::Users": ["User", ["ann"], {"W${User}": {"Type": "AWS::WorkSpaces::Workspace"}}]}}`)
	if got := rep.Inputs[0].Resources; len(got) != 1 || len(got[0].open()) != 1 {
		t.Errorf("%+v", got)
	}
}

// Numbers and booleans may stand as texts, and texts as numbers.
func TestTypes(t *testing.T) {
	rep := check(t, strings.Replace(desktop("", "      UserVolumeEncryptionEnabled: 'False'\n      WorkspaceProperties: {RootVolumeSizeGib: '175', UserVolumeSizeGib: 100, ComputeTypeName: POWER}\n      Tags: [{Key: 1, Value: true}]\n"), "UserName: ann", "UserName: 4711", 1))
	if got := rep.Inputs[0].Resources[0]; got.Verdict != "allowed" || len(got.Findings) > 0 {
		t.Errorf("%+v", got)
	}
	rep = check(t, desktop("", "      WorkspaceProperties: {RootVolumeSizeGib: many}\n"))
	if got := rep.Inputs[0].Resources[0]; !slices.Equal(got.codes(), []string{"cfn.property-invalid Properties.WorkspaceProperties.RootVolumeSizeGib"}) {
		t.Errorf("%+v", got)
	}
}

// A pool needs a description by the API and not by CloudFormation.
func TestPoolWithoutDescription(t *testing.T) {
	rep := check(t, "Resources: {P: {Type: AWS::WorkSpaces::WorkspacesPool, Properties: {PoolName: pool, BundleId: wsb-b0s22j3d7, DirectoryId: wsd-906732325d, Capacity: {DesiredUserSessions: 1}}}}")
	if got := rep.Inputs[0].Resources[0]; got.Verdict != "allowed" || !slices.Equal(got.codes(), []string{"bundles.pools-end Properties"}) || len(got.open()) != 1 || !strings.HasPrefix(got.open()[0], "Properties.Description: is not given") {
		t.Errorf("%+v", got)
	}
}

// A condition is found out once, however often others name it.
func TestConditionsInRows(t *testing.T) {
	var head strings.Builder
	head.WriteString("Conditions:\n  C0: !Equals [a, a]\n")
	for i := 1; i <= 200; i++ {
		fmt.Fprintf(&head, "  C%d: !And [{Condition: C%d}, {Condition: C%d}]\n", i, i-1, i-1)
	}
	rep := check(t, desktop(head.String(), "      WorkspaceProperties: {RunningMode: AUTO_STOP, RunningModeAutoStopTimeoutInMinutes: !If [C200, 60, 20]}\n"))
	if got := rep.Inputs[0].Resources[0]; len(got.Findings)+len(got.open()) > 0 {
		t.Errorf("%+v", got)
	}
}
