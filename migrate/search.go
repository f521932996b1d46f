package migrate

import (
	"cmp"
	"slices"
)

// searchSteps is how many places a search tries. All that there are for 9 migrations are
// fewer.
const searchSteps = 1 << 20

// search looks for fewer waves than there are, and for as few as the bound. It tries one wave
// after the other for each migration, and first those of the subnet or key with the most to do;
// so the first that it finds is what first fit gives. It returns nil if there is none.
func (p *packer) search(bound, waves int) (waveOf []int32, n int) {
	width := len(p.vertices)
	if waves*width > searchSteps {
		return nil, waves
	}
	order := make([]int32, len(p.kindOf))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(p.load(b), p.load(a)) })
	size := make([]int, waves)
	used := make([]int, waves*width)   // of each vertex in each wave
	start := make([]int, len(p.kinds)) // no migration goes before the last of its kind
	at := make([]int32, len(order))
	steps := 0
	var try func(i, open int) (done bool)
	try = func(i, open int) bool {
		if open >= waves {
			return false
		}
		if i == len(order) {
			waveOf, waves = slices.Clone(at), open
			return open == bound
		}
		number := p.kindOf[order[i]]
		k := &p.kinds[number]
		subnet, key := k.ends[0], k.ends[1]
		first := start[number]
		for w := first; w <= open && w < waves-1; w++ {
			if steps++; steps > searchSteps {
				return true
			}
			u := used[w*width : (w+1)*width]
			if size[w] == p.size || u[subnet] == p.vertices[subnet].room || u[key]+k.grants > p.vertices[key].room {
				continue
			}
			size[w]++
			u[subnet]++
			u[key] += k.grants
			at[order[i]], start[number] = int32(w), w
			if try(i+1, max(open, w+1)) {
				return true
			}
			size[w]--
			u[subnet]--
			u[key] -= k.grants
		}
		start[number] = first
		return false
	}
	try(0, 0)
	return waveOf, waves
}
