// Package page writes reports as pages of HTML that need no other file and run no script.
//
// It builds pages from nodes, not from html/template: a program that executes templates keeps every exported
// method of every type that it converts to an interface, which are thousands of the SDK's.
package page

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// Sheet is the style sheet of every page.
//
//go:embed page.css
var Sheet string

// listed is how many occurrences of one finding the page lists.
const listed = 1000

// named is how many resources the line above them names.
const named = 3

// A Page is a report as a page: what to do, what is open, what the baseline accepts, then the details, and the
// documents.
type Page struct {
	Title   string
	Sheet   string // further rules of style
	Input   string
	Version string // of what wrote the input, "" if there is nothing to say
	Edition rule.Edition
	Report  *finding.Report
	Details g.Node
	Count   string // what the page ends with
}

// Write writes the page.
func (p Page) Write(w io.Writer) error {
	from := ". "
	if p.Version != "" {
		from = " (" + p.Version + "). "
	}
	return g.Group{g.Raw("<!DOCTYPE html>\n"), h.HTML(h.Lang("en"),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Meta(g.Attr("http-equiv", "Content-Security-Policy"), h.Content("default-src 'none'; style-src 'unsafe-inline'")),
			h.TitleEl(g.Text(p.Title+": "+p.Input)),
			h.StyleEl(g.Raw("\n"+Sheet+p.Sheet)),
		),
		h.Body(
			h.Header(
				h.H1(g.Text(p.Title)),
				Quiet(g.Text("Input: "+p.Input+from+"Edition: what was documented on "+p.Edition.String()+".")),
			),
			h.Main(actions(p.Report), questions(p.Report), accepted(p.Report), p.Details, documents(p.Report.Documents)),
			h.Footer(Quiet(g.Text(p.Count))),
		),
	)}.Render(w)
}

// Part is a part of the page, under a heading with an identifier that no other has.
func Part(id string, heading g.Node, content ...g.Node) g.Node {
	return h.Section(h.Aria("labelledby", id), h.H2(h.ID(id), heading), g.Group(content))
}

// Quiet is a paragraph of what matters less.
func Quiet(content ...g.Node) g.Node { return h.P(h.Class("quiet"), g.Group(content)) }

// QuietCode is code that matters less.
func QuietCode(text string) g.Node { return h.Code(h.Class("quiet"), g.Text(text)) }

// Verdict is the word of an answer.
func Verdict(word string) g.Node { return h.Span(h.Class("verdict "+class(word)), g.Text(word)) }

// class is the name of a word in the style sheet.
func class(word string) string { return strings.ReplaceAll(word, " ", "-") }

// Level is the word for a level.
func Level(l rule.Level) g.Node { return h.Strong(h.Class("level "+string(l)), g.Text(string(l))) }

// Destroys says of a finding that it destroys a desktop.
func Destroys() g.Node {
	return g.Group{h.Strong(h.Class("level must"), g.Text("destroys the desktop")), g.Text(" ")}
}

// CodeLink is a code that leads to the text that explains it.
func CodeLink(c rule.Code, help string) g.Node { return h.A(h.Href(help), h.Code(g.Text(string(c)))) }

// Lines is a list of texts, nothing if there are none.
func Lines[T ~string](lines []T) g.Node {
	if len(lines) == 0 {
		return nil
	}
	return h.Ul(g.Map(lines, func(line T) g.Node { return h.Li(g.Text(string(line))) }))
}

// Unanswered is a list of what is open of a resource, nothing if nothing is.
func Unanswered[T ~string](undocumented, notGiven []T) g.Node {
	if len(undocumented)+len(notGiven) == 0 {
		return nil
	}
	as := func(word string) func(T) g.Node {
		return func(line T) g.Node {
			return h.Li(h.Strong(h.Class(class(word)), g.Text(word)), g.Text(": "+string(line)))
		}
	}
	return h.Ul(g.Map(undocumented, as(finding.Undocumented)), g.Map(notGiven, as(finding.NotGiven)))
}

