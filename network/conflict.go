package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// An Overlap says how a prefix lies to a management range.
type Overlap string

const (
	Equal  Overlap = "equal"  // the prefix is the range
	Inside Overlap = "inside" // the prefix is a part of the range
	// Covers: the prefix holds the range and more, as a summary route does. No document
	// says whether the service counts that as a conflict; see Registration.VerdictIf.
	Covers Overlap = "covers"
)

// A Source is one place of a VPC at which a prefix stands.
type Source struct {
	// Path has the index into VPC.CIDRs or VPC.Routes: CidrBlockAssociationSet[0].CidrBlock,
	// Routes[3].DestinationCidrBlock.
	Path       rule.Path
	Given      netip.Prefix // as in the input, host bits and IPv4-mapped form included
	Table      string       // of a route
	Target     string       // of a route
	PrefixList string       // of a route whose destination is a prefix list
	State      string       // of a route: "active", "blackhole"
}

// A Conflict says that a prefix of the VPC overlaps a candidate.
type Conflict struct {
	Candidate netip.Prefix
	Prefix    netip.Prefix // masked, and in IPv4 form
	Overlap   Overlap
	Sources   []Source // every place at which Prefix stands, CIDRs first, in input order
}

// Undocumented reports whether no document says that the overlap counts.
func (c Conflict) Undocumented() bool { return c.Overlap == Covers }

// String returns the conflict on one line.
func (c Conflict) String() string {
	by := "somewhere"
	if len(c.Sources) > 0 {
		by = "by a CIDR of the VPC"
		if s := c.Sources[0]; !cidrs.Covers(s.Path) {
			by = strings.TrimRight("by a route of "+s.Table, " ")
		}
	}
	if more := len(c.Sources) - 1; more > 0 {
		by += fmt.Sprintf(" and in %d more places", more)
	}
	switch c.Overlap {
	case Equal:
		return fmt.Sprintf("%s is in use %s", c.Candidate, by)
	case Inside:
		return fmt.Sprintf("%s is in use in part, %s, %s", c.Candidate, c.Prefix, by)
	}
	return fmt.Sprintf("%s is covered by the wider %s, %s; no document says whether that counts", c.Candidate, c.Prefix, by)
}

// Conflicts returns every overlap of a candidate with a prefix of the VPC, in the
// order of the candidates and then of the first place of the prefix. A prefix that
// stands in several places is one conflict.
func (reg Registration) Conflicts() []Conflict { return reg.conflicts(reg.Candidates()) }

// ConflictsWith returns every overlap of a range with a prefix of the VPC, as
// Registration.Conflicts does for the candidates. The range may be one that BYOL
// WorkSpaces use: the /16 that the account has chosen, or one of ManagementRanges.
//
// The error is a *rule.InputError for a range that is not IPv4 or shorter than /8, and
// for what CheckRegistration does not take.
func (v VPC) ConflictsWith(r netip.Prefix) ([]Conflict, error) {
	if _, bits, k := decode(r); k != ipv4 || bits < 8 {
		return nil, &rule.InputError{Path: "Range", Value: r.String(), Reason: "is not an IPv4 prefix of /8 or longer"}
	}
	r = canonical(r)
	reg := Registration{vpc: v}
	reg.ranges.add(r)
	if err := reg.scan(); err != nil {
		return nil, err
	}
	return reg.conflicts([]netip.Prefix{r}), nil
}

func (reg *Registration) conflicts(candidates []netip.Prefix) []Conflict {
	type key struct {
		candidate int
		prefix    netip.Prefix
	}
	index := map[key]int{}
	found := make([][]Conflict, len(candidates))
	reg.each(func(n int, p netip.Prefix, ignored Reason) {
		if ignored != "" {
			return
		}
		a, bits, _ := decode(p)
		hit, covers := reg.ranges.match(a, bits)
		if hit == 0 {
			return
		}
		k := key{prefix: canonical(p)}
		for i, c := range candidates {
			if hit>>i&1 == 0 {
				continue
			}
			k.candidate = i
			at, ok := index[k]
			if !ok {
				overlap := Inside
				if k.prefix == c {
					overlap = Equal
				} else if covers>>i&1 == 1 {
					overlap = Covers
				}
				at = len(found[i])
				index[k] = at
				found[i] = append(found[i], Conflict{Candidate: c, Prefix: k.prefix, Overlap: overlap})
			}
			found[i][at].Sources = append(found[i][at].Sources, reg.source(n))
		}
	})
	return slices.Concat(found...)
}

// A Reason says why a prefix takes no part in the test.
type Reason string

const (
	DefaultRoute Reason = "default-route"      // 0.0.0.0/0: registration works with a default route
	HalfDefault  Reason = "half-default-route" // 0.0.0.0/1 or 128.0.0.0/1, both of which are in the table
	IPv6         Reason = "ipv6"               // ::/0 included: management ranges are IPv4
)

// An Ignored is a prefix that takes no part in the test.
type Ignored struct {
	Source
	Reason Reason
}

// Ignored returns the prefixes that take no part in the test, CIDRs first, in input
// order.
func (reg Registration) Ignored() []Ignored {
	var ignored []Ignored
	reg.each(func(n int, _ netip.Prefix, reason Reason) {
		if reason != "" {
			ignored = append(ignored, Ignored{reg.source(n), reason})
		}
	})
	return ignored
}

// Unresolved returns the routes whose prefix list was not resolved, in input order.
func (reg Registration) Unresolved() []Source {
	var unresolved []Source
	for i := range reg.vpc.Routes {
		if reg.vpc.Routes[i].Destination == (netip.Prefix{}) {
			unresolved = append(unresolved, reg.source(len(reg.vpc.CIDRs)+i))
		}
	}
	return unresolved
}

// each calls f for every prefix of the VPC, the CIDRs before the routes, with its
// number and the reason why it is ignored, or "".
func (reg *Registration) each(f func(n int, p netip.Prefix, ignored Reason)) {
	visit := func(n int, p netip.Prefix, paired bool) {
		var why Reason
		switch _, bits, k := decode(p); {
		case k == ipv6:
			why = IPv6
		case k == anyIPv4:
			why = DefaultRoute
		case paired && k == ipv4 && bits == 1:
			why = HalfDefault
		}
		f(n, p, why)
	}
	for i, p := range reg.vpc.CIDRs {
		visit(i, p, false)
	}
	for i := range reg.vpc.Routes {
		if r := &reg.vpc.Routes[i]; r.Destination != (netip.Prefix{}) {
			visit(len(reg.vpc.CIDRs)+i, r.Destination, reg.paired[r.Table])
		}
	}
}

// source describes prefix number n of those that each visits.
func (reg *Registration) source(n int) Source {
	if n < len(reg.vpc.CIDRs) {
		return Source{Path: cidrPath(n), Given: reg.vpc.CIDRs[n]}
	}
	n -= len(reg.vpc.CIDRs)
	r := &reg.vpc.Routes[n]
	return Source{Path: reg.vpc.routePath(n), Given: r.Destination, Table: r.Table, Target: r.Target, PrefixList: r.PrefixList, State: r.State}
}
