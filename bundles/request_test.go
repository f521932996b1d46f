package bundles_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

func TestCheckRequest(t *testing.T) {
	sound, launch := request("grace")
	for name, tt := range map[string]struct {
		change func(q *types.WorkspaceRequest, l *bundles.LaunchContext)
		want   []string
	}{
		"sound":             {func(*types.WorkspaceRequest, *bundles.LaunchContext) {}, nil},
		"nothing but flags": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) { q.RootVolumeEncryptionEnabled = new(true) }, []string{"? VolumeEncryptionKey"}},
		"nothing but a key": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.VolumeEncryptionKey = new("alias/aws/workspaces")
		}, []string{"? VolumeEncryptionKey"}},
		"key and flag": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = new("alias/aws/workspaces"), new(true)
		}, nil},
		"user volume with the bundle's root volume": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(200))}
		}, []string{"bundles.volume-pair-not-in-group WorkspaceProperties.RootVolumeSizeGib"}},
		"a size of an unknown bundle": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100))}
			*l = bundles.LaunchContext{}
		}, []string{"? WorkspaceProperties.RootVolumeSizeGib", "? WorkspaceProperties.ComputeTypeName"}},
		"one size of a bundle with unknown volumes": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100))}
			l.Volumes = bundles.Volumes{}
		}, []string{"? WorkspaceProperties.RootVolumeSizeGib"}},
		"a size over the ceiling of an unknown bundle": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(2001))}
			*l = bundles.LaunchContext{}
		}, []string{"bundles.volume-over-ceiling WorkspaceProperties.UserVolumeSizeGib", "? WorkspaceProperties.RootVolumeSizeGib", "? WorkspaceProperties.ComputeTypeName"}},
		"one size over the ceiling, of a bundle with unknown volumes": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(2001))}
			l.Volumes = bundles.Volumes{}
		}, []string{"bundles.volume-over-ceiling WorkspaceProperties.RootVolumeSizeGib", "? WorkspaceProperties.UserVolumeSizeGib"}},
		"AutoStop time with AlwaysOn": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: "ALWAYS_ON", RunningModeAutoStopTimeoutInMinutes: new(int32(60))}
		}, []string{"bundles.auto-stop-minutes-not-applicable WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes"}},
		"another compute type than the bundle's": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			l.ComputeType = types.ComputePower
			q.WorkspaceProperties = &types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}
		}, []string{"? WorkspaceProperties.ComputeTypeName"}},
		"the bundle's compute type": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			l.ComputeType = types.ComputePower
			q.WorkspaceProperties = &types.WorkspaceProperties{ComputeTypeName: types.ComputePower}
		}, nil},
		"smaller volumes than the bundle's": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			l.ComputeType, l.Volumes = types.ComputePower, bundles.Volumes{Root: 175, User: 100}
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(80)), UserVolumeSizeGib: new(int32(50))}
		}, []string{"? WorkspaceProperties.RootVolumeSizeGib", "? WorkspaceProperties.UserVolumeSizeGib"}},
		"larger volumes than the bundle's": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			l.ComputeType, l.Volumes = types.ComputePower, bundles.Volumes{Root: 80, User: 50}
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: new(int32(175)), UserVolumeSizeGib: new(int32(100))}
		}, nil},
		"not offered": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"PCOIP"}}
		}, []string{"bundles.protocol-not-offered WorkspaceProperties.Protocols"}},
		"a protocol by its other name": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{Protocols: []types.Protocol{"DCV"}}
		}, []string{"bundles.protocol-value WorkspaceProperties.Protocols"}},
		"an offered protocol by its other name": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.WorkspaceProperties = &types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"DCV"}}
		}, []string{"bundles.protocol-value WorkspaceProperties.Protocols"}},
		"retired by the bundle": {func(_ *types.WorkspaceRequest, l *bundles.LaunchContext) { l.ComputeType = "GRAPHICS" }, []string{"bundles.compute-type-retired WorkspaceProperties.ComputeTypeName"}},
		"user of an unknown system": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new("grace@example.com"), ""
		}, []string{"? UserName"}},
		"a malformed name without a user": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.UserName, q.WorkspaceName = new("[UNDEFINED]"), new("a b")
		}, []string{"bundles.name-alphabet WorkspaceName"}},
		"user of the system that the request names": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new("grace@example.com"), ""
			q.WorkspaceProperties = &types.WorkspaceProperties{OperatingSystemName: "UBUNTU_22_04"}
		}, []string{"bundles.linux-user-name UserName"}},
		"the same name with Windows": {func(q *types.WorkspaceRequest, l *bundles.LaunchContext) {
			q.UserName, l.System = new("grace@example.com"), ""
			q.WorkspaceProperties = &types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11"}
		}, nil},
		"repeated tag key": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			q.Tags = []types.Tag{{Key: new("a")}, {Key: new("A")}, {Key: new("a")}}
		}, []string{"? Tags[2].Key"}},
		"everything at once": {func(q *types.WorkspaceRequest, _ *bundles.LaunchContext) {
			*q = types.WorkspaceRequest{Tags: []types.Tag{{Key: new("aws:k"), Value: new("x#")}}, WorkspaceName: new("a b")}
		}, []string{
			"bundles.member-missing BundleId", "bundles.member-missing DirectoryId", "bundles.member-missing UserName",
			"bundles.workspace-name-not-applicable WorkspaceName",
			"bundles.tag-reserved Tags[0].Key", "bundles.tag-alphabet Tags[0].Value",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			q, l := sound, launch
			tt.change(&q, &l)
			a, err := bundles.Newest().CheckRequest(q, l)
			if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestCheckRequestInput(t *testing.T) {
	q, l := request("grace")
	q.WorkspaceProperties = &types.WorkspaceProperties{UserVolumeSizeGib: new(int32(-1))}
	var input *rule.InputError
	if _, err := bundles.Newest().CheckRequest(q, l); !errors.As(err, &input) || input.Path != "WorkspaceProperties.UserVolumeSizeGib" || input.Value != "-1" {
		t.Errorf("%v", err)
	}
	if _, err := bundles.Newest().CheckRequests([]types.WorkspaceRequest{{}, q}, nil); !errors.As(err, &input) || input.Path != "Workspaces[1].WorkspaceProperties.UserVolumeSizeGib" {
		t.Errorf("%v", err)
	}
	for _, capacity := range []string{"", "0", "-80", "80GB", "80.5", "99999999999"} {
		b := bundle()
		b.RootStorage.Capacity = &capacity
		if _, err := bundles.Newest().CheckBundle(b); !errors.As(err, &input) || input.Path != "RootStorage.Capacity" || input.Value != capacity {
			t.Errorf("%q: %v", capacity, err)
		}
	}
}

// A batch says of each request what that request alone is told, and which users repeat.
func TestBatchIsItsRequests(t *testing.T) {
	names := rapid.SampledFrom([]string{"grace", "Grace", "GRACE", "ada", "[UNDEFINED]", "-ada", "", "Äda", "äda", "hans", "hanſ", "HANS", "x\xff", "x\xfe"})
	rapid.Check(t, func(t *rapid.T) {
		batch := make([]types.WorkspaceRequest, rapid.SampledFrom([]int{0, 1, 2, 5, 25, 26, 64, 65, 200}).Draw(t, "n"))
		for i := range batch {
			batch[i], _ = request("grace")
			if name := names.Draw(t, "user"); name != "" {
				batch[i].UserName = &name
			} else {
				batch[i].UserName = nil
			}
			batch[i].DirectoryId = new(rapid.SampledFrom([]string{"d-0123456789", "d-9876543210", "bad"}).Draw(t, "directory"))
		}
		launch := func(*types.WorkspaceRequest) bundles.LaunchContext { return bundles.LaunchContext{System: "LINUX"} }
		got, err := bundles.Newest().CheckRequests(batch, launch)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		if len(batch) < 1 || len(batch) > 25 {
			want = append(want, "bundles.batch-size Workspaces")
		}
		var open []string
		seen := map[string]bool{}
		for i := range batch {
			a, err := bundles.Newest().CheckRequest(batch[i], launch(&batch[i]))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings(a) {
				code, path, _ := strings.Cut(f, " ")
				f = fmt.Sprintf("%s Workspaces[%d].%s", code, i, path)
				if code == "?" {
					open = append(open, f)
				} else {
					want = append(want, f)
				}
			}
			if q := batch[i]; q.UserName != nil && *q.UserName != "[UNDEFINED]" {
				key := *q.DirectoryId + " " + *q.UserName
				if utf8.ValidString(key) {
					key = strings.ToLower(key)
				}
				if seen[key] {
					want = append(want, fmt.Sprintf("bundles.user-repeated Workspaces[%d].UserName", i))
				}
				seen[key] = true
			}
		}
		if want = append(want, open...); !slices.Equal(findings(got), want) {
			t.Fatalf("got %q, want %q", findings(got), want)
		}
	})
}

// No violation, error or open question shows a password.
func TestPasswordsStaySecret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.StringN(6, 80, -1).Draw(t, "password")
		a, err := bundles.Newest().CheckPassword(bundles.MicrosoftAD, password)
		if text := fmt.Sprint(a, err); err != nil || strings.Contains(text, password) {
			t.Fatalf("%s", text)
		}
	})
	a, err := bundles.Newest().CheckPassword(bundles.MicrosoftAD, "Aa1!ä€xx")
	if err != nil || a.Verdict != rule.Undocumented {
		t.Errorf("characters outside the categories: %+v, %v", a, err)
	}
	for _, tutorial := range []bundles.Tutorial{bundles.QuickSetup, bundles.SimpleAD, bundles.TrustedDomain} {
		// The pages on launching spoke of passwords until 2022-09-02, and no more in the copy of 2025-10-21.
		for date, want := range map[string]rule.Verdict{"2025-10-20": rule.Denied, "2025-10-21": rule.Undocumented} {
			if a, err := at(t, date).CheckPassword(tutorial, "Aa1xxxxx"); err != nil || a.Verdict != want {
				t.Errorf("%s, %s: %+v, %v", tutorial, date, a, err)
			}
		}
	}
	var input *rule.InputError
	if _, err := bundles.Newest().CheckPassword("LDAP", "Aa1!xxxx"); !errors.As(err, &input) || strings.Contains(err.Error(), "Aa1!") {
		t.Errorf("%v", err)
	}
}

