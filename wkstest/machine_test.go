package wkstest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// A desktop is what the test itself knows of a WorkSpace: when it asked for what. The rest it
// learns from the API.
type desktop struct {
	id, user string
	made     time.Time // when it was asked for
	history  bundles.History
}

// A machine asks a server for random things, and holds each answer against what the rules of
// the packages say of what the API told before.
type machine struct {
	c        *workspaces.Client
	clock    *wkstest.Virtual
	desktops []*desktop
	known    map[string][]string // every WorkSpace that a user ever had
}

const (
	launchTakes  = 20 * time.Minute
	rebuildTakes = 30 * time.Minute
	migrateTakes = 40 * time.Minute
)

func newMachine(t *rapid.T) *machine {
	clock := wkstest.NewVirtual(time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC))
	s, err := wkstest.New(wkstest.Config{Now: clock.Now, Times: map[wkstest.Activity]time.Duration{
		wkstest.Launch: launchTakes, wkstest.Rebuilding: rebuildTakes, wkstest.Migrating: migrateTakes,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return &machine{c: s.Client("us-east-1", once), clock: clock, known: map[string][]string{}}
}

// cli prints a call as a command, which is what a failure shows when it is shrunk.
func (m *machine) cli(t *rapid.T, format string, args ...any) {
	t.Logf("%s  aws workspaces "+format, append([]any{m.clock.Now().Format("01-02 15:04")}, args...)...)
}

// pick draws a WorkSpace and what the API says of it. If there is none it launches one, and if it is
// not described it waits. It never skips the action: a fuzzer draws the same action again and again,
// and rapid gives up on a machine where each action skips.
func (m *machine) pick(t *rapid.T) (d *desktop, w types.Workspace, ok bool) {
	if len(m.desktops) == 0 {
		m.launch(t)
		return nil, w, false
	}
	d = rapid.SampledFrom(m.desktops).Draw(t, "WorkSpace")
	out, err := look(t.Context(), m.c, d.id)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Workspaces) == 0 {
		if m.clock.Now().Sub(d.made) >= time.Minute { // not described at once
			m.desktops = slices.DeleteFunc(m.desktops, func(o *desktop) bool { return o == d })
		}
		m.wait(t)
		return nil, w, false
	}
	return d, out.Workspaces[0], true
}

// asked is what package bundles is asked about.
func (m *machine) asked(t *rapid.T, d *desktop, w types.Workspace) bundles.Workspace {
	snapshots, err := m.c.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &d.id})
	if err != nil {
		t.Fatal(err)
	}
	b := bundles.NewWorkspace(w)
	b.History = d.history
	if m.clock.Now().Before(d.history.Launched) {
		b.History.Launched = time.Time{} // it is not launched yet
	}
	b.Snapshots = &bundles.Snapshots{Rebuild: snapshots.RebuildSnapshots, Restore: snapshots.RestoreSnapshots}
	return b
}

// judge compares what the server did with what the rules say, and returns whether it was done.
func judge(t *rapid.T, what string, a rule.Answer, err error, failed string) bool {
	if err != nil {
		t.Fatal(err)
	}
	var broken []string
	for _, v := range a.Violations {
		if v.Level == rule.Must {
			broken = append(broken, string(v.Code))
		}
	}
	named := slices.ContainsFunc(broken, func(c string) bool { return strings.Contains(failed, c) })
	switch {
	case failed == "" && len(broken) > 0:
		t.Fatalf("%s was done, though it breaks %v", what, broken)
	case failed != "" && len(broken) == 0:
		t.Fatalf("%s breaks nothing, but was refused: %s", what, failed)
	case failed != "" && !named:
		t.Fatalf("%s breaks %v, and was refused by another rule: %s", what, broken, failed)
	}
	return failed == ""
}

// refusal is the text of an error or of the one failed request of a batch, "" for none.
func refusal(t *rapid.T, err error, failed []types.FailedWorkspaceChangeRequest) string {
	if err != nil {
		if len(wkstest.RefusedBy(err)) == 0 {
			t.Fatalf("refused without a rule: %v", err)
		}
		return fmt.Sprint(err, wkstest.RefusedBy(err))
	}
	if len(failed) == 0 {
		return ""
	}
	if text := *failed[0].ErrorMessage; strings.HasSuffix(text, "]") {
		return text
	}
	t.Fatalf("refused without a rule: %s", *failed[0].ErrorMessage)
	return ""
}

