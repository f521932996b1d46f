// Package wire holds the constraints that the service model of the Amazon WorkSpaces API
// puts on single members of requests: lengths, sizes, ranges, patterns, enums and what is
// required. The SDK for Go checks only the last of them.
//
// The constraints are those of the model of API version 2015-04-08 as botocore ships it
// (data/workspaces/2015-04-08/service-2.json): 91 operations, 367 constrained members. It
// is not older than 2026-08-04, when AWS announced its member ClientExperiencePolicy. The file
// constraints.json lists them; what is required below the top level of a request is there as
// service/workspaces v1.68.3 of the SDK for Go has it, which is generated from the
// model. go generate writes table_generated.go from it, and the checks of package request.
package wire

//go:generate go run ./generate

import (
	"iter"
	"math"
	"slices"
	"strings"
)

// A Type is what a constrained value is on the wire.
type Type string

const (
	String  Type = "string"
	List    Type = "list"
	Integer Type = "integer"
	Blob    Type = "blob"
)

// Unbounded is the Max of a shape that has none. No shape of integers lacks a Min, and 0 is
// the Min of others that have none.
const Unbounded = math.MaxInt

// A Shape is a named set of constraints on a value.
type Shape struct {
	Name string
	Type Type
	// Min and Max bound, both inclusive, the length of a String in runes, the elements of a
	// List, the bytes of a Blob, and an Integer itself.
	Min, Max int
	Pattern  *Pattern // nil if there is none
	Enum     []string // the values that the model knows, in its order; nil if it does not say
}

// A Member is a constrained place in an operation's request. Path is spelled as the API
// spells it; "[]" stands for every element of a list, "{key}" and "{value}" for every key and
// value of a map.
type Member struct {
	Path  string
	Shape *Shape
}

// An Operation has the constraints on its request, ordered by path.
type Operation struct {
	Name     string
	Required []string // paths as those of Member, ordered; a member below one that is absent is not missed
	Members  []Member
}

// Operations ranges over the operations of the API, ordered by name. They share the table's memory:
// do not write to them.
func Operations() iter.Seq[Operation] { return slices.Values(operations) }

// Lookup returns the operation of a name.
func Lookup(name string) (Operation, bool) {
	i, ok := slices.BinarySearchFunc(operations, name, func(o Operation, name string) int { return strings.Compare(o.Name, name) })
	if !ok {
		return Operation{}, false
	}
	return operations[i], true
}

// ListMax returns the member of an operation's request that lists what the call is about,
// and how many elements it may have. Of several bounded lists that is the first, by name, of plain
// strings: PoolIds of DescribeWorkspacesPools, not Filters. It is false for an operation
// without a bounded list, and for one that is unknown.
func ListMax(operation string) (member string, n int, ok bool) {
	o, _ := Lookup(operation)
	for _, m := range o.Members {
		if m.Shape.Type != List || m.Shape.Max == Unbounded || strings.ContainsAny(m.Path, ".[{") {
			continue
		}
		if slices.ContainsFunc(o.Members, func(e Member) bool { return e.Path == m.Path+"[]" }) {
			return m.Path, m.Shape.Max, true
		}
		if !ok {
			member, n, ok = m.Path, m.Shape.Max, true
		}
	}
	return member, n, ok
}
