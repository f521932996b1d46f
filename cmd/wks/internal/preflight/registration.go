package preflight

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// registrations answers for each directory and for each VPC without one. Directories for which no
// document describes the test are among the questions that are not asked.
func (c *regionCheck) registrations() []registration {
	list := []registration{}
	taken := map[string]bool{}
	if c.vpcs != nil {
		for _, d := range c.directories.elements() {
			id, why := c.vpcOf(d)
			if kind := otherKind(d); kind != "" {
				c.notAsked("whether the network suits directory %s: it is for %s, for which no document describes the test", d.DirectoryId, kind)
				taken[id] = true
				continue
			}
			answer := newRegistration(d.DirectoryName)
			answer.Directory, answer.State, answer.Error = d.DirectoryId, d.State, d.ErrorMessage
			v := c.network[id]
			switch {
			case why != "":
				answer.notGiven(d.at, "%s", why)
			case v == nil:
				answer.notGiven(d.at, "its VPC %s is not in %s", id, vpcsName)
			default:
				taken[id] = true
				c.register(&answer, v)
			}
			list = append(list, answer)
		}
	}
	for _, v := range c.networks {
		if !taken[v.ID] {
			answer := newRegistration(v.name)
			c.register(&answer, v)
			list = append(list, answer)
		}
	}
	return list
}

func newRegistration(name string) registration {
	return registration{Name: name, result: allowed(), Candidates: []candidate{}}
}

// otherKind tells which kind of WorkSpaces a directory is for, if not for those that
// use the candidates.
func otherKind(d *directory) string {
	switch {
	case d.WorkspaceType == "POOLS":
		return "WorkSpaces Pools"
	case d.Tenancy == "DEDICATED":
		return "BYOL WorkSpaces"
	}
	return ""
}

// register fills in the answer about one VPC.
func (c *regionCheck) register(r *registration, v *netVPC) {
	r.VPC, r.CIDRs = v.ID, v.CIDRs
	reg, err := c.rules.Network.CheckRegistration(v.VPC)
	for i, o := range reg.Open {
		if why := v.unknown[o.Path]; why != "" {
			reg.Open[i].Reason = why
		}
	}
	r.take(reg.Answer, err, v.at)
	if err != nil {
		return
	}
	r.Ignored, r.Partial = len(reg.Ignored()), reg.Incomplete
	free := reg.Free()
	for _, p := range reg.Candidates() {
		r.Candidates = append(r.Candidates, candidate{Prefix: p, Free: slices.Contains(free, p), Uses: []use{}})
	}
	for _, x := range reg.Conflicts() {
		i := slices.IndexFunc(r.Candidates, func(y candidate) bool { return y.Prefix == x.Candidate })
		r.Candidates[i].Uses = append(r.Candidates[i].Uses, v.use(x))
	}
	if reg.Verdict == rule.Denied {
		r.Instead = instead(r.Candidates)
	}
}

// use describes a conflict by the places of the files.
func (v *netVPC) use(c network.Conflict) use {
	u := use{Prefix: c.Prefix, Overlap: c.Overlap, Undocumented: c.Undocumented()}
	for _, s := range c.Sources {
		u.Places = append(u.Places, usePlace{v.at(s.Path), s.Table, s.Target, s.State, s.PrefixList})
	}
	return u
}

// instead tells what would let the directory be registered.
func instead(candidates []candidate) string {
	least := slices.MinFunc(candidates, func(a, b candidate) int { return len(a.Uses) - len(b.Uses) })
	return fmt.Sprintf("take a VPC whose CIDRs and routes keep clear of one range; in this one %s has the fewest prefixes in its way, %d", least.Prefix, len(least.Uses))
}
