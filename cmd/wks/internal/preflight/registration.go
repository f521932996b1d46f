package preflight

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// registrations answers for each VPC with directories and for each without one, and for each directory
// whose VPC is not known. For some directories no document describes the test.
func (c *regionCheck) registrations() []registration {
	list := []registration{}
	taken := map[string]int{} // where the VPC is in the list; -1 if it is not asked about
	if c.vpcs != nil {
		for _, d := range c.directories.elements() {
			id, why := c.vpcOf(d)
			if kind := otherKind(d); kind != "" {
				s := newSectionOf("networks of other directories", "network of directory "+d.DirectoryId)
				s.ask(question{place: d.at, by: rule.ByDocuments, reason: "whether the network suits a directory for " + kind + ": no document describes the test"})
				c.add(s)
				if _, asked := taken[id]; !asked {
					taken[id] = -1
				}
				continue
			}
			if wrong := cmp.Or(d.lacks("WorkspaceType"), d.lacks("Tenancy")); wrong != nil {
				answer := newRegistration(d.at)
				answer.Directories = append(answer.Directories, registrant{d.DirectoryId, d.DirectoryName, d.State, d.ErrorMessage})
				answer.doubt(wrong)
				list = append(list, answer)
				continue
			}
			registrant := registrant{d.DirectoryId, d.DirectoryName, d.State, d.ErrorMessage}
			if i, seen := taken[id]; seen && i >= 0 && why == "" {
				list[i].Directories = append(list[i].Directories, registrant)
				continue
			}
			answer := newRegistration(d.at)
			answer.Directories = append(answer.Directories, registrant)
			switch {
			case why != "":
				answer.notGiven(d.at, "%s", said(why))
			case c.network[id] == nil:
				answer.ask(question{place: d.at, by: rule.ByInput, reason: say("its VPC %s is not in %s", id, vpcsName), command: c.fetch(vpcsName)})
			default:
				taken[id] = len(list)
				answer.VPC = id
			}
			list = append(list, answer)
		}
	}
	placeless := c.placeless()
	for _, v := range c.networks {
		if _, asked := taken[v.ID]; !asked {
			answer := newRegistration(v.place)
			answer.VPC = v.ID
			answer.doubt(placeless)
			list = append(list, answer)
		}
	}
	for i := range list {
		if v := c.network[list[i].VPC]; v != nil {
			c.register(&list[i], v)
		}
	}
	return list
}

func newRegistration(at place) registration {
	return registration{result: allowed(), Directories: []registrant{}, Candidates: []candidate{}, at: at}
}

// title names the VPC, and else the directory.
func (r registration) title() string {
	if r.VPC == "" {
		return "registration of directory " + r.Directories[0].Directory
	}
	if len(r.Directories) == 0 {
		return "registration in " + r.VPC
	}
	var ids []string
	for _, d := range r.Directories {
		ids = append(ids, d.Directory)
	}
	return "registration of " + strings.Join(ids, ", ") + " in " + r.VPC
}

// registered reports whether all directories of the VPC are, so that nothing is to be registered.
func (r registration) registered() bool {
	return len(r.Directories) > 0 && !slices.ContainsFunc(r.Directories, func(d registrant) bool { return d.State != "REGISTERED" })
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
	r.Name, r.CIDRs = v.name, v.CIDRs
	reg, err := c.rules.Network.CheckRegistration(v.VPC)
	for i, o := range reg.Open {
		if why := v.unknown[o.Path]; why != "" {
			reg.Open[i].Reason = why
		}
	}
	if r.registered() {
		reg.Answer = registeredAlready(reg.Answer)
	}
	r.doubt(v.wrong)
	if v.wrong != nil && len(v.CIDRs) == 0 {
		return
	}
	r.take(reg.Answer, err, locator(v.at).of(v.place.resource()))
	if err != nil {
		return
	}
	r.Ignored, r.Partial = len(reg.Ignored()), reg.Incomplete || v.wrong != nil
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

// registeredAlready is the answer about a VPC whose directories are registered. A range that is in the
// way has been avoided; that all are in the way is worth a change, and forbids nothing.
func registeredAlready(a rule.Answer) rule.Answer {
	var kept rule.Violations
	for _, v := range a.Violations {
		switch v.Code {
		case network.ManagementRangeConflict:
			continue
		case network.ManagementRangesExhausted:
			v.Level = rule.Should
		}
		kept = append(kept, v)
	}
	a.Violations = kept
	return a.Concluded()
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
	return say("take a VPC whose CIDRs and routes keep clear of one range; in this one %s has the fewest prefixes in its way, %d", least.Prefix, len(least.Uses))
}
