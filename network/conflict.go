package network

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/rule"
)

// An Overlap says how a prefix lies to a management range.
type Overlap string

const (
	Equal Overlap = "equal" // the prefix is the range
	// Inside: the prefix is a part of the range. No document says whether the service counts
	// a route to a part as a conflict, as a block of the VPC is one. See Registration.VerdictIf.
	Inside Overlap = "inside"
	// Covers: the prefix holds the range and more, as a summary route does. No document
	// says whether the service counts that as a conflict.
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

// Undocumented reports whether no document says that the overlap counts: that of a wider prefix, and
// that of a narrower one to which routes lead and which is no block of the VPC.
func (c Conflict) Undocumented() bool {
	return c.Overlap == Covers || c.Overlap == Inside && !c.ofBlock()
}

// ofBlock reports whether the prefix is a block of the VPC, which stand before the routes.
func (c *Conflict) ofBlock() bool { return len(c.Sources) > 0 && cidrs.Covers(c.Sources[0].Path) }

// String returns the conflict on one line.
func (c Conflict) String() string { return c.text(len(c.Sources) - 1) }

// text is String for a prefix that stands in its first source and in more places.
func (c Conflict) text(more int) string {
	by := "somewhere"
	if len(c.Sources) > 0 {
		by = "by a CIDR of the VPC"
		if s := c.Sources[0]; !c.ofBlock() {
			by = "by a route"
			if s.Table != "" {
				by += fmt.Sprintf(" of %q", rule.Shorten(s.Table))
			}
		}
	}
	switch {
	case more == 1:
		by += " and in 1 more place"
	case more > 1:
		by += fmt.Sprintf(" and in %d more places", more)
	}
	switch c.Overlap {
	case Equal:
		return fmt.Sprintf("%s is in use %s", c.Candidate, by)
	case Inside:
		text := fmt.Sprintf("%s is in use in part, %s, %s", c.Candidate, c.Prefix, by)
		if c.Undocumented() {
			text += undocumentedOverlap
		}
		return text
	}
	return fmt.Sprintf("%s is covered by the wider %s, %s", c.Candidate, c.Prefix, by) + undocumentedOverlap
}

const undocumentedOverlap = "; no document says whether that counts"

// newConflict says how the prefix of a source, which overlaps a candidate, lies to it.
func newConflict(candidate netip.Prefix, at Source) Conflict {
	c := Conflict{Candidate: candidate, Prefix: canonical(at.Given), Overlap: Inside, Sources: []Source{at}}
	if c.Prefix == candidate {
		c.Overlap = Equal
	} else if c.Prefix.Bits() < candidate.Bits() {
		c.Overlap = Covers
	}
	return c
}

// Conflicts returns every overlap of a candidate with a prefix of the VPC, in the
// order of the candidates and then of the first place of the prefix. A prefix that
// stands in several places is one conflict.
func (reg Registration) Conflicts() []Conflict {
	type key struct {
		candidate int
		prefix    netip.Prefix
	}
	ranges := reg.ranges()
	index := map[key]int{}
	found := make([][]Conflict, len(ranges.prefixes))
	reg.each(func(n int, p netip.Prefix, ignored IgnoreReason) {
		if ignored != "" {
			return
		}
		a, bits, _ := decode(p)
		hit, _, _ := ranges.match(a, bits)
		if hit == 0 {
			return
		}
		k, at := key{prefix: canonical(p)}, reg.source(n)
		for i, c := range ranges.prefixes {
			if hit>>i&1 == 0 {
				continue
			}
			k.candidate = i
			if j, ok := index[k]; ok {
				found[i][j].Sources = append(found[i][j].Sources, at)
				continue
			}
			index[k] = len(found[i])
			found[i] = append(found[i], newConflict(c, at))
		}
	})
	return slices.Concat(found...)
}

// ConflictsWith returns every overlap of a range with a prefix of the VPC, as
// Registration.Conflicts does for the candidates. The range may be one that BYOL
// WorkSpaces use: the /16 that the account has chosen, or one of ManagementRanges. Routes
// that are not given are not looked at.
//
// The error is a *rule.InputError for a range that is not IPv4 or shorter than /8, and
// for what CheckRegistration does not take.
func (v VPC) ConflictsWith(r netip.Prefix) ([]Conflict, error) {
	if _, bits, k := decode(r); k != ipv4 || bits < 8 {
		return nil, &rule.InputError{Path: "Range", Value: r.String(), Reason: "is not an IPv4 prefix of /8 or longer"}
	}
	reg := Registration{vpc: v, candidates: &candidates{}}
	reg.candidates.add(canonical(r))
	if err := reg.scan(); err != nil {
		return nil, err
	}
	return reg.Conflicts(), nil
}

// An IgnoreReason says why a prefix takes no part in the test.
type IgnoreReason string

const (
	DefaultRoute IgnoreReason = "default-route" // 0.0.0.0/0: registration works with a default route
	IPv6         IgnoreReason = "ipv6"          // ::/0 included: management ranges are IPv4
)

// An Ignored is a prefix that takes no part in the test.
type Ignored struct {
	Source
	Reason IgnoreReason
}

// Ignored returns the prefixes that take no part in the test, CIDRs first, in input
// order.
func (reg Registration) Ignored() []Ignored {
	var ignored []Ignored
	reg.each(func(n int, _ netip.Prefix, reason IgnoreReason) {
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

// each calls f for the prefixes of the VPC that are ignored or may overlap a candidate, the
// CIDRs before the routes, with their numbers and the reason why they are ignored, or "".
func (reg *Registration) each(f func(n int, p netip.Prefix, ignored IgnoreReason)) {
	visit := func(n int, p netip.Prefix) {
		var why IgnoreReason
		switch _, _, k := decode(p); k {
		case ipv6:
			why = IPv6
		case anyIPv4:
			why = DefaultRoute
		}
		f(n, p, why)
	}
	ranges, list, routes := reg.ranges(), reg.vpc.CIDRs, reg.vpc.Routes
	for i := 0; ; i++ {
		if i += ranges.misses(list[i:]); i == len(list) {
			break
		}
		visit(i, list[i])
	}
	for i := 0; ; i++ {
		if i += ranges.missesRoutes(routes[i:]); i == len(routes) {
			break
		}
		if r := &routes[i]; r.Destination != (netip.Prefix{}) {
			visit(len(list)+i, r.Destination)
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
