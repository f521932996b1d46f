package cfn

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/network"
)

// registered is the stack that registers a directory, with edits of it.
func registered(edits ...string) string {
	template := registering
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(template, edits[i]) {
			panic("no " + edits[i])
		}
		template = strings.Replace(template, edits[i], edits[i+1], 1)
	}
	return strings.NewReplacer("INLINE", narrow, "SECOND", "10.0.2.0/24", "DIRECTORY", "", "NAMED", "!Ref Group", "MORE", "").Replace(template)
}

// narrow are the rules of a group that opens nothing which WorkSpaces need.
const narrow = "SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 192.0.2.1/32}]"

// registrations are the answers about directories, without those about VPCs. Of ports that a group lacks the first is left.
func registrations(t *testing.T, template string, args ...string) (list []entry) {
	t.Helper()
	for _, e := range check(t, template, append(args, "--region", "eu-west-1")...).Inputs[0].Resources {
		for i, text := range e.NotGiven {
			if before, ports, ok := strings.Cut(text, " is not known to open: "); ok {
				_, rest, _ := strings.Cut(ports, ")")
				e.NotGiven[i] = before + " is not known to open: " + strings.TrimSuffix(ports, rest)
			}
		}
		if !strings.HasPrefix(e.Resource, "Net") {
			list = append(list, e)
		}
	}
	return list
}

