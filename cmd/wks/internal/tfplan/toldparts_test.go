package tfplan

import (
	"strings"
	"testing"
)

// What is not known until apply breaks no rule, and the report tells what it is.
func TestTellOfWhatIsNotKnown(t *testing.T) {
	const (
		w, d  = "aws_workspaces_workspace.w", "aws_workspaces_directory.d"
		block = `"workspace_properties": `
		other = "compute_type_name = VALUE, root_volume_size_gib = 80, user_volume_size_gib = 10"
	)
	late := func(properties, unknown string) string {
		return change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", properties)+"}", `{"id": true, `+unknown+"}")
	}
	of := func(properties string) string {
		return configOf(configured("aws_workspaces_workspace", "w", "workspace_properties", properties))
	}
	bundle := "[" + dataOf("aws_workspaces_bundle", "b", `"id": "wsb-b0s22j3d7", "owner": "AMAZON", "compute_type": [{"name": "POWER"}], "root_storage": [{"capacity": "175"}], "user_storage": [{"capacity": "100"}]`) + "]"
	update := func(before, after, unknown string) string {
		return change("aws_workspaces_workspace", "w", `"update"`, "{"+desk("x", before)+"}", "{"+desk("x", after)+"}", "{"+unknown+"}")
	}
	in := func(kind string) string {
		subnet := func(id, zone, cidr string) string {
			return created("aws_subnet", id, `"id": "subnet-`+id+`", "region": "eu-south-2", "availability_zone_id": "`+zone+`", "cidr_block": "`+cidr+`"`)
		}
		return planOf(subnet("a", "eus2-az1", "10.0.1.0/24"), subnet("b", "eus2-az2", "10.0.2.0/24"), created("aws_workspaces_directory", "d", twoSubnets+`, "region": "eu-south-2", "workspace_type": "`+kind+`"`))
	}
	tell(t, []told{
		// Tags.
		{"tags", planOf(late(sound, `"tags": true, "tags_all": true`)), w, []string{"create allowed\ntags_all: not known until apply\n"}, nil},
		{"tags of the provider beside others", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound, "tags", `{"a": "b;c"}`)+"}", `{"id": true, "tags_all": true}`)), w, []string{"bundles.tag-alphabet " + w + ` tags["a"]: `}, []string{"not known"}},
		{"no tags, as the provider plans them", planOf(late(sound, `"tags_all": true`)), w, []string{"create allowed\n"}, []string{"tags"}},
		{"the value of a tag", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound, "tags_all", `{"a": null, "b": "b;c"}`)+"}", `{"id": true, "tags_all": {"a": true}}`)), w,
			[]string{"bundles.tag-alphabet " + w + ` tags_all["b"]: `}, []string{"tags_all: not known", `tags_all["a"]`}},
		{"tags of a state", `{"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "` + w + `", "mode": "managed", "type": "aws_workspaces_workspace", "name": "w", "values": {` + desk("x", sound, "tags", `{"aws:a": "b"}`) + `}}]}}}`, w, []string{"present allowed\n"}, []string{"aws:a"}},

		// The block of properties, and what is in it.
		{"the whole block, which the configuration gives", planWith(of(`[{"running_mode": `+refs("local.m")+"}]"), "[]", change("aws_workspaces_workspace", "w", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"}`, `{"workspace_properties": true}`)), w, []string{"workspace_properties: not known until apply"}, []string{"AUTO_STOP"}},
		{"the whole block, of which the configuration does not tell", planOf(change("aws_workspaces_workspace", "w", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"}`, `{"workspace_properties": true}`)), w, []string{"create allowed"}, []string{"workspace_properties"}},
		{"no block", planWith(of(`[{"running_mode": `+refs("local.m")+"}]"), "[]", change("aws_workspaces_workspace", "w", `"create"`, "null", `{"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"}`, `{}`)), w, []string{"create allowed"}, []string{"workspace_properties"}},
		{"the compute type, where the bundle has another than what volumes suit", planWith("{}", bundle, late(`"root_volume_size_gib": 175, "user_volume_size_gib": 100, "running_mode": "ALWAYS_ON"`, block+`[{"compute_type_name": true}]`)), w,
			[]string{"workspace_properties[0].compute_type_name: not known until apply"}, []string{"workspace_properties[0].root_volume_size_gib: not known"}},
		{"a root volume that is smaller than the bundle's", planWith("{}", bundle, late(`"compute_type_name": "POWER", "root_volume_size_gib": 80, "running_mode": "ALWAYS_ON"`, block+`[{"user_volume_size_gib": true}]`)), w,
			[]string{"create undocumented", "workspace_properties[0].root_volume_size_gib: it is smaller than that volume of the bundle, and no document says whether a launch may ask for that", "workspace_properties[0].user_volume_size_gib: not known until apply"}, nil},
		{"a root volume that is the bundle's", planWith("{}", bundle, late(`"compute_type_name": "POWER", "root_volume_size_gib": 175, "running_mode": "ALWAYS_ON"`, block+`[{"user_volume_size_gib": true}]`)), w,
			[]string{"create allowed"}, []string{"smaller"}},
		{"the running mode", planOf(late(strings.Replace(sound, `, "running_mode": "ALWAYS_ON"`, "", 1), block+`[{"running_mode": true}]`)), w, []string{"workspace_properties[0].running_mode: not known until apply"}, []string{"minutes"}},
		{"the minutes", planOf(late(strings.Replace(sound, "ALWAYS_ON", "AUTO_STOP", 1), block+`[{"running_mode_auto_stop_timeout_in_minutes": true}]`)), w,
			[]string{"workspace_properties[0].running_mode_auto_stop_timeout_in_minutes: not known until apply; the provider sends 0, which is refused, if the configuration gives none or null"}, []string{"auto-stop-minutes"}},

		// Modifications.
		{"a size of an update", planOf(update(size("POWER", 175, 100), strings.Replace(size("POWER", 175, 100), `, "user_volume_size_gib": 100`, "", 1), block+`[{"user_volume_size_gib": true}]`)), w,
			[]string{"update allowed\nworkspace_properties[0].user_volume_size_gib: not known until apply\n"}, nil},
		{"the compute type of an update", planOf(update(size("POWER", 175, 100), `"root_volume_size_gib": 175, "user_volume_size_gib": 200, "running_mode": "ALWAYS_ON"`, block+`[{"compute_type_name": true}]`)), w,
			[]string{"workspace_properties[0].compute_type_name: not known until apply"}, []string{"root_volume_size_gib: not known", "changes-in-one-apply"}},
		{"a block that goes", planOf(change("aws_workspaces_workspace", "w", `"update"`, "{"+desk("x", size("POWER", 175, 100))+"}", `{"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"}`, "{}")), w, []string{"update allowed\n"}, []string{"workspace_properties"}},
		{"a size of nothing", planOf(update(size("POWER", 175, 100), size("POWER", 0, 100), "")), w, []string{"update denied", "tfplan.value-invalid " + w + ` workspace_properties[0].root_volume_size_gib: "0" `}, nil},
		{"a size below nothing", planOf(update(size("POWER", 175, 100), size("POWER", 175, -1), "")), w, []string{"update denied", "tfplan.value-invalid " + w + ` workspace_properties[0].user_volume_size_gib: "-1" `}, nil},
		{"from no sizes", planOf(update(`"compute_type_name": "POWER", "running_mode": "ALWAYS_ON"`, size("POWER", 175, 100), "")), w, []string{"update "}, []string{"value-invalid"}},

		// Directories of Pools.
		{"of Pools", in("POOLS"), d, []string{"no document of the edition gives the Availability Zones of eu-south-2 for WorkSpaces Pools"}, []string{"these WorkSpaces"}},
		{"of persons", in("PERSONAL"), d, []string{"no document of the edition gives the Availability Zones of eu-south-2 for these WorkSpaces"}, []string{"Pools"}},
	})
}

// What is sensitive is not shown, and neither is what may quote it.
func TestTellOfWhatIsSensitive(t *testing.T) {
	const w, hush = "aws_workspaces_workspace.w", "the value is sensitive and is not shown"
	secret := `"after_sensitive": {"workspace_properties": [{"user_volume_size_gib": true}]}`
	key := configOf(configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k.arn")))
	launch := func(more ...string) string {
		return change("aws_workspaces_workspace", "w", `"create"`, "null", "{"+desk("x", sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true")+"}", `{"id": true, "volume_encryption_key": true}`, more...)
	}
	policy := func(policy, marks string) string {
		return change("aws_kms_key", "k", `"create"`, "null", `{"region": "eu-west-1", "is_enabled": true, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "policy": `+quoted(policy)+"}", `{"id": true, "arn": true}`, `"after_sensitive": `+marks)
	}
	zones := func(marks string) string {
		return planWith("{}", `[{"address": "data.aws_availability_zones.z", "mode": "data", "type": "aws_availability_zones", "name": "z", "values": {"names": ["us-west-2a", "us-west-2b"], "zone_ids": ["usw2-az4", "usw2-az2"]}, "sensitive_values": `+marks+`}]`,
			created("aws_subnet", "a", `"id": "subnet-a", "region": "us-west-2", "availability_zone": "us-west-2a", "cidr_block": "10.0.1.0/24"`), created("aws_subnet", "b", `"id": "subnet-b", "region": "us-west-2", "availability_zone": "us-west-2b", "cidr_block": "10.0.2.0/24"`),
			registers(twoSubnets+`, "region": "us-west-2"`))
	}
	tell(t, []told{
		{"the steps of a modification", planOf(change("aws_workspaces_workspace", "w", `"update"`, "{"+desk("x", size("POWER", 80, 10))+"}", "{"+desk("x", size("POWER", 175, 100))+"}", "{}", secret)), w,
			[]string{"the steps have sensitive values and are not shown\n", "workspace_properties[0].root_volume_size_gib: " + hush}, []string{"in 2 applies", "175", "= 100"}},
		{"a key to come", planWith(key, "[]", launch(`"after_sensitive": {"volume_encryption_key": true}`), created("aws_kms_key", "k", `"region": "us-east-1"`, "id", "arn")), w,
			[]string{"encryption.key-in-other-region " + w + " volume_encryption_key: " + hush}, []string{"aws_kms_key.k.arn is in"}},
		{"a key to come that is not", planWith(key, "[]", launch(), created("aws_kms_key", "k", `"region": "us-east-1"`, "id", "arn")), w,
			[]string{"encryption.key-in-other-region " + w + " volume_encryption_key: aws_kms_key.k.arn is in another Region than the WorkSpace"}, nil},
		{"a key to come by its id", planWith(configOf(configured("aws_workspaces_workspace", "w", "volume_encryption_key", refs("aws_kms_key.k.key_id"))), "[]", launch(), created("aws_kms_key", "k", `"region": "eu-west-1"`, "id", "arn", "key_id")), w,
			[]string{"encryption.key-not-arn " + w + " volume_encryption_key: aws_kms_key.k.key_id is not the ARN of the key, which DescribeWorkspaces returns", "with an alias or id of the key every later plan replaces the desktop"}, nil},
		{"a key to come by its ARN", planWith(key, "[]", launch(), created("aws_kms_key", "k", `"region": "eu-west-1"`, "id", "arn")), w, []string{"create allowed"}, []string{"every later plan", "not-arn"}},
		{"a key to come in China", planIn("cn-north-1", key, launch()), w, []string{"create "}, []string{"other-partition"}},
		{"a key to come in GovCloud", planIn("us-gov-west-1", key, launch()), w, []string{"create "}, []string{"other-partition"}},
		{"an alias", planOf(createWorkspace("w", desk("x", sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true", "volume_encryption_key", `"alias/desktops"`))), w,
			[]string{"with an alias or id of the key every later plan replaces the desktop", "whether the key is enabled and symmetric: the plan does not tell"}, nil},
		{"the ARN of a key", planOf(createWorkspace("w", desk("x", sound, "region", `"eu-west-1"`, "user_volume_encryption_enabled", "true", "volume_encryption_key", `"`+keyARN+`"`))), w,
			[]string{"whether the key is enabled and symmetric: the plan does not tell"}, []string{"every later plan"}},
		{"who may use a key", planWith(key, "[]", launch(), policy(allows("arn:aws:iam::123456789012:role/desktops", "kms:*"), `{"policy": true}`)), w,
			[]string{"whether who applies is one of those whom the policy of aws_kms_key.k lets launch a WorkSpace: " + hush}, []string{"role/desktops"}},
		{"who may use a key, of a policy that is not", planWith(key, "[]", launch(), policy(allows("arn:aws:iam::123456789012:role/desktops", "kms:*"), `{}`)), w,
			[]string{"whether who applies is one of those whom the policy of aws_kms_key.k lets launch a WorkSpace: arn:aws:iam::123456789012:role/desktops\n"}, []string{hush}},
		{"the id of a zone", zones(`{"zone_ids": [true, false]}`), "aws_workspaces_directory.d", []string{"network.subnet-zone-unsupported aws_workspaces_directory.d subnet_ids: " + hush}, []string{"usw2"}},
		{"the name of a zone", zones(`{"names": [true, false]}`), "aws_workspaces_directory.d", []string{"network.subnet-zone-unsupported aws_workspaces_directory.d subnet_ids: " + hush}, []string{"usw2"}},
		{"no zone", zones(`{}`), "aws_workspaces_directory.d", []string{"network.subnet-zone-unsupported aws_workspaces_directory.d subnet_ids: ", "usw2-az4"}, []string{hush}},
	})
}

// planIn is the plan of a launch with a key that the plan makes, in a Region.
func planIn(region, config, launch string) string {
	return strings.ReplaceAll(planWith(config, "[]", launch, created("aws_kms_key", "k", `"region": "eu-west-1"`, "id", "arn")), "eu-west-1", region)
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// What several instances are assumed to mean, and what groups refer to each other, is told by their addresses.
func TestTellOfInstances(t *testing.T) {
	const d = "aws_workspaces_directory.d"
	group := func(index, rules string) string {
		return instance("", "aws_workspaces_ip_group", "g", index, `{"region": "us-west-2", "tags_all": {}, "rules": [`+rules+"]}", `{"id": true}`)
	}
	all := configOf(configured("aws_workspaces_directory", "d", "ip_group_ids", refs("aws_workspaces_ip_group.g")))
	directory := created("aws_workspaces_directory", "d", `"region": "us-west-2", "tags_all": {}`, "ip_group_ids")
	const rule = `{"source": "192.0.2.0/24"}`
	properties := `"region": "us-west-2", "directory_id": "d-1", "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]`
	ad := func(more, unknown string) string {
		return change("aws_directory_service_directory", "ad", `"create"`, "null", `{"id": "d-1"`+more+"}", "{"+unknown+"}")
	}
	security := func(config, rules, unknown string, more ...string) string {
		return planWith(config, "[]", append(more, change("aws_security_group", "g", `"create"`, "null", `{"id": "sg-1", "vpc_id": "vpc-1", "ingress": [], "egress": [`+rules+"]}", unknown), created("aws_workspaces_directory", "d", properties))...)
	}
	const lacks, toGroup = "opens ports which aws_security_group.g is not known to open: ", "aws_vpc_security_group_egress_rule"
	toAD := func(attribute string) string {
		return created(toGroup, "r", `"security_group_id": "sg-1", "ip_protocol": "-1"`, attribute)
	}
	by := func(references ...string) string {
		return configOf(configured(toGroup, "r", "referenced_security_group_id", refs(references...)))
	}
	const addresses = `, "dns_ip_addresses": ["10.0.1.10"]`
	tell(t, []told{
		{"all IP groups of a block", planWith(all, "[]", group("0", rule), group("1", rule), directory), d, []string{"create allowed\nassumed: ip_group_ids takes all instances of what it names: aws_workspaces_ip_group.g[0], aws_workspaces_ip_group.g[1]\n"}, []string{"lock-out"}},
		{"all IP groups of a block, without rules", planWith(all, "[]", group("0", ""), group("1", ""), directory), d, []string{"create denied\nnetwork.ip-group-lock-out " + d + " ip_group_ids: ", "assumed: ip_group_ids takes all instances"}, nil},
		{"one IP group", planWith(all, "[]", group("", rule), directory), d, []string{"create allowed\n"}, []string{"assumed"}},

		{"a rule to the group of the domain controllers", security(by("aws_directory_service_directory.ad.security_group_id", "aws_directory_service_directory.ad"), "", "{}", ad(addresses, `"security_group_id": true`), toAD("referenced_security_group_id")), d, nil, []string{lacks}},
		{"a rule to another group", security(by("aws_security_group.x.id", "aws_security_group.x"), "", "{}", ad(addresses, `"security_group_id": true`), toAD("referenced_security_group_id"), created("aws_security_group", "x", "", "id")), d, []string{lacks + "TCP 53 (DNS) to 10.0.1.10/32"}, nil},
		{"a rule to a group that is not known", security(by("local.g"), "", "{}", ad(addresses, `"security_group_id": true`), toAD("referenced_security_group_id")), d, []string{lacks + "TCP 53 (DNS) to 10.0.1.10/32"}, nil},
		{"controllers in subnets that are not known", security(configOf(`{"mode": "managed", "type": "aws_directory_service_directory", "name": "ad", "expressions": {"vpc_settings": [{"subnet_ids": `+refs("aws_subnet.a.id", "local.s")+`}]}}`), "", "{}",
			ad(`, "vpc_settings": [{}]`, `"vpc_settings": [{"subnet_ids": true}]`), created("aws_subnet", "a", `"cidr_block": "10.0.1.0/24"`, "id")), d, []string{"whether aws_security_group.g opens the ports of the domain: the addresses of the domain controllers are not in the plan"}, []string{lacks}},
		{"controllers in subnets to come", security(configOf(`{"mode": "managed", "type": "aws_directory_service_directory", "name": "ad", "expressions": {"vpc_settings": [{"subnet_ids": `+refs("aws_subnet.a.id")+`}]}}`), "", "{}",
			ad(`, "vpc_settings": [{}]`, `"vpc_settings": [{"subnet_ids": true}]`), created("aws_subnet", "a", `"cidr_block": "10.0.1.0/24"`, "id")), d, []string{lacks + "TCP 53 (DNS) to 10.0.1.0/24"}, nil},
	})
}

// A principal of a policy is the caller by its ARN, or as the role of the caller's session in the same account.
func TestSamePrincipal(t *testing.T) {
	const session = "arn:aws:sts::123456789012:assumed-role/desktops/ann"
	for _, tt := range []struct {
		principal, caller string
		want              bool
	}{
		{"arn:aws:iam::123456789012:user/ann", "arn:aws:iam::123456789012:user/ann", true},
		{"arn:aws:iam::123456789012:user/ann", "arn:aws:iam::123456789012:user/bob", false},
		{"", "", false},
		{"arn:aws:iam::123456789012:role/desktops", session, true},
		{"arn:aws:iam::123456789012:role/teams/it/desktops", session, true},
		{"arn:aws:iam::123456789012:role/desktops/it", session, false},
		{"arn:aws:iam::123456789012:role/others", session, false},
		{"arn:aws:iam::210987654321:role/desktops", session, false},
		{"arn:aws:iam::123456789012:user/desktops", session, false},
		{"arn:aws:iam::123456789012:role/desktops", "arn:aws:iam::123456789012:user/desktops", false},
		{"arn:aws:iam::123456789012:role/desktops", "", false},
		{"*", session, false},
	} {
		if got := samePrincipal(tt.principal, tt.caller); got != tt.want {
			t.Errorf("%q, %q: %t", tt.principal, tt.caller, got)
		}
	}
}
