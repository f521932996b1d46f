package wkstest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// A request is on its way for a time between the two latencies, evenly spread, and the same time when another server with the seed gets it.
func TestLatencyIsSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		config := wkstest.Config{MinLatency: time.Second, MaxLatency: 3 * time.Second, Seed: 5}
		one, two := start(t, config).Direct("eu-west-1"), start(t, config).Direct("eu-west-1")
		var first, last, sum time.Duration
		const n = 300
		for i := range n {
			in := &workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{fmt.Sprintf("ws-%08d", i)}}
			took := func(d *wkstest.Direct) time.Duration {
				began := time.Now()
				must(d.DescribeWorkspaces(t.Context(), in))(t)
				return time.Since(began)
			}
			a, b := took(one), took(two)
			if a != b {
				t.Fatalf("%s, and %s", a, b)
			}
			if i == 0 || a < first {
				first = a
			}
			last, sum = max(last, a), sum+a
		}
		if first < time.Second || first > 1100*time.Millisecond || last > 3*time.Second || last < 2900*time.Millisecond || (sum/n-2*time.Second).Abs() > 150*time.Millisecond {
			t.Errorf("from %s to %s, %s on average", first, last, sum/n)
		}
	})
}

// What befalls a migration is no refusal of the call, which is served.
func TestFaultsOfMigrationsAreServed(t *testing.T) {
	region := wkstest.Sample("eu-west-1")
	region.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable), running("ws-000000002", "bob", types.WorkspaceStateAvailable), running("ws-000000003", "eve", types.WorkspaceStateAvailable)}
	clock := wkstest.NewVirtual(noon)
	s := start(t, wkstest.Config{
		Now: clock.Now, Record: true, State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": region}},
		Faults: []wkstest.Fault{{Kind: wkstest.DuplicateID, Workspaces: []string{"ws-000000001", "ws-000000003"}}},
	})
	var targets []string
	for _, id := range []string{"ws-000000001", "ws-000000002", "ws-000000003"} {
		out := migrateTo2019(t, s.Direct("eu-west-1"), &id)
		targets = append(targets, *out.TargetWorkspaceId)
		if *out.SourceWorkspaceId != id {
			t.Errorf("%s: %+v", id, out)
		}
	}
	list := s.State().Regions["eu-west-1"].Workspaces
	if len(list) != 6 || targets[0] != "ws-000000001" || targets[1] != *list[4].WorkspaceId || targets[2] != targets[1] { // the first has none before it
		t.Errorf("%q of %d WorkSpaces", targets, len(list))
	}
	for _, c := range s.Log() {
		if c.Outcome != wkstest.Served || c.Rules != nil {
			t.Errorf("%v", c)
		}
	}
}

// A migration takes the volumes, compute type and protocol of the bundle, and those of the WorkSpace where the bundle does not tell. The user volume never
// gets smaller.
func TestPropertiesAfterMigration(t *testing.T) {
	for name, tt := range map[string]struct {
		bundle wkstest.Bundle
		want   func(*types.WorkspaceProperties)
	}{
		"nothing is told": {wkstest.Bundle{}, func(*types.WorkspaceProperties) {}},
		"larger": {wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{RootStorage: &types.RootStorage{Capacity: aws.String("200")}, UserStorage: &types.UserStorage{Capacity: aws.String("500")}}}, func(p *types.WorkspaceProperties) {
			p.RootVolumeSizeGib, p.UserVolumeSizeGib = aws.Int32(200), aws.Int32(500)
		}},
		"smaller": {wkstest.Bundle{WorkspaceBundle: types.WorkspaceBundle{RootStorage: &types.RootStorage{Capacity: aws.String("80")}, UserStorage: &types.UserStorage{Capacity: aws.String("50")}}}, func(p *types.WorkspaceProperties) {
			p.RootVolumeSizeGib = aws.Int32(80)
		}},
		"another type and protocol": {wkstest.Bundle{Protocol: types.ProtocolPcoip, WorkspaceBundle: types.WorkspaceBundle{ComputeType: &types.ComputeType{Name: types.ComputePower}}}, func(p *types.WorkspaceProperties) {
			p.ComputeTypeName, p.Protocols = types.ComputePower, []types.Protocol{types.ProtocolPcoip}
		}},
	} {
		s, d, clock := served(t, func(r *wkstest.Region) {
			tt.bundle.BundleId, tt.bundle.Owner = aws.String("wsb-000000001"), aws.String(me)
			r.Bundles = []wkstest.Bundle{tt.bundle}
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
		})
		must(d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: aws.String("ws-000000001"), BundleId: aws.String("wsb-000000001")}))(t)
		pass(t, clock, time.Hour)
		list := s.State().Regions["eu-west-1"].Workspaces
		if len(list) != 1 {
			t.Errorf("%s: %d WorkSpaces", name, len(list))
			continue
		}
		want := *running("", "", "").WorkspaceProperties
		want.OperatingSystemName = ""
		tt.want(&want)
		answers(t, name, *list[0].WorkspaceProperties, want)
	}
}

