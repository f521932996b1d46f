package encryption

import (
	"cmp"
	"slices"
)

// A slot is a key that takes new WorkSpaces.
type slot struct {
	key  int32 // its index in the plan
	load int   // WorkSpaces that use it at first
	room int   // how many more may
}

// A filler gives out the room of the slots of one Region.
type filler struct {
	slots []slot
	turn  int // Pack: the slot that is filled; Balance: the next of the level

	balance bool
	level   []int // Balance: the slots that have the fewest WorkSpaces, and room
	load    int   // Balance: how many those before turn had, and those after it have
	joined  int   // Balance: how many slots are on the level, or were until they were full
}

func (f Fill) filler(slots []slot) filler {
	if f == Balance {
		slices.SortStableFunc(slots, func(a, b slot) int { return cmp.Compare(a.load, b.load) })
	}
	return filler{slots: slots, balance: f == Balance}
}

// next returns the key of the next WorkSpace. There must be room.
func (f *filler) next() int32 {
	i := f.turn
	switch {
	case f.balance:
		i = f.lowest()
	case f.slots[i].room == 0:
		i++
		f.turn = i
	}
	f.slots[i].room--
	return f.slots[i].key
}

// lowest returns the slot with room that has the fewest WorkSpaces. Each round over the
// level raises it by one, drops the slots that are full, and takes up those that it reaches.
func (f *filler) lowest() int {
	if f.turn == len(f.level) {
		f.turn = 0
		f.level = slices.DeleteFunc(f.level, func(i int) bool { return f.slots[i].room == 0 })
		if f.load++; len(f.level) == 0 {
			f.load = f.slots[f.joined].load
		}
		for f.joined < len(f.slots) && f.slots[f.joined].load == f.load {
			f.level = append(f.level, f.joined)
			f.joined++
		}
	}
	i := f.level[f.turn]
	f.turn++
	return i
}
