package byol

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about an account and its import.
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

// accountChecks are the checks of an account, in the order of the guide. The FAQ's words on
// licences stand on: no version of the guide takes them back, or speaks of Volume Licensing or OEM.
var accountChecks = slices.Concat(
	licenceChecks,
	systemChecks("Windows", func(f *Facts) any { return f.Windows }),
	accountOwnChecks,
	directoryChecks,
	importChecks,
)

var licenceChecks = []check[Facts]{
	{requirement{LicenseForbidsHosting, "The agreement with Microsoft does not let Windows run in a virtual hosted environment.",
		"Get an agreement that does, or launch WorkSpaces with a licence of AWS.",
		[]ask{must(byolPage, requirementsSection, "2018-02-03", "", "an agreement with Microsoft that lets Windows run in a virtual hosted environment")}}, "LicenseAllowsHosting",
		yes(func(f *Facts) *bool { return f.LicenseAllowsHosting })},
	{requirement{NoVolumeLicensing, "The licences are not of Volume Licensing with Software Assurance.", "Bring licences of Volume Licensing with Software Assurance.",
		[]ask{must(faq, "What are the requirements for bringing my Windows desktop Licenses to Amazon WorkSpaces?", year2017, "", "Volume Licensing with Software Assurance")}}, "VolumeLicensing",
		yes(func(f *Facts) *bool { return f.VolumeLicensing })},
	{requirement{OEMLicense, "The licences are OEM licences.", "Bring licences of Volume Licensing.",
		[]ask{must(faq, faqVersions, year2017, "", "no OEM licence")}}, "OEMLicense", no(func(f *Facts) *bool { return f.OEMLicense })},
}

