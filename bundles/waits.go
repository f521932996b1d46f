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
	BetweenOwnLarger   Wait = "a user's larger compute type to the next larger one"
	BeforeMaintenance  Wait = "creation to AutoStop maintenance"
	BeforeNameIsReused Wait = "deletion of a bundle to the reuse of its name"
)

// Times that an operation may take. In bulk it can take longer.
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
	tables.Dated
}

func wait(w Wait, long time.Duration, document, section, since, until string) waitRow {
	return waitRow{w, long, tables.Since(document, section, since, until)}
}

// waitRules are the rules that hold a request against a wait.
var waitRules = map[Wait]rule.Code{
	BeforeFirstResize: ResizeSoonAfterLaunch, BetweenResizes: VolumeCoolDown,
	BeforeFirstLarger: LargerTooSoon, BetweenLarger: LargerTooSoon, BetweenSmaller: SmallerTooSoon,
	BeforeSelfService: SelfServiceTooSoon, BeforeOwnRebuild: SelfServiceTooSoon, BetweenOwnLarger: SelfServiceTooSoon,
}

// waits, by wait and date, but for BeforeMaintenance, which the table of maintenance has. That
// each volume has a clock of its own is inferred: the second volume may follow the first after
// 20 to 30 minutes. The table has the longer time, also of a change of a volume, for which the page on
// self-service goes on with an hour.
var waits = tables.Table[waitRow]{
	Name: "wait",
	Key:  func(r waitRow) string { return string(r.wait) },
	Lists: func(r waitRow) []rule.Parameter {
		var codes []rule.Code
		if c, ok := waitRules[r.wait]; ok {
			codes = []rule.Code{c}
		}
		return parameter("wait: "+string(r.wait), tables.Time(r.long), codes...)
	},
	Rows: []waitRow{
		wait(BeforeFirstResize, 6*time.Hour, modifyPage, "Limitations for Increasing Volumes", "2020-04-29", ""),
		wait(BetweenResizes, 24*time.Hour, modifyPage, "Modify a WorkSpace", "2018-02-03", "2019-01-08"),
		wait(BetweenResizes, 6*time.Hour, modifyPage, "Modify a WorkSpace", "2019-01-08", ""),
		wait(BetweenVolumes, 30*time.Minute, modifyPage, "Limitations for Increasing Volumes", "2020-03-31", ""),
		wait(BeforeFirstLarger, 24*time.Hour, modifyPage, "Modify a WorkSpace", "2018-04-18", "2019-01-08"),
		wait(BeforeFirstLarger, 6*time.Hour, modifyPage, "Modify a WorkSpace", "2019-01-08", "2020-07-08"),
		wait(BeforeFirstLarger, time.Hour, modifyPage, "Changing Bundle Types", "2020-07-08", "2021-09-03"),
		wait(BeforeFirstLarger, 6*time.Hour, modifyPage, "Change bundle types", "2021-09-03", ""),
		wait(BetweenLarger, 24*time.Hour, modifyPage, "Modify a WorkSpace", "2018-02-03", "2019-01-08"),
		wait(BetweenLarger, 6*time.Hour, modifyPage, "Modify a WorkSpace", "2019-01-08", "2020-07-08"),
		wait(BetweenLarger, time.Hour, modifyPage, "Changing Bundle Types", "2020-07-08", "2021-09-03"),
		wait(BetweenLarger, 6*time.Hour, modifyPage, "Change bundle types", "2021-09-03", ""),
		wait(BetweenSmaller, 30*24*time.Hour, modifyPage, "Modify a WorkSpace", "2018-02-03", ""),
		wait(BeforeSelfService, 6*time.Hour, selfServicePage, selfServiceTitle, "2019-01-08", ""),
		wait(BetweenOwnLarger, 6*time.Hour, selfServicePage, selfServiceTitle, "2019-01-08", ""),
		wait(BeforeOwnRebuild, 12*time.Hour, selfServicePage, selfServiceTitle, "2019-01-08", ""),
		wait(BeforeNameIsReused, 2*time.Hour, imagePage, "Create a custom WorkSpaces image and bundle for WorkSpaces Personal", read2025, ""),

		wait(VolumeChange, time.Hour, modifyPage, "Changing Volume Sizes", "2020-06-04", "2021-06-02"),
		wait(VolumeChange, 2*time.Hour, modifyPage, "Changing Volume Sizes", "2021-06-02", ""),
		wait(ComputeTypeChange, time.Hour, selfServicePage, selfServiceTitle, "2019-01-08", ""),
		wait(ProtocolChange, 20*time.Minute, modifyPage, "Modify protocols", read2025, readMove25),
		wait(ProtocolChange, 40*time.Minute, modifyPage, "Modify protocols", readMove25, ""),
		wait(EncryptedLaunch, time.Hour, encryptPage, "Limits", "2018-02-03", ""),
		wait(ImageCreation, 45*time.Minute, faq, "Can I create custom images for Amazon WorkSpaces?", readFAQ, "2021-01-08"),
		wait(ImageCreation, 45*time.Minute, imagePage, "Step 2: Create a Custom Image and Custom Bundle", "2021-01-08", ""),
		wait(Termination, 5*time.Minute, deletePage, "Delete a WorkSpace", "2020-10-03", ""),
	},
}

