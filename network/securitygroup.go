package network

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rule for the security groups of WorkSpaces and controllers.
const SecurityGroupLacksPort rule.Code = "network.security-group-lacks-port"

var securityGroupRules = []tables.Rule{{
	Code:      SecurityGroupLacksPort,
	Title:     "A security group of WorkSpaces does not open a port that the guide lists for the primary interface.",
	Remedy:    "Add a rule to the security group that opens the port in the direction that is named.",
	Revisions: []rule.Revision{tables.Must(portsPage, "Primary Interface Ports", "2018-02-03", "")},
}}

// A SecurityGroup is a security group as EC2 describes it.
type SecurityGroup struct {
	ID              string
	Ingress, Egress []SecurityGroupRule
}

// A SecurityGroupRule permits a range of ports to or from its sources taken together.
type SecurityGroupRule struct {
	// Protocol is "-1" for everything, a name such as "tcp", or a number. Only TCP (6) and
	// UDP (17) matter here.
	Protocol    string
	From, To    int            // ports, both included; -1 and -1 for all; of no account for "-1"
	CIDRs       []netip.Prefix // IPv4 and IPv6
	Groups      []string       // ids of security groups, this one itself perhaps
	PrefixLists []string       // ids of lists whose entries are not known
}

// A Peer is what WorkSpaces must reach, or be reached from.
type Peer struct {
	Addresses []netip.Prefix
	// Groups are security groups that every one of its interfaces carries: a rule for one of
	// them opens the way to the whole peer.
	Groups []string
}

// A SecurityGroupRole says whose interfaces carry a security group.
type SecurityGroupRole string

const (
	// OfWorkSpaces: the group is on WorkSpaces, as <directory id>_workspacesMembers is.
	OfWorkSpaces SecurityGroupRole = "workspaces"
	// OfControllers: the group is on domain controllers, as <directory id>_controllers is.
	OfControllers SecurityGroupRole = "controllers"
)

// A DirectoryType is a type of directory, spelled as the API spells it. The guide gives one
// list of ports for all types, those without a constant here included; they differ in who
// opens the ports.
type DirectoryType string

const (
	SimpleAD    DirectoryType = "SIMPLE_AD"    // AWS Directory Service sets up the group of the controllers
	ADConnector DirectoryType = "AD_CONNECTOR" // the default security group of the VPC may need adjusting
)

// A SecurityGroupUse says what a security group is for.
type SecurityGroupUse struct {
	Role        SecurityGroupRole
	Directory   DirectoryType // "" if it is not known
	VPC         Peer          // the VPC of the WorkSpaces
	Controllers Peer          // the domain controllers, or DNS servers, of the directory
	// Internet is set if the WorkSpaces are to have internet access, for which the guide
	// asks to open ports 80 and 443 by hand.
	Internet bool
}

// A MissingPort is a documented port that a security group does not open.
type MissingPort struct {
	Port     Port           // as documented, with the direction as the group sees it; From and To below may be a part of it
	From, To uint16         // both included
	Peers    []netip.Prefix // towards what, as the fewest prefixes; other ports may share the slice
	// Perhaps is set if it may be open: to a prefix list whose entries are not known, or to
	// a security group that the whole peer may or may not carry.
	Perhaps bool
}

// A SecurityGroupCheck is the answer to whether a security group opens what it must.
type SecurityGroupCheck struct {
	// Answer has a SecurityGroupLacksPort for each element of Missing, in its order. Those
	// that may be open (Perhaps) are open questions instead. So are, on dates between the
	// version of 2022-09-02 and the reading of 2025-10-21, ports that the group does not open
	// and that the reading added to the list.
	rule.Answer
	Missing []MissingPort // in the order of Ports; those that may be open included
}

// CheckSecurityGroup tells which ports of the guide's list for the primary interface a
// security group does not open. The guide says that the ports of the domain are open between the VPC of
// the WorkSpaces and the controllers. This is read so: WorkSpaces begin the connections, so their group needs
// the ports outbound to the controllers, and that of the controllers inbound from the VPC. For internet access
// the group of WorkSpaces needs 80 and 443, outbound to everywhere and inbound from their VPC. Until 2019-01-08 the list had the metadata service, at 169.254.169.254,
// for the group of WorkSpaces. The guide gives one list for every type of directory. The list is that
// of WorkSpaces Personal. There is no check for Pools: their page gives no direction for the internet either, and
// [Rules.Ports] has its list. Rules that are wider than needed are no fault, and rules may open a port together.
//
// Answers to what a WorkSpace has begun need no rule, for security groups keep state. ICMP
// and other protocols are not looked at. The error is a *rule.InputError for a rule with an
// invalid prefix, port or protocol, and for a use without a role or addresses.
func (r Rules) CheckSecurityGroup(g SecurityGroup, use SecurityGroupUse) (SecurityGroupCheck, error) {
	if err := r.known(); err != nil {
		return SecurityGroupCheck{}, err
	}
	if use.Role != OfWorkSpaces && use.Role != OfControllers {
		return SecurityGroupCheck{}, &rule.InputError{Path: "Role", Value: string(use.Role), Reason: "is neither workspaces nor controllers"}
	}
	for _, p := range []struct {
		at rule.Path
		Peer
	}{{"VPC", use.VPC}, {"Controllers", use.Controllers}} {
		if len(p.Addresses) == 0 {
			return SecurityGroupCheck{}, &rule.InputError{Path: p.at, Reason: "has no addresses"}
		}
		for i, a := range p.Addresses {
			if !a.IsValid() {
				return SecurityGroupCheck{}, invalidPrefix(p.at.Index(i), a)
			}
		}
	}
	ingress, err := readRules(g.Ingress, "IpPermissions")
	if err != nil {
		return SecurityGroupCheck{}, err
	}
	egress, err := readRules(g.Egress, "IpPermissionsEgress")
	if err != nil {
		return SecurityGroupCheck{}, err
	}
	var check SecurityGroupCheck
	for _, p := range r.Ports(Primary, KindPersonal, AnyProtocol) {
		if p, peer, ok := use.wants(p); ok {
			check.Missing = append(check.Missing, closed(p, p.side(ingress, egress), peer)...)
		}
	}
	for _, m := range check.Missing {
		r.s.lacksPort(&check.Answer, g.ID, use, m)
	}
	for _, p := range r.s.addedLater {
		if p, peer, ok := use.wants(p); ok && len(closed(p, p.side(ingress, egress), peer)) > 0 {
			check.NotDocumented(p.sidePath(), fmt.Sprintf("no version between 2022-09-02 and %s was read, from when on the list has %s %d (%s)", autumn2025, p.Transport, p.From, p.Purpose))
		}
	}
	check.Answer = check.Concluded()
	return check, nil
}

