package network

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The codes of this package.
const (
	// ManagementRangesExhausted: every management range of the Region conflicts, so the
	// directory is not registered. Remedy: register the directory in a VPC, or with routes,
	// that leave at least one management range of the Region free.
	ManagementRangesExhausted rule.Code = "network.management-ranges-exhausted"
	// ManagementRangeConflict: a management range of the Region is in use or covered, in a
	// registration that is not denied for it. Remedy: keep the VPC and every network that it
	// reaches clear of the management ranges.
	ManagementRangeConflict rule.Code = "network.management-range-conflict"
	// ManagementCIDRNotSlash16: a BYOL management range is not written a.b.0.0/16. Remedy:
	// write the range as a.b.0.0/16.
	ManagementCIDRNotSlash16 rule.Code = "network.management-cidr-not-slash-16"
	// ManagementCIDROutsideParents: a BYOL management range is in none of the five ranges from
	// which it must be taken. Remedy: take a /16 from 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12,
	// 192.168.0.0/16 or 198.18.0.0/15.
	ManagementCIDROutsideParents rule.Code = "network.management-cidr-outside-parents"
	// ManagementCIDRInUse: a BYOL management range overlaps what is in use. Remedy: choose a
	// /16 that no VPC, route or network of yours overlaps, such as one of
	// ProposeManagementCIDRs.
	ManagementCIDRInUse rule.Code = "network.management-cidr-in-use"
	// ManagementCIDRFinal: a BYOL management range cannot be changed once it is set. Remedy:
	// make sure that the range can stay before it is set, and ask AWS in case of doubt.
	ManagementCIDRFinal rule.Code = "network.management-cidr-final"
	// IPGroupsOverQuota: an account has more IP access control groups than it may. Remedy:
	// delete IP access control groups, or merge the rules of several into one.
	IPGroupsOverQuota rule.Code = "network.ip-groups-over-quota"
	// IPGroupRulesOverQuota: an IP access control group has more rules than it may. Remedy:
	// aggregate the rules into fewer prefixes, or spread them over several groups.
	IPGroupRulesOverQuota rule.Code = "network.ip-group-rules-over-quota"
	// IPGroupsOfDirectoryOverQuota: a directory is associated with more IP access control
	// groups than it may. Remedy: associate fewer groups with the directory, with more rules in
	// each.
	IPGroupsOfDirectoryOverQuota rule.Code = "network.ip-groups-of-directory-over-quota"
	// IPGroupQuotaDisputed: a number is within the quota of one document and over that of
	// another. Remedy: stay within the smaller number, or look at Service Quotas for what the
	// account has.
	IPGroupQuotaDisputed rule.Code = "network.ip-group-quota-disputed"
	// IPGroupLockOut: an IP access control group without rules blocks everybody. Remedy: add a
	// rule to the group, or disassociate it from the directory.
	IPGroupLockOut rule.Code = "network.ip-group-lock-out"
	// FirewallLacksGateways: an allow-list lacks streaming gateways. Remedy: permit the
	// addresses of the streaming gateways that are named.
	FirewallLacksGateways rule.Code = "network.firewall-lacks-gateways"
	// FirewallLacksHealthChecks: an allow-list lacks health-check servers. Remedy: permit the
	// addresses of the health-check servers that are named.
	FirewallLacksHealthChecks rule.Code = "network.firewall-lacks-health-checks"
	// FirewallLacksAccelerator: an allow-list lacks the addresses of AWS Global Accelerator,
	// which the client uses. Remedy: permit the addresses of AWS Global Accelerator that are
	// named, or switch it off for the directory.
	FirewallLacksAccelerator rule.Code = "network.firewall-lacks-accelerator"
	// FirewallLacksHTTPS: an allow-list lacks addresses that clients reach on port 443. Remedy:
	// permit the ranges of ip-ranges.json that are named, on port 443.
	FirewallLacksHTTPS rule.Code = "network.firewall-lacks-https"
	// FirewallDisputed: an allow-list lacks addresses of which the guide and ip-ranges.json do
	// not say the same, or that the guide seems to misprint. Remedy: permit the addresses of
	// both documents, or ask AWS Support which of them hold.
	FirewallDisputed rule.Code = "network.firewall-disputed"
	// SubnetsNotTwo: a directory is to be registered with one subnet or more than two. Remedy:
	// give two subnets, in different Availability Zones.
	SubnetsNotTwo rule.Code = "network.subnets-not-two"
	// SubnetsInOneZone: subnets of a directory share an Availability Zone. Remedy: choose
	// subnets in different Availability Zones.
	SubnetsInOneZone rule.Code = "network.subnets-in-one-zone"
	// SubnetZoneUnsupported: a subnet is in an Availability Zone without WorkSpaces. Remedy:
	// choose a subnet in one of the Availability Zones that are named, by the ID of its zone.
	SubnetZoneUnsupported rule.Code = "network.subnet-zone-unsupported"
	// SubnetSize: a subnet is larger than /16 or smaller than /28. Remedy: choose a subnet of
	// /16 to /28.
	SubnetSize rule.Code = "network.subnet-size"
	// SubnetsLackAddresses: subnets have fewer free addresses than are needed. Remedy: free
	// addresses in the subnets, or use larger ones.
	SubnetsLackAddresses rule.Code = "network.subnets-lack-addresses"
	// RoundTripDegrades: a round-trip time degrades sessions. Remedy: use a Region that is
	// nearer to the user, or a faster connection.
	RoundTripDegrades rule.Code = "network.round-trip-degrades"
	// RoundTripEndsSession: a round-trip time ends sessions. Remedy: use a Region that is
	// nearer to the user, or a faster connection.
	RoundTripEndsSession rule.Code = "network.round-trip-ends-session"
	// VPNMTUTooSmall: the MTU of a VPN is under 1200 bytes. Remedy: set the MTU of the VPN to
	// 1200 bytes or more.
	VPNMTUTooSmall rule.Code = "network.vpn-mtu-too-small"
	// DownlinkTooSlow: a user has less than 1 Mbit/s. Remedy: give the user at least 1 Mbit/s
	// downstream.
	DownlinkTooSlow rule.Code = "network.downlink-too-slow"
	// AcceleratorWithFIPSAndIPGroups: Global Accelerator, FIPS and IP access control groups are
	// set for one directory. Remedy: give up Global Accelerator, FIPS or the IP access control
	// groups for the directory.
	AcceleratorWithFIPSAndIPGroups rule.Code = "network.accelerator-with-fips-and-ip-groups"
	// EndpointWithFIPS: a streaming VPC endpoint and FIPS are set for one directory. Remedy:
	// give up the streaming VPC endpoint or FIPS for the directory.
	EndpointWithFIPS rule.Code = "network.endpoint-with-fips"
	// EndpointWithAccelerator: a streaming VPC endpoint and Global Accelerator are set for one
	// directory. Remedy: give up the streaming VPC endpoint or Global Accelerator for the
	// directory.
	EndpointWithAccelerator rule.Code = "network.endpoint-with-accelerator"
	// EndpointIgnoresIPGroups: IP access control groups have no effect on the clients of a
	// streaming VPC endpoint. Remedy: limit by your own network who reaches the endpoint, for
	// the groups do not.
	EndpointIgnoresIPGroups rule.Code = "network.endpoint-ignores-ip-groups"
	// SecurityGroupLacksPort: a security group of WorkSpaces does not open a port that the
	// guide lists for the primary interface. Remedy: add a rule to the security group that
	// opens the port in the direction that is named.
	SecurityGroupLacksPort rule.Code = "network.security-group-lacks-port"
)

