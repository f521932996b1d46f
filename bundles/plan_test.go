package bundles_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// carryOut takes a desktop through a plan and asks CheckModify before each step.
func carryOut(t interface{ Fatalf(string, ...any) }, rules bundles.Rules, w bundles.Workspace, p bundles.ModifyPlan) bundles.Workspace {
	w.Modifications, w.State = nil, types.WorkspaceStateAvailable
	last := time.Time{}
	for i, s := range p.Steps {
		if s.Earliest.Before(last) {
			t.Fatalf("step %d is before the one in front of it: %+v", i, p.Steps)
		}
		last = s.Earliest
		a, err := rules.CheckModify(w, s.Properties, s.Earliest)
		if err != nil || a.Verdict == rule.Denied {
			t.Fatalf("step %d of %+v: %+v, %v", i, p.Steps, a.Violations, err)
		}
		switch q := s.Properties; {
		case q.RootVolumeSizeGib != nil:
			w.Volumes.Root, w.History.RootVolume = *q.RootVolumeSizeGib, s.Earliest
		case q.UserVolumeSizeGib != nil:
			w.Volumes.User, w.History.UserVolume = *q.UserVolumeSizeGib, s.Earliest
		case q.ComputeTypeName != "":
			w.ComputeType = q.ComputeTypeName
		case q.RunningMode != "":
			w.RunningMode = q.RunningMode
		}
	}
	return w
}

// search is the oracle: breadth first over single growths to any of a few sizes, each
// waiting as the guide of September 2026 words it. It returns the fewest calls, and the
// least time of the last one among sequences of that many; -1 if there is none.
func search(compute types.Compute, from, to bundles.Volumes, launched, root, user time.Duration) (calls int, last time.Duration) {
	type node struct {
		v                bundles.Volumes
		at               time.Duration // of the last call; times count from now
		rootAt, userAt   time.Duration
		rootSet, userSet bool
	}
	allowed := func(v bundles.Volumes) bool { return documented(compute, int(v.Root), int(v.User)) != rule.Denied }
	if from == to {
		return 0, 0
	}
	if to.Root < from.Root || to.User < from.User || !allowed(to) {
		return -1, 0
	}
	level := []node{{v: from, rootAt: -root, userAt: -user, rootSet: true, userSet: true}}
	for calls := 1; calls <= 6; calls++ {
		var next []node
		best := time.Duration(-1)
		for _, n := range level {
			for _, grown := range []int32{50, 80, 100, 101, 175, 176, 300, 2000, to.Root, to.User} {
				for _, isRoot := range []bool{true, false} {
					m := n
					ready := max(0, 6*time.Hour-launched)
					if calls > 1 {
						ready = max(ready, n.at+30*time.Minute)
					}
					if isRoot {
						if grown <= n.v.Root || grown > to.Root {
							continue
						}
						ready = max(ready, n.rootAt+6*time.Hour)
						m.v.Root, m.rootAt = grown, ready
					} else {
						if grown <= n.v.User || grown > to.User {
							continue
						}
						ready = max(ready, n.userAt+6*time.Hour)
						m.v.User, m.userAt = grown, ready
					}
					m.at = ready
					if !allowed(m.v) {
						continue
					}
					if m.v == to && (best < 0 || ready < best) {
						best = ready
					}
					next = append(next, m)
				}
			}
		}
		if best >= 0 {
			return calls, best
		}
		level = next
	}
	return -1, 0
}

var gridSizes = []int32{10, 50, 80, 99, 100, 101, 174, 175, 176, 300, 2000}

// Every pair of a grid of sizes, for each kind of compute type and some histories.
func TestPlanResizeIsShortest(t *testing.T) {
	histories := []struct{ launched, root, user time.Duration }{
		{1440 * time.Hour, 720 * time.Hour, 720 * time.Hour},
		{time.Hour, 720 * time.Hour, 720 * time.Hour},
		{1440 * time.Hour, time.Hour, 5 * time.Hour},
		{1440 * time.Hour, 5 * time.Hour, 2 * time.Hour},
	}
	for _, compute := range []types.Compute{"STANDARD", "GRAPHICS_G4DN", "GENERALPURPOSE_4XLARGE"} {
		for _, h := range histories {
			w := desktop(compute, 0, 0)
			w.History = bundles.History{Launched: now.Add(-h.launched), RootVolume: now.Add(-h.root), UserVolume: now.Add(-h.user)}
			for _, fr := range gridSizes {
				for _, fu := range gridSizes {
					for _, tr := range gridSizes {
						for _, tu := range gridSizes {
							w.Volumes = bundles.Volumes{Root: fr, User: fu}
							to := bundles.Volumes{Root: tr, User: tu}
							p, err := bundles.Newest().PlanResize(w, to, now)
							if err != nil {
								t.Fatal(err)
							}
							calls, last := search(compute, w.Volumes, to, h.launched, h.root, h.user)
							switch {
							case calls < 0:
								if p.Verdict != rule.Denied || len(p.Violations) == 0 || p.Steps != nil {
									t.Fatalf("%s %s to %s: %+v, want none", compute, w.Volumes, to, p)
								}
							case len(p.Steps) != calls || p.Verdict == rule.Denied:
								t.Fatalf("%s %s to %s: %+v, want %d steps", compute, w.Volumes, to, p, calls)
							case calls > 0:
								if got := p.Steps[calls-1].Earliest.Sub(now); got != last {
									t.Fatalf("%s %s to %s: the last step after %s, want %s", compute, w.Volumes, to, got, last)
								}
								if got := carryOut(t, bundles.Newest(), w, p).Volumes; got != to {
									t.Fatalf("%s %s to %s: reaches %s", compute, w.Volumes, to, got)
								}
							}
						}
					}
				}
			}
		}
	}
}

