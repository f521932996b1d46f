package finding_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// An entry accepts what its code, subject and Region name; without a Region, in each. Of two for one the longer counts,
// and the first of two that last equally long; the other is not told to be in vain. A member that is null is as if it was
// not there.
func TestEntries(t *testing.T) {
	with := func(member string) string {
		return strings.TrimSuffix(entry("ws-1", "2026-12-31"), "}") + ", " + member + "}"
	}
	const here = `"region": "eu-west-1"`
	for _, tt := range []struct {
		entries  string
		accepted string // the reason, "" if it is not
		gone     int
	}{
		{with(here), "it is replaced in May", 0},
		{with(`"region": "us-east-1"`), "", 1},
		{with(`"region": null, "expired": null`), "it is replaced in May", 0},
		{with(`"expired": true`), "it is replaced in May", 0},
		{entry("ws-1", "2026-01-01") + "," + entry("ws-1", "2026-09-10"), "it is replaced in May", 0},
		{entry("ws-1", "2026-09-10") + "," + entry("ws-1", "2026-01-01"), "it is replaced in May", 0},
		{strings.Replace(entry("ws-1", "2026-12-31"), "May", "June", 1) + "," + entry("ws-1", "2026-12-31"), "it is replaced in June", 0},
		{strings.Replace(with(here), "May", "July", 1) + "," + entry("ws-1", "2026-12-31"), "it is replaced in July", 1},
		{strings.Replace(with(here), "2026-12-31", "2026-01-01", 1) + "," + entry("ws-1", "2026-12-31"), "it is replaced in May", 1},
	} {
		var r finding.Report
		r.Use(accepting(t, tt.entries), day)
		accepted := r.Add(ended(rule.Must), workspace("ws-1"))
		r.Conclude(finding.FailMust, nil)
		reason := ""
		if accepted {
			reason = r.Accepted[0].Occurrences[0].Reason
		}
		if reason != tt.accepted || len(r.Gone) != tt.gone {
			t.Errorf("%s: accepted for %q, %+v gone", tt.entries, reason, r.Gone)
		}
	}
}

// A baseline that is written has each subject once, by code, Region and subject, for 90 days, and what is accepted already with
// its own reason and day.
func TestWrittenEntries(t *testing.T) {
	var r finding.Report
	r.Use(accepting(t, entry("ws-2", "2026-12-31")), day)
	for _, code := range []rule.Code{"b.b", "bundles.operating-system-ended", "a.a"} {
		for _, region := range []string{"us-east-1", "eu-west-1"} {
			for _, id := range []string{"ws-3", "ws-2", "ws-3", "ws-1"} {
				f, o := ended(rule.Must), workspace(id)
				f.Code, o.Region = code, region
				r.Add(f, o)
			}
		}
	}
	r.Conclude(finding.FailMust, nil)
	var got, want []string
	for _, e := range r.Baseline(day).Accepted {
		got = append(got, fmt.Sprintf("%s %s %s %s %t", e.Code, e.Region, e.Subject, e.Until, e.Reason == "it is replaced in May"))
	}
	for _, code := range []string{"a.a", "b.b", "bundles.operating-system-ended"} {
		for _, region := range []string{"eu-west-1", "us-east-1"} {
			for _, id := range []string{"ws-1", "ws-2", "ws-3"} {
				until, kept := "2026-12-09", false // 20 days of September, 31, 30 and 9
				if code == "bundles.operating-system-ended" && id == "ws-2" {
					until, kept = "2026-12-31", true
				}
				want = append(want, fmt.Sprintf("%s %s %s %s %t", code, region, id, until, kept))
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// Every list of a report is a list in JSON, if nothing is in it as well.
func TestEmptyLists(t *testing.T) {
	var r finding.Report
	r.Conclude(finding.FailMust, []rule.Document{{Key: "guide"}})
	text, err := json.Marshal(&r)
	if err != nil {
		t.Fatal(err)
	}
	var lists map[string]any
	if err := json.Unmarshal(text, &lists); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"findings", "open", "accepted", "gone", "documents"} {
		if list, ok := lists[name].([]any); !ok || len(list) > 0 {
			t.Errorf("%s: %v", name, lists[name])
		}
	}
}

// The documents of a report are those that a finding, an accepted one or a question cites, in their own order.
func TestCitedDocuments(t *testing.T) {
	var r finding.Report
	r.Use(accepting(t, entry("ws-1", "2026-12-31")), day)
	cite := func(key string) rule.Citation { return rule.Citation{Document: key} }
	accepted, other := ended(rule.Must), ended(rule.Should)
	accepted.Cite, other.Cite = cite("accepted"), cite("found")
	r.Add(accepted, workspace("ws-1"))
	r.Add(other, workspace("ws-2"))
	r.Ask(finding.Question{By: rule.ByContradiction, Reason: "why", Cites: [2]rule.Citation{cite("one"), cite("other")}}, "", finding.Occurrence{})
	var known []rule.Document
	for _, key := range []string{"other", "nobody", "one", "accepted", "found"} {
		known = append(known, rule.Document{Key: key})
	}
	r.Conclude(finding.FailMust, known)
	var got []string
	for _, d := range r.Documents {
		got = append(got, d.Key)
	}
	if !slices.Equal(got, []string{"other", "one", "accepted", "found"}) {
		t.Errorf("%q", got)
	}
}