// What the edition before the newest leaves open of a bundle, and what is not known of one.
func TestCheckBundleOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		edition string
		change  func(b *bundles.Bundle)
		want    []string
	}{
		"sound":               {"2026-09-10", func(*bundles.Bundle) {}, nil},
		"image's user volume": {"2021-04-21", func(b *bundles.Bundle) { b.Image = bundles.Volumes{Root: 80, User: 100} }, []string{"? UserStorage.Capacity"}},
		"no root volume":      {"2026-09-10", func(b *bundles.Bundle) { b.RootStorage = nil }, []string{"? RootStorage"}},
		"an unknown type":     {"2026-09-10", func(b *bundles.Bundle) { b.ComputeType = "GRAPHICS_G99" }, []string{"? ComputeType.Name"}},
		"a type of many sizes": {"2026-09-10", func(b *bundles.Bundle) {
			b.ComputeType, b.RootStorage, b.UserStorage = "GRAPHICS_G6_8XLARGE", &types.RootStorage{Capacity: new("100")}, &types.UserStorage{Capacity: new("100")}
		}, []string{"? RootStorage.Capacity"}},
		"user volume too small": {"2026-09-10", func(b *bundles.Bundle) {
			b.UserStorage, b.Image = &types.UserStorage{Capacity: new("9")}, bundles.Volumes{}
		}, []string{"bundles.volume-below-minimum UserStorage.Capacity"}},
	} {
		b := bundle()
		tt.change(&b)
		a, err := at(t, tt.edition).CheckBundle(b)
		if got := findings(a); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
	var input *rule.InputError
	b := bundle()
	b.UserStorage = &types.UserStorage{}
	if _, err := bundles.Newest().CheckBundle(b); !errors.As(err, &input) || input.Path != "UserStorage.Capacity" || input.Value != "" {
		t.Errorf("no capacity: %v", err)
	}
}

