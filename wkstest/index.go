package wkstest

// An index finds the places of a list by the hash of what stands there. Several places may have one hash, so
// whoever asks looks at each whether it is the right one. It has no pointers, and grows without another look at the list.
// The zero value is an empty index.
type index struct {
	slots []slot // none, or a power of two, of which a quarter is free
	used  int    // slots that are not free
}

// A slot is free, was given up, or has a place plus two in its lower half, and 32 bits of the hash in the upper one.
type slot uint64

const (
	freeSlot slot = iota
	goneSlot
	firstPlace
)

func slotOf(hash uint64, place int) slot { return slot(hash)<<32 | slot(place) + firstPlace }

func (s slot) place() int   { return int(s&(1<<32-1) - firstPlace) }
func (s slot) hash() uint64 { return uint64(s >> 32) }
func (s slot) taken() bool  { return s&(1<<32-1) >= firstPlace }

// add notes a place, under a hash of which the lower 32 bits count.
func (x *index) add(hash uint64, place int) {
	if 4*x.used >= 3*len(x.slots) {
		x.grow()
	}
	x.put(slotOf(hash, place))
}

func (x *index) put(s slot) {
	for i := s.hash(); ; i++ {
		if at := &x.slots[i&uint64(len(x.slots)-1)]; *at == freeSlot {
			*at = s
			x.used++
			return
		}
	}
}

// grow makes room, and forgets the slots that were given up.
func (x *index) grow() {
	old, taken := x.slots, 0
	for _, s := range old {
		if s.taken() {
			taken++
		}
	}
	n := max(16, len(old))
	if 2*taken >= n {
		n *= 2
	}
	x.slots, x.used = make([]slot, n), 0
	for _, s := range old {
		if s.taken() {
			x.put(s)
		}
	}
}

// each calls f for the places of a hash, in no order, until it returns false.
func (x *index) each(hash uint64, f func(place int) bool) {
	if len(x.slots) == 0 {
		return
	}
	for i := hash; ; i++ {
		s := x.slots[i&uint64(len(x.slots)-1)]
		if s == freeSlot || s.taken() && s.hash() == hash&(1<<32-1) && !f(s.place()) {
			return
		}
	}
}

// drop forgets a place that is there under the hash.
func (x *index) drop(hash uint64, place int) {
	for i := hash; ; i++ {
		if at := &x.slots[i&uint64(len(x.slots)-1)]; *at == slotOf(hash, place) {
			*at = goneSlot
			return
		}
	}
}
