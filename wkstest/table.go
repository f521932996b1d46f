package wkstest

import (
	"encoding/base64"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"sort"
)

// A table holds the resources of one kind in the order in which they were made, and finds
// them by their identifiers, and by a group if it has any.
type table[T any] struct {
	rows   []row[T] // a nil value was deleted
	ids    index
	groups index
	group  func(*T) uint64 // a hash of that by which many have to be found, which does not change; nil is nothing
	hash   func(id string) uint64
	dead   int
	next   uint64
}

type row[T any] struct {
	seq   uint64
	id    string
	value *T
}

func newTable[T any]() *table[T] { return &table[T]{hash: hashOf} }

var seed = maphash.MakeSeed()

func hashOf(id string) uint64 { return maphash.String(seed, id) }

func (t *table[T]) len() int { return len(t.rows) - t.dead }

func (t *table[T]) get(id string) *T {
	if i := t.place(id); i >= 0 {
		return t.rows[i].value
	}
	return nil
}

// place returns the row of an identifier, -1 if there is none.
func (t *table[T]) place(id string) int {
	found := -1
	t.ids.each(t.hash(id), func(i int) bool {
		if t.rows[i].id == id {
			found = i
		}
		return found < 0
	})
	return found
}

// inGroup returns the resources with a hash of group, in order.
func (t *table[T]) inGroup(hash uint64) []*T {
	var places []int
	t.groups.each(hash, func(i int) bool { places = append(places, i); return true })
	slices.Sort(places)
	list := make([]*T, len(places))
	for i, at := range places {
		list[i] = t.rows[at].value
	}
	return list
}

func (t *table[T]) add(id string, v *T) {
	if t.dead > 32 && t.dead > len(t.rows)/2 {
		t.compact()
	}
	if len(t.rows) == cap(t.rows) {
		t.rows = slices.Grow(t.rows, len(t.rows)+1)
	}
	t.next++
	t.rows = append(t.rows, row[T]{t.next, id, v})
	t.note(len(t.rows) - 1)
}

// note enters a row into the indexes.
func (t *table[T]) note(i int) {
	t.ids.add(t.hash(t.rows[i].id), i)
	if t.group != nil {
		t.groups.add(t.group(t.rows[i].value), i)
	}
}

func (t *table[T]) drop(id string) {
	i := t.place(id)
	if i < 0 {
		return
	}
	t.ids.drop(t.hash(id), i)
	if t.group != nil {
		t.groups.drop(t.group(t.rows[i].value), i)
	}
	t.rows[i] = row[T]{seq: t.rows[i].seq}
	t.dead++
}

// compact takes away the rows that were deleted. Only add calls it, so that a loop over
// the rows may drop some.
func (t *table[T]) compact() {
	live := make([]row[T], 0, len(t.rows)-t.dead+1)
	for _, r := range t.rows {
		if r.value != nil {
			live = append(live, r)
		}
	}
	t.rows, t.dead, t.ids, t.groups = live, 0, index{}, index{}
	for i := range t.rows {
		t.note(i)
	}
}

// each calls f for every resource, in order, until it returns false. f may drop resources, but
// add none.
func (t *table[T]) each(f func(id string, v *T) bool) {
	t.from(0, func(_ uint64, id string, v *T) bool { return f(id, v) })
}

// from is each, for what comes after a place.
func (t *table[T]) from(after uint64, f func(seq uint64, id string, v *T) bool) {
	start := sort.Search(len(t.rows), func(i int) bool { return t.rows[i].seq > after })
	rows := t.rows
	for _, r := range rows[start:] {
		if r.value != nil && !f(r.seq, r.id, r.value) {
			return
		}
	}
}

// tokenOf writes a place in a list as a page token of an operation.
func tokenOf(operation string, seq uint64) string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64([]byte(operation), seq))
}

// placeOf reads a page token.
func placeOf(operation, token string) (seq uint64, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != len(operation)+8 || string(b[:len(operation)]) != operation {
		return 0, false
	}
	return binary.BigEndian.Uint64(b[len(operation):]), true
}
