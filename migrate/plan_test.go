package migrate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

const (
	oldBundle   = "wsb-00000old"
	newBundle   = "wsb-00000new"
	viaBundle   = "wsb-00000via"
	otherBundle = "wsb-0000that"
)

func wsID(name string) string { return "ws-" + strings.Repeat("0", max(0, 8-len(name))) + name }

func shortName(id string) string { return strings.TrimLeft(strings.TrimPrefix(id, "ws-"), "0") }

// A scenario is one of testdata/plans.txt.
type scenario struct {
	name    string
	fleet   []migrate.Workspace
	targets map[string]migrate.Target
	limits  migrate.Limits
	want    string
}

func readScenarios(t *testing.T) (all []scenario) {
	t.Helper()
	text, err := os.ReadFile("testdata/plans.txt")
	if err != nil {
		t.Fatal(err)
	}
	var via *migrate.Desktop
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, _ := strings.Cut(line, ": ")
		if key == "name" {
			all = append(all, scenario{name: rest, targets: map[string]migrate.Target{}})
			via = nil
			continue
		}
		s := &all[len(all)-1]
		switch key {
		case "limits":
			for _, w := range strings.Fields(rest) {
				setLimit(t, &s.limits, w)
			}
		case "fleet":
			for _, w := range strings.Fields(rest) {
				s.fleet = append(s.fleet, fleetMember(t, w))
			}
		case "to":
			for _, w := range strings.Fields(rest) {
				name, text, _ := strings.Cut(w, "=")
				id, bundle := oldBundle, newBundle
				if name != "*" {
					id, bundle = wsID(name), otherBundle
				}
				s.targets[id] = migrate.Target{Desktop: mustDesktop(t, text+",id="+bundle), Via: via}
			}
		case "via":
			d := mustDesktop(t, rest+",id="+viaBundle)
			via = &d
			for id, target := range s.targets {
				target.Via = via
				s.targets[id] = target
			}
		default:
			s.want += line + "\n"
		}
	}
	return all
}

