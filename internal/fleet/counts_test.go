package fleet_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/internal/fleet"
	"github.com/wksgo/wks/wkstest"
)

// A world is a service in virtual time.
type world struct {
	*testing.T
	*fleet.Service
	sleep func(context.Context, time.Duration) error
}

func newWorld(t *testing.T) *world {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	return &world{t, fleet.New(clock.Now, from, to), clock.Sleep}
}

// add adds WorkSpace n with a fault, and returns its ID.
func (w *world) add(n int, f fleet.Fault) string {
	id := fmt.Sprintf("ws-%08d", n)
	w.Add(types.Workspace{WorkspaceId: &id, BundleId: aws.String(from), DirectoryId: aws.String(directory), UserName: &id, SubnetId: aws.String("s"), State: types.WorkspaceStateAvailable}, f)
	return id
}

// migrate asks once for the migration of a WorkSpace, and returns the code of the error, or "".
func (w *world) migrate(id string, options ...func(*workspaces.Options)) string {
	w.Helper()
	_, err := w.MigrateWorkspace(w.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &id, BundleId: aws.String(to)}, options...)
	var coded smithy.APIError
	switch {
	case errors.As(err, &coded):
		return coded.ErrorCode()
	case err != nil:
		return "lost"
	}
	return ""
}

func (w *world) wait(d time.Duration) {
	w.Helper()
	if err := w.sleep(w.Context(), d); err != nil {
		w.Fatal(err)
	}
}

// states are those of the WorkSpaces, as the service lists them.
func (w *world) states() map[string]types.WorkspaceState {
	w.Helper()
	out, err := w.DescribeWorkspaces(w.Context(), &workspaces.DescribeWorkspacesInput{})
	if err != nil {
		w.Fatal(err)
	}
	states := map[string]types.WorkspaceState{}
	for _, x := range out.Workspaces {
		states[*x.WorkspaceId] = x.State
	}
	return states
}

// What was accepted is counted, those included that came too early; what only reached the service is a request.
func TestCountsOfOne(t *testing.T) {
	for f, want := range map[fleet.Fault][3]int{ // requests, accepted, twice: after asking, a minute later, an hour later
		fleet.None:         {2, 2, 1}, // the WorkSpace is gone at the third
		fleet.Refuse:       {3, 0, 0},
		fleet.Throttle:     {1, 1, 0}, // the third request is the first that is not throttled
		fleet.LoseAccepted: {2, 2, 1},
		fleet.LoseUnheard:  {3, 0, 0},
		fleet.Silent:       {3, 3, 1},
		fleet.RollBack:     {3, 3, 1},
		fleet.Hang:         {3, 3, 2},
		fleet.SameID:       {3, 3, 2},
	} {
		w := newWorld(t)
		id, other := w.add(1, f), w.add(2, fleet.None)
		for _, pause := range []time.Duration{0, time.Minute, time.Hour} {
			w.wait(pause)
			w.migrate(id)
		}
		if got := [3]int{w.Requests(id), w.Accepted(id), w.Twice(id)}; got != want {
			t.Errorf("%q: %v, want %v", f, got, want)
		}
		if w.Requests(other)+w.Accepted(other)+w.Twice(other) != 0 || w.Requests("ws-99999999")+w.Accepted("ws-99999999")+w.Twice("ws-99999999") != 0 {
			t.Errorf("%q: a WorkSpace is counted that nobody asked for", f)
		}
	}
}

// A WorkSpace that is not there is asked about in vain, and nothing is counted.
func TestUnknown(t *testing.T) {
	w := newWorld(t)
	if code := w.migrate("ws-99999999"); code != "ResourceNotFoundException" || w.Requests("ws-99999999") != 0 {
		t.Errorf("%q, %d requests", code, w.Requests("ws-99999999"))
	}
}

