package byol

import (
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A requirement is one rule: what is wrong, what to do about it, and what the documents ask
// for, by date. The rules and parameters of the book, the lines of checklists and the details
// of violations are made from it.
type requirement struct {
	code          rule.Code
	title, remedy string
	asks          []ask
}

// An ask is one revision of a rule: what a document asks for, and the figures and names
// in it. GB is 2^30 bytes, as the checker counts; no document says.
type ask struct {
	rule.Revision
	want string // continues "want "

	min, max int64    // what the fact may be at least and at most; 0 is no bound
	below    bool     // max itself is too much
	orLeast  int64    // what another fact may be at least in place of min
	names    []string // what the fact may be

	// against is the statement that contradicts this one, if there is one. With edge they
	// differ only on whether min itself is enough; else a breach decides nothing.
	against rule.Citation
	edge    bool
	lastDay bool // the statements differ on whether the day is the first after an end
}

func must(document, section, since, until, want string) ask {
	return ask{Revision: tables.Must(document, section, since, until), want: want}
}

func should(document, section, since, until, want string) ask {
	return ask{Revision: tables.Should(document, section, since, until), want: want}
}

func (a ask) atLeast(n int64) ask       { a.min = n; return a }
func (a ask) atMost(n int64) ask        { a.max = n; return a }
func (a ask) under(n int64) ask         { a.max, a.below = n, true; return a }
func (a ask) orAtLeast(n int64) ask     { a.orLeast = n; return a }
func (a ask) oneOf(names ...string) ask { a.names = names; return a }

// readOn is for what is said by a version of another date than that on which the ask begins.
func (a ask) readOn(date string) ask { a.Cite.Date = rule.MustParseEdition(date); return a }

func (a ask) contradictedBy(c rule.Citation) ask { a.against = c; return a }

// lastDayOf is contradictedBy on the day of an end of which it is not said whether it is the last day or the first after it.
func (a ask) lastDayOf(c rule.Citation) ask { a.against, a.lastDay = c, true; return a }

func (a ask) edgeOpen(c rule.Citation) ask { a.against, a.edge = c, true; return a }

// disputed reports whether a breach decides nothing.
func (a *ask) disputed() bool { return a.against != rule.Citation{} && !a.edge }

// holds reports whether n is within the bounds. Nil has none.
func (a *ask) holds(n int64) bool {
	return a == nil || n >= a.min && (a.max == 0 || n < a.max || n == a.max && !a.below)
}

// bookRules returns the rules for the book.
func bookRules(list []requirement) []tables.Rule {
	rules := make([]tables.Rule, len(list))
	for i := range list {
		q := &list[i]
		rules[i] = tables.Rule{Code: q.code, Title: q.title, Remedy: q.remedy}
		for k := range q.asks {
			rules[i].Revisions = append(rules[i].Revisions, q.asks[k].Revision)
		}
	}
	return rules
}

// wantPrefix starts the names of parameters that are the texts of asks.
const wantPrefix = "want, for "

// A wantRow is the text of an ask as a row of the book.
type wantRow struct {
	tables.Dated
	code rule.Code
	text string
}

func wants(list []requirement) tables.Table[wantRow] {
	t := tables.Table[wantRow]{
		Name: "wants",
		Key:  func(w wantRow) string { return string(w.code) },
		Lists: func(w wantRow) []rule.Parameter {
			return []rule.Parameter{{Rules: []rule.Code{w.code}, Name: wantPrefix + strings.TrimPrefix(string(w.code), "byol."), Value: w.text}}
		},
	}
	for i := range list {
		for k := range list[i].asks {
			a := &list[i].asks[k]
			t.Rows = append(t.Rows, wantRow{tables.Dated{Span: a.Span, Cite: a.Cite}, list[i].code, a.want})
		}
	}
	return t
}

// breach adds a violation of a rule, with what the rule wants. It adds nothing for a rule that
// is not in force: what an edition leaves open is not for the single rule to say, and each check
// asks that once.
func (s *snapshot) breach(a *rule.Answer, c rule.Code, at rule.Path, format string, args ...any) {
	s.breachBy(a, rule.Citation{}, c, at, format, args...)
}

// breachBy is breach for a violation that cites something other than the rule.
func (s *snapshot) breachBy(a *rule.Answer, by rule.Citation, c rule.Code, at rule.Path, format string, args ...any) {
	w := s.asks[c]
	if w == nil {
		return
	}
	s.rules.BreakBy(a, by, c, at, format+"; want %s", append(args, w.want)...)
	if w.disputed() {
		a.Contradicted(at, disputedReason(w), w.Cite, w.against)
	}
}

func disputedReason(w *ask) string {
	if w.lastDay {
		return facts.DisputedEnd
	}
	return "another document of the edition says the opposite; this one wants " + w.want
}

// lack adds an open question: a rule in force asks for a fact that is not given.
func (s *snapshot) lack(a *rule.Answer, c rule.Code, at rule.Path) {
	if w := s.asks[c]; w != nil {
		a.NotGiven(at, notGiven(w))
	}
}

func notGiven(w *ask) string { return "it is not given; want " + w.want }
