package network

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"
)

// A u128 is an address as a number; an IPv4 address has hi 0 and 32 bits of lo.
type u128 struct{ hi, lo uint64 }

func (a u128) cmp(b u128) int {
	switch {
	case a.hi != b.hi:
		if a.hi < b.hi {
			return -1
		}
		return 1
	case a.lo < b.lo:
		return -1
	case a.lo > b.lo:
		return 1
	}
	return 0
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

// A span is a run of addresses of one family, both ends included. from is the number
// of the input that it came from.
type span struct {
	first, last u128
	from        int
}

// A family is IPv4 or IPv6, by the length of its addresses in bits.
type family int

const (
	v4 family = 32
	v6 family = 128
)

func (f family) number(a netip.Addr) u128 {
	if f == v4 {
		b := a.As4()
		return u128{0, uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return u128{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

func (f family) addr(n u128) netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.hi)
	binary.BigEndian.PutUint64(b[8:], n.lo)
	if f == v4 {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return netip.AddrFrom16(b)
}

// spanOf returns the addresses of a prefix. An IPv4-mapped prefix is one of IPv4; one
// that is shorter than /96 is all of IPv4.
func spanOf(p netip.Prefix) (s span, f family, ok bool) {
	a, length := p.Addr(), p.Bits()
	switch {
	case length < 0:
		return span{}, 0, false
	case a.Is4():
		f = v4
	case a.Is4In6():
		f, length = v4, max(0, length-96)
	default:
		f = v6
	}
	host := ones(int(f) - length)
	n := f.number(a)
	s.first = u128{n.hi &^ host.hi, n.lo &^ host.lo}
	s.last = u128{n.hi | host.hi, n.lo | host.lo}
	return s, f, true
}

// sortSpans orders spans by their first address, longer ones first, then by input.
func sortSpans(spans []span) {
	slices.SortFunc(spans, func(a, b span) int {
		if c := a.first.cmp(b.first); c != 0 {
			return c
		}
		if c := b.last.cmp(a.last); c != 0 {
			return c
		}
		return a.from - b.from
	})
}

// union merges sorted spans that overlap or touch, in place, and returns them.
func union(spans []span) []span {
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
	for first := s.first; ; {
		block := alignedBlock(first, s.last, f)
		dst = append(dst, netip.PrefixFrom(f.addr(first), int(f)-block))
		end := u128{first.hi | ones(block).hi, first.lo | ones(block).lo}
		if end == s.last {
			return dst
		}
		first = end.next()
	}
}

// alignedBlock returns how many low bits the largest block has that starts at first
// and does not pass last.
func alignedBlock(first, last u128, f family) int {
	n := bits.TrailingZeros64(first.lo)
	if first.lo == 0 {
		n = 64 + bits.TrailingZeros64(first.hi)
	}
	n = min(n, int(f))
	// The block may have at most as many bits as last-first+1.
	lo, borrow := bits.Sub64(last.lo, first.lo, 0)
	hi, _ := bits.Sub64(last.hi, first.hi, borrow)
	size := u128{hi, lo}.next()
	switch {
	case size == u128{}: // all of IPv6
		return n
	case size.hi != 0:
		return min(n, 127-bits.LeadingZeros64(size.hi))
	}
	return min(n, 63-bits.LeadingZeros64(size.lo))
}
