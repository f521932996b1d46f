package network

import (
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
// given. The time grows linearly for IPv4, and by n log n for IPv6. The error is a
// *rule.InputError for an invalid prefix.
func AggregatePrefixes(prefixes []netip.Prefix) ([]Aggregate, error) {
	if len(prefixes) == 0 {
		return nil, nil
	}
	n4, err := countIPv4(prefixes)
	if err != nil {
		return nil, err
	}
	var buf4 [onStack]key4
	var buf6 [onStack]key6
	keys4, keys6 := buf4[:0], buf6[:0]
	if n4 > onStack {
		keys4 = make([]key4, 0, n4)
	}
	if n6 := len(prefixes) - n4; n6 > onStack {
		keys6 = make([]key6, 0, n6)
	}
	for i, p := range prefixes {
		if first, length, f, _ := decodeBlock(p); f == v4 {
			keys4 = append(keys4, makeKey4(first, length, i))
		} else {
			keys6 = append(keys6, key6{first, length, i})
		}
	}
	sort4(keys4)
	slices.SortFunc(keys6, key6.cmp)
	inputs := make([]int, 0, len(prefixes))
	inputs = appendInputs(inputs, keys4)
	inputs = appendInputs(inputs, keys6)
	keys4, keys6 = aggregate(keys4), aggregate(keys6)
	out := make([]Aggregate, 0, len(keys4)+len(keys6))
	out = appendAggregates(out, keys4, v4, inputs[:n4])
	return appendAggregates(out, keys6, v6, inputs[n4:]), nil
}

// countIPv4 returns how many of the prefixes are IPv4, and an error if not all of them can
// be aggregated.
func countIPv4(prefixes []netip.Prefix) (n int, err error) {
	for i, p := range prefixes {
		if !p.IsValid() {
			return 0, invalidPrefix(rule.Path("Prefixes").Index(i), p)
		}
		if a := p.Addr(); a.Is4() || a.Is4In6() {
			if n++; i >= 1<<keyIndex {
				return 0, &rule.InputError{Path: "Prefixes", Value: p.String(), Reason: "is the 67,108,865th prefix or a later one"}
			}
		}
	}
	return n, nil
}

// aggregate turns the sorted keys of one family into those of the aggregates, in place.
// The index of one is then where its inputs begin among the keys. They follow one another:
// a prefix within a union of prefixes lies in one of the union's largest blocks. So there
// are no more blocks at any point than keys that were read.
func aggregate[K key[K]](keys []K) []K {
	n := 0
	for i := 0; i < len(keys); {
		run, j := keys[i].span(), i+1
		for ; j < len(keys); j++ {
			s := keys[j].span()
			if run.last.less(s.first) && run.last.next() != s.first {
				break
			}
			if run.last.less(s.last) {
				run.last = s.last
			}
		}
		for {
			free := largestBlock(run)
			end, from := run.first.block(free).last, i
			for i < j && !end.less(keys[i].span().first) {
				i++
			}
			keys[n] = keys[n].with(run.first, 128-free, from)
			n++
			if end == run.last {
				break
			}
			run.first = end.next()
		}
	}
	return keys[:n]
}

func appendInputs[K key[K]](inputs []int, keys []K) []int {
	for _, k := range keys {
		_, _, index := k.parts()
		inputs = append(inputs, index)
	}
	return inputs
}

func appendAggregates[K key[K]](out []Aggregate, keys []K, f family, inputs []int) []Aggregate {
	for i, k := range keys {
		first, length, from := k.parts()
		to := len(inputs)
		if i+1 < len(keys) {
			_, _, to = keys[i+1].parts()
		}
		out = append(out, Aggregate{netip.PrefixFrom(f.addr(first), length), inputs[from:to:to]})
	}
	return out
}
