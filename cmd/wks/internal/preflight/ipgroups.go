package preflight

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// ipGroupSection checks the quotas of the Region's groups, and whether they lock anybody out.
func (c *regionCheck) ipGroupSection() {
	s := newSection("IP access control groups")
	var groups []network.IPGroup
	var groupsAt, directoriesAt []place
	rules := map[string]int{} // how many, by the id of the group
	for _, g := range c.ipGroups.all {
		out, wrong := g.read()
		for _, q := range wrong {
			s.ask(q)
		}
		sound := wrong == nil && g.spoilt() == nil
		if sound { // what another admits is not known
			groups, groupsAt = append(groups, out), append(groupsAt, g.at)
			rules[g.GroupID] = len(out.Rules)
		}
	}
	lockedOut := map[int]bool{} // directories that let nobody in, by their place in the list
	var directories []network.DirectoryIPGroups
	if c.directories == nil {
		s.Lines = append(s.Lines, "which directories use them is not known: there is no "+directoriesName)
	}
	for _, d := range c.directories.elements() {
		if d.lacks("ipGroupIds") != nil {
			s.Lines = append(s.Lines, say("%s: its groups cannot be used", d.DirectoryId))
			continue
		}
		i := len(directories)
		directories, directoriesAt = append(directories, network.DirectoryIPGroups{Directory: d.DirectoryId, Groups: d.IPGroupIds, StreamingEndpoint: d.hasEndpoint()}), append(directoriesAt, d.at)
		if len(d.IPGroupIds) == 0 {
			s.Lines = append(s.Lines, say("%s has no group: everybody may stream", d.DirectoryId))
			continue
		}
		lockedOut[i] = !slices.ContainsFunc(d.IPGroupIds, func(id string) bool {
			n, known := rules[id]
			return !known || n > 0
		})
	}
	a, err := c.rules.Network.CheckIPGroups(groups, directories)
	for i, o := range a.Open {
		var d, g int
		if _, err := fmt.Sscanf(string(o.Path), "Directories[%d].ipGroupIds[%d]", &d, &g); err == nil && o.By == rule.ByInput {
			a.Open[i].Reason = say("%s uses %s, which is not in %s, or cannot be used", directories[d].Directory, directories[d].Groups[g], ipGroupsName)
		}
	}
	for i, v := range a.Violations {
		if d, _, ok := cutIndex(v.Path, "Directories"); ok && v.Code == network.IPGroupLockOut && lockedOut[d] {
			a.Violations[i].Level = rule.Must // nobody can stream
		}
	}
	s.take(a.Concluded(), err, func(p rule.Path) place {
		return elementOf(p, "Result", groupsAt, elementOf(p, "Directories", directoriesAt, c.place(ipGroupsName, p)))
	})
	if len(s.Lines)+len(s.broken)+len(s.open)+len(groups) > 0 {
		c.add(s)
	}
}

// read returns the group as package network has it, and the rules that cannot be used.
func (g *ipGroup) read() (out network.IPGroup, wrong []question) {
	out.ID = g.GroupID
	for j, r := range g.UserRules {
		if r.IPRule == "" && g.spoilt() != nil { // it is left out
			continue
		}
		rg, err := network.ParseRange(r.IPRule)
		p := rg.Prefixes()
		if err != nil || len(p) != 1 {
			at := g.at.below(rule.Path("userRules").Index(j).Join("ipRule"))
			wrong = append(wrong, unusable(&rule.InputError{Value: r.IPRule, Reason: "is not a prefix"}, at.below))
			continue
		}
		out.Rules = append(out.Rules, network.IPRule{Source: p[0]})
	}
	return out, wrong
}

// groupsOf returns the groups that apply to the clients of a directory, or why they are not known.
func (e *regionExport) groupsOf(d *directory) (groups []network.IPGroup, why string) {
	if d.hasEndpoint() {
		return nil, ""
	}
	if d.lacks("ipGroupIds") != nil {
		return nil, "the IP access control groups of " + d.DirectoryId + " cannot be used"
	}
	for _, id := range d.IPGroupIds {
		g := e.ipGroups.find(id)
		if g == nil {
			return nil, say("%s uses %s, which is not in %s", d.DirectoryId, id, ipGroupsName)
		}
		group, wrong := g.read()
		if wrong != nil || g.spoilt() != nil {
			return nil, say("%s uses %s, of which a rule cannot be used", d.DirectoryId, id)
		}
		groups = append(groups, group)
	}
	return groups, ""
}

// elementOf returns the place of a path below element i of a list whose elements stand at places,
// and else other.
func elementOf(p, list rule.Path, places []place, other place) place {
	i, below, ok := cutIndex(p, list)
	if !ok || i >= len(places) {
		return other
	}
	return places[i].below(below)
}
