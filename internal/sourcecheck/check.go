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
	copies       tokens                    // of statements that begin with a stored copy
	reworded     map[tokenKey]*rewording   // of forms of pages
	addresses    map[string]string         // of documents, by key
	stored       map[string]*history       // stored copies, by repository
	guides       map[string]*history       // of pages, by repository
	models       map[string]*history       // of the models, by file
	folder       string                    // of the texts of documents that no repository has; "" if there is none
	parsed       map[string][]line         // pages, by commit and path
	decoded      map[string]map[string]any // versions of the model, by commit and file
	begins       map[begin]bool
	single       map[begin]bool // days on which the only value of a name begins, by any document
	ends         map[begin]bool // days on which a statement of a row by a document ends

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
	c.guides, c.models, c.stored = map[string]*history{}, map[string]*history{}, map[string]*history{}
	for repository, dir := range clones {
		switch {
		case dir == "":
		case repository == sources.Model:
			err = c.openModels(dir)
		case repository == sources.DocsHistory || repository == sources.Docs:
			c.stored[repository], err = openHistory(dir)
		default:
			c.guides[repository], err = openHistory(dir)
		}
		if err != nil {
			return err
		}
	}
	if c.pages, err = parseTokens("pages.tsv", pageTokens, false); err != nil {
		return err
	}
	if c.reworded, err = parseReworded(rewordedText); err != nil {
		return err
	}
	if c.copies, err = parseTokens("copies.tsv", copyTokens, false); err == nil {
		c.model, err = parseTokens("model.tsv", modelTokens, true)
	}
	return err
}

// openModels opens the history of each model that a statement cites.
func (c *checker) openModels(dir string) (err error) {
	for _, s := range c.statements {
		p, _ := sources.Find(s.cite.Document)
		if p.Repository != sources.Model || c.models[p.Files[0]] != nil {
			continue
		}
		if c.models[p.Files[0]], err = openHistory(dir, p.Files[0]); err != nil {
			return err
		}
	}
	return nil
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
	c.unusedRewordings()
	for _, table := range []tokens{c.pages, c.copies, c.model} {
		for _, t := range table {
			if !t.used {
				c.failures = append(c.failures, fmt.Sprintf("%s | %s | %s | %s | no statement of the document begins on this day under this name: %s", t.pkg, t.row, t.since, t.document, t.where))
			}
		}
	}
	return nil
}

// begin notes on which days statements begin and end.
func (c *checker) begin() {
	c.begins, c.single, c.ends = map[begin]bool{}, map[begin]bool{}, map[begin]bool{}
	byDocument, byName := map[begin][]rule.Span{}, map[begin][]rule.Span{}
	for _, s := range c.statements {
		c.begins[begin{pkg: s.pkg, row: s.row(), day: s.span.Since}] = true
		c.ends[begin{s.pkg, s.row(), s.cite.Document, s.span.Until}] = true
		name := begin{pkg: s.pkg, row: s.name}
		byName[name] = append(byName[name], s.span)
		name.document = s.cite.Document
		byDocument[name] = append(byDocument[name], s.span)
	}
	single(byDocument, c.begins)
	single(byName, c.single)
}

// single notes the days on which spans of a name begin that has one value at a time.
func single(byName map[begin][]rule.Span, days map[begin]bool) {
	for name, spans := range byName {
		slices.SortFunc(spans, func(a, b rule.Span) int { return a.Since.Compare(b.Since) })
		alone := true
		for i, s := range spans[1:] {
			alone = alone && !spans[i].Contains(s.Since)
		}
		for _, s := range spans {
			name.day = s.Since
			days[name] = alone
		}
	}
}

// continues reports whether s goes on with what the same document said until then, in other words or
// beside other values: it is not the first to say it.
func (c *checker) continues(s *statement) bool {
	return c.ends[begin{s.pkg, s.row(), s.cite.Document, s.span.Since}]
}

// isFollowed reports whether another statement takes the place of s when it ends: the same by another
// document, another value of the name by the same, or by another if the name has one value at a time, or
// a rule that the parameter belongs to by another.
func (c *checker) isFollowed(s *statement) bool {
	byRule := func(r rule.Code) bool { return c.begins[begin{pkg: s.pkg, row: string(r), day: s.span.Until}] }
	return c.begins[begin{pkg: s.pkg, row: s.row(), day: s.span.Until}] || c.begins[begin{s.pkg, s.name, s.cite.Document, s.span.Until}] ||
		c.single[begin{pkg: s.pkg, row: s.name, day: s.span.Until}] || slices.ContainsFunc(s.rules, byRule)
}

func (c *checker) fail(s *statement, why string) {
	c.failures = append(c.failures, fmt.Sprintf("%s | %s | %s | %s, %q, %s | %s", s.pkg, s.row(), s.span.Since, s.cite.Document, s.cite.Section, s.cite.Date, why))
}

