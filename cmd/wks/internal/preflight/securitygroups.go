package preflight

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// groupSection checks the group that WorkSpaces has made for a directory, together with the one
// that its owner has added: rules of several groups are taken together. It returns why it does
// not ask. read has the groups that were read for other directories.
func (c *regionCheck) groupSection(d *directory, read map[string]*network.SecurityGroup) (why string) {
	if d.WorkspaceType == "POOLS" {
		return "the directory is for WorkSpaces Pools, whose ports are documented without directions"
	}
	id, why := c.vpcOf(d)
	if why != "" {
		return why
	}
	if wrong := d.spoilt(); wrong != nil {
		return "a value of the directory cannot be used"
	}
	v := c.network[id]
	if v == nil {
		return say("its VPC %s is not in %s", id, vpcsName)
	}
	if v.wrong != nil {
		return say("a CIDR of its VPC %s cannot be used", id)
	}
	s := newSection("security groups")
	// That the WorkSpaces carry a group tells nothing of the rest of the VPC, so the group is
	// not one of the VPC's.
	use := network.SecurityGroupUse{Role: network.OfWorkSpaces, Directory: network.DirectoryType(d.DirectoryType), VPC: network.Peer{Addresses: v.CIDRs}}
	for i, a := range d.DnsIpAddresses {
		addr, err := netip.ParseAddr(a)
		if err != nil || addr.Zone() != "" {
			s.ask(unusable(&rule.InputError{Path: rule.Path("DnsIpAddresses").Index(i), Value: a, Reason: "is not an address"}, d.at.below))
			continue
		}
		use.Controllers.Addresses = append(use.Controllers.Addresses, netip.PrefixFrom(addr, addr.BitLen()))
	}
	if len(use.Controllers.Addresses) == 0 && len(s.open) == 0 {
		return "the directory has no DNS addresses, which stand for its domain controllers"
	}
	var whole network.SecurityGroup
	var groups []*securityGroup
	for _, want := range []string{d.WorkspaceSecurityGroupId, d.WorkspaceCreationProperties.CustomSecurityGroupId} {
		if want == "" {
			continue
		}
		g := c.groups.find(want)
		if g == nil {
			return say("%s is not in %s", want, groupsName)
		}
		if g.spoilt() != nil {
			return say("a value of %s cannot be used", want)
		}
		if read[want] == nil {
			read[want] = new(c.securityGroup(g))
		}
		if groups = append(groups, g); len(groups) == 1 {
			whole = *read[want]
			continue
		}
		whole.ID += " with " + want
		whole.Ingress = append(whole.Ingress[:len(whole.Ingress):len(whole.Ingress)], read[want].Ingress...)
		whole.Egress = append(whole.Egress[:len(whole.Egress):len(whole.Egress)], read[want].Egress...)
	}
	if len(groups) == 0 {
		return "the directory names no security group"
	}
	s.Title = "security group " + whole.ID + " of directory " + d.DirectoryId
	at := func(p rule.Path) place {
		for list, first := range map[rule.Path]int{"IpPermissions": len(groups[0].IpPermissions), "IpPermissionsEgress": len(groups[0].IpPermissionsEgress)} {
			switch i, below, ok := cutIndex(p, list); {
			case ok && i >= first && len(groups) > 1:
				return groups[1].ruleAt(list, i-first, below)
			case ok:
				return groups[0].ruleAt(list, i, below)
			}
		}
		return groups[0].at.below(p)
	}
	if len(use.Controllers.Addresses) > 0 {
		// Whether the WorkSpaces are to have internet access is not in the export.
		check, err := c.rules.Network.CheckSecurityGroup(whole, use)
		s.take(check.Answer, err, at)
	}
	c.add(s)
	c.sshSection(d, whole, at)
	return ""
}

// ruleAt is a place within rule i of a list, and says which rule that is.
func (g *securityGroup) ruleAt(list rule.Path, i int, below rule.Path) place {
	direction, permissions := "inbound", g.IpPermissions
	if list == "IpPermissionsEgress" {
		direction, permissions = "outbound", g.IpPermissionsEgress
	}
	at := g.at.below(list.Index(i).Join(below))
	if i < len(permissions) {
		r := g.resource()
		r.Part = direction + " rule " + permissions[i].String()
		at.of = named(r)
	}
	return at
}

// String is what the rule lets through.
func (p permission) String() string {
	s := p.IpProtocol
	if s == "-1" {
		s = "all traffic"
	}
	if p.FromPort != nil && p.ToPort != nil {
		s += fmt.Sprintf(" %d", *p.FromPort)
		if *p.ToPort != *p.FromPort {
			s += fmt.Sprintf("-%d", *p.ToPort)
		}
	}
	var peers []string
	for _, r := range p.IpRanges {
		peers = append(peers, r.CidrIp.String())
	}
	for _, r := range p.Ipv6Ranges {
		peers = append(peers, r.CidrIpv6.String())
	}
	for _, g := range p.UserIdGroupPairs {
		peers = append(peers, g.GroupId)
	}
	for _, l := range p.PrefixListIds {
		peers = append(peers, l.PrefixListId)
	}
	switch {
	case len(peers) > 2:
		s += fmt.Sprintf(" with %s, %s and %d more", peers[0], peers[1], len(peers)-2)
	case len(peers) > 0:
		s += " with " + strings.Join(peers, ", ")
	}
	return s
}

// securityGroup reads a group; prefix lists that were exported become their entries.
func (e *regionExport) securityGroup(g *securityGroup) network.SecurityGroup {
	read := func(list []permission) (rules []network.SecurityGroupRule) {
		for _, p := range list {
			r := network.SecurityGroupRule{Protocol: p.IpProtocol, From: -1, To: -1}
			if p.FromPort != nil && p.ToPort != nil {
				r.From, r.To = *p.FromPort, *p.ToPort
			}
			for _, c := range p.IpRanges {
				r.CIDRs = append(r.CIDRs, c.CidrIp)
			}
			for _, c := range p.Ipv6Ranges {
				r.CIDRs = append(r.CIDRs, c.CidrIpv6)
			}
			for _, u := range p.UserIdGroupPairs {
				r.Groups = append(r.Groups, u.GroupId)
			}
			for _, l := range p.PrefixListIds {
				if f := e.entries[l.PrefixListId]; f != nil {
					for _, entry := range f.Entries {
						r.CIDRs = append(r.CIDRs, entry.Cidr)
					}
					if f.wrong != nil { // what else the list has is not known
						r.PrefixLists = append(r.PrefixLists, l.PrefixListId)
					}
				} else {
					r.PrefixLists = append(r.PrefixLists, l.PrefixListId)
				}
			}
			rules = append(rules, r)
		}
		return rules
	}
	return network.SecurityGroup{ID: g.GroupId, Ingress: read(g.IpPermissions), Egress: read(g.IpPermissionsEgress)}
}
