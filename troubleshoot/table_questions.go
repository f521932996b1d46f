package troubleshoot

// The names of the questions.
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

// questionTable has the wording of each question, and how somebody finds the answer: by the way of the chapter, or by
// another that shows the same.
var questionTable = []QuestionText{
	{UserNameValid, "Does Amazon Linux take the name of the user?", "Look at the name: it has at most 20 characters, only letters, digits, spaces and _.-#, and no hyphen at the start.", []Check{{Code: "bundles.linux-user-name", Command: "wks preflight EXPORT --plan FILE"}}},
	{ShellIsChanged, "Was the shell of the user changed?", "Look with getent passwd USER by SSH, or ask the user.", nil},
	{AgentTakesCertificates, "Is the version of the PCoIP agent on Linux 2.14.1.1, 2.14.7, 2.14.9, or 20.10.6 or later?", "Run rpm -q pcoip-agent-standard by SSH.", nil},
	{ControllersReached, "Can each subnet of the directory reach both DNS servers or domain controllers?", "Try it with an EC2 instance in each subnet: it joins the directory if you give it the addresses of the two servers.", nil},
	{SubnetIPv6, "Does the subnet assign IPv6 addresses automatically?", "Look at the settings of the subnet for automatic assignment.", []Check{{Operation: "DescribeSubnets", Command: "wks preflight EXPORT"}}},
	{ReplicaOfDirectory, "Is the directory a replica, in another Region, of an AWS Managed Microsoft AD?", "Look at the Regions of the directory in AWS Directory Service.", nil},
	{RootHoldsMemory, "Is the free space on the root volume at least as large as the memory of the WorkSpace?", "Look at drive C of the WorkSpace.", nil},
	{AnsweredAtStop, "Did the WorkSpace answer the service when it was stopped?", "Look at its connection state and its metrics at that time.", []Check{{Operation: "DescribeWorkspacesConnectionStatus"}}},
	{BannerApplies, "Does a policy for the text of an interactive logon message apply to the WorkSpace?", "Look at the group policies of its organizational unit, or run gpresult on it.", nil},
	{AgentRuns, "Does the service PCoIP Standard Agent for Windows run, start automatically, and reach eth0?", "Connect by RDP, and look at the services.", nil},
	{AgentInstalled, "Is the PCoIP agent installed?", "Connect by RDP, and look at the programs.", nil},
	{OutboundOpen, "Does the security group of the WorkSpaces open every port that they need to the domain controllers?", "Compare the outbound rules with the guide's list of ports of the primary interface.", []Check{{Code: "network.security-group-lacks-port", Operation: "DescribeSecurityGroups", Command: "wks preflight EXPORT"}}},
	{RightForUsers, "Do Domain Users have the right to access the computer from the network?", "Look at User Rights Assignment in the group policies of the WorkSpaces.", nil},
	{LogonPoliciesSet, "Are all policies set that the guide lists for Web Access?", "Compare the policies with the guide's page on Web Access.", nil},
	{CustomWindows7, "Does the WorkSpace run Windows 7 from a custom bundle or with your own licence?", "Look at the bundle of the WorkSpace.", []Check{{Operation: "DescribeWorkspaces"}}},
	{WebSystemSupported, "Does Web Access support the system and browser of the user?", "Look for both on the guide's page on Web Access.", nil},
	{InstallerPermitted, "Is the policy Turn Off Windows Installer enabled for the WorkSpace, with the value Never?", "Run gpresult on the WorkSpace.", nil},
	{TLS12, "Is TLS 1.2 enabled?", "Look at the TLS settings of the device and of the WorkSpace.", nil},
	{ClientPortOpen, "Do the firewalls and proxies of the client's network open the streaming port for TCP and UDP?", "Look at the network check of the client.", []Check{{Code: "network.firewall-lacks-gateways", Command: "wks preflight EXPORT"}}},
	{ManagementPortOpen, "Is the UDP port of the protocol open on the management interface of the WorkSpace?", "Connect by RDP, and look at Windows Firewall.", nil},
	{StartedJustNow, "Was the WorkSpace rebooted or started in the last few minutes?", "Look at its state.", []Check{{Operation: "DescribeWorkspaces"}}},
	{HealthServiceRuns, "Does the service SkyLightWorkSpacesConfigService run?", "Connect by RDP, and look at the services.", nil},
	{HealthServiceAutomatic, "Does the service SkyLightWorkSpacesConfigService start automatically?", "Connect by RDP, and look at the services.", nil},
	{HealthServiceCommunicates, "Can the service SkyLightWorkSpacesConfigService reach eth0?", "Connect by RDP, and look at Windows Firewall for the management interface.", nil},
	{AntivirusBlocks, "Does antivirus software block the service SkyLightWorkSpacesConfigService?", "Look at what the antivirus software has blocked.", nil},
	{IPGroupsAssigned, "Does the directory have IP access control groups?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{ClientAddressAdmitted, "Does a group of the directory admit the public address of the client?", "Ask the user for the public address, and look for it in the groups.", []Check{{Code: "network.client-not-admitted", Operation: "DescribeIpGroups", Command: "wks explain --dir EXPORT --client-ip ADDRESS WORKSPACE"}}},
	{CertificateTrusted, "Does the device have a certificate that chains up to a root certificate of the directory?", "Compare the issuers of its certificates with the root certificates of the directory.", []Check{{Code: "devices.chain-not-to-root"}}},
	{BandwidthEnough, "Does the client have a download bandwidth of 1 Mbps or more?", "Run a speed test on the device.", []Check{{Code: "network.downlink-too-slow"}}},
	{ConnectionIntermittent, "Is the connection of the device intermittent?", "Watch it for some minutes, with ping for example.", nil},
	{AmazonRootTrusted, "Is Amazon Trust Services among the trusted root authorities of the device?", "Look at the root certificates of the system. A sign of a missing one: the health check of the client marks Internet red.", nil},
	{DirectoryRuns, "Does the directory of the registration code exist, and is it registered?", "Look at the directories of the Region.", []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks explain --dir EXPORT USER"}}},
	{RegistrationCodeValid, "Does the registration code belong to the directory?", "Compare the code in the client with that of the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{RegistrationReached, "Can the client reach the registration service, by its names and over port 443?", "Look at the network check of the client, and at the rules of the firewall.", []Check{{Code: "network.firewall-lacks-names", Command: "wks domains --region REGION --check FILE"}}},
	{InternetProvided, "Do the WorkSpaces get internet access from a NAT gateway or by public addresses?", "Look at the routes of the subnets and at the setting of the directory.", []Check{{Operation: "DescribeRouteTables", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{ElasticIPRemoved, "Was an Elastic IP address of your own disassociated from the WorkSpace?", "Look at the network interface of the WorkSpace, and in CloudTrail for DisassociateAddress.", nil},
	{DNSReached, "Can AD Connector reach the DNS servers on port 53, by TCP and UDP?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{LDAPReached, "Can AD Connector reach the domain controllers on port 389, by TCP and UDP?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{KerberosReached, "Can AD Connector reach the domain controllers on port 88, by TCP and UDP?", "Try it from an instance in each subnet, and look at security groups and firewalls.", nil},
	{SRVRecordsExist, "Do the DNS servers have the SRV records _ldap._tcp and _kerberos._tcp of the domain?", "Run nslookup -type=srv _ldap._tcp.DOMAIN with each server.", nil},
	{ZeroClientNTP, "Does the zero client set its clock by NTP?", "Look at the settings of the zero client.", []Check{{Code: "devices.zero-client-time"}}},
	{ZeroClientHasRoot, "Does the zero client have the certificate of Amazon Trust Services?", "Look at the certificates of the zero client.", nil},
	{AgentDisablesUSB, "Is the version of the PCoIP agent of the WorkSpace 20.10.4 or later?", "Look at the programs of the WorkSpace.", nil},
	{USBRedirection, "Is pcoip.enable_usb set to 1 in the registry of the WorkSpace?", `Look below HKLM\SOFTWARE\Policies\Teradici\PCoIP.`, nil},
	{Driver32Bit, "Does the virtual printer have a 32-bit driver?", "Look at the drivers of the printer.", nil},
	{SkipValueSet, "Is SkipThisVersion (Windows) or SUSkippedVersion (macOS) set?", "Look at the user's registry on Windows, or preferences on macOS.", nil},
	{ChromebookSupportsAndroid, "Can the Chromebook install Android applications?", "Look for its model in the list of Chromium.", nil},
	{AndroidEnabled, "May the users of the Chromebook install Android applications?", "Look at the policies of the managed Chromebook.", nil},
	{PowerNapOn, "Is Power Nap on?", "Look at the energy settings of the Mac.", nil},
	{HighPerformance, "Is High performance the power plan of Windows?", "Run powercfg /getactivescheme on the WorkSpace.", nil},
	{SleepNever, "Does the power plan never turn off the display, and never put the computer to sleep?", "Look at the settings of the power plan.", nil},
	{LinkStateOff, "Is Link State Power Management off, and does the hard disk turn off later when plugged in than on battery?", "Look at the advanced settings of the power plan.", nil},
	{ApplicationBlocksPorts, "Does an application on the WorkSpace block network ports?", "Connect by RDP from another WorkSpace of the directory, and compare the open ports with the guide's list.", nil},
	{CPUHigh, "Is the CPU of the WorkSpace very busy?", "Look at the metrics of the WorkSpace, or connect by RDP.", []Check{{Command: "wks monitor"}}},
	{NameChanged, "Was the computer name of the WorkSpace changed?", "Compare the name on the WorkSpace with the ComputerName that DescribeWorkspaces returns.", []Check{{Operation: "DescribeWorkspaces"}}},
	{HealthServiceResponds, "Does the service SkyLightWorkSpacesConfigService answer health checks?", "Connect by RDP: the service must run, start automatically and reach eth0, and nothing may block it.", nil},
	{DumpNamesSpacedesk, "Do the logs or dumps name spacedeskHookKmode.sys, spacedeskHookUmode.dll, a bugcheck, or a shutdown by the kernel power manager?", "Look at the event log and the crash dumps.", nil},
	{PrivacyPermits, "Do the privacy settings of Windows permit the camera and the microphone?", "Look at Settings, Privacy, on the WorkSpace.", nil},
	{UpdatesEnabled, "Are automatic updates enabled on the WorkSpace?", "Run systemctl status '*os-update-mgmt.timer': two lines say enabled.", nil},
	{FirefoxExtra, "Is the repository amzn2extra-firefox in use?", "Run yum repolist, and look for amzn2extra-firefox.", nil},
	{RepositoriesReached, "Does the WorkSpace reach the repositories of Amazon Linux 2?", "Run sudo yum update.", nil},
	{AdapterSoftwareInstalled, "Does the WorkSpace have Npcap before 1.2, or other software that disturbs network interfaces after hibernation?", "Look at the programs of the WorkSpace.", nil},
	{TrustedDomain, "Does the user belong to a trusted domain?", "Look at the domain of the user.", nil},
	{UserExisted, "Was the user in Active Directory before the WorkSpace was launched?", "Look at the day on which the user was created.", nil},
	{UserWasRecreated, "Was the user deleted in Active Directory and added again?", "Look in the recycle bin of Active Directory, and for two WorkSpaces with the same user name.", []Check{{Operation: "DescribeWorkspaces"}}},
	{UserWasRenamed, "Was the user renamed in Active Directory, and later given the old name again?", "Look for two WorkSpaces with the same user name, and ask the administrators of the directory.", []Check{{Operation: "DescribeWorkspaces"}}},
	{ManagedAD, "Is the directory an AWS Managed Microsoft AD?", "Look at the directory in AWS Directory Service.", nil},
	{NamedUbuntu, "Is the user of the WorkSpace named ubuntu?", "Look at the WorkSpace.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{RoleMayStream, "Does the policy of the role permit workspaces:Stream on the ARN of the directory?", "Look at the inline policy of the role for SAML 2.0.", nil},
	{UserHasWorkspace, "Does the user have a WorkSpace in the directory?", "Look for WorkSpaces of the user.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT USER"}}},
	{SAMLInUse, "Do users sign in with SAML 2.0?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{SessionDurationSent, "Does the identity provider send SessionDuration?", "Look at the assertion.", nil},
	{RelayStateValid, "Is the relay state in the identity provider valid?", "Compare it with the URL that the guide gives.", nil},
	{UserAccessURLValid, "Does the directory have the user access URL and the relay state parameter of the identity provider?", "Look at the directory.", []Check{{Operation: "DescribeWorkspaceDirectories"}}},
	{NameIDMatches, "Is the NameID of the assertion the same as the user name in WorkSpaces?", "Look at the assertion.", nil},
	{EmailMatches, "Is PrincipalTag:Email of the assertion the same as the user's mail address in the directory?", "Look at the assertion.", nil},
	{TagsValid, "Do the values of PrincipalTag consist only of letters, digits, spaces and _ . : / = + - @?", "Look at the assertion.", nil},
	{CallsOverQuota, "Were more calls made than 2 a second, or more than 5 at once?", "Count the calls of the account in CloudTrail.", []Check{{Command: "wks pace"}}},
	{RebootedSince, "Was the WorkSpace rebooted since certificate-based authentication was enabled?", "Reboot it.", []Check{{Operation: "RebootWorkspaces"}}},
	{CertificateIssued, "Did AWS Private CA issue a certificate for the session?", "Look in CloudTrail.", nil},
	{ControllerHasCertificate, "Does each domain controller have a valid certificate for smart card logon?", "Look at the certificates of the controllers.", nil},
	{AuthorityPublished, "Is the certificate authority published in Active Directory?", "Run certutil -viewstore -enterprise NTAuth on a domain controller.", nil},
	{AttributesChanged, "Have attributes of the user changed in the last 24 hours?", "Look at the user in Active Directory.", nil},
	{PrincipalNameValid, "Does UserPrincipalName of the assertion have the form and the domain of the user's own name?", "Look at the assertion.", nil},
	{SidDiffers, "Does the assertion send an ObjectSid other than that of the user?", "Look at the assertion and at the user.", nil},
	{SmartCardPolicies, "Do group policies change the logon by smart card, or what happens when a card is removed?", "Run gpresult on the WorkSpace.", nil},
	{RevocationReached, "Can the WorkSpace and the domain controllers reach the distribution point of the revocation list?", "Open its address from both.", nil},
	{AuthoritiesStale, "Does the domain or forest have stale certificate authorities?", "Run PKIVIEW.msc.", nil},
	{ReplicationWorks, "Does Active Directory replicate, without stale domain controllers?", "Run repadmin /replsum.", nil},
	{NeedsVirtualization, "Does the user run Docker or another program that needs nested virtualization?", "Ask the user.", nil},
	{NestedEnabled, "Is nested virtualization enabled for the WorkSpace?", "Look for NestedVirtualizationEnabled in the answer of DescribeWorkspaces.", []Check{{Operation: "DescribeWorkspaces", Command: "wks explain --dir EXPORT WORKSPACE"}}},
	{DockerOverlaps, "Does a network of Docker overlap with the network of an interface of the WorkSpace?", "Compare what docker network inspect prints with the subnet and the management range.", nil},
	{NestedSupported, "Do the compute type and the system of the WorkSpace support nested virtualization?", "Look at the WorkSpace.", []Check{{Code: "bundles.nested-virtualization-unsupported", Operation: "DescribeWorkspaces"}}},
	{RebootsForHibernation, "Does the WorkSpace run Windows Server 2025, or Windows 11 24H2 or 25H2?", "Look at the WorkSpace, or run winver on it.", []Check{{Operation: "DescribeWorkspaces"}}},
}
