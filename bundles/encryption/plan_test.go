package encryption_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/bundles/encryption"
)

// scenario draws a small fleet, keys that it may use, and options.
func scenario(t *rapid.T, maxWaiting int) ([]encryption.Workspace, []encryption.ShardKey, encryption.ShardOptions) {
	regions := []string{"eu-west-1", "us-east-1"}
	o := encryption.ShardOptions{
		Limit: rapid.IntRange(1, 4).Draw(t, "limit"),
		Fill:  encryption.Fill(rapid.IntRange(0, 1).Draw(t, "fill")),
	}
	o.HeadRoom = rapid.IntRange(0, o.Limit-1).Draw(t, "head-room")
	var keys []encryption.ShardKey
	for i := range rapid.IntRange(0, 4).Draw(t, "keys") {
		k := encryption.ShardKey{
			Region: rapid.SampledFrom(regions).Draw(t, "Region"),
			Name:   fmt.Sprint("key-", i),
			Limit:  rapid.IntRange(0, 5).Draw(t, "own limit"),
			Others: rapid.IntRange(0, 3).Draw(t, "others"),
			Closed: rapid.IntRange(0, 3).Draw(t, "closed") == 0,
		}
		if rapid.Bool().Draw(t, "exists") {
			k.ARN = arnOf(k.Region, fmt.Sprint(i))
		}
		keys = append(keys, k)
	}
	var list []encryption.Workspace
	waiting := 0
	for range rapid.IntRange(0, 3*maxWaiting).Draw(t, "WorkSpaces") {
		w := encryption.Workspace{Region: rapid.SampledFrom(regions).Draw(t, "Region")}
		switch n := rapid.IntRange(-1, len(keys)).Draw(t, "key"); {
		case n >= 0 && n < len(keys) && keys[n].Region == w.Region:
			w.Key = keys[n].Ref()
			if keys[n].ARN != "" && rapid.Bool().Draw(t, "by name") {
				w.Key = keys[n].Name
			}
		case n == len(keys):
			w.Key = arnOf(w.Region, "found")
		case waiting == maxWaiting:
			w.Unencrypted = true
		default:
			waiting++
		}
		list = append(list, w)
	}
	return list, keys, o
}

// A naive planner gives one WorkSpace after the other to a key that it looks for among all,
// and counts each key's WorkSpaces anew each time.
func naive(list []encryption.Workspace, keys []encryption.ShardKey, o encryption.ShardOptions) (of []string, created []string) {
	type state struct {
		encryption.ShardKey
		first int
	}
	var states []state
	of = make([]string, len(list))
	canonical := func(ref string) string {
		for _, k := range keys {
			if ref != "" && (ref == k.Name || ref == k.ARN) {
				return k.Ref()
			}
		}
		return ref
	}
	for i, w := range list {
		of[i] = canonical(w.Key)
	}
	load := func(k encryption.ShardKey) int {
		n := k.Others
		for _, ref := range of {
			if ref == k.Ref() {
				n++
			}
		}
		return n
	}
	for _, k := range keys {
		if k.Limit == 0 {
			k.Limit = o.Limit
		}
		states = append(states, state{k, load(k)})
	}
	// How many new keys each Region needs: one more as long as the room is too little.
	for _, region := range []string{"eu-west-1", "us-east-1"} {
		lack := 0
		for _, w := range list {
			if w.Region == region && w.Key == "" && !w.Unencrypted {
				lack++
			}
		}
		for _, s := range states {
			if s.Region == region && !s.Closed {
				lack -= max(0, s.Limit-o.HeadRoom-s.first)
			}
		}
		for n := 1; lack > 0; n++ {
			k := encryption.ShardKey{Name: fmt.Sprintf("workspaces-%s-%d", region, n), Region: region, Limit: o.Limit}
			states = append(states, state{k, 0})
			created = append(created, k.Name)
			lack -= o.Limit - o.HeadRoom
		}
	}
	for i, w := range list {
		if w.Key != "" || w.Unencrypted {
			continue
		}
		best := -1
		for j, s := range states {
			if s.Region != w.Region || s.Closed || load(s.ShardKey) >= s.Limit-o.HeadRoom {
				continue
			}
			if best >= 0 {
				if o.Fill == encryption.Pack {
					continue
				}
				a, b := load(s.ShardKey), load(states[best].ShardKey)
				if a > b || a == b && s.first >= states[best].first {
					continue
				}
			}
			best = j
		}
		of[i] = states[best].Ref()
	}
	return of, created
}

