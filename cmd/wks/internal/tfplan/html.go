package tfplan

import (
	"io"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/cmd/wks/internal/page"
	"github.com/wksgo/wks/rule"
)

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error {
	return page.Page{
		Title: "Terraform plan for Amazon WorkSpaces", Input: string(rep.Input), Version: rep.madeBy(), Edition: rep.Edition,
		Report: &rep.actions, Details: rep.details(), Count: rep.Summary.Line,
	}.Write(w)
}

// madeBy tells what wrote the plan.
func (rep *report) madeBy() string {
	return strings.TrimPrefix(string("Terraform "+rep.Terraform+", format "+rep.Format), "Terraform , ")
}

// details are the resources, and what there is to say of the input.
func (rep *report) details() g.Node {
	var parts g.Group
	if len(rep.Resources) > 0 {
		parts = append(parts, page.Part("resources", g.Text("Resources"), g.Map(rep.Resources, (*resource).node)))
	}
	if len(rep.Notes) > 0 {
		parts = append(parts, page.Part("notes", g.Text("About the input"), page.Lines(rep.Notes)))
	}
	return parts
}

func (r *resource) node() g.Node {
	name, told := r.Address, g.Group{}
	if r.Deposed != "" {
		name += " (deposed " + r.Deposed + ")"
	}
	action := string(r.Action)
	if r.Region != "" {
		action += " in " + string(cut(r.Region))
	}
	if r.asFarAsTold() {
		told = append(told, g.Text(", as far as the plan tells"))
	}
	node := g.Group{h.H3(h.Code(g.Text(string(cut(name))))), h.P(g.Text(action+": "), page.Verdict(r.Verdict.String()), told)}
	if len(r.Findings) > 0 {
		node = append(node, h.Ul(g.Map(r.Findings, func(f finding) g.Node { return f.node(r.Address) })))
	}
	return append(node, page.Lines(r.Lines), page.Unanswered(r.Undocumented, r.NotGiven))
}

// asFarAsTold reports whether the answer is allowed and the plan does not tell everything.
func (r *resource) asFarAsTold() bool {
	return r.Verdict == rule.Allowed && (len(r.NotGiven) > 0 || r.partly)
}

// node is the finding in the list of a resource. It names the resource of its attribute if that is another.
func (f finding) node(of words) g.Node {
	at := f.Path
	if f.Address != of {
		at = f.Address + ": " + f.Path
	}
	return h.Li(
		g.If(f.Code == desktopDestroyed, page.Destroys()), page.Level(f.Level), g.Text(" "), page.CodeLink(f.Code, f.Help), g.Text(": "+string(f.Detail)), h.Br(),
		g.Text(findings.Sentence(string(f.Remedy))), h.Br(), page.QuietCode(string(cut(at))), g.Text(" "), h.Span(h.Class("quiet"), g.Text(string(cited(f.Cite)))),
	)
}
