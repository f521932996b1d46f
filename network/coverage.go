package network

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Range is a run of addresses of one family, both ends included. AWS's documents
// print ranges that are no prefix, such as 52.23.61.0 - 52.23.62.255. The zero Range
// is invalid.
type Range struct{ First, Last netip.Addr }

// RangeOf returns the addresses of a prefix; that of an invalid prefix is the zero Range.
// An IPv4-mapped prefix gives IPv4 addresses, and one shorter than /96 all of them.
func RangeOf(p netip.Prefix) Range {
	s, f, ok := spanOf(p)
	if !ok {
		return Range{}
	}
	return Range{f.addr(s.first), f.addr(s.last)}
}

// ParseRange reads "first - last", with a hyphen or a dash and with or without spaces,
// a prefix, or a single address.
func ParseRange(s string) (Range, error) {
	bad := func(err error) (Range, error) { return Range{}, fmt.Errorf("network: range %q: %w", s, err) }
	if p, err := netip.ParsePrefix(strings.TrimSpace(s)); err == nil {
		return RangeOf(p), nil
	}
	left, right, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !ok {
		right = left
	}
	first, err := netip.ParseAddr(strings.TrimSpace(left))
	if err != nil {
		return bad(err)
	}
	last, err := netip.ParseAddr(strings.TrimSpace(right))
	if err != nil {
		return bad(err)
	}
	r := Range{first.Unmap(), last.Unmap()}
	if _, _, ok := r.span(); !ok {
		return bad(fmt.Errorf("want two addresses of one family in order, without a zone"))
	}
	return r, nil
}

// MustParseRange is ParseRange for tables and tests; it panics on an error.
func MustParseRange(s string) Range {
	r, err := ParseRange(s)
	if err != nil {
		panic(err)
	}
	return r
}

func (r Range) span() (s span, f family, ok bool) {
	first, last := r.First.Unmap(), r.Last.Unmap()
	if !first.IsValid() || first.BitLen() != last.BitLen() || first.Zone() != "" || last.Zone() != "" || last.Less(first) {
		return span{}, 0, false
	}
	f = family(first.BitLen())
	return span{first: f.number(first), last: f.number(last)}, f, true
}

// Prefixes returns the fewest prefixes that hold exactly the range, in address order,
// and none for an invalid range.
func (r Range) Prefixes() []netip.Prefix {
	s, f, ok := r.span()
	if !ok {
		return nil
	}
	return appendPrefixes(nil, s, f)
}

// String returns "first-last", or the prefix if the range is one.
func (r Range) String() string {
	if p := r.Prefixes(); len(p) == 1 {
		return p[0].String()
	}
	return r.First.String() + "-" + r.Last.String()
}

// Uncovered returns what of the required ranges is in none of the allowed prefixes, as
// the fewest prefixes, IPv4 before IPv6 and in address order. It is empty if everything
// is covered. Several allowed prefixes may cover a range together.
//
// Both lists may have any order, repetitions and overlaps; host bits do not matter,
// and IPv4-mapped addresses stand for IPv4. ::/0 covers no IPv4. The time grows
// linearly with the allowed prefixes, apart from those that touch a required range: they
// are sorted, and cost some ten times as much as the others. The error is a *rule.InputError for an invalid range or prefix.
func Uncovered(required []Range, allowed []netip.Prefix) ([]netip.Prefix, error) {
	need, err := newNeed(required)
	if err != nil {
		return nil, err
	}
	var have4, have6 []span
	for i := 0; ; i++ {
		if i += need.misses(allowed[i:]); i == len(allowed) {
			break
		}
		s, f, ok := spanOf(allowed[i])
		switch {
		case !ok:
			return nil, invalidPrefix(rule.Path("Allowed").Index(i), allowed[i])
		case f == v4 && touches(need.v4, s):
			have4 = append(have4, s)
		case f == v6 && touches(need.v6, s):
			have6 = append(have6, s)
		}
	}
	return subtract(subtract(nil, need.v4, have4, v4), need.v6, have6, v6), nil
}

