package bundles_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// What CheckDesktop finds, and what it leaves open.
func TestCheckDesktop(t *testing.T) {
	sound := func() (types.WorkspaceProperties, bundles.LaunchContext) {
		return types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"WSP"}, RunningMode: "ALWAYS_ON"},
			bundles.LaunchContext{ComputeType: "POWER", Volumes: bundles.Volumes{Root: 175, User: 100}}
	}
	for name, tt := range map[string]struct {
		change func(p *types.WorkspaceProperties, l *bundles.LaunchContext)
		want   []string
	}{
		"sound":   {func(*types.WorkspaceProperties, *bundles.LaunchContext) {}, nil},
		"no mode": {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.RunningMode = "" }, nil},
		"minutes without a use": {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) {
			p.RunningModeAutoStopTimeoutInMinutes = new(int32(60))
		}, []string{"bundles.auto-stop-minutes-not-applicable RunningModeAutoStopTimeoutInMinutes"}},
		"no system":      {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.OperatingSystemName = "" }, []string{"? OperatingSystemName"}},
		"system unknown": {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.OperatingSystemName = "UNKNOWN" }, []string{"? OperatingSystemName"}},
		"no protocol":    {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.Protocols = nil }, []string{"? Protocols"}},
		"two protocols": {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) {
			p.Protocols = []types.Protocol{"WSP", "PCOIP"}
		}, []string{"? Protocols"}},
		"a protocol not offered": {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.Protocols = []types.Protocol{"PCOIP"} }, []string{"bundles.protocol-not-offered Protocols"}},
		"by its other name":      {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.Protocols = []types.Protocol{"DCV"} }, []string{"bundles.protocol-value Protocols"}},
		"nothing of the bundle":  {func(_ *types.WorkspaceProperties, l *bundles.LaunchContext) { *l = bundles.LaunchContext{} }, []string{"? RootVolumeSizeGib", "? UserVolumeSizeGib", "? ComputeTypeName"}},
		"an unknown type":        {func(_ *types.WorkspaceProperties, l *bundles.LaunchContext) { l.ComputeType = "GRAPHICS_G99" }, []string{"? ComputeTypeName"}},
		"one size of another":    {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.RootVolumeSizeGib = new(int32(300)) }, nil},
		"listed and ruled out":   {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.RootVolumeSizeGib = new(int32(80)) }, []string{"? RootVolumeSizeGib"}},
		"a pair in no group":     {func(p *types.WorkspaceProperties, _ *bundles.LaunchContext) { p.UserVolumeSizeGib = new(int32(50)) }, []string{"bundles.volume-pair-not-in-group RootVolumeSizeGib"}},
		"the bundle's own pair":  {func(_ *types.WorkspaceProperties, l *bundles.LaunchContext) { l.Volumes.User = 50 }, []string{"bundles.volume-pair-not-in-group RootVolumeSizeGib"}},
		"ended, and more": {func(p *types.WorkspaceProperties, l *bundles.LaunchContext) {
			l.ComputeType, l.Volumes.Root, p.RunningMode = "GRAPHICSPRO", 99, "SOMETIMES"
		}, []string{
			"bundles.compute-type-retired ComputeTypeName", "bundles.volume-below-minimum RootVolumeSizeGib", "? RunningMode", "? ComputeTypeName",
		}},
	} {
		p, l := sound()
		tt.change(&p, &l)
		a, err := at(t, "2026-09-10").CheckDesktop(p, l)
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// A desktop is what the checks of its parts say together, and a request says nothing about its
// properties that the desktop does not.
func TestDesktopIsItsParts(t *testing.T) { rapid.Check(t, desktopIsItsParts) }

func FuzzCheckDesktop(f *testing.F) { f.Fuzz(rapid.MakeFuzz(desktopIsItsParts)) }

func desktopIsItsParts(t *rapid.T) {
	rules, err := bundles.At(rapid.SampledFrom(bundles.Editions()).Draw(t, "edition"))
	if err != nil {
		t.Fatal(err)
	}
	size := rapid.SampledFrom([]int32{0, 10, 50, 79, 80, 100, 175, 2001})
	v := bundles.Volumes{Root: size.Draw(t, "root"), User: size.Draw(t, "user")}
	p := sizes(v.Root, v.User)
	p.ComputeTypeName = rapid.SampledFrom(append(computeTypes(), "")).Draw(t, "compute")
	p.OperatingSystemName = rapid.SampledFrom(append(types.OperatingSystemName("").Values(), "")).Draw(t, "system")
	p.Protocols = []types.Protocol{rapid.SampledFrom([]types.Protocol{"WSP", "DCV", "PCOIP", "RDP"}).Draw(t, "protocol")}
	p.RunningMode = rapid.SampledFrom([]types.RunningMode{"", "AUTO_STOP", "ALWAYS_ON"}).Draw(t, "mode")
	if rapid.Bool().Draw(t, "timed") {
		p.RunningModeAutoStopTimeoutInMinutes = new(rapid.SampledFrom([]int32{0, 60, 61}).Draw(t, "minutes"))
	}
	whole, err := rules.CheckDesktop(p, bundles.LaunchContext{})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	verdict := rule.Allowed
	add := func(a rule.Answer, err error) {
		if err != nil {
			t.Fatal(err)
		}
		verdict = verdict.And(a.Verdict)
		want = append(want, findings(a)...)
	}
	add(rules.CheckVolumes(p.ComputeTypeName, v.Root, v.User))
	add(rules.CheckOffer(p.OperatingSystemName, p.ComputeTypeName, p.Protocols[0]))
	add(rules.CheckRunningMode(p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes))
	got := findings(whole)
	slices.Sort(got)
	slices.Sort(want)
	if want = slices.Compact(want); whole.Verdict != verdict || !slices.Equal(got, want) {
		t.Fatalf("%s %q, want %s %q", whole.Verdict, got, verdict, want)
	}
	q, l := request("grace")
	l.ComputeType, l.Volumes, q.WorkspaceProperties = "", bundles.Volumes{}, &p
	a, err := rules.CheckRequest(q, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings(a.At("WorkspaceProperties")) {
		code, path, _ := strings.Cut(strings.Replace(f, "WorkspaceProperties.", "", 1), " ")
		if !slices.Contains(got, code+" "+path) {
			t.Fatalf("the request says %s, and the desktop %q", f, got)
		}
	}
}
