package bundles

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of the sizes of volumes.
const (
	VolumeBelowMinimum   rule.Code = "bundles.volume-below-minimum"
	VolumeOverCeiling    rule.Code = "bundles.volume-over-ceiling"
	VolumePairNotInGroup rule.Code = "bundles.volume-pair-not-in-group"
)

var volumeRules = []tables.Rule{
	{
		Code:      VolumeBelowMinimum,
		Title:     "A volume is smaller than the compute type may be launched with.",
		Remedy:    "Launch with volumes of at least the sizes that are named.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Changing Volume Sizes", "2020-03-31", "")},
	},
	{
		Code:      VolumeOverCeiling,
		Title:     "A volume is larger than any volume may be.",
		Remedy:    "Ask for a size up to the ceiling.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2018-02-03", "")},
	},
	{
		Code:      VolumePairNotInGroup,
		Title:     "Root and user volume are in none of the set groups.",
		Remedy:    "Choose sizes of one group, and grow the volumes of an existing WorkSpace one at a time, so that each pair on the way is in a group.",
		Revisions: []rule.Revision{tables.Must(selfServicePage, selfServiceTitle, "2019-01-08", "")},
	},
}

// Where the sizes of volumes stand, below WorkspaceProperties.
const (
	rootSize rule.Path = "RootVolumeSizeGib"
	userSize rule.Path = "UserVolumeSizeGib"
)

// Volumes are the sizes of a WorkSpace's volumes, in GiB as the API counts them; the guide
// says GB. A zero size is not given, or not known.
type Volumes struct{ Root, User int32 }

// String returns both sizes, root volume first: 80/10.
func (v Volumes) String() string { return fmt.Sprintf("%d/%d", v.Root, v.User) }

// check returns a *rule.InputError for a negative size.
func (v Volumes) check(reason string) error {
	if v.Root >= 0 && v.User >= 0 {
		return nil
	}
	return v.negative(reason)
}

func (v Volumes) negative(reason string) error {
	if v.Root < 0 {
		return &rule.InputError{Path: rootSize, Value: fmt.Sprint(v.Root), Reason: reason}
	}
	return &rule.InputError{Path: userSize, Value: fmt.Sprint(v.User), Reason: reason}
}

const noSize = "is not a size in GiB"

// checkSizes returns a *rule.InputError for a size of a request that is not positive; nil is
// not in the request.
func checkSizes(root, user *int32) error {
	switch {
	case root != nil && *root <= 0:
		return &rule.InputError{Path: rootSize, Value: fmt.Sprint(*root), Reason: noSize}
	case user != nil && *user <= 0:
		return &rule.InputError{Path: userSize, Value: fmt.Sprint(*user), Reason: noSize}
	}
	return nil
}

// A SizeGroup is one of the set groups. All bounds are in GiB and inclusive.
type SizeGroup struct{ RootFrom, RootTo, UserFrom, UserTo int32 }

// Contains reports whether a pair is in the group.
func (g SizeGroup) Contains(v Volumes) bool {
	return v.Root >= g.RootFrom && v.Root <= g.RootTo && v.User >= g.UserFrom && v.User <= g.UserTo
}

// String returns the group with its bounds: 175-2000/100-2000.
func (g SizeGroup) String() string {
	span := func(from, to int32) string {
		if from == to {
			return fmt.Sprint(from)
		}
		return fmt.Sprintf("%d-%d", from, to)
	}
	return span(g.RootFrom, g.RootTo) + "/" + span(g.UserFrom, g.UserTo)
}

// Sizes are what an edition documents about the volumes of a compute type. A zero field
// stands for a bound that is not documented.
type Sizes struct {
	Minimum  Volumes     // at launch, GiB
	Ceiling  int32       // of each volume, GiB
	Groups   []SizeGroup // the pair must be in one of them; empty if there are none for the type
	Disputed []SizeGroup // pairs beside these that one statement permits and another does not
	Complete bool        // a pair that these permit is allowed; if not, it may still be refused
}

// Verdict tells whether volumes of these sizes can be launched, as CheckVolumes does for a
// compute type that has not ended. It allocates nothing.
func (s Sizes) Verdict(v Volumes) rule.Verdict {
	switch m := s.misfit(v); {
	case m&^(missing|disputed) != 0:
		return rule.Denied
	case m != 0 || !s.Complete:
		return rule.Undocumented
	}
	return rule.Allowed
}

// A misfit is what is wrong with a pair of sizes, and what is missing, as a set of bits.
type misfit uint8

const (
	rootBelow misfit = 1 << iota
	rootOver
	rootMissing
	userBelow
	userOver
	userMissing
	noGroup
	disputed
	missing = rootMissing | userMissing
)

