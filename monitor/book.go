package monitor

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// book is all that the package declares. What it lists, its editions and the tests of its
// tables follow from it.
var book = tables.Book{
	Package:   "monitor",
	Documents: documents,
	Rules:     allRules,
	Facts: []tables.Facts{metricTable, spellingTable, unreadTable, dimensionTable, prerequisiteTable, unitTable, periodTable, evaluationTable, fieldTable, valueTable,
		deliveryTable, deviceTable, samlTable, operatorTable},
	First: rule.MustParseEdition(firstVersion),
}

// Documents returns the sources that the citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// Catalogue returns the rules of the package with titles, remedies, levels, spans and
// citations, by topic, as a new slice. Programs that list rules use it. Rules has the checks.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules of the package use: metrics, dimensions, units, the fields
// and values of events, device types and operators. They are by table, in the order of its rows,
// as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

const (
	metricsPage      = "admin-guide-metrics"
	poolsMetricsPage = "admin-guide-pools-metrics"
	eventsPage       = "admin-guide-events"
	directoryPage    = "admin-guide-directory-details"
	devicePage       = "admin-guide-control-device-access"
	samlPage         = "admin-guide-saml"
	cloudWatchAPI    = "cloudwatch-model"
	arraysPage       = "cloudwatch-events-guide-patterns"
	summaryPage      = "eventbridge-guide-event-patterns"
	patternsPage     = "eventbridge-guide-patterns"
	model            = "service-model"
)

var documents = []rule.Document{
	{Key: metricsPage, Title: "Amazon WorkSpaces Administration Guide: CloudWatch metrics", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/cloudwatch-metrics.html"},
	{Key: poolsMetricsPage, Title: "Amazon WorkSpaces Administration Guide: metrics of WorkSpaces Pools", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/monitoring-with-cloudwatch.html"},
	{Key: eventsPage, Title: "Amazon WorkSpaces Administration Guide: access events", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/cloudwatch-events.html"},
	{Key: directoryPage, Title: "Amazon WorkSpaces Administration Guide: update directory details", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/update-directory-details.html"},
	{Key: devicePage, Title: "Amazon WorkSpaces Administration Guide: control device access", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/control-device-access.html"},
	{Key: samlPage, Title: "Amazon WorkSpaces Administration Guide: set up SAML 2.0", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/setting-up-saml.html"},
	{Key: cloudWatchAPI, Title: "Amazon CloudWatch API Reference", URL: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html"},
	{Key: arraysPage, Title: "Amazon CloudWatch Events User Guide: event patterns", URL: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/events/CloudWatchEventsandEventPatterns.html"},
	{Key: summaryPage, Title: "Amazon EventBridge User Guide: event patterns", URL: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"},
	{Key: patternsPage, Title: "Amazon EventBridge User Guide: comparison operators of event patterns", URL: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html"},
	{Key: model, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
}

const (
	// firstVersion is the date of the first version of the guide in its repository.
	firstVersion = "2018-02-03"
	// afterLastVersion is the day after 2022-09-02, the date of the last version there. From
	// here until autumn2025 none was read.
	afterLastVersion = "2022-09-03"
	// autumn2025 stands for a reading of about November 2025. It is the newest date that the
	// guide's own history had then.
	autumn2025 = "2025-10-21"
	// summer2026 and august2026 stand for two later readings, named alike.
	summer2026 = "2026-06-30"
	august2026 = "2026-08-25"
)
