package bundles

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// BYOP is the streaming protocol that a partner of WorkSpaces Core brings. The SDK has no value
// for it.
const BYOP types.Protocol = "BYOP"

// An Offer is what WorkSpaces offers with an operating system.
type Offer struct {
	System    string                    // as the guide calls it
	Name      types.OperatingSystemName // "" if the SDK has no name for it
	BYOL      bool                      // with the customer's own licence
	Protocols []types.Protocol          // WSP is DCV
	Compute   []types.Compute           // in the order of ComputeTypes
	Ended     rule.Edition              // the last day of its life; zero if none is past
	Cite      rule.Citation
}

// An offerRow is a row of the guide's table.
type offerRow struct {
	system    string
	name      types.OperatingSystemName
	byol      bool
	protocols []types.Protocol
	smallest  types.Compute // of those without a GPU
	largest   types.Compute
	families  []Family // with a GPU
	ended     string   // the last day of the system's life; "" if it is not over when the row starts
	tables.Dated
}

func offer(since, until, system string, name types.OperatingSystemName, protocols []types.Protocol, smallest, largest types.Compute, families ...Family) offerRow {
	return offerRow{
		system: system, name: name, protocols: protocols, smallest: smallest, largest: largest, families: families,
		Dated: tables.Since(bundlesPage, bundlesTitle, since, until),
	}
}

// bundlesTitle is the title of the page, which heads its table.
const bundlesTitle = "Bundles and images for WorkSpaces Personal"

func byol(row offerRow) offerRow { row.byol = true; return row }

// endAmazonLinux2 is the day after the last of Amazon Linux 2, which a reading before gives.
const endAmazonLinux2 = "2026-07-01"

// ended makes the row of a system whose life is over from the last row before its end.
func ended(last, from string, row offerRow) offerRow {
	row.ended, row.Span = last, tables.During(from, "")
	return row
}

var (
	dcv          = []types.Protocol{types.ProtocolWsp}
	dcvBYOP      = []types.Protocol{types.ProtocolWsp, BYOP}
	dcvPCoIP     = []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip}
	dcvPCoIPBYOP = []types.Protocol{types.ProtocolWsp, types.ProtocolPcoip, BYOP}
	g4dnG6       = []Family{G4dn, G6, Gr6, G6f, Gr6f} // the bundle options count the variants to G6
	g4dnG6G7     = []Family{G4dn, G6, Gr6, G6f, Gr6f, G7}
)

// graphicsPCoIP is a note below the table by which Graphics bundles with Windows have PCoIP alone. The
// table had them with systems that have DCV alone.
var graphicsPCoIP = tables.Table[tables.Dated]{
	Name: "Graphics bundles with PCoIP alone",
	Rows: []tables.Dated{tables.Since(bundlesPage, bundlesTitle, read2025, readLinux9)},
}

// offers, in the order of the guide's table, which lists G6 with its variants as one. The reading of
// 2025 has Graphics as retired, which is no offer.
var offers = tables.Table[offerRow]{
	Name: "offer",
	Key:  func(r offerRow) string { return r.system },
	Lists: func(r offerRow) []rule.Parameter {
		name := r.system
		if r.byol {
			name += " with BYOL"
		}
		compute := fmt.Sprintf("%s to %s", r.smallest, r.largest)
		if len(r.families) > 0 {
			compute += ", " + words(r.families)
		}
		list := append(parameter("protocols offered with "+name, words(r.protocols), ProtocolNotOffered),
			parameter("compute types offered with "+name, compute, ComputeTypeNotOffered)...)
		if r.ended != "" {
			list = append(list, parameter("last day of "+name, r.ended, OperatingSystemEnded)...)
		}
		return list
	},
	Rows: []offerRow{
		offer(read2025, "", "Windows Server 2016", types.OperatingSystemNameWindowsServer2016, dcvPCoIP, types.ComputeValue, types.ComputePowerpro, GraphicsPro, G4dn),

		offer(read2025, lastReading, "Windows Server 2019", types.OperatingSystemNameWindowsServer2019, dcvPCoIP, types.ComputeValue, types.ComputePowerpro, GraphicsPro, G4dn),
		offer(lastReading, "", "Windows Server 2019", types.OperatingSystemNameWindowsServer2019, dcvPCoIPBYOP, types.ComputeValue, types.ComputePowerpro, GraphicsPro, G4dn),

		offer(read2025, readG6, "Windows Server 2022", types.OperatingSystemNameWindowsServer2022, dcvPCoIP, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, GraphicsPro, G4dn),
		offer(readG6, lastReading, "Windows Server 2022", types.OperatingSystemNameWindowsServer2022, dcvPCoIP, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6...),
		offer(lastReading, "", "Windows Server 2022", types.OperatingSystemNameWindowsServer2022, dcvPCoIPBYOP, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6G7...),

		offer(readLinux9, lastReading, "Windows Server 2025", types.OperatingSystemNameWindowsServer2025, dcv, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6...),
		offer(lastReading, "", "Windows Server 2025", types.OperatingSystemNameWindowsServer2025, dcvBYOP, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6G7...),

		byol(offer(read2025, lastReading, "Windows 10", types.OperatingSystemNameWindows10, dcvPCoIP, types.ComputeValue, types.ComputePowerpro, GraphicsPro, G4dn)),
		byol(offer(lastReading, "", "Windows 10", types.OperatingSystemNameWindows10, dcvPCoIPBYOP, types.ComputeValue, types.ComputePowerpro, GraphicsPro, G4dn)),

		byol(offer(read2025, readG6, "Windows 11", types.OperatingSystemNameWindows11, dcv, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge)),
		byol(offer(readG6, lastReading, "Windows 11", types.OperatingSystemNameWindows11, dcv, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6...)),
		byol(offer(lastReading, "", "Windows 11", types.OperatingSystemNameWindows11, dcvBYOP, types.ComputeStandard, types.ComputeGeneralpurpose8xlarge, g4dnG6G7...)),

		offer(read2025, endAmazonLinux2, "Amazon Linux 2", types.OperatingSystemNameAmazonLinux2, dcvPCoIP, types.ComputeValue, types.ComputePowerpro),
		ended("2026-06-30", endAmazonLinux2, offer(readLinux9, "", "Amazon Linux 2", types.OperatingSystemNameAmazonLinux2, dcvPCoIP, types.ComputeValue, types.ComputePowerpro)),

		offer(read2025, "", "Ubuntu 22.04 LTS", types.OperatingSystemNameUbuntu2204, dcv, types.ComputeValue, types.ComputePowerpro, G4dn),
		offer(readLinux9, "", "Ubuntu 24.04 LTS", "", dcv, types.ComputeStandard, types.ComputePowerpro),
		offer(read2025, "", "Rocky Linux 8", types.OperatingSystemNameRocky8, dcv, types.ComputeValue, types.ComputePowerpro),
		offer(readLinux9, "", "Rocky Linux 9", "", dcv, types.ComputeStandard, types.ComputePowerpro),
		offer(read2025, "", "Red Hat Enterprise Linux 8", types.OperatingSystemNameRhel8, dcv, types.ComputeValue, types.ComputePowerpro),
		offer(readLinux9, "", "Red Hat Enterprise Linux 9", "", dcv, types.ComputeStandard, types.ComputePowerpro),
	},
}
