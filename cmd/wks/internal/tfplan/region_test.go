package tfplan

import (
	"fmt"
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
