package wkstest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/wkstest"
)

// running is a WorkSpace of a state that was launched three days before noon, in AutoStop mode with two days to go.
func running(id, user string, state types.WorkspaceState, change ...func(*wkstest.Workspace)) wkstest.Workspace {
	w := wkstest.Workspace{
		Workspace: types.Workspace{
			WorkspaceId: &id, UserName: &user, DirectoryId: aws.String(wkstest.SampleDirectory), BundleId: aws.String(wkstest.SampleBundle), State: state, IpAddress: aws.String("10.0.0.9"), ComputerName: aws.String("WSAMZN-" + user),
			WorkspaceProperties: &types.WorkspaceProperties{
				RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(60 * 2880), ComputeTypeName: types.ComputeStandard, RootVolumeSizeGib: aws.Int32(175), UserVolumeSizeGib: aws.Int32(100),
				Protocols: []types.Protocol{types.ProtocolWsp}, OperatingSystemName: types.OperatingSystemNameWindowsServer2022,
			},
		},
		Idle: noon,
	}
	w.History.Launched = noon.AddDate(0, 0, -3)
	for _, f := range change {
		f(&w)
	}
	return w
}

// operationsOf are those of a batch that take a WorkSpace out of its state.
var operationsOf = map[string]func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest{
	"Start": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		return must(d.StartWorkspaces(t.Context(), &workspaces.StartWorkspacesInput{StartWorkspaceRequests: []types.StartRequest{{WorkspaceId: id}}}))(t).FailedRequests
	},
	"Stop": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		return must(d.StopWorkspaces(t.Context(), &workspaces.StopWorkspacesInput{StopWorkspaceRequests: []types.StopRequest{{WorkspaceId: id}}}))(t).FailedRequests
	},
	"Reboot": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		return must(d.RebootWorkspaces(t.Context(), &workspaces.RebootWorkspacesInput{RebootWorkspaceRequests: []types.RebootRequest{{WorkspaceId: id}}}))(t).FailedRequests
	},
	"Rebuild": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		return must(d.RebuildWorkspaces(t.Context(), &workspaces.RebuildWorkspacesInput{RebuildWorkspaceRequests: []types.RebuildRequest{{WorkspaceId: id}}}))(t).FailedRequests
	},
	"Terminate": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		return must(d.TerminateWorkspaces(t.Context(), &workspaces.TerminateWorkspacesInput{TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: id}}}))(t).FailedRequests
	},
	"Restore": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		_, err := d.RestoreWorkspace(t.Context(), &workspaces.RestoreWorkspaceInput{WorkspaceId: id})
		return asFailed(id, err)
	},
	"Migrate": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
		_, err := d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: id, BundleId: &to})
		return asFailed(id, err)
	},
	"Modify": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		_, err := d.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: id, WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: types.ComputePower}})
		return asFailed(id, err)
	},
	"Maintain": func(d *wkstest.Direct, t *testing.T, id *string) []types.FailedWorkspaceChangeRequest {
		_, err := d.ModifyWorkspaceState(t.Context(), &workspaces.ModifyWorkspaceStateInput{WorkspaceId: id, WorkspaceState: types.TargetWorkspaceStateAdminMaintenance})
		return asFailed(id, err)
	},
}

// asFailed makes the same of the error of one WorkSpace as a batch has.
func asFailed(id *string, err error) []types.FailedWorkspaceChangeRequest {
	if err == nil {
		return []types.FailedWorkspaceChangeRequest{}
	}
	return []types.FailedWorkspaceChangeRequest{{ErrorCode: aws.String(codeOf(err)), ErrorMessage: aws.String(messageOf(err)), WorkspaceId: id}}
}

