package migrate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/ruletest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// whole is an answer in lines, with codes without "migrate.".
func whole(a rule.Answer) []string {
	return ruletest.Lines(a, func(v rule.Violation) string {
		return fmt.Sprintf("%s at %s: %s", strings.TrimPrefix(string(v.Code), "migrate."), v.Path, v.Detail)
	})
}

func compare(t *testing.T, name string, a rule.Answer, err error, want ...string) {
	t.Helper()
	ruletest.Whole(t, name, whole(a), err, want...)
}

func TestWholeDecisions(t *testing.T) {
	for _, tt := range []struct {
		date, source, target string
		want                 []string
	}{
		{"2026-09-10", "c16", "c19", []string{"allowed"}},
		{"2026-09-10", "b11", "b10", []string{"denied", "scenario-refused at Target.OperatingSystemName: Windows 11 BYOL to Windows 10 BYOL"}},
		{"2026-09-10", "p7", "c7", []string{"denied", "scenario-refused at Target.OperatingSystemName: public Windows 7 to custom Windows 7", "target-windows-7 at Target.OperatingSystemName: Windows 7 is no target"}},
		{"2026-09-10", "b10,compute=VALUE", "b11,compute=VALUE", []string{"denied", "value-to-windows-11 at Target.ComputeTypeName: Value runs no Windows 11",
			"target-not-offered at Target.ComputeTypeName: VALUE is not offered with Windows 11"}},
		{"2026-09-10", "c16,region=eu-west-1,id=wsb-12345678", "c16,region=eu-west-2,id=wsb-12345678", []string{"denied",
			"same-bundle at Target.BundleId: source and target bundle differ; a rebuild is for the same", "other-region at Target.Region: the Region stays the same"}},
		{"2026-09-10", "p16,ad", "c16,entra", []string{"denied", "ad-to-entra at Target.Directory: an AD-joined WorkSpace goes to no Entra-joined one"}},
		{"2026-09-10", "p16", "c16,entra", []string{"undocumented", "open Source.Directory: the kind of directory of the source is not known"}},
		{"2026-09-10", "p16", "c16,pcoip", []string{"undocumented", "open Target: DCV to PCoIP is not spoken of"}},
		{"2026-09-10", "p16,entra", "c16,pcoip", []string{"undocumented", "open Target: Entra-joined sources are not spoken of", "open Target: DCV to PCoIP is not spoken of"}},
		{"2026-09-10", "p11", "c16", []string{"undocumented", "open : no row of the table lists this pair"}},
		{"2026-09-10", "?", "c16", []string{"undocumented", "open Source.OperatingSystemName: the operating system of the source is not known"}},
		{"2026-09-10", "?16", "c16", []string{"undocumented", "open Source.License: the licence of the source is not known"}},
		{"2020-01-10", "?16,pcoip,compute=", "c16,pcoip", []string{"undocumented", "open Source.License: the licence of the source is not known"}},
		{"2026-09-10", "p16,protocol=", "c16", []string{"undocumented", "open Source.Protocol: the protocol of the source is not known"}},
		{"2020-01-10", "p16,pcoip,plus?", "c16,pcoip,plus?", []string{"undocumented", "open Source.Plus: whether the source is a Plus bundle is not known", "open Target.Plus: whether the target is a Plus bundle is not known"}},
		{"2020-01-10", "p16,pcoip,plus", "c16,pcoip", []string{"denied", "plus-mismatch at Target.Plus: Plus goes to Plus, and the rest to the rest"}},
		{"2026-09-10", "p16", "p16,compute=", []string{"undocumented", "open Target.ComputeTypeName: the compute type of the target is not known"}},
		{"2026-09-10", "p16,compute=", "p16", []string{"undocumented", "open Source.ComputeTypeName: the compute type of the source is not known"}},
		{"2026-09-10", "c19,nested", "p22", []string{"allowed"}},
		{"2026-09-10", "c19,nested", "c16", []string{"undocumented",
			"open Target: the guide: nested virtualization is switched off"}},
		{"2026-09-10", "b10,protocol=BYOP", "b11", []string{"denied", "byop-to-other at Target.Protocol: BYOP goes to neither PCoIP nor DCV"}},
		{"2026-09-10", "u22", "al2", []string{"denied", "linux-target-unsupported at Target.OperatingSystemName: Amazon Linux 2 is a source only"}},
		{"2026-09-10", "u22", "u22", []string{"denied", "scenario-refused at Target.OperatingSystemName: a Linux desktop to the same"}},
		{"2026-09-10", "u24", "u22g", []string{"allowed"}},
		{"2022-09-02", "u22", "p16", []string{"denied", "linux-unsupported at Target.OperatingSystemName: Linux WorkSpaces are not migrated"}},
		{"2021-05-07", "p16,pcoip,compute=GRAPHICS", "c16", []string{"denied", "graphics-to-dcv at Target.Protocol: Graphics and GraphicsPro stream by PCoIP only"}},
		{"2026-09-10", "c16", "c16,compute=GRAPHICS_G9_XLARGE", []string{"undocumented", "open Target: no document names the compute type"}},
		{"2022-09-02", "p16,pcoip", "c16,pcoip,compute=GRAPHICS,region=ap-south-1", []string{"denied", "target-not-offered at Target.ComputeTypeName: GRAPHICS is not available in ap-south-1"}},
		{"2022-09-02", "p16,pcoip,region=ap-south-1", "c16,pcoip,compute=GRAPHICS", []string{"denied", "target-not-offered at Target.ComputeTypeName: GRAPHICS is not available in ap-south-1"}},
		{"2022-09-02", "p16,pcoip", "c16,pcoip,compute=GRAPHICS", []string{"allowed"}},
	} {
		rules, err := migrate.At(rule.MustParseEdition(tt.date))
		if err != nil {
			t.Fatal(err)
		}
		d, err := rules.Check(mustDesktop(t, tt.source), mustDesktop(t, tt.target))
		got := d.Answer
		got.Violations = slices.DeleteFunc(slices.Clone(got.Violations), func(v rule.Violation) bool { return v.Code == migrate.TargetEnds }) // which TestDayOfTheEndOfATarget has
		compare(t, tt.date+" "+tt.source+" to "+tt.target, got, err, tt.want...)
	}
}

