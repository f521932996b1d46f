package tfplan

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/openings"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var (
	groupTypes     = []string{"aws_security_group", "aws_default_security_group"}
	groupRuleTypes = []string{"aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"}
)

// A securityGroup is a group as package network takes it.
type securityGroup struct {
	network.SecurityGroup
	changed bool
	secret  bool // something of it is sensitive
	checks  map[string]network.SecurityGroupCheck
}

// mostChecks is how many different directories a group is asked for.
const mostChecks = 16

// securityGroupSet are the security groups of a plan that are asked about, each read once.
type securityGroupSet struct {
	plan  *plan
	rules map[*object][]*object // resources of their own, by group
	gone  map[*object][]*object // those that the apply deletes
	lost  []*object             // those whose group is not known
	read  map[*object]*securityGroup
}

func (c *checker) securityGroupsOfPlan() *securityGroupSet {
	s := &securityGroupSet{plan: c.plan, rules: map[*object][]*object{}, gone: map[*object][]*object{}, read: map[*object]*securityGroup{}}
	for _, o := range c.plan.objects {
		if !slices.Contains(groupRuleTypes, o.typ) || o.deposed != "" {
			continue
		}
		if o.action == destroy || o.action == replace {
			if g := c.plan.ids[o.before.get("security_group_id").text()]; g != nil {
				s.gone[g] = append(s.gone[g], o)
			}
		}
		if !o.stays() {
			continue
		}
		if g, _, ok := c.plan.link(o, "security_group_id").one(); !ok {
			s.lost = append(s.lost, o)
		} else if g != nil {
			s.rules[g] = append(s.rules[g], o)
		}
	}
	return s
}

// group reads a security group with its rules, as far as the plan tells them.
func (s *securityGroupSet) group(g *object) *securityGroup {
	if known := s.read[g]; known != nil {
		return known
	}
	sg := &securityGroup{SecurityGroup: network.SecurityGroup{ID: string(g.address)}, changed: g.changes() || len(s.gone[g]) > 0, secret: g.after.secret(), checks: map[string]network.SecurityGroupCheck{}}
	s.read[g] = sg
	sg.Ingress = s.inline(g, "ingress")
	sg.Egress = s.inline(g, "egress")
	for _, o := range s.rules[g] {
		sg.changed = sg.changed || o.changes()
		sg.secret = sg.secret || o.after.secret()
		side := &sg.Egress
		switch {
		case o.typ == "aws_vpc_security_group_ingress_rule", o.after.get("type").text() == "ingress":
			side = &sg.Ingress
		case o.typ == "aws_security_group_rule" && o.after.get("type").pending():
			continue // the provider wants it known
		}
		*side = append(*side, s.opening(o, o.after))
	}
	return sg
}

// inline reads the rules that stand in a group. Terraform takes away the rule with which AWS makes a group:
// a group that is created has what the configuration gives.
func (s *securityGroupSet) inline(g *object, side string) (list []network.SecurityGroupRule) {
	a := g.after.get(side)
	if a.unknown == true {
		return nil // they are not known, or none is given
	}
	gone := map[string]bool{}
	for _, o := range s.gone[g] {
		if side == "ingress" == (o.typ == "aws_vpc_security_group_ingress_rule" || o.before.get("type").text() == "ingress") {
			for _, to := range parts(s.opening(o, o.before)) {
				gone[to] = true
			}
		}
	}
	for _, x := range a.list() {
		r := s.opening(g, x)
		r.CIDRs = slices.DeleteFunc(r.CIDRs, func(p netip.Prefix) bool { return gone[part1(r, p)] })
		r.Groups = slices.DeleteFunc(r.Groups, func(id string) bool { return gone[part1(r, id)] })
		list = append(list, r)
	}
	return list
}

// parts names each source of a rule, and part1 one of them, with protocol and ports.
func parts(r network.SecurityGroupRule) (list []string) {
	for _, p := range r.CIDRs {
		list = append(list, part1(r, p))
	}
	for _, id := range r.Groups {
		list = append(list, part1(r, id))
	}
	return list
}

