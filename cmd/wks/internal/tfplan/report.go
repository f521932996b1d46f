package tfplan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/wksgo/wks"
	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// schema is the version of the JSON document. Members may be added without a new one.
const schema = 1

// A report is what there is to say of a plan, in one document.
type report struct {
	Schema    int                 `json:"schema"`
	Input     words               `json:"input"`
	Terraform words               `json:"terraform,omitempty"` // the version that made the plan
	Format    words               `json:"format"`
	Edition   rule.Edition        `json:"edition"`
	Resources []*resource         `json:"resources"` // that were asked about, by address
	Unchanged int                 `json:"unchanged"` // WorkSpaces, directories and IP groups that the plan does not change
	Notes     []words             `json:"notes"`     // about the input
	Documents []findings.Document `json:"documents"` // those that findings cite
	Summary   summary             `json:"summary"`
	actions                       // what there is to do, by the rules that are broken, and what is open
}

// A resource is the answer about one resource instance.
type resource struct {
	Address      words        `json:"address"`
	Deposed      words        `json:"deposed,omitempty"`
	Action       action       `json:"action"`
	Region       words        `json:"region,omitempty"`
	Verdict      rule.Verdict `json:"verdict"` // on what was asked, undocumented if nothing was
	Findings     []finding    `json:"findings"`
	Lines        []words      `json:"lines"`        // what else there is to say
	Undocumented []words      `json:"undocumented"` // what no document answers, or two answer differently
	NotGiven     []words      `json:"notGiven"`     // what the plan does not tell

	region    location
	partly    bool           // the plan does not tell everything
	undecided bool           // the plan does not tell what decides, and an apply will not tell it either
	said      map[words]bool // what stands in Undocumented and NotGiven
}

// A finding is a violation at an attribute of a resource.
type finding struct {
	Code    rule.Code     `json:"code"`
	Level   rule.Level    `json:"level"`
	Address words         `json:"address"` // of the resource that has the attribute
	Path    words         `json:"path"`    // the attribute
	Detail  words         `json:"detail"`
	Remedy  words         `json:"remedy"`
	Help    string        `json:"help"` // address of the text that explains the rule
	Cite    rule.Citation `json:"cite"`
}

type summary struct {
	Allowed      int    `json:"allowed"`
	Denied       int    `json:"denied"`
	Undocumented int    `json:"undocumented"`
	Destroyed    int    `json:"destroyed"` // desktops
	Must         int    `json:"must"`
	Should       int    `json:"should"`
	NotGiven     int    `json:"notGiven"`
	Accepted     int    `json:"accepted"` // findings that the baseline accepts
	Exit         int    `json:"exit"`
	Line         string `json:"line"`
}

func newResource(o *object, l location) *resource {
	r := &resource{Address: o.address, Deposed: o.deposed, Action: o.action, Verdict: rule.Allowed,
		Findings: []finding{}, Lines: []words{}, Undocumented: []words{}, NotGiven: []words{}, said: map[words]bool{}}
	r.locate(l)
	return r
}

// locate tells the Region of the resource.
func (r *resource) locate(l location) {
	r.region = l
	switch {
	case l.code == "":
	case l.secret:
		r.Region = l.word()
	default:
		r.Region = plain(l.code) // whole: it is data, by which baselines match
	}
}

// take reports an answer; at tells where a path of the API stands. What stands nowhere is not
// reported.
func (r *resource) take(a rule.Answer, at func(rule.Path) place) {
	take(a, at, func(*object) *resource { return r })
}

// take reports an answer, each part of it with the resource that of returns for its object.
func take(a rule.Answer, at func(rule.Path) place, of func(*object) *resource) {
	for _, v := range a.Violations {
		if p := at(v.Path); p.object != nil {
			of(p.object).add(p, v)
		}
	}
	for _, q := range a.Open {
		if p := at(q.Path); p.object != nil {
			of(p.object).open(p, q)
		}
	}
}

// add reports a violation.
func (r *resource) add(p place, v rule.Violation) { r.addAs(p, v, p.told(v.Detail)) }

