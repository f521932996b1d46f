package migrate

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about pairs of desktops. [Catalogue] explains them.
const (
	ScenarioRefused        rule.Code = "migrate.scenario-refused"
	TargetWindows7         rule.Code = "migrate.target-windows-7"
	BYOLToIncluded         rule.Code = "migrate.byol-to-included"
	IncludedToBYOL         rule.Code = "migrate.included-to-byol"
	PlusMismatch           rule.Code = "migrate.plus-mismatch"
	LinuxUnsupported       rule.Code = "migrate.linux-unsupported"
	LinuxTargetUnsupported rule.Code = "migrate.linux-target-unsupported"
	SameBundle             rule.Code = "migrate.same-bundle"
	OtherRegion            rule.Code = "migrate.other-region"
	GraphicsToDCV          rule.Code = "migrate.graphics-to-dcv"
	GraphicsUnsupported    rule.Code = "migrate.graphics-unsupported"
	BYOPToOther            rule.Code = "migrate.byop-to-other"
	ADToEntra              rule.Code = "migrate.ad-to-entra"
	Windows7ToWindows11    rule.Code = "migrate.windows-7-to-windows-11"
	ValueToWindows11       rule.Code = "migrate.value-to-windows-11"
	TargetNotOffered       rule.Code = "migrate.target-not-offered"
)

// pairRules are the table of scenarios and the limits that deny. A violation cites the row that
// decides.
var pairRules = []tables.Rule{
	{
		Code:      ScenarioRefused,
		Title:     "A row of the table of scenarios says that the pair is not available.",
		Remedy:    "Choose a pair that the table of scenarios makes available.",
		Revisions: []rule.Revision{tables.Must(page, launchScenarios, launch, "")},
	},
	{
		Code:      TargetWindows7,
		Title:     "The target runs Windows 7.",
		Remedy:    "Migrate to a bundle with another system.",
		Revisions: denials(TargetWindows7),
	},
	{
		Code:      BYOLToIncluded,
		Title:     "A BYOL WorkSpace is to get a public or custom bundle.",
		Remedy:    "Migrate to a BYOL bundle, or launch a new WorkSpace.",
		Revisions: denials(BYOLToIncluded),
	},
	{
		Code:      IncludedToBYOL,
		Title:     "A WorkSpace of a public or custom bundle is to get a BYOL bundle.",
		Remedy:    "Migrate to a public or custom bundle, or launch a new WorkSpace.",
		Revisions: denials(IncludedToBYOL),
	},
	{
		Code:      PlusMismatch,
		Title:     "One of the bundles is a Plus bundle and the other is not.",
		Remedy:    "Migrate a Plus bundle to a Plus bundle, and another to one that is not Plus.",
		Revisions: denials(PlusMismatch),
	},
	{
		Code:      LinuxUnsupported,
		Title:     "The source runs Linux.",
		Remedy:    "Launch a new WorkSpace instead.",
		Revisions: denials(LinuxUnsupported),
	},
	{
		Code:      LinuxTargetUnsupported,
		Title:     "The target runs a Linux that is a source only.",
		Remedy:    "Choose a target with another Linux.",
		Revisions: denials(LinuxTargetUnsupported),
	},
	{
		Code:      SameBundle,
		Title:     "The target bundle is the one that the WorkSpace has.",
		Remedy:    "Rebuild the WorkSpace to stay with its bundle, or choose another bundle.",
		Revisions: denials(SameBundle),
	},
	{
		Code:      OtherRegion,
		Title:     "Source and target are in different Regions.",
		Remedy:    "Choose a bundle in the Region of the WorkSpace, or launch a new WorkSpace.",
		Revisions: denials(OtherRegion),
	},
	{
		Code:      GraphicsToDCV,
		Title:     "A GPU family that streams by PCoIP only is to stream by DCV.",
		Remedy:    "Choose a bundle that streams by PCoIP.",
		Revisions: denials(GraphicsToDCV),
	},
	{
		Code:      GraphicsUnsupported,
		Title:     "The target's GPU family has not the protocol or system.",
		Remedy:    "Choose a bundle with a protocol and system that its GPU family has.",
		Revisions: denials(GraphicsUnsupported),
	},
	{
		Code:      BYOPToOther,
		Title:     "A WorkSpace with its own protocol is to stream by PCoIP or DCV.",
		Remedy:    "Choose a bundle with the same protocol, or launch a new WorkSpace.",
		Revisions: denials(BYOPToOther),
	},
	{
		Code:      ADToEntra,
		Title:     "A WorkSpace joined to Active Directory is to be joined to Entra ID.",
		Remedy:    "Launch a new WorkSpace in the directory for Entra ID.",
		Revisions: denials(ADToEntra),
	},
	{
		Code:      Windows7ToWindows11,
		Title:     "Windows 7 is to become Windows 11 in one step.",
		Remedy:    "Migrate to Windows 10 first, log in there, and then migrate to Windows 11.",
		Revisions: denials(Windows7ToWindows11),
	},
	{
		Code:      ValueToWindows11,
		Title:     "A Value WorkSpace is to run Windows 11.",
		Remedy:    "Change the compute type from Value to another one first, and choose a bundle of another one.",
		Revisions: denials(ValueToWindows11),
	},
	{
		// The table of bundles, what the limits say of protocols and GPUs, and what has ended: the same as
		// package bundles says of a new WorkSpace.
		Code:   TargetNotOffered,
		Title:  "The target is none that WorkSpaces offers.",
		Remedy: "Choose a bundle with a compute type and a protocol that are offered with its operating system.",
		Revisions: []rule.Revision{ // first that a Region lacks a compute type
			tables.Must(facts.ImagePage, "Create a Custom WorkSpaces Image and Bundle", "2021-03-09", "2021-05-07"),
			tables.Must(page, launchLimits, "2021-05-07", autumn2025),
			tables.Must(facts.BundlesPage, facts.BundlesTitle, autumn2025, ""),
		},
	},
}

