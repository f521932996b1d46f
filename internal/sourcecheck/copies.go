package main

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/sources"
)

// fewLines is how many lines of a copy are read together: the copies break their sentences.
const fewLines = 4

// A copied is what a stored copy of a day has.
type copied struct{ commit, day, text string }

// copiesOf returns the stored copies of a page, in the order of sources.Readings, from the clones that are
// there.
func (c *checker) copiesOf(document string) (list []copied, err error) {
	path := sources.CopyOf(c.addresses[document])
	if path == "" {
		return nil, nil
	}
	for _, r := range sources.Readings {
		h := c.stored[r.Stored]
		if h == nil {
			continue
		}
		for _, commit := range r.Commits {
			text, err := h.file(commit, path)
			if err != nil {
				return nil, err
			}
			if text != "" {
				list = append(list, copied{commit, r.Day, text})
			}
		}
	}
	return list, nil
}

// inCopies holds a statement that begins with a stored copy against the copies: one of its day says it, and
// none of an earlier day does. It reports whether there are copies to look at.
func (c *checker) inCopies(s *statement) (bool, error) {
	t := c.copies.of(s)
	if t == nil || s.cite.Date != s.span.Since || !sources.IsReading(s.cite.Date.String()) {
		return false, nil
	}
	list, err := c.copiesOf(s.cite.Document)
	if len(list) == 0 || err != nil {
		return false, err
	}
	c.count(t)
	found := false
	for _, page := range list {
		line := t.together(page.text)
		switch {
		case line == "" || page.day > s.span.Since.String():
		case page.day == s.span.Since.String():
			if !found {
				s.shown = shown(page.commit[:9]+" "+s.cite.Document, []string{s.cite.Section}, line)
			}
			found = true
		case !c.continues(s):
			c.fail(s, "the copy "+page.commit[:9]+" of "+page.day+" says it, too: "+t.where)
			return true, nil
		}
	}
	if !found {
		c.fail(s, "no copy of the day says it: "+t.where)
	}
	return true, nil
}

// endedInCopies checks that a statement that ends with a stored copy is not in the last copy of that day,
// unless another one takes its place then.
func (c *checker) endedInCopies(s *statement) error {
	t, until := c.copies.of(s), s.span.Until.String()
	if t == nil {
		t = c.pages.of(s)
	}
	if t == nil || t.silent || !sources.IsReading(until) || c.isFollowed(s) {
		return nil
	}
	list, err := c.copiesOf(s.cite.Document)
	list = slices.DeleteFunc(list, func(p copied) bool { return p.day != until })
	if len(list) == 0 || err != nil {
		return err
	}
	if last := list[len(list)-1]; t.together(last.text) != "" {
		c.fail(s, "it ends on "+until+", and the copy "+last.commit[:9]+" of that day says it: "+t.where)
	}
	return nil
}

// together returns the first few lines of a copy that have the form of the token, "" if none have it.
func (t *token) together(text string) string {
	var lines []string
	for l := range strings.Lines(text) {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	for i := range lines {
		if few := strings.Join(lines[i:min(i+fewLines, len(lines))], " "); t.form.MatchString(few) {
			return few
		}
	}
	return ""
}
