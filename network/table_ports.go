package network

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A portRow is a Port as a row of a table.
type portRow Port

// Row returns the dates of the port.
func (p portRow) Row() tables.Dated { return tables.Dated{Span: p.Span, Cite: p.Cite} }

// on says where a port is open, by which page, and from when until when.
type on struct {
	i            Interface
	d            Direction
	page         string
	since, until string
}

func (o on) port(transport string, from, to uint16, purpose string) portRow {
	return portRow{Kind: KindPersonal, Interface: o.i, Direction: o.d, Transport: transport, From: from, To: to, Purpose: purpose, Span: tables.During(o.since, o.until), Cite: tables.Cite(o.page, portSections[o.i].on(o.since), o.since)}
}

// portSections are those of the page on ports, and of the guide of April 2020, which has them alike.
var portSections = map[Interface]section{
	Management: {{"2018-02-03", "Management Interface Ports"}, {"2021-09-03", "Management interface ports"}},
	Primary:    {{"2018-02-03", "Primary Interface Ports"}, {"2021-09-03", "Primary interface ports"}},
	ClientSide: {{"2018-02-03", "Ports for Client Applications"}, {"2021-09-03", "Ports for client applications"}},
	WebAccess:  {{"2018-02-03", "Ports for Web Access"}},
}

func (p portRow) only(x Protocol) portRow { p.Protocol = x; return p }

// pools makes the row one of the page on Pools, which has two sections.
func (p portRow) pools() portRow {
	p.Kind = KindPools
	p.Cite.Section = "Management Network Interface IP Address Range and Ports"
	if p.Interface == Primary {
		p.Cite.Section = "Customer Network Interface Ports"
	}
	return p
}

func (p portRow) withDomain() portRow { p.Domain = true; return p }

func (p portRow) with(remote string) portRow { p.Remote = netip.MustParseAddr(remote); return p }

// within limits the other side to a range.
func (p portRow) within(r string) portRow { p.Range = netip.MustParsePrefix(r); return p }

// place tells where a port is open.
func (p portRow) place() string {
	s := string(p.Interface) + " interface"
	if p.Interface == ClientSide || p.Interface == WebAccess {
		s = string(p.Interface)
	}
	if p.Kind == KindPools {
		s += " of Pools"
	}
	silent := "direction not stated"
	if p.Domain {
		silent = "either way"
	}
	return s + ", " + cmp.Or(string(p.Direction), silent)
}

// what tells what a port is open for.
func (p portRow) what() string {
	s := fmt.Sprintf("%s %d", p.Transport, p.From)
	if p.To != p.From {
		s += fmt.Sprintf("-%d", p.To)
	}
	if p.Remote.IsValid() {
		s += " with " + p.Remote.String()
	}
	if p.Range.IsValid() {
		s += " within " + p.Range.String()
	}
	if p.Interface == Primary && p.Direction == Inbound {
		s += " from the VPC of the WorkSpaces"
	}
	if p.Protocol != AnyProtocol {
		s += ", " + string(p.Protocol)
	}
	return s + ": " + p.Purpose
}

// portTable lists the rows of portRows.
var portTable = tables.Table[portRow]{
	Name: "ports",
	Key: func(p portRow) string {
		return fmt.Sprint(p.Interface, " ", p.Direction, " ", p.Transport, " ", p.From, " ", p.Kind, " ", p.Protocol, " ", p.Remote)
	},
	Lists: func(p portRow) []rule.Parameter {
		list := []rule.Parameter{{Name: "ports, " + p.place(), Value: p.what()}}
		if p.Interface == Primary && p.Kind == KindPersonal {
			list[0].Rules = []rule.Code{SecurityGroupLacksPort}
		}
		return list
	},
	Rows: portRows,
}

