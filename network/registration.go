package network

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the VPC of a directory. The test at registration is worded alike in every
// version since 2018-02-03. The advice to keep every network that can reach the WorkSpaces
// clear of the management range is in the whitepaper; only its newest reading is dated.
const (
	ManagementRangesExhausted rule.Code = "network.management-ranges-exhausted"
	ManagementRangeConflict   rule.Code = "network.management-range-conflict"
)

var registrationRules = []tables.Rule{
	{
		Code:   ManagementRangesExhausted,
		Title:  "Every management range of the Region conflicts, so the directory is not registered.",
		Remedy: "Register the directory in a VPC, or with routes, that leave at least one management range of the Region free.",
		Revisions: []rule.Revision{
			tables.Must(portsPage, "Network Interfaces", "2018-02-03", ""),
		},
	},
	{
		Code:   ManagementRangeConflict,
		Title:  "A management range of the Region is in use or covered, in a registration that is not denied for it.",
		Remedy: "Keep the VPC and every network that it reaches clear of the management ranges.",
		Revisions: []rule.Revision{
			tables.Should(whitepaper, "Network interfaces", august2026, ""),
		},
	},
}

// A VPC is the part of a VPC that WorkSpaces looks at when a directory is registered.
type VPC struct {
	ID     string
	Region string // its code, such as us-east-1
	// CIDRs are the blocks associated with the VPC, the secondary ones included.
	CIDRs []netip.Prefix
	// Routes are those of all route tables of the VPC, not only of those that the
	// directory's subnets use. The local routes may be left out: they lead to the CIDRs.
	Routes []Route
	// AllRoutes tells that the VPC has no routes but Routes and the local ones. Without it
	// other routes may exist, and a registration is open unless what is known denies it.
	AllRoutes bool
}

// A Route is one route of a route table, propagated ones included.
type Route struct {
	// Destination is the route's prefix, or one entry of its prefix list. It is the
	// zero Prefix if the destination is a prefix list whose entries are not known.
	Destination netip.Prefix
	PrefixList  string // id of the prefix list, if the destination is one
	Table       string // id of the route table
	Target      string // id of the gateway or interface; not interpreted
	// State is "active" or "blackhole". It is not interpreted either: a blackhole
	// route is in the table, and works again when its target does.
	State string
}

// A Registration is the answer to whether the network of a VPC permits a directory
// to be registered. It reads the slices of the VPC that it was made from when its
// methods are called; they must not change meanwhile.
type Registration struct {
	// Answer is Denied if every candidate has addresses of the VPC or is the destination of a
	// route, and Allowed if one is free. It is Undocumented
	//   - if the Region has no published candidates,
	//   - if Incomplete is set and the prefixes that are known do not deny it,
	//   - if each candidate is overlapped, and at least one of them only by routes to a part of
	//     it or to more than it: no document says whether these count. See VerdictIf.
	//
	// It has one violation ManagementRangesExhausted if it is Denied. Else it has one
	// ManagementRangeConflict for each element of Conflicts, in its order, in editions with
	// that rule.
	rule.Answer
	// Incomplete is set if not all routes are known: the VPC does not have AllRoutes, or a
	// route leads to a prefix list that was not resolved.
	Incomplete bool

	vpc        VPC
	candidates *candidates
	hit        uint8                          // candidates that something overlaps
	certain    uint8                          // candidates that a CIDR equals or lies inside of, or that a route leads to
	taken      [8]struct{ first, places int } // of each of these: its first place, and how many there are
	unresolved bool                           // a route leads to a prefix list that was not resolved
}

// candidates are the management ranges of a Region that take part in the test.
type candidates struct {
	prefixes []netip.Prefix // in the order of the page
	matcher
}

func (c *candidates) add(p netip.Prefix) {
	c.prefixes = append(c.prefixes, p)
	c.matcher.add(p)
}

// ranges returns the ranges that the VPC is tested against, which may be none.
func (reg *Registration) ranges() *candidates {
	if reg.candidates == nil {
		return &noCandidates
	}
	return reg.candidates
}

