package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule of compute types.
const (
	ComputeTypeRetired rule.Code = "bundles.compute-type-retired"
)

var computeRules = []tables.Rule{
	{
		Code:      ComputeTypeRetired,
		Title:     "A compute type has ended.",
		Remedy:    "Choose a compute type that is offered.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify compute type", read2025, "")},
	},
}

// A compute is all that an edition says about a compute type.
type compute struct {
	ComputeType
	sizes   Sizes
	least   minimumRow       // of sizes; zero if no document tells
	untold  string           // what no document tells about its sizes, if they are not complete
	end     facts.Retirement // zero if it has not ended
	settled bool             // sizes that fit are allowed: they are complete, and the type has not ended
}

// A namedCompute is how a compute type is found: there are few names of one length.
type namedCompute struct {
	name    types.Compute
	compute *compute
}

func (s *snapshot) compileComputes(e rule.Edition) {
	s.ceiling, _ = ceilings.One(e)
	for _, g := range setGroups.On(e) {
		pair := SizeGroup{g.RootFrom, g.RootTo, g.UserFrom, g.UserTo}
		switch {
		case g.Disputed:
			s.disputes = append(s.disputes, dispute{pair, g.Cite, s.rules.Cite(VolumePairNotInGroup), false})
		case g.Against != (rule.Citation{}):
			s.disputes = append(s.disputes, dispute{pair, g.Cite, g.Against, true})
			s.listed = append(s.listed, pair.String())
		default:
			s.groups = append(s.groups, pair)
			s.listed = append(s.listed, pair.String())
		}
	}
	var disputed []SizeGroup
	for _, d := range s.disputes {
		disputed = append(disputed, d.pairs)
	}
	s.userBelowImage = len(userBelowImage.On(e)) > 0
	s.unknown.sizes.Ceiling = s.ceiling.gib
	least := byKey(minimums.On(e), func(r minimumRow) types.Compute { return r.name })
	for _, row := range computeTypes.On(e) {
		m, known := least[row.Name]
		c := &compute{ComputeType: row.ComputeType, least: m}
		c.end, _ = s.catalogue.Retirement(string(c.Name))
		c.Family, c.Cite = Family(facts.FamilyOf(string(c.Name))), row.Dated.Cite
		c.sizes = Sizes{Minimum: Volumes{m.root, m.user}, Ceiling: s.ceiling.gib}
		if c.Family == GeneralPurpose {
			c.sizes.Groups, c.sizes.Disputed = s.groups, disputed
		}
		switch {
		case c.Family == GeneralPurpose && len(s.groups) == 0:
			c.untold = "the pairs of sizes"
		case !known:
			c.untold = "the sizes of " + string(c.Name)
		case m.more:
			c.untold = "all sizes of " + string(c.Name)
		}
		c.sizes.Complete = c.untold == ""
		c.settled = c.sizes.Complete && c.end.Compute == ""
		for len(s.computes) <= len(c.Name) {
			s.computes = append(s.computes, nil)
		}
		s.computes[len(c.Name)] = append(s.computes[len(c.Name)], namedCompute{c.Name, c})
		s.inOrder = append(s.inOrder, c)
	}
}

// compute returns what the edition says about a compute type. It has no family if the edition
// does not know it.
func (s *snapshot) compute(name types.Compute) *compute {
	if len(name) < len(s.computes) {
		for _, c := range s.computes[len(name)] {
			if c.name == name {
				return c.compute
			}
		}
	}
	return &s.unknown
}

// unknownCompute leaves open what depends on a compute type that the edition does not know.
func unknownCompute(a *rule.Answer, name types.Compute) {
	if name == "" {
		a.NotGiven(computeName, "the compute type is not known")
		return
	}
	a.NotDocumented(computeName, "no document of the edition names the compute type "+quoted(name))
}

// ended adds a violation for a compute type whose life is over, and leaves it open on the day on which that is disputed.
func (s *snapshot) ended(a *rule.Answer, at rule.Path, c *compute) {
	switch {
	case c.end.Disputed():
		a.Contradicted(at, facts.DisputedEnd, c.end.Cite, c.end.Against)
	case c.end.Compute != "":
		s.rules.BreakBy(a, c.end.Cite, ComputeTypeRetired, at, "%s ended on %s", c.Name, c.end.Last)
	}
}

// ComputeTypes returns the compute types that the edition documents, with those that have
// ended, in the order of the guide's bundle options, as a copy. It is empty for the zero Rules.
func (r Rules) ComputeTypes() (list []ComputeType) {
	if r.s == nil {
		return nil
	}
	for _, c := range r.s.inOrder {
		list = append(list, c.ComputeType)
	}
	return list
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

// Compare compares a with b. It is Larger if both are of one family, and a has at least as many
// vCPUs and GPUs and as much memory and video memory, and more of one of them. It is a partial
// order: compute types of different families are incomparable, such as GRAPHICS_G6_8XLARGE and
// GRAPHICS_GR6_4XLARGE, and so are those that the documents do not know.
//
// No document says what a larger or smaller compute type is. This follows from the hardware in
// the newest reading of the bundle options, for every edition.
func Compare(a, b types.Compute) Order {
	if a == b {
		return Equal
	}
	s := snapshots.Newest()
	return s.compute(a).compare(s.compute(b))
}

func (c *compute) compare(d *compute) Order {
	if c.Family == "" || c.Family != d.Family {
		return Incomparable
	}
	more := c.VCPU > d.VCPU || c.MemoryGiB > d.MemoryGiB || c.GPU > d.GPU || c.VideoGiB > d.VideoGiB
	less := c.VCPU < d.VCPU || c.MemoryGiB < d.MemoryGiB || c.GPU < d.GPU || c.VideoGiB < d.VideoGiB
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

// isGeneralPurpose reports whether a compute type is one of GENERALPURPOSE_4XLARGE and 8XLARGE.
func isGeneralPurpose(c types.Compute) bool {
	return slices.Contains(generalPurpose, c)
}

var generalPurpose = []types.Compute{types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge}
