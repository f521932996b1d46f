package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of what is offered with an operating system.
const (
	ComputeTypeNotOffered rule.Code = "bundles.compute-type-not-offered"
	ProtocolNotOffered    rule.Code = "bundles.protocol-not-offered"
	OperatingSystemEnded  rule.Code = "bundles.operating-system-ended"
)

var offerRules = []tables.Rule{
	{
		Code:      ComputeTypeNotOffered,
		Title:     "A compute type is not offered with an operating system.",
		Remedy:    "Choose a compute type that is offered with the operating system, or another system.",
		Revisions: []rule.Revision{tables.Must(bundlesPage, bundlesTitle, read2025, "")},
	},
	{
		Code:      ProtocolNotOffered,
		Title:     "A streaming protocol is not offered with an operating system.",
		Remedy:    "Choose a protocol that is offered with the operating system, or another system.",
		Revisions: []rule.Revision{tables.Must(bundlesPage, bundlesTitle, read2025, "")},
	},
	{
		Code:      OperatingSystemEnded,
		Title:     "The life of an operating system is over.",
		Remedy:    "Choose an operating system whose life is not over.",
		Revisions: []rule.Revision{{Level: rule.Should, Span: tables.During(endAmazonLinux2, ""), Cite: tables.Cite(bundlesPage, bundlesTitle, readLinux9)}},
	},
}

// An offering is a row of the table of offers with the compute types that it stands for.
type offering struct {
	offerRow
	compute map[types.Compute]bool
}

func (s *snapshot) compileOffers(e rule.Edition) {
	s.offers = map[types.OperatingSystemName]*offering{}
	note, _ := graphicsPCoIP.One(e)
	s.graphicsPCoIP = note.Cite
	for _, row := range offers.On(e) {
		o := Offer{System: row.system, Name: row.name, BYOL: row.byol, Protocols: row.protocols, Cite: row.Cite}
		if row.ended != "" {
			o.Ended = rule.MustParseEdition(row.ended)
		}
		offered := map[types.Compute]bool{}
		for _, c := range s.inOrder {
			if row.has(c) {
				o.Compute = append(o.Compute, c.Name)
				offered[c.Name] = true
			}
		}
		s.offerList = append(s.offerList, o)
		if row.name != "" {
			s.offers[row.name] = &offering{row, offered}
		}
	}
}

// computeRank is where a compute type first stands in the table, which has those without a GPU in
// ascending order.
func computeRank(name types.Compute) int {
	return slices.IndexFunc(computeTypes.Rows, func(r computeRow) bool { return r.Name == name })
}

// has reports whether a row lists a compute type.
func (row *offerRow) has(c *compute) bool {
	if c.Family != GeneralPurpose {
		return slices.Contains(row.families, c.Family)
	}
	at := computeRank(c.Name)
	return computeRank(row.smallest) <= at && at <= computeRank(row.largest)
}

// Offers returns what the edition offers with each operating system, in the order of the
// guide's table; none before the reading of 2025. The result is the caller's.
func (r Rules) Offers() (list []Offer) {
	if r.s == nil {
		return nil
	}
	for _, o := range r.s.offerList {
		o.Protocols, o.Compute = slices.Clone(o.Protocols), slices.Clone(o.Compute)
		list = append(list, o)
	}
	return list
}

// CheckOffer tells whether WorkSpaces offers a compute type and a protocol with an operating
// system; an empty compute type or protocol is not asked about. The guide calls WSP by its newer
// name, DCV. Violations stand at ComputeTypeName, Protocols and OperatingSystemName, in this
// order; that a compute type has ended stands first. The answer is open for an operating system
// or compute type that the edition does not list, and for one with a GPU over DCV with Windows
// from 2025-10-21 to 2026-05-15, when a note spoke against the guide's table. See CheckDesktop for all that belongs to a
// WorkSpace.
func (r Rules) CheckOffer(system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.ended(&a, computeName, r.s.compute(compute))
	r.s.offered(&a, system, compute, protocol)
	return a.Concluded(), nil
}

func (s *snapshot) offered(a *rule.Answer, system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) {
	if isUnknown(system) {
		a.NotGiven(systemName, "the operating system is not known")
		return
	}
	o := s.offers[system]
	if o == nil {
		a.NotDocumented(systemName, "no document of the edition tells what is offered with "+quoted(system))
		return
	}
	switch {
	case compute == "":
	case s.compute(compute).Family == "":
		unknownCompute(a, compute)
	case !o.compute[compute]:
		s.rules.Break(a, ComputeTypeNotOffered, computeName, "%s is not offered with %s", compute, o.system)
	}
	switch family := s.compute(compute).Family; {
	case protocol == "":
	case !slices.Contains(o.protocols, protocol):
		s.rules.Break(a, ProtocolNotOffered, protocolsPath, "%s is not offered with %s", protocol, o.system)
	case s.graphicsPCoIP != (rule.Citation{}) && protocol != types.ProtocolPcoip && isWindows(system) && family != "" && family != GeneralPurpose:
		a.Contradicted(protocolsPath, "a note of the guide gives Graphics bundles with Windows PCoIP alone, and its table does not", s.graphicsPCoIP, o.Cite)
	}
	if o.ended != "" {
		s.rules.Break(a, OperatingSystemEnded, systemName, "the life of %s ended on %s", o.system, o.ended)
	}
}
