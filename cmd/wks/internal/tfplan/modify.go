package tfplan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// start is the time at which the apply begins; what is printed counts from it.
var start = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// A call is what the provider asks of ModifyWorkspaceProperties, for one attribute.
type call struct {
	attribute attr
	change    types.WorkspaceProperties
}

// calls returns those that the provider makes to get from one set of properties to another,
// one after the other, in its order: resourceWorkspaceUpdate of its workspace.go. It sends
// the minutes of AutoStop in a call of their own; here they are with the mode, which that
// call leaves as it is.
func calls(before, after types.WorkspaceProperties, block attr) []call {
	var list []call
	add := func(name string, p types.WorkspaceProperties) {
		if a := block.get(name); !a.pending() {
			list = append(list, call{a, p})
		}
	}
	if after.ComputeTypeName != "" && after.ComputeTypeName != before.ComputeTypeName {
		add("compute_type_name", types.WorkspaceProperties{ComputeTypeName: after.ComputeTypeName})
	}
	if differs(before.RootVolumeSizeGib, after.RootVolumeSizeGib) {
		add("root_volume_size_gib", types.WorkspaceProperties{RootVolumeSizeGib: after.RootVolumeSizeGib})
	}
	mode := types.WorkspaceProperties{RunningMode: after.RunningMode}
	if differs(before.RunningModeAutoStopTimeoutInMinutes, after.RunningModeAutoStopTimeoutInMinutes) {
		mode.RunningModeAutoStopTimeoutInMinutes = after.RunningModeAutoStopTimeoutInMinutes
		add("running_mode_auto_stop_timeout_in_minutes", mode)
	} else if after.RunningMode != "" && after.RunningMode != before.RunningMode {
		add("running_mode", mode)
	}
	if differs(before.UserVolumeSizeGib, after.UserVolumeSizeGib) {
		add("user_volume_size_gib", types.WorkspaceProperties{UserVolumeSizeGib: after.UserVolumeSizeGib})
	}
	return list
}

// differs reports whether a number is there and is another one than before.
func differs(before, after *int32) bool {
	return after != nil && (before == nil || *before != *after)
}

func value(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}

// modification asks whether the properties of a WorkSpace can become what the plan wants: by
// the calls that the provider makes, and in the steps that the documents permit.
func (c *checker) modification(r *resource, o *object) error {
	rules := c.rules.Bundles
	at, where := workspaceAttr(o.after), workspacePlace(o)
	before, after := propertiesOf(o.before), propertiesOf(o.after)
	for _, p := range []rule.Path{"ComputeTypeName", "RootVolumeSizeGib", "UserVolumeSizeGib"} {
		if at(p).pending() {
			r.notGiven("%s: not known until apply", at(p).path)
		}
	}
	if after.RunningMode == types.RunningModeAutoStop && value(after.RunningModeAutoStopTimeoutInMinutes) == 0 {
		after.RunningModeAutoStopTimeoutInMinutes = nil // the state's 0: the provider does not send it
	}
	list := calls(before, after, o.after.block("workspace_properties"))
	if len(list) == 0 {
		return nil
	}
	w := bundles.Workspace{
		ComputeType: before.ComputeTypeName, RunningMode: before.RunningMode,
		Volumes: bundles.Volumes{Root: value(before.RootVolumeSizeGib), User: value(before.UserVolumeSizeGib)},
		State:   types.WorkspaceStateAvailable, // a plan does not tell the state at the apply
	}
	plan, err := rules.PlanModify(w, goal(list), start)
	if err != nil {
		return r.invalid(where(pathOf(err)), err)
	}
	refused, err := c.calls(r, o, w, list)
	if err != nil {
		return err
	}
	if refused < len(list) || plan.Verdict == rule.Denied {
		plan.Violations = slices.DeleteFunc(plan.Violations, func(v rule.Violation) bool {
			return slices.ContainsFunc(r.Findings, func(f finding) bool { return f.Code == v.Code && f.Path == at(v.Path).path })
		})
	}
	r.take(plan.Answer, func(p rule.Path) place { return known(where(p)) })
	c.together(r, o, w, list, plan, refused < len(list))
	return nil
}

// calls asks about each call of the provider, made when the one before has done its work,
// until one is refused, and returns its index, or the number of calls.
func (c *checker) calls(r *resource, o *object, w bundles.Workspace, list []call) (int, error) {
	at := workspacePlace(o)
	for i, call := range list {
		a, err := c.rules.Bundles.CheckModify(w, call.change, start)
		if err != nil {
			p := at("")
			p.attr = call.attribute
			return i, r.invalid(p, err)
		}
		if len(list) > 1 {
			for j := range a.Violations {
				v := &a.Violations[j]
				v.Detail = fmt.Sprintf("the provider's call %d of %d is refused, in its order %s: %s", i+1, len(list), names(list), v.Detail)
			}
		}
		// What depends on the WorkSpace at the apply is told once, by the plan.
		a.Open = slices.DeleteFunc(a.Open, func(q rule.Open) bool { return a.Verdict == rule.Denied || q.By == rule.ByInput || q.Path == "State" })
		r.take(a, at)
		if a.Verdict == rule.Denied {
			return i, nil
		}
		w = modified(w, call.change)
	}
	return len(list), nil
}