// ruleRows, by code and date. The test at registration is worded alike in every
// version since 2018-02-03. The advice to keep every network that can reach the
// WorkSpaces clear of the management range is in the whitepaper, of which only the
// newest reading is dated.
var ruleRows = []rule.Row{
	{Code: ManagementRangesExhausted, Level: rule.Must, Span: tables.During("2018-02-03", ""), Cite: tables.Cite(portsPage, "Network interfaces", "2018-02-03")},

	{Code: ManagementRangeConflict, Level: rule.Should, Span: tables.During(lastReading, ""), Cite: tables.Cite(whitepaper, "VPC design", lastReading)},

	// The guide asks for a /16; the pattern of the API's member has the exact form.
	{Code: ManagementCIDRNotSlash16, Level: rule.Must, Span: tables.During("2018-02-03", lastReading), Cite: tables.Cite(byolPage, "Requirements", "2018-02-03")},
	{Code: ManagementCIDRNotSlash16, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(modifyAPI, "DedicatedTenancyManagementCidrRange", lastReading)},

	{Code: ManagementCIDROutsideParents, Level: rule.Must, Span: tables.During("2018-02-03", ""), Cite: tables.Cite(byolPage, "Requirements", "2018-02-03")},

	// 2018: a /16 must be usable, of which that nothing uses it is only a reading.
	// 2019-10-25: the range must not conflict with the internal network. 2020-06-04: a
	// /16 must be reserved, a wording withdrawn from 2020-09-01 to 2020-09-03. Newest:
	// and it must not conflict in your network.
	{Code: ManagementCIDRInUse, Level: rule.Should, Span: tables.During("2018-02-03", "2019-10-25"), Cite: tables.Cite(byolPage, "Requirements", "2018-02-03")},
	{Code: ManagementCIDRInUse, Level: rule.Must, Span: tables.During("2019-10-25", "2020-06-04"), Cite: tables.Cite(byolPage, "Step 1: Enable BYOL", "2019-10-25")},
	{Code: ManagementCIDRInUse, Level: rule.Must, Span: tables.During("2020-06-04", "2020-09-01"), Cite: tables.Cite(byolPage, "Requirements", "2020-06-04")},
	{Code: ManagementCIDRInUse, Level: rule.Must, Span: tables.During("2020-09-01", "2020-09-03"), Cite: tables.Cite(byolPage, "Step 1: Enable BYOL", "2020-09-01")},
	{Code: ManagementCIDRInUse, Level: rule.Must, Span: tables.During("2020-09-03", lastReading), Cite: tables.Cite(byolPage, "Requirements", "2020-09-03")},
	{Code: ManagementCIDRInUse, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(byolPage, "Requirements", lastReading)},

	{Code: IPGroupsOverQuota, Level: rule.Must, Span: tables.During("2018-05-02", ""), Cite: tables.Cite(ipGroupsPage, "IP access control groups", "2018-05-02")},
	{Code: IPGroupRulesOverQuota, Level: rule.Must, Span: tables.During("2018-05-02", ""), Cite: tables.Cite(ipGroupsPage, "IP access control groups", "2018-05-02")},
	{Code: IPGroupsOfDirectoryOverQuota, Level: rule.Must, Span: tables.During("2018-05-02", ""), Cite: tables.Cite(ipGroupsPage, "IP access control groups", "2018-05-02")},
	{Code: IPGroupQuotaDisputed, Level: rule.Should, Span: tables.During(lastReading, ""), Cite: tables.Cite(generalReference, "Service quotas", lastReading)},
	{Code: IPGroupLockOut, Level: rule.Should, Span: tables.During("2018-05-02", ""), Cite: tables.Cite(ipGroupsPage, "IP access control groups", "2018-05-02")},

	{Code: FirewallLacksGateways, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(portsPage, "Gateway servers", "2020-04-29")},
	{Code: FirewallLacksHealthChecks, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(portsPage, "Health check servers", "2020-04-29")},
	{Code: FirewallLacksAccelerator, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(portsPage, "AWS Global Accelerator", lastReading)},
	{Code: FirewallLacksHTTPS, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(portsPage, "Ports for client applications", "2020-04-29")},
	{Code: FirewallDisputed, Level: rule.Should, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(portsPage, "Gateway servers", "2020-04-29")},

	{Code: SubnetsNotTwo, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(registerPage, "Register a directory", "2020-04-29")},
	{Code: SubnetsInOneZone, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(registerPage, "Register a directory", "2020-04-29")},
	{Code: SubnetZoneUnsupported, Level: rule.Must, Span: tables.During("2020-07-08", ""), Cite: tables.Cite(zonesPage, "Availability Zones", "2020-07-08")},
	{Code: SubnetSize, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(subnetSizing, "Subnet sizing for IPv4", lastReading)},
	{Code: SubnetsLackAddresses, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(whitepaper, "VPC design", lastReading)},

	{Code: RoundTripDegrades, Level: rule.Should, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(clientPage, "Client network requirements", "2020-04-29")},
	{Code: RoundTripEndsSession, Level: rule.Must, Span: tables.During("2020-09-22", ""), Cite: tables.Cite(clientPage, "Client network requirements", "2020-09-22")},
	{Code: VPNMTUTooSmall, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(guide, "Amazon WorkSpaces Client Network Requirements", "2020-04-29")},
	{Code: DownlinkTooSlow, Level: rule.Should, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(clientPage, "Client network requirements", "2020-04-29")},

	{Code: SecurityGroupLacksPort, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(portsPage, "Primary interface ports", "2020-04-29")},

	// The page on Global Accelerator was read in the reading of about November 2025.
	{Code: AcceleratorWithFIPSAndIPGroups, Level: rule.Must, Span: tables.During(autumn2025, ""), Cite: tables.Cite(acceleratorPage, "Requirements", autumn2025)},
	{Code: EndpointWithFIPS, Level: rule.Must, Span: tables.During(autumn2025, ""), Cite: tables.Cite(endpointPage, "Streaming VPC endpoints", autumn2025)},
	{Code: EndpointWithAccelerator, Level: rule.Must, Span: tables.During(autumn2025, ""), Cite: tables.Cite(endpointPage, "Streaming VPC endpoints", autumn2025)},
	{Code: EndpointIgnoresIPGroups, Level: rule.Should, Span: tables.During(autumn2025, ""), Cite: tables.Cite(ipGroupsPage, "IP access control groups", autumn2025)},

	// 2020-03-31 adds: ask AWS if you are not sure.
	{Code: ManagementCIDRFinal, Level: rule.Should, Span: tables.During("2019-09-24", "2020-03-31"), Cite: tables.Cite(byolPage, "Step 1: Enable BYOL", "2019-09-24")},
	{Code: ManagementCIDRFinal, Level: rule.Should, Span: tables.During("2020-03-31", ""), Cite: tables.Cite(byolPage, "Step 1: Enable BYOL", "2020-03-31")},
}