// The first two requests are throttled, and the third is not.
func TestThrottledTwice(t *testing.T) {
	w := newWorld(t)
	a, b := w.add(1, fleet.Throttle), w.add(2, fleet.Throttle)
	var got []string
	for range 3 {
		got = append(got, w.migrate(a), w.migrate(b))
	}
	if want := []string{"ThrottlingException", "ThrottlingException", "ThrottlingException", "ThrottlingException", "", ""}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if throttled, _, _ := w.Counts(); throttled != 0 {
		t.Errorf("%d calls were throttled for their rate", throttled)
	}
}

// A migration takes 25 minutes: it is pending a second before, and over then. A silent one can be asked again from
// then on.
func TestTakes(t *testing.T) {
	w := newWorld(t)
	id := w.add(1, fleet.None)
	w.migrate(id)
	w.wait(25*time.Minute - time.Second)
	if got := w.Targets(); len(got) != 1 || w.states()[got[0]] != types.WorkspaceStatePending {
		t.Errorf("%v, %v", got, w.states())
	}
	w.wait(time.Second)
	if got := w.Targets(); len(got) != 1 || w.states()[got[0]] != types.WorkspaceStateAvailable {
		t.Errorf("%v, %v", got, w.states())
	}
	for pause, twice := range map[time.Duration]int{25*time.Minute - time.Second: 1, 25 * time.Minute: 0} {
		w := newWorld(t)
		id := w.add(1, fleet.Silent)
		w.migrate(id)
		w.wait(pause)
		if w.migrate(id); w.Twice(id) != twice || w.Accepted(id) != 2 {
			t.Errorf("after %v: %d accepted, %d twice", pause, w.Accepted(id), w.Twice(id))
		}
	}
}

// A request with the SDK's retries switched on is counted, and one without them is not, whatever becomes of it.
func TestRetriesAreCounted(t *testing.T) {
	w := newWorld(t)
	a, b := w.add(1, fleet.None), w.add(2, fleet.Refuse)
	once := func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }
	w.migrate(a, once)
	w.migrate(b, once)
	if _, _, retries := w.Counts(); retries != 0 {
		t.Errorf("%d with retries", retries)
	}
	w.migrate(b)
	w.states()
	if _, _, retries := w.Counts(); retries != 1 {
		t.Errorf("%d with retries", retries)
	}
}

// Targets are the new WorkSpaces in the order in which they were asked for; before the first call there are none.
func TestTargets(t *testing.T) {
	w := newWorld(t)
	a, b, c := w.add(1, fleet.None), w.add(2, fleet.None), w.add(3, fleet.None)
	if got := w.Targets(); got != nil {
		t.Errorf("%v", got)
	}
	users := func() (list []string) {
		out, err := w.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{WorkspaceIds: w.Targets()})
		if err != nil {
			t.Fatal(err)
		}
		byID := map[string]string{}
		for _, x := range out.Workspaces {
			byID[*x.WorkspaceId] = *x.UserName
		}
		for _, id := range w.Targets() {
			list = append(list, byID[id])
		}
		return list
	}
	w.migrate(c)
	w.migrate(a)
	w.wait(time.Minute) // until which they are not described
	if got := users(); !slices.Equal(got, []string{c, a}) {
		t.Errorf("%v", got)
	}
	w.migrate(b)
	w.wait(time.Hour)
	if got := users(); !slices.Equal(got, []string{c, a, b}) {
		t.Errorf("%v", got)
	}
}

// Each so many-th DescribeWorkspaces is lost, and no other call; 0 loses none.
func TestLoseDescribes(t *testing.T) {
	for every, want := range map[int]string{0: "......", 2: ".x.x.x", 3: "..x..x"} {
		w := newWorld(t)
		id := w.add(1, fleet.None)
		w.LoseDescribes(every)
		got := ""
		for range 6 {
			if _, err := w.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{}); err != nil {
				got += "x"
			} else {
				got += "."
			}
			if _, err := w.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &id}); err != nil {
				t.Error(err)
			}
		}
		if got != want || every == 0 && len(w.Config.Faults) != 0 {
			t.Errorf("every %d: %s, want %s", every, got, want)
		}
	}
}

