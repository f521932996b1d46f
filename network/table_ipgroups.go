package network

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An IPGroupQuota is what a document gives as the limits of IP access control groups.
type IPGroupQuota struct {
	Groups       int           // in an account, as Scope says
	Rules        int           // in a group
	PerDirectory int           // groups that a directory may be associated with
	Scope        string        // what Groups is counted in, as the document has it; "" if it does not say
	Cite         rule.Citation // the version that has these numbers
}

type quotaRow struct {
	tables.Dated
	quota IPGroupQuota // without Cite
}

// quotaTable is by document. From 2019-03-25 the guide's two pages disagreed about what the
// number of groups is counted in: the page on the groups says Region and account from
// 2020-09-03 on, and the page on quotas from 2021-03-09 on. The newest readings of the guide and
// of the General Reference disagree about every number.
var quotaTable = tables.Table[quotaRow]{
	Name: "IP group quotas",
	Key:  func(r quotaRow) string { return r.Cite.Document },
	Lists: func(r quotaRow) []rule.Parameter {
		q := r.quota
		return []rule.Parameter{
			{Rules: []rule.Code{IPGroupsOverQuota, IPGroupQuotaDisputed}, Name: "IP access control groups", Value: fmt.Sprintf("%d (%s)", q.Groups, cmp.Or(q.Scope, "scope not said"))},
			{Rules: []rule.Code{IPGroupRulesOverQuota, IPGroupQuotaDisputed}, Name: "rules of an IP access control group", Value: strconv.Itoa(q.Rules)},
			{Rules: []rule.Code{IPGroupsOfDirectoryOverQuota, IPGroupQuotaDisputed}, Name: "IP access control groups of a directory", Value: strconv.Itoa(q.PerDirectory)},
		}
	},
	Rows: []quotaRow{
		{tables.Since(ipGroupsPage, "IP Access Control Groups for Your WorkSpaces", "2018-05-02", "2019-03-25"), IPGroupQuota{Groups: 25, Rules: 10, PerDirectory: 25, Scope: ""}},
		{tables.Since(ipGroupsPage, "IP Access Control Groups for Your WorkSpaces", "2019-03-25", "2020-09-03"), IPGroupQuota{Groups: 100, Rules: 10, PerDirectory: 25, Scope: "account"}},
		{tables.Since(ipGroupsPage, "IP Access Control Groups for Your WorkSpaces", "2020-09-03", readEnds), IPGroupQuota{Groups: 100, Rules: 10, PerDirectory: 25, Scope: "Region and account"}},
		{tables.Since(ipGroupsPage, "IP access control groups for WorkSpaces Personal", readEnds, ""), IPGroupQuota{Groups: 140, Rules: 30, PerDirectory: 35, Scope: "Region and account"}},

		{tables.Since(limitsPage, "IP Access Control Limits", "2019-03-25", "2021-03-09"), IPGroupQuota{Groups: 100, Rules: 10, PerDirectory: 25, Scope: "Region"}},
		{tables.Since(limitsPage, "Amazon WorkSpaces Quotas", "2021-03-09", readEnds), IPGroupQuota{Groups: 100, Rules: 10, PerDirectory: 25, Scope: "Region and account"}},
		{tables.Since(limitsPage, "Amazon WorkSpaces quotas", readEnds, ""), IPGroupQuota{Groups: 140, Rules: 30, PerDirectory: 35, Scope: "Region and account"}},

		{tables.Since(generalReference, "Service quotas", autumn2025, ""), IPGroupQuota{Groups: 100, Rules: 10, PerDirectory: 25, Scope: "Region and account"}},
	},
}