var noCandidates candidates

const cidrs rule.Path = "CidrBlockAssociationSet"

func cidrPath(i int) rule.Path { return cidrs.Index(i).Join("CidrBlock") }

func (v *VPC) routePath(i int) rule.Path {
	member := rule.Path("DestinationCidrBlock")
	if r := &v.Routes[i]; r.PrefixList != "" {
		member = "DestinationPrefixListId"
	} else if a := r.Destination.Addr(); a.Is6() && !a.Is4In6() {
		member = "DestinationIpv6CidrBlock"
	}
	return rule.Path("Routes").Index(i).Join(member)
}

// CheckRegistration tests the VPC as RegisterWorkspaceDirectory does: the candidate
// ranges of the Region against the VPC's CIDRs and the routes of all its tables.
// Registration fails only if every candidate conflicts. The guide does not say what a conflict
// with a route is. A route to the candidate itself is read as one; whether one to a part of it or
// to more than it is one, is open.
//
// IPv6 prefixes and default routes do not take part; [Registration.Ignored] lists
// them. Host bits do not matter, and an IPv4-mapped prefix stands for the IPv4 one.
//
// The answer is about directories for public bundles. The guide says that the
// candidates do not apply to BYOL, and describes no test for a BYOL directory or for
// WorkSpaces Pools. The sizes that a VPC permits for its CIDRs are not checked.
//
// The error is a *rule.InputError for a malformed Region, a VPC without an IPv4 CIDR,
// a CIDR of 0.0.0.0/0, an invalid prefix, and a route without a destination. Nothing is
// allocated if the answer is Allowed and nothing conflicts, unless there are routes to both
// 0.0.0.0/1 and 128.0.0.0/1.
func (r Rules) CheckRegistration(v VPC) (Registration, error) {
	if err := r.checkRegion(v.Region); err != nil {
		return Registration{}, err
	}
	reg := Registration{vpc: v, candidates: r.s.candidates[v.Region], Incomplete: !v.AllRoutes}
	if err := reg.scan(); err != nil {
		return Registration{}, err
	}
	r.s.judge(&reg)
	reg.Answer = reg.Concluded()
	return reg, nil
}

// judge adds the violations and open questions that follow from the prefixes of the VPC.
func (s *snapshot) judge(reg *Registration) {
	if reg.candidates == nil {
		reg.NotDocumented("Region", "no document of the edition gives the management ranges of "+reg.vpc.Region)
		return
	}
	if reg.VerdictIf(false) == rule.Denied {
		s.exhausted(reg)
	} else if reg.hit != 0 {
		s.conflicting(reg)
	}
	if !reg.vpc.AllRoutes {
		reg.NotGiven("Routes", "it is not known whether these are all routes of the VPC (AllRoutes)")
	}
	if reg.unresolved {
		for _, u := range reg.Unresolved() {
			reg.NotGiven(u.Path, "the entries of the prefix list are not known")
		}
	}
}

// exhausted adds the violation of a VPC that leaves no candidate free.
func (s *snapshot) exhausted(reg *Registration) {
	format, args := "%q: every management range of %s conflicts", []any{reg.vpc.ID, reg.vpc.Region}
	for i, c := range reg.candidates.prefixes {
		first := reg.source(reg.taken[i].first)
		format, args = format+"; %s", append(args, newConflict(c, first).text(reg.taken[i].places-1))
	}
	s.rules.Break(&reg.Answer, ManagementRangesExhausted, "VpcId", format, args...)
}

