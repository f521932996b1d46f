package network_test

import (
	"errors"
	"fmt"
	"math/bits"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// vpc reads a VPC, all routes of which are known, from words: a Region, CIDRs, and routes as
// table=destination, with table=pl-1 for an unresolved list and table=pl-1:destination for one
// of its entries.
func vpc(t testing.TB, s string) network.VPC {
	t.Helper()
	words := strings.Fields(s)
	v := network.VPC{ID: "vpc-1", Region: words[0], AllRoutes: true}
	for _, w := range words[1:] {
		table, dest, isRoute := strings.Cut(w, "=")
		if !isRoute {
			v.CIDRs = append(v.CIDRs, netip.MustParsePrefix(w))
			continue
		}
		r := network.Route{Table: table, State: "active"}
		if rest, ok := strings.CutPrefix(dest, "pl-1"); ok {
			r.PrefixList, dest = "pl-1", strings.TrimPrefix(rest, ":")
		}
		if dest, ok := strings.CutSuffix(dest, "!"); ok {
			r.State = "blackhole"
			r.Destination = netip.MustParsePrefix(dest)
		} else if dest != "" {
			r.Destination = netip.MustParsePrefix(dest)
		}
		v.Routes = append(v.Routes, r)
	}
	return v
}

func TestCheckRegistration(t *testing.T) {
	for _, tt := range []struct {
		name, date, vpc string
		verdict         rule.Verdict
		free            string
		conflicts       string // candidate overlap prefix, in order
	}{
		{"only candidate taken", "2026-09-10", "ap-south-1 192.168.0.0/16", rule.Denied, "", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"two left", "2026-09-10", "us-west-2 192.168.0.0/16", rule.Allowed, "172.31.0.0/16 198.19.0.0/16", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"no row", "2026-09-10", "us-east-2 192.168.0.0/16", rule.Undocumented, "", ""},
		{"no row yet", "2020-04-29", "ap-south-1 192.168.0.0/16", rule.Undocumented, "", ""},
		{"two candidates then", "2020-04-29", "us-east-1 10.0.0.0/16", rule.Allowed, "192.168.0.0/16 198.19.0.0/16", ""},
		{"three candidates since", "2020-07-08", "us-east-1 10.0.0.0/16", rule.Allowed, "172.31.0.0/16 192.168.0.0/16 198.19.0.0/16", ""},
		{"the DCV range never counts", "2026-09-10", "us-gov-west-1 10.0.0.0/16 192.169.0.0/16", rule.Allowed, "198.19.0.0/16", ""},
		{"part of the only candidate", "2026-09-10", "eu-west-3 198.19.4.0/22", rule.Denied, "", "198.19.0.0/16 inside 198.19.4.0/22"},
		{"secondary CIDR", "2026-09-10", "eu-west-3 10.0.0.0/16 198.19.4.0/22", rule.Denied, "", "198.19.0.0/16 inside 198.19.4.0/22"},
		{"VPC takes one and a route the other", "2019-11-26", "us-east-1 192.168.0.0/16 a=192.168.0.0/16 b=198.19.0.0/16", rule.Denied, "",
			"192.168.0.0/16 equal 192.168.0.0/16; 198.19.0.0/16 equal 198.19.0.0/16"},
		{"VPC takes one and a narrow route is in the other", "2019-11-26", "us-east-1 192.168.0.0/16 b=198.19.255.255/32", rule.Undocumented, "",
			"192.168.0.0/16 equal 192.168.0.0/16; 198.19.0.0/16 inside 198.19.255.255/32"},
		{"narrow route", "2026-09-10", "eu-central-1 10.0.0.0/16 a=198.19.255.255/32", rule.Undocumented, "", "198.19.0.0/16 inside 198.19.255.255/32"},
		{"narrow routes to all of it", "2026-09-10", "eu-central-1 10.0.0.0/16 a=198.19.0.0/17 a=198.19.128.0/17", rule.Undocumented, "",
			"198.19.0.0/16 inside 198.19.0.0/17; 198.19.0.0/16 inside 198.19.128.0/17"},
		{"narrow route into a block of the VPC", "2026-09-10", "eu-central-1 198.19.4.0/22 a=198.19.4.0/22", rule.Denied, "", "198.19.0.0/16 inside 198.19.4.0/22"},
		{"adjacent", "2026-09-10", "eu-west-3 198.18.0.0/16 a=198.20.0.0/16", rule.Allowed, "198.19.0.0/16", ""},
		{"covering route", "2026-09-10", "eu-west-3 10.0.0.0/16 a=198.18.0.0/15", rule.Undocumented, "", "198.19.0.0/16 covers 198.18.0.0/15"},
		{"covering route with one free", "2026-09-10", "af-south-1 10.0.0.0/16 a=172.16.0.0/12", rule.Allowed, "198.19.0.0/16", "172.31.0.0/16 covers 172.16.0.0/12"},
		{"covering and equal", "2026-09-10", "eu-west-3 10.0.0.0/16 a=198.18.0.0/15 a=198.19.0.0/16", rule.Denied, "",
			"198.19.0.0/16 covers 198.18.0.0/15; 198.19.0.0/16 equal 198.19.0.0/16"},
		{"default route", "2026-09-10", "ap-south-1 10.0.0.0/16 a=0.0.0.0/0 a=::/0", rule.Allowed, "192.168.0.0/16", ""},
		{"default route in halves", "2026-09-10", "ap-south-1 10.0.0.0/16 a=0.0.0.0/1 a=128.0.0.0/1", rule.Undocumented, "", "192.168.0.0/16 covers 128.0.0.0/1"},
		{"halves in two tables", "2026-09-10", "ap-south-1 10.0.0.0/16 a=0.0.0.0/1 b=128.0.0.0/1", rule.Undocumented, "", "192.168.0.0/16 covers 128.0.0.0/1"},
		{"halves in one table and half in another", "2026-09-10", "ap-south-1 10.0.0.0/16 a=0.0.0.0/1 a=128.0.0.0/1 b=128.0.0.0/1", rule.Undocumented, "", "192.168.0.0/16 covers 128.0.0.0/1"},
		{"one half", "2026-09-10", "ap-south-1 10.0.0.0/16 a=128.0.0.0/1", rule.Undocumented, "", "192.168.0.0/16 covers 128.0.0.0/1"},
		{"other half", "2026-09-10", "ap-south-1 10.0.0.0/16 a=0.0.0.0/1", rule.Allowed, "192.168.0.0/16", ""},
		{"a quarter is no default", "2026-09-10", "ap-south-1 10.0.0.0/16 a=192.0.0.0/2 a=128.0.0.0/2 a=0.0.0.0/1", rule.Undocumented, "", "192.168.0.0/16 covers 192.0.0.0/2"},
		{"host bits", "2026-09-10", "ap-south-1 192.168.7.9/20", rule.Denied, "", "192.168.0.0/16 inside 192.168.0.0/20"},
		{"IPv4-mapped", "2026-09-10", "ap-south-1 10.0.0.0/16 a=::ffff:192.168.0.0/112", rule.Denied, "", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"IPv4-mapped default", "2026-09-10", "ap-south-1 10.0.0.0/16 a=::ffff:0.0.0.0/96 a=::ffff:0.0.0.0/90", rule.Allowed, "192.168.0.0/16", ""},
		{"IPv6", "2026-09-10", "ap-south-1 10.0.0.0/16 2001:db8::/56 a=2001:db8::/56", rule.Allowed, "192.168.0.0/16", ""},
		{"blackhole", "2026-09-10", "ap-south-1 10.0.0.0/16 a=192.168.0.0/16!", rule.Denied, "", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"unresolved list", "2026-09-10", "ap-south-1 10.0.0.0/16 a=pl-1", rule.Undocumented, "192.168.0.0/16", ""},
		{"a /7 with host bits", "2026-09-10", "ap-south-1 10.0.0.0/16 a=193.1.2.3/7", rule.Undocumented, "", "192.168.0.0/16 covers 192.0.0.0/7"},
		{"a /8", "2026-09-10", "ap-south-1 10.0.0.0/16 a=192.0.0.0/8", rule.Undocumented, "", "192.168.0.0/16 covers 192.0.0.0/8"},
		{"a /9 beside it", "2026-09-10", "ap-south-1 10.0.0.0/16 a=192.0.0.0/9", rule.Allowed, "192.168.0.0/16", ""},
		{"covering route and unresolved list", "2026-09-10", "ap-south-1 10.0.0.0/16 a=pl-1 a=192.0.0.0/8", rule.Undocumented, "", "192.168.0.0/16 covers 192.0.0.0/8"},
		{"unresolved list, denied all the same", "2026-09-10", "ap-south-1 192.168.0.0/16 a=pl-1", rule.Denied, "", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"resolved list", "2026-09-10", "ap-south-1 10.0.0.0/16 a=pl-1:192.168.3.0/24", rule.Undocumented, "", "192.168.0.0/16 inside 192.168.3.0/24"},
		{"resolved list with the range", "2026-09-10", "ap-south-1 10.0.0.0/16 a=pl-1:192.168.0.0/16", rule.Denied, "", "192.168.0.0/16 equal 192.168.0.0/16"},
		{"duplicates", "2026-09-10", "us-west-2 192.168.0.0/16 a=192.168.0.0/16 b=192.168.0.5/16 b=192.168.0.0/17", rule.Allowed, "172.31.0.0/16 198.19.0.0/16",
			"192.168.0.0/16 equal 192.168.0.0/16; 192.168.0.0/16 inside 192.168.0.0/17"},
		{"wide route over one candidate", "2026-09-10", "us-west-2 10.0.0.0/16 a=192.0.0.0/6", rule.Allowed, "172.31.0.0/16 198.19.0.0/16", "192.168.0.0/16 covers 192.0.0.0/6"},
		{"wide route over two", "2026-09-10", "us-west-2 10.0.0.0/16 a=192.0.0.0/5", rule.Allowed, "172.31.0.0/16", "192.168.0.0/16 covers 192.0.0.0/5; 198.19.0.0/16 covers 192.0.0.0/5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reg, err := at(t, tt.date).CheckRegistration(vpc(t, tt.vpc))
			if err != nil {
				t.Fatal(err)
			}
			var conflicts []string
			for _, c := range reg.Conflicts() {
				conflicts = append(conflicts, fmt.Sprint(c.Candidate, " ", c.Overlap, " ", c.Prefix))
				byRoutes := !strings.HasPrefix(string(c.Sources[0].Path), "Cidr")
				if c.Undocumented() != (c.Overlap == network.Covers || c.Overlap == network.Inside && byRoutes) {
					t.Errorf("%+v", c)
				}
			}
			if got := strings.Join(conflicts, "; "); got != tt.conflicts {
				t.Errorf("conflicts %q, want %q", got, tt.conflicts)
			}
			if free := strings.Trim(fmt.Sprint(reg.Free()), "[]"); reg.Verdict != tt.verdict || free != tt.free {
				t.Errorf("%s with %q free, want %s with %q", reg.Verdict, free, tt.verdict, tt.free)
			}
			if careful, hopeful := reg.VerdictIf(true), reg.VerdictIf(false); reg.Verdict != rule.Undocumented && (careful != reg.Verdict || hopeful != reg.Verdict) ||
				strings.HasPrefix(tt.name, "covering") && !strings.Contains(tt.vpc, "pl-1") && tt.verdict == rule.Undocumented && (careful != rule.Denied || hopeful != rule.Allowed) ||
				strings.HasPrefix(tt.name, "unresolved") && tt.verdict == rule.Undocumented && (careful != rule.Undocumented || hopeful != rule.Undocumented) {
				t.Errorf("%s, but %s if coverings count and %s if not", reg.Verdict, careful, hopeful)
			}
			broken(t, reg.Answer)
			if reg.Incomplete != strings.Contains(tt.vpc, "=pl-1 ") && reg.Incomplete != strings.HasSuffix(tt.vpc, "=pl-1") {
				t.Errorf("incomplete: %t", reg.Incomplete)
			}
		})
	}
}

