package main

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// sections asks about subnets, security groups, IP access control groups and the firewall.
// Questions for which something is missing are added to r.NotAsked.
func (e *regionExport) sections(r *regionReport, rules network.Rules, vpcs []*netVPC, a *account) ([]section, error) {
	list := []section{}
	notAsked := func(format string, args ...any) { r.NotAsked = append(r.NotAsked, fmt.Sprintf(format, args...)) }
	if e.directories != nil && e.subnets != nil {
		for i, d := range e.directories.Directories {
			s, why, err := e.subnetSection(rules, d, e.place(directoriesName, rule.Path("Directories").Index(i)), a)
			if err != nil {
				return nil, err
			}
			if why != "" {
				notAsked("whether the subnets of %s suit: %s", d.DirectoryId, why)
				continue
			}
			list = append(list, s)
		}
	}
	if e.directories != nil {
		for i, d := range e.directories.Directories {
			s, err := e.featureSection(rules, d, e.place(directoriesName, rule.Path("Directories").Index(i)))
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	if e.groups == nil {
		notAsked("whether security groups open the ports that WorkSpaces need: no %s", groupsName)
	} else if e.directories != nil {
		for i, d := range e.directories.Directories {
			s, why, err := e.groupSection(rules, d, vpcs, e.place(directoriesName, rule.Path("Directories").Index(i)))
			if err != nil {
				return nil, err
			}
			if why != "" {
				notAsked("whether the security groups of %s open the ports: %s", d.DirectoryId, why)
				continue
			}
			list = append(list, s)
		}
	}
	if e.ipGroups == nil {
		notAsked("whether IP access control groups lock anybody out: no %s", ipGroupsName)
	} else {
		s, err := e.ipGroupSection(rules)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	switch {
	case e.directories == nil || len(e.directories.Directories) == 0:
	case a.roundTrip == 0:
		notAsked("whether the way from clients is short enough: no -rtt")
	default:
		for _, p := range a.protocols {
			s, err := linkSection(rules, p, a)
			if err != nil {
				return nil, err
			}
			list = append(list, s)
		}
	}
	if a.allowed == nil {
		notAsked("whether a firewall lets clients through: no %s", allowListName)
		return list, nil
	}
	if e.directories == nil || len(e.directories.Directories) == 0 {
		notAsked("whether a firewall lets clients through: the Region has no directory")
		return list, nil
	}
	for _, p := range a.protocols {
		client := network.Client{Region: e.region, Protocol: p, Accelerator: slices.ContainsFunc(e.directories.Directories, directory.accelerated)}
		fw, err := rules.CheckFirewall(client, a.allowed, a.published)
		if err != nil {
			return nil, err
		}
		list = append(list, firewallSection(fw, p))
	}
	return list, nil
}

func newSection(title string) section {
	return section{Title: title, Lines: []string{}, Findings: []finding{}}
}

// add adds findings whose paths are below at.
func (s *section) add(vs rule.Violations, at place) {
	for _, v := range vs {
		s.Findings = append(s.Findings, newFinding(v, at.below(v.Path)))
	}
}

func (e *regionExport) subnetSection(rules network.Rules, d directory, at place, a *account) (s section, why string, err error) {
	var subnets []network.Subnet
	free := 0
	for _, id := range d.SubnetIds {
		i := slices.IndexFunc(e.subnets.Subnets, func(s subnet) bool { return s.SubnetId == id })
		if i < 0 {
			return s, fmt.Sprintf("%s is not in %s", id, subnetsName), nil
		}
		x := e.subnets.Subnets[i]
		if x.AvailabilityZoneId == "" || !x.CidrBlock.IsValid() {
			return s, fmt.Sprintf("%s has no AZ ID or no IPv4 block", id), nil
		}
		subnets = append(subnets, network.Subnet{ID: id, ZoneID: x.AvailabilityZoneId, CIDR: x.CidrBlock, Available: x.AvailableIpAddressCount})
		free += x.AvailableIpAddressCount
	}
	kind := network.KindPersonal
	if d.WorkspaceType == "POOLS" {
		kind = network.KindPools
	}
	s = newSection("subnets of directory " + d.DirectoryId)
	verdict, vs, err := rules.CheckSubnets(e.region, kind, subnets)
	if err != nil {
		return s, "", &fileError{at, err.Error()}
	}
	s.Verdict = verdict
	if verdict == rule.Undocumented {
		s.Lines = append(s.Lines, fmt.Sprintf("no document of %s gives the Availability Zones of %s for these WorkSpaces", rules.Edition(), e.region))
	}
	s.Lines = append(s.Lines, fmt.Sprintf("%d addresses are free; each launch takes one, and each migration one more while it runs", free))
	s.add(vs, at)
	if a.launches != 0 || a.migrations != 0 {
		room, vs, err := rules.CheckAddresses(subnets, a.launches, a.migrations)
		if err != nil {
			return s, "", err
		}
		s.Lines = append(s.Lines, fmt.Sprintf("room for %d launches and %d migrations at a time: %s", a.launches, a.migrations, room))
		s.Verdict = s.Verdict.And(room)
		s.add(vs, at)
	}
	return s, "", nil
}

// accelerated reports whether the directory uses AWS Global Accelerator.
func (d directory) accelerated() bool {
	return strings.HasPrefix(d.StreamingProperties.GlobalAccelerator.Mode, "ENABLED")
}

// featureSection checks settings of a directory that exclude one another, and what cannot
// be launched into its subnets.
func (e *regionExport) featureSection(rules network.Rules, d directory, at place) (section, error) {
	s := newSection("settings of directory " + d.DirectoryId)
	verdict, vs, err := rules.CheckDirectoryFeatures(network.DirectoryFeatures{
		FIPS:              d.EndpointEncryptionMode == "FIPS_VALIDATED",
		GlobalAccelerator: d.accelerated(),
		StreamingEndpoint: len(d.WorkspaceAccessProperties.AccessEndpointConfig.AccessEndpoints) > 0,
		IPGroups:          len(d.IPGroupIds) > 0,
	})
	if err != nil {
		return s, err
	}
	s.Verdict = verdict
	s.add(vs, at)
	if e.subnets == nil {
		return s, nil
	}
	for _, x := range e.subnets.Subnets {
		if !x.AssignIpv6AddressOnCreation || !slices.Contains(d.SubnetIds, x.SubnetId) {
			continue
		}
		for _, t := range []string{"PERFORMANCE", "GRAPHICS"} { // the types that some document refuses
			if verdict, refusing := rules.LaunchWithIPv6AutoAssign(t); len(refusing) > 0 {
				s.Lines = append(s.Lines, fmt.Sprintf("%s assigns IPv6 addresses: whether a %s WorkSpace can be launched into it is %s", x.SubnetId, t, verdict))
			}
		}
	}
	return s, nil
}

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
	use := network.SecurityGroupUse{Role: network.OfWorkSpaces, VPC: network.Peer{Addresses: vpcs[n].CIDRs}}
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

func (e *regionExport) ipGroupSection(rules network.Rules) (section, error) {
	s := newSection("IP access control groups")
	var groups []network.IPGroup
	for i, g := range e.ipGroups.Result {
		out := network.IPGroup{ID: g.GroupID}
		for j, r := range g.UserRules {
			rg, err := network.ParseRange(r.IPRule)
			if p := rg.Prefixes(); err == nil && len(p) == 1 {
				out.Rules = append(out.Rules, network.IPRule{Source: p[0]})
				continue
			}
			at := rule.Path("Result").Index(i).Join("userRules").Index(j).Join("ipRule")
			return s, &fileError{e.place(ipGroupsName, at), fmt.Sprintf("%q is not a prefix", r.IPRule)}
		}
		groups = append(groups, out)
	}
	var directories []network.DirectoryIPGroups
	lockedOut, unknown := false, false
	if e.directories == nil {
		s.Lines = append(s.Lines, "which directories use them is not known: there is no "+directoriesName)
	} else {
		for _, d := range e.directories.Directories {
			if i := slices.IndexFunc(d.IPGroupIds, func(id string) bool {
				return !slices.ContainsFunc(groups, func(g network.IPGroup) bool { return g.ID == id })
			}); i >= 0 {
				s.Lines = append(s.Lines, fmt.Sprintf("%s uses %s, which is not in %s", d.DirectoryId, d.IPGroupIds[i], ipGroupsName))
				unknown = true
				continue
			}
			directories = append(directories, network.DirectoryIPGroups{Directory: d.DirectoryId, Groups: d.IPGroupIds})
			if len(d.IPGroupIds) == 0 {
				s.Lines = append(s.Lines, d.DirectoryId+" has no group: everybody may stream")
				continue
			}
			lockedOut = lockedOut || !slices.ContainsFunc(d.IPGroupIds, func(id string) bool {
				return slices.ContainsFunc(groups, func(g network.IPGroup) bool { return g.ID == id && len(g.Rules) > 0 })
			})
		}
	}
	vs, err := rules.CheckIPGroups(groups, directories)
	if err != nil {
		return s, err
	}
	switch {
	case vs.Err() != nil || lockedOut && len(vs) > 0:
		s.Verdict = rule.Denied
	case len(vs) == 0 && !unknown && len(rules.IPGroupQuotas()) > 0:
		s.Verdict = rule.Allowed
	}
	for _, v := range vs {
		file := ipGroupsName
		if rule.Path("Directories").Covers(v.Path) {
			file = directoriesName
		}
		s.Findings = append(s.Findings, newFinding(v, e.place(file, v.Path)))
	}
	return s, nil
}

var protocolNames = map[network.Protocol]string{network.ProtocolPCoIP: "PCoIP", network.ProtocolDCV: "DCV"}

func linkSection(rules network.Rules, p network.Protocol, a *account) (section, error) {
	s := newSection(fmt.Sprintf("round trip of %s from clients with %s", a.roundTrip, protocolNames[p]))
	vs, err := rules.CheckLink(network.Link{Protocol: p, RoundTrip: a.roundTrip})
	if err != nil {
		return s, err
	}
	quality, _ := rules.RoundTripQuality(p, a.roundTrip)
	switch {
	case vs.Err() != nil:
		s.Verdict = rule.Denied
	case quality != network.QualityUndocumented:
		s.Verdict = rule.Allowed
	}
	s.Lines = append(s.Lines, "quality: "+cmp.Or(string(quality), "no document says"))
	s.add(vs, place{File: "-rtt"})
	return s, nil
}

func firewallSection(fw network.Firewall, p network.Protocol) section {
	s := newSection(fmt.Sprintf("firewall, for clients with %s over IPv4", protocolNames[p]))
	s.Verdict = fw.Verdict
	for _, n := range fw.Needs {
		switch {
		case n.Verdict == rule.Allowed:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, all covered", n.Purpose, len(n.Ranges)))
		case n.Verdict == rule.Denied:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, %d prefixes missing", n.Purpose, len(n.Ranges), len(n.Missing)))
		case n.Purpose == network.HTTPS:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: the addresses are parts of %s, which is missing or lacks some of them, or no document names the parts", n.Purpose, ipRangesName))
		default:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: no document gives the addresses", n.Purpose))
		}
	}
	if fw.Unsupported {
		s.Lines = append(s.Lines, "the guide says that the Region has no gateways of this protocol")
	}
	if len(fw.DocumentOnly) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in the guide and not in %s: %v", ipRangesName, fw.DocumentOnly))
	}
	if len(fw.FileOnly) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in %s and not in the guide: %v", ipRangesName, fw.FileOnly))
	}
	if len(fw.Suspect) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in the guide, and perhaps a misprint: %v", fw.Suspect))
	}
	s.add(fw.Violations(), place{File: allowListName})
	return s
}
