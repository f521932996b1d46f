package bundles

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

var book = tables.Book{
	Package:   "bundles",
	Documents: documents,
	Rules:     allRules,
	Facts: []tables.Facts{
		ceilings, setGroups, minimums,
		computeTypes, retirements(), freeSwitches, upFrom, families, fixedProtocols, dcvTexts, linuxProtocols, waits, offers(), streams(), permits(), places(), nested(), nestedSizes(), labels(), ends(), pools,
		states, modes, busy, maintenance, publicWindows7, linuxMigrations, restoreSnapshots, runningModes,
		names, ids, linuxUsers, decoupling, caseless, bundleAPI, passwords, radiusTimeouts, simpleAD,
		imageTests, imageRequirements, imageSizes, userBelowImage, experienceValues,
		quotas, tagLimits, reservedValues,
	},
}

// Documents returns the sources that the package's citations name, as a copy.
func Documents() []rule.Document { return slices.Clone(book.Documents) }

// Catalogue returns all that the package tells of its rules, by topic, as a new slice. Programs
// that list rules use it; a check is asked of Rules.
func Catalogue() []rule.Rule { return book.Catalogue() }

// Parameters returns what the rules and functions of the package use: sizes, waits, states,
// offers, lengths and quotas, by table in the order of its rows, and then the figures of the
// rules, as a new slice.
func Parameters() []rule.Parameter { return book.Parameters() }

// parameter is the list of one parameter, as rows of tables tell it.
func parameter(name, value string, codes ...rule.Code) []rule.Parameter {
	return []rule.Parameter{{Rules: codes, Name: name, Value: value}}
}

// words writes a list of names.
func words[S ~string](list []S) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return strings.Join(texts, ", ")
}

// between writes a range of whole numbers.
func between[N ~int | ~int32](from, to N) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d to %d", from, to)
}

// quoted writes a text of the caller for the reason of an open question: cut, and safe to print.
func quoted[S ~string](s S) string { return strconv.Quote(rule.Shorten(string(s))) }
