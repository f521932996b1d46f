package tfplan

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// migration tells whether MigrateWorkspace would do what replacing a desktop for another
// bundle does, and keep the user volume. A plan does not tell the protocols, and seldom the
// systems, so that what it tells can only speak against a migration.
func (c *checker) migration(r *resource, o *object) words {
	rules := c.rules.Migrate
	if rules == (migrate.Rules{}) {
		return say("no document of %s speaks of migration to another bundle", plain(c.rules.Edition().String()))
	}
	if o.after.get("bundle_id").pending() {
		return "if the new bundle, which is not known until apply, suits, " + howToMigrate
	}
	source, from := c.desktop(o.before)
	target, to := c.desktop(o.after)
	source.Region, target.Region = r.region.code, r.region.code
	at := place{object: o, with: append(append(from, to...), r.region.attr())}
	d, err := rules.Check(source, target)
	if err != nil {
		return say("nothing that is known: %s", at.told(err.Error())) // a malformed id has a finding of its own
	}
	if by := d.By; d.Verdict == rule.Denied {
		return say("nothing does: a migration is refused too, for %s (%s)", at.told(by.Text), cited(by.Cite))
	}
	r.line("a migration %s", effects(rules))
	return "if systems and protocols suit, which the plan does not tell, " + howToMigrate
}

// effects returns what becomes of things in a migration, whatever the system.
func effects(rules migrate.Rules) words {
	var parts []string
	for _, fate := range []struct {
		is   migrate.Fate
		word string
	}{{migrate.Lost, "loses"}, {migrate.New, "gives a new"}, {migrate.Kept, "keeps"}} {
		var things []string
		for _, e := range rules.Effects(migrate.AnySystem) {
			if e.Fate == fate.is {
				things = append(things, e.Thing)
			}
		}
		if len(things) > 0 {
			parts = append(parts, fate.word+": "+strings.Join(things, ", "))
		}
	}
	return plain(strings.Join(parts, "; "))
}

const howToMigrate words = "MigrateWorkspace keeps the user volume, of Windows as its last snapshot has it: migrate the desktop outside of Terraform, then put the new id into the state with terraform state rm and an import block"

// desktop returns what a plan tells of one end of a migration, and the attributes that tell it.
func (c *checker) desktop(a attr) (migrate.Desktop, []attr) {
	id := a.get("bundle_id").text()
	of := []attr{a.get("bundle_id"), a.get("workspace_properties")}
	d := migrate.Desktop{BundleID: id, Compute: types.Compute(a.block("workspace_properties").get("compute_type_name").text())}
	if b := c.plan.ids[id]; b != nil && b.typ == "aws_workspaces_bundle" {
		of = append(of, b.after)
		if b.after.get("owner").text() == "AMAZON" {
			d.License = migrate.Public
			d.OS = systemOf(b.after.get("name").text())
		}
		if name := b.after.block("compute_type").get("name").text(); name != "" {
			d.Compute = types.Compute(name)
		}
	}
	return d, of
}

// systems are the operating systems by what the names of AWS's own bundles have of them. A
// label such as Windows 10 (Server 2019 based) is that of the first that it contains.
var systems = []struct {
	label string
	name  types.OperatingSystemName
}{
	{"Server 2016", types.OperatingSystemNameWindowsServer2016},
	{"Server 2019", types.OperatingSystemNameWindowsServer2019},
	{"Server 2022", types.OperatingSystemNameWindowsServer2022},
	{"Server 2025", types.OperatingSystemNameWindowsServer2025},
	{"Windows 7", types.OperatingSystemNameWindows7},
	{"Windows 10", types.OperatingSystemNameWindows10},
	{"Windows 11", types.OperatingSystemNameWindows11},
	{"Amazon Linux 2", types.OperatingSystemNameAmazonLinux2},
}

func systemOf(bundle string) types.OperatingSystemName {
	for _, s := range systems {
		if strings.Contains(bundle, s.label) {
			return s.name
		}
	}
	return ""
}