func TestWholeReadiness(t *testing.T) {
	for _, tt := range []struct {
		date, words string
		want        []string
	}{
		{"2026-09-10", "", []string{"allowed"}},
		{"2026-09-10", "state=UNHEALTHY", []string{"undocumented", "state-not-listed at State: is UNHEALTHY, and the page asks for AVAILABLE, STOPPED or ERROR",
			"open State: no document says what a migration in the state UNHEALTHY does"}},
		{"2026-09-10", "state=UNHEALTHY os=UBUNTU_22_04", []string{"denied", "state-not-listed at State: is UNHEALTHY, and the page asks for AVAILABLE, STOPPED or ERROR",
			"linux-not-available at State: is UNHEALTHY; a Linux WorkSpace must be AVAILABLE"}},
		{"2022-09-02", "state=UNHEALTHY os=UBUNTU_22_04", []string{"undocumented", "state-not-listed at State: is UNHEALTHY, and the page asks for AVAILABLE, STOPPED or ERROR",
			"open State: no document says what a migration in the state UNHEALTHY does"}},
		{"2026-09-10", "state=STOPPED os=RHEL_8", []string{"denied", "linux-not-available at State: is STOPPED; a Linux WorkSpace must be AVAILABLE"}},
		{"2026-09-10", "state=ERROR os=", []string{"undocumented", "open WorkspaceProperties.OperatingSystemName: the operating system is not known"}},
		{"2022-09-02", "state=ERROR os=", []string{"allowed"}},
		{"2026-09-10", "state=NOVEL", []string{"undocumented", `open State: no document speaks of the state "NOVEL"`}},
		{"2026-09-10", "state=ADMIN_MAINTENANCE", []string{"denied", "in-admin-maintenance at State: is ADMIN_MAINTENANCE"}},
		{"2026-09-10", "modify=COMPUTE_TYPE/UPDATE_INITIATED", []string{"denied", "modification-in-progress at ModificationStates[0]: COMPUTE_TYPE is being modified"}},
		{"2026-09-10", "modify=USER_VOLUME/UPDATE_IN_PROGRESS", []string{"denied", "modification-in-progress at ModificationStates[0]: USER_VOLUME is being modified"}},
		{"2026-09-10", "modify=USER_VOLUME/UPDATE_FAILED", []string{"allowed"}},
		{"2026-09-10", "primary", []string{"denied", "is-standby at RelatedWorkspaces[0]: the WorkSpace is a standby of this primary"}},
		{"2026-09-10", "standby", []string{"allowed"}},
		{"2026-09-10", "os=ROCKY_8 trust", []string{"denied", "linux-forest-trust at ForestTrust: the directory has a forest trust"}},
		{"2026-09-10", "trust", []string{"allowed"}},
		{"2026-09-10", "os= trust", []string{"undocumented", "open WorkspaceProperties.OperatingSystemName: the operating system is not known"}},
		{"2026-09-10", "snapshot=none", []string{"allowed", "no-snapshot at RebuildSnapshots: there is no snapshot of the user volume"}},
		{"2026-09-10", "snapshot=12h", []string{"allowed"}},
		{"2026-09-10", "snapshot=12h1s", []string{"allowed", "snapshot-stale at RebuildSnapshots: the newest is of 2026-09-08T23:59:59Z, over 12h0m0s old: what came later is lost"}},
		{"2026-09-10", "snapshot=12h1s os=UBUNTU_22_04", []string{"allowed", "snapshot-stale at RebuildSnapshots: the newest is of 2026-09-08T23:59:59Z, over 12h0m0s old"}},
		{"2026-09-10", "connected", []string{"allowed", "user-connected at ConnectionState: a user is connected"}},
		{"2026-09-10", "addresses=0", []string{"denied", "no-free-address at SubnetId: the subnet has no free address"}},
		{"2026-09-10", "addresses=1", []string{"allowed"}},
		{"2026-09-10", "encrypted grants=2", []string{"allowed", "key-lacks-grants at VolumeEncryptionKey: the key has 2 grants left, and the new WorkSpace takes 3"}},
		{"2026-09-10", "encrypted grants=3", []string{"allowed"}},
		{"2026-09-10", "encrypted", []string{"undocumented", "open VolumeEncryptionKey: the grants that the key can still take are not known"}},
		{"2026-09-10", "grants=0", []string{"allowed"}},
		{"2026-09-10", "mode=ALWAYS_ON at=2026-09-13T03:59:00Z", []string{"allowed", "in-maintenance-window at At: the window from 2026-09-13T00:00:00Z is open within an hour, in the time zone of the WorkSpace"}},
		{"2026-09-10", "mode=ALWAYS_ON at=2026-09-13T04:00:00Z", []string{"allowed"}},
		{"2026-09-10", "mode=ALWAYS_ON at=2026-09-13T03:59:00Z created=2026-09-14T00:00:00Z", []string{"allowed", "in-maintenance-window at At: the window from 2026-09-13T00:00:00Z is open within an hour, in the time zone of the WorkSpace"}},
		{"2026-09-10", "mode=AUTO_STOP at=2026-09-21T04:59:00Z", []string{"allowed", "in-maintenance-window at At: the window from 2026-09-21T00:00:00Z is open within an hour, in the time zone of the Region"}},
		{"2026-09-10", "mode=AUTO_STOP at=2026-09-21T05:00:00Z", []string{"allowed"}},
		{"2026-09-10", "mode=AUTO_STOP at=2026-09-21T01:00:00Z created=2026-09-14T05:00:01Z", []string{"allowed"}}, // seven days old when the window has closed
		{"2026-09-10", "mode=AUTO_STOP at=2026-09-21T01:00:00Z created=2026-09-14T01:00:00Z", []string{"allowed", "in-maintenance-window at At: the window from 2026-09-21T00:00:00Z is open within an hour, in the time zone of the Region"}},
	} {
		rules, err := migrate.At(rule.MustParseEdition(tt.date))
		if err != nil {
			t.Fatal(err)
		}
		s, err := situation(strings.Fields(tt.words)...)
		if err != nil {
			t.Fatal(err)
		}
		a, err := rules.CheckReady(s)
		compare(t, tt.date+" "+tt.words, a, err, tt.want...)
	}
	a, err := migrate.Newest().CheckReady(&migrate.Situation{Workspace: types.Workspace{State: types.WorkspaceStateAvailable, UserVolumeEncryptionEnabled: new(true), WorkspaceProperties: &types.WorkspaceProperties{RunningMode: "ALWAYS_ON"}}, At: noon})
	compare(t, "nothing known", a, err, "undocumented",
		"open ForestTrust: whether the directory has a forest trust is not known", "open RebuildSnapshots: the snapshots are not known",
		"open ConnectionState: whether a user is connected is not known", "open AvailableIpAddressCount: the free addresses of the subnet are not known",
		"open VolumeEncryptionKey: the grants that the key can still take are not known", "open TimeZone: the time zone of the maintenance window is not known")
	// The latest of several snapshots counts, wherever it stands.
	hour, day := noon.Add(-time.Hour), noon.AddDate(0, 0, -1)
	for _, list := range [][]types.Snapshot{{{SnapshotTime: &hour}, {SnapshotTime: &day}}, {{SnapshotTime: &day}, {SnapshotTime: &hour}}, {{}, {SnapshotTime: &hour}}} {
		s, err := situation()
		if err != nil {
			t.Fatal(err)
		}
		s.Snapshots = list
		a, err := migrate.Newest().CheckReady(s)
		compare(t, "several snapshots", a, err, "allowed")
	}
	s, err := situation()
	if err != nil {
		t.Fatal(err)
	}
	s.Snapshots = []types.Snapshot{{}}
	a, err = migrate.Newest().CheckReady(s)
	compare(t, "a snapshot without a time", a, err, "allowed", "no-snapshot at RebuildSnapshots: there is no snapshot of the user volume")
}

