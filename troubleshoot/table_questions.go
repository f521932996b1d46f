package troubleshoot

// The questions.
const (
	UserNameValid             Question = "user-name-valid"
	ShellIsChanged            Question = "shell-changed"
	AgentTakesCertificates    Question = "agent-takes-certificates"
	ControllersReached        Question = "controllers-reached"
	SubnetIPv6                Question = "subnet-assigns-ipv6"
	ReplicaOfDirectory        Question = "directory-is-replica"
	RootHoldsMemory           Question = "root-volume-holds-memory"
	AnsweredAtStop            Question = "answered-at-stop"
	BannerApplies             Question = "banner-applies"
	AgentRuns                 Question = "pcoip-agent-runs"
	AgentInstalled            Question = "pcoip-agent-installed"
	OutboundOpen              Question = "outbound-to-controllers-open"
	RightForUsers             Question = "access-right-for-users"
	LogonPoliciesSet          Question = "logon-policies-set"
	CustomWindows7            Question = "custom-windows-7"
	WebSystemSupported        Question = "web-access-supports-system"
	InstallerPermitted        Question = "installer-permitted"
	TLS12                     Question = "tls-1-2-enabled"
	ClientPortOpen            Question = "client-port-open"
	ManagementPortOpen        Question = "management-port-open"
	StartedJustNow            Question = "started-just-now"
	HealthServiceRuns         Question = "health-service-runs"
	HealthServiceAutomatic    Question = "health-service-automatic"
	HealthServiceCommunicates Question = "health-service-communicates"
	AntivirusBlocks           Question = "antivirus-blocks"
	IPGroupsAssigned          Question = "ip-groups-assigned"
	ClientAddressAdmitted     Question = "client-address-admitted"
	CertificateTrusted        Question = "certificate-trusted"
	BandwidthEnough           Question = "bandwidth-enough"
	ConnectionIntermittent    Question = "connection-intermittent"
	AmazonRootTrusted         Question = "amazon-root-trusted"
	DirectoryRuns             Question = "directory-runs"
	RegistrationCodeValid     Question = "registration-code-valid"
	RegistrationReached       Question = "registration-service-reached"
	InternetProvided          Question = "internet-provided"
	ElasticIPRemoved          Question = "elastic-ip-removed"
	DNSReached                Question = "dns-reached"
	LDAPReached               Question = "ldap-reached"
	KerberosReached           Question = "kerberos-reached"
	SRVRecordsExist           Question = "srv-records-exist"
	ZeroClientNTP             Question = "zero-client-ntp"
	ZeroClientHasRoot         Question = "zero-client-has-root"
	AgentDisablesUSB          Question = "agent-disables-usb"
	USBRedirection            Question = "usb-redirection-enabled"
	Driver32Bit               Question = "printer-driver-32-bit"
	SkipValueSet              Question = "update-skipped"
	ChromebookSupportsAndroid Question = "chromebook-supports-android"
	AndroidEnabled            Question = "android-enabled"
	PowerNapOn                Question = "power-nap-on"
	HighPerformance           Question = "high-performance"
	SleepNever                Question = "sleep-never"
	LinkStateOff              Question = "link-state-off"
	ApplicationBlocksPorts    Question = "application-blocks-ports"
	CPUHigh                   Question = "cpu-high"
	NameChanged               Question = "computer-name-changed"
	HealthServiceResponds     Question = "health-service-responds"
	DumpNamesSpacedesk        Question = "dump-names-spacedesk"
	PrivacyPermits            Question = "privacy-permits"
	UpdatesEnabled            Question = "linux-updates-enabled"
	FirefoxExtra              Question = "firefox-repository-used"
	RepositoriesReached       Question = "linux-repositories-reached"
	AdapterSoftwareInstalled  Question = "adapter-software-installed"
	TrustedDomain             Question = "trusted-domain"
	UserExisted               Question = "user-existed"
	UserWasRecreated          Question = "user-recreated"
	UserWasRenamed            Question = "user-renamed"
	ManagedAD                 Question = "managed-microsoft-ad"
	NamedUbuntu               Question = "user-named-ubuntu"
	RoleMayStream             Question = "role-may-stream"
	UserHasWorkspace          Question = "user-has-workspace"
	SAMLInUse                 Question = "saml-in-use"
	SessionDurationSent       Question = "session-duration-sent"
	RelayStateValid           Question = "relay-state-valid"
	UserAccessURLValid        Question = "user-access-url-valid"
	NameIDMatches             Question = "name-id-matches"
	EmailMatches              Question = "email-matches"
	TagsValid                 Question = "tags-valid"
	CallsOverQuota            Question = "calls-over-quota"
	RebootedSince             Question = "rebooted-since"
	CertificateIssued         Question = "certificate-issued"
	ControllerHasCertificate  Question = "controller-has-certificate"
	AuthorityPublished        Question = "authority-published"
	AttributesChanged         Question = "attributes-changed"
	PrincipalNameValid        Question = "principal-name-valid"
	SidDiffers                Question = "object-sid-differs"
	SmartCardPolicies         Question = "smart-card-policies"
	RevocationReached         Question = "revocation-list-reached"
	AuthoritiesStale          Question = "authorities-stale"
	ReplicationWorks          Question = "replication-works"
	NeedsVirtualization       Question = "needs-virtualization"
	NestedEnabled             Question = "nested-virtualization-enabled"
	DockerOverlaps            Question = "docker-networks-overlap"
	NestedSupported           Question = "nested-virtualization-supported"
	RebootsForHibernation     Question = "system-reboots-for-hibernation"
)

