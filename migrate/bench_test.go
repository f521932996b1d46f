package migrate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

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

// BenchmarkNewPlan runs a plan and Check for each WorkSpace in turns, and reports the median
// of the ratios of their times: what planning adds should not depend on the size of the fleet.
func BenchmarkNewPlan(b *testing.B) {
	target, err := desktop("c25,id=" + newBundle)
	if err != nil {
		b.Fatal(err)
	}
	targets := map[string]migrate.Target{oldBundle: {Desktop: target}}
	rules := migrate.Newest()
	for _, n := range []int{1000, 10_000, 100_000} {
		fleet, limits := bigFleet(n, 40, 200)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var ratios []float64
			for b.Loop() {
				start := time.Now()
				for i := range fleet {
					if _, err := rules.Check(fleet[i].Source, target); err != nil {
						b.Fatal(err)
					}
				}
				checked := time.Now()
				if _, err := rules.NewPlan(fleet, targets, limits); err != nil {
					b.Fatal(err)
				}
				ratios = append(ratios, float64(time.Since(checked))/float64(checked.Sub(start)))
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "plan/checks")
		})
	}
}
