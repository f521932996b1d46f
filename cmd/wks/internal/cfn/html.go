package cfn

import (
	"fmt"
	"io"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/page"
	"github.com/wksgo/wks/rule"
)

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error {
	var details g.Group
	for i, s := range rep.Inputs {
		details = append(details, s.node(fmt.Sprintf("input-%d", i)))
	}
	return page.Page{
		Title: "CloudFormation for Amazon WorkSpaces", Input: rep.Input, Edition: rep.Edition, Report: &rep.Report, Details: details, Count: rep.count(),
	}.Write(w)
}

func (s section) node(id string) g.Node {
	heading := g.Group{h.Code(g.Text(s.Input))}
	if s.Region != "" {
		heading = append(heading, g.Text(" in "+s.Region))
	}
	content := g.Group{
		g.Map(s.Resources, func(a answer) g.Node {
			if a.quiet() {
				return h.P(a.name(), g.Text(": "), page.Verdict(a.Verdict.String()))
			}
			return g.Group{h.H3(a.name()), a.node()}
		}),
		g.Map(s.Updates, func(a answer) g.Node { return g.Group{h.H3(g.Text("The update of "), a.name()), a.node()} }),
	}
	if s.Others > 0 {
		content = append(content, page.Quiet(g.Text(fmt.Sprintf("Resources and changes of other types: %d.", s.Others))))
	}
	return page.Part(id, heading, content)
}

func (a answer) name() g.Node {
	return g.Group{h.Code(g.Text(rule.Shorten(a.Resource))), g.Text(" (" + rule.Shorten(a.Type) + ")")}
}

func (a answer) node() g.Node {
	node := g.Group{h.P(page.Verdict(a.Verdict.String()), g.If(a.asFarAsTold(), g.Text(", as far as the template tells")))}
	if len(a.Findings) > 0 {
		node = append(node, h.Ul(g.Map(a.Findings, violation)))
	}
	return append(node, page.Lines(a.Lines), page.Unanswered(a.Undocumented, a.NotGiven))
}

func violation(v rule.Violation) g.Node {
	return h.Li(
		g.If(v.Code == desktopDestroyed, page.Destroys()), page.Level(v.Level), g.Text(" "), page.CodeLink(v.Code, v.Code.Help()), g.Text(": "+v.Detail), h.Br(),
		g.Text(finding.Sentence(v.Remedy)), h.Br(), page.QuietCode(string(v.Path)), g.Text(" "), h.Span(h.Class("quiet"), g.Text(finding.Cited(v.Cite))),
	)
}
