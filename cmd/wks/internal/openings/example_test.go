package openings_test

import (
	"fmt"
	"net/netip"

	"github.com/wksgo/wks/cmd/wks/internal/openings"
	"github.com/wksgo/wks/network"
)

func ExampleFirst() {
	missing := []network.MissingPort{{
		Port:  network.Port{Transport: "tcp", Direction: network.Outbound, Purpose: "DNS"},
		From:  53,
		To:    53,
		Peers: []netip.Prefix{netip.MustParsePrefix("10.0.1.10/32")},
	}}
	fmt.Println(openings.Few(openings.First(missing), len(missing)))
	// Output: TCP 53 (DNS) to 10.0.1.10/32
}
