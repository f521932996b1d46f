package main

import (
	"cmp"
	"fmt"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

var protocolNames = map[network.Protocol]string{network.ProtocolPCoIP: "PCoIP", network.ProtocolDCV: "DCV"}

// linkSection checks the way from clients to the Region.
func linkSection(rules network.Rules, p network.Protocol, a *account) (section, error) {
	s := newSection(fmt.Sprintf("round trip of %s from clients with %s", a.roundTrip, protocolNames[p]))
	vs, err := rules.CheckLink(network.Link{Protocol: p, RoundTrip: a.roundTrip})
	if err != nil {
		return s, err
	}
	quality, _ := rules.RoundTripQuality(p, a.roundTrip)
	switch {
	case vs.Err() != nil:
		s.Verdict = rule.Denied
	case quality != network.QualityUndocumented:
		s.Verdict = rule.Allowed
	}
	s.Lines = append(s.Lines, "quality: "+cmp.Or(string(quality), "no document says"))
	s.add(vs, place{File: "-rtt"})
	return s, nil
}

// firewallSection describes what a firewall lets through and what it lacks.
func firewallSection(fw network.Firewall, p network.Protocol) section {
	s := newSection(fmt.Sprintf("firewall, for clients with %s over IPv4", protocolNames[p]))
	s.Verdict = fw.Verdict
	for _, n := range fw.Needs {
		switch {
		case n.Verdict == rule.Allowed:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, all covered", n.Purpose, len(n.Ranges)))
		case n.Verdict == rule.Denied:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %d ranges, %d prefixes missing", n.Purpose, len(n.Ranges), len(n.Missing)))
		case n.Purpose == network.HTTPS:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: the addresses are parts of %s, which is missing or lacks some of them, or no document names the parts", n.Purpose, ipRangesName))
		default:
			s.Lines = append(s.Lines, fmt.Sprintf("%s: no document gives the addresses", n.Purpose))
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
	s.add(fw.Violations(), place{File: allowListName})
	return s
}
