package tfplan

import (
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// ipGroup asks about the rules of an IP access control group that the plan changes.
func (c *checker) ipGroup(r *resource, o *object) {
	if !o.changes() {
		return
	}
	rules, known := c.ipRules(r, o)
	if known && o.action == update && o.changed("rules") && len(rules) == 0 {
		at := place{object: o, attr: o.after.get("rules")}
		a, err := c.rules.Network.CheckIPGroupUpdate(string(o.address), rules)
		if err != nil {
			r.invalid(at, err)
		}
		r.take(a, func(rule.Path) place { return at })
	}
	c.tags(r, o)
}

// ipRules reads the rules of a group; known is false if one is not known until apply, or
// none that a group can have. What is wrong is reported if r is not nil.
func (c *checker) ipRules(r *resource, o *object) (rules []network.IPRule, known bool) {
	block := o.after.get("rules")
	known = block.unknown != true
	if !known && r != nil {
		r.notGiven("rules: not known until apply")
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
			r.notGiven("%s: not known until apply", source.where())
		case why != "":
			r.breach(valueInvalid, place{object: o, attr: source}, why)
		default:
			parsed, err := network.ParseIPRule(source.text())
			if err == nil && p.Addr().Is4() && p != p.Masked() {
				at := place{object: o, attr: source}
				f := r.breach(hostBits, at, at.told(source.text()+" has host bits set, and no document says what that stands for"))
				if !at.secret() {
					f.Remedy = say("Write %s.", plain(p.Masked().String()))
				}
				parsed.Open = nil
			}
			if err == nil {
				r.take(parsed.Answer, func(rule.Path) place { return place{object: o, attr: source} })
			}
		}
		rules = append(rules, network.IPRule{Source: p})
	}
	return rules, known
}

// ipGroups asks about the groups of each Region together, and whom the directories let in.
func (c *checker) ipGroups() {
	byRegion := map[string][]*object{}
	var regions []string
	for _, o := range c.plan.each("aws_workspaces_ip_group", "aws_workspaces_directory") {
		if o.mode != "managed" {
			continue
		}
		region := c.region(o).code
		if byRegion[region] == nil {
			regions = append(regions, region)
		}
		byRegion[region] = append(byRegion[region], o)
	}
	slices.Sort(regions)
	for _, region := range regions {
		c.ipGroupsOf(byRegion[region])
	}
}

func (c *checker) ipGroupsOf(objects []*object) {
	var groups []network.IPGroup
	var groupObjects, directoryObjects []*object
	readable, admits := map[*object]bool{}, map[*object]bool{}
	for _, o := range objects {
		if o.typ != "aws_workspaces_ip_group" {
			continue
		}
		if rules, known := c.ipRules(nil, o); known {
			readable[o], admits[o] = true, len(rules) > 0
			groups = append(groups, network.IPGroup{ID: string(o.address), Rules: rules})
			groupObjects = append(groupObjects, o)
		}
	}
	var directories []network.DirectoryIPGroups
	var lockedOut []bool // directories that let nobody in
	for _, o := range objects {
		if o.typ != "aws_workspaces_directory" {
			continue
		}
		at, l := o.after.get("ip_group_ids"), c.plan.link(o, "ip_group_ids")
		asks := o.changes() || slices.ContainsFunc(l.objects, (*object).changes)
		switch {
		case !asks:
		case at.unknown == true && l.size() == 0:
			// The provider computes it: there is none that the plan associates.
		case !l.complete || !(l.exact || l.all) && at.pending() || len(l.literals) > 0 || slices.ContainsFunc(l.objects, func(g *object) bool { return !readable[g] }):
			c.answer(o).notGiven("whom ip_group_ids lets in: a group, or one of its rules, is not known until apply or not in the plan")
		default:
			if !l.exact && at.pending() {
				c.answer(o).line("assumed: ip_group_ids takes all instances of what it names: %s", few(l.objects, len(l.objects)))
			}
			d := network.DirectoryIPGroups{Directory: string(o.address)}
			for _, g := range l.objects {
				d.Groups = append(d.Groups, string(g.address))
			}
			directories = append(directories, d)
			directoryObjects = append(directoryObjects, o)
			lockedOut = append(lockedOut, !slices.ContainsFunc(l.objects, func(g *object) bool { return admits[g] }))
		}
	}
	a, err := c.rules.Network.CheckIPGroups(groups, directories)
	if err != nil {
		c.answer(objects[0]).invalid(place{object: objects[0]}, err)
	}
	for i, v := range a.Violations {
		if d, ok := elementOf("Directories", v.Path); ok && v.Code == network.IPGroupLockOut && lockedOut[d] {
			a.Violations[i].Level = rule.Must // nobody can stream, as preflight says of an account
		}
	}
	take(a.Concluded(), func(p rule.Path) place { return ipGroupPlace(p, groupObjects, directoryObjects) }, c.answer)
}

// ipGroupPlace translates a path of CheckIPGroups. Of what the plan does not change nothing
// is reported, and what is about all groups stands at the last one that it creates.
func ipGroupPlace(p rule.Path, groups, directories []*object) place {
	if i, ok := elementOf("Result", p); ok {
		if o := groups[i]; o.changes() {
			return place{object: o, attr: o.after.get("rules")}
		}
		return place{}
	}
	if i, ok := elementOf("Directories", p); ok {
		return place{object: directories[i], attr: directories[i].after.get("ip_group_ids")}
	}
	var last *object
	for _, o := range groups {
		if o.action == create && (last == nil || o.address > last.address) {
			last = o
		}
	}
	return place{object: last}
}