// An operation takes a WorkSpace into a state, and its user away where it ends the session. Afterwards comes the next state, in its time.
func TestOperationsOfWorkspaces(t *testing.T) {
	connected := func(w *wkstest.Workspace) {
		w.Connection = types.WorkspaceConnectionStatus{ConnectionState: types.ConnectionStateConnected, LastKnownUserConnectionTimestamp: &noon}
	}
	for name, tt := range map[string]struct {
		from, during types.WorkspaceState
		takes        time.Duration
		then         types.WorkspaceState // "" is gone
	}{
		"Start": {types.WorkspaceStateStopped, types.WorkspaceStateStarting, 2 * time.Minute, types.WorkspaceStateAvailable}, "Stop": {types.WorkspaceStateAvailable, types.WorkspaceStateStopping, time.Minute, types.WorkspaceStateStopped},
		"Reboot": {types.WorkspaceStateAvailable, types.WorkspaceStateRebooting, 5 * time.Minute, types.WorkspaceStateAvailable}, "Rebuild": {types.WorkspaceStateAvailable, types.WorkspaceStateRebuilding, 20 * time.Minute, types.WorkspaceStateAvailable},
		"Restore": {types.WorkspaceStateAvailable, types.WorkspaceStateRestoring, 20 * time.Minute, types.WorkspaceStateAvailable}, "Terminate": {types.WorkspaceStateAvailable, types.WorkspaceStateTerminating, 5 * time.Minute, ""},
	} {
		s, d, clock := served(t, func(r *wkstest.Region) {
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", tt.from, connected), running("ws-000000002", "bob", tt.from, connected)}
		})
		pass(t, clock, time.Hour)
		began := clock.Now()
		if failed := operationsOf[name](d, t, aws.String("ws-000000001")); len(failed) != 0 {
			t.Errorf("%s: %s", name, *failed[0].ErrorMessage)
			continue
		}
		list := s.State().Regions["eu-west-1"].Workspaces
		state := types.ConnectionStateDisconnected
		if name == "Start" {
			state = types.ConnectionStateConnected
		}
		next := tt.then
		if next == "" {
			next = types.WorkspaceStateTerminated
		}
		want := running("ws-000000001", "ada", tt.during, connected)
		want.Next, want.Ready, want.Connection.ConnectionState = next, began.Add(tt.takes), state
		answers(t, name, list, []wkstest.Workspace{want, running("ws-000000002", "bob", tt.from, connected)})
		pass(t, clock, tt.takes-1)
		answers(t, name+", until its end", s.State().Regions["eu-west-1"].Workspaces[0], want)
		pass(t, clock, 1)
		list = s.State().Regions["eu-west-1"].Workspaces
		if (len(list) == 2) != (tt.then != "") {
			t.Errorf("%s: %d WorkSpaces", name, len(list))
		}
		if tt.then == "" {
			continue
		}
		want.State, want.Next, want.Ready, want.Idle = tt.then, "", time.Time{}, clock.Now()
		switch name {
		case "Stop":
			want.Idle = noon
		case "Rebuild":
			want.History.Launched = clock.Now()
		}
		answers(t, name+", at its end", list[0], want)
	}
}

