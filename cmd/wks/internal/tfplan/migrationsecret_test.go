package tfplan

import (
	"fmt"
	"strings"
	"testing"
)

// Why a migration is refused can tell what a data source has of a bundle. What is sensitive of it is not told.
func TestMigrationOfSensitiveBundle(t *testing.T) {
	const from, to = "wsb-aaaaaaaaa", "wsb-bbbbbbbbb"
	plan := func(marks string) string {
		bundle := fmt.Sprintf(`{"address": "data.aws_workspaces_bundle.b", "mode": "data", "type": "aws_workspaces_bundle", "name": "b", "values": {"id": %q, "name": "Standard with Windows 7", "owner": "AMAZON"}, "sensitive_values": {%s}}`, to, marks)
		return planWith("{}", "["+bundle+"]", change("aws_workspaces_workspace", "w", `"delete", "create"`,
			"{"+desk("x", sound, "bundle_id", `"`+from+`"`)+"}", "{"+desk("x", sound, "bundle_id", `"`+to+`"`)+"}", "{}", `"replace_paths": [["bundle_id"]]`))
	}
	for marks, shown := range map[string]bool{"": true, `"owner": false`: true, `"name": true`: false, `"owner": true`: false} {
		_, rep := reportOn(t, plan(marks))
		remedy := string(rep.Resources[0].Findings[0].Remedy)
		if !strings.Contains(remedy, "a migration is refused too") || strings.Contains(remedy, "Windows 7") != shown {
			t.Errorf("%s: %q", marks, remedy)
		}
	}
}

// A CIDR whose VPC is not in the plan is a question to whoever registers a directory, in whatever VPC.
func TestCIDROfNoVPC(t *testing.T) {
	const c = "aws_vpc_ipv4_cidr_block_association.c"
	block := created("aws_vpc_ipv4_cidr_block_association", "c", `"vpc_id": "vpc-9", "cidr_block": "192.168.0.0/24", "region": "us-west-2"`)
	directory := func(name string) string {
		return created("aws_workspaces_directory", name, `"tags_all": {}, "region": "us-west-2", "subnet_ids": ["subnet-y", "subnet-z"]`)
	}
	tell(t, []told{
		{"without a directory", planOf(block, createWorkspace("w", desk("x", sound))), c, nil, nil},
		{"with one", planOf(block, directory("d")), c, []string{"takes a management range: its VPC is not in the plan"}, nil},
		{"with two", planOf(block, directory("d"), directory("e")), c, []string{"takes a management range: its VPC is not in the plan"}, nil},
	})
}
