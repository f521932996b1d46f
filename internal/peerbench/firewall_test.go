package peerbench

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/gaissmai/bart"

	"github.com/wksgo/wks/internal/gen"
	"github.com/wksgo/wks/network"
)

// A firewall is what a client needs, and ways to find which of it an allow-list lacks.
type firewall struct {
	client network.Client
	needs  [][]netip.Prefix
}

func firewallOf(c network.Client) firewall {
	fw, err := network.Newest().CheckFirewall(c, nil, nil)
	if err != nil {
		panic(err)
	}
	f := firewall{client: c}
	for _, n := range fw.Needs {
		if len(n.Ranges) > 0 {
			f.needs = append(f.needs, n.Missing)
		}
	}
	return f
}

// allowed returns an allow-list of n prefixes, with as much as possible of what is needed,
// among public prefixes.
func (f firewall) allowed(n int) []netip.Prefix {
	list := slices.Concat(f.needs...)
	list = list[:min(len(list), n/2)]
	other := n - len(list)
	if f.client.IPv6 {
		other /= 2
		list = append(list, gen.InUse6(n-len(list)-other, netip.MustParsePrefix("2600::/12"), 1)...)
	}
	return append(list, gen.InUse(other, []netip.Prefix{netip.MustParsePrefix("52.0.0.0/6")}, 1)...)
}

func (f firewall) ways() []way {
	return []way{
		{"wks", func(allowed []netip.Prefix) []netip.Prefix {
			fw, err := network.Newest().CheckFirewall(f.client, allowed, nil)
			if err != nil {
				panic(err)
			}
			out := buffer[:0]
			for _, n := range fw.Needs {
				out = append(out, n.Missing...)
			}
			return out
		}},
		// One table for all needs, which are known as prefixes before.
		{"bart", func(allowed []netip.Prefix) []netip.Prefix {
			var set bart.Lite
			for _, p := range allowed {
				set.Insert(p.Masked())
			}
			set.Aggregate()
			out := buffer[:0]
			for _, need := range f.needs {
				var missing bart.Lite
				for _, p := range need {
					insertUncovered(&missing, &set, p)
				}
				missing.Aggregate()
				for p := range missing.AllSorted() {
					out = append(out, p)
				}
			}
			return out
		}},
	}
}

var firewalls = map[string]firewall{
	"IPv4": firewallOf(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, Accelerator: true}),
	"IPv6": firewallOf(network.Client{Region: "us-east-1", Protocol: network.ProtocolDCV, Accelerator: true, IPv6: true}),
}

func TestFirewallsAgree(t *testing.T) {
	for _, f := range firewalls {
		for _, n := range []int{2, 10, 50, 500} {
			compare(t, f.ways(), f.allowed(n))
		}
	}
}

// BenchmarkFirewall finds what an allow-list of n prefixes lacks of a client's needs.
func BenchmarkFirewall(b *testing.B) {
	for _, name := range []string{"IPv4", "IPv6"} {
		b.Run(fmt.Sprint(name), func(b *testing.B) { benchSizes(b, firewalls[name].ways(), firewalls[name].allowed) })
	}
}