func mustDesktop(t *testing.T, text string) migrate.Desktop {
	t.Helper()
	d, err := desktop(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func setLimit(t *testing.T, l *migrate.Limits, w string) {
	t.Helper()
	key, value, _ := strings.Cut(w, "=")
	if key == "undocumented" {
		if err := l.Undocumented.UnmarshalText([]byte(value)); err != nil {
			t.Fatal(err)
		}
		return
	}
	n, err := strconv.Atoi(value)
	switch {
	case err != nil:
		t.Fatal(err)
	case key == "wave":
		l.WaveSize = n
	case key == strings.ToUpper(key):
		if l.FreeGrants == nil {
			l.FreeGrants = map[string]int{}
		}
		l.FreeGrants[key] = n
	default:
		if l.FreeAddresses == nil {
			l.FreeAddresses = map[string]int{}
		}
		l.FreeAddresses[key] = n
	}
}

// fleetMember reads NAME=DESKTOP[/SUBNET[/KEYn]][!CODE].
func fleetMember(t *testing.T, w string) migrate.Workspace {
	t.Helper()
	name, rest, _ := strings.Cut(w, "=")
	rest, code, notReady := strings.Cut(rest, "!")
	parts := append(strings.Split(rest, "/"), "", "")
	m := migrate.Workspace{ID: wsID(name), Source: mustDesktop(t, parts[0]+",id="+oldBundle), SubnetID: parts[1]}
	if k := parts[2]; k != "" {
		m.Key, m.Grants = k[:1], int(k[1]-'0')
	}
	if notReady {
		m.Ready = &rule.Answer{Verdict: rule.Denied, Violations: rule.Violations{{Code: rule.Code(code), Level: rule.Must}}}
	}
	return m
}

func describe(p *migrate.Plan) string {
	var b strings.Builder
	for _, wave := range p.Waves {
		b.WriteString("wave:")
		for _, m := range wave {
			b.WriteString(" " + shortName(m.WorkspaceID))
			if m.Undocumented {
				b.WriteString("?")
			}
			if len(m.Before) > 0 {
				fmt.Fprintf(&b, "[%s]", join(m.Before))
			}
			if m.Then != "" {
				fmt.Fprintf(&b, ">[%s]", join(m.After))
			}
		}
		b.WriteString("\n")
	}
	for _, r := range p.Refused {
		b.WriteString("refused: " + shortName(r.WorkspaceID))
		for _, v := range r.Violations {
			b.WriteString(" " + string(v.Code))
		}
		b.WriteString("\n")
	}
	for _, r := range p.Undecided {
		b.WriteString("undecided: " + shortName(r.WorkspaceID) + "\n")
	}
	for _, id := range p.Unassigned {
		b.WriteString("unassigned: " + shortName(id) + "\n")
	}
	fmt.Fprintf(&b, "bound: %d\n", p.Bound)
	return b.String()
}

func join(steps []migrate.Task) string {
	var words []string
	for _, s := range steps {
		words = append(words, string(s))
	}
	return strings.Join(words, ",")
}

func TestPlanScenarios(t *testing.T) {
	all := readScenarios(t)
	if len(all) < 20 {
		t.Fatalf("%d scenarios", len(all))
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			for _, reversed := range []bool{false, true} {
				fleet := slices.Clone(s.fleet)
				if reversed {
					slices.Reverse(fleet)
				}
				p, err := migrate.Newest().NewPlan(fleet, s.targets, s.limits)
				if err != nil {
					t.Fatal(err)
				}
				if got := describe(p); got != s.want {
					t.Errorf("got\n%swant\n%s", got, s.want)
				}
				var back migrate.Plan
				if data, err := json.Marshal(p); err != nil || json.Unmarshal(data, &back) != nil || !reflect.DeepEqual(&back, p) {
					t.Errorf("JSON gives %+v, want %+v", back, *p)
				}
			}
		})
	}
}

