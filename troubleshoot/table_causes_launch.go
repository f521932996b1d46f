package troubleshoot

import "github.com/wksgo/wks/rule"

// The causes of launches and registrations that fail.
const (
	UserNameNotValid         rule.Code = "troubleshoot.user-name-not-valid"
	ShellChanged             rule.Code = "troubleshoot.shell-changed"
	LinuxAgentTooOld         rule.Code = "troubleshoot.linux-agent-too-old"
	ControllersUnreachable   rule.Code = "troubleshoot.controllers-unreachable-from-subnet"
	SubnetAssignsIPv6        rule.Code = "troubleshoot.subnet-assigns-ipv6"
	DirectoryReplicated      rule.Code = "troubleshoot.directory-replicated"
	PerformanceWithoutSpace  rule.Code = "troubleshoot.root-volume-lacks-space-for-memory"
	StopWithoutCommunication rule.Code = "troubleshoot.stopped-without-communication"
)

var launchCauses = []cause{
	{
		code: UserNameNotValid, of: "linux-user-name",
		title:  "The name of a user of Amazon Linux is longer than 20 characters, begins with a hyphen, or has characters other than letters, digits, spaces and _.-#.",
		remedy: "Launch the WorkSpace for a user with a name that Amazon Linux takes, or use Windows.",
		checks: []Check{{Code: "bundles.linux-user-name", Operation: "CreateWorkspaces", Command: "wks preflight EXPORT --plan FILE"}},
		said:   []said{must(hUserName, "2018-09-20", "", not(UserNameValid))},
	},
	{
		code: ShellChanged, of: "linux-shell-changed",
		title:  "The shell of the user was changed on the WorkSpace, and the default shell was not overridden.",
		remedy: "Undo the change, and override the default shell by the guide's steps for Amazon Linux.",
		said:   []said{might(hShell, "2019-09-24", "", is(ShellIsChanged))},
	},
	{
		code: LinuxAgentTooOld, of: "linux-will-not-start",
		title:  "The PCoIP agent on Amazon Linux does not take the licence certificates that are in use since 2020-07-20.",
		remedy: "Start and reboot the WorkSpace, set it to ADMIN_MAINTENANCE, update pcoip-agent-standard by SSH, reboot it, and set it to AVAILABLE.",
		said: []said{
			must(hLinuxStart, "2020-07-25", "2021-06-05", not(AgentTakesCertificates)),
			must(hLinuxStart, "2021-06-05", "", not(AgentTakesCertificates)),
		},
	},
	{
		code: ControllersUnreachable, of: "launch-often-fails",
		title:  "A subnet of the directory cannot reach one of the two DNS servers or domain controllers.",
		remedy: "Let each subnet reach both servers. To test it, let an EC2 instance in each subnet join the directory.",
		checks: []Check{{Code: "network.security-group-lacks-port", Command: "wks preflight EXPORT"}},
		said:   []said{might(hOftenFails, "2018-02-03", "", not(ControllersReached))},
	},
	{
		code: SubnetAssignsIPv6, of: "launch-internal-error",
		title:  "The subnet assigns IPv6 addresses automatically, and the bundle of the WorkSpace is Performance or Graphics.",
		remedy: "Turn off the automatic assignment of IPv6 addresses in the subnet.",
		checks: []Check{{Code: "network.ipv6-auto-assign", Operation: "DescribeSubnets", Command: "wks preflight EXPORT"}},
		said:   []said{must(hInternalError, "2018-02-03", "", is(SubnetIPv6), computing("PERFORMANCE", "GRAPHICS"))},
	},
	{
		code: DirectoryReplicated, of: "directory-registration-fails",
		title:  "The directory is a replica of an AWS Managed Microsoft AD in another Region.",
		remedy: "Register the directory in its primary Region.",
		said:   []said{must(hRegisterFails, "2021-01-23", "", is(ReplicaOfDirectory))},
	},
	{
		code: PerformanceWithoutSpace, of: "apps-not-saved",
		title:  "The root volume has less free space than the WorkSpace has memory.",
		remedy: "Keep as much space free on the root volume as the bundle has memory.",
		said:   []said{must(hNotSaved, "2018-02-03", "2018-06-29", not(RootHoldsMemory))},
	},
	{
		code: StopWithoutCommunication, of: "apps-not-saved",
		title:  "The WorkSpace did not answer the service when it was stopped.",
		remedy: "Open the ports of the management interface of the WorkSpace.",
		checks: []Check{{Code: "preflight.workspace-unhealthy"}},
		said:   []said{must(hNotSaved, "2018-02-03", "2018-06-29", not(AnsweredAtStop))},
	},
}
