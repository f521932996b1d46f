package bundles

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of growing volumes.
const (
	VolumeShrinks         rule.Code = "bundles.volume-shrinks"
	VolumesTogether       rule.Code = "bundles.volumes-together"
	VolumeWithComputeType rule.Code = "bundles.volume-with-compute-type"
	ResizeSoonAfterLaunch rule.Code = "bundles.resize-soon-after-launch"
	VolumeCoolDown        rule.Code = "bundles.volume-cool-down"
)

var resizeRules = []tables.Rule{
	{
		Code:      VolumeShrinks,
		Title:     "A volume is to become smaller.",
		Remedy:    "Leave the size as it is, or launch another WorkSpace with a smaller volume.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2018-04-18", "")},
	},
	{
		Code:      VolumesTogether,
		Title:     "One request changes both volumes.",
		Remedy:    "Change one volume, and the other in a later request.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Changing Volume Sizes", "2020-03-31", "")},
	},
	{
		Code:      VolumeWithComputeType,
		Title:     "One request changes a volume and the compute type.",
		Remedy:    "Change the compute type and the volume in two requests.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2020-06-04", "")},
	},
	{
		Code:      ResizeSoonAfterLaunch,
		Title:     "A volume is to grow too soon after the launch.",
		Remedy:    "Wait until the time since the launch has passed.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Limitations for Increasing Volumes", "2020-04-29", "")},
	},
	{
		Code:      VolumeCoolDown,
		Title:     "A volume is to grow too soon after it grew.",
		Remedy:    "Wait until the time since the last growth of the volume has passed.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2018-02-03", "")},
	},
}

// CheckResize tells whether ModifyWorkspaceProperties would grow the volumes of w, asked at
// now. A zero size in to is left out of the request. Violations, by kind: a volume that
// shrinks, both volumes in one request, the pair that results, the wait since the launch,
// since the last growth of the volume and since that of the other one, and what CheckOperation says of ModifyVolumes.
// The pair that results decides on the order in which volumes must grow: root 175 GiB beside
// user 10 GiB is in none of the set groups.
//
// The answer is open where w does not tell enough, without now, for a size that the volume
// already has, and where CheckVolumes leaves it open. A request without a size, and a negative
// size, are a *rule.InputError.
func (r Rules) CheckResize(w Workspace, to Volumes, now time.Time) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if err := to.checkRequest(); err != nil {
		return rule.Answer{}, err
	}
	if err := w.check(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.resize(&a, &w, to, now)
	r.s.operation(&a, ModifyVolumes, &w)
	return a.Concluded(), nil
}

// checkRequest returns an error for a request that names no size, or a negative one.
func (v Volumes) checkRequest() error {
	if v == (Volumes{}) {
		return &rule.InputError{Path: rootSize, Value: "", Reason: "and UserVolumeSizeGib are both missing"}
	}
	return v.check(noSize)
}

// or returns the sizes, and for those that are not given those of w.
func (v Volumes) or(w Volumes) Volumes {
	if v.Root == 0 {
		v.Root = w.Root
	}
	if v.User == 0 {
		v.User = w.User
	}
	return v
}

func (s *snapshot) resize(a *rule.Answer, w *Workspace, to Volumes, now time.Time) {
	after := to.or(w.Volumes)
	s.shrinks(a, w.Volumes, after)
	sound := len(a.Violations) == 0
	sides := [2]struct {
		at          rule.Path
		from, to    int32
		last, other time.Time // growths of this volume and of the other one
	}{
		{rootSize, w.Volumes.Root, to.Root, w.History.RootVolume, w.History.UserVolume},
		{userSize, w.Volumes.User, to.User, w.History.UserVolume, w.History.RootVolume},
	}
	for _, side := range sides {
		switch {
		case side.to == 0:
		case side.from == 0:
			a.NotGiven(side.at, "the present size is not known")
		case side.to == side.from:
			a.NotDocumented(side.at, fmt.Sprintf("no document says what a request for the present %d GiB does", side.to))
		}
	}
	if to.Root > 0 && to.User > 0 && to.Root != w.Volumes.Root && to.User != w.Volumes.User {
		s.rules.Break(a, VolumesTogether, rootSize, "one request cannot change both volumes")
	}
	if sound {
		s.volumes(a, w.ComputeType, s.compute(w.ComputeType), after, true)
	}
	for _, side := range sides {
		if side.to != 0 {
			s.waitedSinceLaunch(a, BeforeFirstResize, ResizeSoonAfterLaunch, side.at, w.History, now)
			s.usersWait(a, BeforeSelfService, BeforeFirstResize, side.at, "a change of a volume", w.History.Launched, now, s.rules.Cite(VolumeCoolDown))
			s.waited(a, BetweenResizes, VolumeCoolDown, side.at, side.last, now)
			s.waitedForOther(a, side.at, side.other, now)
		}
	}
}

// waitedForOther judges the time since the other volume grew. The guide asks to wait 20 to 30 minutes, so
// that what lies between is open.
func (s *snapshot) waitedForOther(a *rule.Answer, at rule.Path, other, now time.Time) {
	const least = 20 * time.Minute
	row, ok := s.waits[BetweenVolumes]
	switch {
	case !ok || other.IsZero():
	case now.IsZero():
		a.NotGiven(at, "without the time it is not known whether "+row.long.String()+" have passed: "+string(BetweenVolumes))
	case now.Before(other.Add(least)):
		s.rules.BreakBy(a, row.Cite, ModificationInProgress, at, "not before %s: the other volume grew less than %s before", other.Add(least).Format(time.RFC3339), least)
	case now.Before(other.Add(row.long)):
		a.NotDocumented(at, fmt.Sprintf("the guide asks to wait %s to %s after the other volume grew", least, row.long))
	}
}

// shrinks adds a violation for each volume that is to become smaller, or an open question
// in an edition that does not speak of it.
func (s *snapshot) shrinks(a *rule.Answer, from, to Volumes) {
	if to.Root < from.Root {
		s.rules.Break(a, VolumeShrinks, rootSize, "%d GiB is less than the present %d GiB", to.Root, from.Root)
	}
	if to.User < from.User {
		s.rules.Break(a, VolumeShrinks, userSize, "%d GiB is less than the present %d GiB", to.User, from.User)
	}
}