// The page's words on sizes, and the sizes that could be chosen for the target.
func TestWholeOutcomes(t *testing.T) {
	for name, tt := range map[string]struct {
		date   string
		change func(m *migrate.Move)
		root   string
		user   string
		want   []string
	}{
		"defaults": {"2026-09-10", func(*migrate.Move) {}, "80 allowed: the default of the target bundle", "50 allowed: the default of the target bundle, which is above that of the source", []string{"allowed"}},
		"a chosen size": {"2026-09-10", func(m *migrate.Move) { m.RootGiB, m.UserGiB, m.TargetRootGiB = 175, 200, 175 }, "175 allowed: the default of the target bundle",
			"200 allowed: not the default of the source bundle, so it stays", []string{"allowed"}},
		"a default above": {"2026-09-10", func(m *migrate.Move) { m.UserGiB, m.SourceUserGiB = 50, 50 }, "80 allowed: the default of the target bundle",
			"50 allowed: the default of the source bundle, which is not below that of the target", []string{"allowed"}},
		"a large root volume": {"2026-09-10", func(m *migrate.Move) { m.RootGiB, m.UserGiB = 200, 100 },
			"200 undocumented: above the default of the target bundle; no document describes that a root volume shrinks", "100 allowed: not the default of the source bundle, so it stays",
			[]string{"undocumented", "open WorkspaceProperties.RootVolumeSizeGib: above the default of the target bundle; no document describes that a root volume shrinks"}},
		"the same type": {"2026-09-10", func(m *migrate.Move) { m.Target.Compute = types.ComputeValue },
			"80 undocumented: the default of the target bundle; the note is for a change of the bundle type", "50 undocumented: the default of the target bundle, which is above that of the source; the note is for a change of the bundle type",
			[]string{"undocumented", "open WorkspaceProperties.RootVolumeSizeGib: the default of the target bundle; the note is for a change of the bundle type",
				"open WorkspaceProperties.UserVolumeSizeGib: the default of the target bundle, which is above that of the source; the note is for a change of the bundle type"}},
		"a pair of no group": {"2026-09-10", func(m *migrate.Move) { m.UserGiB = 60 }, "80 allowed: the default of the target bundle", "60 allowed: not the default of the source bundle, so it stays",
			[]string{"allowed", "volumes-outside-groups at WorkspaceProperties.RootVolumeSizeGib: 80 GiB with 60 GiB for the user are no pair that can be chosen for STANDARD"}},
		"before the example": {"2020-01-10", func(*migrate.Move) {}, "80 allowed: the default of the target bundle", "50 allowed: the default of the target bundle, which is above that of the source",
			[]string{"undocumented", "open : no document of the edition tells which days are charged"}},
	} {
		rules, err := migrate.At(rule.MustParseEdition(tt.date))
		if err != nil {
			t.Fatal(err)
		}
		m := move()
		tt.change(&m)
		o, err := rules.Outcome(m)
		compare(t, name, o.Answer, err, tt.want...)
		for of, s := range map[string]migrate.Size{tt.root: o.Root, tt.user: o.User} {
			if got := fmt.Sprintf("%d %s: %s", s.GiB, s.Verdict, s.Why); got != of || s.Cite.Document != "admin-guide-migrate" {
				t.Errorf("%s: %s by %v, want %s", name, got, s.Cite, of)
			}
		}
	}
}

