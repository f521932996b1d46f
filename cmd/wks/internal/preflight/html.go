package preflight

import (
	_ "embed"
	"fmt"
	"io"
	"net/netip"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/wksgo/wks/cmd/wks/internal/page"
	"github.com/wksgo/wks/rule"
)

// pageSheet is how the page draws addresses.
//
//go:embed page.css
var pageSheet string

// writeHTML writes the report as a page.
func writeHTML(w io.Writer, rep *report) error {
	return page.Page{
		Title: "Amazon WorkSpaces preflight", Sheet: pageSheet, Input: rep.Input, Edition: rep.Edition,
		Report: &rep.Report, Details: rep.details(), Count: rep.CountLine(),
	}.Write(w)
}

// details are the Regions, with what is in order folded, and the plan.
func (rep *report) details() g.Node {
	parts := g.Group{inOrder(rep)}
	if len(rep.Plan) > 0 {
		parts = append(parts, page.Part("plan", g.Text("Plan"), g.Map(rep.Plan, section.node)))
	}
	for i, r := range rep.Regions {
		id := fmt.Sprintf("region-%d", i)
		parts = append(parts, page.Part(id, g.Text(r.Region), r.nodes(false),
			h.Details(h.Summary(g.Text("What is in order in "+r.Region)), r.nodes(true)), r.pictures(i)))
	}
	if len(rep.Proposals) > 0 {
		parts = append(parts, page.Part("proposals", g.Text("One BYOL management range that is free in all Regions above, as far as is known"), page.Lines(whys(rep.Proposals))))
	}
	if len(rep.Notes) > 0 {
		parts = append(parts, page.Part("notes", g.Text("About the input"), h.Ul(g.Map(notes(rep.Notes).groups(), (*alike).node))))
	}
	return parts
}

// inOrder tells what is in order in each Region, nothing if nothing is.
func inOrder(rep *report) g.Node {
	var list g.Group
	for _, r := range rep.Regions {
		if in := r.inOrder(); len(in) > 0 {
			list = append(list, h.Dt(g.Text(r.Region)), h.Dd(g.Text(strings.Join(in, ", "))))
		}
	}
	if list == nil {
		return nil
	}
	return page.Part("in-order", g.Text("In order"), h.Dl(list))
}

// nodes are the answers of the Region that are quiet, or those that are not.
func (r regionReport) nodes(quiet bool) (list g.Group) {
	for _, x := range r.Registrations {
		if x.Quiet() == quiet {
			list = append(list, x.node())
		}
	}
	if r.BYOL != nil && r.BYOL.Quiet() == quiet {
		list = append(list, r.BYOL.node())
	}
	for _, s := range r.Sections {
		if s.Quiet() == quiet {
			list = append(list, s.node())
		}
	}
	return list
}

func (a *alike) node() g.Node {
	return h.Li(g.If(a.Unusable, g.Group{h.Strong(g.Text("cannot be used")), g.Text(": ")}), h.Code(g.Text(a.Where())), g.Text(": "+a.Said()))
}

// whys are the reasons of proposals.
func whys(list []proposal) (lines []string) {
	for _, p := range list {
		lines = append(lines, p.Why)
	}
	return lines
}

func (r registration) node() g.Node {
	var node g.Group
	for _, d := range r.Directories {
		node = append(node, h.H3(g.Text(d.String())))
	}
	if node == nil {
		name := "VPC"
		if r.Name != "" {
			name += " (" + rule.Shorten(r.Name) + ")"
		}
		node = g.Group{h.H3(g.Text(name))}
	}
	told := r.Ranges()
	if r.VPC != "" {
		told += " (" + strings.Join(append([]string{rule.Shorten(r.VPC)}, texts(r.CIDRs)...), ", ") + ")"
	}
	node = append(node, h.P(page.Verdict(r.Answer), g.Text(told)))
	for _, d := range r.Directories {
		if d.Error != "" {
			node = append(node, h.P(h.Strong(g.Text("error")), g.Text(": "+rule.Shorten(d.Error))))
		}
	}
	node = append(node, candidates(r.Candidates), openQuestions(r.Groups()))
	if r.Instead != "" {
		node = append(node, h.P(g.Text("Instead: "+r.Instead)))
	}
	return append(node, breaches(r.Breaches()))
}

// texts are prefixes in words.
func texts(list []netip.Prefix) (words []string) {
	for _, p := range list {
		words = append(words, p.String())
	}
	return words
}

// candidates is the table of management ranges, nothing without one.
func candidates(list []candidate) g.Node {
	if len(list) == 0 {
		return nil
	}
	column := func(name string) g.Node { return h.Th(h.Scope("col"), g.Text(name)) }
	return h.Table(
		h.THead(h.Tr(column("management range"), column("is"), column("because of"))),
		h.TBody(g.Map(list, func(c candidate) g.Node {
			var uses []netip.Prefix
			for _, u := range c.Uses {
				uses = append(uses, u.Prefix)
			}
			return h.Tr(h.Td(g.Text(c.Prefix.String())), h.Td(g.Text(candidateWord(c))), h.Td(g.Text(strings.Join(texts(uses), ", "))))
		})),
	)
}

func (b *byolRange) node() g.Node {
	return g.Group{h.H3(g.Text(byolTitle)), h.P(g.Text(byolLine(*b))), openQuestions(b.Groups()), page.Lines(whys(b.Proposals)), breaches(b.Breaches())}
}

func (s section) node() g.Node {
	return g.Group{h.H3(g.Text(rule.Shorten(s.Title))), h.P(page.Verdict(s.Answer)), page.Lines(s.Lines), openQuestions(s.questions()), s.chart.node(), breaches(s.Breaches())}
}

// openQuestions lists what is open, nothing if nothing is.
func openQuestions(list []*group) g.Node {
	if len(list) == 0 {
		return nil
	}
	return h.Ul(g.Map(list, func(q *group) g.Node {
		return h.Li(h.Strong(g.Text(q.Word)), g.Text(": "+q.Reason), h.Br(), page.QuietCode(q.Where()))
	}))
}

// breaches lists broken rules, nothing if none is.
func breaches(list []*breach) g.Node {
	if len(list) == 0 {
		return nil
	}
	return h.Ul(g.Map(list, func(b *breach) g.Node {
		told := ": " + b.Detail
		if b.Accepted {
			told = " (accepted)" + told
		}
		if more := b.More(); more > 0 {
			told += fmt.Sprintf(", and %d more", more)
		}
		return h.Li(page.Level(b.Level), g.Text(" "), page.CodeLink(b.Code, b.Code.Help()), g.Text(told))
	}))
}
