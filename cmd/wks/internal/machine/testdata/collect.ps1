# Describes this machine for wks byol, and changes nothing. Run it as administrator.
$ErrorActionPreference = 'SilentlyContinue'
$os = Get-CimInstance Win32_OperatingSystem
$cs = Get-CimInstance Win32_ComputerSystem
$up = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$apps = @(Get-ItemProperty $up)
$start = @{}
Get-CimInstance Win32_Service | ForEach-Object { $start[$_.Name] = $_.StartMode }
$byol = try { , @(Get-CimInstance Win32_UserAccount -Filter "LocalAccount=TRUE AND Name='WorkSpaces_BYOL'" -ErrorAction Stop) } catch { }
$pcoip = 'C:\Program Files (x86)\Teradici\PCoIP Agent\uninst.exe'
$wu = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
$cbs = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
$bitlocker = Get-BitLockerVolume -MountPoint 'C:'
$reserved = Get-WindowsReservedStorageState
$firmware = (Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control').PEFirmwareType
$public = 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\PublicProfile'
$mount = 'HKLM:\SYSTEM\CurrentControlSet\Services\mountmgr'
$zone = 'HKLM:\SYSTEM\CurrentControlSet\Control\TimeZoneInformation'
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
$dhcp = try { , @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled=TRUE' -ErrorAction Stop) } catch { }
$antivirus = try { , @(Get-CimInstance -Namespace 'root/SecurityCenter2' AntiVirusProduct -ErrorAction Stop | ForEach-Object { $_.displayName }) } catch { }
$drives = @(Get-CimInstance Win32_LogicalDisk)
$parts = @(Get-CimInstance Win32_DiskPartition)
$azure = try { dsregcmd /status } catch { }
[ordered]@{
  Caption = $os.Caption
  Version = $os.Version
  ProductType = $os.ProductType
  SystemType = $cs.SystemType
  Language = (Get-WinSystemLocale).Name
  PowerShellMajor = $PSVersionTable.PSVersion.Major
  OfficeInstalled = $(if ($apps) { @($apps | Where-Object { $_.PSChildName -match '0FF1CE' }).Count -gt 0 })
  AntiVirus = $antivirus
  VMwareTools = $(if ($apps) { @($apps | Where-Object { $_.DisplayName -eq 'VMware Tools' }).Count -gt 0 })
  PCoIPAgent = (Test-Path 'HKLM:\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\PCoIP*') -or (Test-Path $pcoip) -or $start.ContainsKey('PCoIPAgent')
  PCoIPUninstaller = Test-Path $pcoip
  BitLocker = $(if ($bitlocker) { "$($bitlocker.VolumeStatus)" -ne 'FullyDecrypted' })
  ReservedStorage = $(if ($reserved) { "$($reserved.ReservedStorageState)" -eq 'Enabled' })
  UpgradedInPlace = @(Get-ChildItem 'HKLM:\SYSTEM\Setup' | Where-Object { $_.PSChildName -match 'Source OS|Upgrade' }).Count -gt 0
  PendingReboot = (Test-Path $wu) -or (Test-Path $cbs)
  RearmCount = (Get-CimInstance SoftwareLicensingService).RemainingWindowsReArmCount
  AutoLogon = $(if (Test-Path $winlogon) { (Get-ItemProperty $winlogon).AutoAdminLogon -eq 1 })
  DomainJoined = $cs.PartOfDomain
  AzureDomainJoined = $(if ($azure) { @($azure -match 'AzureAdJoined : YES').Count -gt 0 })
  WindowsUpdateStart = $start['wuauserv']
  ModulesInstallerStart = $start['TrustedInstaller']
  PublicFirewall = $(if (Test-Path $public) { (Get-ItemProperty $public).EnableFirewall -eq 1 })
  AutoMount = $(if (Test-Path $mount) { (Get-ItemProperty $mount).NoAutoMount -ne 1 })
  RealTimeIsUniversal = $(if (Test-Path $zone) { [bool](Get-ItemProperty $zone).RealTimeIsUniversal })
  DHCP = $(if ($dhcp) { @($dhcp | Where-Object { -not $_.DHCPEnabled }).Count -eq 0 })
  BYOLAccount = $(if ($null -ne $byol) { $byol.Count -gt 0 })
  BYOLAccountEnabled = $(if ($byol) { -not $byol[0].Disabled })
  DefaultProfile = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList').Default
  DiskBytes = (Get-CimInstance Win32_DiskDrive -Filter 'Index=0').Size
  FreeBytes = (Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='C:'").FreeSpace
  Drives = $(if ($drives) { , @($drives | ForEach-Object { @{ ID = $_.DeviceID; Type = $_.DriveType } }) })
  UEFI = $(if ($firmware) { $firmware -eq 2 })
  Partitions = $(if ($parts) { , @($parts | ForEach-Object { @{ Type = $_.Type; Bootable = $_.Bootable } }) })
} | ConvertTo-Json -Depth 3
# Add by hand what no query tells:
#   Activated: true if Windows is activated against your own key management servers
#   SubscribesOffice: true if the import will subscribe to Office through AWS
#   ExtraSoftware: what is installed beyond Windows, as a list of names
#   AppxPackages: AppX packages that are installed for a user and not for all, as a list of names
#   MemoryIntegrity: true if UEFI locks memory integrity or Credential Guard
#   UpdatesInstalled: true if the latest updates are installed
#   TimeServerReachable: true if WorkSpaces will reach the time server of the machine
#   DefaultProfileCustom: true if C:\Users\Default was changed
