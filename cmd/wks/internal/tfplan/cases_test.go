package tfplan

import (
	"slices"
	"strings"
	"testing"
)

// What people met, each as a plan of the real provider: the recording and its step, what is found, and
// the status. Below it what the report says besides.
func TestCases(t *testing.T) {
	const (
		block     = ": workspace_properties[0]"
		minutes   = block + ".running_mode_auto_stop_timeout_in_minutes"
		w         = "aws_workspaces_workspace."
		d         = "aws_workspaces_directory."
		byDefault = "should tfplan.provider-default " + w
		dropped   = "should tfplan.attribute-dropped " + w
		zero      = "must bundles.auto-stop-minutes " + w
		zone      = "must network.subnet-zone-unsupported "
		oneZone   = "must network.subnets-in-one-zone "
		exhausted = "must network.management-ranges-exhausted "
	)
	subnets := func(of string, rules ...string) (list []string) {
		for _, r := range rules {
			list = append(list, r+of+": subnet_ids")
		}
		return list
	}
	all := recordings(t)
	for _, tt := range []struct {
		name, recording, step string
		want                  []string
		status                int
		says                  []string
	}{
		// A block that names some of its attributes makes the others the provider's, whatever the bundle has.
		{"defaults against the bundle", "defaults", "create", []string{
			byDefault + "dynamic" + block, byDefault + "empty" + block,
			"must bundles.volume-below-minimum " + w + "gpu" + block + ".root_volume_size_gib", byDefault + "gpu" + block,
			byDefault + "mode_only" + block, byDefault + "null_size" + block, byDefault + "user_only" + block}, exitBroken,
			[]string{"compute_type_name = VALUE, root_volume_size_gib = 80, user_volume_size_gib = 10; the bundle has GENERALPURPOSE_4XLARGE", "root_volume_size_gib = 175"}},
		{"defaults in modules", "modules", "create", []string{
			`should tfplan.provider-default module.desk["x"].aws_workspaces_workspace.this` + block, `should tfplan.provider-default module.desk["y"].aws_workspaces_workspace.this` + block,
			"should tfplan.provider-default module.outer.module.desk.aws_workspaces_workspace.this" + block}, exitUnanswered, []string{"user_volume_size_gib = 10; the bundle has 100", "if the configuration gives none or null"}},
		{"a block that comes", "block-comes", "other-block", []string{"must bundles.volume-shrinks " + w + "v" + block + ".user_volume_size_gib", byDefault + "v" + block}, exitBroken, nil},
		// Minutes go with AUTO_STOP alone, and are 0 if there are none.
		{"running modes", "modes", "create", []string{
			dropped + "always_minutes" + minutes, zero + "negative" + minutes, dropped + "no_mode_minutes" + minutes, zero + "stop" + minutes, zero + "stop_zero" + minutes}, exitBroken, nil},
		{"minutes that never arrive", "change-mode", "again", []string{dropped + "w" + minutes}, exitClean, nil},
		{"both volumes at once", "change-refused", "wrong-order", nil, exitBroken, []string{"the provider's call 1 of 2 is refused"}},
		// Keys by what the configuration names.
		{"keys by reference", "keys", "create", []string{
			"should encryption.key-not-arn " + w + "alias: volume_encryption_key", "must encryption.key-not-enabled " + w + "disabled: volume_encryption_key",
			"should encryption.key-not-arn " + w + "id: volume_encryption_key", "should encryption.key-not-arn " + w + "name: volume_encryption_key",
			"must encryption.key-asymmetric " + w + "rsa: volume_encryption_key"}, exitBroken, []string{"aws_kms_key.k.key_id is not the ARN", "it may be any of aws_kms_key.k, aws_kms_alias.a (this holds for 3 instances)"}},
		{"keys by for_each", "for-each", "create", []string{
			"must encryption.key-not-enabled " + w + `by_key["bob"]: volume_encryption_key`, "must encryption.key-not-enabled " + w + `by_value["carol"]: volume_encryption_key`,
			"must encryption.key-not-enabled " + w + "counted[1]: volume_encryption_key", "must encryption.key-asymmetric " + w + `one["a"]: volume_encryption_key`,
			"must encryption.key-not-enabled " + w + `over["bob"]: volume_encryption_key`, `must encryption.key-not-enabled module.desk["bob"].aws_workspaces_workspace.w: volume_encryption_key`}, exitBroken,
			[]string{"it is by way of local.keys, which a plan does not have", `is that of aws_kms_key.k["bob"], the instance that each.value.key chooses`, "the instance that count.index chooses", "does not tell which attribute of aws_kms_key.k it is; with the id every later plan replaces the desktop (this holds for 2 instances)"}},
		{"policies of keys", "key-policies", "create", []string{"must tfplan.key-policy aws_kms_key.nobody: policy", "must tfplan.key-policy aws_kms_key_policy.apart: policy", "must tfplan.key-policy aws_kms_key.nobody: policy"}, exitBroken,
			[]string{"no statement allows kms:CreateGrant", "whether who applies is one of those whom the policy of aws_kms_key.role lets launch a WorkSpace: arn:aws:iam::123456789012:role/desktops"}},
		{"a key that is disabled under desktops", "key-goes", "disabled", []string{"must tfplan.key-in-use aws_kms_key.k: is_enabled"}, exitBroken, []string{w + `w["ann"], ` + w + `w["bob"]`}},
		{"a key that is deleted under desktops", "key-goes", "deleted", []string{"must tfplan.key-in-use aws_kms_key.k: "}, exitBroken, []string{w + `w["ann"], ` + w + `w["bob"]`}},
		// The directory of a desktop.
		{"never registered", "directories", "not-registered", []string{"must tfplan.directory-unregistered " + w + "w: directory_id"}, exitBroken, nil},
		{"registered beside", "directories", "registered", nil, exitClean, nil},
		{"registered in another Region", "directories", "other-region", []string{"must tfplan.directory-in-other-region " + w + "w: directory_id"}, exitBroken, []string{"the WorkSpace is in us-east-1"}},
		{"a directory that goes under desktops", "network-goes", "directory-goes", []string{"must tfplan.directory-replaced " + d + "d: "}, exitBroken, []string{w + "w"}},
		{"a directory of Pools", "directories", "pools", []string{}, exitClean, []string{"it is for WorkSpaces Pools"}},
		{"host bits", "directories", "host-bits", []string{"should tfplan.host-bits aws_workspaces_ip_group.g: rules[0].source"}, exitClean, []string{"Write 10.10.0.0/16."}},
		// Subnets by splat, for, flatten, module outputs and their elements, and inputs.
		{"subnets by splat", "subnets", "splat", slices.Concat(subnets(d+"one_by_one", zone, oneZone, zone), subnets(d+"some", zone, oneZone, zone),
			subnets(d+"splat", zone, oneZone, zone), subnets(d+"written", zone, oneZone, zone)), exitBroken, []string{"by way of local.first, local.second, which a plan does not have", "assumed: subnet_ids takes all instances of what it names: aws_subnet.s[0], aws_subnet.s[1]"}},
		{"subnets of a module", "subnets", "module", slices.Concat(subnets(d+"all", zone), subnets(d+"elements", zone), subnets(d+"sliced", zone), subnets("module.inner."+d+"d", zone)), exitBroken, nil},
		// Routes behind locals.
		{"a local between VPC and subnet", "routes", "local", []string{exhausted + "aws_vpc.v: cidr_block"}, exitBroken, []string{"assumed to be in it", "0 of 3 management ranges"}},
		{"a local, and two VPCs", "routes", "two-vpcs", []string{`should network.management-range-conflict aws_vpc.v["a"]: cidr_block`}, exitUnanswered, []string{"by way of local.vpc_id"}},
		{"a security group without rules", "security-groups", "empty", nil, exitClean, []string{"opens ports which aws_security_group.empty is not known to open: TCP 53 (DNS) to 10.0.0.0/23, UDP 53 (DNS) to 10.0.0.0/23, TCP 88 (Kerberos) to 10.0.0.0/23 and 13 more"}},
		{"a security group with a rule apart", "security-groups", "apart", nil, exitClean, nil},
		{"the rule of a security group goes", "security-groups", "rule-goes", nil, exitClean, []string{"opens ports which aws_security_group.apart is not known to open: TCP 53 (DNS) to 10.0.0.10/32, 10.0.1.10/32"}},
		{"routes by a module's locals", "routes", "module", []string{exhausted + "module.vpc.aws_vpc.this[0]: cidr_block"}, exitBroken, []string{"0 of 3 management ranges"}},
		{"prefix lists with entries", "routes", "lists", []string{exhausted + "aws_vpc.v: cidr_block"}, exitBroken, []string{"aws_ec2_managed_prefix_list_entry.more: cidr"}},
		{"not known until apply", "unknown", "create", nil, exitClean, []string{"terraform_data.late.output.bundle (this holds for 3 instances)"}},
		{"nothing changes", "create", "nothing", nil, exitClean, []string{"unchanged: 2"}},
		{"tags that the provider drops", "default-tags", "reserved", []string{dropped + `v: tags_all["aws:owner"]`, dropped + `w: tags_all["aws:owner"]`}, exitClean, nil},
	} {
		found := false
		for _, s := range all[tt.recording].Steps {
			if s.Name != tt.step {
				continue
			}
			found = true
			status, rep := reportOn(t, string(s.Plan))
			if got := rep.findings(); status != tt.status || tt.want != nil && !slices.Equal(got, tt.want) {
				t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			_, text, _ := tfplan(t, string(s.Plan))
			for _, words := range tt.says {
				if !strings.Contains(text, words) {
					t.Errorf("%s: %q is not in\n%s", tt.name, words, text)
				}
			}
		}
		if !found {
			t.Errorf("%s: there is no %s/%s", tt.name, tt.recording, tt.step)
		}
	}
	// Where routes may be in the VPC, nothing is counted as free.
	for _, s := range all["routes"].Steps {
		if _, text, _ := tfplan(t, string(s.Plan)); s.Name == "two-vpcs" && strings.Contains(text, "management ranges of us-west-2 free") {
			t.Errorf("ranges are counted as free:\n%s", text)
		}
	}
}
