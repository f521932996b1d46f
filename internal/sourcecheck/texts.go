package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// belongs is how many lines after a heading are under it, in a text that does not mark its headings.
const belongs = 250

// inText holds a statement against the text of a document that no repository has, if the folder of texts
// has one: KEY.md or KEY.txt. It reports whether it has. A token is looked for in two lines at a time, as
// such a text breaks its sentences and the rows of its tables.
func (c *checker) inText(s *statement, t *token) (bool, error) {
	text, err := c.text(s.cite.Document)
	if text == "" || err != nil {
		return false, err
	}
	c.count(t)
	found, says, before, left := false, "", "", 0
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		switch {
		case isTitle(l, s):
			found, left = true, belongs
		case strings.HasPrefix(l, "# ") || strings.HasPrefix(l, "Q: "):
			left = 0
		}
		if left--; left >= 0 && t != nil && says == "" && t.form.MatchString(before+" "+l) {
			says = before + " " + l
		}
		before = l
	}
	switch {
	case !found:
		c.fail(s, "the text has no such heading")
	case t == nil:
		c.fail(s, "no token shows that the text says it")
	case says == "":
		c.fail(s, "the text does not say it: "+t.where)
	default:
		s.shown = shown(s.cite.Document, []string{s.cite.Section}, says)
	}
	return true, nil
}

// isTitle reports whether a line is the section of a statement: alone, as a heading, as a question, or as
// a release with the day of the statement.
func isTitle(l string, s *statement) bool {
	l = strings.TrimSuffix(strings.TrimPrefix(strings.TrimLeft(l, "# "), "Q: "), ":")
	return l == s.cite.Section || l == fmt.Sprintf("%s (%s)", s.cite.Section, s.cite.Date)
}

func (c *checker) text(key string) (string, error) {
	if c.folder == "" {
		return "", nil
	}
	names, err := filepath.Glob(filepath.Join(c.folder, key+".*"))
	i := slices.IndexFunc(names, func(n string) bool { return strings.TrimSuffix(filepath.Base(n), filepath.Ext(n)) == key })
	if err != nil || i < 0 {
		return "", err
	}
	b, err := os.ReadFile(names[i])
	return string(b), err
}
