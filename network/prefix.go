package network

import (
	"encoding/binary"
	"net/netip"

	"github.com/wksgo/wks/rule"
)

// A kind says how a prefix takes part in a comparison with IPv4 ranges.
type kind uint8

const (
	ipv4    kind = iota // an IPv4 prefix, perhaps given in IPv4-mapped form
	ipv6                // an IPv6 prefix; no management range is one
	anyIPv4             // all of IPv4: 0.0.0.0/0, or a mapped prefix shorter than /96
	invalid             // not a prefix
)

// decode returns the address and length of an IPv4 prefix. Host bits are left in the
// address. netip's own Overlaps is false, and no error, for a mapped or invalid prefix.
func decode(p netip.Prefix) (addr uint32, bits int, k kind) {
	a := p.Addr()
	bits = p.Bits()
	switch {
	case bits < 0:
		return 0, 0, invalid
	case a.Is4In6() && bits >= 96:
		bits -= 96
	case a.Is4In6():
		return 0, 0, anyIPv4
	case a.Is6():
		return 0, 0, ipv6
	}
	if bits == 0 {
		return 0, 0, anyIPv4
	}
	b := a.As4()
	return binary.BigEndian.Uint32(b[:]), bits, ipv4
}

// canonical returns p masked, and an IPv4-mapped prefix of at least /96 as IPv4.
func canonical(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked()
}

func invalidPrefix(at rule.Path, p netip.Prefix) error {
	return &rule.InputError{Path: at, Value: p.String(), Reason: "is not a prefix"}
}

// overlaps reports whether two IPv4 prefixes have an address in common.
func overlaps(a uint32, aBits int, b uint32, bBits int) bool {
	return (a^b)>>(32-min(aBits, bBits)) == 0
}

// matcher compares prefixes with up to eight ranges of /8 or longer at once. octet says
// which of them begin with an octet, so that most prefixes cost one look-up.
type matcher struct {
	octet [256]uint8
	addr  [8]uint32
	bits  [8]int
	n     int
}

func (m *matcher) add(p netip.Prefix) {
	a, bits, _ := decode(p)
	m.addr[m.n], m.bits[m.n] = a, bits
	m.octet[a>>24] |= 1 << m.n
	m.n++
}

// misses returns how many prefixes at the start of the list are plain IPv4, /8 or
// longer, and share the first octet with no range. It calls nothing, which keeps the
// loop over most of a long list in registers.
func (m *matcher) misses(prefixes []netip.Prefix) int {
	for i, p := range prefixes {
		if a := p.Addr(); !a.Is4() || p.Bits() < 8 || m.octet[a.As4()[0]] != 0 {
			return i
		}
	}
	return len(prefixes)
}

// missesRoutes is misses for the destinations of routes.
func (m *matcher) missesRoutes(routes []Route) int {
	for i := range routes {
		p := routes[i].Destination
		if a := p.Addr(); !a.Is4() || p.Bits() < 8 || m.octet[a.As4()[0]] != 0 {
			return i
		}
	}
	return len(routes)
}

// match returns the ranges that the prefix overlaps and, of those, the ones that it is
// equal to and those that it is a part of, each as a bit set.
func (m *matcher) match(a uint32, bits int) (hit, equal, inside uint8) {
	for i := range m.n {
		if !overlaps(a, bits, m.addr[i], m.bits[i]) {
			continue
		}
		hit |= 1 << i
		switch {
		case bits == m.bits[i]:
			equal |= 1 << i
		case bits > m.bits[i]:
			inside |= 1 << i
		}
	}
	return hit, equal, inside
}
