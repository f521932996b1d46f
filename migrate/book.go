package migrate

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	page           = facts.MigratePage
	linuxPage      = facts.LinuxPage
	nestedPage     = facts.NestedPage
	migrateAPI     = "api-migrate-workspace"
	modifyPage     = facts.ModifyPage
	model          = "service-model"
	standbyPage    = facts.ResiliencePage
	encryptPage    = facts.EncryptPage
	grantsSection  = "Overview of Amazon WorkSpaces Encryption Using AWS KMS"
	windowsPage    = facts.MaintenancePage
	upgradePage    = "admin-guide-upgrade"
	endOfPCoIPPage = facts.PCoIPEndPage

	applicationsPage = "admin-guide-manage-applications"
)

// book is all that the package declares.
var book = tables.Book{
	Package: "migrate",
	First:   rule.MustParseEdition(launch),
	Documents: []rule.Document{
		{Key: page, Title: "Amazon WorkSpaces Administration Guide: migrate a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-workspaces.html"},
		{Key: upgradePage, Title: "Amazon WorkSpaces Administration Guide: upgrade Windows BYOL WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/upgrade-windows-10-byol-workspaces.html"},
		{Key: linuxPage, Title: "Amazon WorkSpaces Administration Guide: migrate Linux WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-linux-workspaces.html"},
		{Key: nestedPage, Title: "Amazon WorkSpaces Administration Guide: nested virtualization", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/nested-virtualization.html"},
		{Key: migrateAPI, Title: "Amazon WorkSpaces API Reference: MigrateWorkspace", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_MigrateWorkspace.html"},
		{Key: modifyPage, Title: "Amazon WorkSpaces Administration Guide: modify a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/modify-workspaces.html"},
		{Key: model, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
		{Key: standbyPage, Title: "Amazon WorkSpaces Administration Guide: multi-Region resilience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/multi-region-resilience.html"},
		{Key: encryptPage, Title: "Amazon WorkSpaces Administration Guide: encrypted WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"},
		{Key: windowsPage, Title: "Amazon WorkSpaces Administration Guide: WorkSpace maintenance", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspace-maintenance.html"},
		{Key: facts.SelfServicePage, Title: "Amazon WorkSpaces Administration Guide: self-service WorkSpace management", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/enable-user-self-service-workspace-management.html"},
		{Key: facts.RunningModePage, Title: "Amazon WorkSpaces Administration Guide: manage the running mode", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/running-mode.html"},
		{Key: facts.BundlesPage, Title: "Amazon WorkSpaces Administration Guide: bundles and images", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-bundles.html"},
		{Key: facts.ImagePage, Title: "Amazon WorkSpaces Administration Guide: create a custom image and bundle", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/create-custom-bundle.html"},
		{Key: facts.OptionsPage, Title: "Amazon WorkSpaces Administration Guide: bundle options", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/bundle-options.html"},
		{Key: facts.HistoryPage, Title: "Amazon WorkSpaces Administration Guide: document history", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-document-history.html"},
		{Key: facts.BYOLPage, Title: "Amazon WorkSpaces Administration Guide: Bring Your Own Windows desktop licenses", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/byol-windows-images.html"},
		{Key: endOfPCoIPPage, Title: "Amazon WorkSpaces Administration Guide: PCoIP-based WorkSpaces Personal end of support", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspaces-pcoip-end-of-support.html"},
		{Key: applicationsPage, Title: "Amazon WorkSpaces Administration Guide: manage applications", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/manage-applications.html"},
		{Key: facts.ImportAPI, Title: "Amazon WorkSpaces API Reference: ImportWorkspaceImage", URL: "https://docs.aws.amazon.com/workspaces/latest/api/API_ImportWorkspaceImage.html"},
		{Key: facts.FAQ, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
		{Key: facts.KMSServices, Title: "AWS Key Management Service Developer Guide: how WorkSpaces uses AWS KMS", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/services-workspaces.html"},
		{Key: facts.Troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	},
	Rules: allRules,
	Facts: []tables.Facts{scenarios, limits, labels(), effects, setGroups(), notes, figures, callQuotas(), grantCounts(), tasks, maintenanceWindows(), offers(), closures(), ends(), retirements(), streams(), permits()},
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(book.Documents) }

// Catalogue returns the rules of the package with titles, remedies and revisions, as a new
// slice. Programs that list rules use it; a check is asked of Rules.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules of the package use and its plans and outcomes count with:
// scenarios, limits, fates, sizes, figures and windows, by table in the order of its rows, as a
// new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

// callQuotas, grantCounts and maintenanceWindows are shared tables, with what this package uses
// of them.
func callQuotas() tables.Facts {
	t := facts.CallQuotas
	t.Lists = func(q facts.CallQuota) []rule.Parameter {
		return []rule.Parameter{{Name: "calls a second", Value: fmt.Sprint(q.Rate)}, {Name: "calls in a burst", Value: fmt.Sprint(q.Burst)}}
	}
	return t
}

func grantCounts() tables.Facts {
	t := facts.GrantCounts
	t.Lists = func(g facts.GrantCount) []rule.Parameter {
		value := fmt.Sprintf("%d, and %d for each encrypted volume", g.PerWorkspace, g.PerVolume)
		return []rule.Parameter{{Rules: []rule.Code{KeyLacksGrants}, Name: "grants of a WorkSpace", Value: value}}
	}
	return t
}

func maintenanceWindows() tables.Facts {
	t := facts.MaintenanceWindows
	t.Lists = func(w facts.MaintenanceWindow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{InMaintenanceWindow}, Name: "maintenance of " + w.Mode, Value: w.String()}}
	}
	return t
}

// What a version of the page is dated by.
const (
	launch = "2020-01-10" // the page's first version, the day after migration was announced

	// autumn2025 stands for the first reading of the page after the version of 2022-09-02. What
	// appeared between the two counts from here, as "first seen".
	autumn2025 = facts.Read2025

	// march2026 stands for the first reading of the page that names Server 2025.
	march2026 = facts.ReadMove25

	// spring2026 is the day on which the migration of Linux was announced, and stands for the
	// first reading of the page that names it.
	spring2026 = "2026-05-15"

	august2026 = facts.ReadAugust // the first reading with nested virtualization
)
