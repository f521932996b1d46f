package tfplan

import (
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
	pending     []words             // CIDRs and routes that are not known until apply
	invalid     []place             // CIDRs and destinations that are none
	sensitive   bool                // a CIDR or route is
	assumed     []words             // what is taken to be in it
}

// placed returns an attribute of an object. An answer about it may quote any CIDR and route.
func (v *netVPC) placed(o *object, a attr) place {
	return place{object: o, attr: a, with: []attr{{sensitive: v.sensitive}}}
}

// at translates a path within the VPC.
func (v *netVPC) at(p rule.Path) place {
	if i := strings.LastIndexByte(string(p), '.'); i >= 0 {
		if at, ok := v.places[p[:i]]; ok {
			return v.placed(at.object, at.attr)
		}
	}
	return v.placed(v.object, v.object.after.get("cidr_block"))
}

// prefix reads a CIDR; why tells why it has none.
func prefix(a attr) (p netip.Prefix, why words) {
	if a.pending() {
		return p, "is not known until apply"
	}
	p, err := netip.ParsePrefix(a.text())
	if err != nil {
		return p, say("%s is not a CIDR", a)
	}
	return p, ""
}

// unread records a CIDR that prefix could not read.
func (v *netVPC) unread(at place, why words) {
	if at.attr.pending() {
		v.pending = append(v.pending, say("%s: %s", at, why))
	} else {
		v.invalid = append(v.invalid, at)
	}
}

func (v *netVPC) addCIDR(o *object, a attr) {
	p, why := prefix(a)
	if why != "" {
		v.unread(place{object: o, attr: a}, why)
		return
	}
	v.places[rule.Path("CidrBlockAssociationSet").Index(len(v.CIDRs))] = place{object: o, attr: a}
	v.CIDRs = append(v.CIDRs, p)
	v.sensitive = v.sensitive || a.secret()
}

// addRoute adds the routes of which a holds the destination: one, or those of a prefix list.
func (c *checker) addRoute(v *netVPC, o *object, a attr, list link) {
	if list.targets == nil {
		if a.value == nil && !a.pending() {
			return // the route is to a destination of another kind
		}
		p, why := prefix(a)
		if why != "" {
			v.unread(place{object: o, attr: a}, why)
			return
		}
		v.addDestination(o, a, network.Route{Destination: p, Table: string(o.address)})
		return
	}
	target, id, ok := list.one()
	if !ok || target == nil || target.typ != "aws_ec2_managed_prefix_list" {
		v.addDestination(o, a, network.Route{PrefixList: id.text() + string(a.path), Table: string(o.address)})
		return
	}
	for _, o := range c.entriesOf(target) {
		v.changed = v.changed || o.changes()
		if p, why := prefix(o.after.get("cidr")); why == "" {
			v.addDestination(o, o.after.get("cidr"), network.Route{Destination: p, Table: string(o.address), PrefixList: string(target.address)})
		} else {
			v.unread(place{object: o, attr: o.after.get("cidr")}, why)
		}
	}
	for _, entry := range append(target.after.get("entry").list(), target.after.get("entries").list()...) {
		if p, why := prefix(entry.get("cidr")); why == "" {
			v.addDestination(o, a, network.Route{Destination: p, Table: string(o.address), PrefixList: string(target.address)})
			v.sensitive = v.sensitive || entry.secret()
		} else {
			v.unread(place{object: target, attr: entry.get("cidr")}, why)
		}
	}
	if target.after.get("entry").unknown == true || target.after.get("entries").unknown == true {
		v.pending = append(v.pending, say("%s: its entries are not known until apply", target))
	}
	v.changed = v.changed || target.changes()
}

// entriesOf returns the entries of a prefix list that are resources of their own.
func (c *checker) entriesOf(list *object) []*object {
	if c.entries == nil {
		c.entries = map[*object][]*object{}
		for _, o := range c.plan.each("aws_ec2_managed_prefix_list_entry") {
			if of, _, ok := c.plan.link(o, "prefix_list_id").one(); ok && of != nil {
				c.entries[of] = append(c.entries[of], o)
			}
		}
	}
	return c.entries[list]
}

