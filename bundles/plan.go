package bundles

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Goal is what a WorkSpace shall become. A zero field keeps what it has.
type Goal struct {
	Volumes         Volumes // a zero size keeps that volume
	ComputeType     types.Compute
	RunningMode     types.RunningMode
	AutoStopMinutes *int32 // goes with AUTO_STOP; see CheckRunningMode
}

// A Step is one call of ModifyWorkspaceProperties, which changes one property.
type Step struct {
	Operation  Operation
	Properties types.WorkspaceProperties // what to send
	Earliest   time.Time                 // when the documents permit it, if what came before is finished
	Takes      time.Duration             // how long it may take; 0 if no document of the edition says
}

// A Plan is a sequence of steps, or the reason that there is none.
type Plan struct {
	Steps  []Step // in order; none if the goal is reached already, or cannot be
	Answer        // Denied: nothing leads to the goal, and Violations tell why
}

// PlanModify returns the shortest sequence of calls by which w becomes what goal asks, the
// running mode first, then the volumes, then the compute type, with the earliest time of
// each. Of sequences of the same length it is the one that ends first, and of those the one
// that starts with the user volume.
//
// A plan does not look at State and Modifications: at each step the WorkSpace must be
// AVAILABLE or STOPPED, and the modification before it be over, for which the plan allows
// the time that the documents give. CheckModify tells when the step is due. Nothing leads
// anywhere for a standby WorkSpace. The plan's
// verdict is Undocumented, with the reasons in Open, where the documents or w leave
// something open, the time of the launch first of all. A goal that is no goal, and a zero
// now, are a *rule.InputError.
func (r Rules) PlanModify(w Workspace, goal Goal, now time.Time) (Plan, error) {
	if err := r.known(); err != nil {
		return Plan{}, err
	}
	if goal.Volumes != (Volumes{}) {
		if err := goal.Volumes.checkRequest(); err != nil {
			return Plan{}, err
		}
	}
	if now.IsZero() {
		return Plan{}, &rule.InputError{Path: "now", Value: now.String(), Reason: "is no time"}
	}
	var p Plan
	at := now
	if goal.RunningMode != "" && goal.RunningMode != w.RunningMode || goal.AutoStopMinutes != nil {
		change := types.WorkspaceProperties{RunningMode: cmp.Or(goal.RunningMode, w.RunningMode), RunningModeAutoStopTimeoutInMinutes: goal.AutoStopMinutes}
		r.runningMode(&p.Answer, change.RunningMode, change.RunningModeAutoStopTimeoutInMinutes)
		p.Steps = append(p.Steps, Step{Operation: ModifyMode, Properties: change, Earliest: now})
	}
	if to := (Volumes{cmp.Or(goal.Volumes.Root, w.Volumes.Root), cmp.Or(goal.Volumes.User, w.Volumes.User)}); to != w.Volumes {
		steps, err := r.planVolumes(&p.Answer, w, to, now)
		if err != nil {
			return Plan{}, err
		}
		p.Steps = append(p.Steps, steps...)
		if len(steps) > 0 {
			at = steps[len(steps)-1].Earliest.Add(steps[0].Takes)
			w.Volumes = to
		}
	}
	if goal.ComputeType != "" && goal.ComputeType != w.ComputeType {
		p.Steps = append(p.Steps, r.planCompute(&p.Answer, w, goal.ComputeType, at))
	}
	if len(p.Steps) > 0 {
		r.standby(&p.Answer, p.Steps[0].Operation, &w)
	}
	p.Answer = p.Answer.concluded()
	if p.denies() {
		p.Steps = nil
	}
	return p, nil
}

// PlanResize is PlanModify for volumes alone; a zero size keeps that volume.
func (r Rules) PlanResize(w Workspace, to Volumes, now time.Time) (Plan, error) {
	return r.PlanModify(w, Goal{Volumes: to}, now)
}

