package bundles

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

// entries are the rows of every table but that of the rules.
func entries() (list []ruletest.Entry) {
	add := func(s rule.Span, c rule.Citation, key ...any) {
		list = append(list, ruletest.Entry{Key: fmt.Sprint(key...), Span: s, Cite: c})
	}
	for _, r := range ceilingRows {
		add(r.span, r.cite, "ceiling")
	}
	for _, r := range groupRows {
		add(r.span, r.cite, "group ", r.SizeGroup)
	}
	for _, r := range minimumRows {
		add(r.span, r.cite, "minimum ", r.name)
	}
	for _, r := range computeRows {
		add(r.span, r.Cite, "compute type ", r.Name)
	}
	for _, r := range retirementRows {
		add(r.span, r.cite, "retirement ", r.name)
	}
	for _, r := range freeRows {
		add(r.span, r.cite, "free switches")
	}
	for _, r := range familyRows {
		add(r.span, r.cite, "family ", r.family)
	}
	for _, r := range waitRows {
		add(r.span, r.cite, "wait ", r.wait)
	}
	for _, r := range stateRows {
		add(r.span, r.cite, "states ", r.op, r.says, r.mode)
	}
	for _, r := range modeRows {
		add(r.span, r.cite, "modes ", r.op)
	}
	for _, r := range busyRows {
		add(r.span, r.cite, "busy ", r.op)
	}
	for _, r := range offerRows {
		add(r.span, r.cite, "offer ", r.system)
	}
	for _, r := range nameRows {
		add(r.span, r.cite, "name ", r.kind)
	}
	for _, r := range idRows {
		add(r.span, r.cite, "id ", r.kind, r.prefix)
	}
	for _, r := range linuxRows {
		add(r.span, r.cite, "linux user")
	}
	for _, r := range passwordRows {
		add(r.span, r.cite, "password ", r.tutorial)
	}
	for _, r := range maintenanceRows {
		add(r.span, r.cite, "maintenance ", r.mode)
	}
	for _, r := range quotaRows {
		add(r.span, r.Cite, "quota ", r.Cite.Document, r.Name)
	}
	for _, r := range imageTestRows {
		add(r.span, r.Cite, "image test ", r.Number)
	}
	for _, r := range imageRequirementRows {
		add(r.span, r.Cite, "image of ", r.System, ": ", r.What)
	}
	return list
}

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	ruletest.Rules(t, documents, os.DirFS("."), ruleRows)
	all := entries()
	ruletest.Entries(t, documents, all)

	for _, d := range documents {
		cited := slices.ContainsFunc(ruleRows, func(r rule.Row) bool { return r.Cite.Document == d.Key }) ||
			slices.ContainsFunc(all, func(e ruletest.Entry) bool { return e.Cite.Document == d.Key })
		if !cited {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
	for _, r := range minimumRows {
		if r.root <= 0 || r.user <= 0 {
			t.Errorf("minimum of %s: %d/%d", r.name, r.root, r.user)
		}
	}
	for _, r := range stateRows {
		if !slices.Contains(operations, r.op) || len(r.states) == 0 {
			t.Errorf("states of %q: %v", r.op, r.states)
		}
	}
}

// Every end of a row is an edition, so that no change lies between two of them.
func TestEditionsCoverTables(t *testing.T) {
	for _, e := range entries() {
		for _, d := range []rule.Edition{e.Span.Since, e.Span.Until} {
			if d != (rule.Edition{}) && !slices.Contains(editions(), d) {
				t.Errorf("%s begins or ends on %s, which is no edition", e.Key, d)
			}
		}
	}
	first, last := editions()[0], newest()
	if first != rule.MustParseEdition(readFAQ) || last != rule.MustParseEdition(lastReading) {
		t.Errorf("editions from %s to %s", first, last)
	}
	got := Editions()
	got[0] = rule.Edition{}
	if Editions()[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	if r, err := At(last); err != nil || r != Newest() {
		t.Errorf("At(newest) = %v, %v", r, err)
	}
	for _, date := range []string{"2017-12-30", "2026-09-11"} {
		if r, err := At(rule.MustParseEdition(date)); err == nil {
			t.Errorf("At(%s) = %v", date, r)
		}
	}
}

// Level, span and source of every row, to be held against the documents.
func TestRowsGolden(t *testing.T) {
	var b strings.Builder
	line := func(what string, s rule.Span, c rule.Citation) {
		fmt.Fprintf(&b, "%-66s %10s %10s  %s, %q, %s\n", what, s.Since, s.Until, c.Document, c.Section, c.Date)
	}
	for _, r := range ruleRows {
		line(string(r.Code)+" "+string(r.Level), r.Span, r.Cite)
	}
	for _, e := range entries() {
		line(e.Key, e.Span, e.Cite)
	}
	ruletest.Golden(t, "testdata/rows.txt", []byte(b.String()))
}
