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

// A ModifyStep is one call of ModifyWorkspaceProperties, which changes one property.
type ModifyStep struct {
	Operation  Operation
	Properties types.WorkspaceProperties // what to send
	Earliest   time.Time                 // when the documents permit it, if what came before is finished
	Takes      time.Duration             // how long it may take; 0 if no document of the edition says
}

// A ModifyPlan is a sequence of steps, or the reason that there is none: a Denied answer, whose
// violations tell why nothing leads to the goal.
type ModifyPlan struct {
	rule.Answer
	Steps []ModifyStep // in order; none if the goal is reached already, or cannot be
}

// PlanModify returns the shortest sequence of calls by which w becomes what goal asks, the
// running mode first, then the volumes, then the compute type, with the earliest time of
// each. Among sequences of the same length it is the one that ends first, and among those the
// one that starts with the user volume.
//
// A plan does not look at State and Modifications: at each step the WorkSpace must be
// AVAILABLE or STOPPED, and the modification before it must be over; the plan allows the time
// that the documents give for it. CheckModify tells when the step is due. Nothing leads
// anywhere for a standby WorkSpace. The plan's verdict is Undocumented, with the reasons in
// Open, where the documents or w leave something open, the time of the launch first of all. A
// goal that is no goal, a zero now and a negative size are a *rule.InputError.
func (r Rules) PlanModify(w Workspace, goal Goal, now time.Time) (ModifyPlan, error) {
	if err := r.known(); err != nil {
		return ModifyPlan{}, err
	}
	if err := goal.Volumes.check(noSize); err != nil {
		return ModifyPlan{}, err
	}
	if err := w.check(); err != nil {
		return ModifyPlan{}, err
	}
	if now.IsZero() {
		return ModifyPlan{}, &rule.InputError{Path: "now", Value: now.String(), Reason: "is no time"}
	}
	s := r.s
	var p ModifyPlan
	at := now
	if goal.RunningMode != "" && goal.RunningMode != w.RunningMode || goal.AutoStopMinutes != nil {
		change := types.WorkspaceProperties{RunningMode: cmp.Or(goal.RunningMode, w.RunningMode), RunningModeAutoStopTimeoutInMinutes: goal.AutoStopMinutes}
		s.runningMode(&p.Answer, change.RunningMode, change.RunningModeAutoStopTimeoutInMinutes)
		p.Steps = append(p.Steps, ModifyStep{Operation: ModifyMode, Properties: change, Earliest: now})
	}
	if to := goal.Volumes.or(w.Volumes); to != w.Volumes {
		if steps := s.planVolumes(&p.Answer, w, to, now); len(steps) > 0 {
			p.Steps = append(p.Steps, steps...)
			at = steps[len(steps)-1].Earliest.Add(steps[0].Takes)
			w.Volumes = to
		}
	}
	if goal.ComputeType != "" && goal.ComputeType != w.ComputeType {
		p.Steps = append(p.Steps, s.planCompute(&p.Answer, w, goal.ComputeType, at))
	}
	if len(p.Steps) > 0 {
		s.standby(&p.Answer, p.Steps[0].Operation, &w)
	}
	p.Answer = p.Answer.Concluded()
	if p.Verdict == rule.Denied {
		p.Steps = nil
	}
	return p, nil
}

// PlanResize is PlanModify for volumes alone; a zero size keeps that volume.
func (r Rules) PlanResize(w Workspace, to Volumes, now time.Time) (ModifyPlan, error) {
	return r.PlanModify(w, Goal{Volumes: to}, now)
}