func (v *netVPC) addDestination(o *object, a attr, r network.Route) {
	v.places[rule.Path("Routes").Index(len(v.Routes))] = place{object: o, attr: a}
	v.Routes = append(v.Routes, r)
	v.sensitive = v.sensitive || a.secret()
}

// vpcs collects the VPCs of the plan with their CIDRs and routes. Routes whose VPC is not
// known are asked about nowhere; the second result lists them.
func (c *checker) vpcs() (all *vpcSet, lost []lostPart) {
	all = &vpcSet{byObject: map[*object]*netVPC{}, byID: map[string]*netVPC{}, found: map[vpcKey]*netVPC{}, assumed: map[*object]bool{}}
	for _, o := range c.plan.each(vpcTypes...) {
		if all.of(o) != nil {
			continue // a data source has the same VPC
		}
		v := &netVPC{VPC: network.VPC{ID: string(o.address)}, object: o, places: map[rule.Path]place{}, changed: o.changes()}
		v.addCIDR(o, o.after.get("cidr_block"))
		for _, a := range o.after.get("cidr_block_associations").list() {
			if s := a.get("state").text(); (s == "" || s == "associated") && a.get("cidr_block").text() != o.after.get("cidr_block").text() {
				v.addCIDR(o, a.get("cidr_block"))
			}
		}
		all.add(v)
	}
	for _, o := range c.plan.each("aws_vpc_ipv4_cidr_block_association") {
		if v := c.vpcIn(all, o, "vpc_id"); v != nil {
			v.addCIDR(o, o.after.get("cidr_block"))
			v.changed = v.changed || o.changes()
		} else if o.changes() {
			lost = append(lost, lostPart{place{object: o, attr: o.after.get("cidr_block")}, c.plan.link(o, "vpc_id")})
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
				list.complete = list.complete && list.size() > 0
			} else if id.text() != "" {
				a, list = id, c.plan.named(id)
			}
			if v != nil {
				c.addRoute(v, o, a, list)
				v.changed = v.changed || o.changes()
			} else if o.changes() {
				lost = append(lost, lostPart{place{object: o, attr: a}, c.plan.link(o, name)})
			}
		}
	}
	return all, lost
}

// A lostPart is a CIDR or route whose VPC is not known, and what leads to it.
type lostPart struct {
	place
	by link
}

// undecided reports whether the part may belong to a VPC of the plan: it is not known where it is, and
// its route table is none that the plan does not have.
func (l lostPart) undecided() bool {
	elsewhere := l.by.complete && len(l.by.objects) == 0
	return !elsewhere && takesRange(l.attr)
}

// why tells why it is not known to which VPC a part belongs: by its own expression, or that of its
// route table.
func (p *plan) why(l lostPart) words {
	if s := l.by.why(); s != "" {
		return s
	}
	for _, o := range l.by.objects {
		if s := p.link(o, "vpc_id").why(); s != "" {
			return s
		}
	}
	return ""
}

// A vpcSet are the VPCs of a plan.
type vpcSet struct {
	lost     []lostPart         // those that may belong to any
	alone    map[string]*netVPC // the only VPC of a module instance, nil if there are more
	assumed  map[*object]bool   // parts of which that is said
	all      []*netVPC
	byObject map[*object]*netVPC
	byID     map[string]*netVPC
	found    map[vpcKey]*netVPC   // by oneVPC
	regions  map[*netVPC]location // of their subnets
}

// A vpcKey is what oneVPC looks at: targets, and whether they may be parts of a VPC.
type vpcKey struct {
	*targets
	parts bool
}

func (s *vpcSet) add(v *netVPC) {
	s.all = append(s.all, v)
	s.byObject[v.object] = v
	if id := v.object.id(); id != "" && s.byID[id] == nil {
		s.byID[id] = v
	}
}

// of returns the VPC of an object that is one.
func (s *vpcSet) of(o *object) *netVPC {
	if v := s.byObject[o]; v != nil {
		return v
	}
	return s.byID[o.id()]
}

// vpcIn returns the one VPC to which an attribute leads, by way of a subnet or route table
// if need be; nil if it is not known or not in the plan.
func (c *checker) vpcIn(all *vpcSet, o *object, name string) *netVPC {
	return c.oneVPC(all, o, name, true, func(target *object) *netVPC {
		if v := all.of(target); v != nil || !slices.Contains(partTypes, target.typ) {
			return v
		}
		return c.oneVPC(all, target, "vpc_id", false, all.of)
	})
}