// While a WorkSpace migrates it can be terminated, and nothing else.
func TestOperationsOfMigration(t *testing.T) {
	for name, operation := range operationsOf {
		_, d, _ := served(t, func(r *wkstest.Region) {
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
		})
		migrateTo2019(t, d, aws.String("ws-000000001"))
		failed := operation(d, t, aws.String("ws-000000001"))
		if name == "Terminate" {
			answers(t, name, failed, []types.FailedWorkspaceChangeRequest{})
			continue
		}
		by, at := "bundles.modification-in-progress", "WorkspaceId"
		if name == "Migrate" {
			by, at = "migrate.modification-in-progress", "SourceWorkspaceId"
		}
		if want := at + ": ws-000000001 is being migrated [" + by + "]"; len(failed) != 1 || *failed[0].ErrorMessage != want || *failed[0].WorkspaceId != "ws-000000001" {
			t.Errorf("%s: %+v, want %s", name, failed, want)
		}
	}
	// One that was not there when the migration began is not found, and one that is TERMINATING or has a bundle that is not there is not migrated.
	_, d, clock := served(t, func(r *wkstest.Region) {
		r.Bundles = []wkstest.Bundle{{WorkspaceBundle: types.WorkspaceBundle{BundleId: aws.String("wsb-000000001"), Owner: aws.String(me), State: types.WorkspaceBundleStatePending}, Ready: noon.Add(time.Hour)}}
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable), running("ws-000000002", "bob", types.WorkspaceStateAvailable)}
	})
	migrate := func(id, bundle string) error {
		_, err := d.MigrateWorkspace(t.Context(), &workspaces.MigrateWorkspaceInput{SourceWorkspaceId: &id, BundleId: &bundle})
		return err
	}
	refusedAt(t, "a bundle that is PENDING", migrate("ws-000000001", "wsb-000000001"), "ResourceUnavailableException", "BundleId", "wkstest.not-available")
	refusedAt(t, "an unknown bundle", migrate("ws-000000001", "wsb-000000009"), "ResourceNotFoundException", "BundleId", "wkstest.unknown-resource")
	refusedAt(t, "an unknown WorkSpace", migrate("ws-000000009", "wsb-000000001"), "ResourceNotFoundException", "SourceWorkspaceId", "wkstest.unknown-resource")
	operationsOf["Terminate"](d, t, aws.String("ws-000000002"))
	to := wkstest.PublicBundle(types.ComputeStandard, types.OperatingSystemNameWindowsServer2019, types.ProtocolWsp)
	refusedAt(t, "one that is TERMINATING", migrate("ws-000000002", to), "OperationNotSupportedException", "SourceWorkspaceId", "wkstest.wrong-state")
	pass(t, clock, time.Minute)
	if failed := operationsOf["Terminate"](d, t, aws.String("ws-000000002")); len(failed) != 0 {
		t.Errorf("terminated twice: %+v", failed)
	}
	pass(t, clock, 4*time.Minute) // from the first time on
	refusedAt(t, "one that is gone", migrate("ws-000000002", to), "ResourceNotFoundException", "SourceWorkspaceId", "wkstest.unknown-resource")
}

// What boots an encrypted WorkSpace needs its key, where it is known.
func TestKeyOfOperations(t *testing.T) {
	const arn = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000000"
	encrypted := func(key string, root, user bool) func(*wkstest.Workspace) {
		return func(w *wkstest.Workspace) {
			w.VolumeEncryptionKey, w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled = aws.String(arn+key), &root, &user
		}
	}
	for name, from := range map[string]types.WorkspaceState{"Start": types.WorkspaceStateStopped, "Reboot": types.WorkspaceStateAvailable, "Rebuild": types.WorkspaceStateAvailable, "Stop": types.WorkspaceStateAvailable, "Terminate": types.WorkspaceStateAvailable} {
		_, d, _ := served(t, func(r *wkstest.Region) {
			r.Keys = []wkstest.Key{{ARN: arn + "1", State: "Enabled"}, {ARN: arn + "2", State: "PendingDeletion"}, {ARN: arn + "3"}}
			r.Workspaces = []wkstest.Workspace{
				running("ws-000000001", "ada", from, encrypted("1", true, true)), running("ws-000000002", "bob", from, encrypted("2", true, false)), running("ws-000000003", "eve", from, encrypted("2", false, true)),
				running("ws-000000004", "kim", from, encrypted("2", false, false)), running("ws-000000005", "dan", from, encrypted("3", true, true)), running("ws-000000006", "joe", from, encrypted("4", true, true)),
			}
		})
		boots := name != "Stop" && name != "Terminate"
		for i := range 6 {
			id := fmt.Sprintf("ws-00000000%d", i+1)
			want := []types.FailedWorkspaceChangeRequest{}
			if boots && (i == 1 || i == 2) {
				want = append(want, types.FailedWorkspaceChangeRequest{ErrorCode: aws.String("InvalidResourceState.WorkSpace"), ErrorMessage: aws.String("VolumeEncryptionKey: " + arn + "2 is PendingDeletion [encryption.key-not-enabled]"), WorkspaceId: &id})
			}
			answers(t, name+" "+id, operationsOf[name](d, t, &id), want)
		}
	}
}

