package monitor

import "hash/maphash"

// remembered is how many different events a Repeats keeps at least.
const remembered = 1 << 18

// A Repeats tells events that came before from new ones: EventBridge and what delivers its events do so at
// least once, each with its own id, and exports of a log group may overlap. It remembers at least the 262,144
// different events that came last, which are some 40 MiB at most, and takes one that comes again later for
// a new one. The zero value is ready to use.
type Repeats struct {
	now, before map[repeatKey]struct{} // before is full
	seeds       [2]maphash.Seed
}

// A repeatKey is one for each event, but for a chance of 2 to the power of -128.
type repeatKey [2]uint64

// Again reports whether an event came before, and remembers it. An event that has no id is none that came
// before, and neither is one that has the id of another and tells another login.
func (r *Repeats) Again(l *Login) bool {
	if l == nil || l.ID == "" {
		return false
	}
	if r.now == nil {
		r.now = map[repeatKey]struct{}{}
		r.seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}
	}
	type identity struct {
		id, account, region, directory, workspace string
		second                                    int64
		nanosecond                                int
	}
	of := identity{l.ID, l.Account, l.Region, l.Directory, l.Workspace, l.Time.Unix(), l.Time.Nanosecond()}
	key := repeatKey{maphash.Comparable(r.seeds[0], of), maphash.Comparable(r.seeds[1], of)}
	if _, again := r.now[key]; again {
		return true
	}
	_, again := r.before[key]
	if len(r.now) == remembered {
		r.now, r.before = r.before, r.now
		clear(r.now)
		if r.now == nil {
			r.now = map[repeatKey]struct{}{}
		}
	}
	r.now[key] = struct{}{}
	return again
}
