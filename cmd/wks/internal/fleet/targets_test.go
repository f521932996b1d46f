package fleet

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// small writes an export of four WorkSpaces: two of an old bundle, one of a custom bundle without its image, and
// one of the public bundle that the others are to go to.
func small(t *testing.T, targets string) string {
	t.Helper()
	dir := t.TempDir()
	desktop := func(id, bundle, system, protocol string) string {
		return `{"WorkspaceId": "` + id + `", "BundleId": "` + bundle + `", "DirectoryId": "d-0123456789", "SubnetId": "subnet-1", "State": "AVAILABLE", "WorkspaceProperties": {"ComputeTypeName": "STANDARD", "OperatingSystemName": "` + system + `", "Protocols": ["` + protocol + `"]}}`
	}
	for name, text := range map[string]string{
		workspacesName: `{"Workspaces": [` + strings.Join([]string{
			desktop("ws-00000001", "wsb-0000old1", "WINDOWS_SERVER_2019", "WSP"), desktop("ws-00000002", "wsb-0000old1", "WINDOWS_SERVER_2019", "WSP"),
			desktop("ws-00000003", "wsb-0000old2", "WINDOWS_SERVER_2016", "PCOIP"), desktop("ws-00000004", "wsb-0000new1", "WINDOWS_SERVER_2022", "WSP"),
		}, ",") + `]}`,
		bundlesName: `{"Bundles": [
			{"BundleId": "wsb-0000old1", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}, {"BundleId": "wsb-0000old2", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}},
			{"BundleId": "wsb-0000new1", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}, {"BundleId": "wsb-0000new2", "Owner": "AMAZON", "ComputeType": {"Name": "STANDARD"}}]}`,
		targetsName: targets,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A target is the ID of a bundle. Its system and protocol come from a WorkSpace that has the bundle, and its
// licence and compute type from the export of bundles.
func TestTargetsByRule(t *testing.T) {
	dir := small(t, `{"targets": [{"where": {"operatingSystem": "WINDOWS_SERVER_2019", "computeType": "STANDARD"}, "to": "wsb-0000new1"}, {"from": "wsb-0000old2", "to": "wsb-0000new1"}]}`)
	status, out, errs := ask(t, "plan", dir, "--json", "--undocumented", "allow")
	var plan struct {
		migrate.Plan
		Rules []match `json:"rules"`
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err, errs)
	}
	planned := 0
	for _, wave := range plan.Waves {
		for _, m := range wave {
			planned++
			if m.BundleID != "wsb-0000new1" {
				t.Errorf("%+v", m)
			}
		}
	}
	if status != exitRemains || planned != 3 || len(plan.Unassigned) != 1 || len(plan.Rules) != 1 || plan.Rules[0].WorkSpaces != 2 {
		t.Errorf("status %d, %d planned, %v: %s", status, planned, plan.Rules, out)
	}
	if plan.Estimate.Longest == 0 || !strings.Contains(out, `"longestSeconds":`) || strings.Contains(out, "anoseconds") {
		t.Errorf("times: %s", out)
	}
}

// What is not known of a target is named once, with what to do, and takes nothing else away.
func TestTargetNotKnown(t *testing.T) {
	const targets = `{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new2"}, {"from": "wsb-0000old2", "to": "wsb-0000new1"}]`
	status, out, errs := ask(t, "plan", small(t, targets+"}"), "--undocumented", "allow")
	if want := "2 WorkSpaces are not planned: the operating system (os) of wsb-0000new2 is not known: add it to bundles in targets.json"; status != exitRemains || errs != "" || strings.Count(strings.Join(strings.Fields(out), " "), want) != 1 || !strings.Contains(out, "1 to migrate in 1 waves") {
		t.Errorf("status %d, %s%s", status, errs, out)
	}
	told := targets + `, "bundles": {"wsb-0000new2": {"os": "WINDOWS_SERVER_2022", "protocol": "WSP"}}}`
	if _, out, errs := ask(t, "plan", small(t, told), "--undocumented", "allow"); errs != "" || strings.Contains(out, "not planned") || !strings.Contains(out, "3 to migrate in 1 waves") {
		t.Errorf("%s%s", errs, out)
	}
}

func TestBadTargets(t *testing.T) {
	for targets, want := range map[string]string{
		`{"targets": [{"to": "wsb-0000new1"}]}`: "targets[0]: want either from",
		`{"targets": [{"from": "wsb-0000old1", "where": {"computeType": "STANDARD"}, "to": "wsb-0000new1"}]}`:                                   "targets[0]: want either from",
		`{"targets": [{"where": {}, "to": "wsb-0000new1"}]}`:                                                                                    "has no condition",
		`{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1"}, {"from": "wsb-0000old1", "to": "wsb-0000new2"}]}`:                         "stands in the file twice",
		`{"targets": [{"from": "wsb-0000old1", "to": {"os": "WINDOWS_11"}}]}`:                                                                   "targets[0].to: want the ID of a bundle",
		`{"targets": [{"from": "wsb-0000old1", "to": {"bundleId": "wsb-0000new1", "system": "WINDOWS_11"}}]}`:                                   `unknown field "system"`,
		`{"targets": [{"from": "wsb-0000old1", "to": "wsb-0000new1", "via": ""}]}`:                                                              "targets[0].via: want the ID of a bundle",
		`{"targets": [{"from": "wsb-0000old1", "to": {"bundleId": "wsb-0000new1", "os": "WINDOWS_11", "protocol": "WSP", "license": "mine"}}]}`: "mine",
	} {
		if status, out, errs := ask(t, "plan", small(t, targets)); status != exitError || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%s: status %d, %s%s, want %q", targets, status, errs, out, want)
		}
	}
}

