package bundles

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of changes of the compute type.
const (
	ComputeTypeFixed           rule.Code = "bundles.compute-type-fixed"
	FamilyCrossed              rule.Code = "bundles.family-crossed"
	SwitchNeedsOperatingSystem rule.Code = "bundles.switch-needs-operating-system"
	SwitchNeedsVolumes         rule.Code = "bundles.switch-needs-volumes"
	LargerTooSoon              rule.Code = "bundles.larger-too-soon"
	SmallerTooSoon             rule.Code = "bundles.smaller-too-soon"
)

var switchRules = []tables.Rule{
	{
		Code:      ComputeTypeFixed,
		Title:     "A compute type can become no other.",
		Remedy:    "Migrate the WorkSpace to a bundle of the other compute type.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Changing Bundle Types", "2021-01-08", "")},
	},
	{
		Code:      FamilyCrossed,
		Title:     "A compute type with a GPU is to become one of another family.",
		Remedy:    "Migrate the WorkSpace to a bundle of the other family.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Change bundle types", "2022-09-02", "")},
	},
	{
		Code:      SwitchNeedsOperatingSystem,
		Title:     "PowerPro becomes GeneralPurpose only with some operating systems.",
		Remedy:    "Keep PowerPro unless the WorkSpace runs one of the systems that are named.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify compute type", read2025, "")},
		Figures:   []tables.Figure{{Name: "systems with which POWERPRO becomes GENERALPURPOSE", Value: words(fromPowerPro)}},
	},
	{
		Code:      SwitchNeedsVolumes,
		Title:     "The volumes are too small for the new compute type.",
		Remedy:    "Grow the volumes to at least 175 and 100 GiB first.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify compute type", read2025, "")},
	},
	{
		Code:      LargerTooSoon,
		Title:     "A larger compute type is asked for too soon after the launch, or after the last change to a larger one.",
		Remedy:    "Wait until the time since the launch, or since the last change to a larger compute type, has passed.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2018-02-03", "")},
	},
	{
		Code:      SmallerTooSoon,
		Title:     "A smaller compute type is asked for too soon after the last change to a smaller one.",
		Remedy:    "Wait until the time since the last change to a smaller compute type has passed.",
		Revisions: []rule.Revision{tables.Must(modifyPage, "Modify a WorkSpace", "2018-02-03", "")},
	},
}

// A freeRow is a set of compute types between which the guide says that one can switch.
type freeRow struct {
	types []types.Compute
	tables.Dated
}

var freeSwitches = tables.Table[freeRow]{
	Name: "free switches",
	Lists: func(r freeRow) []rule.Parameter {
		return parameter("compute types that become one another", words(r.types))
	},
	Rows: []freeRow{
		{[]types.Compute{types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower},
			tables.Since(modifyPage, "Modify a WorkSpace", "2018-02-03", "2019-01-08")},
		{[]types.Compute{types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro},
			tables.Since(modifyPage, "Modify a WorkSpace", "2019-01-08", read2025)},
		{[]types.Compute{
			types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro,
			types.ComputeGeneralpurpose4xlarge, types.ComputeGeneralpurpose8xlarge,
		}, tables.Since(modifyPage, "Modify compute type", read2025, "")},
	},
}

// upFrom are compute types that another page tells to leave for a larger one that has free switches, though
// the list of these has lost them. It speaks of Windows 7 and of what it calls Windows 10.
var upFrom = tables.Table[upRow]{
	Name: "switch to a larger type",
	Key:  func(r upRow) string { return string(r.from) },
	Lists: func(r upRow) []rule.Parameter {
		return parameter("compute type that becomes a larger one with Windows 7 and Windows 10", string(r.from))
	},
	Rows: []upRow{{types.ComputeValue, tables.Since(migratePage, "Migrate a WorkSpace in WorkSpaces Personal", read2025, "")}},
}

type upRow struct {
	from types.Compute
	tables.Dated
}

// A familyRow says that compute types of a family can be switched within it, or cannot be
// switched at all.
type familyRow struct {
	family Family
	within bool
	tables.Dated
}

func family(within bool, section, since, until string, names ...Family) (rows []familyRow) {
	for _, f := range names {
		rows = append(rows, familyRow{f, within, tables.Since(modifyPage, section, since, until)})
	}
	return rows
}

