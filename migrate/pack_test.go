package migrate_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// within tells what a wave breaks.
func within(wave []migrate.Migration, l migrate.Limits, size int) error {
	addresses, grants := map[string]int{}, map[string]int{}
	for _, m := range wave {
		addresses[m.SubnetID]++
		grants[m.Key] += m.Grants
	}
	if len(wave) == 0 || len(wave) > size {
		return fmt.Errorf("%d migrations", len(wave))
	}
	for s, n := range addresses {
		if l.FreeAddresses != nil && n > l.FreeAddresses[s] {
			return fmt.Errorf("%d in %s", n, s)
		}
	}
	for k, n := range grants {
		if l.FreeGrants != nil && n > l.FreeGrants[k] {
			return fmt.Errorf("%d grants of %s", n, k)
		}
	}
	return nil
}

// checkPlan checks that a plan is within the limits, sorted, and has each WorkSpace once.
func checkPlan(t interface{ Fatalf(string, ...any) }, p *migrate.Plan, fleet []migrate.Workspace, l migrate.Limits, size int) {
	seen := map[string]int{}
	last := ""
	for _, wave := range p.Waves {
		if err := within(wave, l, size); err != nil {
			t.Fatalf("%v in %v", err, wave)
		}
		if wave[0].WorkspaceID <= last {
			t.Fatalf("waves are out of order at %s", wave[0].WorkspaceID)
		}
		last = wave[0].WorkspaceID
		for i, m := range wave {
			seen[m.WorkspaceID]++
			if i > 0 && m.WorkspaceID <= wave[i-1].WorkspaceID {
				t.Fatalf("%s is out of order", m.WorkspaceID)
			}
		}
	}
	for _, r := range slices.Concat(p.Refused, p.Undecided) {
		seen[r.WorkspaceID]++
	}
	for _, id := range p.Unassigned {
		seen[id]++
	}
	for _, w := range fleet {
		if seen[w.ID] != 1 {
			t.Fatalf("%s is in the plan %d times", w.ID, seen[w.ID])
		}
	}
	if len(seen) != len(fleet) || len(p.Waves) < p.Bound {
		t.Fatalf("%d of %d WorkSpaces, %d waves, bound %d", len(seen), len(fleet), len(p.Waves), p.Bound)
	}
}

// fewest is the least number of waves, found by trying everything: each WorkSpace in turn
// joins a wave that there is, or begins one.
func fewest(todo []migrate.Migration, l migrate.Limits, size int) int {
	best := len(todo) + 1
	var waves [][]migrate.Migration
	var try func(i int)
	try = func(i int) {
		if len(waves) >= best {
			return
		}
		if i == len(todo) {
			best = len(waves)
			return
		}
		for w := range waves {
			waves[w] = append(waves[w], todo[i])
			if within(waves[w], l, size) == nil {
				try(i + 1)
			}
			waves[w] = waves[w][:len(waves[w])-1]
		}
		waves = append(waves, []migrate.Migration{todo[i]})
		try(i + 1)
		waves = waves[:len(waves)-1]
	}
	try(0)
	return best
}

// alone is how many waves a key alone needs: the most WorkSpaces with 2 grants beside each
// number of those with 3, one wave more at a time.
func alone(twos, threes, free int) int {
	most := make([]int, threes+1) // by those with 3; -1 if there is no room for them
	for h := range most[1:] {
		most[h+1] = -1
	}
	waves := 0
	for ; most[threes] < twos; waves++ {
		next := make([]int, threes+1)
		for h := range next {
			next[h] = -1
			for b := 0; b <= h && 3*b <= free; b++ {
				if most[h-b] >= 0 {
					next[h] = max(next[h], most[h-b]+(free-3*b)/2)
				}
			}
		}
		most = next
	}
	return waves
}

// leastWaves is the greatest of the numbers of waves that the size, each subnet and each key
// need alone.
func leastWaves(fleet []migrate.Workspace, l migrate.Limits) int {
	over := func(n, d int) int { return (n + d - 1) / d }
	least := over(len(fleet), l.WaveSize)
	addresses, grants := map[string]int{}, map[string][4]int{}
	for _, w := range fleet {
		addresses[w.SubnetID]++
		n := grants[w.Key]
		n[w.Grants]++
		grants[w.Key] = n
	}
	for s, n := range addresses {
		least = max(least, over(n, l.FreeAddresses[s]))
	}
	for k, n := range grants {
		if k != "" {
			least = max(least, alone(n[2], n[3], l.FreeGrants[k]))
		}
	}
	return least
}

