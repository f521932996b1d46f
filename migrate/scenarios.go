package migrate

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An end is what a statement asks of the source or the target; zero asks nothing.
type end struct{ os, license, protocol, compute set }

// A pair is one combination of ends that a statement speaks of.
type pair struct{ source, target end }

// A statement is a row of the page's table of scenarios, or one of its limits.
type statement struct {
	text    string
	verdict rule.Verdict // Undocumented: a question that is left open, or answered both ways
	code    rule.Code    // of the violation, for limits that deny
	path    rule.Path    // of the violation
	// pairs are those that the statement speaks of; none means every pair, if there is a relation.
	pairs []pair
	also  relation
	other rule.Citation // of the statement that says otherwise, which follows this one
	tables.Dated
}

// generations stands in a statement for those of Windows Server that the edition labels
// "Windows 10"; see labels.
const generations set = 1 << 31

const (
	launchScenarios = "Available Migration Scenarios"
	scenarioSection = "Migration scenarios" // since 2021-09-03
	linuxScenarios  = "Supported migration paths"
)

func scenario(text string, v rule.Verdict, since, until string, pairs ...pair) statement {
	section := scenarioSection
	if since == launch {
		section = launchScenarios
	}
	return statement{text: text, verdict: v, pairs: pairs, Dated: tables.Since(page, section, since, until)}
}

// introduced is what the introduction of the page, or a note, says of pairs that the table does
// not list.
func introduced(text, section, since string, also relation, pairs ...pair) statement {
	return statement{text: text, verdict: rule.Allowed, also: also, pairs: pairs, Dated: tables.Since(page, section, since, "")}
}

// licensed is an end that is licence-included and streams by PCoIP or DCV.
func licensed(os, license set) end { return end{os: os, license: license, protocol: notBYOP} }

// dcvOnly is a licensed end that streams by DCV.
func dcvOnly(os, license set) end { return end{os: os, license: license, protocol: wsp} }

func ownLicense(os set) end { return end{os: os, license: byol, protocol: notBYOP} }

func broughtProtocol(os, license set) end { return end{os: os, license: license, protocol: byop} }

func linuxEnd(os, compute set) end { return end{os: os, license: public, compute: compute} }

// labels is the shared table of the generations of Windows Server desktops that the page calls "Windows 10", as
// in "Windows Server 2016-powered Public Windows 10 bundle".
// The page's first version does not say what is behind the label; the document history before it does.
// That a row that names no generation means each of them is a reading: see reads.
func labels() tables.Facts {
	t := facts.Labels
	t.Lists = func(l facts.Label) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ScenarioRefused}, Name: "called Windows 10 by the scenarios", Value: l.System}}
	}
	return t
}

const (
	included = public | custom
	win10    = label | generations
	servers  = s2016 | s2019 | s2022 | s2025

	linuxSources = al2 | u2204 | u2404 | rhel8 | rhel9 | rocky8 | rocky9
	linuxTargets = linuxSources &^ al2
)

