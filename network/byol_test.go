package network_test

import (
	"errors"
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var parents = prefixes("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15")

func TestCheckManagementCIDR(t *testing.T) {
	for _, tt := range []struct {
		name, date, prefix string
		inUse              []netip.Prefix
		want               string
	}{
		{"the SDK's own example", "2026-09-10", "203.0.113.25/16", nil, "not-slash-16"},
		{"outside", "2026-09-10", "8.8.0.0/16", nil, "outside-parents"},
		{"outside, in 2018", "2018-02-03", "8.8.0.0/16", nil, "outside-parents"},
		{"all zero", "2026-09-10", "0.0.0.0/16", nil, "outside-parents"},
		{"everything", "2026-09-10", "0.0.0.0/0", nil, "not-slash-16"},
		{"a parent", "2026-09-10", "198.19.0.0/15", nil, "not-slash-16"},
		{"too long", "2026-09-10", "10.5.0.0/17", nil, "not-slash-16"},
		{"too short", "2026-09-10", "10.0.0.0/8", nil, "not-slash-16"},
		{"host bits", "2026-09-10", "10.5.0.1/16", nil, "not-slash-16"},
		{"host bits in the third octet", "2026-09-10", "10.5.1.0/16", nil, "not-slash-16"},
		{"IPv4-mapped", "2026-09-10", "::ffff:10.5.0.0/112", nil, "not-slash-16"},
		{"IPv6", "2026-09-10", "2001:db8::/16", nil, "not-slash-16"},
		{"free", "2026-09-10", "10.5.0.0/16", prefixes("10.4.0.0/16", "10.6.0.0/16"), "final"},
		{"before the choice was called final", "2019-09-23", "10.5.0.0/16", nil, ""},
		{"when it was", "2019-09-24", "10.5.0.0/16", nil, "final"},
		{"a candidate of standard directories", "2026-09-10", "172.31.0.0/16", nil, "final"},
		{"192.168", "2026-09-10", "192.168.0.0/16", nil, "final"},
		{"in use by one address", "2026-09-10", "10.5.0.0/16", prefixes("10.5.255.255/32"), "in-use"},
		{"in use by a summary", "2026-09-10", "10.5.0.0/16", prefixes("10.0.0.0/8"), "in-use"},
		{"in use and outside", "2026-09-10", "8.8.0.0/16", prefixes("8.8.8.8/32"), "outside-parents in-use"},
		{"in use, mapped", "2026-09-10", "10.5.0.0/16", prefixes("::ffff:10.5.1.0/120"), "in-use"},
		{"default routes", "2026-09-10", "10.5.0.0/16", prefixes("0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96", "2001:db8::/32"), "final"},
		{"half of a default route, open", "2026-09-10", "10.5.0.0/16", prefixes("0.0.0.0/1"), "final"},
		{"both halves, open", "2026-09-10", "10.5.0.0/16", prefixes("0.0.0.0/1", "128.0.0.0/1"), "final"},
		{"half of a default route and a use, open", "2026-09-10", "10.5.0.0/16", prefixes("0.0.0.0/1", "10.5.7.0/24"), "in-use"},
		{"a quarter", "2026-09-10", "10.5.0.0/16", prefixes("0.0.0.0/2"), "in-use"},
		{"the other half", "2026-09-10", "10.5.0.0/16", prefixes("128.0.0.0/1"), "final"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckManagementCIDR(netip.MustParsePrefix(tt.prefix), tt.inUse)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(broken(t, a), "management-cidr-", ""); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if must := tt.want != "" && tt.want != "final"; (a.Verdict == rule.Denied) != must || (open(a) == "documents:InUse[0]") != strings.HasSuffix(tt.name, "open") || len(a.Open) > 1 {
				t.Errorf("%s, %v", a.Verdict, a.Open)
			}
			for _, v := range a.Violations {
				if v.Path != "DedicatedTenancyManagementCidrRange" || !strings.Contains(v.Detail, tt.prefix) {
					t.Errorf("%v does not name field and value", v)
				}
			}
		})
	}
	for _, bad := range []struct {
		p     netip.Prefix
		inUse []netip.Prefix
		path  rule.Path
	}{
		{netip.Prefix{}, nil, "DedicatedTenancyManagementCidrRange"},
		{netip.MustParsePrefix("10.5.0.0/16"), []netip.Prefix{parents[1], {}}, "InUse[1]"},
		{netip.MustParsePrefix("10.0.0.0/8"), []netip.Prefix{{}}, "InUse[0]"},
	} {
		_, err := network.Newest().CheckManagementCIDR(bad.p, bad.inUse)
		refused(t, err, bad.path)
	}
}