// internet is every IPv4 address.
var internet = Peer{Addresses: []netip.Prefix{netip.PrefixFrom(netip.IPv4Unspecified(), 0)}}

// wants returns a port of the list as the group is asked for it, and towards whom. It returns
// false if the group does not need the port.
func (use SecurityGroupUse) wants(p Port) (Port, Peer, bool) {
	switch {
	case p.Domain && use.Role == OfControllers:
		p.Direction = Inbound // as the controllers see it
		return p, use.VPC, true
	case p.Domain:
		p.Direction = Outbound // as the WorkSpaces see it
		return p, use.Controllers, true
	case use.Role == OfControllers:
		return p, Peer{}, false
	case p.Remote.IsValid():
		return p, Peer{Addresses: []netip.Prefix{netip.PrefixFrom(p.Remote, p.Remote.BitLen())}}, true
	case p.Direction == Inbound:
		return p, use.VPC, use.Internet
	}
	return p, internet, use.Internet
}

// side returns the rules of a group that may open the port.
func (p Port) side(ingress, egress []opening) []opening {
	if p.Direction == Inbound {
		return ingress
	}
	return egress
}

// sidePath returns where a group has the rules of side.
func (p Port) sidePath() rule.Path {
	if p.Direction == Inbound {
		return "IpPermissions"
	}
	return "IpPermissionsEgress"
}

// An opening is a rule for TCP or UDP, or both.
type opening struct {
	tcp, udp bool
	from, to int
	SecurityGroupRule
}

func readRules(list []SecurityGroupRule, at rule.Path) ([]opening, error) {
	var openings []opening
	for i, rl := range list {
		o := opening{from: rl.From, to: rl.To, SecurityGroupRule: rl}
		for j, p := range rl.CIDRs {
			if !p.IsValid() {
				return nil, invalidPrefix(at.Index(i).Join("IpRanges").Index(j).Join("CidrIp"), p)
			}
		}
		number, err := protocolNumber(rl.Protocol)
		switch {
		case err != nil:
			return nil, &rule.InputError{Path: at.Index(i).Join("IpProtocol"), Value: rl.Protocol, Reason: "is not a protocol"}
		case number == -1:
			o.tcp, o.udp, o.from, o.to = true, true, 0, 65535
		case number != tcp && number != udp:
			continue
		}
		o.tcp, o.udp = o.tcp || number == tcp, o.udp || number == udp
		if o.from == -1 && o.to == -1 {
			o.from, o.to = 0, 65535
		}
		if o.from < 0 || o.to > 65535 || o.from > o.to {
			return nil, &rule.InputError{Path: at.Index(i).Join("FromPort"), Value: fmt.Sprintf("%d-%d", rl.From, rl.To), Reason: "is not a range of ports"}
		}
		openings = append(openings, o)
	}
	return openings, nil
}

const tcp, udp = 6, 17

// protocolNumber reads a protocol as EC2 takes it; -1 is every protocol.
func protocolNumber(s string) (int, error) {
	switch strings.ToLower(s) {
	case "-1":
		return -1, nil
	case "tcp":
		return tcp, nil
	case "udp":
		return udp, nil
	case "icmp":
		return 1, nil
	case "icmpv6":
		return 58, nil
	}
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err
}

// lacksPort adds what follows from a port that a group does not open, or may not open.
func (s *snapshot) lacksPort(a *rule.Answer, group string, use SecurityGroupUse, m MissingPort) {
	ports, side, way := strconv.Itoa(int(m.From)), m.Port.sidePath(), "to"
	if m.To > m.From {
		ports += "-" + strconv.Itoa(int(m.To))
	}
	if m.Port.Direction == Inbound {
		way = "from"
	}
	if m.Perhaps {
		a.NotGiven(side, fmt.Sprintf("%s %s (%s) may be open %s a prefix list or security group whose members are not known", m.Port.Transport, ports, m.Port.Purpose, way))
		return
	}
	s.rules.BreakBy(a, m.Port.Cite, SecurityGroupLacksPort, side, "%q does not open %s %s (%s) %s %s%s",
		group, m.Port.Transport, ports, m.Port.Purpose, way, prefixList(m.Peers), use.advice(m.Port))
}

// advice returns what the guide says of a port of the domain for the directory's type.
func (use SecurityGroupUse) advice(p Port) string {
	switch {
	case !p.Domain:
	case use.Directory == SimpleAD && use.Role == OfControllers:
		return "; AWS Directory Service sets this group up for Simple AD, so it has been changed"
	case use.Directory == ADConnector:
		return "; for AD Connector, adjust the default security group of the VPC"
	}
	return ""
}
