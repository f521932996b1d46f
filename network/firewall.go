package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// A Protocol is a streaming protocol of WorkSpaces Personal.
type Protocol string

const (
	ProtocolPCoIP Protocol = "pcoip"
	ProtocolDCV   Protocol = "dcv" // called WSP before
)

// A Purpose says why a client connects to an address.
type Purpose string

const (
	Gateways    Purpose = "gateways"           // streaming, on port 4172 (PCoIP) or 4195 (DCV)
	HealthCheck Purpose = "health-check"       // the client's check of the network, on the same ports
	Accelerator Purpose = "global-accelerator" // streaming through AWS Global Accelerator
	HTTPS       Purpose = "https"              // signing in and updates, on port 443
)

// A Client is a client application behind a firewall.
type Client struct {
	Region   string // of its WorkSpaces
	Protocol Protocol
	// IPv6 is set if the client streams over IPv6 as well. The guide says that clients
	// prefer it; the reference of the Windows client says that they use IPv4 unless told
	// otherwise.
	IPv6 bool
	// Accelerator is set if the directory uses AWS Global Accelerator.
	Accelerator bool
}

// A Need is what a client must reach for one purpose.
type Need struct {
	Purpose Purpose
	Verdict rule.Verdict   // Denied if some of it is missing; Undocumented if no document gives it
	Ranges  []Range        // as the document prints them
	Missing []netip.Prefix // what the allow-list does not cover, as the fewest prefixes
	Cite    rule.Citation  // zero if the Verdict is Undocumented
}

// A Firewall is the answer to whether an allow-list lets a client through.
type Firewall struct {
	// Verdict is that of all needs together: Denied if something is missing, else
	// Undocumented if no document gives what is needed for a purpose.
	Verdict rule.Verdict
	Needs   []Need // in the order of the purposes
	// Unsupported is set if the guide says that the Region has no gateways of the protocol.
	Unsupported bool
	// DocumentOnly and FileOnly are gateways of the Region, of any protocol, that only the
	// guide has or only ip-ranges.json, which does not tell the protocols apart. Both are
	// empty unless the published ranges were given.
	DocumentOnly, FileOnly []netip.Prefix
	// Suspect are addresses that the guide seems to misprint. They are no part of Needs.
	Suspect []netip.Prefix

	client   Client
	edition  rule.Edition
	disputed []netip.Prefix // what of FileOnly and Suspect the allow-list lacks
}

// CheckFirewall tells whether an allow-list of prefixes covers every address that a
// client connects to, and what it lacks. Prefixes may cover a range together.
//
// published are entries of AWS's ip-ranges.json, as IPRanges reads it, or nil. With them
// the guide's gateways are held against those that AWS publishes, and the addresses
// for port 443, which the guide gives as parts of that file, are needed too.
//
// The guide's tables were read in the edition of 2020-04-29 and in the newest one; before
// the first nothing is documented. The error is a *rule.InputError for a malformed Region,
// an unknown protocol or an invalid prefix.
func (r Rules) CheckFirewall(c Client, allowed []netip.Prefix, published []AWSRange) (Firewall, error) {
	if err := r.checkRegion(c.Region); err != nil {
		return Firewall{}, err
	}
	if c.Protocol != ProtocolPCoIP && c.Protocol != ProtocolDCV {
		return Firewall{}, &rule.InputError{Path: "Protocol", Value: string(c.Protocol), Reason: "is neither pcoip nor dcv"}
	}
	fw := Firewall{Verdict: rule.Allowed, client: c, edition: r.edition}
	purposes := []Purpose{Gateways, HealthCheck}
	if c.Accelerator {
		purposes = append(purposes, Accelerator)
	}
	var suspect []Range
	for _, p := range purposes {
		n := Need{Purpose: p}
		for i := range endpointRows {
			row := &endpointRows[i]
			if row.region != c.Region || row.purpose != p || !row.span.Contains(r.edition) || row.protocol != "" && row.protocol != c.Protocol {
				continue
			}
			switch fw.Unsupported = fw.Unsupported || row.unsupported; {
			case row.suspect:
				suspect = append(suspect, row.ranges...)
			default:
				n.add(row.ranges, row.cite, c.IPv6)
			}
		}
		if err := fw.need(n, allowed); err != nil {
			return Firewall{}, err
		}
	}
	if published != nil {
		if err := fw.need(r.httpsNeed(c, published), allowed); err != nil {
			return Firewall{}, err
		}
		if err := fw.compare(r.documentedGateways(c.Region), published); err != nil {
			return Firewall{}, err
		}
	}
	for _, s := range suspect {
		fw.Suspect = append(fw.Suspect, s.Prefixes()...)
	}
	for _, p := range slices.Concat(fw.FileOnly, fw.Suspect) {
		if p.Addr().Is4() || c.IPv6 {
			missing, err := Uncovered([]Range{RangeOf(p)}, allowed)
			if err != nil {
				return Firewall{}, err
			}
			fw.disputed = append(fw.disputed, missing...)
		}
	}
	return fw, nil
}

