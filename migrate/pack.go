package migrate

import "math/bits"

// The waves of a plan are the colours of the edges of a bipartite graph: an edge for each
// migration, between its subnet and its key. A vertex with d edges, of which a wave can take
// c, is split into ⌈d/W⌉ ≤ c vertices with at most W edges each. Such a graph has an edge
// colouring with W colours (Kőnig 1916), and one in which no two colours differ by more than
// one edge (de Werra 1971). So the least W that each bound alone permits is enough for all.
// Edges take the first colour that is free at both ends; if there is none, two colours are
// exchanged along a path.

// pack assigns a wave to each migration and returns the number of waves and a lower bound.
func pack(todo []Migration, l *Limits) (waveOf []int32, waves, bound int) {
	if len(todo) == 0 {
		return nil, 0, 0
	}
	subnets := newSide(todo, l.WaveSize, l.FreeAddresses, func(m *Migration) (string, int) { return m.SubnetID, 1 })
	keys := newSide(todo, l.WaveSize, l.FreeGrants, func(m *Migration) (string, int) { return m.Key, m.Grants })
	even := (len(todo) + l.WaveSize - 1) / l.WaveSize
	waves = max(even, subnets.waves, keys.waves)
	bound = max(even, subnets.bound, keys.bound)
	c := newColouring(len(todo), waves, l.WaveSize, subnets, keys)
	for e := range todo {
		c.add(int32(e))
	}
	c.level()
	return c.colour, waves, bound
}

// A side is the subnets or the keys of the graph.
type side struct {
	vertex []int32 // of each migration, or -1 if nothing there can be short
	degree []int   // of each vertex
	waves  int     // that the vertices need
	bound  int     // that they need at least
}

// newSide finds the vertices at which the limits bind. A key on which WorkSpaces need 2 and
// 3 grants is two vertices, or one at which all are taken to need 3, whatever is better.
func newSide(todo []Migration, size int, free map[string]int, of func(*Migration) (name string, weight int)) *side {
	s := &side{vertex: make([]int32, len(todo))}
	if free == nil {
		for i := range s.vertex {
			s.vertex[i] = -1
		}
		return s
	}
	type load struct {
		n  [4]int // migrations by weight
		at [4]int32
	}
	loads := map[string]*load{}
	var names []string
	for i := range todo {
		name, weight := of(&todo[i])
		if loads[name] == nil {
			loads[name] = &load{at: [4]int32{-1, -1, -1, -1}}
			names = append(names, name)
		}
		loads[name].n[weight]++
	}
	add := func(n, room int) int32 {
		if room >= min(n, size) {
			return -1
		}
		s.waves = max(s.waves, ceil(n, room))
		s.degree = append(s.degree, n)
		return int32(len(s.degree) - 1)
	}
	for _, name := range names {
		ld, room := loads[name], free[name]
		twos, threes := ld.n[2], ld.n[3]
		switch {
		case ld.n[1] > 0:
			ld.at[1] = add(ld.n[1], room)
			s.bound = max(s.bound, s.waves)
		case twos > 0 && threes > 0 && room < 2*twos+3*threes && room < 3*size:
			best, share := ceil(twos+threes, room/3), 0
			for k := 1; k <= min(threes, room/3); k++ {
				if rest := (room - 3*k) / 2; rest > 0 && max(ceil(threes, k), ceil(twos, rest)) < best {
					best, share = max(ceil(threes, k), ceil(twos, rest)), k
				}
			}
			if share == 0 {
				ld.at[2] = add(twos+threes, room/3)
				ld.at[3] = ld.at[2]
			} else {
				ld.at[2], ld.at[3] = add(twos, (room-3*share)/2), add(threes, share)
			}
			s.bound = max(s.bound, ceil(2*twos+3*threes, room), ceil(threes, room/3), ceil(twos+threes, room/2))
		case twos > 0 && threes == 0:
			ld.at[2] = add(twos, room/2)
			s.bound = max(s.bound, ceil(twos, room/2))
		case threes > 0 && twos == 0:
			ld.at[3] = add(threes, room/3)
			s.bound = max(s.bound, ceil(threes, room/3))
		}
	}
	for i := range todo {
		name, weight := of(&todo[i])
		s.vertex[i] = loads[name].at[weight]
	}
	return s
}

func ceil(n, d int) int { return (n + d - 1) / d }

// split replaces each vertex by as many as its edges need with the given number of colours,
// numbered from first, and returns the number after the last.
func (s *side) split(waves int, first int32) int32 {
	base := make([]int32, len(s.degree))
	parts := make([]int32, len(s.degree))
	next := make([]int32, len(s.degree))
	for v, d := range s.degree {
		base[v], parts[v] = first, int32(ceil(d, waves))
		first += parts[v]
	}
	for e, v := range s.vertex {
		if v >= 0 {
			s.vertex[e] = base[v] + next[v]
			next[v] = (next[v] + 1) % parts[v]
		}
	}
	return first
}

// A colouring is a partial edge colouring. Vertex -1 is one of its own for each edge.
type colouring struct {
	ends   [2][]int32
	colour []int32 // of each edge, or -1
	size   []int   // edges of each colour
	cap    int     // edges that a colour should have at most
	free   []words // colours free at each vertex
	open   words   // colours with fewer than cap edges
	at     map[spot]int32
}

// A spot is a colour at a vertex, where there is at most one edge.
type spot struct{ vertex, colour int32 }