// Waves of 13 and of 1: DescribeWorkspaces takes 25 IDs, so that 13 old and new ones take two calls.
func TestEstimateOfOddWaves(t *testing.T) {
	var fleet []migrate.Workspace
	for i := range 14 {
		fleet = append(fleet, fleetMember(t, fmt.Sprintf("%d=c16", i+1)))
	}
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	for _, tt := range []struct {
		limits migrate.Limits
		want   migrate.Estimate
	}{
		// 3 looks of 2 calls and of 1, after 13 times 3 and 1, and 3 and 1.
		{migrate.Limits{WaveSize: 13, CallsPerSecond: 1, Burst: 4, Each: 3 * time.Minute}, migrate.Estimate{Migrations: 14, Calls: 40 + 3*2 + 4 + 3, CallTime: 49 * time.Second, Longest: 6*time.Minute + 36*time.Second}},
		// A look more for a second more.
		{migrate.Limits{WaveSize: 14, CallsPerSecond: 1, Burst: 1000, Each: 3*time.Minute + time.Second}, migrate.Estimate{Migrations: 14, Calls: 43 + 4*2, CallTime: 0, Longest: 3*time.Minute + time.Second}},
	} {
		if p, err := migrate.Newest().NewPlan(fleet, targets, tt.limits); err != nil || p.Estimate != tt.want {
			t.Errorf("%+v: %+v, %v, want %+v", tt.limits, p.Estimate, err, tt.want)
		}
	}
	for len(fleet) < 100 {
		fleet = append(fleet, fleetMember(t, fmt.Sprintf("%d=c16", len(fleet)+1)))
	}
	p, err := migrate.Newest().NewPlan(fleet, targets, migrate.Limits{WaveSize: 1, Each: 366 * 24 * time.Hour})
	if err != nil || p.Estimate.Longest != 1<<61 {
		t.Errorf("100 years: %+v, %v", p.Estimate, err)
	}
}

