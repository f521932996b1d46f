package network

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// What the tests of every book do not check.
func TestRowsAreSound(t *testing.T) {
	for _, r := range rangeTable.Rows {
		if r.prefix != r.prefix.Masked() || !r.prefix.Addr().Is4() || r.prefix.Bits() < 8 {
			t.Errorf("%s: %s is not a masked IPv4 prefix of /8 or longer", r.region, r.prefix)
		}
		if r.region != all && !facts.IsRegion(r.region) {
			t.Errorf("%q is not a Region", r.region)
		}
	}
	for _, r := range endpointTable.Rows {
		if !facts.IsRegion(r.region) || (len(r.ranges) == 0) != (r.unsupported || r.lost) || (r.protocol != "") != (r.purpose == Gateways) {
			t.Errorf("%+v is not a sound row", r)
		}
	}
	for _, p := range portTable.Rows {
		if p.From > p.To || p.Transport != "tcp" && p.Transport != "udp" || p.Purpose == "" {
			t.Errorf("%+v is not a sound row", p)
		}
	}
	for _, b := range bandTable.Rows {
		if b.to != 0 && b.to <= b.from {
			t.Errorf("%+v is not a sound row", b)
		}
	}
}

// A citation names a heading of the version that it cites. The file in testdata is drawn from the
// pages. What it does not have is a part of the API, and what third parties wrote.
func TestHeadings(t *testing.T) {
	others := []string{modifyAPI, serviceModel, fsxIssue}
	text, err := os.ReadFile("testdata/headings.txt")
	if err != nil {
		t.Fatal(err)
	}
	headings, versions, used := map[rule.Citation]bool{}, map[rule.Citation]bool{}, map[rule.Citation]bool{}
	for line := range strings.Lines(string(text)) {
		if line[0] == '#' {
			continue
		}
		head, list, _ := strings.Cut(strings.TrimSpace(line), " | ")
		f := strings.Fields(head)
		version := rule.Citation{Document: f[0], Date: rule.MustParseEdition(f[1])}
		versions[version] = true
		for h := range strings.SplitSeq(list, " | ") {
			version.Section = h
			headings[version] = true
		}
	}
	var cites []rule.Citation
	for _, e := range book.Entries() {
		cites = append(cites, e.Dated.Cite)
	}
	for _, r := range book.Rules {
		for _, v := range r.Revisions {
			cites = append(cites, v.Cite)
		}
	}
	for _, c := range cites {
		used[rule.Citation{Document: c.Document, Date: c.Date}] = true
		if headings[c] == slices.Contains(others, c.Document) {
			t.Errorf("%+v: no such heading", c)
		}
	}
	for v := range versions {
		if !used[v] {
			t.Errorf("%s of %s: nothing cites it", v.Document, v.Date)
		}
	}
}

// A Registration's bit sets hold eight candidates.
func TestCandidatesFit(t *testing.T) {
	for _, e := range Editions() {
		r, err := At(e)
		if err != nil {
			t.Fatal(err)
		}
		for region, c := range r.s.candidates {
			if len(c.prefixes) > 8 {
				t.Errorf("%s on %s: %d candidates", region, e, len(c.prefixes))
			}
		}
	}
}

func TestEditions(t *testing.T) {
	all := Editions()
	all[0] = rule.Edition{}
	if all = Editions(); all[0] == (rule.Edition{}) {
		t.Error("Editions is not a copy")
	}
	for date, ok := range map[string]bool{"2018-02-02": false, "2018-02-03": true, "2020-04-29": true, "2023-01-01": true, "9999-12-31": false} {
		e := rule.MustParseEdition(date)
		r, err := At(e)
		if (err == nil) != ok || ok && r.Edition() != e {
			t.Errorf("At(%s): %v, %v", date, r, err)
		}
	}
	if last, err := At(Newest().Edition()); err != nil || last != Newest() {
		t.Errorf("At(newest) = %v, %v", last, err)
	}
}
