package main

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/wksgo/wks/rule"
)

// reworded.tsv has the forms whose words a page changes while it goes on saying the same: the key of the
// form as in pages.tsv, and the day of the first version with the other words. Somebody has read both.
//
//go:embed testdata/reworded.tsv
var rewordedText string

// parseReworded returns the days by form. Each is to be used.
func parseReworded(text string) (map[tokenKey]*rewording, error) {
	list := map[tokenKey]*rewording{}
	for where, f := range rowsOf("reworded.tsv", text) {
		if len(f) != 5 {
			return nil, fmt.Errorf("%s: %d columns", where, len(f))
		}
		since, err := rule.ParseEdition(f[2])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		if _, err = rule.ParseEdition(f[4]); err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		key := tokenKey{pkg: f[0], document: f[1], since: since, row: f[3]}
		if list[key] != nil {
			return nil, fmt.Errorf("%s: the same form as before", where)
		}
		list[key] = &rewording{day: f[4]}
	}
	return list, nil
}

// A rewording is the day of the first version that says in other words what a form has.
type rewording struct {
	day  string
	used bool
}

// goesOn checks that each version of a page says what a statement says, from the version that it cites until its
// end. A version that no longer has the form ends the statement, or is in reworded.tsv.
func (c *checker) goesOn(s *statement, t *token, h *history, files []string) error {
	i, ok := h.on(s.cite.Date.String())
	if t == nil || !ok {
		return nil
	}
	for ; i < len(h.versions); i++ {
		day := h.versions[i].date
		if until := s.span.Until.String(); until != "" && day >= until {
			return nil
		}
		page, err := c.page(h, i, files)
		if err != nil {
			return err
		}
		says, err := c.anySays(t, h, i, files)
		if err != nil {
			return err
		}
		if page == nil || says {
			continue
		}
		if r := c.reworded[t.tokenKey]; r != nil && r.day == day {
			r.used = true
			return nil
		}
		c.fail(s, "the version of "+day+" no longer says it: "+t.where)
		return nil
	}
	return nil
}

// unusedRewordings are failures: no version has other words than the form.
func (c *checker) unusedRewordings() {
	var list []string
	for key, r := range c.reworded {
		if p := c.pages[key]; p != nil && p.used && !r.used && c.guideOf(key.document) {
			list = append(list, fmt.Sprintf("%s | %s | %s | %s | no version of %s has other words than pages.tsv", key.pkg, key.row, key.since, key.document, r.day))
		}
	}
	slices.Sort(list)
	c.failures = append(c.failures, list...)
}
