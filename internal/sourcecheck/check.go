package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/sources"
	"github.com/wksgo/wks/rule"
)

// A checker holds statements against histories.
type checker struct {
	statements   []statement
	pages, model tokens
	guides       map[string]*history // of pages, by repository
	models       *history
	parsed       map[string][]line         // pages, by commit and path
	decoded      map[string]map[string]any // versions of the model, by commit
	begins       map[begin]bool

	failures                []string
	elsewhere               map[string]int // statements of documents that are in no clone, by key
	withToken, withoutToken int
}

// A begin is a day on which a statement of a row begins, or one of a name that has one value at a time
// by a document.
type begin struct {
	pkg, row, document string
	day                rule.Edition
}

// read opens the clones, by repository, and the tables of tokens. A repository without a clone, "", is
// left out.
func (c *checker) read(clones map[string]string) (err error) {
	c.guides = map[string]*history{}
	for repository, dir := range clones {
		switch {
		case dir == "":
		case repository == sources.Model:
			c.models, err = openHistory(dir, sources.ModelFile)
		default:
			c.guides[repository], err = openHistory(dir)
		}
		if err != nil {
			return err
		}
	}
	if c.pages, err = parseTokens("pages.tsv", pageTokens, false); err == nil {
		c.model, err = parseTokens("model.tsv", modelTokens, true)
	}
	return err
}

// check looks at every statement. An error is one of git.
func (c *checker) check() error {
	c.parsed, c.decoded, c.elsewhere = map[string][]line{}, map[string]map[string]any{}, map[string]int{}
	c.begin()
	for i := range c.statements {
		if err := c.statement(&c.statements[i]); err != nil {
			return err
		}
	}
	for _, table := range []tokens{c.pages, c.model} {
		for _, t := range table {
			if !t.used {
				c.failures = append(c.failures, fmt.Sprintf("%s | %s | %s | %s | no statement of the document begins on this day under this name: %s", t.pkg, t.row, t.since, t.document, t.where))
			}
		}
	}
	return nil
}

// begin notes on which days statements begin.
func (c *checker) begin() {
	c.begins = map[begin]bool{}
	byName := map[begin][]rule.Span{}
	for _, s := range c.statements {
		c.begins[begin{pkg: s.pkg, row: s.row(), day: s.span.Since}] = true
		name := begin{pkg: s.pkg, row: s.name, document: s.cite.Document}
		byName[name] = append(byName[name], s.span)
	}
	for name, spans := range byName {
		slices.SortFunc(spans, func(a, b rule.Span) int { return a.Since.Compare(b.Since) })
		single := true
		for i, s := range spans[1:] {
			single = single && !spans[i].Contains(s.Since)
		}
		for _, s := range spans {
			name.day = s.Since
			c.begins[name] = single
		}
	}
}

// isFollowed reports whether another statement takes the place of s when it ends: the same by another
// document, or another by the same.
func (c *checker) isFollowed(s *statement) bool {
	return c.begins[begin{pkg: s.pkg, row: s.row(), day: s.span.Until}] || c.begins[begin{s.pkg, s.name, s.cite.Document, s.span.Until}]
}

func (c *checker) fail(s *statement, why string) {
	c.failures = append(c.failures, fmt.Sprintf("%s | %s | %s | %s, %q, %s | %s", s.pkg, s.row(), s.span.Since, s.cite.Document, s.cite.Section, s.cite.Date, why))
}

func (c *checker) statement(s *statement) error {
	p, ok := sources.Find(s.cite.Document)
	h := c.guides[p.Repository]
	if t := c.model.of(s); (t != nil || p.Repository == sources.Model) && c.models != nil {
		return c.inModel(s, t)
	}
	if ok && h != nil {
		last, err := h.last(p.Files[len(p.Files)-1])
		if err != nil {
			return err
		}
		if s.cite.Date.String() <= last {
			return c.inPages(s, h, p.Files, last)
		}
	}
	c.elsewhere[s.cite.Document]++
	return nil
}

// inPages holds a statement against the pages of a guide. Of several versions of a day that have the
// page, the one with the fewest faults counts. last is the day of the last version.
func (c *checker) inPages(s *statement, h *history, files []string, last string) error {
	t := c.pages.of(s)
	c.count(t)
	var best []string
	found := false
	for _, i := range h.on(s.cite.Date.String()) {
		page, err := c.page(h, i, files)
		if err != nil {
			return err
		}
		if page == nil {
			continue
		}
		faults, err := c.inVersion(s, t, h, i, files, page)
		if err != nil {
			return err
		}
		if !found || len(faults) < len(best) {
			found, best = true, faults
		}
	}
	if !found {
		best = []string{"no version of the day has the page"}
	}
	for _, why := range best {
		c.fail(s, why)
	}
	return c.ended(s, t, h, files, last)
}

func (c *checker) count(t *token) {
	if t == nil {
		c.withoutToken++
	} else {
		c.withToken++
	}
}

func (c *checker) inVersion(s *statement, t *token, h *history, i int, files []string, page []line) (faults []string, err error) {
	under := func(l line) bool { return slices.Contains(l.headings, s.cite.Section) }
	if !slices.ContainsFunc(page, under) {
		faults = append(faults, "the page has no such heading")
	}
	starts := s.cite.Date == s.span.Since
	if t == nil {
		if starts {
			faults = append(faults, "no token shows that the version is the first")
		}
		return faults, nil
	}
	switch hits := t.says(page); {
	case len(hits) == 0:
		faults = append(faults, "the page does not say it: "+t.where)
	case !slices.ContainsFunc(hits, under):
		faults = append(faults, fmt.Sprintf("the page says it under another heading, %q: %s", strings.Join(hits[0].headings, " / "), t.where))
	}
	if !starts || i == 0 {
		return faults, nil
	}
	before, err := c.anySays(t, h, i-1, files)
	if before {
		faults = append(faults, "the version before says it, too: "+t.where)
	}
	return faults, err
}

// ended checks that a statement whose end lies in the history is no longer made on that day, unless
// another one takes its place then.
func (c *checker) ended(s *statement, t *token, h *history, files []string, last string) error {
	until := s.span.Until.String()
	if until == "" || until > last || c.isFollowed(s) {
		return nil
	}
	days := h.on(until)
	if len(days) == 0 {
		c.fail(s, "it ends on "+until+", and there is no version of that day")
		return nil
	}
	if t == nil {
		return nil
	}
	for _, i := range days {
		if says, err := c.anySays(t, h, i, files); err != nil || !says {
			return err
		}
	}
	c.fail(s, "it ends on "+until+", and the version of that day says it: "+t.where)
	return nil
}

// anySays reports whether a page of the statement, or another one that the token names, has the token.
func (c *checker) anySays(t *token, h *history, i int, files []string) (bool, error) {
	for _, f := range slices.Concat(files, t.also) {
		page, err := c.page(h, i, []string{f})
		if err != nil || len(t.says(page)) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// page returns the lines of a page that has had several names, nil if the version has none of them.
func (c *checker) page(h *history, i int, files []string) ([]line, error) {
	for _, f := range files {
		text, err := h.text(i, f)
		if err != nil {
			return nil, err
		}
		if text == "" {
			continue
		}
		name := h.versions[i].commit + ":" + f
		if c.parsed[name] == nil {
			c.parsed[name] = parsePage(text)
		}
		return c.parsed[name], nil
	}
	return nil, nil
}
