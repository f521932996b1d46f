package migratetest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate/migratetest"
)

// What is described of a migration after a minute, at half time, at its end and two hours
// later: the state of the old and of the new WorkSpace, with * for the target's bundle.
func TestFaults(t *testing.T) {
	for f, want := range map[migratetest.Fault]string{
		migratetest.None:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		migratetest.Refuse:       "OperationNotSupportedException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		migratetest.Throttle:     "ThrottlingException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		migratetest.LoseAccepted: "lost AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		migratetest.LoseUnheard:  "lost AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		migratetest.Silent:       "ok AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		migratetest.RollBack:     "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/- AVAILABLE/-",
		migratetest.Vanish:       "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/-",
		migratetest.Hang:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING*",
		migratetest.Slow:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE*",
		migratetest.Late:         "ok AVAILABLE/- AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		migratetest.DuplicateID:  "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		migratetest.SameID:       "ok PENDING/- PENDING/- AVAILABLE*/- AVAILABLE*/-",
		migratetest.Blink:        "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/AVAILABLE*",
		migratetest.NoSnapshot:   "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		migratetest.Unhealthy:    "ok UNHEALTHY/PENDING* UNHEALTHY/PENDING* -/AVAILABLE* -/AVAILABLE*",
	} {
		clock := migratetest.NewClock(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		s := migratetest.New(clock.Now)
		s.Add(types.Workspace{
			WorkspaceId: aws.String("ws-00000001"), BundleId: aws.String("wsb-1"), DirectoryId: aws.String("d"), UserName: aws.String("u"), SubnetId: aws.String("s"), State: types.WorkspaceStateAvailable,
		}, f)
		_, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String("wsb-2")})
		var got []string
		switch coded, ok := err.(interface{ ErrorCode() string }); {
		case err == nil:
			got = append(got, "ok")
		case ok:
			got = append(got, coded.ErrorCode())
		default:
			got = append(got, "lost")
		}
		for _, wait := range []time.Duration{time.Minute, 11 * time.Minute, 13 * time.Minute, 2 * time.Hour} {
			if err := clock.Sleep(t.Context(), wait); err != nil {
				t.Fatal(err)
			}
			out, err := s.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String("d"), UserName: aws.String("u")})
			if err != nil {
				t.Fatal(err)
			}
			ends := []string{"-", "-"}
			for _, w := range out.Workspaces {
				i := 1
				if *w.WorkspaceId == "ws-00000001" {
					i = 0
				}
				if ends[i] = string(w.State); *w.BundleId == "wsb-2" {
					ends[i] += "*"
				}
			}
			got = append(got, strings.Join(ends, "/"))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s: got\n%s, want\n%s", f, text, want)
		}
		if !slices.Contains(migratetest.Faults(), f) {
			t.Errorf("%s is not in the list", f)
		}
	}
}

// Five calls at once, and then two a second; one address for one migration at a time.
func TestBounds(t *testing.T) {
	clock := migratetest.NewClock(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := migratetest.New(clock.Now)
	s.CallsPerSecond = 2
	s.FreeAddresses = map[string]int{"s": 1}
	answers := ""
	for range 2 {
		for range 7 {
			_, err := s.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{})
			answers += fmt.Sprint(err == nil, " ")
		}
		if err := clock.Sleep(t.Context(), time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if want := strings.Repeat("true ", 5) + "false false true true " + strings.Repeat("false ", 5); answers != want {
		t.Errorf("got %s, want %s", answers, want)
	}
	s.CallsPerSecond = 0
	for i := range 2 {
		id := fmt.Sprintf("ws-0000000%d", i)
		s.Add(types.Workspace{WorkspaceId: &id, BundleId: aws.String("wsb-1"), DirectoryId: aws.String("d"), UserName: &id, SubnetId: aws.String("s"), State: types.WorkspaceStateAvailable}, migratetest.None)
		if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &id, BundleId: aws.String("wsb-2")}); (err == nil) != (i == 0) {
			t.Errorf("migration %d: %v", i, err)
		}
	}
	if throttled, short, retries := s.Counts(); throttled != 7 || short != 1 || retries != 2 {
		t.Errorf("%d throttled, %d short, %d with retries", throttled, short, retries)
	}
}

// Input without IDs is an error, as it is of the API, and a WorkSpace may lack anything but
// its ID.
func TestMissingInput(t *testing.T) {
	clock := migratetest.NewClock(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := migratetest.New(clock.Now)
	s.FreeAddresses = map[string]int{"": 1}
	s.Add(types.Workspace{}, migratetest.None)
	s.Add(types.Workspace{WorkspaceId: aws.String("ws-00000001")}, migratetest.None)
	for _, in := range []*workspaces.MigrateWorkspaceInput{nil, {}, {SourceWorkspaceId: aws.String("ws-00000001")}, {BundleId: aws.String("wsb-1")}} {
		var invalid *types.InvalidParameterValuesException
		if _, err := s.MigrateWorkspace(t.Context(), in, nil); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for _, in := range []*workspaces.DescribeWorkspaceSnapshotsInput{nil, {}} {
		var invalid *types.InvalidParameterValuesException
		if _, err := s.DescribeWorkspaceSnapshots(t.Context(), in); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for _, in := range []*workspaces.DescribeWorkspacesInput{nil, {}, {DirectoryId: aws.String("d")}, {UserName: aws.String("u")}} {
		if out, err := s.DescribeWorkspaces(t.Context(), in); err != nil || len(out.Workspaces) > 0 {
			t.Errorf("%+v: %v, %v", in, out, err)
		}
	}
	if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String("wsb-1")}); err != nil {
		t.Error(err)
	}
}

// A request while one is in flight is counted, and so is one after it has succeeded if the
// WorkSpace has kept its ID, which is else not there; one after a failure begins another
// migration.
func TestTwice(t *testing.T) {
	for f, want := range map[migratetest.Fault][3]int{ // after a minute, half an hour and an hour
		migratetest.None: {1, 1, 1}, migratetest.SameID: {1, 2, 3}, migratetest.Hang: {1, 2, 3}, migratetest.Silent: {1, 1, 1}, migratetest.RollBack: {1, 1, 1}, migratetest.Refuse: {0, 0, 0},
	} {
		clock := migratetest.NewClock(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		s := migratetest.New(clock.Now)
		s.Add(types.Workspace{WorkspaceId: aws.String("ws-00000001")}, f)
		in := &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String("wsb-1")}
		_, _ = s.MigrateWorkspace(t.Context(), in)
		var got [3]int
		for i, wait := range []time.Duration{time.Minute, 29 * time.Minute, 30 * time.Minute} {
			if err := clock.Sleep(t.Context(), wait); err != nil {
				t.Fatal(err)
			}
			_, _ = s.MigrateWorkspace(t.Context(), in)
			got[i] = s.Twice("ws-00000001")
		}
		if got != want {
			t.Errorf("%q: %v, want %v", f, got, want)
		}
	}
}
