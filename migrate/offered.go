package migrate

import (
	"math/bits"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// offers, retirements, streams and permits are shared tables, with the rule of this package
// that uses them.
func offers() tables.Facts {
	t := facts.Offers
	t.Lists = func(o facts.Offer) []rule.Parameter {
		value := o.Smallest + " to " + o.Largest
		for _, f := range o.Families {
			value += ", " + string(f)
		}
		for _, p := range o.Protocols {
			value += ", " + p
		}
		return offered("offered with "+o.System, value)
	}
	return t
}

// closures are the systems of which nobody gets a new WorkSpace.
func closures() tables.Facts {
	t := facts.Ends
	t.Name = "closure"
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(e facts.End) bool { return e.Kind != facts.EndOfSystem || !e.ClosesToAll() })
	t.Lists = func(e facts.End) []rule.Parameter { return offered("new WorkSpaces of "+e.Name, "cannot be created") }
	return t
}

// ends are the last days of systems and protocols.
func ends() tables.Facts {
	t := facts.Ends
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(e facts.End) bool { return e.Kind == facts.EndOfPools })
	t.Lists = func(e facts.End) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{TargetEnds, TargetEnded}, Name: "last day of " + e.What, Value: e.Text()}}
	}
	return t
}

func retirements() tables.Facts {
	t := facts.Retirements
	t.Lists = func(r facts.Retirement) []rule.Parameter { return offered("last day of "+r.Compute, r.Text()) }
	return t
}

func streams() tables.Facts {
	t := facts.Streams
	t.Lists = func(s facts.Stream) []rule.Parameter { return offered("protocols of GPUs by "+s.Document(), s.Text) }
	return t
}

func permits() tables.Facts {
	t := facts.Permits
	t.Lists = func(p facts.Permit) []rule.Parameter { return offered("permitted beside the table", p.Text) }
	return t
}

func offered(name, value string) []rule.Parameter {
	return []rule.Parameter{{Rules: []rule.Code{TargetNotOffered}, Name: name, Value: value}}
}

// systemNames are the operating systems by their bits.
var systemNames = map[set]types.OperatingSystemName{
	w7: types.OperatingSystemNameWindows7, s2016: types.OperatingSystemNameWindowsServer2016, s2019: types.OperatingSystemNameWindowsServer2019,
	s2022: types.OperatingSystemNameWindowsServer2022, s2025: types.OperatingSystemNameWindowsServer2025, w10: types.OperatingSystemNameWindows10,
	w11: types.OperatingSystemNameWindows11, al2: types.OperatingSystemNameAmazonLinux2, u2204: types.OperatingSystemNameUbuntu2204, u2404: Ubuntu2404,
	rhel8: types.OperatingSystemNameRhel8, rhel9: RHEL9, rocky8: types.OperatingSystemNameRocky8, rocky9: Rocky9,
}

// classes are a compute type of each class that some document names.
var classes = map[set]types.Compute{
	value: types.ComputeValue, plain: types.ComputeStandard, generalPurpose: types.ComputeGeneralpurpose4xlarge, graphics: types.ComputeGraphics,
	graphicsPro: types.ComputeGraphicspro, g4dn: types.ComputeGraphicsG4dn, g6: types.ComputeGraphicsG6Xlarge, g7: "GRAPHICS_G7_2XLARGE",
}

var protocolNames = map[set]types.Protocol{pcoip: types.ProtocolPcoip, wsp: types.ProtocolWsp, byop: BYOP}

// A standing is what an edition says of a desktop as a target.
type standing struct {
	findings []facts.Finding // what stands against it, with the end of its compute type
	refused  bool            // one of them stands without a word against it
}

// standings are those of every target, by the numbers of its bits: of the system, the protocol and the
// compute type.
type standings [32][4][16]*standing

func newStandings(c *facts.Catalogue) *standings {
	all := &standings{}
	for os, system := range systemNames {
		for protocol, p := range protocolNames {
			for class, compute := range classes {
				s := &standing{}
				if r, ended := c.Retirement(string(compute)); ended {
					s.findings = append(s.findings, facts.Finding{Part: facts.ComputePart, Detail: r.Compute + " ended on " + r.Last, Cite: r.Cite, Against: r.Against})
				}
				s.findings = append(s.findings, c.Against(string(system), string(compute), string(p))...)
				for i := range s.findings {
					s.refused = s.refused || s.findings[i].Against == (rule.Citation{})
				}
				if len(s.findings) > 0 {
					all[number(os)][number(protocol)][number(class)] = s
				}
			}
		}
	}
	return all
}

// number is that of the only bit of a set.
func number(s set) int { return bits.TrailingZeros32(uint32(s)) }

// of returns the standing of a target, or nil if nothing stands against it, and whether its system, protocol
// and compute type are known.
func (all *standings) of(t *traits) (s *standing, known bool) {
	if t[theOS].others()|t[theProtocol].others()|t[theCompute].others() != 0 {
		return nil, false
	}
	return all[number(t[theOS])][number(t[theProtocol])][number(t[theCompute])], true
}

// refuses tells whether every desktop that a target may be is refused, or some, or none; and disputes
// whether one of them is in dispute and not refused.
func (all *standings) holds(t *traits) (refused, disputed holding) {
	every, someRefused, someDisputed, everyDisputed := true, false, false, true
	for os := t[theOS] & allSystems; os != 0; os &= os - 1 {
		for protocol := t[theProtocol] & allProtocols; protocol != 0; protocol &= protocol - 1 {
			for class := t[theCompute] & allClasses; class != 0; class &= class - 1 {
				s := all[number(os)][number(protocol)][number(class)]
				isRefused := s != nil && s.refused
				isDisputed := s != nil && !s.refused
				every, someRefused = every && isRefused, someRefused || isRefused
				everyDisputed, someDisputed = everyDisputed && isDisputed, someDisputed || isDisputed
			}
		}
	}
	return among(every, someRefused), among(everyDisputed, someDisputed)
}

func among(every, some bool) holding {
	switch {
	case every && some:
		return yes
	case some:
		return perhaps
	}
	return no
}

const (
	allSystems   = w7 | label | s2016 | s2019 | s2022 | s2025 | w10 | w11 | linux | otherOS
	allProtocols = pcoip | wsp | byop | otherProtocol
	allClasses   = value | plain | generalPurpose | gpu | otherCompute
)