// All that is said of the security group that WorkSpaces of a directory get.
func TestAnswersOfSecurityGroup(t *testing.T) {
	const (
		group    = "Registration: allowed"
		assumed  = "\n\tassumed: its directory is AD, the only one of the template"
		lacks    = "\n\tnot given: whether the security group that WorkSpaces makes opens ports which Group is not known to open: TCP 53 (DNS)"
		lacks80  = "\n\tnot given: whether the security group that WorkSpaces makes opens ports which Group is not known to open: TCP 80 (internet)"
		at       = "\n\tnot given: Properties.WorkspaceCreationProperties.CustomSecurityGroupId: whether the security group opens the ports that WorkSpaces need: "
		unknown  = "\n\tnot given: whether Group opens the ports of the domain: the addresses of the domain controllers are not in the template"
		lost     = "\n\tnot given: whether Group has rules of which the template does not tell the group: "
		apart    = "{Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: GROUP, IpProtocol: '-1', CidrIp: 10.0.0.0/8}}"
		internet = "!Ref Group, EnableInternetAccess: "
		all      = "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 10.0.0.0/8}]"
		web      = "SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 443, CidrIp: 10.0.0.0/16}]"
	)
	rule := func(id, group string) string {
		return "  " + id + ": " + strings.Replace(apart, "GROUP", group, 1) + "\n"
	}
	for name, tt := range map[string]struct {
		edits []string
		want  string // "" if nothing is said
	}{
		"narrow":                   {nil, group + assumed + lacks},
		"everything":               {[]string{"INLINE", "GroupDescription: x"}, ""},
		"to all addresses":         {[]string{"INLINE", all}, ""},
		"elsewhere":                {[]string{"NAMED", "sg-1"}, group + at + "its rules are not in the template"},
		"imported":                 {[]string{"NAMED", "!ImportValue g"}, group + at + "it is Fn::ImportValue, which the template alone does not tell"},
		"no group":                 {[]string{"NAMED", "!Ref Net"}, group + at + "it refers to Net, whose value is known when the stack is made"},
		"an empty text":            {[]string{"NAMED", "''"}, ""},
		"no value":                 {[]string{"NAMED", "!Ref 'AWS::NoValue'"}, ""},
		"null":                     {[]string{"NAMED", "~"}, group + at + "its rules are not in the template"},
		"pools":                    {[]string{"DIRECTORY", "WorkspaceType: POOLS,"}, group + "\n\tnot given: whether Group opens the ports that WorkSpaces need: it is for WorkSpaces Pools, for which no document gives the directions"},
		"personal":                 {[]string{"DIRECTORY", "WorkspaceType: PERSONAL,"}, group + assumed + lacks},
		"the directory":            {[]string{"DIRECTORY", "DirectoryId: !Ref AD,"}, group + lacks},
		"the directory, deeper":    {[]string{"DIRECTORY", "In: [{}, {DirectoryId: !Ref AD}],"}, group + lacks},
		"another directory":        {[]string{"DIRECTORY", "DirectoryId: d-906732325d,"}, group + unknown},
		"an imported directory":    {[]string{"DIRECTORY", "DirectoryId: !ImportValue d,"}, group + unknown},
		"no directory":             {[]string{"DIRECTORY", "DirectoryId: !Ref Net,"}, group + unknown},
		"settings of no directory": {[]string{"DIRECTORY", "DirectoryId: !Ref Like,", "  MORE", "  Like: {Type: AWS::SNS::Topic, Properties: {VpcSettings: {SubnetIds: [!Ref A]}}}"}, group + unknown},
		"two directories":          {[]string{"  MORE", "  Other: {Type: AWS::DirectoryService::SimpleAD}"}, group + unknown},
		"none of AWS":              {[]string{"AWS::DirectoryService::MicrosoftAD", "AWS::DirectoryService::Other"}, group + unknown},
		"no settings":              {[]string{"VpcSettings: {VpcId: !Ref Net, SubnetIds: [!Ref A, !Ref B]}", "X: y"}, group + assumed + unknown},
		"settings not known":       {[]string{"{VpcId: !Ref Net, SubnetIds: [!Ref A, !Ref B]}", "!ImportValue s"}, group + assumed + unknown},
		"subnets not known":        {[]string{"[!Ref A, !Ref B]", "!ImportValue s"}, group + assumed + unknown},
		"a subnet elsewhere":       {[]string{"[!Ref A, !Ref B]", "[!Ref A, subnet-1]"}, group + assumed + unknown},
		"a subnet imported":        {[]string{"[!Ref A, !Ref B]", "[!Ref A, !ImportValue b]"}, group + assumed + unknown},
		"no subnet":                {[]string{"[!Ref A, !Ref B]", "[!Ref A, !Ref Net]"}, group + assumed + unknown},
		"a subnet of no CIDR":      {[]string{"SECOND", "all"}, group + assumed + unknown},
		"a subnet of no known":     {[]string{"SECOND", "!ImportValue c"}, group + assumed + unknown},

		"a rule of no group":                  {[]string{"  MORE", rule("Out", "sg-2")}, group + assumed + lacks},
		"a rule of its own":                   {[]string{"  MORE", rule("Out", "!Ref Group")}, ""},
		"rules that may be of it":             {[]string{"  MORE", rule("Out1", "!ImportValue g") + rule("Out2", "!Ref Net") + rule("Out3", "!ImportValue g")}, group + assumed + lacks + lost + "Out1, Out2, Out3"},
		"four that may be of it":              {[]string{"  MORE", rule("Out1", "!ImportValue g") + rule("Out2", "!Ref Net") + rule("Out3", "!ImportValue g") + rule("Out4", "!ImportValue g")}, group + assumed + lacks + lost + "Out1, Out2, Out3 and 1 more"},
		"rules that may be, and all are open": {[]string{"INLINE", all, "  MORE", rule("Out", "!ImportValue g")}, ""},

		"internet access of nothing":             {[]string{"NAMED", internet + "!Ref 'AWS::NoValue'", "INLINE", all}, ""},
		"no internet access":                     {[]string{"NAMED", internet + "'False'", "INLINE", all}, ""},
		"internet access":                        {[]string{"NAMED", internet + "true", "INLINE", all}, group + assumed + lacks80},
		"internet access, as a text":             {[]string{"NAMED", internet + "'TRUE'", "INLINE", all}, group + assumed + lacks80},
		"internet access by all":                 {[]string{"NAMED", internet + "true", "INLINE", web}, ""},
		"internet access, inbound from a part":   {[]string{"NAMED", internet + "true", "INLINE", strings.Replace(web, "10.0.0.0/16", "10.0.0.0/17", 1)}, group + assumed + lacks80},
		"internet access, not known":             {[]string{"NAMED", internet + "!ImportValue i", "INLINE", all}, group + assumed + "\n\tnot given: whether Group opens ports 80 and 443: the template does not tell whether the WorkSpaces have internet access"},
		"internet access of no VPC":              {[]string{"VpcId: !Ref Net, INLINE", "INLINE", "NAMED", internet + "true", "INLINE", all}, group + assumed + "\n\tnot given: whether Group opens ports 80 and 443: the CIDRs of its VPC are not in the template"},
		"internet access of a VPC elsewhere":     {[]string{"VpcId: !Ref Net, INLINE", "VpcId: vpc-1, INLINE", "NAMED", internet + "true", "INLINE", all}, group + assumed + "\n\tnot given: whether Group opens ports 80 and 443: the CIDRs of its VPC are not in the template"},
		"internet access of what is no VPC":      {[]string{"VpcId: !Ref Net, INLINE", "VpcId: !Ref AD, INLINE", "NAMED", internet + "true", "INLINE", all}, group + assumed + "\n\tnot given: whether Group opens ports 80 and 443: the CIDRs of its VPC are not in the template"},
		"internet access of two blocks":          {[]string{"NAMED", internet + "true", "INLINE", web, "  MORE", "  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Net, CidrBlock: 10.1.0.0/16}}\n"}, group + assumed + lacks80},
		"internet access of a block that may be": {[]string{"NAMED", internet + "true", "INLINE", web, "  MORE", "  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !ImportValue v, CidrBlock: 10.1.0.0/16}}\n"}, group + assumed + lacks80},
		"internet access of a block of another":  {[]string{"NAMED", internet + "true", "INLINE", web, "  MORE", "  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: vpc-1, CidrBlock: 10.1.0.0/16}}\n  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 10.1.0.0/16}}\n  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}\n"}, ""},
		"internet access of a block that is not known": {[]string{"NAMED", internet + "true", "INLINE", all, "  MORE", "  Block: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Net, CidrBlock: !ImportValue c}}\n"},
			group + assumed + "\n\tnot given: whether Group opens ports 80 and 443: the CIDRs of its VPC are not in the template"},
		"not made":        {[]string{"{Type: 'Custom::Registration'", "{Condition: Never, Type: 'Custom::Registration'", "  MORE", "Conditions: {Never: !Equals [a, b]}"}, ""},
		"perhaps made":    {[]string{"{Type: 'Custom::Registration'", "{Condition: Open, Type: 'Custom::Registration'", "  MORE", "Conditions: {Open: !Equals [!ImportValue x, b]}"}, group + assumed + lacks},
		"another type":    {[]string{"'Custom::Registration'", "'AWS::CloudFormation::CustomResource'"}, "Registration: allowed" + assumed + lacks},
		"no such type":    {[]string{"'Custom::Registration'", "'AWS::CloudFormation::Other'"}, ""},
		"of WorkSpaces":   {[]string{"'Custom::Registration'", "'AWS::WorkSpaces::Directory'"}, group + unknown},
		"not to be told":  {[]string{"NAMED", "!Ref Hidden", "  MORE", "Parameters: {Hidden: {Type: String, NoEcho: true, Default: sg-1}}"}, group + "\n\tnot given: " + hidden},
		"an unknown tree": {[]string{"{ServiceToken: x, DIRECTORY WorkspaceCreationProperties: {CustomSecurityGroupId: NAMED}}", "!ImportValue t"}, ""},
		"an unknown part": {[]string{"{CustomSecurityGroupId: NAMED}", "!ImportValue t"}, ""},
	} {
		var want []string
		if tt.want != "" {
			want = []string{tt.want}
		}
		says(t, name, registrations(t, registered(tt.edits...)), want...)
	}
}

