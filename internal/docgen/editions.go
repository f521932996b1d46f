package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// editionsDocument lists the editions, and the packages in which something changed.
func editionsDocument(set []pkg) []byte {
	var b strings.Builder
	b.WriteString(notice)
	b.WriteString(`# Editions

An edition is a day on which the documents began to say something else, as far as the library
knows: rules that appeared, ended, or changed their level or source, and numbers, lists and names
that did. A fact that is known by its month or year alone counts from the last day of it. A fact of a page whose
older versions have no dates counts from the newest reading. [rules.md](rules.md) leads to the rules.

`)
	byDate := map[rule.Edition][]string{}
	var all []rule.Edition
	for _, p := range set {
		for _, e := range p.editions() {
			byDate[e] = append(byDate[e], fmt.Sprintf("[%s](editions/%s%s)", p.path, p.page(), anchor(e.String())))
			all = append(all, e)
		}
	}
	slices.SortFunc(all, rule.Edition.Compare)
	rows := [][]string{{"edition", "packages"}}
	for _, e := range slices.Compact(all) {
		rows = append(rows, []string{e.String(), strings.Join(byDate[e], ", ")})
	}
	table(&b, rows)
	return []byte(b.String())
}

// packageEditions tells what changed in each edition of a package.
func packageEditions(p *pkg) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s# Editions of %s\n\nWhat changed when. [All editions](../editions.md) tells how to read this page.\n\n", notice, p.path)
	var before rule.Edition
	for _, e := range p.editions() {
		fmt.Fprintf(&b, "## %s\n\n", e)
		for _, line := range append(p.ruleChanges(before, e), p.parameterChanges(before, e)...) {
			b.WriteString("- " + line + "\n")
		}
		b.WriteByte('\n')
		before = e
	}
	links(&b, []pkg{*p})
	return []byte(b.String())
}

// ruleChanges tells how the rules of two editions differ, in the order of the codes. The
// zero edition has none.
func (p *pkg) ruleChanges(from, to rule.Edition) (lines []string) {
	for i := range p.rules {
		r := &p.rules[i]
		was, is := inForce(r, from), inForce(r, to)
		link := fmt.Sprintf("[%s](../rules/%s)", r.Code, p.place(r.Code))
		switch {
		case was == nil && is == nil:
		case was == nil:
			lines = append(lines, fmt.Sprintf("new rule %s (%s): %s Source: %s", link, is.Level, text(r.Title), p.brief(is.Cite)))
		case is == nil:
			lines = append(lines, fmt.Sprintf("rule ended: %s", link))
		case was.Level != is.Level:
			lines = append(lines, fmt.Sprintf("%s: %s → **%s**. Source: %s", link, was.Level, is.Level, p.brief(is.Cite)))
		case was.Cite != is.Cite:
			lines = append(lines, fmt.Sprintf("%s has a new source: %s", link, p.brief(is.Cite)))
		}
	}
	return lines
}

// parameterChanges tells how the parameters of two editions differ, in the order in which the
// package lists them.
func (p *pkg) parameterChanges(from, to rule.Edition) (lines []string) {
	for _, rows := range byName(p.parameters) {
		was, is, sources := p.change(rows, from, to)
		source := ""
		if len(sources) > 0 {
			source = ". Source: " + strings.Join(sources, "; ")
		}
		switch name := text(rows[0].Name); {
		case slices.Equal(was, is) && source == "":
		case slices.Equal(was, is):
			lines = append(lines, name+": unchanged, by a new source: "+strings.Join(sources, "; "))
		case len(was) == 0:
			lines = append(lines, fmt.Sprintf("%s: **%s** (new)%s", name, strings.Join(is, ", "), source))
		case len(is) == 0:
			lines = append(lines, fmt.Sprintf("%s: no longer documented, was %s", name, strings.Join(was, ", ")))
		case len(was) == 1 && len(is) == 1:
			lines = append(lines, fmt.Sprintf("%s: %s → **%s**%s", name, was[0], is[0], source))
		default:
			lines = append(lines, name+": "+difference(was, is)+source)
		}
	}
	return lines
}

// byName gathers the rows of each name, in the order in which the names come first.
func byName(rows []rule.Parameter) (groups [][]rule.Parameter) {
	place := map[string]int{}
	for _, r := range rows {
		i, ok := place[r.Name]
		if !ok {
			i = len(groups)
			place[r.Name], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// change returns the values that the rows of a parameter have in two editions, each once, and
// the sources of those that are in the second alone.
func (p *pkg) change(rows []rule.Parameter, from, to rule.Edition) (was, is, sources []string) {
	add := func(list []string, s string) []string {
		if slices.Contains(list, s) {
			return list
		}
		return append(list, s)
	}
	for _, r := range rows {
		before, now := r.Span.Contains(from), r.Span.Contains(to)
		if before {
			was = add(was, text(r.Value))
		}
		if now {
			is = add(is, text(r.Value))
		}
		if now && !before {
			sources = add(sources, p.brief(r.Cite))
		}
	}
	return was, is, sources
}

// difference tells what a list gained and lost.
func difference(was, is []string) string {
	without := func(a, b []string) []string {
		return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
	}
	var parts []string
	if gained := without(is, was); len(gained) > 0 {
		parts = append(parts, "gains **"+strings.Join(gained, ", ")+"**")
	}
	if lost := without(was, is); len(lost) > 0 {
		parts = append(parts, "loses "+strings.Join(lost, ", "))
	}
	return strings.Join(parts, " and ")
}