// A conflict names every place at which the prefix stands, and how it stands there.
func TestConflictSources(t *testing.T) {
	v := vpc(t, "us-west-2 10.0.0.0/16 192.168.0.5/16 a=192.168.0.0/16! b=pl-1:192.168.0.0/16 b=pl-1")
	v.Routes[0].Target = "tgw-1"
	reg, err := network.Newest().CheckRegistration(v)
	if err != nil {
		t.Fatal(err)
	}
	want := []network.Source{
		{Path: "CidrBlockAssociationSet[1].CidrBlock", Given: netip.MustParsePrefix("192.168.0.5/16")},
		{Path: "Routes[0].DestinationCidrBlock", Given: netip.MustParsePrefix("192.168.0.0/16"), Table: "a", Target: "tgw-1", State: "blackhole"},
		{Path: "Routes[1].DestinationPrefixListId", Given: netip.MustParsePrefix("192.168.0.0/16"), Table: "b", PrefixList: "pl-1", State: "active"},
	}
	conflicts := reg.Conflicts()
	if len(conflicts) != 1 || !slices.Equal(conflicts[0].Sources, want) {
		t.Errorf("got %+v", conflicts)
	}
	if u := reg.Unresolved(); len(u) != 1 || u[0].Path != "Routes[2].DestinationPrefixListId" || u[0].PrefixList != "pl-1" {
		t.Errorf("unresolved %+v", u)
	}
}

