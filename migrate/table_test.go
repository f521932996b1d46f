package migrate

import (
	"os"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestBook(t *testing.T) {
	ruletest.Book(t, &book, os.DirFS("."))
	ruletest.Zero(t, Rules{})
	for _, s := range slices.Concat(scenarios.Rows, limits.Rows) {
		if s.text == "" || len(s.pairs) == 0 && s.also == none {
			t.Errorf("%q speaks of every pair", s.text)
		}
	}
	for i, s := range limits.Rows {
		if (s.verdict == rule.Denied) != (s.code != "") || (s.code != "") != (s.path != "") {
			t.Errorf("%q: verdict %s, code %q, path %q", s.text, s.verdict, s.code, s.path)
		}
		if s.other != (rule.Citation{}) && limits.Rows[i+1].Cite != s.other {
			t.Errorf("%q is contradicted by %v, and %v follows", s.text, s.other, limits.Rows[i+1].Cite)
		}
	}
	for _, s := range scenarios.Rows {
		if s.verdict == rule.Undocumented || len(s.pairs) == 0 {
			t.Errorf("%q is no row of a table", s.text)
		}
	}
	rank := func(f Fate) int { return slices.Index([]Fate{Lost, New, Kept, NotDocumented}, f) }
	if !slices.IsSortedFunc(effects.Rows, func(a, b effectRow) int { return rank(a.Fate) - rank(b.Fate) }) {
		t.Error("effects are out of order")
	}
}

// A matrix has a bit for each statement and each pair, and no two rows of a table contradict each
// other.
func TestMatrices(t *testing.T) {
	for _, e := range Editions() {
		m := newMatrix(e)
		if len(m.statements) > 64 || len(m.of) > 63 {
			t.Errorf("%s: %d statements, %d pairs", e, len(m.statements), len(m.of))
		}
		if m.unlisted.Document == "" || m.unlisted.Date.Compare(e) > 0 {
			t.Errorf("%s: cites %v for what is not listed", e, m.unlisted)
		}
		for i, a := range m.statements[:m.scenarios] {
			for _, b := range m.statements[:i] {
				for _, p := range a.pairs {
					for _, q := range b.pairs {
						if a.verdict != b.verdict && a.also == none && b.also == none && p.source.meets(q.source, m.labels) && p.target.meets(q.target, m.labels) {
							t.Errorf("%s: %q and %q", e, a.text, b.text)
						}
					}
				}
			}
		}
	}
}

// meets tells whether a desktop can be at both ends.
func (e end) meets(f end, labels set) bool {
	meet := func(a, b set) bool { return a == 0 || b == 0 || a&b != 0 }
	systems := func(os set) set {
		if os&generations != 0 {
			return os&^generations | labels
		}
		return os
	}
	return meet(systems(e.os), systems(f.os)) && meet(e.license, f.license) && meet(e.protocol, f.protocol) && meet(e.compute, f.compute)
}

func TestEditions(t *testing.T) {
	var dates []string
	for _, e := range Editions() {
		dates = append(dates, e.String())
	}
	want := []string{"2020-01-10", "2020-02-06", "2020-03-31", "2020-04-01", "2020-06-04", "2020-09-03", "2020-10-28", "2020-12-01", "2021-01-23", "2021-03-09", "2021-05-07", "2021-06-02",
		"2021-09-03", "2022-09-02", "2024-08-06", "2025-10-21", "2025-10-31", "2025-11-01", "2026-02-05", "2026-03-11", "2026-05-15", "2026-06-30", "2026-08-25", "2026-09-10"}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
}

// What is returned is the caller's to change.
func TestResultsAreCopies(t *testing.T) {
	rules := Newest()
	rules.MovedFolders()[0] = ""
	rules.Effects(Windows)[0].Thing = ""
	Documents()[0].Key = ""
	if rules.MovedFolders()[0] == "" || rules.Effects(Windows)[0].Thing == "" || Documents()[0].Key == "" {
		t.Error("a result was not a copy")
	}
}

// Each end of a document is that of a system or a protocol which a bit stands for, so that none is lost or
// told of another.
func TestEachEndHasItsBit(t *testing.T) {
	newest := snapshots.Newest()
	told := 0
	for _, row := range facts.Ends.On(Newest().Edition()) {
		d := Desktop{OS: types.OperatingSystemName(row.Name), Protocol: types.Protocol(row.Name)}
		target := d.traits()
		var end targetEnd
		switch {
		case row.Kind == facts.EndOfSystem && systemNames[target[theOS]] == d.OS:
			end = newest.ends.ofSystem[number(target[theOS])]
		case row.Kind == facts.EndOfProtocol && protocolNames[target[theProtocol]] == d.Protocol:
			end = newest.ends.ofProtocol[number(target[theProtocol])]
		case row.Kind == facts.EndOfPools:
			continue
		}
		if end.Deadline == nil || end.What != row.What || end.Day.String() != row.Last {
			t.Errorf("%s: %v", row.Name, end)
		}
		told++
	}
	if told < 12 {
		t.Errorf("%d ends", told)
	}
}

// A statement whose relation is about a subject that a question does not tell of would not apply either if
// its relation were asked.
func TestIdleStatementsDoNotApply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(Editions()).Draw(t, "edition")
		m := newMatrix(e)
		desktop := func(name string) *Desktop {
			draw := func(field string, values ...string) string {
				return rapid.SampledFrom(append(values, "")).Draw(t, name+" "+field)
			}
			return &Desktop{
				OS:       types.OperatingSystemName(draw("system", "WINDOWS_10", "WINDOWS_SERVER_2016", "UBUNTU_22_04", "AMAZON_LINUX_2", "HAL_9000")),
				License:  License(draw("licence", "public", "custom", "byol")),
				Protocol: types.Protocol(draw("protocol", "PCOIP", "WSP", "BYOP")),
				Compute:  types.Compute(draw("compute", "VALUE", "STANDARD", "GRAPHICSPRO", "GRAPHICS_G4DN", "GRAPHICS_G7_2XLARGE", "GRAPHICS_X9")),
				Region:   draw("Region", "ap-south-1", "us-east-1"), BundleID: draw("bundle", "wsb-12345678", "wsb-87654321"),
				Directory: DirectoryKind(draw("directory", "active-directory", "entra-id", "other")), NestedVirtualization: rapid.Bool().Draw(t, name+" nested"),
			}
		}
		q := question{m: m, source: desktop("source"), target: desktop("target")}
		q.st, q.tt = q.source.traits(), q.target.traits()
		for idle := m.idle(&q, ^bitset(0)); idle != 0; {
			if s := m.statements[idle.first()]; q.holds(s.also) != no {
				t.Errorf("%s: %q holds: %v to %v", e, s.text, q.source, q.target)
			}
		}
	})
}

// The rule about volumes is in force since the page on self-service lists the groups that it compares with, and cites it.
func TestRuleOfVolumesIsAsOldAsItsGroups(t *testing.T) {
	var first rule.Edition
	for _, g := range facts.SetGroups.Rows {
		if since := g.Span.Since; first == (rule.Edition{}) || since.Compare(first) < 0 {
			first = since
		}
	}
	for _, r := range Catalogue() {
		if r.Code != VolumesOutsideGroups {
			continue
		}
		if v := r.Revisions[0]; len(r.Revisions) != 1 || v.Span != (rule.Span{Since: first}) || v.Cite.Document != facts.SelfServicePage || v.Cite.Date != first {
			t.Errorf("%+v, want one since %s", r.Revisions, first)
		}
		return
	}
	t.Error("no such rule")
}
