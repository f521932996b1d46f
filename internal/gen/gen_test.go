package gen_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
)

var parents = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/0"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("::/0"),
}

func TestWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parent := rapid.SampledFrom(parents).Draw(t, "parent")
		maxBits := rapid.IntRange(parent.Bits(), parent.Addr().BitLen()).Draw(t, "maxBits")
		p := gen.Within(parent, maxBits).Draw(t, "prefix")
		if !p.IsValid() || p != p.Masked() || p.Bits() < parent.Bits() || p.Bits() > maxBits ||
			p.Addr().Is4() != parent.Addr().Is4() || !parent.Contains(p.Addr()) {
			t.Fatalf("%s is not a masked prefix in %s of at most %d bits", p, parent, maxBits)
		}
	})
}

// Every block of a small parent comes up, so no bit of an address is stuck.
func TestWithinReachesAll(t *testing.T) {
	for _, parent := range []netip.Prefix{netip.MustParsePrefix("10.16.0.0/12"), netip.MustParsePrefix("2001:db8:0:0:fff0::/76")} {
		seen := map[netip.Prefix]bool{}
		rapid.Check(t, func(t *rapid.T) {
			for range 200 {
				seen[gen.Within(parent, parent.Bits()+3).Draw(t, "prefix")] = true
			}
		})
		if len(seen) != 1+2+4+8 {
			t.Errorf("%s: %d prefixes of 15 drawn", parent, len(seen))
		}
	}
}

func TestHostBits(t *testing.T) {
	set := false
	rapid.Check(t, func(t *rapid.T) {
		parent := rapid.SampledFrom(parents).Draw(t, "parent")
		p := gen.HostBits(gen.Within(parent, parent.Addr().BitLen())).Draw(t, "prefix")
		if !p.IsValid() || p.Bits() < parent.Bits() || !parent.Contains(p.Addr()) {
			t.Fatalf("%s is not in %s", p, parent)
		}
		set = set || p != p.Masked()
	})
	if !set {
		t.Error("no prefix had host bits")
	}
}

func TestMapped(t *testing.T) {
	got := gen.Mapped(netip.MustParsePrefix("172.31.0.0/16"))
	if want := netip.MustParsePrefix("::ffff:172.31.0.0/112"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDate(t *testing.T) {
	first, last := time.Date(2020, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) { seen[gen.Date(first, last).Draw(t, "date")] = true })
	for _, want := range []string{"2020-02-28", "2020-02-29", "2020-03-01"} {
		if !seen[want] {
			t.Errorf("%s was not drawn", want)
		}
		delete(seen, want)
	}
	if len(seen) > 0 {
		t.Errorf("drawn too: %v", seen)
	}
}

func TestInUse(t *testing.T) {
	list := gen.InUse(20_000, parents[1:3], 1)
	if again := gen.InUse(20_000, parents[1:3], 1); !slices.Equal(list, again) {
		t.Error("the same seed gives another list")
	}
	if slices.Equal(list, gen.InUse(20_000, parents[1:3], 2)) {
		t.Error("another seed gives the same list")
	}
	n := map[string]int{}
	for _, p := range list {
		switch {
		case p.Addr().Is6():
			n["IPv6"]++
		case p != p.Masked():
			n["host bits"]++
		case p.Bits() < 16:
			n["shorter than /16"]++
		case p.Bits() > 24:
			n["longer than /24"]++
		case p.Bits() == 24:
			n["/24"]++
		}
		if p.Overlaps(parents[1]) || p.Overlaps(parents[2]) {
			n["in the parents"]++
		}
		for _, free := range []string{"10.48.0.0/12", "10.112.0.0/12", "10.176.0.0/12", "10.240.0.0/12"} {
			if p.Overlaps(netip.MustParsePrefix(free)) {
				t.Fatalf("%s is in %s, which is left free", p, free)
			}
		}
	}
	for what, least := range map[string]int{"IPv6": 400, "host bits": 500, "shorter than /16": 100, "longer than /24": 1000, "/24": 10_000, "in the parents": 16_000} {
		if n[what] < least {
			t.Errorf("%d %s, want at least %d", n[what], what, least)
		}
	}
}

func TestInUse6(t *testing.T) {
	parent := netip.MustParsePrefix("2600::/12")
	list := gen.InUse6(10_000, parent, 1)
	if !slices.Equal(list, gen.InUse6(10_000, parent, 1)) || slices.Equal(list, gen.InUse6(10_000, parent, 2)) {
		t.Error("the seed does not decide")
	}
	lengths, host := map[int]int{}, 0
	for _, p := range list {
		if !parent.Contains(p.Addr()) {
			t.Fatalf("%s is not in %s", p, parent)
		}
		lengths[p.Bits()]++
		if p != p.Masked() {
			host++
		}
	}
	if len(lengths) != 4 || lengths[40] < 1000 || lengths[64] < 1000 || host < 200 {
		t.Errorf("lengths %v, %d with host bits", lengths, host)
	}
}