// conflicting adds what follows from the conflicts of a VPC that is not denied for them. Older
// documents do not advise against them. Those of which no document says whether they count are open
// if they decide.
func (s *snapshot) conflicting(reg *Registration) {
	advised, decide := s.rules.Has(ManagementRangeConflict), reg.VerdictIf(true) == rule.Denied
	if !advised && !decide {
		return
	}
	for _, c := range reg.Conflicts() {
		if advised {
			s.rules.Break(&reg.Answer, ManagementRangeConflict, c.Sources[0].Path, "%s", c)
		}
		if i := slices.Index(reg.candidates.prefixes, c.Candidate); decide && reg.certain>>i&1 == 0 {
			is := "is a part of"
			if c.Overlap == Covers {
				is = "covers the whole of"
			}
			reg.NotDocumented(c.Sources[0].Path, fmt.Sprintf("no document says whether %s counts, which %s %s", c.Prefix, is, c.Candidate))
		}
	}
}

// VerdictIf returns the verdict under one reading of the documents: that everything which
// overlaps a candidate counts as a conflict, the careful one, or that what is
// [Conflict.Undocumented] does not. It is Undocumented only for a Region without published candidates, and for an
// Incomplete registration that is not denied.
func (reg Registration) VerdictIf(overlapsCount bool) rule.Verdict {
	taken, every := reg.certain, uint8(1)<<reg.ranges().n-1
	if overlapsCount {
		taken = reg.hit
	}
	switch {
	case every == 0:
		return rule.Undocumented
	case taken == every:
		return rule.Denied
	case reg.Incomplete:
		return rule.Undocumented
	}
	return rule.Allowed
}

func (reg *Registration) scan() error {
	if err := reg.scanCIDRs(); err != nil {
		return err
	}
	return reg.scanRoutes()
}

func (reg *Registration) scanCIDRs() error {
	some, list, ranges := false, reg.vpc.CIDRs, reg.ranges()
	for i := 0; ; i++ {
		run := ranges.misses(list[i:])
		some = some || run > 0
		if i += run; i == len(list) {
			break
		}
		p := list[i]
		a, bits, k := decode(p)
		switch k {
		case ipv4:
			some = true
			reg.add(i, a, bits, true)
		case anyIPv4:
			return &rule.InputError{Path: cidrPath(i), Value: p.String(), Reason: "cannot be a block of a VPC"}
		case invalid:
			return invalidPrefix(cidrPath(i), p)
		}
	}
	if !some {
		return &rule.InputError{Path: cidrs, Value: fmt.Sprint(list), Reason: "has no IPv4 block"}
	}
	return nil
}

func (reg *Registration) scanRoutes() error {
	first, ranges := len(reg.vpc.CIDRs), reg.ranges()
	for i, list := 0, reg.vpc.Routes; ; i++ {
		if i += ranges.missesRoutes(list[i:]); i == len(list) {
			break
		}
		route := &list[i]
		if route.Destination == (netip.Prefix{}) && route.PrefixList != "" {
			reg.Incomplete, reg.unresolved = true, true
			continue
		}
		a, bits, k := decode(route.Destination)
		switch {
		case k == invalid:
			return invalidPrefix(reg.vpc.routePath(i), route.Destination)
		case k == ipv4:
			reg.add(first+i, a, bits, false)
		}
	}
	return nil
}

// add takes in prefix number n of those that each visits. A part of a candidate conflicts for
// sure if it is a block of the VPC.
func (reg *Registration) add(n int, a uint32, bits int, block bool) {
	hit, certain, inside := reg.ranges().match(a, bits)
	if block {
		certain |= inside
	}
	reg.hit |= hit
	reg.certain |= certain
	for i := range reg.taken {
		if t := &reg.taken[i]; certain>>i&1 == 1 {
			if t.places == 0 {
				t.first = n
			}
			t.places++
		}
	}
}

// Candidates returns the management ranges of the Region that take part in the test,
// in the order of the guide's table. It is empty for a Region without a row.
func (reg Registration) Candidates() []netip.Prefix { return slices.Clone(reg.ranges().prefixes) }

// Free returns the candidates that nothing overlaps, in the same order.
func (reg Registration) Free() []netip.Prefix {
	var free []netip.Prefix
	for i, c := range reg.ranges().prefixes {
		if reg.hit>>i&1 == 0 {
			free = append(free, c)
		}
	}
	return free
}
