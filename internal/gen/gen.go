// Package gen generates values that mean nothing to Amazon WorkSpaces: prefixes and
// dates. Generators of a package's own types stand in that package's tests.
package gen

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"time"

	"pgregory.net/rapid"
)

// Within draws masked prefixes that are parent or lie in it, with a length of at
// most maxBits; every length is as likely as any other. It shrinks towards parent.
func Within(parent netip.Prefix, maxBits int) *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		bits := rapid.IntRange(parent.Bits(), maxBits).Draw(t, "bits")
		return inside(parent, bits, rapid.Uint64().Draw(t, "address"))
	})
}

// HostBits draws what g draws, with address bits set behind the prefix length.
func HostBits(g *rapid.Generator[netip.Prefix]) *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		p := g.Draw(t, "prefix")
		host := inside(p, p.Addr().BitLen(), rapid.Uint64().Draw(t, "host"))
		return netip.PrefixFrom(host.Addr(), p.Bits())
	})
}

// Mapped returns an IPv4 prefix in its IPv4-mapped IPv6 form, 96 bits longer.
func Mapped(p netip.Prefix) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom16(p.Addr().As16()), p.Bits()+96)
}

// Date draws calendar days written YYYY-MM-DD, first and last included.
func Date(first, last time.Time) *rapid.Generator[string] {
	days := int(last.Sub(first).Hours() / 24)
	return rapid.Map(rapid.IntRange(0, days), func(d int) string {
		return first.AddDate(0, 0, d).Format(time.DateOnly)
	})
}

// InUse returns the n prefixes of an address plan, the same ones for the same seed:
// mostly /24s, spread over the IPv4 parents by their size, some longer and shorter
// ones, one in twenty public, one in twenty a repetition, one in twenty with host
// bits, three in a hundred IPv6. Every fourth sixteenth of a parent of at most /12 is
// left free.
func InUse(n int, parents []netip.Prefix, seed uint64) []netip.Prefix {
	r := rand.New(rand.NewPCG(seed, seed))
	v6 := netip.MustParsePrefix("2001:db8::/32")
	public := netip.MustParsePrefix("52.0.0.0/6")
	var space uint64
	for _, p := range parents {
		space += size(p)
	}
	list := make([]netip.Prefix, 0, n)
	for len(list) < n {
		parent, bits := pick(parents, r.Uint64N(space)), 24
		if sixteenth := r.Uint64N(12) * 4 / 3; parent.Bits() <= 12 {
			parent = inside(parent, parent.Bits()+4, sixteenth)
		}
		switch k := r.IntN(100); {
		case k < 5 && len(list) > 0:
			list = append(list, list[r.IntN(len(list))])
			continue
		case k < 8:
			list = append(list, inside(v6, 48+8*r.IntN(3), r.Uint64()))
			continue
		case k < 13:
			parent = public
		case k < 33:
			bits = 17 + r.IntN(16)
		case k < 36:
			bits = parent.Bits() + r.IntN(17-min(parent.Bits(), 16))
		}
		p := inside(parent, max(bits, parent.Bits()), r.Uint64())
		if r.IntN(20) == 0 {
			p = netip.PrefixFrom(inside(p, 32, r.Uint64()).Addr(), p.Bits())
		}
		list = append(list, p)
	}
	return list
}

// InUse6 returns n IPv6 prefixes in parent, the same ones for the same seed: /40 to /64
// in steps of 8, one in twenty a repetition, one in twenty with host bits.
func InUse6(n int, parent netip.Prefix, seed uint64) []netip.Prefix {
	r := rand.New(rand.NewPCG(seed, seed))
	list := make([]netip.Prefix, 0, n)
	for len(list) < n {
		p := inside(parent, 40+8*r.IntN(4), r.Uint64())
		switch k := r.IntN(20); {
		case k == 0 && len(list) > 0:
			p = list[r.IntN(len(list))]
		case k == 1:
			p = netip.PrefixFrom(inside(p, 128, r.Uint64()).Addr(), p.Bits())
		}
		list = append(list, p)
	}
	return list
}

func size(p netip.Prefix) uint64 { return 1 << (32 - p.Bits()) }

// pick returns the parent that has address number i of them all.
func pick(parents []netip.Prefix, i uint64) netip.Prefix {
	n := 0
	for i >= size(parents[n]) {
		i -= size(parents[n])
		n++
	}
	return parents[n]
}

// inside returns the prefix of the given length in parent whose free bits are the
// lowest bits of seed.
func inside(parent netip.Prefix, bits int, seed uint64) netip.Prefix {
	a := parent.Masked().Addr().As16()
	low := binary.BigEndian.Uint64(a[8:])
	high := binary.BigEndian.Uint64(a[:8])
	offset := 128 - parent.Addr().BitLen()
	free, host := 128-offset-parent.Bits(), 128-offset-bits
	for i := range min(free-host, 64) {
		if bit := host + i; seed>>i&1 == 0 {
			continue
		} else if bit < 64 {
			low |= 1 << bit
		} else {
			high |= 1 << (bit - 64)
		}
	}
	binary.BigEndian.PutUint64(a[8:], low)
	binary.BigEndian.PutUint64(a[:8], high)
	addr := netip.AddrFrom16(a)
	if parent.Addr().Is4() {
		addr = addr.Unmap()
	}
	return netip.PrefixFrom(addr, bits)
}
