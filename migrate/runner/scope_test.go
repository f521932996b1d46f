package runner_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// A journal is refused for another account, Region, directory or plan, and then nothing is
// requested and nothing is written.
func TestJournalElsewhere(t *testing.T) {
	for name, spoil := range map[string]func(w *world){
		"":                            func(*world) {},
		"another account":             func(w *world) { w.options.Account = "444455556666" },
		"another Region":              func(w *world) { w.options.Region = "us-east-1" },
		"another bundle":              func(w *world) { w.plan.Waves[0][0].BundleID = "wsb-0000that" },
		"other waves":                 func(w *world) { w.plan.Waves = [][]migrate.Migration{w.plan.Waves[0][:1], w.plan.Waves[0][1:]} },
		"another edition":             func(w *world) { w.plan.Edition = migrate.Editions()[0] },
		"another directory":           func(w *world) { w.plan.Waves[0][0].DirectoryID = "d-0000000002" },
		"a new plan in another":       func(w *world) { w.options.NewPlan, w.plan.Waves[0][0].DirectoryID = true, "d-0000000002" },
		"a new plan, another account": func(w *world) { w.options.NewPlan, w.options.Account = true, "444455556666" },
		"a new plan, another Region":  func(w *world) { w.options.NewPlan, w.options.Region = true, "us-east-1" },
	} {
		w, _ := newClockedWorld("", "")
		w.plan.Waves[0] = w.plan.Waves[0][:2:2]
		f := &file{crashAt: 3, how: before}
		if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		f = f.again()
		spoil(w)
		was := bytes.Clone(f.data)
		rep, err := w.run(t.Context(), f)
		if kind, _ := trouble(err); (kind == runner.Elsewhere) != (name != "") || name == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "" {
			continue
		}
		if !bytes.Equal(f.data, was) || rep.Count(runner.Following)+rep.Count(runner.NotAsked) != 2 || w.service.Requests("ws-00000001") > 0 {
			t.Errorf("%s: %+v, %q", name, rep, f.data[len(was):])
		}
	}
}

// A journal goes on with a new plan if it is told to, and is then of that plan.
func TestJournalOfANewPlan(t *testing.T) {
	w, _ := newClockedWorld("", "")
	both := w.plan.Waves[0]
	w.plan.Waves[0] = both[:1]
	f := &file{}
	if rep, err := w.run(t.Context(), f); err != nil || rep.Count(runner.Succeeded) != 1 {
		t.Fatalf("%+v, %v", rep, err)
	}
	w.plan.Waves[0] = both
	for _, newPlan := range []bool{true, false} {
		w.options.NewPlan = newPlan
		f = f.again()
		rep, err := w.run(t.Context(), f)
		w.holds(t, rep, err, 0)
	}
	w.plan.Waves[0] = both[:1]
	if _, err := w.run(t.Context(), f.again()); err == nil {
		t.Error("the journal is of the first plan still")
	}
}

// With the credentials of another account, which the options do not tell, nothing is written
// down as lost, and the right account goes on.
func TestOtherCredentials(t *testing.T) {
	w, clock := newClockedWorld("", fleet.LoseAccepted, "")
	f := &file{crashAt: 6}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	right := w.service
	w.service = fleet.New(clock.Now, oldBundle, newBundle)
	f = f.again()
	was := bytes.Clone(f.data)
	if _, err := w.run(t.Context(), f); err == nil {
		t.Error("another account's run has an end")
	} else if kind, _ := trouble(err); kind != runner.Elsewhere || !bytes.Equal(f.data, was) {
		t.Errorf("%v: %q", err, f.data[len(was):])
	}
	w.service = right
	rep, err := w.run(t.Context(), f.again())
	w.holds(t, rep, err, 1)
}

// A plan that does not tell the directories is protected as well: the service has told them before each request.
func TestOtherCredentialsWithoutDirectories(t *testing.T) {
	w, clock := newClockedWorld("", fleet.LoseAccepted, "")
	for _, wave := range w.plan.Waves {
		for i := range wave {
			wave[i].DirectoryID = ""
		}
	}
	f := &file{crashAt: 6}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	right := w.service
	w.service = fleet.New(clock.Now, oldBundle, newBundle)
	f = f.again()
	was := bytes.Clone(f.data)
	_, err := w.run(t.Context(), f)
	if kind, _ := trouble(err); kind != runner.Elsewhere || !bytes.Equal(f.data, was) {
		t.Errorf("%v: %q", err, f.data[len(was):])
	}
	w.service = right
	rep, err := w.run(t.Context(), f.again())
	w.holds(t, rep, err, 1)
}

