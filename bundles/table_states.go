package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An Operation is what is asked of one WorkSpace: an operation of the API, and where that
// does several things, which of them.
type Operation string

// The operations whose states the documents give.
const (
	Start            Operation = "StartWorkspaces"
	Stop             Operation = "StopWorkspaces"
	Reboot           Operation = "RebootWorkspaces"
	Rebuild          Operation = "RebuildWorkspaces"
	Restore          Operation = "RestoreWorkspace"
	Migrate          Operation = "MigrateWorkspace"
	ModifyVolumes    Operation = "ModifyWorkspaceProperties (volumes)"
	ModifyCompute    Operation = "ModifyWorkspaceProperties (compute type)"
	ModifyMode       Operation = "ModifyWorkspaceProperties (running mode)"
	ModifyProtocol   Operation = "ModifyWorkspaceProperties (protocol)"
	EnterMaintenance Operation = "ModifyWorkspaceState (ADMIN_MAINTENANCE)"
	LeaveMaintenance Operation = "ModifyWorkspaceState (AVAILABLE)"
	CreateImage      Operation = "CreateWorkspaceImage"
	Terminate        Operation = "TerminateWorkspaces"
)

var operations = []Operation{
	Start, Stop, Reboot, Rebuild, Restore, Migrate, ModifyVolumes, ModifyCompute, ModifyMode, ModifyProtocol,
	EnterMaintenance, LeaveMaintenance, CreateImage, Terminate,
}

// Short names for the tables of this file.
const (
	available   = types.WorkspaceStateAvailable
	impaired    = types.WorkspaceStateImpaired
	unhealthy   = types.WorkspaceStateUnhealthy
	rebooting   = types.WorkspaceStateRebooting
	adminMaint  = types.WorkspaceStateAdminMaintenance
	suspended   = types.WorkspaceStateSuspended
	stopped     = types.WorkspaceStateStopped
	failed      = types.WorkspaceStateError
	autoStop    = types.RunningModeAutoStop
	manual      = types.RunningModeManual
	rootVolume  = types.ModificationResourceEnumRootVolume
	userVolume  = types.ModificationResourceEnumUserVolume
	computeType = types.ModificationResourceEnumComputeType
)

// A stateRow is a list of states that a document gives for an operation.
type stateRow struct {
	op     Operation
	says   saying
	mode   types.RunningMode // the list is for this mode alone; "" for every mode
	states []types.WorkspaceState
	tables.Dated
}

// A saying is how a document speaks of the states of a list.
type saying uint8

const (
	onlyIn  saying = iota // permitted in these, refused in all others
	allBut                // refused in these, permitted in all others
	alsoIn                // permitted in these
	neverIn               // refused in these
)

// sayings are the words for them.
var sayings = [...]string{onlyIn: "only in ", allBut: "in all but ", alsoIn: "in ", neverIn: "not in "}

// verdict is what a row says about a state.
func (r *stateRow) verdict(s types.WorkspaceState) rule.Verdict {
	in, out := rule.Allowed, rule.Undocumented
	switch r.says {
	case onlyIn:
		out = rule.Denied
	case allBut:
		in, out = rule.Denied, rule.Allowed
	case neverIn:
		in = rule.Denied
	}
	if slices.Contains(r.states, s) {
		return in
	}
	return out
}

func statesOf(op Operation, says saying, document, section, since, until string, list ...types.WorkspaceState) stateRow {
	return stateRow{op, says, "", list, tables.Since(document, section, since, until)}
}

func inMode(m types.RunningMode, row stateRow) stateRow {
	row.mode = m
	return row
}

