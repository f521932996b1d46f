package cfn

import (
	"slices"
	"strings"
	"testing"
)

// CloudFormation refuses a template that names what it does not have, wherever the name stands.
func TestMissing(t *testing.T) {
	const unknown = "cfn.reference-unknown "
	tag := func(value string) string { return desktop("", "      Tags: [{Key: k, Value: "+value+"}]\n") }
	member := func(line string) string {
		return strings.Replace(desktop("", ""), "    Properties:", "    "+line+"\n    Properties:", 1)
	}
	const at = "Properties.Tags[0].Value"
	for template, want := range map[string]string{
		tag("!Ref Nobody"):                     at + ": the template has no parameter or resource Nobody",
		tag("!Ref AWS::Nothing"):               at + ": the template has no parameter or resource AWS::Nothing",
		tag("!GetAtt Nobody.Arn"):              at + ": the template has no resource Nobody",
		tag("{'Fn::GetAtt': 'Nobody.Arn'}"):    at + ": the template has no resource Nobody",
		tag("!GetAtt AWS.Arn"):                 at + ": the template has no resource AWS",
		tag("!Sub 'a ${Nobody} b'"):            at + ": the template has no parameter or resource Nobody",
		tag("!Sub 'a ${Nobody.Arn} b'"):        at + ": the template has no resource Nobody",
		tag("!Sub ['${A}', {A: !Ref Nobody}]"): at + ": the template has no parameter or resource Nobody",
		tag("!Sub ['${Nobody} ${A}', {A: x}]"): at + ": the template has no parameter or resource Nobody",
		tag("!If [Never, a, b]"):               at + ": the template has no condition Never",
		tag("!Join ['', [!Ref Nobody]]"):       at + ": the template has no parameter or resource Nobody",
		tag("!FindInMap [Sizes, a, b]"):        at + ": the template has no map Sizes",
		member("Condition: Never"):             "Condition: the template has no condition Never",
		member("DependsOn: Nobody"):            "DependsOn: the template has no resource Nobody",
		member("DependsOn: [W, Nobody]"):       "DependsOn: the template has no resource Nobody",
		desktop("Conditions: {A: !Not [{Condition: B}], B: !Equals [!Ref Nobody, x]}", "      Tags: [{Key: k, Value: !If [A, a, b]}]\n"): at + ": the template has no parameter or resource Nobody",
		desktop("Conditions: {A: !Not [{Condition: B}]}", "      Tags: [{Key: k, Value: !If [A, a, b]}]\n"):                              at + ": the template has no condition B",
		desktop("Mappings: {M: {a: {b: c}}}", "      Tags: [{Key: k, Value: !FindInMap [M, a, x]}]\n"):                                   at + ": asks Fn::FindInMap for x, which is not in the map",
		// What is not chosen counts as well.
		desktop("Conditions: {A: !Equals [a, a]}", "      Tags: [{Key: k, Value: !If [A, a, !Ref Nobody]}]\n"): at + ": the template has no parameter or resource Nobody",
	} {
		r := check(t, template).Inputs[0].Resources[0]
		i := slices.IndexFunc(r.Findings, func(f found) bool { return unknown+want == f.Code+" "+f.Path+": "+f.Detail })
		if r.Verdict != "denied" || i < 0 {
			t.Errorf("%s: %+v, want %s", template, r, want)
		}
	}
	for _, sound := range []string{
		// The pseudo parameters of CloudFormation (User Guide, "Get AWS values using pseudo parameters").
		tag("!Ref AWS::AccountId"), tag("!Ref AWS::NotificationARNs"), tag("!Ref AWS::NoValue"), tag("!Ref AWS::Partition"),
		tag("!Ref AWS::Region"), tag("!Ref AWS::StackId"), tag("!Ref AWS::StackName"), tag("!Ref AWS::URLSuffix"),
		tag("!Join ['${Nobody}', [a]]"), // which Fn::Join does not replace
		tag("!Sub '${!Nobody} ${AWS::Region} ${W.Id}'"), tag("!Sub ['${A}', {A: x}]"),
		desktop("Conditions: {A: {Condition: A}}", "      Tags: [{Key: k, Value: !If [A, a, b]}]\n"),
		// A transform may add what is named.
		desktop("Transform: AWS::Serverless-2016-10-31", "      Tags: [{Key: k, Value: !Ref Nobody}]\n"),
		desktop("Fn::Transform: {Name: AWS::Include}", "      Tags: [{Key: k, Value: !Ref Nobody}]\n"),
		strings.Replace(tag("!Ref Nobody"), "  W:", "  Fn::ForEach::More: [a, [b], {}]\n  W:", 1),
	} {
		rep := check(t, sound)
		r := rep.Inputs[0].Resources[len(rep.Inputs[0].Resources)-1]
		if len(r.Findings) > 0 || r.Verdict == "denied" {
			t.Errorf("%s: %+v", sound, r)
		}
	}
}
