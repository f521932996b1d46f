package wkstest

import (
	"time"

	"github.com/wksgo/wks/rule"
)

// ModelErrors lets tests compare the table with the SDK.
var ModelErrors = modelErrors

// DecodeJSON and DecodeShared let tests hold them against encoding/json.
var (
	DecodeJSON   = decodeJSON
	DecodeShared = decodeShared
)

// A Table is a table of numbers, of which those with the same last digit are a group.
type Table struct{ t *table[number] }

type number struct {
	id string
	n  int
}

// NewTable returns an empty one, of whose hashes bits are used, so that many are the same.
func NewTable(bits uint64) Table {
	t := newTable(func(n *number) *string { return &n.id })
	t.hash = func(id string) uint64 { return hashOf(id) & (1<<bits - 1) }
	t.group = func(n *number) uint64 { return uint64(n.n % 10) }
	return Table{t}
}

func (t Table) Add(id string, n int) { t.t.add(&number{id, n}) }
func (t Table) Get(id string) *int {
	if n := t.t.get(id); n != nil {
		return &n.n
	}
	return nil
}
func (t Table) Drop(id string) { t.t.drop(id) }
func (t Table) Group(n int) (list []*int) {
	for _, m := range t.t.inGroup(uint64(n % 10)) {
		list = append(list, &m.n)
	}
	return list
}
func (t Table) Len() int { return t.t.len() }

// All returns all numbers.
func (t Table) All() (all []int) {
	t.t.each(func(_ string, n *number) bool { all = append(all, n.n); return true })
	return all
}

// SetBounds makes Load and ReadExport read no more, until it is undone.
func SetBounds(most int64) (undo func()) {
	state, export := mostState, mostExport
	mostState, mostExport = most, most
	return func() { mostState, mostExport = state, export }
}

// The numbers from which identifiers are made.
const (
	IDSpace = idSpace
	IDStep  = idStep
)

// Takes is how long an activity takes for a resource.
func (s *Server) Takes(a Activity, id string) time.Duration { return s.takes(a, id) }

// CodeFor is the error code of a rule that an operation breaks.
var CodeFor = codeFor

// CodeOfItem is the code in FailedRequests of a rule.
func CodeOfItem(c rule.Code) string { return (&refusal{rule: c}).item() }

// Bounds are how many bytes are read of a state, and of a file of an export.
func Bounds() (state, export int64) { return mostState, mostExport }
