package preflight

import (
	"fmt"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A regionCheck asks the questions about one Region.
type regionCheck struct {
	*regionExport
	rules    wks.Rules
	account  *account
	networks []*netVPC          // in the order of the file
	network  map[string]*netVPC // by the id of the VPC
	report   *regionReport
}

// notAsked adds a question for which something is missing.
func (c *regionCheck) notAsked(format string, args ...any) {
	c.report.NotAsked = append(c.report.NotAsked, rule.Printable(fmt.Sprintf(format, args...)))
}

// add adds a section.
func (c *regionCheck) add(s section) { c.report.Sections = append(c.report.Sections, s) }

// check asks every question that the account's files permit.
func check(rules wks.Rules, a *account) (*report, error) {
	rep := &report{Schema: schema, Edition: rules.Edition(), Regions: []regionReport{}, Proposals: []proposal{}}
	var sites []network.Site
	choosing := false // some Region's account has still to choose a BYOL range
	for _, e := range a.regions {
		c := &regionCheck{regionExport: e, rules: rules, account: a, report: &regionReport{Region: e.region, Sections: []section{}}}
		c.report.NotAsked = e.missing()
		c.readNetworks()
		c.report.Registrations = c.registrations()
		site := network.Site{Name: e.region, InUse: inUse(c.networks)}
		if e.vpcs != nil {
			sites = append(sites, site)
		}
		if e.tenancy != nil {
			c.report.BYOL = c.byol(site)
			choosing = choosing || c.report.BYOL.Chosen == nil && !c.report.BYOL.Linked
		}
		c.sections()
		c.eligibility()
		c.desktopSections()
		if a.pictures {
			var err error
			if c.report.picture, err = c.draw(site.InUse); err != nil {
				return nil, err
			}
		}
		rep.Regions = append(rep.Regions, *c.report)
	}
	if a.plan != nil {
		rep.Plan = a.planSections(rules)
	}
	if choosing && len(sites) > 1 {
		all, err := rules.Network.ProposeManagementCIDRs(allIPv4, sites...)
		if err != nil {
			return nil, err
		}
		rep.Proposals = best(3, all)
	}
	rep.Notes = append([]note{}, a.notes...)
	rep.sumUp()
	return rep, nil
}

// missing lists the questions that lack a file.
func (e *regionExport) missing() []string {
	list := []string{}
	for _, q := range []struct {
		missing        bool
		question, file string
	}{
		{e.vpcs == nil, "whether a directory can be registered", vpcsName},
		{e.vpcs != nil && len(e.vpcs.all) == 0, "whether a directory can be registered", "VPC in " + vpcsName},
		{e.vpcs != nil && e.routes == nil, "whether a route takes a management range", routesName},
		{e.vpcs != nil && e.directories == nil, "which VPCs have a directory", directoriesName},
		{len(e.directories.elements()) > 0 && e.subnets == nil, "which VPC each directory is in", subnetsName},
		{e.tenancy == nil, "which BYOL management range is chosen or free", accountName},
		{e.tenancy != nil && e.vpcs == nil, "which BYOL management ranges are free", vpcsName},
	} {
		if q.missing {
			list = append(list, fmt.Sprintf("%s: no %s", q.question, q.file))
		}
	}
	return list
}

// results yields every result of a Region.
func (r *regionReport) results(yield func(*result)) {
	for i := range r.Registrations {
		yield(&r.Registrations[i].result)
	}
	if r.BYOL != nil {
		yield(&r.BYOL.result)
	}
	for i := range r.Sections {
		yield(&r.Sections[i].result)
	}
}

// sumUp counts the answers, collects the documents, and settles the exit status.
func (rep *report) sumUp() {
	s := &rep.Summary
	cited := map[string]bool{}
	count := func(r *result) {
		for _, f := range r.Findings {
			cited[f.Cite.Document] = true
			if f.Level == rule.Must {
				s.Must++
			} else {
				s.Should++
			}
		}
		for _, q := range r.Open {
			cited[q.Cites[0].Document], cited[q.Cites[1].Document] = true, true
			switch {
			case q.Unusable:
				s.Unusable++
			case q.By == rule.ByInput:
				s.OpenNotGiven++
			default:
				s.OpenUndocumented++
			}
		}
	}
	for i := range rep.Regions {
		r := &rep.Regions[i]
		s.NotAsked += len(r.NotAsked)
		r.results(count)
		for _, reg := range r.Registrations {
			switch reg.Word() {
			case "allowed":
				s.Allowed++
			case "denied":
				s.Denied++
			case notGiven:
				s.NotGiven++
			default:
				s.Undocumented++
			}
		}
	}
	for i := range rep.Plan {
		count(&rep.Plan[i].result)
	}
	for _, n := range rep.Notes {
		if n.Unusable {
			s.Unusable++
		}
	}
	rep.Documents = []documentEntry{}
	for _, d := range wks.Documents() {
		if cited[d.Key] {
			rep.Documents = append(rep.Documents, documentEntry(d))
		}
	}
	asked := s.Allowed+s.Denied+s.Undocumented+s.NotGiven > 0
	switch {
	case s.Must > 0:
		s.Exit = exitBroken
	case s.Undocumented+s.NotGiven+s.Unusable > 0 || !asked:
		s.Exit = exitUnanswered
	}
	s.Line = fmt.Sprintf("registrations: %d allowed, %d denied, %d undocumented, %d not given; findings: %d must, %d should; open: %d undocumented, %d not given; values that cannot be used: %d; questions not asked: %d",
		s.Allowed, s.Denied, s.Undocumented, s.NotGiven, s.Must, s.Should, s.OpenUndocumented, s.OpenNotGiven, s.Unusable, s.NotAsked)
}
