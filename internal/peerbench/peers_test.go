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

var (
	everything = netip.MustParsePrefix("0.0.0.0/0")
	parents    = network.Newest().ManagementCIDRParents()
	blocks     = freeWith(nil)
	sizes      = []int{1_000, 100_000, 1_000_000}
)

func freeWith(inUse []netip.Prefix) []netip.Prefix {
	var free []netip.Prefix
	for p, err := range network.Newest().FreeManagementCIDRs(everything, inUse) {
		if err != nil {
			panic(err)
		}
		free = append(free, p)
	}
	return free
}

// A way finds, with everything built anew, the /16 blocks that nothing overlaps, or
// the candidates of us-west-2 that something overlaps.
type way struct {
	name string
	find func(inUse []netip.Prefix) []netip.Prefix
}

var buf = make([]netip.Prefix, 0, 339)

var freeWays = []way{
	{"wks", func(inUse []netip.Prefix) []netip.Prefix {
		free := buf[:0]
		for p, err := range network.Newest().FreeManagementCIDRs(everything, inUse) {
			if err != nil {
				panic(err)
			}
			free = append(free, p)
		}
		return free
	}},
	// The best use of bart: a table of the blocks, in which each prefix is looked up.
	{"bart-blocks", func(inUse []netip.Prefix) []netip.Prefix {
		var table bart.Table[int]
		for i, b := range blocks {
			table.Insert(b, i)
		}
		used := make([]bool, len(blocks))
		for _, p := range inUse {
			if p = p.Masked(); p.Bits() >= 16 {
				if i, ok := table.Lookup(p.Addr()); ok {
					used[i] = true
				}
				continue
			}
			for _, i := range table.Subnets(p) {
				used[i] = true
			}
		}
		return unused(used)
	}},
	// Its obvious use: a set of what is in use, which each block is held against.
	{"bart", func(inUse []netip.Prefix) []netip.Prefix {
		var set bart.Lite
		for _, p := range inUse {
			set.Insert(p.Masked())
		}
		used := make([]bool, len(blocks))
		for i, b := range blocks {
			used[i] = set.OverlapsPrefix(b)
		}
		return unused(used)
	}},
	{"netipx", func(inUse []netip.Prefix) []netip.Prefix {
		var b netipx.IPSetBuilder
		for _, p := range parents {
			b.AddPrefix(p)
		}
		for _, p := range inUse {
			b.RemovePrefix(p.Masked())
		}
		set, err := b.IPSet()
		if err != nil {
			panic(err)
		}
		var free []netip.Prefix
		for _, p := range set.Prefixes() {
			for a := p.Addr(); p.Bits() <= 16 && p.Contains(a); {
				free = append(free, netip.PrefixFrom(a, 16))
				next := a.As4()
				if next[1]++; next[1] == 0 {
					next[0]++
				}
				a = netip.AddrFrom4(next)
			}
		}
		return free
	}},
	{"Overlaps", func(inUse []netip.Prefix) []netip.Prefix {
		used := make([]bool, len(blocks))
		for i, b := range blocks {
			used[i] = slices.ContainsFunc(inUse, b.Overlaps)
		}
		return unused(used)
	}},
}

func unused(used []bool) []netip.Prefix {
	free := buf[:0]
	for i, u := range used {
		if !u {
			free = append(free, blocks[i])
		}
	}
	return free
}

var candidates = []netip.Prefix{
	netip.MustParsePrefix("172.31.0.0/16"), netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("198.19.0.0/16"),
}

func taken(hit []bool) []netip.Prefix {
	list := buf[:0]
	for i, h := range hit {
		if h {
			list = append(list, candidates[i])
		}
	}
	return list
}

var conflictWays = []way{
	{"wks", func(inUse []netip.Prefix) []netip.Prefix {
		reg, err := network.Newest().CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: inUse})
		if err != nil {
			panic(err)
		}
		hit := make([]bool, len(candidates))
		free := reg.Free()
		for i, c := range candidates {
			hit[i] = !slices.Contains(free, c)
		}
		return taken(hit)
	}},
	{"bart", func(inUse []netip.Prefix) []netip.Prefix {
		var table bart.Table[int]
		for i, c := range candidates {
			table.Insert(c, i)
		}
		hit := make([]bool, len(candidates))
		for _, p := range inUse {
			if !table.OverlapsPrefix(p) {
				continue
			}
			for i, c := range candidates {
				hit[i] = hit[i] || c.Overlaps(p)
			}
		}
		return taken(hit)
	}},
	{"netipx", func(inUse []netip.Prefix) []netip.Prefix {
		var b netipx.IPSetBuilder
		for _, c := range candidates {
			b.AddPrefix(c)
		}
		set, err := b.IPSet()
		if err != nil {
			panic(err)
		}
		hit := make([]bool, len(candidates))
		for _, p := range inUse {
			if !set.OverlapsPrefix(p.Masked()) {
				continue
			}
			for i, c := range candidates {
				hit[i] = hit[i] || c.Overlaps(p)
			}
		}
		return taken(hit)
	}},
	{"Overlaps", func(inUse []netip.Prefix) []netip.Prefix {
		hit := make([]bool, len(candidates))
		for _, p := range inUse {
			for i, c := range candidates {
				hit[i] = c.Overlaps(p) || hit[i]
			}
		}
		return taken(hit)
	}},
}

// compare fails if two ways differ on the same prefixes.
func compare(t *testing.T, ways []way, inUse []netip.Prefix) {
	t.Helper()
	want := slices.Clone(ways[0].find(inUse))
	for _, w := range ways[1:] {
		if got := w.find(inUse); !slices.Equal(got, want) {
			t.Errorf("%d prefixes: %s finds %v, wks %v", len(inUse), w.name, got, want)
		}
	}
}

// All ways agree. The prefixes hold no invalid or IPv4-mapped value and no default
// route, which the peers do not treat alike.
func TestPeersAgree(t *testing.T) {
	for seed := range uint64(60) {
		n := 16 << (seed % 8) // enough that one is IPv4, without which there is no VPC
		compare(t, freeWays, gen.InUse(n, parents, seed))
		compare(t, conflictWays, gen.InUse(n, parents, seed))
		compare(t, conflictWays, gen.InUse(n, []netip.Prefix{netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("198.18.0.0/15")}, seed))
	}
	// Corners of the parents, and prefixes around them.
	for _, p := range append(slices.Clone(parents), candidates...) {
		for bits := 2; bits <= 32; bits++ {
			inUse := []netip.Prefix{netip.PrefixFrom(p.Addr(), bits), netip.PrefixFrom(netipx.PrefixLastIP(p), max(bits, p.Bits()))}
			compare(t, freeWays, inUse)
			compare(t, conflictWays, inUse)
		}
	}
}

func bench(b *testing.B, ways []way) {
	for _, n := range sizes {
		inUse := gen.InUse(n, parents, 1)
		for _, w := range ways {
			b.Run(fmt.Sprintf("n=%d/%s", n, w.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w.find(inUse)
				}
			})
		}
	}
}

// BenchmarkFree finds the free /16 blocks beside n prefixes in use.
func BenchmarkFree(b *testing.B) { bench(b, freeWays) }

// BenchmarkConflicts finds the candidates of us-west-2 that n prefixes overlap.
func BenchmarkConflicts(b *testing.B) { bench(b, conflictWays) }
