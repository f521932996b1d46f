package tfplan

import (
	"fmt"
	"strings"
	"testing"
)

// A directory is registered with two subnets in two zones that WorkSpaces support, those of us-west-2 by the table of the
// Administration Guide; what a plan does not tell of them is open.
func TestTellOfDirectories(t *testing.T) {
	const (
		d        = "aws_workspaces_directory.d"
		oregon   = `, "region": "us-west-2"`
		oneZone  = "network.subnets-in-one-zone aws_workspaces_directory.d subnet_ids: "
		assumed  = "assumed: subnet_ids takes all instances of what it names"
		notKnown = "whether the subnets suit: subnet_ids is not known until apply"
		replaced = "tfplan.directory-replaced aws_workspaces_directory.d: "
	)
	a, b := subnetIn("a", "usw2-az1", "10.0.1.0/24"), subnetIn("b", "usw2-az2", "10.0.2.0/24")
	named := func(name, zone string, more ...string) string {
		return change("aws_subnet", name, `"create"`, "null", fmt.Sprintf(`{"id": "subnet-%s", "availability_zone": %q, "cidr_block": "10.0.0.0/24"}`, name, zone), "{}", more...)
	}
	zones := func(names, ids string) string {
		return dataOf("aws_availability_zones", "z", `"names": [`+names+`], "zone_ids": [`+ids+"]")
	}
	directory := registers(twoSubnets + oregon)
	pending := func(references ...string) (config, change string) {
		return configOf(configured("aws_workspaces_directory", "d", "subnet_ids", refs(references...))), created("aws_workspaces_directory", "d", `"tags_all": {}`+oregon, "subnet_ids")
	}
	late := func(references []string, changes ...string) string {
		config, d := pending(references...)
		return planWith(config, "[]", append(changes, d)...)
	}
	instances := func(n int) []string {
		return times(n, func(i int) string {
			return instance("", "aws_subnet", "s", fmt.Sprint(i), `{"availability_zone_id": "usw2-az1", "cidr_block": "10.0.0.0/24"}`, `{"id": true}`)
		})
	}
	of := func(actions, before, after string, more ...string) string {
		return change("aws_workspaces_directory", "d", actions, before, after, "{}", more...)
	}
	const is, bad = `{"id": "d-1", "directory_id": "d-1", "tags_all": {}}`, `{"id": "d-1", "directory_id": "d-1", "subnet_ids": ["subnet-a"], "tags_all": {"a": "b;c"}, "region": "us-west-2"}`
	tell(t, []told{
		// What becomes of it.
		{"destroyed", planOf(of(`"delete"`, is, "null")), d, []string{"tfplan.directory-replaced aws_workspaces_directory.d : the directory is deregistered from WorkSpaces\n"}, []string{"again"}},
		{"replaced", planOf(of(`"delete", "create"`, is, is, `"replace_paths": [["subnet_ids", 0], ["tenancy"]]`)), d, []string{"tfplan.directory-replaced aws_workspaces_directory.d subnet_ids[0]: the directory is deregistered from WorkSpaces, and registered again"}, nil},
		{"replaced, and it is not said why", planOf(of(`"delete", "create"`, is, is)), d, []string{"tfplan.directory-replaced aws_workspaces_directory.d : the directory is deregistered from WorkSpaces, and registered again"}, nil},
		{"forgotten", planOf(of(`"forget"`, is, "null")), d, []string{"forget allowed\nthe directory stays, and Terraform forgets it"}, []string{"deregistered"}},
		{"created, of one subnet, and a tag", planOf(a, of(`"create"`, "null", bad)), d, []string{"network.subnets-not-two", "bundles.tag-alphabet"}, []string{"deregistered", "forgets"}},
		{"replaced, of one subnet", planOf(a, of(`"delete", "create"`, is, bad)), d, []string{"network.subnets-not-two", "bundles.tag-alphabet"}, nil},
		{"updated, whose subnets cannot change, and a tag", planOf(a, of(`"update"`, bad, bad)), d, []string{"bundles.tag-alphabet"}, []string{"network.subnets-not-two"}},
		{"destroyed, of one subnet", planOf(a, of(`"delete"`, bad, "null")), d, nil, []string{"subnets", "tag-"}},

		// Its subnets.
		{"two", planOf(a, b, directory), d, []string{"create allowed"}, []string{"suit", assumed}},
		{"the choice of WorkSpaces", planOf(registers(`"subnet_ids": null` + oregon)), d, []string{"the plan leaves the choice to WorkSpaces"}, []string{notKnown}},
		{"not known", late([]string{"local.x"}), d, []string{notKnown + "; it is by way of local.x"}, []string{"choice"}},
		{"an empty list", planOf(registers(`"subnet_ids": []` + oregon)), d, []string{notKnown}, nil},
		{"one known, and one not", late([]string{"aws_subnet.a.id", "local.x"}, a), d, []string{notKnown + "; it is by way of local.x"}, []string{"not-two"}},
		{"two by reference", late([]string{"aws_subnet.a.id", "aws_subnet.a", "aws_subnet.b.id", "aws_subnet.b"}, a, b), d, []string{"create allowed"}, []string{assumed, notKnown}},
		{"both of two", late([]string{"aws_subnet.s"}, instances(2)...), d, []string{assumed + ": aws_subnet.s[0], aws_subnet.s[1]", oneZone}, []string{notKnown}},
		{"one of two", late([]string{"aws_subnet.s", "count.index"}, instances(2)...), d, []string{notKnown + "; it may be any of"}, []string{oneZone, assumed}},
		{"two of three", late([]string{"aws_subnet.s"}, instances(3)...), d, []string{notKnown + "; it may be any of"}, []string{oneZone, assumed}},
		{"known, of three instances", planOf(append(instances(3), a, b, directory)...), d, []string{"create allowed"}, []string{assumed}},
		{"one that is not in the plan", planOf(a, directory), d, []string{`whether subnet-b suits: it is not in the plan`}, []string{"whether subnet-a suits"}},
		{"no Region", planOf(a, b, registers(twoSubnets)), d, []string{"create undocumented", "subnet_ids: whether the subnets suit depends on the Region, which the plan does not tell (--region)"}, []string{"create allowed"}},
		{"a CIDR that is not known", planOf(a, created("aws_subnet", "b", `"id": "subnet-b", "availability_zone_id": "usw2-az2"`, "cidr_block"), directory), d, []string{"whether the size of aws_subnet.b suits: cidr_block is not known until apply"}, []string{"size of aws_subnet.a"}},
		{"a CIDR that is none", planOf(a, subnetIn("b", "usw2-az2", "10.0.2.0"), directory), d, []string{`whether the size of aws_subnet.b suits: cidr_block "10.0.2.0" is not a CIDR`}, nil},
		{"Pools, with two subnets", planOf(a, b, registers(twoSubnets+oregon+`, "workspace_type": "POOLS"`)), d, nil, []string{"these WorkSpaces"}},
		{"Pools, in one zone", planOf(a, subnetIn("b", "usw2-az1", "10.0.2.0/24"), registers(twoSubnets+oregon+`, "workspace_type": "POOLS"`)), d, nil, []string{"these WorkSpaces"}},

		// Zones by their names.
		{"two names", planOf(named("a", "us-west-2a"), named("b", "us-west-2b"), directory), d, []string{"whether the zone of aws_subnet.a suits: its AZ ID is not known", "whether the zone of aws_subnet.b suits"}, []string{oneZone}},
		{"one name", planOf(named("a", "us-west-2a"), named("b", "us-west-2a"), directory), d, []string{oneZone + "both subnets are in us-west-2a"}, nil},
		{"no names", planOf(named("a", ""), named("b", ""), directory), d, []string{"whether the zone of aws_subnet.a suits"}, []string{oneZone}},
		{"a name and an ID", planOf(named("a", "us-west-2a"), b, directory), d, []string{"whether the zone of aws_subnet.a suits"}, []string{oneZone, "zone of aws_subnet.b"}},
		{"names of which a data source tells", planWith("{}", "["+zones(`"us-west-2a", "us-west-2b"`, `"usw2-az1", "usw2-az2"`)+"]", named("a", "us-west-2a"), named("b", "us-west-2b"), directory), d, []string{"create allowed"}, []string{"AZ ID", oneZone}},
		{"names of one zone", planWith("{}", "["+zones(`"us-west-2a", "us-west-2b"`, `"usw2-az1", "usw2-az1"`)+"]", named("a", "us-west-2a"), named("b", "us-west-2b"), directory), d, []string{oneZone}, []string{"AZ ID"}},
		{"more names than zones", planWith("{}", "["+zones(`"us-west-2a", "us-west-2b"`, `"usw2-az1"`)+"]", named("a", "us-west-2a"), named("b", "us-west-2b"), directory), d, []string{"zone of aws_subnet.b"}, []string{"zone of aws_subnet.a"}},
		{"the first of two that tell", planWith("{}", "["+zones(`"us-west-2a", "us-west-2a"`, `"usw2-az1", "usw2-az2"`)+"]", named("a", "us-west-2a"), b, directory), d, []string{"create allowed"}, []string{"AZ ID", oneZone}},
		{"a name of which another subnet tells", planOf(created("aws_subnet", "c", `"availability_zone": "us-west-2a", "availability_zone_id": "usw2-az2"`), named("a", "us-west-2a"), b, directory), d, []string{oneZone}, []string{"AZ ID"}},
		{"a name that is sensitive", planOf(created("aws_subnet", "c", `"availability_zone": "us-west-2a", "availability_zone_id": "usw2-az2"`), named("a", "us-west-2a", `"after_sensitive": {"availability_zone": true}`), b, directory), d, []string{oneZone}, []string{"usw2-az2"}},
	})
}

