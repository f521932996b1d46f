package migrate

import (
	"container/heap"
	"slices"
)

// A filler fills one wave after the other. As a heap it holds the vertices of the packer by
// what they need.
type filler struct {
	*packer
	left  int     // migrations in no wave yet
	after int     // waves that are to follow this one
	open  [2]int  // subnets and keys of which the wave could take more
	wave  []int32 // the kinds of this wave, once for each migration
	order []int32
	rank  []float64 // of each vertex, at least its need
	at    []int32   // place of each vertex in the order, or -1
	came  []int32   // see path
	by    []int32
	queue []int32
}

func (f *filler) Len() int { return len(f.order) }

func (f *filler) Less(i, j int) bool {
	a, b := f.order[i], f.order[j]
	return f.rank[a] > f.rank[b] || f.rank[a] == f.rank[b] && a < b
}

func (f *filler) Swap(i, j int) {
	f.order[i], f.order[j] = f.order[j], f.order[i]
	f.at[f.order[i]], f.at[f.order[j]] = int32(i), int32(j)
}

func (f *filler) Push(v any) {
	f.rank[v.(int32)] = f.vertices[v.(int32)].need
	f.at[v.(int32)] = int32(len(f.order))
	f.order = append(f.order, v.(int32))
}

func (f *filler) Pop() any {
	v := f.order[len(f.order)-1]
	f.order = f.order[:len(f.order)-1]
	f.at[v] = -1
	return v
}

// first returns the vertex that needs the most, or -1.
func (f *filler) first() int32 {
	for len(f.order) > 0 {
		v := f.order[0]
		if f.rank[v] == f.vertices[v].need {
			return v
		}
		f.rank[v] = f.vertices[v].need
		heap.Fix(f, 0)
	}
	return -1
}

// fill returns the kinds of the migrations of one wave after the other, and where the waves
// end. There are at least as many waves as the bound.
func (p *packer) fill(bound int) (kinds []int32, ends []int) {
	f := &filler{packer: p, left: len(p.kindOf), after: bound, rank: make([]float64, len(p.vertices)), at: make([]int32, len(p.vertices))}
	for v := range p.vertices {
		f.Push(int32(v))
		f.count(int32(v), 1)
	}
	heap.Init(f)
	kinds = make([]int32, 0, f.left)
	var closed []int32
	for f.left > 0 {
		f.after--
		for len(f.wave) < p.size && f.open[0] > 0 && f.open[1] > 0 {
			v := f.first()
			if v < 0 {
				break
			}
			if k := f.best(v); k >= 0 {
				f.put(k)
			} else {
				heap.Pop(f)
				closed = append(closed, v)
			}
		}
		for _, v := range closed {
			if len(p.vertices[v].kinds) > 0 {
				heap.Push(f, v)
			}
		}
		closed = closed[:0]
		f.settle()
		kinds = append(kinds, f.wave...)
		ends = append(ends, len(kinds))
		f.close()
	}
	return kinds, ends
}

// best returns the kind that a wave should take next of a vertex, or -1. Of a subnet it is that
// of the key with the greatest need; of a key, that which leaves it with the least need when
// the wave is full, and then that of the subnet with the greatest.
func (f *filler) best(v int32) int32 {
	best, need, rest := int32(-1), 0.0, 0.0
	for _, i := range f.vertices[v].kinds {
		k := &f.kinds[i]
		if k.left == 0 || !f.takes(k.ends[0], 1) || !f.takes(k.ends[1], k.grants) {
			continue
		}
		key := &f.vertices[k.ends[1]]
		n, r := key.need, key.rest[k.grants]
		better := n > need || n == need && r < rest
		if k.ends[1] == v {
			n = f.vertices[k.ends[0]].need
			better = r < rest || r == rest && n > need
		}
		if best < 0 || better {
			best, need, rest = i, n, r
		}
	}
	return best
}

// takes tells whether the wave has room for one more at a vertex.
func (f *filler) takes(v int32, weight int) bool {
	return f.vertices[v].used+weight <= f.vertices[v].room
}

// spares tells whether a vertex can do without one of the wave.
func (f *filler) spares(v int32, weight int) bool {
	left := f.vertices[v].left
	left[weight]++
	return f.vertices[v].needs(left) <= float64(f.after)
}

func (f *filler) put(k int32) {
	f.wave = append(f.wave, k)
	f.move(k, 1)
}

func (f *filler) take(k int32) {
	i := slices.Index(f.wave, k)
	f.wave = slices.Delete(f.wave, i, i+1)
	f.move(k, -1)
}

// move moves a number of migrations into the wave, or out of it.
func (f *filler) move(i int32, n int) {
	k := &f.kinds[i]
	k.left -= n
	k.used += n
	f.left -= n
	for side, v := range k.ends {
		weight := 1
		if side == 1 {
			weight = k.grants
		}
		x := &f.vertices[v]
		f.count(v, -1)
		x.left[weight] -= n
		x.used += n * weight
		x.update()
		f.count(v, 1)
		if x.need > f.rank[v] {
			f.rank[v] = x.need
			heap.Fix(f, int(f.at[v]))
		}
	}
}

// count adds a number to those that are open, if a vertex is.
func (f *filler) count(v int32, n int) {
	for weight, left := range f.vertices[v].left {
		if left > 0 && f.takes(v, weight) {
			f.open[min(v/f.firstKey, 1)] += n
			return
		}
	}
}

// close empties the wave.
func (f *filler) close() {
	for _, i := range f.wave {
		k := &f.kinds[i]
		for _, v := range k.ends {
			x := &f.vertices[v]
			if k.left == 0 && k.used > 0 {
				at, _ := slices.BinarySearch(x.kinds, i)
				x.kinds = slices.Delete(x.kinds, at, at+1)
			}
			if x.used > 0 {
				f.count(v, -1)
				x.used = 0
				x.update()
				f.count(v, 1)
			}
		}
		k.used = 0
	}
	f.wave = f.wave[:0]
}
