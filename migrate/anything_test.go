package migrate_test

import (
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
)

func TestAnything(t *testing.T) {
	ready, err := situation()
	if err != nil {
		t.Fatal(err)
	}
	source := mustDesktop(t, "p16")
	source.BundleID, source.License = oldBundle, migrate.Public
	target := migrate.Target{Desktop: source}
	target.BundleID, target.OS = newBundle, types.OperatingSystemNameWindowsServer2022
	fleet := []migrate.Workspace{
		{ID: wsID("1"), Source: source, DirectoryID: "d-1", UserName: "grace", SubnetID: "subnet-1", Key: "k", Grants: 2},
		{ID: wsID("2"), Source: source, DirectoryID: "d-1", UserName: "ada", SubnetID: "subnet-1"},
	}
	ruletest.Anything{
		Dir: os.DirFS("."),
		Exports: map[string]any{
			"At": migrate.At, "Newest": migrate.Newest, "Editions": migrate.Editions, "Catalogue": migrate.Catalogue, "Documents": migrate.Documents, "Parameters": migrate.Parameters,
			"FromBundle": migrate.FromBundle, "FromWorkspace": migrate.FromWorkspace, "Grants": migrate.Grants, "ParseNotMigratedFolder": migrate.ParseNotMigratedFolder,
			"Rules": migrate.Rules{}, "Decision": migrate.Decision{}, "Estimate": migrate.Estimate{}, "NotMigratedFolder": migrate.NotMigratedFolder{}, "Status": migrate.Status(""),
		},
		Sound: []any{
			ready, source, target, fleet, fleet[0], move(), map[string]migrate.Target{oldBundle: target}, map[string]migrate.Target{wsID("1"): target, "\x1b": {}},
			migrate.Limits{}, migrate.Limits{FreeAddresses: map[string]int{"subnet-1": 0}, FreeGrants: map[string]int{"k": 1}}, migrate.Limits{FreeAddresses: map[string]int{"\x1b": -1}},
			migrate.Attempt{Migration: migrate.Migration{WorkspaceID: wsID("1"), BundleID: newBundle, UserName: "grace"}, TargetID: wsID("2")},
			[]migrate.Observation{{After: time.Minute, Workspaces: []types.Workspace{{WorkspaceId: new(wsID("1"))}}}, {After: 2 * time.Hour}},
		},
		Draw: map[reflect.Type]func(t *rapid.T) any{
			reflect.TypeFor[migrate.Rules](): func(t *rapid.T) any {
				e := rapid.SampledFrom(append(migrate.Editions(), migrate.Rules{}.Edition())).Draw(t, "edition")
				r, _ := migrate.At(e) // zero for the edition that is none
				return r
			},
		},
		Texts: []string{wsID("1"), wsID("2"), oldBundle, newBundle, "grace", "subnet-1", "AlexUser.NotMigrated", "%alex.NotMigrated.20200429T010203"},
	}.Check(t)
}
