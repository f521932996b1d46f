package bundles

import (
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

const computeName rule.Path = "ComputeTypeName"

// CheckSwitch tells whether ModifyWorkspaceProperties would change the compute type of w,
// asked at now. Violations, in this order: a target that is retired, a pair between which
// nothing leads, what a GeneralPurpose type needs of operating system and volumes, the
// waits for a larger or smaller type, and what CheckOperation says of ModifyCompute.
//
// What is larger is for Compare to say. The clocks for larger and for smaller types are
// taken to run each for itself, as the guide words them. For a smaller type soon after
// the launch the guide's pages disagree: the one for administrators names no wait, the one
// for self-service 6 hours; the answer is open then.
//
// It is open as well where the guide does not speak of the pair: from and to Value since
// it left the guide's list, from a type without a GPU to one with it, among G6, Gr6, G6f and
// Gr6f, and for types that the edition does not know.
func (r Rules) CheckSwitch(w Workspace, to types.Compute, now time.Time) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if to == "" {
		return Answer{}, &rule.InputError{Path: computeName, Value: "", Reason: "is not a compute type"}
	}
	var a Answer
	r.switchTo(&a, &w, to, now)
	r.operation(&a, ModifyCompute, &w)
	return a.concluded(), nil
}

func (r Rules) switchTo(a *Answer, w *Workspace, to types.Compute, now time.Time) {
	if end := r.retired(to); end != nil {
		r.citing(a, ComputeTypeRetired, computeName, fmt.Sprintf("%s ended on %s", to, end.last), end.cite)
	}
	if !r.leadsTo(a, w.ComputeType, to) {
		return
	}
	if isGeneralPurpose(to) && !isGeneralPurpose(w.ComputeType) {
		r.generalPurpose(a, w)
	}
	switch Compare(to, w.ComputeType) {
	case Larger:
		r.waitedSinceLaunch(a, BeforeFirstLarger, LargerTooSoon, computeName, w.History, now)
		r.waited(a, BetweenLarger, LargerTooSoon, computeName, w.History.Larger, now)
	case Smaller:
		if row := r.wait(BeforeSelfService); row != nil && (w.History.Launched.IsZero() || now.IsZero() || now.Before(w.History.Launched.Add(row.long))) {
			a.undocumented(computeName, fmt.Sprintf("the guide's pages disagree on a wait of %s before a smaller type", row.long))
		}
		r.waited(a, BetweenSmaller, SmallerTooSoon, computeName, w.History.Smaller, now)
	default:
		a.undocumented(computeName, fmt.Sprintf("no document tells which of %s and %s is larger", w.ComputeType, to))
	}
}

// leadsTo reports whether the guide lets one compute type become another; if not, the
// answer has a violation or an open question.
func (r Rules) leadsTo(a *Answer, from, to types.Compute) bool {
	x, y := r.compute(from), r.compute(to)
	switch {
	case from == "":
		a.noSuchType(from)
		return false
	case from == to:
		a.undocumented(computeName, fmt.Sprintf("no document says what a request for the present %s does", to))
		return false
	case x == nil || y == nil:
		unknown := from
		if x != nil {
			unknown = to
		}
		a.noSuchType(unknown)
		return false
	}
	for i := range freeRows {
		if row := &freeRows[i]; row.span.Contains(r.edition) && slices.Contains(row.types, from) && slices.Contains(row.types, to) {
			return true
		}
	}
	for i := range familyRows {
		row := &familyRows[i]
		if row.family != x.Family || !row.span.Contains(r.edition) {
			continue
		}
		switch {
		case !row.within:
			r.citing(a, ComputeTypeFixed, computeName, fmt.Sprintf("%s cannot become another type; migrate the WorkSpace", from), row.cite)
			return false
		case x.Family == y.Family:
			return true
		case !slices.Contains(oneFamilyPerhaps, x.Family) || !slices.Contains(oneFamilyPerhaps, y.Family):
			r.citing(a, FamilyCrossed, computeName, fmt.Sprintf("%s is not of the family of %s; migrate the WorkSpace", to, from), row.cite)
			return false
		}
	}
	a.undocumented(computeName, fmt.Sprintf("no document of the edition says whether %s can become %s", from, to))
	return false
}

func isGeneralPurpose(c types.Compute) bool {
	return c == types.ComputeGeneralpurpose4xlarge || c == types.ComputeGeneralpurpose8xlarge
}

// generalPurpose judges what GENERALPURPOSE types need of the WorkSpace that becomes one.
func (r Rules) generalPurpose(a *Answer, w *Workspace) {
	switch {
	case w.ComputeType != types.ComputePowerpro || slices.Contains(fromPowerPro, w.OperatingSystem) || !r.inForce(SwitchNeedsOperatingSystem):
	case w.OperatingSystem == "" || w.OperatingSystem == types.OperatingSystemNameUnknown:
		a.lacks("OperatingSystemName", "the operating system is not known")
	default:
		r.broken(a, SwitchNeedsOperatingSystem, "OperatingSystemName", fmt.Sprintf("%s becomes GeneralPurpose with one of %v only, not with %s", w.ComputeType, fromPowerPro, w.OperatingSystem))
	}
	m := r.minimum(types.ComputeGeneralpurpose4xlarge)
	switch {
	case m == nil:
	case w.Volumes.Root == 0 || w.Volumes.User == 0:
		a.lacks(rootSize, "the sizes of the volumes are not known")
	case w.Volumes.Root < m.root || w.Volumes.User < m.user:
		r.citing(a, SwitchNeedsVolumes, rootSize, fmt.Sprintf("GeneralPurpose needs volumes of %d/%d GiB, and these are %s", m.root, m.user, w.Volumes), m.cite)
	}
}