func (s *snapshot) compileWaits(e rule.Edition) {
	s.waits = byKey(waits.On(e), func(r waitRow) Wait { return r.wait })
	for _, w := range maintenance.On(e) {
		if w.OlderThan > 0 {
			s.waits[BeforeMaintenance] = waitRow{BeforeMaintenance, w.OlderThan, w.Dated}
		}
	}
}

// Wait returns how long the edition says that something takes or must be waited for. An
// operation may take up to that. It is 0, with the zero Citation, if no document says.
func (r Rules) Wait(w Wait) (time.Duration, rule.Citation) {
	if r.s == nil {
		return 0, rule.Citation{}
	}
	row := r.s.waits[w]
	return row.long, row.Cite
}

// waited adds a violation of c if the wait after an event is not over. A zero event has
// not happened.
func (s *snapshot) waited(a *rule.Answer, w Wait, c rule.Code, at rule.Path, event, now time.Time) {
	row, ok := s.waits[w]
	switch {
	case !ok || event.IsZero():
	case now.IsZero():
		a.NotGiven(at, "without the time it is not known whether "+row.long.String()+" have passed: "+string(w))
	case now.Before(event.Add(row.long)):
		s.rules.BreakBy(a, row.Cite, c, at, "not before %s: %s takes %s", event.Add(row.long).Format(time.RFC3339), w, row.long)
	}
}

// waitedSinceLaunch is waited for a launch. A zero time of the launch is not known.
func (s *snapshot) waitedSinceLaunch(a *rule.Answer, w Wait, c rule.Code, at rule.Path, h History, now time.Time) {
	if row, ok := s.waits[w]; ok && h.Launched.IsZero() {
		a.NotGiven(at, "the time of the launch is not known, and "+string(w)+" takes "+row.long.String())
		return
	}
	s.waited(a, w, c, at, h.Launched, now)
}

// usersWait leaves open whether a change must wait after an event as long as the page on self-service asks
// users to, if the page for administrators asks for less, until it would have waited. A zero event has not
// happened, unless it is the launch, which is not known.
func (s *snapshot) usersWait(a *rule.Answer, users, administrators Wait, at rule.Path, what string, event, now time.Time, other rule.Citation) {
	row, ok := s.waits[users]
	less, asked := s.waits[administrators]
	launch := users == BeforeSelfService
	switch {
	case !ok || row.long <= less.long:
	case event.IsZero() && !launch:
	case event.IsZero() || now.IsZero():
		a.NotGiven(at, "it is not known whether "+row.long.String()+" have passed: "+string(users)+", which one page of the guide asks for before "+what)
	case !now.Before(event.Add(less.long)) && now.Before(event.Add(row.long)):
		if asked {
			other = less.Cite
		}
		a.Contradicted(at, "the guide's pages disagree on a wait of "+row.long.String()+" before "+what, row.Cite, other)
	}
}
