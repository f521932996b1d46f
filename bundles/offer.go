package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of what is offered with an operating system.
const (
	ComputeTypeNotOffered rule.Code = "bundles.compute-type-not-offered"
	ProtocolNotOffered    rule.Code = "bundles.protocol-not-offered"
)

var offerRules = []tables.Rule{
	{
		Code:      ComputeTypeNotOffered,
		Title:     "A compute type is not offered with an operating system.",
		Remedy:    "Choose a compute type that is offered with the operating system, or another system.",
		Revisions: []rule.Revision{tables.Must(bundlesPage, facts.BundlesTitle, read2025, "")},
	},
	{
		Code:   ProtocolNotOffered,
		Title:  "A streaming protocol is not offered with an operating system, or not with its GPU.",
		Remedy: "Choose a protocol that is offered with the operating system and the compute type, or another system.",
		Revisions: []rule.Revision{
			tables.Must(historyPage, "WorkSpaces Streaming Protocol (WSP)", "2020-12-01", "2021-05-07"),
			tables.Must(migratePage, "Migration Limits", "2021-05-07", read2025),
			tables.Must(bundlesPage, facts.BundlesTitle, read2025, ""),
		},
	},
}

func (s *snapshot) compileOffers() {
	for _, row := range s.catalogue.Offers() {
		o := Offer{System: row.System, Name: types.OperatingSystemName(row.Name), BYOL: row.BYOL, Cite: row.Cite}
		for _, p := range row.Protocols {
			o.Protocols = append(o.Protocols, types.Protocol(p))
		}
		for _, end := range s.calendar {
			if end.Kind == EndOfOperatingSystem && end.What == row.System {
				o.Last = end.Last
			}
		}
		for _, c := range s.inOrder {
			if row.Has(string(c.Name)) {
				o.Compute = append(o.Compute, c.Name)
			}
		}
		s.offerList = append(s.offerList, o)
	}
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
// name, DCV: it is judged as WSP, with the advice to write the value. Violations stand at ComputeTypeName and Protocols, and then, for what ends, at
// OperatingSystemName and Protocols; that a compute type has ended stands first. Ends are held
// against [Rules.Day]. The answer is open for an operating system or compute type that the edition does
// not list, and where another page of the guide permits what its table of operating systems does not list. See CheckDesktop for all that belongs to a
// WorkSpace.
func (r Rules) CheckOffer(system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.s.ended(&a, computeName, r.s.compute(compute))
	r.s.offered(&a, system, compute, r.s.spelled(&a, protocolsPath, protocol))
	r.s.endings(&a, system, protocol, r.Day(), false)
	return a.Concluded(), nil
}

func (s *snapshot) offered(a *rule.Answer, system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) {
	if isUnknown(system) {
		a.NotGiven(systemName, "the operating system is not known")
		return
	}
	o := s.catalogue.Offer(string(system))
	if o == nil {
		a.NotDocumented(systemName, "no document of the edition tells what is offered with "+quoted(system))
	}
	if o != nil && compute != "" && s.compute(compute).Family == "" {
		unknownCompute(a, compute)
	}
	for _, f := range s.catalogue.Against(string(system), string(compute), string(protocol)) {
		if f.Part != facts.SystemPart { // what ends is the calendar's to say, for a day
			s.finding(a, &f)
		}
	}
}

// finding adds what stands against a desktop: it is refused, or in dispute.
func (s *snapshot) finding(a *rule.Answer, f *facts.Finding) {
	code, at := offerCode(f.Part)
	if f.Against != (rule.Citation{}) {
		a.Contradicted(at, f.Detail+", and another document permits it", f.Cite, f.Against)
		return
	}
	s.rules.BreakBy(a, f.Cite, code, at, "%s", f.Detail)
}

// offerCode returns the rule that a finding about a compute type or a protocol breaks, and where.
func offerCode(p facts.Part) (rule.Code, rule.Path) {
	if p == facts.ComputePart {
		return ComputeTypeNotOffered, computeName
	}
	return ProtocolNotOffered, protocolsPath
}
