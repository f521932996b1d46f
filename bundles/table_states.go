package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An Operation is what is asked of one WorkSpace: an operation of the API, and where that
// does several things, which of them.
type Operation string

// The operations of which the documents give the states that they need.
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
	span   rule.Span
	cite   rule.Citation
}

// A saying is how a document speaks of the states of a list.
type saying uint8

const (
	onlyIn  saying = iota // permitted in these, refused in all others
	allBut                // refused in these, permitted in all others
	alsoIn                // permitted in these
	neverIn               // refused in these
)

// verdict is what a row says of a state.
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

func states(op Operation, says saying, document, section, since, until string, list ...types.WorkspaceState) stateRow {
	return stateRow{op, says, "", list, tables.During(since, until), tables.Cite(document, section, since)}
}

func inMode(m types.RunningMode, row stateRow) stateRow {
	row.mode = m
	return row
}

// stateRows, by operation and date.
var stateRows = []stateRow{
	states(Start, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
	states(Start, onlyIn, sdk, "StartWorkspaces", readSDK, "", stopped),

	states(Stop, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
	states(Stop, onlyIn, sdk, "StopWorkspaces", readSDK, "", available, impaired, unhealthy, failed),

	// The API refuses what the guide, of AutoStop WorkSpaces in error, permits to this day.
	states(Reboot, neverIn, guide, "Manual Maintenance", readGuide, readSDK, adminMaint),
	inMode(autoStop, states(Reboot, alsoIn, guide, "Stop and Start an AutoStop WorkSpace", readGuide, "", available, failed)),
	states(Reboot, onlyIn, sdk, "RebootWorkspaces", readSDK, "", available, unhealthy, rebooting),

	states(Rebuild, onlyIn, guide, "Rebuild a WorkSpace", readGuide, "2020-07-25", available, failed, unhealthy, stopped),
	states(Rebuild, onlyIn, rebuildPage, "Rebuild a WorkSpace", "2020-07-25", "", available, failed, unhealthy, stopped, rebooting),

	states(Restore, onlyIn, guide, "Restore a WorkSpace", readGuide, "", available, failed, unhealthy, stopped),

	states(Migrate, onlyIn, guide, "Migrate a WorkSpace", readGuide, "", available, stopped, failed),

	states(ModifyVolumes, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
	states(ModifyCompute, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
	states(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", read2025, lastReading, available),
	states(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", lastReading, "", available, stopped),

	states(EnterMaintenance, onlyIn, guide, "Manual Maintenance", readGuide, "", available),
	states(LeaveMaintenance, onlyIn, guide, "Manual Maintenance", readGuide, "", adminMaint),

	states(CreateImage, onlyIn, guide, "Step 2: Create a Custom Image and Custom Bundle", readGuide, "", available),

	states(Terminate, allBut, deletePage, "Delete a WorkSpace", "2022-09-02", "", suspended),
}

// A modeRow is the list of running modes that an operation needs.
type modeRow struct {
	op    Operation
	modes []types.RunningMode
	span  rule.Span
	cite  rule.Citation
}

var modeRows = []modeRow{
	{Start, []types.RunningMode{autoStop, manual}, tables.During(readSDK, ""), tables.Cite(sdk, "StartWorkspaces", readSDK)},
	{Stop, []types.RunningMode{autoStop, manual}, tables.During(readSDK, ""), tables.Cite(sdk, "StopWorkspaces", readSDK)},
}

// A busyRow is the modifications during which an operation is refused, all if none is named.
type busyRow struct {
	op        Operation
	resources []types.ModificationResourceEnum
	state     types.WorkspaceState // refused in this state alone; "" for every state
	span      rule.Span
	cite      rule.Citation
}

func busy(op Operation, document, section, since, until string, resources ...types.ModificationResourceEnum) busyRow {
	return busyRow{op, resources, "", tables.During(since, until), tables.Cite(document, section, since)}
}

// busyRows. While a volume grows, the guide lists what cannot be done; while the compute
// type changes, it says that the WorkSpace cannot be changed.
var busyRows = []busyRow{
	{Start, []types.ModificationResourceEnum{rootVolume, userVolume}, stopped, tables.During("2021-03-31", ""), tables.Cite(modifyPage, "Changing volume sizes", "2021-03-31")},
	busy(Reboot, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
	busy(Rebuild, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
	busy(ModifyVolumes, guide, "Limitations for Increasing Volumes", readGuide, ""),
	busy(ModifyCompute, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	busy(ModifyMode, guide, "Enable Self-Service WorkSpace Management", readGuide, "", rootVolume, userVolume, computeType),
	busy(ModifyProtocol, modifyPage, "Modify a WorkSpace", lastReading, ""),
	busy(CreateImage, guide, "Step 2: Create a Custom Image and Custom Bundle", readGuide, ""),
}

// publicWindows7 is when the guide says that WorkSpaces from public Windows 7 bundles can no
// longer be rebuilt, which ended on 2020-01-14. Guide of April 2020, "Rebuild a WorkSpace".
var publicWindows7 = tables.During(readGuide, "")

// standbyRefused are the operations that a standby WorkSpace refuses.
var standbyRefused = []Operation{Rebuild, Restore, Migrate, ModifyVolumes, ModifyCompute, ModifyMode, ModifyProtocol}
