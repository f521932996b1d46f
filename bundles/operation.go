package bundles

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules of operations on a WorkSpace.
const (
	StateRefuses           rule.Code = "bundles.state-refuses"
	ModeRefuses            rule.Code = "bundles.mode-refuses"
	ModificationInProgress rule.Code = "bundles.modification-in-progress"
	SnapshotMissing        rule.Code = "bundles.snapshot-missing"
	StandbyRefuses         rule.Code = "bundles.standby-refuses"
)

var operationRules = []tables.Rule{
	{
		Code:      StateRefuses,
		Title:     "An operation is not permitted in a state.",
		Remedy:    "Bring the WorkSpace into a state that is named, or wait until it is in one.",
		Revisions: []rule.Revision{tables.Must(model, "RebootWorkspaces", "2015-04-28", "")},
	},
	{
		Code:      ModeRefuses,
		Title:     "An operation is not permitted in a running mode.",
		Remedy:    "Change the running mode to one of those that are named, and ask again.",
		Revisions: []rule.Revision{tables.Must(model, "StartWorkspaces", "2016-08-18", "")},
	},
	{
		Code:      ModificationInProgress,
		Title:     "An operation must wait until a modification has ended.",
		Remedy:    "Wait until the modification has ended.",
		Revisions: []rule.Revision{tables.Must(model, "OperationInProgressException", "2016-08-18", "")},
	},
	{
		Code:      SnapshotMissing,
		Title:     "There is no snapshot to rebuild or restore from.",
		Remedy:    "Wait until DescribeWorkspaceSnapshots lists a snapshot.",
		Revisions: []rule.Revision{tables.Must(rebuildPage, "Rebuild a WorkSpace", "2020-11-11", "")},
	},
	{
		Code:      StandbyRefuses,
		Title:     "An operation is not permitted on a standby WorkSpace.",
		Remedy:    "Leave the standby WorkSpace as it is.",
		Revisions: []rule.Revision{tables.Must(resiliencePage, "Limitations", read2025, "")},
		Figures:   []tables.Figure{{Name: "refused by a standby WorkSpace", Value: words(standbyRefused)}},
	},
}

// A permission is all that an edition says about when an operation is permitted.
type permission struct {
	states []stateRow
	modes  modeRow // no modes if it says nothing
	busy   *busyRow
}

func (s *snapshot) compileOperations(e rule.Edition) {
	s.publicWindows7 = len(publicWindows7.On(e)) > 0
	snapshots, _ := restoreSnapshots.One(e)
	s.restoreSnapshots = snapshots.Cite
	withLinux, _ := linuxMigrations.One(e)
	s.linuxMigration = withLinux.Cite
	s.operations = map[Operation]*permission{}
	for _, op := range operations {
		s.operations[op] = &permission{}
	}
	for _, r := range states.On(e) {
		s.operations[r.op].states = append(s.operations[r.op].states, r)
	}
	for _, r := range modes.On(e) {
		s.operations[r.op].modes = r
	}
	for _, r := range busy.On(e) {
		s.operations[r.op].busy = &r
	}
}

// Operations returns the operations whose states the documents give, as a copy.
func Operations() []Operation { return slices.Clone(operations) }

// CheckOperation tells whether a WorkSpace can be asked for an operation as it is: by its
// state, running mode, modifications in progress, snapshots, and whether it is a standby.
// Violations stand at State, RunningMode, ModificationStates, RebuildSnapshots or
// RestoreSnapshots, and RelatedWorkspaces, in this order. The check does not look at what an
// operation changes; see CheckModify. An unknown operation is a *rule.InputError.
//
// The answer is open in three cases: a reboot in the state REBOOTING, which is permitted only
// after 20 minutes in it; a reboot of a WorkSpace in AutoStop mode and state ERROR, which one
// document permits and another does not; and a rebuild of one with Windows 7, which is possible
// unless it is from a public bundle.
func (r Rules) CheckOperation(op Operation, w Workspace) (rule.Answer, error) {
	if err := r.known(); err != nil {
		return rule.Answer{}, err
	}
	if r.s.operations[op] == nil {
		return rule.Answer{}, &rule.InputError{Path: "Operation", Value: string(op), Reason: "is not an operation whose states the documents give"}
	}
	var a rule.Answer
	r.s.operation(&a, op, &w)
	return a.Concluded(), nil
}

