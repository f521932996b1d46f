package cfn

import (
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// A stack that registers a directory with WorkSpaces by a custom resource, as long as nothing else could: it names the
// group that its WorkSpaces get.
const registering = `
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: SECOND}}
  AD: {Type: AWS::DirectoryService::MicrosoftAD, Properties: {Name: corp.example.com, VpcSettings: {VpcId: !Ref Net, SubnetIds: [!Ref A, !Ref B]}}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Net, INLINE}}
  Registration: {Type: 'Custom::Registration', Properties: {ServiceToken: x, DIRECTORY WorkspaceCreationProperties: {CustomSecurityGroupId: NAMED}}}
  MORE
`

// The group is asked for the ports of the domain, as wks tfplan asks that of a plan. What it does not open is told, and is no
// finding: the group that WorkSpaces makes may open it. A group without outbound rules gets those that let everything out
// (AWS CloudFormation Template Reference, AWS::EC2::SecurityGroup).
func TestSecurityGroups(t *testing.T) {
	const (
		lacks  = "which Group is not known to open: "
		tcp53  = lacks + "TCP 53 (DNS) to 10.0.1.0/24, 10.0.2.0/24, UDP 53 (DNS)"
		udp53  = lacks + "UDP 53 (DNS) to 10.0.1.0/24, 10.0.2.0/24, UDP 88"
		tcpOut = "{IpProtocol: tcp, FromPort: 0, ToPort: 65535, CidrIp: 10.0.0.0/8}"
		none   = "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 192.0.2.1/32}]"
		apart  = "{Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: !Ref Group, IpProtocol: '-1', CidrIp: 10.0.0.0/8}}"
	)
	type stack struct{ inline, second, named, directory, more string }
	for _, tt := range []struct {
		name string
		is   stack
		says string // "" if nothing is missing
	}{
		{"no rules", stack{}, ""},
		{"no value", stack{inline: "SecurityGroupEgress: !Ref 'AWS::NoValue'"}, ""},
		{"an empty list", stack{inline: "SecurityGroupEgress: []"}, ""},
		{"everything", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 0.0.0.0/0}]"}, ""},
		{"one rule for another", stack{inline: none}, tcp53},
		{"TCP alone", stack{inline: "SecurityGroupEgress: [" + tcpOut + "]"}, udp53},
		{"TCP alone, by functions", stack{inline: "SecurityGroupEgress: [!If [Yes, " + tcpOut + ", !Ref 'AWS::NoValue']]"}, lacks + "TCP 53"},
		{"TCP, and UDP to one of two", stack{inline: "SecurityGroupEgress: [" + tcpOut + ", {IpProtocol: 17, FromPort: 0, ToPort: 65535, CidrIp: 10.0.1.0/24}]"}, lacks + "UDP 53 (DNS) to 10.0.2.0/24, UDP 88"},
		{"ports as texts", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: '0', ToPort: '65535', CidrIp: 10.0.0.0/8}]"}, udp53},
		{"ports that are none", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: all, ToPort: 1, CidrIp: 10.0.0.0/8}]"}, lacks + "TCP 53"},
		{"a CIDR that is not known", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: !ImportValue x}]"}, lacks + "TCP 53"},
		{"host bits", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 10.1.2.3/8}]"}, ""},
		{"to another group", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, DestinationSecurityGroupId: sg-2}]"}, tcp53},
		{"to a prefix list", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, DestinationPrefixListId: pl-1}]"}, lacks + "TCP 53"},
		{"rules that are no list", stack{inline: "SecurityGroupEgress: " + tcpOut}, udp53},
		{"rules that are not known", stack{inline: "SecurityGroupEgress: !ImportValue rules"}, lacks + "TCP 53"},
		{"a rule behind no value", stack{inline: "SecurityGroupEgress: [!Ref 'AWS::NoValue', " + tcpOut + "]"}, udp53},
		{"a list of no value", stack{inline: "SecurityGroupEgress: [!Ref 'AWS::NoValue']"}, ""},
		{"a protocol that is not known", stack{inline: "SecurityGroupEgress: [{IpProtocol: !ImportValue p, CidrIp: 10.0.0.0/8}]"}, tcp53},
		{"a port that is not known", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: !ImportValue p, ToPort: 65535, CidrIp: 10.0.0.0/8}]"}, tcp53},
		{"ports that are not given", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, CidrIp: 10.0.0.0/8}]"}, udp53},
		{"a port of no value", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: !Ref 'AWS::NoValue', CidrIp: 10.0.0.0/8}]"}, udp53},
		{"a rule that is no object", stack{inline: "SecurityGroupEgress: [all, " + tcpOut + "]"}, udp53},
		{"to a group of the template", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, DestinationSecurityGroupId: !GetAtt Group.GroupId}]"}, tcp53},
		{"to two families", stack{inline: "SecurityGroupEgress: [{IpProtocol: TCP, CidrIp: 10.0.0.0/8, CidrIpv6: '::/0'}]"}, udp53},
		{"IPv6 alone", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, CidrIpv6: '::/0'}]"}, tcp53},
		{"one rule that cannot be", stack{inline: "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 10, ToPort: 5, CidrIp: 10.0.0.0/8}, " + tcpOut + "]"}, "what a rule of Group opens: \"10-5\" is not a range of ports; whether the security group that WorkSpaces makes opens ports " + udp53},
		{"no protocol", stack{more: "Out: " + strings.Replace(apart, "'-1'", "fast", 1)}, "what a rule of Out opens: \"fast\" is not a protocol; whether the security group that WorkSpaces makes opens ports " + tcp53},
		{"a rule of its own beside none", stack{more: "Out: " + apart}, ""},
		{"a narrow rule of its own beside none", stack{more: "Out: " + strings.Replace(apart, "10.0.0.0/8", "192.0.2.1/32", 1)}, lacks + "TCP 53"},
		{"a rule of its own", stack{inline: none, more: "Out: " + apart}, ""},
		{"a rule of its own, by GroupId", stack{inline: none, more: "Out: " + strings.Replace(apart, "!Ref Group", "!GetAtt Group.GroupId", 1)}, ""},
		{"an inbound rule of its own", stack{inline: none, more: "Out: " + strings.Replace(apart, "GroupEgress", "GroupIngress", 1)}, tcp53},
		{"a rule of another group", stack{inline: none, more: "Out: " + strings.Replace(apart, "!Ref Group", "sg-2", 1)}, tcp53},
		{"a rule whose group is not known", stack{inline: none, more: "Out: " + strings.Replace(apart, "!Ref Group", "!ImportValue g", 1)}, "whether Group has rules of which the template does not tell the group: Out"},
		{"a rule that is not made", stack{inline: none, more: "Out: " + strings.Replace(apart, "{Type", "{Condition: Never, Type", 1) + "\nConditions: {Never: !Equals [a, b]}"}, tcp53},
		{"a rule that may be made", stack{inline: none, more: "Out: " + strings.Replace(apart, "{Type", "{Condition: Maybe, Type", 1) + "\nParameters: {P: {Type: String}}\nConditions: {Maybe: !Equals [!Ref P, b]}"}, lacks + "TCP 53"},
		{"a group that is not in the template", stack{named: "sg-1"}, "its rules are not in the template"},
		{"a group that is imported", stack{named: "!ImportValue g"}, "Properties.WorkspaceCreationProperties.CustomSecurityGroupId: whether the security group opens the ports that WorkSpaces need: it is Fn::ImportValue"},
		{"no group", stack{named: "!Ref 'AWS::NoValue'"}, ""},
		{"subnets that are not known", stack{inline: none, second: "!ImportValue cidr"}, "the addresses of the domain controllers are not in the template"},
		{"the directory by name", stack{inline: none, directory: "DirectoryId: !Ref AD,"}, tcp53},
		{"a directory that is not in the template", stack{inline: none, directory: "DirectoryId: d-906732325d,"}, "the addresses of the domain controllers are not in the template"},
		{"Pools", stack{directory: "WorkspaceType: POOLS,"}, "it is for WorkSpaces Pools"},
		{"two directories", stack{inline: none, more: "Other: {Type: AWS::DirectoryService::SimpleAD, Properties: {}}"}, "the addresses of the domain controllers are not in the template"},
		{"internet access both ways", stack{inline: "SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 443, CidrIp: 10.0.0.0/16}]", named: "!Ref Group, EnableInternetAccess: true"}, ""},
		{"internet access one way", stack{named: "!Ref Group, EnableInternetAccess: true"}, lacks + "TCP 80 (internet) from 10.0.0.0/16"},
		{"internet access", stack{inline: "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 10.0.0.0/8}]", named: "!Ref Group, EnableInternetAccess: true"}, lacks + "TCP 80"},
		{"internet access that is not known", stack{named: "!Ref Group, EnableInternetAccess: !ImportValue i"}, "whether the WorkSpaces have internet access"},
	} {
		if tt.is.named == "" {
			tt.is.named = "!Ref Group"
		}
		if tt.is.second == "" {
			tt.is.second = "10.0.2.0/24"
		}
		if tt.is.inline == "" {
			tt.is.inline = "GroupDescription: x"
		}
		template := strings.NewReplacer("INLINE", tt.is.inline, "SECOND", tt.is.second, "NAMED", tt.is.named, "DIRECTORY", tt.is.directory, "MORE", tt.is.more).Replace(registering)
		var notGiven []string
		for _, e := range check(t, template, "--region", "eu-west-1").Inputs[0].Resources {
			if e.Resource != "Registration" {
				continue
			}
			if len(e.Findings)+len(e.Undocumented) > 0 {
				t.Errorf("%s: %+v", tt.name, e)
			}
			notGiven = e.NotGiven
		}
		got := strings.Join(notGiven, "; ")
		if tt.says == "" && len(notGiven) > 0 || !strings.Contains(got, tt.says) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.says)
		}
	}
}

