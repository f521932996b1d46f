package tfplan

import (
	"fmt"
	"io"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

// printer writes the report for a person.
type printer struct{ terminal.Printer }

func writeText(w io.Writer, rep *report, color bool) error {
	p := printer{terminal.New(w, color)}
	p.Line(0, "%s", p.Paint(terminal.Bold, "Terraform plan for Amazon WorkSpaces"))
	p.Line(0, "input:   %s (%s)", rep.Input, rep.madeBy())
	p.Line(0, "edition: what was documented on %s", rep.Edition)
	rep.WriteScreen(p.Printer)
	for _, r := range rep.Resources {
		p.resource(r)
	}
	if len(rep.Notes) > 0 {
		p.Heading("About the input")
		for _, n := range rep.Notes {
			p.Line(1, "%s", n)
		}
	}
	rep.WriteDocuments(p.Printer)
	p.Line(0, "")
	p.Line(0, "%s", p.Paint(terminal.Bold, rep.Summary.Line))
	return p.Flush()
}

func (p printer) resource(r *resource) {
	title := r.Address
	if r.Deposed != "" {
		title += " (deposed " + r.Deposed + ")"
	}
	p.Heading(string(cut(title)))
	verdict := p.Verdict(r.Verdict)
	if r.asFarAsTold() {
		verdict += ", as far as the plan tells"
	}
	about := string(r.Action)
	if r.Region != "" {
		about += " in " + string(cut(r.Region))
	}
	p.Line(1, "%s: %s", about, verdict)
	for _, f := range r.Findings {
		p.finding(r, f)
	}
	for _, l := range r.Lines {
		p.Line(2, "%s", l)
	}
	for _, why := range r.Undocumented {
		p.Line(2, "%s: %s", p.Paint(terminal.Yellow, "undocumented"), why)
	}
	for _, q := range r.NotGiven {
		p.Line(2, "not given: %s", q)
	}
}

func (p printer) finding(r *resource, f finding) {
	color := terminal.Yellow
	if f.Level == rule.Must {
		color = terminal.Red
	}
	if f.Code == desktopDestroyed {
		p.Line(2, "%s", p.Paint(terminal.Red, "DESTROYS THE DESKTOP"))
	}
	p.Line(2, "%s  %s", p.Paint(color, fmt.Sprintf("%-6s", f.Level)), f.Code)
	at := f.Path
	if f.Address != r.Address {
		at = f.Address + ": " + at
	}
	if at != "" {
		p.Line(4, "%s", string(cut(at)))
	}
	p.Line(4, "%s", f.Detail)
	p.Line(4, "remedy: %s", f.Remedy)
	if f.Help != "" {
		p.Line(4, "help: %s", f.Help)
	}
	p.Line(4, "%s", cited(f.Cite))
}
