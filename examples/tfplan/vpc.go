package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var (
	vpcTypes    = []string{"aws_vpc", "aws_default_vpc"}
	tableTypes  = []string{"aws_route_table", "aws_default_route_table"}
	subnetTypes = []string{"aws_subnet", "aws_default_subnet"}
	partTypes   = append(slices.Clone(tableTypes), subnetTypes...) // of a VPC
)

// A netVPC is a VPC as package network takes it, and where each part of it stands.
type netVPC struct {
	network.VPC
	object      *object
	places      map[rule.Path]place // of CidrBlockAssociationSet[i] and Routes[i]
	directories []*object           // those that WorkSpaces use and package network can answer for
	changed     bool                // the plan changes it, or one of its CIDRs or routes
	pending     []string            // CIDRs and routes that are not known until apply
	invalid     []place             // CIDRs and destinations that are none
	sensitive   bool                // a CIDR or route is
}

// A place is an attribute of an object.
type place struct {
	object *object
	attr   attr
}

func (p place) String() string { return p.object.address + ": " + p.attr.path }

// at translates a path within the VPC.
func (v *netVPC) at(p rule.Path) place {
	if i := strings.LastIndexByte(string(p), '.'); i >= 0 {
		if at, ok := v.places[p[:i]]; ok {
			return at
		}
	}
	return place{v.object, v.object.after.get("cidr_block")}
}

// prefix reads a CIDR; why tells why it has none.
func prefix(a attr) (p netip.Prefix, why string) {
	if a.pending() {
		return p, "is not known until apply"
	}
	p, err := netip.ParsePrefix(a.text())
	if err != nil {
		return p, fmt.Sprintf("%q is not a CIDR", clean(a.text()))
	}
	return p, ""
}

// unread records a CIDR that prefix could not read.
func (v *netVPC) unread(at place, why string) {
	if at.attr.pending() {
		v.pending = append(v.pending, at.String()+": "+why)
	} else {
		v.invalid = append(v.invalid, at)
	}
}

func (v *netVPC) addCIDR(o *object, a attr) {
	p, why := prefix(a)
	if why != "" {
		v.unread(place{o, a}, why)
		return
	}
	v.places[rule.Path("CidrBlockAssociationSet").Index(len(v.CIDRs))] = place{o, a}
	v.CIDRs = append(v.CIDRs, p)
	v.sensitive = v.sensitive || anyTrue(a.sensitive)
}

// addRoute adds the routes of which a holds the destination: one, or those of a prefix list.
func (c *checker) addRoute(v *netVPC, o *object, a attr, list link) {
	if list.objects == nil && list.literals == nil {
		if a.value == nil && !a.pending() {
			return // the route is to a destination of another kind
		}
		p, why := prefix(a)
		if why != "" {
			v.unread(place{o, a}, why)
			return
		}
		v.addDestination(o, a, network.Route{Destination: p, Table: o.address})
		return
	}
	target, id, ok := list.one()
	if !ok || target == nil || target.typ != "aws_ec2_managed_prefix_list" {
		v.addDestination(o, a, network.Route{PrefixList: id + a.path, Table: o.address})
		v.pending = append(v.pending, place{o, a}.String()+": the entries of the prefix list are not in the plan")
		return
	}
	for _, entry := range append(target.after.get("entry").list(), target.after.get("entries").list()...) {
		if p, why := prefix(entry.get("cidr")); why == "" {
			v.addDestination(o, a, network.Route{Destination: p, Table: o.address, PrefixList: target.address})
		} else {
			v.unread(place{target, entry.get("cidr")}, why)
		}
	}
	if target.after.get("entry").unknown == true || target.after.get("entries").unknown == true {
		v.pending = append(v.pending, target.address+": its entries are not known until apply")
	}
	v.changed = v.changed || target.changes()
}

func (v *netVPC) addDestination(o *object, a attr, r network.Route) {
	v.places[rule.Path("Routes").Index(len(v.Routes))] = place{o, a}
	v.Routes = append(v.Routes, r)
	v.sensitive = v.sensitive || anyTrue(a.sensitive)
}