// AWS::WorkSpaces::Directory has the group in its properties, and no AWS Directory Service directory.
func TestSecurityGroupOfDirectory(t *testing.T) {
	template := func(more string) string {
		return "Resources:\n  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x}}\n  D: {Type: AWS::WorkSpaces::Directory, Properties: {" + more + "WorkspaceCreationProperties: {CustomSecurityGroupId: !GetAtt Group.GroupId}}}\n"
	}
	for more, want := range map[string]string{"": "the addresses of the domain controllers are not in the template", "WorkspaceType: POOLS, ": "for WorkSpaces Pools"} {
		got := check(t, template(more)).Inputs[0]
		if len(got.Resources) != 1 || !slices.ContainsFunc(got.Resources[0].NotGiven, func(s string) bool { return strings.Contains(s, want) }) || got.Others != 1 {
			t.Errorf("%s: %+v", more, got)
		}
	}
	// A value with NoEcho is not shown, though two ask for it.
	twice := strings.NewReplacer("INLINE", "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 192.0.2.1/32}]", "SECOND", "!Ref Hidden", "NAMED", "!Ref Group", "DIRECTORY", "",
		"MORE", "Twin: {Type: 'Custom::Registration', Properties: {CustomSecurityGroupId: !Ref Group}}\nParameters: {Hidden: {Type: String, NoEcho: true, Default: 198.51.100.0/24}}").Replace(registering)
	if _, out, _ := run(twice, "--details", "--region", "eu-west-1"); strings.Contains(out, "198.51.100") || strings.Count(out, hidden) < 2 {
		t.Error(out)
	}
	secret := strings.Replace(template(""), "!GetAtt Group.GroupId", "!Ref P", 1) + "Parameters: {P: {Type: String, NoEcho: true, Default: sg-secret}}\n"
	if _, out, _ := run(secret, "--details"); strings.Contains(out, "sg-secret") {
		t.Error(out)
	}
}

