package troubleshoot

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The causes in the networks of clients, directories and WorkSpaces.
const (
	BandwidthTooSmall     rule.Code = "troubleshoot.bandwidth-too-small"
	ConnectionUnsteady    rule.Code = "troubleshoot.connection-unsteady"
	RootMissing           rule.Code = "troubleshoot.amazon-root-not-trusted"
	DirectoryDeleted      rule.Code = "troubleshoot.directory-deleted"
	CodeNotValid          rule.Code = "troubleshoot.registration-code-not-valid"
	RegistrationUnreached rule.Code = "troubleshoot.registration-service-unreachable"
	InternetNotProvided   rule.Code = "troubleshoot.internet-access-not-provided"
	AddressLost           rule.Code = "troubleshoot.public-address-lost"
	DNSPortClosed         rule.Code = "troubleshoot.dns-port-closed"
	LDAPPortClosed        rule.Code = "troubleshoot.ldap-port-closed"
	KerberosPortClosed    rule.Code = "troubleshoot.kerberos-port-closed"
	SRVRecordMissing      rule.Code = "troubleshoot.srv-records-missing"
)

var networkCauses = []cause{
	{
		code: BandwidthTooSmall, of: "network-error",
		title:   "The client has less than 1 Mbps of download bandwidth.",
		remedy:  "Use a faster connection: 1 Mbps or more.",
		checks:  []Check{{Code: "network.downlink-too-slow"}},
		figures: []tables.Figure{{Name: "download bandwidth of clients that the chapter asks for", Value: "1 Mbps"}},
		said:    []said{must(hNetworkError, "2019-11-26", "", not(BandwidthEnough))},
	},
	{
		code: ConnectionUnsteady, of: "network-error",
		title:  "The connection of the device is intermittent.",
		remedy: "Use a steady connection.",
		said:   []said{might(hNetworkError, "2019-11-26", "", is(ConnectionIntermittent))},
	},
	{
		code: RootMissing, of: "network-error",
		title:  "The root certificates of the device are out of date, and Amazon Trust Services is not among them.",
		remedy: "Install the newest client for Windows, or add the certificate of Amazon Trust Services to the trusted roots.",
		said:   []said{must(hNetworkError, "2019-11-26", "", not(AmazonRootTrusted))},
	},
	{
		code: DirectoryDeleted, of: "registration-service",
		title:  "The directory of the registration code was deleted.",
		remedy: "Give the user the registration code of a directory that exists.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks explain --dir EXPORT USER"}},
		said:   []said{might(hRegistration, "2019-11-26", "", not(DirectoryRuns))},
	},
	{
		code: CodeNotValid, of: "registration-service",
		title:  "The registration code is not valid.",
		remedy: "Enter the registration code of the directory again.",
		checks: []Check{{Operation: "DescribeWorkspaceDirectories"}},
		said:   []said{might(hRegistration, "2019-11-26", "", not(RegistrationCodeValid))},
	},
	{
		code: RegistrationUnreached, of: "registration-service",
		title:  "The network of the client does not let it reach the registration service.",
		remedy: "Let the client reach the names of the registration service over port 443.",
		checks: []Check{{Code: "network.firewall-lacks-names", Command: "wks domains --region REGION --check FILE"}},
		said:   []said{must(hRegistration, "2019-11-26", "", not(RegistrationReached))},
	},
	{
		code: InternetNotProvided, of: "no-internet",
		title:  "Nobody has set up internet access for the subnets of the directory.",
		remedy: "Route the subnets to a NAT gateway, or assign public addresses to the WorkSpaces of the directory.",
		checks: []Check{{Operation: "DescribeRouteTables", Command: "wks explain --dir EXPORT WORKSPACE"}},
		said:   []said{must(hNoInternet, "2018-02-03", "", not(InternetProvided))},
	},
	{
		code: AddressLost, of: "lost-internet",
		title:  "An Elastic IP address of your own was disassociated from the WorkSpace. It has no public address since then.",
		remedy: "Associate another Elastic IP address of your own with the WorkSpace. Or rebuild the WorkSpace: it then gets an address of Amazon's.",
		checks: []Check{{Operation: "RebuildWorkspaces"}},
		said:   []said{might(hLostInternet, "2020-03-31", "", is(ElasticIPRemoved))},
	},
	{
		code: DNSPortClosed, of: "dns-unavailable",
		title:  "AD Connector does not reach the DNS servers on port 53, by TCP and UDP.",
		remedy: "Open port 53 for TCP and UDP in the security groups and in the firewalls of the company.",
		said:   []said{must(hDNS, "2018-02-03", "", not(DNSReached))},
	},
	{
		code: LDAPPortClosed, of: "connectivity-issues",
		title:  "AD Connector does not reach the domain controllers on port 389 (LDAP), by TCP and UDP.",
		remedy: "Open port 389 for TCP and UDP in the security groups and in the firewalls of the company.",
		said:   []said{must(hConnectivity, "2018-02-03", "", not(LDAPReached))},
	},
	{
		code: KerberosPortClosed, of: "connectivity-issues",
		title:  "AD Connector does not reach the domain controllers on port 88 (Kerberos), by TCP and UDP.",
		remedy: "Open port 88 for TCP and UDP in the security groups and in the firewalls of the company.",
		said:   []said{must(hConnectivity, "2018-02-03", "", not(KerberosReached))},
	},
	{
		code: SRVRecordMissing, of: "srv-record",
		title:  "The DNS servers do not have the SRV records _ldap._tcp and _kerberos._tcp of the domain.",
		remedy: "Add the SRV records of the domain to the DNS servers that AD Connector asks.",
		said:   []said{must(hSRV, "2018-02-03", "", not(SRVRecordsExist))},
	},
}
