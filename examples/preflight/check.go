package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// check asks every question that the account's files permit.
func check(all ruleSet, a *account) (*report, error) {
	rules := all.network
	rep := &report{Schema: schema, Edition: rules.Edition(), Regions: []regionReport{}, Proposals: []proposal{}, Notes: []note{}}
	var sites []network.Site
	var err error
	choosing := false // some Region's account has still to choose a BYOL range
	for _, e := range a.regions {
		vpcs, err := e.networks(&a.notes)
		if err != nil {
			return nil, err
		}
		r := regionReport{Region: e.region, NotAsked: e.notAsked()}
		if r.Registrations, err = e.registrations(&r, rules, vpcs); err != nil {
			return nil, err
		}
		site := network.Site{Name: e.region, InUse: inUse(vpcs)}
		if e.vpcs != nil {
			sites = append(sites, site)
		}
		if e.account != nil {
			if r.BYOL, err = e.byol(rules, vpcs, site); err != nil {
				return nil, err
			}
			choosing = choosing || r.BYOL.Chosen == nil && !r.BYOL.Linked
		}
		if r.Sections, err = e.sections(&r, rules, vpcs, a); err != nil {
			return nil, err
		}
		licences, err := e.eligibility(&r, all.byol)
		if err != nil {
			return nil, err
		}
		r.Sections = append(r.Sections, licences...)
		desktops, err := e.desktopSections(&r, all)
		if err != nil {
			return nil, err
		}
		r.Sections = append(r.Sections, desktops...)
		if a.pictures {
			if r.picture, err = e.draw(&r, rules, site.InUse); err != nil {
				return nil, err
			}
		}
		rep.Regions = append(rep.Regions, r)
	}
	if a.plan != nil {
		if rep.Plan, err = planSections(all, a, a.plan, a.planName, a.now); err != nil {
			return nil, err
		}
	}
	if choosing && len(sites) > 1 {
		all, err := rules.ProposeManagementCIDRs(allIPv4, sites...)
		if err != nil {
			return nil, err
		}
		rep.Proposals = best(3, all)
	}
	rep.Notes = append(rep.Notes, a.notes...)
	rep.sumUp()
	return rep, nil
}

// notAsked lists the questions that lack a file.
func (e *regionExport) notAsked() []string {
	list := []string{}
	for _, q := range []struct {
		missing        bool
		question, file string
	}{
		{e.vpcs == nil, "whether a directory can be registered", vpcsName},
		{e.vpcs != nil && len(e.vpcs.Vpcs) == 0, "whether a directory can be registered", "VPC in " + vpcsName},
		{e.vpcs != nil && e.routes == nil, "whether a route takes a management range", routesName},
		{e.vpcs != nil && e.directories == nil, "which VPCs have a directory", directoriesName},
		{e.directories != nil && len(e.directories.Directories) > 0 && e.subnets == nil, "which VPC each directory is in", subnetsName},
		{e.account == nil, "which BYOL management range is chosen or free", accountName},
		{e.account != nil && e.vpcs == nil, "which BYOL management ranges are free", vpcsName},
	} {
		if q.missing {
			list = append(list, fmt.Sprintf("%s: no %s", q.question, q.file))
		}
	}
	return list
}

// registrations answers for each directory and for each VPC without one. Directories
// for which no document describes the test are added to r.NotAsked.
func (e *regionExport) registrations(r *regionReport, rules network.Rules, vpcs []*netVPC) ([]registration, error) {
	list := []registration{}
	taken, seen := map[string]bool{}, map[string]bool{}
	if e.directories != nil && e.vpcs != nil {
		for i, d := range e.directories.Directories {
			if seen[d.DirectoryId] {
				return nil, &fileError{e.place(directoriesName, rule.Path("Directories").Index(i)), fmt.Sprintf("is %s, which stands in the file twice", d.DirectoryId)}
			}
			seen[d.DirectoryId] = true
			id, why, err := e.vpcOf(d)
			if err != nil {
				return nil, err
			}
			if kind := otherKind(d); kind != "" {
				r.NotAsked = append(r.NotAsked, fmt.Sprintf("whether the network suits directory %s: it is for %s, for which no document describes the test", d.DirectoryId, kind))
				taken[id] = true
				continue
			}
			answer := newRegistration(d.DirectoryName)
			answer.Directory, answer.State, answer.Error = d.DirectoryId, d.State, d.ErrorMessage
			n := slices.IndexFunc(vpcs, func(v *netVPC) bool { return v.ID == id })
			switch {
			case why == "" && n < 0:
				why = fmt.Sprintf("its VPC %s is not in %s", id, vpcsName)
			case why == "":
				taken[id] = true
				if err := e.register(&answer, rules, vpcs[n]); err != nil {
					return nil, err
				}
			}
			if why != "" {
				answer.Unanswered = append(answer.Unanswered, why)
			}
			list = append(list, answer)
		}
	}
	for _, v := range vpcs {
		if taken[v.ID] {
			continue
		}
		answer := newRegistration(v.name)
		if err := e.register(&answer, rules, v); err != nil {
			return nil, err
		}
		list = append(list, answer)
	}
	return list, nil
}