func TestEstimateFromJSON(t *testing.T) {
	var e migrate.Estimate
	if err := json.Unmarshal([]byte(`{"migrations": 2, "calls": 3, "callSeconds": 1.5, "longestSeconds": 1e30}`), &e); err != nil || e != (migrate.Estimate{Migrations: 2, Calls: 3, CallTime: 1500 * time.Millisecond, Longest: 1 << 61}) {
		t.Errorf("%+v, %v", e, err)
	}
	if err := json.Unmarshal([]byte(`{"calls": "many"}`), &e); err == nil {
		t.Errorf("%+v", e)
	}
}

// The least and the greatest that a plan takes, and what is beyond.
func TestBoundsOfLimits(t *testing.T) {
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	for name, tt := range map[string]struct {
		change func(w *migrate.Workspace, l *migrate.Limits)
		want   string // of the error
	}{
		"one at a time":        {func(_ *migrate.Workspace, l *migrate.Limits) { l.WaveSize = 1 }, ""},
		"25":                   {func(_ *migrate.Workspace, l *migrate.Limits) { l.WaveSize = 25 }, ""},
		"26":                   {func(_ *migrate.Workspace, l *migrate.Limits) { l.WaveSize = 26 }, `Limits.WaveSize: "26" is above the 25 that the edition gives`},
		"-1":                   {func(_ *migrate.Workspace, l *migrate.Limits) { l.WaveSize = -1 }, `Limits.WaveSize: "-1" is below 1`},
		"slow":                 {func(_ *migrate.Workspace, l *migrate.Limits) { l.CallsPerSecond = 1e-3 }, ""},
		"fast":                 {func(_ *migrate.Workspace, l *migrate.Limits) { l.CallsPerSecond = 1e9 }, ""},
		"too slow":             {func(_ *migrate.Workspace, l *migrate.Limits) { l.CallsPerSecond = 0.0009 }, `Limits.CallsPerSecond: "0.0009" is neither 0 nor between 0.001 and 1e9`},
		"too fast":             {func(_ *migrate.Workspace, l *migrate.Limits) { l.CallsPerSecond = 1.5e9 }, `Limits.CallsPerSecond: "1.5e+09" is neither 0 nor between 0.001 and 1e9`},
		"a year":               {func(_ *migrate.Workspace, l *migrate.Limits) { l.Each = 366 * 24 * time.Hour }, ""},
		"over a year":          {func(_ *migrate.Workspace, l *migrate.Limits) { l.Each = 366*24*time.Hour + 1 }, `Limits.Each: "8784h0m0.000000001s" is negative, or over a year`},
		"a moment":             {func(_ *migrate.Workspace, l *migrate.Limits) { l.Each = 1 }, ""},
		"before it began":      {func(_ *migrate.Workspace, l *migrate.Limits) { l.Each = -1 }, `Limits.Each: "-1ns" is negative, or over a year`},
		"each second":          {func(_ *migrate.Workspace, l *migrate.Limits) { l.PollEvery = time.Second }, ""},
		"more often":           {func(_ *migrate.Workspace, l *migrate.Limits) { l.PollEvery = time.Second - 1 }, `Limits.PollEvery: "999.999999ms" is neither 0 nor at least a second`},
		"no address in others": {func(_ *migrate.Workspace, l *migrate.Limits) { l.FreeAddresses = map[string]int{"s": 1, "t": 0} }, ""},
		"fewer than none":      {func(_ *migrate.Workspace, l *migrate.Limits) { l.FreeAddresses = map[string]int{"s": -1} }, `Limits.FreeAddresses.s: "-1" is negative`},
		"of another subnet":    {func(_ *migrate.Workspace, l *migrate.Limits) { l.FreeAddresses = map[string]int{"t": 1} }, `Fleet[0].SubnetId: "s" is not in Limits.FreeAddresses`},
		"of another key":       {func(_ *migrate.Workspace, l *migrate.Limits) { l.FreeGrants = map[string]int{"L": 9} }, `Fleet[0].VolumeEncryptionKey: "K" is not in Limits.FreeGrants`},
		"nothing of a key":     {func(w *migrate.Workspace, l *migrate.Limits) { w.Grants, l.FreeGrants = 0, map[string]int{"L": 9} }, ""},
		"4 grants":             {func(w *migrate.Workspace, _ *migrate.Limits) { w.Grants = 4 }, `Fleet[0].Grants: "4" is not 0, or 2 or 3 with a key`},
		"2 grants":             {func(w *migrate.Workspace, _ *migrate.Limits) { w.Grants = 2 }, ""},
		"1 grant":              {func(w *migrate.Workspace, _ *migrate.Limits) { w.Grants = 1 }, `Fleet[0].Grants: "1" is not 0, or 2 or 3 with a key`},
		"-2 grants":            {func(w *migrate.Workspace, _ *migrate.Limits) { w.Grants = -2 }, `Fleet[0].Grants: "-2" is not 0, or 2 or 3 with a key`},
		"grants of nothing":    {func(w *migrate.Workspace, _ *migrate.Limits) { w.Key = "" }, `Fleet[0].Grants: "3" is not 0, or 2 or 3 with a key`},
		"no key":               {func(w *migrate.Workspace, _ *migrate.Limits) { w.Key, w.Grants = "", 0 }, ""},
		"an ID of 7":           {func(w *migrate.Workspace, _ *migrate.Limits) { w.ID = "ws-1234567" }, `Fleet[0].WorkspaceId: "ws-1234567" is not a WorkSpace ID, or stands in the fleet twice`},
		"an ID of 8":           {func(w *migrate.Workspace, _ *migrate.Limits) { w.ID = "ws-09az09az" }, ""},
		"an ID of 63":          {func(w *migrate.Workspace, _ *migrate.Limits) { w.ID = "ws-" + strings.Repeat("z", 63) }, ""},
	} {
		fleet := []migrate.Workspace{fleetMember(t, "a=c16/s/K3")}
		var l migrate.Limits
		tt.change(&fleet[0], &l)
		_, err := migrate.Newest().NewPlan(fleet, targets, l)
		var input *rule.InputError
		got := ""
		if errors.As(err, &input) {
			got = fmt.Sprintf("%s: %q %s", input.Path, input.Value, input.Reason)
		}
		if (err != nil) != (tt.want != "") || got != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// What a plan says of those that it refuses.
func TestWholeRefusals(t *testing.T) {
	fleet := []migrate.Workspace{fleetMember(t, "a=c16/s"), fleetMember(t, "b=c16/t/K3"), fleetMember(t, "c=p16/t"), fleetMember(t, "d=b10/t"), fleetMember(t, "e=c16/s/K3")}
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c22,id="+newBundle)}, wsID("c"): {Desktop: mustDesktop(t, "p22,id="+otherBundle)}}
	rules, err := migrate.At(rule.MustParseEdition("2025-10-21"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := rules.NewPlan(fleet, targets, migrate.Limits{FreeAddresses: map[string]int{"s": 0, "t": 9}, FreeGrants: map[string]int{"K": 2}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range append(p.Refused, p.Undecided...) {
		line := fmt.Sprintf("%s to %s: %s (%s)", shortName(r.WorkspaceID), r.BundleID, r.Reason, r.Cite.Document)
		for _, v := range r.Violations {
			line += fmt.Sprintf("; %s %s at %s: %s", v.Level, v.Code, v.Path, v.Detail)
			if v.Remedy == "" {
				t.Errorf("no remedy: %v", v)
			}
		}
		got = append(got, line)
	}
	want := []string{
		"a to " + newBundle + ": s has no free address (admin-guide-migrate); must migrate.no-free-address at SubnetId: s has no free address",
		"b to " + newBundle + ": K has 2 grants left, and the new WorkSpace takes 3 (admin-guide-encrypt); must migrate.key-lacks-grants at VolumeEncryptionKey: K has 2 grants left, and the new WorkSpace takes 3",
		"d to " + newBundle + ": BYOL goes to BYOL only (admin-guide-migrate); must migrate.byol-to-included at Target.License: BYOL goes to BYOL only",
		"e to " + newBundle + ": s has no free address (admin-guide-migrate); must migrate.no-free-address at SubnetId: s has no free address; must migrate.key-lacks-grants at VolumeEncryptionKey: K has 2 grants left, and the new WorkSpace takes 3",
		"c to " + otherBundle + ": no row of the table lists this pair (admin-guide-migrate)",
	}
	if !slices.Equal(got, want) || len(p.Waves) != 0 {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A WorkSpace with the ID of the target can be it unless something that is known speaks against it.
func TestWhoseTargetItIs(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(w *types.Workspace)
		want   migrate.Status
	}{
		"it is":             {func(*types.Workspace) {}, migrate.StatusSucceeded},
		"in capitals":       {func(w *types.Workspace) { w.UserName = ptr("JDoe") }, migrate.StatusSucceeded},
		"of what user":      {func(w *types.Workspace) { w.UserName, w.DirectoryId, w.BundleId = nil, nil, nil }, migrate.StatusSucceeded},
		"of somebody else":  {func(w *types.Workspace) { w.UserName = ptr("ada") }, migrate.StatusPending},
		"elsewhere":         {func(w *types.Workspace) { w.DirectoryId = ptr("d-2") }, migrate.StatusPending},
		"of another bundle": {func(w *types.Workspace) { w.BundleId = ptr(otherBundle) }, migrate.StatusPending},
		"another":           {func(w *types.Workspace) { w.WorkspaceId = ptr("ws-0000000x") }, migrate.StatusPending},
		"without an ID":     {func(w *types.Workspace) { w.WorkspaceId = nil }, migrate.StatusPending},
	} {
		w := types.Workspace{WorkspaceId: ptr(attempt.TargetID), UserName: ptr("jdoe"), DirectoryId: ptr("d-1"), BundleId: ptr(newBundle), State: types.WorkspaceStateAvailable}
		tt.change(&w)
		if got, err := migrate.Newest().Classify(attempt, []migrate.Observation{{After: time.Minute, Workspaces: []types.Workspace{w}}}); err != nil || got.Status != tt.want {
			t.Errorf("%s: %+v, %v, want %s", name, got, err, tt.want)
		}
	}
	whoever := attempt
	whoever.UserName, whoever.DirectoryID, whoever.BundleID = "", "", ""
	if got, err := migrate.Newest().Classify(whoever, looks(t, "1:-/x")); err != nil || got.Status != migrate.StatusSucceeded {
		t.Errorf("of an attempt of which nothing is known: %+v, %v", got, err)
	}
}

// How parameters put what the rows of the tables say, and which rules use them.
func TestParametersInWords(t *testing.T) {
	for _, tt := range []struct{ date, name, value, rules string }{
		{"2026-09-10", "scenario: Windows 11 BYOL to Windows 10 BYOL", "denied", "scenario-refused"},
		{"2026-09-10", "limit: Windows 7 is no target", "denied", "target-windows-7"},
		{"2026-09-10", "limit: DCV to PCoIP is not spoken of", "undocumented", ""},
		{"2026-09-10", "called Windows 10 by the scenarios", "Windows Server 2016", "scenario-refused"},
		{"2026-09-10", "what becomes of root volume", "lost: no installed application, setting or change of the registry is kept", ""},
		{"2026-09-10", "what becomes of user data later than the snapshot with windows", "lost", ""},
		{"2026-09-10", "what becomes of WorkSpace ID", "new", ""},
		{"2026-09-10", "group of root and user volume without a GPU", "80 and 10 GiB", "volumes-outside-groups"},
		{"2026-09-10", "sizes of the volumes", "stated", ""},
		{"2026-09-10", "example of the charges", "stated", ""},
		{"2026-09-10", "WorkSpaces in a batch", "25", ""},
		{"2026-09-10", "longest migration", "1 h", ""},
		{"2026-09-10", "time after which an unchanged bundle means failure", "1 h", ""},
		{"2026-09-10", "time between snapshots", "12 h", "snapshot-stale"},
		{"2026-09-10", "calls a second", "2", ""},
		{"2026-09-10", "calls in a burst", "5", ""},
		{"2026-09-10", "grants of a WorkSpace", "1, and 1 for each encrypted volume", "key-lacks-grants"},
		{"2026-09-10", "step leave-value", "asked for", ""},
		{"2026-09-10", "maintenance of ALWAYS_ON", "by default Sunday, 00:00 to 04:00 in the time zone of the WorkSpace", "in-maintenance-window"},
		{"2026-09-10", "offered with Windows Server 2025", "STANDARD to GENERALPURPOSE_8XLARGE, G4dn, G6, Gr6, G6f, Gr6f, G7, WSP, BYOP", "target-not-offered"},
		{"2026-09-10", "new WorkSpaces of AMAZON_LINUX_2", "cannot be created", "target-not-offered"},
		{"2026-09-10", "last day of PCoIP", "2027-10-31", "target-ends target-ended"},
		{"2026-09-10", "last day of Ubuntu 22.04 LTS", "2032-06-30, as the month of its end is read", "target-ends target-ended"},
		{"2026-09-10", "last day of GRAPHICS", "2023-11-30", "target-not-offered"},
		{"2026-09-10", "protocols of GPUs by admin-guide-migrate", "G7 streams by DCV with Windows", "target-not-offered"},
		{"2026-09-10", "permitted beside the table", "WorkSpaces with BYOP go to Server 2025", "target-not-offered"},
	} {
		var got []string
		for _, p := range migrate.Parameters() {
			if p.Name == tt.name && p.Span.Contains(rule.MustParseEdition(tt.date)) {
				var codes []string
				for _, c := range p.Rules {
					codes = append(codes, strings.TrimPrefix(string(c), "migrate."))
				}
				got = append(got, p.Value+" | "+strings.Join(codes, " "))
			}
		}
		if !slices.Contains(got, tt.value+" | "+tt.rules) {
			t.Errorf("%s on %s: %q, want %q of %q", tt.name, tt.date, got, tt.value, tt.rules)
		}
	}
	for _, p := range migrate.Parameters() {
		if strings.Contains(p.Name, "Pools") || p.Name == "new WorkSpaces of PCOIP" {
			t.Errorf("%s: %s", p.Name, p.Value)
		}
	}
}