// The plan is that of the naive planner, WorkSpace by WorkSpace.
func shardLikeNaive(t *rapid.T) {
	list, keys, o := scenario(t, 15)
	plan, err := encryption.Newest().Shard(list, keys, o)
	if err != nil {
		t.Fatal(err)
	}
	of, created := naive(list, keys, o)
	var names []string
	for _, k := range plan.NewKeys() {
		names = append(names, k.Name)
	}
	if !slices.Equal(names, created) {
		t.Fatalf("new keys %q, want %q", names, created)
	}
	for i, want := range of {
		if k, ok := plan.Key(i); k.Ref() != want || ok != (want != "") {
			t.Fatalf("WorkSpace %d has %q, want %q", i, k.Ref(), want)
		}
	}
}

func TestShardLikeNaive(t *testing.T) { rapid.Check(t, shardLikeNaive) }

func FuzzShard(f *testing.F) { f.Fuzz(rapid.MakeFuzz(shardLikeNaive)) }

// No assignment whatever gets by with fewer new keys: a flow from the WorkSpaces that wait
// to the keys that have room is found with as many as the plan has, and with none fewer.
func TestShardIsMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, keys, o := scenario(t, 12)
		plan, err := encryption.Newest().Shard(list, keys, o)
		if err != nil {
			t.Fatal(err)
		}
		byRegion := map[string]int{}
		for _, k := range plan.NewKeys() {
			byRegion[k.Region]++
		}
		for _, region := range []string{"eu-west-1", "us-east-1"} {
			n := byRegion[region]
			if !fits(list, keys, o, region, n) {
				t.Fatalf("%d new keys in %s do not suffice", n, region)
			}
			if n > 0 && fits(list, keys, o, region, n-1) {
				t.Fatalf("%d new keys in %s, and %d suffice", n, region, n-1)
			}
		}
	})
}

// fits reports whether the WorkSpaces of a Region that wait can each have a place on a key,
// of which n are new. It looks for a maximum matching by augmenting paths.
func fits(list []encryption.Workspace, keys []encryption.ShardKey, o encryption.ShardOptions, region string, n int) bool {
	type place struct{ region string }
	var places []place
	for _, k := range keys {
		limit, used := k.Limit, k.Others
		if limit == 0 {
			limit = o.Limit
		}
		for _, w := range list {
			if w.Key != "" && (w.Key == k.Name || w.Key == k.ARN) {
				used++
			}
		}
		if !k.Closed {
			places = append(places, slices.Repeat([]place{{k.Region}}, max(0, limit-o.HeadRoom-used))...)
		}
	}
	places = append(places, slices.Repeat([]place{{region}}, n*(o.Limit-o.HeadRoom))...)
	holder := make([]int, len(places)) // 1 and the WorkSpace that has it
	var augment func(w int, seen []bool) bool
	augment = func(w int, seen []bool) bool {
		for i, p := range places {
			if p.region != list[w].Region || seen[i] {
				continue
			}
			seen[i] = true
			if holder[i] == 0 || augment(holder[i]-1, seen) {
				holder[i] = w + 1
				return true
			}
		}
		return false
	}
	for i, w := range list {
		if w.Region == region && w.Key == "" && !w.Unencrypted && !augment(i, make([]bool, len(places))) {
			return false
		}
	}
	return true
}

// What is added at the end moves nobody: never in Pack, and in Balance not without a
// further key.
func TestShardGrowsAtTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, keys, o := scenario(t, 20)
		long := slices.Clone(list)
		for _, region := range rapid.SliceOf(rapid.SampledFrom([]string{"eu-west-1", "us-east-1"})).Draw(t, "added") {
			long = append(long, encryption.Workspace{Region: region})
		}
		a, err := encryption.Newest().Shard(list, keys, o)
		if err != nil {
			t.Fatal(err)
		}
		b, err := encryption.Newest().Shard(long, keys, o)
		if err != nil {
			t.Fatal(err)
		}
		if o.Fill == encryption.Balance && len(a.NewKeys()) != len(b.NewKeys()) {
			return
		}
		for i := range list {
			x, _ := a.Key(i)
			if y, _ := b.Key(i); x.Ref() != y.Ref() {
				t.Fatalf("WorkSpace %d moved from %q to %q", i, x.Ref(), y.Ref())
			}
		}
	})
}