var accountOwnChecks = []check[Facts]{
	{requirement{CommitmentTooSmall, "Fewer WorkSpaces are planned in the Region than one must commit to.", "Plan as many WorkSpaces as are named, or speak with AWS about the commitment.",
		[]ask{
			should(faq, "Would I need to commit to a certain number of Amazon WorkSpaces if I want to bring my own Windows desktop license?", year2017, "2018-02-03", "at least 200 WorkSpaces in the Region each month").atLeast(200),
			should(byolPage, requirementsSection, "2018-02-03", "2020-03-31", "at least 200 WorkSpaces").atLeast(200),
			should(byolPage, requirementsSection, "2020-03-31", "2020-09-03", "at least 200 WorkSpaces without a GPU, in any mix of running modes").atLeast(200).oneOf(onlyIfPlanned),
			should(byolPage, requirementsSection, "2020-09-03", linkedSince, "at least 200 WorkSpaces without a GPU in the Region, in any mix of running modes").atLeast(200).oneOf(onlyIfPlanned),
			should(byolPage, licensesOf2020, linkedSince, "2022-09-02", "at least 200 WorkSpaces without a GPU in the Region, in any mix of running modes, over all linked accounts").atLeast(200).oneOf(onlyIfPlanned, countsLinked),
			should(byolPage, licensesOf2021, "2022-09-02", autumn2025, "at least 100 WorkSpaces without a GPU in the Region, in any mix of running modes, over all linked accounts").atLeast(100).oneOf(onlyIfPlanned, countsLinked),
			should(byolPage, processOf2025, autumn2025, spring2026, "at least 50 WorkSpaces without a GPU in the Region, in any mix of running modes, over all linked accounts").atLeast(50).oneOf(onlyIfPlanned, countsLinked),
			should(byolPage, processOf2025, spring2026, "", "at least 50 WorkSpaces without a GPU and unique users of WorkSpaces Applications in the Region each month, over all linked accounts").atLeast(50).oneOf(onlyIfPlanned, countsLinked, countsApplications),
		}}, "Commitment", commitment},
	{requirement{CapeTownCommitmentTooSmall, "Fewer WorkSpaces are planned in Africa (Cape Town) than one must commit to.", "Plan 400 WorkSpaces there, or use another Region.",
		[]ask{should(byolPage, processOf2025, autumn2025, "", "at least 400 WorkSpaces in Africa (Cape Town), over all linked accounts").atLeast(400).oneOf(countsLinked)}}, "Commitment", capeTownCommitment},
	{requirement{GPUCommitmentTooSmall, "Fewer WorkSpaces with a GPU are planned in the Region than one must commit to.", "Plan 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU, or none.",
		[]ask{
			should(byolPage, requirementsSection, "2019-01-08", linkedSince, "at least 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU in the Region each month").atLeast(4).orAtLeast(20),
			should(byolPage, licensesOf2020, linkedSince, autumn2025, "at least 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU in the Region each month, over all linked accounts").atLeast(4).orAtLeast(20).oneOf(countsLinked),
			should(byolPage, processOf2025, autumn2025, spring2026, "at least 4 AlwaysOn or 20 AutoStop WorkSpaces with a GPU in the Region each month, over all linked accounts").atLeast(4).orAtLeast(20).oneOf(countsLinked),
			should(byolPage, processOf2025, spring2026, "", "at least 4 AlwaysOn or 20 AutoStop WorkSpaces or WorkSpaces Applications with a GPU in the Region each month, over all linked accounts").atLeast(4).orAtLeast(20).oneOf(countsLinked, countsApplications),
		}}, "Commitment", gpuCommitment},
	{requirement{GPUUnavailableInRegion, "BYOL WorkSpaces with a GPU are not available in the Region.", "Use another Region, or compute types without a GPU.",
		[]ask{
			// From 2022-09-02 on the page has other types with a GPU, which Mumbai may have; the facts do not tell them apart.
			must(byolPage, requirementsSection, "2021-03-09", "2022-09-02", "a Region other than Asia Pacific (Mumbai) for WorkSpaces with a GPU").oneOf(facts.RegionsWithoutGraphics...),
			must(byolPage, processOf2025, autumn2025, "", "a Region other than Africa (Cape Town) and Israel (Tel Aviv) for WorkSpaces with a GPU").oneOf(facts.RegionsWithoutBYOLGPU...),
		}}, "Region",
		func(f *Facts, _ system, a *ask) outcome {
			if f.Region == "" {
				return f.ifGPU(outcome{})
			}
			o := either(!slices.Contains(a.names, f.Region), &f.Region)
			return f.ifGPU(o)
		}},
	{requirement{GraphicsNotEnabled, "AWS Support has not enabled the account for images with a GPU.", "Ask AWS Support to enable the account for Graphics BYOL.", []ask{
		must(byolPage, createStep, "2019-09-24", autumn2025, "that AWS Support has put the account on the allow-list for Graphics images"),
		must(byolPage, processOf2025, autumn2025, "", "that AWS Support has enabled the account for Graphics BYOL, which the console cannot"),
	}}, "GraphicsEnabled", func(f *Facts, _ system, _ *ask) outcome { return f.ifGPU(boolean(f.GraphicsEnabled, true)) }},
	{requirement{AccountNotEnabled, "The account is not enabled for BYOL in the Region.", "Enable the account for BYOL in the Region.",
		[]ask{must(byolPage, enableStep, "2019-01-08", "", "an account that is enabled for BYOL in the Region")}}, "DedicatedTenancySupport",
		func(f *Facts, _ system, _ *ask) outcome {
			fact := &f.DedicatedTenancySupport
			switch *fact {
			case "":
				return outcome{}
			case types.DedicatedTenancySupportResultEnumEnabled, types.DedicatedTenancySupportResultEnumDisabled:
				return either(*fact == types.DedicatedTenancySupportResultEnumEnabled, fact)
			}
			return undocumented(fact, "no document has this support of dedicated tenancy")
		}},
	{requirement{ManagementCIDRNotChosen, "No management range is chosen.", "Choose a /16 for the management interface; package network proposes free ones.", []ask{
		must(byolPage, enableStep, "2019-01-08", "2020-06-04", "a block that is chosen for the management interface"),
		must(byolPage, requirementsSection, "2020-06-04", "", "a /16 block of one of the five ranges, reserved for the management interface"),
	}}, "ManagementCIDRChosen", func(f *Facts, _ system, _ *ask) outcome {
		if f.linksToSource() {
			return outcome{state: NotApplicable}
		}
		return boolean(f.ManagementCIDRChosen, true)
	}},
	{requirement{ManagementCIDRConflicts, "The management range conflicts with your network.", "Choose a range that nothing in your network overlaps before the account is enabled.",
		[]ask{
			must(byolPage, enableStep, "2019-01-08", autumn2025, "a management range that does not conflict with your network"),
			must(byolPage, processOf2025, autumn2025, facts.ReadG6, "a management range that is available on your network"),
			must(byolPage, processOf2025, facts.ReadG6, "", "a management range that does not conflict in your network"),
		}}, "ManagementCIDRConflicts",
		no(func(f *Facts) *bool { return f.ManagementCIDRConflicts })},
	{requirement{LinkedAccountChoseCIDR, "An account that links to another has a management range of its own.", "Link an account that has not chosen a range.",
		[]ask{must(byolPage, linkSection, autumn2025, "", "no management range of its own in an account that links to another")}}, "ManagementCIDRChosen",
		func(f *Facts, _ system, _ *ask) outcome {
			if !f.linksToSource() {
				return outcome{state: NotApplicable}
			}
			return boolean(f.ManagementCIDRChosen, false)
		}},
	{requirement{KMSUnreachable, "Windows cannot be activated against your own key management servers.", "Let WorkSpaces reach your key management servers over your network.",
		[]ask{
			must(faq, "How will I activate my Windows 7 or Windows 10 Desktop operating system on Amazon WorkSpaces?", year2017, "2020-12-23", "activation servers in the VPC or reachable from it"),
			must(portsPage, managementPorts, "2020-12-23", year2024, "access to your own key management servers, for Windows"),
			must(rePost, "VM import and operating system configuration", year2024, "", "key management servers that WorkSpaces can reach over your network"),
		}}, "KMSReachable",
		yes(func(f *Facts) *bool { return f.KMSReachable })},
	{requirement{ManagementPortsClosed, "The traffic of the management interface is not let through.", "Open the ports of the management interface that package network lists.",
		[]ask{
			must(portsPage, managementPorts, "2018-02-03", "2021-01-23", "the ports of the management interface open"),
			must(byolPage, requirementsSection, "2021-01-23", year2024, "the ports of the management interface open for the activation of Windows and Office"),
			must(rePost, "Infrastructure requirements", year2024, "", "the documented traffic of the management interface let through"),
		}}, "ManagementPortsOpen",
		yes(func(f *Facts) *bool { return f.ManagementPortsOpen })},
}

