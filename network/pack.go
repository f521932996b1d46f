package network

import (
	"fmt"
	"math/bits"
	"net/netip"

	"github.com/wksgo/wks/rule"
)

// A Packing is a set of IP access control groups that admits given addresses.
type Packing struct {
	Groups [][]PackedRule // in address order, each group full before the next begins
	// Extra is the number of addresses that the rules admit and that were not asked for.
	// It is 0 unless there was slack and it was needed.
	Extra uint64
}

// A PackedRule is one rule of a group.
type PackedRule struct {
	Source netip.Prefix
	Inputs []int          // the indexes of the prefixes that it stands for, by address
	Extra  []netip.Prefix // what it admits that was not asked for, as the fewest prefixes
}

// A PackError says that a set of addresses does not fit into the groups of a directory.
type PackError struct {
	Rules    int    // that it takes without extra addresses
	Capacity int    // rules that the groups of a directory hold
	Extra    uint64 // the fewest extra addresses with which it would fit
}

// Error states by how many rules the set does not fit.
func (e *PackError) Error() string {
	return fmt.Sprintf("network: %d rules are %d more than the %d of a directory; with %d extra addresses they would fit", e.Rules, e.Rules-e.Capacity, e.Capacity, e.Extra)
}

// PackIPGroups returns the fewest IP access control groups, and of these the fewest
// rules, that admit exactly the addresses of the prefixes. Host bits do not matter.
//
// If there are more rules than q.Rules times q.PerDirectory, rules are joined to wider
// ones, as long as these admit at most slack addresses that were not asked for: the
// fewest that make the rules fit, each of them reported. A slack of 0 joins nothing. If
// that does not do, the error is a *PackError.
//
// The error is a *rule.InputError for an invalid prefix, for an IPv6 prefix, of which no
// document says that a group takes it, for a quota below one, and for an empty list:
// groups without rules block everybody, and no groups admit everybody, so neither
// stands for "nobody was asked for". The time grows with the number of prefixes times
// the capacity.
func PackIPGroups(prefixes []netip.Prefix, q IPGroupQuota, slack uint64) (Packing, error) {
	if len(prefixes) == 0 {
		return Packing{}, &rule.InputError{Path: "Prefixes", Reason: "is empty, which no groups and no empty group stand for"}
	}
	if q.Rules < 1 || q.PerDirectory < 1 {
		return Packing{}, &rule.InputError{Path: "Quota", Value: fmt.Sprintf("%d×%d", q.PerDirectory, q.Rules), Reason: "leaves room for no rule"}
	}
	// No more rules are needed than there are prefixes, so the product does not overflow.
	capacity := min(q.Rules, len(prefixes)) * min(q.PerDirectory, len(prefixes))
	for i, p := range prefixes {
		if a := p.Addr(); p.IsValid() && a.Is6() && !a.Is4In6() {
			return Packing{}, &rule.InputError{Path: rule.Path("Prefixes").Index(i), Value: p.String(), Reason: "is IPv6, of which no document says that a group takes it"}
		}
	}
	exact, err := AggregatePrefixes(prefixes)
	if err != nil {
		return Packing{}, err
	}
	var packed Packing
	var flat []PackedRule
	if len(exact) <= capacity {
		flat = make([]PackedRule, len(exact))
		for i, a := range exact {
			flat[i] = PackedRule{Source: a.Prefix, Inputs: a.Inputs}
		}
	} else {
		j := newJoiner(exact, capacity)
		if packed.Extra = j.least(); packed.Extra > slack {
			return Packing{}, &PackError{Rules: len(exact), Capacity: capacity, Extra: packed.Extra}
		}
		flat = j.rules()
	}
	for len(flat) > q.Rules {
		packed.Groups = append(packed.Groups, flat[:q.Rules:q.Rules])
		flat = flat[q.Rules:]
	}
	packed.Groups = append(packed.Groups, flat)
	return packed, nil
}

// A joiner finds which of a list of disjoint prefixes to join so that few are left. It
// keeps them as the leaves of a binary tree in which every inner node is the longest
// prefix that holds the leaves below it: no other prefix is worth a rule.
type joiner struct {
	leaves []Aggregate
	nodes  []joinNode // the root last
	most   int        // rules that may be left
}

