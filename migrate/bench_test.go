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

// BenchmarkNewPlan runs a plan and Check for each WorkSpace in turns, and reports the median of
// the times of a plan for each WorkSpace, and that of the ratios of their times: what planning adds
// should not depend on the size of the fleet.
// It does with the number of subnets and keys that can be short. On mixed fleets the
// WorkSpaces of a key need 2 or 3 grants.
func BenchmarkNewPlan(b *testing.B) {
	target, err := desktop("c25,id=" + newBundle)
	if err != nil {
		b.Fatal(err)
	}
	targets := map[string]migrate.Target{oldBundle: {Desktop: target}}
	rules := migrate.Newest()
	for _, size := range []struct {
		n, subnets, keys int
		mixed            bool
	}{
		{1000, 40, 200, false}, {10_000, 40, 200, false}, {100_000, 40, 200, false},
		{100_000, 40, 200, true}, {100_000, 6, 6, true}, {100_000, 1000, 1000, false},
	} {
		fleet, limits := bigFleet(size.n, size.subnets, size.keys, size.mixed)
		name := fmt.Sprintf("%d-%dx%d", size.n, size.subnets, size.keys)
		if size.mixed {
			name += "-mixed"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var plans, ratios []float64
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
				plan := float64(time.Since(checked))
				plans = append(plans, plan/float64(size.n))
				ratios = append(ratios, plan/float64(checked.Sub(start)))
			}
			slices.Sort(plans)
			slices.Sort(ratios)
			b.ReportMetric(plans[len(plans)/2], "ns/WorkSpace")
			b.ReportMetric(ratios[len(ratios)/2], "plan/checks")
		})
	}
}
