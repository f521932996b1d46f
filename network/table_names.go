package network

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// who are the clients that a row of names is for.
type who string

const (
	anyone          who = ""
	applications    who = "client applications"
	olderApps       who = "client applications 1 and 2"
	newerApps       who = "client applications from 3 on"
	browsers        who = "browsers"
	browsersAndZero who = "browsers and zero clients"
	zeroClients     who = "zero clients"
)

// option is a setting of a client without which it does not need a row of names.
type option string

const (
	overIPv6    option = "IPv6"
	withFIPS    option = "FIPS"
	withCard    option = "smart cards"
	withSAML    option = "SAML"
	viaEndpoint option = "a streaming VPC endpoint"
)

// scope is what rows of names have in common.
type scope struct {
	use      NameUse
	what     string // of the use the names are for, if it has several parts
	who      who
	option   option
	protocol Protocol // AnyProtocol if it is for both
	scheme   string
}

// A nameRow says that a document lists names for the clients of some Regions.
type nameRow struct {
	tables.Dated
	scope
	// regions are those that the names are for, between spaces; "" is every Region of the guide, and
	// outsideGovCloud those that are none of AWS GovCloud (US).
	regions string
	// hosts have <region> for the client's Region, and <directory> for the id of its directory.
	hosts []string
}

const (
	outsideGovCloud = "outside GovCloud"
	govCloud        = "us-gov-west-1 us-gov-east-1"
	// regions2020 are those of the lists of the guide of April 2020, outside GovCloud, and regions2025
	// those of the readings.
	regions2020 = "us-east-1 us-west-2 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ca-central-1 eu-central-1 eu-west-1 eu-west-2 sa-east-1"
	regions2025 = "us-east-1 us-west-2 ap-south-1 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 af-south-1 il-central-1"
)

// in reports whether the row is for a Region.
func (r *nameRow) in(region string) bool {
	switch r.regions {
	case "":
		return true
	case outsideGovCloud:
		return !strings.HasPrefix(region, "us-gov-")
	}
	return slices.Contains(strings.Fields(r.regions), region)
}

// needs reports whether a client needs names of the scope, and whether that depends on its version,
// which is not known.
func (s *scope) needs(c Client) (needs, perhaps bool) {
	if s.protocol != AnyProtocol && s.protocol != c.Protocol {
		return false, false
	}
	switch s.option {
	case overIPv6:
		needs = c.IPv6
	case withFIPS:
		needs = c.FIPS
	case withCard:
		needs = c.SmartCard
	case withSAML:
		needs = c.SAML
	case viaEndpoint:
		needs = c.StreamingEndpoint
	default:
		needs = true
	}
	perhaps = (s.who == olderApps || s.who == newerApps) && c.Version == 0
	switch s.who {
	case applications:
		needs = needs && c.Kind == Application
	case olderApps:
		needs = needs && c.Kind == Application && c.Version < 3
	case newerApps:
		needs = needs && c.Kind == Application && (c.Version >= 3 || perhaps)
	case browsers:
		needs = needs && c.Kind == Browser
	case browsersAndZero:
		needs = needs && c.Kind != Application
	case zeroClients:
		needs = needs && c.Kind == ZeroClient
	}
	return needs, perhaps
}

// name returns a host of the row as a client needs it.
func (r *nameRow) name(host string, c Client) Name {
	n := Name{Use: r.use, Scheme: r.scheme, IPv6: r.option == overIPv6, Cite: r.Cite}
	n.Host = strings.ReplaceAll(host, "<region>", c.Region)
	if strings.HasPrefix(host, "<directory>.") {
		n.Variable = c.Directory == ""
		n.Host = strings.ToLower(cmp.Or(c.Directory, "*")) + strings.TrimPrefix(n.Host, "<directory>")
	}
	return n
}

// String tells the Regions of a row.
func (r *nameRow) where() string {
	switch r.regions {
	case "":
		return "every Region"
	case outsideGovCloud:
		return "every Region outside AWS GovCloud (US)"
	}
	return strings.Join(strings.Fields(r.regions), ", ")
}

