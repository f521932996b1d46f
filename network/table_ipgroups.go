package network

import (
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
	IPGroupQuota
	span rule.Span
}

func quota(document, section string, groups, rules, perDirectory int, scope, since, until string) quotaRow {
	return quotaRow{IPGroupQuota{groups, rules, perDirectory, scope, tables.Cite(document, section, since)}, tables.During(since, until)}
}

// quotaRows, by document. From 2019-03-25 the guide's two pages disagreed on the scope
// of the number of groups, until both said Region and account on 2020-09-03; the
// newest readings of the guide and of the General Reference disagree on every number.
var quotaRows = []quotaRow{
	quota(ipGroupsPage, "IP access control groups", 25, 10, 25, "account", "2018-05-02", "2019-03-25"),
	quota(ipGroupsPage, "IP access control groups", 100, 10, 25, "account", "2019-03-25", "2020-09-03"),
	quota(ipGroupsPage, "IP access control groups", 100, 10, 25, "Region and account", "2020-09-03", lastReading),
	quota(ipGroupsPage, "IP access control groups", 140, 30, 35, "Region and account", lastReading, ""),

	quota(limitsPage, "Quotas", 100, 10, 25, "Region", "2019-03-25", "2020-09-03"),
	quota(limitsPage, "Quotas", 100, 10, 25, "Region and account", "2020-09-03", lastReading),
	quota(limitsPage, "Quotas", 140, 30, 35, "Region and account", lastReading, ""),

	quota(generalReference, "Service quotas", 100, 10, 25, "", lastReading, ""),
}