// names lists the attributes of calls, without their block.
func names(list []call) string {
	var s []string
	for _, call := range list {
		path := string(call.attribute.path)
		s = append(s, path[strings.LastIndexByte(path, '.')+1:])
	}
	return strings.Join(s, ", ")
}

// modified returns a WorkSpace of which a change is done. When it was done is left open, so
// that what follows is judged by its order alone.
func modified(w bundles.Workspace, p types.WorkspaceProperties) bundles.Workspace {
	if p.ComputeTypeName != "" {
		w.ComputeType = p.ComputeTypeName
	}
	if p.RootVolumeSizeGib != nil {
		w.Volumes.Root = *p.RootVolumeSizeGib
	}
	if p.UserVolumeSizeGib != nil {
		w.Volumes.User = *p.UserVolumeSizeGib
	}
	if p.RunningMode != "" {
		w.RunningMode = p.RunningMode
	}
	return w
}

// goal is what calls lead to.
func goal(list []call) bundles.Goal {
	var g bundles.Goal
	for _, call := range list {
		p := call.change
		if p.ComputeTypeName != "" {
			g.ComputeType = p.ComputeTypeName
		}
		if p.RootVolumeSizeGib != nil {
			g.Volumes.Root = *p.RootVolumeSizeGib
		}
		if p.UserVolumeSizeGib != nil {
			g.Volumes.User = *p.UserVolumeSizeGib
		}
		if p.RunningMode != "" {
			g.RunningMode, g.AutoStopMinutes = p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes
		}
	}
	return g
}

// together tells of changes that must not be made at once, and in which steps they can be.
func (c *checker) together(r *resource, o *object, w bundles.Workspace, list []call, plan bundles.ModifyPlan, refused bool) {
	var longest time.Duration
	for _, s := range plan.Steps {
		longest = max(longest, s.Takes)
	}
	if longest > 0 {
		_, cite := c.rules.Bundles.Wait(bundles.VolumeChange)
		if w, other := c.rules.Bundles.Wait(bundles.ComputeTypeChange); w == longest {
			cite = other
		}
		c.timeout(r, o, "update", 10*time.Minute, longest, cite)
	}
	if len(plan.Steps) < 2 || len(list) < 2 && !refused {
		return
	}
	all := types.WorkspaceProperties{}
	for _, call := range list {
		p := call.change
		all.RootVolumeSizeGib, all.UserVolumeSizeGib = either(p.RootVolumeSizeGib, all.RootVolumeSizeGib), either(p.UserVolumeSizeGib, all.UserVolumeSizeGib)
		if p.ComputeTypeName != "" {
			all.ComputeTypeName = p.ComputeTypeName
		}
	}
	if a, err := c.rules.Bundles.CheckModify(w, all, start); err == nil && !refused {
		for _, v := range a.Violations {
			if v.Code == bundles.VolumesTogether || v.Code == bundles.VolumeWithComputeType {
				r.breach(changesInOneApply, workspacePlace(o)(v.Path), "the provider makes these changes one right after the other, and the documents want time between them").Cite = v.Cite
				break
			}
		}
	}
	properties := workspacePlace(o)("WorkspaceProperties")
	if properties.secret() {
		r.line("the steps have sensitive values and are not shown")
		return
	}
	r.line("in %s applies, each after the one before is done:", count(len(plan.Steps)))
	for i, s := range plan.Steps {
		when := "at once, if the WorkSpace was launched long enough ago"
		if after := s.Earliest.Sub(start); after > 0 {
			when = "not before " + span(after) + " after the first"
		}
		if s.Takes > 0 {
			when += "; takes up to " + span(s.Takes)
		}
		r.line("%s. %s: %s", count(i+1), properties.told(step(s.Properties)), plain(when))
	}
}

func either(a, b *int32) *int32 {
	if a != nil {
		return a
	}
	return b
}

// step writes a change as the attributes of workspace_properties.
func step(p types.WorkspaceProperties) string {
	switch {
	case p.ComputeTypeName != "":
		return fmt.Sprintf("compute_type_name = %q", p.ComputeTypeName)
	case p.RootVolumeSizeGib != nil:
		return fmt.Sprintf("root_volume_size_gib = %d", *p.RootVolumeSizeGib)
	case p.UserVolumeSizeGib != nil:
		return fmt.Sprintf("user_volume_size_gib = %d", *p.UserVolumeSizeGib)
	case p.RunningModeAutoStopTimeoutInMinutes != nil:
		return fmt.Sprintf("running_mode = %q, running_mode_auto_stop_timeout_in_minutes = %d", p.RunningMode, *p.RunningModeAutoStopTimeoutInMinutes)
	}
	return fmt.Sprintf("running_mode = %q", p.RunningMode)
}
