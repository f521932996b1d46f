package cfn

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A reference is to a resource of the template: what Ref gives, or an attribute.
type reference struct{ id, attribute string }

// unknown is a value that the template does not tell.
type unknown struct {
	why string     // in words that follow "Properties.X: "
	to  *reference // nil if it is none

	missing      bool // it names what the template does not have
	unmapped     bool // a map does not have it
	undocumented bool // no document says how CloudFormation takes it
}

// nothing is AWS::NoValue: the property is left out.
type nothing struct{}

// other is a value of a parameter that the template does not name.
type other struct{}

// A reader finds what the functions of a template stand for, for one choice of what is not known.
type reader struct {
	*template
	given     map[string]string // parameters, from the command line
	region    string            // "" if it is not known
	constants map[string][]any  // with which conditions compare parameters
	choice    map[string]any    // a value for each parameter that has none
	wanted    map[string][]any  // parameters that have no value, and what they may be
	gaps      map[string]unknown
	order     []string           // of gaps
	secret    bool               // a parameter with NoEcho was used
	found     map[string]outcome // of conditions
	answer    answer             // of the resource, by this choice
	within    int                // conditions that are looked at, each for the one before
	steps     int                // of the first of them
	q         *question          // that the reader is of
}

// An effort is what functions repeated of a template.
type effort struct {
	spent  int
	values map[string]repeated // of parameters and maps
}

// A repeated is a value that functions may repeat.
type repeated struct {
	literal bool
	size    int
}

const (
	// mostRepeated is how much functions are followed to repeat of a template, in values and in texts of sizeOfText bytes: one of
	// a few lines can ask for any amount.
	mostRepeated = 1 << 14
	sizeOfText   = 1 << 10
)

// repeats adds what a function repeats; it is not known what is more than the most.
func (r *reader) repeats(size int) *unknown {
	if r.q.effort.spent += size; size > 0 && r.q.effort.spent > mostRepeated {
		return &unknown{why: "repeats more of the template than is followed"}
	}
	return nil
}

// repeated looks at a value of a parameter or map once.
func (r *reader) repeated(name string, v any) repeated {
	is, ok := r.q.effort.values[name]
	if !ok {
		if r.q.effort.values == nil {
			r.q.effort.values = map[string]repeated{}
		}
		is = repeated{literal(v), sizeOf(v)}
		r.q.effort.values[name] = is
	}
	return is
}

// sizeOf is how much a value is beside a single one.
func sizeOf(v any) (size int) {
	switch v := v.(type) {
	case map[string]any:
		for name, x := range v {
			size += 1 + len(name)/sizeOfText + sizeOf(x)
		}
	case []any:
		for _, x := range v {
			size += 1 + sizeOf(x)
		}
	case string:
		size = len(v) / sizeOfText
	}
	return size
}

// function returns the intrinsic function that an object is, if it is one.
func function(v any) (name string, argument any, ok bool) {
	m, isMap := v.(map[string]any)
	if !isMap || len(m) != 1 {
		return "", nil, false
	}
	for name, argument := range m {
		if name == "Ref" || strings.HasPrefix(name, "Fn::") {
			return name, argument, true
		}
	}
	return "", nil, false
}

// madeBy returns the function that makes members of an object beside those that it has, "" if none does.
func madeBy(v any) string {
	m, _ := v.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if name == "Fn::Transform" || strings.HasPrefix(name, "Fn::ForEach::") {
			return rule.Shorten(name)
		}
	}
	return ""
}

const (
	// deepest is how many steps a path has: the properties of WorkSpaces have four at most. What is deeper is not known.
	deepest = 16
	// longestStep is how much of a name a path shows.
	longestStep = 64
)

// below returns the path of a member. Paths are short, so that their lengths add up to what a template has.
func below(at, name string) string {
	if len(name) > longestStep {
		name = strings.ToValidUTF8(name[:longestStep], "") + "…"
	}
	return at + "." + name
}

// properties returns a tree without functions. What is not known is left out and noted.
func (r *reader) properties(at string, v any) any { return r.propertiesTo(at, v, deepest) }

