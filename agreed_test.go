package wks_test

import (
	"github.com/wksgo/wks/migrate"
)

// What several agreements name.
var (
	launches  = []string{"bundles.CheckDesktop", "bundles.CheckRequest", "bundles.CheckRequests"}
	changes   = []string{"bundles.CheckModify", "bundles.CheckSwitch"}
	broughtIn = []string{"byol.CheckWindows", "byol.CheckImport", "byol.CheckCustomImport"}
	ofImages  = []string{"byol.CheckImport", "byol.CheckCustomImport", "byol.CheckCopy"}
	refusals  = []string{"monitor.CheckLogin", "monitor.WouldRefuse"}
	diagnosis = []string{"troubleshoot.Diagnose"}
)

// agreements are by subject.
var agreements = []agreement{
	{
		about: []subject{offers, endings}, left: []string{"migrate.Check"}, right: []string{"bundles.CheckOffer"}, on: migrate.Editions,
		compare: func(a *asking) int { return agreeOnMigrations(a.disagreements, a.e, a.u, a.sources, a.offers) },
	},
	{
		about: []subject{endings}, left: []string{"migrate.Check"}, right: []string{"bundles.CheckOffer", "bundles.Calendar"}, on: migrate.Editions,
		compare: func(a *asking) int { return agreeOnDays(a.disagreements, a.e, a.u, a.sources) },
	},
	{
		about: []subject{offers}, left: launches, right: []string{"bundles.CheckOffer"}, on: migrate.Editions,
		compare: func(a *asking) int { return agreeOnLaunches(a.disagreements, a.e, a.u, a.offers) },
	},
	{
		about: []subject{offers}, left: changes, right: []string{"bundles.CheckOffer"},
		compare: func(a *asking) int { return agreeOnChanges(a.disagreements, a.e, a.u, a.offers) },
	},
	{about: []subject{offers, endings}, left: []string{"migrate.Check"}, right: launches, on: migrate.Editions, compare: compareTargets},
	{
		about: []subject{offers, endings}, left: []string{"byol.CheckWindows", "byol.CheckImport"}, right: []string{"bundles.CheckOffer"},
		compare: func(a *asking) int { return agreeOnImages(a.disagreements, a.e, a.u, a.offers) },
	},
	{about: []subject{offers}, left: []string{"byol.CheckCustomImport"}, right: []string{"bundles.CheckOffer"}, compare: compareBrought},
	{about: []subject{offers}, left: broughtIn, right: []string{"migrate.Check"}, compare: compareBrought},
	{about: []subject{endings}, left: []string{"byol.CheckWindows", "byol.CheckImport"}, right: []string{"migrate.Check"}, compare: compareBrought},
	{
		about: []subject{offers, endings}, left: []string{"migrate.Check", "migrate.NewPlan", "byol.CheckWindows", "byol.CheckImport"}, right: []string{"bundles.Offers", "bundles.ComputeTypes"},
		why: "they list the rows of which CheckOffer, which is compared, makes its answers",
	},
	{
		about: []subject{offers}, left: []string{"byol.CheckCustomImport", "byol.Checklist"}, right: []string{"bundles.Offers", "bundles.ComputeTypes"},
		why: "they list the rows of which CheckOffer, which is compared, makes its answers",
	},
	{
		about: []subject{offers}, left: []string{"byol.Checklist"}, right: []string{"bundles.CheckOffer", "bundles.CheckDesktop", "bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckModify", "bundles.CheckSwitch", "bundles.PlanModify", "migrate.Check", "migrate.NewPlan"},
		why: "it has the lines of CheckWindows, which is compared, without a compute type and a protocol",
	},
	{
		about: []subject{offers}, left: broughtIn, right: []string{"bundles.CheckDesktop", "bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckModify", "bundles.CheckSwitch", "bundles.PlanModify", "migrate.NewPlan"},
		why: "an import makes an image; that what is launched of it or becomes of it is offered, and that what is offered can be brought, is held by CheckOffer, with which both are compared",
	},
	{
		about: []subject{endings}, left: []string{"byol.CheckWindows", "byol.CheckImport"}, right: []string{"bundles.CheckDesktop", "bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckModify", "bundles.CheckSwitch", "bundles.CheckBundle", "migrate.NewPlan"},
		why: "the end of a compute type is held by CheckOffer, with which both are compared",
	},
	{
		about: []subject{endings}, left: []string{"byol.CheckWindows", "byol.CheckImport"}, right: []string{"bundles.Calendar", "bundles.CheckPools", "devices.CheckZeroClient"},
		why: "byol tells of compute types that have ended and of systems whose support by Microsoft ends, and the others of pools, of PCoIP and of systems that AWS licenses",
	},
	{
		about: []subject{offers, endings}, left: []string{"migrate.Check", "migrate.NewPlan"}, right: changes,
		why: "a change and a migration are ways of their own to a desktop: one may be closed and the other open. That neither leads to what is not offered is held by CheckOffer, with which both are compared",
	},
	{
		about: []subject{offers}, left: []string{"migrate.Check", "migrate.NewPlan"}, right: []string{"bundles.PlanModify"},
		why: "its steps are those of CheckModify, which is compared with CheckOffer",
	},
	{
		about: []subject{offers, endings}, left: []string{"migrate.NewPlan"}, right: []string{"bundles.CheckOffer", "bundles.CheckDesktop", "bundles.CheckRequest", "bundles.CheckRequests"},
		why: "it asks Check of each WorkSpace, which is compared",
	},
	{
		about: []subject{endings}, left: []string{"migrate.Check", "migrate.NewPlan"}, right: []string{"bundles.CheckBundle"},
		why: "it asks whether the compute type has ended as CheckOffer does, by the same function, and a bundle has no other end",
	},
	{
		about: []subject{endings}, left: []string{"migrate.Check", "migrate.NewPlan", "devices.CheckZeroClient"}, right: []string{"bundles.CheckPools"},
		why: "a pool is no desktop for one user, cannot be migrated to, and takes no zero clients",
	},
	{about: []subject{endings}, left: []string{"migrate.NewPlan"}, right: []string{"bundles.Calendar"}, why: "it asks Check of each WorkSpace, which is compared"},
	{about: []subject{endings}, left: []string{"devices.CheckZeroClient"}, right: []string{"bundles.Calendar", "bundles.CheckOffer"}, compare: compareEndOfPCoIP},
	{
		about: []subject{endings}, left: []string{"devices.CheckZeroClient"}, right: []string{"bundles.CheckBundle", "bundles.CheckDesktop", "bundles.CheckModify", "bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckSwitch", "bundles.ComputeTypes", "bundles.Offers"},
		why: "it asks of PCoIP alone, whose end all of bundles take from the row that CheckOffer and Calendar are compared by",
	},
	{
		about: []subject{endings}, left: []string{"devices.CheckZeroClient"}, right: []string{"migrate.Check", "migrate.NewPlan"},
		why: "both are compared with CheckOffer on the day on which PCoIP ends",
	},

	{
		about: []subject{places}, left: []string{"migrate.Check", "byol.Checklist"}, right: []string{"bundles.CheckRegion", "bundles.CheckRequest", "bundles.CheckSwitch"},
		compare: func(a *asking) int { return agreeOnRegions(a.disagreements, a.e, a.u) },
	},
	{
		about: []subject{places}, left: []string{"migrate.Check", "migrate.NewPlan", "byol.Checklist"}, right: []string{"bundles.CheckDesktop", "bundles.CheckRequests", "bundles.CheckModify", "bundles.CheckBundle"},
		why: "they ask the Region by the function that CheckRequest and CheckSwitch, which are compared, ask it by",
	},
	{about: []subject{places}, left: []string{"migrate.NewPlan"}, right: []string{"bundles.CheckRegion", "bundles.CheckRequest", "bundles.CheckSwitch"}, why: "it asks Check of each WorkSpace, which is compared"},
	{
		about: []subject{places}, left: []string{"migrate.Check", "migrate.NewPlan", "byol.Checklist"}, right: []string{"bundles.CheckStandby", "bundles.CheckNestedVirtualization"},
		why: "these tell the Regions of a feature, and those the Regions of compute types",
	},
	{
		about: []subject{places}, left: []string{"byol.Checklist"}, right: []string{"migrate.Check", "migrate.NewPlan"},
		why: "a migration of a BYOL WorkSpace stays in its Region, whose GPUs both are compared by with CheckRegion",
	},
	{
		about: []subject{regionForms}, left: []string{"bundles.CheckRegion", "bundles.CheckStandby", "bundles.CheckNestedVirtualization", "bundles.CheckRequest", "bundles.CheckRequests"},
		right:   []string{"network.Zones", "network.CheckSubnets", "network.ManagementRanges", "network.CheckRegistration", "devices.CheckFIPS", "encryption.CheckUse", "byol.CheckCopy", "migrate.Check"},
		compare: compareRegionForms,
	},
	{
		about: []subject{regionForms}, left: []string{"network.Zones", "network.CheckSubnets", "network.ManagementRanges", "network.CheckRegistration"},
		right: []string{"devices.CheckFIPS", "encryption.CheckUse", "byol.CheckCopy", "migrate.Check"}, compare: compareRegionForms,
	},
	{about: []subject{regionForms}, left: []string{"devices.CheckFIPS"}, right: []string{"encryption.CheckUse", "byol.CheckCopy", "migrate.Check"}, compare: compareRegionForms},
	{about: []subject{regionForms}, left: []string{"encryption.CheckUse"}, right: []string{"byol.CheckCopy", "migrate.Check"}, compare: compareRegionForms},
	{about: []subject{regionForms}, left: []string{"byol.CheckCopy"}, right: []string{"migrate.Check"}, compare: compareRegionForms},

	{about: []subject{states, snapshots, standbys}, left: []string{"bundles.CheckOperation"}, right: []string{"migrate.CheckReady"}, compare: compareStates},
	{
		about: []subject{states}, left: []string{"bundles.CheckImageOrigin", "bundles.CheckModify", "bundles.CheckResize", "bundles.CheckSelfService", "bundles.CheckSwitch", "bundles.PlanModify", "bundles.PlanResize"},
		right: []string{"migrate.CheckReady", "network.CheckSSH"},
		why:   "each is about another operation, with states of its own; that of a migration in bundles is CheckOperation's, which is compared",
	},
	{
		about: []subject{states}, left: []string{"network.CheckSSH"}, right: []string{"bundles.CheckOperation", "migrate.CheckReady"},
		why: "a connection over SSH is no operation of the API, and no migration",
	},
	{about: []subject{snapshots}, left: []string{"bundles.CheckOperation"}, right: []string{"migrate.Outcome"}, why: "the outcome tells what is lost after a snapshot, and asks for none"},
	{
		about: []subject{standbys}, left: []string{"bundles.CheckStandby", "bundles.CheckNestedVirtualization"}, right: []string{"migrate.CheckReady"},
		why: "one asks whether a standby WorkSpace can be made or have a feature, the other whether there is one to be migrated",
	},
	{
		about: []subject{standbys}, left: []string{"encryption.CheckUse"}, right: []string{"bundles.CheckStandby", "bundles.CheckNestedVirtualization", "bundles.CheckOperation", "migrate.CheckReady"},
		why: "it tells what the key of a standby WorkSpace must be, of which the others do not speak",
	},

	{about: []subject{sizes}, left: []string{"migrate.Outcome"}, right: []string{"bundles.CheckVolumes", "bundles.Sizes"}, compare: compareVolumes},
	{
		about: []subject{sizes}, left: []string{"migrate.Outcome"},
		right: []string{"bundles.CheckBundle", "bundles.CheckDesktop", "bundles.CheckModify", "bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckResize", "bundles.CheckSelfService", "bundles.PlanModify", "bundles.PlanResize"},
		why:   "they ask the groups of sizes by the function of CheckVolumes, which is compared",
	},

	{about: []subject{quotas}, left: ofImages, right: []string{"bundles.CheckQuota", "bundles.Quotas"}, compare: compareImageQuotas},
	{
		about: []subject{quotas}, left: []string{"network.IPGroupQuotas", "network.CheckIPGroups", "network.CheckIPGroupAssociation", "network.CheckIPGroupUpdate"}, right: []string{"bundles.Quotas", "bundles.CheckQuota"},
		compare: compareIPGroupQuotas,
	},
	{
		about: []subject{quotas}, left: []string{"network.IPGroupQuotas", "network.CheckIPGroups", "network.CheckIPGroupAssociation", "network.CheckIPGroupUpdate"}, right: ofImages,
		why: "one counts IP access control groups, the other images",
	},
	{
		about: []subject{quotas}, left: []string{"encryption.CheckGrants", "encryption.Limits", "encryption.MaxWorkSpaces", "encryption.Shard"},
		right: []string{"bundles.CheckQuota", "bundles.Quotas", "byol.CheckImport", "byol.CheckCustomImport", "byol.CheckCopy", "network.IPGroupQuotas", "network.CheckIPGroups", "network.CheckIPGroupAssociation", "network.CheckIPGroupUpdate"},
		why:   "the limits are those of a key in AWS KMS, and no quota of an account in WorkSpaces",
	},
	{about: []subject{maintenance}, left: []string{"bundles.NextMaintenance"}, right: []string{"migrate.CheckReady"}, compare: compareMaintenance},
	{about: []subject{nested}, left: []string{"bundles.CheckNestedVirtualization"}, right: []string{"migrate.Check"}, compare: compareNested},
	{about: []subject{nested}, left: []string{"bundles.CheckNestedVirtualization"}, right: []string{"migrate.NewPlan"}, why: "it asks Check of each WorkSpace, which is compared"},
	{about: []subject{nested}, left: []string{"bundles.CheckNestedVirtualization"}, right: diagnosis, compare: compareNestedCauses},
	{about: []subject{nested}, left: []string{"migrate.Check", "migrate.NewPlan"}, right: diagnosis, why: "no symptom is one of a migration"},

	{about: []subject{directories}, left: []string{"byol.CheckDirectory"}, right: []string{"migrate.Check"}, compare: compareEntra},
	{
		about: []subject{directories}, left: []string{"bundles.CheckSimpleAD"},
		right: []string{"byol.CheckDirectory", "byol.Checklist", "migrate.Check", "migrate.NewPlan", "migrate.CheckReady", "devices.CheckAccess", "devices.CheckDeviceCertificate", "network.CheckSecurityGroup", "troubleshoot.Diagnose"},
		why:   "it is about creating a directory, and the others about using one that there is",
	},
	{
		about: []subject{directories}, left: []string{"bundles.CheckStandby"},
		right: []string{"byol.CheckDirectory", "byol.Checklist", "migrate.Check", "migrate.NewPlan", "migrate.CheckReady", "devices.CheckAccess", "devices.CheckDeviceCertificate", "network.CheckSecurityGroup", "troubleshoot.Diagnose"},
		why:   "it is about the replication of data with Simple AD, of which no other question speaks",
	},
	{
		about: []subject{directories}, left: []string{"byol.CheckDirectory", "byol.Checklist"},
		right: []string{"devices.CheckAccess", "devices.CheckDeviceCertificate", "network.CheckSecurityGroup", "troubleshoot.Diagnose", "migrate.CheckReady", "migrate.NewPlan"},
		why:   "one asks for licences and tenancy, the other for trusted devices, open ports, trusts, or what does not work",
	},
	{about: []subject{directories}, left: []string{"byol.Checklist"}, right: []string{"migrate.Check"}, why: "its line on the directory is that of CheckDirectory, which is compared"},
	{
		about: []subject{directories}, left: []string{"migrate.Check", "migrate.NewPlan", "migrate.CheckReady"},
		right: []string{"devices.CheckAccess", "devices.CheckDeviceCertificate", "network.CheckSecurityGroup", "troubleshoot.Diagnose"},
		why:   "a migration stays in its directory, whose devices, ports and faults it does not ask for",
	},
	{
		about: []subject{directories}, left: []string{"devices.CheckAccess", "devices.CheckDeviceCertificate"}, right: []string{"network.CheckSecurityGroup", "troubleshoot.Diagnose"},
		why: "one asks which directories have trusted devices, the others which ports its controllers need, and which mails and resets of passwords it has",
	},
	{about: []subject{directories}, left: []string{"network.CheckSecurityGroup"}, right: diagnosis, why: "the causes are answered by questions about ports, and do not tell which ports a kind needs"},

	{about: []subject{secrets}, left: []string{"bundles.CheckRequest", "bundles.CheckRequests"}, right: []string{"encryption.CheckUse"}, compare: compareKeys},
	{
		about: []subject{secrets}, left: []string{"bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckImageOrigin"}, right: []string{"encryption.CheckKey", "encryption.CheckChange"},
		why: "a request names a key and does not describe it, and changes no WorkSpace that there is",
	},
	{about: []subject{secrets}, left: []string{"bundles.CheckImageOrigin"}, right: []string{"encryption.CheckUse"}, why: "it is about an image of an encrypted WorkSpace, and not about its key"},
	{
		about: []subject{secrets}, left: []string{"byol.CheckImport", "byol.CheckCustomImport"},
		right: []string{"bundles.CheckRequest", "bundles.CheckRequests", "bundles.CheckImageOrigin", "encryption.CheckUse", "encryption.CheckKey", "encryption.CheckChange"},
		why:   "it is about the encryption of an AMI, which is no WorkSpace",
	},
	{about: []subject{grants}, left: []string{"encryption.Grants"}, right: []string{"migrate.CheckReady"}, compare: compareGrants},
	{
		about: []subject{grants}, left: []string{"encryption.CheckGrants", "encryption.Limits", "encryption.MaxWorkSpaces", "encryption.Shard"}, right: []string{"migrate.CheckReady", "migrate.NewPlan"},
		why: "migrate is told how many grants a key can still take, and has no limit of its own",
	},
	{about: []subject{grants}, left: []string{"encryption.Grants"}, right: []string{"migrate.NewPlan"}, why: "the grants of a WorkSpace are given to it, from migrate.Grants, which reads the row of CheckReady"},

	{about: []subject{tagging}, left: ofImages, right: []string{"bundles.CheckTags"}, compare: compareTags},
	{
		about: []subject{tagging}, left: ofImages, right: []string{"bundles.CheckBundle", "bundles.CheckRequest", "bundles.CheckRequests"},
		why: "they judge tags by the function of CheckTags, which is compared",
	},
	{about: []subject{naming}, left: []string{"byol.CheckImport", "byol.CheckCustomImport", "byol.CheckCopy", "byol.CheckShare"}, right: []string{"bundles.CheckName", "bundles.CheckID"}, compare: compareNames},
	{
		about: []subject{naming}, left: []string{"byol.CheckImport", "byol.CheckCustomImport", "byol.CheckCopy", "byol.CheckShare"}, right: []string{"bundles.CheckBundle", "bundles.CheckRequest", "bundles.CheckRequests"},
		why: "they judge names and identifiers by the functions of CheckName and CheckID, which are compared",
	},
	{
		about: []subject{users}, left: []string{"bundles.CheckUserName", "bundles.CheckRequest", "bundles.CheckRequests"}, right: diagnosis,
		why: "whether a name is valid is a question that the cause asks, and CheckUserName answers",
	},
	{about: []subject{passwords}, left: []string{"bundles.CheckPassword"}, right: diagnosis, why: "the cause says that a policy of the directory is not asked, and not what a password must be"},
	{about: []subject{mfa}, left: []string{"bundles.CheckRADIUS"}, right: []string{"devices.CheckZeroClient"}, why: "one asks for settings of a server, the other whether users of zero clients sign in with it"},

	{about: []subject{deviceTypes}, left: []string{"devices.CheckAccess", "devices.DeviceTypes"}, right: []string{"monitor.CheckLogin", "troubleshoot.Diagnose"}, compare: compareDevices},
	{about: []subject{deviceTypes}, left: []string{"devices.CheckAccess", "devices.DeviceTypes"}, right: []string{"monitor.WouldRefuse"}, why: "it asks CheckLogin of each login, which is compared"},
	{about: []subject{deviceTypes}, left: refusals, right: diagnosis, why: "both are compared with devices, by the value that a directory has for a type"},
	{
		about: []subject{clients}, left: []string{"monitor.CheckLogin", "monitor.WouldRefuse", "monitor.SAMLClients"}, right: []string{"devices.CheckClientVersion", "bundles.CheckClientExperience", "troubleshoot.Diagnose"},
		why: "monitor tells the oldest versions for SAML 2.0, devices those for FIPS, DCV, a move and a proxy, bundles what a policy forces, and troubleshoot none",
	},
	{
		about: []subject{clients}, left: []string{"devices.CheckClientVersion"}, right: []string{"bundles.CheckClientExperience", "troubleshoot.Diagnose"},
		why: "one tells versions, and the others an interface and faults, of no version",
	},
	{about: []subject{clients}, left: []string{"bundles.CheckClientExperience"}, right: diagnosis, why: "no symptom is one of an interface"},

	{about: []subject{ipGroups}, left: []string{"network.IPAccess"}, right: []string{"monitor.CheckLogin", "troubleshoot.Diagnose"}, compare: compareIPGroups},
	{about: []subject{ipGroups}, left: []string{"network.IPAccess"}, right: []string{"monitor.WouldRefuse"}, why: "it asks CheckLogin of each login, which is compared"},
	{about: []subject{ipGroups}, left: refusals, right: diagnosis, why: "both are compared with IPAccess"},
	{
		about: []subject{ipGroups}, left: []string{"network.CheckDirectoryFeatures", "network.CheckIPGroupAssociation", "network.CheckIPGroupUpdate", "network.CheckIPGroups", "network.IPGroupQuotas"}, right: []string{"monitor.CheckLogin", "monitor.WouldRefuse", "troubleshoot.Diagnose"},
		why: "they judge the numbers and rules of groups, and not whom these admit",
	},
	{about: []subject{fips}, left: []string{"devices.CheckFIPS"}, right: []string{"network.CheckDirectoryFeatures"}, compare: compareFIPS},
	{about: []subject{fips}, left: []string{"devices.CheckFIPS"}, right: []string{"network.CheckDomains", "network.CheckFirewall"}, why: "one asks how a directory is set, the others which names clients need"},
	{
		about: []subject{openPorts}, left: []string{"network.Ports", "network.CheckSecurityGroup", "network.CheckFirewall", "network.CheckDomains"}, right: diagnosis,
		why: "whether a port is open is a question that the causes ask, and network answers",
	},
	{
		about: []subject{openPorts}, left: []string{"monitor.Prerequisite"}, right: []string{"network.Ports", "network.CheckSecurityGroup", "network.CheckFirewall", "network.CheckDomains", "troubleshoot.Diagnose"},
		why: "it tells where WorkSpaces send their metrics to, of which the others do not speak",
	},
	{about: []subject{ipv6}, left: []string{"network.LaunchWithIPv6AutoAssign"}, right: diagnosis, compare: compareIPv6},
	{about: []subject{addresses}, left: []string{"network.CheckAddresses"}, right: []string{"migrate.CheckReady"}, compare: compareAddresses},
	{about: []subject{addresses}, left: []string{"network.CheckAddresses"}, right: []string{"migrate.NewPlan"}, why: "it counts one address for each migration as CheckReady does, which is compared, and its tests hold waves against that"},
	{
		about: []subject{pools}, left: []string{"bundles.CheckPools", "bundles.CheckQuota"}, right: []string{"network.Zones", "network.CheckSubnets", "network.Ports", "network.ManagementRanges", "monitor.Metrics"},
		compare: comparePools,
	},
	{
		about: []subject{pools}, left: []string{"bundles.CheckClientExperience"}, right: []string{"network.Zones", "network.CheckSubnets", "network.Ports", "network.ManagementRanges", "monitor.Metrics"},
		why: "it asks whether users connect to pools, and nothing of pools",
	},
	{
		about: []subject{pools}, left: []string{"monitor.Metrics"}, right: []string{"network.Zones", "network.CheckSubnets", "network.Ports", "network.ManagementRanges"},
		why: "one lists what is measured, the others where pools are and which ports they need",
	},
	{about: []subject{modes}, left: []string{"bundles.CheckRunningMode"}, right: []string{"monitor.CheckAlarm", "monitor.Metrics"}, compare: compareModes},
	{
		about: []subject{modes}, left: []string{"bundles.CheckRunningMode", "bundles.CheckDesktop", "bundles.CheckModify", "bundles.CheckSelfService"}, right: []string{"monitor.CheckQuery", "monitor.RecommendedAlarms", "byol.PlanUpgrade", "troubleshoot.Diagnose"},
		why: "they ask which mode a WorkSpace has, and not which it can have",
	},
	{
		about: []subject{modes}, left: []string{"bundles.CheckDesktop", "bundles.CheckModify", "bundles.CheckSelfService"}, right: []string{"monitor.CheckAlarm", "monitor.Metrics"},
		why: "they judge a mode by the function of CheckRunningMode, which is compared, or ask who may change it",
	},
	{
		about: []subject{modes}, left: []string{"byol.PlanUpgrade"}, right: []string{"monitor.CheckAlarm", "monitor.CheckQuery", "monitor.Metrics", "monitor.RecommendedAlarms", "troubleshoot.Diagnose"},
		why: "it asks for the time after which a WorkSpace stops, which no other does",
	},
	{
		about: []subject{modes}, left: diagnosis, right: []string{"monitor.CheckAlarm", "monitor.CheckQuery", "monitor.Metrics", "monitor.RecommendedAlarms"},
		why: "one gives causes for a WorkSpace in a mode, the other tells what is measured in it",
	},
	{about: []subject{linux}, left: []string{"bundles.CheckImageOrigin"}, right: []string{"network.CheckSSH"}, compare: compareLinux},
	{
		about: []subject{linux}, left: []string{"bundles.ImageRequirements", "migrate.Effects"}, right: []string{"network.CheckSSH"},
		why: "they are told whether a WorkSpace runs Linux, and do not judge it",
	},
	{
		about: []subject{linux}, left: []string{"migrate.Effects"}, right: []string{"bundles.CheckImageOrigin", "bundles.ImageRequirements"},
		why: "it is told whether a WorkSpace runs Linux, and does not judge it",
	},
	{
		about: []subject{images}, left: []string{"bundles.CheckImageOrigin", "bundles.ImageRequirements", "bundles.ImageTests"}, right: []string{"byol.CheckMachine", "byol.ImageErrors", "byol.MachineChecklist", "byol.RunChecker"},
		why: "bundles is about WorkSpaces that images are made of with CreateWorkspaceImage, byol about machines outside of WorkSpaces that are imported: the guide has a list of conditions for each",
	},
	{about: []subject{office}, left: []string{"byol.CheckImport", "byol.Checklist"}, right: []string{"network.OfficeKMS"}, why: "one asks for subscriptions on BYOL images, the other for the address at which public bundles activate Office"},
	{
		about: []subject{ranges}, left: []string{"byol.CheckLink", "byol.Checklist"},
		right: []string{"network.CheckManagementCIDR", "network.CheckRegistration", "network.FreeManagementCIDRs", "network.FreeManagementCIDRsIn", "network.ManagementCIDRParents", "network.ManagementRanges", "network.ProposeManagementCIDRs"},
		why:   "byol is told whether a range was chosen and conflicts, which network answers",
	},
	{
		about: []subject{waits}, left: []string{"bundles.Wait"}, right: []string{"byol.IngestionTime"},
		why: "one tells times to wait between changes of a WorkSpace, the other how long an import takes",
	},
	{
		about: []subject{policies}, left: []string{"encryption.IAMPolicy", "encryption.KeyPolicy"}, right: []string{"byol.Policy", "byol.Statements"},
		why: "one permits the use of keys, the other to set an account up: their actions are those of other services",
	},
}
