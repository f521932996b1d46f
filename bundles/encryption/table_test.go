package encryption

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/rule"
)

func TestBook(t *testing.T) {
	ruletest.Book(t, &book, os.DirFS("."))
	ruletest.Zero(t, Rules{})
	for _, r := range limits.Rows {
		if r.Value <= 0 {
			t.Errorf("%s since %s: %d", r.Scope, r.Span.Since, r.Value)
		}
	}
	for _, r := range policies.Rows {
		for _, a := range r.actions {
			if !strings.HasPrefix(a, "kms:") {
				t.Errorf("%s: action %q", r.part, a)
			}
		}
	}
	scopes := []LimitScope{WorkSpacesPerKey, GrantsPerGrantee, GrantsPerKey, KeyPolicyBytes}
	if !slices.IsSortedFunc(limits.Rows, func(a, b limitRow) int { return slices.Index(scopes, a.Scope) - slices.Index(scopes, b.Scope) }) {
		t.Error("limits are not in the order of the scopes")
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

// The dates are those of the documents that doc.go names.
func TestEditions(t *testing.T) {
	var dates []string
	for _, e := range Editions() {
		dates = append(dates, e.String())
	}
	want := []string{
		"2017-11-15", "2017-12-21", "2017-12-31", "2018-02-03", "2018-05-23", "2018-10-01", "2019-03-28", "2019-11-28", "2019-12-11", "2020-01-10", "2020-03-31", "2020-05-30",
		"2020-06-04", "2020-10-29", "2020-12-17", "2021-01-23", "2021-04-03", "2021-04-07", "2023-07-21", "2025-10-21",
	}
	if !slices.Equal(dates, want) {
		t.Errorf("got %q, want %q", dates, want)
	}
	docs := Documents()
	docs[0] = rule.Document{}
	if docs = Documents(); docs[0] == (rule.Document{}) {
		t.Error("Documents is not a copy")
	}
}