// The texts of all violations, and which element of what is in use they name.
func TestManagementCIDRTexts(t *testing.T) {
	for _, tt := range []struct {
		prefix string
		inUse  []netip.Prefix
		want   string
	}{
		{"10.5.0.0/16", prefixes("10.4.0.0/16", "10.5.7.0/24", "10.0.0.0/8", "10.5.0.0/32"), "10.5.0.0/16 overlaps 10.5.7.0/24, element 1 of what is in use, and 2 more"},
		{"10.5.0.0/16", prefixes("0.0.0.0/1", "10.5.7.0/24"), "10.5.0.0/16 overlaps 10.5.7.0/24, element 1 of what is in use"},
		{"10.5.0.0/16", prefixes("128.0.0.0/1", "0.0.0.0/1"), "10.5.0.0/16 cannot be changed once it is set"},
		{"10.5.6.0/24", nil, "10.5.6.0/24 is not written a.b.0.0/16; the block around it is 10.5.0.0/16"},
		{"::ffff:10.5.0.0/112", nil, "::ffff:10.5.0.0/112 is not written a.b.0.0/16; the block around it is 10.5.0.0/16"},
		{"10.0.0.0/15", nil, "10.0.0.0/15 is not an IPv4 block written a.b.0.0/16"},
		{"2001:db8::/32", nil, "2001:db8::/32 is not an IPv4 block written a.b.0.0/16"},
	} {
		a, err := network.Newest().CheckManagementCIDR(netip.MustParsePrefix(tt.prefix), tt.inUse)
		if vs := a.Violations; err != nil || len(vs) != 1 || vs[0].Detail != tt.want {
			t.Errorf("%v, %v, want %q", vs, err, tt.want)
		}
	}
}

// freeByHand is the oracle: which /16 blocks do not have an address in use, one comparison
// of ends at a time.
func freeByHand(within netip.Prefix, inUse []netip.Prefix) []netip.Prefix {
	var free []netip.Prefix
	for _, parent := range parents {
		for b := range 1 << 16 {
			block := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(b >> 8), byte(b)}), 16)
			if !parent.Contains(block.Addr()) || !within.Contains(block.Addr()) {
				continue
			}
			used := false
			for _, p := range inUse {
				if p.Addr().Is6() || p.Bits() == 0 {
					continue
				}
				some, _ := touches(p, block)
				used = used || some
			}
			if !used {
				free = append(free, block)
			}
		}
	}
	return free
}

func collect(t interface{ Fatal(...any) }, r network.Rules, within netip.Prefix, inUse []netip.Prefix) []netip.Prefix {
	var free []netip.Prefix
	for p, err := range r.FreeManagementCIDRs(within, inUse) {
		if err != nil {
			t.Fatal(err)
		}
		free = append(free, p)
	}
	return free
}