func TestPlanEstimate(t *testing.T) {
	var fleet []migrate.Workspace
	for i := range 30 {
		fleet = append(fleet, fleetMember(t, fmt.Sprintf("%d=c16", i+1)))
	}
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	p, err := migrate.Newest().NewPlan(fleet, targets, migrate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	// Waves of 25 and 5: each WorkSpace has 3 calls, a wave 1 before, and 60 looks of 2 calls
	// (50 IDs) and of 1 (10 IDs). At 2 a second after a burst of 5.
	want := migrate.Estimate{Migrations: 30, Calls: 90 + 2 + 60*2 + 60*1, CallTime: 267 * time.Second / 2, Longest: 2*time.Hour + 71*time.Second/2 + 11*time.Second/2}
	if p.Estimate != want {
		t.Errorf("got %+v, want %+v", p.Estimate, want)
	}
	p, err = migrate.Newest().NewPlan(fleet, targets, migrate.Limits{WaveSize: 10, CallsPerSecond: 1, Burst: 1, Each: 20 * time.Minute, PollEvery: 3 * time.Minute})
	want = migrate.Estimate{Migrations: 30, Calls: 90 + 3 + 3*7, CallTime: 113 * time.Second, Longest: 3*20*time.Minute + 3*30*time.Second}
	if err != nil || p.Estimate != want {
		t.Errorf("got %+v, %v, want %+v", p.Estimate, err, want)
	}
	p, err = migrate.Newest().NewPlan(fleet, targets, migrate.Limits{WaveSize: 1, CallsPerSecond: 1e-3, Each: 366 * 24 * time.Hour, PollEvery: time.Second})
	if err != nil || p.Estimate.CallTime != 1<<61 || p.Estimate.Longest < 30*366*24*time.Hour {
		t.Errorf("decades: %+v, %v", p.Estimate, err)
	}
}

// A Readiness that denies without a violation refuses all the same.
func TestPlanWithoutViolation(t *testing.T) {
	fleet := []migrate.Workspace{fleetMember(t, "a=c16"), fleetMember(t, "b=c16")}
	fleet[1].Ready = &rule.Answer{Verdict: rule.Denied}
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	p, err := migrate.Newest().NewPlan(fleet, targets, migrate.Limits{})
	if err != nil || describe(p) != "wave: a\nrefused: b\nbound: 1\n" || p.Refused[0].Reason == "" {
		t.Errorf("%v, %v", p, err)
	}
}

// Advice that says nothing of the state does not refuse. A state that the page does not ask for does, though it is advice.
func TestPlanWithAdvice(t *testing.T) {
	fleet := []migrate.Workspace{fleetMember(t, "a=c16"), fleetMember(t, "b=c16")}
	state := rule.Violation{Code: migrate.StateNotListed, Path: "State", Detail: "is UNHEALTHY", Level: rule.Should, Cite: rule.Citation{Document: "page"}}
	connected := rule.Violation{Code: migrate.UserConnected, Level: rule.Should}
	fleet[0].Ready = &rule.Answer{Verdict: rule.Allowed, Violations: rule.Violations{connected}}
	fleet[1].Ready = &rule.Answer{Verdict: rule.Undocumented, Violations: rule.Violations{state, connected}}
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	p, err := migrate.Newest().NewPlan(fleet, targets, migrate.Limits{})
	want := []migrate.Refusal{{WorkspaceID: wsID("b"), BundleID: newBundle, Reason: "is UNHEALTHY", Cite: state.Cite, Violations: rule.Violations{state, connected}}}
	if err != nil || describe(p) != "wave: a\nrefused: b migrate.state-not-listed migrate.user-connected\nbound: 1\n" || !reflect.DeepEqual(p.Refused, want) {
		t.Errorf("%+v, %v", p, err)
	}
}

// Migrations of one pair of desktops share nothing that can be changed.
func TestPlanIsACopy(t *testing.T) {
	fleet := []migrate.Workspace{fleetMember(t, "a=b7,pcoip"), fleetMember(t, "b=b7,pcoip")}
	via := mustDesktop(t, "b10,pcoip,id="+viaBundle)
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "b11,id="+newBundle), Via: &via}}
	p, err := migrate.Newest().NewPlan(fleet, targets, migrate.Limits{})
	if err != nil || len(p.Waves) != 1 || len(p.Waves[0]) != 2 || len(p.Waves[0][0].After) == 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	first, second := &p.Waves[0][0], &p.Waves[0][1]
	want := slices.Clone(second.After)
	first.After[0] = "changed"
	if !slices.Equal(second.After, want) {
		t.Errorf("%v follows %v", second.After, first.After)
	}
}

// Targets that differ in what is on the way alone are two: one WorkSpace goes by it, and the other, which may not go at once, stays.
func TestTargetsByTheWay(t *testing.T) {
	const another = "wsb-000000077"
	direct := fleetMember(t, "b=b7,pcoip")
	direct.Source.BundleID = another
	for _, fleet := range [][]migrate.Workspace{{fleetMember(t, "a=b7,pcoip"), direct}, {direct, fleetMember(t, "a=b7,pcoip")}} {
		via := mustDesktop(t, "b10,pcoip,id="+viaBundle)
		target := mustDesktop(t, "b11,id="+newBundle)
		p, err := migrate.Newest().NewPlan(fleet, map[string]migrate.Target{oldBundle: {Desktop: target, Via: &via}, another: {Desktop: target}}, migrate.Limits{})
		if err != nil || len(p.Waves) != 1 || len(p.Waves[0]) != 1 || p.Waves[0][0].WorkspaceID != wsID("a") || len(p.Waves[0][0].After) == 0 ||
			len(p.Refused) != 1 || p.Refused[0].WorkspaceID != wsID("b") {
			t.Errorf("%+v, %v", p, err)
		}
	}
}

