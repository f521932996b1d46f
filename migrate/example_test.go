package migrate_test

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A custom Windows Server 2016 desktop is to get a public bundle. Until 2022 that was
// refused; today it depends on the generation, and the answer names its source.
func ExampleRules_Check() {
	source := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2016, License: migrate.Custom, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, Plus: migrate.No}
	target := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Plus: migrate.No}
	for _, date := range []string{"2022-09-02", "2026-09-10"} {
		rules, err := migrate.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		d, err := rules.Check(source, target)
		fmt.Println(date, d.Verdict, "by:", d.By.Text, err)
	}
	target.OS = types.OperatingSystemNameWindowsServer2016
	d, err := migrate.Newest().Check(source, target)
	fmt.Println(d.Verdict, "by:", d.By.Text, err)
	fmt.Println("if we are careful:", d.Verdict.Or(rule.Denied))
	// Output:
	// 2022-09-02 denied by: custom Windows 10 to public Windows 10 <nil>
	// 2026-09-10 allowed by: custom Server 2016 to public Server 2019 <nil>
	// undocumented by: no row of the table lists this pair <nil>
	// if we are careful: denied
}

// What the SDK returns does not tell everything; what it lacks is named.
func ExampleFromWorkspace() {
	w := types.Workspace{
		WorkspaceId: aws.String("ws-0a1b2c3d4"), BundleId: aws.String("wsb-0a1b2c3d4"), State: types.WorkspaceStateAvailable,
		WorkspaceProperties: &types.WorkspaceProperties{
			OperatingSystemName: types.OperatingSystemNameWindows10, ComputeTypeName: types.ComputeValue, Protocols: []types.Protocol{types.ProtocolPcoip},
		},
	}
	bundle := types.WorkspaceBundle{BundleId: aws.String("wsb-0a1b2c3d4"), Owner: aws.String("123456789012"), ImageId: aws.String("wsi-0a1b2c3d4")}
	image := types.WorkspaceImage{ImageId: aws.String("wsi-0a1b2c3d4"), RequiredTenancy: types.WorkspaceImageRequiredTenancyDedicated}
	source, missing, err := migrate.FromWorkspace(w, bundle, &image, nil)
	fmt.Println(source.OS, source.License, source.Protocol, source.Compute, err)
	fmt.Println("not told:", missing)

	target := migrate.Desktop{OS: types.OperatingSystemNameWindows11, License: migrate.BYOL, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard}
	d, err := migrate.Newest().Check(source, target)
	fmt.Println(d.Verdict, err)
	for _, v := range d.Violations {
		fmt.Println(v)
	}
	// Output:
	// WINDOWS_10 byol PCOIP VALUE <nil>
	// not told: [Plus Language Region DirectoryType]
	// denied <nil>
	// Target.ComputeTypeName: Value runs no Windows 11 (migrate.value-to-windows-11)
}

// Just before the request.
func ExampleRules_CheckReady() {
	now := time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC)
	s := migrate.Situation{
		Workspace:  types.Workspace{State: types.WorkspaceStateUnhealthy},
		At:         now,
		Snapshots:  []types.Snapshot{{SnapshotTime: aws.Time(now.Add(-30 * time.Hour))}},
		Connection: types.ConnectionStateDisconnected,
	}
	ready, err := migrate.Newest().CheckReady(&s)
	fmt.Println(ready.Verdict, err)
	for _, v := range ready.Violations {
		fmt.Println(v.Level, v)
	}
	for _, o := range ready.Open {
		fmt.Println("open:", o)
	}
	// Output:
	// undocumented <nil>
	// should State: is UNHEALTHY, and the page asks for AVAILABLE, STOPPED or ERROR (migrate.state-not-listed)
	// should RebuildSnapshots: the newest is of 2026-09-08T12:00:00Z, over 12h0m0s old: what came later is lost (migrate.snapshot-stale)
	// open: State: no document says what a migration in the state UNHEALTHY does
	// open: ForestTrust: whether the directory has a forest trust is not known
	// open: AvailableIpAddressCount: the free addresses of the subnet are not known
}

