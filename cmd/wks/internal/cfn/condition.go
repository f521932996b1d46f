package cfn

import (
	"maps"
	"slices"

	"github.com/wksgo/wks/internal/facts"
)

// An outcome is whether a condition holds, and whether the template tells.
type outcome struct{ holds, known bool }

// condition tells whether a condition of the template holds; known is false if the template does not tell.
// One that names itself is not known, nor is one that takes more than mostSteps of those it names.
func (r *reader) condition(name string) (holds, known bool) {
	if o, ok := r.found[name]; ok {
		return o.holds, o.known
	}
	if r.within == 0 {
		r.steps = 0
	}
	r.within++
	defer func() { r.within-- }()
	r.found[name] = outcome{}
	holds, known = r.holds(r.Conditions[name])
	r.found[name] = outcome{holds, known}
	return holds, known
}

// mostSteps is how many parts of conditions are looked at where a resource names one. CloudFormation takes 10 in Fn::And and Fn::Or.
const mostSteps = 640

func (r *reader) holds(v any) (holds, known bool) {
	if r.steps++; r.steps > mostSteps {
		return false, false
	}
	m, ok := v.(map[string]any)
	if !ok || len(m) != 1 {
		return false, false
	}
	if name, ok := m["Condition"].(string); ok {
		return r.condition(name)
	}
	name, argument, _ := function(v)
	list, _ := argument.([]any)
	switch {
	case name == "Fn::Not" && len(list) == 1:
		holds, known = r.holds(list[0])
		return !holds, known
	case name == "Fn::And" && len(list) > 0:
		return r.every(list, false)
	case name == "Fn::Or" && len(list) > 0:
		return r.every(list, true)
	case name == "Fn::Equals" && len(list) == 2:
		return r.equal(list[0], list[1])
	}
	return false, false
}

// every tells whether all of a list hold, or with any whether one does.
func (r *reader) every(list []any, any bool) (holds, known bool) {
	known = true
	for _, x := range list {
		h, k := r.holds(x)
		if k && h == any {
			return any, true
		}
		known = known && k
	}
	return !any, known
}

func (r *reader) equal(a, b any) (holds, known bool) {
	x, gap := r.text(a)
	y, gap2 := r.text(b)
	if gap == nil && gap2 == nil {
		return x == y, true
	}
	// A parameter that has another value than those with which it is compared is equal to none of them.
	for _, side := range []struct {
		is   any
		with *unknown
	}{{a, gap2}, {b, gap}} {
		if name, argument, _ := function(side.is); name == "Ref" && side.with == nil {
			if name, ok := argument.(string); ok && r.choice[name] == (other{}) {
				return false, true
			}
		}
	}
	return false, false
}

// compared returns the constants with which the conditions of a template compare each parameter. A text that is not the code of a
// Region is left out of those of AWS::Region: no stack is there.
func compared(t *template) map[string][]any {
	constants := map[string][]any{}
	type pair struct{ parameter, text string }
	seen := map[pair]bool{}
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if sides, ok := v["Fn::Equals"].([]any); ok && len(sides) == 2 {
				for i, side := range sides {
					name, argument, _ := function(side)
					parameter, isText := argument.(string)
					if text, ok := scalar(sides[1-i]); ok && name == "Ref" && isText && !seen[pair{parameter, text}] && (parameter != "AWS::Region" || facts.IsRegion(text)) {
						seen[pair{parameter, text}] = true
						constants[parameter] = append(constants[parameter], text)
					}
				}
			}
			for _, name := range slices.Sorted(maps.Keys(v)) {
				look(v[name])
			}
		case []any:
			for _, x := range v {
				look(x)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Conditions)) {
		look(t.Conditions[name])
	}
	return constants
}
