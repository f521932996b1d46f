package fleet

import (
	"github.com/wksgo/wks/wkstest"
)

// A Fault is what befalls the migration of a WorkSpace.
type Fault string

// The faults. Most are those of package wkstest.
const (
	None         Fault = ""
	Refuse       Fault = "refuse"        // every request is refused
	Throttle     Fault = "throttle"      // the first two requests are throttled
	LoseAccepted Fault = "lose-accepted" // the answer to each request is lost
	LoseUnheard  Fault = "lose-unheard"  // every request is lost
	Silent       Fault = Fault(wkstest.Silent)
	RollBack     Fault = Fault(wkstest.RollBack)
	Vanish       Fault = Fault(wkstest.Vanish)
	Hang         Fault = Fault(wkstest.Hang)
	Slow         Fault = Fault(wkstest.Slow)
	Late         Fault = Fault(wkstest.Late)
	DuplicateID  Fault = Fault(wkstest.DuplicateID)
	SameID       Fault = Fault(wkstest.SameID)
	Blink        Fault = Fault(wkstest.Blink)
	NoSnapshot   Fault = "no-snapshot" // there is no snapshot
	Unhealthy    Fault = "unhealthy"   // the state is UNHEALTHY
)

// Faults returns every fault, None first, in the order in which they are declared.
func Faults() []Fault {
	return []Fault{None, Refuse, Throttle, LoseAccepted, LoseUnheard, Silent, RollBack, Vanish, Hang, Slow, Late, DuplicateID, SameID, Blink,
		NoSnapshot, Unhealthy}
}

// befalls are the server's faults for those of the WorkSpaces: one for each that is throttled, and one for all
// others of a kind.
func befalls(list []wkstest.Workspace, faults map[string]Fault) (all []wkstest.Fault) {
	of := map[Fault]int{} // where the fault is in all
	for _, w := range list {
		id := *w.WorkspaceId
		f := faults[id]
		kind := wkstest.FaultKind(f)
		switch f {
		case None, NoSnapshot, Unhealthy:
			continue
		case Throttle:
			all = append(all, wkstest.Fault{Kind: wkstest.Throttled, Operations: []string{"MigrateWorkspace"}, Workspaces: []string{id}, First: 2})
			continue
		case Refuse:
			kind = wkstest.Refused
		case LoseAccepted:
			kind = wkstest.Lost
		case LoseUnheard:
			kind = wkstest.Unheard
		}
		at, ok := of[f]
		if !ok {
			at = len(all)
			of[f] = at
			all = append(all, wkstest.Fault{Kind: kind, Operations: []string{"MigrateWorkspace"}})
		}
		all[at].Workspaces = append(all[at].Workspaces, id)
	}
	return all
}
