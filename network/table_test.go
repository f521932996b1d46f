package network

import (
	"os"
	"slices"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	ruletest.Rules(t, documents, os.DirFS("."), ruleRows)

	var entries []ruletest.Entry
	for _, r := range rangeRows {
		entries = append(entries, ruletest.Entry{Key: r.region + " " + string(r.use) + " " + r.prefix.String(), Span: r.span, Cite: r.cite})
		if r.prefix != r.prefix.Masked() || !r.prefix.Addr().Is4() || r.prefix.Bits() < 8 {
			t.Errorf("%s: %s is not a masked IPv4 prefix of /8 or longer", r.region, r.prefix)
		}
		if r.region != all && !regionForm.MatchString(r.region) {
			t.Errorf("%q is not a Region", r.region)
		}
	}
	for _, r := range parentRows {
		entries = append(entries, ruletest.Entry{Key: "parent " + r.prefix.String(), Span: r.span, Cite: r.cite})
	}
	for _, r := range defaultRows {
		entries = append(entries, ruletest.Entry{Key: r.feature + " " + r.prefix.String(), Span: r.span, Cite: r.cite})
	}
	ruletest.Entries(t, documents, entries)

	for _, d := range documents {
		cited := slices.ContainsFunc(ruleRows, func(r rule.Row) bool { return r.Cite.Document == d.Key })
		for _, e := range entries {
			cited = cited || e.Cite.Document == d.Key
		}
		if !cited {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
}

// A Registration's bit sets hold eight candidates.
func TestCandidatesFit(t *testing.T) {
	for _, e := range Editions() {
		for _, row := range rangeRows {
			r, err := At(e)
			if err != nil {
				t.Fatal(err)
			}
			if n := len(r.appendCandidates(nil, row.region)); n > 8 {
				t.Errorf("%s on %s: %d candidates", row.region, e, n)
			}
		}
	}
}

func TestEditions(t *testing.T) {
	all := Editions()
	if !slices.IsSortedFunc(all, rule.Edition.Compare) || all[0].String() != "2018-02-03" || all[len(all)-1].String() != "2026-09-10" {
		t.Errorf("editions %v", all)
	}
	for date, ok := range map[string]bool{"2018-02-02": false, "2018-02-03": true, "2020-04-29": true, "2026-09-10": true, "2026-09-11": false} {
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
