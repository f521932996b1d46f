package preflight

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

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

// firewallSections ask whether a firewall lets the clients of the Region's directories through.
func (c *regionCheck) firewallSections() {
	if len(c.directories.elements()) == 0 { // nobody streams from the Region
		return
	}
	const addresses = "whether a firewall lets clients through: "
	list := c.account.allowed
	switch {
	case list == nil:
		c.notAsked(c.fetch(allowListName), addresses+"no %s", allowListName)
		return
	case len(list.prefixes) == 0 && len(list.names) > 0:
		c.notAsked(c.fetch(allowListName), addresses+"%s has no addresses, which gateways and health checks need beside names", allowListName)
	default:
		for _, p := range c.account.protocols {
			c.firewallSection(p)
		}
	}
	if len(list.names) > 0 { // else it does not look at names
		for _, p := range c.account.protocols {
			c.namesSection(p)
		}
	}
}

// firewallSection describes what a firewall lets through and what it lacks.
func (c *regionCheck) firewallSection(p network.Protocol) {
	client := network.Client{Region: c.region, Protocol: p, Accelerator: slices.ContainsFunc(c.directories.elements(), (*directory).accelerated)}
	fw, err := c.rules.Network.CheckFirewall(client, c.account.allowed.prefixes, c.account.published)
	s := newSectionOf("firewall", fmt.Sprintf("firewall, for clients with %s over IPv4", protocolNames[p]))
	for _, n := range fw.Needs {
		switch {
		case n.Verdict == rule.Allowed:
			s.Lines = append(s.Lines, say("%s: %d %s, all covered", n.Purpose, len(n.Ranges), plural(len(n.Ranges), "range", "ranges")))
		case n.Verdict == rule.Denied:
			s.Lines = append(s.Lines, say("%s: %d %s, %d %s missing", n.Purpose, len(n.Ranges), plural(len(n.Ranges), "range", "ranges"), len(n.Missing), plural(len(n.Missing), "prefix", "prefixes")))
		}
	}
	if fw.Unsupported {
		s.Lines = append(s.Lines, "the guide says that the Region has no gateways of this protocol")
	}
	if len(fw.DocumentOnly) > 0 {
		s.Lines = append(s.Lines, say("in the guide and not in %s: %v", ipRangesName, fw.DocumentOnly))
	}
	if len(fw.FileOnly) > 0 {
		s.Lines = append(s.Lines, say("in %s and not in the guide: %v", ipRangesName, fw.FileOnly))
	}
	if len(fw.Suspect) > 0 {
		s.Lines = append(s.Lines, say("in the guide, and perhaps a misprint: %v", fw.Suspect))
	}
	s.take(c.account.allowed.unsure(fw.Answer), err, c.firewall(p).below)
	if c.account.published == nil {
		s.fold("whether a firewall lets all of port 443 through: no "+ipRangesName, c.fetch(ipRangesName))
	}
	c.add(s)
}

// firewall is the list as what clients of a protocol pass.
func (c *regionCheck) firewall(p network.Protocol) place {
	at := inFile(allowListName)
	at.of = named{Kind: "firewall", ID: allowListName, Part: say("for %s clients of %s", protocolNames[p], c.region)}
	return at
}

// namesSection tells which names the list lacks for clients of any directory.
func (c *regionCheck) namesSection(p network.Protocol) {
	s := newSectionOf("firewall", fmt.Sprintf("firewall, for the names that clients with %s reach", protocolNames[p]))
	told := map[string]bool{} // what directories have in common
	var uses []network.NameUse
	names, missing := map[network.NameUse]map[string]bool{}, map[network.NameUse]map[string]bool{}
	open := map[network.NameUse]bool{} // whether all that clients need are permitted
	for _, d := range c.directories.elements() {
		s.doubt(d.lacks("Alias"))
		s.doubt(d.lacks("SamlProperties"))
		s.doubt(d.lacks("EndpointEncryptionMode"))
		answer, err := c.rules.Network.CheckDomains(d.client(c.region, p), c.account.allowed.names)
		if err != nil {
			s.ask(unusable(err, d.at.below))
			continue
		}
		for _, n := range answer.Needs {
			if names[n.Use] == nil {
				uses = append(uses, n.Use)
				names[n.Use], missing[n.Use] = map[string]bool{}, map[string]bool{}
			}
			open[n.Use] = open[n.Use] || n.Verdict == rule.Undocumented
			for _, x := range n.Names {
				names[n.Use][x.Host] = true
			}
			for _, x := range n.Missing {
				missing[n.Use][x.Host] = true
			}
		}
		new := func(text string) bool {
			first := !told[text]
			told[text] = true
			return first
		}
		answer.Violations = slices.DeleteFunc(answer.Violations, func(v rule.Violation) bool { return !new(v.Error()) })
		answer.Open = slices.DeleteFunc(answer.Open, func(o rule.Open) bool { return !new(o.String()) })
		s.take(c.account.allowed.unsure(answer.Answer), nil, c.firewall(p).below)
	}
	for _, use := range uses {
		line := say("%s: %d %s, ", use, len(names[use]), plural(len(names[use]), "name", "names"))
		switch {
		case len(missing[use]) > 0:
			line += say("%d missing: %s", len(missing[use]), said(strings.Join(slices.Sorted(maps.Keys(missing[use])), ", ")))
			s.tell = true
		case open[use]:
			line += "and whether clients reach all that they need is open"
		default:
			line += "all permitted"
		}
		s.Lines = append(s.Lines, line)
	}
	c.add(s)
}

// client is a client application of the directory's WorkSpaces, as far as the export tells.
func (d *directory) client(region string, p network.Protocol) network.Client {
	return network.Client{
		Region: region, Protocol: p, Accelerator: d.accelerated(), Directory: cmp.Or(d.Alias, d.DirectoryId), FIPS: d.EndpointEncryptionMode == "FIPS_VALIDATED",
		SAML: strings.HasPrefix(d.SamlProperties.Status, "ENABLED"), StreamingEndpoint: d.hasEndpoint(),
	}
}