// families. The guide does not say whether G6, Gr6, G6f and Gr6f are one instance family: the
// bundle options call them variants.
var families = tables.Table[familyRow]{
	Name: "family",
	Key:  func(r familyRow) string { return string(r.family) },
	Lists: func(r familyRow) []rule.Parameter {
		value, code := "cannot be switched", ComputeTypeFixed
		if r.within {
			value, code = "switched within the family", FamilyCrossed
		}
		return parameter("compute types of "+string(r.family), value, code)
	},
	Rows: slices.Concat(
		family(false, "Changing Bundle Types", "2021-01-08", "", Graphics, GraphicsPro),
		family(true, "Change bundle types", "2022-09-02", "", G4dn),
		family(true, "Modify compute type", readG6, "", G6, Gr6, G6f, Gr6f),
		family(true, "Modify compute type", lastReading, "", G7),
	),
}

// oneFamilyPerhaps are the variants that may be one family: no document says.
var oneFamilyPerhaps = []Family{G6, Gr6, G6f, Gr6f}

// fromPowerPro are the operating systems with which PowerPro can become GeneralPurpose.
var fromPowerPro = []types.OperatingSystemName{types.OperatingSystemNameWindowsServer2022, types.OperatingSystemNameWindows11}

func (s *snapshot) compileSwitches(e rule.Edition) {
	s.free, s.upFrom = freeSwitches.On(e), upFrom.On(e)
	s.families = byKey(families.On(e), func(r familyRow) Family { return r.family })
}

const (
	computeName rule.Path = "ComputeTypeName"
	systemName  rule.Path = "OperatingSystemName"
)

// CheckSwitch tells whether ModifyWorkspaceProperties would change the compute type of w, asked
// at now. Violations, in this order: a target that has ended, one that the
// Region of w lacks, a pair between which nothing
// leads, what a GeneralPurpose type needs of operating system and volumes, the waits for a
// larger or smaller type, and what CheckOperation says of ModifyCompute.
//
// Compare says which type is larger. The guide's words are read so that the wait for larger
// types and the wait for smaller ones do not depend on each other. The guide's pages disagree on
// a smaller type soon after the launch: that for administrators names no wait, that for
// self-service 6 hours. From 2020-07-08 to 2021-09-03 the former asks for an hour before a larger type, and the
// latter for 6. The answer is open then.
//
// Since the guide's list leaves Value out, Value becomes a larger type only with Windows 7 and Windows 10, which
// the page on migration tells one to do.
//
// It is also open where the guide does not speak of the pair: to Value, and from it with another system, since
// then, from a type without a GPU to one with a GPU, among G6, Gr6, G6f and Gr6f,
// and for types that the edition does not know. An empty target and a negative size of w are a
// *rule.InputError.
func (r Rules) CheckSwitch(w Workspace, to types.Compute, now time.Time) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if to == "" {
		return rule.Answer{}, &rule.InputError{Path: computeName, Value: "", Reason: "is not a compute type"}
	}
	if err := w.check(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.switchTo(&a, &w, to, now)
	r.s.operation(&a, ModifyCompute, &w)
	return a.Concluded(), nil
}

func (s *snapshot) switchTo(a *rule.Answer, w *Workspace, to types.Compute, now time.Time) {
	s.ended(a, computeName, s.compute(to))
	s.inRegion(a, computeName, w.Region, to)
	if !s.leadsTo(a, w, to) {
		return
	}
	s.switchOffered(a, w, to)
	if isGeneralPurpose(to) && !isGeneralPurpose(w.ComputeType) {
		s.generalPurpose(a, w)
	}
	switch Compare(to, w.ComputeType) {
	case Larger:
		s.waitedSinceLaunch(a, BeforeFirstLarger, LargerTooSoon, computeName, w.History, now)
		s.waited(a, BetweenLarger, LargerTooSoon, computeName, w.History.Larger, now)
		s.usersWait(a, BeforeSelfService, BeforeFirstLarger, computeName, "a larger type", w.History.Launched, now, rule.Citation{})
		s.usersWait(a, BetweenOwnLarger, BetweenLarger, computeName, "the next larger type", w.History.Larger, now, rule.Citation{})
	default: // smaller: of two types between which one can switch, one is larger
		s.usersWait(a, BeforeSelfService, "", computeName, "a smaller type", w.History.Launched, now, s.rules.Cite(SmallerTooSoon))
		s.waited(a, BetweenSmaller, SmallerTooSoon, computeName, w.History.Smaller, now)
	}
}

