package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

const calendarIntro = `# Calendar

What comes to an end, by its last day, as the documents of the edition of %s say. Programs ask
` + "`bundles.Newest().Calendar()`" + `, and ` + "`End.Touches`" + ` for the WorkSpaces of an account. A question about a later day is
asked of ` + "`bundles.Newest().AsOf(day)`" + ` or of the same of ` + "`migrate`" + ` or ` + "`byol`" + `, or with the option ` + "`wks.AsOf(day)`" + `: an end that lies ahead of that day is a ` + "`should`" + `,
and one that is over a ` + "`must`" + `. The guide gives a date of retirement for a system, and does not
say whether the system can be used on it: that it is the last day is a reading, and the answer about that day is open. Of a
compute type only the day after counts as over. Of PCoIP and WorkSpaces Pools the guide says that they cannot be used after it. The rules are
[bundles.operating-system-ends](rules/bundles.md#bundlesoperating-system-ends) and those after it.

`

// calendarDocument tells what ends from the newest edition on, and what has ended by then.
func calendarDocument(set []pkg, newest rule.Edition, ends []bundles.End) []byte {
	var b strings.Builder
	b.WriteString(notice)
	fmt.Fprintf(&b, calendarIntro, newest)
	cite := func(c rule.Citation) string {
		for i := range set {
			if _, ok := set[i].documents[c.Document]; ok {
				return set[i].brief(c)
			}
		}
		return (&pkg{}).brief(c)
	}
	head := []string{"last day", "what", "kind", "in the API", "takes nothing new", "source"}
	ahead, over := [][]string{head}, [][]string{head}
	for _, e := range ends {
		closed := ""
		if e.Closed != (rule.Edition{}) {
			if closed = "from " + e.Closed.String(); e.NewCustomers {
				closed += ", of new customers"
			}
		}
		name := ""
		if e.Name != "" && e.Kind != bundles.EndOfPools {
			name = "`" + e.Name + "`"
		}
		row := []string{e.Last.String(), text(e.What), string(e.Kind), name, closed, cite(e.Cite)}
		if e.Over(newest) {
			over = append(over, row)
		} else {
			ahead = append(ahead, row)
		}
	}
	b.WriteString("## Ahead\n\n")
	table(&b, ahead)
	b.WriteString("## Over\n\n")
	table(&b, over)
	if rows := closing(set, newest); len(rows) > 0 {
		b.WriteString("## Rules and parameters with an end ahead\n\n")
		table(&b, append([][]string{{"until", "what", "source"}}, rows...))
	}
	links(&b, set)
	return []byte(b.String())
}

// closing returns the rules and parameters in force in an edition that end later, by date.
func closing(set []pkg, newest rule.Edition) (rows [][]string) {
	for i := range set {
		p := &set[i]
		note := func(s rule.Span, what string, c rule.Citation) {
			if s.Contains(newest) && s.Until != (rule.Edition{}) {
				rows = append(rows, []string{s.Until.String(), what, p.brief(c)})
			}
		}
		for _, r := range p.rules {
			for _, v := range r.Revisions {
				note(v.Span, fmt.Sprintf("[%s](rules/%s)", r.Code, p.place(r.Code)), v.Cite)
			}
		}
		for _, q := range p.parameters {
			note(q.Span, text(q.Name+": "+q.Value), q.Cite)
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return rows
}