// Whatever a plan of any edition says, its steps pass the check of that edition and reach
// the goal; and what it refuses, it gives a reason for.
func TestPlansCarryOut(t *testing.T) { rapid.Check(t, plansCarryOut) }

func FuzzPlanModify(f *testing.F) { f.Fuzz(rapid.MakeFuzz(plansCarryOut)) }

func plansCarryOut(t *rapid.T) {
	rules, err := bundles.At(rapid.SampledFrom(bundles.Editions()).Draw(t, "edition"))
	if err != nil {
		t.Fatal(err)
	}
	size := rapid.SampledFrom(append([]int32{0, 20, 120, 1000, 1500}, gridSizes...))
	ago := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "never") {
			return time.Time{}
		}
		return now.Add(-time.Duration(rapid.IntRange(0, 40*24*60).Draw(t, "minutes")) * time.Minute)
	})
	w := desktop(rapid.SampledFrom(computeTypes()).Draw(t, "compute"), size.Draw(t, "root"), size.Draw(t, "user"))
	w.OperatingSystem = rapid.SampledFrom(types.OperatingSystemName("").Values()).Draw(t, "os")
	w.History = bundles.History{Launched: ago.Draw(t, "launched"), RootVolume: ago.Draw(t, "root"), UserVolume: ago.Draw(t, "user"), Larger: ago.Draw(t, "larger"), Smaller: ago.Draw(t, "smaller")}
	goal := bundles.Goal{
		Volumes:     bundles.Volumes{Root: size.Draw(t, "to root"), User: size.Draw(t, "to user")},
		ComputeType: rapid.SampledFrom(append(computeTypes(), "")).Draw(t, "to compute"),
		RunningMode: rapid.SampledFrom([]types.RunningMode{"", "AUTO_STOP", "ALWAYS_ON", "MANUAL"}).Draw(t, "to mode"),
	}
	p, err := rules.PlanModify(w, goal, now)
	if err != nil {
		t.Fatal(err)
	}
	if (p.Verdict == rule.Denied) != (p.Violations.Err() != nil) || p.Verdict == rule.Denied && p.Steps != nil || (p.Verdict == rule.Undocumented) != (len(p.Open) > 0 && p.Verdict != rule.Denied) {
		t.Fatalf("%+v does not tell why", p)
	}
	if p.Verdict == rule.Denied {
		return
	}
	got := carryOut(t, rules, w, p)
	known := w.Volumes.Root > 0 && w.Volumes.User > 0
	if rules.Edition().Compare(rule.MustParseEdition("2018-04-18")) < 0 && (goal.Volumes.Root < w.Volumes.Root || goal.Volumes.User < w.Volumes.User) {
		known = false // that a volume cannot shrink is not documented yet
	}
	if sizes, err := rules.Sizes(w.ComputeType); err != nil || sizes.Verdict(w.Volumes) == rule.Denied {
		known = false // no document tells how a WorkSpace grows that cannot be
	}
	if known && (goal.Volumes.Root > 0 && got.Volumes.Root != goal.Volumes.Root || goal.Volumes.User > 0 && got.Volumes.User != goal.Volumes.User) ||
		goal.ComputeType != "" && got.ComputeType != goal.ComputeType ||
		goal.RunningMode != "" && got.RunningMode != goal.RunningMode {
		t.Fatalf("%+v ends at %+v", p, got)
	}
}

