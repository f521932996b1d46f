package encryption

import "github.com/wksgo/wks/rule"

// A LimitScope says what a Limit counts.
type LimitScope string

const (
	WorkSpacesPerKey LimitScope = "workspaces-per-key" // WorkSpaces encrypted with one key
	GrantsPerGrantee LimitScope = "grants-per-grantee" // grants of one principal on one key
	GrantsPerKey     LimitScope = "grants-per-key"     // grants on one key
	KeyPolicyBytes   LimitScope = "key-policy-bytes"   // length of one key's policy
)

// A Limit is the most that a document lets a key have.
type Limit struct {
	Scope      LimitScope
	Value      int  // included
	AWSManaged bool // whether AWS managed keys have it too
	Cite       rule.Citation
}

// Limits returns the limits that the documents of the edition give, by scope in the order of
// the constants. The default quotas of KMS can be raised; the figures are the defaults.
// Since 2021-04-07 no document limits the WorkSpaces of a key by itself.
func (r Rules) Limits() []Limit {
	var limits []Limit
	for _, row := range limitRows {
		if row.span.Contains(r.edition) {
			limits = append(limits, row.Limit)
		}
	}
	return limits
}

// limit returns the limit of a scope in the edition, or nil.
func (r Rules) limit(scope LimitScope) *Limit {
	for i := range limitRows {
		if limitRows[i].Scope == scope && limitRows[i].span.Contains(r.edition) {
			return &limitRows[i].Limit
		}
	}
	return nil
}

// Grants are the grants that exist on a key for one WorkSpace.
type Grants struct {
	WorkSpaces int // to WorkSpaces, for the user and directory
	EBS        int // to Amazon EBS, one for each encrypted volume
	Cite       rule.Citation
}

// Total returns the sum of both.
func (g Grants) Total() int { return g.WorkSpaces + g.EBS }

// Grants returns the grants that a WorkSpace with these volumes encrypted has from its
// launch until it is terminated; without one it has none. The result is false if no
// document of the edition describes them, which none since 2017-11-15 lacks.
func (r Rules) Grants(rootEncrypted, userEncrypted bool) (Grants, bool) {
	for _, row := range grantRows {
		if !row.span.Contains(r.edition) {
			continue
		}
		g := Grants{Cite: row.cite}
		for _, encrypted := range [...]bool{rootEncrypted, userEncrypted} {
			if encrypted {
				g.WorkSpaces = row.perWorkSpace
				g.EBS += row.perVolume
			}
		}
		return g, true
	}
	return Grants{}, false
}

// MaxWorkSpaces returns the most WorkSpaces with these volumes encrypted that every document
// of the edition lets one key have, and the limit that decides: 30 by the FAQ, 500 until 2021,
// and now what 50,000 grants suffice for. It is false if no limit applies, as to an AWS
// managed key today, or if nothing is encrypted.
func (r Rules) MaxWorkSpaces(rootEncrypted, userEncrypted, awsManaged bool) (n int, by Limit, ok bool) {
	if !rootEncrypted && !userEncrypted {
		return 0, Limit{}, false
	}
	g, _ := r.Grants(rootEncrypted, userEncrypted)
	for _, scope := range [...]LimitScope{WorkSpacesPerKey, GrantsPerGrantee, GrantsPerKey} {
		l := r.limit(scope)
		if l == nil || awsManaged && !l.AWSManaged {
			continue
		}
		each := 1
		switch scope {
		case GrantsPerGrantee:
			each = g.WorkSpaces
		case GrantsPerKey:
			each = g.Total()
		}
		if m := l.Value / each; !ok || m < n {
			n, by, ok = m, *l, true
		}
	}
	return n, by, ok
}