// planVolumes returns the steps from the volumes of w to a pair.
func (r Rules) planVolumes(a *Answer, w Workspace, to Volumes, now time.Time) ([]Step, error) {
	from := w.Volumes
	if from.Root == 0 || from.User == 0 {
		a.lacks(rootSize, "the present sizes are not known")
		return nil, nil
	}
	r.shrinks(a, from, to)
	r.volumes(a, w.ComputeType, to)
	if a.denies() {
		return nil, nil
	}
	if row := r.wait(BeforeFirstResize); row != nil && w.History.Launched.IsZero() {
		a.lacks("", "the time of the launch is not known, and "+string(row.wait)+" takes "+row.long.String())
	}
	sizes, err := r.Sizes(w.ComputeType)
	if err != nil {
		return nil, err
	}
	var best []Step
	roots, users := sizes.between(from, to)
	for n := 1; best == nil && n < len(roots)+len(users); n++ {
		sizes.ways(from, to, roots, users, make([]growth, 0, n), func(way []growth) {
			if steps := r.timed(w, way, now); best == nil || steps[n-1].Earliest.Before(best[n-1].Earliest) {
				best = steps
			}
		})
	}
	switch {
	case best != nil:
	case r.inForce(VolumePairNotInGroup):
		r.broken(a, VolumePairNotInGroup, rootSize, fmt.Sprintf("no sequence of pairs in the groups %s leads from %s to %s", r.groups(), from, to))
	default:
		a.undocumented(rootSize, fmt.Sprintf("%s is less than %s needs, and no document tells how it may grow to %s", from, w.ComputeType, to))
	}
	if len(best) > 1 && r.wait(BetweenVolumes) == nil {
		a.undocumented(rootSize, "no document of the edition tells when the second volume may follow the first")
	}
	return best, nil
}

// A growth is a call that grows one volume, and the pair that results.
type growth struct {
	root  bool
	after Volumes
}

// between returns the sizes at which a way can stop, in ascending order: where it starts,
// the lower edges of the set groups, and where it ends.
func (s Sizes) between(from, to Volumes) (roots, users []int32) {
	roots, users = []int32{from.Root, to.Root}, []int32{from.User, to.User}
	for _, g := range s.Groups {
		if from.Root < g.RootFrom && g.RootFrom < to.Root {
			roots = append(roots, g.RootFrom)
		}
		if from.User < g.UserFrom && g.UserFrom < to.User {
			users = append(users, g.UserFrom)
		}
	}
	slices.Sort(roots)
	slices.Sort(users)
	return slices.Compact(roots), slices.Compact(users)
}

// ways yields every sequence of cap(way) growths, those of the user volume first, that
// passes through no pair that is denied.
func (s Sizes) ways(from, to Volumes, roots, users []int32, way []growth, yield func([]growth)) {
	if len(way) == cap(way) {
		if from == to {
			yield(way)
		}
		return
	}
	grow := func(g growth) {
		if s.Verdict(g.after) != rule.Denied {
			s.ways(g.after, to, roots, users, append(way, g), yield)
		}
	}
	for _, u := range users {
		if u > from.User {
			grow(growth{false, Volumes{from.Root, u}})
		}
	}
	for _, v := range roots {
		if v > from.Root {
			grow(growth{true, Volumes{v, from.User}})
		}
	}
}

// timed returns the steps of a way, each as early as the waits permit.
func (r Rules) timed(w Workspace, way []growth, now time.Time) []Step {
	takes, _ := r.Wait(VolumeChange)
	between, _ := r.Wait(BetweenVolumes)
	last := map[bool]time.Time{true: w.History.RootVolume, false: w.History.UserVolume}
	at := now
	var steps []Step
	for i, g := range way {
		if i > 0 {
			at = at.Add(between)
		}
		at = r.over(BeforeFirstResize, w.History.Launched, at)
		at = r.over(BetweenResizes, last[g.root], at)
		last[g.root] = at
		step := Step{Operation: ModifyVolumes, Earliest: at, Takes: takes}
		if g.root {
			step.Properties.RootVolumeSizeGib = new(g.after.Root)
		} else {
			step.Properties.UserVolumeSizeGib = new(g.after.User)
		}
		steps = append(steps, step)
	}
	return steps
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// planCompute returns the step to a compute type, not before at.
func (r Rules) planCompute(a *Answer, w Workspace, to types.Compute, at time.Time) Step {
	takes, _ := r.Wait(ComputeTypeChange)
	switch Compare(to, w.ComputeType) {
	case Larger:
		at = r.over(BeforeFirstLarger, w.History.Launched, at)
		at = r.over(BetweenLarger, w.History.Larger, at)
	case Smaller:
		at = r.over(BeforeSelfService, w.History.Launched, at) // one page of the guide asks for it
		at = r.over(BetweenSmaller, w.History.Smaller, at)
	}
	r.switchTo(a, &w, to, at)
	return Step{Operation: ModifyCompute, Properties: types.WorkspaceProperties{ComputeTypeName: to}, Earliest: at, Takes: takes}
}

// over returns at, or the end of the wait after an event if that is later.
func (r Rules) over(w Wait, event, at time.Time) time.Time {
	long, _ := r.Wait(w)
	if event.IsZero() {
		return at
	}
	return later(at, event.Add(long))
}