func actions(r *finding.Report) g.Node {
	return Part("actions", g.Text(r.Headline()),
		g.Iff(len(r.Findings) > 0, func() g.Node {
			return h.Ol(h.Class("actions"), g.Map(r.Findings, func(f *finding.Finding) g.Node { return h.Li(h.Class("finding "+string(f.Level)), aFinding(f)) }))
		}))
}

func questions(r *finding.Report) g.Node {
	if len(r.Open) == 0 {
		return nil
	}
	return Part("open", g.Text(r.OpenHeadline()), h.Ul(h.Class("actions"), g.Map(r.Open, question)))
}

func question(q *finding.Question) g.Node {
	item := g.Group{h.Class("finding open"), h.P(h.Strong(h.Class("verdict "+class(q.Word)), g.Text(q.Kind())), g.Text(" "+q.Line()))}
	if len(q.Commands) > 0 {
		item = append(item, h.Pre(h.Code(g.Text(q.Fetch()))))
	}
	for _, c := range q.Cites {
		if c.Document != "" {
			item = append(item, Quiet(g.Text(finding.Cited(c))))
		}
	}
	return h.Li(item)
}

func accepted(r *finding.Report) g.Node {
	if len(r.Accepted)+len(r.Gone) == 0 {
		return nil
	}
	return Part("accepted", g.Text("Accepted by the baseline"), h.Ul(h.Class("actions"),
		g.Map(r.Accepted, func(f *finding.Finding) g.Node { return h.Li(h.Class("finding"), aFinding(f)) }),
		g.Map(r.Gone, func(e finding.Entry) g.Node { return h.Li(g.Text(e.String())) })))
}

func documents(list []finding.Document) g.Node {
	if len(list) == 0 {
		return nil
	}
	return Part("documents", g.Text("Documents"), h.Ul(g.Map(list, func(d finding.Document) g.Node {
		title := g.Text(d.Title)
		if d.URL != "" {
			title = h.A(h.Href(d.URL), title)
		}
		return h.Li(title, g.Text(" "), QuietCode(d.Key))
	})))
}

func aFinding(f *finding.Finding) g.Node {
	return g.Group{
		h.P(h.Strong(h.Class("level"), g.Text(string(f.Level))), g.Text(" "), h.Strong(g.Text(f.Subjects())), g.Text(f.Where()+": "+f.What())),
		h.P(g.Text(f.Remedy)),
		occurrences(f.Occurrences),
		Quiet(CodeLink(f.Code, f.Help), g.Text(", from "+finding.Cited(f.Cite))),
	}
}

// occurrences lists where a finding stands; several unfold.
func occurrences(list []finding.Occurrence) g.Node {
	if len(list) == 1 {
		return Quiet(where(list[0])...)
	}
	first := list[:min(listed, len(list))]
	return h.Details(h.Summary(g.Text(finding.Names(list, named))), h.Ul(
		g.Map(first, func(o finding.Occurrence) g.Node {
			return h.Li(g.Text(subject(o)+o.Detail), h.Br(), h.Span(h.Class("quiet"), g.Group(where(o))))
		}),
		g.If(len(list) > listed, h.Li(g.Text(fmt.Sprintf("and %d more: --json has all", len(list)-listed)))),
	))
}

// subject begins an occurrence with its resource, if that has an identifier.
func subject(o finding.Occurrence) string {
	if o.Resource.ID == "" {
		return ""
	}
	return o.Resource.String() + ": "
}

// where is the place of an occurrence, and until when it is accepted.
func where(o finding.Occurrence) []g.Node {
	place := []g.Node{h.Code(g.Text(o.Place()))}
	if o.Until != "" {
		place = append(place, g.Text(", accepted until "+o.Until+": "+o.Reason))
	}
	return place
}
