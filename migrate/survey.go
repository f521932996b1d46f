package migrate

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A survey is what a plan needs to know of a fleet. A fleet has few pairs of desktops and few
// places, so that most questions are asked once for many WorkSpaces.
type survey struct {
	fleet   []Workspace
	members []member // of the fleet, in its order
	order   []ranked // of the fleet, by ID
	ways    []way
	wayOf   map[leg]int32
	subnets names
	keys    names
	places  []place
	refused int // at least so many WorkSpaces are
}

// A member is what is known of a WorkSpace.
type member struct {
	way     int32 // its index, or unassigned or malformed
	place   int32
	blocked bool // not ready, or not even it alone finds room
}

const (
	unassigned = -1 - iota // there is no target
	malformed              // the ID is none
)

// A way is what holds for all WorkSpaces of a source that have the same target.
type way struct {
	leg
	Decision
	migration Migration // without what is a WorkSpace's own
	bundle    string    // of the target
	err       error
}

type leg struct {
	source Desktop
	goal   int32 // number of the target
}

// find returns the number of a way. It compares the first few, which are often all, and looks up
// the others.
func (s *survey) find(source *Desktop, goal int32) (int32, bool) {
	for i := range s.ways[:min(len(s.ways), 8)] {
		if is := &s.ways[i]; is.goal == goal && is.source == *source {
			return int32(i), true
		}
	}
	n, ok := s.wayOf[leg{*source, goal}]
	return n, ok
}

// A place is where a WorkSpace takes an address and grants.
type place struct {
	spot
	unknown bool // to the limits
	full    bool
}

type spot struct {
	subnet, key int32 // numbers of names
	grants      int
}

// Names are numbered in the order in which they come up.
type names struct {
	list   []string
	number map[string]int32
}

func (s *names) of(name string) int32 {
	n, ok := s.number[name]
	if !ok {
		n = int32(len(s.list))
		s.number[name] = n
		s.list = append(s.list, name)
	}
	return n
}

// A ranked WorkSpace is compared by a prefix of its ID, and by all of it only if need be.
type ranked struct {
	prefix uint64 // the 8 bytes after ws-
	n      int32  // index in the fleet
}

// survey looks at a fleet. The error is one of a target.
func (r Rules) survey(fleet []Workspace, targets map[string]Target, l *Limits) (*survey, error) {
	goals, index, err := distinct(targets)
	if err != nil {
		return nil, err
	}
	s := &survey{fleet: fleet, members: make([]member, len(fleet)), order: make([]ranked, len(fleet)), wayOf: map[leg]int32{}}
	s.subnets.number, s.keys.number = map[string]int32{}, map[string]int32{}
	places := map[spot]int32{}
	for n := range fleet {
		w, m := &fleet[n], &s.members[n]
		s.order[n] = rankOf(w.ID, n)
		goal, ok := index[w.ID]
		if !ok && w.Source.BundleID != "" {
			goal, ok = index[w.Source.BundleID]
		}
		switch {
		case !isWorkspaceID(w.ID):
			m.way = malformed
			continue
		case !ok:
			m.way = unassigned
			continue
		}
		if m.way, ok = s.find(&w.Source, goal); !ok {
			m.way = int32(len(s.ways))
			is := way{leg: leg{w.Source, goal}, bundle: goals[goal].BundleID}
			is.migration, is.Decision, is.err = r.route(w.Source, &goals[goal], l.Undocumented)
			s.ways = append(s.ways, is)
			s.wayOf[is.leg] = m.way
		}
		at := spot{s.subnets.of(w.SubnetID), s.keys.of(w.Key), w.Grants}
		if m.place, ok = places[at]; !ok {
			m.place = int32(len(s.places))
			places[at] = m.place
			s.places = append(s.places, place{
				spot:    at,
				unknown: l.check(w, "") != nil,
				full:    len(r.obstacles(&Workspace{SubnetID: w.SubnetID, Key: w.Key, Grants: w.Grants}, l)) > 0,
			})
		}
		m.blocked = s.places[m.place].full || w.unready()
		if m.blocked || s.ways[m.way].Verdict == rule.Denied {
			s.refused++
		}
	}
	s.sort()
	return s, nil
}

// distinct returns each target once, and which one an ID has.
func distinct(targets map[string]Target) (all []Target, index map[string]int32, err error) {
	type ends struct {
		target, via Desktop
		hasVia      bool
	}
	known := map[ends]int32{}
	index = make(map[string]int32, len(targets))
	for _, id := range sortedKeys(targets) {
		t := targets[id]
		if !isBundleID(t.BundleID) || t.Via != nil && !isBundleID(t.Via.BundleID) {
			return nil, nil, &rule.InputError{Path: rule.Path("Targets").Join(rule.Path(id)).Join("BundleId"), Value: t.BundleID, Reason: "is needed, and that of Via"}
		}
		to := ends{target: t.Desktop}
		if t.Via != nil {
			to.via, to.hasVia = *t.Via, true
		}
		n, ok := known[to]
		if !ok {
			n = int32(len(all))
			known[to] = n
			all = append(all, t)
		}
		index[id] = n
	}
	return all, index, nil
}

func rankOf(id string, n int) ranked {
	var prefix [8]byte
	copy(prefix[:], strings.TrimPrefix(id, "ws-"))
	return ranked{binary.BigEndian.Uint64(prefix[:]), int32(n)}
}

// sort sorts by ID: by the prefix from its last byte to the first, as a radix sort does, and
// then those that have the same.
func (s *survey) sort() {
	sorted := make([]ranked, len(s.order))
	for shift := 0; shift < 64; shift += 8 {
		var next [256]int // first how many have each byte, and then the place of the next
		for _, r := range s.order {
			next[byte(r.prefix>>shift)]++
		}
		place := 0
		for b, n := range next {
			next[b] = place
			place += n
		}
		for _, r := range s.order {
			b := byte(r.prefix >> shift)
			sorted[next[b]] = r
			next[b]++
		}
		s.order, sorted = sorted, s.order
	}
	for rest := s.order; len(rest) > 0; {
		same := 1
		for same < len(rest) && rest[same].prefix == rest[0].prefix {
			same++
		}
		slices.SortFunc(rest[:same], func(a, b ranked) int { return cmp.Compare(s.fleet[a.n].ID, s.fleet[b.n].ID) })
		rest = rest[same:]
	}
}
