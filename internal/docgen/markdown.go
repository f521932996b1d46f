package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/wksgo/wks/rule"
)

// special are the characters that Markdown may take for its own. An underscore within a
// word is none.
var special = regexp.MustCompile("[\\\\`*<|~\\[\\]]|\\b_|_\\b")

// text writes s so that Markdown shows it as it is, in a table too.
func text(s string) string {
	return special.ReplaceAllStringFunc(s, func(c string) string {
		return `\` + c
	})
}

// anchor returns the link to a heading, as GitHub makes it.
func anchor(heading string) string {
	var b strings.Builder
	b.WriteByte('#')
	for _, c := range strings.ToLower(heading) {
		switch {
		case c == ' ':
			b.WriteByte('-')
		case unicode.IsLetter(c), unicode.IsNumber(c), c == '-', c == '_':
			b.WriteRune(c)
		}
	}
	return b.String()
}

// table writes rows, the first of which is the head. Columns do not align: the blanks would make pages
// too large to be shown.
func table(b *strings.Builder, rows [][]string) {
	line := func(row []string) {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	line(rows[0])
	line(slices.Repeat([]string{"---"}, len(rows[0])))
	for _, row := range rows[1:] {
		line(row)
	}
	b.WriteByte('\n')
}

// cited writes a citation with the document's title, which links to it.
func (p *pkg) cited(c rule.Citation) string {
	d := p.documents[c.Document]
	title := text(d.Title)
	if d.URL != "" {
		title = fmt.Sprintf("[%s][%s]", title, d.Key)
	}
	return fmt.Sprintf("%s, %q, %s", title, text(c.Section), c.Date)
}

// brief writes a citation with the document's key, which links to it.
func (p *pkg) brief(c rule.Citation) string {
	key := c.Document
	if p.documents[key].URL != "" {
		key = "[" + key + "]"
	}
	return fmt.Sprintf("%s, %q, %s", key, text(c.Section), c.Date)
}

// links defines the links of cited and brief, for the end of a file.
func links(b *strings.Builder, set []pkg) {
	urls := map[string]string{}
	for _, p := range set {
		for key, d := range p.documents {
			if d.URL != "" {
				urls[key] = d.URL
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(urls)) {
		fmt.Fprintf(b, "[%s]: %s\n", key, urls[key])
	}
}

// span writes when something is in force.
func span(s rule.Span) string {
	if s.Until == (rule.Edition{}) {
		return "from " + s.Since.String()
	}
	return fmt.Sprintf("from %s until %s", s.Since, s.Until)
}
