package preflight

import "hash/maphash"

// An index finds the elements of a list by a key that they have, in some 16 bytes for each: it keeps where
// they stand and a part of the hash of the key, and not the key. The zero value is an empty index.
type index struct {
	seed  maphash.Seed
	slots []slot // a power of two, of which less than three in four are taken
	n     int
}

// A slot is an element of the list.
type slot struct {
	hash uint32
	at   uint32 // its position from 1; 0 is free
}

// hash is that of a key of one or two parts.
func (x *index) hash(a, b string) uint32 {
	if x.seed == (maphash.Seed{}) {
		x.seed = maphash.MakeSeed()
	}
	h := maphash.String(x.seed, a)
	if b != "" {
		h = h*0x9e3779b97f4a7c15 ^ maphash.String(x.seed, b)
	}
	return uint32(h ^ h>>32)
}

// find returns the position from 0 of the element that has a hash and is the one, and -1 if there is none.
func (x *index) find(hash uint32, is func(i int) bool) int {
	mask := uint32(len(x.slots) - 1)
	for s := hash; len(x.slots) > 0; s++ {
		switch at := x.slots[s&mask]; {
		case at.at == 0:
			return -1
		case at.hash == hash && is(int(at.at)-1):
			return int(at.at) - 1
		}
	}
	return -1
}

// add adds element i, which find has not found.
func (x *index) add(hash uint32, i int) {
	if 4*(x.n+1) > 3*len(x.slots) {
		before := x.slots
		x.slots = make([]slot, max(64, 2*len(before)))
		for _, at := range before {
			if at.at > 0 {
				x.put(at)
			}
		}
	}
	x.put(slot{hash, uint32(i) + 1})
	x.n++
}

func (x *index) put(at slot) {
	s, mask := at.hash, uint32(len(x.slots)-1)
	for x.slots[s&mask].at > 0 {
		s++
	}
	x.slots[s&mask] = at
}