// firstFit is how many waves there are if each WorkSpace goes to the first that has room: those
// of the subnet or key that needs the most waves first, then, if asked, those with 3 grants,
// and then by ID.
func firstFit(fleet []migrate.Workspace, l migrate.Limits, threesFirst bool) int {
	load := map[string]float64{}
	for _, w := range fleet {
		load[w.SubnetID] += 1 / float64(l.FreeAddresses[w.SubnetID])
		if w.Key != "" {
			load[w.Key] += float64(w.Grants) / float64(l.FreeGrants[w.Key])
		}
	}
	heaviest := func(w migrate.Workspace) float64 { return max(load[w.SubnetID], load[w.Key]) }
	fleet = slices.Clone(fleet)
	slices.SortStableFunc(fleet, func(a, b migrate.Workspace) int {
		if c := cmp.Compare(heaviest(b), heaviest(a)); c != 0 || !threesFirst {
			return c
		}
		return cmp.Compare(b.Grants, a.Grants)
	})
	type wave struct {
		n    int
		used map[string]int
	}
	var waves []*wave
	for _, w := range fleet {
		fits := func(v *wave) bool {
			return v.n < l.WaveSize && v.used[w.SubnetID] < l.FreeAddresses[w.SubnetID] && (w.Key == "" || v.used[w.Key]+w.Grants <= l.FreeGrants[w.Key])
		}
		i := slices.IndexFunc(waves, fits)
		if i < 0 {
			i = len(waves)
			waves = append(waves, &wave{used: map[string]int{}})
		}
		waves[i].n++
		waves[i].used[w.SubnetID]++
		waves[i].used[w.Key] += w.Grants
	}
	return len(waves)
}

// randomFleet has up to most WorkSpaces, 6 subnets and 6 keys. On each key all take the same
// number of grants, unless it is mixed.
func randomFleet(r *rand.Rand, most int, mixed bool) ([]migrate.Workspace, migrate.Limits) {
	l := migrate.Limits{WaveSize: []int{25, 25, 1 + r.IntN(25)}[r.IntN(3)], FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}}
	addresses, grants := []int{3, 6, 25}[r.IntN(3)], []int{6, 9, 20}[r.IntN(3)]
	subnets, keys := 1+r.IntN(6), 1+r.IntN(6)
	for i := range 6 {
		l.FreeAddresses[fmt.Sprint("subnet", i)] = 1 + r.IntN(addresses)
		l.FreeGrants[fmt.Sprint("key", i)] = 3 + r.IntN(grants)
	}
	fleet := make([]migrate.Workspace, 1+r.IntN(most))
	for i := range fleet {
		w := migrate.Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: migrate.Desktop{BundleID: oldBundle}, SubnetID: fmt.Sprint("subnet", r.IntN(subnets))}
		if k := r.IntN(keys + 1); k < keys {
			w.Key, w.Grants = fmt.Sprint("key", k), 2+k%2
			if mixed {
				w.Grants = 2 + r.IntN(2)
			}
		}
		fleet[i] = w
	}
	return fleet, l
}

// anywhere is a target for random fleets, if what is undocumented is allowed.
var anywhere = map[string]migrate.Target{oldBundle: {Desktop: migrate.Desktop{BundleID: newBundle}}}

// Small fleets have the fewest waves that there are.
func TestPlanIsMinimal(t *testing.T) {
	above := 0
	rapid.Check(t, func(t *rapid.T) {
		mixed := rapid.Bool().Draw(t, "mixed")
		l := migrate.Limits{WaveSize: rapid.IntRange(1, 6).Draw(t, "wave"), FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}, Undocumented: rule.Allowed}
		for _, s := range "stu" {
			l.FreeAddresses[string(s)] = rapid.IntRange(1, 3).Draw(t, "addresses")
		}
		for _, k := range "KLM" {
			l.FreeGrants[string(k)] = rapid.IntRange(3, 10).Draw(t, "grants")
		}
		var fleet []migrate.Workspace
		for i := range rapid.IntRange(1, 9).Draw(t, "n") {
			w := migrate.Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: migrate.Desktop{BundleID: oldBundle}, SubnetID: rapid.SampledFrom([]string{"s", "t", "u"}).Draw(t, "subnet")}
			if k := rapid.SampledFrom([]string{"K", "L", "M", ""}).Draw(t, "key"); k != "" {
				w.Key, w.Grants = k, 3
				if !mixed && k == "L" || mixed && rapid.Bool().Draw(t, "one volume") {
					w.Grants = 2
				}
			}
			fleet = append(fleet, w)
		}
		p, err := migrate.Newest().NewPlan(fleet, anywhere, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, l.WaveSize)
		want := fewest(slices.Concat(p.Waves...), l, l.WaveSize)
		if len(p.Waves) != want || p.Bound != leastWaves(fleet, l) || !mixed && p.Bound != want {
			t.Fatalf("%d waves, bound %d, want %d and %d", len(p.Waves), p.Bound, want, leastWaves(fleet, l))
		}
		if want > p.Bound {
			above++
		}
	})
	t.Logf("%d plans need more waves than the bound", above)
}

