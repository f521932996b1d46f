package cfn

import (
	"fmt"
	"strings"
	"testing"
)

// All that is said of a WorkSpace whose key the template makes.
func TestAnswersOfKey(t *testing.T) {
	const (
		at       = " Properties.VolumeEncryptionKey: "
		deny     = "KeyPolicy: {Statement: {Effect: Deny, Principal: '*', Action: 'kms:*', Resource: '*'}}"
		denied   = "cfn.key-policy" + at + "Key.Properties.KeyPolicy: statement 1 denies kms:CreateGrant to everybody: nobody can launch a WorkSpace with the key"
		notARN   = "encryption.key-not-arn" + at + "%s is not the ARN of the key, which DescribeWorkspaces returns"
		open     = "undocumented: no document says what the service does with a key that is not given by its ARN"
		allowing = "KeyPolicy: {Statement: [{Effect: Allow, Principal: PRINCIPAL, Action: 'kms:*', Resource: '*'}]}"
		one      = "not given: whether who makes the stack is one of those whom the policy of Key lets launch a WorkSpace: "
	)
	whole := func(lines ...string) string { return "W: " + strings.Join(lines, "\n\t") }
	allow := func(principal string) string { return strings.Replace(allowing, "PRINCIPAL", principal, 1) }
	for name, tt := range map[string]struct{ key, named, want string }{
		"sound":                         {"", "!GetAtt Key.Arn", "W: allowed"},
		"asymmetric":                    {"KeySpec: RSA_2048", "!GetAtt Key.Arn", whole("denied", "encryption.key-asymmetric"+at+"RSA_2048 is asymmetric")},
		"asymmetric, by an alias":       {"KeySpec: ECC_NIST_P256", "!Ref Alias", whole("denied", fmt.Sprintf(notARN, "Alias"), "encryption.key-asymmetric"+at+"ECC_NIST_P256 is asymmetric", open)},
		"a spec of no value":            {"KeySpec: !Ref 'AWS::NoValue'", "!GetAtt Key.Arn", "W: allowed"},
		"a spec that is not known":      {"KeySpec: !ImportValue RSA_2048", "!GetAtt Key.Arn", "W: allowed"},
		"a spec that is a list":         {"KeySpec: [RSA_2048]", "!GetAtt Key.Arn", "W: allowed"},
		"disabled":                      {"Enabled: false", "!GetAtt Key.Arn", whole("denied", "encryption.key-not-enabled"+at+"is Disabled, not Enabled")},
		"disabled, as a text":           {"Enabled: 'false'", "!GetAtt Key.Arn", whole("denied", "encryption.key-not-enabled"+at+"is Disabled, not Enabled")},
		"enabled":                       {"Enabled: true", "!GetAtt Key.Arn", "W: allowed"},
		"whether is not known":          {"Enabled: !ImportValue false", "!GetAtt Key.Arn", "W: allowed"},
		"another attribute":             {"KeySpec: RSA_2048", "!GetAtt Key.Other", whole("allowed", "not given: Properties.VolumeEncryptionKey: is the Other of Key, known when the stack is made")},
		"of another type":               {"KeySpec: RSA_2048", "!GetAtt Role.Arn", whole("allowed", "not given: Properties.VolumeEncryptionKey: is the Arn of Role, known when the stack is made")},
		"an alias of a foreign key":     {"KeySpec: RSA_2048", "!Ref Foreign", whole("undocumented", fmt.Sprintf(notARN, "Foreign"), open)},
		"a replica":                     {"KeySpec: RSA_2048", "!GetAtt Replica.Arn", "W: allowed"},
		"the id of a replica":           {"KeySpec: RSA_2048", "!GetAtt Replica.KeyId", whole("undocumented", fmt.Sprintf(notARN, "Replica.KeyId"), open)},
		"no policy":                     {"KeyPolicy: !Ref 'AWS::NoValue'", "!GetAtt Key.Arn", "W: allowed"},
		"a policy that denies":          {deny, "!GetAtt Key.Arn", whole("denied", denied)},
		"an asymmetric key that denies": {deny + ", KeySpec: RSA_2048", "!GetAtt Key.Arn", whole("denied", denied, "encryption.key-asymmetric"+at+"RSA_2048 is asymmetric")},
		"a policy that is not known":    {"KeyPolicy: !ImportValue p", "!GetAtt Key.Arn", whole("allowed", "not given: whether the policy of Key lets anybody launch a WorkSpace with it: it is Fn::ImportValue, which the template alone does not tell")},
		"an action that is not known":   {"KeyPolicy: {Statement: [{Effect: Allow, Principal: '*', Action: ['kms:*', !ImportValue a], Resource: '*'}]}", "!GetAtt Key.Arn", whole("allowed", "not given: whether the policy of Key lets anybody launch a WorkSpace with it: it is Fn::ImportValue, which the template alone does not tell")},
		"no document":                   {"KeyPolicy: {Statement: 5}", "!GetAtt Key.Arn", whole("denied", "cfn.property-invalid"+at+"Key.Properties.KeyPolicy: is no policy: it has no Statement that is a list of statements or one")},
		"everybody":                     {allow("'*'"), "!GetAtt Key.Arn", "W: allowed"},
		"the account":                   {allow("{AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}"), "!GetAtt Key.Arn", "W: allowed"},
		"the account by its number":     {allow("{AWS: !Ref 'AWS::AccountId'}"), "!GetAtt Key.Arn", "W: allowed"},
		"a user":                        {allow("{AWS: 'arn:aws:iam::111122223333:user/ann'}"), "!GetAtt Key.Arn", whole("allowed", one+"arn:aws:iam::111122223333:user/ann")},
		"a role of the stack":           {allow("{AWS: [!GetAtt Role.Arn, !Ref 'AWS::NoValue']}"), "!GetAtt Key.Arn", whole("allowed", one+somePrincipal)},
		"two users":                     {allow("{AWS: ['arn:aws:iam::111122223333:user/bob', 'arn:aws:iam::111122223333:user/ann']}"), "!GetAtt Key.Arn", whole("allowed", one+"arn:aws:iam::111122223333:user/ann, arn:aws:iam::111122223333:user/bob")},
		"a principal that is not there": {allow("{AWS: !Ref Nobody}"), "!GetAtt Key.Arn", whole("allowed", "not given: whether the policy of Key lets anybody launch a WorkSpace with it: it refers to Nobody, which the template does not tell")},
		"a principal of no map":         {allow("{AWS: !FindInMap [M, a, b]}"), "!GetAtt Key.Arn", whole("allowed", "not given: whether the policy of Key lets anybody launch a WorkSpace with it: it asks Fn::FindInMap for M, which is not in the map")},
		"a condition": {strings.Replace(allow("'*'"), "Effect", "Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}, Effect", 1), "!GetAtt Key.Arn",
			whole("allowed", "not given: whether the policy of Key lets who makes the stack launch a WorkSpace with it: statement 1 allows kms:CreateGrant, and has a condition")},
	} {
		template := strings.NewReplacer("NAMED", tt.named, "KEY", tt.key).Replace(`Resources:
  W:
    Type: AWS::WorkSpaces::Workspace
    Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann, RootVolumeEncryptionEnabled: true, VolumeEncryptionKey: NAMED}
  Key: {Type: AWS::KMS::Key, Properties: {KEY}}
  Alias: {Type: AWS::KMS::Alias, Properties: {TargetKeyId: !Ref Key}}
  Foreign: {Type: AWS::KMS::Alias, Properties: {TargetKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab}}
  Replica: {Type: AWS::KMS::ReplicaKey, Properties: {PrimaryKeyArn: a}}
  Role: {Type: AWS::IAM::Role}
`)
		for _, region := range []string{"", "eu-west-1", "cn-north-1", "us-gov-west-1"} {
			says(t, name+" in "+region, check(t, template, "--region", region).Inputs[0].Resources, tt.want)
		}
	}
}