// misfit judges sizes. A pair is judged if both are within their own bounds.
func (s *Sizes) misfit(v Volumes) (m misfit) {
	if v.Root < s.Minimum.Root {
		m = rootBelow
	}
	if v.Root > s.Ceiling && s.Ceiling > 0 {
		m |= rootOver
	}
	if v.Root == 0 {
		m = rootMissing
	}
	if v.User < s.Minimum.User {
		m |= userBelow
	}
	if v.User > s.Ceiling && s.Ceiling > 0 {
		m |= userOver
	}
	if v.User == 0 {
		m = m&^userBelow | userMissing
	}
	if m != 0 || len(s.Groups) == 0 {
		return m
	}
	for i := range s.Groups {
		if s.Groups[i].Contains(v) {
			return 0
		}
	}
	for i := range s.Disputed {
		if s.Disputed[i].Contains(v) {
			return disputed
		}
	}
	return noGroup
}

// Sizes returns what the edition documents about the volumes of a compute type. Of a type that
// it does not know, it documents the ceiling alone. The slices are the caller's.
func (r Rules) Sizes(compute types.Compute) (Sizes, error) {
	if err := r.known(); err != nil {
		return Sizes{}, err
	}
	s := r.s.compute(compute).sizes
	s.Groups = append([]SizeGroup(nil), s.Groups...)
	s.Disputed = append([]SizeGroup(nil), s.Disputed...)
	return s, nil
}

// CheckVolumes tells whether a WorkSpace of a compute type can be launched, or a bundle made,
// with a root and a user volume of these sizes, in GiB. A size of 0 is not given, and leaves
// the answer open. Violations stand at ComputeTypeName for a type that has ended, then at
// RootVolumeSizeGib and UserVolumeSizeGib; a pair that is in none of the set groups stands at
// RootVolumeSizeGib. The answer is open for 80 and 100 GiB without a GPU, which the guide lists and rules
// out on one page, for a compute type that the edition does not know, and
// for one whose sizes it does not all tell. A negative size is a *rule.InputError.
func (r Rules) CheckVolumes(compute types.Compute, root, user int32) (rule.Answer, error) {
	if r.s == nil {
		return rule.Answer{}, r.known()
	}
	v, c := Volumes{root, user}, r.s.compute(compute)
	if c.settled && c.sizes.misfit(v) == 0 {
		return rule.Answer{Verdict: rule.Allowed}, nil
	}
	return r.s.checkVolumes(compute, c, v)
}

func (s *snapshot) checkVolumes(name types.Compute, c *compute, v Volumes) (a rule.Answer, err error) {
	if err := v.check(noSize); err != nil {
		return a, err
	}
	s.ended(&a, computeName, c)
	s.volumes(&a, name, c, v, false)
	return a.Concluded(), nil
}

// A dispute is about pairs of sizes that one statement of the guide permits and another does not.
type dispute struct {
	pairs            SizeGroup
	permits, forbids rule.Citation
	listed           bool // in the guide's list of groups
}

// disputed leaves a pair open of which the guide says two things. A pair of its list is no dispute for
// volumes that grow: it is a step that the guide prescribes.
func (s *snapshot) disputed(a *rule.Answer, v Volumes, grows bool) {
	i := slices.IndexFunc(s.disputes, func(d dispute) bool { return d.pairs.Contains(v) })
	switch d := s.disputes[i]; {
	case d.listed && grows:
	case d.listed:
		a.Contradicted(rootSize, fmt.Sprintf("%s is one of the groups %s, and the guide says, too, that the root volume cannot be that small beside this user volume", v, s.groupList()), d.permits, d.forbids)
	default:
		a.Contradicted(rootSize, fmt.Sprintf("%s is in none of the groups %s, and another page of the guide permits it", v, s.groupList()), d.forbids, d.permits)
	}
}

// volumes judges sizes for a compute type, of volumes that grow or are chosen at once. What is not known
// of type and sizes is open.
func (s *snapshot) volumes(a *rule.Answer, name types.Compute, c *compute, v Volumes, grows bool) {
	m := c.sizes.misfit(v)
	if m == 0 && c.sizes.Complete {
		return
	}
	for _, side := range [2]struct {
		at                 rule.Path
		gib, least         int32
		below, over, isNot misfit
	}{
		{rootSize, v.Root, c.sizes.Minimum.Root, rootBelow, rootOver, rootMissing},
		{userSize, v.User, c.sizes.Minimum.User, userBelow, userOver, userMissing},
	} {
		if m&side.below != 0 {
			s.rules.BreakBy(a, c.least.Cite, VolumeBelowMinimum, side.at, "%d GiB is less than the %d GiB that %s needs", side.gib, side.least, name)
		}
		if m&side.over != 0 {
			s.rules.BreakBy(a, s.ceiling.Cite, VolumeOverCeiling, side.at, "%d GiB is more than %d GiB", side.gib, s.ceiling.gib)
		}
		if m&side.isNot != 0 {
			a.NotGiven(side.at, "the size is not known, and so the pair is not")
		}
	}
	switch {
	case m == noGroup:
		s.rules.Break(a, VolumePairNotInGroup, rootSize, "%s is in none of the groups %s", v, s.groupList())
	case m == disputed:
		s.disputed(a, v, grows)
	case c.Family == "":
		unknownCompute(a, name)
	case m == 0:
		a.NotDocumented(rootSize, "no document of the edition tells "+c.untold)
	}
}

// groupList writes the set groups for a message.
func (s *snapshot) groupList() string { return strings.Join(s.listed, ", ") }
