package byol

import (
	"slices"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

var book = tables.Book{
	Package:   "byol",
	Documents: documents,
	Rules:     bookRules(requirements),
	Facts:     []tables.Facts{wants(requirements), systems, permits(), offers(), checkers, processes, dcvProcesses, ends(), imageKinds, ingestionTimes, steps, stepPermits, registry, links, imageErrors},
}

// requirements are the rules of every check: first those that stand with what asks for them.
var requirements = slices.Concat(
	own(licenceChecks), systemRules[:], own(accountOwnChecks), own(importChecks),
	own(machineSystemChecks), own(machineStateChecks), own(machineDiskChecks), allRules,
)

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(documents) }

// Catalogue returns the rules of the package with their titles, remedies and revisions, by
// topic, as a new slice.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns everything that the documents say, by table and in the order of its
// rows, as a new slice: what each rule asks for, and the systems, processes, steps and
// values. [Rules.Statements] has those of one edition.
func Parameters() []rule.Parameter { return book.Parameters() }