// All that is said of the VPC of a template with a directory. In us-east-1 the management interface takes a /16 out of
// 172.31.0.0/16, 192.168.0.0/16 and 198.19.0.0/16.
func TestAnswersOfVPC(t *testing.T) {
	const (
		head     = "Parameters: {Hidden: {Type: String, NoEcho: true, Default: 192.168.1.0/24}, None: {Type: String}}\nResources:\n  AD: {Type: AWS::DirectoryService::SimpleAD}\n  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: OWN}}\n  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}\n"
		conflict = "network.management-range-conflict Properties: "
		invalid  = "cfn.property-invalid Properties"
		block    = "  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Net, CidrBlock: CIDR}}\n"
		route    = "  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: CIDR}}\n"
		untold   = ": the template does not tell it"
	)
	whole := func(lines ...string) string { return "Net: " + strings.Join(lines, "\n\t") }
	of := func(resource, cidr string) string { return strings.Replace(resource, "CIDR}", cidr+"}", 1) }
	for name, tt := range map[string]struct{ own, more, want string }{
		"apart":                       {"10.0.0.0/16", of(block, "10.1.0.0/16") + of(route, "0.0.0.0/0"), "Net: allowed"},
		"its own block":               {"172.31.0.0/16", "", whole("allowed", conflict+"Net: 172.31.0.0/16 is in use by a CIDR of the VPC")},
		"its own block, by a part":    {"198.19.1.0/24", "", whole("allowed", conflict+"Net: 198.19.0.0/16 is in use in part, 198.19.1.0/24, by a CIDR of the VPC")},
		"another block":               {"10.0.0.0/16", of(block, "192.168.0.0/16"), whole("allowed", conflict+"Block: 192.168.0.0/16 is in use by a CIDR of the VPC")},
		"a block and a route":         {"10.0.0.0/16", of(block, "192.168.0.0/16") + of(route, "172.31.0.0/16"), whole("allowed", conflict+"Route: 172.31.0.0/16 is in use by a route of \"Route\"", conflict+"Block: 192.168.0.0/16 is in use by a CIDR of the VPC")},
		"a hidden block":              {"!Ref Hidden", "", whole("allowed", conflict+hidden)},
		"a hidden block that is none": {"!Sub '${Hidden}x'", "", whole("denied", invalid+".CidrBlock: "+hidden)},
		"all ranges": {"172.31.0.0/16", of(block, "192.168.0.0/16") + of(route, "198.19.0.0/16"),
			whole("denied", `network.management-ranges-exhausted Properties: "Net": every management range of us-east-1 conflicts; 172.31.0.0/16 is in use by a CIDR of the VPC; 192.168.0.0/16 is in use by a CIDR of the VPC; 198.19.0.0/16 is in use by a route of "Route"`)},
		"a block that is not known":              {"10.0.0.0/16", of(block, "!ImportValue c"), whole("allowed", "not given: Block.Properties.CidrBlock"+untold)},
		"its own block is not known":             {"!ImportValue c", "", whole("allowed", "not given: Net.Properties.CidrBlock"+untold)},
		"its own block is left out":              {"!Ref 'AWS::NoValue'", "", "Net: allowed"},
		"a block of no CIDR":                     {"10.0.0.0/16", of(block, "10.0.0.0"), whole("denied", invalid+`.CidrBlock: Block: "10.0.0.0" is no CIDR`)},
		"a route to no CIDR":                     {"172.31.0.0/16", of(route, "all"), whole("denied", invalid+`.DestinationCidrBlock: Route: "all" is no CIDR`)},
		"a block of everything":                  {"10.0.0.0/16", of(block, "0.0.0.0/0"), whole("denied", invalid+`: Block: "0.0.0.0/0" cannot be a block of a VPC`)},
		"no IPv4":                                {"'2001:db8::/56'", "", whole("denied", invalid+`: "[2001:db8::/56]" has no IPv4 block`)},
		"a route that is not known":              {"10.0.0.0/16", of(route, "!ImportValue c"), whole("allowed", "not given: Route.Properties.DestinationCidrBlock"+untold)},
		"a route by IPv6":                        {"10.0.0.0/16", strings.Replace(route, "DestinationCidrBlock: CIDR", "DestinationIpv6CidrBlock: '::/0'", 1), "Net: allowed"},
		"a prefix list":                          {"10.0.0.0/16", strings.Replace(route, "DestinationCidrBlock: CIDR", "DestinationPrefixListId: pl-1", 1), whole("allowed", "not given: Route.Properties.DestinationPrefixListId: the entries of the prefix list are not in the template")},
		"a block of a VPC that is not known":     {"10.0.0.0/16", of(strings.Replace(block, "!Ref Net", "!ImportValue v", 1), "192.168.0.0/16"), whole("allowed", "not given: Block.Properties.VpcId"+untold)},
		"a block of another VPC":                 {"10.0.0.0/16", of(strings.Replace(block, "!Ref Net", "vpc-1", 1), "192.168.0.0/16"), "Net: allowed"},
		"a block of what is no VPC":              {"10.0.0.0/16", of(strings.Replace(block, "!Ref Net", "!Ref AD", 1), "192.168.0.0/16"), whole("allowed", "not given: Block.Properties.VpcId"+untold)},
		"a route of a table that is not known":   {"10.0.0.0/16", of(strings.Replace(route, "!Ref Table", "!ImportValue t", 1), "192.168.0.0/16"), whole("allowed", "not given: Route.Properties.RouteTableId"+untold)},
		"a route of a table elsewhere":           {"10.0.0.0/16", of(strings.Replace(route, "!Ref Table", "rtb-1", 1), "192.168.0.0/16"), "Net: allowed"},
		"a route of the table of an unknown VPC": {"10.0.0.0/16", of(strings.Replace(route, "!Ref Table", "!Ref Far", 1), "192.168.0.0/16") + "  Far: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref None}}\n", whole("allowed", "not given: Route.Properties.RouteTableId"+untold)},
		"a route of the table of another VPC":    {"10.0.0.0/16", of(strings.Replace(route, "!Ref Table", "!Ref Far", 1), "192.168.0.0/16") + "  Far: {Type: AWS::EC2::RouteTable, Properties: {VpcId: vpc-1}}\n", "Net: allowed"},
		"routes of a VPN":                        {"10.0.0.0/16", "  More: {Type: AWS::EC2::VPNGatewayRoutePropagation}\n", whole("allowed", "not given: More: the template does not have the routes that come through it")},
		"routes of a transit gateway":            {"10.0.0.0/16", "  More: {Type: AWS::EC2::TransitGatewayVpcAttachment}\n", whole("allowed", "not given: More: the template does not have the routes that come through it")},
		"parts by their names": {"10.0.0.0/16", of(block, "!ImportValue c") + of(route, "!ImportValue c") + "  A: {Type: AWS::EC2::VPNGatewayRoutePropagation}\n  Z: {Type: AWS::EC2::TransitGatewayVpcAttachment}\n",
			whole("allowed", "not given: A: the template does not have the routes that come through it", "not given: Block.Properties.CidrBlock"+untold, "not given: Route.Properties.DestinationCidrBlock"+untold, "not given: Z: the template does not have the routes that come through it")},
	} {
		says(t, name, check(t, strings.Replace(head, "OWN", tt.own, 1)+tt.more, "--region", "us-east-1").Inputs[0].Resources, tt.want)
	}
	template := strings.Replace(head, "OWN", "172.31.0.0/16", 1)
	says(t, "no Region", check(t, template).Inputs[0].Resources, whole("undocumented", "not given: whether a directory can be registered depends on the Region (--region)"))
	says(t, "no directory", check(t, strings.Replace(template, "SimpleAD", "Other", 1), "--region", "us-east-1").Inputs[0].Resources)
	// The guide's table of management ranges has no row for US East (Ohio).
	says(t, "no ranges", check(t, template, "--region", "us-east-2").Inputs[0].Resources, whole("undocumented", "undocumented: no document of the edition gives the management ranges of us-east-2"))
	says(t, "no ranges, hidden", check(t, strings.Replace(head, "OWN", "!Ref Hidden", 1), "--region", "us-east-2").Inputs[0].Resources, whole("undocumented", "undocumented: "+hidden))
	// Each VPC is asked about with what is of it, and with what may be of any.
	two := strings.Replace(head, "OWN", "10.0.0.0/16", 1) + of(block, "192.168.0.0/16") + "  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 172.31.0.0/16}}\n  More: {Type: AWS::EC2::TransitGatewayVpcAttachment}\n"
	const more = "not given: More: the template does not have the routes that come through it"
	rep := check(t, two, "--region", "us-east-1").Inputs[0]
	says(t, "two", rep.Resources, whole("allowed", conflict+"Block: 192.168.0.0/16 is in use by a CIDR of the VPC", more), "Other: allowed\n\t"+conflict+"Other: 172.31.0.0/16 is in use by a CIDR of the VPC\n\t"+more)
	if rep.Others != 4 {
		t.Errorf("%d others", rep.Others)
	}
}
