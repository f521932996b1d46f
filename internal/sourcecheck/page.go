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
	reference = regexp.MustCompile(`^\+ \[.*\]\(#`)
)

// parsePage cuts a page of the guides into lines. A heading is a line that starts with # or is bold
// from end to end, but for the title of a note, and for that of a procedure, which starts with "To".
// The lists of contents are left out: a heading stands there, and not what it is about.
func parsePage(text string) (lines []line) {
	const boldLevel = 7
	type heading struct {
		level int
		title string
	}
	var open []heading
	for l := range strings.Lines(text) {
		l = escapes.ReplaceAllString(anchors.ReplaceAllString(strings.TrimRight(l, "\r\n"), ""), "$1")
		level, title := 0, ""
		if m := marked.FindStringSubmatch(l); m != nil {
			level, title = len(m[1]), strings.TrimSpace(m[2])
		} else if m := bold.FindStringSubmatch(l); m != nil && !notes.MatchString(strings.TrimSpace(m[1])) {
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
