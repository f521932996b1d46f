package migrate_test

import (
	"fmt"
	"testing"

	"github.com/wksgo/wks/migrate"
)

func BenchmarkCheck(b *testing.B) {
	rules := migrate.Newest()
	for _, pair := range [][2]string{{"c16", "p19"}, {"b10", "b11"}, {"p16", "p22"}, {"u22", "r9"}} {
		source, err := desktop(pair[0])
		if err != nil {
			b.Fatal(err)
		}
		target, err := desktop(pair[1])
		if err != nil {
			b.Fatal(err)
		}
		b.Run(pair[0]+"-"+pair[1], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rules.Check(source, target); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The time of a plan for each WorkSpace, which should not depend on their number.
func BenchmarkNewPlan(b *testing.B) {
	target, err := desktop("c25,id=" + newBundle)
	if err != nil {
		b.Fatal(err)
	}
	targets := map[string]migrate.Target{oldBundle: {Desktop: target}}
	for _, n := range []int{1000, 10_000, 100_000} {
		fleet, limits := bigFleet(n, 40, 200)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := migrate.Newest().NewPlan(fleet, targets, limits); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/WorkSpace")
		})
	}
}
