package network

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A Kind is a kind of WorkSpaces.
type Kind string

const (
	KindPersonal Kind = "personal" // a WorkSpace for each user
	KindPools    Kind = "pools"    // WorkSpaces Pools
)

const (
	subnetsOfDirectory = 2
	largestSubnet      = 16 // prefix length
	smallestSubnet     = 28
)

// A Subnet is one in which WorkSpaces are to be.
type Subnet struct {
	ID     string
	ZoneID string       // of its Availability Zone, such as use1-az2; names such as us-east-1a differ by account
	CIDR   netip.Prefix // IPv4
	// Available is what EC2 gives as AvailableIpAddressCount: the reserved addresses and
	// everything in use are taken off already.
	Available int
}

// Zones returns the AZ IDs in which WorkSpaces of a kind can be, in the order of the page,
// as a new slice. It is empty if no document gives them.
func (r Rules) Zones(region string, k Kind) ([]string, error) {
	if err := r.checkRegion(region); err != nil {
		return nil, err
	}
	return slices.Clone(r.zones(region, k).zones), nil
}

// zones returns the row of a Region, or an empty one.
func (r Rules) zones(region string, k Kind) *zoneRow {
	for i := range zoneRows {
		if row := &zoneRows[i]; row.region == region && row.kind == k && row.span.Contains(r.edition) {
			return row
		}
	}
	return &zoneRow{}
}

var zoneForm = regexp.MustCompile(`^[a-z]+[0-9]+(-[a-z0-9]+)*-az[0-9]+$`)

// CheckSubnets checks the subnets with which a directory is to be registered: that they
// are two, in different Availability Zones, in zones that the Region's WorkSpaces support,
// and between /16 and /28. The verdict is Denied for a violation, and Undocumented if no
// document gives the zones of the Region, if Region, zones or CIDRs are not known, and
// without subnets, which leaves the choice to WorkSpaces. A subnet that is given twice is in
// one zone, known or not.
//
// The violations are in the order of the subnets. The error is a *rule.InputError for a
// malformed Region, an unknown kind, a zone that is not an AZ ID, and a CIDR that is not
// IPv4.
func (r Rules) CheckSubnets(region string, k Kind, subnets []Subnet) (rule.Verdict, rule.Violations, error) {
	err := r.known()
	if region != "" {
		err = r.checkRegion(region)
	}
	if err != nil {
		return rule.Undocumented, nil, err
	}
	if k != KindPersonal && k != KindPools {
		return rule.Undocumented, nil, &rule.InputError{Path: "Kind", Value: string(k), Reason: "is neither personal nor pools"}
	}
	if len(subnets) == 0 {
		return rule.Undocumented, nil, nil
	}
	told := region != ""
	for i, s := range subnets {
		at := rule.Path("SubnetIds").Index(i)
		told = told && s.ZoneID != "" && s.CIDR != (netip.Prefix{})
		if s.ZoneID != "" && !zoneForm.MatchString(s.ZoneID) {
			return rule.Undocumented, nil, &rule.InputError{Path: at.Join("AvailabilityZoneId"), Value: s.ZoneID, Reason: "is not an AZ ID, such as use1-az2"}
		}
		if s.CIDR != (netip.Prefix{}) && (!s.CIDR.IsValid() || !s.CIDR.Addr().Is4()) {
			return rule.Undocumented, nil, &rule.InputError{Path: at.Join("CidrBlock"), Value: s.CIDR.String(), Reason: "is not an IPv4 prefix"}
		}
	}
	var vs rule.Violations
	if len(subnets) != subnetsOfDirectory {
		vs = vs.Append(ruleRows, r.edition, SubnetsNotTwo, "SubnetIds", fmt.Sprintf("%d subnets, want two in different Availability Zones", len(subnets)))
	}
	supported := r.zones(region, k)
	ids, zones := map[string]bool{}, map[string]bool{}
	for i, s := range subnets {
		at := rule.Path("SubnetIds").Index(i)
		switch {
		case ids[s.ID]:
			vs = vs.Append(ruleRows, r.edition, SubnetsInOneZone, at, s.ID+" is given twice")
		case zones[s.ZoneID]:
			vs = vs.Append(ruleRows, r.edition, SubnetsInOneZone, at, fmt.Sprintf("%s is in %s, as a subnet before it is", s.ID, s.ZoneID))
		}
		ids[s.ID], zones[s.ZoneID] = s.ID != "", s.ZoneID != ""
		if supported.zones != nil && s.ZoneID != "" && !slices.Contains(supported.zones, s.ZoneID) {
			vs = r.appendCited(vs, SubnetZoneUnsupported, at, fmt.Sprintf("%s is in %s; WorkSpaces of %s can be in %v", s.ID, s.ZoneID, region, supported.zones), supported.cite)
		}
		if s.CIDR.IsValid() && (s.CIDR.Bits() < largestSubnet || s.CIDR.Bits() > smallestSubnet) {
			vs = vs.Append(ruleRows, r.edition, SubnetSize, at, fmt.Sprintf("%s is %s, not between /%d and /%d", s.ID, s.CIDR, largestSubnet, smallestSubnet))
		}
	}
	switch {
	case len(vs) > 0:
		return rule.Denied, vs, nil
	case supported.zones == nil || !told:
		return rule.Undocumented, nil, nil
	}
	return rule.Allowed, nil, nil
}

