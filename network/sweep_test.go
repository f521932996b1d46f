package network

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/internal/gen"
)

// The oracle asks of each number of a port alone which openings it has, and what these
// leave uncovered.
func TestClosedOracle(t *testing.T) {
	within := rapid.OneOf(
		gen.HostBits(gen.Within(netip.MustParsePrefix("10.0.0.0/28"), 32)),
		gen.HostBits(gen.Within(netip.MustParsePrefix("2001:db8::/125"), 128)),
		rapid.Map(gen.Within(netip.MustParsePrefix("10.0.0.8/30"), 32), gen.Mapped),
		rapid.SampledFrom([]netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0"), netip.MustParsePrefix("255.255.255.255/32"), netip.MustParsePrefix("192.0.2.0/24")}))
	group := rapid.SliceOfN(rapid.SampledFrom([]string{"sg-dc", "sg-9", "sg-8"}), 0, 1)
	rapid.Check(t, func(t *rapid.T) {
		p := Port{Transport: "tcp", From: 20, To: 40}
		peer := Peer{Addresses: rapid.SliceOfN(within, 1, 4).Draw(t, "peer"), Groups: []string{"sg-dc", "sg-7"}}
		var openings []opening
		for range rapid.IntRange(0, 12).Draw(t, "openings") {
			o := opening{tcp: rapid.IntRange(0, 9).Draw(t, "tcp") > 0, udp: true, from: rapid.IntRange(15, 45).Draw(t, "from")}
			o.to = rapid.IntRange(o.from, 50).Draw(t, "to")
			switch rapid.IntRange(0, 9).Draw(t, "source") {
			case 0:
				o.Groups = group.Draw(t, "group")
			case 1:
				o.PrefixLists = []string{"pl-1"}
			default:
				o.CIDRs = rapid.SliceOfN(within, 1, 3).Draw(t, "prefixes")
			}
			openings = append(openings, o)
		}
		var want []MissingPort
		for port := int(p.From); port <= int(p.To); port++ {
			var have []netip.Prefix
			whole, unknown := false, false
			for _, o := range openings {
				if o.tcp && o.from <= port && port <= o.to {
					have = append(have, o.CIDRs...)
					whole = whole || slices.Contains(o.Groups, "sg-dc")
					unknown = unknown || len(o.PrefixLists) > 0 || len(o.Groups) > 0
				}
			}
			var need []Range
			for _, a := range peer.Addresses {
				need = append(need, RangeOf(a))
			}
			lacks, err := Uncovered(need, have)
			if err != nil {
				t.Fatal(err)
			}
			if whole || len(lacks) == 0 {
				continue
			}
			m := MissingPort{Port: p, From: uint16(port), To: uint16(port), Peers: lacks, Perhaps: unknown}
			if n := len(want) - 1; n >= 0 && int(want[n].To) == port-1 && slices.Equal(want[n].Peers, lacks) && want[n].Perhaps == unknown {
				want[n].To = m.To
			} else {
				want = append(want, m)
			}
		}
		if got := closed(p, openings, peer); !slices.EqualFunc(got, want, func(a, b MissingPort) bool {
			return a.From == b.From && a.To == b.To && a.Perhaps == b.Perhaps && slices.Equal(a.Peers, b.Peers)
		}) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
