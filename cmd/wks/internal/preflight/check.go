package preflight

import (
	"cmp"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
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
	censuses map[string]*census // by directory; nil before one is asked for
}

// notAsked adds a question for which something is missing; command gives it.
func (c *regionCheck) notAsked(command, format string, args ...any) {
	c.report.unasked = append(c.report.unasked, unasked{reason: say(format, args...), command: command})
}

// notAskedOf adds a question about something at a place, for which something is missing.
func (c *regionCheck) notAskedOf(at place, reason string) {
	c.report.unasked = append(c.report.unasked, unasked{reason: rule.Printable(reason), at: at})
}

// fetch is the command that writes a file of the Region's export.
func (c *regionCheck) fetch(name string) string { return c.account.fetch(c.regionExport, name) }

// add adds a section.
func (c *regionCheck) add(s section) { c.report.Sections = append(c.report.Sections, s) }

// check asks every question that the account's files permit. The findings of the report are those
// that its baseline, if any, does not accept.
func check(rules wks.Rules, a *account, base finding.Report) (*report, error) {
	rep := &report{Schema: schema, Command: "preflight", Edition: rules.Edition(), Report: base, Regions: []regionReport{}, Proposals: []proposal{}}
	var sites []network.Site
	choosing := false // some Region's account has still to choose a BYOL range
	for _, e := range a.regions {
		c := &regionCheck{regionExport: e, rules: rules, account: a, report: &regionReport{Region: e.region, Sections: []section{}}}
		c.report.unasked = a.missing(e)
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
		c.doubted()
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
		for i := range rep.Plan {
			for _, e := range a.regions {
				if s := &rep.Plan[i]; s.region == e.region || s.region == "" {
					e.doubtOf(&s.result, s.kind)
				}
			}
		}
	}
	if choosing && len(sites) > 1 {
		all, err := rules.Network.ProposeManagementCIDRs(allIPv4, sites...)
		if err != nil {
			return nil, err
		}
		rep.Proposals = best(3, all)
	}
	rep.Notes = append([]note{}, a.notes...)
	rep.sumUp(a)
	return rep, nil
}

// missing lists the questions that lack a file of a Region.
func (a *account) missing(e *regionExport) []unasked {
	var list []unasked
	const registered = "whether a directory can be registered"
	for _, q := range []struct {
		missing                bool
		question, lacks, fetch string
		decides                bool
	}{
		{e.vpcs == nil, registered, vpcsName, vpcsName, true},
		{e.vpcs != nil && len(e.vpcs.all) == 0, registered, "VPC in " + vpcsName, "", true},
		{e.vpcs != nil && e.routes == nil, "whether a route takes a management range", routesName, routesName, false},
		{e.vpcs != nil && e.directories == nil, "which VPCs have a directory", directoriesName, directoriesName, false},
		{len(e.directories.elements()) > 0 && e.subnets == nil, "which VPC each directory is in", subnetsName, subnetsName, false},
		{e.tenancy == nil, "which BYOL management range is chosen or free", accountName, accountName, false},
		{e.tenancy != nil && e.vpcs == nil, "which BYOL management ranges are free", vpcsName, vpcsName, false},
	} {
		if q.missing {
			list = append(list, unasked{reason: say("%s: no %s", q.question, q.lacks), command: a.fetch(e, q.fetch), decides: q.decides})
		}
	}
	return list
}

// results yields every result of a Region, with the title of its section.
func (r *regionReport) results(yield func(title string, x *result)) {
	for i := range r.Registrations {
		yield(r.Registrations[i].title(), &r.Registrations[i].result)
	}
	if r.BYOL != nil {
		yield(byolTitle, &r.BYOL.result)
	}
	for i := range r.Sections {
		yield(r.Sections[i].Title, &r.Sections[i].result)
	}
}

// urgent are the codes of findings because of which people cannot work today.
var urgent = map[rule.Code]bool{network.IPGroupLockOut: true, encryption.KeyNotEnabled: true, workspaceInError: true, directoryInError: true, workspaceUnhealthy: true}

// A teller adds what results say to the report.
type teller struct {
	*report
	titles map[rule.Code]string
}

// sumUp adds findings and questions, and counts the answers.
func (rep *report) sumUp(a *account) {
	t := teller{rep, map[rule.Code]string{}}
	for _, r := range append(wks.Catalogue(), Rules()...) {
		t.titles[r.Code] = r.Title
	}
	registrations := 0
	for i := range rep.Regions {
		registrations += len(rep.Regions[i].Registrations)
	}
	for i := range rep.Regions {
		r := &rep.Regions[i]
		e := a.regions[i]
		fetch := func(at place) string { return a.fetchMissing(e, at) }
		for i := range r.Registrations {
			t.tell(r.Region, r.Registrations[i].title(), &r.Registrations[i].result, true, fetch)
			rep.Registrations.count(r.Registrations[i].Answer)
		}
		if r.BYOL != nil {
			t.tell(r.Region, byolTitle, &r.BYOL.result, false, fetch)
		}
		for i := range r.Sections {
			t.tell(r.Region, r.Sections[i].Title, &r.Sections[i].result, false, fetch)
		}
		for _, q := range r.unasked {
			o := finding.Occurrence{}
			if q.at.of != nil {
				o = q.at.occurrence()
			}
			o.Region = r.Region
			rep.Ask(finding.Question{By: rule.ByInput, Reason: q.reason, Unasked: true, Decides: q.decides && registrations == 0}, q.command, o)
		}
	}
	for i := range rep.Plan {
		t.tell(rep.Plan[i].region, rep.Plan[i].Title, &rep.Plan[i].result, false, func(place) string { return "" })
	}
	for _, n := range rep.Notes {
		if n.Unusable {
			o := n.occurrence()
			o.Detail = n.Value
			rep.Ask(finding.Question{By: rule.ByInput, Reason: n.Text, Unusable: true, Decides: true}, "", o)
		}
	}
}

// tell adds what a result says. It decides if a registration depends on it.
func (t teller) tell(region, title string, r *result, decides bool, fetch func(place) string) {
	for i := range r.broken {
		b := &r.broken[i]
		o := b.at.occurrence()
		o.Detail, o.Region, o.Section = b.Detail, region, title
		b.accepted = t.Add(finding.Finding{
			Code: b.Code, Level: b.Level,
			Title: cmp.Or(t.titles[b.Code], string(b.Code)), Remedy: finding.Sentence(b.Remedy), Help: b.Code.Help(), Cite: b.Cite, Urgent: urgent[b.Code],
		}, o)
	}
	for _, q := range r.open {
		o := q.occurrence()
		o.Region, o.Section = region, title
		command := q.command
		if command == "" && q.by == rule.ByInput && !q.unusable {
			command = fetch(q.place)
		}
		if q.headline != "" {
			o.Detail = q.reason
		}
		t.Ask(finding.Question{By: q.by, Reason: cmp.Or(q.headline, q.reason), Unusable: q.unusable, Cites: q.cites, Decides: decides || q.unusable}, command, o)
	}
	r.conclude()
	t.Checked(region, title, r.verdict)
}

// occurrence is the place as the report has it.
func (p place) occurrence() finding.Occurrence {
	return finding.Occurrence{Resource: p.resource(), File: p.File, Line: p.Line, Column: p.Column, Path: string(p.Path)}
}

// count adds an answer.
func (v *verdicts) count(answer string) {
	switch answer {
	case rule.Allowed.String():
		v.Allowed++
	case rule.Denied.String():
		v.Denied++
	case finding.NotGiven:
		v.NotGiven++
	default:
		v.Undocumented++
	}
}
