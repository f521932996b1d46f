package tfplan

import (
	"slices"
	"strings"
	"testing"
)

// The group that a directory gives its WorkSpaces is asked for the ports of the domain. What it does not open is
// told, and is no finding: the group that WorkSpaces makes may open it.
func TestSecurityGroups(t *testing.T) {
	const (
		allOut = `{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}`
		tcpOut = `{"protocol": "tcp", "from_port": 0, "to_port": 65535, "cidr_blocks": ["10.0.0.0/8"]}`
		webIn  = `{"protocol": "tcp", "from_port": 0, "to_port": 65535, "cidr_blocks": ["10.0.0.0/16"]}, {"protocol": "udp", "from_port": 0, "to_port": 65535, "cidr_blocks": ["10.0.0.0/16"]}`
		lacks  = "which aws_security_group.g is not known to open: "
	)
	group := func(action, after, unknown string) string {
		return change("aws_security_group", "g", action, "{}", `{"id": "sg-1", "vpc_id": "vpc-1"`+after+"}", "{"+unknown+"}")
	}
	inline := func(egress string) string { return group(`"create"`, `, "ingress": [], "egress": [`+egress+"]", "") }
	directory := func(properties string, more string) string {
		return registers(twoSubnets + `, "region": "eu-west-1", "dns_ip_addresses": ["10.0.1.10", "10.0.2.10"], "workspace_creation_properties": [{"custom_security_group_id": "sg-1"` + properties + "}]" + more)
	}
	d := directory("", "")
	of := func(typ, action, attributes string) string {
		return change(typ, "r", action, `{"security_group_id": "sg-1", `+attributes+"}", `{"security_group_id": "sg-1", `+attributes+"}", "{}")
	}
	vpc := vpcIn("eu-west-1", "10.0.0.0/16")
	subnets := []string{subnetIn("a", "euw1-az1", "10.0.1.0/24"), subnetIn("b", "euw1-az2", "10.0.2.0/24")}
	config := func(list ...string) string {
		return `{"root_module": {"resources": [` + strings.Join(list, ", ") + `]}}`
	}
	for _, tt := range []struct {
		name, config string
		changes      []string
		want         []string
		says         string
		status       int
	}{
		{"everything", "{}", []string{inline(allOut), d}, nil, "", exitClean},
		{"nothing", "{}", []string{inline(""), d}, nil, lacks + "TCP 53 (DNS) to 10.0.1.10/32, 10.0.2.10/32, UDP 53 (DNS)", exitClean},
		{"TCP alone", "{}", []string{inline(tcpOut), d}, nil, lacks + "UDP 53 (DNS) to 10.0.1.10/32, 10.0.2.10/32, UDP 88", exitClean},
		{"TCP, and UDP to one of two", "{}", []string{inline(tcpOut + `, {"protocol": "17", "from_port": 0, "to_port": 65535, "cidr_blocks": ["10.0.1.0/24"]}`), d}, nil, lacks + "UDP 53 (DNS) to 10.0.2.10/32, UDP 88", exitClean},
		{"to a security group", "{}", []string{inline(`{"protocol": "-1", "security_groups": ["sg-2"]}`), d}, nil, lacks, exitClean},
		{"to a prefix list", "{}", []string{inline(`{"protocol": "-1", "prefix_list_ids": ["pl-1"]}`), d}, nil, lacks, exitClean},
		{"a rule of its own", "{}", []string{inline(""), of("aws_security_group_rule", `"create"`, `"type": "egress", "protocol": "all", "from_port": 0, "to_port": 0, "cidr_blocks": ["10.0.0.0/8"]`), d}, nil, "", exitClean},
		{"an inbound rule of its own", "{}", []string{inline(""), of("aws_security_group_rule", `"create"`, `"type": "ingress", "protocol": "all", "from_port": 0, "to_port": 0, "cidr_blocks": ["10.0.0.0/8"]`), d}, nil, lacks, exitClean},
		{"a rule of the other kind", "{}", []string{inline(""), of("aws_vpc_security_group_egress_rule", `"create"`, `"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"`), d}, nil, "", exitClean},
		{"an inbound rule of the other kind", "{}", []string{inline(""), of("aws_vpc_security_group_ingress_rule", `"create"`, `"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"`), d}, nil, lacks, exitClean},
		{"a rule that is not known", "{}", []string{inline(""), strings.Replace(of("aws_vpc_security_group_egress_rule", `"create"`, `"ip_protocol": "-1"`), `"after_unknown": {}`, `"after_unknown": {"cidr_ipv4": true}`, 1), d}, nil, lacks, exitClean},
		{"ports that are not known", "{}", []string{inline(""), strings.Replace(of("aws_vpc_security_group_egress_rule", `"create"`, `"ip_protocol": "tcp", "cidr_ipv4": "10.0.0.0/8"`), `"after_unknown": {}`, `"after_unknown": {"from_port": true}`, 1), d}, nil, lacks, exitClean},
		{"a rule that goes", "{}", []string{group(`"no-op"`, `, "egress": [`+allOut+"]", ""), of("aws_security_group_rule", `"delete"`, `"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]`),
			strings.Replace(d, `["create"]`, `["no-op"]`, 1)}, nil, lacks, exitClean},
		{"a rule whose group is not known", config(configured("aws_security_group_rule", "x", "security_group_id", refs("local.group"))), []string{inline(""),
			change("aws_security_group_rule", "x", `"create"`, "null", `{"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}`, `{"security_group_id": true}`), d}, nil, "has rules of which the plan does not tell the group: aws_security_group_rule.x", exitClean},
		{"rules that the provider computes", config(configured("aws_security_group", "g", "vpc_id", `{"constant_value": "vpc-1"}`)), []string{group(`"create"`, "", `"egress": true, "ingress": true`), d}, nil, lacks, exitClean},
		{"rules that are not known", config(configured("aws_security_group", "g", "egress", refs("local.rules"))), []string{group(`"create"`, "", `"egress": true, "ingress": true`), d}, nil, lacks, exitClean},
		{"rules without a configuration", "{}", []string{group(`"create"`, "", `"egress": true, "ingress": true`), d}, nil, lacks, exitClean},
		{"nothing changes", "{}", []string{group(`"no-op"`, `, "egress": []`, ""), strings.Replace(d, `["create"]`, `["no-op"]`, 1)}, nil, "", exitClean},
		{"ports that are not given", "{}", []string{inline(`{"protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}`), d}, nil, lacks + "UDP 53", exitClean},
		{"a rule to the group of the directory", config(
			`{"mode": "managed", "type": "aws_workspaces_directory", "name": "d", "expressions": {"directory_id": ` + refs("aws_directory_service_directory.ds.id") + `}}`),
			[]string{inline(`{"protocol": "-1", "from_port": 0, "to_port": 0, "security_groups": ["sg-ds"]}`),
				change("aws_directory_service_directory", "ds", `"no-op"`, "{}", `{"id": "d-906732325d", "security_group_id": "sg-ds", "dns_ip_addresses": ["10.0.1.10"]}`, "{}"), d}, nil, "", exitClean},
		{"a group that is not in the plan", "{}", []string{d}, nil, "its rules are not in the plan", exitClean},
		{"no controllers", "{}", []string{inline(""), registers(twoSubnets + `, "region": "eu-west-1", "workspace_creation_properties": [{"custom_security_group_id": "sg-1"}]`)}, nil, "the addresses of the domain controllers are not in the plan", exitClean},
		{"Pools", "{}", []string{inline(""), directory("", `, "workspace_type": "POOLS"`)}, nil, "for which no document gives the directions", exitClean},
		{"internet access", "{}", append([]string{vpc, inline(allOut), directory(`, "enable_internet_access": true`, "")}, subnets...), nil, lacks + "TCP 80 (internet) from 10.0.0.0/16", exitClean},
		{"internet access with rules", "{}", append([]string{vpc, group(`"create"`, `, "egress": [`+allOut+`], "ingress": [`+webIn+"]", ""), directory(`, "enable_internet_access": true`, "")}, subnets...), nil, "", exitClean},
		{"ports that are none", "{}", []string{inline(`{"protocol": "tcp", "from_port": 9, "to_port": 3, "cidr_blocks": ["0.0.0.0/0"]}`), d}, []string{"must tfplan.value-invalid aws_security_group.g: egress"}, "", exitBroken},
		{"a group by reference, controllers by their subnets", config(
			`{"mode": "managed", "type": "aws_workspaces_directory", "name": "d", "expressions": {"directory_id": `+refs("aws_directory_service_directory.ds.id")+`, "workspace_creation_properties": [{"custom_security_group_id": `+refs("aws_security_group.g.id")+`}]}}`,
			`{"mode": "managed", "type": "aws_directory_service_directory", "name": "ds", "expressions": {"vpc_settings": [{"subnet_ids": `+refs("aws_subnet.a.id", "aws_subnet.b.id")+`}]}}`),
			append([]string{change("aws_security_group", "g", `"create"`, "null", `{"egress": [`+tcpOut+"]}", `{"id": true}`),
				change("aws_directory_service_directory", "ds", `"create"`, "null", `{"vpc_settings": [{"subnet_ids": ["subnet-a", "subnet-b"]}]}`, `{"id": true}`),
				change("aws_workspaces_directory", "d", `"create"`, "null", `{"region": "eu-west-1", "subnet_ids": ["subnet-a", "subnet-b"], "workspace_creation_properties": [{}], "tags_all": {}}`, `{"directory_id": true, "workspace_creation_properties": [{"custom_security_group_id": true}]}`)}, subnets...),
			nil, lacks + "UDP 53 (DNS) to 10.0.1.0/24, 10.0.2.0/24", exitClean},
	} {
		plan := planWith(tt.config, "[]", tt.changes...)
		status, rep := reportOn(t, plan)
		_, text, _ := tfplan(t, plan)
		got := slices.DeleteFunc(rep.findings(), func(s string) bool { return strings.Contains(s, "management-range-conflict") })
		if !slices.Equal(got, tt.want) || status != tt.status || !strings.Contains(text, tt.says) || tt.says == "" && tt.want == nil && strings.Contains(text, "ports") {
			t.Errorf("%s: status %d, %q\n%s", tt.name, status, got, text)
		}
	}
	secret := strings.Replace(inline(`{"protocol": "tcp", "from_port": 7, "to_port": 7, "cidr_blocks": ["10.99.0.0/16"]}`), `"after_unknown"`, `"after_sensitive": {"egress": [{"cidr_blocks": true}]}, "after_unknown"`, 1)
	if _, text, _ := tfplan(t, planOf(secret, d)); strings.Contains(text, "TCP 53") || !strings.Contains(text, "sensitive") {
		t.Error(text)
	}
}
