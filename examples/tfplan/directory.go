package main

import (
	"net/netip"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// directory asks about a directory that the plan changes; networks and ipGroups ask about
// its VPC and its IP access control groups.
func (c *checker) directory(r *resource, o *object) error {
	switch o.action {
	case destroy, replace:
		v := rule.Violation{Code: directoryReplaced, Level: rule.Should, Cite: citeActions, Detail: "the directory is deregistered from WorkSpaces"}
		at := attr{}
		if o.action == replace {
			v.Detail += ", and registered again"
			if len(o.replacedBy) > 0 {
				at.path = o.replacedBy[0]
			}
		}
		r.add(o, at, v)
	case forget:
		r.line("the directory stays, and Terraform forgets it")
	}
	if !o.changes() {
		return nil
	}
	if o.action != update {
		if err := c.subnets(r, o); err != nil {
			return err
		}
	}
	return c.tags(r, o)
}

// placeholder stands for a subnet of which not all is known. Only codes that do not depend
// on its zone or size are taken of an answer about it.
var placeholder = network.Subnet{ZoneID: "use1-az1", CIDR: netip.MustParsePrefix("10.0.0.0/24")}

// subnets asks about the subnets with which a directory is registered.
func (c *checker) subnets(r *resource, o *object) error {
	at := o.after.get("subnet_ids")
	l := c.plan.link(o, "subnet_ids")
	switch {
	case at.value == nil && !at.pending():
		r.notAsked("whether the subnets suit: the plan leaves the choice to WorkSpaces")
		return nil
	case !l.complete || !l.exact && at.pending() || len(l.objects)+len(l.literals) == 0:
		r.notAsked("whether the subnets suit: subnet_ids is not known until apply")
		return nil
	case r.Region == "":
		r.open(at, "whether the subnets suit depends on the Region, which the plan does not tell (-region)")
		return nil
	}
	var subnets []network.Subnet
	var names []string // of their zones
	whole := len(l.literals) == 0
	for _, id := range l.literals {
		s := placeholder
		s.ID = id
		subnets = append(subnets, s)
		r.notAsked("whether %s suits: it is not in the plan", id)
	}
	for _, s := range l.objects {
		x := placeholder
		x.ID = s.address
		names = append(names, s.after.get("availability_zone").text())
		zone := c.zoneID(s)
		p, why := prefix(s.after.get("cidr_block"))
		if zone == "" {
			r.notAsked("whether the zone of %s suits: its AZ ID is not known, and a name such as us-east-1a stands for another zone in each account", s.address)
		}
		if why != "" {
			r.notAsked("whether the size of %s suits: cidr_block %s", s.address, why)
		}
		if zone == "" || why != "" {
			whole = false
		} else {
			x.ZoneID, x.CIDR = zone, p
		}
		subnets = append(subnets, x)
	}
	kind := network.KindPersonal
	if o.after.get("workspace_type").text() == "POOLS" {
		kind = network.KindPools
	}
	verdict, vs, err := c.rules.network.CheckSubnets(r.Region, kind, subnets)
	if err != nil {
		return r.invalid(o, at, err)
	}
	sameZone := len(names) == 2 && names[0] != "" && names[0] == names[1]
	for _, v := range vs {
		switch {
		case whole || v.Code == network.SubnetsNotTwo:
		case v.Code == network.SubnetsInOneZone && sameZone:
			v.Detail = "both subnets are in " + names[0]
		default:
			continue
		}
		r.add(o, at, v)
	}
	if whole && verdict == rule.Undocumented {
		r.open(at, "no document gives the Availability Zones of WorkSpaces in "+r.Region)
	}
	return nil
}

// zoneID returns the AZ ID of a subnet: its own, or that of its zone's name as a data source
// or another subnet of the plan has it.
func (c *checker) zoneID(s *object) string {
	name := s.after.get("availability_zone").text()
	if id := s.after.get("availability_zone_id").text(); id != "" || name == "" {
		return id
	}
	for _, o := range c.plan.each("aws_availability_zones", "aws_subnet", "aws_default_subnet") {
		if o.typ != "aws_availability_zones" {
			if id := o.after.get("availability_zone_id").text(); id != "" && o.after.get("availability_zone").text() == name {
				return id
			}
			continue
		}
		ids := o.after.get("zone_ids").texts()
		if i := slices.Index(o.after.get("names").texts(), name); i >= 0 && i < len(ids) {
			return ids[i]
		}
	}
	return ""
}