func TestIgnored(t *testing.T) {
	reg, err := network.Newest().CheckRegistration(vpc(t, "us-west-2 10.0.0.0/16 2001:db8::/56 a=0.0.0.0/0 a=::/0 a=0.0.0.0/1 a=128.0.0.0/1 b=0.0.0.0/1 a=::ffff:0.0.0.0/96 a=10.0.0.0/16"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range reg.Ignored() {
		got = append(got, fmt.Sprint(i.Path, " ", i.Reason))
	}
	want := []string{
		"CidrBlockAssociationSet[1].CidrBlock ipv6",
		"Routes[0].DestinationCidrBlock default-route",
		"Routes[1].DestinationIpv6CidrBlock ipv6",
		"Routes[5].DestinationCidrBlock default-route",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCheckRegistrationErrors(t *testing.T) {
	good := vpc(t, "us-west-2 10.0.0.0/16 a=10.0.0.0/16")
	for _, tt := range []struct {
		name  string
		spoil func(v *network.VPC)
		path  rule.Path
	}{
		{"no Region", func(v *network.VPC) { v.Region = "" }, "Region"},
		{"empty", func(v *network.VPC) { v.CIDRs = nil }, "CidrBlockAssociationSet"},
		{"empty, no routes either", func(v *network.VPC) { v.CIDRs, v.Routes = nil, nil }, "CidrBlockAssociationSet"},
		{"IPv6 only", func(v *network.VPC) { v.CIDRs = prefixes("2001:db8::/56") }, "CidrBlockAssociationSet"},
		{"zero CIDR", func(v *network.VPC) { v.CIDRs = append(v.CIDRs, netip.Prefix{}) }, "CidrBlockAssociationSet[1].CidrBlock"},
		{"CIDR too long", func(v *network.VPC) { v.CIDRs = append(v.CIDRs, netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33)) }, "CidrBlockAssociationSet[1].CidrBlock"},
		{"everything", func(v *network.VPC) { v.CIDRs = append(v.CIDRs, netip.MustParsePrefix("0.0.0.0/0")) }, "CidrBlockAssociationSet[1].CidrBlock"},
		{"route without destination", func(v *network.VPC) { v.Routes = append(v.Routes, network.Route{Table: "a"}) }, "Routes[1].DestinationCidrBlock"},
		{"bad entry of a list", func(v *network.VPC) {
			v.Routes = append(v.Routes, network.Route{PrefixList: "pl-1", Destination: netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33)})
		}, "Routes[1].DestinationPrefixListId"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := good
			v.CIDRs, v.Routes = slices.Clone(v.CIDRs), slices.Clone(v.Routes)
			tt.spoil(&v)
			_, err := network.Newest().CheckRegistration(v)
			refused(t, err, tt.path)
		})
	}
}

func TestRegistrationViolations(t *testing.T) {
	for _, tt := range []struct {
		vpc, date string
		want      []string
		open      string
	}{
		{"ap-south-1 10.0.0.0/16 a=192.168.0.0/16 a=192.168.128.0/17", "2026-09-10", []string{"must network.management-ranges-exhausted VpcId"}, ""},
		{"ap-south-1 10.0.0.0/16 a=192.168.0.0/17 a=192.168.128.0/17", "2022-09-02", nil, "documents:Routes[0].DestinationCidrBlock documents:Routes[1].DestinationCidrBlock"},
		{"us-west-2 172.31.0.0/16 a=172.31.0.0/16 a=192.168.0.0/24", "2026-09-10", []string{
			"should network.management-range-conflict CidrBlockAssociationSet[0].CidrBlock", "should network.management-range-conflict Routes[1].DestinationCidrBlock"}, ""},
		{"us-west-2 172.31.0.0/16", "2022-09-02", nil, ""},
		{"us-east-2 172.31.0.0/16 a=pl-1", "2026-09-10", nil, "documents:Region"},
		{"eu-west-3 10.0.0.0/16 a=pl-1 a=198.18.0.0/15 b=0.0.0.0/0 b=198.16.0.0/14", "2022-09-02", nil, "documents:Region"},
		{"eu-west-2 10.0.0.0/16 a=pl-1 a=198.18.0.0/15 b=0.0.0.0/0 b=198.16.0.0/14", "2022-09-02", nil,
			"documents:Routes[1].DestinationCidrBlock documents:Routes[3].DestinationCidrBlock input:Routes[0].DestinationPrefixListId"},
		{"us-west-2 172.31.0.0/16 198.19.0.0/16 a=192.168.0.0/16 b=192.168.4.0/24 a=pl-1 a=192.0.0.0/8", "2022-09-02", []string{"must network.management-ranges-exhausted VpcId"}, "input:Routes[2].DestinationPrefixListId"},
		{"us-west-2 172.31.0.0/16 198.19.0.0/16 a=192.0.0.0/8 b=198.19.4.0/24 b=198.0.0.0/8", "2022-09-02", nil, "documents:Routes[0].DestinationCidrBlock"},
		{"us-west-2 172.31.0.0/16 a=192.0.0.0/8 b=198.19.4.0/24 b=198.0.0.0/8", "2022-09-02", nil,
			"documents:Routes[0].DestinationCidrBlock documents:Routes[1].DestinationCidrBlock documents:Routes[2].DestinationCidrBlock"},
	} {
		reg, err := at(t, tt.date).CheckRegistration(vpc(t, tt.vpc))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range reg.Violations {
			got = append(got, fmt.Sprint(v.Level, " ", v.Code, " ", v.Path))
		}
		if !slices.Equal(got, tt.want) || open(reg.Answer) != tt.open {
			t.Errorf("%s on %s: %q, %v, want %q", tt.vpc, tt.date, got, reg.Open, tt.want)
		}
	}
}

// touches is an oracle without masks and shifts: it asks whether the ends of one
// range lie in the other.
func touches(p netip.Prefix, block netip.Prefix) (some, whole bool) {
	lo, hi := block.Addr(), lastAddr(block)
	some = p.Contains(lo) || p.Contains(hi) || block.Contains(p.Masked().Addr())
	return some, p.Contains(lo) && p.Contains(hi)
}

func lastAddr(p netip.Prefix) netip.Addr {
	a := p.Masked().Addr().As4()
	for i := p.Bits(); i < 32; i++ {
		a[i/8] |= 0x80 >> (i % 8)
	}
	return netip.AddrFrom4(a)
}

// nearCandidates draws prefixes that lie close to the candidates of some Region.
func nearCandidates() *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		around := netip.MustParsePrefix(rapid.SampledFrom([]string{"172.31.0.0/16", "192.168.0.0/16", "198.19.0.0/16", "10.0.0.0/16"}).Draw(t, "around"))
		up := rapid.IntRange(0, 14).Draw(t, "up")
		p := gen.Within(netip.PrefixFrom(around.Addr(), 16-up).Masked(), 26).Draw(t, "prefix")
		if rapid.Bool().Draw(t, "host") {
			p = gen.HostBits(rapid.Just(p)).Draw(t, "host bits")
		}
		return p
	})
}

