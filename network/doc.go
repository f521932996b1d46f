// Package network answers whether a network suits Amazon WorkSpaces: whether its address
// plan leaves room for the management interface (eth0, which is not in your VPC), and
// whether what must pass can pass.
//
//   - Will RegisterWorkspaceDirectory refuse the network of a VPC, because of what,
//     and which management ranges are left? See [Rules.CheckRegistration].
//   - Is a range fit to be the management range of an account that brings its own
//     licences (BYOL), which is chosen once and for all? See
//     [Rules.CheckManagementCIDR]; [Rules.FreeManagementCIDRs] and
//     [Rules.ProposeManagementCIDRs] find one.
//   - Which ranges are there, by Region and date? See [Rules.ManagementRanges].
//   - Does an allow-list let clients reach the gateways, and what does it lack? See
//     [Rules.CheckFirewall], [IPRanges] and [Uncovered].
//   - Which names must clients reach, and do rules of a proxy or firewall permit them? See
//     [Rules.CheckDomains], and [DomainList] to write them for Squid and AWS Network Firewall.
//   - Which ports must be open, and does a security group open them? See [Rules.Ports] and
//     [Rules.CheckSecurityGroup].
//   - Whom do IP access control groups admit, are they within their quotas, and how few of
//     them admit given addresses? See [Rules.IPAccess], [Rules.CheckIPGroups] and
//     [PackIPGroups].
//   - Are subnets in supported Availability Zones, with room? See [Rules.CheckSubnets] and
//     [Rules.CheckAddresses].
//   - Is the way to the client good enough, and do a directory's settings go together? See
//     [Rules.CheckClientLink], [Rules.CheckDirectoryFeatures] and
//     [Rules.LaunchWithIPv6AutoAssign].
//   - Can a device connect to a Linux WorkSpace over SSH? See [Rules.CheckSSH].
//
// The rules are those of the Amazon WorkSpaces Administration Guide from 2018-02-03 to
// 2026-09-10: the versions of its pages until 2022-09-02, the guide of April 2020, which
// describes the beta of WSP, and readings that are called 2025-10-21, 2025-10-28, 2026-02-05, 2026-03-11,
// 2026-05-15 and 2026-09-10. A fact stands until a version that changes it, and one that appeared between two
// readings counts from the later one. Between 2022-09-02 and 2025-10-21 nothing was read. The
// tables of gateways, health checks and names changed in that time, so that they are open on dates
// between. The FAQ of 2017 is left out on purpose, although it has the round-trip times of PCoIP: alone it would make an edition of
// little else. Of names the repository's copies lack lists: see [Rules.CheckDomains]. [Documents]
// lists the sources and [Editions] the dates on which a fact changed.
//
// What the package does not decide: whether AWS has a BYOL range on offer (ask
// ListAvailableManagementCidrRanges), what a network outside the input uses, how the
// service ranks a route that covers a whole management range, about which the documents
// say nothing ([Covers]), and whether a directory for BYOL WorkSpaces or WorkSpaces
// Pools can be registered, for which they describe no test. A Region without a row in
// the guide's table has no answer: in the newest edition US East (Ohio) and Asia Pacific
// (Malaysia). China (Ningxia) has none because its own guide was not read.
//
// Management ranges are IPv4: no document gives one in IPv6. Allow-lists, aggregation and
// coverage take both families.
package network
