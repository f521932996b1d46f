package migrate

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A volumeGroup is a set group, with the compute types that it is for.
type volumeGroup struct {
	facts.SetGroup
	compute set
}

// volumeGroups returns the set groups of an edition. GeneralPurpose, which is newer than they
// are, needs at least 175 and 100 GiB, and so has the last one without a GPU only.
func volumeGroups(e rule.Edition) (list []volumeGroup) {
	for _, g := range facts.SetGroups.On(e) {
		compute := noGPU
		switch {
		case g.GPU:
			compute = gpu
		case g.RootFrom < 175:
			compute = value | plain
		}
		list = append(list, volumeGroup{g, compute})
	}
	return list
}

// setGroups is the shared table, with the rule of this package that uses it.
func setGroups() tables.Facts {
	t := facts.SetGroups
	t.Lists = func(g facts.SetGroup) []rule.Parameter {
		name := "group of root and user volume without a GPU"
		if g.GPU {
			name = "group of root and user volume with a GPU"
		}
		return []rule.Parameter{{Rules: []rule.Code{VolumesOutsideGroups}, Name: name, Value: g.Said()}}
	}
	return t
}

const happens = "What Happens During Migration" // since 2021-09-03 without capitals

// An effectRow is what becomes of one thing.
type effectRow struct {
	Effect
	tables.Dated
}

func effect(thing string, fate Fate, system System, section, document, since, note string) effectRow {
	dated := tables.Since(document, section, since, "")
	return effectRow{Effect{thing, fate, system, note, dated.Cite}, dated}
}

// ends is an effect that is no longer said on a day.
func (r effectRow) ends(until string) effectRow {
	r.Span = tables.During(r.Span.Since.String(), until)
	return r
}

// effects, what is lost first.
var effects = tables.Table[effectRow]{
	Name: "effects",
	Key:  func(r effectRow) string { return string(r.System) + " " + r.Thing },
	Lists: func(r effectRow) []rule.Parameter {
		name, value := "what becomes of "+r.Thing, string(r.Fate)
		if r.System != AnySystem {
			name += " with " + string(r.System)
		}
		if r.Note != "" {
			value += ": " + r.Note
		}
		return []rule.Parameter{{Name: name, Value: value}}
	},
	Rows: []effectRow{
		effect("root volume", Lost, AnySystem, happens, page, launch, "no installed application, setting or change of the registry is kept"),
		effect("user data later than the snapshot", Lost, Windows, bestPractices, page, launch, ""),
		effect("profile on the root volume", Lost, Windows, "Known Limitations", upgradePage, "2020-04-01", "of Windows 10 BYOL upgraded in place; the new WorkSpace has the profile on drive D").ends(autumn2025),
		effect("profile on the root volume", Lost, Windows, "Known limitations", upgradePage, autumn2025, "of Windows 10 or 11 BYOL upgraded in place; the new WorkSpace has the profile on drive D"),
		effect("in-place upgrade", Lost, Windows, "Known Limitations", upgradePage, "2020-04-01", "must be done again if the bundle's image is older"),
		effect("Office subscription", Lost, Windows, "Unsubscribing from Office", facts.BYOLPage, "2020-09-03", "of BYOL WorkSpaces, if the target bundle has none").ends(autumn2025),
		effect("Office subscription", Lost, Windows, personalIntro, page, autumn2025, "if the target bundle has none of Office 2016 or 2019"),
		effect("application associations", Lost, Windows, "Managing WorkSpaces modified using Manage applications", applicationsPage, autumn2025, "of WorkSpaces modified with Manage applications; the new one has those of the target bundle"),
		effect("index of the user volume", Lost, Windows, happens, page, "2021-06-02", "an index fixed on D:\\Users\\user may miss the .NotMigrated folder"),
		effect("Web Access", Lost, Windows, scenarioSection, page, "2021-09-03", "on public Server 2019 with PCoIP"),
		effect("MATE configuration", Lost, Linux, "Migrating from Amazon Linux 2", linuxPage, spring2026, "of Amazon Linux 2; kept under ~/workspace-migration-log-YYYYMMDD"),

		effect("WorkSpace ID", New, AnySystem, happens, page, launch, ""),
		effect("computer name", New, AnySystem, happens, page, launch, ""),
		effect("IP address", New, AnySystem, happens, page, launch, ""),
		effect("user profile", New, Windows, happens, page, launch, "the old one is renamed to .NotMigrated, and seven of its folders are moved"),

		effect("user volume", Kept, Windows, happens, page, launch, "made anew from the last snapshot"),
		effect("/home", Kept, Linux, "What happens during migration", linuxPage, spring2026, "the volume is detached and attached"),
		effect("tags", Kept, AnySystem, happens, page, launch, ""),
		effect("running mode", Kept, AnySystem, happens, page, launch, ""),

		effect("data in /home later than the snapshot", NotDocumented, Linux, "Pathway 2: WorkSpaces on an OS at or near end-of-life", endOfPCoIPPage, "2026-06-30",
			"kept if the volume is detached and attached, as the page on Linux says; lost if it is made from the most recent snapshot, as this one says"),
		effect("encryption and its key", NotDocumented, AnySystem, happens, page, launch, ""),
		effect("standby pairing", NotDocumented, AnySystem, happens, page, launch, ""),
		effect("application associations", NotDocumented, AnySystem, happens, page, launch, "").ends(autumn2025),
	},
}

// movedFolders are those that are moved to the new profile, the same in every edition.
var movedFolders = [...]string{"Desktop", "Documents", "Downloads", "Favorites", "Music", "Pictures", "Videos"}

// A note is a statement of the page that Outcome computes with.
type note string

const (
	sizesNote   note = "sizes of the volumes"
	billingNote note = "example of the charges"
)

const billing = "How Billing Is Affected" // since 2021-09-03 without capitals

type noteRow struct {
	note note
	tables.Dated
}

var notes = tables.Table[noteRow]{
	Name:  "notes",
	Key:   func(r noteRow) string { return string(r.note) },
	Lists: func(r noteRow) []rule.Parameter { return []rule.Parameter{{Name: string(r.note), Value: "stated"}} },
	Rows: []noteRow{
		{sizesNote, tables.Since(page, billing, launch, "")},
		{billingNote, tables.Since(page, billing, "2020-06-04", "")},
	},
}
