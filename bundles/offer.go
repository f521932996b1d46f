package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Offers returns what the edition offers with each operating system, in the order of the
// guide's table; none before the newest reading of it. The result is the caller's.
func (r Rules) Offers() []Offer {
	var list []Offer
	for i := range offerRows {
		row := &offerRows[i]
		if !row.span.Contains(r.edition) {
			continue
		}
		o := Offer{System: row.system, Name: row.name, BYOL: row.byol, Protocols: slices.Clone(row.protocols), Cite: row.cite}
		for _, c := range r.ComputeTypes() {
			if row.has(&c) {
				o.Compute = append(o.Compute, c.Name)
			}
		}
		if end, over := row.over(r.edition); over {
			o.Ended = end
		}
		list = append(list, o)
	}
	return list
}

// CheckOffer tells whether WorkSpaces offers a compute type and a protocol with an operating
// system; an empty one is not asked about. The guide calls WSP by its newer name, DCV.
// Violations stand at ComputeTypeName, Protocols and OperatingSystemName, in this order. The
// answer is open for an operating system or compute type that the edition does not list.
func (r Rules) CheckOffer(system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	var a Answer
	r.offered(&a, system, compute, protocol)
	return a.concluded(), nil
}

func (r Rules) offered(a *Answer, system types.OperatingSystemName, compute types.Compute, protocol types.Protocol) {
	i := slices.IndexFunc(offerRows, func(row offerRow) bool {
		return row.name == system && row.span.Contains(r.edition)
	})
	if system == "" {
		a.lacks("OperatingSystemName", "the operating system is not known")
		return
	}
	if i < 0 {
		a.undocumented("OperatingSystemName", fmt.Sprintf("no document of the edition tells what is offered with %q", system))
		return
	}
	row := &offerRows[i]
	switch c := r.compute(compute); {
	case compute == "":
	case c == nil:
		a.noSuchType(compute)
	case !row.has(&c.ComputeType):
		r.broken(a, ComputeTypeNotOffered, computeName, fmt.Sprintf("%s is not offered with %s", compute, row.system))
	}
	if protocol != "" && !slices.Contains(row.protocols, protocol) {
		r.broken(a, ProtocolNotOffered, protocolsPath, fmt.Sprintf("%s is not offered with %s", protocol, row.system))
	}
	if end, over := row.over(r.edition); over {
		r.broken(a, OperatingSystemEnded, "OperatingSystemName", fmt.Sprintf("the life of %s ended on %s", row.system, end))
	}
}

// has reports whether the row lists a compute type.
func (row *offerRow) has(c *ComputeType) bool {
	if c.Family != GeneralPurpose {
		return slices.Contains(row.families, c.Family)
	}
	return Compare(c.Name, row.smallest) != Smaller && Compare(c.Name, row.largest) != Larger
}

// over returns the last day of the operating system, if it is past.
func (row *offerRow) over(e rule.Edition) (rule.Edition, bool) {
	if row.ended == "" {
		return rule.Edition{}, false
	}
	end := rule.MustParseEdition(row.ended)
	return end, end.Compare(e) < 0
}
