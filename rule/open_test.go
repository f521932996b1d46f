package rule_test

import (
	"testing"

	"github.com/wksgo/wks/rule"
)

// Each way to say that something is not known leaves one open question, with whose fault it is.
func TestEachCauseIsOpen(t *testing.T) {
	cites := [2]rule.Citation{{Document: "one", Section: "A"}, {Document: "other", Section: "B"}}
	for cause, say := range map[rule.Cause]func(a *rule.Answer){
		rule.ByInput:         func(a *rule.Answer) { a.NotGiven("Path.Of", "why") },
		rule.ByDocuments:     func(a *rule.Answer) { a.NotDocumented("Path.Of", "why") },
		rule.ByContradiction: func(a *rule.Answer) { a.Contradicted("Path.Of", "why", cites[0], cites[1]) },
	} {
		var a rule.Answer
		say(&a)
		want := rule.Open{Path: "Path.Of", Reason: "why", By: cause}
		if cause == rule.ByContradiction {
			want.Cites = cites
		}
		if len(a.Open) != 1 || a.Open[0] != want || a.Concluded().Verdict != rule.Undocumented {
			t.Errorf("%s: %+v", cause, a)
		}
	}
}

// An empty text is no edition, whatever stood there before.
func TestEmptyEdition(t *testing.T) {
	e := rule.MustParseEdition("2020-04-29")
	if err := e.UnmarshalText(nil); err != nil || e != (rule.Edition{}) {
		t.Errorf("%s, %v", e, err)
	}
}