// A modification tells what changes and until when, changes it at its end, and is told of no more then. Volumes grow while the WorkSpace is in
// use; a compute type and a protocol change while it is UPDATING, and take the user away.
func TestModificationsTell(t *testing.T) {
	connected := func(w *wkstest.Workspace) {
		w.Connection = types.WorkspaceConnectionStatus{ConnectionState: types.ConnectionStateConnected}
	}
	for name, tt := range map[string]struct {
		p         types.WorkspaceProperties
		resources []types.ModificationResourceEnum
		updating  bool
		then      func(*types.WorkspaceProperties)
		history   func(*wkstest.Workspace)
	}{
		"root": {types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(200)}, []types.ModificationResourceEnum{types.ModificationResourceEnumRootVolume}, false,
			func(p *types.WorkspaceProperties) { p.RootVolumeSizeGib = aws.Int32(200) }, func(w *wkstest.Workspace) { w.History.RootVolume = noon }},
		"user": {types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(200)}, []types.ModificationResourceEnum{types.ModificationResourceEnumUserVolume}, false,
			func(p *types.WorkspaceProperties) { p.UserVolumeSizeGib = aws.Int32(200) }, func(w *wkstest.Workspace) { w.History.UserVolume = noon }},
		"larger": {types.WorkspaceProperties{ComputeTypeName: types.ComputePower}, []types.ModificationResourceEnum{types.ModificationResourceEnumComputeType}, true,
			func(p *types.WorkspaceProperties) { p.ComputeTypeName = types.ComputePower }, func(w *wkstest.Workspace) { w.History.Larger = noon }},
		"smaller": {types.WorkspaceProperties{ComputeTypeName: types.ComputeValue}, []types.ModificationResourceEnum{types.ModificationResourceEnumComputeType}, true,
			func(p *types.WorkspaceProperties) { p.ComputeTypeName = types.ComputeValue }, func(w *wkstest.Workspace) { w.History.Smaller = noon }},
		"protocol": {types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolPcoip}}, []types.ModificationResourceEnum{types.ModificationResourceEnumProtocol}, true,
			func(p *types.WorkspaceProperties) { p.Protocols = []types.Protocol{types.ProtocolPcoip} }, func(*wkstest.Workspace) {}},
		"the same root volume": {types.WorkspaceProperties{RootVolumeSizeGib: aws.Int32(175)}, nil, false, func(*types.WorkspaceProperties) {}, func(*wkstest.Workspace) {}},
		"the same user volume": {types.WorkspaceProperties{UserVolumeSizeGib: aws.Int32(100)}, nil, false, func(*types.WorkspaceProperties) {}, func(*wkstest.Workspace) {}},
		"the same type":        {types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}, nil, false, func(*types.WorkspaceProperties) {}, func(*wkstest.Workspace) {}},
		"the same protocol":    {types.WorkspaceProperties{Protocols: []types.Protocol{types.ProtocolWsp}}, nil, false, func(*types.WorkspaceProperties) {}, func(*wkstest.Workspace) {}},
		"always on": {types.WorkspaceProperties{RunningMode: types.RunningModeAlwaysOn}, nil, false,
			func(p *types.WorkspaceProperties) {
				p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes = types.RunningModeAlwaysOn, nil
			}, func(*wkstest.Workspace) {}},
		"stop later": {types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop, RunningModeAutoStopTimeoutInMinutes: aws.Int32(600)}, nil, false,
			func(p *types.WorkspaceProperties) { p.RunningModeAutoStopTimeoutInMinutes = aws.Int32(600) }, func(*wkstest.Workspace) {}},
		"as late as by default": {types.WorkspaceProperties{RunningMode: types.RunningModeAutoStop}, nil, false,
			func(p *types.WorkspaceProperties) { p.RunningModeAutoStopTimeoutInMinutes = aws.Int32(60) }, func(*wkstest.Workspace) {}},
		"accelerator": {types.WorkspaceProperties{GlobalAccelerator: &types.GlobalAcceleratorForWorkSpace{Mode: types.AGAModeForWorkSpaceEnumEnabledAuto, PreferredProtocol: types.AGAPreferredProtocolForWorkSpaceTcp}}, nil, false,
			func(p *types.WorkspaceProperties) {
				p.GlobalAccelerator = &types.GlobalAcceleratorForWorkSpace{Mode: types.AGAModeForWorkSpaceEnumEnabledAuto, PreferredProtocol: types.AGAPreferredProtocolForWorkSpaceTcp}
			}, func(*wkstest.Workspace) {}},
	} {
		s, d, clock := served(t, func(r *wkstest.Region) {
			r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable, connected)}
		})
		if _, err := d.ModifyWorkspaceProperties(t.Context(), &workspaces.ModifyWorkspacePropertiesInput{WorkspaceId: aws.String("ws-000000001"), WorkspaceProperties: &tt.p}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := s.State().Regions["eu-west-1"].Workspaces[0]
		want := running("ws-000000001", "ada", types.WorkspaceStateAvailable, connected, tt.history)
		if tt.resources == nil { // at once
			tt.then(want.WorkspaceProperties)
			answers(t, name, got, want)
			continue
		}
		if tt.updating {
			want.State, want.Connection.ConnectionState = types.WorkspaceStateUpdating, types.ConnectionStateDisconnected
		}
		want.Change = &wkstest.Change{Resources: tt.resources, Properties: tt.p, Before: types.WorkspaceStateAvailable}
		if got.Change != nil {
			want.Change.Until = got.Change.Until
		}
		for _, r := range tt.resources {
			want.ModificationStates = append(want.ModificationStates, types.ModificationState{Resource: r, State: types.ModificationStateEnumUpdateInProgress})
		}
		answers(t, name, got, want)
		until := want.Change.Until
		pass(t, clock, until.Sub(noon)-1)
		answers(t, name+", until its end", s.State().Regions["eu-west-1"].Workspaces[0], want)
		pass(t, clock, 1)
		want.ModificationStates, want.Change, want.State = nil, nil, types.WorkspaceStateAvailable
		if tt.then(want.WorkspaceProperties); tt.updating {
			want.Idle = until
		}
		answers(t, name+", at its end", s.State().Regions["eu-west-1"].Workspaces[0], want)
	}
}

