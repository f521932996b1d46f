package tfplan

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// directory asks about a directory that the plan changes; networks and ipGroups ask about
// its VPC and its IP access control groups.
func (c *checker) directory(r *resource, o *object) {
	switch o.action {
	case destroy, replace:
		at := place{object: o}
		detail := words("the directory is deregistered from WorkSpaces")
		if o.action == replace {
			detail += ", and registered again"
			if len(o.replacedBy) > 0 {
				at.attr.path = o.after.walk(o.replacedBy[0]).path
			}
		}
		r.breach(directoryReplaced, at, detail)
	case forget:
		r.line("the directory stays, and Terraform forgets it")
	}
	if !o.changes() {
		return
	}
	if o.action != update {
		c.subnets(r, o)
	}
	c.tags(r, o)
}

// subnetsOfDirectory is how many subnets a directory is registered with. An expression that names a block
// of that many subnets can only mean them all.
const subnetsOfDirectory = 2

// subnets asks about the subnets with which a directory is registered.
func (c *checker) subnets(r *resource, o *object) {
	at := place{object: o, attr: o.after.get("subnet_ids"), with: []attr{r.region.attr()}}
	l := c.plan.link(o, "subnet_ids")
	switch pending := at.attr.pending(); {
	case at.attr.value == nil && !pending:
		r.notGiven("whether the subnets suit: the plan leaves the choice to WorkSpaces")
		return
	case !l.complete || !l.exact && !(l.all && l.size() == subnetsOfDirectory) && pending || l.size() == 0:
		r.notGiven("whether the subnets suit: subnet_ids is not known until apply%s", l.why())
		return
	case r.region.code == "":
		r.undecide("%s: whether the subnets suit depends on the Region, which the plan does not tell (--region)", at.attr.where())
		return
	}
	if !l.exact && at.attr.pending() {
		r.line("assumed: subnet_ids takes all instances of what it names: %s", few(l.objects, len(l.objects)))
	}
	var subnets []network.Subnet
	var names []string // of the zones whose AZ ID is not known
	for _, id := range l.literals {
		subnets = append(subnets, network.Subnet{ID: id.text()})
		r.notGiven("whether %s suits: it is not in the plan", id.bare())
	}
	for _, s := range l.objects {
		zone, name, cidr := c.zoneID(s), s.after.get("availability_zone"), s.after.get("cidr_block")
		at.with = append(at.with, zone, name, cidr)
		if zone.text() == "" {
			names = append(names, name.text())
			r.notGiven("whether the zone of %s suits: its AZ ID is not known, and a name such as us-east-1a stands for another zone in each account", s)
		}
		p, why := prefix(cidr)
		if why != "" {
			r.notGiven("whether the size of %s suits: cidr_block %s", s, why)
		}
		subnets = append(subnets, network.Subnet{ID: string(s.address), ZoneID: zone.text(), CIDR: p})
	}
	kind := network.KindPersonal
	if o.after.get("workspace_type").text() == "POOLS" {
		kind = network.KindPools
	}
	a, err := c.rules.Network.CheckSubnets(r.region.code, kind, subnets)
	if err != nil {
		r.invalid(at, err)
		return
	}
	a.Open = slices.DeleteFunc(a.Open, func(q rule.Open) bool { return q.By == rule.ByInput }) // told above, by subnet
	if kind == network.KindPools {
		for i := range a.Open {
			a.Open[i].Reason = strings.ReplaceAll(a.Open[i].Reason, "these WorkSpaces", "WorkSpaces Pools")
		}
	}
	r.take(a, func(rule.Path) place { return at })
	if len(names) == 2 && names[0] != "" && names[0] == names[1] {
		c.oneZone(r, at, kind, names[0])
	}
}

// oneZone reports two subnets in the zone of a name: as package network does it for one that is
// given twice.
func (c *checker) oneZone(r *resource, at place, kind network.DirectoryKind, name string) {
	twice := network.Subnet{ID: name}
	a, _ := c.rules.Network.CheckSubnets(r.region.code, kind, []network.Subnet{twice, twice}) // subnets has asked in the same Region
	for _, v := range a.Violations {
		if v.Code == network.SubnetsInOneZone {
			r.addAs(at, v, at.told("both subnets are in "+rule.Shorten(name)))
		}
	}
}

// zoneID returns the AZ ID of a subnet: its own, or that of its zone's name as a data source
// or another subnet of the plan has it.
func (c *checker) zoneID(s *object) attr {
	name := s.after.get("availability_zone").text()
	if id := s.after.get("availability_zone_id"); id.text() != "" || name == "" {
		return id
	}
	if c.zones == nil {
		c.zones = map[string]attr{}
		for _, o := range c.plan.each("aws_availability_zones", "aws_subnet", "aws_default_subnet") {
			if o.typ != "aws_availability_zones" {
				c.nameZone(o.after.get("availability_zone"), o.after.get("availability_zone_id"))
				continue
			}
			names, ids := o.after.get("names").list(), o.after.get("zone_ids").list()
			for i := range min(len(names), len(ids)) {
				c.nameZone(names[i], ids[i])
			}
		}
	}
	return c.zones[name]
}

// nameZone notes the AZ ID of a zone, unless it is known. It is as sensitive as its name.
func (c *checker) nameZone(name, id attr) {
	if _, ok := c.zones[name.text()]; !ok && id.text() != "" {
		id.sensitive = id.secret() || name.secret()
		c.zones[name.text()] = id
	}
}
