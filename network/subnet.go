package network

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for the subnets of a directory.
const (
	SubnetsNotTwo         rule.Code = "network.subnets-not-two"
	SubnetsInOneZone      rule.Code = "network.subnets-in-one-zone"
	SubnetZoneUnsupported rule.Code = "network.subnet-zone-unsupported"
	SubnetSize            rule.Code = "network.subnet-size"
	SubnetsLackAddresses  rule.Code = "network.subnets-lack-addresses"
)

const (
	subnetsOfDirectory = 2
	largestSubnet      = 16 // prefix length
	smallestSubnet     = 28
)

var subnetRules = []tables.Rule{
	{
		Code:      SubnetsNotTwo,
		Title:     "A directory is to be registered with one subnet or more than two.",
		Remedy:    "Give two subnets, in different Availability Zones.",
		Revisions: []rule.Revision{tables.Must(registerPage, "Register a Directory with Amazon WorkSpaces", "2019-03-25", "")},
		Figures:   []tables.Figure{{Name: "subnets of a directory", Value: strconv.Itoa(subnetsOfDirectory)}},
	},
	{
		Code:      SubnetsInOneZone,
		Title:     "Subnets of a directory share an Availability Zone.",
		Remedy:    "Choose subnets in different Availability Zones.",
		Revisions: []rule.Revision{tables.Must(registerPage, "Register a Directory with Amazon WorkSpaces", "2019-03-25", "")},
	},
	{
		Code:      SubnetZoneUnsupported,
		Title:     "A subnet is in an Availability Zone without WorkSpaces.",
		Remedy:    "Choose a subnet in one of the Availability Zones that are named, by the ID of its zone.",
		Revisions: []rule.Revision{tables.Must(zonesPage, "Availability Zones for Amazon WorkSpaces", "2020-07-08", "")},
	},
	{
		Code:      SubnetSize,
		Title:     "A subnet is larger than /16 or smaller than /28.",
		Remedy:    "Choose a subnet of /16 to /28.",
		Revisions: []rule.Revision{tables.Must(subnetSizing, "VPC and Subnet Sizing for IPv4", "2018-02-01", "")},
		Figures:   []tables.Figure{{Name: "prefix length of a subnet", Value: fmt.Sprintf("%d to %d", largestSubnet, smallestSubnet)}},
	},
	{
		Code:      SubnetsLackAddresses,
		Title:     "Subnets have fewer free addresses than are needed.",
		Remedy:    "Free addresses in the subnets, or use larger ones.",
		Revisions: []rule.Revision{tables.Must(whitepaper, "Example of a typical configuration", august2026, "")},
	},
}

// A DirectoryKind tells which WorkSpaces a directory is for.
type DirectoryKind string

