package network_test

import (
	"encoding/binary"
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
			sum += binary.BigEndian.Uint32(b[:])
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
			sum += binary.BigEndian.Uint32(b[:])
			sum += uint32(p.Bits())
		}
	}
	return sum
}

// decode6 is decode for IPv6.
func decode6(prefixes []netip.Prefix) (sum uint64) {
	for _, p := range prefixes {
		if a := p.Addr(); a.Is6() {
			b := a.As16()
			sum += binary.BigEndian.Uint64(b[:8]) + binary.BigEndian.Uint64(b[8:])
			sum += uint64(p.Bits())
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
	var required, required6 []network.Range
	for _, p := range gen.InUse(1000, []netip.Prefix{netip.MustParsePrefix("52.0.0.0/8")}, 9) {
		if p.Bits() >= 22 && p.Addr().Is4() && len(required) < 200 { // such as gateways have
			required = append(required, network.RangeOf(p))
		}
	}
	in6 := netip.MustParsePrefix("2600::/12")
	for _, p := range gen.InUse6(200, in6, 9) {
		required6 = append(required6, network.RangeOf(p))
	}
	for _, job := range []struct {
		name  string
		make  func(n int) []netip.Prefix
		floor func(prefixes []netip.Prefix, routes []network.Route)
		run   func(prefixes []netip.Prefix, routes []network.Route) error
	}{
		{"Registration", apart, floor, func(prefixes []netip.Prefix, _ []network.Route) error {
			_, err := rules.CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: prefixes, AllRoutes: true})
			return err
		}},
		{"RegistrationOfRoutes", apart, func(_ []netip.Prefix, routes []network.Route) { sink += decodeRoutes(routes) }, func(_ []netip.Prefix, routes []network.Route) error {
			_, err := rules.CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: one, Routes: routes, AllRoutes: true})
			return err
		}},
		// Some prefixes conflict, and each has a violation.
		{"RegistrationWithConflicts", inUse, floor, func(prefixes []netip.Prefix, _ []network.Route) error {
			_, err := rules.CheckRegistration(network.VPC{ID: "vpc-1", Region: "us-west-2", CIDRs: prefixes, AllRoutes: true})
			return err
		}},
		{"Free", inUse, floor, func(prefixes []netip.Prefix, _ []network.Route) error {
			for _, err := range rules.FreeManagementCIDRs(everything, prefixes) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"Uncovered", inUse, floor, func(prefixes []netip.Prefix, _ []network.Route) error {
			_, err := network.Uncovered(required, prefixes)
			return err
		}},
		{"UncoveredIPv6", func(n int) []netip.Prefix { return gen.InUse6(n, in6, 1) }, func(prefixes []netip.Prefix, _ []network.Route) { sink += uint32(decode6(prefixes)) },
			func(prefixes []netip.Prefix, _ []network.Route) error {
				_, err := network.Uncovered(required6, prefixes)
				return err
			}},
	} {
		for _, n := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/n=%d", job.name, n), func(b *testing.B) {
				prefixes := job.make(n)
				routes := make([]network.Route, n)
				for i, p := range prefixes {
					routes[i] = network.Route{Destination: p, Table: "rtb-1"}
				}
				ratios := make([]float64, 0, 1<<20)
				b.ReportAllocs()
				for b.Loop() {
					start := time.Now()
					job.floor(prefixes, routes)
					between := time.Now()
					if err := job.run(prefixes, routes); err != nil {
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

func inUse(n int) []netip.Prefix { return gen.InUse(n, parents, 1) }

// apart is as many prefixes that conflict with no management range.
func apart(n int) []netip.Prefix {
	candidates := prefixes("172.31.0.0/16", "192.168.0.0/16", "198.19.0.0/16")
	list := slices.DeleteFunc(gen.InUse(n+n/8, parents, 1), func(p netip.Prefix) bool { return slices.ContainsFunc(candidates, p.Overlaps) })
	return list[:n]
}

func floor(prefixes []netip.Prefix, _ []network.Route) { sink += decode(prefixes) }
