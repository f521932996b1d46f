package wks

import (
	"context"
	"slices"

	"github.com/wksgo/wks/rule"
)

// RuleRows gives the tests of this directory the table of rules.
func RuleRows() []rule.Row { return slices.Clone(ruleRows) }

// WithCheck puts a check of an operation in the place of Guard's.
func WithCheck(operation string, c func(e rule.Edition, input any) (broken, open rule.Violations, err error)) Option {
	return func(g *guard) error {
		g.checks = map[string]check{operation: c}
		return nil
	}
}

// Admit runs the checks of a Guard without options.
func Admit(operation string, input any) error {
	return (&guard{checks: checks, must: Block()}).admit(context.Background(), operation, input)
}
