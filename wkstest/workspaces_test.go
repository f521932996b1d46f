package wkstest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// request asks for a WorkSpace in the sample account.
func request(user string, change ...func(*types.WorkspaceRequest)) types.WorkspaceRequest {
	q := types.WorkspaceRequest{DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), UserName: aws.String(user)}
	for _, f := range change {
		f(&q)
	}
	return q
}

// launch launches WorkSpaces, and returns their IDs and the codes of those that failed.
func launch(t testing.TB, c *workspaces.Client, batch ...types.WorkspaceRequest) (ids, codes []string) {
	t.Helper()
	out, err := c.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: batch})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range out.PendingRequests {
		ids = append(ids, *w.WorkspaceId)
	}
	for _, f := range out.FailedRequests {
		codes = append(codes, *f.ErrorCode)
	}
	if len(ids)+len(codes) != len(batch) {
		t.Errorf("%d answers to %d requests", len(ids)+len(codes), len(batch))
	}
	return ids, codes
}

// state returns the state of a WorkSpace, "" if it is not described.
func state(t testing.TB, c *workspaces.Client, id string) string {
	t.Helper()
	out, err := look(t.Context(), c, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Workspaces) == 0 {
		return ""
	}
	return string(out.Workspaces[0].State)
}

// A WorkSpace is not described at once, is PENDING for up to 20 minutes, has then an address and a
// name, and is gone some time after it was terminated.
func TestLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		ids, _ := launch(t, c, request("ada"))
		id := ids[0]
		got := []string{state(t, c, id)}
		time.Sleep(10 * time.Second)
		out, err := look(t.Context(), c, id)
		if err != nil || out.Workspaces[0].IpAddress != nil || out.Workspaces[0].ComputerName != nil {
			t.Errorf("%+v, %v", out, err)
		}
		got = append(got, state(t, c, id))
		time.Sleep(20 * time.Minute)
		out, err = look(t.Context(), c, id)
		if err != nil || out.Workspaces[0].IpAddress == nil || out.Workspaces[0].ComputerName == nil {
			t.Errorf("%+v, %v", out, err)
		}
		got = append(got, state(t, c, id))
		if _, err := c.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: &id}}}); err != nil {
			t.Error(err)
		}
		got = append(got, state(t, c, id))
		time.Sleep(5 * time.Minute)
		got = append(got, state(t, c, id))
		if out, err := c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: &id}, {WorkspaceId: aws.String("ws-00000000")}}}); err != nil ||
			len(out.FailedRequests) != 1 || *out.FailedRequests[0].ErrorCode != "ResourceNotFound.WorkSpace" {
			t.Errorf("%+v, %v", out, err)
		}
		got = append(got, state(t, c, id))
		_, codes := launch(t, c, request("ada")) // the name is held until the old one is gone
		got = append(got, codes...)
		time.Sleep(5 * time.Minute)
		got = append(got, state(t, c, id))
		ids, codes = launch(t, c, request("Ada"))
		if len(ids) != 1 {
			t.Error(codes)
		}
		want := []string{"", "PENDING", "AVAILABLE", "REBOOTING", "AVAILABLE", "TERMINATING", "ResourceExists.WorkSpace", ""}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