// vpcs collects the VPCs of the plan with their CIDRs and routes. Routes whose VPC is not
// known are asked about nowhere; the second result lists them.
func (c *checker) vpcs() (all []*netVPC, lost []place) {
	for _, o := range c.plan.each(vpcTypes...) {
		if c.vpcOf(all, o) != nil {
			continue // a data source has the same VPC
		}
		v := &netVPC{VPC: network.VPC{ID: o.address}, object: o, places: map[rule.Path]place{}, changed: o.changes()}
		v.addCIDR(o, o.after.get("cidr_block"))
		for _, a := range o.after.get("cidr_block_associations").list() {
			if s := a.get("state").text(); (s == "" || s == "associated") && a.get("cidr_block").text() != o.after.get("cidr_block").text() {
				v.addCIDR(o, a.get("cidr_block"))
			}
		}
		all = append(all, v)
	}
	for _, o := range c.plan.each("aws_vpc_ipv4_cidr_block_association") {
		if v := c.vpcIn(all, o, "vpc_id"); v != nil {
			v.addCIDR(o, o.after.get("cidr_block"))
			v.changed = v.changed || o.changes()
		} else if o.changes() {
			lost = append(lost, place{o, o.after.get("cidr_block")})
		}
	}
	for _, o := range c.plan.each(append(slices.Clone(tableTypes), "aws_route")...) {
		name, routes := "vpc_id", append(o.after.get("route").list(), o.after.get("routes").list()...)
		member, listMember := "cidr_block", "destination_prefix_list_id"
		if o.typ == "aws_route" {
			name, routes, member = "route_table_id", []attr{o.after}, "destination_cidr_block"
		} else if o.typ == "aws_default_route_table" && o.after.get("vpc_id").pending() {
			name = "default_route_table_id"
		}
		if len(routes) == 0 {
			continue
		}
		v := c.vpcIn(all, o, name)
		for _, r := range routes {
			a, list := r.get(member), link{}
			if id := r.get(listMember); o.typ == "aws_route" && (id.pending() && a.value == nil || id.text() != "") {
				a, list = id, c.plan.link(o, listMember)
				list.complete = list.complete && len(list.objects)+len(list.literals) > 0
			} else if id.text() != "" {
				a, list = id, c.plan.named(id)
			}
			if v != nil {
				c.addRoute(v, o, a, list)
				v.changed = v.changed || o.changes()
			} else if o.changes() {
				lost = append(lost, place{o, a})
			}
		}
	}
	return all, lost
}

// vpcOf returns the VPC of an object that is one.
func (c *checker) vpcOf(all []*netVPC, o *object) *netVPC {
	i := slices.IndexFunc(all, func(v *netVPC) bool { return v.object == o || o.id() != "" && v.object.id() == o.id() })
	if i < 0 {
		return nil
	}
	return all[i]
}

// vpcIn returns the one VPC to which an attribute leads, by way of a subnet or route table
// if need be; nil if it is not known or not in the plan.
func (c *checker) vpcIn(all []*netVPC, o *object, name string) *netVPC {
	return c.oneVPC(o, name, func(target *object) *netVPC {
		if v := c.vpcOf(all, target); v != nil || !slices.Contains(partTypes, target.typ) {
			return v
		}
		return c.oneVPC(target, "vpc_id", func(vpc *object) *netVPC { return c.vpcOf(all, vpc) })
	})
}

// oneVPC returns the VPC of everything to which an attribute refers, if it is the same.
func (c *checker) oneVPC(o *object, name string, of func(*object) *netVPC) (one *netVPC) {
	l := c.plan.link(o, name)
	if !l.complete || len(l.literals) > 0 {
		return nil
	}
	for _, target := range l.objects {
		v := of(target)
		if v == nil || one != nil && one != v {
			return nil
		}
		one = v
	}
	return one
}

// networks asks whether a directory can be registered in the VPCs of the plan: in those with
// a directory that the plan registers, in those that it changes and that have a directory,
// and in all that it changes if it is not known in which of them its directories are.
func (c *checker) networks() error {
	all, lost := c.vpcs()
	known := true // in which VPC each directory is
	directories := 0
	registers := map[*netVPC]bool{}
	for _, d := range c.plan.each("aws_workspaces_directory") {
		directories++
		v := c.vpcIn(all, d, "subnet_ids")
		if v == nil {
			known = known && d.mode == "data" && d.after.get("subnet_ids").value == nil
			if d.action == create || d.action == replace {
				c.answer(d).notAsked("whether the VPC lets the directory be registered: which VPC it is, or what it has, is not in the plan")
			}
			continue
		}
		if kind := otherKind(d); kind != "" {
			if d.changes() {
				c.answer(d).notAsked("whether the VPC lets the directory be registered: it is for %s, for which no document describes the test", kind)
			}
			continue
		}
		v.directories = append(v.directories, d)
		registers[v] = registers[v] || d.action == create || d.action == replace
	}
	for _, v := range all {
		if registers[v] || v.changed && (len(v.directories) > 0 || !known || directories == 0) {
			if err := c.registration(v); err != nil {
				return err
			}
		}
	}
	for _, at := range lost {
		if len(c.answers) > 0 && (directories > 0 || len(all) > 0) && takesRange(at.attr) {
			r := c.answer(at.object)
			r.Verdict = rule.Undocumented
			r.notAsked("whether %s takes a management range: its VPC is not known until apply, or not in the plan", at.attr.path)
		}
	}
	return nil
}

