package troubleshoot

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The headings of the chapter, as the first version with the symptom prints them.
const (
	hUserName        = "I can't create an Amazon Linux WorkSpace because there are invalid characters in the user name"
	hShell           = "I changed the shell for my Amazon Linux WorkSpace and now I can't provision a PCoIP session"
	hLinuxStart      = "My Amazon Linux WorkSpaces won't start"
	hOftenFails      = "Launching WorkSpaces in my connected directory often fails"
	hInternalError   = "Launching WorkSpaces fails with an internal error"
	hRegisterFails   = "When I try to register a directory, the registration fails and leaves the directory in an ERROR state"
	hBanner          = "Can't connect to a WorkSpace with an interactive logon banner"
	hWindows         = "My users can't connect to a Windows WorkSpace"
	hWebBYOL         = "My users are having issues when they try to log on to BYOL WorkSpaces from WorkSpaces Web Access"
	hWeb             = "My users are having issues when they try to log on to WorkSpaces from WorkSpaces Web Access"
	hLoading         = `The Amazon WorkSpaces client displays a gray "Loading..." screen for a while before returning to the login screen. No other error message appears.`
	hStatusUnhealthy = `My users receive the message "WorkSpace Status: Unhealthy. We were unable to connect you to your WorkSpace. Please try again in a few minutes."`
	hDevice          = `My users receive the message "This device is not authorized to access the WorkSpace. Please contact your administrator for assistance."`
	hNoNetwork       = `My users receive the message "No network. Network connection lost. Check your network connection or contact your administrator for help." when trying to connect to a WSP WorkSpace`
	hNetworkError    = "The WorkSpaces client gives my users a network error, but they are able to use other network-enabled apps on their devices"
	hRegistration    = `My WorkSpace users see the following error message: "Device can't connect to the registration service. Check your network settings."`
	hTimestamp       = `My PCoIP zero client users are receiving the error "The supplied certificate is invalid due to timestamp"`
	hUSB             = "USB printers and other USB peripherals aren't working for PCoIP zero clients"
	hSkipped         = "My users skipped updating their Windows or macOS client applications and aren't getting prompted to install the latest version"
	hChromebook      = "My users are unable to install the Android client application on their Chromebooks"
	hMails           = "My users aren’t receiving invitation emails or password reset emails"
	hMailsLater      = "My users aren't receiving invitation emails or password reset emails"
	hForgot          = "My users don't see the Forgot password? option on the client login screen"
	hInstaller       = `I receive the message "The system administrator has set policies to prevent this installation" when I try to install applications on a Windows WorkSpace`
	hNoInternet      = "No WorkSpaces in my directory can connect to the Internet"
	hLostInternet    = "My WorkSpace has lost its internet access"
	hDNS             = `I receive a "DNS unavailable" error when I try to connect to my on-premises directory`
	hConnectivity    = `I receive a "Connectivity issues detected" error when I try to connect to my on-premises directory`
	hSRV             = `I receive an "SRV record" error when I try to connect to my on-premises directory`
	hSleeps          = "My Windows WorkSpace goes to sleep when it's left idle"
	hUnhealthy       = `One of my WorkSpaces has a state of "Unhealthy"`
	hUnhealthyLater  = "One of my WorkSpaces has a state of `UNHEALTHY`"
	hCrashes         = "My WorkSpace is unexpectedly crashing or rebooting"
	hSameName        = "The same username has more than one WorkSpace, but the user can log in to only one of the WorkSpaces"
	hDocker          = "I'm having trouble using Docker with Amazon WorkSpaces"
	hNested          = "Troubleshooting nested virtualization"
	hThrottling      = "I receive ThrottlingException errors to some of my API calls"
	hBackground      = "My WorkSpace keeps disconnecting when I let it run in the background"
	hSAML            = "SAML 2.0 federation isn't working. My users are not authorized to stream their WorkSpaces desktop."
	hHour            = "My users are getting disconnected from their WorkSpaces session every 60 minutes."
	hRedirect        = "My users get a redirect URI error when they federate using the SAML 2.0 identity provider (IdP)-initiated flow, or an additional instance of the WorkSpaces client application starts every time my users attempt to sign in from the client after federating to the IdP."
	hWentWrong       = `My users receive the message, "Something went wrong: An error occurred while launching your WorkSpace" when they attempt to sign in to the WorkSpaces client application after federating to the IdP.`
	hTags            = `My users receive the message, "Unable to validate tags” when they attempt to sign in to the WorkSpaces client application after federating to the IdP.`
	hAlgorithm       = `My users receive the message, "The client and the server cannot communicate, because they do not possess a common algorithm"`
	hMicrophone      = "My microphone or web cam is not working on Windows WorkSpaces."
	hCertificate     = "My users cannot log in using certificate-based authentication and are prompted for the password either at the WorkSpaces client or the Windows sign-on screen when they connect to their desktop session."
	hMedia           = "I am trying to do something that requires Windows installation media but WorkSpaces does not provide it."
	hRegion          = "I want to launch WorkSpaces with an existing AWS Managed Directory created in an unsupported WorkSpaces Region."
	hFirefox         = "I want to update Firefox on Amazon Linux 2."
	hPassword        = "My user is able to reset their password using the WorkSpaces client, ignoring the Fine Grained Password Policy (FFGP) setting that is configured on AWS Managed Microsoft AD."
	hPlatform        = `My users receive the error message "This OS/platform is not authorized to access your WorkSpace" when trying to access the Windows/Linux WorkSpace using Web Access`
	hAutoStop        = "My user's WorkSpace is showing as unhealthy after they connect to an AutoStop WorkSpace that is in the stopped state"
	hGnome           = "Gnome crashes on WorkSpaces Ubuntu bundles after login"
	hNotSaved        = "The state of my apps was not saved when my WorkSpace was stopped"
)

