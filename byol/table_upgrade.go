package byol

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	UpgradeSystemUnsupported rule.Code = "byol.upgrade-system-unsupported"
	UpgradeToOtherProduct    rule.Code = "byol.upgrade-to-other-product"
	UpgradeAutoStopTooShort  rule.Code = "byol.upgrade-auto-stop-too-short"
	UpgradesDeferred         rule.Code = "byol.upgrades-deferred"
	UpgradeOfCustomProfile   rule.Code = "byol.upgrade-of-custom-profile"
	UpgradeOfSeveralProfiles rule.Code = "byol.upgrade-of-several-profiles"
	ProfileStaysOnC          rule.Code = "byol.profile-stays-on-c"
	NoRebootDisputed         rule.Code = "byol.no-reboot-disputed"
	UpgradeNotEnabled        rule.Code = "byol.upgrade-not-enabled"
	PVDriversNotEnabled      rule.Code = "byol.pv-drivers-not-enabled"
	ProfileSettingsUndefined rule.Code = "byol.profile-settings-undefined"
	RegistryValueMalformed   rule.Code = "byol.registry-value-malformed"
	RegistryValueUnknown     rule.Code = "byol.registry-value-unknown"
)

const (
	upgradeSince    = "2020-04-29"
	registrySummary = "Summary of registry key settings"
	upgradeSteps    = "Perform an in-place upgrade"
)

// upgradeRows are the rules about upgrading Windows on a BYOL WorkSpace in place.
var upgradeRows = []row{
	must(UpgradeSystemUnsupported, upgradePage, "Upgrade Windows BYOL WorkSpaces", upgradeSince, lastReading, "Windows 10").oneOf(windows10),
	must(UpgradeSystemUnsupported, upgradePage, "Upgrade Windows BYOL WorkSpaces", lastReading, "", "Windows 10 or Windows 11").oneOf(windows10, windows11),
	must(UpgradeToOtherProduct, upgradePage, "Upgrade Windows BYOL WorkSpaces", lastReading, "", "a migration to a Windows 11 BYOL bundle, to get from Windows 10 to Windows 11"),
	must(UpgradeAutoStopTooShort, upgradePage, "Prerequisites", upgradeSince, "", "AlwaysOn, or an AutoStop time of 180 minutes or more").atLeast(180),
	must(UpgradesDeferred, upgradePage, "Prerequisites", upgradeSince, "", "upgrades that no policy defers or pauses"),
	must(UpgradeOfCustomProfile, upgradePage, "Prerequisites", upgradeSince, "", `a default profile, C:\Users\Default, that was not customised`),
	must(UpgradeOfSeveralProfiles, upgradePage, "Prerequisites", lastReading, "", "one user profile on D:").atMost(1),
	should(ProfileStaysOnC, upgradePage, "Considerations", upgradeSince, "", "the profile back on D:, so that the WorkSpace can be rebuilt and migrated without loss"),
	should(NoRebootDisputed, upgradePage, registrySummary, upgradeSince, "2020-10-28", "the procedure's reading of NoReboot, which the table of the same page contradicts"),

	must(UpgradeNotEnabled, upgradePage, upgradeSteps, upgradeSince, "", "Enabled of enable-inplace-upgrade.ps1 set to 1"),
	must(PVDriversNotEnabled, upgradePage, upgradeSteps, upgradeSince, "", "Enabled of update-pvdrivers.ps1 set to 1"),
	should(ProfileSettingsUndefined, upgradePage, upgradeSteps, upgradeSince, "", "PostUpgradeRestoreProfileOnD 0 with UserShellFoldersRedirection 1 (drive C) or 1 with 0 (drive D)"),
	must(RegistryValueMalformed, upgradePage, registrySummary, upgradeSince, "", "a DWORD of 0 or 1"),
	should(RegistryValueUnknown, upgradePage, registrySummary, upgradeSince, "", "a value that the guide names"),
}

// The keys below which the scripts of the in-place upgrade find their values.
const (
	configKey       = `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`
	inPlaceScript   = "enable-inplace-upgrade.ps1"
	pvDriversScript = "update-pvdrivers.ps1"
)

// A registryRow is a DWORD value: its default, and what 0 and 1 do. A value that the
// scripts write has no default.
type registryRow struct {
	script, name string
	standard     int
	effects      [2]string
	span         rule.Span
	cite         rule.Citation
}

const written = -1 // by the scripts, to be read

func registry(script, name string, standard int, since, until, zero, one string) registryRow {
	return registryRow{script, name, standard, [2]string{zero, one}, tables.During(since, until), tables.Cite(upgradePage, registrySummary, since)}
}

// registryRows, in the order in which the procedure sets them, then those that are read.
var registryRows = []registryRow{
	registry(inPlaceScript, "Enabled", 0, upgradeSince, "", "the in-place upgrade is disabled", "the in-place upgrade is enabled"),
	registry(pvDriversScript, "Enabled", 0, upgradeSince, "", "the AWS PV drivers are not updated", "the AWS PV drivers are updated"),
	registry(inPlaceScript, "NoReboot", 0, upgradeSince, "2020-10-28", "the script may not reboot the WorkSpace, says the table", "you control when a reboot occurs, says the table; the procedure says that it prevents the reboot"),
	registry(inPlaceScript, "NoReboot", 0, "2020-10-28", "", "you control when a reboot occurs", "the script may not reboot the WorkSpace"),
	registry(inPlaceScript, "PostUpgradeRestoreProfileOnD", 0, upgradeSince, "", "the profile path is left as it is after the upgrade", "the profile path is restored after the upgrade, to D:"),
	registry(inPlaceScript, "UserShellFoldersRedirection", 1, upgradeSince, "", "the user shell folders are not redirected", `the user shell folders are redirected to D:\Users`),
	registry(inPlaceScript, "profileImagePathDeleted", written, upgradeSince, "", "the WorkSpace is not unblocked for the upgrade", "the WorkSpace is unblocked for the upgrade"),
	registry(inPlaceScript, "scriptExecutionComplete", written, upgradeSince, "", "the update scripts have not finished", "the update scripts have finished"),
}

func registryStatements() (list []statement) {
	for _, v := range registryRows {
		text := "0: " + v.effects[0] + "; 1: " + v.effects[1]
		if v.standard != written {
			text += "; default " + string(rune('0'+v.standard))
		}
		list = append(list, statement{Statement{"registry " + v.script + " " + v.name, text, "", v.cite}, v.span})
	}
	return list
}