// states, by operation and date.
var states = tables.Table[stateRow]{
	Name: "states",
	Key:  func(r stateRow) string { return fmt.Sprint(r.op, r.says, r.mode) },
	Lists: func(r stateRow) []rule.Parameter {
		value := sayings[r.says] + words(r.states)
		if r.mode != "" {
			value += " with " + string(r.mode)
		}
		return parameter("states for "+string(r.op), value, StateRefuses)
	},
	Rows: []stateRow{
		statesOf(Start, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
		statesOf(Start, onlyIn, sdk, "StartWorkspaces", readSDK, "", stopped),

		statesOf(Stop, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
		statesOf(Stop, onlyIn, sdk, "StopWorkspaces", readSDK, "", available, impaired, unhealthy, failed),

		// The API refuses a reboot that the guide still permits, of an AutoStop WorkSpace in error.
		statesOf(Reboot, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
		inMode(autoStop, statesOf(Reboot, alsoIn, guide, "Stop and Start an AutoStop WorkSpace", readGuide, "", available, failed)),
		statesOf(Reboot, onlyIn, sdk, "RebootWorkspaces", readSDK, "", available, unhealthy, rebooting),

		statesOf(Rebuild, onlyIn, guide, "Rebuild a WorkSpace", readGuide, "2020-07-25", available, failed, unhealthy, stopped),
		statesOf(Rebuild, onlyIn, rebuildPage, "Rebuild a WorkSpace", "2020-07-25", "", available, failed, unhealthy, stopped, rebooting),

		statesOf(Restore, onlyIn, guide, "Restore a WorkSpace", readGuide, "", available, failed, unhealthy, stopped),

		statesOf(Migrate, onlyIn, guide, "Migrate a WorkSpace", readGuide, "", available, stopped, failed),

		statesOf(ModifyVolumes, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
		statesOf(ModifyCompute, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
		statesOf(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", read2025, lastReading, available),
		statesOf(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", lastReading, "", available, stopped),

		statesOf(EnterMaintenance, onlyIn, guide, "Manual Maintenance", readGuide, "", available),
		statesOf(LeaveMaintenance, onlyIn, guide, "Manual Maintenance", readGuide, "", adminMaint),

		statesOf(CreateImage, onlyIn, guide, "Step 2: Create a Custom Image and Custom Bundle", readGuide, "", available),

		statesOf(Terminate, allBut, deletePage, "Delete a WorkSpace", "2022-09-02", "", suspended),
	},
}

// A modeRow is the list of running modes that an operation needs.
type modeRow struct {
	op    Operation
	modes []types.RunningMode
	tables.Dated
}

var modes = tables.Table[modeRow]{
	Name: "modes",
	Key:  func(r modeRow) string { return string(r.op) },
	Lists: func(r modeRow) []rule.Parameter {
		return parameter("running modes for "+string(r.op), words(r.modes), ModeRefuses)
	},
	Rows: []modeRow{
		{Start, []types.RunningMode{autoStop, manual}, tables.Since(sdk, "StartWorkspaces", readSDK, "")},
		{Stop, []types.RunningMode{autoStop, manual}, tables.Since(sdk, "StopWorkspaces", readSDK, "")},
	},
}

// A busyRow is the modifications during which an operation is refused, all if none is named.
type busyRow struct {
	op        Operation
	resources []types.ModificationResourceEnum
	state     types.WorkspaceState // refused in this state alone; "" for every state
	tables.Dated
}

func busyWith(op Operation, document, section, since, until string, resources ...types.ModificationResourceEnum) busyRow {
	return busyRow{op, resources, "", tables.Since(document, section, since, until)}
}

// busy. While a volume grows, the guide lists what cannot be done. While the compute type
// changes, it says that the WorkSpace cannot be changed.
var busy = tables.Table[busyRow]{
	Name: "busy",
	Key:  func(r busyRow) string { return string(r.op) },
	Lists: func(r busyRow) []rule.Parameter {
		value := "any"
		if len(r.resources) > 0 {
			value = words(r.resources)
		}
		if r.state != "" {
			value += " in " + string(r.state)
		}
		return parameter("modifications that refuse "+string(r.op), value, ModificationInProgress)
	},
	Rows: []busyRow{
		{Start, []types.ModificationResourceEnum{rootVolume, userVolume}, stopped, tables.Since(modifyPage, "Changing volume sizes", "2021-03-31", "")},
		busyWith(Reboot, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
		busyWith(Rebuild, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
		busyWith(ModifyVolumes, guide, "Limitations for Increasing Volumes", readGuide, ""),
		busyWith(ModifyCompute, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
		busyWith(ModifyMode, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
		busyWith(ModifyProtocol, modifyPage, "Modify a WorkSpace", lastReading, ""),
		busyWith(CreateImage, guide, "Step 2: Create a Custom Image and Custom Bundle", readGuide, ""),
	},
}

// publicWindows7 is when the guide says that WorkSpaces from public Windows 7 bundles can no
// longer be rebuilt. Windows 7 ended on 2020-01-14.
var publicWindows7 = tables.Table[tables.Dated]{
	Name: "rebuild of public Windows 7",
	Rows: []tables.Dated{tables.Since(guide, "Rebuild a WorkSpace", readGuide, "")},
}

// standbyRefused are the operations that a standby WorkSpace refuses.
var standbyRefused = []Operation{Rebuild, Restore, Migrate, ModifyVolumes, ModifyCompute, ModifyMode, ModifyProtocol}
