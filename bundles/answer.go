package bundles

import "github.com/wksgo/wks/rule"

// An Answer is what a check found. The zero value is Undocumented.
type Answer struct {
	// Verdict is Denied if a violation is a Must, else Undocumented if something is open,
	// else Allowed.
	Verdict rule.Verdict
	// Violations are in the order that the check documents.
	Violations rule.Violations
	// Open tells why the verdict is not Allowed where nothing was found to be wrong.
	Open []Open
}

// An Open is a question that the documents, or the input, leave open.
type Open struct {
	Path   rule.Path // what it is about
	Reason string    // what is not known
	Input  bool      // the input does not tell; else no document does, or two contradict one another
}

// String returns path and reason on one line.
func (o Open) String() string {
	if o.Path == "" {
		return o.Reason
	}
	return string(o.Path) + ": " + o.Reason
}

// merge adds what b found, read below p.
func (a *Answer) merge(p rule.Path, b Answer) {
	for _, v := range b.Violations {
		v.Path = p.Join(v.Path)
		a.Violations = append(a.Violations, v)
	}
	for _, o := range b.Open {
		o.Path = p.Join(o.Path)
		a.Open = append(a.Open, o)
	}
}

// undocumented notes a question that no document answers.
func (a *Answer) undocumented(at rule.Path, reason string) {
	a.Open = append(a.Open, Open{at, reason, false})
}

// lacks notes a question that the input does not tell enough for.
func (a *Answer) lacks(at rule.Path, reason string) {
	a.Open = append(a.Open, Open{at, reason, true})
}

// concluded returns the answer with its verdict.
func (a Answer) concluded() Answer {
	switch {
	case a.denies():
		a.Verdict = rule.Denied
	case len(a.Open) > 0:
		a.Verdict = rule.Undocumented
	default:
		a.Verdict = rule.Allowed
	}
	return a
}

// denies reports whether a violation is a Must.
func (a *Answer) denies() bool {
	for i := range a.Violations {
		if a.Violations[i].Level == rule.Must {
			return true
		}
	}
	return false
}
