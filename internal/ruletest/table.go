package ruletest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// An entry is what rows and revisions have in common. At most one entry of a key may be in force
// on any date.
type entry struct {
	key  string
	span rule.Span
	cite rule.Citation
}

func report(t testing.TB, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

func documentFaults(docs []rule.Document) (faults []string) {
	seen := map[string]bool{}
	for _, d := range docs {
		if d.Key == "" || d.Title == "" || d.URL != "" && !strings.HasPrefix(d.URL, "https://") {
			faults = append(faults, fmt.Sprintf("document %q: needs a key, a title, and an https URL or none", d.Key))
		}
		if seen[d.Key] {
			faults = append(faults, fmt.Sprintf("document %q: declared twice", d.Key))
		}
		seen[d.Key] = true
	}
	return faults
}

func entryFaults(docs []rule.Document, entries []entry) (faults []string) {
	fault := func(e entry, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s since %s: ", e.key, e.span.Since)+fmt.Sprintf(format, args...))
	}
	var none rule.Edition
	for i, e := range entries {
		if e.key == "" {
			fault(e, "no key")
		}
		if e.span.Since == none {
			fault(e, "no start")
		} else if e.span.Until != none && e.span.Until.Compare(e.span.Since) <= 0 {
			fault(e, "ends on %s", e.span.Until)
		}
		if !slices.ContainsFunc(docs, func(d rule.Document) bool { return d.Key == e.cite.Document }) {
			fault(e, "cites the unknown document %q", e.cite.Document)
		}
		// A version before the span may announce what begins with it.
		if e.cite.Section == "" || e.cite.Date == none || e.cite.Date.Compare(e.span.Since) > 0 && !e.span.Contains(e.cite.Date) {
			fault(e, "cites section %q of %s, want a section of a version before the end of the span", e.cite.Section, e.cite.Date)
		}
		for _, f := range entries[:i] {
			if f.key == e.key && (f.span.Contains(e.span.Since) || e.span.Contains(f.span.Since)) {
				fault(e, "in force beside the row since %s", f.span.Since)
			}
		}
	}
	return faults
}