// takesRange reports whether a destination may matter: a default route and IPv6 do not.
func takesRange(a attr) bool {
	p, why := prefix(a)
	return why != "" || p.Addr().Is4() && p.Bits() > 0
}

// otherKind tells which kind of WorkSpaces a directory is for, if not for those of which
// the documents describe the test.
func otherKind(d *object) string {
	switch {
	case d.after.get("workspace_type").text() == "POOLS":
		return "WorkSpaces Pools"
	case d.after.get("tenancy").text() == "DEDICATED":
		return "BYOL WorkSpaces"
	}
	return ""
}

// registration asks whether a directory can be registered in a VPC.
func (c *checker) registration(v *netVPC) error {
	r := c.answer(v.object)
	if r.Region == "" {
		r.Region = c.regionNear(v)
	}
	for _, d := range v.directories {
		r.line("%s is in it", d.address)
	}
	if len(v.directories) == 0 {
		r.line("no directory of the plan is known to be in it: the answer is about one that would be registered")
	}
	for _, p := range v.pending {
		r.notAsked("%s", p)
	}
	for _, at := range v.invalid {
		_, why := prefix(at.attr)
		r.add(at.object, at.attr, rule.Violation{Code: valueInvalid, Level: rule.Must, Detail: why, Cite: citeSchema})
	}
	switch {
	case len(v.CIDRs) == 0:
		r.notAsked("whether a directory can be registered: the VPC has no CIDR that is known")
		return nil
	case r.Region == "":
		r.open(attr{}, "whether a directory can be registered depends on the Region, which the plan does not tell (-region)")
		return nil
	}
	v.Region = r.Region
	reg, err := c.rules.network.CheckRegistration(v.VPC)
	if err != nil {
		at := v.at(pathOf(err))
		return r.invalid(at.object, at.attr, err)
	}
	for _, d := range v.directories {
		if d.action == create || d.action == replace {
			answer := c.answer(d)
			answer.Verdict = answer.Verdict.And(reg.Verdict)
			answer.line("its registration in %s is %s: see there", v.object.address, reg.Verdict)
		}
	}
	for _, violation := range reg.Violations() {
		at := v.at(violation.Path)
		at.attr.sensitive = v.sensitive
		r.add(at.object, at.attr, violation)
	}
	for _, conflict := range reg.Conflicts() {
		if v.sensitive {
			r.line("the prefixes in the way are sensitive and are not shown")
			break
		}
		var places []string
		for _, s := range conflict.Sources {
			places = append(places, v.at(s.Path).String())
		}
		how := map[network.Overlap]string{network.Equal: "is in use as a whole by", network.Inside: "is in use in part by", network.Covers: "is covered by the wider"}[conflict.Overlap]
		r.line("%s %s %s (%s)", conflict.Candidate, how, conflict.Prefix, strings.Join(places, "; "))
	}
	if len(reg.Candidates()) > 0 {
		r.line("%d of %d management ranges of %s free", len(reg.Free()), len(reg.Candidates()), r.Region)
	}
	if v.object.action != create {
		r.line("routes that are not in the plan, such as propagated ones, were not looked at")
	}
	switch {
	case len(reg.Candidates()) == 0:
		r.open(attr{}, fmt.Sprintf("no document of %s gives the management ranges of %s", c.rules.network.Edition(), r.Region))
	case reg.VerdictIf(true) != reg.VerdictIf(false):
		r.open(attr{}, "no document says whether a prefix counts that covers a whole management range")
	}
	return nil
}

// regionNear returns the Region of a VPC by its subnets and directories.
func (c *checker) regionNear(v *netVPC) string {
	for _, o := range append(c.plan.each(subnetTypes...), v.directories...) {
		if o.typ == "aws_workspaces_directory" || c.vpcIn([]*netVPC{v}, o, "vpc_id") == v {
			if region := c.region(o); region != "" {
				return region
			}
		}
	}
	return ""
}
