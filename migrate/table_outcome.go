package migrate

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A groupRow is a pair of ranges, in GiB and inclusive, from which the sizes of root and
// user volume are chosen when a WorkSpace is launched or modified.
type groupRow struct {
	compute                            set
	rootMin, rootMax, userMin, userMax int32
	span                               rule.Span
	cite                               rule.Citation
}

const volumeSizes = "Modify volume sizes"

func group(compute set, rootMin, rootMax, userMin, userMax int32, since string) groupRow {
	return groupRow{compute, rootMin, rootMax, userMin, userMax, tables.During(since, ""), tables.Cite(modifyPage, volumeSizes, since)}
}

// groupRows are the groups for bundles without and with a GPU. GeneralPurpose, which is newer
// than they are, needs at least 175 and 100, and so has the last one only. That 2000 is the
// most with a GPU too is a reading.
var groupRows = []groupRow{
	group(value|plain, 80, 80, 10, 10, "2020-03-31"),
	group(value|plain, 80, 80, 50, 50, "2020-03-31"),
	group(value|plain, 80, 80, 100, 100, "2020-03-31"),
	group(noGPU, 175, 2000, 100, 2000, "2020-03-31"),
	group(gpu, 100, 2000, 100, 2000, "2020-03-31"),
}

// An effectRow is what becomes of one thing.
type effectRow struct {
	Effect
	span rule.Span
}

func effect(thing string, fate Fate, system System, section, document, since, note string) effectRow {
	return effectRow{Effect{thing, fate, system, note, tables.Cite(document, section, since)}, tables.During(since, "")}
}

// effectRows, what is lost first. Most was first read in the guide of April 2020.
var effectRows = []effectRow{
	effect("root volume", Lost, AnySystem, happens, guide, april, "applications, settings and registry come from the target image"),
	effect("user data later than the snapshot", Lost, Windows, happens, guide, april, ""),
	effect("profile on the root volume", Lost, Windows, "Upgrade", guide, april, "of Windows 10 BYOL upgraded in place; the new WorkSpace has the profile on drive D"),
	effect("in-place upgrade", Lost, Windows, "Upgrade", guide, april, "must be done again if the bundle's image is older"),
	effect("Office subscription", Lost, Windows, limits, page, lastReading, ""),
	effect("index of the user volume", Lost, Windows, happens, page, "2021-06-02", "an index fixed on D:\\Users\\user misses the .NotMigrated folder"),
	effect("Web Access", Lost, Windows, limits, page, "2021-09-03", "on public Server 2019 with PCoIP"),
	effect("MATE configuration", Lost, Linux, "After the migration", linuxPage, lastReading, "of Amazon Linux 2; kept under ~/workspace-migration-log-YYYYMMDD"),

	effect("WorkSpace ID", New, AnySystem, happens, guide, april, ""),
	effect("computer name", New, AnySystem, happens, guide, april, ""),
	effect("IP address", New, AnySystem, happens, guide, april, ""),
	effect("user profile", New, Windows, happens, page, launch, "the old one is renamed to .NotMigrated, and seven of its folders are moved"),

	effect("user volume", Kept, Windows, happens, guide, april, "made anew from the last snapshot"),
	effect("/home", Kept, Linux, "How it works", linuxPage, lastReading, "the volume is detached and attached, with later data"),
	effect("tags", Kept, AnySystem, happens, guide, april, ""),
	effect("running mode", Kept, AnySystem, happens, guide, april, ""),

	effect("encryption and its key", Open, AnySystem, happens, guide, april, ""),
	effect("AutoStop timeout", Open, AnySystem, happens, guide, april, ""),
	effect("stopped state", Open, AnySystem, happens, guide, april, "whether a STOPPED WorkSpace ends as STOPPED"),
	effect("standby pairing", Open, AnySystem, happens, page, lastReading, ""),
	effect("application associations", Open, AnySystem, happens, page, lastReading, ""),
}

// movedFolders are those that are moved to the new profile, the same in every edition.
var movedFolders = [...]string{"Desktop", "Documents", "Downloads", "Favorites", "Music", "Pictures", "Videos"}

// A note is a statement of the page that Outcome computes with.
type note string

const (
	sizesNote   note = "sizes of the volumes"
	billingNote note = "example of the charges"
)

type noteRow struct {
	note note
	span rule.Span
	cite rule.Citation
}

var noteRows = []noteRow{
	{sizesNote, tables.During(april, ""), tables.Cite(guide, "How billing is affected", april)},
	{billingNote, tables.During("2020-06-04", ""), tables.Cite(page, "How billing is affected", "2020-06-04")},
}

// note returns where the edition has a statement, and whether it does.
func (r Rules) note(n note) (rule.Citation, bool) {
	for i := range noteRows {
		if row := &noteRows[i]; row.note == n && row.span.Contains(r.edition) {
			return row.cite, true
		}
	}
	return rule.Citation{}, false
}
