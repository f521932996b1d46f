package machine

import "strings"

// queries are statements of PowerShell 3 or later that only read. What they find is put
// together by fields. A query that fails leaves its variable empty, and the fact null: it
// is not known.
var queries = []string{
	`$ErrorActionPreference = 'SilentlyContinue'`,
	`$os = Get-CimInstance Win32_OperatingSystem`,
	`$cs = Get-CimInstance Win32_ComputerSystem`,
	`$up = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'`,
	`$apps = @(Get-ItemProperty $up)`,
	`$start = @{}`,
	`Get-CimInstance Win32_Service | ForEach-Object { $start[$_.Name] = $_.StartMode }`,
	`$byol = try { , @(Get-CimInstance Win32_UserAccount -Filter "LocalAccount=TRUE AND Name='WorkSpaces_BYOL'" -ErrorAction Stop) } catch { }`,
	`$pcoip = 'C:\Program Files (x86)\Teradici\PCoIP Agent\uninst.exe'`,
	`$wu = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'`,
	`$cbs = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'`,
	`$bitlocker = Get-BitLockerVolume -MountPoint 'C:'`,
	`$reserved = Get-WindowsReservedStorageState`,
	`$firmware = (Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control').PEFirmwareType`,
	`$public = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\PublicProfile'`,
	`$mount = 'HKLM:\SYSTEM\CurrentControlSet\Services\mountmgr'`,
	`$zone = 'HKLM:\SYSTEM\CurrentControlSet\Control\TimeZoneInformation'`,
	`$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'`,
	`$dhcp = try { , @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' -ErrorAction Stop) } catch { }`,
	`$antivirus = try { , @(Get-CimInstance -Namespace 'root/SecurityCenter2' AntiVirusProduct -ErrorAction Stop | ForEach-Object { $_.displayName }) } catch { }`,
	`$drives = @(Get-CimInstance Win32_LogicalDisk)`,
	`$parts = @(Get-CimInstance Win32_DiskPartition)`,
	`$azure = try { dsregcmd /status } catch { }`,
}

// fields give the members of a machine, by name. Those of asked have no query.
var fields = []struct{ name, value string }{
	{"Caption", `$os.Caption`},
	{"Version", `$os.Version`},
	{"ProductType", `$os.ProductType`},
	{"SystemType", `$cs.SystemType`},
	{"Language", `(Get-WinSystemLocale).Name`},
	{"PowerShellMajor", `$PSVersionTable.PSVersion.Major`},
	{"OfficeInstalled", `$(if ($apps) { @($apps | Where-Object { $_.PSChildName -match '0FF1CE' }).Count -gt 0 })`},
	{"AntiVirus", `$antivirus`},
	{"VMwareTools", `$(if ($apps) { @($apps | Where-Object { $_.DisplayName -eq 'VMware Tools' }).Count -gt 0 })`},
	{"PCoIPAgent", `(Test-Path 'HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\PCoIP*') -or (Test-Path $pcoip) -or $start.ContainsKey('PCoIPAgent')`},
	{"PCoIPUninstaller", `Test-Path $pcoip`},
	{"BitLocker", `$(if ($bitlocker) { "$($bitlocker.VolumeStatus)" -ne 'FullyDecrypted' })`},
	{"ReservedStorage", `$(if ($reserved) { "$($reserved.ReservedStorageState)" -eq 'Enabled' })`},
	{"UpgradedInPlace", `@(Get-ChildItem 'HKLM:\SYSTEM\Setup' | Where-Object { $_.PSChildName -match 'Source OS|Upgrade' }).Count -gt 0`},
	{"PendingReboot", `(Test-Path $wu) -or (Test-Path $cbs)`},
	{"RearmCount", `(Get-CimInstance SoftwareLicensingService).RemainingWindowsReArmCount`},
	{"AutoLogon", `$(if (Test-Path $winlogon) { (Get-ItemProperty $winlogon).AutoAdminLogon -eq 1 })`},
	{"DomainJoined", `$cs.PartOfDomain`},
	{"AzureDomainJoined", `$(if ($azure) { @($azure -match 'AzureAdJoined : YES').Count -gt 0 })`},
	{"WindowsUpdateStart", `$start['wuauserv']`},
	{"ModulesInstallerStart", `$start['TrustedInstaller']`},
	{"PublicFirewall", `$(if (Test-Path $public) { (Get-ItemProperty $public).EnableFirewall -eq 1 })`},
	{"AutoMount", `$(if (Test-Path $mount) { (Get-ItemProperty $mount).NoAutoMount -ne 1 })`},
	{"RealTimeIsUniversal", `$(if (Test-Path $zone) { [bool](Get-ItemProperty $zone).RealTimeIsUniversal })`},
	{"DHCP", `$(if ($dhcp) { @($dhcp | Where-Object { -not $_.DHCPEnabled }).Count -eq 0 })`},
	{"BYOLAccount", `$(if ($null -ne $byol) { $byol.Count -gt 0 })`},
	{"BYOLAccountEnabled", `$(if ($byol) { -not $byol[0].Disabled })`},
	{"DefaultProfile", `(Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList').Default`},
	{"DiskBytes", `(Get-CimInstance Win32_DiskDrive -Filter 'Index=0').Size`},
	{"FreeBytes", `(Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='C:'").FreeSpace`},
	{"Drives", `$(if ($drives) { , @($drives | ForEach-Object { @{ ID = $_.DeviceID; Type = $_.DriveType } }) })`},
	{"UEFI", `$(if ($firmware) { $firmware -eq 2 })`},
	{"Partitions", `$(if ($parts) { , @($parts | ForEach-Object { @{ Type = $_.Type; Bootable = $_.Bootable } }) })`},
}

// asked are the facts that somebody has to add by hand, and what they are.
var asked = []struct{ name, what string }{
	{"Activated", "true if Windows is activated against your own key management servers"},
	{"SubscribesOffice", "true if the import will subscribe to Office through AWS"},
	{"ExtraSoftware", "what is installed beyond Windows, as a list of names"},
	{"AppxPackages", "AppX packages that are installed for a user and not for all, as a list of names"},
	{"MemoryIntegrity", "true if UEFI locks memory integrity or Credential Guard"},
	{"UpdatesInstalled", "true if the latest updates are installed"},
	{"TimeServerReachable", "true if WorkSpaces will reach the time server of the machine"},
	{"DefaultProfileCustom", `true if C:\Users\Default was changed`},
}

// script is the queries line by line, with what is to be added by hand in comments.
func script() string {
	var b strings.Builder
	b.WriteString("# Describes this machine for wks byol, and changes nothing. Run it as administrator.\n")
	for _, q := range queries {
		b.WriteString(q + "\n")
	}
	b.WriteString("[ordered]@{\n")
	for _, f := range fields {
		b.WriteString("  " + f.name + " = " + f.value + "\n")
	}
	b.WriteString("} | ConvertTo-Json -Depth 3\n# Add by hand what no query tells:\n")
	for _, a := range asked {
		b.WriteString("#   " + a.name + ": " + a.what + "\n")
	}
	return strings.ReplaceAll(b.String(), "\n", "\r\n")
}

// oneLiner is the same as one line.
func oneLiner() string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.name + " = " + f.value
	}
	return "& { " + strings.Join(queries, "; ") + "; [ordered]@{ " + strings.Join(parts, "; ") + " } | ConvertTo-Json -Depth 3 } > machine.json"
}
