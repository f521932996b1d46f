package network

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule for what a firewall or a proxy must let through by name.
const FirewallLacksNames rule.Code = "network.firewall-lacks-names"

var domainRules = []tables.Rule{{
	Code:   FirewallLacksNames,
	Title:  "An allow-list lacks names that clients must reach.",
	Remedy: "Permit the names that are listed for the use, or a wildcard that covers them.",
	Revisions: []rule.Revision{
		tables.Must(portsPage, allowSection.on("2018-02-03"), "2018-02-03", afterLastVersion),
		tables.Must(portsPage, allowSection.on(autumn2025), autumn2025, ""),
	},
}}

// A ClientKind is what connects to WorkSpaces.
type ClientKind string

const (
	Application ClientKind = ""            // a client application of Windows, macOS, Linux, iOS or Android
	Browser     ClientKind = "browser"     // a browser with Web Access
	ZeroClient  ClientKind = "zero-client" // a PCoIP zero client
)

// A NameUse says why a client connects to a name. It is a category of the guide's allow list, or
// what another passage says of names.
type NameUse string

const (
	NamesCAPTCHA       NameUse = "captcha"
	NamesUpdates       NameUse = "client-updates"
	NamesConnectivity  NameUse = "connectivity-check"
	NamesDeviceMetrics NameUse = "device-metrics" // of client applications 1 and 2
	NamesClientMetrics NameUse = "client-metrics" // of client applications from 3 on
	NamesMessaging     NameUse = "dynamic-messaging"
	NamesDirectory     NameUse = "directory-settings" // settings, graphics and scripts of login pages
	NamesLogs          NameUse = "log-service"        // called Forrester Log Service
	NamesHealthCheck   NameUse = "health-check"
	NamesSmartCard     NameUse = "smart-card" // before a session
	NamesRegistration  NameUse = "registration"
	NamesLogin         NameUse = "login-pages"
	NamesBroker        NameUse = "ws-broker"
	NamesAPI           NameUse = "api"
	NamesSAML          NameUse = "saml"
	NamesWebClient     NameUse = "web-client"
	NamesSessionBroker NameUse = "session-broker" // called PCM
	NamesTURN          NameUse = "turn"           // of Web Access to PCoIP WorkSpaces
	NamesGateways      NameUse = "dcv-gateways"
	NamesPrivateLink   NameUse = "dcv-privatelink" // of streaming through a VPC endpoint
	NamesTime          NameUse = "time"
)

// nameUses are all uses, in the order of the newest page.
var nameUses = []NameUse{
	NamesCAPTCHA, NamesUpdates, NamesConnectivity, NamesDeviceMetrics, NamesClientMetrics, NamesMessaging, NamesDirectory, NamesLogs, NamesHealthCheck,
	NamesSmartCard, NamesRegistration, NamesLogin, NamesBroker, NamesAPI, NamesSAML, NamesWebClient, NamesSessionBroker, NamesTURN, NamesGateways,
	NamesPrivateLink, NamesTime,
}

// A Name is what a document says that a client must reach.
type Name struct {
	Use NameUse
	// Host is a name, or one with "*." in front, which stands for names below it.
	Host string
	// Variable is set if Host stands for one name below it, that of the directory, which is not known.
	Variable bool
	// Scheme is "https", "http", "turn" or "ntp", and "" if the document gives none. Firewalls that
	// look at names see those of https and http.
	Scheme string
	IPv6   bool // the name is for clients that connect over IPv6
	Cite   rule.Citation
}

// Rule returns the narrowest rule that permits the name.
func (n Name) Rule() DomainRule {
	d, _ := ParseDomainRule(n.Host)
	return d
}

// A NameNeed is what a client must reach by name for one use.
type NameNeed struct {
	Use     NameUse
	Verdict rule.Verdict // Denied if some of it is missing, else Undocumented if not all of it is known
	Names   []Name       // in the order of the document
	Missing []Name       // those that the allow-list does not cover and every such client needs
}

// Domains is the answer to whether an allow-list of names lets a client through.
type Domains struct {
	// Answer has a FirewallLacksNames for each use with missing names, in the order of Needs. It is
	// open if the documents, or the copies of them that were read, do not give all names of a use,
	// and if a name is missing that not every client needs. The path is Domains and the use.
	rule.Answer
	Needs []NameNeed
}

