package migrate

import (
	"cmp"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A Decision is the answer to whether a WorkSpace may be migrated to a bundle. Paths lie below
// "Source" and "Target". Violations are those of the rows of the table of scenarios and then of
// the limits, each in the order of the page.
type Decision struct {
	rule.Answer
	// By is what decided: of several, a row of the table before a limit, and each in the order
	// of the page; of rows that allow, one that is certain before one that is not. If the input
	// does not tell enough, it says what is missing.
	By Statement

	matrix     *matrix
	yes, maybe bitset // statements of the matrix that apply, and that may
	read       bitset // statements that apply as their label is read
	over       bool   // the end of the target is what decides, and By
}

// A Statement is what the documents say, in the words of this package.
type Statement struct {
	Text string
	// Verdict is what the statement says. It is Undocumented for a question that the documents
	// leave open, for a pair that no row lists, and for what the input does not tell.
	Verdict rule.Verdict
	// Scenario tells a row of the table of scenarios, or what the introduction of the page or a note
	// says of pairs, from a limit.
	Scenario bool
	// Uncertain is set if the input does not tell whether the statement applies. It is also set if
	// the statement applies as it is read here, and not by its words: where it says "Windows 10"
	// of public and custom bundles, and Windows Server 2016, 2019 and 2022 are called so, it is read
	// as each of them. It is certain for two ends of the same generation.
	Uncertain bool
	Cite      rule.Citation // zero for what the input does not tell
}

// Check tells whether a WorkSpace may be migrated to a bundle. It does not look at the
// state the WorkSpace is in; see [Rules.CheckReady]. What ends of the target is told last, and only
// if nothing else denies it. Check allocates nothing if the answer is Allowed and has no violation. The error is
// a *rule.InputError for a License, Plus, BundleID or Region that cannot be.
func (r Rules) Check(source, target Desktop) (d Decision, err error) {
	if err := r.known(); err != nil {
		return Decision{}, err
	}
	if err := source.check("Source"); err != nil {
		return Decision{}, err
	}
	if err := target.check("Target"); err != nil {
		return Decision{}, err
	}
	m := r.s.matrix
	q := question{m, &source, &target, source.traits(), target.traits()}
	d.matrix = m
	d.yes, d.maybe = m.apply(&q)
	if q.reads() {
		d.read = d.yes & m.labelled
	}
	d.Verdict = m.verdict(d.yes, d.maybe)
	switch d.Verdict {
	case rule.Allowed:
		allow := d.yes & m.available
		d.By = d.statement(allow.first())
	case rule.Denied:
		for deny := d.yes & (m.refused | m.denied); deny != 0; {
			d.refuse(r.s, &q, deny.first())
		}
	default:
		d.leaveOpen(&q)
	}
	if d.Verdict != rule.Denied {
		d.endings(r.s, r.Day(), &q.tt)
	}
	return d, nil
}

// refuse adds the violation of a statement that denies.
func (d *Decision) refuse(s *snapshot, q *question, i int) {
	by := &d.matrix.statements[i]
	code, at := by.code, by.path
	if i < d.matrix.scenarios {
		code, at = ScenarioRefused, "OperatingSystemName"
	}
	if len(d.Violations) == 0 {
		d.By = d.statement(i)
	}
	if p := q.lacking(); by.also == notInRegion && p != nil {
		s.rules.BreakBy(&d.Answer, p.Cite, code, rule.Path("Target").Join(at), "%s is not available in %s", q.target.Compute, cmp.Or(q.target.Region, q.source.Region))
		return
	}
	if standing, _ := d.matrix.standings.of(&q.tt); by.also == notOffered && standing != nil {
		for _, f := range standing.findings {
			if f.Against == (rule.Citation{}) && !d.told(f.Part) {
				s.rules.BreakBy(&d.Answer, f.Cite, code, rule.Path("Target").Join(partPath[f.Part]), "%s", f.Detail)
			}
		}
		return
	}
	s.rules.BreakBy(&d.Answer, by.Cite, code, rule.Path("Target").Join(at), "%s", by.text)
}

// told tells whether a limit has refused already what a finding about the target is about.
func (d *Decision) told(p facts.Part) bool {
	switch p {
	case facts.ProtocolPart:
		return d.denies(GraphicsUnsupported) || d.denies(GraphicsToDCV)
	case facts.SystemPart:
		return d.denies(LinuxTargetUnsupported)
	}
	return false
}

// partPath is where the parts of a desktop stand.
var partPath = [...]rule.Path{facts.ComputePart: "ComputeTypeName", facts.ProtocolPart: "Protocol", facts.SystemPart: "OperatingSystemName"}

// leaveOpen tells why a decision is undocumented: the questions that the documents leave open,
// that no row lists the pair, and what the input does not tell.
func (d *Decision) leaveOpen(q *question) {
	m := d.matrix
	var other rule.Citation // of the second of two statements that contradict one another
	for open := d.yes & m.open; open != 0; {
		i := open.first()
		s := &m.statements[i]
		if d.By == (Statement{}) {
			d.By = d.statement(i)
		}
		standing, _ := m.standings.of(&q.tt)
		switch {
		case s.also == offerDisputed && standing != nil:
			for _, f := range standing.findings {
				d.Contradicted(rule.Path("Target").Join(partPath[f.Part]), f.Detail+", and another document permits it", f.Cite, f.Against)
			}
		case s.Cite == other:
		case s.other != (rule.Citation{}):
			other = s.other
			d.Contradicted("Target", s.text, s.Cite, other)
		default:
			d.NotDocumented("Target", s.text)
		}
	}
	listed := (d.yes | d.maybe) & (m.available | m.refused)
	if listed == 0 {
		unlisted := Statement{Text: "no row of the table lists this pair", Scenario: true, Cite: m.unlisted}
		if d.By == (Statement{}) {
			d.By = unlisted
		}
		d.NotDocumented("", unlisted.Text)
	}
	before := len(d.Open)
	q.missing(d)
	if d.By == (Statement{}) && len(d.Open) > before {
		d.By = Statement{Text: d.Open[before].Reason, Scenario: d.maybe&(m.available|m.refused) != 0, Uncertain: true}
	}
	for maybe := d.maybe & (m.denied | m.open | m.refused); len(d.Open) == 0 && maybe != 0; {
		i := maybe.first()
		d.By = d.statement(i)
		d.NotDocumented("Target", "whether this applies: "+m.statements[i].text)
	}
}

func (d *Decision) statement(i int) Statement {
	s := &d.matrix.statements[i]
	return Statement{Text: s.text, Verdict: s.verdict, Scenario: i < d.matrix.scenarios, Uncertain: !d.yes.has(i) || d.read.has(i), Cite: s.Cite}
}

// Statements returns every statement that applies or may apply, as a new slice: the rows of
// the table and then the limits, each in the order of the page, and at last that the target has
// ended, or may have on the day of its end, if nothing else decides. It is empty for a pair of which no document speaks.
func (d Decision) Statements() []Statement {
	var all []Statement
	for apply := d.yes | d.maybe; apply != 0; {
		all = append(all, d.statement(apply.first()))
	}
	if d.over {
		all = append(all, d.By)
	}
	return all
}

// denies tells whether a limit with the code is among what denies.
func (d *Decision) denies(c rule.Code) bool {
	for i := range d.Violations {
		if d.Violations[i].Code == c {
			return true
		}
	}
	return false
}
