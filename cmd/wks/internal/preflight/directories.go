package preflight

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// room is how many addresses a subnet has free. A number that the subnet cannot have is a question
// of the result, and counts as the most, or as none.
func (s *subnet) room(of *result) int {
	n, most := s.AvailableIpAddressCount, s.AvailableIpAddressCount
	if s.CidrBlock.IsValid() {
		if size, err := network.SubnetAddresses(s.CidrBlock, 0); err == nil {
			most = size
		}
	}
	if n >= 0 && n <= most {
		return n
	}
	reason := "is negative"
	if n > most {
		reason = say("is more than %s has, %d", s.CidrBlock, most)
	}
	of.ask(unusable(&rule.InputError{Path: "AvailableIpAddressCount", Value: fmt.Sprint(n), Reason: reason}, s.at.below))
	return max(0, min(n, most))
}

// subnetSection checks the zones and sizes of a directory's subnets, and their room.
func (c *regionCheck) subnetSection(d *directory) {
	if d.lacks("SubnetIds") != nil {
		c.notAskedOf(d.at, "whether its subnets suit: they cannot be used")
		return
	}
	s := newSectionOf("subnets", "subnets of directory "+d.DirectoryId)
	s.doubt(d.spoilt())
	var subnets, each []network.Subnet // each subnet once, for its room
	free, seen, partial := 0, map[string]bool{}, false
	for _, id := range d.SubnetIds {
		x := c.subnets.find(id)
		if x == nil {
			c.notAsked(c.fetch(subnetsName), "whether the subnets of %s suit: %s is not in %s", d.DirectoryId, id, subnetsName)
			return
		}
		n := network.Subnet{ID: id, ZoneID: x.AvailabilityZoneId, CIDR: x.CidrBlock}
		if !seen[id] {
			seen[id] = true
			s.doubt(x.spoilt())
			if x.lacks("AvailableIpAddressCount") != nil {
				s.Lines = append(s.Lines, rule.Shorten(id)+": how many addresses are free is not known")
				partial = true
				subnets = append(subnets, n)
				continue
			}
			n.Available = x.room(&s.result)
			free += n.Available
			each = append(each, n)
		}
		subnets = append(subnets, n)
	}
	kind := network.KindPersonal
	if d.WorkspaceType == "POOLS" {
		kind = network.KindPools
	}
	a, err := c.rules.Network.CheckSubnets(c.region, kind, subnets)
	s.take(a, err, func(p rule.Path) place {
		if i, below, ok := cutIndex(p, "SubnetIds"); ok && below != "" {
			return c.subnets.find(subnets[i].ID).at.below(below)
		}
		if p == "Region" { // no file has it
			return d.at
		}
		return d.at.below(p)
	})
	least := ""
	if partial {
		least = "at least "
	}
	s.Lines = append(s.Lines, say("%s%d addresses are free; each launch takes one, and each migration one more while it runs", least, free))
	for _, n := range each {
		s.Lines = append(s.Lines, roomOf(n))
		s.tell = s.tell || n.Available == 0
	}
	if launches, migrations := c.account.launches, c.account.migrations; (launches != 0 || migrations != 0) && !partial {
		room, err := c.rules.Network.CheckAddresses(each, launches, migrations)
		s.take(room, err, d.at.below)
		s.Lines = append(s.Lines, say("room for %d launches and %d migrations at a time: %s", launches, migrations, room.Verdict))
	}
	c.add(s)
}

// roomOf tells the free addresses of one subnet: a WorkSpace stays in its subnet.
func roomOf(n network.Subnet) string {
	where := n.ID
	if n.ZoneID != "" {
		where += " in " + n.ZoneID
	}
	if size, err := network.SubnetAddresses(n.CIDR, 0); n.CIDR.IsValid() && err == nil {
		return say("%s: %d of %d addresses free", where, n.Available, size)
	}
	return say("%s: %d addresses free", where, n.Available)
}

// accelerated reports whether the directory uses AWS Global Accelerator.
func (d *directory) accelerated() bool {
	return strings.HasPrefix(d.StreamingProperties.GlobalAccelerator.Mode, "ENABLED")
}

// hasEndpoint reports whether clients stream to the directory's WorkSpaces through a VPC endpoint.
func (d *directory) hasEndpoint() bool {
	return len(d.WorkspaceAccessProperties.AccessEndpointConfig.AccessEndpoints) > 0
}

// featureSection checks settings of a directory that exclude one another, and what cannot
// be launched into its subnets.
func (c *regionCheck) featureSection(d *directory) {
	s := newSectionOf("settings of directories", "settings of directory "+d.DirectoryId)
	s.doubt(d.spoilt())
	a, err := c.rules.Network.CheckDirectoryFeatures(network.DirectoryFeatures{
		FIPS:              d.EndpointEncryptionMode == "FIPS_VALIDATED",
		GlobalAccelerator: d.accelerated(),
		StreamingEndpoint: d.hasEndpoint(),
		IPGroups:          len(d.IPGroupIds) > 0,
	})
	s.take(a, err, d.at.below)
	for _, id := range d.SubnetIds {
		x := c.subnets.find(id)
		if x != nil {
			s.doubt(x.lacks("AssignIpv6AddressOnCreation"))
		}
		if x == nil || !x.AssignIpv6AddressOnCreation {
			continue
		}
		for _, t := range []string{"PERFORMANCE", "GRAPHICS"} { // the types that some document refuses
			launch, err := c.rules.Network.LaunchWithIPv6AutoAssign(t)
			if err == nil && len(launch.Violations)+len(launch.OpenBy(rule.ByContradiction)) > 0 {
				s.Lines = append(s.Lines, say("%s assigns IPv6 addresses: whether a %s WorkSpace can be launched into it is %s", id, t, launch.Verdict))
			}
		}
	}
	c.add(s)
}
