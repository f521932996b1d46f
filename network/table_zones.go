package network

import (
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A zonesOf is whose Availability Zones they are.
type zonesOf struct {
	region string
	kind   DirectoryKind
}

// A zoneRow says in which Availability Zones of a Region WorkSpaces can be.
type zoneRow struct {
	tables.Dated
	zonesOf
	zones []string // by AZ ID, which is the same in every account
}

var zoneSection = section{{"2020-07-08", "Availability Zones for Amazon WorkSpaces"}, {autumn2025, "Availability Zones for WorkSpaces Personal"}}

func zones(region, since string, ids ...string) zoneRow {
	return zoneRow{tables.Since(zonesPage, zoneSection.on(since), since, ""), zonesOf{region, KindPersonal}, ids}
}

func poolZones(region string, ids ...string) zoneRow {
	return zoneRow{tables.Since(poolsRegions, "AWS Regions and Availability Zones for WorkSpaces Pools", autumn2025, ""), zonesOf{region, KindPools}, ids}
}

// zoneTable is by Region. The page exists since 2020-07-08, and no row of it has changed.
// The page on Pools is that of 2025-10-21, and is the same in the newest reading. Its rows for the
// two GovCloud Regions have the zones of one another, and are left out.
var zoneTable = tables.Table[zoneRow]{
	Name: "zones",
	Key:  func(r zoneRow) string { return r.region + " " + string(r.kind) },
	Lists: func(r zoneRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{SubnetZoneUnsupported}, Name: "Availability Zones, " + string(r.kind) + ": " + r.region, Value: strings.Join(r.zones, ", ")}}
	},
	Rows: []zoneRow{
		zones("us-east-1", "2020-07-08", "use1-az2", "use1-az4", "use1-az6"),
		zones("us-east-2", august2026, "use2-az1", "use2-az2", "use2-az3"),
		zones("us-west-2", "2020-07-08", "usw2-az1", "usw2-az2", "usw2-az3"),
		zones("ap-south-1", "2021-03-09", "aps1-az1", "aps1-az2", "aps1-az3"),
		zones("ap-northeast-2", "2020-07-08", "apne2-az1", "apne2-az3"),
		zones("ap-southeast-1", "2020-07-08", "apse1-az1", "apse1-az2"),
		zones("ap-southeast-2", "2020-07-08", "apse2-az1", "apse2-az3"),
		zones("ap-southeast-5", august2026, "apse5-az1", "apse5-az2", "apse5-az3"),
		zones("ap-northeast-1", "2020-07-08", "apne1-az1", "apne1-az4"),
		zones("ca-central-1", "2020-07-08", "cac1-az1", "cac1-az2"),
		zones("eu-central-1", "2020-07-08", "euc1-az2", "euc1-az3"),
		zones("eu-west-1", "2020-07-08", "euw1-az1", "euw1-az2", "euw1-az3"),
		zones("eu-west-2", "2020-07-08", "euw2-az2", "euw2-az3"),
		zones("eu-west-3", autumn2025, "euw3-az1", "euw3-az2", "euw3-az3"),
		zones("sa-east-1", "2020-07-08", "sae1-az1", "sae1-az3"),
		zones("af-south-1", autumn2025, "afs1-az1", "afs1-az2", "afs1-az3"),
		zones("il-central-1", autumn2025, "ilc1-az1", "ilc1-az2", "ilc1-az3"),
		zones("us-gov-west-1", autumn2025, "usgw1-az1", "usgw1-az2", "usgw1-az3"),
		zones("us-gov-east-1", autumn2025, "usge1-az1", "usge1-az2", "usge1-az3"),

		poolZones("us-east-1", "use1-az2", "use1-az4", "use1-az6"),
		poolZones("us-west-2", "usw2-az1", "usw2-az2", "usw2-az3"),
		poolZones("ap-south-1", "aps1-az1", "aps1-az3"),
		poolZones("ap-northeast-2", "apne2-az1", "apne2-az3"),
		poolZones("ap-southeast-1", "apse1-az1", "apse1-az2"),
		poolZones("ap-southeast-2", "apse2-az1", "apse2-az3"),
		poolZones("ap-northeast-1", "apne1-az1", "apne1-az4"),
		poolZones("ca-central-1", "cac1-az1", "cac1-az2"),
		poolZones("eu-central-1", "euc1-az2", "euc1-az3"),
		poolZones("eu-west-1", "euw1-az1", "euw1-az2", "euw1-az3"),
		poolZones("eu-west-2", "euw2-az2", "euw2-az3"),
		poolZones("eu-west-3", "euw3-az1", "euw3-az2", "euw3-az3"),
		poolZones("sa-east-1", "sae1-az1", "sae1-az3"),
	},
}
