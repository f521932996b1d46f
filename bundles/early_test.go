package bundles_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// Before a document speaks of what is asked, the answer is open and nothing else is said, however bad the input is.
func TestBeforeTheFirstDocument(t *testing.T) {
	for name, tt := range map[string]struct {
		date string
		ask  func(r bundles.Rules) (rule.Answer, error)
		want string
	}{
		"name": {"2018-11-15", func(r bundles.Rules) (rule.Answer, error) { return r.CheckName(bundles.ImageDescription, "-") },
			"Description: no document of the edition tells its form"},
		"identifier": {"2018-11-15", func(r bundles.Rules) (rule.Answer, error) { return r.CheckID(bundles.ImageID, "x") },
			"ImageId: no document of the edition tells its form"},
		"organisation": {"2018-02-02", func(r bundles.Rules) (rule.Answer, error) { return r.CheckOrganizationName("-") },
			"OrganizationName: no document of the edition tells its form"},
		"password": {"2018-02-02", func(r bundles.Rules) (rule.Answer, error) { return r.CheckPassword(bundles.SimpleAD, "é") },
			"Password: no document of the edition speaks of passwords"},
		"RADIUS": {"2018-02-02", func(r bundles.Rules) (rule.Answer, error) { return r.CheckRADIUS(bundles.RADIUS{Retries: 11}) },
			": no document of the edition tells the settings"},
		"tags": {"2016-05-16", func(r bundles.Rules) (rule.Answer, error) { return r.CheckTags([]types.Tag{{}, {}}) },
			"Tags: no document of the edition speaks of tags"},
		"nested virtualization": {"2026-08-24", func(r bundles.Rules) (rule.Answer, error) {
			return r.CheckNestedVirtualization(bundles.Workspace{Standby: true}, "24H2")
		}, ": no document of the edition speaks of nested virtualization"},
		"standby": {"2025-10-20", func(r bundles.Rules) (rule.Answer, error) {
			return r.CheckStandby(bundles.Standby{Replicate: true, SimpleAD: true, Primary: bundles.Workspace{Standby: true}})
		}, ": no document of the edition speaks of standby WorkSpaces"},
		"client experience": {"2026-08-03", func(r bundles.Rules) (rule.Answer, error) {
			return r.CheckClientExperience("NOVEL", bundles.ClientUse{PCoIP: true, Registry: true})
		}, "ClientProperties.ClientExperiencePolicy: no document of the edition speaks of a client experience policy"},
		"quota": {"2018-02-03", func(r bundles.Rules) (rule.Answer, error) { return r.CheckQuota(bundles.QuotaAliases, 100) },
			`Quota: no document of the edition gives a quota "Connection aliases"`},
		"Linux user": {"2018-09-19", func(r bundles.Rules) (rule.Answer, error) { return r.CheckUserName("LINUX", "-@") },
			"UserName: no document of the edition tells the names of Linux users"},
		"self-service": {"2019-01-07", func(r bundles.Rules) (rule.Answer, error) {
			w := desktop("STANDARD", 80, 10)
			return r.CheckSelfService(bundles.Stop, w, nil, now)
		}, ": no document of the edition speaks of self-service"},
		"Simple AD": {"2018-02-02", func(r bundles.Rules) (rule.Answer, error) { return r.CheckSimpleAD(new(true)) },
			": no document of the edition tells how to create a directory of Simple AD"},
		"image": {"2018-02-02", func(r bundles.Rules) (rule.Answer, error) {
			w := desktop("STANDARD", 80, 10)
			return r.CheckImageOrigin(bundles.ImageOrigin{Workspace: w, Encrypted: new(false), FreeBytes: new(int64(0)), ProfileBytes: new(int64(1 << 60))})
		}, "FreeBytes: no document of the edition tells the space that an image needs"},
	} {
		a, err := tt.ask(at(t, tt.date))
		got := slices.DeleteFunc(whole(a), func(line string) bool { return strings.HasPrefix(line, "open State: ") })
		if want := []string{"undocumented", "open " + tt.want}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
	for name, ask := range map[string]func() (rule.Answer, error){
		"a user of what system, before Linux": func() (rule.Answer, error) { return at(t, "2018-09-19").CheckUserName("", "-@") },
		"no tags":                             func() (rule.Answer, error) { return at(t, "2016-05-16").CheckTags(nil) },
		"what locks out before the guide says so": func() (rule.Answer, error) {
			return at(t, "2026-08-04").CheckClientExperience(bundles.ForceUI2026, bundles.ClientUse{PCoIP: true, Pools: true, Registry: true})
		},
		"a new customer of Simple AD before it closed": func() (rule.Answer, error) { return at(t, "2026-08-24").CheckSimpleAD(new(true)) },
	} {
		a, err := ask()
		compare(t, name, a, err, "allowed")
	}
}

// The tables that list no facts of their own are those that only say since when something is documented.
func TestTablesWithoutFacts(t *testing.T) {
	want := []string{
		"CreateWorkspaceBundle", "WorkSpaces Pools", "WorkSpaces without users", "rebuild of public Windows 7", "running mode", "Simple AD", "sizes for an image",
		"snapshots for a restore", "user names in any case", "user volume below the image",
	}
	for _, p := range bundles.Parameters() {
		if p.Value == "documented" && p.Name != "protocol value DCV" && !slices.ContainsFunc(want, func(name string) bool {
			return name == p.Name || strings.HasPrefix(p.Name, name+" ") && name == "running mode"
		}) {
			t.Errorf("%s tells nothing", p.Name)
		}
	}
	for _, name := range want {
		if !slices.ContainsFunc(bundles.Parameters(), func(p rule.Parameter) bool { return strings.HasPrefix(p.Name, name) && p.Value == "documented" }) {
			t.Errorf("%s is no such table", name)
		}
	}
}

// A plan tells each step with its time, or why there is none and nothing else.
func TestWholePlans(t *testing.T) {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		date   string
		change func(w *bundles.Workspace)
		goal   bundles.Goal
		want   []string // steps first
	}{
		"nothing":                      {"2026-09-10", nil, bundles.Goal{}, []string{"allowed"}},
		"what it is":                   {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{Root: 80, User: 10}, ComputeType: "STANDARD", RunningMode: "AUTO_STOP"}, []string{"allowed"}},
		"a volume":                     {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"user 50 +0s takes 2h0m0s", "allowed"}},
		"a volume, then the type":      {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{User: 50}, ComputeType: "POWER"}, []string{"user 50 +0s takes 2h0m0s", "POWER +2h0m0s takes 1h0m0s", "allowed"}},
		"the mode":                     {"2018-02-03", nil, bundles.Goal{RunningMode: "ALWAYS_ON"}, []string{"mode ALWAYS_ON +0s takes 0s", "allowed"}},
		"the mode and its minutes":     {"2026-09-10", nil, bundles.Goal{RunningMode: "AUTO_STOP", AutoStopMinutes: new(int32(120))}, []string{"mode AUTO_STOP 120 +0s takes 0s", "allowed"}},
		"a smaller volume":             {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.User = 50 }, bundles.Goal{Volumes: bundles.Volumes{User: 10}}, []string{"denied", "volume-shrinks at UserVolumeSizeGib: 10 GiB is less than the present 50 GiB"}},
		"a volume in no group":         {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{Root: 175}}, []string{"denied", "volume-pair-not-in-group at RootVolumeSizeGib: 175/10 is in none of the groups 80/10, 80/50, 80/100, 175-2000/100-2000"}},
		"a volume above all":           {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{User: 2001}}, []string{"denied", "volume-over-ceiling at UserVolumeSizeGib: 2001 GiB is more than 2000 GiB"}},
		"of a launch that is unknown":  {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = time.Time{} }, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"user 50 +0s takes 2h0m0s", "undocumented", "open : the time of the launch is not known, and launch to first change of a volume takes 6h0m0s"}},
		"of a launch an hour ago":      {"2026-09-10", func(w *bundles.Workspace) { w.History.Launched = ago(time.Hour) }, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"user 50 +5h0m0s takes 2h0m0s", "allowed"}},
		"an hour after the same grew":  {"2026-09-10", func(w *bundles.Workspace) { w.History.UserVolume = ago(time.Hour) }, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"user 50 +5h0m0s takes 2h0m0s", "allowed"}},
		"ten minutes after the other":  {"2026-09-10", func(w *bundles.Workspace) { w.History.RootVolume = ago(10 * time.Minute) }, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"user 50 +20m0s takes 2h0m0s", "allowed"}},
		"of sizes that are unknown":    {"2026-09-10", func(w *bundles.Workspace) { w.Volumes.User = 0 }, bundles.Goal{Volumes: bundles.Volumes{User: 50}}, []string{"undocumented", "open RootVolumeSizeGib: the present sizes are not known"}},
		"a smaller type":               {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Smaller = "POWER", ago(29*24*time.Hour) }, bundles.Goal{ComputeType: "STANDARD"}, []string{"STANDARD +24h0m0s takes 1h0m0s", "allowed"}},
		"a smaller type of the young":  {"2026-09-10", func(w *bundles.Workspace) { w.ComputeType, w.History.Launched = "POWER", ago(time.Hour) }, bundles.Goal{ComputeType: "STANDARD"}, []string{"STANDARD +5h0m0s takes 1h0m0s", "allowed"}},
		"a larger type after a larger": {"2026-09-10", func(w *bundles.Workspace) { w.History.Larger = ago(time.Hour) }, bundles.Goal{ComputeType: "POWER"}, []string{"POWER +5h0m0s takes 1h0m0s", "allowed"}},
		"a type to which nothing leads": {"2026-09-10", func(w *bundles.Workspace) {
			w.ComputeType, w.Volumes = "GRAPHICS_G4DN", bundles.Volumes{Root: 100, User: 100}
		}, bundles.Goal{ComputeType: "POWER"},
			[]string{"denied", "family-crossed at ComputeTypeName: POWER is not of the family of GRAPHICS_G4DN; migrate the WorkSpace"}},
		"one volume at the ceiling": {"2026-09-10", func(w *bundles.Workspace) { w.Volumes = bundles.Volumes{Root: 175, User: 100} }, bundles.Goal{Volumes: bundles.Volumes{Root: 2000, User: 2000}},
			[]string{"user 2000 +0s takes 2h0m0s", "root 2000 +30m0s takes 2h0m0s", "allowed"}},
		"volumes and type, of which one cannot be": {"2026-09-10", nil, bundles.Goal{Volumes: bundles.Volumes{User: 5}, ComputeType: "POWER"},
			[]string{"denied", "volume-shrinks at UserVolumeSizeGib: 5 GiB is less than the present 10 GiB", "volume-below-minimum at UserVolumeSizeGib: 5 GiB is less than the 10 GiB that STANDARD needs"}},
	} {
		w := desktop("STANDARD", 80, 10)
		w.Protocol = types.ProtocolWsp
		if tt.change != nil {
			tt.change(&w)
		}
		p, err := at(t, tt.date).PlanModify(w, tt.goal, now)
		var got []string
		for _, s := range p.Steps {
			step := ""
			switch q := s.Properties; {
			case q.RootVolumeSizeGib != nil:
				step = "root " + textOf(q.RootVolumeSizeGib)
			case q.UserVolumeSizeGib != nil:
				step = "user " + textOf(q.UserVolumeSizeGib)
			case q.RunningMode != "":
				step = strings.TrimSpace("mode " + string(q.RunningMode) + " " + textOf(q.RunningModeAutoStopTimeoutInMinutes))
			default:
				step = string(q.ComputeTypeName)
			}
			got = append(got, step+" +"+s.Earliest.Sub(now).String()+" takes "+s.Takes.String())
		}
		if got = append(got, whole(p.Answer)...); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// What a rule forbids it has forbidden in each of its revisions, but for the policies of the client: the model listed them before the
// guide said that others are refused.
func TestRulesKeepTheirLevel(t *testing.T) {
	for _, r := range bundles.Catalogue() {
		for i, v := range r.Revisions[1:] {
			if before := r.Revisions[i].Level; v.Level != before && r.Code != bundles.ClientExperienceUnknown {
				t.Errorf("%s is %v, and then %v", r.Code, before, v.Level)
			}
		}
	}
}
