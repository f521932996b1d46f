package facts

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Stream is what a document says of a protocol with compute types that have a GPU.
type Stream struct {
	Protocol string
	Kind     string // "WINDOWS", "LINUX", "UBUNTU", the name of a system, or "" for all
	Families []Family
	Allows   bool   // else it does not work
	Text     string // what the document says, in our words
	tables.Dated
}

const (
	streamLimits2020 = "Migration Limits"
	streamLimits     = "Migration limits" // since 2021-09-03
)

var (
	firstGPUs = []Family{Graphics, GraphicsPro}
	upToG4dn  = []Family{Graphics, GraphicsPro, G4dn}
	g6s       = []Family{G6, Gr6, G6f, Gr6f}
	everyGPU  = []Family{Graphics, GraphicsPro, G4dn, G6, Gr6, G6f, Gr6f, G7}
)

// NotByPCoIP are the families that do not stream by PCoIP since ReadG6. Graphics and GraphicsPro have ended.
var NotByPCoIP = []Family{G6, Gr6, G6f, Gr6f, G7}

// Streams are in the order of their dates. The page on bundles says before 2026-09-10, in a note,
// that GPUs with Windows stream by PCoIP alone; the page on migration lets G4dn and G6 stream by
// DCV, and the table above the note has them with Windows 11, which has no PCoIP.
var Streams = tables.Table[Stream]{
	Name: "protocols of GPUs",
	Key:  func(s Stream) string { return s.Document() + " " + s.Protocol + " " + s.Kind + " " + s.Text },
	Rows: []Stream{
		{DCV, "WINDOWS", firstGPUs, false, "WSP is for all but Graphics and GraphicsPro", tables.Since(HistoryPage, "WorkSpaces Streaming Protocol (WSP)", "2020-12-01", "2021-05-07")},
		{DCV, "", firstGPUs, false, "Graphics and GraphicsPro stream by PCoIP only", tables.Since(MigratePage, streamLimits2020, "2021-05-07", "2022-09-02")},
		{DCV, "", upToG4dn, false, "Graphics, GraphicsPro and G4dn stream by PCoIP only", tables.Since(MigratePage, streamLimits, "2022-09-02", Read2025)},

		{DCV, "WINDOWS_10", []Family{G4dn}, true, "there is a process for images of G4dn with WSP, which can be of Windows 10", tables.Since(ImportAPI, "ImportWorkspaceImage", "2024-08-06", "")},
		{DCV, "WINDOWS_11", []Family{G4dn}, true, "there is a process for images of G4dn with WSP, which can be of Windows 11", tables.Since(ImportAPI, "ImportWorkspaceImage", "2024-08-06", "")},

		{DCV, "", firstGPUs, false, "Graphics and GraphicsPro stream by PCoIP only", tables.Since(MigratePage, streamLimits, Read2025, ReadG6)},
		{DCV, "WINDOWS", []Family{G4dn}, true, "G4dn streams by DCV with Windows", tables.Since(MigratePage, streamLimits, Read2025, "")},
		{PCoIP, "UBUNTU_22_04", upToG4dn, true, "GPUs stream by PCoIP with Ubuntu", tables.Since(MigratePage, streamLimits, Read2025, ReadG6)},
		{DCV, "WINDOWS", everyGPU, false, "GPUs with Windows stream by PCoIP only", tables.Since(BundlesPage, BundlesTitle, Read2025, LastReading)},

		{DCV, "WINDOWS", g6s, true, "G6 is listed with Windows 11, which has DCV alone", tables.Since(BundlesPage, BundlesTitle, ReadG6, LastReading)},

		{PCoIP, "", NotByPCoIP, false, "of GPUs, G4dn alone streams by PCoIP", tables.Since(MigratePage, streamLimits, ReadG6, "")},
		{PCoIP, "LINUX", []Family{G4dn}, false, "GPUs stream by PCoIP with Windows only", tables.Since(MigratePage, streamLimits, ReadG6, "")},
		{DCV, "WINDOWS", g6s, true, "G6 streams by DCV with Windows", tables.Since(MigratePage, streamLimits, ReadG6, "")},
		{DCV, "UBUNTU", NotByPCoIP, false, "with Ubuntu, of GPUs G4dn alone streams by DCV", tables.Since(MigratePage, streamLimits, ReadG6, "")},

		{DCV, "WINDOWS", []Family{G7}, true, "G7 streams by DCV with Windows", tables.Since(MigratePage, streamLimits, LastReading, "")},
	},
}

// Document is the key of the document that says it.
func (s Stream) Document() string { return s.Cite.Document }

// A Permit is what another document permits with a system, though the table of [Offers] does not list
// it.
type Permit struct {
	Systems  []string // as the API spells them
	Protocol string   // "" for every compute type
	Text     string
	tables.Dated
}

const everyCompute = "every supported system takes every compute type of the Region"

// Permits are what the page on BYOL, and that on migration, permit beside the table, by the systems that
// the page on BYOL supports. Value with Windows 11 is not among them: the page on BYOL forbids it itself.
var Permits = tables.Table[Permit]{
	Name: "permit",
	Key:  func(p Permit) string { return p.Text },
	Rows: []Permit{
		{[]string{"WINDOWS_7", "WINDOWS_10"}, "", everyCompute, tables.Since(BYOLPage, "Windows Versions That Are Supported for BYOL", "2020-02-06", "2020-03-31")},
		{[]string{"WINDOWS_10"}, "", everyCompute, tables.Since(BYOLPage, "Windows Versions That Are Supported for BYOL", "2020-03-31", Read2025)},
		{[]string{"WINDOWS_10", "WINDOWS_11"}, "", everyCompute, tables.Since(BYOLPage, "Windows versions supported for BYOL", Read2025, "")},
		{[]string{"WINDOWS_10", "WINDOWS_11", "WINDOWS_SERVER_2019", "WINDOWS_SERVER_2022"}, BYOP, "WorkSpaces with BYOP go from Windows 10 to 11, and from Server 2019 to 2022", tables.Since(MigratePage, "Migration scenarios", Read2025, "")},
		{[]string{"WINDOWS_SERVER_2025"}, BYOP, "WorkSpaces with BYOP go to Server 2025", tables.Since(MigratePage, "Migration scenarios", ReadMove25, "")},
	},
}

// A Label is a generation of Windows Server whose public and custom bundles the guide calls "Windows
// 10", as in "Windows Server 2016-powered Public Windows 10 bundle". Windows Server 2025 is not called
// so.
type Label struct {
	System string
	Name   string // as the API spells it
	tables.Dated
}

// Labels are what "Windows 10" is read as, by every package.
var Labels = tables.Table[Label]{
	Name: "labels",
	Key:  func(l Label) string { return l.System },
	Rows: []Label{
		{"Windows Server 2016", "WINDOWS_SERVER_2016", tables.Since(HistoryPage, "Windows Server 2016 bundles", "2016-11-29", "")},
		{"Windows Server 2019", "WINDOWS_SERVER_2019", tables.Since(MigratePage, "Migration scenarios", "2021-09-03", "")},
		{"Windows Server 2022", "WINDOWS_SERVER_2022", tables.Since(MigratePage, "Migration scenarios", Read2025, "")},
	},
}

// A Finding is what stands against a desktop.
type Finding struct {
	Part    Part
	Detail  string
	Cite    rule.Citation
	Against rule.Citation // of a document of the edition that says otherwise; zero if none does
}

// A Part is what of a desktop a finding is about.
type Part uint8

const (
	ComputePart Part = iota
	ProtocolPart
	SystemPart
)
