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
	// says whether the service counts such a route as a conflict.
	Covers Overlap = "covers"
)

// A Source is one place of a VPC at which a prefix stands.
type Source struct {
	Path       rule.Path    // by the index into VPC.CIDRs or VPC.Routes
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
	by := "by a CIDR of the VPC"
	if s := c.Sources[0]; !rule.Path("CidrBlockAssociationSet").Covers(s.Path) {
		by = strings.TrimRight("by a route of "+s.Table, " ")
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
func (reg Registration) Conflicts() []Conflict {
	type key struct {
		candidate int
		prefix    netip.Prefix
	}
	candidates := reg.Candidates()
	index := map[key]int{}
	found := make([][]Conflict, len(candidates))
	reg.each(func(s Source, ignored Reason) {
		if ignored != "" {
			return
		}
		a, bits, _ := decode(s.Given)
		hit, covers := reg.ranges.match(a, bits)
		for i, c := range candidates {
			if hit>>i&1 == 0 {
				continue
			}
			k := key{i, canonical(s.Given)}
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
			found[i][at].Sources = append(found[i][at].Sources, s)
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
	reg.each(func(s Source, reason Reason) {
		if reason != "" {
			ignored = append(ignored, Ignored{s, reason})
		}
	})
	return ignored
}

// Unresolved returns the routes whose prefix list was not resolved, in input order.
func (reg Registration) Unresolved() []Source {
	var unresolved []Source
	for i, r := range reg.vpc.Routes {
		if r.Destination == (netip.Prefix{}) {
			unresolved = append(unresolved, reg.vpc.source(i))
		}
	}
	return unresolved
}

// each calls f for every prefix of the VPC, with the reason why it is ignored or "".
func (reg Registration) each(f func(s Source, ignored Reason)) {
	reason := func(p netip.Prefix) Reason {
		switch _, _, k := decode(p); k {
		case ipv6:
			return IPv6
		case anyIPv4:
			return DefaultRoute
		}
		return ""
	}
	for i, p := range reg.vpc.CIDRs {
		f(Source{Path: cidrPath(i), Given: p}, reason(p))
	}
	for i, r := range reg.vpc.Routes {
		if r.Destination == (netip.Prefix{}) {
			continue
		}
		why := reason(r.Destination)
		if _, bits, k := decode(r.Destination); k == ipv4 && bits == 1 && reg.paired[r.Table] {
			why = HalfDefault
		}
		f(reg.vpc.source(i), why)
	}
}

func (v VPC) source(i int) Source {
	r := v.Routes[i]
	return Source{Path: v.routePath(i), Given: r.Destination, Table: r.Table, Target: r.Target, PrefixList: r.PrefixList, State: r.State}
}