// From Performance to Power. The user volume was set to 50 GiB, which is not the default, and
// stays: with the new root volume that is a pair that nobody could choose.
func ExampleRules_Outcome() {
	o, err := migrate.Newest().Outcome(migrate.Move{
		Source:  migrate.Desktop{License: migrate.Public, Compute: types.ComputePerformance},
		Target:  migrate.Desktop{License: migrate.Public, Compute: types.ComputePower},
		RootGiB: 80, UserGiB: 50, SourceUserGiB: 100, TargetRootGiB: 175, TargetUserGiB: 100,
		At: time.Date(2026, 5, 10, 18, 0, 0, 0, time.UTC),
	})
	fmt.Println(o.Root.GiB, o.Root.Verdict, o.User.GiB, o.User.Verdict, err)
	for _, v := range o.Violations {
		fmt.Println(v)
	}
	fmt.Println("charged: old", o.Billing.Old, "new", o.Billing.New)
	// Output:
	// 175 allowed 50 allowed <nil>
	// WorkspaceProperties.RootVolumeSizeGib: 175 GiB with 50 GiB for the user are no pair that can be chosen for POWER (migrate.volumes-outside-groups)
	// charged: old {1 10} new {11 31}
}

// Three WorkSpaces in a subnet with two free addresses need two waves; a fourth is refused.
func ExampleRules_NewPlan() {
	server := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2016, License: migrate.Public, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, BundleID: "wsb-0000old16"}
	own := migrate.Desktop{OS: types.OperatingSystemNameWindows10, License: migrate.BYOL, Protocol: types.ProtocolPcoip, Compute: types.ComputeStandard, BundleID: "wsb-000byol10"}
	newest := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2025, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, BundleID: "wsb-0000new25"}
	plan, err := migrate.Newest().NewPlan(
		[]migrate.Workspace{
			{ID: "ws-00000001a", Source: server, SubnetID: "subnet-1"},
			{ID: "ws-00000001b", Source: server, SubnetID: "subnet-1"},
			{ID: "ws-00000001c", Source: server, SubnetID: "subnet-1"},
			{ID: "ws-00000001d", Source: own, SubnetID: "subnet-1"},
		},
		map[string]migrate.Target{"wsb-0000old16": {Desktop: newest}, "wsb-000byol10": {Desktop: newest}},
		migrate.Limits{FreeAddresses: map[string]int{"subnet-1": 2}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, wave := range plan.Waves {
		for _, m := range wave {
			fmt.Println("wave", i+1, m.WorkspaceID, "to", m.BundleID)
		}
	}
	for _, r := range plan.Refused {
		fmt.Println("refused", r.WorkspaceID, r.Reason)
	}
	fmt.Println("at most", plan.Estimate.Longest.Round(time.Hour))
	// Output:
	// wave 1 ws-00000001a to wsb-0000new25
	// wave 1 ws-00000001b to wsb-0000new25
	// wave 2 ws-00000001c to wsb-0000new25
	// refused ws-00000001d BYOL goes to BYOL only
	// at most 2h0m0s
}

// An hour after the request the WorkSpace has its old bundle, and the target's ID was never
// seen: the migration has failed without an error.
func ExampleRules_Classify() {
	a := migrate.Attempt{
		Migration: migrate.Migration{WorkspaceID: "ws-00000001a", SourceBundleID: "wsb-0000old16", BundleID: "wsb-0000new25"},
		TargetID:  "ws-00000009z",
	}
	old := []types.Workspace{{WorkspaceId: aws.String("ws-00000001a"), BundleId: aws.String("wsb-0000old16"), State: types.WorkspaceStateAvailable}}
	looks := []migrate.Observation{{After: 5 * time.Minute, Workspaces: old}}
	t, err := migrate.Newest().Classify(a, looks)
	fmt.Println(t.Status, "watch", t.Watch, err)
	looks = append(looks, migrate.Observation{After: time.Hour, Workspaces: old})
	t, err = migrate.Newest().Classify(a, looks)
	fmt.Println(t.Status, "use", t.WorkspaceID, err)
	// Output:
	// pending watch [ws-00000001a ws-00000009z] <nil>
	// silent-failure use ws-00000001a <nil>
}

// A user misses files. The folder of the old profile is found by the end of its name, for
// the name of the user may end in digits.
func ExampleParseNotMigratedFolder() {
	for _, name := range []string{"agent007", "agent007051020T131415%.NotMigrated"} {
		f, err := migrate.ParseNotMigratedFolder(name)
		if err != nil {
			fmt.Println("no:", name)
			continue
		}
		fmt.Println(f.User, f.Time.Format(time.DateTime))
	}
	// Output:
	// no: agent007
	// agent007 2020-05-10 13:14:15
}
