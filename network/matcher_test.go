package network

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
)

// A matcher holds eight ranges, and each is met by what shares its first octet.
func TestMatcherIsFull(t *testing.T) {
	var m matcher
	for i := range 8 {
		m.add(netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(10 + 20*i), 0, 0, 0}), 16))
	}
	for i := range 256 {
		p := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(i), 0, 0, 0}), 24)
		met := i >= 10 && i <= 150 && (i-10)%20 == 0
		if n := m.misses([]netip.Prefix{p}); (n == 0) != met {
			t.Errorf("%s: misses %d", p, n)
		}
		if n := m.missesRoutes([]Route{{Destination: p}}); (n == 0) != met {
			t.Errorf("%s as a route: misses %d", p, n)
		}
		a, bits, _ := decode(p)
		hit, equal, inside := m.match(a, bits)
		var want uint8
		if met {
			want = 1 << ((i - 10) / 20)
		}
		if hit != want || inside != want || equal != 0 {
			t.Errorf("%s: %b %b %b, want %b", p, hit, equal, inside, want)
		}
	}
}

// A text names eight prefixes, and says how many more there are.
func TestPrefixListOfAText(t *testing.T) {
	for n := range 12 {
		var l prefixList
		for i := range n {
			l = append(l, netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), 0, 0}), 16))
		}
		s := l.String()
		more := ""
		if n > 8 {
			more = fmt.Sprintf(", and %d more", n-8)
		}
		if strings.Count(s, "/16") != min(n, 8) || !strings.HasSuffix(s, more) || strings.Contains(s, "more") != (n > 8) {
			t.Errorf("%d prefixes: %q", n, s)
		}
	}
}
