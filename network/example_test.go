package network_test

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A VPC is to get a directory. Its block and a route to the office are in two of the three
// management ranges of the Region, so registration works; routes to the other two as they are
// would stop it.
func ExampleRules_CheckRegistration() {
	vpc := network.VPC{
		ID:     "vpc-0a1b2c3d",
		Region: "us-west-2",
		CIDRs:  []netip.Prefix{netip.MustParsePrefix("172.31.0.0/16")},
		Routes: []network.Route{
			{Table: "rtb-1", Destination: netip.MustParsePrefix("172.31.0.0/16"), Target: "local"},
			{Table: "rtb-1", Destination: netip.MustParsePrefix("0.0.0.0/0"), Target: "nat-1"},
			{Table: "rtb-2", Destination: netip.MustParsePrefix("192.168.10.0/24"), Target: "vgw-1"},
		},
		AllRoutes: true,
	}
	reg, err := network.Newest().CheckRegistration(vpc)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reg.Verdict, reg.Free())
	for _, c := range reg.Conflicts() {
		fmt.Println(c)
	}

	for _, taken := range []string{"192.168.0.0/16", "198.19.0.0/16"} {
		vpc.Routes = append(vpc.Routes, network.Route{Table: "rtb-2", Destination: netip.MustParsePrefix(taken), Target: "pcx-1"})
	}
	reg, err = network.Newest().CheckRegistration(vpc)
	fmt.Println(reg.Verdict, reg.Free(), err)
	// Output:
	// allowed [198.19.0.0/16]
	// 172.31.0.0/16 is in use by a CIDR of the VPC and in 1 more place
	// 192.168.0.0/16 is in use in part, 192.168.10.0/24, by a route of "rtb-2"; no document says whether that counts
	// denied [] <nil>
}

// No document says whether a route that covers a whole management range counts. The
// caller decides.
func ExampleRules_CheckRegistration_undocumented() {
	reg, err := network.Newest().CheckRegistration(network.VPC{
		ID:     "vpc-0a1b2c3d",
		Region: "eu-west-3",
		CIDRs:  []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")},
		Routes: []network.Route{{Table: "rtb-1", Destination: netip.MustParsePrefix("198.18.0.0/15"), Target: "tgw-1"}},

		AllRoutes: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reg.Verdict, reg.Open)
	fmt.Println("if such a route counts:", reg.VerdictIf(true))
	fmt.Println("if it does not:", reg.VerdictIf(false))
	// Output:
	// undocumented [Routes[0].DestinationCidrBlock: no document says whether 198.18.0.0/15 counts, which covers the whole of 198.19.0.0/16]
	// if such a route counts: denied
	// if it does not: allowed
}

// The candidates of N. Virginia lost a range in 2019 and got it back in 2020.
func ExampleRules_ManagementRanges() {
	for _, date := range []string{"2019-03-25", "2020-04-29", "2020-07-08"} {
		rules, err := network.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		ranges, err := rules.ManagementRanges("us-east-1")
		fmt.Println(date, ranges.Of(network.Candidate), err)
	}
	// Output:
	// 2019-03-25 [172.31.0.0/16 192.168.0.0/16 198.19.0.0/16] <nil>
	// 2020-04-29 [192.168.0.0/16 198.19.0.0/16] <nil>
	// 2020-07-08 [172.31.0.0/16 192.168.0.0/16 198.19.0.0/16] <nil>
}

// Before an account chooses its management range for good.
func ExampleRules_CheckManagementCIDR() {
	inUse := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/12")}
	for _, s := range []string{"203.0.113.25/16", "8.8.0.0/16", "10.5.0.0/16", "10.32.0.0/16"} {
		answer, err := network.Newest().CheckManagementCIDR(netip.MustParsePrefix(s), inUse)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, v := range answer.Violations {
			fmt.Println(v.Level, v.Code, v.Detail)
		}
	}
	// Output:
	// must network.management-cidr-not-slash-16 203.0.113.25/16 is not written a.b.0.0/16; the block around it is 203.0.0.0/16
	// must network.management-cidr-outside-parents 8.8.0.0/16 is in none of [10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15]
	// must network.management-cidr-in-use 10.5.0.0/16 overlaps 10.0.0.0/12, element 0 of what is in use
	// should network.management-cidr-final 10.32.0.0/16 cannot be changed once it is set
}

// The first blocks that a network leaves free.
func ExampleRules_FreeManagementCIDRs() {
	inUse := []netip.Prefix{netip.MustParsePrefix("172.16.0.0/13"), netip.MustParsePrefix("172.25.4.0/22")}
	n := 0
	for block, err := range network.Newest().FreeManagementCIDRs(netip.MustParsePrefix("172.16.0.0/12"), inUse) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(block)
		if n++; n == 2 {
			break
		}
	}
	// Output:
	// 172.24.0.0/16
	// 172.26.0.0/16
}

