package main

import (
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/sources"
	"github.com/wksgo/wks/rule"
)

// storedPages returns a repository of stored copies that has a page in some of the commits of the readings: its text
// by day and place among the commits of that day.
func storedPages(path string, texts map[string][]string) map[string]*history {
	h := &history{texts: map[string]string{}}
	at := map[string]int{}
	for _, r := range sources.Readings {
		for _, commit := range r.Commits {
			text := ""
			if i := at[r.Day]; i < len(texts[r.Day]) && r.Stored == sources.DocsHistory {
				text = texts[r.Day][i]
				at[r.Day]++
			}
			h.texts[commit+":"+path] = text
		}
	}
	return map[string]*history{sources.DocsHistory: h}
}

// A statement begins with the first stored copy that says it, and ends with one whose last copy of the day does not.
func TestCopies(t *testing.T) {
	const (
		path  = "docs/workspaces/latest/adminguide/modify-workspaces.md"
		forms = "bundles\tadmin-guide-modify\t2026-03-11\twait\tup to 40 minutes\nbundles\tadmin-guide-modify\t2025-10-21\twait\tup to 20 minutes\n"
	)
	starts, twenty := modify("wait", "40 min", "Protocols", "2026-03-11", ""), modify("wait", "20 min", "Protocols", "2025-10-21", "2026-03-11")
	alone := twenty
	alone.span.Until = rule.MustParseEdition("2026-02-05")
	both := []statement{twenty, starts}
	old, now := "It takes up\nto 20 minutes.\n", "It takes up\n\nto  40\nminutes.\n"
	for name, tt := range map[string]struct {
		list  []statement
		texts map[string][]string
		want  string
	}{
		"sound":                       {both, map[string][]string{"2025-10-21": {old}, "2026-02-05": {old}, "2026-03-11": {now}, "2026-05-15": {now}}, ""},
		"an older copy says it":       {both, map[string][]string{"2025-10-21": {old}, "2026-02-05": {old, now}, "2026-03-11": {now}}, "the copy ac13cd122 of 2026-02-05 says it, too: c:1"},
		"none of its day says it":     {both, map[string][]string{"2025-10-21": {old}, "2026-03-11": {old}, "2026-05-15": {now}}, "no copy of the day says it: c:1"},
		"it ends, and is still there": {[]statement{alone, starts}, map[string][]string{"2025-10-21": {old}, "2026-02-05": {"", old}, "2026-03-11": {now}}, "it ends on 2026-02-05, and the copy 226e2e1a3 of that day says it: c:2"},
		"it ends with the last":       {[]statement{alone, starts}, map[string][]string{"2025-10-21": {old}, "2026-02-05": {old, "Soon."}, "2026-03-11": {now}}, ""},
	} {
		// The first text of 2026-02-05 is that of 74f0fc62, the second of ac13cd12, the third of 226e2e1a.
		if name == "it ends, and is still there" {
			tt.texts["2026-02-05"] = []string{old, old, old}
		}
		c := &checker{
			statements: tt.list, copies: tokensOf(t, forms, false), stored: storedPages(path, tt.texts),
			addresses: map[string]string{"admin-guide-modify": "https://docs.aws.amazon.com/workspaces/latest/adminguide/modify-workspaces.html"},
		}
		for _, k := range c.copies {
			k.where = strings.Replace(k.where, "p:", "c:", 1)
		}
		if err := c.check(); err != nil {
			t.Fatal(err)
		}
		if tt.want == "" && (len(c.failures) > 0 || c.withToken != 2 || c.statements[1].shown == "") || tt.want != "" && (len(c.failures) != 1 || !strings.HasSuffix(c.failures[0], tt.want)) {
			t.Errorf("%s: %q, %d with a form, want %q", name, c.failures, c.withToken, tt.want)
		}
		c.stored, c.failures = nil, nil
		if err := c.check(); err != nil || len(c.failures) > 0 || c.elsewhere["admin-guide-modify"] != 2 {
			t.Errorf("%s, without the copies: %q, %v, %v", name, c.failures, c.elsewhere, err)
		}
	}
}

// A statement of a page of the guide that begins with a copy after the first has a form, unless it goes on with
// another value of a name that the page had until then.
func TestEachCopiedRowHasItsForm(t *testing.T) {
	c := &checker{statements: statements(), addresses: addresses()}
	if err := c.read(nil); err != nil {
		t.Fatal(err)
	}
	first := sources.Readings[0].Day
	before := map[begin]bool{}
	for _, s := range c.statements {
		before[begin{s.pkg, s.name, s.cite.Document, s.span.Until}] = true
	}
	seen := 0
	for i := range c.statements {
		s := &c.statements[i]
		has := c.copies.of(s) != nil
		day := s.cite.Date.String()
		if !strings.HasPrefix(s.cite.Document, "admin-guide-") || s.cite.Document == sources.History || s.cite.Date != s.span.Since || day <= first {
			continue
		}
		if !sources.IsReading(day) {
			t.Errorf("%s | %s | %s: no copy has that day", s.pkg, s.row(), day)
		}
		if sources.CopyOf(c.addresses[s.cite.Document]) == "" {
			t.Errorf("%s has no address of a page", s.cite.Document)
		}
		if has {
			seen++
			continue
		}
		if !before[begin{s.pkg, s.name, s.cite.Document, s.span.Since}] {
			t.Errorf("%s | %s | %s | %s: no form shows that the copy is the first", s.pkg, s.row(), day, s.cite.Document)
		}
	}
	for _, k := range c.copies {
		if !k.used {
			t.Errorf("%s: no statement: %s | %s | %s | %s", k.where, k.pkg, k.row, k.since, k.document)
		}
	}
	if seen < 200 {
		t.Errorf("%d statements have a form", seen)
	}
}
