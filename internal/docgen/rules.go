package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/source"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
)

// rulesDocument lists every code with all that is known of it.
func rulesDocument(set []pkg) []byte {
	var b strings.Builder
	b.WriteString(notice)
	b.WriteString(`# Rules

Every code that a violation can have. A rule that ` + "`must`" + ` hold is one that the service or a
document states; of one that ` + "`should`" + ` hold a document advises. Each holds from the date of its
first row until a later one ends it; the day of "until" is not included. The date of a source is
that of the version that was read. A violation cites the row of its rule or, where one of the
parameters below the rule decides, that of the parameter. What changed when is in
[editions.md](editions.md).

`)
	head := [][]string{{"package", "rules", "must", "should", "ended", "is about"}}
	for _, p := range set {
		if len(p.codes) == 0 {
			continue
		}
		count := map[rule.Level]int{}
		for _, c := range p.codes {
			count[p.level(c.Code)]++
		}
		head = append(head, []string{fmt.Sprintf("[%s](%s)", p.path, anchor(p.path)), fmt.Sprint(len(p.codes)),
			fmt.Sprint(count[rule.Must]), fmt.Sprint(count[rule.Should]), fmt.Sprint(count[""]), p.what})
	}
	table(&b, head)
	b.WriteString("## Contents\n\n")
	for _, p := range set {
		if len(p.codes) > 0 {
			fmt.Fprintf(&b, "- [%s](%s)\n", p.path, anchor(p.path))
		}
		for _, c := range p.codes {
			fmt.Fprintf(&b, "  - [%s](%s) %s\n", c.Code, anchor(string(c.Code)), text(c.Title))
		}
	}
	for i := range set {
		if p := &set[i]; len(p.codes) > 0 {
			fmt.Fprintf(&b, "\n## %s\n\nThe inputs that break rules are those of the package's tests:\n\n%s\n", p.path, code(p.header))
			for _, c := range p.codes {
				p.rule(&b, c)
			}
		}
	}
	b.WriteByte('\n')
	links(&b, set)
	return []byte(b.String())
}

// level returns the level of a rule in the newest edition, or "" if it has ended.
func (p *pkg) level(c rule.Code) rule.Level {
	rows := p.rowsOf(c)
	if last := rows[len(rows)-1]; last.Span.Until == (rule.Edition{}) {
		return last.Level
	}
	return ""
}

// code writes lines as a block of code.
func code(lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString("    " + line)
	}
	return b.String()
}

func (p *pkg) rule(b *strings.Builder, c source.Code) {
	fmt.Fprintf(b, "### %s\n\n%s\n\n**Remedy:** %s\n\n", c.Code, text(c.Title), text(c.Remedy))
	for _, r := range p.rowsOf(c.Code) {
		fmt.Fprintf(b, "- **%s** %s: %s\n", r.Level, span(r.Span), p.cited(r.Cite))
	}
	b.WriteByte('\n')
	if rows := p.parametersOf(c.Code); len(rows) > 0 {
		cells := [][]string{{"parameter", "value", "from", "until", "source"}}
		for _, r := range rows {
			cells = append(cells, []string{text(r.Name), text(r.Value), r.Span.Since.String(), r.Span.Until.String(), p.brief(r.Cite)})
		}
		table(b, cells)
	}
	f := p.example(c.Code)
	fmt.Fprintf(b, "This input breaks it in the edition of %s:\n\n%s\n\n", f.Last, code(f.Input))
}

// parametersOf returns the parameters of a rule while it is in force, those of one name
// together by date, with the values that a document gives at once in one row.
func (p *pkg) parametersOf(c rule.Code) (rows []param.Row) {
	rules := p.rowsOf(c)
	for _, r := range p.parameters {
		if !slices.Contains(r.Rules, c) || !slices.ContainsFunc(rules, func(of rule.Row) bool { return overlap(of.Span, r.Span) }) {
			continue
		}
		if i := slices.IndexFunc(rows, func(o param.Row) bool { return o.Name == r.Name && o.Span == r.Span && o.Cite == r.Cite }); i >= 0 {
			rows[i].Value += ", " + r.Value
		} else {
			rows = append(rows, r)
		}
	}
	groups := byName(rows)
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b param.Row) int { return a.Span.Since.Compare(b.Span.Since) })
	}
	return slices.Concat(groups...)
}

func overlap(a, b rule.Span) bool { return a.Contains(b.Since) || b.Contains(a.Since) }
