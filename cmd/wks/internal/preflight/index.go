package preflight

import "hash/maphash"

// An index finds the elements of a list by a key that they have, in some six bytes for each: it keeps where
// they stand, and not the key. The zero value is an empty index.
type index struct {
	seed  maphash.Seed
	slots []uint32 // positions in the list, from 1; 0 is free. Less than three in four are taken.
	n     int
}

// hash is that of a key of one or two parts.
func (x *index) hash(a, b string) uint64 {
	if x.seed == (maphash.Seed{}) {
		x.seed = maphash.MakeSeed()
	}
	h := maphash.String(x.seed, a)
	if b != "" {
		h ^= maphash.String(x.seed, b) * 0x9e3779b97f4a7c15
	}
	return h
}

// find returns the position from 0 of the element that has a hash and is the one, and -1 if there is none.
func (x *index) find(hash uint64, is func(i int) bool) int {
	for s := hash; len(x.slots) > 0; s++ {
		switch i := int(x.slots[s%uint64(len(x.slots))]) - 1; {
		case i < 0:
			return -1
		case is(i):
			return i
		}
	}
	return -1
}

// add adds element i, which find has not found. hashOf gives the hashes of those that are there.
func (x *index) add(hash uint64, i int, hashOf func(i int) uint64) {
	if 4*(x.n+1) > 3*len(x.slots) {
		before := x.slots
		x.slots = make([]uint32, max(64, 2*len(before)))
		for _, slot := range before {
			if slot > 0 {
				x.put(hashOf(int(slot)-1), slot)
			}
		}
	}
	x.put(hash, uint32(i)+1)
	x.n++
}

func (x *index) put(hash uint64, slot uint32) {
	for s := hash; ; s++ {
		if at := &x.slots[s%uint64(len(x.slots))]; *at == 0 {
			*at = slot
			return
		}
	}
}
