package byol

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

const (
	faq            = "faq-2017"
	byolPage       = "admin-guide-byol"
	chinaPage      = "admin-guide-byol-china"
	upgradePage    = "admin-guide-upgrade"
	errorsPage     = "admin-guide-image-errors"
	sysprepPage    = "admin-guide-sysprep-errors"
	imagePage      = "admin-guide-custom-image"
	linkPage       = "admin-guide-link-accounts"
	copyPage       = "admin-guide-copy-image"
	sharePage      = "admin-guide-share-image"
	limitsPage     = "admin-guide-limits"
	bundlesPage    = "admin-guide-bundles"
	bundleOptions  = "admin-guide-bundle-options"
	endOfPCoIPPage = facts.PCoIPEndPage
	migratePage    = facts.MigratePage
	entraPage      = "admin-guide-entra-id"
	portsPage      = "admin-guide-ports"
	rePost         = "repost-custom-and-byol"
	importAPI      = facts.ImportAPI
	customAPI      = "api-import-custom-workspace-image"
	registerAPI    = "api-register-workspace-directory"
	errorAPI       = "api-error-details"
	serviceModel   = "service-model"
	authorization  = "service-authorization"
	checker206     = "byol-checker-2.0.6"
	checker211     = "byol-checker-2.1.1"
	checker21325   = "byol-checker-2.13.25"
)

