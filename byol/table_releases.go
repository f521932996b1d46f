package byol

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	versions       = "Windows versions supported for BYOL"
	versionsOf2019 = "Windows Versions That Are Supported for BYOL" // until 2021-09-03
	faqVersions    = "What versions of Windows desktop licenses can I bring to Amazon WorkSpaces?"
)

// A windowsRow says that a list of supported systems has a release. Release "" is any:
// the document names the product alone. A silent row is of a document that names no editions of
// Windows: its editions are those of the last document that did, and nothing is said of others.
type windowsRow struct {
	tables.Dated
	product, release string
	ltsc             bool
	editions         []string
	silent           bool
	against          rule.Citation // where the same page, or another, has the product as unsupported
}

var (
	professional    = []string{"Enterprise", "Professional", "Pro"}
	enterpriseOrPro = []string{"Enterprise", "Pro"}
	enterprise      = []string{"Enterprise"}
)

func listed(product, release, section, since, until string, editions []string) windowsRow {
	return windowsRow{Dated: tables.Since(byolPage, section, since, until), product: product, release: release, editions: editions}
}

func ltsc(product, release, document, since string) windowsRow {
	return windowsRow{Dated: tables.Since(document, versions, since, ""), product: product, release: release, ltsc: true, editions: []string{"Enterprise LTSC"}}
}

func onChinaPage(w windowsRow) windowsRow { w.Cite.Document = chinaPage; return w }

func disputed(w windowsRow) windowsRow { w.against = w.Cite; return w }

func silent(w windowsRow) windowsRow { w.silent = true; return w }

// systems, by product and release. The versions of the list are
//
//	2019-01-08  Windows 7 SP1; Windows 10 1607 1703 1709 1803
//	2019-03-25  + 1809
//	2019-10-25  + 1903
//	2020-02-06  + 1909
//	2020-03-31  - Windows 7, 1607, 1703, 1709
//	2020-09-03  + 2004
//	2020-12-23  + 20H2
//	2021-03-29  - 1803, 1809
//	2021-04-03  + 1809
//	2022-09-02  2004 20H2 21H1 21H2
//	2024-12-31  22H2, LTSC 2019 (1809), LTSC 2021 (21H2), Windows 11 23H2: the China page,
//	            which also says that Windows 11 is not supported
//	2025-10-21  + Windows 11 22H2, 24H2
//	2026-05-15  + Windows 11 25H2, LTSC 2024 (24H2)
//
// Before that, the FAQ of 2017 names the products without releases. The API does so for
// Windows 11 from 2023-04-28 on, and for Windows Server 2016 from 2022-10-25 to 2023-02-09.
var systems = tables.Table[windowsRow]{
	Name: "windows",
	Key:  windowsRow.name,
	Lists: func(w windowsRow) []rule.Parameter {
		text := "is supported"
		if len(w.editions) > 0 && !w.silent {
			text += " as " + strings.Join(w.editions, " or ")
		}
		if w.disputed() {
			text += ", and is not, says " + w.against.Document
		}
		return []rule.Parameter{{Rules: []rule.Code{OSNotSupported, WindowsEditionUnsupported}, Name: "windows " + w.name(), Value: text}}
	},
	Rows: []windowsRow{
		{Dated: tables.Since(faq, faqVersions, year2017, "2019-01-08"), product: windows7, editions: professional},
		{Dated: tables.Since(faq, faqVersions, year2017, "2019-01-08"), product: windows10, editions: enterpriseOrPro},
		silent(listed(windows7, "SP1", versionsOf2019, "2019-01-08", "2020-03-31", professional)),
		listed(windows10, "1607", versionsOf2019, "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1703", versionsOf2019, "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1709", versionsOf2019, "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1803", versionsOf2019, "2019-01-08", "2021-03-29", enterpriseOrPro),
		listed(windows10, "1809", versionsOf2019, "2019-03-25", "2021-03-29", enterpriseOrPro),
		listed(windows10, "1809", versionsOf2019, "2021-04-03", "2022-09-02", enterpriseOrPro),
		ltsc(windows10, "1809", chinaPage, year2024),
		listed(windows10, "1903", versionsOf2019, "2019-10-25", "2022-09-02", enterpriseOrPro),
		listed(windows10, "1909", versionsOf2019, "2020-02-06", "2022-09-02", enterpriseOrPro),
		listed(windows10, "2004", versionsOf2019, "2020-09-03", year2024, enterpriseOrPro),
		listed(windows10, "20H2", versionsOf2019, "2020-12-23", year2024, enterpriseOrPro),
		listed(windows10, "21H1", versions, "2022-09-02", year2024, enterpriseOrPro),
		listed(windows10, "21H2", versions, "2022-09-02", year2024, enterpriseOrPro),
		ltsc(windows10, "21H2", chinaPage, year2024),
		silent(onChinaPage(listed(windows10, "22H2", versions, year2024, autumn2025, enterpriseOrPro))),
		silent(listed(windows10, "22H2", versions, autumn2025, "", enterpriseOrPro)),
		{Dated: tables.Since(importAPI, "ImportWorkspaceImage", "2023-04-28", year2024), product: windows11},
		{Dated: tables.Since(importAPI, "ImportWorkspaceImage", "2022-10-25", "2023-02-09"), product: server2016, against: tables.Cite(byolPage, versions, "2022-09-02")},
		listed(windows11, "22H2", versions, autumn2025, "", enterprise),
		disputed(onChinaPage(listed(windows11, "23H2", versions, year2024, autumn2025, enterprise))),
		listed(windows11, "23H2", versions, autumn2025, "", enterprise),
		listed(windows11, "24H2", versions, autumn2025, "", enterprise),
		ltsc(windows11, "24H2", byolPage, spring2026),
		listed(windows11, "25H2", versions, spring2026, "", enterprise),
	},
}