// The pages of an export are marked as they arrive; none is kept.
func ExampleBlockMap() {
	pages := [][]netip.Prefix{
		{netip.MustParsePrefix("10.0.0.0/9"), netip.MustParsePrefix("2001:db8::/32")},
		{netip.MustParsePrefix("10.128.0.0/10"), netip.MustParsePrefix("10.192.0.0/16")},
	}
	var used network.BlockMap
	for _, page := range pages {
		if err := used.Mark(page...); err != nil {
			fmt.Println(err)
			return
		}
	}
	for block, err := range network.Newest().FreeManagementCIDRsIn(netip.MustParsePrefix("10.0.0.0/8"), &used) {
		fmt.Println(block, err)
		break
	}
	ipv6, _ := used.Ignored()
	fmt.Println(ipv6, "IPv6 prefix ignored")
	// Output:
	// 10.193.0.0/16 <nil>
	// 1 IPv6 prefix ignored
}

// One block for two Regions, and why it is proposed.
func ExampleRules_ProposeManagementCIDRs() {
	proposals, err := network.Newest().ProposeManagementCIDRs(netip.MustParsePrefix("172.16.0.0/12"),
		network.Site{Name: "eu-west-1", InUse: []netip.Prefix{netip.MustParsePrefix("172.16.0.0/14")}},
		network.Site{Name: "us-east-1", InUse: []netip.Prefix{netip.MustParsePrefix("172.20.0.0/16")}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(proposals[0])
	fmt.Println(proposals[len(proposals)-1])
	// Output:
	// 172.21.0.0/16: 5 of 15 neighbours in use, a candidate in no Region, no feature's default
	// 172.31.0.0/16: 5 of 15 neighbours in use, a candidate in af-south-1, ap-southeast-2, eu-west-1, us-east-1, us-west-2, no feature's default
}

// The fewest rules that admit the offices, and which office each stands for.
func ExampleAggregatePrefixes() {
	offices := []netip.Prefix{
		netip.MustParsePrefix("198.51.100.128/25"), netip.MustParsePrefix("203.0.113.7/32"), netip.MustParsePrefix("198.51.100.0/25"),
	}
	aggregates, err := network.AggregatePrefixes(offices)
	for _, a := range aggregates {
		fmt.Println(a.Prefix, a.Inputs)
	}
	fmt.Println(err)
	// Output:
	// 198.51.100.0/24 [2 0]
	// 203.0.113.7/32 [1]
	// <nil>
}

// Two rules that cover a range together, and one that has a hole.
func ExampleUncovered() {
	gateways, err := network.ParseRange("52.23.61.0 - 52.23.62.255")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(network.Uncovered([]network.Range{gateways}, []netip.Prefix{netip.MustParsePrefix("52.23.61.0/24"), netip.MustParsePrefix("52.23.62.0/24")}))
	fmt.Println(network.Uncovered([]network.Range{gateways}, []netip.Prefix{netip.MustParsePrefix("52.23.61.0/24"), netip.MustParsePrefix("52.23.62.0/25")}))
	// Output:
	// [] <nil>
	// [52.23.62.128/25] <nil>
}

// Who may stream to a directory with two groups.
func ExampleRules_IPAccess() {
	groups := []network.IPGroup{
		{ID: "wsipg-office", Rules: []network.IPRule{{Source: netip.MustParsePrefix("198.51.100.0/24"), Description: "office"}}},
		{ID: "wsipg-vpn", Rules: []network.IPRule{{Source: netip.MustParsePrefix("203.0.113.7/32"), Description: "VPN egress"}}},
	}
	for _, client := range []string{"203.0.113.7", "203.0.113.8", "2001:db8::1"} {
		a, err := network.Newest().IPAccess(groups, netip.MustParseAddr(client))
		fmt.Println(client, a.Verdict, a.Reason, a.Group, err)
	}
	// Output:
	// 203.0.113.7 allowed rule-matches wsipg-vpn <nil>
	// 203.0.113.8 denied no-rule-matches  <nil>
	// 2001:db8::1 undocumented ipv6-client  <nil>
}

// An empty list would lock everybody out.
func ExampleRules_CheckIPGroupUpdate() {
	answer, err := network.Newest().CheckIPGroupUpdate("wsipg-office", nil)
	fmt.Println(answer.Violations, err)
	// Output: [UserRules: "wsipg-office" would have no rules: nobody could stream to the directories that are associated with it (network.ip-group-lock-out)] <nil>
}

// Three offices into a group of two rules: no, unless ten more addresses may come in.
func ExamplePackIPGroups() {
	offices := []netip.Prefix{netip.MustParsePrefix("198.51.100.0/25"), netip.MustParsePrefix("203.0.113.4/31"), netip.MustParsePrefix("203.0.113.8/30")}
	quota := network.IPGroupQuota{Rules: 2, PerDirectory: 1}
	_, err := network.PackIPGroups(offices, quota, 0)
	fmt.Println(err)
	packed, err := network.PackIPGroups(offices, quota, 16)
	for _, r := range packed.Groups[0] {
		fmt.Println(r.Source, r.Inputs, r.Extra)
	}
	fmt.Println(packed.Extra, err)
	// Output:
	// network: 3 rules are 1 more than the 2 of a directory; with 10 extra addresses they would fit
	// 198.51.100.0/25 [0] []
	// 203.0.113.0/28 [1 2] [203.0.113.0/30 203.0.113.6/31 203.0.113.12/30]
	// 10 <nil>
}

// What a firewall lacks, as the fewest prefixes.
func ExampleRules_CheckFirewall() {
	allowed := []netip.Prefix{netip.MustParsePrefix("52.19.124.0/23"), netip.MustParsePrefix("18.200.177.86/32"), netip.MustParsePrefix("52.48.86.38/32"), netip.MustParsePrefix("54.76.137.224/32")}
	client := network.Client{Region: "eu-west-1", Protocol: network.ProtocolPCoIP}
	for _, date := range []string{"2020-04-29", "2026-09-10"} {
		rules, err := network.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		fw, err := rules.CheckFirewall(client, allowed, nil)
		gateways := fw.Needs[0]
		fmt.Println(date, gateways.Purpose, gateways.Verdict, gateways.Missing, err)
	}
	// Output:
	// 2020-04-29 gateways allowed [] <nil>
	// 2026-09-10 gateways denied [3.249.28.0/23] <nil>
}

// The gateways of a Region in AWS's file, which is read as a stream.
func ExampleIPRanges() {
	file := strings.NewReader(`{"syncToken": "1787411825", "createDate": "2026-08-22-15-17-05",
		"prefixes": [
			{"ip_prefix": "3.217.228.0/22", "region": "us-east-1", "service": "WORKSPACES_GATEWAYS", "network_border_group": "us-east-1"},
			{"ip_prefix": "3.217.228.0/22", "region": "us-east-1", "service": "EC2", "network_border_group": "us-east-1"}],
		"ipv6_prefixes": []}`)
	ranges := network.NewIPRanges(file)
	for r, err := range ranges.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if r.Service == network.GatewaysService {
			fmt.Println(ranges.Created.Format("2006-01-02"), r.Region, r.Prefix)
		}
	}
	// Output: 2026-08-22 us-east-1 3.217.228.0/22
}

// A security group that lets WorkSpaces out to the web and to DNS, and nothing else.
func ExampleRules_CheckSecurityGroup() {
	everywhere := []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}
	vpc := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")}
	group := network.SecurityGroup{
		ID:      "sg-members",
		Ingress: []network.SecurityGroupRule{{Protocol: "tcp", From: 80, To: 80, CIDRs: vpc}, {Protocol: "tcp", From: 443, To: 443, CIDRs: vpc}},
		Egress:  []network.SecurityGroupRule{{Protocol: "tcp", From: 1, To: 65535, CIDRs: everywhere}, {Protocol: "udp", From: 53, To: 123, CIDRs: everywhere}},
	}
	check, err := network.Newest().CheckSecurityGroup(group, network.SecurityGroupUse{
		Role:        network.OfWorkSpaces,
		Internet:    true,
		VPC:         network.Peer{Addresses: vpc},
		Controllers: network.Peer{Addresses: []netip.Prefix{netip.MustParsePrefix("10.0.1.10/32")}},
	})
	fmt.Println(check.Verdict, err)
	for _, m := range check.Missing {
		fmt.Println(m.Port.Transport, m.From, m.To, m.Port.Purpose, m.Peers)
	}
	// Output:
	// denied <nil>
	// udp 137 138 Netlogon [10.0.1.10/32]
	// udp 389 389 LDAP [10.0.1.10/32]
	// udp 445 445 SMB [10.0.1.10/32]
	// udp 636 636 LDAPS [10.0.1.10/32]
}

