package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes that keep users out of Windows or Web Access.
const (
	LogonBanner               rule.Code = "troubleshoot.logon-banner"
	AgentNotRunning           rule.Code = "troubleshoot.pcoip-agent-not-running"
	AgentUninstalled          rule.Code = "troubleshoot.pcoip-agent-uninstalled"
	OutboundToControllers     rule.Code = "troubleshoot.outbound-to-controllers-closed"
	RightForComputers         rule.Code = "troubleshoot.access-right-for-computers"
	WebAccessPolicies         rule.Code = "troubleshoot.web-access-policies-not-set"
	WebAccessWindows7         rule.Code = "troubleshoot.web-access-to-windows-7"
	WebAccessNotAdmitted      rule.Code = "troubleshoot.web-access-not-admitted"
	WebAccessSystem           rule.Code = "troubleshoot.web-access-system-not-compatible"
	InstallerNotPermitted     rule.Code = "troubleshoot.installer-not-permitted"
	CommonAlgorithmWithoutTLS rule.Code = "troubleshoot.tls-1-2-not-enabled"
)

var windowsCauses = []cause{
	{
		code: LogonBanner, of: "logon-banner",
		title:  "A group policy shows a message before the logon, and users cannot get past it.",
		remedy: "Exempt the WorkSpaces from the policy for the message text: give them an organizational unit of their own.",
		said: []said{
			must(hBanner, "2018-02-03", autumn2025, is(BannerApplies)),
			must("My users can't connect to a Windows WorkSpace with an interactive logon banner", autumn2025, "", is(BannerApplies), over(PCoIP)),
		},
	},
	{
		code: AgentNotRunning, of: "cannot-connect-windows",
		title:  "The service PCoIP Standard Agent for Windows does not run, does not start automatically, or cannot reach eth0.",
		remedy: "Connect by RDP, start the service, let it start automatically, and open the management interface for it.",
		said:   []said{might(hWindows, "2020-02-06", "", not(AgentRuns), over(PCoIP))},
	},
	{
		code: AgentUninstalled, of: "cannot-connect-windows",
		title:  "The PCoIP agent was uninstalled.",
		remedy: "Reboot the WorkSpace from the console: the reboot installs the agent.",
		checks: []Check{{Operation: "RebootWorkspaces"}},
		said:   []said{might(hWindows, "2020-02-06", "", not(AgentInstalled), over(PCoIP))},
	},
	{
		code: OutboundToControllers, of: "cannot-connect-windows",
		title:  "The security group of the WorkSpaces does not open every port that Windows needs to the domain controllers.",
		remedy: "Open the missing outbound ports to the domain controllers in the security group of the WorkSpaces.",
		checks: []Check{{Code: "network.security-group-lacks-port", Operation: "DescribeSecurityGroups", Command: "wks preflight EXPORT"}},
		said:   []said{might(hWindows, "2020-02-06", "", not(OutboundOpen))},
	},
	{
		code: RightForComputers, of: "cannot-connect-windows",
		title:  "Domain Computers have the right to access the computer from the network, and Domain Users do not.",
		remedy: "Give the right Access this computer from the network to Domain Users.",
		said:   []said{must(hWindows, "2020-01-10", "", not(RightForUsers))},
	},
	{
		code: WebAccessPolicies, of: "web-access-logon",
		title:  "The policies for the logon screen do not have the values that Web Access needs.",
		remedy: "Set the group policy and the security policies that the guide lists for Web Access.",
		said: []said{
			might(hWebBYOL, "2018-09-20", "2020-02-06", not(LogonPoliciesSet)),
			must(hWeb, "2020-02-06", "", not(LogonPoliciesSet)),
		},
	},
	{
		code: WebAccessWindows7, of: "web-access-logon",
		title:  "The WorkSpace runs Windows 7 from a custom bundle or with your own licence. Web Access does not connect to it since 2020-10-01.",
		remedy: "Use another client, or move the WorkSpace to a later Windows.",
		said:   []said{must(hWeb, "2020-07-08", "", is(CustomWindows7)).from("2020-10-01")},
	},
	{
		code: WebAccessNotAdmitted, of: "platform-not-authorized",
		title:  "The directory does not admit Web Access.",
		remedy: "Admit Web Access under the other platforms of the directory.",
		checks: []Check{{Operation: "ModifyWorkspaceAccessProperties", Command: "wks preflight EXPORT"}},
		said:   []said{must(hPlatform, autumn2025, "", access("DENY"))},
	},
	{
		code: WebAccessSystem, of: "platform-not-authorized",
		title:  "Web Access does not support the system or browser of the user.",
		remedy: "Use a system and browser that Web Access supports, or another client.",
		said:   []said{must(hPlatform, autumn2025, "", not(WebSystemSupported))},
	},
	{
		code: InstallerNotPermitted, of: "installer-policy",
		title:  "The policy that turns off Windows Installer is not set to never.",
		remedy: "Enable the policy Turn Off Windows Installer with the value Never for the WorkSpaces, then reboot or run gpupdate /force.",
		said:   []said{might(hInstaller, "2019-09-24", "", not(InstallerPermitted))},
	},
	{
		code: CommonAlgorithmWithoutTLS, of: "common-algorithm",
		title:  "TLS 1.2 is not enabled.",
		remedy: "Enable TLS 1.2.",
		said:   []said{might(hAlgorithm, "2022-09-02", "", not(TLS12))},
	},
}
