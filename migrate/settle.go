package migrate

// The WorkSpaces of a wave are a flow from the subnets to the keys, of one unit each. The waves
// after it can take the rest if at each vertex the flow is at least what is left over their
// room; and at most the room goes through it. If the WorkSpaces on each key take the same
// number of grants, the waves that are left, each with the same share of all, are a flow that
// does this, in fractions; so there is one in units (Hoffman 1960), and paths find it.

// The nodes of the flow are the source, the sink, and for each vertex one for each weight.
const (
	source = 0 // subnets have none of weight 0
	sink   = 2 // nor of weight 2
)

func node(v int32, weight int) int32 { return 4*v + int32(weight) }

// settle exchanges WorkSpaces of the wave for others until the waves after it can take the
// rest. If it finds no way, there is to be one wave more.
func (f *filler) settle() {
	for f.left > f.after*f.size {
		if !f.path(source, sink) {
			f.after++
		}
	}
	for {
		v := f.first()
		left := f.vertices[v].left
		switch {
		case f.packer.need[v] <= float64(f.after):
			return
		case v < f.firstKey:
			if f.takes(v, 1) && f.path(node(v, 1), source) {
				continue
			}
		case left[3] > 0 && f.takes(v, 3) && f.path(sink, node(v, 3)):
			continue
		case left[2] > 0 && f.takes(v, 2) && f.path(sink, node(v, 2)):
			continue
		}
		f.after++
	}
}

// path finds a shortest path from one node to another, along which WorkSpaces can be put into
// the wave and taken out of it by turns, and does so.
func (f *filler) path(from, to int32) bool {
	if f.from == nil {
		f.from, f.by = make([]int32, 4*len(f.vertices)), make([]int32, 4*len(f.vertices))
	}
	for i := range f.from {
		f.from[i] = -1
	}
	f.queue = f.queue[:0]
	f.reach(from, from, -1)
	for i := 0; i < len(f.queue) && f.from[to] < 0; i++ {
		f.visit(f.queue[i])
	}
	if f.from[to] < 0 {
		return false
	}
	for n := to; n != from; n = f.from[n] {
		switch k := f.by[n]; {
		case k < 0:
		case f.kinds[k].ends[0] == n/4:
			f.take(k)
		default:
			f.put(k)
		}
	}
	return true
}

// reach notes that a node is reached from another, by a kind or by none, which is -1.
func (f *filler) reach(n, from, kind int32) {
	if f.from[n] < 0 {
		f.from[n], f.by[n] = from, kind
		f.queue = append(f.queue, n)
	}
}

// visit reaches the nodes that are next to one.
func (f *filler) visit(n int32) {
	v, weight := n/4, int(n%4)
	switch {
	case n == source:
		for s := range f.firstKey {
			if f.takes(s, 1) {
				f.reach(node(s, 1), n, -1)
			}
		}
	case n == sink:
		if len(f.wave) < f.size {
			f.reach(source, n, -1)
		}
		for _, i := range f.wave {
			if k := &f.kinds[i]; f.spares(k.ends[1], k.grants) {
				f.reach(node(k.ends[1], k.grants), n, -1)
			}
		}
	case v < f.firstKey:
		if f.spares(v, 1) {
			f.reach(source, n, -1)
		}
		for _, e := range f.vertices[v].edges {
			if k := &f.kinds[e.kind]; k.left > 0 {
				f.reach(node(e.other, k.grants), n, e.kind)
			}
		}
	default:
		if f.takes(v, weight) {
			f.reach(sink, n, -1)
		}
		for _, i := range f.wave {
			if k := &f.kinds[i]; k.ends[1] == v && k.grants == weight {
				f.reach(node(k.ends[0], 1), n, i)
			}
		}
	}
}

// spares tells whether the waves after this one can take one more of a vertex.
func (f *filler) spares(v int32, weight int) bool {
	left := f.vertices[v].left
	left[weight]++
	return f.vertices[v].needs(left) <= float64(f.after)
}
