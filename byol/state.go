package byol

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A State is what is known of a requirement. The zero value is NotProvided: a fact that
// nobody gave is never taken for a requirement that is met.
type State uint8

const (
	NotProvided   State = iota // a fact that the requirement asks for is missing
	Met                        // the facts meet the requirement
	Broken                     // the facts break it
	NotApplicable              // the requirement does not concern these facts, which would not meet it
	Undocumented               // the documents do not say what these facts come to, or contradict one another
)

var states = []string{"not provided", "met", "broken", "not applicable", "undocumented"}

// String returns the state in words, and "" for a value that is none of the five.
func (s State) String() string {
	if int(s) >= len(states) {
		return ""
	}
	return states[s]
}

// MarshalText fails for a value that is none of the five.
func (s State) MarshalText() ([]byte, error) {
	if int(s) >= len(states) {
		return nil, fmt.Errorf("byol: %d is not a state", uint8(s))
	}
	return []byte(states[s]), nil
}

// UnmarshalText accepts exactly the words that String returns.
func (s *State) UnmarshalText(text []byte) error {
	i := slices.Index(states, string(text))
	if i < 0 {
		return fmt.Errorf("byol: state %q is none of %q", text, states)
	}
	*s = State(i)
	return nil
}

// A Line is one documented requirement, and what the facts make of it.
type Line struct {
	Code  rule.Code  `json:"code"` // the rule that is broken if the requirement is
	State State      `json:"state"`
	Level rule.Level `json:"level"`
	// Disputed is set if another document of the edition says the opposite. Then a breach
	// leaves the verdict Undocumented.
	Disputed bool          `json:"disputed,omitempty"`
	Want     string        `json:"want"`          // the requirement, in words
	Path     rule.Path     `json:"path"`          // the fact that it asks for
	Got      string        `json:"got,omitempty"` // the fact, if there is one
	Cite     rule.Citation `json:"cite"`
}

// A Checklist is a line for each requirement of an edition.
type Checklist []Line

// Verdict is Denied if a line of the level Must is broken, else Undocumented if one is
// not provided or undocumented or if there is no line at all, else Allowed.
func (l Checklist) Verdict() rule.Verdict {
	var v verdict
	for i := range l {
		v.add(l[i].Level, l[i].State, l[i].Disputed)
	}
	return v.verdict()
}

// Violations returns a violation for each broken line, in the order of the lines.
func (l Checklist) Violations() rule.Violations {
	var vs rule.Violations
	for _, line := range l {
		if line.State == Broken {
			vs = append(vs, rule.Violation{Code: line.Code, Path: line.Path, Detail: detail(line.Path, line.Got, line.Want), Level: line.Level, Cite: line.Cite})
		}
	}
	return vs
}

// A verdict sums up lines. Its zero value has seen none.
type verdict struct{ some, denied, open bool }

func (v *verdict) add(level rule.Level, s State, disputed bool) {
	v.some = true
	v.open = v.open || disputed && s == Broken
	if level == rule.Must {
		v.denied = v.denied || s == Broken
		v.open = v.open || s == NotProvided || s == Undocumented
	}
}

func (v verdict) verdict() rule.Verdict {
	switch {
	case v.denied:
		return rule.Denied
	case v.open || !v.some:
		return rule.Undocumented
	}
	return rule.Allowed
}

// A check tells what facts of type T make of a rule. test gets the row in force, and
// returns a pointer to the fact that decided, or nil.
type check[T any] struct {
	code rule.Code
	path rule.Path
	test func(r Rules, facts *T, w *row) (State, any)
}

// yes is the check of a fact that must be true, and no of one that must be false.
func yes[T any](code rule.Code, path rule.Path, field func(*T) *bool) check[T] {
	return boolean(code, path, field, true)
}

func no[T any](code rule.Code, path rule.Path, field func(*T) *bool) check[T] {
	return boolean(code, path, field, false)
}

func boolean[T any](code rule.Code, path rule.Path, field func(*T) *bool, good bool) check[T] {
	return check[T]{code, path, func(_ Rules, facts *T, _ *row) (State, any) { return boolState(field(facts), good) }}
}

func boolState(p *bool, good bool) (State, any) {
	return factState(p, func(b bool) bool { return b == good })
}

// factState is what a fact comes to that may not be known.
func factState[T any](p *T, good func(T) bool) (State, any) {
	switch {
	case p == nil:
		return NotProvided, nil
	case good(*p):
		return Met, p
	}
	return Broken, p
}

// evaluate makes the lines of the checks that are in force, in their order.
func evaluate[T any](r Rules, checks []check[T], facts *T) Checklist {
	list := make(Checklist, 0, len(checks))
	for i := range checks {
		c := &checks[i]
		if w := r.row(c.code); w != nil {
			state, fact := c.test(r, facts, w)
			if state == NotProvided {
				fact = nil // one of several may be there
			}
			list = append(list, Line{Code: c.code, State: state, Level: w.Level, Disputed: w.disputed, Want: w.want, Path: c.path, Got: show(fact), Cite: w.Cite})
		}
	}
	return list
}

// judge is evaluate for a verdict and violations alone. It allocates nothing unless
// something is broken.
func judge[T any](r Rules, checks []check[T], facts *T) (v verdict, vs rule.Violations) {
	for i := range checks {
		c := &checks[i]
		w := r.row(c.code)
		if w == nil {
			continue
		}
		state, fact := c.test(r, facts, w)
		if v.add(w.Level, state, w.disputed); state == Broken {
			vs = append(vs, rule.Violation{Code: c.code, Path: c.path, Detail: detail(c.path, show(fact), w.want), Level: w.Level, Cite: w.Cite})
		}
	}
	return v, vs
}

func detail(path rule.Path, got, want string) string {
	if got == "" {
		return string(path) + ": want " + want
	}
	return string(path) + " is " + got + "; want " + want
}

// show returns what a pointer points to, and "" for nil.
func show(fact any) string {
	v := reflect.ValueOf(fact)
	if !v.IsValid() || v.IsNil() {
		return ""
	}
	if s, ok := fact.(fmt.Stringer); ok {
		return s.String()
	}
	switch v = v.Elem(); v.Kind() {
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = fmt.Sprint(v.Index(i).Interface())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprint(v.Interface())
}
