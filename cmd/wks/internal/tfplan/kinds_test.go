package tfplan

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
)

// What is no object where the format has one is told as that, with its place: also an element of a list.
func TestObjectsOfTheFormat(t *testing.T) {
	plain := strings.ReplaceAll(everyPart, "LATER", "")
	for _, tt := range []struct{ was, is, at string }{
		{`"resource_changes": [`, `"resource_changes": [7, `, "resource_changes[0]"},
		{`"change": {`, `"change": 7, "later": {`, "resource_changes[0].change"},
		{`"deferred_changes": [`, `"deferred_changes": [7, `, "deferred_changes[0]"},
		{`"resource_change": {`, `"resource_change": 7, "later": {`, "deferred_changes[0].resource_change"},
		{`"prior_state": {`, `"prior_state": 7, "later": {`, "prior_state"},
		{`"values": { "outputs"`, `"values": 7, "later": { "outputs"`, "prior_state.values"},
		{`"root_module": {
		"resources"`, `"root_module": 7, "later": {
		"resources"`, "prior_state.values.root_module"},
		{`"resources": [{ "address": "data`, `"resources": [7, { "address": "data`, "prior_state.values.root_module.resources[0]"},
		{`"child_modules": [`, `"child_modules": [7, `, "prior_state.values.root_module.child_modules[0]"},
		{`"configuration": {`, `"configuration": 7, "later": {`, "configuration"},
		{`"provider_config": {"aws": {`, `"provider_config": {"x": 7, "aws": {`, "configuration.provider_config"},
		{`"expressions": {"profile"`, `"expressions": 7, "later": {"profile"`, "configuration.provider_config.expressions"},
		{`"region": { "references"`, `"region": { "references": 7, "later"`, "configuration.provider_config.expressions.region"},
		{`"variables": {"region": { "value"`, `"variables": {"x": 7, "region": { "value"`, "variables"},
		{`"variables": {"region": { "sensitive"`, `"variables": {"x": 7, "region": { "sensitive"`, "configuration.root_module.variables"},
		{`"outputs": {"o": {`, `"outputs": {"x": 7, "o": {`, "configuration.root_module.outputs"},
		{`"resources": [{ "address": "aws_workspaces_workspace.w"`, `"resources": [7, { "address": "aws_workspaces_workspace.w"`, "configuration.root_module.resources[0]"},
		{`"expressions": {"volume`, `"expressions": 7, "later": {"volume`, "configuration.root_module.resources[0].expressions"},
		{`"workspace_properties": 7`, `"workspace_properties": [7]`, "configuration.root_module.resources[0].expressions"},
		{`"workspace_properties": 7`, `"workspace_properties": [{"running_mode": {"references": [{}]}}]`, "configuration.root_module.resources[0].expressions"},
		{`"module_calls": {"m": {`, `"module_calls": {"x": 7, "m": {`, "configuration.root_module.module_calls"},
		{`"expressions": {"x"`, `"expressions": 7, "later": {"x"`, "configuration.root_module.module_calls.expressions"},
		{`"module": {`, `"module": 7, "later": {`, "configuration.root_module.module_calls.module"},
	} {
		text := strings.Replace(plain, tt.was, tt.is, 1)
		if text == plain {
			t.Errorf("%s is not in the plan", tt.was)
			continue
		}
		_, err := parsePlan("plan", []byte(text))
		var at *inputError
		if !errors.As(err, &at) || !strings.HasPrefix(string(at.msg), "is a ") || !strings.HasSuffix(string(at.msg), ", which a plan has not there") || !strings.HasPrefix(string(at.path), tt.at) || strings.Count(string(at.path), ".") > 4 {
			t.Errorf("%s: %v, want it at %s", tt.is, err, tt.at)
		}
	}
}

// Of an expression by way of what the plan does not have, the first gaps are told apart: four of them leave it open which VPC is the only one of
// the module, and more of them leave it open whether it is. Three are named.
func TestGaps(t *testing.T) {
	const v = "aws_vpc.v"
	vpc := vpcIn("us-west-2", "10.0.0.0/16")
	late := created("aws_route", "r", `"destination_cidr_block": "172.31.0.0/24"`, "route_table_id")
	for n, why := range map[int]string{
		1: "; it is by way of local.a, which a plan does not have", 3: "; it is by way of local.a, local.b, local.c, which a plan does not have",
		4: "; it is by way of local.a, local.b, local.c and 1 more, which a plan does not have", 5: "; it is by way of local.a, local.b, local.c and 2 more, which a plan does not have",
		7: "; it is by way of local.a, local.b, local.c and 2 more, which a plan does not have",
	} {
		var names []string
		for _, letter := range "abcdefgh"[:n] {
			names = append(names, "local."+string(letter), "local."+string(letter))
		}
		text := planWith(configOf(configured("aws_route", "r", "route_table_id", refs(names...))), "[]", vpc, late)
		p := parsed(t, text)
		if got := p.link(p.objects[1], "route_table_id").why(); string(got) != why {
			t.Errorf("%d gaps: %q, want %q", n, got, why)
		}
		_, rep := reportOn(t, text)
		if got := rep.tells(v); strings.Contains(got, "assumed to be in it, as the only VPC of the module: aws_route.r: route_table_id") != (n <= 4) || strings.Contains(got, "of which the plan does not tell the VPC: aws_route.r: destination_cidr_block") != (n > 4) {
			t.Errorf("%d gaps: %s", n, got)
		}
	}
	for _, tt := range []struct {
		l    link
		want words
	}{
		{link{targets: nothing}, ""}, {knownValue, ""}, {lost("module.m", "each.value"), "; it is by way of each.value of module.m"}, {lost("", "module.m"), "; it is by way of module.m"},
		{link{targets: &targets{objects: []*object{{address: "a"}, {address: "b"}}}, complete: true}, "; it may be any of a, b"},
		{link{targets: &targets{objects: []*object{{address: "a"}}}, complete: true}, ""},
		{link{targets: &targets{objects: []*object{{address: "a"}, {address: "b"}}}}, ""},
		{link{targets: &targets{objects: []*object{{address: "a"}}, literals: []attr{{value: "x"}}}, complete: true}, ""},
	} {
		if got := tt.l.why(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.l, got, tt.want)
		}
	}
}

