package network_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The file in testdata is drawn from the pages, and not from this package's rows. A line holds until
// the next one of its interface and family, in every edition.
func TestPortsGrid(t *testing.T) {
	rows := grid(t, "testdata/ports.txt")
	asked := 0
	for _, edition := range append(network.Editions(), network.Newest().Edition()) {
		date := edition.String()
		for i, f := range rows {
			if f[0] > date || i+1 < len(rows) && slices.Equal(rows[i+1][1:3], f[1:3]) && rows[i+1][0] <= date {
				continue // an earlier or later line holds
			}
			asked++
			kind, protocol := network.KindPersonal, network.Protocol(strings.TrimPrefix(f[2], "any"))
			if f[2] == "pools" {
				kind, protocol = network.KindPools, network.AnyProtocol
			}
			var got []string
			for _, p := range at(t, date).Ports(network.Interface(f[1]), kind, protocol) {
				s := map[network.Direction]string{network.Inbound: "<", network.Outbound: ">", network.EitherWay: "~"}[p.Direction] + p.Transport + fmt.Sprint(p.From)
				if p.To != p.From {
					s += fmt.Sprint("-", p.To)
				}
				if p.Remote.IsValid() {
					s += "@" + p.Remote.String()
				}
				got = append(got, s)
			}
			want := slices.Clone(f[3:])
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s %s %s: got %q, want %q", date, f[1], f[2], got, want)
			}
		}
	}
	if len(rows) != 32 || asked < 9*len(network.Editions())/2 {
		t.Errorf("%d lines, asked %d times", len(rows), asked)
	}
}

