package bundles

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/rule"
)

// CheckResize tells whether ModifyWorkspaceProperties would grow the volumes of w, asked at
// now. Of to, a size of 0 GiB is not in the request. Violations, by kind: a volume that
// shrinks, both volumes in one request, the pair that results, the wait since the launch
// and since the last growth of the volume, and what CheckOperation says of ModifyVolumes.
// The order in which volumes must grow is in the pair that results: root 175 GiB beside
// user 10 GiB is in none of the set groups.
//
// The answer is open where w does not tell enough, without now, for a size that the
// volume already has, and where CheckVolumes leaves it open. A request without a size, and
// a negative one, is a *rule.InputError.
func (r Rules) CheckResize(w Workspace, to Volumes, now time.Time) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := to.checkRequest(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.resize(&a, &w, to, now)
	r.operation(&a, ModifyVolumes, &w)
	return a.concluded(), nil
}

// checkRequest returns an error for a request that names no size, or one that is none.
func (v Volumes) checkRequest() error {
	var root, user *int32
	if v.Root != 0 {
		root = &v.Root
	}
	if v.User != 0 {
		user = &v.User
	}
	if root == nil && user == nil {
		return &rule.InputError{Path: rootSize, Value: "", Reason: "and UserVolumeSizeGib are both missing"}
	}
	return checkSizes(root, user)
}

func (r Rules) resize(a *Answer, w *Workspace, to Volumes, now time.Time) {
	sides := [2]struct {
		at       rule.Path
		from, to int32
		last     time.Time
	}{
		{rootSize, w.Volumes.Root, to.Root, w.History.RootVolume},
		{userSize, w.Volumes.User, to.User, w.History.UserVolume},
	}
	after := w.Volumes
	if to.Root > 0 {
		after.Root = to.Root
	}
	if to.User > 0 {
		after.User = to.User
	}
	r.shrinks(a, w.Volumes, after)
	sound := len(a.Violations) == 0
	for _, s := range sides {
		switch {
		case s.to == 0:
		case s.from == 0:
			a.lacks(s.at, "the present size is not known")
		case s.to == s.from:
			a.undocumented(s.at, fmt.Sprintf("no document says what a request for the present %d GiB does", s.to))
		}
	}
	if to.Root > 0 && to.User > 0 && to.Root != w.Volumes.Root && to.User != w.Volumes.User {
		r.broken(a, VolumesTogether, rootSize, "one request cannot change both volumes")
	}
	switch {
	case !sound:
	case after.Root == 0 || after.User == 0:
		r.ceilings(a, to)
		a.lacks(rootSize, "the other volume's size is not known, and so not the pair")
	default:
		r.volumes(a, w.ComputeType, after)
	}
	for _, s := range sides {
		if s.to != 0 {
			r.waitedSinceLaunch(a, BeforeFirstResize, ResizeSoonAfterLaunch, s.at, w.History, now)
			r.waited(a, BetweenResizes, VolumeCoolDown, s.at, s.last, now)
		}
	}
}

// shrinks adds a violation for each volume that is to become smaller, or an open question
// in an edition that does not speak of it.
func (r Rules) shrinks(a *Answer, from, to Volumes) {
	for _, s := range [2]struct {
		at       rule.Path
		from, to int32
	}{{rootSize, from.Root, to.Root}, {userSize, from.User, to.User}} {
		switch {
		case s.to >= s.from:
		case !r.inForce(VolumeShrinks):
			a.undocumented(s.at, "no document of the edition says whether a volume can become smaller")
		default:
			r.broken(a, VolumeShrinks, s.at, fmt.Sprintf("%d GiB is less than the present %d GiB", s.to, s.from))
		}
	}
}
