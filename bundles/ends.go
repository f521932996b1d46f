package bundles

import (
	"cmp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of what comes to an end. An end that lies at most two years ahead of the day of the
// rules is a Should, and one that is over a Must; see [Rules.AsOf].
const (
	OperatingSystemEnds   rule.Code = "bundles.operating-system-ends"
	OperatingSystemEnded  rule.Code = "bundles.operating-system-ended"
	OperatingSystemClosed rule.Code = "bundles.operating-system-closed"
	ProtocolEnds          rule.Code = "bundles.protocol-ends"
	ProtocolEnded         rule.Code = "bundles.protocol-ended"
	ProtocolClosed        rule.Code = "bundles.protocol-closed"
	PoolsEnd              rule.Code = "bundles.pools-end"
	PoolsEnded            rule.Code = "bundles.pools-ended"
	PoolsClosed           rule.Code = "bundles.pools-closed"
)

var endRules = []tables.Rule{
	{
		Code:      OperatingSystemEnds,
		Title:     "The last day of an operating system is known.",
		Remedy:    "Plan a migration to a later operating system before that day.",
		Revisions: []rule.Revision{tables.Should(bundlesPage, facts.BundlesTitle, read2025, "")},
	},
	{
		Code:      OperatingSystemEnded,
		Title:     "The life of an operating system is over.",
		Remedy:    "Choose an operating system whose life is not over.",
		Revisions: []rule.Revision{tables.Must(bundlesPage, facts.BundlesTitle, read2025, "")},
	},
	{
		Code:   OperatingSystemClosed,
		Title:  "No new WorkSpace with an operating system can be created.",
		Remedy: "Choose another operating system.",
		// From the day after the last of Amazon Linux 2 on, its life is over.
		Revisions: []rule.Revision{tables.Must(historyPage, facts.AmazonLinux2Notice, "2026-05-15", facts.EndAmazonLinux2)},
	},
	{
		Code:      ProtocolEnds,
		Title:     "The last day of a streaming protocol is known.",
		Remedy:    "Move to DCV before that day.",
		Revisions: []rule.Revision{tables.Should(historyPage, facts.PCoIPNotice, facts.Announced, "")},
	},
	{
		Code:      ProtocolEnded,
		Title:     "The life of a streaming protocol is over.",
		Remedy:    "Choose DCV.",
		Revisions: []rule.Revision{tables.Must(historyPage, facts.PCoIPNotice, facts.Announced, "")},
	},
	{
		Code:      ProtocolClosed,
		Title:     "A streaming protocol takes no new customers.",
		Remedy:    "Choose DCV.",
		Revisions: []rule.Revision{tables.Must(endOfPCoIPPage, facts.PCoIPEndTitle, facts.Announced, "")},
	},
	{
		Code:      PoolsEnd,
		Title:     "The last day of WorkSpaces Pools is known.",
		Remedy:    "Move to WorkSpaces Applications before that day.",
		Revisions: []rule.Revision{tables.Should(historyPage, facts.PoolsNotice, facts.Announced, "")},
	},
	{
		Code:      PoolsEnded,
		Title:     "The life of WorkSpaces Pools is over.",
		Remedy:    "Use WorkSpaces Applications.",
		Revisions: []rule.Revision{tables.Must(historyPage, facts.PoolsNotice, facts.Announced, "")},
	},
	{
		Code:      PoolsClosed,
		Title:     "WorkSpaces Pools takes no new customers.",
		Remedy:    "Use WorkSpaces Applications.",
		Revisions: []rule.Revision{tables.Must(poolsEndPage, facts.PoolsNotice, facts.Announced, "")},
	},
}

// AsOf returns the rules of the same edition for questions about day: what the documents of the edition
// say of ends is held against that day. So [Newest] answers for a plan of next year. Without AsOf the
// day is the date of the edition. A later day never makes an answer better. A day before the edition is a
// *rule.InputError.
func (r Rules) AsOf(day rule.Edition) (Rules, error) {
	if err := r.known(); err != nil {
		return Rules{}, err
	}
	var err error
	if r.day, err = tables.AsOf(r.edition, day); err != nil {
		return Rules{}, err
	}
	return r, nil
}

// Day returns the day that questions are about: that of AsOf, or the date of the edition.
func (r Rules) Day() rule.Edition { return cmp.Or(r.day, r.edition) }

// CheckPools tells whether a pool can be created, or used, on the day of the rules. newCustomer tells
// that the account used no WorkSpaces Pools before 2026-07-31, from which on new customers are not taken; false also
// stands for not known. The page of the end lets those go on who created pools before 2026-06-30: of an account
// that began between the two days it says both yes and no, and CheckPools follows the first.
// Violations have no path. The answer is open before 2024-06-27, when there were no pools.
func (r Rules) CheckPools(newCustomer bool) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if !r.s.pools {
		a.NotDocumented("", "no document of the edition speaks of WorkSpaces Pools")
	}
	r.s.ending(&a, "", EndOfPools, facts.Pools, r.Day(), newCustomer)
	return a.Concluded(), nil
}

