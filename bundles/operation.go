package bundles

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// Operations returns the operations of which the documents give the states that they need,
// as a copy.
func Operations() []Operation { return slices.Clone(operations) }

// CheckOperation tells whether a WorkSpace can be asked for an operation in the state in
// which it is: its state, running mode, modifications in progress, snapshots, and whether
// it is a standby. Violations stand at State, RunningMode, ModificationStates,
// RebuildSnapshots or RestoreSnapshots, and RelatedWorkspaces, in this order. What an
// operation changes is not looked at; see CheckModify. An unknown operation is a
// *rule.InputError.
//
// A reboot in the state REBOOTING is permitted only after 20 minutes in it, a WorkSpace in
// AutoStop mode and state ERROR can be rebooted by one document and not by another, and one
// with Windows 7 can be rebuilt unless it is from a public bundle: all leave the answer open.
func (r Rules) CheckOperation(op Operation, w Workspace) (Answer, error) {
	if err := r.known(); err != nil {
		return Answer{}, err
	}
	if !slices.Contains(operations, op) {
		return Answer{}, &rule.InputError{Path: "Operation", Value: string(op), Reason: "is not an operation of which the documents give the states"}
	}
	var a Answer
	r.operation(&a, op, &w)
	return a.concluded(), nil
}

func (r Rules) operation(a *Answer, op Operation, w *Workspace) {
	r.state(a, op, w)
	for i := range modeRows {
		row := &modeRows[i]
		switch {
		case row.op != op || !row.span.Contains(r.edition) || slices.Contains(row.modes, w.RunningMode):
		case w.RunningMode == "":
			a.lacks("RunningMode", "the running mode is not known")
		default:
			r.citing(a, ModeRefuses, "RunningMode", fmt.Sprintf("%s needs one of the modes %v, not %s", op, row.modes, w.RunningMode), row.cite)
		}
	}
	for i := range busyRows {
		row := &busyRows[i]
		if row.op != op || !row.span.Contains(r.edition) || row.state != "" && row.state != w.State {
			continue
		}
		if resource, is := w.modifying(row.resources...); is {
			r.citing(a, ModificationInProgress, "ModificationStates", fmt.Sprintf("%s waits for the change of %s", op, resource), row.cite)
		}
	}
	r.snapshots(a, op, w)
	if op == Rebuild && w.OperatingSystem == types.OperatingSystemNameWindows7 && publicWindows7.Contains(r.edition) {
		a.lacks("OperatingSystemName", "a WorkSpace from a public Windows 7 bundle can no longer be rebuilt, one with the customer's licence can")
	}
	r.standby(a, op, w)
}

func (r Rules) standby(a *Answer, op Operation, w *Workspace) {
	if w.Standby && slices.Contains(standbyRefused, op) {
		r.broken(a, StandbyRefuses, "RelatedWorkspaces", fmt.Sprintf("a standby WorkSpace refuses %s", op))
	}
}

// state judges the state by all that the edition says of the operation.
func (r Rules) state(a *Answer, op Operation, w *Workspace) {
	if w.State == "" {
		a.lacks("State", "the state is not known")
		return
	}
	var against *stateRow
	permitted := false
	for i := range stateRows {
		row := &stateRows[i]
		if row.op != op || !row.span.Contains(r.edition) || row.mode != "" && row.mode != w.RunningMode {
			continue
		}
		switch row.verdict(w.State) {
		case rule.Denied:
			against = row
		case rule.Allowed:
			permitted = true
		}
	}
	switch {
	case permitted && against != nil:
		a.undocumented("State", fmt.Sprintf("the documents contradict one another on %s in the state %s", op, w.State))
	case against != nil:
		r.citing(a, StateRefuses, "State", fmt.Sprintf("%s is not permitted in the state %s", op, w.State), against.cite)
	case !permitted:
		a.undocumented("State", fmt.Sprintf("no document of the edition tells whether %s is permitted in the state %s", op, w.State))
	case op == Reboot && w.State == rebooting:
		a.lacks("State", "a reboot is permitted only after 20 minutes in the state REBOOTING")
	}
}

// snapshots judges the snapshots that a rebuild or a restore starts from.
func (r Rules) snapshots(a *Answer, op Operation, w *Workspace) {
	switch {
	case op != Rebuild && op != Restore:
	case w.Snapshots == nil:
		a.lacks("Snapshots", "it is not known which snapshots there are")
	case op == Rebuild && len(w.Snapshots.Rebuild) == 0:
		r.broken(a, SnapshotMissing, "RebuildSnapshots", "a rebuild needs a snapshot of the user volume")
	case op == Restore && len(w.Snapshots.Restore) == 0:
		r.broken(a, SnapshotMissing, "RestoreSnapshots", "a restore needs snapshots of the root and the user volume")
	}
}