// Four rules that cannot be are told, three by name.
func TestAnswersOfBadRules(t *testing.T) {
	bad := func(ports ...string) string {
		var list []string
		for _, p := range ports {
			from, to, _ := strings.Cut(p, "-")
			list = append(list, "{IpProtocol: tcp, FromPort: "+from+", ToPort: "+to+", CidrIp: 10.0.0.0/8}")
		}
		return "SecurityGroupEgress: [{IpProtocol: -1, CidrIp: 10.0.0.0/8}, " + strings.Join(list, ", ") + "]"
	}
	const (
		of   = "Registration: allowed\n\tassumed: its directory is AD, the only one of the template\n\tnot given: "
		text = `what a rule of Group opens: "%s" is not a range of ports`
	)
	for want, template := range map[string]string{
		fmt.Sprintf(text, "2-1"):                                                 registered("INLINE", bad("2-1")),
		fmt.Sprintf(text+", "+text+", "+text, "2-1", "3-1", "4-1"):               registered("INLINE", bad("2-1", "3-1", "4-1")),
		fmt.Sprintf(text+", "+text+", "+text+" and 1 more", "2-1", "3-1", "4-1"): registered("INLINE", bad("2-1", "3-1", "4-1", "5-1")),
	} {
		says(t, want, registrations(t, template), of+want)
	}
}

