package openings

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/wksgo/wks/network"
)

func TestFirst(t *testing.T) {
	peers := func(list ...string) (prefixes []netip.Prefix) {
		for _, s := range list {
			prefixes = append(prefixes, netip.MustParsePrefix(s))
		}
		return prefixes
	}
	missing := []network.MissingPort{
		{Port: network.Port{Transport: "udp", Direction: network.Outbound, Purpose: "LDAP"}, From: 389, To: 389, Peers: peers("10.0.1.10/32", "10.0.2.10/32", "10.0.3.10/32")},
		{Port: network.Port{Transport: "tcp", Direction: network.Inbound, Purpose: "RPC"}, From: 49152, To: 65535, Peers: peers("10.0.1.10/32", "10.0.2.10/32", "10.0.3.10/32", "10.0.4.0/24")},
		{Port: network.Port{Transport: "tcp", Direction: network.Outbound, Purpose: "Kerberos"}, From: 88, To: 89, Peers: peers("2001:db8::/32")},
		{Port: network.Port{Transport: "tcp", Direction: network.Outbound, Purpose: "SMB"}, From: 445, To: 445},
	}
	want := []string{
		"UDP 389 (LDAP) to 10.0.1.10/32, 10.0.2.10/32, 10.0.3.10/32",
		"TCP 49152-65535 (RPC) from 10.0.1.10/32, 10.0.2.10/32, 10.0.3.10/32 and 1 more",
		"TCP 88-89 (Kerberos) to 2001:db8::/32",
	}
	for n := range len(missing) + 1 {
		if got := First(missing[:n]); !slices.Equal(got, want[:min(n, 3)]) {
			t.Errorf("of %d: %q", n, got)
		}
	}
}

func TestFew(t *testing.T) {
	for _, tt := range []struct {
		first []string
		total int
		want  string
	}{
		{nil, 0, ""}, {[]string{"a"}, 1, "a"}, {[]string{"a", "b", "c"}, 3, "a, b, c"}, {[]string{"a", "b", "c"}, 4, "a, b, c and 1 more"}, {[]string{"a", "b", "c", "d"}, 9, "a, b, c and 6 more"},
	} {
		if got := Few(tt.first, tt.total); got != tt.want {
			t.Errorf("%q of %d: %q, want %q", tt.first, tt.total, got, tt.want)
		}
	}
}
