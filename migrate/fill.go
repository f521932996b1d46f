package migrate

import (
	"cmp"
	"container/heap"
	"slices"
)

// A filler fills one wave after the other.
type filler struct {
	*packer
	vertexHeap
	left  int     // WorkSpaces in no wave yet
	after int     // waves that are to follow this one
	wave  []int32 // the kinds in this wave, once for each WorkSpace
	open  [2]int  // subnets and keys of which this wave can take more

	from, by, queue []int32 // see path
}

// fill returns the kinds in one wave after the other, once for each WorkSpace, and where the
// waves end. There are at least as many waves as the bound. Of vertices and kinds between which
// nothing decides, the first is taken.
func (p *packer) fill(bound int) (kinds []int32, ends []int) {
	f := newFiller(p, bound)
	kinds = make([]int32, 0, f.left)
	var done []int32
	for f.left > 0 {
		f.after--
		for len(f.wave) < p.size && len(f.heap) > 0 && f.open[0] > 0 && f.open[1] > 0 {
			v := f.first()
			for len(f.wave) < p.size && !f.closed(v) {
				k := f.best(v)
				if k < 0 {
					break
				}
				f.put(k)
			}
			heap.Pop(&f.vertexHeap)
			done = append(done, v)
		}
		for _, v := range done {
			if len(p.vertices[v].edges) > 0 {
				heap.Push(&f.vertexHeap, v)
			}
		}
		done = done[:0]
		f.settle()
		kinds = append(kinds, f.wave...)
		ends = append(ends, len(kinds))
		f.clear()
	}
	return kinds, ends
}

// newFiller begins the first of so many waves.
func newFiller(p *packer, waves int) *filler {
	f := &filler{packer: p, left: len(p.kindOf), after: waves}
	f.vertexHeap = vertexHeap{need: p.need, rank: slices.Clone(p.need), at: make([]int32, len(p.vertices))}
	for v := range p.vertices {
		f.Push(int32(v))
		f.count(int32(v), 1)
	}
	heap.Init(&f.vertexHeap)
	return f
}

// best returns the kind that the wave should take next of a vertex, or -1. Of a subnet it is
// that of the key with the greatest need, and then that which leaves the key with the least need when the wave is full. Of a
// key it is that which leaves it with the least need when the wave is full, and then that of the subnet with the
// greatest. It looks at 10 times as many kinds as go into a wave: at most 3 times as many can be closed to the wave.
func (f *filler) best(v int32) int32 {
	x := &f.vertices[v]
	best := int32(-1)
	var need, rest float64 // of the best
	for _, e := range x.edges[:min(len(x.edges), 10*f.size)] {
		n := f.packer.need[e.other]
		if v < f.firstKey && n < need {
			continue
		}
		k := &f.kinds[e.kind]
		if k.left == 0 {
			continue
		}
		r := f.vertices[k.ends[1]].rest[k.grants]
		better := n > need || n == need && r < rest
		if v >= f.firstKey {
			better = r < rest || r == rest && n > need
		}
		if (best < 0 || better) && f.takes(k.ends[0], 1) && f.takes(k.ends[1], k.grants) {
			best, need, rest = e.kind, n, r
		}
	}
	return best
}

// takes tells whether the wave has room for one more at a vertex.
func (f *filler) takes(v int32, weight int) bool {
	return f.vertices[v].used+weight <= f.vertices[v].room
}

// closed tells whether the wave can take no more of a vertex.
func (f *filler) closed(v int32) bool {
	for weight, left := range f.vertices[v].left {
		if left > 0 && f.takes(v, weight) {
			return false
		}
	}
	return true
}

// count adds a number to the open vertices if a vertex is one.
func (f *filler) count(v int32, n int) {
	if !f.closed(v) {
		f.open[min(v/f.firstKey, 1)] += n
	}
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

// move moves n WorkSpaces of a kind into the wave.
func (f *filler) move(i int32, n int) {
	k := &f.kinds[i]
	k.left -= n
	k.used += n
	f.left -= n
	for side, v := range k.ends {
		weight := [2]int{1, k.grants}[side]
		f.count(v, -1)
		f.vertices[v].left[weight] -= n
		f.vertices[v].used += n * weight
		f.update(v)
		f.count(v, 1)
		if n < 0 {
			f.raise(v)
		}
	}
}

// clear begins a new wave, and forgets kinds of which none is left.
func (f *filler) clear() {
	for _, i := range f.wave {
		k := &f.kinds[i]
		for _, v := range k.ends {
			x := &f.vertices[v]
			if k.left == 0 && k.used > 0 {
				at, _ := slices.BinarySearchFunc(x.edges, i, func(e edge, kind int32) int { return cmp.Compare(e.kind, kind) })
				x.edges = slices.Delete(x.edges, at, at+1)
			}
			if x.used > 0 {
				f.count(v, -1)
				x.used = 0
				f.update(v)
				f.count(v, 1)
			}
		}
		k.used = 0
	}
	f.wave = f.wave[:0]
}

// A vertexHeap holds vertices by their need, and those with the same in their order. Needs may
// fall at any time: a rank is at least the need.
type vertexHeap struct {
	need, rank []float64 // of each vertex
	heap       []int32
	at         []int32 // the place in the heap of each vertex that is there
}

func (h *vertexHeap) Len() int { return len(h.heap) }

func (h *vertexHeap) Less(i, j int) bool {
	a, b := h.heap[i], h.heap[j]
	return h.rank[a] > h.rank[b] || h.rank[a] == h.rank[b] && a < b
}

func (h *vertexHeap) Swap(i, j int) {
	h.heap[i], h.heap[j] = h.heap[j], h.heap[i]
	h.at[h.heap[i]], h.at[h.heap[j]] = int32(i), int32(j)
}

func (h *vertexHeap) Push(x any) {
	v := x.(int32)
	h.rank[v], h.at[v] = h.need[v], int32(len(h.heap))
	h.heap = append(h.heap, v)
}

func (h *vertexHeap) Pop() any {
	v := h.heap[len(h.heap)-1]
	h.heap = h.heap[:len(h.heap)-1]
	return v
}

// first returns the vertex with the greatest need.
func (h *vertexHeap) first() int32 {
	for h.rank[h.heap[0]] != h.need[h.heap[0]] {
		h.rank[h.heap[0]] = h.need[h.heap[0]]
		heap.Fix(h, 0)
	}
	return h.heap[0]
}

// raise moves a vertex to its place after its need has risen.
func (h *vertexHeap) raise(v int32) {
	if h.rank[v] < h.need[v] {
		h.rank[v] = h.need[v]
		heap.Fix(h, int(h.at[v]))
	}
}
