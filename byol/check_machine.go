package byol

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// CheckMachine tells whether a system can become a BYOL image. It asks what the documents of
// the edition ask. Where they are silent, it asks what the checker of the time tests, because
// the guide wants its tests passed. Where documents and checker give different figures, the
// documents count here; RunChecker has the figures of the checker.
//
// Violations and open questions are in the order of MachineChecklist. A fact that only
// advice asks for leaves nothing open; MachineChecklist tells that it is missing. The error
// is a *rule.InputError for Rules without an edition, a nil Machine, a malformed Version, a
// Version that is not of the system in Caption, and a negative number. A machine that passes
// costs no allocation.
func (r Rules) CheckMachine(m *Machine) (rule.Answer, error) {
	w, err := r.machine(m)
	if err != nil {
		return rule.Answer{}, err
	}
	return judge(r.s, r.s.machine, m, w, nil), nil
}

// MachineChecklist is CheckMachine with a line for each requirement: the system, what is
// installed, its state, its services, accounts, disk and boot.
func (r Rules) MachineChecklist(m *Machine) (Checklist, error) {
	w, err := r.machine(m)
	if err != nil {
		return Checklist{}, err
	}
	list := Checklist{Lines: make([]Line, 0, len(r.s.machine))}
	list.Answer = judge(r.s, r.s.machine, m, w, &list.Lines)
	return list, nil
}

func (r Rules) machine(m *Machine) (system, error) {
	if err := r.known(); err != nil {
		return system{}, err
	}
	if m == nil {
		return system{}, &rule.InputError{Path: "Machine", Value: "nil", Reason: "is no machine"}
	}
	w, err := m.windows()
	if err != nil {
		return system{}, err
	}
	return r.s.system(&w), nil
}

// machineChecks are the checks of a machine, in the order of their lines.
var machineChecks = slices.Concat(
	systemChecks("Caption", func(m *Machine) any {
		if m.Caption != nil {
			return m.Caption
		}
		return m.Version
	}),
	machineSystemChecks, machineStateChecks, machineDiskChecks,
)

// tested returns the revisions of a rule that only the checker stated, until the page of
// errors did: the guide wants all tests of the checker passed. The level is
// what the checker makes of a breach: what it warns of is a should, because its button mends most of that. A run does
// not succeed while a warning is left, which RunChecker tells. page is what is wanted since then, if it rests on the
// checker beside the page.
func tested(level rule.Level, test, want string, page ...string) []ask {
	onPage := want
	if len(page) > 0 {
		onPage = page[0]
	}
	list := []ask{
		must(checker206, test, seen206, seen211, want),
		must(checker211, test, seen211, seen21325, want),
		must(checker21325, test, seen21325, autumn2025, want),
		must(errorsPage, errorsSection, autumn2025, "", onPage),
	}
	for i := range list {
		list[i].Level = level
	}
	return list
}
