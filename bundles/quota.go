package bundles

import (
	"fmt"

	"github.com/wksgo/wks/rule"
)

// Quotas returns the quotas of the edition, by document and then in its order, as a copy.
// Where documents disagree, each has its own.
func (r Rules) Quotas() []Quota {
	var list []Quota
	for i := range quotaRows {
		if quotaRows[i].span.Contains(r.edition) {
			list = append(list, quotaRows[i].Quota)
		}
	}
	return list
}

// CheckQuota tells whether an account may have n of what a quota counts, if it still has
// the default of the quota. Over a default that can be raised is a Should, for only the
// account knows what it has; over one that cannot is a Must. Where documents disagree and
// n is within one of them, or where no document says whether a quota can be raised, the
// answer is open. A name that no quota of the edition has leaves it open too; a negative n is
// a *rule.InputError.
func (r Rules) CheckQuota(name string, n int) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if n < 0 {
		return Answer{}, &rule.InputError{Path: "Quota", Value: fmt.Sprint(n), Reason: "is negative"}
	}
	var a Answer
	known, within := false, false
	for i := range quotaRows {
		if q := &quotaRows[i]; q.Name == name && q.span.Contains(r.edition) {
			known, within = true, within || n <= q.Default
		}
	}
	if !known {
		a.undocumented("Quota", fmt.Sprintf("no document of the edition gives a quota %q", name))
	}
	for i := range quotaRows {
		q := &quotaRows[i]
		if q.Name != name || n <= q.Default || !q.span.Contains(r.edition) {
			continue
		}
		detail := fmt.Sprintf("%d %s are more than the %d of a default account", n, name, q.Default)
		switch {
		case within:
			a.undocumented("Quota", detail+" by one of two documents")
		case q.Adjustable == rule.Allowed:
			r.citing(&a, OverDefaultQuota, "Quota", detail, q.Cite)
		case q.Adjustable == rule.Denied:
			r.citing(&a, OverQuota, "Quota", detail, q.Cite)
		default:
			a.undocumented("Quota", detail+", and no document says whether it can be raised")
		}
	}
	return a.concluded(), nil
}