func TestPlanInput(t *testing.T) {
	good := func() ([]migrate.Workspace, map[string]migrate.Target, migrate.Limits) {
		return []migrate.Workspace{fleetMember(t, "a=c16/s/K3"), fleetMember(t, "b=c16/s/K3")},
			map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}},
			migrate.Limits{FreeAddresses: map[string]int{"s": 1}, FreeGrants: map[string]int{"K": 3}}
	}
	for _, tt := range []struct {
		at    rule.Path
		spoil func(fleet []migrate.Workspace, targets map[string]migrate.Target, l *migrate.Limits)
	}{
		{"Fleet[1].WorkspaceId", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[1].ID = f[0].ID }},
		{"Fleet[0].WorkspaceId", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].ID = "ws-A" }},
		{"Fleet[0].SubnetId", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].SubnetID = "x" }},
		{"Fleet[0].VolumeEncryptionKey", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].Key = "x" }},
		{"Fleet[0].Grants", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].Key = "" }},
		{"Fleet[0].Grants", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].Grants = 1 }},
		{"Source.License", func(f []migrate.Workspace, _ map[string]migrate.Target, _ *migrate.Limits) { f[0].Source.License = "x" }},
		{"Target.License", func(_ []migrate.Workspace, ts map[string]migrate.Target, _ *migrate.Limits) {
			ts[oldBundle] = migrate.Target{Desktop: migrate.Desktop{BundleID: newBundle, License: "x"}}
		}},
		{"Target.Region", func(f []migrate.Workspace, ts map[string]migrate.Target, _ *migrate.Limits) { // of what is on the way
			f[0].Source = mustDesktop(t, "b7,pcoip,id="+oldBundle)
			ts[oldBundle] = migrate.Target{Desktop: mustDesktop(t, "b11,id="+newBundle), Via: &migrate.Desktop{BundleID: viaBundle, Region: "x"}}
		}},
		{"Targets." + oldBundle + ".BundleId", func(_ []migrate.Workspace, ts map[string]migrate.Target, _ *migrate.Limits) {
			ts[oldBundle] = migrate.Target{Desktop: mustDesktop(t, "b11,id="+newBundle), Via: &migrate.Desktop{}}
		}},
		{"Targets." + oldBundle + ".BundleId", func(_ []migrate.Workspace, ts map[string]migrate.Target, _ *migrate.Limits) {
			ts[oldBundle] = migrate.Target{}
		}},
		{"Limits.WaveSize", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.WaveSize = 26 }},
		{"Limits.WaveSize", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.WaveSize = -1 }},
		{"Limits.FreeAddresses.s", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.FreeAddresses["s"] = -1 }},
		{"Limits.FreeGrants.K", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.FreeGrants["K"] = -1 }},
		{"Limits.CallsPerSecond", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.CallsPerSecond = -1 }},
		{"Limits.CallsPerSecond", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) {
			l.CallsPerSecond = math.NaN()
		}},
		{"Limits.CallsPerSecond", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.CallsPerSecond = 1e-4 }},
		{"Limits.Each", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.Each = math.MaxInt64 }},
		{"Limits.PollEvery", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.PollEvery = 1 }},
		{"Limits.Burst", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.Burst = -1 }},
		{"Limits.Each", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.Each = -1 }},
		{"Limits.PollEvery", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.PollEvery = -1 }},
		{"Limits.Undocumented", func(_ []migrate.Workspace, _ map[string]migrate.Target, l *migrate.Limits) { l.Undocumented = 9 }},
	} {
		fleet, targets, l := good()
		tt.spoil(fleet, targets, &l)
		var input *rule.InputError
		if _, err := migrate.Newest().NewPlan(fleet, targets, l); !errors.As(err, &input) || input.Path != tt.at {
			t.Errorf("error %v, want one at %s", err, tt.at)
		}
	}

}
