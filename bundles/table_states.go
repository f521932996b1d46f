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
	inoperable  = types.WorkspaceState("INOPERABLE") // named by the model's text, and not by its enumeration
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
	Key:  func(r stateRow) string { return fmt.Sprint(r.op, r.says, r.mode, r.Dated.Cite.Document) },
	Lists: func(r stateRow) []rule.Parameter {
		value := sayings[r.says] + words(r.states)
		if r.mode != "" {
			value += " with " + string(r.mode)
		}
		return parameter("states for "+string(r.op), value, StateRefuses)
	},
	Rows: []stateRow{
		statesOf(Start, onlyIn, model, "StartWorkspaces", "2016-08-18", "", stopped),

		statesOf(Stop, onlyIn, model, "StopWorkspaces", "2016-08-18", "", available, impaired, unhealthy, failed),

		// The API refuses a reboot that the guide still permits, of an AutoStop WorkSpace in error.
		inMode(autoStop, statesOf(Reboot, alsoIn, runningModePage, "Stop and Start an AutoStop WorkSpace", "2018-02-03", "", available, failed)),
		statesOf(Reboot, onlyIn, model, "RebootWorkspaces", "2015-04-28", "2018-04-30", available, impaired, inoperable),
		statesOf(Reboot, onlyIn, model, "RebootWorkspaces", "2018-04-30", "2024-01-11", available, unhealthy),
		statesOf(Reboot, onlyIn, model, "RebootWorkspaces", "2024-01-11", "2024-02-08", available, unhealthy, rebooting),
		statesOf(Reboot, onlyIn, model, "RebootWorkspaces", "2024-02-08", "2024-03-07", available, unhealthy),
		statesOf(Reboot, onlyIn, model, "RebootWorkspaces", "2024-03-07", "", available, unhealthy, rebooting),

		statesOf(Rebuild, onlyIn, model, "RebuildWorkspaces", "2015-04-28", "2018-04-30", available, failed),
		statesOf(Rebuild, onlyIn, model, "RebuildWorkspaces", "2018-04-30", "2020-01-24", available, failed, unhealthy),
		statesOf(Rebuild, onlyIn, model, "RebuildWorkspaces", "2020-01-24", "2020-07-23", available, failed, unhealthy, stopped),
		statesOf(Rebuild, onlyIn, rebuildPage, "Rebuild a WorkSpace", "2020-02-06", "2020-07-25", available, failed, unhealthy, stopped), // two days longer than the model
		statesOf(Rebuild, onlyIn, model, "RebuildWorkspaces", "2020-07-23", "", available, failed, unhealthy, stopped, rebooting),

		// The model of one day had the operation, and the next one no longer.
		statesOf(Restore, onlyIn, model, "RestoreWorkspace", "2019-06-27", "2019-06-28", available, failed, unhealthy),
		statesOf(Restore, onlyIn, model, "RestoreWorkspace", "2019-09-20", "2020-01-24", available, failed, unhealthy),
		statesOf(Restore, onlyIn, model, "RestoreWorkspace", "2020-01-24", "", available, failed, unhealthy, stopped),

		// The guide advises on the states of a migration, and refuses one.
		statesOf(Migrate, alsoIn, migratePage, "Best Practices", "2020-01-10", "", available, stopped, failed),
		statesOf(Migrate, neverIn, migratePage, "Best Practices", "2020-01-10", "", adminMaint),

		statesOf(ModifyVolumes, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
		statesOf(ModifyCompute, onlyIn, modifyPage, "Modify a WorkSpace", "2020-06-04", "", available, stopped),
		// Until the reading of June 2026 the page asked for AVAILABLE in its steps, and permitted STOPPED in its first lines.
		statesOf(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", read2025, readEnds, available),
		statesOf(ModifyProtocol, alsoIn, modifyPage, "Modify a WorkSpace in WorkSpaces Personal", read2025, readEnds, available, stopped),
		statesOf(ModifyProtocol, onlyIn, modifyPage, "Modify protocols", readEnds, "", available, stopped),

		statesOf(EnterMaintenance, onlyIn, maintenancePage, "Manual Maintenance", "2019-11-26", "", available),
		statesOf(LeaveMaintenance, alsoIn, maintenancePage, "Manual Maintenance", "2019-07-08", "2019-11-26", adminMaint),
		// A note asks for AVAILABLE, whichever state is chosen. That a WorkSpace goes back from ADMIN_MAINTENANCE is said before it.
		statesOf(LeaveMaintenance, onlyIn, maintenancePage, "Manual Maintenance", "2019-11-26", "", available, adminMaint),

		statesOf(CreateImage, onlyIn, imagePage, "Create a Custom WorkSpaces Bundle", "2019-09-24", "", available),

		statesOf(Terminate, allBut, model, "TerminateWorkspaces", "2015-04-28", "", suspended),
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
		{Start, []types.RunningMode{autoStop}, tables.Since(model, "StartWorkspaces", "2016-08-18", "2024-08-28")},
		{Start, []types.RunningMode{autoStop, manual}, tables.Since(model, "StartWorkspaces", "2024-08-28", "")},
		{Stop, []types.RunningMode{autoStop}, tables.Since(model, "StopWorkspaces", "2016-08-18", "2024-08-28")},
		{Stop, []types.RunningMode{autoStop, manual}, tables.Since(model, "StopWorkspaces", "2024-08-28", "")},
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

// propertiesBusy is a change of a property that the model has since a day. It waits for any other: the
// model says of its error OperationInProgressException, since 2016-08-18, that the properties are being modified.
func propertiesBusy(op Operation, since string) busyRow {
	return busyRow{op, nil, "", tables.Dated{Span: tables.During(since, ""), Cite: tables.Cite(model, "OperationInProgressException", "2016-08-18")}}
}

// busy. While a volume grows, the guide lists what cannot be done. While the compute type
// changes, it says that the WorkSpace cannot be changed. Of a migration the model says it.
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
		{Start, []types.ModificationResourceEnum{rootVolume, userVolume}, stopped, tables.Since(modifyPage, "Changing Volume Sizes", "2021-03-16", "")},
		busyWith(Reboot, selfServicePage, selfServiceTitle, "2019-01-08", "", rootVolume, userVolume, computeType),
		busyWith(Rebuild, selfServicePage, selfServiceTitle, "2019-01-08", "", rootVolume, userVolume, computeType),
		propertiesBusy(ModifyVolumes, "2017-12-29"),
		propertiesBusy(ModifyCompute, "2017-12-29"),
		propertiesBusy(ModifyMode, "2016-08-18"),
		propertiesBusy(ModifyProtocol, "2022-11-07"),
		busyWith(Migrate, model, "MigrateWorkspace", "2020-01-10", ""),
		busyWith(CreateImage, imagePage, "Create a Custom WorkSpaces Bundle", "2019-09-24", ""),
	},
}

// publicWindows7 is from when on WorkSpaces of public Windows 7 bundles can no longer be rebuilt, nor images made of them:
// after 2020-01-14, as the guide announced four days before.
var publicWindows7 = tables.Table[tables.Dated]{
	Name: "rebuild of public Windows 7",
	Rows: []tables.Dated{{Span: tables.During("2020-01-15", ""), Cite: tables.Cite(rebuildPage, "Rebuild a WorkSpace", "2020-01-10")}},
}

// linuxMigrations is since when a WorkSpace with Linux is migrated in the state AVAILABLE alone.
var linuxMigrations = tables.Table[tables.Dated]{
	Name: "migrations of Linux",
	Lists: func(tables.Dated) []rule.Parameter {
		return parameter("states for "+string(Migrate)+" with Linux", "only in "+string(available), StateRefuses)
	},
	Rows: []tables.Dated{tables.Since(linuxPage, "Prerequisites", "2026-05-15", "")},
}

// restoreSnapshots is when the guide says that a restore needs snapshots of both volumes.
var restoreSnapshots = tables.Table[tables.Dated]{
	Name: "snapshots for a restore",
	Rows: []tables.Dated{tables.Since(restorePage, "Restore a WorkSpace", "2020-11-11", "")},
}

// standbyRefused are the operations that a standby WorkSpace refuses.
var standbyRefused = []Operation{Rebuild, Restore, Migrate, ModifyVolumes, ModifyCompute, ModifyMode, ModifyProtocol}
