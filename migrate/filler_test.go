package migrate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// drawPacker packs WorkSpaces that may be short of addresses and of grants.
func drawPacker(t *rapid.T) *packer {
	l := Limits{WaveSize: rapid.IntRange(1, 6).Draw(t, "size"), FreeAddresses: map[string]int{}, FreeGrants: map[string]int{"": 0}, Undocumented: rule.Allowed}
	subnets, keys := rapid.IntRange(0, 4).Draw(t, "subnets"), rapid.IntRange(0, 4).Draw(t, "keys")
	var fleet []Workspace
	for i := range rapid.IntRange(1, 30).Draw(t, "n") {
		w := Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: Desktop{BundleID: "wsb-00000old"}, SubnetID: fmt.Sprint("subnet", rapid.IntRange(0, subnets).Draw(t, "subnet"))}
		if k := rapid.IntRange(0, keys).Draw(t, "key"); k > 0 {
			w.Key, w.Grants = fmt.Sprint("key", k), rapid.IntRange(2, 3).Draw(t, "grants")
		}
		fleet = append(fleet, w)
	}
	for i := range subnets + 1 {
		l.FreeAddresses[fmt.Sprint("subnet", i)] = rapid.SampledFrom([]int{1, 2, 3, 100}).Draw(t, "addresses")
	}
	for i := range keys {
		l.FreeGrants[fmt.Sprint("key", i+1)] = rapid.SampledFrom([]int{3, 4, 5, 7, 8, 9, 100}).Draw(t, "room")
	}
	return packerOf(t, fleet, &l)
}

// packerOf packs all of a fleet.
func packerOf(t *rapid.T, fleet []Workspace, l *Limits) *packer {
	s, err := Newest().survey(fleet, map[string]Target{"wsb-00000old": {Desktop: Desktop{BundleID: "wsb-00000new"}}}, l)
	if err != nil {
		t.Fatal(err)
	}
	todo := make([]int32, len(fleet))
	for i := range todo {
		todo[i] = int32(i)
	}
	return newPacker(s, todo, l)
}

// takesAt tells whether a vertex of a wave has room for a weight, by what the kinds in the wave take.
func takesAt(f *filler, v int32, weight int) bool {
	for _, i := range f.wave {
		if k := &f.kinds[i]; k.ends[0] == v {
			weight++
		} else if k.ends[1] == v {
			weight += k.grants
		}
	}
	return weight <= f.vertices[v].room
}

// bestByWords is what the comment on best says, with every kind looked at.
func bestByWords(f *filler, v int32) int32 {
	best := int32(-1)
	before := func(a, b int32) bool { // whether the wave should rather take a than b
		of := func(i int32) (need, rest float64) {
			k := &f.kinds[i]
			return f.packer.need[k.ends[0]+k.ends[1]-v], f.vertices[k.ends[1]].rest[k.grants]
		}
		needA, restA := of(a)
		needB, restB := of(b)
		if v < f.firstKey {
			return needA > needB || needA == needB && restA < restB
		}
		return restA < restB || restA == restB && needA > needB
	}
	for i := range f.kinds {
		k := &f.kinds[i]
		if (k.ends[0] == v || k.ends[1] == v) && k.left > 0 && takesAt(f, k.ends[0], 1) && takesAt(f, k.ends[1], k.grants) && (best < 0 || before(int32(i), best)) {
			best = int32(i)
		}
	}
	return best
}

