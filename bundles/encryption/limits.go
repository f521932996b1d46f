package encryption

import (
	"fmt"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about how much a key may carry. [Catalogue] explains them.
const (
	WorkSpacesOverLimit     rule.Code = "encryption.workspaces-over-limit"
	WorkSpacesLimitDisputed rule.Code = "encryption.workspaces-limit-disputed"
	GrantsOverLimit         rule.Code = "encryption.grants-over-limit"
	GranteeOverLimit        rule.Code = "encryption.grantee-over-limit"
	KeyOverShardLimit       rule.Code = "encryption.key-over-shard-limit"
)

// limitRules: a violation of the first four cites the limit that decides.
var limitRules = []tables.Rule{
	{
		Code:      WorkSpacesOverLimit,
		Title:     "More WorkSpaces use a key than a document of the edition lets.",
		Remedy:    "Launch further WorkSpaces with another key; Shard tells how many keys are needed.",
		Revisions: []rule.Revision{tables.Must(faq, "Do I need to provide a new KMS key for each WorkSpace that I want to encrypt?", faqYear, "2021-04-07")},
	},
	{
		Code:      WorkSpacesLimitDisputed,
		Title:     "As many WorkSpaces use a key as one document lets, and more than another does.",
		Remedy:    "Launch further WorkSpaces with another key to stay within the smaller limit.",
		Revisions: []rule.Revision{tables.Should(faq, "Do I need to provide a new KMS key for each WorkSpace that I want to encrypt?", faqYear, "2020-03-31")},
	},
	{
		Code:      GrantsOverLimit,
		Title:     "A key has, or must have, more grants than KMS lets.",
		Remedy:    "Use another key, or request an increase of the quota of grants.",
		Revisions: []rule.Revision{tables.Must(kmsQuotas, "Grants per CMK: 2500", "2017-11-15", "")},
	},
	{
		Code:      GranteeOverLimit,
		Title:     "A principal has more grants on a key than KMS lets.",
		Remedy:    "Use another key for further WorkSpaces.",
		Revisions: []rule.Revision{tables.Must(kmsQuotas, granteeSection, "2017-11-15", "2021-04-07")},
	},
	{
		// The documents ask for another key in good time, until KMS dropped its quota by principal on 2021-04-07. Since
		// then none asks for it: cited is the quota of grants, within which the number, which is the caller's, must stay.
		Code:   KeyOverShardLimit,
		Title:  "More WorkSpaces use a key than the limit that Shard was told.",
		Remedy: "Launch further WorkSpaces with another key, as Shard plans, or tell it a higher limit.",
		Revisions: []rule.Revision{
			tables.Should(faq, "What are the prerequisites for using KMS keys to encrypt Amazon WorkSpaces?", faqYear, "2020-03-31"),
			tables.Should(encryptPage, "Prerequisites", "2020-03-31", "2021-04-03"),
			{Level: rule.Should, Span: tables.During("2021-04-03", "2021-04-07"), Cite: tables.Cite(kmsQuotas, granteeSection, "2017-11-15")},
			tables.Should(kmsQuotas, "Grants per CMK: 50,000", "2021-04-07", ""),
		},
	},
}

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

type limitRow struct {
	Limit
	tables.Dated
}

func limit(scope LimitScope, value int, awsManaged bool, document, section, since, until string) limitRow {
	dated := tables.Since(document, section, since, until)
	return limitRow{Limit{scope, value, awsManaged, dated.Cite}, dated}
}

// granteeSection is the heading of the quota that KMS dropped on 2021-04-07.
const granteeSection = "Grants for a given principal per CMK: 500"

// limits, by scope and date. Until 2018-05-23 the quota of grants was one of every key. The FAQ's 30 contradicts the 500 of KMS from 2017-11-15 on, and
// the guide is silent until 2020-03-31. On 2021-04-03 the guide dropped its limit, and on
// 2021-04-07 KMS dropped the one that caused it.
var limits = tables.Table[limitRow]{
	Name: "limits",
	Key:  func(r limitRow) string { return string(r.Scope) },
	Lists: func(r limitRow) []rule.Parameter {
		value := fmt.Sprint(r.Value)
		if !r.AWSManaged {
			value += ", customer managed keys only"
		}
		return []rule.Parameter{{Rules: limited[r.Scope], Name: "limit: " + string(r.Scope), Value: value}}
	},
	Rows: []limitRow{
		limit(WorkSpacesPerKey, 30, true, faq, "Do I need to provide a new KMS key for each WorkSpace that I want to encrypt?", faqYear, "2020-03-31"),
		limit(WorkSpacesPerKey, 500, true, encryptPage, "Prerequisites", "2020-03-31", "2021-04-03"),
		limit(GrantsPerGrantee, 500, true, kmsQuotas, granteeSection, "2017-11-15", "2021-04-07"),
		limit(GrantsPerKey, 2_500, true, kmsQuotas, "Grants per CMK: 2500", "2017-11-15", "2018-05-23"),
		limit(GrantsPerKey, 2_500, false, kmsQuotas, "Grants per CMK: 2500", "2018-05-23", "2019-03-28"),
		limit(GrantsPerKey, 10_000, false, kmsQuotas, "Grants per CMK: 10,000", "2019-03-28", "2020-10-29"),
		limit(GrantsPerKey, 50_000, false, kmsQuotas, "Grants per CMK: 50,000", "2020-10-29", ""),
		limit(KeyPolicyBytes, 32_768, true, kmsQuotas, "Key policy document size: 32 KB", "2018-10-01", ""),
	},
}

// limited are the rules that hold a key against a limit.
var limited = map[LimitScope][]rule.Code{
	WorkSpacesPerKey: {WorkSpacesOverLimit, WorkSpacesLimitDisputed},
	GrantsPerGrantee: {GranteeOverLimit, WorkSpacesOverLimit, WorkSpacesLimitDisputed},
	GrantsPerKey:     {GrantsOverLimit},
}

// listedGrants are the shared table of grants, with the rules of this package that use it.
func listedGrants() tables.Facts {
	t := facts.GrantCounts
	t.Lists = func(g facts.GrantCount) []rule.Parameter {
		value := fmt.Sprintf("%d, and %d for each encrypted volume", g.PerWorkspace, g.PerVolume)
		return []rule.Parameter{{Rules: []rule.Code{GrantsOverLimit, GranteeOverLimit}, Name: "grants of a WorkSpace", Value: value}}
	}
	return t
}

// Limits returns the limits that the documents of the edition give, by scope in the order of
// the constants, as a copy. The default quotas of KMS can be raised; the figures are the
// defaults. Since 2021-04-07 no document limits the WorkSpaces of a key by itself.
func (r Rules) Limits() []Limit {
	if r.s == nil {
		return nil
	}
	return append([]Limit(nil), r.s.limits...)
}

// limit returns the limit of a scope, or nil.
func (s *snapshot) limit(scope LimitScope) *Limit {
	for i := range s.limits {
		if s.limits[i].Scope == scope {
			return &s.limits[i]
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
// launch until it is terminated; without one it has none. The result is false for the zero
// Rules; every edition describes them.
func (r Rules) Grants(rootEncrypted, userEncrypted bool) (Grants, bool) {
	if r.s == nil {
		return Grants{}, false
	}
	g := Grants{Cite: r.s.grants.Cite}
	if rootEncrypted || userEncrypted {
		g.WorkSpaces = r.s.grants.PerWorkspace
		g.EBS = r.s.grants.Of(rootEncrypted, userEncrypted) - g.WorkSpaces
	}
	return g, true
}

// MaxWorkSpaces returns the most WorkSpaces with these volumes encrypted that every document
// of the edition lets one key have, and the limit that decides: 30 by the FAQ, 500 until 2021,
// and now what 50,000 grants suffice for. It is false if no limit applies, as to an AWS
// managed key today, or if nothing is encrypted.
func (r Rules) MaxWorkSpaces(rootEncrypted, userEncrypted, awsManaged bool) (n int, by Limit, ok bool) {
	g, known := r.Grants(rootEncrypted, userEncrypted)
	if !known || g.Total() == 0 {
		return 0, Limit{}, false
	}
	for _, l := range r.s.limits {
		each := 1
		switch l.Scope {
		case GrantsPerGrantee:
			each = g.WorkSpaces
		case GrantsPerKey:
			each = g.Total()
		case KeyPolicyBytes:
			continue
		}
		if m := l.Value / each; (l.AWSManaged || !awsManaged) && (!ok || m < n) {
			n, by, ok = m, l, true
		}
	}
	return n, by, ok
}