var documents = []rule.Document{
	{Key: faq, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
	{Key: byolPage, Title: "Amazon WorkSpaces Administration Guide: Bring Your Own Windows desktop licenses", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: chinaPage, Title: "Amazon WorkSpaces Administration Guide for China: Bring Your Own Windows desktop licenses", URL: "https://docs.amazonaws.cn/en_us/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: upgradePage, Title: "Amazon WorkSpaces Administration Guide: upgrade Windows BYOL WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/upgrade-windows-10-byol-workspaces.html"},
	{Key: errorsPage, Title: "Amazon WorkSpaces Administration Guide: common error messages of BYOL images", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/windows-images-common-errors.html"},
	{Key: sysprepPage, Title: "Amazon WorkSpaces Administration Guide: Sysprep error messages", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/images-errors-sysprep.html"},
	{Key: imagePage, Title: "Amazon WorkSpaces Administration Guide: create a custom image and bundle", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/create-custom-bundle.html"},
	{Key: linkPage, Title: "Amazon WorkSpaces Administration Guide: link BYOL accounts", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/link-byol-account.html"},
	{Key: copyPage, Title: "Amazon WorkSpaces Administration Guide: copy a custom image", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/copy-custom-image.html"},
	{Key: sharePage, Title: "Amazon WorkSpaces Administration Guide: share or unshare a custom image", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/share-custom-image.html"},
	{Key: limitsPage, Title: "Amazon WorkSpaces Administration Guide: quotas", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-limits.html"},
	{Key: bundlesPage, Title: "Amazon WorkSpaces Administration Guide: bundles and images", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-bundles.html"},
	{Key: bundleOptions, Title: "Amazon WorkSpaces Administration Guide: bundle options", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/bundle-options.html"},
	{Key: endOfPCoIPPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP-based WorkSpaces Personal end of support", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-pcoip-end-of-support.html"},
	{Key: migratePage, Title: "Amazon WorkSpaces Administration Guide: migrate a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-workspaces.html"},
	{Key: entraPage, Title: "Amazon WorkSpaces Administration Guide: create a dedicated Microsoft Entra ID directory", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/launch-entra-id.html"},
	{Key: portsPage, Title: "Amazon WorkSpaces Administration Guide: IP address and port requirements", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-port-requirements.html"},
	{Key: rePost, Title: "AWS re:Post: custom images and BYOL images", URL: "https://repost.aws/knowledge-center/workspaces-custom-byol-image-compare"},
	{Key: importAPI, Title: "Amazon WorkSpaces API Reference: ImportWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportWorkspaceImage.html"},
	{Key: customAPI, Title: "Amazon WorkSpaces API Reference: ImportCustomWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportCustomWorkspaceImage.html"},
	{Key: registerAPI, Title: "Amazon WorkSpaces API Reference: RegisterWorkspaceDirectory", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_RegisterWorkspaceDirectory.html"},
	{Key: errorAPI, Title: "Amazon WorkSpaces API Reference: ErrorDetails", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ErrorDetails.html"},
	{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
	{Key: authorization, Title: "Service Authorization Reference: Amazon WorkSpaces", URL: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_workspaces.html"},
	{Key: checker206, Title: "BYOLChecker.ps1, version 2.0.6"},
	{Key: checker211, Title: "BYOLChecker.ps1, version 2.1.1"},
	{Key: checker21325, Title: "BYOLChecker.ps1, version 2.13.25"},
}

// Readings of which the day is not known. A document that is dated by its year or month
// alone stands on the last day of it. A fact of which it is only known that it appeared
// between two readings starts at the later one, as "first seen".
const (
	year2017   = facts.ReadFAQ  // the FAQ
	year2024   = "2024-12-31"   // the China page, re:Post
	autumn2025 = facts.Read2025 // the newest row of the guide's own history, as read then
	spring2026 = "2026-05-15"   // the same, of the next reading
	// lastReading stands for the newest reading of the pages, made in about September
	// 2026: it is the newest date that the guide's own history had then.
	lastReading = facts.LastReading
	// linkedSince is the first version of the guide that adds up the WorkSpaces of linked accounts.
	linkedSince = "2021-06-02"
	august2026  = facts.ReadAugust // another, a little older
)

// Two of the checker's versions are undated. The page names the log that 2.0.6 writes since 2019-01-08, and that of
// 2.1.1 since 2020-03-31, but no version of the script: their days are a reading. 2.13.25 ends with a signature, whose
// timestamp is 2024-05-01 18:35:16 UTC.
const (
	seen206   = "2019-10-25"
	seen211   = "2020-04-29"
	seen21325 = "2024-05-01"
)

// Headings that several rows cite, as the version of their date prints them. The copies of 2025 and
// 2026 lack the headings of the steps, which stand under that of the process.
const (
	requirementsSection = "Requirements"
	imagesOf2018        = "Bring Your Own Windows Desktop Images"
	licensesOf2020      = "Bring Your Own Windows Desktop Licenses"
	licensesOf2021      = "Bring Your Own Windows desktop licenses"
	managementPorts     = "Management Interface Ports"
	enableStep          = "Step 1: Enable BYOL for Your Account by Using the Amazon WorkSpaces Console"
	checkerStep         = "Step 2: Run the BYOL Checker PowerShell Script on a Windows VM"
	createStep          = "Step 5: Create a BYOL Image by Using the Amazon WorkSpaces Console"
	dedicateStep        = "Step 7: Register a Directory for Dedicated WorkSpaces"
	officeOf2020        = "Adding Microsoft Office to Your BYOL Image"
	processOf2025       = "Using Bring Your Own Windows desktop licenses in WorkSpaces"
	linkSection         = "Link BYOL accounts"
	errorsSection       = "Common error messages and their solutions"
	sysprepSection      = "List of SysPrep error messages and error fixes"
	bundlesSection      = "Bundles and images for WorkSpaces Personal"
	optionsSection      = "Bundle options for WorkSpaces Personal"
	errorCodes          = "WorkspaceImageErrorDetailCode"
	officeHeading       = "BYOL import does not support systems with active Standalone Microsoft Office installed. BYOL import only supports Microsoft Office 365 applications to be present on the source before starting the import process."
	freeHeading         = "BYOL import requires more than 20 GB of space on the local disk."
	partitionsHeading   = "BYOL import requires less than 2 partitions on the local drive. In addition, all Windows 10 partitions must be MBR partitioned and all Windows 11 partitions must be GPT partitioned."
)
