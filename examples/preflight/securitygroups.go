package main

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// groupSection checks the group that WorkSpaces has made for a directory, together with
// the one that its owner has added: rules of several groups are taken together.
func (e *regionExport) groupSection(rules network.Rules, d directory, vpcs []*netVPC, from place) (s section, why string, err error) {
	if d.WorkspaceType == "POOLS" {
		return s, "it is for WorkSpaces Pools, whose ports are documented without directions", nil
	}
	id, why, err := e.vpcOf(d)
	if err != nil || why != "" {
		return s, why, err
	}
	n := slices.IndexFunc(vpcs, func(v *netVPC) bool { return v.ID == id })
	if n < 0 {
		return s, fmt.Sprintf("its VPC %s is not in %s", id, vpcsName), nil
	}
	// That the WorkSpaces carry a group tells nothing of the rest of the VPC, so the group is
	// not one of the VPC's.
	use := network.SecurityGroupUse{Role: network.OfWorkSpaces, Directory: network.DirectoryType(d.DirectoryType), VPC: network.Peer{Addresses: vpcs[n].CIDRs}}
	for i, a := range d.DnsIpAddresses {
		addr, err := netip.ParseAddr(a)
		if err != nil {
			return s, "", &fileError{from.below(rule.Path("DnsIpAddresses").Index(i)), err.Error()}
		}
		use.Controllers.Addresses = append(use.Controllers.Addresses, netip.PrefixFrom(addr, addr.BitLen()))
	}
	if len(use.Controllers.Addresses) == 0 {
		return s, "it has no DNS addresses, which stand for its domain controllers", nil
	}
	var whole network.SecurityGroup
	at := place{}
	for _, want := range []string{d.WorkspaceSecurityGroupId, d.WorkspaceCreationProperties.CustomSecurityGroupId} {
		if want == "" {
			continue
		}
		i := slices.IndexFunc(e.groups.SecurityGroups, func(g securityGroup) bool { return g.GroupId == want })
		if i < 0 {
			return s, fmt.Sprintf("%s is not in %s", want, groupsName), nil
		}
		g := e.securityGroup(e.groups.SecurityGroups[i])
		if whole.ID == "" {
			whole.ID, at = want, e.place(groupsName, rule.Path("SecurityGroups").Index(i))
		} else {
			whole.ID += " with " + want
		}
		whole.Ingress, whole.Egress = append(whole.Ingress, g.Ingress...), append(whole.Egress, g.Egress...)
	}
	if whole.ID == "" {
		return s, "it names no security group", nil
	}
	s = newSection("security group " + whole.ID + " of directory " + d.DirectoryId)
	check, err := rules.CheckSecurityGroup(whole, use)
	if err != nil {
		return s, "", &fileError{at, err.Error()}
	}
	s.Verdict = check.Verdict
	for _, m := range check.Missing {
		if m.Perhaps {
			s.Lines = append(s.Lines, fmt.Sprintf("%s %d-%d may be open, to a prefix list that was not exported or to a security group", m.Port.Transport, m.From, m.To))
		}
	}
	s.add(check.Violations(), at)
	// Whether the WorkSpaces are to have internet access is not in the export.
	use.Internet = true
	online, err := rules.CheckSecurityGroup(whole, use)
	if err != nil {
		return s, "", &fileError{at, err.Error()}
	}
	for _, m := range online.Missing {
		if !m.Port.Domain {
			s.Lines = append(s.Lines, fmt.Sprintf("for internet access: %s %d is not known to be open, %sbound", m.Port.Transport, m.From, m.Port.Direction))
		}
	}
	return s, "", nil
}

// securityGroup reads a group; prefix lists that were exported become their entries.
func (e *regionExport) securityGroup(g securityGroup) network.SecurityGroup {
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