// A modification of nothing, and of the replication of a WorkSpace that has no standby, is refused.
func TestModificationsOfNothing(t *testing.T) {
	s, d, _ := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
	})
	modify := func(id string, in workspaces.ModifyWorkspacePropertiesInput) error {
		in.WorkspaceId = &id
		_, err := d.ModifyWorkspaceProperties(t.Context(), &in)
		return err
	}
	refusedAt(t, "nothing", modify("ws-000000001", workspaces.ModifyWorkspacePropertiesInput{}), "InvalidParameterValuesException", "WorkspaceProperties", "wkstest.nothing-to-do")
	refusedAt(t, "no standby", modify("ws-000000001", workspaces.ModifyWorkspacePropertiesInput{DataReplication: types.DataReplicationPrimaryAsSource}), "InvalidResourceStateException", "DataReplication", "wkstest.wrong-state")
	refusedAt(t, "unknown", modify("ws-000000009", workspaces.ModifyWorkspacePropertiesInput{WorkspaceProperties: &types.WorkspaceProperties{}}), "ResourceNotFoundException", "WorkspaceId", "wkstest.unknown-resource")
	answers(t, "as it was", s.State().Regions["eu-west-1"].Workspaces, []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)})
}

// A WorkSpace goes into maintenance and out of it at once, and one in maintenance does not stop by itself. Afterwards it counts anew.
func TestMaintenanceTells(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{running("ws-000000001", "ada", types.WorkspaceStateAvailable)}
	})
	modify := func(to types.TargetWorkspaceState) error {
		_, err := d.ModifyWorkspaceState(t.Context(), &workspaces.ModifyWorkspaceStateInput{WorkspaceId: aws.String("ws-000000001"), WorkspaceState: to})
		return err
	}
	is := func(state types.WorkspaceState, idle time.Time) {
		t.Helper()
		want := running("ws-000000001", "ada", state)
		want.Idle = idle
		answers(t, string(state), s.State().Regions["eu-west-1"].Workspaces[0], want)
	}
	wants(t, "into maintenance", modify(types.TargetWorkspaceStateAdminMaintenance), "")
	is(types.WorkspaceStateAdminMaintenance, noon)
	pass(t, clock, 200*24*time.Hour)
	is(types.WorkspaceStateAdminMaintenance, noon)
	wants(t, "out of it", modify(types.TargetWorkspaceStateAvailable), "")
	is(types.WorkspaceStateAvailable, clock.Now())
	pass(t, clock, 2880*time.Hour-1)
	is(types.WorkspaceStateAvailable, noon.Add(200*24*time.Hour))
	pass(t, clock, 1)
	if w := s.State().Regions["eu-west-1"].Workspaces[0]; w.State != types.WorkspaceStateStopping {
		t.Errorf("%s", w.State)
	}
}

