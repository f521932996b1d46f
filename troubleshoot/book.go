package troubleshoot

import (
	"slices"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// book is all that the package declares. What it lists, its editions and the tests of its
// tables follow from it.
var book = tables.Book{
	Package:   "troubleshoot",
	Documents: documents,
	Rules:     rulesOf(causes),
	Facts:     []tables.Facts{symptomTable, errorTable},
	First:     rule.MustParseEdition("2018-02-03"), // of the chapter; some errors of the API are older
}

// causes are all causes, by symptom and in the order in which the guide asks for them.
var causes = slices.Concat(launchCauses, windowsCauses, streamCauses, networkCauses, zeroClientCauses, clientCauses, directoryCauses, desktopCauses, virtualCauses, samlCauses, signOnCauses)

// Documents returns the sources that the citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// Catalogue returns the causes as rules with titles, remedies, levels, spans and
// citations, by symptom, as a new slice. Rules has the symptoms.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns the symptoms and the errors of the API, with their dates, in the order of their
// tables, and what causes depend on in numbers, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

const (
	page         = facts.Troubleshooting
	guide        = facts.Guide
	serviceModel = "service-model"
)

var documents = []rule.Document{
	{Key: page, Title: "Amazon WorkSpaces Administration Guide: troubleshooting", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/amazon-workspaces-troubleshooting.html"},
	{Key: guide, Title: "Amazon WorkSpaces Administration Guide, April 2020", URL: "https://docs.aws.amazon.com/workspaces/latest/adminguide/"},
	{Key: serviceModel, Title: "Amazon WorkSpaces service model, API version 2015-04-08, as botocore ships it (data/workspaces/2015-04-08/service-2.json)", URL: "https://github.com/boto/botocore"},
}

// Days of readings that only stored copies have.
const (
	autumn2025 = facts.Read2025
	spring2026 = facts.ReadLinux9
	summer2026 = "2026-08-25"
)