// addAs reports a violation in other words.
func (r *resource) addAs(p place, v rule.Violation, detail words) {
	r.Findings = append(r.Findings, finding{v.Code, v.Level, p.object.address, p.attr.path, detail, plain(v.Remedy), v.Code.Help(), v.Cite})
}

// breach reports a breach of a rule of this program, and returns the finding.
func (r *resource) breach(c rule.Code, p place, detail words) *finding {
	r.Findings = append(r.Findings, breachOf(c, p, detail))
	return &r.Findings[len(r.Findings)-1]
}

// invalid reports a value that no rule can be applied to.
func (r *resource) invalid(p place, err error) {
	input := inputOf(err)
	r.breach(valueInvalid, p, p.told(fmt.Sprintf("%q %s", rule.Shorten(input.Value), input.Reason)))
}

// inputOf returns the value that an error is about, and why it will not do.
func inputOf(err error) *rule.InputError {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return &rule.InputError{Reason: err.Error()}
	}
	return input
}

// open reports a question that an answer leaves open.
func (r *resource) open(p place, q rule.Open) {
	reason := p.told(q.Reason)
	switch {
	case p.object.address != r.Address:
		reason = say("%s: %s", p, reason)
	case p.attr.path != "":
		reason = say("%s: %s", p.attr.where(), reason)
	}
	if q.By == rule.ByContradiction {
		reason = say("%s (%s, and %s)", reason, cited(q.Cites[0]), cited(q.Cites[1]))
	}
	if q.By == rule.ByInput {
		r.notGiven("%s", reason)
	} else {
		r.once(&r.Undocumented, reason)
	}
}

// notGiven says that the plan does not tell something.
func (r *resource) notGiven(format string, list ...word) { r.once(&r.NotGiven, say(format, list...)) }

// undecide says that the plan does not tell what decides.
func (r *resource) undecide(format string, list ...word) {
	r.notGiven(format, list...)
	r.undecided = true
}

func (r *resource) once(list *[]words, s words) {
	if !r.said[s] {
		r.said[s] = true
		*list = append(*list, s)
	}
}

func (r *resource) line(format string, list ...word) { r.Lines = append(r.Lines, say(format, list...)) }

// cited writes a citation; those of Terraform's documents have no date.
func cited(c rule.Citation) words {
	s := fmt.Sprintf("%s, %q", c.Document, c.Section)
	if c.Date != (rule.Edition{}) {
		s += ", " + c.Date.String()
	}
	return plain(s)
}

// conclude settles the verdict, which is what the findings and open questions make of it,
// and puts what is a Must first.
func (r *resource) conclude() {
	slices.SortStableFunc(r.Findings, func(a, b finding) int { return cmp.Compare(a.Level, b.Level) }) // must comes before should
	switch {
	case slices.ContainsFunc(r.Findings, func(f finding) bool { return f.Level == rule.Must }):
		r.Verdict = rule.Denied
	case len(r.Undocumented) > 0 || r.undecided:
		r.Verdict = r.Verdict.And(rule.Undocumented)
	}
}

// sumUp counts the answers, and collects the documents.
func (rep *report) sumUp() {
	s := &rep.Summary
	cited := map[string]bool{}
	for _, r := range rep.Resources {
		switch r.Verdict {
		case rule.Allowed:
			s.Allowed++
		case rule.Denied:
			s.Denied++
		default:
			s.Undocumented++
		}
		s.NotGiven += len(r.NotGiven)
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
	rep.Documents = []findings.Document{}
	for _, d := range append(wks.Documents(), terraformDocuments...) {
		if cited[d.Key] {
			rep.Documents = append(rep.Documents, findings.Document(d))
		}
	}
	s.Line = fmt.Sprintf("%d allowed, %d denied, %d undocumented; desktops destroyed: %d; findings: %d must, %d should; not given: %d; unchanged: %d",
		s.Allowed, s.Denied, s.Undocumented, s.Destroyed, s.Must, s.Should, s.NotGiven, rep.Unchanged)
}
