package network

import (
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A rangeRow says that a page gives a range for a use in a Region. Region "*" stands
// for every Region outside China, in a table or not.
type rangeRow struct {
	tables.Dated
	region  string
	use     Use
	prefix  netip.Prefix
	suspect bool
}

const (
	all = "*"

	net172  = "172.31.0.0/16"
	net192  = "192.168.0.0/16"
	net198  = "198.19.0.0/16"
	net10   = "10.0.0.0/8"
	netBYOL = "54.239.224.0/20"
)

var rangeSection = section{{"2018-02-03", "Management Interface IP Ranges"}, {"2021-09-03", "Management interface IP ranges"}}

// table returns the row of a range in the table of the ports page.
func table(region string, use Use, prefix, since, until string) rangeRow {
	return rangeRow{Dated: tables.Since(portsPage, rangeSection.on(since), since, until), region: region, use: use, prefix: netip.MustParsePrefix(prefix)}
}

// rangeTable lists the rows of rangeRows.
var rangeTable = tables.Table[rangeRow]{
	Name: "management ranges",
	Key:  func(r rangeRow) string { return r.region + " " + string(r.use) + " " + r.prefix.String() },
	Lists: func(r rangeRow) []rule.Parameter {
		p := rule.Parameter{Name: "management range, " + string(r.use) + ": " + r.region, Value: r.prefix.String()}
		if r.region == all {
			p.Name = "management range, " + string(r.use) + ": every Region"
		}
		if r.suspect {
			p.Value += " (perhaps a misprint)"
		}
		if r.use == Candidate {
			p.Rules = []rule.Code{ManagementRangesExhausted, ManagementRangeConflict}
		}
		return []rule.Parameter{p}
	},
	Rows: rangeRows,
}

// rangeRows are by Region, in the order of the newest page. A range that left a Region
// and came back has two rows. A report of July 2014 by a third party names two ranges
// and no Region, and has no row. The versions of the page since 2018-02-03 are:
//
//	2018-02-03  ab95d46  nine Regions
//	2018-04-18  ac4bbe1  + Seoul
//	2018-05-02  635eb6f  + Canada
//	2018-06-29  778015f  Sydney gains 198.19.0.0/16
//	2019-03-25  1381f47  Oregon and Ireland gain 198.19.0.0/16; + GovCloud West
//	2019-11-26  ebb784e  N. Virginia loses 172.31.0.0/16
//	2020-07-08  fd65a0d  N. Virginia regains 172.31.0.0/16
//	2020-12-23  8fc2676  54.239.224.0/20 for BYOL in every Region
//	2021-01-23  2e4acb8  54.239.224.0/20 is beside the chosen /16
//	2021-02-20  d28f462  10.0.0.0/8 for DCV in each row, and for BYOL with DCV
//	2021-03-09  45ddd52  + Mumbai
//	2022-09-02  75afab3  unchanged
//	2025-10-21  first seen: Paris, Cape Town, Tel Aviv, GovCloud East, 192.169.0.0/16
var rangeRows = []rangeRow{
	table("us-east-1", Candidate, net172, "2018-02-03", "2019-11-26"),
	table("us-east-1", Candidate, net172, "2020-07-08", ""),
	table("us-east-1", Candidate, net192, "2018-02-03", ""),
	table("us-east-1", Candidate, net198, "2018-02-03", ""),
	table("us-east-1", DCV, net10, "2021-02-20", ""),

	table("us-west-2", Candidate, net172, "2018-02-03", ""),
	table("us-west-2", Candidate, net192, "2018-02-03", ""),
	table("us-west-2", Candidate, net198, "2019-03-25", ""),
	table("us-west-2", DCV, net10, "2021-02-20", ""),

	table("ap-south-1", Candidate, net192, "2021-03-09", ""),
	table("ap-south-1", DCV, net10, "2021-03-09", ""),

	table("ap-northeast-2", Candidate, net198, "2018-04-18", ""),
	table("ap-northeast-2", DCV, net10, "2021-02-20", ""),

	table("ap-southeast-1", Candidate, net198, "2018-02-03", ""),
	table("ap-southeast-1", DCV, net10, "2021-02-20", ""),

	table("ap-southeast-2", Candidate, net172, "2018-02-03", ""),
	table("ap-southeast-2", Candidate, net192, "2018-02-03", ""),
	table("ap-southeast-2", Candidate, net198, "2018-06-29", ""),
	table("ap-southeast-2", DCV, net10, "2021-02-20", ""),

	table("ap-northeast-1", Candidate, net198, "2018-02-03", ""),
	table("ap-northeast-1", DCV, net10, "2021-02-20", ""),

	table("ca-central-1", Candidate, net198, "2018-05-02", ""),
	table("ca-central-1", DCV, net10, "2021-02-20", ""),

	table("eu-central-1", Candidate, net198, "2018-02-03", ""),
	table("eu-central-1", DCV, net10, "2021-02-20", ""),

	table("eu-west-1", Candidate, net172, "2018-02-03", ""),
	table("eu-west-1", Candidate, net192, "2018-02-03", ""),
	table("eu-west-1", Candidate, net198, "2019-03-25", ""),
	table("eu-west-1", DCV, net10, "2021-02-20", ""),

	table("eu-west-2", Candidate, net198, "2018-02-03", ""),
	table("eu-west-2", DCV, net10, "2021-02-20", ""),

	table("eu-west-3", Candidate, net198, autumn2025, ""),
	table("eu-west-3", DCV, net10, autumn2025, ""),

	table("sa-east-1", Candidate, net198, "2018-02-03", ""),
	table("sa-east-1", DCV, net10, "2021-02-20", ""),

	table("af-south-1", Candidate, net172, autumn2025, ""),
	table("af-south-1", Candidate, net198, autumn2025, ""),
	table("af-south-1", DCV, net10, autumn2025, ""),

	table("il-central-1", Candidate, net198, autumn2025, ""),
	table("il-central-1", DCV, net10, autumn2025, ""),

	table("us-gov-west-1", Candidate, net198, "2019-03-25", ""),
	table("us-gov-west-1", DCV, net10, "2021-02-20", ""),
	suspect(table("us-gov-west-1", DCV, "192.169.0.0/16", autumn2025, "")),

	table("us-gov-east-1", Candidate, net198, autumn2025, ""),
	table("us-gov-east-1", DCV, net10, autumn2025, ""),

	table(all, BYOL, netBYOL, "2020-12-23", "2021-01-23"),
	table(all, BYOL, netBYOL, "2021-01-23", "2021-02-20"),
	table(all, BYOL, netBYOL, "2021-02-20", ""),
	table(all, BYOLDCV, net10, "2021-02-20", ""),

	pools(Pools, "Network Interfaces", net198),
	pools(PoolsBYOLDCV, "Management Network Interface IP Address Range and Ports", net10),
	pools(PoolsReserved, "Customer Network Interface Ports", "169.254.0.0/16"),
}

// suspect marks a range that the page prints and that may be a misprint: 192.169 is
// public space, one digit away from 192.168, and no second source has it.
func suspect(r rangeRow) rangeRow {
	r.suspect = true
	return r
}

func pools(use Use, section, prefix string) rangeRow {
	r := table(all, use, prefix, autumn2025, "")
	r.Cite = tables.Cite(poolsPage, section, autumn2025)
	return r
}

// A parentRow is a range from which a BYOL management range is taken.
type parentRow struct {
	tables.Dated
	prefix netip.Prefix
}

func parent(prefix string) parentRow {
	return parentRow{tables.Since(byolPage, "Requirements", "2018-02-03", ""), netip.MustParsePrefix(prefix)}
}

// parentTable is in address order: 339 blocks of /16, the same in every edition.
var parentTable = tables.Table[parentRow]{
	Name: "parents",
	Key:  func(r parentRow) string { return r.prefix.String() },
	Lists: func(r parentRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ManagementCIDROutsideParents}, Name: "parent of BYOL management ranges", Value: r.prefix.String()}}
	},
	Rows: []parentRow{
		parent("10.0.0.0/8"),
		parent("100.64.0.0/10"),
		parent("172.16.0.0/12"),
		parent("192.168.0.0/16"),
		parent("198.18.0.0/15"),
	},
}
