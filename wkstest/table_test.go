package wkstest_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/wkstest"
)

// A table finds what a list finds from end to end, though many identifiers have the same hash, and rows come and go.
func TestTable(t *testing.T) {
	lineartest.SkipRace(t)
	rapid.Check(t, func(t *rapid.T) {
		table := wkstest.NewTable(rapid.Uint64Range(0, 16).Draw(t, "bits"))
		var list []int
		next := 0
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				for range rapid.IntRange(1, 60).Draw(t, "n") {
					table.Add(strconv.Itoa(next), next)
					list = append(list, next)
					next++
				}
			},
			"drop": func(t *rapid.T) {
				for range rapid.IntRange(1, 60).Draw(t, "n") {
					n := rapid.IntRange(0, next).Draw(t, "number")
					table.Drop(strconv.Itoa(n))
					list = slices.DeleteFunc(list, func(m int) bool { return m == n })
				}
			},
			"": func(t *rapid.T) {
				if !slices.Equal(table.All(), list) || table.Len() != len(list) {
					t.Fatalf("%d: %v, want %v", table.Len(), table.All(), list)
				}
				for n := range next + 1 {
					got := table.Get(strconv.Itoa(n))
					if there := slices.Contains(list, n); there != (got != nil) || there && *got != n {
						t.Fatalf("%d is %v", n, got)
					}
				}
				for digit := range 10 {
					var got []int
					for _, n := range table.Group(digit) {
						got = append(got, *n)
					}
					if want := slices.DeleteFunc(slices.Clone(list), func(n int) bool { return n%10 != digit }); !slices.Equal(got, want) {
						t.Fatalf("%d: %v, want %v", digit, got, want)
					}
				}
			},
		})
	})
}
