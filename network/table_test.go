package network

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
	for _, r := range quotaRows {
		entries = append(entries, ruletest.Entry{Key: "quota " + r.Cite.Document, Span: r.span, Cite: r.Cite})
	}
	for _, r := range endpointRows {
		key := fmt.Sprint(r.region, " ", r.purpose, " ", r.protocol, " ", r.unsupported)
		entries = append(entries, ruletest.Entry{Key: key + fmt.Sprint(r.ranges), Span: r.span, Cite: r.cite})
		if !regionForm.MatchString(r.region) || (len(r.ranges) == 0) != r.unsupported || (r.protocol != "") != (r.purpose == Gateways) {
			t.Errorf("%s is not a sound row", key)
		}
	}
	for _, r := range append(slices.Clone(httpsRows), acceleratorIPv6) {
		entries = append(entries, ruletest.Entry{Key: "https " + r.service + " " + r.region, Span: r.span, Cite: r.cite})
	}
	for i, p := range portRows {
		entries = append(entries, ruletest.Entry{Key: fmt.Sprint("port ", p.Interface, " ", p.Direction, " ", p.Transport, " ", p.From, " ", p.Kind, " ", p.Protocol, " ", p.Remote), Span: p.Span, Cite: p.Cite})
		if p.From > p.To || p.Transport != "tcp" && p.Transport != "udp" || p.Purpose == "" {
			t.Errorf("port row %d: %+v", i, p)
		}
	}
	for _, r := range zoneRows {
		entries = append(entries, ruletest.Entry{Key: fmt.Sprint("zones ", r.region, " ", r.kind), Span: r.span, Cite: r.cite})
	}
	for _, r := range bandRows {
		entries = append(entries, ruletest.Entry{Key: fmt.Sprint("band ", r.protocol, " ", r.quality), Span: r.span, Cite: r.cite})
		if r.to != 0 && r.to <= r.from {
			t.Errorf("band from %s to %s", r.from, r.to)
		}
	}
	for _, r := range autoAssignRows {
		entries = append(entries, ruletest.Entry{Key: "auto-assign " + r.document, Span: r.span, Cite: r.cite})
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

// Level, span and source of every row, to be held against the documents.
func TestRowsGolden(t *testing.T) {
	var b strings.Builder
	line := func(what string, s rule.Span, c rule.Citation) {
		fmt.Fprintf(&b, "%-62s %10s %10s  %s, %q, %s\n", what, s.Since, s.Until, c.Document, c.Section, c.Date)
	}
	for _, r := range ruleRows {
		line(string(r.Code)+" "+string(r.Level), r.Span, r.Cite)
	}
	for _, r := range rangeRows {
		what := fmt.Sprint(r.region, " ", r.use, " ", r.prefix)
		if r.firstSeen {
			what += " first seen"
		}
		line(what, r.span, r.cite)
	}
	for _, r := range parentRows {
		line("parent "+r.prefix.String(), r.span, r.cite)
	}
	for _, r := range defaultRows {
		line(r.prefix.String()+" "+r.feature, r.span, r.cite)
	}
	for _, r := range quotaRows {
		line(fmt.Sprintf("IP groups %d/%d/%d by %s", r.Groups, r.Rules, r.PerDirectory, r.Scope), r.span, r.Cite)
	}
	for _, r := range endpointRows {
		what := fmt.Sprint(r.region, " ", r.purpose, " ", r.protocol)
		if r.suspect {
			what += " suspect"
		}
		if r.unsupported {
			what += " unsupported"
		}
		line(what, r.span, r.cite)
	}
	for _, r := range append(slices.Clone(httpsRows), acceleratorIPv6) {
		line("https "+r.service+" "+r.region, r.span, r.cite)
	}
	for _, p := range portRows {
		line(fmt.Sprint(p.Interface, " ", p.Direction, " ", p.Transport, " ", p.From, "-", p.To, " ", p.Kind, " ", p.Protocol, " ", p.Remote, " ", p.Purpose), p.Span, p.Cite)
	}
	for _, r := range zoneRows {
		line(fmt.Sprint("zones ", r.region, " ", r.kind), r.span, r.cite)
	}
	for _, r := range bandRows {
		line(fmt.Sprint("band ", r.protocol, " ", r.quality), r.span, r.cite)
	}
	for _, r := range autoAssignRows {
		line(fmt.Sprint("IPv6 auto-assign ", r.refused), r.span, r.cite)
	}
	ruletest.Golden(t, "testdata/rows.txt", []byte(b.String()))
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
	var dates []string
	for _, e := range all {
		dates = append(dates, e.String())
	}
	want := []string{
		"2018-02-03", "2018-04-03", "2018-04-18", "2018-05-02", "2018-06-29", "2019-01-08", "2019-03-25", "2019-09-24", "2019-10-25", "2019-11-26", "2020-03-31", "2020-04-29",
		"2020-06-04", "2020-07-08", "2020-09-01", "2020-09-03", "2020-09-22", "2020-12-23", "2021-01-23", "2021-02-20", "2021-03-09",
		"2021-09-03", "2022-09-02",
		"2025-10-09", "2025-10-21", "2026-09-10",
	}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
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
