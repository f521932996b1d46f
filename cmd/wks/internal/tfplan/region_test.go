package tfplan

import (
	"fmt"
	"strings"
	"testing"
)

// The Region of a desktop is that of its provider, or what an object of the same provider tells.
func TestRegions(t *testing.T) {
	config := func(provider string) string {
		return fmt.Sprintf(`{"provider_config": {%s}, "root_module": {"resources": [
			{"mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "aws"},
			{"mode": "data", "type": "aws_region", "name": "r", "provider_config_key": "aws"},
			{"mode": "data", "type": "aws_availability_zones", "name": "z", "provider_config_key": "aws"},
			{"mode": "data", "type": "aws_kms_key", "name": "k", "provider_config_key": "aws"}]}}`, provider)
	}
	const byLocal = `"aws": {"name": "aws", "expressions": {"region": {"references": ["local.region"]}}}`
	data := func(typ, name, values string) string {
		return fmt.Sprintf(`[{"address": "data.%s.%s", "mode": "data", "type": %q, "name": %q, "values": {%s}}]`, typ, name, typ, name, values)
	}
	desktop := createWorkspace("w", desk("x", sound))
	for name, tt := range map[string]struct{ config, state, want string }{
		"a constant":       {config(`"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-west-2"}}}`), "[]", "us-west-2"},
		"a local":          {config(byLocal), "[]", ""},
		"aws_region":       {config(byLocal), data("aws_region", "r", `"name": "us-west-2"`), "us-west-2"},
		"its id":           {config(byLocal), data("aws_region", "r", `"id": "us-west-2"`), "us-west-2"},
		"names of zones":   {config(byLocal), data("aws_availability_zones", "z", `"names": ["us-west-2a", "us-west-2b"]`), "us-west-2"},
		"an ARN":           {config(byLocal), data("aws_kms_key", "k", `"arn": "`+keyARN+`"`), "eu-west-1"},
		"no Region":        {config(byLocal), data("aws_region", "r", `"name": "Ireland"`), ""},
		"without provider": {"{}", data("aws_region", "r", `"name": "us-west-2"`), ""},
	} {
		_, rep := reportOn(t, planWith(tt.config, tt.state, desktop))
		if got := string(rep.Resources[0].Region); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	// A module without a configuration of its own has that of the module which calls it.
	nested := `{"provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-west-2"}}}, "module.a.module.b:aws": {"name": "aws", "module_address": "module.a.module.b"}},
		"root_module": {"module_calls": {"a": {"module": {"module_calls": {"b": {"module": {"resources": [{"mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "module.a.module.b:aws"}]}}}}}}}}`
	_, rep := reportOn(t, planWith(nested, "[]", instance("module.a.module.b", "aws_workspaces_workspace", "w", "", "{"+desk("x", sound)+"}", "{}")))
	if got := rep.Resources[0].Region; got != "us-west-2" {
		t.Errorf("in a module: %q", got)
	}
}

// The state of a desktop before the apply counts: not every state permits a change.
func TestStateBefore(t *testing.T) {
	update := func(state string) string {
		return planOf(updateWorkspace(desk("x", size("POWER", 175, 100), "state", `"`+state+`"`), desk("x", size("POWER", 175, 200), "timeouts", `{"update": "2h"}`)))
	}
	for state, status := range map[string]int{"AVAILABLE": exitClean, "TERMINATED": exitBroken} {
		if got, rep := reportOn(t, update(state)); got != status {
			t.Errorf("%s: status %d, want %d, %q", state, got, status, rep.findings())
		}
	}
}

// A module has the provider of the nearest module that configures it.
func TestRegionOfNearestModule(t *testing.T) {
	desktop := instance("module.a.module.b.module.c", "aws_workspaces_workspace", "w", "", "{"+desk("x", sound)+"}", "{}")
	tree := `{"module_calls": {"a": {"module": {"module_calls": {"b": {"module": {"module_calls": {"c": {"module": {"resources": [{"mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "module.a.module.b.module.c:aws"}]}}}}}}}}}}`
	is := func(module, region string) string {
		expressions := ""
		if region != "" {
			expressions = fmt.Sprintf(`, "expressions": {"region": {"constant_value": %q}}`, region)
		}
		return fmt.Sprintf(`%q: {"name": "aws", "module_address": %q%s}`, strings.TrimPrefix(module+":aws", ":"), module, expressions)
	}
	for _, tt := range []struct{ root, a, b, want string }{
		{"us-east-1", "", "", "us-east-1"}, {"us-east-1", "us-west-2", "", "us-west-2"}, {"us-east-1", "us-west-2", "eu-west-1", "eu-west-1"},
	} {
		config := `{"provider_config": {` + strings.Join([]string{is("", tt.root), is("module.a", tt.a), is("module.a.module.b", tt.b), is("module.a.module.b.module.c", "")}, ", ") + `}, "root_module": ` + tree + "}"
		_, rep := reportOn(t, planWith(config, "[]", desktop))
		if got := string(rep.Resources[0].Region); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

// A state has no configuration: the Region is that of all that tells one, if it is the same.
func TestRegionOfState(t *testing.T) {
	for _, tt := range []struct{ regions, want string }{{"", ""}, {"us-west-2", "us-west-2"}, {"us-west-2 us-west-2", "us-west-2"}, {"us-west-2 us-east-1", ""}, {"us-west-2 us-east-1 us-west-2", ""}, {"Ireland us-east-1", "us-east-1"}} {
		list := []string{`{"address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "values": {` + desk("x", sound) + "}}"}
		for i, region := range strings.Fields(tt.regions) {
			list = append(list, dataOf("aws_region", fmt.Sprint("r", i), fmt.Sprintf(`"name": %q`, region)))
		}
		_, rep := reportOn(t, `{"format_version": "1.0", "values": {"root_module": {"resources": [`+strings.Join(list, ", ")+`]}}}`)
		if got := string(rep.Resources[0].Region); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.regions, got, tt.want)
		}
	}
}

// The documents of a report are those that its findings cite.
func TestDocumentsAreCited(t *testing.T) {
	_, rep := reportOn(t, string(sample))
	cited := map[string]bool{}
	for _, r := range rep.Resources {
		for _, f := range r.Findings {
			cited[f.Cite.Document] = true
		}
	}
	for _, d := range rep.Documents {
		if !cited[d.Key] || d.Title == "" {
			t.Errorf("%+v is cited: %t", d, cited[d.Key])
		}
		delete(cited, d.Key)
	}
	delete(cited, "")
	if len(rep.Documents) == 0 || len(cited) > 0 {
		t.Errorf("%d documents, without %v", len(rep.Documents), cited)
	}
}
