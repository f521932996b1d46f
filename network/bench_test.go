package network_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
)

// decodeRoutes is decode for the destinations of routes.
func decodeRoutes(routes []network.Route) (sum uint32) {
	for i := range routes {
		p := routes[i].Destination
		if a := p.Addr(); a.Is4() {
			b := a.As4()
			sum += uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
			sum += uint32(p.Bits())
		}
	}
	return sum
}

// decode reads each prefix once: the least that any pass over them can cost.
func decode(prefixes []netip.Prefix) (sum uint32) {
	for _, p := range prefixes {
		if a := p.Addr(); a.Is4() {
			b := a.As4()
			sum += uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
			sum += uint32(p.Bits())
		}
	}
	return sum
}

var sink uint32

// BenchmarkToDecode runs a job and decode in turns over the same prefixes and reports
// the median of the ratios of their times.
func BenchmarkToDecode(b *testing.B) {
	rules := network.Newest()
	everything := netip.MustParsePrefix("0.0.0.0/0")
	one := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")}
	jobs := []struct {
		name string
		run  func(inUse []netip.Prefix, routes []network.Route) error
	}{
		{"Conflicts", func(inUse []netip.Prefix, _ []network.Route) error {
			_, err := rules.CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: inUse})
			return err
		}},
		{"ConflictsOfRoutes", func(_ []netip.Prefix, routes []network.Route) error {
			_, err := rules.CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: one, Routes: routes})
			return err
		}},
		{"Free", func(inUse []netip.Prefix, _ []network.Route) error {
			for _, err := range rules.FreeManagementCIDRs(everything, inUse) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
	}
	for _, job := range jobs {
		for _, n := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/n=%d", job.name, n), func(b *testing.B) {
				inUse := gen.InUse(n, parents, 1)
				var routes []network.Route
				if job.name == "ConflictsOfRoutes" {
					for _, p := range inUse {
						routes = append(routes, network.Route{Destination: p, Table: "rtb-1"})
					}
				}
				ratios := make([]float64, 0, 1<<20)
				b.ReportAllocs()
				for b.Loop() {
					start := time.Now()
					if routes == nil {
						sink += decode(inUse)
					} else {
						sink += decodeRoutes(routes)
					}
					between := time.Now()
					if err := job.run(inUse, routes); err != nil {
						b.Fatal(err)
					}
					ratios = append(ratios, float64(time.Since(between))/float64(between.Sub(start)))
				}
				slices.Sort(ratios)
				b.ReportMetric(ratios[len(ratios)/2], "×decode")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
