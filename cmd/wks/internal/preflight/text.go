package preflight

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// printer writes the report for a person.
type printer struct{ terminal.Printer }

func writeText(w io.Writer, rep *report, color bool) error {
	p := printer{terminal.New(w, color)}
	p.Line(0, "%s", p.Paint(terminal.Bold, "Amazon WorkSpaces preflight"))
	p.Line(0, "input:   %s", rep.Input)
	p.Line(0, "edition: what was documented on %s", rep.Edition)
	for _, r := range rep.Regions {
		p.region(r)
	}
	if len(rep.Plan) > 0 {
		p.Heading("Plan")
		for _, s := range rep.Plan {
			p.section(s)
		}
	}
	if len(rep.Proposals) > 0 {
		p.Heading("One BYOL management range that is free in all Regions above, as far as is known")
		p.proposals(rep.Proposals)
	}
	if len(rep.Notes) > 0 {
		p.Heading("About the input")
		for _, n := range rep.Notes {
			word := ""
			if n.Unusable {
				word = p.Paint(terminal.Yellow, "cannot be used") + ": "
			}
			p.Line(1, "%s%s: %s", word, n.place, n.Text)
		}
	}
	if len(rep.Documents) > 0 {
		p.Heading("Documents")
		width := 0
		for _, d := range rep.Documents {
			width = max(width, len(d.Key))
		}
		for _, d := range rep.Documents {
			p.Line(1, "%-*s  %s", width, d.Key, strings.TrimSpace(d.Title+" "+d.URL))
		}
	}
	p.Line(0, "")
	p.Line(0, "%s", p.Paint(terminal.Bold, rep.Summary.Line))
	return p.Flush()
}

func (p printer) region(r regionReport) {
	p.Heading(r.Region)
	for _, reg := range r.Registrations {
		p.registration(reg)
	}
	if r.BYOL != nil {
		p.byol(*r.BYOL)
	}
	for _, s := range r.Sections {
		p.section(s)
	}
	if len(r.NotAsked) > 0 {
		p.Line(1, "not asked")
		for _, q := range r.NotAsked {
			p.Line(2, "%s", q)
		}
	}
}

func (p printer) section(s section) {
	p.Line(1, "%s", p.Paint(terminal.Bold, s.Title))
	p.Line(2, "%s", p.word(s.result))
	for _, l := range s.Lines {
		p.Line(3, "%s", l)
	}
	p.questions(s.open())
	p.findings(s.Findings)
}

// open are the groups of questions that the lines of the section do not tell.
func (s section) open() []*group {
	groups := s.Groups()
	if s.told {
		groups = slices.DeleteFunc(groups, func(g *group) bool { return g.Word != "cannot be used" })
	}
	return groups
}

// word is the verdict in capitals and in its colour.
func (p printer) word(r result) string {
	if w := r.Word(); w == notGiven {
		return p.Paint(terminal.Yellow, strings.ToUpper(w))
	}
	return p.Verdict(r.Verdict)
}

func (p printer) questions(list []*group) {
	for _, g := range list {
		p.Line(3, "%s: %s", p.Paint(terminal.Yellow, g.Word), g.Reason)
		p.Line(5, "%s", g.Where())
	}
}

func (p printer) registration(r registration) {
	who := "VPC"
	if r.Directory != "" {
		who = "directory " + r.Directory
	}
	if r.Name != "" {
		who += " (" + r.Name + ")"
	}
	if r.State != "" {
		who += " " + r.State
	}
	p.Line(1, "%s", p.Paint(terminal.Bold, who))
	if r.VPC != "" {
		p.Line(2, "%-12s  %s", r.VPC, prefixes(r.CIDRs))
	}
	if r.Error != "" {
		p.Line(2, "%s: %s", p.Paint(terminal.Red, "error"), r.Error)
	}
	free, known := 0, ""
	for _, c := range r.Candidates {
		if c.Free {
			free++
		}
	}
	if r.Partial {
		known = ", as far as is known"
	}
	verdict := p.word(r.result)
	switch {
	case len(r.Candidates) == 0:
		p.Line(2, "%s", verdict)
	case r.Verdict == rule.Denied && r.State == "REGISTERED":
		p.Line(2, "%s: 0 of %d management ranges free; it is registered, but would not be today", verdict, len(r.Candidates))
	case r.Verdict == rule.Denied:
		p.Line(2, "%s: 0 of %d management ranges free, and registration needs one", verdict, len(r.Candidates))
	default:
		p.Line(2, "%s: %d of %d management ranges free%s", verdict, free, len(r.Candidates), known)
	}
	p.questions(r.Groups())
	for _, c := range r.Candidates {
		word := candidateWord(c)
		if c.Free {
			word += known
		}
		p.Line(3, "%-15s  %s", c.Prefix, word)
		for _, u := range c.Uses {
			p.use(u)
		}
	}
	if r.Instead != "" {
		p.Line(3, "instead: %s", r.Instead)
	}
	if r.Ignored > 0 {
		p.Line(3, "not counted: default routes and IPv6 prefixes (%d)", r.Ignored)
	}
	p.findings(r.Findings)
}

func (p printer) use(u use) {
	how := map[network.Overlap]string{network.Equal: "as a whole by", network.Inside: "in part by", network.Covers: "covered by the wider"}[u.Overlap]
	p.Line(4, "%s %s", how, u.Prefix)
	for _, at := range u.Places {
		var route []string
		for _, s := range []string{at.Table, at.PrefixList, at.Target} {
			if s != "" {
				route = append(route, s)
			}
		}
		if at.State != "" && at.State != "active" {
			route = append(route, "("+at.State+")")
		}
		p.Line(5, "%s  %s", at.place, strings.Join(route, " "))
	}
}

func (p printer) findings(list []finding) {
	for _, f := range list {
		color := terminal.Yellow
		if f.Level == rule.Must {
			color = terminal.Red
		}
		p.Line(3, "%s  %s", p.Paint(color, fmt.Sprintf("%-6s", f.Level)), f.Code)
		p.Line(5, "%s", place{File: f.File, Path: f.Path})
		p.Line(5, "%s", f.Detail)
		p.Line(5, "remedy: %s", f.Remedy)
		p.Line(5, "%s, %q, %s", f.Cite.Document, f.Cite.Section, f.Cite.Date)
	}
}

// candidateWord says whether a management range is free.
func candidateWord(c candidate) string {
	switch {
	case c.Free:
		return "free"
	case slices.ContainsFunc(c.Uses, func(u use) bool { return !u.Undocumented }):
		return "in use"
	}
	return "perhaps in use"
}

// byolLine says whether a management range is chosen, or could be.
func byolLine(b byolRange) string {
	switch {
	case b.Chosen != nil:
		return fmt.Sprintf("%s is chosen, for good", b.Chosen)
	case b.Linked:
		return "the account is linked, and uses the range of its source account; it must not choose one"
	case b.Enabled:
		return "BYOL is enabled, and the export gives no range"
	case b.Of > 0:
		return fmt.Sprintf("none is chosen: %d of %d blocks are free in this Region's networks", b.Free, b.Of)
	}
	return "none is chosen"
}

func (p printer) byol(b byolRange) {
	p.Line(1, "%s", p.Paint(terminal.Bold, "BYOL management range"))
	p.Line(2, "%s", byolLine(b))
	for _, u := range b.Uses {
		p.use(u)
	}
	p.questions(b.Groups())
	p.proposals(b.Proposals)
	p.findings(b.Findings)
}

func (p printer) proposals(list []proposal) {
	for _, x := range list {
		p.Line(2, "%s", x.Why)
	}
}
