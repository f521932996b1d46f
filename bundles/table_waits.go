package bundles

import (
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Wait names a time that the documents give.
type Wait string

// Times that must pass before a request, counted from an earlier one.
const (
	BeforeFirstResize  Wait = "launch to first change of a volume"
	BetweenResizes     Wait = "change of a volume to the next of the same one"
	BetweenVolumes     Wait = "change of one volume to that of the other"
	BeforeFirstLarger  Wait = "launch to larger compute type"
	BetweenLarger      Wait = "larger compute type to the next larger one"
	BetweenSmaller     Wait = "smaller compute type to the next smaller one"
	BeforeSelfService  Wait = "launch to a user's first change"
	BeforeOwnRebuild   Wait = "launch to a user's rebuild"
	BeforeMaintenance  Wait = "creation to AutoStop maintenance"
	BeforeNameIsReused Wait = "deletion of a bundle to the reuse of its name"
)

// Times that an operation may take; in bulk it can be longer.
const (
	VolumeChange      Wait = "change of a volume"
	ComputeTypeChange Wait = "change of the compute type"
	ProtocolChange    Wait = "change of the protocol"
	EncryptedLaunch   Wait = "launch with an encrypted root volume"
	ImageCreation     Wait = "creation of an image"
	Termination       Wait = "termination"
)

type waitRow struct {
	wait Wait
	long time.Duration
	span rule.Span
	cite rule.Citation
}

func wait(w Wait, long time.Duration, document, section, since, until string) waitRow {
	return waitRow{w, long, tables.During(since, until), tables.Cite(document, section, since)}
}

// waitRows, by wait and date. That the clock of a volume runs for it alone is inferred: the
// second volume may follow the first after 20 to 30 minutes, of which this is the later.
var waitRows = []waitRow{
	wait(BeforeFirstResize, 6*time.Hour, modifyPage, "Limitations for increasing volumes", readGuide, ""),
	wait(BetweenResizes, 24*time.Hour, modifyPage, "Changing volume sizes", "2018-04-18", "2019-01-08"),
	wait(BetweenResizes, 6*time.Hour, modifyPage, "Changing volume sizes", "2019-01-08", ""),
	wait(BetweenVolumes, 30*time.Minute, guide, "Limitations for Increasing Volumes", readGuide, ""),
	wait(BeforeFirstLarger, 24*time.Hour, modifyPage, "Changing bundle types", "2018-04-18", "2019-01-08"),
	wait(BeforeFirstLarger, 6*time.Hour, modifyPage, "Changing bundle types", "2019-01-08", "2020-07-08"),
	wait(BeforeFirstLarger, time.Hour, modifyPage, "Changing bundle types", "2020-07-08", "2021-09-03"),
	wait(BeforeFirstLarger, 6*time.Hour, modifyPage, "Modify compute type", "2021-09-03", ""),
	wait(BetweenLarger, 24*time.Hour, modifyPage, "Changing bundle types", "2018-02-03", "2019-01-08"),
	wait(BetweenLarger, 6*time.Hour, modifyPage, "Changing bundle types", "2019-01-08", "2020-07-08"),
	wait(BetweenLarger, time.Hour, modifyPage, "Changing bundle types", "2020-07-08", "2021-09-03"),
	wait(BetweenLarger, 6*time.Hour, modifyPage, "Modify compute type", "2021-09-03", ""),
	wait(BetweenSmaller, 30*24*time.Hour, modifyPage, "Changing bundle types", "2018-02-03", ""),
	wait(BeforeSelfService, 6*time.Hour, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	wait(BeforeOwnRebuild, 12*time.Hour, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	wait(BeforeMaintenance, 7*24*time.Hour, maintenancePage, "Maintenance windows for AutoStop WorkSpaces", lastReading, ""),
	wait(BeforeNameIsReused, 2*time.Hour, imagePage, "Create a custom image and custom bundle", lastReading, ""),

	wait(VolumeChange, time.Hour, modifyPage, "Changing volume sizes", "2020-06-04", "2021-06-02"),
	wait(VolumeChange, 2*time.Hour, modifyPage, "Changing volume sizes", "2021-06-02", ""),
	wait(ComputeTypeChange, time.Hour, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	wait(ProtocolChange, 20*time.Minute, modifyPage, "Modify protocols", read2025, lastReading),
	wait(ProtocolChange, 40*time.Minute, modifyPage, "Modify protocols", lastReading, ""),
	wait(EncryptedLaunch, time.Hour, encryptPage, "Encrypted WorkSpaces", "2018-02-03", ""),
	wait(ImageCreation, 45*time.Minute, faq, "Can I create custom images for Amazon WorkSpaces?", readFAQ, "2022-09-02"),
	wait(ImageCreation, 45*time.Minute, imagePage, "Create a custom image and custom bundle", "2022-09-02", ""),
	wait(Termination, 5*time.Minute, deletePage, "Delete a WorkSpace", "2022-09-02", ""),
}

// Wait returns how long the edition says that something takes or must be waited for; an
// operation may take up to that. It is 0, with the zero Citation, if no document says.
func (r Rules) Wait(w Wait) (time.Duration, rule.Citation) {
	if row := r.wait(w); row != nil {
		return row.long, row.cite
	}
	return 0, rule.Citation{}
}

func (r Rules) wait(w Wait) *waitRow {
	for i := range waitRows {
		if row := &waitRows[i]; row.wait == w && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}
