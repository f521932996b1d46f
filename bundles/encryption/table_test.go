package encryption

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	ruletest.Rules(t, documents, os.DirFS("."), ruleRows)

	var entries []ruletest.Entry
	for _, r := range limitRows {
		entries = append(entries, ruletest.Entry{Key: string(r.Scope), Span: r.span, Cite: r.Cite})
		if r.Value <= 0 {
			t.Errorf("%s since %s: %d", r.Scope, r.span.Since, r.Value)
		}
	}
	for _, r := range grantRows {
		entries = append(entries, ruletest.Entry{Key: "grants", Span: r.span, Cite: r.cite})
		if r.perWorkSpace+r.perVolume != leastGrants {
			t.Errorf("since %s a WorkSpace has at least %d grants, not %d", r.span.Since, r.perWorkSpace+r.perVolume, leastGrants)
		}
	}
	for _, r := range policyRows {
		entries = append(entries, ruletest.Entry{Key: string(r.part), Span: r.span, Cite: r.cite})
		for _, a := range r.actions {
			if !strings.HasPrefix(a, "kms:") {
				t.Errorf("%s: action %q", r.part, a)
			}
		}
	}
	ruletest.Entries(t, documents, entries)

	for _, d := range documents {
		cited := slices.ContainsFunc(ruleRows, func(r rule.Row) bool { return r.Cite.Document == d.Key })
		if !cited && !slices.ContainsFunc(entries, func(e ruletest.Entry) bool { return e.Cite.Document == d.Key }) {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
}

// Limits are listed by scope in the order of the constants, and a limit by grants comes with
// what a WorkSpace takes of it.
func TestLimitRowsAreOrdered(t *testing.T) {
	scopes := []LimitScope{WorkSpacesPerKey, GrantsPerGrantee, GrantsPerKey, KeyPolicyBytes}
	if !slices.IsSortedFunc(limitRows, func(a, b limitRow) int { return slices.Index(scopes, a.Scope) - slices.Index(scopes, b.Scope) }) {
		t.Error("limitRows are not in the order of the scopes")
	}
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := r.Grants(true, true); !ok && (r.limit(GrantsPerGrantee) != nil || r.limit(GrantsPerKey) != nil) {
			t.Errorf("on %s there is a limit of grants, and the grants of a WorkSpace are not known", e)
		}
	}
}

// Every edition that has a part of the policies has all that go with it.
func TestPolicyPartsAreComplete(t *testing.T) {
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []part{accountPart, managePart, usePart, servicesPart, launchPart} {
			if has := r.statement(p, nil) != nil; has != (r.knownPolicies() == nil) {
				t.Errorf("%s on %s: %t", p, e, has)
			}
		}
	}
}

// Level, span and source of every row, to be held against the documents.
func TestRowsGolden(t *testing.T) {
	var b strings.Builder
	line := func(what string, s rule.Span, c rule.Citation) {
		fmt.Fprintf(&b, "%-50s %10s %10s  %s, %q, %s\n", what, s.Since, s.Until, c.Document, c.Section, c.Date)
	}
	for _, r := range ruleRows {
		line(string(r.Code)+" "+string(r.Level), r.Span, r.Cite)
	}
	for _, r := range limitRows {
		line(fmt.Sprint(r.Scope, " ", r.Value, " AWS managed: ", r.AWSManaged), r.span, r.Cite)
	}
	for _, r := range grantRows {
		line(fmt.Sprint("grants ", r.perWorkSpace, " and for each volume ", r.perVolume), r.span, r.cite)
	}
	for _, r := range policyRows {
		line(fmt.Sprint(r.part, " ", len(r.actions)), r.span, r.cite)
	}
	ruletest.Golden(t, "testdata/rows.txt", []byte(b.String()))
}

func TestEditions(t *testing.T) {
	all := Editions()
	var dates []string
	for _, e := range all {
		dates = append(dates, e.String())
	}
	want := []string{
		"2017-11-15", "2017-12-31", "2019-03-28", "2020-03-31", "2020-04-29", "2020-05-30", "2020-10-29", "2020-12-17",
		"2021-01-23", "2021-04-03", "2021-04-07", "2025-10-21", "2026-09-10",
	}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	docs := Documents()
	docs[0] = rule.Document{}
	if docs = Documents(); docs[0] == (rule.Document{}) {
		t.Error("Documents is not a copy")
	}
	for date, ok := range map[string]bool{"2017-11-14": false, "2017-11-15": true, "2020-04-29": true, "2026-09-10": true, "2026-09-11": false} {
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
