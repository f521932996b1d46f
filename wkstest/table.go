package wkstest

import (
	"encoding/base64"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"sort"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// A table holds the resources of one kind in the order in which they were made, and finds
// them by their identifiers, and by a group if it has any.
type table[T any] struct {
	chunks [][]row[T] // of chunk rows each, and the last one of fewer
	ids    index
	groups index
	id     func(*T) string // which does not change
	group  func(*T) uint64 // a hash of that by which many have to be found, which does not change; nil is nothing
	hash   func(id string) uint64
	name   func(*T) string // see byName
	dead   int
	next   uint64
}

// A row without a value was deleted.
type row[T any] struct {
	seq   uint64
	value *T
}

const chunk = 1024

// newTable returns an empty table of resources with an identifier.
func newTable[T any](id func(*T) *string) *table[T] {
	return &table[T]{id: func(v *T) string { return aws.ToString(id(v)) }, hash: hashOf}
}

var seed = maphash.MakeSeed()

func hashOf(id string) uint64 { return maphash.String(seed, id) }

// rows are all, those that were deleted too.
func (t *table[T]) rows() int {
	if len(t.chunks) == 0 {
		return 0
	}
	return chunk*(len(t.chunks)-1) + len(t.chunks[len(t.chunks)-1])
}

func (t *table[T]) row(i int) *row[T] { return &t.chunks[i/chunk][i%chunk] }

func (t *table[T]) len() int { return t.rows() - t.dead }

func (t *table[T]) get(id string) *T {
	if i := t.place(id); i >= 0 {
		return t.row(i).value
	}
	return nil
}

// place returns the row of an identifier, -1 if there is none.
func (t *table[T]) place(id string) int {
	found := -1
	t.ids.each(t.hash(id), func(i int) bool {
		if t.id(t.row(i).value) == id {
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
		list[i] = t.row(at).value
	}
	return list
}

// byName makes a table without groups find its resources by their names, too.
func (t *table[T]) byName(name func(*T) string) {
	t.name, t.group = name, func(v *T) uint64 { return hashOf(name(v)) }
}

// named returns the resources with a name, in order.
func (t *table[T]) named(name string) []*T {
	return slices.DeleteFunc(t.inGroup(hashOf(name)), func(v *T) bool { return t.name(v) != name })
}

func (t *table[T]) add(v *T) {
	if t.dead > 32 && t.dead > t.rows()/2 {
		t.compact()
	}
	t.next++
	t.push(row[T]{t.next, v})
}

// push appends a row, and enters it into the indexes.
func (t *table[T]) push(r row[T]) {
	i := t.rows()
	if i%chunk == 0 {
		n := chunk
		if i == 0 {
			n = 4 // most tables stay small
		}
		t.chunks = append(t.chunks, make([]row[T], 0, n))
	}
	last := &t.chunks[len(t.chunks)-1]
	*last = append(*last, r)
	t.ids.add(t.hash(t.id(r.value)), i)
	if t.group != nil {
		t.groups.add(t.group(r.value), i)
	}
}

func (t *table[T]) drop(id string) {
	i := t.place(id)
	if i < 0 {
		return
	}
	r := t.row(i)
	t.ids.drop(t.hash(id), i)
	if t.group != nil {
		t.groups.drop(t.group(r.value), i)
	}
	r.value = nil
	t.dead++
}

// compact takes away the rows that were deleted. Only add calls it, so that a loop over
// the rows may drop some.
func (t *table[T]) compact() {
	old := t.chunks
	t.chunks, t.dead, t.ids, t.groups = nil, 0, index{}, index{}
	for _, c := range old {
		for _, r := range c {
			if r.value != nil {
				t.push(r)
			}
		}
	}
}

// each calls f for every resource, in order, until it returns false. f may drop resources, but
// add none.
func (t *table[T]) each(f func(id string, v *T) bool) {
	t.from(0, func(_ uint64, id string, v *T) bool { return f(id, v) })
}

// from is each, for what comes after a place.
func (t *table[T]) from(after uint64, f func(seq uint64, id string, v *T) bool) {
	n := t.rows()
	for i := sort.Search(n, func(i int) bool { return t.row(i).seq > after }); i < n; i++ {
		if r := t.row(i); r.value != nil && !f(r.seq, t.id(r.value), r.value) {
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
