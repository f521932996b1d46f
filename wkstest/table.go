package wkstest

import (
	"encoding/base64"
	"encoding/binary"
	"sort"
)

// A table holds the resources of one kind in the order in which they were made, and finds
// them by their identifiers.
type table[T any] struct {
	rows   []row[T] // a nil value was deleted
	places map[string]int
	dead   int
	next   uint64
}

type row[T any] struct {
	seq   uint64
	id    string
	value *T
}

func newTable[T any]() *table[T] { return &table[T]{places: map[string]int{}} }

func (t *table[T]) len() int { return len(t.rows) - t.dead }

func (t *table[T]) get(id string) *T {
	if i, ok := t.places[id]; ok {
		return t.rows[i].value
	}
	return nil
}

func (t *table[T]) add(id string, v *T) {
	if t.dead > 32 && t.dead > len(t.rows)/2 {
		t.compact()
	}
	t.next++
	t.places[id] = len(t.rows)
	t.rows = append(t.rows, row[T]{t.next, id, v})
}

func (t *table[T]) drop(id string) {
	if i, ok := t.places[id]; ok {
		t.rows[i].value = nil
		delete(t.places, id)
		t.dead++
	}
}

// compact takes away the rows that were deleted. Only add calls it, so that a loop over
// the rows may drop some.
func (t *table[T]) compact() {
	live := make([]row[T], 0, len(t.rows)-t.dead+1)
	for _, r := range t.rows {
		if r.value != nil {
			t.places[r.id] = len(live)
			live = append(live, r)
		}
	}
	t.rows, t.dead = live, 0
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
