package tfplan

import (
	"errors"
	"slices"
	"testing"

	"github.com/wksgo/wks"
)

// Rules without an edition answer nothing, and the report says so instead of passing over what they were asked.
func TestRulesWithoutAnEdition(t *testing.T) {
	const (
		directory = `"id": "d-906732325d", "directory_id": "d-906732325d", "subnet_ids": ["subnet-a", "subnet-b"]`
		tags      = `"tags_all": {"a": "b"}`
		key       = `"id": "1234abcd", "arn": "` + keyARN + `", "region": "eu-west-1", "is_enabled": true`
	)
	bundles, encryption, network := wks.Newest(), wks.Newest(), wks.Newest()
	bundles.Bundles, encryption.Encryption, network.Network = wks.Rules{}.Bundles, wks.Rules{}.Encryption, wks.Rules{}.Network
	update := func(typ, name, before, after string) string {
		return change(typ, name, `"update"`, "{"+before+"}", "{"+after+"}", "{}")
	}
	group := `"id": "sg-1", "vpc_id": "vpc-1", "ingress": [], "egress": []`
	dns := directory + `, "dns_ip_addresses": ["10.0.1.10"], "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]`
	for _, tt := range []struct {
		name  string
		rules wks.Rules
		plan  string
		want  string // where it is told
	}{
		{"a launch", bundles, planOf(created("aws_workspaces_workspace", "w", `"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d"`, "user_name")), "aws_workspaces_workspace.w: workspace_properties"},
		{"launches for one user", bundles, planOf(createWorkspace("v", desk("x", sound)), createWorkspace("w", desk("x", sound))), "aws_workspaces_workspace.w: workspace_properties"},
		{"a modification", bundles, planOf(updateWorkspace(desk("x", size("POWER", 175, 100)), desk("x", size("POWER", 175, 200)))), "aws_workspaces_workspace.w: workspace_properties"},
		{"tags", bundles, planOf(update("aws_workspaces_directory", "d", directory, directory+", "+tags)), "aws_workspaces_directory.d: tags_all"},
		{"the creation of something else", bundles, planOf(created("aws_workspaces_connection_alias", "a", `"connection_string": "desktops.example.com"`)), "aws_workspaces_connection_alias.a: "},
		{"a key", encryption, planOf(createWorkspace("w", desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`, "user_volume_encryption_enabled", "true"))), "aws_workspaces_workspace.w: volume_encryption_key"},
		{"a key to come", encryption, planWith(configOf(configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k.arn"))), "[]", created("aws_kms_key", "k", `"region": "eu-west-1"`, "arn"), created("aws_workspaces_workspace", "w", desk("x", sound), "volume_encryption_key")), "aws_workspaces_workspace.w: volume_encryption_key"},
		{"a key that goes", encryption, planOf(stays("aws_workspaces_workspace", "w", desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`)), destroyed("aws_kms_key", "k", key)), "aws_kms_key.k: "},
		{"a key that is disabled", encryption, planOf(stays("aws_workspaces_workspace", "w", desk("x", sound, "volume_encryption_key", `"`+keyARN+`"`)), update("aws_kms_key", "k", key, `"arn": "`+keyARN+`", "is_enabled": false`)), "aws_kms_key.k: is_enabled"},
		{"subnets", network, planOf(subnetIn("a", "euw1-az1", "10.0.1.0/24"), subnetIn("b", "euw1-az2", "10.0.2.0/24"), created("aws_workspaces_directory", "d", directory)), "aws_workspaces_directory.d: subnet_ids"},
		{"a VPC", network, planOf(vpcIn("eu-west-1", "10.0.0.0/16")), "aws_vpc.v: cidr_block"},
		{"a security group", network, planOf(stays("aws_security_group", "g", group), update("aws_workspaces_directory", "d", directory, dns)), "aws_security_group.g: egress"},
		{"an IP group", network, planOf(stays("aws_workspaces_ip_group", "g", `"id": "wsipg-1", "rules": []`)), "aws_workspaces_ip_group.g: "},
		{"the rules of an IP group go", network, planOf(update("aws_workspaces_ip_group", "g", `"id": "wsipg-1", "rules": [{"source": "192.0.2.0/24"}]`, `"id": "wsipg-1", "rules": []`)), "aws_workspaces_ip_group.g: rules"},
	} {
		if got := check(parsed(t, tt.plan), options{rules: tt.rules, region: "eu-west-1"}).findings(); !slices.Contains(got, "must tfplan.value-invalid "+tt.want) {
			t.Errorf("%s: %q", tt.name, got)
		}
		if got := check(parsed(t, tt.plan), options{rules: wks.Newest(), region: "eu-west-1"}).findings(); slices.Contains(got, "must tfplan.value-invalid "+tt.want) {
			t.Errorf("%s: with an edition: %q", tt.name, got)
		}
	}
	if got := inputOf(errors.New("no edition")); got.Path != "" || got.Reason != "no edition" {
		t.Errorf("%+v", got)
	}
}

// parsed is a plan that can be read.
func parsed(t *testing.T, text string) *plan {
	t.Helper()
	p, err := parsePlan("plan", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