func TestShort(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000001": "key/0a1b2c3d…", "arn:aws:kms:eu-west-1:111122223333:alias/aws/workspaces": "alias/aws/workspaces", "key-1": "key-1",
		"arn:aws:kms:eu-west-1:111122223333:key/mrk-0a1b2c3d000040008000000000000001": "key/mrk-0a1b2c3d…", "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d": "key/0a1b2c3d",
		"arn:aws:kms:eu-west-1:111122223333:alias/my-own-key": "alias/my-own-key", "a:b:c:d:e:key/0a1b2c3d-0000": "a:b:c:d:e:key/0a1b2c3d-0000", "arn:aws:kms:eu-west-1:key": "arn:aws:kms:eu-west-1:key",
		"arn:aws:kms:eu-west-1:111122223333:alias/a:b": "alias/a:b",
	} {
		if got := short(arn); got != want {
			t.Errorf("%s: %q, want %q", arn, got, want)
		}
	}
	if got := few(map[string]int{"a": 1, "b": 5, "c": 3, "d": 2, "e": 4, "f": 1}, 4); got != "b:5 c:3 d:2 e:4 and 2 more" {
		t.Error(got)
	}
	// Keys that look alike when they are short are shown together, and those of several Regions are told apart.
	if got := few(map[string]int{"arn:aws:kms:r:1:key/mrk-0a1b2c3d1": 1, "arn:aws:kms:r:1:key/mrk-4e5f6a7b1": 2, "arn:aws:kms:r:1:key/mrk-4e5f6a7b2": 3}, 3); got != "key/mrk-0a1b2c3d…:1 key/mrk-4e5f6a7b…:5" {
		t.Error(got)
	}
	if got := few(map[string]int{"a": 1, "b": 5}, 0); got != "2" {
		t.Error(got)
	}
}

