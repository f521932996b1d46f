package preflight

import "strings"

// users finds WorkSpaces by their users. User names that differ only in case are the same user's.
type users struct {
	roster *roster
	first  index                // of each user
	again  map[int][]*workspace // all of a user, by the position of the first, if there are several
	twice  []int                // the positions of again, in the order of the second WorkSpaces
}

func newUsers(r *roster) *users { return &users{roster: r, again: map[int][]*workspace{}} }

// find returns the position of the first WorkSpace of a user, -1 if there is none, and the user's hash.
func (u *users) find(directory, name string) (i int, hash uint32) {
	name = strings.ToLower(name)
	hash = u.first.hash(directory, name)
	return u.first.find(hash, func(i int) bool {
		w := u.roster.all[i]
		return w.DirectoryId == directory && strings.ToLower(w.UserName) == name
	}), hash
}

// has reports whether a user has a WorkSpace.
func (u *users) has(directory, name string) bool {
	i, _ := u.find(directory, name)
	return i >= 0
}

// add adds WorkSpace i of the roster.
func (u *users) add(i int) {
	w := u.roster.all[i]
	first, hash := u.find(w.DirectoryId, w.UserName)
	if first < 0 {
		u.first.add(hash, i)
		return
	}
	if u.again[first] == nil {
		u.again[first] = append(u.again[first], u.roster.all[first])
		u.twice = append(u.twice, first)
	}
	u.again[first] = append(u.again[first], w)
}
