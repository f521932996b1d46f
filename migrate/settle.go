package migrate

// The nodes of the flow: the source, the sink, and for each vertex one for each weight.
const (
	source = 0 // a subnet has none of weight 0
	sink   = 2 // nor of weight 2
)

func node(v int32, weight int) int32 { return 4*v + int32(weight) }

// settle exchanges migrations of the wave until the waves after it can take the rest. If it
// finds no way, there will be one wave more.
func (f *filler) settle() {
	for f.left > f.after*f.size {
		if len(f.wave) == f.size || !f.path(source, sink) {
			f.after++
		}
	}
	for {
		v := f.first()
		x := &f.vertices[v]
		switch {
		case x.need <= float64(f.after):
			return
		case v < f.firstKey:
			if f.takes(v, 1) && f.path(node(v, 1), source) {
				continue
			}
		case x.left[3] > 0 && f.takes(v, 3) && f.path(sink, node(v, 3)):
			continue
		case x.left[2] > 0 && f.takes(v, 2) && f.path(sink, node(v, 2)):
			continue
		}
		f.after++
	}
}

// path finds a shortest path from one node to another along which one migration each can be
// put into the wave and taken from it by turns, and does so.
func (f *filler) path(from, to int32) bool {
	if f.came == nil {
		f.came = make([]int32, 4*len(f.vertices))
		f.by = make([]int32, 4*len(f.vertices))
	}
	clear(f.came)
	f.queue = append(f.queue[:0], from)
	f.came[from] = from + 1
	for i := 0; i < len(f.queue) && f.came[to] == 0; i++ {
		f.visit(f.queue[i])
	}
	if f.came[to] == 0 {
		return false
	}
	for n := to; n != from; n = f.came[n] - 1 {
		if k := f.by[n]; k >= 0 && f.kinds[k].ends[0] == n/4 && n != source && n != sink {
			f.take(k)
		} else if k >= 0 {
			f.put(k)
		}
	}
	return true
}

// visit goes on to the nodes that can be reached from one.
func (f *filler) visit(n int32) {
	reach := func(next, kind int32) {
		if f.came[next] == 0 {
			f.came[next], f.by[next] = n+1, kind
			f.queue = append(f.queue, next)
		}
	}
	v, weight := n/4, int(n%4)
	switch {
	case n == source:
		if f.left < f.after*f.size {
			reach(sink, -1)
		}
		for s := range f.firstKey {
			if f.takes(s, 1) {
				reach(node(s, 1), -1)
			}
		}
	case n == sink:
		if len(f.wave) < f.size {
			reach(source, -1)
		}
		for _, k := range f.wave {
			if end, grants := f.kinds[k].ends[1], f.kinds[k].grants; f.spares(end, grants) {
				reach(node(end, grants), -1)
			}
		}
	case v < f.firstKey:
		if f.spares(v, 1) {
			reach(source, -1)
		}
		for _, k := range f.vertices[v].kinds {
			if f.kinds[k].left > 0 {
				reach(node(f.kinds[k].ends[1], f.kinds[k].grants), k)
			}
		}
	default:
		if f.takes(v, weight) {
			reach(sink, -1)
		}
		for _, k := range f.wave {
			if f.kinds[k].ends[1] == v && f.kinds[k].grants == weight {
				reach(node(f.kinds[k].ends[0], 1), k)
			}
		}
	}
}