// A name of a request stands cut in a message.
func TestMessagesAreCut(t *testing.T) {
	_, d, _ := served(t, nil)
	long := strings.Repeat("office", 100)
	in := &workspaces.CreateIpGroupInput{GroupName: &long}
	must(d.CreateIpGroup(t.Context(), in))(t)
	_, err := d.CreateIpGroup(t.Context(), in)
	refusedAt(t, "a long name", err, "ResourceAlreadyExistsException", "GroupName", "wkstest.already-exists")
	if text := messageOf(err); strings.Contains(text, long) || !strings.Contains(text, long[:100]) || len(text) > 400 {
		t.Error(text)
	}
}

// A body of white space is an empty request, and one byte that is no JSON of an object is none.
func TestShortBodies(t *testing.T) {
	for body, want := range map[string]int{"": 200, " ": 200, "\r\n\t": 200, "7": 400, "{": 400, "{}": 200, "null": 200} {
		r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", strings.NewReader(body))
		r.Header.Set("X-Amz-Target", "WorkspacesService.DescribeIpGroups")
		response, err := start(t, wkstest.Config{}).RoundTrip(r)
		if err != nil || response.StatusCode != want {
			t.Errorf("%q: %+v, %v", body, response, err)
		}
	}
}

// What Override changes in one request of a batch changes no other that is like it.
func TestOverrideChangesOne(t *testing.T) {
	s := start(t, wkstest.Config{Override: func(_ context.Context, operation string, input any) (any, bool, error) {
		if in, ok := input.(*workspaces.CreateWorkspacesInput); ok {
			*in.Workspaces[0].Tags[0].Value = "changed"
		}
		return nil, false, nil
	}})
	tag := func(q *types.WorkspaceRequest) {
		q.Tags = []types.Tag{{Key: aws.String("team"), Value: aws.String("desktops")}}
	}
	launch(t, s.Client("eu-west-1", once), request("ada", tag), request("bob", tag))
	var got []string
	for _, w := range s.State().Regions["eu-west-1"].Workspaces {
		got = append(got, *w.UserName+" "+*w.Tags[0].Value)
	}
	answers(t, "tags", got, []string{"ada changed", "bob desktops"})
}

