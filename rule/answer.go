package rule

import "slices"

// An Answer is what a check found. Every check of every package returns one, alone or
// embedded in a larger result. The zero value is Undocumented: nothing has been asked.
type Answer struct {
	// Verdict is Denied if a violation is a Must, else Undocumented if something is
	// open, else Allowed.
	Verdict Verdict `json:"verdict"`
	// Violations are in the order that the check documents.
	Violations Violations `json:"violations,omitempty"`
	// Open tells what is not known. It can stand beside violations.
	Open []Open `json:"open,omitempty"`
}

// An Open is a question without an answer. It is comparable.
type Open struct {
	Path   Path   `json:"path"`   // what it is about, in the input
	Reason string `json:"reason"` // what is not known
	By     Cause  `json:"by"`     // why it is not known
	// Cites are the two statements that contradict one another, for ByContradiction.
	// For other causes both are zero.
	Cites [2]Citation `json:"cites,omitzero"`
}

// String returns path and reason on one line.
func (o Open) String() string {
	if o.Path == "" {
		return o.Reason
	}
	return shown(string(o.Path)) + ": " + o.Reason
}

// A Cause tells why a question is open. The zero value is invalid.
type Cause string

const (
	ByInput         Cause = "input"         // the input does not tell: the caller can give it
	ByDocuments     Cause = "documents"     // no document of the edition tells
	ByContradiction Cause = "contradiction" // two documents of the edition contradict one another
)

// UnmarshalText accepts "input", "documents" and "contradiction".
func (c *Cause) UnmarshalText(text []byte) error { return parse(c, causeForm, "cause", text) }

// NotGiven notes that the input does not tell something. As with all open questions, the reason is
// made safe to print, and cut after 1,000 characters; a word of it is cut after 200.
func (a *Answer) NotGiven(at Path, reason string) {
	a.Open = append(a.Open, Open{Path: at, Reason: told(reason), By: ByInput})
}

// NotDocumented notes a question that no document of the edition answers.
func (a *Answer) NotDocumented(at Path, reason string) {
	a.Open = append(a.Open, Open{Path: at, Reason: told(reason), By: ByDocuments})
}

// Contradicted notes a question to which two documents give different answers.
func (a *Answer) Contradicted(at Path, reason string, one, other Citation) {
	a.Open = append(a.Open, Open{at, told(reason), ByContradiction, [2]Citation{one, other}})
}

// Merge adds what b found, read below p, after what a has. It leaves the verdict to
// Concluded.
func (a *Answer) Merge(p Path, b Answer) {
	for _, v := range b.Violations {
		v.Path = p.Join(v.Path)
		a.Violations = append(a.Violations, v)
	}
	for _, o := range b.Open {
		o.Path = p.Join(o.Path)
		a.Open = append(a.Open, o)
	}
}

// Concluded returns the answer with the verdict that follows from the rest.
func (a Answer) Concluded() Answer {
	switch {
	case a.Violations.Denied():
		a.Verdict = Denied
	case len(a.Open) > 0:
		a.Verdict = Undocumented
	default:
		a.Verdict = Allowed
	}
	return a
}

// Err returns nil if no violation is a Must, and else an error that wraps them all.
func (a Answer) Err() error { return a.Violations.Err() }

// Or replaces an Undocumented verdict by fallback.
func (a Answer) Or(fallback Verdict) Verdict { return a.Verdict.Or(fallback) }

// At returns what the answer says at p or below it, in the same order, with the verdict
// of that part. It is Allowed where the answer says nothing.
func (a Answer) At(p Path) Answer {
	part := Answer{Violations: a.Violations.At(p)}
	for _, o := range a.Open {
		if p.Covers(o.Path) {
			part.Open = append(part.Open, o)
		}
	}
	return part.Concluded()
}

// OpenBy returns the open questions of a cause, in the same order.
func (a Answer) OpenBy(c Cause) []Open {
	return slices.DeleteFunc(slices.Clone(a.Open), func(o Open) bool { return o.By != c })
}