type joinNode struct {
	lo, hi      int // the leaves below it
	left, right int // nodes, or -1
	first       uint64
	bits        int
	// extra[k-1] is the least number of extra addresses if k rules stand for the leaves,
	// and take[k-1] how many of them the left child has; 0 means that the node itself is
	// the one rule.
	extra []uint64
	take  []int32
}

func newJoiner(leaves []Aggregate, most int) *joiner {
	j := &joiner{leaves: leaves, most: most, nodes: make([]joinNode, 0, 2*len(leaves))}
	j.build(0, len(leaves))
	return j
}

func (j *joiner) build(lo, hi int) (index int) {
	a, aBits := j.prefix(lo)
	n := joinNode{lo: lo, hi: hi, left: -1, right: -1, first: a, bits: aBits}
	if hi-lo == 1 {
		n.extra, n.take = []uint64{0}, []int32{0}
		j.nodes = append(j.nodes, n)
		return len(j.nodes) - 1
	}
	b, _ := j.prefix(hi - 1)
	n.bits = bits.LeadingZeros32(uint32(a ^ b))
	n.first = a >> (32 - n.bits) << (32 - n.bits)
	half := n.first | 1<<(31-n.bits)
	mid := lo
	for first := a; first < half; first, _ = j.prefix(mid) {
		mid++
	}
	n.left, n.right = j.build(lo, mid), j.build(mid, hi)
	l, r := &j.nodes[n.left], &j.nodes[n.right]
	size := min(len(l.extra)+len(r.extra), j.most)
	n.extra, n.take = make([]uint64, size), make([]int32, size)
	covered := uint64(0)
	for i := lo; i < hi; i++ {
		_, leafBits := j.prefix(i)
		covered += 1 << (32 - leafBits)
	}
	for k := range n.extra {
		n.extra[k] = 1<<(32-n.bits) - covered
	}
	for x, ex := range l.extra {
		for y, ey := range r.extra[:min(len(r.extra), max(0, size-1-x))] {
			if k := x + y + 1; ex+ey < n.extra[k] {
				n.extra[k], n.take[k] = ex+ey, int32(x+1)
			}
		}
	}
	for k := 1; k < size; k++ {
		if n.extra[k-1] <= n.extra[k] { // fewer rules do as well
			n.extra[k], n.take[k] = n.extra[k-1], -1
		}
	}
	j.nodes = append(j.nodes, n)
	return len(j.nodes) - 1
}

func (j *joiner) prefix(i int) (first uint64, length int) {
	p := j.leaves[i].Prefix
	return v4.number(p.Addr()).hi >> 32, p.Bits()
}

// least returns the fewest extra addresses with which the rules fit.
func (j *joiner) least() uint64 {
	root := &j.nodes[len(j.nodes)-1]
	return root.extra[len(root.extra)-1]
}

// rules returns the rules that least stands for, in address order.
func (j *joiner) rules() (rules []PackedRule) {
	root := len(j.nodes) - 1
	j.walk(root, len(j.nodes[root].extra), &rules)
	return rules
}

func (j *joiner) walk(index, k int, rules *[]PackedRule) {
	n := &j.nodes[index]
	k = min(k, len(n.extra))
	for n.take[k-1] < 0 {
		k--
	}
	if t := int(n.take[k-1]); t > 0 {
		j.walk(n.left, t, rules)
		j.walk(n.right, k-t, rules)
		return
	}
	r := PackedRule{Source: netip.PrefixFrom(v4.addr(u128{hi: n.first << 32}), n.bits)}
	have := make([]key4, 0, n.hi-n.lo)
	for _, leaf := range j.leaves[n.lo:n.hi] {
		r.Inputs = append(r.Inputs, leaf.Inputs...)
		first, length, _, _ := decodeBlock(leaf.Prefix)
		have = append(have, makeKey4(first, length, 0))
	}
	whole, _, _ := spanOf(r.Source)
	r.Extra = subtract(nil, []span{whole}, have, v4)
	*rules = append(*rules, r)
}
