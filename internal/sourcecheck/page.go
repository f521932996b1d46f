package main

import (
	"regexp"
	"slices"
	"strings"
)

// A line is a line of a page with the headings above it, from the outermost on.
type line struct {
	headings []string
	text     string
}

var (
	anchors   = regexp.MustCompile(`<a name="[^"]*"></a>`)
	escapes   = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!<>|~&/:;,@=%-])")
	marked    = regexp.MustCompile(`^(#{1,6}) (.*)$`)
	bold      = regexp.MustCompile(`^\*\*([^*]+)\*\*\s*$`)
	notes     = regexp.MustCompile(`^(Note|Important|Warning|Tip|Caution)s?$`)
	entry     = regexp.MustCompile(`^\| \[ ?([^\]]+?) ?\]\([^)]*\) \|.*\| *([A-Z][a-z]+ [0-9]+, [0-9]{4}) *\|\s*$`)
	reference = regexp.MustCompile(`^\+ \[.*\]\(#`)
)

// parsePage cuts a page of the guides into lines. A heading is a line that starts with # or is bold
// from end to end, but for the title of a note, and for that of a procedure, which starts with "To".
// The lists of contents are left out: a heading stands there, and not what it is about. In a block of code
// nothing is a heading.
func parsePage(text string) (lines []line) {
	const boldLevel = 7
	type heading struct {
		level int
		title string
	}
	var open []heading
	code := false
	for l := range strings.Lines(text) {
		l = escapes.ReplaceAllString(anchors.ReplaceAllString(strings.TrimRight(l, "\r\n"), ""), "$1")
		level, title := 0, ""
		if strings.HasPrefix(strings.TrimSpace(l), "```") {
			code = !code
		} else if m := marked.FindStringSubmatch(l); m != nil && !code {
			level, title = len(m[1]), strings.TrimSpace(m[2])
		} else if m := bold.FindStringSubmatch(l); m != nil && !code && !notes.MatchString(strings.TrimSpace(m[1])) {
			level, title = boldLevel, strings.TrimSpace(m[1])
		}
		if level > 0 {
			open = slices.DeleteFunc(open, func(h heading) bool { return h.level >= level })
			if level < boldLevel || !strings.HasPrefix(title, "To ") {
				open = append(open, heading{level, title})
			}
		}
		var path []string
		for _, h := range open {
			path = append(path, h.title)
		}
		if n := len(path); n > 0 && (path[n-1] == "Topics" || path[n-1] == "Contents") || reference.MatchString(strings.TrimSpace(l)) {
			continue
		}
		lines = append(lines, line{path, l})
	}
	return lines
}

// says returns the lines that a token matches.
func (t *token) says(page []line) (hits []line) {
	for _, l := range page {
		if t.form.MatchString(l.text) && (t.within == nil || t.within.MatchString(strings.Join(l.headings, " / "))) {
			hits = append(hits, l)
		}
	}
	return hits
}

// inHistory looks for a statement among the rows of a document history: a version from its day on has a
// row of that day with the section as its title, and the token holds for the row.
func (c *checker) inHistory(s *statement, t *token, h *history, files []string) error {
	c.count(t)
	why := "no version has a row of that day with that title"
	for i, v := range h.versions {
		if v.date < s.cite.Date.String() {
			continue
		}
		page, err := c.page(h, i, files)
		if err != nil {
			return err
		}
		for _, l := range page {
			m := entry.FindStringSubmatch(l.text)
			if m == nil || m[1] != s.cite.Section || m[2] != s.cite.Date.Date().Format("January 2, 2006") {
				continue
			}
			switch {
			case t == nil:
				why = "no token shows that the row says it"
			case !t.form.MatchString(l.text):
				why = "the row does not say it: " + t.where
			default:
				file, _, _ := h.named(i, files) // which the page was read from
				s.shown = shown(v.commit[:9]+" "+file, l.headings, l.text)
				return nil
			}
		}
	}
	c.fail(s, why)
	return nil
}
