package cfn

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// operations are the requests that CloudFormation makes of resources, by their type. The properties
// of a resource have the names of the members.
var operations = map[string]string{
	"AWS::WorkSpaces::Workspace":       "CreateWorkspaces",
	"AWS::WorkSpaces::WorkspacesPool":  "CreateWorkspacesPool",
	"AWS::WorkSpaces::ConnectionAlias": "CreateConnectionAlias",
}

const propertyInvalid rule.Code = "cfn.property-invalid"

const resourceReference = "cloudformation-workspaces"

// Documents returns what the rule of this program cites.
func Documents() []rule.Document {
	return []rule.Document{{Key: resourceReference, Title: "AWS CloudFormation: resource types of Amazon WorkSpaces", URL: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_WorkSpaces.html"}}
}

// Rules returns the rule of this program.
func Rules() []rule.Rule {
	return []rule.Rule{finding.Own(propertyInvalid, rule.Must,
		"A property has no value of its type, or the resource type has no such property.",
		"Give the properties that the type has, each with a value of its type.",
		rule.Citation{Document: resourceReference, Section: "Properties"})}
}

// A template is what is read of a CloudFormation template in JSON.
type template struct {
	Version    string `json:"AWSTemplateFormatVersion"`
	Transform  any
	Parameters map[string]struct {
		Default any
		NoEcho  any
	}
	Resources map[string]struct {
		Type       string
		Condition  string
		Properties any
	}
}

// A reader turns properties into a request, and notes what it cannot know.
type reader struct {
	template template
	values   map[string]string // of parameters, from the command line
	unknown  []string          // paths, with the reason
	secret   bool              // a parameter with NoEcho was used
}

// value returns a property with what its functions stand for; known is false if the template does
// not tell it. A reference to a parameter stands for its value, or its default.
func (r *reader) value(at string, v any) (value any, known bool) {
	switch v := v.(type) {
	case map[string]any:
		if name, argument, ok := function(v); ok {
			if parameter, ok := argument.(string); ok && name == "Ref" {
				return r.parameter(at, parameter)
			}
			r.unknown = append(r.unknown, at+": is "+name+", which the template alone does not tell")
			return nil, false
		}
		m := map[string]any{}
		for _, name := range sorted(v) {
			if x, ok := r.value(at+"."+name, v[name]); ok {
				m[name] = x
			}
		}
		return m, true
	case []any:
		list := make([]any, 0, len(v))
		for i, x := range v {
			if x, ok := r.value(fmt.Sprintf("%s[%d]", at, i), x); ok {
				list = append(list, x)
			}
		}
		return list, true
	}
	return v, true
}

// function returns the intrinsic function that an object is, if it is one.
func function(m map[string]any) (name string, argument any, ok bool) {
	if len(m) != 1 {
		return "", nil, false
	}
	for name, argument := range m {
		if name == "Ref" || strings.HasPrefix(name, "Fn::") {
			return name, argument, true
		}
	}
	return "", nil, false
}

func (r *reader) parameter(at, name string) (any, bool) {
	p, ok := r.template.Parameters[name]
	if !ok {
		r.unknown = append(r.unknown, at+": refers to "+name+", whose value is known when the stack is made")
		return nil, false
	}
	v := p.Default
	if given, ok := r.values[name]; ok {
		v = given
	}
	if v == nil {
		r.unknown = append(r.unknown, at+": the parameter "+name+" has no default (--parameter)")
		return nil, false
	}
	if p.NoEcho == true || p.NoEcho == "true" {
		r.secret = true
	}
	return v, true
}

// typed turns texts into the numbers and booleans that a request has: CloudFormation takes both.
func typed(request map[string]any) {
	numbers := []string{"RootVolumeSizeGib", "UserVolumeSizeGib", "RunningModeAutoStopTimeoutInMinutes", "DesiredUserSessions",
		"DisconnectTimeoutInSeconds", "IdleDisconnectTimeoutInSeconds", "MaxUserDurationInSeconds"}
	booleans := []string{"RootVolumeEncryptionEnabled", "UserVolumeEncryptionEnabled"}
	for name, v := range request {
		switch v := v.(type) {
		case map[string]any:
			typed(v)
		case string:
			if n, err := strconv.ParseInt(v, 10, 32); err == nil && slices.Contains(numbers, name) {
				request[name] = n
			}
			if b, err := strconv.ParseBool(v); err == nil && slices.Contains(booleans, name) {
				request[name] = b
			}
		}
	}
}

// An answer is what there is to say of a resource.
type answer struct {
	Resource string           `json:"resource"`
	Type     string           `json:"type"`
	Verdict  rule.Verdict     `json:"verdict"`
	Findings []rule.Violation `json:"findings"`
	Open     []string         `json:"open"` // what the template and the documents do not tell
}

// check asks about the resource of a logical id.
func (t template) check(id string, values map[string]string, region string) (answer, error) {
	resource := t.Resources[id]
	a := answer{Resource: id, Type: resource.Type, Findings: []rule.Violation{}, Open: []string{}}
	r := &reader{template: t, values: values}
	operation := operations[resource.Type]
	v, _ := r.value("Properties", resource.Properties)
	request, ok := v.(map[string]any)
	if !ok {
		return a, fmt.Errorf("the properties of %s are no object", id)
	}
	typed(request)
	if r.about("Properties.VolumeEncryptionKey") { // what is encrypted is judged with the key
		delete(request, "RootVolumeEncryptionEnabled")
		delete(request, "UserVolumeEncryptionEnabled")
	}
	prefix := rule.Path("")
	whole := any(request)
	if operation == "CreateWorkspaces" {
		whole, prefix = map[string]any{"Workspaces": []any{request}}, "Workspaces[0]"
	}
	data, err := json.Marshal(whole)
	if err != nil {
		return a, err
	}
	in, err := wks.Decode(operation, strings.NewReader(string(data)))
	if err != nil {
		detail := err.Error()
		if r.secret {
			detail = "a parameter of the resource has NoEcho, and no value is shown"
		}
		v := finding.Broken(Rules()[0], detail)
		v.Path = "Properties"
		a.Findings = append(a.Findings, v)
		a.Verdict, a.Open = rule.Denied, append(a.Open, r.unknown...)
		return a, nil
	}
	var options []wks.Option
	if region != "" {
		options = append(options, wks.Region(region))
	}
	checked, err := wks.Check(in, options...)
	if err != nil {
		return a, fmt.Errorf("resource %s: %w", id, err)
	}
	for _, v := range checked.Violations {
		v.Path = rule.Path("Properties").Join(rule.Path(strings.TrimPrefix(strings.TrimPrefix(string(v.Path), string(prefix)), ".")))
		if r.about(string(v.Path)) {
			continue // it is not known, and breaks no rule
		}
		if r.secret {
			v.Detail = "a parameter of the resource has NoEcho, and no value is shown"
		}
		a.Findings = append(a.Findings, v)
	}
	a.Open = append(a.Open, r.unknown...)
	a.Verdict = rule.Allowed
	switch {
	case slices.ContainsFunc(a.Findings, func(v rule.Violation) bool { return v.Level == rule.Must }):
		a.Verdict = rule.Denied
	case slices.ContainsFunc(checked.Open, func(q rule.Open) bool { return q.By != rule.ByInput }):
		a.Verdict = rule.Undocumented
		for _, q := range checked.Open {
			if q.By != rule.ByInput {
				reason := q.Reason
				if r.secret {
					reason = "no value is shown"
				}
				a.Open = append(a.Open, "no document answers: "+reason)
			}
		}
	}
	if resource.Condition != "" {
		a.Open = append(a.Open, "it is made if the condition "+resource.Condition+" holds")
	}
	return a, nil
}

// about reports whether a path is that of a property which is not known.
func (r *reader) about(path string) bool {
	return slices.ContainsFunc(r.unknown, func(s string) bool { return strings.HasPrefix(s, path+":") })
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
