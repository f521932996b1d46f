package wkstest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/wksgo/wks/internal/wire"
	"github.com/wksgo/wks/rule"
)

// A FaultKind is what goes wrong.
type FaultKind string

// What befalls a call of any operation.
const (
	Unheard     FaultKind = "unheard"     // the connection breaks before the server hears the request
	Lost        FaultKind = "lost"        // the server acts, and the connection breaks before the answer
	Broken      FaultKind = "broken"      // the server acts, and the connection breaks in the middle of the answer
	Unavailable FaultKind = "unavailable" // status 500, and nothing is done
	Throttled   FaultKind = "throttled"   // ThrottlingException, and nothing is done
	Refused     FaultKind = "refused"     // OperationNotSupportedException, and nothing is done
)

// What befalls a migration that was accepted. Only MigrateWorkspace can have them.
const (
	Silent      FaultKind = "silent"       // nothing ever happens
	RollBack    FaultKind = "roll-back"    // at the end there is the old WorkSpace, and not the new one
	Vanish      FaultKind = "vanish"       // at the end there is neither
	Hang        FaultKind = "hang"         // it does not end for a thousand hours
	Slow        FaultKind = "slow"         // it takes 90 minutes
	Late        FaultKind = "late"         // the new WorkSpace is described after 10 minutes only
	DuplicateID FaultKind = "duplicate-id" // the answer names the target of the migration before
	SameID      FaultKind = "same-id"      // the new WorkSpace has the ID of the old one
	Blink       FaultKind = "blink"        // every third look at the pair finds nothing, and afterwards at the new WorkSpace
)

// What befalls a WorkSpace later. LaunchFails is for CreateWorkspaces, ChangeFails for
// ModifyWorkspaceProperties.
const (
	LaunchFails FaultKind = "launch-fails" // PENDING ends in ERROR
	ChangeFails FaultKind = "change-fails" // the change ends as UPDATE_FAILED, and nothing has changed
)

// kindOperations are the operations that alone can have a fault.
var kindOperations = map[FaultKind]string{
	Unheard: "", Lost: "", Broken: "", Unavailable: "", Throttled: "", Refused: "",
	Silent: "MigrateWorkspace", RollBack: "MigrateWorkspace", Vanish: "MigrateWorkspace", Hang: "MigrateWorkspace", Slow: "MigrateWorkspace",
	Late: "MigrateWorkspace", DuplicateID: "MigrateWorkspace", SameID: "MigrateWorkspace", Blink: "MigrateWorkspace",
	LaunchFails: "CreateWorkspaces", ChangeFails: "ModifyWorkspaceProperties",
}

// A Fault is what goes wrong, how often and for whom. Whether it befalls a call depends on
// Config.Seed and the request alone, in whichever order goroutines run, and may be otherwise when
// the same request is sent again.
type Fault struct {
	Kind       FaultKind
	Operations []string // as the API spells them; nil is every one that can have it
	Workspaces []string // only calls that name one of these IDs; nil is every call
	Share      float64  // of the calls that are left, from 0 to 1; 0 is all of them
	Every      int      // only each so many-th of those; 0 is each
	First      int      // only so many of those; 0 is no bound
}

func (f *Fault) check(at rule.Path) error {
	only, known := kindOperations[f.Kind]
	if !known {
		return &rule.InputError{Path: at.Join("Kind"), Value: string(f.Kind), Reason: "is no kind of fault"}
	}
	for i, name := range f.Operations {
		if _, ok := wire.Lookup(name); !ok || only != "" && name != only {
			return &rule.InputError{Path: at.Join("Operations").Index(i), Value: name, Reason: "is no operation that can have the fault"}
		}
	}
	if !(f.Share >= 0 && f.Share <= 1) { // NaN is neither
		return &rule.InputError{Path: at.Join("Share"), Value: strconv.FormatFloat(f.Share, 'g', -1, 64), Reason: "is not a share between 0 and 1"}
	}
	for _, n := range []struct {
		path rule.Path
		n    int
	}{{"Every", f.Every}, {"First", f.First}} {
		if n.n < 0 {
			return &rule.InputError{Path: at.Join(n.path), Value: strconv.Itoa(n.n), Reason: "is negative"}
		}
	}
	return nil
}

// luck is the source of what happens to one request.
func luck(seed uint64, seen map[uint64]uint64, parts ...string) *rand.Rand {
	h := fnv.New64a()
	for _, p := range parts {
		fmt.Fprint(h, p)
	}
	request := h.Sum64()
	seen[request]++
	return rand.New(rand.NewPCG(seed, request+seen[request]))
}

// A fallen is what a server knows of one of its faults.
type fallen struct {
	met, befell int             // how many calls it may befall, and did
	whom        map[string]bool // Fault.Workspaces
}

func fallenOf(faults []Fault) []fallen {
	all := make([]fallen, len(faults))
	for i, f := range faults {
		all[i].whom = make(map[string]bool, len(f.Workspaces))
		for _, id := range f.Workspaces {
			all[i].whom[id] = true
		}
	}
	return all
}

// fault returns what befalls a call, "" for nothing. The first of Config.Faults that does counts.
// ids are the WorkSpaces that the call names.
func (s *Server) fault(random *rand.Rand, operation string, ids func() []string) FaultKind {
	for i := range s.config.Faults {
		f := &s.config.Faults[i]
		var draw float64
		if f.Share > 0 {
			draw = random.Float64()
		}
		only := kindOperations[f.Kind]
		switch {
		case only != "" && only != operation,
			f.Operations != nil && !slices.Contains(f.Operations, operation),
			f.First > 0 && s.fell[i].befell >= f.First,
			f.Share > 0 && draw >= f.Share,
			f.Workspaces != nil && !slices.ContainsFunc(ids(), func(id string) bool { return s.fell[i].whom[id] }):
			continue
		}
		if s.fell[i].met++; f.Every > 1 && s.fell[i].met%f.Every != 0 {
			continue
		}
		s.fell[i].befell++
		return f.Kind
	}
	return ""
}
