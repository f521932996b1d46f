package network

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"
)

// A u128 is an address as a number. An IPv4 address fills the upper 32 bits, so that a
// prefix of n bits leaves the lower 128-n free in both families.
type u128 struct{ hi, lo uint64 }

func (a u128) cmp(b u128) int {
	if a.hi != b.hi {
		return cmp.Compare(a.hi, b.hi)
	}
	return cmp.Compare(a.lo, b.lo)
}

func (a u128) less(b u128) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

// next returns a+1, which is 0 after the last address.
func (a u128) next() u128 {
	lo, carry := bits.Add64(a.lo, 1, 0)
	return u128{a.hi + carry, lo}
}

func (a u128) prev() u128 {
	lo, borrow := bits.Sub64(a.lo, 1, 0)
	return u128{a.hi - borrow, lo}
}

// ones returns the number whose n lowest bits are set, for n of 0 to 128.
func ones(n int) u128 {
	if n > 64 {
		return u128{1<<(n-64) - 1, ^uint64(0)}
	}
	return u128{0, 1<<n - 1}
}

// A span is a run of addresses of one family, both ends included. That of one IPv4
// address ends with 96 set bits.
type span struct{ first, last u128 }

// A family is IPv4 or IPv6, by the length of its addresses in bits.
type family int

const (
	v4 family = 32
	v6 family = 128
)

func (f family) number(a netip.Addr) u128 {
	if f == v4 {
		b := a.As4()
		return u128{hi: uint64(binary.BigEndian.Uint32(b[:])) << 32}
	}
	b := a.As16()
	return u128{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

func (f family) addr(n u128) netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.hi)
	if f == v4 {
		return netip.AddrFrom4([4]byte(b[:4]))
	}
	binary.BigEndian.PutUint64(b[8:], n.lo)
	return netip.AddrFrom16(b)
}

// decodeBlock returns the first address of a prefix and its length. An IPv4-mapped prefix
// is one of IPv4; one that is shorter than /96 is all of IPv4.
func decodeBlock(p netip.Prefix) (first u128, length int, f family, ok bool) {
	a := p.Addr()
	length = p.Bits()
	switch {
	case length < 0:
		return u128{}, 0, 0, false
	case a.Is4():
		f = v4
	case a.Is4In6():
		f, length = v4, max(0, length-96)
	default:
		f = v6
	}
	return f.number(a).block(128 - length).first, length, f, true
}

// spanOf returns the addresses of a prefix, as decodeBlock reads it.
func spanOf(p netip.Prefix) (s span, f family, ok bool) {
	first, length, f, ok := decodeBlock(p)
	if !ok {
		return span{}, 0, false
	}
	return first.block(128 - length), f, true
}

// block returns the addresses that differ from a in the n lowest bits alone.
func (a u128) block(n int) span {
	host := ones(n)
	return span{u128{a.hi &^ host.hi, a.lo &^ host.lo}, u128{a.hi | host.hi, a.lo | host.lo}}
}

// union sorts spans, merges those that overlap or touch, in place, and returns them.
func union(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.first.cmp(b.first) })
	n := 0
	for _, s := range spans {
		if n > 0 {
			if p := &spans[n-1]; !p.last.less(s.first) || p.last.next() == s.first {
				if p.last.less(s.last) {
					p.last = s.last
				}
				continue
			}
		}
		spans[n] = s
		n++
	}
	return spans[:n]
}

// appendPrefixes appends the fewest prefixes that hold exactly the addresses of s.
func appendPrefixes(dst []netip.Prefix, s span, f family) []netip.Prefix {
	for {
		n := largestBlock(s)
		dst = append(dst, netip.PrefixFrom(f.addr(s.first), 128-n))
		end := s.first.block(n).last
		if end == s.last {
			return dst
		}
		s.first = end.next()
	}
}

// largestBlock returns how many low bits the largest block has that starts with s and
// does not pass its end.
func largestBlock(s span) int {
	n := bits.TrailingZeros64(s.first.lo)
	if s.first.lo == 0 {
		n = 64 + bits.TrailingZeros64(s.first.hi)
	}
	// The block may have at most as many addresses as s.
	lo, borrow := bits.Sub64(s.last.lo, s.first.lo, 0)
	hi, _ := bits.Sub64(s.last.hi, s.first.hi, borrow)
	size := u128{hi, lo}.next()
	switch {
	case size == u128{}: // everything
		return n
	case size.hi != 0:
		return min(n, 127-bits.LeadingZeros64(size.hi))
	}
	return min(n, 63-bits.LeadingZeros64(size.lo))
}
