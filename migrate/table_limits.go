package migrate

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

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
	sameLinux                // the same Linux system, with or without Graphics
	nestedQualifies          // nested virtualization is on, and the target may have it
	nestedNot                // nested virtualization is on, and the target may not have it
	nestedUnknown            // nested virtualization is on
)

const (
	limits  = "Migration limits"
	intro   = "Migrate a WorkSpace"
	windows = w7 | label | s2016 | s2019 | s2022 | s2025 | w10 | w11
)

// limit is one that denies what its pairs and relation describe.
func limit(code rule.Code, path rule.Path, text, section, since, until string, also relation, pairs ...pair) statement {
	return statement{text: text, verdict: rule.Denied, code: code, path: path, also: also, pairs: pairs,
		span: tables.During(since, until), cite: tables.Cite(page, section, since)}
}

// open is a question that the documents leave open.
func open(text, document, section, since string, also relation, pairs ...pair) statement {
	return statement{text: text, also: also, pairs: pairs, span: tables.During(since, ""), cite: tables.Cite(document, section, since)}
}

// limitRows, in the order of the page. That languages may differ, that GPU and non-GPU
// bundles may be exchanged, and that PCoIP may become DCV are permissions that need no row:
// nothing denies them.
var limitRows = []statement{
	limit(TargetWindows7, "OperatingSystemName", "Windows 7 is no target", limits, launch, "", none,
		pair{target: end{os: w7}}),
	limit(BYOLToIncluded, "License", "BYOL goes to BYOL only", limits, launch, "", none,
		pair{end{license: byol}, end{license: included}}),
	limit(IncludedToBYOL, "License", "public and custom do not go to BYOL", limits, launch, "", none,
		pair{end{license: included}, end{license: byol}}),
	limit(PlusMismatch, "Plus", "Plus goes to Plus, and the rest to the rest", limits, launch, "2020-10-28", plusDiffers),
	limit(LinuxUnsupported, "OperatingSystemName", "Linux WorkSpaces are not migrated", limits, launch, lastReading, none,
		pair{source: end{os: linux}}),
	limit(LinuxTargetUnsupported, "OperatingSystemName", "Amazon Linux 2 is a source only", linuxScenarios, lastReading, "", none,
		pair{end{os: linux}, end{os: al2}}).from(linuxPage),
	limit(SameBundle, "BundleId", "source and target bundle differ; a rebuild is for the same", limits, launch, "", sameBundle),
	limit(OtherRegion, "Region", "the Region stays the same", limits, "2020-04-01", "", regionDiffers),

	limit(GraphicsToDCV, "Protocol", "Graphics and GraphicsPro stream by PCoIP only", limits, "2021-05-07", "2022-09-02", none,
		pair{end{compute: legacyGPU}, end{protocol: wsp}}),
	limit(GraphicsToDCV, "Protocol", "Graphics, GraphicsPro and the two of G4dn stream by PCoIP only", limits, "2022-09-02", early2026, none,
		pair{end{compute: legacyGPU | g4dn}, end{protocol: wsp}}),
	limit(GraphicsUnsupported, "ComputeTypeName", "PCoIP with a GPU is for G4dn on Windows; Ubuntu with a GPU is G4dn", limits, lastReading, "", none,
		pair{target: end{compute: g6, protocol: pcoip}},
		pair{target: end{os: linux, compute: gpu, protocol: pcoip}},
		pair{target: end{os: linux, compute: g6}}),
	open("which protocols serve this GPU family is not said", page, limits, lastReading, none,
		pair{target: end{compute: legacyGPU | otherGPU}}),

	limit(BYOPToOther, "Protocol", "BYOP goes to neither PCoIP nor DCV", limits, early2026, "", none,
		pair{end{protocol: byop}, end{protocol: notBYOP}}),
	limit(ADToEntra, "Directory", "an AD-joined WorkSpace goes to no Entra-joined one", limits, early2026, "", adToEntra),
	{text: "Entra-joined targets are not spoken of", also: toEntra, span: tables.During(launch, early2026), cite: tables.Cite(page, limits, launch)},
	open("Entra-joined sources are not spoken of", page, limits, launch, otherDirectory),
	open("DCV to PCoIP is not spoken of", page, intro, launch, none,
		pair{end{protocol: wsp}, end{protocol: pcoip}}),

	limit(Windows7ToWindows11, "OperatingSystemName", "Windows 7 goes to Windows 11 through Windows 10, with a login there", intro, lastReading, "", none,
		pair{end{os: w7}, end{os: w11}}),
	limit(ValueToWindows11, "ComputeTypeName", "Value runs no Windows 11", intro, lastReading, "", none,
		pair{end{compute: value}, end{os: w11}},
		pair{target: end{os: w11, compute: value}}),

	// Two documents of one date contradict each other about a target that does not
	// qualify, so both rows leave it open.
	open("the guide: nested virtualization is switched off", page, limits, lastReading, nestedNot),
	open("the CLI reference: with nested virtualization the migration fails", cliPage, "Description", lastReading, nestedNot),
	{text: "nested virtualization is carried over", verdict: rule.Allowed, also: nestedQualifies, span: tables.During(lastReading, ""), cite: tables.Cite(nestedPage, "Considerations", lastReading)},
	{text: "nested virtualization is not spoken of", also: nestedUnknown, span: tables.During(launch, lastReading), cite: tables.Cite(page, limits, launch)},
}

// from sets the document of a limit that another page than that on migration has.
func (s statement) from(document string) statement {
	s.cite.Document = document
	return s
}
