package preflight

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// readFiles reads an export of one Region.
func readFiles(t *testing.T, files map[string]string) *account {
	t.Helper()
	a, err := readAccount(wks.Newest(), oneRegion(files), "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// oneRegion is an export of one Region.
func oneRegion(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["eu-west-1/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// networksOf are the VPCs of an export, and the notes on it.
func networksOf(t *testing.T, files map[string]string) (*regionCheck, notes) {
	t.Helper()
	a := readFiles(t, files)
	c := &regionCheck{regionExport: a.regions[0], rules: wks.Newest(), account: a, report: new(regionReport)}
	c.readNetworks()
	return c, a.notes
}

// The target of a route is whichever of the eleven it has.
func TestTargetsOfRoutes(t *testing.T) {
	for _, member := range []string{"GatewayId", "NatGatewayId", "TransitGatewayId", "VpcPeeringConnectionId", "NetworkInterfaceId", "InstanceId", "EgressOnlyInternetGatewayId", "CarrierGatewayId", "LocalGatewayId", "CoreNetworkArn", "OdbNetworkArn"} {
		var r route
		if err := json.Unmarshal([]byte(`{"DestinationCidrBlock": "10.0.0.0/8", "`+member+`": "x-1"}`), &r); err != nil || r.target() != "x-1" || !r.leads() {
			t.Errorf("%s: %q, %v", member, r.target(), err)
		}
	}
	if r := (route{}); r.target() != "" || r.leads() {
		t.Errorf("%+v", r)
	}
	if !(route{DestinationPrefixListId: "pl-1"}).leads() || !(route{DestinationIpv6CidrBlock: netip.MustParsePrefix("::/0")}).leads() {
		t.Error("a route that leads to a list or to IPv6 leads nowhere")
	}
}

// A route is one for each prefix that it leads to: of a list those of its entries, and one that is not known where the
// list, or an entry of it, is not. Lists of IPv6 do not matter.
func TestRoutesOfLists(t *testing.T) {
	c, got := networksOf(t, map[string]string{
		vpcsName: `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Owner", "Value": "x"}, {"Key": "Name", "Value": "desktops"}]}]}`,
		routesName: `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
			{"DestinationIpv6CidrBlock": "2001:db8::/32", "GatewayId": "local"}, {"DestinationPrefixListId": "pl-known", "TransitGatewayId": "tgw-1"}, {"DestinationPrefixListId": "pl-six", "GatewayId": "vpce-1"},
			{"DestinationPrefixListId": "pl-named", "GatewayId": "vpce-2"}, {"DestinationPrefixListId": "pl-nameless", "GatewayId": "vpce-3"}, {"DestinationPrefixListId": "pl-partly", "GatewayId": "vpce-4"}]},
			{"RouteTableId": "rtb-2", "VpcId": "vpc-2", "Routes": []}]}`,
		listsName:                        `{"PrefixLists": [{"PrefixListId": "pl-six", "AddressFamily": "IPv6", "PrefixListName": "six"}, {"PrefixListId": "pl-named", "AddressFamily": "IPv4", "PrefixListName": "offices"}]}`,
		entriesPrefix + "pl-known.json":  `{"Entries": [{"Cidr": "172.16.0.0/24"}, {"Cidr": "172.17.0.0/24"}]}`,
		entriesPrefix + "pl-partly.json": `{"Entries": [{"Cidr": "172.18.0.0/24"}, {"Cidr": "nothing"}]}`,
	})
	n := c.network["vpc-1"]
	var routes []string
	for _, r := range n.Routes {
		routes = append(routes, fmt.Sprintf("%s %s %s %s", r.Destination, r.PrefixList, r.Table, r.Target))
	}
	if want := []string{
		"10.0.0.0/16  rtb-1 local", "2001:db8::/32  rtb-1 local", "172.16.0.0/24 pl-known rtb-1 tgw-1", "172.17.0.0/24 pl-known rtb-1 tgw-1", "invalid Prefix pl-named rtb-1 vpce-2", "invalid Prefix pl-nameless rtb-1 vpce-3",
		"172.18.0.0/24 pl-partly rtb-1 vpce-4", "invalid Prefix pl-partly rtb-1 vpce-4",
	}; !slices.Equal(routes, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(routes, "\n"), strings.Join(want, "\n"))
	}
	for path, want := range map[rule.Path]string{
		"Routes[4].DestinationPrefixListId": "the prefix list pl-named (offices) was not exported; there is no " + entriesPrefix + "pl-named.json", "Routes[5].DestinationPrefixListId": "the prefix list pl-nameless was not exported; there is no " + entriesPrefix + "pl-nameless.json",
		"Routes[7].DestinationPrefixListId": "an entry of the prefix list pl-partly cannot be used",
	} {
		if n.unknown[path] != want {
			t.Errorf("%s: %q, want %q", path, n.unknown[path], want)
		}
	}
	if len(n.unknown) != 3 || n.name != "desktops" || !n.AllRoutes {
		t.Errorf("%v, %q, %t", n.unknown, n.name, n.AllRoutes)
	}
	for path, want := range map[rule.Path]string{
		"Routes[0]": "eu-west-1/describe-route-tables.json: RouteTables[0].Routes[0].DestinationCidrBlock", "Routes[3].DestinationPrefixListId": "eu-west-1/describe-route-tables.json: RouteTables[0].Routes[2].DestinationPrefixListId",
		"Routes[1]": "eu-west-1/describe-route-tables.json: RouteTables[0].Routes[1].DestinationIpv6CidrBlock", "Region": "eu-west-1/describe-vpcs.json: Vpcs[0]", "Other": "eu-west-1/describe-vpcs.json: Vpcs[0].Other",
	} {
		if at := n.at(path).String(); at != want {
			t.Errorf("%s: %s, want %s", path, at, want)
		}
	}
	if !slices.ContainsFunc(got, func(x note) bool { return strings.Contains(x.Text, "belongs to vpc-2, which is not in") }) {
		t.Errorf("%+v", got)
	}
}

// The blocks of a VPC are those that are associated, the primary one once; a table without associations counts as a main
// one, and a VPC without a main table has routes that are not known.
func TestNetworksOfVPCs(t *testing.T) {
	vpc := func(id, first string, more ...string) string {
		var list []string
		for _, m := range more {
			cidr, state, _ := strings.Cut(m, " ")
			list = append(list, fmt.Sprintf(`{"CidrBlock": %q, "CidrBlockState": {"State": %q}}`, cidr, state))
		}
		return fmt.Sprintf(`{"VpcId": %q, "CidrBlock": %q, "CidrBlockAssociationSet": [%s]}`, id, first, strings.Join(list, ","))
	}
	c, notes := networksOf(t, map[string]string{
		vpcsName:    `{"Vpcs": [` + vpc("vpc-1", "10.0.0.0/16", "10.0.0.0/16 associated", "10.1.0.0/16 associating", "10.2.0.0/16 disassociated", "10.3.0.0/16 failed", "10.4.0.0/16 failing", "10.5.0.0/16 disassociating") + "," + vpc("vpc-2", "10.6.0.0/16") + "," + vpc("vpc-3", "10.7.0.0/16", "10.8.0.0/16 associated") + "]}",
		routesName:  `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": []}, {"RouteTableId": "rtb-2", "VpcId": "vpc-2", "Associations": [{"Main": false}], "Routes": []}, {"RouteTableId": "rtb-3", "VpcId": "vpc-3", "Associations": [{"Main": false}, {"Main": true}], "Routes": []}]}`,
		subnetsName: `{"Subnets": [{"SubnetId": "s-1", "VpcId": "vpc-1", "CidrBlock": "10.1.3.0/24"}, {"SubnetId": "s-2", "VpcId": "vpc-1", "CidrBlock": "10.2.3.0/24"}, {"SubnetId": "s-3", "VpcId": "vpc-2", "CidrBlock": "10.6.0.0/15"}, {"SubnetId": "s-4", "VpcId": "vpc-2", "CidrBlock": "10.6.0.0/16"}]}`,
	})
	for id, want := range map[string]string{"vpc-1": "10.0.0.0/16 10.1.0.0/16 10.5.0.0/16 true", "vpc-2": "10.6.0.0/16 false", "vpc-3": "10.8.0.0/16 10.7.0.0/16 true"} {
		n := c.network[id]
		if got := fmt.Sprint(prefixes(n.CIDRs), " ", n.AllRoutes); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if got, want := c.network["vpc-2"].unknown["Routes"], "not all routes were looked at: the main route table of vpc-2 is not in "+routesName; got != want || len(c.network["vpc-1"].unknown) > 0 {
		t.Errorf("%q, want %q", got, want)
	}
	var texts []string
	for _, n := range notes {
		texts = append(texts, n.String()+": "+n.Text)
	}
	told := strings.Join(texts, "\n")
	for _, want := range []string{
		"CidrBlockAssociationSet[2].CidrBlock: 10.2.0.0/16 is disassociated and was left out", "10.3.0.0/16 is failed and was left out", "10.4.0.0/16 is failing and was left out",
		"Subnets[1].CidrBlock: 10.2.3.0/24 is in no CIDR of vpc-1: 10.0.0.0/16 10.1.0.0/16 10.5.0.0/16", "Subnets[2].CidrBlock: 10.6.0.0/15 is in no CIDR of vpc-2",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
	if len(texts) != 5 {
		t.Errorf("%s", told)
	}
	c, _ = networksOf(t, map[string]string{vpcsName: soundNetwork})
	if got := c.network["vpc-1"].unknown["Routes"]; got != "only the VPC's CIDRs were looked at: there is no "+routesName {
		t.Errorf("%q", got)
	}
}

// The VPC of a directory is that of all its subnets; why it is not known is told.
func TestVPCOfDirectory(t *testing.T) {
	const subnets = `{"Subnets": [{"SubnetId": "s-1", "VpcId": "vpc-1"}, {"SubnetId": "s-2", "VpcId": "vpc-1"}, {"SubnetId": "s-3", "VpcId": "vpc-2"}, {"SubnetId": "s-4", "VpcId": 5}]}`
	for list, want := range map[string][2]string{
		`["s-1"]`: {"vpc-1", ""}, `["s-1", "s-2"]`: {"vpc-1", ""}, `["s-1", "s-3"]`: {"", "its subnets lie in vpc-1 and in vpc-2"}, `["s-1", "s-9"]`: {"", "its subnet s-9 is not in " + subnetsName},
		`["s-1", "s-4"]`: {"", "the VPC of its subnet s-4 cannot be used"}, `[]`: {"", "the directory has no subnets"}, `5`: {"", "its subnets cannot be used"},
	} {
		e := readFiles(t, map[string]string{subnetsName: subnets, directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ` + list + `}]}`}).regions[0]
		if id, why := e.vpcOf(e.directories.find("d-1")); id != want[0] || why != want[1] {
			t.Errorf("%s: %q, %q; want %q", list, id, why, want)
		}
	}
	e := readFiles(t, map[string]string{directoriesName: `{"Directories": [{"DirectoryId": "d-1", "SubnetIds": ["s-1"]}]}`}).regions[0]
	if id, why := e.vpcOf(e.directories.find("d-1")); id != "" || why != subnetsName+" is missing, so its VPC is not known" {
		t.Errorf("%q, %q", id, why)
	}
}

// An element counts once. One that stands there twice is noted, and is of no use if it differs; one without an identifier,
// because that is of no use, is lost.
func TestListing(t *testing.T) {
	a := readFiles(t, map[string]string{subnetsName: `{"Subnets": [{"SubnetId": "s-1", "VpcId": "v"}, {"SubnetId": "s-2", "VpcId": "v"}, {"SubnetId": "s-1", "VpcId": "v"}, {"SubnetId": "s-2", "VpcId": "w"}, {"SubnetId": 5, "VpcId": "v"}, {"SubnetId": "s-3", "VpcId": "v"}]}`})
	l := a.regions[0].subnets
	var ids []string
	for _, s := range l.elements() {
		ids = append(ids, s.SubnetId+" "+string(s.at.Path))
	}
	if !slices.Equal(ids, []string{"s-1 Subnets[0]", "s-2 Subnets[1]", "s-3 Subnets[5]"}) || l.find("s-2").VpcId != "v" || l.find("s-9") != nil || l.lacking() == nil {
		t.Errorf("%q, %v", ids, l.lacking())
	}
	var noted []string
	for _, n := range a.notes {
		if strings.Contains(n.Text, "twice") {
			noted = append(noted, fmt.Sprint(n.Path, " ", n.Unusable, " ", n.Text))
		}
	}
	if want := []string{"Subnets[2] false is s-1, which stands in the file twice; it counts once", "Subnets[3] true is s-2, which stands in the file twice, and differs; the first counts"}; !slices.Equal(noted, want) {
		t.Errorf("%q, want %q", noted, want)
	}
	var none *listing[subnet]
	if none.find("x") != nil || none.lacking() != nil || none.elements() != nil {
		t.Error("a list that was not exported has elements")
	}
	e := element{at: place{Path: "L[0]"}, wrong: []*fileError{{place: place{Path: "L[0].A.B"}}, {place: place{Path: "L[0].C"}}}}
	for member, want := range map[rule.Path]bool{"A": true, "A.B": true, "A.B.D": true, "A.C": false, "C": true, "D": false, "AB": false} {
		if got := e.lacks(member) != nil; got != want {
			t.Errorf("%s: %t", member, got)
		}
	}
	if e.spoilt() != e.wrong[0] || (&element{}).spoilt() != nil {
		t.Error("spoilt")
	}
}

// What a finding calls each kind of element, and its name where it has one.
func TestResources(t *testing.T) {
	named := []struct{ Key, Value string }{{"a", "x"}, {"Name", "n"}}
	var v vpc
	text, err := json.Marshal(map[string]any{"VpcId": "i", "Tags": named})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		of interface {
			subject
			id() string
		}
		want finding.Resource
	}{
		{&v, finding.Resource{Kind: "VPC", ID: "i", Name: "n"}}, {&subnet{SubnetId: "i"}, finding.Resource{Kind: "subnet", ID: "i"}}, {&routeTable{RouteTableId: "i"}, finding.Resource{Kind: "route table", ID: "i"}},
		{&prefixList{PrefixListId: "i", PrefixListName: "n"}, finding.Resource{Kind: "prefix list", ID: "i", Name: "n"}}, {&directory{DirectoryId: "i", DirectoryName: "n"}, finding.Resource{Kind: "directory", ID: "i", Name: "n"}},
		{&securityGroup{GroupId: "i"}, finding.Resource{Kind: "security group", ID: "i"}}, {&ipGroup{GroupID: "i"}, finding.Resource{Kind: "IP access control group", ID: "i"}},
		{&workspaceBundle{BundleId: "i", Name: "n"}, finding.Resource{Kind: "bundle", ID: "i", Name: "n"}}, {&workspaceImage{ImageId: "i", Name: "n"}, finding.Resource{Kind: "image", ID: "i", Name: "n"}},
		{&ami{ImageId: "i"}, finding.Resource{Kind: "AMI", ID: "i"}}, {&importTask{ImportTaskId: "i"}, finding.Resource{Kind: "import task", ID: "i"}},
		{&metricAlarm{AlarmName: "i"}, finding.Resource{Kind: "alarm", ID: "i"}}, {&eventRule{Name: "i"}, finding.Resource{Kind: "rule of EventBridge", ID: "i"}},
	} {
		if got := tt.of.resource(); got != tt.want || tt.of.id() != "i" {
			t.Errorf("%+v, want %+v", got, tt.want)
		}
	}
	at := place{File: "f"}
	if r := at.resource(); r != (finding.Resource{Kind: "file", ID: "f"}) {
		t.Errorf("%+v", r)
	}
	elsewhere := place{File: "g", Path: "X"}
	l := at.about("account", "1").except(map[rule.Path]place{"A.B": elsewhere})
	if p := l("A.B.C"); p.File != "g" || p.Path != "X" || p.resource().Kind != "account" {
		t.Errorf("%+v", p)
	}
	if p := l("A"); p.File != "f" || p.Path != "A" || p.resource().ID != "1" {
		t.Errorf("%+v", p)
	}
}

// What gives a file that is not there: a command, a text to write, or nothing.
func TestFetch(t *testing.T) {
	a, e := &account{}, &regionExport{region: "eu-west-1", dir: "eu-west-1", files: map[string]bool{vpcsName: true}}
	for name, want := range map[string]string{
		"": "", "x.json": "", subnetsName: "aws ec2 describe-subnets --region eu-west-1 --output json > export/eu-west-1/describe-subnets.json", byolName: "write export/eu-west-1/byol.json, by docs/schema/byol.json",
		allowListName: "write what the firewall lets through to export/firewall.txt, one prefix or name a line", ipRangesName: "curl -o export/ip-ranges.json https://ip-ranges.amazonaws.com/ip-ranges.json",
	} {
		if got := a.fetch(e, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := a.fetch(e, eventsName); !strings.HasPrefix(got, "aws logs filter-log-events ") || !strings.HasSuffix(got, " # from the log group that a rule for access events fills: wks monitor pattern --help") {
		t.Errorf("%q", got)
	}
	for file, want := range map[string]bool{"eu-west-1/" + subnetsName: true, "eu-west-1/" + vpcsName: false, "us-east-1/" + subnetsName: false, subnetsName: false} {
		if got := a.fetchMissing(e, place{File: file}); got != "" != want {
			t.Errorf("%s: %q", file, got)
		}
	}
	a.input = "my export\x1b"
	if got := a.fetch(e, subnetsName); !strings.HasSuffix(got, `> 'my export\x1b/eu-west-1/describe-subnets.json'`) {
		t.Errorf("%q", got)
	}
	for s, want := range map[string]string{"a/b.c_d-e:f": "a/b.c_d-e:f", "AZ09az": "AZ09az", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$x": "'$x'", "é": "'é'", "@": "'@'", "[": "'['", "`": "'`'", "{": "'{'"} {
		if got := quoted(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// What several answers about one thing say counts once, and the first of what cannot be used.
func TestTakeOnce(t *testing.T) {
	answers := []rule.Answer{
		{Violations: rule.Violations{{Code: "a.b", Level: rule.Must}, {Code: "c.d", Level: rule.Must}}, Open: []rule.Open{{Path: "X", Reason: "x"}}},
		{Violations: rule.Violations{{Code: "a.b", Level: rule.Must}, {Code: "e.f", Level: rule.Must}}, Open: []rule.Open{{Path: "X", Reason: "x"}, {Path: "Y", Reason: "x"}}},
		{}, {}, {},
	}
	r := allowed()
	r.takeOnce(len(answers), func(i int) (rule.Answer, error) {
		if i >= 3 {
			return rule.Answer{}, errors.New("odd")
		}
		return answers[i], nil
	}, func(i int) locator { return place{File: fmt.Sprint(i)}.below })
	var codes, open []string
	for _, b := range r.broken {
		codes = append(codes, b.at.File+" "+string(b.Code))
	}
	for _, q := range r.open {
		open = append(open, q.File+" "+string(q.Path)+" "+q.reason)
	}
	if !slices.Equal(codes, []string{"0 a.b", "0 c.d", "1 e.f"}) || !slices.Equal(open, []string{"0 X x", "1 Y x", "3  odd"}) {
		t.Errorf("%q, %q", codes, open)
	}
}

// The answer about a VPC in which directories are registered: a range that is in the way has been avoided, and that all are
// forbids nothing.
func TestRegisteredAlready(t *testing.T) {
	a := rule.Answer{Violations: rule.Violations{{Code: network.ManagementRangeConflict, Level: rule.Should}, {Code: network.ManagementRangesExhausted, Level: rule.Must}, {Code: "x.y", Level: rule.Must}}}
	got := registeredAlready(a)
	if len(got.Violations) != 2 || got.Violations[0].Code != network.ManagementRangesExhausted || got.Violations[0].Level != rule.Should || got.Violations[1].Level != rule.Must || got.Verdict != rule.Denied {
		t.Errorf("%+v", got)
	}
	if got := registeredAlready(rule.Answer{Violations: a.Violations[:2]}); got.Verdict != rule.Allowed {
		t.Errorf("%+v", got)
	}
	p := netip.MustParsePrefix
	if got := instead([]candidate{{Prefix: p("10.0.0.0/16"), Uses: make([]use, 3)}, {Prefix: p("10.1.0.0/16"), Uses: make([]use, 1)}, {Prefix: p("10.2.0.0/16"), Uses: make([]use, 2)}}); !strings.HasSuffix(got, "in this one 10.1.0.0/16 has the fewest prefixes in its way, 1") {
		t.Errorf("%q", got)
	}
}