// switchOffered judges whether the new type is offered with the operating system of the WorkSpace.
// The way from PowerPro to GeneralPurpose has a rule of its own about systems.
func (s *snapshot) switchOffered(a *rule.Answer, w *Workspace, to types.Compute) {
	if isGeneralPurpose(to) && w.ComputeType == types.ComputePowerpro && s.rules.Has(SwitchNeedsOperatingSystem) {
		return
	}
	if isUnknown(w.OperatingSystem) {
		if s.catalogue.Separates(string(w.ComputeType), string(to)) {
			a.NotGiven(systemName, "the operating system is not known")
		}
		return
	}
	for _, f := range s.catalogue.Against(string(w.OperatingSystem), string(to), string(w.Protocol)) {
		if f.Part == facts.ComputePart {
			s.finding(a, &f)
		}
	}
}

// leadsTo reports whether the guide lets one compute type become another. If not, the answer
// has a violation or an open question.
func (s *snapshot) leadsTo(a *rule.Answer, w *Workspace, to types.Compute) bool {
	from := w.ComputeType
	x, y := s.compute(from), s.compute(to)
	switch {
	case from == "" || x.Family == "" && from != to:
		unknownCompute(a, from)
		return false
	case from == to:
		a.NotDocumented(computeName, "no document says what a request for the present "+quoted(to)+" does")
		return false
	case y.Family == "":
		unknownCompute(a, to)
		return false
	}
	for i := range s.free {
		if set := s.free[i].types; slices.Contains(set, from) && slices.Contains(set, to) {
			return true
		}
	}
	if s.isUp(from, to) {
		switch {
		case isUnknown(w.OperatingSystem):
			a.NotGiven(systemName, "the operating system is not known")
			return false
		case w.OperatingSystem == types.OperatingSystemNameWindows7, w.OperatingSystem == types.OperatingSystemNameWindows10,
			slices.Contains(s.windows10, string(w.OperatingSystem)):
			return true
		}
	}
	if row, ok := s.families[x.Family]; ok {
		switch {
		case !row.within:
			s.rules.BreakBy(a, row.Cite, ComputeTypeFixed, computeName, "%s cannot become another type; migrate the WorkSpace", from)
			return false
		case x.Family == y.Family:
			return true
		case !slices.Contains(oneFamilyPerhaps, x.Family) || !slices.Contains(oneFamilyPerhaps, y.Family):
			s.rules.BreakBy(a, row.Cite, FamilyCrossed, computeName, "%s is not of the family of %s; migrate the WorkSpace", to, from)
			return false
		}
	}
	a.NotDocumented(computeName, "no document of the edition says whether "+string(from)+" can become "+string(to))
	return false
}

// isUp reports whether a compute type becomes one of the free switches by another page than their list.
// They are all larger.
func (s *snapshot) isUp(from, to types.Compute) bool {
	return slices.ContainsFunc(s.upFrom, func(r upRow) bool { return r.from == from }) &&
		slices.ContainsFunc(s.free, func(r freeRow) bool { return slices.Contains(r.types, to) })
}

// generalPurpose judges what GENERALPURPOSE types need of the WorkSpace that becomes one.
func (s *snapshot) generalPurpose(a *rule.Answer, w *Workspace) {
	switch {
	case w.ComputeType != types.ComputePowerpro || slices.Contains(fromPowerPro, w.OperatingSystem) || !s.rules.Has(SwitchNeedsOperatingSystem):
	case isUnknown(w.OperatingSystem):
		a.NotGiven(systemName, "the operating system is not known")
	default:
		s.rules.Break(a, SwitchNeedsOperatingSystem, systemName, "%s becomes GeneralPurpose only with one of %s, not with %s", w.ComputeType, words(fromPowerPro), w.OperatingSystem)
	}
	switch m := s.compute(types.ComputeGeneralpurpose4xlarge).least; {
	case w.Volumes.Root == 0 || w.Volumes.User == 0:
		a.NotGiven(rootSize, "the sizes of the volumes are not known")
	case w.Volumes.Root < m.root || w.Volumes.User < m.user:
		s.rules.BreakBy(a, m.Cite, SwitchNeedsVolumes, rootSize, "GeneralPurpose needs volumes of %d/%d GiB, and these are %s", m.root, m.user, w.Volumes)
	}
}
