package tfplan

import (
	"errors"
	"strings"
	"testing"
)

// later stands in each object of everyPart whose members are those of the format.
const later = `"a_member_of_a_later_version": {"x": [1, null]}`

// everyPart has each part of a plan that is read, and LATER where a later version may have more.
const everyPart = `{"format_version": "1.2", LATER "terraform_version": "1.14.0", "errored": true,
	"variables": {"region": {LATER "value": "us-west-2"}},
	"resource_changes": [
		{LATER "address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "change": {LATER
			"actions": ["delete", "create"], "before": {"id": "ws-1", "user_name": "x"}, "after": {"user_name": "y", "tags_all": {"a": "b"}}, "after_unknown": {"directory_id": true, "volume_encryption_key": true},
			"before_sensitive": {"id": true}, "after_sensitive": {}, "replace_paths": [["user_name"]]}},
		{"address": "aws_instance.i", "mode": "managed", "type": "aws_instance", "name": "i", "change": {"actions": ["create"], "before": null, "after": {"user_name": 7}}},
		{"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "change": {"actions": ["create"], "before": null, "after": {"region": "us-east-1"}, "after_unknown": {"arn": true}}}],
	"deferred_changes": [{LATER "reason": "instance_count_unknown", "resource_change": {LATER "address": "aws_workspaces_workspace.late", "mode": "managed", "type": "aws_workspaces_workspace", "name": "late", "change": {"actions": ["create"]}}}],
	"prior_state": {LATER "format_version": "1.0", "values": {LATER "outputs": {}, "root_module": {LATER
		"resources": [{LATER "address": "data.aws_region.r", "mode": "data", "type": "aws_region", "name": "r", "values": {"name": "us-east-2"}, "sensitive_values": {}}],
		"child_modules": [{LATER "resources": [{"address": "module.m.aws_workspaces_workspace.old", "mode": "managed", "type": "aws_workspaces_workspace", "name": "old", "values": {"directory_id": "d-906732325d", "user_name": "Y"}}], "address": "module.m"}]}}},
	"configuration": {LATER
		"provider_config": {"aws": {LATER "name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": "5.100.0", "expressions": {"profile": {"constant_value": "x"}, "region": {LATER "references": ["var.region"]}}}},
		"root_module": {LATER
			"variables": {"region": {LATER "sensitive": false}},
			"outputs": {"o": {LATER "expression": {"references": ["var.region"]}}},
			"resources": [{LATER "address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "aws",
				"expressions": {"volume_encryption_key": {LATER "references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}, "directory_id": {LATER "references": ["module.m.id"]}, "workspace_properties": 7, "later": [7]}, "count_expression": {"constant_value": 1}},
				{"address": "aws_instance.i", "mode": "managed", "type": "aws_instance", "name": "i", "expressions": 7}],
			"module_calls": {"m": {LATER "source": "./m", "expressions": {"x": {"constant_value": {"a": [1]}}}, "for_each_expression": {LATER "constant_value": null},
				"module": {LATER "outputs": {"id": {"expression": {"constant_value": "d-906732325d"}}}}}}}}
}`