// endCodes are the rules of an end: ahead, over, and nothing new taken.
var endCodes = map[EndKind]struct{ ends, ended, closed rule.Code }{
	EndOfOperatingSystem: {OperatingSystemEnds, OperatingSystemEnded, OperatingSystemClosed},
	EndOfProtocol:        {ProtocolEnds, ProtocolEnded, ProtocolClosed},
	EndOfPools:           {PoolsEnd, PoolsEnded, PoolsClosed},
}

// endings adds violations for an operating system and a protocol that end, or have ended, as of a day.
func (s *snapshot) endings(a *rule.Answer, system types.OperatingSystemName, protocol types.Protocol, day rule.Edition, newToPCoIP bool) {
	s.ending(a, systemName, EndOfOperatingSystem, string(system), day, false)
	if !slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Code == ProtocolNotOffered }) {
		s.ending(a, protocolsPath, EndOfProtocol, string(protocol), day, newToPCoIP)
	}
}

// ending adds a violation for something that ends, by its name in the API, as of a day.
func (s *snapshot) ending(a *rule.Answer, at rule.Path, kind EndKind, name string, day rule.Edition, newCustomer bool) {
	e, codes := s.ends[endKey{kind, name}], endCodes[kind]
	switch stage := e.On(day); {
	case stage == facts.Over:
		s.rules.BreakBy(a, e.Cite, codes.ended, at, "%s ended on %s", e.What, e.Last)
	case e.Closes(day) && (newCustomer || !e.NewCustomers):
		s.rules.Break(a, codes.closed, at, "%s takes nothing new from %s on, and ends on %s", e.What, e.Closed, e.Last)
	case stage != facts.Far:
		s.rules.BreakBy(a, e.Cite, codes.ends, at, "%s ends on %s", e.What, e.Last)
		if stage == facts.Doubtful {
			a.NotDocumented(at, facts.OnItsDay)
		}
	}
}

// An EndKind is a kind of what comes to an end. The zero value is no kind.
type EndKind string

const (
	EndOfOperatingSystem = EndKind(facts.EndOfSystem)
	EndOfProtocol        = EndKind(facts.EndOfProtocol)
	EndOfPools           = EndKind(facts.EndOfPools)

	EndOfComputeType EndKind = "compute type"
)

// An End is the last day of something that WorkSpaces offers.
type End struct {
	Kind EndKind
	What string // as the guide calls it
	Name string // as the API spells it; "" if it has no name there
	// Last is the last day on which it can be used. A month stands for its last day.
	Last rule.Edition
	// Uncertain is set if the documents give the day as that of the end, and do not say whether it can be used on
	// it. The checks leave that day open.
	Uncertain bool
	// Closed is the first day on which nothing new is taken; zero if no document gives one.
	Closed       rule.Edition
	NewCustomers bool // it is closed to new customers alone
	Cite         rule.Citation
}

// Over reports whether the end lies before a day.
func (e End) Over(day rule.Edition) bool { return day.Compare(e.Last) > 0 }

// Touches reports whether a WorkSpace with these properties, as DescribeWorkspaces gives them, has what
// comes to an end.
func (e End) Touches(p types.WorkspaceProperties) bool {
	switch {
	case e.Name == "":
		return false
	case e.Kind == EndOfOperatingSystem:
		return string(p.OperatingSystemName) == e.Name
	case e.Kind == EndOfProtocol:
		return slices.Contains(p.Protocols, types.Protocol(e.Name))
	case e.Kind == EndOfComputeType:
		return string(p.ComputeTypeName) == e.Name
	}
	return false
}

// Calendar returns all ends that documents of the edition give, those that are over included, by their last
// day and then by name, as a new slice. It does not depend on the day of AsOf.
func (r Rules) Calendar() []End {
	if r.s == nil {
		return nil
	}
	return slices.Clone(r.s.calendar)
}

type endKey struct {
	kind EndKind
	name string
}

func (s *snapshot) compileEnds(e rule.Edition) {
	s.pools = len(pools.On(e)) > 0
	s.ends = map[endKey]*facts.Deadline{}
	for _, row := range facts.Ends.On(e) {
		s.calendar = append(s.calendar, endOf(row))
		s.ends[endKey{EndKind(row.Kind), row.Name}] = row.Deadline()
	}
	for _, row := range facts.Retirements.On(e) {
		s.calendar = append(s.calendar, End{Kind: EndOfComputeType, What: row.Compute, Name: row.Compute, Last: rule.MustParseEdition(row.Last), Uncertain: !row.OnLast, Cite: row.Cite})
	}
	slices.SortStableFunc(s.calendar, func(a, b End) int {
		return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.What, b.What))
	})
}
