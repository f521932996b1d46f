package cfn

import (
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

// printer writes the report for a person.
type printer struct {
	terminal.Printer
	details bool // all of them
}

// writeText writes what to do, what is open, and then each resource. With details it tells all, with the sources.
func writeText(w io.Writer, rep *report, color, details bool) error {
	p := printer{terminal.New(w, color), details}
	p.Line(0, "%s", p.Paint(terminal.Bold, "CloudFormation for Amazon WorkSpaces"))
	p.Line(0, "input:   %s", rep.Input)
	p.Line(0, "edition: what was documented on %s", rep.Edition)
	rep.WriteScreen(p.Printer)
	for _, s := range rep.Inputs {
		p.section(s)
	}
	if details {
		rep.WriteDocuments(p.Printer)
	}
	p.Line(0, "")
	p.Line(0, "%s", p.Paint(terminal.Bold, rep.count()))
	return p.Flush()
}

// count says how much was asked about and found.
func (rep *report) count() string {
	resources, updates, others := 0, 0, 0
	for _, s := range rep.Inputs {
		resources, updates, others = resources+len(s.Resources), updates+len(s.Updates), others+s.Others
	}
	return fmt.Sprintf("%d resources of WorkSpaces, %d updates of them, %d others; %s", resources, updates, others, rep.Summary.Line)
}

// section tells of an input: what is in order in one line, and the rest one by one.
func (p printer) section(s section) {
	title := s.Input
	if s.Region != "" {
		title += " in " + s.Region
	}
	p.Heading(title)
	var inOrder []string
	for _, a := range s.Resources {
		if a.quiet() && !p.details {
			inOrder = append(inOrder, rule.Printable(rule.Shorten(a.Resource)))
			continue
		}
		p.answer(a, "")
	}
	for _, a := range s.Updates {
		p.answer(a, "the update of ")
	}
	if len(inOrder) > 0 {
		p.Wrap(1, "in order: ", 10, strings.Join(inOrder, ", "))
	}
}

// quiet reports whether there is nothing to say of a resource.
func (a *answer) quiet() bool {
	return a.Verdict == rule.Allowed && len(a.Findings)+len(a.Lines)+len(a.Undocumented)+len(a.NotGiven) == 0
}

func (p printer) answer(a answer, of string) {
	verdict := p.Verdict(a.Verdict)
	if a.asFarAsTold() {
		verdict += ", as far as the template tells"
	}
	p.Line(1, "%s: %s", rule.Printable(of+rule.Shorten(a.Resource)+" ("+rule.Shorten(a.Type)+")"), verdict)
	for _, v := range a.Findings {
		p.Line(2, "%-6s %s", v.Level, v.Code)
		if v.Path != "" {
			p.Line(4, "%s", rule.Printable(string(v.Path)))
		}
		p.Line(4, "%s", rule.Printable(v.Detail))
		if p.details {
			p.Line(4, "remedy: %s", v.Remedy)
			p.Line(4, "help: %s", v.Code.Help())
			p.Line(4, "%s", finding.Cited(v.Cite))
		}
	}
	for _, l := range a.Lines {
		p.Line(2, "%s", rule.Printable(l))
	}
	for _, why := range a.Undocumented {
		p.Line(2, "%s: %s", p.Paint(terminal.Yellow, finding.Undocumented), rule.Printable(why))
	}
	for _, why := range a.NotGiven {
		p.Line(2, "%s: %s", finding.NotGiven, rule.Printable(why))
	}
}

// asFarAsTold reports whether the answer is allowed and the template does not tell everything.
func (a *answer) asFarAsTold() bool { return a.Verdict == rule.Allowed && len(a.NotGiven) > 0 }
