package preflight

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// WorkSpaces and their users are found as in maps.
func TestRosterAgainstMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var n notes
		r := newRoster(inFile(workspacesName).below("Workspaces"), &n)
		byID := map[string]int{}
		var order []int
		few := rapid.IntRange(0, 60)
		for i := range rapid.IntRange(0, 200).Draw(t, "WorkSpaces") {
			r.element()
			r.entry.WorkspaceId = fmt.Sprintf("ws-%d", few.Draw(t, "id"))
			r.entry.UserName = fmt.Sprintf(rapid.SampledFrom([]string{"user%d", "USER%d"}).Draw(t, "case"), few.Draw(t, "user")/4)
			r.entry.DirectoryId = rapid.SampledFrom([]string{"d-1", "d-2", ""}).Draw(t, "directory")
			id := r.entry.WorkspaceId
			if _, twice := byID[id]; !twice {
				byID[id] = i
				order = append(order, i)
			}
			r.take(i, nil)
		}
		if len(r.all) != len(order) || len(n)+len(order) < len(r.all) {
			t.Fatalf("%d WorkSpaces, want %d", len(r.all), len(order))
		}
		byUser := map[string][]string{}
		u := newUsers(r)
		key := func(w *workspace) string { return w.DirectoryId + "\x00" + strings.ToLower(w.UserName) }
		for i, w := range r.all {
			if w.index != order[i] || r.find(w.WorkspaceId) != w {
				t.Fatalf("%s is at %d, want %d", w.WorkspaceId, w.index, order[i])
			}
			u.add(i)
			byUser[key(w)] = append(byUser[key(w)], w.WorkspaceId)
		}
		if r.find("ws-61") != nil || u.has("d-3", "user1") {
			t.Fatal("finds what is not there")
		}
		several := 0
		for i, w := range r.all {
			if !u.has(w.DirectoryId, strings.ToUpper(w.UserName)) {
				t.Fatalf("%s has no WorkSpace", w.UserName)
			}
			all := byUser[key(w)]
			if all[0] != w.WorkspaceId || len(all) == 1 {
				continue
			}
			several++
			var got []string
			for _, w := range u.again[i] {
				got = append(got, w.WorkspaceId)
			}
			if !reflect.DeepEqual(got, all) {
				t.Fatalf("%v, want %v", got, all)
			}
		}
		if len(u.twice) != several {
			t.Fatalf("%d users have several WorkSpaces, want %d", len(u.twice), several)
		}
	})
}

// The key of a build tells everything of it: no value of a member has the key of another.
func TestKeyOfBuild(t *testing.T) {
	var zero build
	keys := map[string]string{string(zero.appendKey(nil)): "nothing"}
	var vary func(v reflect.Value, name string)
	vary = func(v reflect.Value, name string) {
		seen := func() {
			key := string(reflect.ValueOf(&zero).Interface().(*build).appendKey(nil))
			if other := keys[key]; other != "" {
				t.Errorf("%s has the key of %s", name, other)
			}
			keys[key] = name
		}
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.Type != unreadType {
					vary(v.Field(i), name+"."+f.Name)
				}
			}
			return
		case reflect.String:
			v.SetString("x")
			seen()
		case reflect.Bool:
			v.SetBool(true)
			seen()
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			seen()
			v.Elem().SetInt(1)
			seen()
		case reflect.Slice:
			for n := 1; n < 3; n++ {
				v.Set(reflect.MakeSlice(v.Type(), n, n))
				seen()
				vary(v.Index(n-1), fmt.Sprintf("%s[%d]", name, n-1))
			}
		default:
			t.Fatalf("%s is a %s", name, v.Kind())
		}
		v.SetZero()
	}
	vary(reflect.ValueOf(&zero).Elem(), "build")
}

// Elements that have one hash are told apart by what they are.
func TestIndexOfEqualHashes(t *testing.T) {
	var x index
	find := func(i int) int { return x.find(7, func(j int) bool { return i == j }) }
	for i := range 200 {
		if find(i) >= 0 {
			t.Fatalf("%d is found before it is added", i)
		}
		x.add(7, i)
	}
	for i := range 200 {
		if found := find(i); found != i {
			t.Errorf("%d is found at %d", i, found)
		}
	}
	if find(200) >= 0 {
		t.Error("finds what was not added")
	}
}

// Users of one hash are told apart by the directory and by the name.
func TestUsersOfOneHash(t *testing.T) {
	var n notes
	r := newRoster(inFile(workspacesName).below("Workspaces"), &n)
	r.element()
	r.entry.WorkspaceId, r.entry.DirectoryId, r.entry.UserName = "ws-1", "d-1", "Ada"
	r.take(0, nil)
	u := newUsers(r)
	for _, other := range [][2]string{{"d-1", "bob"}, {"d-2", "ada"}} {
		u.first.add(u.first.hash(other[0], other[1]), 0)
		if u.has(other[0], other[1]) {
			t.Errorf("%s is taken for another user", other)
		}
	}
	u.add(0)
	if !u.has("d-1", "ADA") {
		t.Error("the user is not found")
	}
}

// An index that does not have an element says -1, be it empty or not.
func TestIndexOfNothing(t *testing.T) {
	var x index
	none := func(int) bool { return false }
	if got := x.find(7, none); got != -1 {
		t.Errorf("empty: %d", got)
	}
	x.add(7, 0)
	for _, hash := range []uint32{7, 8, 300} {
		if got := x.find(hash, none); got != -1 {
			t.Errorf("%d: %d", hash, got)
		}
	}
}
