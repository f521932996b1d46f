package bundles

import (
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

const (
	faq              = facts.FAQ
	modifyPage       = facts.ModifyPage
	selfServicePage  = facts.SelfServicePage
	runningModePage  = facts.RunningModePage
	maintenancePage  = facts.MaintenancePage
	encryptPage      = facts.EncryptPage
	troubleshooting  = facts.Troubleshooting
	bundlesPage      = facts.BundlesPage
	byolPage         = facts.BYOLPage
	optionsPage      = facts.OptionsPage
	historyPage      = facts.HistoryPage
	poolsEndPage     = facts.PoolsEndPage
	imagePage        = facts.ImagePage
	deletePage       = "admin-guide-delete"
	rebuildPage      = "admin-guide-rebuild"
	restorePage      = "admin-guide-restore"
	migratePage      = facts.MigratePage
	linuxPage        = facts.LinuxPage
	endOfPCoIPPage   = facts.PCoIPEndPage
	resiliencePage   = facts.ResiliencePage
	nestedPage       = facts.NestedPage
	clientPage       = "admin-guide-client-experience"
	severalPage      = "admin-guide-several"
	tagPage          = "admin-guide-tag"
	limitsPage       = "admin-guide-limits"
	directoryPage    = "admin-guide-directory-details"
	mfaPage          = "admin-guide-connect-mfa"
	quickSetupPage   = "admin-guide-quick-setup"
	managedADPage    = "admin-guide-launch-managed-ad"
	simpleADPage     = "admin-guide-launch-simple-ad"
	trustedPage      = "admin-guide-launch-trusted-domain"
	sdkLog           = "sdk-go-changelog"
	generalReference = "general-reference"
	propertiesAPI    = "api-workspace-properties"
	model            = "service-model"
	terraform13776   = "terraform-provider-aws-13776"
)

var documents = []rule.Document{
	{Key: faq, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
	{Key: modifyPage, Title: "Amazon WorkSpaces Administration Guide: modify a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/modify-workspaces.html"},
	{Key: selfServicePage, Title: "Amazon WorkSpaces Administration Guide: self-service WorkSpace management", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/enable-user-self-service-workspace-management.html"},
	{Key: runningModePage, Title: "Amazon WorkSpaces Administration Guide: manage the running mode", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/running-mode.html"},
	{Key: maintenancePage, Title: "Amazon WorkSpaces Administration Guide: maintenance", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspace-maintenance.html"},
	{Key: encryptPage, Title: "Amazon WorkSpaces Administration Guide: encrypted WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"},
	{Key: troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	{Key: bundlesPage, Title: "Amazon WorkSpaces Administration Guide: bundles and images", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-bundles.html"},
	{Key: optionsPage, Title: "Amazon WorkSpaces Administration Guide: bundle options", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/bundle-options.html"},
	{Key: historyPage, Title: "Amazon WorkSpaces Administration Guide: document history", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-document-history.html"},
	{Key: poolsEndPage, Title: "Amazon WorkSpaces Administration Guide: end of support of WorkSpaces Pools", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/wsp-pools-end-of-support.html"},
	{Key: imagePage, Title: "Amazon WorkSpaces Administration Guide: create a custom image and bundle", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/create-custom-bundle.html"},
	{Key: deletePage, Title: "Amazon WorkSpaces Administration Guide: delete a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/delete-workspaces.html"},
	{Key: rebuildPage, Title: "Amazon WorkSpaces Administration Guide: rebuild a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/rebuild-workspace.html"},
	{Key: restorePage, Title: "Amazon WorkSpaces Administration Guide: restore a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/restore-workspace.html"},
	{Key: migratePage, Title: "Amazon WorkSpaces Administration Guide: migrate a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-workspaces.html"},
	{Key: linuxPage, Title: "Amazon WorkSpaces Administration Guide: migrate Linux WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-linux-workspaces.html"},
	{Key: byolPage, Title: "Amazon WorkSpaces Administration Guide: Bring Your Own Windows desktop licenses", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/byol-windows-images.html"},
	{Key: endOfPCoIPPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP-based WorkSpaces Personal end of support", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-pcoip-end-of-support.html"},
	{Key: resiliencePage, Title: "Amazon WorkSpaces Administration Guide: multi-Region resilience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/multi-region-resilience.html"},
	{Key: nestedPage, Title: "Amazon WorkSpaces Administration Guide: nested virtualization", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/nested-virtualization.html"},
	{Key: clientPage, Title: "Amazon WorkSpaces Administration Guide: control the client experience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/control-client-experience.html"},
	{Key: severalPage, Title: "Amazon WorkSpaces Administration Guide: several WorkSpaces for a user", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/create-multiple-workspaces-for-user.html"},
	{Key: tagPage, Title: "Amazon WorkSpaces Administration Guide: tag WorkSpaces resources", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/tag-workspaces-resources.html"},
	{Key: limitsPage, Title: "Amazon WorkSpaces Administration Guide: quotas", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-limits.html"},
	{Key: directoryPage, Title: "Amazon WorkSpaces Administration Guide: update directory details", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/update-directory-details.html"},
	{Key: mfaPage, Title: "Amazon WorkSpaces Administration Guide: multi-factor authentication (AD Connector)", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/connect-mfa.html"},
	{Key: quickSetupPage, Title: "Amazon WorkSpaces Administration Guide: quick setup", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/getting-started.html"},
	{Key: managedADPage, Title: "Amazon WorkSpaces Administration Guide: launch a WorkSpace using AWS Managed Microsoft AD", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/launch-workspace-microsoft-ad.html"},
	{Key: simpleADPage, Title: "Amazon WorkSpaces Administration Guide: launch a WorkSpace using Simple AD", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/launch-workspace-simple-ad.html"},
	{Key: trustedPage, Title: "Amazon WorkSpaces Administration Guide: launch a WorkSpace using a trusted domain", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/launch-workspace-trusted-domain.html"},
	{Key: sdkLog, Title: "AWS SDK for Go v2: changes of service/workspaces", URL: "https://github.com/aws/aws-sdk-go-v2/blob/main/service/workspaces/CHANGELOG.md"},
	{Key: generalReference, Title: "AWS General Reference: Amazon WorkSpaces endpoints and quotas", URL: "https://docs.aws.amazon.com/general/latest/gr/wsp.html"},
	{Key: facts.ImportAPI, Title: "Amazon WorkSpaces API Reference: ImportWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportWorkspaceImage.html"},
	{Key: propertiesAPI, Title: "Amazon WorkSpaces API Reference: WorkspaceProperties", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_WorkspaceProperties.html"},
	{Key: model, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
	{Key: terraform13776, Title: "Terraform AWS provider, pull request 13776 (third party)", URL: "https://github.com/hashicorp/terraform-provider-aws/pull/13776"},
}

// Readings that many rows share. If it is only known that a fact appeared after an older reading,
// it starts at the later one, as "first seen". A reading whose day is not known counts from
// the newest row of the document history that it reflects.
const (
	readFAQ     = facts.ReadFAQ
	read2025    = facts.Read2025 // before the end of life of GraphicsPro
	readG6      = facts.ReadG6
	readMove25  = facts.ReadMove25
	readLinux9  = facts.ReadLinux9
	readEnds    = facts.ReadEnds
	readAugust  = facts.ReadAugust
	lastReading = facts.LastReading
)
