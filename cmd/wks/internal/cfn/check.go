package cfn

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
	rules     wks.Rules
	given     map[string]string
	region    string
	constants map[string][]any
	effort    effort
	policies  map[string]*policies // of keys, by logical id
	lacking   map[string]lacking   // what conditions name and the template does not have
}

// An answer is what there is to say of a resource.
type answer struct {
	Resource     string           `json:"resource"` // logical id
	Type         string           `json:"type"`
	Verdict      rule.Verdict     `json:"verdict"`
	Findings     []rule.Violation `json:"findings"`
	Lines        []string         `json:"lines"`        // what else there is to say
	Undocumented []string         `json:"undocumented"` // what no document answers
	NotGiven     []string         `json:"notGiven"`     // what the template does not tell

	undecided bool     // what is not given decides
	at        []string // where it stands, nil for Resources and the logical id
}

// newAnswer returns the answer that there is nothing to say of a resource.
func newAnswer(id, typ string) answer {
	return answer{Resource: id, Type: typ, Verdict: rule.Allowed, Findings: []rule.Violation{}, Lines: []string{}, Undocumented: []string{}, NotGiven: []string{}}
}

// conclude settles the verdict, which is what the findings and open questions make of it.
func (a *answer) conclude() {
	switch {
	case rule.Violations(a.Findings).Denied():
		a.Verdict = rule.Denied
	case len(a.Undocumented) > 0 || a.undecided:
		a.Verdict = rule.Undocumented
	default:
		a.Verdict = rule.Allowed
	}
}

// reader returns a reader for a choice of what the template does not tell.
func (q *question) reader(choice map[string]any) *reader {
	region := q.region
	if chosen, ok := choice["AWS::Region"].(string); ok {
		region = chosen
	}
	return &reader{template: q.template, given: q.given, region: region, constants: q.constants, choice: choice, wanted: map[string][]any{}, gaps: map[string]unknown{}, found: map[string]outcome{}, q: q}
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
	seen := [3]map[string]bool{{}, {}, {}}
	for i, r := range ends {
		a := r.answer
		for _, v := range a.Findings {
			k := key{v.Code, v.Path, v.Detail}
			if in[k] == nil {
				all.Findings = append(all.Findings, v)
			}
			in[k] = append(in[k], i)
		}
		for i, said := range []struct {
			list *[]string
			more []string
		}{{&all.Lines, a.Lines}, {&all.Undocumented, a.Undocumented}, {&all.NotGiven, a.NotGiven}} {
			for _, text := range said.more {
				if !seen[i][text] {
					seen[i][text] = true
					*said.list = append(*said.list, text)
				}
			}
		}
	}
	for i, v := range all.Findings {
		if where := in[key{v.Code, v.Path, v.Detail}]; len(where) < len(ends) {
			all.Findings[i].Detail = q.with(ends, where) + ": " + v.Detail
		}
	}
	all.Findings = append(all.Findings, q.missing(id)...)
	all.conclude()
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
			parts = append(parts, rule.Shorten(name)+" "+strings.Join(some[name], " or "))
		}
	}
	if parts == nil {
		for _, name := range slices.Sorted(maps.Keys(some)) {
			parts = append(parts, rule.Shorten(name))
		}
		return "with some values of " + strings.Join(parts, ", ")
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
	var a answer
	for i, name := range q.macros {
		if i == mostNamed {
			a.NotGiven = append(a.NotGiven, fmt.Sprintf("%d more macros may change it", len(q.macros)-i))
			break
		}
		a.NotGiven = append(a.NotGiven, "the macro "+rule.Shorten(name)+" may change it")
	}
	if resource.Condition != "" {
		switch holds, known := r.condition(resource.Condition); {
		case !known && !q.lacks(resource.Condition):
			a.NotGiven = append(a.NotGiven, "whether it is made depends on the condition "+rule.Shorten(resource.Condition))
		case known && !holds:
			a.Lines = append(a.Lines, "it is not made where the condition "+rule.Shorten(resource.Condition)+" does not hold")
			return a, nil
		}
	}
	properties := r.properties("Properties", resource.Properties)
	if properties == (nothing{}) {
		a.tell(r)
		return a, nil
	}
	request, ok := properties.(map[string]any)
	if !ok {
		a.Findings = append(a.Findings, broken(propertyInvalid, "Properties", "it is not an object"))
		return a, nil
	}
	r.typed("Properties", request)
	operation := operations[resource.Type]
	keys, err := r.key(q.rules.Encryption, request)
	if err != nil {
		return a, err
	}
	if r.about("Properties.VolumeEncryptionKey") { // what is encrypted is judged with the key
		delete(request, "RootVolumeEncryptionEnabled")
		delete(request, "UserVolumeEncryptionEnabled")
	}
	if description := request["Description"]; operation == "CreateWorkspacesPool" && description == nil && !r.about("Properties.Description") {
		r.note("Properties.Description", unknown{why: "is not given; CloudFormation does not require it, and the API does"})
	}
	a.tell(r)
	for _, text := range keys.notGiven {
		a.NotGiven = append(a.NotGiven, r.told(text))
	}
	for _, text := range keys.undocumented {
		a.Undocumented = append(a.Undocumented, r.told(text))
	}
	prefix := rule.Path("")
	whole := any(request)
	if operation == "CreateWorkspaces" {
		whole, prefix = map[string]any{"Workspaces": []any{request}}, "Workspaces[0]"
	}
	in, err := wks.Decode(operation, bytes.NewReader(asJSON(whole)))
	if err != nil {
		at, detail := rule.Path(""), err.Error()
		var input *rule.InputError
		if errors.As(err, &input) {
			at = rule.Path(strings.TrimPrefix(strings.TrimPrefix(string(input.Path), string(prefix)), "."))
			detail = fmt.Sprintf("%q %s", rule.Shorten(cmp.Or(textAt(request, at), input.Value)), input.Reason)
		}
		a.Findings = append(a.Findings, broken(propertyInvalid, rule.Path("Properties").Join(at), r.told(detail)))
		return a, nil
	}
	options := []wks.Option{wks.Edition(q.rules.Edition())}
	if r.region != "" {
		options = append(options, wks.Region(r.region))
	}
	checked, err := wks.Check(in, options...)
	if err != nil {
		return a, fmt.Errorf("resource %s: %s", rule.Shorten(id), r.told(err.Error()))
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
		v.Detail = r.told(keys.named(v.Detail))
		a.Findings = append(a.Findings, v)
	}
	for _, o := range checked.Open {
		if o.By != rule.ByInput {
			a.Undocumented = append(a.Undocumented, r.told(keys.named(o.Reason)))
		}
	}
	return a, nil
}

