package wkstest_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go/middleware"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/wkstest"
)

// A server gives back the WorkSpaces of a State as they were, whichever members they have.
func TestStateIsKept(t *testing.T) {
	long := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) // before anything of them ends
	rapid.Check(t, func(t *rapid.T) {
		var w wkstest.Workspace
		fillIn(t, reflect.ValueOf(&w).Elem(), rapid.Bool().Draw(t, "some"))
		if w.WorkspaceId == nil {
			w.WorkspaceId = aws.String("ws-1")
		}
		if w.State == "" {
			w.State = types.WorkspaceStateStopped
		}
		if w.Change != nil {
			w.Change.Until = long.AddDate(1, 0, 0)
		}
		if w.Migration != nil {
			w.Migration.Until = long.AddDate(1, 0, 0)
		}
		for _, text := range []**string{&w.UserName, &w.IpAddress, &w.SubnetId} {
			if rapid.Bool().Draw(t, "empty") {
				*text = aws.String("")
			}
		}
		want := w
		s, err := wkstest.New(wkstest.Config{Now: func() time.Time { return long }, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {Workspaces: []wkstest.Workspace{w}}}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.State().Regions["eu-west-1"].Workspaces; len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Fatalf("%+v, want\n%+v", got, want)
		}
	})
}

// What happens to one WorkSpace of a batch happens to no other, though they have much in common.
func TestWorkspacesOfABatchAreApart(t *testing.T) {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s := start(t, wkstest.Config{Now: clock.Now})
	c := s.Client("eu-west-1", once)
	batch := make([]types.WorkspaceRequest, 12)
	for i := range batch {
		batch[i] = request("user-" + string(rune('a'+i)))
		batch[i].Tags = []types.Tag{{Key: aws.String("team"), Value: aws.String("a")}}
	}
	ids, codes := launch(t, c, batch...)
	if len(ids) != len(batch) {
		t.Fatal(codes)
	}
	if err := clock.Sleep(t.Context(), 30*time.Hour); err != nil {
		t.Fatal(err)
	}
	id := func(i int) *string { return &ids[i] }
	properties := func(p types.WorkspaceProperties) func(i int) error {
		return func(i int) error {
			_, err := c.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: id(i), WorkspaceProperties: &p})
			return err
		}
	}
	for i, do := range []func(i int) error{
		func(i int) error {
			_, err := c.CreateTags(t.Context(), &workspaces.CreateTagsInput{ResourceId: id(i), Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("b")}}})
			return err
		},
		func(i int) error {
			_, err := c.DeleteTags(t.Context(), &workspaces.DeleteTagsInput{ResourceId: id(i), TagKeys: []string{"team"}})
			return err
		},
		properties(types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}),
		properties(types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}),
		properties(types.WorkspaceProperties{ComputeTypeName: types.ComputePerformance}),
		func(i int) error {
			_, err := c.ModifyWorkspaceState(t.Context(), &workspaces.ModifyWorkspaceStateInput{WorkspaceId: id(i), WorkspaceState: types.TargetWorkspaceStateAdminMaintenance})
			return err
		},
		func(i int) error {
			_, err := c.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: id(i)}}})
			return err
		},
		func(i int) error {
			_, err := c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: id(i)}}})
			return err
		},
		func(i int) error { return s.Connect("eu-west-1", ids[i]) },
		func(i int) error {
			_, err := s.Client("eu-central-1", once).CreateStandbyWorkspaces(t.Context(), &workspaces.CreateStandbyWorkspacesInput{
				PrimaryRegion: aws.String("eu-west-1"), StandbyWorkspaces: []types.StandbyWorkspace{{DirectoryId: aws.String(wkstest.SampleDirectory), PrimaryWorkspaceId: id(i)}},
			})
			return err
		},
	} {
		before := s.State().Regions["eu-west-1"].Workspaces
		if err := do(i); err != nil {
			t.Fatalf("change %d: %v", i, err)
		}
		after := s.State().Regions["eu-west-1"].Workspaces
		for j := range before {
			if same := reflect.DeepEqual(before[j], after[j]); same == (i == j) {
				t.Errorf("change %d: WorkSpace %d was\n%+v, and is\n%+v", i, j, before[j], after[j])
			}
		}
	}
}