func part1(r network.SecurityGroupRule, to any) string {
	return fmt.Sprint(r.Protocol, " ", r.From, "-", r.To, " ", to)
}

// opening reads what a rule opens to addresses and groups, of whichever resource: nothing if its protocol or ports are not
// known. The entries of prefix lists are not those of domain controllers for certain.
func (s *securityGroupSet) opening(o *object, a attr) network.SecurityGroupRule {
	protocol, from, to := a.get("protocol"), a.get("from_port"), a.get("to_port")
	if p := a.get("ip_protocol"); p.value != nil || p.pending() {
		protocol = p
	}
	if protocol.pending() || from.pending() || to.pending() {
		return network.SecurityGroupRule{Protocol: "-1"}
	}
	r := network.SecurityGroupRule{Protocol: strings.ToLower(protocol.text()), From: -1, To: -1}
	if r.Protocol == "all" {
		r.Protocol = "-1"
	}
	if n := from.int(); n != nil && r.Protocol != "-1" {
		r.From = int(*n)
	}
	if n := to.int(); n != nil && r.Protocol != "-1" {
		r.To = int(*n)
	}
	for _, name := range []string{"cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"} {
		x := a.get(name)
		for _, x := range append(x.list(), x) {
			if p, why := prefix(x); why == "" {
				r.CIDRs = append(r.CIDRs, p)
			}
		}
	}
	for _, name := range []string{"security_groups", "source_security_group_id", "referenced_security_group_id"} {
		x := a.get(name)
		switch of, _, ok := s.plan.link(o, name).one(); {
		case !x.pending():
			for _, x := range append(x.list(), x) {
				if id := x.text(); id != "" {
					r.Groups = append(r.Groups, id)
				}
			}
		case ok && of != nil && len(x.list()) == 0:
			r.Groups = append(r.Groups, string(of.address))
		}
	}
	return r
}

// securityGroups asks whether the security groups that directories give their WorkSpaces open the ports
// which those need. WorkSpaces have them beside the group that the service makes for the directory (Amazon
// WorkSpaces Administration Guide, Security Groups for Your WorkSpaces), and the rules count together.
func (c *checker) securityGroups(all *vpcSet) {
	var groups *securityGroupSet
	for _, d := range c.plan.each("aws_workspaces_directory") {
		properties := d.after.block("workspace_creation_properties")
		a := properties.get("custom_security_group_id")
		if d.mode != "managed" || a.text() == "" && !a.pending() {
			continue
		}
		if groups == nil {
			groups = c.securityGroupsOfPlan()
		}
		l := c.plan.linkIn(d, "workspace_creation_properties", "custom_security_group_id")
		if a.unknown == true && l.size() == 0 && len(l.gaps) == 0 {
			continue // the provider computes it
		}
		changes := d.changes() && (d.action != update || d.changed("workspace_creation_properties"))
		g, _, ok := l.one()
		switch {
		case ok && g != nil && slices.Contains(groupTypes, g.typ) && g.mode == "managed":
			if sg := groups.group(g); changes || sg.changed {
				c.securityGroup(all, groups, d, g, sg)
			}
		case changes && !ok:
			c.answer(d).notGiven("whether the security group opens the ports that WorkSpaces need: %s: not known until apply%s", a.where(), l.why())
		case changes:
			c.answer(d).notGiven("whether the security group opens the ports that WorkSpaces need: its rules are not in the plan")
		}
	}
}