// The key of a WorkSpace is told by its ARN, also that which AWS manages, of the account and the Region, though nobody has told of it.
func TestManagedKey(t *testing.T) {
	for _, name := range []string{"alias/aws/workspaces", "arn:aws:kms:eu-west-1:123456789012:alias/aws/workspaces"} {
		s, d, _ := served(t, nil)
		must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request("ada", func(q *types.WorkspaceRequest) {
			q.VolumeEncryptionKey, q.RootVolumeEncryptionEnabled = &name, aws.Bool(true)
		})}}))(t)
		list := s.State().Regions["eu-west-1"].Workspaces
		if len(list) != 1 || !strings.HasPrefix(*list[0].VolumeEncryptionKey, "arn:aws:kms:eu-west-1:123456789012:key/") {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// A mistake in the configuration is told with its value.
func TestMistakesTellTheValue(t *testing.T) {
	for want, c := range map[string]wkstest.Config{
		`Speed: "-1" is not above 0 and at most a million`:       {Speed: -1},
		`Undocumented: "9" is none of the values`:                {Undocumented: 9},
		`Fail: "nil" is needed with FailUndocumented`:            {Undocumented: wkstest.FailUndocumented},
		`MaxLatency: "1s" is negative, or less than MinLatency`:  {MinLatency: 2 * time.Second, MaxLatency: time.Second},
		`Quotas: "WorkSpaces: -1" is negative`:                   {Quotas: map[string]int{"WorkSpaces": -1}},
		`Times: "sleeping" is no activity`:                       {Times: map[wkstest.Activity]time.Duration{"sleeping": 1}},
		`Times.launch: "-1ns" is negative`:                       {Times: map[wkstest.Activity]time.Duration{wkstest.Launch: -1}},
		`Faults[0].Kind: "odd" is no kind of fault`:              {Faults: []wkstest.Fault{{Kind: "odd"}}},
		`Faults[0].Share: "1.5" is not a share between 0 and 1`:  {Faults: []wkstest.Fault{{Kind: wkstest.Lost, Share: 1.5}}},
		`Faults[0].Share: "-0.5" is not a share between 0 and 1`: {Faults: []wkstest.Fault{{Kind: wkstest.Lost, Share: -0.5}}},
		`Faults[1].First: "-1" is negative`:                      {Faults: []wkstest.Fault{{Kind: wkstest.Lost}, {Kind: wkstest.Lost, First: -1}}},
		`State.AccountID: "12345678901" is not twelve digits`:    {State: &wkstest.State{AccountID: "12345678901"}},
	} {
		if _, err := wkstest.New(c); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for _, c := range []wkstest.Config{
		{MinLatency: 1, MaxLatency: 1}, {Quotas: map[string]int{"WorkSpaces": 0}}, {Times: map[wkstest.Activity]time.Duration{wkstest.Launch: 0}}, {Faults: []wkstest.Fault{{Kind: wkstest.Lost, Share: 1, First: 1, Every: 1}}},
		{State: &wkstest.State{AccountID: "000000000001"}}, {State: &wkstest.State{Regions: map[string]*wkstest.Region{"eu-west-1": nil}}}, {Edition: rule.MustParseEdition("2020-01-10")},
	} {
		if _, err := wkstest.New(c); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// The users of a directory are those that it names, in whichever case, and WorkSpaces without a user need none.
func TestUsersOfDirectories(t *testing.T) {
	_, d, _ := served(t, func(r *wkstest.Region) { r.Directories[0].Users = []string{"Ada", "eve"} })
	for user, want := range map[string]string{"ADA": "", "eve": "", "bob": `UserName: ` + wkstest.SampleDirectory + ` has no user "bob" [wkstest.user-unknown]`, "[UNDEFINED]": ""} {
		got := ""
		for _, f := range must(d.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{request(user, func(q *types.WorkspaceRequest) {
			if user == "[UNDEFINED]" {
				q.WorkspaceName = aws.String("kiosk-1")
			}
		})}}))(t).FailedRequests {
			got = *f.ErrorMessage
		}
		answers(t, user, got, want)
	}
}

// A pool has at least as many sessions as users, and none is free then. One that is deleted has none. Some changes wait until the state before has ended.
func TestCapacityAndStatesOfPools(t *testing.T) {
	session := func(n int) types.WorkspacesPoolSession {
		return types.WorkspacesPoolSession{SessionId: aws.String(fmt.Sprintf("00000000-0000-0000-0000-00000000000%d", n))}
	}
	pool := func(id string, state types.WorkspacesPoolState, desired int32, sessions int) wkstest.Pool {
		p := wkstest.Pool{WorkspacesPool: types.WorkspacesPool{PoolId: &id, PoolName: &id, State: state, RunningMode: types.PoolsRunningModeAutoStop, CapacityStatus: &types.CapacityStatus{DesiredUserSessions: &desired}}}
		for n := range sessions {
			p.Sessions = append(p.Sessions, session(n+int(desired)))
		}
		return p
	}
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Pools = []wkstest.Pool{pool("wspool-000000001", types.WorkspacesPoolStateRunning, 1, 3), pool("wspool-000000002", types.WorkspacesPoolStateStopped, 5, 2), pool("wspool-000000003", types.WorkspacesPoolStateUpdating, 7, 1)}
	})
	for _, n := range []int{2, 6, 7} {
		must(d.TerminateWorkspacesPoolSession(t.Context(), &workspaces.TerminateWorkspacesPoolSessionInput{SessionId: session(n).SessionId}))(t)
	}
	capacity := func(active, actual, available, desired int32) *types.CapacityStatus {
		return &types.CapacityStatus{ActiveUserSessions: &active, ActualUserSessions: &actual, AvailableUserSessions: &available, DesiredUserSessions: &desired}
	}
	for i, want := range []*types.CapacityStatus{capacity(2, 2, 0, 1), capacity(1, 1, 0, 5), capacity(0, 7, 7, 7)} {
		answers(t, fmt.Sprint("pool ", i), s.State().Regions["eu-west-1"].Pools[i].CapacityStatus, want)
	}
	one, two := aws.String("wspool-000000001"), aws.String("wspool-000000002")
	terminate := func(id *string) error {
		_, err := d.TerminateWorkspacesPool(t.Context(), &workspaces.TerminateWorkspacesPoolInput{PoolId: id})
		return err
	}
	update := func(id *string) error {
		_, err := d.UpdateWorkspacesPool(t.Context(), &workspaces.UpdateWorkspacesPoolInput{PoolId: id, Description: aws.String("more")})
		return err
	}
	must(d.StartWorkspacesPool(t.Context(), &workspaces.StartWorkspacesPoolInput{PoolId: two}))(t)
	answers(t, "update one that is STARTING", messageOf(update(two)), "PoolId: wspool-000000002 is STARTING [wkstest.wrong-state]")
	answers(t, "terminate one that is STARTING", messageOf(terminate(two)), "PoolId: wspool-000000002 is STARTING [wkstest.wrong-state]")
	wants(t, "terminate", terminate(one), "")
	answers(t, "sessions", must(d.DescribeWorkspacesPoolSessions(t.Context(), &workspaces.DescribeWorkspacesPoolSessionsInput{PoolId: one}))(t).Sessions, []types.WorkspacesPoolSession{})
	answers(t, "terminate again", messageOf(terminate(one)), "PoolId: wspool-000000001 is DELETING [wkstest.wrong-state]")
	pass(t, clock, 10*time.Minute-1)
	answers(t, "pools", len(s.State().Regions["eu-west-1"].Pools), 3)
	pass(t, clock, 1)
	answers(t, "update one that is gone", messageOf(update(one)), `PoolId: there is no "wspool-000000001" [wkstest.unknown-resource]`)
	wants(t, "terminate one that is RUNNING", terminate(two), "")
}