// While no document has a least size, what is not known of the sizes on the way is open.
func TestPlanOfVolumesThatAreTooSmall(t *testing.T) {
	for _, date := range []string{"2018-02-03", "2020-03-30"} {
		rules, err := bundles.At(rule.MustParseEdition(date))
		if err != nil {
			t.Fatal(err)
		}
		p, err := rules.PlanModify(desktop("GRAPHICS", 20, 20), bundles.Goal{Volumes: bundles.Volumes{Root: 175, User: 175}}, now)
		open := 0 // whether the sizes are permitted, and whether there is a way to them
		for _, o := range p.Open {
			if o.Path == "RootVolumeSizeGib" && o.By != rule.ByInput {
				open++
			}
		}
		if err != nil || p.Verdict != rule.Undocumented || p.Violations != nil || open != 2 {
			t.Errorf("%s: %+v, %v", date, p, err)
		}
	}
}

// The path that the guide prescribes, word for word: user volume to 100, then the root
// volume, then the user volume further.
func TestPlanOfTheGuide(t *testing.T) {
	w := desktop("STANDARD", 80, 10)
	p, err := bundles.Newest().PlanModify(w, bundles.Goal{Volumes: bundles.Volumes{Root: 500, User: 300}, ComputeType: "GENERALPURPOSE_4XLARGE"}, now)
	if err != nil || p.Verdict != rule.Allowed {
		t.Fatalf("%+v, %v", p, err)
	}
	want := []string{
		"user 100 +0s", "root 500 +30m0s", "user 300 +6h0m0s", "GENERALPURPOSE_4XLARGE +8h0m0s",
	}
	var got []string
	for _, s := range p.Steps {
		after := " +" + s.Earliest.Sub(now).String()
		switch q := s.Properties; {
		case q.RootVolumeSizeGib != nil:
			got = append(got, "root "+fmt.Sprint(*q.RootVolumeSizeGib)+after)
		case q.UserVolumeSizeGib != nil:
			got = append(got, "user "+fmt.Sprint(*q.UserVolumeSizeGib)+after)
		default:
			got = append(got, string(q.ComputeTypeName)+after)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlanOfStandby(t *testing.T) {
	w := desktop("STANDARD", 80, 10)
	w.Standby = true
	for _, goal := range []bundles.Goal{{Volumes: bundles.Volumes{User: 50}}, {ComputeType: "POWER"}, {RunningMode: "ALWAYS_ON"}} {
		p, err := bundles.Newest().PlanModify(w, goal, now)
		if err != nil || p.Verdict != rule.Denied || p.Steps != nil || len(p.Violations) != 1 || p.Violations[0].Code != bundles.StandbyRefuses {
			t.Errorf("%+v: %+v, %v", goal, p, err)
		}
	}
	if p, err := bundles.Newest().PlanModify(w, bundles.Goal{ComputeType: "STANDARD"}, now); err != nil || p.Verdict != rule.Allowed {
		t.Errorf("what it is already: %+v, %v", p, err)
	}
}

// What a plan leaves open. That the least sizes of a type are open, too, before March 2020
// is for CheckVolumes to say.
func TestPlanOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		edition string
		change  func(w *bundles.Workspace)
		goal    bundles.Goal
		steps   int
		want    []string
	}{
		"two volumes before the guide told when": {"2019-01-08", nil, bundles.Goal{Volumes: bundles.Volumes{Root: 175, User: 100}}, 2, []string{"? RootVolumeSizeGib", "? RootVolumeSizeGib"}},
		"one volume":                             {"2019-01-08", nil, bundles.Goal{Volumes: bundles.Volumes{User: 100}}, 1, []string{"? RootVolumeSizeGib"}},
		"an unknown launch":                      {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = time.Time{} }, bundles.Goal{Volumes: bundles.Volumes{User: 100}}, 1, []string{"? "}},
		"unknown sizes":                          {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.Root = 0 }, bundles.Goal{Volumes: bundles.Volumes{User: 100}}, 0, []string{"? RootVolumeSizeGib"}},
		"the same mode":                          {"2026-09-10", nil, bundles.Goal{RunningMode: "AUTO_STOP"}, 0, nil},
		"minutes alone":                          {"2026-09-10", nil, bundles.Goal{AutoStopMinutes: new(int32(120))}, 1, nil},
		"minutes of no mode":                     {"2026-09-10", func(w *bundles.Workspace) { w.RunningMode = "" }, bundles.Goal{AutoStopMinutes: new(int32(120))}, 1, []string{"? RunningMode"}},
		"wrong minutes":                          {"2026-09-10", nil, bundles.Goal{AutoStopMinutes: new(int32(90))}, 0, []string{"bundles.auto-stop-minutes RunningModeAutoStopTimeoutInMinutes"}},
	} {
		w := desktop("STANDARD", 80, 10)
		if tt.change != nil {
			tt.change(&w)
		}
		p, err := at(t, tt.edition).PlanModify(w, tt.goal, now)
		if got := findings(p.Answer); err != nil || !slices.Equal(got, tt.want) || len(p.Steps) != tt.steps {
			t.Errorf("%s: %d steps, %q, %v, want %d, %q", name, len(p.Steps), got, err, tt.steps, tt.want)
		}
	}
}