// What a launch names that is not known until apply is told, and a directory alone is not if the configuration tells which it is.
func TestNamesOfLaunches(t *testing.T) {
	const w = "aws_workspaces_workspace.w"
	launch := func(late string) string {
		return change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+strings.Replace(desk("x", sound), `"`+late+`"`, `"later"`, 1)+"}", `{"id": true, "`+late+`": true}`)
	}
	of := func(name, expression string) string {
		return configOf(configured("aws_workspaces_workspace", "w", name, expression))
	}
	directory := created("aws_workspaces_directory", "d", "", "id", "directory_id", "subnet_ids")
	bundle := "[" + dataOf("aws_workspaces_bundle", "b", "") + "]"
	tell(t, []told{
		{"a directory of the plan", planWith(of("directory_id", refs("aws_workspaces_directory.d.id")), "[]", launch("directory_id"), directory), w, []string{"create allowed\n"}, []string{"directory_id: not known"}},
		{"a directory by its id", planWith(of("directory_id", `{"constant_value": "d-906732325d"}`), "[]", launch("directory_id")), w, []string{"directory_id: not known until apply\n"}, nil},
		{"a directory behind a local", planWith(of("directory_id", refs("local.d")), "[]", launch("directory_id")), w, []string{"directory_id: not known until apply; it is by way of local.d, which a plan does not have\n"}, nil},
		{"a bundle of the plan", planWith(of("bundle_id", refs("data.aws_workspaces_bundle.b.id")), bundle, launch("bundle_id")), w, []string{"bundle_id: not known until apply\n"}, nil},
		{"a user of nothing", planOf(launch("user_name")), w, []string{"user_name: not known until apply\n"}, nil},
	})
}

