package main

import (
	"errors"
	"fmt"
	"net/netip"
	"path"
	"slices"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// check asks every question that the account's files permit.
func check(rules network.Rules, a *account) (*report, error) {
	rep := &report{Schema: schema, Edition: rules.Edition(), Regions: []regionReport{}, Notes: []note{}}
	var sites []network.Site
	for _, e := range a.regions {
		vpcs, err := e.networks(&a.notes)
		if err != nil {
			return nil, err
		}
		r := regionReport{Region: e.region, Registrations: []registration{}, NotAsked: e.notAsked()}
		if r.Registrations, err = e.registrations(rules, vpcs); err != nil {
			return nil, err
		}
		if e.account != nil && e.vpcs != nil {
			site := network.Site{Name: e.region, InUse: inUse(vpcs)}
			if r.BYOL, err = e.byol(rules, vpcs, site); err != nil {
				return nil, err
			}
			if r.BYOL.Chosen == nil {
				sites = append(sites, site)
			}
		}
		rep.Regions = append(rep.Regions, r)
	}
	proposals, err := propose(rules, sites)
	if err != nil {
		return nil, err
	}
	if rep.Proposals = []proposal{}; len(sites) > 1 {
		rep.Proposals = best(3, proposals)
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

func (e *regionExport) registrations(rules network.Rules, vpcs []*netVPC) ([]registration, error) {
	list := []registration{}
	taken := map[string]bool{}
	if e.directories != nil && e.vpcs != nil {
		for _, d := range e.directories.Directories {
			r := registration{Directory: d.DirectoryId, Name: d.DirectoryName, State: d.State, Candidates: []candidate{}, Findings: []finding{}, Unanswered: []string{}}
			id, why := e.vpcOf(d)
			taken[id] = true
			i := slices.IndexFunc(vpcs, func(v *netVPC) bool { return v.ID == id })
			switch {
			case why != "":
			case i < 0:
				why = fmt.Sprintf("its VPC %s is not in %s", id, vpcsName)
			case otherKind(d) != "":
				r.VPC, r.CIDRs, why = id, vpcs[i].CIDRs, otherKind(d)
			default:
				if err := e.register(&r, rules, vpcs[i]); err != nil {
					return nil, err
				}
			}
			if why != "" {
				r.Unanswered = append(r.Unanswered, why)
			}
			list = append(list, r)
		}
	}
	for _, v := range vpcs {
		if taken[v.ID] {
			continue
		}
		r := registration{Name: v.name, Candidates: []candidate{}, Findings: []finding{}, Unanswered: []string{}}
		if err := e.register(&r, rules, v); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// otherKind tells why the candidates say nothing about a directory, if they do not.
func otherKind(d directory) string {
	switch {
	case d.WorkspaceType == "POOLS":
		return "it is for WorkSpaces Pools, for which no document describes the test at registration"
	case d.Tenancy == "DEDICATED":
		return "it is for BYOL WorkSpaces, which use the BYOL management range and not the candidates"
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
	covered := false
	for _, c := range reg.Conflicts() {
		u := use{Prefix: c.Prefix, Overlap: string(c.Overlap), Undocumented: c.Undocumented()}
		for _, s := range c.Sources {
			u.Places = append(u.Places, usePlace{v.at(s.Path), s.Table, s.Target, s.State, s.PrefixList})
		}
		covered = covered || c.Undocumented()
		i := slices.IndexFunc(r.Candidates, func(x candidate) bool { return x.Prefix == c.Candidate })
		r.Candidates[i].Uses = append(r.Candidates[i].Uses, u)
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
	case v.tables == 0: // every VPC has at least its main route table
		r.Unanswered = append(r.Unanswered, fmt.Sprintf("only the VPC's CIDRs were looked at: no route table of %s is in %s", v.ID, routesName))
	}
	switch {
	case len(r.Candidates) == 0:
		r.Unanswered = append(r.Unanswered, fmt.Sprintf("no document gives the management ranges of %s", v.Region))
	case reg.Verdict == rule.Undocumented && len(free) == 0 && covered:
		r.Unanswered = append(r.Unanswered, "no document says whether a route counts that covers a whole management range")
	}
	return nil
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

// inUse lists what the networks of a Region use, as far as it is known.
func inUse(vpcs []*netVPC) []netip.Prefix {
	var list []netip.Prefix
	for _, v := range vpcs {
		list = append(list, v.CIDRs...)
		for _, r := range v.Routes {
			if r.Destination.IsValid() {
				list = append(list, r.Destination)
			}
		}
	}
	return list
}

var allIPv4 = netip.MustParsePrefix("0.0.0.0/0")

func (e *regionExport) byol(rules network.Rules, vpcs []*netVPC, site network.Site) (*byolAnswer, error) {
	b := &byolAnswer{Enabled: e.account.DedicatedTenancySupport == "ENABLED", Findings: []finding{}, Proposals: []proposal{}, Partial: []string{}}
	if e.routes == nil {
		b.Partial = append(b.Partial, "no "+routesName)
	}
	for _, v := range vpcs {
		for _, m := range v.unresolved {
			if why := "the prefix list " + e.listName(m.id) + " was not exported"; !slices.Contains(b.Partial, why) {
				b.Partial = append(b.Partial, why)
			}
		}
	}
	for _, err := range rules.FreeManagementCIDRs(allIPv4, nil) {
		if err != nil {
			return nil, err
		}
		b.Of++
	}
	proposals, err := propose(rules, []network.Site{site})
	if err != nil {
		return nil, err
	}
	b.Free = len(proposals)
	chosen := e.account.DedicatedTenancyManagementCidrRange
	if !chosen.IsValid() {
		b.Proposals = best(1, proposals)
		return b, nil
	}
	b.Chosen = &chosen
	vs, err := rules.CheckManagementCIDR(chosen, site.InUse)
	if err != nil {
		return nil, err
	}
	for _, v := range vs {
		if v.Code != network.ManagementCIDRFinal { // it is chosen already
			b.Findings = append(b.Findings, newFinding(v, place{File: path.Join(e.dir, accountName), Path: v.Path}))
		}
	}
	return b, nil
}

func propose(rules network.Rules, sites []network.Site) ([]network.Proposal, error) {
	if len(sites) == 0 {
		return nil, nil
	}
	return rules.ProposeManagementCIDRs(allIPv4, sites...)
}

// best returns the first n proposals.
func best(n int, all []network.Proposal) []proposal {
	list := []proposal{}
	for _, p := range all[:min(n, len(all))] {
		list = append(list, proposal{p.Prefix, p.String()})
	}
	return list
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
			if len(reg.Unanswered) > 0 && reg.Verdict != rule.Denied {
				s.Unanswered++
			}
		}
		if r.BYOL != nil {
			count(r.BYOL.Findings)
		}
	}
	rep.Documents = []documentEntry{}
	for _, d := range network.Documents() {
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
