package preflight

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A netVPC is a VPC as package network takes it, and where each part of it stands in
// the files.
type netVPC struct {
	network.VPC
	name    string
	place   place
	places  map[rule.Path]place   // of Region, CidrBlockAssociationSet[i], Routes, and Routes[i]
	unknown map[rule.Path]string  // what is not known of the routes, by the path of the open question
	wrong   *fileError            // what cannot be used of the VPC's CIDRs
	tables  *fileError            // what cannot be used of its route tables
	blocks  map[netip.Prefix]bool // its CIDRs, for holds
}

// at translates a path within the VPC into one within the files.
func (v *netVPC) at(p rule.Path) place {
	if at, ok := v.places[p]; ok {
		return at
	}
	if i := strings.LastIndexByte(string(p), '.'); i >= 0 {
		if at, ok := v.places[p[:i]]; ok {
			return at
		}
	}
	return v.place.below(p)
}

func (v *netVPC) addCIDR(p netip.Prefix, at place) {
	v.places[rule.Path("CidrBlockAssociationSet").Index(len(v.CIDRs))] = at
	v.CIDRs = append(v.CIDRs, p)
}

// readNetworks reads the VPCs of the Region and their routes.
func (c *regionCheck) readNetworks() {
	c.network = map[string]*netVPC{}
	for _, v := range c.vpcs.elements() {
		n := &netVPC{VPC: network.VPC{ID: v.VpcId, Region: c.region}, place: v.at, places: map[rule.Path]place{"Region": v.at}, unknown: map[rule.Path]string{}}
		for _, t := range v.Tags {
			if t.Key == "Name" {
				n.name = t.Value
			}
		}
		n.wrong = cmp.Or(v.lacks("CidrBlock"), v.lacks("CidrBlockAssociationSet"))
		n.addCIDRs(v, &c.account.notes)
		c.network[v.VpcId] = n
		c.networks = append(c.networks, n)
	}
	main := map[string]bool{}  // the main route table of a VPC was exported
	lost := c.routes.lacking() // of whichever VPC
	for _, t := range c.routes.elements() {
		if wrong := t.lacks("VpcId"); wrong != nil {
			lost = cmp.Or(lost, wrong)
			continue
		}
		n := c.network[t.VpcId]
		if n == nil {
			if c.vpcs != nil {
				c.account.notes.add(t.at, "belongs to %s, which is not in %s", t.VpcId, vpcsName)
			}
			continue
		}
		// The AWS CLI always prints the associations; a table without that member was
		// written by hand and is taken as it is.
		if t.Associations == nil || slices.ContainsFunc(t.Associations, func(a association) bool { return a.Main }) {
			main[t.VpcId] = true
		}
		n.tables = cmp.Or(n.tables, t.spoilt())
		for j, r := range t.Routes {
			if t.spoilt() != nil && !r.leads() { // it is left out
				continue
			}
			c.addRoute(n, t.RouteTableId, r, t.at.below(rule.Path("Routes").Index(j)))
		}
	}
	for _, n := range c.networks {
		n.tables = cmp.Or(n.tables, lost)
		n.AllRoutes = main[n.ID] && n.tables == nil // every VPC has a main route table
		n.places["Routes"] = c.place(routesName, "")
		switch {
		case c.routes == nil:
			n.unknown["Routes"] = "only the VPC's CIDRs were looked at: there is no " + routesName
		case n.tables != nil:
			n.places["Routes"] = n.tables.place
			n.unknown["Routes"] = "not all routes were looked at: a value of a route table cannot be used"
		case !n.AllRoutes:
			n.unknown["Routes"] = say("not all routes were looked at: the main route table of %s is not in %s", n.ID, routesName)
		}
	}
	for _, s := range c.subnets.elements() {
		if n := c.network[s.VpcId]; n != nil && n.wrong == nil && s.CidrBlock.IsValid() && !n.holds(s.CidrBlock) {
			c.account.notes.unusable(s.at.below("CidrBlock"), "%s is in no CIDR of %s: %s", s.CidrBlock, n.ID, said(prefixes(n.CIDRs)))
		}
	}
}

// holds reports whether a subnet lies in a CIDR of the VPC.
func (v *netVPC) holds(subnet netip.Prefix) bool {
	if v.blocks == nil {
		v.blocks = map[netip.Prefix]bool{}
		for _, p := range v.CIDRs {
			v.blocks[p.Masked()] = true
		}
	}
	for bits := range subnet.Bits() + 1 {
		if block, err := subnet.Addr().Prefix(bits); err == nil && v.blocks[block] {
			return true
		}
	}
	return false
}