// One of two subnets is in a zone without WorkSpaces.
func ExampleRules_CheckSubnets() {
	answer, err := network.Newest().CheckSubnets("us-east-1", network.KindPersonal, []network.Subnet{
		{ID: "subnet-a", ZoneID: "use1-az1", CIDR: netip.MustParsePrefix("10.0.0.0/20")},
		{ID: "subnet-b", ZoneID: "use1-az2", CIDR: netip.MustParsePrefix("10.0.16.0/20")},
	})
	fmt.Println(answer.Verdict, err)
	for _, v := range answer.Violations {
		fmt.Println(v.Path, v.Detail)
	}
	// Output:
	// denied <nil>
	// SubnetIds[0] "subnet-a" is in use1-az1; WorkSpaces of us-east-1 can be in [use1-az2 use1-az4 use1-az6]
}

// Documents contradict one another about PERFORMANCE in a subnet that assigns IPv6 addresses.
func ExampleRules_LaunchWithIPv6AutoAssign() {
	answer, err := network.Newest().LaunchWithIPv6AutoAssign("PERFORMANCE")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Verdict)
	for _, o := range answer.Open {
		fmt.Println(o.By, o.Cites[0].Document, o.Cites[1].Document)
	}
	// Output:
	// undocumented
	// contradiction admin-guide-troubleshooting admin-guide-vpc
}

