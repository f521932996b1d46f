package tfplan

import (
	"fmt"
	"strings"
	"testing"
)

// tells is all that a report says of a resource: its action and verdict, its findings, its lines, and what is open.
func (rep report) tells(address string) string {
	var b strings.Builder
	for _, r := range rep.Resources {
		if string(r.Address) != address {
			continue
		}
		fmt.Fprintln(&b, r.Action, r.Verdict)
		for _, f := range r.Findings {
			fmt.Fprintf(&b, "%s %s %s: %s\n", f.Code, f.Address, f.Path, f.Detail)
		}
		for _, list := range [][]words{r.Lines, r.Undocumented, r.NotGiven} {
			for _, l := range list {
				fmt.Fprintln(&b, l)
			}
		}
	}
	return b.String()
}

// A told is a plan, what must be said of a resource of it, and what must not.
type told struct {
	name, plan, of string
	says, not      []string
}

func tell(t *testing.T, all []told) {
	t.Helper()
	for _, tt := range all {
		_, rep := reportOn(t, tt.plan)
		got := rep.tells(tt.of)
		for _, words := range tt.says {
			if !strings.Contains(got, words) {
				t.Errorf("%s: %q is not said of %s:\n%s", tt.name, words, tt.of, got)
			}
		}
		for _, words := range tt.not {
			if strings.Contains(got, words) {
				t.Errorf("%s: %q is said of %s:\n%s", tt.name, words, tt.of, got)
			}
		}
		if len(tt.says)+len(tt.not) == 0 && got != "" {
			t.Errorf("%s: of %s nothing is to be said:\n%s", tt.name, tt.of, got)
		}
	}
}