// propertiesTo is properties of a tree of which so many steps are followed.
func (r *reader) propertiesTo(at string, v any, steps int) any {
	v, gap := r.reduce(v)
	if gap == nil && steps == 0 {
		gap = &unknown{why: "is deeper than the properties of a resource are"}
	}
	if gap != nil {
		r.note(at, *gap)
		return nothing{}
	}
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if x := r.propertiesTo(below(at, name), v[name], steps-1); x != (nothing{}) {
				m[name] = x
			}
		}
		return m
	case []any:
		list := make([]any, 0, len(v))
		for i, x := range v {
			at := fmt.Sprintf("%s[%d]", at, i)
			x := r.propertiesTo(at, x, steps-1)
			if _, open := r.gaps[at]; open {
				x = map[string]any{} // the others keep their places
			}
			if x != (nothing{}) {
				list = append(list, x)
			}
		}
		return list
	}
	return v
}

// literal reports whether a value has no function in it. CloudFormation takes none in parameters and maps, and there one
// could lead to itself.
func literal(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		if _, _, is := function(v); is || madeBy(v) != "" {
			return false
		}
		for _, x := range v {
			if !literal(x) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(v, func(x any) bool { return !literal(x) })
	}
	return true
}

// reduce returns what a function stands for, and anything else as it is: functions within it stay.
func (r *reader) reduce(v any) (any, *unknown) {
	name, argument, ok := function(v)
	if !ok {
		if made := madeBy(v); made != "" {
			return nil, &unknown{why: "is made by " + made + ", which the template alone does not tell"}
		}
		if text, ok := v.(string); ok && strings.Contains(text, "{{resolve:") {
			return nil, &unknown{why: "is a dynamic reference"}
		}
		return v, nil
	}
	switch name {
	case "Ref":
		return r.ref(argument)
	case "Fn::GetAtt":
		return nil, r.attribute(argument)
	case "Fn::If":
		return r.choose(argument)
	case "Fn::Sub":
		return r.substitute(argument)
	case "Fn::Join":
		return r.join(argument)
	case "Fn::Select":
		return r.pick(argument)
	case "Fn::Split":
		return r.split(argument)
	case "Fn::FindInMap":
		return r.find(argument)
	}
	return nil, &unknown{why: "is " + rule.Shorten(name) + ", which the template alone does not tell"}
}

func malformed(name string) *unknown {
	return &unknown{why: "is " + name + " with arguments that it does not take"}
}

func (r *reader) ref(argument any) (any, *unknown) {
	name, ok := argument.(string)
	if !ok {
		return nil, malformed("Ref")
	}
	switch name {
	case "AWS::NoValue":
		return nothing{}, nil
	case "AWS::Partition":
		if partition := facts.Partition(r.region); partition != "" {
			return partition, nil
		}
		if r.region != "" {
			return nil, &unknown{why: "is AWS::Partition, which no document names for " + r.region, undocumented: true}
		}
		name = "AWS::Region"
		fallthrough
	case "AWS::Region":
		if r.region != "" {
			return r.region, nil
		}
		return r.chosen(name, nil, "is "+name+" (--region)")
	}
	if p, ok := r.Parameters[name]; ok {
		return r.parameter(name, p)
	}
	if _, ok := r.Resources[name]; ok {
		return nil, &unknown{why: "refers to " + rule.Shorten(name) + ", whose value is known when the stack is made", to: &reference{id: name}}
	}
	return nil, &unknown{why: "refers to " + rule.Shorten(name) + ", which the template does not tell", missing: !r.partial && !slices.Contains(pseudo, name)}
}

func (r *reader) parameter(name string, p parameter) (any, *unknown) {
	r.secret = r.secret || p.hidden()
	if strings.HasPrefix(p.Type, "AWS::SSM::Parameter") {
		return nil, &unknown{why: "is the parameter " + rule.Shorten(name) + ", whose value stands in Parameter Store"}
	}
	v := p.Default
	if given, ok := r.given[name]; ok {
		v = given
	}
	if v == nil {
		return r.chosen(name, p.AllowedValues, "is the parameter "+rule.Shorten(name)+", which has no default (--parameter)")
	}
	is := r.repeated("parameter "+name, v)
	if !is.literal {
		return nil, &unknown{why: "is the parameter " + rule.Shorten(name) + ", whose default has a function in it"}
	}
	text, isText := v.(string)
	if isText && p.isList() {
		is.size += strings.Count(text, ",")
	}
	if gap := r.repeats(is.size); gap != nil {
		return nil, gap
	}
	if isText && p.isList() {
		list := []any{}
		for part := range strings.SplitSeq(text, ",") {
			list = append(list, strings.TrimSpace(part))
		}
		return list, nil
	}
	return v, nil
}