// scenarios are in the order of the page, which gained rows and lost one:
//
//	2020-01-10  12208d9  eleven rows
//	2021-09-03  3917799  + Server 2016 and 2019, public, both ways
//	2025-10-21  first seen: - custom to public Windows 10; + custom Server to public,
//	            Windows 10 to 11 BYOL, BYOP
//	2026-03-11  first seen: + Server 2025 with BYOP; in the introduction, Server 2025
//	2026-05-15  first seen: + Server 2025 without BYOP, Linux
var scenarios = tables.Table[statement]{
	Name: "scenarios",
	Key:  func(s statement) string { return s.text },
	Lists: func(s statement) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{ScenarioRefused}, Name: "scenario: " + s.text, Value: s.verdict.String()}}
	},
	Rows: []statement{
		scenario("public or custom Windows 7 to public or custom Windows 10", rule.Allowed, launch, "", pair{licensed(w7, included), licensed(win10, included)}),
		scenario("custom Windows 7 to public Windows 7", rule.Denied, launch, "", pair{licensed(w7, custom), licensed(w7, public)}),
		scenario("custom Windows 7 to custom Windows 7", rule.Denied, launch, "", pair{licensed(w7, custom), licensed(w7, custom)}),
		scenario("public Windows 7 to custom Windows 7", rule.Denied, launch, "", pair{licensed(w7, public), licensed(w7, custom)}),
		scenario("public or custom Windows 10 to public or custom Windows 7", rule.Denied, launch, "", pair{licensed(win10, included), licensed(w7, included)}),
		scenario("custom Windows 10 to public Windows 10", rule.Denied, launch, autumn2025, pair{licensed(win10, custom), licensed(win10, public)}),
		scenario("public or custom Windows 10 to custom Windows 10", rule.Allowed, launch, "", pair{licensed(win10, included), licensed(win10, custom)}),
		scenario("Windows 7 BYOL to Windows 7 BYOL", rule.Denied, launch, "", pair{ownLicense(w7), ownLicense(w7)}),
		scenario("Windows 7 BYOL to Windows 10 BYOL", rule.Allowed, launch, "", pair{ownLicense(w7), ownLicense(w10)}),
		scenario("Windows 10 BYOL to Windows 7 BYOL", rule.Denied, launch, "", pair{ownLicense(w10), ownLicense(w7)}),
		scenario("Windows 10 BYOL to Windows 10 BYOL", rule.Allowed, launch, "", pair{ownLicense(w10), ownLicense(w10)}),

		scenario("public Server 2016 to public Server 2019", rule.Allowed, "2021-09-03", "", pair{licensed(s2016, public), licensed(s2019, public)}),
		scenario("public Server 2019 to public Server 2016", rule.Allowed, "2021-09-03", "", pair{licensed(s2019, public), licensed(s2016, public)}),

		scenario("custom Server 2016 to public Server 2019", rule.Allowed, autumn2025, "", pair{licensed(s2016, custom), licensed(s2019, public)}),
		scenario("custom Server 2016 to public Server 2022", rule.Allowed, autumn2025, "", pair{licensed(s2016, custom), licensed(s2022, public)}),
		scenario("custom Server 2019 to public Server 2022", rule.Allowed, autumn2025, "", pair{licensed(s2019, custom), licensed(s2022, public)}),
		scenario("Windows 10 BYOL to Windows 11 BYOL", rule.Allowed, autumn2025, "", pair{ownLicense(w10), ownLicense(w11)}),
		scenario("Windows 11 BYOL to Windows 10 BYOL", rule.Denied, autumn2025, "", pair{ownLicense(w11), ownLicense(w10)}),
		scenario("Windows 10 BYOL with BYOP to Windows 11 BYOL with BYOP", rule.Allowed, autumn2025, "", pair{broughtProtocol(w10, byol), broughtProtocol(w11, byol)}),
		scenario("Windows 11 BYOL with BYOP to Windows 10 BYOL with BYOP", rule.Denied, autumn2025, "", pair{broughtProtocol(w11, byol), broughtProtocol(w10, byol)}),
		scenario("public Server 2019 with BYOP to public Server 2022 with BYOP", rule.Allowed, autumn2025, "", pair{broughtProtocol(s2019, public), broughtProtocol(s2022, public)}),
		scenario("public Server 2022 with BYOP to public Server 2019 with BYOP", rule.Denied, autumn2025, "", pair{broughtProtocol(s2022, public), broughtProtocol(s2019, public)}),

		scenario("public Server 2016, 2019 or 2022 to public Server 2025", rule.Allowed, spring2026, "", pair{licensed(s2016|s2019|s2022, public), dcvOnly(s2025, public)}),
		scenario("custom Server 2016, 2019 or 2022 to public Server 2025", rule.Allowed, spring2026, "", pair{licensed(s2016|s2019|s2022, custom), dcvOnly(s2025, public)}),
		scenario("Server 2019 or 2022 with BYOP to public Server 2025 with BYOP", rule.Allowed, march2026, "", pair{broughtProtocol(s2019|s2022, public), broughtProtocol(s2025, public)}),
		scenario("Server 2025 with BYOP to Server 2019 or 2022 with BYOP", rule.Denied, march2026, "", pair{broughtProtocol(s2025, public), broughtProtocol(s2019|s2022, public)}),
		scenario("public or custom Server 2019 or 2022 to public Server 2025 with BYOP", rule.Allowed, march2026, "", pair{licensed(s2019|s2022, included), broughtProtocol(s2025, public)}),

		introduced("any Windows Server bundle to Server 2025, which streams by DCV", personalIntro, march2026, none, pair{licensed(servers, included), dcvOnly(s2025, included)}),
		introduced("any Windows Server bundle with BYOP to Server 2025 with BYOP", personalIntro, march2026, none, pair{broughtProtocol(servers, included), broughtProtocol(s2025, included)}),
		introduced("a public bundle to one of another type with the same system", intro, launch, otherType, pair{licensed(servers|label, public), licensed(servers|label, public)}),

		// The page on Linux sets Ubuntu 22.04 with Graphics apart from Ubuntu 22.04, and no
		// other system. It does not say whether a custom bundle is meant too.
		{text: "a Linux desktop to another", verdict: rule.Allowed, Dated: tables.Since(linuxPage, linuxScenarios, spring2026, ""), pairs: []pair{
			{linuxEnd(linuxSources, noGPU), linuxEnd(linuxTargets, noGPU)},
			{linuxEnd(linuxSources, noGPU), linuxEnd(u2204, gpu)},
			{linuxEnd(u2204, gpu), linuxEnd(linuxTargets, noGPU)},
			{linuxEnd(u2204, gpu), linuxEnd(u2204, gpu)},
		}},
		{text: "a Linux desktop to the same", verdict: rule.Denied, Dated: tables.Since(linuxPage, linuxScenarios, spring2026, ""), also: sameLinux, pairs: []pair{
			{linuxEnd(linuxTargets, 0), linuxEnd(linuxTargets, 0)},
		}},
	},
}
