package migrate

import "math"

// pack assigns a wave to each WorkSpace that is to be migrated, and returns the number of waves
// and a lower bound. A wave takes addresses of subnets and grants of keys: this is bin packing
// in three dimensions, of which each WorkSpace touches one subnet and one key.
//
// Waves are filled one after the other, from the subnet or key that has the most to do (fill),
// and put right by exchanges where the waves that follow could not take the rest (settle). If
// the WorkSpaces on each key take the same number of grants, that gives as few waves as the
// bound. If some take 2 and others 3, it nearly always does, and where it does not, a search
// looks for fewer.
func pack(s *survey, todo []int32, l *Limits) (waveOf []int32, waves, bound int) {
	p := newPacker(s, todo, l)
	bound = p.bound()
	kinds, ends := p.fill(bound)
	waveOf, waves = p.assign(kinds, ends), len(ends)
	for _, threesFirst := range []bool{true, false} {
		if found, n := p.search(bound, waves, threesFirst); found != nil {
			waveOf, waves = found, n
		}
	}
	return waveOf, waves, bound
}

// A packer is a bipartite graph with an edge for each kind of WorkSpaces, from a subnet to a
// key. Vertices and kinds are in the order of the first WorkSpace that has them, by ID.
type packer struct {
	size     int
	vertices []vertex // subnets, and then keys
	firstKey int32
	need     []float64 // the waves that each vertex alone needs for what is left, not rounded
	kinds    []kind
	kindOf   []int32               // of each WorkSpace
	load     func(w int32) float64 // the waves that the subnet or key of a WorkSpace needs
}

// A vertex is a subnet or a key. The first of each stands for all that cannot be short.
type vertex struct {
	room int    // addresses or grants
	used int    // of the room, in the wave that is being filled
	left [4]int // WorkSpaces in no wave yet, by what they take of the room
	// rest is, by what a further WorkSpace takes of the room, the least need that the vertex
	// can have when the wave is full. It is zero unless some take 2 and others 3.
	rest  [4]float64
	edges []edge // to kinds that are left, in their order
}

type edge struct{ kind, other int32 }

// A kind is the WorkSpaces that take the same of the same subnet and key.
type kind struct {
	ends   [2]int32
	grants int // 0 if the key cannot be short
	left   int // WorkSpaces in no wave yet
	used   int // in the wave that is being filled
}

func newPacker(s *survey, todo []int32, l *Limits) *packer {
	p := &packer{size: l.WaveSize, kindOf: make([]int32, len(todo))}
	count := make([]int, len(s.places))
	var order []int32 // of the places
	for _, n := range todo {
		at := s.members[n].place
		if count[at] == 0 {
			order = append(order, at)
		}
		count[at]++
	}
	load := make([]float64, len(s.places))
	p.load = func(w int32) float64 { return load[s.members[todo[w]].place] }
	subnets := p.side(l.FreeAddresses, s.subnets.list, order, count, load, func(at int32) (int32, int) { return s.places[at].subnet, 1 })
	p.firstKey = int32(len(p.vertices))
	keys := p.side(l.FreeGrants, s.keys.list, order, count, load, func(at int32) (int32, int) { return s.places[at].key, s.places[at].grants })
	known := map[kind]int32{}
	kinds := make([]int32, len(s.places))
	for _, at := range order {
		is := kind{ends: [2]int32{subnets[at], keys[at]}, grants: s.places[at].grants}
		if keys[at] == p.firstKey {
			is.grants = 0
		}
		k, ok := known[is]
		if !ok {
			k = int32(len(p.kinds))
			known[is] = k
			p.kinds = append(p.kinds, is)
			for side, v := range is.ends {
				p.vertices[v].edges = append(p.vertices[v].edges, edge{k, is.ends[1-side]})
			}
		}
		kinds[at] = k
		p.kinds[k].left += count[at]
		p.vertices[subnets[at]].left[1] += count[at]
		p.vertices[keys[at]].left[is.grants] += count[at]
	}
	for i, n := range todo {
		p.kindOf[i] = kinds[s.members[n].place]
	}
	p.need = make([]float64, len(p.vertices))
	for v := range p.vertices {
		p.update(int32(v))
	}
	return p
}

// side adds the subnets or the keys, returns that of each place, and raises its load.
func (p *packer) side(free map[string]int, names []string, order []int32, count []int, load []float64, of func(at int32) (name int32, weight int)) []int32 {
	ample := int32(len(p.vertices))
	p.vertices = append(p.vertices, vertex{room: math.MaxInt})
	type demand struct {
		sum, most int
		vertex    int32
	}
	demands := make([]demand, len(names))
	for _, at := range order {
		name, weight := of(at)
		d := &demands[name]
		*d = demand{d.sum + weight*count[at], max(d.most, weight), ample}
	}
	vertexOf := make([]int32, len(count))
	for _, at := range order {
		name, _ := of(at)
		d := &demands[name]
		if room, ok := free[names[name]]; ok && d.sum > 0 {
			load[at] = max(load[at], float64(d.sum)/float64(room))
			if d.vertex == ample && room < min(d.sum, d.most*p.size) {
				d.vertex = int32(len(p.vertices))
				p.vertices = append(p.vertices, vertex{room: room})
			}
		}
		vertexOf[at] = d.vertex
	}
	return vertexOf
}

// assign gives the WorkSpaces of each kind, by ID, to the waves, which are given as the kinds
// in one after the other and where they end.
func (p *packer) assign(kinds []int32, ends []int) []int32 {
	next := make([]int32, len(p.kinds)) // place of the next of the kind among all sorted by kind
	for _, k := range p.kindOf {
		next[k]++
	}
	first := int32(0)
	for k, n := range next {
		next[k] = first
		first += n
	}
	at := append([]int32(nil), next...)
	waves := make([]int32, len(kinds))
	start := 0
	for w, end := range ends {
		for _, k := range kinds[start:end] {
			waves[at[k]] = int32(w)
			at[k]++
		}
		start = end
	}
	waveOf := make([]int32, len(kinds))
	for i, k := range p.kindOf {
		waveOf[i] = waves[next[k]]
		next[k]++
	}
	return waveOf
}

// bound is the most waves that the size, a subnet or a key needs alone. The pairs of twos and threes that fit
// into one wave are the lattice points of a polygon with lattice corners. So the need, rounded up, is enough waves.
func (p *packer) bound() int {
	b := ceil(len(p.kindOf), p.size)
	for _, need := range p.need {
		b = max(b, int(math.Ceil(need)))
	}
	return b
}

func ceil(n, d int) int { return (n + d - 1) / d }

// update computes what a vertex needs.
func (p *packer) update(at int32) {
	v := &p.vertices[at]
	p.need[at] = v.needs(v.left)
	if v.left[2] == 0 || v.left[3] == 0 {
		v.rest = [4]float64{}
		return
	}
	v.rest = [4]float64{2: math.Inf(1), 3: math.Inf(1)}
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

// needs returns the waves that a vertex alone needs for what is left, not rounded: the most by
// any of the inequalities that bound the pairs of twos and threes for which a wave has room.
func (v *vertex) needs(left [4]int) (most float64) {
	atLeast := func(n, room int) {
		if n > 0 {
			most = max(most, float64(n)/float64(room))
		}
	}
	twos, threes, fit := left[2], left[3], v.room/3
	atLeast(left[1]+2*twos+3*threes, v.room)
	atLeast(twos+threes, v.room/2)
	atLeast(threes, fit)
	if threes > 0 && v.room%2 != fit%2 { // as many threes as fit leave one grant over
		atLeast(2*twos+4*threes, v.room+fit-1)
	}
	return most
}