func (m *machine) wait(t *rapid.T) {
	d := rapid.SampledFrom([]time.Duration{time.Minute, 10 * time.Minute, 25 * time.Minute, time.Hour, 5 * time.Hour, 13 * time.Hour, 31 * 24 * time.Hour}).Draw(t, "wait")
	if err := m.clock.Sleep(context.Background(), d); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) launch(t *rapid.T) {
	p := &types.WorkspaceProperties{
		RunningMode:       rapid.SampledFrom([]types.RunningMode{types.RunningModeAutoStop, types.RunningModeAlwaysOn}).Draw(t, "mode"),
		RootVolumeSizeGib: aws.Int32(rapid.SampledFrom([]int32{80, 175, 200}).Draw(t, "root")),
		UserVolumeSizeGib: aws.Int32(rapid.SampledFrom([]int32{10, 50, 100, 200}).Draw(t, "user volume")),
	}
	user := fmt.Sprint("user-", rapid.IntRange(0, 3).Draw(t, "user"))
	q := request(user, func(q *types.WorkspaceRequest) { q.WorkspaceProperties = p })
	m.cli(t, "create-workspaces --workspaces UserName=%s,…RootVolumeSizeGib=%d,UserVolumeSizeGib=%d,RunningMode=%s", user, *p.RootVolumeSizeGib, *p.UserVolumeSizeGib, p.RunningMode)
	taken := slices.ContainsFunc(m.known[user], func(id string) bool { // described or not
		_, err := m.c.DescribeTags(t.Context(), &workspaces.DescribeTagsInput{ResourceId: &id})
		return err == nil
	})
	out, err := m.c.CreateWorkspaces(t.Context(), &workspaces.CreateWorkspacesInput{Workspaces: []types.WorkspaceRequest{q}})
	if err != nil {
		t.Fatal(err)
	}
	failed := ""
	if len(out.FailedRequests) > 0 {
		failed = *out.FailedRequests[0].ErrorMessage
	}
	a, err := bundles.Newest().CheckRequest(q, bundles.LaunchContext{ComputeType: types.ComputeStandard, Volumes: bundles.Volumes{Root: 80, User: 50}, UserTaken: taken})
	if judge(t, "the launch", a, err, failed) {
		m.known[user] = append(m.known[user], *out.PendingRequests[0].WorkspaceId)
		m.desktops = append(m.desktops, &desktop{id: *out.PendingRequests[0].WorkspaceId, user: user, made: m.clock.Now(), history: bundles.History{Launched: m.clock.Now().Add(launchTakes)}})
	}
}

