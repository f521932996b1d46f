package encryption_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// mixed returns n WorkSpaces in three Regions, of which half have one of the keys already,
// in no order.
func mixed(n int) ([]encryption.Workspace, []encryption.ShardKey) {
	regions := [...]string{"eu-west-1", "us-east-1", "us-gov-west-1"}
	var keys []encryption.ShardKey
	for i := range max(3, n/1000) {
		keys = append(keys, encryption.ShardKey{ARN: arnOf(regions[i%3], fmt.Sprint(i))})
	}
	list := make([]encryption.Workspace, n)
	for i := range list {
		k := keys[i*7919%len(keys)]
		list[i].Region = strings.Split(k.ARN, ":")[3]
		if i%2 == 0 {
			list[i].Key = k.ARN
		}
	}
	return list, keys
}

// count counts WorkSpaces by Region and key: the least that any plan of them can cost.
func count(list []encryption.Workspace) map[encryption.Workspace]int {
	n := map[encryption.Workspace]int{}
	for i := range list {
		n[list[i]]++
	}
	return n
}

// BenchmarkShard makes a plan and runs count in turns, and reports time and bytes of the
// plan for each WorkSpace, and the median of the ratios of their times.
func BenchmarkShard(b *testing.B) {
	for fill, name := range []string{encryption.Pack: "Pack", encryption.Balance: "Balance"} {
		for _, n := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/n=%d", name, n), func(b *testing.B) {
				list, keys := mixed(n)
				var ratios []float64
				var took time.Duration
				var bytes uint64
				for b.Loop() {
					start := time.Now()
					count(list)
					before, between := allocated(), time.Now()
					if _, err := encryption.Newest().Shard(list, keys, encryption.ShardOptions{Fill: encryption.Fill(fill)}); err != nil {
						b.Fatal(err)
					}
					plan := time.Since(between)
					took, bytes = took+plan, bytes+allocated()-before
					ratios = append(ratios, float64(plan)/float64(between.Sub(start)))
				}
				slices.Sort(ratios)
				each := float64(b.N) * float64(n)
				b.ReportMetric(ratios[len(ratios)/2], "×count")
				b.ReportMetric(float64(took.Nanoseconds())/each, "ns/WorkSpace")
				b.ReportMetric(float64(bytes)/each, "B/WorkSpace")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

func BenchmarkCountGrants(b *testing.B) {
	for _, n := range []int{1_000, 50_000} {
		b.Run(fmt.Sprint("n=", n), func(b *testing.B) {
			grants := make([]string, n)
			for i := range grants {
				grants[i] = grant(i, "GranteePrincipal", fmt.Sprint(instance, i/2), diskContext)
			}
			text := listGrants(grants...)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := encryption.CountGrants(strings.NewReader(text)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/grant")
		})
	}
}

func BenchmarkCheckKey(b *testing.B) {
	rules := encryption.Newest()
	b.ReportAllocs()
	for b.Loop() {
		if a, err := rules.CheckKey(sound, use1); err != nil || a.Verdict != rule.Allowed {
			b.Fatal(a, err)
		}
	}
}

// allocated returns the bytes that have ever been allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// A WorkSpace costs four bytes of the plan, give or take the rounding of one list, and no
// allocation of its own: there are a few for each of the three new keys.
func TestShardAllocatesByTheKey(t *testing.T) {
	const n = 60_000
	list, _ := mixed(n)
	for i := range list {
		list[i].Key = ""
	}
	for _, fill := range []encryption.Fill{encryption.Pack, encryption.Balance} {
		shard := func() {
			if _, err := encryption.Newest().Shard(list, nil, encryption.ShardOptions{Limit: 20_000, Fill: fill}); err != nil {
				t.Fatal(err)
			}
		}
		allocs := testing.AllocsPerRun(5, shard)
		before := allocated()
		shard()
		if bytes := allocated() - before; allocs > 100 || bytes > 5*n {
			t.Errorf("fill %d: %v allocations and %d bytes for %d WorkSpaces", fill, allocs, bytes, n)
		}
	}
}