func (s *snapshot) operation(a *rule.Answer, op Operation, w *Workspace) {
	p := s.operations[op]
	s.state(a, op, p, w)
	s.migratesLinux(a, op, w)
	switch {
	case len(p.modes.modes) == 0 || slices.Contains(p.modes.modes, w.RunningMode):
	case w.RunningMode == "":
		a.NotGiven("RunningMode", "the running mode is not known")
	default:
		s.rules.BreakBy(a, p.modes.Cite, ModeRefuses, "RunningMode", "%s needs one of the modes %s, not %s", op, words(p.modes.modes), w.RunningMode)
	}
	if p.busy != nil && (p.busy.state == "" || p.busy.state == w.State) {
		if resource, is := w.modifying(p.busy.resources); is {
			s.rules.BreakBy(a, p.busy.Cite, ModificationInProgress, "ModificationStates", "%s waits for the change of %s", op, resource)
		}
	}
	s.snapshots(a, op, w)
	if op == Rebuild && w.OperatingSystem == types.OperatingSystemNameWindows7 && s.publicWindows7 {
		a.NotGiven(systemName, "a WorkSpace from a public Windows 7 bundle can no longer be rebuilt, one with the customer's licence can")
	}
	s.standby(a, op, w)
}

// migratesLinux judges the state of a WorkSpace with Linux that is to be migrated.
func (s *snapshot) migratesLinux(a *rule.Answer, op Operation, w *Workspace) {
	switch {
	case op != Migrate || s.linuxMigration == (rule.Citation{}) || w.State == "" || w.State == available || w.State == adminMaint:
	case isUnknown(w.OperatingSystem):
		a.NotGiven(systemName, "the operating system is not known, and with Linux a migration needs the state "+string(available))
	case !isWindows(w.OperatingSystem):
		s.rules.BreakBy(a, s.linuxMigration, StateRefuses, "State", "a WorkSpace with %s is migrated in the state %s alone, not %s", w.OperatingSystem, available, w.State)
	}
}

func (s *snapshot) standby(a *rule.Answer, op Operation, w *Workspace) {
	if w.Standby && slices.Contains(standbyRefused, op) {
		s.rules.Break(a, StandbyRefuses, "RelatedWorkspaces", "a standby WorkSpace refuses %s", op)
	}
}

// state judges the state by all that the edition says about the operation.
func (s *snapshot) state(a *rule.Answer, op Operation, p *permission, w *Workspace) {
	if w.State == "" {
		a.NotGiven("State", "the state is not known")
		return
	}
	var against, permits *stateRow
	for i := range p.states {
		row := &p.states[i]
		if row.mode != "" && row.mode != w.RunningMode {
			continue
		}
		switch row.verdict(w.State) {
		case rule.Denied:
			against = row
		case rule.Allowed:
			permits = row
		}
	}
	switch {
	case permits != nil && against != nil:
		a.Contradicted("State", "the documents contradict one another on "+string(op)+" in the state "+string(w.State), permits.Cite, against.Cite)
	case against != nil:
		s.rules.BreakBy(a, against.Cite, StateRefuses, "State", "%s is not permitted in the state %s", op, w.State)
	case permits == nil:
		a.NotDocumented("State", "no document of the edition tells whether "+string(op)+" is permitted in the state "+quoted(w.State))
	case op == Reboot && w.State == rebooting:
		a.NotGiven("State", "a reboot is permitted only after 20 minutes in the state REBOOTING")
	}
}

// snapshots judges the snapshots that a rebuild or a restore starts from.
func (s *snapshot) snapshots(a *rule.Answer, op Operation, w *Workspace) {
	switch {
	case op != Rebuild && op != Restore:
	case w.Snapshots == nil:
		a.NotGiven("Snapshots", "it is not known which snapshots there are")
	case op == Rebuild && len(w.Snapshots.Rebuild) == 0:
		s.rules.Break(a, SnapshotMissing, "RebuildSnapshots", "a rebuild needs a snapshot of the user volume")
	case op == Restore && len(w.Snapshots.Restore) == 0:
		s.rules.BreakBy(a, s.restoreSnapshots, SnapshotMissing, "RestoreSnapshots", "a restore needs snapshots of the root and the user volume")
	}
}
