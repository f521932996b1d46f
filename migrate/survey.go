package migrate

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A survey is what a plan needs to know of a fleet. A fleet has few kinds of desktops and few
// places to go to, so that most questions are asked once for many WorkSpaces.
type survey struct {
	fleet   []Workspace
	members []member // by ID
	ways    []way
	places  []place
}

// A member stands for a WorkSpace. It is small and holds no pointer, for a fleet is sorted.
type member struct {
	prefix  uint64 // of the ID
	n       int32  // index in the fleet
	way     int32  // or one of those below
	place   int32
	blocked bool // not ready, or no room
}

const (
	unassigned = -1 - iota
	malformed
)

// A way is what holds for all WorkSpaces of a source that have the same target.
type way struct {
	Decision
	migration Migration // without what is a WorkSpace's own
	bundle    string    // of the target
	err       error
}

// A place is where addresses and grants are taken.
type place struct {
	subnet, key string
	grants      int
	unknown     bool // not as the limits ask for
	full        bool
}

// survey looks at a fleet.
func (r Rules) survey(fleet []Workspace, targets map[string]Target, l *Limits) (*survey, error) {
	s := &survey{fleet: fleet, members: make([]member, len(fleet))}
	type goal struct {
		target, via Desktop
		hasVia      bool
	}
	numbers, goals := map[goal]int32{}, map[string]int32{}
	for _, id := range sortedKeys(targets) {
		t := targets[id]
		if !isBundleID(t.BundleID) || t.Via != nil && !isBundleID(t.Via.BundleID) {
			return nil, &rule.InputError{Path: rule.Path("Targets").Join(rule.Path(id)).Join("BundleId"), Value: t.BundleID, Reason: "is needed, and that of Via"}
		}
		g := goal{target: t.Desktop}
		if t.Via != nil {
			g.via, g.hasVia = *t.Via, true
		}
		if _, ok := numbers[g]; !ok {
			numbers[g] = int32(len(numbers))
		}
		goals[id] = numbers[g]
	}
	type leg struct {
		source Desktop
		goal   int32
	}
	legs, places := map[leg]int32{}, map[place]int32{}
	for n := range fleet {
		w, m := &fleet[n], &s.members[n]
		m.n = int32(n)
		var digits [8]byte
		copy(digits[:], w.ID[min(len("ws-"), len(w.ID)):])
		m.prefix = binary.BigEndian.Uint64(digits[:])
		id := w.ID
		goal, ok := goals[id]
		if !ok && w.Source.BundleID != "" {
			id = w.Source.BundleID
			goal, ok = goals[id]
		}
		if m.way = unassigned; !isWorkspaceID(w.ID) {
			m.way = malformed
			continue
		} else if !ok {
			continue
		}
		if m.way, ok = legs[leg{w.Source, goal}]; !ok {
			m.way = int32(len(s.ways))
			legs[leg{w.Source, goal}] = m.way
			t := targets[id]
			x := way{bundle: t.BundleID}
			x.migration, x.Decision, x.err = r.route(w.Source, &t, l.Undocumented)
			s.ways = append(s.ways, x)
		}
		at := place{subnet: w.SubnetID, key: w.Key, grants: w.Grants}
		if m.place, ok = places[at]; !ok {
			m.place = int32(len(s.places))
			places[at] = m.place
			at.unknown = l.check(w, "") != nil
			at.full = len(r.obstacles(&Workspace{SubnetID: w.SubnetID, Key: w.Key, Grants: w.Grants}, l)) > 0
			s.places = append(s.places, at)
		}
		m.blocked = s.places[m.place].full || w.Ready != nil && w.Ready.Verdict == rule.Denied
	}
	slices.SortFunc(s.members, s.compare)
	return s, nil
}

// compare compares members by ID.
func (s *survey) compare(a, b member) int {
	if a.prefix != b.prefix {
		return cmp.Compare(a.prefix, b.prefix)
	}
	return cmp.Compare(s.fleet[a.n].ID, s.fleet[b.n].ID)
}