// The rules that refuse parts of a batch are in the log, and in the header of the answer.
func TestRulesOfPartsAreNoted(t *testing.T) {
	s := start(t, wkstest.Config{Record: true})
	body := `{"Workspaces":[` + strings.Join([]string{
		`{"DirectoryId":"` + wkstest.SampleDirectory + `","BundleId":"wsb-00000000","UserName":"ada"}`, `{"DirectoryId":"` + wkstest.SampleDirectory + `","BundleId":"` + wkstest.SampleBundle + `","UserName":"bob"}`,
		`{"DirectoryId":"` + wkstest.SampleDirectory + `","BundleId":"` + wkstest.SampleBundle + `","UserName":"BOB"}`,
	}, ",") + `]}`
	r := httptest.NewRequest(http.MethodPost, "https://workspaces.example/", strings.NewReader(body))
	r.Header.Set("X-Amz-Target", "WorkspacesService.CreateWorkspaces")
	response, err := s.RoundTrip(r)
	if err != nil || response.StatusCode != 200 || response.Header.Get("X-Wks-Rule") != "wkstest.unknown-resource,bundles.user-repeated" {
		t.Errorf("%+v, %v", response, err)
	}
	c := s.Log()[0]
	answers(t, "rules", c.Rules, []rule.Code{"wkstest.unknown-resource", "bundles.user-repeated"})
	answers(t, "outcome", c.Outcome, wkstest.Served)
}