func (m *machine) change(t *rapid.T) {
	d, w, ok := m.pick(t)
	if !ok {
		return
	}
	op := rapid.SampledFrom([]bundles.Operation{
		bundles.Start, bundles.Stop, bundles.Reboot, bundles.Rebuild, bundles.Restore, bundles.Terminate, bundles.EnterMaintenance, bundles.LeaveMaintenance,
	}).Draw(t, "operation")
	m.cli(t, "%s … %s # %s %s", op, d.id, w.State, w.WorkspaceProperties.RunningMode)
	asked := m.asked(t, d, w)
	var failed []types.FailedWorkspaceChangeRequest
	var err error
	id := &d.id
	switch op {
	case bundles.Start:
		out, e := m.c.StartWorkspaces(t.Context(), &workspaces.StartWorkspacesInput{StartWorkspaceRequests: []types.StartRequest{{WorkspaceId: id}}})
		failed, err = out.FailedRequests, e
	case bundles.Stop:
		out, e := m.c.StopWorkspaces(t.Context(), &workspaces.StopWorkspacesInput{StopWorkspaceRequests: []types.StopRequest{{WorkspaceId: id}}})
		failed, err = out.FailedRequests, e
	case bundles.Reboot:
		out, e := m.c.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: id}}})
		failed, err = out.FailedRequests, e
	case bundles.Rebuild:
		out, e := m.c.RebuildWorkspaces(t.Context(), &workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{WorkspaceId: id}}})
		failed, err = out.FailedRequests, e
	case bundles.Terminate:
		out, e := m.c.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: id}}})
		failed, err = out.FailedRequests, e
	case bundles.Restore:
		_, err = m.c.RestoreWorkspace(t.Context(), &workspaces.RestoreWorkspaceInput{WorkspaceId: id})
	case bundles.EnterMaintenance:
		_, err = m.c.ModifyWorkspaceState(t.Context(), &workspaces.ModifyWorkspaceStateInput{WorkspaceId: id, WorkspaceState: types.TargetWorkspaceStateAdminMaintenance})
	default:
		_, err = m.c.ModifyWorkspaceState(t.Context(), &workspaces.ModifyWorkspaceStateInput{WorkspaceId: id, WorkspaceState: types.TargetWorkspaceStateAvailable})
	}
	text := refusal(t, err, failed)
	if strings.Contains(text, "is being migrated") {
		return
	}
	a, err := bundles.Newest().CheckOperation(op, asked)
	if judge(t, string(op), a, err, text) && op == bundles.Rebuild {
		d.history.Launched = m.clock.Now().Add(rebuildTakes)
	}
}

func (m *machine) modify(t *rapid.T) {
	d, w, ok := m.pick(t)
	if !ok {
		return
	}
	p := types.WorkspaceProperties{}
	switch rapid.IntRange(0, 3).Draw(t, "what") {
	case 0:
		p.RootVolumeSizeGib = aws.Int32(rapid.SampledFrom([]int32{80, 175, 200, 300, 2001}).Draw(t, "root"))
	case 1:
		p.UserVolumeSizeGib = aws.Int32(rapid.SampledFrom([]int32{50, 100, 200, 300}).Draw(t, "user volume"))
	case 2:
		p.ComputeTypeName = rapid.SampledFrom([]types.Compute{types.ComputeValue, types.ComputeStandard, types.ComputePerformance, types.ComputePower, types.ComputePowerpro, types.ComputeGraphicsG4dn}).Draw(t, "compute type")
	case 3:
		p.RunningMode = rapid.SampledFrom([]types.RunningMode{types.RunningModeAutoStop, types.RunningModeAlwaysOn}).Draw(t, "mode")
		if rapid.Bool().Draw(t, "with minutes") {
			p.RunningModeAutoStopTimeoutInMinutes = aws.Int32(rapid.SampledFrom([]int32{0, 60, 90, 120}).Draw(t, "minutes"))
		}
	}
	m.cli(t, "modify-workspace-properties --workspace-id %s --workspace-properties %d/%d %s %s %d # %s %v", d.id, aws.ToInt32(p.RootVolumeSizeGib), aws.ToInt32(p.UserVolumeSizeGib),
		p.ComputeTypeName, p.RunningMode, aws.ToInt32(p.RunningModeAutoStopTimeoutInMinutes), w.State, w.ModificationStates)
	asked, now := m.asked(t, d, w), m.clock.Now()
	_, err := m.c.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: &d.id, WorkspaceProperties: &p})
	text := refusal(t, err, nil)
	if strings.Contains(text, "is being migrated") {
		return
	}
	a, err := bundles.Newest().CheckModify(asked, p, now)
	if !judge(t, "the modification", a, err, text) {
		return
	}
	if n := p.RootVolumeSizeGib; n != nil && *n != *w.WorkspaceProperties.RootVolumeSizeGib {
		d.history.RootVolume = now
	}
	if n := p.UserVolumeSizeGib; n != nil && *n != *w.WorkspaceProperties.UserVolumeSizeGib {
		d.history.UserVolume = now
	}
	if to := p.ComputeTypeName; to != "" && to != w.WorkspaceProperties.ComputeTypeName {
		if bundles.Compare(to, w.WorkspaceProperties.ComputeTypeName) == bundles.Smaller {
			d.history.Smaller = now
		} else {
			d.history.Larger = now
		}
	}
}

