package bundles_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// BenchmarkCheckVolumes has beside it the check that the Terraform provider makes, of one
// size at a time, which no pair can fail.
func BenchmarkCheckVolumes(b *testing.B) {
	rules := bundles.Newest()
	b.Run("wks", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := rules.CheckVolumes(types.ComputePower, 175, 100); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("each size alone", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !alone(175, 80, 2000) || !alone(100, 10, 2000) {
				b.Fatal("refused")
			}
		}
	})
}

//go:noinline
func alone(size, first, last int32) bool { return size == first || size >= 100 && size <= last }

// The time for a fleet grows with it, and a request costs the same in a batch of any size.
func BenchmarkCheckRequests(b *testing.B) {
	for _, n := range []int{1, 25, 2500} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			batch := make([]types.WorkspaceRequest, n)
			for i := range batch {
				batch[i], _ = request(fmt.Sprint("user", i))
			}
			_, l := request("grace")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bundles.Newest().CheckRequests(batch, func(*types.WorkspaceRequest) bundles.LaunchContext { return l }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/request")
		})
	}
}

func BenchmarkPlanModify(b *testing.B) {
	w := desktop("STANDARD", 80, 10)
	b.ReportAllocs()
	for b.Loop() {
		p, err := bundles.Newest().PlanModify(w, bundles.Goal{Volumes: bundles.Volumes{Root: 500, User: 300}, ComputeType: "GENERALPURPOSE_4XLARGE"}, now)
		if err != nil || len(p.Steps) != 4 {
			b.Fatal(p, err)
		}
	}
}