// Domain controllers take TCP and UDP 53, 88, 389 and more; the rules of a group count together with those of the group that WorkSpaces
// make, so that what is not open is not given.
func TestTellOfSecurityGroups(t *testing.T) {
	const (
		d       = "aws_workspaces_directory.d"
		lacks   = "opens ports which aws_security_group.g is not known to open: "
		all     = `{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}`
		two     = `{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["10.0.1.10/32", "10.0.2.10/32"]}`
		groups  = `{"protocol": "-1", "from_port": 0, "to_port": 0, "security_groups": ["sg-s", "sg-x"]}`
		rule    = "aws_security_group_rule"
		egress  = "aws_vpc_security_group_egress_rule"
		ingress = "aws_vpc_security_group_ingress_rule"
		out     = `"security_group_id": "sg-1", "type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, `
		dns     = `, "dns_ip_addresses": ["10.0.1.10", "10.0.2.10"]`
	)
	oldGroup := func(egress string) string {
		return stays("aws_security_group", "g", `"id": "sg-1", "vpc_id": "vpc-1", "ingress": [], "egress": [`+egress+"]")
	}
	group := func(egress string) string {
		return created("aws_security_group", "g", `"id": "sg-1", "vpc_id": "vpc-1", "ingress": [], "egress": [`+egress+"]")
	}
	values := func(more string) string {
		return `"region": "us-west-2", "directory_id": "d-1"` + more + `, "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]`
	}
	old, directory := stays("aws_workspaces_directory", "d", values(dns)), created("aws_workspaces_directory", "d", values(dns))
	service := func(more string) string {
		return stays("aws_directory_service_directory", "s", `"id": "d-1", "security_group_id": "sg-s"`+more)
	}
	replaces := func(typ, before, after string) string {
		return change(typ, "r", `"delete", "create"`, "{"+before+"}", "{"+after+"}", "{}")
	}
	one := `"cidr_blocks": ["10.0.1.10/32"]`
	tell(t, []told{
		// Rules of their own that go, come or change.
		{"a group and a directory that stay", planOf(oldGroup(""), old), d, nil, nil},
		{"a rule that stays", planOf(oldGroup(""), stays(rule, "r", out+one), old), d, nil, nil},
		{"a rule that comes", planOf(oldGroup(""), created(rule, "r", out+one), old), d, []string{lacks + "TCP 53 (DNS) to 10.0.2.10/32"}, nil},
		{"one of two addresses goes", planOf(oldGroup(two), destroyed(rule, "r", out+one), old), d, []string{lacks + "TCP 53 (DNS) to 10.0.1.10/32,"}, []string{"10.0.2.10"}},
		{"a rule with other addresses goes", planOf(oldGroup(two), destroyed(rule, "r", out+`"cidr_blocks": ["10.0.3.10/32"]`), old), d, []string{"no-op allowed"}, []string{"ports"}},
		{"a rule with other ports goes", planOf(oldGroup(two), destroyed(rule, "r", strings.Replace(out, `"-1", "from_port": 0, "to_port": 0`, `"tcp", "from_port": 53, "to_port": 53`, 1)+one), old), d, []string{"no-op allowed"}, []string{"ports"}},
		{"an inbound rule goes", planOf(oldGroup(two), destroyed(rule, "r", strings.Replace(out, "egress", "ingress", 1)+one), old), d, []string{"no-op allowed"}, []string{"ports"}},
		{"an inbound rule of the other kind goes", planOf(oldGroup(two), destroyed(ingress, "r", `"security_group_id": "sg-1", "ip_protocol": "-1", "cidr_ipv4": "10.0.1.10/32"`), old), d, []string{"no-op allowed"}, []string{"ports"}},
		{"a rule of another group goes", planOf(oldGroup(two), destroyed(rule, "r", strings.Replace(out, "sg-1", "sg-2", 1)+one), old), d, nil, nil},
		{"a rule to a group goes", planOf(oldGroup(groups), service(`, "dns_ip_addresses": ["10.0.1.10"]`), destroyed(rule, "r", out+`"source_security_group_id": "sg-s"`), stays("aws_workspaces_directory", "d", values(""))), d, []string{lacks + "TCP 53 (DNS) to"}, nil},
		{"a rule to another group goes", planOf(oldGroup(groups), service(`, "dns_ip_addresses": ["10.0.1.10"]`), destroyed(rule, "r", out+`"source_security_group_id": "sg-x"`), stays("aws_workspaces_directory", "d", values(""))), d, []string{"no-op allowed"}, []string{"ports"}},
		{"a rule is replaced by itself", planOf(oldGroup(two), replaces(rule, out+one, out+one), old), d, []string{"no-op allowed"}, []string{"ports"}},
		{"a rule is replaced by less", planOf(oldGroup(two), replaces(rule, out+`"cidr_blocks": ["10.0.1.10/32", "10.0.2.10/32"]`, out+one), old), d, []string{lacks + "TCP 53 (DNS) to 10.0.2.10/32,"}, nil},
		{"a rule that is deposed", planOf(oldGroup(two), strings.Replace(destroyed(rule, "r", out+one), `"change"`, `"deposed": "deadbeef", "change"`, 1), old), d, nil, nil},
		{"a rule whose type is not known", planOf(group(""), created(rule, "r", strings.Replace(out, `"type": "egress", `, "", 1)+`"cidr_blocks": ["0.0.0.0/0"]`, "type"), directory), d, []string{lacks + "TCP 53"}, nil},
		{"a rule whose port is not known at one end", planOf(group(""), created(egress, "r", `"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 0, "cidr_ipv4": "0.0.0.0/0"`, "to_port"), directory), d, []string{lacks + "TCP 53"}, nil},
		{"a rule whose protocol is not known", planOf(group(""), created(egress, "r", `"security_group_id": "sg-1", "from_port": 0, "to_port": 65535, "cidr_ipv4": "0.0.0.0/0"`, "ip_protocol"), directory), d, []string{lacks + "TCP 53"}, nil},

		// Protocols and ports.
		{"all, in capitals", planOf(group(`{"protocol": "ALL", "cidr_blocks": ["0.0.0.0/0"]}`), directory), d, nil, []string{lacks}},
		{"TCP in capitals", planOf(group(`{"protocol": "TCP", "from_port": 0, "to_port": 65535, "cidr_blocks": ["0.0.0.0/0"]}`), directory), d, []string{lacks + "UDP 53"}, []string{"TCP 53"}},
		{"all protocols, with ports that do not count", planOf(group(`{"protocol": "-1", "from_port": 7, "to_port": 7, "cidr_blocks": ["0.0.0.0/0"]}`), directory), d, nil, []string{lacks}},
		{"one port", planOf(group(`{"protocol": "tcp", "from_port": 53, "to_port": 53, "cidr_blocks": ["0.0.0.0/0"]}`), directory), d, []string{lacks + "UDP 53"}, []string{"TCP 53"}},
		{"up to one port", planOf(group(`{"protocol": "tcp", "from_port": 0, "to_port": 52, "cidr_blocks": ["0.0.0.0/0"]}`), directory), d, []string{lacks + "TCP 53"}, nil},

		// Which directories are asked about.
		{"an update of something else", planOf(oldGroup(""), change("aws_workspaces_directory", "d", `"update"`, "{"+values(dns)+`, "tags_all": {}}`, "{"+values(dns)+`, "tags_all": {"a": "b"}}`, "{}")), d, nil, []string{lacks}},
		{"an update of the group", planOf(oldGroup(""), change("aws_workspaces_directory", "d", `"update"`, `{"workspace_creation_properties": [{"custom_security_group_id": "sg-0"}]}`, "{"+values(dns)+"}", "{}")), d, []string{lacks + "TCP 53"}, nil},
		{"no group", planOf(group(""), created("aws_workspaces_directory", "d", `"region": "us-west-2", "directory_id": "d-1", "workspace_creation_properties": [{}]`)), d, nil, []string{"ports"}},
		{"a group that the provider computes", planOf(group(""), change("aws_workspaces_directory", "d", `"create"`, "null", `{"region": "us-west-2", "workspace_creation_properties": [{}]}`, `{"workspace_creation_properties": [{"custom_security_group_id": true}]}`)), d, nil, []string{"ports"}},
		{"a group behind a local", planWith(configOf(`{"mode": "managed", "type": "aws_workspaces_directory", "name": "d", "expressions": {"workspace_creation_properties": [{"custom_security_group_id": `+refs("local.g")+`}]}}`), "[]",
			group(""), change("aws_workspaces_directory", "d", `"create"`, "null", `{"region": "us-west-2", "workspace_creation_properties": [{}]}`, `{"workspace_creation_properties": [{"custom_security_group_id": true}]}`)), d,
			[]string{"workspace_creation_properties[0].custom_security_group_id: not known until apply; it is by way of local.g"}, nil},
		{"a group of a data source", planWith("{}", "["+dataOf("aws_security_group", "x", `"id": "sg-1"`)+"]", directory), d, []string{"its rules are not in the plan"}, []string{"not known until apply"}},
		{"a group of a data source, of a directory that stays", planWith("{}", "["+dataOf("aws_security_group", "x", `"id": "sg-1"`)+"]", old), d, nil, nil},
		{"a data source of a directory", planWith("{}", "["+dataOf("aws_workspaces_directory", "d", values(dns))+"]", group("")), "data." + d, nil, nil},

		// The domain controllers.
		{"those of the registration before those of the directory", planOf(group(""), service(`, "dns_ip_addresses": ["10.0.9.9"]`), directory), d, []string{"to 10.0.1.10/32, 10.0.2.10/32"}, []string{"10.0.9.9"}},
		{"those of the directory", planOf(group(""), service(`, "dns_ip_addresses": ["10.0.9.9"], "connect_settings": [{"customer_dns_ips": ["10.0.8.8"]}]`), created("aws_workspaces_directory", "d", values(""))), d, []string{"to 10.0.9.9/32"}, []string{"10.0.8.8"}},
		{"those of a connector", planOf(group(""), service(`, "connect_settings": [{"customer_dns_ips": ["10.0.8.8"]}]`), created("aws_workspaces_directory", "d", values(""))), d, []string{"to 10.0.8.8/32"}, nil},
		{"those of subnets", planOf(group(""), service(`, "vpc_settings": [{"subnet_ids": ["subnet-a", "subnet-b"]}]`), subnetIn("a", "usw2-az1", "10.0.1.0/24"), subnetIn("b", "usw2-az2", "10.0.2.0/24"), created("aws_workspaces_directory", "d", values(""))), d, []string{"to 10.0.1.0/24, 10.0.2.0/24"}, nil},
		{"those of subnets, of which one is not in the plan", planOf(group(""), service(`, "vpc_settings": [{"subnet_ids": ["subnet-a", "subnet-b"]}]`), subnetIn("a", "usw2-az1", "10.0.1.0/24"), created("aws_workspaces_directory", "d", values(""))), d, []string{"the addresses of the domain controllers are not in the plan"}, nil},
		{"those of subnets, of which one has no CIDR", planOf(group(""), service(`, "vpc_settings": [{"subnet_ids": ["subnet-a", "subnet-b"]}]`), subnetIn("a", "usw2-az1", "10.0.1.0/24"), subnetIn("b", "usw2-az2", "x"), created("aws_workspaces_directory", "d", values(""))), d, []string{"the addresses of the domain controllers are not in the plan"}, nil},
		{"addresses that are none", planOf(group(""), created("aws_workspaces_directory", "d", values(`, "dns_ip_addresses": ["x"]`))), d, []string{"the addresses of the domain controllers are not in the plan"}, nil},
		{"no directory in the plan", planOf(group(""), created("aws_workspaces_directory", "d", values(""))), d, []string{"the addresses of the domain controllers are not in the plan"}, []string{lacks}},

		// Internet access.
		{"a VPC that is not in the plan", planOf(group(all), created("aws_workspaces_directory", "d", strings.Replace(values(dns), `"sg-1"`, `"sg-1", "enable_internet_access": true`, 1))), d, []string{"whether aws_security_group.g opens ports 80 and 443: the CIDRs of its VPC are not in the plan"}, nil},
		{"a VPC whose CIDR is not known", planOf(created("aws_vpc", "v", `"id": "vpc-1", "region": "us-west-2"`, "cidr_block"), group(all), created("aws_workspaces_directory", "d", strings.Replace(values(dns), `"sg-1"`, `"sg-1", "enable_internet_access": true`, 1))), d, []string{"the CIDRs of its VPC are not in the plan"}, nil},
		{"no internet access", planOf(group(all), directory), d, []string{"create allowed"}, []string{"80"}},
		{"internet access from the VPC", planOf(vpcIn("us-west-2", "10.0.0.0/16"), group(all), created("aws_workspaces_directory", "d", strings.Replace(values(dns), `"sg-1"`, `"sg-1", "enable_internet_access": true`, 1))), d, []string{lacks + "TCP 80 (internet) from 10.0.0.0/16"}, nil},
	})

	// A group is asked for 16 directories, and a kind of directory once.
	var changes []string
	for i := range 18 {
		changes = append(changes, created("aws_workspaces_directory", fmt.Sprintf("d%02d", i), values(fmt.Sprintf(`, "dns_ip_addresses": ["10.0.1.%d"]`, i))))
	}
	changes = append(changes, created("aws_workspaces_directory", "e", values(`, "dns_ip_addresses": ["10.0.1.3"]`)))
	_, rep := reportOn(t, planOf(append(changes, group(""))...))
	for i := range 18 {
		got := rep.tells(fmt.Sprintf("aws_workspaces_directory.d%02d", i))
		if asked := i < 16; strings.Contains(got, lacks) != asked || strings.Contains(got, "it was asked for 16 other directories") == asked {
			t.Errorf("%d: %s", i, got)
		}
	}
	if got := rep.tells("aws_workspaces_directory.e"); !strings.Contains(got, lacks+"TCP 53 (DNS) to 10.0.1.3/32") {
		t.Error(got)
	}
}