func (m *machine) migrate(t *rapid.T) {
	d, w, ok := m.pick(t)
	if !ok {
		return
	}
	all := wkstest.PublicBundles()
	to := rapid.SampledFrom(all).Draw(t, "bundle")
	m.cli(t, "migrate-workspace --source-workspace-id %s --bundle-id %s # %s from %s", d.id, *to.BundleId, w.State, *w.BundleId)
	from := all[slices.IndexFunc(all, func(b wkstest.Bundle) bool { return *b.BundleId == *w.BundleId })]
	directories, err := m.c.DescribeWorkspaceDirectories(t.Context(), &workspaces.DescribeWorkspaceDirectoriesInput{DirectoryIds: []string{*w.DirectoryId}})
	if err != nil {
		t.Fatal(err)
	}
	snapshots, err := m.c.DescribeWorkspaceSnapshots(t.Context(), &workspaces.DescribeWorkspaceSnapshotsInput{WorkspaceId: &d.id})
	if err != nil {
		t.Fatal(err)
	}
	out, err := m.c.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &d.id, BundleId: to.BundleId})
	text := refusal(t, err, nil)
	if strings.Contains(text, "is being migrated") {
		return
	}
	if w.State == types.WorkspaceStateTerminating { // what goes cannot move, though no document says so
		if !strings.Contains(text, "is TERMINATING") {
			t.Fatalf("a WorkSpace that is TERMINATING is migrated: %s", text)
		}
		return
	}
	source, _, err1 := migrate.FromWorkspace(w, from.WorkspaceBundle, nil, &directories.Directories[0])
	target, _, err2 := migrate.FromBundle(to.WorkspaceBundle, nil, &directories.Directories[0])
	target.OS, target.Protocol = to.System, to.Protocol
	source.Region, target.Region = "us-east-1", "us-east-1"
	decision, err3 := migrate.Newest().Check(source, target)
	created := d.history.Launched
	if m.clock.Now().Before(created) {
		created = time.Time{}
	}
	ready, err4 := migrate.Newest().CheckReady(&migrate.Situation{Workspace: w, At: m.clock.Now(), Snapshots: snapshots.RebuildSnapshots, Connection: types.ConnectionStateDisconnected, Created: created})
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			t.Fatal(err)
		}
	}
	decision.Merge("", ready)
	if judge(t, "the migration", decision.Answer, nil, text) {
		m.known[d.user] = append(m.known[d.user], *out.TargetWorkspaceId)
		m.desktops = append(slices.DeleteFunc(m.desktops, func(o *desktop) bool { return o == d }),
			&desktop{id: *out.TargetWorkspaceId, user: d.user, made: m.clock.Now(), history: bundles.History{Launched: m.clock.Now().Add(migrateTakes)}}) // no document says that a wait goes over to the new WorkSpace
	}
}

// check holds what must always be so: nobody has two WorkSpaces but for a migration, every pair of volumes
// is one of the documents, and what lasts is a state that lasts.
func (m *machine) check(t *rapid.T) {
	out, err := m.c.DescribeWorkspaces(t.Context(), &workspaces.DescribeWorkspacesInput{})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]types.Workspace{}
	for _, w := range out.Workspaces {
		of[*w.UserName] = append(of[*w.UserName], w)
	}
	for user, list := range of {
		if len(list) > 2 || len(list) == 2 && list[1].State != types.WorkspaceStatePending && list[1].State != types.WorkspaceStateTerminating {
			t.Fatalf("%s has %d WorkSpaces, the last %s", user, len(list), list[len(list)-1].State)
		}
	}
}

// Whatever is asked in whichever order, the server does nothing that the rules forbid, refuses nothing that
// they permit, and names a rule each time.
func TestMachine(t *testing.T) { rapid.Check(t, machineProperty) }

func machineProperty(t *rapid.T) {
	m := newMachine(t)
	t.Repeat(map[string]func(*rapid.T){
		"wait": m.wait, "launch": m.launch, "change": m.change, "modify": m.modify, "migrate": m.migrate, "": m.check,
	})
}

func FuzzMachine(f *testing.F) { f.Fuzz(rapid.MakeFuzz(machineProperty)) }
