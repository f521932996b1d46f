package facts

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
)

// Streaming protocols, as the API spells them. The guide calls WSP by its newer name, DCV. BYOP is
// the protocol that a partner of WorkSpaces Core brings, for which the API has no word.
const (
	PCoIP = "PCOIP"
	DCV   = "WSP"
	BYOP  = "BYOP"
)

// An Offer is a row of the guide's table of operating systems: what WorkSpaces offers with one.
type Offer struct {
	System    string // as the guide calls it
	Name      string // as the API spells it, or would: some systems are newer than its names
	BYOL      bool   // with the customer's own licence; else the licence is included
	Protocols []string
	Smallest  string // of the compute types without a GPU
	Largest   string
	Families  []Family // with a GPU
	tables.Dated
}

// withoutGPU are the compute types without a GPU in ascending order.
var withoutGPU = []string{"VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE"}

// Has reports whether the row lists a compute type.
func (o *Offer) Has(compute string) bool {
	family := FamilyOf(compute)
	if family != GeneralPurpose {
		return slices.Contains(o.Families, family)
	}
	at := slices.Index(withoutGPU, compute)
	return slices.Index(withoutGPU, o.Smallest) <= at && at <= slices.Index(withoutGPU, o.Largest)
}

// BundlesTitle is the title of the page on bundles, which heads its table.
const BundlesTitle = "Bundles and images for WorkSpaces Personal"

func offer(since, until, system, name string, protocols []string, smallest, largest string, families ...Family) Offer {
	return Offer{
		System: system, Name: name, Protocols: protocols, Smallest: smallest, Largest: largest, Families: families,
		Dated: tables.Since(BundlesPage, BundlesTitle, since, until),
	}
}

func ownLicense(o Offer) Offer { o.BYOL = true; return o }

var (
	dcv          = []string{DCV}
	dcvBYOP      = []string{DCV, BYOP}
	dcvPCoIP     = []string{DCV, PCoIP}
	dcvPCoIPBYOP = []string{DCV, PCoIP, BYOP}
	g4dnG6       = []Family{G4dn, G6, Gr6, G6f, Gr6f} // the bundle options count the variants to G6
	g4dnG6G7     = []Family{G4dn, G6, Gr6, G6f, Gr6f, G7}
)

// Offers, in the order of the guide's table, which lists G6 with its variants as one. The reading of
// 2025 has Graphics as retired, which is no offer.
var Offers = tables.Table[Offer]{
	Name: "offer",
	Key:  func(o Offer) string { return o.System },
	Rows: []Offer{
		offer(Read2025, "", "Windows Server 2016", "WINDOWS_SERVER_2016", dcvPCoIP, "VALUE", "POWERPRO", GraphicsPro, G4dn),

		offer(Read2025, LastReading, "Windows Server 2019", "WINDOWS_SERVER_2019", dcvPCoIP, "VALUE", "POWERPRO", GraphicsPro, G4dn),
		offer(LastReading, "", "Windows Server 2019", "WINDOWS_SERVER_2019", dcvPCoIPBYOP, "VALUE", "POWERPRO", GraphicsPro, G4dn),

		offer(Read2025, ReadG6, "Windows Server 2022", "WINDOWS_SERVER_2022", dcvPCoIP, "STANDARD", "GENERALPURPOSE_8XLARGE", GraphicsPro, G4dn),
		offer(ReadG6, LastReading, "Windows Server 2022", "WINDOWS_SERVER_2022", dcvPCoIP, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6...),
		offer(LastReading, "", "Windows Server 2022", "WINDOWS_SERVER_2022", dcvPCoIPBYOP, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6G7...),

		offer(ReadLinux9, LastReading, "Windows Server 2025", "WINDOWS_SERVER_2025", dcv, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6...),
		offer(LastReading, "", "Windows Server 2025", "WINDOWS_SERVER_2025", dcvBYOP, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6G7...),

		ownLicense(offer(Read2025, LastReading, "Windows 10", "WINDOWS_10", dcvPCoIP, "VALUE", "POWERPRO", GraphicsPro, G4dn)),
		ownLicense(offer(LastReading, "", "Windows 10", "WINDOWS_10", dcvPCoIPBYOP, "VALUE", "POWERPRO", GraphicsPro, G4dn)),

		ownLicense(offer(Read2025, ReadG6, "Windows 11", "WINDOWS_11", dcv, "STANDARD", "GENERALPURPOSE_8XLARGE")),
		ownLicense(offer(ReadG6, LastReading, "Windows 11", "WINDOWS_11", dcv, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6...)),
		ownLicense(offer(LastReading, "", "Windows 11", "WINDOWS_11", dcvBYOP, "STANDARD", "GENERALPURPOSE_8XLARGE", g4dnG6G7...)),

		offer(Read2025, "", "Amazon Linux 2", "AMAZON_LINUX_2", dcvPCoIP, "VALUE", "POWERPRO"),

		offer(Read2025, "", "Ubuntu 22.04 LTS", "UBUNTU_22_04", dcv, "VALUE", "POWERPRO", G4dn),
		offer(ReadLinux9, "", "Ubuntu 24.04 LTS", "UBUNTU_24_04", dcv, "STANDARD", "POWERPRO"),
		offer(Read2025, "", "Rocky Linux 8", "ROCKY_8", dcv, "VALUE", "POWERPRO"),
		offer(ReadLinux9, "", "Rocky Linux 9", "ROCKY_9", dcv, "STANDARD", "POWERPRO"),
		offer(Read2025, "", "Red Hat Enterprise Linux 8", "RHEL_8", dcv, "VALUE", "POWERPRO"),
		offer(ReadLinux9, "", "Red Hat Enterprise Linux 9", "RHEL_9", dcv, "STANDARD", "POWERPRO"),
	},
}
