package tfplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/migrate"
)

// A call that is refused is told with all of them, by the names of the attributes.
func TestNamesOfCalls(t *testing.T) {
	_, rep := reportOn(t, planOf(updateWorkspace(desk("x", size("POWER", 80, 10)), desk("x", size("POWER", 175, 100)))))
	const want = "the provider's call 1 of 2 is refused, in its order root_volume_size_gib, user_volume_size_gib: 175/10 "
	if got := string(rep.Resources[0].Findings[0].Detail); !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
}

// Versions are tried at each end of each constraint, and at the version that comes next.
func TestVersionsThatAreTried(t *testing.T) {
	of := func(texts ...string) (list []*version.Version) {
		for _, s := range texts {
			list = append(list, version.Must(version.NewVersion(s)))
		}
		return list
	}
	constraints, err := version.NewConstraint(">= 4.3.7, != 5.40.2, < 6.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		r    release
		want []*version.Version
	}{
		{release{}, of("5.1.0", "0.0.0")},
		{release{floor: of("3.2.1")[0]}, of("5.1.0", "0.0.0", "3.2.1")},
		{release{within: constraints}, of("5.1.0", "0.0.0", "4.3.7", "4.3.8", "5.40.2", "5.40.3", "6.1", "6.1.1")},
	} {
		got := tt.r.least(of("5.1.0")[0])
		if !slices.EqualFunc(got, tt.want, (*version.Version).Equal) {
			t.Errorf("%v, want %v", got, tt.want)
		}
	}
}

// The model tells of an attribute that it changes in place where the provider has a call for it, and else that it replaces.
func TestModelOfUpdates(t *testing.T) {
	byName := map[string]modelEntry{}
	for _, e := range modelOf() {
		byName[e.Resource+" "+e.Attribute] = e
	}
	for _, resource := range []string{"aws_workspaces_directory", "aws_workspaces_ip_group"} {
		for _, p := range parameters[resource] {
			e := byName[resource+" "+p.attribute]
			if p.attribute != "" && (e.Update == "replaces the resource") != (p.update == "") {
				t.Errorf("%s %s: %q", resource, p.attribute, e.Update)
			}
		}
	}
	if n := len(byName); n < 20 {
		t.Errorf("%d entries", n)
	}
}

// The model has an entry for each member of each request that a resource is created with, in its block.
func TestModelOfCreations(t *testing.T) {
	creates := map[string]modelEntry{}
	for _, e := range modelOf() {
		creates[e.Resource+" "+e.Attribute+": "+e.Create] = e
	}
	for resource, c := range creations {
		for _, m := range c.members {
			name := strings.TrimPrefix(m.block+"."+m.attribute, ".")
			e, ok := creates[resource+" "+name+": "+c.operation+" "+string(m.path)]
			if awscc := strings.HasPrefix(resource, "awscc_"); !ok || (e.Provider == "hashicorp/awscc") != awscc || awscc && e.Measured != "" || e.Update != "" || e.Default != nil {
				t.Errorf("%s %s: %t, %+v", resource, name, ok, e)
			}
		}
	}
	for resource, list := range parameters {
		for _, p := range list {
			e, ok := creates[resource+" "+p.attribute+": "+p.create+" "+p.member]
			if !ok || e.Provider != providerAddress || e.Default != p.byDefault || p.unseen && e.Measured != "" || (e.Says == "is always sent") != (p.attribute == "") || p.attribute == "" && e.Update != "" {
				t.Errorf("%s %s: %t, %+v", resource, p.attribute, ok, e)
			}
		}
	}
}

// The model for a person has a heading for each resource, an entry for each attribute, and below it what is known of it.
func TestTextOfModel(t *testing.T) {
	var b strings.Builder
	list := []modelEntry{
		{Provider: "p/q", Resource: "r", Attribute: "a", Create: "Make A", Update: "replaces the resource", Default: int32(0), Measured: "5.0.0", since: inChangelog("1.2.3", "#4")},
		{Provider: "p/q", Resource: "r", Says: "is always sent", Default: false},
		{Provider: "p/z", Resource: "s", Attribute: "b", Default: ""},
	}
	if err := writeModel(&b, list); err != nil {
		t.Fatal(err)
	}
	const want = `r (p/q)
  a
    create: Make A
    update: replaces the resource
    default: 0
    since 1.2.3 (changelog, #4); measured with 5.0.0
  (no attribute)
    default: false
    also: is always sent
    since when is not known; not measured

s (p/z)
  b
    default: ""
    since when is not known; not measured
`
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
	if err := writeModel(full{}, list); err == nil {
		t.Error("what cannot be written is no error")
	}
}

// A migration loses the root volume, gives a new id, computer name and address, and keeps tags and running mode, whatever
// the system (Administration Guide, Migrate a WorkSpace, What happens during migration).
func TestEffectsOfMigration(t *testing.T) {
	const want = "loses: root volume; gives a new: WorkSpace ID, computer name, IP address; keeps: tags, running mode"
	if got := effects(wks.Newest().Migrate); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := effects(migrate.Rules{}); got != "" {
		t.Errorf("without documents: %s", got)
	}
}

// The defaults of a block count in an update if the provider sends one that the configuration leaves out.
func TestDefaultsOfUpdates(t *testing.T) {
	const both, user = `"root_volume_size_gib": {"constant_value": 175}, "user_volume_size_gib": {"constant_value": 100}`, `"user_volume_size_gib": {"constant_value": 50}`
	of := func(block, before, after string) string {
		return planWith(configOf(configured("aws_workspaces_workspace", "w", "workspace_properties", "[{"+block+"}]")), "[]", updateWorkspace(desk("x", before), desk("x", after)))
	}
	power := `"compute_type_name": {"constant_value": "POWER"}, "running_mode": {"constant_value": "ALWAYS_ON"}, `
	const at = "should tfplan.provider-default aws_workspaces_workspace.w: workspace_properties[0]"
	for name, tt := range map[string]struct {
		plan string
		want bool
	}{
		"a size that is left out is sent":              {of(power+user, size("POWER", 10, 50), size("POWER", 80, 50)), true},
		"a size that is given is sent, and one is out": {of(power+user, size("POWER", 80, 10), size("POWER", 80, 50)), false},
		"sizes that are given are sent":                {of(power+both, size("POWER", 80, 10), size("POWER", 175, 100)), false},
		"nothing is sent":                              {of(power+user, size("POWER", 80, 50), size("POWER", 80, 50)), false},
	} {
		_, rep := reportOn(t, tt.plan)
		if got := rep.findings(); slices.Contains(got, at) != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
