package throttle

import (
	"slices"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestTables(t *testing.T) {
	ruletest.Documents(t, documents)
	var entries []ruletest.Entry
	for _, r := range quotaRows {
		entries = append(entries, ruletest.Entry{Key: "quota", Span: r.Span, Cite: r.Cite})
		if _, err := r.interval(); err != nil {
			t.Error(err)
		}
	}
	ruletest.Entries(t, documents, entries)
	for i, r := range quotaRows[1:] {
		if quotaRows[i].Span.Until != r.Span.Since {
			t.Errorf("no row on %s, and DocumentedAt needs one", quotaRows[i].Span.Until)
		}
	}
	if last := quotaRows[len(quotaRows)-1].Span; last.Until != (rule.Edition{}) || !last.Contains(lastReading) {
		t.Errorf("the last row, %v, is not in force at the last reading", last)
	}
	for _, d := range documents {
		if !slices.ContainsFunc(entries, func(e ruletest.Entry) bool { return e.Cite.Document == d.Key }) {
			t.Errorf("nothing cites %s", d.Key)
		}
	}
}
