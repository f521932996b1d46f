package network

import (
	"net/netip"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An Interface is where traffic passes.
type Interface string

const (
	Management Interface = "management" // eth0 of a WorkSpace
	Primary    Interface = "primary"    // eth1 of a WorkSpace, in your VPC
	ClientSide Interface = "client"     // the network of a client application
	WebAccess  Interface = "web-access" // the network of a browser
)

// A Direction is seen from the interface.
type Direction string

const (
	Inbound  Direction = "in"  // to the interface
	Outbound Direction = "out" // from the interface
	// EitherWay: the document does not say which side begins, as for the ports of the domain, or gives no direction.
	EitherWay Direction = ""
)

// A Port is a range of ports that must be open.
type Port struct {
	Interface Interface
	Direction Direction
	Transport string // "tcp" or "udp"
	From, To  uint16 // both included
	Purpose   string
	Kind      DirectoryKind
	Protocol  Protocol // AnyProtocol if it is for both
	// Remote is the one address on the other side, if the document gives one.
	Remote netip.Addr
	// Range is what the document limits the other side to; the zero Prefix if it names no range. What comes in
	// by the primary interface of WorkSpaces Personal is limited to the VPC of the WorkSpaces, which has no Range.
	Range netip.Prefix
	// Domain is set for the ports between WorkSpaces and domain controllers.
	Domain bool
	Span   rule.Span
	Cite   rule.Citation
}

// Ports returns the ports that the documents of the edition give for an interface, for
// WorkSpaces of a kind and a protocol, those for both protocols included. With AnyProtocol it
// returns only these. The ports of Pools are not told apart by protocol. They are in the
// order of the guide's lists, inbound before outbound, as a new slice. It is empty if no
// document gives any. For browsers the page on Web Access still asks for inbound access, too, without
// naming ports, while the page on ports has asked for outbound access alone since 2021-09-03. No version between 2022-09-02 and 2025-10-21 was read: on dates between,
// the ports are those of the former.
func (r Rules) Ports(i Interface, k DirectoryKind, protocol Protocol) []Port {
	if r.s == nil {
		return nil
	}
	var ports []Port
	for _, p := range r.s.ports {
		if p.Interface == i && p.Kind == k && (p.Protocol == protocol || p.Protocol == AnyProtocol) {
			ports = append(ports, p)
		}
	}
	return ports
}

// OfficeKMS returns the address at which a WorkSpace from a public bundle activates
// Microsoft Office, on TCP port 1688: that of its management interface with the last two
// octets 64.250. It shares the management range, and any conflict with it. Documented
// since 2020-12-23; before, and for an address that is not IPv4, the error is a
// *rule.InputError.
func (r Rules) OfficeKMS(management netip.Addr) (netip.Addr, error) {
	if err := r.known(); err != nil {
		return netip.Addr{}, err
	}
	if !r.s.officeKMS {
		return netip.Addr{}, r.edition.Within(officeKMSTable.Rows[0].Span.Since, tables.Newest())
	}
	a := management.Unmap()
	if !a.Is4() {
		return netip.Addr{}, &rule.InputError{Path: "ManagementAddress", Value: management.String(), Reason: "is not an IPv4 address"}
	}
	b := a.As4()
	b[2], b[3] = 64, 250
	return netip.AddrFrom4(b), nil
}

// officeKMSTable tells since when the address of OfficeKMS is documented.
var officeKMSTable = tables.Table[tables.Dated]{
	Name: "Office KMS",
	Rows: []tables.Dated{tables.Since(portsPage, "Management Interface Ports", "2020-12-23", "")},
}