// denials returns the revisions of a code that limits have.
func denials(c rule.Code) (list []rule.Revision) {
	for _, s := range limits.Rows {
		if s.code == c {
			list = append(list, rule.Revision{Level: rule.Must, Span: s.Span, Cite: s.Cite})
		}
	}
	return list
}

// A relation is a condition on both ends that sets of values cannot express.
type relation uint8

const (
	none            relation = iota
	plusDiffers              // one is a Plus bundle and the other is not
	sameBundle               // the bundle is the same, and the language exception does not apply
	regionDiffers            // the Regions are known and differ
	adToEntra                // from Active Directory to Entra ID
	toEntra                  // to Entra ID
	otherDirectory           // from Entra ID, or to or from a kind that is not known
	otherType                // the same system, and another compute type
	sameLinux                // the same Linux system, with or without Graphics
	nestedQualifies          // nested virtualization is on, and the target may have it and does not stream by BYOP
	nestedNot                // nested virtualization is on, and the target may not have it
	nestedByBYOP             // nested virtualization is on, and the target may have it and streams by BYOP
	nestedUnknown            // nested virtualization is on
	notOffered               // the target is none that is offered
	offerDisputed            // documents contradict one another on whether the target is offered
	notInRegion              // the Region lacks the compute type of the target
	notNamed                 // no document names the compute type of the target
)

const (
	launchLimits  = "Migration Limits"
	limitSection  = "Migration limits" // since 2021-09-03
	intro         = "Migrate a WorkSpace"
	personalIntro = "Migrate a WorkSpace in WorkSpaces Personal" // since 2025-10-21
	windows       = w7 | label | s2016 | s2019 | s2022 | s2025 | w10 | w11
)