func newColouring(edges, colours, size int, a, b *side) *colouring {
	n := b.split(colours, a.split(colours, 0))
	c := &colouring{
		ends: [2][]int32{a.vertex, b.vertex}, colour: make([]int32, edges), size: make([]int, colours),
		cap: size, free: make([]words, n), open: newWords(colours), at: map[spot]int32{},
	}
	for v := range c.free {
		c.free[v] = newWords(colours)
	}
	for e := range c.colour {
		c.colour[e] = -1
	}
	return c
}

// paint gives an edge a colour, and takes the one that it has; -1 is none.
func (c *colouring) paint(e, colour int32) {
	if old := c.colour[e]; old >= 0 {
		if c.size[old]--; c.size[old] < c.cap {
			c.open.set(old)
		}
		for _, end := range c.ends {
			if v := end[e]; v >= 0 && c.at[spot{v, old}] == e {
				delete(c.at, spot{v, old})
				c.free[v].set(old)
			}
		}
	}
	if c.colour[e] = colour; colour < 0 {
		return
	}
	if c.size[colour]++; c.size[colour] >= c.cap {
		c.open.clear(colour)
	}
	for _, end := range c.ends {
		if v := end[e]; v >= 0 {
			c.at[spot{v, colour}] = e
			c.free[v].clear(colour)
		}
	}
}

// add colours an edge, if need be by an exchange along the path from its second end.
func (c *colouring) add(e int32) {
	var at [3]*words
	n := 0
	for _, end := range c.ends {
		if v := end[e]; v >= 0 {
			at[n] = &c.free[v]
			n++
		}
	}
	at[n] = &c.open
	if k := first(at[:n+1]); k >= 0 {
		c.paint(e, k)
		return
	}
	if k := first(at[:n]); k >= 0 { // level will move the edge, or another one
		c.paint(e, k)
		return
	}
	alpha, beta := first(at[:1]), first(at[1:2])
	c.exchange(c.path(c.ends[1][e], alpha, beta), alpha, beta)
	c.paint(e, alpha)
}

// path returns the edges of the path from a vertex that is alternately of two colours, the
// first one first.
func (c *colouring) path(v, alpha, beta int32) (edges []int32) {
	for v >= 0 {
		e, ok := c.at[spot{v, alpha}]
		if !ok {
			break
		}
		edges = append(edges, e)
		v = c.other(e, v)
		alpha, beta = beta, alpha
	}
	return edges
}

func (c *colouring) other(e, v int32) int32 {
	if c.ends[0][e] == v {
		return c.ends[1][e]
	}
	return c.ends[0][e]
}

// exchange swaps two colours on edges that no other edge of them touches.
func (c *colouring) exchange(edges []int32, alpha, beta int32) {
	was := make([]int32, len(edges))
	for i, e := range edges {
		was[i] = c.colour[e]
		c.paint(e, -1)
	}
	for i, e := range edges {
		c.paint(e, alpha+beta-was[i])
	}
}

// level moves edges from colours with too many to colours with room: of two colours, the
// larger has more edges than the smaller on some path that it begins and ends.
func (c *colouring) level() {
	members := make([][]int32, len(c.size))
	for e, k := range c.colour {
		members[k] = append(members[k], int32(e))
	}
	for alpha := range int32(len(c.size)) {
		for c.size[alpha] > c.cap {
			beta := first([]*words{&c.open})
			path := c.surplus(members[alpha], alpha, beta)
			c.exchange(path, alpha, beta)
			both := append(members[alpha], members[beta]...)
			members[alpha], members[beta] = nil, nil
			for _, e := range both {
				members[c.colour[e]] = append(members[c.colour[e]], e)
			}
		}
	}
}

// surplus returns a path that begins and ends with edges of alpha.
func (c *colouring) surplus(edges []int32, alpha, beta int32) []int32 {
	for _, e := range edges {
		for side := range c.ends {
			if v := c.ends[side][e]; v >= 0 && !c.free[v].has(beta) {
				continue
			}
			path := append([]int32{e}, c.path(c.ends[1-side][e], beta, alpha)...)
			if len(path)%2 == 1 {
				return path
			}
		}
	}
	return nil // not reached: alpha has more edges than beta
}

// words is a set of colours. No colour below 64*low is in it.
type words struct {
	bits []uint64
	low  int
}

func newWords(n int) words {
	w := words{bits: make([]uint64, (n+63)/64)}
	for i := range n {
		w.bits[i/64] |= 1 << (i % 64)
	}
	return w
}

func (w *words) set(k int32) {
	w.bits[k/64] |= 1 << (k % 64)
	w.low = min(w.low, int(k/64))
}

func (w *words) clear(k int32) {
	w.bits[k/64] &^= 1 << (k % 64)
	for w.low < len(w.bits) && w.bits[w.low] == 0 {
		w.low++
	}
}

func (w *words) has(k int32) bool { return w.bits[k/64]>>(k%64)&1 == 1 }

// first returns the lowest colour that is in every set, or -1; without a set, it is 0.
func first(sets []*words) int32 {
	if len(sets) == 0 {
		return 0
	}
	low := 0
	for _, s := range sets {
		low = max(low, s.low)
	}
	for i := low; i < len(sets[0].bits); i++ {
		common := ^uint64(0)
		for _, s := range sets {
			common &= s.bits[i]
		}
		if common != 0 {
			return int32(i*64 + bits.TrailingZeros64(common))
		}
	}
	return -1
}
