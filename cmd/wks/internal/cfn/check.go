package cfn

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/rule"
)

// operations are the requests that CloudFormation makes of resources, by their type. The properties
// of a resource have the names of the members.
var operations = map[string]string{
	"AWS::WorkSpaces::Workspace":       "CreateWorkspaces",
	"AWS::WorkSpaces::WorkspacesPool":  "CreateWorkspacesPool",
	"AWS::WorkSpaces::ConnectionAlias": "CreateConnectionAlias",
}

// A question asks about the resources of a template.
type question struct {
	*template
	given     map[string]string
	region    string
	constants map[string][]any
}

// An answer is what there is to say of a resource.
type answer struct {
	Resource string           `json:"resource"`
	Type     string           `json:"type"`
	Verdict  rule.Verdict     `json:"verdict"`
	Findings []rule.Violation `json:"findings"`
	Open     []string         `json:"open"` // what the template and the documents do not tell
}

// newAnswer returns the answer that there is nothing to say of a resource.
func newAnswer(id, typ string) answer {
	return answer{Resource: id, Type: typ, Verdict: rule.Allowed, Findings: []rule.Violation{}, Open: []string{}}
}

// reader returns a reader for a choice of what the template does not tell.
func (q *question) reader(choice map[string]any) *reader {
	region := q.region
	if chosen, ok := choice["AWS::Region"].(string); ok {
		region = chosen
	}
	return &reader{template: q.template, given: q.given, region: region, constants: q.constants, choice: choice, wanted: map[string][]any{}, gaps: map[string]unknown{}, found: map[string]outcome{}}
}

// mostChoices is for how many choices of parameters a resource is asked about. What would need more stays open.
const mostChoices = 64

// each calls ask for each choice of the parameters that it wants and that have no value.
func (q *question) each(ask func(*reader)) []*reader {
	var ends []*reader
	todo := []map[string]any{{}}
	for len(todo) > 0 {
		choice := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		r := q.reader(choice)
		ask(r)
		split := false
		for _, name := range slices.Sorted(maps.Keys(r.wanted)) {
			values := r.wanted[name]
			if len(ends)+len(todo)+len(values) > mostChoices {
				continue
			}
			for _, v := range slices.Backward(values) {
				next := map[string]any{name: v}
				for k, x := range choice {
					next[k] = x
				}
				todo = append(todo, next)
			}
			split = true
			break
		}
		if !split {
			ends = append(ends, r)
		}
	}
	return ends
}

// check asks about the resource of a logical id, for every choice of what is not known.
func (q *question) check(id string) (answer, error) {
	all := newAnswer(id, q.Resources[id].Type)
	var failed error
	ends := q.each(func(r *reader) {
		var err error
		if r.answer, err = q.ask(r, id); err != nil && failed == nil {
			failed = err
		}
	})
	if failed != nil {
		return all, failed
	}
	type key struct {
		code   rule.Code
		path   rule.Path
		detail string
	}
	in := map[key][]int{}
	for i, r := range ends {
		a := r.answer
		all.Verdict = all.Verdict.And(a.Verdict)
		for _, v := range a.Findings {
			k := key{v.Code, v.Path, v.Detail}
			if in[k] == nil {
				all.Findings = append(all.Findings, v)
			}
			in[k] = append(in[k], i)
		}
		for _, open := range a.Open {
			if !slices.Contains(all.Open, open) {
				all.Open = append(all.Open, open)
			}
		}
	}
	for i, v := range all.Findings {
		if where := in[key{v.Code, v.Path, v.Detail}]; len(where) < len(ends) {
			all.Findings[i].Detail = q.with(ends, where) + ": " + v.Detail
		}
	}
	return all, nil
}

// with tells with which values of parameters a finding comes: those of some ends, and not of all.
func (q *question) with(ends []*reader, where []int) string {
	all, some := map[string][]string{}, map[string][]string{}
	collect := func(into map[string][]string, r *reader) {
		for name := range r.choice {
			if value := q.shown(name, r.choice[name]); !slices.Contains(into[name], value) {
				into[name] = append(into[name], value)
			}
		}
	}
	for _, r := range ends {
		collect(all, r)
	}
	for _, i := range where {
		collect(some, ends[i])
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(some)) {
		if len(some[name]) < len(all[name]) {
			parts = append(parts, name+" "+strings.Join(some[name], " or "))
		}
	}
	if parts == nil {
		return "with some values of " + strings.Join(slices.Sorted(maps.Keys(some)), ", ")
	}
	return "with " + strings.Join(parts, ", ")
}

// shown returns the value of a choice for a text.
func (q *question) shown(name string, v any) string {
	value, ok := scalar(v)
	switch {
	case q.Parameters[name].hidden():
		return "a value that is not shown"
	case !ok:
		return "another value"
	}
	return rule.Shorten(value)
}

// hidden stands for a text that may quote a value with NoEcho.
const hidden = "a parameter of the resource has NoEcho, and no value is shown"