// The management ranges of us-west-2 are 172.31.0.0/16, 192.168.0.0/16 and 198.19.0.0/16, by the table of the Administration Guide.
func TestTellOfVPCs(t *testing.T) {
	const (
		v, w, r, d = "aws_vpc.v", "aws_vpc.w", "aws_route.r", "aws_workspaces_directory.d"
		free       = "management ranges of us-west-2 free"
		lost       = "whether it has routes and CIDRs of which the plan does not tell the VPC"
		alone      = "assumed to be in it, as the only VPC of the module: "
		propagated = "routes that are not in the plan, such as propagated ones"
		none       = "no directory of the plan is known to be in it"
	)
	vpc := vpcIn("us-west-2", "10.0.0.0/16")
	old := stays("aws_vpc", "v", `"id": "vpc-1", "region": "us-west-2", "cidr_block": "10.0.0.0/16", "main_route_table_id": "rtb-main"`)
	other := created("aws_vpc", "w", `"id": "vpc-2", "region": "us-west-2", "cidr_block": "10.9.0.0/16"`)
	a, b := subnetIn("a", "usw2-az1", "10.0.1.0/24"), subnetIn("b", "usw2-az2", "10.0.2.0/24")
	directory := registers(twoSubnets + `, "region": "us-west-2"`)
	in := func(changes ...string) []string { return append(changes, a, b, directory) }
	association := func(cidr string, unknown ...string) string {
		return created("aws_vpc_ipv4_cidr_block_association", "c", `"vpc_id": "vpc-1", "cidr_block": `+cidr, unknown...)
	}
	list := func(entries string, unknown ...string) string {
		return created("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entry": [`+entries+"]", unknown...)
	}
	toList := created("aws_route", "r", `"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"`)
	oldToList := stays("aws_route", "r", `"route_table_id": "rtb-main", "destination_prefix_list_id": "pl-1"`)
	oldList := stays("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entry": [{"cidr": "198.19.0.0/24"}]`)
	entry := func(cidr string, unknown ...string) string {
		return created("aws_ec2_managed_prefix_list_entry", "e", `"prefix_list_id": "pl-1", "cidr": `+cidr, unknown...)
	}
	data := func(associations string) string {
		return dataOf("aws_vpc", "v", `"id": "vpc-1", "region": "us-west-2", "cidr_block": "172.31.0.0/16", "main_route_table_id": "rtb-main", "cidr_block_associations": [`+associations+"]")
	}
	late := func(typ, name, attribute string, references ...string) string {
		return configOf(configured(typ, name, attribute, refs(references...)))
	}
	lateRoute := created("aws_route", "r", `"destination_cidr_block": "172.31.0.0/24"`, "route_table_id")
	in1 := func(module, typ, name, after, unknown string) string {
		return instance(module, typ, name, "", after, unknown)
	}
	tell(t, []told{
		{"nothing in the way", planOf(in(vpc)...), v, []string{"create allowed", "3 of 3 " + free, "in it: " + d}, []string{none, lost, alone, propagated}},
		{"no directory", planOf(vpc), v, []string{none, "3 of 3 " + free}, []string{"\nin it: "}},
		{"each kind of overlap", planOf(in(vpc, route("p", "rtb-main", "172.16.0.0/12"), route("q", "rtb-main", "198.19.0.0/16"), route("r", "rtb-main", "192.168.3.0/24"))...), v, []string{
			"172.31.0.0/16 is covered by the wider 172.16.0.0/12 (aws_route.p: destination_cidr_block)", "192.168.0.0/16 is in use in part by 192.168.3.0/24 (aws_route.r: destination_cidr_block)",
			"198.19.0.0/16 is in use as a whole by 198.19.0.0/16 (aws_route.q: destination_cidr_block)", "0 of 3 " + free}, nil},
		{"a route as often as four", planOf(in(append([]string{vpc}, times(5, func(i int) string { return route(fmt.Sprint("r", i), "rtb-main", "198.19.0.0/24") })...)...)...), v,
			[]string{"(aws_route.r0: destination_cidr_block, aws_route.r1: destination_cidr_block, aws_route.r2: destination_cidr_block and 2 more)"}, nil},
		{"the verdict stands with the directory", planOf(in(vpc, route("p", "rtb-main", "172.16.0.0/12"), route("q", "rtb-main", "198.19.0.0/16"), route("r", "rtb-main", "192.168.3.0/24"))...), d, []string{"create undocumented", "its registration in aws_vpc.v is undocumented: see there"}, nil},
		{"denied", planOf(in(vpcIn("us-west-2", "172.31.0.0/16"), route("p", "rtb-main", "192.168.0.0/16"), route("q", "rtb-main", "198.19.0.0/16"))...), d, []string{"create denied", "its registration in aws_vpc.v is denied: see there"}, nil},
		{"a directory that is replaced", planOf(in(vpc)[0], a, b, strings.Replace(directory, `["create"], "before": null`, `["delete", "create"], "before": {"id": "d-1"}`, 1)), d, []string{"its registration in aws_vpc.v is allowed: see there"}, nil},
		{"a directory that stays", planOf(vpc, a, b, strings.Replace(directory, `"create"`, `"no-op"`, 1)), v, []string{"in it: " + d}, nil},
		{"a directory that is updated", planOf(vpc, a, b, strings.Replace(directory, `"create"], "before": null`, `"update"], "before": {}`, 1)), d, []string{"update allowed"}, []string{"its registration"}},
		{"a directory that stays, and a VPC that does", planOf(old, a, b, strings.Replace(directory, `"create"`, `"no-op"`, 1)), v, nil, nil},

		// CIDRs.
		{"a CIDR beside", planOf(vpc, association(`"192.168.0.0/24"`)), v, []string{"2 of 3 " + free, "192.168.0.0/24 (aws_vpc_ipv4_cidr_block_association.c: cidr_block)"}, nil},
		{"a CIDR beside, of a VPC that stays", planOf(old, association(`"192.168.0.0/24"`)), v, []string{"2 of 3 " + free, propagated}, nil},
		{"a CIDR beside that stays", planOf(old, stays("aws_vpc_ipv4_cidr_block_association", "c", `"vpc_id": "vpc-1", "cidr_block": "192.168.0.0/24"`)), v, nil, nil},
		{"a CIDR beside, not known", planOf(vpc, association("null", "cidr_block")), v, []string{"aws_vpc_ipv4_cidr_block_association.c: cidr_block: is not known until apply"}, []string{"is not a CIDR"}},
		{"a CIDR beside that is none", planOf(vpc, association(`"x"`)), v, []string{"tfplan.value-invalid aws_vpc_ipv4_cidr_block_association.c cidr_block: \"x\" is not a CIDR"}, []string{"not known until apply"}},
		{"no CIDR that is known", planOf(created("aws_vpc", "v", `"region": "us-west-2"`, "id", "cidr_block")), v, []string{"create allowed", "the VPC has no CIDR that is known", "cidr_block: is not known until apply"}, []string{free}},
		{"the main CIDR of a data source counts once", planWith("{}", "["+data(`{"cidr_block": "172.31.0.0/16", "state": "associated"}, {"cidr_block": "198.19.0.0/24"}, {"cidr_block": "192.168.0.0/24", "state": "disassociating"}`)+"]", route("r", "rtb-main", "10.1.0.0/16")), "data.aws_vpc.v",
			[]string{"172.31.0.0/16 is in use as a whole by 172.31.0.0/16 (data.aws_vpc.v: cidr_block)", "198.19.0.0/24 (data.aws_vpc.v: cidr_block_associations[1].cidr_block)", "1 of 3 " + free, propagated}, []string{"192.168"}},
		{"a resource before its data source", planWith("{}", "["+data("")+"]", vpc), v, []string{"3 of 3 " + free}, nil},

		// Routes by prefix lists.
		{"a list", planOf(vpc, toList, list(`{"cidr": "198.19.0.0/24"}`)), v, []string{"2 of 3 " + free, "198.19.0.0/24 (aws_route.r: destination_prefix_list_id)"}, nil},
		{"a list whose entry is none", planOf(vpc, toList, list(`{"cidr": "x"}`)), v, []string{"tfplan.value-invalid aws_ec2_managed_prefix_list.l entry[0].cidr: \"x\" is not a CIDR"}, nil},
		{"a list that changes under a route that stays", planOf(old, oldToList, list(`{"cidr": "198.19.0.0/24"}`)), v, []string{"2 of 3 " + free}, nil},
		{"an entry that comes under a route that stays", planOf(old, oldToList, oldList, entry(`"192.168.0.0/24"`)), v, []string{"1 of 3 " + free, "192.168.0.0/24 (aws_ec2_managed_prefix_list_entry.e: cidr)"}, nil},
		{"a list and a route that stay", planOf(old, oldToList, oldList), v, nil, nil},
		{"an entry that is none", planOf(vpc, toList, list(""), entry(`"x"`)), v, []string{"tfplan.value-invalid aws_ec2_managed_prefix_list_entry.e cidr: \"x\" is not a CIDR"}, nil},
		{"an entry that is not known", planOf(vpc, toList, list(""), entry("null", "cidr")), v, []string{"aws_ec2_managed_prefix_list_entry.e: cidr: is not known until apply"}, []string{"is not a CIDR"}},
		{"an entry of another list", planOf(vpc, toList, list(""), strings.Replace(entry(`"192.168.0.0/24"`), "pl-1", "pl-2", 1)), v, []string{"3 of 3 " + free}, nil},
		{"entries that are not known", planOf(vpc, toList, list("", "entry")), v, []string{"aws_ec2_managed_prefix_list.l: its entries are not known until apply"}, nil},
		{"entries that are known", planOf(vpc, toList, list("")), v, []string{"3 of 3 " + free}, []string{"not known"}},
		{"a list by reference", planWith(late("aws_route", "r", "destination_prefix_list_id", "aws_ec2_managed_prefix_list.l.id"), "[]", vpc,
			created("aws_route", "r", `"route_table_id": "rtb-main"`, "destination_prefix_list_id"), created("aws_ec2_managed_prefix_list", "l", `"entry": [{"cidr": "198.19.0.0/24"}]`, "id")), v, []string{"2 of 3 " + free}, nil},
		{"a list that is not in the plan", planOf(vpc, toList), v, []string{"aws_route.r: destination_prefix_list_id: the entries of the prefix list are not known"}, []string{"is not a CIDR"}},

		// Other routes.
		{"a route of a VPC that stays", planOf(old, route("r", "rtb-main", "198.19.0.0/24")), v, []string{"2 of 3 " + free}, nil},
		{"a route that stays", planOf(old, stays("aws_route", "r", `"route_table_id": "rtb-main", "destination_cidr_block": "198.19.0.0/24"`)), v, nil, nil},
		{"a route to an address of IPv6", planOf(vpc, created("aws_route", "r", `"route_table_id": "rtb-main", "destination_ipv6_cidr_block": "2001:db8::/32"`)), v, []string{"3 of 3 " + free}, []string{"CIDR,"}},
		{"a destination that is not known", planOf(vpc, created("aws_route", "r", `"route_table_id": "rtb-main"`, "destination_cidr_block")), v, []string{"aws_route.r: destination_cidr_block: is not known until apply"}, nil},
		{"a table without routes", planOf(old, created("aws_route_table", "t", `"vpc_id": "vpc-1", "route": []`)), v, nil, nil},

		// Parts of which the VPC is not known.
		{"a route behind a local, and two VPCs", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, lateRoute)...), v, []string{"create undocumented", lost + ": aws_route.r: destination_cidr_block"}, []string{free}},
		{"of the route", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, lateRoute)...), r, []string{"create undocumented", "which VPC it is in is not known; it is by way of local.t"}, nil},
		{"of the directory", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, lateRoute)...), d, []string{"create undocumented", "is undocumented: see there"}, nil},
		{"a default route behind a local", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, strings.Replace(lateRoute, "172.31.0.0/24", "0.0.0.0/0", 1))...), r, nil, nil},
		{"half of all behind a local", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, strings.Replace(lateRoute, "172.31.0.0/24", "128.0.0.0/1", 1))...), r, []string{"takes a management range"}, nil},
		{"IPv6 in a CIDR behind a local", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, other, strings.Replace(lateRoute, "172.31.0.0/24", "2001:db8::/32", 1))...), r, nil, nil},
		{"a route whose table the plan does not have", planOf(in(vpc, route("r", "rtb-x", "172.31.0.0/24"))...), r, []string{"create allowed", "its VPC is not in the plan"}, nil},
		{"of its VPC", planOf(in(vpc, route("r", "rtb-x", "172.31.0.0/24"))...), v, []string{"3 of 3 " + free}, []string{lost}},
		{"one that stays", planOf(in(vpc, stays("aws_route", "r", `"route_table_id": "rtb-x", "destination_cidr_block": "172.31.0.0/24"`))...), r, nil, nil},
		{"a CIDR whose VPC is not known", planWith(late("aws_vpc_ipv4_cidr_block_association", "c", "vpc_id", "local.v"), "[]", in(vpc, other, created("aws_vpc_ipv4_cidr_block_association", "c", `"cidr_block": "172.31.0.0/24"`, "vpc_id"))...),
			"aws_vpc_ipv4_cidr_block_association.c", []string{"whether cidr_block takes a management range: which VPC it is in is not known; it is by way of local.v"}, nil},
		{"a route of a table behind a local", planWith(configOf(configured("aws_route", "r", "route_table_id", refs("aws_route_table.t.id"))+", "+configured("aws_route_table", "t", "vpc_id", refs("local.v"))), "[]",
			in(vpc, other, lateRoute, created("aws_route_table", "t", "", "id", "vpc_id"))...), r, []string{"which VPC it is in is not known; it is by way of local.v"}, nil},
		{"no VPC and no directory", planOf(route("r", "rtb-x", "172.31.0.0/24"), createWorkspace("w", desk("x", sound))), r, nil, nil},

		// The only VPC of a module.
		{"a route behind a local", planWith(late("aws_route", "r", "route_table_id", "local.t"), "[]", in(vpc, lateRoute)...), v, []string{alone + "aws_route.r: route_table_id", "2 of 3 " + free}, []string{lost}},
		{"two gaps", planWith(late("aws_route", "r", "route_table_id", "local.t", "local.u"), "[]", in(vpc, lateRoute)...), v, []string{alone + "aws_route.r: route_table_id", "2 of 3 " + free}, nil},
		{"behind a module", planWith(late("aws_route", "r", "route_table_id", "module.m"), "[]", in(vpc, lateRoute)...), v, []string{lost}, []string{alone}},
		{"beside the table of another VPC", planWith(late("aws_route", "r", "route_table_id", "local.t", "aws_route_table.t.id"), "[]", in(vpc, lateRoute, created("aws_route_table", "t", `"vpc_id": "vpc-9"`, "id"))...), v, []string{lost}, []string{"2 of 3"}},
		{"beside a table of it", planWith(late("aws_route", "r", "route_table_id", "local.t", "aws_route_table.t.id"), "[]", in(vpc, lateRoute, created("aws_route_table", "t", `"vpc_id": "vpc-1"`, "id"))...), v, []string{alone, "2 of 3 " + free}, []string{lost}},
		{"in a module with one, beside the root's", planWith(`{"root_module": {"module_calls": {"m": {"module": {"resources": [`+configured("aws_route", "r", "route_table_id", refs("local.t"))+`]}}}}}`, "[]", vpc,
			in1("module.m", "aws_vpc", "v", `{"region": "us-west-2", "cidr_block": "10.9.0.0/16"}`, `{"id": true}`), in1("module.m", "aws_route", "r", `{"destination_cidr_block": "172.31.0.0/24"}`, `{"route_table_id": true}`)), "module.m.aws_vpc.v", []string{alone + "module.m.aws_route.r: route_table_id"}, nil},
		{"two tables of two VPCs", planWith(late("aws_route", "r", "route_table_id", "aws_route_table.t.id", "aws_route_table.u.id"), "[]", in(vpc, other, lateRoute,
			created("aws_route_table", "t", `"vpc_id": "vpc-1"`, "id"), created("aws_route_table", "u", `"vpc_id": "vpc-2"`, "id"))...), r, []string{"takes a management range"}, nil},
		{"two tables of one VPC", planWith(late("aws_route", "r", "route_table_id", "aws_route_table.t.id", "aws_route_table.u.id"), "[]", in(vpc, other, lateRoute,
			created("aws_route_table", "t", `"vpc_id": "vpc-1"`, "id"), created("aws_route_table", "u", `"vpc_id": "vpc-1"`, "id"))...), v, []string{"2 of 3 " + free}, nil},

		// Which VPCs are asked about.
		{"the directory is in another", planOf(in(vpc, other)...), w, nil, nil},
		{"it is not known where the directory is", planOf(vpc, other, registers(`"subnet_ids": ["subnet-x", "subnet-y"], "region": "us-west-2"`)), w, []string{none}, nil},
		{"of that directory", planOf(vpc, other, registers(`"subnet_ids": ["subnet-x", "subnet-y"], "region": "us-west-2"`)), d, []string{"whether the VPC lets the directory be registered: which VPC it is, or what it has, is not in the plan"}, nil},
		{"a data source of a directory, without subnets", planWith("{}", "["+dataOf("aws_workspaces_directory", "x", `"directory_id": "d-1"`)+"]", in(vpc, other)...), w, nil, nil},
		{"a data source of a directory, with subnets", planWith("{}", "["+dataOf("aws_workspaces_directory", "x", `"directory_id": "d-1", "subnet_ids": ["subnet-x"]`)+"]", in(vpc, other)...), w, []string{none}, nil},
		{"a directory of Pools", planOf(vpc, a, b, registers(twoSubnets+`, "region": "us-west-2", "workspace_type": "POOLS"`)), d, []string{"it is for WorkSpaces Pools, for which no document describes the test"}, nil},
		{"a directory of Pools that stays", planOf(vpc, a, b, strings.Replace(registers(twoSubnets+`, "region": "us-west-2", "workspace_type": "POOLS"`), `"create"`, `"no-op"`, 1)), d, nil, nil},
		{"Region by the directory", planOf(created("aws_vpc", "v", `"id": "vpc-1", "cidr_block": "10.0.0.0/16"`), a, b, directory), v, []string{"3 of 3 " + free}, nil},
		{"no Region", planOf(created("aws_vpc", "v", `"id": "vpc-1", "cidr_block": "10.0.0.0/16"`)), v, []string{"create undocumented", "depends on the Region, which the plan does not tell (--region)"}, []string{"ranges of"}},
		{"prefixes that are sensitive", planOf(strings.Replace(vpcIn("us-west-2", "172.31.0.0/16"), `"after_unknown"`, `"after_sensitive": {"cidr_block": true}, "after_unknown"`, 1)), v, []string{"the prefixes in the way are sensitive and are not shown", "2 of 3 " + free}, []string{"(aws_vpc.v"}},
	})
}
