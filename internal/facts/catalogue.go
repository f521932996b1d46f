package facts

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Catalogue is what exists in an edition: with which operating system which compute types and
// protocols are offered, in which Regions, until when, and what documents say against one another about it.
type Catalogue struct {
	offers      []Offer
	byName      map[string]*Offer
	closed      map[string]rule.Citation
	retirements map[string]Retirement
	streams     []Stream
	permits     []Permit
	places      []Place
	families    map[Family]bool // those that the edition knows
	edition     string
}

// NewCatalogue returns the catalogue of an edition.
func NewCatalogue(e rule.Edition) *Catalogue {
	c := &Catalogue{
		offers: Offers.On(e), streams: Streams.On(e), permits: Permits.On(e), places: Places.On(e),
		edition: e.String(), byName: map[string]*Offer{}, closed: map[string]rule.Citation{}, retirements: map[string]Retirement{},
	}
	c.families = map[Family]bool{GeneralPurpose: true, Graphics: true, GraphicsPro: true, G4dn: true}
	for i := range c.offers {
		c.byName[c.offers[i].Name] = &c.offers[i]
		for _, f := range c.offers[i].Families {
			c.families[f] = true
		}
	}
	for _, row := range Ends.On(e) {
		if row.Kind == EndOfSystem && row.ClosesToAll() && row.Closed <= e.String() {
			c.closed[row.Name] = row.Cite
		}
	}
	for _, row := range Retirements.On(e) {
		c.retirements[row.Compute] = row
	}
	return c
}

// Offers returns the rows of the guide's table, in its order. They are shared.
func (c *Catalogue) Offers() []Offer { return c.offers }

// Offer returns the row of a system, or nil if the edition has none.
func (c *Catalogue) Offer(system string) *Offer { return c.byName[system] }

// Retirement returns the end of a compute type, and whether it has ended or that is disputed.
func (c *Catalogue) Retirement(compute string) (Retirement, bool) {
	r, ok := c.retirements[compute]
	return r, ok
}

// Against returns what stands against a new WorkSpace of a system with a compute type and a protocol:
// what the table of offers lacks, what documents say of the protocol and the GPU, and that no new WorkSpace
// of the system can be created. An empty compute type or protocol is not asked about, nor a compute type
// of a family that the edition does not know. A system that it does not list has no offer against it.
// Retirements are not among it. The order is that of the parts.
func (c *Catalogue) Against(system, compute, protocol string) (list []Finding) {
	if !c.Knows(compute) {
		compute = ""
	}
	o := c.byName[system]
	if o != nil && compute != "" && !o.Has(compute) {
		f := Finding{ComputePart, compute + " is not offered with " + o.System, o.Cite, rule.Citation{}}
		if compute != "VALUE" || system != "WINDOWS_11" {
			f.Against = c.permitted(system, "")
		}
		list = append(list, f)
	}
	refused := false // by the table
	if o != nil && protocol != "" && !slices.Contains(o.Protocols, protocol) {
		refused = true
		f := Finding{ProtocolPart, protocol + " is not offered with " + o.System, o.Cite, c.permitted(system, protocol)}
		if f.Against == (rule.Citation{}) && compute != "" {
			f.Against = c.streaming(system, compute, protocol, true)
		}
		list = append(list, f)
	}
	if by := c.streaming(system, compute, protocol, false); by != (rule.Citation{}) && !refused {
		with := system
		if o != nil {
			with = o.System
		}
		list = append(list, Finding{ProtocolPart, compute + " does not stream by " + protocol + " with " + with, by, c.streaming(system, compute, protocol, true)})
	}
	if by, closed := c.closed[system]; closed {
		name := system
		if o != nil {
			name = o.System
		}
		list = append(list, Finding{SystemPart, "no new WorkSpace of " + name + " can be created", by, rule.Citation{}})
	}
	return list
}

// Knows reports whether the edition knows the family of a compute type.
func (c *Catalogue) Knows(compute string) bool { return c.families[FamilyOf(compute)] }

// Names reports whether a document of the edition names a compute type: its family is known, and so is the type if it is
// newer.
func (c *Catalogue) Names(compute string) bool {
	return c.Knows(compute) && c.edition >= FirstNamed[compute]
}

// TakesAll reports whether a document permits a system every compute type.
func (c *Catalogue) TakesAll(system string) bool { return c.permitted(system, "") != (rule.Citation{}) }

// permitted returns where a permit of a system stands for a protocol, or for every compute type.
func (c *Catalogue) permitted(system, protocol string) rule.Citation {
	for i := range c.permits {
		if p := &c.permits[i]; p.Protocol == protocol && slices.Contains(p.Systems, system) {
			return p.Cite
		}
	}
	return rule.Citation{}
}

// streaming returns where a document says that a protocol works with the GPU of a compute type, or that
// it does not.
func (c *Catalogue) streaming(system, compute, protocol string, works bool) rule.Citation {
	family := FamilyOf(compute)
	if system == "" {
		return rule.Citation{}
	}
	for i := range c.streams {
		if s := &c.streams[i]; s.Allows == works && s.Protocol == protocol && s.speaksOf(system) && slices.Contains(s.Families, family) {
			return s.Cite
		}
	}
	return rule.Citation{}
}

// speaksOf reports whether a statement is about a system.
func (s *Stream) speaksOf(system string) bool {
	switch s.Kind {
	case "":
		return true
	case "WINDOWS":
		return IsWindows(system)
	case "LINUX":
		return !IsWindows(system)
	}
	return s.Kind == system
}

// IsWindows reports whether the name of an operating system is that of a Windows.
func IsWindows(system string) bool { return strings.HasPrefix(system, "WINDOWS_") }

// Separates reports whether some system is offered with one compute type and not another.
func (c *Catalogue) Separates(one, other string) bool {
	return slices.ContainsFunc(c.offers, func(o Offer) bool { return o.Has(one) && !o.Has(other) })
}
