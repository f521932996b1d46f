package migrate

import (
	"fmt"
	"slices"
	"time"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// VolumesOutsideGroups is the code of the rule about the volumes after a migration.
// [Catalogue] explains it.
const VolumesOutsideGroups rule.Code = "migrate.volumes-outside-groups"

var outcomeRules = []tables.Rule{
	{
		// What becomes of such a pair is not said.
		Code:      VolumesOutsideGroups,
		Title:     "The volumes after the migration are a pair that cannot be chosen elsewhere.",
		Remedy:    "Choose a bundle that makes the volumes after the migration a pair of one group.",
		Revisions: []rule.Revision{tables.Should(facts.SelfServicePage, "Enable Self-Service WorkSpace Management Capabilities for Your Users", "2019-01-08", "")},
	},
}

const (
	rootPath rule.Path = "WorkspaceProperties.RootVolumeSizeGib"
	userPath rule.Path = "WorkspaceProperties.UserVolumeSizeGib"
)

// A Fate is what becomes of a thing in a migration.
type Fate string

const (
	Lost          Fate = "lost"
	New           Fate = "new" // there is another in its place
	Kept          Fate = "kept"
	NotDocumented Fate = "undocumented"
)

// A System tells which WorkSpaces an Effect is for.
type System string

const (
	AnySystem System = ""
	Windows   System = "windows"
	Linux     System = "linux"
)

// An Effect is what becomes of one thing.
type Effect struct {
	Thing  string
	Fate   Fate
	System System
	Note   string
	Cite   rule.Citation
}

// Effects returns what becomes of the things of a WorkSpace that runs Windows or Linux:
// what is lost, what is new, what is kept, and what no document speaks of, in this order.
// It is empty for the zero Rules.
func (r Rules) Effects(s System) []Effect {
	var all []Effect
	if r.s == nil {
		return nil
	}
	for _, row := range r.s.effects {
		if row.System == AnySystem || row.System == s {
			all = append(all, row.Effect)
		}
	}
	return all
}

// MovedFolders returns the folders of D:\Users\user that are moved from the old Windows
// profile to the new one. Everything else, and what could not be moved, stays in the
// .NotMigrated folder.
func (r Rules) MovedFolders() []string {
	if r.known() != nil {
		return nil
	}
	return slices.Clone(movedFolders[:])
}

// A Move is a migration with the sizes that decide those of the new WorkSpace, in GiB.
type Move struct {
	Source, Target Desktop
	RootGiB        int32 // of the WorkSpace
	UserGiB        int32
	SourceUserGiB  int32 // default of the source bundle
	TargetRootGiB  int32 // defaults of the target bundle
	TargetUserGiB  int32
	Snapshot       time.Time // newest of the user volume; zero if not known
	At             time.Time // when the migration is done, in the time zone in which days are charged
}

// A Size is that of a volume after a migration, in GiB, and whether it is documented.
type Size struct {
	GiB     int32
	Verdict rule.Verdict // Allowed if the documents give this size, else Undocumented
	Why     string
	Cite    rule.Citation // of the page's note on sizes
}

// An Outcome is what a migration makes of a WorkSpace. The answer has VolumesOutsideGroups, and
// is open for sizes and charges that are not documented.
type Outcome struct {
	rule.Answer
	Root, User Size
	// LostAfter is the time of the snapshot: what the user wrote to the user volume of
	// Windows later is lost. It is zero if the snapshot is not known, and for Linux, whose
	// volume is attached as it is.
	LostAfter time.Time
	Billing   Billing
}

// A Billing is which days are charged in the month of a migration. The page says since 2020
// that both WorkSpaces are charged in part, and gives one example since 2020-06-04, of which
// this is the reading. The example ends its May on the 30th; here the month has all its days.
type Billing struct {
	Verdict rule.Verdict // Allowed, or Undocumented before the example
	Old     Days         // from the first of the month to the day of the migration
	New     Days         // from the day after; none on the last day of a month
	Cite    rule.Citation
}

// Days are days of a month, both ends included; zero is none.
type Days struct{ First, Last int }

// Outcome tells the volumes, the loss and the charges of a migration. The error is a *rule.InputError for a size below 1 GiB, and without
// At.
func (r Rules) Outcome(m Move) (Outcome, error) {
	if err := r.known(); err != nil {
		return Outcome{}, err
	}
	for _, v := range [...]struct {
		at  rule.Path
		gib int32
	}{
		{rootPath, m.RootGiB}, {userPath, m.UserGiB},
		{"Source.UserStorage.Capacity", m.SourceUserGiB}, {"Target.RootStorage.Capacity", m.TargetRootGiB}, {"Target.UserStorage.Capacity", m.TargetUserGiB},
	} {
		if v.gib < 1 {
			return Outcome{}, &rule.InputError{Path: v.at, Value: fmt.Sprint(v.gib), Reason: "is below 1 GiB"}
		}
	}
	if m.At.IsZero() {
		return Outcome{}, &rule.InputError{Path: "At", Reason: "is needed"}
	}
	o := Outcome{Root: r.s.rootSize(&m), User: r.s.userSize(&m), Billing: r.s.billing(m.At)}
	r.s.checkGroups(&o.Answer, &m, o.Root.GiB, o.User.GiB)
	if m.Source.osSet().in(linux) != yes {
		o.LostAfter = m.Snapshot
	}
	if o.Root.Verdict != rule.Allowed {
		o.NotDocumented(rootPath, o.Root.Why)
	}
	if o.User.Verdict != rule.Allowed {
		o.NotDocumented(userPath, o.User.Why)
	}
	if o.Billing.Verdict != rule.Allowed {
		o.NotDocumented("", "no document of the edition tells which days are charged")
	}
	o.Answer = o.Concluded()
	return o, nil
}

// rootSize: the root volume grows to the default of the target bundle.
func (r *snapshot) rootSize(m *Move) Size {
	if m.RootGiB <= m.TargetRootGiB {
		return r.documented(m, Size{GiB: m.TargetRootGiB, Why: "the default of the target bundle"})
	}
	s := r.documented(m, Size{GiB: m.RootGiB, Why: "above the default of the target bundle; no document describes that a root volume shrinks"})
	s.Verdict = rule.Undocumented
	return s
}

// userSize: a size that somebody chose stays; another becomes the larger of itself and the
// default of the target bundle.
func (r *snapshot) userSize(m *Move) Size {
	switch {
	case m.UserGiB != m.SourceUserGiB:
		return r.documented(m, Size{GiB: m.UserGiB, Why: "not the default of the source bundle, so it stays"})
	case m.UserGiB >= m.TargetUserGiB:
		return r.documented(m, Size{GiB: m.UserGiB, Why: "the default of the source bundle, which is not below that of the target"})
	}
	return r.documented(m, Size{GiB: m.TargetUserGiB, Why: "the default of the target bundle, which is above that of the source"})
}

// documented gives a size its verdict: the page's note on sizes is silent about some moves.
func (r *snapshot) documented(m *Move, s Size) Size {
	s.Cite = r.notes[sizesNote]
	switch {
	case m.Source.Compute == "" || m.Target.Compute == "":
		s.Why += "; whether the bundle type changes is not known"
	case m.Source.Compute == m.Target.Compute:
		s.Why += "; the note is for a change of the bundle type"
	case m.Source.License != Public:
		s.Why += "; what a default is with an image of your own is not said"
	default:
		s.Verdict = rule.Allowed
	}
	return s
}

// checkGroups reports a pair of sizes that could not be chosen for the target's compute type.
func (r *snapshot) checkGroups(a *rule.Answer, m *Move, root, user int32) {
	compute := computeSet(m.Target.Compute)
	var cite, disputed rule.Citation
	for _, g := range r.groups {
		switch contains := g.Contains(root, user); {
		case compute.in(g.compute) == no:
		case contains && !g.Disputed:
			return
		case contains:
			disputed = g.Cite
		default:
			cite = g.Cite
		}
	}
	switch {
	case disputed != (rule.Citation{}) && cite != (rule.Citation{}):
		a.Contradicted(rootPath, "the guide's pages disagree on the largest volumes", disputed, cite)
	case cite != (rule.Citation{}):
		r.rules.BreakBy(a, cite, VolumesOutsideGroups, rootPath, "%d GiB with %d GiB for the user are no pair that can be chosen for %s", root, user, m.Target.Compute)
	}
}

func (r *snapshot) billing(at time.Time) Billing {
	year, month, day := at.Date()
	b := Billing{Old: Days{1, day}}
	if last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day(); day < last {
		b.New = Days{day + 1, last}
	}
	var ok bool
	if b.Cite, ok = r.notes[billingNote]; ok {
		b.Verdict = rule.Allowed
	}
	return b
}