// smallFleet has up to most WorkSpaces with 2 grants and with 3, and is short of everything.
func smallFleet(seed uint64, most int) ([]migrate.Workspace, migrate.Limits) {
	r := rand.New(rand.NewPCG(seed, 0))
	l := migrate.Limits{WaveSize: 3 + r.IntN(4), FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}, Undocumented: rule.Allowed}
	for i := range 3 {
		l.FreeAddresses[fmt.Sprint("subnet", i)] = 1 + r.IntN(2)
		l.FreeGrants[fmt.Sprint("key", i)] = 4 + r.IntN(5)
	}
	fleet := make([]migrate.Workspace, most-r.IntN(6))
	for i := range fleet {
		fleet[i] = migrate.Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: migrate.Desktop{BundleID: oldBundle}, SubnetID: fmt.Sprint("subnet", r.IntN(3)),
			Key: fmt.Sprint("key", r.IntN(3)), Grants: 2 + r.IntN(2)}
	}
	return fleet, l
}

// So have many mixed fleets of up to 11, the same in every run.
func TestSmallPlansAreMinimal(t *testing.T) {
	above := 0
	for seed := range uint64(2000) {
		fleet, l := smallFleet(seed, 11)
		p, err := migrate.Newest().NewPlan(fleet, anywhere, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, l.WaveSize)
		want := p.Bound
		if len(p.Waves) > want { // else there cannot be fewer
			want = fewest(slices.Concat(p.Waves...), l, l.WaveSize)
		}
		if len(p.Waves) != want || p.Bound != leastWaves(fleet, l) {
			t.Errorf("%d: %d waves, bound %d, want %d and %d", seed, len(p.Waves), p.Bound, want, leastWaves(fleet, l))
		}
		if want > p.Bound {
			above++
		}
	}
	if above == 0 {
		t.Error("every plan has as few waves as the bound")
	}
}

// A search that is not bounded finds the fewest waves that there are, if there are fewer than it is told. What it finds first is first fit.
func TestSearch(t *testing.T) {
	search := func(fleet []migrate.Workspace, l migrate.Limits, bound, waves int, threesFirst bool) int {
		waveOf, n, err := migrate.Search(fleet, anywhere, l, bound, waves, threesFirst)
		if err != nil {
			t.Fatal(err)
		}
		if waveOf == nil {
			if n != waves {
				t.Fatalf("none found, and %d waves instead of %d", n, waves)
			}
			return 0
		}
		found := make([][]migrate.Migration, n)
		for i, w := range waveOf {
			found[w] = append(found[w], migrate.Migration{SubnetID: fleet[i].SubnetID, Key: fleet[i].Key, Grants: fleet[i].Grants})
		}
		for _, wave := range found {
			if err := within(wave, l, l.WaveSize); err != nil {
				t.Fatal(err)
			}
		}
		return n
	}
	for seed := range uint64(150) {
		fleet, l := smallFleet(seed, 8)
		migrations := make([]migrate.Migration, len(fleet))
		for i, w := range fleet {
			migrations[i] = migrate.Migration{SubnetID: w.SubnetID, Key: w.Key, Grants: w.Grants}
		}
		best := fewest(migrations, l, l.WaveSize)
		for _, threesFirst := range []bool{false, true} {
			fit := firstFit(fleet, l, threesFirst)
			for _, tt := range []struct{ bound, waves, want int }{
				{0, len(fleet) + 1, best}, {0, best + 1, best}, {0, best, 0}, {best, best, 0}, {fit, len(fleet) + 1, fit}, {best, len(fleet) + 1, best},
			} {
				if got := search(fleet, l, tt.bound, tt.waves, threesFirst); got != tt.want {
					t.Errorf("%d, threes first %t: %d waves with bound %d, of less than %d; want %d", seed, threesFirst, got, tt.bound, tt.waves, tt.want)
				}
			}
		}
	}
	// Of so many it tries a part, and keeps what it has found by then: the fewest, and fewer than first fit.
	fleet, l := smallFleet(24, 60)
	least, fit := leastWaves(fleet, l), firstFit(fleet, l, true)
	if got := search(fleet, l, 0, len(fleet)+1, true); got != least || least >= fit {
		t.Errorf("%d waves, first fit %d, want %d", got, fit, least)
	}
	if got := search(fleet, l, least, 1<<20, true); got != 0 {
		t.Errorf("%d waves though the steps do not suffice", got)
	}
}