// The groups of a directory by reference are those that are asked about, also where for_each has values of several kinds.
func TestTellOfIPGroups(t *testing.T) {
	const d, lockedOut, notKnown = "aws_workspaces_directory.d", "network.ip-group-lock-out", "whom ip_group_ids lets in"
	group := func(name, rules string, unknown ...string) string {
		return created("aws_workspaces_ip_group", name, `"region": "us-west-2", "tags_all": {}, "rules": [`+rules+"]", append(unknown, "id")...)
	}
	directory := created("aws_workspaces_directory", "d", `"region": "us-west-2", "tags_all": {}`, "ip_group_ids")
	by := func(references ...string) string {
		return configOf(configured("aws_workspaces_directory", "d", "ip_group_ids", refs(references...)))
	}
	g, key := group("g", ""), created("aws_kms_key", "k", "", "id", "arn")
	each := configOf(forEach("aws_workspaces_directory", "d", "ip_group_ids", refs("each.value.group", "each.value"), refs("aws_workspaces_ip_group.g.id", "aws_workspaces_ip_group.g", "aws_kms_key.k.arn", "aws_kms_key.k")))
	tell(t, []told{
		{"one", planWith(by("aws_workspaces_ip_group.g.id", "aws_workspaces_ip_group.g"), "[]", g, directory), d, []string{lockedOut}, []string{notKnown, "assumed"}},
		{"one with a rule", planWith(by("aws_workspaces_ip_group.g.id", "aws_workspaces_ip_group.g"), "[]", group("g", `{"source": "192.0.2.0/24"}`), directory), d, nil, []string{lockedOut, notKnown}},
		{"one whose rules are not known", planWith(by("aws_workspaces_ip_group.g.id", "aws_workspaces_ip_group.g"), "[]", group("g", "", "rules"), directory), d, []string{notKnown}, []string{lockedOut}},
		{"one by a value of for_each", planWith(each, "[]", strings.Replace(directory, `"name": "d"`, `"name": "d", "index": "a"`, 1), g, key), d, []string{lockedOut}, []string{notKnown}},
		{"behind a local", planWith(by("local.g"), "[]", g, directory), d, nil, []string{lockedOut}},
		{"beside a local", planWith(by("local.g", "aws_workspaces_ip_group.g.id"), "[]", g, directory), d, []string{notKnown}, []string{lockedOut}},
		{"one that is not in the plan", planOf(created("aws_workspaces_directory", "d", `"region": "us-west-2", "ip_group_ids": ["wsipg-9"]`)), d, []string{notKnown}, []string{lockedOut}},
		{"a directory that stays", planOf(stays("aws_workspaces_directory", "d", `"region": "us-west-2", "ip_group_ids": ["wsipg-9"]`)), d, nil, nil},
		{"none, as the provider computes it", planOf(directory), d, []string{"create allowed\n"}, []string{notKnown, lockedOut}},
		{"none", planOf(created("aws_workspaces_directory", "d", `"region": "us-west-2", "tags_all": {}, "ip_group_ids": []`)), d, []string{"create allowed\n"}, []string{notKnown, lockedOut}},
	})
}