func TestFreeManagementCIDRsOracle(t *testing.T) {
	lineartest.SkipRace(t)
	edges := prefixes("10.0.0.0/14", "10.252.0.0/14", "100.64.0.0/14", "100.124.0.0/14", "172.16.0.0/14", "172.28.0.0/14", "192.168.0.0/14", "198.16.0.0/14", "0.0.0.0/0", "128.0.0.0/1", "0.0.0.0/1")
	near := rapid.Custom(func(t *rapid.T) netip.Prefix {
		p := gen.Within(rapid.SampledFrom(edges).Draw(t, "edge"), 20).Draw(t, "prefix")
		if rapid.Bool().Draw(t, "host") {
			p = gen.HostBits(rapid.Just(p)).Draw(t, "host bits")
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		inUse := rapid.SliceOfN(near, 0, 8).Draw(t, "inUse")
		within := gen.Within(rapid.SampledFrom(edges).Draw(t, "around"), 16).Draw(t, "within")
		want := freeByHand(within, inUse)
		got := collect(t, network.Newest(), within, inUse)
		if !slices.Equal(got, want) {
			t.Fatalf("%d blocks %v, want %d %v", len(got), got, len(want), want)
		}
		for i := range inUse {
			if rapid.Bool().Draw(t, "mapped") && inUse[i].Addr().Is4() {
				inUse[i] = gen.Mapped(inUse[i])
			}
		}
		slices.Reverse(inUse)
		if got := collect(t, network.Newest(), within, append(inUse, inUse...)); !slices.Equal(got, want) {
			t.Fatalf("another form: %v, want %v", got, want)
		}
		// The check of one block agrees with the search for all.
		block := gen.Within(rapid.SampledFrom(parents).Draw(t, "parent"), 16).Filter(func(p netip.Prefix) bool { return p.Bits() == 16 }).Draw(t, "block")
		a, err := network.Newest().CheckManagementCIDR(block, inUse)
		if err != nil {
			t.Fatal(err)
		}
		if free := slices.Contains(freeByHand(netip.MustParsePrefix("0.0.0.0/0"), unmapped(inUse)), block); free != (a.Err() == nil && len(a.Open) == 0) {
			t.Fatalf("%s is free: %t, and checked: %v", block, free, a)
		}
	})
}

func unmapped(list []netip.Prefix) []netip.Prefix {
	out := slices.Clone(list)
	for i, p := range out {
		if p.Addr().Is4In6() {
			out[i] = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
	}
	return out
}

// An address plan of 10/8 is itself a universe of 256 blocks.
func TestFreeManagementCIDRsCounts(t *testing.T) {
	all := netip.MustParsePrefix("0.0.0.0/0")
	for _, tt := range []struct {
		within string
		inUse  []netip.Prefix
		want   int
	}{
		{"0.0.0.0/0", nil, 339},
		{"10.0.0.0/8", nil, 256},
		{"100.64.0.0/10", nil, 64},
		{"172.16.0.0/12", nil, 16},
		{"192.168.0.0/16", nil, 1},
		{"198.18.0.0/15", nil, 2},
		{"172.0.0.0/8", nil, 16},
		{"10.5.0.0/16", nil, 1},
		{"11.0.0.0/8", nil, 0},
		{"10.255.255.255/12", nil, 16},
		{"172.31.255.255/16", nil, 1},
		{"255.255.255.255/0", nil, 339},
		{"0.0.0.0/0", prefixes("10.0.0.0/8"), 83},
		{"0.0.0.0/0", prefixes("0.0.0.0/2"), 83},
		{"0.0.0.0/0", parents, 0},
		{"0.0.0.0/0", prefixes("0.0.0.0/0"), 339},
		{"0.0.0.0/0", prefixes("0.0.0.0/1"), 19},
		{"0.0.0.0/0", prefixes("0.0.0.0/1", "128.0.0.0/1"), 0},
	} {
		if got := len(collect(t, network.Newest(), netip.MustParsePrefix(tt.within), tt.inUse)); got != tt.want {
			t.Errorf("%d blocks in %s with %v in use, want %d", got, tt.within, tt.inUse, tt.want)
		}
	}
	if _, err := first(network.Newest().FreeManagementCIDRsIn(all, nil)); err != nil {
		t.Errorf("a nil map: %v", err)
	}
	n := 0
	for range network.Newest().FreeManagementCIDRs(all, nil) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("stopped after %d", n)
	}
}

func first(blocks iter.Seq2[netip.Prefix, error]) (netip.Prefix, error) {
	for p, err := range blocks {
		return p, err
	}
	return netip.Prefix{}, errors.New("no block")
}

func TestFreeManagementCIDRsErrors(t *testing.T) {
	ok := netip.MustParsePrefix("10.0.0.0/8")
	for _, tt := range []struct {
		rules  network.Rules
		within netip.Prefix
		inUse  []netip.Prefix
		path   rule.Path
	}{
		{network.Newest(), netip.Prefix{}, nil, "ManagementCidrRangeConstraint"},
		{network.Newest(), netip.MustParsePrefix("10.0.0.0/17"), nil, "ManagementCidrRangeConstraint"},
		{network.Newest(), netip.MustParsePrefix("2001:db8::/32"), nil, "ManagementCidrRangeConstraint"},
		{network.Newest(), ok, []netip.Prefix{ok, {}}, "InUse[1]"},
		{network.Rules{}, ok, nil, "Edition"},
	} {
		n := 0
		for p, err := range tt.rules.FreeManagementCIDRs(tt.within, tt.inUse) {
			n++
			var input *rule.InputError
			if !errors.As(err, &input) || input.Path != tt.path || p.IsValid() {
				t.Errorf("%v, %v, want an error at %s", p, err, tt.path)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d elements", tt.path, n)
		}
	}
}

func TestBlockMapIsAdditive(t *testing.T) {
	inUse := gen.InUse(300, parents, 7)
	want := collect(t, network.Newest(), netip.MustParsePrefix("0.0.0.0/0"), inUse)
	var used network.BlockMap
	for page := range slices.Chunk(inUse, 70) {
		if err := used.Mark(page...); err != nil {
			t.Fatal(err)
		}
	}
	var got []netip.Prefix
	for p, err := range network.Newest().FreeManagementCIDRsIn(netip.MustParsePrefix("0.0.0.0/0"), &used) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p)
	}
	if !slices.Equal(got, want) || len(got) == 0 || len(got) == 339 {
		t.Errorf("%d blocks by page, %d at once", len(got), len(want))
	}
	var m network.BlockMap
	err := m.Mark(append(prefixes("0.0.0.0/0", "::/0", "2001:db8::/32", "::ffff:0.0.0.0/90", "10.0.0.0/8"), netip.Prefix{})...)
	v6, defaults := m.Ignored()
	var input *rule.InputError
	if v6 != 2 || defaults != 2 || !errors.As(err, &input) || input.Path != "InUse[5]" {
		t.Errorf("ignored %d and %d, error %v", v6, defaults, err)
	}
}

