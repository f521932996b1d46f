package byol

import "github.com/wksgo/wks/rule"

const (
	LicenseForbidsHosting      rule.Code = "byol.license-forbids-hosting"
	NoVolumeLicensing          rule.Code = "byol.no-volume-licensing"
	OEMLicense                 rule.Code = "byol.oem-license"
	CommitmentTooSmall         rule.Code = "byol.commitment-too-small"
	CapeTownCommitmentTooSmall rule.Code = "byol.cape-town-commitment-too-small"
	GPUCommitmentTooSmall      rule.Code = "byol.gpu-commitment-too-small"
	GPUUnavailableInRegion     rule.Code = "byol.gpu-unavailable-in-region"
	GraphicsNotEnabled         rule.Code = "byol.graphics-not-enabled"
	AccountNotEnabled          rule.Code = "byol.account-not-enabled"
	ManagementCIDRNotChosen    rule.Code = "byol.management-cidr-not-chosen"
	ManagementCIDRConflicts    rule.Code = "byol.management-cidr-conflicts"
	LinkedAccountChoseCIDR     rule.Code = "byol.linked-account-chose-cidr"
	KMSUnreachable             rule.Code = "byol.kms-unreachable"
	ManagementPortsClosed      rule.Code = "byol.management-ports-closed"
	ImportFormatUnsupported    rule.Code = "byol.import-format-unsupported"
	LTSCFromISO                rule.Code = "byol.ltsc-from-iso"
	BucketInOtherRegion        rule.Code = "byol.bucket-in-other-region"
	EBSEncryptedByDefault      rule.Code = "byol.ebs-encrypted-by-default"
	SourceAMIEncrypted         rule.Code = "byol.source-ami-encrypted"
	ImportThroughPrivateLink   rule.Code = "byol.import-through-private-link"
	ImportWithoutInternet      rule.Code = "byol.import-without-internet"
)

const (
	requirements = "Requirements"
	enableStep   = "Enable your account for BYOL"
	createStep   = "Create a BYOL image"

	// What counts towards a commitment, beside the account's own WorkSpaces.
	countsLinked       = "Linked"
	countsApplications = "ApplicationUsers"
	onlyIfPlanned      = "only if planned" // WorkSpaces with a GPU alone are no WorkSpaces too few
)

