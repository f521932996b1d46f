package migrate

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

const (
	page        = "admin-guide-migrate"
	guide       = "admin-guide-2020"
	linuxPage   = "admin-guide-migrate-linux"
	nestedPage  = "admin-guide-nested-virtualization"
	cliPage     = "cli-migrate-workspace"
	modifyPage  = "admin-guide-modify"
	modifyAPI   = "sdk-go-modify-errors"
	standbyPage = "admin-guide-multi-region"
	encryptPage = "admin-guide-encrypt"
	windowsPage = "admin-guide-maintenance"
)

var documents = []rule.Document{
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
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

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