// Each WorkSpace of a batch has what its own request asks for.
func TestWorkspacesOfABatchDiffer(t *testing.T) {
	s := start(t, wkstest.Config{})
	c := s.Client("eu-west-1", once)
	key := aws.String("alias/aws/workspaces")
	batch := []types.WorkspaceRequest{
		request("a"), request("b"),
		request("c", func(q *types.WorkspaceRequest) { q.Tags = []types.Tag{{Key: aws.String("k"), Value: aws.String("v")}} }),
		request("d", func(q *types.WorkspaceRequest) { q.Tags = []types.Tag{{Key: aws.String("k"), Value: aws.String("w")}} }),
		request("e", func(q *types.WorkspaceRequest) { q.Tags = []types.Tag{{Key: aws.String("l"), Value: aws.String("w")}} }),
		request("f", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = key, aws.Bool(true)
		}),
		request("g", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.RootVolumeEncryptionEnabled = key, aws.Bool(true)
		}),
		request("gg", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.RootVolumeEncryptionEnabled, q.UserVolumeEncryptionEnabled = key, aws.Bool(true), aws.Bool(true)
		}),
		request("[UNDEFINED]", func(q *types.WorkspaceRequest) { q.WorkspaceName = aws.String("one") }),
		request("[UNDEFINED]", func(q *types.WorkspaceRequest) { q.WorkspaceName = aws.String("two") }),
		request("h", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}
		}),
		request("i"),
	}
	for _, q := range batch { // there are two subnets, and each kind is in both
		if *q.UserName != "[UNDEFINED]" {
			q.UserName = aws.String(*q.UserName + "2")
		}
		batch = append(batch, q)
	}
	out, err := c.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: batch})
	if err != nil || len(out.FailedRequests) > 0 {
		t.Fatal(out, err)
	}
	subnets := map[string]int{}
	for i, w := range s.State().Regions["eu-west-1"].Workspaces {
		q := batch[i]
		subnets[*w.SubnetId]++
		mode := types.RunningModeAlwaysOn
		if q.WorkspaceProperties != nil {
			mode = q.WorkspaceProperties.RunningMode
		}
		got := types.WorkspaceRequest{
			DirectoryId: w.DirectoryId, BundleId: w.BundleId, UserName: w.UserName, WorkspaceName: w.WorkspaceName, Tags: w.Tags,
			RootVolumeEncryptionEnabled: w.RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled: w.UserVolumeEncryptionEnabled,
			VolumeEncryptionKey: q.VolumeEncryptionKey, WorkspaceProperties: q.WorkspaceProperties,
		}
		w.IpAddress = nil // which is not told of a WorkSpace that is PENDING
		if !reflect.DeepEqual(out.PendingRequests[i], w.Workspace) {
			t.Errorf("WorkSpace %d is\n%+v, and the answer was\n%+v", i, w.Workspace, out.PendingRequests[i])
		}
		if !reflect.DeepEqual(got, q) || (w.VolumeEncryptionKey != nil) != (q.VolumeEncryptionKey != nil) || w.WorkspaceProperties.RunningMode != mode {
			t.Errorf("WorkSpace %d is\n%+v, and was asked for as\n%+v", i, got, q)
		}
	}
	for subnet, n := range subnets {
		if n != len(batch)/2 {
			t.Errorf("%d WorkSpaces in %s, want half of %d", n, subnet, len(batch))
		}
	}
}

// CreateWorkspaces answers a Direct and a client over the wire alike.
func TestLaunchAnswers(t *testing.T) {
	now := time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)
	in := &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{
		request("ada"), request("ADA"), request("bob", func(q *types.WorkspaceRequest) { q.Tags = []types.Tag{{Key: aws.String("k"), Value: aws.String("v")}} }),
		request("eve", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}
		}),
		request("kim", func(q *types.WorkspaceRequest) { q.BundleId = aws.String("wsb-00000000") }),
	}}
	client := start(t, wkstest.Config{Now: func() time.Time { return now }}).Client("eu-west-1", once)
	direct := start(t, wkstest.Config{Now: func() time.Time { return now }}).Direct("eu-west-1")
	for range 2 {
		a, errA := client.CreateWorkspaces(t.Context(), in)
		b, errB := direct.CreateWorkspaces(t.Context(), in)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		a.ResultMetadata = middleware.Metadata{}
		if !reflect.DeepEqual(a, b) || len(a.PendingRequests)+len(a.FailedRequests) != len(in.Workspaces) {
			t.Fatalf("%+v, and\n%+v", a, b)
		}
	}
}
