package migrate

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func entries() (all []ruletest.Entry) {
	add := func(key string, s rule.Span, c rule.Citation) {
		all = append(all, ruletest.Entry{Key: key, Span: s, Cite: c})
	}
	for _, s := range scenarioRows {
		add("scenario "+s.text, s.span, s.cite)
	}
	for _, s := range limitRows {
		add("limit "+s.text, s.span, s.cite)
	}
	for _, r := range labelRows {
		add(fmt.Sprint("label ", r.os), r.span, r.cite)
	}
	for _, r := range groupRows {
		add(fmt.Sprint("group ", r.rootMin, " ", r.userMin), r.span, r.cite)
	}
	for _, r := range effectRows {
		add("effect "+string(r.System)+" "+r.Thing, r.span, r.Cite)
	}
	for _, r := range noteRows {
		add("note "+string(r.note), r.span, r.cite)
	}
	for _, r := range figureRows {
		add("figure "+string(r.figure), r.span, r.cite)
	}
	for _, r := range stepRows {
		add("step "+string(r.step), r.span, r.cite)
	}
	for _, r := range windowRows {
		add("window "+string(r.mode), r.span, r.cite)
	}
	return all
}

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	ruletest.Rules(t, documents, os.DirFS("."), ruleRows)
	all := entries()
	ruletest.Entries(t, documents, all)
	for _, d := range documents {
		cited := slices.ContainsFunc(ruleRows, func(r rule.Row) bool { return r.Cite.Document == d.Key })
		for _, e := range all {
			cited = cited || e.Cite.Document == d.Key
		}
		if !cited {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
	for _, s := range slices.Concat(scenarioRows, limitRows) {
		if s.text == "" || len(s.pairs) == 0 && s.also == none {
			t.Errorf("%q speaks of every pair", s.text)
		}
	}
	for _, s := range limitRows {
		if (s.verdict == rule.Denied) != (s.code != "") || (s.code != "") != (s.path != "") {
			t.Errorf("%q: verdict %s, code %q, path %q", s.text, s.verdict, s.code, s.path)
		}
	}
	for _, s := range scenarioRows {
		if s.verdict == rule.Undocumented || len(s.pairs) == 0 {
			t.Errorf("%q is no row of a table", s.text)
		}
	}
	for i := range effectRows {
		if i > 0 && rank(effectRows[i].Fate) < rank(effectRows[i-1].Fate) {
			t.Errorf("effect %q is out of order", effectRows[i].Thing)
		}
	}
	for _, g := range groupRows {
		if g.rootMin > g.rootMax || g.userMin > g.userMax || g.rootMin < 1 || g.userMin < 1 {
			t.Errorf("group %+v", g)
		}
	}
}

func rank(f Fate) int { return slices.Index([]Fate{Lost, New, Kept, Open}, f) }

// A Decision has a bit for each statement, and no two rows of a table contradict each other.
func TestMatrices(t *testing.T) {
	for i, m := range matrices() {
		e := editions()[i]
		if len(m.statements) > 64 {
			t.Errorf("%s: %d statements", e, len(m.statements))
		}
		if m.unlisted.Document == "" || m.unlisted.Date.Compare(e) > 0 {
			t.Errorf("%s: cites %v for what is not listed", e, m.unlisted)
		}
		for i, a := range m.statements[:m.scenarios] {
			for _, b := range m.statements[:i] {
				for _, p := range a.pairs {
					for _, q := range b.pairs {
						if a.verdict != b.verdict && a.also == none && b.also == none && p.source.meets(q.source) && p.target.meets(q.target) {
							t.Errorf("%s: %q and %q", e, a.text, b.text)
						}
					}
				}
			}
		}
	}
}

// meets tells whether a desktop can be at both ends.
func (e end) meets(f end) bool {
	meet := func(a, b set) bool { return a == 0 || b == 0 || a&b != 0 }
	return meet(e.os, f.os) && meet(e.license, f.license) && meet(e.protocol, f.protocol) && meet(e.compute, f.compute)
}

// Level, span and source of every row, to be held against the documents.
func TestRowsGolden(t *testing.T) {
	var b strings.Builder
	line := func(what string, s rule.Span, c rule.Citation) {
		fmt.Fprintf(&b, "%-86s %10s %10s  %s, %q, %s\n", what, s.Since, s.Until, c.Document, c.Section, c.Date)
	}
	for _, r := range ruleRows {
		line(string(r.Code)+" "+string(r.Level), r.Span, r.Cite)
	}
	for _, s := range slices.Concat(scenarioRows, limitRows) {
		line(s.verdict.String()+": "+s.text, s.span, s.cite)
	}
	for _, e := range entries() {
		if kind, _, _ := strings.Cut(e.Key, " "); kind != "scenario" && kind != "limit" {
			line(e.Key, e.Span, e.Cite)
		}
	}
	ruletest.Golden(t, "testdata/rows.txt", []byte(b.String()))
}

func TestEditions(t *testing.T) {
	all := Editions()
	var dates []string
	for _, e := range all {
		dates = append(dates, e.String())
	}
	want := []string{"2020-01-10", "2020-03-31", "2020-04-01", "2020-04-29", "2020-06-04", "2020-10-28", "2021-01-23", "2021-05-07", "2021-06-02",
		"2021-09-03", "2022-09-02", "2026-03-31", "2026-09-10"}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	for date, ok := range map[string]bool{"2020-01-09": false, "2020-01-10": true, "2024-02-29": true, "2026-09-10": true, "2026-09-11": false} {
		e := rule.MustParseEdition(date)
		r, err := At(e)
		if (err == nil) != ok || ok && r.Edition() != e {
			t.Errorf("At(%s): %v, %v", date, r, err)
		}
	}
	if last, err := At(all[len(all)-1]); err != nil || last != Newest() {
		t.Errorf("At(newest) = %v, %v", last, err)
	}
}