// Mixed fleets made of waves that are full. In these the flow of a wave is changed for the WorkSpaces with 3 grants of a key.
func TestPlanFindsFullMixedWaves(t *testing.T) {
	for _, seed := range []uint64{177, 1565, 2380, 3846} {
		r := rand.New(rand.NewPCG(seed, 5))
		width, waves := 2+r.IntN(12), 1+r.IntN(5)
		l := migrate.Limits{WaveSize: width + r.IntN(2), FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}, Undocumented: rule.Allowed}
		subnets, keys := 1+r.IntN(width), 1+r.IntN(4)
		slots := make([]migrate.Workspace, width)
		for i := range slots {
			slots[i] = migrate.Workspace{SubnetID: fmt.Sprint("subnet", r.IntN(subnets)), Key: fmt.Sprint("key", r.IntN(keys)), Grants: 2 + r.IntN(2)}
			l.FreeAddresses[slots[i].SubnetID]++
			l.FreeGrants[slots[i].Key] += slots[i].Grants
		}
		var fleet []migrate.Workspace
		ids := r.Perm(width * waves)
		for range waves {
			for subnet, key := range r.Perm(width) {
				fleet = append(fleet, migrate.Workspace{
					ID: fmt.Sprintf("ws-%08d", ids[len(fleet)]), Source: migrate.Desktop{BundleID: oldBundle},
					SubnetID: slots[subnet].SubnetID, Key: slots[key].Key, Grants: slots[key].Grants,
				})
			}
		}
		p, err := migrate.Newest().NewPlan(fleet, anywhere, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, l.WaveSize)
		if len(p.Waves) != waves || p.Bound != waves {
			t.Errorf("%d: %d waves, bound %d, want %d", seed, len(p.Waves), p.Bound, waves)
		}
	}
}

// A plan never has more waves than first fit, and is close to the bound: at it, unless keys are
// mixed. 4,000 checks are 20,000 fleets.
func TestPlanBeatsFirstFit(t *testing.T) {
	var waves, bounds, fits [2]int
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for range 5 {
			mixed := r.IntN(2)
			fleet, l := randomFleet(r, []int{12, 60, 400}[r.IntN(3)], mixed == 1)
			l.Undocumented = rule.Allowed
			p, err := migrate.Newest().NewPlan(fleet, anywhere, l)
			if err != nil {
				t.Fatal(err)
			}
			checkPlan(t, p, fleet, l, l.WaveSize)
			fit, bound := min(firstFit(fleet, l, false), firstFit(fleet, l, true)), leastWaves(fleet, l)
			if n := len(p.Waves); n > fit || p.Bound != bound || mixed == 0 && n != bound {
				t.Fatalf("%d waves of %d, first fit %d, bound %d, want %d, with %+v", n, len(fleet), fit, p.Bound, bound, l)
			}
			waves[mixed] += len(p.Waves)
			bounds[mixed] += bound
			fits[mixed] += fit
			r.Shuffle(len(fleet), func(i, j int) { fleet[i], fleet[j] = fleet[j], fleet[i] })
			if again, err := migrate.Newest().NewPlan(fleet, anywhere, l); err != nil || !reflect.DeepEqual(again, p) {
				t.Fatalf("another order of the fleet gives another plan, %v", err)
			}
		}
	})
	for mixed, kind := range []string{"unmixed", "mixed"} {
		ratio := float64(waves[mixed]) / float64(bounds[mixed])
		t.Logf("%s: %d waves, %.4f of the bound; first fit %d", kind, waves[mixed], ratio, fits[mixed])
		if ratio > []float64{1, 1.0005}[mixed] {
			t.Errorf("%s: %.4f of the bound", kind, ratio)
		}
	}
}