// oneVPC returns the VPC of everything to which an attribute refers, if it is the same. Behind an
// expression that the plan does not have, the only VPC of the module is taken, and that is said.
func (c *checker) oneVPC(all *vpcSet, o *object, name string, parts bool, of func(*object) *netVPC) (one *netVPC) {
	l := c.plan.link(o, name)
	if len(l.literals) > 0 || !l.complete && (len(l.gaps) == 0 || len(l.gaps) > mostGaps) {
		return nil
	}
	for _, g := range l.gaps {
		v := all.aloneIn(g.module)
		if strings.HasPrefix(g.reference, "module.") {
			v = nil // it is in another module
		}
		if v == nil || one != nil && one != v {
			return nil
		}
		one = v
	}
	if one != nil && !all.assumed[o] {
		all.assumed[o] = true
		one.assumed = append(one.assumed, say("%s: %s", o, brief(name)))
	}
	key := vpcKey{l.targets, parts}
	if v, ok := all.found[key]; ok && one == nil {
		return v
	}
	if one == nil {
		defer func() { all.found[key] = one }()
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

// aloneIn returns the only VPC of a module instance, nil if it has none or more.
func (s *vpcSet) aloneIn(module string) *netVPC {
	if s.alone == nil {
		s.alone = map[string]*netVPC{}
		for _, v := range s.all {
			in := v.object.module
			if _, more := s.alone[in]; more {
				s.alone[in] = nil
			} else {
				s.alone[in] = v
			}
		}
	}
	return s.alone[module]
}

// networks asks whether a directory can be registered in the VPCs of the plan: in those with
// a directory that the plan registers, in those that it changes and that have a directory,
// and in all that it changes if it is not known in which of them its directories are.
func (c *checker) networks() {
	all, lost := c.vpcs()
	for _, part := range lost {
		if part.undecided() {
			all.lost = append(all.lost, part)
		}
	}
	known := true // in which VPC each directory is
	directories := 0
	registers := map[*netVPC]bool{}
	for _, d := range c.plan.each("aws_workspaces_directory") {
		directories++
		v := c.vpcIn(all, d, "subnet_ids")
		if v == nil {
			known = known && d.mode == "data" && d.after.get("subnet_ids").value == nil
			if d.action == create || d.action == replace {
				c.answer(d).notGiven("whether the VPC lets the directory be registered: which VPC it is, or what it has, is not in the plan")
			}
			continue
		}
		if kind := otherKind(d); kind != "" {
			if d.changes() {
				c.answer(d).notGiven("whether the VPC lets the directory be registered: it is for %s, for which no document describes the test", kind)
			}
			continue
		}
		v.directories = append(v.directories, d)
		registers[v] = registers[v] || d.action == create || d.action == replace
	}
	for _, v := range all.all {
		if registers[v] || v.changed && (len(v.directories) > 0 || !known || directories == 0) {
			c.registration(all, v)
		}
	}
	c.securityGroups(all)
	for _, part := range lost {
		if len(c.answers) > 0 && (directories > 0 || len(all.all) > 0) && takesRange(part.attr) {
			r := c.answer(part.object)
			if part.undecided() {
				r.undecide("whether %s takes a management range: which VPC it is in is not known%s", part.attr.where(), c.plan.why(part))
			} else {
				r.notGiven("whether %s takes a management range: its VPC is not in the plan", part.attr.where())
			}
		}
	}
}

// takesRange reports whether a destination may matter: a default route and IPv6 do not.
func takesRange(a attr) bool {
	p, why := prefix(a)
	return why != "" || p.Addr().Is4() && p.Bits() > 0
}

// otherKind tells which kind of WorkSpaces a directory is for, if not for those of which
// the documents describe the test.
func otherKind(d *object) words {
	switch {
	case d.after.get("workspace_type").text() == "POOLS":
		return "WorkSpaces Pools"
	case d.after.get("tenancy").text() == "DEDICATED":
		return "BYOL WorkSpaces"
	}
	return ""
}

// registration asks whether a directory can be registered in a VPC.
func (c *checker) registration(all *vpcSet, v *netVPC) {
	r := c.answer(v.object)
	if r.region.code == "" {
		r.locate(c.regionNear(all, v))
	}
	v.sensitive = v.sensitive || r.region.secret
	if len(v.directories) > 0 {
		r.line("in it: %s", few(v.directories, len(v.directories)))
	} else {
		r.line("no directory of the plan is known to be in it: the answer is about one that would be registered")
	}
	if n := len(v.assumed); n > 0 {
		r.line("assumed to be in it, as the only VPC of the module: %s", few(v.assumed, n))
	}
	for _, p := range v.pending {
		r.notGiven("%s", p)
	}
	if n := len(all.lost); n > 0 {
		r.undecide("whether it has routes and CIDRs of which the plan does not tell the VPC: %s", few(all.lost, n))
	}
	for _, at := range v.invalid {
		_, why := prefix(at.attr)
		r.breach(valueInvalid, at, why)
	}
	switch {
	case len(v.CIDRs) == 0:
		r.notGiven("whether a directory can be registered: the VPC has no CIDR that is known")
		return
	case r.region.code == "":
		r.undecide("whether a directory can be registered depends on the Region, which the plan does not tell (--region)")
		return
	}
	v.Region = r.region.code
	v.AllRoutes = v.object.action == create && len(v.pending)+len(v.invalid) == 0
	reg, err := c.rules.Network.CheckRegistration(v.VPC)
	if err != nil {
		r.invalid(v.at(inputOf(err).Path), err)
		return
	}
	reg.Open = slices.DeleteFunc(reg.Open, func(q rule.Open) bool {
		unlisted := q.Path == "Routes"
		if unlisted && v.object.action != create { // else it is told above what is not known
			r.notGiven("routes that are not in the plan, such as propagated ones")
		}
		return unlisted
	})
	r.take(reg.Answer, v.at)
	verdict := withoutInput(reg.Answer)
	if len(all.lost) > 0 {
		verdict = verdict.And(rule.Undocumented)
	}
	for _, d := range v.directories {
		if d.action == create || d.action == replace {
			answer := c.answer(d)
			answer.Verdict = answer.Verdict.And(verdict)
			answer.line("its registration in %s is %s: see there", v.object, plain(verdict.String()))
		}
	}
	c.conflicts(r, v, reg, len(all.lost))
}

// withoutInput returns the verdict of an answer as far as the input tells.
func withoutInput(a rule.Answer) rule.Verdict {
	a.Open = slices.DeleteFunc(slices.Clone(a.Open), func(q rule.Open) bool { return q.By == rule.ByInput })
	return a.Concluded().Verdict
}

// conflicts tells what is in the way of the management ranges.
func (c *checker) conflicts(r *resource, v *netVPC, reg network.Registration, lost int) {
	for _, conflict := range reg.Conflicts() {
		if v.sensitive {
			r.line("the prefixes in the way are sensitive and are not shown")
			break
		}
		var places []place
		for _, s := range conflict.Sources[:min(mentioned, len(conflict.Sources))] {
			places = append(places, v.at(s.Path))
		}
		how := map[network.Overlap]words{network.Equal: "is in use as a whole by", network.Inside: "is in use in part by", network.Covers: "is covered by the wider"}[conflict.Overlap]
		r.line("%s %s %s (%s)", plain(conflict.Candidate.String()), how, plain(conflict.Prefix.String()), few(places, len(conflict.Sources)))
	}
	if n := len(reg.Candidates()); n > 0 && lost == 0 {
		r.line("%s of %s management ranges of %s free", count(len(reg.Free())), count(n), r.region)
	}
}

// regionNear returns the Region of a VPC by its subnets and directories.
func (c *checker) regionNear(all *vpcSet, v *netVPC) location {
	if all.regions == nil {
		all.regions = map[*netVPC]location{}
		for _, o := range c.plan.each(subnetTypes...) {
			if in := c.vpcIn(all, o, "vpc_id"); in != nil && all.regions[in].code == "" {
				all.regions[in] = c.region(o)
			}
		}
	}
	if l := all.regions[v]; l.code != "" {
		return l
	}
	for _, d := range v.directories {
		if l := c.region(d); l.code != "" {
			return l
		}
	}
	return location{}
}