func TestRegistrationOracle(t *testing.T) {
	regions := []string{"us-east-1", "us-west-2", "ap-south-1", "eu-west-3", "af-south-1", "us-east-2"}
	rapid.Check(t, func(t *rapid.T) {
		editions := network.Editions()
		rules, err := network.At(rapid.SampledFrom(editions).Draw(t, "edition"))
		if err != nil {
			t.Fatal(err)
		}
		v := network.VPC{ID: "vpc-1", Region: rapid.SampledFrom(regions).Draw(t, "region"), AllRoutes: true}
		v.CIDRs = rapid.SliceOfN(nearCandidates(), 1, 2).Draw(t, "cidrs")
		for _, p := range rapid.SliceOfN(nearCandidates(), 0, 5).Draw(t, "routes") {
			v.Routes = append(v.Routes, network.Route{Destination: p, Table: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "table")})
		}
		noise := rapid.IntRange(0, 3).Draw(t, "noise")
		for i := range noise {
			v.Routes = append(v.Routes, network.Route{Destination: netip.MustParsePrefix([]string{"0.0.0.0/0", "::/0", "2001:db8::/32"}[i]), Table: "a"})
		}

		ranges, err := rules.ManagementRanges(v.Region)
		if err != nil {
			t.Fatal(err)
		}
		var hit, certain, n int
		var free []netip.Prefix
		for i, c := range ranges.Of(network.Candidate) {
			n++
			taken := false
			for _, p := range v.CIDRs {
				some, whole := touches(p, c)
				taken = taken || some
				if some && (!whole || p.Masked() == c) {
					certain |= 1 << i
				}
			}
			for _, r := range v.Routes {
				if r.Destination.Bits() == 0 || r.Destination.Addr().Is6() {
					continue
				}
				some, _ := touches(r.Destination, c)
				taken = taken || some
				if r.Destination.Masked() == c {
					certain |= 1 << i
				}
			}
			if taken {
				hit |= 1 << i
			} else {
				free = append(free, c)
			}
		}
		want := rule.Allowed
		if n == 0 || bits.OnesCount(uint(hit)) == n {
			want = rule.Undocumented
		}
		if n > 0 && bits.OnesCount(uint(certain)) == n {
			want = rule.Denied
		}
		reg, err := rules.CheckRegistration(v)
		if err != nil {
			t.Fatal(err)
		}
		if reg.Verdict != want || !slices.Equal(reg.Free(), free) {
			t.Fatalf("%s, free %v, want %s, free %v", reg.Verdict, reg.Free(), want, free)
		}
		careful, hopeful := rule.Allowed, rule.Allowed
		if bits.OnesCount(uint(hit)) == n {
			careful = rule.Denied
		}
		if bits.OnesCount(uint(certain)) == n {
			hopeful = rule.Denied
		}
		if n > 0 && (reg.VerdictIf(true) != careful || reg.VerdictIf(false) != hopeful) {
			t.Fatalf("%s and %s, want %s and %s", reg.VerdictIf(true), reg.VerdictIf(false), careful, hopeful)
		}
		if len(reg.Ignored()) != noise {
			t.Fatalf("ignored %v, want %d", reg.Ignored(), noise)
		}
		seen := map[netip.Prefix]bool{}
		for _, c := range reg.Conflicts() {
			seen[c.Candidate] = true
			if some, whole := touches(c.Prefix, c.Candidate); !some || whole != (c.Overlap != network.Inside) {
				t.Fatalf("%s does not lie %s to %s", c.Prefix, c.Overlap, c.Candidate)
			}
		}
		if len(seen) != bits.OnesCount(uint(hit)) {
			t.Fatalf("conflicts with %v, want %d candidates", seen, bits.OnesCount(uint(hit)))
		}

		// Neither order, nor repetition, nor form of a prefix changes the verdict.
		w := v
		w.Routes = append(slices.Clone(v.Routes), v.Routes...)
		slices.Reverse(w.Routes)
		for i := range w.Routes {
			if p := w.Routes[i].Destination; p.Addr().Is4() && p.Bits() > 0 && rapid.Bool().Draw(t, "mapped") {
				w.Routes[i].Destination = gen.Mapped(p)
			}
		}
		again, err := rules.CheckRegistration(w)
		if err != nil || again.Verdict != reg.Verdict || !slices.Equal(again.Free(), free) || len(again.Conflicts()) != len(reg.Conflicts()) {
			t.Fatalf("changed form: %s, %v, %v", again.Verdict, again.Free(), err)
		}
	})
}

