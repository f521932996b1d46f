package preflight

import (
	"cmp"
	"fmt"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var protocolNames = map[network.Protocol]string{network.ProtocolPCoIP: "PCoIP", network.ProtocolDCV: "DCV"}

// linkSection checks the way from clients to the Region.
func (c *regionCheck) linkSection(p network.Protocol) {
	t := c.account.roundTrip
	s := newSectionOf("round trip", fmt.Sprintf("round trip of %s from clients with %s", t, protocolNames[p]))
	a, err := c.rules.Network.CheckClientLink(network.ClientLink{Protocol: p, RoundTrip: t})
	s.take(a.At("RoundTrip"), err, place{File: "--rtt"}.about("way from clients", protocolNames[p]).below)
	quality, _ := c.rules.Network.RoundTripQuality(p, t)
	s.Lines = append(s.Lines, "quality: "+cmp.Or(string(quality), "no document says"))
	c.add(s)
}

// firewallSection describes what a firewall lets through and what it lacks.
func (c *regionCheck) firewallSection(fw network.Firewall, err error, p network.Protocol) section {
	s := newSectionOf("firewall", fmt.Sprintf("firewall, for clients with %s over IPv4", protocolNames[p]))
	for _, n := range fw.Needs {
		switch {
		case n.Verdict == rule.Allowed:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, all covered", n.Purpose, len(n.Ranges)))
		case n.Verdict == rule.Denied:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, %d prefixes missing", n.Purpose, len(n.Ranges), len(n.Missing)))
		}
	}
	if fw.Unsupported {
		s.Lines = append(s.Lines, "the guide says that the Region has no gateways of this protocol")
	}
	if len(fw.DocumentOnly) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in the guide and not in %s: %v", ipRangesName, fw.DocumentOnly))
	}
	if len(fw.FileOnly) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in %s and not in the guide: %v", ipRangesName, fw.FileOnly))
	}
	if len(fw.Suspect) > 0 {
		s.Lines = append(s.Lines, fmt.Sprintf("in the guide, and perhaps a misprint: %v", fw.Suspect))
	}
	at := inFile(allowListName)
	at.of = named{Kind: "firewall", ID: allowListName, Part: fmt.Sprintf("for %s clients of %s", protocolNames[p], c.region)}
	s.take(fw.Answer, err, at.below)
	return s
}