// Each resource is asked about, whatever stands before it, and wherever in its properties the group is named.
func TestAnswersOfRegistrations(t *testing.T) {
	const (
		elsewhere = ".CustomSecurityGroupId: whether the security group opens the ports that WorkSpaces need: its rules are not in the template"
		head      = "Conditions: {Never: !Equals [a, b]}\nResources:\n  A: {Type: AWS::SNS::Topic, Properties: {CustomSecurityGroupId: sg-1}}\n  B: {Type: 'Custom::R', Condition: Never, Properties: {CustomSecurityGroupId: sg-1}}\n" +
			"  C: {Type: 'Custom::R', Properties: {}}\n  D: {Type: 'Custom::R', Properties: {CustomSecurityGroupId: ''}}\n  E: {Type: 'Custom::R', Properties: {CustomSecurityGroupId: sg-1}}\n  F: {Type: 'Custom::R', Properties: {In: [{}, [x, {CustomSecurityGroupId: sg-1}], {CustomSecurityGroupId: ''}]}}\n" +
			"  G: {Type: 'Custom::R', Properties: {B: {C: {CustomSecurityGroupId: sg-1}}, A: {D: {}}}}\n"
	)
	rep := check(t, head).Inputs[0]
	says(t, "several", rep.Resources, "E: allowed\n\tnot given: Properties"+elsewhere, "F: allowed\n\tnot given: Properties.In[1][1]"+elsewhere, "G: allowed\n\tnot given: Properties.B.C"+elsewhere)
	if rep.Others != 4 {
		t.Errorf("%d others", rep.Others)
	}
	for n := 13; n < 18; n++ {
		for open, at := range map[string]string{"{a: ": ".a", "[": "[0]"} {
			end := map[string]string{"{a: ": "}", "[": "]"}[open]
			template := "Resources: {R: {Type: 'Custom::R', Properties: {b: " + strings.Repeat(open, n-1) + "{CustomSecurityGroupId: sg-1}" + strings.Repeat(end, n-1) + "}}}"
			var want []string
			if n < 16 {
				want = []string{"R: allowed\n\tnot given: Properties.b" + strings.Repeat(at, n-1) + elsewhere}
			}
			says(t, fmt.Sprint(n), check(t, template).Inputs[0].Resources, want...)
		}
	}
}

