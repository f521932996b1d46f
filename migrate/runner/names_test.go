package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
)

// teller is a service that tells the user in its errors.
type teller struct {
	runner.API
	names map[string]string // by WorkSpace
}

func (a *teller) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	out, err := a.API.MigrateWorkspace(ctx, in, opts...)
	if refused := (*types.OperationNotSupportedException)(nil); errors.As(err, &refused) {
		name := a.names[*in.SourceWorkspaceId]
		refused.Message = aws.String(fmt.Sprintf("user %s (%q) of DOMAIN\\%s cannot", name, strings.ToUpper(name), name))
	}
	return out, err
}

// Names of users are in neither journal, report nor events if they are left out, and a run
// with the journal that died at any write still finds whatever it looks for.
func TestOmitUserNames(t *testing.T) {
	for _, newPlan := range []bool{false, true} {
		for at := 2; at <= 8; at++ {
			for _, how := range []crash{before, torn, after} {
				w, _ := newClockedWorld(fleet.Refuse, fleet.LoseAccepted, fleet.None)
				api := &teller{w.service, map[string]string{}}
				for i, m := range w.plan.Waves[0] {
					api.names[m.WorkspaceID] = fmt.Sprint("user", i)
				}
				w.options.OmitUserNames = true
				var told bytes.Buffer
				w.options.Progress = func(e runner.Event) { fmt.Fprintln(&told, e) }
				f := &file{crashAt: at, how: how}
				for deaths := 0; ; deaths++ {
					j, err := runner.NewJournal(f)
					if err != nil {
						t.Fatal(err)
					}
					rep, err := runner.Run(t.Context(), api, w.plan, j, w.options)
					text, _ := json.Marshal(rep)
					told.Write(text)
					if deaths == 0 {
						if !errors.Is(err, errCrash) {
							t.Fatal(err)
						}
						f = f.again()
						if newPlan { // one that does not have the names
							w.options.NewPlan = true
							for i := range w.plan.Waves[0] {
								w.plan.Waves[0][i].UserName = ""
							}
						}
						continue
					}
					if err == nil {
						err = w.check(rep, 1)
					}
					if err != nil {
						t.Errorf("killed at write %d (%d), a new plan %t: %v\n%s", at, how, newPlan, err, f.data)
					}
					break
				}
				for _, text := range [][]byte{f.data, told.Bytes()} {
					if lower := bytes.ToLower(text); bytes.Contains(lower, []byte("user0")) || bytes.Contains(lower, []byte("user1")) || bytes.Contains(lower, []byte("user2")) {
						t.Fatalf("a name is told: %s", text)
					}
				}
				if !bytes.Contains(f.data, []byte("(user)")) {
					t.Fatalf("no detail is told: %s", f.data)
				}
			}
		}
	}
}

// busy is a service that throttles every request, and tells the user.
type busy struct{ runner.API }

func (busy) MigrateWorkspace(context.Context, *workspaces.MigrateWorkspaceInput, ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	return nil, &smithy.GenericAPIError{Code: "ThrottlingException", Message: "too much of user0"}
}

// What a WorkSpace was skipped for tells no name either, in report and events.
func TestOmitUserNamesOfSkipped(t *testing.T) {
	for _, omit := range []bool{false, true} {
		w, _ := newClockedWorld("")
		w.options.OmitUserNames = omit
		var told bytes.Buffer
		w.options.Progress = func(e runner.Event) { fmt.Fprintln(&told, e) }
		f := &file{}
		j, err := runner.NewJournal(f)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := runner.Run(t.Context(), busy{w.service}, w.plan, j, w.options)
		if err != nil || rep.Count(runner.NotReady) != 1 || rep.Results[0].Detail == "" {
			t.Fatalf("%+v, %v", rep, err)
		}
		for _, text := range []string{rep.Results[0].Detail, told.String(), string(f.data)} {
			if strings.Contains(text, "user0") == omit {
				t.Errorf("omitted %t: %s", omit, text)
			}
		}
	}
}