var importChecks = []check[Facts]{
	{requirement{ImportFormatUnsupported, "An image in this format cannot be imported.", "Convert the image to a format that is named.", []ask{
		must(byolPage, requirementsSection, "2018-02-03", importSince, "an OVA").oneOf("OVA"),
		must(importAPI, "ImportWorkspaceImage", importSince, "2019-01-08", "an AMI, which the API takes, or an OVA, for which the guide asks").oneOf("AMI", "OVA"),
		must(byolPage, createStep, "2019-01-08", autumn2025, "an AMI").oneOf("AMI"),
		must(byolPage, processOf2025, autumn2025, "", "VHDX, VMDK, OVF, ISO or AMI").oneOf("VHDX", "VMDK", "OVF", "ISO", "AMI"),
	}}, "Format", func(f *Facts, _ system, a *ask) outcome {
		if f.Format == "" {
			return outcome{}
		}
		return either(slices.Contains(a.names, f.Format), &f.Format)
	}},
	{requirement{LTSCFromISO, "EC2 Image Builder does not import an LTSC edition from an ISO.", "Import an LTSC edition from an image of a VM.",
		[]ask{must(byolPage, versions, spring2026, "", "a VM image for an LTSC edition, which Image Builder does not import from an ISO")}}, "Format",
		func(f *Facts, _ system, _ *ask) outcome {
			switch w := f.Windows; {
			case f.Format != "" && f.Format != "ISO", w != nil && w.Edition != "" && !w.ltsc():
				return outcome{state: NotApplicable}
			case f.Format == "" || w == nil || w.Edition == "":
				return outcome{}
			}
			return outcome{Broken, &f.Format, nil}
		}},
	{requirement{BucketInOtherRegion, "The S3 bucket of the image is not in the Region of the WorkSpaces.", "Copy the image to a bucket in the Region of the WorkSpaces.",
		[]ask{must(byolPage, processOf2025, autumn2025, "", "an S3 bucket in the Region of the WorkSpaces")}}, "BucketInRegion",
		func(f *Facts, _ system, _ *ask) outcome {
			return f.ifFormat(boolean(f.BucketInRegion, true), f.Format != "AMI")
		}},
	{requirement{EBSEncryptedByDefault, "EBS encryption by default is switched on.", "Switch EBS encryption by default off in the Region for the import.",
		[]ask{
			must(byolPage, "Step 4: Import the VM as an Image into Amazon EC2", "2020-07-25", autumn2025, "EBS encryption by default switched off"),
			must(byolPage, versions, facts.ReadG6, "", "EBS encryption by default switched off"),
		}}, "EBSEncryptionByDefault",
		no(func(f *Facts) *bool { return f.EBSEncryptionByDefault })},
	{requirement{SourceAMIEncrypted, "The AMI is encrypted.", "Import an AMI that is not encrypted.",
		[]ask{must(byolPage, versions, facts.ReadG6, "", "an AMI that is not encrypted")}}, "SourceAMIEncrypted",
		func(f *Facts, _ system, _ *ask) outcome {
			return f.ifFormat(boolean(f.SourceAMIEncrypted, false), f.Format == "AMI")
		}},
	{requirement{ImportThroughPrivateLink, "The VPC of the import uses AWS PrivateLink.", "Import in a VPC without AWS PrivateLink.",
		[]ask{must(byolPage, "Network Connectivity", facts.ReadG6, "", "a VPC without AWS PrivateLink for the import")}}, "ImportPrivateLink",
		no(func(f *Facts) *bool { return f.ImportPrivateLink })},
	{requirement{ImportWithoutInternet, "The VPC of the import has no access to the public internet.", "Give the VPC of the import access to the public internet.",
		[]ask{should(byolPage, "Network Connectivity", facts.ReadG6, "", "a VPC with access to the public internet for the import")}}, "ImportInternet",
		yes(func(f *Facts) *bool { return f.ImportInternet })},
}
