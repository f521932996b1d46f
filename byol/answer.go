package byol

import "github.com/wksgo/wks/rule"

// An Answer is a verdict with its reasons.
type Answer struct {
	// Verdict is Denied if a violation is a Must, and Undocumented if a fact is missing
	// or the documents leave the question open.
	Verdict    rule.Verdict    `json:"verdict"`
	Violations rule.Violations `json:"violations"`
	// Unknown are the facts that would have to be known for more than Undocumented, by the
	// names of the fields that take them, in the order in which they are asked for. It is
	// empty if the documents are to blame.
	Unknown []rule.Path `json:"unknown,omitempty"`
}

// unknown notes a fact that is missing.
func (a *Answer) unknown(at rule.Path) { a.Unknown = append(a.Unknown, at) }

// lackedBy makes missing members cite the reference of the operation that lacks them.
func (a *Answer) lackedBy(operation rule.Citation) {
	for i := range a.Violations {
		if a.Violations[i].Code == MemberMissing {
			a.Violations[i].Cite = operation
		}
	}
}

// settle makes the verdict from violations and unknown facts; open is set if the
// documents leave something open.
func (a *Answer) settle(open bool) {
	switch {
	case a.denied():
		a.Verdict = rule.Denied
	case open || len(a.Unknown) > 0:
		a.Verdict = rule.Undocumented
	default:
		a.Verdict = rule.Allowed
	}
}

func (a *Answer) denied() bool {
	for i := range a.Violations {
		if a.Violations[i].Level == rule.Must {
			return true
		}
	}
	return false
}
