package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for what a firewall must let through.
const (
	FirewallLacksGateways     rule.Code = "network.firewall-lacks-gateways"
	FirewallLacksHealthChecks rule.Code = "network.firewall-lacks-health-checks"
	FirewallLacksAccelerator  rule.Code = "network.firewall-lacks-accelerator"
	FirewallLacksHTTPS        rule.Code = "network.firewall-lacks-https"
	FirewallDisputed          rule.Code = "network.firewall-disputed"
)

var firewallRules = []tables.Rule{
	{
		Code:   FirewallLacksGateways,
		Title:  "An allow-list lacks streaming gateways.",
		Remedy: "Permit the addresses of the streaming gateways that are named.",
		Revisions: []rule.Revision{
			tables.Must(portsPage, "PCoIP Gateway and Health Check Servers", "2018-02-03", afterLastVersion),
			tables.Must(portsPage, "PCoIP gateway servers", autumn2025, ""),
		},
	},
	{
		Code:   FirewallLacksHealthChecks,
		Title:  "An allow-list lacks health-check servers.",
		Remedy: "Permit the addresses of the health-check servers that are named.",
		Revisions: []rule.Revision{ // before, the page gave names and no addresses
			tables.Must(portsPage, "PCoIP Health Check Servers", "2020-03-31", afterLastVersion),
			tables.Must(portsPage, "Health check servers", autumn2025, ""),
		},
	},
	{
		Code:      FirewallLacksAccelerator,
		Title:     "An allow-list lacks the addresses of AWS Global Accelerator, which the client uses.",
		Remedy:    "Permit the addresses of AWS Global Accelerator that are named, or switch it off for the directory.",
		Revisions: []rule.Revision{tables.Must(portsPage, "DCV gateway servers", autumn2025, "")},
	},
	{
		Code:      FirewallLacksHTTPS,
		Title:     "An allow-list lacks addresses that clients reach on port 443.",
		Remedy:    "Permit the ranges of ip-ranges.json that are named, on port 443.",
		Revisions: []rule.Revision{tables.Must(portsPage, "Ports for Client Applications", "2018-02-03", "")},
	},
	{
		Code:   FirewallDisputed,
		Title:  "An allow-list lacks addresses about which the guide and ip-ranges.json disagree, or that the guide seems to misprint.",
		Remedy: "Permit the addresses of both documents, or ask AWS Support which of them hold.",
		// The page refers to the entries of ip-ranges.json in the versions from 2020-04-09 to 2022-09-02. The
		// readings do not: that their tables are held against the file, too, is this library's own advice.
		Revisions: []rule.Revision{
			tables.Should(portsPage, "PCoIP Gateway", "2020-04-09", afterLastVersion),
			tables.Should(portsPage, "PCoIP gateway servers", autumn2025, ""),
		},
	},
}

// lacking tells which rule an allow-list breaks that lacks what a purpose needs, at which path
// of the question, and what that is called.
var lacking = map[Purpose]struct {
	code rule.Code
	path rule.Path
	name string
}{
	Gateways:    {FirewallLacksGateways, "Gateways", "gateways"},
	HealthCheck: {FirewallLacksHealthChecks, "HealthCheck", "health-check servers"},
	Accelerator: {FirewallLacksAccelerator, "Accelerator", "addresses of Global Accelerator"},
	HTTPS:       {FirewallLacksHTTPS, "HTTPS", "addresses for port 443"},
}

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

	// What follows matters to names alone.

	Kind    ClientKind
	Version int // of the client application, its first number; 0 is not known
	// Directory is the id of the directory, or the name that it has in the address of its login
	// page, before .awsapps.com; "" is not known.
	Directory string
	FIPS      bool // the directory has endpoint encryption with FIPS
	SmartCard bool // users sign in with smart cards before a session
	SAML      bool // users sign in with SAML
	// StreamingEndpoint is set if the client streams through a VPC endpoint.
	StreamingEndpoint bool
}

// A Need is what a client must reach for one purpose, in one family of addresses.
type Need struct {
	Purpose Purpose
	IPv6    bool
	Verdict rule.Verdict   // Denied if some of it is missing, else Undocumented if not all of it is known
	Ranges  []Range        // as the document prints them
	Missing []netip.Prefix // what the allow-list does not cover, as the fewest prefixes
	Cite    rule.Citation  // the newest version that added to Ranges; zero without Ranges
	// Host is the name of the health-check servers, for IPv4 and in versions that give no
	// addresses of them, which are those before 2020-03-31. It is "" otherwise.
	Host    string
	partial bool       // there is more, and it is not known
	why     rule.Cause // why something of it is not known, if that is so
}

