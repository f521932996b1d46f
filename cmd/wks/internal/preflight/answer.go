package preflight

import (
	"errors"
	"fmt"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A result is what was found in the files: a rule.Answer whose paths are within files.
type result struct {
	Verdict  rule.Verdict `json:"verdict"`
	Findings []finding    `json:"findings"`
	Open     []question   `json:"open"`
}

// allowed is the result before anything is found.
func allowed() result {
	return result{Verdict: rule.Allowed, Findings: []finding{}, Open: []question{}}
}

// A finding is a violation whose path is within a file.
type finding struct {
	Code   rule.Code     `json:"code"`
	Level  rule.Level    `json:"level"`
	File   string        `json:"file"`
	Path   rule.Path     `json:"path"`
	Detail string        `json:"detail"`
	Remedy string        `json:"remedy"`
	Help   string        `json:"help"` // the address of the text that explains the rule
	Cite   rule.Citation `json:"cite"`
}

// A question is open: a rule.Open whose path is within a file.
type question struct {
	place
	Reason string           `json:"reason"`
	By     rule.Cause       `json:"by"`
	Cites  [2]rule.Citation `json:"cites,omitzero"`
	// Unusable is set for a value of the input that no rule can be applied to.
	Unusable bool `json:"unusable,omitempty"`
}

// A locator turns a path of a check's input into a place in a file.
type locator func(rule.Path) place

// take adds what a check found. A value that the check could not use is an open question.
func (r *result) take(a rule.Answer, err error, at locator) {
	if err != nil {
		r.ask(unusable(err, at))
		return
	}
	r.Verdict = r.Verdict.And(a.Verdict)
	for _, v := range a.Violations {
		p := at(v.Path)
		r.Findings = append(r.Findings, finding{v.Code, v.Level, p.File, p.Path, v.Detail, v.Remedy, v.Code.Help(), v.Cite})
	}
	for _, o := range a.Open {
		r.Open = append(r.Open, question{place: at(o.Path), Reason: o.Reason, By: o.By, Cites: o.Cites})
	}
}

// ask adds an open question.
func (r *result) ask(q question) {
	r.Verdict = r.Verdict.And(rule.Undocumented)
	r.Open = append(r.Open, q)
}

// notGiven adds a question that the files do not answer.
func (r *result) notGiven(at place, format string, args ...any) {
	r.ask(question{place: at, Reason: fmt.Sprintf(format, args...), By: rule.ByInput})
}

// unusable is the question that a value leaves open which cannot be used.
func unusable(err error, at locator) question {
	q := question{By: rule.ByInput, Unusable: true}
	var file *fileError
	var input *rule.InputError
	switch {
	case errors.As(err, &file):
		q.place, q.Reason = file.place, file.msg
	case errors.As(err, &input):
		q.place, q.Reason = at(input.Path), fmt.Sprintf("%q %s", rule.Shorten(input.Value), input.Reason)
	default:
		q.place, q.Reason = at(""), err.Error()
	}
	q.Reason = rule.Printable(q.Reason)
	return q
}

// notGiven is the word for an answer that is open because of the input alone.
const notGiven = "not given"

// Word is the verdict in words. It tells what no document says from what the input lacks.
func (r result) Word() string {
	if r.Verdict == rule.Undocumented && len(r.Open) > 0 && !slices.ContainsFunc(r.Open, func(q question) bool { return q.By != rule.ByInput }) {
		return notGiven
	}
	return r.Verdict.String()
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
	for _, q := range r.Open {
		word := "undocumented"
		switch {
		case q.Unusable:
			word = "cannot be used"
		case q.By == rule.ByInput:
			word = notGiven
		case q.By == rule.ByContradiction:
			word = "the documents disagree"
		}
		if g := index[[2]string{word, q.Reason}]; g != nil {
			g.Others++
			continue
		}
		g := &group{Word: word, Reason: q.Reason, First: q.place}
		index[[2]string{word, q.Reason}] = g
		list = append(list, g)
	}
	return list
}

// Where names the first place, and how many more there are.
func (g *group) Where() string {
	if g.Others > 0 {
		return fmt.Sprintf("%s, and %d more", g.First, g.Others)
	}
	return g.First.String()
}
