package bundles_test

import (
	"errors"
	"math"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/rule"
)

// computeTypes are those of the SDK, of the newest guide, and one that nobody knows.
func computeTypes() []types.Compute {
	list := types.Compute("").Values()
	for _, c := range bundles.Newest().ComputeTypes() {
		if !slices.Contains(list, c.Name) {
			list = append(list, c.Name)
		}
	}
	return append(list, "GRAPHICS_G99_XLARGE")
}

// documented answers from the guide of September 2026, "Modify volume sizes" and
// "Limitations for increasing volumes", written down apart from the package's tables.
func documented(compute types.Compute, root, user int) rule.Verdict {
	if root > 2000 || user > 2000 {
		return rule.Denied
	}
	switch compute {
	case "VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO":
		if root == 80 && user == 100 { // in the list of groups, and "cannot be less than 175 GB" in a bullet
			return rule.Undocumented
		}
		if root == 80 && (user == 10 || user == 50) || root >= 175 && user >= 100 {
			return rule.Allowed
		}
		return rule.Denied
	case "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE":
		if root >= 175 && user >= 100 {
			return rule.Allowed
		}
		return rule.Denied
	case "GRAPHICS", "GRAPHICSPRO", "GRAPHICS_G4DN", "GRAPHICSPRO_G4DN",
		"GRAPHICS_G6_XLARGE", "GRAPHICS_G6F_LARGE", "GRAPHICS_G7_2XLARGE":
		if root >= 100 && user >= 100 {
			return rule.Allowed
		}
		return rule.Denied
	case "GRAPHICS_G99_XLARGE":
		return rule.Undocumented
	}
	if root < 100 || user < 100 { // larger sizes of G6 and G7
		return rule.Denied
	}
	return rule.Undocumented
}

func TestSizesGrid(t *testing.T) {
	last := 2100
	if testing.Short() || lineartest.Race {
		last = 210 // every bound but the ceiling, which TestCheckVolumes has
	}
	for _, compute := range computeTypes() {
		sizes, err := bundles.Newest().Sizes(compute)
		if err != nil {
			t.Fatal(err)
		}
		for root := 1; root <= last; root++ {
			for user := 1; user <= last; user++ {
				got := sizes.Verdict(bundles.Volumes{Root: int32(root), User: int32(user)})
				if got != documented(compute, root, user) {
					t.Fatalf("%s %d/%d: %s", compute, root, user, got)
				}
			}
		}
	}
}

// CheckVolumes answers as Sizes does, at every bound and beside it, in every edition, but for
// compute types that have ended.
func TestCheckVolumes(t *testing.T) {
	bounds := []int32{0, 1, 9, 10, 11, 49, 50, 51, 79, 80, 81, 99, 100, 101, 174, 175, 176, 999, 1000, 1001, 1999, 2000, 2001, 1 << 30}
	for _, e := range bundles.Editions() {
		rules, err := bundles.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, compute := range computeTypes() {
			sizes, err := rules.Sizes(compute)
			if err != nil {
				t.Fatal(err)
			}
			for _, root := range bounds {
				for _, user := range bounds {
					a, err := rules.CheckVolumes(compute, root, user)
					want := sizes.Verdict(bundles.Volumes{Root: root, User: user})
					switch {
					case hasEnded(compute, e):
						want = rule.Denied
					case compute == "GRAPHICSPRO" && e.String() == "2025-10-31" && want == rule.Allowed: // its last day, or the first without it
						want = rule.Undocumented
					}
					if err != nil || a.Verdict != want {
						t.Fatalf("%s %s %d/%d: %s, %v, want %s", e, compute, root, user, a.Verdict, err, want)
					}
					if ended := slices.Contains(findings(a), "bundles.compute-type-retired ComputeTypeName"); ended != hasEnded(compute, e) {
						t.Fatalf("%s %s %d/%d: %+v", e, compute, root, user, a)
					}
				}
			}
		}
	}
}

// hasEnded answers from the modify page of October 2025: Graphics had ended, and GraphicsPro was to.
func hasEnded(compute types.Compute, e rule.Edition) bool {
	first := map[types.Compute]string{"GRAPHICSPRO": "2025-11-01", "GRAPHICS": "2025-10-21"}[compute]
	return first != "" && e.String() >= first
}

