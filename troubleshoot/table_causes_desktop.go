package troubleshoot

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The causes on the WorkSpace itself.
const (
	PowerPlan           rule.Code = "troubleshoot.power-plan-not-high-performance"
	SleepNotNever       rule.Code = "troubleshoot.sleep-not-never"
	LinkStatePower      rule.Code = "troubleshoot.link-state-power-on"
	PortsBlocked        rule.Code = "troubleshoot.ports-blocked-by-application"
	HighCPU             rule.Code = "troubleshoot.cpu-utilization-high"
	ComputerRenamed     rule.Code = "troubleshoot.computer-renamed"
	HealthServiceSilent rule.Code = "troubleshoot.health-service-silent"
	WebAccessDriver     rule.Code = "troubleshoot.web-access-driver-crashes"
	PrivacySetting      rule.Code = "troubleshoot.microphone-or-camera-off"
	AdapterSoftware     rule.Code = "troubleshoot.adapter-fails-after-hibernation"
	FirefoxNoTimer      rule.Code = "troubleshoot.firefox-updates-off"
	FirefoxNoRepository rule.Code = "troubleshoot.firefox-repository-not-in-use"
	FirefoxUnreached    rule.Code = "troubleshoot.linux-repositories-unreachable"
)

var desktopCauses = []cause{
	{
		code: PowerPlan, of: "sleeps-when-idle",
		title:  "The power plan of Windows is not High performance.",
		remedy: "Choose the power plan High performance.",
		said:   []said{might(hSleeps, "2018-09-20", "", not(HighPerformance))},
	},
	{
		code: SleepNotNever, of: "sleeps-when-idle",
		title:  "The plan turns off the display or puts the computer to sleep after some time.",
		remedy: "In the plan High performance, set both the display and sleep to Never.",
		said:   []said{might(hSleeps, "2021-02-16", "", not(SleepNever))},
	},
	{
		code: LinkStatePower, of: "sleeps-when-idle",
		title:  "Link State Power Management is on, or the hard disk turns off sooner when plugged in than on battery.",
		remedy: "Set Link State Power Management to Off, and let the hard disk turn off later when plugged in than on battery.",
		said:   []said{might(hSleeps, "2018-09-20", "", not(LinkStateOff))},
	},
	{
		code: PortsBlocked, of: "state-unhealthy",
		title:  "An application on the WorkSpace blocks ports, and the status requests of the service get no answer.",
		remedy: "Reboot the WorkSpace. If that does not help, connect by RDP from another WorkSpace of the directory, and open the ports that the guide lists. Rebuild it only if nothing else helps: data can be lost.",
		checks: []Check{{Operation: "RebootWorkspaces"}},
		said:   []said{might(hUnhealthy, "2018-02-03", "", is(ApplicationBlocksPorts))},
	},
	{
		code: HighCPU, of: "state-unhealthy",
		title:  "The CPU of the WorkSpace is so busy that answers to the status requests of the service are late.",
		remedy: "Reboot the WorkSpace, and find what uses the CPU. If the user needs that program, choose a larger compute type.",
		checks: []Check{{Operation: "RebootWorkspaces"}, {Command: "wks monitor"}},
		said:   []said{might(hUnhealthy, "2018-02-03", "", is(CPUHigh))},
	},
	{
		code: ComputerRenamed, of: "state-unhealthy",
		title:  "The computer name of the WorkSpace was changed, and the service has no secure channel to it any more.",
		remedy: "Give the WorkSpace its old computer name again: DescribeWorkspaces returns it.",
		checks: []Check{{Operation: "DescribeWorkspaces"}},
		said:   []said{might(hUnhealthy, "2018-02-03", spring2026, is(NameChanged))},
	},
	{
		code: HealthServiceSilent, of: "state-unhealthy",
		title:  "The service SkyLightWorkSpacesConfigService does not answer health checks.",
		remedy: "Connect by RDP: the service must run, start automatically and reach eth0, and antivirus software must not block it.",
		said:   []said{might(hUnhealthyLater, "2020-10-28", "", not(HealthServiceResponds))},
	},
	{
		code: WebAccessDriver, of: "crashes",
		title:  "The driver of Web Access on a PCoIP WorkSpace crashes.",
		remedy: "If nobody may use Web Access, disable it for the WorkSpace, and reboot.",
		checks: []Check{{Operation: "ModifyWorkspaceAccessProperties"}},
		said: []said{
			might(hCrashes, "2020-02-06", "2021-09-03", is(DumpNamesSpacedesk)),
			might(hCrashes, "2021-09-03", "", is(DumpNamesSpacedesk), over(PCoIP)),
		},
	},
	{
		code: PrivacySetting, of: "microphone",
		title:  "The privacy settings of Windows turn the camera or the microphone off.",
		remedy: "Turn them on under Settings, Privacy, Camera and Microphone, or by a group policy.",
		said:   []said{might(hMicrophone, autumn2025, "", not(PrivacyPermits))},
	},
	{
		code: FirefoxNoTimer, of: "firefox-amazon-linux",
		title:  "Automatic updates are not enabled on the WorkSpace.",
		remedy: "Enable the timer os-update-mgmt, or run sudo yum install firefox.",
		said:   []said{might(hFirefoxUpdate, autumn2025, "", not(UpdatesEnabled))},
	},
	{
		code: FirefoxNoRepository, of: "firefox-amazon-linux",
		title:  "The repository amzn2extra-firefox is not in use.",
		remedy: "Run sudo amazon-linux-extras install firefox.",
		said:   []said{might(hFirefoxRepository, autumn2025, "", not(FirefoxExtra))},
	},
	{
		code: FirefoxUnreached, of: "firefox-amazon-linux",
		title:  "The WorkSpace does not reach the repositories of Amazon Linux 2.",
		remedy: "Let the WorkSpace reach the repositories, by internet access or a VPC endpoint.",
		said:   []said{might(hFirefoxRepository, autumn2025, "", not(RepositoriesReached))},
	},
	{
		code: AdapterSoftware, of: "autostop-unhealthy",
		title:   "The WorkSpace has software that keeps the network down after hibernation, such as Npcap 1.1.",
		remedy:  "Update Npcap to 1.2 or later, or remove the software.",
		figures: []tables.Figure{{Name: "Npcap that comes back after hibernation, least", Value: "1.2"}},
		said:    []said{might(hAutoStop, autumn2025, "", is(AdapterSoftwareInstalled), running("AUTO_STOP"))},
	},
}

// The headings within the section about Firefox.
const (
	hFirefoxUpdate     = "Step 1: Verify auto-update is enabled"
	hFirefoxRepository = "Step 3: Verify Firefox repository is used"
)