// Not known is not none.
func TestRegistrationWithoutAllRoutes(t *testing.T) {
	for in, want := range map[string]struct {
		verdict, careful rule.Verdict
		open             string
	}{
		"us-west-2 10.0.0.0/16":                   {rule.Undocumented, rule.Undocumented, "input:Routes"},
		"us-west-2 10.0.0.0/16 a=10.0.0.0/16":     {rule.Undocumented, rule.Undocumented, "input:Routes"},
		"ap-south-1 192.168.0.0/16":               {rule.Denied, rule.Denied, "input:Routes"},
		"ap-south-1 10.0.0.0/16 a=192.168.0.0/16": {rule.Denied, rule.Denied, "input:Routes"},
		"ap-south-1 10.0.0.0/16 a=192.168.0.0/24": {rule.Undocumented, rule.Denied, "documents:Routes[0].DestinationCidrBlock input:Routes"},
		"eu-west-3 10.0.0.0/16 a=198.18.0.0/15":   {rule.Undocumented, rule.Denied, "documents:Routes[0].DestinationCidrBlock input:Routes"},
		"us-east-2 192.168.0.0/16":                {rule.Undocumented, rule.Undocumented, "documents:Region"},
	} {
		v := vpc(t, in)
		v.AllRoutes = false
		reg, err := network.Newest().CheckRegistration(v)
		if err != nil || reg.Verdict != want.verdict || reg.VerdictIf(true) != want.careful || open(reg.Answer) != want.open || !reg.Incomplete {
			t.Errorf("%s: %+v, %v", in, reg.Answer, err)
		}
		v.AllRoutes = true
		if all, err := network.Newest().CheckRegistration(v); err != nil || len(all.Open) != len(reg.Open)-strings.Count(want.open, "input:Routes") || all.Incomplete {
			t.Errorf("%s: %+v, %v", in, all.Answer, err)
		}
	}
}

