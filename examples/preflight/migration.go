package main

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
}

// A fleet is the WorkSpaces of a Region that are to be migrated.
type fleet struct {
	export  *regionExport
	members []migrate.Workspace
	targets map[string]migrate.Target
	limits  migrate.Limits
	places  map[string]place // in the plan file, by WorkSpace
	missing []string
}

// migrationSections plans the waves of each Region.
func (a *account) migrationSections(rules ruleSet, wanted []wantedMigration, desktops map[string]desktop, name string, now time.Time) ([]section, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	if rules.migrate == (migrate.Rules{}) {
		s := newSection("plan for migrations")
		s.Lines = append(s.Lines, "no document of the edition speaks of migration")
		return []section{s}, nil
	}
	var list []section
	fleets := map[string]*fleet{}
	for i, want := range wanted {
		at := place{File: name, Path: rule.Path("Migrations").Index(i)}
		d, found := desktops[want.WorkspaceId]
		if !found {
			s := newSection("plan for the migration of " + want.WorkspaceId)
			s.Lines = append(s.Lines, "it is in no "+workspacesName)
			list = append(list, s)
			continue
		}
		f := fleets[d.export.region]
		if f == nil {
			f = &fleet{export: d.export, targets: map[string]migrate.Target{}, places: map[string]place{}}
			fleets[d.export.region] = f
		}
		if err := f.add(rules.migrate, want, d.workspace, at, now); err != nil {
			return nil, err
		}
	}
	for _, e := range a.regions {
		f := fleets[e.region]
		if f == nil {
			continue
		}
		f.bound()
		plan, err := rules.migrate.NewPlan(f.members, f.targets, f.limits)
		if err != nil {
			return nil, place{File: name, Path: "Migrations"}.inputError(err)
		}
		s, err := f.section(rules.migrate, plan)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// add takes a WorkSpace into the fleet.
func (f *fleet) add(rules migrate.Rules, want wantedMigration, w workspace, at place, now time.Time) error {
	if _, twice := f.places[w.WorkspaceId]; twice {
		return &fileError{at, fmt.Sprintf("is %s, which stands in the plan twice", w.WorkspaceId)}
	}
	f.places[w.WorkspaceId] = at
	p := w.WorkspaceProperties.sdk()
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
		return at.inputError(err)
	}
	f.members = append(f.members, migrate.Workspace{
		ID: w.WorkspaceId, Source: source, DirectoryID: w.DirectoryId, UserName: w.UserName, SubnetID: w.SubnetId,
		Key: w.VolumeEncryptionKey, Grants: migrate.Grants(w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled), Ready: &ready,
	})
	target := want.Target
	target.Region = cmp.Or(target.Region, f.export.region)
	f.targets[w.WorkspaceId] = migrate.Target{Desktop: target}
	return nil
}

// bound takes the room in subnets from the export. Where it does not tell all of it, there is
// no bound, and the section says so.
func (f *fleet) bound() {
	if f.export.subnets == nil {
		f.missing = append(f.missing, "the free addresses of subnets are not known: no "+subnetsName)
		return
	}
	free := map[string]int{}
	for _, s := range f.export.subnets.Subnets {
		free[s.SubnetId] = s.AvailableIpAddressCount
	}
	for _, m := range f.members {
		if _, known := free[m.SubnetID]; !known {
			f.missing = append(f.missing, fmt.Sprintf("the free addresses of subnets are not known: %q of %s is not in %s", m.SubnetID, m.ID, subnetsName))
			return
		}
	}
	f.limits.FreeAddresses = free
}

// section tells the waves, what they cost, and who stays behind.
func (f *fleet) section(rules migrate.Rules, plan *migrate.Plan) (section, error) {
	s := newSection(fmt.Sprintf("plan for %d migrations in %s", len(f.members), f.export.region))
	s.Verdict = rule.Allowed
	s.chart.Title = fmt.Sprintf("WorkSpaces in each wave, of %d at a time", waveSize)
	s.Lines = append(s.Lines, f.missing...)
	for i, wave := range plan.Waves {
		var ids []string
		for _, m := range wave {
			id := m.WorkspaceID
			for _, step := range m.Before {
				id += fmt.Sprintf(" (first: %s)", step)
			}
			if m.Then != "" {
				id += " (then to " + m.Then + ")"
			}
			ids = append(ids, id)
		}
		s.Lines = append(s.Lines, fmt.Sprintf("wave %d: %s", i+1, strings.Join(ids, ", ")))
		s.chart.Bars = append(s.chart.Bars, bar{fmt.Sprintf("wave %d", i+1), len(wave), waveSize, fmt.Sprintf("%d WorkSpaces, from hour %d to hour %d at the latest", len(wave), i, i+1)})
	}
	if n := plan.Estimate.Migrations; n > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("%d calls, which take at least %s at the documented quota; at most %s in all", plan.Estimate.Calls, plan.Estimate.CallTime.Round(time.Second), plan.Estimate.Longest.Round(time.Second)))
		s.Lines = append(s.Lines, "each gets a new ID and a new root volume; what the user wrote to the user volume after its last snapshot is lost")
	}
	for _, r := range plan.Refused {
		s.Verdict = rule.Denied
		s.Lines = append(s.Lines, fmt.Sprintf("%s stays: %s", r.WorkspaceID, r.Reason))
		s.add(r.Violations, f.places[r.WorkspaceID])
	}
	for _, r := range plan.Undecided {
		s.Verdict = s.Verdict.And(rule.Undocumented)
		s.Lines = append(s.Lines, fmt.Sprintf("%s is for you to decide: %s", r.WorkspaceID, r.Reason))
	}
	return s, nil
}

// waveSize is how many WorkSpaces the guide advises to migrate at a time.
const waveSize = 25