// A fleet made of waves that are full, which are then forgotten: each wave takes all that there
// is of every subnet and key. The plan must find as many, and cannot find fewer. Without some of
// the WorkSpaces it must find as few as the bound.
func TestPlanFindsFullWaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, waves := rapid.IntRange(1, 25).Draw(t, "width"), rapid.IntRange(1, 60).Draw(t, "waves")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		split := func(name string, most int) (slots []string) {
			for n := 0; len(slots) < width; n++ {
				slots = append(slots, slices.Repeat([]string{fmt.Sprint(name, n)}, min(1+r.IntN(most), width-len(slots)))...)
			}
			return slots
		}
		subnets := split("s", rapid.IntRange(1, 6).Draw(t, "addresses"))
		keys := split("k", rapid.IntRange(1, 6).Draw(t, "on a key"))
		l := migrate.Limits{WaveSize: 25, FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}, Undocumented: rule.Allowed}
		if rapid.Bool().Draw(t, "no wider") {
			l.WaveSize = width
		}
		grants := func(key string) int { return 2 + len(key)%2 }
		for i := range width {
			l.FreeAddresses[subnets[i]]++
			l.FreeGrants[keys[i]] += grants(keys[i])
		}
		ids := r.Perm(width * waves)
		missing := rapid.SampledFrom([]float64{0, 0.01, 0.1}).Draw(t, "missing")
		var fleet []migrate.Workspace
		for range waves {
			for subnet, key := range r.Perm(width) {
				fleet = append(fleet, migrate.Workspace{
					ID: fmt.Sprintf("ws-%08d", ids[len(fleet)]), Source: migrate.Desktop{BundleID: oldBundle},
					SubnetID: subnets[subnet], Key: keys[key], Grants: grants(keys[key]),
				})
			}
		}
		if missing > 0 {
			fleet = slices.DeleteFunc(fleet, func(migrate.Workspace) bool { return r.Float64() < missing })
			waves = leastWaves(fleet, l)
		}
		p, err := migrate.Newest().NewPlan(fleet, anywhere, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, l.WaveSize)
		if len(p.Waves) != waves || p.Bound != waves {
			t.Fatalf("%d waves, bound %d, want %d", len(p.Waves), p.Bound, waves)
		}
	})
}

// bigFleet is spread over subnets and keys that are often short.
func bigFleet(n, subnets, keys int, mixed bool) ([]migrate.Workspace, migrate.Limits) {
	r := rand.New(rand.NewPCG(1, 2))
	l := migrate.Limits{FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}, Undocumented: rule.Allowed}
	for i := range subnets {
		l.FreeAddresses[fmt.Sprint("subnet-", i)] = 1 + r.IntN(6)
	}
	for i := range keys {
		l.FreeGrants[fmt.Sprint("key-", i)] = 3 + r.IntN(20)
	}
	sources := []migrate.Desktop{}
	for _, text := range []string{"c16", "p16", "c19,pcoip", "p22", "b10"} {
		d, _ := desktop(text + ",id=" + oldBundle)
		sources = append(sources, d)
	}
	fleet := make([]migrate.Workspace, n)
	for i := range fleet {
		w := migrate.Workspace{
			ID: fmt.Sprintf("ws-%08x", r.Uint64()>>20), Source: sources[r.IntN(len(sources))],
			SubnetID: fmt.Sprint("subnet-", min(r.IntN(subnets), r.IntN(subnets))), DirectoryID: "d-0123456789", UserName: fmt.Sprint("user", i),
		}
		if r.IntN(4) > 0 {
			w.Key, w.Grants = fmt.Sprint("key-", min(r.IntN(keys), r.IntN(keys))), 3
			if mixed {
				w.Grants -= r.IntN(2)
			}
		}
		fleet[i] = w
	}
	return fleet, l
}

// Fleets too big for a search have as many waves as the bound, be they short of subnets or of
// keys.
func TestBigPlan(t *testing.T) {
	lineartest.SkipRace(t)
	targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c25,id="+newBundle)}}
	for _, size := range []struct {
		n, subnets, keys int
		mixed            bool
	}{{2000, 40, 200, false}, {20000, 40, 200, false}, {20000, 40, 200, true}, {20000, 40, 9, true}, {20000, 40, 3, true}, {20000, 40, 1, true}} {
		fleet, l := bigFleet(size.n, size.subnets, size.keys, size.mixed)
		before := slices.Clone(fleet)
		limits := maps.Clone(l.FreeAddresses)
		p, err := migrate.Newest().NewPlan(fleet, targets, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, 25)
		if len(p.Waves) != p.Bound || len(p.Waves) < size.n/40 {
			t.Errorf("%+v: %d waves, bound %d", size, len(p.Waves), p.Bound)
		}
		if !reflect.DeepEqual(before, fleet) || !maps.Equal(limits, l.FreeAddresses) {
			t.Error("the arguments changed")
		}
	}
}
