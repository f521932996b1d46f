package network

import (
	"cmp"
	"net/netip"
	"slices"
)

// closed returns the parts of a port that the openings do not open towards a peer. It goes
// through the port's numbers in order, from one at which an opening begins or has ended to
// the next.
func closed(p Port, openings []opening, peer Peer) (missing []MissingPort) {
	var mine []opening
	for _, o := range openings {
		if (p.Transport == "tcp" && o.tcp || p.Transport == "udp" && o.udp) && o.from <= int(p.To) && o.to >= int(p.From) {
			mine = append(mine, o)
		}
	}
	peerGroups := make(map[string]bool, len(peer.Groups))
	for _, g := range peer.Groups {
		peerGroups[g] = true
	}
	covered := newCover(peer.Addresses, mine)
	turns := turnsOf(mine, int(p.From))
	var lacks []netip.Prefix
	whole, unknown, changed := 0, 0, true // openings to the whole peer, and to who knows whom
	for from, i := int(p.From), 0; from <= int(p.To); {
		for ; i < len(turns) && turns[i].at == from; i++ {
			o, n := mine[turns[i].opening], turns[i].n
			changed = covered.add(o.CIDRs, n) || changed
			if slices.ContainsFunc(o.Groups, func(g string) bool { return peerGroups[g] }) {
				whole += n
			}
			if len(o.PrefixLists) > 0 || len(o.Groups) > 0 {
				unknown += n
			}
		}
		to := int(p.To)
		if i < len(turns) {
			to = min(to, turns[i].at-1)
		}
		if whole == 0 && !covered.all() {
			if last := len(missing) - 1; last >= 0 && int(missing[last].To) == from-1 && !changed && missing[last].Perhaps == (unknown > 0) {
				missing[last].To = uint16(to)
			} else {
				if changed {
					lacks, changed = covered.lacks(), false
				}
				missing = append(missing, MissingPort{Port: p, From: uint16(from), To: uint16(to), Peers: lacks, Perhaps: unknown > 0})
			}
		}
		from = to + 1
	}
	return missing
}

// A turn is a port at which an opening begins, n is 1, or is over, n is -1.
type turn struct{ at, n, opening int }

// turnsOf returns the turns from a port on, in order. Those that begin come first: what is
// open without a break is never shut in between.
func turnsOf(openings []opening, first int) []turn {
	turns := make([]turn, 0, 2*len(openings))
	for i, o := range openings {
		turns = append(turns, turn{max(o.from, first), 1, i}, turn{o.to + 1, -1, i})
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Or(a.at-b.at, b.n-a.n) })
	return turns
}

// A cover counts how many prefixes lie over each address of a peer, which prefixes come
// and go. The addresses are cut into cells at the ends of all the prefixes; a tree over the
// cells keeps a prefix at the few nodes whose cells it covers.
type cover struct {
	cells [2][]cell // IPv4 and IPv6
	trees [2][]coverNode
}

// A cell is a run of addresses. Cells of the same run of the peer's addresses follow on
// one another.
type cell struct {
	span
	run int
}

// A coverNode stands for half of the cells of the node above. Its children are 2n and
// 2n+1. The zero coverNode has nothing over it.
type coverNode struct {
	over int  // prefixes over all of its cells that are not over those of the node above
	shut bool // no cell is free of prefixes
	some bool // some cell has one over it
}

var coverFamilies = [2]family{v4, v6}

func newCover(peer []netip.Prefix, openings []opening) *cover {
	c := &cover{}
	for x, f := range coverFamilies {
		var need []span
		for _, p := range peer {
			if s, g, _ := spanOf(p); g == f {
				need = append(need, s)
			}
		}
		need = union(need)
		var cuts []u128 // first addresses of cells
		for _, o := range openings {
			for _, p := range o.CIDRs {
				if s, g, _ := spanOf(p); g == f && touches(need, s) {
					cuts = append(cuts, s.first, s.last.next())
				}
			}
		}
		slices.SortFunc(cuts, u128.cmp)
		c.cells[x] = cutSpans(need, slices.Compact(cuts))
		c.trees[x] = make([]coverNode, 4*len(c.cells[x]))
	}
	return c
}

// cutSpans cuts the spans of a union at addresses in order.
func cutSpans(spans []span, cuts []u128) (cells []cell) {
	for run, s := range spans {
		for len(cuts) > 0 && !s.first.less(cuts[0]) {
			cuts = cuts[1:]
		}
		for ; len(cuts) > 0 && !s.last.less(cuts[0]); cuts = cuts[1:] {
			cells = append(cells, cell{span{s.first, cuts[0].prev()}, run})
			s.first = cuts[0]
		}
		cells = append(cells, cell{s, run})
	}
	return cells
}

// add puts prefixes over the cells, or with n of -1 takes them off, and reports whether
// other cells are free of prefixes now.
func (c *cover) add(prefixes []netip.Prefix, n int) (changed bool) {
	for _, p := range prefixes {
		s, f, _ := spanOf(p)
		x := slices.Index(coverFamilies[:], f)
		from, _ := slices.BinarySearchFunc(c.cells[x], s.first, func(c cell, a u128) int { return c.first.cmp(a) })
		to, last := slices.BinarySearchFunc(c.cells[x], s.last, func(c cell, a u128) int { return c.first.cmp(a) })
		if last { // a cell of its last address alone
			to++
		}
		if from < to {
			changed = addOver(c.trees[x], 1, 0, len(c.cells[x]), from, to, n) || changed
		}
	}
	return changed
}

// addOver adds n to what is over the cells in [from, to), below a node with those in [lo, hi).
func addOver(tree []coverNode, node, lo, hi, from, to, n int) (changed bool) {
	leaf, here := hi-lo == 1, &tree[node]
	if from <= lo && hi <= to {
		before := here.over > 0
		here.over += n
		changed = before != (here.over > 0) && (leaf || !tree[2*node].shut || !tree[2*node+1].shut)
	} else {
		mid := (lo + hi) / 2
		if from < mid {
			changed = addOver(tree, 2*node, lo, mid, from, to, n)
		}
		if to > mid {
			changed = addOver(tree, 2*node+1, mid, hi, from, to, n) || changed
		}
		changed = changed && here.over == 0
	}
	here.shut = here.over > 0 || !leaf && tree[2*node].shut && tree[2*node+1].shut
	here.some = here.over > 0 || !leaf && (tree[2*node].some || tree[2*node+1].some)
	return changed
}

// all reports whether no cell is free of prefixes.
func (c *cover) all() bool {
	for _, tree := range c.trees {
		if len(tree) > 0 && !tree[1].shut {
			return false
		}
	}
	return true
}

// lacks returns the cells that are free of prefixes, as the fewest prefixes, IPv4 before
// IPv6 and in address order.
func (c *cover) lacks() (prefixes []netip.Prefix) {
	for x, f := range coverFamilies {
		if cells := c.cells[x]; len(cells) > 0 {
			for _, s := range union(appendFree(nil, c.trees[x], cells, 1, 0, len(cells))) {
				prefixes = appendPrefixes(prefixes, s, f)
			}
		}
	}
	return prefixes
}

func appendFree(dst []span, tree []coverNode, cells []cell, node, lo, hi int) []span {
	switch n := tree[node]; {
	case n.shut:
		return dst
	case !n.some && cells[lo].run == cells[hi-1].run:
		return append(dst, span{cells[lo].first, cells[hi-1].last})
	}
	mid := (lo + hi) / 2
	dst = appendFree(dst, tree, cells, 2*node, lo, mid)
	return appendFree(dst, tree, cells, 2*node+1, mid, hi)
}
