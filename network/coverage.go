package network

import (
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
// a prefix, or a single address. The error is a *rule.InputError.
func ParseRange(s string) (Range, error) {
	if p, err := netip.ParsePrefix(strings.TrimSpace(s)); err == nil {
		return RangeOf(p), nil
	}
	left, right, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !ok {
		right = left
	}
	first, err := netip.ParseAddr(strings.TrimSpace(left))
	last, other := netip.ParseAddr(strings.TrimSpace(right))
	if err != nil || other != nil {
		return Range{}, &rule.InputError{Path: "Range", Value: s, Reason: "is no address, prefix or range of addresses"}
	}
	r := Range{first.Unmap(), last.Unmap()}
	if _, _, ok := r.span(); !ok {
		return Range{}, &rule.InputError{Path: "Range", Value: s, Reason: "is not two addresses of one family in order, without a zone"}
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
	return span{f.number(first), f.number(last).block(128 - int(f)).last}, f, true
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
// and IPv4-mapped addresses stand for IPv4. ::/0 covers no IPv4. The time grows with the
// allowed prefixes times the logarithm of the required ranges; those of IPv6 that touch a
// required range are sorted. The error is a *rule.InputError for an invalid range or prefix.
func Uncovered(required []Range, allowed []netip.Prefix) ([]netip.Prefix, error) {
	var buf [few]span
	need4, need6, err := needOf(required, buf[:])
	if err != nil {
		return nil, err
	}
	var buf4 [few]key4
	var buf6 [few]key6
	have4, have6 := buf4[:0], buf6[:0]
	for i, p := range allowed {
		first, length, f, ok := decodeBlock(p)
		switch s := first.block(128 - length); {
		case !ok:
			return nil, invalidPrefix(rule.Path("Allowed").Index(i), p)
		case f == v4 && touches(need4, s):
			have4 = append(have4, makeKey4(first, length, 0))
		case f == v6 && touches(need6, s):
			have6 = append(have6, key6{first: first, length: length})
		}
	}
	sort4(have4)
	slices.SortFunc(have6, key6.cmp)
	return subtract(subtract(nil, need4, have4, v4), need6, have6, v6), nil
}

// few is how many elements are handled without a buffer on the heap.
const few = 32

// touching returns the allowed prefixes that overlap a required range, in their order. The
// errors are those of Uncovered.
func touching(required []Range, allowed []netip.Prefix) (some []netip.Prefix, err error) {
	var buf [few]span
	need4, need6, err := needOf(required, buf[:])
	if err != nil {
		return nil, err
	}
	for i, p := range allowed {
		s, f, ok := spanOf(p)
		if !ok {
			return nil, invalidPrefix(rule.Path("Allowed").Index(i), p)
		}
		if f == v4 && touches(need4, s) || f == v6 && touches(need6, s) {
			some = append(some, p)
		}
	}
	return some, nil
}

// needOf returns the required ranges as unions, in buf if they fit.
func needOf(required []Range, buf []span) (need4, need6 []span, err error) {
	need := buf
	if len(required) > len(need) {
		need = make([]span, len(required))
	}
	n4, n6 := 0, len(required) // IPv4 grows from the start, IPv6 from the end
	for i, r := range required {
		s, f, ok := r.span()
		switch {
		case !ok:
			return nil, nil, &rule.InputError{Path: rule.Path("Required").Index(i), Value: r.First.String() + "-" + r.Last.String(), Reason: "is not a range of addresses"}
		case f == v4:
			need[n4] = s
			n4++
		default:
			n6--
			need[n6] = s
		}
	}
	return union(need[:n4]), union(need[n6:len(required)]), nil
}

// touches reports whether s overlaps one of the sorted, disjoint spans.
func touches(spans []span, s span) bool {
	lo, hi := 0, len(spans)
	for lo < hi {
		if mid := (lo + hi) / 2; spans[mid].last.less(s.first) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(spans) && !s.last.less(spans[lo].first)
}

// subtract appends what of need, a union, is in none of the sorted keys.
func subtract[K key[K]](dst []netip.Prefix, need []span, have []K, f family) []netip.Prefix {
	lacks := func(s span) {
		if len(dst) == cap(dst) {
			dst = slices.Grow(dst, len(need))
		}
		dst = appendPrefixes(dst, s, f)
	}
	for _, n := range need {
		covered := false
		for ; len(have) > 0; have = have[1:] {
			h := have[0].span()
			if n.last.less(h.first) {
				break
			}
			if n.first.less(h.first) {
				lacks(span{n.first, h.first.prev()})
			}
			if covered = !h.last.less(n.last); covered {
				break // and it may cover a part of the next one
			}
			if !h.last.less(n.first) {
				n.first = h.last.next()
			}
		}
		if !covered {
			lacks(n)
		}
	}
	return dst
}