// A service that answers with an error for a directory that it does not know shows nothing of it: elsewhere that is
// the journal of another account, and one of several directories may be gone.
func TestUnknownDirectory(t *testing.T) {
	for _, unknown := range []error{&types.InvalidParameterValuesException{}, &types.ResourceNotFoundException{}} {
		for _, all := range []bool{true, false} {
			w, _ := newClockedWorld("", fleet.LoseAccepted, "")
			w.plan.Waves[0][2].DirectoryID = "d-0000000000" // before the other; the service has the WorkSpace in that
			f := &file{crashAt: 6}
			if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
				t.Fatal(err)
			}
			f = f.again()
			was := bytes.Clone(f.data)
			rep, err := w.meddle(t, &meddler{described: func(in *workspaces.DescribeWorkspacesInput, _ *workspaces.DescribeWorkspacesOutput) error {
				if in.DirectoryId != nil && (all || *in.DirectoryId == "d-0000000000") {
					return unknown
				}
				return nil
			}}, f)
			if !all {
				w.holds(t, rep, err, 1)
			} else if kind, _ := trouble(err); kind != runner.Elsewhere || !bytes.Equal(f.data, was) {
				t.Errorf("%T: %v: %q", unknown, err, f.data[len(was):])
			}
		}
	}
}

// Region and account are taken from a client that knows them, and one that contradicts it is
// an error before anything is called or written.
func TestClientKnowsItsScope(t *testing.T) {
	client := workspaces.New(workspaces.Options{
		Region:      "eu-west-1",
		Credentials: staticCredentials{AccessKeyID: "AKID", SecretAccessKey: "secret", AccountID: "111122223333"},
	})
	for at, o := range map[rule.Path]runner.Options{
		"Options.Region": {Region: "us-east-1"}, "Options.Account": {Account: "444455556666"}, "": {},
	} {
		f := &file{}
		j, err := runner.NewJournal(f)
		if err != nil {
			t.Fatal(err)
		}
		_, err = runner.Run(t.Context(), client, &migrate.Plan{Edition: migrate.Newest().Edition()}, j, o)
		var input *rule.InputError
		if at != "" && (!errors.As(err, &input) || input.Path != at || f.writes > 0) {
			t.Errorf("%s: %v", at, err)
		}
		if at == "" && (err != nil || !bytes.Contains(f.data, []byte(`"account":"111122223333","region":"eu-west-1"`))) {
			t.Errorf("%v: %s", err, f.data)
		}
	}
}

// With a new journal beside the migrations that an older run has in flight, nothing is
// requested again, whatever the run that died had written, and later waves keep off the room
// that they hold.
func TestNewJournalBesideAnOldRun(t *testing.T) {
	for _, minutes := range []int{1, 10, 24, 26, 120} {
		w, clock := newClockedWorld("", fleet.LoseAccepted, fleet.Hang, "")
		all := w.plan.Waves[0]
		w.plan.Waves = [][]migrate.Migration{all[:3], all[3:]}
		w.options.Approve = func(wave int, _ []migrate.Migration) bool { return wave == 0 }
		f := &file{crashAt: 8} // the header, and a request and an answer for each
		if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		if err := clock.Sleep(t.Context(), time.Duration(minutes)*time.Minute); err != nil {
			t.Fatal(err)
		}
		rep, err := w.run(t.Context(), &file{})
		if err != nil && !errors.Is(err, runner.ErrNotApproved) {
			t.Fatal(err)
		}
		for _, m := range all[:3] {
			if w.service.Twice(m.WorkspaceID) > 0 || w.service.Requests(m.WorkspaceID) != 1 {
				t.Errorf("after %d minutes %s was requested %d times", minutes, m.WorkspaceID, w.service.Requests(m.WorkspaceID))
			}
		}
		if rep.Count(runner.NotReady) != 3 {
			t.Errorf("after %d minutes: %+v", minutes, rep)
		}
	}
}

