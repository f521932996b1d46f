package wks_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

const (
	server2016 = types.OperatingSystemNameWindowsServer2016
	server2022 = types.OperatingSystemNameWindowsServer2022
	windows10  = types.OperatingSystemNameWindows10
	windows11  = types.OperatingSystemNameWindows11
	standard   = types.ComputeStandard
	overDCV    = types.ProtocolWsp
	overPCoIP  = types.ProtocolPcoip
)

// corrections by number, as the sheet of corrections of November 2026 has them. Where a source says otherwise than the
// sheet, the comment says so.
var corrections = []correction{
	{
		number: "N1", since: "2026-06-30", source: "admin-guide-document-history", rule: "bundles.protocol-ended",
		asked: offerOf(server2022, standard, overPCoIP, "2027-11-01"), want: "denied bundles.protocol-ended", before: "allowed",
		other: offerOf(server2022, standard, overPCoIP, "2027-10-31"), otherwise: "allowed bundles.protocol-ends",
	},
	{
		number: "N2", since: "2026-06-30", source: "admin-guide-document-history", rule: "bundles.pools-ended",
		asked: poolsOn("2028-01-01", false), want: "denied bundles.pools-ended", before: "allowed",
		other: poolsOn("2027-12-31", false), otherwise: "allowed bundles.pools-end",
	},
	{
		number: "N3", since: "2026-05-15", source: "admin-guide-document-history", rule: "bundles.operating-system-closed",
		asked: offerOf(types.OperatingSystemNameAmazonLinux2, standard, overDCV, ""), want: "denied bundles.operating-system-closed", before: "allowed",
		other: offerOf(types.OperatingSystemNameRocky8, standard, overDCV, ""), otherwise: "allowed",
	},
	{
		number: "N4", since: "2026-06-15", source: "service-model", rule: "bundles: protocol of G6",
		// A note on the page on bundles lets GPUs with Windows stream by PCoIP alone until 2026-09-10.
		asked: protocolOfWorkspace(server2022, types.ComputeGraphicsG6Xlarge, overDCV), want: "denied bundles.protocol-fixed contradicted", before: "undocumented contradicted",
		other: protocolOfWorkspace(server2022, standard, overDCV), otherwise: "allowed",
	},
	{
		number: "N4, G7", since: "2026-09-10", source: "api-workspace-properties", rule: "bundles: protocol of G7",
		asked: protocolOfWorkspace(server2022, bundles.GraphicsG72xlarge, overDCV), want: "denied bundles.protocol-fixed", before: "undocumented",
		other: protocolOfWorkspace(server2022, standard, overDCV), otherwise: "allowed",
	},
	{
		number: "N5", since: "2026-09-10", source: "admin-guide-migrate", rule: "migrate: protocols of GPUs by admin-guide-migrate",
		asked: move(func(_, target *migrate.Desktop) { target.Compute = bundles.GraphicsG72xlarge }), want: "allowed", before: "undocumented",
		other: move(func(source, target *migrate.Desktop) {
			source.Protocol, target.Protocol, target.Compute = overPCoIP, overPCoIP, bundles.GraphicsG72xlarge
		}),
		otherwise: "denied migrate.graphics-unsupported",
	},
	{
		number: "N6", since: "2026-09-10", source: "admin-guide-bundle-options", rule: "bundles: Regions of G7",
		asked: regionOf("eu-west-1", bundles.GraphicsG72xlarge), want: "denied bundles.compute-type-not-in-region", before: "undocumented",
		other: regionOf("us-east-2", bundles.GraphicsG72xlarge), otherwise: "allowed",
	},
	{
		// The guide has it longer than the sheet says: since 2021-03-09, on the page on images.
		number: "N6, Mumbai", since: "2021-03-09", source: "admin-guide-custom-image", rule: "bundles: Regions of Graphics, GraphicsPro",
		asked: regionOf("ap-south-1", types.ComputeGraphics), want: "denied bundles.compute-type-not-in-region", before: "undocumented",
		other: regionOf("eu-west-1", types.ComputeGraphics), otherwise: "undocumented",
	},
	{
		number: "N7", since: "2026-08-25", source: "admin-guide-nested-virtualization", rule: "bundles: Regions of nested virtualization",
		asked: nestedIn("il-central-1"), want: "denied bundles.nested-virtualization-unsupported", before: "undocumented",
		other: nestedIn("us-east-1"), otherwise: "allowed",
	},
	{
		// The table has G7 with Windows Server 2022 and 2025, too.
		number: "N8", since: "2026-09-10", source: "admin-guide-bundles", rule: "bundles: compute types offered with Windows 11 with BYOL",
		asked: offerOf(windows11, bundles.GraphicsG72xlarge, overDCV, ""), want: "allowed", before: "undocumented",
		other: offerOf(server2016, bundles.GraphicsG72xlarge, overDCV, ""), otherwise: "denied bundles.compute-type-not-offered bundles.operating-system-ends",
	},
	{
		number: "N9", since: "2026-06-30", source: "admin-guide-pcoip-end-of-support", rule: "bundles: protocol of a supported Linux",
		asked: protocolOfWorkspace(types.OperatingSystemNameUbuntu2204, standard, overDCV), want: "undocumented contradicted", before: "undocumented",
		other: protocolOfWorkspace(server2022, standard, overDCV), otherwise: "allowed",
	},
	{
		number: "N10", since: "2026-06-30", source: "admin-guide-pcoip-end-of-support", rule: "migrate: what becomes of data in /home later than the snapshot with linux",
		asked: homeOfLinux("data in /home later than the snapshot"), want: "allowed undocumented", before: "undocumented",
		other: homeOfLinux("/home"), otherwise: "allowed kept",
	},
	{
		number: "N11", since: "2026-08-04", source: "service-model", rule: "bundles.client-experience-unknown",
		asked: policy("CLASSIC"), want: "allowed bundles.client-experience-unknown", before: "undocumented",
		other: policy(bundles.ForceClassic), otherwise: "allowed",
	},
	{
		// Ohio was added on 2026-06-30: the reading of 2025-10-21 names the other four.
		number: "N12", since: "2026-06-30", source: "admin-guide-multi-region-resilience", rule: "bundles: Regions of multi-Region resilience",
		asked: standbyIn("us-east-2", server2022, standard), want: "allowed", before: "denied bundles.standby-not-in-region",
		other: standbyIn("ap-south-1", server2022, standard), otherwise: "denied bundles.standby-not-in-region",
	},
	{
		number: "N12, Linux", since: "2025-10-21", source: "admin-guide-multi-region-resilience", rule: "bundles.standby-operating-system",
		asked: standbyIn("us-east-1", types.OperatingSystemNameUbuntu2204, standard), want: "denied bundles.standby-operating-system", before: "undocumented",
		other: standbyIn("us-east-1", server2022, standard), otherwise: "allowed",
	},
	{
		number: "N12, GPU", since: "2025-10-21", source: "admin-guide-multi-region-resilience", rule: "bundles.standby-compute-type",
		asked: standbyIn("us-east-1", server2022, types.ComputeGeneralpurpose4xlarge), want: "denied bundles.standby-compute-type", before: "undocumented",
		other: standbyIn("us-east-1", server2022, standard), otherwise: "allowed",
	},
	{
		number: "N12, quota", since: "2025-10-21", source: "admin-guide-multi-region-resilience", rule: "bundles: quota: Standby WorkSpaces",
		asked: func(r wks.Rules) rule.Answer { return must(r.Bundles.CheckQuota(bundles.QuotaStandby, 1)) }, want: "undocumented contradicted", before: "undocumented",
		other: func(r wks.Rules) rule.Answer { return must(r.Bundles.CheckQuota(bundles.QuotaStandby, 0)) }, otherwise: "allowed",
	},
	{
		number: "N13", since: "2025-10-21", source: "admin-guide-bundles", rule: "bundles: last day of Windows Server 2016",
		asked: offerOf(server2016, standard, overDCV, "2027-01-13"), want: "denied bundles.operating-system-ended", before: "undocumented",
		other: offerOf(server2016, standard, overDCV, "2027-01-11"), otherwise: "allowed bundles.operating-system-ends",
	},
	{
		number: "N14", since: "2025-10-21", source: "admin-guide-custom-image", rule: "bundles: sizes for an image",
		asked: imageOf(server2022, 20<<30, 11<<30), want: "undocumented contradicted", before: "undocumented",
		other: imageOf(server2022, 20<<30, 5<<30), otherwise: "allowed",
	},
	{
		number: "N15", since: "2020-09-03", source: "admin-guide-byol", rule: "byol: ingestion time",
		asked: ingestion(false), want: "allowed 1h30m0s", before: "undocumented",
		// The reading of 2025-10-21 speaks of Office no more: the three hours are not still in the guide.
		other: ingestion(true), otherwise: "allowed 3h0m0s",
	},

	{
		number: "O1", since: "2020-03-31", source: "admin-guide-modify", rule: "bundles: wait: change of one volume to that of the other",
		asked: rootAfterUser(5 * time.Minute), want: "denied bundles.modification-in-progress", before: "undocumented",
		other: rootAfterUser(31 * time.Minute), otherwise: "undocumented", // for the state alone, which no document tells yet
	},
	{
		number: "O2", since: "2020-01-15", source: "admin-guide-rebuild", rule: "bundles: rebuild of public Windows 7",
		asked: imageOf(types.OperatingSystemNameWindows7, 20<<30, 5<<30), want: "undocumented", before: "allowed",
		other: imageOf(server2016, 20<<30, 5<<30), otherwise: "allowed",
	},
	{
		number: "O3", since: "2026-02-05", source: "admin-guide-migrate", rule: "bundles: protocols of GPUs by admin-guide-migrate",
		asked: offerOf(server2022, types.ComputeGraphicsG6Xlarge, overPCoIP, ""), want: "denied bundles.protocol-not-offered", before: "undocumented",
		other: offerOf(server2022, types.ComputeGraphicsG4dn, overPCoIP, ""), otherwise: "allowed",
	},
	{
		number: "O4", since: "2025-11-01", source: "admin-guide-modify", rule: "bundles: last day of GRAPHICSPRO",
		asked: offerOf(server2016, types.ComputeGraphicspro, overPCoIP, ""), want: "denied bundles.compute-type-retired bundles.operating-system-ends", before: "undocumented bundles.operating-system-ends contradicted",
		other: offerOf(server2016, types.ComputeGraphicsG4dn, overPCoIP, ""), otherwise: "allowed bundles.operating-system-ends",
	},
	{
		number: "O5", since: "2025-10-21", source: "admin-guide-bundles", rule: "migrate.target-not-offered",
		asked: move(func(source, target *migrate.Desktop) {
			source.OS, target.OS = server2016, types.OperatingSystemNameWindowsServer2019
			target.Compute = types.ComputeGeneralpurpose4xlarge
		}), want: "denied migrate.target-not-offered", before: "undocumented",
		other: move(func(source, target *migrate.Desktop) {
			source.OS, target.OS = server2016, types.OperatingSystemNameWindowsServer2019
		}), otherwise: "allowed",
	},
	{
		// The list of free switches lacks Value, too, so that what is not offered is open and not denied.
		number: "O6", since: "2025-10-21", source: "admin-guide-bundles", rule: "bundles.compute-type-not-offered",
		asked: switchTo(server2022, types.ComputePerformance, types.ComputeValue), want: "undocumented", before: "allowed",
		other: switchTo(server2022, types.ComputePerformance, standard), otherwise: "allowed",
	},
	{
		// Until 2022 the page names Enterprise and Pro; today's names no edition.
		number: "O7", since: "2024-12-31", source: "admin-guide-byol-china", rule: "byol: windows Windows 10 22H2",
		asked: windowsOf("Home"), want: "undocumented", before: "denied byol.os-not-supported",
		other: windowsOf("Enterprise"), otherwise: "allowed",
	},
	{
		number: "O8", since: "2025-10-21", source: "admin-guide-migrate", rule: "migrate: called Windows 10 by the scenarios",
		asked: move(func(source, target *migrate.Desktop) {
			source.License, target.License, target.OS = migrate.Custom, migrate.Custom, server2016
		}),
		want: "allowed migrate.target-ends uncertain", before: "undocumented",
		other: move(func(source, target *migrate.Desktop) {
			source.License, target.License = migrate.Custom, migrate.Custom
			target.Compute = types.ComputePower
		}),
		otherwise: "allowed",
	},
	{
		number: "O9", since: "2018-02-03", source: "admin-guide-ports", rule: "network.management-ranges-exhausted",
		asked: registered("198.19.255.255/32"), want: "undocumented", before: "",
		other: registered("198.19.0.0/16"), otherwise: "denied network.management-ranges-exhausted",
	},
	{
		number: "O10", since: "2018-02-03", source: "admin-guide-ports", rule: "network.management-ranges-exhausted",
		asked: registered("128.0.0.0/1", "0.0.0.0/1"), want: "undocumented", before: "",
		other: registered("128.0.0.0/1"), otherwise: "undocumented",
	},
	{
		number: "O11", since: "2020-03-31", source: "admin-guide-modify", rule: "bundles: group of root and user volume",
		asked: volumesOf(80, 100), want: "undocumented contradicted", before: "undocumented",
		other: volumesOf(80, 50), otherwise: "allowed",
	},
	{
		number: "O12", since: "2020-01-10", source: "admin-guide-migrate", rule: "migrate.state-not-listed",
		asked: readyIn(types.WorkspaceStateUnhealthy), want: "undocumented migrate.state-not-listed", before: "",
		other: readyIn(types.WorkspaceStateAdminMaintenance), otherwise: "denied migrate.in-admin-maintenance",
	},
	{
		number: "O13", since: "2026-02-05", source: "admin-guide-vpc", rule: "network: IPv6 auto-assign, no longer refused for",
		asked: withIPv6(types.ComputeGraphicspro), want: "undocumented", before: "allowed",
		other: withIPv6(types.ComputeGraphics), otherwise: "undocumented contradicted",
	},
}