// add adds those of the ranges that a client uses.
func (n *Need) add(ranges []Range, c rule.Citation, ipv6 bool) {
	for _, rg := range ranges {
		if ipv6 || rg.First.Is4() {
			n.Ranges, n.Cite = append(n.Ranges, rg), c
		}
	}
}

// need settles a Need and adds it to the answer.
func (fw *Firewall) need(n Need, allowed []netip.Prefix) (err error) {
	if len(n.Ranges) > 0 {
		if n.Missing, err = Uncovered(n.Ranges, allowed); err != nil {
			return err
		}
		if n.Verdict = rule.Allowed; len(n.Missing) > 0 {
			n.Verdict = rule.Denied
		}
	}
	fw.Verdict = fw.Verdict.And(n.Verdict)
	fw.Needs = append(fw.Needs, n)
	return nil
}

func (r Rules) httpsNeed(c Client, published []AWSRange) Need {
	n := Need{Purpose: HTTPS}
	for _, row := range httpsRows {
		if !row.span.Contains(r.edition) {
			continue
		}
		region := row.region
		if region == "" {
			region = c.Region
		}
		for _, a := range published {
			if a.Service == row.service && a.Region == region {
				n.add([]Range{RangeOf(a.Prefix)}, row.cite, c.IPv6)
			}
		}
	}
	return n
}

func (r Rules) documentedGateways(region string) (ranges []Range) {
	for i := range endpointRows {
		if row := &endpointRows[i]; row.region == region && row.purpose == Gateways && row.span.Contains(r.edition) {
			ranges = append(ranges, row.ranges...)
		}
	}
	return ranges
}

// compare fills in DocumentOnly and FileOnly.
func (fw *Firewall) compare(documented []Range, published []AWSRange) (err error) {
	var inFile, inDocument []netip.Prefix
	var file []Range
	for _, a := range published {
		if a.Service == GatewaysService && a.Region == fw.client.Region {
			inFile = append(inFile, a.Prefix)
			file = append(file, RangeOf(a.Prefix))
		}
	}
	for _, rg := range documented {
		inDocument = append(inDocument, rg.Prefixes()...)
	}
	if fw.DocumentOnly, err = Uncovered(documented, inFile); err != nil {
		return err
	}
	fw.FileOnly, err = Uncovered(file, inDocument)
	return err
}

// Violations returns a violation for each need of which something is missing, in the
// order of Needs, and a FirewallDisputed if the allow-list lacks any of FileOnly or
// Suspect. The path is that of the question: Gateways, HealthCheck and so on.
func (fw Firewall) Violations() rule.Violations {
	codes := map[Purpose]rule.Code{Gateways: FirewallLacksGateways, HealthCheck: FirewallLacksHealthChecks, Accelerator: FirewallLacksAccelerator, HTTPS: FirewallLacksHTTPS}
	paths := map[Purpose]rule.Path{Gateways: "Gateways", HealthCheck: "HealthCheck", Accelerator: "Accelerator", HTTPS: "HTTPS"}
	what := fmt.Sprintf("%s clients of %s", fw.client.Protocol, fw.client.Region)
	var vs rule.Violations
	for _, n := range fw.Needs {
		if len(n.Missing) > 0 {
			vs = vs.Append(ruleRows, fw.edition, codes[n.Purpose], paths[n.Purpose], fmt.Sprintf("%s cannot reach %s", what, list(n.Missing)))
		}
	}
	if len(fw.disputed) > 0 {
		vs = vs.Append(ruleRows, fw.edition, FirewallDisputed, "Gateways", fmt.Sprintf("%s cannot reach %s, about which the guide and ip-ranges.json differ or the guide seems to err", what, list(fw.disputed)))
	}
	return vs
}

// list names the first prefixes of a list that may be long.
func list(prefixes []netip.Prefix) string {
	const most = 8
	var words []string
	for _, p := range prefixes[:min(most, len(prefixes))] {
		words = append(words, p.String())
	}
	if more := len(prefixes) - most; more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}