// chosen returns the value by the choice, of what has none. If it has none there either, what it may be is
// noted: what is allowed, or else what conditions compare it with, and another value.
func (r *reader) chosen(name string, allowed []any, why string) (any, *unknown) {
	v, taken := r.choice[name]
	if !taken && len(allowed) == 1 {
		v, taken = allowed[0], true
	}
	switch {
	case !taken:
		if len(allowed) == 0 {
			if allowed = r.constants[name]; len(allowed) > 0 {
				allowed = append(slices.Clip(allowed[:min(len(allowed), mostChoices)]), other{})
			}
		}
		if len(allowed) > 0 && len(allowed) <= mostChoices {
			r.wanted[name] = allowed
		}
		return nil, &unknown{why: why}
	case v == nil, v == (other{}):
		return nil, &unknown{why: why}
	case !literal(v):
		return nil, &unknown{why: "is " + rule.Shorten(name) + ", which allows a function"}
	}
	return v, nil
}

func (r *reader) attribute(argument any) *unknown {
	parts, ok := argument.([]any)
	if text, isText := argument.(string); isText {
		id, attribute, _ := strings.Cut(text, ".")
		parts, ok = []any{id, attribute}, true
	}
	if !ok || len(parts) != 2 {
		return malformed("Fn::GetAtt")
	}
	id, ok := parts[0].(string)
	if !ok {
		return malformed("Fn::GetAtt")
	}
	attribute, gap := r.text(parts[1])
	if gap != nil {
		return gap
	}
	_, there := r.Resources[id]
	return &unknown{why: "is the " + r.quoted(attribute) + " of " + rule.Shorten(id) + ", known when the stack is made", to: &reference{id, attribute}, missing: !there && !r.partial}
}

func (r *reader) choose(argument any) (any, *unknown) {
	list, ok := argument.([]any)
	if !ok || len(list) != 3 {
		return nil, malformed("Fn::If")
	}
	name, ok := list[0].(string)
	if !ok {
		return nil, malformed("Fn::If")
	}
	holds, known := r.condition(name)
	switch {
	case !known:
		if r.lacks(name) {
			return nil, &unknown{why: "depends on the condition " + rule.Shorten(name) + ", which the template does not have", missing: true}
		}
		then, gap := r.reduce(list[1])
		if els, gap2 := r.reduce(list[2]); gap == nil && gap2 == nil && same(then, els) {
			return then, nil
		}
		return nil, &unknown{why: "depends on the condition " + rule.Shorten(name) + ", which the template does not tell"}
	case holds:
		return r.reduce(list[1])
	}
	return r.reduce(list[2])
}

func same(a, b any) bool { return bytes.Equal(asJSON(a), asJSON(b)) }

// text returns a value as CloudFormation puts it into texts.
func (r *reader) text(v any) (string, *unknown) {
	v, gap := r.reduce(v)
	if gap != nil {
		return "", gap
	}
	text, ok := scalar(v)
	if !ok {
		return "", &unknown{why: "has a list or an object in place of a text"}
	}
	return text, nil
}

// scalar returns a text, number or boolean as a text.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// longestText is the longest text that functions are followed to make: a template of a few lines can ask for any length,
// and has itself at most 1 MB.
const longestText = 1 << 20

var tooLong = &unknown{why: "is a text of more than 1 MiB"}

func (r *reader) substitute(argument any) (any, *unknown) {
	format, ok := argument.(string)
	names := map[string]any{}
	if list, isList := argument.([]any); isList && len(list) == 2 {
		format, ok = list[0].(string)
		m, isMap := list[1].(map[string]any)
		names, ok = m, ok && isMap
	}
	if !ok {
		return nil, malformed("Fn::Sub")
	}
	var b strings.Builder
	type made struct {
		text string
		gap  *unknown
	}
	known := map[string]made{} // each name is followed once, however often it stands there
	for {
		before, rest, found := strings.Cut(format, "${")
		b.WriteString(before)
		name, after, ended := strings.Cut(rest, "}")
		if !found || !ended {
			if found {
				return nil, malformed("Fn::Sub")
			}
			return b.String(), r.repeats(b.Len() / sizeOfText)
		}
		format = after
		if literal, is := strings.CutPrefix(name, "!"); is {
			b.WriteString("${" + literal + "}")
			continue
		}
		name = strings.TrimSpace(name)
		var v any = map[string]any{"Ref": name}
		if given, ok := names[name]; ok {
			v = given
		} else if strings.Contains(name, ".") {
			v = map[string]any{"Fn::GetAtt": name}
		}
		m, followed := known[name]
		if !followed {
			m.text, m.gap = r.text(v)
			known[name] = m
		}
		text, gap := m.text, m.gap
		if gap == nil && b.Len()+len(text) > longestText {
			return nil, tooLong
		}
		if gap != nil {
			if before == "" && after == "" && b.Len() == 0 {
				return nil, gap
			}
			if gap.undocumented {
				return nil, &unknown{why: "has a part that " + gap.why, undocumented: true}
			}
			return nil, &unknown{why: "has " + rule.Shorten(name) + " in it, which the template does not tell", missing: gap.missing}
		}
		b.WriteString(text)
	}
}