// What another WorkSpace of the user has to do with a request: its state and bundle, and what
// the caller says of it.
func TestAnotherOfTheUser(t *testing.T) {
	for _, tt := range []struct {
		state     types.WorkspaceState
		bundle    string
		unrelated bool
		asked     bool
	}{
		{types.WorkspaceStatePending, newBundle, false, false},
		{types.WorkspaceStatePending, "wsb-0000that", false, false},
		{types.WorkspaceStatePending, newBundle, true, true},
		{types.WorkspaceStateAvailable, newBundle, false, false},
		{types.WorkspaceStateStopped, newBundle, false, false},
		{types.WorkspaceStateTerminating, newBundle, false, false},
		{types.WorkspaceStateTerminated, newBundle, false, true},
		{types.WorkspaceStateAvailable, newBundle, true, true},
		{types.WorkspaceStateAvailable, "wsb-0000that", false, true},
		{types.WorkspaceStateAvailable, oldBundle, false, true},
	} {
		w, _ := newClockedWorld("")
		if tt.unrelated {
			w.options.Unrelated = []string{"ws-another0"}
		}
		// The service spells the user as it likes.
		w.service.Add(types.Workspace{
			WorkspaceId: aws.String("ws-another0"), BundleId: &tt.bundle, DirectoryId: aws.String("d-0000000001"), UserName: aws.String("USER0"), SubnetId: aws.String("subnet-1"), State: tt.state,
		}, fleet.None)
		w.plan.Waves[0][0].UserName = "" // what the plan does not tell, the service does
		rep, err := w.run(t.Context(), &file{})
		if err != nil {
			t.Fatal(err)
		}
		if asked := w.service.Requests("ws-00000000") == 1; asked != tt.asked || asked != (rep.Results[0].Outcome == runner.Succeeded) {
			t.Errorf("%+v: asked %t, %+v", tt, asked, rep.Results[0])
		}
	}
}

// A WorkSpace of the same user that the plan has too may be a target all the same; one that
// is decoupled from users, and so has the name of many, says nothing.
func TestAnotherInThePlan(t *testing.T) {
	for name, asked := range map[string]bool{"user0": false, "[UNDEFINED]": true} {
		w, clock := newClockedWorld("", "")
		w.service = fleet.New(clock.Now, oldBundle, newBundle, "wsb-0000that")
		for i, bundle := range []string{oldBundle, newBundle} {
			m := &w.plan.Waves[0][i]
			m.UserName, m.SourceBundleID, m.BundleID = name, bundle, newBundle
			if bundle == newBundle {
				m.BundleID = "wsb-0000that"
			}
			w.service.Add(types.Workspace{
				WorkspaceId: &m.WorkspaceID, BundleId: &bundle, DirectoryId: aws.String("d-0000000001"), UserName: &name, SubnetId: &m.SubnetID, State: types.WorkspaceStateAvailable,
			}, fleet.None)
		}
		rep, err := w.run(t.Context(), &file{})
		if err != nil || (w.service.Requests("ws-00000000") == 1) != asked || w.service.Requests("ws-00000001") != 1 {
			t.Errorf("%s: %+v, %v", name, rep, err)
		}
	}
}