// agrees holds what a filler notes against what follows from its kinds and its wave.
func agrees(t *rapid.T, f *filler, total int, cleared bool) {
	placed := 0
	var open [2]int
	for v := range f.vertices {
		x, left, used, closed := &f.vertices[v], [4]int{}, 0, true
		var edges []edge
		for i := range f.kinds {
			k := &f.kinds[i]
			for side, end := range k.ends {
				if end != int32(v) {
					continue
				}
				weight := []int{1, k.grants}[side]
				left[weight] += k.left
				used += weight * k.used
				closed = closed && (k.left == 0 || !takesAt(f, end, weight))
				if k.left > 0 || !cleared && k.used > 0 {
					edges = append(edges, edge{int32(i), k.ends[1-side]})
				}
			}
		}
		if !closed {
			open[min(int32(v)/f.firstKey, 1)]++
		}
		fresh := &packer{vertices: []vertex{*x}, need: []float64{0}}
		fresh.vertices[0].left, fresh.vertices[0].used, fresh.vertices[0].rest = left, used, [4]float64{}
		fresh.update(0)
		if x.left != left || x.used != used || x.rest != fresh.vertices[0].rest || f.packer.need[v] != fresh.need[0] {
			t.Fatalf("vertex %d: %+v, need %g; want left %v, used %d, rest %v, need %g", v, x, f.packer.need[v], left, used, fresh.vertices[0].rest, fresh.need[0])
		}
		if f.closed(int32(v)) != closed {
			t.Fatalf("vertex %d is closed: %t", v, !closed)
		}
		if cleared && !slices.Equal(x.edges, edges) {
			t.Fatalf("vertex %d has the edges %v, want %v", v, x.edges, edges)
		}
		for weight := 1; weight <= 3; weight++ {
			more := left
			if more[weight]++; f.spares(int32(v), weight) != (x.needs(more) <= float64(f.after)) {
				t.Fatalf("vertex %d spares %d: %t", v, weight, f.spares(int32(v), weight))
			}
		}
	}
	if f.open != open {
		t.Fatalf("%v are open, want %v", f.open, open)
	}
	for i := range f.kinds {
		k, in := &f.kinds[i], 0
		for _, w := range f.wave {
			if w == int32(i) {
				in++
			}
		}
		if k.used != in {
			t.Fatalf("%d of kind %d are in the wave, and %d are noted", in, i, k.used)
		}
		placed += k.left
	}
	if f.left != placed || f.left > total {
		t.Fatalf("%d are left, want %d", f.left, placed)
	}
	for i, v := range f.heap {
		if f.at[v] != int32(i) {
			t.Fatalf("vertex %d is at %d of the heap, and %d is noted", v, i, f.at[v])
		}
	}
	first := f.first()
	for _, v := range f.heap {
		if n, most := f.packer.need[v], f.packer.need[first]; n > most || n == most && v < first {
			t.Fatalf("vertex %d with the need %g is first, before %d with %g", first, most, v, n)
		}
	}
}

// leads tells whether a path leads from one node to another, by what the comments on settle and path say: along it WorkSpaces are put into the
// wave and taken out of it by turns, where a subnet or key has room for what comes, and the waves that follow take what goes.
func leads(f *filler, from, to int32) bool {
	spares := func(v int32, weight int) bool {
		left := f.vertices[v].left
		left[weight]++
		return f.vertices[v].needs(left) <= float64(f.after)
	}
	next := func(n int32) (list []int32) {
		v, weight := n/4, int(n%4)
		if n == sink && len(f.wave) < f.size {
			list = append(list, source)
		}
		for i := range f.kinds {
			k := &f.kinds[i]
			subnet, key := node(k.ends[0], 1), node(k.ends[1], k.grants)
			switch {
			case n == source && takesAt(f, k.ends[0], 1):
				list = append(list, subnet)
			case n == sink && k.used > 0 && spares(k.ends[1], k.grants):
				list = append(list, key)
			case n == source || n == sink:
			case n == subnet && k.left > 0:
				list = append(list, key)
			case n == key && k.used > 0:
				list = append(list, subnet)
			}
		}
		switch {
		case n == source || n == sink:
		case v < f.firstKey && spares(v, 1):
			list = append(list, source)
		case v >= f.firstKey && takesAt(f, v, weight):
			list = append(list, sink)
		}
		return list
	}
	seen, queue := map[int32]bool{from: true}, []int32{from}
	for len(queue) > 0 && !seen[to] {
		n := queue[0]
		queue = queue[1:]
		for _, m := range next(n) {
			if !seen[m] {
				seen[m] = true
				queue = append(queue, m)
			}
		}
	}
	return seen[to]
}

