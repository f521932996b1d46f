package encryption

import (
	"cmp"
	"slices"
	"strings"
)

// mostGrantees is how many principals a GrantCount names.
const mostGrantees = 100

// A tally counts the grants of principals. It knows most of them by a hash alone: a key of a
// fleet has grants for an instance of each WorkSpace, and few are of interest.
type tally struct {
	of    hashTable[tallied]
	named []Grantee // those that have the most, in no order
	hash  []uint64  // of named
	least int       // the fewest grants of one that is named, once they are mostGrantees
}

type tallied struct {
	grants int32
	named  int32 // the place among the named, counted from 1; 0 for none
}

// add counts a grant of a principal. Its name is at hand with each of its grants, so those that
// have the most in the end are named.
func (t *tally) add(hash uint64, principal []byte) {
	p, _ := t.of.at(hash)
	p.grants++
	switch {
	case p.named > 0:
		t.named[p.named-1].Grants++
		if t.named[p.named-1].Grants == t.least+1 {
			t.least = t.fewest().Grants
		}
	case len(t.named) < mostGrantees:
		t.named, t.hash = append(t.named, Grantee{string(principal), int(p.grants)}), append(t.hash, hash)
		p.named = int32(len(t.named))
		t.least = t.fewest().Grants
	case int(p.grants) > t.least:
		out := t.fewest()
		i := slices.Index(t.named, out)
		other, _ := t.of.at(t.hash[i])
		other.named = 0
		t.named[i], t.hash[i] = Grantee{string(principal), int(p.grants)}, hash
		p.named = int32(i + 1)
		t.least = t.fewest().Grants
	}
}

// fewest returns the one among the named that has the fewest grants, and the last name.
func (t *tally) fewest() Grantee {
	return slices.MaxFunc(t.named, byGrants)
}

// most returns the named, by number from the most on, and by name.
func (t *tally) most() []Grantee {
	slices.SortFunc(t.named, byGrants)
	return t.named
}

func byGrants(a, b Grantee) int {
	return cmp.Or(b.Grants-a.Grants, strings.Compare(a.Principal, b.Principal))
}

// A hashTable keeps a value for each hash. A map would do, but for a list of 50,000 grants it
// allocates three times as much.
type hashTable[V any] struct {
	slots []hashSlot[V]
	n     int
}

type hashSlot[V any] struct {
	value V
	hash  uint64 // 0 in an empty slot
}

// at returns the value of a hash, which is a new zero value if it was not found. It is valid
// until the next call.
func (t *hashTable[V]) at(hash uint64) (value *V, found bool) {
	hash = max(hash, 1)
	if 8*t.n >= 7*len(t.slots) {
		t.grow()
	}
	slot := t.slot(hash)
	if slot.hash == hash {
		return &slot.value, true
	}
	t.n++
	slot.hash = hash
	return &slot.value, false
}

// slot returns the slot of a hash, or the empty one where it belongs.
func (t *hashTable[V]) slot(hash uint64) *hashSlot[V] {
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

func (t *hashTable[V]) grow() {
	old := t.slots
	factor := 4
	if len(old) >= 1<<14 {
		factor = 2
	}
	t.slots = make([]hashSlot[V], max(64, factor*len(old)))
	for _, s := range old {
		if s.hash != 0 {
			*t.slot(s.hash) = s
		}
	}
}