// A Firewall is the answer to whether an allow-list lets a client through.
type Firewall struct {
	// Answer has a violation for each need that the allow-list does not cover, in the order of
	// Needs. Then it has one FirewallDisputed for what the allow-list lacks of DocumentOnly
	// and FileOnly together, and one for Suspect. What is needed for a purpose is open if no
	// document gives it. The path is that of the question: Gateways, HealthCheck, Accelerator
	// or HTTPS.
	rule.Answer
	Needs []Need // in the order of the purposes, IPv4 before IPv6
	// Unsupported is set if the guide says that the Region has no gateways of the protocol.
	Unsupported bool
	// Unread is set if it is not known what the guide gave: on dates between the version of
	// 2022-09-02 and the reading of 2025-10-21, and for gateways that are missing in the copy of
	// that version, which are those of DCV in us-east-1 and us-gov-west-1.
	Unread bool
	// DocumentOnly are gateways of the Region, of any protocol, and addresses of Global
	// Accelerator that only the guide has. FileOnly are gateways that only ip-ranges.json has.
	// The file does not tell the protocols apart, and in 2020 it had none for WSP. Both are
	// empty unless entries of these services, for any Region, were published.
	DocumentOnly, FileOnly []netip.Prefix
	// Suspect are addresses that the guide seems to misprint. They are no part of Needs.
	Suspect []netip.Prefix
	// Names are what the client must reach by name, if rules for names are given. What follows
	// from them stands last in the Answer, as CheckDomains has it.
	Names []NameNeed
}

// CheckFirewall tells whether an allow-list of prefixes covers every address that a
// client connects to, and what it lacks. Prefixes may cover a range together.
//
// published are entries of AWS's ip-ranges.json, as IPRanges reads it, or nil. The guide
// gives the addresses for port 443, and those of Global Accelerator in IPv6, as parts of
// that file: without it, or if it lacks one of these parts, they are open. With it
// the guide's gateways are held against those that AWS publishes.
//
// domains are the rules of the firewall for names, which [Rules.CheckDomains] is asked about. Without
// any, the firewall is taken not to look at names, and nothing is said of them.
//
// The guide's tables are those of every version from 2018-02-03 to 2022-09-02, and of readings
// since 2025-10-21. Between these no version was read, and the tables changed: gateways,
// health checks and Global Accelerator are open on those dates. The error is a
// *rule.InputError for an invalid prefix, and else that of CheckDomains.
func (r Rules) CheckFirewall(c Client, allowed []netip.Prefix, published []AWSRange, domains ...DomainRule) (Firewall, error) {
	if err := r.checkClient(c); err != nil {
		return Firewall{}, err
	}
	f := firewall{Firewall: Firewall{Needs: make([]Need, 0, 4), Unread: r.s.unread}, s: r.s, client: c, allowed: allowed, published: published}
	var suspect []Range
	for _, p := range []Purpose{Gateways, HealthCheck, Accelerator, HTTPS} {
		if p == Accelerator && !c.Accelerator {
			continue
		}
		for _, ipv6 := range []bool{false, true} {
			if ipv6 && !c.IPv6 {
				continue
			}
			n := Need{Purpose: p, IPv6: ipv6, why: rule.ByDocuments}
			if p == HTTPS || p == Accelerator && ipv6 {
				f.addPublished(&n)
			} else {
				suspect = append(suspect, f.addDocumented(&n)...)
			}
			f.Needs = append(f.Needs, n)
		}
	}
	for _, s := range suspect {
		f.Suspect = append(f.Suspect, s.Prefixes()...)
	}
	if err := f.compare(Gateways, GatewaysService, c.Region); err != nil {
		return Firewall{}, err
	}
	if err := f.compare(Accelerator, acceleratorService, "GLOBAL"); err != nil {
		return Firewall{}, err
	}
	for i, p := range allowed {
		if !p.IsValid() {
			return Firewall{}, invalidPrefix(rule.Path("Allowed").Index(i), p)
		}
	}
	if len(allowed) > few { // one pass over a long list is enough
		var err error
		if f.allowed, err = touching(f.required(), allowed); err != nil {
			return Firewall{}, err
		}
	}
	for i := range f.Needs {
		if err := f.settle(&f.Needs[i]); err != nil {
			return Firewall{}, err
		}
	}
	if err := f.dispute(); err != nil {
		return Firewall{}, err
	}
	if len(domains) > 0 {
		d, err := r.CheckDomains(c, domains)
		if err != nil {
			return Firewall{}, err
		}
		f.Names = d.Needs
		f.Merge("", d.Answer)
	}
	f.Answer = f.Concluded()
	return f.Firewall, nil
}