// A group is asked for 16 different directories, and each of them counts once.
func TestManyDirectoriesOfAGroup(t *testing.T) {
	var parts, want []string
	for i := range 19 {
		id := fmt.Sprintf("R%02d", i)
		of := i
		if i == 18 {
			of = 0 // which was asked about already
		}
		parts = append(parts, fmt.Sprintf("  %s: {Type: 'Custom::R', Properties: {DirectoryId: !Ref AD%02d, CustomSecurityGroupId: !Ref G}}\n", id, of))
		if i < 18 {
			parts = append(parts, fmt.Sprintf("  AD%02d: {Type: AWS::DirectoryService::SimpleAD, Properties: {VpcSettings: {SubnetIds: [!Ref S%02d]}}}\n  S%02d: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.%d.0/24}}\n", i, i, i, i))
		}
		says := "whether the security group that WorkSpaces makes opens ports which G is not known to open: TCP 53 (DNS)"
		if i == 16 || i == 17 {
			says = "whether G opens the ports of the domain: it was asked for 16 other directories"
		}
		want = append(want, id+": allowed\n\tnot given: "+says)
	}
	says(t, "many", registrations(t, "Resources:\n  G: {Type: AWS::EC2::SecurityGroup, Properties: {"+narrow+"}}\n"+strings.Join(parts, "")), want...)
}

