package network

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A VPC is the part of a VPC that WorkSpaces looks at when a directory is registered.
type VPC struct {
	ID     string
	Region string // its code, such as us-east-1
	// CIDRs are the blocks associated with the VPC, the secondary ones included.
	CIDRs []netip.Prefix
	// Routes are those of all route tables of the VPC, not only of those that the
	// directory's subnets use. Without any, the answer is about the CIDRs alone.
	Routes []Route
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
	// Verdict is Denied if every candidate is in use as a whole or in part, and
	// Allowed if one is free. It is Undocumented
	//   - if the Region has no published candidates,
	//   - if Incomplete is set and the prefixes that are known do not deny it,
	//   - if each candidate conflicts, and at least one of them only with wider
	//     prefixes, of which no document says whether they count; see VerdictIf.
	Verdict rule.Verdict
	// Incomplete is set if a route leads to a prefix list that was not resolved.
	Incomplete bool

	rules  Rules
	vpc    VPC
	ranges matcher
	hit    uint8           // candidates that something overlaps
	within uint8           // candidates that something equals or lies inside of
	paired map[string]bool // route tables that have both halves of a default route
}

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
// Registration fails only if every candidate conflicts.
//
// IPv6 prefixes and default routes do not take part; [Registration.Ignored] lists
// them. Host bits do not matter, and an IPv4-mapped prefix stands for the IPv4 one.
//
// The answer is about directories for public bundles. The guide says that the
// candidates do not apply to BYOL, and describes no test for a BYOL directory or for
// WorkSpaces Pools. The sizes that a VPC permits for its CIDRs are not checked.
//
// The error is a *rule.InputError for a malformed Region, a VPC without an IPv4 CIDR,
// a CIDR of 0.0.0.0/0, an invalid prefix, and a route without a destination. Nothing
// is allocated unless there are routes to both 0.0.0.0/1 and 128.0.0.0/1.
func (r Rules) CheckRegistration(v VPC) (Registration, error) {
	if err := r.checkRegion(v.Region); err != nil {
		return Registration{}, err
	}
	reg := Registration{rules: r, vpc: v}
	var buf [8]netip.Prefix
	for _, c := range r.appendCandidates(buf[:0], v.Region) {
		reg.ranges.add(c)
	}
	if err := reg.scan(); err != nil {
		return Registration{}, err
	}
	if strict := reg.VerdictIf(true); strict == reg.VerdictIf(false) {
		reg.Verdict = strict // and else the documents would have to say which
	}
	return reg, nil
}

// VerdictIf returns the verdict under one reading of the documents: that a prefix
// which covers a whole candidate counts as a conflict, the careful one, or that it does
// not. It is Undocumented only for a Region without published candidates, and for an
// Incomplete registration that is not denied.
func (reg Registration) VerdictIf(coveringCounts bool) rule.Verdict {
	taken, every := reg.within, uint8(1)<<reg.ranges.n-1
	if coveringCounts {
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
	some, list := false, reg.vpc.CIDRs
	for i := 0; ; i++ {
		run := reg.ranges.misses(list[i:])
		some = some || run > 0
		if i += run; i == len(list) {
			break
		}
		p := list[i]
		a, bits, k := decode(p)
		switch k {
		case ipv4:
			some = true
			reg.add(a, bits)
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
	var halves [2]bool
	for i, list := 0, reg.vpc.Routes; ; i++ {
		if i += reg.ranges.missesRoutes(list[i:]); i == len(list) {
			break
		}
		route := &list[i]
		if route.Destination == (netip.Prefix{}) && route.PrefixList != "" {
			reg.Incomplete = true
			continue
		}
		a, bits, k := decode(route.Destination)
		switch {
		case k == invalid:
			return invalidPrefix(reg.vpc.routePath(i), route.Destination)
		case k != ipv4:
		case bits == 1:
			halves[a>>31] = true
		default:
			reg.add(a, bits)
		}
	}
	if !halves[0] && !halves[1] {
		return nil
	}
	if halves[0] && halves[1] {
		reg.paired = pairedTables(reg.vpc.Routes)
	}
	for i := range reg.vpc.Routes {
		route := &reg.vpc.Routes[i]
		if a, bits, k := decode(route.Destination); k == ipv4 && bits == 1 && !reg.paired[route.Table] {
			reg.add(a, bits)
		}
	}
	return nil
}

func (reg *Registration) add(a uint32, bits int) {
	hit, covers := reg.ranges.match(a, bits)
	reg.hit |= hit
	reg.within |= hit &^ covers
}

// pairedTables returns the route tables with routes to both 0.0.0.0/1 and 128.0.0.0/1.
func pairedTables(routes []Route) map[string]bool {
	seen := map[string]uint8{}
	for i := range routes {
		if a, bits, k := decode(routes[i].Destination); k == ipv4 && bits == 1 {
			seen[routes[i].Table] |= 1 << (a >> 31)
		}
	}
	paired := map[string]bool{}
	for table, halves := range seen {
		if halves == 3 {
			paired[table] = true
		}
	}
	return paired
}

// Candidates returns the management ranges of the Region that take part in the test,
// in the order of the guide's table. It is empty for a Region without a row.
func (reg Registration) Candidates() []netip.Prefix {
	return reg.rules.appendCandidates(nil, reg.vpc.Region)
}

// Free returns the candidates that nothing overlaps, in the same order.
func (reg Registration) Free() []netip.Prefix {
	var free []netip.Prefix
	for i, c := range reg.Candidates() {
		if reg.hit>>i&1 == 0 {
			free = append(free, c)
		}
	}
	return free
}

// Violations returns one ManagementRangesExhausted if the registration is denied, and
// else one ManagementRangeConflict for each element of Conflicts, in its order, in
// editions that have that rule.
//
// No violation does not mean that the registration is permitted: what is not
// documented, or not known, breaks no rule. Verdict tells.
func (reg Registration) Violations() rule.Violations {
	var vs rule.Violations
	conflicts := reg.Conflicts()
	if reg.Verdict == rule.Denied {
		var taken []string
		for _, c := range conflicts {
			taken = append(taken, c.String())
		}
		detail := fmt.Sprintf("%s: every management range of %s conflicts: %s", reg.vpc.ID, reg.vpc.Region, strings.Join(taken, "; "))
		return vs.Append(ruleRows, reg.rules.edition, ManagementRangesExhausted, "VpcId", detail)
	}
	for _, c := range conflicts {
		vs = vs.Append(ruleRows, reg.rules.edition, ManagementRangeConflict, c.Sources[0].Path, c.String())
	}
	return vs
}
