package migrate

import "math"

// pack assigns a wave to each member and returns the number of waves and a lower bound.
func pack(s *survey, l *Limits) (waveOf []int32, waves, bound int) {
	if len(s.members) == 0 {
		return nil, 0, 0
	}
	p := newPacker(s, l)
	bound = p.bound()
	kinds, ends := p.fill(bound)
	if len(ends) > bound {
		if better, n := p.search(bound, len(ends)); better != nil {
			return better, n, bound
		}
	}
	return p.assign(kinds, ends), len(ends), bound
}

// A packer is a bipartite graph: an edge for each kind of migration, between a subnet and a key.
type packer struct {
	size     int
	vertices []vertex // subnets, and then keys
	firstKey int32
	kinds    []kind
	kindOf   []int32 // of each migration
	load     func(i int32) float64
}

// A vertex is a subnet or a key. The first of each stands for all that cannot be short.
type vertex struct {
	room  int
	used  int        // in this wave
	left  [4]int     // migrations in no wave yet, by what they take of the room
	need  float64    // waves that it needs alone, fractions allowed
	rest  [4]float64 // the least need when this wave is full, if it takes one of that weight
	kinds []int32
}

// A kind is the migrations that take the same of the same subnet and key.
type kind struct {
	ends       [2]int32
	grants     int // 0 if the key cannot be short
	left, used int // as of a vertex
}

func newPacker(s *survey, l *Limits) *packer {
	p := &packer{size: l.WaveSize, kindOf: make([]int32, len(s.members))}
	n := make([]int, len(s.places))
	var order []int32 // of the places by their first member
	for i := range s.members {
		at := s.members[i].place
		if n[at] == 0 {
			order = append(order, at)
		}
		n[at]++
	}
	load := make([]float64, len(s.places))
	subnets := p.side(l.FreeAddresses, order, n, load, func(at int32) (string, int) { return s.places[at].subnet, 1 })
	p.firstKey = int32(len(p.vertices))
	keys := p.side(l.FreeGrants, order, n, load, func(at int32) (string, int) { return s.places[at].key, s.places[at].grants })
	known := map[kind]int32{}
	kinds := make([]int32, len(s.places))
	for _, at := range order {
		name := kind{ends: [2]int32{subnets[at], keys[at]}, grants: s.places[at].grants}
		if name.ends[1] == p.firstKey {
			name.grants = 0
		}
		k, ok := known[name]
		if !ok {
			k = int32(len(p.kinds))
			known[name] = k
			p.kinds = append(p.kinds, name)
			for _, v := range name.ends {
				p.vertices[v].kinds = append(p.vertices[v].kinds, k)
			}
		}
		kinds[at] = k
		p.kinds[k].left += n[at]
		p.vertices[name.ends[0]].left[1] += n[at]
		p.vertices[name.ends[1]].left[name.grants] += n[at]
	}
	for i := range s.members {
		p.kindOf[i] = kinds[s.members[i].place]
	}
	p.load = func(i int32) float64 { return load[s.members[i].place] }
	for i := range p.vertices {
		p.vertices[i].update()
	}
	return p
}

// side adds the subnets or the keys, and returns that of each place.
func (p *packer) side(free map[string]int, order []int32, n []int, load []float64, of func(at int32) (name string, weight int)) []int32 {
	any := int32(len(p.vertices))
	p.vertices = append(p.vertices, vertex{room: math.MaxInt})
	vertexOf := make([]int32, len(n))
	type group struct{ sum, most int }
	groups := map[string]group{}
	for _, at := range order {
		name, weight := of(at)
		g := groups[name]
		groups[name] = group{g.sum + weight*n[at], max(g.most, weight)}
	}
	vertices := map[string]int32{}
	for _, at := range order {
		vertexOf[at] = any
		name, _ := of(at)
		room, ok := free[name]
		if !ok {
			continue
		}
		g := groups[name]
		load[at] = max(load[at], float64(g.sum)/float64(room))
		if room >= min(g.sum, g.most*p.size) {
			continue
		}
		v, ok := vertices[name]
		if !ok {
			v = int32(len(p.vertices))
			vertices[name] = v
			p.vertices = append(p.vertices, vertex{room: room})
		}
		vertexOf[at] = v
	}
	return vertexOf
}

// assign gives the migrations of each kind to the waves in their order.
func (p *packer) assign(kinds []int32, ends []int) []int32 {
	next := make([]int32, len(p.kinds))
	for _, k := range p.kindOf {
		next[k]++
	}
	total := int32(0)
	for k, n := range next {
		next[k] = total
		total += n
	}
	waves := make([]int32, len(kinds)) // of the migrations by kind
	at, start := append([]int32(nil), next...), 0
	for w, end := range ends {
		for _, k := range kinds[start:end] {
			waves[at[k]] = int32(w)
			at[k]++
		}
		start = end
	}
	for i, k := range p.kindOf {
		p.kindOf[i] = waves[next[k]]
		next[k]++
	}
	return p.kindOf
}

func (p *packer) bound() int {
	b := ceil(len(p.kindOf), p.size)
	for i := range p.vertices {
		b = max(b, p.vertices[i].waves())
	}
	return b
}

func ceil(n, d int) int { return (n + d - 1) / d }

// waves returns how many waves a vertex needs alone.
func (v *vertex) waves() int {
	n := int(math.Ceil(v.need))
	for v.left[2] > 0 && v.left[3] > 0 && v.twos(n) < v.left[2] {
		n++
	}
	return n
}

// twos returns how many migrations with 2 grants fit into n waves with those that have 3. Each
// of these takes the place of one or of two; pairs of them take that of three.
func (v *vertex) twos(n int) int {
	threes, each := v.left[3], v.room/3
	twos := n * (v.room / 2)
	if v.room%2 == 1 {
		cheap := min(n, threes)
		twos -= cheap
		threes -= cheap
		each--
	}
	pairs := min(threes/2, n*(each/2))
	return twos - 3*pairs - 2*(threes-2*pairs)
}

// needs returns how many waves, fractions allowed, a vertex needs alone for what is left: the
// most by any of the inequalities that all that fits into a wave satisfies.
func (v *vertex) needs(left [4]int) float64 {
	most := 0.0
	least := func(n, room int) {
		if n > 0 {
			most = max(most, float64(n)/float64(room))
		}
	}
	twos, threes := left[2], left[3]
	least(left[1]+2*twos+3*threes, v.room)
	least(twos+threes, v.room/2)
	each := v.room / 3
	least(threes, each)
	if threes > 0 && (v.room-3*each)%2 == 1 {
		least(2*twos+4*threes, v.room+each-1)
	}
	return most
}

// update computes need and rest. TODO
func (v *vertex) update() {
	v.need = v.needs(v.left)
	v.rest = [4]float64{}
	if v.left[2] == 0 || v.left[3] == 0 {
		return
	}
	v.rest[2], v.rest[3] = math.Inf(1), math.Inf(1)
	for threes := 0; threes <= v.left[3] && 3*threes <= v.room-v.used; threes++ {
		twos := min((v.room-v.used-3*threes)/2, v.left[2])
		need := v.needs([4]int{2: v.left[2] - twos, 3: v.left[3] - threes})
		if twos > 0 {
			v.rest[2] = min(v.rest[2], need)
		}
		if threes > 0 {
			v.rest[3] = min(v.rest[3], need)
		}
	}
}