// follow looks for a path as settle does. It is found if there is one, puts one more of where it begins into the wave, and breaks nothing
// that held: rooms, the size of a wave, and that the waves that follow can take the rest.
func follow(t *rapid.T, f *filler) {
	f.after = max(0, f.left/f.size+rapid.IntRange(-2, 1).Draw(t, "after"))
	v := int32(rapid.IntRange(0, len(f.vertices)-1).Draw(t, "of vertex"))
	weight := rapid.IntRange(2, 3).Draw(t, "weight")
	from, to := int32(source), int32(sink)
	switch all := rapid.Bool().Draw(t, "of all"); {
	case all:
		if f.left <= f.after*f.size {
			return
		}
	case f.packer.need[v] <= float64(f.after):
		return
	case v < f.firstKey:
		if from, to = node(v, 1), source; !f.takes(v, 1) {
			return
		}
	default:
		if from, to = sink, node(v, weight); f.vertices[v].left[weight] == 0 || !f.takes(v, weight) {
			return
		}
	}
	n, left, enough := len(f.wave), f.vertices[v].left, make([]bool, len(f.vertices))
	for v, need := range f.packer.need {
		enough[v] = need <= float64(f.after)
	}
	want := leads(f, from, to)
	if got := f.path(from, to); got != want {
		t.Fatalf("a path from %d to %d: %t, want %t", from, to, got, want)
	}
	if !want {
		return
	}
	if from == source && len(f.wave) != n+1 {
		t.Fatalf("%d are in the wave after %d", len(f.wave), n)
	}
	sum := func(left [4]int) int { return left[1] + left[2] + left[3] }
	if now := f.vertices[v].left; from != source && sum(now) != sum(left)-1 {
		t.Fatalf("vertex %d has %v left after %v", v, now, left)
	}
	if n <= f.size && from != source && len(f.wave) > f.size {
		t.Fatalf("%d are in a wave of %d", len(f.wave), f.size)
	}
	for v, need := range f.packer.need {
		if f.vertices[v].used > f.vertices[v].room || enough[v] && need > float64(f.after) {
			t.Fatalf("vertex %d: %+v needs %g, more than %d", v, f.vertices[v], need, f.after)
		}
	}
}

// A filler notes what follows from what has been put into its wave and taken out of it, and chooses by the words of its comments.
func TestFillerByItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPacker(t)
		total := len(p.kindOf)
		f := newFiller(p, rapid.IntRange(0, 5).Draw(t, "waves"))
		agrees(t, f, total, true)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			cleared := false
			switch what := rapid.IntRange(0, 9).Draw(t, "what"); {
			case what == 0 && len(f.wave) > 0:
				f.clear()
				if cleared = true; len(f.wave) != 0 {
					t.Fatalf("%v is in a new wave", f.wave)
				}
			case what < 5:
				follow(t, f)
			case what < 6 && len(f.wave) > 0:
				n := len(f.wave)
				if f.take(rapid.SampledFrom(f.wave).Draw(t, "out")); len(f.wave) != n-1 {
					t.Fatalf("%d are in the wave after %d", len(f.wave), n)
				}
			default:
				v := int32(rapid.IntRange(0, len(f.vertices)-1).Draw(t, "vertex"))
				k := f.best(v)
				if want := bestByWords(f, v); k != want {
					t.Fatalf("vertex %d: kind %d, want %d", v, k, want)
				}
				if k >= 0 && len(f.wave) < f.size {
					f.put(k)
				}
			}
			agrees(t, f, total, cleared)
		}
	})
}

