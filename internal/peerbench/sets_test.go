package peerbench

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/gaissmai/bart"
	"go4.org/netipx"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
)

var aggregateWays = []way{
	{"wks", func(list []netip.Prefix) []netip.Prefix {
		aggregates, err := network.AggregatePrefixes(list)
		if err != nil {
			panic(err)
		}
		out := buffer[:0]
		for _, a := range aggregates {
			out = append(out, a.Prefix)
		}
		return out
	}},
	{"bart", func(list []netip.Prefix) []netip.Prefix {
		var set bart.Lite
		for _, p := range list {
			set.Insert(p.Masked())
		}
		set.Aggregate()
		out := buffer[:0]
		for p := range set.AllSorted() {
			out = append(out, p)
		}
		return out
	}},
	{"netipx", func(list []netip.Prefix) []netip.Prefix {
		var b netipx.IPSetBuilder
		for _, p := range list {
			b.AddPrefix(p.Masked())
		}
		set, err := b.IPSet()
		if err != nil {
			panic(err)
		}
		return append(buffer[:0], set.Prefixes()...)
	}},
}

var buffer = make([]netip.Prefix, 0, 1_000_000)

// required are 200 ranges such as gateways have, and required6 some of IPv6.
var required6 = masked(gen.InUse6(200, netip.MustParsePrefix("2600::/12"), 9))

func masked(list []netip.Prefix) []netip.Prefix {
	for i, p := range list {
		list[i] = p.Masked()
	}
	return list
}

var required = func() (list []netip.Prefix) {
	for _, p := range gen.InUse(1000, []netip.Prefix{netip.MustParsePrefix("52.0.0.0/8")}, 9) {
		if p.Bits() >= 22 && p.Addr().Is4() && len(list) < 200 {
			list = append(list, p.Masked())
		}
	}
	return list
}()

var coverageWays, coverageWays6 = coverage(required), coverage(required6)

// coverage returns the ways to find what of the required prefixes is not covered, as the
// fewest prefixes.
func coverage(required []netip.Prefix) []way {
	ranges := make([]network.Range, len(required))
	for i, p := range required {
		ranges[i] = network.RangeOf(p)
	}
	return []way{
		{"wks", func(rules []netip.Prefix) []netip.Prefix {
			missing, err := network.Uncovered(ranges, rules)
			if err != nil {
				panic(err)
			}
			return missing
		}},
		{"bart", func(rules []netip.Prefix) []netip.Prefix {
			var set, missing bart.Lite
			for _, p := range rules {
				set.Insert(p.Masked())
			}
			set.Aggregate()
			for _, p := range required {
				insertUncovered(&missing, &set, p)
			}
			missing.Aggregate()
			out := buffer[:0]
			for p := range missing.AllSorted() {
				out = append(out, p)
			}
			return out
		}},
		{"netipx", func(rules []netip.Prefix) []netip.Prefix {
			var b netipx.IPSetBuilder
			for _, p := range required {
				b.AddPrefix(p)
			}
			for _, p := range rules {
				b.RemovePrefix(p.Masked())
			}
			set, err := b.IPSet()
			if err != nil {
				panic(err)
			}
			return append(buffer[:0], set.Prefixes()...)
		}},
	}
}

// insertUncovered inserts into missing what of p is not in an aggregated set.
func insertUncovered(missing, set *bart.Lite, p netip.Prefix) {
	switch {
	case set.LookupPrefix(p):
	case !set.OverlapsPrefix(p):
		missing.Insert(p)
	default:
		low := netip.PrefixFrom(p.Addr(), p.Bits()+1)
		insertUncovered(missing, set, low)
		insertUncovered(missing, set, netip.PrefixFrom(netipx.PrefixLastIP(p), p.Bits()+1).Masked())
	}
}

// wholeWays find less: which of the required prefixes are not covered as a whole. wks
// answers the same question as above.
var wholeWays, wholeWays6 = whole(required, coverageWays), whole(required6, coverageWays6)

func whole(required []netip.Prefix, ways []way) []way {
	return []way{ways[0], {"bart", func(rules []netip.Prefix) []netip.Prefix {
		var set bart.Lite
		for _, p := range rules {
			set.Insert(p.Masked())
		}
		set.Aggregate()
		out := buffer[:0]
		for _, p := range required {
			if !set.LookupPrefix(p) {
				out = append(out, p)
			}
		}
		return out
	}}}
}

func TestSetsAgree(t *testing.T) {
	public := []netip.Prefix{netip.MustParsePrefix("52.0.0.0/8")}
	for seed := range uint64(60) {
		n := 1 << (seed % 12)
		compare(t, aggregateWays, gen.InUse(n, parents, seed))
		compare(t, aggregateWays, gen.InUse6(n, netip.MustParsePrefix("2600::/34"), seed))
		compare(t, coverageWays, gen.InUse(n, public, seed))
		compare(t, coverageWays, slices.Concat(required[:100], gen.InUse(n, public, seed)))
		compare(t, coverageWays6, gen.InUse6(n, netip.MustParsePrefix("2600::/20"), seed))
		compare(t, coverageWays6, slices.Concat(required6[50:150], gen.InUse6(n, netip.MustParsePrefix("2600::/12"), seed)))
	}
}

// BenchmarkAggregate finds the fewest prefixes that stand for n.
func BenchmarkAggregate(b *testing.B) { benchSizes(b, aggregateWays, inUse) }

// BenchmarkCoverage finds what of 200 required prefixes n rules do not cover.
func BenchmarkCoverage(b *testing.B) { benchSizes(b, coverageWays, inUse) }

// BenchmarkCoverage6 is BenchmarkCoverage for IPv6.
func BenchmarkCoverage6(b *testing.B) { benchSizes(b, coverageWays6, inUse6) }

// BenchmarkWhole lets bart find only which required prefixes are not covered as a whole.
func BenchmarkWhole(b *testing.B) { benchSizes(b, wholeWays, inUse) }

// BenchmarkWhole6 is BenchmarkWhole for IPv6.
func BenchmarkWhole6(b *testing.B) { benchSizes(b, wholeWays6, inUse6) }

func inUse6(n int) []netip.Prefix {
	return gen.InUse6(n, netip.MustParsePrefix("2600::/12"), 1)
}

func inUse(n int) []netip.Prefix { return gen.InUse(n, parents, 1) }

func benchSizes(b *testing.B, ways []way, make func(n int) []netip.Prefix) {
	for _, n := range []int{10, 100, 250, 1_000, 10_000, 1_000_000} {
		list := make(n)
		for _, w := range ways {
			b.Run(fmt.Sprintf("n=%d/%s", n, w.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w.find(list)
				}
			})
		}
	}
}
