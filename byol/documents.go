package byol

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

const (
	faq           = "faq-2017"
	byolPage      = "admin-guide-byol"
	chinaPage     = "admin-guide-byol-china"
	upgradePage   = "admin-guide-upgrade"
	errorsPage    = "admin-guide-image-errors"
	sysprepPage   = "admin-guide-sysprep-errors"
	checkerTips   = "admin-guide-image-checker"
	linkPage      = "admin-guide-link-accounts"
	copyPage      = "admin-guide-copy-image"
	sharePage     = "admin-guide-share-image"
	limitsPage    = "admin-guide-limits"
	bundlesPage   = "admin-guide-bundles"
	bundleOptions = "bundle-options"
	entraPage     = "admin-guide-entra-id"
	rePost        = "repost-custom-and-byol"
	importAPI     = "api-import-workspace-image"
	customAPI     = "api-import-custom-workspace-image"
	permissionAPI = "api-update-workspace-image-permission"
	copyAPI       = "api-copy-workspace-image"
	registerAPI   = "api-register-workspace-directory"
	errorAPI      = "api-error-details"
	sdkChangelog  = "aws-sdk-go-v2-changelog"
	authorization = "service-authorization"
	checker206    = "byol-checker-2.0.6"
	checker211    = "byol-checker-2.1.1"
	checker21325  = "byol-checker-2.13.25"
)

var documents = []rule.Document{
	{Key: faq, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
	{Key: byolPage, Title: "Amazon WorkSpaces Administration Guide: Bring Your Own Windows desktop licenses", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: chinaPage, Title: "Amazon WorkSpaces Administration Guide for China: Bring Your Own Windows desktop licenses", URL: "https://docs.amazonaws.cn/en_us/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: upgradePage, Title: "Amazon WorkSpaces Administration Guide: upgrade Windows BYOL WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/upgrade-windows-10-byol-workspaces.html"},
	{Key: errorsPage, Title: "Amazon WorkSpaces Administration Guide: common error messages of BYOL images", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/windows-images-common-errors.html"},
	{Key: sysprepPage, Title: "Amazon WorkSpaces Administration Guide: Sysprep error messages", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/images-errors-sysprep.html"},
	{Key: checkerTips, Title: "Amazon WorkSpaces Administration Guide: create a custom image", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/create-custom-bundle.html"},
	{Key: linkPage, Title: "Amazon WorkSpaces Administration Guide: link BYOL accounts", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/link-byol-account.html"},
	{Key: copyPage, Title: "Amazon WorkSpaces Administration Guide: copy a custom image", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/copy-custom-image.html"},
	{Key: sharePage, Title: "Amazon WorkSpaces Administration Guide: share or unshare a custom image", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/share-custom-image.html"},
	{Key: limitsPage, Title: "Amazon WorkSpaces Administration Guide: quotas", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-limits.html"},
	{Key: bundlesPage, Title: "Amazon WorkSpaces Administration Guide: bundles", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-bundles.html"},
	{Key: bundleOptions, Title: "Amazon WorkSpaces Administration Guide: bundle options", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/bundle-options.html"},
	{Key: entraPage, Title: "Amazon WorkSpaces Administration Guide: Microsoft Entra ID directories", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/access-entra-id.html"},
	{Key: rePost, Title: "AWS re:Post: custom images and BYOL images", URL: "https://repost.aws/knowledge-center/workspaces-custom-byol-image-compare"},
	{Key: importAPI, Title: "Amazon WorkSpaces API Reference: ImportWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportWorkspaceImage.html"},
	{Key: customAPI, Title: "Amazon WorkSpaces API Reference: ImportCustomWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportCustomWorkspaceImage.html"},
	{Key: permissionAPI, Title: "Amazon WorkSpaces API Reference: UpdateWorkspaceImagePermission", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_UpdateWorkspaceImagePermission.html"},
	{Key: copyAPI, Title: "Amazon WorkSpaces API Reference: CopyWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_CopyWorkspaceImage.html"},
	{Key: registerAPI, Title: "Amazon WorkSpaces API Reference: RegisterWorkspaceDirectory", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_RegisterWorkspaceDirectory.html"},
	{Key: errorAPI, Title: "Amazon WorkSpaces API Reference: ErrorDetails", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ErrorDetails.html"},
	{Key: sdkChangelog, Title: "AWS SDK for Go v2: changelog of service/workspaces", URL: "https://github.com/aws/aws-sdk-go-v2/blob/main/service/workspaces/CHANGELOG.md"},
	{Key: authorization, Title: "Service Authorization Reference: Amazon WorkSpaces", URL: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonworkspaces.html"},
	{Key: checker206, Title: "BYOLChecker.ps1, version 2.0.6"},
	{Key: checker211, Title: "BYOLChecker.ps1, version 2.1.1"},
	{Key: checker21325, Title: "BYOLChecker.ps1, version 2.13.25"},
}

// Readings of which the day is not known. A document that is dated by its year or month
// alone stands on the last day of it. A fact of which it is only known that it appeared
// between two readings starts at the later one, as "first seen".
const (
	year2017   = facts.ReadFAQ  // the FAQ
	year2024   = "2024-12-31"   // the China page, re:Post, checker 2.13.25
	autumn2025 = facts.Read2025 // the newest row of the guide's own history, as read then
	// lastReading stands for the newest reading of the pages, made in about September
	// 2026: it is the newest date that the guide's own history had then.
	lastReading = facts.LastReading
)

// The checker's versions are undated. The page of 2019-10-25 gives the name of the log
// that 2.0.6 writes, and the guide of 2020-04-29 that of 2.1.1; 2.13.25 was read in 2024.
const (
	seen206 = "2019-10-25"
	seen211 = "2020-04-29"
)
