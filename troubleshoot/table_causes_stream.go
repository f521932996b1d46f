package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes that keep a session from starting.
const (
	ClientFirewallPCoIP      rule.Code = "troubleshoot.client-firewall-closes-4172"
	ClientFirewallDCV        rule.Code = "troubleshoot.client-firewall-closes-4195"
	WorkspaceFirewallPCoIP   rule.Code = "troubleshoot.workspace-firewall-closes-4172"
	WorkspaceFirewallDCV     rule.Code = "troubleshoot.workspace-firewall-closes-4195"
	JustStarted              rule.Code = "troubleshoot.just-started"
	HealthServiceNotRunning  rule.Code = "troubleshoot.health-service-not-running"
	HealthServiceNotAuto     rule.Code = "troubleshoot.health-service-not-automatic"
	HealthServiceNoNetwork   rule.Code = "troubleshoot.health-service-without-management-interface"
	HealthServiceBlocked     rule.Code = "troubleshoot.health-service-blocked-by-antivirus"
	ClientAddressNotAdmitted rule.Code = "troubleshoot.client-address-not-admitted"
	DeviceNotTrusted         rule.Code = "troubleshoot.device-not-trusted"
	DeviceTypeNotAdmitted    rule.Code = "troubleshoot.device-type-not-admitted"
	FirewallsClose4195       rule.Code = "troubleshoot.firewalls-close-4195"
)

var streamCauses = []cause{
	{
		code: ClientFirewallPCoIP, of: "loading-screen",
		title:  "A firewall or proxy in the client's network does not open port 4172 for TCP and UDP.",
		remedy: "Open port 4172 for TCP and UDP, to the gateways of the Region.",
		checks: []Check{{Code: "network.firewall-lacks-gateways", Command: "wks preflight EXPORT"}},
		said:   []said{might(hLoading, "2020-02-06", "", not(ClientPortOpen), over(PCoIP))},
	},
	{
		code: ClientFirewallDCV, of: "loading-screen",
		title:  "A firewall or proxy in the client's network does not open port 4195 for TCP and UDP.",
		remedy: "Open port 4195 for TCP and UDP, to the gateways of the Region.",
		checks: []Check{{Code: "network.firewall-lacks-gateways", Command: "wks preflight EXPORT"}},
		said:   inGuide(hLoading, not(ClientPortOpen), over(DCV)),
	},
	{
		code: WorkspaceFirewallPCoIP, of: "loading-screen",
		title:  "Windows Firewall on the WorkSpace closes UDP port 4172 on the management interface.",
		remedy: "Connect by RDP, and open the ports that the guide lists for the management interface.",
		said:   []said{might(hLoading, "2020-02-06", "", not(ManagementPortOpen), over(PCoIP))},
	},
	{
		code: WorkspaceFirewallDCV, of: "loading-screen",
		title:  "Windows Firewall on the WorkSpace closes UDP port 4195 on the management interface.",
		remedy: "Connect by RDP, and open the ports that the guide lists for the management interface.",
		said:   inGuide(hLoading, not(ManagementPortOpen), over(DCV)),
	},
	{
		code: JustStarted, of: "status-unhealthy-message",
		title:  "The WorkSpace was rebooted or started just now.",
		remedy: "Wait a few minutes, and try again.",
		checks: []Check{{Operation: "DescribeWorkspaces"}},
		said:   []said{might(hStatusUnhealthy, "2020-02-06", "", is(StartedJustNow))},
	},
	{
		code: HealthServiceNotRunning, of: "status-unhealthy-message",
		title:  "The service SkyLightWorkSpacesConfigService does not run.",
		remedy: "Connect by RDP, and start the service.",
		said:   []said{might(hStatusUnhealthy, "2020-02-06", "", not(HealthServiceRuns))},
	},
	{
		code: HealthServiceNotAuto, of: "status-unhealthy-message",
		title:  "The service SkyLightWorkSpacesConfigService does not start automatically.",
		remedy: "Connect by RDP, and let the service start automatically.",
		said:   []said{might(hStatusUnhealthy, "2020-02-06", "", not(HealthServiceAutomatic))},
	},
	{
		code: HealthServiceNoNetwork, of: "status-unhealthy-message",
		title:  "The service SkyLightWorkSpacesConfigService cannot reach the management interface eth0.",
		remedy: "Connect by RDP, and open the ports that the guide lists for the management interface.",
		said:   []said{might(hStatusUnhealthy, "2020-02-06", "", not(HealthServiceCommunicates))},
	},
	{
		code: HealthServiceBlocked, of: "status-unhealthy-message",
		title:  "Antivirus software blocks the service SkyLightWorkSpacesConfigService.",
		remedy: "Add an exception for the service to the antivirus software.",
		said:   []said{might(hStatusUnhealthy, "2020-02-06", "", is(AntivirusBlocks))},
	},
	{
		code: ClientAddressNotAdmitted, of: "device-not-authorized",
		title:  "The directory has IP access control groups, and none admits the public address of the client.",
		remedy: "Add the address to a group of the directory, or let the user connect from an address that a group admits.",
		checks: []Check{{Code: "network.client-not-admitted", Operation: "DescribeIpGroups", Command: "wks explain --dir EXPORT --client-ip ADDRESS WORKSPACE"}, {Code: "network.ip-group-lock-out"}},
		said:   []said{must(hDevice, "2020-02-06", "", is(IPGroupsAssigned), not(ClientAddressAdmitted))},
	},
	{
		code: DeviceNotTrusted, of: "device-not-authorized",
		title:  "The directory admits only trusted devices of this type, and this device has no trusted certificate.",
		remedy: "Install a client certificate that chains up to a root certificate of the directory, or admit all devices of the type.",
		checks: []Check{{Code: "devices.chain-not-to-root", Operation: "DescribeClientProperties"}, {Command: "wks logins FILE --trust TYPE"}},
		said:   []said{must(hDevice, autumn2025, "", access("TRUST"), not(CertificateTrusted))},
	},
	{
		code: DeviceTypeNotAdmitted, of: "device-not-authorized",
		title:  "The directory does not admit devices of this type.",
		remedy: "Admit the type of device under the access control options or the other platforms of the directory.",
		checks: []Check{{Code: "devices.every-device-blocked", Operation: "ModifyWorkspaceAccessProperties", Command: "wks explain --dir EXPORT --client TYPE WORKSPACE"}},
		said:   []said{must(hDevice, autumn2025, "", access("DENY"))},
	},
	{
		code: FirewallsClose4195, of: "no-network",
		title:  "A firewall does not open port 4195. DCV (WSP) streams over it, and no longer over 4172.",
		remedy: "Open port 4195 for TCP and UDP, to the gateways of the Region.",
		checks: []Check{{Code: "network.firewall-lacks-gateways", Command: "wks preflight EXPORT"}},
		said:   inGuide(hNoNetwork, not(ClientPortOpen)),
	},
}
