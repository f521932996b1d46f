package preflight

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A wantedMigration moves a WorkSpace to another bundle. Source tells what no export does,
// such as the licence; what it leaves out is taken from the export.
type wantedMigration struct {
	WorkspaceId string `need:"true"`
	Source      migrate.Desktop
	Target      migrate.Desktop

	wrong *fileError // why it is left out, nil if it is not
}

// A fleet is the WorkSpaces of a Region that are to be migrated.
type fleet struct {
	export  *regionExport
	members []migrate.Workspace
	targets map[string]migrate.Target
	limits  migrate.Limits
	places  map[string]place // in the plan file, by WorkSpace
	// unusable has what cannot be planned; missing has what is not known.
	unusable result
	missing  []string
}

// migrationSections plans the waves of each Region.
func (a *account) migrationSections(rules migrate.Rules) []section {
	if len(a.plan.Migrations) == 0 {
		return nil
	}
	at := inFile(a.planName).below("Migrations")
	if rules == (migrate.Rules{}) {
		s := newSectionOf("plan", "plan for migrations")
		s.ask(question{place: at, reason: "no document of the edition speaks of migration", by: rule.ByDocuments})
		return []section{s}
	}
	var list []section
	fleets := map[string]*fleet{}
	var wrong *fileError // the first value because of which a migration is left out
	for i, want := range a.plan.Migrations {
		if want.wrong != nil {
			wrong = cmp.Or(wrong, want.wrong)
			continue
		}
		at := place{File: at.File, Path: at.Path.Index(i)}
		d, found := a.desktop(want.WorkspaceId)
		if !found {
			s := newSectionOf("plan", "plan for the migration of "+want.WorkspaceId)
			s.notFound(at.about("WorkSpace", want.WorkspaceId))
			list = append(list, s)
			continue
		}
		f := fleets[d.export.region]
		if f == nil {
			f = &fleet{export: d.export, unusable: allowed(), targets: map[string]migrate.Target{}, places: map[string]place{}}
			fleets[d.export.region] = f
		}
		f.add(rules, want, d.workspace, at, a.now)
	}
	for _, e := range a.regions {
		if f := fleets[e.region]; f != nil {
			f.bound()
			f.unusable.doubt(wrong)
			list = append(list, f.section(rules, at))
		}
	}
	return list
}

// add takes a WorkSpace into the fleet. One that cannot be planned stays out of it.
func (f *fleet) add(rules migrate.Rules, want wantedMigration, w *workspace, at place, now time.Time) {
	if _, twice := f.places[w.WorkspaceId]; twice {
		f.unusable.ask(unusable(newFileError(at, say("is %s, which stands in the plan twice; the first counts", w.WorkspaceId)), at.below))
		return
	}
	p := w.sdk().WorkspaceProperties
	source := want.Source
	source.Compute = cmp.Or(source.Compute, p.ComputeTypeName)
	source.OS = cmp.Or(source.OS, p.OperatingSystemName)
	source.BundleID = cmp.Or(source.BundleID, w.BundleId)
	source.Region = cmp.Or(source.Region, f.export.region)
	if len(p.Protocols) == 1 {
		source.Protocol = cmp.Or(source.Protocol, p.Protocols[0])
	}
	ready, err := rules.CheckReady(&migrate.Situation{Workspace: w.sdk(), At: now})
	if err != nil {
		f.unusable.ask(unusable(err, at.below))
		return
	}
	target := want.Target
	target.Region = cmp.Or(target.Region, f.export.region)
	m := migrate.Workspace{
		ID: w.WorkspaceId, Source: source, DirectoryID: w.DirectoryId, UserName: w.UserName, SubnetID: w.SubnetId,
		Key: w.VolumeEncryptionKey, Grants: migrate.Grants(w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled), Ready: &ready,
	}
	aim := migrate.Target{Desktop: target}
	if _, err := rules.NewPlan([]migrate.Workspace{m}, map[string]migrate.Target{m.ID: aim}, migrate.Limits{}); err != nil {
		f.unusable.ask(unusable(err, func(p rule.Path) place {
			if _, below, ok := cutIndex(p, "Fleet"); ok {
				return at.below(below)
			}
			return at
		}))
		return
	}
	at.of = w
	f.places[m.ID] = at
	f.members = append(f.members, m)
	f.targets[m.ID] = aim
}

// bound takes the room in subnets from the export. Where it does not tell all of it, there is
// no bound, and the section says so.
func (f *fleet) bound() {
	if f.export.subnets == nil {
		f.missing = append(f.missing, "the free addresses of subnets are not known: no "+subnetsName)
		return
	}
	free := map[string]int{}
	for _, m := range f.members {
		if _, seen := free[m.SubnetID]; seen {
			continue
		}
		s := f.export.subnets.find(m.SubnetID)
		if s == nil {
			f.missing = append(f.missing, say("the free addresses of subnets are not known: %q of %s is not in %s", m.SubnetID, m.ID, subnetsName))
			return
		}
		free[m.SubnetID] = s.room(&f.unusable)
	}
	f.limits.FreeAddresses = free
}

// estimate says how many calls there are, and how long they and the migrations take.
func (f *fleet) estimate(e migrate.Estimate) string {
	s := say("%d %s", e.Calls, plural(e.Calls, "call", "calls"))
	if least := e.CallTime.Round(time.Second); least > 0 {
		s += say(", which %s at least %s at the documented quota", plural(e.Calls, "takes", "take"), least)
	}
	return s + say("; at most %s in all", e.Longest.Round(time.Second))
}

// section tells the waves, what they cost, and who stays behind.
func (f *fleet) section(rules migrate.Rules, at place) section {
	s := newSectionOf("plan", fmt.Sprintf("plan for %d migrations in %s", len(f.members), f.export.region))
	s.result, s.region = f.unusable, f.export.region
	plan, err := rules.NewPlan(f.members, f.targets, f.limits)
	if err != nil {
		s.ask(unusable(err, at.below))
		return s
	}
	s.chart.Title = fmt.Sprintf("WorkSpaces in each wave, of %d at a time", waveSize)
	s.Lines = append(s.Lines, f.missing...)
	for i, wave := range plan.Waves {
		var ids []string
		for _, m := range wave {
			id := rule.Shorten(m.WorkspaceID)
			for _, step := range m.Before {
				id += say(" (first: %s)", step)
			}
			ids = append(ids, id)
		}
		s.Lines = append(s.Lines, say("wave %d: %s", i+1, said(strings.Join(ids, ", "))))
		s.chart.Bars = append(s.chart.Bars, bar{fmt.Sprintf("wave %d", i+1), len(wave), waveSize, fmt.Sprintf("%d WorkSpaces, from hour %d to hour %d at the latest", len(wave), i, i+1)})
	}
	if n := plan.Estimate.Migrations; n > 0 {
		s.Lines = append(s.Lines, f.estimate(plan.Estimate))
		s.Lines = append(s.Lines, "each gets a new ID and a new root volume; what the user wrote to the user volume after its last snapshot is lost")
	}
	for _, r := range plan.Refused {
		s.Lines = append(s.Lines, say("%s stays: %s", r.WorkspaceID, said(r.Reason)))
		s.take(rule.Answer{Violations: r.Violations, Verdict: rule.Denied}, nil, f.places[r.WorkspaceID].below)
	}
	for _, r := range plan.Undecided {
		s.ask(question{place: f.places[r.WorkspaceID], reason: "it is for you to decide: " + r.Reason, by: rule.ByDocuments})
	}
	return s
}

// waveSize is how many WorkSpaces the guide advises to migrate at a time.
const waveSize = 25