// An AutoStop WorkSpace stops when nobody was connected for its time, not while somebody is, and
// starts when its user connects, or StartWorkspaces says so.
func TestAutoStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := start(t, wkstest.Config{})
		c := s.Client("eu-west-1", once)
		ids, _ := launch(t, c, request("ada", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}
		}))
		id := ids[0]
		var got []string
		at := func(wait time.Duration) { time.Sleep(wait); got = append(got, state(t, c, id)) }
		at(20 * time.Minute)
		if err := s.Connect("eu-west-1", id); err != nil {
			t.Error(err)
		}
		at(3 * time.Hour)
		if err := s.Disconnect("eu-west-1", id); err != nil {
			t.Error(err)
		}
		at(59 * time.Minute)
		at(time.Minute)
		at(time.Minute)
		if err := s.Connect("eu-west-1", id); err == nil {
			t.Error("a stopped WorkSpace takes a connection")
		}
		at(0)
		at(2 * time.Minute)
		if err := s.Connect("eu-west-1", id); err != nil {
			t.Error(err)
		}
		status, err := c.DescribeWorkspacesConnectionStatus(t.Context(), &workspaces.DescribeWorkspacesConnectionStatusInput{WorkspaceIds: []string{id}})
		if err != nil || status.WorkspacesConnectionStatus[0].ConnectionState != types.ConnectionStateConnected {
			t.Errorf("%+v, %v", status, err)
		}
		out, err := c.StopWorkspaces(t.Context(), &workspaces.StopWorkspacesInput{StopWorkspaceRequests: []types.StopRequest{{WorkspaceId: &id}}})
		if err != nil || len(out.FailedRequests) > 0 {
			t.Errorf("%+v, %v", out, err)
		}
		at(time.Minute)
		started, err := c.StartWorkspaces(t.Context(), &workspaces.StartWorkspacesInput{StartWorkspaceRequests: []types.StartRequest{{WorkspaceId: &id}, {WorkspaceId: &id}}})
		if err != nil || len(started.FailedRequests) != 1 || *started.FailedRequests[0].ErrorCode != "InvalidResourceState.WorkSpace" {
			t.Errorf("%+v, %v", started, err)
		}
		at(2 * time.Minute)
		want := []string{"AVAILABLE", "AVAILABLE", "AVAILABLE", "STOPPING", "STOPPED", "STARTING", "AVAILABLE", "STOPPED", "AVAILABLE"}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if s.Connect("eu-west-1", "ws-00000000") == nil || s.Disconnect("eu-west-1", "ws-00000000") == nil {
			t.Error("somebody is connected to what is not there")
		}
	})
}

// Each request of a batch fails by itself, by the rule that it breaks, with the code that users met
// or that the table of codes chooses.
func TestLaunchRefusals(t *testing.T) {
	const key = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-"
	directory := wkstest.Sample("eu-west-1").Directories[0]
	directory.Users = []string{"ada", "grace", "barbara", "edith", "jean", "kay", "marlyn", "betty"}
	registering := directory
	registering.DirectoryId, registering.State, registering.Ready = aws.String("d-9067000002"), types.WorkspaceDirectoryStateRegistering, time.Now().Add(time.Hour)
	s := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": {
		Directories: []wkstest.Directory{directory, registering},
		Keys:        []wkstest.Key{{ARN: key + "000000000001"}, {ARN: key + "000000000002", State: "Disabled"}, {ARN: key + "000000000003", Spec: "RSA_2048"}, {ARN: key + "000000000004", Grants: 49999}},
	}}}})
	encrypted := func(arn string) func(*types.WorkspaceRequest) {
		return func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.UserVolumeEncryptionEnabled = &arn, aws.Bool(true)
		}
	}
	for _, c := range []struct {
		request types.WorkspaceRequest
		code    string
		rule    string
	}{
		{request("ada"), "", ""},
		{request("ADA"), "ResourceExists.WorkSpace", "bundles.user-taken"},
		{request("nobody"), "ResourceNotFound.User", "wkstest.user-unknown"},
		{request("grace", func(q *types.WorkspaceRequest) { q.DirectoryId = aws.String("d-9067000009") }), "ResourceNotFound.Directory", "wkstest.unknown-resource"},
		{request("grace", func(q *types.WorkspaceRequest) { q.DirectoryId = aws.String("d-9067000002") }), "InvalidResourceState.WorkSpace", "wkstest.not-registered"},
		{request("grace", func(q *types.WorkspaceRequest) { q.BundleId = aws.String("wsb-00000000") }), "ResourceNotFound.Bundle", "wkstest.unknown-resource"},
		{request("grace", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(10)}
		}), "InvalidParameterValues.WorkSpace", "bundles.volume-below-minimum"},
		{request("grace", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60)}
		}), "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace", "bundles.auto-stop-minutes-not-applicable"},
		{request("grace", encrypted(key+"000000000001")), "", ""},
		{request("barbara", encrypted(key+"000000000002")), "InvalidResourceState.WorkSpace", "encryption.key-not-enabled"},
		{request("barbara", encrypted(key+"000000000003")), "InvalidParameterValues.WorkSpace", "encryption.key-asymmetric"},
		{request("barbara", encrypted(key+"000000000004")), "ResourceLimitExceeded.WorkSpace", "wkstest.key-full"},
		{request("barbara", encrypted(key+"000000000005")), "InvalidParameterValues.WorkSpace", "encryption.key-not-found"},
		{request("barbara", encrypted(strings.Replace(key, "eu-west-1", "us-east-1", 1)+"000000000001")), "InvalidParameterValues.WorkSpace", "encryption.key-in-other-region"},
	} {
		out, err := s.Client("eu-west-1", once).CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{c.request}})
		switch {
		case err != nil:
			t.Errorf("%s: %v", c.rule, err)
		case c.code == "" && len(out.FailedRequests) > 0:
			t.Errorf("%+v: %s", c.request, *out.FailedRequests[0].ErrorMessage)
		case c.code != "" && (len(out.FailedRequests) != 1 || *out.FailedRequests[0].ErrorCode != c.code || !strings.HasSuffix(*out.FailedRequests[0].ErrorMessage, "["+c.rule+"]")):
			t.Errorf("%s: %+v", c.rule, out)
		}
	}
}