// A key that goes is cited as one that is disabled and is to encrypt a volume: both are the same rule of the documents.
func TestCitationOfKeysThatGo(t *testing.T) {
	key := `"id": "1234abcd", "arn": "` + keyARN + `", "region": "eu-west-1", "is_enabled": `
	uses := desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`, "root_volume_encryption_enabled", "true", "timeouts", `{"create": "60m"}`)
	_, launch := reportOn(t, planOf(createWorkspace("w", uses), stays("aws_kms_key", "k", key+`false, "customer_master_key_spec": "SYMMETRIC_DEFAULT"`)))
	_, goes := reportOn(t, planOf(stays("aws_workspaces_workspace", "w", uses), destroyed("aws_kms_key", "k", key+"true")))
	want, got := launch.Resources[0].Findings[0], goes.Resources[0].Findings[0]
	if want.Code != encryption.KeyNotEnabled || got.Code != keyInUse || got.Cite != want.Cite {
		t.Errorf("%s: %+v\n%s: %+v", got.Code, got.Cite, want.Code, want.Cite)
	}
}

// A directory with one group that lets in and one without rules locks out nobody for certain.
func TestGroupBesideAnEmptyOne(t *testing.T) {
	group := func(name, rules string) string {
		return created("aws_workspaces_ip_group", name, `"id": "wsipg-`+name+`", "region": "eu-west-1", "tags_all": {}, "rules": [`+rules+"]")
	}
	for rules, want := range map[string]string{`{"source": "192.0.2.0/24"}`: "should", "": "must"} {
		_, rep := reportOn(t, planOf(group("a", rules), group("b", ""), created("aws_workspaces_directory", "d", `"region": "eu-west-1", "tags_all": {}, "ip_group_ids": ["wsipg-a", "wsipg-b"]`)))
		if got := rep.findings(); len(got) != 1 || got[0] != want+" network.ip-group-lock-out aws_workspaces_directory.d: ip_group_ids" {
			t.Errorf("%q, want a %s", got, want)
		}
	}
}

// A block with one instance is chosen from as one with several.
func TestOneInstanceIsChosen(t *testing.T) {
	key := instance("", "aws_kms_key", "k", `"x"`, "{}", `{"id": true, "arn": true}`)
	for index, want := range map[string]string{`"x"`: "each.key", `"y"`: ""} {
		p := parsed(t, planWith(configOf(forEach("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k", "each.key"), `{"constant_value": {"x": 1, "y": 2}}`)), "[]",
			instance("", "aws_workspaces_workspace", "w", index, "{}", `{"volume_encryption_key": true}`), key))
		l := p.link(p.objects[0], "volume_encryption_key")
		if got := targetsOf(l); len(got) != 1 || got[0] != `aws_kms_key.k["x"]` || l.assumed != want || l.exact != (want != "") || !l.complete {
			t.Errorf("%s: %q, assumed %q, exact %t", index, got, l.assumed, l.exact)
		}
	}
}

// A change that is done leaves what it does not name.
func TestModified(t *testing.T) {
	n := func(i int32) *int32 { return &i }
	is := bundles.Workspace{ComputeType: "POWER", RunningMode: "ALWAYS_ON", State: "AVAILABLE", Volumes: bundles.Volumes{Root: 80, User: 10}}
	for name, tt := range map[string]struct {
		change types.WorkspaceProperties
		want   func(*bundles.Workspace)
	}{
		"nothing":          {types.WorkspaceProperties{}, func(*bundles.Workspace) {}},
		"a compute type":   {types.WorkspaceProperties{ComputeTypeName: "STANDARD"}, func(w *bundles.Workspace) { w.ComputeType = "STANDARD" }},
		"a root volume":    {types.WorkspaceProperties{RootVolumeSizeGib: n(175)}, func(w *bundles.Workspace) { w.Volumes.Root = 175 }},
		"a user volume":    {types.WorkspaceProperties{UserVolumeSizeGib: n(100)}, func(w *bundles.Workspace) { w.Volumes.User = 100 }},
		"a running mode":   {types.WorkspaceProperties{RunningMode: "AUTO_STOP", RunningModeAutoStopTimeoutInMinutes: n(60)}, func(w *bundles.Workspace) { w.RunningMode = "AUTO_STOP" }},
		"a volume of none": {types.WorkspaceProperties{UserVolumeSizeGib: n(0)}, func(w *bundles.Workspace) { w.Volumes.User = 0 }},
	} {
		want := is
		tt.want(&want)
		if got := modified(is, tt.change); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// Of instances of which all is told, the answer is whole; a page without resources has no part for them.
func TestWholeAnswers(t *testing.T) {
	one := instance("", "aws_workspaces_workspace", "w", `"a"`, "{"+desk("x", sound)+"}", `{"id": true}`)
	if _, out, _ := tfplan(t, planOf(one)); !strings.Contains(out, "\n  create: ALLOWED\n") {
		t.Error(out)
	}
	for plan, want := range map[string]bool{planOf(one): true, planOf(): false} {
		file := filepath.Join(t.TempDir(), "page.html")
		if tfplan(t, plan, "--html", file); strings.Contains(readPage(t, file), `aria-labelledby="resources"`) != want {
			t.Errorf("a part for resources: %t", !want)
		}
	}
	const g = "aws_workspaces_ip_group.g"
	tell(t, []told{
		{"a group that is forgotten", planOf(change("aws_workspaces_ip_group", "g", `"forget"`, `{"rules": []}`, `{"rules": [{"source": "x"}], "tags_all": {"a": "b;c"}}`, "{}")), g, []string{"forget allowed\n"}, []string{"value-invalid", "tag"}},
		{"a source that is not known", planOf(change("aws_workspaces_ip_group", "g", `"create"`, "null", `{"tags_all": {}, "rules": [{"source": null}]}`, `{"rules": [{"source": true}]}`)), g, []string{"create allowed\nrules[0].source: not known until apply\n"}, nil},
		{"the only range of a Region", planOf(vpcIn("ap-south-1", "10.0.0.0/16")), "aws_vpc.v", []string{"1 of 1 management ranges of ap-south-1 free\n"}, nil},
	})
	p := parsed(t, planOf(instance("module.a.module.b[0]", "aws_vpc", "v", "", "{}", "{}")))
	for key, want := range map[[2]string]string{{"", "a"}: "module.a", {"module.a", "b"}: "module.a.module.b[0]", {"module.a", "b[0]"}: "module.a.module.b[0]"} {
		if got := p.modules[key]; len(got) != 1 || got[0] != want {
			t.Errorf("%q: %q, want %s", key, got, want)
		}
	}
	entries := map[string]int{}
	for _, e := range modelOf() {
		entries[e.Resource+" "+e.Attribute+": "+e.Update+e.Says]++
	}
	for resource := range tagged {
		for _, e := range []string{" tags: keys that start with aws: are not sent", " tags: CreateTags and DeleteTags, before all other calls", " tags_all: the provider's default_tags are sent too"} {
			if entries[resource+e] != 1 {
				t.Errorf("%s%s: %d entries", resource, e, entries[resource+e])
			}
		}
	}
}