// The document gives two bands one end, and does not say to which it belongs.
func ExampleRules_RoundTripQuality() {
	for _, t := range []time.Duration{90, 100, 110, 400} {
		quality, _ := network.Newest().RoundTripQuality(network.ProtocolPCoIP, t*time.Millisecond)
		fmt.Printf("%d ms: %q\n", t, quality)
	}
	// Output:
	// 90 ms: "best"
	// 100 ms: ""
	// 110 ms: "affected"
	// 400 ms: "cut-off"
}

// A proxy permits a few names by wildcard. What a client of Ireland lacks is told by use.
func ExampleRules_CheckDomains() {
	list, err := network.ParseDomainList(`
.amazonaws.com
.cloudfront.net          # directory settings and updates
.amazonworkspaces.com
d-93671a2b3c.awsapps.com
.signin.aws
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := network.Newest().CheckDomains(network.Client{Region: "eu-west-1", Protocol: network.ProtocolDCV, Directory: "d-93671a2b3c"}, list)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Verdict)
	for _, n := range d.Needs {
		for _, name := range n.Missing {
			fmt.Println(n.Use, name.Host)
		}
	}
	// Output:
	// denied
	// log-service fls-na.amazon.com
	// login-pages eu-west-1.signin.aws.amazon.com
	// dcv-gateways *.prod.eu-west-1.highlander.aws.a2z.com
}

// The names that a client needs, written out for Squid: what another rule permits is left out.
func ExampleDomainList_Squid() {
	list := network.DomainList{
		network.MustParseDomainRule("*.prod.us-east-1.highlander.aws.a2z.com"),
		network.MustParseDomainRule("*.wsp-fips.prod.us-east-1.highlander.aws.a2z.com"),
		network.MustParseDomainRule("fls-na.amazon.com"),
	}
	squid, err := list.Squid()
	fmt.Print(squid)
	fmt.Println(err)
	// Output:
	// .prod.us-east-1.highlander.aws.a2z.com
	// fls-na.amazon.com
	// <nil>
}

// A Linux WorkSpace is to be reached from the office, and its security group is open for another office.
func ExampleRules_CheckSSH() {
	group := network.SecurityGroup{ID: "sg-1", Ingress: []network.SecurityGroupRule{
		{Protocol: "tcp", From: 22, To: 22, CIDRs: []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24")}},
	}}
	takesPasswords := true
	a, err := network.Newest().CheckSSH(network.SSH{
		Groups: []network.SecurityGroup{group}, From: []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")},
		WorkSpace: netip.MustParseAddr("192.0.2.7"), Login: `anycompany\janedoe`, System: "UBUNTU_22_04", State: "AVAILABLE", Password: &takesPasswords,
	})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v)
	}
	// Output:
	// denied <nil>
	// SecurityGroups: no security group opens tcp 22 from 198.51.100.0/24 (network.ssh-port-closed)
}
