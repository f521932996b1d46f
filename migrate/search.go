package migrate

import (
	"cmp"
	"slices"
)

// searchSteps is how many placements a search tries. For 11 WorkSpaces there are no more.
const searchSteps = 1 << 20

// search looks for fewer waves than there are, down to the bound. It tries one wave after the
// other for each WorkSpace: first for those of the subnet or key with the greatest load, then,
// if asked, for those with 3 grants, and then by ID. So what it finds first is first fit. It
// returns nil if there is none, or the steps do not suffice.
func (p *packer) search(bound, waves int, threesFirst bool) (waveOf []int32, n int) {
	width := len(p.vertices)
	if waves == bound || waves*width > searchSteps {
		return nil, waves
	}
	order := p.order(threesFirst)
	size := make([]int, waves)
	used := make([]int, waves*width)   // of the room of each vertex in each wave
	start := make([]int, len(p.kinds)) // none of a kind goes before the last one of it
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

// order is that in which a search looks at the WorkSpaces.
func (p *packer) order(threesFirst bool) []int32 {
	order := make([]int32, len(p.kindOf))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		if c := cmp.Compare(p.load(b), p.load(a)); c != 0 || !threesFirst {
			return c
		}
		return cmp.Compare(p.kinds[p.kindOf[b]].grants, p.kinds[p.kindOf[a]].grants)
	})
	return order
}