// A firewall is a Firewall in the making.
type firewall struct {
	Firewall
	s         *snapshot
	client    Client
	allowed   []netip.Prefix
	published []AWSRange
}

const acceleratorService = "GLOBALACCELERATOR"

// addDocumented adds the ranges of the guide's tables, and returns those that it seems to
// misprint.
func (f *firewall) addDocumented(n *Need) (suspect []Range) {
	for _, row := range f.s.endpoints[f.client.Region] {
		if row.purpose != n.Purpose || row.protocol != "" && row.protocol != f.client.Protocol {
			continue
		}
		f.Unsupported = f.Unsupported || row.unsupported
		f.Unread = f.Unread || row.lost
		switch {
		case len(row.ranges) == 0 || row.ranges[0].First.Is4() == n.IPv6:
		case row.suspect:
			suspect = append(suspect, row.ranges...)
		default:
			n.Ranges, n.Cite = slices.Clone(row.ranges), row.Cite
		}
	}
	if n.Purpose == HealthCheck && !n.IPv6 {
		n.Host = f.s.hosts[f.client.Region]
	}
	return suspect
}

// addPublished adds the parts of ip-ranges.json that the guide names. A part for IPv4 that the
// file lacks is not known. In IPv6 a part may be empty. For port 443 clients in China need the
// part of their own Region alone.
func (f *firewall) addPublished(n *Need) {
	for _, row := range f.s.published {
		if row.purpose != n.Purpose || n.Purpose == HTTPS && row.region != "" && strings.HasPrefix(f.client.Region, "cn-") {
			continue
		}
		n.why = rule.ByInput
		region := row.region
		if region == "" {
			region = f.client.Region
		} else if region == f.client.Region && row.service == "AMAZON" {
			continue // the row for the client's own Region has it
		}
		before := len(n.Ranges)
		for _, a := range f.published {
			if a.Service == row.service && a.Region == region && a.Prefix.Addr().Is4() != n.IPv6 {
				n.Ranges, n.Cite = append(n.Ranges, RangeOf(a.Prefix)), row.Cite
			}
		}
		n.partial = n.partial || len(n.Ranges) == before && !n.IPv6
	}
}

// required returns everything that the allow-list is asked for, perhaps repeatedly.
func (f *firewall) required() (ranges []Range) {
	for _, n := range f.Needs {
		ranges = append(ranges, n.Ranges...)
	}
	for _, p := range slices.Concat(f.DocumentOnly, f.FileOnly, f.Suspect) {
		ranges = append(ranges, RangeOf(p))
	}
	return ranges
}

// settle finds what is missing of a Need, and adds what follows to the answer.
func (f *firewall) settle(n *Need) (err error) {
	about := lacking[n.Purpose]
	open := len(n.Ranges) == 0 || n.partial
	if len(n.Ranges) > 0 {
		if n.Missing, err = Uncovered(n.Ranges, f.allowed); err != nil {
			return err
		}
	}
	switch {
	case len(n.Missing) > 0:
		n.Verdict = rule.Denied
		f.s.rules.BreakBy(&f.Answer, n.Cite, about.code, about.path, "%s clients of %s cannot reach %s", f.client.Protocol, f.client.Region, prefixList(n.Missing))
	case !open:
		n.Verdict = rule.Allowed
	}
	if !open {
		return nil
	}
	what := about.name + " of " + f.client.Region
	if n.IPv6 {
		what += " in IPv6"
	}
	switch {
	case n.why == rule.ByInput:
		f.NotGiven(about.path, "ip-ranges.json is not given, or has not all "+what)
	case f.s.unread && n.Purpose != HTTPS:
		f.NotDocumented(about.path, "no version of the page between 2022-09-02 and "+autumn2025+" was read, and it changed: only these two say what the "+what+" are")
	case n.Purpose == Gateways && f.Unread && !n.IPv6:
		f.NotDocumented(about.path, "the copy of the version of 2022-09-02 lacks the "+what)
	case n.Host != "":
		f.NotDocumented(about.path, "the page names "+n.Host+" as the "+what+", and gives no addresses")
	case n.Purpose == Gateways && f.Unsupported:
		f.NotDocumented(about.path, "the guide says that "+f.client.Region+" has no gateways of "+string(f.client.Protocol))
	default:
		f.NotDocumented(about.path, "no document of the edition gives the "+what)
	}
	return nil
}

