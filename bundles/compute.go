package bundles

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// ComputeTypes returns the compute types that the edition documents, retired ones
// included, in the order of the guide's bundle options, as a copy. It is empty for the
// zero Rules.
func (r Rules) ComputeTypes() []ComputeType {
	var list []ComputeType
	for i := range computeRows {
		if computeRows[i].span.Contains(r.edition) {
			list = append(list, computeRows[i].ComputeType)
		}
	}
	return list
}

// compute returns the edition's row of a compute type, nil if it has none.
func (r Rules) compute(name types.Compute) *computeRow {
	for i := range computeRows {
		if row := &computeRows[i]; row.Name == name && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}

// noSuchType leaves open what depends on a compute type that the edition does not know.
func (a *Answer) noSuchType(name types.Compute) {
	if name == "" {
		a.lacks(computeName, "the compute type is not known")
		return
	}
	a.undocumented(computeName, fmt.Sprintf("no document of the edition names the compute type %q", name))
}

// retired returns the end of a compute type, if it is over.
func (r Rules) retired(name types.Compute) *retirement {
	for i := range retirementRows {
		row := &retirementRows[i]
		if row.name == name && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}

// An Order is how one compute type compares with another. The zero value is Incomparable.
type Order int8

const (
	Incomparable Order = iota // more of one thing and less of another, or not known
	Smaller                   // less of something, and more of nothing
	Equal                     // the same of everything
	Larger                    // more of something, and less of nothing
)

var orders = []string{"incomparable", "smaller", "equal", "larger"}

// String returns "incomparable", "smaller", "equal" or "larger", and "" for any other value.
func (o Order) String() string {
	if o < 0 || int(o) >= len(orders) {
		return ""
	}
	return orders[o]
}

// Compare tells what a is beside b: Larger if they are of one family, and a has at least as
// many vCPUs, as much memory, GPU and video memory, and more of one. It is a partial order:
// compute types of different families are incomparable, GRAPHICS_G6_8XLARGE and
// GRAPHICS_GR6_4XLARGE for one, and so are those that the documents do not know.
//
// No document says what a larger or smaller compute type is; this reads it off the
// hardware in the newest reading of the bundle options, for every edition.
func Compare(a, b types.Compute) Order {
	if a == b {
		return Equal
	}
	x, y := Newest().compute(a), Newest().compute(b)
	if x == nil || y == nil || x.Family != y.Family {
		return Incomparable
	}
	more := x.VCPU > y.VCPU || x.MemoryGiB > y.MemoryGiB || x.GPU > y.GPU || x.VideoGiB > y.VideoGiB
	less := x.VCPU < y.VCPU || x.MemoryGiB < y.MemoryGiB || x.GPU < y.GPU || x.VideoGiB < y.VideoGiB
	switch {
	case more && less:
		return Incomparable
	case more:
		return Larger
	case less:
		return Smaller
	}
	return Equal
}