// CheckDomains tells whether rules of a firewall or a proxy permit every name that the guide lists
// for a client, and which are missing for which use. A rule counts by itself: names that two rules
// permit in part are missing.
//
// The guide's list is for client applications. What it lists for Web Access and for zero clients by
// name is asked of these alone, and what it lists for versions of client applications of those: if
// Client.Version is not given, a missing one is open. The rest is asked of all. No document lists names for
// the management interface of a WorkSpace: it needs addresses, which [Rules.Ports] has.
//
// Names that end in a Region are asked for the client's Region alone. The page was read in all versions
// from 2018-02-03 to 2022-09-02, but its copies lack the lists of several names in a cell, and the
// guide of April 2020 alone has them: they stand, and the uses are open. Between 2022-09-02 and
// 2025-10-21 everything is open. So it is in China, whose own guide was not read.
//
// Where one page lists names and another says that what they are for is not available in the Region, the use is
// open, citing both, and a missing name is no violation. So it is for TURN in eu-central-1 since 2025-10-21.
//
// The error is a *rule.InputError for a malformed Region or directory, an unknown protocol or kind of
// client, a negative version, and a zero rule.
func (r Rules) CheckDomains(c Client, allowed []DomainRule) (Domains, error) {
	if err := r.checkClient(c); err != nil {
		return Domains{}, err
	}
	set, err := newPermitted(allowed)
	if err != nil {
		return Domains{}, err
	}
	var d Domains
	if strings.HasPrefix(c.Region, "cn-") {
		d.NotDocumented("Domains", "the guide for China was not read, which has its own names")
	} else if r.s.unread {
		d.NotDocumented("Domains", "no version of the page between 2022-09-02 and "+autumn2025+" was read, and its names changed")
	} else {
		for _, use := range nameUses {
			if n, ok := r.s.names.need(use, c); ok {
				d.Needs = append(d.Needs, r.s.settleNames(&d.Answer, c, set, n))
			}
		}
	}
	d.Answer = d.Concluded()
	return d, nil
}

// checkClient returns an error for a client that no question can be asked about.
func (r Rules) checkClient(c Client) error {
	if err := r.checkRegion(c.Region); err != nil {
		return err
	}
	switch {
	case c.Protocol != ProtocolPCoIP && c.Protocol != ProtocolDCV:
		return &rule.InputError{Path: "Protocol", Value: string(c.Protocol), Reason: "is neither pcoip nor dcv"}
	case c.Kind != Application && c.Kind != Browser && c.Kind != ZeroClient:
		return &rule.InputError{Path: "Kind", Value: string(c.Kind), Reason: "is neither browser nor zero-client, nor empty for a client application"}
	case c.Version < 0:
		return &rule.InputError{Path: "Version", Value: fmt.Sprint(c.Version), Reason: "is no version"}
	case c.Directory == "":
		return nil
	}
	if name, reason := parseName(c.Directory + ".awsapps.com"); reason != "" || strings.Count(name, ".") != 2 {
		return &rule.InputError{Path: "Directory", Value: c.Directory, Reason: "is no id of a directory, and no name that stands before .awsapps.com"}
	}
	return nil
}

// nameTables are the rows of names in one edition.
type nameTables struct {
	rows  map[NameUse][]nameRow
	lost  map[NameUse][]lostNameRow
	lacks map[NameUse][]noNameRow
}

// A namesOf is what a client needs for a use, before it is held against a list.
type namesOf struct {
	NameNeed
	perhaps  map[string]bool // hosts that not every version of the client needs
	disputed map[string]bool // hosts of what another page calls not available
	gaps     []gap
}

// A gap is why the names of a use are not known.
type gap struct {
	reason string
	cites  [2]rule.Citation // of pages that contradict one another, else zero
}