// ask asks about a resource for one choice.
func (q *question) ask(r *reader, id string) (answer, error) {
	resource := q.Resources[id]
	a := answer{Verdict: rule.Allowed}
	for _, name := range q.macros() {
		a.Open = append(a.Open, "the macro "+rule.Shorten(name)+" may change it")
	}
	if resource.Condition != "" {
		switch holds, known := r.condition(resource.Condition); {
		case !known:
			a.Open = append(a.Open, "it is made if the condition "+rule.Shorten(resource.Condition)+" holds")
		case !holds:
			a.Open = append(a.Open, "it is not made where the condition "+rule.Shorten(resource.Condition)+" does not hold")
			return a, nil
		}
	}
	properties := r.properties("Properties", resource.Properties)
	if properties == (nothing{}) {
		a.Open = append(a.Open, "Properties: "+r.gaps["Properties"].why)
		return a, nil
	}
	request, ok := properties.(map[string]any)
	if !ok {
		a.Findings = append(a.Findings, broken(propertyInvalid, "Properties", "it has no object of properties"))
		a.Verdict = rule.Denied
		return a, nil
	}
	typed(request)
	operation := operations[resource.Type]
	keys, err := r.key(request)
	if err != nil {
		return a, err
	}
	if r.about("Properties.VolumeEncryptionKey") { // what is encrypted is judged with the key
		delete(request, "RootVolumeEncryptionEnabled")
		delete(request, "UserVolumeEncryptionEnabled")
	}
	if description := request["Description"]; operation == "CreateWorkspacesPool" && description == nil && !r.about("Properties.Description") {
		r.note("Properties.Description", "is not given; CloudFormation does not need it and the API does")
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
		a.Findings = append(a.Findings, broken(propertyInvalid, "Properties", r.told(err.Error())))
		a.Verdict, a.Open = rule.Denied, append(a.Open, r.open()...)
		return a, nil
	}
	var options []wks.Option
	if r.region != "" {
		options = append(options, wks.Region(r.region))
	}
	checked, err := wks.Check(in, options...)
	if err != nil {
		return a, fmt.Errorf("resource %s: %s", id, r.told(err.Error()))
	}
	for _, v := range checked.Violations {
		v.Path = rule.Path("Properties").Join(rule.Path(strings.TrimPrefix(strings.TrimPrefix(string(v.Path), string(prefix)), ".")))
		if r.about(string(v.Path)) {
			continue // it is not known, and breaks no rule
		}
		v.Detail = r.told(keys.named(v.Detail))
		a.Findings = append(a.Findings, v)
	}
	for _, v := range keys.violations {
		if !slices.ContainsFunc(a.Findings, func(has rule.Violation) bool { return has.Code == v.Code }) {
			v.Detail = r.told(keys.named(v.Detail))
			a.Findings = append(a.Findings, v)
		}
	}
	a.Open = append(a.Open, r.open()...)
	switch {
	case rule.Violations(a.Findings).Denied():
		a.Verdict = rule.Denied
	case slices.ContainsFunc(checked.Open, func(q rule.Open) bool { return q.By != rule.ByInput }):
		a.Verdict = rule.Undocumented
		for _, q := range checked.Open {
			if q.By != rule.ByInput {
				a.Open = append(a.Open, "no document answers: "+r.told(keys.named(q.Reason)))
			}
		}
	}
	return a, nil
}

// told returns a text, or what stands for it if it may quote what is not to be shown.
func (r *reader) told(text string) string {
	if r.secret {
		return hidden
	}
	return text
}

func (r *reader) note(at, why string) {
	r.gaps[at] = unknown{why: why}
	r.order = append(r.order, at)
}

// open tells what is not known.
func (r *reader) open() []string {
	list := make([]string, len(r.order))
	for i, at := range r.order {
		list[i] = rule.Shorten(at) + ": " + r.gaps[at].why
	}
	return list
}

// about reports whether a path is that of a property which is not known, or below one.
func (r *reader) about(path string) bool {
	return slices.ContainsFunc(r.order, func(at string) bool { return rule.Path(at).Covers(rule.Path(path)) })
}

var (
	numbers = []string{"RootVolumeSizeGib", "UserVolumeSizeGib", "RunningModeAutoStopTimeoutInMinutes", "DesiredUserSessions",
		"DisconnectTimeoutInSeconds", "IdleDisconnectTimeoutInSeconds", "MaxUserDurationInSeconds"}
	booleans = []string{"RootVolumeEncryptionEnabled", "UserVolumeEncryptionEnabled"}
)

// isNumber reports whether a text is a number of JSON, and nothing else.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "+-.0123456789eE") == "" && json.Valid([]byte(s))
}

// typed turns values into the types that a request has: CloudFormation takes a number or boolean as a text, and
// a text as a number or boolean.
func typed(request map[string]any) {
	for name, v := range request {
		switch v := v.(type) {
		case map[string]any:
			typed(v)
		case []any:
			for _, x := range v {
				if m, ok := x.(map[string]any); ok {
					typed(m)
				}
			}
		case string:
			if slices.Contains(numbers, name) && isNumber(v) {
				request[name] = json.Number(v)
			}
			if slices.Contains(booleans, name) && (strings.EqualFold(v, "true") || strings.EqualFold(v, "false")) {
				request[name] = strings.EqualFold(v, "true")
			}
		default:
			if text, ok := scalar(v); ok && !slices.Contains(numbers, name) && !slices.Contains(booleans, name) {
				request[name] = text
			}
		}
	}
}