// However many prefixes are in the way, the text names one for each range.
func TestExhaustedText(t *testing.T) {
	v := vpc(t, "us-west-2 192.168.0.0/24 192.168.0.0/16 172.31.0.0/16")
	for range 1000 {
		v.Routes = append(v.Routes, network.Route{Table: "rtb-\x1b[31m", Destination: netip.MustParsePrefix("198.19.0.0/16")})
	}
	v.ID = "vpc\n1"
	reg, err := network.Newest().CheckRegistration(v)
	want := `"vpc\n1": every management range of us-west-2 conflicts; 172.31.0.0/16 is in use by a CIDR of the VPC; ` +
		`192.168.0.0/16 is in use in part, 192.168.0.0/24, by a CIDR of the VPC and in 1 more place; ` +
		`198.19.0.0/16 is in use by a route of "rtb-\x1b[31m" and in 999 more places`
	if err != nil || len(reg.Violations) != 1 || reg.Violations[0].Detail != want {
		t.Errorf("%v, %v", reg.Violations, err)
	}
}

func TestRegistrationAllocatesNothing(t *testing.T) {
	rules := network.Newest()
	v := vpc(t, "us-west-2 10.0.0.0/16 2001:db8::/56 a=10.0.0.0/16 a=0.0.0.0/0 a=::/0 a=192.169.0.0/16 b=198.20.0.0/15 a=0.0.0.0/1")
	if reg, err := rules.CheckRegistration(v); err != nil || reg.Verdict != rule.Allowed {
		t.Fatalf("%+v, %v", reg.Answer, err)
	}
	if n := testing.AllocsPerRun(100, func() {
		if _, err := rules.CheckRegistration(v); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Conflicts are found on the way to the answer, so harmless prefixes cost nothing.
func TestConflictsAllocateByConflict(t *testing.T) {
	v := vpc(t, "us-west-2 10.0.0.0/16")
	for i := range 5000 {
		v.Routes = append(v.Routes, network.Route{Table: "a", Destination: netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 0}), 24)})
	}
	reg, err := network.Newest().CheckRegistration(v)
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(10, func() { reg.Conflicts() }); n > 20 {
		t.Errorf("%v allocations for no conflict", n)
	}
}

