package encryption_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles/encryption"
)

// A desktop is a WorkSpace of the model, with the name of its key once it has one.
type desktop struct {
	id     int
	region string
	key    string
}

// An account is the plain model of a fleet over time. Its keys are known by their names
// throughout; some have an ARN, and a WorkSpace refers to a key by either.
type account struct {
	desktops []desktop
	keys     []encryption.ShardKey
	o        encryption.ShardOptions
	launched int
}

func (a *account) count(key string) (n int) {
	for _, d := range a.desktops {
		if d.key == key {
			n++
		}
	}
	return n
}

// lack returns how many desktops of a Region wait for a key for which there is no room.
func (a *account) lack(region string) (n int) {
	for _, d := range a.desktops {
		if d.region == region && d.key == "" {
			n++
		}
	}
	for _, k := range a.keys {
		if k.Region == region && !k.Closed {
			n -= max(0, a.limit(k)-a.o.HeadRoom-a.count(k.Name))
		}
	}
	return max(0, n)
}

func (a *account) limit(k encryption.ShardKey) int {
	if k.Limit > 0 {
		return k.Limit
	}
	return a.o.Limit
}

func (a *account) launch(t *rapid.T, n int) {
	for range n {
		a.launched++
		d := desktop{id: a.launched, region: rapid.SampledFrom([]string{"eu-west-1", "cn-north-1"}).Draw(t, "Region")}
		// DescribeWorkspaces returns them in any order.
		a.desktops = slices.Insert(a.desktops, rapid.IntRange(0, len(a.desktops)).Draw(t, "place"), d)
	}
}

// plan asks for a plan, holds it against the model, and takes it over.
func (a *account) plan(t *rapid.T) {
	list := make([]encryption.Workspace, len(a.desktops))
	for i, d := range a.desktops {
		list[i] = encryption.Workspace{Region: d.region, Key: d.key}
		j := slices.IndexFunc(a.keys, func(k encryption.ShardKey) bool { return k.Name == d.key })
		if j >= 0 && d.id%2 == 0 {
			list[i].Key = a.keys[j].Ref()
		}
	}
	given := slices.Clone(a.keys)
	plan, err := encryption.Newest().Shard(list, a.keys, a.o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(given, a.keys) {
		t.Fatal("Shard changed the keys that it was given")
	}

	before := map[string]int{}
	for _, k := range a.keys {
		before[k.Name] = a.count(k.Name)
	}
	needed := map[string]int{}
	for _, region := range []string{"cn-north-1", "eu-west-1"} {
		each := a.o.Limit - a.o.HeadRoom
		needed[region] = (a.lack(region) + each - 1) / each
	}
	for _, k := range plan.NewKeys() {
		if needed[k.Region]--; slices.ContainsFunc(a.keys, func(old encryption.ShardKey) bool { return old.Name == k.Name }) {
			t.Fatalf("new key %s has the name of an old one", k.Name)
		}
		a.keys = append(a.keys, k.ShardKey)
	}
	for region, n := range needed {
		if n != 0 {
			t.Fatalf("in %s are %d new keys too few", region, n)
		}
	}

	for i := range a.desktops {
		d := &a.desktops[i]
		k, ok := plan.Key(i)
		if !ok || k.Region != d.region || d.key != "" && d.key != k.Name {
			t.Fatalf("WorkSpace %d in %s with key %q gets %+v", d.id, d.region, d.key, k)
		}
		if d.key == "" && k.Closed {
			t.Fatalf("WorkSpace %d gets the closed key %s", d.id, k.Name)
		}
		d.key = k.Name
	}
	if len(plan.Keys) != len(a.keys) {
		t.Fatalf("%d keys, want %d", len(plan.Keys), len(a.keys))
	}
	for _, k := range plan.Keys {
		if n := a.count(k.Name); k.After != n || k.Before != before[k.Name] || n > before[k.Name] && n > a.limit(k.ShardKey)-a.o.HeadRoom {
			t.Fatalf("%+v, and %d WorkSpaces use it", k, n)
		}
	}
	for _, v := range plan.Violations {
		if v.Code != encryption.KeyOverShardLimit {
			t.Fatalf("unexpected %v", v)
		}
	}
}

// WorkSpaces come and go, keys come, close and get their ARNs, and limits are lowered; what
// has been assigned stays.
func TestAccountOverTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &account{o: encryption.ShardOptions{Limit: rapid.IntRange(1, 5).Draw(t, "limit"), Fill: encryption.Fill(rapid.IntRange(0, 1).Draw(t, "fill"))}}
		a.o.HeadRoom = rapid.IntRange(0, a.o.Limit-1).Draw(t, "head-room")
		anyKey := func(t *rapid.T) *encryption.ShardKey {
			if len(a.keys) == 0 {
				t.Skip("no key")
			}
			return &a.keys[rapid.IntRange(0, len(a.keys)-1).Draw(t, "key")]
		}
		t.Repeat(map[string]func(*rapid.T){
			"launch": func(t *rapid.T) { a.launch(t, 1) },
			"grow":   func(t *rapid.T) { a.launch(t, rapid.IntRange(2, 12).Draw(t, "WorkSpaces")) },
			"terminate": func(t *rapid.T) {
				if len(a.desktops) == 0 {
					t.Skip("no WorkSpace")
				}
				i := rapid.IntRange(0, len(a.desktops)-1).Draw(t, "WorkSpace")
				a.desktops = slices.Delete(a.desktops, i, i+1)
			},
			"shrink": func(t *rapid.T) { a.desktops = a.desktops[len(a.desktops)/2:] },
			"add key": func(t *rapid.T) {
				k := encryption.ShardKey{Name: fmt.Sprint("mine-", len(a.keys)), Region: rapid.SampledFrom([]string{"eu-west-1", "cn-north-1"}).Draw(t, "Region"), Limit: rapid.IntRange(0, 7).Draw(t, "own limit")}
				a.keys = slices.Insert(a.keys, rapid.IntRange(0, len(a.keys)).Draw(t, "place"), k)
			},
			"create key": func(t *rapid.T) {
				if k := anyKey(t); k.ARN == "" {
					k.ARN = arnOf(k.Region, k.Name)
				}
			},
			"close key":   func(t *rapid.T) { anyKey(t).Closed = true },
			"lower limit": func(t *rapid.T) { anyKey(t).Limit = 1 },
			"plan":        a.plan,
			"plan twice": func(t *rapid.T) {
				a.plan(t)
				desktops, keys := slices.Clone(a.desktops), slices.Clone(a.keys)
				a.plan(t)
				if !slices.Equal(desktops, a.desktops) || !slices.Equal(keys, a.keys) {
					t.Fatal("a plan that is given back changes something")
				}
			},
		})
	})
}