func newRegistration(name string) registration {
	return registration{Name: name, Candidates: []candidate{}, Findings: []finding{}, Unanswered: []string{}}
}

// otherKind tells which kind of WorkSpaces a directory is for, if not for those that
// use the candidates.
func otherKind(d directory) string {
	switch {
	case d.WorkspaceType == "POOLS":
		return "WorkSpaces Pools"
	case d.Tenancy == "DEDICATED":
		return "BYOL WorkSpaces"
	}
	return ""
}

// register fills in the answer about one VPC.
func (e *regionExport) register(r *registration, rules network.Rules, v *netVPC) error {
	reg, err := rules.CheckRegistration(v.VPC)
	if err != nil {
		return v.inputError(err)
	}
	r.VPC, r.CIDRs, r.Verdict, r.Ignored = v.ID, v.CIDRs, reg.Verdict, len(reg.Ignored())
	free := reg.Free()
	for _, c := range reg.Candidates() {
		r.Candidates = append(r.Candidates, candidate{Prefix: c, Free: slices.Contains(free, c), Uses: []use{}})
	}
	covered := false // a candidate, by a wider prefix
	for _, c := range reg.Conflicts() {
		covered = covered || c.Undocumented()
		i := slices.IndexFunc(r.Candidates, func(x candidate) bool { return x.Prefix == c.Candidate })
		r.Candidates[i].Uses = append(r.Candidates[i].Uses, v.use(c))
	}
	r.Findings = append(r.Findings, v.findings(reg.Violations())...)
	if reg.Verdict == rule.Denied {
		r.Instead = instead(r.Candidates)
	}
	for _, m := range v.unresolved {
		r.Unanswered = append(r.Unanswered, fmt.Sprintf("%s: the prefix list %s was not exported; there is no %s%s.json", m.at, e.listName(m.id), entriesPrefix, m.id))
	}
	switch {
	case e.routes == nil:
		r.Unanswered = append(r.Unanswered, "only the VPC's CIDRs were looked at: there is no "+routesName)
	case !v.main: // every VPC has one
		r.Unanswered = append(r.Unanswered, fmt.Sprintf("not all routes were looked at: the main route table of %s is not in %s", v.ID, routesName))
	}
	r.Partial = len(r.Unanswered) > 0
	switch {
	case len(r.Candidates) == 0:
		r.Unanswered = append(r.Unanswered, fmt.Sprintf("no document of %s gives the management ranges of %s", rules.Edition(), v.Region))
	case reg.Verdict == rule.Undocumented && len(free) == 0 && covered:
		r.Unanswered = append(r.Unanswered, "no document says whether a route counts that covers a whole management range")
	}
	return nil
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

func (v *netVPC) findings(vs rule.Violations) []finding {
	list := []finding{}
	for _, violation := range vs {
		list = append(list, newFinding(violation, v.at(violation.Path)))
	}
	return list
}

// inputError names the file in which a value stands that cannot be used.
func (v *netVPC) inputError(err error) error {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return err
	}
	return &fileError{v.at(input.Path), fmt.Sprintf("%q %s", input.Value, input.Reason)}
}

// sumUp counts the answers, collects the documents, and settles the exit status.
func (rep *report) sumUp() {
	s := &rep.Summary
	cited := map[string]bool{}
	count := func(findings []finding) {
		for _, f := range findings {
			cited[f.Cite.Document] = true
			if f.Level == rule.Must {
				s.Must++
			} else {
				s.Should++
			}
		}
	}
	for _, r := range rep.Regions {
		s.NotAsked += len(r.NotAsked)
		for _, reg := range r.Registrations {
			count(reg.Findings)
			switch reg.Verdict {
			case rule.Allowed:
				s.Allowed++
			case rule.Denied:
				s.Denied++
			default:
				s.Undocumented++
			}
			if len(reg.Unanswered) > 0 || reg.Verdict == rule.Undocumented {
				s.Unanswered++
			}
		}
		if r.BYOL != nil {
			count(r.BYOL.Findings)
		}
		for _, s := range r.Sections {
			count(s.Findings)
		}
	}
	for _, s := range rep.Plan {
		count(s.Findings)
	}
	rep.Documents = []documentEntry{}
	for _, d := range documents() {
		if cited[d.Key] {
			rep.Documents = append(rep.Documents, documentEntry(d))
		}
	}
	asked := s.Allowed+s.Denied+s.Undocumented > 0
	switch {
	case s.Must > 0:
		s.Exit = exitBroken
	case s.Unanswered > 0 || !asked:
		s.Exit = exitUnanswered
	}
	s.Line = fmt.Sprintf("%d allowed, %d denied, %d undocumented, of these %d not answered in full; findings: %d must, %d should; questions not asked: %d",
		s.Allowed, s.Denied, s.Undocumented, s.Unanswered, s.Must, s.Should, s.NotAsked)
}
