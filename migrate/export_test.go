package migrate

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// RuleRows gives the tests of this directory the table of rules.
func RuleRows() []rule.Row { return slices.Clone(ruleRows) }
