package migrate

import (
	"sync"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Decision is the answer to whether a WorkSpace may be migrated to a bundle. It is
// comparable.
//
// The page has a table of scenarios and a list of limits, which are kept apart and combined:
// a limit or a row that denies prevails; else a question that either leaves open, or that
// the input does not answer, or a pair that no row lists, is undocumented; else the row
// that allows it decides.
type Decision struct {
	Verdict rule.Verdict
	// By is what decided: of several, a row of the table before a limit, and each in the
	// order of the page.
	By Reason

	matrix     *matrix
	yes, maybe uint64 // statements of the matrix that apply, and that may
}

// A Reason is a statement of the documents, in the words of this package.
type Reason struct {
	Text string
	// Verdict is what the statement says. It is Undocumented for a question that the
	// documents leave open, and for the reason that no row lists the pair.
	Verdict rule.Verdict
	// Scenario tells a row of the table of scenarios from a limit.
	Scenario bool
	// Uncertain is set if the input does not tell whether the statement applies.
	Uncertain bool
	Cite      rule.Citation
}

// A matrix is the statements of one edition, compiled: the scenarios, then the limits.
type matrix struct {
	statements []statement
	scenarios  int
	labels     set           // generations labelled "Windows 10"
	unlisted   rule.Citation // for what no row lists
}

// matrices are those of the editions, in the same order.
var matrices = sync.OnceValue(func() []matrix {
	all := make([]matrix, len(editions()))
	for i, e := range editions() {
		m := &all[i]
		for _, l := range labelRows {
			if l.span.Contains(e) {
				m.labels |= l.os
			}
		}
		for _, s := range scenarioRows {
			if s.span.Contains(e) {
				m.statements = append(m.statements, s.compile(m.labels))
				if s.cite.Document == page && s.span.Since.Compare(m.unlisted.Date) > 0 {
					m.unlisted = s.cite
				}
			}
		}
		m.scenarios = len(m.statements)
		for _, s := range limitRows {
			if s.span.Contains(e) {
				m.statements = append(m.statements, s.compile(m.labels))
			}
		}
	}
	return all
})

// compile puts the generations of an edition in the place of the word for them.
func (s statement) compile(labels set) statement {
	pairs := make([]pair, len(s.pairs))
	for i, p := range s.pairs {
		for _, os := range []*set{&p.source.os, &p.target.os} {
			if *os&generations != 0 {
				*os = *os&^generations | labels
			}
		}
		pairs[i] = p
	}
	s.pairs = pairs
	return s
}

// matrix returns the statements in force.
func (r Rules) matrix() *matrix {
	all := editions()
	i := len(all) - 1
	for all[i].Compare(r.edition) > 0 {
		i--
	}
	return &matrices()[i]
}

// Check tells whether a WorkSpace may be migrated to a bundle. It does not look at the
// state the WorkSpace is in; see [Rules.CheckReady]. It allocates nothing. The error is a
// *rule.InputError for a License, Plus or BundleID that cannot be.
func (r Rules) Check(source, target Desktop) (Decision, error) {
	if err := r.known(); err != nil {
		return Decision{}, err
	}
	if err := source.check("Source"); err != nil {
		return Decision{}, err
	}
	if err := target.check("Target"); err != nil {
		return Decision{}, err
	}
	m := r.matrix()
	d := Decision{matrix: m}
	st, tt := source.traits(), target.traits()
	q := question{&source, &target, st, tt, m.labels}
	table, rest := rule.Undocumented, rule.Allowed
	doubt := false
	for i := range m.statements {
		s := &m.statements[i]
		a := q.applies(s)
		switch a {
		case no:
			continue
		case yes:
			d.yes |= 1 << i
		case maybe:
			d.maybe |= 1 << i
		}
		switch {
		case i >= m.scenarios && s.verdict == rule.Denied && a == yes:
			rest = rule.Denied
		case i >= m.scenarios && s.verdict != rule.Allowed:
			rest = rest.And(rule.Undocumented)
		case i >= m.scenarios:
		case a == yes && s.verdict == rule.Denied:
			table = rule.Denied
		case a == yes:
			table = table.Or(s.verdict)
		case s.verdict == rule.Denied:
			doubt = true
		}
	}
	if doubt && table == rule.Allowed {
		table = rule.Undocumented
	}
	d.Verdict = table.And(rest)
	d.By = d.decider()
	return d, nil
}

// decider returns the reason that comes first for the verdict. For Undocumented these are
// a question that is left open, a row of the table that may apply, that no row applies, and
// a limit that may.
func (d *Decision) decider() Reason {
	if d.Verdict != rule.Undocumented {
		for i := range d.matrix.statements {
			if s := &d.matrix.statements[i]; d.yes>>i&1 == 1 && s.verdict == d.Verdict {
				return d.reason(i)
			}
		}
	}
	for i := range d.matrix.statements {
		if s := &d.matrix.statements[i]; d.yes>>i&1 == 1 && s.verdict == rule.Undocumented {
			return d.reason(i)
		}
	}
	listed := false
	for i := range d.matrix.statements {
		if i == d.matrix.scenarios && !listed {
			return d.unlisted()
		}
		s := &d.matrix.statements[i]
		if d.maybe>>i&1 == 1 && s.verdict != rule.Allowed || i < d.matrix.scenarios && d.maybe>>i&1 == 1 {
			return d.reason(i)
		}
		listed = listed || i < d.matrix.scenarios && d.yes>>i&1 == 1
	}
	return d.unlisted()
}

func (d *Decision) unlisted() Reason {
	return Reason{Text: "no row of the table lists this pair", Scenario: true, Cite: d.matrix.unlisted}
}

func (d *Decision) reason(i int) Reason {
	s := &d.matrix.statements[i]
	return Reason{Text: s.text, Verdict: s.verdict, Scenario: i < d.matrix.scenarios, Uncertain: d.yes>>i&1 == 0, Cite: s.cite}
}

// Reasons returns every statement that applies or may apply, as a new slice: the rows of
// the table and then the limits, each in the order of the page. It is empty for a pair of
// which no document speaks.
func (d Decision) Reasons() []Reason {
	var all []Reason
	for i := 0; d.matrix != nil && i < len(d.matrix.statements); i++ {
		if (d.yes|d.maybe)>>i&1 == 1 {
			all = append(all, d.reason(i))
		}
	}
	return all
}

// Violations returns a violation for each row and limit that denies the migration, in the
// order of Reasons. Paths lie below "Target".
func (d Decision) Violations() rule.Violations {
	var vs rule.Violations
	for i := 0; d.matrix != nil && i < len(d.matrix.statements); i++ {
		s := &d.matrix.statements[i]
		if d.yes>>i&1 == 0 || s.verdict != rule.Denied {
			continue
		}
		code, at := s.code, s.path
		if i < d.matrix.scenarios {
			code, at = ScenarioRefused, "OperatingSystemName"
		}
		vs = tables.AppendCited(vs, ruleRows, s.span.Since, code, rule.Path("Target").Join(at), s.text, s.cite)
	}
	return vs
}

// An answer is whether a statement applies. Their order makes min a conjunction and max
// a disjunction.
type answer uint8

const (
	no answer = iota
	maybe
	yes
)

func (a answer) not() answer { return yes - a }

func of(b bool) answer {
	if b {
		return yes
	}
	return no
}

// in tells whether a value, of which has is what it may be, is in the set want.
func (has set) in(want set) answer {
	switch {
	case has&^want == 0:
		return yes
	case has&want == 0:
		return no
	}
	return maybe
}

// A question is a pair of ends that statements are applied to.
type question struct {
	source, target *Desktop
	st, tt         traits
	labels         set
}

func (q *question) applies(s *statement) answer {
	a := yes
	if len(s.pairs) > 0 {
		a = no
		for i := range s.pairs {
			p := &s.pairs[i]
			a = max(a, min(p.source.match(&q.st), p.target.match(&q.tt)))
		}
	}
	if a == no || s.also == none {
		return a
	}
	return min(a, q.holds(s.also))
}

func (e *end) match(t *traits) answer {
	a := yes
	if e.os != 0 {
		a = t.os.in(e.os)
	}
	if e.license != 0 {
		a = min(a, t.license.in(e.license))
	}
	if e.protocol != 0 {
		a = min(a, t.protocol.in(e.protocol))
	}
	if e.compute != 0 {
		a = min(a, t.compute.in(e.compute))
	}
	return a
}

func (q *question) holds(r relation) answer {
	s, t := q.source, q.target
	switch r {
	case plusDiffers:
		if s.Plus == Unknown || t.Plus == Unknown {
			return maybe
		}
		return of(s.Plus != t.Plus)
	case sameBundle:
		return q.sameBundle()
	case regionDiffers:
		return of(s.Region != "" && t.Region != "" && s.Region != t.Region)
	case adToEntra:
		if s.Directory == "" && t.Directory == EntraID {
			return maybe
		}
		return of(s.Directory == ActiveDirectory && t.Directory == EntraID)
	case toEntra:
		return of(t.Directory == EntraID)
	case otherDirectory:
		known := func(k DirectoryKind) bool { return k == "" || k == ActiveDirectory }
		return of(!known(s.Directory) || !known(t.Directory) && t.Directory != EntraID)
	case sameLinux:
		sg, tg := q.st.compute.in(gpu), q.tt.compute.in(gpu)
		return min(of(s.OS == t.OS), max(min(sg, tg), min(sg.not(), tg.not())))
	case nestedQualifies:
		return min(of(s.NestedVirtualization), q.nested())
	case nestedNot:
		return min(of(s.NestedVirtualization), q.nested().not())
	case nestedUnknown:
		return of(s.NestedVirtualization)
	}
	return no
}

// sameBundle has the exception for one Windows 10 bundle in two languages. Which bundles
// that are is not said, nor can a request express it, so both must be given.
func (q *question) sameBundle() answer {
	s, t := q.source, q.target
	if s.BundleID == "" || s.BundleID != t.BundleID {
		return no
	}
	if s.Language == "" || t.Language == "" || s.Language == t.Language {
		return yes
	}
	return q.st.os.in(label | w10 | q.labels).not()
}

// nested tells whether the target may have nested virtualization.
func (q *question) nested() answer {
	os := q.tt.os.in(s2016 | w10 | al2).not()
	if q.tt.os&(label|otherOS) != 0 {
		os = min(os, maybe)
	}
	return min(q.tt.protocol.in(wsp|byop), os, q.tt.compute.in(gpu|value).not())
}