// title tells what a scope is for.
func (s *scope) title() string {
	t := "names of " + describe(s.use, s.what, "")
	for _, more := range []string{string(s.who), string(s.option), string(s.protocol)} {
		if more != "" {
			t += ", for " + more
		}
	}
	return t
}

// nameTable lists the rows of nameRows.
var nameTable = tables.Table[nameRow]{
	Name: "names",
	Key:  func(r nameRow) string { return fmt.Sprint(r.scope, " ", r.regions, " ", r.hosts) },
	Lists: func(r nameRow) (list []rule.Parameter) {
		for _, h := range r.hosts {
			list = append(list, rule.Parameter{Rules: []rule.Code{FirewallLacksNames}, Name: r.title() + ": " + h, Value: r.where()})
		}
		return list
	},
	Rows: nameRows,
}

// A noNameRow says that a document gives no names of a scope in some Regions.
type noNameRow struct {
	tables.Dated
	scope
	regions string // as those of a nameRow
	says    string // of the names in these Regions
	absent  string // what is not available there; "" if the Regions need no names
}

// in reports whether the row is for a Region.
func (r *noNameRow) in(region string) bool { return (&nameRow{regions: r.regions}).in(region) }

// noNameTable has what pages say of Regions without names. GovCloud has no script of login pages. For its
// graphics the page lists another address than the older one, which is that of all other Regions. Web Access was
// not for WSP at first, and with PCoIP it is not everywhere: in Frankfurt one page says so, and another lists names.
var noNameTable = tables.Table[noNameRow]{
	Name: "no names",
	Key:  func(r noNameRow) string { return fmt.Sprint(r.scope, " ", r.regions) },
	Lists: func(r noNameRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{FirewallLacksNames}, Name: r.title(), Value: r.says + " in " + (&nameRow{regions: r.regions}).where()}}
	},
	Rows: []noNameRow{
		{tables.Since(guide, allowSection.on(april2020), april2020, afterLastVersion), scope{use: NamesDirectory, what: scripts}, "us-gov-west-1", notNeeded, ""},
		{tables.Since(portsPage, allowSection.on(autumn2025), autumn2025, ""), scope{use: NamesDirectory, what: scripts}, govCloud, notNeeded, ""},
		{tables.Since(portsPage, allowSection.on(autumn2025), autumn2025, ""), scope{use: NamesDirectory, what: olderGraphics}, govCloud, notListed, ""},
		{tables.Since(guide, allowSection.on(april2020), april2020, "2020-12-02"), turnScope.only(ProtocolDCV), "", notAvailable, webAccess},
		{tables.Since(webAccessPage, "Enable and Configure Amazon WorkSpaces Web Access", "2020-12-02", "2021-09-03"), turnScope.only(ProtocolDCV), "", notAvailable, webAccess},
		{tables.Since(webAccessPage, "Enable and Configure Amazon WorkSpaces Web Access", "2021-03-09", "2022-09-02"), turnScope, "ap-south-1", notAvailable, webAccess},
		{tables.Since(portsPage, "Asia Pacific (Mumbai)", "2022-09-02", afterLastVersion), turnScope, "ap-south-1", notAvailable, webAccess},
		{tables.Since(portsPage, allowSection.on(autumn2025), autumn2025, ""), turnScope, "ap-south-1 af-south-1 il-central-1", notAvailable, webAccess},
		{tables.Since(webAccessPage, "Enable and configure WorkSpaces Web Access for WorkSpaces Personal", autumn2025, ""), turnScope, "eu-central-1 " + govCloud, notAvailable, webAccess},
	},
}

// What a noNameRow says.
const (
	notNeeded    = "not needed"
	notListed    = "not listed"
	notAvailable = "not available"

	webAccess = "Web Access"
)

// A lostNameRow says that the copies of versions of a page lack names of a use: a cell with several lists
// has a link in their place.
type lostNameRow struct {
	tables.Dated
	scope
	instead string // what is said of them elsewhere; "" is nothing
}

