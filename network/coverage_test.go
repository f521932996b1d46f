package network_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// universes are blocks of 256 addresses: at both ends of each family, across octets,
// and across the 64-bit halves of IPv6.
var universes = prefixes("0.0.0.0/24", "255.255.255.0/24", "10.1.0.0/24", "198.51.100.0/24", "::/120", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00/120", "2001:db8::/120", "2001:db8:0:1::/120")

// A bitmap is the oracle: which of the 256 addresses of a universe are in a set.
type bitmap [256]bool

func (m *bitmap) add(universe netip.Prefix, r network.Range) {
	a := universe.Addr()
	for i := range m {
		if a.Compare(r.First) >= 0 && a.Compare(r.Last) <= 0 {
			m[i] = true
		}
		a = a.Next()
	}
}

// fewest is the least number of prefixes that hold exactly the set, by the recursion
// of the tree and not by ranges.
func (m *bitmap) fewest(lo, hi int) int {
	n := 0
	for _, in := range m[lo:hi] {
		if in {
			n++
		}
	}
	switch {
	case n == 0:
		return 0
	case n == hi-lo:
		return 1
	}
	mid := (lo + hi) / 2
	return m.fewest(lo, mid) + m.fewest(mid, hi)
}

func nth(universe netip.Prefix, i int) netip.Addr {
	a := universe.Addr().As16()
	a[15] |= byte(i)
	out := netip.AddrFrom16(a)
	if universe.Addr().Is4() {
		out = out.Unmap()
	}
	return out
}

func inUniverse(universe netip.Prefix) *rapid.Generator[netip.Prefix] {
	return gen.HostBits(gen.Within(universe, universe.Addr().BitLen()))
}

func ranges(universe netip.Prefix) *rapid.Generator[network.Range] {
	return rapid.Custom(func(t *rapid.T) network.Range {
		i := rapid.IntRange(0, 255).Draw(t, "first")
		return network.Range{First: nth(universe, i), Last: nth(universe, rapid.IntRange(i, 255).Draw(t, "last"))}
	})
}

func TestAggregatePrefixesOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		universe := rapid.SampledFrom(universes).Draw(t, "universe")
		list := rapid.SliceOfN(inUniverse(universe), 0, 40).Draw(t, "prefixes")
		var want bitmap
		for _, p := range list {
			want.add(universe, network.RangeOf(p))
		}
		if universe.Addr().Is4() {
			for i := range list {
				if rapid.Bool().Draw(t, "mapped") {
					list[i] = gen.Mapped(list[i])
				}
			}
		}
		got, err := network.AggregatePrefixes(list)
		if err != nil {
			t.Fatal(err)
		}
		var have bitmap
		standsFor := map[int]int{}
		var out []netip.Prefix
		for i, a := range got {
			r := network.RangeOf(a.Prefix)
			before := have
			have.add(universe, r)
			for j := range have {
				if before[j] && a.Prefix.Contains(nth(universe, j)) {
					t.Fatalf("%v overlap", got)
				}
			}
			if a.Prefix != a.Prefix.Masked() || i > 0 && !got[i-1].Prefix.Addr().Less(a.Prefix.Addr()) {
				t.Fatalf("%v: not masked and in order", got)
			}
			for _, in := range a.Inputs {
				standsFor[in]++
				if s := network.RangeOf(list[in]); s.First.Less(r.First) || r.Last.Less(s.Last) {
					t.Fatalf("%s stands for %s", a.Prefix, list[in])
				}
			}
			if len(a.Inputs) == 0 {
				t.Fatalf("%s stands for nothing", a.Prefix)
			}
			out = append(out, a.Prefix)
		}
		if have != want || len(got) != want.fewest(0, 256) {
			t.Fatalf("%v: %d prefixes, want %d, or other addresses", got, len(got), want.fewest(0, 256))
		}
		if len(standsFor) != len(list) {
			t.Fatalf("%d of %d inputs are stood for", len(standsFor), len(list))
		}
		again, err := network.AggregatePrefixes(out)
		if err != nil || len(again) != len(out) {
			t.Fatalf("aggregated twice: %v, %v", again, err)
		}
	})
}

