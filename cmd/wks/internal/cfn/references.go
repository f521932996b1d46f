package cfn

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// pseudo are the parameters that every template has.
var pseudo = []string{"AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"}

// lacks reports whether a template does not have a condition.
func (t *template) lacks(condition string) bool {
	_, there := t.Conditions[condition]
	return !there && !t.partial
}

// missing tells of names in a resource, and in the conditions that it uses, which the template does not have:
// CloudFormation refuses such a template as a whole. Where a transform or a loop may add names, nothing is told.
func (q *question) missing(id string) []rule.Violation {
	if q.partial {
		return nil
	}
	o := q.Resources[id]
	m := &missing{question: q, told: map[string]bool{}}
	if o.Condition != "" {
		m.condition("Condition", o.Condition)
	}
	list, isList := o.DependsOn.([]any)
	if !isList && o.DependsOn != nil {
		list = []any{o.DependsOn}
	}
	for _, v := range list {
		if name, ok := v.(string); ok {
			if _, there := q.Resources[name]; !there {
				m.tell("DependsOn", "resource", name)
			}
		}
	}
	m.walk("Properties", o.Properties)
	m.walk("DeletionPolicy", o.DeletionPolicy)
	m.walk("UpdateReplacePolicy", o.UpdateReplacePolicy)
	return m.found
}

// A missing collects the names that a template does not have.
type missing struct {
	*question
	told   map[string]bool // what was told, and conditions that were gone through
	within bool            // a function, whose arguments stand where it does
	steps  int             // of the path
	found  []rule.Violation
	of     *lacking // where the names of a condition are collected
	and    string   // what is told behind the next name
}

func (m *missing) tell(at rule.Path, what, name string) {
	if key := what + " " + name; !m.told[key] {
		m.told[key] = true
		switch {
		case m.of == nil:
			m.found = append(m.found, broken(referenceUnknown, at, "the template has no "+what+" "+rule.Shorten(name)+m.and))
		case len(m.of.names) < mostNamed:
			m.of.names = append(m.of.names, [2]string{what, name})
		default:
			m.of.more++
		}
	}
}

// mostFollowed is how many conditions are looked at for names that the template does not have, where a resource names one.
const mostFollowed = 128

// condition looks up a condition that stands at a path, and those that it names, as many as are followed. Of what a condition
// names and the template does not have, the first few are told.
func (m *missing) condition(at rule.Path, name string) {
	if m.of != nil {
		m.of.conditions = append(m.of.conditions, name)
		return
	}
	names := []string{name}
	for i := 0; i < len(names) && i < mostFollowed; i++ {
		name := names[i]
		is, there := m.Conditions[name]
		switch {
		case !there:
			m.tell(at, "condition", name)
			continue
		case m.told["gone "+name]:
			continue
		}
		m.told["gone "+name] = true
		of, ok := m.lacking[name]
		if !ok {
			within := &missing{question: m.question, told: map[string]bool{}, of: &of}
			within.walk("", is)
			if m.lacking == nil {
				m.question.lacking = map[string]lacking{}
			}
			m.lacking[name] = of
		}
		for j, x := range of.names {
			if more := of.more; j == len(of.names)-1 && more > 0 {
				m.and = fmt.Sprintf(", nor %d more that the condition %s names", more, rule.Shorten(name))
			}
			m.tell(at, x[0], x[1])
			m.and = ""
		}
		names = append(names, of.conditions[:min(len(of.conditions), mostFollowed)]...)
	}
}

// lacking is what a condition names, and the template does not have: the first few, by what they are.
type lacking struct {
	names      [][2]string
	more       int
	conditions []string // that it names
}

// resource looks up a resource of which an attribute is asked.
func (m *missing) resource(at rule.Path, id string) {
	if _, there := m.Resources[id]; !there {
		m.tell(at, "resource", id)
	}
}

// ref looks up what Ref names.
func (m *missing) ref(at rule.Path, name string) {
	_, isParameter := m.Parameters[name]
	_, isResource := m.Resources[name]
	if !isParameter && !isResource && !slices.Contains(pseudo, name) {
		m.tell(at, "parameter or resource", name)
	}
}

// walk goes through the functions of a value.
func (m *missing) walk(at rule.Path, v any) {
	switch v := v.(type) {
	case []any:
		m.steps++
		for i, x := range v {
			m.walk(m.below(at, rule.Path("").Index(i)), x)
		}
		m.steps--
	case map[string]any:
		if name, ok := v["Condition"].(string); ok && len(v) == 1 {
			m.condition(at, name)
			return
		}
		name, argument, is := function(v)
		if !is {
			m.steps++
			for _, name := range slices.Sorted(maps.Keys(v)) {
				m.walk(m.below(at, rule.Path(name)), v[name])
			}
			m.steps--
			return
		}
		was := m.within
		m.within = true
		m.function(at, name, argument)
		m.within = was
	}
}

func (m *missing) below(at, path rule.Path) rule.Path {
	switch {
	case m.within, m.steps > deepest:
		return at
	case strings.HasPrefix(string(path), "["):
		return at + path
	}
	return rule.Path(below(string(at), string(path)))
}

func (m *missing) function(at rule.Path, name string, argument any) {
	list, _ := argument.([]any)
	text, isText := argument.(string)
	first := ""
	if len(list) > 0 {
		first, _ = list[0].(string)
	}
	switch {
	case name == "Ref" && isText:
		m.ref(at, text)
		return
	case name == "Fn::GetAtt" && isText:
		first, _, _ = strings.Cut(text, ".")
		fallthrough
	case name == "Fn::GetAtt" && first != "":
		m.resource(at, first)
	case name == "Fn::If" && first != "":
		m.condition(at, first)
	case name == "Fn::Sub" && isText:
		m.substitute(at, text, nil)
	case name == "Fn::Sub" && len(list) == 2:
		given, _ := list[1].(map[string]any)
		m.substitute(at, first, given)
	case name == "Fn::FindInMap" && first != "":
		if _, there := m.Mappings[first]; !there {
			m.tell(at, "map", first)
		}
	}
	for _, x := range list {
		m.walk(at, x)
	}
}

// substitute looks up the names in a text of Fn::Sub.
func (m *missing) substitute(at rule.Path, text string, given map[string]any) {
	for {
		_, rest, found := strings.Cut(text, "${")
		name, after, ended := strings.Cut(rest, "}")
		if !found || !ended {
			return
		}
		text, name = after, strings.TrimSpace(name)
		if _, is := given[name]; is || strings.HasPrefix(name, "!") {
			continue
		}
		if id, _, attribute := strings.Cut(name, "."); attribute {
			m.resource(at, id)
		} else {
			m.ref(at, name)
		}
	}
}