// questionTable is what each question asks, and how somebody finds the answer: as the chapter says, or by what shows the
// same thing.
var questionTable = []QuestionText{
	{UserNameValid, "Is the name of the user one that Amazon Linux takes?", "Count the characters: at most 20, letters, digits, spaces and _.-# alone, no hyphen first.", []Check{{Code: "bundles.linux-user-name", Command: "wks preflight EXPORT --plan FILE"}}},
	{ShellIsChanged, "Was the shell of the user changed?", "Look with getent passwd USER by SSH, or ask the user.", nil},
	{AgentTakesCertificates, "Is the PCoIP agent on Linux 2.14.1.1, 2.14.7, 2.14.9, or 20.10.6 or later?", "Run rpm -q pcoip-agent-standard by SSH.", nil},
	{ControllersReached, "Does each subnet of the directory reach both DNS servers and domain controllers?", "Launch an EC2 instance in each subnet, and join it to the directory by the addresses of the two servers.", nil},
	{SubnetIPv6, "Does the subnet assign IPv6 addresses by itself?", "Look at the settings of the subnet for automatic assignment.", []Check{{Operation: "DescribeSubnets", Command: "wks preflight EXPORT"}}},
	{ReplicaOfDirectory, "Is the directory a replica of an AWS Managed Microsoft AD whose primary Region is another?", "Look at the Regions of the directory in AWS Directory Service.", nil},
	{RootHoldsMemory, "Has the root volume as much free space as the WorkSpace has memory?", "Look at drive C of the WorkSpace.", nil},
	{AnsweredAtStop, "Did the WorkSpace answer the service when it was stopped?", "Look at its connection state and its metrics at that time.", []Check{{Operation: "DescribeWorkspacesConnectionStatus"}}},
	{BannerApplies, "Does the policy for the text of the interactive logon message apply to the WorkSpace?", "Look at the group policies of its organizational unit, or run gpresult on it.", nil},
	{AgentRuns, "Does the service PCoIP Standard Agent for Windows run, start by itself, and reach eth0?", "Connect by RDP, and look at the services.", nil},
	{AgentInstalled, "Is the PCoIP agent installed?", "Connect by RDP, and look at the programs.", nil},
	{OutboundOpen, "Does the security group of the WorkSpaces let all ports through that they need to the domain controllers?", "Hold the outbound rules against the ports of the primary interface.", []Check{{Code: "network.security-group-lacks-port", Operation: "DescribeSecurityGroups", Command: "wks preflight EXPORT"}}},
	{RightForUsers, "Is the right to access the computer from the network given to Domain Users?", "Look at User Rights Assignment in the group policies of the WorkSpaces.", nil},
	{LogonPoliciesSet, "Are the group policy and the security policies for Web Access set as the guide lists them?", "Hold the policies against the page on Web Access.", nil},
	{CustomWindows7, "Has the WorkSpace Windows 7 of a custom bundle or of your own licence?", "Look at the bundle of the WorkSpace.", []Check{{Operation: "DescribeWorkspaces"}}},
	{WebSystemSupported, "Does Web Access support the system and browser of the user?", "Hold them against the page on Web Access.", nil},
	{InstallerPermitted, "Is Turn Off Windows Installer enabled with the value Never for the WorkSpace?", "Run gpresult on the WorkSpace.", nil},
	{TLS12, "Is TLS 1.2 enabled?", "Look at the settings of TLS of the device and of the WorkSpace.", nil},
	{ClientPortOpen, "Do the firewalls and proxies of the client's network let the streaming port through, by TCP and UDP?", "Look at the network check of the client.", []Check{{Code: "network.firewall-lacks-gateways", Command: "wks preflight EXPORT"}}},
	{ManagementPortOpen, "Is the UDP port of the protocol open on the management interface of the WorkSpace?", "Connect by RDP, and look at Windows Firewall.", nil},
	{StartedJustNow, "Was the WorkSpace rebooted or started in the last few minutes?", "Look at its state.", []Check{{Operation: "DescribeWorkspaces"}}},
	{HealthServiceRuns, "Does the service SkyLightWorkSpacesConfigService run?", "Connect by RDP, and look at the services.", nil},
	{HealthServiceAutomatic, "Does the service SkyLightWorkSpacesConfigService start by itself?", "Connect by RDP, and look at the services.", nil},
	{HealthServiceCommunicates, "Can the service SkyLightWorkSpacesConfigService communicate over eth0?", "Connect by RDP, and look at Windows Firewall for the management interface.", nil},
	{AntivirusBlocks, "Does antivirus software of a third party block the service SkyLightWorkSpacesConfigService?", "Look at what the antivirus software has blocked.", nil},
	{IPGroupsAssigned, "Has the directory IP access control groups?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{ClientAddressAdmitted, "Does a group of the directory admit the public address of the client?", "Ask the user for the public address, and look for it in the groups.", []Check{{Code: "network.client-not-admitted", Operation: "DescribeIpGroups", Command: "wks explain --dir EXPORT --client-ip ADDRESS WORKSPACE"}}},
	{CertificateTrusted, "Has the device a certificate that chains up to a root certificate of the directory?", "Check the certificates of the device with package devices.", []Check{{Code: "devices.chain-not-to-root"}}},
	{BandwidthEnough, "Has the client 1 Mbps or more of download bandwidth?", "Measure it.", []Check{{Code: "network.downlink-too-slow"}}},
	{ConnectionIntermittent, "Is the connection of the device intermittent?", "Watch it for a while.", nil},
	{AmazonRootTrusted, "Does the device trust Amazon Trust Services as a root authority?", "Look whether the health check shows a red triangle for Internet, and at the roots of the system.", nil},
	{DirectoryRuns, "Does the directory of the registration code exist, and is it registered?", "Look at the directories of the Region.", []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks explain --dir EXPORT USER"}}},
	{RegistrationCodeValid, "Is the registration code that of the directory?", "Hold the code in the client against that of the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{RegistrationReached, "Does the client reach the registration service by its name over port 443?", "Look at the network check of the client, and at the rules of the firewall.", []Check{{Code: "network.firewall-lacks-names", Command: "wks domains --region REGION --check FILE"}}},
	{InternetProvided, "Is internet access provided to the WorkSpaces, by a NAT gateway or public addresses?", "Look at the routes of the subnets and at the setting of the directory.", []Check{{Operation: "DescribeRouteTables", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{ElasticIPRemoved, "Was an Elastic IP address of your own taken from the WorkSpace?", "Look at the network interface of the WorkSpace, and in CloudTrail for DisassociateAddress.", nil},
	{DNSReached, "Does AD Connector reach the DNS servers by TCP and UDP on port 53?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{LDAPReached, "Does AD Connector reach the domain controllers by TCP and UDP on port 389?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{KerberosReached, "Does AD Connector reach the domain controllers by TCP and UDP on port 88?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{SRVRecordsExist, "Do the DNS servers have the SRV records _ldap._tcp and _kerberos._tcp of the domain?", "Run nslookup -type=srv _ldap._tcp.DOMAIN with each server.", nil},
	{ZeroClientNTP, "Does the zero client set its clock by NTP?", "Look at the settings of the zero client.", []Check{{Code: "devices.zero-client-time"}}},
	{ZeroClientHasRoot, "Has the zero client the certificate of Amazon Trust Services?", "Look at the certificates of the zero client.", nil},
	{AgentDisablesUSB, "Is the PCoIP agent of the WorkSpace 20.10.4 or later?", "Look at the programs of the WorkSpace.", nil},
	{USBRedirection, "Is pcoip.enable_usb set to 1 in the registry of the WorkSpace?", `Look below HKLM\SOFTWARE\Policies\Teradici\PCoIP.`, nil},
	{Driver32Bit, "Has the virtual printer a 32-bit driver?", "Look at the drivers of the printer.", nil},
	{SkipValueSet, "Is SkipThisVersion (Windows) or SUSkippedVersion (macOS) set?", "Look at the registry, or at the preferences, of the user.", nil},
	{ChromebookSupportsAndroid, "Can the Chromebook install Android applications?", "Look for its model in the list of Chromium.", nil},
	{AndroidEnabled, "May the users of the Chromebook install Android applications?", "Look at the policies of the managed Chromebook.", nil},
	{PowerNapOn, "Is Power Nap on?", "Look at the energy settings of the Mac.", nil},
	{HighPerformance, "Is the power plan of Windows High performance?", "Run powercfg /getactivescheme on the WorkSpace.", nil},
	{SleepNever, "Are turning off the display, and sleep, set to Never?", "Look at the settings of the power plan.", nil},
	{LinkStateOff, "Is Link State Power Management off, and does the hard disk turn off later when plugged in than on battery?", "Look at the advanced settings of the power plan.", nil},
	{ApplicationBlocksPorts, "Does an application on the WorkSpace block network ports?", "Connect by RDP from another WorkSpace of the directory, and hold the open ports against those of the guide.", nil},
	{CPUHigh, "Is the CPU of the WorkSpace used very much?", "Look at the metrics of the WorkSpace, or connect by RDP.", []Check{{Command: "wks monitor"}}},
	{NameChanged, "Was the computer name of the WorkSpace changed?", "Hold the name on the WorkSpace against ComputerName of the service.", []Check{{Operation: "DescribeWorkspaces"}}},
	{HealthServiceResponds, "Does the service SkyLightWorkSpacesConfigService answer health checks?", "Connect by RDP: it must run, start by itself, reach eth0, and not be blocked.", nil},
	{DumpNamesSpacedesk, "Do logs or dumps name spacedeskHookKmode.sys or spacedeskHookUmode.dll, or a shutdown by the kernel power manager or a bugcheck?", "Look at the event log and the crash dumps.", nil},
	{PrivacyPermits, "Do the privacy settings of Windows have camera and microphone turned on?", "Look at Settings, Privacy, on the WorkSpace.", nil},
	{UpdatesEnabled, "Are automatic updates enabled on the WorkSpace?", "Run systemctl status '*os-update-mgmt.timer': two lines say enabled.", nil},
	{FirefoxExtra, "Is the repository amzn2extra-firefox in use?", "Run yum repolist, and look for amzn2extra-firefox.", nil},
	{RepositoriesReached, "Does the WorkSpace reach the repositories of Amazon Linux 2?", "Run sudo yum update.", nil},
	{AdapterSoftwareInstalled, "Is Npcap before 1.2, or other software that disturbs network interfaces after hibernation, installed?", "Look at the programs of the WorkSpace.", nil},
	{TrustedDomain, "Is the user of a trusted domain?", "Look at the domain of the user.", nil},
	{UserExisted, "Was the user in Active Directory before the WorkSpace was launched?", "Look at the day on which the user was created.", nil},
	{UserWasRecreated, "Was the user deleted in Active Directory and added again?", "Look in the recycle bin of Active Directory, and for two WorkSpaces of the name.", []Check{{Operation: "DescribeWorkspaces"}}},
	{UserWasRenamed, "Was the user renamed in Active Directory and named back?", "Look for two WorkSpaces of the name, and ask who administers the directory.", []Check{{Operation: "DescribeWorkspaces"}}},
	{ManagedAD, "Is the directory an AWS Managed Microsoft AD?", "Look at the directory in AWS Directory Service.", nil},
	{NamedUbuntu, "Is the user of the WorkSpace named ubuntu?", "Look at the WorkSpace.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{RoleMayStream, "Does the policy of the role permit workspaces:Stream on the ARN of the directory?", "Look at the inline policy of the role for SAML 2.0.", nil},
	{UserHasWorkspace, "Has the user a WorkSpace in the directory?", "Look for WorkSpaces of the user.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT USER"}}},
	{SAMLInUse, "Do users sign in with SAML 2.0?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{SessionDurationSent, "Does the identity provider send SessionDuration?", "Look at the assertion.", nil},
	{RelayStateValid, "Is the relay state in the identity provider valid?", "Hold it against the URL that the guide gives.", nil},
	{UserAccessURLValid, "Has the directory the user access URL and relay state parameter of the identity provider?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{NameIDMatches, "Is the NameID of the assertion the user name in WorkSpaces?", "Look at the assertion.", nil},
	{EmailMatches, "Is PrincipalTag:Email of the assertion the mail address of the user in the directory?", "Look at the assertion.", nil},
	{TagsValid, "Have the values of PrincipalTag letters, digits, spaces and _ . : / = + - @ alone?", "Look at the assertion.", nil},
	{CallsOverQuota, "Were more calls made than 2 a second, or more than 5 at once?", "Count the calls of the account in CloudTrail.", []Check{{Command: "wks pace"}}},
	{RebootedSince, "Was the WorkSpace rebooted since certificate-based authentication was enabled?", "Reboot it.", []Check{{Operation: "RebootWorkspaces"}}},
	{CertificateIssued, "Did AWS Private CA issue a certificate for the session?", "Look in CloudTrail.", nil},
	{ControllerHasCertificate, "Has each domain controller a certificate for smart card logon that is valid?", "Look at the certificates of the controllers.", nil},
	{AuthorityPublished, "Is the authority published in Active Directory?", "Run certutil -viewstore -enterprise NTAuth on a domain controller.", nil},
	{AttributesChanged, "Have attributes of the user changed in the last 24 hours?", "Look at the user in Active Directory.", nil},
	{PrincipalNameValid, "Has UserPrincipalName of the assertion the form and domain of the user?", "Look at the assertion.", nil},
	{SidDiffers, "Does the assertion send an ObjectSid that is not that of the user?", "Look at the assertion and at the user.", nil},
	{SmartCardPolicies, "Do group policies change the logon by smart card or what follows its removal?", "Run gpresult on the WorkSpace.", nil},
	{RevocationReached, "Do WorkSpace and domain controller reach the distribution point of the revocation list?", "Open its address from both.", nil},
	{AuthoritiesStale, "Are there authorities in the domain or forest that are stale?", "Run PKIVIEW.msc.", nil},
	{ReplicationWorks, "Does Active Directory replicate, without stale domain controllers?", "Run repadmin /replsum.", nil},
	{NeedsVirtualization, "Does the user run Docker or another program that needs nested virtualization?", "Ask the user.", nil},
	{NestedEnabled, "Is nested virtualization enabled for the WorkSpace?", "Look for NestedVirtualizationEnabled.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{DockerOverlaps, "Does a network of Docker overlap with the network of an interface of the WorkSpace?", "Hold docker network inspect against the subnet and the management range.", nil},
	{NestedSupported, "Has the WorkSpace a compute type without a GPU and a system that support nested virtualization?", "Look at the WorkSpace.", []Check{{Code: "bundles.nested-virtualization-unsupported", Operation: "DescribeWorkspaces"}}},
	{RebootsForHibernation, "Has the WorkSpace Windows Server 2025, or Windows 11 24H2 or 25H2?", "Look at the WorkSpace, or run winver on it.", []Check{{Operation: "DescribeWorkspaces"}}},
}
