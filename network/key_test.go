package network

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sort4 is held against the library's sort, on lists that are distributed by some octets
// and not by others.
func TestSort4(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(0, 64).Draw(t, "bits") // that differ
		keys := make([]key4, rapid.SampledFrom([]int{0, 1, 200, 256, 300, 2000}).Draw(t, "n"))
		shift := rapid.SampledFrom([]int{0, 64 - bits}).Draw(t, "shift")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		for i := range keys {
			keys[i] = key4(r.Uint64() >> (64 - bits) << shift)
		}
		want := slices.Sorted(slices.Values(keys))
		if sort4(keys); !slices.Equal(keys, want) {
			t.Fatal("not sorted as by slices.Sort")
		}
	})
}
