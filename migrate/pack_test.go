package migrate_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

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

// Against the oracle: as few waves as can be, if the WorkSpaces of a key need equal grants;
// and never below the bound.
func TestPlanIsMinimal(t *testing.T) {
	target := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	source := mustDesktop(t, "c16,id="+oldBundle)
	exact, mixed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		even := rapid.Bool().Draw(t, "equal grants")
		l := migrate.Limits{WaveSize: rapid.IntRange(1, 5).Draw(t, "wave"), FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}}
		for _, s := range "stu" {
			l.FreeAddresses[string(s)] = rapid.IntRange(1, 3).Draw(t, "addresses")
		}
		for _, k := range "KLM" {
			l.FreeGrants[string(k)] = rapid.IntRange(3, 9).Draw(t, "grants")
		}
		var fleet []migrate.Workspace
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			w := migrate.Workspace{ID: fmt.Sprintf("ws-%08d", i), Source: source, SubnetID: rapid.SampledFrom([]string{"s", "t", "u"}).Draw(t, "subnet")}
			if k := rapid.SampledFrom([]string{"K", "L", "M", ""}).Draw(t, "key"); k != "" {
				w.Key, w.Grants = k, 3
				if even && k == "L" || !even && rapid.Bool().Draw(t, "one volume") {
					w.Grants = 2
				}
			}
			fleet = append(fleet, w)
		}
		p, err := migrate.Newest().NewPlan(fleet, target, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, l.WaveSize)
		want := fewest(slices.Concat(p.Waves...), l, l.WaveSize)
		if len(fleet) == 0 {
			want = 0
		}
		switch {
		case p.Bound > want:
			t.Fatalf("bound %d of %d waves", p.Bound, want)
		case even && (len(p.Waves) != want || p.Bound != want):
			t.Fatalf("%d waves, bound %d, want %d", len(p.Waves), p.Bound, want)
		case len(p.Waves) == want:
			exact++
		default:
			mixed++
		}
	})
	if exact == 0 {
		t.Error("no plan was held against the oracle")
	}
	t.Logf("%d minimal, %d with mixed grants not", exact, mixed)
}

// A fleet made of waves that are full, which are then forgotten: each wave is one WorkSpace
// in every subnet and on every key. The plan must find as many, and cannot find fewer.
func TestPlanFindsFullWaves(t *testing.T) {
	target := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c19,id="+newBundle)}}
	source := mustDesktop(t, "c16,id="+oldBundle)
	rapid.Check(t, func(t *rapid.T) {
		width, waves := rapid.IntRange(1, 7).Draw(t, "width"), rapid.IntRange(1, 90).Draw(t, "waves")
		l := migrate.Limits{FreeAddresses: map[string]int{}, FreeGrants: map[string]int{}}
		ids := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := 0; i < width*waves && yield(i); i++ {
			}
		})).Draw(t, "ids")
		wide := rapid.Bool().Draw(t, "a wave is no wider")
		if !wide {
			l.WaveSize = width
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var fleet []migrate.Workspace
		for range waves {
			for subnet, key := range r.Perm(width) {
				w := migrate.Workspace{ID: fmt.Sprintf("ws-%08d", ids[len(fleet)]), Source: source, SubnetID: fmt.Sprint("s", subnet), Key: fmt.Sprint("k", key), Grants: 3}
				l.FreeAddresses[w.SubnetID], l.FreeGrants[w.Key] = 1, 3
				fleet = append(fleet, w)
			}
		}
		p, err := migrate.Newest().NewPlan(fleet, target, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, 25)
		if len(p.Waves) != waves || p.Bound != waves {
			t.Fatalf("%d waves, bound %d, want %d", len(p.Waves), p.Bound, waves)
		}
	})
}

// bigFleet is spread over subnets and keys that are often short.
func bigFleet(n, subnets, keys int) ([]migrate.Workspace, migrate.Limits) {
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
		}
		fleet[i] = w
	}
	return fleet, l
}

func TestBigPlan(t *testing.T) {
	for _, n := range []int{2000, 20000} {
		fleet, l := bigFleet(n, 40, 200)
		targets := map[string]migrate.Target{oldBundle: {Desktop: mustDesktop(t, "c25,id="+newBundle)}}
		before := slices.Clone(fleet)
		limits := maps.Clone(l.FreeAddresses)
		p, err := migrate.Newest().NewPlan(fleet, targets, l)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, p, fleet, l, 25)
		if len(p.Waves) != p.Bound || len(p.Waves) < n/40 {
			t.Errorf("%d waves of %d, bound %d", len(p.Waves), n, p.Bound)
		}
		if !reflect.DeepEqual(before, fleet) || !maps.Equal(limits, l.FreeAddresses) {
			t.Error("the arguments changed")
		}
	}
}