// SubnetAddresses returns how many addresses of a subnet there are for WorkSpaces: those of
// its CIDR less the five that a VPC reserves and the interfaces that directories have in
// it. Use Subnet.Available for what is free now. The error is a *rule.InputError for a CIDR
// that no subnet can have, and for more interfaces than there are addresses.
func SubnetAddresses(cidr netip.Prefix, interfaces int) (int, error) {
	const reserved = 5 // the first four and the last
	if !cidr.IsValid() || !cidr.Addr().Is4() || cidr.Bits() < 16 || cidr.Bits() > 28 {
		return 0, &rule.InputError{Path: "CidrBlock", Value: cidr.String(), Reason: "is not an IPv4 prefix between /16 and /28"}
	}
	n := 1<<(32-cidr.Bits()) - reserved
	if interfaces < 0 || interfaces > n {
		return 0, &rule.InputError{Path: "Interfaces", Value: fmt.Sprint(interfaces), Reason: fmt.Sprintf("is not between 0 and the %d of %s", n, cidr)}
	}
	return n - interfaces, nil
}

// CheckAddresses tells whether subnets have room for a number of new WorkSpaces and for
// migrations that run at the same time, each of which holds a second address while the old
// and the new WorkSpace exist. It is Denied if there are fewer addresses in all, Allowed if
// each subnet alone has enough, and else Undocumented: no document says how WorkSpaces are
// spread over the subnets. Before 2026-09-10, of which no document on this was read, it is
// Undocumented too. The error is a *rule.InputError for a negative number.
func (r Rules) CheckAddresses(subnets []Subnet, launches, migrations int) (rule.Verdict, rule.Violations, error) {
	if err := r.known(); err != nil {
		return rule.Undocumented, nil, err
	}
	if launches < 0 || migrations < 0 {
		return rule.Undocumented, nil, &rule.InputError{Path: "Launches", Value: fmt.Sprint(min(launches, migrations)), Reason: "is negative"}
	}
	need := uint64(launches) + uint64(migrations)
	var sum, least uint64
	for i, s := range subnets {
		if s.Available < 0 {
			return rule.Undocumented, nil, &rule.InputError{Path: rule.Path("SubnetIds").Index(i).Join("AvailableIpAddressCount"), Value: fmt.Sprint(s.Available), Reason: "is negative"}
		}
		free := uint64(s.Available)
		if sum += free; i == 0 || free < least {
			least = free
		}
	}
	switch {
	case !r.inForce(SubnetsLackAddresses):
		return rule.Undocumented, nil, nil
	case sum < need:
		var vs rule.Violations
		vs = vs.Append(ruleRows, r.edition, SubnetsLackAddresses, "SubnetIds", fmt.Sprintf("%d addresses are free, and %d are needed", sum, need))
		return rule.Denied, vs, nil
	case least >= need:
		return rule.Allowed, nil, nil
	}
	return rule.Undocumented, nil, nil
}
