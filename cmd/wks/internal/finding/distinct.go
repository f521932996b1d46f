package finding

import "hash/maphash"

// A Distinct tells whether a value was there before. It keeps hashes of 64 bits and not the values: of a
// million different values two are taken for one in one of 30 million reports. The zero value is empty.
type Distinct[T comparable] struct {
	seed   maphash.Seed
	hashes map[uint64]struct{}
}

// Add reports whether a value is there for the first time.
func (d *Distinct[T]) Add(v T) bool {
	if d.hashes == nil {
		d.seed, d.hashes = maphash.MakeSeed(), map[uint64]struct{}{}
	}
	n := len(d.hashes)
	d.hashes[maphash.Comparable(d.seed, v)] = struct{}{}
	return len(d.hashes) > n
}

// Len is how many different values were added.
func (d *Distinct[T]) Len() int { return len(d.hashes) }
