package main

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// ipGroupSection checks the quotas of the Region's groups, and whether they lock anybody out.
func (e *regionExport) ipGroupSection(rules network.Rules) (section, error) {
	s := newSection("IP access control groups")
	var groups []network.IPGroup
	ruleCount := map[string]int{} // by the id of the group
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
		ruleCount[g.GroupID] += len(out.Rules)
	}
	var directories []network.DirectoryIPGroups
	lockedOut, unknown := false, false
	if e.directories == nil {
		s.Lines = append(s.Lines, "which directories use them is not known: there is no "+directoriesName)
	} else {
		for _, d := range e.directories.Directories {
			if i := slices.IndexFunc(d.IPGroupIds, func(id string) bool {
				_, listed := ruleCount[id]
				return !listed
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
			lockedOut = lockedOut || !slices.ContainsFunc(d.IPGroupIds, func(id string) bool { return ruleCount[id] > 0 })
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