// Of a vertex with many kinds no more are looked at than 10 times the size of a wave.
func TestBestLooksAtSomeKinds(t *testing.T) {
	p := &packer{size: 2, firstKey: 1, vertices: []vertex{{room: 9}}}
	for i := range 25 {
		k := int32(i)
		p.kinds = append(p.kinds, kind{ends: [2]int32{0, 1 + k}, grants: 2, left: 1})
		p.vertices[0].edges = append(p.vertices[0].edges, edge{k, 1 + k})
		p.vertices = append(p.vertices, vertex{room: 9})
		p.need = append(p.need, float64(i))
	}
	f := &filler{packer: p}
	f.packer.need = append(f.packer.need, 25)
	if k := f.best(0); k != 19 {
		t.Errorf("kind %d, want the last of 20", k)
	}
}

// What takes grants of keys that are not short is of one kind with what takes none of it: waves are filled by ID.
func TestAmpleKeysMakeNoKinds(t *testing.T) {
	var fleet []Workspace
	for i := range 6 {
		fleet = append(fleet, Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: Desktop{BundleID: "wsb-00000old"}, SubnetID: "subnet-1", Key: "key", Grants: 2 + i%2})
	}
	targets := map[string]Target{"wsb-00000old": {Desktop: Desktop{BundleID: "wsb-00000new"}}}
	for _, l := range []Limits{{WaveSize: 2, Undocumented: rule.Allowed}, {WaveSize: 2, Undocumented: rule.Allowed, FreeGrants: map[string]int{"key": 100}}} {
		p, err := Newest().NewPlan(fleet, targets, l)
		if err != nil || len(p.Waves) != 3 {
			t.Fatalf("%+v, %v", p, err)
		}
		for i, wave := range p.Waves {
			if len(wave) != 2 || wave[0].WorkspaceID != fleet[2*i].ID || wave[1].WorkspaceID != fleet[2*i+1].ID {
				t.Errorf("wave %d: %+v", i, wave)
			}
		}
	}
}

// The systems without nested virtualization that the guide names, and Linux that has no name here, which may be older Ubuntu.
func TestNotNested(t *testing.T) {
	want := otherLinux
	for _, row := range facts.Nested.Rows {
		for _, system := range row.NotSystems {
			for bit, name := range systemNames {
				if string(name) == system {
					want |= bit
				}
			}
		}
	}
	if notNested != want || notNested&(w7|w10|s2016|al2) != w7|w10|s2016|al2 || notNested&(label|s2019|s2022|s2025|w11|u2204|u2404|rhel8|rhel9|rocky8|rocky9) != 0 {
		t.Errorf("%b, want %b", notNested, want)
	}
}

// IDs of any bytes are sorted, the last byte of those that are compared at first included.
func TestSurveySortsAnyBytes(t *testing.T) {
	var fleet []Workspace
	for _, id := range []string{"ws-\xff\xff\xff\xff\xff\xff\xff\xffz", "ws-aaaaaaaab", "ws-aaaaaaaaa", "ws-\x00", "ws-", "ws-aaaaaaab", "ws-aaaaaaaa", "ws-baaaaaaa", "ws-\xff\xff\xff\xff\xff\xff\xff\xffa", "ws-aaaaaaa\xff", "ws-aaaaaaa\xfe", "ws-abaaaaaa", "ws-aaaaaaac", "ws-aaaaaaaab\xff"} {
		fleet = append(fleet, Workspace{ID: id})
	}
	s, err := Newest().survey(fleet, nil, &Limits{WaveSize: 25})
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, r := range s.order {
		got = append(got, fleet[r.n].ID)
	}
	for _, w := range fleet {
		want = append(want, w.ID)
	}
	slices.Sort(want)
	// A prefix is filled up with zeros, so that "ws-" and "ws-\x00" are compared as a whole.
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if r := rankOf("ws-abcdefgh", 3); r.prefix != 0x6162636465666768 || r.n != 3 {
		t.Errorf("%+v", r)
	}
	if r := rankOf(strings.Repeat("x", 3), 0); r.prefix != 0x7878780000000000 {
		t.Errorf("%+v", r)
	}
}

