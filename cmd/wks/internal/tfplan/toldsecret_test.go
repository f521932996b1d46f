package tfplan

import (
	"strings"
	"testing"
)

// Prefixes of which one is sensitive are not shown, and neither are the ports of a security group of which something is.
func TestTellOfSensitiveNetworks(t *testing.T) {
	const (
		v, d   = "aws_vpc.v", "aws_workspaces_directory.d"
		hush   = "the prefixes in the way are sensitive and are not shown\n"
		shown  = "192.168.0.0/16 is in use"
		ports  = "opens ports which aws_security_group.g is not known to open: "
		of     = `"after_sensitive": `
		region = `"region": "us-west-2", `
	)
	created := func(typ, name, after string, marks ...string) string {
		return change(typ, name, `"create"`, "null", "{"+after+"}", "{}", marks...)
	}
	vpc := func(marks ...string) string {
		return created("aws_vpc", "v", region+`"id": "vpc-1", "cidr_block": "10.0.0.0/16", "main_route_table_id": "rtb-main"`, marks...)
	}
	near := func(marks ...string) string {
		return created("aws_vpc", "v", region+`"id": "vpc-1", "cidr_block": "192.168.1.0/24", "main_route_table_id": "rtb-main"`, marks...)
	}
	association := func(marks ...string) string {
		return created("aws_vpc_ipv4_cidr_block_association", "c", `"vpc_id": "vpc-1", "cidr_block": "192.168.1.0/24"`, marks...)
	}
	route := func(marks ...string) string {
		return created("aws_route", "r", `"route_table_id": "rtb-main", "destination_cidr_block": "192.168.1.0/24"`, marks...)
	}
	table := func(marks ...string) string {
		return created("aws_route_table", "t", `"vpc_id": "vpc-1", "route": [{"cidr_block": "0.0.0.0/0"}, {"cidr_block": "192.168.1.0/24"}]`, marks...)
	}
	toList := created("aws_route", "r", `"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"`)
	list := func(entries string, marks ...string) string {
		return created("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entry": [`+entries+`]`, marks...)
	}
	entry := func(marks ...string) string {
		return created("aws_ec2_managed_prefix_list_entry", "e", `"prefix_list_id": "pl-1", "cidr": "192.168.1.0/24"`, marks...)
	}
	const one = `{"cidr": "192.168.1.0/24"}`
	cidr := of + `{"cidr_block": true}`
	var cases []told
	for name, tt := range map[string]struct{ open, secret string }{
		"the CIDR":               {planOf(near()), planOf(near(cidr))},
		"a CIDR beside":          {planOf(vpc(), association()), planOf(vpc(), association(cidr))},
		"a CIDR of two":          {planOf(vpc(), association()), planOf(vpc(cidr), association())},
		"a route":                {planOf(vpc(), route()), planOf(vpc(), route(of+`{"destination_cidr_block": true}`))},
		"a route of a table":     {planOf(vpc(), table()), planOf(vpc(), table(of+`{"route": [{}, {"cidr_block": true}]}`))},
		"a default route":        {planOf(vpc(), table()), planOf(vpc(), table(of+`{"route": [{"cidr_block": true}, {}]}`))},
		"an entry of a list":     {planOf(vpc(), toList, list(one)), planOf(vpc(), toList, list(one, of+`{"entry": [{"cidr": true}]}`))},
		"an entry beside a list": {planOf(vpc(), toList, list(""), entry()), planOf(vpc(), toList, list(""), entry(of+`{"cidr": true}`))},
		"the Region":             {planOf(near()), planOf(near(of + `{"region": true}`))},
	} {
		cases = append(cases, told{name, tt.open, v, []string{shown, "2 of 3 management ranges of us-west-2 free"}, []string{hush}}, told{name + ", sensitive", tt.secret, v, []string{hush}, []string{shown, "192.168.1.0/24"}})
	}
	tell(t, cases)

	group := func(marks ...string) string {
		return created("aws_security_group", "g", `"id": "sg-1", "vpc_id": "vpc-1", "ingress": [], "egress": [{"protocol": "tcp", "from_port": 53, "to_port": 53, "cidr_blocks": ["0.0.0.0/0"]}]`, marks...)
	}
	directory := func(marks ...string) string {
		return created("aws_workspaces_directory", "d", region+`"directory_id": "d-1", "tags_all": {}, "dns_ip_addresses": ["10.0.1.10"], "workspace_creation_properties": [{"custom_security_group_id": "sg-1", "enable_internet_access": true}]`, marks...)
	}
	rule := func(marks ...string) string {
		return created("aws_vpc_security_group_egress_rule", "r", `"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 88, "to_port": 88, "cidr_ipv4": "0.0.0.0/0"`, marks...)
	}
	for name, tt := range map[string]string{
		"the group":       planOf(vpc(), group(of+`{"egress": [{"cidr_blocks": [true]}]}`), rule(), directory()),
		"a rule":          planOf(vpc(), group(), rule(of+`{"cidr_ipv4": true}`), directory()),
		"the VPC":         planOf(vpc(cidr), group(), rule(), directory()),
		"the addresses":   planOf(vpc(), group(), rule(), directory(of+`{"dns_ip_addresses": [true]}`)),
		"internet access": planOf(vpc(), group(), rule(), directory(of+`{"workspace_creation_properties": [{"enable_internet_access": true}]}`)),
	} {
		tell(t, []told{{name, tt, d, []string{ports + string(hiddenDetail) + "\n"}, []string{"UDP", "10.0"}}})
	}
	tell(t, []told{{"nothing", planOf(vpc(), group(), rule(), directory()), d, []string{ports + "TCP 80 (internet) from 10.0.0.0/16, "}, []string{string(hiddenDetail)}}})
	if _, rep := reportOn(t, planOf(vpc(), created("aws_route", "r", `"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"`), change("aws_ec2_managed_prefix_list", "l", `"create"`, "null", `{"id": "pl-1", "entry": []}`, `{"entries": true}`))); !strings.Contains(rep.tells(v), "aws_ec2_managed_prefix_list.l: its entries are not known until apply\n") {
		t.Error(rep.tells(v))
	}
}
