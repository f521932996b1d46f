package migrate_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// noon is a Wednesday outside every maintenance window.
var noon = time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)

// situation reads the words of the fixtures; without one, the WorkSpace is ready.
func situation(words ...string) (*migrate.Situation, error) {
	two := 2
	s := &migrate.Situation{
		Workspace: types.Workspace{
			State:               types.WorkspaceStateAvailable,
			WorkspaceProperties: &types.WorkspaceProperties{OperatingSystemName: types.OperatingSystemNameWindowsServer2016, RunningMode: types.RunningModeManual},
		},
		At:            noon,
		Connection:    types.ConnectionStateDisconnected,
		ForestTrust:   migrate.No,
		FreeAddresses: &two,
		Location:      time.UTC,
	}
	age := time.Hour
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		var err error
		switch key {
		case "state":
			s.Workspace.State = types.WorkspaceState(value)
		case "os":
			s.Workspace.WorkspaceProperties.OperatingSystemName = types.OperatingSystemName(value)
		case "modify":
			resource, state, _ := strings.Cut(value, "/")
			s.Workspace.ModificationStates = []types.ModificationState{{Resource: types.ModificationResourceEnum(resource), State: types.ModificationStateEnum(state)}}
		case "standby":
			s.Workspace.RelatedWorkspaces = []types.RelatedWorkspaceProperties{{Type: types.StandbyWorkspaceRelationshipTypeStandby}}
		case "primary":
			s.Workspace.RelatedWorkspaces = []types.RelatedWorkspaceProperties{{Type: types.StandbyWorkspaceRelationshipTypePrimary}}
		case "trust":
			s.ForestTrust = migrate.Yes
		case "snapshot":
			if value == "none" {
				s.Snapshots = []types.Snapshot{}
				continue
			}
			age, err = time.ParseDuration(value)
		case "connected":
			s.Connection = types.ConnectionStateConnected
		case "addresses", "grants":
			n, e := strconv.Atoi(value)
			if err = e; key == "grants" {
				s.FreeGrants = &n
			} else {
				s.FreeAddresses = &n
			}
		case "encrypted":
			on := true
			s.Workspace.RootVolumeEncryptionEnabled, s.Workspace.UserVolumeEncryptionEnabled = &on, &on
		case "mode":
			s.Workspace.WorkspaceProperties.RunningMode = types.RunningMode(value)
		case "at":
			s.At, err = time.Parse(time.RFC3339, value)
		case "created":
			s.Created, err = time.Parse(time.RFC3339, value)
		default:
			err = fmt.Errorf("unknown word %q", w)
		}
		if err != nil {
			return nil, err
		}
	}
	if s.Snapshots == nil {
		at := s.At.Add(-age)
		s.Snapshots = []types.Snapshot{{}, {SnapshotTime: &at}}
	}
	return s, nil
}