// need returns what a client needs for a use, and false if it needs nothing.
func (t *nameTables) need(use NameUse, c Client) (n namesOf, ok bool) {
	n.Use, n.perhaps, n.disputed = use, map[string]bool{}, map[string]bool{}
	lacks := func(reason string, cites ...rule.Citation) {
		g := gap{reason: reason}
		copy(g.cites[:], cites)
		n.gaps = append(n.gaps, g)
	}
	type group struct{ what, option string }
	asked := map[group]bool{} // groups of names that the client needs, by whether the Region has some
	listed := map[group][]Name{}
	var groups []group
	for i := range t.rows[use] {
		row := &t.rows[use][i]
		needs, perhaps := row.needs(c)
		if !needs {
			continue
		}
		g := group{row.what, string(row.option)}
		if _, known := asked[g]; !known {
			groups, asked[g] = append(groups, g), false
		}
		if !row.in(c.Region) {
			continue
		}
		asked[g] = true
		for _, host := range row.hosts {
			name := row.name(host, c)
			n.Names = append(n.Names, name)
			listed[g] = append(listed[g], name)
			if perhaps {
				n.perhaps[name.Host] = true
			}
		}
	}
	for _, row := range t.lacks[use] {
		if needs, _ := row.needs(c); !needs || !row.in(c.Region) {
			continue
		}
		g := group{row.what, ""}
		asked[g] = true
		switch names := listed[g]; {
		case row.absent == "":
		case len(names) == 0:
			lacks("the guide says that " + row.absent + " is not available in " + c.Region)
		default:
			lacks("a page of the guide lists names of "+string(use)+" of "+c.Region+", and another says that "+row.absent+" is not available there", names[0].Cite, row.Cite)
			for _, name := range names {
				n.disputed[name.Host] = true
			}
		}
	}
	for _, g := range groups {
		if !asked[g] {
			lacks(fmt.Sprintf("no document of the edition gives the names of %s of %s", describe(use, g.what, g.option), c.Region))
		}
	}
	for _, row := range t.lost[use] {
		if needs, _ := row.needs(c); needs && row.instead == "" {
			lacks(fmt.Sprintf("the copy of the version of %s lacks names of %s", row.Cite.Date, use))
		}
	}
	return n, len(groups) > 0 || len(n.gaps) > 0
}

func describe(use NameUse, what, option string) string {
	s := string(use)
	for _, more := range []string{what, option} {
		if more != "" {
			s += ", " + more
		}
	}
	return s
}

// settleNames holds what a client needs for a use against a list.
func (s *snapshot) settleNames(a *rule.Answer, c Client, set permitted, n namesOf) NameNeed {
	at := rule.Path("Domains").Join(rule.Path(n.Use))
	var missing []string
	var cite rule.Citation
	open := false
	notGiven := func(reason string) {
		open = true
		a.NotGiven(at, reason)
	}
	for _, name := range n.Names {
		if set.covers(name.Rule()) {
			continue
		}
		switch base := strings.TrimPrefix(name.Host, "*."); {
		case name.Variable && set.oneBelow(base):
			notGiven("it is not known which name below " + base + " is the directory's, and the list permits some")
		case n.perhaps[name.Host]:
			notGiven("it is not known whether the version of the client needs " + name.Host)
		case n.disputed[name.Host]: // a gap says so
		default:
			n.Missing = append(n.Missing, name)
			missing = append(missing, name.Host)
			if name.Cite.Date.Compare(cite.Date) > 0 {
				cite = name.Cite
			}
		}
	}
	for _, g := range n.gaps {
		open = true
		if g.cites[0] != (rule.Citation{}) {
			a.Contradicted(at, g.reason, g.cites[0], g.cites[1])
		} else {
			a.NotDocumented(at, g.reason)
		}
	}
	switch {
	case len(missing) > 0:
		n.Verdict = rule.Denied
		s.rules.BreakBy(a, cite, FirewallLacksNames, at, "%s clients of %s cannot reach %s", c.Protocol, c.Region, nameList(missing))
	case !open:
		n.Verdict = rule.Allowed
	}
	return n.NameNeed
}

// A nameList is names that a text has. It has the first of a list that may be long.
type nameList []string

// String returns the first names, and how many more there are.
func (l nameList) String() string {
	const most = 8
	if len(l) > most {
		return strings.Join(l[:most], ", ") + fmt.Sprintf(", and %d more", len(l)-most)
	}
	return strings.Join(l, ", ")
}

// List returns the narrowest rules that permit all names of the needs, each once and in their order.
func (d Domains) List() (list DomainList) {
	seen := map[DomainRule]bool{}
	for _, n := range d.Needs {
		for _, name := range n.Names {
			if r := name.Rule(); !seen[r] && !r.IsZero() {
				seen[r] = true
				list = append(list, r)
			}
		}
	}
	return list
}
