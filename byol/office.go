package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Codes of the rules about Office on an image.
const (
	ApplicationsNotOne   rule.Code = "byol.applications-not-one"
	OfficeOnG4dn         rule.Code = "byol.office-on-g4dn"
	OfficeOnWindows11    rule.Code = "byol.office-on-windows-11"
	OfficeOnWindows11GPU rule.Code = "byol.office-on-windows-11-gpu"
	OfficeEnded          rule.Code = "byol.office-ended"
)

var officeRules = []requirement{
	{ApplicationsNotOne, "The import subscribes to more than one application.", "Ask for one application, or for none.", []ask{
		must(byolPage, officeOf2020, "2020-09-03", "2020-09-04", "one application, or none").atMost(1),
		must(importAPI, "Applications", "2020-09-04", "", "one application, or none").atMost(1),
	}},
	{OfficeOnG4dn, "An image for g4dn does not go with this version of Office.", "Ask for Microsoft_Office_2019, or for no Office.",
		[]ask{
			must(importAPI, "Applications", "2022-04-11", "2022-06-15", "Microsoft_Office_2019 for an image for g4dn").oneOf(string(types.ApplicationMicrosoftOffice2019)),
			must(byolPage, "Add Microsoft Office to Your BYOL image", "2022-09-02", autumn2025, "Microsoft_Office_2019 for an image for g4dn").oneOf(string(types.ApplicationMicrosoftOffice2019)),
		}},
	{OfficeOnWindows11, "Windows 11 does not go with this version of Office.", "Ask for Microsoft_Office_2019, or for no Office.",
		[]ask{must(importAPI, "Applications", "2023-04-28", "", "Microsoft_Office_2019 for Windows 11").oneOf(string(types.ApplicationMicrosoftOffice2019))}},
	{OfficeOnWindows11GPU, "Windows 11 with a GPU and DCV goes with no Office.", "Ask for no Office.",
		[]ask{must(importAPI, "Applications", "2024-08-06", "", "no Office for Windows 11 with a GPU and DCV")}},
	{OfficeEnded, "The support of this version of Office has ended.", "Ask for no Office of 2016 or 2019.",
		[]ask{should(bundleOptions, optionsSection, autumn2025, "", "no Office of 2016 or 2019, which are not supported after 2025-10-14")}},
}

// checkOffice checks the applications of an import. It does not judge an Office that is newer
// than the SDK.
func (s *snapshot) checkOffice(a *rule.Answer, apps []types.Application, p *processRow, product string) {
	const at rule.Path = "Applications"
	if s.asks[ApplicationsNotOne] == nil {
		a.NotDocumented(at, "no document of the edition has the member")
		return
	}
	if len(apps) != 1 {
		s.breach(a, ApplicationsNotOne, at, "%d applications", len(apps))
	}
	for i, app := range apps {
		at := at.Index(i)
		if app != types.ApplicationMicrosoftOffice2016 && app != types.ApplicationMicrosoftOffice2019 {
			a.NotDocumented(at, "no document has this application")
			continue
		}
		before := len(a.Violations)
		if p != nil {
			s.checkOfficeOf(a, at, app, p, product)
		}
		if len(a.Violations) == before {
			s.breach(a, OfficeEnded, at, "%s", app)
		}
	}
}

// checkOfficeOf adds at most one violation for an Office: by the system, then by the
// protocol and the compute types of the process.
func (s *snapshot) checkOfficeOf(a *rule.Answer, at rule.Path, app types.Application, p *processRow, product string) {
	gpu := slices.Contains(p.computes, types.ComputeGraphicsG4dn)
	none, year := s.asks[OfficeOnWindows11GPU], s.asks[OfficeOnWindows11]
	switch {
	case product != windows11:
	case none != nil && p.protocol == pcoip && s.asks[ProtocolOSIncompatibility] != nil: // which refuses it
	case none != nil && p.protocol != dcv:
		a.NotDocumented(at, "the text of the edition on Office and Windows 11 speaks of DCV alone")
	case none != nil && gpu:
		s.breach(a, OfficeOnWindows11GPU, at, "%s with %s", app, p.process)
		return
	case year != nil && !slices.Contains(year.names, string(app)):
		s.breach(a, OfficeOnWindows11, at, "%s on %s", app, product)
		return
	}
	if w := s.asks[OfficeOnG4dn]; w != nil && gpu && !slices.Contains(w.names, string(app)) {
		s.breach(a, OfficeOnG4dn, at, "%s with %s", app, p.process)
	}
}