// What an earlier request may have in flight holds its address, which the waves after its own
// do not take.
func TestEarlierRequestHoldsItsRoom(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	w := newWorldIn(clock.Now, 1, func(int) string { return "subnet-1" }, fleet.None, fleet.None)
	w.options.Clock, w.options.Pace = clock, clock
	w.service.FreeAddresses = map[string]int{"subnet-1": 1}
	if _, err := w.run(t.Context(), &file{crashAt: 3, how: after}); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	if w.service.Requests("ws-00000001") > 0 {
		t.Fatal("the first run came too far")
	}
	if err := clock.Sleep(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	rep, err := w.run(t.Context(), &file{})
	if _, short, _ := w.service.Counts(); err != nil || short > 0 || rep.Count(runner.NotReady) != 2 {
		t.Errorf("%d requests found no address: %+v, %v", short, rep, err)
	}
}

// A run that is stopped between the record and the request says so, and the next one asks at
// once.
func TestStoppedBeforeTheRequest(t *testing.T) {
	w, clock := newClockedWorld("")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w.options.Progress = func(e runner.Event) {
		if e.Kind == runner.Requested {
			cancel()
		}
	}
	f := &file{}
	rep, err := w.run(ctx, f)
	if !errors.Is(err, context.Canceled) || rep.Count(runner.NotReady) != 1 || w.service.Requests("ws-00000000") != 0 {
		t.Fatalf("%+v, %v", rep, err)
	}
	start := clock.Now()
	w.options.Progress = nil
	rep, err = w.run(t.Context(), f.again())
	if err == nil {
		err = w.check(rep, 0)
	}
	if took := clock.Now().Sub(start); err != nil || took > time.Hour {
		t.Errorf("%v after %s", err, took)
	}
}

// The service may write the user of the new WorkSpace in upper case.
func TestCaseOfUserNames(t *testing.T) {
	w, _ := newClockedWorld("")
	rep, err := w.meddle(t, &meddler{described: func(_ *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
		for i := range out.Workspaces {
			if d := &out.Workspaces[i]; slices.Contains(w.service.Targets(), *d.WorkspaceId) {
				d.UserName = aws.String("USER0")
			}
		}
		return nil
	}}, &file{})
	w.holds(t, rep, err, 0)
}

// A service that gives the new WorkSpace to the user in one list and to another in the next
// does not keep the run from its end.
func TestContradictingLists(t *testing.T) {
	w, clock := newClockedWorld("")
	start := clock.Now()
	rep, err := w.meddle(t, &meddler{described: func(in *workspaces.DescribeWorkspacesInput, out *workspaces.DescribeWorkspacesOutput) error {
		for i := range out.Workspaces {
			if d := &out.Workspaces[i]; in.UserName == nil && slices.Contains(w.service.Targets(), *d.WorkspaceId) {
				d.UserName = aws.String("stranger")
			}
		}
		if clock.Now().Sub(start) > 24*time.Hour {
			return &types.AccessDeniedException{}
		}
		return nil
	}}, &file{})
	if err != nil || rep.Count(runner.Failed) != 1 || w.service.Requests("ws-00000000") != 1 {
		t.Errorf("%+v, %v", rep, err)
	}
}

// A request that a run was killed at is made again when an hour has shown no second
// WorkSpace, and not before; one that was sent is followed.
func TestKilledAtTheRequest(t *testing.T) {
	for _, sent := range []bool{false, true} {
		w, clock := newClockedWorld("")
		f := &file{crashAt: 2, how: after}
		if sent {
			f = &file{crashAt: 3, how: before}
		}
		if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
			t.Fatal(err)
		}
		if got := w.service.Requests("ws-00000000"); got != map[bool]int{true: 1}[sent] {
			t.Fatalf("%d requests", got)
		}
		start := clock.Now()
		var again time.Duration
		w.options.Progress = func(e runner.Event) {
			if e.Kind == runner.Requested {
				again = clock.Now().Sub(start)
			}
		}
		rep, err := w.run(t.Context(), f.again())
		if err == nil {
			err = w.check(rep, 0)
		}
		if err != nil || w.service.Requests("ws-00000000") != 1 {
			t.Errorf("sent %t: %d requests, %v", sent, w.service.Requests("ws-00000000"), err)
		}
		if (again > 0) == sent || !sent && again < time.Hour {
			t.Errorf("sent %t: requested again after %s", sent, again)
		}
	}
}

// A journal is for one run at a time, in one process too.
func TestTwoRunsOfAJournal(t *testing.T) {
	w, _ := newClockedWorld("")
	j, err := runner.NewJournal(&file{})
	if err != nil {
		t.Fatal(err)
	}
	second := errors.New("not run")
	w.options.Approve = func(int, []migrate.Migration) bool {
		o := w.options
		o.Approve = nil
		_, second = runner.Run(t.Context(), w.service, w.plan, j, o)
		return true
	}
	rep, err := runner.Run(t.Context(), w.service, w.plan, j, w.options)
	if err == nil {
		err = w.check(rep, 0)
	}
	if kind, _ := trouble(second); err != nil || kind != runner.Locked {
		t.Errorf("%v; the second: %v", err, second)
	}
}

// What is decoupled from users cannot be looked for, so that an hour shows nothing of it: a request that a run was killed
// at may have been accepted, and is not made again.
func TestKilledAtTheRequestOfNobody(t *testing.T) {
	w, clock := newClockedWorld("")
	w.service = fleet.New(clock.Now, oldBundle, newBundle)
	m := &w.plan.Waves[0][0]
	m.UserName = "[UNDEFINED]"
	w.service.Add(types.Workspace{
		WorkspaceId: &m.WorkspaceID, BundleId: &m.SourceBundleID, DirectoryId: &m.DirectoryID, UserName: &m.UserName, SubnetId: &m.SubnetID, State: types.WorkspaceStateAvailable,
	}, fleet.None)
	f := &file{crashAt: 2, how: after}
	if _, err := w.run(t.Context(), f); !errors.Is(err, errCrash) {
		t.Fatal(err)
	}
	f = f.again()
	rep, err := w.run(t.Context(), f)
	if err != nil || rep.Results[0].Outcome != runner.Failed || rep.Results[0].Status != migrate.StatusSilent || w.service.Requests("ws-00000000") > 0 {
		t.Errorf("%+v, %v, %d requests\n%s", rep, err, w.service.Requests("ws-00000000"), f.data)
	}
}