// A port that a later version of the list has is open between two versions (Amazon WorkSpaces Administration Guide, "Primary
// Interface Ports": the versions of 2022-09-02 and 2025-10-21).
func TestPortsBetweenVersions(t *testing.T) {
	template := strings.NewReplacer("INLINE", "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}]", "SECOND", "10.0.2.0/24", "NAMED", "!Ref Group", "DIRECTORY", "", "MORE", "").Replace(registering)
	for edition, want := range map[string]bool{"2022-09-01": false, "2024-01-01": true, "2026-01-01": false} {
		rep := check(t, template, "--region", "eu-west-1", "--edition", edition)
		for _, e := range rep.Inputs[0].Resources {
			if e.Resource == "Registration" && (len(e.Undocumented) > 0) != want {
				t.Errorf("%s: %+v", edition, e)
			}
		}
	}
}

// A rule that cannot be takes nothing from the answer about the rest of the template, and its value is not shown if it is hidden.
func TestBadRule(t *testing.T) {
	template := strings.NewReplacer("INLINE", "SecurityGroupEgress: [{IpProtocol: !Ref Hidden, CidrIp: 10.0.0.0/8}]", "SECOND", "10.0.2.0/24", "NAMED", "!Ref Group", "DIRECTORY", "",
		"MORE", "W: {Type: AWS::WorkSpaces::Workspace, Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann, Tags: [{Key: 'aws:x', Value: y}]}}\nParameters: {Hidden: {Type: String, NoEcho: true, Default: hush}}").Replace(registering)
	status, out, errs := run(template, "--details", "--region", "eu-west-1")
	if status != cli.Broken || errs != "" || !strings.Contains(out, "bundles.tag-reserved") || !strings.Contains(out, "Registration") || strings.Contains(out, "hush") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
}