// Volumes and compute types change in the order and at the times that the guide gives.
func TestModify(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		ids, _ := launch(t, c, request("ada", func(q *types.WorkspaceRequest) {
			q.WorkspaceProperties = &types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100)}
		}))
		modify := func(p types.WorkspaceProperties) string {
			_, err := c.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &ids[0], WorkspaceProperties: &p})
			if err == nil {
				return "ok"
			}
			text := codeOf(err)
			for _, r := range wkstest.RefusedBy(err) {
				text += " " + string(r)
			}
			return text
		}
		describe := func() types.Workspace {
			out, err := look(t.Context(), c, ids[0])
			if err != nil {
				t.Fatal(err)
			}
			return out.Workspaces[0]
		}
		user := func(gib int32) types.WorkspaceProperties { return types.WorkspaceProperties{UserVolumeSizeGib: &gib} }
		for _, step := range []struct {
			wait time.Duration
			p    types.WorkspaceProperties
			want string
		}{
			{30 * time.Minute, user(200), "InvalidResourceStateException bundles.resize-soon-after-launch"},
			{8 * time.Hour, user(99), "InvalidParameterValuesException bundles.volume-shrinks"},
			{0, types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(200), UserVolumeSizeGib: aws.Int32(200)}, "InvalidParameterValuesException bundles.volumes-together"},
			{0, user(200), "ok"},
			{time.Minute, user(300), "InvalidResourceStateException bundles.volume-cool-down bundles.modification-in-progress"},
			{3 * time.Hour, user(300), "InvalidResourceStateException bundles.volume-cool-down"},
			{3 * time.Hour, user(300), "ok"},
			{3 * time.Hour, types.WorkspaceProperties{ComputeTypeName: types.ComputePerformance}, "ok"},
			{2 * time.Hour, types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}, "ok"},
			{2 * time.Hour, types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(61)}, "InvalidParameterValuesException bundles.auto-stop-minutes"},
			{0, types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}, "ok"},
		} {
			time.Sleep(step.wait)
			got := modify(step.p)
			if got != step.want {
				t.Errorf("after %s %+v: %s, want %s", step.wait, step.p, got, step.want)
			}
			w := describe()
			if got == "ok" && step.p.RunningMode == "" && len(w.ModificationStates) != 1 {
				t.Errorf("%+v", w.ModificationStates)
			}
			if (step.p.ComputeTypeName != "") != (w.State == types.WorkspaceStateUpdating) {
				t.Errorf("%+v: %s", step.p, w.State)
			}
		}
		p := describe().WorkspaceProperties
		if *p.UserVolumeSizeGib != 300 || *p.RootVolumeSizeGib != 175 || p.ComputeTypeName != types.ComputeStandard || *p.RunningModeAutoStopTimeoutInMinutes != 60 {
			t.Errorf("%+v", p)
		}
	})
}

