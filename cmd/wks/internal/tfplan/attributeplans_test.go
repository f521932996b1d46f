package tfplan

import (
	"fmt"
	"strings"
)

// dataOf is an object of the state, of which a data source tells.
func dataOf(typ, name, values string) string {
	return fmt.Sprintf(`{"address": "data.%s.%s", "mode": "data", "type": %q, "name": %q, "values": {%s}}`, typ, name, typ, name, values)
}

// created is an object that the plan creates, of which attributes are not known until apply.
func created(typ, name, after string, unknown ...string) string {
	marks := ""
	for i, u := range unknown {
		if i > 0 {
			marks += ", "
		}
		marks += fmt.Sprintf("%q: true", u)
	}
	return change(typ, name, `"create"`, "null", "{"+after+"}", "{"+marks+"}")
}

func destroyed(typ, name, before string) string {
	return change(typ, name, `"delete"`, "{"+before+"}", "null", "{}")
}

func stays(typ, name, values string) string {
	return change(typ, name, `"no-op"`, "{"+values+"}", "{"+values+"}", "{}")
}

func configOf(blocks string) string { return `{"root_module": {"resources": [` + blocks + `]}}` }

// attributePlans are plans in which each attribute counts.
var attributePlans = attributePlansOf()

func attributePlansOf() (plans []string) {
	add := func(config, state string, changes ...string) {
		plans = append(plans, planWith(config, "["+state+"]", changes...))
	}
	const (
		w, d, vpc, subnet, sg = "aws_workspaces_workspace", "aws_workspaces_directory", "aws_vpc", "aws_subnet", "aws_security_group"
		oregon                = `"id": "vpc-1", "region": "us-west-2", "cidr_block": "10.0.0.0/16", "main_route_table_id": "rtb-main"`
		zones                 = `"subnet_ids": ["subnet-a", "subnet-b"]`
		user                  = `"bundle_id": "wsb-b0s22j3d7", "directory_id": "d-906732325d", "user_name": "x"`
		encrypts              = `, "root_volume_encryption_enabled": true`
		toList                = `"destination_prefix_list_id": "pl-1"`
	)
	late := func(typ, name, attribute string) string { return configured(typ, name, attribute, refs("local.x")) }
	a := created(subnet, "a", `"id": "subnet-a", "vpc_id": "vpc-1", "cidr_block": "10.0.1.0/24", "availability_zone_id": "usw2-az1"`)
	b := created(subnet, "b", `"id": "subnet-b", "vpc_id": "vpc-1", "cidr_block": "10.0.2.0/24", "availability_zone_id": "usw2-az2"`)

	// VPCs and their routes.
	add("{}", "", created(vpc, "v", oregon+`, "default_route_table_id": "rtb-def"`), created("aws_route", "r", `"route_table_id": "rtb-main", "destination_cidr_block": "198.19.1.0/24"`),
		created("aws_route", "s", `"route_table_id": "rtb-def", "destination_cidr_block": "172.31.0.0/24"`), created("aws_vpc_ipv4_cidr_block_association", "c", `"vpc_id": "vpc-1", "cidr_block": "192.168.0.0/20"`))
	add("{}", "", created(vpc, "v", `"arn": "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1", "cidr_block": "10.0.0.0/16"`))
	add("{}", dataOf(vpc, "v", oregon+`, "cidr_block_associations": [{"cidr_block": "198.19.0.0/20", "state": "associated"}, {"cidr_block": "192.168.0.0/20", "state": "disassociated"}]`),
		created("aws_route", "r", `"route_table_id": "rtb-main", "destination_cidr_block": "172.31.0.0/24"`))
	add("{}", "", created(vpc, "v", oregon), created("aws_route_table", "t", `"id": "rtb-t", "vpc_id": "vpc-1", "route": [{"cidr_block": "198.19.1.0/24"}, {`+toList+`}]`),
		created("aws_route", "r", `"route_table_id": "rtb-t", "destination_cidr_block": "172.31.0.0/24"`),
		created("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entry": [{"cidr": "192.168.0.0/20"}]`),
		created("aws_ec2_managed_prefix_list_entry", "e", `"prefix_list_id": "pl-1", "cidr": "192.168.32.0/20"`))
	add("{}", dataOf("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entries": [{"cidr": "192.168.0.0/20"}]`)+", "+
		dataOf("aws_route_table", "t", `"vpc_id": "vpc-1", "routes": [{"cidr_block": "198.19.1.0/24"}, {`+toList+`}]`), created(vpc, "v", oregon), created("aws_route", "r", `"route_table_id": "rtb-main", `+toList))
	add("{}", "", created(vpc, "v", oregon+`, "default_route_table_id": "rtb-def"`), created("aws_default_route_table", "t", `"id": "rtb-def", "default_route_table_id": "rtb-def", "route": [{"cidr_block": "198.19.1.0/24"}]`, "vpc_id"),
		created("aws_route", "r", `"route_table_id": "rtb-def", "destination_cidr_block": "172.31.0.0/24"`))
	add(configOf(configured("aws_route", "r", "route_table_id", refs("data.aws_route_table.t.route_table_id"))),
		dataOf("aws_route_table", "t", `"id": "rtb-t", "route_table_id": "rtb-t", "vpc_id": "vpc-1"`), created(vpc, "v", oregon), created("aws_route", "r", `"destination_cidr_block": "172.31.0.0/24"`, "route_table_id"))
	for _, of := range [][3]string{{"aws_route_table", "vpc_id", `"route": [{"cidr_block": "198.19.1.0/24"}]`}, {"aws_default_route_table", "vpc_id", `"route": [{"cidr_block": "198.19.1.0/24"}]`}, {"aws_route", "route_table_id", `"destination_cidr_block": "198.19.1.0/24"`}, {"aws_vpc_ipv4_cidr_block_association", "vpc_id", `"cidr_block": "192.168.0.0/20"`}} {
		for _, region := range []string{`"region": "us-west-2"`, `"arn": "arn:aws:ec2:us-west-2:123456789012:route-table/rtb-t"`} {
			if region[1] == 'r' || of[0] == "aws_route_table" {
				add(configOf(late(of[0], "t", of[1])), "", created(vpc, "v", oregon), created(vpc, "w", `"cidr_block": "10.1.0.0/16"`), created(of[0], "t", region+", "+of[2], of[1]))
			}
		}
	}

	add("{}", "", created(vpc, "v", oregon), created("aws_default_route_table", "t", `"id": "rtb-t", "vpc_id": "vpc-1", "route": [{`+toList+`}]`),
		created("aws_ec2_managed_prefix_list", "l", `"id": "pl-1", "entry": [{"cidr": "192.168.0.0/20"}]`), created("aws_route", "r", `"route_table_id": "rtb-t", "destination_cidr_block": "172.31.0.0/24"`))

	// Subnets.
	add("{}", "", created(vpc, "v", oregon), a, b, created(d, "d", `"region": "us-west-2", "directory_id": "d-906732325d", `+zones))
	add("{}", "", created(subnet, "a", `"id": "subnet-a", "availability_zone": "us-west-2a"`), created(subnet, "b", `"id": "subnet-b", "availability_zone": "us-west-2a"`), created(d, "d", `"region": "us-west-2", `+zones))
	for _, region := range []string{`"region": "us-west-2"`, `"arn": "arn:aws:ec2:us-west-2:123456789012:subnet/subnet-a"`} {
		add("{}", "", created(vpc, "v", `"id": "vpc-1", "cidr_block": "10.0.0.0/16"`), created(subnet, "a", `"vpc_id": "vpc-1", `+region))
	}
	add("{}", dataOf("aws_availability_zones", "z", `"names": ["us-west-2a"], "zone_ids": ["usw2-az4"]`), created(subnet, "a", `"id": "subnet-a", "availability_zone": "us-west-2a"`), created(d, "d", `"region": "us-west-2", `+zones))

	// Directories.
	add("{}", "", created(vpc, "v", oregon), a, b, created(d, "d", `"region": "us-west-2", "tenancy": "DEDICATED", "tags": {"a": "b;c"}, `+zones))
	add("{}", "", created(vpc, "v", oregon), a, b, created(d, "d", `"region": "us-west-2", "workspace_type": "POOLS", "tags_all": {"a": "b;c"}, `+zones))
	add("{}", "", destroyed(d, "d", `"id": "d-906732325d"`), stays(w, "w", user))
	add("{}", "", created(w, "w", user+`, "region": "us-east-1"`), created(d, "d", `"directory_id": "d-906732325d", "region": "us-west-2"`))
	add("{}", "", created("aws_workspaces_ip_group", "g", `"id": "wsipg-1", "region": "us-west-2", "rules": [], "tags": {"a": "b;c"}`), created(d, "d", `"region": "us-west-2", "ip_group_ids": ["wsipg-1"]`))
	add("{}", "", created("aws_workspaces_ip_group", "g", `"rules": [{"source": "x"}], "tags_all": {"a": "b;c"}`))
	add("{}", "", destroyed("aws_directory_service_directory", "s", `"id": "d-906732325d", "region": "us-west-2"`), stays(d, "d", `"directory_id": "d-906732325d"`))

	// Security groups.
	opens := func(name, to string) string {
		return `"` + name + `": [` + `{"protocol": "tcp", "from_port": 1, "to_port": 65535, ` + to + `}, {"protocol": "udp", "from_port": 1, "to_port": 65535, ` + to + "}]"
	}
	gives := func(more string) string {
		return created(d, "d", `"region": "us-west-2", "directory_id": "d-906732325d", `+zones+`, "workspace_creation_properties": [{"custom_security_group_id": "sg-1"`+more+"}]")
	}
	in := func(ips string, changes ...string) {
		add("{}", "", append(changes, created(vpc, "v", oregon), a, b, created("aws_directory_service_directory", "s", `"id": "d-906732325d", "security_group_id": "sg-s", `+ips), gives(`, "enable_internet_access": true`))...)
	}
	const four, six = `"cidr_blocks": ["10.0.0.0/16"]`, `"ipv6_cidr_blocks": ["2001:db8::/32"]`
	const byDNS = `"dns_ip_addresses": ["10.0.1.10"]`
	const bySix = `"dns_ip_addresses": ["2001:db8::1"]`
	add("{}", "", created(sg, "g", `"id": "sg-1"`), created(d, "d", `"region": "us-west-2", "dns_ip_addresses": ["10.0.1.10"], "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]`))
	in(byDNS, created(sg, "g", `"id": "sg-1", "vpc_id": "vpc-1", `+opens("egress", four)+", "+opens("ingress", four)))
	in(bySix, created(sg, "g", `"id": "sg-1", "vpc_id": "vpc-1", `+opens("egress", six)))
	in(byDNS, created(sg, "g", `"id": "sg-1", "vpc_id": "vpc-1", `+opens("egress", `"security_groups": ["sg-s"]`)))
	in(`"vpc_settings": [{"subnet_ids": ["subnet-a", "subnet-b"]}]`, created(sg, "g", `"id": "sg-1", "egress": []`))
	in(`"connect_settings": [{"customer_dns_ips": ["10.0.1.10"]}]`, created(sg, "g", `"id": "sg-1", "egress": []`))
	for _, to := range []string{`"cidr_blocks": ["10.0.0.0/8"]`, `"ipv6_cidr_blocks": ["2001:db8::/32"]`, `"source_security_group_id": "sg-s"`} {
		in(map[bool]string{true: bySix, false: byDNS}[to[1] == 'i'], created(sg, "g", `"id": "sg-1"`), created("aws_security_group_rule", "r", `"security_group_id": "sg-1", "type": "egress", "protocol": "tcp", "from_port": 53, "to_port": 53, `+to))
	}
	in(byDNS, created(sg, "g", `"id": "sg-1", "vpc_id": "vpc-1"`), created("aws_security_group_rule", "r", `"security_group_id": "sg-1", "type": "ingress", "protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["10.0.0.0/8"]`))
	for _, to := range []string{`"cidr_ipv4": "10.0.0.0/8"`, `"cidr_ipv6": "2001:db8::/32"`, `"referenced_security_group_id": "sg-s"`} {
		in(map[bool]string{true: bySix, false: byDNS}[to[9] == '6'], created(sg, "g", `"id": "sg-1"`), created("aws_vpc_security_group_egress_rule", "r", `"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 53, "to_port": 53, `+to))
	}
	in(byDNS, created(sg, "g", `"id": "sg-1", "vpc_id": "vpc-1"`), created("aws_vpc_security_group_ingress_rule", "r", `"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_ipv4": "10.0.0.0/8"`))
	add(`{"provider_config": {"aws": {"name": "aws"}}, `+configOf(ofProvider(w, "w") + ", " + ofProvider(sg, "g") + ", " + ofProvider("aws_default_security_group", "g"))[1:], "",
		created(sg, "g", `"arn": "arn:aws:ec2:us-west-2:123456789012:security-group/sg-1"`), created(w, "w", user))

	// Keys.
	const (
		key, alias  = "aws_kms_key", "aws_kms_alias"
		id          = "1234abcd-12ab-34cd-56ef-1234567890ab"
		arn         = `"arn": "` + keyARN + `"`
		aliasARN    = "arn:aws:kms:eu-west-1:123456789012:alias/x"
		disabledKey = arn + `, "id": "` + id + `", "is_enabled": false`
		policy      = `"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::123456789012:role/x\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}]}"`
	)
	with := func(name string) string {
		return created(w, "w", user+encrypts+`, "region": "eu-west-1", "volume_encryption_key": "`+name+`"`)
	}
	later := func(ref string) string { return configured(w, "w", "volume_encryption_key", refs(ref)) }
	add("{}", "", stays(key, "k", disabledKey), with(keyARN))
	add("{}", "", stays(key, "k", disabledKey), with(id))
	add("{}", "", stays(key, "k", arn+`, "is_enabled": true, "customer_master_key_spec": "RSA_2048"`), with(keyARN))
	for _, tells := range []string{`"key_manager": "AWS"`, `"key_spec": "RSA_2048"`, `"key_state": "Disabled"`} {
		add("{}", dataOf(key, "k", arn+", "+tells), with(keyARN))
	}
	add("{}", dataOf("aws_caller_identity", "c", `"arn": "arn:aws:sts::123456789012:assumed-role/x/y"`), stays(key, "k", arn+", "+policy), with(keyARN))
	add("{}", "", stays(key, "k", arn+", "+policy), with(keyARN))
	add("{}", "", stays(key, "k", arn), stays("aws_kms_key_policy", "p", `"key_id": "`+keyARN+`", `+policy), with(keyARN))
	for _, name := range []string{"alias/x", aliasARN} {
		add("{}", "", stays(key, "k", disabledKey), stays(alias, "a", `"id": "alias/x", "arn": "`+aliasARN+`", "target_key_id": "`+id+`"`), with(name))
	}
	for _, of := range []string{key, alias} { // in another Region
		add(configOf(later(of+".k.arn")), "", created(of, "k", `"region": "us-east-1"`, "arn"), created(w, "w", user+encrypts+`, "region": "eu-west-1"`, "volume_encryption_key"))
	}

	// WorkSpaces and bundles.
	const sizes = `, "workspace_properties": [{"compute_type_name": "POWER", "root_volume_size_gib": 80, "user_volume_size_gib": 200, "running_mode": "AUTO_STOP", "running_mode_auto_stop_timeout_in_minutes": 90}]`
	add("{}", "", created(w, "w", user+sizes+`, "user_volume_encryption_enabled": true, "volume_encryption_key": "`+keyARN+`", "tags": {"a": "b;c"}`))
	add("{}", "", created(w, "w", user+encrypts+`, "volume_encryption_key": "`+keyARN+`", "timeouts": {"create": "60m"}`))
	add("{}", "", created(w, "w", user+`, "tags_all": {"a": "b;c"}`))
	add("{}", "", change(w, "w", `"update"`, `{"state": "TERMINATED", `+desk("x", size("POWER", 175, 100))+"}", "{"+desk("x", size("POWER", 175, 200))+`, "timeouts": {"update": "2h"}}`, "{}"))
	add("{}", "", stays(d, "d", `"directory_id": "d-906732325d", "region": "us-west-2", "id": "d-906732325d"`), destroyed(w, "v", `"id": "ws-1", `+user), created(w, "w", user))
	const standard = `"id": "wsb-b0s22j3d7", "owner": "AMAZON", "name": "Standard with Windows 7", "compute_type": [{"name": "POWER"}], "root_storage": [{"capacity": "175"}], "user_storage": [{"capacity": "100"}]`
	add("{}", dataOf("aws_workspaces_bundle", "b", standard), change(w, "w", `"delete", "create"`, "{"+desk("x", "", "bundle_id", `"wsb-gm4d5tx2v"`)+"}", "{"+desk("x", `"root_volume_size_gib": 80, "user_volume_size_gib": 10`)+"}", "{}", `"replace_paths": [["bundle_id"]]`))
	add(configOf(configured(w, "w", "bundle_id", refs("data.aws_workspaces_bundle.b.bundle_id"))), dataOf("aws_workspaces_bundle", "b", standard+`, "bundle_id": "wsb-b0s22j3d7"`),
		created(w, "w", `"directory_id": "d-906732325d", "user_name": "x", "workspace_properties": [{"root_volume_size_gib": 80, "user_volume_size_gib": 10}]`, "bundle_id"))

	// What is created by one request.
	for _, region := range []string{`"name": "us-west-2"`, `"id": "us-west-2"`} {
		add(`{"provider_config": {"aws": {"name": "aws"}}, `+configOf(ofProvider(w, "w") + ", " + strings.Replace(ofProvider("aws_region", "r"), "managed", "data", 1))[1:], dataOf("aws_region", "r", region), created(w, "w", user))
	}
	for _, provider := range []string{"aws", "awscc"} {
		block, more := []string{"[{", "}]"}, []string{`, "region": "us-west-2", "tags": {"a": "b;c"}`, `, "tags_all": {"a": "b;c"}`}
		if provider == "awscc" {
			block, more = []string{"{", "}"}, []string{"", ""}
		}
		pool := map[string]string{"aws": "aws_workspaces_pool", "awscc": "awscc_workspaces_workspaces_pool"}[provider]
		const is = `"bundle_id": "-", "directory_id": "-", "running_mode": "-", "description": "?", "capacity": `
		for i, name := range []string{"pool_name", "name"} {
			add("{}", "", created(provider+"_workspaces_connection_alias", "a", `"connection_string": "desktops.example.com"`+more[i]))
			add("{}", "", created(pool, "p", is+block[0]+`"desired_user_sessions": -1`+block[1]+`, "application_settings": `+block[0]+`"status": "-", "settings_group": "?"`+block[1]+
				`, "timeout_settings": `+block[0]+`"disconnect_timeout_in_seconds": -1, "idle_disconnect_timeout_in_seconds": -1, "max_user_duration_in_seconds": -1`+block[1]+`, "`+name+`": "-"`+more[i]))
		}
	}
	return plans
}

// ofProvider is a resource in the configuration, of the provider that tells no Region.
func ofProvider(typ, name string) string {
	return fmt.Sprintf(`{"mode": "managed", "type": %q, "name": %q, "provider_config_key": "aws"}`, typ, name)
}