// need is what must be covered, merged and in order, and filters that recognise most
// prefixes which touch none of it: by the upper half of an IPv4 address, or the first
// octet, and by a hash of the upper 32 bits of an IPv6 address.
type need struct {
	v4, v6  []span
	octets  [1 << 8]bool // first octets of IPv4, for prefixes shorter than /16
	filter4 [1 << 16 / 64]uint64
	filter6 [1 << 16 / 64]uint64
}

func newNeed(required []Range) (*need, error) {
	n := &need{}
	for i, r := range required {
		s, f, ok := r.span()
		switch {
		case !ok:
			return nil, &rule.InputError{Path: rule.Path("Required").Index(i), Value: r.First.String() + "-" + r.Last.String(), Reason: "is not a range of addresses"}
		case f == v4:
			n.v4 = append(n.v4, s)
		default:
			n.v6 = append(n.v6, s)
		}
	}
	sortSpans(n.v4)
	sortSpans(n.v6)
	n.v4, n.v6 = union(n.v4), union(n.v6)
	for _, s := range n.v4 {
		for b := s.first.lo >> 16; b <= s.last.lo>>16; b++ {
			n.octets[b>>8] = true
			n.filter4[b>>6] |= 1 << (b & 63)
		}
	}
	for _, s := range n.v6 {
		first, last := uint32(s.first.hi>>32), uint32(s.last.hi>>32)
		for b := uint64(first); b <= uint64(last); b++ {
			if b-uint64(first) == 1<<16 { // the filter has no more bits
				for i := range n.filter6 {
					n.filter6[i] = ^uint64(0)
				}
				return n, nil
			}
			h := hash32(uint32(b))
			n.filter6[h>>6] |= 1 << (h & 63)
		}
	}
	return n, nil
}

// hash32 maps 32 bits to 16 by multiplication with the golden ratio.
func hash32(x uint32) uint32 { return x * 0x9e3779b1 >> 16 }

// misses returns how many prefixes at the start of the list the filters recognise as
// touching nothing. It calls nothing, which keeps the loop in registers.
func (n *need) misses(prefixes []netip.Prefix) int {
	for i, p := range prefixes {
		a, length := p.Addr(), p.Bits()
		if a.Is4() {
			b := a.As4()
			u := binary.BigEndian.Uint32(b[:])
			if length < 16 {
				if length < 8 || n.octets[u>>24] {
					return i
				}
			} else if n.filter4[u>>22]>>(u>>16&63)&1 != 0 {
				return i
			}
			continue
		}
		if length < 32 || a.Is4In6() {
			return i
		}
		b := a.As16()
		if h := hash32(binary.BigEndian.Uint32(b[:4])); n.filter6[h>>6]>>(h&63)&1 != 0 {
			return i
		}
	}
	return len(prefixes)
}

// touches reports whether s overlaps one of the sorted, disjoint spans.
func touches(spans []span, s span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.first, func(t span, first u128) int { return t.last.cmp(first) })
	return i < len(spans) && !s.last.less(spans[i].first)
}

// subtract appends what of need is not in have; it sorts have.
func subtract(dst []netip.Prefix, need, have []span, f family) []netip.Prefix {
	sortSpans(have)
	have = union(have)
	for _, n := range need {
		for len(have) > 0 && have[0].last.less(n.first) {
			have = have[1:]
		}
		first, covered := n.first, false
		for _, h := range have {
			if n.last.less(h.first) {
				break
			}
			if first.less(h.first) {
				dst = appendPrefixes(dst, span{first: first, last: h.first.prev()}, f)
			}
			if !h.last.less(n.last) {
				covered = true
				break
			}
			first = h.last.next()
		}
		if !covered {
			dst = appendPrefixes(dst, span{first: first, last: n.last}, f)
		}
	}
	return dst
}