// securityGroup asks whether a group opens what the WorkSpaces of a directory need.
func (c *checker) securityGroup(all *vpcSet, groups *securityGroupSet, d, g *object, sg *securityGroup) {
	r := c.answer(d)
	if kind := otherKind(d); kind == "WorkSpaces Pools" {
		r.notGiven("whether %s opens the ports that WorkSpaces need: it is for %s, for which no document gives the directions", g, kind)
		return
	}
	controllers, with := c.controllers(d)
	if len(controllers.Addresses) == 0 {
		r.notGiven("whether %s opens the ports of the domain: the addresses of the domain controllers are not in the plan", g)
		return
	}
	use := network.SecurityGroupUse{Role: network.OfWorkSpaces, Controllers: controllers, VPC: network.Peer{Addresses: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	internet := d.after.block("workspace_creation_properties").get("enable_internet_access")
	if v := c.vpcIn(all, g, "vpc_id"); v != nil && len(v.CIDRs) > 0 {
		use.VPC.Addresses, use.Internet = v.CIDRs, internet.bool()
		with = append(with, attr{sensitive: v.sensitive})
	} else if internet.bool() {
		r.notGiven("whether %s opens ports 80 and 443: the CIDRs of its VPC are not in the plan", g)
	}
	with = append(with, attr{sensitive: sg.secret}, internet)
	place := func(p rule.Path) place {
		side := "egress"
		if p.Covers("IpPermissions") || strings.HasPrefix(string(p), "IpPermissions[") {
			side = "ingress"
		}
		return place{object: g, attr: g.after.get(side), with: with}
	}
	key := fmt.Sprint(use.Internet, controllers)
	check, ok := sg.checks[key]
	if !ok && len(sg.checks) == mostChecks {
		r.notGiven("whether %s opens the ports of the domain: it was asked for %s other directories", g, count(mostChecks))
		return
	}
	if !ok {
		var err error
		if check, err = c.rules.Network.CheckSecurityGroup(sg.SecurityGroup, use); err != nil {
			r.invalid(place(inputOf(err).Path), err)
			return
		}
		sg.checks[key] = check
	}
	missingPorts(r, g, check.Missing, place("IpPermissionsEgress"))
	if n := len(groups.lost); n > 0 && len(check.Missing) > 0 {
		r.notGiven("whether %s has rules of which the plan does not tell the group: %s", g, few(groups.lost, n))
	}
	check.Open = slices.DeleteFunc(slices.Clone(check.Open), func(q rule.Open) bool { return q.By == rule.ByInput })
	r.take(rule.Answer{Open: check.Open}, place)
}

// missingPorts tells of the ports that a group does not open. They are not missing for certain: the group is one
// beside that which WorkSpaces makes, the rules of both count together, and a plan does not have the other's.
func missingPorts(r *resource, g *object, missing []network.MissingPort, at place) {
	if len(missing) == 0 {
		return
	}
	what := hiddenDetail
	if !at.secret() {
		what = plain(openings.Few(openings.First(missing), len(missing)))
	}
	r.notGiven("whether the security group that WorkSpaces makes opens ports which %s is not known to open: %s", g, what)
}

// controllers returns the addresses of the domain controllers of a registration: their own, or those of the
// subnets that they are in; and what was looked at.
func (c *checker) controllers(d *object) (peer network.Peer, with []attr) {
	add := func(list attr) {
		for _, x := range list.list() {
			if a, err := netip.ParseAddr(x.text()); err == nil {
				peer.Addresses = append(peer.Addresses, netip.PrefixFrom(a, a.BitLen()))
			}
		}
		with = append(with, list)
	}
	add(d.after.get("dns_ip_addresses"))
	ds, _, ok := c.plan.link(d, "directory_id").one()
	if !ok || ds == nil || ds.typ != "aws_directory_service_directory" {
		return peer, with
	}
	peer.Groups = []string{string(ds.address)}
	if id := ds.after.get("security_group_id").text(); id != "" {
		peer.Groups = append(peer.Groups, id)
	}
	for _, list := range []attr{ds.after.get("dns_ip_addresses"), ds.after.block("connect_settings").get("customer_dns_ips")} {
		if len(peer.Addresses) == 0 {
			add(list)
		}
	}
	if len(peer.Addresses) > 0 {
		return peer, with
	}
	l := c.plan.linkIn(ds, "vpc_settings", "subnet_ids")
	if !l.complete {
		return peer, with
	}
	for _, s := range l.objects {
		a := s.after.get("cidr_block")
		if p, why := prefix(a); why == "" {
			peer.Addresses = append(peer.Addresses, p)
		}
		with = append(with, a)
	}
	if len(peer.Addresses) < l.size() {
		peer.Addresses = nil // not all are known
	}
	return peer, with
}