// What a rule opens to addresses, and whether the template tells its protocol and its ports.
func TestOpening(t *testing.T) {
	is := func(protocol string, from, to int, cidrs ...string) network.SecurityGroupRule {
		r := network.SecurityGroupRule{Protocol: protocol, From: from, To: to}
		for _, c := range cidrs {
			r.CIDRs = append(r.CIDRs, netip.MustParsePrefix(c))
		}
		return r
	}
	for text, want := range map[string]struct {
		rule network.SecurityGroupRule
		told bool
	}{
		"{IpProtocol: tcp, FromPort: 80, ToPort: 443, CidrIp: 10.1.2.3/8}":                             {is("tcp", 80, 443, "10.0.0.0/8"), true},
		"{IpProtocol: UDP, FromPort: '53', ToPort: 53, CidrIpv6: '2001:db8::1/32', CidrIp: 1.0.0.0/8}": {is("udp", 53, 53, "1.0.0.0/8", "2001:db8::/32"), true},
		"{IpProtocol: -1, CidrIp: 0.0.0.0/0}":                                                          {is("-1", -1, -1, "0.0.0.0/0"), true},
		"{CidrIp: 0.0.0.0/0, FromPort: ~}":                                                             {is("-1", -1, -1, "0.0.0.0/0"), true},
		"{IpProtocol: tcp, ToPort: !Ref 'AWS::NoValue', CidrIp: all}":                                  {is("tcp", -1, -1), true},
		"{IpProtocol: tcp, CidrIp: !ImportValue c}":                                                    {is("tcp", -1, -1), true},
		"{IpProtocol: [tcp], FromPort: 1, ToPort: 2}":                                                  {is("-1", 1, 2), false},
		"{IpProtocol: !ImportValue p, FromPort: 1, ToPort: 2}":                                         {is("-1", 1, 2), false},
		"{IpProtocol: tcp, FromPort: x, ToPort: 2}":                                                    {is("tcp", 0, 2), false},
		"{IpProtocol: tcp, FromPort: 1, ToPort: !ImportValue p}":                                       {is("tcp", 1, 0), false},
		"{IpProtocol: tcp, FromPort: [1], ToPort: 1}":                                                  {is("tcp", 0, 1), false},
		"{IpProtocol: tcp, FromPort: '', ToPort: 1}":                                                   {is("tcp", -1, 1), true},
		"all": {is("-1", -1, -1), false}, "~": {is("-1", -1, -1), false},
	} {
		if got, told := asking(t, "Resources: {}", "", nil).reader(nil).opening(tree(t, text)); told != want.told || !reflect.DeepEqual(got, want.rule) {
			t.Errorf("%s: %+v, %v, want %+v", text, got, told, want)
		}
	}
	for text, want := range map[string][]any{
		"[a, !Ref 'AWS::NoValue', b]": {"a", "b"}, "a": {"a"}, "~": nil, "[]": nil, "[a, !ImportValue b]": {"a", nil}, "!ImportValue b": {nil}, "!Split [',', 'a,b']": {"a", "b"}, "[!Ref 'AWS::NoValue']": nil, "!Ref 'AWS::NoValue'": nil,
	} {
		if got := asking(t, "Resources: {}", "", nil).reader(nil).inline(object{Properties: map[string]any{"R": tree(t, text)}}, "R"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A group has the rules that stand in it and those that name it, on their sides, and all outbound ones if it has none of its own.
func TestGroupOfTemplate(t *testing.T) {
	port := func(n int) network.SecurityGroupRule {
		return network.SecurityGroupRule{Protocol: "tcp", From: n, To: n}
	}
	rule := func(id, side, group string, n int, more string) string {
		return fmt.Sprintf("  %s: {Type: AWS::EC2::SecurityGroup%s, %sProperties: {GroupId: %s, IpProtocol: tcp, FromPort: %d, ToPort: %d}}\n", id, side, more, group, n, n)
	}
	type sides struct{ in, out []network.SecurityGroupRule }
	for name, tt := range map[string]struct {
		inline, more string
		want         sides
	}{
		"none":     {"GroupDescription: x", "", sides{nil, []network.SecurityGroupRule{allOut}}},
		"inline":   {"SecurityGroupIngress: {IpProtocol: tcp, FromPort: 1, ToPort: 1}, SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 2, ToPort: 2}]", "", sides{[]network.SecurityGroupRule{port(1)}, []network.SecurityGroupRule{port(2)}}},
		"inbound":  {"GroupDescription: x", rule("A", "Ingress", "!Ref G", 3, ""), sides{[]network.SecurityGroupRule{port(3)}, []network.SecurityGroupRule{allOut}}},
		"outbound": {"GroupDescription: x", rule("A", "Egress", "!GetAtt G.GroupId", 4, "") + rule("B", "Egress", "!Ref G", 5, ""), sides{nil, []network.SecurityGroupRule{port(4), port(5)}}},
		"others":   {"GroupDescription: x", rule("A", "Egress", "sg-1", 4, "") + rule("B", "Ingress", "!ImportValue g", 5, "") + rule("C", "Other", "!Ref G", 6, "") + rule("D", "Egress", "!Ref H", 6, "") + "  H: {Type: AWS::EC2::SecurityGroup}\n", sides{nil, []network.SecurityGroupRule{allOut}}},
		"not made": {"GroupDescription: x", rule("A", "Egress", "!Ref G", 4, "Condition: Never, ") + rule("B", "Ingress", "!Ref G", 5, "Condition: Never, ") + rule("C", "Ingress", "!Ref G", 6, ""), sides{[]network.SecurityGroupRule{port(6)}, []network.SecurityGroupRule{allOut}}},
		"perhaps":  {"GroupDescription: x", rule("A", "Egress", "!Ref G", 4, "Condition: Open, ") + rule("B", "Ingress", "!Ref G", 5, "Condition: Open, ") + rule("C", "Ingress", "!Ref G", 6, "Condition: Always, "), sides{[]network.SecurityGroupRule{port(6)}, nil}},
	} {
		q := asking(t, "Conditions: {Never: !Equals [a, b], Always: !Equals [a, a], Open: !Equals [!ImportValue x, a]}\nResources:\n  G: {Type: AWS::EC2::SecurityGroup, Properties: {"+tt.inline+"}}\n"+tt.more, "", nil)
		q.rules = wks.Newest()
		g := q.groups()
		got := g.group("G")
		if !reflect.DeepEqual(sides{got.Ingress, got.Egress}, tt.want) || got.ID != "G" || got.vpc != nil || got.bad != nil || got.secret || g.group("G") != got {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
