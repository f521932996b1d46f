package cfn

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// schema is the version of the JSON document. Members may be added without a new one.
const schema = 3

// A report is what there is to say of templates and change sets.
type report struct {
	Schema         int          `json:"schema"`
	Input          string       `json:"input"`
	Edition        rule.Edition `json:"edition"`
	Inputs         []section    `json:"inputs"`
	finding.Report              // what there is to do, by the rules that are broken, and what is open

	titles map[rule.Code]string
}

// A section is what there is to say of one of them.
type section struct {
	Input     string   `json:"input"`
	Region    string   `json:"region,omitempty"`
	Resources []answer `json:"resources"` // by logical id
	Updates   []answer `json:"updates"`   // what becomes of WorkSpaces that are there
	Others    int      `json:"others"`    // resources and changes of other types
}

// newReport returns an empty report on an input, which accepts what base does.
func newReport(input string, e rule.Edition, base finding.Report) *report {
	rep := &report{Schema: schema, Input: rule.Printable(input), Edition: e, Inputs: []section{}, Report: base, titles: map[rule.Code]string{}}
	for _, r := range append(wks.Catalogue(), Rules()...) {
		rep.titles[r.Code] = r.Title
	}
	return rep
}

// unread tells of an input that cannot be read.
func (rep *report) unread(d document) {
	name := rule.Printable(d.name)
	why := strings.TrimPrefix(rule.Printable(d.wrong.Error()), name+": ")
	rep.Ask(finding.Question{By: rule.ByInput, Reason: "it cannot be read: " + why, Unusable: true, Decides: true}, "",
		finding.Occurrence{Resource: finding.Resource{Kind: "file", ID: name}, File: name})
}

// act adds what there is to do about a section, one of several or not.
func (rep *report) act(s *section, d document, several bool) {
	part := ""
	if several { // the same logical id may be in each
		part, _ = filepath.Rel(rep.Input, s.Input) // it is below that
	}
	for i := range s.Resources {
		rep.actOn(&s.Resources[i], s, d, s.Resources[i].Resource, part)
	}
	for i := range s.Updates {
		rep.actOn(&s.Updates[i], s, d, "the update of "+s.Updates[i].Resource, part)
	}
}

func (rep *report) actOn(a *answer, s *section, d document, title, part string) {
	if part != "" {
		title += " in " + part
	}
	at := func(path rule.Path) finding.Occurrence {
		o := finding.Occurrence{
			Resource: finding.Resource{Kind: "resource", ID: rule.Printable(a.Resource), Part: part},
			Region:   s.Region, Section: rule.Printable(title), File: s.Input, Path: rule.Printable(string(path)),
		}
		if d.template != nil {
			where := a.at
			if where == nil {
				where = []string{"Resources", a.Resource}
			}
			m := d.template.marks.within(where...).at(path)
			o.Line, o.Column = m.line, m.column
		}
		return o
	}
	var broken []rule.Violation // and not accepted
	for _, v := range a.Findings {
		o := at(v.Path)
		o.Detail = rule.Printable(v.Detail)
		accepted := rep.Add(finding.Finding{
			Code: v.Code, Level: v.Level, Title: cmp.Or(rep.titles[v.Code], string(v.Code)),
			Remedy: finding.Sentence(v.Remedy), Help: v.Code.Help(), Cite: v.Cite, Urgent: v.Code == desktopDestroyed,
		}, o)
		if !accepted {
			broken = append(broken, v)
		}
	}
	ask := func(by rule.Cause, list []string, decides bool) {
		for _, reason := range list {
			rep.Ask(finding.Question{By: by, Reason: rule.Printable(reason), Decides: decides}, "", at(""))
		}
	}
	ask(rule.ByDocuments, a.Undocumented, true)
	ask(rule.ByInput, a.NotGiven, a.undecided)
	if len(broken) < len(a.Findings) {
		all := a.Findings
		a.Findings = broken
		a.conclude()
		a.Findings = all
	}
	rep.Checked(s.Region, rule.Printable(title), a.Verdict)
}