// portRows are by interface and direction, in the order of the page. They are from every version
// of it until 2022-09-02, and from the readings of 2025-10-21 and 2026-05-15. A row stands until a
// version or reading that changes it, so that those of 2022-09-02 stand until 2025-10-21.
//
// The guide of April 2020 describes the beta of WSP, which the page does not before 2020-10-01:
// each is cited for what it alone has. Where both speak of a port and the guide alone names PCoIP, or says that the web client
// is not for the beta, the page counts, and the port is for every protocol. The page names a protocol for the ports of the web client
// and for 8200 from 2020-10-03 on, and gives the former to all again on 2022-09-02, when Web Access
// took WSP. It calls the streaming by 50002 and 55002 that of PCoIP until 2020-10-03. Port 4172 of the
// management interface has a protocol in its list since then, and in the section on gateways in all versions.
// Until 2019-01-08 it listed the metadata service with the primary interface. The list for client applications asks for
// 4172 and 4195 without a protocol until 2025-10-21, whatever other sections say of their use.
//
// Of the ports of the domain it says that they are open between the VPC and the controllers, and not which side
// begins. The page on Pools wants ports of the primary interface open "to all destinations" or to an address, and gives
// no direction. It limits what comes in by the other to the range that it has itself. The readings also list traffic from "127.0.01" to itself.
//
// Since 2021-09-03 the page asks for outbound access alone for Web Access. The guide's page on Web Access goes on
// with "inbound and outbound access for certain ports", and refers to this one: it names no port, so it has no row.
var portRows = []portRow{
	on{Management, Inbound, portsPage, "2018-02-03", ""}.port("tcp", 4172, 4172, "session set-up").only(ProtocolPCoIP),
	on{Management, Inbound, portsPage, "2018-02-03", ""}.port("udp", 4172, 4172, "user input").only(ProtocolPCoIP),
	on{Management, Inbound, guide, april2020, "2020-10-03"}.port("tcp", 4195, 4195, "session set-up").only(ProtocolDCV),
	on{Management, Inbound, guide, april2020, "2020-10-03"}.port("udp", 4195, 4195, "user input").only(ProtocolDCV),
	on{Management, Inbound, portsPage, "2019-01-08", "2020-10-03"}.port("tcp", 4489, 4489, "web client"),
	on{Management, Inbound, portsPage, "2020-10-03", "2022-09-02"}.port("tcp", 4489, 4489, "web client").only(ProtocolPCoIP),
	on{Management, Inbound, portsPage, "2022-09-02", ""}.port("tcp", 4489, 4489, "web client"),
	on{Management, Inbound, portsPage, "2018-02-03", "2020-10-03"}.port("tcp", 8200, 8200, "management and configuration"),
	on{Management, Inbound, portsPage, "2020-10-03", autumn2025}.port("tcp", 8200, 8200, "management and configuration").only(ProtocolPCoIP),
	on{Management, Inbound, portsPage, autumn2025, ""}.port("tcp", 8200, 8200, "management and configuration"),
	on{Management, Inbound, guide, april2020, ""}.port("tcp", 8201, 8250, "session set-up and user input").only(ProtocolDCV),
	on{Management, Inbound, portsPage, "2022-09-02", ""}.port("udp", 8220, 8220, "session set-up and user input").only(ProtocolDCV),

	on{Management, Outbound, portsPage, "2019-01-08", "2020-10-03"}.port("tcp", 8443, 8443, "web client"),
	on{Management, Outbound, portsPage, "2020-10-03", "2022-09-02"}.port("tcp", 8443, 8443, "web client").only(ProtocolPCoIP),
	on{Management, Outbound, portsPage, "2022-09-02", ""}.port("tcp", 8443, 8443, "web client"),
	on{Management, Outbound, portsPage, "2019-01-08", "2020-10-03"}.port("tcp", 9997, 9997, "web client"),
	on{Management, Outbound, portsPage, "2020-10-03", "2022-09-02"}.port("tcp", 9997, 9997, "web client").only(ProtocolPCoIP),
	on{Management, Outbound, portsPage, "2022-09-02", ""}.port("tcp", 9997, 9997, "web client"),
	on{Management, Outbound, portsPage, "2019-01-08", "2020-10-03"}.port("udp", 3478, 3478, "web client"),
	on{Management, Outbound, portsPage, "2020-10-03", "2022-09-02"}.port("udp", 3478, 3478, "web client").only(ProtocolPCoIP),
	on{Management, Outbound, portsPage, "2022-09-02", ""}.port("udp", 3478, 3478, "web client"),
	on{Management, Outbound, portsPage, "2019-01-08", "2020-10-03"}.port("udp", 4172, 4172, "web client"),
	on{Management, Outbound, portsPage, "2020-10-03", "2022-09-02"}.port("udp", 4172, 4172, "web client").only(ProtocolPCoIP),
	on{Management, Outbound, portsPage, "2022-09-02", ""}.port("udp", 4172, 4172, "web client"),
	on{Management, Outbound, guide, april2020, "2022-09-02"}.port("udp", 4195, 4195, "web client").only(ProtocolPCoIP),
	on{Management, Outbound, portsPage, "2022-09-02", ""}.port("udp", 4195, 4195, "web client"),
	on{Management, Outbound, portsPage, "2019-09-24", "2020-10-03"}.port("udp", 50002, 50002, "streaming").only(ProtocolPCoIP),
	on{Management, Outbound, guide, april2020, "2020-10-03"}.port("udp", 50002, 50002, "streaming").only(ProtocolDCV),
	on{Management, Outbound, portsPage, "2020-10-03", spring2026}.port("udp", 50002, 50002, "streaming"),
	on{Management, Outbound, portsPage, "2018-02-03", "2020-10-03"}.port("udp", 55002, 55002, "streaming").only(ProtocolPCoIP),
	on{Management, Outbound, guide, april2020, "2020-10-03"}.port("udp", 55002, 55002, "streaming").only(ProtocolDCV),
	on{Management, Outbound, portsPage, "2020-10-03", spring2026}.port("udp", 55002, 55002, "streaming"),
	on{Management, Outbound, portsPage, "2019-01-08", ""}.port("tcp", 80, 80, "EC2 metadata").with("169.254.169.254"),
	on{Management, Outbound, portsPage, "2019-01-08", "2020-12-23"}.port("tcp", 1688, 1688, "Microsoft KMS for Windows and Office").with("169.254.169.250"),
	on{Management, Outbound, portsPage, "2020-12-23", ""}.port("tcp", 1688, 1688, "Microsoft KMS for Windows of public bundles").with("169.254.169.250"),
	on{Management, Outbound, portsPage, "2019-01-08", "2020-12-23"}.port("tcp", 1688, 1688, "Microsoft KMS for Windows and Office").with("169.254.169.251"),
	on{Management, Outbound, portsPage, "2020-12-23", ""}.port("tcp", 1688, 1688, "Microsoft KMS for Windows of public bundles").with("169.254.169.251"),
	on{Management, Outbound, portsPage, "2020-12-23", ""}.port("tcp", 1688, 1688, "Microsoft KMS for Office on BYOL").with("54.239.236.220"),
	on{Management, Outbound, portsPage, "2020-12-23", ""}.port("tcp", 0, 65535, "host behind a proxy").only(ProtocolDCV).with("127.0.0.2"),

	on{Primary, Inbound, portsPage, "2018-02-03", ""}.port("tcp", 80, 80, "internet"),
	on{Primary, Inbound, portsPage, "2018-02-03", ""}.port("tcp", 443, 443, "internet"),

	on{Primary, Outbound, portsPage, "2018-02-03", ""}.port("tcp", 80, 80, "internet"),
	on{Primary, Outbound, portsPage, "2018-02-03", ""}.port("tcp", 443, 443, "internet"),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 53, 53, "DNS").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 53, 53, "DNS").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 88, 88, "Kerberos").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 88, 88, "Kerberos").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 123, 123, "NTP").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 135, 135, "RPC").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 137, 138, "Netlogon").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 139, 139, "Netlogon").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 389, 389, "LDAP").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 389, 389, "LDAP").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 445, 445, "SMB").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("udp", 445, 445, "SMB").withDomain(),
	on{Primary, EitherWay, portsPage, "2018-02-03", ""}.port("tcp", 1024, 65535, "dynamic ports of RPC").withDomain(),
	on{Primary, EitherWay, portsPage, autumn2025, ""}.port("tcp", 636, 636, "LDAPS").withDomain(),
	on{Primary, EitherWay, portsPage, autumn2025, ""}.port("udp", 636, 636, "LDAPS").withDomain(),
	on{Primary, EitherWay, portsPage, autumn2025, ""}.port("tcp", 3268, 3269, "Global Catalog").withDomain(),
	on{Primary, Outbound, portsPage, "2018-02-03", "2019-01-08"}.port("tcp", 80, 80, "EC2 metadata").with("169.254.169.254"),

	on{Management, Inbound, poolsPage, autumn2025, ""}.port("tcp", 8300, 8300, "session set-up").pools().within(net198),
	on{Management, Inbound, poolsPage, autumn2025, ""}.port("udp", 8300, 8300, "session set-up").pools().within(net198),
	on{Management, Inbound, poolsPage, autumn2025, ""}.port("tcp", 8000, 8000, "management").pools().within(net198),
	on{Management, Inbound, poolsPage, autumn2025, ""}.port("tcp", 8443, 8443, "management").pools().within(net198),

	on{Management, Outbound, poolsPage, autumn2025, ""}.port("tcp", 3128, 3128, "management").pools(),

	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 80, 80, "internet").pools(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 443, 443, "internet").pools(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 4195, 4195, "internet").pools(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 80, 80, "EC2 metadata").pools().with("169.254.169.254"),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 53, 53, "DNS").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 53, 53, "DNS").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 88, 88, "Kerberos").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 88, 88, "Kerberos").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 123, 123, "NTP").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 135, 135, "RPC").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 137, 138, "Netlogon").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 139, 139, "Netlogon").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 389, 389, "LDAP").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 389, 389, "LDAP").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 445, 445, "SMB").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("udp", 445, 445, "SMB").pools().withDomain(),
	on{Primary, EitherWay, poolsPage, autumn2025, ""}.port("tcp", 1024, 65535, "dynamic ports of RPC").pools().withDomain(),

	on{ClientSide, Inbound, portsPage, "2019-11-26", "2020-06-04"}.port("tcp", 443, 443, "signing in and updates"),
	on{ClientSide, Inbound, portsPage, "2019-11-26", "2020-06-04"}.port("tcp", 4172, 4172, "streaming and health check"),
	on{ClientSide, Inbound, portsPage, "2019-11-26", "2020-06-04"}.port("udp", 4172, 4172, "streaming and health check"),
	on{ClientSide, Inbound, guide, april2020, "2020-06-04"}.port("tcp", 4195, 4195, "streaming and health check"),
	on{ClientSide, Inbound, guide, april2020, "2020-06-04"}.port("udp", 4195, 4195, "streaming and health check"),

	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("udp", 53, 53, "DNS, optional"),
	on{ClientSide, Outbound, portsPage, "2018-02-03", ""}.port("tcp", 443, 443, "signing in and updates"),
	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("udp", 443, 443, "signing in and updates"),
	on{ClientSide, Outbound, portsPage, "2018-02-03", autumn2025}.port("tcp", 4172, 4172, "streaming and health check"),
	on{ClientSide, Outbound, portsPage, "2018-02-03", autumn2025}.port("udp", 4172, 4172, "streaming and health check"),
	on{ClientSide, Outbound, guide, april2020, autumn2025}.port("tcp", 4195, 4195, "streaming and health check"),
	on{ClientSide, Outbound, guide, april2020, autumn2025}.port("udp", 4195, 4195, "streaming and health check"),
	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("tcp", 4172, 4172, "streaming and health check").only(ProtocolPCoIP),
	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("udp", 4172, 4172, "streaming and health check").only(ProtocolPCoIP),
	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("tcp", 4195, 4195, "streaming and health check").only(ProtocolDCV),
	on{ClientSide, Outbound, portsPage, autumn2025, ""}.port("udp", 4195, 4195, "streaming and health check").only(ProtocolDCV),
	on{ClientSide, Outbound, portsPage, spring2026, ""}.port("udp", 50002, 50002, "streaming").only(ProtocolPCoIP),
	on{ClientSide, Outbound, portsPage, spring2026, ""}.port("udp", 55002, 55002, "streaming").only(ProtocolPCoIP),

	on{WebAccess, Inbound, portsPage, "2018-02-03", "2021-09-03"}.port("udp", 53, 53, "DNS, optional"),
	on{WebAccess, Inbound, portsPage, "2018-02-03", "2021-09-03"}.port("tcp", 80, 80, "first connection"),
	on{WebAccess, Inbound, portsPage, "2018-02-03", "2021-09-03"}.port("tcp", 443, 443, "signing in"),
	on{WebAccess, Inbound, portsPage, "2018-02-03", "2021-09-03"}.port("udp", 80, 80, "first connection"),
	on{WebAccess, Inbound, portsPage, "2018-02-03", "2021-09-03"}.port("udp", 443, 443, "signing in"),

	on{WebAccess, Outbound, portsPage, "2018-02-03", ""}.port("udp", 53, 53, "DNS, optional"),
	on{WebAccess, Outbound, portsPage, "2018-02-03", ""}.port("tcp", 80, 80, "first connection"),
	on{WebAccess, Outbound, portsPage, "2018-02-03", autumn2025}.port("tcp", 443, 443, "signing in"),
	on{WebAccess, Outbound, portsPage, autumn2025, ""}.port("tcp", 443, 443, "signing in and streaming"),
	on{WebAccess, Outbound, portsPage, "2021-09-03", ""}.port("tcp", 4195, 4195, "streaming").only(ProtocolDCV),
	on{WebAccess, Outbound, portsPage, "2018-02-03", ""}.port("udp", 80, 80, "first connection"),
	on{WebAccess, Outbound, portsPage, "2018-02-03", ""}.port("udp", 443, 443, "signing in"),
	on{WebAccess, Outbound, portsPage, "2021-09-03", ""}.port("udp", 4195, 4195, "streaming").only(ProtocolDCV),
}
