package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// rulesDocument lists every code, and where it is explained. One page for all that is known of them would be
// larger than GitHub shows.
func rulesDocument(set []pkg) []byte {
	var b strings.Builder
	b.WriteString(notice)
	b.WriteString(`# Rules

Every code that a violation can have, with a page for each package. The service or a document states a rule that
` + "`must`" + ` hold, and a document advises one that ` + "`should`" + ` hold. Each holds from the date of its
first row until a later one ends it; the day of "until" is not included. The date of a source is
that of the version that was read. A violation cites the row of its rule or, where one of the
parameters below the rule decides, that of the parameter. What changed when is in
[editions.md](editions.md). [Preflight](rules/preflight.md), [tfplan](rules/tfplan.md) and [cfn](rules/cfn.md) are the
pages of the command's own rules.

`)
	head := [][]string{{"package", "rules", "must", "should", "ended", "is about"}}
	for _, p := range set {
		if len(p.rules) == 0 {
			continue
		}
		count := map[rule.Level]int{}
		for i := range p.rules {
			count[level(&p.rules[i])]++
		}
		head = append(head, []string{fmt.Sprintf("[%s](rules/%s)", p.path, p.page()), fmt.Sprint(len(p.rules)),
			fmt.Sprint(count[rule.Must]), fmt.Sprint(count[rule.Should]), fmt.Sprint(count[""]), p.what})
	}
	table(&b, head)
	b.WriteString("## Contents\n\n")
	for _, p := range set {
		for i, r := range p.rules {
			if i == 0 {
				fmt.Fprintf(&b, "- [%s](rules/%s)\n", p.path, p.page())
			}
			fmt.Fprintf(&b, "  - [%s](rules/%s)\n", r.Code, p.place(r.Code))
		}
	}
	return []byte(b.String())
}

// packageRules tells all that is known of the rules of a package. [rule.Code.Help] leads to it.
func packageRules(p *pkg) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s# Rules of %s\n\nThe package is about %s. [All rules](../rules.md) tells how to read this page, and\n"+
		"[editions](../editions/%s) what changed when.\n\n", notice, p.path, p.what, p.page())
	for i := range p.rules {
		p.rule(&b, &p.rules[i])
	}
	links(&b, []pkg{*p})
	return []byte(b.String())
}

// page is the name of the file that has the rules of a package, and of the one that has its editions.
func (p *pkg) page() string { return path.Base(p.path) + ".md" }

// place leads to a rule from the folder of the pages.
func (p *pkg) place(c rule.Code) string { return p.page() + anchor(string(c)) }

// level returns the level of a rule in the newest edition, or "" if it has ended.
func level(r *rule.Rule) rule.Level {
	if last := r.Revisions[len(r.Revisions)-1]; last.Span.Until == (rule.Edition{}) {
		return last.Level
	}
	return ""
}

func (p *pkg) rule(b *strings.Builder, r *rule.Rule) {
	fmt.Fprintf(b, "## %s\n\n%s\n\n**Remedy:** %s\n\n", r.Code, text(r.Title), text(r.Remedy))
	for _, v := range r.Revisions {
		fmt.Fprintf(b, "- **%s** %s: %s\n", v.Level, span(v.Span), p.cited(v.Cite))
	}
	b.WriteByte('\n')
	if rows := p.parametersOf(r); len(rows) > 0 {
		cells := [][]string{{"parameter", "value", "from", "until", "source"}}
		for _, q := range rows {
			cells = append(cells, []string{text(q.Name), text(q.Value), q.Span.Since.String(), q.Span.Until.String(), p.brief(q.Cite)})
		}
		table(b, cells)
	}
	f := p.example(r.Code)
	fmt.Fprintf(b, "This input of %s breaks it, %s:\n\n%s\n", f.Question, span(f.Span), input(f.Input))
}

// input writes JSON as a block of code, a member a line.
func input(compact json.RawMessage) string {
	var b bytes.Buffer
	b.WriteString("```json\n")
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		panic(err) // package fixture has read it
	}
	b.WriteString("\n```\n")
	return b.String()
}

// parametersOf returns the parameters of a rule while it is in force, those of one name
// together by date, with the values that a document gives at once in one row.
func (p *pkg) parametersOf(of *rule.Rule) (rows []rule.Parameter) {
	for _, q := range p.parameters {
		if !slices.Contains(q.Rules, of.Code) || !slices.ContainsFunc(of.Revisions, func(v rule.Revision) bool { return overlap(v.Span, q.Span) }) {
			continue
		}
		if i := slices.IndexFunc(rows, func(o rule.Parameter) bool { return o.Name == q.Name && o.Span == q.Span && o.Cite == q.Cite }); i >= 0 {
			rows[i].Value += ", " + q.Value
		} else {
			rows = append(rows, q)
		}
	}
	groups := byName(together(rows))
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b rule.Parameter) int { return a.Span.Since.Compare(b.Span.Since) })
	}
	return slices.Concat(groups...)
}

// together writes parameters that are named for the same, such as "gateways: us-east-1" and
// "gateways: us-west-2", in one row where a document gives them at once: by themselves they would
// make the page too large to be shown.
func together(rows []rule.Parameter) (joined []rule.Parameter) {
	count := map[string]int{}
	for _, q := range rows {
		if of, _, keyed := strings.Cut(q.Name, ": "); keyed {
			count[of]++
		}
	}
	for _, q := range rows {
		of, key, keyed := strings.Cut(q.Name, ": ")
		if !keyed || count[of] == 1 {
			joined = append(joined, q)
			continue
		}
		q.Name, q.Value = of, key+": "+q.Value
		if i := slices.IndexFunc(joined, func(o rule.Parameter) bool { return o.Name == q.Name && o.Span == q.Span && o.Cite == q.Cite }); i >= 0 {
			joined[i].Value += "; " + q.Value
		} else {
			joined = append(joined, q)
		}
	}
	return joined
}

func overlap(a, b rule.Span) bool { return a.Contains(b.Since) || b.Contains(a.Since) }