func (w windowsRow) disputed() bool { return w.against != rule.Citation{} }

// name is the system as people write it.
func (w windowsRow) name() string {
	s := w.product
	if w.release != "" {
		s += " " + w.release
	}
	if w.ltsc {
		s += " LTSC"
	}
	return s
}

// allComputes is when the page says that every supported system supports every compute type
// of the Region.
var allComputes = tables.Table[allRow]{
	Name: "compute types",
	Lists: func(allRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ComputeTypesDisputed}, Name: "compute types", Value: "every supported system supports every compute type of the Region"}}
	},
	Rows: []allRow{{tables.Since(byolPage, versionsOf2019, "2020-02-06", "")}},
}

type allRow struct{ tables.Dated }

// A computeRow is the compute types that the table of bundles gives for BYOL with a product.
// Graphics G4dn in the table of 2026 counts as both sizes, and Graphics G6 and G7 as all types of their
// kind. In the table of 2025 Graphics is retired.
type computeRow struct {
	tables.Dated
	product  string
	computes []string
}

func offered(product, since, until string, computes ...types.Compute) computeRow {
	c := computeRow{Dated: tables.Since(bundlesPage, bundlesSection, since, until), product: product}
	for _, t := range computes {
		c.computes = append(c.computes, string(t))
	}
	return c
}

var computeTypes = tables.Table[computeRow]{
	Name: "compute types of systems",
	Key:  func(c computeRow) string { return c.product },
	Lists: func(c computeRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ComputeTypesDisputed}, Name: "compute types of " + c.product, Value: strings.Join(c.computes, " ")}}
	},
	Rows: []computeRow{
		offered(windows10, autumn2025, "", types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGraphicspro, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn),
		offered(windows11, autumn2025, lastReading, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge),
		offered(windows11, lastReading, "", types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn,
			types.ComputeGraphicsG6Xlarge, types.ComputeGraphicsG62xlarge, types.ComputeGraphicsG64xlarge, types.ComputeGraphicsG68xlarge, types.ComputeGraphicsG616xlarge,
			types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsGr68xlarge,
			types.ComputeGraphicsG6fLarge, types.ComputeGraphicsG6fXlarge, types.ComputeGraphicsG6f2xlarge, types.ComputeGraphicsG6f4xlarge, types.ComputeGraphicsGr6f4xlarge,
			"GRAPHICS_G7_2XLARGE", "GRAPHICS_G7_4XLARGE", "GRAPHICS_G7_8XLARGE", "GRAPHICS_G7_12XLARGE"),
	},
}
