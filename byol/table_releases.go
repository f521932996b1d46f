package byol

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	OSNotSupported            rule.Code = "byol.os-not-supported"
	WindowsEditionUnsupported rule.Code = "byol.windows-edition-unsupported"
	WindowsNUnsupported       rule.Code = "byol.windows-n-unsupported"
	GraphicsOnWindowsRelease  rule.Code = "byol.graphics-on-windows-release"
	GraphicsRetired           rule.Code = "byol.graphics-retired"
	GraphicsProRetired        rule.Code = "byol.graphicspro-retired"
	ValueOnWindows11          rule.Code = "byol.value-on-windows-11"
	ComputeTypesDisputed      rule.Code = "byol.compute-types-disputed"
)

const versions = "Windows versions supported for BYOL"

// A windowsRow says that a list of supported systems has a release. Release "" is any:
// the document names the product alone. A row without editions names none.
type windowsRow struct {
	product, release string
	ltsc             bool
	editions         []string
	disputed         bool // the same page calls the product unsupported
	span             rule.Span
	cite             rule.Citation
}

const (
	windows7  = "Windows 7"
	windows10 = "Windows 10"
	windows11 = "Windows 11"
)

var (
	enterpriseOrPro = []string{"Enterprise", "Pro"}
	enterprise      = []string{"Enterprise"}
)

func listed(product, release, since, until string, editions []string) windowsRow {
	return windowsRow{product: product, release: release, editions: editions, span: tables.During(since, until), cite: tables.Cite(byolPage, versions, since)}
}

func ltsc(product, release, document, since string) windowsRow {
	return windowsRow{product: product, release: release, ltsc: true, editions: []string{"Enterprise LTSC"}, span: tables.During(since, ""), cite: tables.Cite(document, versions, since)}
}

func onChinaPage(w windowsRow) windowsRow { w.cite.Document = chinaPage; return w }

func disputed(w windowsRow) windowsRow { w.disputed = true; return w }

// windowsRows, by product and release. The versions of the list are
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
// Before, the FAQ of 2017 names the products alone, as the API does Windows 11 from
// 2023-04-28 on.
var windowsRows = []windowsRow{
	{product: windows7, editions: []string{"Enterprise", "Professional", "Pro"}, span: tables.During(year2017, "2019-01-08"), cite: tables.Cite(faq, "What versions of Windows desktop licenses can I bring?", year2017)},
	{product: windows10, editions: enterpriseOrPro, span: tables.During(year2017, "2019-01-08"), cite: tables.Cite(faq, "What versions of Windows desktop licenses can I bring?", year2017)},
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
	{product: windows11, span: tables.During("2023-04-28", year2024), cite: tables.Cite(importAPI, "ImportWorkspaceImage", "2023-04-28")},
	listed(windows11, "22H2", autumn2025, "", enterprise),
	disputed(onChinaPage(listed(windows11, "23H2", year2024, autumn2025, enterprise))),
	listed(windows11, "23H2", autumn2025, "", enterprise),
	listed(windows11, "24H2", autumn2025, "", enterprise),
	ltsc(windows11, "24H2", byolPage, lastReading),
	listed(windows11, "25H2", lastReading, "", enterprise),
}

// name is the system as people write it.
func (w *windowsRow) name() string {
	s := w.product
	if w.release != "" {
		s += " " + w.release
	}
	if w.ltsc {
		s += " LTSC"
	}
	return s
}

func windowsStatements() (list []statement) {
	for i := range windowsRows {
		w := &windowsRows[i]
		text := "is supported"
		if len(w.editions) > 0 {
			text += " as " + strings.Join(w.editions, " or ")
		}
		if w.disputed {
			text += ", and the product is not, says the same page"
		}
		list = append(list, statement{Statement{"windows " + w.name(), text, "", w.cite}, w.span})
	}
	list = append(list, statement{Statement{"compute types", "every supported system supports every compute type of the Region", "", tables.Cite(byolPage, versions, "2020-02-06")}, allComputes})
	for _, c := range computeRows {
		list = append(list, statement{Statement{"compute types of " + c.product, strings.Join(c.computes, " "), "", c.cite}, c.span})
	}
	return list
}

