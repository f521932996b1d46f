package network

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A publishedRow says that the clients of a Region reach, for one purpose, what a part of
// ip-ranges.json lists.
type publishedRow struct {
	tables.Dated
	purpose         Purpose
	service, region string // region "" is the client's own
	note            string // on how the page has it
}

func https(service, region string) publishedRow {
	return publishedRow{tables.Since(portsPage, "Ports for Client Applications", "2018-02-03", ""), HTTPS, service, region, ""}
}

// publishedTable has the parts for port 443, which are the same in every version and reading,
// and what the page refers to for Global Accelerator in IPv6. For IPv4 it has a table.
var publishedTable = tables.Table[publishedRow]{
	Name: "parts of ip-ranges.json",
	Key:  func(r publishedRow) string { return r.service + " " + r.region },
	Lists: func(r publishedRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{lacking[r.purpose].code}, Name: "part of ip-ranges.json", Value: r.service + " of " + cmp.Or(r.region, "the client's Region") + r.note}}
	},
	Rows: []publishedRow{
		https("AMAZON", "GLOBAL"),
		https("AMAZON", ""),
		https("AMAZON", "us-east-1"),
		https("AMAZON", "us-west-2"),
		https("S3", "us-west-2"),
		{tables.Since(portsPage, "DCV gateway servers", autumn2025, ""), Accelerator, acceleratorService, "GLOBAL", ", for IPv6; the page of Global Accelerator, to which it refers, says that GLOBAL is meant"},
	},
}

// A hostRow is the name of the health-check servers of a Region. Versions before 2020-03-31 give no
// addresses of them.
type hostRow struct {
	tables.Dated
	region, host string
}

// healthHost makes the rows of a name that the page has in the versions from since on, and in the readings.
func healthHost(region, since, host string) (rows []hostRow) {
	if since < autumn2025 {
		rows = append(rows, hostRow{tables.Since(portsPage, healthSection.on(since), since, afterLastVersion), region, host})
		since = autumn2025
	}
	return append(rows, hostRow{tables.Since(portsPage, healthSection.on(since), since, ""), region, host})
}

// hostTable is by Region. The readings print two of the names with a stroke at the end, as in an address.
var hostTable = tables.Table[hostRow]{
	Name: "health-check servers by name",
	Key:  func(r hostRow) string { return r.region },
	Lists: func(r hostRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{FirewallLacksHealthChecks, FirewallLacksNames}, Name: "health-check servers by name: " + r.region, Value: r.host}}
	},
	Rows: slices.Concat(
		healthHost("us-east-1", "2018-02-03", "drp-iad.amazonworkspaces.com"),
		healthHost("us-west-2", "2018-02-03", "drp-pdx.amazonworkspaces.com"),
		healthHost("ap-south-1", "2021-03-09", "drp-bom.amazonworkspaces.com"),
		healthHost("ap-northeast-2", "2018-04-18", "drp-icn.amazonworkspaces.com"),
		healthHost("ap-southeast-1", "2018-02-03", "drp-sin.amazonworkspaces.com"),
		healthHost("ap-southeast-2", "2018-02-03", "drp-syd.amazonworkspaces.com"),
		healthHost("ap-northeast-1", "2018-02-03", "drp-nrt.amazonworkspaces.com"),
		healthHost("ca-central-1", "2018-05-02", "drp-yul.amazonworkspaces.com"),
		healthHost("eu-central-1", "2018-02-03", "drp-fra.amazonworkspaces.com"),
		healthHost("eu-west-1", "2018-02-03", "drp-dub.amazonworkspaces.com"),
		healthHost("eu-west-2", "2018-02-03", "drp-lhr.amazonworkspaces.com"),
		healthHost("eu-west-3", autumn2025, "drp-cdg.amazonworkspaces.com"),
		healthHost("sa-east-1", "2018-02-03", "drp-gru.amazonworkspaces.com"),
		healthHost("af-south-1", autumn2025, "drp-cpt.amazonworkspaces.com"),
		healthHost("il-central-1", autumn2025, "drp-tlv.amazonworkspaces.com"),
		healthHost("us-gov-west-1", "2019-03-25", "drp-pdt.amazonworkspaces.com"),
		healthHost("us-gov-east-1", autumn2025, "drp-osu.amazonworkspaces.com"),
	),
}