// Each correction holds from its day on, and not before; a question that differs has its own answer; and a row of the
// rule or parameter begins on the day, by its source.
func TestCorrections(t *testing.T) {
	var begun []string // each row, as "RULE SINCE SOURCE"
	for _, r := range wks.Catalogue() {
		for _, v := range r.Revisions {
			begun = append(begun, string(r.Code)+" "+v.Span.Since.String()+" "+v.Cite.Document)
		}
	}
	for name, list := range parametersOf() {
		for _, p := range list {
			begun = append(begun, name+": "+p.Name+" "+p.Span.Since.String()+" "+p.Cite.Document)
		}
	}
	numbers := map[string]bool{}
	for i := range corrections {
		c := &corrections[i]
		number, _, _ := strings.Cut(c.number, ",")
		numbers[number] = true
		if !slices.Contains(begun, c.rule+" "+c.since+" "+c.source) {
			t.Errorf("%s: no row of %s begins on %s by %s", c.number, c.rule, c.since, c.source)
		}
		e := rule.MustParseEdition(c.since)
		if got := saidBy(c.asked(rulesOn(e))); got != c.want {
			t.Errorf("%s: on %s %q, want %q", c.number, e, got, c.want)
		}
		if got := saidBy(c.other(rulesOn(e))); got != c.otherwise {
			t.Errorf("%s: on %s the other question is %q, want %q", c.number, e, got, c.otherwise)
		}
		if c.before == "" {
			continue
		}
		day := rule.MustParseEdition(e.Date().AddDate(0, 0, -1).Format(time.DateOnly))
		if got := saidBy(c.asked(rulesOn(day))); got != c.before {
			t.Errorf("%s: on %s %q, want %q", c.number, day, got, c.before)
		}
	}
	for letter, n := range map[string]int{"N": 15, "O": 13} {
		for i := range n {
			if number := letter + strconv.Itoa(i+1); !numbers[number] {
				t.Errorf("%s is missing", number)
			}
		}
	}
}