// limit is one that denies what its pairs and relation describe.
func limit(code rule.Code, path rule.Path, text, section, since, until string, also relation, pairs ...pair) statement {
	return statement{text: text, verdict: rule.Denied, code: code, path: path, also: also, pairs: pairs, Dated: tables.Since(page, section, since, until)}
}

// open is a question that the documents leave open.
func open(text, document, section, since string, also relation, pairs ...pair) statement {
	return statement{text: text, also: also, pairs: pairs, Dated: tables.Since(document, section, since, "")}
}

// limits are in the order of the page. That languages may differ, that GPU and non-GPU
// bundles may be exchanged, and that PCoIP may become DCV are permissions that need no row:
// nothing denies them.
var limits = tables.Table[statement]{
	Name: "limits",
	Key:  func(s statement) string { return s.text },
	Lists: func(s statement) []rule.Parameter {
		p := rule.Parameter{Name: "limit: " + s.text, Value: s.verdict.String()}
		if s.code != "" {
			p.Rules = []rule.Code{s.code}
		}
		return []rule.Parameter{p}
	},
	Rows: []statement{
		limit(TargetWindows7, "OperatingSystemName", "Windows 7 is no target", launchLimits, launch, "", none,
			pair{target: end{os: w7}}),
		limit(BYOLToIncluded, "License", "BYOL goes to BYOL only", launchLimits, launch, "", none,
			pair{end{license: byol}, end{license: included}}),
		limit(IncludedToBYOL, "License", "public and custom do not go to BYOL", launchLimits, launch, "", none,
			pair{end{license: included}, end{license: byol}}),
		limit(PlusMismatch, "Plus", "Plus goes to Plus, and the rest to the rest", launchLimits, launch, "2020-10-28", plusDiffers),
		limit(LinuxUnsupported, "OperatingSystemName", "Linux WorkSpaces are not migrated", launchLimits, launch, spring2026, none,
			pair{source: end{os: linux}}),
		limit(LinuxTargetUnsupported, "OperatingSystemName", "Amazon Linux 2 is a source only", linuxScenarios, spring2026, "", none,
			pair{end{os: linux}, end{os: al2}}).from(linuxPage),
		limit(SameBundle, "BundleId", "source and target bundle differ; a rebuild is for the same", launchLimits, launch, "", sameBundle),
		limit(OtherRegion, "Region", "the Region stays the same", launchLimits, "2020-04-01", "", regionDiffers),

		limit(GraphicsToDCV, "Protocol", "WSP is for all but Graphics and GraphicsPro", "WorkSpaces Streaming Protocol (WSP)", "2020-12-01", "2021-05-07", none,
			pair{target: end{compute: legacyGPU, protocol: wsp}}).from(facts.HistoryPage),
		limit(GraphicsToDCV, "Protocol", "Graphics and GraphicsPro stream by PCoIP only", launchLimits, "2021-05-07", "2022-09-02", none,
			pair{end{compute: legacyGPU}, end{protocol: wsp}}),
		limit(GraphicsToDCV, "Protocol", "Graphics, GraphicsPro and the two of G4dn stream by PCoIP only", limitSection, "2022-09-02", autumn2025, none,
			pair{end{compute: legacyGPU | g4dn}, end{protocol: wsp}}),
		limit(GraphicsToDCV, "Protocol", "Graphics and GraphicsPro do not go to DCV; G4dn streams by PCoIP and by DCV", limitSection, autumn2025, facts.ReadG6, none,
			pair{end{compute: legacyGPU}, end{protocol: wsp}}),
		limit(GraphicsUnsupported, "ComputeTypeName", "PCoIP with a GPU is for G4dn on Windows; Ubuntu with a GPU is G4dn", limitSection, facts.ReadG6, "", none,
			pair{target: end{compute: newGPU, protocol: pcoip}},
			pair{target: end{os: linux, compute: gpu, protocol: pcoip}},
			pair{target: end{os: u2204 | u2404, compute: newGPU}}),

		limit(BYOPToOther, "Protocol", "BYOP goes to neither PCoIP nor DCV", limitSection, autumn2025, "", none,
			pair{end{protocol: byop}, end{protocol: notBYOP}}),
		limit(ADToEntra, "Directory", "an AD-joined WorkSpace goes to no Entra-joined one", limitSection, autumn2025, "", adToEntra),
		{text: "Entra-joined targets are not spoken of", also: toEntra, Dated: tables.Since(page, launchLimits, launch, autumn2025)},
		open("Entra-joined sources are not spoken of", page, launchLimits, launch, otherDirectory),
		open("DCV to PCoIP is not spoken of", page, intro, launch, none,
			pair{end{protocol: wsp}, end{protocol: pcoip}}),

		limit(Windows7ToWindows11, "OperatingSystemName", "Windows 7 goes to Windows 11 through Windows 10, with a login there", personalIntro, autumn2025, "", none,
			pair{end{os: w7}, end{os: w11}}),
		limit(ValueToWindows11, "ComputeTypeName", "Value runs no Windows 11", personalIntro, autumn2025, "", none,
			pair{end{compute: value}, end{os: w11}},
			pair{target: end{os: w11, compute: value}}),
		{text: notAnOffer, verdict: rule.Denied, code: TargetNotOffered, path: "ComputeTypeName", also: notOffered, Dated: tables.Since(page, launchLimits, "2021-05-07", autumn2025)},
		{text: notAnOffer, verdict: rule.Denied, code: TargetNotOffered, path: "ComputeTypeName", also: notOffered, Dated: tables.Since(facts.BundlesPage, facts.BundlesTitle, autumn2025, "")},
		{text: regionLacks, verdict: rule.Denied, code: TargetNotOffered, path: "ComputeTypeName", also: notInRegion, Dated: tables.Since(facts.ImagePage, "Create a Custom WorkSpaces Image and Bundle", "2021-03-09", autumn2025)},
		{text: regionLacks, verdict: rule.Denied, code: TargetNotOffered, path: "ComputeTypeName", also: notInRegion, Dated: tables.Since(facts.OptionsPage, facts.OptionsTitle, autumn2025, "")},
		{text: "documents contradict one another on whether the target is offered", also: offerDisputed, Dated: tables.Since(facts.BundlesPage, facts.BundlesTitle, autumn2025, "")},
		{text: "no document names the compute type", also: notNamed, Dated: tables.Since(page, launchLimits, launch, "")},

		// Two documents of one date contradict each other about a target that does not
		// qualify, so both rows leave it open.
		open("the guide: nested virtualization is switched off", page, scenarioSection, august2026, nestedNot).against(migrateAPI, "MigrateWorkspace"),
		open("the API reference: with nested virtualization the migration fails", migrateAPI, "MigrateWorkspace", august2026, nestedNot),
		open("the guide: nested virtualization is switched off with BYOP", page, scenarioSection, august2026, nestedByBYOP).against(nestedPage, "Supported configurations"),
		open("the guide: nested virtualization goes with BYOP", nestedPage, "Supported configurations", august2026, nestedByBYOP),
		{text: "nested virtualization is carried over", verdict: rule.Allowed, also: nestedQualifies, Dated: tables.Since(nestedPage, "Behavior during lifecycle operations", august2026, "")},
		{text: "nested virtualization is not spoken of", also: nestedUnknown, Dated: tables.Since(page, launchLimits, launch, august2026)},
	},
}

const (
	notAnOffer  = "the target is none that WorkSpaces offers"
	regionLacks = "the Region has none of the target's compute type"
)

// from sets the document of a limit that another page than that on migration has.
func (s statement) from(document string) statement {
	s.Cite.Document = document
	return s
}

// against names the document of the same date that says otherwise.
func (s statement) against(document, section string) statement {
	s.other = rule.Citation{Document: document, Section: section, Date: s.Cite.Date}
	return s
}
