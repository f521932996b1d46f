package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// schema is the version of the JSON document. Members may be added without a new one.
const schema = 1

// A report is what there is to say of a plan, in one document.
type report struct {
	Schema    int             `json:"schema"`
	Input     string          `json:"input"`
	Terraform string          `json:"terraform,omitempty"` // the version that made the plan
	Format    string          `json:"format"`
	Edition   rule.Edition    `json:"edition"`
	Resources []*resource     `json:"resources"` // that were asked about, by address
	Unchanged int             `json:"unchanged"` // WorkSpaces, directories and IP groups that the plan does not change
	Notes     []string        `json:"notes"`     // about the input
	Documents []documentEntry `json:"documents"` // those that findings cite
	Summary   summary         `json:"summary"`
}

// A resource is the answer about one resource instance.
type resource struct {
	Address  string       `json:"address"`
	Deposed  string       `json:"deposed,omitempty"`
	Action   action       `json:"action"`
	Region   string       `json:"region,omitempty"`
	Verdict  rule.Verdict `json:"verdict"` // on what was asked, undocumented if nothing was
	Findings []finding    `json:"findings"`
	Lines    []string     `json:"lines"`    // what else there is to say
	Open     []string     `json:"open"`     // what was asked, and why there is no answer
	NotAsked []string     `json:"notAsked"` // what was not asked, and why
}

// A finding is a violation at an attribute of a resource.
type finding struct {
	Code    rule.Code     `json:"code"`
	Level   rule.Level    `json:"level"`
	Address string        `json:"address"` // of the resource that has the attribute
	Path    string        `json:"path"`    // the attribute
	Detail  string        `json:"detail"`
	Instead string        `json:"instead,omitempty"`
	Cite    rule.Citation `json:"cite"`
}

type documentEntry struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

type summary struct {
	Allowed      int    `json:"allowed"`
	Denied       int    `json:"denied"`
	Undocumented int    `json:"undocumented"`
	Destroyed    int    `json:"destroyed"` // desktops
	Must         int    `json:"must"`
	Should       int    `json:"should"`
	NotAsked     int    `json:"notAsked"`
	Exit         int    `json:"exit"`
	Line         string `json:"line"`
}

func newResource(o *object) *resource {
	return &resource{Address: o.address, Deposed: o.deposed, Action: o.action, Verdict: rule.Allowed,
		Findings: []finding{}, Lines: []string{}, Open: []string{}, NotAsked: []string{}}
}

// add adds a violation that stands at an attribute of an object. What is sensitive is not
// shown.
func (r *resource) add(o *object, at attr, v rule.Violation) {
	detail, instead := v.Detail, remedies[v.Code]
	if anyTrue(at.sensitive) {
		detail = "the value is sensitive and is not shown"
	}
	r.Findings = append(r.Findings, finding{v.Code, v.Level, o.address, at.path, clean(detail), instead, v.Cite})
}

// open says that the documents, or the plan, leave something open.
func (r *resource) open(at attr, reason string) {
	if anyTrue(at.sensitive) {
		reason = "the value is sensitive, and the reason has it"
	}
	r.Open = appendOnce(r.Open, strings.TrimPrefix(at.path+": ", ": ")+clean(reason))
}

func (r *resource) notAsked(format string, args ...any) {
	r.NotAsked = appendOnce(r.NotAsked, clean(fmt.Sprintf(format, args...)))
}

func (r *resource) line(format string, args ...any) {
	r.Lines = append(r.Lines, clean(fmt.Sprintf(format, args...)))
}

func appendOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// conclude settles the verdict, which is what the findings and open questions make of it,
// and puts what is a Must first.
func (r *resource) conclude() {
	slices.SortStableFunc(r.Findings, func(a, b finding) int { return rank(a) - rank(b) })
	switch {
	case slices.ContainsFunc(r.Findings, func(f finding) bool { return f.Level == rule.Must }):
		r.Verdict = rule.Denied
	case len(r.Open) > 0:
		r.Verdict = r.Verdict.And(rule.Undocumented)
	}
}

func rank(f finding) int {
	if f.Level == rule.Must {
		return 0
	}
	return 1
}

// sumUp counts the answers, collects the documents, and settles the exit status.
func (rep *report) sumUp() {
	s := &rep.Summary
	cited := map[string]bool{}
	open := 0
	for _, r := range rep.Resources {
		switch r.Verdict {
		case rule.Allowed:
			s.Allowed++
		case rule.Denied:
			s.Denied++
		default:
			s.Undocumented++
		}
		s.NotAsked += len(r.NotAsked)
		open += len(r.Open)
		for _, f := range r.Findings {
			cited[f.Cite.Document] = true
			if f.Level == rule.Must {
				s.Must++
			} else {
				s.Should++
			}
			if f.Code == desktopDestroyed {
				s.Destroyed++
			}
		}
	}
	rep.Documents = []documentEntry{}
	for _, d := range append(documents(), terraformDocuments...) {
		if cited[d.Key] {
			rep.Documents = append(rep.Documents, documentEntry(d))
		}
	}
	switch {
	case s.Must > 0:
		s.Exit = exitBroken
	case open > 0:
		s.Exit = exitUnanswered
	}
	s.Line = fmt.Sprintf("%d allowed, %d denied, %d undocumented; desktops destroyed: %d; findings: %d must, %d should; questions not asked: %d; unchanged: %d",
		s.Allowed, s.Denied, s.Undocumented, s.Destroyed, s.Must, s.Should, s.NotAsked, rep.Unchanged)
}
