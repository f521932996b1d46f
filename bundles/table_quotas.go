package bundles

import (
	"slices"
	"strconv"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Quota is a limit of an account in a Region, as it is by default.
type Quota struct {
	Name       string // as the guide's page of quotas has it, in the singular where it counts things
	Default    int
	Adjustable rule.Verdict // whether AWS raises it on request: Allowed or Denied
	Cite       rule.Citation
}

// A quotaRow is a quota without its citation, which stands in Dated.
type quotaRow struct {
	Quota
	tables.Dated
}

// listed returns the quota with its citation.
func (r quotaRow) listed() Quota {
	q := r.Quota
	q.Cite = r.Dated.Cite
	return q
}

func quota(document, section, since, until string, n int, adjustable rule.Verdict, names ...string) (rows []quotaRow) {
	for _, name := range names {
		rows = append(rows, quotaRow{Quota{Name: name, Default: n, Adjustable: adjustable}, tables.Since(document, section, since, until)})
	}
	return rows
}

// Names of quotas that functions use.
const (
	QuotaWorkspaces  = "WorkSpaces"
	QuotaImages      = "Images"
	QuotaBundles     = "Bundles"
	QuotaDirectories = "Directories"
	QuotaAliases     = "Connection aliases"
	QuotaStandby     = "Standby WorkSpaces"
)

// Titles of the page of quotas, the only headings of the versions in which rows cite them.
const (
	limits     = "Amazon WorkSpaces Limits" // 2018
	quotaTitle = "Amazon WorkSpaces quotas" // since September 2021
)

// quotas, by document and date. IP access control groups have theirs in package network. The page
// of multi-Region resilience gives no standby WorkSpaces where the quotas give five.
var quotas = tables.Table[quotaRow]{
	Name: "quota",
	Key:  func(r quotaRow) string { return r.Dated.Cite.Document + " " + r.Name },
	Lists: func(r quotaRow) []rule.Parameter {
		value, code := ", can be raised", OverDefaultQuota
		if r.Adjustable == rule.Denied {
			value, code = ", cannot be raised", OverQuota
		}
		return parameter("quota: "+r.Name, strconv.Itoa(r.Default)+value, code)
	},
	Rows: slices.Concat(
		quota(faq, "How many WorkSpaces can I launch?", readFAQ, "2018-02-03", 20, rule.Allowed, QuotaWorkspaces),
		quota(faq, "How many custom images can I create?", readFAQ, "2018-02-03", 5, rule.Allowed, QuotaImages),
		quota(limitsPage, limits, "2018-02-03", "", 1, rule.Allowed, QuotaWorkspaces),
		quota(limitsPage, limits, "2018-02-03", "", 0, rule.Allowed, "Graphics WorkSpaces"),
		quota(limitsPage, "WorkSpace and Image Limits", "2019-06-27", "", 0, rule.Allowed, "GraphicsPro WorkSpaces"),
		quota(limitsPage, limits, "2018-02-03", "2020-03-31", 5, rule.Allowed, QuotaImages),
		quota(limitsPage, "WorkSpace and Image Quotas", "2020-03-31", "2020-09-03", 20, rule.Allowed, QuotaImages),
		quota(limitsPage, "WorkSpace and Image Quotas", "2020-09-03", "", 40, rule.Allowed, QuotaImages),
		quota(limitsPage, quotaTitle, "2022-09-02", "", 0, rule.Allowed, "Graphics.g4dn WorkSpaces", "GraphicsPro.g4dn WorkSpaces"),
		quota(limitsPage, "WorkSpace and Image Quotas", "2020-09-11", "", 20, rule.Denied, QuotaAliases),
		quota(limitsPage, "Amazon WorkSpaces Quotas", "2021-03-09", "", 50, rule.Denied, QuotaBundles),
		quota(limitsPage, "Amazon WorkSpaces Quotas", "2021-05-07", "", 50, rule.Denied, QuotaDirectories),
		quota(limitsPage, quotaTitle, readG6, "", 0, rule.Allowed,
			"Graphics.g6.xlarge WorkSpaces", "Graphics.g6.2xlarge WorkSpaces", "Graphics.g6.4xlarge WorkSpaces", "Graphics.g6.8xlarge WorkSpaces", "Graphics.g6.16xlarge WorkSpaces",
			"Graphics.gr6.4xlarge WorkSpaces", "Graphics.gr6.8xlarge WorkSpaces",
			"Graphics.g6f.large WorkSpaces", "Graphics.g6f.xlarge WorkSpaces", "Graphics.g6f.2xlarge WorkSpaces", "Graphics.g6f.4xlarge WorkSpaces",
			"Graphics.gr6f.4xlarge WorkSpaces"),
		quota(limitsPage, quotaTitle, lastReading, "", 0, rule.Allowed,
			"Graphics.g7.2xlarge WorkSpaces", "Graphics.g7.4xlarge WorkSpaces", "Graphics.g7.8xlarge WorkSpaces", "Graphics.g7.12xlarge WorkSpaces"),
		quota(limitsPage, quotaTitle, read2025, "", 1, rule.Allowed, "GeneralPurpose.4xlarge WorkSpaces", "GeneralPurpose.8xlarge WorkSpaces"),
		quota(limitsPage, quotaTitle, read2025, "", 5, rule.Allowed, QuotaStandby),
		quota(resiliencePage, "Prerequisites", read2025, "", 0, rule.Allowed, QuotaStandby),
		quota(limitsPage, quotaTitle, read2025, "", 10, rule.Allowed, "WorkSpaces Pools", "WorkSpaces Pools instances of a size"),
		quota(limitsPage, quotaTitle, read2025, "", 0, rule.Allowed, "WorkSpaces Pools instances of Graphics.g4dn"),
		quota(generalReference, "Service quotas", read2025, "", 0, rule.Denied, "WorkSpaces Pools instances of Graphics.g4dn"),
		quota(limitsPage, quotaTitle, read2025, "", 1000, rule.Allowed, "WorkSpaces Core managed instances"),
		quota(limitsPage, quotaTitle, read2025, "", 700, rule.Allowed, "WorkSpaces Core managed instances that are being allocated"),
	),
}