// planVolumes returns the steps from the volumes of w to a pair.
func (s *snapshot) planVolumes(a *rule.Answer, w Workspace, to Volumes, now time.Time) []ModifyStep {
	from := w.Volumes
	if from.Root == 0 || from.User == 0 {
		a.NotGiven(rootSize, "the present sizes are not known")
		return nil
	}
	c := s.compute(w.ComputeType)
	s.shrinks(a, from, to)
	s.volumes(a, w.ComputeType, c, to, true)
	if a.Violations.Denied() {
		return nil
	}
	if row, ok := s.waits[BeforeFirstResize]; ok && w.History.Launched.IsZero() {
		a.NotGiven("", "the time of the launch is not known, and "+string(row.wait)+" takes "+row.long.String())
	}
	var best []ModifyStep
	roots, users := c.sizes.between(from, to)
	for n := 1; best == nil && n < len(roots)+len(users); n++ {
		c.sizes.ways(from, to, roots, users, make([]growth, 0, n), func(way []growth) {
			if steps := s.timed(w, way, now); best == nil || steps[n-1].Earliest.Before(best[n-1].Earliest) {
				best = steps
			}
		})
	}
	switch {
	case best != nil:
	case len(c.sizes.Groups) > 0 || c.sizes.Complete:
		s.rules.Break(a, VolumePairNotInGroup, rootSize, "no sequence of pairs in the groups %s leads from %s to %s", s.groupList(), from, to)
	default:
		a.NotDocumented(rootSize, fmt.Sprintf("%s is less than %s needs, and no document tells how it may grow to %s", from, quoted(w.ComputeType), to))
	}
	if _, ok := s.waits[BetweenVolumes]; !ok && len(best) > 1 {
		a.NotDocumented(rootSize, "no document of the edition tells when the second volume may follow the first")
	}
	return best
}

// A growth is a call that grows one volume, and the pair that results.
type growth struct {
	root  bool
	after Volumes
}

// between returns the sizes at which a way can stop, in ascending order: where it starts,
// the lower edges of the set groups, and where it ends.
func (s *Sizes) between(from, to Volumes) (roots, users []int32) {
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
func (s *Sizes) ways(from, to Volumes, roots, users []int32, way []growth, yield func([]growth)) {
	if len(way) == cap(way) {
		if from == to {
			yield(way)
		}
		return
	}
	grow := func(g growth) {
		if s.misfit(g.after)&^(missing|disputed) == 0 {
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
func (s *snapshot) timed(w Workspace, way []growth, now time.Time) []ModifyStep {
	last := map[bool]time.Time{true: w.History.RootVolume, false: w.History.UserVolume}
	at := now
	var steps []ModifyStep
	for i, g := range way {
		if i > 0 {
			at = at.Add(s.waits[BetweenVolumes].long)
		}
		at = s.over(BetweenVolumes, last[!g.root], at)
		at = s.over(BeforeFirstResize, w.History.Launched, at)
		at = s.over(BetweenResizes, last[g.root], at)
		last[g.root] = at
		step := ModifyStep{Operation: ModifyVolumes, Earliest: at, Takes: s.waits[VolumeChange].long}
		if g.root {
			step.Properties.RootVolumeSizeGib = new(g.after.Root)
		} else {
			step.Properties.UserVolumeSizeGib = new(g.after.User)
		}
		steps = append(steps, step)
	}
	return steps
}

// planCompute returns the step to a compute type, not before at.
func (s *snapshot) planCompute(a *rule.Answer, w Workspace, to types.Compute, at time.Time) ModifyStep {
	switch Compare(to, w.ComputeType) {
	case Larger:
		at = s.over(BeforeFirstLarger, w.History.Launched, at)
		at = s.over(BetweenLarger, w.History.Larger, at)
	case Smaller:
		at = s.over(BeforeSelfService, w.History.Launched, at) // one page of the guide asks for it
		at = s.over(BetweenSmaller, w.History.Smaller, at)
	}
	s.switchTo(a, &w, to, at)
	return ModifyStep{Operation: ModifyCompute, Properties: types.WorkspaceProperties{ComputeTypeName: to}, Earliest: at, Takes: s.waits[ComputeTypeChange].long}
}

// over returns at, or the end of the wait after an event if that is later.
func (s *snapshot) over(w Wait, event, at time.Time) time.Time {
	if event.IsZero() {
		return at
	}
	return later(at, event.Add(s.waits[w].long))
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