// textAt returns the text, number or boolean at a path of members, "" if none is there.
func textAt(v any, path rule.Path) string {
	for name := range strings.SplitSeq(string(path), ".") {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	text, _ := scalar(v)
	return text
}

// told returns a text, or what stands for it if it may quote what is not to be shown.
func (r *reader) told(text string) string {
	if r.secret {
		return hidden
	}
	return text
}

// note notes what is not known at a path.
func (r *reader) note(at string, why unknown) {
	if _, ok := r.gaps[at]; !ok {
		r.order = append(r.order, at)
	}
	r.gaps[at] = why
}

// tell tells what is not known, and what is not there.
func (a *answer) tell(r *reader) {
	for _, at := range r.order {
		gap := r.gaps[at]
		switch text := rule.Shorten(at) + ": " + gap.why; {
		case gap.undocumented:
			a.Undocumented = append(a.Undocumented, text)
		case gap.unmapped:
			a.Findings = append(a.Findings, broken(referenceUnknown, rule.Path(at), gap.why))
		case !gap.missing: // else q.missing tells it
			a.NotGiven = append(a.NotGiven, text)
		}
	}
}

// about reports whether a path is that of a property which is not known, or below one.
func (r *reader) about(path string) bool {
	for i := range len(path) + 1 {
		if i < len(path) && path[i] != '.' && path[i] != '[' {
			continue
		}
		if _, is := r.gaps[path[:i]]; is {
			return true
		}
	}
	return false
}

var (
	numbers = []string{"RootVolumeSizeGib", "UserVolumeSizeGib", "RunningModeAutoStopTimeoutInMinutes", "DesiredUserSessions",
		"DisconnectTimeoutInSeconds", "IdleDisconnectTimeoutInSeconds", "MaxUserDurationInSeconds"}
	booleans = []string{"RootVolumeEncryptionEnabled", "UserVolumeEncryptionEnabled"}
)

// typed turns values into the types that a request has: CloudFormation takes a number or boolean as a text, and
// a text as a number or boolean. A number that is whole and is not written so is left out: no document says whether
// CloudFormation takes it, and cfn-lint 1.51.0 takes 100.0 and not 1e2.
func (r *reader) typed(at string, request map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(request)) {
		at := below(at, name)
		switch v := request[name].(type) {
		case map[string]any:
			r.typed(at, v)
		case []any:
			for i, x := range v {
				if m, ok := x.(map[string]any); ok {
					r.typed(fmt.Sprintf("%s[%d]", at, i), m)
				}
			}
		default:
			text, ok := scalar(v)
			_, isBoolean := v.(bool)
			switch {
			case !ok:
			case slices.Contains(numbers, name) && !isBoolean && isNumber(text):
				request[name] = json.Number(text)
				if strings.ContainsAny(text, ".eE") && isWhole(text) {
					delete(request, name)
					r.note(at, unknown{why: "no document says whether CloudFormation takes " + r.quoted(text) + " for a whole number", undocumented: true})
				}
			case slices.Contains(booleans, name) && (strings.EqualFold(text, "true") || strings.EqualFold(text, "false")):
				request[name] = strings.EqualFold(text, "true")
			case !slices.Contains(numbers, name) && !slices.Contains(booleans, name):
				request[name] = text
			}
		}
	}
}

// isWhole reports whether a number of JSON is whole, however it is written.
func isWhole(number string) bool {
	digits, exponent, scaled := strings.Cut(strings.ToLower(strings.TrimLeft(number, "+-")), "e")
	integer, fraction, _ := strings.Cut(digits, ".")
	digits = strings.TrimRight(integer+fraction, "0")
	if strings.Trim(digits, "0") == "" {
		return true
	}
	if !scaled {
		exponent = "0"
	}
	power, err := strconv.Atoi(exponent)
	if err != nil { // it has too many digits
		return !strings.HasPrefix(exponent, "-")
	}
	return power >= len(digits)-len(integer)
}