func TestReadyVerdict(t *testing.T) {
	for _, tt := range []struct {
		name    string
		words   string
		forget  func(s *migrate.Situation)
		verdict rule.Verdict
		codes   []rule.Code
		unknown []rule.Path
	}{
		{"ready", "", nil, rule.Allowed, nil, nil},
		{"advice only", "connected", nil, rule.Allowed, []rule.Code{migrate.UserConnected}, nil},
		{"in order", "state=UNHEALTHY modify=ROOT_VOLUME/UPDATE_IN_PROGRESS primary snapshot=none connected addresses=0 encrypted grants=0", nil, rule.Denied, []rule.Code{
			migrate.StateNotListed, migrate.ModificationInProgress, migrate.IsStandby, migrate.NoSnapshot, migrate.UserConnected, migrate.NoFreeAddress, migrate.KeyLacksGrants}, []rule.Path{"State"}},
		{"Linux in a state that the page does not list", "state=UNHEALTHY os=UBUNTU_22_04", nil, rule.Denied, []rule.Code{migrate.StateNotListed, migrate.LinuxNotAvailable}, nil},
		{"a stopped Linux", "state=STOPPED os=RHEL_8", nil, rule.Denied, []rule.Code{migrate.LinuxNotAvailable}, nil},
		{"a stopped WorkSpace of no known system", "state=STOPPED os=", nil, rule.Undocumented, nil, []rule.Path{"WorkspaceProperties.OperatingSystemName"}},
		{"Linux with a trust", "os=ROCKY_8 trust", nil, rule.Denied, []rule.Code{migrate.LinuxForestTrust}, nil},
		{"a state that is newer than this release", "state=TELEPORTING", nil, rule.Undocumented, nil, []rule.Path{"State"}},
		{"nothing known", "", func(s *migrate.Situation) {
			*s = migrate.Situation{Workspace: types.Workspace{State: types.WorkspaceStateStopped, RootVolumeEncryptionEnabled: new(bool)}, At: noon}
		}, rule.Undocumented, nil, []rule.Path{"WorkspaceProperties.OperatingSystemName", "ForestTrust", "RebuildSnapshots", "ConnectionState", "AvailableIpAddressCount"}},
		{"time zone", "mode=ALWAYS_ON", func(s *migrate.Situation) { s.Location = nil }, rule.Undocumented, nil, []rule.Path{"TimeZone"}},
		{"grants", "encrypted", nil, rule.Undocumented, nil, []rule.Path{"VolumeEncryptionKey"}},
		{"denied beside what is not known", "state=ADMIN_MAINTENANCE encrypted", nil, rule.Denied, []rule.Code{migrate.InAdminMaintenance}, []rule.Path{"VolumeEncryptionKey"}},
		{"system of a directory with a trust", "os= trust", nil, rule.Undocumented, nil, []rule.Path{"WorkspaceProperties.OperatingSystemName"}},
	} {
		s, err := situation(strings.Fields(tt.words)...)
		if err != nil {
			t.Fatal(err)
		}
		if tt.forget != nil {
			tt.forget(s)
		}
		got, err := migrate.Newest().CheckReady(s)
		if err != nil {
			t.Fatal(err)
		}
		var codes []rule.Code
		for _, v := range got.Violations {
			codes = append(codes, v.Code)
		}
		var unknown []rule.Path
		for _, o := range got.Open {
			unknown = append(unknown, o.Path)
		}
		if got.Verdict != tt.verdict || !slices.Equal(codes, tt.codes) || !slices.Equal(unknown, tt.unknown) {
			t.Errorf("%s: %s, %v, open %v, want %s, %v, %v", tt.name, got.Verdict, codes, got.Open, tt.verdict, tt.codes, tt.unknown)
		}
	}
}

func TestReadyInput(t *testing.T) {
	minus := -1
	for at, s := range map[rule.Path]*migrate.Situation{
		"At":            {},
		"FreeAddresses": {At: noon, FreeAddresses: &minus},
		"FreeGrants":    {At: noon, FreeGrants: &minus},
	} {
		var input *rule.InputError
		if _, err := migrate.Newest().CheckReady(s); !errors.As(err, &input) || input.Path != at {
			t.Errorf("error %v, want one at %s", err, at)
		}
	}
}

// The states that MigrateWorkspace takes, of all that there are.
func TestEveryState(t *testing.T) {
	for _, state := range types.WorkspaceState("").Values() {
		s, err := situation("state=" + string(state))
		if err != nil {
			t.Fatal(err)
		}
		got, err := migrate.Newest().CheckReady(s)
		want := rule.Undocumented
		switch state {
		case types.WorkspaceStateAdminMaintenance:
			want = rule.Denied
		case types.WorkspaceStateAvailable, types.WorkspaceStateStopped, types.WorkspaceStateError:
			want = rule.Allowed
		}
		if err != nil || got.Verdict != want {
			t.Errorf("%s: %s, %v, want %s", state, got.Verdict, err, want)
		}
	}
}