// Each condition decides by itself: a WorkSpace that has what is given meets it, and one that has something else, or of
// which it is not known, does not. All of them together are met by a WorkSpace that has all.
func TestConditions(t *testing.T) {
	w := migrate.Workspace{DirectoryID: "d-0123456789", Source: migrate.Desktop{OS: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP", Compute: "STANDARD", BundleID: "wsb-0000old1"}}
	all := condition{OperatingSystem: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP", ComputeType: "STANDARD", BundleID: "wsb-0000old1", DirectoryID: "d-0123456789"}
	if !all.meets(&w) || !(&condition{}).meets(&w) {
		t.Error("what a WorkSpace has is not met")
	}
	fields := reflect.TypeFor[condition]()
	for i := range fields.NumField() {
		var one condition
		given := reflect.ValueOf(&one).Elem().Field(i)
		given.Set(reflect.ValueOf(all).Field(i))
		if !one.meets(&w) || one.meets(&migrate.Workspace{}) {
			t.Errorf("%s alone: met %t, and %t if it is not known", fields.Field(i).Name, one.meets(&w), one.meets(&migrate.Workspace{}))
		}
		other := all
		reflect.ValueOf(&other).Elem().Field(i).SetString("another")
		given.SetString("another")
		if one.meets(&w) || other.meets(&w) {
			t.Errorf("another %s is met", fields.Field(i).Name)
		}
	}
}

// What the export does not tell is filled in from what somebody tells, each field by its place in the API, and nothing
// else is changed. What nobody tells is still missing.
func TestComplete(t *testing.T) {
	told := migrate.Desktop{OS: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP", Compute: "STANDARD", Plus: migrate.Yes, Language: "en-US", Region: "eu-west-1", Directory: migrate.ActiveDirectory}
	for at, want := range map[rule.Path]migrate.Desktop{
		"WorkspaceProperties.OperatingSystemName": {OS: told.OS},
		"WorkspaceProperties.Protocols":           {Protocol: told.Protocol},
		"RequiredTenancy":                         {License: told.License},
		"ComputeType.Name":                        {Compute: told.Compute},
		"DirectoryType":                           {Directory: told.Directory},
		"Plus":                                    {Plus: told.Plus},
		"Language":                                {Language: told.Language},
		"Region":                                  {Region: told.Region},
	} {
		var d migrate.Desktop
		if still := complete(&d, told, []rule.Path{at}); len(still) > 0 || d != want {
			t.Errorf("%s: %+v, %q", at, d, still)
		}
		d = migrate.Desktop{}
		if still := complete(&d, migrate.Desktop{}, []rule.Path{at}); !slices.Equal(still, []rule.Path{at}) || d != (migrate.Desktop{}) {
			t.Errorf("%s told by nobody: %+v, %q", at, d, still)
		}
	}
	d := migrate.Desktop{OS: "WINDOWS_10", NestedVirtualization: true}
	if still := complete(&d, told, nil); still != nil || d != (migrate.Desktop{OS: "WINDOWS_10", NestedVirtualization: true}) {
		t.Errorf("%+v, %q", d, still)
	}
	if !slices.Equal(complete(&d, told, []rule.Path{"Unheard", "Plus"}), []rule.Path{"Unheard"}) {
		t.Error("what nobody knows is not missing")
	}
	var nested migrate.Desktop
	if complete(&nested, migrate.Desktop{NestedVirtualization: true}, nil); !nested.NestedVirtualization {
		t.Error("nested virtualization that is told is not there")
	}
}

// WorkSpaces of a bundle tell its system and its protocol while they agree; which of them comes last makes no difference.
func TestWorkspacesTellOfTheirBundle(t *testing.T) {
	a := migrate.Desktop{BundleID: "wsb-0000old1", OS: "WINDOWS_11", Protocol: "WSP"}
	otherOS, otherProtocol := a, a
	otherOS.OS, otherProtocol.Protocol = "WINDOWS_10", "PCOIP"
	for _, tt := range []struct {
		seen []migrate.Desktop
		want migrate.Desktop
	}{
		{[]migrate.Desktop{a, a}, migrate.Desktop{OS: a.OS, Protocol: a.Protocol}},
		{[]migrate.Desktop{a, otherOS, a}, migrate.Desktop{Protocol: a.Protocol}},
		{[]migrate.Desktop{otherProtocol, a, otherProtocol}, migrate.Desktop{OS: a.OS}},
	} {
		f := &facts{seen: map[string]*migrate.Desktop{}}
		for i := range tt.seen {
			f.see(&tt.seen[i])
		}
		f.see(&migrate.Desktop{OS: "WINDOWS_7"}) // of no known bundle
		if got := f.seen["wsb-0000old1"]; len(f.seen) != 1 || *got != tt.want {
			t.Errorf("%+v: %+v", tt.seen, got)
		}
	}
}

// A goal that tells nothing but its bundle is written as that ID, and any other as an object. Either is read as it was.
func TestGoalIsRead(t *testing.T) {
	for text, want := range map[string]migrate.Desktop{
		`"wsb-0000new1"`: {BundleID: "wsb-0000new1"},
		`{"license":"byol","bundleId":"wsb-0000new1"}`: {BundleID: "wsb-0000new1", License: migrate.BYOL},
	} {
		g := goal{migrate.Desktop{Compute: "STANDARD"}} // of which nothing is kept
		if err := json.Unmarshal([]byte(text), &g); err != nil || g.Desktop != want {
			t.Errorf("%s: %+v, %v", text, g, err)
		}
		if got, err := json.Marshal(g); err != nil || string(got) != text {
			t.Errorf("%s, want %s, %v", got, text, err)
		}
	}
}

// Of a target the goal tells first; then come the export, the bundles of the file, and WorkSpaces that were made of the
// bundle. Each tells what those before it do not, and nothing that one tells is lost.
func TestWhoTellsOfATarget(t *testing.T) {
	const id = "wsb-0000new1"
	all := migrate.Desktop{OS: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP", Compute: "POWER", Plus: migrate.Yes, Language: "en-US", Region: "eu-west-1", Directory: migrate.EntraID}
	other := migrate.Desktop{OS: "WINDOWS_10", License: migrate.Custom, Protocol: "PCOIP", Compute: "VALUE", Plus: migrate.No, Language: "de-DE", Region: "us-east-1", Directory: migrate.ActiveDirectory}
	half, rest := migrate.Desktop{OS: all.OS, Plus: all.Plus, Directory: all.Directory}, migrate.Desktop{License: all.License, Protocol: all.Protocol, Compute: all.Compute, Language: all.Language, Region: all.Region}
	exported := map[string]*types.WorkspaceBundle{id: {BundleId: aws.String(id), Owner: aws.String("AMAZON"), ComputeType: &types.ComputeType{Name: "STANDARD"}}}
	goalOf := func(d migrate.Desktop) goal { d.BundleID = id; return goal{d} }
	for name, tt := range map[string]struct {
		g       goal
		f       facts
		want    migrate.Desktop
		unknown int
	}{
		"nobody":                         {goalOf(migrate.Desktop{}), facts{}, migrate.Desktop{}, 4},
		"the goal":                       {goalOf(all), facts{told: map[string]migrate.Desktop{id: other}}, all, 0},
		"the goal, not what is exported": {goalOf(all), facts{bundles: exported}, all, 0},
		"the goal and the file":          {goalOf(half), facts{told: map[string]migrate.Desktop{id: rest}}, all, 0},
		"what is exported, not the file": {goalOf(migrate.Desktop{}), facts{bundles: exported, told: map[string]migrate.Desktop{id: {License: other.License, Compute: other.Compute}}}, migrate.Desktop{License: migrate.Public, Compute: "STANDARD"}, 2},
		"the file":                       {goalOf(migrate.Desktop{}), facts{told: map[string]migrate.Desktop{id: all, "wsb-0000new2": other}, seen: map[string]*migrate.Desktop{id: {OS: other.OS, Protocol: other.Protocol}}}, all, 0},
		"WorkSpaces":                     {goalOf(migrate.Desktop{}), facts{bundles: exported, seen: map[string]*migrate.Desktop{id: {OS: all.OS, Protocol: all.Protocol}}}, migrate.Desktop{OS: all.OS, Protocol: all.Protocol, License: migrate.Public, Compute: "STANDARD"}, 0},
		"the export alone":               {goalOf(migrate.Desktop{}), facts{bundles: exported}, migrate.Desktop{License: migrate.Public, Compute: "STANDARD"}, 2},
	} {
		d, unknown, err := tt.f.target(tt.g)
		tt.want.BundleID = id
		if err != nil || d != tt.want || len(unknown) != tt.unknown {
			t.Errorf("%s: %+v, %q, %v", name, d, unknown, err)
		}
		for _, text := range unknown {
			if !strings.Contains(text, id) {
				t.Errorf("%s: %q does not name the bundle", name, text)
			}
		}
	}
}

// A rule for the ID of a WorkSpace comes before one for its bundle, and that before conditions, of which the first
// counts. A target goes by way of another bundle if it is told to, and stays in the directory of the WorkSpace.
func TestAim(t *testing.T) {
	desktop := func(id string, k migrate.DirectoryKind) goal {
		return goal{migrate.Desktop{BundleID: id, OS: "WINDOWS_11", License: migrate.BYOL, Protocol: "WSP", Compute: "STANDARD", Directory: k}}
	}
	via := desktop("wsb-0000via1", "")
	more := &targetFile{Targets: []targetRule{
		{Where: &condition{OperatingSystem: "WINDOWS_10"}, To: desktop("wsb-0000new3", "")},
		{Where: &condition{Protocol: "PCOIP"}, To: desktop("wsb-0000new4", "")},
		{From: "wsb-0000old1", To: desktop("wsb-0000new2", ""), Via: &via},
		{From: "ws-00000001", To: desktop("wsb-0000new1", migrate.ActiveDirectory)},
	}}
	of := func(id, bundle string, os types.OperatingSystemName) migrate.Workspace {
		return migrate.Workspace{ID: id, Source: migrate.Desktop{BundleID: bundle, OS: os, Protocol: "PCOIP", Directory: migrate.EntraID}}
	}
	in := &input{targets: map[string]migrate.Target{}, unknown: map[string]int{}, fleet: []migrate.Workspace{
		of("ws-00000001", "wsb-0000old1", "WINDOWS_10"), of("ws-00000002", "wsb-0000old1", "WINDOWS_10"), of("ws-00000003", "wsb-0000old2", "WINDOWS_10"), of("ws-00000004", "wsb-0000old2", "WINDOWS_7"),
		{ID: "ws-00000005"},
	}}
	if err := in.aim(more, &facts{}); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for id, target := range in.targets {
		got[id] = target.BundleID + " " + string(target.Directory)
		if target.Via != nil {
			got[id] += " via " + target.Via.BundleID
		}
	}
	want := map[string]string{
		"ws-00000001": "wsb-0000new1 " + string(migrate.ActiveDirectory), "ws-00000002": "wsb-0000new2 " + string(migrate.EntraID) + " via wsb-0000via1",
		"ws-00000003": "wsb-0000new3 " + string(migrate.EntraID), "ws-00000004": "wsb-0000new4 " + string(migrate.EntraID),
	}
	if !maps.Equal(got, want) || len(in.matches) != 2 || in.matches[0].WorkSpaces != 1 || in.matches[1].WorkSpaces != 1 || !strings.Contains(in.matches[0].Rule, "wsb-0000new3") {
		t.Errorf("%v, want %v; %+v", got, want, in.matches)
	}
	// What is not known of a bundle by way of which a WorkSpace goes keeps it from being planned, too.
	more.Targets[2].Via = &goal{migrate.Desktop{BundleID: "wsb-0000via2"}}
	in.targets, in.matches = map[string]migrate.Target{}, nil
	if err := in.aim(more, &facts{}); err != nil || len(in.targets) != 3 || len(in.unknown) != 4 {
		t.Errorf("%v, %v, %v", in.targets, in.unknown, err)
	}
	for why, n := range in.unknown {
		if n != 1 || !strings.Contains(why, "wsb-0000via2") {
			t.Errorf("%s: %d", why, n)
		}
	}
}