// The answers that the fact sheets warn of, by edition.
func TestVolumesByEdition(t *testing.T) {
	for _, tt := range []struct {
		edition    string
		compute    types.Compute
		root, user int32
		want       rule.Verdict
		code       rule.Code
	}{
		{"2020-04-29", "POWER", 80, 100, rule.Undocumented, ""},
		{"2026-09-10", "STANDARD", 80, 100, rule.Undocumented, ""},
		// GraphicsPro "reaches end-of-life on October 31, 2025": the last day with it, or the first without.
		{"2025-10-21", "GRAPHICSPRO", 100, 100, rule.Allowed, ""},
		{"2025-10-31", "GRAPHICSPRO", 100, 100, rule.Undocumented, ""},
		{"2025-11-01", "GRAPHICSPRO", 100, 100, rule.Denied, bundles.ComputeTypeRetired},
		{"2026-09-10", "STANDARD", 80, 50, rule.Allowed, ""},
		{"2020-04-29", "POWER", 175, 50, rule.Denied, bundles.VolumePairNotInGroup},
		{"2020-04-29", "POWER", 80, 200, rule.Denied, bundles.VolumePairNotInGroup},
		{"2020-03-31", "POWER", 2000, 2000, rule.Allowed, ""},
		{"2018-11-16", "POWER", 175, 50, rule.Undocumented, ""},
		{"2019-01-08", "POWER", 175, 50, rule.Denied, bundles.VolumePairNotInGroup},
		{"2019-01-08", "POWER", 175, 1000, rule.Undocumented, ""},
		{"2019-05-03", "POWER", 175, 50, rule.Denied, bundles.VolumePairNotInGroup},
		{"2019-05-03", "POWER", 1001, 99, rule.Denied, bundles.VolumePairNotInGroup},
		{"2019-01-08", "POWER", 1001, 100, rule.Denied, bundles.VolumeOverCeiling},
		{"2019-05-03", "POWER", 1001, 100, rule.Undocumented, ""},
		{"2020-04-29", "GRAPHICS", 100, 100, rule.Allowed, ""},
		// The FAQ of 2017 tells what Graphics bundles come with, which is no minimum.
		{"2017-12-31", "GRAPHICS", 80, 100, rule.Undocumented, ""},
		{"2020-04-29", "GRAPHICS", 80, 100, rule.Denied, bundles.VolumeBelowMinimum},
		{"2020-04-29", "GRAPHICS_G4DN", 100, 100, rule.Undocumented, ""},
		{"2020-04-29", "GENERALPURPOSE_4XLARGE", 80, 10, rule.Undocumented, ""},
		{"2025-10-21", "GENERALPURPOSE_4XLARGE", 80, 100, rule.Denied, bundles.VolumeBelowMinimum},
		{"2026-09-10", "GRAPHICS_G7_12XLARGE", 100, 100, rule.Undocumented, ""},
		{"2026-09-10", "GRAPHICS_G7_12XLARGE", 99, 100, rule.Denied, bundles.VolumeBelowMinimum},
		{"2026-09-10", "GRAPHICS_G7_12XLARGE", 500, 2001, rule.Denied, bundles.VolumeOverCeiling},
	} {
		a, err := at(t, tt.edition).CheckVolumes(tt.compute, tt.root, tt.user)
		if err != nil || a.Verdict != tt.want || (tt.code != "") != (len(a.Violations) == 1) || tt.code != "" && a.Violations[0].Code != tt.code {
			t.Errorf("%s %s %d/%d: %s %v, %v, want %s %s", tt.edition, tt.compute, tt.root, tt.user, a.Verdict, a.Violations, err, tt.want, tt.code)
		}
	}
}

// A negative size is an error; a size that is not given is open, and the other one is judged.
func TestCheckVolumesInput(t *testing.T) {
	for _, v := range [][2]int32{{-80, 10}, {80, -1}, {-1, 0}, {math.MinInt32, math.MinInt32}} {
		var input *rule.InputError
		if _, err := bundles.Newest().CheckVolumes("STANDARD", v[0], v[1]); !errors.As(err, &input) {
			t.Errorf("%v: %v", v, err)
		}
	}
	const root, user = "RootVolumeSizeGib", "UserVolumeSizeGib"
	for v, want := range map[[2]int32][]string{
		{0, 0}:    {"? " + root, "? " + user},
		{175, 0}:  {"? " + user},
		{0, 10}:   {"? " + root},
		{79, 0}:   {"bundles.volume-below-minimum " + root, "? " + user},
		{0, 2001}: {"bundles.volume-over-ceiling " + user, "? " + root},
	} {
		a, err := bundles.Newest().CheckVolumes("POWER", v[0], v[1])
		if got := findings(a); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v: %q, %v, want %q", v, got, err, want)
		}
		for _, o := range a.Open {
			if o.By != rule.ByInput {
				t.Errorf("%v: %+v", v, o)
			}
		}
	}
}