// A launch and a change may fail long after they were asked for.
func TestLateFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{Faults: []wkstest.Fault{{Kind: wkstest.LaunchFails, First: 1}, {Kind: wkstest.ChangeFails, First: 1}}}).Client("eu-west-1", once)
		bad, _ := launch(t, c, request("ada"))
		good, _ := launch(t, c, request("grace"))
		time.Sleep(8 * time.Hour)
		if a, b := state(t, c, bad[0]), state(t, c, good[0]); a != "ERROR" || b != "AVAILABLE" {
			t.Errorf("%s, %s", a, b)
		}
		grow := &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &good[0], WorkspaceProperties: &types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}}
		for _, want := range []types.ModificationStateEnum{types.ModificationStateEnumUpdateFailed, ""} {
			if _, err := c.ModifyWorkspaceProperties(t.Context(), grow); err != nil {
				t.Fatal(err)
			}
			time.Sleep(8 * time.Hour)
			out, err := look(t.Context(), c, good[0])
			if err != nil {
				t.Fatal(err)
			}
			w := out.Workspaces[0]
			failed := len(w.ModificationStates) > 0 && w.ModificationStates[0].State == types.ModificationStateEnumUpdateFailed
			if failed != (want != "") || failed == (*w.WorkspaceProperties.UserVolumeSizeGib == 100) {
				t.Errorf("%+v, %d GiB", w.ModificationStates, *w.WorkspaceProperties.UserVolumeSizeGib)
			}
		}
	})
}

// The subnets of a directory have only so many addresses, and give them back.
func TestAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		region := wkstest.Sample("eu-west-1")
		subnets := region.Directories[0].SubnetIds
		region.Subnets = []wkstest.Subnet{{SubnetID: subnets[0], CIDR: "10.1.0.0/29"}, {SubnetID: subnets[1], CIDR: "10.2.0.0/28", Available: aws.Int(1)}}
		c := start(t, wkstest.Config{State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}}).Client("eu-west-1", once)
		var batch []types.WorkspaceRequest
		for i := range 6 {
			batch = append(batch, request(fmt.Sprint("user", i)))
		}
		ids, codes := launch(t, c, batch...)
		if len(ids) != 4 || !slices.Equal(codes, []string{"ResourceUnavailable.WorkSpace", "ResourceUnavailable.WorkSpace"}) {
			t.Errorf("%v, %v", ids, codes)
		}
		time.Sleep(time.Hour)
		out, err := c.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{})
		if err != nil {
			t.Fatal(err)
		}
		var addresses []string
		for _, w := range out.Workspaces {
			addresses = append(addresses, *w.IpAddress)
		}
		slices.Sort(addresses)
		if want := []string{"10.1.0.4", "10.1.0.5", "10.1.0.6", "10.2.0.4"}; !slices.Equal(addresses, want) {
			t.Errorf("%v, want %v", addresses, want)
		}
		if _, err := c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: &ids[0]}}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if state(t, c, ids[0]) != "" {
			t.Error("it is still there")
		}
		if ids, codes := launch(t, c, request("another")); len(ids) != 1 {
			t.Error(codes)
		}
	})
}

// Snapshots are made every 12 hours from the launch on, and rebuild and restore need one.
func TestSnapshots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		ids, _ := launch(t, c, request("ada"))
		restore := func() error {
			_, err := c.RestoreWorkspace(t.Context(), &workspaces.RestoreWorkspaceInput{WorkspaceId: &ids[0]})
			return err
		}
		time.Sleep(2 * time.Hour)
		if err := restore(); !slices.Equal(wkstest.RefusedBy(err), []rule.Code{bundles.SnapshotMissing}) {
			t.Errorf("%v", err)
		}
		time.Sleep(24 * time.Hour)
		out, err := c.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &ids[0]})
		if err != nil || len(out.RebuildSnapshots) != 1 || len(out.RestoreSnapshots) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		if age := time.Since(*out.RebuildSnapshots[0].SnapshotTime); age <= 0 || age >= 12*time.Hour {
			t.Errorf("the last snapshot is %s old", age)
		}
		if err := restore(); err != nil || state(t, c, ids[0]) != "RESTORING" {
			t.Errorf("%v", err)
		}
	})
}

