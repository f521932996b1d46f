package troubleshoot

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The causes in zero clients and client applications.
const (
	ZeroClientClock      rule.Code = "troubleshoot.zero-client-without-ntp"
	ZeroClientRoot       rule.Code = "troubleshoot.zero-client-lacks-amazon-root"
	USBRedirectionOff    rule.Code = "troubleshoot.usb-redirection-off"
	PrinterDriver32Bit   rule.Code = "troubleshoot.printer-driver-32-bit"
	UpdateSkippedWindows rule.Code = "troubleshoot.update-skipped-on-windows"
	UpdateSkippedMac     rule.Code = "troubleshoot.update-skipped-on-macos"
	AndroidNotEnabled    rule.Code = "troubleshoot.android-applications-not-enabled"
	ChromebookNoAndroid  rule.Code = "troubleshoot.chromebook-without-android"
	PowerNap             rule.Code = "troubleshoot.power-nap-on"
)

var zeroClientCauses = []cause{
	{
		code: ZeroClientClock, of: "zero-client-certificate",
		title:  "The zero client does not set its clock by NTP.",
		remedy: "Set up NTP on the zero client.",
		checks: []Check{{Code: "devices.zero-client-time"}},
		said:   []said{might(hTimestamp, "2020-01-10", "", not(ZeroClientNTP))},
	},
	{
		code: ZeroClientRoot, of: "zero-client-certificate",
		title:  "The zero client does not have the certificate of Amazon Trust Services.",
		remedy: "Upload the Starfield certificate of Amazon Trust Services to the zero client.",
		said:   []said{must("PCoIP Zero Clients", "2019-11-26", "", not(ZeroClientHasRoot))},
	},
	{
		code: USBRedirectionOff, of: "zero-client-usb",
		title:   "USB redirection is off: the PCoIP agent of the WorkSpace, 20.10.4 or later, disables it, and nobody has enabled it.",
		remedy:  "Set pcoip.enable_usb to 1 under pcoip_admin and pcoip_admin_defaults in the registry, by group policy, and log in again.",
		figures: []tables.Figure{{Name: "PCoIP agent that disables USB redirection, first", Value: "20.10.4"}},
		said:    []said{must(hUSB, "2021-06-02", "", is(AgentDisablesUSB), not(USBRedirection))},
	},
	{
		code: PrinterDriver32Bit, of: "zero-client-usb",
		title:  "A virtual printer has a 32-bit driver.",
		remedy: "Install the 64-bit driver of the printer.",
		said:   []said{must(hUSB, "2021-06-02", "", is(Driver32Bit))},
	},
}

var clientCauses = []cause{
	{
		code: UpdateSkippedWindows, of: "client-update-skipped",
		title:  "The registry of the user's Windows has the value SkipThisVersion.",
		remedy: "Delete SkipThisVersion below HKCU\\Software\\Amazon Web Services. LLC\\Amazon WorkSpaces\\WinSparkle.",
		said:   []said{must(hSkipped, "2020-07-08", "", with(Windows), is(SkipValueSet))},
	},
	{
		code: UpdateSkippedMac, of: "client-update-skipped",
		title:  "The user's macOS has the preference SUSkippedVersion.",
		remedy: "Reset the preference SUSkippedVersion of the client.",
		said:   []said{must(hSkipped, "2020-07-08", "", with(MacOS), is(SkipValueSet))},
	},
	{
		code: ChromebookNoAndroid, of: "chromebook-android",
		title:  "The Chromebook cannot install Android applications, and the older client for Chromebooks ended with version 2.4.13.",
		remedy: "Use a Chromebook that supports Android applications, or Web Access.",
		said:   []said{might(hChromebook, "2020-02-14", "", not(ChromebookSupportsAndroid))},
	},
	{
		code: AndroidNotEnabled, of: "chromebook-android",
		title:  "The Chromebook is managed, and may not install Android applications.",
		remedy: "Enable Android applications for the users' Chromebooks.",
		said:   []said{might(hChromebook, "2020-02-14", "", not(AndroidEnabled))},
	},
	{
		code: PowerNap, of: "disconnects-in-background",
		title:  "Power Nap is on, and puts the client to sleep in the background.",
		remedy: "Run defaults write com.amazon.workspaces NSAppSleepDisabled -bool YES in a terminal.",
		said:   []said{might(hBackground, "2022-09-02", "", is(PowerNapOn))},
	},
}
