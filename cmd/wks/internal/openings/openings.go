// Package openings writes the ports that a security group is not known to open.
package openings

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/network"
)

// Mentioned is how many things of a kind a text names.
const Mentioned = 3

// First returns texts of the first ports of a list, such as "TCP 53 (DNS) to 10.0.1.10/32", for [Few].
func First(missing []network.MissingPort) []string {
	var ports []string
	for _, m := range missing[:min(Mentioned, len(missing))] {
		name, way := fmt.Sprintf("%s %d", strings.ToUpper(m.Port.Transport), m.From), "to"
		if m.To > m.From {
			name += fmt.Sprintf("-%d", m.To)
		}
		if m.Port.Direction == network.Inbound {
			way = "from"
		}
		ports = append(ports, fmt.Sprintf("%s (%s) %s %s", name, m.Port.Purpose, way, peers(m.Peers)))
	}
	return ports
}

// peers names the first of some prefixes.
func peers(list []netip.Prefix) string {
	var first []string
	for _, p := range list[:min(Mentioned, len(list))] {
		first = append(first, p.String())
	}
	return Few(first, len(list))
}

// Few names the first things, and says how many more there are of a total.
func Few(first []string, total int) string {
	s := strings.Join(first[:min(Mentioned, len(first))], ", ")
	if total > Mentioned {
		return fmt.Sprintf("%s and %d more", s, total-Mentioned)
	}
	return s
}