// Every set of the 15 prefixes of a universe of 8 addresses, in IPv4 and in IPv6.
func TestAggregatePrefixesAllSets(t *testing.T) {
	lineartest.SkipRace(t)
	for _, universe := range prefixes("255.255.255.248/29", "::/125") {
		var all []netip.Prefix
		for length := universe.Bits(); length <= universe.Addr().BitLen(); length++ {
			for i := 0; i < 8; i += 1 << (universe.Addr().BitLen() - length) {
				all = append(all, netip.PrefixFrom(nth(netip.PrefixFrom(universe.Addr(), universe.Addr().BitLen()-8).Masked(), int(universe.Addr().As16()[15])|i), length))
			}
		}
		if len(all) != 15 {
			t.Fatal(all)
		}
		base := netip.PrefixFrom(universe.Addr(), universe.Addr().BitLen()-8).Masked()
		for set := range 1 << 15 {
			var list []netip.Prefix
			var want bitmap
			for i, p := range all {
				if set>>i&1 == 1 {
					list = append(list, p)
					want.add(base, network.RangeOf(p))
				}
			}
			got, err := network.AggregatePrefixes(list)
			if err != nil || len(got) != want.fewest(0, 256) {
				t.Fatalf("%v gives %v, %v", list, got, err)
			}
		}
	}
}

func TestAggregatePrefixes(t *testing.T) {
	for _, tt := range []struct {
		in, want []netip.Prefix
	}{
		{nil, nil},
		{prefixes("10.0.0.0/25", "10.0.0.128/25"), prefixes("10.0.0.0/24")},
		{prefixes("0.0.0.0/1", "128.0.0.0/1"), prefixes("0.0.0.0/0")},
		{prefixes("::/1", "8000::/1"), prefixes("::/0")},
		{prefixes("::/0", "0.0.0.0/0", "10.0.0.0/8"), prefixes("0.0.0.0/0", "::/0")},
		{prefixes("2001:db8::/33", "10.0.0.0/8", "2001:db8:8000::/33"), prefixes("10.0.0.0/8", "2001:db8::/32")},
		{prefixes("::ffff:10.0.0.0/104", "10.1.0.0/16", "::ffff:0.0.0.0/90"), prefixes("0.0.0.0/0")},
		{prefixes("172.30.0.0/16", "172.32.0.0/16"), prefixes("172.30.0.0/16", "172.32.0.0/16")},
		{prefixes("52.23.61.0/24", "52.23.62.0/24"), prefixes("52.23.61.0/24", "52.23.62.0/24")},
	} {
		got, err := network.AggregatePrefixes(tt.in)
		var out []netip.Prefix
		for _, a := range got {
			out = append(out, a.Prefix)
		}
		if err != nil || !slices.Equal(out, tt.want) {
			t.Errorf("%v gives %v, %v, want %v", tt.in, out, err, tt.want)
		}
	}
	apart, err := network.AggregatePrefixes(prefixes("10.0.0.0/25", "10.0.0.128/25", "10.0.2.0/24", "2001:db8::/32", "2001:dba::/32"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range apart {
		_ = append(apart[i].Inputs, -1)
	}
	if got := fmt.Sprint(apart); got != "[{10.0.0.0/24 [0 1]} {10.0.2.0/24 [2]} {2001:db8::/32 [3]} {2001:dba::/32 [4]}]" {
		t.Errorf("the lists of inputs share memory: %s", got)
	}
	_, err = network.AggregatePrefixes([]netip.Prefix{universes[0], {}})
	refused(t, err, "Prefixes[1]")
	many := gen.InUse(250, parents, 3)
	if n := testing.AllocsPerRun(20, func() { _, _ = network.AggregatePrefixes(many) }); n > 2 {
		t.Errorf("%v allocations for 250 prefixes", n)
	}
	// More prefixes than the buffer on the stack holds.
	long := gen.InUse(2000, parents, 3)
	got, err := network.AggregatePrefixes(long)
	stood := 0
	for _, a := range got {
		stood += len(a.Inputs)
	}
	if err != nil || stood != len(long) {
		t.Errorf("%d of %d inputs, %v", stood, len(long), err)
	}
}

func TestUncoveredOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		universe := rapid.SampledFrom(universes).Draw(t, "universe")
		required := rapid.SliceOfN(ranges(universe), 0, 6).Draw(t, "required")
		allowed := rapid.SliceOfN(inUniverse(universe), 0, 20).Draw(t, "allowed")
		if rapid.IntRange(0, 9).Draw(t, "wide") == 0 {
			allowed = append(allowed, gen.Within(netip.PrefixFrom(universe.Addr(), 0).Masked(), 24).Draw(t, "wide"))
		}
		allowed = append(allowed, rapid.SliceOfN(rapid.SampledFrom(universes[1:]), 0, 2).Draw(t, "elsewhere")...)
		var need, have, got bitmap
		for _, r := range required {
			need.add(universe, r)
		}
		for _, p := range allowed {
			if p.Addr().Is4() == universe.Addr().Is4() {
				have.add(universe, network.RangeOf(p))
			}
		}
		missing, err := network.Uncovered(required, allowed)
		if err != nil {
			t.Fatal(err)
		}
		var want bitmap
		for i := range need {
			want[i] = need[i] && !have[i]
		}
		for i, p := range missing {
			got.add(universe, network.RangeOf(p))
			if i > 0 && !missing[i-1].Addr().Less(p.Addr()) {
				t.Fatalf("%v: not in order", missing)
			}
		}
		if got != want || len(missing) != want.fewest(0, 256) {
			t.Fatalf("%v, want %d prefixes", missing, want.fewest(0, 256))
		}
		slices.Reverse(required)
		slices.Reverse(allowed)
		if again, err := network.Uncovered(append(required, required...), append(allowed, allowed...)); err != nil || !slices.Equal(again, missing) {
			t.Fatalf("in another order: %v, %v, want %v", again, err, missing)
		}
	})
}