// compare adds to DocumentOnly and FileOnly what the guide gives for a purpose in the
// client's Region and a service's entries do not, and the other way round for gateways:
// WorkSpaces use only a part of Global Accelerator. It adds nothing while it is not known what
// the guide gives.
func (f *firewall) compare(p Purpose, service, region string) error {
	if f.s.unread || !slices.ContainsFunc(f.published, func(a AWSRange) bool { return a.Service == service }) {
		return nil
	}
	var documented, file []Range
	var inDocument, inFile []netip.Prefix
	for _, row := range f.s.endpoints[f.client.Region] {
		if row.lost {
			return nil
		}
		if row.purpose == p {
			documented = append(documented, row.ranges...)
		}
	}
	for _, rg := range documented {
		inDocument = append(inDocument, rg.Prefixes()...)
	}
	for _, a := range f.published {
		if a.Service == service && a.Region == region {
			inFile = append(inFile, a.Prefix)
			file = append(file, RangeOf(a.Prefix))
		}
	}
	only, err := Uncovered(documented, inFile)
	if err != nil {
		return err
	}
	f.DocumentOnly = append(f.DocumentOnly, only...)
	if p != Gateways {
		return nil
	}
	f.FileOnly, err = Uncovered(file, inDocument)
	return err
}

// dispute adds violations for what the allow-list lacks of the disputed addresses.
func (f *firewall) dispute() error {
	documentOnly, err := f.lacks(f.DocumentOnly)
	if err != nil {
		return err
	}
	fileOnly, err := f.lacks(f.FileOnly)
	if err != nil {
		return err
	}
	suspect, err := f.lacks(f.Suspect)
	if err != nil {
		return err
	}
	const guide, file = "%s, which are in the guide and not in ip-ranges.json", "%s, which are in ip-ranges.json and not in the guide"
	format, args := "clients of %s cannot reach ", []any{f.client.Region}
	switch {
	case len(documentOnly) > 0 && len(fileOnly) > 0:
		format, args = format+guide+", and "+file, append(args, prefixList(documentOnly), prefixList(fileOnly))
	case len(documentOnly) > 0:
		format, args = format+guide, append(args, prefixList(documentOnly))
	case len(fileOnly) > 0:
		format, args = format+file, append(args, prefixList(fileOnly))
	}
	if len(args) > 1 {
		f.s.rules.Break(&f.Answer, FirewallDisputed, "Gateways", format, args...)
	}
	if len(suspect) > 0 {
		f.s.rules.Break(&f.Answer, FirewallDisputed, "HealthCheck", "%s clients of %s cannot reach %s, which the guide gives for another Region too", f.client.Protocol, f.client.Region, prefixList(suspect))
	}
	return nil
}

// lacks returns what the allow-list lacks of prefixes of the families that the client uses.
func (f *firewall) lacks(prefixes []netip.Prefix) ([]netip.Prefix, error) {
	var ranges []Range
	for _, p := range prefixes {
		if p.Addr().Is4() || f.client.IPv6 {
			ranges = append(ranges, RangeOf(p))
		}
	}
	if len(ranges) == 0 {
		return nil, nil
	}
	return Uncovered(ranges, f.allowed)
}

// A prefixList is prefixes that a text names. It names the first of a list that may be long.
type prefixList []netip.Prefix

// String returns the first prefixes, and how many more there are.
func (l prefixList) String() string {
	const most = 8
	text := make([]byte, 0, 160)
	for i, p := range l[:min(most, len(l))] {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = p.AppendTo(text)
	}
	if more := len(l) - most; more > 0 {
		text = fmt.Appendf(text, ", and %d more", more)
	}
	return string(text)
}
