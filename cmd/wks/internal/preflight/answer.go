package preflight

import (
	"errors"
	"slices"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// A result is the answer to a question: a rule.Answer whose paths are within files.
type result struct {
	Answer       string `json:"answer"` // allowed, denied, undocumented or not given
	Must         int    `json:"must"`   // findings that no baseline accepts
	Should       int    `json:"should"`
	Undocumented int    `json:"undocumented"` // open questions
	NotGiven     int    `json:"notGiven"`

	verdict rule.Verdict
	broken  []broken
	open    []question
}

// allowed is the result before anything is found.
func allowed() result { return result{verdict: rule.Allowed} }

// A broken rule, and where the value stands that breaks it.
type broken struct {
	rule.Violation
	at       place
	accepted bool // by the baseline
}

// A question is open: a rule.Open whose path is within a file.
type question struct {
	place
	reason   string
	by       rule.Cause
	cites    [2]rule.Citation
	unusable bool   // a value of the input that no rule can be applied to
	command  string // that fetches what is missing
	headline string // under which several questions are one; "" for the reason
}

// A locator turns a path of a check's input into a place in a file.
type locator func(rule.Path) place

// of returns a locator for the same places, which says that they are about another resource.
func (l locator) of(r finding.Resource) locator {
	return func(p rule.Path) place {
		at := l(p)
		at.of = named(r)
		return at
	}
}

// take adds what a check found. A value that the check could not use is an open question.
func (r *result) take(a rule.Answer, err error, at locator) {
	if err != nil {
		r.ask(unusable(err, at))
		return
	}
	r.verdict = r.verdict.And(a.Verdict)
	for _, v := range a.Violations {
		r.broken = append(r.broken, broken{Violation: v, at: at(v.Path)})
	}
	for _, o := range a.Open {
		r.open = append(r.open, question{place: at(o.Path), reason: o.Reason, by: o.By, cites: o.Cites})
	}
}

// ask adds an open question.
func (r *result) ask(q question) {
	r.verdict = r.verdict.And(rule.Undocumented)
	r.open = append(r.open, q)
}

// notGiven adds a question that the files do not answer.
func (r *result) notGiven(at place, format string, args ...any) {
	r.ask(question{place: at, reason: say(format, args...), by: rule.ByInput})
}

// fold makes one question of what the input does not tell, and says what answers it.
func (r *result) fold(headline, command string) {
	for i, q := range r.open {
		if q.by == rule.ByInput && !q.unusable {
			r.open[i].headline, r.open[i].command = headline, command
		}
	}
}

// perResource makes one question of what the input does not tell of one resource, if its questions stand
// together, at the place of the first.
func (r *result) perResource() {
	kept := r.open[:0]
	for _, q := range r.open {
		if n := len(kept); n > 0 && kept[n-1].of == q.of && q.of != nil && q.by == rule.ByInput && !q.unusable && kept[n-1].by == q.by && !kept[n-1].unusable {
			kept[n-1].reason += "; " + q.reason
			continue
		}
		kept = append(kept, q)
	}
	clear(r.open[len(kept):])
	r.open = kept
}

// unusable is the question that a value leaves open which cannot be used.
func unusable(err error, at locator) question {
	q := question{by: rule.ByInput, unusable: true}
	var file *fileError
	var input *rule.InputError
	switch {
	case errors.As(err, &file):
		q.place, q.reason = file.place, file.msg
	case errors.As(err, &input):
		q.place, q.reason = at(input.Path), say("%q %s", input.Value, said(input.Reason))
	default:
		q.place, q.reason = at(""), err.Error()
	}
	q.reason = rule.Printable(q.reason)
	return q
}

// conclude settles the answer by what is open and what is broken, and accepted by no baseline.
func (r *result) conclude() {
	r.Must, r.Should, r.Undocumented, r.NotGiven = 0, 0, 0, 0
	for _, b := range r.broken {
		switch {
		case b.accepted:
		case b.Level == rule.Must:
			r.Must++
		default:
			r.Should++
		}
	}
	for _, q := range r.open {
		if q.by == rule.ByInput {
			r.NotGiven++
		} else {
			r.Undocumented++
		}
	}
	accepts := slices.ContainsFunc(r.broken, func(b broken) bool { return b.accepted })
	switch {
	case r.Must > 0:
		r.verdict = rule.Denied
	case len(r.open) > 0:
		r.verdict = rule.Undocumented
	case accepts:
		r.verdict = rule.Allowed
	}
	if r.Answer = r.verdict.String(); r.verdict == rule.Undocumented && r.Undocumented == 0 {
		r.Answer = finding.NotGiven
	}
}

// Quiet reports whether the answer is in order: there is nothing to do and nothing open.
func (r result) Quiet() bool {
	return r.verdict == rule.Allowed && r.Should == 0 && len(r.open) == 0
}

// A group is the open questions of one kind.
type group struct {
	Word   string
	Reason string
	First  place
	Others int
}

// Groups gathers the open questions that have the same reason, in the order of their first.
func (r result) Groups() []*group {
	var list []*group
	index := map[[2]string]*group{}
	for _, q := range r.open {
		word := (&finding.Question{Word: word(q.by), By: q.by, Unusable: q.unusable}).Kind()
		if g := index[[2]string{word, q.reason}]; g != nil {
			g.Others++
			continue
		}
		g := &group{Word: word, Reason: q.reason, First: q.place}
		index[[2]string{word, q.reason}] = g
		list = append(list, g)
	}
	return list
}

// word is the word for a cause.
func word(c rule.Cause) string {
	if c == rule.ByInput {
		return finding.NotGiven
	}
	return finding.Undocumented
}

// Where names the first place, and how many more there are.
func (g *group) Where() string { return andMore(g.First, g.Others) }

// A breach is the broken rules of a result that are told as one.
type breach struct {
	rule.Violation // the first
	Accepted       bool
	Places         int // how many

	places   []place // the first, as many as are shown
	details  some[string]
	subjects some[finding.Resource]
}

// some are the first few of different values, and how many there are.
type some[T comparable] struct {
	first []T
	finding.Distinct[T]
}

// add adds a value unless it is there.
func (s *some[T]) add(v T) {
	if s.Add(v) && len(s.first) < shown {
		s.first = append(s.first, v)
	}
}

// More is how many details there are beside the first.
func (b *breach) More() int { return b.details.Len() - 1 }

// Breaches gathers the broken rules that differ in nothing but detail and place, with what is a
// Must first.
func (r result) Breaches() []*breach {
	type key struct {
		code     rule.Code
		level    rule.Level
		remedy   string
		cite     rule.Citation
		accepted bool
	}
	var list []*breach
	index := map[key]*breach{}
	for _, b := range r.broken {
		k := key{b.Code, b.Level, b.Remedy, b.Cite, b.accepted}
		g := index[k]
		if g == nil {
			g = &breach{Violation: b.Violation, Accepted: b.accepted}
			index[k] = g
			list = append(list, g)
		}
		g.details.add(b.Detail)
		if g.Places++; len(g.places) < shown {
			g.places = append(g.places, b.at)
		}
		if of := b.at.resource(); of.ID != "" {
			g.subjects.add(of)
		}
	}
	slices.SortStableFunc(list, func(a, b *breach) int {
		if a.Level == b.Level {
			return 0
		}
		if a.Level == rule.Must {
			return -1
		}
		return 1
	})
	return list
}
