package byol_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

func TestStateText(t *testing.T) {
	words := []string{"not provided", "met", "broken", "not applicable", "undocumented"}
	for i, want := range words {
		s := byol.State(i)
		text, err := json.Marshal(s)
		var again byol.State
		if err != nil || s.String() != want || json.Unmarshal(text, &again) != nil || again != s {
			t.Errorf("%d: %q %s, %v, read back as %v", i, s, text, err, again)
		}
	}
	bad := byol.State(len(words))
	if _, err := bad.MarshalText(); err == nil || bad.String() != "" {
		t.Errorf("state %d: %q, %v", bad, bad, err)
	}
	if err := new(byol.State).UnmarshalText([]byte("Met")); err == nil {
		t.Error(`"Met" is read as a state`)
	}
}

// What a checklist comes to, over every pair of a level and a state.
func TestChecklistVerdict(t *testing.T) {
	met := byol.FakeLine{Level: rule.Must, State: byol.Met}
	for _, tt := range []struct {
		line byol.FakeLine
		want rule.Verdict
		by   rule.Cause // of what is open, if something is
	}{
		{byol.FakeLine{rule.Must, byol.NotProvided, false}, rule.Undocumented, rule.ByInput},
		{met, rule.Allowed, ""},
		{byol.FakeLine{rule.Must, byol.Broken, false}, rule.Denied, ""},
		{byol.FakeLine{rule.Must, byol.NotApplicable, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Must, byol.Undocumented, false}, rule.Undocumented, rule.ByDocuments},
		{byol.FakeLine{rule.Should, byol.NotProvided, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Should, byol.Met, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Should, byol.Broken, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Should, byol.NotApplicable, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Should, byol.Undocumented, false}, rule.Allowed, ""},
		{byol.FakeLine{rule.Should, byol.Broken, true}, rule.Undocumented, rule.ByContradiction},
		{byol.FakeLine{rule.Should, byol.Met, true}, rule.Allowed, ""},
	} {
		for _, list := range []byol.Checklist{byol.Judge(met, tt.line), byol.Judge(tt.line, met)} {
			if list.Verdict != tt.want || (len(list.Open) == 1) != (tt.by != "") || len(list.Open) == 1 && list.Open[0].By != tt.by {
				t.Errorf("%+v: %s %v, want %s by %q", tt.line, list.Verdict, list.Open, tt.want, tt.by)
			}
			if (len(list.Violations) == 1) != (tt.line.State == byol.Broken) || len(list.Lines) != 2 {
				t.Errorf("%+v: %d violations, %d lines", tt.line, len(list.Violations), len(list.Lines))
			}
		}
	}
	if got := byol.Judge(met, byol.FakeLine{rule.Must, byol.NotProvided, false}, byol.FakeLine{rule.Must, byol.Broken, false}).Verdict; got != rule.Denied {
		t.Errorf("denied and open: %s", got)
	}
}

func TestDescribe(t *testing.T) {
	editions := byol.Editions()
	for i, e := range editions {
		rules := at(t, e)
		list, err := rules.Statements()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, s := range list {
			if seen[s.Subject] || s.Text == "" {
				t.Errorf("%s: %+v", e, s)
			}
			seen[s.Subject] = true
		}
		if same, err := byol.Describe(e, e); err != nil || len(same) > 0 {
			t.Errorf("%s and itself: %v, %v", e, same, err)
		}
		if i == 0 {
			continue
		}
		forth, err := byol.Describe(editions[i-1], e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := byol.Describe(e, editions[i-1])
		if err != nil || len(back) != len(forth) {
			t.Fatalf("%s: %d changes, and %d back, %v", e, len(forth), len(back), err)
		}
		before := map[string]byol.Statement{}
		old, _ := at(t, editions[i-1]).Statements()
		for _, s := range old {
			before[s.Subject] = s
		}
		for k, c := range forth {
			if c.Before != before[c.Subject] || (c.After.Subject != "") != seen[c.Subject] || back[k] != (byol.Change{Subject: c.Subject, Before: c.After, After: c.Before}) || k > 0 && forth[k-1].Subject >= c.Subject {
				t.Errorf("%s: %+v", e, c)
			}
		}
	}
	if _, err := byol.Describe(editions[0], rule.MustParseEdition("2030-01-01")); err == nil {
		t.Error("an edition of the future is described")
	}
	documents := byol.Documents()
	documents[0].Key = "changed"
	if byol.Documents()[0].Key == "changed" || !slices.ContainsFunc(byol.Documents(), func(d rule.Document) bool { return d.Key == "admin-guide-byol" }) {
		t.Error("Documents is not a copy")
	}
}

// The account that the page of 2018 demands the one of 2019-10-25 recommends.
func TestDescribeLevels(t *testing.T) {
	changes, err := byol.Describe(rule.MustParseEdition("2018-02-03"), rule.MustParseEdition("2019-10-25"))
	i := slices.IndexFunc(changes, func(c byol.Change) bool { return c.Subject == string(byol.WorkspacesBYOLAccountNotFound) })
	if err != nil || i < 0 || changes[i].Before.Level != rule.Must || changes[i].After.Level != rule.Should {
		t.Errorf("%v, %v", changes, err)
	}
}