// What the page on Pools says of each port that it gives by number alone, and of none before the page was read: what it
// is for, and the range to which it limits what comes in.
func TestPurposesOfPools(t *testing.T) {
	want := []string{
		"management in tcp 8300: session set-up 198.19.0.0/16", // "establishment of the streaming connection"
		"management in udp 8300: session set-up 198.19.0.0/16", // "establishment of the streaming connection over UDP"
		"management in tcp 8000: management 198.19.0.0/16",     // "management of the WorkSpaces"
		"management in tcp 8443: management 198.19.0.0/16",
		"management out tcp 3128: management",
		"primary  tcp 80: internet", "primary  tcp 443: internet", "primary  udp 4195: internet", // "For internet connectivity"
		"primary  tcp 80: EC2 metadata",
	}
	for date, want := range map[string][]string{"2025-10-20": nil, "2025-10-21": want, network.Newest().Edition().String(): want} {
		var got []string
		for _, i := range []network.Interface{network.Management, network.Primary} {
			for _, p := range at(t, date).Ports(i, network.KindPools, network.AnyProtocol) {
				if !p.Domain {
					limit := ""
					if p.Range.IsValid() {
						limit = " " + p.Range.String()
					}
					got = append(got, fmt.Sprintf("%s %s %s %d: %s%s", p.Interface, p.Direction, p.Transport, p.From, p.Purpose, limit))
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", date, got, want)
		}
	}
}

func TestOfficeKMS(t *testing.T) {
	got, err := network.Newest().OfficeKMS(netip.MustParseAddr("192.168.3.5"))
	if err != nil || got.String() != "192.168.64.250" {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := network.Newest().OfficeKMS(netip.MustParseAddr("::ffff:198.19.3.5")); err != nil || got.String() != "198.19.64.250" {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := at(t, "2020-12-22").OfficeKMS(netip.MustParseAddr("192.168.3.5")); err == nil {
		t.Errorf("before it was documented: %s", got)
	}
	for _, a := range []netip.Addr{{}, netip.MustParseAddr("2001:db8::1")} {
		if got, err := network.Newest().OfficeKMS(a); err == nil {
			t.Errorf("%s: %s", a, got)
		}
	}
}

// securityGroup reads in=PROTOCOL,FROM-TO,SOURCE and out=…, where a source is a prefix, a
// group or a prefix list, for WorkSpaces in 10.0.0.0/16 with controllers at 10.1.0.10 and
// 10.1.0.11 in group sg-dc.
func securityGroup(t interface{ Fatal(...any) }, words ...string) (network.SecurityGroup, network.SecurityGroupUse) {
	g := network.SecurityGroup{ID: "sg-1"}
	for _, w := range words {
		side, rest, _ := strings.Cut(w, "=")
		f := strings.Split(rest, ",")
		r := network.SecurityGroupRule{Protocol: f[0]}
		if _, err := fmt.Sscanf(f[1], "%d-%d", &r.From, &r.To); err != nil {
			t.Fatal(err)
		}
		for _, source := range f[2:] {
			switch {
			case strings.HasPrefix(source, "sg-"):
				r.Groups = append(r.Groups, source)
			case strings.HasPrefix(source, "pl-"):
				r.PrefixLists = append(r.PrefixLists, source)
			default:
				r.CIDRs = append(r.CIDRs, netip.MustParsePrefix(source))
			}
		}
		if side == "in" {
			g.Ingress = append(g.Ingress, r)
		} else {
			g.Egress = append(g.Egress, r)
		}
	}
	return g, network.SecurityGroupUse{
		Role: network.OfWorkSpaces, Internet: true,
		VPC:         network.Peer{Addresses: prefixes("10.0.0.0/16")},
		Controllers: network.Peer{Addresses: prefixes("10.1.0.10/32", "10.1.0.11/32"), Groups: []string{"sg-dc"}},
	}
}

func TestCheckSecurityGroup(t *testing.T) {
	const in = " in=tcp,80-80,10.0.0.0/16 in=tcp,443-443,10.0.0.0/16"
	for _, tt := range []struct {
		name, date, group string
		verdict           rule.Verdict
		missing           string
	}{
		{"as EC2 makes it", "2026-09-10", "out=-1,0-0,0.0.0.0/0" + in, rule.Allowed, ""},
		{"inbound from itself alone", "2026-09-10", "out=-1,-1--1,0.0.0.0/0 in=-1,0-0,sg-1", rule.Undocumented, "perhaps"},
		{"everything from everywhere", "2026-09-10", "out=-1,-1--1,0.0.0.0/0 in=-1,0-0,0.0.0.0/0", rule.Allowed, ""},
		{"protocols by number", "2026-09-10", "out=6,-1--1,0.0.0.0/0 out=017,0-65535,0.0.0.0/0 in=06,0-65535,0.0.0.0/0", rule.Allowed, ""},
		{"another group", "2026-09-10", "out=tcp,80-443,0.0.0.0/0 out=-1,0-0,sg-9", rule.Denied, "perhaps"},
		{"ports of the web to the controllers alone", "2022-09-02", "out=-1,0-0,10.1.0.0/16" + in, rule.Denied, "WEB"},
		{"both halves of IPv4", "2026-09-10", "out=-1,0-0,0.0.0.0/1,128.0.0.0/1 in=6,0-65535,10.0.0.0/17,10.0.128.0/17", rule.Allowed, ""},
		{"IPv6 alone", "2026-09-10", "out=-1,0-0,0.0.0.0/0 in=tcp,80-443,::/0", rule.Denied, "in tcp 80 10.0.0.0/16; in tcp 443 10.0.0.0/16"},
		{"no inbound", "2026-09-10", "out=-1,0-0,0.0.0.0/0 in=icmp,-1--1,0.0.0.0/0 in=icmpv6,-1--1,::/0 in=50,-1--1,0.0.0.0/0", rule.Denied, "in tcp 80 10.0.0.0/16; in tcp 443 10.0.0.0/16"},
		{"web and the controllers' group", "2026-09-10", "out=tcp,80-80,0.0.0.0/0 out=tcp,443-443,0.0.0.0/0 out=tcp,0-65535,sg-dc out=udp,0-65535,sg-dc" + in, rule.Allowed, ""},
		{"one controller", "2026-09-10", "out=tcp,80-443,0.0.0.0/0 out=-1,0-0,10.1.0.10/32" + in, rule.Denied,
			"out tcp 53 10.1.0.11/32; out udp 53 10.1.0.11/32; out udp 88 -; out udp 123 -; out udp 137-138 -; out udp 389 -; out tcp 445 -; out udp 445 -; out tcp 1024-65535 -; out tcp 636 -; out udp 636 -; out tcp 3268-3269 -"},
		{"a hole in the dynamic ports", "2026-09-10", "out=udp,0-65535,0.0.0.0/0 out=tcp,0-5000,0.0.0.0/0 out=tcp,5002-65535,0.0.0.0/0" + in, rule.Denied, "out tcp 5001 10.1.0.10/31"},
		{"LDAPS was not listed", "2022-09-02", "out=udp,0-635,0.0.0.0/0 out=tcp,0-635,0.0.0.0/0 out=tcp,1024-65535,0.0.0.0/0" + in, rule.Allowed, ""},
		{"LDAPS is", "2026-09-10", "out=udp,0-635,0.0.0.0/0 out=tcp,0-635,0.0.0.0/0 out=tcp,1024-65535,0.0.0.0/0" + in, rule.Denied, "out tcp 636 10.1.0.10/31; out udp 636 10.1.0.10/31"},
		{"a list that is not known", "2026-09-10", "out=tcp,80-443,0.0.0.0/0 out=-1,0-0,pl-1" + in, rule.Undocumented, "perhaps"},
		{"a list, and no inbound", "2026-09-10", "out=tcp,80-443,0.0.0.0/0 out=-1,0-0,pl-1", rule.Denied, "perhaps"},
		{"in 2018", "2018-02-03", "out=udp,0-635,0.0.0.0/0 out=tcp,0-635,0.0.0.0/0 out=tcp,1024-65535,0.0.0.0/0" + in, rule.Allowed, ""},
		{"the metadata service in 2018", "2019-01-07", "out=tcp,443-443,0.0.0.0/0 out=tcp,80-80,0.0.0.0/1,192.0.0.0/2,128.0.0.0/3,176.0.0.0/4,160.0.0.0/5,172.0.0.0/6,170.0.0.0/7,168.0.0.0/8 out=-1,0-0,10.1.0.0/16" + in, rule.Denied,
			"out tcp 80 169.0.0.0/8; out tcp 80 169.254.169.254/32"},
		{"is of the other interface since", "2019-01-08", "out=tcp,443-443,0.0.0.0/0 out=tcp,80-80,0.0.0.0/1,192.0.0.0/2,128.0.0.0/3,176.0.0.0/4,160.0.0.0/5,172.0.0.0/6,170.0.0.0/7,168.0.0.0/8 out=-1,0-0,10.1.0.0/16" + in, rule.Denied,
			"out tcp 80 169.0.0.0/8"},
		{"what was added is not known in the gap", "2024-01-01", "out=udp,0-635,0.0.0.0/0 out=tcp,0-635,0.0.0.0/0 out=tcp,1024-65535,0.0.0.0/0" + in, rule.Undocumented, ""},
		{"and does not matter if it is open", "2024-01-01", "out=-1,0-0,0.0.0.0/0" + in, rule.Allowed, ""},
		{"what both lists have is denied in it", "2024-01-01", "out=udp,0-65535,0.0.0.0/0 out=tcp,0-5000,0.0.0.0/0 out=tcp,5002-65535,0.0.0.0/0" + in, rule.Denied, "out tcp 5001 10.1.0.10/31"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, use := securityGroup(t, strings.Fields(tt.group)...)
			check, err := at(t, tt.date).CheckSecurityGroup(g, use)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			perhaps := 0
			for _, m := range check.Missing {
				s := fmt.Sprint(m.Port.Direction, " ", m.Port.Transport, " ", m.From)
				if m.To != m.From {
					s += fmt.Sprint("-", m.To)
				}
				peers := strings.Trim(fmt.Sprint(m.Peers), "[]")
				if peers == "10.1.0.11/32" && len(got) > 1 {
					peers = "-"
				}
				got = append(got, s+" "+peers)
				if m.Perhaps {
					perhaps++
				}
			}
			if tt.missing == "WEB" { // everywhere but 10.1.0.0/16 is too long to write
				if len(got) != 2 || !strings.HasPrefix(got[0], "out tcp 80 0.0.0.0/5") || !strings.HasPrefix(got[1], "out tcp 443 0.0.0.0/5") {
					t.Errorf("%q", got)
				}
				return
			}
			if check.Verdict != tt.verdict || tt.missing != "perhaps" && strings.Join(got, "; ") != tt.missing || (perhaps > 0) != (tt.missing == "perhaps") {
				t.Errorf("%s, %q (%d perhaps)", check.Verdict, strings.Join(got, "; "), perhaps)
			}
			broken(t, check.Answer)
			if len(check.Violations) != len(check.Missing)-perhaps || len(check.OpenBy(rule.ByInput)) != perhaps || (len(check.OpenBy(rule.ByDocuments)) > 0) != strings.HasPrefix(tt.name, "what was added") {
				t.Errorf("%+v", check.Answer)
			}
		})
	}
	for words, path := range map[string]rule.Path{
		"out=tcp,5-1,0.0.0.0/0":        "IpPermissionsEgress[0].FromPort",
		"in=tcp,0-70000,0.0.0.0/0":     "IpPermissions[0].FromPort",
		"in=xyz,0-1,0.0.0.0/0":         "IpPermissions[0].IpProtocol",
		"in=256,0-1,0.0.0.0/0":         "IpPermissions[0].IpProtocol",
		"in=udp,1-1,sg-1 in=tcp,-1-5,": "IpPermissions[1].FromPort",
	} {
		g, use := securityGroup(t, strings.Fields(strings.TrimSuffix(words, ","))...)
		_, err := network.Newest().CheckSecurityGroup(g, use)
		refused(t, err, path)
	}
	g, use := securityGroup(t, "in=icmp,1-1,sg-1")
	g.Ingress[0].CIDRs = []netip.Prefix{{}}
	for path, f := range map[rule.Path]func() error{
		"IpPermissions[0].IpRanges[0].CidrIp": func() error { _, err := network.Newest().CheckSecurityGroup(g, use); return err },
		"Controllers": func() error {
			_, err := network.Newest().CheckSecurityGroup(network.SecurityGroup{}, network.SecurityGroupUse{Role: network.OfWorkSpaces, VPC: use.VPC})
			return err
		},
		"Role": func() error {
			_, err := network.Newest().CheckSecurityGroup(network.SecurityGroup{}, network.SecurityGroupUse{VPC: use.VPC, Controllers: use.Controllers})
			return err
		},
		"VPC[0]": func() error {
			_, err := network.Newest().CheckSecurityGroup(network.SecurityGroup{}, network.SecurityGroupUse{Role: network.OfWorkSpaces, VPC: network.Peer{Addresses: []netip.Prefix{{}}}, Controllers: use.Controllers})
			return err
		},
	} {
		refused(t, f(), path)
	}
}

// Of a port range, a part may be open and a part is not.
func TestSecurityGroupPerhaps(t *testing.T) {
	g, use := securityGroup(t, "out=udp,0-65535,0.0.0.0/0", "out=tcp,0-2000,0.0.0.0/0", "out=tcp,2001-3000,pl-1", "out=tcp,3001-4000,pl-2", "out=tcp,5001-65535,sg-dc")
	use.Internet = false
	check, err := network.Newest().CheckSecurityGroup(g, use)
	var got []string
	for _, m := range check.Missing {
		got = append(got, fmt.Sprint(m.From, "-", m.To, " ", m.Perhaps))
	}
	if want := []string{"2001-4000 true", "4001-5000 false"}; err != nil || check.Verdict != rule.Denied || !slices.Equal(got[:2], want) {
		t.Errorf("%q, %v", got, err)
	}
}

// Without internet access 80 and 443 need not be open, and the group of controllers takes
// in what that of WorkSpaces lets out.
func TestSecurityGroupUses(t *testing.T) {
	g, use := securityGroup(t, "out=-1,0-0,10.1.0.0/24")
	use.Internet = false
	if check, err := network.Newest().CheckSecurityGroup(g, use); err != nil || check.Verdict != rule.Allowed {
		t.Errorf("without internet: %+v, %v", check, err)
	}
	g, use = securityGroup(t, "in=tcp,0-65535,10.0.0.0/16", "in=udp,0-388,10.0.0.0/16", "in=udp,390-65535,0.0.0.0/0")
	use.Role = network.OfControllers
	check, err := network.Newest().CheckSecurityGroup(g, use)
	if err != nil || check.Verdict != rule.Denied || len(check.Missing) != 1 || check.Missing[0].From != 389 || check.Missing[0].Port.Direction != network.Inbound || fmt.Sprint(check.Missing[0].Peers) != "[10.0.0.0/16]" {
		t.Errorf("controllers: %+v, %v", check, err)
	}
	for directory, want := range map[network.DirectoryType]string{
		network.SimpleAD:    "; AWS Directory Service sets this group up for Simple AD, so it has been changed",
		network.ADConnector: "; for AD Connector, adjust the default security group of the VPC",
		"CUSTOMER_MANAGED":  "",
	} {
		use.Directory = directory
		typed, err := network.Newest().CheckSecurityGroup(g, use)
		if vs := typed.Violations; err != nil || len(vs) != 1 || vs[0].Detail != `"sg-1" does not open udp 389 (LDAP) from 10.0.0.0/16`+want || vs[0].Cite.Date.String() != "2018-02-03" {
			t.Errorf("%s: %v, %v", directory, vs, err)
		}
	}
	if vs := check.Violations; len(vs) != 1 || vs[0].Path != "IpPermissions" || vs[0].Detail != `"sg-1" does not open udp 389 (LDAP) from 10.0.0.0/16` {
		t.Errorf("violations %v", vs)
	}
}

// The oracle asks of single ports and single addresses whether a rule permits them.
func TestSecurityGroupOracle(t *testing.T) {
	controllers := []string{"10.1.0.10", "10.1.0.11"}
	some := []int{0, 52, 53, 54, 80, 81, 88, 123, 135, 137, 138, 139, 389, 443, 445, 636, 1023, 1024, 1025, 3268, 3270, 65535}
	rapid.Check(t, func(t *rapid.T) {
		var words []string
		for range rapid.IntRange(0, 6).Draw(t, "rules") {
			from := rapid.SampledFrom(some).Draw(t, "from")
			to := rapid.SampledFrom(some).Filter(func(p int) bool { return p >= from }).Draw(t, "to")
			words = append(words, fmt.Sprintf("out=%s,%d-%d,%s", rapid.SampledFrom([]string{"tcp", "udp", "-1", "17", "icmp"}).Draw(t, "protocol"), from, to,
				rapid.SampledFrom([]string{"10.1.0.10/32", "10.1.0.11/32", "10.1.0.0/24", "0.0.0.0/0", "192.0.2.0/24", "sg-dc", "sg-9"}).Draw(t, "source")))
		}
		g, use := securityGroup(t, words...)
		check, err := network.Newest().CheckSecurityGroup(g, use)
		if err != nil {
			t.Fatal(err)
		}
		permits := func(transport string, port int, addr string) bool {
			for _, r := range g.Egress {
				p := map[string]string{"17": "udp"}[r.Protocol]
				if p == "" {
					p = r.Protocol
				}
				if p != "-1" && (p != transport || port < r.From || port > r.To) {
					continue
				}
				if slices.Contains(r.Groups, "sg-dc") || slices.ContainsFunc(r.CIDRs, func(c netip.Prefix) bool { return c.Contains(netip.MustParseAddr(addr)) }) {
					return true
				}
			}
			return false
		}
		for _, p := range network.Newest().Ports(network.Primary, network.KindPersonal, network.AnyProtocol) {
			if !p.Domain {
				continue
			}
			p.Direction = network.Outbound // as the group of WorkSpaces sees it
			for _, port := range some {
				for _, addr := range controllers {
					if port < int(p.From) || port > int(p.To) {
						continue
					}
					missing := slices.ContainsFunc(check.Missing, func(m network.MissingPort) bool {
						return m.Port == p && int(m.From) <= port && port <= int(m.To) && slices.ContainsFunc(m.Peers, func(c netip.Prefix) bool { return c.Contains(netip.MustParseAddr(addr)) })
					})
					if missing == permits(p.Transport, port, addr) {
						t.Fatalf("%v: %s %d to %s is missing: %t", words, p.Transport, port, addr, missing)
					}
				}
			}
		}
	})
}
