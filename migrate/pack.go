package migrate

import "math"

// pack assigns a wave to each migration and returns the number of waves and a lower bound.
func pack(todo []Migration, l *Limits) (waveOf []int32, waves, bound int) {
	if len(todo) == 0 {
		return nil, 0, 0
	}
	p := newPacker(todo, l)
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
	kindOf   []int32   // of each migration
	load     []float64 // of each migration: the waves that its subnet or key needs, if that is more
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

func newPacker(todo []Migration, l *Limits) *packer {
	p := &packer{size: l.WaveSize, kindOf: make([]int32, len(todo)), load: make([]float64, len(todo))}
	subnets := p.side(todo, l.FreeAddresses, func(m *Migration) (string, int) { return m.SubnetID, 1 })
	p.firstKey = int32(len(p.vertices))
	keys := p.side(todo, l.FreeGrants, func(m *Migration) (string, int) { return m.Key, m.Grants })
	known := map[kind]int32{}
	for i := range todo {
		name := kind{ends: [2]int32{subnets[i], keys[i]}, grants: todo[i].Grants}
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
		p.kindOf[i] = k
		p.kinds[k].left++
		p.vertices[name.ends[0]].left[1]++
		p.vertices[name.ends[1]].left[name.grants]++
	}
	for i := range p.vertices {
		p.vertices[i].update()
	}
	return p
}

// side adds the subnets or the keys, and returns that of each migration.
func (p *packer) side(todo []Migration, free map[string]int, of func(*Migration) (name string, weight int)) []int32 {
	first := int32(len(p.vertices))
	p.vertices = append(p.vertices, vertex{room: math.MaxInt})
	vertexOf := make([]int32, len(todo))
	if free == nil {
		for i := range vertexOf {
			vertexOf[i] = first
		}
		return vertexOf
	}
	type load struct {
		room, sum, most int
		vertex          int32
	}
	known := map[string]int32{}
	var loads []load
	for i := range todo {
		name, weight := of(&todo[i])
		k, ok := known[name]
		if !ok {
			k = int32(len(loads))
			known[name] = k
			loads = append(loads, load{room: free[name], vertex: first})
		}
		vertexOf[i] = k
		loads[k].sum += weight
		loads[k].most = max(loads[k].most, weight)
	}
	for k := range loads {
		if l := &loads[k]; l.room < min(l.sum, l.most*p.size) {
			l.vertex = int32(len(p.vertices))
			p.vertices = append(p.vertices, vertex{room: l.room})
		}
	}
	for i, k := range vertexOf {
		vertexOf[i] = loads[k].vertex
		p.load[i] = max(p.load[i], float64(loads[k].sum)/float64(loads[k].room))
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