func TestConflictsWith(t *testing.T) {
	v := vpc(t, "eu-west-1 10.40.0.0/20 a=10.40.0.0/20 a=10.0.0.0/8 a=0.0.0.0/0 b=10.41.0.0/16")
	got, err := v.ConflictsWith(netip.MustParsePrefix("10.40.3.4/16"))
	if err != nil || len(got) != 2 || got[0].Candidate.String() != "10.40.0.0/16" || got[0].Overlap != network.Inside || len(got[0].Sources) != 2 || got[1].Overlap != network.Covers {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []netip.Prefix{{}, netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("10.0.0.0/7")} {
		var input *rule.InputError
		if _, err := v.ConflictsWith(bad); !errors.As(err, &input) || input.Path != "Range" {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := (network.VPC{}).ConflictsWith(netip.MustParsePrefix("10.40.0.0/16")); err == nil {
		t.Error("an empty VPC has no error")
	}
}

func TestZeroRegistration(t *testing.T) {
	var reg network.Registration
	if s := fmt.Sprint(network.Conflict{}, reg); strings.Contains(s, "PANIC") {
		t.Error(s)
	}
	if len(reg.Conflicts())+len(reg.Free())+len(reg.Candidates())+len(reg.Ignored())+len(reg.Unresolved()) > 0 || reg.VerdictIf(true) != rule.Undocumented {
		t.Errorf("%+v", reg)
	}
}

func FuzzCheckRegistration(f *testing.F) {
	f.Add("us-west-2", "192.168.0.0/16", "10.0.0.0/8")
	f.Add("ap-south-1", "::ffff:192.168.0.0/112", "128.0.0.0/1")
	f.Fuzz(func(t *testing.T, region, cidr, route string) {
		p, _ := netip.ParsePrefix(cidr)
		q, _ := netip.ParsePrefix(route)
		reg, err := network.Newest().CheckRegistration(network.VPC{ID: "vpc-1", Region: region, CIDRs: []netip.Prefix{p}, Routes: []network.Route{{Destination: q}}, AllRoutes: true})
		if err != nil {
			return
		}
		if len(reg.Conflicts()) == 0 && len(reg.Free()) != len(reg.Candidates()) || reg.Verdict == rule.Denied && len(reg.Free()) > 0 {
			t.Fatalf("%s with %v free and conflicts %v", reg.Verdict, reg.Free(), reg.Conflicts())
		}
	})
}