// prefixes lists the first prefixes, with spaces between them, and says how many more there are.
func prefixes(list []netip.Prefix) string {
	const most = 32
	if more := len(list) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", prefixes(list[:most]), more)
	}
	return strings.Trim(fmt.Sprint(list), "[]")
}

// addCIDRs takes the associated blocks. CidrBlock repeats the primary one.
func (v *netVPC) addCIDRs(from *vpc, notes *notes) {
	for i, a := range from.CidrBlockAssociationSet {
		at := v.place.below(rule.Path("CidrBlockAssociationSet").Index(i).Join("CidrBlock"))
		if !a.CidrBlock.IsValid() { // it cannot be used
			continue
		}
		switch state := a.CidrBlockState.State; state {
		case "disassociated", "failed", "failing":
			notes.add(at, "%s is %s and was left out", a.CidrBlock, state)
		default:
			v.addCIDR(a.CidrBlock, at)
		}
	}
	if from.CidrBlock.IsValid() && !slices.Contains(v.CIDRs, from.CidrBlock) {
		v.addCIDR(from.CidrBlock, v.place.below("CidrBlock"))
	}
}

// addRoute adds a route, or one for each entry of the prefix list that it leads to.
func (c *regionCheck) addRoute(v *netVPC, table string, r route, at place) {
	list := r.DestinationPrefixListId
	base := network.Route{PrefixList: list, Table: table, Target: r.target(), State: r.State}
	add := func(destination netip.Prefix, member rule.Path) rule.Path {
		out := base
		out.Destination = destination
		path := rule.Path("Routes").Index(len(v.Routes))
		v.places[path] = at.below(member)
		v.Routes = append(v.Routes, out)
		return path
	}
	switch {
	case r.DestinationCidrBlock.IsValid():
		add(r.DestinationCidrBlock, "DestinationCidrBlock")
	case r.DestinationIpv6CidrBlock.IsValid():
		add(r.DestinationIpv6CidrBlock, "DestinationIpv6CidrBlock")
	case list == "":
		c.account.notes.unusable(at, "has no destination, and is left out")
	case c.entries[list] != nil:
		for _, entry := range c.entries[list].Entries {
			add(entry.Cidr, "DestinationPrefixListId")
		}
		if c.entries[list].wrong != nil {
			path := add(netip.Prefix{}, "DestinationPrefixListId")
			v.unknown[path.Join("DestinationPrefixListId")] = say("an entry of the prefix list %s cannot be used", c.listName(list))
		}
	case c.isIPv6List(list):
		// No management range is IPv6, so its entries do not matter.
	default:
		path := add(netip.Prefix{}, "DestinationPrefixListId")
		v.unknown[path.Join("DestinationPrefixListId")] = say("the prefix list %s was not exported; there is no %s%s.json", c.listName(list), entriesPrefix, list)
	}
}

func (e *regionExport) isIPv6List(id string) bool {
	l := e.lists.find(id)
	return l != nil && l.AddressFamily == "IPv6"
}

// listName returns the id of a prefix list, with its name if it was exported.
func (e *regionExport) listName(id string) string {
	if l := e.lists.find(id); l != nil && l.PrefixListName != "" {
		return id + " (" + l.PrefixListName + ")"
	}
	return id
}

// leads reports whether the route has a destination.
func (r route) leads() bool {
	return r.DestinationCidrBlock.IsValid() || r.DestinationIpv6CidrBlock.IsValid() || r.DestinationPrefixListId != ""
}

// target returns the one target that a route has.
func (r route) target() string {
	for _, t := range []string{r.GatewayId, r.NatGatewayId, r.TransitGatewayId, r.VpcPeeringConnectionId, r.NetworkInterfaceId, r.InstanceId,
		r.EgressOnlyInternetGatewayId, r.CarrierGatewayId, r.LocalGatewayId, r.CoreNetworkArn, r.OdbNetworkArn} {
		if t != "" {
			return t
		}
	}
	return ""
}

// vpcOf finds the VPC of a directory by its subnets; why tells why it cannot.
func (e *regionExport) vpcOf(d *directory) (id, why string) {
	if d.lacks("SubnetIds") != nil {
		return "", "its subnets cannot be used"
	}
	if len(d.SubnetIds) == 0 {
		return "", "the directory has no subnets"
	}
	if e.subnets == nil {
		return "", subnetsName + " is missing, so its VPC is not known"
	}
	for _, want := range d.SubnetIds {
		s := e.subnets.find(want)
		switch {
		case s == nil:
			return "", say("its subnet %s is not in %s", want, subnetsName)
		case s.lacks("VpcId") != nil:
			return "", say("the VPC of its subnet %s cannot be used", want)
		case id != "" && s.VpcId != id:
			return "", say("its subnets lie in %s and in %s", id, s.VpcId)
		}
		id = s.VpcId
	}
	return id, ""
}
