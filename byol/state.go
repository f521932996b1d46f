package byol

import (
	"fmt"
	"slices"

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
		return fmt.Errorf("byol: state %q is none of %q", rule.Shorten(string(text)), states)
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
	Want     string        `json:"want"`             // the requirement, in words
	Path     rule.Path     `json:"path"`             // the fact that it asks for
	Got      string        `json:"got,omitempty"`    // the fact, if there is one; a long one is cut
	Reason   string        `json:"reason,omitempty"` // why the state is Undocumented
	Cite     rule.Citation `json:"cite"`
}

// A Checklist is a line for each requirement of an edition, and the answer of all lines. Each
// broken line is a violation. A line of the level Must that is not provided or undocumented is
// open, and so is a disputed line that is broken.
type Checklist struct {
	rule.Answer
	Lines []Line `json:"lines"` // in the order that the method documents
}

// A check is a rule with the test of facts of type F.
type check[F any] struct {
	requirement
	path rule.Path
	test test[F]
}

// A test tells what facts come to by a rule in force.
type test[F any] func(facts *F, w system, a *ask) outcome

// An outcome is what a test found.
type outcome struct {
	state State
	fact  any        // pointer to the fact that decided, or nil
	open  *rule.Open // why the state is Undocumented, without a path
}

// undocumented is the outcome for a fact that no document of the edition mentions.
func undocumented(fact any, reason string) outcome {
	return outcome{Undocumented, fact, &rule.Open{Reason: reason, By: rule.ByDocuments}}
}

// contradicted is the outcome for a fact on which two documents differ.
func contradicted(fact any, reason string, one, other rule.Citation) outcome {
	return outcome{Undocumented, fact, &rule.Open{Reason: reason, By: rule.ByContradiction, Cites: [2]rule.Citation{one, other}}}
}

// own returns the rules of checks that have them for themselves.
func own[F any](checks []check[F]) (list []requirement) {
	for i := range checks {
		list = append(list, checks[i].requirement)
	}
	return list
}

// inForce is a check whose rule is in force.
type inForce[F any] struct {
	test    test[F]
	ask     *ask
	code    rule.Code
	path    rule.Path
	missing string // the reason of what is open if the fact is not given
}

func inForceOf[F any](s *snapshot, checks []check[F]) (list []inForce[F]) {
	for i := range checks {
		c := &checks[i]
		if a := s.asks[c.code]; a != nil {
			list = append(list, inForce[F]{c.test, a, c.code, c.path, notGiven(a)})
		}
	}
	return list
}

// judge returns the answer of the checks in their order. It adds a line for each check to
// lines unless that is nil. Without lines it allocates nothing if the answer is empty.
func judge[F any](s *snapshot, checks []inForce[F], facts *F, w system, lines *[]Line) (a rule.Answer) {
	for i := range checks {
		c := &checks[i]
		out := c.test(facts, w, c.ask)
		if out.state == NotProvided {
			out.fact = nil // one of several may be there
		}
		switch {
		case out.state == Met, out.state == NotApplicable:
		case out.state == Broken:
			if got := show(out.fact); got == "" {
				s.rules.Break(&a, c.code, c.path, "%s: want %s", string(c.path), c.ask.want)
			} else {
				s.rules.Break(&a, c.code, c.path, "%s is %s; want %s", string(c.path), got, c.ask.want)
			}
			if c.ask.disputed() {
				a.Contradicted(c.path, disputedReason(c.ask), c.ask.Cite, c.ask.against)
			}
		case c.ask.Level != rule.Must: // what is only advised leaves nothing open
		case out.state == NotProvided:
			a.NotGiven(c.path, c.missing)
		default:
			open := *out.open
			open.Path = c.path
			a.Open = append(a.Open, open)
		}
		if lines != nil {
			line := Line{Code: c.code, State: out.state, Level: c.ask.Level, Disputed: c.ask.disputed(), Want: c.ask.want, Path: c.path, Got: show(out.fact), Cite: c.ask.Cite}
			if out.open != nil {
				line.Reason = out.open.Reason
			}
			*lines = append(*lines, line)
		}
	}
	return a.Concluded()
}
