package migrate

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
)

// wavesInShares is the least sum of shares of waves that hold so many WorkSpaces with 2 grants and with 3. A best choice has
// one or two kinds of waves: with as many corners as there are amounts.
func wavesInShares(twos, threes, room int) float64 {
	type wave struct{ twos, threes float64 }
	var kinds []wave
	for threes := 0; 3*threes <= room; threes++ {
		kinds = append(kinds, wave{float64((room - 3*threes) / 2), float64(threes)})
	}
	wantTwos, wantThrees := float64(twos), float64(threes)
	over := func(want, has float64) float64 {
		if want == 0 {
			return 0
		}
		return want / has // infinite without any
	}
	least := math.Inf(1)
	for _, a := range kinds {
		least = min(least, max(over(wantTwos, a.twos), over(wantThrees, a.threes)))
		for _, b := range kinds {
			area := a.twos*b.threes - b.twos*a.threes
			if area == 0 {
				continue
			}
			first, second := (wantTwos*b.threes-b.twos*wantThrees)/area, (a.twos*wantThrees-wantTwos*a.threes)/area
			if first >= 0 && second >= 0 {
				least = min(least, first+second)
			}
		}
	}
	return least
}

func TestNeedOfAVertex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		room := rapid.IntRange(3, 40).Draw(t, "room")
		left := [4]int{2: rapid.IntRange(0, 200).Draw(t, "twos"), 3: rapid.IntRange(0, 200).Draw(t, "threes")}
		v := &vertex{room: room}
		if got, want := v.needs(left), wavesInShares(left[2], left[3], room); math.Abs(got-want) > 1e-9 {
			t.Fatalf("room %d, left %v: %g waves, want %g", room, left, got, want)
		}
		if got, want := v.needs([4]int{1: left[2]}), float64(left[2])/float64(room); got != want {
			t.Fatalf("room %d, %d addresses: %g waves, want %g", room, left[2], got, want)
		}
	})
}

// The same for each of the smallest numbers, of which rapid draws some.
func TestNeedOfFew(t *testing.T) {
	for room := 3; room <= 12; room++ {
		for twos := range 5 {
			for threes := range 5 {
				v := &vertex{room: room}
				if got, want := v.needs([4]int{2: twos, 3: threes}), wavesInShares(twos, threes, room); math.Abs(got-want) > 1e-9 {
					t.Errorf("room %d, %d twos and %d threes: %g waves, want %g", room, twos, threes, got, want)
				}
			}
		}
	}
}

// The least need that a vertex can have when the wave is full is that over all that the wave can take besides.
func TestRestOfAVertex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := vertex{room: rapid.IntRange(3, 40).Draw(t, "room")}
		v.used = rapid.IntRange(0, v.room).Draw(t, "used")
		v.left = [4]int{2: rapid.IntRange(0, 30).Draw(t, "twos"), 3: rapid.IntRange(0, 30).Draw(t, "threes")}
		p := &packer{vertices: []vertex{v}, need: make([]float64, 1)}
		p.update(0)
		want := [4]float64{}
		if v.left[2] > 0 && v.left[3] > 0 {
			want[2], want[3] = math.Inf(1), math.Inf(1)
			for twos := 0; twos <= v.left[2]; twos++ {
				for threes := 0; threes <= v.left[3] && v.used+2*twos+3*threes <= v.room; threes++ {
					need := v.needs([4]int{2: v.left[2] - twos, 3: v.left[3] - threes})
					if twos > 0 {
						want[2] = min(want[2], need)
					}
					if threes > 0 {
						want[3] = min(want[3], need)
					}
				}
			}
		}
		if got := p.vertices[0].rest; got != want {
			t.Fatalf("%+v: rest %v, want %v", v, got, want)
		}
		if p.need[0] != v.needs(v.left) {
			t.Fatalf("%+v: need %g", v, p.need[0])
		}
	})
}

// The load of a WorkSpace is the waves that its subnet or its key needs for all, whichever are more. A key without room from which
// nothing is taken needs none.
func TestLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{WaveSize: 25, FreeAddresses: map[string]int{}, FreeGrants: map[string]int{"": 0, "none": 0}, Undocumented: rule.Allowed}
		sum := map[string]int{}
		var fleet []Workspace
		for i := range rapid.IntRange(1, 40).Draw(t, "n") {
			w := Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: Desktop{BundleID: "wsb-00000old"}, SubnetID: fmt.Sprint("subnet", rapid.IntRange(0, 3).Draw(t, "subnet"))}
			if k := rapid.SampledFrom([]string{"", "none", "key1", "key2"}).Draw(t, "key"); k != "" {
				if w.Key = k; k != "none" {
					w.Grants = rapid.IntRange(2, 3).Draw(t, "grants")
				}
			}
			sum[w.SubnetID]++
			sum[w.Key] += w.Grants
			fleet = append(fleet, w)
		}
		for id := range sum {
			switch id[:min(3, len(id))] {
			case "sub":
				l.FreeAddresses[id] = rapid.IntRange(1, 60).Draw(t, "addresses")
			case "key":
				l.FreeGrants[id] = rapid.IntRange(3, 90).Draw(t, "room")
			}
		}
		p := packerOf(t, fleet, &l)
		for i, w := range fleet {
			want := float64(sum[w.SubnetID]) / float64(l.FreeAddresses[w.SubnetID])
			if w.Grants > 0 {
				want = max(want, float64(sum[w.Key])/float64(l.FreeGrants[w.Key]))
			}
			if got := p.load(int32(i)); got != want {
				t.Fatalf("%+v: load %g, want %g", w, got, want)
			}
		}
	})
}
