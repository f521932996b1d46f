package migrate

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	page        = "admin-guide-migrate"
	guide       = facts.Guide
	linuxPage   = "admin-guide-migrate-linux"
	nestedPage  = "admin-guide-nested-virtualization"
	cliPage     = "cli-migrate-workspace"
	modifyPage  = facts.ModifyPage
	modifyAPI   = "sdk-go-modify-errors"
	standbyPage = "admin-guide-multi-region"
	encryptPage = facts.EncryptPage
	windowsPage = facts.MaintenancePage
)

// book is all that the package declares.
var book = tables.Book{
	Package: "migrate",
	First:   rule.MustParseEdition(launch),
	Documents: []rule.Document{
		{Key: page, Title: "Amazon WorkSpaces Administration Guide: migrate a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-workspaces.html"},
		{Key: guide, Title: "Amazon WorkSpaces Administration Guide, April 2020", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/"},
		{Key: linuxPage, Title: "Amazon WorkSpaces Administration Guide: migrate Linux WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/migrate-linux-workspaces.html"},
		{Key: nestedPage, Title: "Amazon WorkSpaces Administration Guide: nested virtualization", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/nested-virtualization.html"},
		{Key: cliPage, Title: "AWS CLI Command Reference: workspaces migrate-workspace", URL: "https://docs.aws.amazon.com/cli/latest/reference/workspaces/migrate-workspace.html"},
		{Key: modifyPage, Title: "Amazon WorkSpaces Administration Guide: modify a WorkSpace", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/modify-workspaces.html"},
		{Key: modifyAPI, Title: "AWS SDK for Go v2, service/workspaces: types.OperationInProgressException", URL: "https://pkg.go.dev/github.com/aws/aws-sdk-go-v2/service/workspaces/types"},
		{Key: standbyPage, Title: "Amazon WorkSpaces Administration Guide: multi-Region resilience", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/multi-region-resilience.html"},
		{Key: encryptPage, Title: "Amazon WorkSpaces Administration Guide: encrypted WorkSpaces", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"},
		{Key: windowsPage, Title: "Amazon WorkSpaces Administration Guide: WorkSpace maintenance", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/workspace-maintenance.html"},
		{Key: facts.SelfServicePage, Title: "Amazon WorkSpaces Administration Guide: self-service WorkSpace management", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/enable-user-self-service-workspace-management.html"},
		{Key: facts.RunningModePage, Title: "Amazon WorkSpaces Administration Guide: manage the running mode", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/running-mode.html"},
		{Key: facts.FAQ, Title: "Amazon WorkSpaces FAQ, 2017", URL: "https://aws.amazon.com/workspaces/faqs/"},
		{Key: facts.KMSServices, Title: "AWS Key Management Service Developer Guide: how WorkSpaces uses AWS KMS", URL: "https://docs.aws.amazon.com/kms/latest/developerguide/services-workspaces.html"},
		{Key: facts.Troubleshooting, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	},
	Rules: slices.Concat(pairRules, readyRules, outcomeRules),
	Facts: []tables.Facts{scenarios, limits, labels, effects, setGroups(), notes, figures, callQuotas(), grantCounts(), tasks, maintenanceWindows()},
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

	// april stands for the Administration Guide of April 2020.
	april = "2020-04-29"

	// early2026 stands for a reading made in February or March 2026, by the last day on
	// which it can have been made. What was not yet in the version of 2022-09-02 counts
	// from here, as "first seen".
	early2026 = "2026-03-31"

	// lastReading stands for the newest reading, of August or September 2026.
	lastReading = "2026-09-10"
)
