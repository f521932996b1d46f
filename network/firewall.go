package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/wksgo/wks/rule"
)

// A Protocol is a streaming protocol of WorkSpaces Personal.
type Protocol string

const (
	AnyProtocol   Protocol = ""      // both, or not told apart
	ProtocolPCoIP Protocol = "pcoip" // PCoIP, of WorkSpaces Personal
	ProtocolDCV   Protocol = "dcv"   // called WSP before
)

// A Purpose says why a client connects to an address.
type Purpose string

const (
	Gateways    Purpose = "gateways"           // streaming; Ports has the ports
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

// A Need is what a client must reach for one purpose, in one family of addresses.
type Need struct {
	Purpose Purpose
	IPv6    bool
	Verdict rule.Verdict   // Denied if some of it is missing, else Undocumented if not all of it is known
	Ranges  []Range        // as the document prints them
	Missing []netip.Prefix // what the allow-list does not cover, as the fewest prefixes
	Cite    rule.Citation  // zero without Ranges
	partial bool           // there is more, and it is not known
}

// A Firewall is the answer to whether an allow-list lets a client through.
type Firewall struct {
	// Verdict is that of all needs together: Denied if something is missing, else
	// Undocumented if no document gives what is needed for a purpose.
	Verdict rule.Verdict
	Needs   []Need // in the order of the purposes, IPv4 before IPv6
	// Unsupported is set if the guide says that the Region has no gateways of the protocol.
	Unsupported bool
	// DocumentOnly and FileOnly are gateways of the Region, of any protocol, that only the
	// guide has or only ip-ranges.json, which does not tell the protocols apart and in 2020
	// had none for WSP; and addresses of Global Accelerator that only the guide has. They are
	// empty unless entries of these services, for any Region, were published.
	DocumentOnly, FileOnly []netip.Prefix
	// Suspect are addresses that the guide seems to misprint. They are no part of Needs.
	Suspect []netip.Prefix

	client  Client
	edition rule.Edition
	lacks   struct{ documentOnly, fileOnly, suspect []netip.Prefix } // of these, by the allow-list
}

// CheckFirewall tells whether an allow-list of prefixes covers every address that a
// client connects to, and what it lacks. Prefixes may cover a range together.
//
// published are entries of AWS's ip-ranges.json, as IPRanges reads it, or nil. The guide
// gives the addresses for port 443, and those of Global Accelerator in IPv6, as parts of
// that file: without it, or if it lacks one of these parts, they are Undocumented. With it
// the guide's gateways are held against those that AWS publishes.
//
// The guide's tables were read in the edition of 2020-04-29 and in the newest one; before
// the first nothing is documented. The error is a *rule.InputError for a malformed Region,
// an unknown protocol or an invalid prefix.
func (r Rules) CheckFirewall(c Client, allowed []netip.Prefix, published []AWSRange) (Firewall, error) {
	err := r.known()
	if endpointsByRegion()[c.Region] == nil { // and else its form is that of a Region
		err = r.checkRegion(c.Region)
	}
	if err != nil {
		return Firewall{}, err
	}
	if c.Protocol != ProtocolPCoIP && c.Protocol != ProtocolDCV {
		return Firewall{}, &rule.InputError{Path: "Protocol", Value: string(c.Protocol), Reason: "is neither pcoip nor dcv"}
	}
	fw := Firewall{Verdict: rule.Allowed, Needs: make([]Need, 0, 4), client: c, edition: r.edition}
	var suspect []Range
	for _, p := range []Purpose{Gateways, HealthCheck, Accelerator, HTTPS} {
		if p == Accelerator && !c.Accelerator {
			continue
		}
		for _, ipv6 := range []bool{false, true} {
			if ipv6 && !c.IPv6 {
				continue
			}
			n := Need{Purpose: p, IPv6: ipv6}
			switch {
			case p == HTTPS:
				r.addHTTPS(&n, c, published)
			case p == Accelerator && ipv6:
				if row := &acceleratorIPv6; row.span.Contains(r.edition) {
					n.addPublished(published, row.service, row.region, row.cite)
				}
			default:
				suspect = append(suspect, fw.addDocumented(&n)...)
			}
			fw.Needs = append(fw.Needs, n)
		}
	}
	for _, s := range suspect {
		fw.Suspect = append(fw.Suspect, s.Prefixes()...)
	}
	if err := fw.compare(Gateways, GatewaysService, c.Region, published); err != nil {
		return Firewall{}, err
	}
	if err := fw.compare(Accelerator, acceleratorIPv6.service, acceleratorIPv6.region, published); err != nil {
		return Firewall{}, err
	}
	for i, p := range allowed {
		if !p.IsValid() {
			return Firewall{}, invalidPrefix(rule.Path("Allowed").Index(i), p)
		}
	}
	if len(allowed) > few { // one pass over a long list is enough
		if allowed, err = touching(fw.required(), allowed); err != nil {
			return Firewall{}, err
		}
	}
	if err := fw.settle(allowed); err != nil {
		return Firewall{}, err
	}
	return fw, fw.findLacks(allowed)
}

var endpointsByRegion = sync.OnceValue(func() map[string][]*endpointRow {
	byRegion := map[string][]*endpointRow{}
	for i := range endpointRows {
		row := &endpointRows[i]
		byRegion[row.region] = append(byRegion[row.region], row)
	}
	return byRegion
})

// addDocumented adds the ranges of the guide's tables, and returns those that it seems to
// misprint.
func (fw *Firewall) addDocumented(n *Need) (suspect []Range) {
	for _, row := range endpointsByRegion()[fw.client.Region] {
		if row.purpose != n.Purpose || !row.span.Contains(fw.edition) || row.protocol != "" && row.protocol != fw.client.Protocol {
			continue
		}
		fw.Unsupported = fw.Unsupported || row.unsupported
		for _, rg := range row.ranges {
			switch {
			case rg.First.Is4() == n.IPv6:
			case row.suspect:
				suspect = append(suspect, rg)
			default:
				if n.Ranges == nil {
					n.Ranges = make([]Range, 0, len(row.ranges))
				}
				n.Ranges, n.Cite = append(n.Ranges, rg), row.cite
			}
		}
	}
	return suspect
}

// addPublished adds the entries of a service in a Region, and reports whether there are any.
func (n *Need) addPublished(published []AWSRange, service, region string, c rule.Citation) bool {
	before := len(n.Ranges)
	for _, a := range published {
		if a.Service == service && a.Region == region && a.Prefix.Addr().Is4() != n.IPv6 {
			n.Ranges, n.Cite = append(n.Ranges, RangeOf(a.Prefix)), c
		}
	}
	return len(n.Ranges) > before
}

// addHTTPS adds the parts of ip-ranges.json that the guide names. A part for IPv4 that the
// file lacks is not known; in IPv6 a part may be empty. Clients in China need that of their
// own Region alone.
func (r Rules) addHTTPS(n *Need, c Client, published []AWSRange) {
	for _, row := range httpsRows {
		if !row.span.Contains(r.edition) || row.region != "" && strings.HasPrefix(c.Region, "cn-") {
			continue
		}
		region := row.region
		if region == "" {
			region = c.Region
		} else if region == c.Region && row.service == "AMAZON" {
			continue // the row for the client's own Region has it
		}
		some := n.addPublished(published, row.service, region, row.cite)
		n.partial = n.partial || !some && !n.IPv6
	}
}

// required returns everything that the allow-list is asked for, perhaps repeatedly.
func (fw *Firewall) required() (ranges []Range) {
	for _, n := range fw.Needs {
		ranges = append(ranges, n.Ranges...)
	}
	for _, p := range slices.Concat(fw.DocumentOnly, fw.FileOnly, fw.Suspect) {
		ranges = append(ranges, RangeOf(p))
	}
	return ranges
}

// settle finds what is missing of each Need, and the verdict.
func (fw *Firewall) settle(allowed []netip.Prefix) (err error) {
	for i := range fw.Needs {
		n := &fw.Needs[i]
		if len(n.Ranges) > 0 {
			if n.Missing, err = Uncovered(n.Ranges, allowed); err != nil {
				return err
			}
			switch {
			case len(n.Missing) > 0:
				n.Verdict = rule.Denied
			case !n.partial:
				n.Verdict = rule.Allowed
			}
		}
		fw.Verdict = fw.Verdict.And(n.Verdict)
	}
	return nil
}

// compare adds to DocumentOnly and FileOnly what the guide gives for a purpose in the
// client's Region and a service's entries do not, and the other way round for gateways: of
// Global Accelerator WorkSpaces use a part.
func (fw *Firewall) compare(p Purpose, service, region string, published []AWSRange) error {
	if !slices.ContainsFunc(published, func(a AWSRange) bool { return a.Service == service }) {
		return nil
	}
	var documented, file []Range
	var inDocument, inFile []netip.Prefix
	for _, row := range endpointsByRegion()[fw.client.Region] {
		if row.purpose == p && row.span.Contains(fw.edition) {
			documented = append(documented, row.ranges...)
		}
	}
	for _, rg := range documented {
		inDocument = append(inDocument, rg.Prefixes()...)
	}
	for _, a := range published {
		if a.Service == service && a.Region == region {
			inFile = append(inFile, a.Prefix)
			file = append(file, RangeOf(a.Prefix))
		}
	}
	only, err := Uncovered(documented, inFile)
	if err != nil {
		return err
	}
	fw.DocumentOnly = append(fw.DocumentOnly, only...)
	if p != Gateways {
		return nil
	}
	fw.FileOnly, err = Uncovered(file, inDocument)
	return err
}

// findLacks finds what the allow-list lacks of the addresses that are disputed.
func (fw *Firewall) findLacks(allowed []netip.Prefix) (err error) {
	for _, x := range []struct {
		of    []netip.Prefix
		lacks *[]netip.Prefix
	}{{fw.DocumentOnly, &fw.lacks.documentOnly}, {fw.FileOnly, &fw.lacks.fileOnly}, {fw.Suspect, &fw.lacks.suspect}} {
		var ranges []Range
		for _, p := range x.of {
			if p.Addr().Is4() || fw.client.IPv6 {
				ranges = append(ranges, RangeOf(p))
			}
		}
		if len(ranges) == 0 {
			continue
		}
		if *x.lacks, err = Uncovered(ranges, allowed); err != nil {
			return err
		}
	}
	return nil
}

// Violations returns a violation for each need of which something is missing, in the
// order of Needs, and then a FirewallDisputed for what the allow-list lacks of
// DocumentOnly and FileOnly together, and one for Suspect. The path is that of the
// question: Gateways, HealthCheck, Accelerator or HTTPS.
func (fw Firewall) Violations() rule.Violations {
	codes := map[Purpose]rule.Code{Gateways: FirewallLacksGateways, HealthCheck: FirewallLacksHealthChecks, Accelerator: FirewallLacksAccelerator, HTTPS: FirewallLacksHTTPS}
	paths := map[Purpose]rule.Path{Gateways: "Gateways", HealthCheck: "HealthCheck", Accelerator: "Accelerator", HTTPS: "HTTPS"}
	what := fmt.Sprintf("%s clients of %s", fw.client.Protocol, fw.client.Region)
	var vs rule.Violations
	for _, n := range fw.Needs {
		if len(n.Missing) > 0 {
			vs = Rules{fw.edition}.appendCited(vs, codes[n.Purpose], paths[n.Purpose], fmt.Sprintf("%s cannot reach %s", what, list(n.Missing)), n.Cite)
		}
	}
	var sides []string
	if l := fw.lacks.documentOnly; len(l) > 0 {
		sides = append(sides, list(l)+", which are in the guide and not in ip-ranges.json")
	}
	if l := fw.lacks.fileOnly; len(l) > 0 {
		sides = append(sides, list(l)+", which are in ip-ranges.json and not in the guide")
	}
	if len(sides) > 0 {
		vs = vs.Append(ruleRows, fw.edition, FirewallDisputed, "Gateways", fmt.Sprintf("clients of %s cannot reach %s", fw.client.Region, strings.Join(sides, ", and ")))
	}
	if l := fw.lacks.suspect; len(l) > 0 {
		vs = vs.Append(ruleRows, fw.edition, FirewallDisputed, "HealthCheck", fmt.Sprintf("%s cannot reach %s, which the guide gives for another Region too", what, list(l)))
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