// When the old WorkSpace is gone already, the name is taken from the plan.
func TestOmittedNameIsInThePlan(t *testing.T) {
	w, clock := newClockedWorld(fleet.LoseAccepted)
	w.options.OmitUserNames = true
	f := &file{crashAt: 3, how: before}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	if err := clock.Sleep(t.Context(), 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	rep, err := w.run(t.Context(), f.again())
	w.holds(t, rep, err, 0)
}

// Without the option the names are there, and a detail is as the service gave it, at a
// length that is worth reading.
func TestDetail(t *testing.T) {
	w, _ := newClockedWorld(fleet.Refuse)
	api := &teller{w.service, map[string]string{"ws-00000000": strings.Repeat("user0 ", 1<<18)}}
	f := &file{}
	j, err := runner.NewJournal(f)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := runner.Run(t.Context(), api, w.plan, j, w.options)
	if err != nil || !strings.Contains(rep.Results[0].Detail, "user0 user0") || len(f.data) > 4000 || !bytes.Contains(f.data, []byte(`"userName":"user0"`)) {
		t.Errorf("%v, %d bytes: %s", err, len(f.data), rep.Results[0].Detail)
	}
	if _, err := runner.NewJournal(f.again()); err != nil {
		t.Error(err)
	}
}

// An API that gives neither an answer nor an error is not believed, and nothing panics.
func TestNoAnswer(t *testing.T) {
	for _, silent := range []string{"MigrateWorkspace", "DescribeWorkspaces", "DescribeWorkspaceSnapshots", ""} {
		w, _ := newClockedWorld("")
		j, err := runner.NewJournal(&file{})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := runner.Run(t.Context(), &mute{w.service, silent}, w.plan, j, w.options)
		want := map[string]runner.Result{
			"MigrateWorkspace": {Outcome: runner.Succeeded, Status: migrate.StatusSucceeded}, // it was accepted, and is found
			"":                 {Outcome: runner.Succeeded, Status: migrate.StatusSucceeded},
		}
		got := rep.Results[0]
		if done := want[silent]; done.Outcome == runner.Succeeded {
			done.TargetID = w.service.Targets()[0]
			want[silent] = done
		}
		if got.WorkspaceID, got.BundleID, got.Detail = "", "", ""; (err == nil) != (want[silent].Outcome != "") || err == nil && got != want[silent] || err != nil && got.Outcome != runner.NotAsked {
			t.Errorf("%s: %+v, %v", silent, rep, err)
		}
	}
}

// mute gives (nil, nil) for one of the operations.
type mute struct {
	runner.API
	operation string
}

func (a *mute) MigrateWorkspace(ctx context.Context, in *workspaces.MigrateWorkspaceInput, opts ...func(*workspaces.Options)) (*workspaces.MigrateWorkspaceOutput, error) {
	out, err := a.API.MigrateWorkspace(ctx, in, opts...)
	if a.operation == "MigrateWorkspace" {
		return nil, nil
	}
	return out, err
}

func (a *mute) DescribeWorkspaces(ctx context.Context, in *workspaces.DescribeWorkspacesInput, opts ...func(*workspaces.Options)) (*workspaces.DescribeWorkspacesOutput, error) {
	if a.operation == "DescribeWorkspaces" {
		return nil, nil
	}
	return a.API.DescribeWorkspaces(ctx, in, opts...)
}

func (a *mute) DescribeWorkspaceSnapshots(ctx context.Context, in *workspaces.DescribeWorkspaceSnapshotsInput, opts ...func(*workspaces.Options)) (*workspaces.DescribeWorkspaceSnapshotsOutput, error) {
	if a.operation == "DescribeWorkspaceSnapshots" {
		return nil, nil
	}
	return a.API.DescribeWorkspaceSnapshots(ctx, in, opts...)
}