// Every hour of three months against a calendar that is counted day by day.
func TestMaintenanceWindows(t *testing.T) {
	zone := time.FixedZone("UTC-9", -9*3600)
	autoStop := map[string]bool{}
	mondays, left := 0, 0
	for day := time.Date(2026, 6, 1, 0, 0, 0, 0, zone); day.Before(time.Date(2027, 3, 1, 0, 0, 0, 0, zone)); day = day.AddDate(0, 0, 1) {
		if day.Day() == 1 {
			mondays = 0
		}
		if day.Weekday() == time.Monday {
			if mondays++; mondays == 3 {
				left = 14
			}
		}
		autoStop[day.Format(time.DateOnly)] = left > 0
		left--
	}
	for at := time.Date(2026, 7, 1, 0, 30, 0, 0, zone); at.Before(time.Date(2027, 2, 1, 0, 0, 0, 0, zone)); at = at.Add(time.Hour) {
		for mode, open := range map[string]func(time.Time) bool{
			"ALWAYS_ON": func(t time.Time) bool { return t.Weekday() == time.Sunday && t.Hour() < 4 },
			"AUTO_STOP": func(t time.Time) bool { return autoStop[t.Format(time.DateOnly)] && t.Hour() < 5 },
		} {
			s, err := situation("mode="+mode, "at="+at.Format(time.RFC3339))
			if err != nil {
				t.Fatal(err)
			}
			s.Location = zone
			got, err := migrate.Newest().CheckReady(s)
			if want := open(at) || open(at.Add(time.Hour)); err != nil || (len(got.Violations) == 1) != want {
				t.Fatalf("%s at %s: %v, %v, want a window: %t", mode, at, got.Violations, err, want)
			}
			if zone := map[string]string{"ALWAYS_ON": "the WorkSpace", "AUTO_STOP": "the Region"}[mode]; len(got.Violations) > 0 && !strings.HasSuffix(got.Violations[0].Detail, "in the time zone of "+zone) {
				t.Fatalf("%s: %s", mode, got.Violations[0].Detail)
			}
		}
	}
}

// Always on is maintained from its first day, whatever day that is; the age counts for AutoStop.
func TestWindowsOfNewWorkspaces(t *testing.T) {
	for words, want := range map[string]int{
		"mode=ALWAYS_ON at=2026-09-13T01:00:00Z created=2026-09-13T06:00:00Z": 1, // a Sunday, by a clock that is behind
		"mode=ALWAYS_ON at=2026-09-13T01:00:00Z created=2026-09-12T20:00:00Z": 1,
		"mode=ALWAYS_ON at=2026-09-14T01:00:00Z created=2026-09-12T20:00:00Z": 0,
	} {
		s, err := situation(strings.Fields(words)...)
		if err != nil {
			t.Fatal(err)
		}
		s.Location = time.UTC
		a, err := migrate.Newest().CheckReady(s)
		n := 0
		for _, v := range a.Violations {
			if v.Code == migrate.InMaintenanceWindow {
				n++
			}
		}
		if err != nil || n != want {
			t.Errorf("%s: %+v, %v", words, a.Violations, err)
		}
	}
}

func TestReadyAllocatesNothing(t *testing.T) {
	s, err := situation("encrypted", "grants=3", "mode=AUTO_STOP")
	if err != nil {
		t.Fatal(err)
	}
	rules := migrate.Newest()
	if n := testing.AllocsPerRun(100, func() {
		if got, err := rules.CheckReady(s); err != nil || got.Verdict != rule.Allowed {
			t.Fatal(got, err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestGrants(t *testing.T) {
	for _, tt := range []struct {
		root, user bool
		want       int
	}{{false, false, 0}, {true, false, 2}, {false, true, 2}, {true, true, 3}} {
		if got := migrate.Grants(tt.root, tt.user); got != tt.want {
			t.Errorf("Grants(%t, %t) = %d, want %d", tt.root, tt.user, got, tt.want)
		}
	}
}