// items returns a list without functions.
func (r *reader) items(v any) ([]any, *unknown) {
	v, gap := r.reduce(v)
	if gap != nil {
		return nil, gap
	}
	list, ok := v.([]any)
	if !ok {
		return nil, &unknown{why: "has another value in place of a list"}
	}
	out := make([]any, 0, len(list))
	for _, x := range list {
		x, gap := r.reduce(x)
		if gap != nil {
			return nil, gap
		}
		if x != (nothing{}) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (r *reader) join(argument any) (any, *unknown) {
	list, ok := argument.([]any)
	if !ok || len(list) != 2 {
		return nil, malformed("Fn::Join")
	}
	by, ok := list[0].(string)
	if !ok {
		return nil, malformed("Fn::Join")
	}
	parts, gap := r.items(list[1])
	if gap != nil {
		return nil, gap
	}
	texts, size := make([]string, len(parts)), 0
	for i, x := range parts {
		if texts[i], ok = scalar(x); !ok {
			return nil, malformed("Fn::Join")
		}
		if size += len(texts[i]) + len(by); size > longestText {
			return nil, tooLong
		}
	}
	return strings.Join(texts, by), r.repeats(size / sizeOfText)
}

func (r *reader) pick(argument any) (any, *unknown) {
	list, ok := argument.([]any)
	if !ok || len(list) != 2 {
		return nil, malformed("Fn::Select")
	}
	index, gap := r.text(list[0])
	if gap != nil {
		return nil, gap
	}
	from, gap := r.reduce(list[1])
	if gap != nil {
		return nil, gap
	}
	items, ok := from.([]any)
	i, err := strconv.Atoi(index)
	if !ok || err != nil || i < 0 || i >= len(items) {
		return nil, malformed("Fn::Select")
	}
	return r.reduce(items[i])
}

func (r *reader) split(argument any) (any, *unknown) {
	list, ok := argument.([]any)
	if !ok || len(list) != 2 {
		return nil, malformed("Fn::Split")
	}
	by, ok := list[0].(string)
	if !ok || by == "" {
		return nil, malformed("Fn::Split")
	}
	text, gap := r.text(list[1])
	if gap != nil {
		return nil, gap
	}
	if gap := r.repeats(strings.Count(text, by)); gap != nil {
		return nil, gap
	}
	parts := []any{}
	for part := range strings.SplitSeq(text, by) {
		parts = append(parts, part)
	}
	return parts, nil
}

func (r *reader) find(argument any) (any, *unknown) {
	list, ok := argument.([]any)
	if !ok || len(list) != 3 {
		return nil, malformed("Fn::FindInMap")
	}
	var v any = r.Mappings
	at := "map"
	for _, x := range list {
		key, gap := r.text(x)
		if gap != nil {
			return nil, gap
		}
		at += fmt.Sprintf(" %q", key)
		m, _ := v.(map[string]any)
		if v, ok = m[key]; !ok {
			return nil, &unknown{why: "asks Fn::FindInMap for " + r.quoted(key) + ", which is not in the map", unmapped: !r.partial}
		}
	}
	is := r.repeated(at, v)
	if !is.literal {
		return nil, &unknown{why: "asks Fn::FindInMap for a value that has a function in it"}
	}
	return v, r.repeats(is.size)
}

// quoted returns a value for a text that tells what is not known.
func (r *reader) quoted(value string) string {
	if r.secret {
		return "a value that is not shown"
	}
	return rule.Shorten(value)
}
