package bundles

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	amazonLinux2Notice = "Amazon Linux 2 WorkSpaces end-of-life announcement"
	pcoipNotice        = "End of support notice"
	poolsNotice        = "Amazon WorkSpaces Pools end of support"

	announced = "2026-06-30" // the day on which the document history has the ends of PCoIP and of Pools
	poolsName = "Pools"
)

// An endRow is the last day of something, from the day on which a document gives it.
type endRow struct {
	kind         EndKind
	what, name   string
	last, closed string // dates; closed may be ""
	newCustomers bool
	tables.Dated
}

func (r endRow) end() End {
	e := End{Kind: r.kind, What: r.what, Name: r.name, Last: rule.MustParseEdition(r.last), NewCustomers: r.newCustomers, Cite: r.Cite}
	if r.closed != "" {
		e.Closed = rule.MustParseEdition(r.closed)
	}
	return e
}

// systemEnds is a row of the column of retirement dates in the guide's table of systems.
func systemEnds(what string, name types.OperatingSystemName, last, since string) endRow {
	return endRow{kind: EndOfOperatingSystem, what: what, name: string(name), last: last, Dated: tables.Since(bundlesPage, facts.BundlesTitle, since, "")}
}

// ends, systems first in the order of the guide's table. For Windows 10 and 11 it says that they are in support.
var ends = tables.Table[endRow]{
	Name: "end",
	Key:  func(r endRow) string { return string(r.kind) + " " + r.what },
	Lists: func(r endRow) []rule.Parameter {
		codes := endCodes[r.kind]
		list := parameter("last day of "+r.what, r.last, codes.ends, codes.ended)
		if r.closed != "" {
			who := "to everybody"
			if r.newCustomers {
				who = "to new customers"
			}
			list = append(list, parameter(r.what+" is closed "+who, "from "+r.closed, codes.closed)...)
		}
		return list
	},
	Rows: []endRow{
		systemEnds("Windows Server 2016", types.OperatingSystemNameWindowsServer2016, "2027-01-12", read2025),
		systemEnds("Windows Server 2019", types.OperatingSystemNameWindowsServer2019, "2029-01-09", read2025),
		systemEnds("Windows Server 2022", types.OperatingSystemNameWindowsServer2022, "2031-10-14", read2025),
		systemEnds("Windows Server 2025", types.OperatingSystemNameWindowsServer2025, "2034-11-14", readLinux9),
		{EndOfOperatingSystem, "Amazon Linux 2", string(types.OperatingSystemNameAmazonLinux2), "2026-06-30", "2026-05-15", false,
			tables.Since(historyPage, amazonLinux2Notice, "2026-05-15", "")},
		systemEnds("Ubuntu 22.04 LTS", types.OperatingSystemNameUbuntu2204, "2032-06-30", read2025),
		systemEnds("Ubuntu 24.04 LTS", "UBUNTU_24_04", "2034-06-30", readLinux9),
		systemEnds("Rocky Linux 8", types.OperatingSystemNameRocky8, "2029-05-31", read2025),
		systemEnds("Rocky Linux 9", "ROCKY_9", "2032-05-31", readLinux9),
		systemEnds("Red Hat Enterprise Linux 8", types.OperatingSystemNameRhel8, "2029-05-31", read2025),
		systemEnds("Red Hat Enterprise Linux 9", "RHEL_9", "2032-05-31", readLinux9),
		{EndOfProtocol, "PCoIP", string(types.ProtocolPcoip), "2027-10-31", "2026-07-31", true, tables.Since(historyPage, pcoipNotice, announced, "")},
		{EndOfPools, "WorkSpaces Pools", poolsName, "2027-12-31", "2026-07-31", true, tables.Since(historyPage, poolsNotice, announced, "")},
	},
}

// pools is when there are WorkSpaces Pools.
var pools = tables.Table[tables.Dated]{
	Name: "WorkSpaces Pools",
	Rows: []tables.Dated{tables.Since(historyPage, "WorkSpaces Pools is now available", "2024-06-27", "")},
}