// A rule that covers a range alone is not what it takes.
func TestUncovered(t *testing.T) {
	for _, tt := range []struct {
		required string
		allowed  []netip.Prefix
		want     string
	}{
		{"192.0.2.0/24", prefixes("192.0.2.0/25", "192.0.2.128/25"), "[]"},
		{"52.23.61.0 - 52.23.62.255", prefixes("52.23.61.0/24"), "[52.23.62.0/24]"},
		{"52.23.61.0–52.23.62.255", prefixes("52.23.60.0/22"), "[]"},
		{"35.80.88.0-35.80.95.255", prefixes("35.80.88.0/22", "35.80.92.0/22"), "[]"},
		{"3.217.228.0/22", prefixes("0.0.0.0/0"), "[]"},
		{"3.217.228.0/22", prefixes("::ffff:0.0.0.0/96"), "[]"},
		{"3.217.228.0/22", prefixes("::/0"), "[3.217.228.0/22]"},
		{"2600:1f32:8000::/39", prefixes("::/0"), "[]"},
		{"2600:1f32:8000::/39", prefixes("2600:1f32:8000::/40"), "[2600:1f32:8100::/40]"},
		{"2600:1f32:8000::/39", prefixes("0.0.0.0/0"), "[2600:1f32:8000::/39]"},
		{"2000::/3", prefixes("2000::/4"), "[3000::/4]"},
		{"2000::/3", prefixes("2001:db8::/32", "2000::/4", "3000::/4"), "[]"},
		{"192.0.2.7", prefixes("192.0.2.0/29"), "[]"},
		{"10.5.0.0/16", prefixes("10.0.0.0/8"), "[]"},
		{"10.5.0.0/16", prefixes("10.4.0.0/15"), "[]"},
		{"10.5.0.0/16", prefixes("11.0.0.0/8", "8.0.0.0/6"), "[]"},
		{"9.255.0.0-10.0.255.255", prefixes("10.0.0.0/8", "9.0.0.0/9"), "[9.255.0.0/16]"},
		{"9.255.0.0-10.0.255.255", prefixes("9.128.0.0/9", "10.0.0.0/15"), "[]"},
		{"2600:1f32:8000::/39", prefixes("2600:1f00::/24"), "[]"},
		{"2600:1f32:8000::/39", prefixes("2600::/16"), "[]"},
		{"10.0.0.0-10.2.255.255", prefixes("10.2.128.0/17"), "[10.0.0.0/15 10.2.0.0/17]"},
		{"10.0.0.0-10.2.255.255", prefixes("10.0.0.0/17", "10.1.0.0/17"), "[10.0.128.0/17 10.1.128.0/17 10.2.0.0/16]"},
		{"2600::-2603:ffff:ffff:ffff:ffff:ffff:ffff:ffff", prefixes("2603::/32"), "[2600::/15 2602::/16 2603:1::/32 2603:2::/31 2603:4::/30 2603:8::/29 2603:10::/28 2603:20::/27 2603:40::/26 2603:80::/25 2603:100::/24 2603:200::/23 2603:400::/22 2603:800::/21 2603:1000::/20 2603:2000::/19 2603:4000::/18 2603:8000::/17]"},
		{"2600::/24", prefixes("2600:ab::/32", "2600::/31"), "[2600:2::/31 2600:4::/30 2600:8::/29 2600:10::/28 2600:20::/27 2600:40::/26 2600:80::/27 2600:a0::/29 2600:a8::/31 2600:aa::/32 2600:ac::/30 2600:b0::/28 2600:c0::/26]"},
		{"192.0.2.0/24", nil, "[192.0.2.0/24]"},
	} {
		r, err := network.ParseRange(tt.required)
		if err != nil {
			t.Fatal(err)
		}
		got, err := network.Uncovered([]network.Range{r}, tt.allowed)
		if err != nil || fmt.Sprint(got) != tt.want {
			t.Errorf("%s beside %v: %v, %v, want %s", tt.required, tt.allowed, got, err, tt.want)
		}
	}
	// Many ranges at once, each covered by itself alone.
	for _, many := range [][]netip.Prefix{gen.InUse(500, []netip.Prefix{netip.MustParsePrefix("52.0.0.0/8")}, 4), gen.InUse6(500, netip.MustParsePrefix("2600::/12"), 4)} {
		var required []network.Range
		for _, p := range many {
			required = append(required, network.RangeOf(p))
		}
		if got, err := network.Uncovered(required, many); err != nil || len(got) > 0 {
			t.Errorf("%v, %v", got, err)
		}
	}
	good := network.RangeOf(universes[3])
	for _, tt := range []struct {
		required []network.Range
		allowed  []netip.Prefix
		path     rule.Path
	}{
		{[]network.Range{good, {}}, nil, "Required[1]"},
		{[]network.Range{{First: good.Last, Last: good.First}}, nil, "Required[0]"},
		{[]network.Range{{First: good.First, Last: netip.MustParseAddr("::1")}}, nil, "Required[0]"},
		{[]network.Range{good}, []netip.Prefix{universes[0], {}}, "Allowed[1]"},
		{[]network.Range{good}, []netip.Prefix{netip.PrefixFrom(universes[0].Addr(), 33)}, "Allowed[0]"},
	} {
		_, err := network.Uncovered(tt.required, tt.allowed)
		refused(t, err, tt.path)
	}
}

