package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func vpcPath(i int) rule.Path    { return rule.Path("Vpcs").Index(i) }
func subnetPath(i int) rule.Path { return rule.Path("Subnets").Index(i) }

// A netVPC is a VPC as package network takes it, and where each part of it stands in
// the files.
type netVPC struct {
	network.VPC
	name       string
	place      place
	places     map[rule.Path]place // of CidrBlockAssociationSet[i] and Routes[i]
	main       bool                // its main route table was exported
	unresolved []missingList       // once for each list
}

// A missingList is a prefix list that was not exported, and the first route to it.
type missingList struct {
	id string
	at place
}

// at translates a path within the VPC into one within the files.
func (v *netVPC) at(p rule.Path) place {
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

// networks returns the VPCs of the Region, in the order of the file.
func (e *regionExport) networks(notes *[]note) ([]*netVPC, error) {
	if e.vpcs == nil {
		return nil, nil
	}
	byID := map[string]*netVPC{}
	var all []*netVPC
	for i, v := range e.vpcs.Vpcs {
		n := &netVPC{VPC: network.VPC{ID: v.VpcId, Region: e.region}, place: e.place(vpcsName, vpcPath(i)), places: map[rule.Path]place{}}
		if byID[v.VpcId] != nil {
			return nil, &fileError{n.place, fmt.Sprintf("is %s, which stands in the file twice", v.VpcId)}
		}
		for _, t := range v.Tags {
			if t.Key == "Name" {
				n.name = t.Value
			}
		}
		n.addCIDRs(v, notes)
		if len(n.CIDRs) == 0 {
			return nil, &fileError{n.place, "has no associated CIDR block"}
		}
		byID[v.VpcId] = n
		all = append(all, n)
	}
	if e.routes == nil {
		return all, nil
	}
	seen := map[string]bool{}
	for i, t := range e.routes.RouteTables {
		at := e.place(routesName, rule.Path("RouteTables").Index(i))
		if seen[t.RouteTableId] {
			return nil, &fileError{at, fmt.Sprintf("is %s, which stands in the file twice", t.RouteTableId)}
		}
		seen[t.RouteTableId] = true
		n := byID[t.VpcId]
		if n == nil {
			*notes = append(*notes, note{at, fmt.Sprintf("belongs to %s, which is not in %s", t.VpcId, vpcsName)})
			continue
		}
		// The AWS CLI always prints the associations; a table without that member was
		// written by hand and is taken as it is.
		n.main = n.main || t.Associations == nil || slices.ContainsFunc(t.Associations, func(a association) bool { return a.Main })
		for j, r := range t.Routes {
			if err := n.addRoute(e, t.RouteTableId, r, at.below(rule.Path("Routes").Index(j))); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// addCIDRs takes the associated blocks. CidrBlock repeats the primary one.
func (n *netVPC) addCIDRs(v vpc, notes *[]note) {
	for i, a := range v.CidrBlockAssociationSet {
		at := n.place.below(rule.Path("CidrBlockAssociationSet").Index(i).Join("CidrBlock"))
		switch state := a.CidrBlockState.State; state {
		case "disassociated", "failed", "failing":
			*notes = append(*notes, note{at, fmt.Sprintf("%s is %s and was left out", a.CidrBlock, state)})
		default:
			n.addCIDR(a.CidrBlock, at)
		}
	}
	if v.CidrBlock.IsValid() && !slices.Contains(n.CIDRs, v.CidrBlock) {
		n.addCIDR(v.CidrBlock, n.place.below("CidrBlock"))
	}
}

// addRoute adds a route, or one for each entry of the prefix list that it leads to.
func (n *netVPC) addRoute(e *regionExport, table string, r route, at place) error {
	base := network.Route{PrefixList: r.DestinationPrefixListId, Table: table, Target: r.target(), State: r.State}
	add := func(destination netip.Prefix, member rule.Path) {
		out := base
		out.Destination = destination
		n.places[rule.Path("Routes").Index(len(n.Routes))] = at.below(member)
		n.Routes = append(n.Routes, out)
	}
	switch {
	case r.DestinationCidrBlock.IsValid():
		add(r.DestinationCidrBlock, "DestinationCidrBlock")
	case r.DestinationIpv6CidrBlock.IsValid():
		add(r.DestinationIpv6CidrBlock, "DestinationIpv6CidrBlock")
	case r.DestinationPrefixListId == "":
		return &fileError{at, "has no destination"}
	case e.entries[r.DestinationPrefixListId] != nil:
		for _, entry := range e.entries[r.DestinationPrefixListId].Entries {
			add(entry.Cidr, "DestinationPrefixListId")
		}
	case e.isIPv6List(r.DestinationPrefixListId):
		// No management range is IPv6, so its entries do not matter.
	default:
		add(netip.Prefix{}, "DestinationPrefixListId")
		if !slices.ContainsFunc(n.unresolved, func(m missingList) bool { return m.id == r.DestinationPrefixListId }) {
			n.unresolved = append(n.unresolved, missingList{r.DestinationPrefixListId, at.below("DestinationPrefixListId")})
		}
	}
	return nil
}

func (e *regionExport) isIPv6List(id string) bool {
	return e.lists != nil && slices.ContainsFunc(e.lists.PrefixLists, func(l prefixList) bool {
		return l.PrefixListId == id && l.AddressFamily == "IPv6"
	})
}

// listName returns the id of a prefix list, with its name if it was exported.
func (e *regionExport) listName(id string) string {
	if e.lists != nil {
		for _, l := range e.lists.PrefixLists {
			if l.PrefixListId == id && l.PrefixListName != "" {
				return id + " (" + l.PrefixListName + ")"
			}
		}
	}
	return id
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
func (e *regionExport) vpcOf(d directory) (id, why string, err error) {
	if len(d.SubnetIds) == 0 {
		return "", "the directory has no subnets", nil
	}
	if e.subnets == nil {
		return "", subnetsName + " is missing, so its VPC is not known", nil
	}
	for _, want := range d.SubnetIds {
		found := ""
		for i, s := range e.subnets.Subnets {
			if s.SubnetId == want && found != "" {
				return "", "", &fileError{e.place(subnetsName, subnetPath(i)), fmt.Sprintf("is %s, which stands in the file twice", want)}
			} else if s.SubnetId == want {
				found = s.VpcId
			}
		}
		switch {
		case found == "":
			return "", fmt.Sprintf("its subnet %s is not in %s", want, subnetsName), nil
		case id != "" && found != id:
			return "", fmt.Sprintf("its subnets lie in %s and in %s", id, found), nil
		}
		id = found
	}
	return id, "", nil
}
