package fleet_test

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
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/wkstest"
)

const (
	from      = "wsb-000000001"
	to        = "wsb-000000002"
	directory = "d-0000000001"
)

// What is described of a migration after a minute, at half time, at its end and two hours
// later: the state of the old and of the new WorkSpace, with * for the target's bundle.
func TestFaults(t *testing.T) {
	for f, want := range map[fleet.Fault]string{
		fleet.None:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		fleet.Refuse:       "OperationNotSupportedException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		fleet.Throttle:     "ThrottlingException AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		fleet.LoseAccepted: "lost AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		fleet.LoseUnheard:  "lost AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		fleet.Silent:       "ok AVAILABLE/- AVAILABLE/- AVAILABLE/- AVAILABLE/-",
		fleet.RollBack:     "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/- AVAILABLE/-",
		fleet.Vanish:       "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/-",
		fleet.Hang:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING*",
		fleet.Slow:         "ok AVAILABLE/PENDING* AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE*",
		fleet.Late:         "ok AVAILABLE/- AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		fleet.DuplicateID:  "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		fleet.SameID:       "ok PENDING/- PENDING/- AVAILABLE*/- AVAILABLE*/-",
		fleet.Blink:        "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/- -/AVAILABLE*",
		fleet.NoSnapshot:   "ok AVAILABLE/PENDING* AVAILABLE/PENDING* -/AVAILABLE* -/AVAILABLE*",
		fleet.Unhealthy:    "ok UNHEALTHY/PENDING* UNHEALTHY/PENDING* -/AVAILABLE* -/AVAILABLE*",
	} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		s := fleet.New(clock.Now, from, to)
		s.Add(types.Workspace{
			WorkspaceId: aws.String("ws-00000001"), BundleId: aws.String(from), DirectoryId: aws.String(directory), UserName: aws.String("u"), SubnetId: aws.String("s"), State: types.WorkspaceStateAvailable,
		}, f)
		_, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String(to)})
		var got []string
		var coded smithy.APIError
		switch {
		case err == nil:
			got = append(got, "ok")
		case errors.As(err, &coded):
			got = append(got, coded.ErrorCode())
		default:
			got = append(got, "lost")
		}
		for _, wait := range []time.Duration{time.Minute, 11 * time.Minute, 13 * time.Minute, 2 * time.Hour} {
			if err := clock.Sleep(t.Context(), wait); err != nil {
				t.Fatal(err)
			}
			out, err := s.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(directory), UserName: aws.String("u")})
			if err != nil {
				t.Fatal(err)
			}
			ends := []string{"-", "-"}
			for _, w := range out.Workspaces {
				i := 1
				if *w.WorkspaceId == "ws-00000001" {
					i = 0
				}
				if ends[i] = string(w.State); *w.BundleId == to {
					ends[i] += "*"
				}
			}
			got = append(got, strings.Join(ends, "/"))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s: got\n%s, want\n%s", f, text, want)
		}
		if !slices.Contains(fleet.Faults(), f) {
			t.Errorf("%s is not in the list", f)
		}
	}
}

// Five calls at once, and then two a second; one address for one migration at a time.
func TestBounds(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := fleet.New(clock.Now, from, to)
	s.Quota(2)
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
	if throttled, short, retries := s.Counts(); throttled != 7 || short != 0 || retries != 0 {
		t.Errorf("%d throttled, %d short, %d with retries", throttled, short, retries)
	}
	s = fleet.New(clock.Now, from, to)
	s.FreeAddresses = map[string]int{"s": 1}
	ids := []string{"ws-00000000", "ws-00000001", "ws-00000002"}
	for _, id := range ids {
		s.Add(types.Workspace{WorkspaceId: &id, BundleId: aws.String(from), DirectoryId: aws.String(directory), UserName: &id, SubnetId: aws.String("s"), State: types.WorkspaceStateAvailable}, fleet.None)
	}
	for i, id := range ids[:2] {
		if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &id, BundleId: aws.String(to)}); (err == nil) != (i == 0) {
			t.Errorf("migration %d: %v", i, err)
		}
	}
	if throttled, short, retries := s.Counts(); throttled != 0 || short != 1 || retries != 2 {
		t.Errorf("%d throttled, %d short, %d with retries", throttled, short, retries)
	}
	if err := clock.Sleep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &ids[2], BundleId: aws.String(to)}); err != nil {
		t.Errorf("when the first has ended: %v", err)
	}
}

// Input without IDs is an error, as it is of the API, and a WorkSpace may lack anything but
// its ID. A user goes with a directory.
func TestMissingInput(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := fleet.New(clock.Now, from, to)
	s.FreeAddresses = map[string]int{"": 1}
	s.Add(types.Workspace{WorkspaceId: aws.String("ws-00000001")}, fleet.None)
	for _, in := range []*workspaces.MigrateWorkspaceInput{nil, {}, {SourceWorkspaceId: aws.String("ws-00000001")}, {BundleId: aws.String(from)}} {
		var invalid smithy.APIError
		if _, err := s.MigrateWorkspace(t.Context(), in, nil); !errors.As(err, &invalid) || invalid.ErrorCode() != "ValidationException" {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for _, in := range []*workspaces.DescribeWorkspaceSnapshotsInput{nil, {}} {
		var invalid smithy.APIError
		if _, err := s.DescribeWorkspaceSnapshots(t.Context(), in); !errors.As(err, &invalid) || invalid.ErrorCode() != "ValidationException" {
			t.Errorf("%+v: %v", in, err)
		}
	}
	for i, in := range []*workspaces.DescribeWorkspacesInput{nil, {}, {DirectoryId: aws.String(directory)}, {BundleId: aws.String(from)}, {DirectoryId: aws.String(directory), UserName: aws.String("u")}} {
		if out, err := s.DescribeWorkspaces(t.Context(), in); err != nil || len(out.Workspaces) > 0 != (i < 2) {
			t.Errorf("%+v: %v, %v", in, out, err)
		}
	}
	if _, err := s.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{UserName: aws.String("u")}); err == nil {
		t.Error("a user without a directory is described")
	}
	if _, err := s.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String(from)}); err != nil {
		t.Error(err)
	}
}

// A request while one is in flight is counted, and so is one after it has succeeded if the
// WorkSpace has kept its ID, which is else not there; one after a failure begins another
// migration.
func TestTwice(t *testing.T) {
	for f, want := range map[fleet.Fault][3]int{ // after a minute, half an hour and an hour
		fleet.None: {1, 1, 1}, fleet.SameID: {1, 2, 3}, fleet.Hang: {1, 2, 3}, fleet.Silent: {1, 1, 1}, fleet.RollBack: {1, 1, 1}, fleet.Refuse: {0, 0, 0},
	} {
		clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
		s := fleet.New(clock.Now, from, to)
		s.Add(types.Workspace{WorkspaceId: aws.String("ws-00000001")}, f)
		in := &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-00000001"), BundleId: aws.String(from)}
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