// builds are the releases by the build that Windows calls itself. The documents print
// none. The checker compares these numbers up to 22631; which release each is, and the
// last two, are from Microsoft's release information.
var builds = []struct {
	build            int
	product, release string
}{
	{7601, windows7, "SP1"},
	{10586, windows10, "1511"},
	{14393, windows10, "1607"},
	{15063, windows10, "1703"},
	{16299, windows10, "1709"},
	{17134, windows10, "1803"},
	{17763, windows10, "1809"},
	{18362, windows10, "1903"},
	{18363, windows10, "1909"},
	{19041, windows10, "2004"},
	{19042, windows10, "20H2"},
	{19043, windows10, "21H1"},
	{19044, windows10, "21H2"},
	{19045, windows10, "22H2"},
	{22000, windows11, "21H2"},
	{22621, windows11, "22H2"},
	{22631, windows11, "23H2"},
	{26100, windows11, "24H2"},
	{26200, windows11, "25H2"},
}

// windowsRules are the rules about what system may be imported, and for which compute
// types. The names of GraphicsOnWindowsRelease are releases that Graphics and
// GraphicsPro must not have or, in the row of 2020-12-23, the only one they may have.
var windowsRules = []row{
	must(OSNotSupported, faq, "What versions of Windows desktop licenses can I bring?", year2017, "2019-01-08", "Windows 7 or Windows 10"),
	must(OSNotSupported, byolPage, versions, "2019-01-08", "", "a Windows release of the guide's list"),
	must(WindowsEditionUnsupported, faq, "What versions of Windows desktop licenses can I bring?", year2017, "2019-01-08", "the Enterprise or Professional edition"),
	must(WindowsEditionUnsupported, byolPage, "Bring Your Own Windows desktop licenses", "2019-01-08", year2024, "Windows 10 Enterprise or Pro"),
	must(WindowsEditionUnsupported, chinaPage, versions, year2024, autumn2025, "the Enterprise edition of Windows 11 or of an LTSC release"),
	must(WindowsEditionUnsupported, byolPage, versions, autumn2025, "", "the Enterprise edition of Windows 11 or of an LTSC release"),
	must(WindowsNUnsupported, byolPage, versions, "2021-06-05", "", "an edition that is not an N edition"),

	must(GraphicsOnWindowsRelease, byolPage, versions, "2019-03-25", "2019-10-25", "a release other than 1809 for Graphics and GraphicsPro").oneOf("1809"),
	must(GraphicsOnWindowsRelease, byolPage, versions, "2019-10-25", "2019-11-26", "a release other than 1809 and 1903 for Graphics and GraphicsPro").oneOf("1809", "1903"),
	must(GraphicsOnWindowsRelease, byolPage, versions, "2020-12-23", "2021-03-29", "release 1803 for Graphics and GraphicsPro").oneOf("1803").atLeast(1),
	must(GraphicsRetired, bundleOptions, "Graphics", "2023-12-01", "", "a compute type other than Graphics, which is not supported after 2023-11-30"),
	must(GraphicsProRetired, bundleOptions, "GraphicsPro", "2025-11-01", "", "a compute type other than GraphicsPro, which reached its end of life on 2025-10-31"),
	must(ValueOnWindows11, byolPage, requirements, autumn2025, "", "a compute type other than Value for Windows 11"),
	should(ComputeTypesDisputed, bundlesPage, "Operating systems", lastReading, "", "a compute type that the table of bundles gives for the system; the BYOL page says that each supports all"),
}

// A computeRow is what the table of bundles gives for BYOL with a product. Graphics.g4dn
// there is taken to be both sizes of it, Graphics.g6 all of its kind.
type computeRow struct {
	product  string
	computes []string
	span     rule.Span
	cite     rule.Citation
}

func computeTypes(product string, computes ...types.Compute) computeRow {
	c := computeRow{product: product, span: tables.During(lastReading, ""), cite: tables.Cite(bundlesPage, "Operating systems", lastReading)}
	for _, t := range computes {
		c.computes = append(c.computes, string(t))
	}
	return c
}

var computeRows = []computeRow{
	computeTypes(windows10, types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
		types.ComputeGraphicspro, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn),
	computeTypes(windows11, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
		types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge, types.ComputeGraphicsG4dn, types.ComputeGraphicsproG4dn,
		types.ComputeGraphicsG6Xlarge, types.ComputeGraphicsG62xlarge, types.ComputeGraphicsG64xlarge, types.ComputeGraphicsG68xlarge, types.ComputeGraphicsG616xlarge,
		types.ComputeGraphicsGr64xlarge, types.ComputeGraphicsGr68xlarge,
		types.ComputeGraphicsG6fLarge, types.ComputeGraphicsG6fXlarge, types.ComputeGraphicsG6f2xlarge, types.ComputeGraphicsG6f4xlarge, types.ComputeGraphicsGr6f4xlarge),
}

// allComputes is the time in which the page says that every supported system supports
// every compute type of the Region.
var allComputes = tables.During("2020-02-06", "")