// Compare is a partial order: a larger type is not smaller, and what is larger than a larger one is larger.
func TestCompareIsPartialOrder(t *testing.T) {
	all := computeTypes()
	turned := map[bundles.Order]bundles.Order{bundles.Larger: bundles.Smaller, bundles.Smaller: bundles.Larger, bundles.Equal: bundles.Equal, bundles.Incomparable: bundles.Incomparable}
	for _, a := range all {
		if bundles.Compare(a, a) != bundles.Equal {
			t.Errorf("%s is not equal to itself", a)
		}
		for _, b := range all {
			if bundles.Compare(b, a) != turned[bundles.Compare(a, b)] {
				t.Errorf("%s, %s: not antisymmetric", a, b)
			}
			for _, c := range all {
				if bundles.Compare(a, b) == bundles.Larger && bundles.Compare(b, c) == bundles.Larger && bundles.Compare(a, c) != bundles.Larger {
					t.Errorf("%s, %s, %s: not transitive", a, b, c)
				}
			}
		}
	}
	ladder := []types.Compute{"VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE"}
	for i, a := range ladder {
		for j, b := range ladder {
			if want := []bundles.Order{bundles.Smaller, bundles.Equal, bundles.Larger}[1+sign(i-j)]; bundles.Compare(a, b) != want {
				t.Errorf("%s beside %s: %s, want %s", a, b, bundles.Compare(a, b), want)
			}
		}
	}
	for _, pair := range [][2]types.Compute{{"GRAPHICS_G6_8XLARGE", "GRAPHICS_GR6_4XLARGE"}, {"GRAPHICSPRO", "VALUE"}, {"GRAPHICS_G99_XLARGE", "VALUE"}} {
		if got := bundles.Compare(pair[0], pair[1]); got != bundles.Incomparable {
			t.Errorf("%v: %s", pair, got)
		}
	}
}

func sign(n int) int { return min(1, max(-1, n)) }

