package bundles

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Where the sizes of volumes stand, below WorkspaceProperties.
const (
	rootSize rule.Path = "RootVolumeSizeGib"
	userSize rule.Path = "UserVolumeSizeGib"
)

// Volumes are the sizes of a WorkSpace's volumes, in GiB as the API counts them; the guide
// says GB. The zero value stands for sizes that are not known.
type Volumes struct{ Root, User int32 }

// String returns both sizes, root volume first: 80/10.
func (v Volumes) String() string { return fmt.Sprintf("%d/%d", v.Root, v.User) }

// A SizeGroup is one of the set groups, all bounds in GiB and inclusive.
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
	Groups   []SizeGroup // one of which must hold the pair; empty if there are none for the type
	Complete bool        // a pair that these permit is allowed; if not, it may still be refused
}

// Verdict tells whether volumes of these sizes can be launched. It answers as CheckVolumes
// does, and allocates nothing.
func (s Sizes) Verdict(v Volumes) rule.Verdict {
	switch {
	case v.Root < s.Minimum.Root, v.User < s.Minimum.User, s.Ceiling > 0 && max(v.Root, v.User) > s.Ceiling:
		return rule.Denied
	case len(s.Groups) > 0 && !inGroup(s.Groups, v):
		return rule.Denied
	case !s.Complete:
		return rule.Undocumented
	}
	return rule.Allowed
}

func inGroup(groups []SizeGroup, v Volumes) bool {
	for _, g := range groups {
		if g.Contains(v) {
			return true
		}
	}
	return false
}

// Sizes returns what the edition documents about the volumes of a compute type; of one that
// it does not know, the ceiling alone. The slice is the caller's.
func (r Rules) Sizes(compute types.Compute) (Sizes, error) {
	if err := r.known(); err != nil {
		return Sizes{}, err
	}
	var s Sizes
	if c := r.ceiling(); c != nil {
		s.Ceiling = c.gib
	}
	m := r.minimum(compute)
	if m != nil {
		s.Minimum = Volumes{m.root, m.user}
	}
	switch row := r.compute(compute); {
	case row == nil:
	case row.Family == GeneralPurpose:
		for i := range groupRows {
			if groupRows[i].span.Contains(r.edition) {
				s.Groups = append(s.Groups, groupRows[i].SizeGroup)
			}
		}
		s.Complete = len(s.Groups) > 0 && m != nil
	default:
		s.Complete = m != nil && !m.more
	}
	return s, nil
}

// CheckVolumes tells whether a WorkSpace of a compute type can be launched, or a bundle
// made, with a root and a user volume of these sizes, in GiB. Violations stand at
// RootVolumeSizeGib, then at UserVolumeSizeGib; a pair that is in none of the set groups
// stands at RootVolumeSizeGib. The answer is open for compute types that the edition does
// not know, and for those of which it does not tell all sizes. A size that is not positive
// is a *rule.InputError.
func (r Rules) CheckVolumes(compute types.Compute, root, user int32) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if err := checkSizes(&root, &user); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.volumes(&a, compute, Volumes{root, user})
	return a.concluded(), nil
}

// checkSizes returns an error for a size that is none; nil is not in the request.
func checkSizes(root, user *int32) error {
	if root != nil && *root <= 0 {
		return &rule.InputError{Path: rootSize, Value: fmt.Sprint(*root), Reason: "is not a size in GiB"}
	}
	if user != nil && *user <= 0 {
		return &rule.InputError{Path: userSize, Value: fmt.Sprint(*user), Reason: "is not a size in GiB"}
	}
	return nil
}

func (r Rules) volumes(a *Answer, compute types.Compute, v Volumes) {
	type side struct {
		at        rule.Path
		gib, from int32
	}
	m := r.minimum(compute)
	sides := [2]side{{rootSize, v.Root, 0}, {userSize, v.User, 0}}
	if m != nil {
		sides[0].from, sides[1].from = m.root, m.user
	}
	c, sound := r.ceiling(), true
	for _, s := range sides {
		if s.gib < s.from {
			sound = false
			r.citing(a, VolumeBelowMinimum, s.at, fmt.Sprintf("%d GiB is less than the %d GiB that %s needs", s.gib, s.from, compute), m.cite)
		}
		sound = r.within(a, c, s.at, s.gib) && sound
	}
	if !sound {
		return
	}
	switch row := r.compute(compute); {
	case row == nil:
		a.noSuchType(compute)
	case row.Family == GeneralPurpose && !r.grouped(v):
		r.broken(a, VolumePairNotInGroup, rootSize, fmt.Sprintf("%s is in none of the groups %s", v, r.groups()))
	case row.Family == GeneralPurpose && !r.inForce(VolumePairNotInGroup):
		a.undocumented(rootSize, "no document of the edition tells the pairs of sizes")
	case m == nil:
		a.undocumented(rootSize, fmt.Sprintf("no document of the edition tells the sizes of %s", compute))
	case m.more:
		a.undocumented(rootSize, fmt.Sprintf("no document of the edition tells all sizes of %s", compute))
	}
}

// within reports whether a volume is no larger than any may be, whatever the compute type and
// the other volume; if not, the answer has a violation.
func (r Rules) within(a *Answer, c *ceilingRow, at rule.Path, gib int32) bool {
	if c == nil || gib <= c.gib {
		return true
	}
	r.citing(a, VolumeOverCeiling, at, fmt.Sprintf("%d GiB is more than %d GiB", gib, c.gib), c.cite)
	return false
}

// ceilings judges sizes of which the pair cannot be judged.
func (r Rules) ceilings(a *Answer, v Volumes) {
	c := r.ceiling()
	r.within(a, c, rootSize, v.Root)
	r.within(a, c, userSize, v.User)
}

// grouped reports whether a pair is in one of the set groups, if there are any.
func (r Rules) grouped(v Volumes) bool {
	any := false
	for i := range groupRows {
		switch holds := groupRows[i].Contains(v); {
		case any && !holds, !groupRows[i].span.Contains(r.edition):
		case holds:
			return true
		default:
			any = true
		}
	}
	return !any
}

// groups returns the set groups for a message.
func (r Rules) groups() string {
	text := ""
	for i := range groupRows {
		if groupRows[i].span.Contains(r.edition) {
			if text != "" {
				text += ", "
			}
			text += groupRows[i].String()
		}
	}
	return text
}

func (r Rules) minimum(compute types.Compute) *minimumRow {
	for i := range minimumRows {
		if row := &minimumRows[i]; row.name == compute && row.span.Contains(r.edition) {
			return row
		}
	}
	return nil
}

func (r Rules) ceiling() *ceilingRow {
	for i := range ceilingRows {
		if ceilingRows[i].span.Contains(r.edition) {
			return &ceilingRows[i]
		}
	}
	return nil
}