func TestProposeManagementCIDRs(t *testing.T) {
	all := netip.MustParsePrefix("0.0.0.0/0")
	got, err := network.Newest().ProposeManagementCIDRs(all)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 339 || got[0].String() != "10.0.0.0/16: 0 of 15 neighbours in use, a candidate in no Region, no feature's default" {
		t.Errorf("%d proposals, the first %v", len(got), got[0])
	}
	order := func(prefix string) int {
		return slices.IndexFunc(got, func(p network.Proposal) bool { return p.Prefix.String() == prefix })
	}
	// 339 blocks less three candidates; 64 of these are a default, for EKS.
	for i, prefix := range map[int]string{271: "198.18.0.0/16", 272: "100.64.0.0/16", 335: "100.127.0.0/16", 336: "172.31.0.0/16", 337: "192.168.0.0/16", 338: "198.19.0.0/16"} {
		if order(prefix) != i {
			t.Errorf("%s is number %d, want %d", prefix, order(prefix), i)
		}
	}
	// Before AWS recommended 100.64.0.0/10 for EKS, it was as good as another range. Of the 256 blocks of
	// 10.0.0.0/8 that come before it one was the guide's example VPC.
	if got, err = at(t, "2022-09-01").ProposeManagementCIDRs(all); err != nil || order("100.64.0.0/16") != 255 || len(got[order("198.19.0.0/16")].DefaultOf) != 0 {
		t.Errorf("before: number %d, %v", order("100.64.0.0/16"), err)
	}
	for date, n := range map[string]int{"2022-09-02": 1, "2025-10-08": 1, "2025-10-09": 2} {
		if got, err = at(t, date).ProposeManagementCIDRs(all); err != nil || order("100.64.0.0/16") != 272 || len(got[order("198.19.0.0/16")].DefaultOf) != n {
			t.Errorf("%s: number %d, %v, %v", date, order("100.64.0.0/16"), got[order("198.19.0.0/16")], err)
		}
	}
	// The guide had an example VPC for three years.
	for date, i := range map[string]int{"2019-06-26": 0, "2019-06-27": 335, "2022-09-01": 335, "2022-09-02": 0} {
		if got, err = at(t, date).ProposeManagementCIDRs(all); err != nil || order("10.0.0.0/16") != i {
			t.Errorf("%s: the example is number %d, %v", date, order("10.0.0.0/16"), err)
		}
	}
	if got, err = network.Newest().ProposeManagementCIDRs(netip.MustParsePrefix("10.0.0.0/12"), network.Site{InUse: prefixes("10.0.0.0/16", "10.15.255.0/24")}); err != nil || got[0].Neighbours != 2 || got[0].Prefix.String() != "10.1.0.0/16" {
		t.Errorf("first %v, %v", got[0], err)
	}
	got, _ = network.Newest().ProposeManagementCIDRs(all)
	last := got[len(got)-1]
	if last.Prefix.String() != "198.19.0.0/16" || len(last.CandidateIn) != 16 || !slices.Equal(last.DefaultOf, []string{"EKS pod networks", "FSx for ONTAP endpoints"}) {
		t.Errorf("the last is %v", last)
	}

	sites := []network.Site{
		{Name: "ireland", InUse: prefixes("10.0.0.0/9", "172.16.0.0/13", "172.24.0.0/16", "0.0.0.0/0")},
		{Name: "sydney", InUse: prefixes("10.128.0.0/10", "10.200.0.0/16", "100.64.0.0/10", "192.168.0.0/16")},
	}
	got, err = network.Newest().ProposeManagementCIDRs(all, sites...)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Prefix.String() != "10.208.0.0/16" || got[0].Neighbours != 0 {
		t.Errorf("first %v", got[0])
	}
	for i := range got {
		for _, s := range sites {
			if a, _ := network.Newest().CheckManagementCIDR(got[i].Prefix, s.InUse); a.Err() != nil {
				t.Errorf("%s at %s: %v", got[i].Prefix, s.Name, a.Err())
			}
		}
		if i > 0 && fmt.Sprint(rank(got[i-1])) > fmt.Sprint(rank(got[i])) {
			t.Errorf("%v stands before %v", got[i-1], got[i])
		}
	}
	if n := len(freeByHand(all, append(slices.Clone(sites[0].InUse), sites[1].InUse...))); len(got) != n {
		t.Errorf("%d proposals of %d free blocks", len(got), n)
	}

	// Halves of a default route are no default route, at one site as at two.
	got, err = network.Newest().ProposeManagementCIDRs(all, network.Site{InUse: prefixes("0.0.0.0/1")}, network.Site{InUse: prefixes("128.0.0.0/1")})
	if err != nil || len(got) != 0 {
		t.Errorf("%d proposals, %v", len(got), err)
	}
	got, err = network.Newest().ProposeManagementCIDRs(all, network.Site{InUse: prefixes("128.0.0.0/1")})
	if err != nil || len(got) != 256+64 {
		t.Errorf("%d proposals, %v", len(got), err)
	}

	_, err = network.Newest().ProposeManagementCIDRs(all, sites[0], network.Site{InUse: []netip.Prefix{{}}})
	refused(t, err, "Sites[1].InUse[0]")
}

func rank(p network.Proposal) string {
	return fmt.Sprintf("%d %d %02d %15s", min(len(p.CandidateIn), 1), min(len(p.DefaultOf), 1), p.Neighbours, fmt.Sprintf("%08x", p.Prefix.Addr().As4()))
}

func TestBYOLAllocatesNothing(t *testing.T) {
	inUse := gen.InUse(1000, parents, 1)
	before, newest := at(t, "2019-09-23"), network.Newest()
	free := netip.MustParsePrefix("10.5.0.0/16")
	for _, tt := range []struct {
		name string
		f    func()
	}{
		{"CheckManagementCIDR", func() { _, _ = before.CheckManagementCIDR(free, parents[1:]) }},
		{"FreeManagementCIDRs", func() {
			for _, err := range newest.FreeManagementCIDRs(netip.MustParsePrefix("0.0.0.0/0"), inUse) {
				if err != nil {
					t.Fatal(err)
				}
			}
		}},
	} {
		if n := testing.AllocsPerRun(50, tt.f); n > 0 {
			t.Errorf("%s: %v allocations", tt.name, n)
		}
	}
}