func TestValidPathsAllocateNothing(t *testing.T) {
	rules, err := bundles.At(rule.MustParseEdition("2026-09-10"))
	if err != nil {
		t.Fatal(err)
	}
	w := desktop("STANDARD", 80, 10)
	for name, f := range map[string]func() rule.Answer{
		"CheckVolumes": func() rule.Answer { a, _ := rules.CheckVolumes("STANDARD", 175, 100); return a },
		"CheckResize":  func() rule.Answer { a, _ := rules.CheckResize(w, bundles.Volumes{User: 100}, now); return a },
		"CheckSwitch":  func() rule.Answer { a, _ := rules.CheckSwitch(w, "POWER", now); return a },
		"CheckModify": func() rule.Answer {
			a, _ := rules.CheckModify(w, types.WorkspaceProperties{ComputeTypeName: "POWER"}, now)
			return a
		},
		"CheckDesktop":     func() rule.Answer { a, _ := rules.CheckDesktop(soundDesktop, soundLaunch); return a },
		"CheckRunningMode": func() rule.Answer { a, _ := rules.CheckRunningMode("AUTO_STOP", minutes); return a },
		"CheckRequest":     func() rule.Answer { a, _ := rules.CheckRequest(soundRequest, soundLaunch); return a },
		"CheckRequests": func() rule.Answer {
			a, _ := rules.CheckRequests(soundBatch, func(*types.WorkspaceRequest) bundles.LaunchContext { return soundLaunch })
			return a
		},
		"CheckBundle":    func() rule.Answer { a, _ := rules.CheckBundle(soundBundle); return a },
		"CheckName":      func() rule.Answer { a, _ := rules.CheckName(bundles.WorkspaceName, "desk_(1)"); return a },
		"CheckUserName":  func() rule.Answer { a, _ := rules.CheckUserName("LINUX", "grace"); return a },
		"CheckOffer":     func() rule.Answer { a, _ := rules.CheckOffer("WINDOWS_11", "POWER", "WSP"); return a },
		"CheckPassword":  func() rule.Answer { a, _ := rules.CheckPassword(bundles.MicrosoftAD, "Aa1!xxxx"); return a },
		"CheckOperation": func() rule.Answer { a, _ := rules.CheckOperation(bundles.Migrate, w); return a },
		"CheckSelfService": func() rule.Answer {
			a, _ := rules.CheckSelfService(bundles.ModifyVolumes, w, soundGrowth, now)
			return a
		},
		"CheckTags":             func() rule.Answer { a, _ := rules.CheckTags(soundRequest.Tags); return a },
		"CheckID":               func() rule.Answer { a, _ := rules.CheckID(bundles.ImageID, "wsi-0123456789"); return a },
		"CheckOrganizationName": func() rule.Answer { a, _ := rules.CheckOrganizationName("my-demo-directory"); return a },
		"CheckQuota":            func() rule.Answer { a, _ := rules.CheckQuota(bundles.QuotaImages, 40); return a },
		"CheckRADIUS":           func() rule.Answer { a, _ := rules.CheckRADIUS(soundRADIUS); return a },
		"CheckImageOrigin":      func() rule.Answer { a, _ := rules.CheckImageOrigin(soundImage); return a },
	} {
		if a := f(); a.Verdict != rule.Allowed {
			t.Errorf("%s: %+v", name, a)
		}
		if n := testing.AllocsPerRun(100, func() { f() }); n > 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

var (
	minutes                   = new(int32(120))
	soundRequest, soundLaunch = sized("grace", 175, 100)
	soundBatch                = func() (batch []types.WorkspaceRequest) {
		for i := range 25 {
			q, _ := sized("user"+string(rune('a'+i)), 80, 50)
			batch = append(batch, q)
		}
		return batch
	}()
	soundDesktop = types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"WSP"}, RunningMode: "ALWAYS_ON"}
	soundBundle  = bundle()
	soundGrowth  = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100))}
	soundRADIUS  = bundles.RADIUS{Servers: []netip.Addr{netip.MustParseAddr("10.0.0.7")}, Port: bundles.RADIUSPort, SharedSecret: "tell nobody", Timeout: 20 * time.Second, Retries: 10}
	soundImage   = bundles.ImageOrigin{Workspace: desktop("STANDARD", 80, 10), Encrypted: new(false), FreeBytes: new(int64(20 << 30)), ProfileBytes: new(int64(1 << 30))}
)

// sized is a sound request that names the sizes of its volumes.
func sized(user string, root, volume int32) (types.WorkspaceRequest, bundles.LaunchContext) {
	q, l := request(user)
	q.WorkspaceProperties = new(sizes(root, volume))
	return q, l
}

func FuzzCheckVolumes(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		rules, err := bundles.At(rapid.SampledFrom(bundles.Editions()).Draw(t, "edition"))
		if err != nil {
			t.Fatal(err)
		}
		a, err := rules.CheckVolumes(rapid.SampledFrom(computeTypes()).Draw(t, "compute"), rapid.Int32().Draw(t, "root"), rapid.Int32().Draw(t, "user"))
		if err != nil && a.Verdict != rule.Undocumented {
			t.Fatalf("an answer beside the error %v: %+v", err, a)
		}
	}))
}

// 80 and 100 GiB stand in the guide's list of groups, and a bullet of the page rules them out. As a step of
// volumes that grow they are prescribed.
func TestPairOfTwoMinds(t *testing.T) {
	for edition, disputed := range map[string]bool{"2019-01-08": false, "2020-03-30": false, "2020-03-31": true, "2026-09-10": true} {
		a, err := at(t, edition).CheckVolumes("STANDARD", 80, 100)
		cited := len(a.Open) == 1 && a.Open[0].By == rule.ByContradiction && a.Open[0].Cites[0] != a.Open[0].Cites[1]
		if err != nil || a.Verdict != rule.Undocumented || cited != disputed {
			t.Errorf("%s: %+v, %v, want a contradiction: %t", edition, a, err, disputed)
		}
	}
	w := desktop("STANDARD", 80, 10)
	if a, err := bundles.Newest().CheckResize(w, bundles.Volumes{User: 100}, now); err != nil || a.Verdict != rule.Allowed {
		t.Errorf("the step: %+v, %v", a, err)
	}
	if p, err := bundles.Newest().PlanResize(w, bundles.Volumes{Root: 175, User: 100}, now); err != nil || p.Verdict != rule.Allowed || len(p.Steps) != 2 {
		t.Errorf("the plan: %+v, %v", p, err)
	}
}