// Minor versions of the format add members, which are passed over in each of its objects (Terraform: JSON Output Format).
func TestMembersOfLaterVersions(t *testing.T) {
	const w = "aws_workspaces_workspace.w"
	plain := strings.ReplaceAll(everyPart, "LATER", "")
	_, rep := reportOn(t, plain)
	got := rep.tells(w)
	for _, want := range []string{
		"replace denied\n", "tfplan.desktop-destroyed " + w + ` user_name: the desktop, whose id is sensitive, is destroyed, with everything on its root and user volume, and a new one is launched: user_name changes from "x" to "y"`,
		"encryption.key-in-other-region " + w + " volume_encryption_key: aws_kms_key.k.arn is in another Region than the WorkSpace",
		"bundles.user-repeated " + w + " user_name: is the user of module.m.aws_workspaces_workspace.old in the same directory",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	notes := []words{"aws_workspaces_workspace.late: its plan is deferred (instance_count_unknown)", "Terraform could not finish the plan: it cannot be applied, and resources may be missing"}
	if len(rep.Notes) != 2 || rep.Notes[0] != notes[0] || rep.Notes[1] != notes[1] || rep.Terraform != "1.14.0" || rep.Format != "1.2" || rep.Unchanged != 1 || rep.Resources[0].Region != "us-west-2" {
		t.Errorf("%q, Terraform %s, format %s, %d unchanged, in %s", rep.Notes, rep.Terraform, rep.Format, rep.Unchanged, rep.Resources[0].Region)
	}
	_, want, _ := tfplan(t, plain, "--json")
	if _, more, errs := tfplan(t, strings.ReplaceAll(everyPart, "LATER", later+","), "--json"); more != want || errs != "" {
		t.Errorf("%s\n%s\nwant\n%s", errs, more, want)
	}
	// Each of them is read as JSON.
	parts := strings.Split(everyPart, "LATER")
	for i := 1; i < len(parts); i++ {
		text := strings.ReplaceAll(strings.Join(parts[:i], ""), "LATER", "") + `"x": [tru],` + strings.Join(parts[i:], "")
		if status, out, errs := tfplan(t, text); status != exitUnanswered || out != "" || !strings.Contains(errs, "is not JSON: ") {
			t.Errorf("after %q: status %d, %s%s", parts[i-1][max(0, len(parts[i-1])-60):], status, out, errs)
		}
	}
}

// What has another type than the format gives it is told with its place, of which four names are shown.
func TestTypesOfTheFormat(t *testing.T) {
	plain := strings.ReplaceAll(everyPart, "LATER", "")
	for _, tt := range []struct{ was, is, want string }{
		{`"1.14.0"`, "7", "terraform_version: is a number"},
		{`"value": "us-west-2"`, `"value": "us-west-2", "value": 1`, "variables.value: stands in its object twice"},
		{`"variables": {"region": {`, `"variables": [{"region": {`, "variables: is a array"},
		{`"provider_config": {`, `"provider_config": 7, "x": {`, "configuration.provider_config: is a number"},
		{`"outputs": {"o"`, `"outputs": "o", "x": {"o"`, "configuration.root_module.outputs: is a string"},
		{`"module_calls": {"m"`, `"module_calls": true, "x": {"m"`, "configuration.root_module.module_calls: is a bool"},
		{`"sensitive": false`, `"sensitive": "no"`, "configuration.root_module.variables.sensitive: is a string"},
		{`"expression": {"references": ["var.region"]}`, `"expression": {"references": "var.region"}`, "configuration.root_module.outputs.expression: is a string"},
		{`"references": ["var.region"]`, `"references": [7]`, "configuration.provider_config.expressions.region: is a number"},
		{`"name": "aws",`, `"name": 7,`, "configuration.provider_config.name: is a number"},
		{`"full_name": "registry.terraform.io/hashicorp/aws"`, `"full_name": 7`, "configuration.provider_config.full_name: is a number"},
		{`"version_constraint": "5.100.0"`, `"version_constraint": 7`, "configuration.provider_config.version_constraint: is a number"},
		{`"name": "aws",`, `"module_address": 7,`, "configuration.provider_config.module_address: is a number"},
		{`"provider_config_key": "aws"`, `"provider_config_key": 7`, "configuration.root_module.resources[0].provider_config_key: is a number"},
		{`"references": ["module.m.id"]`, `"references": {}`, "configuration.root_module.resources[0].expressions: is a object"},
		{`"reason": "instance_count_unknown"`, `"reason": {}`, "deferred_changes[0].reason: is a object"},
		{`"address": "aws_workspaces_workspace.late"`, `"address": []`, "deferred_changes[0].resource_change.address: is a array"},
		{`"address": "data.aws_region.r"`, `"address": 7`, "prior_state.values.root_module.resources[0]: is a number"},
		{`"actions": ["delete", "create"]`, `"actions": [7]`, "resource_changes[0].change.actions[0]: is a number"},
		{`"replace_paths": [`, `"replace_paths": {"a": [`, "resource_changes[0].change.replace_paths: is a object"},
		{`"child_modules": [{`, `"child_modules": {"a": [{`, "prior_state.values.root_module.child_modules: is a object"},
		{`"address": "module.m"`, `"address": 7`, "prior_state.values.root_module.child_modules[0]: is a number"},
		{`"name": "us-east-2"`, `"name": 7`, "prior_state.values.root_module.resources[0].values.name: is not a string"},
		{`"address": "aws_workspaces_workspace.late", `, ``, "deferred_changes[0].resource_change: has no address"},
	} {
		if !strings.Contains(plain, tt.was) {
			t.Errorf("%s is not in the plan", tt.was)
		}
		status, out, errs := tfplan(t, strings.Replace(plain, tt.was, tt.is, 1))
		at, what, _ := strings.Cut(tt.want, ": ")
		if status != exitUnanswered || out != "" || !strings.Contains(errs, ": "+at+": "+what) {
			t.Errorf("%s: status %d, %s%swant %s", tt.is, status, out, errs, tt.want)
		}
	}
}

// The members of an object have no order: values may stand before the type that tells their shape.
func TestOrderOfMembers(t *testing.T) {
	const w = "aws_workspaces_workspace.w"
	state := func(values, more string) string {
		return planWith("{}", `[{"sensitive_values": {"user_name": true}, `+values+`, "type": "aws_workspaces_workspace", "name": "w", "mode": "managed", "address": "`+w+`"`+more+`}]`,
			destroyed("aws_kms_key", "k", `"arn": "`+keyARN+`"`))
	}
	values := `"values": {` + desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`) + `}`
	_, rep := reportOn(t, state(values, ""))
	if got := rep.findings(); len(got) != 1 || got[0] != "must tfplan.key-in-use aws_kms_key.k: " || rep.Unchanged != 1 {
		t.Errorf("%q, %d unchanged", got, rep.Unchanged)
	}
	for _, tt := range []struct{ plan, want string }{
		{state(`"values": {"user_name": 7}`, ""), "prior_state.values.root_module.resources[0].values.user_name: is not a string"},
		{planOf(`{"change": {"actions": ["create"], "before": null, "after": {"user_name": 7}}, "type": "aws_workspaces_workspace", "address": "a"}`), "resource_changes[0].change.after.user_name: is not a string"},
		{planOf(`{"change": {"actions": ["update"], "before": {"user_name": 7}, "after": {}}, "type": "aws_workspaces_workspace", "address": "a"}`), "resource_changes[0].change.before.user_name: is not a string"},
		{planOf(`{"change": {"actions": ["create"], "before": null, "after": {"user_name": 7}}, "type": "aws_instance", "address": "a"}`), ""},
		{state(`"values": {"user_name": 7}, "x": 1`, `, "type": "aws_instance"`), "stands in its object twice"},
	} {
		status, _, errs := tfplan(t, tt.plan)
		if !strings.Contains(errs, tt.want) || (status == exitUnanswered) != (tt.want != "") {
			t.Errorf("status %d, %swant %s", status, errs, tt.want)
		}
	}
}

// Equal texts are kept once, while they are short and not too many.
func TestKeptTexts(t *testing.T) {
	d := newDecoder("plan", nil)
	short, long := strings.Repeat("x", 64), strings.Repeat("x", 65)
	for range 2 {
		for _, s := range []string{short, long} {
			if d.kept([]byte(s)) != s || d.boxed([]byte(s)) != any(s) {
				t.Errorf("%s is another text", s)
			}
		}
	}
	if len(d.texts) != 1 || len(d.boxes) != 1 {
		t.Errorf("%d texts, %d in an interface", len(d.texts), len(d.boxes))
	}
	text := []byte(short)
	if n := testing.AllocsPerRun(10, func() { d.kept(text); d.boxed(text) }); n != 0 {
		t.Errorf("a known text takes %v allocations", n)
	}
	for i := range mostTexts + 2 {
		d.boxed([]byte(index(i)))
	}
	if len(d.texts) != mostTexts || len(d.boxes) != mostTexts {
		t.Errorf("%d texts, %d in an interface", len(d.texts), len(d.boxes))
	}
}

// A place is told by line and column from 1, up to the end of the text.
func TestPosition(t *testing.T) {
	for offset, want := range map[int64][2]int{-1: {1, 1}, 0: {1, 1}, 1: {1, 2}, 2: {1, 3}, 3: {2, 1}, 4: {2, 2}, 5: {3, 1}, 9: {3, 1}} {
		if line, column := position([]byte("ab\nc\n"), offset); [2]int{line, column} != want {
			t.Errorf("%d: %d:%d, want %v", offset, line, column, want)
		}
	}
	for i, want := range map[int]string{0: "[0]", 63: "[63]", 64: "[64]", 1000: "[1000]"} {
		if index(i) != want {
			t.Errorf("%s, want %s", index(i), want)
		}
	}
	for s, want := range map[string]int32{"80": 80, "80.0": 80, "8e1": 80, "-7": -7, "2147483647": 2147483647, "2.147483647e9": 2147483647, "-2147483647.0": -2147483647, "-2147483648": -2147483648} {
		if n, ok := whole(s); n != want || !ok {
			t.Errorf("%s: %d, %t", s, n, ok)
		}
	}
	for _, s := range []string{"80.5", "1e10", "2147483648", "-2147483649", "-2147483648.5", "-1e10", "1e400"} {
		if n, ok := whole(s); ok {
			t.Errorf("%s: %d", s, n)
		}
	}
}

// A member that stands twice in an object of a value makes the plan one that is not read, wherever the value stands.
func TestMemberTwice(t *testing.T) {
	plain := strings.ReplaceAll(everyPart, "LATER", "")
	const twice = `{"x": 1, "y": 2, "x": 3}`
	for _, tt := range []struct{ was, is, at string }{
		{`"before": {"id": "ws-1", "user_name": "x"}`, `"before": {"user_name": "x", "user_name": "x"}`, "resource_changes[0].change.before"},
		{`"tags_all": {"a": "b"}`, `"tags_all": {"a": "b", "a": "c"}`, "resource_changes[0].change.after"},
		{`"replace_paths": [["user_name"]]`, `"replace_paths": [["user_name"], ` + twice + "]", "resource_changes[0].change.replace_paths[1]"},
		{`"name": "w", "change"`, `"name": "w", "index": ` + twice + `, "change"`, "resource_changes[0].index"},
		{`"values": {"name": "us-east-2"}`, `"values": {"name": "us-east-2", "name": "us-east-2"}`, "prior_state.values.root_module.resources[0]"},
		{`"name": "old", "values"`, `"name": "old", "index": ` + twice + `, "values"`, "prior_state.values.root_module.child_modules[0]"},
		{`"address": "aws_workspaces_workspace.late"`, `"index": ` + twice + `, "address": "aws_workspaces_workspace.late"`, "deferred_changes[0].resource_change.index"},
		{`"value": "us-west-2"`, `"value": ` + twice, "variables.value"},
		{`{"a": [1]}`, `{"a": [` + twice + "]}", "configuration.root_module.module_calls.expressions"},
		{`"for_each_expression": {`, `"for_each_expression": {"constant_value": ` + twice + `}, "later": {`, "configuration.root_module.module_calls.for_each_expression"},
		{`{"expression": {"constant_value": "d-906732325d"}}`, `{"expression": {"constant_value": ` + twice + "}}", "configuration.root_module.module_calls.module"},
	} {
		text := strings.Replace(plain, tt.was, tt.is, 1)
		if text == plain {
			t.Errorf("%s is not in the plan", tt.was)
		}
		_, err := parsePlan("plan", []byte(text))
		var at *inputError
		if !errors.As(err, &at) || at.msg != "has a member twice" || !strings.HasPrefix(string(at.path), tt.at) || at.line == 0 {
			t.Errorf("%s: %v, want it at %s", tt.is, err, tt.at)
		}
	}
}

// The format of a plan is 1 with a number behind the dot.
func TestVersionsOfTheFormat(t *testing.T) {
	for version, want := range map[string]bool{"1.0": true, "1.2": true, "1.10": true, "1.99999999999": true, "1": false, "1.": false, "1.x": false, "1.2x": false, "1.-1": false, "1.2.3": false, "2.0": false, "10.0": false, ".2": false} {
		p, err := parsePlan("plan", []byte(strings.Replace(planOf(), `"1.2"`, `"`+version+`"`, 1)))
		switch {
		case want && (err != nil || string(p.format) != version):
			t.Errorf("%s: %v", version, err)
		case !want && (err == nil || err.Error() != `plan: has the format version "`+version+`"; this program reads 1.x, that of Terraform since 1.1 and of OpenTofu`):
			t.Errorf("%s: %v", version, err)
		}
	}
}
