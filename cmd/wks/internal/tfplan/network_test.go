package tfplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// vpcIn is a VPC that is created, with its Region in an attribute.
func vpcIn(region, cidr string) string {
	return instance("", "aws_vpc", "v", "", fmt.Sprintf(`{"region": %q, "cidr_block": %q, "id": "vpc-1", "main_route_table_id": "rtb-main"}`, region, cidr), "{}")
}

func route(name, table, destination string) string {
	return instance("", "aws_route", name, "", fmt.Sprintf(`{"route_table_id": %q, "destination_cidr_block": %q}`, table, destination), `{"id": true}`)
}

func subnetIn(name, zone, cidr string) string {
	return instance("", "aws_subnet", name, "", fmt.Sprintf(`{"id": "subnet-%s", "vpc_id": "vpc-1", "availability_zone_id": %q, "cidr_block": %q}`, name, zone, cidr), "{}")
}

func registers(attributes string) string {
	return change("aws_workspaces_directory", "d", `"create"`, "null", `{"directory_id": "d-906732325d", "tags_all": {}, `+attributes+"}", `{"id": true}`)
}

const twoSubnets = `"subnet_ids": ["subnet-a", "subnet-b"]`

// The candidates of a Region are those of the guide's table: ap-south-1 has 192.168.0.0/16
// alone, us-west-2 has 172.31.0.0/16, 192.168.0.0/16 and 198.19.0.0/16.
func TestNetworks(t *testing.T) {
	const exhausted = "must network.management-ranges-exhausted aws_vpc.v: cidr_block"
	conflict := func(at string) string { return "should network.management-range-conflict " + at }
	table := func(attributes string) string {
		return instance("", "aws_route_table", "t", "", `{"id": "rtb-t", "vpc_id": "vpc-1", `+attributes+"}", "{}")
	}
	dataVPC := func(state string) string {
		return fmt.Sprintf(`{"address": "data.aws_vpc.v", "mode": "data", "type": "aws_vpc", "name": "v", "values": {"id": "vpc-1", "region": "ap-south-1", "cidr_block": "10.0.0.0/16", "main_route_table_id": "rtb-main", "cidr_block_associations": [{"cidr_block": "10.0.0.0/16", "state": "associated"}, {"cidr_block": "192.168.0.0/16", "state": %q}]}}`, state)
	}
	mumbai := []string{subnetIn("a", "aps1-az1", "10.0.0.0/24"), subnetIn("b", "aps1-az3", "10.0.1.0/24")}
	for _, tt := range []struct {
		name   string
		plan   string
		args   []string
		want   []string
		status int
	}{
		{"nothing in the way", planOf(vpcIn("ap-south-1", "10.0.0.0/16")), nil, nil, exitClean},
		{"the only range", planOf(vpcIn("ap-south-1", "192.168.0.0/16")), nil, []string{exhausted}, exitBroken},
		{"one of three", planOf(vpcIn("us-west-2", "192.168.0.0/16")), nil, []string{conflict("aws_vpc.v: cidr_block")}, exitClean},
		{"a Region without a row", planOf(vpcIn("us-east-2", "10.0.0.0/16")), nil, nil, exitUnanswered},
		{"no Region", planOf(vpcIn("", "10.0.0.0/16")), nil, nil, exitUnanswered},
		{"a flag for the Region", planOf(vpcIn("", "192.168.0.0/16")), []string{"--region", "ap-south-1"}, []string{exhausted}, exitBroken},
		{"the flag is for what is not known", planOf(vpcIn("us-west-2", "10.0.0.0/16")), []string{"--region", "ap-south-1"}, nil, exitClean},
		{"no such Region", planOf(vpcIn("Mumbai", "10.0.0.0/16")), nil, nil, exitUnanswered},
		{"secondary CIDR", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), instance("", "aws_vpc_ipv4_cidr_block_association", "a", "", `{"vpc_id": "vpc-1", "cidr_block": "192.168.8.0/24"}`, "{}")), nil, []string{exhausted}, exitBroken},
		{"route", planOf(vpcIn("us-west-2", "10.0.0.0/16"), table(`"route": []`), route("r", "rtb-t", "198.19.1.0/24")), nil, []string{conflict("aws_route.r: destination_cidr_block")}, exitClean},
		{"route of the main table", planOf(vpcIn("us-west-2", "10.0.0.0/16"), route("r", "rtb-main", "198.19.1.0/24")), nil, []string{conflict("aws_route.r: destination_cidr_block")}, exitClean},
		{"route in a table", planOf(vpcIn("us-west-2", "10.0.0.0/16"), table(`"route": [{"cidr_block": "0.0.0.0/0"}, {"cidr_block": "172.31.0.0/16"}]`)), nil, []string{conflict("aws_route_table.t: route[1].cidr_block")}, exitClean},
		{"default route", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), route("r", "rtb-main", "0.0.0.0/0")), nil, nil, exitClean},
		{"IPv6 route", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), instance("", "aws_route", "r", "", `{"route_table_id": "rtb-main", "destination_ipv6_cidr_block": "::/0"}`, "{}")), nil, nil, exitClean},
		{"covering route", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), route("r", "rtb-main", "192.0.0.0/8")), nil, []string{conflict("aws_route.r: destination_cidr_block")}, exitUnanswered},
		{"route of another VPC", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), route("r", "rtb-x", "192.168.0.0/16")), nil, nil, exitClean},
		{"a route that goes", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), change("aws_route", "r", `"delete"`, `{"route_table_id": "rtb-main", "destination_cidr_block": "192.168.0.0/16"}`, "null", "{}")), nil, nil, exitClean},
		{"prefix list", planOf(vpcIn("us-west-2", "10.0.0.0/16"), instance("", "aws_ec2_managed_prefix_list", "l", "", `{"id": "pl-1", "entry": [{"cidr": "198.19.0.0/24"}]}`, "{}"),
			instance("", "aws_route", "r", "", `{"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"}`, "{}")), nil, []string{conflict("aws_route.r: destination_prefix_list_id")}, exitClean},
		{"prefix list of a data source", planWith("{}", `[{"address": "data.aws_ec2_managed_prefix_list.l", "mode": "data", "type": "aws_ec2_managed_prefix_list", "name": "l", "values": {"id": "pl-1", "entries": [{"cidr": "198.19.0.0/24"}]}}]`,
			vpcIn("us-west-2", "10.0.0.0/16"), instance("", "aws_route", "r", "", `{"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"}`, "{}")), nil, []string{conflict("aws_route.r: destination_prefix_list_id")}, exitClean},
		{"a prefix list that is not in the plan", planOf(vpcIn("us-west-2", "10.0.0.0/16"), instance("", "aws_route", "r", "", `{"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"}`, "{}")), nil, nil, exitClean},
		{"another block of a data source", planWith("{}", "["+dataVPC("associated")+"]", registers(`"region": "ap-south-1", "subnet_ids": ["subnet-a", "subnet-b"]`), subnetIn("a", "aps1-az1", "10.0.0.0/24"), subnetIn("b", "aps1-az3", "10.0.1.0/24")), nil, []string{"must network.management-ranges-exhausted data.aws_vpc.v: cidr_block"}, exitBroken},
		{"a block that goes", planWith("{}", "["+dataVPC("disassociated")+"]", registers(`"region": "ap-south-1", "subnet_ids": ["subnet-a", "subnet-b"]`), subnetIn("a", "aps1-az1", "10.0.0.0/24"), subnetIn("b", "aps1-az3", "10.0.1.0/24")), nil, nil, exitClean},
		{"a CIDR that is not known", planOf(instance("", "aws_vpc", "v", "", `{"region": "ap-south-1"}`, `{"id": true, "cidr_block": true}`)), nil, nil, exitClean},
		{"a CIDR that is none", planOf(vpcIn("ap-south-1", "10.0.0.0/33")), nil, []string{"must tfplan.value-invalid aws_vpc.v: cidr_block"}, exitBroken},
		{"a destination that is none", planOf(vpcIn("ap-south-1", "10.0.0.0/16"), route("r", "rtb-main", "10.0.0.0")), nil, []string{"must tfplan.value-invalid aws_route.r: destination_cidr_block"}, exitBroken},
		{"nothing changes", planOf(change("aws_vpc", "v", `"no-op"`, "{}", `{"region": "ap-south-1", "cidr_block": "192.168.0.0/16", "id": "vpc-1"}`, "{}")), nil, nil, exitClean},
		{"a VPC without the plan's directory", planOf(append(mumbai, vpcIn("ap-south-1", "10.0.0.0/16"), registers(twoSubnets+`, "region": "ap-south-1"`),
			instance("", "aws_vpc", "w", "", `{"region": "ap-south-1", "cidr_block": "192.168.0.0/16", "id": "vpc-2"}`, "{}"))...), nil, nil, exitClean},
		{"a directory in it", planOf(append(mumbai, vpcIn("ap-south-1", "192.168.0.0/16"), registers(twoSubnets+`, "region": "ap-south-1"`))...), nil, []string{exhausted}, exitBroken},
		{"a directory in one that does not change", planOf(append(mumbai, change("aws_vpc", "v", `"no-op"`, "{}", `{"region": "ap-south-1", "cidr_block": "192.168.0.0/16", "id": "vpc-1"}`, "{}"), registers(twoSubnets+`, "region": "ap-south-1"`))...), nil, []string{exhausted}, exitBroken},
		{"a directory in two", planOf(mumbai[0], strings.Replace(mumbai[1], "vpc-1", "vpc-2", 1), change("aws_vpc", "v", `"no-op"`, "{}", `{"region": "ap-south-1", "cidr_block": "192.168.0.0/16", "id": "vpc-1"}`, "{}"),
			change("aws_vpc", "w", `"no-op"`, "{}", `{"region": "ap-south-1", "cidr_block": "192.168.0.0/16", "id": "vpc-2"}`, "{}"), registers(twoSubnets+`, "region": "ap-south-1"`)), nil, nil, exitClean},
		{"a directory for BYOL", planOf(append(mumbai, vpcIn("ap-south-1", "10.0.0.0/16"), registers(twoSubnets+`, "region": "ap-south-1", "tenancy": "DEDICATED"`))...), nil, nil, exitClean},

		{"Region by subnet", planOf(vpcIn("", "192.168.0.0/16"), instance("", "aws_subnet", "s", "", `{"vpc_id": "vpc-1", "availability_zone": "ap-south-1b"}`, "{}")), nil, []string{exhausted}, exitBroken},
		{"Region by ARN", planOf(instance("", "aws_vpc", "v", "", `{"arn": "arn:aws:ec2:ap-south-1:123456789012:vpc/vpc-1", "cidr_block": "192.168.0.0/16"}`, "{}")), nil, []string{exhausted}, exitBroken},
		{"Region of a provider", planWith(`{"provider_config": {"k": {"expressions": {"region": {"constant_value": "ap-south-1"}}}}, "root_module": {"resources": [{"mode": "managed", "type": "aws_vpc", "name": "v", "provider_config_key": "k"}]}}`, "[]", vpcIn("", "192.168.0.0/16")), nil, []string{exhausted}, exitBroken},
		{"Region of a provider before the flag", planWith(`{"provider_config": {"k": {"expressions": {"region": {"constant_value": "ap-south-1"}}}}, "root_module": {"resources": [{"mode": "managed", "type": "aws_vpc", "name": "v", "provider_config_key": "k"}]}}`, "[]", vpcIn("", "192.168.0.0/16")), []string{"--region", "us-west-2"}, []string{exhausted}, exitBroken},
		{"Region of a provider of a module, by its variable", strings.Replace(planWith(`{"provider_config": {"k": {"module_address": "module.m", "expressions": {"region": {"references": ["var.region"]}}}}, "root_module": {"resources": [{"mode": "managed", "type": "aws_vpc", "name": "v", "provider_config_key": "k"}]}}`, "[]", vpcIn("", "192.168.0.0/16")), `"planned_values"`, `"variables": {"region": {"value": "ap-south-1"}}, "planned_values"`, 1), nil, nil, exitUnanswered},
		{"Region of a provider by a local", planWith(`{"provider_config": {"k": {"expressions": {"region": {"references": ["local.region"]}}}}, "root_module": {"resources": [{"mode": "managed", "type": "aws_vpc", "name": "v", "provider_config_key": "k"}]}}`, "[]", vpcIn("", "192.168.0.0/16")), nil, nil, exitUnanswered},
	} {
		status, rep := reportOn(t, tt.plan, tt.args...)
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// The zones of eu-west-1 are euw1-az1, az2 and az3.
func TestSubnets(t *testing.T) {
	const at = " aws_workspaces_directory.d: subnet_ids"
	const ireland = `, "region": "eu-west-1"`
	vpc := vpcIn("eu-west-1", "10.0.0.0/8")
	zoned := func(name, zone string) string {
		return instance("", "aws_subnet", name, "", fmt.Sprintf(`{"id": "subnet-%s", "vpc_id": "vpc-1", "availability_zone": %q, "cidr_block": "10.0.0.0/24"}`, name, zone), "{}")
	}
	one := func(index, zone string) string {
		return instance("", "aws_subnet", "s", index, fmt.Sprintf(`{"vpc_id": "vpc-1", "availability_zone_id": %q, "cidr_block": "10.0.0.0/24"}`, zone), `{"id": true}`)
	}
	splat := `{"root_module": {"resources": [` + configured("aws_workspaces_directory", "d", "subnet_ids", refs("aws_subnet.s")) + `]}}`
	pending := change("aws_workspaces_directory", "d", `"create"`, "null", `{"region": "eu-west-1", "tags_all": {}}`, `{"subnet_ids": true}`)
	for _, tt := range []struct {
		name   string
		plan   string
		want   []string
		status int
	}{
		{"two", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), subnetIn("b", "euw1-az2", "10.0.1.0/24"), registers(twoSubnets+ireland)), nil, exitClean},
		{"one", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), registers(`"subnet_ids": ["subnet-a"]`+ireland)), []string{"must network.subnets-not-two" + at}, exitBroken},
		{"three that are not in the plan", planOf(registers(`"subnet_ids": ["subnet-x", "subnet-y", "subnet-z"]` + ireland)), []string{"must network.subnets-not-two" + at}, exitBroken},
		{"two that are not in the plan", planOf(registers(twoSubnets + ireland)), nil, exitClean},
		{"none", planOf(registers(`"subnet_ids": null` + ireland)), nil, exitClean},
		{"in one zone", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), subnetIn("b", "euw1-az1", "10.0.1.0/24"), registers(twoSubnets+ireland)), []string{"must network.subnets-in-one-zone" + at}, exitBroken},
		{"in a zone without WorkSpaces", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), subnetIn("b", "euw1-az4", "10.0.1.0/24"), registers(twoSubnets+ireland)), []string{"must network.subnet-zone-unsupported" + at}, exitBroken},
		{"too large", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), subnetIn("b", "euw1-az2", "10.2.0.0/15"), registers(twoSubnets+ireland)), []string{"must network.subnet-size" + at}, exitBroken},
		{"a zone that is none", planOf(vpc, subnetIn("a", "euw1-az1", "10.0.0.0/24"), subnetIn("b", "b", "10.0.1.0/24"), registers(twoSubnets+ireland)), []string{"must tfplan.value-invalid" + at}, exitBroken},
		{"no Region", planOf(registers(twoSubnets)), nil, exitUnanswered},
		{"in zones of one name", planOf(vpc, zoned("a", "eu-west-1a"), zoned("b", "eu-west-1a"), registers(twoSubnets+ireland)), []string{"must network.subnets-in-one-zone" + at}, exitBroken},
		{"in zones of two names", planOf(vpc, zoned("a", "eu-west-1a"), zoned("b", "eu-west-1b"), registers(twoSubnets+ireland)), nil, exitClean},
		{"one in a zone with a name", planOf(vpc, zoned("a", "eu-west-1a"), subnetIn("b", "euw1-az2", "10.0.1.0/24"), registers(twoSubnets+ireland)), nil, exitClean},
		{"all of two", planWith(splat, "[]", vpc, one("0", "euw1-az1"), one("1", "euw1-az1"), pending), []string{"must network.subnets-in-one-zone" + at}, exitBroken},
		{"all of three, of which two are taken", planWith(splat, "[]", vpc, one("0", "euw1-az1"), one("1", "euw1-az1"), one("2", "euw1-az1"), pending), nil, exitClean},
		{"one or the other of two", planWith(strings.Replace(splat, `"aws_subnet.s"`, `"aws_subnet.s", "count.index"`, 1), "[]", vpc, one("0", "euw1-az1"), one("1", "euw1-az1"), pending), nil, exitClean},
		{"a choice of three", planWith(`{"root_module": {"resources": [`+configured("aws_workspaces_directory", "d", "subnet_ids", refs("aws_subnet.a", "count.index"))+`]}}`, "[]",
			subnetIn("a", "euw1-az1", "10.0.0.0/24"), change("aws_workspaces_directory", "d", `"create"`, "null", `{"region": "eu-west-1", "tags_all": {}}`, `{"subnet_ids": true}`)), nil, exitClean},
	} {
		status, rep := reportOn(t, tt.plan)
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// What no document says for a kind of WorkSpaces is open for its directories.
func TestKindsOfDirectories(t *testing.T) {
	plan := func(kind string) string {
		return planOf(vpcIn("ap-south-1", "10.0.0.0/16"), subnetIn("a", "aps1-az1", "10.0.0.0/24"), subnetIn("b", "aps1-az3", "10.0.1.0/24"), registers(twoSubnets+`, "region": "ap-south-1"`+kind))
	}
	for kind, want := range map[string]string{`, "tenancy": "DEDICATED"`: "BYOL WorkSpaces", `, "workspace_type": "POOLS"`: "WorkSpaces Pools", `, "tenancy": "SHARED", "workspace_type": "PERSONAL"`: ""} {
		_, text, _ := tfplan(t, plan(kind))
		for _, words := range []string{"BYOL WorkSpaces", "WorkSpaces Pools"} {
			if strings.Contains(text, words) != (words == want) {
				t.Errorf("%s: %q, want %q\n%s", kind, words, want, text)
			}
		}
	}
}

// The newest documents give 10 and 30 rules for a group, and 25 and 35 groups for a directory.
func TestIPGroups(t *testing.T) {
	const g, d = " aws_workspaces_ip_group.g: ", " aws_workspaces_directory.d: "
	rules := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"source": "192.0.2.%d/32"}`, i))
		}
		return `"rules": [` + strings.Join(list, ", ") + `]`
	}
	group := func(action, before, after string) string {
		return change("aws_workspaces_ip_group", "g", action, before, `{"id": "wsipg-488lrtl3k", "name": "g", "tags_all": {}, `+after+"}", "{}")
	}
	directory := registers(`"region": "eu-west-1", "ip_group_ids": ["wsipg-488lrtl3k"]`)
	inEurope := func(s string) string {
		return strings.ReplaceAll(s, `"name": "g", "tags_all"`, `"name": "g", "region": "eu-west-1", "tags_all"`)
	}
	many := func(n int) (changes []string) {
		for i := range n {
			changes = append(changes, instance("", "aws_workspaces_ip_group", fmt.Sprintf("g%03d", i), "", `{"tags_all": {}, `+rules(1)+"}", "{}"))
		}
		return changes
	}
	for _, tt := range []struct {
		name   string
		plan   string
		want   []string
		status int
	}{
		{"10 rules", planOf(group(`"create"`, "null", rules(10))), nil, exitClean},
		{"11 rules", planOf(group(`"create"`, "null", rules(11))), []string{"should network.ip-group-quota-disputed" + g + "rules"}, exitUnanswered},
		{"31 rules", planOf(group(`"create"`, "null", rules(31))), []string{"must network.ip-group-rules-over-quota" + g + "rules"}, exitBroken},
		{"31 rules that stay", planOf(group(`"no-op"`, "{}", rules(31))), nil, exitClean},
		{"100 groups", planOf(many(100)...), nil, exitClean},
		{"141 groups", planOf(many(141)...), []string{"must network.ip-groups-over-quota aws_workspaces_ip_group.g140: "}, exitBroken},
		{"no CIDR", planOf(group(`"create"`, "null", `"rules": [{"source": "192.0.2.1"}]`)), []string{"must tfplan.value-invalid" + g + "rules[0].source"}, exitBroken},
		{"host bits", planOf(group(`"create"`, "null", `"rules": [{"source": "192.0.2.1/24"}]`)), []string{"should tfplan.host-bits aws_workspaces_ip_group.g: rules[0].source"}, exitClean},
		{"IPv6", planOf(group(`"create"`, "null", `"rules": [{"source": "2001:db8::/32"}]`)), nil, exitUnanswered},
		{"empty, without a directory", planOf(group(`"create"`, "null", `"rules": []`)), nil, exitClean},
		{"emptied", planOf(group(`"update"`, "{"+rules(1)+"}", `"rules": []`)), []string{"should network.ip-group-lock-out" + g + "rules"}, exitClean},
		{"empty before", planOf(group(`"update"`, `{"rules": []}`, `"rules": []`)), nil, exitClean},
		{"empty, of a directory", planOf(inEurope(group(`"create"`, "null", `"rules": []`)), directory), []string{"must network.ip-group-lock-out" + d + "ip_group_ids"}, exitBroken},
		{"with a rule, of a directory", planOf(inEurope(group(`"create"`, "null", rules(1))), directory), nil, exitClean},
		{"of a directory, not in the plan", planOf(directory), nil, exitClean},
		{"of a directory, with a rule that is not known", planOf(strings.Replace(inEurope(group(`"create"`, "null", `"rules": [{"source": null}]`)), `"after_unknown": {}`, `"after_unknown": {"rules": [{"source": true}]}`, 1), directory), nil, exitClean},
	} {
		status, rep := reportOn(t, tt.plan)
		if got := rep.findings(); status != tt.status || !slices.Equal(got, tt.want) {
			t.Errorf("%s: status %d, want %d\n%s\nwant\n%s", tt.name, status, tt.status, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}

// Users are of one directory while its id is not known, if it is the same resource, also by
// way of the registration.
func TestUsersOfUnknownDirectories(t *testing.T) {
	desktop := func(name, user string) string {
		return change("aws_workspaces_workspace", name, `"create"`, "null", "{"+desk(user, sound, "directory_id", "null")+"}", `{"id": true, "directory_id": true}`)
	}
	directory := change("aws_directory_service_directory", "ad", `"create"`, "null", "{}", `{"id": true}`)
	registration := change("aws_workspaces_directory", "d", `"create"`, "null", `{"subnet_ids": null, "tags_all": {}}`, `{"id": true, "directory_id": true}`)
	config := func(v, w string) string {
		return `{"root_module": {"resources": [` + strings.Join([]string{
			configured("aws_workspaces_workspace", "v", "directory_id", refs(v)), configured("aws_workspaces_workspace", "w", "directory_id", refs(w)),
			configured("aws_workspaces_directory", "d", "directory_id", refs("aws_directory_service_directory.ad.id"))}, ", ") + `]}}`
	}
	for _, tt := range []struct {
		v, w string
		want int
	}{
		{"aws_workspaces_directory.d.id", "aws_workspaces_directory.d.directory_id", 2},
		{"aws_workspaces_directory.d.id", "aws_directory_service_directory.ad.id", 2},
		{"aws_workspaces_directory.d.id", "local.directory", 0},
		{"local.directory", "local.directory", 0},
	} {
		_, rep := reportOn(t, planWith(config(tt.v, tt.w), "[]", desktop("v", "x"), desktop("w", "X"), directory, registration))
		if got := rep.findings(); len(got) != tt.want {
			t.Errorf("%s and %s: %q", tt.v, tt.w, got)
		}
	}
}

// A large fleet is checked as a whole.
func TestFleet(t *testing.T) {
	var changes []string
	for i := range 5000 {
		changes = append(changes, createWorkspace(fmt.Sprintf("w%d", i), desk(fmt.Sprintf("user%d", i), sound)))
	}
	status, rep := reportOn(t, planOf(changes...))
	if status != exitClean || rep.Summary.Allowed != 5000 {
		t.Errorf("status %d, %s", status, rep.Summary.Line)
	}
}

// What is not known of a network is told where it counts.
func TestOpenNetworks(t *testing.T) {
	list := func(unknown string) string {
		return instance("", "aws_ec2_managed_prefix_list", "l", "", `{"id": "pl-1"}`, unknown)
	}
	toList := instance("", "aws_route", "r", "", `{"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"}`, "{}")
	in := []string{subnetIn("a", "aps1-az1", "10.0.0.0/24"), subnetIn("b", "aps1-az3", "10.0.1.0/24")}
	directory := registers(twoSubnets + `, "region": "ap-south-1"`)
	for _, tt := range []struct {
		plan, says string
		not        bool
	}{
		{planOf(vpcIn("ap-south-1", "10.0.0.0/16"), list(`{"entry": true}`), toList), "aws_ec2_managed_prefix_list.l: its entries are not known until apply", false},
		{planOf(vpcIn("ap-south-1", "10.0.0.0/16"), list("{}"), toList), "its entries are not known until apply", true},
		{planOf(directory), "whether the VPC lets the directory be registered", false},
		{planOf(append(in, vpcIn("ap-south-1", "10.0.0.0/16"), strings.Replace(directory, `"create"`, `"no-op"`, 1))...), "its registration in aws_vpc.v is", true},
		{planOf(append(in, vpcIn("ap-south-1", "10.0.0.0/16"), directory)...), "its registration in aws_vpc.v is", false},
		{planOf(strings.Replace(directory, `"create"`, `"no-op"`, 1)), "whether the VPC lets the directory be registered", true},
		{planOf(change("aws_workspaces_connection_alias", "a", `"create"`, "null", "{}", `{"connection_string": true}`)), "connection_string: not known until apply", false},
	} {
		if _, text, errs := tfplan(t, tt.plan); strings.Contains(text, tt.says) == tt.not {
			t.Errorf("%q is there: %t\n%s%s", tt.says, !tt.not, text, errs)
		}
	}
}
