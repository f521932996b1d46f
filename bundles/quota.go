package bundles

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of quotas.
const (
	OverQuota        rule.Code = "bundles.over-quota"
	OverDefaultQuota rule.Code = "bundles.over-default-quota"
)

var quotaRules = []tables.Rule{
	{
		Code:      OverQuota,
		Title:     "A number is over a quota that cannot be raised.",
		Remedy:    "Use another Region or account, or delete what is not needed.",
		Revisions: []rule.Revision{tables.Must(limitsPage, "WorkSpace and Image Quotas", "2020-09-11", "")},
	},
	{
		Code:      OverDefaultQuota,
		Title:     "A number is over the default of a quota that can be raised.",
		Remedy:    "Request an increase of the quota, or ignore the rule if the account has one.",
		Revisions: []rule.Revision{tables.Should(faq, "How many WorkSpaces can I launch?", readFAQ, "")},
	},
}

// Quotas returns the quotas of the edition, by document and then in its order, as a copy.
// Where documents disagree, each has its own.
func (r Rules) Quotas() []Quota {
	if r.s == nil {
		return nil
	}
	return slices.Clone(r.s.quotas)
}

// CheckQuota tells whether an account may have n of what a quota counts, if it still has
// the default of the quota. Over a default that can be raised is a Should, for only the
// account knows what it has; over one that cannot is a Must. The answer is open where
// documents disagree and n is within one of them, and for a name that no quota of the edition has. A negative n is a *rule.InputError.
func (r Rules) CheckQuota(name string, n int) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if n < 0 {
		return rule.Answer{}, &rule.InputError{Path: "Quota", Value: fmt.Sprint(n), Reason: "is negative"}
	}
	var a rule.Answer
	var within *Quota
	known := false
	for i := range r.s.quotas {
		if q := &r.s.quotas[i]; q.Name == name {
			known = true
			if n <= q.Default {
				within = q
			}
		}
	}
	if !known {
		a.NotDocumented("Quota", "no document of the edition gives a quota "+quoted(name))
	}
	for i := range r.s.quotas {
		if q := &r.s.quotas[i]; q.Name == name && n > q.Default {
			r.s.overQuota(&a, q, n, within)
		}
	}
	return a.Concluded(), nil
}

// overQuota judges a number that is over a quota, and perhaps within that of another document.
func (s *snapshot) overQuota(a *rule.Answer, q *Quota, n int, within *Quota) {
	const format = "%d %s are more than the %d of a default account"
	switch {
	case within != nil:
		a.Contradicted("Quota", fmt.Sprintf(format, n, q.Name, q.Default)+" by one of two documents", q.Cite, within.Cite)
	case q.Adjustable == rule.Allowed:
		s.rules.BreakBy(a, q.Cite, OverDefaultQuota, "Quota", format, n, q.Name, q.Default)
	default:
		s.rules.BreakBy(a, q.Cite, OverQuota, "Quota", format, n, q.Name, q.Default)
	}
}