func TestLaunchOfBundle(t *testing.T) {
	b := types.WorkspaceBundle{ComputeType: &types.ComputeType{Name: "POWER"}, RootStorage: &types.RootStorage{Capacity: new("175")}, UserStorage: &types.UserStorage{Capacity: new("100 GB")}}
	got := bundles.NewLaunchContext(b, types.OperatingSystemTypeLinux)
	if want := (bundles.LaunchContext{System: "LINUX", ComputeType: "POWER", Volumes: bundles.Volumes{Root: 175}}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := bundles.NewLaunchContext(types.WorkspaceBundle{}, ""); got != (bundles.LaunchContext{}) {
		t.Errorf("%+v", got)
	}
}

func TestNewWorkspace(t *testing.T) {
	d := types.Workspace{
		State:              "STOPPED",
		ModificationStates: []types.ModificationState{{Resource: "ROOT_VOLUME", State: "UPDATE_IN_PROGRESS"}},
		RelatedWorkspaces:  []types.RelatedWorkspaceProperties{{Type: types.StandbyWorkspaceRelationshipTypePrimary}},
		WorkspaceProperties: &types.WorkspaceProperties{
			ComputeTypeName: "POWER", OperatingSystemName: "WINDOWS_11", Protocols: []types.Protocol{"WSP"}, RunningMode: "MANUAL",
			RootVolumeSizeGib: new(int32(175)), UserVolumeSizeGib: new(int32(100)),
		},
	}
	w := bundles.NewWorkspace(d)
	d.ModificationStates[0].State = "UPDATE_FAILED"
	if w.ComputeType != "POWER" || w.Volumes != (bundles.Volumes{Root: 175, User: 100}) || w.OperatingSystem != "WINDOWS_11" || w.Protocol != "WSP" ||
		w.RunningMode != "MANUAL" || w.State != "STOPPED" || !w.Standby || len(w.Modifications) != 1 || w.Modifications[0].State != "UPDATE_IN_PROGRESS" {
		t.Errorf("%+v", w)
	}
	if w := bundles.NewWorkspace(types.Workspace{}); w.ComputeType != "" || w.Volumes != (bundles.Volumes{}) || w.Standby {
		t.Errorf("%+v", w)
	}
}

// A volume is larger than any may be, whatever the other one is.
func TestCheckModifyOfOneVolumeOverTheCeiling(t *testing.T) {
	for gib, want := range map[int32]string{2000: "", 2001: "bundles.volume-over-ceiling WorkspaceProperties.UserVolumeSizeGib"} {
		a, err := bundles.Newest().CheckModify(bundles.Workspace{}, types.WorkspaceProperties{UserVolumeSizeGib: &gib}, now)
		got := ""
		for _, v := range a.Violations {
			got += string(v.Code) + " " + string(v.Path)
		}
		if err != nil || got != want {
			t.Errorf("%d: %q, %v", gib, got, err)
		}
	}
}

// Without a WorkSpace only the input leaves questions open, but for those that the request
// alone raises.
func TestOpenTellsWhy(t *testing.T) {
	for name, tt := range map[string]struct {
		p    types.WorkspaceProperties
		want bool // some question is the documents'
	}{
		"a size":          {types.WorkspaceProperties{UserVolumeSizeGib: new(int32(100))}, false},
		"a compute type":  {types.WorkspaceProperties{ComputeTypeName: "POWER"}, false},
		"a mode":          {types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}, false},
		"a protocol":      {types.WorkspaceProperties{Protocols: []types.Protocol{"WSP"}}, false},
		"several at once": {types.WorkspaceProperties{RunningMode: "ALWAYS_ON", ComputeTypeName: "POWER"}, true},
		"a system":        {types.WorkspaceProperties{OperatingSystemName: "WINDOWS_11"}, true},
	} {
		a, err := bundles.Newest().CheckModify(bundles.Workspace{}, tt.p, now)
		if err != nil || a.Verdict != rule.Undocumented {
			t.Fatalf("%s: %+v, %v", name, a, err)
		}
		if got := slices.ContainsFunc(a.Open, func(o rule.Open) bool { return o.By != rule.ByInput }); got != tt.want {
			t.Errorf("%s: %+v", name, a.Open)
		}
	}
}