func (c *checker) statement(s *statement) error {
	if err := c.endedInCopies(s); err != nil {
		return err
	}
	page := c.pages.of(s)
	c.copies.of(s) // a form of a statement is used, whether or not there are copies
	p, ok := sources.Find(s.cite.Document)
	h := c.guides[p.Repository]
	if p.Repository == sources.Model {
		if m := c.models[p.Files[0]]; m != nil && s.cite.Date.String() <= m.newest() {
			return c.inModel(s, c.model.of(s), m, p.Files[0])
		}
	}
	if ok && h != nil {
		last, err := h.last(p.Files[len(p.Files)-1])
		if err != nil {
			return err
		}
		switch {
		case s.cite.Date.String() > last:
		case s.cite.Document == sources.History:
			return c.inHistory(s, page, h, p.Files)
		case page != nil && page.silent:
			return c.inSilence(s, page, h, p.Files)
		default:
			return c.inPages(s, page, h, p.Files, last)
		}
	}
	if found, err := c.inCopies(s); found || err != nil {
		return err
	}
	if found, err := c.inText(s, page); found || err != nil {
		return err
	}
	c.elsewhere[s.cite.Document]++
	return nil
}

// inPages holds a statement against the pages of a guide. last is the day of the last version.
func (c *checker) inPages(s *statement, t *token, h *history, files []string, last string) error {
	c.count(t)
	var page []line
	i, ok := h.on(s.cite.Date.String())
	if ok {
		var err error
		if page, err = c.page(h, i, files); err != nil {
			return err
		}
	}
	if page == nil {
		c.fail(s, "no version of the day has the page")
		return c.ended(s, t, h, files, last)
	}
	faults, err := c.inVersion(s, t, h, i, files, page)
	if err != nil {
		return err
	}
	for _, why := range faults {
		c.fail(s, why)
	}
	if t != nil {
		if err := c.earlier(s, t, h, i, func(i int) (bool, error) { return c.anySays(t, h, i, files) }); err != nil {
			return err
		}
	}
	if len(faults) == 0 {
		if err := c.goesOn(s, t, h, files); err != nil {
			return err
		}
	}
	return c.ended(s, t, h, files, last)
}

// guideOf reports whether there is a clone of the guide that has a document.
func (c *checker) guideOf(document string) bool {
	p, ok := sources.Find(document)
	return ok && c.guides[p.Repository] != nil
}

// inSilence holds a statement that a page does not speak of something against the page's versions as long
// as the statement holds: none has the token, and the first that has the heading is the one that is cited.
func (c *checker) inSilence(s *statement, t *token, h *history, files []string) error {
	c.count(t)
	under := func(l line) bool { return slices.Contains(l.headings, s.cite.Section) }
	cited := false
	for i, v := range h.versions {
		page, err := c.page(h, i, files)
		switch {
		case err != nil:
			return err
		case v.date < s.span.Since.String():
			if slices.ContainsFunc(page, under) {
				c.fail(s, "the version of "+v.date+" has the heading already")
				return nil
			}
		case s.span.Contains(rule.MustParseEdition(v.date)) && len(t.says(page)) > 0:
			c.fail(s, "the version of "+v.date+" speaks of it: "+t.where)
			return nil
		case v.date == s.cite.Date.String():
			cited = slices.ContainsFunc(page, under)
		}
	}
	if !cited {
		c.fail(s, "no version of the day has that heading")
	}
	s.shown = shown(files[len(files)-1], []string{s.cite.Section}, "nothing, in no version of the clone from that day on")
	return nil
}

// isGap reports whether a statement is that no version was read in a time: it cites the last one before.
func isGap(s *statement) bool {
	return strings.HasSuffix(s.name, "not read") || strings.HasSuffix(s.row(), "no version was read")
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
		} else if !isGap(s) {
			faults = append(faults, "no token shows that the version that is cited is the first")
		}
		return faults, nil
	}
	hits := t.says(page)
	switch at := slices.IndexFunc(hits, under); {
	case len(hits) == 0:
		faults = append(faults, "the page does not say it: "+t.where)
	case at < 0:
		faults = append(faults, fmt.Sprintf("the page says it under another heading, %q: %s", strings.Join(hits[0].headings, " / "), t.where))
	default:
		file, _, _ := h.named(i, files) // which the page was read from
		s.shown = shown(h.versions[i].commit[:9]+" "+file, hits[at].headings, hits[at].text)
	}
	if i == 0 || starts && c.continues(s) {
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
	i, ok := h.on(until)
	if !ok {
		c.fail(s, "it ends on "+until+", and there is no version of that day")
		return nil
	}
	if t == nil {
		return nil
	}
	if says, err := c.anySays(t, h, i, files); err != nil || !says {
		return err
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

// page returns the lines of a page that has had several names, nil if the version has none of them. The
// newest name counts: when a page is cut into several, the old name stays for their table of contents.
func (c *checker) page(h *history, i int, files []string) ([]line, error) {
	file, text, err := h.named(i, files)
	if err != nil || text == "" {
		return nil, err
	}
	name := h.versions[i].commit + ":" + file
	if c.parsed[name] == nil {
		c.parsed[name] = parsePage(text)
	}
	return c.parsed[name], nil
}