// A search looks first at what has the greatest load, then, if asked, at what takes three grants, and then goes by ID.
func TestOrderOfASearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPacker(t)
		for _, threesFirst := range []bool{false, true} {
			order := p.order(threesFirst)
			if len(order) != len(p.kindOf) {
				t.Fatalf("%d of %d", len(order), len(p.kindOf))
			}
			for i, b := range order[1:] {
				a := order[i]
				grants := func(w int32) int { return p.kinds[p.kindOf[w]].grants }
				switch {
				case p.load(a) != p.load(b):
					if p.load(a) < p.load(b) {
						t.Fatalf("%v: %d before %d, with less load", order, a, b)
					}
				case threesFirst && grants(a) != grants(b):
					if grants(a) < grants(b) {
						t.Fatalf("%v: %d before %d, with fewer grants", order, a, b)
					}
				case a >= b:
					t.Fatalf("%v: %d before %d", order, a, b)
				}
			}
		}
	})
}

// settleByWords does what the comment on settle says, and returns how many waves are to follow then: paths are looked for until the waves that follow
// can take the rest, and where there is none there is to be one wave more.
func settleByWords(f *filler) int {
	for f.left > f.after*f.size {
		if !leads(f, source, sink) {
			f.after++
		} else {
			f.path(source, sink)
		}
	}
	for {
		v := f.first()
		if f.packer.need[v] <= float64(f.after) {
			return f.after
		}
		var ways [][2]int32
		for _, weight := range []int{1, 3, 2} {
			if n := f.vertices[v].left[weight]; n == 0 || !takesAt(f, v, weight) {
				continue
			}
			if weight == 1 {
				ways = append(ways, [2]int32{node(v, 1), source})
			} else {
				ways = append(ways, [2]int32{sink, node(v, weight)})
			}
		}
		i := slices.IndexFunc(ways, func(way [2]int32) bool { return leads(f, way[0], way[1]) })
		if i < 0 {
			f.after++
			continue
		}
		f.path(ways[i][0], ways[i][1])
	}
}

// A wave that has been put right leaves what the waves after it can take, and asks for no more of these than the words on it.
func TestSettleByItsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPacker(t)
		f := newFiller(p, 0)
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			if k := f.best(int32(rapid.IntRange(0, len(f.vertices)-1).Draw(t, "vertex"))); k >= 0 && len(f.wave) < f.size {
				f.put(k)
			}
		}
		f.after = ceil(len(p.kindOf), f.size) - 1 + rapid.IntRange(0, 1).Draw(t, "after")
		other := new(filler)
		*other = *f
		other.packer = &packer{size: p.size, firstKey: p.firstKey, need: slices.Clone(p.need), kinds: slices.Clone(p.kinds), kindOf: p.kindOf, load: p.load}
		for _, v := range p.vertices {
			v.edges = slices.Clone(v.edges)
			other.vertices = append(other.vertices, v)
		}
		other.vertexHeap = vertexHeap{need: other.packer.need, rank: slices.Clone(f.rank), heap: slices.Clone(f.heap), at: slices.Clone(f.at)}
		other.wave, other.from, other.by, other.queue = slices.Clone(f.wave), nil, nil, nil
		want := settleByWords(other)
		f.settle()
		if f.after != want || !slices.Equal(f.wave, other.wave) {
			t.Fatalf("%d waves are to follow %v, want %d after %v", f.after, f.wave, want, other.wave)
		}
		agrees(t, f, len(p.kindOf), false)
		if f.left > f.after*f.size || len(f.wave) > f.size {
			t.Fatalf("%d are left for %d waves of %d, after %d", f.left, f.after, f.size, len(f.wave))
		}
		for v, need := range f.packer.need {
			if need > float64(f.after) || f.vertices[v].used > f.vertices[v].room {
				t.Fatalf("vertex %d: %+v needs %g of %d", v, f.vertices[v], need, f.after)
			}
		}
	})
}