// lostNames makes the rows of a use whose names the copies lack, from the version of since on. Until the next
// version of the page, the guide of April 2020 has them. A use that the sections of 2022-09-02 on single
// Regions have is known again from then on.
func lostNames(s scope, since string, inSections bool) (rows []lostNameRow) {
	add := func(from, until, instead string) {
		cite := tables.Cite(portsPage, allowSection.on(since), since)
		if from = max(from, since); from < until {
			rows = append(rows, lostNameRow{tables.Dated{Span: tables.During(from, until), Cite: cite}, s, instead})
		}
	}
	const nextVersion, sections = "2020-05-07", "2022-09-02"
	add(since, april2020, "")
	add(april2020, nextVersion, "the guide of April 2020 has them")
	if !inSections {
		add(nextVersion, afterLastVersion, "")
		return rows
	}
	add(nextVersion, sections, "")
	add(sections, afterLastVersion, "the sections on single Regions have them")
	return rows
}

// ending ends rows before a day, and beginning starts them on one.
func ending(day string, rows []lostNameRow) (list []lostNameRow) {
	for _, r := range rows {
		if r.Span.Since.String() < day {
			r.Span.Until = rule.MustParseEdition(min(day, r.Span.Until.String()))
			list = append(list, r)
		}
	}
	return list
}

func beginning(day string, rows []lostNameRow) (list []lostNameRow) {
	for _, r := range rows {
		if r.Span.Until.String() > day {
			r.Span.Since = rule.MustParseEdition(max(day, r.Span.Since.String()))
			list = append(list, r)
		}
	}
	return list
}

var lostNameTable = tables.Table[lostNameRow]{
	Name: "lists in copies",
	Key:  func(r lostNameRow) string { return fmt.Sprint(r.scope) },
	Lists: func(r lostNameRow) []rule.Parameter {
		value := "some names are missing"
		if r.instead != "" {
			value += "; " + r.instead
		}
		return []rule.Parameter{{Rules: []rule.Code{FirewallLacksNames}, Name: "lists in copies, " + r.title(), Value: value}}
	},
	Rows: slices.Concat(
		ending("2020-10-28", lostNames(scope{use: NamesSessionBroker}, "2018-02-03", false)),
		beginning("2020-10-28", lostNames(scope{use: NamesSessionBroker, protocol: ProtocolPCoIP}, "2018-02-03", false)),
		lostNames(scope{use: NamesDirectory}, "2018-02-03", false),
		ending("2019-01-08", lostNames(scope{use: NamesWebClient, who: browsers}, "2018-02-03", false)),
		lostNames(turnScope, "2018-02-03", false),
		[]lostNameRow{{ // until the page names the gateways instead
			tables.Since(portsPage, "Domains and IP Addresses to Add to Your Allow List for WorkSpaces Streaming Protocol (WSP) beta", "2020-10-03", "2021-09-03"), turnScope.only(ProtocolDCV), "",
		}},
		lostNames(scope{use: NamesBroker}, "2019-01-08", false),
		lostNames(scope{use: NamesUpdates, who: applications}, "2019-03-25", true),
		lostNames(scope{use: NamesAPI}, "2019-09-24", false),
		lostNames(scope{use: NamesClientMetrics, who: newerApps}, "2019-11-26", true),
		lostNames(scope{use: NamesMessaging, who: newerApps}, "2020-09-03", true),
	),
}

// addNames takes the names of an edition into a snapshot. The names of health-check servers are rows
// of a table of their own.
func (s *snapshot) addNames(e rule.Edition) {
	s.names = nameTables{map[NameUse][]nameRow{}, map[NameUse][]lostNameRow{}, map[NameUse][]noNameRow{}}
	for _, r := range hostTable.On(e) {
		s.names.rows[NamesHealthCheck] = append(s.names.rows[NamesHealthCheck], nameRow{r.Dated, scope{use: NamesHealthCheck}, r.region, []string{r.host}})
	}
	for _, r := range nameTable.On(e) {
		s.names.rows[r.use] = append(s.names.rows[r.use], r)
	}
	for _, r := range lostNameTable.On(e) {
		s.names.lost[r.use] = append(s.names.lost[r.use], r)
	}
	for _, r := range noNameTable.On(e) {
		s.names.lacks[r.use] = append(s.names.lacks[r.use], r)
	}
}