// eligibilityRows say what an account needs. The minima of WorkSpaces are commitments
// that no API enforces, so they are Should. The FAQ's words on licences end where the
// guide's begin.
//
//	from        WorkSpaces without a GPU
//	2017-12-31  200 in a Region each month
//	2018-02-03  200
//	2020-04-29  200, any mix of running modes; with a GPU alone they are not asked for
//	2020-09-03  200 in each Region
//	2022-09-02  100 in each Region
//	2025-10-21  50 in each Region; 400 in Cape Town
//	2026-09-10  50 in each Region each month, with the unique users of WorkSpaces
//	            Applications, over all linked accounts
var eligibilityRows = []row{
	must(LicenseForbidsHosting, byolPage, requirements, "2018-02-03", "", "an agreement with Microsoft that lets Windows run in a virtual hosted environment"),
	must(NoVolumeLicensing, faq, "What are the requirements for bringing my Windows desktop licenses?", year2017, "2018-02-03", "Volume Licensing with Software Assurance"),
	must(OEMLicense, faq, "What versions of Windows desktop licenses can I bring?", year2017, "2018-02-03", "no OEM licence"),

	should(CommitmentTooSmall, faq, "Would I need to commit to a certain number?", year2017, "2018-02-03", "at least 200 WorkSpaces in the Region each month").atLeast(200),
	should(CommitmentTooSmall, byolPage, requirements, "2018-02-03", "2020-04-29", "at least 200 WorkSpaces").atLeast(200),
	should(CommitmentTooSmall, byolPage, requirements, "2020-04-29", "2020-09-03", "at least 200 WorkSpaces without a GPU, in any mix of running modes").atLeast(200).oneOf(onlyIfPlanned),
	should(CommitmentTooSmall, byolPage, requirements, "2020-09-03", "2022-09-02", "at least 200 WorkSpaces without a GPU in the Region, in any mix of running modes").atLeast(200).oneOf(onlyIfPlanned),
	should(CommitmentTooSmall, byolPage, requirements, "2022-09-02", autumn2025, "at least 100 WorkSpaces without a GPU in the Region, in any mix of running modes").atLeast(100).oneOf(onlyIfPlanned),
	should(CommitmentTooSmall, byolPage, requirements, autumn2025, lastReading, "at least 50 WorkSpaces without a GPU in the Region, in any mix of running modes").atLeast(50).oneOf(onlyIfPlanned),
	should(CommitmentTooSmall, byolPage, requirements, lastReading, "", "at least 50 WorkSpaces without a GPU and unique users of WorkSpaces Applications in the Region each month, over all linked accounts").atLeast(50).oneOf(onlyIfPlanned, countsLinked, countsApplications),
	should(CapeTownCommitmentTooSmall, byolPage, requirements, autumn2025, lastReading, "at least 400 WorkSpaces in Africa (Cape Town)").atLeast(400),
	should(CapeTownCommitmentTooSmall, byolPage, requirements, lastReading, "", "at least 400 WorkSpaces in Africa (Cape Town), over all linked accounts").atLeast(400).oneOf(countsLinked),
	should(GPUCommitmentTooSmall, byolPage, requirements, "2019-10-25", lastReading, "at least 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU in the Region each month").atLeast(4).orAtLeast(20),
	should(GPUCommitmentTooSmall, byolPage, requirements, lastReading, "", "at least 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU in the Region each month, over all linked accounts").atLeast(4).orAtLeast(20).oneOf(countsLinked),
	must(GPUUnavailableInRegion, byolPage, requirements, autumn2025, "", "a Region other than Africa (Cape Town) and Israel (Tel Aviv) for WorkSpaces with a GPU").oneOf("af-south-1", "il-central-1"),
	must(GraphicsNotEnabled, byolPage, createStep, "2019-10-25", autumn2025, "that AWS Support has put the account on the allow-list for Graphics images"),
	must(GraphicsNotEnabled, byolPage, enableStep, autumn2025, "", "that AWS Support has enabled the account for Graphics BYOL, which the console cannot"),

	must(AccountNotEnabled, byolPage, enableStep, "2019-01-08", "", "an account that is enabled for BYOL in the Region"),
	must(ManagementCIDRNotChosen, byolPage, requirements, "2018-02-03", "2020-06-04", "a /16 block of one of the five ranges for the management interface"),
	must(ManagementCIDRNotChosen, byolPage, requirements, "2020-06-04", "", "a /16 block of one of the five ranges, reserved for the management interface"),
	must(ManagementCIDRConflicts, byolPage, enableStep, "2019-10-25", "", "a management range that does not conflict with your network"),
	must(LinkedAccountChoseCIDR, byolPage, "Link BYOL accounts", lastReading, "", "no management range of its own in an account that links to another"),

	must(KMSUnreachable, faq, "How will I activate my Windows desktop operating system?", year2017, "2018-02-03", "activation servers in the VPC or reachable from it"),
	must(KMSUnreachable, byolPage, requirements, "2018-02-03", year2024, "activation against your own key management servers"),
	must(KMSUnreachable, rePost, "VM import and operating system configuration", year2024, "", "key management servers that WorkSpaces can reach over your network"),
	must(ManagementPortsClosed, rePost, "Infrastructure requirements", year2024, "", "the documented traffic of the management interface let through"),

	must(ImportFormatUnsupported, byolPage, requirements, "2018-02-03", "2019-10-25", "an OVA").oneOf("OVA"),
	must(ImportFormatUnsupported, byolPage, "Import the VM as an image into EC2", "2019-10-25", autumn2025, "an AMI").oneOf("AMI"),
	must(ImportFormatUnsupported, byolPage, createStep, autumn2025, "", "VHDX, VMDK, OVF, ISO or AMI").oneOf("VHDX", "VMDK", "OVF", "ISO", "AMI"),
	must(LTSCFromISO, byolPage, "Windows versions supported for BYOL", lastReading, "", "a VM image for an LTSC edition, which Image Builder does not import from an ISO"),
	must(BucketInOtherRegion, byolPage, createStep, autumn2025, "", "an S3 bucket in the Region of the WorkSpaces"),
	must(EBSEncryptedByDefault, byolPage, requirements, "2021-04-30", "", "EBS encryption by default switched off"),
	must(SourceAMIEncrypted, byolPage, "Windows versions supported for BYOL", lastReading, "", "an AMI that is not encrypted"),
	must(ImportThroughPrivateLink, byolPage, "Network connectivity", lastReading, "", "a VPC without AWS PrivateLink for the import"),
	should(ImportWithoutInternet, byolPage, "Network connectivity", lastReading, "", "a VPC with access to the public internet for the import"),
}
