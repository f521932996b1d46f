package byol

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// RuleRows gives the tests of this directory the table of rules.
func RuleRows() []rule.Row {
	list := make([]rule.Row, len(rows))
	for i := range rows {
		list[i] = rows[i].Row
	}
	return list
}

// EligibilityCodes, MachineCodes and CheckerErrors give them the codes of the checks.
func EligibilityCodes() []rule.Code { return codesOf(eligibilityChecks) }

func MachineCodes() []rule.Code { return codesOf(machineChecks) }

func codesOf[T any](checks []check[T]) (codes []rule.Code) {
	for _, c := range checks {
		codes = append(codes, c.code)
	}
	return slices.Compact(codes)
}

// Forms gives them the hand-written forms of the API's patterns.
var Forms = map[string]func(string) bool{
	"ami": isEC2Image, "import task": isImportTask, "image": isImage, "account": isAccount, "region": isRegion,
	"build version": isBuildVersion, "infrastructure": isInfrastructure,
	"name":        func(s string) bool { return s != "" && only(s, imageNameRune) },
	"description": func(s string) bool { return s != "" && only(s, imageDescriptionRune) },
}