func TestRange(t *testing.T) {
	for in, want := range map[string]string{
		"10.0.0.0/8":                                 "10.0.0.0/8",
		"10.0.0.5/8":                                 "10.0.0.0/8",
		"10.0.0.5":                                   "10.0.0.5/32",
		" 10.0.0.0/8 ":                               "10.0.0.0/8",
		"10.0.0.0-10.0.0.255":                        "10.0.0.0/24",
		"52.23.61.0 – 52.23.62.255":                  "52.23.61.0-52.23.62.255",
		"::ffff:10.0.0.0-10.0.0.1":                   "10.0.0.0/31",
		"2001:db8:: - 2001:db8::ffff":                "2001:db8::/112",
		"0.0.0.0-255.255.255.255":                    "0.0.0.0/0",
		"::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff": "::/0",
	} {
		r, err := network.ParseRange(in)
		if err != nil || r.String() != want {
			t.Errorf("%q is %s, %v, want %s", in, r, err, want)
		}
	}
	for _, in := range []string{"", "-", "10.0.0.0", "10.0.0.9-10.0.0.1", "10.0.0.0-::1", "10.0.0.0/33", "10.0.0.0-", "fe80::1%eth0-fe80::2%eth0", "fe80::1%eth0-fe80::2", "fe80::1-fe80::2%eth0", "10.0.0.0-10.0.0.1-10.0.0.2"} {
		if r, err := network.ParseRange(in); err == nil && in != "10.0.0.0" {
			t.Errorf("%q is read as %s", in, r)
		}
	}
	if network.RangeOf(netip.Prefix{}) != (network.Range{}) || (network.Range{}).Prefixes() != nil {
		t.Error("the zero Prefix and the zero Range hold something")
	}
}

func FuzzParseRange(f *testing.F) {
	f.Add("52.23.61.0 - 52.23.62.255")
	f.Add("2001:db8::/32")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := network.ParseRange(s)
		if err != nil {
			return
		}
		again, err := network.ParseRange(r.String())
		if err != nil || again != r {
			t.Fatalf("%q is %s, which is read as %s, %v", s, r, again, err)
		}
		for _, p := range r.Prefixes() {
			if !p.IsValid() || p.Addr().Less(r.First) || r.Last.Less(p.Addr()) {
				t.Fatalf("%s is not in %s", p, r)
			}
		}
	})
}
