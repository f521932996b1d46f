package network

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/rule"
)

// An Aggregate is a prefix that stands for one or more of those given.
type Aggregate struct {
	Prefix netip.Prefix
	Inputs []int // the indexes of the prefixes that lie in it, by address
}

// onStack is how many prefixes are aggregated without a buffer on the heap.
const onStack = 256

// AggregatePrefixes returns the fewest prefixes that hold exactly the addresses of
// those given, IPv4 before IPv6 and in address order. Host bits do not matter, and an
// IPv4-mapped prefix stands for the IPv4 one. An empty result means that nothing was
// given. The error is a *rule.InputError for an invalid prefix.
func AggregatePrefixes(prefixes []netip.Prefix) ([]Aggregate, error) {
	if len(prefixes) == 0 {
		return nil, nil
	}
	var keyBuf [onStack]uint64
	var spanBuf [onStack]span
	keys, spans := keyBuf[:0], spanBuf[:0]
	if len(prefixes) > onStack {
		keys = make([]uint64, 0, len(prefixes))
	}
	for i, p := range prefixes {
		if a, length := p.Addr(), p.Bits(); a.Is4() && length >= 0 && i < 1<<keyIndex { // what most are
			b := a.As4()
			upper := uint64(binary.BigEndian.Uint32(b[:])) >> (32 - length) << (64 - length)
			keys = append(keys, upper|uint64(length)<<keyIndex|uint64(i))
			continue
		}
		s, f, ok := spanOf(p)
		switch {
		case !ok:
			return nil, invalidPrefix(rule.Path("Prefixes").Index(i), p)
		case f == v4 && i < 1<<keyIndex:
			length := bits.LeadingZeros32(uint32(s.first.lo ^ s.last.lo))
			keys = append(keys, s.first.lo<<32|uint64(length)<<keyIndex|uint64(i))
		case f == v4:
			return nil, &rule.InputError{Path: "Prefixes", Value: p.String(), Reason: "is the 67,108,865th prefix or a later one"}
		default:
			s.from = i
			spans = append(spans, s)
		}
	}
	inputs := make([]int, 0, len(prefixes))
	out := make([]Aggregate, 0, len(prefixes)) // the fewest prefixes are no more than those given
	out, inputs = aggregate4(out, inputs, keys)
	out, _ = aggregate(out, inputs, spans, v6)
	return out, nil
}

// A key is an IPv4 prefix as a number that sorts as its address, then as its length,
// then as its index: 32, 6 and keyIndex bits.
const keyIndex = 26

func unpackKey(k uint64) (first, last uint64) {
	first = k >> 32
	return first, first | (1<<(32-k>>keyIndex&63) - 1)
}

// aggregate4 is aggregate for IPv4, which is most of what there is, and sorts numbers.
func aggregate4(out []Aggregate, inputs []int, keys []uint64) ([]Aggregate, []int) {
	slices.Sort(keys)
	for i := 0; i < len(keys); {
		first, last := unpackKey(keys[i])
		j := i + 1
		for ; j < len(keys); j++ {
			next, nextLast := unpackKey(keys[j])
			if next > last+1 {
				break
			}
			last = max(last, nextLast)
		}
		for first <= last {
			size := min(bits.TrailingZeros64(first|1<<32), 63-bits.LeadingZeros64(last-first+1))
			end := first | (1<<size - 1)
			from := len(inputs)
			for ; i < j && keys[i]>>32 <= end; i++ {
				inputs = append(inputs, int(keys[i]&(1<<keyIndex-1)))
			}
			addr := netip.AddrFrom4([4]byte{byte(first >> 24), byte(first >> 16), byte(first >> 8), byte(first)})
			out = append(out, Aggregate{netip.PrefixFrom(addr, 32-size), inputs[from:len(inputs):len(inputs)]})
			first = end + 1
		}
	}
	return out, inputs
}

// aggregate appends the aggregates of one family's spans. Sorted by address, the
// inputs of an aggregate follow one another: a prefix within a union of prefixes lies in
// one of the union's largest blocks.
func aggregate(out []Aggregate, inputs []int, spans []span, f family) ([]Aggregate, []int) {
	sortSpans(spans)
	for i := 0; i < len(spans); {
		run, j := spans[i], i+1
		for j < len(spans) && (!run.last.less(spans[j].first) || run.last.next() == spans[j].first) {
			if run.last.less(spans[j].last) {
				run.last = spans[j].last
			}
			j++
		}
		for first := run.first; ; {
			block := alignedBlock(first, run.last, f)
			end := u128{first.hi | ones(block).hi, first.lo | ones(block).lo}
			from := len(inputs)
			for ; i < j && !end.less(spans[i].first); i++ {
				inputs = append(inputs, spans[i].from)
			}
			out = append(out, Aggregate{netip.PrefixFrom(f.addr(first), int(f)-block), inputs[from:len(inputs):len(inputs)]})
			if end == run.last {
				break
			}
			first = end.next()
		}
	}
	return out, inputs
}
