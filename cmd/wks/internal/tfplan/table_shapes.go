package tfplan

// shapes are the attributes that are read, by the type of the resource or data source, with
// the types that hashicorp/aws gives them. A resource of another type is passed over.
var shapes = map[string]*shape{
	"aws_workspaces_workspace": fieldsOf(map[string]*shape{
		"id":                             text,
		"region":                         text,
		"state":                          text,
		"bundle_id":                      text,
		"directory_id":                   text,
		"user_name":                      text,
		"root_volume_encryption_enabled": boolean,
		"user_volume_encryption_enabled": boolean,
		"volume_encryption_key":          text,
		"tags":                           tagMap,
		"tags_all":                       tagMap,
		"workspace_properties": blocks(map[string]*shape{
			"compute_type_name":                         text,
			"root_volume_size_gib":                      number,
			"user_volume_size_gib":                      number,
			"running_mode":                              text,
			"running_mode_auto_stop_timeout_in_minutes": number,
		}),
		"timeouts": fieldsOf(map[string]*shape{"create": text, "update": text}),
	}),
	"aws_workspaces_directory": fieldsOf(map[string]*shape{
		"id":             text,
		"region":         text,
		"directory_id":   text,
		"subnet_ids":     texts,
		"ip_group_ids":   texts,
		"tenancy":        text,
		"workspace_type": text,
		"tags":           tagMap,
		"tags_all":       tagMap,

		"dns_ip_addresses":              texts,
		"workspace_creation_properties": blocks(map[string]*shape{"custom_security_group_id": text, "enable_internet_access": boolean}),
	}),
	"aws_workspaces_ip_group": fieldsOf(map[string]*shape{
		"id":       text,
		"region":   text,
		"rules":    blocks(map[string]*shape{"source": text}),
		"tags":     tagMap,
		"tags_all": tagMap,
	}),
	"aws_workspaces_bundle": fieldsOf(map[string]*shape{
		"id":           text,
		"bundle_id":    text,
		"name":         text,
		"owner":        text,
		"compute_type": blocks(map[string]*shape{"name": text}),
		"root_storage": blocks(map[string]*shape{"capacity": text}),
		"user_storage": blocks(map[string]*shape{"capacity": text}),
	}),
	"aws_directory_service_directory": fieldsOf(map[string]*shape{
		"id": text, "region": text, "security_group_id": text, "dns_ip_addresses": texts,
		"vpc_settings":     blocks(map[string]*shape{"subnet_ids": texts}),
		"connect_settings": blocks(map[string]*shape{"customer_dns_ips": texts}),
	}),
	"aws_security_group":         securityGroupShape,
	"aws_default_security_group": securityGroupShape,
	"aws_security_group_rule": fieldsOf(map[string]*shape{
		"security_group_id": text, "type": text, "protocol": text, "from_port": number, "to_port": number,
		"cidr_blocks": texts, "ipv6_cidr_blocks": texts, "source_security_group_id": text,
	}),
	"aws_vpc_security_group_ingress_rule": securityGroupRuleShape,
	"aws_vpc_security_group_egress_rule":  securityGroupRuleShape,
	"aws_vpc":                             vpcShape,
	"aws_default_vpc":                     vpcShape,
	"aws_vpc_ipv4_cidr_block_association": fieldsOf(map[string]*shape{
		"region": text, "vpc_id": text, "cidr_block": text,
	}),
	"aws_subnet":         subnetShape,
	"aws_default_subnet": subnetShape,
	"aws_route_table":    routeTableShape,
	"aws_default_route_table": fieldsOf(map[string]*shape{
		"id": text, "region": text, "vpc_id": text, "default_route_table_id": text, "route": routeBlocks,
	}),
	"aws_route": fieldsOf(map[string]*shape{
		"region": text, "route_table_id": text, "destination_cidr_block": text, "destination_prefix_list_id": text,
	}),
	"aws_ec2_managed_prefix_list": fieldsOf(map[string]*shape{
		"id":      text,
		"entry":   blocks(map[string]*shape{"cidr": text}), // of the resource
		"entries": blocks(map[string]*shape{"cidr": text}), // of the data source
	}),
	"aws_region":                        fieldsOf(map[string]*shape{"id": text, "name": text}),
	"aws_ec2_managed_prefix_list_entry": fieldsOf(map[string]*shape{"cidr": text, "prefix_list_id": text}),
	"aws_availability_zones":            fieldsOf(map[string]*shape{"names": texts, "zone_ids": texts}),
	"aws_kms_key": fieldsOf(map[string]*shape{
		"id": text, "arn": text, "region": text,
		"is_enabled": boolean, "customer_master_key_spec": text, // of the resource
		"key_manager": text, "key_spec": text, "key_state": text, // of the data source
		"policy": text,
	}),
	"aws_kms_key_policy":  fieldsOf(map[string]*shape{"key_id": text, "policy": text}),
	"aws_caller_identity": fieldsOf(map[string]*shape{"arn": text}),
	"aws_kms_alias":       fieldsOf(map[string]*shape{"id": text, "arn": text, "region": text, "target_key_id": text}),
}

var (
	vpcShape = fieldsOf(map[string]*shape{
		"id": text, "arn": text, "region": text, "cidr_block": text, "main_route_table_id": text, "default_route_table_id": text,
		"cidr_block_associations": blocks(map[string]*shape{"cidr_block": text, "state": text}), // of the data source
	})
	subnetShape = fieldsOf(map[string]*shape{
		"id": text, "arn": text, "region": text, "vpc_id": text, "cidr_block": text, "availability_zone": text, "availability_zone_id": text,
	})
	routeTableShape = fieldsOf(map[string]*shape{
		"id": text, "arn": text, "region": text, "vpc_id": text, "route": routeBlocks,
		"routes":         routeBlocks, // of the data source
		"route_table_id": text,
	})
	securityGroupShape = fieldsOf(map[string]*shape{
		"id": text, "arn": text, "vpc_id": text, "ingress": securityGroupRules, "egress": securityGroupRules,
	})
	securityGroupRules = blocks(map[string]*shape{
		"protocol": text, "from_port": number, "to_port": number, "cidr_blocks": texts, "ipv6_cidr_blocks": texts,
		"security_groups": texts,
	})
	securityGroupRuleShape = fieldsOf(map[string]*shape{
		"security_group_id": text, "ip_protocol": text, "from_port": number, "to_port": number,
		"cidr_ipv4": text, "cidr_ipv6": text, "referenced_security_group_id": text,
	})
	routeBlocks = blocks(map[string]*shape{"cidr_block": text, "destination_prefix_list_id": text})
)
