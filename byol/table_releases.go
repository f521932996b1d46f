package byol

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	versions    = "Windows versions supported for BYOL"
	faqVersions = "What versions of Windows desktop licenses can I bring?"
)

// A windowsRow says that a list of supported systems has a release. Release "" is any:
// the document names the product alone. A row without editions names none.
type windowsRow struct {
	tables.Dated
	product, release string
	ltsc             bool
	editions         []string
	against          rule.Citation // where the same page calls the product unsupported, if it does
}

var (
	enterpriseOrPro = []string{"Enterprise", "Pro"}
	enterprise      = []string{"Enterprise"}
)

func listed(product, release, since, until string, editions []string) windowsRow {
	return windowsRow{Dated: tables.Since(byolPage, versions, since, until), product: product, release: release, editions: editions}
}

func ltsc(product, release, document, since string) windowsRow {
	return windowsRow{Dated: tables.Since(document, versions, since, ""), product: product, release: release, ltsc: true, editions: []string{"Enterprise LTSC"}}
}

func onChinaPage(w windowsRow) windowsRow { w.Cite.Document = chinaPage; return w }

func disputed(w windowsRow) windowsRow { w.against = w.Cite; return w }

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
//	2026-09-10  + Windows 11 25H2, LTSC 2024 (24H2)
//
// Before that, the FAQ of 2017 names the products without releases. The API does so for
// Windows 11 from 2023-04-28 on.
var systems = tables.Table[windowsRow]{
	Name: "windows",
	Key:  windowsRow.name,
	Lists: func(w windowsRow) []rule.Parameter {
		text := "is supported"
		if len(w.editions) > 0 {
			text += " as " + strings.Join(w.editions, " or ")
		}
		if w.disputed() {
			text += ", and the product is not, says the same page"
		}
		return []rule.Parameter{{Rules: []rule.Code{OSNotSupported, WindowsEditionUnsupported}, Name: "windows " + w.name(), Value: text}}
	},
	Rows: []windowsRow{
		{tables.Since(faq, faqVersions, year2017, "2019-01-08"), windows7, "", false, []string{"Enterprise", "Professional", "Pro"}, rule.Citation{}},
		{tables.Since(faq, faqVersions, year2017, "2019-01-08"), windows10, "", false, enterpriseOrPro, rule.Citation{}},
		listed(windows7, "SP1", "2019-01-08", "2020-03-31", nil),
		listed(windows10, "1607", "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1703", "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1709", "2019-01-08", "2020-03-31", enterpriseOrPro),
		listed(windows10, "1803", "2019-01-08", "2021-03-29", enterpriseOrPro),
		listed(windows10, "1809", "2019-03-25", "2021-03-29", enterpriseOrPro),
		listed(windows10, "1809", "2021-04-03", "2022-09-02", enterpriseOrPro),
		ltsc(windows10, "1809", chinaPage, year2024),
		listed(windows10, "1903", "2019-10-25", "2022-09-02", enterpriseOrPro),
		listed(windows10, "1909", "2020-02-06", "2022-09-02", enterpriseOrPro),
		listed(windows10, "2004", "2020-09-03", year2024, enterpriseOrPro),
		listed(windows10, "20H2", "2020-12-23", year2024, enterpriseOrPro),
		listed(windows10, "21H1", "2022-09-02", year2024, enterpriseOrPro),
		listed(windows10, "21H2", "2022-09-02", year2024, enterpriseOrPro),
		ltsc(windows10, "21H2", chinaPage, year2024),
		onChinaPage(listed(windows10, "22H2", year2024, "", nil)),
		{tables.Since(importAPI, "ImportWorkspaceImage", "2023-04-28", year2024), windows11, "", false, nil, rule.Citation{}},
		listed(windows11, "22H2", autumn2025, "", enterprise),
		disputed(onChinaPage(listed(windows11, "23H2", year2024, autumn2025, enterprise))),
		listed(windows11, "23H2", autumn2025, "", enterprise),
		listed(windows11, "24H2", autumn2025, "", enterprise),
		ltsc(windows11, "24H2", byolPage, lastReading),
		listed(windows11, "25H2", lastReading, "", enterprise),
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
	Rows: []allRow{{tables.Since(byolPage, versions, "2020-02-06", "")}},
}

type allRow struct{ tables.Dated }

// A computeRow is the compute types that the table of bundles gives for BYOL with a product.
// Graphics.g4dn in the table counts as both sizes, and Graphics.g6 as all types of its kind.
type computeRow struct {
	tables.Dated
	product  string
	computes []string
}

func offered(product string, computes ...types.Compute) computeRow {
	c := computeRow{Dated: tables.Since(bundlesPage, "Operating systems", lastReading, ""), product: product}
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
		offered(windows10, types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGraphicspro, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn),
		offered(windows11, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn,
			types.ComputeGraphicsG6Xlarge, types.ComputeGraphicsG62xlarge, types.ComputeGraphicsG64xlarge, types.ComputeGraphicsG68xlarge, types.ComputeGraphicsG616xlarge,
			types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsGr68xlarge,
			types.ComputeGraphicsG6fLarge, types.ComputeGraphicsG6fXlarge, types.ComputeGraphicsG6f2xlarge, types.ComputeGraphicsG6f4xlarge, types.ComputeGraphicsGr6f4xlarge),
	},
}
