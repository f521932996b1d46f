package tfplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
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
