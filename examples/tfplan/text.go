package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/wksgo/wks/rule"
)

// printer writes the report for a person. Colour repeats what words say.
type printer struct {
	w     *bufio.Writer
	color bool
}

const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
)

func writeText(w io.Writer, rep *report, color bool) error {
	p := printer{bufio.NewWriter(w), color}
	p.line(0, "%s", p.paint(bold, "Terraform plan for Amazon WorkSpaces"))
	p.line(0, "input:   %s (%s)", clean(rep.Input), strings.TrimPrefix("Terraform "+rep.Terraform+", format "+rep.Format, "Terraform , "))
	p.line(0, "edition: what was documented on %s", rep.Edition)
	for _, r := range rep.Resources {
		p.resource(r)
	}
	if len(rep.Notes) > 0 {
		p.heading("About the input")
		for _, n := range rep.Notes {
			p.line(1, "%s", n)
		}
	}
	if len(rep.Documents) > 0 {
		p.heading("Documents")
		width := 0
		for _, d := range rep.Documents {
			width = max(width, len(d.Key))
		}
		for _, d := range rep.Documents {
			p.line(1, "%-*s  %s", width, d.Key, strings.TrimSpace(d.Title+" "+d.URL))
		}
	}
	p.line(0, "")
	p.line(0, "%s", p.paint(bold, rep.Summary.Line))
	return p.w.Flush()
}

func (p printer) line(indent int, format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	fmt.Fprintln(p.w, strings.TrimRight(strings.Repeat("  ", indent)+s, " "))
}

func (p printer) heading(s string) {
	p.line(0, "")
	p.line(0, "%s", p.paint(bold, s))
}

func (p printer) paint(code, s string) string {
	if !p.color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p printer) resource(r *resource) {
	title := r.Address
	if r.Deposed != "" {
		title += " (deposed " + r.Deposed + ")"
	}
	p.heading(title)
	verdict := p.paint(map[rule.Verdict]string{rule.Allowed: green, rule.Denied: red, rule.Undocumented: yellow}[r.Verdict], strings.ToUpper(r.Verdict.String()))
	if r.Verdict == rule.Allowed && len(r.NotAsked) > 0 {
		verdict += ", as far as was asked"
	}
	about := string(r.Action)
	if r.Region != "" {
		about += " in " + r.Region
	}
	p.line(1, "%s: %s", about, verdict)
	for _, f := range r.Findings {
		p.finding(r, f)
	}
	for _, l := range r.Lines {
		p.line(2, "%s", l)
	}
	for _, why := range r.Open {
		p.line(2, "%s: %s", p.paint(yellow, "open"), why)
	}
	for _, q := range r.NotAsked {
		p.line(2, "not asked: %s", q)
	}
}

func (p printer) finding(r *resource, f finding) {
	color := yellow
	if f.Level == rule.Must {
		color = red
	}
	if f.Code == desktopDestroyed {
		p.line(2, "%s", p.paint(red, "DESTROYS THE DESKTOP"))
	}
	p.line(2, "%s  %s", p.paint(color, fmt.Sprintf("%-6s", f.Level)), f.Code)
	at := f.Path
	if f.Address != r.Address {
		at = f.Address + ": " + at
	}
	if at != "" {
		p.line(4, "%s", at)
	}
	p.line(4, "%s", f.Detail)
	if f.Instead != "" {
		p.line(4, "instead: %s", f.Instead)
	}
	cite := fmt.Sprintf("%s, %q", f.Cite.Document, f.Cite.Section)
	if f.Cite.Date != (rule.Edition{}) {
		cite += ", " + f.Cite.Date.String()
	}
	p.line(4, "%s", cite)
}
