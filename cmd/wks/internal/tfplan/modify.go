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

// calls returns those that the provider makes to get from one desktop to another, one after the
// other, in the order of sendings. It sends the minutes of AutoStop in a call of their own, after that of
// the running mode; here they are one, because the service takes minutes for AUTO_STOP alone.
func calls(before, after *desktop) []call {
	var list []call
	mode := types.RunningMode(after.at("RunningMode").text())
	for i, s := range sendings {
		was, is := before.attributes[i], after.attributes[i]
		if s.order == 0 || is.value == nil || is.pending() || same(was.value, is.value) || s.onlyWith != "" && s.onlyWith != mode {
			continue
		}
		var p types.WorkspaceProperties
		switch s.member {
		case "ComputeTypeName":
			p.ComputeTypeName = types.Compute(is.text())
		case "RootVolumeSizeGib":
			p.RootVolumeSizeGib = is.int()
		case "UserVolumeSizeGib":
			p.UserVolumeSizeGib = is.int()
		case "RunningMode":
			p.RunningMode = mode
		case string(minutesMember):
			p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes = mode, is.int()
			if n := len(list); n > 0 && list[n-1].change.RunningMode != "" {
				list = list[:n-1]
			}
		}
		list = append(list, call{is, p})
	}
	return list
}

// same reports whether two values are the same to the provider, to which null is 0.
func same(a, b any) bool { return a == b || a == nil && b == int32(0) }

func value(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}

// modification asks whether the properties of a WorkSpace can become what the plan wants: by
// the calls that the provider makes, and in the steps that the documents permit.
func (c *checker) modification(r *resource, o *object) {
	rules := c.rules.Bundles
	where := workspacePlace(o)
	was, is := o.desktopBefore(), o.desktop()
	at := is.at
	before := was.properties()
	for _, p := range []rule.Path{"ComputeTypeName", "RootVolumeSizeGib", "UserVolumeSizeGib"} {
		if at(p).pending() {
			r.notGiven("%s: not known until apply", at(p).where())
		}
	}
	c.idle(r, o)
	list := calls(was, is)
	if slices.ContainsFunc(list, func(x call) bool { return c.plan.source(o, nameOf(x.attribute)) == leftOut }) {
		l, with := c.bundle(o)
		c.defaults(r, o, l, with)
	}
	if len(list) == 0 {
		return
	}
	w := bundles.Workspace{
		ComputeType: before.ComputeTypeName, RunningMode: before.RunningMode,
		Volumes: bundles.Volumes{Root: value(before.RootVolumeSizeGib), User: value(before.UserVolumeSizeGib)},
		State:   types.WorkspaceStateAvailable, // that at the apply is not known
	}
	if state := o.before.get("state").text(); state != "" {
		w.State = types.WorkspaceState(state)
	}
	plan, err := rules.PlanModify(w, goal(list), start)
	if err != nil {
		r.invalid(where(inputOf(err).Path), err)
		return
	}
	refused := c.calls(r, o, w, list)
	if refused < len(list) || plan.Verdict == rule.Denied {
		plan.Violations = slices.DeleteFunc(plan.Violations, func(v rule.Violation) bool {
			return slices.ContainsFunc(r.Findings, func(f finding) bool { return f.Code == v.Code && f.Path == at(v.Path).path })
		})
	}
	r.take(plan.Answer, func(p rule.Path) place { return known(where(p)) })
	c.together(r, o, w, list, plan, refused < len(list))
}

// idle tells of minutes that change, and are not sent.
func (c *checker) idle(r *resource, o *object) {
	i := sendingOf[minutesMember]
	was, is, mode := o.desktopBefore().attributes[i], o.desktop().attributes[i], o.desktop().at("RunningMode")
	if mode.value == nil || mode.text() == string(sendings[i].onlyWith) || is.value == nil || is.value == int32(0) || same(was.value, is.value) {
		return
	}
	at := place{object: o, attr: is, with: []attr{mode}}
	if c.behaves(r, at, sendings[i].since) {
		r.breach(attributeDropped, at, at.told("the provider sends no minutes with "+rule.Shorten(mode.text())+", and every later plan shows them as a change")).sentSince(sendings[i].since)
	}
}

// calls asks about each call of the provider, made when the one before has done its work,
// until one is refused, and returns its index, or the number of calls.
func (c *checker) calls(r *resource, o *object, w bundles.Workspace, list []call) int {
	at := workspacePlace(o)
	for i, call := range list {
		a, err := c.rules.Bundles.CheckModify(w, call.change, start)
		if err != nil {
			p := at("")
			p.attr = call.attribute
			r.invalid(p, err)
			return i
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
			return i
		}
		w = modified(w, call.change)
	}
	return len(list)
}

// names lists the attributes of calls, without their block.
func names(list []call) string {
	var s []string
	for _, call := range list {
		s = append(s, nameOf(call.attribute))
	}
	return strings.Join(s, ", ")
}

// nameOf is the name of an attribute without its block.
func nameOf(a attr) string { return string(a.path[strings.LastIndexByte(string(a.path), '.')+1:]) }

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
	_, cite := c.rules.Bundles.Wait(bundles.VolumeChange)
	if w, other := c.rules.Bundles.Wait(bundles.ComputeTypeChange); w == longest {
		cite = other
	}
	c.timeout(r, o, "update", longest, cite)
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
		return fmt.Sprintf("compute_type_name = %q", rule.Shorten(string(p.ComputeTypeName)))
	case p.RootVolumeSizeGib != nil:
		return fmt.Sprintf("root_volume_size_gib = %d", *p.RootVolumeSizeGib)
	case p.UserVolumeSizeGib != nil:
		return fmt.Sprintf("user_volume_size_gib = %d", *p.UserVolumeSizeGib)
	case p.RunningModeAutoStopTimeoutInMinutes != nil:
		return fmt.Sprintf("running_mode = %q, running_mode_auto_stop_timeout_in_minutes = %d", rule.Shorten(string(p.RunningMode)), *p.RunningModeAutoStopTimeoutInMinutes)
	}
	return fmt.Sprintf("running_mode = %q", rule.Shorten(string(p.RunningMode)))
}
