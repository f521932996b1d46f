package finding

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
)

// named is how many resources a line of the first screen names.
const named = 3

// Line is the finding on one line: how many, where, what is wrong, and the first names.
func (f *Finding) Line() string { return f.line(f.Where()) }

func (f *Finding) line(where string) string {
	s := f.Subjects() + where + ": " + f.What()
	if f.Count > 1 {
		s += ": " + names(f.Occurrences, named, Resource.Short)
	}
	return s
}

// Where names the Regions of the finding, behind what is in them.
func (f *Finding) Where() string {
	if len(f.Regions) == 0 {
		return ""
	}
	if n := len(f.Regions); n > named {
		return fmt.Sprintf(" in %d Regions", n)
	}
	return " in " + regionList(f.Regions)
}

func regionList(regions []string) string {
	var list []string
	for _, r := range regions {
		list = append(list, rule.Shorten(r))
	}
	return strings.Join(list, ", ")
}

// Line is the question on one line: what is not known, where, and how often.
func (q *Question) Line() string {
	s := q.Reason
	if len(q.Regions) > 0 {
		s += " (" + regionList(q.Regions) + ")"
	}
	if names := q.names(); names != "" {
		s += ": " + names
	}
	return s
}

// names are the first resources that the question is about.
func (q *Question) names() string {
	var about []Occurrence
	for _, o := range q.Occurrences {
		if o.Resource.ID != "" {
			about = append(about, o)
		}
	}
	if len(about) == 0 {
		return ""
	}
	return names(about, named, Resource.Short)
}

// WriteScreen writes the first screen of the report: what to do, the worst first, then what could not
// be answered, with the command that would answer it, then what was accepted.
func (r *Report) WriteScreen(p terminal.Printer) {
	p.Heading(r.Headline())
	several := len(r.regions()) > 1
	for _, f := range r.Findings {
		color := terminal.Yellow
		if f.Level == rule.Must {
			color = terminal.Red
		}
		where := ""
		if several { // of one Region the heading tells
			where = f.Where()
		}
		p.Wrap(1, p.Paint(color, fmt.Sprintf("%-6s", f.Level))+"  ", 8, f.line(where))
		p.Wrap(1, strings.Repeat(" ", 8), 8, f.Remedy+" ("+string(f.Code)+")")
	}
	if len(r.Open) > 0 {
		p.Heading(r.OpenHeadline())
		for _, q := range r.Open {
			p.Wrap(1, p.Paint(terminal.Yellow, fmt.Sprintf("%-12s", q.Word))+"  ", 14, q.Line())
			if q.Fetch() != "" {
				p.Line(1, "%s%s", strings.Repeat(" ", 14), q.Fetch())
			}
		}
	}
	if len(r.Accepted)+len(r.Gone) > 0 {
		p.Heading("Accepted by the baseline")
		for _, f := range r.Accepted {
			until := f.Occurrences[0].Until
			p.Wrap(1, "", 0, f.Line()+" (until "+until+": "+f.Occurrences[0].Reason+")")
		}
		for _, e := range r.Gone {
			p.Wrap(1, "", 0, e.String())
		}
	}
}

// OpenHeadline counts the questions by their two words.
func (r *Report) OpenHeadline() string {
	undocumented := 0
	for _, q := range r.Open {
		if q.Word == Undocumented {
			undocumented++
		}
	}
	given := len(r.Open) - undocumented
	var parts []string
	if given > 0 {
		parts = append(parts, fmt.Sprintf("%d not given", given))
	}
	if undocumented > 0 {
		parts = append(parts, fmt.Sprintf("%d undocumented", undocumented))
	}
	return "Not answered: " + strings.Join(parts, ", ")
}

// String says why the entry is told.
func (e Entry) String() string {
	s := string(e.Code) + " of " + rule.Printable(rule.Shorten(e.Subject))
	if e.Region != "" {
		s += " in " + rule.Printable(rule.Shorten(e.Region))
	}
	if e.Expired {
		return s + " was accepted until " + e.Until + ", and is reported again"
	}
	return s + " no longer occurs: take it out of the baseline"
}

// WriteDocuments writes the documents that the report cites, with their addresses.
func (r *Report) WriteDocuments(p terminal.Printer) {
	if len(r.Documents) > 0 {
		p.Heading("Documents")
	}
	width := 0
	for _, d := range r.Documents {
		width = max(width, len(d.Key))
	}
	for _, d := range r.Documents {
		p.Line(1, "%-*s  %s", width, d.Key, strings.TrimSpace(d.Title+" "+d.URL))
	}
}