// The status of connections is told of WorkSpaces that are described, and of no others.
func TestConnectionsTell(t *testing.T) {
	s, d, clock := served(t, func(r *wkstest.Region) {
		r.Workspaces = []wkstest.Workspace{
			running("ws-000000001", "ada", types.WorkspaceStateAvailable), running("ws-000000002", "bob", types.WorkspaceStateAvailable), running("ws-000000003", "eve", types.WorkspaceStateStopped),
			running("ws-000000004", "kim", types.WorkspaceStatePending, func(w *wkstest.Workspace) { w.Visible = noon.Add(time.Hour) }),
			running("ws-000000005", "dan", types.WorkspaceStateTerminating, func(w *wkstest.Workspace) {
				w.Ready, w.Next = noon.Add(time.Minute), types.WorkspaceStateTerminated
			}),
		}
	})
	connect := func(id string) string {
		if err := s.Connect("eu-west-1", id); err != nil {
			return err.Error()
		}
		return ""
	}
	answers(t, "connect", connect("ws-000000001"), "")
	pass(t, clock, time.Minute)
	answers(t, "connect", connect("ws-000000002"), "")
	answers(t, "to one that is STOPPED", connect("ws-000000003"), "wkstest: ws-000000003 is STARTING")
	answers(t, "to one that is STARTING", connect("ws-000000003"), "wkstest: ws-000000003 is STARTING")
	answers(t, "to one that is PENDING", connect("ws-000000004"), "wkstest: ws-000000004 is PENDING")
	answers(t, "to one that is gone", connect("ws-000000005"), "wkstest: there is no WorkSpace ws-000000005 in eu-west-1")
	pass(t, clock, time.Minute)
	if err := s.Disconnect("eu-west-1", "ws-000000002"); err != nil {
		t.Error(err)
	}
	pass(t, clock, time.Minute)
	now, one, two := clock.Now(), noon, noon.Add(2*time.Minute)
	status := func(id string, state types.ConnectionState, last *time.Time) types.WorkspaceConnectionStatus {
		return types.WorkspaceConnectionStatus{WorkspaceId: &id, ConnectionState: state, ConnectionStateCheckTimestamp: &now, LastKnownUserConnectionTimestamp: last}
	}
	want := []types.WorkspaceConnectionStatus{
		status("ws-000000001", types.ConnectionStateConnected, &one), status("ws-000000002", types.ConnectionStateDisconnected, &two), status("ws-000000003", types.ConnectionStateDisconnected, nil),
	}
	list := func(ids ...string) []types.WorkspaceConnectionStatus {
		t.Helper()
		return must(d.DescribeWorkspacesConnectionStatus(t.Context(), &workspaces.DescribeWorkspacesConnectionStatusInput{WorkspaceIds: ids}))(t).WorkspacesConnectionStatus
	}
	answers(t, "all", list(), want)
	answers(t, "some", list("ws-000000003", "ws-000000001", "ws-000000004", "ws-000000005", "ws-000000009"), []types.WorkspaceConnectionStatus{want[2], want[0]})
	var zero wkstest.Server
	if err := zero.Connect("eu-west-1", "ws-000000001"); err == nil || !strings.Contains(err.Error(), "zero value") {
		t.Errorf("the zero Server: %v", err)
	}
}