const (
	KindPersonal DirectoryKind = "personal" // a WorkSpace for each user
	KindPools    DirectoryKind = "pools"    // WorkSpaces Pools
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
func (r Rules) Zones(region string, k DirectoryKind) ([]string, error) {
	if err := r.checkRegion(region); err != nil {
		return nil, err
	}
	return slices.Clone(r.s.zones[zonesOf{region, k}].zones), nil
}

var zoneForm = regexp.MustCompile(`^[a-z]+[0-9]+(-[a-z0-9]+)*-az[0-9]+$`)

// CheckSubnets checks the subnets with which a directory is to be registered: that they
// are two, in different Availability Zones, in zones that the Region's WorkSpaces support,
// and between /16 and /28. It is open if no document gives the zones of the Region, what the
// Region, zones or CIDRs are if they are not given, and which subnets WorkSpaces chooses
// without any. A subnet that is given twice is in one zone, known or not.
//
// The violations are in the order of the subnets. The error is a *rule.InputError for a
// malformed Region, an unknown kind, a zone that is not an AZ ID, and a CIDR that is not
// IPv4.
func (r Rules) CheckSubnets(region string, k DirectoryKind, subnets []Subnet) (rule.Answer, error) {
	var a rule.Answer
	err := r.known()
	if region != "" {
		err = r.checkRegion(region)
	}
	if err != nil {
		return a, err
	}
	if k != KindPersonal && k != KindPools {
		return a, &rule.InputError{Path: "Kind", Value: string(k), Reason: "is neither personal nor pools"}
	}
	for i, s := range subnets {
		at := rule.Path("SubnetIds").Index(i)
		if s.ZoneID != "" && !zoneForm.MatchString(s.ZoneID) {
			return a, &rule.InputError{Path: at.Join("AvailabilityZoneId"), Value: s.ZoneID, Reason: "is not an AZ ID, such as use1-az2"}
		}
		if s.CIDR != (netip.Prefix{}) && (!s.CIDR.IsValid() || !s.CIDR.Addr().Is4()) {
			return a, &rule.InputError{Path: at.Join("CidrBlock"), Value: s.CIDR.String(), Reason: "is not an IPv4 prefix"}
		}
	}
	supported := r.s.zones[zonesOf{region, k}]
	switch {
	case len(subnets) == 0:
		a.NotGiven("SubnetIds", "no subnets are given, and WorkSpaces chooses them")
		return a.Concluded(), nil
	case region == "":
		a.NotGiven("Region", "the Region is not given")
	case supported.zones == nil:
		a.NotDocumented("Region", "no document of the edition gives the Availability Zones of "+region+" for these WorkSpaces")
	}
	rules := r.s.rules
	if len(subnets) != subnetsOfDirectory {
		rules.Break(&a, SubnetsNotTwo, "SubnetIds", "%d subnets, want two in different Availability Zones", len(subnets))
	}
	ids, zones := map[string]bool{}, map[string]bool{}
	for i, s := range subnets {
		at := rule.Path("SubnetIds").Index(i)
		switch {
		case ids[s.ID]:
			rules.Break(&a, SubnetsInOneZone, at, "%q is given twice", s.ID)
		case zones[s.ZoneID]:
			rules.Break(&a, SubnetsInOneZone, at, "%q is in %s, as a subnet before it is", s.ID, s.ZoneID)
		}
		ids[s.ID], zones[s.ZoneID] = s.ID != "", s.ZoneID != ""
		if s.ZoneID == "" {
			a.NotGiven(at.Join("AvailabilityZoneId"), "the Availability Zone is not given")
		} else if supported.zones != nil && !slices.Contains(supported.zones, s.ZoneID) {
			rules.BreakBy(&a, supported.Cite, SubnetZoneUnsupported, at, "%q is in %s; WorkSpaces of %s can be in %v", s.ID, s.ZoneID, region, supported.zones)
		}
		if !s.CIDR.IsValid() {
			a.NotGiven(at.Join("CidrBlock"), "the CIDR is not given")
		} else if (s.CIDR.Bits() < largestSubnet || s.CIDR.Bits() > smallestSubnet) && rules.Has(SubnetSize) { // older documents were not read
			rules.Break(&a, SubnetSize, at, "%q is %s, not between /%d and /%d", s.ID, s.CIDR, largestSubnet, smallestSubnet)
		}
	}
	return a.Concluded(), nil
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
// and the new WorkSpace exist. It is Denied if there are fewer addresses in all, and Allowed
// if each subnet alone has enough. Else it is open: no document says how WorkSpaces are
// spread over the subnets. Before 2026-08-25 it is open too: no older document on this was
// read. The error is a *rule.InputError for a negative number.
func (r Rules) CheckAddresses(subnets []Subnet, launches, migrations int) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	if launches < 0 || migrations < 0 {
		return a, &rule.InputError{Path: "Launches", Value: strconv.Itoa(min(launches, migrations)), Reason: "is negative"}
	}
	need := uint64(launches) + uint64(migrations)
	var sum, least uint64
	for i, s := range subnets {
		if s.Available < 0 {
			return a, &rule.InputError{Path: rule.Path("SubnetIds").Index(i).Join("AvailableIpAddressCount"), Value: strconv.Itoa(s.Available), Reason: "is negative"}
		}
		free := uint64(s.Available)
		sum += min(free, need-sum) // no more than is needed, which cannot overflow
		if i == 0 || free < least {
			least = free
		}
	}
	switch {
	case !r.s.rules.Has(SubnetsLackAddresses):
		a.NotDocumented("SubnetIds", "no document of the edition tells how many addresses WorkSpaces take")
	case sum < need:
		r.s.rules.Break(&a, SubnetsLackAddresses, "SubnetIds", "%d addresses are free, and %d are needed", sum, need)
	case least < need:
		a.NotDocumented("SubnetIds", "no document says how WorkSpaces are spread over the subnets")
	}
	return a.Concluded(), nil
}