// inPage is the first version of the page that speaks of DCV (WSP). The guide of April 2020 does so before it.
const inPage = "2020-10-03"

func noNetwork(document, since, until string) symptomRow {
	return symptomRow{
		Dated: tables.Since(document, hNoNetwork, since, until), key: "no-network", protocols: []Protocol{DCV},
		title:    "The client says that there is no network, or that its connection was lost, when it connects to a WorkSpace over DCV (WSP).",
		messages: []string{"No network. Network connection lost. Check your network connection or contact your administrator for help."},
		words:    "no network connection lost check wsp dcv 4195",
	}
}

// symptomTable is the chapter, in its order of today. A symptom stands until a version that no longer has it.
var symptomTable = tables.Table[symptomRow]{
	Name: "symptom",
	Key:  func(r symptomRow) string { return string(r.key) },
	Lists: func(r symptomRow) []rule.Parameter {
		return []rule.Parameter{{Name: "symptom " + string(r.key), Value: r.title}}
	},
	Rows: []symptomRow{
		{
			Dated: tables.Since(page, hUserName, "2018-09-20", ""), key: "linux-user-name", systems: []System{AmazonLinux},
			title: "Amazon Linux does not take the user name, and the WorkSpace is not created.",
			words: "create launch username invalid character char chars bad letters symbol length too long hyphen dash",
		},
		{
			Dated: tables.Since(page, hShell, "2019-09-24", ""), key: "linux-shell-changed", systems: []System{AmazonLinux}, protocols: []Protocol{PCoIP},
			title: "The shell of a user was changed on Amazon Linux, and no PCoIP session starts since then.",
			words: "chsh bash zsh fish ksh login shell changed default passwd session provision",
		},
		{
			Dated: tables.Since(page, hLinuxStart, "2020-07-25", ""), key: "linux-will-not-start", systems: []System{AmazonLinux}, protocols: []Protocol{PCoIP},
			title: "WorkSpaces with Amazon Linux no longer start, or no session starts on them.",
			words: "start boot linux pcoip agent license certificate old version upgrade yum july 2020",
		},
		{
			Dated: tables.Since(page, hOftenFails, "2018-02-03", ""), key: "launch-often-fails",
			title: "Some launches in a directory of AD Connector succeed, and many fail.",
			words: "launch create intermittent sometimes often random fails connected directory ad connector on-premises domain controller dns join",
		},
		{
			Dated: tables.Since(page, hInternalError, "2018-02-03", ""), key: "launch-internal-error",
			title: "The launch of a WorkSpace ends in an internal error.",
			words: "launch create creation internal error ipv6 auto-assign subnet performance graphics bundle",
		},
		{
			Dated: tables.Since(page, hRegisterFails, "2021-01-23", ""), key: "directory-registration-fails",
			title: "A directory cannot be registered, and its state is ERROR afterwards.",
			words: "register registration directory error state managed microsoft ad multi-region replication replica replicated region",
			checks: []Check{{Code: "preflight.directory-in-error", Operation: "DescribeWorkspaceDirectories", Command: "wks preflight EXPORT"},
				{Code: "network.management-ranges-exhausted"}, {Code: "network.subnet-zone-unsupported"}},
		},
		{
			Dated: tables.Since(page, hBanner, "2018-02-03", ""), key: "logon-banner", systems: []System{WindowsSystem},
			title: "Windows shows a logon banner, and users cannot connect.",
			words: "interactive logon message banner legal notice disclaimer text caption group policy gpo windows connect",
		},
		{
			Dated: tables.Since(page, hWindows, "2020-01-10", ""), key: "cannot-connect-windows", systems: []System{WindowsSystem},
			title:    "The client says that an error occurred while it launched the WorkSpace, and Windows does not appear.",
			messages: []string{"An error occurred while launching your WorkSpace. Please try again."},
			words:    "connect windows desktop error occurred launching try again pcoip agent service security group outbound restricted domain users",
		},
		{
			Dated: tables.Since(page, hWebBYOL, "2018-09-20", ""), key: "web-access-logon", clients: []Client{Web},
			title: "Logging on through Web Access takes long or shows a black screen.",
			words: "web access browser chrome firefox edge black blank screen slow long login logon time group policy fast user switching windows 7",
		},
		{
			Dated: tables.Since(page, hLoading, "2020-02-06", ""), key: "loading-screen",
			title:    "The client stays on a gray loading screen, then asks for the login again, and prints no error.",
			messages: []string{"Loading..."},
			words:    "gray grey loading screen stuck hangs spinner returns back login page no error message nothing streaming port 4172 4195 firewall proxy",
			checks:   []Check{{Command: "wks preflight EXPORT"}, {Command: "wks domains --region REGION --check FILE"}},
		},
		{
			Dated: tables.Since(page, hStatusUnhealthy, "2020-02-06", ""), key: "status-unhealthy-message",
			title:    "The client says that the WorkSpace is unhealthy and that it could not connect to it.",
			messages: []string{"WorkSpace Status: Unhealthy. We were unable to connect you to your WorkSpace. Please try again in a few minutes."},
			words:    "status unhealthy unable connect try again few minutes skylight service health check",
			checks:   []Check{{Code: "preflight.workspace-unhealthy", Operation: "DescribeWorkspaces"}},
		},
		{
			Dated: tables.Since(page, hDevice, "2020-02-06", ""), key: "device-not-authorized",
			title:    "The client says that the device may not access the WorkSpace.",
			messages: []string{"This device is not authorized to access the WorkSpace. Please contact your administrator for assistance."},
			words:    "device laptop computer not authorized allowed denied access contact administrator ip address group trusted certificate home office network vpn",
			checks:   []Check{{Command: "wks logins FILE --allow RANGE"}},
		},
		noNetwork(guide, facts.ReadGuide, inPage),
		noNetwork(page, inPage, ""),
		{
			Dated: tables.Since(page, hNetworkError, "2019-11-26", ""), key: "network-error",
			title: "The client reports a network error, although the network of the device works.",
			words: "network error client other apps browser websites work fine online internet health check red triangle trust services root certificate bandwidth intermittent",
		},
		{
			Dated: tables.Since(page, hRegistration, "2019-11-26", ""), key: "registration-service",
			title: "The client cannot reach the registration service.",
			messages: []string{"Device can't connect to the registration service. Check your network settings.",
				"Your device is not able to connect to the WorkSpaces Registration service. You will not be able to register your device with WorkSpaces. Please check your network settings."},
			words: "registration service code register device cannot reach connect network settings invalid wrong directory deleted",
		},
		{
			Dated: tables.Since(page, hNetworkError, "2019-11-26", ""), key: "zero-client-certificate", clients: []Client{ZeroClient},
			title: "A PCoIP zero client says that the certificate of the server is not valid.",
			messages: []string{"The supplied certificate is invalid due to timestamp", "The supplied certificate is not rooted in the devices local certificate store",
				"Failed to connect. The server provided a certificate that is invalid."},
			words: "pcoip zero client teradici certificate invalid timestamp time clock ntp rooted local store",
		},
		{
			Dated: tables.Since(page, hUSB, "2021-06-02", ""), key: "zero-client-usb", clients: []Client{ZeroClient},
			title: "A printer or another USB device at a PCoIP zero client does not work in the WorkSpace.",
			words: "usb printer scanner device peripheral stick headset redirection zero client not working pcoip agent",
		},
		{
			Dated: tables.Since(page, hSkipped, "2020-07-08", ""), key: "client-update-skipped", clients: []Client{Windows, MacOS},
			title: "The client application offers no update any more to a user who skipped one.",
			words: "update upgrade client application skip skipped version prompt prompted reminder newer latest install old outdated",
		},
		{
			Dated: tables.Since(page, hChromebook, "2020-02-14", ""), key: "chromebook-android", clients: []Client{ChromeOS},
			title: "The Android client application cannot be installed on a Chromebook.",
			words: "chromebook chrome os chromeos android app application install play store client unsupported",
		},
		{
			Dated: tables.Since(page, hMails, "2019-09-24", ""), key: "invitation-emails",
			title: "Users do not get the mails that invite them or reset their password.",
			words: "email mail e-mail invitation invite welcome password reset receive received arrive get inbox spam",
		},
		{
			Dated: tables.Since(page, hForgot, "2020-06-04", ""), key: "forgot-password",
			title: "The login screen has no way to reset a forgotten password.",
			words: "forgot forgotten password option link button missing not shown visible login screen reset",
		},
		{
			Dated: tables.Since(page, hInstaller, "2019-09-24", ""), key: "installer-policy", systems: []System{WindowsSystem},
			title:    "Windows refuses an installation because of a policy.",
			messages: []string{"The system administrator has set policies to prevent this installation"},
			words:    "install installation msi installer application software setup policy policies prevent administrator windows",
		},
		{
			Dated: tables.Since(page, hNoInternet, "2018-02-03", ""), key: "no-internet",
			title: "None of the WorkSpaces of a directory reaches the internet.",
			words: "internet access no none all workspaces directory websites web page browse outbound nat gateway public ip",
		},
		{
			Dated: tables.Since(page, hLostInternet, "2020-03-31", ""), key: "lost-internet",
			title: "One WorkSpace no longer reaches the internet, and RDP does not reach it.",
			words: "lost internet access one workspace suddenly elastic ip address public removed disassociated rdp",
		},
		{
			Dated: tables.Since(page, hDNS, "2018-02-03", ""), key: "dns-unavailable",
			title:    "AD Connector cannot be set up, because DNS is not available.",
			messages: []string{"DNS unavailable (TCP port 53) for IP:"},
			words:    "dns unavailable port 53 ad connector on-premises directory server",
		},
		{
			Dated: tables.Since(page, hConnectivity, "2018-02-03", ""), key: "connectivity-issues",
			title: "AD Connector cannot be set up, because LDAP or Kerberos is not available.",
			messages: []string{"Connectivity issues detected: LDAP unavailable (TCP port 389) for IP:", "Kerberos/authentication unavailable (TCP port 88) for IP:",
				"Please ensure that the listed ports are available and retry the operation."},
			words: "connectivity issues detected ldap kerberos unavailable port 389 88 ad connector domain controller on-premises",
		},
		{
			Dated: tables.Since(page, hSRV, "2018-02-03", ""), key: "srv-record",
			title:    "AD Connector cannot be set up, because an SRV record is missing.",
			messages: []string{"SRV record for LDAP does not exist for IP:", "SRV record for Kerberos does not exist for IP:"},
			words:    "srv record ldap kerberos exist dns ad connector on-premises",
		},
		{
			Dated: tables.Since(page, hSleeps, "2018-09-20", ""), key: "sleeps-when-idle", systems: []System{WindowsSystem},
			title: "Windows on a WorkSpace sleeps while nobody uses it.",
			words: "sleep sleeps asleep standby idle inactive power plan left away display turns off hibernate windows",
		},
		{
			Dated: tables.Since(page, hUnhealthy, "2018-02-03", ""), key: "state-unhealthy",
			title:  "A WorkSpace is in the state UNHEALTHY.",
			words:  "state unhealthy console describe workspace cpu load utilization computer name renamed ports blocked respond status request",
			checks: []Check{{Code: "preflight.workspace-unhealthy", Operation: "DescribeWorkspaces", Command: "wks preflight EXPORT"}},
		},
		{
			Dated: tables.Since(page, hCrashes, "2020-02-06", ""), key: "crashes",
			title: "A WorkSpace crashes or reboots by itself.",
			messages: []string{"The kernel power manager has initiated a shutdown transition. Shutdown reason: Kernel API", "The computer has rebooted from a bugcheck.",
				"spacedeskHookKmode.sys", "spacedeskHookUmode.dll"},
			words: "crash crashes crashing reboot reboots rebooting restart restarts unexpectedly repeatedly blue screen bsod bugcheck dump kernel event log",
		},
		{
			Dated: tables.Since(page, hSameName, "2020-07-08", ""), key: "same-user-name",
			title:    "A user has several WorkSpaces in a directory and reaches just one, or the client does not know the user.",
			messages: []string{"Unrecognized user. No WorkSpace found under your username. Contact your administrator to request one."},
			words:    "unrecognized user no workspace found username two several workspaces deleted recreated renamed active directory sid same name",
			checks:   []Check{{Command: "wks logins FILE --workspaces describe-workspaces.json"}},
		},
		{
			Dated: tables.Since(page, hDocker, "2020-03-31", ""), key: "docker",
			title: "Docker or another program that needs nested virtualization does not run.",
			words: "docker desktop container wsl wsl2 hyper-v virtualization nested virtual machine run start",
		},
		{
			Dated: tables.Since(page, hNested, summer2026, ""), key: "nested-option-missing",
			title:  "The menu does not offer to enable nested virtualization.",
			words:  "enable nested virtualization option missing grayed visible actions menu console",
			checks: []Check{{Code: "bundles.nested-virtualization-unsupported"}},
		},
		{
			Dated: tables.Since(page, hNested, summer2026, ""), key: "nested-reboots",
			title: "A WorkSpace reboots when nested virtualization is enabled.",
			words: "reboots restarted after enabling nested virtualization",
		},
		{
			Dated: tables.Since(page, hNested, summer2026, ""), key: "no-hibernation",
			title:  "A WorkSpace with AutoStop reboots instead of hibernating, and what was in memory is lost.",
			words:  "autostop hibernate hibernation full reboot instead memory lost unsaved open programs closed nested virtualization windows 11 server 2025",
			checks: []Check{{Code: "bundles.nested-virtualization-reboots"}},
		},
		{
			Dated: tables.Since(page, hThrottling, "2019-10-25", ""), key: "throttling",
			title:    "Calls of the API are refused with a ThrottlingException.",
			messages: []string{"ThrottlingException", "Rate exceeded"},
			words:    "throttling throttled throttlingexception rate exceeded too many requests api calls limit quota slow down burst",
			advice:   "Make no more calls than the quota allows, and let the client wait between them.",
			checks:   []Check{{Command: "wks pace"}, {Command: "wks quota"}},
		},
		{
			Dated: tables.Since(page, hBackground, "2022-09-02", ""), key: "disconnects-in-background", clients: []Client{MacOS},
			title: "The session breaks off while the client is in the background.",
			words: "disconnect disconnects drops background minimized power nap app mac macos another window",
		},
		{
			Dated: tables.Since(page, hSAML, "2022-09-02", ""), key: "saml-not-authorized",
			title: "Users sign in with SAML 2.0, and are then refused their desktop.",
			words: "saml federation idp identity provider okta azure entra adfs not authorized stream desktop role policy permission",
		},
		{
			Dated: tables.Since(page, hHour, "2022-09-02", ""), key: "disconnected-every-hour",
			title: "Each session ends after 60 minutes, and users must connect again.",
			words: "disconnected kicked logged out every hour 60 minutes one hour saml session duration reauthenticate",
		},
		{
			Dated: tables.Since(page, hRedirect, "2022-09-02", ""), key: "saml-redirect-uri",
			title: "After a sign-in with SAML 2.0 there is an error about the redirect URI, or a second client starts.",
			words: "redirect uri url error relay state relaystate saml idp second another additional instance client window opens starts again",
		},
		{
			Dated: tables.Since(page, hWentWrong, "2022-09-02", ""), key: "saml-launch-error",
			title:    "After a sign-in with SAML 2.0 the client says that something went wrong.",
			messages: []string{"Something went wrong: An error occurred while launching your WorkSpace"},
			words:    "something went wrong saml idp federation sign in nameid email attribute assertion",
		},
		{
			Dated: tables.Since(page, hTags, "2022-09-02", ""), key: "saml-tags",
			title:    "After a sign-in with SAML 2.0 the client says that tags are not valid.",
			messages: []string{"Unable to validate tags"},
			words:    "validate tags principaltag saml idp attribute",
		},
		{
			Dated: tables.Since(page, hAlgorithm, "2022-09-02", ""), key: "common-algorithm",
			title:    "The client and the server find no algorithm that both support.",
			messages: []string{"The client and the server cannot communicate, because they do not possess a common algorithm"},
			words:    "tls ssl cipher protocol handshake common algorithm communicate",
		},
		{
			Dated: tables.Since(page, hMicrophone, autumn2025, ""), key: "microphone", systems: []System{WindowsSystem},
			title: "Windows on a WorkSpace gets nothing from the microphone or the webcam.",
			words: "microphone mic webcam web cam camera audio video meeting call teams zoom not detected working privacy",
		},
		{
			Dated: tables.Since(page, hCertificate, autumn2025, ""), key: "certificate-logon", systems: []System{WindowsSystem},
			title: "Users with certificate-based authentication are asked for a password.",
			words: "certificate based authentication cba asked prompted password windows sign-on logon smart card private ca virtual single",
		},
		{
			Dated: tables.Since(page, hMedia, autumn2025, ""), key: "installation-media", systems: []System{WindowsSystem},
			title:  "A program or feature asks for the installation media of Windows, and a WorkSpace has none.",
			words:  "windows installation media iso dvd features component source files sxs dism net framework",
			advice: "Make a volume of the EC2 snapshot that has the media, attach it to an EC2 instance, and copy the files. With your own licence, use your own media.",
		},
		{
			Dated: tables.Since(page, hRegion, autumn2025, ""), key: "unsupported-region",
			title:  "The AWS Managed Microsoft AD is in a Region without WorkSpaces.",
			words:  "managed directory other unsupported region peering vpc launch existing",
			advice: "Peer its VPC with one in a Region that has WorkSpaces, set the routes in both, create an AD Connector there, and register that.",
		},
		{
			Dated: tables.Since(page, hFirefox, autumn2025, ""), key: "firefox-amazon-linux", systems: []System{AmazonLinux},
			title: "Firefox is not updated on Amazon Linux 2.",
			words: "firefox browser update outdated old version amazon linux 2 al2 yum repository extras",
		},
		{
			Dated: tables.Since(page, hPassword, autumn2025, ""), key: "password-policy",
			title: "A password that a user sets in the client breaks the fine-grained password policy of AWS Managed Microsoft AD.",
			words: "password policy fine grained fgpp ffgp ignored reset complexity length managed microsoft ad client",
		},
		{
			Dated: tables.Since(page, hPlatform, autumn2025, ""), key: "platform-not-authorized", clients: []Client{Web},
			title:    "Web Access says that the system or platform may not access the WorkSpace.",
			messages: []string{"This OS/platform is not authorized to access your WorkSpace"},
			words:    "os platform operating system not authorized access web browser other platforms",
			checks:   []Check{{Operation: "DescribeWorkspaceDirectories", Command: "wks preflight EXPORT"}},
		},
		{
			Dated: tables.Since(page, hAutoStop, autumn2025, ""), key: "autostop-unhealthy",
			title: "An AutoStop WorkSpace starts when a user connects, and is then unhealthy.",
			words: "autostop stopped start resume resuming hibernation unhealthy connect npcap wireshark network interface driver",
		},
		{
			Dated: tables.Since(page, hGnome, autumn2025, ""), key: "gnome-crashes", systems: []System{Ubuntu},
			title: "A user logs in to Ubuntu, and the desktop Gnome crashes.",
			words: "gnome ubuntu desktop crash crashes login username ubuntu",
		},
		{
			Dated: tables.Since(page, hNotSaved, "2018-02-03", "2018-06-29"), key: "apps-not-saved",
			title: "Open programs and documents are lost after a WorkSpace was stopped.",
			words: "state apps programs saved lost stopped stop autostop hibernate memory open documents",
		},
	},
}
