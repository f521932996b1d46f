package tfplan

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/damagetest"
)

// Whatever is gone, of another type, twice or in one another in a plan or in a state, there is a report or an error.
func TestDamaged(t *testing.T) {
	for name, c := range documents(t) {
		t.Run(name, c.Check)
	}
}

func TestMembersInAnyOrder(t *testing.T) {
	for name, c := range documents(t) {
		t.Run(name, c.AnyOrder)
	}
}

// documents are the command on plans and states, by what they are.
func documents(t *testing.T) map[string]damagetest.Case {
	t.Helper()
	all := samples(t)
	all["state"] = []byte(`{"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [{"address": "aws_workspaces_workspace.w", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "values": {` + desk("x", sound) + `}}, {"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc", "name": "v", "values": {"id": "vpc-1", "region": "ap-south-1", "cidr_block": "192.168.0.0/16"}}]}}}`)
	all["each"] = []byte(linearCases["each.key beside the WorkSpace"](3))
	all["values"] = []byte(linearCases["one of the n values of a for_each"](3))
	all["statements"] = []byte(linearCases["n desktops with a key of n statements"](3))
	all["groups"] = []byte(linearCases["n directories, each with a group that loses a rule"](3))
	// Where the type comes last, all expressions are read, so that those of other resources must be what they are in a plan.
	all["every part"] = []byte(strings.NewReplacer("LATER", "", `"expressions": 7`, `"expressions": {}`, `"later": [7]`, `"later": []`).Replace(everyPart))
	cases := map[string]damagetest.Case{}
	for name, data := range all {
		cases[strings.TrimSuffix(filepath.Base(name), ".plan.json")] = damagetest.Case{
			Command: Command, Files: map[string][]byte{"plan.json": data},
			Forms: [][]string{{"--details"}, {"--json"}, {"--sarif"}, {"--junit"}, {"--github"}, {"--region", "us-west-2", "--destroy-ok"}},
			Args:  func(dir string) []string { return []string{filepath.Join(dir, "plan.json")} },
		}
	}
	return cases
}

// A plan that ends too soon, wherever it ends, is refused.
func TestCutOff(t *testing.T) {
	for name, plan := range map[string]string{
		"configuration": `{"format_version": "1.2", "terraform_version": "1.11.4", "configuration": {"provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
			"root_module": {"outputs": {"o": {"expression": {"references": ["var.v"]}}}, "variables": {"v": {"sensitive": true}},
			"module_calls": {"m": {"expressions": {"v": {"references": ["var.v"]}}, "module": {"resources": [{"mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "provider_config_key": "aws",
			"for_each_expression": {"references": ["var.v"]}, "expressions": {"user_name": {"references": ["each.key"]}, "workspace_properties": [{"running_mode": {"constant_value": "ALWAYS_ON"}}]}}]}}}}}}`,
		"each":   linearCases["each.key beside the WorkSpace"](1),
		"groups": linearCases["n directories, each with a group that loses a rule"](1),
	} {
		plan = strings.TrimSpace(plan)
		for i := range len(plan) {
			if status, out, errs := tfplan(t, plan[:i]); status != 2 || out != "" || errs == "" {
				t.Fatalf("%s, cut after %q: status %d\n%s%s", name, plan[max(0, i-80):i], status, out, errs)
			}
		}
	}
}