// DescribeWorkspaces pages through everything once, by 25 or by Limit, whatever is terminated
// meanwhile, and takes one filter at a time.
func TestPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := start(t, wkstest.Config{}).Client("eu-west-1", once)
		for i := range 4 {
			var batch []types.WorkspaceRequest
			for j := range 25 {
				batch = append(batch, request(fmt.Sprintf("user-%d-%d", i, j)))
			}
			launch(t, c, batch...)
		}
		time.Sleep(time.Hour)
		seen := map[string]bool{}
		pages := 0
		p := workspaces.NewDescribeWorkspacesPaginator(c, &workspaces.DescribeWorkspacesInput{DirectoryId: aws.String(wkstest.SampleDirectory), Limit: aws.Int32(7)})
		for p.HasMorePages() {
			out, err := p.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			pages++
			for _, w := range out.Workspaces {
				if seen[*w.WorkspaceId] {
					t.Errorf("%s came twice", *w.WorkspaceId)
				}
				seen[*w.WorkspaceId] = true
			}
			last := out.Workspaces[len(out.Workspaces)-1].WorkspaceId
			if _, err := c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: last}}}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Minute)
		}
		if len(seen) != 100 || pages != 15 {
			t.Errorf("%d WorkSpaces on %d pages", len(seen), pages)
		}
		for _, in := range []*workspaces.DescribeWorkspacesInput{
			{WorkspaceIds: []string{"ws-12345678"}, BundleId: aws.String(wkstest.SampleBundle)}, {BundleId: aws.String(wkstest.SampleBundle), DirectoryId: aws.String(wkstest.SampleDirectory)}, {UserName: aws.String("ada")},
		} {
			if _, err := c.DescribeWorkspaces(t.Context(), in); codeOf(err) != "InvalidParameterValuesException" {
				t.Errorf("%+v: %v", in, err)
			}
		}
	})
}

// What no document tells is done, refused or reported, as Config says.
func TestUndocumented(t *testing.T) {
	flagged := request("ada", func(q *types.WorkspaceRequest) { q.UserVolumeEncryptionEnabled = aws.Bool(true) }) // and no key
	var failures []string
	for policy, want := range map[wkstest.Undocumented]int{wkstest.AllowUndocumented: 1, wkstest.RefuseUndocumented: 0, wkstest.FailUndocumented: 1} {
		s := start(t, wkstest.Config{Undocumented: policy, Fail: func(format string, args ...any) { failures = append(failures, fmt.Sprintf(format, args...)) }})
		if ids, codes := launch(t, s.Client("eu-west-1"), flagged); len(ids) != want {
			t.Errorf("%d: %v, %v", policy, ids, codes)
		}
	}
	if len(failures) != 1 || !strings.Contains(failures[0], "CreateWorkspaces") {
		t.Errorf("%q", failures)
	}
}

// The account's quotas hold where they were told, and those that cannot be raised.
func TestQuotasOfTheAccount(t *testing.T) {
	c := start(t, wkstest.Config{Quotas: map[string]int{bundles.QuotaWorkspaces: 2}}).Client("eu-west-1")
	ids, codes := launch(t, c, request("ada"), request("grace"), request("barbara"))
	if len(ids) != 2 || !slices.Equal(codes, []string{"ResourceLimitExceeded.WorkSpace"}) {
		t.Errorf("%v, %v", ids, codes)
	}
}

// What has ended holds neither a place in a quota nor an address nor grants of a key, though nobody has looked at it.
func TestWhatEndedHoldsNothing(t *testing.T) {
	key := "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"
	for name, tt := range map[string]struct {
		quotas map[string]int
		change func(r *wkstest.Region)
	}{
		"quota": {map[string]int{bundles.QuotaWorkspaces: 1}, func(*wkstest.Region) {}},
		"address": {nil, func(r *wkstest.Region) {
			for _, id := range r.Directories[0].SubnetIds {
				r.Subnets = append(r.Subnets, wkstest.Subnet{SubnetID: id, Available: aws.Int(0)})
			}
			r.Subnets[0].Available = aws.Int(1)
		}},
		"key": {nil, func(r *wkstest.Region) { r.Keys = []wkstest.Key{{ARN: key, Grants: 49_998}} }}, // of 50,000, and one volume takes two
	} {
		synctest.Test(t, func(t *testing.T) {
			region := wkstest.Sample("eu-west-1")
			tt.change(region)
			s := start(t, wkstest.Config{Quotas: tt.quotas, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}}})
			c := s.Client("eu-west-1", once)
			want := func(user string, n int) (ids []string) {
				r := request(user)
				r.VolumeEncryptionKey, r.UserVolumeEncryptionEnabled = &key, aws.Bool(true)
				ids, codes := launch(t, c, r)
				if len(ids) != n {
					t.Errorf("%s: %s: %d launched, %v", name, user, len(ids), codes)
				}
				return ids
			}
			ids := want("ada", 1)
			want("bob", 0)
			time.Sleep(2 * time.Hour)
			must(c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: &ids[0]}}}))(t)
			time.Sleep(2 * time.Hour)
			want("bob", 1)
		})
	}
}