// A WorkSpace has snapshots unless it is to have none, and is healthy unless it is to be unhealthy.
func TestStatesBefore(t *testing.T) {
	w := newWorld(t)
	for i, f := range fleet.Faults() {
		w.add(i, f)
	}
	states := w.states()
	for i, f := range fleet.Faults() {
		id := fmt.Sprintf("ws-%08d", i)
		out, err := w.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &id})
		if err != nil || len(out.RestoreSnapshots) == 0 != (f == fleet.NoSnapshot) {
			t.Errorf("%q: %+v, %v", f, out, err)
		}
		if (states[id] == types.WorkspaceStateUnhealthy) != (f == fleet.Unhealthy) || f != fleet.Unhealthy && states[id] != types.WorkspaceStateAvailable {
			t.Errorf("%q: %s", f, states[id])
		}
	}
}

// Faults are listed once each, None first. Those of a kind are one fault of the server.
func TestFaultsOfTheServer(t *testing.T) {
	all := fleet.Faults()
	if all[0] != fleet.None || len(all) != 16 {
		t.Errorf("%q", all)
	}
	w := newWorld(t)
	ids := map[fleet.Fault][]string{}
	for n := range 3 {
		for i, f := range all {
			ids[f] = append(ids[f], w.add(100*n+i, f))
		}
	}
	if _, err := w.Server(); err != nil {
		t.Fatal(err)
	}
	byKind := map[wkstest.FaultKind][][]string{}
	for _, f := range w.Config.Faults {
		byKind[f.Kind] = append(byKind[f.Kind], f.Workspaces)
		if !slices.Equal(f.Operations, []string{"MigrateWorkspace"}) {
			t.Errorf("%+v", f)
		}
	}
	for _, f := range all {
		kind := wkstest.FaultKind(f)
		switch f {
		case fleet.None, fleet.NoSnapshot, fleet.Unhealthy, fleet.Throttle:
			continue
		case fleet.Refuse:
			kind = wkstest.Refused
		case fleet.LoseAccepted:
			kind = wkstest.Lost
		case fleet.LoseUnheard:
			kind = wkstest.Unheard
		}
		if got := byKind[kind]; len(got) != 1 || !slices.Equal(got[0], ids[f]) {
			t.Errorf("%q: %v, want %v", f, got, ids[f])
		}
	}
	if got := byKind[wkstest.Throttled]; len(got) != 3 || len(w.Config.Faults) != 12+3 {
		t.Errorf("throttled: %v, %d faults", got, len(w.Config.Faults))
	}
}

// Bundles are those of Region, and each other one once that was added or that a WorkSpace has.
func TestBundles(t *testing.T) {
	w := newWorld(t)
	named := wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String(to), Name: aws.String("named"), Owner: aws.String("111122223333")}}
	w.Region.Bundles = []wkstest.Bundle{named}
	w.AddBundle("")
	w.AddBundle("wsb-000000003")
	w.AddBundle("wsb-000000003")
	w.add(1, fleet.None)
	w.add(2, fleet.None)
	w.Add(types.Workspace{WorkspaceId: aws.String("ws-00000003"), BundleId: aws.String("wsb-000000004")}, fleet.None)
	s, err := w.Server()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range s.State().Regions[fleet.Region].Bundles {
		got = append(got, *b.BundleId+" "+aws.ToString(b.Name))
	}
	if want := []string{to + " named", from + " ", "wsb-000000003 ", "wsb-000000004 "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A configuration that no server takes is the error of every call.
func TestBadConfig(t *testing.T) {
	w := newWorld(t)
	w.Config.Speed = -1
	_, server := w.Server()
	_, migrate := w.MigrateWorkspace(t.Context(), nil)
	_, describe := w.DescribeWorkspaces(t.Context(), nil)
	_, snapshots := w.DescribeWorkspaceSnapshots(t.Context(), nil)
	for _, err := range []error{server, migrate, describe, snapshots} {
		if err == nil || err != server {
			t.Errorf("%v, want %v", err, server)
		}
	}
}
