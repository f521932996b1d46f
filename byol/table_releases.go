package byol

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
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

// systems, by product and release. The guide's history has BYOL of Windows 7 on 2015-10-01 and of Windows 10 on 2016-07-21, without
// editions: the package answers from 2017-12-31 on, when the FAQ has them. The versions of the list are
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
//	2026-02-05  + Windows 11 25H2, LTSC 2024 (24H2), in two copies that follow that of this day
//
// Before that, the FAQ of 2017 names the products without releases. The API does so for
// Windows 11 from 2023-04-28 on, and for Windows Server 2016 from 2022-10-25 to 2023-02-09. What it says of Windows 11
// stands against the China page until the list of 2025-10-21 has the releases.
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
		silent(disputed(onChinaPage(listed(windows11, "23H2", versions, year2024, autumn2025, enterprise)))), // the API names no editions
		{
			Dated:   tables.Dated{Span: tables.During(year2024, autumn2025), Cite: tables.Cite(importAPI, "ImportWorkspaceImage", "2023-04-28")},
			product: windows11, against: tables.Cite(chinaPage, versions, year2024),
		},
		listed(windows11, "23H2", versions, autumn2025, "", enterprise),
		listed(windows11, "24H2", versions, autumn2025, "", enterprise),
		ltsc(windows11, "24H2", byolPage, facts.ReadG6),
		listed(windows11, "25H2", versions, facts.ReadG6, "", enterprise),
	},
}

func (w *windowsRow) disputed() bool { return w.against.Document != "" }

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

// permits is the shared table with what the page says of compute types: that every supported system
// supports every one of the Region.
func permits() tables.Facts {
	t := facts.Permits
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(p facts.Permit) bool { return p.Cite.Document != byolPage })
	t.Lists = func(p facts.Permit) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ComputeTypesDisputed}, Name: "compute types", Value: p.Text}}
	}
	return t
}

// offers is the shared table of bundles, with the rule of this package that uses it.
func offers() tables.Facts {
	t := facts.Offers
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(o facts.Offer) bool { return !o.BYOL })
	t.Lists = func(o facts.Offer) []rule.Parameter {
		value := o.Smallest + " to " + o.Largest
		for _, f := range o.Families {
			value += " " + string(f)
		}
		return []rule.Parameter{{Rules: []rule.Code{ComputeTypesDisputed}, Name: "compute types of " + o.System, Value: value}}
	}
	return t
}
