package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// ipGroup asks about the rules of an IP access control group that the plan changes.
func (c *checker) ipGroup(r *resource, o *object) error {
	if !o.changes() {
		return nil
	}
	rules, known := c.ipRules(r, o)
	if known && o.action == update && o.changed("rules") && len(rules) == 0 {
		vs, err := c.rules.network.CheckIPGroupUpdate(o.address, rules)
		if err != nil {
			return err
		}
		for _, v := range vs {
			r.add(o, o.after.get("rules"), v)
		}
	}
	return c.tags(r, o)
}

// ipRules reads the rules of a group; known is false if one is not known until apply, or
// none that a group can have. What is wrong is reported if r is not nil.
func (c *checker) ipRules(r *resource, o *object) (rules []network.IPRule, known bool) {
	block := o.after.get("rules")
	known = block.unknown != true
	if !known && r != nil {
		r.notAsked("rules: not known until apply")
	}
	for _, b := range block.list() {
		source := b.get("source")
		p, why := prefix(source)
		if why != "" {
			known = false
		}
		switch {
		case r == nil:
		case source.pending():
			r.notAsked("%s: not known until apply", source.path)
		case why != "":
			r.add(o, source, rule.Violation{Code: valueInvalid, Level: rule.Must, Detail: why, Cite: citeSchema})
		case p.Addr().Is6():
			r.open(source, "no document speaks of IPv6 in an IP access control group")
		case p != p.Masked():
			r.open(source, fmt.Sprintf("%s has host bits set: no document says whether it stands for %s", p, p.Masked()))
		}
		rules = append(rules, network.IPRule{Source: p})
	}
	return rules, known
}

// ipGroups asks about the groups of each Region together, and whom the directories let in.
func (c *checker) ipGroups() error {
	byRegion := map[string][]*object{}
	var regions []string
	for _, o := range c.plan.each("aws_workspaces_ip_group", "aws_workspaces_directory") {
		if o.mode != "managed" {
			continue
		}
		region := c.region(o)
		if byRegion[region] == nil {
			regions = append(regions, region)
		}
		byRegion[region] = append(byRegion[region], o)
	}
	slices.Sort(regions)
	for _, region := range regions {
		if err := c.ipGroupsOf(byRegion[region]); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) ipGroupsOf(objects []*object) error {
	var groups []network.IPGroup
	var groupObjects, directoryObjects []*object
	readable := map[*object]bool{}
	for _, o := range objects {
		if o.typ != "aws_workspaces_ip_group" {
			continue
		}
		if rules, known := c.ipRules(nil, o); known {
			readable[o] = true
			groups = append(groups, network.IPGroup{ID: o.address, Rules: rules})
			groupObjects = append(groupObjects, o)
		}
	}
	var directories []network.DirectoryIPGroups
	for _, o := range objects {
		if o.typ != "aws_workspaces_directory" {
			continue
		}
		at, l := o.after.get("ip_group_ids"), c.plan.link(o, "ip_group_ids")
		asks := o.changes() || slices.ContainsFunc(l.objects, (*object).changes)
		switch {
		case !asks:
		case at.unknown == true && len(l.objects)+len(l.literals) == 0:
			// The provider computes it: there is none that the plan associates.
		case !l.complete || !l.exact && at.pending() || len(l.literals) > 0 || slices.ContainsFunc(l.objects, func(g *object) bool { return !readable[g] }):
			c.answer(o).notAsked("whom ip_group_ids lets in: a group, or one of its rules, is not known until apply or not in the plan")
		default:
			d := network.DirectoryIPGroups{Directory: o.address}
			for _, g := range l.objects {
				d.Groups = append(d.Groups, g.address)
			}
			directories = append(directories, d)
			directoryObjects = append(directoryObjects, o)
		}
	}
	vs, err := c.rules.network.CheckIPGroups(groups, directories)
	if err != nil {
		return err
	}
	for _, v := range vs {
		o, at := c.ipGroupPlace(v.Path, groupObjects, directoryObjects)
		if o == nil {
			continue
		}
		c.answer(o).add(o, at, v)
	}
	return nil
}

// ipGroupPlace translates a path of CheckIPGroups. Of what the plan does not change nothing
// is reported, and what is about all groups stands at the last one that it creates.
func (c *checker) ipGroupPlace(p rule.Path, groups, directories []*object) (*object, attr) {
	for i, o := range groups {
		if rule.Path("Result").Index(i).Covers(p) {
			if !o.changes() {
				return nil, attr{}
			}
			return o, o.after.get("rules")
		}
	}
	for i, o := range directories {
		if rule.Path("Directories").Index(i).Covers(p) {
			return o, o.after.get("ip_group_ids")
		}
	}
	created := slices.DeleteFunc(slices.Clone(groups), func(o *object) bool { return o.action != create })
	if len(created) == 0 {
		return nil, attr{}
	}
	last := slices.MaxFunc(created, func(a, b *object) int { return cmp.Compare(a.address, b.address) })
	return last, attr{}
}
